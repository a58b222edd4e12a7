// The functions that move the bytes of an open file, and its offset.
#include "folder.hpp"

namespace wasi_data {

using namespace testing;
namespace right = wasi::right;

namespace {

constexpr u32 create = wasi::open_flag::create;

}  // namespace

TEST_CASE("wasi: fd_write and fd_read move bytes", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  REQUIRE(file.error == error_number::success);
  CHECK(self.write(file.fd, "hello, world").count == 12);
  CHECK(here.outside.read("inside/file") == "hello, world");
  CHECK(self.call("fd_seek", file.fd, u64{7}, u32{0}, u32{8}) == error_number::success);
  CHECK(self.get<u64>(8) == 7);
  CHECK(self.read(file.fd, 3).text == "wor");
  CHECK(self.read(file.fd).text == "ld");
  CHECK(self.read(file.fd).text.empty());
  CHECK(self.call("fd_read", u32{77}, u32{0}, u32{0}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_write", u32{77}, u32{0}, u32{0}, u32{0}) == error_number::badf);
}

TEST_CASE("wasi: lists of buffers scatter and gather", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  const u32 bytes = self.put("abcdefgh");
  const u32 from = self.put_list({{bytes + 4, 4}, {nowhere, 0}, {bytes, 0}, {bytes, 2}});
  SECTION("an empty buffer still has to lie in memory") {
    CHECK(self.call("fd_write", file.fd, from, u32{4}, u32{0}) == error_number::fault);
    CHECK(here.outside.read("inside/file").empty());
  }
  SECTION("in order") {
    self.set(from + 8, bytes);
    CHECK(self.call("fd_write", file.fd, from, u32{4}, u32{0}) == error_number::success);
    CHECK(self.get<u32>(0) == 6);
    CHECK(here.outside.read("inside/file") == "efghab");
    const u32 room = self.room(8);
    const u32 into = self.put_list({{room + 5, 1}, {room, 5}, {room + 6, 2}});
    CHECK(self.call("fd_pread", file.fd, into, u32{3}, u64{0}, u32{0}) == error_number::success);
    CHECK(self.get<u32>(0) == 6);
    CHECK(self.text(room, 8) == "fghabe\xee\xee");
  }
  SECTION("no buffer at all") {
    CHECK(self.call("fd_write", file.fd, u32{0}, u32{0}, u32{0}) == error_number::success);
    CHECK(self.get<u32>(0) == 0);
    CHECK(self.call("fd_read", file.fd, u32{0}, u32{0}, u32{0}) == error_number::success);
  }
  SECTION("hundreds") {
    std::vector<guest::buffer> many;
    std::string expected;
    for (u32 i = 0; i < 1000; ++i) {
      many.push_back({bytes + i % 8, 1});
      expected.push_back("abcdefgh"[i % 8]);
    }
    CHECK(self.call("fd_write", file.fd, self.put_list(many), u32{1000}, u32{0}) ==
          error_number::success);
    CHECK(self.get<u32>(0) == 1000);
    CHECK(here.outside.read("inside/file") == expected);
    const u32 room = self.room(1000);
    for (u32 i = 0; i < 1000; ++i) many[i] = {room + 999 - i, 1};
    CHECK(self.call("fd_pread", file.fd, self.put_list(many), u32{1000}, u64{0}, u32{0}) ==
          error_number::success);
    CHECK(self.text(room, 1000) == std::string(expected.rbegin(), expected.rend()));
    many.resize(1025, {room, 0});
    CHECK(self.call("fd_write", file.fd, self.put_list(many), u32{1025}, u32{0}) ==
          error_number::inval);
  }
}

TEST_CASE("wasi: buffers outside memory are a fault, and nothing is moved", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  const auto file = self.open(root, "file");
  const u32 good = self.room(4);
  const u32 end = 131072;
  const std::vector<guest::buffer> lists[] = {
      {{good, 4}, {end - 3, 4}}, {{good, 4}, {nowhere, 0xff}}, {{good, 4}, {~u32{0}, ~u32{0}}},
      {{good, 4}, {0, ~u32{0}}}, {{good, 4}, {end + 1, 0}},
  };
  for (const auto& list : lists) {
    const u32 at = self.put_list(list);
    CHECK(self.call("fd_read", file.fd, at, u32{2}, u32{0}) == error_number::fault);
    CHECK(self.call("fd_pread", file.fd, at, u32{2}, u64{0}, u32{0}) == error_number::fault);
    CHECK(self.call("fd_write", file.fd, at, u32{2}, u32{0}) == error_number::fault);
    CHECK(self.call("fd_pwrite", file.fd, at, u32{2}, u64{0}, u32{0}) == error_number::fault);
    CHECK(self.text(good, 4) == "\xee\xee\xee\xee");
  }
  for (const u32 list : {end - 4, end, nowhere, ~u32{0}}) {
    CHECK(self.call("fd_read", file.fd, list, u32{1}, u32{0}) == error_number::fault);
    CHECK(self.call("fd_write", file.fd, list, u32{1}, u32{0}) == error_number::fault);
  }
  const u32 list = self.put_list({{good, 4}});
  CHECK(self.call("fd_read", file.fd, list, u32{0x2000'0001}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_read", file.fd, list, u32{1}, nowhere) == error_number::fault);
  // Overlapping buffers may name more than 4 GiB in all.
  std::vector<guest::buffer> big(1024, {0, end});
  CHECK(self.call("fd_pread", file.fd, self.put_list(big), u32{1024}, u64{0}, u32{0}) ==
        error_number::success);
  REQUIRE(self.instance.call("grow", u32{126}).has_value());
  big.assign(1024, {0, 1u << 23});
  CHECK(self.call("fd_pread", file.fd, self.put_list(big), u32{1024}, u64{0}, u32{0}) ==
        error_number::inval);
}

TEST_CASE("wasi: fd_pread and fd_pwrite leave the offset alone", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  const auto file = self.open(root, "file");
  CHECK(self.read(file.fd, 2).text == "01");
  const u32 bytes = self.put("XY");
  const u32 list = self.put_list({{bytes, 2}});
  CHECK(self.call("fd_pwrite", file.fd, list, u32{1}, u64{4}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 2);
  CHECK(here.outside.read("inside/file") == "0123XY6789");
  CHECK(self.call("fd_pread", file.fd, list, u32{1}, u64{8}, u32{0}) == error_number::success);
  CHECK(self.text(bytes, 2) == "89");
  CHECK(self.read(file.fd, 2).text == "23");
  CHECK(self.call("fd_pread", file.fd, list, u32{1}, u64{100}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 0);
  CHECK(self.call("fd_pread", file.fd, list, u32{1}, ~u64{0}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_pwrite", file.fd, list, u32{1}, u64{1} << 63, u32{0}) == error_number::inval);
  CHECK(self.call("fd_pread", u32{0}, list, u32{1}, u64{0}, u32{0}) == error_number::notcapable);
  CHECK(self.call("fd_pwrite", u32{1}, list, u32{1}, u64{0}, u32{0}) == error_number::notcapable);
}

TEST_CASE("wasi: append writes at the end, fd_pwrite where it is told", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123");
  const auto file = self.open(root, "file", 0, all_rights, 0, wasi::fd_flag::append);
  CHECK(self.write(file.fd, "45").count == 2);
  CHECK(here.outside.read("inside/file") == "012345");
  const u32 list = self.put_list({{self.put("ab"), 2}});
  CHECK(self.call("fd_pwrite", file.fd, list, u32{1}, u64{0}, u32{0}) == error_number::success);
  CHECK(here.outside.read("inside/file") == "ab2345");
  CHECK(self.call("fd_seek", file.fd, u64{0}, u32{0}, u32{0}) == error_number::success);
  CHECK(self.write(file.fd, "6").count == 1);
  CHECK(here.outside.read("inside/file") == "ab23456");
}

TEST_CASE("wasi: fd_seek and fd_tell", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  const auto file = self.open(root, "file");
  CHECK(self.call("fd_seek", file.fd, u64{4}, u32{0}, u32{0}) == error_number::success);
  CHECK(self.get<u64>(0) == 4);
  CHECK(self.call("fd_seek", file.fd, ~u64{0}, u32{1}, u32{0}) == error_number::success);
  CHECK(self.get<u64>(0) == 3);
  CHECK(self.call("fd_seek", file.fd, u64{0} - 2, u32{2}, u32{0}) == error_number::success);
  CHECK(self.get<u64>(0) == 8);
  CHECK(self.call("fd_tell", file.fd, u32{8}) == error_number::success);
  CHECK(self.get<u64>(8) == 8);
  CHECK(self.call("fd_seek", file.fd, u64{1000}, u32{0}, u32{0}) == error_number::success);
  CHECK(self.call("fd_seek", file.fd, ~u64{0}, u32{0}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_seek", file.fd, u64{0}, u32{3}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_seek", file.fd, u64{0}, u32{256}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_seek", u32{99}, u64{0}, u32{0}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_tell", u32{99}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_tell", file.fd, nowhere) == error_number::fault);
  CHECK(self.call("fd_seek", file.fd, u64{0}, u32{0}, nowhere) == error_number::fault);

  const auto only_tell = self.open(root, "file", 0, right::fd_tell);
  CHECK(self.call("fd_tell", only_tell.fd, u32{0}) == error_number::success);
  CHECK(self.call("fd_seek", only_tell.fd, u64{0}, u32{1}, u32{0}) == error_number::success);
  CHECK(self.call("fd_seek", only_tell.fd, u64{0}, u32{0}, u32{0}) == error_number::notcapable);
  const auto only_seek = self.open(root, "file", 0, right::fd_seek);
  CHECK(self.call("fd_tell", only_seek.fd, u32{0}) == error_number::success);
  const auto neither = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call("fd_tell", neither.fd, u32{0}) == error_number::notcapable);
  CHECK(self.call("fd_seek", neither.fd, u64{0}, u32{1}, u32{0}) == error_number::notcapable);
}

TEST_CASE("wasi: a directory has no bytes", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const u32 list = self.put_list({{self.room(4), 4}});
  CHECK(self.call("fd_read", root, list, u32{1}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_write", root, list, u32{1}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_pread", root, list, u32{1}, u64{0}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_pwrite", root, list, u32{1}, u64{0}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_seek", root, u64{0}, u32{1}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_tell", root, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_allocate", root, u64{0}, u64{1}) == error_number::isdir);
  CHECK(self.call("fd_advise", root, u64{0}, u64{1}, u32{0}) == error_number::isdir);
  CHECK(self.call("fd_filestat_set_size", root, u64{0}) == error_number::isdir);
}

TEST_CASE("wasi: fd_advise takes advice for files", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  for (u32 advice = 0; advice < wasi::advice_count; ++advice) {
    CHECK(self.call("fd_advise", file.fd, u64{0}, u64{100}, advice) == error_number::success);
  }
  CHECK(self.call("fd_advise", file.fd, u64{0}, u64{0}, u32{6}) == error_number::inval);
  CHECK(self.call("fd_advise", file.fd, ~u64{0}, u64{1}, u32{0}) == error_number::inval);
  CHECK(self.call("fd_advise", u32{50}, u64{0}, u64{1}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_advise", u32{1}, u64{0}, u64{1}, u32{0}) == error_number::notcapable);
}

TEST_CASE("wasi: fd_allocate makes a file at least as long", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  CHECK(self.call("fd_allocate", file.fd, u64{10}, u64{90}) == error_number::success);
  CHECK(self.stat(file.fd).file.size == 100);
  CHECK(self.call("fd_allocate", file.fd, u64{0}, u64{5}) == error_number::success);
  CHECK(self.stat(file.fd).file.size == 100);
  CHECK(self.call("fd_allocate", file.fd, u64{0}, u64{0}) == error_number::inval);
  CHECK(self.call("fd_allocate", file.fd, u64{1} << 63, u64{1}) == error_number::inval);
  CHECK(self.call("fd_allocate", file.fd, u64{1}, ~u64{0} >> 1) == error_number::fbig);
  CHECK(self.call("fd_allocate", u32{50}, u64{0}, u64{1}) == error_number::badf);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call("fd_allocate", reading.fd, u64{0}, u64{1}) == error_number::notcapable);
}

TEST_CASE("wasi: fd_sync and fd_datasync", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  CHECK(self.write(file.fd, "x").count == 1);
  CHECK(self.call("fd_sync", file.fd) == error_number::success);
  CHECK(self.call("fd_datasync", file.fd) == error_number::success);
  CHECK(self.call("fd_sync", root) == error_number::success);
  CHECK(self.call("fd_sync", u32{1}) == error_number::success);
  CHECK(self.call("fd_datasync", u32{2}) == error_number::success);
  CHECK(self.call("fd_sync", u32{50}) == error_number::badf);
  CHECK(self.call("fd_datasync", u32{50}) == error_number::badf);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call("fd_sync", reading.fd) == error_number::notcapable);
  CHECK(self.call("fd_datasync", reading.fd) == error_number::notcapable);
}

}  // namespace wasi_data
