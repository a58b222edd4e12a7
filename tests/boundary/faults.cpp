// Faults of the host beside faults of guests: each goes to whom it belongs, whoever installed a
// handler first. A case runs in a process of its own, since handlers are the process's.
#include <csetjmp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <thread>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults.hpp"
#include "support/catch.hpp"

using namespace faulting;

namespace {

constexpr int ended_by(int signal) { return -signal; }

/// Runs in a process of its own: how that ended.
int in_child(void (*body)()) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    for (const int number : {SIGSEGV, SIGBUS}) std::signal(number, SIG_DFL);
    alarm(60);  // a fault that comes again for ever
    body();
    std::_Exit(content);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return 1000;
  return WIFSIGNALED(status) ? ended_by(WTERMSIG(status)) : WEXITSTATUS(status);
}

volatile int blocked_signals = 0;  // of SIGSEGV and SIGUSR1, while the handler ran

}  // namespace

void faulting::close_page() {
  if (page == nullptr) {
    page = static_cast<volatile std::byte*>(
        mmap(nullptr, page_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }
  mprotect(const_cast<std::byte*>(page), page_bytes, PROT_NONE);
}
int faulting::count_blocked() {
  sigset_t now;
  pthread_sigmask(SIG_BLOCK, nullptr, &now);
  return sigismember(&now, SIGSEGV) + sigismember(&now, SIGUSR1);
}
void faulting::open_page() {
  faults = faults + 1;
  blocked_signals = count_blocked();
  mprotect(const_cast<std::byte*>(page), page_bytes, PROT_READ | PROT_WRITE);
}

namespace {

bool is_of_page(const siginfo_t* info) {
  return is_in_page(reinterpret_cast<std::uintptr_t>(info->si_addr));
}

// Handlers of the host. Each knows its own page, and says so if it is asked for another place.
void plain_handler(int) { open_page(); }
void handler_with_info(int, siginfo_t* info, void*) {
  if (!is_of_page(info)) std::_Exit(50);
  open_page();
}
struct sigaction ours;
void later_handler(int number, siginfo_t* info, void* context) {
  if (is_of_page(info)) {
    open_page();
  } else {
    ours.sa_sigaction(number, info, context);
  }
}
sigjmp_buf way_out;
void leaving_handler(int, siginfo_t*, void*) {
  faults = faults + 1;
  siglongjmp(way_out, 1);
}

// The only handler there is, for memory that installs none.
void asking_handler(int, siginfo_t* info, void* context) {
  if (dovetail::os::handle_fault(info, context)) return;
  if (!is_of_page(info)) std::_Exit(50);
  open_page();
}

struct sigaction action(void (*handler)(int, siginfo_t*, void*), unsigned flags = 0) {
  struct sigaction a = {};
  a.sa_sigaction = handler;
  a.sa_flags = static_cast<int>(static_cast<unsigned>(SA_SIGINFO) | flags);
  sigemptyset(&a.sa_mask);
  return a;
}
void handle(const struct sigaction& by) { MUST(sigaction(SIGSEGV, &by, nullptr) == 0); }

}  // namespace

TEMPLATE_TEST_CASE("faults: a handler that the host installed before serves the host's faults", "",
                   BOUNDARY_GUARDED) {
  SECTION("with the place of the fault") {
    CHECK(in_child([] {
            handle(action(handler_with_info));
            const guest<TestType> g(touch_page);
            g.traps();
            g.host_faults();
            MUST(blocked_signals == 1);
          }) == content);
  }
  SECTION("without") {
    CHECK(in_child([] {
            struct sigaction plain = {};
            plain.sa_handler = plain_handler;
            handle(plain);
            const guest<TestType> g(touch_page);
            g.host_faults();
            g.traps();
          }) == content);
  }
  SECTION("with the signals blocked that it asks for") {
    CHECK(in_child([] {
            struct sigaction strict = action(handler_with_info);
            sigaddset(&strict.sa_mask, SIGUSR1);
            handle(strict);
            const guest<TestType> g(touch_page);
            g.host_faults();
            MUST(blocked_signals == 2);
          }) == content);
  }
  SECTION("with none blocked") {
    CHECK(in_child([] {
            handle(action(handler_with_info, SA_NODEFER));
            const guest<TestType> g(touch_page);
            g.host_faults();
            MUST(blocked_signals == 0);
          }) == content);
  }
  SECTION("on a stack of its own") {
    CHECK(in_child([] {
            static char stack[65'536];
            stack_t own = {};
            own.ss_sp = stack;
            own.ss_size = sizeof stack;
            MUST(sigaltstack(&own, nullptr) == 0);
            handle(action(handler_with_info, SA_ONSTACK));
            const guest<TestType> g(touch_page);
            g.traps();
            g.host_faults();
          }) == content);
  }
  SECTION("and that leaves by a jump, within the host function") {
    CHECK(in_child([] {
            handle(action(leaving_handler));
            const guest<TestType> g(
                [](i32 n) { return sigsetjmp(way_out, 1) == 0 ? touch_page(n) : 7; });
            g.host_faults();
            g.traps();
          }) == content);
  }
  SECTION("once, if it was installed for once") {
    CHECK(in_child([] {
            handle(action(handler_with_info, static_cast<unsigned>(SA_RESETHAND)));
            const guest<TestType> g(touch_page);
            g.host_faults(1);
            g.traps();
            close_page();
            static_cast<void>(g.touch(0));
          }) == ended_by(SIGSEGV));
  }
}

TEMPLATE_TEST_CASE(
    "faults: a handler that the host installed later may hand ours what it does not "
    "know",
    "", BOUNDARY_GUARDED) {
  for (const unsigned flags : {0U, static_cast<unsigned>(SA_NODEFER)}) {
    static unsigned chosen;
    chosen = flags;
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            const struct sigaction later = action(later_handler, chosen);
            MUST(sigaction(SIGSEGV, &later, &ours) == 0);
            MUST((ours.sa_flags & SA_SIGINFO) != 0);
            g.traps();
            g.host_faults();
          }) == content);
  }
}

TEMPLATE_TEST_CASE("faults: without a handler of the host its fault ends the process", "",
                   BOUNDARY_GUARDED) {
  SECTION("by default") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            g.traps();
            static_cast<void>(g.touch(0));
          }) == ended_by(SIGSEGV));
  }
  SECTION("outside of guests") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            g.traps();
            touch_page(0);
          }) == ended_by(SIGSEGV));
  }
  SECTION("even if the signal is ignored, which is for signals that are sent") {
    CHECK(in_child([] {
            std::signal(SIGSEGV, SIG_IGN);
            const guest<TestType> g([](i32 n) {
              kill(getpid(), SIGSEGV);
              return n < 0 ? 7 : touch_page(n);
            });
            MUST(gives(g.touch(-1), 1007));
            g.traps();
            std::puts("still here");
            static_cast<void>(g.touch(0));
          }) == ended_by(SIGSEGV));
  }
  SECTION("and so does a signal that is sent") {
    for (const int number : {SIGSEGV, SIGBUS}) {
      static int sent;
      sent = number;
      CHECK(in_child([] {
              const guest<TestType> g([](i32) -> i32 { return raise(sent); });
              g.traps();
              static_cast<void>(g.touch(0));
            }) == ended_by(number));
    }
  }
}

TEMPLATE_TEST_CASE("faults: a handler of the host serves the guest's faults too", "",
                   BOUNDARY_UNHANDLED) {
  SECTION("if it asks what is to be done") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            struct sigaction there = {};
            MUST(sigaction(SIGSEGV, nullptr, &there) == 0);
            MUST(there.sa_handler == SIG_DFL);
            handle(action(asking_handler, SA_NODEFER | SA_ONSTACK));
            g.traps();
            g.host_faults();
          }) == content);
  }
  SECTION("and if there is none, a guest's fault ends the process") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            static_cast<void>(g.load(-1));
          }) == ended_by(SIGSEGV));
  }
}

TEMPLATE_TEST_CASE("faults: the host's stray access to a guest's memory is the host's", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          handle(action(leaving_handler));
          static dovetail::memory_view memory;
          const guest<TestType> g([](i32) -> i32 {
            if (sigsetjmp(way_out, 1) != 0) return 7;
            // Behind the pages of the memory, within what is reserved for it.
            return static_cast<i32>(
                *const_cast<volatile std::byte*>(memory.bytes().data() + memory.size() + 4096));
          });
          memory = g.memory;
          g.host_faults();
        }) == content);
}

TEMPLATE_TEST_CASE("faults: another thread's fault is not the guest's that runs meanwhile", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          handle(action(handler_with_info));
          const guest<TestType> g([](i32 n) {
            i32 seen = 0;
            std::thread([&] { seen = touch_page(n); }).join();
            return seen;
          });
          g.host_faults();
        }) == content);
}

TEMPLATE_TEST_CASE("faults: the host's in the innermost of nested calls", "", BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          handle(action(handler_with_info));
          const guest<TestType>* self = nullptr;
          const guest<TestType> g([&self](i32 n) -> dovetail::result<i32, dovetail::trap> {
            if (n == 0) return touch_page(0);
            MUST(self->load(-1).error().code == trap_code::memory_out_of_bounds);
            const auto deeper = self->touch(n - 1);
            MUST(self->load(-1).error().code == trap_code::memory_out_of_bounds);
            return deeper;
          });
          self = &g;
          MUST(gives(g.touch(20), 21'007));
          MUST(faults == 1);
          g.traps();
        }) == content);
}
