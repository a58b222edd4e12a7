// The cases that are expected to fail: a text file of entries `SCRIPT:LINE`, one a line, `#` opens
// a comment.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace spec {

/// A list of known failures, and which of its entries came true.
class known_failures {
 public:
  /// False if the file cannot be read or a line is not an entry; `problem` says which.
  [[nodiscard]] bool read(const std::filesystem::path& file, std::string& problem);

  /// True if the list has this case. SCRIPT may be any end of the script's name that starts at a
  /// folder: "i32:37" and "2.0/i32:37" both mean line 37 of ".../2.0/i32/i32.json".
  [[nodiscard]] bool has(std::string_view script, unsigned line) const;
  /// Notes that a listed case failed, as expected.
  void came_true(std::string_view script, unsigned line);

  /// The entries of this script no case of which failed.
  [[nodiscard]] std::vector<std::string> stale(std::string_view script) const;

 private:
  /// Adds one entry for each of `lines`, which commas separate; false if they are no numbers.
  bool add(std::string_view script, std::string_view lines);

  struct entry {
    std::string script;
    unsigned line = 0;
    bool failed = false;
  };
  std::vector<entry> entries_;
};

}  // namespace spec
