// The proposals a configuration accepts, a bit each. The operator table names them; the decoder and
// validator ask.
#pragma once

#include <cstdint>

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
};

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

  [[nodiscard]] constexpr bool has(feature one) const {
    return (bits >> static_cast<unsigned>(one) & 1) != 0;
  }
  friend constexpr features operator+(features a, features b) { return features(a.bits | b.bits); }
  friend constexpr features operator-(features a, features b) { return features(a.bits & ~b.bits); }
  friend constexpr bool operator==(features, features) = default;
};

}  // namespace dovetail
