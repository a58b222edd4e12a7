// The host's own streams, given to a guest: pipes, files and a terminal in the place of 0 and 1.
#include "folder.hpp"

#if !defined(_WIN32)

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wasi_inherited {

using namespace testing;
namespace right = wasi::right;

namespace {

// Puts another file in the place of one of the host's streams, for as long as it lives.
class replaced {
 public:
  replaced(int stream, int file) : stream_(stream), kept_(dup(stream)) { dup2(file, stream); }
  replaced(const replaced&) = delete;
  replaced& operator=(const replaced&) = delete;
  ~replaced() {
    dup2(kept_, stream_);
    close(kept_);
  }

 private:
  int stream_;
  int kept_;
};

struct pipe_ends {
  int ends[2];
  pipe_ends() { REQUIRE(pipe(ends) == 0); }
  ~pipe_ends() {
    close(ends[0]);
    close(ends[1]);
  }
};

wasi::configuration inheriting() {
  wasi::configuration setup;
  setup.inherit_streams();
  return setup;
}

}  // namespace

TEST_CASE("wasi: a guest reads and writes the host's pipes", "[wasi]") {
  pipe_ends in, out;
  const replaced input(0, in.ends[0]), output(1, out.ends[1]);
  guest self(inheriting());
  CHECK(write(in.ends[1], "hello", 5) == 5);
  CHECK(self.read(0).text == "hello");
  CHECK(self.write(1, "answer").count == 6);
  char text[16];
  CHECK(read(out.ends[0], text, sizeof text) == 6);
  CHECK(self.fdstat(0).type == wasi::file_type::unknown);
  CHECK(self.fdstat(0).base.holds(right::fd_read));
  CHECK_FALSE(self.fdstat(0).base.holds(right::fd_write));
  CHECK(self.fdstat(1).base.holds(right::fd_write));
  CHECK_FALSE(self.fdstat(1).base.any(right::fd_read | right::fd_seek));
  CHECK(self.write(0, "x").error == error_number::notcapable);
  CHECK(self.call("fd_seek", u32{0}, u64{0}, u32{0}, u32{0}) == error_number::notcapable);
}

TEST_CASE("wasi: closing an inherited stream leaves the host's open", "[wasi]") {
  pipe_ends out;
  const replaced output(1, out.ends[1]);
  {
    guest self(inheriting());
    CHECK(self.call("fd_close", u32{1}) == error_number::success);
    CHECK(self.write(1, "x").error == error_number::badf);
  }
  CHECK(fcntl(1, F_GETFD) >= 0);
  CHECK(write(1, "", 0) == 0);
}

TEST_CASE("wasi: a guest's nonblocking mode is its own", "[wasi]") {
  pipe_ends in;
  const replaced input(0, in.ends[0]);
  guest self(inheriting());
  CHECK(self.call("fd_fdstat_set_flags", u32{0}, wasi::fd_flag::nonblock) == error_number::success);
  CHECK((fcntl(0, F_GETFL) & O_NONBLOCK) == 0);
  CHECK(self.fdstat(0).flags == wasi::fd_flag::nonblock);
  CHECK(self.read(0).error == error_number::again);
  CHECK(write(in.ends[1], "x", 1) == 1);
  CHECK(self.read(0).text == "x");
}

TEST_CASE("wasi: a pipe is ready when there is something in it", "[wasi]") {
  pipe_ends in;
  const replaced input(0, in.ends[0]);
  guest self(inheriting());
  const u32 at = self.room(96);
  const auto poll = [&] {
    self.set(at, u64{1});
    self.set(at + 8, std::uint8_t{1});
    self.set(at + 16, u32{0});
    self.set(at + 48, u64{2});
    self.set(at + 56, std::uint8_t{0});
    self.set(at + 64, u32{1});
    self.set(at + 72, u64{10'000'000});
    self.set(at + 88, std::uint16_t{0});
    REQUIRE(self.call("poll_oneoff", at, u32{64}, u32{2}, u32{0}) == error_number::success);
    REQUIRE(self.get<u32>(0) == 1);
    return self.get<u64>(64);
  };
  CHECK(poll() == 2);
  CHECK(write(in.ends[1], "abc", 3) == 3);
  CHECK(poll() == 1);
  CHECK(self.get<u64>(64 + 16) == 3);
  CHECK(self.read(0).text == "abc");
  close(in.ends[1]);
  in.ends[1] = -1;
  CHECK(poll() == 1);
  CHECK(self.get<std::uint16_t>(64 + 24) == wasi::event_flag::hangup);
}

TEST_CASE("wasi: a file in the place of input can be read and sought, not changed", "[wasi]") {
  folder here;
  here.write("file", "0123456789");
  const int file = open((here / "file").c_str(), O_RDWR);
  {
    const replaced input(0, file);
    guest self(inheriting());
    CHECK(self.fdstat(0).type == wasi::file_type::regular_file);
    CHECK(self.call("fd_seek", u32{0}, u64{4}, u32{0}, u32{0}) == error_number::success);
    CHECK(self.read(0, 2).text == "45");
    CHECK(self.write(0, "x").error == error_number::notcapable);
    CHECK(self.call("fd_filestat_set_size", u32{0}, u64{0}) == error_number::notcapable);
    CHECK(self.call("fd_allocate", u32{0}, u64{0}, u64{99}) == error_number::notcapable);
    CHECK(self.stat(0).file.size == 10);
  }
  close(file);
  CHECK(here.read("file") == "0123456789");
}

TEST_CASE("wasi: a terminal has neither seek nor tell", "[wasi]") {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0) return skip("no pseudo-terminal");
  {
    const replaced output(1, terminal);
    guest self(inheriting());
    const auto status = self.fdstat(1);
    CHECK(status.type == wasi::file_type::character_device);
    CHECK_FALSE(status.base.any(right::fd_seek | right::fd_tell));
  }
  close(terminal);
  const int null = open("/dev/null", O_RDWR);
  {
    const replaced output(1, null);
    guest self(inheriting());
    CHECK(self.fdstat(1).type == wasi::file_type::character_device);
    CHECK(self.fdstat(1).base.holds(right::fd_seek | right::fd_tell));
  }
  close(null);
}

TEST_CASE("wasi: sockets are not supported, and say so", "[wasi]") {
  int ends[2];
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  {
    const replaced input(0, ends[0]);
    guest self(inheriting());
    CHECK(self.fdstat(0).type == wasi::file_type::socket_stream);
    CHECK(self.call("sock_shutdown", u32{0}, u32{1}) == error_number::notsup);
    CHECK(self.call("sock_accept", u32{0}, u32{0}, u32{0}) == error_number::notsup);
  }
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("wasi: a closed stream of the host is an empty one", "[wasi]") {
  const int kept = dup(0);
  close(0);
  {
    guest self(inheriting());
    CHECK(self.read(0).error == error_number::success);
    CHECK(self.read(0).text.empty());
  }
  dup2(kept, 0);
  close(kept);
}

TEST_CASE("wasi: opening a pipe in a folder does not stop the host", "[wasi]") {
  guest_with_folder here;
  guest& self = here.self;
  REQUIRE(mkfifo((here.outside / "inside/fifo").c_str(), 0600) == 0);
  const auto fifo = self.open(root, "fifo", 0, right::fd_read | right::poll_fd_readwrite);
  CHECK(fifo.error == error_number::success);
  CHECK(self.fdstat(fifo.fd).type == wasi::file_type::unknown);
  CHECK(self.read(fifo.fd).text.empty());
  CHECK(self.call("fd_close", fifo.fd) == error_number::success);
  CHECK(self.open(root, "fifo", 0, right::fd_write).error == error_number::nxio);
}

}  // namespace wasi_inherited

#endif
