// The functions that take a path below an open directory.
#include "folder.hpp"

namespace wasi_path {

using namespace testing;
namespace right = wasi::right;
namespace open_flag = wasi::open_flag;

namespace {

constexpr u32 follow = wasi::lookup_flag::symlink_follow;

}  // namespace

TEST_CASE("wasi: path_open creates, truncates and insists", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  CHECK(self.open(root, "file").error == error_number::noent);
  const auto file = self.open(root, "file", open_flag::create | open_flag::exclusive);
  CHECK(file.error == error_number::success);
  CHECK(self.write(file.fd, "0123").count == 4);
  CHECK(self.open(root, "file", open_flag::create | open_flag::exclusive).error ==
        error_number::exist);
  CHECK(self.read(self.open(root, "file", open_flag::create).fd).text == "0123");
  CHECK(self.open(root, "file", open_flag::truncate).error == error_number::success);
  CHECK(here.outside.read("inside/file").empty());
  CHECK(self.open(root, "file", open_flag::directory).error == error_number::notdir);
  CHECK(self.open(root, "absent", open_flag::directory).error == error_number::noent);
  CHECK(self.open(root, "file", open_flag::create | open_flag::directory).error ==
        error_number::inval);
  CHECK(self.open(root, "file", 16).error == error_number::inval);
  CHECK(self.open(root, "file", 0, all_rights, 2).error == error_number::inval);
  CHECK(self.open(root, "file", 0, all_rights, 0, 32).error == error_number::inval);
  CHECK(self.open(77, "file").error == error_number::badf);
  CHECK(self.open(0, "file").error == error_number::notdir);
  CHECK(self.open(file.fd, "file").error == error_number::notdir);
}

TEST_CASE("wasi: path_open leaves nothing open when it cannot answer", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "");
  const u32 path = self.put("file");
  CHECK(self.call("path_open", root, u32{0}, path, u32{4}, u32{0}, u64{2}, u64{0}, u32{0},
                  nowhere) == error_number::fault);
  CHECK(self.call("path_open", root, u32{0}, nowhere, u32{4}, u32{0}, u64{2}, u64{0}, u32{0},
                  u32{0}) == error_number::fault);
  CHECK(self.call("path_open", root, u32{0}, u32{131072 - 2}, u32{4}, u32{0}, u64{2}, u64{0},
                  u32{0}, u32{0}) == error_number::fault);
  CHECK(self.open(root, "file").fd == root + 1);
}

TEST_CASE("wasi: path_open gives rights within those of the directory", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here(wasi::read_only);
  guest& self = here.self;
  here.outside.write("inside/file", "0123");
  here.outside.make_folder("inside/folder");
  const auto file = self.open(root, "file", 0, right::fd_read | right::fd_seek);
  CHECK(file.error == error_number::success);
  CHECK(self.read(file.fd).text == "0123");
  CHECK(self.write(file.fd, "x").error == error_number::notcapable);
  CHECK(self.open(root, "file", 0, right::fd_write).error == error_number::notcapable);
  CHECK(self.open(root, "new", open_flag::create, right::fd_read).error ==
        error_number::notcapable);
  CHECK(self.open(root, "file", open_flag::truncate, {}).error == error_number::notcapable);
  CHECK(here.outside.read("inside/file") == "0123");
  CHECK_FALSE(here.outside.has("inside/new"));
  CHECK(self.open(root, "file", 0, right::fd_read, 0, wasi::fd_flag::sync).error ==
        error_number::success);
  // Rights that mean nothing for the type of file are left away, whoever may give them.
  const auto some = right::fd_read | right::path_create_file;
  const auto given = self.open(root, "file", 0, some);
  CHECK(self.fdstat(given.fd).base == right::fd_read);
  CHECK(self.open(root, "folder", 0, some, 0, 0, {}).error == error_number::notcapable);
  const auto folder = self.open(root, "folder", 0, right::fd_readdir | right::fd_read, 0, 0, {});
  CHECK(self.fdstat(folder.fd).base == right::fd_readdir);
  CHECK(self.open(root, "folder", 0, right::fd_readdir).error == error_number::notcapable);

  CHECK(self.call_path("path_create_directory", root, "d") == error_number::notcapable);
  CHECK(self.call_path("path_unlink_file", root, "file") == error_number::notcapable);
  CHECK(self.call_path("path_remove_directory", root, "folder") == error_number::notcapable);
  CHECK(self.rename(root, "file", "other") == error_number::notcapable);
  CHECK(self.link(root, "file", "other") == error_number::notcapable);
  CHECK(self.symlink("file", root, "other") == error_number::notcapable);
  CHECK(self.call("path_filestat_set_times", root, u32{0}, self.put("file"), u32{4}, u64{0}, u64{0},
                  u32{1}) == error_number::notcapable);
  CHECK(self.stat(root, "file").error == error_number::success);
}

TEST_CASE("wasi: path_open hands its inheriting rights on", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.make_folder("inside/folder");
  const auto folder = self.open(root, "folder", open_flag::directory, all_rights, 0, 0,
                                right::fd_read | right::fd_seek);
  CHECK(self.fdstat(folder.fd).base == wasi::read_write.base);
  CHECK(self.fdstat(folder.fd).inheriting == (right::fd_read | right::fd_seek));
  here.outside.write("inside/folder/file", "x");
  CHECK(self.open(folder.fd, "file", 0, right::fd_read).error == error_number::success);
  CHECK(self.open(folder.fd, "file", 0, right::fd_write).error == error_number::notcapable);
  CHECK(self.open(folder.fd, "file", 0, right::fd_read, 0, wasi::fd_flag::dsync).error ==
        error_number::notcapable);
}

TEST_CASE("wasi: a file can be truncated by who may not write to it", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  here.outside.write("inside/file", "0123");
  const auto file = here.self.open(root, "file", open_flag::truncate, right::fd_read);
  CHECK(file.error == error_number::success);
  CHECK(here.outside.read("inside/file").empty());
  CHECK(here.self.write(file.fd, "x").error == error_number::notcapable);
}

TEST_CASE("wasi: interesting paths", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.make_folder("inside/dir");
  here.outside.make_folder("inside/dir/nested");
  here.outside.write("inside/dir/nested/file", "found");
  const auto error_of = [&](std::string_view path, u32 flags = 0) {
    return self.open(root, path, flags, right::fd_read, 0, 0, {}).error;
  };
  CHECK(self.read(self.open(root, "dir/.//nested/../../dir/nested/../nested///./file").fd).text ==
        "found");
  CHECK(error_of("dir/nested/") == error_number::success);
  CHECK(error_of("dir/nested///") == error_number::success);
  CHECK(error_of("dir/nested/.") == error_number::success);
  CHECK(error_of("dir/..") == error_number::success);
  CHECK(error_of(".") == error_number::success);
  CHECK(error_of("./") == error_number::success);
  CHECK(error_of("") == error_number::noent);
  CHECK(error_of("dir/nested/file/") == error_number::notdir);
  CHECK(error_of("dir/nested/file///") == error_number::notdir);
  CHECK(error_of("dir/nested/file/.") == error_number::notdir);
  CHECK(error_of("dir/nested/file/..") == error_number::notdir);
  CHECK(error_of("dir/absent/../nested") == error_number::noent);
  CHECK(error_of("new/", open_flag::create) == error_number::isdir);
  CHECK(error_of(std::string_view("dir/nested/file\0", 16)) == error_number::inval);
  CHECK(error_of(std::string_view("dir\0/nested", 11)) == error_number::inval);
  CHECK(error_of("caf\xe9") == error_number::ilseq);
  CHECK(error_of("\xc3\xa9") == error_number::noent);
  CHECK(error_of(std::string(255, 'n')) == error_number::noent);
  CHECK(error_of(std::string(256, 'n')) == error_number::nametoolong);
  std::string deep;
  for (int i = 0; i < 800; ++i) deep += "dir/../";
  CHECK(error_of(deep) == error_number::nametoolong);
}

TEST_CASE("wasi: deep folders can be walked", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  std::string path;
  for (int i = 0; i < 300; ++i) {
    path += "d";
    REQUIRE(self.call_path("path_create_directory", root, path) == error_number::success);
    path += "/";
  }
  CHECK(self.open(root, path + "file", open_flag::create).error == error_number::success);
  std::string back = path;
  for (int i = 0; i < 300; ++i) back += "../";
  CHECK(self.open(root, back + "d", open_flag::directory).error == error_number::success);
  CHECK(self.open(root, back + "../secret").error == error_number::notcapable);
}

TEST_CASE("wasi: path_create_directory and path_remove_directory", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  CHECK(self.call_path("path_create_directory", root, "d") == error_number::success);
  CHECK(self.call_path("path_create_directory", root, "d/e/") == error_number::success);
  CHECK(self.call_path("path_create_directory", root, "d") == error_number::exist);
  CHECK(self.call_path("path_create_directory", root, "d/") == error_number::exist);
  CHECK(self.call_path("path_create_directory", root, ".") == error_number::exist);
  CHECK(self.call_path("path_create_directory", root, "x/y") == error_number::noent);
  CHECK(self.call_path("path_create_directory", 0, "x") == error_number::notdir);
  CHECK(self.call("path_create_directory", root, nowhere, u32{1}) == error_number::fault);
  here.outside.write("inside/file", "");
  CHECK(self.call_path("path_remove_directory", root, "file") == error_number::notdir);
  CHECK(self.call_path("path_remove_directory", root, "d") == error_number::notempty);
  CHECK(self.call_path("path_remove_directory", root, "d/e/") == error_number::success);
  CHECK(self.call_path("path_remove_directory", root, "d") == error_number::success);
  CHECK(self.call_path("path_remove_directory", root, "d") == error_number::noent);
  CHECK(self.call_path("path_remove_directory", root, ".") == error_number::inval);
  CHECK(self.call_path("path_remove_directory", 9, "d") == error_number::badf);
}

TEST_CASE("wasi: path_unlink_file", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.make_folder("inside/d");
  here.outside.write("inside/file", "");
  here.outside.make_link("d", "inside/link");
  CHECK(self.call_path("path_unlink_file", root, "d") == error_number::isdir);
  CHECK(self.call_path("path_unlink_file", root, "d/") == error_number::isdir);
  CHECK(self.call_path("path_unlink_file", root, "file/") == error_number::notdir);
  CHECK(self.call_path("path_unlink_file", root, "link/") == error_number::notdir);
  CHECK(self.call_path("path_unlink_file", root, "absent") == error_number::noent);
  CHECK(self.call_path("path_unlink_file", root, "absent/") == error_number::noent);
  CHECK(self.call_path("path_unlink_file", root, "file") == error_number::success);
  CHECK(self.call_path("path_unlink_file", root, "link") == error_number::success);
  CHECK(here.outside.has("inside/d"));
  CHECK(self.call_path("path_unlink_file", 9, "x") == error_number::badf);
  CHECK(self.call("path_unlink_file", root, nowhere, u32{9}) == error_number::fault);
}

TEST_CASE("wasi: path_rename", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/a", "a");
  here.outside.write("inside/b", "b");
  here.outside.make_folder("inside/d");
  here.outside.make_folder("inside/full");
  here.outside.write("inside/full/x", "");
  CHECK(self.rename(root, "a", "c") == error_number::success);
  CHECK(self.rename(root, "a", "c") == error_number::noent);
  CHECK(self.rename(root, "c", "b") == error_number::success);
  CHECK(here.outside.read("inside/b") == "a");
  CHECK(self.rename(root, "b", "d") == error_number::isdir);
  CHECK(self.rename(root, "d", "b") == error_number::notdir);
  CHECK(self.rename(root, "d", "full") == error_number::notempty);
  CHECK(self.rename(root, "b", "new/") == error_number::notdir);
  CHECK(self.rename(root, "b/", "new") == error_number::notdir);
  CHECK(self.rename(root, "d/", "e/") == error_number::success);
  CHECK(self.rename(root, "full", "e") == error_number::success);
  CHECK(here.outside.has("inside/e/x"));
  CHECK(self.rename(root, "e", "e/f") == error_number::inval);
  CHECK(self.rename(root, "b", "../b") == error_number::notcapable);
  CHECK(self.rename(root, "../secret", "b") == error_number::notcapable);
  CHECK(self.rename(9, "a", "b") == error_number::badf);
  const auto directory = self.open(root, "e", open_flag::directory);
  CHECK(self.call("path_rename", root, self.put("b"), u32{1}, directory.fd, self.put("z"),
                  u32{1}) == error_number::success);
  CHECK(here.outside.read("inside/e/z") == "a");
  CHECK(self.call("path_rename", root, self.put("b"), u32{1}, u32{50}, u32{0}, u32{1}) ==
        error_number::badf);
  CHECK(self.call("path_rename", root, nowhere, u32{1}, root, u32{0}, u32{1}) ==
        error_number::fault);
  CHECK(self.call("path_rename", root, u32{0}, u32{1}, root, nowhere, u32{1}) ==
        error_number::fault);
}

TEST_CASE("wasi: path_link", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "linked");
  here.outside.make_folder("inside/d");
  here.outside.make_link("file", "inside/soft");
  here.outside.make_link("absent", "inside/dangling");
  CHECK(self.link(root, "file", "d/other") == error_number::success);
  CHECK(self.stat(root, "file").file.links == 2);
  CHECK(self.stat(root, "file").file.inode == self.stat(root, "d/other").file.inode);
  CHECK(self.link(root, "file", "d/other") == error_number::exist);
  CHECK(self.link(root, "file", "d") == error_number::exist);
  CHECK(self.link(root, "file", "d/") == error_number::exist);
  CHECK(self.link(root, "file", "new/") == error_number::noent);
  CHECK(self.link(root, "file", "dangling") == error_number::exist);
  CHECK(self.link(root, "file/", "new") == error_number::notdir);
  CHECK(self.link(root, "d", "new") == error_number::perm);
  CHECK(self.link(root, "absent", "new") == error_number::noent);
  CHECK(self.link(root, "soft", "hard") == error_number::success);
  CHECK(self.stat(root, "hard").file.type == wasi::file_type::symbolic_link);
  CHECK(self.link(root, "soft", "followed", follow) == error_number::success);
  CHECK(self.stat(root, "followed").file.inode == self.stat(root, "file").file.inode);
  CHECK(self.link(root, "dangling", "new", follow) == error_number::noent);
  CHECK(self.link(root, "file", "new", 2) == error_number::inval);
  CHECK(self.link(root, "../secret", "new") == error_number::notcapable);
  CHECK(self.link(root, "file", "../new") == error_number::notcapable);
  CHECK(self.link(9, "file", "new") == error_number::badf);
  CHECK(self.call("path_link", root, u32{0}, nowhere, u32{1}, root, u32{0}, u32{1}) ==
        error_number::fault);
}

TEST_CASE("wasi: path_symlink and path_readlink", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "");
  here.outside.make_folder("inside/d");
  CHECK(self.symlink("some where/else", root, "link") == error_number::success);
  CHECK(self.readlink(root, "link").text == "some where/else");
  CHECK(self.readlink(root, "link", 4).text == "some");
  CHECK(self.readlink(root, "file").error == error_number::inval);
  CHECK(self.readlink(root, "d").error == error_number::inval);
  CHECK(self.readlink(root, "d/").error == error_number::inval);
  CHECK(self.readlink(root, "link/").error == error_number::noent);
  CHECK(self.readlink(root, "absent").error == error_number::noent);
  CHECK(self.symlink("x", root, "link") == error_number::exist);
  CHECK(self.symlink("x", root, "file") == error_number::exist);
  CHECK(self.symlink("x", root, "d/") == error_number::exist);
  CHECK(self.symlink("x", root, "new/") == error_number::noent);
  CHECK(self.symlink("x", root, "file/") == error_number::notdir);
  CHECK(self.symlink("", root, "new") == error_number::noent);
  CHECK(self.symlink("/etc/passwd", root, "new") == error_number::notcapable);
  CHECK(self.symlink(std::string(4096, 'x'), root, "new") == error_number::nametoolong);
  CHECK(self.symlink("x", root, "../new") == error_number::notcapable);
  CHECK(self.symlink("x", 9, "new") == error_number::badf);
  CHECK(self.call("path_symlink", nowhere, u32{1}, root, u32{0}, u32{1}) == error_number::fault);
  CHECK(self.call("path_readlink", root, self.put("link"), u32{4}, u32{131072 - 3}, u32{4},
                  u32{0}) == error_number::fault);
  CHECK(self.call("path_readlink", root, self.put("link"), u32{4}, u32{64}, u32{4}, nowhere) ==
        error_number::fault);
  CHECK(self.readlink(9, "link").error == error_number::badf);
  CHECK_FALSE(here.outside.has("inside/new"));
}

TEST_CASE("wasi: path_filestat_get", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "0123456789");
  here.outside.make_folder("inside/d");
  here.outside.make_link("file", "inside/link");
  here.outside.make_link("d", "inside/dlink");
  CHECK(self.stat(root, "file").file.size == 10);
  CHECK(self.stat(root, "file").file.type == wasi::file_type::regular_file);
  CHECK(self.stat(root, "d").file.type == wasi::file_type::directory);
  CHECK(self.stat(root, "d/").file.type == wasi::file_type::directory);
  CHECK(self.stat(root, ".").file.inode == self.stat(root).file.inode);
  CHECK(self.stat(root, "link").file.type == wasi::file_type::symbolic_link);
  CHECK(self.stat(root, "link").file.size == 4);
  CHECK(self.stat(root, "link", follow).file.size == 10);
  CHECK(self.stat(root, "dlink").file.type == wasi::file_type::symbolic_link);
  CHECK(self.stat(root, "dlink/").file.type == wasi::file_type::directory);
  CHECK(self.stat(root, "file/").error == error_number::notdir);
  CHECK(self.stat(root, "link/").error == error_number::notdir);
  CHECK(self.stat(root, "absent").error == error_number::noent);
  CHECK(self.stat(root, "file", 2).error == error_number::inval);
  CHECK(self.stat(9, "file").error == error_number::badf);
  CHECK(self.call("path_filestat_get", root, u32{0}, self.put("file"), u32{4}, nowhere) ==
        error_number::fault);
}

TEST_CASE("wasi: path_filestat_set_times", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/file", "");
  here.outside.make_link("file", "inside/link");
  const u64 long_ago = 1'000'000'000'000'000'001;
  const auto set = [&](std::string_view path, u32 lookup, u64 accessed, u64 modified, u32 flags) {
    return self.call("path_filestat_set_times", root, lookup, self.put(path), u32(path.size()),
                     accessed, modified, flags);
  };
  CHECK(set("file", 0, long_ago, long_ago + 1, 5) == error_number::success);
  CHECK(self.stat(root, "file").file.accessed == long_ago);
  CHECK(self.stat(root, "file").file.modified == long_ago + 1);
  CHECK(set("link", 0, long_ago + 2, long_ago + 3, 5) == error_number::success);
  CHECK(self.stat(root, "link").file.modified == long_ago + 3);
  CHECK(self.stat(root, "file").file.modified == long_ago + 1);
  CHECK(set("link", follow, long_ago + 4, long_ago + 5, 4) == error_number::success);
  CHECK(self.stat(root, "file").file.modified == long_ago + 5);
  CHECK(self.stat(root, "file").file.accessed == long_ago);
  CHECK(set("file", 0, 0, 0, 10) == error_number::success);
  CHECK(self.stat(root, "file").file.modified > long_ago * 3 / 2);
  CHECK(set("file", 0, 0, 0, 3) == error_number::inval);
  CHECK(set("file", 0, 0, 0, 12) == error_number::inval);
  CHECK(set("file", 2, 0, 0, 1) == error_number::inval);
  CHECK(set("absent", 0, 0, 0, 1) == error_number::noent);
  CHECK(set("../secret", 0, 0, 0, 1) == error_number::notcapable);
}

}  // namespace wasi_path
