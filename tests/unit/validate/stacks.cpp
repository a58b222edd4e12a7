// The vocabulary between pass and emitter.
#include <dovetail/validate/stacks.hpp>

#include <cstdint>

#include "support/catch.hpp"

using namespace dovetail;

namespace {

struct nothing {};
struct register_name {
  std::uint32_t number;
};

}  // namespace

// A name that holds nothing costs nothing.
static_assert(sizeof(operand<nothing>) == sizeof(value_type));
static_assert(sizeof(operand<register_name>) == 2 * sizeof(value_type));

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
