// L01: one module, many threads, a store each. Run it under the thread sanitizer, too.
#include <atomic>
#include <thread>

#include "guest.hpp"

namespace linking {

namespace {

constexpr std::string_view working = R"wat((module
    (type $f (func (param i32) (result i32)))
    (import "env" "f" (func $f (type $f)))
    (memory (export "m") 1 4)
    (table $t 2 funcref)
    (global $g (mut i32) (i32.const 0))
    (elem (i32.const 0) $f $own)
    (data (i32.const 0) "\01")
    (data $d "\02")
    (func $own (type $f) (i32.add (local.get 0) (i32.load8_u (i32.const 0))))
    (func (export "run") (param $n i32) (result i32)
      (local $sum i32)
      (drop (memory.grow (i32.const 1)))
      (memory.init $d (i32.const 65536) (i32.const 0) (i32.const 1))
      (loop $again
        (local.set $sum
          (i32.add (local.get $sum)
            (i32.add
              (call_indirect (type $f) (local.get $n) (i32.const 0))
              (call_indirect (type $f) (i32.load8_u (i32.const 65536)) (i32.const 1)))))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $sum))
    (func (export "trap") (result i32) (i32.load (i32.const -1)))
    (func $deep (export "deep") (call $deep))))wat";

// A thread's work; what went wrong is counted, since Catch's assertions are for one thread.
template <class C>
void work(dovetail::basic_engine<C>& engine, const dovetail::basic_module<C>& module, i32 rounds,
          std::atomic<i32>& wrong) {
  const auto expect = [&wrong](bool is_right) { wrong += is_right ? 0 : 1; };
  for (i32 round = 0; round < rounds; ++round) {
    dovetail::basic_store<C> store{engine};
    imports env = {bind("env", "f", [round](i32 n) { return n + round; })};
    auto made = store.instantiate(module, env);
    if (!made) {
      expect(false);
      continue;
    }
    const auto run = made->template get<i32(i32)>("run");
    const auto trapping = made->template get<i32()>("trap");
    const auto deep_call = made->template get<void()>("deep");
    expect(run && trapping && deep_call);
    if (!run || !trapping || !deep_call) continue;
    // 10 + 9 + ... + 1, ten times the round, and ten times 2 + 1
    const auto sum = (*run)(10);
    expect(sum.has_value() && *sum == 55 + 10 * round + 30);
    expect((*trapping)().error().code == trap_code::memory_out_of_bounds);
    expect((*deep_call)().error().code == trap_code::stack_exhausted);
    const auto again = (*run)(1);
    expect(again.has_value() && *again == 1 + round + 3);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("L01: threads instantiate one module into stores of their own", "", checked,
                   guarded) {
  typename world<TestType>::rt::engine engine;
  const auto module = need(engine.compile(binary(working)));
  std::atomic<i32> wrong = 0;
  std::vector<std::thread> threads;
  for (i32 k = 0; k < 3; ++k) {
    threads.emplace_back([&] {
      const auto own_handle = module;
      work(engine, own_handle, 10, wrong);
    });
  }
  work(engine, module, 10, wrong);
  for (std::thread& t : threads) t.join();
  CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("L01, L53: threads compile with one engine", "", checked, guarded) {
  typename world<TestType>::rt::engine engine;
  const auto bytes = binary(working);
  std::atomic<i32> wrong = 0;
  const auto compile = [&] {
    for (i32 k = 0; k < 10; ++k) {
      const auto module = engine.compile(bytes);
      if (!module) {
        ++wrong;
      } else {
        work(engine, *module, 1, wrong);
      }
    }
  };
  std::thread one(compile), two(compile);
  compile();
  one.join();
  two.join();
  CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("L01: a store is handed from thread to thread", "", checked, guarded) {
  world<TestType> w;
  imports env = {bind<[](i32 n) { return n; }>("env", "f")};
  const auto guest = w.instantiate(working, env);
  const auto run = exported<i32(i32)>(guest, "run");
  const auto trapping = exported<i32()>(guest, "trap");
  const auto deep_call = exported<void()>(guest, "deep");
  CHECK(need(run(1)) == 4);
  i32 sum = 0;
  bool has_trapped = false, is_exhausted = false;
  std::thread other([&] {
    sum = *run(2);
    has_trapped = trapping().error().code == trap_code::memory_out_of_bounds;
    is_exhausted = deep_call().error().code == trap_code::stack_exhausted;
  });
  other.join();
  CHECK(sum == 9);
  CHECK(has_trapped);
  CHECK(is_exhausted);
  CHECK(need(run(3)) == 15);
}

}  // namespace linking
