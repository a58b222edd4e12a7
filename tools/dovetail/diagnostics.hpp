// How the command says what went wrong: one line to the standard error stream, and an exit code.
#pragma once

#include <string>
#include <string_view>

#include <dovetail/base/error.hpp>

namespace command {

enum class exit_code : int {
#define DOVETAIL_EXIT_CODE(NAME, NUMBER, TEXT) NAME = NUMBER,
#include "exit_codes.def"
#undef DOVETAIL_EXIT_CODE
};

/// A table of the exit codes, for --help.
[[nodiscard]] std::string exit_code_help();

/// Prints "dovetail: SUBJECT: TEXT" and gives `code` back as a number.
int complain(std::string_view subject, std::string_view text, exit_code code);

/// Prints what is known about `e` and gives the exit code of its stage.
int complain(std::string_view subject, const dovetail::error& e);

/// `text` with control characters as escapes, so that a name from a module cannot break the line.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace command
