// The closed set of handlers, generated from the operator table: their enumeration, and the type
// behind each name.
#pragma once

#include <cstdint>

#include <dovetail/format/operators.hpp>
#include <dovetail/interpreter/handlers_control.hpp>
#include <dovetail/interpreter/handlers_numeric.hpp>
#include <dovetail/interpreter/handlers_objects.hpp>
#include <dovetail/runtime/backend.hpp>

// Which handlers an operator has follows from its signature. H(NAME, TYPE...) is called for each;
// types may use `Memory`, the memory policy. Two operands: slot slot, slot constant, accumulator
// slot, accumulator constant, slot accumulator.
#define DOVETAIL_S ::dovetail::interpreting::source::slot
#define DOVETAIL_A ::dovetail::interpreting::source::accumulator
#define DOVETAIL_K ::dovetail::interpreting::source::constant

#define DOVETAIL_BINARY(H, O)                      \
  H(O##_ss, binary<op::O, DOVETAIL_S, DOVETAIL_S>) \
  H(O##_sk, binary<op::O, DOVETAIL_S, DOVETAIL_K>) \
  H(O##_as, binary<op::O, DOVETAIL_A, DOVETAIL_S>) \
  H(O##_ak, binary<op::O, DOVETAIL_A, DOVETAIL_K>) \
  H(O##_sa, binary<op::O, DOVETAIL_S, DOVETAIL_A>)
#define DOVETAIL_UNARY(H, O)         \
  H(O##_s, unary<op::O, DOVETAIL_S>) \
  H(O##_a, unary<op::O, DOVETAIL_A>)
#define DOVETAIL_BRANCHING(H, O, PREFIX, SENSE)                           \
  H(O##PREFIX##_ss, compare_branch<op::O, DOVETAIL_S, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_sk, compare_branch<op::O, DOVETAIL_S, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_as, compare_branch<op::O, DOVETAIL_A, DOVETAIL_S, SENSE>) \
  H(O##PREFIX##_ak, compare_branch<op::O, DOVETAIL_A, DOVETAIL_K, SENSE>) \
  H(O##PREFIX##_sa, compare_branch<op::O, DOVETAIL_S, DOVETAIL_A, SENSE>)
#define DOVETAIL_COMPARISON(H, O) \
  DOVETAIL_BINARY(H, O)           \
  DOVETAIL_BRANCHING(H, O, _then, true) DOVETAIL_BRANCHING(H, O, _else, false)
#define DOVETAIL_TEST(H, O)                            \
  DOVETAIL_UNARY(H, O)                                 \
  H(O##_then_s, test_branch<op::O, DOVETAIL_S, true>)  \
  H(O##_then_a, test_branch<op::O, DOVETAIL_A, true>)  \
  H(O##_else_s, test_branch<op::O, DOVETAIL_S, false>) \
  H(O##_else_a, test_branch<op::O, DOVETAIL_A, false>)
#define DOVETAIL_COUNTING(H, O)                   \
  H(O##_count_s, count_branch<op::O, DOVETAIL_S>) \
  H(O##_count_k, count_branch<op::O, DOVETAIL_K>)
#define DOVETAIL_LOADING(H, O)                        \
  H(O##_s, load<Memory, op::O, address::slot>)        \
  H(O##_a, load<Memory, op::O, address::accumulator>) \
  H(O##_n, load<Memory, op::O, address::none>)        \
  H(O##_x, load<Memory, op::O, address::sum>)
#define DOVETAIL_STORING(H, O)                                      \
  H(O##_ss, store<Memory, op::O, address::slot, DOVETAIL_S>)        \
  H(O##_sa, store<Memory, op::O, address::slot, DOVETAIL_A>)        \
  H(O##_sk, store<Memory, op::O, address::slot, DOVETAIL_K>)        \
  H(O##_as, store<Memory, op::O, address::accumulator, DOVETAIL_S>) \
  H(O##_ak, store<Memory, op::O, address::accumulator, DOVETAIL_K>) \
  H(O##_ns, store<Memory, op::O, address::none, DOVETAIL_S>)        \
  H(O##_na, store<Memory, op::O, address::none, DOVETAIL_A>)

#define DOVETAIL_HANDLERS_special(H, O)
#define DOVETAIL_HANDLERS_ii_i(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ll_l(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ff_f(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_dd_d(H, O) DOVETAIL_BINARY(H, O)
#define DOVETAIL_HANDLERS_ii_b(H, O) DOVETAIL_COMPARISON(H, O) DOVETAIL_COUNTING(H, O)
#define DOVETAIL_HANDLERS_ll_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_ff_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_dd_b(H, O) DOVETAIL_COMPARISON(H, O)
#define DOVETAIL_HANDLERS_i_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_l_b(H, O) DOVETAIL_TEST(H, O)
#define DOVETAIL_HANDLERS_i_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_l_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_f_d(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_i(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_l(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_d_f(H, O) DOVETAIL_UNARY(H, O)
#define DOVETAIL_HANDLERS_i_v(H, O)
#define DOVETAIL_HANDLERS_l_v(H, O)
#define DOVETAIL_HANDLERS_f_v(H, O)
#define DOVETAIL_HANDLERS_d_v(H, O)
#define DOVETAIL_HANDLERS_v_i(H, O)
#define DOVETAIL_HANDLERS_v_l(H, O)
#define DOVETAIL_HANDLERS_v_f(H, O)
#define DOVETAIL_HANDLERS_v_d(H, O)
#define DOVETAIL_HANDLERS_v_v(H, O)
#define DOVETAIL_HANDLERS_vv_v(H, O)
#define DOVETAIL_HANDLERS_vi_v(H, O)
#define DOVETAIL_HANDLERS_vl_v(H, O)
#define DOVETAIL_HANDLERS_vf_v(H, O)
#define DOVETAIL_HANDLERS_vd_v(H, O)
#define DOVETAIL_HANDLERS_vvv_v(H, O)
#define DOVETAIL_ACCESS_i_i(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_l(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_f(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_i_d(H, O) DOVETAIL_LOADING(H, O)
#define DOVETAIL_ACCESS_ii_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_il_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_if_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_id_n(H, O) DOVETAIL_STORING(H, O)
#define DOVETAIL_ACCESS_i_v(H, O)
#define DOVETAIL_ACCESS_iv_n(H, O)

// Immediates decide first: none is numeric, memarg an access, the rest have handlers by hand.
#define DOVETAIL_WITH_none(H, O, SIGNATURE) DOVETAIL_HANDLERS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_memarg(H, O, SIGNATURE) DOVETAIL_ACCESS_##SIGNATURE(H, O)
#define DOVETAIL_WITH_block_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_label(H, O, SIGNATURE)
#define DOVETAIL_WITH_label_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_function(H, O, SIGNATURE)
#define DOVETAIL_WITH_call_indirect(H, O, SIGNATURE)
#define DOVETAIL_WITH_value_types(H, O, SIGNATURE)
#define DOVETAIL_WITH_local(H, O, SIGNATURE)
#define DOVETAIL_WITH_global(H, O, SIGNATURE)
#define DOVETAIL_WITH_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_table_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_element(H, O, SIGNATURE)
#define DOVETAIL_WITH_element_table(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memory_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_data(H, O, SIGNATURE)
#define DOVETAIL_WITH_data_memory(H, O, SIGNATURE)
#define DOVETAIL_WITH_memarg_lane(H, O, SIGNATURE)
#define DOVETAIL_WITH_lane(H, O, SIGNATURE)
#define DOVETAIL_WITH_shuffle(H, O, SIGNATURE)
#define DOVETAIL_WITH_heap_type(H, O, SIGNATURE)
#define DOVETAIL_WITH_i32(H, O, SIGNATURE)
#define DOVETAIL_WITH_i64(H, O, SIGNATURE)
#define DOVETAIL_WITH_f32(H, O, SIGNATURE)
#define DOVETAIL_WITH_f64(H, O, SIGNATURE)
#define DOVETAIL_WITH_v128(H, O, SIGNATURE)

namespace dovetail::interpreting {

namespace detail {
inline constexpr auto price_of_bytes = [](std::uint32_t n) { return fuel_for_bytes(n); };
inline constexpr auto price_of_elements = [](std::uint32_t n) { return fuel_for_elements(n); };
}  // namespace detail

}  // namespace dovetail::interpreting

// Handlers that belong to no numeric operator.
#define DOVETAIL_OTHER_HANDLERS(H)                           \
  H(copy, copy)                                              \
  H(copy_two, copy_two)                                      \
  H(copy_wide, copy_wide)                                    \
  H(constant_32, constant_32)                                \
  H(constant_64, constant_64)                                \
  H(select_i_s, select<DOVETAIL_S, std::uint64_t>)           \
  H(select_i_a, select<DOVETAIL_A, std::uint64_t>)           \
  H(select_f_s, select<DOVETAIL_S, float>)                   \
  H(select_f_a, select<DOVETAIL_A, float>)                   \
  H(select_d_s, select<DOVETAIL_S, double>)                  \
  H(select_d_a, select<DOVETAIL_A, double>)                  \
  H(branch, branch)                                          \
  H(branch_table_s, branch_table<DOVETAIL_S>)                \
  H(branch_table_a, branch_table<DOVETAIL_A>)                \
  H(unreachable, unreachable)                                \
  H(finish, finish)                                          \
  H(return_here, return_here)                                \
  H(return_s, return_one<DOVETAIL_S>)                        \
  H(return_a, return_one<DOVETAIL_A>)                        \
  H(return_k, return_one<DOVETAIL_K>)                        \
  H(call, call<false>)                                       \
  H(call_imported, call_imported<false>)                     \
  H(call_indirect, call_indirect<false>)                     \
  H(call_far, call<true>)                                    \
  H(call_imported_far, call_imported<true>)                  \
  H(call_indirect_far, call_indirect<true>)                  \
  H(charge, charge)                                          \
  H(charge_bytes, charge_bulk<detail::price_of_bytes>)       \
  H(charge_elements, charge_bulk<detail::price_of_elements>) \
  H(global_get, global_get)                                  \
  H(global_set, global_set)                                  \
  H(ref_func, ref_func)                                      \
  H(memory_size, memory_size)                                \
  H(memory_grow, memory_grow)                                \
  H(memory_fill, memory_fill)                                \
  H(memory_copy, memory_copy)                                \
  H(memory_init, memory_init)                                \
  H(data_drop, data_drop)                                    \
  H(table_get, table_get)                                    \
  H(table_set, table_set)                                    \
  H(table_size, table_size)                                  \
  H(table_grow, table_grow)                                  \
  H(table_fill, table_fill)                                  \
  H(table_copy, table_copy)                                  \
  H(table_init, table_init)                                  \
  H(element_drop, element_drop)

namespace dovetail::interpreting {

// The list is the operator table, seen through H; each use defines DOVETAIL_H and includes the
// rows.
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE)

/// Every handler, in the order of the dispatch tables.
enum class handler : std::uint16_t {
#define DOVETAIL_H(NAME, ...) NAME,
  DOVETAIL_OTHER_HANDLERS(DOVETAIL_H)
#include <dovetail/format/operators.def>
#undef DOVETAIL_H
};

namespace detail {

inline constexpr std::uint16_t other_handlers = 0
#define DOVETAIL_H(NAME, ...) +1
    DOVETAIL_OTHER_HANDLERS(DOVETAIL_H);

// How many handlers each operator has, then where they begin.
struct handler_table {
  std::uint16_t count[op_count];
  std::uint16_t first[op_count];
};
inline constexpr handler_table handler_places = [] {
#undef DOVETAIL_OP
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  0 DOVETAIL_WITH_##IMMEDIATE(DOVETAIL_H, NAME, SIGNATURE),
  handler_table t{{
#include <dovetail/format/operators.def>
                  },
                  {}};
#undef DOVETAIL_OP
#undef DOVETAIL_H
  std::uint16_t at = other_handlers;
  for (std::size_t i = 0; i < op_count; ++i) {
    t.first[i] = at;
    at = static_cast<std::uint16_t>(at + t.count[i]);
  }
  return t;
}();

}  // namespace detail

/// How many handlers there are.
inline constexpr std::size_t handler_count =
    std::size_t{detail::handler_places.first[op_count - 1]} +
    detail::handler_places.count[op_count - 1];

/// The handler of an operator with this place among its own, in the order of the macros above.
[[nodiscard]] constexpr handler handler_of(op o, unsigned place) {
  return static_cast<handler>(detail::handler_places.first[static_cast<std::size_t>(o)] + place);
}
/// Whether the interpreter has handlers for an operator by the table.
[[nodiscard]] constexpr bool has_handlers(op o) {
  return detail::handler_places.count[static_cast<std::size_t>(o)] != 0;
}

static_assert(handler_of(op::i32_add, 1) == handler::i32_add_sk &&
              handler_of(op::f64_ge, 5) == handler::f64_ge_then_ss);

}  // namespace dovetail::interpreting
