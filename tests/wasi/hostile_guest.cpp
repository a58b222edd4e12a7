// A guest that calls every function with arguments that make no sense. Nothing may happen to the
// host: the sanitizers watch, and the folder beside the granted one stays as it is.
#include "folder.hpp"

#include <random>

namespace wasi_hostile_guest {

using namespace testing;

namespace {

// Numbers that functions have trouble with, and some that lead further.
class arguments {
 public:
  explicit arguments(u32 seed) : random_(seed) {}

  template <class T>
  T next() {
    constexpr u64 memory_size = 131072;
    constexpr u64 numbers[] = {0,
                               1,
                               2,
                               3,
                               4,
                               5,
                               6,
                               8,
                               16,
                               31,
                               64,
                               255,
                               1024,
                               1025,
                               4096,
                               65536,
                               memory_size,
                               0x7fffffff,
                               0x80000000,
                               0xffffffff,
                               0xfffffffc,
                               memory_size - 1,
                               memory_size - 8,
                               1ull << 63,
                               ~0ull,
                               (1ull << 63) - 1};
    if (random_() % 4 == 0) return static_cast<T>(1024 + random_() % 4096);
    return static_cast<T>(numbers[random_() % std::size(numbers)]);
  }
  u32 below(u32 limit) { return static_cast<u32>(random_() % limit); }

 private:
  std::mt19937 random_;
};

// Paths, lists of buffers and numbers, at many addresses.
void fill(guest& self, arguments& from) {
  static constexpr std::string_view paths[] = {
      "file",   "d", "d/",          "d/../file", "up/secret", "../secret", "/etc/passwd", "link",
      "d/link", ".", "./d/././new", "new",       "..",        "self",      "\xff\xfe",    "a\0b"};
  for (u32 at = 1024; at < 6000; at += 24) {
    const std::string_view path = paths[from.below(u32(std::size(paths)))];
    for (u32 i = 0; i < path.size(); ++i) self.set(at + i, path[i]);
    self.set(at + 16, from.next<u32>());
    self.set(at + 20, from.below(300));
  }
}

template <class R, class... A>
void call(guest& self, arguments& from, std::string_view name,
          R (*)(wasi::process&, wasi::guest_memory&, A...)) {
  static_cast<void>(self.instance.call(name, from.next<A>()...));
}

}  // namespace

TEST_CASE("wasi: no arguments of a guest harm the host", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  const u32 seeds = is_slow() ? 6 : 40;
  for (u32 seed = 1; seed <= seeds; ++seed) {
    INFO("seed " << seed);
    wasi::configuration setup;
    setup.descriptor_limit = 40;
    guest_with_folder here(wasi::read_write, setup);
    guest& self = here.self;
    here.outside.write("inside/file", "0123456789");
    here.outside.make_folder("inside/d");
    here.outside.make_link("..", "inside/up");
    here.outside.make_link("../file", "inside/d/link");
    here.outside.make_link("d/link", "inside/link");
    here.outside.make_link("self", "inside/self");
    REQUIRE(self.context.preopen((here.outside / "inside/d").string(), "/d") ==
            error_number::success);
    arguments from(seed);
    for (int i = 0; i < 60; ++i) {
      fill(self, from);
      using namespace wasi::preview1;
      // Without the two that do as they are told when they are told to wait for a year, or to fill
      // the disk.
#define DOVETAIL_WASI_FUNCTION(NAME)                                                           \
  if (constexpr std::string_view name = #NAME; name != "poll_oneoff" && name != "fd_allocate") \
    call(self, from, name, &NAME);
#include <dovetail/wasi/functions.def>
#undef DOVETAIL_WASI_FUNCTION
    }
    CHECK(here.outside.read("secret") == "not for guests");
    int beside = 0;
    for ([[maybe_unused]] const auto& each : files::directory_iterator(here.outside.name())) {
      ++beside;
    }
    CHECK(beside == 2);
  }
}

TEST_CASE("wasi: no subscriptions of a guest harm the host", "[wasi]") {
  guest self;
  arguments from(7);
  for (int i = 0; i < 300; ++i) {
    const u32 count = 1 + from.below(20);
    for (u32 at = 1024; at < 1024 + 48 * count; at += 8) self.set(at, from.next<u64>());
    // One that has happened already, so that nothing waits.
    self.set(1024 + 8, std::uint8_t{2});
    self.set(1024 + 16, u32{1});
    static_cast<void>(
        self.instance.call("poll_oneoff", u32{1024}, from.next<u32>(), count, from.next<u32>()));
    static_cast<void>(self.instance.call("poll_oneoff", u32{1024}, u32{8192}, count, u32{0}));
  }
}

}  // namespace wasi_hostile_guest
