// `dovetail disassemble`: the machine code of a module.
#pragma once

#include <string>

namespace command {

struct disassemble_options {
  std::string file;
  std::string function;  ///< one alone, by index or name
  std::string memory = "checked";
  std::string abi;  ///< this machine's if empty
  bool shared = false;
};

/// Prints the machine code of a module's functions. Gives the exit code.
[[nodiscard]] int disassemble(const disassemble_options& options);

}  // namespace command
