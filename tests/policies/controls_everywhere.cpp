// Every control on every backend and memory policy, all of them at once, traps returned and thrown:
// a case for each row of the README's table of controls. tests/check/controls.py compares them.
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#ifdef __linux__
#include <unistd.h>
#endif

#include <dovetail/guest_types.hpp>
#include <dovetail/pausing.hpp>
#include <dovetail/snapshot.hpp>

#include "everywhere.hpp"

namespace {

using namespace everywhere;
using dovetail::status;

template <class Result>
status code_of(const Result& r) {
  return r.has_value() ? status::ok : r.error().code;
}

// How often the first places of functions and all others were counted.
struct counted {
  std::uint64_t of_inner = 0, of_sum = 0, places_of_sum = 0, most_of_sum = 0;
};
template <class Module>
counted counts_of(const Module& m) {
  counted all;
  std::uint32_t first_of_sum = ~std::uint32_t{0};
  dovetail::visit_counts(m, [&](dovetail::function_index f, std::uint32_t at, std::uint64_t times) {
    if (f.value == inner) all.of_inner = times;
    if (f.value != sum) return;
    ++all.places_of_sum;
    if (times > all.most_of_sum) all.most_of_sum = times;
    if (at < first_of_sum) all.of_sum = times, first_of_sum = at;
  });
  return all;
}

}  // namespace

TEMPLATE_TEST_CASE("everywhere: stop a call from a thread, a signal handler, a timer", "",
                   EVERYWHERE) {
  guest<TestType> g;
  const auto button = g.store.stop_button();
  const auto call = button.ticket();
  std::atomic<bool> is_inside = false;
  g.hook = [&](caller&, i32 n) { return is_inside = true, n; };
  std::thread other([&] {
    while (!is_inside) std::this_thread::yield();
    button.press(call);
  });
  g.store.set_fuel(~std::uint64_t{0});
  CHECK(g.loop() == trapped(trap_code::interrupted));
  other.join();
  // For a call that has ended: nothing happens.
  button.press(call);
  CHECK(g.call("run", 1) == outcome{11});
  button.hold();
  CHECK(g.call("sum", 100) == trapped(trap_code::interrupted));
  button.release();
  CHECK(g.call("sum", 100) == outcome{5050});
  g.hook = [&](caller&, i32 n) { return button.press(), n; };
  CHECK(g.call("run", 1) == trapped(trap_code::interrupted));
}

TEMPLATE_TEST_CASE("everywhere: count operators, trap when there are none left", "", EVERYWHERE) {
  guest<TestType> g;
  g.store.set_fuel(1000);
  CHECK(g.call("sum", 100) == outcome{5050});
  const std::uint64_t used = 1000 - g.store.fuel();
  CHECK(used == 1 + 9 * 100 + 3);
  g.store.set_fuel(used - 1);
  CHECK(g.call("sum", 100) == trapped(trap_code::out_of_fuel));
  g.store.set_fuel(used);
  CHECK(g.call("sum", 100) == outcome{5050});
  CHECK(g.store.fuel() == 0);
  g.store.add_fuel(5);
  CHECK(g.store.fuel() == 5);
}

TEMPLATE_TEST_CASE("everywhere: ask the host for more in the middle of a call", "", EVERYWHERE) {
  guest<TestType> g;
  std::uint64_t asked = 0, extra = 90;
  const auto source = [&](std::uint64_t missing) noexcept { return ++asked, missing + extra; };
  g.store.refill_with(source);
  g.store.set_fuel(0);
  CHECK(g.call("sum", 100) == outcome{5050});
  CHECK(asked == 10);
  extra = ~std::uint64_t{0};  // one too little
  g.store.set_fuel(0);
  CHECK(g.call("sum", 100) == trapped(trap_code::out_of_fuel));
}

TEMPLATE_TEST_CASE(
    "everywhere: bound the bytes of a store's memories, tables and instances, and their number", "",
    EVERYWHERE) {
  guest<TestType> g;
  CHECK(g.call("run", 1) == outcome{11});  // an interpreter's stack is made by the first call
  g.store.set_budget(g.store.used_bytes() + 65'536);
  CHECK(g.call("grow", 1) == outcome{1});
  CHECK(g.call("grow", 1) == outcome{-1});
  CHECK(code_of(g.make()) == status::budget_exhausted);
  g.store.set_budget(~std::uint64_t{0});
  g.store.set_instance_limit(1);
  CHECK(code_of(g.make()) == status::too_many_instances);
  CHECK(g.call("grow", 1) == outcome{2});
  // The stack that the config allows: 200 calls, or 64 KiB.
  CHECK(g.call("deep") == trapped(trap_code::stack_exhausted));
  CHECK(g.calls() >= 200);
  CHECK(g.calls() <= 4096);
  CHECK(g.call("run", 1) == outcome{11});
}

TEMPLATE_TEST_CASE("everywhere: free instances that the host released and nothing else reaches", "",
                   EVERYWHERE) {
  guest<TestType> g, other;
  const auto second = g.make().value();
  const auto before = g.store.used_bytes();
  CHECK(other.store.release(second) == status::wrong_store);
  CHECK(g.store.release(second) == status::ok);
  g.hook = [&](caller&, i32 n) {
    CHECK(code_of(g.store.collect()) == status::call_in_progress);
    return n;
  };
  CHECK(g.call("run", 1) == outcome{11});
  const auto freed = g.store.collect();
  REQUIRE(freed.has_value());
  CHECK(freed->instances == 1);
  CHECK(before - g.store.used_bytes() >= 65'536);
  CHECK(second.template get<i32(i32)>("run").error().code == status::instance_gone);
  CHECK(g.store.release(second) == status::instance_gone);
  CHECK(g.call("run", 1) == outcome{11});
}

TEMPLATE_TEST_CASE("everywhere: pause a call in a host function, go on with it later or drop it",
                   "", EVERYWHERE) {
  if constexpr (!dovetail::platform::can_switch_stacks)
    return testing::skip("no second stack here");
  guest<TestType> g, other;
  dovetail::detail::paused_execution* waiting = nullptr;
  g.hook = [&](caller& from, i32 n) -> dovetail::result<i32, trap> {
    if (waiting != nullptr) {
      CHECK(code_of(waiting->drop()) == status::call_in_progress);
      return n;
    }
    if (const trap t = dovetail::pause(from)) return t;
    return n + 5;
  };
  dovetail::pausable_call alien(other.store, g.template get<i32(i32)>("run"));
  CHECK(code_of(alien.start(1)) == status::wrong_store);
  CHECK(g.call("run", 1) == trapped(trap_code::not_pausable));
  dovetail::pausable_call call(g.store, g.template get<i32(i32)>("run"));
  CHECK(code_of(call.resume()) == status::call_in_progress);
  REQUIRE(call.start(1).has_value());
  REQUIRE(call.is_paused());
  CHECK(code_of(call.start(1)) == status::call_in_progress);
  CHECK(code_of(take_snapshot(g.store)) == status::call_in_progress);
  CHECK(outcome_of([&] { return call.outcome(); }) == trapped(trap_code::interrupted));
  waiting = &call;
  CHECK(g.call("run", 1) == outcome{11});
  waiting = nullptr;
  REQUIRE(call.is_paused());
  REQUIRE(call.resume().has_value());
  REQUIRE(call.is_done());
  CHECK(outcome_of([&] { return call.outcome(); }) == outcome{16});
  REQUIRE(call.start(1).has_value());
  REQUIRE(call.drop().has_value());
  REQUIRE(call.is_done());
  CHECK(outcome_of([&] { return call.outcome(); }) == trapped(trap_code::interrupted));
}

TEMPLATE_TEST_CASE("everywhere: count how often each function is entered", "", EVERYWHERE) {
  guest<TestType> g;
  for (i32 n = 1; n <= 3; ++n) CHECK(g.call("run", n) == outcome{n + 10});
  CHECK(g.call("sum", 100) == outcome{5050});
  CHECK(counts_of(g.module).of_inner == 3);
  CHECK(counts_of(g.module).of_sum == 1);
  dovetail::reset_counts(g.module);
  CHECK(counts_of(g.module).of_inner == 0);
}

TEMPLATE_TEST_CASE("everywhere: count how often each basic block runs", "", EVERYWHERE) {
  guest<TestType> g;
  CHECK(g.call("sum", 100) == outcome{5050});
  const counted all = counts_of(g.module);
  CHECK(all.most_of_sum == (TestType::counts_blocks ? 100 : 1));
  CHECK((all.places_of_sum > 1) == TestType::counts_blocks);
}

TEMPLATE_TEST_CASE("everywhere: see the callers from a host function", "", EVERYWHERE) {
  guest<TestType> g;
  std::vector<std::string> seen;
  g.hook = [&](caller& from, i32 n) {
    dovetail::visit_frames<typename TestType::backend>(from, [&](const dovetail::guest_frame& f) {
      dovetail::name_room room;
      seen.emplace_back(name_of(f, room));
      return true;
    });
    return n;
  };
  CHECK(g.call("run", 1) == outcome{11});
  CHECK(seen == std::vector<std::string>{"func[2]", "run"});
  CHECK(g.call("deep").why == trap_code::stack_exhausted);
  CHECK(g.store.last_trap().function == deep);
}

TEMPLATE_TEST_CASE("everywhere: give the library memory of yours", "", EVERYWHERE) {
  guest<TestType> g;
  CHECK(g.call("run", 1) == outcome{11});
  const std::size_t before = g.heap.requests;
  CHECK(before > 5);
  CHECK(g.call("run", 1) == outcome{11});
  CHECK(g.heap.requests == before);
  g.heap.requests_left = 0;
  CHECK(!g.make().has_value());
  CHECK(code_of(g.engine.compile(bytes())) == status::out_of_memory);
  g.heap.requests_left = testing::watched_heap::unlimited;
  CHECK(g.make().has_value());
  CHECK(!g.heap.was_lied_to);
}

TEMPLATE_TEST_CASE("everywhere: save, restore, fork, also within a call", "", EVERYWHERE) {
  guest<TestType> g, other;
  const auto number = [](guest<TestType>& of) { return of.call("load", 0).value; };
  CHECK(g.call("run", 1) == outcome{11});
  const auto saved = take_snapshot(*g.instance);
  REQUIRE(saved.has_value());
  CHECK(g.call("run", 2) == outcome{12});
  CHECK(g.call("grow", 1) == outcome{1});
  REQUIRE(restore(*g.instance, *saved).has_value());
  CHECK(number(g) == 1);
  CHECK(g.calls() == 1);
  CHECK(g.call("grow", 0) == outcome{1});

  const auto whole = take_snapshot(g.store);
  REQUIRE(whole.has_value());
  CHECK(g.call("run", 4) == outcome{14});
  REQUIRE(restore(g.store, *whole).has_value());
  CHECK(number(g) == 1);

  const auto twin = fork(*g.instance);
  REQUIRE(twin.has_value());
  const auto run_twin = twin->template get<i32(i32)>("run").value();
  CHECK(outcome_of([&] { return run_twin(9); }) == outcome{19});
  CHECK(number(g) == 1);

  // To another engine, as another process would have it.
  const auto written = to_bytes(*saved, bytes());
  REQUIRE(written.has_value());
  const std::span<const std::byte> all(written->data(), written->size());
  const auto read = from_bytes(other.engine, all, bytes());
  REQUIRE(read.has_value());
  REQUIRE(restore(*other.instance, *read).has_value());
  CHECK(number(other) == 1);
  CHECK(other.calls() == 1);
  CHECK(code_of(from_bytes(other.engine, all.first(all.size() / 2), bytes())) ==
        status::malformed_snapshot);

  // Two calls deep, where the guest goes on with what was there.
  g.hook = [&](caller& from, i32 n) {
    CHECK(code_of(take_snapshot(*g.instance)) == status::call_in_progress);
    dovetail::with_snapshots(from, [&] {
      const auto inside = take_snapshot(*g.instance);
      REQUIRE(inside.has_value());
      REQUIRE(from.memory().write(0, i32{77}) == trap{});
      CHECK(g.call("lift", 1) == outcome{11});
      REQUIRE(restore(*g.instance, *inside).has_value());
    });
    return n;
  };
  CHECK(g.call("run", 3) == outcome{3 + 11});
  CHECK(number(g) == 3);
  CHECK(g.calls() == 2);
}

TEMPLATE_TEST_CASE("everywhere: exceptions of host functions through guests", "", EVERYWHERE) {
#ifdef __cpp_exceptions
  guest<TestType> g;
  g.hook = [](caller&, i32) -> i32 { throw std::runtime_error("of the host"); };
  CHECK_THROWS_AS(g.call("run", 1), std::runtime_error);
  CHECK_THROWS_AS(g.loop(), std::runtime_error);
  if constexpr (dovetail::platform::can_switch_stacks) {
    g.hook = [](caller& from, i32) -> dovetail::result<i32, trap> {
      if (const trap t = dovetail::pause(from)) return t;
      throw std::runtime_error("of the host");
    };
    dovetail::pausable_call call(g.store, g.template get<i32(i32)>("run"));
    REQUIRE(call.start(1).has_value());
    REQUIRE(call.resume().has_value());
    REQUIRE(call.is_done());
    CHECK_THROWS_AS(static_cast<void>(call.outcome()), std::runtime_error);
  }
  g.hook = [](caller&, i32 n) { return n; };
  CHECK(g.call("run", 1) == outcome{11});
#else
  testing::skip("built without exceptions");
#endif
}

TEMPLATE_TEST_CASE("everywhere: globals that live in the program", "", EVERYWHERE) {
  guest<TestType> g;
  CHECK(g.call("run", 1) == outcome{11});
  g.gravity = 20;
  CHECK(g.call("run", 1) == outcome{21});
  CHECK(g.call("lift", 5) == outcome{25});
  CHECK(g.gravity == 25);
  dovetail::host_global<std::int64_t> wide = 1;
  dovetail::imports wrong = {dovetail::bind("env", "gravity", wide)};
  dovetail::imports others = {dovetail::bind("env", "hook", [](i32 n) { return n; }),
                              dovetail::bind("env", "wound", [](externref, i32 n) { return n; })};
  CHECK(code_of(g.store.instantiate(g.module, wrong, others)) == status::incompatible_import);
}

TEMPLATE_TEST_CASE("everywhere: a guest's memory from the host", "", EVERYWHERE) {
  struct pair {
    i32 first, second;
  };
  guest<TestType> g;
  const auto memory = g.template get<dovetail::memory_view>("memory");
  const dovetail::typed_memory typed = memory;
  const auto there = typed.read(dovetail::guest_pointer<const pair>{16});
  REQUIRE(there.has_value());
  CHECK(there->first == 7);
  CHECK(there->second == 9);
  REQUIRE(typed.write(dovetail::guest_pointer<pair>{32}, pair{3, 4}) == trap{});
  CHECK(g.call("load", 36) == outcome{4});
  CHECK(!typed.read(dovetail::guest_pointer<const pair>{65'532}).has_value());
  CHECK(!typed.read(dovetail::guest_pointer<const pair>{17}).has_value());
  CHECK(!memory.template read<i32>(65'533).has_value());
  CHECK(g.call("grow", 1) == outcome{1});
  CHECK(typed.read(dovetail::guest_pointer<const pair>{65'532 - 4}).has_value());
  CHECK(memory.template read<i32>(65'533).has_value());
  if constexpr (!std::is_same_v<typename TestType::memory, dovetail::unchecked_memory>) {
    CHECK(g.call("load", 2 * 65'536 - 4) == outcome{0});
    CHECK(g.call("load", 2 * 65'536 - 3) == trapped(trap_code::memory_out_of_bounds));
  }
}

TEMPLATE_TEST_CASE("everywhere: objects of the host in guests", "", EVERYWHERE) {
  guest<TestType> g;
  entity orc;
  const auto reference = g.objects.add(orc);
  REQUIRE(reference.has_value());
  const auto keep = g.template get<void(externref)>("keep");
  CHECK(g.call("wound", 1) == trapped(trap_code::stale_reference));
  CHECK(outcome_of([&] { return keep(*reference); }) == outcome{});
  CHECK(g.call("wound", 30) == outcome{70});
  CHECK(orc.hit_points == 70);
  CHECK(g.objects.remove(*reference));
  CHECK(g.call("wound", 30) == trapped(trap_code::stale_reference));
  CHECK(orc.hit_points == 70);
}

TEMPLATE_TEST_CASE("everywhere: a module's type as a C++ type", "", EVERYWHERE) {
  using namespace dovetail;
  using keeping = module_contract<
      exports<exported<"run", i32(i32)>, exported<"memory", memory_view>>,
      imports<imported<"env", "hook", i32(i32)>, imported<"env", "wound", i32(externref, i32)>,
              imported<"env", "gravity", dovetail::global<i32>>>>;
  using breaking = module_contract<exports<exported<"run", i32(float)>>>;
  guest<TestType> g;
  auto env = g.env();
  const auto code = embed<module_bytes, keeping>::compile(g.engine);
  REQUIRE(code.has_value());
  const auto made = code->instantiate(g.store, env);
  REQUIRE(made.has_value());
  const auto run = made->template get<"run">();
  CHECK(outcome_of([&] { return run(1); }) == outcome{11});
  g.hook = [](caller&, i32) { return trap::host(3); };
  CHECK(outcome_of([&] { return run(1); }) == trapped(trap_code::host_trap));
  CHECK(keeping::accept(g.module).has_value());
  CHECK(!breaking::accept(g.module).has_value());
}

#ifdef DOVETAIL_WITH_X64
TEMPLATE_TEST_CASE("everywhere: names for perf and gdb", "", EVERYWHERE_MACHINE_CODE) {
  guest<TestType> g;
  const auto* const entry = dovetail::gdb::__jit_debug_descriptor.first;
  REQUIRE(entry != nullptr);
  const std::string_view file(reinterpret_cast<const char*>(entry->file), entry->size);
  CHECK(file.find(std::string_view("\0sum\0", 5)) != std::string_view::npos);
#ifdef __linux__
  const std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  std::string text(1 << 16, '\0');
  std::FILE* const map = std::fopen(path.c_str(), "r");
  REQUIRE(map != nullptr);
  text.resize(std::fread(text.data(), 1, text.size(), map));
  std::fclose(map);
  std::remove(path.c_str());
  CHECK(text.find(" sum\n") != std::string::npos);
#endif
}
#endif
