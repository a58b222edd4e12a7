// faults.cpp for Windows: faults of the host beside faults of guests, with vectored handlers, the
// filter of last resort, and handlers of frames. A case runs in a process of its own, since
// handlers are the process's.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include "faults.hpp"
#include "support/catch.hpp"

using namespace faulting;

namespace {

constexpr int ended_by_fault = static_cast<int>(EXCEPTION_ACCESS_VIOLATION);
constexpr const char* child_variable = "DOVETAIL_FAULTS_CHILD";

std::uintptr_t program() { return reinterpret_cast<std::uintptr_t>(GetModuleHandleA(nullptr)); }

/// Runs in a process of its own, the same program: how that ended.
int in_child(void (*body)()) {
  std::fflush(nullptr);
  char path[MAX_PATH];
  GetModuleFileNameA(nullptr, path, sizeof path);
  std::string command = "\"" + std::string(path) + "\" \"faults: the part of a child\"";
  const std::uintptr_t place = reinterpret_cast<std::uintptr_t>(body) - program();
  SetEnvironmentVariableA(child_variable, std::to_string(place).c_str());
  STARTUPINFOA how = {};
  how.cb = sizeof how;
  PROCESS_INFORMATION child = {};
  if (CreateProcessA(path, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &how,
                     &child) == 0) {
    return 1000;
  }
  // A fault that comes again for ever.
  if (WaitForSingleObject(child.hProcess, 60'000) != WAIT_OBJECT_0)
    TerminateProcess(child.hProcess, 1001);
  DWORD code = 1002;
  GetExitCodeProcess(child.hProcess, &code);
  CloseHandle(child.hThread);
  CloseHandle(child.hProcess);
  return static_cast<int>(code);
}

// Handlers of the host. Each knows its own page.
volatile int others = 0;  // faults of other places, which it saw
bool is_of_page(const EXCEPTION_RECORD& record) {
  return record.ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record.NumberParameters >= 2 &&
         is_in_page(static_cast<std::uintptr_t>(record.ExceptionInformation[1]));
}
LONG CALLBACK mending_handler(EXCEPTION_POINTERS* pointers) {
  if (!is_of_page(*pointers->ExceptionRecord)) {
    others = others + 1;
    return EXCEPTION_CONTINUE_SEARCH;
  }
  open_page();
  return EXCEPTION_CONTINUE_EXECUTION;
}
// The only handler there is, for memory that installs none.
LONG CALLBACK asking_handler(EXCEPTION_POINTERS* pointers) {
  if (dovetail::os::handle_fault(pointers, nullptr)) return EXCEPTION_CONTINUE_EXECUTION;
  return mending_handler(pointers);
}
enum class place : ULONG { last, first };
void handle(place where, PVECTORED_EXCEPTION_HANDLER by) {
  MUST(AddVectoredExceptionHandler(static_cast<ULONG>(where), by) != nullptr);
}

}  // namespace

void faulting::close_page() {
  if (page == nullptr) {
    page = static_cast<volatile std::byte*>(
        VirtualAlloc(nullptr, page_bytes, MEM_RESERVE | MEM_COMMIT, PAGE_NOACCESS));
  }
  DWORD before = 0;
  VirtualProtect(const_cast<std::byte*>(page), page_bytes, PAGE_NOACCESS, &before);
}
void faulting::open_page() {
  faults = faults + 1;
  DWORD before = 0;
  VirtualProtect(const_cast<std::byte*>(page), page_bytes, PAGE_READWRITE, &before);
}
// Windows holds nothing back.
int faulting::count_blocked() { return 0; }

#if defined(__GNUC__) && defined(__x86_64__)

// GCC has no __try: a function with a handler of its frame (x64 exception handling, UNWIND_INFO
// with UNW_FLAG_EHANDLER), in assembly. It calls `body(n)`.
extern "C" {
i32 dovetail_test_with_frame_handler(i32 (*body)(i32), i32 n);
EXCEPTION_DISPOSITION dovetail_test_frame_handler(EXCEPTION_RECORD* record, void*, CONTEXT*,
                                                  void*) {
  if (!is_of_page(*record)) return ExceptionContinueSearch;
  open_page();
  return ExceptionContinueExecution;
}
}
asm(R"(
  .text
  .globl dovetail_test_with_frame_handler
  .def dovetail_test_with_frame_handler; .scl 2; .type 32; .endef
  .seh_proc dovetail_test_with_frame_handler
dovetail_test_with_frame_handler:
  subq $40, %rsp
  .seh_stackalloc 40
  .seh_endprologue
  movq %rcx, %rax
  movl %edx, %ecx
  call *%rax
  nop
  addq $40, %rsp
  ret
  .seh_handler dovetail_test_frame_handler, @except
  .seh_handlerdata
  .text
  .seh_endproc
)");

TEMPLATE_TEST_CASE("faults: a handler of the host function's own frame serves its faults", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          const guest<TestType> g(
              [](i32 n) { return dovetail_test_with_frame_handler(&touch_page, n); });
          g.traps();
          g.host_faults();
        }) == content);
}

TEMPLATE_TEST_CASE("faults: a handler of a frame beneath the guest serves the host's faults", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          static const guest<TestType>* self = nullptr;
          const guest<TestType> g(touch_page);
          self = &g;
          const auto enter = [](i32 n) -> i32 { return self->touch(n).value_or(-1); };
          for (i32 i = 0; i < 3; ++i) {
            close_page();
            MUST(dovetail_test_with_frame_handler(enter, i) == 1007);
            MUST(faults == i + 1);
            g.traps();
          }
        }) == content);
}

#endif

TEST_CASE("faults: the part of a child", "[.]") {
  const char* place = std::getenv(child_variable);
  REQUIRE(place != nullptr);
  SetErrorMode(SEM_NOGPFAULTERRORBOX);
  reinterpret_cast<void (*)()>(program() + std::stoull(place))();
  std::fflush(nullptr);
  std::_Exit(content);
}

TEMPLATE_TEST_CASE("faults: a handler that the host installed before serves the host's faults", "",
                   BOUNDARY_GUARDED) {
  SECTION("before those that were there, and it sees none of the guest's") {
    CHECK(in_child([] {
            handle(place::first, &mending_handler);
            const guest<TestType> g(touch_page);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
  SECTION("behind them") {
    CHECK(in_child([] {
            handle(place::last, &mending_handler);
            const guest<TestType> g(touch_page);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
  SECTION("as the filter of last resort") {
    CHECK(in_child([] {
            SetUnhandledExceptionFilter(&mending_handler);
            const guest<TestType> g(touch_page);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
}

TEMPLATE_TEST_CASE("faults: a handler that the host installed later serves the host's faults", "",
                   BOUNDARY_GUARDED) {
  SECTION("behind ours, and it sees none of the guest's") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            handle(place::last, &mending_handler);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
  SECTION("before ours, if it passes on what it does not know") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            handle(place::first, &mending_handler);
            g.traps(3);
            MUST(others == 6);
            g.host_faults();
          }) == content);
  }
  SECTION("as the filter of last resort") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            SetUnhandledExceptionFilter(&mending_handler);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
}

TEMPLATE_TEST_CASE("faults: without a handler of the host its fault ends the process", "",
                   BOUNDARY_GUARDED) {
  SECTION("inside of guests") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            g.traps();
            static_cast<void>(g.touch(0));
          }) == ended_by_fault);
  }
  SECTION("outside of them") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            g.traps();
            touch_page(0);
          }) == ended_by_fault);
  }
}

TEMPLATE_TEST_CASE("faults: a handler of the host serves the guest's faults too", "",
                   BOUNDARY_UNHANDLED) {
  SECTION("if it asks what is to be done") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            handle(place::last, &asking_handler);
            g.traps();
            g.host_faults();
            MUST(others == 0);
          }) == content);
  }
  SECTION("and if there is none, a guest's fault ends the process") {
    CHECK(in_child([] {
            const guest<TestType> g(touch_page);
            static_cast<void>(g.load(-1));
          }) == ended_by_fault);
  }
}

TEMPLATE_TEST_CASE("faults: the host's stray access to a guest's memory is the host's", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          static dovetail::memory_view memory;
          const guest<TestType> g([](i32) -> i32 {
            // Behind the pages of the memory, within what is reserved for it.
            return static_cast<i32>(
                *const_cast<volatile std::byte*>(memory.bytes().data() + memory.size() + 4096));
          });
          memory = g.memory;
          handle(place::last, [](EXCEPTION_POINTERS*) -> LONG { std::_Exit(50); });
          g.traps();
          static_cast<void>(g.touch(0));
        }) == 50);
}

TEMPLATE_TEST_CASE("faults: another thread's fault is not the guest's that runs meanwhile", "",
                   BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          handle(place::last, &mending_handler);
          const guest<TestType> g([](i32 n) {
            i32 seen = 0;
            std::thread([&] { seen = touch_page(n); }).join();
            return seen;
          });
          g.host_faults();
          MUST(others == 0);
        }) == content);
}

TEMPLATE_TEST_CASE("faults: the host's in the innermost of nested calls", "", BOUNDARY_GUARDED) {
  CHECK(in_child([] {
          handle(place::last, &mending_handler);
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
