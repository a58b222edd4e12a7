// Random programs, and every module of the suite: what each backend computes is what the reference
// computes.
#include "generator.hpp"
#include "reference_twin.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;

template <class Backend>
using against_reference = tally<dovetail::fuel<Backend>, reference::backend>;

}  // namespace

TEMPLATE_LIST_TEST_CASE("diff: random programs compute what the reference computes", "[diff]",
                        testing::backends) {
  constexpr std::uint64_t programs = 3000;
  against_reference<TestType> sum;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    CHECK(sum.add(program_generator(seed).program(), "seed " + std::to_string(seed)));
  }
  sum.print("random programs");
  CHECK(sum.returned() > programs);
}

TEMPLATE_LIST_TEST_CASE("diff: the modules of the suite compute what the reference computes",
                        "[diff]", testing::backends) {
  const std::vector<specimen> suite = suite_specimens();
  if (suite.empty()) return absent("the official suite");
  against_reference<TestType> sum;
  for (const specimen& each : suite) CHECK(sum.add(each.data, each.name));
  sum.print("suite");
}

TEMPLATE_LIST_TEST_CASE("diff: mutants of the suite compute what the reference computes", "[diff]",
                        testing::backends) {
  constexpr std::size_t mutants_of_each = 8;
  const std::vector<specimen> suite = suite_specimens();
  if (suite.empty()) return absent("the official suite");
  against_reference<TestType> sum;
  random_numbers random(5);
  for (const specimen& each : suite) {
    for (std::size_t k = 0; k < mutants_of_each; ++k) {
      const std::string name = each.name + ", mutant " + std::to_string(k);
      CHECK(sum.add(mutate(each, random).data, name));
    }
  }
  sum.print("mutants");
}
