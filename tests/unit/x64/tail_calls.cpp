// Tail calls: which frames a chain leaves, within an instance and across two, and whose registers
// the callers find again.
#include <dovetail/x64/tail_calls.hpp>

#include <cstdint>
#include <vector>

#include <dovetail/backtraces.hpp>

#include "watched.hpp"

namespace unit_x64_tail_calls {

namespace {

using dovetail::guest_frame;
using dovetail::op;
using dovetail::provide;
using dovetail::trap_code;
using dovetail::value_type;
using testing::code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

template <class Memory>
struct config : dovetail::defaults {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
  using backend = dovetail::x64;
  using memory = Memory;
};
using checked = config<dovetail::checked_memory>;
using guarded = config<dovetail::guarded_memory>;

constexpr i32 many = 100'000;
constexpr u32 words = 20;

// One of two that share a table: `turn` is the table's element `place` and goes on at the other
// place; at 0 it traps. `wide` takes many arguments in memory and goes on at `turn` of this module.
enum function : u32 { turn, wide, run, run_wide };
std::vector<std::uint8_t> one_of_two(u32 place) {
  testing::module_writer m;
  const auto i = value_type::i32;
  const u32 type = m.type({i}, {i}), wide_type = m.type(testing::type_list(6 + words, i), {i});
  m.import_table("env", "table", 2);
  m.memory(1, 1);
  const auto stop_at_0 = [](code& c, u32 counter) {
    c.put(op::local_get, {counter}).put(op::i32_eqz).open(op::if_).put(op::unreachable).end();
    c.put(op::local_get, {counter}).i32(1).put(op::i32_sub);
  };
  code c;
  stop_at_0(c, 0);
  c.i32(static_cast<i32>(1 - place)).put(op::return_call_indirect, {type, 0});
  m.export_as("turn", 0, m.function(type, c));
  c = {};
  for (u32 k = 0; k < 5 + words; ++k) c.put(op::local_get, {k});
  stop_at_0(c, 5 + words);
  m.function(wide_type, c.put(op::return_call, {wide}));
  // Calls that are not the last thing they do, and read their memory afterwards.
  c = {};
  c.put(op::local_get, {0}).put(op::call, {turn}).i32(0).put(op::i32_load, {2, 0});
  m.export_as("run", 0, m.function(type, c.put(op::i32_add)));
  c = {};
  for (u32 k = 0; k < 5 + words; ++k) c.i32(7);
  m.export_as("run_wide", 0,
              m.function(type, c.put(op::local_get, {0}).put(op::return_call, {wide})));
  m.elements(static_cast<i32>(place), std::vector<u32>{turn});
  return m.bytes();
}

struct seen_frame {
  const dovetail::vm::instance* instance;
  u32 function;
  friend bool operator==(const seen_frame&, const seen_frame&) = default;
};
using frames = std::vector<seen_frame>;

template <class C>
struct world {
  using rt = dovetail::runtime<C>;
  typename rt::engine engine;
  typename rt::store store{engine};
  dovetail::table_handle table = store.make_table({value_type::funcref, {2}}).value();
  typename rt::instance first = make(0), second = make(1);
  frames seen;
  dovetail::visit_end end = dovetail::visit_end::stopped;

  world() { dovetail::watch_traps(store.data(), &told, this); }
  auto make(u32 place) {
    const auto bytes = one_of_two(place);
    const auto module = engine.compile(testing::as_bytes(bytes)).value();
    dovetail::imports env = {provide("env", "table", table)};
    return store.instantiate(module, env).value();
  }
  static void told(dovetail::vm::store& s, void* self) noexcept {
    auto& w = *static_cast<world*>(self);
    w.seen.clear();
    w.end = dovetail::visit_frames<dovetail::x64>(s, [&w](const guest_frame& f) {
      return w.seen.push_back({f.instance, f.function.value}), w.seen.size() < 100;
    });
  }
  trap_code call(const typename rt::instance& i, const char* name, i32 n) {
    return i.template get<i32(i32)>(name).value()(n).error().code;
  }
  seen_frame a(function f) const { return {&first.data(), f}; }
  seen_frame b(function f) const { return {&second.data(), f}; }
};

}  // namespace

TEMPLATE_TEST_CASE("tail calls: one frame is left where a chain leaves its instance", "", checked,
                   guarded) {
  world<TestType> w;
  CHECK(w.call(w.first, "run", 0) == trap_code::unreachable);
  CHECK(w.seen == frames{w.a(turn), w.a(run)});
  CHECK(w.call(w.first, "run", 1) == trap_code::unreachable);
  CHECK(w.seen == frames{w.b(turn), w.a(turn), w.a(run)});
  for (const i32 n : {2, 3, 4, 5, many, many + 1}) {
    CHECK(w.call(w.first, "run", n) == trap_code::unreachable);
    CHECK(w.seen == frames{n % 2 == 0 ? w.a(turn) : w.b(turn), w.a(turn), w.a(run)});
    CHECK(w.end == dovetail::visit_end::complete);
    CHECK(w.store.last_trap().function == turn);
    CHECK(w.call(w.second, "turn", n) == trap_code::unreachable);
    CHECK(w.seen == frames{n % 2 == 0 ? w.b(turn) : w.a(turn), w.b(turn)});
  }
}

TEMPLATE_TEST_CASE("tail calls: one frame is left where a chain first needs more words", "",
                   checked, guarded) {
  world<TestType> w;
  for (const i32 n : {0, 1, many}) {
    CHECK(w.call(w.first, "run_wide", n) == trap_code::unreachable);
    CHECK(w.seen == frames{w.a(wide), w.a(run_wide)});
  }
}

TEST_CASE("tail calls: a landmark is not an instruction that anything else emits") {
  // Alignment, the only other instruction of its kind, has no displacement.
  std::uint8_t buffer[64] = {};
  for (u32 from = 0; from < 16; ++from) {
    dovetail::x64_jit::encoder a(buffer);
    a.rewind(from);
    a.align(16);
    for (u32 at = from; at + 8 <= 16; ++at) {
      if (a.word(at) == 0x0084'1f0f) CHECK(a.word(at + 4) == 0);
    }
  }
}

}  // namespace unit_x64_tail_calls
