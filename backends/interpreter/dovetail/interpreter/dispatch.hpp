// The dispatch policies: how control gets from one handler to the next. The same handlers serve all
// three.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include <dovetail/interpreter/handlers.hpp>

namespace dovetail::interpreting {

/// What the first 8 bytes of every cell mean to a dispatch policy, by handler.
using heads = const std::uint64_t*;

/// Every handler is a function that ends in a guaranteed tail call of the next: registers stay
/// where they are.
struct tail_call_dispatch {
  using function = void (*)(const cell*, slot*, std::byte*, std::uint64_t, execution*,
                            std::uint64_t, float, double);

  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table();

  /// Runs until a handler stops; the trap is in the execution.
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    const vm::memory_instance& m = *x.instance->memory0;
    to_function(pc)(pc, frame, m.base, 0, &x, m.size, 0, 0);
  }

 private:
  DOVETAIL_ALWAYS_INLINE static function to_function(const cell* pc) {
    return reinterpret_cast<function>(static_cast<std::uintptr_t>(pc->head));
  }
  // Most handlers fit a line of the instruction cache, and are in one: what a handler takes must
  // not depend on how long those before it are.
  template <class Handler>
  DOVETAIL_OWN_CACHE_LINE static void step(const cell* pc, slot* frame, std::byte* memory,
                                           std::uint64_t integer, execution* x,
                                           std::uint64_t memory_size, float f32, double f64) {
    registers r{pc, frame, memory, integer, x, memory_size, f32, f64};
    if (!Handler::run(r)) return;
    DOVETAIL_MUSTTAIL return to_function(r.pc)(r.pc, r.frame, r.memory, r.integer, r.x,
                                               r.memory_size, r.f32, r.f64);
  }
};

// Not inline, nor are the tables below: `extern template` keeps a unit from making all handlers
// once more ([temp.explicit]/13 excepts what is inline).
template <class Memory, handler_controls Control>
heads tail_call_dispatch::table() {
  static const std::array<std::uint64_t, handler_count> all = {
#define DOVETAIL_H(NAME, ...) reinterpret_cast<std::uintptr_t>(&step<__VA_ARGS__>),
#include <dovetail/interpreter/handlers.def>
  };
  return all.data();
}

#if DOVETAIL_HAS_COMPUTED_GOTO
/// All handlers are one function, and every cell holds the address of its label.
struct computed_goto_dispatch {
  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table();
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    loop<Memory, Control>(&x, pc, frame);
  }

 private:
  template <class Memory, handler_controls Control>
  DOVETAIL_NEVER_INLINE static heads loop(execution* x, const cell* pc, slot* frame) {
    if (x == nullptr) {
      static std::uint64_t all[handler_count];
      // Through a volatile pointer: a constant image of the labels would be local to its unit, and
      // linkers drop all but one unit's copy of this function.
      volatile std::uint64_t* at = all;
#define DOVETAIL_H(NAME, ...) *at++ = reinterpret_cast<std::uintptr_t>(&&at_##NAME);
#include <dovetail/interpreter/handlers.def>
      return all;
    }
    registers r{pc, frame, nullptr, 0, x, 0, 0, 0};
    r.load_memory();
    goto* reinterpret_cast<void*>(static_cast<std::uintptr_t>(r.pc->head));
#define DOVETAIL_H(NAME, ...)                           \
  at_##NAME : if (!__VA_ARGS__::run(r)) return nullptr; \
  goto* reinterpret_cast<void*>(static_cast<std::uintptr_t>(r.pc->head));
#include <dovetail/interpreter/handlers.def>
  }
};

template <class Memory, handler_controls Control>
heads computed_goto_dispatch::table() {
  static const heads all = loop<Memory, Control>(nullptr, nullptr, nullptr);
  return all;
}
#endif

/// A loop over a switch: standard C++, for compilers that have neither of the others.
struct switch_dispatch {
  template <class Memory, handler_controls Control = handler_controls{}>
  static heads table() {
    static const std::array<std::uint64_t, handler_count> all = [] {
      std::array<std::uint64_t, handler_count> numbers{};
      for (std::size_t i = 0; i < handler_count; ++i) numbers[i] = i;
      return numbers;
    }();
    return all.data();
  }
  template <class Memory, handler_controls Control = handler_controls{}>
  static void run(execution& x, const cell* pc, slot* frame) {
    registers r{pc, frame, nullptr, 0, &x, 0, 0, 0};
    r.load_memory();
    while (step<Memory, Control>(r)) {}
  }

  /// One cell: false if its handler stopped.
  template <class Memory, handler_controls Control = handler_controls{}>
  DOVETAIL_ALWAYS_INLINE static bool step(registers& r) {
    switch (static_cast<handler>(r.pc->head)) {
// clang-format off
#define DOVETAIL_H(NAME, ...) \
  case handler::NAME: return __VA_ARGS__::run(r);
#include <dovetail/interpreter/handlers.def>
      // clang-format on
    }
    DOVETAIL_UNREACHABLE();
  }
};

namespace detail {
template <bool HasTailCalls>
struct best_dispatch {
  using type = tail_call_dispatch;
};
template <>
struct best_dispatch<false> {
#if DOVETAIL_HAS_COMPUTED_GOTO
  using type = computed_goto_dispatch;
#else
  using type = switch_dispatch;
#endif
};
}  // namespace detail

/// The quickest the compiler can guarantee.
using default_dispatch = detail::best_dispatch<platform::has_tail_calls>::type;

/// A dispatch policy.
template <class D>
concept dispatch_policy = requires(execution& x, const cell* pc, slot* frame) {
  { D::template table<checked_memory, handler_controls{}>() } -> std::same_as<heads>;
  D::template run<checked_memory, handler_controls{}>(x, pc, frame);
};

}  // namespace dovetail::interpreting
