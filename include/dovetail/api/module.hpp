// A compiled module in the host's hands: immutable, shared by reference count, the same from every
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <dovetail/base/external_type.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail {

/// An import of a module. Views live as long as the module.
struct import_type {
  std::string_view module;
  std::string_view name;
  external_type type;
};
/// An export of a module or instance.
struct export_type {
  std::string_view name;
  external_type type;
};
/// A section of a module as it lay in the bytes; custom sections have a name.
struct section_type {
  section_id id;
  std::string_view name;
  std::size_t offset;
  std::size_t size;
};

namespace detail {

/// A range of entries that are made when they are looked at.
template <class Entry, Entry (*Make)(const module_env&, std::size_t)>
class entries {
 public:
  struct iterator {
    const module_env* env;
    std::size_t at;
    Entry operator*() const { return Make(*env, at); }
    iterator& operator++() { return ++at, *this; }
    bool operator==(const iterator&) const = default;
  };
  entries(const module_env& env, std::size_t count) : env_(&env), count_(count) {}
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] Entry operator[](std::size_t i) const { return Make(*env_, i); }
  [[nodiscard]] iterator begin() const { return {env_, 0}; }
  [[nodiscard]] iterator end() const { return {env_, count_}; }

 private:
  const module_env* env_;
  std::size_t count_;
};

inline import_type make_import(const module_env& env, std::size_t i) {
  const import_entry& entry = env.imports[i];
  return {env.view(entry.module), env.view(entry.name), env.external(entry.kind, entry.index)};
}
inline export_type make_export(const module_env& env, std::size_t i) {
  const export_entry& entry = env.exports[i];
  return {env.view(entry.name), env.external(entry.kind, entry.index)};
}
inline section_type make_section(const module_env& env, std::size_t i) {
  const section_entry& entry = env.sections[i];
  return {entry.id, env.view(entry.name), entry.offset, entry.size};
}

using import_list = entries<import_type, make_import>;
using export_list = entries<export_type, make_export>;
using section_list = entries<section_type, make_section>;

}  // namespace detail

/// A module of one configuration. Copies share the same code; the engine that made it must outlive
/// it.
template <class C>
class basic_module {
 public:
  /// For engines: takes over one reference.
  explicit basic_module(module_data& data) : data_(&data) {}
  basic_module(const basic_module& other) : data_(other.data_) { data_->retain(); }
  basic_module(basic_module&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
  basic_module& operator=(basic_module other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~basic_module() {
    if (data_ != nullptr) data_->release();
  }

  /// What it imports and exports, with types, in the order of the module.
  [[nodiscard]] detail::import_list imports() const {
    return {data_->env, data_->env.imports.size()};
  }
  [[nodiscard]] detail::export_list exports() const {
    return {data_->env, data_->env.exports.size()};
  }
  /// Its sections, in the order of the bytes.
  [[nodiscard]] detail::section_list sections() const {
    return {data_->env, data_->env.sections.size()};
  }
  /// Functions, imported ones included.
  [[nodiscard]] std::size_t function_count() const { return data_->env.functions.size(); }

  /// For stores and tools.
  [[nodiscard]] module_data& data() const { return *data_; }

 private:
  module_data* data_;
};

}  // namespace dovetail
