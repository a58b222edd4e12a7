// What is known of the size of 32-bit numbers: of constants, of what is computed from them, and of
// locals that loops count with. Accesses that surely are inside a memory need no comparison.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dovetail::x64_jit {

/// A 32-bit number is one of these; all of them if nothing is known.
struct range {
  static constexpr std::uint32_t most = 0xffff'ffff;
  std::uint32_t least = 0;
  std::uint32_t greatest = most;

  [[nodiscard]] static constexpr range of(std::uint32_t v) { return {v, v}; }
  [[nodiscard]] constexpr bool is_known() const { return least != 0 || greatest != most; }
  [[nodiscard]] constexpr bool is_single() const { return least == greatest; }

  /// As a word of a name: 0 if nothing is known.
  [[nodiscard]] constexpr std::uint64_t packed() const {
    return least | std::uint64_t{~greatest} << 32;
  }
  [[nodiscard]] static constexpr range unpacked(std::uint64_t bits) {
    return {static_cast<std::uint32_t>(bits), ~static_cast<std::uint32_t>(bits >> 32)};
  }
};

// Results of operators, for all operands in their ranges.

/// i32.add: unless some sums wrap around and others do not.
[[nodiscard]] constexpr range sum(range a, range b) {
  const std::uint64_t least = std::uint64_t{a.least} + b.least,
                      greatest = std::uint64_t{a.greatest} + b.greatest;
  if (least >> 32 != greatest >> 32) return {};
  return {static_cast<std::uint32_t>(least), static_cast<std::uint32_t>(greatest)};
}
/// i32.and: no greater than either.
[[nodiscard]] constexpr range masked(range a, range b) {
  return {0, a.greatest < b.greatest ? a.greatest : b.greatest};
}
/// i32.or: no less than either, and no greater than the sum.
[[nodiscard]] constexpr range joined(range a, range b) {
  const std::uint64_t greatest = std::uint64_t{a.greatest} + b.greatest;
  return {a.least > b.least ? a.least : b.least,
          greatest < range::most ? static_cast<std::uint32_t>(greatest) : range::most};
}
/// i32.mul: unless a product may wrap around.
[[nodiscard]] constexpr range product(range a, range b) {
  if (std::uint64_t{a.greatest} * b.greatest > range::most) return {};
  return {a.least * b.least, a.greatest * b.greatest};
}
/// i32.shl: by a constant, unless a bit that may be set is lost.
[[nodiscard]] constexpr range shifted_left(range a, range count) {
  const std::uint32_t bits = count.least & 31;
  if (!count.is_single() || a.greatest > range::most >> bits) return {};
  return {a.least << bits, a.greatest << bits};
}
/// i32.shr_u: by a constant, or by what makes no number greater.
[[nodiscard]] constexpr range shifted_right(range a, range count) {
  if (!count.is_single()) return {0, a.greatest};
  return {a.least >> (count.least & 31), a.greatest >> (count.least & 31)};
}

/// A local that a loop adds a constant to, once a turn at most.
struct counted_local {
  std::uint32_t index = 0;
  std::uint32_t step = 0;
};

/// How many locals of a function are looked at: the first ones.
inline constexpr std::uint32_t most_ranged = 64;

/// What the first pass tells of a loop.
struct loop_facts {
  std::uint64_t sets = ~std::uint64_t{0};  ///< locals that are set in it, a bit each
  /// The first of `counted` is set in each turn that reaches the loop's end, which goes back to its
  /// head unless the local is `limit` now.
  std::uint32_t limit = 0;
  std::uint32_t count = 0;  ///< of `counted`; 0 if the loop does not count like that
  counted_local counted[3];

  /// How often its body is executed if the first local begins as `first`: 0 if that is not known.
  [[nodiscard]] constexpr std::uint64_t turns(std::uint32_t first) const {
    const std::uint32_t distance = limit - first, step = counted[0].step;
    if (step == 0 || distance == 0 || distance % step != 0) return 0;
    return distance / step;
  }
};

/// The range at the head of a loop of what is `before` it and gets `step` more in each turn but the
/// last, if that does not wrap around.
[[nodiscard]] constexpr range counted_range(range before, std::uint32_t step, std::uint64_t turns) {
  const std::uint64_t greatest = before.greatest + (turns - 1) * step;
  if (greatest > range::most) return {};
  return {before.least, static_cast<std::uint32_t>(greatest)};
}

}  // namespace dovetail::x64_jit
