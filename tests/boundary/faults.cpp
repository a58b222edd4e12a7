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

#include "backends.hpp"
#include "support/catch.hpp"

namespace {

using dovetail::trap_code;
using i32 = std::int32_t;

// (module
//   (import "env" "touch" (func $touch (param i32) (result i32)))
//   (memory (export "m") 1)
//   (func (export "touch") (param i32) (result i32)
//     (i32.store (i32.const 8) (i32.const 1000))
//     (i32.add (call $touch (local.get 0)) (i32.load (i32.const 8))))
//   (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
constexpr unsigned char touching[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x02, 0x0d, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x74, 0x6f, 0x75, 0x63, 0x68, 0x00, 0x00, 0x03,
    0x03, 0x02, 0x00, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x14, 0x03, 0x01, 0x6d, 0x02, 0x00,
    0x05, 0x74, 0x6f, 0x75, 0x63, 0x68, 0x00, 0x01, 0x04, 0x6c, 0x6f, 0x61, 0x64, 0x00, 0x02, 0x0a,
    0x1e, 0x02, 0x14, 0x00, 0x41, 0x08, 0x41, 0xe8, 0x07, 0x36, 0x02, 0x00, 0x20, 0x00, 0x10, 0x00,
    0x41, 0x08, 0x28, 0x02, 0x00, 0x6a, 0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b,
};

// What a child says when it is content. Anything else is a failure or the signal that ended it.
constexpr int content = 0;
constexpr int ended_by(int signal) { return -signal; }

void must(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::_Exit(1);
}
#define MUST(...) must((__VA_ARGS__), #__VA_ARGS__)

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

// A page of the host that faults until a handler opens it.
volatile std::byte* page = nullptr;
volatile int faults = 0;
volatile int blocked_signals = 0;  // of SIGSEGV and SIGUSR1, while the handler ran
constexpr std::size_t page_bytes = 65'536;

void close_page() {
  if (page == nullptr) {
    page = static_cast<volatile std::byte*>(
        mmap(nullptr, page_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }
  mprotect(const_cast<std::byte*>(page), page_bytes, PROT_NONE);
}
bool is_in_page(const void* at) {
  return reinterpret_cast<std::uintptr_t>(at) - reinterpret_cast<std::uintptr_t>(page) < page_bytes;
}
int count_blocked() {
  sigset_t now;
  pthread_sigmask(SIG_BLOCK, nullptr, &now);
  return sigismember(&now, SIGSEGV) + sigismember(&now, SIGUSR1);
}
void open_page() {
  faults = faults + 1;
  blocked_signals = count_blocked();
  mprotect(const_cast<std::byte*>(page), page_bytes, PROT_READ | PROT_WRITE);
}

// Handlers of the host. Each knows its own page, and says so if it is asked for another place.
void plain_handler(int) { open_page(); }
void handler_with_info(int, siginfo_t* info, void*) {
  if (!is_in_page(info->si_addr)) std::_Exit(50);
  open_page();
}
struct sigaction ours;
void later_handler(int number, siginfo_t* info, void* context) {
  if (is_in_page(info->si_addr)) {
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
  if (!is_in_page(info->si_addr)) std::_Exit(50);
  open_page();
}

bool gives(const dovetail::result<i32, dovetail::trap>& outcome, i32 expected) {
  return outcome.has_value() && *outcome == expected;
}

struct sigaction action(void (*handler)(int, siginfo_t*, void*), unsigned flags = 0) {
  struct sigaction a = {};
  a.sa_sigaction = handler;
  a.sa_flags = static_cast<int>(static_cast<unsigned>(SA_SIGINFO) | flags);
  sigemptyset(&a.sa_mask);
  return a;
}
void handle(const struct sigaction& by) { MUST(sigaction(SIGSEGV, &by, nullptr) == 0); }

i32 touch_page(i32 n) {
  page[n] = std::byte{7};
  return static_cast<i32>(page[n]);
}

/// A guest in guarded memory, whose host function is `touch`.
template <class C>
struct guest {
  using rt = dovetail::runtime<C>;
  typename rt::engine engine;
  typename rt::store store{engine};
  dovetail::function<i32(i32)> touch, load;
  dovetail::memory_view memory;

  template <class F>
  explicit guest(F host) {
    close_page();
    const auto module = engine.compile(std::as_bytes(std::span(touching)));
    MUST(module.has_value());
    dovetail::imports env = {dovetail::bind("env", "touch", host)};
    const auto made = store.instantiate(*module, env);
    MUST(made.has_value());
    touch = made->template get<i32(i32)>("touch").value();
    load = made->template get<i32(i32)>("load").value();
    memory = made->template get<dovetail::memory_view>("m").value();
  }

  /// The guest's faults are traps, and no business of the host's handler.
  void traps(int times = 3) const {
    const int before = faults;
    const int blocked = count_blocked();
    for (int i = 0; i < times; ++i) {
      MUST(load(-1).error().code == trap_code::memory_out_of_bounds);
      MUST(load(65'533).error().code == trap_code::memory_out_of_bounds);
      MUST(gives(load(65'532), 0));
    }
    MUST(faults == before);
    MUST(count_blocked() == blocked);
  }
  /// The host's faults inside of guest calls reach the host's handler, which mends their cause; the
  /// guest goes on.
  void host_faults(int times = 3) const {
    for (int i = 0; i < times; ++i) {
      close_page();
      const int before = faults;
      const auto sum = touch(i);
      MUST(sum.has_value());
      MUST(*sum == 1007);
      MUST(faults == before + 1);
      MUST(count_blocked() == 0);
      traps(1);
    }
  }
};

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
