// C++ exceptions of functions that machine code calls as they are: where they land, what is left.
#include <dovetail/x64/execution.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <dovetail/backtraces.hpp>

#include "support/configurations.hpp"
#include "watched.hpp"

namespace unit_x64_execution {

namespace {

using dovetail::bind;
using dovetail::op;
using dovetail::trap;
using dovetail::trap_code;
using dovetail::value_type;
using testing::code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

using testing::config;
using checked = config<dovetail::x64, dovetail::checked_memory>;
using guarded = config<dovetail::x64, dovetail::guarded_memory>;
using dual_mapped =
    config<dovetail::basic_x64<dovetail::dual_mapped_code>, dovetail::checked_memory>;
using with_places = config<dovetail::backtraces<dovetail::x64>, dovetail::guarded_memory>;

struct refusal {
  i32 number;
};

// Refuses what is odd.
i32 half(i32 n) {
#if defined(__cpp_exceptions)
  if (n % 2 != 0) throw refusal{n};
#endif
  return n / 2;
}
// All registers for arguments, of both kinds.
i32 last_of_many(i32 a, std::int64_t b, i32 c, i32 d, i32 e, i32 f, double g, float h) {
  return half(a + c + d + e + static_cast<i32>(b) + static_cast<i32>(g + h)) + half(f);
}

// "twice" halves by a call, "by_table" by an indirect one, "deep" calls itself first, and keeps
// locals over calls. "many" passes its argument eight times.
enum function : u32 { imported, imported_many, twice, by_table, deep, many };
std::vector<std::uint8_t> halving() {
  testing::module_writer m;
  const auto i = value_type::i32;
  const u32 type = m.type({i}, {i});
  const u32 many_type =
      m.type({i, value_type::i64, i, i, i, i, value_type::f64, value_type::f32}, {i});
  m.import_function("host", "half", type);
  m.import_function("host", "many", many_type);
  m.table(1, 1);
  m.memory(1, 1);
  code c;
  c.put(op::local_get, {0}).put(op::call, {imported}).put(op::call, {imported});
  m.export_as("twice", 0, m.function(type, c.put(op::local_get, {0}).put(op::i32_add)));
  c = {};
  c.put(op::local_get, {0}).i32(0).put(op::call_indirect, {type, 0});
  m.export_as("by_table", 0, m.function(type, c));
  c = {};
  c.put(op::local_get, {0}).i32(8).put(op::i32_gt_s).open(op::if_);
  c.put(op::local_get, {0}).i32(4).put(op::i32_sub).put(op::call, {deep}).put(op::drop).end();
  c.put(op::local_get, {0}).put(op::call, {twice});
  m.export_as("deep", 0, m.function(type, c));
  c = {};
  c.put(op::local_get, {0}).put(op::local_get, {0}).put(op::i64_extend_i32_s);
  for (int k = 0; k < 4; ++k) c.put(op::local_get, {0});
  c.put(op::local_get, {0}).put(op::f64_convert_i32_s);
  c.put(op::local_get, {0}).put(op::f32_convert_i32_s).put(op::call, {imported_many});
  m.export_as("many", 0, m.function(type, c));
  m.elements(0, std::vector<u32>{imported});
  return m.bytes();
}

template <class C>
struct world {
  using rt = dovetail::runtime<C>;
  typename rt::engine engine;
  typename rt::store store{engine};
  typename rt::instance guest = make();

  auto make() {
    const auto bytes = halving();
    const auto module = engine.compile(testing::as_bytes(bytes)).value();
    dovetail::imports host = {bind<half>("host", "half"), bind<last_of_many>("host", "many")};
    return store.instantiate(module, host).value();
  }
  auto get(const char* name) { return guest.template get<i32(i32)>(name).value(); }
  // The number that is refused, or none.
  std::optional<i32> refused(const char* name, i32 n) {
#if defined(__cpp_exceptions)
    try {
      static_cast<void>(get(name)(n));
    } catch (const refusal& r) {
      return r.number;
    }
#else
    static_cast<void>(name), static_cast<void>(n);
#endif
    return std::nullopt;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("execution: functions that may throw are called as they are", "", checked,
                   guarded, dual_mapped, with_places) {
  world<TestType> w;
  for (int round = 0; round < 3; ++round) {
    CHECK(w.get("twice")(8).value() == 10);
    CHECK(w.get("by_table")(8).value() == 4);
    CHECK(w.get("deep")(20).value() == 25);
    CHECK(w.get("many")(4).value() == 16);
    if constexpr (dovetail::platform::has_exceptions) {
      CHECK(w.refused("twice", 7) == 7);
      CHECK(w.store.last_trap().code == trap_code::host_exception);
      CHECK(w.store.last_trap().has_place);
      CHECK(w.store.last_trap().function == twice);
      CHECK(w.refused("twice", 6) == 3);
      CHECK(w.refused("by_table", 5) == 5);
      CHECK(w.store.last_trap().function == by_table);
      CHECK(w.refused("deep", 1'001) == 5);
      CHECK(w.store.last_trap().function == twice);
      CHECK(w.refused("many", 1) == 7);
      CHECK(w.store.last_trap().function == many);
      CHECK(w.get("by_table")(1 << 20).value() == 1 << 19);
    }
  }
}

TEST_CASE("execution: modules that went are not looked for when something is thrown") {
  if constexpr (dovetail::platform::has_exceptions) {
    auto first = std::make_unique<world<checked>>();
    world<guarded> second;
    CHECK(first->refused("twice", 7) == 7);
    CHECK(second.refused("twice", 9) == 9);
    first.reset();
    CHECK(second.refused("twice", 11) == 11);
    world<checked> third;
    CHECK(third.refused("twice", 13) == 13);
    CHECK(second.refused("by_table", 15) == 15);
  }
}

TEST_CASE("execution: an exception that passes guests between hosts comes out as it was") {
#if defined(__cpp_exceptions)
  world<checked> inner;
  static world<checked>* within = &inner;
  within = &inner;
  world<guarded>::rt::engine engine;
  world<guarded>::rt::store store{engine};
  const auto bytes = halving();
  const auto module = engine.compile(testing::as_bytes(bytes)).value();
  const auto through = [](i32 n) {
    if (n < 0) {
      try {
        static_cast<void>(within->get("twice")(-n));
      } catch (const refusal& r) {
        return -r.number;
      }
    }
    return within->get("twice")(n).value();
  };
  dovetail::imports host = {bind<through>("host", "half"), bind<last_of_many>("host", "many")};
  const auto outer = store.instantiate(module, host).value();
  const auto call = outer.get<i32(i32)>("by_table").value();
  CHECK(call(8).value() == 10);
  CHECK(call(-7).value() == -7);
  i32 refused = 0;
  try {
    static_cast<void>(call(13));
  } catch (const refusal& r) {
    refused = r.number;
  }
  CHECK(refused == 13);
  CHECK(call(8).value() == 10);
#endif
}

TEST_CASE("execution: a constant function is called itself where code can catch") {
  using dovetail::vm::native_form;
  constexpr auto direct =
      dovetail::platform::catches_by_tables || !dovetail::platform::has_exceptions
          ? native_form::plain
          : native_form::contextual;
  CHECK(bind<half>("", "").define().host.native.form == direct);
  constexpr auto curious = [](dovetail::caller&, i32 n) { return n; };
  CHECK(bind<curious>("", "").define().host.native.form == native_form::contextual);
}

}  // namespace unit_x64_execution
