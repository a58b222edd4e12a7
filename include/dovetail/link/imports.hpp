// What the host gives to modules, written down in one place: bind makes a host function of any
// callable, provide names an object that exists, imports lists them. No allocation.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/link/definition.hpp>
#include <dovetail/link/host_signature.hpp>

namespace dovetail {

namespace detail {

// What a host function calls, found from the object that the store keeps for it.
template <auto Target>
struct constant_callable {
  using type = std::remove_cvref_t<decltype(Target)>;
  static type get(void*) { return Target; }
};
template <auto Member, class Object>
struct member_callable {
  using type = decltype(Member);
  static auto get(void* object) {
    return [object](auto&&... arguments) -> decltype(auto) {
      return (static_cast<Object*>(object)->*Member)(
          std::forward<decltype(arguments)>(arguments)...);
    };
  }
};
template <class F>
struct closure_callable {
  using type = F;
  static F& get(void* object) { return *static_cast<F*>(object); }
};

// The bodies of host functions, as the backends call them: by a frame of slots,
template <class Callable>
trap call_slots(void* object, caller& from, slot* frame) {
  DOVETAIL_TRY_HOST {
    decltype(auto) target = Callable::get(object);
    return signature_of_callable<typename Callable::type>::call(target, from, frame);
  }
  DOVETAIL_CATCH_HOST { return keep_exception(from); }
}
// by a native call.
template <class Callable>
[[nodiscard]] vm::native_target native_of() {
  using deduced = signature_of_callable<typename Callable::type>;
  if constexpr (deduced::has_native) {
    return {reinterpret_cast<void (*)()>(&deduced::template call_native<Callable>),
            vm::native_form::contextual};
  } else {
    return {};
  }
}
// A function of values that machine code passes as they are is called itself, if it cannot throw or
// machine code can catch.
template <class T>
inline constexpr bool is_machine_value = std::is_floating_point_v<T>;
template <std::integral T>
inline constexpr bool is_machine_value<T> = sizeof(T) >= 4;
template <class F>
inline constexpr bool is_plain = false;
template <class R, class... A>
inline constexpr bool is_plain<R (*)(A...) noexcept> = (is_machine_value<A> && ...) &&
                                                       (std::is_void_v<R> || is_machine_value<R>);
template <class R, class... A>
inline constexpr bool is_plain<R (*)(A...)> =
    (platform::catches_by_tables || !platform::has_exceptions) && is_plain<R (*)(A...) noexcept>;
template <auto Target>
[[nodiscard]] vm::native_target native_of_constant() {
  if constexpr (is_plain<std::remove_cvref_t<decltype(Target)>>) {
    return {reinterpret_cast<void (*)()>(Target), vm::native_form::plain};
  } else {
    return native_of<constant_callable<Target>>();
  }
}
// Untyped callables see values; more than `most` of either kind is refused by bind.
inline constexpr std::size_t most_untyped_values = 64;
template <class F>
trap call_untyped(void* object, caller& from, slot* frame);

template <class F>
host_recipe recipe_of_closure(F& callable, const function_type& type,
                              trap (*call)(void*, caller&, slot*), vm::native_target native) {
  static_assert(alignof(F) <= 16, "closures are kept in memory aligned to 16 bytes");
  return {type,
          call,
          &callable,
          sizeof(F),
          [](void* to, const void* from) { ::new (to) F(*static_cast<const F*>(from)); },
          [](void* at) { static_cast<F*>(at)->~F(); },
          native};
}

}  // namespace detail

/// An import that is ready to be listed: a definition, and the callable it needs if that has state.
template <class State = void>
class import_item {
 public:
  import_item(std::string_view module, std::string_view name, const function_type& type,
              trap (*call)(void*, caller&, slot*), vm::native_target native, State state)
      : module_(module),
        name_(name),
        type_(type),
        call_(call),
        native_(native),
        state_(std::move(state)) {}
  [[nodiscard]] definition define() {
    return {module_, name_, {}, detail::recipe_of_closure(state_, type_, call_, native_)};
  }

 private:
  std::string_view module_, name_;
  function_type type_;
  trap (*call_)(void*, caller&, slot*);
  vm::native_target native_;
  State state_;
};
template <>
class import_item<void> {
 public:
  explicit import_item(const definition& d) : definition_(d) {}
  [[nodiscard]] definition define() const { return definition_; }

 private:
  definition definition_;
};

/// A host function that is a constant: a free function, or a lambda without captures.
/// `bind<play_sound>("env", "play_sound")`. Names must outlive the list.
template <auto Target>
  requires host_callable<std::remove_cvref_t<decltype(Target)>> &&
      (!std::is_member_function_pointer_v<decltype(Target)>)
          [[nodiscard]] import_item<> bind(std::string_view module, std::string_view name) {
    using deduced = detail::signature_of_callable<std::remove_cvref_t<decltype(Target)>>;
    return import_item<>({module,
                          name,
                          {},
                          {.type = deduced::type,
                           .call = &detail::call_slots<detail::constant_callable<Target>>,
                           .native = detail::native_of_constant<Target>()}});
  }

  /// A member function of an object that outlives the stores it is given to.
  /// `bind<&entities::damage>("env", "damage", world)`.
  template <auto Member, class Object>
    requires host_callable_on<decltype(Member), Object>
  [[nodiscard]] import_item<> bind(std::string_view module, std::string_view name, Object& object) {
    using callable = detail::member_callable<Member, Object>;
    return import_item<>({module,
                          name,
                          {},
                          {.type = detail::signature_of_callable<decltype(Member)>::type,
                           .call = &detail::call_slots<callable>,
                           .object = const_cast<std::remove_const_t<Object>*>(&object),
                           .native = detail::native_of<callable>()}});
  }

  /// A callable with state, such as a lambda with captures: each store it is given to keeps a copy.
  template <class F>
    requires host_callable<std::remove_cvref_t<F>> &&
        std::copy_constructible<std::remove_cvref_t<F>>
  [[nodiscard]] auto bind(std::string_view module, std::string_view name, F&& callable) {
    using state = std::remove_cvref_t<F>;
    return import_item<state>(module, name, detail::signature_of_callable<state>::type,
                              &detail::call_slots<detail::closure_callable<state>>,
                              detail::native_of<detail::closure_callable<state>>(),
                              std::forward<F>(callable));
  }

  /// A callable of tools that learns its type at run time: `void` or `trap` of (caller&, span<const
  /// value> arguments, span<value> results), results preset to zero values of their types. `type`
  /// must outlive the list; at most 64 parameters and 64 results.
  template <class F>
    requires std::invocable<F&, caller&, std::span<const value>, std::span<value>>
  [[nodiscard]] auto bind(std::string_view module, std::string_view name, const function_type& type,
                          F&& callable);

  /// An object that exists already: a handle of a store, or anything else with an `object()`.
  template <class Handle>
    requires requires(const Handle& h) {
      { h.object() } -> std::same_as<vm::external_object>;
    }
  [[nodiscard]] import_item<> provide(std::string_view module, std::string_view name,
                                      const Handle& handle) {
    return import_item<>({module, name, handle.object(), {}});
  }

  /// A list of imports, in place: `dovetail::imports env = {bind<f>("env", "f"), provide("env",
  /// "memory", m)};`
  template <class... States>
  class imports {
   public:
    imports(import_item<States>... items) : items_(std::move(items)...) {}

    static constexpr std::size_t size = sizeof...(States);

    /// The definitions, in order. They point into this list.
    [[nodiscard]] std::array<definition, size> definitions() {
      return std::apply(
          [](auto&... item) { return std::array<definition, size>{item.define()...}; }, items_);
    }

   private:
    std::tuple<import_item<States>...> items_;
  };
  template <class... States>
  imports(import_item<States>...) -> imports<States...>;

  namespace detail {

  // The values of one call: only those there are, of room for all that there may be.
  class untyped_values {
   public:
    void push(const value& v) { ::new (room_ + sizeof(value) * count_++) value(v); }
    [[nodiscard]] std::span<value> all() {
      return {std::launder(reinterpret_cast<value*>(room_)), count_};
    }

   private:
    static_assert(std::is_trivially_destructible_v<value>);
    std::size_t count_ = 0;
    alignas(value) std::byte room_[most_untyped_values * sizeof(value)];
  };

  template <class F>
  struct untyped_state {
    F callable;
    function_type type;
  };

  template <class F>
  trap call_untyped(void* object, caller& from, slot* frame) {
    auto& state = *static_cast<untyped_state<F>*>(object);
    untyped_values in, out;
    const auto& [parameters, results] = state.type;
    const slot* at = frame;
    for (const value_type t : parameters) {
      const slot low = *at++;
      in.push(value::from_bits(t, low, t.is_vector() ? *at++ : 0));
    }
    for (const value_type t : results) out.push(value::null(t));
    const std::span<const value> arguments = in.all();
    const std::span<value> answers = out.all();
    DOVETAIL_TRY_HOST {
      if constexpr (std::is_same_v<
                        std::invoke_result_t<F&, caller&, std::span<const value>, std::span<value>>,
                        trap>) {
        if (const trap t = state.callable(from, arguments, answers)) return t;
      } else {
        state.callable(from, arguments, answers);
      }
    }
    DOVETAIL_CATCH_HOST { return keep_exception(from); }
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (answers[i].type() != results[i] ||
          !vm::may_enter(from.store(), results[i], answers[i].bits())) {
        return {trap_code::bad_call, 0};
      }
      *frame++ = answers[i].bits();
      if (results[i].is_vector()) *frame++ = answers[i].high_bits();
    }
    return {};
  }

  }  // namespace detail

  template <class F>
    requires std::invocable<F&, caller&, std::span<const value>, std::span<value>>
  auto bind(std::string_view module, std::string_view name, const function_type& type,
            F&& callable) {
    using state = detail::untyped_state<std::remove_cvref_t<F>>;
    DOVETAIL_ASSERT(type.parameters.size() <= detail::most_untyped_values);
    DOVETAIL_ASSERT(type.results.size() <= detail::most_untyped_values);
    return import_item<state>(module, name, type, &detail::call_untyped<std::remove_cvref_t<F>>, {},
                              state{std::forward<F>(callable), type});
  }

}  // namespace dovetail
