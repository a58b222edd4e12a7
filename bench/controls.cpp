// The same work without a control and with each, to be counted in instructions by bench/controls: a
// program for every engine, BENCH_BACKEND with BENCH_MEMORY.
#include <dovetail/backtraces.hpp>
#include <dovetail/base/callback_allocator.hpp>
#include <dovetail/coverage.hpp>
#include <dovetail/gdb_jit.hpp>
#include <dovetail/host_objects.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/pausing.hpp>
#include <dovetail/perf_map.hpp>
#include <dovetail/snapshot.hpp>
#include <dovetail/watchdog.hpp>

#include <unistd.h>

#include <array>
#include <chrono>
#include <optional>
#include <type_traits>

#include "counting.hpp"

namespace {

using namespace counting;

// A host that gives fuel for 10,000 operators at a time.
auto more_fuel = [](std::uint64_t missing) noexcept { return missing + 10'000; };
template <class Backend>
struct refilled : plain<dovetail::refillable_fuel<Backend>> {
  static void prepare(auto& store) { store.refill_with(more_fuel); }
};

std::uint16_t price(dovetail::op o) { return o == dovetail::op::call ? 10 : 2; }

template <class Backend>
struct bounded : plain<Backend> {
  static void prepare(auto& store) {
    store.set_budget(std::uint64_t{1} << 30);
    store.set_instance_limit(1000);
  }
};

struct heap_by_callback : dovetail::callback_allocator {
  heap_by_callback() : callback_allocator(&resize_block) {}
  static void* resize_block(void*, void* block, std::size_t, std::size_t new_size) {
    if (new_size != 0) return std::realloc(block, new_size);
    std::free(block);
    return nullptr;
  }
};
template <class Backend>
struct by_callback : plain<Backend> {
  using allocator = heap_by_callback;
};

// What needs no policy, and pays where it is used: instead of the calls of the other rows.
template <class Backend, class Memory>
struct used : work<plain<Backend>, Memory> {
  using work<plain<Backend>, Memory>::with_guest;

  // Each call is one that can be paused.
  static void pausable_calls_in() {
    with_guest(dovetail::bind<add>("host", "add"), [](auto& store, const auto& guest) {
      dovetail::pausable_call call(store, guest.template get<i32(i32, i32)>("add").value());
      count([&] {
        i32 sum = 0;
        for (i32 i = 0; i < 1000; ++i) {
          must(call.start(sum, i), "no stack");
          sum = *must(call.outcome(), "trap");
        }
      });
    });
  }
  // Each call of the host is paused and resumed.
  static void paused_calls_out() {
    const auto pause = [](dovetail::caller& from, i32 a,
                          i32 b) -> dovetail::result<i32, dovetail::trap> {
      if (const dovetail::trap t = dovetail::pause(from)) return t;
      return a + b;
    };
    with_guest(dovetail::bind("host", "add", pause), [](auto& store, const auto& guest) {
      dovetail::pausable_call call(store, guest.template get<i32(i32)>("call_host").value());
      count([&] {
        must(call.start(1000), "no stack");
        while (call.is_paused()) must(call.resume(), "does not go on");
        must(call.outcome(), "trap");
      });
    });
  }
  // Each call of the host may take snapshots, or takes one: of a memory of a page, all the same.
  static void calls_out_with_snapshots() { snapshots(false); }
  static void calls_out_taking_snapshots() { snapshots(true); }

 private:
  static void snapshots(bool are_taken) {
    std::optional<dovetail::basic_instance<config_of<plain<Backend>, Memory>>> saved;
    const auto save = [&](dovetail::caller& from, i32 a, i32 b) {
      return dovetail::with_snapshots(from, [&] {
        if (are_taken) must(dovetail::take_snapshot(*saved), "no snapshot");
        return a + b;
      });
    };
    with_guest(dovetail::bind("host", "add", save), [&](auto&, const auto& guest) {
      saved = guest;
      const auto function = guest.template get<i32(i32)>("call_host").value();
      count([&] { must(function(1000), "trap"); });
    });
  }
};

// Each call has a limit of its own.
template <class Backend, class Memory>
void watched_calls_in() {
  using w = work<plain<dovetail::interruptible<Backend>>, Memory>;
  w::with_guest(dovetail::bind<add>("host", "add"), [](auto& store, const auto& guest) {
    const auto function = guest.template get<i32(i32, i32)>("add").value();
    dovetail::watchdog dog;
    count([&] {
      i32 sum = 0;
      for (i32 i = 0; i < 1000; ++i) {
        const auto watch = dog.watch_for(store.stop_button(), std::chrono::hours(1));
        sum = *must(function(sum, i), "trap");
      }
    });
  });
}

// A thousand objects of the host, by their addresses or by references.
struct thing {
  i32 weight;
};
template <class Engine, bool AreReferences>
void find_things() {
  Engine engine;
  dovetail::host_objects<thing, row> objects(engine.memory());
  std::array<thing, 1000> things{};
  std::array<dovetail::externref, 1000> references;
  std::array<const thing*, 1000> addresses;
  for (std::size_t i = 0; i < things.size(); ++i) {
    references[i] = *must(objects.add(things[i]), "no room");
    addresses[i] = &things[i];
  }
  count([&] {
    i32 sum = 0;
    for (std::size_t i = 0; i < things.size(); ++i) {
      if constexpr (AreReferences) {
        sum += (*must(objects.template find<thing>(references[i]), "stale"))->weight;
      } else {
        sum += addresses[i]->weight;
      }
      asm volatile("" : "+r"(sum) : : "memory");  // one at a time
    }
  });
}

// What perf is told stays behind in a file.
template <class Backend, class Memory>
void compile_for_perf() {
  work<plain<dovetail::perf_map<Backend>>, Memory>::compile();
  std::remove(("/tmp/perf-" + std::to_string(getpid()) + ".map").c_str());
}

// What bench/controls compares: the same work without a control, and with each.
template <class Backend, class Memory>
std::vector<row> rows_of(const std::string& engine) {
  using dovetail::interrupt, dovetail::interruptible;
  std::vector<row> rows;
  const auto add = [&]<class Control>(std::type_identity<Control>, const char* control) {
    using w = work<Control, Memory>;
    for (const row& one :
         {row{"fib", w::fib}, row{"sha256", w::sha256}, row{"quicksort", w::quicksort},
          row{"switch_machine", w::switch_machine}, row{"thousand_calls_in", w::calls_in},
          row{"thousand_calls_out", w::calls_out}, row{"hundred_stores", w::stores}}) {
      rows.push_back({one.name + "/" + engine + "/" + control, one.work});
    }
  };
  add(std::type_identity<plain<Backend>>{}, "none");
  add(std::type_identity<plain<dovetail::fuel<Backend>>>{}, "fuel");
  add(std::type_identity<plain<dovetail::fuel<Backend, price>>>{}, "priced_fuel");
  add(std::type_identity<plain<dovetail::refillable_fuel<Backend>>>{}, "refillable_fuel");
  add(std::type_identity<refilled<Backend>>{}, "refilled_fuel");
  add(std::type_identity<plain<interruptible<Backend>>>{}, "polled");
  add(std::type_identity<plain<interruptible<Backend, interrupt::page>>>{}, "page");
  add(std::type_identity<plain<dovetail::profiled<Backend>>>{}, "profiled");
  add(std::type_identity<plain<dovetail::covered<Backend>>>{}, "covered");
  add(std::type_identity<plain<dovetail::backtraces<Backend>>>{}, "backtraces");
  add(std::type_identity<bounded<Backend>>{}, "budget");
  add(std::type_identity<by_callback<Backend>>{}, "callback_allocator");
  using u = used<Backend, Memory>;
  const std::string in = "thousand_calls_in/" + engine, out = "thousand_calls_out/" + engine;
  rows.insert(rows.end(), {{in + "/watched", watched_calls_in<Backend, Memory>},
                           {in + "/pausable", u::pausable_calls_in},
                           {out + "/paused", u::paused_calls_out},
                           {out + "/with_snapshots", u::calls_out_with_snapshots},
                           {out + "/snapshots", u::calls_out_taking_snapshots}});
  using e = typename u::rt::engine;
  const std::string objects = "thousand_objects/" + engine;
  rows.insert(rows.end(), {{objects + "/none", find_things<e, false>},
                           {objects + "/host_objects", find_things<e, true>}});
  if constexpr (dovetail::makes_machine_code<Backend>) {
    const std::string compile = "compile/" + engine;
    rows.insert(rows.end(),
                {{compile + "/none", work<plain<Backend>, Memory>::compile},
                 {compile + "/perf_map", compile_for_perf<Backend, Memory>},
                 {compile + "/gdb_jit", work<plain<dovetail::gdb_jit<Backend>>, Memory>::compile}});
  }
  return rows;
}

}  // namespace

int main(int argument_count, char** arguments) {
  return main_of(rows_of<BENCH_BACKEND, BENCH_MEMORY>(BENCH_ENGINE), argument_count, arguments);
}
