// The types of what modules import and export (core specification 2.3.11), as introspection and
// link errors show them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// A function type: views into the engine's types or a module.
struct function_type {
  std::span<const value_type> parameters;
  std::span<const value_type> results;

  friend constexpr bool operator==(const function_type& a, const function_type& b) {
    return equal(a.parameters, b.parameters) && equal(a.results, b.results);
  }

 private:
  static constexpr bool equal(std::span<const value_type> a, std::span<const value_type> b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!(a[i] == b[i])) return false;
    }
    return true;
  }
};

/// The limits of a memory (in pages of 64 KiB) or a table (in elements).
struct limits_type {
  std::uint64_t minimum = 0;
  std::uint64_t maximum = no_maximum;
  static constexpr std::uint64_t no_maximum = ~std::uint64_t{0};

  [[nodiscard]] constexpr bool has_maximum() const { return maximum != no_maximum; }
  friend constexpr bool operator==(limits_type, limits_type) = default;
};

struct table_type {
  value_type element = value_type::funcref;
  limits_type limits;
  bool is_64 = false;  ///< indices are i64
  friend constexpr bool operator==(table_type, table_type) = default;
};

struct memory_type {
  limits_type limits;
  bool is_64 = false;  ///< addresses are i64
  friend constexpr bool operator==(memory_type, memory_type) = default;
};

struct global_type {
  value_type type = value_type::i32;
  bool is_mutable = false;
  friend constexpr bool operator==(global_type, global_type) = default;
};

enum class external_kind : std::uint8_t { function, table, memory, global, tag };

[[nodiscard]] constexpr std::string_view name(external_kind kind) {
  constexpr std::string_view names[] = {"function", "table", "memory", "global", "tag"};
  return names[static_cast<unsigned>(kind)];
}

/// The type of an import or export: the member that `kind` names is meant.
struct external_type {
  external_kind kind = external_kind::function;
  function_type function;
  table_type table;
  memory_type memory;
  global_type global;
};

}  // namespace dovetail
