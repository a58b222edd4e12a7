// Mutants that are still valid run under two backends with fuel: the same values, traps and
// their places, remaining fuel and memory. With canonical NaNs nothing is open, and 50,000 valid
// ones are compared bit by bit; DOVETAIL_MUTANTS says how many each case wants instead.
#include <cstdlib>
#include <string>
#include <vector>

#include "generator.hpp"
#include "reference_twin.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;

constexpr std::size_t many_mutants = 50'000;
constexpr std::size_t few_mutants = 5'000;
constexpr std::uint64_t generated_programs = 300;
constexpr std::uint64_t seed = 11;

std::size_t mutants_wanted(std::size_t unless_told) {
  const char* text = std::getenv("DOVETAIL_MUTANTS");
  return text == nullptr ? unless_told : static_cast<std::size_t>(std::atoll(text));
}

// The suite and real modules, if they are there, and generated ones, which always are.
std::vector<specimen> modules_to_mutate() {
  std::vector<specimen> all = suite_specimens();
  for (specimen& each : real_specimens()) all.push_back(std::move(each));
  for (std::uint64_t k = 0; k < generated_programs; ++k) {
    all.push_back(
        make_specimen("generated " + std::to_string(k), program_generator(seed + k, 60).program()));
  }
  return all;
}

template <class Left, class Right>
void compare_mutants(const char* what, std::size_t unless_told) {
  const std::vector<specimen> modules = modules_to_mutate();
  const std::size_t wanted = mutants_wanted(unless_told);
  tally<Left, Right> sum;
  random_numbers random(seed);
  // Unchanged modules come first; then one mutant of each, over and over.
  for (const specimen& each : modules) CHECK(sum.add(each.data, each.name));
  const std::size_t unchanged = sum.valid();
  for (std::size_t round = 0; sum.valid() - unchanged < wanted; ++round) {
    for (const specimen& each : modules) {
      if (sum.valid() - unchanged == wanted) break;
      if (!sum.add(mutate(each, random).data, each.name + ", round " + std::to_string(round)))
        CHECK(false);
    }
  }
  sum.print(what);
  CHECK(sum.valid() - unchanged == wanted);
  CHECK(sum.count(verdict::not_comparable) * 4 < sum.valid());
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("mutants: two backends compute the same bits", "[diff]",
                        testing::pairs_of_backends) {
  compare_mutants<exact<dovetail::fuel<typename TestType::left>>,
                  exact<dovetail::fuel<typename TestType::right>>>("mutants", many_mutants);
}

TEMPLATE_LIST_TEST_CASE("mutants: two backends compute the same where NaNs are open", "[diff]",
                        testing::pairs_of_backends) {
  compare_mutants<dovetail::fuel<typename TestType::left>,
                  dovetail::fuel<typename TestType::right>>("mutants, open NaNs", few_mutants);
}

TEMPLATE_LIST_TEST_CASE("mutants: two backends compute the same bits under guarded memory",
                        "[diff]", testing::pairs_of_backends) {
  if constexpr (testing::detail::has_guarded_memory) {
    compare_mutants<guarded<exact<dovetail::fuel<typename TestType::left>>>,
                    guarded<exact<dovetail::fuel<typename TestType::right>>>>(
        "mutants, guarded memory", few_mutants);
  } else {
    skip("guarded memory is not there");
  }
}
