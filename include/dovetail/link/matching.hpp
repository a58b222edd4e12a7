// Whether what is provided may stand for what an import declares (core specification 3.3.1
// and 4.5.2).
#pragma once

#include <dovetail/base/external_type.hpp>

namespace dovetail {

/// Limits match if the provided ones are at least as tight: the provided minimum is the current
/// size.
[[nodiscard]] constexpr bool matches(const limits_type& provided, const limits_type& declared) {
  if (provided.minimum < declared.minimum) return false;
  if (!declared.has_maximum()) return true;
  return provided.has_maximum() && provided.maximum <= declared.maximum;
}

[[nodiscard]] constexpr bool matches(const table_type& provided, const table_type& declared) {
  return provided.element == declared.element && provided.is_64 == declared.is_64 &&
         matches(provided.limits, declared.limits);
}

[[nodiscard]] constexpr bool matches(const memory_type& provided, const memory_type& declared) {
  return provided.is_64 == declared.is_64 && matches(provided.limits, declared.limits);
}

/// Mutable globals are invariant; constant ones are covariant, which without subtypes is the same.
[[nodiscard]] constexpr bool matches(const global_type& provided, const global_type& declared) {
  return provided == declared;
}

[[nodiscard]] constexpr bool matches(const external_type& provided, const external_type& declared) {
  if (provided.kind != declared.kind) return false;
  switch (declared.kind) {
    case external_kind::function: return provided.function == declared.function;
    case external_kind::table: return matches(provided.table, declared.table);
    case external_kind::memory: return matches(provided.memory, declared.memory);
    case external_kind::global: return matches(provided.global, declared.global);
    case external_kind::tag: break;
  }
  return false;
}

}  // namespace dovetail
