// Vector operators that move lanes: splat, extract, replace, shuffle, swizzle.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <dovetail/x64/vectors.hpp>

namespace dovetail::x64_jit {

/// The bytes that a shuffle takes, and what they have in common.
struct lane_pattern {
  std::array<std::uint8_t, 16> bytes{};

  /// Whether byte i is `first` + i.
  [[nodiscard]] constexpr bool is_run(unsigned first) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] != first + i) return false;
    }
    return true;
  }
  /// Whether lanes of so many bytes stay together.
  [[nodiscard]] constexpr bool has_lanes(unsigned width) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] % width != i % width || bytes[i] / width != bytes[i - i % width] / width)
        return false;
    }
    return true;
  }
  /// The number of the lane that is at a lane's place.
  [[nodiscard]] constexpr unsigned lane(unsigned width, unsigned i) const {
    return bytes[i * width] / width;
  }
  /// Whether lanes come from both vectors in turn, beginning with lane `first` of either.
  [[nodiscard]] constexpr bool is_interleaved(unsigned width, unsigned first) const {
    if (!has_lanes(width)) return false;
    for (unsigned i = 0; i < 16 / width; ++i) {
      if (lane(width, i) != first + i / 2 + i % 2 * (16 / width)) return false;
    }
    return true;
  }
  /// Whether every byte keeps its place in one or the other vector.
  [[nodiscard]] constexpr bool is_blend() const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] % 16 != i) return false;
    }
    return true;
  }
  /// Whether the bytes from one to another keep their places,
  [[nodiscard]] constexpr bool keeps(unsigned begin, unsigned end) const {
    for (unsigned i = begin; i < end; ++i) {
      if (bytes[i] != i) return false;
    }
    return true;
  }
  /// or come from those places.
  [[nodiscard]] constexpr bool is_within(unsigned begin, unsigned end) const {
    for (unsigned i = begin; i < end; ++i) {
      if (bytes[i] < begin || bytes[i] >= end) return false;
    }
    return true;
  }
  /// Whether one vector goes round, byte `first` first.
  [[nodiscard]] constexpr bool is_rotation(unsigned first) const {
    for (unsigned i = 0; i < 16; ++i) {
      if (bytes[i] != (first + i) % 16) return false;
    }
    return true;
  }
  /// Whether all bytes are of one vector, the first or the second.
  [[nodiscard]] constexpr bool is_of(unsigned vector) const {
    for (const std::uint8_t b : bytes) {
      if (b / 16 != vector) return false;
    }
    return true;
  }
  /// The same with the vectors exchanged.
  [[nodiscard]] constexpr lane_pattern exchanged() const {
    lane_pattern p = *this;
    for (std::uint8_t& b : p.bytes) b = static_cast<std::uint8_t>(b ^ 16);
    return p;
  }
  /// The same if both vectors are one.
  [[nodiscard]] constexpr lane_pattern of_one() const {
    lane_pattern p = *this;
    for (std::uint8_t& b : p.bytes) b = static_cast<std::uint8_t>(b & 15);
    return p;
  }
  /// The numbers of the bytes that come from one of the vectors, none where the other one's are.
  [[nodiscard]] constexpr v128 taken_from(unsigned vector) const {
    v128 numbers;
    for (unsigned i = 0; i < 16; ++i)
      numbers.bytes[i] = bytes[i] / 16 == vector ? bytes[i] & 15 : 0x80;
    return numbers;
  }
  /// Two bits for each of four lanes, as shuffles of the processor want them.
  [[nodiscard]] constexpr unsigned four(unsigned width, unsigned first = 0) const {
    unsigned bits = 0;
    for (unsigned i = 0; i < 4; ++i) bits |= (lane(width, first + i) & 3) << 2 * i;
    return bits;
  }
};

class lane_emitter : public vector_emitter {
 public:
  using vector_emitter::vector_emitter;

 protected:
  // Splats, extractions, replacements: integers by the bytes of a lane, floats by their kind.
  name splat_float(kind lane, name a) {
    if (a.is_constant()) return splat_constant(lane == kind::f64 ? 8 : 4, a.bits);
    const reg hint = wanted(kind::v128);
    const reg from = use(a);
    release(a);
    const reg to = fresh(kind::v128, hint);
    if (lane == kind::f64) {
      put(packed::movddup, to, from);
    } else {
      put(packed::shufps, to, from, from, 0);
    }
    return temporary_name(kind::v128, to);
  }
  name splat_integer(unsigned width, name a) {
    if (a.is_constant()) return splat_constant(width, a.bits);
    const reg hint = wanted(kind::v128);
    const reg from = use(a);
    const reg to = fresh(kind::v128, hint);
    a_.to_float(width == 8, to, from);
    release(a);
    spread_lowest(width, to);
    return temporary_name(kind::v128, to);
  }
  // The lowest lane to all lanes.
  void spread_lowest(unsigned width, reg to) {
    if (cpu_.has_avx2 && width < 4)
      return put({0x66, 0x0f38, static_cast<std::uint8_t>(width == 1 ? 0x78 : 0x79)}, to, to);
    switch (width) {
      case 1: clear_vector(float_scratch); return put(packed::pshufb, to, to, float_scratch);
      case 2: put_immediate(packed::pshuflw, to, to, 0); return put(packed::punpcklqdq, to, to, to);
      case 4: return put_immediate(packed::pshufd, to, to, 0);
      default: return put(packed::punpcklqdq, to, to, to);
    }
  }
  name splat_constant(unsigned width, std::uint64_t bits) {
    v128 all;
    for (unsigned i = 0; i < 16; ++i)
      all.bytes[i] = static_cast<std::uint8_t>(bits >> 8 * (i % width));
    return vector_constant(all);
  }

  // The lowest lane of floats is a float already.
  name extracted_float(kind lane, unsigned i, name a) {
    const unsigned width = lane == kind::f64 ? 8 : 4;
    if (a.is_constant()) {
      const v128 v = vector_of(a);
      const std::uint64_t bits = i * width < 8 ? v.low() : v.high();
      return constant_name(lane, width == 8 ? bits : bits >> 32 * (i & 1) & 0xffff'ffff);
    }
    if (i == 0) return a.type = lane, a;
    const reg hint = wanted(lane);
    if (is_in_memory(a)) {
      const reg to = fresh(lane, hint);
      a_.load(lane, to, lane_in_memory(a, i * width));
      return temporary_name(lane, to);
    }
    const reg from = use(a);
    release(a);
    const reg to = fresh(lane, hint);
    const unsigned four = lane == kind::f64 ? 0xee : 0xe4 | i;
    if (cpu_.has_avx) {
      put_immediate({0x66, 0x0f3a, 0x04}, to, from, four);  // vpermilps
    } else {
      put_immediate(packed::pshufd, to, from, four);
    }
    return temporary_name(lane, to);
  }
  name extracted(unsigned width, bool is_signed, unsigned i, name a) {
    const kind k = width == 8 ? kind::i64 : kind::i32;
    const reg hint = wanted(k);
    if (is_in_memory(a)) {
      const reg to = fresh(k, hint);
      const address m = lane_in_memory(a, i * width);
      if (width >= 4) {
        a_.mov_rm(width == 8, to, m);
      } else {
        const unsigned code = (is_signed ? 0xbeu : 0xb6u) | width >> 1;
        a_.op_rm({0, 0x0f, static_cast<std::uint8_t>(code)}, false, to, m);
      }
      return temporary_name(k, to);
    }
    const reg from = use(a);
    const reg to = fresh(k, hint);
    if (width >= 4 && i == 0) {
      a_.from_float(width == 8, to, from);
    } else {
      const opcode o = width == 1 ? packed::pextrb : width == 2 ? packed::pextrw : packed::pextrd;
      a_.op_rr(o, width == 8, from, to);
      a_.store(i, 1);
    }
    if (is_signed) {
      const opcode o{0, 0x0f, static_cast<std::uint8_t>(width == 1 ? 0xbe : 0xbf), width == 1};
      a_.op_rr(o, false, to, to);
    }
    release(a);
    return temporary_name(k, to);
  }

  name replaced_float(kind lane, unsigned i, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = over(a, b);
    if (i == 0) {
      put(lane == kind::f64 ? packed::movsd : packed::movss, to, x, y);
    } else if (lane == kind::f64) {
      put(packed::movlhps, to, x, y);
    } else {
      put(packed::insertps, to, x, y, i << 4);
    }
    return made(to, a, b);
  }
  name replaced(unsigned width, unsigned i, name a, name b) {
    const reg x = use(a);
    const reg y = use(b);
    const reg to = over(a);
    const opcode o = insertion_of(width);
    if (cpu_.has_avx) {
      a_.vex_rr(o, width == 8, to, x, y);
    } else {
      copy(to, x);
      a_.op_rr(o, width == 8, to, y);
    }
    a_.store(i, 1);
    release(b);
    return made(to, a);
  }
  static opcode insertion_of(unsigned width) {
    return width == 1 ? packed::pinsrb : width == 2 ? packed::pinsrw : packed::pinsrd;
  }

  // Shuffles: of one vector or of two, the cheapest form that does.
  name shuffled(const v128& pattern, name a, name b) {
    lane_pattern p{pattern.bytes};
    if (is_same_value(a, b)) p = p.of_one();
    if (p.is_of(1)) {
      std::swap(a, b);
      p = p.exchanged();
    }
    if (p.is_of(0)) {
      release(b);
      return rearranged(p, a);
    }
    if (p.bytes[0] >= 16) {
      std::swap(a, b);
      p = p.exchanged();
    }
    return merged(p, a, b);
  }
  // Lanes by the numbers in another vector; none if there is no such lane.
  name swizzled(name a, name b) {
    if (b.is_constant()) {
      lane_pattern p;
      const v128 lanes = vector_of(b);
      bool is_shuffle = true;
      for (unsigned i = 0; i < 16; ++i) {
        is_shuffle &= lanes.bytes[i] < 16;
        p.bytes[i] = lanes.bytes[i] < 16 ? lanes.bytes[i] : 0x80;
      }
      if (is_shuffle) return rearranged(p, a);
      return combined(plain(packed::pshufb), a, vector_constant({p.bytes}));
    }
    const auto [x, y] = use_both(a, b);
    put(packed::paddusb, float_scratch, y, shared_vector::beyond_lanes);
    const reg to = over(a);
    put(packed::pshufb, to, x, float_scratch);
    return made(to, a, b);
  }

  name with_immediate(const opcode& o, name a, name b, unsigned immediate) {
    return combined({o, false, true, static_cast<std::uint8_t>(immediate), false, true}, a, b);
  }
  static packed_form plain(const opcode& o) { return {o, false, false, 0, false, true}; }

 private:
  static bool is_same_value(const name& a, const name& b) {
    return a.what == b.what && ((a.what == place::local && a.index == b.index) ||
                                (a.what == place::constant && a.bits == b.bits));
  }
  [[nodiscard]] address lane_in_memory(const name& n, unsigned byte) const {
    address m = memory_of(n);
    m.displacement += static_cast<std::int32_t>(byte);
    return m;
  }

  // Of one vector.
  name rearranged(const lane_pattern& p, name a) {
    if (p.is_run(0)) return a;
    if (p.has_lanes(4)) return changed(packed::pshufd, a, p.four(4));
    if (p.has_lanes(2)) {
      if (p.keeps(8, 16) && p.is_within(0, 8)) return changed(packed::pshuflw, a, p.four(2));
      if (p.keeps(0, 8) && p.is_within(8, 16)) return changed(packed::pshufhw, a, p.four(2, 4));
    }
    if (const unsigned first = p.bytes[0]; p.is_rotation(first)) {
      const reg x = use(a), to = over(a);
      put(packed::palignr, to, x, x, first);
      return made(to, a);
    }
    return combined(plain(packed::pshufb), a, vector_constant({p.bytes}));
  }
  // Of two, the first byte from the first.
  name merged(const lane_pattern& p, name a, name b) {
    if (const opcode* o = interleaving(p); o != nullptr) return combined(plain(*o), a, b);
    if (p.has_lanes(4) && p.lane(4, 1) < 4 && p.lane(4, 2) >= 4 && p.lane(4, 3) >= 4)
      return with_immediate(packed::shufps, a, b, p.four(4));
    if (p.is_run(p.bytes[0])) return with_immediate(packed::palignr, b, a, p.bytes[0]);
    if (p.has_lanes(2) && p.is_blend()) {
      unsigned from_second = 0;
      for (unsigned i = 0; i < 8; ++i) from_second |= unsigned{p.lane(2, i) >= 8} << i;
      return with_immediate(packed::pblendw, a, b, from_second);
    }
    if (b.is_constant() && b.bits == 0) {
      if (const std::uint8_t byte = zero_extension(p); byte != 0)
        return changed({0x66, 0x0f38, byte}, a);
    }
    if (p.has_lanes(4)) return merged_lanes(p, a, b);
    const name of_a = vector_constant(p.taken_from(0)), of_b = vector_constant(p.taken_from(1));
    if (b.is_constant() && b.bits == 0) return combined(plain(packed::pshufb), a, of_a);
    if (a.is_constant() && a.bits == 0) return combined(plain(packed::pshufb), b, of_b);
    const auto [x, y] = use_both(a, b);
    put_constant(packed::pshufb, float_scratch, y, of_b);
    const reg to = over(a);
    put_constant(packed::pshufb, to, x, of_a);
    put(packed::por, to, to, float_scratch);
    return made(to, a, b);
  }
  // Lanes of 32 bits. One that is put among others,
  name merged_lanes(const lane_pattern& p, name a, name b) {
    unsigned count[2] = {}, chosen[2][4] = {}, order = 0, blend = 0, last = 0;
    bool is_in_place[2] = {true, true};
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned lane = p.lane(4, i), of = lane / 4, number = lane % 4;
      unsigned k = 0;
      while (k < count[of] && chosen[of][k] != number) ++k;
      if (k == count[of]) chosen[of][count[of]++] = number;
      order |= (2 * of + (k & 1)) << 2 * i;
      is_in_place[of] &= number == i;
      if (of == 1) blend |= 3u << 2 * i, last = i;
    }
    const auto [x, y] = use_both(a, b);
    if (is_in_place[0] && blend == 3u << 2 * last)
      return with_immediate(packed::insertps, a, b, p.lane(4, last) % 4 << 6 | last << 4);
    const reg to = over(a, b);
    // two of each at most, chosen and then put in order,
    if (count[0] <= 2 && count[1] <= 2) {
      const auto pick = [&](unsigned of) {
        return chosen[of][0] | chosen[of][count[of] == 2 ? 1 : 0] << 2;
      };
      put(packed::shufps, to, x, y, pick(0) | pick(1) << 4);
      if (order != 0xe4) put(packed::shufps, to, to, to, order);
      return made(to, a, b);
    }
    // or all put in order and chosen.
    reg from = y;
    if (!is_in_place[1]) put_immediate(packed::pshufd, from = float_scratch, y, p.four(4));
    if (!is_in_place[0]) put_immediate(packed::pshufd, to, x, p.four(4));
    put(packed::pblendw, to, is_in_place[0] ? x : to, from, blend);
    return made(to, a, b);
  }
  // The instruction that extends lanes by zeros, which are the second vector: pmovzx; or 0.
  static std::uint8_t zero_extension(const lane_pattern& p) {
    struct form {
      unsigned from, to;
      std::uint8_t byte;
    };
    static constexpr form forms[] = {{1, 2, 0x30}, {1, 4, 0x31}, {1, 8, 0x32},
                                     {2, 4, 0x33}, {2, 8, 0x34}, {4, 8, 0x35}};
    for (const form& f : forms) {
      bool fits = true;
      for (unsigned i = 0; i < 16; ++i) {
        const unsigned within = i % f.to, number = i / f.to * f.from + within;
        fits &= within < f.from ? p.bytes[i] == number : p.bytes[i] >= 16;
      }
      if (fits) return f.byte;
    }
    return 0;
  }
  static const opcode* interleaving(const lane_pattern& p) {
    static constexpr opcode low[] = {packed::punpcklbw, packed::punpcklwd, packed::punpckldq,
                                     packed::punpcklqdq};
    static constexpr opcode high[] = {packed::punpckhbw, packed::punpckhwd, packed::punpckhdq,
                                      packed::punpckhqdq};
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned width = 1u << i;
      if (p.is_interleaved(width, 0)) return &low[i];
      if (p.is_interleaved(width, 8 / width)) return &high[i];
    }
    return nullptr;
  }
};

}  // namespace dovetail::x64_jit
