// The vocabulary between pass and emitter.
#include <dovetail/validate/stacks.hpp>

#include <cstdint>

#include "support/catch.hpp"

namespace unit_validate_stacks {

using namespace dovetail;

namespace {

struct nothing {};
struct register_name {
  std::uint32_t number;
};

}  // namespace

// A name that holds nothing costs nothing, and one that is aligned has room for the slot beside it.
static_assert(sizeof(operand<nothing>) == sizeof(value_type) + sizeof(std::uint32_t));
static_assert(sizeof(operand<register_name>) == 2 * sizeof(value_type) + sizeof(std::uint32_t));
static_assert(sizeof(operand<std::uint64_t>) == 16);

TEST_CASE("stacks: operands lie in slots, vectors in two") {
  operand<nothing> three[] = {{value_type::i32, 1}, {value_type::v128, 3}, {value_type::f64, 4}};
  CHECK(three[0].slot() == 0);
  CHECK(three[1].slot() == 1);
  CHECK(three[2].slot() == 3);
  CHECK(height_of(live<nothing>{}) == 0);
  CHECK(height_of(live<nothing>{three}) == 4);
  CHECK(height_of(live<nothing>{three}.first(2)) == 3);
}

TEST_CASE("stacks: a branch carries results, but parameters to the head of a loop") {
  const value_type in[] = {value_type::i32, value_type::i64}, out[] = {value_type::f32};
  for (const block_kind kind :
       {block_kind::function, block_kind::block, block_kind::if_, block_kind::else_}) {
    const block_shape shape{kind, 0, {in, out}};
    CHECK(shape.label_types().data() == out);
    CHECK(shape.label_types().size() == 1);
  }
  const block_shape loop{block_kind::loop, 0, {in, out}};
  CHECK(loop.label_types().data() == in);
  CHECK(loop.label_types().size() == 2);
}

}  // namespace unit_validate_stacks
