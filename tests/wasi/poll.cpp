// poll_oneoff: waiting for clocks and descriptors.
#include "folder.hpp"

#include <chrono>

namespace wasi_poll {

using namespace testing;
namespace right = wasi::right;

namespace {

constexpr u64 millisecond = 1'000'000;

struct happened {
  u64 user_data;
  error_number error;
  wasi::event_type type;
  u64 available;
  std::uint16_t flags;
};

// Collects subscriptions in memory, and reads the events of a call.
class poller {
 public:
  explicit poller(guest& self) : self_(self), in_(self.room(48 * 16)), out_(self.room(32 * 16)) {}

  poller& clock(u64 user_data, u32 id, u64 timeout, bool absolute = false) {
    const u32 at = next(user_data, 0);
    self_.set(at + 16, id);
    self_.set(at + 24, timeout);
    self_.set(at + 32, u64{0});
    self_.set(at + 40, std::uint16_t{absolute});
    return *this;
  }
  poller& descriptor(u64 user_data, bool to_write, u32 fd) {
    self_.set(next(user_data, to_write ? 2 : 1) + 16, fd);
    return *this;
  }
  poller& tag(u64 user_data, std::uint8_t tag) {
    next(user_data, tag);
    return *this;
  }

  std::vector<happened> wait() {
    REQUIRE(self_.call("poll_oneoff", in_, out_, count_, u32{0}) == error_number::success);
    std::vector<happened> events;
    const u32 count = self_.get<u32>(0);
    REQUIRE(count <= count_);
    for (u32 at = out_; at < out_ + count * 32; at += 32) {
      events.push_back({self_.get<u64>(at),
                        static_cast<error_number>(self_.get<std::uint16_t>(at + 8)),
                        static_cast<wasi::event_type>(self_.get<std::uint8_t>(at + 10)),
                        self_.get<u64>(at + 16), self_.get<std::uint16_t>(at + 24)});
    }
    return events;
  }

  u32 in() const { return in_; }
  u32 count() const { return count_; }

 private:
  u32 next(u64 user_data, std::uint8_t tag) {
    const u32 at = in_ + 48 * count_++;
    self_.set(at, user_data);
    self_.set(at + 8, tag);
    return at;
  }

  guest& self_;
  u32 in_;
  u32 out_;
  u32 count_ = 0;
};

template <class F>
u64 milliseconds_of(F run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  const auto time = std::chrono::steady_clock::now() - begin;
  return static_cast<u64>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

}  // namespace

TEST_CASE("wasi: poll_oneoff waits for the earliest clock", "[wasi]") {
  guest self;
  std::vector<happened> events;
  const u64 time = milliseconds_of([&] {
    events = poller(self)
                 .clock(1, 1, 60'000 * millisecond)
                 .clock(2, 1, 30 * millisecond)
                 .clock(3, 0, 20'000 * millisecond)
                 .wait();
  });
  CHECK(time >= 29);
  REQUIRE(events.size() == 1);
  CHECK(events[0].user_data == 2);
  CHECK(events[0].error == error_number::success);
  CHECK(events[0].type == wasi::event_type::clock);
}

TEST_CASE("wasi: poll_oneoff waits until a time of a clock", "[wasi]") {
  guest self;
  for (const u32 clock : {0u, 1u}) {
    REQUIRE(self.call("clock_time_get", clock, u64{0}, u32{0}) == error_number::success);
    const u64 now = self.get<u64>(0);
    const u64 time = milliseconds_of([&] {
      const auto events = poller(self).clock(7, clock, now + 20 * millisecond, true).wait();
      REQUIRE(events.size() == 1);
      CHECK(events[0].user_data == 7);
    });
    CHECK(time >= 15);
    CHECK(poller(self).clock(8, clock, now - 1, true).clock(9, clock, 0).wait().size() == 2);
  }
}

TEST_CASE("wasi: poll_oneoff tells which clocks it cannot wait for", "[wasi]") {
  guest self;
  const auto events =
      poller(self).clock(1, 2, 1).clock(2, 4, 1).clock(3, 1, ~u64{0}).clock(4, 3, 1).wait();
  REQUIRE(events.size() == 3);
  CHECK(events[0].user_data == 1);
  CHECK(events[0].error == error_number::notsup);
  CHECK(events[1].user_data == 2);
  CHECK(events[1].error == error_number::inval);
  CHECK(events[2].user_data == 4);
  CHECK(events[2].error == error_number::notsup);
}

TEST_CASE("wasi: poll_oneoff finds the configuration's streams ready", "[wasi]") {
  wasi::configuration setup;
  setup.input = wasi::input_stream::fed(std::as_bytes(std::span("input", 5)));
  guest self(setup);
  auto events = poller(self)
                    .descriptor(10, false, 0)
                    .clock(11, 1, 60'000 * millisecond)
                    .descriptor(12, true, 1)
                    .descriptor(13, true, 2)
                    .wait();
  REQUIRE(events.size() == 3);
  CHECK(events[0].user_data == 10);
  CHECK(events[0].type == wasi::event_type::fd_read);
  CHECK(events[0].available == 5);
  CHECK(events[0].flags == 0);
  CHECK(events[1].user_data == 12);
  CHECK(events[1].type == wasi::event_type::fd_write);
  CHECK(events[2].user_data == 13);
  CHECK(self.read(0).text == "input");
  events = poller(self).descriptor(10, false, 0).wait();
  REQUIRE(events.size() == 1);
  CHECK(events[0].available == 0);
  CHECK(events[0].flags == wasi::event_flag::hangup);
}

TEST_CASE("wasi: poll_oneoff answers for each bad descriptor", "[wasi]") {
  guest self;
  const auto events = poller(self)
                          .descriptor(1, false, 50)
                          .descriptor(2, true, 0)
                          .descriptor(3, false, 1)
                          .clock(4, 1, 60'000 * millisecond)
                          .wait();
  REQUIRE(events.size() == 3);
  CHECK(events[0].error == error_number::badf);
  CHECK(events[1].error == error_number::notcapable);
  CHECK(events[1].type == wasi::event_type::fd_write);
  CHECK(events[2].error == error_number::notcapable);
}

TEST_CASE("wasi: poll_oneoff finds files ready", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  const auto file = self.open(root, "file");
  CHECK(self.read(file.fd, 4).text == "0123");
  const auto events =
      poller(self).descriptor(1, false, file.fd).descriptor(2, true, file.fd).wait();
  REQUIRE(events.size() == 2);
  CHECK(events[0].available == 6);
  CHECK(events[1].error == error_number::success);
  const auto deaf = self.open(root, "file", 0, right::fd_read);
  const auto refused = poller(self).descriptor(1, false, deaf.fd).wait();
  CHECK(refused[0].error == error_number::notcapable);
}

TEST_CASE("wasi: poll_oneoff refuses what it cannot read", "[wasi]") {
  guest self;
  poller one(self);
  one.clock(1, 1, 0);
  CHECK(self.call("poll_oneoff", one.in(), u32{0}, u32{0}, u32{0}) == error_number::inval);
  CHECK(self.call("poll_oneoff", one.in(), u32{0}, u32{4097}, u32{0}) == error_number::inval);
  CHECK(self.call("poll_oneoff", one.in(), u32{0}, ~u32{0}, u32{0}) == error_number::inval);
  CHECK(self.call("poll_oneoff", nowhere, u32{0}, u32{1}, u32{0}) == error_number::fault);
  CHECK(self.call("poll_oneoff", u32{131072 - 47}, u32{0}, u32{1}, u32{0}) == error_number::fault);
  CHECK(self.call("poll_oneoff", one.in(), u32{131072 - 31}, u32{1}, u32{0}) ==
        error_number::fault);
  CHECK(self.call("poll_oneoff", one.in(), u32{64}, u32{1}, nowhere) == error_number::fault);
  poller odd(self);
  odd.tag(1, 3);
  CHECK(self.call("poll_oneoff", odd.in(), u32{64}, u32{1}, u32{0}) == error_number::inval);
}

TEST_CASE("wasi: poll_oneoff may write its events over the subscriptions", "[wasi]") {
  guest self;
  poller many(self);
  for (u64 i = 0; i < 10; ++i) many.clock(i, 1, 0);
  CHECK(self.call("poll_oneoff", many.in(), many.in() + 16, many.count(), u32{0}) ==
        error_number::success);
  CHECK(self.get<u32>(0) == 10);
  for (u64 i = 0; i < 10; ++i) CHECK(self.get<u64>(many.in() + 16 + 32 * i) == i);
}

}  // namespace wasi_poll
