// The decoder seam: its concept, and the decoder of the binary format that `defaults` picks.
#pragma once

#include <concepts>

#include <dovetail/base/status.hpp>
#include <dovetail/format/body.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/format/section_sink.hpp>
#include <dovetail/format/sections.hpp>

namespace dovetail {

/// Turns bytes into calls of sinks. On failure the reader stands where the bytes went wrong.
template <class D>
concept decoder_policy = requires(byte_reader& r, null_sections& sections, null_sink& operators) {
  // The whole module: each section's entries in order (see null_sections for what a sink is told).
  { D::sections(r, sections) } -> std::same_as<status>;
  // One function body, local declarations first, up to and including its `end`, which must be the
  // last byte.
  { D::body(r, operators) } -> std::same_as<status>;
  // One constant expression, up to and including its `end`, which must be the last byte.
  { D::expression(r, operators) } -> std::same_as<status>;
};

/// A decoder may also offer `D::diagnose<accept>(reader)`: how a module that failed is malformed,
/// all of its bytes considered, or `ok`. Decoding comes before validation (core specification,
/// chapter 5), so what it finds is the module's error.
template <class D>
concept diagnosing_decoder = requires(byte_reader& r) {
  { D::template diagnose<features::wasm2()>(r) } -> std::same_as<status>;
};

/// The WebAssembly binary format (core specification, chapter 5).
struct binary_decoder {
  template <class Sections>
  [[nodiscard]] static constexpr status sections(byte_reader& r, Sections& out) {
    return detail::section_decoder<Sections>(r, out).module();
  }
  template <class Sink>
  [[nodiscard]] static constexpr status body(byte_reader& r, Sink& sink) {
    DOVETAIL_TRY(detail::decode_locals(r, sink));
    return expression(r, sink);
  }
  template <class Sink>
  [[nodiscard]] static constexpr status expression(byte_reader& r, Sink& sink) {
    DOVETAIL_TRY(detail::decode_operators(r, sink));
    return r.at_end() ? status::ok : status::section_size_mismatch;
  }
  /// Reads a module that failed once more, bodies and all in the order of the bytes: `ok` if it is
  /// not malformed.
  template <features Accept>
  [[nodiscard]] static constexpr status diagnose(byte_reader& r) {
    using sink = scanning_sections<Accept>;
    sink sections;
    return detail::section_decoder<sink, true>(r, sections).module();
  }
};

static_assert(decoder_policy<binary_decoder>);

}  // namespace dovetail
