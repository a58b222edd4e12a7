// Reading and looking up known failures.
#include "known_failures.hpp"

#include <charconv>
#include <fstream>

namespace spec {
namespace {

/// True if `end` is `name` or what follows one of its slashes.
bool is_end_of(std::string_view end, std::string_view name) {
  if (!name.ends_with(end)) return false;
  return name.size() == end.size() || name[name.size() - end.size() - 1] == '/';
}

std::string_view without_comment(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto last = line.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
}

}  // namespace

bool known_failures::read(const std::filesystem::path& file, std::string& problem) {
  std::ifstream stream(file);
  if (!stream) {
    problem = "cannot be read";
    return false;
  }
  for (std::string raw; std::getline(stream, raw);) {
    const std::string_view line = without_comment(raw);
    if (line.empty()) continue;
    const auto colon = line.rfind(':');
    const bool is_read = colon != std::string_view::npos && colon != 0 &&
                         add(line.substr(0, colon), line.substr(colon + 1));
    if (!is_read) {
      problem = "not SCRIPT:LINE,LINE...: " + raw;
      return false;
    }
  }
  return true;
}

bool known_failures::add(std::string_view script, std::string_view lines) {
  while (true) {
    entry e;
    e.script = script;
    const std::string_view one = lines.substr(0, lines.find(','));
    const auto [end, code] = std::from_chars(one.data(), one.data() + one.size(), e.line);
    if (code != std::errc{} || end != one.data() + one.size()) return false;
    entries_.push_back(std::move(e));
    if (one.size() == lines.size()) return true;
    lines.remove_prefix(one.size() + 1);
  }
}

bool known_failures::has(std::string_view script, unsigned line) const {
  for (const entry& e : entries_) {
    if (e.line == line && is_end_of(e.script, script)) return true;
  }
  return false;
}

void known_failures::came_true(std::string_view script, unsigned line) {
  for (entry& e : entries_) {
    if (e.line == line && is_end_of(e.script, script)) e.failed = true;
  }
}

std::vector<std::string> known_failures::stale(std::string_view script) const {
  std::vector<std::string> result;
  for (const entry& e : entries_) {
    if (!e.failed && is_end_of(e.script, script)) {
      result.push_back(e.script + ":" + std::to_string(e.line));
    }
  }
  return result;
}

}  // namespace spec
