// Variables of the host as globals of guests.
#include <dovetail/host_global.hpp>

#include <cstdint>

#include "world.hpp"

namespace unit_api_host_global {

using namespace dovetail;
using namespace testing;

namespace {

constinit host_global<float> gravity = 9.5f;

// Imports `env.gravity`, a variable f32, and `env.level`, a constant i64; exports both.
std::vector<std::uint8_t> module_of_globals() {
  module_writer m;
  m.export_as("gravity", 3, m.import_global("env", "gravity", value_type::f32, true));
  m.export_as("level", 3, m.import_global("env", "level", value_type::i64, false));
  return m.bytes();
}

// The error's names lie in the module, which the caller keeps.
template <class... Sources>
error refusal(api_world& w, const rt::module& code, Sources&&... sources) {
  const auto made = w.store.instantiate(code, sources...);
  return made.has_value() ? error{} : made.error();
}

}  // namespace

TEST_CASE("host global: reads and assigns like the value it is") {
  host_global<int> n = 7;
  CHECK(n == 7);
  n = -3;
  CHECK(n.get() == -3);
  n += 5;
  n *= 4;
  n -= 2;
  n /= 3;
  CHECK(n == 2);
  host_global<int> other = 9;
  other = n;
  n = 1;
  CHECK(other == 2);
  host_global<double> d;
  CHECK(d == 0.0);
  d += 0.5;
  CHECK(d == 0.5);
  host_global<std::int8_t> small = 127;
  small += 1;
  CHECK(small == -128);
  enum class colour : std::uint16_t { red, blue };
  host_global<colour> c = colour::blue;
  c = colour::red;
  CHECK(c == colour::red);
  const host_global<const bool> is_on = true;
  CHECK(is_on);
}

TEST_CASE("host global: a vector has both halves") {
  api_world w;
  module_writer m;
  m.export_as("wind", 3, m.import_global("env", "wind", value_type::v128, true));
  host_global<v128> wind = v128::of_halves(1, 2);
  imports env = {bind("env", "wind", wind)};
  const auto seen = w.instantiate(m.bytes(), env).get<global<v128>>("wind");
  REQUIRE(seen.has_value());
  CHECK(seen->get() == v128::of_halves(1, 2));
  seen->set(v128::of_halves(3, 4));
  CHECK(wind.get() == v128::of_halves(3, 4));
  wind = v128::of_halves(5, 6);
  CHECK(seen->get() == v128::of_halves(5, 6));
}

TEST_CASE("host global: an instance's global is the variable") {
  api_world w;
  host_global<const std::int64_t> level = 3;
  imports env = {bind("env", "gravity", gravity), bind("env", "level", level)};
  const rt::instance i = w.instantiate(module_of_globals(), env);
  const auto seen = i.get<global<float>>("gravity").value();
  gravity = 1.5f;
  CHECK(seen == 1.5f);
  seen.set(2.5f);
  CHECK(gravity == 2.5f);
  CHECK(i.get<global<std::int64_t>>("level")->get() == 3);
  CHECK_FALSE(i.get<global<std::int64_t>>("level")->is_mutable());
  // By value handles, which look at the type.
  const auto untyped = i.get<global_handle>("gravity").value();
  CHECK(untyped.set(value(4.5f)) == status::ok);
  CHECK(gravity == 4.5f);
  CHECK(untyped.set(value(4.5)) == status::value_type_mismatch);
  CHECK(i.get<global_handle>("level")->set(value(std::int64_t{1})) == status::immutable);
}

TEST_CASE("host global: two stores, of two engines, share one") {
  api_world one, two;
  host_global<const std::int64_t> level = 3;
  imports env = {bind("env", "gravity", gravity), bind("env", "level", level)};
  const auto in_one = one.instantiate(module_of_globals(), env).get<global<float>>("gravity");
  const auto in_two = two.instantiate(module_of_globals(), env).get<global<float>>("gravity");
  in_one->set(0.25f);
  CHECK(in_two->get() == 0.25f);
  CHECK(in_one->object().object == in_two->object().object);
}

TEST_CASE("host global: an export that came from the host goes into another store") {
  api_world one, two;
  host_global<const std::int64_t> level = 3;
  imports env = {bind("env", "gravity", gravity), bind("env", "level", level)};
  const rt::instance exporter = one.instantiate(module_of_globals(), env);
  rt::linker linker(two.engine);
  CHECK(linker.define("env", "gravity", *exporter.get<global_handle>("gravity")) == status::ok);
  CHECK(linker.define(bind("env", "level", level)) == status::ok);
  CHECK(two.instantiate(module_of_globals(), linker).get<global<float>>("gravity")->get() ==
        gravity.get());
}

TEST_CASE("host global: type and mutability are matched when it is linked") {
  api_world w;
  const rt::module code = w.compile(module_of_globals());
  host_global<const std::int64_t> level = 3;
  host_global<std::int64_t> variable_level = 3;
  host_global<const float> constant_gravity = 1.0f;
  host_global<double> wide_gravity = 1.0;
  imports changing = {bind("env", "gravity", gravity), bind("env", "level", variable_level)};
  const error e = refusal(w, code, changing);
  CHECK(e.code == status::incompatible_import);
  CHECK(e.import_name == "level");
  CHECK(e.provided.global == global_type{value_type::i64, true});
  imports constant = {bind("env", "gravity", constant_gravity), bind("env", "level", level)};
  CHECK(refusal(w, code, constant).import_name == "gravity");
  imports wide = {bind("env", "gravity", wide_gravity), bind("env", "level", level)};
  CHECK(refusal(w, code, wide).code == status::incompatible_import);
}

TEST_CASE("host global: what holds references belongs to a store") {
  api_world w;
  vm::global_instance reference{0, 0, {value_type::externref, true}, nullptr};
  const vm::external_object object{external_kind::global, &reference};
  CHECK_FALSE(object.may_enter(w.store.data()));
  reference.type.type = value_type::i32;
  CHECK(object.may_enter(w.store.data()));
}

}  // namespace unit_api_host_global
