// The lines that perf reads: one for each function, with its name and place.
#include <dovetail/perf_map.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#ifndef _WIN32
#include <unistd.h>
#endif

#include <dovetail/null.hpp>

#include "watched.hpp"

namespace unit_x64_perf_map {

namespace {

using rt = testing::watched_rt<dovetail::perf_map<dovetail::x64>>;

static_assert(dovetail::makes_machine_code<dovetail::x64>);
static_assert(dovetail::makes_machine_code<dovetail::fuel<dovetail::x64>>);
static_assert(!dovetail::makes_machine_code<dovetail::null>);
static_assert(dovetail::backend_policy<dovetail::perf_map<dovetail::x64>>);

#ifdef _WIN32
std::string path() { return "perf.map"; }
#else
std::string path() { return "/tmp/perf-" + std::to_string(getpid()) + ".map"; }
#endif

struct line {
  unsigned long long begin = 0, size = 0;
  std::string name;
};
std::vector<line> lines() {
  std::vector<line> all;
  std::FILE* file = std::fopen(path().c_str(), "r");
  if (file == nullptr) return all;
  char text[256], name[128];
  while (std::fgets(text, sizeof text, file) != nullptr) {
    line l;
    REQUIRE(std::sscanf(text, "%llx %llx %127[^\n]", &l.begin, &l.size, name) == 3);
    l.name = name;
    all.push_back(l);
  }
  std::fclose(file);
  return all;
}

}  // namespace

TEST_CASE("perf map: each function has a line with its place and name, and keeps it") {
  if (dovetail::platform::is_windows) return testing::skip("perf is of Linux");
  std::remove(path().c_str());
  testing::watched_heap heap;
  {
    rt::engine engine{testing::watched_policy{&heap}};
    const auto bytes = testing::with_names();
    auto module = engine.compile(testing::as_bytes(bytes));
    REQUIRE(module.has_value());
    const auto& code = testing::code_of(*module);
    const auto base = reinterpret_cast<std::uintptr_t>(code.base);
    const auto seen = lines();
    REQUIRE(seen.size() == 4);
    CHECK(seen[0].name == "wasm[shared]");
    CHECK(seen[1].name == "twice");
    CHECK(seen[2].name == "thrice");
    CHECK(seen[3].name == "wasm[3]");
    CHECK(seen[0].begin == base);
    unsigned long long end = base;
    for (const line& l : seen) {
      CHECK(l.begin >= end);
      CHECK(l.size > 0);
      end = l.begin + l.size;
    }
    CHECK(end <= base + code.size);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(seen[i + 1].begin == base + code.functions[i].entry);
      CHECK(seen[i + 1].size == code.functions[i].end - code.functions[i].entry);
    }
    REQUIRE(engine.compile(testing::as_bytes(bytes)).has_value());
    CHECK(lines().size() == 8);
  }
  CHECK(heap.is_clean());
  CHECK(lines().size() == 8);
  CHECK(std::remove(path().c_str()) == 0);
}

TEST_CASE("perf map: without memory for names, or a file to write, modules compile all the same") {
  std::remove(path().c_str());
  testing::watched_heap heap;
  rt::engine engine{testing::watched_policy{&heap}};
  const auto bytes = testing::with_names();
  REQUIRE(engine.compile(testing::as_bytes(bytes)).has_value());
  const std::size_t enough = heap.requests;
  std::size_t compiled = 0;
  for (std::size_t i = 1; i <= enough; ++i) {
    heap.requests_left = enough - i;
    compiled += engine.compile(testing::as_bytes(bytes)).has_value();
  }
  CHECK(compiled >= 2);  // without the text, and without the names
  CHECK_FALSE(heap.was_lied_to);
#ifndef _WIN32
  std::remove(path().c_str());
  REQUIRE(symlink("/dev/null", path().c_str()) == 0);  // somebody else's: not followed
  heap.requests_left = heap.unlimited;
  CHECK_FALSE(dovetail::os::append_to_perf_map("1 1 x\n", 6));
  CHECK(engine.compile(testing::as_bytes(bytes)).has_value());
#endif
  std::remove(path().c_str());
}

TEST_CASE("perf map: goes with other mixins, and code still runs") {
  std::remove(path().c_str());
  testing::watched_heap heap;
  using metered = testing::watched_rt<dovetail::fuel<dovetail::perf_map<dovetail::x64>>>;
  using other = testing::watched_rt<dovetail::perf_map<dovetail::fuel<dovetail::x64>>>;
  metered::engine engine{testing::watched_policy{&heap}};
  metered::store store{engine};
  const auto bytes = testing::with_names();
  auto module = engine.compile(testing::as_bytes(bytes));
  REQUIRE(module.has_value());
  dovetail::imports env = {dovetail::bind("env", "f", [](std::int32_t x) { return x; })};
  auto made = store.instantiate(*module, env);
  REQUIRE(made.has_value());
  store.set_fuel(100);
  auto thrice = made->get<int(int)>("thrice");
  REQUIRE(thrice.has_value());
  CHECK((*thrice)(14).value() == 42);
  other::engine second{testing::watched_policy{&heap}};
  CHECK(second.compile(testing::as_bytes(bytes)).has_value());
  std::remove(path().c_str());
}

}  // namespace unit_x64_perf_map
