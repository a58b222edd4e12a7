// Two configurations in one program: mods with full validation, checked memory and fuel, and
// gameplay code that is trusted, in guarded memory, without fuel. They exchange data through the
// host, call each other through it, and what belongs to one is refused by the other.
#include <concepts>
#include <cstdint>
#include <span>
#include <utility>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include "support/catch.hpp"

namespace {

using dovetail::bind;
using dovetail::caller;
using dovetail::imports;
using dovetail::memory_view;
using dovetail::provide;
using dovetail::result;
using dovetail::status;
using dovetail::trap;
using dovetail::trap_code;

struct mods : dovetail::defaults {
  using backend = dovetail::fuel<dovetail::interpreter>;
  using validator = dovetail::full_validation;
  using memory = dovetail::checked_memory;
  static constexpr dovetail::limits limit{.memory_pages = 4};
};
struct gameplay : dovetail::defaults {
  using backend = dovetail::interpreter;
  using validator = dovetail::trusted;
  // Where there are no guard pages the rest of this test still holds.
  using memory = std::conditional_t<dovetail::platform::is_64_bit && dovetail::platform::can_land,
                                    dovetail::guarded_memory, dovetail::checked_memory>;
};
using of_mods = dovetail::runtime<mods>;
using of_gameplay = dovetail::runtime<gameplay>;

// What the compiler refuses to mix: stores and engines, modules, linkers.
template <class Store, class Module>
concept can_instantiate = requires(Store& store, const Module& module) {
  store.instantiate(module);
};
static_assert(can_instantiate<of_mods::store, of_mods::module>);
static_assert(can_instantiate<of_gameplay::store, of_gameplay::module>);
static_assert(!can_instantiate<of_mods::store, of_gameplay::module>);
static_assert(!can_instantiate<of_gameplay::store, of_mods::module>);
static_assert(!std::constructible_from<of_mods::store, of_gameplay::engine&>);
static_assert(!std::constructible_from<of_gameplay::linker, of_mods::engine&>);
static_assert(!std::same_as<of_mods::instance, of_gameplay::instance>);
static_assert(!std::convertible_to<of_mods::module, of_gameplay::module>);
static_assert(!std::convertible_to<of_mods::instance, of_gameplay::instance>);

// Hit points in memory, 8 bytes each; reading below zero or behind the memory is its affair.
// (module
//   (import "host" "score" (func $score (param i32)))
//   (memory (export "memory") 1 2)
//   (global (export "level") (mut i32) (i32.const 3))
//   (table (export "table") 2 funcref)
//   (func (export "hit") (param $who i32) (param $points i64)
//     (i64.store (i32.shl (local.get $who) (i32.const 3))
//       (i64.sub (i64.load (i32.shl (local.get $who) (i32.const 3))) (local.get $points)))
//     (call $score (i32.wrap_i64 (local.get $points))))
//   (func (export "peek") (param $at i32) (result i32) (i32.load (local.get $at))))
constexpr unsigned char gameplay_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0f, 0x03, 0x60, 0x01, 0x7f, 0x00,
    0x60, 0x02, 0x7f, 0x7e, 0x00, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0e, 0x01, 0x04, 0x68,
    0x6f, 0x73, 0x74, 0x05, 0x73, 0x63, 0x6f, 0x72, 0x65, 0x00, 0x00, 0x03, 0x03, 0x02, 0x01,
    0x02, 0x04, 0x04, 0x01, 0x70, 0x00, 0x02, 0x05, 0x04, 0x01, 0x01, 0x01, 0x02, 0x06, 0x06,
    0x01, 0x7f, 0x01, 0x41, 0x03, 0x0b, 0x07, 0x27, 0x05, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72,
    0x79, 0x02, 0x00, 0x05, 0x6c, 0x65, 0x76, 0x65, 0x6c, 0x03, 0x00, 0x05, 0x74, 0x61, 0x62,
    0x6c, 0x65, 0x01, 0x00, 0x03, 0x68, 0x69, 0x74, 0x00, 0x01, 0x04, 0x70, 0x65, 0x65, 0x6b,
    0x00, 0x02, 0x0a, 0x24, 0x02, 0x1a, 0x00, 0x20, 0x00, 0x41, 0x03, 0x74, 0x20, 0x00, 0x41,
    0x03, 0x74, 0x29, 0x03, 0x00, 0x20, 0x01, 0x7d, 0x37, 0x03, 0x00, 0x20, 0x01, 0xa7, 0x10,
    0x00, 0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b,
};

// (module
//   (import "host" "hit" (func $hit (param i32 i64)))
//   (import "host" "peek" (func $peek (param i32) (result i32)))
//   (memory (export "memory") 1)
//   (func (export "attack") (param $who i32) (result i32)
//     (call $hit (local.get $who) (i64.const 10))
//     (i32.store (i32.const 16) (call $peek (i32.shl (local.get $who) (i32.const 3))))
//     (i32.load (i32.const 16)))
//   (func (export "peek") (param $at i32) (result i32) (i32.load (local.get $at)))
//   (func (export "spy") (param $at i32) (result i32) (call $peek (local.get $at)))
//   (func (export "spin") (loop (br 0))))
constexpr unsigned char mod_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0e, 0x03, 0x60, 0x02, 0x7f, 0x7e, 0x00,
    0x60, 0x01, 0x7f, 0x01, 0x7f, 0x60, 0x00, 0x00, 0x02, 0x18, 0x02, 0x04, 0x68, 0x6f, 0x73, 0x74,
    0x03, 0x68, 0x69, 0x74, 0x00, 0x00, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x70, 0x65, 0x65, 0x6b,
    0x00, 0x01, 0x03, 0x05, 0x04, 0x01, 0x01, 0x01, 0x02, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x27,
    0x05, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x06, 0x61, 0x74, 0x74, 0x61, 0x63,
    0x6b, 0x00, 0x02, 0x04, 0x70, 0x65, 0x65, 0x6b, 0x00, 0x03, 0x03, 0x73, 0x70, 0x79, 0x00, 0x04,
    0x04, 0x73, 0x70, 0x69, 0x6e, 0x00, 0x05, 0x0a, 0x32, 0x04, 0x19, 0x00, 0x20, 0x00, 0x42, 0x0a,
    0x10, 0x00, 0x41, 0x10, 0x20, 0x00, 0x41, 0x03, 0x74, 0x10, 0x01, 0x36, 0x02, 0x00, 0x41, 0x10,
    0x28, 0x02, 0x00, 0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b, 0x06, 0x00, 0x20, 0x00,
    0x10, 0x01, 0x0b, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b,
};

// A body that leaves an i64 where an i32 is wanted. No assembler takes it.
constexpr unsigned char wrong_bytes[] = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01,
                                         0x05, 0x01, 0x60, 0x00, 0x01, 0x7f, 0x03, 0x02, 0x01,
                                         0x00, 0x0a, 0x06, 0x01, 0x04, 0x00, 0x42, 0x01, 0x0b};

constexpr std::uint64_t plenty = 1'000'000;

template <std::size_t Size>
std::span<const std::byte> bytes_of(const unsigned char (&bytes)[Size]) {
  return std::as_bytes(std::span(bytes));
}

template <class T>
T need(result<T> made) {
  REQUIRE(made.has_value());
  return std::move(*made);
}

// A program with both.
struct game {
  of_gameplay::engine gameplay_engine;
  of_mods::engine mod_engine;
  of_gameplay::store world{gameplay_engine};
  of_mods::store sandbox{mod_engine};
  std::int32_t score = 0;
  trap_code caught = trap_code::none;
  trap (*on_score)(game&) = nullptr;

  of_gameplay::module rules = need(gameplay_engine.compile(bytes_of(gameplay_bytes)));
  of_mods::module mod = need(mod_engine.compile(bytes_of(mod_bytes)));

  of_gameplay::instance rules_instance = make_rules();
  memory_view hit_points = need(rules_instance.get<memory_view>("memory"));
  dovetail::function<void(int, std::int64_t)> hit =
      need(rules_instance.get<void(int, std::int64_t)>("hit"));
  dovetail::function<int(int)> peek = need(rules_instance.get<int(int)>("peek"));

  of_mods::instance mod_instance = make_mod();
  dovetail::function<int(int)> attack = need(mod_instance.get<int(int)>("attack"));
  dovetail::function<int(int)> peek_in_mod = need(mod_instance.get<int(int)>("peek"));
  dovetail::function<int(int)> spy = need(mod_instance.get<int(int)>("spy"));
  dovetail::function<void()> spin = need(mod_instance.get<void()>("spin"));

  game() { sandbox.set_fuel(plenty); }

  of_gameplay::instance make_rules() {
    imports env = {bind("host", "score", [this](std::int32_t points) -> trap {
      score += points;
      return on_score == nullptr ? trap{} : on_score(*this);
    })};
    return need(world.instantiate(rules, env));
  }
  // Whatever happens in the rules, the mod's host functions decide what becomes of it.
  of_mods::instance make_mod() {
    imports env = {bind("host", "hit",
                        [this](std::int32_t who, std::int64_t points) -> trap {
                          return hit(who, points).error();
                        }),
                   bind("host", "peek", [this](std::int32_t at) {
                     const auto found = peek(at);
                     caught = found.error().code;
                     return found.value_or(-1);
                   })};
    return need(sandbox.instantiate(mod, env));
  }
};

}  // namespace

TEST_CASE("policies: two runtimes exchange data through the host") {
  game g;
  REQUIRE_FALSE(g.hit_points.write(8, std::int64_t{100}));
  CHECK(g.attack(1).value_or(0) == 90);
  CHECK(g.attack(1).value_or(0) == 80);
  CHECK(g.score == 20);
  CHECK(g.hit_points.read<std::int64_t>(8).value_or(0) == 80);
  // Bytes from one memory to the other.
  const memory_view of_mod = need(g.mod_instance.get<memory_view>("memory"));
  CHECK(of_mod.read<std::int32_t>(16).value_or(0) == 80);
  REQUIRE_FALSE(of_mod.write(24, g.hit_points.read<std::int64_t>(8).value_or(0) + 5));
  CHECK(g.peek_in_mod(24).value_or(0) == 85);
  // They have different sizes and grow apart.
  CHECK(g.hit_points.grow(1).value_or(99) == 1);
  CHECK(g.hit_points.pages() == 2);
  CHECK(of_mod.pages() == 1);
}

TEST_CASE("policies: each runtime traps by itself") {
  game g;
  // In the guarded memory, below a call of the checked runtime: the host handles it.
  CHECK(g.spy(65'536).value_or(0) == -1);
  CHECK(g.caught == trap_code::memory_out_of_bounds);
  CHECK(g.world.last_trap().code == trap_code::memory_out_of_bounds);
  CHECK(g.spy(0).value_or(9) == 0);
  CHECK(g.caught == trap_code::none);
  // In the checked memory.
  CHECK(g.peek_in_mod(65'533).error().code == trap_code::memory_out_of_bounds);
  CHECK(g.peek_in_mod(65'532).value_or(9) == 0);
  // The host passes a trap of the rules on to the mod.
  CHECK(g.attack(-1).error().code == trap_code::memory_out_of_bounds);
  CHECK(g.sandbox.last_trap().code == trap_code::memory_out_of_bounds);
}

TEST_CASE("policies: guests of both nest, and traps of one go through the other") {
  game g;
  REQUIRE_FALSE(g.hit_points.write(0, std::int64_t{50}));
  // mod -> rules -> mod, which traps, or is told that it did.
  g.on_score = [](game& it) -> trap {
    it.on_score = nullptr;
    return it.peek_in_mod(70'000).error();
  };
  CHECK(g.attack(0).error().code == trap_code::memory_out_of_bounds);
  CHECK(g.hit_points.read<std::int64_t>(0).value_or(0) == 40);
  g.on_score = [](game& it) -> trap {
    it.on_score = nullptr;
    it.caught = it.peek_in_mod(70'000).error().code;
    return {};
  };
  CHECK(g.attack(0).value_or(0) == 30);
  // mod -> rules -> mod -> rules, which faults.
  g.on_score = [](game& it) -> trap {
    it.on_score = nullptr;
    return it.attack(0x1000'0000).error();
  };
  CHECK(g.attack(0).error().code == trap_code::memory_out_of_bounds);
  CHECK(g.peek(0).value_or(0) == 20);
}

TEST_CASE("policies: fuel ends the mods and leaves the gameplay alone") {
  game g;
  g.sandbox.set_fuel(1000);
  CHECK(g.spin().error().code == trap_code::out_of_fuel);
  CHECK(g.sandbox.fuel() == 0);
  CHECK(g.hit(0, 1).has_value());
  g.sandbox.set_fuel(plenty);
  CHECK(g.attack(0).value_or(0) == -11);
  CHECK(g.sandbox.fuel() < plenty);
}

TEST_CASE("policies: the one validates, the other trusts") {
  game g;
  const auto refused = g.mod_engine.compile(bytes_of(wrong_bytes));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == status::type_mismatch);
  // Bytes that the first runtime has validated are what the second may trust.
  REQUIRE(g.mod_engine.validate(bytes_of(gameplay_bytes)));
  CHECK(g.gameplay_engine.compile(bytes_of(gameplay_bytes)));
  // Trust is about types: bytes that are no module are refused all the same.
  CHECK_FALSE(g.gameplay_engine.compile(bytes_of(mod_bytes).first(60)));
}

TEST_CASE("policies: objects of the other runtime are refused") {
  game g;
  const auto refuses = [&](auto&& handle) {
    const auto code = g.mod_engine.compile(bytes_of(mod_bytes));
    imports env = {provide("host", "hit", handle), bind<[](int at) { return at; }>("host", "peek")};
    const auto made = g.sandbox.instantiate(*code, env);
    return made ? status::ok : made.error().code;
  };
  const auto foreign = g.rules_instance.find("hit")->as_function();
  CHECK(refuses(foreign) == status::wrong_store);
  CHECK(refuses(need(g.sandbox.make_function(bind<[](int, std::int64_t) {}>("", "")))) ==
        status::ok);
  // As values, too.
  const dovetail::value f(foreign.reference());
  const auto table = need(g.sandbox.make_table({dovetail::value_type::funcref, {1}}));
  CHECK(table.set(0, f) == status::value_type_mismatch);
  CHECK(g.rules_instance.find("table")->as_table().set(0, f) == status::ok);
}
