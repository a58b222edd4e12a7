// L45 and rule 2.17: what handles and views are good for, and the end of stores.
#include <algorithm>
#include <memory>
#include <optional>

#include "guest.hpp"

namespace linking {

TEMPLATE_TEST_CASE("L45: a store keeps the state of host functions until it ends", "", checked,
                   guarded) {
  const auto state = std::make_shared<i32>(0);
  {
    world<TestType> w;
    std::optional<typename world<TestType>::instance> guest;
    {
      imports env = {bind("env", "f", [state] { return ++*state; })};
      CHECK(state.use_count() == 2);
      guest = w.instantiate(R"wat((module
          (import "env" "f" (func $f (result i32)))
          (func (export "f") (result i32) call $f)))wat",
                            env);
      CHECK(state.use_count() == 3);
    }
    CHECK(state.use_count() == 2);
    CHECK(call<i32()>(*guest, "f") == 1);
    need(w.store.make_function(bind("", "", [state] {})));
    CHECK(state.use_count() == 3);
  }
  CHECK(state.use_count() == 1);
  CHECK(*state == 1);
}

TEMPLATE_TEST_CASE("L45: a store outlives the module handles, an engine the stores", "", checked,
                   guarded) {
  typename world<TestType>::rt::engine engine;
  auto module = std::make_unique<typename world<TestType>::module>(need(engine.compile(binary(
      R"wat((module (memory 1) (data (i32.const 0) "\08")
          (func (export "f") (result i32) (i32.load8_u (i32.const 0)))))wat"))));
  for (i32 k = 0; k < 3; ++k) {
    typename world<TestType>::rt::store store{engine};
    const auto guest = need(store.instantiate(*module));
    if (k == 2) module.reset();
    CHECK(call<i32()>(guest, "f") == 8);
  }
}

TEMPLATE_TEST_CASE("L45: the bytes of a module may go after compile", "", checked, guarded) {
  world<TestType> w;
  const auto there = binary(R"wat((module
      (import "a name" "of an import" (func $f (result i32)))
      (memory 1) (data (i32.const 0) "data") (data $d "more")
      (table 1 funcref) (elem (i32.const 0) $f)
      (export "an export" (func $f))
      (func (export "f") (result i32)
        (memory.init $d (i32.const 1) (i32.const 1) (i32.const 1))
        (i32.load8_u (i32.const 1)))))wat");
  std::vector<std::byte> bytes(there.begin(), there.end());
  const auto module = need(w.engine.compile(bytes));
  std::fill(bytes.begin(), bytes.end(), std::byte{0xff});
  bytes.clear();
  bytes.shrink_to_fit();
  imports env = {bind<[] { return 6; }>("a name", "of an import")};
  const auto guest = need(w.store.instantiate(module, env));
  CHECK(call<i32()>(guest, "f") == 'o');
  CHECK(call<i32()>(guest, "an export") == 6);
}

TEMPLATE_TEST_CASE("L28: views of a memory check bounds and alignment, and never wrap", "", checked,
                   guarded) {
  world<TestType> w;
  const memory_view m = need(w.store.make_memory({{1, 2}}));
  constexpr auto out = trap_code::memory_out_of_bounds;
  const u64 end = 65536, most = ~u64{0};
  CHECK(m.span(0, end).has_value());
  CHECK(m.span(end, 0).has_value());
  CHECK(m.span(end + 1, 0).error().code == out);
  CHECK(m.span(end - 1, 2).error().code == out);
  CHECK(m.span(most, 2).error().code == out);
  CHECK(m.span(1, most).error().code == out);
  CHECK(m.string(most, most).error().code == out);
  CHECK(m.read<u64>(end - 8).has_value());
  CHECK(m.read<u64>(end - 7).error().code == out);
  CHECK(m.read<u64>(most - 3).error().code == out);
  CHECK(m.write(end - 3, u32{1}).code == out);
  CHECK(m.write(most, u32{1}).code == out);
  CHECK(*m.read<std::uint8_t>(end - 1) == 0);
  CHECK_FALSE(m.write(1, u32{0x04030201}));
  CHECK(*m.read<std::uint8_t>(1) == 1);  // little-endian on every host
  CHECK(*m.read<std::uint16_t>(3) == 0x0403);
  CHECK(m.view<u32>(4, 3).has_value());
  CHECK(m.view<u32>(2, 1).error().code == out);
  CHECK(m.view<u32>(end - 4, 2).error().code == out);
  CHECK(m.view<u32>(0, u64{1} << 62).error().code == out);
  CHECK(m.view<u32>(most - 3, 1).error().code == out);
  const memory_view none;
  CHECK(none.size() == 0);
  CHECK(none.pages() == 0);
  CHECK(none.bytes().empty());
  CHECK(none.read<char>(0).error().code == out);
  CHECK(none.span(0, 1).error().code == out);
  CHECK(none.span(0, 0).has_value());
  CHECK_FALSE(none.grow(0).has_value());
  CHECK_FALSE(static_cast<bool>(none));
}

}  // namespace linking
