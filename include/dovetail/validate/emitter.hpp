// The emitter concept: what a backend gives the pass so that one walk over a body validates and
// compiles it. The words for each clause stand in null_emitter.hpp, which is the smallest type that
// satisfies it.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <dovetail/validate/null_emitter.hpp>
#include <dovetail/validate/stacks.hpp>

namespace dovetail {

/// Names of values and labels are small and are copied as bytes: they live in the pass's reused
/// stacks.
template <class E>
concept emitter_names = requires {
  typename E::value;  // a constant, a local, a temporary, an SSA node: never a place
  typename E::label;  // what the emitter keeps of an open block
  typename E::meter;  // where a block's cost will be filled in
  { E::has_vectors } -> std::convertible_to<bool>;
  { E::places_operands } -> std::convertible_to<bool>;
  { E::executes } -> std::convertible_to<features>;
  { E::is_metered } -> std::convertible_to<bool>;
}
&&sizeof(typename E::value) <= 16 &&
    std::is_trivially_copyable_v<typename E::value>&& std::is_trivially_copyable_v<
        typename E::label>&& std::default_initializable<typename E::value>;

/// A function begins, its operators have positions, it ends; failures are reported at the end.
template <class E>
concept emits_functions = requires(E& e, const function_body& f) {
  e.begin(f);
  { e.finish() } -> std::same_as<status>;
  e.position(std::size_t{});
};

/// Constants, operators with one and two operands (comparisons among them), select, drop.
template <class E, class V = typename E::value>
concept emits_numbers = requires(E& e, V v, live<V> s) {
  { e.constant(value_type{}, slot{}) } -> std::same_as<V>;
  { e.unary(op{}, v, s) } -> std::same_as<V>;
  { e.binary(op{}, v, v, s) } -> std::same_as<V>;
  { e.select(value_type{}, v, v, v, s) } -> std::same_as<V>;
  e.drop(v);
};

/// Vector operators; required only of emitters that claim them.
template <class E, class V = typename E::value>
concept emits_vectors =
    !E::has_vectors || requires(E & e, V v, live<V> s, std::span<const V> operands) {
  { e.vector_constant(v128{}) } -> std::same_as<V>;
  { e.vector(op{}, no_immediate{}, operands, s) } -> std::same_as<V>;
  { e.vector(op{}, lane_index{}, operands, s) } -> std::same_as<V>;
  { e.vector(op{}, memory_argument{}, operands, s) } -> std::same_as<V>;
  e.vector_store(op{}, memory_argument{}, v, v, s);
};

/// Loads, stores, size, growth and the bulk operators.
template <class E, class V = typename E::value>
concept emits_memories = requires(E& e, V v, live<V> s) {
  { e.load(op{}, memory_argument{}, v, s) } -> std::same_as<V>;
  e.store(op{}, memory_argument{}, v, v, s);
  { e.memory_size(memory_index{}, s) } -> std::same_as<V>;
  { e.memory_grow(memory_index{}, v, s) } -> std::same_as<V>;
  e.memory_fill(memory_index{}, v, v, v, s);
  e.memory_copy(two_memories{}, v, v, v, s);
  e.memory_init(data_and_memory{}, v, v, v, s);
  e.data_drop(data_index{});
};

/// Locals and globals.
template <class E, class V = typename E::value>
concept emits_variables = requires(E& e, V v, live<V> s) {
  { e.local_get(local_index{}, value_type{}, s) } -> std::same_as<V>;
  e.local_set(local_index{}, value_type{}, v, s);
  { e.local_tee(local_index{}, value_type{}, v, s) } -> std::same_as<V>;
  { e.global_get(global_index{}, value_type{}, s) } -> std::same_as<V>;
  e.global_set(global_index{}, value_type{}, v, s);
};

/// Tables and references.
template <class E, class V = typename E::value>
concept emits_tables = requires(E& e, V v, live<V> s) {
  { e.table_get(table_index{}, v, s) } -> std::same_as<V>;
  e.table_set(table_index{}, v, v, s);
  { e.table_size(table_index{}, s) } -> std::same_as<V>;
  { e.table_grow(table_index{}, v, v, s) } -> std::same_as<V>;
  e.table_fill(table_index{}, v, v, v, s);
  e.table_copy(two_tables{}, v, v, v, s);
  e.table_init(element_and_table{}, v, v, v, s);
  e.element_drop(element_index{});
  { e.ref_func(function_index{}, s) } -> std::same_as<V>;
  { e.ref_is_null(v, s) } -> std::same_as<V>;
};

/// Blocks, branches and calls.
template <class E, class V = typename E::value, class L = typename E::label>
concept emits_control = requires(E& e, V v, L& l, live<V> s, std::span<L* const> targets) {
  { e.enter(block_shape{}, s) } -> std::same_as<L>;
  { e.enter_if(block_shape{}, v, s) } -> std::same_as<L>;
  e.else_(l, true, s);
  e.enter_else(l, s);
  e.leave(l, true, s);
  e.branch(l, s);
  e.branch_if(l, v, s);
  e.branch_table(v, targets, s);
  e.unreachable();
  e.call(function_index{}, function_type{}, s);
  e.call_indirect(indirect_call{}, function_type{}, v, s);
  e.name_results(std::size_t{}, s);
};

/// Calls that take their caller's place; required only of emitters that claim them.
template <class E, class V = typename E::value>
concept emits_tail_calls = !E::executes.has(feature::tail_call) || requires(E & e, V v, live<V> s) {
  e.return_call(function_index{}, function_type{}, s);
  e.return_call_indirect(indirect_call{}, function_type{}, v, s);
};

/// References to functions of a known type; required only of emitters that claim them.
template <class E, class V = typename E::value, class L = typename E::label>
concept emits_function_references =
    !E::executes.has(feature::function_references) || requires(E & e, V v, L& l, live<V> s) {
  e.call_ref(type_index{}, function_type{}, v, s);
  { e.ref_as_non_null(v, s) } -> std::same_as<V>;
  { e.branch_on_null(l, v, s) } -> std::same_as<V>;
  e.branch_on_non_null(l, v, s);
};

/// And both together.
template <class E, class V = typename E::value>
concept emits_tail_calls_of_references =
    !E::executes.has(feature::tail_call) || !E::executes.has(feature::function_references) ||
    requires(E & e, V v, live<V> s) {
  e.return_call_ref(type_index{}, function_type{}, v, s);
};

/// The cost of basic blocks; required only of emitters that are metered.
template <class E>
concept emits_meters = !E::is_metered || requires(E & e, typename E::meter m) {
  { e.open_meter() } -> std::same_as<typename E::meter>;
  e.close_meter(m, std::uint32_t{});
};

/// What an operator costs; bulk ones pay for their length besides.
using price_function = std::uint16_t (*)(op);
/// Where one is found. GCC 12 takes the address of a variable in an argument of a template that is
/// a class, not that of a function.
struct price_list {
  price_function of = nullptr;
};
template <price_function Price>
inline constexpr price_list prices_by{Price};
/// A metered emitter whose `price` is a list of them: operators cost one each without.
template <class E>
concept has_prices = E::is_metered && requires {
  requires E::price != nullptr;
};

/// A backend's side of the pass.
template <class E>
concept emitter = emitter_names<E> && emits_functions<E> && emits_numbers<E> && emits_vectors<E> &&
    emits_memories<E> && emits_variables<E> && emits_tables<E> && emits_control<E> &&
    emits_tail_calls<E> && emits_function_references<E> && emits_tail_calls_of_references<E> &&
    emits_meters<E>;

static_assert(emitter<null_emitter>);

}  // namespace dovetail
