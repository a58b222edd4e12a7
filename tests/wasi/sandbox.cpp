// Guests stay inside the folders they were granted: `..`, absolute paths, symbolic links in every
// position, and races.
#include "folder.hpp"

#include <atomic>
#include <thread>

namespace wasi_sandbox {

using namespace testing;
namespace open_flag = wasi::open_flag;

namespace {

constexpr u32 follow = wasi::lookup_flag::symlink_follow;

// Every function that takes a path, on this one; all of them must refuse it.
void check_refused(guest_with_folder& here, std::string_view path, error_number expected) {
  guest& self = here.self;
  INFO("path " << std::string(path));
  const auto size = u32(path.size());
  CHECK(self.open(root, path).error == expected);
  CHECK(self.open(root, path, 0, all_rights, follow).error == expected);
  CHECK(self.open(root, path, open_flag::create, all_rights, follow).error == expected);
  CHECK(self.open(root, path, open_flag::truncate, all_rights, follow).error == expected);
  CHECK(self.open(root, path, open_flag::directory, all_rights, follow).error == expected);
  CHECK(self.stat(root, path).error == expected);
  CHECK(self.stat(root, path, follow).error == expected);
  CHECK(self.call("path_filestat_set_times", root, follow, self.put(path), size, u64{1}, u64{1},
                  u32{5}) == expected);
  CHECK(self.call_path("path_create_directory", root, path) == expected);
  CHECK(self.call_path("path_remove_directory", root, path) == expected);
  CHECK(self.call_path("path_unlink_file", root, path) == expected);
  CHECK(self.readlink(root, path).error == expected);
  CHECK(self.symlink("x", root, path) == expected);
  CHECK(self.link(root, path, "new") == expected);
  CHECK(self.link(root, path, "new", follow) == expected);
  CHECK(self.link(root, "mine", path) == expected);
  CHECK(self.rename(root, path, "new") == expected);
  CHECK(self.rename(root, "mine", path) == expected);
}

void check_untouched(const guest_with_folder& here) {
  CHECK(here.outside.read("secret") == "not for guests");
  CHECK(here.outside.read("inside/mine") == "mine");
  CHECK_FALSE(here.outside.has("inside/new"));
  CHECK_FALSE(here.outside.has("made"));
}

}  // namespace

TEST_CASE("wasi sandbox: absolute paths and too many `..`", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  here.outside.write("inside/mine", "mine");
  here.outside.make_folder("inside/d");
  const std::string secret = (here.outside / "secret").string();
  for (const std::string_view path :
       {"../secret", "d/../../secret", "./.././secret", "d/../d/../../inside/mine", "..", "../",
        "d/../..", "../made", "../made/x", "/", "//", "/proc/self/root/etc"}) {
    check_refused(here, path, error_number::notcapable);
  }
  check_refused(here, secret, error_number::notcapable);
  check_refused(here, "/" + secret, error_number::notcapable);
  check_untouched(here);
}

TEST_CASE("wasi sandbox: symbolic links that lead out", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  here.outside.write("inside/mine", "mine");
  here.outside.make_folder("inside/d");
  here.outside.make_link("..", "inside/up");
  here.outside.make_link("up", "inside/up2");
  here.outside.make_link("../..", "inside/d/upup");
  here.outside.make_link(here.outside.name(), "inside/absolute");
  here.outside.make_link("/", "inside/slash");
  SECTION("in the middle of a path") {
    for (const std::string_view path :
         {"up/secret", "up2/secret", "up/made", "d/upup/secret", "d/../up/inside/../secret",
          "absolute/secret", "absolute/made", "slash/etc/passwd", "up/inside/mine"}) {
      check_refused(here, path, error_number::notcapable);
    }
  }
  SECTION("at the end of a path, followed") {
    guest& self = here.self;
    here.outside.make_link("../secret", "inside/leak");
    here.outside.make_link("../made", "inside/maker");
    here.outside.make_link((here.outside / "secret").string(), "inside/leak2");
    for (const std::string_view path : {"leak", "leak2", "maker", "up", "absolute", "slash"}) {
      INFO(path);
      CHECK(self.open(root, path).error == error_number::loop);
      CHECK(self.open(root, path, open_flag::create).error == error_number::loop);
      CHECK(self.open(root, path, 0, all_rights, follow).error == error_number::notcapable);
      CHECK(self.open(root, path, open_flag::create, all_rights, follow).error ==
            error_number::notcapable);
      CHECK(self.open(root, path, open_flag::truncate, all_rights, follow).error ==
            error_number::notcapable);
      CHECK(self.stat(root, path, follow).error == error_number::notcapable);
      CHECK(self.call("path_filestat_set_times", root, follow, self.put(path), u32(path.size()),
                      u64{1}, u64{1}, u32{5}) == error_number::notcapable);
      CHECK(self.link(root, path, "new", follow) == error_number::notcapable);
    }
  }
  SECTION("at the end of a path, with a slash that asks to follow") {
    guest& self = here.self;
    for (const std::string_view path : {"up/", "up2//", "absolute/", "slash/", "d/upup/"}) {
      INFO(path);
      CHECK(self.open(root, path).error == error_number::notcapable);
      CHECK(self.open(root, path, open_flag::directory).error == error_number::notcapable);
      CHECK(self.stat(root, path).error == error_number::notcapable);
      CHECK(self.readlink(root, path).error == error_number::notcapable);
      CHECK(self.symlink("x", root, path) == error_number::notcapable);
      CHECK(self.link(root, "mine", path) == error_number::notcapable);
      CHECK(self.call_path("path_unlink_file", root, path) == error_number::notdir);
      CHECK(self.call_path("path_remove_directory", root, path) == error_number::notdir);
      CHECK(self.rename(root, path, "new") == error_number::notdir);
      CHECK(self.call_path("path_create_directory", root, path) == error_number::exist);
    }
  }
  check_untouched(here);
}

TEST_CASE("wasi sandbox: symbolic links that stay inside work", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.write("inside/mine", "mine");
  here.outside.make_folder("inside/d");
  here.outside.write("inside/d/deep", "deep");
  here.outside.make_link("../mine", "inside/d/back");
  here.outside.make_link("d", "inside/to_d");
  here.outside.make_link("to_d/back", "inside/chain");
  here.outside.make_link("d/", "inside/slashed");
  here.outside.make_link("made", "inside/maker");
  here.outside.make_link(".", "inside/dot");
  const auto text_of = [&](std::string_view path) {
    return self.read(self.open(root, path, 0, all_rights, follow).fd).text;
  };
  CHECK(text_of("d/back") == "mine");
  CHECK(text_of("to_d/deep") == "deep");
  CHECK(text_of("to_d/../mine") == "mine");
  CHECK(text_of("chain") == "mine");
  CHECK(text_of("slashed/deep") == "deep");
  CHECK(text_of("dot/dot/./dot/mine") == "mine");
  CHECK(self.open(root, "to_d", open_flag::directory, all_rights, follow).error ==
        error_number::success);
  CHECK(self.open(root, "slashed", open_flag::directory, all_rights, follow).error ==
        error_number::success);
  CHECK(self.open(root, "to_d", open_flag::directory).error == error_number::notdir);
  CHECK(self.open(root, "d/back", open_flag::directory, all_rights, follow).error ==
        error_number::notdir);
  CHECK(self.open(root, "maker", open_flag::create, all_rights, follow).error ==
        error_number::success);
  CHECK(here.outside.has("inside/made"));
  CHECK(self.open(root, "maker", open_flag::create | open_flag::exclusive, all_rights, follow)
            .error == error_number::exist);
}

TEST_CASE("wasi sandbox: loops of symbolic links end", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.make_link("self", "inside/self");
  here.outside.make_link("b", "inside/a");
  here.outside.make_link("a", "inside/b");
  here.outside.make_link("longer/x", "inside/longer");
  for (const std::string_view path : {"self", "a", "self/x", "a/b"}) {
    INFO(path);
    CHECK(self.open(root, path, 0, all_rights, follow).error == error_number::loop);
    CHECK(self.stat(root, path, follow).error == error_number::loop);
  }
  CHECK(self.open(root, "longer", 0, all_rights, follow).error == error_number::loop);
  here.outside.make_link(std::string(3000, '.') + "/x", "inside/text");
  CHECK(self.open(root, "text/" + std::string(2000, 'x'), 0, all_rights, follow).error ==
        error_number::nametoolong);
  std::string chain = "end";
  here.outside.write("inside/end", "end");
  for (int i = 0; i < 41; ++i) {
    const std::string next = "link" + std::to_string(i);
    here.outside.make_link(chain, here.in(next));
    chain = next;
  }
  CHECK(self.open(root, "link39", 0, all_rights, follow).error == error_number::success);
  CHECK(self.open(root, "link40", 0, all_rights, follow).error == error_number::loop);
}

TEST_CASE("wasi sandbox: a granted folder below another does not open the upper one", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  here.outside.make_folder("inside/d");
  const auto lower = here.self.open(root, "d", open_flag::directory);
  CHECK(here.self.open(lower.fd, "..").error == error_number::notcapable);
  CHECK(here.self.open(lower.fd, "../mine", open_flag::create).error == error_number::notcapable);
}

TEST_CASE("wasi sandbox: a folder moved away does not become a way up", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  here.outside.make_folder("inside/d");
  here.outside.make_folder("inside/d/e");
  const auto lower = here.self.open(root, "d/e", open_flag::directory);
  files::rename(here.outside / "inside/d/e", here.outside / "e");
  CHECK(here.self.open(lower.fd, "../secret").error == error_number::notcapable);
  CHECK(here.self.open(lower.fd, "x/../../secret").error == error_number::noent);
  CHECK(here.self.open(lower.fd, "x", open_flag::create).error == error_number::success);
}

TEST_CASE("wasi sandbox: what changes while a path is walked does not lead out", "[wasi]") {
  if (!has_files) return skip("no files on this host");
  guest_with_folder here;
  guest& self = here.self;
  here.outside.make_folder("inside/a");
  here.outside.make_folder("inside/a/b");
  here.outside.make_folder("inside/a/b/c");
  here.outside.make_folder("inside/x");
  here.outside.write("inside/a/secret", "harmless");
  here.outside.write("inside/secret", "harmless");
  here.outside.make_link("..", "inside/link");
  std::atomic<bool> done = false;
  std::thread changer([&] {
    std::error_code error;
    const files::path inside = here.outside / "inside";
    while (!done) {
      // A folder is swapped with a link that leads out; another moves up while someone is in it.
      files::rename(inside / "x", inside / "y", error);
      files::rename(inside / "link", inside / "x", error);
      files::rename(inside / "x", inside / "link", error);
      files::rename(inside / "y", inside / "x", error);
      files::rename(inside / "a/b/c", inside / "c", error);
      files::rename(inside / "c", inside / "a/b/c", error);
    }
  });
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string_view paths[] = {"x/secret", "a/b/c/../../secret", "a/b/c/../../../secret",
                                      "x/../x/secret"};
    const auto file = self.open(root, paths[i % 4], 0, all_rights, i % 8 < 4 ? follow : 0);
    if (file.error != error_number::success) continue;
    ++found;
    if (self.read(file.fd).text != "harmless")
      FAIL_CHECK("got out by " << std::string(paths[i % 4]));
    CHECK(self.call("fd_close", file.fd) == error_number::success);
  }
  done = true;
  changer.join();
  CHECK(found > 0);
}

}  // namespace wasi_sandbox
