// The body decoder: local declarations, operators, where a body ends, and what it may not contain.
#include <dovetail/format/body.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_format_body {

using namespace dovetail;
using testing::code;

namespace {

// Writes down what it is told.
struct listener : null_sink {
  std::vector<std::string> told;
  std::vector<std::size_t> offsets;

  void at(std::size_t offset) { offsets.push_back(offset); }
  status locals(std::uint32_t count, value_type type) {
    told.push_back(std::to_string(count) + " " + std::string(name(type)));
    return count == 1000 ? status::limit_exceeded : status::ok;
  }
  template <shape S, class Immediate>
  status on(op o, const Immediate& imm) {
    told.emplace_back(name(o));
    if constexpr (std::is_same_v<Immediate, std::int32_t>) told.back() += std::to_string(imm);
    return null_sink::on<S>(o, imm);
  }
  template <op O>
  status on(op_constant<O> which, const immediate_of<O>& imm) {
    told.emplace_back(name(O));
    return null_sink::on(which, imm);
  }
};

struct without_references : null_sink {
  static constexpr features accept = features::wasm2() - feature::reference_types;
};

struct outcome {
  status code;
  std::size_t offset;
  bool operator==(const outcome&) const = default;
};
template <class Sink>
outcome operators(const std::vector<std::uint8_t>& bytes, Sink& sink) {
  byte_reader r(bytes);
  const status s = detail::decode_operators(r, sink);
  return {s, r.offset()};
}
outcome operators(const std::vector<std::uint8_t>& bytes) {
  null_sink sink;
  return operators(bytes, sink);
}
status nested(const std::vector<std::uint8_t>& bytes) {
  nesting_sink<features::wasm3()> sink;
  return operators(bytes, sink).code;
}
outcome locals(const std::vector<std::uint8_t>& bytes, listener& sink) {
  byte_reader r(bytes);
  const status s = detail::decode_locals(r, sink);
  return {s, r.offset()};
}

}  // namespace

TEST_CASE("body: operators reach the sink in order, each after its offset") {
  listener sink;
  const code c = [] {
    code made;
    made.i32(-3).open(op::if_).put(op::nop).end().end().put(op::nop);
    return made;
  }();
  CHECK(operators(c.bytes(), sink) == outcome{status::ok, 7});
  CHECK(sink.told == std::vector<std::string>{"i32.const-3", "if", "nop", "end", "end"});
  CHECK(sink.offsets == std::vector<std::size_t>{0, 2, 4, 5, 6});
}

TEST_CASE("body: it ends with the `end` of its own block; bytes that are missing are missed") {
  CHECK(operators({0x0b, 0x0b}) == outcome{status::ok, 1});
  CHECK(operators({0x02, 0x40, 0x0b}) == outcome{status::unexpected_end, 3});
  CHECK(operators({}).code == status::unexpected_end);
  CHECK(operators({0x41}).code == status::unexpected_end);
  CHECK(operators({0xfc}).code == status::unexpected_end);
}

TEST_CASE("body: codes that no operator has") {
  CHECK(operators({0x06}).code == status::illegal_opcode);
  CHECK(operators({0xff}).code == status::illegal_opcode);
  CHECK(operators({0xfc, 0x12}).code == status::illegal_opcode);
  CHECK(operators({0xfd, 0x94, 0x02}).code == status::illegal_opcode);
  CHECK(operators({0xfc, 0x80, 0x80, 0x80, 0x80, 0x10}).code == status::integer_too_large);
  // A code behind a prefix is an integer and may be padded.
  CHECK(operators({0xfc, 0x80, 0x00, 0x0b}).code == status::ok);
}

TEST_CASE("body: operators of a feature that is not accepted, before their immediates are read") {
  without_references sink;
  CHECK(operators({0xd0, 0x70, 0x0b}, sink).code == not_accepted(feature::reference_types));
  CHECK(operators({0xd2}, sink).code == not_accepted(feature::reference_types));
  CHECK(operators({0xfc, 0x0b, 0x00, 0x0b}, sink).code == status::ok);  // bulk memory stays
}

TEST_CASE("body: groups of locals, each told once, in order") {
  listener sink;
  CHECK(locals({0x03, 0x02, 0x7f, 0x00, 0x7b, 0xff, 0x7f, 0x6f, 0x55}, sink) ==
        outcome{status::ok, 8});
  CHECK(sink.told == std::vector<std::string>{"2 i32", "0 v128", "16383 externref"});
  CHECK(sink.offsets == std::vector<std::size_t>{1, 3, 5});
  listener none;
  CHECK(locals({0x00}, none).code == status::ok);
  CHECK(none.told.empty());
}

TEST_CASE("body: the sum of locals must fit 32 bits, and is known before the first is told") {
  const std::vector<std::uint8_t> most = {0x02, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x01, 0x7e};
  std::vector<std::uint8_t> too_many = most;
  too_many[7] = 0x02;
  listener sink, refusing;
  CHECK(locals(most, sink).code == status::ok);
  CHECK(sink.told.size() == 2);
  CHECK(locals(too_many, refusing).code == status::too_many_locals);
  CHECK(refusing.told.empty());
}

TEST_CASE("body: where the sink refuses locals the reader stands") {
  listener sink;
  CHECK(locals({0x03, 0x01, 0x7f, 0xe8, 0x07, 0x7e, 0x01, 0x7d}, sink) ==
        outcome{status::limit_exceeded, 6});
  CHECK(sink.told == std::vector<std::string>{"1 i32", "1000 i64"});
}

TEST_CASE("body: malformed local declarations") {
  listener sink;
  CHECK(locals({}, sink).code == status::unexpected_end);
  CHECK(locals({0x02, 0x01}, sink).code == status::length_out_of_bounds);
  CHECK(locals({0xff, 0xff, 0xff, 0xff, 0x0f}, sink).code == status::length_out_of_bounds);
  CHECK(locals({0x01, 0x01, 0x40}, sink).code == status::malformed_value_type);
  CHECK(locals({0x01, 0x01}, sink).code == status::unexpected_end);
  CHECK(sink.told.empty());
}

TEST_CASE("body: an else belongs to an if, and to one alone") {
  CHECK(nested({0x04, 0x40, 0x05, 0x0b, 0x0b}) == status::ok);
  CHECK(nested({0x05, 0x0b}) == status::end_opcode_expected);
  CHECK(nested({0x02, 0x40, 0x05, 0x0b, 0x0b}) == status::end_opcode_expected);
  CHECK(nested({0x03, 0x40, 0x05, 0x0b, 0x0b}) == status::end_opcode_expected);
  CHECK(nested({0x04, 0x40, 0x05, 0x05, 0x0b, 0x0b}) == status::end_opcode_expected);
  // The `if` around a block has its `else` still to come, also after another block took its place.
  CHECK(nested({0x04, 0x40, 0x02, 0x40, 0x0b, 0x05, 0x0b, 0x0b}) == status::ok);
  CHECK(nested({0x04, 0x40, 0x02, 0x40, 0x05}) == status::end_opcode_expected);
  CHECK(nested({0x04, 0x40, 0x0b, 0x02, 0x40, 0x05}) == status::end_opcode_expected);
}

TEST_CASE("body: blocks nested deeper than the sink remembers do no harm") {
  code c;
  for (int i = 0; i < 33'000; ++i) c.open(op::block);
  c.open(op::if_).put(op::else_).end();
  for (int i = 0; i < 33'000; ++i) c.end();
  c.end();
  CHECK(nested(c.bytes()) == status::ok);
  code wrong;
  wrong.open(op::if_).open(op::block).put(op::else_);
  CHECK(nested(wrong.bytes()) == status::end_opcode_expected);
}

TEST_CASE(
    "body: codes of garbage collection and exceptions are refused by name, where 3.0 is read") {
  for (const std::uint8_t code : {std::uint8_t{0xfb}, std::uint8_t{0xd3}})
    CHECK(operators({code, 0x00}).code == not_accepted(feature::gc));
  for (const std::uint8_t code : {std::uint8_t{0x08}, std::uint8_t{0x0a}, std::uint8_t{0x1f}})
    CHECK(operators({code, 0x00}).code == not_accepted(feature::exception_handling));
  scanning_sink<features::wasm2()> second;
  CHECK(operators({0xfb, 0x00}, second).code == status::illegal_opcode);
  CHECK(operators({0x12, 0x00}, second).code == not_accepted(feature::tail_call));
}

}  // namespace unit_format_body
