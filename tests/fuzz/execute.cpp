// A target for libFuzzer: modules that are still valid run under both backends, with fuel,
// canonical NaNs and a host that is not kind; what they do must be the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "diff/twins.hpp"
#include "mutator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto module = std::as_bytes(std::span(data, size));
  testing::twins<testing::exact<dovetail::fuel<dovetail::interpreter>>,
                 testing::exact<dovetail::fuel<dovetail::x64>>>
      both;
  if (both.compare(module) != testing::verdict::different) return 0;
  std::fprintf(stderr, "%s\n", both.difference().c_str());
  std::abort();
}
