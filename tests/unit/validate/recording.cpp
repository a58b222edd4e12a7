// The recorder: what it needs memory for. What it records is the test of replay.hpp.
#include <dovetail/validate/recording.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_recording {

using namespace dovetail;

static_assert(emitter<recorder<features::wasm3(), true, true>> &&
              emitter<recorder<features::wasm2(), false, false>>);

TEST_CASE("recording: without memory a body is not begun, or not finished") {
  std::size_t refused = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    testing::watched_heap heap;
    heap.requests_left = allowed;
    {
      recorder<features::wasm3(), true, false> recorded(heap);
      recorded.begin_batch();
      recorded.begin({});
      status s = recorded.begun();
      // More operators than there is room for at first.
      for (std::size_t i = 0; s == status::ok && i < 2000; ++i) {
        recorded.position(i);
        recorded.constant(value_type::i32, i);
      }
      if (s == status::ok) s = recorded.finish();
      if (s != status::ok) {
        CHECK(s == status::out_of_memory);
        ++refused;
      }
    }
    CHECK(heap.is_clean());
    if (heap.requests_left != 0) break;
  }
  CHECK(refused > 5);
}

}  // namespace unit_validate_recording
