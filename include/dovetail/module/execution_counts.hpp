// How often places of a module have run: numbers that code adds to, where a backend is asked to
// count. They lie where they were made until the module goes, since code knows their addresses.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/index.hpp>
#include <dovetail/base/platform.hpp>
#include <dovetail/base/spin_lock.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail {

/// A place that is counted, and how often it has run.
struct counted_place {
  std::uint64_t times = 0;  ///< read and written by threads, see platform::count_one
  function_index function;
  std::uint32_t offset = 0;  ///< of its first operator, in the module's bytes
};

/// The counted places of a module.
class execution_counts {
 public:
  explicit execution_counts(allocator& memory) : memory_(&memory) {}
  execution_counts(const execution_counts&) = delete;
  execution_counts& operator=(const execution_counts&) = delete;
  ~execution_counts() {
    while (last_ != nullptr) {
      chunk* const before = last_->before;
      memory_->destroy(last_);
      last_ = before;
    }
  }

  /// One more place, or null if memory is refused. Parts of a module are compiled side by side.
  [[nodiscard]] counted_place* add(function_index f, std::uint32_t offset) {
    const spin_lock::guard held(lock_);
    if (last_ == nullptr || last_->used == chunk::room) {
      auto* made = memory_->make<chunk>();
      if (made == nullptr) return nullptr;
      made->before = last_;
      last_ = made;
    }
    counted_place& place = last_->places[last_->used++];
    place = {0, f, offset};
    return &place;
  }

  /// Visits all places, once their module is compiled.
  template <class Visit>
  void visit(const Visit& visit) {
    for (chunk* c = last_; c != nullptr; c = c->before) {
      for (std::size_t i = 0; i < c->used; ++i) visit(c->places[i]);
    }
  }

 private:
  struct chunk {
    static constexpr std::size_t room = 255;
    chunk* before = nullptr;
    std::size_t used = 0;
    counted_place places[room];
  };

  allocator* memory_;
  chunk* last_ = nullptr;
  spin_lock lock_;
};

/// Makes what the code of a module counts in, before any is compiled.
[[nodiscard]] inline status begin_counting(module_data& m) {
  if (m.counts != nullptr) return status::ok;
  m.counts = m.env.memory->make<execution_counts>(*m.env.memory);
  m.release_counts = [](module_data& of) { of.env.memory->destroy(of.counts); };
  return m.counts == nullptr ? status::out_of_memory : status::ok;
}

}  // namespace dovetail
