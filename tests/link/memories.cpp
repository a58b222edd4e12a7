// Further memories and 64-bit ones, each accessed as suits it: bounds, lengths and growth; and that
// code meets only the memories it was made for (rule 2.23).
#include "guest.hpp"
#include "support/writer.hpp"

namespace linking {

namespace {

using dovetail::op;
using testing::code;

constexpr u64 most = ~u64{0};
constexpr i64 wide = i64{1} << 32;

// A load and a store of each memory at an address with an offset; both memories have one page. The
// number of the memory of 64 bits is `number`.
std::vector<std::uint8_t> accesses(std::uint32_t number, u64 offset) {
  testing::module_writer m;
  m.memory(1, 1, number == 0);
  m.memory(1, 1, number == 1);
  const std::uint32_t load = m.type({value_type::i64}, {value_type::i32});
  const std::uint32_t store = m.type({value_type::i64, value_type::i32}, {});
  code loads, stores;
  loads.put(op::local_get, {0}).put(op::i32_load, {64 | 2, number, offset});
  stores.put(op::local_get, {0}).put(op::local_get, {1});
  stores.put(op::i32_store, {64 | 2, number, offset});
  m.export_as("load", 0, m.function(load, loads));
  m.export_as("store", 0, m.function(store, stores));
  m.export_as("m", 2, number);
  return m.bytes();
}

constexpr std::string_view copies = R"wat((module
    (memory $narrow (export "narrow") 1)
    (memory $wide (export "wide") i64 1)
    (data (memory $narrow) (i32.const 0) "narrow")
    (data (memory $wide) (i64.const 0) "wide")
    (data $segment "segment")
    (func (export "to wide") (param i64 i32 i32)
      (memory.copy $wide $narrow (local.get 0) (local.get 1) (local.get 2)))
    (func (export "to narrow") (param i32 i64 i32)
      (memory.copy $narrow $wide (local.get 0) (local.get 1) (local.get 2)))
    (func (export "within wide") (param i64 i64 i64)
      (memory.copy $wide $wide (local.get 0) (local.get 1) (local.get 2)))
    (func (export "fill") (param i64 i32 i64)
      (memory.fill $wide (local.get 0) (local.get 1) (local.get 2)))
    (func (export "init") (param i64 i32 i32)
      (memory.init $wide $segment (local.get 0) (local.get 1) (local.get 2)))
    (func (export "size") (result i64) (memory.size $wide))
    (func (export "grow") (param i64) (result i64) (memory.grow $wide (local.get 0)))
    ;; The vector behind address a is doubled, from one memory to the other and back.
    (func (export "double") (param $a i64)
      (v128.store $narrow offset=32 (i32.wrap_i64 (local.get $a))
        (i32x4.add (v128.load $wide (local.get $a)) (v128.load $wide (local.get $a))))
      (v128.store $wide (local.get $a)
        (v128.load32_lane $narrow offset=32 3 (i32.wrap_i64 (local.get $a))
          (v128.load $narrow offset=32 (i32.wrap_i64 (local.get $a)))))
      (v128.store64_lane $wide offset=16 0 (local.get $a)
        (v128.load32_splat $wide (local.get $a))))))wat";

// What lies in a memory, as text.
std::string text(const memory_view& m, u64 at, std::size_t count) {
  std::string out;
  for (u64 i = 0; i < count; ++i) out += read<char>(m, at + i);
  return out;
}

template <class Store, class Module>
concept instantiates = requires(Store& store, const Module& module) {
  store.instantiate(module);
};
template <class Of, class In>
inline constexpr bool code_goes_into =
    instantiates<typename dovetail::runtime<In>::store, typename dovetail::runtime<Of>::module>;
static_assert(code_goes_into<checked, checked> && code_goes_into<guarded, guarded>);
static_assert(!code_goes_into<checked, guarded> && !code_goes_into<guarded, checked>);

// Loads from an imported memory of each kind.
constexpr std::string_view loads = R"wat((module
    (import "in" "narrow" (memory $narrow 1))
    (import "in" "wide" (memory $wide i64 1))
    (func (export "narrow") (param i32) (result i32) (i32.load $narrow (local.get 0)))
    (func (export "wide") (param i64) (result i32) (i32.load $wide (local.get 0)))))wat";

}  // namespace

TEMPLATE_TEST_CASE("rule 2.23, L47: a memory of another configuration's store is refused", "",
                   checked, guarded) {
  using other = std::conditional_t<TestType::memory::is_guarded, checked, guarded>;
  world<TestType> w;
  world<other> elsewhere;
  const auto owner = elsewhere.instantiate(R"wat((module
      (memory (export "m") 1)
      (func (export "size") (result i32) memory.size)))wat");
  constexpr std::string_view user = R"wat((module (import "in" "m" (memory 1))))wat";
  imports made_by_guest = {provide("in", "m", exported<memory_view>(owner, "m"))};
  CHECK(w.refuse(user, made_by_guest).code == status::wrong_store);
  imports made_by_host = {provide("in", "m", need(elsewhere.store.make_memory({{1}})))};
  CHECK(w.refuse(user, made_by_host).code == status::wrong_store);
  // Nor does code bring its memory along.
  imports code = {provide("in", "f", exported<function_handle>(owner, "size"))};
  CHECK(w.refuse(R"wat((module (import "in" "f" (func (result i32)))))wat", code).code ==
        status::wrong_store);
}

TEMPLATE_TEST_CASE("rule 2.23: whoever made a memory, its importers' accesses are bounded by it",
                   "", latest, latest_guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "narrow") 1) (memory (export "wide") i64 1)))wat");
  const auto small_one = need(w.store.make_memory({{1, 2}}));
  const auto wide_one = need(w.store.make_memory({{1, 2}, true}));
  imports by_guest = {provide("in", "narrow", exported<memory_view>(owner, "narrow")),
                      provide("in", "wide", exported<memory_view>(owner, "wide"))};
  imports by_host = {provide("in", "narrow", small_one), provide("in", "wide", wide_one)};
  imports exchanged = {provide("in", "narrow", wide_one), provide("in", "wide", small_one)};
  CHECK(w.refuse(loads, exchanged).code == status::incompatible_import);
  const auto uses = [&](auto& in) {
    const auto user = w.instantiate(loads, in);
    for (const i32 address : {65533, 65536, 0x7fff'ffff, -4, -1}) {
      CHECK(trap_of<i32(i32)>(user, "narrow", address) == trap_code::memory_out_of_bounds);
    }
    for (const i64 address : {i64{65533}, i64{65536}, wide, -wide, i64{-4}}) {
      CHECK(trap_of<i32(i64)>(user, "wide", address) == trap_code::memory_out_of_bounds);
    }
    CHECK(call<i32(i32)>(user, "narrow", 65532) == 0);
    CHECK(call<i32(i64)>(user, "wide", 65532) == 0);
  };
  uses(by_guest);
  uses(by_host);
}

TEMPLATE_TEST_CASE("memory64: addresses and offsets of 64 bits do not wrap around", "", latest,
                   latest_guarded) {
  for (const std::uint32_t number : {0u, 1u}) {
    for (const u64 offset : {u64{0}, u64{8}, u64{65532}, u64{65533}, u64{1} << 32, u64{1} << 63,
                             most - 65535, most - 3, most}) {
      world<TestType> w;
      const auto bytes = accesses(number, offset);
      const auto guest = need(w.store.instantiate(w.compile(testing::as_bytes(bytes))));
      const auto view = exported<memory_view>(guest, "m");
      for (const u64 address : {u64{0}, u64{65524}, u64{65532}, u64{65533}, u64{65536},
                                u64{1} << 32, (u64{1} << 32) + 4, u64{1} << 63, most - 65535,
                                most - 3, most, 0 - offset, 4 - offset}) {
        INFO("memory " << number << ", address " << address << ", offset " << offset);
        const bool fits = address <= 65532 && offset <= 65532 && address + offset <= 65532;
        const auto a = static_cast<i64>(address);
        if (fits) {
          need(exported<void(i64, i32)>(guest, "store")(a, 77));
          CHECK(read<i32>(view, address + offset) == 77);
          CHECK(call<i32(i64)>(guest, "load", a) == 77);
        } else {
          CHECK((trap_of<void(i64, i32)>(guest, "store", a, 77)) ==
                trap_code::memory_out_of_bounds);
          CHECK(trap_of<i32(i64)>(guest, "load", a) == trap_code::memory_out_of_bounds);
        }
      }
    }
  }
}

TEMPLATE_TEST_CASE("memory64: bulk operators between memories of both kinds", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(copies);
  const auto narrow = exported<memory_view>(guest, "narrow");
  const auto large = exported<memory_view>(guest, "wide");
  constexpr trap_code out = trap_code::memory_out_of_bounds;
  need(exported<void(i64, i32, i32)>(guest, "to wide")(100, 0, 6));
  CHECK(text(large, 100, 6) == "narrow");
  need(exported<void(i32, i64, i32)>(guest, "to narrow")(200, 0, 4));
  CHECK(text(narrow, 200, 4) == "wide");
  need(exported<void(i64, i64, i64)>(guest, "within wide")(101, 100, 6));
  CHECK(text(large, 100, 7) == "nnarrow");
  need(exported<void(i64, i32, i64)>(guest, "fill")(65530, 'x', 6));
  CHECK(text(large, 65530, 6) == "xxxxxx");
  need(exported<void(i64, i32, i32)>(guest, "init")(300, 1, 6));
  CHECK(text(large, 300, 6) == "egment");
  // A whole 64-bit operand counts, also that of an empty range, which may lie at the end.
  CHECK((trap_of<void(i64, i32, i32)>(guest, "to wide", wide, 0, 6)) == out);
  CHECK((trap_of<void(i64, i32, i32)>(guest, "to wide", wide, 0, 0)) == out);
  CHECK((trap_of<void(i64, i32, i32)>(guest, "to wide", 0, 0, -1)) == out);
  CHECK((trap_of<void(i32, i64, i32)>(guest, "to narrow", 0, wide, 4)) == out);
  CHECK((trap_of<void(i32, i64, i32)>(guest, "to narrow", 65535, 0, 4)) == out);
  CHECK((trap_of<void(i64, i64, i64)>(guest, "within wide", 0, 0, wide)) == out);
  CHECK((trap_of<void(i64, i64, i64)>(guest, "within wide", 16, 8, -8)) == out);
  CHECK((trap_of<void(i64, i32, i64)>(guest, "fill", 0, 0, wide)) == out);
  CHECK((trap_of<void(i64, i32, i64)>(guest, "fill", -1, 0, 1)) == out);
  CHECK((trap_of<void(i64, i32, i32)>(guest, "init", wide, 0, 1)) == out);
  CHECK((trap_of<void(i64, i32, i32)>(guest, "init", 0, 0, 8)) == out);
  need(exported<void(i64, i32, i32)>(guest, "to wide")(65536, 65536, 0));
  need(exported<void(i32, i64, i32)>(guest, "to narrow")(65536, 65536, 0));
  CHECK(text(large, 0, 4) == "wide");
}

TEMPLATE_TEST_CASE("memory64: size and growth are 64-bit, and what moves is found", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(copies);
  CHECK(call<i64()>(guest, "size") == 1);
  CHECK(call<i64(i64)>(guest, "grow", wide) == -1);
  CHECK(call<i64(i64)>(guest, "grow", -1) == -1);
  for (i64 pages = 1; pages < 40; pages += 3) CHECK(call<i64(i64)>(guest, "grow", 3) == pages);
  CHECK(call<i64()>(guest, "size") == 40);
  need(exported<void(i64, i32, i64)>(guest, "fill")(40 * 65536 - 4, 'y', 4));
  CHECK(text(exported<memory_view>(guest, "wide"), 40 * 65536 - 4, 4) == "yyyy");
  CHECK(text(exported<memory_view>(guest, "wide"), 0, 4) == "wide");
}

TEMPLATE_TEST_CASE("multi-memory: vectors and their lanes in every memory", "", latest,
                   latest_guarded) {
  world<TestType> w;
  const auto guest = w.instantiate(copies);
  const auto narrow = exported<memory_view>(guest, "narrow");
  const auto large = exported<memory_view>(guest, "wide");
  for (i32 i = 0; i < 4; ++i) CHECK_FALSE(large.write(static_cast<u64>(64 + 4 * i), i + 1));
  need(exported<void(i64)>(guest, "double")(64));
  for (i32 i = 0; i < 4; ++i) CHECK(read<i32>(narrow, static_cast<u64>(96 + 4 * i)) == 2 * i + 2);
  for (i32 i = 0; i < 3; ++i) CHECK(read<i32>(large, static_cast<u64>(64 + 4 * i)) == 2 * i + 2);
  CHECK(read<i32>(large, 76) == 2);
  CHECK(read<i64>(large, 80) == (i64{2} << 32 | 2));
  CHECK(trap_of<void(i64)>(guest, "double", 65521) == trap_code::memory_out_of_bounds);
  CHECK(trap_of<void(i64)>(guest, "double", wide) == trap_code::memory_out_of_bounds);
  // The first store ends one byte behind the other memory.
  CHECK(trap_of<void(i64)>(guest, "double", 65489) == trap_code::memory_out_of_bounds);
}

TEMPLATE_TEST_CASE("multi-memory: one memory is first for one instance and second for another", "",
                   latest, latest_guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(R"wat((module
      (memory (export "m") 1)
      (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "grow") (result i32) (memory.grow (i32.const 1)))))wat");
  imports env = {provide("env", "m", exported<memory_view>(owner, "m")),
                 provide("env", "load", exported<function_handle>(owner, "load")),
                 provide("env", "grow", exported<function_handle>(owner, "grow"))};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "m" (memory $theirs 1))
      (import "env" "load" (func $load (param i32) (result i32)))
      (import "env" "grow" (func $grow (result i32)))
      (memory $own 1)
      (func (export "f") (param i32) (result i32)
        (i32.store $own (local.get 0) (i32.const 100))
        (i32.store $theirs (local.get 0) (i32.const 11))
        (i32.sub
          (i32.add (i32.load $own (local.get 0)) (call $load (local.get 0)))
          (i32.load $theirs (local.get 0))))
      (func (export "grow") (result i32)
        (drop (call $grow))
        (i32.store $theirs offset=0x10000 (i32.const 0) (i32.const 5))
        (i32.load $theirs (i32.const 0x10000)))
      (func (export "past own") (result i32) (i32.load $own (i32.const 0x10000)))))wat",
                                   env);
  CHECK(call<i32(i32)>(guest, "f", 8) == 100);
  CHECK(call<i32()>(guest, "grow") == 5);
  CHECK(trap_of<i32()>(guest, "past own") == trap_code::memory_out_of_bounds);
  CHECK(trap_of<i32(i32)>(guest, "f", 65533) == trap_code::memory_out_of_bounds);
}

}  // namespace linking
