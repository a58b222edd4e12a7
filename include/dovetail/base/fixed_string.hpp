// A text that a template can be named by. Used by contracts and embedded modules.
#pragma once

#include <cstddef>
#include <string_view>

namespace dovetail {

/// A string literal as a template argument: `get<"tick">()`. A zero byte within it is a part of it.
template <std::size_t Size>
struct fixed_string {
  char text[Size]{};

  constexpr fixed_string() = default;
  consteval fixed_string(const char (&literal)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {text, Size - 1}; }
};

template <std::size_t A, std::size_t B>
[[nodiscard]] constexpr bool operator==(const fixed_string<A>& a, const fixed_string<B>& b) {
  return a.view() == b.view();
}

}  // namespace dovetail
