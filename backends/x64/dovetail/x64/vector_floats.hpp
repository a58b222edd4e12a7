// Vector operators on float lanes, and conversions of lanes, that take more than one instruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <dovetail/x64/vector_integers.hpp>

namespace dovetail::x64_jit {

class vector_float_emitter : public vector_integer_emitter {
 public:
  using vector_integer_emitter::vector_integer_emitter;

 protected:
  // Either operand first, since the processor answers with the second one for zeros and NaNs: the
  // lesser zero is the union of bits, the greater one their intersection. NaNs become all ones,
  // less what is not in the canonical one (4.3.3).
  name least_or_greatest_lanes(bool is_min, kind lane, name a, name b) {
    const auto [x, y] = use_both(a, b);
    const reg to = beside(a, b);
    const opcode choose = packed::of_floats(lane, is_min ? packed::min_lanes : packed::max_lanes);
    put(choose, float_scratch, x, y);
    put(choose, to, y, x);
    put(packed::of_floats(lane, is_min ? packed::or_bits : packed::and_bits), float_scratch,
        float_scratch, to);
    put(packed::of_floats(lane, packed::cmp_lanes), to, x, y, packed::cmp_unordered);
    put(packed::of_floats(lane, packed::or_bits), float_scratch, float_scratch, to);
    put_shift(lane == kind::f32 ? packed::psrld : packed::psrlq, to, to,
              lane == kind::f32 ? 10 : 13);
    put(packed::of_floats(lane, packed::andn_bits), to, to, float_scratch);
    return made(to, a, b);
  }
  // The second operand if it is less (or greater), the first one otherwise: the processor's own
  // with the operands exchanged.
  name pseudo_extreme(bool is_min, kind lane, name a, name b) {
    const opcode o = packed::of_floats(lane, is_min ? packed::min_lanes : packed::max_lanes);
    return combined(plain(o), b, a);
  }

  // Truncation: NaN is 0, the others the bound they are beyond (4.3.3). The processor answers with
  // the least number where it cannot.
  name truncated_f32(name a) {
    const reg x = use(a), to = over(a);
    put(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, x, x, packed::cmp_eq);
    put(packed::of_floats(kind::f32, packed::and_bits), to, x, float_scratch);
    put_immediate(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, to,
                  shared_vector::f32_2_31, packed::cmp_not_less);
    put(packed::cvttps2dq, to, to);
    put(packed::pxor, to, to, float_scratch);
    return made(to, a);
  }
  // What is beyond 2^31 is the sum of what the processor answers, 2^31, and the rest.
  name truncated_f32_unsigned(name a) {
    const reg x = use(a), rest = allocate(kind::v128), to = over(a);
    clear_vector(float_scratch);
    put(packed::of_floats(kind::f32, packed::max_lanes), to, x, float_scratch);
    put(packed::of_floats(kind::f32, packed::sub_lanes), rest, to, shared_vector::f32_2_31);
    put_immediate(packed::of_floats(kind::f32, packed::cmp_lanes), float_scratch, rest,
                  shared_vector::f32_2_31, packed::cmp_not_less);
    put(packed::cvttps2dq, rest, rest);
    put(packed::pxor, rest, rest, float_scratch);
    clear_vector(float_scratch);
    put(packed::pmaxsd, rest, rest, float_scratch);
    put(packed::cvttps2dq, to, to);
    put(packed::paddd, to, to, rest);
    release(rest);
    return made(to, a);
  }
  name truncated_f64(name a) {
    const reg x = use(a), to = over(a);
    put(packed::of_floats(kind::f64, packed::cmp_lanes), float_scratch, x, x, packed::cmp_eq);
    put(packed::of_floats(kind::f64, packed::and_bits), float_scratch, float_scratch,
        shared_vector::f64_most_i32);
    put(packed::of_floats(kind::f64, packed::min_lanes), to, x, float_scratch);
    put(packed::cvttpd2dq, to, to);
    return made(to, a);
  }
  // Whole numbers are the lower bits of their sum with 2^52.
  name truncated_f64_unsigned(name a) {
    const reg x = use(a), to = over(a);
    clear_vector(float_scratch);
    put(packed::of_floats(kind::f64, packed::max_lanes), to, x, float_scratch);
    put(packed::of_floats(kind::f64, packed::min_lanes), to, to, shared_vector::f64_most_u32);
    put_immediate(packed::roundpd, to, to, 11);
    put(packed::of_floats(kind::f64, packed::add_lanes), to, to, shared_vector::f64_2_52);
    put(packed::shufps, to, to, float_scratch, 0x88);
    return made(to, a);
  }

  // Halves of a number are the lower bits of 2^23 and of 2^39; their sum is rounded once.
  name f32_from_unsigned(name a) {
    const reg x = use(a), to = over(a);
    put_shift(packed::psrld, float_scratch, x, 16);
    put_immediate(packed::pblendw, to, x, shared_vector::f32_2_23, 0xaa);
    put_immediate(packed::pblendw, float_scratch, float_scratch, shared_vector::f32_2_39, 0xaa);
    put(packed::of_floats(kind::f32, packed::sub_lanes), float_scratch, float_scratch,
        shared_vector::f32_2_39_and_2_23);
    put(packed::of_floats(kind::f32, packed::add_lanes), to, to, float_scratch);
    return made(to, a);
  }
  name f64_from_unsigned(name a) {
    const reg x = use(a), to = over(a);
    put(packed::unpcklps, to, x, shared_vector::f64_2_52_above);
    put(packed::of_floats(kind::f64, packed::sub_lanes), to, to, shared_vector::f64_2_52);
    return made(to, a);
  }
};

}  // namespace dovetail::x64_jit
