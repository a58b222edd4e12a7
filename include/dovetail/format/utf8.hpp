// Whether bytes are well-formed UTF-8 (core specification 5.2.4, Unicode table 3-7). Used by the
// section decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace dovetail {

namespace detail {

// The length of the well-formed sequence that starts at `i`; 0 if there is none.
constexpr std::size_t utf8_sequence(std::span<const std::uint8_t> bytes, std::size_t i) {
  const std::uint8_t lead = bytes[i];
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xc2   ? 0u
                             : lead < 0xe0 ? 2u
                             : lead < 0xf0 ? 3u
                             : lead < 0xf5 ? 4u
                                           : 0u;
  if (length == 0 || bytes.size() - i < length) return 0;
  // The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF.
  const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (bytes[i + 1] < low || bytes[i + 1] > high) return 0;
  for (std::size_t k = 2; k < length; ++k) {
    if ((bytes[i + k] & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace detail

[[nodiscard]] constexpr bool is_utf8(std::span<const std::uint8_t> bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = detail::utf8_sequence(bytes, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace dovetail
