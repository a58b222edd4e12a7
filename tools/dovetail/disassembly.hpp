// Machine code as text: what `dovetail disassemble` and the golden tests print. Needs Zydis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/x64.hpp>

#include <dovetail/module/function_names.hpp>

namespace command {

/// The options of code that is read.
template <dovetail::memory_policy Memory>
[[nodiscard]] constexpr dovetail::x64_jit::code_options annotated(
    dovetail::controls control, dovetail::x64_jit::processor target, dovetail::x64_jit::abi host) {
  auto options = dovetail::x64_jit::options_of<Memory>(control, target, host);
  options.is_annotated = true;
  return options;
}

/// The x64 backend for readers: it says which operator each piece of code comes from. With another
/// host than this one, or another processor, modules can be compiled, and never be run.
template <dovetail::x64_jit::abi Host,
          dovetail::x64_jit::processor Target = dovetail::x64_jit::processor{}>
struct readable_x64 : dovetail::x64 {
  template <dovetail::memory_policy Memory, dovetail::controls Control>
  using compiler = dovetail::x64_jit::module_compiler<annotated<Memory>(Control, Target, Host)>;
};

/// A module compiled by `readable_x64`, in Intel's syntax. Addresses count from the start of the
/// function at hand; others, and those in the host, are names: nothing depends on where code lies.
class disassembly {
 public:
  /// `bytes` is what `module` was compiled from; both stay.
  disassembly(const dovetail::module_data& module, std::span<const std::byte> bytes);

  /// A function by its index, which is one of the module's own: a line about it, then one for each
  /// instruction, with the operator that it comes from beside it.
  [[nodiscard]] std::string function(std::uint32_t index) const;
  /// How the host enters functions of a type, and how functions of the host are called.
  [[nodiscard]] std::string entries(std::uint32_t type) const;
  /// What all functions share.
  [[nodiscard]] std::string shared() const;

  /// What a function is called, or nothing.
  [[nodiscard]] std::string name_of(std::uint32_t index) const;

 private:
  class text;
  struct extent {
    std::uint32_t begin, end;
    std::string name;
  };
  void name_host();
  void name_shared();
  [[nodiscard]] std::string operator_at(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t end_of(std::uint32_t begin) const;
  void list(extent piece, std::string& to) const;

  const dovetail::module_data& module_;
  const dovetail::x64_jit::module_code& code_;
  std::span<const std::byte> bytes_;
  dovetail::function_names names_;
  std::map<std::uint64_t, std::string> host_;    // by address
  std::map<std::uint32_t, std::string> pieces_;  // by position in the code, functions excepted
};

}  // namespace command
