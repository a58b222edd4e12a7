// Work to be counted in instructions, by bench/count: `bench-count ROW` does the row's work twice,
// the second time in a call of `dovetail_counted`, which is what valgrind collects. The first time
// pays for what happens once, such as symbols looked up. Without a row it lists them. With
// BENCH_CONTROLS its rows are those of bench/controls.
#include <dovetail/backtraces.hpp>
#include <dovetail/base/callback_allocator.hpp>
#include <dovetail/coverage.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/pausing.hpp>
#include <dovetail/snapshot.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

extern "C" [[gnu::noinline]] void dovetail_counted(void (*work)(const void*), const void* of) {
  work(of);
  asm volatile("" ::: "memory");  // the call must not become the end of this function
}

namespace {

using i32 = std::int32_t;
using bytes = std::vector<char>;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

template <class Work>
void count(const Work& work) {
  work();
  dovetail_counted([](const void* of) { (*static_cast<const Work*>(of))(); }, &work);
}

template <class T>
const T& must(const T& outcome, const char* what) {
  if (!outcome) give_up(what);
  return outcome;
}

bytes workload(const std::string& name) {
  const char* folder = std::getenv("DOVETAIL_WORKLOADS");
  std::ifstream in(std::string(folder == nullptr ? "." : folder) + "/" + name + ".wasm",
                   std::ios::binary);
  bytes read((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (read.empty()) give_up("no workload " + name + " in DOVETAIL_WORKLOADS");
  return read;
}

[[maybe_unused]] std::vector<bytes> all_workloads() {  // bench/controls asks for one at a time
  std::vector<bytes> all;
#define WORKLOAD(NAME, ARGUMENT) all.push_back(workload(#NAME));
#include "workloads/workloads.def"
#undef WORKLOAD
  return all;
}

#ifdef DOVETAIL_WITH_X64
// Code for the oldest processor that the backend takes: the same instructions on every machine.
struct oldest_x64 : dovetail::x64 {
  template <dovetail::memory_policy Memory, dovetail::controls Control>
  using compiler = dovetail::x64_jit::module_compiler<dovetail::x64_jit::options_of<Memory>(
      Control, dovetail::x64_jit::processor{.is_supported = true})>;
};
#endif

// (module
//   (import "host" "add" (func $host_add (param i32 i32) (result i32)))
//   (memory 1)
//   (func (export "add") (param i32 i32) (result i32)
//     local.get 0
//     local.get 1
//     i32.add)
//   (func (export "call_host") (param $times i32) (result i32)
//     (local $sum i32)
//     loop $again
//       local.get $sum
//       local.get $times
//       call $host_add
//       local.set $sum
//       local.get $times
//       i32.const 1
//       i32.sub
//       local.tee $times
//       br_if $again
//     end
//     local.get $sum))
constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x02, 0x7f, 0x7f,
    0x01, 0x7f, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74,
    0x03, 0x61, 0x64, 0x64, 0x00, 0x00, 0x03, 0x03, 0x02, 0x00, 0x01, 0x05, 0x03, 0x01, 0x00,
    0x01, 0x07, 0x13, 0x02, 0x03, 0x61, 0x64, 0x64, 0x00, 0x01, 0x09, 0x63, 0x61, 0x6c, 0x6c,
    0x5f, 0x68, 0x6f, 0x73, 0x74, 0x00, 0x02, 0x0a, 0x24, 0x02, 0x07, 0x00, 0x20, 0x00, 0x20,
    0x01, 0x6a, 0x0b, 0x1a, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x10, 0x00,
    0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
};

i32 add(i32 a, i32 b) { return a + b; }

// What a row adds to a backend, and how a store is prepared.
template <class Backend>
struct plain {
  using backend = Backend;
  using allocator = dovetail::system_allocator;
  static void prepare(auto& store) { store.set_fuel(~std::uint64_t{0}); }
};

template <class Control, class Memory>
struct config : dovetail::defaults {
  using backend = typename Control::backend;
  using allocator = typename Control::allocator;
  using memory = Memory;
};

template <class Control, class Memory>
struct work {
  using rt = dovetail::runtime<config<Control, Memory>>;

  static void validate() {
    const std::vector<bytes> all = all_workloads();
    count([&] {
      typename rt::engine engine;
      for (const bytes& one : all) must(engine.validate(std::as_bytes(std::span(one))), "invalid");
    });
  }

  static void compile() {
    const std::vector<bytes> all = all_workloads();
    count([&] {
      typename rt::engine engine;
      for (const bytes& one : all) must(engine.compile(std::as_bytes(std::span(one))), "compile");
    });
  }

  static void run(const char* name, unsigned argument) {
    const bytes module = workload(name);
    typename rt::engine engine;
    typename rt::store store{engine};
    Control::prepare(store);
    const auto compiled = engine.compile(std::as_bytes(std::span(module)));
    const auto guest = store.instantiate(*must(compiled, "compile"));
    const auto function = must(guest, "start")->template get<unsigned(unsigned)>(name);
    must(function, "no such function");
    count([&] { must((*function)(argument), "trap"); });
  }
  static void fib() { run("fib", 20); }
  static void sha256() { run("sha256", 8000); }
  static void quicksort() { run("quicksort", 1); }
  static void switch_machine() { run("switch_machine", 20); }

  // A thousand calls, and a hundred stores, of one module.
  static void with_guest(auto&& host_add, const auto& use) {
    typename rt::engine engine;
    typename rt::store store{engine};
    Control::prepare(store);
    const auto compiled = engine.compile(std::as_bytes(std::span(module_bytes)));
    dovetail::imports host = {std::move(host_add)};
    const auto guest = store.instantiate(*must(compiled, "compile"), host);
    use(store, *must(guest, "start"));
  }
  static void calls_in() {
    with_guest(dovetail::bind<add>("host", "add"), [](auto&, const auto& guest) {
      const auto function = guest.template get<i32(i32, i32)>("add").value();
      count([&] {
        i32 sum = 0;
        for (i32 i = 0; i < 1000; ++i) sum = *must(function(sum, i), "trap");
      });
    });
  }
  static void calls_out() {
    with_guest(dovetail::bind<add>("host", "add"), [](auto&, const auto& guest) {
      const auto function = guest.template get<i32(i32)>("call_host").value();
      count([&] { must(function(1000), "trap"); });
    });
  }
  static void stores() {
    typename rt::engine engine;
    const auto compiled = engine.compile(std::as_bytes(std::span(module_bytes)));
    must(compiled, "compile");
    count([&] {
      for (int i = 0; i < 100; ++i) {
        typename rt::store store{engine};
        Control::prepare(store);
        dovetail::imports host = {dovetail::bind<add>("host", "add")};
        must(store.instantiate(*compiled, host), "start");
      }
    });
  }
};

struct row {
  std::string name;
  void (*work)();
};

template <class Backend, class Memory>
[[maybe_unused]] void add_rows(std::vector<row>& rows, const std::string& engine) {
  using w = work<plain<Backend>, Memory>;
  rows.insert(rows.end(), {{"compile/" + engine, w::compile},
                           {"fib/" + engine, w::fib},
                           {"sha256/" + engine, w::sha256},
                           {"quicksort/" + engine, w::quicksort},
                           {"switch_machine/" + engine, w::switch_machine},
                           {"thousand_calls_in/" + engine, w::calls_in},
                           {"thousand_calls_out/" + engine, w::calls_out},
                           {"hundred_stores/" + engine, w::stores}});
}

#ifdef BENCH_CONTROLS
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
    std::optional<dovetail::basic_instance<config<plain<Backend>, Memory>>> saved;
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

// What bench/controls compares: the same work without a control, and with each.
template <class Backend, class Memory>
void add_controls(std::vector<row>& rows, const std::string& engine) {
  using dovetail::interrupt, dovetail::interruptible;
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
  rows.insert(rows.end(), {{in + "/pausable", u::pausable_calls_in},
                           {out + "/paused", u::paused_calls_out},
                           {out + "/with_snapshots", u::calls_out_with_snapshots},
                           {out + "/snapshots", u::calls_out_taking_snapshots}});
}

std::vector<row> all_rows() {
  using dovetail::interpreter, dovetail::checked_memory, dovetail::guarded_memory;
  std::vector<row> rows;
  add_controls<interpreter, checked_memory>(rows, "interpreter_checked");
#ifdef DOVETAIL_WITH_X64
  add_controls<oldest_x64, checked_memory>(rows, "x64_checked");
  add_controls<oldest_x64, guarded_memory>(rows, "x64_guarded");
#endif
  return rows;
}
#else
std::vector<row> all_rows() {
  using dovetail::interpreter, dovetail::checked_memory, dovetail::guarded_memory;
  std::vector<row> rows = {{"validate", work<plain<interpreter>, checked_memory>::validate}};
  add_rows<interpreter, checked_memory>(rows, "interpreter_checked");
#ifdef DOVETAIL_WITH_X64
  add_rows<oldest_x64, checked_memory>(rows, "x64_checked");
  add_rows<oldest_x64, guarded_memory>(rows, "x64_guarded");
#endif
  return rows;
}
#endif

}  // namespace

int main(int argument_count, char** arguments) {
  for (const row& one : all_rows()) {
    if (argument_count < 2) std::printf("%s\n", one.name.c_str());
    if (argument_count == 2 && one.name == arguments[1]) return one.work(), 0;
  }
  return argument_count < 2 ? 0 : 2;
}
