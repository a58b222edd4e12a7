// Every vector operator, wherever its operands come from and wherever its result goes: a compiler
// selects other instructions for each.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backends.hpp"
#include "edge_values.hpp"
#include "operands.hpp"
#include "reference_relaxed.hpp"
#include "support/catch.hpp"
#include "table/row_modules.hpp"
#include "vector_values.hpp"

namespace {

using namespace testing;
using dovetail::immediate_kind;
using dovetail::op;
using dovetail::slot;
using dovetail::v128;
using dovetail::value;
using dovetail::value_type;
using reference::vector_operands;

enum class destination : std::uint8_t { value, over_first, over_last, crowded };
constexpr destination destinations[] = {destination::value, destination::over_first,
                                        destination::over_last, destination::crowded};

/// A function around the operator.
struct shape {
  origin first = origin::local;
  origin last = origin::local;
  destination to = destination::value;

  [[nodiscard]] std::string text() const {
    constexpr std::string_view names[] = {"value", "over first", "over last", "crowded"};
    return std::string(name(first)) + " " + std::string(name(last)) + ", " +
           std::string(names[static_cast<std::size_t>(to)]);
  }
};

std::vector<shape> shapes() {
  constexpr origin origins[] = {origin::local,  origin::same,   origin::constant, origin::computed,
                                origin::loaded, origin::called, origin::global};
  std::vector<shape> all;
  for (const origin first : origins) {
    for (const origin last : origins) {
      for (const destination to : destinations) {
        // All four for what is of one kind, and one of them for the others.
        const std::size_t k = static_cast<std::size_t>(first) + static_cast<std::size_t>(last);
        if (first != last && first != origin::local && static_cast<std::size_t>(to) != k % 4)
          continue;
        all.push_back({first, last, to});
      }
    }
  }
  return all;
}

/// Locals and operands that no compiler knows.
constexpr std::uint32_t crowd = 12, deep = 8;

bool is_tested(op o) {
  return dovetail::row_of(o).prefix == 0xfd && o != op::v128_const && !is_access(o);
}

/// The module of one operator with an immediate: export k is shape k. Constants are `in`'s.
class shaped_module {
 public:
  shaped_module(op o, const vector_operands& in)
      : operator_(o), in_(in), types_(operands_of(o)), result_(results_of(o)[0]) {
    module_.memory(1, 1);
    std::string words;
    for (std::uint32_t k = 0; k < crowd; ++k) {
      for (const std::uint8_t b : crowd_vector(k).bytes) words += static_cast<char>(b);
    }
    module_.data(0, words);
    type_ = module_.type(types_, {result_});
    for (std::size_t i = 0; i < types_.size(); ++i) {
      code c;
      c.put(op::local_get, {0});
      identity_.push_back(module_.function(module_.type({types_[i]}, {types_[i]}), c));
      globals_.push_back(module_.global(types_[i], true, code().constant(types_[i], 0)));
    }
    std::uint32_t k = 0;
    for (const shape& s : shapes()) add(s, k++);
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const { return module_.bytes(); }

  /// What an operand is in a function called with these: constants and doubles are others.
  [[nodiscard]] vector_operands operands_in(const shape& s, vector_operands called) const {
    vector_operands real = called;
    const std::size_t count = types_.size();
    v128* const vectors[] = {&real.a, &real.b, &real.c};
    const v128* const constants[] = {&in_.a, &in_.b, &in_.c};
    for (std::size_t i = 0; i < count; ++i) {
      const origin from = origin_of(s, i);
      const bool is_vector = types_[i] == value_type::v128;
      if (from == origin::same && is_vector && i != 0) *vectors[i] = called.a;
      if (from != origin::constant) continue;
      if (is_vector) *vectors[i] = *constants[i];
      if (!is_vector) real.number = in_.number;
    }
    // The double of a first operand that is a constant is the parameter all the same.
    if (dovetail::row_of(operator_).immediate == immediate_kind::shuffle) real.c = in_.c;
    real.lane = in_.lane;
    return real;
  }

 private:
  [[nodiscard]] origin origin_of(const shape& s, std::size_t i) const {
    return i == 0 ? s.first : s.last;
  }
  static std::uint32_t place_of(std::size_t i) { return static_cast<std::uint32_t>(1024 + 16 * i); }
  static op load_of_any(value_type t) { return t == value_type::v128 ? op::v128_load : load_of(t); }
  static op store_of_any(value_type t) {
    return t == value_type::v128 ? op::v128_store : store_of(t);
  }

  void prepare(code& c, std::uint32_t i, origin from) const {
    if (from == origin::loaded) {
      c.i32(static_cast<std::int32_t>(place_of(i))).put(op::local_get, {i});
      c.put(store_of_any(types_[i]), {0, 0});
    } else if (from == origin::global) {
      c.put(op::local_get, {i}).put(op::global_set, {globals_[i]});
    }
  }
  void push(code& c, std::uint32_t i, origin from) const {
    const value_type t = types_[i];
    switch (from) {
      case origin::constant:
        if (t == value_type::v128) {
          const v128& v = i == 0 ? in_.a : i == 1 ? in_.b : in_.c;
          c.v128(v.low(), v.high());
        } else {
          c.constant(t, in_.number);
        }
        return;
      case origin::same: c.put(op::local_get, {t == value_type::v128 ? 0 : i}); return;
      case origin::computed:
        c.put(op::local_get, {i});
        if (t == value_type::v128) c.put(op::v128_not).put(op::v128_not);
        if (t == value_type::i32) c.i32(0).put(op::i32_xor);
        if (t == value_type::i64) c.i64(0).put(op::i64_xor);
        if (t == value_type::f32) c.put(op::f32_neg).put(op::f32_neg);
        if (t == value_type::f64) c.put(op::f64_neg).put(op::f64_neg);
        return;
      case origin::loaded:
        c.i32(static_cast<std::int32_t>(place_of(i) - 3)).put(load_of_any(t), {0, 3});
        return;
      case origin::called: c.put(op::local_get, {i}).put(op::call, {identity_[i]}); return;
      case origin::global: c.put(op::global_get, {globals_[i]}); return;
      default: c.put(op::local_get, {i}); return;
    }
  }
  void apply(code& c, const shape& s) const {
    for (std::uint32_t i = 0; i < types_.size(); ++i) push(c, i, origin_of(s, i));
    c.put(operator_);
    const immediate_kind kind = dovetail::row_of(operator_).immediate;
    if (kind == immediate_kind::lane) c.byte(in_.lane);
    if (kind == immediate_kind::shuffle) c.fixed(in_.c.low()).fixed(in_.c.high());
  }

  void add(const shape& s, std::uint32_t k) {
    const auto count = static_cast<std::uint32_t>(types_.size());
    const std::uint32_t result = count, first_of_crowd = count + 1;
    code c;
    for (std::uint32_t i = 0; i < count; ++i) prepare(c, i, origin_of(s, i));
    if (s.to == destination::crowded) {
      v128 all;
      for (std::uint32_t n = 0; n < crowd; ++n) {
        c.i32(static_cast<std::int32_t>(16 * n)).put(op::v128_load, {0, 0});
        c.put(op::local_set, {first_of_crowd + n});
        all = exclusive_or(all, crowd_vector(n));
      }
      for (std::uint32_t n = 0; n < deep; ++n) {
        c.put(op::local_get, {first_of_crowd + n}).put(op::local_get, {first_of_crowd + n + 1});
        c.put(op::v128_xor);
        all = exclusive_or(all, exclusive_or(crowd_vector(n), crowd_vector(n + 1)));
      }
      apply(c, s);
      c.put(op::local_set, {result});
      for (std::uint32_t n = 0; n + 1 < deep; ++n) c.put(op::v128_xor);
      for (std::uint32_t n = 0; n < crowd; ++n)
        c.put(op::local_get, {first_of_crowd + n}).put(op::v128_xor);
      c.v128(all.low(), all.high()).put(op::i8x16_eq).put(op::i8x16_all_true).put(op::i32_eqz);
      c.open(op::if_).put(op::unreachable).end().put(op::local_get, {result});
    } else {
      apply(c, s);
      const std::uint32_t local = s.to == destination::over_first ? 0 : count - 1;
      if (s.to != destination::value && types_[local] == result_)
        c.put(op::local_set, {local}).put(op::local_get, {local});
    }
    module_.export_as(std::to_string(k), 0,
                      module_.function(type_, c, {{1, result_}, {crowd, value_type::v128}}));
  }

  op operator_;
  vector_operands in_;
  type_list types_;
  value_type result_;
  module_writer module_;
  std::uint32_t type_ = 0;
  std::vector<std::uint32_t> identity_, globals_;
};

/// Operands with everything in them, some of them the same.
std::vector<vector_operands> samples(op o, std::size_t count, std::uint64_t seed) {
  const type_list types = operands_of(o);
  const value_type number = types.back() == value_type::v128 ? value_type::i32 : types.back();
  const slots& numbers = edge_values(number);
  const slots& singles = edge_values(value_type::f32);
  const slots& doubles = edge_values(value_type::f64);
  random_numbers random(seed);
  const auto pick = [&](const slots& from) { return from[(random.next() >> 16) % from.size()]; };
  const auto vector = [&]() -> v128 {
    switch ((random.next() >> 16) % 4) {
      case 0: return v128::of_halves(random.next(), random.next());
      case 1: return v128::of_halves(pick(doubles), pick(doubles));
      case 2:
        return v128::of_halves(pick(singles) | pick(singles) << 32, pick(singles) | pick(singles)
                                                                                        << 32);
      default: return v128::of_halves(0x80'7fff'ff01u * (random.next() >> 60), ~slot{0});
    }
  };
  std::vector<vector_operands> all;
  for (std::size_t k = 0; k < count; ++k) {
    vector_operands in;
    in.a = vector(), in.b = k % 5 == 4 ? in.a : vector(), in.c = vector();
    in.number = pick(numbers);
    const unsigned width = dovetail::row_of(o).width;
    in.lane = static_cast<unsigned>(k % (width == 0 ? 1 : 16 / width));
    all.push_back(in);
  }
  return all;
}

/// Shuffles that a compiler may have an instruction for, and others.
std::vector<v128> patterns() {
  std::vector<v128> all;
  const auto add = [&](auto byte_at) {
    v128 v;
    for (unsigned i = 0; i < 16; ++i) v.bytes[i] = static_cast<std::uint8_t>(byte_at(i) & 31);
    all.push_back(v);
  };
  random_numbers random(9);
  for (unsigned n = 0; n < 32; n += 3) add([&](unsigned i) { return n + i; });
  for (unsigned n = 0; n < 16; n += 5) add([&](unsigned i) { return (n + i) % 16 + 16; });
  for (const unsigned width : {1u, 2u, 4u, 8u}) {
    for (const unsigned second : {0u, 16u}) {
      for (const unsigned first : {0u, 8u}) {
        add([&](unsigned i) {
          const unsigned lane = i / width;
          return (first + lane / 2 * width + i % width + lane % 2 * 16) ^ second;
        });
      }
    }
    // Lanes that stay together, from either or from both.
    for (const unsigned from : {16 / width, 32 / width}) {
      for (unsigned k = 0; k < 12; ++k) {
        unsigned lanes[16];
        for (unsigned& lane : lanes) lane = static_cast<unsigned>((random.next() >> 16) % from);
        add([&](unsigned i) { return lanes[i / width] * width + i % width; });
      }
    }
    // Blends, one lane among others, and zeros between.
    for (unsigned k = 0; k < 4; ++k) {
      const std::uint64_t bits = random.next() >> 16;
      add([&](unsigned i) { return i + 16 * static_cast<unsigned>(bits >> i / width & 1); });
      add([&](unsigned i) {
        return i / width == k % (16 / width)
                   ? 16 + (bits >> 20 & (16 / width - 1)) * width + i % width
                   : i;
      });
      const unsigned to = width << (1 + k % 3);
      if (to <= 8)
        add([&](unsigned i) { return i % to < width ? i / to * width + i % to : 16 + i % 7; });
    }
  }
  // Words of one half.
  add([&](unsigned i) { return i < 8 ? (i ^ 2) : i; });
  add([&](unsigned i) { return i < 8 ? i : 8 + ((i - 8) ^ 6); });
  for (unsigned k = 0; k < 8; ++k) add([&](unsigned) { return random.next() >> 16; });
  return all;
}

template <class Config>
class examination {
  using rt = dovetail::runtime<Config>;

 public:
  // Returns the problems.
  std::string run(op o, const vector_operands& constants, std::size_t tries) {
    const shaped_module module(o, constants);
    const auto bytes = module.bytes();
    const auto compiled = engine_.compile(as_bytes(bytes));
    if (!compiled) return "compile: " + std::string(compiled.error().message());
    typename rt::store store{engine_};
    auto instance = store.instantiate(*compiled);
    if (!instance) return "instantiate";
    const type_list types = operands_of(o);
    const bool is_vector = results_of(o)[0] == value_type::v128;
    const std::vector<shape> all = shapes();
    for (std::size_t k = 0; k < all.size(); ++k) {
      const auto f = instance->export_at(static_cast<std::uint32_t>(k))->as_function();
      for (const vector_operands& called : samples(o, tries, 100 + k)) {
        const vector_operands in = module.operands_in(all[k], called);
        std::vector<value> arguments;
        for (std::size_t i = 0; i < types.size(); ++i) {
          arguments.push_back(types[i] == value_type::v128
                                  ? value(i == 0   ? called.a
                                          : i == 1 ? called.b
                                                   : called.c)
                                  : value::from_bits(types[i], called.number));
        }
        value got;
        const auto outcome = f.call(arguments, {&got, 1});
        ++calls;
        if (!outcome) return all[k].text() + ": trap";
        const bool right = is_vector ? reference::is_right<Config>(o, got.template as<v128>(), in)
                                     : got.bits() == reference::number_of_vector(o, in);
        if (!right) return all[k].text() + ": wrong";
      }
    }
    return {};
  }
  std::size_t calls = 0;

 private:
  typename rt::engine engine_;
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("vector shapes: every operator is its meaning, in every shape", "[diff]",
                        testing::policy_configurations) {
  examination<TestType> e;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    if (!is_tested(o) || o == op::i8x16_shuffle) continue;
    INFO(name(o));
    std::size_t k = 0;
    for (const vector_operands& constants : samples(o, is_slow() ? 1 : 3, i)) {
      const std::string problem = e.run(o, constants, 2);
      UNSCOPED_INFO(problem << ", constants " << k++);
      CHECK(problem.empty());
    }
  }
  std::printf("vector shapes: %zu calls\n", e.calls);
}

TEMPLATE_LIST_TEST_CASE("vector shapes: shuffles of every kind", "[diff]",
                        testing::vector_configurations) {
  examination<TestType> e;
  vector_operands constants;
  constants.a = v128::of_halves(0x0706'0504'0302'0100, 0x0f0e'0d0c'0b0a'0908);
  const std::vector<v128> all = patterns();
  for (std::size_t i = 0; i < all.size(); i += is_slow() ? 3 : 1) {
    const v128& pattern = all[i];
    constants.c = pattern;
    // Zeros are a case of their own.
    constants.b = v128{};
    std::string problem = e.run(op::i8x16_shuffle, constants, 1);
    INFO(std::hex << pattern.low() << " " << pattern.high() << " " << problem);
    CHECK(problem.empty());
  }
}
