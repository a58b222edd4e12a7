// The lines of a backtrace.
#include "backtrace.hpp"

#include <cstdio>

#include "diagnostics.hpp"
#include "source_lines.hpp"

namespace command {

void print_frames(const std::vector<frame_text>& frames, std::size_t more, const bytes& module) {
  const debug_sections debug = find_debug_sections(module);
  std::string text;
  std::size_t number = 0;
  for (const frame_text& f : frames) {
    text += "  #" + std::to_string(number++) + " " + printable(f.name) + ", offset " +
            std::to_string(f.offset);
    if (const auto place = find_line(debug, f.offset); place && place->line != 0)
      text += ", " + printable(place->file) + ":" + std::to_string(place->line);
    text += "\n";
  }
  if (more != 0) text += "  and " + std::to_string(more) + " more\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace command
