// Facts about the small types: sizes, conversions that exist and that must not, what folds at
// compile time.
#include <concepts>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>

#include <dovetail/dovetail.hpp>
#include <dovetail/format/meaning.hpp>

using namespace dovetail;

// Sizes that a host may count on.
static_assert(sizeof(value_type) == 4 && sizeof(status) == 1 && sizeof(trap) == 8);
static_assert(sizeof(result<std::int32_t, trap>) <= 16 && sizeof(result<double, trap>) == 16);
static_assert(sizeof(function<int(int)>) == 2 * sizeof(void*));
static_assert(sizeof(global<int>) == sizeof(void*) && sizeof(memory_view) == sizeof(void*));

// Handles and errors are values.
template <class T>
concept plain = std::is_trivially_copyable_v<T>;
static_assert(plain<function<double(std::int64_t)>> && plain<global<float>> && plain<error>);
static_assert(plain<function_handle> && plain<table_handle> && plain<global_handle>);
static_assert(plain<value> && plain<external_type> && plain<trap_report>);

// Indices do not turn into each other, nor into numbers.
static_assert(!std::convertible_to<function_index, table_index>);
static_assert(!std::convertible_to<std::uint32_t, function_index>);
static_assert(!std::convertible_to<function_index, std::uint32_t>);
static_assert(function_index{3} == function_index{3} && !(function_index{3} == function_index{4}));

// Statuses and traps are not truth values by accident.
static_assert(!std::convertible_to<status, bool> && !std::convertible_to<trap, bool>);
static_assert(!std::convertible_to<result<int>, bool> && !std::convertible_to<result<int>, int>);
static_assert(!std::copy_constructible<result<int>>, "an error is handed on, not duplicated");

// Which C++ types are values.
enum class narrow : std::uint8_t {};
enum class wide : std::int64_t {};
static_assert(value_type_of<bool>() == value_type::i32 &&
              value_type_of<narrow>() == value_type::i32);
static_assert(value_type_of<std::uint16_t>() == value_type::i32);
static_assert(value_type_of<wide>() == value_type::i64);
static_assert(value_type_of<std::size_t>() ==
              (sizeof(std::size_t) == 8 ? value_type::i64 : value_type::i32));
static_assert(value_type_of<funcref>() == value_type::funcref);
static_assert(!native_value<std::string> && !native_value<void*> && !native_value<long double>);
static_assert(!native_value<int&>);
static_assert(to_slot(std::int8_t{-1}) == 0xffff'ffff && to_slot(-1) == 0xffff'ffff);
static_assert(to_slot(std::int64_t{-1}) == ~slot{0} && from_slot<std::int8_t>(0xffff'ff80) == -128);
static_assert(from_slot<bool>(0x1'0000'0000) == false && from_slot<bool>(2) == true);

// Value types.
static_assert(value_type::v128.is_vector() && !value_type::i32.is_vector());
static_assert(value_type::externref.is_reference() && !value_type::i64.is_reference());
static_assert(!value_type::v128.is_reference());
static_assert(name(value_type::funcref) == "funcref" && name(value_type::unknown) == "unknown");

// Features are a set.
static_assert(features::wasm2().has(feature::simd) && !features::wasm1().has(feature::simd));
static_assert((features::wasm2() - feature::simd + feature::simd) == features::wasm2());
static_assert(!(features::wasm2() - feature::simd).has(feature::simd));
static_assert(!features::wasm2().has(feature::multi_memory));

// Wording: every code has one.
static_assert(message(status::ok) == "ok" && stage_of(status::ok) == stage::none);
static_assert(message(status::unexpected_end) == "unexpected end");
static_assert(stage_of(status::type_mismatch) == stage::validate);
static_assert(message(trap_code::none) == "no trap");
static_assert(message(trap_code::memory_out_of_bounds) == "out of bounds memory access");
static_assert(!trap{} && trap::host(3) && trap::exit(0).code == trap_code::exit);

// Signatures of handles are known at compile time.
static_assert(function<std::tuple<int, double>(float)>::type.parameters.size() == 1);
static_assert(function<std::tuple<int, double>(float)>::type.results[1] == value_type::f64);
static_assert(function<void()>::type.results.empty());

// What a callable's signature is.
int plain_function(std::int64_t);
static_assert(host_callable<decltype(&plain_function)>);
static_assert(host_callable<decltype([](caller&, float) { return trap{}; })>);
static_assert(!host_callable<decltype([](auto x) { return x; })>, "its types are not known");
static_assert(!host_callable<decltype([](std::string) {})>, "a string is no value");
static_assert(!host_callable<decltype([] { return std::string(); })>);
static_assert(!host_callable<int> && !host_callable<std::string>);

// Integers fold; where an operator traps is said beside it.
static_assert(meaning<op::i32_add>::of(0xffff'ffff, 1) == 0);
static_assert(meaning<op::i64_rem_s>::of(0x8000'0000'0000'0000, ~std::uint64_t{0}) == 0);
static_assert(meaning<op::i32_div_s>::trap_on(0x8000'0000, 0xffff'ffff) ==
              trap_code::integer_overflow);
static_assert(meaning<op::i32_div_u>::trap_on(1, 0) == trap_code::integer_divide_by_zero);
static_assert(meaning<op::i32_shl>::of(1, 33) == 2 && meaning<op::i64_rotl>::of(1, 65) == 2);
static_assert(can_trap<op::i32_trunc_f32_s> && !can_trap<op::i32_trunc_sat_f32_s>);
static_assert(has_meaning<op::f64_min> && !has_meaning<op::i32_load>);
static_assert(!has_meaning<op::i32x4_add>, "vectors have none yet");
