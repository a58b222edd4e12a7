// The backend seam: the concept, the controls and what metering costs.
#include <dovetail/runtime/backend.hpp>

#include <dovetail/base/result.hpp>
#include <dovetail/null.hpp>

#include "support/catch.hpp"

namespace unit_runtime_backend {

using namespace dovetail;

namespace {

struct without_finish : null {
  template <memory_policy Memory, controls Control>
  struct compiler {
    explicit compiler(module_data&) {}
    null_emitter& emitter();
  };
};
struct with_no_emitter : null {
  template <memory_policy Memory, controls Control>
  struct compiler {
    explicit compiler(module_data&) {}
    int& emitter();
    status finish();
  };
};
struct with_its_own_entry : null {
  template <memory_policy Memory, controls Control, class R, class... A>
  static auto entry(vm::function_instance&) -> result<R, trap> (*)(vm::function_instance&, A...);
};

}  // namespace

TEST_CASE("backend: the null backend is one for every memory; without a part it is none") {
  CHECK(backend_policy<null>);
  CHECK(backend_policy<null, guarded_memory>);
  CHECK(backend_policy<null, unchecked_memory>);
  CHECK_FALSE(backend_policy<null, int>);
  CHECK_FALSE(backend_policy<without_finish>);
  CHECK_FALSE(backend_policy<with_no_emitter>);
}

TEST_CASE("backend: a typed entry is an offer") {
  CHECK_FALSE(has_typed_entry<null, checked_memory, int, float>);
  CHECK(has_typed_entry<with_its_own_entry, checked_memory, int, float>);
}

TEST_CASE("backend: fuel meters any backend and changes nothing else") {
  CHECK_FALSE(null::control.is_metered);
  CHECK(fuel<null>::control.is_metered);
  CHECK(fuel<fuel<null>>::control == fuel<null>::control);
  CHECK(backend_policy<fuel<null>>);
}

TEST_CASE("backend: bulk operators cost one more for every 64 bytes or 8 elements") {
  CHECK(fuel_for_bytes(0) == 0);
  CHECK(fuel_for_bytes(63) == 0);
  CHECK(fuel_for_bytes(64) == 1);
  CHECK(fuel_for_bytes(std::uint64_t{1} << 32) == 1u << 26);
  CHECK(fuel_for_elements(7) == 0);
  CHECK(fuel_for_elements(8) == 1);
  CHECK(fuel_for_elements(0xffff'ffff) == 0x1fff'ffff);
}

}  // namespace unit_runtime_backend
