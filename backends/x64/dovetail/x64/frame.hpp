// The plan of a function's frame: which locals live in registers, where everything else lies.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/x64/facts.hpp>

namespace dovetail::x64_jit {

/// Where a local lives.
struct local_place {
  reg home = reg::none;  ///< its register, if it has one
  kind type = kind::i32;
  bool is_lane_mask = false;    ///< what it holds now, see value_emitter::is_lane_mask
  std::int32_t slot = no_slot;  ///< its place in the frame, if it has one

  static constexpr std::int32_t no_slot = INT32_MIN;
  [[nodiscard]] bool has_slot() const { return slot != no_slot; }
};

//     above     arguments in memory            [rsp + size + pushed + 8 ...]
//               return address
//               pushed homes                   in the order they were pushed
//     size      operands at canonical slots    [rsp + operands + 8 * slot]
//               locals in memory               [rsp + its own place]
//               the instance, if code leaves it
//     rsp       arguments of callees           8 bytes each; the host's shadow space
//
// A leaf with few slots has them below rsp, where the System V ABI (3.2.2) keeps 128 bytes from
// signal handlers: its size is 0, and their places are negative.
struct frame_plan {
  explicit frame_plan(allocator& a) : locals(a) {}

  array<local_place> locals;
  std::uint32_t size = 0;          ///< bytes below the pushed homes
  std::int32_t operands = 0;       ///< where canonical slots begin
  std::uint32_t words = 0;         ///< 8 bytes each for arguments of callees
  std::uint32_t instance = 0;      ///< where the instance is kept
  std::uint32_t pushed = 0;        ///< homes that the prologue saves
  reg saved[4] = {};               ///< which
  reg_set homes = 0;               ///< registers that locals live in
  std::uint32_t unsaved[18] = {};  ///< the locals in those of them that a call does not preserve
  std::size_t unsaved_count = 0;
  bool is_leaf = true;

  [[nodiscard]] address slot_of(std::uint32_t slot) const {
    return {reg::rsp, reg::none, 0, operands + static_cast<std::int32_t>(8 * slot)};
  }
  [[nodiscard]] address incoming(std::uint32_t word) const {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(size + 8 * pushed + 8 + 8 * word)};
  }

  /// Makes the plan. `pinned_homes` are those of the `saved_homes` that code keeps for itself;
  /// `pushes` is code that moves rsp.
  [[nodiscard]] status make(const function_body& body, const body_facts& facts, abi host,
                            std::size_t pinned_homes, bool pushes) {
    is_leaf = !facts.has_calls;
    homes = 0;
    pushed = 0;
    unsaved_count = 0;
    DOVETAIL_TRY(locals.resize(body.locals.size()));
    for (std::size_t i = 0; i < body.locals.size(); ++i)
      locals[i] = {reg::none, kind_of(body.locals[i])};
    choose_homes(facts, pinned_homes);
    lay_out(facts, host);
    constexpr std::uint32_t red_zone = 128;
    if (is_leaf && !pushes && host == abi::sysv && size <= red_zone) go_below();
    return status::ok;
  }

 private:
  // The heaviest locals first, each to the best register left that pays.
  void choose_homes(const body_facts& facts, std::size_t pinned_homes) {
    std::size_t integers_left = 9, floats_left = std::size(float_homes);
    std::size_t saved_used = 0, unsaved_used = 0, floats_used = 0;
    const std::size_t saved_count = std::size(saved_homes) - pinned_homes;
    // Whoever calls nothing, or is replaced by all it calls.
    const bool spares_homes = facts.call_weight == 0;
    rank(facts);
    for (std::size_t r = 0; r < ranked_; ++r) {
      const std::uint32_t i = order_[r];
      local_place& l = locals[i];
      const std::uint64_t weight = facts.weights[i];
      if (integers_left == 0 && floats_left == 0) break;
      // Whatever a call does not preserve is stored before it and loaded after it.
      const bool pays_unsaved = spares_homes || weight > 2 * facts.call_weight;
      if (is_float(l.type)) {
        if (floats_left == 0 || !pays_unsaved) continue;
        l.home = float_homes[floats_used++];
        --floats_left;
      } else {
        const bool has_unsaved = pays_unsaved && unsaved_used < std::size(unsaved_homes);
        const bool has_saved = saved_used < saved_count && weight > 2;
        if (spares_homes ? has_unsaved : has_unsaved && !has_saved) {
          l.home = unsaved_homes[unsaved_used++];
        } else if (has_saved) {
          l.home = saved_homes[saved_used++];
          saved[pushed++] = l.home;
        } else {
          continue;
        }
        --integers_left;
      }
      homes |= set_of(l.home);
      if ((set_of(l.home) & preserved) == 0) unsaved[unsaved_count++] = i;
    }
  }

  // The locals that are used, heaviest first: twice as many as there are homes, since those of one
  // kind may find theirs all taken.
  void rank(const body_facts& facts) {
    ranked_ = 0;
    for (std::uint32_t i = 0; i < locals.size(); ++i) {
      if (facts.weights[i] == 0) continue;
      std::size_t at = ranked_;
      while (at > 0 && facts.weights[order_[at - 1]] < facts.weights[i]) --at;
      if (at == std::size(order_)) continue;
      if (ranked_ < std::size(order_)) ++ranked_;
      for (std::size_t k = ranked_ - 1; k > at; --k) order_[k] = order_[k - 1];
      order_[at] = i;
    }
  }

  void lay_out(const body_facts& facts, abi host) {
    words = facts.frame_words;
    std::uint32_t at = words * 8;
    if (facts.has_calls && at < shadow_space(host)) at = shadow_space(host);
    instance = at;
    if (facts.leaves_instance) at += 8;
    for (std::size_t i = 0; i < locals.size(); ++i) {
      local_place& l = locals[i];
      const bool needs_slot = l.home == reg::none
                                  ? facts.weights[i] != 0
                                  : facts.call_weight != 0 && (set_of(l.home) & preserved) == 0;
      if (!needs_slot) continue;
      l.slot = static_cast<std::int32_t>(at);
      at += 8 * words_of(l.type);
    }
    operands = static_cast<std::int32_t>(at);
    at += facts.most_operands * 8;
    // Calls want the stack pointer aligned to 16 bytes (System V ABI 3.2.2).
    if (!is_leaf && (at + 8 * pushed + 8) % 16 != 0) at += 8;
    size = at;
  }

  void go_below() {
    const auto by = static_cast<std::int32_t>(size);
    operands -= by;
    for (local_place& l : locals) {
      if (l.has_slot()) l.slot -= by;
    }
    size = 0;
  }

  static constexpr std::size_t most_homes = 9 + std::size(float_homes);
  std::uint32_t order_[2 * most_homes] = {};
  std::size_t ranked_ = 0;
};

}  // namespace dovetail::x64_jit
