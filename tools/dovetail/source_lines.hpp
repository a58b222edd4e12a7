// Places in the source of a module, as its DWARF sections tell them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "file.hpp"

namespace command {

/// A line of a source.
struct source_line {
  std::string file;
  std::uint64_t line = 0;
};

/// The custom sections of a module that line tables need, and where its code begins.
struct debug_sections {
  std::string_view lines;         ///< .debug_line
  std::string_view text;          ///< .debug_str
  std::string_view line_text;     ///< .debug_line_str
  std::uint64_t code_offset = 0;  ///< of the code section's content, where addresses begin
};
[[nodiscard]] debug_sections find_debug_sections(const bytes& module);

/// The line of the operator at `offset` in the module, by the line tables of DWARF 2 to 5, if one
/// of them knows it. What is wrong with a table ends the search.
[[nodiscard]] std::optional<source_line> find_line(const debug_sections& debug,
                                                   std::uint64_t offset);

}  // namespace command
