// What values and labels are called while code is emitted.
#pragma once

#include <bit>
#include <cstdint>

#include <dovetail/validate/stacks.hpp>
#include <dovetail/x64/encoder.hpp>

namespace dovetail::x64_jit {

/// Where a value is, or how it will be made when something needs it.
enum class place : std::uint8_t {
  constant,   ///< `bits`; of a vector its number, see value_emitter::number_of
  local,      ///< of number `index`: in its home or its slot, as long as nobody sets it
  temporary,  ///< in a register of its own
  spilled,    ///< on the operand stack, from its slot `index` on
  flags,      ///< in the processor's flags: true if `is_true` holds
  access,     ///< in memory 0, at a checked address, for the operator that follows
  scaled,     ///< a register shifted left by `index`, for the addition that follows
  sum,        ///< a local of number `bits` plus `index`, for the access that follows
};

/// What `name::is_true` says of a vector whose bytes are all ones or all zeros.
inline constexpr condition lane_mask = condition::o;

/// A value's name.
struct name {
  place what = place::constant;
  kind type = kind::i32;
  reg where = reg::none;  ///< the register it is in: a temporary's own, a local's home
  condition is_true = condition::e;
  std::uint32_t index = 0;
  std::uint64_t bits = 0;

  [[nodiscard]] bool is_constant() const { return what == place::constant; }
  [[nodiscard]] bool is_lane_mask() const { return type == kind::v128 && is_true == lane_mask; }
  [[nodiscard]] bool is_local(std::uint32_t i) const { return what == place::local && index == i; }
  /// The constant as a sign-extended immediate, if it is one.
  [[nodiscard]] bool fits_immediate() const {
    const auto v = static_cast<std::int64_t>(bits);
    return is_constant() && type != kind::v128 &&
           (type == kind::i32 || v == static_cast<std::int32_t>(v));
  }
  [[nodiscard]] std::int32_t immediate() const { return static_cast<std::int32_t>(bits); }
};
static_assert(sizeof(name) == 16);

// Names are written as two words, since they are read as such: a load that spans stores of single
// fields waits for all of them.
[[nodiscard]] inline name name_of(place what, kind type, reg where, condition c,
                                  std::uint32_t index, std::uint64_t bits) {
  struct words {
    std::uint64_t head, bits;
  };
  return std::bit_cast<name>(
      words{static_cast<std::uint64_t>(what) | static_cast<std::uint64_t>(type) << 8 |
                static_cast<std::uint64_t>(where) << 16 | static_cast<std::uint64_t>(c) << 24 |
                std::uint64_t{index} << 32,
            bits});
}
[[nodiscard]] inline name constant_name(kind type, std::uint64_t bits) {
  return name_of(place::constant, type, reg::none, condition::e, 0, bits);
}
[[nodiscard]] inline name local_name(kind type, std::uint32_t index, reg home) {
  return name_of(place::local, type, home, condition::e, index, 0);
}
[[nodiscard]] inline name temporary_name(kind type, reg where) {
  return name_of(place::temporary, type, where, condition::e, 0, 0);
}
[[nodiscard]] inline name spilled_name(kind type, std::uint32_t slot) {
  return name_of(place::spilled, type, reg::none, condition::e, slot, 0);
}
[[nodiscard]] inline name flags_name(condition c) {
  return name_of(place::flags, kind::i32, reg::none, c, 0, 0);
}

/// What lies in the memory, at its base plus `index`, if there is one, plus `displacement`. The
/// index may be a register of its own. A fault belongs to the operator at `offset`.
[[nodiscard]] inline name access_name(kind type, reg index, bool is_own, std::int32_t displacement,
                                      std::uint32_t offset) {
  return name_of(
      place::access, type, reg::none, condition::e, static_cast<std::uint32_t>(displacement),
      static_cast<std::uint64_t>(index) | std::uint64_t{is_own} << 8 | std::uint64_t{offset} << 32);
}
[[nodiscard]] inline reg index_of_access(const name& n) { return static_cast<reg>(n.bits & 0xff); }

/// A register shifted left by one to three bits. It may be a register of its own.
[[nodiscard]] inline name scaled_name(kind type, reg where, unsigned count, bool is_own) {
  return name_of(place::scaled, type, where, condition::e, count | (is_own ? 4u : 0), 0);
}
[[nodiscard]] inline unsigned count_of_scaled(const name& n) { return n.index & 3; }
[[nodiscard]] inline bool is_own_scaled(const name& n) { return n.index > 3; }

/// A sum of 32 bits that does not wrap around.
[[nodiscard]] inline name sum_name(std::uint32_t local, reg home, std::uint32_t constant) {
  return name_of(place::sum, kind::i32, home, condition::e, constant, local);
}

using live_names = live<name>;

/// A chain of forward jumps, threaded through their distances; 0 is its end.
using chain = std::uint32_t;

/// An open block.
struct block_label {
  std::uint32_t height = 0;      ///< operands below those the label carries
  std::uint32_t first_slot = 0;  ///< of those, on the operand stack
  std::uint32_t arity = 0;       ///< operands the label carries
  std::uint32_t head = 0;        ///< of a loop: where it begins
  chain waiting = 0;             ///< jumps to the end
  chain alternative = 0;         ///< of an if: the jump to its second arm
  kind type = kind::i32;         ///< of the one operand, if arity is 1
  bool is_loop = false;
  bool is_function = false;
};

}  // namespace dovetail::x64_jit
