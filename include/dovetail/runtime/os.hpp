// The few things the library asks of an operating system, declared here and defined once a program
// by implementation.hpp. Only guarded memory uses them.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/platform.hpp>

namespace dovetail::os {

/// Reserves address space without memory; null if refused.
[[nodiscard]] void* reserve(std::size_t bytes);
/// Makes a part of a reservation readable and writable, zeroed.
[[nodiscard]] bool commit(void* at, std::size_t bytes);
/// Gives a reservation back.
void release(void* reservation, std::size_t bytes);

/// A guest call that faults can be sent back to. Lives on the native stack of the call.
struct guard_frame {
  void* landing[8] = {};  ///< filled by the call with __builtin_setjmp
  /// Whether an address lies in guarded memory of the guest that runs in this frame.
  bool (*owns)(const guard_frame&, std::uintptr_t address) = nullptr;
  void* context = nullptr;
  guard_frame* previous = nullptr;
  bool in_guest = false;  ///< false while a host function runs
};

/// The innermost guest call of this thread, or null.
[[nodiscard]] guard_frame*& current_guard();

/// Installs the process's fault handler once: it acts only on faults in guarded memory while a
/// guest runs, and hands all others to the handler that was there before. Guarded stores call it; a
/// host that installs its own handler first is chained to. False if the system refuses.
bool install_fault_handler();

/// For hosts that keep their own handler: whether a fault at `address` belongs to a guest of this
/// thread. If so the host must continue at `resume_at_landing(frame)` on a usable stack.
[[nodiscard]] guard_frame* find_guard(std::uintptr_t address);
/// Leaves the faulting guest code and returns to the guest call that `frame` stands for.
[[noreturn]] void resume_at_landing(guard_frame* frame);

}  // namespace dovetail::os
