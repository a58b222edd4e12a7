// What became of the cases: counts, the lines that are printed, and the exit code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "known_failures.hpp"
#include "script.hpp"

namespace spec {

enum class verdict : std::uint8_t { passed, failed, skipped };

/// The judgement of one case. `reason` says what was wrong, or why the case could not be run.
struct [[nodiscard]] outcome {
  spec::verdict verdict = verdict::passed;
  std::string reason;

  static outcome passed() { return {}; }
  static outcome failed(std::string reason) { return {verdict::failed, std::move(reason)}; }
  static outcome skipped(std::string reason) { return {verdict::skipped, std::move(reason)}; }
};

/// Collects outcomes script by script and prints them.
class report {
 public:
  report(spec::known_failures& known, bool verbose) : known_(known), verbose_(verbose) {}

  void begin(const script& s);
  void record(const command& c, const outcome& o);
  /// A script that cannot be read counts as one failed case.
  void unreadable(std::string_view path, std::string_view problem);
  void end();

  /// Prints what became of each folder's cases as a table in Markdown.
  void print_table() const;
  /// Prints what was skipped by script, and the closing line.
  void close() const;
  /// True if nothing failed unexpectedly, no known failure passed, and there was something to run.
  [[nodiscard]] bool as_expected() const { return counts_.failed == 0 && total() != 0; }

 private:
  struct counts {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t known = 0;
  };

  void fail(std::string_view line);
  [[nodiscard]] std::uint64_t total() const {
    return counts_.passed + counts_.failed + counts_.skipped;
  }

  spec::known_failures& known_;
  bool verbose_;
  counts counts_;
  std::string script_;
  std::string full_name_;
  /// Cases of the current script by reason of skipping, and failures of it printed so far.
  std::map<std::string, std::uint64_t> skipped_here_;
  std::uint64_t failed_here_ = 0;
  counts before_;
  std::map<std::string, counts> folders_;
  /// Script and reason -> number of cases.
  std::map<std::pair<std::string, std::string>, std::uint64_t> skipped_;
};

}  // namespace spec
