// Every vector operator is what its name says: the meaning of format/meaning_vector.hpp, and the
// backends that execute vectors, against a reference of another kind, on edge and random values.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <dovetail/format/meaning_vector.hpp>

#include "backends.hpp"
#include "edge_values.hpp"
#include "reference_relaxed.hpp"
#include "support/catch.hpp"
#include "table/row_modules.hpp"

namespace {

using namespace testing;
using dovetail::immediate_kind;
using dovetail::op;
using dovetail::slot;
using dovetail::v128;
using dovetail::value;
using dovetail::value_type;
using reference::vector_operands;

bool is_vector_operator(op o) { return dovetail::row_of(o).prefix == 0xfd && o != op::v128_const; }
std::vector<op> vector_operators(bool with_memory) {
  std::vector<op> found;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    if (is_vector_operator(op_at(i)) && is_access(op_at(i)) == with_memory)
      found.push_back(op_at(i));
  }
  return found;
}

// Lanes of every width that are edges of their types, then anything.
std::vector<v128> vectors(std::size_t random_ones) {
  std::vector<v128> all;
  for (const slot word :
       slots{0x0000'0000'0000'0000u, 0xffff'ffff'ffff'ffffu, 0x8080'8080'8080'8080u,
             0x7f7f'7f7f'7f7f'7f7fu, 0x0102'0408'1020'4080u, 0x8000'7fff'0001'ffffu,
             0x8000'0000'7fff'ffffu, 0x7fff'ffff'ffff'ffffu, 0x8000'0000'0000'0000u,
             0x7fc0'0000'ff80'0000u, 0x7fa0'0001'8000'0000u, 0x4f00'0000'cf00'0001u,
             0x3f00'0000'bfc0'0000u, 0x7ff8'0000'0000'0000u, 0xfff0'0000'0000'0000u,
             0x41df'ffff'ffc0'0000u, 0xc1e0'0000'0020'0000u, 0x4004'0000'0000'0000u}) {
    all.push_back(v128::of_halves(word, word >> 8 | word << 56));
    all.push_back(v128::of_halves(~word * 3, word));
  }
  random_numbers random(128);
  for (std::size_t i = 0; i < random_ones; ++i)
    all.push_back(v128::of_halves(random.next(), random.next()));
  const slots& singles = edge_values(value_type::f32);
  for (std::size_t i = 0; i + 3 < singles.size(); i += 2)
    all.push_back(
        v128::of_halves(singles[i] | singles[i + 1] << 32, singles[i + 2] | singles[i + 3] << 32));
  const slots& doubles = edge_values(value_type::f64);
  for (std::size_t i = 0; i + 1 < doubles.size(); i += 2)
    all.push_back(v128::of_halves(doubles[i], doubles[i + 1]));
  return all;
}

// A C++ value of a slot's bits.
template <class T>
T number(slot bits) {
  return dovetail::from_slot<T>(bits);
}

template <class F>
struct parameters_of;
template <class R, class... A>
struct parameters_of<R (*)(A...)> {
  static constexpr std::size_t count = sizeof...(A);
  using result = R;
  template <std::size_t I>
  using at = std::remove_cvref_t<std::tuple_element_t<I, std::tuple<A...>>>;
};

// Applies a meaning to operands; a number goes to `scalar`.
template <op O>
v128 meaning_of(const vector_operands& in, slot& scalar) {
  using meaning = dovetail::vector_meaning<O>;
  using list = parameters_of<decltype(&meaning::of)>;
  const auto keep = [&](const auto& result) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(result)>, v128>) {
      return result;
    } else {
      return scalar = dovetail::to_slot(result), v128{};
    }
  };
  constexpr bool has_lane = dovetail::row_of(O).immediate == immediate_kind::lane;
  if constexpr (list::count == 1) {
    if constexpr (std::is_same_v<typename list::template at<0>, v128>) {
      return keep(meaning::of(in.a));
    } else {
      return keep(meaning::of(number<typename list::template at<0>>(in.number)));
    }
  } else if constexpr (list::count == 2) {
    if constexpr (has_lane) {
      return keep(meaning::of(in.a, in.lane));
    } else if constexpr (std::is_same_v<typename list::template at<1>, v128>) {
      return keep(meaning::of(in.a, in.b));
    } else {
      return keep(meaning::of(in.a, static_cast<std::uint32_t>(in.number)));
    }
  } else if constexpr (has_lane) {
    return keep(meaning::of(in.a, number<typename list::template at<1>>(in.number), in.lane));
  } else {
    return keep(meaning::of(in.a, in.b, in.c));
  }
}

// The operands that an operator is tried with: all pairs of some vectors, and lanes in turn.
template <class Try>
void each_operands(op o, const std::vector<v128>& all, Try attempt) {
  const type_list types = operands_of(o);
  const bool is_binary = types.size() > 1 && types[1] == value_type::v128;
  const value_type number_type = types.back() == value_type::v128 ? value_type::i32 : types.back();
  const slots& numbers = edge_values(number_type);
  const unsigned width = dovetail::row_of(o).width, lanes = width == 0 ? 1 : 16 / width;
  std::size_t k = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // Every pair of the first ones, which are edges; of the others every vector with some.
    constexpr std::size_t edges = 36;
    const std::size_t count = is_binary ? all.size() : numbers.size();
    for (std::size_t j = 0; j < count; j += i < edges && j < edges ? 1 : 11, ++k) {
      vector_operands in;
      in.a = all[i];
      in.b = all[is_binary ? j : 0];
      in.c = all[(i + 3 * j + 1) % all.size()];
      in.number = numbers[j % numbers.size()];
      in.lane = static_cast<unsigned>(k % lanes);
      if (dovetail::row_of(o).immediate == immediate_kind::shuffle) {
        for (std::uint8_t& b : in.c.bytes) b &= 31;
      }
      attempt(in);
    }
  }
}

std::string shown(const v128& v) {
  char text[40];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(v.high()),
                static_cast<unsigned long long>(v.low()));
  return text;
}

// A module with one operator: its export k has the lane k, or the k-th of some patterns.
class vector_module {
 public:
  // How a function comes by its operands and what it does with the result.
  enum class form : std::uint8_t { plain, over_first, stored, constants, crossing };
  static constexpr form forms[] = {form::plain, form::over_first, form::stored, form::constants,
                                   form::crossing};

  vector_module(op o, const std::vector<vector_operands>& in) : operator_(o) {
    module_.memory(1, 1);
    const type_list types = operands_of(o), results = results_of(o);
    const std::uint32_t type = module_.type(types, results);
    const std::uint32_t block = module_.type(types, results);
    const std::uint32_t global = module_.global(value_type::v128, true, code().v128(0, 0));
    std::uint32_t k = 0;
    for (const vector_operands& one : in) {
      code c;
      const form f = forms[k % std::size(forms)];
      const bool is_vector = results[0] == value_type::v128;
      if (f == form::stored) c.i32(64);
      for (std::uint32_t i = 0; i < types.size(); ++i) {
        if (f == form::constants) {
          const v128& v = i == 0 ? one.a : i == 1 ? one.b : one.c;
          if (types[i] == value_type::v128) c.v128(v.low(), v.high());
          if (types[i] != value_type::v128) c.constant(types[i], one.number);
        } else {
          c.put(op::local_get, {i});
        }
      }
      if (f == form::crossing) c.open_typed(op::block, block);
      apply(c, one);
      if (f == form::crossing) {
        if (is_vector) c.put(op::global_set, {global}).put(op::global_get, {global});
        c.i32(1).put(op::br_if, {0}).end();
      } else if (f == form::over_first && types[0] == results[0]) {
        // The old value is still wanted: taken away from the new one's double it cannot be seen.
        c.put(op::local_get, {0}).put(op::local_tee, {static_cast<std::uint32_t>(types.size())});
        c.put(op::drop).put(op::local_set, {0}).put(op::local_get, {0});
      } else if (f == form::stored) {
        const op store = is_vector                       ? op::v128_store
                         : results[0] == value_type::i64 ? op::i64_store
                         : results[0] == value_type::f32 ? op::f32_store
                         : results[0] == value_type::f64 ? op::f64_store
                                                         : op::i32_store;
        const op load = is_vector                       ? op::v128_load
                        : results[0] == value_type::i64 ? op::i64_load
                        : results[0] == value_type::f32 ? op::f32_load
                        : results[0] == value_type::f64 ? op::f64_load
                                                        : op::i32_load;
        c.put(store, {0, 3}).i32(67).put(load, {0, 0});
      }
      module_.export_as(std::to_string(k++), 0, module_.function(type, c, {{1, value_type::v128}}));
    }
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const { return module_.bytes(); }

 private:
  void apply(code& c, const vector_operands& in) const {
    c.put(operator_);
    const immediate_kind kind = dovetail::row_of(operator_).immediate;
    if (kind == immediate_kind::lane) c.byte(in.lane);
    if (kind == immediate_kind::shuffle) c.fixed(in.c.low()).fixed(in.c.high());
  }

  op operator_;
  module_writer module_;
};

}  // namespace

TEST_CASE("vectors: every row has a meaning or moves memory", "[diff]") {
  CHECK(vector_operators(false).size() + vector_operators(true).size() == 255);
  for (const op o : vector_operators(false)) {
    INFO(name(o));
    CHECK(dovetail::switch_on(
        o, [](auto which) { return dovetail::has_vector_meaning<which.value>; }));
  }
  for (const op o : vector_operators(true)) {
    INFO(name(o));
    CHECK(dovetail::switch_on(o,
                              [](auto which) { return dovetail::has_vector_access<which.value>; }));
  }
}

TEST_CASE("vectors: every meaning is what the reference says", "[diff]") {
  const std::vector<v128> all = vectors(12);
  for (const op o : vector_operators(false)) {
    INFO(name(o));
    std::size_t wrong = 0;
    dovetail::switch_on(o, [&](auto which) {
      constexpr op O = decltype(which)::value;
      if constexpr (dovetail::has_vector_meaning<O>) {
        each_operands(O, all, [&](const vector_operands& in) {
          slot got = 0;
          const v128 result = meaning_of<O>(in, got);
          const bool is_vector = results_of(O)[0] == value_type::v128;
          const bool right = is_vector ? reference::is_right<dovetail::defaults>(O, result, in)
                                       : got == reference::number_of_vector(O, in);
          if (!right && wrong++ == 0)
            UNSCOPED_INFO(shown(in.a)
                          << " " << shown(in.b) << " " << shown(in.c) << " " << in.number
                          << " lane " << in.lane << " gave " << shown(result) << " " << got);
        });
      }
    });
    CHECK(wrong == 0);
  }
}

TEMPLATE_LIST_TEST_CASE("vectors: every operator of every backend is what the reference says",
                        "[diff]", testing::policy_configurations) {
  using rt = dovetail::runtime<TestType>;
  const std::vector<v128> all = vectors(4);
  const std::size_t step = testing::is_slow() ? 101 : 23;
  typename rt::engine engine;  // it keeps reservations for the next store
  for (const op o : vector_operators(false)) {
    INFO(name(o));
    std::vector<vector_operands> tried;
    each_operands(o, all, [&](const vector_operands& in) { tried.push_back(in); });
    // Not all of them have a function of their own: some that are spread over them.
    std::vector<vector_operands> some;
    for (std::size_t i = 0; i < tried.size(); i += tried.size() / 40 + 1) some.push_back(tried[i]);
    typename rt::store store{engine};
    const auto bytes = vector_module(o, some).bytes();
    const auto compiled = engine.compile(as_bytes(bytes));
    REQUIRE(compiled);
    auto instance = store.instantiate(*compiled);
    REQUIRE(instance);
    const type_list types = operands_of(o);
    std::size_t wrong = 0, calls = 0;
    for (std::size_t k = 0; k < some.size(); ++k) {
      const auto f = instance->export_at(static_cast<std::uint32_t>(k))->as_function();
      const bool is_constant = vector_module::forms[k % 5] == vector_module::form::constants;
      for (std::size_t t = k; t < tried.size(); t += is_constant ? tried.size() : step) {
        vector_operands in = is_constant ? some[k] : tried[t];
        in.lane = some[k].lane;
        if (dovetail::row_of(o).immediate == immediate_kind::shuffle) in.c = some[k].c;
        std::vector<value> arguments;
        for (std::size_t i = 0; i < types.size(); ++i) {
          arguments.push_back(types[i] == value_type::v128 ? value(i == 0   ? in.a
                                                                   : i == 1 ? in.b
                                                                            : in.c)
                                                           : value::from_bits(types[i], in.number));
        }
        value got;
        const auto outcome = f.call(arguments, {&got, 1});
        ++calls;
        const bool is_vector = results_of(o)[0] == value_type::v128;
        const bool right =
            outcome && (is_vector ? reference::is_right<TestType>(o, got.template as<v128>(), in)
                                  : got.bits() == reference::number_of_vector(o, in));
        if (!right && wrong++ == 0)
          UNSCOPED_INFO("function " << k << ": " << shown(in.a) << " " << shown(in.b) << " "
                                    << in.number << " gave "
                                    << shown(v128::of_halves(got.bits(), got.high_bits())));
      }
    }
    CHECK(wrong == 0);
    CHECK(calls > 40);
  }
}

TEMPLATE_LIST_TEST_CASE("vectors: loads and stores move the bytes that their names say, and trap",
                        "[diff]", testing::vector_configurations) {
  using rt = dovetail::runtime<TestType>;
  std::vector<std::uint8_t> memory(64);
  random_numbers random(7);
  for (std::uint8_t& b : memory) b = static_cast<std::uint8_t>(random.next() >> 32);
  typename rt::engine engine;
  for (const op o : vector_operators(true)) {
    INFO(name(o));
    const unsigned width = dovetail::row_of(o).width;
    const bool has_lane = dovetail::row_of(o).immediate == immediate_kind::memarg_lane;
    const bool is_store = results_of(o).empty();
    const unsigned lanes = has_lane ? 16 / width : 1;
    module_writer m;
    m.memory(1, 1);
    m.data(0, {reinterpret_cast<const char*>(memory.data()), memory.size()});
    const std::uint32_t type = m.type(operands_of(o), results_of(o));
    for (unsigned l = 0; l < lanes; ++l) {
      code c;
      for (std::uint32_t i = 0; i < operands_of(o).size(); ++i) c.put(op::local_get, {i});
      c.put(o, {0, 5});
      if (has_lane) c.byte(l);
      m.export_as(std::to_string(l), 0, m.function(type, c));
    }
    m.export_as("memory", 2, 0);
    typename rt::store store{engine};
    const auto bytes = m.bytes();
    const auto compiled = engine.compile(as_bytes(bytes));
    REQUIRE(compiled);
    auto instance = store.instantiate(*compiled);
    REQUIRE(instance);
    const std::string text(name(o));
    const v128 into = v128::of_halves(random.next(), random.next());
    for (unsigned l = 0; l < lanes; ++l) {
      const auto f = instance->export_at(l)->as_function();
      const std::vector<value> arguments = {value(std::int32_t{11}), value(into)};
      value got;
      REQUIRE(
          f.call(std::span(arguments).first(operands_of(o).size()), {&got, is_store ? 0u : 1u}));
      const std::uint8_t* const at = memory.data() + 16;
      v128 want = has_lane ? into : v128{};
      if (is_store) {
        std::uint8_t there[16];
        const auto view = instance->export_at(lanes)->as_memory();
        for (unsigned i = 0; i < width; ++i) there[i] = *view.template read<std::uint8_t>(16 + i);
        for (unsigned i = 0; i < width; ++i) CHECK(there[i] == into.bytes[l * width + i]);
      } else {
        const bool extends = text.find("load8x8") != text.npos ||
                             text.find("load16x4") != text.npos ||
                             text.find("load32x2") != text.npos;
        for (unsigned i = 0; i < 16 && !extends; ++i) {
          if (has_lane && i / width == l) want.bytes[i] = at[i % width];
          if (!has_lane && (i < width || text.ends_with("splat"))) want.bytes[i] = at[i % width];
        }
        const unsigned from = text[9] == '8' ? 8 : text[9] == '1' ? 16 : 32;
        for (unsigned i = 0; extends && i < 64 / from; ++i) {
          v128 raw;
          for (unsigned b = 0; b < 8; ++b) raw.bytes[b] = at[b];
          reference::set_lane(want, 2 * from, i,
                              static_cast<std::uint64_t>(reference::extended(
                                  reference::lane(raw, from, i), from, text.ends_with("_s"))));
        }
        CHECK(got.template as<v128>() == want);
      }
      // The last place there is, and those that there are not or in part. What traps writes
      // nothing.
      const auto last = static_cast<std::int32_t>(65'536 - 5 - width);
      const auto view = instance->export_at(lanes)->as_memory();
      const auto end_of_memory = [&] {
        return std::pair(*view.template read<std::uint64_t>(65'536 - 16),
                         *view.template read<std::uint64_t>(65'536 - 8));
      };
      std::vector<std::int32_t> places = {last, -1};
      for (unsigned i = 1; i <= width; ++i) places.push_back(last + static_cast<std::int32_t>(i));
      for (const std::int32_t address : places) {
        const std::vector<value> far = {
            value(address),
            value(address == last ? into : v128::of_halves(~into.low(), ~into.high()))};
        const auto before = end_of_memory();
        const auto outcome =
            f.call(std::span(far).first(operands_of(o).size()), {&got, is_store ? 0u : 1u});
        CHECK(static_cast<bool>(outcome) == (address == last));
        if (!outcome) {
          CHECK(outcome.error().code == dovetail::trap_code::memory_out_of_bounds);
          CHECK(end_of_memory() == before);
        }
      }
    }
  }
}
