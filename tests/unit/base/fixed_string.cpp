// Texts as template arguments.
#include <dovetail/base/fixed_string.hpp>

#include "support/catch.hpp"

namespace unit_base_fixed_string {

using dovetail::fixed_string;

namespace {
template <fixed_string Name>
constexpr std::string_view text = Name.view();
}  // namespace

TEST_CASE("fixed string: a literal without its end, zeros within it included") {
  CHECK(text<"tick"> == "tick");
  CHECK(text<"">.empty());
  CHECK(text<"a\0b"> == std::string_view("a\0b", 3));
}

TEST_CASE("fixed string: equal if the texts are, of whatever sizes") {
  CHECK(fixed_string("tick") == fixed_string("tick"));
  CHECK_FALSE(fixed_string("tick") == fixed_string("tock"));
  CHECK_FALSE(fixed_string("tick") == fixed_string("ticks"));
}

}  // namespace unit_base_fixed_string
