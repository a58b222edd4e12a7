// Operands and results of handlers: slots, accumulators, constants.
#include <dovetail/interpreter/operands.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_operands {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

struct machine {
  slot frame[4] = {};
  registers r{nullptr, frame, nullptr, 0, nullptr, 0, 0, 0};
};

}  // namespace

TEST_CASE("operands: from a slot, an accumulator of the type, or a constant") {
  machine m;
  m.frame[2] = to_slot(2.5);
  m.r.f64 = 4.5;
  m.r.f32 = 8.5f;
  m.r.integer = 0x1'0000'0007;
  CHECK(read<source::slot, double>(m.r, 2, 9) == 2.5);
  CHECK(read<source::accumulator, double>(m.r, 2, 9) == 4.5);
  CHECK(read<source::accumulator, float>(m.r, 2, 9) == 8.5f);
  CHECK(read<source::accumulator, std::uint32_t>(m.r, 2, 9) == 7);
  CHECK(read<source::accumulator, std::uint64_t>(m.r, 2, 9) == 0x1'0000'0007);
  CHECK(read<source::constant, std::uint32_t>(m.r, 2, 9) == 9);
}

TEST_CASE("operands: constants are sign-extended to i64 and widened to f64") {
  CHECK(from_constant<std::uint64_t>(0xffff'ffff) == ~std::uint64_t{0});
  CHECK(from_constant<std::uint64_t>(0x7fff'ffff) == 0x7fff'ffff);
  CHECK(from_constant<std::uint32_t>(0xffff'ffff) == 0xffff'ffff);
  CHECK(from_constant<float>(0x3fc0'0000) == 1.5f);
  CHECK(from_constant<double>(0x3fc0'0000) == 1.5);
}

TEST_CASE("operands: a result goes to its slot and to the accumulator of its kind alone") {
  machine m;
  write(m.r, 1, 3.5f);
  CHECK(m.frame[1] == to_slot(3.5f));
  CHECK(m.r.f32 == 3.5f);
  CHECK(m.r.f64 == 0);
  write(m.r, 3, std::uint32_t{0xffff'ffff});
  CHECK(m.frame[3] == 0xffff'ffff);
  CHECK(m.r.integer == 0xffff'ffff);
  CHECK(m.r.f32 == 3.5f);
}

}  // namespace unit_interpreter_operands
