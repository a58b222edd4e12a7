// The operator table as types; that rows are right is tested in table/ and static/rows.cpp.
#include <dovetail/format/operators.hpp>

#include "support/catch.hpp"

namespace unit_format_operators {

using namespace dovetail;

TEST_CASE("operators: a row says what the specification's index of instructions says") {
  const op_row& load = row_of(op::i64_load16_u);
  CHECK(load.text == "i64.load16_u");
  CHECK(load.prefix == 0);
  CHECK(load.code == 0x33);
  CHECK(load.immediate == immediate_kind::memarg);
  CHECK(load.shape == shape::i_l);
  CHECK(load.width == 2);
  CHECK(load.feature == feature::mvp);
  const op_row& fill = row_of(op::table_fill);
  CHECK(fill.prefix == 0xfc);
  CHECK(fill.code == 17);
  CHECK(fill.shape == shape::special);
  CHECK(name(op::if_) == "if");
  CHECK(name(op::return_) == "return");
}

TEST_CASE("operators: shapes spell out operands and result") {
  constexpr shape_types store = types_of<shape::il_n>();
  CHECK(store.operand_count == 2);
  CHECK(store.operands[0] == value_type::i32);
  CHECK(store.operands[1] == value_type::i64);
  CHECK_FALSE(store.has_result);
  constexpr shape_types test = types_of<shape::d_i>();
  CHECK(test.operand_count == 1);
  CHECK(test.operands[0] == value_type::f64);
  CHECK(test.result == value_type::i32);
  constexpr shape_types truth = types_of<shape::ff_b>();
  CHECK(truth.operands[1] == value_type::f32);
  CHECK(truth.has_result);
  CHECK(truth.result == value_type::i32);
  CHECK(types_of<shape::special>().operand_count == 0);
}

TEST_CASE("operators: comparisons and tests are known, whatever else gives an i32 is none") {
  for (const op o : {op::i32_eqz, op::i64_eqz, op::i32_lt_s, op::i64_ge_u, op::f32_ne, op::f64_gt})
    CHECK(is_comparison(o));
  for (const op o : {op::i32_clz, op::i32_wrap_i64, op::i32_load, op::i32_const, op::memory_size,
                     op::ref_is_null, op::i8x16_all_true, op::drop})
    CHECK_FALSE(is_comparison(o));
}

TEST_CASE("operators: what may swap its operands gives the same bits if it does") {
  for (const op o : {op::i32_add, op::i64_mul, op::i32_xor, op::i64_eq, op::f32_eq, op::f64_ne})
    CHECK(is_commutative(o));
  for (const op o : {op::i32_sub, op::i32_shl, op::i64_lt_s, op::i32_div_u, op::i32_rotl,
                     op::f32_lt, op::f32_copysign, op::f64_add, op::f64_min, op::i32_load})
    CHECK_FALSE(is_commutative(o));
}

TEST_CASE("operators: switch_on makes a constant of what is known at run time") {
  volatile std::uint16_t number = static_cast<std::uint16_t>(op::i64_extend32_s);
  const op o = switch_on(static_cast<op>(number), [](auto which) {
    constexpr op known = which.value;
    return known;
  });
  CHECK(o == op::i64_extend32_s);
}

TEST_CASE("operators: switch_among makes one of what has a wanted shape, and of nothing else") {
  constexpr auto wanted = [](shape s) { return s == shape::ii_i; };
  const auto number_of = [&](op o) {
    return switch_among<wanted>(o, -1, [](auto which) {
      static_assert(row_of(decltype(which)::value).shape == shape::ii_i);
      return static_cast<int>(which.value);
    });
  };
  CHECK(number_of(op::i32_add) == static_cast<int>(op::i32_add));
  CHECK(number_of(op::i32_rotr) == static_cast<int>(op::i32_rotr));
  CHECK(number_of(op::i64_add) == -1);
  CHECK(number_of(op::block) == -1);
}

}  // namespace unit_format_operators
