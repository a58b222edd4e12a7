// Constant expressions (core specification 3.3.10) as one more emitter: the pass types them, this
// keeps what they say.
#pragma once

#include <cstdint>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/null_emitter.hpp>
#include <dovetail/validate/pass.hpp>

namespace dovetail {

/// Keeps what a constant expression consists of: a single operator in `result`, several of them as
/// steps of the module's `constant_code`, with what can be known of their values worked out.
class constant_emitter : public null_emitter {
 public:
  explicit constant_emitter(array<constant_step>& code) : code_(code), first_(code.size()) {}

  value constant(value_type type, slot bits) {
    result_ = {constant_expression::kind::value, type, 0, bits, 0};
    return step({constant_step::kind::value, false, 0, bits});
  }
  value vector_constant(const v128& v) {
    slot halves[2] = {};
    for (unsigned i = 0; i < 16; ++i) halves[i / 8] |= slot{v.bytes[i]} << (8 * (i % 8));
    result_ = {constant_expression::kind::value, value_type::v128, 0, halves[0], halves[1]};
    return step({});
  }
  value global_get(global_index global, value_type type, live<value>) {
    result_ = {constant_expression::kind::global, type, global.value, 0, 0};
    return step({constant_step::kind::global, false, global.value, 0});
  }
  value ref_func(function_index function, live<value>) {
    result_ = {constant_expression::kind::function, value_type::funcref, function.value, 0, 0};
    return step({constant_step::kind::function, false, function.value, 0});
  }
  value binary(op o, value, value, live<value>) {
    const constant_step arithmetic = step_of(o);
    const std::size_t size = code_.size();
    if (failure_ == status::ok && code_[size - 1].what == constant_step::kind::value &&
        code_[size - 2].what == constant_step::kind::value) {
      const slot folded = work_out(arithmetic, code_[size - 2].low, code_[size - 1].low);
      code_.truncate(size - 2);
      return constant(arithmetic.is_64 ? value_type::i64 : value_type::i32, folded);
    }
    return step(arithmetic);
  }
  status finish() {
    const std::size_t steps = code_.size() - first_;
    if (failure_ != status::ok || steps == 1) {
      code_.truncate(first_);
      return failure_;
    }
    const value_type type = code_.back().is_64 ? value_type::i64 : value_type::i32;
    result_ = {constant_expression::kind::program, type, static_cast<std::uint32_t>(first_), steps,
               0};
    return status::ok;
  }
  [[nodiscard]] const constant_expression& result() const { return result_; }

 private:
  static constant_step step_of(op o) {
    using kind = constant_step::kind;
    const kind what = o == op::i32_add || o == op::i64_add   ? kind::add
                      : o == op::i32_sub || o == op::i64_sub ? kind::subtract
                                                             : kind::multiply;
    return {what, row_of(o).shape == shape::ll_l, 0, 0};
  }
  value step(const constant_step& s) {
    if (failure_ == status::ok) failure_ = code_.push(s);
    return {};
  }

  array<constant_step>& code_;
  std::size_t first_;
  constant_expression result_;
  status failure_ = status::ok;
};

/// Lets through to a pass only the operators that are constant.
template <features Accept>
class constant_sink {
 public:
  static constexpr features accept = Accept;

  constant_sink(module_env& module, pass<constant_emitter, true, Accept>& p)
      : m_(module), pass_(p) {}

  status locals(std::uint32_t, value_type) { return status::constant_expression_required; }
  status declared() { return pass_.declared(); }
  void at(std::size_t offset) { pass_.at(offset); }
  [[nodiscard]] bool finished() const { return pass_.finished(); }

  template <shape S, class Immediate>
  status on(op o, const Immediate& imm) {
    constexpr shape_types types = types_of<S>();
    if constexpr (types.operand_count == 0) {
      return pass_.template on<S>(o, imm);
    } else if constexpr (Accept.has(feature::extended_const) &&
                         (S == shape::ii_i || S == shape::ll_l)) {
      return is_constant(o) ? pass_.template on<S>(o, imm) : status::constant_expression_required;
    } else {
      return status::constant_expression_required;
    }
  }
  template <op O>
  status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::global_get) {
      // Before extended constant expressions only imported globals are in scope, and only constant
      // ones.
      const std::size_t in_scope =
          Accept.has(feature::extended_const) ? m_.globals.size() : m_.imported_globals;
      if (imm.value >= in_scope) return status::unknown_global;
      if (m_.globals[imm.value].type.is_mutable) return status::constant_expression_required;
      return pass_.on(which, imm);
    } else if constexpr (O == op::ref_func) {
      if (imm.value >= m_.functions.size()) return status::unknown_function;
      m_.declared[imm.value] = true;
      return pass_.on(which, imm);
    } else if constexpr (O == op::ref_null || O == op::end) {
      return pass_.on(which, imm);
    } else if constexpr (O == op::else_) {
      return status::end_opcode_expected;
    } else {
      return status::constant_expression_required;
    }
  }

 private:
  static bool is_constant(op o) {
    switch (o) {
      case op::i32_add:
      case op::i32_sub:
      case op::i32_mul:
      case op::i64_add:
      case op::i64_sub:
      case op::i64_mul: return true;
      default: return false;
    }
  }

  module_env& m_;
  pass<constant_emitter, true, Accept>& pass_;
};

/// Types the expression at `r`, which must have the type `expected`, and reduces it to `out`.
template <decoder_policy Decoder, features Accept>
[[nodiscard]] status read_constant(byte_reader r, module_env& module,
                                   pass_storage<constant_emitter>& storage, const limits& most,
                                   value_type expected, constant_expression& out) {
  constant_emitter emitter(module.constant_code);
  pass<constant_emitter, true, Accept> typed(module, emitter, storage, most);
  DOVETAIL_TRY(typed.begin_expression(expected));
  constant_sink<Accept> sink(module, typed);
  DOVETAIL_TRY(Decoder::expression(r, sink));
  DOVETAIL_TRY(emitter.finish());
  out = emitter.result();
  return status::ok;
}

}  // namespace dovetail
