// The functions about the process itself: arguments, environment, clocks, random bytes, ending,
// signals, sockets.
#include "guest.hpp"

#include <array>

namespace wasi_process {

using namespace testing;

namespace {

constexpr std::string_view arguments[] = {"program", "", "-x", "two words"};
constexpr std::string_view environment[] = {"HOME=/", "EMPTY=", "A=B=C"};

wasi::configuration with_strings() {
  wasi::configuration setup;
  setup.arguments = arguments;
  setup.environment = environment;
  return setup;
}

// Reads a list of strings through a pair of functions, as wasi-libc does.
std::vector<std::string> read_strings(guest& self, std::string_view sizes_get,
                                      std::string_view get) {
  REQUIRE(self.call(sizes_get, u32{0}, u32{4}) == error_number::success);
  const u32 count = self.get<u32>(0);
  const u32 size = self.get<u32>(4);
  const u32 pointers = self.room(count * 4);
  const u32 bytes = self.room(size);
  REQUIRE(self.call(get, pointers, bytes) == error_number::success);
  std::vector<std::string> strings;
  for (u32 i = 0; i < count; ++i) {
    const u32 begin = self.get<u32>(pointers + i * 4);
    const u32 end = i + 1 < count ? self.get<u32>(pointers + i * 4 + 4) : bytes + size;
    CHECK(self.get<std::uint8_t>(end - 1) == 0);
    strings.push_back(self.text(begin, end - 1 - begin));
  }
  return strings;
}

}  // namespace

TEST_CASE("wasi: args_sizes_get and args_get hand over the arguments", "[wasi]") {
  guest self(with_strings());
  const auto strings = read_strings(self, "args_sizes_get", "args_get");
  CHECK(strings == std::vector<std::string>(std::begin(arguments), std::end(arguments)));
}

TEST_CASE("wasi: environ_sizes_get and environ_get hand over the environment", "[wasi]") {
  guest self(with_strings());
  const auto strings = read_strings(self, "environ_sizes_get", "environ_get");
  CHECK(strings == std::vector<std::string>(std::begin(environment), std::end(environment)));
}

TEST_CASE("wasi: a guest starts with nothing", "[wasi]") {
  guest self;
  CHECK(read_strings(self, "args_sizes_get", "args_get").empty());
  CHECK(read_strings(self, "environ_sizes_get", "environ_get").empty());
  CHECK(self.read(0).text.empty());
  CHECK(self.write(1, "nobody hears this").count == 17);
  CHECK(self.call("fd_prestat_get", u32{3}, u32{0}) == error_number::badf);
}

TEST_CASE("wasi: strings that do not fit into memory are a fault", "[wasi]") {
  guest self(with_strings());
  CHECK(self.call("args_sizes_get", nowhere, u32{0}) == error_number::fault);
  CHECK(self.call("args_sizes_get", u32{0}, u32{131072 - 3}) == error_number::fault);
  CHECK(self.call("args_get", nowhere, u32{0}) == error_number::fault);
  CHECK(self.call("args_get", u32{0}, u32{131072 - 10}) == error_number::fault);
  CHECK(self.call("environ_get", u32{131072 - 8}, u32{0}) == error_number::fault);
  CHECK(self.call("environ_sizes_get", u32{0}, ~u32{0}) == error_number::fault);
}

TEST_CASE("wasi: a string with a zero in it is refused", "[wasi]") {
  constexpr std::string_view broken[] = {std::string_view("a\0b", 3)};
  wasi::configuration setup;
  setup.arguments = broken;
  wasi::context context(setup);
  CHECK(context.condition() == error_number::inval);
  CHECK(context.preopen(".", "/") == error_number::inval);
}

TEST_CASE("wasi: clock_res_get and clock_time_get know four clocks", "[wasi]") {
  guest self;
  for (u32 clock = 0; clock < wasi::clock_count; ++clock) {
    INFO(clock);
    CHECK(self.call("clock_res_get", clock, u32{0}) == error_number::success);
    CHECK(self.get<u64>(0) > 0);
    CHECK(self.get<u64>(0) <= 1'000'000'000);
    CHECK(self.call("clock_time_get", clock, u64{1}, u32{8}) == error_number::success);
    const u64 first = self.get<u64>(8);
    CHECK(self.call("clock_time_get", clock, u64{1}, u32{8}) == error_number::success);
    if (clock != 0) CHECK(self.get<u64>(8) >= first);
  }
  CHECK(self.call("clock_time_get", u32{0}, u64{0}, u32{0}) == error_number::success);
  CHECK(self.get<u64>(0) > 1'600'000'000'000'000'000);  // after September 2020
  CHECK(self.call("clock_res_get", u32{4}, u32{0}) == error_number::inval);
  CHECK(self.call("clock_time_get", ~u32{0}, u64{0}, u32{0}) == error_number::inval);
  CHECK(self.call("clock_res_get", u32{0}, nowhere) == error_number::fault);
  CHECK(self.call("clock_time_get", u32{0}, u64{0}, nowhere) == error_number::fault);
}

TEST_CASE("wasi: the host can provide time and random bytes", "[wasi]") {
  wasi::configuration setup;
  u64 time = 41;
  setup.clock = {[](void* user, wasi::clock_id) { return ++*static_cast<u64*>(user); }, &time};
  setup.random = {[](void*, std::span<std::byte> room) {
                    for (std::byte& each : room) each = std::byte{7};
                    return room.size() < 100;
                  },
                  nullptr};
  guest self(setup);
  CHECK(self.call("clock_time_get", u32{1}, u64{0}, u32{0}) == error_number::success);
  CHECK(self.get<u64>(0) == 42);
  CHECK(self.call("random_get", u32{8}, u32{4}) == error_number::success);
  CHECK(self.get<u32>(8) == 0x07070707);
  CHECK(self.call("random_get", u32{8}, u32{100}) == error_number::io);
}

TEST_CASE("wasi: random_get fills memory", "[wasi]") {
  guest self;
  const u32 size = 60'000;
  const u32 at = self.room(size);
  CHECK(self.call("random_get", at, size) == error_number::success);
  std::array<int, 256> seen{};
  for (const char each : self.text(at, size)) ++seen[static_cast<unsigned char>(each)];
  for (const int count : seen) CHECK(count > 0);
  CHECK(self.call("random_get", at, u32{0}) == error_number::success);
  CHECK(self.call("random_get", u32{131072}, u32{0}) == error_number::success);
  CHECK(self.call("random_get", u32{131072 - 1}, u32{2}) == error_number::fault);
  CHECK(self.call("random_get", ~u32{0}, ~u32{0}) == error_number::fault);
}

TEST_CASE("wasi: sched_yield returns", "[wasi]") {
  guest self;
  CHECK(self.call("sched_yield") == error_number::success);
}

TEST_CASE("wasi: proc_exit ends the run with its code", "[wasi]") {
  guest self;
  CHECK_FALSE(self.context.exit_code().has_value());
  const auto ended = self.instance.call("proc_exit", u32{37});
  REQUIRE_FALSE(ended.has_value());
  CHECK(ended.error().code == dovetail::trap_code::exit);
  CHECK(ended.error().detail == 37);
  CHECK(self.context.exit_code() == 37u);
}

TEST_CASE("wasi: proc_raise refuses the signals of the host", "[wasi]") {
  guest self;
  CHECK(self.call("proc_raise", u32{0}) == error_number::success);
  CHECK(self.call("proc_raise", u32{6}) == error_number::notsup);
  CHECK(self.call("proc_raise", u32{30}) == error_number::notsup);
  CHECK(self.call("proc_raise", u32{31}) == error_number::inval);
}

TEST_CASE("wasi: the socket functions answer with the error of their descriptor", "[wasi]") {
  guest self;
  CHECK(self.call("sock_accept", u32{9}, u32{0}, u32{0}) == error_number::badf);
  CHECK(self.call("sock_accept", u32{0}, u32{0}, u32{0}) == error_number::notsock);
  CHECK(self.call("sock_recv", u32{9}, u32{0}, u32{0}, u32{0}, u32{0}, u32{0}) ==
        error_number::badf);
  CHECK(self.call("sock_recv", u32{0}, u32{0}, u32{0}, u32{0}, u32{0}, u32{0}) ==
        error_number::notsock);
  CHECK(self.call("sock_send", u32{9}, u32{0}, u32{0}, u32{0}, u32{0}) == error_number::badf);
  CHECK(self.call("sock_send", u32{1}, u32{0}, u32{0}, u32{0}, u32{0}) == error_number::notsock);
  CHECK(self.call("sock_shutdown", u32{9}, u32{2}) == error_number::badf);
  CHECK(self.call("sock_shutdown", u32{2}, u32{2}) == error_number::notsock);
}

TEST_CASE("wasi: error numbers have the names and numbers of the specification", "[wasi]") {
  STATIC_REQUIRE(static_cast<int>(error_number::toobig) == 1);
  STATIC_REQUIRE(static_cast<int>(error_number::badf) == 8);
  STATIC_REQUIRE(static_cast<int>(error_number::fault) == 21);
  STATIC_REQUIRE(static_cast<int>(error_number::inval) == 28);
  STATIC_REQUIRE(static_cast<int>(error_number::noent) == 44);
  STATIC_REQUIRE(static_cast<int>(error_number::nosys) == 52);
  STATIC_REQUIRE(static_cast<int>(error_number::notsock) == 57);
  STATIC_REQUIRE(static_cast<int>(error_number::spipe) == 70);
  STATIC_REQUIRE(static_cast<int>(error_number::notcapable) == 76);
  CHECK(name(error_number::noent) == "noent");
  CHECK(message(error_number::noent) == "no such file or directory");
  CHECK(name(static_cast<error_number>(999)) == "unknown");
}

}  // namespace wasi_process
