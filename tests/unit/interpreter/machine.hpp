// A machine for handlers: registers over a small frame, a memory, tables and an instance.
#pragma once

#include <dovetail/interpreter/execution.hpp>

#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace testing {

struct machine {
  watched_heap heap;
  dovetail::limits most;
  dovetail::signature_table signatures{heap};
  dovetail::vm::store store{heap, most, signatures};
  dovetail::module_data module{heap};
  dovetail::vm::instance instance;
  dovetail::vm::memory_instance memory;
  dovetail::vm::memory_instance* memories[1] = {&memory};
  dovetail::interpreting::module_code code{heap};
  dovetail::interpreting::execution x;
  dovetail::interpreting::return_record records[4 + 1];  // see exhaust
  dovetail::slot stack[32] = {};
  alignas(8) std::byte bytes[16] = {};
  dovetail::interpreting::registers r{nullptr, stack, nullptr, 0, &x, 0, 0, 0};

  machine() {
    memory.base = bytes;
    memory.size = sizeof bytes;
    instance.memory0 = &memory;
    instance.memories = memories;
    instance.home = &store;
    instance.module = &module;
    instance.code = &code;
    x.home = &store;
    x.instance = &instance;
    x.records = x.top = records;
    x.records_end = records + 4;
    x.stack = x.free = stack;
    x.stack_end = stack + 32;
    r.load_memory();
  }

  /// Runs one handler on cells: whether it went on, and how far.
  template <class Handler, std::size_t Count>
  bool run(const dovetail::interpreting::cell (&cells)[Count]) {
    r.pc = cells;
    const bool goes_on = Handler::run(r);
    moved = r.pc - cells;
    return goes_on;
  }
  std::ptrdiff_t moved = 0;
};

}  // namespace testing
