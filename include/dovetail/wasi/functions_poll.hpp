// poll_oneoff of preview 1: waiting for clocks and descriptors. Used by context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/wasi/descriptor.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/layout.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

/// One subscription while it is waited for.
struct awaited {
  subscription wanted;
  std::uint64_t delay = os::no_deadline;  ///< a clock: nanoseconds from the start until it rings
  std::uint32_t item = no_item;           ///< a file of the host: its place among the items
  bool has_happened = false;
  event happened;

  static constexpr std::uint32_t no_item = ~std::uint32_t{0};

  void happen(error_number error, std::uint64_t available = 0, bool is_hung_up = false) {
    has_happened = true;
    happened.error = error;
    happened.available = available;
    happened.flags = is_hung_up ? event_flag::hangup : std::uint16_t{0};
  }
};

/// All subscriptions of one call.
class poll_round {
 public:
  /// The most subscriptions of a call; more is `inval`, as from poll(2) beyond the limit of open
  /// files.
  static constexpr std::uint32_t limit = 4096;

  explicit poll_round(process& self)
      : self_(&self), all_(self.memory()), items_(self.memory()), records_(self.memory()) {}

  [[nodiscard]] error_number read(const guest_memory& memory, std::uint64_t address,
                                  std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto wanted = read_subscription(memory, address + i * subscription::size);
      if (!wanted) return wanted.error();
      if (const auto number = add(*wanted); failed(number)) return number;
    }
    return records_.resize(items_.size()) == status::ok ? error_number::success
                                                        : error_number::nomem;
  }

  /// Returns when at least one subscription has happened.
  [[nodiscard]] error_number wait() {
    const auto start = os::clock_time(clock_id::monotonic);
    if (!start) return start.error();
    std::uint64_t elapsed = 0;
    do {
      if (const auto number = os::wait(items_, records_, remaining(elapsed)); failed(number))
        return number;
      const auto now = os::clock_time(clock_id::monotonic);
      if (!now) return now.error();
      elapsed = *now - *start;
    } while (!collect(elapsed));  // woken early, by a signal of the host or by rounding
    return error_number::success;
  }

  /// Writes the events in the order of the subscriptions; returns how many.
  [[nodiscard]] outcome<std::uint32_t> write(guest_memory& memory, std::uint64_t address) const {
    std::uint32_t count = 0;
    for (const awaited& each : all_) {
      if (!each.has_happened) continue;
      const error_number number =
          memory.copy(address + count * event::size, to_event(each.happened).bytes);
      if (failed(number)) return number;
      ++count;
    }
    return count;
  }

 private:
  [[nodiscard]] error_number add(const subscription& wanted) {
    if (wanted.tag > static_cast<std::uint8_t>(event_type::fd_write)) return error_number::inval;
    awaited added;
    added.wanted = wanted;
    added.happened.user_data = wanted.user_data;
    added.happened.type = static_cast<event_type>(wanted.tag);
    if (added.happened.type == event_type::clock) {
      prepare_clock(added);
    } else {
      if (const auto number = prepare_descriptor(added); failed(number)) return number;
    }
    return all_.push(added) == status::ok ? error_number::success : error_number::nomem;
  }

  void prepare_clock(awaited& added) const {
    const std::uint32_t id = added.wanted.clock_or_descriptor;
    if (id >= clock_count) return added.happen(error_number::inval);
    const auto clock = static_cast<clock_id>(id);
    // The clocks of used processor time stand still while one waits for them.
    const bool runs = clock == clock_id::realtime || clock == clock_id::monotonic;
    if (!runs) return added.happen(error_number::notsup);
    added.delay = added.wanted.timeout;
    if ((added.wanted.flags & clock_flag::absolute) != 0) {
      const auto now = self_->now(clock);
      if (!now) return added.happen(now.error());
      added.delay = added.wanted.timeout > *now ? added.wanted.timeout - *now : 0;
    }
    if (added.delay == os::no_deadline) --added.delay;
  }

  [[nodiscard]] error_number prepare_descriptor(awaited& added) {
    const bool to_write = added.happened.type == event_type::fd_write;
    const rights needed = right::poll_fd_readwrite | (to_write ? right::fd_write : right::fd_read);
    const auto found = self_->descriptors.find(added.wanted.clock_or_descriptor, needed);
    if (!found) {
      added.happen(found.error());
      return error_number::success;
    }
    const descriptor& file = **found;
    if (!file.is_host_file()) {
      added.happen(error_number::success, file.input.available(),
                   !to_write && file.input.is_at_end());
      return error_number::success;
    }
    added.item = static_cast<std::uint32_t>(items_.size());
    const bool is_added = items_.push({file.file, to_write}) == status::ok;
    return is_added ? error_number::success : error_number::nomem;
  }

  /// How long to wait still: not at all if something has happened.
  [[nodiscard]] std::uint64_t remaining(std::uint64_t elapsed) const {
    std::uint64_t shortest = os::no_deadline;
    for (const awaited& each : all_) {
      if (each.has_happened) return 0;
      if (each.delay < shortest) shortest = each.delay;
    }
    if (shortest == os::no_deadline) return os::no_deadline;
    return shortest > elapsed ? shortest - elapsed : 0;
  }

  /// Notes what has happened; returns whether anything has.
  [[nodiscard]] bool collect(std::uint64_t elapsed) {
    bool any = false;
    for (awaited& each : all_) {
      if (!each.has_happened) {
        if (each.item != awaited::no_item) {
          collect_item(each);
        } else if (each.delay <= elapsed) {
          each.happen(error_number::success);
        }
      }
      any = any || each.has_happened;
    }
    return any;
  }

  void collect_item(awaited& each) {
    const os::poll_item& item = items_[each.item];
    if (!item.is_ready) return;
    if (item.is_bad) return each.happen(error_number::badf);
    each.happen(error_number::success, item.to_write ? 0 : readable(item.file), item.is_hung_up);
  }

  /// How many bytes can be read at once: of a regular file, what lies after the offset.
  [[nodiscard]] static std::uint64_t readable(os::native_file file) {
    const auto status = os::status_of(file);
    if (!status || status->type != file_type::regular_file) return os::available(file);
    const auto at = os::seek(file, 0, whence::current);
    return at.has_value() && *at < status->size ? status->size - *at : 0;
  }

  process* self_;
  array<awaited> all_;
  array<os::poll_item> items_;
  array<os::poll_record> records_;
};

inline error_number poll_oneoff(process& self, guest_memory& memory, std::uint32_t subscriptions_at,
                                std::uint32_t events_at, std::uint32_t count,
                                std::uint32_t count_at) {
  if (count == 0 || count > poll_round::limit) return error_number::inval;
  // Everything is read before anything is written: the two lists may overlap.
  if (const auto room = memory.bytes(events_at, count * event::size); !room) return room.error();
  if (const auto room = memory.bytes(count_at, 4); !room) return room.error();
  poll_round awaiting(self);
  if (const auto number = awaiting.read(memory, subscriptions_at, count); failed(number))
    return number;
  if (const auto number = awaiting.wait(); failed(number)) return number;
  const auto written = awaiting.write(memory, events_at);
  if (!written) return written.error();
  return memory.write(count_at, *written);
}

}  // namespace dovetail::wasi::preview1
