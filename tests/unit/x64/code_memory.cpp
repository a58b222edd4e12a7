// Where machine code lives: the same answers under every policy, no memory that is writable and
// executable, nothing left behind.
#include <dovetail/x64/code_memory.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#if defined(__linux__)
#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

#include <dovetail/backtraces.hpp>
#include <dovetail/gdb_jit.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/perf_map.hpp>

#include "watched.hpp"

namespace unit_x64_code_memory {

namespace {

using dovetail::basic_x64;
using dovetail::code_memory_policy;
using dovetail::code_region;
using dovetail::dual_mapped_code;
using dovetail::reprotected_code;
using dovetail::status;

// What is a policy.
static_assert(code_memory_policy<reprotected_code> && code_memory_policy<dual_mapped_code>);
struct memory_that_cannot_be_refused : reprotected_code {
  static void make_executable(code_region&, std::size_t);
};
struct memory_that_nobody_gives_back {
  static bool is_available();
  static status reserve(code_region&, std::size_t);
  static bool make_executable(code_region&, std::size_t);
};
static_assert(!code_memory_policy<memory_that_cannot_be_refused>);
static_assert(!code_memory_policy<memory_that_nobody_gives_back> && !code_memory_policy<int>);
static_assert(std::same_as<dovetail::x64, basic_x64<reprotected_code>>);

// What goes over it.
using dual = basic_x64<dual_mapped_code>;
static_assert(dovetail::backend_policy<dual> &&
              dovetail::backend_policy<dual, dovetail::guarded_memory>);
static_assert(dovetail::makes_machine_code<dual> && dovetail::tells_frames<dual> &&
              dovetail::refusable_backend<dual>);

#if defined(__linux__) || defined(_WIN32)
constexpr bool has_objects = true;
#else
constexpr bool has_objects = false;
#endif

template <class Backend, class Memory>
struct config : testing::watched<Backend> {
  using memory = Memory;
};

#if defined(__linux__)
struct mapping {
  std::uintptr_t begin, end;
  std::string rights;
};
std::vector<mapping> mappings() {
  std::vector<mapping> all;
  std::FILE* file = std::fopen("/proc/self/maps", "r");
  if (file == nullptr) return all;
  char line[4096], rights[8];
  unsigned long long begin, end;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::sscanf(line, "%llx-%llx %7s", &begin, &end, rights) == 3)
      all.push_back({static_cast<std::uintptr_t>(begin), static_cast<std::uintptr_t>(end), rights});
  }
  std::fclose(file);
  return all;
}
std::string rights_at(const void* at) {
  const auto address = reinterpret_cast<std::uintptr_t>(at);
  for (const mapping& m : mappings()) {
    if (m.begin <= address && address < m.end) return m.rights.substr(0, 3);
  }
  return "none";
}
std::size_t files() {
  std::size_t count = 0;
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}
#endif

template <class Backend, class Memory>
void run() {
  using rt = dovetail::runtime<config<Backend, Memory>>;
  testing::watched_heap heap;
#if defined(__linux__)
  const std::size_t files_before = files();
#endif
  {
    typename rt::engine engine{testing::watched_policy{&heap}};
    typename rt::store store{engine};
    store.set_fuel(100);
    const auto bytes = testing::with_names();
    auto module = engine.compile(testing::as_bytes(bytes));
    REQUIRE(module.has_value());
    dovetail::imports env = {dovetail::bind("env", "f", [](std::int32_t x) { return x; })};
    auto made = store.instantiate(*module, env);
    REQUIRE(made.has_value());
    CHECK(made->template get<int(int)>("thrice").value()(14).value() == 42);
#if defined(__linux__)
    CHECK(rights_at(testing::code_of(*module).base) == "r-x");
    for (const mapping& m : mappings()) CHECK(m.rights.substr(1, 2) != "wx");
    CHECK(files() == files_before);
#endif
  }
  CHECK(heap.is_clean());
}

template <class Backend>
void run_all() {
  run<Backend, dovetail::checked_memory>();
  run<Backend, dovetail::guarded_memory>();
}

}  // namespace

TEST_CASE("code memory: written, then executable where it is") { run_all<dovetail::x64>(); }

TEST_CASE("code memory: an object that is mapped twice") {
  if (!has_objects) return testing::skip("no memory objects here");
  CHECK(dual_mapped_code::is_available());
  run_all<dual>();
}

TEST_CASE("code memory: mixins go over every policy") {
  if (!has_objects) return testing::skip("no memory objects here");
  run<dovetail::fuel<dual>, dovetail::checked_memory>();
  run<dovetail::gdb_jit<dovetail::perf_map<dual>>, dovetail::checked_memory>();
  run<dovetail::backtraces<dovetail::first_available<dual, dovetail::interpreter>>,
      dovetail::checked_memory>();
#ifndef _WIN32
  std::remove(("/tmp/perf-" + std::to_string(getpid()) + ".map").c_str());
#endif
}

TEST_CASE("code memory: a compilation that fails leaves no object behind") {
  if (!has_objects) return testing::skip("no memory objects here");
  using rt = testing::watched_rt<dual>;
  testing::watched_heap heap;
  {
    rt::engine engine{testing::watched_policy{&heap}};
    const auto bytes = testing::with_names();
    REQUIRE(engine.compile(testing::as_bytes(bytes)).has_value());
    const std::size_t enough = heap.requests;
#if defined(__linux__)
    const std::size_t files_before = files();
#endif
    for (std::size_t n = 0; n < enough; ++n) {
      heap.requests_left = n;
      static_cast<void>(engine.compile(testing::as_bytes(bytes)));
    }
    heap.requests_left = heap.unlimited;
#if defined(__linux__)
    CHECK(files() == files_before);
#endif
    CHECK(engine.compile(testing::as_bytes(bytes)).has_value());
  }
  CHECK(heap.is_clean());
}

#if defined(__linux__)
TEST_CASE("code memory: an object larger than files may be is refused, and nobody is killed") {
  rlimit before = {};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit small = before;
  small.rlim_cur = 4096;
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  testing::watched_heap heap;
  testing::watched_rt<dual>::engine engine{testing::watched_policy{&heap}};
  const auto bytes = testing::with_names();
  const auto refused = engine.compile(testing::as_bytes(bytes));
  const bool was_available = dual_mapped_code::is_available();
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  REQUIRE(!refused.has_value());
  CHECK(refused.error().code == status::executable_memory_refused);
  CHECK(!was_available);
  CHECK(engine.compile(testing::as_bytes(bytes)).has_value());
}
#endif

}  // namespace unit_x64_code_memory
