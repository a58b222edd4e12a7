// A target for libFuzzer: any bytes through decoder and validator, under every set of features.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

#include "mutator.hpp"

namespace {

template <dovetail::features Accept>
struct config : dovetail::defaults {
  using backend = dovetail::null;
  static constexpr dovetail::features accept = Accept;
};

// A refusal must have a place within the bytes.
template <dovetail::features Accept>
void validate(std::span<const std::byte> bytes) {
  typename dovetail::runtime<config<Accept>>::engine engine;
  const auto outcome = engine.validate(bytes);
  if (!outcome && outcome.error().offset > bytes.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  validate<dovetail::features::wasm3()>(bytes);
  validate<dovetail::features::wasm2()>(bytes);
  validate<dovetail::features::wasm1()>(bytes);
  return 0;
}
