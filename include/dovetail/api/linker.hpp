// A linker: definitions collected at run time, whole instances among them, for hosts that cannot
// list their imports in one place.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/api/config.hpp>
#include <dovetail/api/engine.hpp>
#include <dovetail/api/instance.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/link/imports.hpp>

namespace dovetail {

/// Definitions by two names. Objects must be of the store that will instantiate with them. Names
/// are copied.
template <config C>
class basic_linker {
 public:
  explicit basic_linker(basic_engine<C>& engine)
      : memory_(&engine.memory()), texts_(engine.memory(), 1024), definitions_(engine.memory()) {}

  /// Defines an object: a handle of the store.
  template <class Handle>
    requires requires(const Handle& h) { h.object(); }
  status define(std::string_view module, std::string_view name, const Handle& handle) {
    return add({module, name, handle.object(), {}});
  }
  /// Defines what `bind` or `provide` made. Callables with state must outlive the linker's use, so
  /// only constants, members and objects are taken; for a lambda with captures define a
  /// `store.make_function`.
  status define(const import_item<>& item) { return add(item.define()); }
  /// Defines every export of an instance under a module name.
  status define_instance(std::string_view module, const basic_instance<C>& instance) {
    if (!instance.is_alive()) return status::instance_gone;
    const module_env& env = instance.data().module->env;
    for (std::uint32_t k = 0; k < env.exports.size(); ++k) {
      const vm::external_object object = detail::export_of(instance.data(), k);
      if (object.object == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(add({module, env.view(env.exports[k].name), object, {}}));
    }
    return status::ok;
  }

  /// The definitions so far. They point into the linker.
  [[nodiscard]] std::span<const definition> definitions() const {
    return {definitions_.data(), definitions_.size()};
  }

 private:
  status add(definition d) {
    if constexpr (!C::linker::allows_shadowing) {
      for (const definition& there : definitions_) {
        if (there.name == d.name && there.module == d.module) return status::duplicate_definition;
      }
    }
    DOVETAIL_TRY(keep(d.module));
    DOVETAIL_TRY(keep(d.name));
    return definitions_.push(d);
  }
  status keep(std::string_view& text) {
    char* copy = texts_.make_array<char>(text.size());
    if (copy == nullptr) return status::out_of_memory;
    text.copy(copy, text.size());
    text = {copy, text.size()};
    return status::ok;
  }

  allocator* memory_;
  arena texts_;
  array<definition> definitions_;
};

}  // namespace dovetail
