// Constant expressions (core specification 3.3.10) as one more emitter: the pass types them, this
// keeps what they say.
#pragma once

#include <cstdint>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/null_emitter.hpp>
#include <dovetail/validate/pass.hpp>

namespace dovetail {

/// Keeps the one constant or reference that a constant expression of WebAssembly 2.0 consists of.
struct constant_emitter : null_emitter {
  constant_expression result;

  value constant(value_type type, slot bits) {
    result = {constant_expression::kind::value, type, 0, bits, 0};
    return {};
  }
  value vector_constant(const v128& v) {
    slot halves[2] = {};
    for (unsigned i = 0; i < 16; ++i) halves[i / 8] |= slot{v.bytes[i]} << (8 * (i % 8));
    result = {constant_expression::kind::value, value_type::v128, 0, halves[0], halves[1]};
    return {};
  }
  value global_get(global_index global, value_type type, live<value>) {
    result = {constant_expression::kind::global, type, global.value, 0, 0};
    return {};
  }
  value ref_func(function_index function, live<value>) {
    result = {constant_expression::kind::function, value_type::funcref, function.value, 0, 0};
    return {};
  }
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
    } else {
      return status::constant_expression_required;
    }
  }
  template <op O>
  status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::global_get) {
      // Before extended constant expressions only imported globals are in scope, and only constant
      // ones.
      if (imm.value >= m_.imported_globals) return status::unknown_global;
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
  module_env& m_;
  pass<constant_emitter, true, Accept>& pass_;
};

/// Types the expression at `r`, which must have the type `expected`, and reduces it to `out`.
template <decoder_policy Decoder, features Accept>
[[nodiscard]] status read_constant(byte_reader r, module_env& module,
                                   pass_storage<constant_emitter>& storage, const limits& most,
                                   value_type expected, constant_expression& out) {
  constant_emitter emitter;
  pass<constant_emitter, true, Accept> typed(module, emitter, storage, most);
  DOVETAIL_TRY(typed.begin_expression(expected));
  constant_sink<Accept> sink(module, typed);
  DOVETAIL_TRY(Decoder::expression(r, sink));
  out = emitter.result;
  return status::ok;
}

}  // namespace dovetail
