// The tables that frames are visited by; what visits show is in ../api/backtraces.cpp.
#include <dovetail/x64/frames.hpp>

#include <cstdint>

#include "watched.hpp"

namespace unit_x64_frames {

namespace {

using dovetail::op;
using testing::code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

struct guarded : dovetail::defaults {
  using backend = dovetail::x64;
  using memory = dovetail::guarded_memory;
};

}  // namespace

// One function may begin where another one ends with a call of a trap's stub.
TEST_CASE("frames: a fault at the first instruction of a function is that function's") {
  std::size_t coincidences = 0;
  for (u32 padding = 0; padding < 16; ++padding) {
    testing::module_writer m;
    const auto i = dovetail::value_type::i32;
    const u32 type = m.type({i}, {i});
    m.memory(1, 1);
    code c;
    for (u32 k = 0; k < padding; ++k) c.put(op::local_get, {0}).put(op::i32_eqz).put(op::drop);
    c.i32(0).put(op::i32_load8_u, {0, 0}).put(op::drop);
    for (u32 k = 0; k < padding; ++k) c.put(op::nop);
    c.i32(1 << (2 * padding)).put(op::local_get, {0}).put(op::i32_div_u);
    m.function(type, c);
    c = code().put(op::local_get, {0}).put(op::i32_load, {2, 0});
    m.export_as("load", 0, m.function(type, c));
    const auto bytes = m.bytes();
    dovetail::runtime<guarded>::engine engine;
    dovetail::runtime<guarded>::store store{engine};
    auto module = engine.compile(testing::as_bytes(bytes)).value();
    const auto& tables = testing::code_of(module);
    coincidences += tables.functions[0].end == tables.functions[1].entry;
    const auto a = store.instantiate(module).value();
    CHECK(a.get<i32(i32)>("load").value()(-8).error().code ==
          dovetail::trap_code::memory_out_of_bounds);
    CHECK(store.last_trap().function == 1);
  }
  CHECK(coincidences > 0);
}

}  // namespace unit_x64_frames
