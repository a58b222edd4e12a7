// disassemble, where Zydis or the x64 backend is not there.
#include "diagnostics.hpp"
#include "disassemble.hpp"

namespace command {

int disassemble(const disassemble_options& options) {
  return complain(options.file, "this dovetail was built without a disassembler (Zydis and xbyak)",
                  exit_code::refused);
}

}  // namespace command
