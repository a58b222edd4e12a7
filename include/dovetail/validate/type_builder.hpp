// Makes the types of a module canonical, one recursion group after the other (core specification
// 3.2 and 3.4.2). Used by the module builder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/base/features.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/section_sink.hpp>
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

namespace detail {
/// Whether there are values of a type: WebAssembly 1.0 has tables of functions, but neither
/// references nor vectors as values.
template <features Accept>
[[nodiscard]] constexpr status accepts_values_of(value_type type) {
  if (type.is_vector() && !Accept.has(feature::simd)) return not_accepted(feature::simd);
  if (type.is_reference() && !Accept.has(feature::reference_types))
    return not_accepted(feature::reference_types);
  return status::ok;
}
}  // namespace detail

class type_builder {
 public:
  explicit type_builder(module_env& module)
      : m_(module),
        values_(*module.memory),
        members_(*module.memory),
        definitions_(*module.memory),
        made_(*module.memory) {}

  /// A group of `count` types begins; a module may have `most` types.
  [[nodiscard]] status begin(std::uint32_t count, std::uint32_t most) {
    values_.clear();
    members_.clear();
    count_ = count;
    return count > most - m_.types.size() ? status::limit_exceeded : status::ok;
  }
  /// A member begins: its parameters, then its results follow.
  [[nodiscard]] status add(const subtype& place) {
    const std::size_t index = m_.types.size() + members_.size();
    if (place.has_supertype && place.supertype.value >= index) return status::unknown_type;
    return members_.push({place, values_.size(), 0, 0});
  }
  template <features Accept>
  [[nodiscard]] status parameter(value_type type) {
    ++members_.back().parameters;
    return value<Accept>(type);
  }
  template <features Accept>
  [[nodiscard]] status result(value_type type) {
    ++members_.back().results;
    return value<Accept>(type);
  }
  /// The group is complete.
  [[nodiscard]] status finish() {
    definitions_.clear();
    for (const member& m : members_) {
      const value_type* const first = values_.data() + m.first;
      value_type super = value_type::reference(m.place.supertype.value, true);
      if (m.place.has_supertype) DOVETAIL_TRY(relate(super));
      DOVETAIL_TRY(definitions_.push({{{first, m.parameters}, {first + m.parameters, m.results}},
                                      m.place.is_final,
                                      m.place.has_supertype,
                                      super}));
    }
    DOVETAIL_TRY(made_.resize(members_.size()));
    if (!m_.canonical->intern(definitions_, made_)) return status::out_of_memory;
    for (const signature* s : made_) {
      DOVETAIL_TRY(check_supertype(*s));
      DOVETAIL_TRY(m_.types.push(s));
    }
    return status::ok;
  }

 private:
  struct member {
    subtype place;
    std::size_t first = 0;  // into values_
    std::uint32_t parameters = 0, results = 0;
  };

  template <features Accept>
  [[nodiscard]] status value(value_type type) {
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    m_.has_vector_types |= type.is_vector();
    if (type.is_defined()) DOVETAIL_TRY(relate(type));
    return values_.push(type);
  }
  // A reference to an earlier type becomes one to its canonical type, one into the group relative.
  [[nodiscard]] status relate(value_type& type) const {
    const std::size_t earlier = m_.types.size();
    if (type.defined() < earlier) return m_.resolve(type);
    if (type.defined() - earlier >= count_) return status::unknown_type;
    type = type.with_relative(static_cast<std::uint32_t>(type.defined() - earlier));
    return status::ok;
  }

  // A supertype is open, and its functions may stand where those of the supertype are expected
  // (3.4.2.2).
  [[nodiscard]] status check_supertype(const signature& s) const {
    constexpr std::uint32_t most_depth = 63;
    const signature* const super = s.supertype();
    if (super == nullptr) return status::ok;
    if (s.depth > most_depth) return status::limit_exceeded;
    return !super->is_final && match(super->type.parameters, s.type.parameters) &&
                   match(s.type.results, super->type.results)
               ? status::ok
               : status::not_a_subtype;
  }
  [[nodiscard]] bool match(std::span<const value_type> a, std::span<const value_type> b) const {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!m_.canonical->matches(a[i], b[i])) return false;
    }
    return true;
  }

  module_env& m_;
  array<value_type> values_;
  array<member> members_;
  array<type_definition> definitions_;
  array<const signature*> made_;
  std::uint32_t count_ = 0;
};

}  // namespace dovetail
