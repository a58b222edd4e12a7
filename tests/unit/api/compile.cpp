// The pipeline from bytes to a module: where errors are placed.
#include <dovetail/api/compile.hpp>

#include <dovetail/validate/signatures.hpp>

#include "world.hpp"

namespace unit_api_compile {

using namespace dovetail;
using namespace testing;

namespace {

using compilation = detail::module_compilation<binary_decoder, full_validation, features::wasm3(),
                                               detail::null_compiler>;

struct outcome {
  status code;
  error e;
};
outcome compile(const std::vector<std::uint8_t>& bytes, const limits& most = {}) {
  watched_heap heap;
  signature_table signatures(heap);
  module_data m(heap);
  outcome out{};
  out.code = compilation(bytes, most, m, out.e).run(signatures);
  return out;
}

}  // namespace

TEST_CASE("compile: the section an offset lies in") {
  const std::vector<std::uint8_t> bytes =
      raw_module({{1, {1, 0x60, 0, 0}}, {0, {1, 'x'}}, {2, {0}}});
  const auto at = [&](std::size_t offset) { return detail::section_at(bytes, offset); };
  CHECK(at(0) == section_id::none);
  CHECK(at(7) == section_id::none);
  CHECK(at(8) == section_id::type);
  CHECK(at(13) == section_id::type);
  CHECK(at(14) == section_id::custom);
  CHECK(at(18) == section_id::import);
  CHECK(at(1000) == section_id::import);
  CHECK(detail::section_at({}, 0) == section_id::none);
  CHECK(detail::section_at(std::span(bytes).first(9), 8) == section_id::type);
}

TEST_CASE("compile: a module of as many bytes as the limit, and of one more") {
  const std::vector<std::uint8_t> bytes = with_exports();
  limits most;
  most.module_bytes = static_cast<std::uint32_t>(bytes.size());
  CHECK(compile(bytes, most).code == status::ok);
  --most.module_bytes;
  CHECK(compile(bytes, most).code == status::limit_exceeded);
}

TEST_CASE("compile: locals and branch tables beyond a limit stand in their body") {
  module_writer m;
  m.function(m.type({}, {}), code(), {{3, value_type::i32}, {2, value_type::i64}});
  const std::vector<std::uint8_t> bytes = m.bytes();
  limits most;
  most.locals = 5;
  CHECK(compile(bytes, most).code == status::ok);
  most.locals = 4;
  const outcome out = compile(bytes, most);
  CHECK(out.code == status::limit_exceeded);
  CHECK(out.e.section == section_id::code);
  CHECK(out.e.offset == bytes.size() - 1);  // behind the group that was too many
}

TEST_CASE("compile: malformed bytes behind an invalid operator are the error") {
  module_writer m;
  const std::uint32_t type = m.type({}, {});
  m.function(type, code().put(op::drop));
  CHECK(compile(m.bytes()).code == status::type_mismatch);
  m.function(type, [] {
    code c;
    c.byte(0xff);
    return c;
  }());
  const std::vector<std::uint8_t> bytes = m.bytes();
  const outcome out = compile(bytes);
  CHECK(out.code == status::illegal_opcode);
  CHECK(out.e.section == section_id::code);
  CHECK(out.e.offset == bytes.size() - 1);
}

TEST_CASE("compile: modules that need nothing more than their header") {
  CHECK(compile(raw_module({})).code == status::ok);
  CHECK(compile({}).code == status::unexpected_end);
  CHECK(compile({0, 'a', 's', 'm'}).e.offset == 4);
}

}  // namespace unit_api_compile
