// A temporary folder of the host, and a guest to which it is granted. Used by the tests of WASI.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "guest.hpp"

namespace testing {

namespace files = std::filesystem;

/// A new folder, removed at the end with everything in it.
class folder {
 public:
  folder() {
    std::error_code error;
    for (int i = 0; i < 100'000; ++i) {
      path_ = files::temp_directory_path() / ("dovetail-wasi-" + std::to_string(i));
      if (files::create_directory(path_, error)) return;
    }
    FAIL("no temporary folder");
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() {
    std::error_code error;
    files::remove_all(path_, error);
  }

  files::path operator/(std::string_view name) const { return path_ / name; }
  std::string name() const { return path_.string(); }

  void write(std::string_view name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  std::string read(std::string_view name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool has(std::string_view name) const {
    std::error_code error;
    return files::exists(files::symlink_status(path_ / name, error));
  }
  void make_folder(std::string_view name) const { files::create_directory(path_ / name); }
  void make_link(std::string_view text, std::string_view name) const {
    files::create_symlink(text, path_ / name);
  }

 private:
  files::path path_;
};

/// The descriptor of the first granted folder.
inline constexpr u32 root = 3;

/// A guest with a folder: `outside` holds `inside`, which is granted, and `secret`, which is not.
struct guest_with_folder {
  explicit guest_with_folder(wasi::access granted = wasi::read_write,
                             const wasi::configuration& setup = {})
      : self(setup) {
    outside.make_folder("inside");
    outside.write("secret", "not for guests");
    REQUIRE(self.context.preopen((outside / "inside").string(), "/inside", granted) ==
            error_number::success);
  }

  std::string in(std::string_view name) const { return "inside/" + std::string(name); }

  folder outside;
  guest self;
};

/// Whether this host has files for guests at all; on Windows there are none yet.
inline constexpr bool has_files = !dovetail::platform::is_windows;

}  // namespace testing
