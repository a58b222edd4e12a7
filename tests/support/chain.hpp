// A module of many functions that call each other, to be compiled in parts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/writer.hpp"

namespace testing {

/// Function `i` of `count` is exported as "f<i>": `f(0)` is i, and `f(x)` is i plus another
/// function's answer for x - 1. Functions traps on x < 0. The body of `broken` leaves no result, if
/// there is one.
inline std::vector<std::uint8_t> chain_module(std::uint32_t count, std::uint32_t broken = ~0u,
                                              std::uint32_t malformed = ~0u) {
  using dovetail::op;
  using dovetail::value_type;
  module_writer m;
  const std::uint32_t i_i = m.type({value_type::i32}, {value_type::i32});
  for (std::uint32_t i = 0; i < count; ++i) {
    code body;
    body.put(op::local_get, {0}).i32(0).put(op::i32_lt_s).open(op::if_).put(op::unreachable).end();
    body.put(op::local_get, {0}).put(op::i32_eqz).open(op::if_).i32(static_cast<std::int32_t>(i));
    body.put(op::return_).end().put(op::local_get, {0}).i32(1).put(op::i32_sub);
    body.put(op::call, {(i * 7 + 3) % count}).i32(static_cast<std::int32_t>(i)).put(op::i32_add);
    if (i == broken) body.put(op::drop);
    if (i == malformed) body.byte(0x06);
    m.export_as("f" + std::to_string(i), 0, m.function(i_i, body));
  }
  return m.bytes();
}
/// What function `i` of `count` answers.
inline std::int32_t chain_answer(std::uint32_t count, std::uint32_t i, std::int32_t x) {
  std::int32_t sum = static_cast<std::int32_t>(i);
  for (; x > 0; --x) {
    i = (i * 7 + 3) % count;
    sum += static_cast<std::int32_t>(i);
  }
  return sum;
}

}  // namespace testing
