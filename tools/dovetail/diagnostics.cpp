// Error lines and exit codes, made from exit_codes.def.
#include "diagnostics.hpp"

#include <cstdio>

namespace command {
namespace {

exit_code code_of(const dovetail::error& e) {
  switch (e.stage()) {
    case dovetail::stage::decode: return exit_code::malformed;
    case dovetail::stage::validate: return exit_code::invalid;
    case dovetail::stage::link: return exit_code::unlinkable;
    case dovetail::stage::instantiate:
      return e.code == dovetail::status::trapped ? exit_code::trapped : exit_code::refused;
    default: return exit_code::refused;
  }
}

}  // namespace

std::string exit_code_help() {
  std::string text = "Exit codes:\n";
#define DOVETAIL_EXIT_CODE(NAME, NUMBER, TEXT) text += "  " #NUMBER "  " TEXT "\n";
#include "exit_codes.def"
#undef DOVETAIL_EXIT_CODE
  return text;
}

std::string printable(std::string_view text) {
  std::string result;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte != 0x7f) {
      result += character;
    } else {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02x", byte);
      result += escape;
    }
  }
  return result;
}

int complain(std::string_view subject, std::string_view text, exit_code code) {
  const std::string line = "dovetail: " + printable(subject) + ": " + std::string(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return static_cast<int>(code);
}

int complain(std::string_view subject, const dovetail::error& e) {
  char line[2048];
  return complain(subject, e.format(line), code_of(e));
}

}  // namespace command
