// Handles that learn their types at run time: functions, globals, tables, and externals of any
// kind. For tools; typed handles cost less. Part of handles.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <dovetail/api/memory_view.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/link/definition.hpp>
#include <dovetail/runtime/caller.hpp>

namespace dovetail {

namespace detail {

// A call that may not happen is a trap of the store like any other.
DOVETAIL_COLD inline trap refuse_call(vm::store& s) {
  s.report = {trap_code::bad_call, 0, false, 0, 0, nullptr};
  return {trap_code::bad_call, 0};
}

// Whether a value may be written where `type` is wanted by this store.
[[nodiscard]] inline bool fits(const value& v, value_type type, const vm::store& s) {
  const value_type own = v.type();
  const bool is_of_kind =
      own == type || (own.is_reference() && type.is_reference() &&
                      own.is_function_reference() == type.is_function_reference());
  return is_of_kind && vm::may_enter(s, type, v.bits());
}

}  // namespace detail

/// A function of any type.
class function_handle {
 public:
  function_handle() = default;
  explicit function_handle(vm::function_instance* f) : function_(f) {}

  [[nodiscard]] explicit operator bool() const { return function_ != nullptr; }
  [[nodiscard]] const function_type& type() const { return function_->signature->type; }
  [[nodiscard]] funcref reference() const { return {function_}; }

  /// Calls with arguments of the function's parameter types; `results` has as many elements as it
  /// has results. Anything else is `trap_code::bad_call`. At most 1,024 slots of either.
  result<void, trap> call(std::span<const value> arguments, std::span<value> results) const {
    DOVETAIL_ASSERT(function_->home != nullptr);  // its instance was not collected
    const function_type& type = this->type();
    if (arguments.size() != type.parameters.size() || results.size() != type.results.size()) {
      return detail::refuse_call(*function_->home);
    }
    constexpr std::size_t few = 16;
    if (function_->signature->frame_slots <= few) {
      std::array<slot, few> frame{};
      return call_in(frame.data(), arguments, results);
    }
    return call_in_large_frame(arguments, results);
  }

  [[nodiscard]] vm::external_object object() const { return {external_kind::function, function_}; }
  friend bool operator==(function_handle, function_handle) = default;

 private:
  // Apart, so that usual calls do not carry its frame on the native stack.
  DOVETAIL_COLD result<void, trap> call_in_large_frame(std::span<const value> arguments,
                                                       std::span<value> results) const {
    std::array<slot, 1024> frame;
    if (function_->signature->frame_slots > frame.size())
      return detail::refuse_call(*function_->home);
    return call_in(frame.data(), arguments, results);
  }
  result<void, trap> call_in(slot* frame, std::span<const value> arguments,
                             std::span<value> results) const {
    const function_type& type = this->type();
    slot* at = frame;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!detail::fits(arguments[i], type.parameters[i], *function_->home))
        return detail::refuse_call(*function_->home);
      *at++ = arguments[i].bits();
      if (type.parameters[i].is_vector()) *at++ = arguments[i].high_bits();
    }
    const trap_code t = function_->invoke(*function_, frame);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *function_->home);
    at = frame;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const slot low = *at++;
      results[i] = value::from_bits(type.results[i], low, type.results[i].is_vector() ? *at++ : 0);
    }
    return {};
  }

  vm::function_instance* function_ = nullptr;
};

/// A global of any type.
class global_handle {
 public:
  global_handle() = default;
  explicit global_handle(vm::global_instance* g) : global_(g) {}

  [[nodiscard]] explicit operator bool() const { return global_ != nullptr; }
  [[nodiscard]] const global_type& type() const { return global_->type; }
  [[nodiscard]] value get() const {
    return value::from_bits(global_->type.type, global_->low, global_->high);
  }
  status set(const value& v) const {
    if (!global_->type.is_mutable) return status::immutable;
    if (!may_hold(v)) return status::value_type_mismatch;
    global_->low = v.bits();
    global_->high = v.high_bits();
    return status::ok;
  }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  // A variable of the host has no store, and holds no references.
  [[nodiscard]] bool may_hold(const value& v) const {
    return global_->home == nullptr ? v.type() == global_->type.type
                                    : detail::fits(v, global_->type.type, *global_->home);
  }

  vm::global_instance* global_ = nullptr;
};

/// A table.
class table_handle {
 public:
  table_handle() = default;
  explicit table_handle(vm::table_instance* t) : table_(t) {}

  [[nodiscard]] explicit operator bool() const { return table_ != nullptr; }
  /// The declared type, its minimum being the current size.
  [[nodiscard]] table_type type() const { return object().type().table; }
  [[nodiscard]] std::uint64_t size() const { return table_->size; }
  [[nodiscard]] result<value> get(std::uint64_t index) const {
    if (index >= table_->size) return error{status::out_of_bounds};
    return value::from_bits(table_->type.element, table_->elements[index]);
  }
  status set(std::uint64_t index, const value& v) const {
    if (index >= table_->size) return status::out_of_bounds;
    if (!detail::fits(v, table_->type.element, *table_->home)) return status::value_type_mismatch;
    table_->elements[index] = v.bits();
    return status::ok;
  }
  /// Grows by `delta` elements that are `initial`: the size before, or why not.
  result<std::uint64_t> grow(std::uint64_t delta, const value& initial) const {
    if (!detail::fits(initial, table_->type.element, *table_->home))
      return error{status::value_type_mismatch};
    const std::uint64_t before = vm::grow_table(*table_, delta, initial.bits());
    if (before == ~std::uint64_t{0}) return error{status::table_refused};
    return before;
  }
  [[nodiscard]] vm::external_object object() const { return {external_kind::table, table_}; }

 private:
  vm::table_instance* table_ = nullptr;
};

using memory_handle = memory_view;

/// Something a module exports or imports, of any kind.
class external {
 public:
  explicit external(vm::external_object object) : object_(object) {}

  [[nodiscard]] external_kind kind() const { return object_.kind; }
  [[nodiscard]] external_type type() const { return object_.type(); }
  // Handles of one kind; empty if it is of another.
  [[nodiscard]] function_handle as_function() const {
    return function_handle(kind() == external_kind::function ? object_.function() : nullptr);
  }
  [[nodiscard]] table_handle as_table() const {
    return table_handle(kind() == external_kind::table ? object_.table() : nullptr);
  }
  [[nodiscard]] memory_handle as_memory() const {
    return memory_handle(kind() == external_kind::memory ? object_.memory() : nullptr);
  }
  [[nodiscard]] global_handle as_global() const {
    return global_handle(kind() == external_kind::global ? object_.global() : nullptr);
  }
  [[nodiscard]] vm::external_object object() const { return object_; }

 private:
  vm::external_object object_;
};

namespace detail {

/// The object an instance exports by number; a function is made now if it was not yet. Null if
/// memory is refused.
[[nodiscard]] inline vm::external_object export_of(vm::instance& i, std::uint32_t number) {
  const export_entry& entry = i.module->env.exports[number];
  switch (entry.kind) {
    case external_kind::function: return {entry.kind, vm::function_of(i, entry.index)};
    case external_kind::table: return {entry.kind, i.tables[entry.index]};
    case external_kind::memory: return {entry.kind, i.memories[entry.index]};
    case external_kind::global: return {entry.kind, i.globals[entry.index]};
    case external_kind::tag: return {entry.kind, i.tags[entry.index]};
  }
  return {};
}
[[nodiscard]] inline std::optional<external> find_export(vm::instance& i, std::string_view name) {
  const std::uint32_t number = i.module->env.find_export(name);
  if (number == name_table::none) return std::nullopt;
  const vm::external_object object = export_of(i, number);
  return object.object == nullptr ? std::nullopt : std::optional(external(object));
}

}  // namespace detail

inline memory_view caller::memory() const {
  if (instance_ == nullptr || instance_->module->env.memories.empty()) return {};
  return memory_view(instance_->memory0);
}
inline std::optional<external> caller::find(std::string_view name) const {
  return instance_ == nullptr ? std::nullopt : detail::find_export(*instance_, name);
}

}  // namespace dovetail
