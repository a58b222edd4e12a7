// Division by constants: a backend may multiply by the reciprocal instead, and must be right for
// every dividend. Each divisor is a function of its own, beside its neighbours' edge values.
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "backends.hpp"
#include "support/catch.hpp"
#include "support/writer.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::trap_code;
using dovetail::value_type;

// Zero, ones, powers of two and what lies beside them, small numbers, and some of no kind.
template <class Unsigned>
std::vector<Unsigned> interesting(std::size_t random) {
  std::set<Unsigned> all;
  constexpr unsigned bits = std::numeric_limits<Unsigned>::digits;
  for (Unsigned small = 0; small < 20; ++small) all.insert(small);
  for (unsigned shift = 4; shift < bits; ++shift) {
    const auto power = static_cast<Unsigned>(Unsigned{1} << shift);
    for (const int beside : {-1, 0, 1}) {
      all.insert(static_cast<Unsigned>(power + static_cast<Unsigned>(beside)));
    }
  }
  for (const Unsigned known : {100u, 641u, 1000u, 1'000'000u, 1'000'000'007u}) all.insert(known);
  std::mt19937_64 numbers(7);
  while (all.size() < 3 * bits + 20 + random) {
    all.insert(static_cast<Unsigned>(numbers() >> numbers() % bits));
  }
  std::vector<Unsigned> out(all.begin(), all.end());
  for (const Unsigned one : all) out.push_back(static_cast<Unsigned>(0 - one));
  return out;
}

// What the specification says of a / b (4.3.2).
template <class Number>
trap_code divide(Number a, Number b, bool wants_remainder, Number& out) {
  if (b == 0) return trap_code::integer_divide_by_zero;
  if (std::is_signed_v<Number> && b == static_cast<Number>(-1)) {
    if (!wants_remainder && a == std::numeric_limits<Number>::min())
      return trap_code::integer_overflow;
    out = wants_remainder ? Number{0} : static_cast<Number>(0 - a);
    return trap_code::none;
  }
  out = static_cast<Number>(wants_remainder ? a % b : a / b);
  return trap_code::none;
}

template <class Unsigned>
std::vector<std::uint8_t> module_of(op o, const std::vector<Unsigned>& divisors) {
  constexpr bool wide = sizeof(Unsigned) == 8;
  module_writer m;
  const value_type number = wide ? value_type::i64 : value_type::i32;
  const std::uint32_t type = m.type({number}, {number});
  for (const Unsigned d : divisors) {
    code body;
    body.put(op::local_get, {0});
    wide ? body.i64(static_cast<std::int64_t>(d)) : body.i32(static_cast<std::int32_t>(d));
    const std::uint32_t f = m.function(type, body.put(o, {}));
    m.export_as(std::to_string(f), 0, f);
  }
  return m.bytes();
}

template <class Config, class Number>
void check(op o, bool wants_remainder) {
  using unsigned_number = std::make_unsigned_t<Number>;
  using rt = dovetail::runtime<Config>;
  const auto divisors = interesting<unsigned_number>(40);
  const auto dividends = interesting<unsigned_number>(60);
  typename rt::engine engine;
  const auto bytes = module_of(o, divisors);
  const auto module = engine.compile(as_bytes(bytes));
  REQUIRE(module.has_value());
  typename rt::store store{engine};
  const auto instance = store.instantiate(*module);
  REQUIRE(instance.has_value());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < divisors.size(); ++i) {
    const auto f = instance->template get<Number(Number)>(std::to_string(i)).value();
    const auto divisor = static_cast<Number>(divisors[i]);
    for (const unsigned_number bits : dividends) {
      const auto dividend = static_cast<Number>(bits);
      Number expected{};
      const trap_code trap = divide(dividend, divisor, wants_remainder, expected);
      const auto actual = f(dividend);
      const bool is_right = actual.has_value() ? trap == trap_code::none && *actual == expected
                                               : actual.error().code == trap;
      if (is_right || ++wrong > 10) continue;
      INFO(row_of(o).text << ": " << dividend << ", " << divisor);
      CHECK(is_right);
    }
  }
  CHECK(wrong == 0);
}

template <class Backend>
void check_all() {
  using chosen = config<Backend, dovetail::checked_memory>;
  check<chosen, std::int32_t>(op::i32_div_s, false);
  check<chosen, std::uint32_t>(op::i32_div_u, false);
  check<chosen, std::int32_t>(op::i32_rem_s, true);
  check<chosen, std::uint32_t>(op::i32_rem_u, true);
  check<chosen, std::int64_t>(op::i64_div_s, false);
  check<chosen, std::uint64_t>(op::i64_div_u, false);
  check<chosen, std::int64_t>(op::i64_rem_s, true);
  check<chosen, std::uint64_t>(op::i64_rem_u, true);
}

template <class... Backends>
void check_backends(std::tuple<Backends...>*) {
  (check_all<Backends>(), ...);
}

}  // namespace

TEST_CASE("diff: division by constants is division", "[diff]") {
  check_backends(static_cast<backends*>(nullptr));
}
