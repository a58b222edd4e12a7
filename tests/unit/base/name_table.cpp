// The hash table of names.
#include <dovetail/base/name_table.hpp>

#include <cstdint>
#include <string>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_base_name_table {

using dovetail::name_table;
using dovetail::status;
using testing::watched_heap;

namespace {

constexpr auto anything = [](std::uint32_t) { return true; };

std::string name_of(std::uint32_t number) { return "name" + std::to_string(number); }
std::uint32_t find(const name_table& t, const std::string& name) {
  return t.find(t.hash(name), [&](std::uint32_t number) { return name_of(number) == name; });
}

}  // namespace

TEST_CASE("name table: every name is found after every insertion, no other is") {
  watched_heap heap;
  {
    name_table t(heap);
    CHECK(find(t, "name0") == name_table::none);
    CHECK(heap.requests == 0);
    for (std::uint32_t i = 0; i < 300; ++i) {
      REQUIRE(t.insert(t.hash(name_of(i)), i) == status::ok);
      CHECK(find(t, name_of(i)) == i);
      CHECK(find(t, name_of(i + 1)) == name_table::none);
    }
    for (std::uint32_t i = 0; i < 300; ++i) CHECK(find(t, name_of(i)) == i);
    CHECK(find(t, "") == name_table::none);
  }
  CHECK(heap.is_clean());
}

TEST_CASE("name table: equal hashes are told apart by the owner") {
  watched_heap heap;
  name_table t(heap);
  for (std::uint32_t i = 0; i < 40; ++i) REQUIRE(t.insert(0xffff'ffff, i) == status::ok);
  for (std::uint32_t i = 0; i < 40; ++i) {
    CHECK(t.find(0xffff'ffff, [&](std::uint32_t number) { return number == i; }) == i);
  }
  CHECK(t.find(0xffff'ffff, [](std::uint32_t) { return false; }) == name_table::none);
  // A neighbour in the table with another hash is never offered to the owner.
  CHECK(t.find(0x7fff'ffff, anything) == name_table::none);
}

TEST_CASE("name table: bytes above 127 and inner zeros count") {
  watched_heap heap;
  const name_table t(heap);
  CHECK(t.hash("\x80") != t.hash(""));
  CHECK(t.hash(std::string("a\0b", 3)) != t.hash(std::string("a\0c", 3)));
  CHECK(t.hash(std::string("\0", 1)) != t.hash(""));
  CHECK(t.hash("same") == t.hash(std::string("same")));
}

TEST_CASE("name table: a refusal is a status, and what was there is still found") {
  watched_heap heap;
  {
    name_table t(heap);
    heap.requests_left = 0;
    CHECK(t.insert(t.hash("name0"), 0) == status::out_of_memory);
    CHECK(find(t, "name0") == name_table::none);
    heap.requests_left = 1;
    std::uint32_t count = 0;
    while (t.insert(t.hash(name_of(count)), count) == status::ok) ++count;
    REQUIRE(count > 0);
    for (std::uint32_t i = 0; i < count; ++i) CHECK(find(t, name_of(i)) == i);
    CHECK(find(t, name_of(count)) == name_table::none);
    heap.requests_left = watched_heap::unlimited;
    REQUIRE(t.insert(t.hash(name_of(count)), count) == status::ok);
    for (std::uint32_t i = 0; i <= count; ++i) CHECK(find(t, name_of(i)) == i);
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_base_name_table
