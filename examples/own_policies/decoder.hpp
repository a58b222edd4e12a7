// A decoder of one's own: mods travel in an envelope (four bytes "MOD1", then a checksum), and what
// is inside is the binary format, which the library's decoder reads.
#pragma once

#include <dovetail/dovetail.hpp>

namespace own {

struct envelope_decoder {
  /// Opens the envelope, then decodes the module in it.
  template <class Sections>
  static constexpr dovetail::status sections(dovetail::byte_reader& r, Sections& out) {
    std::uint32_t mark = 0, sum = 0;
    DOVETAIL_TRY(r.fixed(mark));
    if (mark != 0x31444f4d) return dovetail::status::magic_not_detected;  // "MOD1"
    DOVETAIL_TRY(r.fixed(sum));
    if (sum != checksum(r.rest())) return dovetail::status::unknown_version;
    return dovetail::binary_decoder::sections(r, out);
  }
  // Bodies and constant expressions are read where the sections found them.
  template <class Sink>
  static constexpr dovetail::status body(dovetail::byte_reader& r, Sink& sink) {
    return dovetail::binary_decoder::body(r, sink);
  }
  template <class Sink>
  static constexpr dovetail::status expression(dovetail::byte_reader& r, Sink& sink) {
    return dovetail::binary_decoder::expression(r, sink);
  }

  static constexpr std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0;
    for (const std::uint8_t byte : bytes) sum = sum * 31 + byte;
    return sum;
  }
};
static_assert(dovetail::decoder_policy<envelope_decoder>);

}  // namespace own
