// C++ at the boundary, in running guests: contracts, variables of the host as globals, structs in
// memory, references to host objects, on both backends. controls_everywhere.cpp has less of each
// under every memory policy.
#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/embed.hpp>
#include <dovetail/guest_types.hpp>
#include <dovetail/host_global.hpp>
#include <dovetail/host_objects.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstdint>
#include <span>

#include "support/catch.hpp"
#include "support/configurations.hpp"

namespace {

using namespace dovetail;

using testing::config;

// Runs `body<runtime>()` of every configuration.
template <class Body>
void in_every_runtime(Body body) {
  body(runtime<config<interpreter, checked_memory>>{});
#ifdef DOVETAIL_WITH_X64
  body(runtime<config<x64, checked_memory>>{});
  body(runtime<config<x64, guarded_memory>>{});
#endif
}

// clang-format off
// (module
//   (import "env" "gravity" (global $gravity (mut f64)))
//   (import "env" "level" (global $level i32))
//   (global $copy (export "copy") i32 (global.get $level))
//   (func (export "fall") (param f64) (result f64)
//     (f64.mul (global.get $gravity) (local.get 0)))
//   (func (export "scale") (param f64) (result f64)
//     (local $n i32)
//     (loop $again
//       (global.set $gravity (f64.add (global.get $gravity) (local.get 0)))
//       (local.set $n (i32.add (local.get $n) (i32.const 1)))
//       (br_if $again (i32.lt_s (local.get $n) (global.get $level))))
//     (global.get $gravity)))
constexpr std::uint8_t falling[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7c, 0x01,
    0x7c, 0x02, 0x1d, 0x02, 0x03, 0x65, 0x6e, 0x76, 0x07, 0x67, 0x72, 0x61, 0x76, 0x69, 0x74,
    0x79, 0x03, 0x7c, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x6c, 0x65, 0x76, 0x65, 0x6c, 0x03,
    0x7f, 0x00, 0x03, 0x03, 0x02, 0x00, 0x00, 0x06, 0x06, 0x01, 0x7f, 0x00, 0x23, 0x01, 0x0b,
    0x07, 0x17, 0x03, 0x04, 0x63, 0x6f, 0x70, 0x79, 0x03, 0x02, 0x04, 0x66, 0x61, 0x6c, 0x6c,
    0x00, 0x00, 0x05, 0x73, 0x63, 0x61, 0x6c, 0x65, 0x00, 0x01, 0x0a, 0x28, 0x02, 0x07, 0x00,
    0x23, 0x00, 0x20, 0x00, 0xa2, 0x0b, 0x1e, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x23, 0x00, 0x20,
    0x00, 0xa0, 0x24, 0x00, 0x20, 0x01, 0x41, 0x01, 0x6a, 0x21, 0x01, 0x20, 0x01, 0x23, 0x01,
    0x48, 0x0d, 0x00, 0x0b, 0x23, 0x00, 0x0b,
};
// clang-format on
using falling_contract = module_contract<
    exports<exported<"fall", double(double)>, exported<"scale", double(double)>,
            exported<"copy", read_only<int>>>,
    imports<imported<"env", "gravity", global<double>>, imported<"env", "level", read_only<int>>>>;

// A guest's array of particles, a texts' pointer and size first; the guest grows its memory
// between.
// clang-format off
// (module
//   (import "env" "emit" (func $emit (param i32 i32)))
//   (memory (export "memory") 1)
//   (data (i32.const 64) "\00\01\00\00" "\05\00\00\00")
//   (data (i32.const 256) "spark")
//   (func (export "run") (result f32)
//     (f32.store (i32.const 72) (f32.const 1.5))
//     (i32.store (i32.const 76) (i32.const 7))
//     (f32.store (i32.const 80) (f32.const 2.5))
//     (call $emit (i32.const 64) (i32.const 2))
//     (f32.load (i32.const 80)))
//   (func (export "colour_of") (param i32) (result i32) (i32.load offset=4 (local.get 0)))
//   (func (export "where") (result i32) (i32.const 72))
//   (func (export "grow") (drop (memory.grow (i32.const 1)))))
constexpr std::uint8_t particles[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x16, 0x05, 0x60, 0x02, 0x7f, 0x7f,
    0x00, 0x60, 0x00, 0x01, 0x7d, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x60, 0x00, 0x01, 0x7f, 0x60,
    0x00, 0x00, 0x02, 0x0c, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x04, 0x65, 0x6d, 0x69, 0x74, 0x00,
    0x00, 0x03, 0x05, 0x04, 0x01, 0x02, 0x03, 0x04, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x2b,
    0x05, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x03, 0x72, 0x75, 0x6e, 0x00,
    0x01, 0x09, 0x63, 0x6f, 0x6c, 0x6f, 0x75, 0x72, 0x5f, 0x6f, 0x66, 0x00, 0x02, 0x05, 0x77,
    0x68, 0x65, 0x72, 0x65, 0x00, 0x03, 0x04, 0x67, 0x72, 0x6f, 0x77, 0x00, 0x04, 0x0a, 0x45,
    0x04, 0x2d, 0x00, 0x41, 0xc8, 0x00, 0x43, 0x00, 0x00, 0xc0, 0x3f, 0x38, 0x02, 0x00, 0x41,
    0xcc, 0x00, 0x41, 0x07, 0x36, 0x02, 0x00, 0x41, 0xd0, 0x00, 0x43, 0x00, 0x00, 0x20, 0x40,
    0x38, 0x02, 0x00, 0x41, 0xc0, 0x00, 0x41, 0x02, 0x10, 0x00, 0x41, 0xd0, 0x00, 0x2a, 0x02,
    0x00, 0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x04, 0x0b, 0x05, 0x00, 0x41, 0xc8, 0x00,
    0x0b, 0x07, 0x00, 0x41, 0x01, 0x40, 0x00, 0x1a, 0x0b, 0x0b, 0x1a, 0x02, 0x00, 0x41, 0xc0,
    0x00, 0x0b, 0x08, 0x00, 0x01, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x41, 0x80, 0x02,
    0x0b, 0x05, 0x73, 0x70, 0x61, 0x72, 0x6b,
};

// A guest that keeps a reference and hands it back, with others that it was never given.
// (module
//   (import "env" "damage" (func $damage (param externref i32) (result i32)))
//   (import "env" "play" (func $play (param externref)))
//   (table $kept 4 externref)
//   (func (export "keep") (param i32 externref)
//     (table.set $kept (local.get 0) (local.get 1)))
//   (func (export "damage") (param i32 i32) (result i32)
//     (call $damage (table.get $kept (local.get 0)) (local.get 1)))
//   (func (export "play") (param i32) (call $play (table.get $kept (local.get 0)))))
constexpr std::uint8_t keeper[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x1a, 0x05, 0x60, 0x02, 0x6f, 0x7f,
    0x01, 0x7f, 0x60, 0x01, 0x6f, 0x00, 0x60, 0x02, 0x7f, 0x6f, 0x00, 0x60, 0x02, 0x7f, 0x7f,
    0x01, 0x7f, 0x60, 0x01, 0x7f, 0x00, 0x02, 0x19, 0x02, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x64,
    0x61, 0x6d, 0x61, 0x67, 0x65, 0x00, 0x00, 0x03, 0x65, 0x6e, 0x76, 0x04, 0x70, 0x6c, 0x61,
    0x79, 0x00, 0x01, 0x03, 0x04, 0x03, 0x02, 0x03, 0x04, 0x04, 0x04, 0x01, 0x6f, 0x00, 0x04,
    0x07, 0x18, 0x03, 0x04, 0x6b, 0x65, 0x65, 0x70, 0x00, 0x02, 0x06, 0x64, 0x61, 0x6d, 0x61,
    0x67, 0x65, 0x00, 0x03, 0x04, 0x70, 0x6c, 0x61, 0x79, 0x00, 0x04, 0x0a, 0x1e, 0x03, 0x08,
    0x00, 0x20, 0x00, 0x20, 0x01, 0x26, 0x00, 0x0b, 0x0a, 0x00, 0x20, 0x00, 0x25, 0x00, 0x20,
    0x01, 0x10, 0x00, 0x0b, 0x08, 0x00, 0x20, 0x00, 0x25, 0x00, 0x10, 0x01, 0x0b,
};
// clang-format on
struct particle {
  float speed;
  std::int32_t colour;
};
struct emission {
  guest_span<const char> name;
  particle parts[2];
};
using keeper_module =
    embed<keeper,
          module_contract<exports<exported<"keep", void(int, externref)>,
                                  exported<"damage", int(int, int)>, exported<"play", void(int)>>,
                          imports<imported<"env", "damage", int(externref, int)>,
                                  imported<"env", "play", void(externref)>>>>;

struct entity {
  int hit_points = 100;
  int damage(int amount) { return hit_points -= amount; }
};
struct sound {
  mutable int played = 0;
  trap play(caller&) const { return ++played, trap{}; }
};

}  // namespace

TEST_CASE("boundary: guests read and write a variable of the host, from two stores in turn") {
  in_every_runtime([]<class Runtime>(Runtime) {
    typename Runtime::engine engine;
    const auto code = engine.compile(std::as_bytes(std::span(falling)));
    REQUIRE(code.has_value());
    const auto accepted = falling_contract::accept(*code);
    REQUIRE(accepted.has_value());
    host_global<double> gravity = 9.5;
    host_global<const int> level = 4;
    imports env = {bind("env", "gravity", gravity), bind("env", "level", level)};
    typename Runtime::store one(engine), two(engine);
    const auto first = accepted->instantiate(one, env);
    const auto second = accepted->instantiate(two, env);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    const auto fall = first->template get<"fall">();
    const auto scale = second->template get<"scale">();
    const int copied = first->template get<"copy">();
    CHECK(copied == 4);
    CHECK(fall(2.0).value_or(0) == 19.0);
    gravity = 1.5;
    CHECK(fall(2.0).value_or(0) == 3.0);
    CHECK(scale(0.25).value_or(0) == 2.5);
    CHECK(gravity == 2.5);
    CHECK(fall(2.0).value_or(0) == 5.0);
  });
}

TEST_CASE("boundary: host functions see structs, arrays and texts, and views outlive growth") {
  in_every_runtime([]<class Runtime>(Runtime) {
    typename Runtime::engine engine;
    const auto code = engine.compile(std::as_bytes(std::span(particles)));
    REQUIRE(code.has_value());
    typename Runtime::store store(engine);
    int colour = 0, refused = 0;
    guest_view<particle> kept;
    const auto emit = [&](caller& from, guest_pointer<const emission> at, int count) -> trap {
      const typed_memory memory = from.memory();
      const auto all = memory.read(at);
      if (!all) return ++refused, all.error();
      const auto name = memory.string(all->name);
      if (!name || *name != "spark") return ++refused, trap::host(1);
      const auto view =
          memory.view(guest_pointer<particle>{at.address + 8}, static_cast<std::uint32_t>(count));
      if (!view) return ++refused, view.error();
      colour = all->parts[0].colour;
      kept = *view;
      particle second = kept[1];
      second.speed *= 2.0f;
      kept.set(1, second);
      return {};
    };
    imports env = {bind("env", "emit", emit)};
    const auto made = store.instantiate(*code, env);
    REQUIRE(made.has_value());
    const auto run = made->template get<float()>("run").value();
    const auto grow = made->template get<void()>("grow").value();
    CHECK(run().value_or(0) == 5.0f);
    CHECK(colour == 7);
    CHECK(kept.size() == 2);
    for (int i = 0; i < 20; ++i) REQUIRE(grow().has_value());
    CHECK(kept[0].speed == 1.5f);
    CHECK(kept[1].speed == 5.0f);
    CHECK(refused == 0);
    // Pointers are arguments and results of guests too.
    using pointer = guest_pointer<const particle>;
    const auto where = made->template get<pointer()>("where").value();
    const auto colour_of = made->template get<int(pointer)>("colour_of").value();
    CHECK(where()->address == 72);
    CHECK(colour_of(*where()).value_or(0) == 7);
  });
}

TEST_CASE("boundary: guests hand back references to host objects, good ones and others") {
  in_every_runtime([]<class Runtime>(Runtime) {
    typename Runtime::engine engine;
    host_objects<entity, const sound> objects(engine.memory());
    const auto code = keeper_module::compile(engine);
    REQUIRE(code.has_value());
    typename Runtime::store store(engine);
    imports env = {bind<&entity::damage>("env", "damage", objects),
                   bind<&sound::play>("env", "play", objects)};
    const auto made = code->instantiate(store, env);
    REQUIRE(made.has_value());
    const auto keep = made->template get<"keep">();
    const auto damage = made->template get<"damage">();
    const auto play = made->template get<"play">();

    entity orc, elf;
    const sound bell;
    const auto orcs = objects.add(orc), bells = objects.add(bell);
    REQUIRE(keep(0, *orcs).has_value());
    REQUIRE(keep(1, *bells).has_value());
    CHECK(damage(0, 30).value_or(0) == 70);
    CHECK(damage(0, 30).value_or(0) == 40);
    CHECK(play(1).has_value());
    CHECK(bell.played == 1);
    // The wrong way around, and null.
    CHECK(damage(1, 1).error().code == trap_code::reference_type_mismatch);
    CHECK(play(0).error().code == trap_code::reference_type_mismatch);
    CHECK(damage(2, 1).error().code == trap_code::stale_reference);
    // The orc dies; an elf takes its place in the table, not its name.
    CHECK(objects.remove(*orcs));
    const auto elves = objects.add(elf);
    REQUIRE(elves.has_value());
    CHECK(damage(0, 1).error().code == trap_code::stale_reference);
    CHECK(store.last_trap().code == trap_code::stale_reference);
    CHECK(elf.hit_points == 100);
    CHECK(orc.hit_points == 40);
    REQUIRE(keep(3, *elves).has_value());
    CHECK(damage(3, 1).value_or(0) == 99);
    // An address is no reference.
    REQUIRE(keep(2, externref{&elf}).has_value());
    CHECK(damage(2, 1).error().code == trap_code::stale_reference);
  });
}
