// Numbers and memory accesses of the reference backend: the meaning of the operators, said as
// plainly as possible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

#include <dovetail/base/native_value.hpp>
#include <dovetail/format/meaning.hpp>
#include <dovetail/runtime/vm.hpp>

#include "nans.hpp"

namespace testing::reference {

using dovetail::op;
using dovetail::slot;
using dovetail::trap_code;
using stack = std::vector<slot>;

inline slot pop(stack& s) {
  const slot top = s.back();
  s.pop_back();
  return top;
}
inline std::uint32_t pop_32(stack& s) { return static_cast<std::uint32_t>(pop(s)); }

/// Gives other NaNs than usual where the specification leaves open which: whether a program can
/// tell is found by running it both ways.
inline bool gives_other_nans = false;

template <op O>
slot chosen_nan(slot result) {
  constexpr dovetail::value_type type = dovetail::types_of<dovetail::row_of(O).shape>().result;
  if constexpr (is_float(type) && !keeps_nans(O)) {
    constexpr nan_layout layout = nan_of(type);
    if (gives_other_nans && layout.is_nan(result)) {
      return layout.is_canonical(result) ? result ^ layout.sign
                                         : result ^ layout.sign ^ layout.payload;
    }
  }
  return result;
}

template <class R, class... A>
std::tuple<A...> parameters_of(R (*)(A...));

/// Applies a numeric operator to the stack.
inline trap_code apply(op o, stack& s) {
  return dovetail::switch_on(o, [&](auto which) {
    constexpr op O = decltype(which)::value;
    if constexpr (dovetail::has_meaning<O>) {
      using meaning = dovetail::meaning<O>;
      using parameters = decltype(parameters_of(&meaning::of));
      using first = std::tuple_element_t<0, parameters>;
      if constexpr (std::tuple_size_v<parameters> == 1) {
        const first a = dovetail::from_slot<first>(pop(s));
        if constexpr (dovetail::can_trap<O>) {
          if (const trap_code t = meaning::trap_on(a); t != trap_code::none) return t;
        }
        s.push_back(chosen_nan<O>(dovetail::to_slot(meaning::of(a))));
      } else {
        const first b = dovetail::from_slot<first>(pop(s)), a = dovetail::from_slot<first>(pop(s));
        if constexpr (dovetail::can_trap<O>) {
          if (const trap_code t = meaning::trap_on(a, b); t != trap_code::none) return t;
        }
        s.push_back(chosen_nan<O>(dovetail::to_slot(meaning::of(a, b))));
      }
      return trap_code::none;
    } else {
      return trap_code::bad_call;  // no such operator: the reference is not finished
    }
  });
}

/// What a load makes of the bytes it read, zero-extended to 64 bits before.
inline slot extended(op o, std::uint64_t raw) {
  const auto narrow = [&](auto small, auto wide) {
    return static_cast<slot>(static_cast<std::make_unsigned_t<decltype(wide)>>(
        static_cast<decltype(wide)>(static_cast<decltype(small)>(raw))));
  };
  switch (o) {
    case op::i32_load8_s: return narrow(std::int8_t{}, std::int32_t{});
    case op::i32_load16_s: return narrow(std::int16_t{}, std::int32_t{});
    case op::i64_load8_s: return narrow(std::int8_t{}, std::int64_t{});
    case op::i64_load16_s: return narrow(std::int16_t{}, std::int64_t{});
    case op::i64_load32_s: return narrow(std::int32_t{}, std::int64_t{});
    default: return raw;
  }
}

/// A load or store: the row says how wide.
inline trap_code access(op o, std::uint64_t offset, dovetail::vm::memory_instance& m, stack& s) {
  const std::size_t width = dovetail::row_of(o).width;
  const bool is_store = dovetail::row_of(o).shape >= dovetail::shape::ii_n;
  const slot value = is_store ? pop(s) : 0;
  const std::uint64_t address = std::uint64_t{pop_32(s)} + offset;
  if (address + width > m.size) return trap_code::memory_out_of_bounds;
  std::uint64_t raw = 0;
  for (std::size_t i = 0; i < width; ++i) {
    std::byte& byte = m.base[address + i];
    if (is_store) {
      byte = static_cast<std::byte>(value >> (8 * i));
    } else {
      raw |= static_cast<std::uint64_t>(byte) << (8 * i);
    }
  }
  if (!is_store) s.push_back(extended(o, raw));
  return trap_code::none;
}

}  // namespace testing::reference
