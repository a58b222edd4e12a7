// A value or an error.
#include <dovetail/base/result.hpp>

#include <cstdint>
#include <memory>
#include <tuple>
#include <utility>

#include "support/catch.hpp"

namespace unit_base_result {

using dovetail::error;
using dovetail::result;
using dovetail::status;
using dovetail::trap;
using dovetail::trap_code;

namespace {

// Can be moved only, and counts how many of it live.
struct counted {
  explicit counted(int v) : value(v) { ++alive; }
  counted(counted&& other) noexcept : value(std::exchange(other.value, -1)) { ++alive; }
  counted& operator=(counted&&) = default;
  ~counted() { --alive; }
  int value;
  static inline int alive = 0;
};

result<counted> make(int v) {
  if (v < 0) return error{.code = status::out_of_bounds, .offset = 3};
  return counted(v);
}

}  // namespace

TEST_CASE("result: a value is there, and no error") {
  {
    result<counted> r = make(5);
    REQUIRE(r.has_value());
    CHECK(static_cast<bool>(r));
    CHECK(r->value == 5);
    CHECK((*r).value == 5);
    CHECK(r.value().value == 5);
    const auto& seen = r;
    CHECK(seen->value == 5);
    CHECK((*seen).value == 5);
    r->value = 6;
    const counted taken = *std::move(r);
    CHECK(taken.value == 6);
    CHECK(r->value == -1);  // NOLINT: moved out of, as asked
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("result: an error is there, and no value") {
  const result<counted> r = make(-1);
  CHECK_FALSE(r.has_value());
  CHECK_FALSE(static_cast<bool>(r));
  CHECK(r.error().code == status::out_of_bounds);
  CHECK(r.error().offset == 3);
  CHECK(counted::alive == 0);
}

TEST_CASE("result: moves and assignments end what they replace") {
  {
    result<counted> a = make(1), b = make(2), failed = make(-1);
    a = std::move(b);
    CHECK(a->value == 2);
    a = std::move(failed);
    CHECK(a.error().code == status::out_of_bounds);
    CHECK(counted::alive == 1);
    a = make(7);
    CHECK(a->value == 7);
    auto& same = a;
    a = std::move(same);
    CHECK(a->value == 7);
    result<counted> c(std::move(a));
    CHECK(c->value == 7);
  }
  CHECK(counted::alive == 0);
}

TEST_CASE("result: value_or") {
  CHECK(make(3).value_or(counted(9)).value == 3);
  CHECK(make(-3).value_or(counted(9)).value == 9);
  CHECK(counted::alive == 0);
}

TEST_CASE("result<void>: success, or an error") {
  const result<void> good;
  CHECK(good.has_value());
  CHECK(static_cast<bool>(good));
  good.value();
  const result<void> bad = error{.code = status::type_mismatch};
  CHECK_FALSE(bad.has_value());
  CHECK_FALSE(static_cast<bool>(bad));
  CHECK(bad.error().code == status::type_mismatch);
}

TEST_CASE("result of a call: a value or a trap") {
  constexpr result<int, trap> good = 4;
  static_assert(good.has_value() && *good == 4 && good.value_or(1) == 4);
  CHECK(good.value() == 4);
  CHECK_FALSE(good.error());
  constexpr result<int, trap> bad = trap{trap_code::unreachable};
  static_assert(!bad.has_value() && bad.value_or(1) == 1);
  CHECK_FALSE(static_cast<bool>(bad));
  CHECK(bad.error().code == trap_code::unreachable);
  CHECK(result<int, trap>(trap::host(-7)).error().detail == -7);
  CHECK(result<void, trap>().has_value());
  CHECK(result<void, trap>(trap::exit(0)).error() == trap::exit(0));
  CHECK_FALSE(result<void, trap>(trap::exit(0)).has_value());
}

TEST_CASE("results in a frame: nothing, one, a tuple in order") {
  const dovetail::slot frame[] = {0xffff'fffe, dovetail::to_slot(2.5), 7};
  CHECK(dovetail::from_frame<void>(frame).has_value());
  CHECK(*dovetail::from_frame<std::int32_t>(frame) == -2);
  using three = std::tuple<std::int32_t, double, std::uint64_t>;
  CHECK(*dovetail::from_frame<three>(frame) == three{-2, 2.5, 7});
}

}  // namespace unit_base_result
