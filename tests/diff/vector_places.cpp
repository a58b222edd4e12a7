// Where vectors are: across calls of all kinds, more than fit registers, in blocks, in memory that
// is not there, in locals that hold masks.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "backends.hpp"
#include "reference_vectors.hpp"
#include "support/catch.hpp"
#include "support/writer.hpp"
#include "vector_values.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::slot;
using dovetail::v128;
using dovetail::value;
using dovetail::value_type;

}  // namespace

// Parameters and results of all kinds, more than there are registers for: f gives its parameters
// back in another order, directly, through a table, from another instance and from the host.
namespace {

const type_list many = {value_type::v128, value_type::i32,  value_type::v128, value_type::v128,
                        value_type::f64,  value_type::v128, value_type::v128, value_type::v128,
                        value_type::v128, value_type::v128, value_type::f32,  value_type::v128,
                        value_type::v128, value_type::i64,  value_type::v128};
const type_list few = {value_type::v128, value_type::f64,  value_type::v128,
                       value_type::i64,  value_type::v128, value_type::v128};
constexpr std::uint32_t order[] = {14, 4, 0, 13, 9, 2};

std::vector<value> numbered() {
  std::vector<value> all;
  for (std::uint32_t i = 0; i < many.size(); ++i) {
    all.push_back(many[i] == value_type::v128  ? value(crowd_vector(i))
                  : many[i] == value_type::f32 ? value(1.5f)
                  : many[i] == value_type::f64 ? value(2.25)
                                               : value::from_bits(many[i], 70 + i));
  }
  return all;
}

code reordering() {
  code c;
  for (const std::uint32_t i : order) c.put(op::local_get, {i});
  return c;
}
// What calls with all parameters, by `call`, and a table's index before it if it wants one.
code passing(bool wants_index, op call, std::initializer_list<std::uint64_t> immediates) {
  code c;
  for (std::uint32_t i = 0; i < many.size(); ++i) c.put(op::local_get, {i});
  if (wants_index) c.i32(0);
  c.put(call, immediates);
  return c;
}

template <class Instance>
void check_reordered(Instance& instance, std::string_view export_name) {
  INFO(export_name);
  const auto f = instance.find(export_name)->as_function();
  std::vector<value> arguments = numbered(), results(std::size(order));
  const auto outcome = f.call(arguments, results);
  REQUIRE(outcome);
  for (std::size_t i = 0; i < std::size(order); ++i) CHECK(results[i] == arguments[order[i]]);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("vector places: parameters and results beyond registers", "[diff]",
                        testing::vector_configurations) {
  using rt = dovetail::runtime<TestType>;
  module_writer callee;
  const std::uint32_t t = callee.type(many, few);
  const std::uint32_t f = callee.function(t, reordering());
  callee.export_as("f", 0, f);
  const std::uint32_t by_call = callee.function(t, passing(false, op::call, {f}));
  callee.export_as("call", 0, by_call);
  callee.table(1, 1);
  const std::uint32_t elements[] = {f};
  callee.elements(0, elements);
  callee.export_as("indirect", 0, callee.function(t, passing(true, op::call_indirect, {t, 0})));
  module_writer caller;
  const std::uint32_t t2 = caller.type(many, few);
  const std::uint32_t imported = caller.import_function("m", "f", t2);
  const std::uint32_t host = caller.import_function("h", "f", t2);
  const std::uint32_t two_vectors =
      caller.type({value_type::v128, value_type::v128}, {value_type::v128});
  const std::uint32_t host_one = caller.import_function("h", "one", two_vectors);
  caller.export_as("host", 0, caller.function(t2, passing(false, op::call, {host})));
  code c;
  c.put(op::local_get, {0}).put(op::local_get, {1}).put(op::call, {host_one});
  caller.export_as("one", 0, caller.function(two_vectors, c));
  caller.export_as("imported", 0, caller.function(t2, passing(false, op::call, {imported})));

  typename rt::engine engine;
  typename rt::store store{engine};
  const auto callee_bytes = callee.bytes(), caller_bytes = caller.bytes();
  const auto first = engine.compile(as_bytes(callee_bytes));
  const auto second = engine.compile(as_bytes(caller_bytes));
  REQUIRE((first && second));
  auto one = store.instantiate(*first);
  REQUIRE(one);
  check_reordered(*one, "f");
  check_reordered(*one, "call");
  check_reordered(*one, "indirect");
  dovetail::imports env = {
      dovetail::provide("m", "f", one->find("f")->as_function()),
      dovetail::bind(
          "h", "f",
          [](v128 a, int, v128 b, v128, double d, v128, v128, v128, v128, v128 e, float, v128, v128,
             std::int64_t l, v128 g) { return std::tuple{g, d, a, l, e, b}; }),
      dovetail::bind("h", "one", [](v128 a, v128 b) { return exclusive_or(a, b); })};
  auto two = store.instantiate(*second, env);
  REQUIRE(two);
  check_reordered(*two, "imported");
  check_reordered(*two, "host");
  auto typed = two->template get<v128(v128, v128)>("one");
  REQUIRE(typed);
  const auto answer = (*typed)(crowd_vector(1), crowd_vector(2));
  REQUIRE(answer);
  CHECK(*answer == exclusive_or(crowd_vector(1), crowd_vector(2)));
}

// A load that is part of the operator behind it traps at its own place.
TEMPLATE_LIST_TEST_CASE("vector places: operands in memory that is not there", "[diff]",
                        testing::vector_configurations) {
  using rt = dovetail::runtime<TestType>;
  for (const op o : {op::f32x4_mul, op::i8x16_eq, op::f64x2_lt, op::i64x2_gt_s}) {
    module_writer m;
    m.memory(1, 1);
    code c;
    c.put(op::local_get, {1}).put(op::local_get, {0}).put(op::v128_load, {0, 4}).put(o);
    m.export_as("f", 0,
                m.function(m.type({value_type::i32, value_type::v128}, {value_type::v128}), c));
    const auto bytes = m.bytes();
    constexpr std::uint8_t load[] = {0xfd, 0x00, 0x00, 0x04};
    const auto place = std::search(bytes.begin(), bytes.end(), std::begin(load), std::end(load));
    typename rt::engine engine;
    typename rt::store store{engine};
    const auto compiled = engine.compile(as_bytes(bytes));
    REQUIRE(compiled);
    auto instance = store.instantiate(*compiled);
    REQUIRE(instance);
    auto f = instance->template get<v128(int, v128)>("f");
    REQUIRE(f);
    CHECK((*f)(65'536 - 20, v128{}));
    for (const int at : {65'536 - 19, -1}) {
      const auto outcome = (*f)(at, v128{});
      REQUIRE(!outcome);
      CHECK(outcome.error().code == dovetail::trap_code::memory_out_of_bounds);
      CHECK(store.last_trap().offset == static_cast<std::size_t>(place - bytes.begin()));
    }
  }
}

// Blocks that take and give vectors: every way to a label.
// (module
//   (func (export "f") (param i32 v128 v128) (result v128)
//     local.get 1
//     local.get 2
//     (loop (param v128 v128) (result v128)
//       (block (param v128 v128) (result v128 v128)
//         (block (param v128 v128) (result v128 v128)
//           local.get 0
//           br_table 0 1)
//         v128.not)
//       i32x4.sub
//       local.get 0
//       (if (param v128) (result v128) (then local.get 1 v128.xor))
//       local.get 2
//       local.get 0
//       i32.const 1
//       i32.sub
//       local.tee 0
//       i32.const 0
//       i32.ge_s
//       br_if 0
//       local.get 0
//       select)))
constexpr std::uint8_t blocks[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x1a, 0x04, 0x60, 0x03, 0x7f, 0x7b,
    0x7b, 0x01, 0x7b, 0x60, 0x02, 0x7b, 0x7b, 0x01, 0x7b, 0x60, 0x02, 0x7b, 0x7b, 0x02, 0x7b,
    0x7b, 0x60, 0x01, 0x7b, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66,
    0x00, 0x00, 0x0a, 0x36, 0x01, 0x34, 0x00, 0x20, 0x01, 0x20, 0x02, 0x03, 0x01, 0x02, 0x02,
    0x02, 0x02, 0x20, 0x00, 0x0e, 0x01, 0x00, 0x01, 0x0b, 0xfd, 0x4d, 0x0b, 0xfd, 0xb1, 0x01,
    0x20, 0x00, 0x04, 0x03, 0x20, 0x01, 0xfd, 0x51, 0x0b, 0x20, 0x02, 0x20, 0x00, 0x41, 0x01,
    0x6b, 0x22, 0x00, 0x41, 0x00, 0x4e, 0x0d, 0x00, 0x20, 0x00, 0x1b, 0x0b, 0x0b,
};

TEMPLATE_LIST_TEST_CASE("vector places: blocks that take and give vectors", "[diff]",
                        testing::vector_configurations) {
  using rt = dovetail::runtime<TestType>;
  typename rt::engine engine;
  typename rt::store store{engine};
  const auto compiled = engine.compile(std::as_bytes(std::span(blocks)));
  REQUIRE(compiled);
  auto instance = store.instantiate(*compiled);
  REQUIRE(instance);
  auto f = instance->template get<v128(int, v128, v128)>("f");
  REQUIRE(f);
  const auto lanes_less = [](const v128& a, const v128& b) {
    v128 r;
    for (unsigned i = 0; i < 4; ++i)
      reference::set_lane(r, 32, i, reference::lane(a, 32, i) - reference::lane(b, 32, i));
    return r;
  };
  const v128 ones = v128::of_halves(~slot{0}, ~slot{0});
  for (int n = 0; n < 5; ++n) {
    // The same, written down once more.
    v128 x = crowd_vector(3), y = crowd_vector(5);
    const v128 b = x, c = y;
    v128 result;
    for (int k = n;;) {
      if (k == 0) y = exclusive_or(y, ones);
      x = lanes_less(x, y);
      if (k != 0) x = exclusive_or(x, b);
      y = c;
      --k;
      if (k >= 0) continue;
      result = k != 0 ? x : y;
      break;
    }
    const auto got = (*f)(n, b, c);
    REQUIRE(got);
    INFO(n);
    CHECK(*got == result);
  }
}

// What compilers know of masks, and must forget: a choice by a comparison that a local holds, which
// another way to the same place gives another value.
// (module
//   (func $plain (export "plain") (param v128 v128 i32) (result v128)
//     (v128.bitselect (local.get 0) (local.get 1) (i16x8.gt_s (local.get 0) (local.get 1))))
//   (func (export "combined") (param v128 v128 i32) (result v128)
//     (local v128)
//     (local.set 3 (v128.andnot (i8x16.eq (local.get 0) (local.get 1))
//                               (v128.not (f64x2.lt (local.get 0) (local.get 1)))))
//     (v128.bitselect (local.get 1) (v128.const i32x4 1 2 3 4) (local.get 3)))
//   (func (export "in if") (param v128 v128 i32) (result v128)
//     (local v128)
//     (local.set 3 (i32x4.lt_s (local.get 0) (local.get 1)))
//     (if (local.get 2) (then (local.set 3 (local.get 1))))
//     (v128.bitselect (local.get 0) (local.get 1) (local.get 3)))
//   (func (export "in else") (param v128 v128 i32) (result v128)
//     (local v128)
//     (local.set 3 (local.get 1))
//     (if (local.get 2)
//       (then (local.set 3 (i32x4.lt_s (local.get 0) (local.get 1))))
//       (else (local.set 1 (v128.bitselect (local.get 0) (local.get 1) (local.get 3)))))
//     (v128.bitselect (local.get 0) (local.get 1) (local.get 3)))
//   (func (export "in loop") (param v128 v128 i32) (result v128)
//     (local v128)
//     (local.set 3 (i32x4.lt_s (local.get 0) (local.get 1)))
//     (loop
//       (local.set 0 (v128.bitselect (local.get 0) (local.get 1) (local.get 3)))
//       (local.set 3 (i32x4.add (local.get 0) (local.get 1)))
//       (local.get 2)
//       (local.set 2 (i32.const 0))
//       (br_if 0))
//     (v128.bitselect (local.get 0) (local.get 1) (local.get 3)))
//   (func (export "by branch") (param v128 v128 i32) (result v128)
//     (local v128)
//     (block
//       (local.set 3 (local.get 0))
//       (br_if 0 (local.get 2))
//       (local.set 3 (i32x4.lt_s (local.get 0) (local.get 1))))
//     (v128.bitselect (local.get 0) (local.get 1) (local.get 3))))
constexpr std::uint8_t masks[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7f,
    0x01, 0x7b, 0x03, 0x07, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x07, 0x3c, 0x06, 0x05, 0x70,
    0x6c, 0x61, 0x69, 0x6e, 0x00, 0x00, 0x08, 0x63, 0x6f, 0x6d, 0x62, 0x69, 0x6e, 0x65, 0x64, 0x00,
    0x01, 0x05, 0x69, 0x6e, 0x20, 0x69, 0x66, 0x00, 0x02, 0x07, 0x69, 0x6e, 0x20, 0x65, 0x6c, 0x73,
    0x65, 0x00, 0x03, 0x07, 0x69, 0x6e, 0x20, 0x6c, 0x6f, 0x6f, 0x70, 0x00, 0x04, 0x09, 0x62, 0x79,
    0x20, 0x62, 0x72, 0x61, 0x6e, 0x63, 0x68, 0x00, 0x05, 0x0a, 0xd9, 0x01, 0x06, 0x0e, 0x00, 0x20,
    0x00, 0x20, 0x01, 0x20, 0x00, 0x20, 0x01, 0xfd, 0x31, 0xfd, 0x52, 0x0b, 0x2e, 0x01, 0x01, 0x7b,
    0x20, 0x00, 0x20, 0x01, 0xfd, 0x23, 0x20, 0x00, 0x20, 0x01, 0xfd, 0x49, 0xfd, 0x4d, 0xfd, 0x4f,
    0x21, 0x03, 0x20, 0x01, 0xfd, 0x0c, 0x01, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x03, 0x00,
    0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x20, 0x03, 0xfd, 0x52, 0x0b, 0x1d, 0x01, 0x01, 0x7b, 0x20,
    0x00, 0x20, 0x01, 0xfd, 0x39, 0x21, 0x03, 0x20, 0x02, 0x04, 0x40, 0x20, 0x01, 0x21, 0x03, 0x0b,
    0x20, 0x00, 0x20, 0x01, 0x20, 0x03, 0xfd, 0x52, 0x0b, 0x28, 0x01, 0x01, 0x7b, 0x20, 0x01, 0x21,
    0x03, 0x20, 0x02, 0x04, 0x40, 0x20, 0x00, 0x20, 0x01, 0xfd, 0x39, 0x21, 0x03, 0x05, 0x20, 0x00,
    0x20, 0x01, 0x20, 0x03, 0xfd, 0x52, 0x21, 0x01, 0x0b, 0x20, 0x00, 0x20, 0x01, 0x20, 0x03, 0xfd,
    0x52, 0x0b, 0x32, 0x01, 0x01, 0x7b, 0x20, 0x00, 0x20, 0x01, 0xfd, 0x39, 0x21, 0x03, 0x03, 0x40,
    0x20, 0x00, 0x20, 0x01, 0x20, 0x03, 0xfd, 0x52, 0x21, 0x00, 0x20, 0x00, 0x20, 0x01, 0xfd, 0xae,
    0x01, 0x21, 0x03, 0x20, 0x02, 0x41, 0x00, 0x21, 0x02, 0x0d, 0x00, 0x0b, 0x20, 0x00, 0x20, 0x01,
    0x20, 0x03, 0xfd, 0x52, 0x0b, 0x1f, 0x01, 0x01, 0x7b, 0x02, 0x40, 0x20, 0x00, 0x21, 0x03, 0x20,
    0x02, 0x0d, 0x00, 0x20, 0x00, 0x20, 0x01, 0xfd, 0x39, 0x21, 0x03, 0x0b, 0x20, 0x00, 0x20, 0x01,
    0x20, 0x03, 0xfd, 0x52, 0x0b,
};

TEST_CASE("vector places: masks that locals hold are forgotten where ways meet", "[diff]") {
  // Held against the interpreter, which knows nothing of them.
  const auto answers = [](auto configuration) {
    using rt = dovetail::runtime<typename decltype(configuration)::type>;
    typename rt::engine engine;
    typename rt::store store{engine};
    const auto compiled = engine.compile(std::as_bytes(std::span(masks)));
    REQUIRE(compiled);
    auto instance = store.instantiate(*compiled);
    REQUIRE(instance);
    std::vector<v128> all;
    for (const char* one : {"plain", "combined", "in if", "in else", "in loop", "by branch"}) {
      auto f = instance->template get<v128(v128, v128, int)>(one);
      REQUIRE(f);
      for (int k = 0; k < 6; ++k) {
        const v128 a = crowd_vector(static_cast<std::uint32_t>(k) / 2),
                   b = exclusive_or(crowd_vector(7), crowd_vector(static_cast<std::uint32_t>(k)));
        const auto answer = (*f)(a, b, k % 2);
        REQUIRE(answer);
        all.push_back(*answer);
      }
    }
    return all;
  };
  const auto expected =
      answers(std::type_identity<config<dovetail::interpreter, dovetail::checked_memory>>{});
  CHECK(expected[0] != expected[1]);
#ifdef DOVETAIL_WITH_X64
  CHECK(answers(std::type_identity<config<dovetail::x64, dovetail::checked_memory>>{}) == expected);
  CHECK(
      answers(std::type_identity<
              config<dovetail::basic_x64<dovetail::reprotected_code, dovetail::processors::sse4_1>,
                     dovetail::checked_memory>>{}) == expected);
#endif
}
