// Value types and values that know theirs.
#include <dovetail/base/value_type.hpp>

#include <cstdint>

#include "support/catch.hpp"

namespace unit_base_value_type {

using namespace dovetail;

TEST_CASE("value types have the codes of the binary format and the names of the text format") {
  const struct {
    value_type type;
    unsigned code;
    const char* text;
    bool is_vector, is_reference;
  } rows[] = {{value_type::i32, 0x7f, "i32", false, false},
              {value_type::i64, 0x7e, "i64", false, false},
              {value_type::f32, 0x7d, "f32", false, false},
              {value_type::f64, 0x7c, "f64", false, false},
              {value_type::v128, 0x7b, "v128", true, false},
              {value_type::funcref, 0x70, "funcref", false, true},
              {value_type::externref, 0x6f, "externref", false, true},
              {value_type::nullfuncref, 0x73, "nullfuncref", false, true},
              {value_type::nullexternref, 0x72, "nullexternref", false, true},
              {value_type::unknown, 0x00, "unknown", false, false}};
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(row.type.code() == row.code);
    CHECK(name(row.type) == row.text);
    CHECK(row.type.is_vector() == row.is_vector);
    CHECK(row.type.is_reference() == row.is_reference);
    for (const auto& other : rows) CHECK((row.type == other.type) == (&row == &other));
  }
}

TEST_CASE("values have the type of what they were made of, and its bits") {
  CHECK(value(std::int32_t{-1}) == value::from_bits(value_type::i32, 0xffff'ffff));
  CHECK(value(std::uint32_t{7}) == value::from_bits(value_type::i32, 7));
  CHECK(value(std::int64_t{-1}) == value::from_bits(value_type::i64, ~slot{0}));
  CHECK(value(std::uint64_t{7}) == value::from_bits(value_type::i64, 7));
  CHECK(value(-0.0f) == value::from_bits(value_type::f32, 0x8000'0000));
  CHECK(value(-0.0) == value::from_bits(value_type::f64, 0x8000'0000'0000'0000));
  CHECK(value(externref{}) == value::null(value_type::externref));
  CHECK(value(funcref{}) == value::null(value_type::funcref));
  CHECK(value() == value(std::int32_t{0}));
}

TEST_CASE("values differ in type, low half and high half") {
  CHECK_FALSE(value(0) == value(std::int64_t{0}));
  CHECK_FALSE(value(0) == value(1));
  const value v = value::from_bits(value_type::v128, 1, 2);
  CHECK(v.bits() == 1);
  CHECK(v.high_bits() == 2);
  CHECK(v.type() == value_type::v128);
  CHECK_FALSE(v == value::from_bits(value_type::v128, 1, 3));
  CHECK_FALSE(value(0.0) == value(-0.0));
}

TEST_CASE("references are equal by what they refer to") {
  int a = 0, b = 0;
  CHECK(externref{&a} == externref{&a});
  CHECK_FALSE(externref{&a} == externref{&b});
  CHECK_FALSE(externref{&a} == externref{});
  CHECK(v128{} == v128{});
  CHECK_FALSE(v128{{1}} == v128{});
}

TEST_CASE("value types: references say whether they may be null, and which type they refer to") {
  constexpr value_type typed = value_type::reference(77, true);
  constexpr value_type last = value_type::reference(value_type::most_defined, false);
  CHECK(typed.is_reference());
  CHECK(typed.is_defined());
  CHECK(typed.is_nullable());
  CHECK(typed.defined() == 77);
  CHECK(last.defined() == value_type::most_defined);
  CHECK_FALSE(last.is_nullable());
  CHECK_FALSE(last.is_relative());
  CHECK(last.with_relative(3).is_relative());
  CHECK(last.with_relative(3).defined() == 3);
  CHECK(last.with_relative(3).with_defined(4) == value_type::reference(4, false));
  for (const value_type t : {value_type::funcref, value_type::externref, typed}) {
    CHECK(t.as_non_null() != t);
    CHECK(t.as_non_null().as_nullable() == t);
    CHECK(t.as_non_null().code() == t.code());
    CHECK_FALSE(t.as_non_null().is_defaultable());
  }
  CHECK(value_type::i64.is_defaultable());
  CHECK(typed.is_function_reference());
  CHECK(value_type::nullfuncref.is_function_reference());
  CHECK_FALSE(value_type::externref.is_function_reference());
  CHECK(value_type::unknown_reference.is_reference());
  CHECK(name(value_type::funcref.as_non_null()) == "(ref func)");
  CHECK(name(typed) == "(ref null $t)");
}

}  // namespace unit_base_value_type
