// Counting and printing.
#include "report.hpp"

#include <cstdio>

namespace spec {
namespace {

/// More than this many failures of one script are counted without being printed, unless asked for.
constexpr std::uint64_t printed_failures = 20;

void print_line(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
}

std::string place_of(const std::string& script, const command& c) {
  return script + ":" + std::to_string(c.line) + ": ";
}

/// Export names may hold any character; what would disturb a terminal is written as an escape.
std::string printable(std::string_view name) {
  std::string text;
  for (const char character : name) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte != 0x7f) {
      text += character;
    } else {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\%02x", byte);
      text += escape;
    }
  }
  return text;
}

/// "3.0/gc" of "3.0/gc/array" and of what lies deeper.
std::string folder_of(const std::string& script) {
  const auto first = script.find('/');
  const auto second = first == std::string::npos ? first : script.find('/', first + 1);
  return script.substr(0, second == std::string::npos ? first : second);
}

std::string subject_of(const command& c) {
  if (!c.file.empty()) return c.kind_name + " " + c.file.filename().string();
  if (!c.action.field.empty()) return c.kind_name + " \"" + printable(c.action.field) + "\"";
  return c.kind_name;
}

}  // namespace

void report::begin(const script& s) {
  script_ = s.name;
  full_name_ = s.full_name;
  skipped_here_.clear();
  failed_here_ = 0;
  before_ = counts_;
}

void report::fail(std::string_view line) {
  ++counts_.failed;
  ++failed_here_;
  if (verbose_ || failed_here_ <= printed_failures) print_line(line);
}

void report::record(const command& c, const outcome& o) {
  switch (o.verdict) {
    case verdict::passed: ++counts_.passed; break;
    case verdict::skipped:
      ++counts_.skipped;
      ++skipped_here_[o.reason];
      break;
    case verdict::failed:
      if (known_.has(full_name_, c.line)) {
        known_.came_true(full_name_, c.line);
        ++counts_.skipped;
        ++counts_.known;
        ++skipped_here_["known failures"];
      } else {
        fail(place_of(script_, c) + subject_of(c) + ": " + o.reason);
      }
      break;
  }
}

void report::unreadable(std::string_view path, std::string_view problem) {
  failed_here_ = 0;
  fail(std::string(path) + ": " + std::string(problem));
}

void report::end() {
  for (const std::string& entry : known_.stale(full_name_)) {
    fail(entry + ": listed as a known failure, but nothing failed there");
  }
  if (failed_here_ > printed_failures && !verbose_) {
    print_line(script_ + ": and " + std::to_string(failed_here_ - printed_failures) +
               " more failures");
  }
  counts& folder = folders_[folder_of(script_)];
  folder.passed += counts_.passed - before_.passed;
  folder.failed += counts_.failed - before_.failed;
  folder.skipped += counts_.skipped - before_.skipped;
  folder.known += counts_.known - before_.known;
  for (const auto& [reason, number] : skipped_here_) skipped_[{script_, reason}] += number;
  if (verbose_) {
    print_line(script_ + ": " + std::to_string(counts_.passed - before_.passed) + " passed, " +
               std::to_string(counts_.failed - before_.failed) + " failed, " +
               std::to_string(counts_.skipped - before_.skipped) + " skipped");
    std::fflush(stdout);
  }
}

void report::print_table() const {
  print_line("| Folder | Passed | Failed | Known failures | Not run |");
  print_line("|---|---|---|---|---|");
  const auto row = [](const std::string& name, const counts& c) {
    print_line("| " + name + " | " + std::to_string(c.passed) + " | " + std::to_string(c.failed) +
               " | " + std::to_string(c.known) + " | " + std::to_string(c.skipped - c.known) +
               " |");
  };
  for (const auto& [name, count] : folders_) row("`" + name + "`", count);
  row("all", counts_);
}

void report::close() const {
  for (const auto& [where, number] : skipped_) {
    print_line("skipped: " + where.first + ": " + std::to_string(number) + ", " + where.second);
  }
  print_line(std::to_string(counts_.passed) + " passed, " + std::to_string(counts_.failed) +
             " failed, " + std::to_string(counts_.skipped) + " skipped");
}

}  // namespace spec
