// Structs, pointers and arrays in a guest's memory, on a memory made by hand.
#include <dovetail/guest_types.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/validate/signatures.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_api_guest_types {

using namespace dovetail;

namespace {

constexpr std::uint32_t end = vm::page_size;

struct world {
  testing::watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  typed_memory memory;
  world() {
    vm::memory_instance* m = nullptr;
    CHECK(vm::make_memory<checked_memory>(store, {{1, 3}}, m) == status::ok);
    memory = memory_view(m);
  }
  ~world() { vm::release_objects(store); }

  void put(std::size_t at, std::string_view text) {
    std::memcpy(memory.bytes().data() + at, text.data(), text.size());
  }
};

enum class mood : std::uint8_t { calm, angry };
struct entity {
  double x;
  std::int32_t hit_points;
  guest_span<const char> name;
  std::uint16_t tags[1];
  mood feels;
  std::uint8_t reserved;
  guest_pointer<entity> next;
  std::array<std::uint16_t, 2> counts;
};
static_assert(sizeof(entity) == 32 && guest_value<entity>);

template <class T>
bool is_out_of_bounds(const T& made) {
  return !made.has_value() && made.error().code == trap_code::memory_out_of_bounds;
}

}  // namespace

TEST_CASE("guest types: a struct is read member by member, as the guest's C wrote it") {
  world w;
  // x = 1.0, 258, {0x400, 5}, {0x0102}, angry, 0, next = 0x80, {3, 4}
  constexpr std::uint8_t bytes[] = {0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 2,    1, 0, 0, 0, 4, 0, 0,
                                    5, 0, 0, 0, 2, 1, 1,    0,    0x80, 0, 0, 0, 3, 0, 4, 0};
  std::memcpy(w.memory.bytes().data() + 64, bytes, sizeof bytes);
  const auto read = w.memory.read(guest_pointer<const entity>{64});
  REQUIRE(read.has_value());
  CHECK(read->x == 1.0);
  CHECK(read->hit_points == 258);
  CHECK(read->name.data.address == 0x400);
  CHECK(read->name.size == 5);
  CHECK(read->tags[0] == 0x0102);
  CHECK(read->feels == mood::angry);
  CHECK(read->next.address == 0x80);
  CHECK(read->counts[1] == 4);
  // Pointers are followed through the memory; what is written has the same bytes.
  CHECK_FALSE(w.memory.write(read->next, *read));
  CHECK(std::memcmp(w.memory.bytes().data() + 0x80, bytes, sizeof bytes) == 0);
  w.put(0x400, "alice");
  CHECK(*w.memory.string(read->name) == "alice");
}

TEST_CASE("guest types: the bytes of every number are turned, wherever it stands") {
  entity e{1.0, 258, {{0x400}, 5}, {0x0102}, mood::angry, 0, {0x80}, {3, 4}};
  detail::reverse_bytes(e);
  CHECK(e.hit_points == 0x0201'0000);
  CHECK(e.name.data.address == 0x0004'0000);
  CHECK(e.name.size == 0x0500'0000);
  CHECK(e.tags[0] == 0x0201);
  CHECK(e.feels == mood::angry);
  CHECK(e.next.address == 0x8000'0000);
  CHECK(e.counts[0] == 0x0300);
  detail::reverse_bytes(e);
  CHECK(e.x == 1.0);
  CHECK(e.hit_points == 258);
}

TEST_CASE("guest types: a null, crooked or far pointer is an error value") {
  world w;
  CHECK(is_out_of_bounds(w.memory.read(guest_pointer<entity>{0})));
  CHECK(is_out_of_bounds(w.memory.read(guest_pointer<entity>{68})));  // 4 bytes off
  CHECK(w.memory.read(guest_pointer<entity>{end - 32}).has_value());
  CHECK(is_out_of_bounds(w.memory.read(guest_pointer<entity>{end - 24})));
  CHECK(is_out_of_bounds(w.memory.read(guest_pointer<entity>{0xffff'fff8})));
  CHECK(is_out_of_bounds(w.memory.read(guest_pointer<std::uint16_t>{65})));
  CHECK(w.memory.read(guest_pointer<char>{65}).has_value());
  CHECK(w.memory.write(guest_pointer<std::uint32_t>{end}, 1).code ==
        trap_code::memory_out_of_bounds);
  CHECK(w.memory.write(guest_pointer<std::uint32_t>{}, 1).code == trap_code::memory_out_of_bounds);
  const typed_memory none;
  CHECK(is_out_of_bounds(none.read(guest_pointer<char>{8})));
  CHECK(none.view(guest_span<int>{}).has_value());
  CHECK_FALSE(guest_pointer<int>{});
  CHECK(guest_pointer<int>{4});
}

TEST_CASE("guest types: arrays are checked whole, and once") {
  world w;
  const auto ints = w.memory.view(guest_span<std::int32_t>{{end - 16}, 4});
  REQUIRE(ints.has_value());
  CHECK(ints->size() == 4);
  ints->set(3, -5);
  CHECK((*ints)[3] == -5);
  CHECK(*w.memory.read<std::int32_t>(end - 4) == -5);
  CHECK(is_out_of_bounds(w.memory.view(guest_pointer<std::int32_t>{end - 16}, 5)));
  CHECK(is_out_of_bounds(w.memory.view(guest_pointer<std::int32_t>{end - 14}, 1)));
  CHECK(is_out_of_bounds(w.memory.view(guest_pointer<entity>{64}, 0xffff'ffff)));
  CHECK(is_out_of_bounds(w.memory.view(guest_pointer<entity>{64}, ~std::uint64_t{0} / 32 + 2)));
  CHECK(w.memory.view(guest_span<entity>{{3}, 0})->size() == 0);
  // A part is a view; an empty one may stand at the end.
  CHECK((*ints->part(3, 1))[0] == -5);
  CHECK(ints->part(4, 0)->size() == 0);
  CHECK(is_out_of_bounds(ints->part(3, 2)));
  CHECK(is_out_of_bounds(ints->part(5, 0)));
}

TEST_CASE("guest types: a view survives growth, wherever the memory goes") {
  world w;
  const auto view = w.memory.view(guest_pointer<entity>{64}, 2);
  REQUIRE(view.has_value());
  entity e{};
  e.x = 2.5;
  view->set(1, e);
  std::vector<void*> between;  // so that the block cannot grow where it is
  for (int i = 0; i < 2; ++i) {
    between.push_back(w.heap.allocate(end));
    REQUIRE(w.memory.grow(1).has_value());
  }
  CHECK(view->size() == 2);
  CHECK((*view)[1].x == 2.5);
  e.x = 3.5;
  view->set(0, e);
  CHECK(w.memory.read(guest_pointer<entity>{64})->x == 3.5);
  CHECK(w.memory.read(guest_pointer<entity>{2 * end})->x == 0.0);
  for (void* block : between) w.heap.release(block, end);
}

TEST_CASE("guest types: arrays are copied whole, or not at all") {
  world w;
  const auto view = *w.memory.view(guest_pointer<std::uint16_t>{32}, 3);
  const std::uint16_t in[] = {1, 0x0203, 4, 5};
  CHECK(view.copy_from(in).code == trap_code::memory_out_of_bounds);
  CHECK(view[0] == 0);
  CHECK_FALSE(view.copy_from(std::span(in).first(3)));
  CHECK(w.memory.bytes()[34] == std::byte{3});
  CHECK(w.memory.bytes()[35] == std::byte{2});
  std::uint16_t out[4] = {9, 9, 9, 9};
  CHECK(view.copy_to(std::span(out).first(2)).code == trap_code::memory_out_of_bounds);
  CHECK(out[0] == 9);
  CHECK_FALSE(view.copy_to(out));
  CHECK(out[1] == 0x0203);
  CHECK(out[3] == 9);
  CHECK_FALSE(guest_view<std::uint16_t>().copy_to({}));
  CHECK_FALSE(view.copy_from({}));
}

TEST_CASE("guest types: texts by length, and by the zero behind them") {
  world w;
  w.put(100, std::string_view("dovetail\0", 9));
  CHECK(*w.memory.string(guest_span<const char>{{100}, 4}) == "dove");
  CHECK(w.memory.string(guest_span<const char>{{0}, 0})->empty());
  CHECK(is_out_of_bounds(w.memory.string(guest_span<const char>{{0}, 4})));
  CHECK(is_out_of_bounds(w.memory.string(guest_span<const char>{{end - 3}, 4})));
  CHECK(*w.memory.c_string({100}) == "dovetail");
  CHECK(*w.memory.c_string({108}) == "");
  CHECK(*w.memory.c_string({100}, 9) == "dovetail");
  CHECK(is_out_of_bounds(w.memory.c_string({100}, 8)));
  CHECK(is_out_of_bounds(w.memory.c_string({0})));
  CHECK(is_out_of_bounds(w.memory.c_string({end})));
  // Without a zero the memory's end is not passed.
  w.put(end - 2, "ab");
  CHECK(is_out_of_bounds(w.memory.c_string({end - 2})));
  w.memory.bytes()[end - 1] = std::byte{0};
  CHECK(*w.memory.c_string({end - 2}) == "a");
}

}  // namespace unit_api_guest_types
