// How libFuzzer changes modules here: mostly as the tests of robustness do, so that sections and
// sizes stay right and changes reach bodies; else by libFuzzer's own means.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "robustness/mutation.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  testing::random_numbers random(seed);
  if (size < 8 || random.below(4) == 0) return LLVMFuzzerMutate(data, size, most);
  const auto changed =
      testing::mutate(testing::make_specimen({}, testing::bytes(data, data + size)), random).data;
  const std::size_t written = std::min(changed.size(), most);
  std::copy_n(changed.begin(), written, data);
  return written;
}
