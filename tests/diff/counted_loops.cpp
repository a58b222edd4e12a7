// Accesses in loops that count with constants, where a backend may know how large an address gets:
// the same sums and the same traps as the meaning of the operators, also where another set, another
// way back to the head or a loop inside makes what seemed known wrong.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "backends.hpp"
#include "support/catch.hpp"
#include "support/writer.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::value_type;

// What else the loop does to what it counts with.
enum class spoiler { nothing, set_by_mask, set_again, early_back, in_loop_inside, later, end };
// How the address is made of the counter, or of another local that the loop adds to.
enum class index { itself, sum, product, bits, other, other_sum, shifted_sum, end };
// Where it counts: last, or first, or last in every other turn; and what the test is like.
enum class tail { tee, set, zero, apart, skipped, end };
// What it stores before it loads: a local, what operators make, what sets the local that the
// address was made of, what a block gives.
enum class stored { nothing, local, made, moved, given, end };

struct form {
  std::uint32_t first = 0, step = 0, limit = 0;
  tail ends{};
  index address{};
  spoiler spoils{};
  stored stores{};
};

constexpr std::uint32_t most_turns = 40, other_step = 1700;
enum : std::uint32_t { counter, other, turns, sum, moved, inner, bypass, local_count };

std::uint32_t constant_of(index i) {
  return i == index::sum || i == index::other_sum ? 65'200 : i == index::bits ? 65'000 : 7;
}

void add_to(code& c, std::uint32_t local, std::uint32_t step) {
  c.put(op::local_get, {local}).i32(static_cast<std::int32_t>(step)).put(op::i32_add);
}

void put_address(code& c, index i) {
  const auto k = static_cast<std::int32_t>(constant_of(i));
  switch (i) {
    case index::itself: c.put(op::local_get, {counter}); break;
    case index::sum: c.put(op::local_get, {counter}).i32(k).put(op::i32_add); break;
    case index::product: c.put(op::local_get, {counter}).i32(k).put(op::i32_mul); break;
    case index::bits: c.put(op::local_get, {counter}).i32(k).put(op::i32_or); break;
    case index::other: c.put(op::local_get, {other}); break;
    case index::other_sum: c.put(op::local_get, {other}).i32(k).put(op::i32_add); break;
    default:
      c.put(op::local_get, {counter}).i32(2).put(op::i32_shl);
      c.put(op::local_get, {other}).put(op::i32_add);
  }
}

void put_spoiler(code& c, spoiler s) {
  switch (s) {
    case spoiler::set_by_mask:
      c.put(op::local_get, {counter}).i32(0x1fff'ffff).put(op::i32_and);
      c.put(op::local_set, {counter});
      break;
    case spoiler::set_again: add_to(c, counter, 3), c.put(op::local_set, {counter}); break;
    case spoiler::early_back:  // every second turn, without counting, but adding to the other
      add_to(c, other, other_step), c.put(op::local_set, {other});
      c.put(op::local_get, {bypass}).i32(1).put(op::i32_xor).put(op::local_tee, {bypass});
      c.put(op::br_if, {0});
      break;
    case spoiler::in_loop_inside:
      c.i32(5).put(op::local_set, {inner});
      c.open(op::loop);
      add_to(c, other, other_step), c.put(op::local_set, {other});
      add_to(c, inner, ~0u), c.put(op::local_tee, {inner}).put(op::br_if, {0});
      c.end();
      break;
    case spoiler::later:  // behind the access
    default: break;
  }
}

void put_store(code& c, const form& f) {
  if (f.stores == stored::nothing) return;
  if (f.stores == stored::moved) {
    c.put(op::local_get, {counter}).i32(0xffff).put(op::i32_and).put(op::local_set, {moved});
    add_to(c, moved, constant_of(index::sum));
  } else {
    put_address(c, f.address);
  }
  switch (f.stores) {
    case stored::made:
      c.put(op::local_get, {turns}).i32(3).put(op::i32_mul).put(op::local_tee, {inner});
      c.put(op::local_get, {sum}).put(op::i32_xor).put(op::local_get, {inner});
      c.put(op::local_get, {turns}).put(op::select);
      break;
    case stored::moved: add_to(c, moved, 1), c.put(op::local_tee, {moved}); break;
    case stored::given:
      c.open(op::block, 0x7f).put(op::local_get, {turns}).put(op::local_get, {sum});
      c.put(op::br_if, {0}).i32(9).put(op::i32_add).end();
      break;
    default: c.put(op::local_get, {turns});
  }
  c.put(op::i32_store, {0, 100});
}

code body_of(const form& f) {
  code c;
  c.i32(static_cast<std::int32_t>(f.first)).put(op::local_set, {counter});
  c.i32(512).put(op::local_set, {other});
  c.open(op::block);
  c.open(op::loop);
  add_to(c, turns, 1), c.put(op::local_tee, {turns});
  c.i32(most_turns).put(op::i32_gt_u).put(op::br_if, {1});
  if (f.ends == tail::apart) add_to(c, counter, f.step), c.put(op::local_set, {counter});
  put_spoiler(c, f.spoils);
  put_store(c, f);
  put_address(c, f.address);
  c.put(op::i32_load, {0, 100}).put(op::local_get, {sum}).put(op::i32_add);
  c.put(op::local_set, {sum});
  if (f.spoils != spoiler::early_back && f.spoils != spoiler::in_loop_inside)
    add_to(c, other, other_step), c.put(op::local_set, {other});
  if (f.spoils == spoiler::later) {
    c.put(op::local_get, {turns}).i32(1).put(op::i32_and).open(op::if_);
    add_to(c, other, 1 << 14), c.put(op::local_set, {other});
    c.end();
  }
  if (f.ends == tail::skipped) {
    c.put(op::local_get, {turns}).i32(1).put(op::i32_and).open(op::if_);
    add_to(c, counter, f.step), c.put(op::local_set, {counter});
    c.end();
  }
  if (f.ends <= tail::zero) add_to(c, counter, f.step);
  switch (f.ends) {
    case tail::tee:
      c.put(op::local_tee, {counter}).i32(static_cast<std::int32_t>(f.limit)).put(op::i32_ne);
      break;
    case tail::set: c.put(op::local_set, {counter}); [[fallthrough]];
    case tail::apart:
    case tail::skipped:
      c.put(op::local_get, {counter});
      c.i32(static_cast<std::int32_t>(f.limit)).put(op::i32_ne);
      break;
    default: c.put(op::local_tee, {counter});
  }
  c.put(op::br_if, {0}).end().end();
  return c.put(op::local_get, {sum});
}

// What the function answers, if it does not trap. `memory` is a page.
std::optional<std::uint32_t> meaning(const form& f, std::vector<std::uint8_t>& memory) {
  std::uint32_t at = f.first, beside = 512, turn = 0, total = 0, passes = 0;
  const auto word = [&](std::uint32_t a) -> std::uint8_t* {
    const std::uint64_t first = std::uint64_t{a} + 100;
    return first + 4 <= memory.size() ? memory.data() + first : nullptr;
  };
  for (;;) {
    if (++turn > most_turns) return total;
    if (f.ends == tail::apart) at += f.step;
    if (f.spoils == spoiler::set_by_mask) at &= 0x1fff'ffff;
    if (f.spoils == spoiler::set_again) at += 3;
    if (f.spoils == spoiler::in_loop_inside) beside += 5 * other_step;
    if (f.spoils == spoiler::early_back) {
      beside += other_step;
      if ((passes ^= 1) != 0) continue;
    }
    const std::uint32_t k = constant_of(f.address);
    const std::uint32_t a = f.address == index::itself      ? at
                            : f.address == index::sum       ? at + k
                            : f.address == index::product   ? at * k
                            : f.address == index::bits      ? at | k
                            : f.address == index::other     ? beside
                            : f.address == index::other_sum ? beside + k
                                                            : (at << 2) + beside;
    if (f.stores != stored::nothing) {
      const bool is_moved = f.stores == stored::moved;
      const std::uint32_t low = at & 0xffff;
      const std::uint32_t value = is_moved                                  ? low + 1
                                  : f.stores == stored::made                ? (turn * 3) ^ total
                                  : f.stores == stored::given && total == 0 ? turn + 9
                                                                            : turn;
      std::uint8_t* const to = word(is_moved ? low + constant_of(index::sum) : a);
      if (to == nullptr) return std::nullopt;
      for (unsigned i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(value >> 8 * i);
    }
    std::uint8_t* const bytes = word(a);
    if (bytes == nullptr) return std::nullopt;
    for (unsigned i = 0; i < 4; ++i) total += std::uint32_t{bytes[i]} << 8 * i;
    if (f.spoils != spoiler::early_back && f.spoils != spoiler::in_loop_inside)
      beside += other_step;
    if (f.spoils == spoiler::later && (turn & 1) != 0) beside += 1 << 14;
    if (f.ends <= tail::zero || (f.ends == tail::skipped && (turn & 1) != 0)) at += f.step;
    if (at == (f.ends == tail::zero ? 0 : f.limit)) return total;
  }
}

std::vector<form> forms(spoiler s) {
  struct counting {
    std::uint32_t first, step, limit;
  };
  // Up to the end of the page and beyond it; down, around, past the limit, and through zero.
  constexpr counting countings[] = {{0, 4, 80},
                                    {0, 1, 20},
                                    {0, 1, 30},
                                    {8, 8, 64},
                                    {65'300, 16, 65'444},
                                    {65'300, 16, 65'428},
                                    {~0u - 79, 16, 0},
                                    {~0u - 79, 16, 16},
                                    {40, ~0u, 0},
                                    {0, 3, 10},
                                    {5, 5, 0},
                                    {0, 65'000, 130'000},
                                    {1u << 31, 1, (1u << 31) + 5},
                                    {~0u - 335, 16, ~0u - 63},
                                    {0, 0, 5}};
  std::vector<form> all;
  for (const counting& c : countings) {
    for (int t = 0; t < static_cast<int>(tail::end); ++t) {
      for (int i = 0; i < static_cast<int>(index::end); ++i) {
        for (int k = 0; k < static_cast<int>(stored::end); ++k)
          all.push_back({c.first, c.step, c.limit, static_cast<tail>(t), static_cast<index>(i), s,
                         static_cast<stored>(k)});
      }
    }
  }
  return all;
}

constexpr std::size_t page = 65'536;
std::uint8_t byte_at(std::size_t i) { return static_cast<std::uint8_t>(i * 31 + (i >> 8)); }

template <class Config>
void examine(spoiler s) {
  using rt = dovetail::runtime<Config>;
  const std::vector<form> all = forms(s);
  module_writer m;
  m.memory(1, 1);
  const std::uint32_t type = m.type({}, {value_type::i32});
  for (std::size_t i = 0; i < all.size(); ++i) {
    m.export_as(std::to_string(i), 0,
                m.function(type, body_of(all[i]), {{local_count, value_type::i32}}));
  }
  m.export_as("memory", 2, 0);
  typename rt::engine engine;
  const auto bytes = m.bytes();
  const auto module = engine.compile(as_bytes(bytes));
  REQUIRE(module.has_value());
  typename rt::store store{engine};
  auto instance = store.instantiate(*module);
  REQUIRE(instance.has_value());
  const auto memory = instance->template get<dovetail::memory_view>("memory").value();
  std::vector<std::uint8_t> fresh(page);
  for (std::size_t k = 0; k < page; ++k) fresh[k] = byte_at(k);
  std::size_t wrong = 0, trapped = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::memcpy(memory.bytes().data(), fresh.data(), page);
    std::vector<std::uint8_t> bytes_meant = fresh;
    const auto meant = meaning(all[i], bytes_meant);
    const auto got = (*instance->template get<std::uint32_t()>(std::to_string(i)))();
    trapped += meant.has_value() ? 0 : 1;
    const bool is_right = got.has_value() == meant.has_value() && (!meant || *got == *meant) &&
                          std::memcmp(memory.bytes().data(), bytes_meant.data(), page) == 0;
    if (!is_right && ++wrong <= 10) UNSCOPED_INFO("form " << i << " of " << static_cast<int>(s));
  }
  CHECK(wrong == 0);
  CHECK(trapped != 0);
  CHECK(trapped != all.size());
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("diff: loops that count with constants", "[diff]",
                        testing::configurations) {
  for (int s = 0; s < static_cast<int>(spoiler::end); ++s)
    examine<TestType>(static_cast<spoiler>(s));
}
