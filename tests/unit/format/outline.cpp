// Outlines: what the decoder tells of a module's imports and exports, at compile time and of broken
// bytes at run time.
#include <dovetail/format/outline.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"
#include "support/embedded.hpp"
#include "support/writer.hpp"

namespace unit_format_outline {

using namespace dovetail;
using testing::embedded;

namespace {

constexpr outline_size measured = [] {
  outline_size size;
  return measure_outline(embedded, size) == status::ok ? size : outline_size{};
}();
struct read_outline {
  module_outline<measured> all;
  status code = all.read(embedded);
};
constexpr read_outline embedded_outline;
constexpr const auto& outline = embedded_outline.all;
static_assert(embedded_outline.code == status::ok);
static_assert(measured == outline_size{3, 5, 3, 1, 1, 3, 2, 6, 44});
static_assert(outline.import_count == 2 && outline.export_count == 6);
static_assert(outline.import_module(1) == "env" && outline.import_name(1) == "gravity");
static_assert(outline.import_type(1).global == global_type{value_type::f32, true});
static_assert(outline.export_name(0) == "memory" && outline.export_name(5).empty());
static_assert(outline.find_export("twice") == 4 && outline.find_export("") == 5);
static_assert(outline.find_export("log") == 6);

constexpr outline_size none{};

}  // namespace

TEST_CASE("outline: types of imports and exports, imports counted first in every space") {
  const value_type i32[] = {value_type::i32};
  const value_type pair[] = {value_type::i32, value_type::f64};
  CHECK(outline.import_type(0).kind == external_kind::function);
  CHECK(outline.import_type(0).function == function_type{i32, {}});
  CHECK(outline.export_type(0).memory == memory_type{{1, 2}});
  CHECK(outline.export_type(1).table == table_type{value_type::funcref, {3}});
  CHECK(outline.export_type(2).global == global_type{value_type::i64, false});
  CHECK(outline.export_type(3).global == global_type{value_type::f32, true});
  CHECK(outline.export_type(4).function == function_type{i32, i32});
  CHECK(outline.export_type(5).kind == external_kind::function);
  CHECK(outline.export_type(5).function == function_type{{}, pair});
}

TEST_CASE("outline: what is not a module has none") {
  outline_size size;
  std::vector<std::uint8_t> bytes(embedded, embedded + sizeof embedded);
  CHECK(measure_outline(bytes, size) == status::ok);
  CHECK(size == measured);
  for (std::size_t cut = 0; cut < 8; ++cut) {
    size = none;
    CHECK(measure_outline(std::span(bytes).first(cut), size) == status::unexpected_end);
    CHECK(size == none);
  }
  // The code section is the last: a cut within it is seen.
  CHECK(measure_outline(std::span(bytes).first(bytes.size() - 1), size) ==
        status::length_out_of_bounds);
  bytes[0] = 1;
  CHECK(measure_outline(bytes, size) == status::magic_not_detected);
}

TEST_CASE("outline: every byte changed to every value reads within the bytes or is refused") {
  // Under the address sanitizer this finds reads and writes beyond; here, that sizes are kept.
  std::size_t accepted = 0;
  for (std::size_t at = 8; at < sizeof embedded; ++at) {
    for (const unsigned value : {0x00u, 0x01u, 0x03u, 0x7fu, 0x80u, 0xffu}) {
      std::vector<std::uint8_t> bytes(embedded, embedded + sizeof embedded);
      bytes[at] = static_cast<std::uint8_t>(value);
      outline_size size;
      if (measure_outline(bytes, size) != status::ok || !(size == measured)) continue;
      module_outline<measured> out;
      if (out.read(bytes) != status::ok) continue;
      ++accepted;
      for (std::size_t i = 0; i < out.export_count; ++i) {
        if (out.export_type(i).kind == external_kind::function)
          CHECK(out.export_type(i).function.parameters.size() <= measured.values);
      }
    }
  }
  CHECK(accepted > 0);
}

TEST_CASE("outline: recursion groups, tables with initialisers and 64-bit memories are counted") {
  // A group of (func) and (sub (func (param i32))); a table of one null function with an
  // initialiser; a memory of 64-bit addresses; both exported.
  // clang-format off
  constexpr std::uint8_t bytes[] = {
      0, 'a', 's', 'm', 1, 0, 0, 0,
      1, 12, 1, 0x4e, 2, 0x60, 0, 0, 0x50, 0, 0x60, 1, 0x7f, 0,
      4, 9, 1, 0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b,
      5, 3, 1, 4, 1,
      7, 9, 2, 1, 't', 1, 0, 1, 'm', 2, 0};
  // clang-format on
  constexpr outline_size expected{
      .types = 2, .values = 1, .tables = 1, .memories = 1, .exports = 2, .text = 2};
  outline_size size;
  REQUIRE(measure_outline(bytes, size) == status::ok);
  REQUIRE(size == expected);
  module_outline<expected> out;
  REQUIRE(out.read(bytes) == status::ok);
  CHECK(out.export_type(0).table == table_type{value_type::funcref, {1}});
  CHECK(out.export_type(1).memory == memory_type{{1}, true});
}

TEST_CASE("outline: an index of nothing is refused") {
  constexpr outline_size one_export{.exports = 1, .text = 1};
  constexpr status expected[] = {status::unknown_function, status::unknown_table,
                                 status::unknown_memory, status::unknown_global};
  for (unsigned kind = 0; kind < 4; ++kind) {
    testing::module_writer m;
    m.export_as("x", kind, 0);
    outline_size size;
    REQUIRE(measure_outline(m.bytes(), size) == status::ok);
    REQUIRE(size == one_export);
    module_outline<one_export> out;
    CHECK(out.read(m.bytes()) == expected[kind]);
  }
  testing::module_writer m;
  m.import_function("a", "b", 0);
  constexpr outline_size one_import{.functions = 1, .imports = 1, .text = 2};
  module_outline<one_import> out;
  CHECK(out.read(m.bytes()) == status::unknown_type);
}

}  // namespace unit_format_outline
