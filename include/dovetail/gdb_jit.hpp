// Names for gdb and lldb: a mixin over a backend that writes machine code, and the interface that
// these debuggers watch ("JIT Compilation Interface" of gdb's manual).
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/spin_lock.hpp>
#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/elf_symbols.hpp>
#include <dovetail/runtime/machine_code.hpp>
#include <dovetail/runtime/memory_policy.hpp>

namespace dovetail {

namespace gdb {

// Layouts and names are the debugger's.
struct code_entry {
  code_entry* next = nullptr;
  code_entry* previous = nullptr;
  const char* file = nullptr;
  std::uint64_t size = 0;
};
enum class action : std::uint32_t { none, registered, removed };
struct descriptor {
  std::uint32_t version = 1;
  action what = action::none;
  code_entry* which = nullptr;
  code_entry* first = nullptr;
};

extern "C" {
inline descriptor __jit_debug_descriptor;
/// The debugger stops here and reads the descriptor.
DOVETAIL_NEVER_INLINE inline void __jit_debug_register_code() {
  static_cast<void>(*static_cast<volatile std::uint32_t*>(&__jit_debug_descriptor.version));
}
}

/// What is known of a module while a debugger knows it.
struct known_module : code_entry {
  explicit known_module(module_data& m)
      : image(*m.env.memory), code(m.code), release_code(m.release_code) {}
  array<char> image;
  void* code;
  void (*release_code)(module_data&);
  known_module* next_known = nullptr;
};

/// The modules of all engines of the program: the debugger has one list of a program, too.
class registry {
 public:
  void add(known_module& m) {
    const spin_lock::guard held(lock_);
    m.file = m.image.data();
    m.size = m.image.size();
    m.next_known = first_;
    first_ = &m;
    descriptor& d = __jit_debug_descriptor;
    m.next = d.first;
    if (d.first != nullptr) d.first->previous = &m;
    d.first = &m;
    tell(action::registered, m);
  }
  /// Takes out the module with this code, which is there.
  known_module* remove(const void* code) {
    const spin_lock::guard held(lock_);
    known_module** at = &first_;
    while ((*at)->code != code) at = &(*at)->next_known;
    known_module* const m = *at;
    *at = m->next_known;
    (m->previous != nullptr ? m->previous->next : __jit_debug_descriptor.first) = m->next;
    if (m->next != nullptr) m->next->previous = m->previous;
    tell(action::removed, *m);
    return m;
  }

 private:
  static void tell(action what, code_entry& e) {
    __jit_debug_descriptor.what = what;
    __jit_debug_descriptor.which = &e;
    __jit_debug_register_code();
    __jit_debug_descriptor.what = action::none;
    __jit_debug_descriptor.which = nullptr;
  }

  spin_lock lock_;
  known_module* first_ = nullptr;
};
inline constinit registry all_modules;

inline void forget(module_data& m) {
  known_module* const known = all_modules.remove(m.code);
  const auto release = known->release_code;
  m.env.memory->destroy(known);
  release(m);
}

template <makes_machine_code B>
DOVETAIL_COLD void remember(module_data& m) {
  auto* known = m.env.memory->make<known_module>(m);
  if (known == nullptr) return;
  if (elf_symbols<B>(m).write_to(known->image) != status::ok) return m.env.memory->destroy(known);
  all_modules.add(*known);
  m.release_code = &forget;
}

}  // namespace gdb

/// Shows a debugger the functions of every module, by name, for as long as it lives:
/// `using backend = dovetail::gdb_jit<dovetail::x64>`. A module compiles whether or not there is
/// memory for the names.
template <makes_machine_code B>
struct gdb_jit : B {
  template <memory_policy Memory, controls Control>
  using compiler =
      watched_compiler<typename B::template compiler<Memory, Control>, &gdb::remember<B>>;
};

}  // namespace dovetail
