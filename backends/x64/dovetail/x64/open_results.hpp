// The policies of results that the specification leaves open: NaNs, which become the canonical one
// behind the operators that make them, and relaxed operators. The layer above numbers and vectors.
#pragma once

#include <cstdint>
#include <span>

#include <dovetail/format/canonical_nan.hpp>
#include <dovetail/format/open_results.hpp>
#include <dovetail/x64/vector_accesses.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class open_result_emitter : public vector_access_emitter<Options> {
  using base = vector_access_emitter<Options>;

 protected:
  using base::a_, base::cpu_;

 public:
  open_result_emitter(encoder& a, module_code& code, const processor& cpu,
                      const module_data& module)
      : base(a, code, cpu, module) {
    base::is_native_ = Options.has_native_relaxed;
  }

  name unary(op o, name a, live_names below) { return finished(o, base::unary(o, a, below)); }
  name binary(op o, name a, name b, live_names below) {
    return finished(o, base::binary(o, a, b, below));
  }
  template <class Immediate>
  name vector(op o, const Immediate& imm, std::span<const name> operands, live_names below) {
    return finished(o, base::vector(o, imm, operands, below));
  }

 private:
  static name finished(op o, const name& made) requires(!Options.has_canonical_nans) {
    static_cast<void>(o);
    return made;
  }
  // What such operators make is in a register of its own, or in that of the local it is set to.
  name finished(op o, const name& made) requires(Options.has_canonical_nans) {
    if (!leaves_nan_open(o)) return made;
    DOVETAIL_ASSERT(made.what == place::temporary && x64_jit::is_float(made.where));
    const kind lane = kind_of(float_of(o));
    if (made.type == kind::v128) {
      put_canonical_lanes(lane, made.where);
    } else {
      put_canonical(lane, made.where);
    }
    return made;
  }

  void put_canonical(kind k, reg r) {
    a_.ucomis_rr(k, r, r);
    const std::uint32_t is_number = a_.skip(condition::np);
    const std::uint64_t bits = k == kind::f32 ? canonical_nan<float> : canonical_nan<double>;
    base::use_constant(bits, a_.op_rc({a_.float_prefix(k), 0x0f, 0x10}, false, r));
    a_.end_skip(is_number);
  }
  void put_canonical_lanes(kind lane, reg r) {
    const bool is_f32 = lane == kind::f32;
    const name nans = base::vector_constant(is_f32 ? join(all_lanes(canonical_nan<float>))
                                                   : join(all_lanes(canonical_nan<double>)));
    const opcode compare = packed::of_floats(lane, packed::cmp_lanes);
    if (cpu_.has_avx) {
      base::put(compare, float_scratch, r, r, packed::cmp_unordered);
      base::put_constant(is_f32 ? packed::vblendvps : packed::vblendvpd, r, r, nans, 1);
      return a_.store(number(float_scratch) << 4, 1);
    }
    base::put(compare, float_scratch, r, r, packed::cmp_ordered);
    base::put(packed::of_floats(lane, packed::and_bits), r, r, float_scratch);
    base::put_constant(packed::of_floats(lane, packed::andn_bits), float_scratch, float_scratch,
                       nans);
    base::put(packed::of_floats(lane, packed::or_bits), r, r, float_scratch);
  }
};

}  // namespace dovetail::x64_jit
