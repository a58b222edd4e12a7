// A guest with something for every control, and the configurations that all controls are tested
// under: each backend and memory policy with all of the mixins at once, traps returned and thrown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <type_traits>

#include <dovetail/backtraces.hpp>
#include <dovetail/coverage.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/embed.hpp>
#include <dovetail/host_global.hpp>
#include <dovetail/host_objects.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/gdb_jit.hpp>
#include <dovetail/perf_map.hpp>
#include <dovetail/x64.hpp>
#endif

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace everywhere {

using dovetail::caller, dovetail::externref, dovetail::trap, dovetail::trap_code;
using i32 = std::int32_t;

template <class Backend>
using stopped_at_page =
    dovetail::interruptible<dovetail::refillable_fuel<Backend>, dovetail::interrupt::page>;
template <class Backend>
using polled = dovetail::interruptible<dovetail::refillable_fuel<Backend>>;

template <class Backend, class Memory>
struct with : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
  using allocator = dovetail::callback_allocator;
  static constexpr dovetail::limits limit{.call_depth = 200, .native_stack = 64 << 10};
};
using guarded = std::conditional_t<dovetail::platform::is_64_bit && dovetail::platform::can_land,
                                   dovetail::guarded_memory, dovetail::checked_memory>;

#define EVERYWHERE_WITH(NAME, BACKEND, MEMORY)  \
  struct NAME : with<BACKEND, MEMORY> {         \
    static constexpr bool counts_blocks = true; \
  };
// Counted and stopped the other way.
#ifdef __cpp_exceptions
using thrown_traps = dovetail::traps_thrown;
#else
using thrown_traps = dovetail::traps_returned;
#endif
#define EVERYWHERE_THROWN(NAME, BACKEND)                                                   \
  struct NAME : with<dovetail::backtraces<dovetail::profiled<polled<BACKEND>>>, guarded> { \
    using traps = thrown_traps;                                                            \
    static constexpr bool counts_blocks = false;                                           \
  };

using interpreter = dovetail::backtraces<dovetail::covered<stopped_at_page<dovetail::interpreter>>>;
EVERYWHERE_WITH(interpreter_checked, interpreter, dovetail::checked_memory)
EVERYWHERE_WITH(interpreter_guarded, interpreter, guarded)
EVERYWHERE_WITH(interpreter_unchecked, interpreter, dovetail::unchecked_memory)
#define EVERYWHERE_INTERPRETED                                      \
  everywhere::interpreter_checked, everywhere::interpreter_guarded, \
      everywhere::interpreter_unchecked
EVERYWHERE_THROWN(interpreter_thrown, dovetail::interpreter)

#ifdef DOVETAIL_WITH_X64
using named_x64 = dovetail::perf_map<dovetail::gdb_jit<dovetail::x64>>;
using x64 = dovetail::backtraces<dovetail::covered<stopped_at_page<named_x64>>>;
EVERYWHERE_WITH(x64_checked, x64, dovetail::checked_memory)
EVERYWHERE_WITH(x64_guarded, x64, guarded)
EVERYWHERE_WITH(x64_unchecked, x64, dovetail::unchecked_memory)
EVERYWHERE_THROWN(x64_thrown, named_x64)
#define EVERYWHERE_MACHINE_CODE                                                \
  everywhere::x64_checked, everywhere::x64_guarded, everywhere::x64_unchecked, \
      everywhere::x64_thrown
#define EVERYWHERE EVERYWHERE_INTERPRETED, everywhere::interpreter_thrown, EVERYWHERE_MACHINE_CODE
#else
#define EVERYWHERE EVERYWHERE_INTERPRETED, everywhere::interpreter_thrown
#endif
#undef EVERYWHERE_WITH
#undef EVERYWHERE_THROWN

// clang-format off
// (module
//   (import "env" "hook" (func $hook (param i32) (result i32)))
//   (import "env" "wound" (func $wound (param externref i32) (result i32)))
//   (import "env" "gravity" (global $gravity (mut i32)))
//   (memory (export "memory") 1 4)
//   (table $kept 2 8 externref)
//   (global $calls (export "calls") (mut i32) (i32.const 0))
//   (data (i32.const 16) "\07\00\00\00\09\00\00\00")
//   (func $inner (param i32) (result i32) (call $hook (local.get 0)))
//   (func (export "run") (param i32) (result i32)
//     (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
//     (i32.store (i32.const 0) (local.get 0))
//     (i32.add (call $inner (local.get 0)) (global.get $gravity)))
//   (func (export "sum") (param i32) (result i32)
//     (local i32)
//     (loop $again
//       (local.set 1 (i32.add (local.get 1) (local.get 0)))
//       (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
//     (local.get 1))
//   (func (export "loop") (drop (call $hook (i32.const 0))) (loop $again (br $again)))
//   (func $deep (export "deep") (result i32)
//     (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
//     (i32.add (call $deep) (i32.const 1)))
//   (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
//   (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
//   (func (export "lift") (param i32) (result i32)
//     (global.set $gravity (i32.add (global.get $gravity) (local.get 0)))
//     (global.get $gravity))
//   (func (export "keep") (param externref) (table.set $kept (i32.const 0) (local.get 0)))
//   (func (export "wound") (param i32) (result i32)
//     (call $wound (table.get $kept (i32.const 0)) (local.get 0))))
inline constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x17, 0x05, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x60, 0x02, 0x6f, 0x7f, 0x01, 0x7f, 0x60, 0x00, 0x00, 0x60, 0x00, 0x01, 0x7f, 0x60,
    0x01, 0x6f, 0x00, 0x02, 0x27, 0x03, 0x03, 0x65, 0x6e, 0x76, 0x04, 0x68, 0x6f, 0x6f, 0x6b,
    0x00, 0x00, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x77, 0x6f, 0x75, 0x6e, 0x64, 0x00, 0x01, 0x03,
    0x65, 0x6e, 0x76, 0x07, 0x67, 0x72, 0x61, 0x76, 0x69, 0x74, 0x79, 0x03, 0x7f, 0x01, 0x03,
    0x0b, 0x0a, 0x00, 0x00, 0x00, 0x02, 0x03, 0x00, 0x00, 0x00, 0x04, 0x00, 0x04, 0x05, 0x01,
    0x6f, 0x01, 0x02, 0x08, 0x05, 0x04, 0x01, 0x01, 0x01, 0x04, 0x06, 0x06, 0x01, 0x7f, 0x01,
    0x41, 0x00, 0x0b, 0x07, 0x50, 0x0b, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00,
    0x05, 0x63, 0x61, 0x6c, 0x6c, 0x73, 0x03, 0x01, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x03, 0x03,
    0x73, 0x75, 0x6d, 0x00, 0x04, 0x04, 0x6c, 0x6f, 0x6f, 0x70, 0x00, 0x05, 0x04, 0x64, 0x65,
    0x65, 0x70, 0x00, 0x06, 0x04, 0x67, 0x72, 0x6f, 0x77, 0x00, 0x07, 0x04, 0x6c, 0x6f, 0x61,
    0x64, 0x00, 0x08, 0x04, 0x6c, 0x69, 0x66, 0x74, 0x00, 0x09, 0x04, 0x6b, 0x65, 0x65, 0x70,
    0x00, 0x0a, 0x05, 0x77, 0x6f, 0x75, 0x6e, 0x64, 0x00, 0x0b, 0x0a, 0x85, 0x01, 0x0a, 0x06,
    0x00, 0x20, 0x00, 0x10, 0x00, 0x0b, 0x17, 0x00, 0x23, 0x01, 0x41, 0x01, 0x6a, 0x24, 0x01,
    0x41, 0x00, 0x20, 0x00, 0x36, 0x02, 0x00, 0x20, 0x00, 0x10, 0x02, 0x23, 0x00, 0x6a, 0x0b,
    0x19, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6a, 0x21, 0x01, 0x20, 0x00,
    0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b, 0x0c, 0x00, 0x41, 0x00,
    0x10, 0x00, 0x1a, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b, 0x0e, 0x00, 0x23, 0x01, 0x41, 0x01,
    0x6a, 0x24, 0x01, 0x10, 0x06, 0x41, 0x01, 0x6a, 0x0b, 0x06, 0x00, 0x20, 0x00, 0x40, 0x00,
    0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b, 0x0b, 0x00, 0x23, 0x00, 0x20, 0x00,
    0x6a, 0x24, 0x00, 0x23, 0x00, 0x0b, 0x08, 0x00, 0x41, 0x00, 0x20, 0x00, 0x26, 0x00, 0x0b,
    0x0a, 0x00, 0x41, 0x00, 0x25, 0x00, 0x20, 0x00, 0x10, 0x01, 0x0b, 0x0b, 0x0e, 0x01, 0x00,
    0x41, 0x10, 0x0b, 0x08, 0x07, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00,
};
// clang-format on
// What the module is, function by function.
enum function : std::uint32_t { hook, wound, inner, run, sum, loop, deep };

inline std::span<const std::byte> bytes() { return std::as_bytes(std::span(module_bytes)); }

struct entity {
  int hit_points = 100;
  int hit(int amount) { return hit_points -= amount; }
};

// What a call came to, under every trap policy.
struct outcome {
  i32 value = 0;
  trap_code why = trap_code::none;
  friend bool operator==(const outcome&, const outcome&) = default;
};
constexpr outcome trapped(trap_code why) { return {0, why}; }

inline outcome as_outcome(i32 value) { return {value}; }
inline outcome as_outcome(const dovetail::result<i32, trap>& done) {
  return done ? outcome{*done} : trapped(done.error().code);
}
inline outcome as_outcome(const dovetail::result<void, trap>& done) {
  return done ? outcome{} : trapped(done.error().code);
}
template <class Call>
outcome outcome_of(Call&& call) {
#ifdef __cpp_exceptions
  try {
#endif
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      return {};
    } else {
      return as_outcome(call());
    }
#ifdef __cpp_exceptions
  } catch (const dovetail::trap_exception& thrown) {
    return trapped(thrown.reason().code);
  }
#endif
}

inline void* from_heap(void* context, void* block, std::size_t old_size, std::size_t new_size) {
  return static_cast<testing::watched_heap*>(context)->change(block, old_size, new_size);
}

/// An instance in a store of its own, whose host does what `hook` says.
template <class C>
struct guest {
  using rt = dovetail::runtime<C>;
  using backend = typename C::backend;
  static constexpr std::uint64_t plenty = 1'000'000;

  testing::watched_heap heap;
  typename rt::engine engine{dovetail::callback_allocator(&from_heap, &heap)};
  dovetail::host_objects<entity> objects{engine.memory()};
  dovetail::host_global<i32> gravity = 10;
  std::function<dovetail::result<i32, trap>(caller&, i32)> hook = [](caller&, i32 n) { return n; };
  typename rt::module module = engine.compile(bytes()).value();
  typename rt::store store{engine};
  std::optional<typename rt::instance> instance;

  guest() {
    store.set_fuel(plenty);
    instance = make().value();
  }
  auto env() {
    return dovetail::imports{
        dovetail::bind("env", "hook", [this](caller& from, i32 n) { return hook(from, n); }),
        dovetail::bind<&entity::hit>("env", "wound", objects),
        dovetail::bind("env", "gravity", gravity)};
  }
  auto make() {
    auto given = env();
    return store.instantiate(module, given);
  }
  template <class Type>
  auto get(const char* name) {
    return instance->template get<Type>(name).value();
  }
  template <class... A>
  outcome call(const char* name, A... arguments) {
    const auto f = get<i32(A...)>(name);
    return outcome_of([&] { return f(arguments...); });
  }
  outcome loop() {
    const auto f = get<void()>("loop");
    return outcome_of([&] { return f(); });
  }
  i32 calls() { return get<dovetail::global<i32>>("calls"); }
};

}  // namespace everywhere
