// Whether what is provided may stand for what an import declares (core specification 3.3.1
// and 4.5.2).
#pragma once

#include <dovetail/base/external_type.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

/// Limits match if the provided ones are at least as tight: the provided minimum is the current
/// size.
[[nodiscard]] constexpr bool matches(const limits_type& provided, const limits_type& declared) {
  if (provided.minimum < declared.minimum) return false;
  if (!declared.has_maximum()) return true;
  return provided.has_maximum() && provided.maximum <= declared.maximum;
}

/// Tables hold elements of the same type: they are written through both.
[[nodiscard]] constexpr bool matches(const table_type& provided, const table_type& declared) {
  return provided.is_64 == declared.is_64 && provided.element == declared.element &&
         matches(provided.limits, declared.limits);
}

[[nodiscard]] constexpr bool matches(const memory_type& provided, const memory_type& declared) {
  return provided.is_64 == declared.is_64 && matches(provided.limits, declared.limits);
}

/// Mutable globals are invariant, constant ones covariant.
[[nodiscard]] inline bool matches(const global_type& provided, const global_type& declared,
                                  signature_table& types) {
  if (provided == declared) return true;
  return !provided.is_mutable && !declared.is_mutable &&
         types.matches(provided.type, declared.type);
}

/// Whether an object may stand for another of its kind. Functions are compared by their signatures
/// (`is_subtype`), not by what is known here.
[[nodiscard]] inline bool matches(const external_type& provided, const external_type& declared,
                                  signature_table& types) {
  if (provided.kind != declared.kind) return false;
  switch (declared.kind) {
    case external_kind::table: return matches(provided.table, declared.table);
    case external_kind::memory: return matches(provided.memory, declared.memory);
    case external_kind::global: return matches(provided.global, declared.global, types);
    case external_kind::function:
    case external_kind::tag: break;
  }
  return false;
}

}  // namespace dovetail
