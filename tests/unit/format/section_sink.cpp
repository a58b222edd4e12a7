// The sink that accepts every section, which sinks of our own begin with.
#include <dovetail/format/section_sink.hpp>

#include <cstdint>

#include <dovetail/format/decoder.hpp>

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_format_section_sink {

using namespace dovetail;

namespace {

// A sink that refuses one kind of entry and leaves the others to the sink that accepts all.
struct refusing_exports : null_sections {
  status export_(std::string_view, external_kind, std::uint32_t) { return status::limit_exceeded; }
};

std::vector<std::uint8_t> with_everything() {
  testing::module_writer m;
  const std::uint32_t type = m.type({value_type::i32}, {value_type::i32});
  m.import_function("a", "b", type);
  const std::uint8_t content[] = {1, 2, 3};
  m.custom("c", content);
  const std::uint32_t f = m.function(type, testing::code().i32(1));
  m.table(1, 2);
  m.memory(1, 2);
  m.global(value_type::i64, true, testing::code().i64(1));
  m.export_as("f", 0, f);
  m.start(f);
  const std::uint32_t functions[] = {f};
  m.elements(0, functions);
  m.data(0, "text");
  return m.bytes();
}

}  // namespace

TEST_CASE("section sink: the null one accepts a module with every section, valid or not") {
  const std::vector<std::uint8_t> module = with_everything();  // its start function takes an i32
  null_sections all;
  byte_reader r(module);
  CHECK(binary_decoder::sections(r, all) == status::ok);
  CHECK(r.at_end());
}

TEST_CASE("section sink: a refusal ends the decoding with its status") {
  const std::vector<std::uint8_t> module = with_everything();
  refusing_exports some;
  byte_reader r(module);
  CHECK(binary_decoder::sections(r, some) == status::limit_exceeded);
  CHECK(r.offset() < module.size());
}

}  // namespace unit_format_section_sink
