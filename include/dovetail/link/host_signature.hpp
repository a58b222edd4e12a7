// The function type of a C++ callable, deduced at compile time, and the code that carries
// slots to it and results back. Used by bind.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <exception>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/base/native_value.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/base/trap.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

namespace detail {

/// Types as a list.
template <class... T>
struct types {
  static constexpr std::size_t count = sizeof...(T);
  static constexpr std::array<value_type, sizeof...(T)> values{value_type_of<T>()...};
  static constexpr std::span<const value_type> list{values};
  static constexpr std::size_t slot_count = slots_of(list);
  static constexpr bool has_vectors = slot_count != count;
  /// The first slot of each.
  static constexpr std::array<std::size_t, sizeof...(T)> first_slots = [] {
    std::array<std::size_t, sizeof...(T)> first{};
    for (std::size_t i = 1; i < count; ++i) first[i] = first[i - 1] + slots_of(values[i - 1]);
    return first;
  }();
};

template <class R>
struct result_types {
  using list = types<R>;
  static constexpr bool native = native_value<R>;
};
template <>
struct result_types<void> {
  using list = types<>;
  static constexpr bool native = true;
};
template <>
struct result_types<trap> : result_types<void> {};
template <class... R>
struct result_types<std::tuple<R...>> {
  using list = types<R...>;
  static constexpr bool native = (native_value<R> && ...);
};
template <class R>
struct result_types<result<R, trap>> : result_types<R> {};

// Writes the result of a host function over its arguments; a function of another store is refused.
template <class R>
DOVETAIL_ALWAYS_INLINE trap put_result(const R& value, slot* frame, const vm::store& s) {
  static_cast<void>(s);
  if constexpr (std::is_same_v<R, trap>) {
    return value;
  } else {
    write_slots(frame, value);
    if constexpr (std::is_same_v<R, funcref>) {
      if (!vm::may_enter(s, value_type::funcref, frame[0])) return {trap_code::bad_call, 0};
    }
    return {};
  }
}
template <class... R>
DOVETAIL_ALWAYS_INLINE trap put_result(const std::tuple<R...>& values, slot* frame,
                                       const vm::store& s) {
  trap refused;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((refused = refused ? refused
                        : put_result(std::get<I>(values), frame + types<R...>::first_slots[I], s)),
     ...);
  }
  (std::index_sequence_for<R...>{});
  return refused;
}
template <class R>
DOVETAIL_ALWAYS_INLINE trap put_result(const result<R, trap>& value, slot* frame,
                                       const vm::store& s) {
  if (!value) return value.error();
  if constexpr (!std::is_void_v<R>) {
    return put_result(*value, frame, s);
  } else {
    return {};
  }
}

/// Whether the arguments of a typed call may come into a store. Nothing is asked of other types
/// than function references.
template <class... A>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE bool may_enter(const vm::store& s, const A&... arguments) {
  static_cast<void>(s);
  [[maybe_unused]] const auto fits = [&](const auto& one) {
    static_cast<void>(one);
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, funcref>) {
      return vm::may_enter(s, value_type::funcref, to_slot(one));
    } else {
      return true;
    }
  };
  return (fits(arguments) && ...);
}

// What a native call returns: integers in a whole register.
template <class Results>
struct machine_result_of {
  using type = void;
};
template <class R>
struct machine_result_of<types<R>> {
  using type = std::conditional_t<std::is_floating_point_v<R>, R, std::uint64_t>;
};
template <class Results>
using machine_result = typename machine_result_of<Results>::type;

// Keeps a C++ exception of a host function for the nearest host-to-guest call, which throws it
// again.
DOVETAIL_COLD inline trap keep_exception(caller& from) {
  from.store().exception = std::current_exception();
  return {trap_code::host_exception, 0};
}

template <class Parameters, class R, bool TakesCaller>
struct host_signature;

/// A callable of these parameters and this result.
template <class... A, class R, bool TakesCaller>
struct host_signature<types<A...>, R, TakesCaller> {
  using parameters = types<A...>;
  using results = typename result_types<R>::list;
  static constexpr function_type type{parameters::list, results::list};

  /// Calls `f` with the arguments in `frame`.
  template <class F>
  DOVETAIL_ALWAYS_INLINE static trap call(F& f, caller& from, slot* frame) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      const auto invoke = [&]() -> R {
        if constexpr (TakesCaller) {
          return f(from, read_slots<A>(frame + parameters::first_slots[I])...);
        } else {
          return f(read_slots<A>(frame + parameters::first_slots[I])...);
        }
      };
      if constexpr (std::is_void_v<R>) {
        invoke();
        return trap{};
      } else {
        return put_result(invoke(), frame, from.store());
      }
    }
    (std::index_sequence_for<A...>{});
  }

  /// Whether machine code can call it without a frame: its results fit a register, and it has no
  /// vectors.
  static constexpr bool has_native =
      results::count <= 1 && !parameters::has_vectors && !results::has_vectors;
  /// A native_form::contextual call of what `Callable::get` finds.
  template <class Callable>
  static machine_result<results> call_native(vm::instance& i, vm::function_instance& f,
                                             machine_value<A>... arguments) {
    slot frame[sizeof...(A) + 1] = {to_slot(arguments)...};
    caller from(*i.home, &i);
    const auto attempt = [&]() -> trap {
      DOVETAIL_TRY_HOST {
        decltype(auto) target = Callable::get(f.host.object);
        return call(target, from, frame);
      }
      DOVETAIL_CATCH_HOST { return keep_exception(from); }
    };
    if (const trap t = attempt()) [[unlikely]]
      i.home->host_trap = t;
    if constexpr (results::count != 0) return from_slot<machine_result<results>>(frame[0]);
  }
};

template <class A>
concept host_parameter =
    native_value<std::remove_cvref_t<A>> && std::convertible_to<std::remove_cvref_t<A>, A>;
template <class R>
concept host_result = result_types<R>::native;

// What is no callable of values has no type.
template <class F>
struct signature_of_callable {};
template <class F>
  requires requires { &F::operator(); }
struct signature_of_callable<F> : signature_of_callable<decltype(&F::operator())> {};
template <host_result R, host_parameter... A>
struct signature_of_callable<R(A...)> : host_signature<types<std::remove_cvref_t<A>...>, R, false> {
};
template <host_result R, host_parameter... A>
struct signature_of_callable<R(caller&, A...)>
    : host_signature<types<std::remove_cvref_t<A>...>, R, true> {};
#define DOVETAIL_QUALIFIED(...)  \
  template <class R, class... A> \
  struct signature_of_callable<R (*)(A...) __VA_ARGS__> : signature_of_callable<R(A...)> {};
DOVETAIL_QUALIFIED()
DOVETAIL_QUALIFIED(noexcept)
#undef DOVETAIL_QUALIFIED
#define DOVETAIL_QUALIFIED(...)                                                                \
  template <class C, class R, class... A>                                                      \
  struct signature_of_callable<R (C::*)(A...) __VA_ARGS__> : signature_of_callable<R(A...)> {  \
    template <class Object>                                                                    \
    static constexpr bool of = std::is_invocable_v<R (C::*)(A...) __VA_ARGS__, Object&, A...>; \
  };
DOVETAIL_QUALIFIED()
DOVETAIL_QUALIFIED(const)
DOVETAIL_QUALIFIED(noexcept)
DOVETAIL_QUALIFIED(const noexcept)
#undef DOVETAIL_QUALIFIED

}  // namespace detail

/// A callable whose parameters and results all stand for value types; its first parameter may be
/// `caller&`.
template <class F>
concept host_callable = requires {
  detail::signature_of_callable<F>::type;
};

/// A member function that is a host_callable and can be called on an object of this type.
template <class Member, class Object>
concept host_callable_on = host_callable<Member> && std::is_member_function_pointer_v<Member> &&
    detail::signature_of_callable<Member>::template of<Object>;

}  // namespace dovetail
