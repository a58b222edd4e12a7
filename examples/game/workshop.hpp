// Where mods are made: a folder of C files, compiled again when they change. Knows neither the game
// nor Dovetail; the compiler's command line comes from the build.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace game {

class workshop {
 public:
  /// A mod to load, or without bytes one that does not compile.
  struct product {
    std::string name;
    std::vector<char> wasm;
    [[nodiscard]] std::span<const std::byte> bytes() const {
      return std::as_bytes(std::span(wasm));
    }
  };

  /// `command` and two paths, what to write and what to read, make a line for the shell.
  workshop(std::filesystem::path sources, std::filesystem::path results, std::string command)
      : sources_(std::move(sources)), results_(std::move(results)), command_(std::move(command)) {}

  /// What was written since the last look, at first all: by name, made.
  [[nodiscard]] std::vector<product> look() {
    std::error_code failed;
    const auto shared = std::filesystem::last_write_time(sources_ / "game.h", failed);
    std::map<std::string, product> made;
    std::filesystem::directory_iterator file(sources_, failed);
    for (; !failed && file != std::filesystem::directory_iterator(); file.increment(failed)) {
      const std::filesystem::path& source = file->path();
      if (source.extension() != ".c") continue;
      std::error_code gone;
      const auto own = std::filesystem::last_write_time(source, gone);
      if (gone) continue;
      const time written = own > shared ? own : shared;
      const std::string name = source.stem().string();
      const auto [known, is_new] = seen_.try_emplace(name, written);
      if (!is_new && known->second == written) continue;
      known->second = written;
      made[name] = {name, make(source, written)};
    }
    std::vector<product> out;
    for (auto& [name, one] : made) out.push_back(std::move(one));
    return out;
  }

 private:
  using time = std::filesystem::file_time_type;

  std::vector<char> make(const std::filesystem::path& source, time written) const {
    const std::filesystem::path result = results_ / source.filename().replace_extension(".wasm");
    std::error_code absent;
    const time done = std::filesystem::last_write_time(result, absent);
    if (absent || done <= written) {
      std::filesystem::create_directories(results_, absent);
      const std::string line =
          command_ + " -o \"" + result.string() + "\" \"" + source.string() + "\"";
      if (std::system(line.c_str()) != 0) return {};
    }
    std::ifstream in(result, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path sources_, results_;
  std::string command_;
  std::map<std::string, time> seen_;
};

}  // namespace game
