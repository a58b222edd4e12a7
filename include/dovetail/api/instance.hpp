// An instance in the host's hands: exports by name, with the type checked once.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

#include <dovetail/api/config.hpp>
#include <dovetail/api/module.hpp>
#include <dovetail/api/typed_handles.hpp>
#include <dovetail/base/result.hpp>

namespace dovetail {

namespace detail {

// What `get<T>` accepts, and how an export becomes it.
template <class T, class C>
struct export_as;

template <class R, class... A, class C>
struct export_as<R(A...), C> {
  using type = function<R(A...), typename C::traps>;
  static result<type> from(const external& e) {
    const function_handle f = e.as_function();
    if (!f || !(f.type() == type::type)) return error{status::export_type_mismatch};
    using backend = typename C::backend;
    vm::function_instance& target = *e.object().function();
    if constexpr (has_typed_entry<backend, typename C::memory, R, A...>) {
      if (target.owner != nullptr) {
        return type(target,
                    backend::template entry<typename C::memory, controls_of<C>, R, A...>(target));
      }
    }
    return type(target, &call_generic<R, A...>);
  }
};
template <class T, class C>
struct export_as<global<T>, C> {
  using type = global<T>;
  static result<type> from(const external& e) {
    if (e.kind() != external_kind::global || e.as_global().type().type != value_type_of<T>()) {
      return error{status::export_type_mismatch};
    }
    return type(*e.object().global());
  }
};
template <class Handle, auto As>
struct export_as_handle {
  using type = Handle;
  static result<type> from(const external& e) {
    const Handle h = (e.*As)();
    if (!h) return error{status::export_type_mismatch};
    return h;
  }
};
template <class C>
struct export_as<memory_view, C> : export_as_handle<memory_view, &external::as_memory> {};
template <class C>
struct export_as<table_handle, C> : export_as_handle<table_handle, &external::as_table> {};
template <class C>
struct export_as<global_handle, C> : export_as_handle<global_handle, &external::as_global> {};
template <class C>
struct export_as<function_handle, C> : export_as_handle<function_handle, &external::as_function> {};

}  // namespace detail

/// An instance of one configuration: a handle, good as long as its store. It notices if the
/// instance was released and collected.
template <config C>
class basic_instance {
 public:
  /// For stores.
  explicit basic_instance(vm::instance& i) : instance_(&i), serial_(i.serial) {}

  /// Whether the instance is still there; if not, nothing is found in it.
  [[nodiscard]] bool is_alive() const { return instance_->serial == serial_; }

  /// The export `name` as a typed handle: `get<int(float)>("tick")`,
  /// `get<dovetail::global<int>>("hp")`, `get<dovetail::memory_view>("memory")`. Errors:
  /// unknown_export, export_type_mismatch, instance_gone.
  template <class T>
  [[nodiscard]] result<typename detail::export_as<T, C>::type> get(std::string_view name) const {
    if (!is_alive()) [[unlikely]]
      return error{status::instance_gone};
    const std::optional<external> found = find(name);
    if (!found) return error{status::unknown_export};
    return detail::export_as<T, C>::from(*found);
  }

  /// The export `name`, of any kind.
  [[nodiscard]] std::optional<external> find(std::string_view name) const {
    return is_alive() ? detail::find_export(*instance_, name) : std::nullopt;
  }
  /// Names and types of all exports, in the module's order.
  [[nodiscard]] detail::export_list exports() const {
    DOVETAIL_ASSERT(is_alive());
    return {instance_->module->env, instance_->module->env.exports.size()};
  }
  /// The export with this place in `exports()`: a look-up without a name.
  [[nodiscard]] std::optional<external> export_at(std::uint32_t number) const {
    if (!is_alive() || number >= instance_->module->env.exports.size()) return std::nullopt;
    const vm::external_object object = detail::export_of(*instance_, number);
    return object.object == nullptr ? std::nullopt : std::optional(external(object));
  }

  /// For linkers and tools.
  [[nodiscard]] vm::instance& data() const {
    DOVETAIL_ASSERT(is_alive());
    return *instance_;
  }

 private:
  vm::instance* instance_;
  std::uint64_t serial_;
};

}  // namespace dovetail
