// Between the host and compiled code: entering it, host functions called from it, traps on their
// way out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include <dovetail/base/native_value.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/x64/code.hpp>
#include <dovetail/x64/registers.hpp>

namespace dovetail::x64_jit {

/// How the host enters: arguments are read from the frame, results written over them. `limit` is
/// the lowest address that the native stack may reach.
using entry_function = trap_code (*)(const void* code, slot* frame, vm::instance* i,
                                     std::uintptr_t limit);

/// What `raise` is given for a fault; its low byte is the trap.
[[nodiscard]] constexpr std::uint64_t fault_code_of(trap_code t) {
  return 0x100 | static_cast<std::uint64_t>(t);
}
inline constexpr std::uint64_t fault_code = fault_code_of(trap_code::memory_out_of_bounds);

/// Called by the trap stubs: writes the store's report and answers where the native stack was at
/// the entry that the trap ends. `pc` is behind the call that trapped, or at the access that
/// faulted, `stack` the lowest address of the function's frame.
inline const void* raise(vm::instance& i, std::uint64_t code, std::uintptr_t pc,
                         std::uintptr_t stack) {
  vm::store& s = *i.home;
  s.report = {static_cast<trap_code>(code), s.host_trap.detail, false, 0, 0, i.module};
  s.host_trap = {};
  if (s.report.code == trap_code::out_of_fuel) s.fuel = 0;
  const auto& m = *static_cast<const module_code*>(i.code);
  const code_place place{static_cast<std::uint32_t>(pc - reinterpret_cast<std::uintptr_t>(m.base)),
                         (code & 0x100) != 0};
  const std::size_t f = m.function_of(place);
  if (const code_site* site = m.site_of(place); site != nullptr && f < m.functions.size()) {
    s.report.has_place = true;
    s.report.function = i.module->env.imported_functions + static_cast<std::uint32_t>(f);
    s.report.offset = site->offset;
  }
  if (s.on_trap != nullptr) {
    s.trapped = {&i, pc, stack, place.is_access};
    s.on_trap(s, s.trap_context);
    s.trapped = {};
  }
  return s.native_entry;
}

/// Called where exceptions of the host's functions land; otherwise like `raise`. `pc` may be in the
/// stub that a guest calls such a function by: then the guest's own place is behind `gap`.
inline const void* raise_thrown(vm::instance& i, void* exception, std::uintptr_t pc,
                                std::uintptr_t stack) {
  constexpr std::uintptr_t gap = 8 + shadow_space(abi::sysv);
  i.home->exception = os::catch_thrown(exception);
  const auto& m = *static_cast<const module_code*>(i.code);
  if (m.is_shared(static_cast<std::uint32_t>(pc - reinterpret_cast<std::uintptr_t>(m.base)))) {
    pc = *reinterpret_cast<const std::uintptr_t*>(stack + gap);
    stack += gap + 8;
  }
  return raise(i, static_cast<std::uint64_t>(trap_code::host_exception), pc, stack);
}

/// Called where a guest may go on behind a checkpoint: 0, or the code that `raise` is given.
inline std::uint64_t reconsider(vm::instance& i, std::uint64_t code) {
  vm::store& s = *i.home;
  if (code == static_cast<std::uint64_t>(trap_code::out_of_fuel)) return vm::refill(s) ? 0 : code;
  vm::control_block& c = vm::control_of(s);
  return (c.page == nullptr ? vm::must_stop(c) : vm::must_stop_at_page(c)) ? code : 0;
}

/// Called by the stubs of host functions: 0, or the code of the trap.
inline std::uint64_t call_host(vm::instance& i, vm::function_instance& f, slot* frame) {
  caller from(*i.home, &i);
  const trap t = f.host.call(f.host.object, from, frame);
  if (t) [[unlikely]]
    i.home->host_trap = t;
  return static_cast<std::uint64_t>(t.code);
}

/// Where a fault in the code of this instance goes on: an access to its guarded memories, or to the
/// page of its store; 0 if it is neither.
template <bool HasPage>
std::uintptr_t landing_of_fault(const os::code_range& range, std::uintptr_t instance,
                                std::uintptr_t address) {
  const auto& i = *reinterpret_cast<const vm::instance*>(instance);
  if constexpr (HasPage) {
    const auto& page = reinterpret_cast<const vm::controlled_instance&>(i).page;
    if (address - reinterpret_cast<std::uintptr_t>(page) < vm::page_size) {
      const auto& m = *static_cast<const module_code*>(i.code);
      return reinterpret_cast<std::uintptr_t>(m.at(m.stubs.traps[shared_stubs::at_page]));
    }
  }
  for (const vm::memory_instance* m = i.home->memories; m != nullptr; m = m->next) {
    if (address - reinterpret_cast<std::uintptr_t>(m->base) < m->reserved) return range.landing;
  }
  return 0;
}

/// What an outermost call may use of the native stack: what an instruction can subtract, at most.
[[nodiscard]] inline std::uint32_t stack_below(const limits& most) {
  return most.native_stack < 0x7fff'0000 ? most.native_stack : 0x7fff'0000;
}

DOVETAIL_COLD inline trap_code refuse(vm::store& s, trap_code t) {
  s.report = {t, 0, false, 0, 0, nullptr};
  return t;
}

/// Runs a function with its arguments in `frame`, where its results are afterwards. The native
/// stack is measured from the outermost call, which has the limit beside its entry; every nested
/// one must stay above it.
template <bool Stops = false>
trap_code run(vm::function_instance& f, slot* frame) {
  vm::store& s = *f.home;
  char here = 0;
  const auto at = reinterpret_cast<std::uintptr_t>(&here);
  std::uintptr_t limit = at - stack_below(*s.most);
  if (s.native_entry != nullptr) {
    limit = s.native_entry[1];
    if (at < limit) [[unlikely]]
      return refuse(s, trap_code::stack_exhausted);
  } else if constexpr (Stops) {
    vm::begin_call(s);
  }
  f.owner->native_limit = limit;
  return reinterpret_cast<entry_function>(const_cast<void*>(f.entry))(f.code, frame, f.owner,
                                                                      limit);
}

/// How many slots the results of a C++ function take.
template <class R>
inline constexpr std::size_t result_slots_of = slots_of(value_type_of<R>());
template <>
inline constexpr std::size_t result_slots_of<void> = 0;
template <class... R>
inline constexpr std::size_t result_slots_of<std::tuple<R...>> = (slots_of(value_type_of<R>()) +
                                                                  ... + std::size_t{0});

}  // namespace dovetail::x64_jit
