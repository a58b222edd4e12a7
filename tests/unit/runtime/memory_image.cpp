// Images of data segments: what they may hold, that instances which map one are as those which
// copy, and that none sees what another one writes.
#include <dovetail/runtime/memory_image.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <dovetail/api/runtime.hpp>
#include <dovetail/null.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace unit_runtime_memory_image {

using namespace dovetail;

namespace {

constexpr std::uint32_t page = vm::page_size;
constexpr std::uint32_t pages = 20;  // more than a pool keeps
constexpr std::uint32_t big = memory_image::least_bytes;

template <class Memory>
struct config : defaults {
  using backend = null;
  using memory = Memory;
  using allocator = testing::watched_policy;
};
using guarded = config<guarded_memory>;
using checked = config<checked_memory>;

struct piece {
  std::uint32_t at;
  std::uint32_t size;
  char first;  // bytes count up from here; 0: a passive segment
};

std::vector<std::uint8_t> module_of(const std::vector<piece>& data, std::uint32_t minimum = pages) {
  testing::module_writer m;
  m.memory(minimum, 2 * pages);
  for (const piece& p : data) {
    std::string content(p.size, '\0');
    for (std::size_t i = 0; i < content.size(); ++i)
      content[i] = static_cast<char>(p.first + static_cast<int>(i % 7));
    if (p.first == 0) {
      m.passive_data(content);
    } else {
      m.data(static_cast<std::int32_t>(p.at), content);
    }
  }
  return m.bytes();
}

// What an instantiation left: the memory, what was dropped, and the trap.
struct outcome {
  std::string memory;
  std::string dropped;
  trap_code trap = trap_code::none;
  bool operator==(const outcome&) const = default;
};

template <class Config>
struct world {
  testing::watched_heap heap;
  basic_engine<Config> engine{testing::watched_policy{&heap}};
  basic_module<Config> module;
  explicit world(const std::vector<std::uint8_t>& bytes)
      : module(engine.compile(testing::as_bytes(bytes)).value()) {}

  outcome instantiate(basic_store<Config>& store) {
    const auto made = store.instantiate(module);
    const vm::instance* i = store.data().instances;
    REQUIRE(i != nullptr);
    outcome out;
    if (!made) out.trap = made.error().reason.code;
    out.memory.assign(reinterpret_cast<const char*>(i->memory0->base), i->memory0->size);
    for (std::size_t k = 0; k < module.data().env.data_segments.size(); ++k)
      out.dropped.push_back(i->dropped_data[k] ? 'd' : '-');
    return out;
  }
  [[nodiscard]] const memory_image* image() const {
    return static_cast<const memory_image*>(module.data().image);
  }
};

// Whether this system maps objects, which it need not.
bool can_map() {
  const std::intptr_t object = os::make_object(
      page, [](const void*, std::byte* at) { *at = std::byte{1}; }, nullptr);
  if (object != os::no_object) os::close_object(object);
  return object != os::no_object;
}

}  // namespace

TEST_CASE("memory image: later instances are as the first, and as those of checked memory") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  struct {
    std::vector<piece> data;
    std::uint32_t segments;  // that the image holds; 0: there is none
  } const cases[] = {
      {{{0, big, 'a'}}, 1},
      {{{5, big, 'a'}, {pages * page - 1, 1, 'z'}}, 1},                   // too far away
      {{{page + 7, big, 'a'}, {page + 100, 9, 'p'}, {page, 3, 'q'}}, 3},  // over one another
      {{{0, 10, 0}, {3 * page, big, 'a'}, {0, 9, 0}, {4 * page, 5, 'b'}}, 4},
      {{{100, big, 'a'}, {pages * page - 2, 3, 'b'}, {0, 5, 'c'}}, 1},  // the second one traps
      {{{pages * page - 2, 3, 'b'}, {0, big, 'a'}}, 0},                 // the first one does
      {{{pages * page - big, big, 'a'}, {pages * page, 0, 'b'}}, 2},
      {{{0, big - page, 'a'}}, 0},
      {{piece{0, 2 * big, 0}}, 0},
  };
  const bool maps = can_map();
  for (const auto& c : cases) {
    const auto bytes = module_of(c.data);
    world<checked> plain(bytes);
    basic_store<checked> plain_store{plain.engine};
    const outcome expected = plain.instantiate(plain_store);
    world<guarded> w(bytes);
    for (int round = 0; round < 4; ++round) {
      basic_store<guarded> store{w.engine};
      CHECK(w.instantiate(store) == expected);
      CHECK((w.image() != nullptr) == (maps && round > 0 && c.segments != 0));
      if (w.image() != nullptr) CHECK(w.image()->segments == c.segments);
    }
  }
  if (!maps) testing::skip("no objects to map here");
}

TEST_CASE("memory image: what an instance writes is its own, and memories grow behind it") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  world<guarded> w(module_of({{page, big, 'a'}}));
  basic_store<guarded> store{w.engine};
  const outcome first = w.instantiate(store);
  for (int round = 0; round < 3; ++round) {
    basic_store<guarded> another{w.engine};
    CHECK(w.instantiate(another) == first);
    vm::memory_instance& m = *another.data().memories;
    std::memset(m.base, 0xee, static_cast<std::size_t>(m.size));
    CHECK(vm::grow_memory(m, 1) == pages);
    CHECK(m.base[pages * page] == std::byte{0});
    CHECK(w.instantiate(store) == first);
    CHECK(m.base[page] == std::byte{0xee});
  }
}

TEST_CASE("memory image: none for what a pool keeps, nor for memories of others") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  world<guarded> small(module_of({{page, big, 'a'}}, 16));
  for (int round = 0; round < 3; ++round) {
    basic_store<guarded> store{small.engine};
    small.instantiate(store);
    CHECK(small.image() == nullptr);
  }
  testing::module_writer m;
  m.import_memory("env", "memory", 1);
  m.data(0, std::string(big, 'x'));
  world<guarded> importing(m.bytes());
  basic_store<guarded> store{importing.engine};
  basic_linker<guarded> names(importing.engine);
  const auto memory = store.make_memory({{pages}}).value();
  REQUIRE(names.define("env", "memory", memory) == status::ok);
  for (int round = 0; round < 3; ++round)
    CHECK(store.instantiate(importing.module, names).has_value());
  CHECK(importing.image() == nullptr);
  CHECK(memory.object().memory()->base[big - 1] == std::byte{'x'});
}

TEST_CASE("memory image: where memory is refused instances copy, and all is given back") {
  if (!platform::is_64_bit) return testing::skip("needs 64-bit addresses");
  testing::watched_heap heap;
  {
    const auto bytes = module_of({{page, big, 'a'}});
    basic_engine<guarded> engine{testing::watched_policy{&heap}};
    const auto module = engine.compile(testing::as_bytes(bytes)).value();
    basic_store<guarded> store{engine};
    REQUIRE(store.instantiate(module).has_value());
    // Asked for the image alone.
    vm::instance& i = *store.data().instances;
    heap.requests_left = 0;
    std::uint32_t segments = 0;
    CHECK(guarded_memory::map_data(i, segments) == status::ok);
    CHECK(segments == 0);
    heap.requests_left = testing::watched_heap::unlimited;
    CHECK(module.data().image_is_made == 1);
    for (int round = 0; round < 2; ++round) {
      CHECK(store.instantiate(module).has_value());
      CHECK(store.data().memories->base[page] == std::byte{'a'});
      CHECK(module.data().image == nullptr);
    }
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_runtime_memory_image
