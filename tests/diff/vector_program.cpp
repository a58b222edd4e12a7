// A C program that its compiler made vectors of gives the answers that this compiler's own code
// gives: bench/workloads/vectors.c, as a guest with -msimd128 and here.
#include "support/catch.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "backends.hpp"

namespace {

namespace native {
#include "../../bench/workloads/vectors.c"
}

std::vector<char> module_bytes() {
  const char* folder = std::getenv("DOVETAIL_WORKLOADS");
  std::ifstream file(std::string(folder == nullptr ? "." : folder) + "/vectors.wasm",
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("vectors: a program with -msimd128 gives the answers of native code",
                        "[diff]", testing::vector_configurations) {
  const std::vector<char> bytes = module_bytes();
  if (bytes.empty()) return testing::absent("vectors.wasm (clang and wasm-ld make it)");
  using rt = dovetail::runtime<TestType>;
  typename rt::engine engine;
  auto code = engine.compile(std::as_bytes(std::span(bytes)));
  REQUIRE(code);
  typename rt::store store{engine};
  auto instance = store.instantiate(*code);
  REQUIRE(instance);
  const auto call = [&](const char* name, std::uint32_t times) {
    auto f = instance->template get<std::uint32_t(std::uint32_t)>(name);
    REQUIRE(f);
    const auto answer = (*f)(times);
    REQUIRE(answer);
    return *answer;
  };
  CHECK(call("vectors_of_matrices", 5) == native::vectors_of_matrices(5));
  CHECK(call("vectors_of_particles", 40) == native::vectors_of_particles(40));
  CHECK(call("vectors_of_pixels", 3) == native::vectors_of_pixels(3));
}
