// The store: objects of the host's making, instances, fuel, and the end of it all.
#include <dovetail/api/store.hpp>

#include "world.hpp"

namespace unit_api_store {

using namespace dovetail;
using namespace testing;

TEST_CASE("store: memories of a valid type, within the config's limit") {
  api_world w;
  CHECK(w.store.make_memory({{1, 2}})->pages() == 1);
  CHECK(w.store.make_memory({{4}}).has_value());
  CHECK(w.store.make_memory({{5}}).error().code == status::memory_refused);
  CHECK(w.store.make_memory({{2, 1}}).error().code == status::limits_out_of_order);
  CHECK(w.store.make_memory({{0, 65'536}}).has_value());
  CHECK(w.store.make_memory({{0, 65'537}}).error().code == status::limits_out_of_order);
  CHECK(w.store.make_memory({{~std::uint64_t{0} - 1}}).error().code == status::limits_out_of_order);
}

TEST_CASE("store: tables of references, filled with one") {
  api_world w;
  const auto t = w.store.make_table({value_type::externref, {2, 3}});
  REQUIRE(t.has_value());
  CHECK(*t->get(1) == value(externref{}));
  int host = 0;
  const auto filled = w.store.make_table({value_type::externref, {2}}, value(externref{&host}));
  CHECK(*filled->get(1) == value(externref{&host}));
  CHECK(w.store.make_table({value_type::funcref, {1}}, value(externref{})).error().code ==
        status::value_type_mismatch);
  CHECK(w.store.make_table({value_type::funcref, {101}}).error().code == status::table_refused);
  CHECK(w.store.make_table({value_type::funcref, {2, 1}}).error().code ==
        status::limits_out_of_order);
  CHECK(w.store.make_table({value_type::i32, {1}}).error().code == status::value_type_mismatch);
}

TEST_CASE("store: globals by type or by C++ value") {
  api_world w;
  const auto g = w.store.make_global(-7);
  REQUIRE(g.has_value());
  CHECK(g->get() == -7);
  CHECK(g->is_mutable());
  CHECK_FALSE(w.store.make_global(0.5, false)->is_mutable());
  CHECK(w.store.make_global({value_type::i64, false}, value(std::int64_t{3}))->get() ==
        value(std::int64_t{3}));
  CHECK(w.store.make_global({value_type::i64, false}, value(3)).error().code ==
        status::value_type_mismatch);
}

TEST_CASE("store: a host function keeps its identity and its state") {
  api_world w;
  int calls = 0;
  const auto f = w.store.make_function(bind("", "", [&calls](int v) { return calls += v; }));
  REQUIRE(f.has_value());
  const value argument(3);
  value result;
  CHECK(f->call({&argument, 1}, {&result, 1}).has_value());
  CHECK(f->call({&argument, 1}, {&result, 1}).has_value());
  CHECK(result == value(6));
  const auto g = w.store.make_global({value_type::funcref, true}, value(f->reference()));
  CHECK(g->get().as<funcref>() == f->reference());
}

TEST_CASE("store: instantiates with imports of several sources, reports what is missing") {
  api_world w;
  const rt::module module = w.compile(with_exports());
  const auto failed = w.store.instantiate(module);
  CHECK(failed.error().code == status::unknown_import);
  CHECK(failed.error().import_name == "log");
  imports none = {};
  imports log = {bind<[](std::int32_t) {}>("env", "log")};
  CHECK(w.store.instantiate(module, none, log).has_value());
  CHECK(w.store.instantiate(module, log, log).error().code == status::duplicate_definition);
  api_world other;
  CHECK(other.store.instantiate(module, log).error().code == status::wrong_engine);
}

TEST_CASE("store: the last trap, and fuel within what can be counted") {
  api_world w;
  CHECK(w.store.last_trap().code == trap_code::none);
  const auto f = w.store.make_function(bind<[] { return trap::exit(4); }>("", ""));
  CHECK(f->call({}, {}).error() == trap::exit(4));
  CHECK(w.store.last_trap().code == trap_code::exit);
  CHECK(w.store.last_trap().detail == 4);
  CHECK(w.store.fuel() == 0);
  w.store.set_fuel(1000);
  CHECK(w.store.fuel() == 1000);
  w.store.set_fuel(~std::uint64_t{0});
  CHECK(w.store.fuel() == ~std::uint64_t{0} >> 1);
  w.store.data().fuel = -3;
  CHECK(w.store.fuel() == 0);
}

TEST_CASE("store: memory refused at any request is an error, and everything is given back") {
  watched_heap heap;
  const std::vector<std::uint8_t> bytes = with_exports();
  std::size_t refusals = 0;
  for (bool is_done = false; !is_done; ++refusals) {
    rt::engine engine{watched_policy{&heap}};  // anew, so that no block is left for the store
    const rt::module module = *engine.compile(as_bytes(bytes));
    const std::size_t compiled = heap.bytes;
    {
      rt::store store{engine};
      heap.requests_left = refusals;
      const auto made = store.instantiate(module, log_import());
      is_done = made.has_value();
      if (!is_done) CHECK(made.error().stage() == stage::instantiate);
      heap.requests_left = watched_heap::unlimited;
    }
    CHECK(heap.bytes == compiled + engine.blocks().kept_bytes());
  }
  CHECK(refusals > 4);
  CHECK(heap.is_clean());
}

}  // namespace unit_api_store
