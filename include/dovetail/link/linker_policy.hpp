// The linker policies: how an import finds its definition. A config names one; mixins change what
// happens to names that are defined twice or not at all.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/status.hpp>
#include <dovetail/link/definition.hpp>

namespace dovetail {

/// An import looking for its definition.
struct import_request {
  std::string_view module;
  std::string_view name;
  external_kind kind = external_kind::function;
  std::uint32_t ordinal = 0;  ///< its place in the module's list
};

/// A linker policy.
template <class L>
concept linker_policy = requires(const import_request& wanted, std::span<const definition> there,
                                 std::size_t& found) {
  // Finds the definition for an import: its place in `there`, or `there.size()` if a trapping stub
  // shall stand for it.
  { L::resolve(wanted, there, found) } -> std::same_as<status>;
  // Whether a list of `definitions` can serve a module with `imports`; checked before anything is
  // resolved.
  { L::accepts(std::size_t{}, std::size_t{}) } -> std::same_as<status>;
  // Whether a name may be defined again; otherwise a linker refuses the second definition.
  { L::allows_shadowing } -> std::convertible_to<bool>;
};

/// Imports are found by their two names; a name defined twice is refused when a module asks for it.
struct link_by_name {
  static constexpr bool allows_shadowing = false;
  static status accepts(std::size_t, std::size_t) { return status::ok; }
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    found = there.size();
    for (std::size_t i = 0; i < there.size(); ++i) {
      if (there[i].name != wanted.name || there[i].module != wanted.module) continue;
      if (found != there.size()) return status::duplicate_definition;
      found = i;
    }
    return found == there.size() ? status::unknown_import : status::ok;
  }
};

/// Imports are served in order, names are not looked at: the form of the core specification
/// (4.5.4).
struct link_by_position {
  static constexpr bool allows_shadowing = true;
  static status accepts(std::size_t definitions, std::size_t imports) {
    return definitions == imports ? status::ok : status::wrong_import_count;
  }
  static status resolve(const import_request& wanted, std::span<const definition>,
                        std::size_t& found) {
    found = wanted.ordinal;
    return status::ok;
  }
};

/// A name may be defined again: the last definition counts.
struct allow_shadowing : link_by_name {
  static constexpr bool allows_shadowing = true;
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    for (found = there.size(); found-- > 0;) {
      if (there[found].name == wanted.name && there[found].module == wanted.module)
        return status::ok;
    }
    return status::unknown_import;
  }
};

/// Functions that `L` does not know become stubs that trap with `unknown_import` when they are
/// called.
template <linker_policy L>
struct trap_unknown_functions : L {
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    const status s = L::resolve(wanted, there, found);
    if (s != status::unknown_import || wanted.kind != external_kind::function) return s;
    found = there.size();
    return status::ok;
  }
};

static_assert(linker_policy<link_by_name> && linker_policy<link_by_position> &&
              linker_policy<allow_shadowing>);

}  // namespace dovetail
