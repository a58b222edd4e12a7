// The functions about descriptors themselves: closing, renumbering, attributes, rights, preopened
// directories, entries.
#include "folder.hpp"

#include <algorithm>
#include <map>

namespace wasi_descriptor {

using namespace testing;
namespace right = wasi::right;

namespace {

constexpr u32 create = wasi::open_flag::create;

struct entry {
  u64 next;
  u64 inode;
  wasi::file_type type;
};

// One call of fd_readdir: the complete entries by name, and whether the directory ended.
struct page {
  error_number error;
  std::map<std::string, entry> entries;
  u64 next = 0;
  bool is_last = false;
};

page read_page(guest& self, u32 directory, u64 cookie, u32 size) {
  page read;
  const u32 at = self.room(size);
  read.error = self.call("fd_readdir", directory, at, size, cookie, u32{0});
  if (read.error != error_number::success) return read;
  const u32 used = self.get<u32>(0);
  REQUIRE(used <= size);
  read.is_last = used < size;
  for (u32 i = at; i + 24 <= at + used;) {
    const u32 length = self.get<u32>(i + 16);
    if (i + 24 + length > at + used) break;
    const auto type = static_cast<wasi::file_type>(self.get<std::uint8_t>(i + 20));
    read.next = self.get<u64>(i);
    read.entries[self.text(i + 24, length)] = {read.next, self.get<u64>(i + 8), type};
    i += 24 + length;
  }
  return read;
}

}  // namespace

TEST_CASE("wasi: fd_close closes", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  CHECK(file.fd == 4);
  CHECK(self.call("fd_close", file.fd) == error_number::success);
  CHECK(self.call("fd_close", file.fd) == error_number::badf);
  CHECK(self.write(file.fd, "x").error == error_number::badf);
  CHECK(self.call("fd_close", ~u32{0}) == error_number::badf);
  CHECK(self.open(root, "file").fd == 4);
  CHECK(self.call("fd_close", root) == error_number::success);
  CHECK(self.call("fd_prestat_get", root, u32{0}) == error_number::badf);
  CHECK(self.open(root, "file").error == error_number::badf);
  CHECK(self.call("fd_close", u32{0}) == error_number::success);
  CHECK(self.call("fd_close", u32{1}) == error_number::success);
}

TEST_CASE("wasi: fd_renumber moves one descriptor over another", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto one = self.open(root, "one", create);
  const auto two = self.open(root, "two", create, right::fd_read);
  CHECK(self.call("fd_renumber", one.fd, two.fd) == error_number::success);
  CHECK(self.call("fd_close", one.fd) == error_number::badf);
  CHECK(self.write(two.fd, "moved").count == 5);
  CHECK(here.outside.read("inside/one") == "moved");
  CHECK(self.call("fd_renumber", two.fd, one.fd) == error_number::badf);
  CHECK(self.call("fd_renumber", u32{40}, two.fd) == error_number::badf);
  CHECK(self.call("fd_renumber", two.fd, two.fd) == error_number::success);
  CHECK(self.call("fd_renumber", two.fd, u32{1}) == error_number::success);
  CHECK(self.write(1, "!").count == 1);
  CHECK(here.outside.read("inside/one") == "moved!");
}

TEST_CASE("wasi: descriptors beyond the limit are refused", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  wasi::configuration setup;
  setup.descriptor_limit = 6;
  guest_with_folder here(wasi::read_write, setup);
  guest& self = here.self;
  CHECK(self.open(root, "file", create).fd == 4);
  CHECK(self.open(root, "file").fd == 5);
  CHECK(self.open(root, "file").error == error_number::mfile);
  CHECK(self.context.preopen(here.outside.name(), "/") == error_number::mfile);
  CHECK(self.call("fd_close", u32{4}) == error_number::success);
  CHECK(self.open(root, "file").fd == 4);
  setup.descriptor_limit = 2;
  CHECK(wasi::context(setup).condition() == error_number::mfile);
}

TEST_CASE("wasi: fd_fdstat_get tells type, flags and rights", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto directory = self.fdstat(root);
  CHECK(directory.type == wasi::file_type::directory);
  CHECK(directory.flags == 0);
  CHECK(directory.base == wasi::read_write.base);
  CHECK(directory.inheriting == wasi::read_write.inheriting);
  CHECK_FALSE(directory.base.any(right::fd_filestat_set_size | right::fd_seek | right::fd_read));

  const auto file = self.open(root, "file", create, right::fd_read | right::fd_write, 0,
                              wasi::fd_flag::append | wasi::fd_flag::nonblock);
  const auto status = self.fdstat(file.fd);
  CHECK(status.type == wasi::file_type::regular_file);
  CHECK(status.flags == (wasi::fd_flag::append | wasi::fd_flag::nonblock));
  CHECK(status.base == (right::fd_read | right::fd_write));
  CHECK(status.inheriting == wasi::rights{});

  CHECK(self.call("fd_fdstat_get", u32{9}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_fdstat_get", root, u32{131072 - 23}) == error_number::fault);
  CHECK(self.call("fd_fdstat_get", root, u32{131072 - 24}) == error_number::success);
}

TEST_CASE("wasi: the structures leave no byte of the host in their padding", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const u32 at = self.room(64);
  CHECK(self.call("fd_fdstat_get", root, at) == error_number::success);
  CHECK(self.get<std::uint8_t>(at + 1) == 0);
  CHECK(self.get<u32>(at + 4) == 0);
  CHECK(self.call("fd_prestat_get", root, at) == error_number::success);
  CHECK(self.get<u32>(at) == 0);
  CHECK(self.call("fd_filestat_get", root, at) == error_number::success);
  CHECK((self.get<u64>(at + 16) >> 8) == 0);
}

TEST_CASE("wasi: fd_fdstat_set_flags changes append and nonblock", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123");
  const auto file = self.open(root, "file");
  CHECK(self.call("fd_fdstat_set_flags", file.fd, wasi::fd_flag::append) == error_number::success);
  CHECK(self.fdstat(file.fd).flags == wasi::fd_flag::append);
  CHECK(self.write(file.fd, "45").count == 2);
  CHECK(here.outside.read("inside/file") == "012345");
  CHECK(self.call("fd_fdstat_set_flags", file.fd, wasi::fd_flag::nonblock) ==
        error_number::success);
  CHECK(self.call("fd_seek", file.fd, u64{0}, u32{0}, u32{0}) == error_number::success);
  CHECK(self.write(file.fd, "a").count == 1);
  CHECK(here.outside.read("inside/file") == "a12345");
  CHECK(self.call("fd_fdstat_set_flags", file.fd, wasi::fd_flag::sync) == error_number::notsup);
  CHECK(self.call("fd_fdstat_set_flags", file.fd, u32{32}) == error_number::inval);
  CHECK(self.call("fd_fdstat_set_flags", u32{9}, u32{0}) == error_number::badf);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call("fd_fdstat_set_flags", reading.fd, u32{0}) == error_number::notcapable);

  const auto synced = self.open(root, "file", 0, all_rights, 0, wasi::fd_flag::dsync);
  CHECK(self.fdstat(synced.fd).flags == wasi::fd_flag::dsync);
  CHECK(self.call("fd_fdstat_set_flags", synced.fd, wasi::fd_flag::dsync) == error_number::success);
  CHECK(self.call("fd_fdstat_set_flags", synced.fd, u32{0}) == error_number::notsup);
}

TEST_CASE("wasi: fd_fdstat_set_rights takes rights away and gives none", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  const auto before = self.fdstat(file.fd);
  const auto kept = before.base.without(right::fd_read | right::fd_write);
  CHECK(self.call("fd_fdstat_set_rights", file.fd, kept.bits, u64{0}) == error_number::success);
  CHECK(self.fdstat(file.fd).base == kept);
  CHECK(self.read(file.fd).error == error_number::notcapable);
  CHECK(self.write(file.fd, "x").error == error_number::notcapable);
  CHECK(self.call("fd_tell", file.fd, u32{0}) == error_number::success);
  CHECK(self.call("fd_fdstat_set_rights", file.fd, before.base.bits, u64{0}) ==
        error_number::notcapable);
  CHECK(self.call("fd_fdstat_set_rights", file.fd, kept.bits, u64{1}) == error_number::notcapable);
  CHECK(self.call("fd_fdstat_set_rights", u32{9}, u64{0}, u64{0}) == error_number::badf);

  const auto no_writing = wasi::read_write.inheriting.without(right::fd_write);
  CHECK(self.call("fd_fdstat_set_rights", root, wasi::read_write.base.bits, no_writing.bits) ==
        error_number::success);
  CHECK(self.open(root, "file", 0, right::fd_read).error == error_number::success);
  CHECK(self.open(root, "file", 0, right::fd_write).error == error_number::notcapable);
  const auto no_opening = wasi::read_write.base.without(right::path_open);
  CHECK(self.call("fd_fdstat_set_rights", root, no_opening.bits, no_writing.bits) ==
        error_number::success);
  CHECK(self.open(root, "file", 0, right::fd_read).error == error_number::notcapable);
}

TEST_CASE("wasi: fd_filestat_get tells the attributes of a file", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  files::create_hard_link(here.outside / "inside/file", here.outside / "inside/other");
  const auto file = self.open(root, "file");
  const auto other = self.open(root, "other");
  const auto status = self.stat(file.fd);
  CHECK(status.error == error_number::success);
  CHECK(status.file.type == wasi::file_type::regular_file);
  CHECK(status.file.size == 10);
  CHECK(status.file.links == 2);
  CHECK(status.file.inode == self.stat(other.fd).file.inode);
  CHECK(status.file.inode != 0);
  CHECK(status.file.device == self.stat(root).file.device);
  CHECK(status.file.modified > 1'600'000'000'000'000'000);
  CHECK(status.file.changed >= status.file.modified);
  CHECK(self.stat(root).file.type == wasi::file_type::directory);
  CHECK(self.stat(0).error == error_number::success);
  CHECK(self.stat(0).file.size == 0);
  CHECK(self.call("fd_filestat_get", u32{9}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_filestat_get", file.fd, u32{131072 - 63}) == error_number::fault);
  CHECK(self.call("fd_filestat_get", file.fd, u32{131072 - 64}) == error_number::success);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.stat(reading.fd).error == error_number::notcapable);
}

TEST_CASE("wasi: fd_filestat_set_size cuts and lengthens", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  const auto file = self.open(root, "file");
  CHECK(self.call("fd_filestat_set_size", file.fd, u64{3}) == error_number::success);
  CHECK(here.outside.read("inside/file") == "012");
  CHECK(self.call("fd_filestat_set_size", file.fd, u64{5}) == error_number::success);
  CHECK(here.outside.read("inside/file") == std::string("012\0\0", 5));
  CHECK(self.call("fd_filestat_set_size", file.fd, ~u64{0}) == error_number::inval);
  CHECK(self.call("fd_filestat_set_size", u32{9}, u64{0}) == error_number::badf);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call("fd_filestat_set_size", reading.fd, u64{0}) == error_number::notcapable);
}

TEST_CASE("wasi: fd_filestat_set_times sets the times it is told", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  const auto file = self.open(root, "file", create);
  const u64 long_ago = 1'000'000'000'123'456'789;
  const std::string_view set = "fd_filestat_set_times";
  CHECK(self.call(set, file.fd, long_ago, long_ago + 1, u32{1 | 4}) == error_number::success);
  CHECK(self.stat(file.fd).file.accessed == long_ago);
  CHECK(self.stat(file.fd).file.modified == long_ago + 1);
  CHECK(self.call(set, file.fd, long_ago + 2, u64{5}, u32{1}) == error_number::success);
  CHECK(self.stat(file.fd).file.accessed == long_ago + 2);
  CHECK(self.stat(file.fd).file.modified == long_ago + 1);
  CHECK(self.call(set, file.fd, u64{0}, u64{0}, u32{8}) == error_number::success);
  CHECK(self.stat(file.fd).file.accessed == long_ago + 2);
  CHECK(self.stat(file.fd).file.modified > long_ago * 3 / 2);
  CHECK(self.call(set, file.fd, u64{0}, u64{0}, u32{0}) == error_number::success);
  CHECK(self.call(set, file.fd, u64{0}, u64{0}, u32{1 | 2}) == error_number::inval);
  CHECK(self.call(set, file.fd, u64{0}, u64{0}, u32{4 | 8}) == error_number::inval);
  CHECK(self.call(set, file.fd, u64{0}, u64{0}, u32{16}) == error_number::inval);
  CHECK(self.call(set, u32{9}, u64{0}, u64{0}, u32{1}) == error_number::badf);
  const auto reading = self.open(root, "file", 0, right::fd_read);
  CHECK(self.call(set, reading.fd, u64{0}, u64{0}, u32{1}) == error_number::notcapable);
}

TEST_CASE("wasi: fd_prestat_get and fd_prestat_dir_name tell what is granted", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  CHECK(self.context.preopen(here.outside.name(), "", wasi::read_only) == error_number::success);
  CHECK(self.call("fd_prestat_get", root, u32{0}) == error_number::success);
  CHECK(self.get<std::uint8_t>(0) == 0);
  CHECK(self.get<u32>(4) == 7);
  const u32 at = self.room(16);
  CHECK(self.call("fd_prestat_dir_name", root, at, u32{6}) == error_number::nametoolong);
  CHECK(self.call("fd_prestat_dir_name", root, at, u32{7}) == error_number::success);
  CHECK(self.text(at, 8) == "/inside\xee");
  CHECK(self.call("fd_prestat_dir_name", root, at + 8, u32{8}) == error_number::success);
  CHECK(self.call("fd_prestat_dir_name", root, u32{131072 - 6}, u32{7}) == error_number::fault);
  CHECK(self.call("fd_prestat_get", root, nowhere) == error_number::fault);
  CHECK(self.call("fd_prestat_get", root + 1, u32{0}) == error_number::success);
  CHECK(self.get<u32>(4) == 0);
  CHECK(self.call("fd_prestat_dir_name", root + 1, at, u32{0}) == error_number::success);
  CHECK(self.call("fd_prestat_get", root + 2, u32{0}) == error_number::badf);
  CHECK(self.call("fd_prestat_get", u32{0}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_prestat_dir_name", u32{0}, at, u32{8}) == error_number::badf);
  const auto opened = self.open(root, ".", wasi::open_flag::directory);
  CHECK(self.call("fd_prestat_get", opened.fd, u32{0}) == error_number::badf);
}

TEST_CASE("wasi: preopen says why it cannot grant", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  CHECK(self.context.preopen((here.outside / "secret").string(), "/") == error_number::notdir);
  CHECK(self.context.preopen((here.outside / "absent").string(), "/") == error_number::noent);
  CHECK(self.context.preopen("", "/") == error_number::noent);
  CHECK(self.context.preopen(std::string(5000, 'x'), "/") == error_number::nametoolong);
}

TEST_CASE("wasi: fd_readdir lists a directory", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  auto empty = read_page(self, root, 0, 4096);
  CHECK(empty.error == error_number::success);
  CHECK(empty.is_last);
  CHECK(empty.entries.size() == 2);
  CHECK(empty.entries.count(".") == 1);
  CHECK(empty.entries.count("..") == 1);
  CHECK(empty.entries["."].inode == self.stat(root).file.inode);

  const auto file = self.open(root, "file", create);
  here.outside.make_folder("inside/folder");
  here.outside.make_link("file", "inside/link");
  auto all = read_page(self, root, 0, 4096);
  CHECK(all.is_last);
  CHECK(all.entries.size() == 5);
  CHECK(all.entries["file"].type == wasi::file_type::regular_file);
  CHECK(all.entries["file"].inode == self.stat(file.fd).file.inode);
  CHECK(all.entries["folder"].type == wasi::file_type::directory);
  CHECK(all.entries["link"].type == wasi::file_type::symbolic_link);

  CHECK(self.call("fd_readdir", file.fd, u32{0}, u32{0}, u64{0}, u32{0}) == error_number::notdir);
  CHECK(self.call("fd_readdir", u32{9}, u32{0}, u32{0}, u64{0}, u32{0}) == error_number::badf);
  CHECK(self.call("fd_readdir", root, u32{131000}, u32{100}, u64{0}, u32{0}) ==
        error_number::fault);
  CHECK(self.call("fd_readdir", root, u32{64}, u32{8}, u64{0}, nowhere) == error_number::fault);
  CHECK(self.call("fd_readdir", root, u32{64}, u32{0}, u64{0}, u32{0}) == error_number::success);
  CHECK(self.get<u32>(0) == 0);
  const auto blind = self.open(root, ".", wasi::open_flag::directory, right::path_open);
  CHECK(read_page(self, blind.fd, 0, 100).error == error_number::notcapable);
}

TEST_CASE("wasi: fd_readdir goes on at a cookie", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  for (int i = 0; i < 300; ++i) {
    here.outside.write("inside/a file with a rather long name, number " + std::to_string(i), "");
  }
  // Small pages: most end in the middle of an entry.
  std::map<std::string, entry> all;
  u64 cookie = 0;
  for (;;) {
    const auto read = read_page(self, root, cookie, 200);
    REQUIRE(read.error == error_number::success);
    for (const auto& each : read.entries) CHECK(all.insert(each).second);
    if (read.is_last) break;
    REQUIRE_FALSE(read.entries.empty());
    cookie = read.next;
  }
  CHECK(all.size() == 302);

  // Every cookie can be used again, in any order, also by another descriptor of the directory.
  const auto again = self.open(root, ".", wasi::open_flag::directory);
  const auto first = read_page(self, root, 0, 200);
  const auto second = read_page(self, root, first.next, 200);
  const auto second_again = read_page(self, root, first.next, 200);
  const auto elsewhere = read_page(self, again.fd, first.next, 200);
  CHECK(second.next == second_again.next);
  CHECK(second.next == elsewhere.next);
  REQUIRE_FALSE(second.entries.empty());
  CHECK(second.entries.begin()->first == elsewhere.entries.begin()->first);
  CHECK(read_page(self, root, 0, 200).next == first.next);

  // New files are found when the list begins anew.
  here.outside.write("inside/new", "");
  CHECK(read_page(self, root, 0, 60'000).entries.count("new") == 1);

  // A cookie that nobody gave out does no harm.
  CHECK(read_page(self, root, 0x1234'5678'9abc, 200).error == error_number::success);
  static_cast<void>(read_page(self, root, ~u64{0}, 200));
  CHECK(read_page(self, root, 0, 200).next == first.next);
}

}  // namespace wasi_descriptor
