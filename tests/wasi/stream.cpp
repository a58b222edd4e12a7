// The three standard streams: captured by the host, fed by it, and what happens when the host
// calls back.
#include "guest.hpp"

namespace wasi_stream {

using namespace testing;

namespace {

struct host {
  std::string text;
  guest* self = nullptr;
  int calls = 0;
};

bool collect(void* user, std::span<const std::byte> bytes) {
  static_cast<host*>(user)->text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return true;
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace

TEST_CASE("wasi: output and error are captured apart", "[wasi]") {
  host output, error;
  wasi::configuration setup;
  setup.output = wasi::output_stream::captured(&collect, &output);
  setup.error = wasi::output_stream::captured(&collect, &error);
  guest self(setup);
  CHECK(self.write(1, "to output").count == 9);
  CHECK(self.write(2, "to error").count == 8);
  const u32 text = self.put("abcdef");
  const u32 list = self.put_list({{text, 2}, {text + 1, 0}, {text + 4, 2}});
  CHECK(self.call("fd_write", u32{1}, list, u32{3}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 4);
  CHECK(output.text == "to outputabef");
  CHECK(error.text == "to error");
  CHECK(self.write(0, "x").error == error_number::notcapable);
  CHECK(self.read(1).error == error_number::notcapable);
}

TEST_CASE("wasi: a host that cannot take output makes the write fail", "[wasi]") {
  wasi::configuration setup;
  setup.output = wasi::output_stream::captured(
      [](void*, std::span<const std::byte>) { return false; }, nullptr);
  guest self(setup);
  CHECK(self.write(1, "x").error == error_number::io);
  CHECK(self.write(1, "").error == error_number::success);
}

TEST_CASE("wasi: input is fed from bytes", "[wasi]") {
  wasi::configuration setup;
  setup.input = wasi::input_stream::fed(bytes_of("first line\nsecond"));
  guest self(setup);
  CHECK(self.read(0, 6).text == "first ");
  const u32 room = self.room(8);
  const u32 list = self.put_list({{room, 5}, {room, 0}, {room + 5, 3}});
  CHECK(self.call("fd_read", u32{0}, list, u32{3}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 8);
  CHECK(self.text(room, 8) == "line\nsec");
  CHECK(self.read(0).text == "ond");
  CHECK(self.read(0).text.empty());
}

TEST_CASE("wasi: input is asked from the host", "[wasi]") {
  host asked;
  wasi::configuration setup;
  setup.input = wasi::input_stream::called(
      [](void* user, std::span<std::byte> room) -> std::size_t {
        auto& self = *static_cast<host*>(user);
        if (++self.calls > 2) return 0;
        for (std::byte& each : room) each = std::byte{'x'};
        return self.calls == 1 ? room.size() : 1'000'000;
      },
      &asked);
  guest self(setup);
  CHECK(self.read(0, 4).text == "xxxx");
  CHECK(self.read(0, 3).text == "xxx");
  CHECK(self.read(0, 3).text.empty());
}

TEST_CASE("wasi: only a captured terminal looks like one", "[wasi]") {
  wasi::configuration setup;
  setup.output = wasi::output_stream::captured(&collect, nullptr, true);
  guest self(setup);
  // What wasi-libc's isatty looks at.
  const auto terminal = self.fdstat(1);
  CHECK(terminal.type == wasi::file_type::character_device);
  CHECK_FALSE(terminal.base.any(wasi::right::fd_seek | wasi::right::fd_tell));
  CHECK(self.fdstat(2).type == wasi::file_type::unknown);
  CHECK(self.fdstat(0).type == wasi::file_type::unknown);
  CHECK(self.call("fd_seek", u32{1}, u64{0}, u32{1}, u32{0}) == error_number::notcapable);
  CHECK(self.call("fd_tell", u32{0}, u32{0}) == error_number::notcapable);
  CHECK(self.stat(1).file.type == wasi::file_type::character_device);
}

TEST_CASE("wasi: while the host takes output, the guest may run and its memory move", "[wasi]") {
  host output;
  wasi::configuration setup;
  setup.output = wasi::output_stream::captured(
      [](void* user, std::span<const std::byte> bytes) {
        auto& state = *static_cast<host*>(user);
        collect(user, bytes);
        CHECK(state.self->instance.call("grow", u32{20}).has_value());
        CHECK(state.self->call("fd_close", u32{1}) ==
              (state.calls == 0 ? error_number::success : error_number::badf));
        ++state.calls;
        return true;
      },
      &output);
  guest self(setup);
  output.self = &self;
  const u32 text = self.put("one two three");
  const u32 list = self.put_list({{text, 4}, {text + 4, 4}, {text + 8, 5}});
  CHECK(self.call("fd_write", u32{1}, list, u32{3}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 13);
  CHECK(output.text == "one two three");
  CHECK(output.calls == 3);
  CHECK(self.write(1, "x").error == error_number::badf);
}

TEST_CASE("wasi: while the host gives input, the guest may run and its memory move", "[wasi]") {
  host input;
  wasi::configuration setup;
  setup.input = wasi::input_stream::called(
      [](void* user, std::span<std::byte> room) -> std::size_t {
        auto& state = *static_cast<host*>(user);
        const std::size_t size = room.size();
        for (std::byte& each : room) each = static_cast<std::byte>('a' + state.calls);
        ++state.calls;
        CHECK(state.self->instance.call("grow", u32{20}).has_value());
        static_cast<void>(state.self->call("fd_close", u32{0}));
        return size;
      },
      &input);
  guest self(setup);
  input.self = &self;
  const u32 room = self.room(6);
  const u32 list = self.put_list({{room, 2}, {room + 2, 4}});
  CHECK(self.call("fd_read", u32{0}, list, u32{2}, u32{0}) == error_number::success);
  CHECK(self.text(room, 6) == "aabbbb");
  CHECK(self.read(0).error == error_number::badf);
}

}  // namespace wasi_stream
