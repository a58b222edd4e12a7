// inspect and validate, with a backend that does not compile.
#include "examine.hpp"

#include <cstdio>
#include <string_view>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

#include "diagnostics.hpp"
#include "file.hpp"

namespace command {
namespace {

struct examining : dovetail::defaults {
  using backend = dovetail::null;
};
using runtime = dovetail::runtime<examining>;

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string quoted(std::string_view name) { return '"' + printable(name) + '"'; }

std::string text_of(const dovetail::external_type& type) {
  std::vector<char> buffer(16 * 1024);
  return std::string(format(type, buffer));
}

void print_sections(const runtime::module& code) {
  print("sections: offset, size\n");
  for (const auto& section : code.sections()) {
    char line[96];
    const std::string name(dovetail::name(section.id));
    std::snprintf(line, sizeof line, "  %10zu %10zu  %s", static_cast<std::size_t>(section.offset),
                  static_cast<std::size_t>(section.size), name.c_str());
    print(line);
    if (section.id == dovetail::section_id::custom) print(" " + quoted(section.name));
    print("\n");
  }
}

void print_imports(const runtime::module& code) {
  print("imports:\n");
  for (const auto& import : code.imports()) {
    print("  " + quoted(import.module) + " " + quoted(import.name) + " " + text_of(import.type) +
          "\n");
  }
}

void print_exports(const runtime::module& code) {
  print("exports:\n");
  for (const auto& one : code.exports()) {
    print("  " + quoted(one.name) + " " + text_of(one.type) + "\n");
  }
}

}  // namespace

int inspect(const std::string& file) {
  std::string problem;
  const auto code = read_file(file, problem);
  if (!code) return complain(file, problem, exit_code::unreadable);
  runtime::engine engine;
  const auto compiled = engine.compile(*code);
  if (!compiled) return complain(file, compiled.error());
  print(printable(file) + ": " + std::to_string(code->size()) + " bytes\n");
  print_sections(*compiled);
  print_imports(*compiled);
  print_exports(*compiled);
  return 0;
}

int validate(const std::vector<std::string>& files) {
  runtime::engine engine;
  int first = 0;
  for (const std::string& file : files) {
    std::string problem;
    int ended = 0;
    if (const auto code = read_file(file, problem); !code) {
      ended = complain(file, problem, exit_code::unreadable);
    } else if (const auto valid = engine.validate(*code); !valid) {
      ended = complain(file, valid.error());
    }
    if (first == 0) first = ended;
  }
  return first;
}

}  // namespace command
