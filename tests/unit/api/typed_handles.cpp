// Functions and globals of C++ types.
#include <dovetail/api/typed_handles.hpp>

#include <dovetail/link/host_function.hpp>
#include <dovetail/validate/signatures.hpp>

#include <cstdint>
#include <tuple>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_api_typed_handles {

using namespace dovetail;

namespace {

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }

  vm::function_instance& make(const function_type& type, trap (*call)(void*, caller&, slot*)) {
    vm::function_instance* f = nullptr;
    REQUIRE(vm::make_host_function(store, {type, call}, f) == status::ok);
    return *f;
  }
};
template <class R, class... A>
function<R(A...)> typed(world& w, trap (*call)(void*, caller&, slot*)) {
  return {w.make(function<R(A...)>::type, call), &detail::call_generic<R, A...>};
}

trap swap(void*, caller&, slot* frame) { return std::swap(frame[0], frame[1]), trap{}; }

}  // namespace

TEST_CASE("typed function: arguments in order, one result, several as a tuple, or none") {
  world w;
  const auto two = typed<std::tuple<double, std::int32_t>, std::int32_t, double>(w, &swap);
  const auto both = two(-7, 2.5);
  REQUIRE(both.has_value());
  CHECK(*both == std::tuple(2.5, -7));
  const auto one = typed<std::uint8_t, float, std::uint8_t>(w, &swap);
  CHECK(*one(1.0f, 200) == 200);
  const auto nothing = typed<void>(w, [](void*, caller&, slot*) { return trap{}; });
  CHECK(nothing().has_value());
  const auto more = typed<std::tuple<std::int64_t, std::int64_t, std::int64_t>>(
      w, [](void*, caller&, slot* frame) { return frame[2] = 3, trap{}; });
  CHECK(std::get<2>(*more()) == 3);
}

TEST_CASE("typed function: a trap comes back with its number") {
  world w;
  const auto f = typed<int>(w, [](void*, caller&, slot*) { return trap::host(12); });
  CHECK(f().error() == trap::host(12));
  CHECK(w.store.report.detail == 12);
}

TEST_CASE("typed function: a function of another store is a bad call, which is reported") {
  world w, other;
  const auto f = typed<void, funcref>(w, [](void*, caller&, slot*) { return trap{}; });
  w.store.report = {trap_code::unreachable, 1, true, 2, 3, nullptr};
  CHECK(f(funcref{&other.make({}, &swap)}).error().code == trap_code::bad_call);
  CHECK(w.store.report.code == trap_code::bad_call);
  CHECK_FALSE(w.store.report.has_place);
  CHECK(f(funcref{&w.make({}, &swap)}).has_value());
  CHECK(f(funcref{}).has_value());
}

TEST_CASE("typed function: equal if it is the same function; a default-made one is none") {
  world w;
  const auto f = typed<void>(w, &swap), g = typed<void>(w, &swap);
  const auto same = f;
  CHECK(f == same);
  CHECK_FALSE(f == g);
  CHECK(f);
  CHECK_FALSE(function<void()>());
  CHECK(f.object().kind == external_kind::function);
}

TEST_CASE("typed global: one cell, read and written as a C++ value") {
  vm::global_instance cell{to_slot(std::int32_t{-5}), 0, {value_type::i32, true}, nullptr};
  const global<std::int32_t> g(cell), same(cell);
  CHECK(g.get() == -5);
  CHECK(g == -5);
  g = 7;
  CHECK(same.get() == 7);
  same.set(-1);
  CHECK(cell.low == 0xffff'ffff);  // zero-extended
  CHECK(g.is_mutable());
  CHECK(g.object().global() == &cell);
  const vm::global_instance fixed{to_slot(0.5), 0, {value_type::f64, false}, nullptr};
  vm::global_instance copy = fixed;
  CHECK(global<double>(copy) == 0.5);
  CHECK_FALSE(global<double>(copy).is_mutable());
}

}  // namespace unit_api_typed_handles
