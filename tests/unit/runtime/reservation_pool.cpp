// Address space that is kept for the next guarded memory.
#include <dovetail/runtime/reservation_pool.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "support/catch.hpp"

namespace unit_runtime_reservation_pool {

using dovetail::reservation_pool;
namespace os = dovetail::os;

namespace {

constexpr std::uint64_t page = 65'536, room = 64 * page;

reservation_pool::reservation made(reservation_pool& pool, std::uint64_t bytes) {
  auto r = pool.take(bytes);
  REQUIRE(r.base != nullptr);
  REQUIRE(r.committed <= bytes);
  REQUIRE(os::commit(r.base + r.committed, static_cast<std::size_t>(bytes - r.committed)));
  return {r.base, bytes};
}

}  // namespace

TEST_CASE("reservation pool: gives what fits best, never more bytes than are wanted") {
  reservation_pool pool(16 * page, room);
  const auto one = made(pool, page), two = made(pool, 2 * page), three = made(pool, 3 * page);
  std::memset(two.base, 0xee, 2 * page);
  pool.give(three.base, three.committed);
  pool.give(two.base, two.committed);
  pool.give(one.base, one.committed);
  const auto exact = pool.take(2 * page);
  CHECK(exact.base == two.base);
  CHECK(exact.committed == 2 * page);
  for (std::uint64_t i = 0; i < 2 * page; ++i) REQUIRE(exact.base[i] == std::byte{0});
  const auto less = pool.take(2 * page);
  CHECK(less.base == one.base);
  CHECK(less.committed == page);
  const auto fresh = pool.take(2 * page);
  CHECK(fresh.base != three.base);
  CHECK(fresh.committed == 0);
  const auto most = pool.take(4 * page);
  CHECK(most.base == three.base);
  for (const auto& r : {exact, less, fresh, most}) pool.give(r.base, r.committed);
}

TEST_CASE("reservation pool: keeps so many bytes, so many reservations, and no large ones") {
  reservation_pool pool(2 * page, room);
  const auto a = made(pool, page), b = made(pool, page), c = made(pool, page);
  for (const auto& r : {a, b, c}) pool.give(r.base, r.committed);
  std::array<reservation_pool::reservation, 3> taken{pool.take(page), pool.take(page),
                                                     pool.take(page)};
  CHECK(taken[0].committed + taken[1].committed + taken[2].committed == 2 * page);
  for (const auto& r : taken) pool.give(r.base, r.committed);

  reservation_pool many(std::uint64_t{1} << 30, room);
  const auto large = made(many, reservation_pool::largest + page);
  many.give(large.base, large.committed);
  CHECK(many.take(reservation_pool::largest + page).committed == 0);

  std::array<reservation_pool::reservation, reservation_pool::most_kept + 1> all;
  for (auto& r : all) r = made(many, page);
  for (const auto& r : all) many.give(r.base, r.committed);
  std::size_t kept = 0;
  for (auto& r : all) {
    r = many.take(page);
    if (r.committed != 0) ++kept;
  }
  CHECK(kept == reservation_pool::most_kept);
  for (const auto& r : all) many.give(r.base, r.committed);
}

}  // namespace unit_runtime_reservation_pool
