// What may fault in guarded memory, as every system's fault handler looks for it: machine code, and
// writes to memory that is watched. Included by implementation.hpp's headers alone.
#pragma once

#include <atomic>
#include <cstdint>

#include <dovetail/runtime/os.hpp>

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes an entry waits until no handler can
// still see it. Entries have a `next`.
template <class Entry>
class handler_list {
 public:
  void add(Entry& entry) {
    const change now(*this);
    entry.next = first_.load();
    first_.store(&entry);
  }
  void remove(Entry& entry) {
    const change now(*this);
    if (first_.load() == &entry) {
      first_.store(entry.next);
    } else {
      Entry* before = first_.load();
      while (before->next != &entry) before = before->next;
      std::atomic_ref<Entry*>(before->next).store(entry.next);
    }
    while (readers_.load() != 0) {}
  }
  // What `use` makes of the first entry that `is_meant`, or of null.
  template <class Meant, class Use>
  auto find(Meant is_meant, Use use) {
    readers_.fetch_add(1);
    Entry* entry = first_.load();
    while (entry != nullptr && !is_meant(*entry))
      entry = std::atomic_ref<Entry*>(entry->next).load();
    const auto answer = use(entry);
    readers_.fetch_sub(1);
    return answer;
  }

 private:
  struct change {
    explicit change(handler_list& list) : of(list) {
      while (of.is_changing_.exchange(true, std::memory_order_acquire)) {}
    }
    ~change() { of.is_changing_.store(false, std::memory_order_release); }
    handler_list& of;
  };

  std::atomic<Entry*> first_{nullptr};
  std::atomic<int> readers_{0};
  std::atomic<bool> is_changing_{false};
};

constinit handler_list<code_range> codes;
constinit handler_list<write_watch> watches;

}  // namespace

void add_code(code_range& range) { codes.add(range); }
void remove_code(code_range& range) { codes.remove(range); }

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  return codes.find([&](const code_range& range) { return pc - range.begin < range.size; },
                    [&](const code_range* range) {
                      return range != nullptr ? range->landing_of(*range, instance, address) : 0;
                    });
}

bool allow_write(std::uintptr_t address) {
  return watches.find(
      [&](const write_watch& watch) { return address - watch.begin < watch.size_watched; },
      [&](write_watch* watch) { return watch != nullptr && watch->on_write(*watch, address); });
}

}  // namespace dovetail::os
