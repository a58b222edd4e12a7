// Handles that learn their types at run time.
#include <dovetail/api/untyped_handles.hpp>

#include <dovetail/link/host_function.hpp>
#include <dovetail/validate/signatures.hpp>

#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_api_untyped_handles {

using namespace dovetail;

namespace {

constexpr value_type i32 = value_type::i32;
constexpr value_type one[] = {i32};

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }

  function_handle function(const function_type& type, trap (*call)(void*, caller&, slot*)) {
    vm::function_instance* f = nullptr;
    CHECK(vm::make_host_function(store, {type, call}, f) == status::ok);
    return function_handle(f);
  }
  global_handle global(global_type type) {
    vm::global_instance* g = nullptr;
    CHECK(vm::make_global(store, type, 1, 0, g) == status::ok);
    return global_handle(g);
  }
  table_handle table(table_type type) {
    vm::table_instance* t = nullptr;
    CHECK(vm::make_table(store, type, 0, t) == status::ok);
    return table_handle(t);
  }
};

trap increment(void*, caller&, slot* frame) { return ++frame[0], trap{}; }

}  // namespace

TEST_CASE("function handle: a call with values of its types, results with theirs") {
  world w;
  const function_handle f = w.function({one, one}, &increment);
  CHECK(f);
  CHECK(f.type() == function_type{one, one});
  const value argument(41);
  value result;
  CHECK(f.call({&argument, 1}, {&result, 1}).has_value());
  CHECK(result == value(42));
  CHECK(f == function_handle(f.reference().pointer));
  CHECK_FALSE(function_handle());
}

TEST_CASE(
    "function handle: anything else is a bad call, which is reported, and nothing is called") {
  world w, other;
  const function_handle f = w.function({one, one}, &increment);
  const value good(1), wrong(1.0);
  const value two[] = {value(1), value(2)};
  value result(7);
  const auto is_refused = [&](std::span<const value> arguments, std::span<value> results) {
    w.store.report = {trap_code::unreachable, 3, true, 1, 2, nullptr};
    const auto outcome = f.call(arguments, results);
    CHECK(outcome.error().code == trap_code::bad_call);
    CHECK(w.store.report.code == trap_code::bad_call);
    CHECK_FALSE(w.store.report.has_place);
    CHECK(result == value(7));
  };
  is_refused({}, {&result, 1});
  is_refused(two, {&result, 1});
  is_refused({&good, 1}, {});
  is_refused({&wrong, 1}, {&result, 1});
  constexpr value_type reference[] = {value_type::funcref};
  const function_handle taking = w.function({reference, {}}, &increment);
  const value foreign(other.function({}, &increment).reference()), own(f.reference());
  CHECK(taking.call({&foreign, 1}, {}).error().code == trap_code::bad_call);
  CHECK(taking.call({&own, 1}, {}).has_value());
}

TEST_CASE("function handle: traps bring their number; many values need a large frame") {
  world w;
  const function_handle failing =
      w.function({}, [](void*, caller&, slot*) { return trap::exit(-9); });
  CHECK(failing.call({}, {}).error() == trap::exit(-9));
  const std::vector<value_type> many(1000, i32), too_many(1025, i32);
  const function_handle wide = w.function(
      {many, one}, [](void*, caller&, slot* frame) { return frame[0] = frame[999], trap{}; });
  std::vector<value> arguments(1000, value(1));
  arguments.back() = value(5);
  value result;
  CHECK(wide.call(arguments, {&result, 1}).has_value());
  CHECK(result == value(5));
  const function_handle wider = w.function({too_many, {}}, &increment);
  CHECK(wider.call(std::vector<value>(1025, value(1)), {}).error().code == trap_code::bad_call);
}

TEST_CASE("global handle: reads and writes values of its type, if it is a variable") {
  world w, other;
  const global_handle variable = w.global({i32, true}), constant = w.global({i32, false});
  CHECK(variable.get() == value(1));
  CHECK(variable.set(value(-3)) == status::ok);
  CHECK(variable.get() == value(-3));
  CHECK(variable.set(value(1.0)) == status::value_type_mismatch);
  CHECK(constant.set(value(2)) == status::immutable);
  CHECK(constant.get() == value(1));
  const global_handle vector = w.global({value_type::v128, true});
  CHECK(vector.set(value::from_bits(value_type::v128, 3, 4)) == status::ok);
  CHECK(vector.get().high_bits() == 4);
  const global_handle reference = w.global({value_type::funcref, true});
  CHECK(reference.set(value(other.function({}, &increment).reference())) ==
        status::value_type_mismatch);
  CHECK(reference.set(value(funcref{})) == status::ok);
}

TEST_CASE("table handle: elements within bounds, of its type and store") {
  world w, other;
  const table_handle t = w.table({value_type::funcref, {2, 3}});
  const value f(w.function({}, &increment).reference());
  CHECK(t.size() == 2);
  CHECK(t.set(1, f) == status::ok);
  CHECK(*t.get(1) == f);
  CHECK(*t.get(0) == value::null(value_type::funcref));
  CHECK(t.get(2).error().code == status::out_of_bounds);
  CHECK(t.get(~std::uint64_t{0}).error().code == status::out_of_bounds);
  CHECK(t.set(2, f) == status::out_of_bounds);
  CHECK(t.set(0, value(externref{})) == status::value_type_mismatch);
  CHECK(t.set(0, value(other.function({}, &increment).reference())) == status::value_type_mismatch);
  CHECK(t.grow(1, value(1)).error().code == status::value_type_mismatch);
  CHECK(t.grow(2, f).error().code == status::table_refused);
  CHECK(*t.grow(1, f) == 2);
  CHECK(*t.get(2) == f);
  CHECK(t.type() == table_type{value_type::funcref, {3, 3}});
}

TEST_CASE("external: a handle of its kind, empty ones of the others") {
  world w;
  const external g(w.global({i32, true}).object()), t(w.table({}).object()),
      f(w.function({}, &increment).object());
  CHECK(g.kind() == external_kind::global);
  CHECK(g.as_global());
  CHECK_FALSE(g.as_function());
  CHECK_FALSE(g.as_table());
  CHECK_FALSE(g.as_memory());
  CHECK(g.type().global == global_type{i32, true});
  CHECK(t.as_table());
  CHECK_FALSE(t.as_global());
  CHECK(f.as_function());
  CHECK(f.type().kind == external_kind::function);
}

}  // namespace unit_api_untyped_handles
