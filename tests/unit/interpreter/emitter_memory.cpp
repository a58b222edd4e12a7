// Which forms accesses of other memories than a first one of 32 bits take.
#include <dovetail/interpreter/emitter_memory.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_emitter_memory {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

struct opened : memory_emitter {
  using memory_emitter::far_offset, memory_emitter::is_elsewhere, memory_emitter::load_elsewhere,
      memory_emitter::memory_emitter, memory_emitter::store_elsewhere, memory_emitter::type_of,
      memory_emitter::lay_out;
};

struct world {
  testing::watched_heap heap;
  module_data module{heap};
  module_code code{heap};
  explicit world(std::initializer_list<bool> memories) {
    for (const bool is_64 : memories)
      CHECK(module.env.memories.push({{1, 1}, is_64}) == status::ok);
  }
  [[nodiscard]] opened emitter() {
    opened e(code, switch_dispatch::table<checked_memory>(), module);
    function_body body;
    body.module = &module.env;
    e.lay_out(body);
    return e;
  }
  [[nodiscard]] handler at(std::size_t cell) const {
    return static_cast<handler>(code.cells[cell].head);
  }
};
constexpr memory_argument at(std::uint32_t memory, std::uint64_t offset) {
  return {offset, {memory}, 0};
}

}  // namespace

TEST_CASE("emitter: a first memory of 32 bits is no other") {
  CHECK_FALSE(world({}).emitter().is_elsewhere({0}));
  world w({false, false, true});
  CHECK_FALSE(w.emitter().is_elsewhere({0}));
  CHECK(w.emitter().is_elsewhere({1}));
  CHECK(w.emitter().is_elsewhere({2}));
  CHECK(world({true}).emitter().is_elsewhere({0}));
  CHECK(w.emitter().type_of(memory_index{1}) == value_type::i32);
  CHECK(w.emitter().type_of(memory_index{2}) == value_type::i64);
}

TEST_CASE("emitter: a wide access is one cell if its offset has 32 bits") {
  world w({true, false});
  opened e = w.emitter();
  const auto address = constant_name(8, value_type::i64);
  CHECK(e.load_elsewhere(op::f64_load, at(0, 0xffff'ffff), address, 0).slot == 0);
  CHECK(w.at(1) == handler::f64_load_w);
  CHECK(w.code.cells[1].k == 0xffff'ffff);
  CHECK(w.code.cells.size() == 2);
  CHECK(
      e.load_elsewhere(op::f64_load, at(0, 0x1'0000'0000), slot_name(0, value_type::i64), 0).slot ==
      0);
  CHECK(w.at(2) == handler::f64_load_f);
  CHECK(w.code.cells[2].k == 0);
  CHECK(w.code.cells[3].head == 0x1'0000'0000);
  e.store_elsewhere(op::i32_store8, at(1, 3), slot_name(0, value_type::i32),
                    slot_name(1, value_type::i32), 0);
  CHECK(w.at(4) == handler::i32_store8_fs);
  CHECK(w.code.cells[4].k == 1);
  CHECK(w.code.cells[5].head == 3);
  CHECK(w.code.positions.size() == 3);
}

TEST_CASE("emitter: offsets that no memory has room for stay beyond it") {
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  CHECK(opened::far_offset(at(1, half - 1)) == half - 1);
  CHECK(opened::far_offset(at(1, half + 1)) == half);
  CHECK(opened::far_offset(at(1, ~std::uint64_t{0})) == half);
}

}  // namespace unit_interpreter_emitter_memory
