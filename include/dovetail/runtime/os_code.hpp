// The machine code that may fault in guarded memory, as every system's fault handler looks for it.
// Included by implementation.hpp's headers alone.
#pragma once

#include <atomic>
#include <cstdint>

#include <dovetail/runtime/os.hpp>

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes a range waits until no handler can
// still see it.
std::atomic<code_range*> first_code{nullptr};
std::atomic<int> readers{0};
std::atomic<bool> is_changing{false};

struct change {
  change() {
    while (is_changing.exchange(true, std::memory_order_acquire)) {}
  }
  ~change() { is_changing.store(false, std::memory_order_release); }
};

}  // namespace

void add_code(code_range& range) {
  const change now;
  range.next = first_code.load();
  first_code.store(&range);
}

void remove_code(code_range& range) {
  const change now;
  if (first_code.load() == &range) {
    first_code.store(range.next);
  } else {
    code_range* before = first_code.load();
    while (before->next != &range) before = before->next;
    std::atomic_ref<code_range*>(before->next).store(range.next);
  }
  while (readers.load() != 0) {}
}

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  readers.fetch_add(1);
  code_range* range = first_code.load();
  while (range != nullptr && pc - range->begin >= range->size)
    range = std::atomic_ref<code_range*>(range->next).load();
  const std::uintptr_t landing =
      range != nullptr && range->owns(instance, address) ? range->landing : 0;
  readers.fetch_sub(1);
  return landing;
}

}  // namespace dovetail::os
