// The first unit: makes what the second uses, and the other way round.
#include "shared.hpp"
#include "support/catch.hpp"

namespace {

// The second unit has another type of this name.
struct own_config : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::checked_memory;
  using traps = dovetail::traps_fatal;
};

int host(int x) { return x + 1; }

// (module
//   (import "env" "host" (func (param i32) (result i32)))
//   (memory 1)
//   (func (export "f") (param i32) (result i32)
//     local.get 0  call 0  i32.const 10  i32.mul))
constexpr unsigned char bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x02, 0x0c, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x00, 0x00,
    0x03, 0x02, 0x01, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00,
    0x01, 0x0a, 0x0b, 0x01, 0x09, 0x00, 0x20, 0x00, 0x10, 0x00, 0x41, 0x0a, 0x6c, 0x0b,
};

}  // namespace

TEST_CASE("two units see the same library") { CHECK(odr::facts{} == odr::seen_by_two()); }

TEST_CASE("a module compiled in one unit runs in the other") {
  odr::rt::engine engine;
  const auto code = odr::compile_in_two(engine, std::as_bytes(std::span(bytes)));
  REQUIRE(code.has_value());
  odr::rt::store world{engine};
  dovetail::imports env = {dovetail::bind<host>("env", "host")};
  auto instance = world.instantiate(*code, env);
  REQUIRE(instance.has_value());
  CHECK(odr::call_in_two(*instance, 3) == 40);
}

TEST_CASE("configs of one name in two units do not meet") {
  using rt = dovetail::runtime<own_config>;
  rt::engine engine;
  const auto code = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE(code.has_value());
  rt::store world{engine};
  dovetail::imports env = {dovetail::bind<host>("env", "host")};
  auto instance = world.instantiate(*code, env);
  REQUIRE(instance.has_value());
  auto function = instance->get<int(int)>("f");
  REQUIRE(function.has_value());
  CHECK((*function)(3) == 40);
  CHECK(odr::own_config_in_two(std::as_bytes(std::span(bytes)), 3) == 50);
}
