// fuzz-make FOLDER FIRST COUNT: writes the modules of the seeds from FIRST on into a folder.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "generator.hpp"

int main(int count, char** words) {
  if (count != 4) return std::fputs("fuzz-make FOLDER FIRST COUNT\n", stderr), 2;
  const std::uint64_t first = std::strtoull(words[2], nullptr, 10);
  const std::uint64_t last = first + std::strtoull(words[3], nullptr, 10);
  for (std::uint64_t seed = first; seed < last; ++seed) {
    const auto made = testing::modern_generator(seed).module();
    std::ofstream file(std::string(words[1]) + "/modern-" + std::to_string(seed) + ".wasm",
                       std::ios::binary);
    file.write(reinterpret_cast<const char*>(made.data()),
               static_cast<std::streamsize>(made.size()));
    if (!file) return std::fputs("cannot write\n", stderr), 1;
  }
  return 0;
}
