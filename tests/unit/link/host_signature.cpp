// Function types deduced from C++ callables, and the way of arguments and results.
#include <dovetail/link/host_signature.hpp>

#include <dovetail/validate/signatures.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_host_signature {

using namespace dovetail;
using dovetail::detail::signature_of_callable;

namespace {

using types = std::vector<value_type>;

template <class F>
types parameters_of() {
  const auto list = signature_of_callable<F>::type.parameters;
  return {list.begin(), list.end()};
}
template <class F>
types results_of() {
  const auto list = signature_of_callable<F>::type.results;
  return {list.begin(), list.end()};
}

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  caller from{store, nullptr};
  slot frame[4] = {};
};
template <class F>
trap call(world& w, F f) {
  return signature_of_callable<F>::call(f, w.from, w.frame);
}

struct object {
  int plain(float);
  int constant(float) const;
  int quiet(float) noexcept;
  int both(float) const noexcept;
};
enum class small : std::int8_t {};

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32,
                     f64 = value_type::f64;

}  // namespace

TEST_CASE("host signature: deduced from functions, members and callables of every qualification") {
  CHECK(parameters_of<void (*)(bool, small, std::uint64_t, float, double)>() ==
        types{i32, i32, i64, f32, f64});
  CHECK(parameters_of<void (*)(externref, funcref)>() ==
        types{value_type::externref, value_type::funcref});
  CHECK(results_of<void (*)()>().empty());
  CHECK(results_of<double (*)() noexcept>() == types{f64});
  CHECK(parameters_of<decltype(&object::plain)>() == types{f32});
  CHECK(parameters_of<decltype(&object::constant)>() == types{f32});
  CHECK(parameters_of<decltype(&object::quiet)>() == types{f32});
  CHECK(parameters_of<decltype(&object::both)>() == types{f32});
  const auto by_reference = [](const int&, const double&) {};
  CHECK(parameters_of<decltype(by_reference)>() == types{i32, f64});
}

TEST_CASE("host signature: the caller is no parameter; traps and results of traps no values") {
  const auto with_caller = [](caller&, int) { return trap{}; };
  CHECK(parameters_of<decltype(with_caller)>() == types{i32});
  CHECK(results_of<decltype(with_caller)>().empty());
  CHECK(results_of<result<std::int64_t, trap> (*)()>() == types{i64});
  CHECK(results_of<result<void, trap> (*)()>().empty());
  CHECK(results_of<std::tuple<int, float> (*)()>() == types{i32, f32});
  CHECK(results_of<result<std::tuple<int, float>, trap> (*)()>() == types{i32, f32});
}

TEST_CASE("host signature: what is no value makes no host function") {
  CHECK(host_callable<int (*)(float)>);
  CHECK_FALSE(host_callable<int (*)(std::string)>);
  CHECK_FALSE(host_callable<std::string (*)()>);
  CHECK_FALSE(host_callable<int (*)(void*)>);
  CHECK_FALSE(host_callable<int>);
}

TEST_CASE("host signature: arguments come from the frame, results are written over them") {
  world w;
  w.frame[0] = to_slot(std::int32_t{-7});
  w.frame[1] = to_slot(2.5);
  CHECK_FALSE(call(w, [](std::int32_t a, double b) { return a * b; }));
  CHECK(from_slot<double>(w.frame[0]) == -17.5);
  w.frame[0] = to_slot(3.0f);
  CHECK_FALSE(call(w, [](float a) { return std::tuple(std::int8_t{-1}, a, std::uint64_t{9}); }));
  CHECK(w.frame[0] == 0xffff'ffff);
  CHECK(from_slot<float>(w.frame[1]) == 3.0f);
  CHECK(w.frame[2] == 9);
  const caller* seen = nullptr;
  CHECK_FALSE(call(w, [&](caller& from) { seen = &from; }));
  CHECK(seen == &w.from);
}

TEST_CASE("host signature: traps come back, and then no result is written") {
  world w;
  w.frame[0] = 5;
  CHECK(call(w, [](int) { return trap::host(4); }) == trap::host(4));
  CHECK(call(w, [](int) -> result<int, trap> { return trap::exit(1); }) == trap::exit(1));
  CHECK(w.frame[0] == 5);
  CHECK_FALSE(call(w, [](int a) -> result<int, trap> { return a + 1; }));
  CHECK(w.frame[0] == 6);
  CHECK_FALSE(call(w, []() -> result<void, trap> { return {}; }));
}

TEST_CASE("host signature: functions of another store are refused, in a tuple too") {
  world w, other;
  vm::function_instance own, foreign;
  own.home = &w.store;
  foreign.home = &other.store;
  CHECK_FALSE(call(w, [&] { return funcref{&own}; }));
  CHECK(w.frame[0] == to_slot(&own));
  CHECK_FALSE(call(w, [] { return funcref{}; }));
  CHECK(call(w, [&] { return funcref{&foreign}; }).code == trap_code::bad_call);
  CHECK(call(w, [&] { return std::tuple(1, funcref{&foreign}, 2); }).code == trap_code::bad_call);
  CHECK(call(w, [&]() -> result<funcref, trap> { return funcref{&foreign}; }).code ==
        trap_code::bad_call);
  CHECK(detail::may_enter(w.store, 1, funcref{&own}, 2.0));
  CHECK_FALSE(detail::may_enter(w.store, 1, funcref{&foreign}));
  CHECK(detail::may_enter(w.store));
}

TEST_CASE("host signature: members belong to objects of their class, const ones to constant ones") {
  CHECK(host_callable_on<decltype(&object::plain), object>);
  CHECK(host_callable_on<decltype(&object::constant), object>);
  CHECK(host_callable_on<decltype(&object::constant), const object>);
  CHECK_FALSE(host_callable_on<decltype(&object::plain), const object>);
  CHECK_FALSE(host_callable_on<decltype(&object::plain), world>);
  CHECK_FALSE(host_callable_on<int (*)(float), object>);
}

TEST_CASE("host signature: vectors lie in two slots, among the arguments and among the results") {
  world w;
  const v128 given = v128::of_halves(0x0123'4567'89ab'cdef, 0xfedc'ba98'7654'3210);
  write_slots(write_slots(write_slots(w.frame, 5), given), 6);
  const trap t = call(w, [](int a, v128 v, int b) {
    return std::tuple{v128::of_halves(v.high(), v.low()), a - b};
  });
  CHECK_FALSE(t);
  CHECK(read_slots<v128>(w.frame) == v128::of_halves(given.high(), given.low()));
  CHECK(read_slots<int>(w.frame + 2) == -1);
  CHECK_FALSE(signature_of_callable<void (*)(v128)>::has_native);
  CHECK_FALSE(signature_of_callable<v128 (*)()>::has_native);
  CHECK(signature_of_callable<int (*)(int)>::has_native);
}

}  // namespace unit_link_host_signature
