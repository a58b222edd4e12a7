// The immutable module: references, and what goes when the last one does.
#include <dovetail/module/module_data.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_module_module_data {

using namespace dovetail;
using testing::watched_heap;

TEST_CASE("module: the last reference releases code and memory, no earlier one does") {
  watched_heap heap;
  static int released = 0;
  int code = 0;
  auto* m = heap.make<module_data>(heap);
  REQUIRE(m != nullptr);
  CHECK(m->env.text.push('x') == status::ok);
  m->code = &code;
  m->release_code = [](module_data& self) { released += self.code != nullptr ? 1 : 100; };
  m->retain();
  m->retain();
  m->release();
  m->release();
  CHECK(released == 0);
  CHECK(m->references == 1);
  m->release();
  CHECK(released == 1);
  CHECK(heap.is_clean());
}

TEST_CASE("module: one without code is released too") {
  watched_heap heap;
  auto* m = heap.make<module_data>(heap);
  REQUIRE(m != nullptr);
  CHECK(m->env.types.push(nullptr) == status::ok);
  m->release();
  CHECK(heap.is_clean());
}

TEST_CASE("module: a function's signature is that of its type") {
  watched_heap heap;
  const signature first, second;
  module_data m(heap);
  CHECK(m.env.types.push(&first) == status::ok);
  CHECK(m.env.types.push(&second) == status::ok);
  for (const std::uint32_t type : {1u, 0u, 1u}) CHECK(m.env.functions.push({type}) == status::ok);
  CHECK(m.signature_of({0}) == &second);
  CHECK(m.signature_of({1}) == &first);
  CHECK(m.signature_of({2}) == &second);
}

}  // namespace unit_module_module_data
