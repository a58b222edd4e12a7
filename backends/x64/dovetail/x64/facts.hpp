// The first pass: what the second wants to know of a body before its first instruction.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/validate/recording.hpp>
#include <dovetail/x64/ranges.hpp>
#include <dovetail/x64/registers.hpp>

namespace dovetail::x64_jit {

/// How often code runs is guessed from the loops around it: eight times as often in each.
[[nodiscard]] constexpr std::uint32_t weight_at(std::uint32_t depth) {
  return std::uint32_t{1} << (depth < 7 ? depth * 3 : 21);
}

struct body_facts {
  std::span<const std::uint32_t> weights;  ///< of each local: its uses, by how often they run
  std::span<const loop_facts> loops;       ///< in the order they are entered
  std::uint64_t call_weight = 0;  ///< of calls: what survives none of them costs this much to keep
  std::uint32_t most_operands = 0;  ///< the operand stack's greatest height, in slots
  std::uint32_t frame_words = 0;    ///< the most arguments or results that lie in memory at a call
  bool has_calls = false;           ///< of any kind, into the library too; jumps do not count
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
      words += words_of(kind_of(t));
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

/// What a function of this type has above its return address for both.
[[nodiscard]] inline std::uint32_t own_words(const function_type& type) {
  const std::uint32_t in = argument_words(type), out = result_words(type);
  return in > out ? in : out;
}

/// What this backend executes.
inline constexpr features executed = features::wasm3();

/// Records bodies while the module's validator reads them, and collects the facts.
template <bool Metered, const price_list* Price = nullptr>
class collector : public recorder<executed, true, Metered> {
  using base = recorder<executed, true, Metered>;

 public:
  using typename base::label, typename base::value, typename base::values;
  static constexpr const price_list* price = Price;

  explicit collector(allocator& a) : base(a), weights_(a), loops_(a), bodies_(a) {}

  /// The facts of the next body, in the order they were collected. Good until the next batch.
  [[nodiscard]] body_facts next() {
    const collected& next = bodies_[taken_++];
    body_facts facts = next.facts;
    facts.weights = {weights_.data() + next.first_weight, next.weight_count};
    facts.loops = {loops_.data() + next.first_loop, next.loop_count};
    return facts;
  }

  void begin_batch() {
    base::begin_batch();
    weights_.clear();
    loops_.clear();
    bodies_.clear();
    taken_ = 0;
  }
  void begin(const function_body& body) {
    base::begin(body);
    depth_ = 0;
    weight_ = weight_at(0);
    first_loop_ = loops_.size();
    sets_ = often_ = 0;
    facts_ = {};
    first_weight_ = weights_.size();
    base::keep(weights_.resize(first_weight_ + body.locals.size()));
    weights_of_body_ = weights_.data() + first_weight_;
    imported_ = body.module->imported_functions;
    type_ = body.type;
  }
  status finish() {
    facts_.most_operands = base::most_operands();
    DOVETAIL_TRY(bodies_.push({facts_, first_weight_, weights_.size() - first_weight_, first_loop_,
                               loops_.size() - first_loop_}));
    return base::finish();
  }

  value memory_grow(memory_index i, value v, values below) {
    return call(), base::memory_grow(i, v, below);
  }
  void memory_fill(memory_index i, value a, value b, value c, values below) {
    call(), base::memory_fill(i, a, b, c, below);
  }
  void memory_copy(two_memories i, value a, value b, value c, values below) {
    call(), base::memory_copy(i, a, b, c, below);
  }
  void memory_init(data_and_memory i, value a, value b, value c, values below) {
    call(), base::memory_init(i, a, b, c, below);
  }
  value table_grow(table_index i, value a, value b, values below) {
    return call(), base::table_grow(i, a, b, below);
  }
  void table_fill(table_index i, value a, value b, value c, values below) {
    call(), base::table_fill(i, a, b, c, below);
  }
  void table_copy(two_tables i, value a, value b, value c, values below) {
    call(), base::table_copy(i, a, b, c, below);
  }
  void table_init(element_and_table i, value a, value b, value c, values below) {
    call(), base::table_init(i, a, b, c, below);
  }
  value ref_func(function_index i, values below) { return call(), base::ref_func(i, below); }

  DOVETAIL_ALWAYS_INLINE value local_get(local_index i, value_type type, values below) {
    return use(i), base::local_get(i, type, below);
  }
  void local_set(local_index i, value_type type, value v, values below) {
    use(i), set(i), base::local_set(i, type, v, below);
  }
  value local_tee(local_index i, value_type type, value v, values below) {
    return use(i), set(i), base::local_tee(i, type, v, below);
  }

  label enter(const block_shape& shape, values stack) {
    if (shape.kind == block_kind::loop) enter_loop();
    return base::enter(shape, stack);
  }
  void leave(label& l, bool reachable, values stack) {
    if (l.is_loop) leave_loop(l, reachable);
    base::leave(l, reachable, stack);
  }

  void call(function_index callee, const function_type& type, values stack) {
    call_function(type, stack);
    if (callee.value < imported_) facts_.leaves_instance = true;
    base::call(callee, type, stack);
  }
  void call_indirect(indirect_call c, const function_type& type, value index, values stack) {
    call_function(type, stack);
    facts_.leaves_instance = true;
    base::call_indirect(c, type, index, stack);
  }
  void call_ref(type_index callee, const function_type& type, value v, values stack) {
    call_function(type, stack);
    facts_.leaves_instance = true;
    base::call_ref(callee, type, v, stack);
  }
  void return_call(function_index callee, const function_type& type, values stack) {
    be_replaced(type, stack, callee.value >= imported_);
    base::return_call(callee, type, stack);
  }
  void return_call_indirect(indirect_call c, const function_type& type, value index, values stack) {
    be_replaced(type, stack, false);
    base::return_call_indirect(c, type, index, stack);
  }
  void return_call_ref(type_index callee, const function_type& type, value v, values stack) {
    be_replaced(type, stack, false);
    base::return_call_ref(callee, type, v, stack);
  }

 private:
  DOVETAIL_ALWAYS_INLINE void use(local_index i) {
    std::uint32_t& w = weights_of_body_[i.value];
    w = w > 0xffff'ffff - weight_ ? 0xffff'ffff : w + weight_;
  }
  // A local is about to be set.
  DOVETAIL_ALWAYS_INLINE void set(local_index i) {
    if (i.value >= most_ranged) return;
    const std::uint64_t bit = std::uint64_t{1} << i.value;
    often_ |= sets_ & bit;
    sets_ |= bit;
    last_sets_[i.value] = {base::call_count(), base::push_count(), base::depth()};
  }
  void enter_loop() {
    weight_ = weight_at(depth_ + 1);
    if (depth_ < std::size(open_)) {
      open_[depth_] = {loops_.size(), sets_, often_};
      sets_ = often_ = 0;
    } else {
      often_ = ~std::uint64_t{0};  // as sets of loops inside are
    }
    ++depth_;
    base::keep(loops_.push({}));
  }
  void leave_loop(const label& l, bool reachable) {
    weight_ = weight_at(--depth_);
    if (depth_ >= std::size(open_) || base::begun() != status::ok) return;
    const open_loop& outer = open_[depth_];
    loop_facts& facts = loops_[outer.number];
    facts.sets = sets_;
    if (reachable) count_turns(l, facts);
    often_ = outer.often | sets_;  // any number of times for one of the loop around
    sets_ |= outer.sets;
  }
  // Whether the loop ends by going back unless a local that it adds a constant to is another
  // constant now; and which other locals it adds constants to.
  void count_turns(const label& l, loop_facts& facts) {
    std::size_t at = base::call_count() - 1;
    const recorded_call& back = base::call_at(at);
    if (back.what != told::branch_if || back.pushed != 0 || back.get<std::uint32_t>() != l.index)
      return;
    const recorded_call* before = &base::call_at(--at);
    const std::size_t pushes = base::push_count() - base::pending();
    slot limit = 0;
    std::size_t compared = 0;  // values pushed for it
    if (before->what == told::binary) {
      compared = before->pushed;
      if (before->operation != op::i32_ne || compared - 1 > 1) return;
      if (!base::is_constant(base::pushed_at(pushes - 1), limit)) return;
      before = &base::call_at(--at);
    }
    if (compared != 2 && before->what != told::local_tee) return;
    const std::uint32_t first =
        compared == 2 ? base::pushed_at(pushes - 2) : before->template get<local_index>().value;
    counted_local counting{first, 0};
    if (first >= most_ranged || (sets_ >> first & 1) == 0 || !is_counted(counting)) return;
    // Turns that go back elsewhere, or leave out a block, may be without the set if that is not
    // the last thing they do.
    const last_set& set = last_sets_[first];
    if (set.call != at && (l.branches != 1 || set.depth != l.index + 1)) return;
    facts.limit = static_cast<std::uint32_t>(limit);
    facts.counted[facts.count++] = counting;
    // What others get is known if no turn is without the set of the first.
    if (l.branches != 1) return;
    for (std::uint64_t left = sets_ & ~often_; left != 0; left &= left - 1) {
      counting.index = static_cast<std::uint32_t>(std::countr_zero(left));
      if (facts.count == std::size(facts.counted)) return;
      if (counting.index != first && is_counted(counting)) facts.counted[facts.count++] = counting;
    }
  }
  // Whether a local is set in one place of the loop alone, to its own value plus a constant.
  [[nodiscard]] bool is_counted(counted_local& l) const {
    const last_set& at = last_sets_[l.index];
    if ((often_ >> l.index & 1) != 0 || at.call == 0 || base::call_at(at.call).pushed != 0)
      return false;
    const recorded_call& add = base::call_at(at.call - 1);
    if (add.what != told::binary || add.operation != op::i32_add || add.pushed != 2) return false;
    slot added = 0;
    if (base::pushed_at(at.pushes - 2) != l.index ||
        !base::is_constant(base::pushed_at(at.pushes - 1), added)) {
      return false;
    }
    l.step = static_cast<std::uint32_t>(added);
    return true;
  }

  void call() {
    facts_.has_calls = true;
    facts_.call_weight += weight_;
  }
  void call_function(const function_type& type, values stack) {
    base::reach(height_of(stack) + 1);
    keep_words(own_words(type));
    call();
  }
  void keep_words(std::uint32_t words) {
    if (words > facts_.frame_words) facts_.frame_words = words;
  }
  // No value outlives a tail call. Unless it must find its place (tail_calls.hpp) it is a jump.
  void be_replaced(const function_type& callee, values stack, bool is_own) {
    base::reach(height_of(stack) + 1);
    if (is_own && argument_words(callee) <= own_words(type_)) return;
    keep_words(own_words(callee));
    facts_.has_calls = facts_.leaves_instance = true;
  }

  struct collected {
    body_facts facts;
    std::size_t first_weight = 0, weight_count = 0;
    std::size_t first_loop = 0, loop_count = 0;
  };
  // Where a local was set last: how many calls and values had been recorded, how many blocks open.
  struct last_set {
    std::size_t call = 0, pushes = 0;
    std::uint32_t depth = 0;
  };
  // A loop that is open: which locals had been set before it, in those around it.
  struct open_loop {
    std::size_t number = 0;
    std::uint64_t sets = 0, often = 0;
  };

  array<std::uint32_t> weights_;  // of all bodies
  array<loop_facts> loops_;       // likewise
  array<collected> bodies_;
  body_facts facts_;  // of the body at hand
  std::size_t first_weight_ = 0, first_loop_ = 0;
  std::size_t taken_ = 0;
  std::uint32_t* weights_of_body_ = nullptr;
  std::uint32_t depth_ = 0;   // loops around the operator at hand
  std::uint32_t weight_ = 1;  // of what stands there
  std::uint64_t sets_ = 0;    // locals set in the innermost loop so far,
  std::uint64_t often_ = 0;   // and more than once
  last_set last_sets_[most_ranged];
  open_loop open_[16];  // others are not looked at
  std::uint32_t imported_ = 0;
  function_type type_;  // of the body at hand
};

}  // namespace dovetail::x64_jit
