// What contracts are made of, at compile time: the terms, the handles, the sizes.
#include <cstdint>
#include <type_traits>

#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

struct plain : defaults {
  using backend = null;
};
struct throwing : plain {
  using traps = traps_thrown;
};

using tick = exported<"tick", int(float)>;
using contract =
    module_contract<exports<tick, exported<"hp", global<int>>, exported<"memory", memory_view>>,
                    imports<imported<"env", "log", void(int)>>>;
static_assert(contract::has_export<"tick"> && contract::has_export<"memory">);
static_assert(!contract::has_export<"log"> && !contract::has_export<"">);
static_assert(has_an_export_of_this_name<contract, fixed_string("hp")>);

// The handles are those that `get` gives, under the trap policy of the config.
template <class C, fixed_string Name>
using handle = std::remove_cvref_t<
    decltype(std::declval<contracted_instance<contract, C>>().template get<Name>())>;
static_assert(std::is_same_v<handle<plain, "tick">, function<int(float)>>);
static_assert(std::is_same_v<handle<throwing, "tick">, function<int(float), traps_thrown>>);
static_assert(std::is_same_v<handle<plain, "hp">, global<int>>);
static_assert(std::is_same_v<handle<plain, "memory">, memory_view>);
static_assert(sizeof(contracted_instance<contract, plain>) == sizeof(void*) * (2 + 2 + 1 + 1),
              "handles and nothing else; an instance's is its place and its serial number");

// What is demanded of a type.
constexpr external_type with(external_kind kind, const function_type& f, global_type g = {}) {
  return {kind, f, {}, {}, g};
}
static_assert(tick::accepts(with(external_kind::function, function<std::uint32_t(float)>::type)));
static_assert(!tick::accepts(with(external_kind::function, function<int(double)>::type)));
static_assert(!tick::accepts(with(external_kind::memory, function<int(float)>::type)));
using speed = exported<"speed", read_only<float>>;
static_assert(speed::accepts(with(external_kind::global, {}, {value_type::f32, true})));
static_assert(speed::accepts(with(external_kind::global, {}, {value_type::f32, false})));
static_assert(!speed::accepts(with(external_kind::global, {}, {value_type::f64, false})));
using level = imported<"env", "level", read_only<int>>;
static_assert(level::serves(with(external_kind::global, {}, {value_type::i32, false})));
static_assert(!level::serves(with(external_kind::global, {}, {value_type::i32, true})));

// Memories of 64-bit addresses are others; a view can be of any.
constexpr external_type wide_memory = [] {
  external_type out;
  out.kind = external_kind::memory;
  out.memory = {{1}, true};
  return out;
}();
static_assert(exported<"m", memory_view>::accepts(wide_memory));
static_assert(exported<"m", memory_of<limits_type{1}, true>>::accepts(wide_memory));
static_assert(!exported<"m", memory_of<limits_type{1}>>::accepts(wide_memory));
static_assert(imported<"env", "m", memory_view>::serves(wide_memory));
static_assert(!imported<"env", "m", memory_of<limits_type{1}>>::serves(wide_memory));

static_assert(contract_type<void()> && contract_type<read_only<double>>);
static_assert(contract_type<table_of<value_type::externref>>);
static_assert(!contract_type<table_of<value_type::i32>> && !contract_type<int>);
static_assert(!contract_type<function_handle> && !contract_type<void(int&)>);
static_assert(contract_imports<imports<>> && contract_imports<any_imports>);
static_assert(!contract_imports<imports<int>> && !contract_exports<imports<>>);
