// Which configurations `dovetail run` has, and how the command line finds one.
#pragma once

#include <string>

#include "options.hpp"

namespace command {

/// Runs a program; gives the exit code.
using run_function = int (*)(const run_options&);

/// The function for the policies in `options`, or null and why not in `problem`.
[[nodiscard]] run_function find_configuration(const run_options& options, std::string& problem);

/// The backends that are built in, for --help.
[[nodiscard]] std::string backend_names();

}  // namespace command
