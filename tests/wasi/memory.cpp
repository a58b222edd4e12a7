// Every allocation of a context may fail: it says so, leaks nothing, and goes on.
#include "folder.hpp"

namespace wasi_memory {

using namespace testing;

namespace {

// Fails from the `left`-th allocation on, and counts what is in use.
struct failing_allocator {
  long left = 1'000'000;
  std::size_t in_use = 0;

  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    if (new_size != 0 && --left < 0) return nullptr;
    in_use += new_size - old_size;
    if (new_size != 0) return std::realloc(block, new_size);
    std::free(block);
    return nullptr;
  }
};

constexpr std::string_view strings[] = {"one", "two"};

wasi::configuration with(dovetail::allocator& memory) {
  wasi::configuration setup;
  setup.arguments = strings;
  setup.environment = strings;
  setup.memory = &memory;
  return setup;
}

[[maybe_unused]] std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each : files::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

}  // namespace

TEST_CASE("wasi: a context without memory says so", "[wasi]") {
  long needed = 0;
  for (;; ++needed) {
    dovetail::allocator_of<failing_allocator> memory;
    memory.policy.left = needed;
    {
      wasi::context context(with(memory));
      if (context.condition() == error_number::success) break;
      CHECK(context.condition() == error_number::nomem);
      CHECK(context.preopen(".", "/") == error_number::nomem);
    }
    CHECK(memory.policy.in_use == 0);
    REQUIRE(needed < 100);
  }
  CHECK(needed > 2);
}

TEST_CASE("wasi: descriptors without memory are refused, and nothing stays open", "[wasi]") {
  if (!has_files || !files::exists("/proc/self/fd")) return skip("no list of open files");
  dovetail::allocator_of<failing_allocator> memory;
  const std::size_t before = open_files();
  {
    guest_with_folder here(wasi::read_write, with(memory));
    guest& self = here.self;
    here.outside.write("inside/file", "");
    while (self.open(root, "file").fd < 7) {}
    memory.policy.left = 0;
    const std::size_t full = open_files();
    CHECK(self.open(root, "file").error == error_number::nomem);
    CHECK(self.context.preopen(here.outside.name(), "/") == error_number::nomem);
    CHECK(open_files() == full);
    const u32 at = self.room(48);
    CHECK(self.call("poll_oneoff", at, at, u32{1}, u32{0}) != error_number::success);
    memory.policy.left = 1000;
    CHECK(self.open(root, "file").fd == 8);
    CHECK(self.call("fd_readdir", root, u32{64}, u32{100}, u64{0}, u32{0}) ==
          error_number::success);
  }
  CHECK(open_files() == before);
  CHECK(memory.policy.in_use == 0);
}

}  // namespace wasi_memory
