// Names of values: what fits a cell, and which accumulator is whose.
#include <dovetail/interpreter/names.hpp>

#include <bit>
#include <limits>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_names {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

// Whether a constant fits, and if so whether the operand reader makes the same of it.
template <class T>
bool fits(T v, value_type type) {
  std::uint32_t k = 0;
  if (!fits_cell(constant_name(to_slot(v), type), k)) return false;
  CHECK(to_slot(from_constant<T>(k)) == to_slot(v));
  return true;
}
bool fits32(std::uint32_t v) { return fits(v, value_type::i32); }
bool fits64(std::int64_t v) { return fits(static_cast<std::uint64_t>(v), value_type::i64); }
bool fits_double(double v) { return fits(v, value_type::f64); }
bool halves(std::int64_t v, value_type type) {
  return fits_half(constant_name(
      type == value_type::i32 ? static_cast<std::uint32_t>(v) : static_cast<std::uint64_t>(v),
      type));
}

}  // namespace

TEST_CASE("names: every i32 and f32 fits a cell, an i64 if it is sign-extended") {
  CHECK(fits32(0));
  CHECK(fits32(0xffff'ffff));
  CHECK(fits(-0.0f, value_type::f32));
  CHECK(fits(std::bit_cast<float>(0x7fa0'0001u), value_type::f32));
  CHECK(fits64(-1));
  CHECK(fits64(0x7fff'ffff));
  CHECK_FALSE(fits64(0x8000'0000));
  CHECK(fits64(-0x8000'0000ll));
  CHECK_FALSE(fits64(-0x8000'0001ll));
  CHECK_FALSE(fits64(0xffff'ffff));
  CHECK_FALSE(fits64(std::numeric_limits<std::int64_t>::min()));
}

TEST_CASE("names: an f64 fits a cell if a float holds it exactly, NaNs never") {
  CHECK(fits_double(1.5));
  CHECK(fits_double(-0.0));
  CHECK(fits_double(std::numeric_limits<double>::infinity()));
  CHECK_FALSE(fits_double(0.1));
  CHECK_FALSE(fits_double(16'777'217.0));
  CHECK_FALSE(fits_double(1e300));
  CHECK_FALSE(fits_double(5e-324));
  CHECK_FALSE(fits_double(std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(fits_double(std::bit_cast<double>(0x7ff0'0000'0000'0001u)));
}

TEST_CASE("names: half of a cell holds 16 bits, sign-extended") {
  for (const value_type type : {value_type::i32, value_type::i64}) {
    CHECK(halves(32'767, type));
    CHECK_FALSE(halves(32'768, type));
    CHECK(halves(-32'768, type));
    CHECK_FALSE(halves(-32'769, type));
  }
  CHECK_FALSE(halves(0xffff'ffff, value_type::i64));
  CHECK_FALSE(fits_half(constant_name(0, value_type::f32)));
}

TEST_CASE("names: integers and references share an accumulator, floats have one each") {
  CHECK(bank_of(value_type::i32) == bank::integer);
  CHECK(bank_of(value_type::i64) == bank::integer);
  CHECK(bank_of(value_type::externref) == bank::integer);
  CHECK(bank_of(value_type::f32) == bank::f32);
  CHECK(bank_of(value_type::f64) == bank::f64);
  CHECK(slot_name(5, value_type::f64).slot == 5);
  CHECK_FALSE(slot_name(5, value_type::f64).is_constant);
}

TEST_CASE("names: operators know their result's type, whether they trap, and their handlers") {
  CHECK(result_type(op::i64_extend_i32_u) == value_type::i64);
  CHECK(result_type(op::f64_lt) == value_type::i32);
  CHECK(result_type(op::f32_load) == value_type::f32);
  CHECK(traps(op::i32_div_s));
  CHECK(traps(op::i64_trunc_f32_u));
  CHECK_FALSE(traps(op::i32_add));
  CHECK_FALSE(traps(op::i32_trunc_sat_f64_s));
  CHECK(handler_of(op::i32_add, operands::sk) == handler::i32_add_sk);
  CHECK(handler_of(op::f64_ge, operands::ss, then_handlers) == handler::f64_ge_then_ss);
}

}  // namespace unit_interpreter_names
