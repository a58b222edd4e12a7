// Random valid programs: expressions and statements nested at random, so that every operator meets
// constants, locals, results and branches on either side. The same seed gives the same program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "robustness/mutation.hpp"
#include "support/writer.hpp"

namespace testing {

class program_generator {
 public:
  /// `size` bounds the operators of a function, roughly; `filler` locals that nobody uses stand
  /// among the others and push them and all temporaries away.
  explicit program_generator(std::uint64_t seed, std::size_t size = 120, std::uint32_t filler = 0)
      : random_(seed), operators_per_body_(size), filler_(filler) {
    sort_operators();
  }

  /// A whole module; every function is exported.
  std::vector<std::uint8_t> program() {
    using dovetail::value_type;
    module_.memory(1, 3);
    module_.table(8, 20);
    for (const value_type type : number_types) {
      for (int i = 0; i < 2; ++i) module_.global(type, true, code().constant(type, edge(type)));
    }
    const std::uint32_t count = 3 + static_cast<std::uint32_t>(random_.below(3));
    for (std::uint32_t i = 0; i < count; ++i) declare();
    std::vector<std::uint32_t> entries;
    for (std::uint32_t i = 0; i < 6; ++i) {
      entries.push_back(static_cast<std::uint32_t>(random_.below(count)));
    }
    module_.elements(1, entries);
    module_.data(100, "some bytes to begin with, of no particular kind");
    module_.passive_data("passive bytes");
    for (std::uint32_t i = 0; i < count; ++i) define(i);
    module_.export_as("memory", 2, 0);
    return module_.bytes();
  }

 private:
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
      if (row.shape == dovetail::shape::special || row.feature == dovetail::feature::simd) continue;
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

  void declare() {
    signature s{0, any_types(3), any_types(one_in(3) ? 3 : 1)};
    s.type = module_.type(s.parameters, s.results);
    functions_.push_back(s);
  }

  void define(std::uint32_t index) {
    const signature& s = functions_[index];
    locals_.clear();
    for (const dovetail::value_type type : s.parameters) locals_.push_back({type, locals_.size()});
    std::vector<locals_group> groups;
    for (std::size_t i = 0; i < 5; ++i) {
      if (i == 2 && filler_ != 0) groups.push_back({filler_, dovetail::value_type::i64});
      const dovetail::value_type type = i % 3 == 0 ? dovetail::value_type::i32 : any_type();
      locals_.push_back({type, locals_.size() + (i < 2 ? 0 : filler_)});
      groups.push_back({1, type});
    }
    labels_ = {s.results};
    body_ = {};
    left_ = operators_per_body_;
    current_ = index;
    for (std::size_t i = 1 + random_.below(6); i > 0; --i) statement(3);
    for (const dovetail::value_type type : s.results) value(type, 3);
    byte_writer whole;
    whole.u32(groups.size());
    for (const locals_group& group : groups) whole.u32(group.count).byte(group.type.code());
    whole.append(body_.bytes()).byte(0x0b);
    module_.raw_function(s.type, whole.bytes());
    module_.export_as("f" + std::to_string(index), 0, index);
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

  // Leaves a value of `type` on the stack.
  void value(dovetail::value_type type, std::size_t depth) {
    using dovetail::op;
    if (depth == 0 || left_ == 0) return leaf(type);
    --left_;
    switch (random_.below(16)) {
      case 0: {
        const std::size_t local = local_of(type);
        value(type, depth - 1);
        if (local != none) body_.put(op::local_tee, {local});
        break;
      }
      case 1: {
        value(type, depth - 1);
        value(type, depth - 1);
        value(dovetail::value_type::i32, depth - 1);
        if (one_in(2)) {
          body_.put(op::select);
        } else {
          body_.put(op::select_typed, {1, type.code()});
        }
        break;
      }
      case 2:
      case 3: block_value(type, depth); break;
      case 4: if_value(type, depth); break;
      case 5: call_value(type, depth); break;
      case 6: leaf(type); break;
      case 7:
        if (type == dovetail::value_type::i32) return integer_object(depth);
        leaf(type);
        break;
      default: operator_value(type, depth); break;
    }
  }

  void operator_value(dovetail::value_type type, std::size_t depth) {
    const std::vector<typed_operator>& there = by_result_[number_of(type)];
    const typed_operator* chosen = &there[random_.below(there.size())];
    while (chosen->is_risky && !one_in(6)) chosen = &there[random_.below(there.size())];
    if (chosen->is_memory) {
      address(depth - 1);
      return access(*chosen);
    }
    for (std::size_t i = 0; i < chosen->types.operand_count; ++i) {
      value(chosen->types.operands[i], depth - 1);
    }
    body_.put(chosen->o);
  }

  void address(std::size_t depth) {
    if (one_in(4)) {
      body_.i32(static_cast<std::int32_t>(random_.below(70'000)));
      return;
    }
    const bool is_sum = one_in(3);
    if (is_sum) {
      value(dovetail::value_type::i32, depth);
      body_.i32(0x7fff).put(dovetail::op::i32_and);
    }
    value(dovetail::value_type::i32, depth);
    body_.i32(0x3fff).put(dovetail::op::i32_and);
    if (is_sum) body_.put(dovetail::op::i32_add);
  }
  void access(const typed_operator& what) {
    const std::uint64_t offset = one_in(3)   ? 0
                                 : one_in(8) ? edge(dovetail::value_type::i32)
                                             : random_.below(300);
    body_.put(what.o,
              {random_.below(2) == 0 ? 0u : log_of(dovetail::row_of(what.o).width), offset});
  }
  static unsigned log_of(unsigned width) { return width <= 1 ? 0 : 1 + log_of(width / 2); }

  // A branch with a value out of a block, or none.
  void block_value(dovetail::value_type type, std::size_t depth) {
    using dovetail::op;
    const bool is_loop = one_in(4);
    body_.open(is_loop ? op::loop : op::block, type.code());
    labels_.push_back(is_loop ? type_list{} : type_list{type});
    for (std::size_t i = random_.below(3); i > 0; --i) statement(depth - 1);
    value(type, depth - 1);
    if (!is_loop && one_in(2)) {
      value(dovetail::value_type::i32, depth - 1);
      body_.put(op::br_if, {0});
    }
    labels_.pop_back();
    body_.end();
  }
  void if_value(dovetail::value_type type, std::size_t depth) {
    using dovetail::op;
    value(dovetail::value_type::i32, depth - 1);
    body_.open(op::if_, type.code());
    labels_.push_back({type});
    for (std::size_t i = random_.below(2); i > 0; --i) statement(depth - 1);
    value(type, depth - 1);
    body_.put(op::else_);
    for (std::size_t i = random_.below(2); i > 0; --i) statement(depth - 1);
    value(type, depth - 1);
    labels_.pop_back();
    body_.end();
  }

  // Calls whatever function has one such result; most often an earlier one, so that calls end.
  void call_value(dovetail::value_type type, std::size_t depth) {
    for (std::uint32_t tries = 0; tries < 6; ++tries) {
      const auto callee = static_cast<std::uint32_t>(random_.below(functions_.size()));
      const signature& s = functions_[callee];
      if (s.results != type_list{type} || (callee >= current_ && !one_in(20))) continue;
      return call(callee, depth);
    }
    leaf(type);
  }
  void call(std::uint32_t callee, std::size_t depth) {
    const signature& s = functions_[callee];
    for (const dovetail::value_type parameter : s.parameters) value(parameter, depth - 1);
    if (one_in(3)) {
      body_.i32(static_cast<std::int32_t>(random_.below(9)));
      body_.put(dovetail::op::call_indirect, {s.type, 0});
    } else {
      body_.put(dovetail::op::call, {callee});
    }
  }

  void integer_object(std::size_t depth) {
    using dovetail::op;
    switch (random_.below(6)) {
      case 0: body_.put(op::memory_size, {0}); break;
      case 1:
        body_.i32(static_cast<std::int32_t>(random_.below(3))).put(op::memory_grow, {0});
        break;
      case 2: body_.put(op::table_size, {0}); break;
      case 3:
        body_.i32(static_cast<std::int32_t>(random_.below(9)));
        body_.put(op::table_get, {0}).put(op::ref_is_null);
        break;
      case 4:
        body_.put(op::ref_null).byte(0x70);
        value(dovetail::value_type::i32, depth - 1);
        body_.i32(3).put(op::i32_and).put(op::table_grow, {0});
        break;
      default: value(dovetail::value_type::i32, depth - 1); break;
    }
  }

  void statement(std::size_t depth) {
    using dovetail::op;
    if (left_ == 0) return;
    --left_;
    const dovetail::value_type type = any_type();
    switch (depth == 0 ? random_.below(4) : random_.below(14)) {
      case 0:
      case 1: {
        const std::size_t local = local_of(type);
        value(type, depth == 0 ? 1 : depth - 1);
        if (local != none) {
          body_.put(op::local_set, {local});
        } else {
          body_.put(op::drop);
        }
        break;
      }
      case 2:
        value(type, depth == 0 ? 1 : depth - 1);
        body_.put(op::global_set, {global_of(type)});
        break;
      case 3: body_.put(op::nop); break;
      case 4:
      case 5: {
        const typed_operator& chosen = stores_[random_.below(stores_.size())];
        address(depth - 1);
        value(chosen.types.operands[1], depth - 1);
        access(chosen);
        break;
      }
      case 6: counting_loop(depth); break;
      case 7: conditional(depth); break;
      case 8: typed_block(depth); break;
      case 9: leave(depth); break;
      case 10: table_branch(depth); break;
      case 11: bulk(depth); break;
      case 12: call_statement(depth); break;
      default:
        value(type, depth - 1);
        body_.put(op::drop);
        break;
    }
  }

  void conditional(std::size_t depth) {
    using dovetail::op;
    value(dovetail::value_type::i32, depth - 1);
    body_.open(op::if_);
    labels_.push_back({});
    statement(depth - 1);
    if (one_in(2)) {
      body_.put(op::else_);
      statement(depth - 1);
    }
    labels_.pop_back();
    body_.end();
  }

  // for (local = small; ...; local += step): what compilers write.
  void counting_loop(std::size_t depth) {
    using dovetail::op;
    const std::size_t counter = local_of(dovetail::value_type::i32);
    static constexpr op comparisons[] = {op::i32_lt_s, op::i32_lt_u, op::i32_ne, op::i32_le_s,
                                         op::i32_gt_s, op::i32_ge_u, op::i32_eq, op::i32_gt_u};
    body_.i32(static_cast<std::int32_t>(random_.below(5))).put(op::local_set, {counter});
    body_.open(op::loop);
    labels_.push_back({});
    for (std::size_t i = random_.below(3); i > 0; --i) statement(depth - 1);
    body_.put(op::local_get, {counter}).i32(static_cast<std::int32_t>(random_.below(4)) - 1);
    body_.put(op::i32_add);
    if (one_in(2)) {
      body_.put(op::local_tee, {counter});
    } else {
      body_.put(op::local_set, {counter}).put(op::local_get, {counter});
    }
    if (one_in(3)) {
      leaf(dovetail::value_type::i32);
    } else {
      body_.i32(static_cast<std::int32_t>(random_.below(12)));
    }
    body_.put(comparisons[random_.below(std::size(comparisons))]).put(op::br_if, {0});
    labels_.pop_back();
    body_.end();
  }

  // A block with parameters and several results, which go to locals.
  void typed_block(std::size_t depth) {
    using dovetail::op;
    const type_list parameters = any_types(2), results = any_types(3);
    const std::uint32_t type = module_.type(parameters, results);
    for (const dovetail::value_type parameter : parameters) value(parameter, depth - 1);
    const bool is_if = one_in(3);
    if (is_if) value(dovetail::value_type::i32, depth - 1);
    body_.open_typed(is_if ? op::if_ : op::block, type);
    labels_.push_back(results);
    for (int arm = 0; arm < (is_if ? 2 : 1); ++arm) {
      if (arm == 1) body_.put(op::else_);
      for (std::size_t i = 0; i < parameters.size(); ++i) body_.put(op::drop);
      for (const dovetail::value_type result : results) value(result, depth - 1);
      if (one_in(3)) {
        value(dovetail::value_type::i32, depth - 1);
        body_.put(op::br_if, {0});
      }
    }
    labels_.pop_back();
    body_.end();
    keep(results);
  }
  // Takes values off the stack into locals.
  void keep(const type_list& types) {
    for (std::size_t i = types.size(); i-- > 0;) {
      const std::size_t local = local_of(types[i]);
      if (local == none) {
        body_.put(dovetail::op::drop);
      } else {
        body_.put(dovetail::op::local_set, {local});
      }
    }
  }

  // A conditional branch to any enclosing label, with what it carries.
  void leave(std::size_t depth) {
    using dovetail::op;
    const std::size_t up = random_.below(labels_.size());
    const type_list carried = labels_[labels_.size() - 1 - up];
    for (const dovetail::value_type type : carried) value(type, depth - 1);
    value(dovetail::value_type::i32, depth - 1);
    if (one_in(3)) {
      // The branch that never comes back, in an arm of its own.
      return leave_in_arm(carried, up);
    }
    body_.put(op::br_if, {up});
    for (std::size_t i = 0; i < carried.size(); ++i) body_.put(op::drop);
  }
  void leave_in_arm(const type_list& carried, std::size_t up) {
    using dovetail::op;
    const std::uint32_t type = module_.type(carried, {});
    body_.open_typed(op::if_, type);
    body_.put(op::br, {up + 1}).put(op::else_);
    for (std::size_t i = 0; i < carried.size(); ++i) body_.put(op::drop);
    body_.end();
  }

  void table_branch(std::size_t depth) {
    using dovetail::op;
    const std::size_t count = 1 + random_.below(3);
    for (std::size_t i = 0; i < count; ++i) {
      body_.open(op::block);
      labels_.push_back({});
    }
    if (one_in(2)) statement(depth - 1);
    value(dovetail::value_type::i32, depth - 1);
    const std::size_t targets = random_.below(5);
    body_.put(op::br_table, {targets});
    for (std::size_t i = 0; i <= targets; ++i) body_.u32(random_.below(count));
    for (std::size_t i = 0; i < count; ++i) {
      labels_.pop_back();
      body_.end();
      if (one_in(2)) statement(depth - 1);
    }
  }

  void small_integer(std::size_t depth) {
    value(dovetail::value_type::i32, depth - 1);
    body_.i32(0xff).put(dovetail::op::i32_and);
  }
  void bulk(std::size_t depth) {
    using dovetail::op;
    switch (random_.below(4)) {
      case 0:
        for (int i = 0; i < 3; ++i) small_integer(depth);
        body_.put(op::memory_fill, {0});
        break;
      case 1:
        for (int i = 0; i < 3; ++i) small_integer(depth);
        body_.put(op::memory_copy, {0, 0});
        break;
      case 2:
        small_integer(depth);
        body_.i32(static_cast<std::int32_t>(random_.below(9))).i32(4).put(op::memory_init, {0, 0});
        break;
      default:
        body_.i32(static_cast<std::int32_t>(random_.below(9)));
        body_.put(op::ref_null).byte(0x70);
        body_.i32(static_cast<std::int32_t>(random_.below(2))).put(op::table_fill, {0});
        break;
    }
  }

  void call_statement(std::size_t depth) {
    const auto callee = static_cast<std::uint32_t>(random_.below(functions_.size()));
    if (callee >= current_ && !one_in(10)) return;
    call(callee, depth);
    keep(functions_[callee].results);
  }

  random_numbers random_;
  std::size_t operators_per_body_;
  std::uint32_t filler_;
  module_writer module_;
  std::vector<signature> functions_;
  std::vector<typed_operator> by_result_[4], stores_;
  code body_;
  std::vector<declared_local> locals_;
  std::vector<type_list> labels_;  // what each open label carries, outermost first
  std::size_t left_ = 0;
  std::uint32_t current_ = 0;
};

}  // namespace testing
