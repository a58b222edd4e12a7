// The structured error and the line it makes of itself.
#include <dovetail/base/error.hpp>

#include <array>
#include <string>

#include "support/catch.hpp"

namespace unit_base_error {

using dovetail::error;
using dovetail::external_kind;
using dovetail::section_id;
using dovetail::stage;
using dovetail::status;
using dovetail::value_type;

namespace {

std::string line_of(const error& e) {
  std::array<char, 300> buffer;
  return std::string(e.format(buffer));
}

}  // namespace

TEST_CASE("error: what went wrong in the bytes says where") {
  error e{.code = status::unexpected_end, .section = section_id::code, .offset = 1043};
  CHECK(e.stage() == stage::decode);
  CHECK(e.message() == "unexpected end");
  CHECK(line_of(e) == "malformed: unexpected end, code section, offset 1043");
  e = {.code = status::type_mismatch, .section = section_id::data_count, .offset = 0};
  CHECK(line_of(e) == "invalid: type mismatch, data count section, offset 0");
  e = {.code = status::magic_not_detected, .offset = 4};
  CHECK(line_of(e) == "malformed: magic header not detected, offset 4");
  e = {.code = status::function_too_large, .section = section_id::code, .offset = 9};
  CHECK(line_of(e) ==
        "not compilable: function too large for this backend, code section, offset 9");
}

TEST_CASE("error: what went wrong in linking says which import, what and what instead") {
  const value_type two[] = {value_type::i32, value_type::i32};
  error e{.code = status::incompatible_import,
          .import_ordinal = 2,
          .import_module = "env",
          .import_name = "log"};
  e.expected.function = {two, {}};
  CHECK(line_of(e) ==
        "link: incompatible import type, import 2 \"env\" \"log\": "
        "expected function [i32 i32] -> []");
  e.has_provided = true;
  e.provided.kind = external_kind::memory;
  e.provided.memory.limits = {1, 4};
  CHECK(line_of(e) ==
        "link: incompatible import type, import 2 \"env\" \"log\": "
        "expected function [i32 i32] -> [], provided memory 1..4");
}

TEST_CASE("error: of an export it says which") {
  error e{.code = status::missing_export, .export_name = "tick"};
  CHECK(e.stage() == stage::link);
  CHECK(line_of(e) == "link: missing export, export \"tick\": expected function [] -> []");
  e = {.code = status::incompatible_export, .has_provided = true, .export_name = ""};
  e.provided.kind = external_kind::memory;
  CHECK(line_of(e) ==
        "link: incompatible export type, export \"\": expected function [] -> [], provided "
        "memory 0");
}

TEST_CASE("error: without an import there is none to name") {
  CHECK(line_of({.code = status::wrong_engine}) == "link: module belongs to another engine");
  CHECK(line_of({.code = status::wrong_import_count}) ==
        "link: wrong number of positional imports");
}

TEST_CASE("error: a trap of instantiation says which; the others say what they are") {
  CHECK(line_of({.code = status::trapped, .reason = {dovetail::trap_code::memory_out_of_bounds}}) ==
        "instantiate: trap: out of bounds memory access");
  CHECK(line_of({.code = status::memory_refused}) == "instantiate: memory refused");
  CHECK(line_of({.code = status::unknown_export}) == "misuse: unknown export");
  CHECK(line_of({}) == "ok: ok");
}

TEST_CASE("error: names of an attacker cannot break the line") {
  const error e{.code = status::unknown_import, .import_module = "a\nb\x1b[2J", .import_name = ""};
  CHECK(line_of(e) ==
        "link: unknown import, import 0 \"a?b?[2J\" \"\": expected function [] -> []");
}

TEST_CASE("error: the line is cut to the buffer, and nothing beyond is touched") {
  const error e{.code = status::unexpected_end, .offset = 123456};
  const std::string whole = line_of(e);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    std::array<char, 64> buffer;
    buffer.fill('#');
    CHECK(e.format(std::span(buffer).first(size)) == whole.substr(0, size));
    CHECK(buffer[size] == '#');
  }
}

TEST_CASE("error: sections have the specification's names") {
  const char* const names[] = {"custom", "type",   "import",    "function", "table",
                               "memory", "global", "export",    "start",    "element",
                               "code",   "data",   "data count"};
  for (unsigned id = 0; id < 13; ++id) CHECK(name(static_cast<section_id>(id)) == names[id]);
  CHECK(name(section_id::none) == "none");
}

TEST_CASE("error: one about a feature names it") {
  dovetail::error e;
  e.set(dovetail::not_accepted(dovetail::feature::tail_call));
  CHECK(e.code == dovetail::status::feature_not_accepted);
  CHECK(e.wanted == dovetail::feature::tail_call);
  e.offset = 30;
  char line[200];
  CHECK(e.format(line) ==
        "malformed: feature not accepted by the configuration: tail calls, offset 30");
  e.set(dovetail::not_executable(dovetail::feature::memory64));
  CHECK(e.format(line) ==
        "not compilable: feature not executable by this backend: memory64, offset 30");
  dovetail::error other;
  other.set(dovetail::status::type_mismatch);
  CHECK(other.code == dovetail::status::type_mismatch);
  CHECK(other.wanted == dovetail::feature::mvp);
}

}  // namespace unit_base_error
