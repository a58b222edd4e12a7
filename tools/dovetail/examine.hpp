// `dovetail inspect` and `dovetail validate`: what needs no execution.
#pragma once

#include <string>
#include <vector>

namespace command {

/// Prints the sections, imports and exports of a module. Gives the exit code.
[[nodiscard]] int inspect(const std::string& file);

/// Says nothing about valid modules and one line about each other. Gives the exit code of the first
/// that is not valid.
[[nodiscard]] int validate(const std::vector<std::string>& files);

}  // namespace command
