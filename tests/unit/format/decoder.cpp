// The decoder that `defaults` picks: bodies, expressions, diagnoses, and a module that the compiler
// decodes. A larger one is in static/embedded_module.cpp.
#include <dovetail/format/decoder.hpp>

#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_format_decoder {

using namespace dovetail;
using testing::code;

namespace {

using bytes = std::vector<std::uint8_t>;

struct outcome {
  status code;
  std::size_t offset;
  bool operator==(const outcome&) const = default;
};
outcome body(const bytes& input) {
  null_sink sink;
  byte_reader r(input);
  const status s = binary_decoder::body(r, sink);
  return {s, r.offset()};
}
outcome expression(const bytes& input) {
  null_sink sink;
  byte_reader r(input);
  const status s = binary_decoder::expression(r, sink);
  return {s, r.offset()};
}
outcome diagnose(const bytes& input) {
  byte_reader r(input);
  const status s = binary_decoder::diagnose<features::wasm2()>(r);
  return {s, r.offset()};
}

// (module (func (export "f") (result i32) (i32.const 7)))
constexpr std::uint8_t embedded[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60,
    0x00, 0x01, 0x7f, 0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66,
    0x00, 0x00, 0x0a, 0x06, 0x01, 0x04, 0x00, 0x41, 0x07, 0x0b,
};

// Keeps the last integer constant of the bodies.
struct last_constant : null_sections {
  struct operators : null_sink {
    std::int32_t value = 0;
    using null_sink::on;
    template <shape S, class Immediate>
    constexpr status on(op, const Immediate& imm) {
      if constexpr (std::is_same_v<Immediate, std::int32_t>) value = imm;
      return status::ok;
    }
  };
  std::int32_t value = 0;
  constexpr status code(const byte_reader& body) {
    byte_reader r = body;
    operators sink;
    const status s = binary_decoder::body(r, sink);
    value = sink.value;
    return s;
  }
};
constexpr std::int32_t at_compile_time() {
  byte_reader r(embedded);
  last_constant sink;
  return binary_decoder::sections(r, sink) == status::ok ? sink.value : -1;
}
static_assert(at_compile_time() == 7);

bytes module_of(const code& body) {
  testing::module_writer m;
  m.function(m.type({}, {}), body);
  return m.bytes();
}

}  // namespace

TEST_CASE("decoder: a body's `end` is its last byte") {
  CHECK(body({0x00, 0x0b}) == outcome{status::ok, 2});
  CHECK(body({0x00, 0x0b, 0x0b}) == outcome{status::section_size_mismatch, 2});
  CHECK(body({0x00}) == outcome{status::unexpected_end, 1});
  CHECK(body({0x01, 0x01, 0x7f, 0x20, 0x00, 0x1a, 0x0b}) == outcome{status::ok, 7});
}

TEST_CASE("decoder: an expression has no locals, and its `end` is its last byte") {
  CHECK(expression({0x41, 0x00, 0x0b}) == outcome{status::ok, 3});
  CHECK(expression({0x0b}) == outcome{status::ok, 1});
  CHECK(expression({0x0b, 0x00}) == outcome{status::section_size_mismatch, 1});
}

TEST_CASE("decoder: the compiler and the program decode alike") {
  last_constant sink;
  byte_reader r(embedded);
  CHECK(binary_decoder::sections(r, sink) == status::ok);
  CHECK(sink.value == at_compile_time());
  CHECK(r.at_end());
}

TEST_CASE("decoder: a diagnosis reads bodies too, and finds nothing in what is well-formed") {
  code valid, invalid;
  valid.put(op::nop);
  invalid.put(op::drop).put(op::call, {99});  // malformed it is not
  CHECK(diagnose(module_of(valid)).code == status::ok);
  CHECK(diagnose(module_of(invalid)).code == status::ok);
  code stray;
  stray.put(op::else_);
  CHECK(diagnose(module_of(stray)).code == status::end_opcode_expected);
}

TEST_CASE("decoder: a diagnosis names the first place that is malformed") {
  code unknown;
  unknown.put(op::nop).byte(0x27);
  const bytes module = module_of(unknown);
  CHECK(diagnose(module) == outcome{status::illegal_opcode, module.size() - 1});
  bytes cut = module_of(code());
  cut.pop_back();
  CHECK(diagnose(cut).code == status::length_out_of_bounds);
}

TEST_CASE("decoder: a diagnosis reads beyond a size that is too small, then compares") {
  // A type section of 3 bytes whose entries have 4.
  const bytes module = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00,
                        0x00, 0x01, 0x03, 0x01, 0x60, 0x00, 0x00};
  CHECK(diagnose(module).code == status::section_size_mismatch);
  bytes cut = module;
  cut.pop_back();
  CHECK(diagnose(cut).code == status::unexpected_end);
}

}  // namespace unit_format_decoder
