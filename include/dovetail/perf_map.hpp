// Names for Linux perf: a mixin over a backend that writes machine code. Needs
// dovetail/implementation.hpp in one unit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/module/function_names.hpp>
#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/machine_code.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/os.hpp>

namespace dovetail {

namespace detail {

// A line a piece, "START SIZE NAME", numbers in hexadecimal (Linux, tools/perf/Documentation/
// jit-interface.txt).
template <makes_machine_code B>
status write_perf_map(const module_data& m, array<char>& text) {
  const auto number = [&text](std::uint64_t n) {
    char digits[17];
    std::size_t first = sizeof digits;
    digits[--first] = ' ';
    do {
      digits[--first] = "0123456789abcdef"[n % 16];
      n /= 16;
    } while (n != 0);
    return text.append({digits + first, sizeof digits - first});
  };
  function_names names(*m.env.memory);
  DOVETAIL_TRY(names.read(m.env));
  for (std::size_t i = 0; i < B::count_pieces(m); ++i) {
    const code_piece piece = B::piece(m, i);
    if (piece.size == 0) continue;
    DOVETAIL_TRY(number(piece.begin));
    DOVETAIL_TRY(number(piece.size));
    if (piece.function == code_piece::shared) {
      DOVETAIL_TRY(text.append(std::string_view("wasm[shared]")));
    } else {
      DOVETAIL_TRY(names.append_to(text, {piece.function}));
    }
    DOVETAIL_TRY(text.push('\n'));
  }
  return status::ok;
}

template <makes_machine_code B>
DOVETAIL_COLD void append_perf_map(module_data& m) {
  array<char> text(*m.env.memory);
  if (write_perf_map<B>(m, text) != status::ok) return;
  static_cast<void>(os::append_to_perf_map(text.data(), text.size()));
}

}  // namespace detail

/// Tells perf the functions of every module: `using backend = dovetail::perf_map<dovetail::x64>`
/// appends lines to /tmp/perf-PID.map when a module is compiled. A module compiles whether or not
/// they can be written; they stay when it goes.
template <makes_machine_code B>
struct perf_map : B {
  template <memory_policy Memory, controls Control>
  using compiler =
      watched_compiler<typename B::template compiler<Memory, Control>, &detail::append_perf_map<B>>;
};

}  // namespace dovetail
