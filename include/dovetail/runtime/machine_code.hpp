// Backends that write machine code, and compilers that are watched: what perf_map, gdb_jit and the
// like are made of.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include <dovetail/base/status.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail {

/// A piece of a module's machine code: a function, or what all functions share.
struct code_piece {
  static constexpr std::uint32_t shared = 0xffff'ffff;

  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uint32_t function = shared;  ///< its index in the module
};

/// A backend whose modules are machine code in one region of memory.
template <class B>
concept makes_machine_code = requires(const module_data& m, std::size_t i) {
  // The pieces of a compiled module, without gaps that matter, by address.
  { B::count_pieces(m) } -> std::same_as<std::size_t>;
  { B::piece(m, i) } -> std::same_as<code_piece>;
  // The processor, as ELF numbers it.
  { B::elf_machine } -> std::convertible_to<std::uint16_t>;
};

/// A compiler that shows each module to `See` once it is compiled.
template <class Compiler, void (*See)(module_data&)>
class watched_compiler : public Compiler {
 public:
  explicit watched_compiler(module_data& module) : Compiler(module), seen_(module) {}

  [[nodiscard]] status finish() {
    DOVETAIL_TRY(Compiler::finish());
    See(seen_);
    return status::ok;
  }

 private:
  module_data& seen_;
};

}  // namespace dovetail
