// Random valid programs: expressions and statements nested at random, so that every operator meets
// constants, locals, results and branches on either side. The same seed gives the same program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "generator_parts.hpp"

namespace testing {

class program_generator : program_parts {
 public:
  /// `size` bounds the operators of a function, roughly; `filler` locals that nobody uses stand
  /// among the others and push them and all temporaries away. The `newest` programs have what 3.0
  /// added: three memories, one of them 64-bit, tail calls, and calls of references.
  explicit program_generator(std::uint64_t seed, std::size_t size = 120, std::uint32_t filler = 0,
                             bool newest = false)
      : program_parts(seed), operators_per_body_(size), filler_(filler), is_newest_(newest) {}

  /// A whole module; every function is exported.
  std::vector<std::uint8_t> program() {
    using dovetail::value_type;
    module_.memory(1, 3);
    if (is_newest_) module_.memory(1, 2), module_.memory64(1, 3);
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
  void declare() {
    // Some have arguments and results that no registers are left for.
    const std::size_t more = is_newest_ && one_in(3) ? 14 : 0;
    signature s{0, any_types(3 + more), any_types(one_in(3) ? 3 + more / 2 : 1)};
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
      const std::uint32_t memory = any_memory();
      address(depth - 1, memory);
      return access(*chosen, memory);
    }
    for (std::size_t i = 0; i < chosen->types.operand_count; ++i) {
      value(chosen->types.operands[i], depth - 1);
    }
    body_.put(chosen->o);
  }

  std::uint32_t any_memory() {
    return is_newest_ && one_in(2) ? static_cast<std::uint32_t>(random_.below(3)) : 0;
  }
  // The last one is 64-bit.
  void address(std::size_t depth, std::uint32_t memory) {
    if (memory == 2 && one_in(8)) return value(dovetail::value_type::i64, depth);
    narrow_address(depth);
    if (memory == 2) body_.put(dovetail::op::i64_extend_i32_u);
  }
  void narrow_address(std::size_t depth) {
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
  void access(const typed_operator& what, std::uint32_t memory) {
    const auto wide = memory == 2 ? dovetail::value_type::i64 : dovetail::value_type::i32;
    const std::uint64_t offset = one_in(3) ? 0 : one_in(8) ? edge(wide) : random_.below(300);
    const std::uint64_t alignment =
        random_.below(2) == 0 ? 0u : log_of(dovetail::row_of(what.o).width);
    if (memory == 0) {
      body_.put(what.o, {alignment, offset});
    } else {
      body_.put(what.o, {alignment | 64, memory, offset});
    }
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
    if (is_newest_ && one_in(4)) {
      reference(callee);
      body_.put(dovetail::op::call_ref, {s.type});
    } else if (one_in(3)) {
      body_.i32(static_cast<std::int32_t>(random_.below(9)));
      body_.put(dovetail::op::call_indirect, {s.type, 0});
    } else {
      body_.put(dovetail::op::call, {callee});
    }
  }

  // A reference to a function that somebody's element segment has; sometimes none.
  void reference(std::uint32_t callee) {
    using dovetail::op;
    if (one_in(12)) {
      body_.put(op::ref_null).s64(functions_[callee].type);
    } else {
      body_.put(op::ref_func, {callee});
    }
    if (one_in(4)) body_.put(op::ref_as_non_null);
  }
  // A function that ends in another one, if both have the same results. In an arm of its own, since
  // code behind it is not reached.
  void tail_call(std::size_t depth) {
    using dovetail::op;
    const auto callee = static_cast<std::uint32_t>(random_.below(functions_.size()));
    const signature& s = functions_[callee];
    if (s.results != functions_[current_].results || (callee >= current_ && !one_in(4))) return;
    value(dovetail::value_type::i32, depth - 1);
    body_.open(op::if_);
    labels_.push_back({});
    for (const dovetail::value_type parameter : s.parameters) value(parameter, depth - 1);
    switch (random_.below(3)) {
      case 0: body_.put(op::return_call, {callee}); break;
      case 1:
        reference(callee);
        body_.put(op::return_call_ref, {s.type});
        break;
      default:
        body_.i32(static_cast<std::int32_t>(random_.below(9)));
        body_.put(op::return_call_indirect, {s.type, 0});
        break;
    }
    labels_.pop_back();
    body_.end();
  }
  // A branch with a value or a reference, past the other's end.
  void null_branch() {
    using dovetail::op;
    const dovetail::value_type type = any_type();
    const bool if_null = one_in(2);
    const std::uint32_t carried = module_.type({}, {type});
    body_.open_typed(op::block, carried);
    if (!if_null) body_.open_typed(op::block, module_.type({}, {dovetail::value_type::funcref}));
    leaf(type);  // without labels of its own
    body_.i32(static_cast<std::int32_t>(random_.below(8))).put(op::table_get, {0});
    if (if_null) {
      body_.put(op::br_on_null, {0}).put(op::drop);
    } else {
      body_.put(op::br_on_non_null, {0}).put(op::br, {1}).end();
      body_.put(op::drop).constant(type, edge(type));
    }
    body_.end();
    keep({type});
  }

  void integer_object(std::size_t depth) {
    using dovetail::op;
    if (is_newest_ && one_in(3)) {
      if (one_in(2)) {
        body_.put(op::memory_size, {1});
      } else if (one_in(2)) {
        body_.i64(static_cast<std::int64_t>(random_.below(3))).put(op::memory_grow, {2});
        body_.put(op::i32_wrap_i64);
      } else {
        body_.put(op::memory_size, {2}).put(op::i32_wrap_i64);
      }
      return;
    }
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
    if (is_newest_ && depth != 0 && one_in(6)) return one_in(3) ? null_branch() : tail_call(depth);
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
        const std::uint32_t memory = any_memory();
        address(depth - 1, memory);
        value(chosen.types.operands[1], depth - 1);
        access(chosen, memory);
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
  // Between memories; the count is i64 only if both are 64-bit.
  void bulk_between(std::size_t depth) {
    using dovetail::op;
    const std::uint32_t to = any_memory(), from = any_memory();
    small_integer(depth);
    if (to == 2) body_.put(op::i64_extend_i32_u);
    small_integer(depth);
    if (from == 2) body_.put(op::i64_extend_i32_u);
    small_integer(depth);
    if (to == 2 && from == 2) body_.put(op::i64_extend_i32_u);
    body_.put(op::memory_copy, {to, from});
  }
  void bulk(std::size_t depth) {
    using dovetail::op;
    if (is_newest_ && one_in(3)) return bulk_between(depth);
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

  std::size_t operators_per_body_;
  std::uint32_t filler_;
  bool is_newest_;
  std::size_t left_ = 0;
  std::uint32_t current_ = 0;
};

}  // namespace testing
