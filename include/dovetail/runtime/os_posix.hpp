// What os.hpp declares, for POSIX systems. Included by implementation.hpp alone.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/os_code.hpp>
#include <dovetail/runtime/os_unwind.hpp>

namespace dovetail::os {

void* reserve(std::size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
  flags |= MAP_NORESERVE;
#endif
  void* at = mmap(nullptr, bytes, PROT_NONE, flags, -1, 0);
  return at == MAP_FAILED ? nullptr : at;
}

void* reserve_in_large_pages(std::size_t bytes) {
  constexpr std::size_t page = 65'536;
  if (bytes % page != 0 || bytes > ~std::size_t{0} - large_page) return reserve(bytes);
  auto* const at = static_cast<std::uint8_t*>(reserve(bytes + large_page));
  if (at == nullptr) return nullptr;
  const std::size_t before = -reinterpret_cast<std::uintptr_t>(at) % large_page;
  if (before != 0) munmap(at, before);
  munmap(at + before + bytes, large_page - before);
#ifdef MADV_HUGEPAGE
  static_cast<void>(madvise(at + before, bytes, MADV_HUGEPAGE));
#endif
  return at + before;
}

bool commit(void* at, std::size_t bytes) {
  return mprotect(at, bytes, PROT_READ | PROT_WRITE) == 0;
}

bool decommit(void* at, std::size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
#ifdef MAP_NORESERVE
  flags |= MAP_NORESERVE;
#endif
  return mmap(at, bytes, PROT_NONE, flags, -1, 0) != MAP_FAILED;
}

bool make_read_only(void* at, std::size_t bytes) { return mprotect(at, bytes, PROT_READ) == 0; }

void bring_in(void* at, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  static_cast<void>(madvise(at, bytes, MADV_POPULATE_WRITE));
#else
  static_cast<void>(at), static_cast<void>(bytes);
#endif
}

bool make_executable(void* at, std::size_t bytes) {
  return mprotect(at, bytes, PROT_READ | PROT_EXEC) == 0;
}

bool make_readable(void* at, std::size_t bytes) { return commit(at, bytes); }

bool make_inaccessible(void* at, std::size_t bytes) { return mprotect(at, bytes, PROT_NONE) == 0; }

void release(void* reservation, std::size_t bytes) { munmap(reservation, bytes); }

#if defined(__linux__)
void* reserve_object(std::size_t bytes, std::intptr_t& object) {
  // A file beyond this limit would end the process (setrlimit(2), RLIMIT_FSIZE).
  rlimit most = {};
  if (getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur < bytes) return nullptr;
  const int file = memfd_create("dovetail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return nullptr;
  void* at = MAP_FAILED;
  if (ftruncate(file, static_cast<off_t>(bytes)) == 0)
    at = mmap(nullptr, bytes, PROT_NONE, MAP_SHARED | MAP_NORESERVE, file, 0);
  if (at == MAP_FAILED) {
    close(file);
    return nullptr;
  }
  object = file;
  return at;
}

void* run_object(void* at, std::size_t reserved, std::intptr_t object, std::size_t bytes) {
  munmap(at, reserved);
  const int file = static_cast<int>(object);
  at = mmap(nullptr, bytes, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  close(file);
  return at == MAP_FAILED ? nullptr : at;
}

void release_object(void* at, std::size_t bytes, std::intptr_t object) {
  munmap(at, bytes);
  if (object != no_object) close(static_cast<int>(object));
}

std::intptr_t make_object(std::size_t bytes, void (*write)(const void*, std::byte*),
                          const void* context) {
  std::intptr_t object = no_object;
  void* at = reserve_object(bytes, object);
  if (at == nullptr) return no_object;
  const bool is_writable = commit(at, bytes);
  if (is_writable) {
    bring_in(at, bytes);
    write(context, static_cast<std::byte*>(at));
  }
  munmap(at, bytes);
  constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (is_writable && fcntl(static_cast<int>(object), F_ADD_SEALS, seals) == 0) return object;
  close_object(object);
  return no_object;
}

bool map_object(void* at, std::size_t bytes, std::intptr_t object) {
  constexpr int flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE;
  const int file = static_cast<int>(object);
  if (mmap(at, bytes, PROT_READ | PROT_WRITE, flags, file, 0) != MAP_FAILED) return true;
  // What was there may be gone by now, and nobody else may get its addresses, which guests reach.
  if (mmap(at, bytes, PROT_NONE, flags | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
    platform::end_program();
  return false;
}

void close_object(std::intptr_t object) { close(static_cast<int>(object)); }
#else
void* reserve_object(std::size_t, std::intptr_t&) { return nullptr; }
void* run_object(void*, std::size_t, std::intptr_t, std::size_t) { return nullptr; }
void release_object(void*, std::size_t, std::intptr_t) {}
std::intptr_t make_object(std::size_t, void (*)(const void*, std::byte*), const void*) {
  return no_object;
}
bool map_object(void*, std::size_t, std::intptr_t) { return false; }
void close_object(std::intptr_t) {}
#endif

guard_frame*& current_guard() {
  static thread_local guard_frame* innermost = nullptr;
  return innermost;
}

guard_frame* find_guard(std::uintptr_t address) {
  guard_frame* frame = current_guard();
  if (frame == nullptr || !frame->in_guest || !frame->owns(*frame, address)) return nullptr;
  return frame;
}

void resume_at_landing(guard_frame* frame) { DOVETAIL_RETURN_TO(frame->landing); }

namespace {

struct sigaction previous_segv, previous_bus;

// Whether somebody sent the signal. What is not sent happens again when its handler returns.
bool was_sent(const siginfo_t* info) {
#ifdef SI_TKILL
  if (info->si_code == SI_TKILL) return true;
#endif
  return info->si_code == SI_USER || info->si_code == SI_QUEUE;
}

// A signal that is not ours goes where it would have gone without us, in the same circumstances.
void chain(int number, siginfo_t* info, void* context) {
  struct sigaction& kept = number == SIGBUS ? previous_bus : previous_segv;
  const struct sigaction before = kept;
  const bool has_info = (before.sa_flags & SA_SIGINFO) != 0;
  if (!has_info && (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN)) {
    // Only what was sent can be ignored (POSIX, 2.4.3 Signal Actions).
    if (before.sa_handler == SIG_IGN && was_sent(info)) return;
    struct sigaction by_default = {};
    by_default.sa_handler = SIG_DFL;
    sigaction(number, &by_default, nullptr);
    if (was_sent(info)) raise(number);
    return;
  }
  if ((before.sa_flags & static_cast<int>(SA_RESETHAND)) != 0) {
    kept = {};
    kept.sa_handler = SIG_DFL;
  }
  // The system takes this back when we return.
  sigset_t blocked = before.sa_mask;
  if ((before.sa_flags & SA_NODEFER) == 0) sigaddset(&blocked, number);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  if (has_info) {
    before.sa_sigaction(number, info, context);
  } else {
    before.sa_handler(number);
  }
}

// Code that we wrote goes on at its landing; what it knows of its instance is in r15.
bool continue_in_code(void* context, std::uintptr_t address) {
#if defined(__x86_64__) && defined(__linux__)
  greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
  const auto pc = static_cast<std::uintptr_t>(registers[REG_RIP]);
  const std::uintptr_t landing =
      find_landing(pc, static_cast<std::uintptr_t>(registers[REG_R15]), address);
  if (landing == 0) return false;
  registers[REG_R11] = static_cast<greg_t>(pc);
  registers[REG_RIP] = static_cast<greg_t>(landing);
  return true;
#else
  static_cast<void>(context), static_cast<void>(address);
  return false;
#endif
}

void on_fault(int number, siginfo_t* info, void* context) {
  if (!handle_fault(info, context)) chain(number, info, context);
}

bool install(int number, struct sigaction& previous) {
  struct sigaction ours = {};
  ours.sa_sigaction = &on_fault;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&ours.sa_mask);
  return sigaction(number, &ours, &previous) == 0;
}

}  // namespace

// A handler that was installed later may have called ours with signals blocked: who leaves by a
// jump unblocks what was not blocked at the fault.
bool handle_fault(void* information, void* context) {
  const auto* info = static_cast<const siginfo_t*>(information);
  if (was_sent(info)) return false;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  if (allow_write(address) || continue_in_code(context, address)) return true;
  guard_frame* frame = find_guard(address);
  if (frame == nullptr) return false;
  pthread_sigmask(SIG_SETMASK, &static_cast<ucontext_t*>(context)->uc_sigmask, nullptr);
  resume_at_landing(frame);
}

bool install_fault_handler() {
  static std::atomic<int> state{0};  // 0: nobody did, 1: somebody does, 2: done, 3: refused
  int expected = 0;
  if (state.compare_exchange_strong(expected, 1)) {
    const bool is_done = install(SIGSEGV, previous_segv) && install(SIGBUS, previous_bus);
    state.store(is_done ? 2 : 3);
  }
  while (state.load() == 1) {}
  return state.load() == 2;
}

#if defined(__linux__)
bool add_watch(write_watch& watch) { return watches.add(watch), true; }
void remove_watch(write_watch& watch) { watches.remove(watch); }
#else
bool add_watch(write_watch&) { return false; }
void remove_watch(write_watch&) {}
#endif

// Anybody may have put a link of this name there: it is not followed.
bool append_to_perf_map(const char* text, std::size_t size) {
  char path[48] = "/tmp/perf-";
  std::size_t end = 10;
  char digits[20];
  std::size_t first = sizeof digits;
  for (auto id = static_cast<unsigned long>(getpid()); id != 0; id /= 10)
    digits[--first] = static_cast<char>('0' + id % 10);
  while (first < sizeof digits) path[end++] = digits[first++];
  std::memcpy(path + end, ".map", 5);
  const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (file < 0) return false;
  while (size != 0) {
    const ssize_t written = write(file, text, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    text += written;
    size -= static_cast<std::size_t>(written);
  }
  return close(file) == 0 && size == 0;
}

}  // namespace dovetail::os
