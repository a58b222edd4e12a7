// What an import can resolve to: an object of the store, or a host function that the store is about
// to make. Used by imports, the linker and instantiation.
#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>

#include <dovetail/base/external_type.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

namespace vm {

/// An object of a store, of any kind: `object` is the function, table, memory, global or tag
/// instance.
struct external_object {
  external_kind kind = external_kind::function;
  void* object = nullptr;

  [[nodiscard]] function_instance* function() const {
    return static_cast<function_instance*>(object);
  }
  [[nodiscard]] table_instance* table() const { return static_cast<table_instance*>(object); }
  [[nodiscard]] memory_instance* memory() const { return static_cast<memory_instance*>(object); }
  [[nodiscard]] global_instance* global() const { return static_cast<global_instance*>(object); }

  [[nodiscard]] tag_instance* tag() const { return static_cast<tag_instance*>(object); }

  [[nodiscard]] const store* home() const {
    switch (kind) {
      case external_kind::function: return function()->home;
      case external_kind::table: return table()->home;
      case external_kind::memory: return memory()->home;
      case external_kind::global: return global()->home;
      case external_kind::tag: return tag()->home;
    }
    return nullptr;
  }

  /// Its type now: tables and memories report their current size as the minimum (core
  /// specification 4.5.2).
  [[nodiscard]] external_type type() const {
    external_type out;
    out.kind = kind;
    switch (kind) {
      case external_kind::function: out.function = function()->signature->type; break;
      case external_kind::table:
        out.table = table()->type;
        out.table.limits.minimum = table()->size;
        break;
      case external_kind::memory:
        out.memory = memory()->type;
        out.memory.limits.minimum = memory()->pages();
        break;
      case external_kind::global: out.global = global()->type; break;
      case external_kind::tag: out.function = tag()->signature->type; break;
    }
    return out;
  }
};

}  // namespace vm

/// A host function that does not belong to a store yet. A callable with state is copied into the
/// store that makes it.
struct host_recipe {
  function_type type;
  trap (*call)(void* object, caller& from, slot* frame) = nullptr;
  void* object = nullptr;
  std::size_t size = 0;  ///< of the callable to copy; 0 if `object` is used as it is
  void (*copy)(void* to, const void* from) = nullptr;
  void (*destroy)(void* object) = nullptr;
  vm::native_target native{};
};

/// A named definition: an object if it has one, else a recipe.
struct definition {
  std::string_view module;
  std::string_view name;
  vm::external_object existing;
  host_recipe host;

  [[nodiscard]] bool is_recipe() const { return host.call != nullptr; }
  /// Whether it defines nothing: it was made of a null handle.
  [[nodiscard]] bool is_empty() const { return !is_recipe() && existing.object == nullptr; }
  [[nodiscard]] external_kind kind() const {
    return is_recipe() ? external_kind::function : existing.kind;
  }
  [[nodiscard]] external_type type() const {
    external_type out;
    if (is_empty()) return out;
    if (!is_recipe()) return existing.type();
    out.function = host.type;
    return out;
  }
};

}  // namespace dovetail
