// The modules that the tests hold as text, assembled by assemble.py when the tests are built.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace linking {

struct assembled {
  std::string_view text;
  const unsigned char* bytes;
  std::size_t size;
};
extern const assembled assembled_modules[];
extern const std::size_t assembled_count;

/// The bytes of a module whose text is a raw string literal, R"wat(...)wat", of a test here.
std::span<const std::byte> binary(std::string_view text);

}  // namespace linking
