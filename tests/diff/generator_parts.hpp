// What random programs are made of: numbers at which operators change their minds, operators by
// what they result in, and the function at hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "robustness/mutation.hpp"
#include "support/writer.hpp"

namespace testing {

class program_parts {
 protected:
  explicit program_parts(std::uint64_t seed) : random_(seed) { sort_operators(); }

  static inline const type_list number_types = {
      dovetail::value_type::i32, dovetail::value_type::i64, dovetail::value_type::f32,
      dovetail::value_type::f64};

  struct signature {
    std::uint32_t type;
    type_list parameters;
    type_list results;
  };
  struct declared_local {
    dovetail::value_type type;
    std::size_t index;
  };
  struct typed_operator {
    dovetail::op o;
    dovetail::shape_types types;
    bool is_memory;
    bool is_risky;
  };

  static std::size_t number_of(dovetail::value_type type) {
    return static_cast<std::size_t>(0x7f - type.code());
  }
  dovetail::value_type any_type() {
    return number_types[random_.below(2) == 0 ? 0 : random_.below(4)];
  }
  type_list any_types(std::size_t most) {
    type_list list(random_.below(most + 1));
    for (dovetail::value_type& type : list) type = any_type();
    return list;
  }
  bool one_in(std::size_t n) { return random_.below(n) == 0; }

  void sort_operators() {
    for (std::size_t i = 0; i < dovetail::op_count; ++i) {
      const auto o = static_cast<dovetail::op>(i);
      const dovetail::op_row& row = dovetail::row_of(o);
      if (row.shape == dovetail::shape::special || row.feature == dovetail::feature::simd ||
          row.feature == dovetail::feature::relaxed_simd) {
        continue;
      }
      const dovetail::shape_types types = dovetail::switch_on(
          o, [](auto which) { return dovetail::types_of<dovetail::row_of(which.value).shape>(); });
      const bool is_memory = row.immediate == dovetail::immediate_kind::memarg;
      const std::string_view text = row.text;
      const bool is_risky = text.find("div_") != text.npos || text.find("rem_") != text.npos ||
                            (text.find("trunc_f") != text.npos);
      if (types.operand_count == 0) continue;
      if (!types.has_result) {
        stores_.push_back({o, types, is_memory, false});
      } else {
        by_result_[number_of(types.result)].push_back({o, types, is_memory, is_risky});
      }
    }
  }

  // Values at which operators change their minds.
  std::uint64_t edge(dovetail::value_type type) {
    static constexpr std::uint64_t integers[] = {0,
                                                 1,
                                                 2,
                                                 3,
                                                 7,
                                                 8,
                                                 31,
                                                 32,
                                                 63,
                                                 64,
                                                 127,
                                                 128,
                                                 255,
                                                 256,
                                                 32767,
                                                 32768,
                                                 65535,
                                                 65536,
                                                 0x7fffffff,
                                                 0x80000000,
                                                 0xffffffff,
                                                 0xfffffffe,
                                                 0xffff8000,
                                                 0xffff7fff,
                                                 0x100000000,
                                                 0x7fffffffffffffff,
                                                 0x8000000000000000,
                                                 0xffffffffffffffff,
                                                 0xffffffffffff8000,
                                                 0xffffffff80000000,
                                                 0xffffffff7fffffff};
    static constexpr std::uint64_t singles[] = {0,          0x80000000, 0x3f800000, 0xbf800000,
                                                0x3f000000, 0x4f000000, 0xcf000000, 0x7f800000,
                                                0xff800000, 0x00000001, 0x7f7fffff, 0x40490fdb};
    static constexpr std::uint64_t doubles[] = {0,
                                                0x8000000000000000,
                                                0x3ff0000000000000,
                                                0xbff0000000000000,
                                                0x3fe0000000000000,
                                                0x41e0000000000000,
                                                0xc1e0000000000000,
                                                0x43e0000000000000,
                                                0x7ff0000000000000,
                                                0xfff0000000000000,
                                                0x0000000000000001,
                                                0x7fefffffffffffff,
                                                0x400921fb54442d18};
    switch (number_of(type)) {
      case 0:
        return static_cast<std::uint32_t>(one_in(4) ? random_.next()
                                                    : integers[random_.below(std::size(integers))]);
      case 1: return one_in(4) ? random_.next() : integers[random_.below(std::size(integers))];
      case 2: return singles[random_.below(std::size(singles))];
      default: return doubles[random_.below(std::size(doubles))];
    }
  }

  // The number of a local of this type, or none.
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t local_of(dovetail::value_type type) {
    const std::size_t first = random_.below(locals_.size());
    for (std::size_t i = 0; i < locals_.size(); ++i) {
      const std::size_t at = (first + i) % locals_.size();
      if (locals_[at].type == type) return locals_[at].index;
    }
    return none;
  }
  std::uint32_t global_of(dovetail::value_type type) {
    return static_cast<std::uint32_t>(number_of(type) * 2 + random_.below(2));
  }

  void leaf(dovetail::value_type type) {
    const std::size_t local = local_of(type);
    if (local != none && !one_in(3)) {
      body_.put(dovetail::op::local_get, {local});
    } else if (one_in(4)) {
      body_.put(dovetail::op::global_get, {global_of(type)});
    } else {
      body_.constant(type, edge(type));
    }
  }

  random_numbers random_;
  module_writer module_;
  std::vector<signature> functions_;
  std::vector<typed_operator> by_result_[4], stores_;
  code body_;
  std::vector<declared_local> locals_;
  std::vector<type_list> labels_;  // what each open label carries, outermost first
};

}  // namespace testing
