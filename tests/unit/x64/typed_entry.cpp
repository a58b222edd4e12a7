// Native entries: every argument where the guest looks for it, results of every type, traps, and a
// nested call that finds no stack left. What is in memory on Windows is in registers elsewhere, but
// for the many arguments of "many".
#include <dovetail/x64/typed_entry.hpp>

#include <cstdint>
#include <tuple>
#include <vector>

#include "watched.hpp"

namespace unit_x64_typed_entry {

namespace {

using dovetail::op;
using dovetail::trap_code;
using dovetail::value_type;
using testing::code;
using i32 = std::int32_t;
using i64 = std::int64_t;
using u32 = std::uint32_t;

static_assert(dovetail::x64_jit::has_native_signature<void> ==
              dovetail::x64_jit::has_native_signature<double, i32, float, i64, double, i32>);
static_assert(!dovetail::x64_jit::has_native_signature<std::int16_t>);
static_assert(!dovetail::x64_jit::has_native_signature<std::tuple<i32, dovetail::v128>>);
static_assert(dovetail::x64_jit::has_native_signature<void> ==
              dovetail::x64_jit::has_native_signature<std::tuple<i32, double>, i32>);

const testing::type_list mixed = {
    value_type::i32, value_type::f32, value_type::i64, value_type::f64, value_type::f32,
    value_type::i32, value_type::f64, value_type::i64, value_type::f32, value_type::f64,
    value_type::i32, value_type::f32, value_type::f64};

// More than there are registers, of each kind.
const testing::type_list many = [] {
  testing::type_list all;
  for (int i = 0; i < 5; ++i) {
    for (const value_type t : {value_type::i32, value_type::f64, value_type::i64, value_type::f32})
      all.push_back(t);
  }
  return all;
}();

// Each argument times its position, all added as doubles; unless the first is 13, which traps.
code weigh(const testing::type_list& parameters) {
  code c;
  c.put(op::local_get, {0}).i32(13).put(op::i32_eq).open(op::if_).put(op::unreachable).end();
  c.f64(0);
  for (u32 k = 0; k < parameters.size(); ++k) {
    c.put(op::local_get, {k});
    if (parameters[k] == value_type::i32) c.put(op::f64_convert_i32_s);
    if (parameters[k] == value_type::i64) c.put(op::f64_convert_i64_s);
    if (parameters[k] == value_type::f32) c.put(op::f64_promote_f32);
    c.i32(static_cast<i32>(k + 1)).put(op::f64_convert_i32_s).put(op::f64_mul).put(op::f64_add);
  }
  return c;
}

std::vector<std::uint8_t> guest() {
  testing::module_writer m;
  const u32 down = m.import_function("env", "down", m.type({value_type::i32}, {value_type::i32}));
  m.memory(1, 1);
  const auto add = [&](const char* name, value_type result, op o,
                       const testing::type_list& parameters = mixed) {
    code c = weigh(parameters);
    if (o != op::nop) c.put(o);
    m.export_as(name, 0, m.function(m.type(parameters, {result}), c));
  };
  add("i32", value_type::i32, op::i32_trunc_f64_s);
  add("i64", value_type::i64, op::i64_trunc_f64_s);
  add("f32", value_type::f32, op::f32_demote_f64);
  add("f64", value_type::f64, op::nop);
  add("many", value_type::i64, op::i64_trunc_f64_s, many);
  m.export_as("none", 0, m.function(m.type(mixed, {}), weigh(mixed).put(op::drop)));
  // Several results: some of the arguments, as they came.
  const auto give = [&](const char* name, const testing::type_list& parameters,
                        const std::vector<u32>& given) {
    code c = weigh(parameters).put(op::drop);
    testing::type_list results;
    for (const u32 k : given) {
      c.put(op::local_get, {k});
      results.push_back(parameters[k]);
    }
    m.export_as(name, 0, m.function(m.type(parameters, results), c));
  };
  give("two integers", mixed, {5, 2});
  give("two floats", mixed, {1, 3});
  give("integer and float", mixed, {2, 4});
  give("float and integer", mixed, {6, 5});
  give("eight", mixed, {5, 1, 2, 3, 7, 10, 8, 12});
  give("eight of many", many, {17, 0, 1, 2, 3, 16, 18, 19});
  m.export_as("down", 0,
              m.function(m.type({value_type::i32}, {value_type::i32}),
                         code().put(op::local_get, {0}).put(op::call, {down})));
  return m.bytes();
}

template <class R, class Instance>
dovetail::result<R, dovetail::trap> call(const Instance& i, const char* name, i32 first) {
  using signature =
      R(i32, float, i64, double, float, i32, double, i64, float, double, i32, float, double);
  return i.template get<signature>(name).value()(first, 2.0F, -3, 4.0, 5.0F, -6, 7.0, 8, 9.0F, 10.0,
                                                 11, 12.0F, 13.0);
}
constexpr i32 sum = 4 - 9 + 16 + 25 - 36 + 49 + 64 + 81 + 100 + 121 + 144 + 169;

// Arguments from `first` on, one more each.
template <class R, class Instance>
dovetail::result<R, dovetail::trap> call_many(const Instance& i, const char* name, i32 first) {
  using f32 = float;
  using f64 = double;
  using signature = R(i32, f64, i64, f32, i32, f64, i64, f32, i32, f64, i64, f32, i32, f64, i64,
                      f32, i32, f64, i64, f32);
  const auto next = [first](int by) { return static_cast<f32>(first + by); };
  return i.template get<signature>(name).value()(
      first, first + 1, first + 2, next(3), first + 4, first + 5, first + 6, next(7), first + 8,
      first + 9, first + 10, next(11), first + 12, first + 13, first + 14, next(15), first + 16,
      first + 17, first + 18, next(19));
}
i64 sum_of_many(i32 first) {
  i64 all = 0;
  for (i32 k = 0; k < 20; ++k) all += (k + 1) * (first + k);
  return all;
}

template <class Memory>
struct shallow : testing::watched<dovetail::x64> {
  using memory = Memory;
  static constexpr dovetail::limits limit{.native_stack = 16 << 10};
};
using checked = shallow<dovetail::checked_memory>;
using guarded = shallow<dovetail::guarded_memory>;

// All that return several.
template <class Instance>
void give_several(const Instance& made, i32 first) {
  using std::tuple;
  CHECK(call<tuple<i32, i64>>(made, "two integers", first).value() == tuple{-6, i64{-3}});
  CHECK(call<tuple<u32, i64>>(made, "two integers", first).value() == tuple{-6u, i64{-3}});
  CHECK(call<tuple<float, double>>(made, "two floats", first).value() == tuple{2.0F, 4.0});
  CHECK(call<tuple<i64, float>>(made, "integer and float", first).value() == tuple{i64{-3}, 5.0F});
  CHECK(call<tuple<double, i32>>(made, "float and integer", first).value() == tuple{7.0, -6});
  using eight = tuple<i32, float, i64, double, i64, i32, float, double>;
  CHECK(call<eight>(made, "eight", first).value() == eight{-6, 2.0F, -3, 4.0, 8, 11, 9.0F, 13.0});
  using mixed_eight = tuple<double, i32, double, i64, float, i32, i64, float>;
  const auto f = static_cast<float>(first);
  CHECK(
      call_many<mixed_eight>(made, "eight of many", first).value() ==
      mixed_eight{first + 17, first, first + 1, first + 2, f + 3, first + 16, first + 18, f + 19});
}

}  // namespace

TEMPLATE_TEST_CASE("typed entries: arguments, results, traps", "", checked, guarded) {
  using rt = dovetail::runtime<TestType>;
  testing::watched_heap heap;
  typename rt::engine engine{testing::watched_policy{&heap}};
  typename rt::store store{engine};
  const auto bytes = guest();
  const auto module = engine.compile(testing::as_bytes(bytes)).value();
  dovetail::function<i32(i32)> again;
  i32 deepest = 0;
  dovetail::imports env = {
      dovetail::bind("env", "down", [&](i32 n) -> dovetail::result<i32, dovetail::trap> {
        deepest = n;
        return again(n + 1);
      })};
  const auto made = store.instantiate(module, env).value();
  for (i32 first = -2; first < 3; ++first) {
    CHECK(call<i32>(made, "i32", first).value() == first + sum);
    CHECK(call<i64>(made, "i64", first).value() == first + sum);
    CHECK(call<float>(made, "f32", first).value() == static_cast<float>(first + sum));
    CHECK(call<double>(made, "f64", first).value() == first + sum);
    CHECK(call<void>(made, "none", first).has_value());
    give_several(made, first);
    CHECK(call_many<i64>(made, "many", first).value() == sum_of_many(first));
  }
  CHECK(call<i32>(made, "i32", 13).error().code == trap_code::unreachable);
  CHECK(call<i64>(made, "i64", 13).error().code == trap_code::unreachable);
  CHECK(call<float>(made, "f32", 13).error().code == trap_code::unreachable);
  CHECK(call<double>(made, "f64", 13).error().code == trap_code::unreachable);
  CHECK(call<void>(made, "none", 13).error().code == trap_code::unreachable);
  CHECK(call_many<i64>(made, "many", 13).error().code == trap_code::unreachable);
  const auto two = call<std::tuple<i32, i64>>(made, "two integers", 13);
  CHECK(two.error().code == trap_code::unreachable);
  const auto floats = call<std::tuple<float, double>>(made, "two floats", 13);
  CHECK(floats.error().code == trap_code::unreachable);
  give_several(made, 14);
  again = made.template get<i32(i32)>("down").value();
  for (i32 round = 0; round < 3; ++round) {
    CHECK(again(0).error().code == trap_code::stack_exhausted);
    CHECK(deepest > 1);
  }
  CHECK(call<i64>(made, "i64", 1).value() == 1 + sum);
}

}  // namespace unit_x64_typed_entry
