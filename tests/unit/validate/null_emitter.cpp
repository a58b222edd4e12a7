// The null emitter as a base: an emitter that cares for one operator says only that.
#include <dovetail/validate/null_emitter.hpp>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/pass.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace unit_validate_null_emitter {

using namespace dovetail;

namespace {

struct counting_branches : null_emitter {
  int branches = 0;
  void branch(label&, live<value>) { ++branches; }
};

}  // namespace

// Nothing is kept of a value.
static_assert(sizeof(operand<null_emitter::value>) == 2 * sizeof(value_type));

TEST_CASE("null emitter: a body is validated, and one kind of operator noticed") {
  testing::watched_heap heap;
  module_env env(heap);
  const signature nothing;
  CHECK(env.types.push(&nothing) == status::ok);
  CHECK(env.functions.push({0}) == status::ok);
  counting_branches emitter;
  pass_storage<counting_branches> storage(heap);
  const limits most;
  full_validation::pass<counting_branches, features::wasm2()> pass(env, emitter, storage, most);
  testing::code c;
  c.u32(0);
  c.open(op::block).put(op::br, {0}).put(op::br, {0}).end();  // the second is dead
  c.open(op::loop).i32(1).put(op::br_if, {0}).put(op::br, {1}).end().end();
  CHECK(pass.begin({0}, c.bytes().size()) == status::ok);
  byte_reader r(c.bytes());
  CHECK(binary_decoder::body(r, pass) == status::ok);
  CHECK(emitter.branches == 2);
  CHECK(emitter.finish() == status::ok);
}

}  // namespace unit_validate_null_emitter
