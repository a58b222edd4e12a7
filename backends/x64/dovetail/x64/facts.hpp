// The first pass: what the second wants to know of a body before its first instruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/validate/null_emitter.hpp>
#include <dovetail/x64/registers.hpp>

namespace dovetail::x64_jit {

/// How often code runs is guessed from the loops around it: eight times as often in each.
[[nodiscard]] constexpr std::uint32_t weight_at(std::uint32_t depth) {
  return std::uint32_t{1} << (depth < 7 ? depth * 3 : 21);
}

struct body_facts {
  std::span<const std::uint32_t> weights;  ///< of each local: its uses, by how often they run
  std::uint64_t call_weight = 0;  ///< of calls: what survives none of them costs this much to keep
  std::uint32_t most_operands = 0;  ///< the operand stack's greatest height, in slots
  std::uint32_t frame_words = 0;    ///< the most arguments or results that lie in memory at a call
  bool has_calls = false;           ///< of any kind, into the library too
  bool leaves_instance = false;     ///< calls what may belong to another instance
};

/// How many of `types` do not fit the registers that `integers` and `floats` are numbers of.
[[nodiscard]] inline std::uint32_t words_in_memory(std::span<const value_type> types,
                                                   std::size_t integers, std::size_t floats) {
  if (types.size() <= integers && types.size() <= floats) return 0;
  std::uint32_t words = 0;
  for (const value_type t : types) {
    std::size_t& left = is_float(kind_of(t)) ? floats : integers;
    if (left == 0) {
      ++words;
    } else {
      --left;
    }
  }
  return words;
}
[[nodiscard]] inline std::uint32_t argument_words(const function_type& type) {
  return words_in_memory(type.parameters, std::size(integer_arguments), std::size(float_arguments));
}
[[nodiscard]] inline std::uint32_t result_words(const function_type& type) {
  return words_in_memory(type.results, std::size(integer_results), std::size(float_results));
}

/// Collects the facts while the module's validator reads a body.
class collector : public null_emitter {
 public:
  struct label {
    bool is_loop = false;
  };
  static constexpr bool has_vectors = false;
  static constexpr bool places_operands = true;
  static constexpr features executes = features::wasm2();
  using live_values = dovetail::live<value>;

  explicit collector(allocator& a) : weights_(a), bodies_(a) {}

  /// The facts of the next body, in the order they were collected. Good until the next batch.
  [[nodiscard]] body_facts next() {
    const collected& next = bodies_[taken_++];
    body_facts facts = next.facts;
    facts.weights = {weights_.data() + next.first_weight, next.weight_count};
    return facts;
  }

  /// Forgets what was collected: all of it was taken.
  void begin_batch() {
    weights_.clear();
    bodies_.clear();
    taken_ = 0;
  }
  void begin(const function_body& body) {
    depth_ = 0;
    weight_ = weight_at(0);
    facts_ = {};
    first_weight_ = weights_.size();
    failure_ = weights_.resize(first_weight_ + body.locals.size());
    imported_ = body.module->imported_functions;
  }
  status finish() {
    if (failure_ != status::ok) return failure_;
    return bodies_.push({facts_, first_weight_, weights_.size() - first_weight_});
  }

  value constant(value_type, slot) { return {}; }
  value unary(op, value, live_values below) { return made(below); }
  value binary(op, value, value, live_values below) { return made(below); }
  value select(value_type, value, value, value, live_values below) { return made(below); }
  value load(op, const memory_argument&, value, live_values below) { return made(below); }
  value memory_size(memory_index, live_values below) { return made(below); }
  value memory_grow(memory_index, value, live_values below) { return call_library(below, 1); }
  void memory_fill(memory_index, value, value, value, live_values below) { call_library(below, 3); }
  void memory_copy(two_memories, value, value, value, live_values below) { call_library(below, 3); }
  void memory_init(data_and_memory, value, value, value, live_values below) {
    call_library(below, 3);
  }

  value local_get(local_index i, value_type, live_values below) { return use(i), made(below); }
  void local_set(local_index i, value_type, value, live_values) { use(i); }
  value local_tee(local_index i, value_type, value, live_values below) {
    return use(i), made(below);
  }
  value global_get(global_index, value_type, live_values below) { return made(below); }

  value table_get(table_index, value, live_values below) { return made(below); }
  value table_size(table_index, live_values below) { return made(below); }
  value table_grow(table_index, value, value, live_values below) { return call_library(below, 2); }
  void table_fill(table_index, value, value, value, live_values below) { call_library(below, 3); }
  void table_copy(two_tables, value, value, value, live_values below) { call_library(below, 3); }
  void table_init(element_and_table, value, value, value, live_values below) {
    call_library(below, 3);
  }
  value ref_func(function_index, live_values below) { return call_library(below, 0); }
  value ref_is_null(value, live_values below) { return made(below); }

  label enter(const block_shape& shape, live_values stack) {
    reach(height_of(stack));
    const bool is_loop = shape.kind == block_kind::loop;
    if (is_loop) weight_ = weight_at(++depth_);
    return {is_loop};
  }
  label enter_if(const block_shape&, value, live_values stack) {
    reach(height_of(stack) + 1);
    return {};
  }
  void else_(label&, bool, live_values) {}
  void enter_else(label&, live_values) {}
  void branch(label&, live_values) {}
  void branch_if(label&, value, live_values) {}
  void branch_table(value, std::span<label* const>, live_values) {}
  void leave(label& l, bool, live_values stack) {
    reach(height_of(stack));
    if (l.is_loop) weight_ = weight_at(--depth_);
  }

  void call(function_index callee, const function_type& type, live_values stack) {
    call_function(type, stack);
    if (callee.value < imported_) facts_.leaves_instance = true;
  }
  void call_indirect(indirect_call, const function_type& type, value, live_values stack) {
    call_function(type, stack);
    facts_.leaves_instance = true;
  }
  void name_results(std::size_t, live_values stack) { reach(height_of(stack)); }

 private:
  void reach(std::size_t height) {
    if (height > facts_.most_operands) facts_.most_operands = static_cast<std::uint32_t>(height);
  }
  value made(live_values below) {
    // One more for an operand that an operator may have to put down meanwhile.
    reach(height_of(below) + 3);
    return {};
  }
  void use(local_index i) {
    if (failure_ != status::ok) return;
    std::uint32_t& w = weights_[first_weight_ + i.value];
    w = w > 0xffff'ffff - weight_ ? 0xffff'ffff : w + weight_;
  }
  void call() {
    facts_.has_calls = true;
    facts_.call_weight += weight_;
  }
  value call_library(live_values below, std::size_t operands) {
    reach(height_of(below) + operands + 1);
    call();
    return {};
  }
  void call_function(const function_type& type, live_values stack) {
    reach(height_of(stack) + 1);
    const std::uint32_t in = argument_words(type), out = result_words(type);
    if (in > facts_.frame_words) facts_.frame_words = in;
    if (out > facts_.frame_words) facts_.frame_words = out;
    call();
  }

  struct collected {
    body_facts facts;
    std::size_t first_weight = 0, weight_count = 0;
  };

  array<std::uint32_t> weights_;  // of all bodies
  array<collected> bodies_;
  body_facts facts_;  // of the body at hand
  std::size_t first_weight_ = 0;
  std::size_t taken_ = 0;
  status failure_ = status::ok;
  std::uint32_t depth_ = 0;   // loops around the operator at hand
  std::uint32_t weight_ = 1;  // of what stands there
  std::uint32_t imported_ = 0;
};

}  // namespace dovetail::x64_jit
