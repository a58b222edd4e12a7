// The constants of scripts as values of the library: making arguments, judging results, and words
// for both.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <dovetail/base/value_type.hpp>

#include "script.hpp"

namespace spec {

/// The argument that `from` stands for, or nothing if the library has no such type.
[[nodiscard]] std::optional<dovetail::value> to_value(const constant& from);

/// True if `actual` is one of the values that `expected` stands for.
[[nodiscard]] bool matches(const constant& expected, const dovetail::value& actual);

/// True if `actual` has the values that `expected` stands for, in order.
[[nodiscard]] bool matches(std::span<const constant> expected,
                           std::span<const dovetail::value> actual);

/// "i32:7", "f32:nan:canonical", "externref:null", ...
[[nodiscard]] std::string describe(const constant& c);
[[nodiscard]] std::string describe(const dovetail::value& v);

/// "[i32:7 i64:8]"
template <class T>
[[nodiscard]] std::string describe_all(const std::vector<T>& all) {
  std::string text = "[";
  for (const T& one : all) {
    if (text.size() > 1) text += ' ';
    text += describe(one);
  }
  return text + "]";
}

}  // namespace spec
