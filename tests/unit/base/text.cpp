// Texts written into a caller's buffer.
#include <dovetail/base/text.hpp>

#include <array>
#include <cstdint>
#include <string>

#include "support/catch.hpp"

namespace unit_base_text {

using namespace dovetail;

namespace {

template <class... Piece>
std::string written(const Piece&... pieces) {
  std::array<char, 200> buffer;
  text_writer out(buffer);
  (out << ... << pieces);
  return std::string(out.view());
}
std::string quoted(std::string_view text) {
  std::array<char, 200> buffer;
  return std::string(text_writer(buffer).quote(text).view());
}
external_type of_kind(external_kind kind) {
  external_type type;
  type.kind = kind;
  return type;
}

}  // namespace

TEST_CASE("text: numbers from the least to the largest") {
  CHECK(written(std::uint64_t{0}) == "0");
  CHECK(written(std::uint64_t{10}) == "10");
  CHECK(written(~std::uint64_t{0}) == "18446744073709551615");
}

TEST_CASE("text: what does not fit is cut, in the middle of a number too") {
  std::array<char, 6> buffer{'#', '#', '#', '#', '#', '#'};
  text_writer out{std::span<char>(buffer).first(5)};
  out << "abc" << std::uint64_t{1234} << "more";
  CHECK(out.view() == "abc12");
  CHECK(buffer[5] == '#');
  CHECK(text_writer({}).quote("x").view().empty());
}

TEST_CASE("text: types in the notation of error lines") {
  const value_type two[] = {value_type::i32, value_type::funcref}, one[] = {value_type::i64};
  CHECK(written(value_type::v128) == "v128");
  CHECK(written(function_type{two, one}) == "[i32 funcref] -> [i64]");
  CHECK(written(function_type{}) == "[] -> []");
  CHECK(written(limits_type{3}) == "3");
  CHECK(written(limits_type{3, 3}) == "3..3");
}

TEST_CASE("text: externals of every kind") {
  std::array<char, 100> buffer;
  external_type type = of_kind(external_kind::function);
  const value_type two[] = {value_type::i32, value_type::i32};
  type.function = {two, {}};
  CHECK(format(type, buffer) == "function [i32 i32] -> []");
  type = of_kind(external_kind::table);
  type.table = {value_type::externref, {1, 2}};
  CHECK(format(type, buffer) == "table 1..2 externref");
  type = of_kind(external_kind::memory);
  type.memory = {{0}};
  CHECK(format(type, buffer) == "memory 0");
  type = of_kind(external_kind::global);
  type.global = {value_type::f32, true};
  CHECK(format(type, buffer) == "global mut f32");
  type.global.is_mutable = false;
  CHECK(format(type, buffer) == "global f32");
}

TEST_CASE("text: quoted names show no control characters and are otherwise as they were") {
  CHECK(quoted("") == "\"\"");
  CHECK(quoted("plain name\xc3\xa9") == "\"plain name\xc3\xa9\"");
  CHECK(quoted(std::string_view("a\0b\x1f\x7f\n ", 7)) == "\"a?b??? \"");
  // C1 controls as UTF-8: a terminal may take U+009B for the start of an escape sequence.
  CHECK(quoted("x\xc2\x9b[2Jy\xc2\xa0") == "\"x?[2Jy\xc2\xa0\"");
  CHECK(quoted("\xc2\x80\xc2\x9f\xc2") == "\"??\xc2\"");
}

}  // namespace unit_base_text
