// Strong indices.
#include <dovetail/base/index.hpp>

#include <concepts>
#include <type_traits>

#include "support/catch.hpp"

namespace unit_base_index {

using namespace dovetail;

namespace {

template <class... Index>
constexpr bool all_different = true;
template <class First, class... Rest>
constexpr bool all_different<First, Rest...> =
    (!std::same_as<First, Rest> && ...) && (!std::convertible_to<First, Rest> && ...) &&
    (!std::equality_comparable_with<First, Rest> && ...) && all_different<Rest...>;

}  // namespace

// Nine spaces, and no way between two of them.
static_assert(all_different<type_index, function_index, table_index, memory_index, global_index,
                            element_index, data_index, local_index, label_index>);
static_assert(!std::convertible_to<local_index, std::uint32_t>);
static_assert(!std::constructible_from<std::uint32_t, local_index>);
static_assert(sizeof(label_index) == 4 && std::is_trivially_copyable_v<label_index>);

TEST_CASE("indices are equal by value and start at 0") {
  CHECK(type_index{}.value == 0);
  CHECK(type_index{0xffff'ffff} == type_index{0xffff'ffff});
  CHECK(type_index{1} != type_index{2});
}

}  // namespace unit_base_index
