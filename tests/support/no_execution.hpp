// A thread that the system refuses executable memory: what a console, a hardened service or a
// sandbox does to a just-in-time compiler. Linux; elsewhere it says that it cannot.
#pragma once

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <thread>
#endif

namespace testing {

#if defined(__linux__)
/// What is refused: to make pages executable that were not, or any executable pages.
enum class refusal : bool { of_change, of_all };

/// From here on no page of this thread becomes executable. False if filters are not allowed.
inline bool refuse_execution(refusal what) {
  const auto also = static_cast<unsigned>(what == refusal::of_all ? SYS_mmap : SYS_mprotect);
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, also, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter = {std::size(program), program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}
/// Runs `body` in such a thread; false if there cannot be one.
template <class Body>
bool without_execution(Body body, refusal what = refusal::of_change) {
  bool is_refused = false;
  std::thread thread([&] {
    is_refused = refuse_execution(what);
    if (is_refused) body();
  });
  thread.join();
  return is_refused;
}
#else
enum class refusal : bool { of_change, of_all };
template <class Body>
bool without_execution(Body, refusal = refusal::of_change) {
  return false;
}
#endif

}  // namespace testing
