// Reading a module's bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace command {

using bytes = std::vector<std::byte>;

/// The whole file, or nothing and why not in `problem`.
[[nodiscard]] std::optional<bytes> read_file(const std::string& path, std::string& problem);

}  // namespace command
