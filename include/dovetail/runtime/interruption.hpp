// How a running call is stopped from outside, and what a store keeps for its controls. Stores and
// instances without such controls have none of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/platform.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// How code notices at its checkpoints that it is to stop: loop heads, function entries, returns of
/// host functions, and every 64 KiB of a bulk operator.
enum class interrupt : std::uint8_t {
  none,    ///< it has no checkpoints
  polled,  ///< it compares a word
  /// Machine code reads a page, which a request makes unreadable; whatever else there is polls.
  /// Needs the fault handler of dovetail/implementation.hpp.
  page,
};

/// Names one call from the host into a store, nested calls included, or one instantiation.
struct call_ticket {
  std::uint64_t number = 0;
  friend constexpr bool operator==(call_ticket, call_ticket) = default;
};

namespace vm {

/// What controls keep of a store. Its own cache line: other threads write here.
struct alignas(64) control_block {
  static constexpr std::uint64_t every_call = ~std::uint64_t{0};

  platform::shared_number stop{0};  ///< the call that is to stop, or every one; 0: none
  platform::shared_number call{0};  ///< how many began: the number of the newest
  void* page = nullptr;             ///< what code under `interrupt::page` reads
  /// Makes the page readable, or unreadable.
  void (*protect)(void* page, bool is_readable) = nullptr;
  /// Gives more fuel, at least so much that `missing` is no more; or anything less, and the guest
  /// traps.
  std::uint64_t (*refill)(void* context, std::uint64_t missing) = nullptr;
  void* refill_context = nullptr;
};
static_assert(offsetof(control_block, stop) == 0 && offsetof(control_block, call) == 8,
              "generated code reads both");

/// A store with controls.
struct controlled_store : store {
  using store::store;
  control_block control;
};
[[nodiscard]] inline control_block& control_of(store& s) {
  return static_cast<controlled_store&>(s).control;
}

/// An instance of such a store.
struct controlled_instance {
  instance base;
  control_block* control = nullptr;
  const void* page = nullptr;
};

static_assert(std::is_standard_layout_v<controlled_instance>, "its address is its first member's");

/// The page of `interrupt::page`; none, if the system refuses.
inline void reserve_page(control_block& c) {
  if (!os::install_fault_handler()) return;
  void* page = os::reserve(page_size);
  if (page == nullptr) return;
  c.protect = [](void* at, bool is_readable) {
    static_cast<void>(is_readable ? os::make_readable(at, page_size)
                                  : os::make_inaccessible(at, page_size));
  };
  if (os::commit(page, page_size)) {
    c.page = page;
  } else {
    os::release(page, page_size);
  }
}
inline void release_page(control_block& c) {
  if (c.page != nullptr) os::release(c.page, page_size);
}

/// A call from the host begins that is not nested in another one. The store's thread alone writes.
inline void begin_call(store& s) {
  platform::shared_number& call = control_of(s).call;
  call.store(call.load() + 1);
}

/// Asks a call to stop, by any thread and in signal handlers. The newest call that was asked for
/// counts: those before it have ended.
inline void request_stop(control_block& c, std::uint64_t call) {
  std::uint64_t asked = c.stop.load();
  while (asked < call && !c.stop.compare_exchange(asked, call)) {}
  if (c.page != nullptr) c.protect(c.page, false);
}

/// Whether the running call is to stop. Whoever asks for a call that has ended is forgotten.
[[nodiscard]] inline bool must_stop(control_block& c) {
  std::uint64_t asked = c.stop.load();
  while (asked != 0) {
    const std::uint64_t now = c.call.load();
    if (asked == now || asked == control_block::every_call) return true;
    if (asked > now || c.stop.compare_exchange(asked, 0)) return false;
  }
  return false;
}
/// The same at a page that could not be read. It becomes readable unless the call is to stop:
/// then the calls around a nested one are to find it as it is. Whoever asks between the two looks
/// does so before making the page unreadable, and is seen, or makes it so after this.
[[nodiscard]] DOVETAIL_COLD inline bool must_stop_at_page(control_block& c) {
  if (must_stop(c)) return true;
  c.protect(c.page, true);
  if (!must_stop(c)) return false;
  c.protect(c.page, false);
  return true;
}
/// A checkpoint in C++.
[[nodiscard]] inline bool is_interrupted(store& s) {
  control_block& c = control_of(s);
  return c.stop.load() != 0 && must_stop(c);
}

/// A bulk operator of a guest, which checkpoints divide if `IsInterruptible`: what was done before
/// a stop stays done.
template <bool IsInterruptible>
struct bulk {
  [[nodiscard]] static trap_code fill_memory(memory_instance& m, std::uint64_t to,
                                             std::uint8_t byte, std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::fill_memory(m, to, byte, n);
    if (!fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
    return divide(*m.home, n, bytes, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::fill_memory(m, to + at, byte, count);
    });
  }
  [[nodiscard]] static trap_code copy_memory(memory_instance& d, std::uint64_t to,
                                             const memory_instance& s, std::uint64_t from,
                                             std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::copy_memory(d, to, s, from, n);
    if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::memory_out_of_bounds;
    return divide(*d.home, n, bytes, to <= from, [&](std::uint64_t at, std::uint64_t count) {
      return vm::copy_memory(d, to + at, s, from + at, count);
    });
  }
  [[nodiscard]] static trap_code init_memory(instance& i, memory_instance& m, std::uint32_t segment,
                                             std::uint64_t to, std::uint64_t from,
                                             std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::init_memory(i, m, segment, to, from, n);
    const std::uint64_t size =
        i.dropped_data[segment] ? 0 : i.module->env.data_segments[segment].size;
    if (!fits(from, n, size) || !fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
    return divide(*i.home, n, bytes, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::init_memory(i, m, segment, to + at, from + at, count);
    });
  }
  [[nodiscard]] static trap_code fill_table(table_instance& t, std::uint64_t to, slot value,
                                            std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::fill_table(t, to, value, n);
    if (!fits(to, n, t.size)) return trap_code::table_out_of_bounds;
    return divide(*t.home, n, elements, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::fill_table(t, to + at, value, count);
    });
  }
  [[nodiscard]] static trap_code copy_table(table_instance& d, std::uint64_t to,
                                            const table_instance& s, std::uint64_t from,
                                            std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::copy_table(d, to, s, from, n);
    if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::table_out_of_bounds;
    return divide(*d.home, n, elements, to <= from, [&](std::uint64_t at, std::uint64_t count) {
      return vm::copy_table(d, to + at, s, from + at, count);
    });
  }
  [[nodiscard]] static trap_code init_table(instance& i, table_instance& t, std::uint32_t segment,
                                            std::uint64_t to, std::uint64_t from, std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::init_table(i, t, segment, to, from, n);
    const element_segment& all = i.module->env.element_segments[segment];
    const std::uint64_t size = i.dropped_elements[segment] ? 0 : all.count;
    if (!fits(from, n, size) || !fits(to, n, t.size)) return trap_code::table_out_of_bounds;
    return divide(*i.home, n, elements, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::init_table(i, t, segment, to + at, from + at, count);
    });
  }

 private:
  static constexpr std::uint64_t bytes = 65'536, elements = bytes / sizeof(slot);

  // Up, or down where a copy would overwrite what it has yet to read.
  template <class Part>
  static trap_code divide(store& s, std::uint64_t n, std::uint64_t most, bool goes_up, Part part) {
    for (std::uint64_t done = 0; done < n;) {
      if (is_interrupted(s)) return trap_code::interrupted;
      const std::uint64_t count = n - done < most ? n - done : most;
      const trap_code t = part(goes_up ? done : n - done - count, count);
      if (t != trap_code::none) return t;
      done += count;
    }
    return trap_code::none;
  }
};

/// After more was paid than there was: asks the host for what is missing. False, and no fuel left,
/// if it gives less.
[[nodiscard]] DOVETAIL_COLD inline bool refill(store& s) {
  const control_block& c = control_of(s);
  const std::uint64_t missing = std::uint64_t{0} - static_cast<std::uint64_t>(s.fuel);
  s.fuel = 0;
  const std::uint64_t given = c.refill == nullptr ? 0 : c.refill(c.refill_context, missing);
  if (given < missing) return false;
  constexpr std::uint64_t most = INT64_MAX;
  s.fuel = static_cast<std::int64_t>(given - missing < most ? given - missing : most);
  return true;
}

}  // namespace vm

/// The stop button of a store, to be copied to whoever may press it: other threads, signal
/// handlers, timers. Good as long as the store.
class stop_button {
 public:
  /// For stores.
  explicit stop_button(vm::store& s) : store_(&s), control_(&vm::control_of(s)) {}

  /// The call that runs now, or else the next one, which an instantiation may be. On the store's
  /// own thread alone.
  [[nodiscard]] call_ticket ticket() const {
    const std::uint64_t newest = control_->call.load();
    return {vm::is_running(*store_) ? newest : newest + 1};
  }

  /// Ends a call with `trap_code::interrupted` at its next checkpoint, its first one if it has yet
  /// to begin. If the call has ended nothing happens, to no call.
  void press(call_ticket call) const noexcept { vm::request_stop(*control_, call.number); }
  /// Ends the call that runs now, if one does.
  void press() const noexcept { vm::request_stop(*control_, control_->call.load()); }

  /// Ends every call from now on, until `release`.
  void hold() const noexcept { vm::request_stop(*control_, vm::control_block::every_call); }
  void release() const noexcept {
    std::uint64_t held = vm::control_block::every_call;
    control_->stop.compare_exchange(held, 0);
  }

 private:
  const vm::store* store_;
  vm::control_block* control_;
};

}  // namespace dovetail
