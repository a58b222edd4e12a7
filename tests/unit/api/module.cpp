// A compiled module: what it says of itself, and how long it lives.
#include <dovetail/api/module.hpp>

#include <utility>

#include "world.hpp"

namespace unit_api_module {

using namespace dovetail;
using namespace testing;

TEST_CASE("module: imports and exports with their types, in order") {
  api_world w;
  const rt::module module = w.compile(with_exports());
  CHECK(module.function_count() == 2);
  REQUIRE(module.imports().size() == 1);
  const value_type i32[] = {value_type::i32}, i64[] = {value_type::i64};
  CHECK(module.imports()[0].module == "env");
  CHECK(module.imports()[0].name == "log");
  CHECK(module.imports()[0].type.function == function_type{i32, {}});
  std::vector<std::string> names;
  for (const export_type& e : module.exports()) names.emplace_back(e.name);
  CHECK(names == std::vector<std::string>{"f", "t", "m", "c", "v"});
  const auto exports = module.exports();
  CHECK(exports[0].type.function == function_type{i32, i64});
  CHECK(exports[1].type.table == table_type{value_type::funcref, {2, 5}});
  CHECK(exports[2].type.memory == memory_type{{1, 3}});
  CHECK(exports[3].type.global == global_type{value_type::f32, false});
  CHECK(exports[4].type.global == global_type{value_type::i64, true});
}

TEST_CASE("module: sections as they lay in the bytes, custom ones by name") {
  api_world w;
  const std::vector<std::uint8_t> bytes = with_exports();
  const rt::module module = w.compile(bytes);
  const auto sections = module.sections();
  REQUIRE(sections.size() == 9);
  CHECK(sections[0].id == section_id::custom);
  CHECK(sections[0].name == "note");
  CHECK(sections[0].offset == 10);
  CHECK(sections[0].size == 8);
  CHECK(sections[1].id == section_id::type);
  CHECK(sections[1].name.empty());
  std::size_t at = 8;
  for (const section_type& s : sections) {
    CHECK(s.offset == at + 2);  // an id and a short size
    at = s.offset + s.size;
  }
  CHECK(at == bytes.size());
}

TEST_CASE("module: one that imports and exports nothing") {
  api_world w;
  const rt::module module = w.compile(module_writer().bytes());
  CHECK(module.imports().size() == 0);
  CHECK(module.exports().begin() == module.exports().end());
  CHECK(module.sections().size() == 0);
  CHECK(module.function_count() == 0);
}

TEST_CASE("module: copies share, moves take over, the last one releases") {
  watched_heap heap;
  {
    rt::engine engine{watched_policy{&heap}};
    rt::module a = *engine.compile(as_bytes(with_exports()));
    const std::size_t blocks = heap.blocks;
    rt::module b = a;
    CHECK(&b.data() == &a.data());
    CHECK(heap.blocks == blocks);
    rt::module c = std::move(a);
    CHECK(&c.data() == &b.data());
    b = *engine.compile(as_bytes(module_writer().bytes()));
    CHECK(b.function_count() == 0);
    CHECK(c.function_count() == 2);
    const rt::module& same = c;
    c = same;
    CHECK(c.function_count() == 2);
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_api_module
