// Machine code of the x64 backend as text, by the disassembler of `dovetail disassemble`. The
// processor is one of two, whatever runs the tests; positions count from the start of a function.
#include <string>

#include <dovetail/backtraces.hpp>

#include "disassembly.hpp"
#include "listing.hpp"

namespace golden {

namespace {

using dovetail::x64_jit::abi;
using dovetail::x64_jit::processor;

// One with everything that the backend asks for but AVX, and the oldest that it takes.
constexpr processor recent{.is_supported = true,
                           .has_lzcnt = true,
                           .has_tzcnt = true,
                           .has_popcnt = true,
                           .has_shlx = true};
constexpr processor oldest = dovetail::processors::sse4_1;

template <class Backend, class Memory>
struct listed : dovetail::defaults {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
  using backend = Backend;
  using memory = Memory;
};

std::string functions(const command::disassembly& code, const dovetail::module_env& env) {
  std::string made;
  for (std::uint32_t i = env.imported_functions; i < env.functions.size(); ++i)
    made += code.function(i);
  return made;
}
std::string stubs(const command::disassembly& code, const dovetail::module_env& env) {
  std::string made = code.shared();
  for (std::uint32_t i = 0; i < env.types.size(); ++i) made += code.entries(i);
  return made;
}

template <class Config>
std::string list_under(std::span<const std::byte> bytes,
                       std::string (*text)(const command::disassembly&,
                                           const dovetail::module_env&) = &functions) {
  typename dovetail::runtime<Config>::engine engine;
  auto module = engine.compile(bytes);
  if (!module) return refusal(std::string(module.error().message()));
  return text(command::disassembly(module->data(), bytes), module->data().env);
}

template <class Backend, class Memory = dovetail::checked_memory, class... Text>
std::string list(std::span<const std::byte> bytes, Text... text) {
  return list_under<listed<Backend, Memory>>(bytes, text...);
}

template <class Backend>
struct native : listed<Backend, dovetail::checked_memory> {
  using relaxed_simd = dovetail::native_relaxed;
};
template <class Backend>
struct canonical : listed<Backend, dovetail::checked_memory> {
  using nans = dovetail::canonical_nans;
};

using linux_x64 = command::readable_x64<abi::sysv, recent>;
using windows_x64 = command::readable_x64<abi::win64, recent>;
using old_x64 = command::readable_x64<abi::sysv, oldest>;
using avx2_x64 = command::readable_x64<abi::sysv, dovetail::processors::avx2>;

}  // namespace

std::string list_x64(std::span<const std::byte> module) { return list<linux_x64>(module); }
std::string list_x64_guarded(std::span<const std::byte> module) {
  return list<linux_x64, dovetail::guarded_memory>(module);
}
std::string list_x64_oldest(std::span<const std::byte> module) { return list<old_x64>(module); }
std::string list_x64_avx2(std::span<const std::byte> module) {
  return list<avx2_x64, dovetail::guarded_memory>(module);
}
std::string list_x64_native(std::span<const std::byte> module) {
  return list_under<native<avx2_x64>>(module);
}
std::string list_x64_canonical(std::span<const std::byte> module) {
  return list_under<canonical<avx2_x64>>(module);
}
std::string list_x64_oldest_canonical(std::span<const std::byte> module) {
  return list_under<canonical<old_x64>>(module);
}
std::string list_x64_with_fuel(std::span<const std::byte> module) {
  return list<dovetail::fuel<linux_x64>>(module);
}
std::string list_x64_polled(std::span<const std::byte> module) {
  return list<dovetail::interruptible<linux_x64>>(module);
}
std::string list_x64_page(std::span<const std::byte> module) {
  return list<dovetail::interruptible<linux_x64, dovetail::interrupt::page>,
              dovetail::guarded_memory>(module);
}
std::string list_x64_with_fuel_guarded(std::span<const std::byte> module) {
  return list<dovetail::fuel<linux_x64>, dovetail::guarded_memory>(module);
}
std::string list_x64_win64(std::span<const std::byte> module) { return list<windows_x64>(module); }
std::string list_x64_win64_with_fuel(std::span<const std::byte> module) {
  return list<dovetail::fuel<windows_x64>>(module);
}
std::string list_x64_stubs(std::span<const std::byte> module) {
  return list<linux_x64>(module, &stubs);
}
std::string list_x64_backtraces_stubs(std::span<const std::byte> module) {
  return list<dovetail::backtraces<linux_x64>>(module, &stubs);
}
std::string list_x64_refillable_stubs(std::span<const std::byte> module) {
  return list<dovetail::refillable_fuel<linux_x64>, dovetail::guarded_memory>(module, &stubs);
}
std::string list_x64_win64_stubs(std::span<const std::byte> module) {
  return list<windows_x64>(module, &stubs);
}
std::string list_x64_win64_refillable_stubs(std::span<const std::byte> module) {
  return list<dovetail::refillable_fuel<windows_x64>>(module, &stubs);
}

}  // namespace golden
