// The backend that gives way: machine code where it may run, the interpreter where a system call
// filter refuses executable memory. Same answers, same traps, same fuel.
#include <dovetail/backtraces.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/x64_or_interpreter.hpp>

#include <cstdint>
#include <span>
#include <vector>

#include "support/catch.hpp"
#include "support/configurations.hpp"
#include "support/no_execution.hpp"
#include "support/writer.hpp"

namespace {

using dovetail::op;
using dovetail::status;
using dovetail::trap_code;
using dovetail::value_type;

using testing::config;

// "halve(x)" is host.count(x), then x / 2 read back from memory at 8; it traps on x < 0.
std::vector<std::uint8_t> halving() {
  using testing::code;
  testing::module_writer m;
  const std::uint32_t i_i = m.type({value_type::i32}, {value_type::i32});
  const std::uint32_t count = m.import_function("host", "count", m.type({value_type::i32}, {}));
  m.memory(1, 1);
  code body;
  body.put(op::local_get, {0}).put(op::call, {count});
  body.i32(8).put(op::local_get, {0}).i32(2).put(op::i32_div_s).put(op::i32_store, {2, 0});
  body.put(op::local_get, {0}).put(op::i32_load, {2, 8}).put(op::drop);
  body.i32(8).put(op::i32_load, {2, 0});
  m.export_as("halve", 0, m.function(i_i, body));
  return m.bytes();
}

struct outcome {
  bool is_fallback = false;
  std::int32_t half = 0, sum = 0;
  trap_code beyond = trap_code::none;
  std::uint32_t place = 0;
  std::uint64_t fuel = 0;

  friend bool operator==(const outcome&, const outcome&) = default;
};

template <class Backend, class Memory>
outcome run() {
  using rt = dovetail::runtime<config<Backend, Memory>>;
  outcome out;
  typename rt::engine engine;
  out.is_fallback = engine.uses_fallback();
  const std::vector<std::uint8_t> bytes = halving();
  const auto code = engine.compile(testing::as_bytes(bytes));
  REQUIRE(code.has_value());
  typename rt::store world{engine};
  world.set_fuel(1000);
  dovetail::imports host = {
      dovetail::bind("host", "count", [&out](std::int32_t x) { out.sum += x; })};
  const auto made = world.instantiate(*code, host);
  REQUIRE(made.has_value());
  const auto halve = made->template get<std::int32_t(std::int32_t)>("halve").value();
  out.half = halve(84).value_or(-1);
  const auto trapped = halve(-4);
  REQUIRE(!trapped.has_value());
  out.beyond = trapped.error().code;
  out.place = world.last_trap().offset;
  out.fuel = world.fuel();
  return out;
}

template <class Backend>
void check_both_ways() {
  using metered = dovetail::fuel<Backend>;
  using interpreter = dovetail::fuel<dovetail::interpreter>;
  const outcome expected = run<interpreter, dovetail::checked_memory>();
  CHECK(expected.half == 42);
  CHECK(expected.sum == 80);
  CHECK(expected.beyond == trap_code::memory_out_of_bounds);
  CHECK(expected.fuel < 1000);
  const outcome before = run<metered, dovetail::checked_memory>();
  CHECK(!before.is_fallback);
  CHECK(before == expected);
  const outcome guarded = run<metered, dovetail::guarded_memory>();
  CHECK(guarded == expected);
}

}  // namespace

TEST_CASE("fallback: machine code where it may run") {
  static_assert(dovetail::config<config<dovetail::x64_or_interpreter, dovetail::guarded_memory>>);
  check_both_ways<dovetail::x64_or_interpreter>();
}

TEST_CASE("fallback: the interpreter where executable memory is refused, for the engine's life") {
  std::vector<outcome> out;
  status alone = status::ok;
  const bool was_refused = testing::without_execution([&] {
    out.push_back(run<dovetail::fuel<dovetail::x64_or_interpreter>, dovetail::checked_memory>());
    out.push_back(run<dovetail::fuel<dovetail::x64_or_interpreter>, dovetail::guarded_memory>());
    dovetail::runtime<config<dovetail::x64, dovetail::checked_memory>>::engine engine;
    const auto bytes = halving();
    const auto code = engine.compile(testing::as_bytes(bytes));
    alone = code.has_value() ? status::ok : code.error().code;
  });
  if (!was_refused) return testing::skip("no system call filter here");
  outcome expected = run<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory>();
  expected.is_fallback = true;
  CHECK(out[0] == expected);
  CHECK(out[1] == expected);
  CHECK(alone == status::executable_memory_refused);
}

TEST_CASE("fallback: code memory that is mapped twice runs where changes alone are refused") {
  using dual = dovetail::basic_x64<dovetail::dual_mapped_code>;
  using either = dovetail::fuel<dovetail::first_available<dual, dovetail::interpreter>>;
  std::vector<outcome> out;
  const bool was_refused = testing::without_execution([&] {
    out.push_back(run<either, dovetail::checked_memory>());
    out.push_back(run<either, dovetail::guarded_memory>());
    out.push_back(run<dovetail::fuel<dual>, dovetail::guarded_memory>());
  });
  if (!was_refused) return testing::skip("no system call filter here");
  outcome expected = run<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory>();
  for (const outcome& o : out) CHECK(o == expected);
  testing::without_execution(
      [&] {
        out[0] = run<either, dovetail::checked_memory>();
        dovetail::runtime<config<dual, dovetail::checked_memory>>::engine engine;
        const auto bytes = halving();
        const auto code = engine.compile(testing::as_bytes(bytes));
        CHECK(!code.has_value());
        if (!code) CHECK(code.error().code == status::executable_memory_refused);
      },
      testing::refusal::of_all);
  expected.is_fallback = true;
  CHECK(out[0] == expected);
}

TEST_CASE("fallback: frames are visited on whichever backend runs") {
  using backend = dovetail::backtraces<dovetail::x64_or_interpreter>;
  using rt = dovetail::runtime<config<backend, dovetail::checked_memory>>;
  const std::vector<std::uint8_t> bytes = halving();
  const auto visits = [&](dovetail::visit_end& end) {
    std::size_t count = 0;
    rt::engine engine;
    rt::store world{engine};
    const auto look = [&](const dovetail::guest_frame& f) {
      CHECK(f.function.value == 1);
      return ++count < 10;
    };
    dovetail::imports host = {
        dovetail::bind("host", "count", [&](dovetail::caller& c, std::int32_t) {
          end = dovetail::visit_frames<backend>(c, look);
        })};
    auto made = world.instantiate(engine.compile(testing::as_bytes(bytes)).value(), host).value();
    CHECK(made.get<std::int32_t(std::int32_t)>("halve").value()(84).value_or(-1) == 42);
    return count;
  };
  dovetail::visit_end end = dovetail::visit_end::stopped;
  CHECK(visits(end) == 1);
  CHECK(end == dovetail::visit_end::complete);
  const bool was_refused = testing::without_execution([&] {
    end = dovetail::visit_end::stopped;
    CHECK(visits(end) == 1);
    CHECK(end == dovetail::visit_end::complete);
  });
  if (!was_refused) return testing::skip("no system call filter here");
}
