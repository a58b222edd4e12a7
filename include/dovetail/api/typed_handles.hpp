// Typed handles: a function of a C++ signature, a global of a C++ type. What game code holds and
// uses every frame. Part of handles.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <dovetail/api/traps.hpp>
#include <dovetail/api/untyped_handles.hpp>
#include <dovetail/base/native_value.hpp>
#include <dovetail/link/host_signature.hpp>

namespace dovetail {

namespace detail {

/// The entry of backends that have none of their own for a signature: through the generic one.
template <class R, class... A>
result<R, trap> call_generic(vm::function_instance& f, A... arguments) {
  constexpr std::size_t parameters = types<A...>::slot_count,
                        results = result_types<R>::list::slot_count;
  slot frame[(parameters > results ? parameters : results) + 1];
  [[maybe_unused]] slot* to = frame;
  ((to = write_slots(to, arguments)), ...);
  const trap_code t = f.invoke(f, frame);
  if (t != trap_code::none) [[unlikely]]
    return vm::surface(t, *f.home);
  return from_frame<R>(frame);
}

}  // namespace detail

template <class Signature, trap_policy Traps = traps_returned>
class function;

/// A function of a known C++ signature, checked when the handle was made. Calling it is one
/// indirect call, and what the trap policy looks at. Several results are a `std::tuple`.
template <class R, class... A, trap_policy Traps>
class function<R(A...), Traps> {
 public:
  using entry = result<R, trap> (*)(vm::function_instance&, A...);

  function() = default;
  /// For instances: `f` must have this signature.
  function(vm::function_instance& f, entry e) : entry_(e), function_(&f) {}

  /// The type the signature stands for.
  static constexpr function_type type{detail::types<A...>::list,
                                      detail::result_types<R>::list::list};

  typename Traps::template outcome<R> operator()(A... arguments) const {
    DOVETAIL_ASSERT(function_->home != nullptr);  // its instance was not collected
    if (!detail::may_enter(*function_->home, arguments...)) [[unlikely]]
      return Traps::template deliver<R>(detail::refuse_call(*function_->home), *function_->home);
    // GCC makes a tail call of this, but not of the same through a function that copies.
    if constexpr (std::is_same_v<Traps, traps_returned>) {
      return entry_(*function_, arguments...);
    } else {
      return Traps::template deliver<R>(entry_(*function_, arguments...), *function_->home);
    }
  }

  [[nodiscard]] explicit operator bool() const { return function_ != nullptr; }
  [[nodiscard]] vm::external_object object() const { return {external_kind::function, function_}; }
  /// The same function, whose calls return traps.
  [[nodiscard]] function<R(A...), traps_returned> returning() const { return {*function_, entry_}; }
  friend bool operator==(const function& a, const function& b) {
    return a.function_ == b.function_;
  }

 private:
  entry entry_ = nullptr;
  vm::function_instance* function_ = nullptr;
};

/// A global of a known C++ type, checked when the handle was made: reading is one load, writing one
/// store. Writing a constant global is a broken contract; `is_mutable` tells.
template <native_value T>
class global {
 public:
  global() = default;
  /// For instances: `g` must have this type.
  explicit global(vm::global_instance& g) : global_(&g) {}

  [[nodiscard]] T get() const {
    DOVETAIL_ASSERT(is_there());
    if constexpr (std::same_as<T, v128>) {
      return v128::of_halves(global_->low, global_->high);
    } else {
      return from_slot<T>(global_->low);
    }
  }
  [[nodiscard]] operator T() const { return get(); }
  void set(T v) const {
    DOVETAIL_ASSERT(is_there() && is_mutable());
    if constexpr (std::same_as<T, v128>) {
      global_->low = v.low();
      global_->high = v.high();
    } else {
      global_->low = to_slot(v);
    }
  }
  const global& operator=(T v) const {
    set(v);
    return *this;
  }
  [[nodiscard]] bool is_mutable() const { return global_->type.is_mutable; }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  // Its instance was not collected.
  [[nodiscard]] bool is_there() const { return global_->type.type == value_type_of<T>(); }

  vm::global_instance* global_ = nullptr;
};

}  // namespace dovetail
