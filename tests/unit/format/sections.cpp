// The section decoder: frames, order, counts, and what each section's entries look like.
#include <dovetail/format/sections.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_format_sections {

using namespace dovetail;
using section = testing::raw_section;
using testing::raw_module;

namespace {

// As WebAssembly 2.0 has them.
using second_version = scanning_sections<features::wasm2()>;

using bytes = std::vector<std::uint8_t>;

struct outcome {
  status code;
  std::size_t offset;
  bool operator==(const outcome&) const = default;
};
template <class Sections>
outcome decode(const bytes& module, Sections& sink) {
  byte_reader r(module);
  const status s = detail::section_decoder<Sections>(r, sink).module();
  return {s, r.offset()};
}
status decode(const bytes& module) {
  second_version sink;
  return decode(module, sink).code;
}
status decode(std::initializer_list<section> sections) { return decode(raw_module(sections)); }
status decode(unsigned id, const bytes& content) { return decode({{id, content}}); }

// Keeps the last entry of each kind.
struct listener : second_version {
  std::vector<section_id> entered;
  std::vector<std::size_t> entries;
  std::string names;
  bytes types;
  import_description imported;
  table_type last_table;
  memory_type last_memory;
  global_type last_global;
  std::uint32_t exported = 0;
  external_kind exported_kind{};
  element_segment_head elements;
  std::uint32_t functions = 0, expressions = 0;
  data_segment_head last_data;
  std::size_t initial_size = 0, initial_offset = 0, body_offset = 0, custom_size = 0;

  void enter(section_id id) { entered.push_back(id); }
  void at(std::size_t offset) { entries.push_back(offset); }
  status custom(std::string_view name, const byte_reader& content) {
    names += name;
    custom_size = content.remaining();
    return status::ok;
  }
  status parameter(value_type t) { return types.push_back(t.code()), status::ok; }
  status result(value_type t) { return types.push_back(t.code()), status::ok; }
  status import(std::string_view module, std::string_view name, const import_description& what) {
    names += std::string(module) + "." + std::string(name);
    imported = what;
    return status::ok;
  }
  status table(const table_type& t) { return last_table = t, status::ok; }
  status memory(const memory_type& t) { return last_memory = t, status::ok; }
  status global(const global_type& t, const byte_reader& initial) {
    last_global = t;
    initial_offset = initial.offset();
    initial_size = initial.remaining();
    return status::ok;
  }
  status export_(std::string_view name, external_kind kind, std::uint32_t index) {
    names += name;
    exported_kind = kind;
    exported = index;
    return status::ok;
  }
  status element_segment(const element_segment_head& head) { return elements = head, status::ok; }
  status element(function_index) { return ++functions, status::ok; }
  status element(const byte_reader&) { return ++expressions, status::ok; }
  status code(const byte_reader& body) { return body_offset = body.offset(), status::ok; }
  status data(const data_segment_head& head) { return last_data = head, status::ok; }
};
listener recorded(unsigned id, const bytes& content) {
  listener sink;
  CHECK(decode(raw_module({{id, content}}), sink).code == status::ok);
  return sink;
}

}  // namespace

TEST_CASE("sections: the header, byte by byte") {
  const bytes whole = raw_module({});
  CHECK(decode(whole) == status::ok);
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(decode(bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) ==
          status::unexpected_end);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    bytes changed = whole;
    changed[i] ^= 0x80;
    CHECK(decode(changed) == (i < 4 ? status::magic_not_detected : status::unknown_version));
  }
}

TEST_CASE("sections: sizes must be those of their contents") {
  const bytes header = raw_module({});
  const auto with = [&](std::initializer_list<std::uint8_t> more) {
    bytes all = header;
    all.insert(all.end(), more);
    listener sink;
    return decode(all, sink);
  };
  CHECK(with({1}) == outcome{status::unexpected_end, 9});
  CHECK(with({1, 2, 0}) == outcome{status::length_out_of_bounds, 10});
  CHECK(with({1, 2, 0, 0}) == outcome{status::section_size_mismatch, 11});
  CHECK(with({1, 0}) == outcome{status::unexpected_end, 10});
  CHECK(with({13, 0}).code == status::malformed_section_id);
  CHECK(with({0x80, 0}).code == status::malformed_section_id);
  CHECK(with({1, 0x81, 0, 0}).code == status::ok);  // a size may be padded
}

TEST_CASE("sections: each once, in their order; custom ones anywhere") {
  const bytes none = {0};
  CHECK(decode({{1, none},
                {2, none},
                {3, none},
                {4, none},
                {5, none},
                {6, none},
                {7, none},
                {9, none},
                {12, none},
                {10, none},
                {11, none}}) == status::ok);
  CHECK(decode({{0, none}, {1, none}, {0, none}, {0, none}, {11, none}, {0, none}}) == status::ok);
  for (unsigned id = 1; id <= 11; ++id) {
    const section twice{id, none};
    CHECK(decode({twice, twice}) == status::content_after_last_section);
    if (id > 1 && id != 8)
      CHECK(decode({{id, none}, {id - 1, none}}) == status::content_after_last_section);
  }
  CHECK(decode({{10, none}, {12, none}}) == status::content_after_last_section);
  CHECK(decode({{12, none}, {9, none}}) == status::content_after_last_section);
}

TEST_CASE("sections: numbers that two sections share must agree") {
  const bytes one_body = {1, 2, 0, 0x0b}, one_segment = {1, 1, 0};
  CHECK(decode({{3, {1, 0}}}) == status::inconsistent_code_lengths);
  CHECK(decode({{10, one_body}}) == status::inconsistent_code_lengths);
  CHECK(decode({{3, {2, 0, 0}}, {10, one_body}}) == status::inconsistent_code_lengths);
  CHECK(decode({{3, {1, 0}}, {10, one_body}}) == status::ok);
  CHECK(decode({{12, {1}}}) == status::inconsistent_data_lengths);
  CHECK(decode({{12, {0}}, {11, one_segment}}) == status::inconsistent_data_lengths);
  CHECK(decode({{12, {1}}, {11, one_segment}}) == status::ok);
  CHECK(decode({{11, one_segment}}) == status::ok);  // nothing was announced
}

TEST_CASE("sections: custom sections have a name in UTF-8, the rest is theirs") {
  CHECK(recorded(0, {2, 0xc3, 0xa9, 7, 8}).names == "\xc3\xa9");
  CHECK(recorded(0, {2, 0xc3, 0xa9, 7, 8}).custom_size == 2);
  CHECK(decode(0, {1, 0x80}) == status::malformed_utf8);
  CHECK(decode(0, {2, 'a'}) == status::length_out_of_bounds);
  CHECK(decode(0, {}) == status::unexpected_end);
}

TEST_CASE("sections: function types") {
  CHECK(recorded(1, {1, 0x60, 2, 0x7f, 0x6f, 1, 0x7b}).types == bytes{0x7f, 0x6f, 0x7b});
  CHECK(decode(1, {1, 0x5f, 0, 0}) == status::malformed_function_type);
  CHECK(decode(1, {1, 0xe0, 0x7f, 0, 0}) == status::integer_too_long);
  CHECK(decode(1, {1, 0x60, 1, 0x40, 0}) == status::malformed_value_type);
  CHECK(decode(1, {1, 0x60, 0, 1}) == status::unexpected_end);
}

TEST_CASE("sections: imports of every kind") {
  CHECK(recorded(2, {1, 1, 'm', 1, 'n', 0, 5}).names == "m.n");
  CHECK(recorded(2, {1, 1, 'm', 1, 'n', 0, 5}).imported.function == type_index{5});
  CHECK(recorded(2, {1, 0, 0, 1, 0x6f, 1, 2, 3}).imported.table ==
        table_type{value_type::externref, {2, 3}});
  CHECK(recorded(2, {1, 0, 0, 2, 0, 4}).imported.memory == memory_type{{4}});
  CHECK(recorded(2, {1, 0, 0, 3, 0x7c, 1}).imported.global == global_type{value_type::f64, true});
  CHECK(decode(2, {1, 0, 0, 4, 0, 0}) == status::malformed_import_kind);
  CHECK(decode(2, {1, 0, 0, 0x80, 0, 0}) == status::malformed_import_kind);
  CHECK(decode(2, {1, 1, 0xff, 0, 0, 0}) == status::malformed_utf8);
  CHECK(decode(2, {1, 0, 1, 0xff, 0, 0}) == status::malformed_utf8);
}

TEST_CASE("sections: tables, memories and their limits") {
  CHECK(recorded(4, {1, 0x70, 0, 3}).last_table == table_type{value_type::funcref, {3}});
  CHECK(recorded(5, {1, 1, 0, 0}).last_memory == memory_type{{0, 0}});
  CHECK(recorded(5, {1, 1, 1, 0xff, 0xff, 0xff, 0xff, 0x0f}).last_memory ==
        memory_type{{1, 0xffff'ffff}});
  CHECK(decode(4, {1, 0x7f, 0, 0}) == status::malformed_reference_type);
  CHECK(decode(5, {1, 2, 0}) == status::integer_too_large);
  CHECK(decode(5, {1, 0x81, 0, 0}) == status::integer_too_long);
  CHECK(decode(5, {1, 1, 0}) == status::unexpected_end);
}

TEST_CASE("sections: a global's initial value ends with its own `end`") {
  const listener sink = recorded(6, {1, 0x7f, 0, 0x41, 0x05, 0x0b});
  CHECK(sink.last_global == global_type{value_type::i32, false});
  CHECK(sink.initial_offset == 13);
  CHECK(sink.initial_size == 3);
  CHECK(decode(6, {1, 0x7f, 2, 0x41, 0, 0x0b}) == status::malformed_mutability);
  CHECK(decode(6, {1, 0x40, 0, 0x41, 0, 0x0b}) == status::malformed_value_type);
  CHECK(decode(6, {1, 0x7f, 0, 0x41, 0}) == status::unexpected_end);
}

TEST_CASE("sections: exports and start") {
  const listener sink = recorded(7, {1, 1, 'e', 3, 9});
  CHECK(sink.names == "e");
  CHECK(sink.exported_kind == external_kind::global);
  CHECK(sink.exported == 9);
  CHECK(decode(7, {1, 1, 'e', 4, 0}) == status::malformed_export_kind);
  CHECK(decode(7, {1, 1, 0xc0, 0, 0}) == status::malformed_utf8);
  CHECK(decode(8, {7}) == status::ok);
  CHECK(decode(8, {7, 7}) == status::section_size_mismatch);
  CHECK(decode(8, {}) == status::unexpected_end);
}

TEST_CASE("sections: element segments in their eight forms") {
  struct row {
    bytes content;
    segment_mode mode;
    unsigned table, functions, expressions;
  };
  const row rows[] = {
      {{1, 0, 0x41, 0, 0x0b, 2, 5, 6}, segment_mode::active, 0, 2, 0},
      {{1, 1, 0, 1, 5}, segment_mode::passive, 0, 1, 0},
      {{1, 2, 3, 0x41, 0, 0x0b, 0, 1, 5}, segment_mode::active, 3, 1, 0},
      {{1, 3, 0, 1, 5}, segment_mode::declarative, 0, 1, 0},
      {{1, 4, 0x41, 0, 0x0b, 1, 0xd2, 5, 0x0b}, segment_mode::active, 0, 0, 1},
      {{1, 5, 0x6f, 1, 0xd0, 0x6f, 0x0b}, segment_mode::passive, 0, 0, 1},
      {{1, 6, 2, 0x41, 0, 0x0b, 0x70, 1, 0xd2, 5, 0x0b}, segment_mode::active, 2, 0, 1},
      {{1, 7, 0x70, 0}, segment_mode::declarative, 0, 0, 0},
  };
  for (const row& r : rows) {
    INFO("flags " << int{r.content[1]});
    const listener sink = recorded(9, r.content);
    CHECK(sink.elements.mode == r.mode);
    CHECK(sink.elements.table == table_index{r.table});
    CHECK(sink.functions == r.functions);
    CHECK(sink.expressions == r.expressions);
    CHECK(sink.elements.has_expressions == (r.content[1] >= 4));
    CHECK(sink.elements.type == (r.content[1] == 5 ? value_type::externref : value_type::funcref));
  }
  CHECK(decode(9, {1, 8}) == status::malformed_segment_flags);
  CHECK(decode(9, {1, 1, 1, 0}) == status::malformed_element_kind);
  CHECK(decode(9, {1, 5, 0x7f, 0}) == status::malformed_reference_type);
  CHECK(decode(9, {1, 1, 0, 1}) == status::unexpected_end);
}

TEST_CASE("sections: data segments in their three forms") {
  const auto size_of = [](const listener& r) { return r.last_data.bytes.remaining(); };
  const listener active = recorded(11, {1, 0, 0x41, 0, 0x0b, 2, 'a', 'b'});
  CHECK(active.last_data.mode == segment_mode::active);
  CHECK(size_of(active) == 2);
  const listener passive = recorded(11, {1, 1, 1, 'a'});
  CHECK(passive.last_data.mode == segment_mode::passive);
  CHECK(size_of(passive) == 1);
  const listener named = recorded(11, {1, 2, 4, 0x41, 0, 0x0b, 0});
  CHECK(named.last_data.memory == memory_index{4});
  CHECK(size_of(named) == 0);
  CHECK(decode(11, {1, 3, 0}) == status::malformed_segment_flags);
  CHECK(decode(11, {1, 1, 2, 'a'}) == status::unexpected_end_of_section);
}

TEST_CASE("sections: the sink hears of every section it enters and where each entry begins") {
  listener sink;
  const bytes module =
      raw_module({{1, {2, 0x60, 0, 0, 0x60, 0, 0}}, {3, {1, 0}}, {10, {1, 2, 0, 0x0b}}});
  CHECK(decode(module, sink).code == status::ok);
  CHECK(sink.entered == std::vector{section_id::type, section_id::function, section_id::code});
  CHECK(sink.entries == std::vector<std::size_t>{8, 11, 14, 17, 20, 21, 24});
  CHECK(sink.body_offset == 25);
}

TEST_CASE("sections: however many entries are announced, none is read beyond the section") {
  const bytes many = {0xff, 0xff, 0xff, 0xff, 0x0f};
  for (unsigned id = 1; id <= 11; ++id) {
    if (id == 8) continue;
    CHECK(decode({{id, many}, {0, bytes(50, 0x00)}}) == status::unexpected_end);
  }
}

namespace {

// What 3.0 adds, written down as it comes.
struct third_recorder : null_sections {
  std::string told;
  import_description imported;
  memory_type last_memory;
  void say(std::string_view what, std::uint64_t number) {
    told += std::string(what) + std::to_string(number) + ' ';
  }
  status group(std::uint32_t count) { return say("group", count), status::ok; }
  status type(const subtype& place) {
    say(place.is_final ? "final" : "open", place.has_supertype ? place.supertype.value + 1 : 0);
    return status::ok;
  }
  status group_end() { return told += "end ", status::ok; }
  status import(std::string_view, std::string_view, const import_description& what) {
    return imported = what, status::ok;
  }
  status tag(type_index type) { return say("tag", type.value), status::ok; }
  status table(const table_type& t) { return say("table", t.limits.minimum), status::ok; }
  status table(const table_type& t, const byte_reader& initial) {
    say("table", t.limits.minimum);
    say("initial", initial.remaining());
    return status::ok;
  }
  status memory(const memory_type& m) { return last_memory = m, status::ok; }
};
third_recorder third(unsigned id, const bytes& content, status wanted = status::ok) {
  third_recorder sink;
  CHECK(decode(raw_module({{id, content}}), sink).code == wanted);
  return sink;
}

}  // namespace

TEST_CASE("sections: recursion groups, and the place of types among others") {
  CHECK(third(1, {1, 0x60, 0, 0}).told == "group1 final0 end ");
  CHECK(third(1, {1, 0x4e, 2, 0x60, 0, 0, 0x50, 1, 7, 0x60, 0, 0}).told ==
        "group2 final0 open8 end ");
  CHECK(third(1, {2, 0x4f, 0, 0x60, 0, 0, 0x4e, 0}).told == "group1 final0 end group0 end ");
  third(1, {1, 0x50, 2, 0, 0, 0x60, 0, 0}, status::malformed_function_type);
  third(1, {1, 0x4e, 0x7f, 0x60}, status::length_out_of_bounds);
  third(1, {1, 0x5f, 0}, not_accepted(feature::gc));
  third(1, {1, 0x50, 0, 0x5e, 0x7f, 0}, not_accepted(feature::gc));
  CHECK(decode(1, {1, 0x4e, 0}) == status::malformed_function_type);  // as 2.0
}

TEST_CASE("sections: tables with initialisers, tags, and limits of 64 bits") {
  CHECK(third(4, {1, 0x40, 0, 0x70, 0, 9, 0xd0, 0x70, 0x0b}).told == "table9 initial3 ");
  CHECK(third(4, {1, 0x70, 0, 9}).told == "table9 ");
  third(4, {1, 0x40, 1, 0x70, 0, 9, 0xd0, 0x70, 0x0b}, status::malformed_reference_type);
  CHECK(third(13, {2, 0, 3, 0, 4}).told == "tag3 tag4 ");
  third(13, {1, 1, 3}, status::malformed_tag_attribute);
  const third_recorder imported = third(2, {1, 0, 0, 4, 0, 5});
  CHECK(imported.imported.kind == external_kind::tag);
  CHECK(imported.imported.function == type_index{5});
  const bytes wide = {1, 5, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40};
  CHECK(third(5, wide).last_memory == memory_type{{1, std::uint64_t{1} << 48}, true});
  CHECK(third(5, {1, 1, 1, 2}).last_memory == memory_type{{1, 2}});
  for (const std::uint8_t flags : bytes{2, 3, 6, 8, 0x81})
    third(5, {1, flags, 1, 2}, status::malformed_limits_flags);
  // Tags stand between memories and globals.
  third_recorder sink;
  const testing::raw_section memories{5, {1, 0, 0}}, tags{13, {1, 0, 0}};
  CHECK(decode(raw_module({memories, tags, {6, {0}}}), sink).code == status::ok);
  CHECK(decode(raw_module({tags, memories}), sink).code == status::content_after_last_section);
  CHECK(decode(raw_module({{6, {0}}, tags}), sink).code == status::content_after_last_section);
}

}  // namespace unit_format_sections
