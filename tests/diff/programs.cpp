// Random programs, and every module of the suite: what the interpreter computes is what the
// reference computes.
#include <cstdio>
#include <cstdlib>

#include "generator.hpp"
#include "support/catch.hpp"
#include "twins.hpp"

namespace {

using namespace testing;

struct tally {
  std::size_t same = 0;
  std::size_t not_comparable = 0;
  std::size_t calls = 0;
  std::size_t returned = 0;

  bool add(const std::vector<std::uint8_t>& module, const std::string& name) {
    twins pair;
    const verdict v = pair.compare(as_bytes(module));
    calls += pair.calls();
    returned += pair.returned();
    if (v == verdict::different) {
      UNSCOPED_INFO(name << ": " << pair.difference());
      return false;
    }
    ++(v == verdict::same ? same : not_comparable);
    return true;
  }
  void print(const char* what) const {
    std::printf("%s: %zu the same, %zu not comparable, %zu calls, %zu of them returned\n", what,
                same, not_comparable, calls, returned);
  }
};

}  // namespace

TEST_CASE("diff: random programs compute what the reference computes", "[diff]") {
  constexpr std::uint64_t programs = 3000;
  tally sum;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    CHECK(sum.add(program_generator(seed).program(), "seed " + std::to_string(seed)));
  }
  sum.print("random programs");
  CHECK(sum.returned > programs);
}

TEST_CASE("diff: the modules of the suite compute what the reference computes", "[diff]") {
  const std::vector<specimen> suite = suite_specimens();
  if (suite.empty()) return absent("the official suite");
  tally sum;
  for (const specimen& each : suite) CHECK(sum.add(each.data, each.name));
  sum.print("suite");
}

TEST_CASE("diff: mutants of the suite compute what the reference computes", "[diff]") {
  constexpr std::size_t mutants_of_each = 8;
  const std::vector<specimen> suite = suite_specimens();
  if (suite.empty()) return absent("the official suite");
  tally sum;
  random_numbers random(5);
  for (const specimen& each : suite) {
    for (std::size_t k = 0; k < mutants_of_each; ++k) {
      const std::string name = each.name + ", mutant " + std::to_string(k);
      CHECK(sum.add(mutate(each, random).data, name));
    }
  }
  sum.print("mutants");
}
