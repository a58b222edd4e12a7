// Imports written down: constants, members, closures, untyped callables and objects.
#include <dovetail/link/imports.hpp>

#include <dovetail/link/host_function.hpp>
#include <dovetail/validate/signatures.hpp>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_imports {

using namespace dovetail;
using testing::watched_heap;

namespace {

struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }

  vm::function_instance& make(const definition& d) {
    vm::function_instance* f = nullptr;
    REQUIRE(d.is_recipe());
    REQUIRE(vm::make_host_function(store, d.host, f) == status::ok);
    return *f;
  }
};

std::int32_t twice(std::int32_t v) { return 2 * v; }

struct counter {
  std::int32_t total = 0;
  std::int32_t add(std::int32_t v) { return total += v; }
  [[nodiscard]] std::int32_t get(std::int32_t v) const { return total + v; }
};

// Knows how many of it there are.
struct tracked {
  int* alive;
  explicit tracked(int& a) : alive(&a) { ++*alive; }
  tracked(const tracked& other) : alive(other.alive) { ++*alive; }
  ~tracked() { --*alive; }
  std::int32_t operator()(std::int32_t v) const { return v + *alive; }
};

slot call(vm::function_instance& f, slot argument) {
  slot frame[] = {argument, 0};
  CHECK(f.invoke(f, frame) == trap_code::none);
  return frame[0];
}

constexpr value_type i32 = value_type::i32;
constexpr value_type one[] = {i32};
constexpr function_type i32_to_i32{one, one};

}  // namespace

TEST_CASE("imports: a constant, a member and a closure are functions of their type") {
  world w;
  counter c;
  const counter& constant = c;
  std::int32_t offset = 100;
  imports list = {bind<twice>("m", "twice"), bind<&counter::add>("m", "add", c),
                  bind<&counter::get>("m", "get", constant),
                  bind<[](std::int32_t v) { return -v; }>("m", "minus"),
                  bind("m", "offset", [&offset](std::int32_t v) { return v + offset; })};
  static_assert(decltype(list)::size == 5);
  const auto all = list.definitions();
  const char* const names[] = {"twice", "add", "get", "minus", "offset"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].module == "m");
    CHECK(all[i].name == names[i]);
    CHECK(all[i].type().function == i32_to_i32);
  }
  CHECK(call(w.make(all[0]), 21) == 42);
  CHECK(call(w.make(all[1]), 5) == 5);
  CHECK(c.total == 5);
  CHECK(call(w.make(all[2]), 2) == 7);
  CHECK(call(w.make(all[3]), 1) == 0xffff'ffff);
  vm::function_instance& with_offset = w.make(all[4]);
  CHECK(call(with_offset, 1) == 101);
  offset = 200;
  CHECK(call(with_offset, 1) == 201);
}

TEST_CASE("imports: each store has its own copy of a closure, which outlives the list") {
  int alive = 0;
  {
    world first, second;
    vm::function_instance *f = nullptr, *g = nullptr;
    {
      imports list = {bind("", "", tracked(alive))};
      f = &first.make(list.definitions()[0]);
      g = &second.make(list.definitions()[0]);
      CHECK(alive == 3);
    }
    CHECK(alive == 2);
    CHECK(call(*f, 40) == 42);
    CHECK(call(*g, 40) == 42);
  }
  CHECK(alive == 0);
}

TEST_CASE("imports: an object is provided as it is, a null handle is an empty definition") {
  struct handle {
    vm::external_object found;
    [[nodiscard]] vm::external_object object() const { return found; }
  };
  vm::global_instance g;
  imports list = {provide("m", "g", handle{{external_kind::global, &g}}),
                  provide("m", "n", handle{{external_kind::global, nullptr}})};
  const auto all = list.definitions();
  CHECK(all[0].existing.global() == &g);
  CHECK_FALSE(all[0].is_recipe());
  CHECK(all[1].is_empty());
  imports none = {};
  CHECK(none.definitions().empty());
}

TEST_CASE("imports: untyped callables see values, and their results are zero until they write") {
  world w;
  constexpr value_type two[] = {i32, value_type::f64}, both[] = {value_type::i64, value_type::f32};
  const function_type type{two, both};
  int calls = 0;
  imports list = {
      bind("m", "f", type, [&](caller&, std::span<const value> in, std::span<value> out) {
        ++calls;
        CHECK(in.size() == 2);
        CHECK(in[0] == value(std::int32_t{-1}));
        CHECK(in[1] == value(0.5));
        CHECK(out[0] == value(std::int64_t{0}));
        CHECK(out[1] == value(0.0f));
        out[0] = value(std::int64_t{7});
      })};
  vm::function_instance& f = w.make(list.definitions()[0]);
  CHECK(f.signature->type == type);
  slot frame[] = {to_slot(std::int32_t{-1}), to_slot(0.5)};
  CHECK(f.invoke(f, frame) == trap_code::none);
  CHECK(calls == 1);
  CHECK(frame[0] == 7);
  CHECK(frame[1] == 0);
}

TEST_CASE("imports: an untyped callable may trap, and must give values of its type and store") {
  world w, other;
  vm::function_instance foreign;
  foreign.home = &other.store;
  constexpr value_type reference[] = {value_type::funcref};
  const function_type type{{}, one}, of_function{{}, reference};
  using results = std::span<value>;
  const auto trapping = [](caller&, std::span<const value>, results) { return trap::exit(3); };
  const auto wrong = [](caller&, std::span<const value>, results out) { out[0] = value(1.0); };
  const auto elsewhere = [&](caller&, std::span<const value>, results out) {
    out[0] = value(funcref{&foreign});
  };
  imports list = {bind("", "", type, trapping), bind("", "", type, wrong),
                  bind("", "", of_function, elsewhere)};
  const auto all = list.definitions();
  const trap_code expected[] = {trap_code::exit, trap_code::bad_call, trap_code::bad_call};
  for (std::size_t i = 0; i < all.size(); ++i) {
    vm::function_instance& f = w.make(all[i]);
    slot frame[] = {5};
    CHECK(f.invoke(f, frame) == expected[i]);
    CHECK(frame[0] == 5);
    CHECK(w.store.report.code == expected[i]);
  }
}

#ifdef __cpp_exceptions
TEST_CASE("imports: what a host function throws is kept by its store, however it was bound") {
  struct thrower {
    void operator()() { throw std::runtime_error("kept"); }
    void member() { throw std::runtime_error("kept"); }
  };
  world w;
  thrower t;
  const auto untyped = [](caller&, std::span<const value>, std::span<value>) {
    throw std::runtime_error("kept");
  };
  imports list = {bind<[] { throw std::runtime_error("kept"); }>("", ""),
                  bind<&thrower::member>("", "", t), bind("", "", thrower{}),
                  bind("", "", function_type{}, untyped)};
  for (const definition& d : list.definitions()) {
    vm::function_instance& f = w.make(d);
    slot frame[1] = {};
    CHECK(f.invoke(f, frame) == trap_code::host_exception);
    REQUIRE(w.store.exception != nullptr);
    CHECK_THROWS_AS(std::rethrow_exception(std::exchange(w.store.exception, nullptr)),
                    std::runtime_error);
  }
}
#endif

}  // namespace unit_link_imports
