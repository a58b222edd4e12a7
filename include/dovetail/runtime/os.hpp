// The few things the library asks of an operating system, declared here and defined once a program
// by implementation.hpp. Guarded memory, machine code and perf_map use them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>

#include <dovetail/base/platform.hpp>

namespace dovetail::os {

/// Reserves address space without memory; null if refused.
[[nodiscard]] void* reserve(std::size_t bytes);
/// What `reserve_in_large_pages` is about, where there are such pages.
inline constexpr std::size_t large_page = std::size_t{1} << 21;
/// Like `reserve`, for memory that will be written from its beginning on: it begins where a large
/// page may, and the system may use large pages for what is committed of it.
[[nodiscard]] void* reserve_in_large_pages(std::size_t bytes);
/// Makes a part of a reservation readable and writable, zeroed.
[[nodiscard]] bool commit(void* at, std::size_t bytes);
/// Makes a part of a reservation reserved again: what was there is gone. False if refused.
[[nodiscard]] bool decommit(void* at, std::size_t bytes);
/// Makes committed memory readable alone, until it is committed once more; false if refused.
[[nodiscard]] bool make_read_only(void* at, std::size_t bytes);
/// Brings committed memory in at once, where the system can: cheaper than a fault for every page.
void bring_in(void* at, std::size_t bytes);
/// Makes what is committed in a range executable, and no longer writable; false if refused.
[[nodiscard]] bool make_executable(void* at, std::size_t bytes);
/// Whether committed memory may be read, and written, or neither: what is in it stays. For signal
/// handlers too.
bool make_readable(void* at, std::size_t bytes);
bool make_inaccessible(void* at, std::size_t bytes);
/// Gives a reservation back.
void release(void* reservation, std::size_t bytes);
/// Whether this process may have executable memory now.
[[nodiscard]] inline bool may_execute() {
  constexpr std::size_t page = 65'536;
  void* at = reserve(page);
  if (at == nullptr) return false;
  const bool answer = commit(at, page) && make_executable(at, page);
  release(at, page);
  return answer;
}

/// Memory with a handle of its own, which can be mapped more than once. Linux and Windows.
inline constexpr std::intptr_t no_object = -1;
/// Reserves address space over a new object, for `commit` to make it writable; null if refused.
[[nodiscard]] void* reserve_object(std::size_t bytes, std::intptr_t& object);
/// Gives up what reserve_object reserved and the object's handle, and maps the first `bytes`, which
/// are committed, executable and not writable; null if refused.
[[nodiscard]] void* run_object(void* at, std::size_t reserved, std::intptr_t object,
                               std::size_t bytes);
/// Gives back what either of them returned; the handle is no_object after the second.
void release_object(void* at, std::size_t bytes, std::intptr_t object);

/// An object of so many bytes, zero but for what `write(context, at)` puts there, which nobody can
/// change any more; no_object where that is refused, or unknown. Linux.
[[nodiscard]] std::intptr_t make_object(std::size_t bytes,
                                        void (*write)(const void* context, std::byte* at),
                                        const void* context);
/// Replaces committed memory by the content of an object; what is written there stays there. If it
/// is refused the range is reserved, no longer committed.
[[nodiscard]] bool map_object(void* at, std::size_t bytes, std::intptr_t object);
/// Gives up an object's handle. What was mapped stays.
void close_object(std::intptr_t object);

/// A guest call that faults can be sent back to. Lives on the native stack of the call.
struct guard_frame {
  void* landing[8];  ///< filled by the call with __builtin_setjmp
  /// Whether an address lies in guarded memory of the guest that runs in this frame.
  bool (*owns)(const guard_frame&, std::uintptr_t address) = nullptr;
  void* context = nullptr;
  guard_frame* previous = nullptr;
  bool in_guest = false;  ///< false while a host function runs
};

/// The innermost guest call of this thread, or null.
[[nodiscard]] guard_frame*& current_guard();

/// Machine code that may fault in guarded memory, or where it looks whether to stop. The place of
/// the fault is in the backend's scratch register where it continues. x86-64 alone.
struct code_range {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uintptr_t landing = 0;
  /// Where a fault at an address continues when the code runs for an instance: mostly `landing`; 0
  /// if the fault is none of the code's own.
  std::uintptr_t (*landing_of)(const code_range&, std::uintptr_t instance,
                               std::uintptr_t address) = nullptr;
  code_range* next = nullptr;
};
/// Tells the fault handler of code, until it is told to forget. The range stays where it is.
void add_code(code_range& range);
void remove_code(code_range& range);
/// Where a thread that faulted at `pc` goes on, or 0 if the fault is not one of known code.
[[nodiscard]] std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance,
                                          std::uintptr_t address);

/// Machine code that calls what may throw C++ exceptions, where platform::catches_by_tables. One
/// that a callee throws continues at `landing`, and goes no further: the exception is in rax, the
/// call's return address in rdx; the stack and the registers that callees preserve are as they were
/// at the call. x86-64, System V.
struct catching_code {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uintptr_t landing = 0;
  alignas(8) std::uint8_t table[88] = {};
};
/// Tells the unwinder of code, until it is told to forget. The description stays where it is.
void add_catching_code(catching_code& code);
void remove_catching_code(catching_code& code);
/// Ends the flight of what arrived at a landing.
[[nodiscard]] std::exception_ptr catch_thrown(void* exception) noexcept;

/// Memory that somebody may have made read-only to learn of writes. The fault handler asks
/// `on_write`, which answers whether it made the address writable; then the write happens again.
struct write_watch {
  std::uintptr_t begin = 0;
  std::size_t size_watched = 0;
  bool (*on_write)(write_watch& watch, std::uintptr_t address) = nullptr;
  write_watch* next = nullptr;
};
/// Tells the fault handler, until it is told to forget; false where it does not ask. Linux.
[[nodiscard]] bool add_watch(write_watch& watch);
void remove_watch(write_watch& watch);
/// Whether a fault was a write that somebody watches for, and can happen now.
[[nodiscard]] bool allow_write(std::uintptr_t address);

/// Installs the process's fault handler once: it acts only on faults in guarded memory while a
/// guest runs, and hands all others to the handler that was there before. Guarded stores call it; a
/// host that installs its own handler first is chained to. False if the system refuses.
bool install_fault_handler();

/// What that handler does, for a host that keeps its own (`guarded_memory_without_handler`). It is
/// given what the host's was: on POSIX a `siginfo_t*` and a `ucontext_t*` (the handler has
/// SA_SIGINFO and SA_NODEFER), on Windows an `EXCEPTION_POINTERS*` and null. False: the fault is
/// not a guest's. True: the host's handler returns, and the thread goes on where it should. It may
/// not return at all, but leave a faulting guest by a jump.
[[nodiscard]] bool handle_fault(void* information, void* context);

/// Whether a fault at `address` belongs to an interpreted guest of this thread: the call to return
/// to, or null.
[[nodiscard]] guard_frame* find_guard(std::uintptr_t address);
/// Leaves the faulting guest code and returns to the guest call that `frame` stands for.
[[noreturn]] void resume_at_landing(guard_frame* frame);

/// A line of execution that does not run: on which native stack, and where it goes on there.
struct stack_context {
  void* place = nullptr;  ///< the lowest address of what it goes on with
  void* low = nullptr;    ///< its stack, where that is known
  std::size_t size = 0;
  void (*begin)(void* argument) = nullptr;  ///< what a new one does, without an end
  void* argument = nullptr;
  stack_context* left = nullptr;  ///< where a new one comes from
  void* caught =
      nullptr;  ///< the exceptions that it handles (Itanium C++ ABI for exceptions, 2.2.2)
  unsigned uncaught = 0;
  void* watcher = nullptr;  ///< what a sanitizer keeps of it
};
/// Prepares one that calls `begin(argument)`, which never returns, on a stack of its own.
void prepare_context(stack_context& context, void* low, std::size_t size, void (*begin)(void*),
                     void* argument);
/// Leaves the running line of execution, and goes on with another one of this thread.
void switch_context(stack_context& from, stack_context& to);
/// A prepared context that is not run any more.
void forget_context(stack_context& context);

/// Appends lines to the file where perf looks for the names of this process's code; false where
/// there is no perf, or the file cannot be written.
bool append_to_perf_map(const char* text, std::size_t size);

}  // namespace dovetail::os
