// The builder: rules for modules (core specification 3.4) and limits, with the place of each error.
#include <dovetail/validate/module_builder.hpp>

#include <cstdint>
#include <vector>

#include "checking.hpp"
#include "support/catch.hpp"

namespace unit_validate_module_builder {

using namespace dovetail;
using namespace testing;

namespace {

using bytes = std::vector<std::uint8_t>;
using sections = std::initializer_list<raw_section>;

status verdict_of(sections all) { return check(raw_module(all)).code; }

const raw_section one_type{1, {1, 0x60, 0, 0}};
const raw_section no_memory{5, {0}}, memory{5, {1, 0, 1}}, table{4, {1, 0x70, 0, 1}};

// What a section gives at a limit, and one below what it needs.
void is_bounded(std::uint32_t limits::*bound, std::uint32_t needed, sections all, section_id where,
                std::size_t offset) {
  const bytes module = raw_module(all);
  limits most;
  most.*bound = needed;
  CHECK(check(module, most).code == status::ok);
  most.*bound = needed - 1;
  const verdict v = check(module, most);
  CHECK(v.code == status::limit_exceeded);
  CHECK(v.section == where);
  CHECK(v.offset == offset);
}

}  // namespace

TEST_CASE("builder: every list is bounded, and the error stands behind its count") {
  const raw_section functions{3, {2, 0, 0}}, bodies{10, {2, 2, 0, 0x0b, 2, 0, 0x0b}};
  is_bounded(&limits::types, 2, {{1, {2, 0x60, 0, 0, 0x60, 0, 0}}}, section_id::type, 11);
  is_bounded(&limits::imports, 2, {{2, {2, 0, 0, 3, 0x7f, 0, 0, 0, 3, 0x7f, 0}}},
             section_id::import, 11);
  is_bounded(&limits::functions, 2, {one_type, functions, bodies}, section_id::function, 17);
  is_bounded(&limits::tables, 2, {{4, {2, 0x70, 0, 0, 0x70, 0, 0}}}, section_id::table, 11);
  is_bounded(&limits::memories, 1, {memory}, section_id::memory, 11);
  is_bounded(&limits::globals, 1, {{6, {1, 0x7f, 0, 0x41, 0, 0x0b}}}, section_id::global, 11);
  is_bounded(&limits::exports, 2, {memory, {7, {2, 1, 'a', 2, 0, 1, 'b', 2, 0}}},
             section_id::export_, 16);
  is_bounded(&limits::element_segments, 2, {{9, {2, 1, 0, 0, 1, 0, 0}}}, section_id::element, 11);
  is_bounded(&limits::data_segments, 2, {{11, {2, 1, 0, 1, 0}}}, section_id::data, 11);
  is_bounded(&limits::data_segments, 2, {{12, {2}}, {11, {2, 1, 0, 1, 0}}}, section_id::data_count,
             11);
}

TEST_CASE("builder: imports count into the limits of their spaces") {
  const raw_section imported{2, {1, 0, 0, 0, 0}};
  const raw_section global{2, {1, 0, 0, 3, 0x7f, 0}}, tables{2, {1, 0, 0, 1, 0x70, 0, 0}};
  is_bounded(&limits::functions, 2, {one_type, imported, {3, {1, 0}}, {10, {1, 2, 0, 0x0b}}},
             section_id::function, 25);
  is_bounded(&limits::globals, 2, {global, {6, {1, 0x7f, 0, 0x41, 0, 0x0b}}}, section_id::global,
             24);
  is_bounded(&limits::tables, 2, {tables, {4, {1, 0x70, 0, 0}}}, section_id::table, 23);
}

TEST_CASE("builder: parameters, results, items of a segment and the size of a body are bounded") {
  is_bounded(&limits::parameters, 3, {{1, {1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0}}}, section_id::type,
             13);
  is_bounded(&limits::results, 2, {{1, {1, 0x60, 0, 2, 0x7f, 0x7f}}}, section_id::type, 14);
  is_bounded(&limits::segment_elements, 2,
             {one_type, {2, {1, 0, 0, 0, 0}}, {9, {1, 1, 0, 2, 0, 0}}}, section_id::element, 27);
  is_bounded(&limits::body_bytes, 3, {one_type, {3, {1, 0}}, {10, {1, 3, 0, 1, 0x0b}}},
             section_id::code, 25);
}

TEST_CASE("builder: types must be there before functions have them") {
  CHECK(verdict_of({one_type, {2, {1, 0, 0, 0, 0}}}) == status::ok);
  CHECK(verdict_of({one_type, {2, {1, 0, 0, 0, 1}}}) == status::unknown_type);
  CHECK(verdict_of({one_type, {3, {1, 1}}, {10, {1, 2, 0, 0x0b}}}) == status::unknown_type);
  CHECK(verdict_of({{3, {1, 0}}, {10, {1, 2, 0, 0x0b}}}) == status::unknown_type);
}

TEST_CASE("builder: one memory, of at most 65536 pages, limits in order") {
  CHECK(verdict_of({{5, {1, 1, 0x80, 0x80, 0x04, 0x80, 0x80, 0x04}}}) == status::ok);
  CHECK(verdict_of({{5, {1, 0, 0x81, 0x80, 0x04}}}) == status::memory_too_large);
  CHECK(verdict_of({{5, {1, 1, 0, 0x81, 0x80, 0x04}}}) == status::memory_too_large);
  CHECK(verdict_of({{5, {1, 1, 2, 1}}}) == status::limits_out_of_order);
  CHECK(verdict_of({{5, {2, 0, 0, 0, 0}}}) == status::multiple_memories);
  CHECK(verdict_of({{2, {1, 0, 0, 2, 0, 1}}, memory}) == status::multiple_memories);
  CHECK(verdict_of({{2, {1, 0, 0, 2, 0, 1}}, no_memory}) == status::ok);
}

TEST_CASE("builder: tables of any size, limits in order, several of them") {
  CHECK(verdict_of({{4, {1, 0x70, 1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f}}}) == status::ok);
  CHECK(verdict_of({{4, {1, 0x70, 1, 2, 1}}}) == status::limits_out_of_order);
  CHECK(verdict_of({{4, {2, 0x70, 0, 0, 0x6f, 0, 0}}}) == status::ok);
}

TEST_CASE("builder: exports exist, of their kind, and under a name of their own") {
  const bytes functions = {1, 1, 'f', 0, 0}, tables = {1, 1, 't', 1, 0};
  const bytes memories = {1, 1, 'm', 2, 0}, globals = {1, 1, 'g', 3, 0};
  CHECK(verdict_of({{7, functions}}) == status::unknown_function);
  CHECK(verdict_of({memory, {7, tables}}) == status::unknown_table);
  CHECK(verdict_of({table, {7, memories}}) == status::unknown_memory);
  CHECK(verdict_of({table, memory, {7, globals}}) == status::unknown_global);
  CHECK(verdict_of({table, {7, tables}}) == status::ok);
  CHECK(verdict_of({memory, {7, memories}}) == status::ok);
  CHECK(verdict_of({memory, {7, {2, 1, 'm', 2, 0, 1, 'n', 2, 0}}}) == status::ok);
  CHECK(verdict_of({memory, {7, {2, 1, 'm', 2, 0, 1, 'm', 2, 0}}}) == status::duplicate_export);
  CHECK(verdict_of({table, memory, {7, {2, 0, 2, 0, 0, 1, 0}}}) == status::duplicate_export);
}

TEST_CASE("builder: the start function takes nothing and gives nothing") {
  const raw_section imported{2, {1, 0, 0, 0, 0}};
  CHECK(verdict_of({one_type, imported, {8, {0}}}) == status::ok);
  CHECK(verdict_of({one_type, imported, {8, {1}}}) == status::unknown_function);
  CHECK(verdict_of({{1, {1, 0x60, 1, 0x7f, 0}}, imported, {8, {0}}}) ==
        status::start_function_type);
  CHECK(verdict_of({{1, {1, 0x60, 0, 1, 0x7f}}, imported, {8, {0}}}) ==
        status::start_function_type);
}

TEST_CASE("builder: element segments fit their tables, and their items them") {
  const raw_section externs{4, {1, 0x6f, 0, 1}};
  CHECK(verdict_of({table, {9, {1, 0, 0x41, 0, 0x0b, 0}}}) == status::ok);
  CHECK(verdict_of({{9, {1, 0, 0x41, 0, 0x0b, 0}}}) == status::unknown_table);
  CHECK(verdict_of({table, {9, {1, 2, 1, 0x41, 0, 0x0b, 0, 0}}}) == status::unknown_table);
  CHECK(verdict_of({externs, {9, {1, 0, 0x41, 0, 0x0b, 0}}}) == status::type_mismatch);
  CHECK(verdict_of({externs, {9, {1, 6, 0, 0x41, 0, 0x0b, 0x6f, 1, 0xd0, 0x6f, 0x0b}}}) ==
        status::ok);
  CHECK(verdict_of({table, {9, {1, 0, 0x42, 0, 0x0b, 0}}}) == status::type_mismatch);
  CHECK(verdict_of({{9, {1, 1, 0, 1, 0}}}) == status::unknown_function);
  CHECK(verdict_of({{9, {1, 5, 0x70, 1, 0xd0, 0x6f, 0x0b}}}) == status::type_mismatch);
}

TEST_CASE("builder: active data needs its memory") {
  CHECK(verdict_of({memory, {11, {1, 0, 0x41, 0, 0x0b, 0}}}) == status::ok);
  CHECK(verdict_of({{11, {1, 0, 0x41, 0, 0x0b, 0}}}) == status::unknown_memory);
  CHECK(verdict_of({memory, {11, {1, 2, 1, 0x41, 0, 0x0b, 0}}}) == status::unknown_memory);
  CHECK(verdict_of({memory, {11, {1, 0, 0x43, 0, 0, 0, 0, 0x0b, 0}}}) == status::type_mismatch);
}

TEST_CASE("builder: what is invalid is reported with its section and the offset of its entry") {
  const verdict v = check(raw_module({memory, {7, {2, 1, 'm', 2, 0, 1, 'm', 2, 0}}}));
  CHECK(v.section == section_id::export_);
  CHECK(v.offset == 20);
}

TEST_CASE("builder: under 1.0 what came later is refused, wherever it stands") {
  const auto first = [](sections all) { return check_as_first_version(raw_module(all)).code; };
  const status refused = status::feature_not_accepted;
  for (const std::uint8_t type : bytes{0x7b, 0x70, 0x6f}) {
    CHECK(first({{1, {1, 0x60, 1, type, 0}}}) == refused);
    CHECK(first({{1, {1, 0x60, 0, 1, type}}}) == refused);
    CHECK(first({{2, {1, 0, 0, 3, type, 0}}}) == refused);
    CHECK(first({one_type, {3, {1, 0}}, {10, {1, 4, 1, 1, type, 0x0b}}}) == refused);
    CHECK(first({one_type, {3, {1, 0}}, {10, {1, 7, 0, 0x00, 0x02, type, 0x00, 0x0b, 0x0b}}}) ==
          refused);
  }
  CHECK(first({{1, {1, 0x60, 0, 2, 0x7f, 0x7f}}}) == refused);
  CHECK(first({one_type, {3, {1, 0}}, {10, {1, 5, 0, 0x02, 0, 0x0b, 0x0b}}}) == refused);
  CHECK(first({{4, {1, 0x6f, 0, 0}}}) == refused);
  CHECK(first({{4, {2, 0x70, 0, 0, 0x70, 0, 0}}}) == refused);
  CHECK(first({{9, {1, 1, 0, 0}}}) == refused);
  CHECK(first({{11, {1, 1, 0}}}) == refused);
  CHECK(first({{12, {0}}}) == refused);
  CHECK(first({one_type,
               table,
               memory,
               {9, {1, 0, 0x41, 0, 0x0b, 0}},
               {11, {1, 0, 0x41, 0, 0x0b, 1, 'a'}}}) == status::ok);
}

}  // namespace unit_validate_module_builder
