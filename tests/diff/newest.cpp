// Random programs with what 3.0 added, and mutants of them: two backends with fuel compute the
// same, trap in the same places, and count the same.
#include <string>

#include "generator.hpp"
#include "reference_twin.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;

constexpr std::uint64_t programs = 1500;

}  // namespace

TEMPLATE_LIST_TEST_CASE("newest: two backends compute the same", "[diff]",
                        testing::pairs_of_backends) {
  tally<newest<dovetail::fuel<typename TestType::left>>,
        newest<dovetail::fuel<typename TestType::right>>>
      sum;
  random_numbers random(7);
  std::size_t valid = 0;
  for (std::uint64_t k = 1; k <= programs; ++k) {
    const std::size_t before = sum.valid();
    const specimen each =
        make_specimen("newest " + std::to_string(k),
                      program_generator(k, 120, k % 5 == 0 ? 20 : 0, true).program());
    CHECK(sum.add(each.data, each.name));
    valid += sum.valid() > before ? 1 : 0;
    CHECK(sum.add(mutate(each, random).data, each.name + ", a mutant"));
  }
  sum.print("newest");
  CHECK(valid == programs);
  CHECK(sum.returned() > programs);
  CHECK(sum.count(verdict::not_comparable) * 4 < sum.valid());
}
