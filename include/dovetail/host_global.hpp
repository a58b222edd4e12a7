// Globals that live in variables of the host: guests that import one read and write the variable
// itself, as fast as a global of their own.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>

#include <dovetail/base/native_value.hpp>
#include <dovetail/link/imports.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// What a variable of the host can be of: a number or vector. References belong to one store each.
template <class T>
concept host_variable = native_value<T> && !value_type_of<T>().is_reference();

/// A variable of the program that any number of stores import as a global; `host_global<const T>`
/// is a constant one. It is used like a `T` and outlives the stores that it was given to. A change
/// shows at once on every side: stores that run in different threads at the same time must not
/// share one that somebody writes.
template <class T>
  requires host_variable<std::remove_const_t<T>>
class host_global {
  static constexpr bool is_mutable = !std::is_const_v<T>;

 public:
  using number = std::remove_const_t<T>;

  constexpr host_global(number initial = {})
      : cell_{0, 0, {value_type_of<number>(), is_mutable}, nullptr} {
    put(initial);
  }
  host_global(const host_global&) = delete;
  constexpr host_global& operator=(const host_global& other) requires is_mutable {
    return *this = other.get();
  }

  [[nodiscard]] constexpr number get() const {
    const slot halves[] = {cell_.low, cell_.high};
    return read_slots<number>(halves);
  }
  [[nodiscard]] constexpr operator number() const { return get(); }
  constexpr host_global& operator=(number value) requires is_mutable { return put(value), *this; }
#define DOVETAIL_ASSIGNMENT(OPERATOR)                                           \
  constexpr host_global& operator OPERATOR##=(number by) requires is_mutable && \
      requires(number v) {                                                      \
    v OPERATOR by;                                                              \
  }                                                                             \
  { return *this = static_cast<number>(get() OPERATOR by); }
  DOVETAIL_ASSIGNMENT(+)
  DOVETAIL_ASSIGNMENT(-)
  DOVETAIL_ASSIGNMENT(*)
  DOVETAIL_ASSIGNMENT(/)
#undef DOVETAIL_ASSIGNMENT

  /// For imports and linkers. A temporary has none: guests would keep its address.
  [[nodiscard]] vm::external_object object() & { return {external_kind::global, &cell_}; }

 private:
  constexpr void put(number value) {
    slot halves[2] = {};
    write_slots(halves, value);
    cell_.low = halves[0];
    if constexpr (value_type_of<number>().is_vector()) cell_.high = halves[1];
  }

  // As aligned as the cells of a store are.
  alignas(16) vm::global_instance cell_;
};

/// A variable of the host as an import: `bind("env", "gravity", gravity)`.
template <class T>
[[nodiscard]] import_item<> bind(std::string_view module, std::string_view name,
                                 host_global<T>& variable) {
  return import_item<>({module, name, variable.object(), {}});
}

}  // namespace dovetail
