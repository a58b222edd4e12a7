// The proposals a configuration accepts, a bit each. The operator table names them; the decoder and
// validator ask.
#pragma once

#include <cstdint>
#include <string_view>

namespace dovetail {

enum class feature : std::uint8_t {
  mvp,
  multi_value,
  sign_extension,
  saturating_conversion,
  bulk_memory,
  reference_types,
  simd,
  multi_memory,
  tail_call,
  extended_const,
  memory64,  ///< 64-bit tables too
  function_references,
  relaxed_simd,
  gc,                  ///< recognised and refused
  exception_handling,  ///< recognised and refused
};

/// The name that the proposal goes by.
[[nodiscard]] constexpr std::string_view name(feature f) {
  constexpr std::string_view names[] = {"mvp",
                                        "multi-value",
                                        "sign extension",
                                        "saturating conversion",
                                        "bulk memory",
                                        "reference types",
                                        "simd",
                                        "multi-memory",
                                        "tail calls",
                                        "extended constant expressions",
                                        "memory64",
                                        "typed function references",
                                        "relaxed simd",
                                        "garbage collection",
                                        "exception handling"};
  return names[static_cast<unsigned>(f)];
}

/// A set of features.
struct features {
  std::uint32_t bits = 0;

  constexpr features() = default;
  constexpr explicit features(std::uint32_t set) : bits(set) {}
  constexpr features(feature one) : bits(1u << static_cast<unsigned>(one)) {}

  /// WebAssembly 1.0: the MVP of 2017.
  [[nodiscard]] static constexpr features wasm1() { return feature::mvp; }
  /// WebAssembly 2.0.
  [[nodiscard]] static constexpr features wasm2() {
    return wasm1() + feature::multi_value + feature::sign_extension +
           feature::saturating_conversion + feature::bulk_memory + feature::reference_types +
           feature::simd;
  }
  /// WebAssembly 3.0 without garbage collection and exception handling, which nothing implements.
  [[nodiscard]] static constexpr features wasm3() {
    return wasm2() + feature::multi_memory + feature::tail_call + feature::extended_const +
           feature::memory64 + feature::function_references + feature::relaxed_simd;
  }

  [[nodiscard]] constexpr bool has(feature one) const {
    return (bits >> static_cast<unsigned>(one) & 1) != 0;
  }
  friend constexpr features operator+(features a, features b) { return features(a.bits | b.bits); }
  friend constexpr features operator-(features a, features b) { return features(a.bits & ~b.bits); }
  friend constexpr bool operator==(features, features) = default;
};

}  // namespace dovetail
