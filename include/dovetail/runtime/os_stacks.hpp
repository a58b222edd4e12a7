// Several native stacks for one thread: a switch of a few instructions on x86-64, the system's own
// on other POSIX machines. Included by implementation.hpp alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <new>

#if !defined(_MSC_VER)
#include <cxxabi.h>
#endif
#if !defined(_WIN32) && !defined(__x86_64__)
#include <ucontext.h>
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOVETAIL_HAS_ADDRESS_SANITIZER 1
#endif
#if __has_feature(thread_sanitizer)
#define DOVETAIL_HAS_THREAD_SANITIZER 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define DOVETAIL_HAS_ADDRESS_SANITIZER 1
#elif defined(__SANITIZE_THREAD__)
#define DOVETAIL_HAS_THREAD_SANITIZER 1
#endif
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
#endif

#include <dovetail/runtime/os.hpp>

namespace dovetail::os {

namespace detail {

#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
inline void finish_switch(stack_context& now, void* kept) {
  const void* low = nullptr;
  __sanitizer_finish_switch_fiber(kept, &low, &now.left->size);
  now.left->low = const_cast<void*>(low);
}
#endif

/// What a new line of execution runs, when it is first switched to.
[[noreturn]] inline void begin_context(void* raw) {
  auto& self = *static_cast<stack_context*>(raw);
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  finish_switch(self, nullptr);
#endif
  self.begin(self.argument);
  platform::end_program();
}

#if defined(__x86_64__) && !defined(_WIN32)

// The registers that System V lets callees preserve (ABI, figure 3.4) are pushed, and the stack
// pointer is exchanged.
[[gnu::naked, gnu::noinline]] inline void switch_stack(void** /*from*/, void* /*to*/) {
  asm("push %rbp\n push %rbx\n push %r12\n push %r13\n push %r14\n push %r15\n"
      "sub $8, %rsp\n stmxcsr (%rsp)\n fnstcw 4(%rsp)\n"
      "mov %rsp, (%rdi)\n mov %rsi, %rsp\n"
      "ldmxcsr (%rsp)\n fldcw 4(%rsp)\n add $8, %rsp\n"
      "pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbx\n pop %rbp\n ret");
}
[[gnu::naked, gnu::noinline]] inline void enter_stack() {
  asm(".cfi_undefined rip\n mov %r12, %rdi\n xor %ebp, %ebp\n call *%r13\n ud2");
}
struct first_frame {
  std::uint32_t vector_control = 0x1f80;
  std::uint32_t float_control = 0x037f;
  void* r15 = nullptr;
  void* r14 = nullptr;
  void (*r13)(void*) = &begin_context;
  void* r12 = nullptr;  // the context
  void* rbx = nullptr;
  void* rbp = nullptr;
  void (*entry)() = &enter_stack;
};

#elif defined(__x86_64__)

// Windows preserves more, and what its thread block says of the stack has to be true where faults
// and exceptions are dispatched: list of handlers, base, limit, allocation. Wine has frames in that
// list, and takes those of a lower stack for inner ones.
[[gnu::naked, gnu::noinline]] inline void switch_stack(void** /*from*/, void* /*to*/) {
  asm("push %rbp\n push %rbx\n push %rdi\n push %rsi\n"
      "push %r12\n push %r13\n push %r14\n push %r15\n"
      "mov %gs:0x30, %rax\n push (%rax)\n push 0x8(%rax)\n"
      "push 0x10(%rax)\n push 0x1478(%rax)\n"
      "sub $168, %rsp\n"
      "movups %xmm6, (%rsp)\n movups %xmm7, 16(%rsp)\n movups %xmm8, 32(%rsp)\n"
      "movups %xmm9, 48(%rsp)\n movups %xmm10, 64(%rsp)\n movups %xmm11, 80(%rsp)\n"
      "movups %xmm12, 96(%rsp)\n movups %xmm13, 112(%rsp)\n movups %xmm14, 128(%rsp)\n"
      "movups %xmm15, 144(%rsp)\n stmxcsr 160(%rsp)\n fnstcw 164(%rsp)\n"
      "mov %rsp, (%rcx)\n mov %rdx, %rsp\n"
      "movups (%rsp), %xmm6\n movups 16(%rsp), %xmm7\n movups 32(%rsp), %xmm8\n"
      "movups 48(%rsp), %xmm9\n movups 64(%rsp), %xmm10\n movups 80(%rsp), %xmm11\n"
      "movups 96(%rsp), %xmm12\n movups 112(%rsp), %xmm13\n movups 128(%rsp), %xmm14\n"
      "movups 144(%rsp), %xmm15\n ldmxcsr 160(%rsp)\n fldcw 164(%rsp)\n"
      "add $168, %rsp\n pop 0x1478(%rax)\n pop 0x10(%rax)\n"
      "pop 0x8(%rax)\n pop (%rax)\n"
      "pop %r15\n pop %r14\n pop %r13\n pop %r12\n"
      "pop %rsi\n pop %rdi\n pop %rbx\n pop %rbp\n ret");
}
[[gnu::naked, gnu::noinline]] inline void enter_stack() {
  asm("mov %r12, %rcx\n xor %ebp, %ebp\n sub $32, %rsp\n call *%r13\n ud2");
}
struct first_frame {
  std::uint64_t floats[20] = {};
  std::uint32_t vector_control = 0x1f80;
  std::uint32_t float_control = 0x037f;
  void* allocation = nullptr;
  void* limit = nullptr;
  void* base = nullptr;
  std::uintptr_t handlers = ~std::uintptr_t{0};  // none
  void* r15 = nullptr;
  void* r14 = nullptr;
  void (*r13)(void*) = &begin_context;
  void* r12 = nullptr;  // the context
  void* rsi = nullptr;
  void* rdi = nullptr;
  void* rbx = nullptr;
  void* rbp = nullptr;
  void (*entry)() = &enter_stack;
};

#endif

#if defined(__x86_64__)

inline void prepare_stack(stack_context& c) {
  auto* const top = static_cast<std::uint8_t*>(c.low) + c.size;
  // Where the stack is when the entry's first instruction runs: 16 bytes below a multiple of 16.
  auto* frame = ::new (static_cast<void*>(top - 16 - sizeof(first_frame))) first_frame;
  frame->r12 = &c;
#if defined(_WIN32)
  frame->allocation = c.low;
  frame->limit = c.low;
  frame->base = top;
#endif
  c.place = frame;
}
inline void exchange(stack_context& from, stack_context& to) {
  switch_stack(&from.place, to.place);
}

#elif !defined(_WIN32)

// makecontext(3) hands on ints.
inline void enter_stack(unsigned low, unsigned high) {
  const std::uint64_t address = low | std::uint64_t{high} << 32;
  begin_context(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)));
}
inline void prepare_stack(stack_context& c) {
  constexpr std::size_t room = (sizeof(ucontext_t) + 63) / 64 * 64;
  auto* const at = static_cast<std::uint8_t*>(c.low) + c.size - room;
  auto* made = ::new (static_cast<void*>(at)) ucontext_t;
  getcontext(made);
  made->uc_stack.ss_sp = c.low;
  made->uc_stack.ss_size = c.size - room;
  made->uc_link = nullptr;
  const auto address = std::uint64_t{reinterpret_cast<std::uintptr_t>(&c)};
  makecontext(made, reinterpret_cast<void (*)()>(&enter_stack), 2, static_cast<unsigned>(address),
              static_cast<unsigned>(address >> 32));
  c.place = made;
}
inline void exchange(stack_context& from, stack_context& to) {
  ucontext_t here;
  from.place = &here;
  swapcontext(&here, static_cast<ucontext_t*>(to.place));
}

#else

// Nobody comes here: platform::can_switch_stacks.
inline void prepare_stack(stack_context&) { platform::end_program(); }
inline void exchange(stack_context&, stack_context&) { platform::end_program(); }

#endif

// The runtime of C++ keeps for a thread which exceptions are being handled.
#if defined(_MSC_VER)
inline void exchange_exceptions(stack_context&, stack_context&) {}
#else
struct handled_exceptions {
  void* caught;
  unsigned uncaught;
};
inline void exchange_exceptions(stack_context& from, stack_context& to) {
  auto& all = *reinterpret_cast<handled_exceptions*>(abi::__cxa_get_globals());
  from.caught = all.caught;
  from.uncaught = all.uncaught;
  all = {to.caught, to.uncaught};
}
#endif

}  // namespace detail

void prepare_context(stack_context& context, void* low, std::size_t size, void (*begin)(void*),
                     void* argument) {
  context.low = low;
  context.size = size;
  context.begin = begin;
  context.argument = argument;
  detail::prepare_stack(context);
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  context.watcher = __tsan_create_fiber(0);
#endif
}

void switch_context(stack_context& from, stack_context& to) {
  to.left = &from;
  detail::exchange_exceptions(from, to);
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  if (from.watcher == nullptr) from.watcher = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(to.watcher, 0);
#endif
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  __sanitizer_start_switch_fiber(&from.watcher, to.low, to.size);
#endif
  detail::exchange(from, to);
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  detail::finish_switch(from, from.watcher);
#endif
}

void forget_context([[maybe_unused]] stack_context& context) {
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  __tsan_destroy_fiber(context.watcher);
#endif
}

}  // namespace dovetail::os
#undef DOVETAIL_HAS_ADDRESS_SANITIZER
#undef DOVETAIL_HAS_THREAD_SANITIZER
