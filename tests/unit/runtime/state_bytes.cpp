// Saved states as bytes. tests/boundary/snapshots.cpp reads bytes that are none.
#include <dovetail/runtime/state_bytes.hpp>

#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_state_bytes {

using namespace dovetail;
using namespace dovetail::detail;

TEST_CASE("state bytes: words are little-endian, and hashes tell bytes apart") {
  std::byte bytes[24] = {};
  bytes[0] = std::byte{0x12};
  bytes[7] = std::byte{0x80};
  CHECK(read_word(bytes) == 0x8000'0000'0000'0012);
  // The same on every machine: files go from one to another.
  CHECK(hash_bytes({bytes, 9}) == hash_bytes({bytes, 9}));
  std::vector<std::uint64_t> seen;
  for (std::size_t size = 0; size <= 24; ++size) seen.push_back(hash_bytes({bytes, size}));
  for (int bit = 0; bit < 192; ++bit) {
    bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    seen.push_back(hash_bytes(bytes));
    bytes[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
  }
  for (std::size_t a = 0; a < seen.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) REQUIRE(seen[a] != seen[b]);
  CHECK(hash_bytes(bytes, 1) != hash_bytes(bytes, 2));
}

TEST_CASE("state bytes: an empty state, there and back") {
  testing::watched_heap heap;
  {
    saved_state s(heap), read(heap);
    array<std::byte> out(heap);
    REQUIRE(state_writer(out).write(s, 77) == status::ok);
    CHECK(out.size() == 11 * 8);
    const std::span<const std::byte> bytes(out.data(), out.size());
    CHECK(state_reader(bytes).read(read, 78) == status::snapshot_mismatch);
    CHECK(state_reader(bytes.first(80)).read(read, 77) == status::malformed_snapshot);
    CHECK(state_reader(bytes).read(read, 77) == status::ok);
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_runtime_state_bytes
