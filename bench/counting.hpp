// What the programs of bench/count and bench/controls share: pieces of work, each of a policy, and
// how one is counted.
#pragma once

#include <dovetail/dovetail.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

extern "C" [[gnu::noinline]] inline void dovetail_counted(void (*work)(const void*),
                                                          const void* of) {
  work(of);
  asm volatile("" ::: "memory");  // the call must not become the end of this function
}

namespace counting {

using i32 = std::int32_t;
using bytes = std::vector<char>;

[[noreturn]] inline void give_up(const std::string& why) {
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

inline bytes workload(const std::string& name) {
  const char* folder = std::getenv("DOVETAIL_WORKLOADS");
  std::ifstream in(std::string(folder == nullptr ? "." : folder) + "/" + name + ".wasm",
                   std::ios::binary);
  bytes read((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (read.empty()) give_up("no workload " + name + " in DOVETAIL_WORKLOADS");
  return read;
}

inline std::vector<bytes> all_workloads() {
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
inline constexpr std::uint8_t module_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x02, 0x7f, 0x7f,
    0x01, 0x7f, 0x60, 0x01, 0x7f, 0x01, 0x7f, 0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74,
    0x03, 0x61, 0x64, 0x64, 0x00, 0x00, 0x03, 0x03, 0x02, 0x00, 0x01, 0x05, 0x03, 0x01, 0x00,
    0x01, 0x07, 0x13, 0x02, 0x03, 0x61, 0x64, 0x64, 0x00, 0x01, 0x09, 0x63, 0x61, 0x6c, 0x6c,
    0x5f, 0x68, 0x6f, 0x73, 0x74, 0x00, 0x02, 0x0a, 0x24, 0x02, 0x07, 0x00, 0x20, 0x00, 0x20,
    0x01, 0x6a, 0x0b, 0x1a, 0x01, 0x01, 0x7f, 0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x10, 0x00,
    0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b, 0x20, 0x01, 0x0b,
};

inline i32 add(i32 a, i32 b) { return a + b; }

// What a row adds to a backend, and how a store is prepared.
template <class Backend>
struct plain {
  using backend = Backend;
  using allocator = dovetail::system_allocator;
  static void prepare(auto& store) { store.set_fuel(~std::uint64_t{0}); }
};

// Rows that differ in preparation alone are of one runtime.
template <class Backend, class Allocator, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using allocator = Allocator;
  using memory = Memory;
};
template <class Control, class Memory>
using config_of = config<typename Control::backend, typename Control::allocator, Memory>;

template <class Control, class Memory>
struct work {
  using rt = dovetail::runtime<config_of<Control, Memory>>;

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

/// `PROGRAM ROW` does the row's work twice, the second time in a call of `dovetail_counted`, which
/// is what valgrind collects. The first time pays for what happens once, such as symbols looked up.
/// Without a row it lists them.
inline int main_of(const std::vector<row>& rows, int argument_count, char** arguments) {
  for (const row& one : rows) {
    if (argument_count < 2) std::printf("%s\n", one.name.c_str());
    if (argument_count == 2 && one.name == arguments[1]) return one.work(), 0;
  }
  return argument_count < 2 ? 0 : 2;
}

}  // namespace counting
