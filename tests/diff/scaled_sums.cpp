// Sums of something shifted left by a constant, which a backend may make addresses of: whatever
// stands beside it and wherever the sum goes, it is the same as the meaning of both operators.
#include <cstdint>
#include <string>
#include <vector>

#include "backends.hpp"
#include "support/catch.hpp"
#include "support/writer.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::value_type;

// The operators of a width.
template <class T>
struct of {
  static constexpr bool is_wide = sizeof(T) == 8;
  static constexpr value_type type = is_wide ? value_type::i64 : value_type::i32;
  static constexpr op add = is_wide ? op::i64_add : op::i32_add;
  static constexpr op shl = is_wide ? op::i64_shl : op::i32_shl;
  static constexpr op mul = is_wide ? op::i64_mul : op::i32_mul;
  static constexpr op xor_ = is_wide ? op::i64_xor : op::i32_xor;
  static constexpr op load = is_wide ? op::i64_load : op::i32_load;
  static constexpr op store = is_wide ? op::i64_store : op::i32_store;
};

// Where the other operand is, and on which side.
enum class beside { local, constant, loaded, temporary, itself, end };
// Where the sum goes: nowhere in particular, or to a parameter or a local.
enum class to { stack, other, index, third, end };

constexpr std::uint32_t constant = 1000;

struct form {
  beside other{};
  to target{};
  bool is_left = false;       // the shifted operand stands left
  bool is_own = false;        // it is computed, not a local
  bool is_a_product = false;  // by a power of two
  std::uint32_t count = 0;
};

template <class T>
code body_of(const form& f) {
  using o = of<T>;
  code c;
  const auto changed_and_back = [&] {
    c.constant(o::type, 5).put(o::xor_, {}).constant(o::type, 5).put(o::xor_, {});
  };
  const auto shifted = [&] {
    c.put(op::local_get, {1});
    if (f.is_own) changed_and_back();
    const std::uint32_t by = f.is_a_product ? 1u << f.count : f.count;
    c.constant(o::type, by).put(f.is_a_product ? o::mul : o::shl, {});
  };
  const auto other = [&] {
    switch (f.other) {
      case beside::local: c.put(op::local_get, {0}); break;
      case beside::constant: c.constant(o::type, constant); break;
      case beside::loaded: c.i32(8).put(o::load, {0, 0}); break;
      case beside::temporary: c.put(op::local_get, {0}), changed_and_back(); break;
      default: c.put(op::local_get, {1}); break;
    }
  };
  if (f.other == beside::loaded) c.i32(8).put(op::local_get, {0}).put(o::store, {0, 0});
  if (f.is_left) shifted(), other();
  if (!f.is_left) other(), shifted();
  c.put(o::add, {});
  const auto local = static_cast<std::uint32_t>(f.target) - 1;
  if (f.target != to::stack) c.put(op::local_set, {local}).put(op::local_get, {local});
  return c;
}

std::vector<form> forms() {
  std::vector<form> all;
  for (int other = 0; other < static_cast<int>(beside::end); ++other) {
    for (int target = 0; target < static_cast<int>(to::end); ++target) {
      for (unsigned bits = 0; bits < 8; ++bits) {
        for (const std::uint32_t count : {0u, 1u, 2u, 3u, 4u, 29u}) {
          all.push_back({static_cast<beside>(other), static_cast<to>(target), (bits & 1) != 0,
                         (bits & 2) != 0, (bits & 4) != 0, count});
        }
      }
    }
  }
  return all;
}

template <class T>
T meaning(const form& f, T other, T index) {
  const T beside_it = f.other == beside::constant ? T{constant}
                      : f.other == beside::itself ? index
                                                  : other;
  return beside_it + (index << f.count);
}

template <class Config, class T>
void examine() {
  using rt = dovetail::runtime<Config>;
  constexpr T values[] = {0, 1, 7, T{1} << 31, ~T{0}, static_cast<T>(0x1234'5678'9abc'def0)};
  const std::vector<form> all = forms();
  module_writer m;
  m.memory(1, 1);
  const std::uint32_t type = m.type({of<T>::type, of<T>::type}, {of<T>::type});
  for (std::size_t i = 0; i < all.size(); ++i)
    m.export_as(std::to_string(i), 0, m.function(type, body_of<T>(all[i]), {{1, of<T>::type}}));
  typename rt::engine engine;
  const auto bytes = m.bytes();
  const auto module = engine.compile(as_bytes(bytes));
  REQUIRE(module.has_value());
  typename rt::store store{engine};
  auto instance = store.instantiate(*module);
  REQUIRE(instance.has_value());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto sum = instance->template get<T(T, T)>(std::to_string(i)).value();
    for (const T other : values) {
      for (const T index : values) {
        const auto got = sum(other, index);
        if (got.has_value() && *got == meaning(all[i], other, index)) continue;
        if (++wrong <= 10) UNSCOPED_INFO("form " << i << ": " << other << ", " << index);
      }
    }
  }
  CHECK(wrong == 0);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("diff: sums of shifted numbers", "[diff]", testing::backends) {
  using chosen = testing::config<TestType, dovetail::checked_memory>;
  examine<chosen, std::uint32_t>();
  examine<chosen, std::uint64_t>();
}
