// The null backend: looks at modules, never runs them.
#include <dovetail/null.hpp>

#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_null_null {

using namespace dovetail;

static_assert(backend_policy<null> && backend_policy<null, guarded_memory>);

TEST_CASE("null backend: a compiler keeps nothing of a module") {
  testing::watched_heap heap;
  module_data m(heap);
  null::compiler<checked_memory, null::control> compiler(m);
  CHECK(compiler.emitter().finish() == status::ok);
  CHECK(compiler.finish() == status::ok);
  CHECK(m.code == nullptr);
  CHECK(m.release_code == nullptr);
}

TEST_CASE("null backend: a call traps with unreachable and says of which function") {
  testing::watched_heap heap;
  const limits most;
  signature_table signatures(heap);
  vm::store store(heap, most, signatures);
  module_data m(heap);
  vm::instance instance;
  instance.module = &m;
  instance.home = &store;
  vm::function_instance f;
  f.owner = &instance;
  f.home = &store;
  f.index = 3;
  REQUIRE(null::make_function<checked_memory, null::control>(store, instance, f));
  slot frame[1] = {};
  CHECK(f.invoke(f, frame) == trap_code::unreachable);
  CHECK(store.report.code == trap_code::unreachable);
  CHECK(store.report.has_place);
  CHECK(store.report.function == 3);
  CHECK(store.report.module == &m);
}

}  // namespace unit_null_null
