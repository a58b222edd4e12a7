// disassemble, where Zydis and the x64 backend are there.
#include "disassemble.hpp"

#include <charconv>
#include <cstdio>
#include <optional>

#include "diagnostics.hpp"
#include "disassembly.hpp"
#include "file.hpp"

namespace command {
namespace {

using dovetail::x64_jit::abi;

template <class Memory, abi Host>
struct read : dovetail::defaults {
  using backend = readable_x64<Host>;
  using memory = Memory;
};

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

/// The function of the module that a word of the command line means.
std::optional<std::uint32_t> find(const disassembly& code, const dovetail::module_env& env,
                                  const std::string& word) {
  const auto count = static_cast<std::uint32_t>(env.functions.size());
  std::uint32_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [behind, problem] = std::from_chars(word.data(), end, number);
  if (problem == std::errc() && behind == end && number < count) return number;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (code.name_of(i) == word) return i;
  }
  const std::uint32_t exported = env.find_export(word);
  if (exported == dovetail::name_table::none) return std::nullopt;
  const dovetail::export_entry& entry = env.exports[exported];
  if (entry.kind != dovetail::external_kind::function) return std::nullopt;
  return entry.index;
}

template <class Memory, abi Host>
int list(const disassemble_options& options, const bytes& module) {
  typename dovetail::runtime<read<Memory, Host>>::engine engine;
  const auto compiled = engine.compile(module);
  if (!compiled) return complain(options.file, compiled.error());
  const dovetail::module_env& env = compiled->data().env;
  const disassembly code(compiled->data(), module);
  std::uint32_t first = env.imported_functions;
  auto end = static_cast<std::uint32_t>(env.functions.size());
  if (!options.function.empty()) {
    const auto found = find(code, env, options.function);
    if (!found) {
      return complain(options.file, "no function " + printable(options.function),
                      exit_code::no_function);
    }
    if (*found < first) {
      return complain(options.file, "function " + std::to_string(*found) + " is imported",
                      exit_code::no_function);
    }
    first = *found;
    end = first + 1;
  }
  if (options.shared) {
    print(code.shared());
    for (std::uint32_t i = 0; i < env.types.size(); ++i) print(code.entries(i));
  }
  for (std::uint32_t i = first; i < end; ++i) print(code.function(i));
  return 0;
}

template <class Memory>
int list(const disassemble_options& options, const bytes& module) {
  const bool is_native = options.abi.empty();
  const abi host = is_native                ? dovetail::x64_jit::native_abi
                   : options.abi == "win64" ? abi::win64
                                            : abi::sysv;
  return host == abi::win64 ? list<Memory, abi::win64>(options, module)
                            : list<Memory, abi::sysv>(options, module);
}

}  // namespace

int disassemble(const disassemble_options& options) {
  std::string problem;
  const auto module = read_file(options.file, problem);
  if (!module) return complain(options.file, problem, exit_code::unreadable);
  return options.memory == "guarded" ? list<dovetail::guarded_memory>(options, *module)
                                     : list<dovetail::checked_memory>(options, *module);
}

}  // namespace command
