// What the tests of faults share: a guest in guarded memory whose host function touches a page of
// the host, and what must hold of both. The systems' own parts are faults.cpp and
// faults_windows.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "backends.hpp"

namespace faulting {

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

inline void must(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::_Exit(1);
}
#define MUST(...) must((__VA_ARGS__), #__VA_ARGS__)

// A page of the host that faults until a handler opens it.
inline volatile std::byte* page = nullptr;
inline volatile int faults = 0;
constexpr std::size_t page_bytes = 65'536;
inline bool is_in_page(std::uintptr_t at) {
  return at - reinterpret_cast<std::uintptr_t>(page) < page_bytes;
}

// Of the system.
void close_page();
void open_page();     ///< for handlers; counts
int count_blocked();  ///< signals that are held back from this thread

inline bool gives(const dovetail::result<i32, dovetail::trap>& outcome, i32 expected) {
  return outcome.has_value() && *outcome == expected;
}

inline i32 touch_page(i32 n) {
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

}  // namespace faulting
