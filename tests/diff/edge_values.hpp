// The values at which numeric operators change their minds, and some at random.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <dovetail/base/value_type.hpp>

#include "robustness/mutation.hpp"

namespace testing {

/// Numbers as they lie in slots: the bits, zero-extended.
using slots = std::vector<dovetail::slot>;

namespace detail {

inline void append_random(slots& to, std::uint64_t seed, bool is_half) {
  random_numbers random(seed);
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t bits = random.next();
    to.push_back(is_half ? bits >> 32 : bits);
  }
}

inline slots i32_values() {
  slots all = {0,           1,           2,           3,           4,           5,
               7,           8,           15,          16,          31,          32,
               33,          63,          100,         127,         128,         255,
               256,         1000,        0x7fff,      0x8000,      0xffff,      0x10000,
               0x100'0001,  0x3fff'ffff, 0x4000'0000, 0x7fff'fffe, 0x7fff'ffff, 0x8000'0000,
               0x8000'0001, 0xc000'0000, 0xffff'7fff, 0xffff'8000, 0xffff'ff7f, 0xffff'ff80,
               0xffff'fff8, 0xffff'fffe, 0xffff'ffff};
  append_random(all, 32, true);
  return all;
}

inline slots i64_values() {
  slots all = {0,
               1,
               2,
               3,
               5,
               8,
               10,
               31,
               32,
               33,
               63,
               64,
               65,
               127,
               128,
               255,
               0x7fff,
               0x8000,
               0xffff,
               0x7fff'ffff,
               0x8000'0000,
               0xffff'ffff,
               0x1'0000'0000,
               0x1'0000'0001,
               0x20'0000'0000'0001,
               0x3fff'ffff'ffff'ffff,
               0x4000'0000'0000'0000,
               0x7fff'ff40'0000'0001,
               0x7fff'ffff'ffff'ffff,
               0x8000'0000'0000'0000,
               0x8000'0000'0000'0001,
               0x8000'0000'0000'0401,
               0x8000'0080'0000'0001,
               0xffff'fe80'0000'0001,
               0xffff'ffff'0000'0000,
               0xffff'ffff'7fff'ffff,
               0xffff'ffff'8000'0000,
               0xffff'ffff'ffff'7fff,
               0xffff'ffff'ffff'8000,
               0xffff'ffff'ffff'ff80,
               0xffff'ffff'ffff'fffe,
               0xffff'ffff'ffff'ffff};
  append_random(all, 64, false);
  return all;
}

// Zeros, denormals, NaNs that are quiet, signalling and with payloads, halves for rounding, and
// around every limit of truncation.
inline slots f32_values() {
  slots all = {0x0000'0000, 0x8000'0000, 0x3f80'0000, 0xbf80'0000, 0x3f00'0000, 0xbf00'0000,
               0x3fc0'0000, 0xbfc0'0000, 0x4020'0000, 0xc020'0000, 0x3eff'ffff, 0xbf7f'ffff,
               0x0000'0001, 0x8000'0001, 0x007f'ffff, 0x0080'0000, 0x7f7f'ffff, 0xff7f'ffff,
               0x7f80'0000, 0xff80'0000, 0x7fc0'0000, 0xffc0'0000, 0x7fc1'2345, 0xffff'ffff,
               0x7f80'0001, 0xffa0'0000, 0x4049'0fdb, 0xc2f6'e979, 0x4aff'ffff, 0x4b00'0001,
               0x4eff'ffff, 0x4f00'0000, 0xcf00'0000, 0xcf00'0001, 0x4f7f'ffff, 0x4f80'0000,
               0x5eff'ffff, 0x5f00'0000, 0xdf00'0000, 0xdf00'0001, 0x5f7f'ffff, 0x5f80'0000};
  append_random(all, 320, true);
  return all;
}

inline slots f64_values() {
  slots all = {
      0x0000'0000'0000'0000, 0x8000'0000'0000'0000, 0x3ff0'0000'0000'0000, 0xbff0'0000'0000'0000,
      0x3fe0'0000'0000'0000, 0xbfe0'0000'0000'0000, 0x3ff8'0000'0000'0000, 0xc004'0000'0000'0000,
      0x3fdf'ffff'ffff'ffff, 0xbfef'ffff'ffff'ffff, 0x0000'0000'0000'0001, 0x8000'0000'0000'0001,
      0x000f'ffff'ffff'ffff, 0x0010'0000'0000'0000, 0x7fef'ffff'ffff'ffff, 0xffef'ffff'ffff'ffff,
      0x7ff0'0000'0000'0000, 0xfff0'0000'0000'0000, 0x7ff8'0000'0000'0000, 0xfff8'0000'0000'0000,
      0x7ff8'0000'1234'5678, 0xffff'ffff'ffff'ffff, 0x7ff0'0000'0000'0001, 0xfff4'0000'0000'0000,
      0x4009'21fb'5444'2d18, 0x432f'ffff'ffff'ffff, 0x4330'0000'0000'0001,
      // of i32 and u32
      0x41df'ffff'ffc0'0000, 0x41df'ffff'ffff'ffff, 0x41e0'0000'0000'0000, 0xc1e0'0000'0000'0000,
      0xc1e0'0000'001f'ffff, 0xc1e0'0000'0020'0000, 0x41ef'ffff'ffff'ffff, 0x41f0'0000'0000'0000,
      // of i64 and u64
      0x43df'ffff'ffff'ffff, 0x43e0'0000'0000'0000, 0xc3e0'0000'0000'0000, 0xc3e0'0000'0000'0001,
      0x43ef'ffff'ffff'ffff, 0x43f0'0000'0000'0000,
      // of f32: its largest, halfway to infinity, its least, half of that
      0x47ef'ffff'e000'0000, 0x47ef'ffff'efff'ffff, 0x47ef'ffff'f000'0000, 0x36a0'0000'0000'0000,
      0x3690'0000'0000'0000, 0x3690'0000'0000'0001};
  append_random(all, 640, false);
  return all;
}

}  // namespace detail

/// The values of a number type.
inline const slots& edge_values(dovetail::value_type type) {
  static const slots i32 = detail::i32_values(), i64 = detail::i64_values(),
                     f32 = detail::f32_values(), f64 = detail::f64_values();
  switch (type.code()) {
    case 0x7f: return i32;
    case 0x7e: return i64;
    case 0x7d: return f32;
    default: return f64;
  }
}

}  // namespace testing
