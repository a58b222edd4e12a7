// The interpreter's running state: value stack, return records, and the registers that handlers
// pass along.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/trap.hpp>
#include <dovetail/interpreter/cell.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail::interpreting {

/// Where a call returns to.
struct return_record {
  const cell* pc = nullptr;
  slot* frame = nullptr;
  vm::instance* instance = nullptr;
};

/// A call of a host function that has not returned, where somebody may ask for frames.
struct host_call {
  const host_call* outer = nullptr;
  const cell* site = nullptr;
  const vm::instance* instance = nullptr;  ///< whose code calls
};

/// The stacks of a store's calls, made at its first one. Frames overlap: a callee's parameters are
/// its caller's arguments.
struct execution : vm::backend_state {
  vm::store* home = nullptr;
  vm::instance* instance = nullptr;      ///< whose code runs, or ran last
  const function_code* codes = nullptr;  ///< of that instance
  return_record* top = nullptr;          ///< one past the innermost record
  return_record* records_end = nullptr;
  slot* stack_end = nullptr;
  slot* free = nullptr;  ///< where the next call from the host puts its arguments
  std::size_t room = 0;  ///< one more than an outermost call may have of slots; 0 for none at all
  cell end;              ///< where calls from the host return to
  cell elsewhere;        ///< runs `call_elsewhere` with the next two
  cell elsewhere_last;   ///< runs `return_call_elsewhere` with them
  vm::function_instance* callee = nullptr;
  const cell* call_site = nullptr;
  const cell* trap_pc = nullptr;
  const function_code* exhausted = nullptr;  ///< had no room to begin: then there is no trap_pc
  trap_code trap = trap_code::none;          ///< of the call that stopped; none between calls
  std::int32_t trap_detail = 0;
  os::guard_frame* guard = nullptr;  ///< of the innermost guest call, with guarded memory
  os::guard_frame outermost_guard;   ///< what that is outside of nested calls
  return_record* records = nullptr;
  slot* stack = nullptr;
  const host_call* calls_of_host = nullptr;  ///< the innermost; kept under `keeps_places` alone

  void enter(vm::instance& i) {
    instance = &i;
    codes = static_cast<const module_code*>(i.code)->functions.data();
  }
};

/// Slots behind the last frame: a return without results may read one, locals are cleared by four,
/// and arguments of the host are written before anybody looks whether a frame fits.
inline constexpr std::size_t stack_padding = 16;

/// What lives in machine registers while handlers run. The accumulators hold the last result of
/// their kind, which also lies in its slot: a consumer that follows at once need not wait for
/// memory.
struct registers {
  const cell* pc;
  slot* frame;
  std::byte* memory;  ///< base of memory 0
  std::uint64_t integer;
  execution* x;
  std::uint64_t memory_size;
  float f32;
  double f64;

  DOVETAIL_ALWAYS_INLINE void load_memory() {
    memory = x->instance->memory0->base;
    memory_size = x->instance->memory0->size;
  }
};

/// Clears a frame's locals, four slots at a time: what lies behind them is not in use yet, and the
/// stack is padded. Compilers must not make this a call of memset, around which a handler would
/// have to save every register.
DOVETAIL_ALWAYS_INLINE void clear_locals(slot* at, std::uint32_t count) {
  for (const slot* const end = at + count; at < end; at += 4) {
    std::memset(at, 0, 4 * sizeof(slot));
    platform::compiler_fence();
  }
}

/// Stops with a trap at the current cell. Whatever takes `registers&` is inlined: a reference that
/// left a handler would keep all of them in memory.
DOVETAIL_ALWAYS_INLINE bool stop(registers& r, trap_code t) {
  r.x->trap = t;
  r.x->trap_pc = r.pc;
  return false;
}

}  // namespace dovetail::interpreting
