// Snapshots over a watched heap: what is refused loses nothing. tests/boundary/snapshots.cpp runs
// guests.
#include <dovetail/snapshot.hpp>

#include <cstdint>
#include <utility>
#include <vector>

#include <dovetail/host_global.hpp>

#include "world.hpp"

namespace unit_api_snapshot {

using namespace dovetail;
using namespace testing;

namespace {

// A memory, a table with a function of its own, and a variable.
std::vector<std::uint8_t> module_with_state() {
  module_writer m;
  const std::uint32_t f = m.function(m.type({}, {value_type::i64}), code().i64(1));
  m.export_as("t", 1, m.table(2, 50));
  m.memory(1, 3);
  m.export_as("m", 2, 0);
  m.export_as("v", 3, m.global(value_type::i64, true, code().i64(-1)));
  m.export_as("f", 0, f);
  return m.bytes();
}

struct handles {
  explicit handles(const rt::instance& i)
      : memory(*i.get<memory_view>("m")),
        table(*i.get<table_handle>("t")),
        variable(*i.get<global<std::int64_t>>("v")) {}
  memory_view memory;
  table_handle table;
  global<std::int64_t> variable;
};

template <class Result>
status code_of(const Result& r) {
  return r ? status::ok : r.error().code;
}

}  // namespace

TEST_CASE("snapshot: is a value that can be moved and ended in any order") {
  api_world w;
  const rt::instance i = w.instantiate(module_with_state());
  handles h(i);
  auto a = take_snapshot(i);
  h.variable.set(5);
  auto b = take_snapshot(w.store);
  REQUIRE((a.has_value() && b.has_value()));
  h.variable.set(6);
  REQUIRE(code_of(restore(i, *b)) == status::ok);
  CHECK(h.variable.get() == 5);
  *a = std::move(*b);
  h.variable.set(7);
  REQUIRE(code_of(restore(w.store, *a)) == status::ok);
  CHECK(h.variable.get() == 5);
}

TEST_CASE("snapshot: refused memory changes nothing") {
  std::size_t refusals = 0;
  for (std::size_t granted = 0;; ++granted) {
    api_world w;
    const rt::instance i = w.instantiate(module_with_state());
    handles h(i);
    for (std::uint32_t at = 0; at < 65'536 - 4; at += 3'000) REQUIRE(!h.memory.write(at, at));
    auto taken = [&] {
      w.heap.requests_left = granted;
      auto made = take_snapshot(i);
      w.heap.requests_left = watched_heap::unlimited;
      return made;
    }();
    if (!taken) {
      ++refusals;
      CHECK(taken.error().code == status::store_out_of_memory);
      continue;
    }
    // The same for the way back, from a bigger state to a smaller one and the other way.
    REQUIRE(h.memory.grow(2).has_value());
    REQUIRE(h.table.grow(40, value::null(value_type::funcref)).has_value());
    REQUIRE(!h.memory.write(100'000, 9));
    h.variable.set(3);
    auto bigger = take_snapshot(i);
    REQUIRE(bigger.has_value());
    REQUIRE(code_of(restore(i, *taken)) == status::ok);
    for (std::size_t n = 0;; ++n) {
      w.heap.requests_left = n;
      const status s = code_of(restore(i, *bigger));
      w.heap.requests_left = watched_heap::unlimited;
      if (s == status::ok) break;
      ++refusals;
      REQUIRE(n < 50);
      CHECK(h.memory.pages() == 1);
      CHECK(h.table.size() == 2);
      CHECK(h.variable.get() == -1);
      CHECK(h.memory.read<int>(3'000).value_or(0) == 3'000);
    }
    CHECK(h.memory.read<int>(100'000).value_or(0) == 9);
    CHECK(h.variable.get() == 3);
    CHECK(h.table.size() == 42);
    break;
  }
  CHECK(refusals > 10);
}

TEST_CASE("snapshot: forks are refused what instances are refused") {
  api_world w;
  const rt::module code = w.compile(with_exports());
  auto env = log_import();
  const auto made = w.store.instantiate(code, env);
  REQUIRE(made.has_value());
  const auto taken = take_snapshot(*made);
  REQUIRE(taken.has_value());
  CHECK(code_of(fork(w.store, code, *taken)) == status::unknown_import);
  const auto forked = fork(w.store, code, *taken, env);
  REQUIRE(forked.has_value());
  const auto again = fork(*forked);
  REQUIRE(again.has_value());
  auto before = *made->get<global<std::int64_t>>("v"),
       after = *again->get<global<std::int64_t>>("v");
  after.set(12);
  CHECK(before.get() == -1);
  // Of another module, and in a store of another engine.
  const rt::module other = w.compile(module_with_state());
  CHECK(code_of(fork(w.store, other, *taken)) == status::snapshot_mismatch);
  api_world w2;
  CHECK(code_of(fork(w2.store, code, *taken, env)) == status::wrong_engine);
  CHECK(code_of(restore(w2.instantiate(module_with_state()), *taken)) == status::snapshot_mismatch);
}

TEST_CASE("snapshot: variables of the host are left alone") {
  host_global<int> variable = 4;
  module_writer m;
  m.export_as("v", 3, m.import_global("env", "v", value_type::i32, true));
  api_world w;
  dovetail::imports env = {bind("env", "v", variable)};
  const rt::module code = w.compile(m.bytes());
  const auto i = w.store.instantiate(code, env);
  REQUIRE(i.has_value());
  const auto taken = take_snapshot(*i);
  REQUIRE(taken.has_value());
  variable = 5;
  CHECK(code_of(restore(*i, *taken)) == status::ok);
  CHECK(variable == 5);
  CHECK(fork(*i).has_value());
}

}  // namespace unit_api_snapshot
