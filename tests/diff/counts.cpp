// Coverage is the backend's neither: how often each block of random programs and of the suite's
// modules runs, with fuel and where it ends.
#include "generator.hpp"
#include "reference_twin.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;

template <class Pair>
using counted = tally<dovetail::covered<dovetail::fuel<typename Pair::left>>,
                      dovetail::covered<dovetail::fuel<typename Pair::right>>>;

}  // namespace

TEMPLATE_LIST_TEST_CASE("diff: random programs run the same blocks as often", "[diff]",
                        testing::pairs_of_backends) {
  constexpr std::uint64_t programs = 1000;
  counted<TestType> sum;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    CHECK(sum.add(program_generator(seed).program(), "seed " + std::to_string(seed)));
  }
  sum.print("counted programs");
  CHECK(sum.returned() > programs);
  CHECK(sum.blocks() > programs);
}

TEMPLATE_LIST_TEST_CASE("diff: the modules of the suite run the same blocks as often", "[diff]",
                        testing::pairs_of_backends) {
  const std::vector<specimen> suite = suite_specimens();
  if (suite.empty()) return absent("the official suite");
  counted<TestType> sum;
  for (const specimen& each : suite) CHECK(sum.add(each.data, each.name));
  sum.print("counted suite");
  CHECK(sum.blocks() > suite.size());
}
