// The code of a backend as text, a function after the other. Each backend that can be listed has a
// row in list_code.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace golden {

/// What `list` gives for a module that does not compile.
inline std::string refusal(const std::string& why) { return "refused: " + why + "\n"; }

std::string list_interpreter(std::span<const std::byte> module);
std::string list_interpreter_with_fuel(std::span<const std::byte> module);

// Where there is a disassembler.
std::string list_x64(std::span<const std::byte> module);
std::string list_x64_guarded(std::span<const std::byte> module);
std::string list_x64_oldest(std::span<const std::byte> module);
std::string list_x64_avx2(std::span<const std::byte> module);
std::string list_x64_native(std::span<const std::byte> module);
std::string list_x64_canonical(std::span<const std::byte> module);
std::string list_x64_oldest_canonical(std::span<const std::byte> module);
std::string list_x64_with_fuel(std::span<const std::byte> module);
std::string list_x64_polled(std::span<const std::byte> module);
std::string list_x64_page(std::span<const std::byte> module);
std::string list_x64_with_fuel_guarded(std::span<const std::byte> module);
std::string list_x64_win64(std::span<const std::byte> module);
std::string list_x64_win64_with_fuel(std::span<const std::byte> module);
std::string list_x64_stubs(std::span<const std::byte> module);
std::string list_x64_backtraces_stubs(std::span<const std::byte> module);
std::string list_x64_refillable_stubs(std::span<const std::byte> module);
std::string list_x64_win64_stubs(std::span<const std::byte> module);
std::string list_x64_win64_refillable_stubs(std::span<const std::byte> module);

}  // namespace golden
