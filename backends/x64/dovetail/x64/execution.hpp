// Between the host and compiled code: entering it, host functions called from it, traps on their
// way out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/x64/code.hpp>

namespace dovetail::x64_jit {

/// What a store's calls share. Made at the first one.
struct execution {
  vm::backend_state state;
  void* entry = nullptr;  ///< the native stack at the innermost entry from the host
  trap_code trap = trap_code::none;
  std::int32_t detail = 0;
};

namespace offset {
inline constexpr std::int32_t execution_entry = offsetof(execution, entry);
inline constexpr std::int32_t execution_trap = offsetof(execution, trap);
}  // namespace offset

/// How the host enters: arguments are read from the frame, results written over them.
using entry_function = trap_code (*)(const void* code, slot* frame, vm::instance* i, execution* x);

/// The execution of a store that has one: its first member is what the store knows of it.
[[nodiscard]] inline execution& state_of(vm::store& s) {
  return *reinterpret_cast<execution*>(s.backend);
}
[[nodiscard]] DOVETAIL_COLD inline execution* make_execution(vm::store& s) {
  auto* x = s.objects.make<execution>();
  if (x == nullptr) return nullptr;
  x->state.release = [](vm::backend_state&) {};
  s.backend = &x->state;
  return x;
}
[[nodiscard]] DOVETAIL_ALWAYS_INLINE execution* execution_of(vm::store& s) {
  if (s.backend == nullptr) [[unlikely]]
    return make_execution(s);
  return &state_of(s);
}

/// Called by the trap stubs: writes the store's report and answers where the native stack was at
/// the entry that the trap ends. `pc` is behind the call that trapped, or at the access that
/// faulted.
inline void* raise(vm::instance& i, std::uint64_t code, std::uintptr_t pc) {
  vm::store& s = *i.home;
  execution& x = state_of(s);
  x.trap = static_cast<trap_code>(code);
  s.report = {x.trap, x.detail, false, 0, 0, i.module};
  x.detail = 0;
  if (x.trap == trap_code::out_of_fuel) s.fuel = 0;
  const auto& m = *static_cast<const module_code*>(i.code);
  const auto position = static_cast<std::uint32_t>(pc - reinterpret_cast<std::uintptr_t>(m.base));
  const std::size_t f = m.function_at(position);
  if (const code_site* site = m.site_at(position); site != nullptr && f < m.functions.size()) {
    s.report.has_place = true;
    s.report.function = i.module->env.imported_functions + static_cast<std::uint32_t>(f);
    s.report.offset = site->offset;
  }
  return x.entry;
}

/// Called by the stubs of host functions: 0, or the code of the trap.
inline std::uint64_t call_host(vm::instance& i, vm::function_instance& f, slot* frame) {
  caller from(*i.home, &i);
  const trap t = f.host.call(f.host.object, from, frame);
  if (t) [[unlikely]]
    state_of(*i.home).detail = t.detail;
  return static_cast<std::uint64_t>(t.code);
}

/// Whether a fault in the code of this instance is an access to its guarded memories.
inline bool owns_fault(std::uintptr_t instance, std::uintptr_t address) {
  const auto& i = *reinterpret_cast<const vm::instance*>(instance);
  for (const vm::memory_instance* m = i.home->memories; m != nullptr; m = m->next) {
    if (address - reinterpret_cast<std::uintptr_t>(m->base) < m->reserved) return true;
  }
  return false;
}

DOVETAIL_COLD inline trap_code refuse(vm::store& s, trap_code t) {
  s.report = {t, 0, false, 0, 0, nullptr};
  return t;
}

/// Runs a function with its arguments in `frame`, where its results are afterwards. The native
/// stack is measured from the outermost call; every nested one must stay above the limit.
inline trap_code run(vm::function_instance& f, slot* frame) {
  vm::store& s = *f.home;
  execution* const x = execution_of(s);
  if (x == nullptr) [[unlikely]]
    return refuse(s, trap_code::out_of_memory);
  char here = 0;
  const auto at = reinterpret_cast<std::uintptr_t>(&here);
  const std::uintptr_t outer_limit = s.native_limit;
  if (outer_limit == 0) {
    s.native_limit = at > s.most->native_stack ? at - s.most->native_stack : 1;
  } else if (at < outer_limit) [[unlikely]] {
    return refuse(s, trap_code::stack_exhausted);
  }
  f.owner->native_limit = s.native_limit;
  const trap_code t =
      reinterpret_cast<entry_function>(const_cast<void*>(f.entry))(f.code, frame, f.owner, x);
  s.native_limit = outer_limit;
  return t;
}

/// How many slots the results of a C++ function take.
template <class R>
inline constexpr std::size_t results_of = 1;
template <>
inline constexpr std::size_t results_of<void> = 0;
template <class... R>
inline constexpr std::size_t results_of<std::tuple<R...>> = sizeof...(R);

}  // namespace dovetail::x64_jit
