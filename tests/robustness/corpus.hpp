// The modules that are mutated: the official suite's and, if they were fetched, real ones. Where
// their bodies lie is found by a reader of the test's own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace testing {

using bytes = std::vector<std::uint8_t>;

struct extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A module with the places of its code section and bodies; empty if it has none that are whole.
struct specimen {
  std::string name;
  bytes data;
  extent code;  ///< from the section's id to its end
  std::vector<extent> bodies;
};

/// An unsigned LEB128 at `at`, which moves behind it; false at the end of the bytes.
inline bool read_number(const bytes& data, std::size_t& at, std::uint32_t& out) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (at >= data.size()) return false;
    const std::uint8_t byte = data[at++];
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return out = static_cast<std::uint32_t>(value), true;
  }
  return false;
}

inline void find_bodies(specimen& s, std::size_t at, std::size_t end) {
  std::uint32_t count = 0, size = 0;
  if (!read_number(s.data, at, count)) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!read_number(s.data, at, size) || size > end - at || at > end) return s.bodies.clear();
    s.bodies.push_back({at, at + size});
    at += size;
  }
  if (at != end) s.bodies.clear();
}

inline specimen make_specimen(std::string name, bytes data) {
  specimen s{std::move(name), std::move(data), {}, {}};
  for (std::size_t at = 8; at < s.data.size();) {
    const std::size_t begin = at;
    const std::uint8_t id = s.data[at++];
    std::uint32_t size = 0;
    if (!read_number(s.data, at, size) || size > s.data.size() - at) break;
    if (id == 10) {
      s.code = {begin, at + size};
      find_bodies(s, at, at + size);
      break;
    }
    at += size;
  }
  return s;
}

/// Every module below a folder that has at most `most` bytes, in the order of the names.
inline std::vector<specimen> read_specimens(const std::filesystem::path& folder, std::size_t most) {
  std::vector<std::filesystem::path> paths;
  std::error_code failure;
  for (std::filesystem::recursive_directory_iterator at(folder, failure), end;
       !failure && at != end; at.increment(failure)) {
    if (at->path().extension() == ".wasm") paths.push_back(at->path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<specimen> found;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    bytes data{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (data.size() > most) continue;
    found.push_back(
        make_specimen(path.lexically_relative(folder).generic_string(), std::move(data)));
  }
  return found;
}

/// The folder an environment variable names, or an empty path.
inline std::filesystem::path folder_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? std::filesystem::path() : std::filesystem::path(text);
}

/// Modules larger than this take too long to mutate thousands of times.
inline constexpr std::size_t most_bytes = 64 * 1024;

inline std::vector<specimen> suite_specimens() {
  const std::filesystem::path folder = folder_of("DOVETAIL_SPEC");
  return folder.empty() ? std::vector<specimen>() : read_specimens(folder / "2.0", most_bytes);
}
inline std::vector<specimen> real_specimens() {
  const std::filesystem::path folder = folder_of("DOVETAIL_REAL");
  return folder.empty() ? std::vector<specimen>() : read_specimens(folder, most_bytes);
}

}  // namespace testing
