// Eight threads, a store each, one module, traps among the calls: made for the thread sanitizer,
// which tools/test builds it with.
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "backends.hpp"
#include "support/catch.hpp"
#include "support/chain.hpp"
#include "support/writer.hpp"

namespace {

using dovetail::bind;
using dovetail::result;
using dovetail::trap;
using dovetail::trap_code;
using i32 = std::int32_t;

// (module
//   (type $i_i (func (param i32) (result i32)))
//   (import "env" "f" (func $f (type $i_i)))
//   (memory (export "m") 1 4)
//   (table 3 funcref)
//   (global $calls (export "calls") (mut i32) (i32.const 0))
//   (elem (i32.const 0) $f $load)
//   (data $d "\02")
//   (func $load (export "load") (type $i_i)
//     (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
//     (i32.load (local.get 0)))
//   (func (export "divide") (type $i_i) (i32.div_u (i32.const 100) (local.get 0)))
//   (func (export "indirect") (type $i_i)
//     (call_indirect (type $i_i) (i32.const 4) (local.get 0)))
//   (func (export "through host") (type $i_i) (call $f (local.get 0)))
//   (func (export "grow") (type $i_i)
//     (drop (memory.grow (local.get 0)))
//     (memory.init $d (i32.const 65536) (i32.const 0) (i32.const 1))
//     (i32.load8_u (i32.const 65536)))
//   (func $deep (export "deep") (type $i_i) (i32.add (i32.const 1) (call $deep (local.get 0)))))
constexpr unsigned char trapping[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x02, 0x09, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x01, 0x66, 0x00, 0x00, 0x03, 0x07, 0x06, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x04, 0x04, 0x01, 0x70, 0x00, 0x03, 0x05, 0x04, 0x01, 0x01, 0x01, 0x04,
    0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x00, 0x0b, 0x07, 0x45, 0x08, 0x01, 0x6d, 0x02, 0x00, 0x05,
    0x63, 0x61, 0x6c, 0x6c, 0x73, 0x03, 0x00, 0x04, 0x6c, 0x6f, 0x61, 0x64, 0x00, 0x01, 0x06, 0x64,
    0x69, 0x76, 0x69, 0x64, 0x65, 0x00, 0x02, 0x08, 0x69, 0x6e, 0x64, 0x69, 0x72, 0x65, 0x63, 0x74,
    0x00, 0x03, 0x0c, 0x74, 0x68, 0x72, 0x6f, 0x75, 0x67, 0x68, 0x20, 0x68, 0x6f, 0x73, 0x74, 0x00,
    0x04, 0x04, 0x67, 0x72, 0x6f, 0x77, 0x00, 0x05, 0x04, 0x64, 0x65, 0x65, 0x70, 0x00, 0x06, 0x09,
    0x08, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x02, 0x00, 0x01, 0x0c, 0x01, 0x01, 0x0a, 0x4f, 0x06, 0x0e,
    0x00, 0x23, 0x00, 0x41, 0x01, 0x6a, 0x24, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b, 0x08, 0x00,
    0x41, 0xe4, 0x00, 0x20, 0x00, 0x6e, 0x0b, 0x09, 0x00, 0x41, 0x04, 0x20, 0x00, 0x11, 0x00, 0x00,
    0x0b, 0x06, 0x00, 0x20, 0x00, 0x10, 0x00, 0x0b, 0x1a, 0x00, 0x20, 0x00, 0x40, 0x00, 0x1a, 0x41,
    0x80, 0x80, 0x04, 0x41, 0x00, 0x41, 0x01, 0xfc, 0x08, 0x00, 0x00, 0x41, 0x80, 0x80, 0x04, 0x2d,
    0x00, 0x00, 0x0b, 0x09, 0x00, 0x41, 0x01, 0x20, 0x00, 0x10, 0x06, 0x6a, 0x0b, 0x0b, 0x04, 0x01,
    0x01, 0x01, 0x02,
};

constexpr int thread_count = 8;

// What a host function is asked: it traps, or calls its guest again, which traps or does not.
result<i32, trap> answer(dovetail::caller& from, i32 n) {
  if (n == 4) return 40;
  if (n % 2 == 0) return trap::host(n);
  const std::array<dovetail::value, 1> in = {dovetail::value(n == 3 ? i32{-4} : i32{8})};
  std::array<dovetail::value, 1> out;
  const auto done = from.find("load")->as_function().call(in, out);
  if (!done) return done.error();
  return out[0].as<i32>() + n;
}

// A thread's work: how many things were not as they should be.
template <class C>
int work(dovetail::basic_engine<C>& engine, const dovetail::basic_module<C>& module, int rounds) {
  int wrong = 0;
  const auto expect = [&wrong](bool is_right) { wrong += is_right ? 0 : 1; };
  for (int round = 0; round < rounds; ++round) {
    dovetail::basic_store<C> store{engine};
    dovetail::imports env = {bind<answer>("env", "f")};
    const auto made = store.instantiate(module, env);
    if (!made) return 1000;
    const auto function = [&](const char* name) {
      return made->template get<i32(i32)>(name).value();
    };
    const auto load = function("load"), divide = function("divide"),
               indirect = function("indirect"), host = function("through host"),
               grow = function("grow"), deep = function("deep");
    const auto gives = [&](const auto& f, i32 argument, i32 wanted) {
      const auto outcome = f(argument);
      expect(outcome.has_value() && *outcome == wanted);
    };
    const auto traps = [&](const auto& f, i32 argument, trap_code wanted) {
      expect(f(argument).error().code == wanted);
      expect(store.last_trap().code == wanted);
    };
    for (int k = 0; k < 20; ++k) {
      gives(load, 8, 0);
      traps(load, -1, trap_code::memory_out_of_bounds);
      gives(divide, 7, 14);
      traps(divide, 0, trap_code::integer_divide_by_zero);
      gives(indirect, 0, 40);
      gives(indirect, 1, 0);
      traps(indirect, 2, trap_code::uninitialized_element);
      traps(indirect, 3, trap_code::undefined_element);
      traps(host, 2, trap_code::host_trap);
      traps(host, 3, trap_code::memory_out_of_bounds);
      gives(host, 5, 5);
    }
    traps(grow, 0, trap_code::memory_out_of_bounds);
    gives(grow, 1, 2);
    gives(load, 65'536, 2);
    traps(load, 131'072, trap_code::memory_out_of_bounds);
    traps(deep, 0, trap_code::stack_exhausted);
    gives(divide, 10, 10);
    expect(made->template get<dovetail::global<i32>>("calls").value() == 102);
  }
  return wrong;
}

template <class F>
int on_threads(const F& body) {
  std::atomic<int> wrong = 0;
  std::array<std::optional<std::thread>, thread_count> threads;
  for (auto& t : threads) t.emplace([&] { wrong += body(); });
  for (auto& t : threads) t->join();
  return wrong;
}

std::span<const std::byte> bytes() { return std::as_bytes(std::span(trapping)); }

}  // namespace

TEMPLATE_TEST_CASE("threads: eight stores of one module, with traps among the calls", "",
                   BOUNDARY_ALL) {
  dovetail::basic_engine<TestType> engine;
  const auto module = engine.compile(bytes());
  REQUIRE(module.has_value());
  CHECK(on_threads([&] {
          const auto own_handle = *module;
          return work(engine, own_handle, 5);
        }) == 0);
}

TEMPLATE_TEST_CASE("threads: eight compile one module, a part each", "", BOUNDARY_ALL) {
  constexpr std::uint32_t functions = 1000;
  const std::vector<std::uint8_t> chain = testing::chain_module(functions);
  dovetail::basic_engine<TestType> engine;
  const auto module = engine.compile(std::as_bytes(std::span(chain)), thread_count,
                                     [](std::size_t count, auto& task) {
                                       CHECK(count == thread_count);
                                       std::atomic<std::size_t> next = 0;
                                       on_threads([&] { return task(next++), 0; });
                                     });
  REQUIRE(module.has_value());
  CHECK(on_threads([&] {
          dovetail::basic_store<TestType> store{engine};
          dovetail::imports none;
          const auto instance = store.instantiate(*module, none);
          if (!instance) return 1000;
          int wrong = 0;
          for (const std::uint32_t i : {0u, 1u, functions / 2, functions - 1}) {
            const auto f = instance->template get<i32(i32)>("f" + std::to_string(i)).value();
            wrong += f(50).value() == testing::chain_answer(functions, i, 50) ? 0 : 1;
          }
          return wrong;
        }) == 0);
}

TEMPLATE_TEST_CASE("threads: eight compile with one engine, and let code go while others trap", "",
                   BOUNDARY_ALL) {
  dovetail::basic_engine<TestType> engine;
  CHECK(on_threads([&] {
          int wrong = 0;
          for (int round = 0; round < 4; ++round) {
            const auto module = engine.compile(bytes());
            wrong += module.has_value() ? work(engine, *module, 1) : 1000;
          }
          return wrong;
        }) == 0);
}

TEMPLATE_TEST_CASE("threads: eight stores share an image of data that one of them makes", "",
                   BOUNDARY_GUARDED) {
  constexpr std::size_t size = 300'000;
  testing::module_writer writer;
  writer.memory(20, 20);
  writer.data(100, std::string(size, 'x'));
  const std::vector<std::uint8_t> data = writer.bytes();
  dovetail::basic_engine<TestType> engine;
  const auto module = engine.compile(std::as_bytes(std::span(data)));
  REQUIRE(module.has_value());
  CHECK(on_threads([&] {
          int wrong = 0;
          for (int round = 0; round < 5; ++round) {
            dovetail::basic_store<TestType> store{engine};
            dovetail::imports none;
            if (!store.instantiate(*module, none)) return 1000;
            std::byte* const base = store.data().memories->base;
            for (const std::size_t at : {std::size_t{100}, 99 + size})
              wrong += base[at] == std::byte{'x'} ? 0 : 1;
            base[100] = std::byte{1};
          }
          return wrong;
        }) == 0);
}
