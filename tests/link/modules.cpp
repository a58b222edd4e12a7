// Finds the modules that assemble.py made.
#include "modules.hpp"

#include "support/catch.hpp"

namespace linking {

std::span<const std::byte> binary(std::string_view text) {
  for (std::size_t i = 0; i < assembled_count; ++i) {
    const assembled& m = assembled_modules[i];
    if (m.text == text) return std::as_bytes(std::span(m.bytes, m.size));
  }
  FAIL("not assembled: " << std::string(text));
  return {};
}

}  // namespace linking
