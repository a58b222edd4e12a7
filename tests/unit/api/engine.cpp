// The engine: compiling and validating, errors and their places, memory that is refused.
#include <dovetail/api/engine.hpp>

#include "world.hpp"

namespace unit_api_engine {

using namespace dovetail;
using namespace testing;

TEST_CASE("engine: validates what it compiles, and refuses alike") {
  api_world w;
  const std::vector<std::uint8_t> good = with_exports();
  CHECK(w.engine.validate(as_bytes(good)).has_value());
  CHECK(w.engine.compile(as_bytes(good)).has_value());
  for (std::size_t size = 0; size < good.size(); ++size) {
    const auto prefix = as_bytes(good).first(size);
    const auto compiled = w.engine.compile(prefix);
    const auto validated = w.engine.validate(prefix);
    REQUIRE(compiled.has_value() == validated.has_value());
    if (compiled.has_value()) continue;  // sections to the end
    CHECK(compiled.error().code == validated.error().code);
    CHECK(compiled.error().offset == validated.error().offset);
    CHECK(compiled.error().offset <= size);
  }
}

TEST_CASE("engine: malformed wins over invalid, an error in a body has its operator's offset") {
  api_world w;
  module_writer m;
  m.function(m.type({}, {}), code().put(op::drop));
  const std::vector<std::uint8_t> invalid = m.bytes();
  const error e = w.engine.compile(as_bytes(invalid)).error();
  CHECK(e.code == status::type_mismatch);
  CHECK(e.section == section_id::code);
  CHECK(e.offset == invalid.size() - 2);
  std::vector<std::uint8_t> malformed = invalid;
  malformed.push_back(14);  // an unknown section behind the error
  const error worse = w.engine.compile(as_bytes(malformed)).error();
  CHECK(worse.code == status::malformed_section_id);
  CHECK(worse.offset == malformed.size());
}

TEST_CASE("engine: the config's limits hold, the error stands at what was too many") {
  api_world w;
  for (const unsigned types : {20u, 21u}) {
    module_writer m;
    for (unsigned i = 0; i < types; ++i) m.type({}, {});
    const std::vector<std::uint8_t> bytes = m.bytes();
    const auto compiled = w.engine.compile(as_bytes(bytes));
    CHECK(compiled.has_value() == (types == 20));
    if (compiled.has_value()) continue;
    CHECK(compiled.error().code == status::limit_exceeded);
    CHECK(compiled.error().section == section_id::type);
    CHECK(compiled.error().offset == 11);
  }
}

TEST_CASE("engine: refused memory at any request is a status, and nothing leaks") {
  const std::vector<std::uint8_t> bytes = with_exports();
  watched_heap heap;
  std::size_t refusals = 0;
  for (std::size_t granted = 0;; ++granted) {
    rt::engine engine{watched_policy{&heap}};
    heap.requests_left = granted;
    auto made = engine.compile(as_bytes(bytes));
    heap.requests_left = watched_heap::unlimited;
    if (made.has_value()) break;
    CHECK(made.error().code == status::out_of_memory);
    ++refusals;
  }
  CHECK(refusals > 10);
  CHECK(heap.is_clean());
}

TEST_CASE("engine: the allocator is the one that was given") {
  watched_heap heap;
  rt::engine engine{watched_policy{&heap}};
  CHECK(engine.allocator().heap == &heap);
  void* block = engine.memory().allocate(8);
  CHECK(heap.bytes == 8);
  engine.memory().release(block, 8);
}

TEST_CASE("engine: a store is made of what the one before it left") {
  const std::vector<std::uint8_t> bytes = with_exports();
  watched_heap heap;
  {
    rt::engine engine{watched_policy{&heap}};
    const auto code = engine.compile(as_bytes(bytes));
    REQUIRE(code.has_value());
    const std::size_t compiled = heap.bytes;
    std::size_t kept = 0;
    for (int i = 0; i < 4; ++i) {
      {
        rt::store world{engine};
        auto log = log_import();
        REQUIRE(world.instantiate(*code, log).has_value());
      }
      if (i == 0) kept = engine.blocks().kept_bytes();
      CHECK(kept > 4096);
      CHECK(engine.blocks().kept_bytes() == kept);
      CHECK(heap.bytes == compiled + kept);
    }
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_api_engine
