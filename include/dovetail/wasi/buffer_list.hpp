// The scatter and gather lists of preview 1 (witx: $iovec_array, $ciovec_array), and reading and
// writing through them. Used by functions_data.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/os_types.hpp>

namespace dovetail::wasi {

/// A guest's list of buffers: `count` entries of an address and a length, four bytes each.
class buffer_list {
 public:
  /// The most entries of a list, as in Linux and wasi-libc (IOV_MAX).
  static constexpr std::uint32_t count_limit = 1024;

  buffer_list(const guest_memory& memory, std::uint32_t address, std::uint32_t count)
      : memory_(memory), address_(address), count_(count) {}

  [[nodiscard]] std::uint32_t count() const { return count_; }

  /// Whether the list and everything in it lies in memory, and the lengths add up to less than 4
  /// GiB.
  [[nodiscard]] error_number check_all() const {
    if (count_ > count_limit) return error_number::inval;
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < count_; ++i) {
      const auto each = at(i);
      if (!each) return each.error();
      total += each->size();
    }
    return total > ~std::uint32_t{0} ? error_number::inval : error_number::success;
  }

  /// The bytes of one entry. Read anew each time: when the host's streams call the guest, the
  /// memory may move.
  [[nodiscard]] outcome<std::span<std::byte>> at(std::uint32_t i) const {
    const std::uint64_t entry = address_ + std::uint64_t{i} * 8;
    const auto data = memory_.read<std::uint32_t>(entry);
    if (!data) return data.error();
    const auto size = memory_.read<std::uint32_t>(entry + 4);
    if (!size) return size.error();
    return memory_.bytes(*data, *size);
  }

  /// Before the operating system fills buffers of the list.
  void touch(std::span<const os::buffer> buffers) const {
    for (const os::buffer& each : buffers) memory_.touch({each.data, each.size});
  }

  /// Calls `move(buffers, done)` with a few buffers at a time, where `done` bytes were moved
  /// before; it returns how many it moved. Stops when fewer were moved than asked for, and after
  /// the first call unless `goes_on`.
  template <class Move>
  [[nodiscard]] outcome<std::uint32_t> for_each_group(bool goes_on, Move move) const {
    std::uint64_t done = 0;
    for (std::uint32_t first = 0; first < count_ || first == 0; first += os::buffer_limit) {
      os::buffer group[os::buffer_limit];
      std::size_t used = 0;
      std::uint64_t wanted = 0;
      for (; used < os::buffer_limit && first + used < count_; ++used) {
        const auto each = at(first + static_cast<std::uint32_t>(used));
        if (!each) return each.error();
        group[used] = {each->data(), each->size()};
        wanted += each->size();
      }
      const outcome<std::size_t> moved = move(std::span<const os::buffer>(group, used), done);
      if (!moved && done == 0) return moved.error();
      if (!moved) break;
      done += *moved;
      if (*moved < wanted || !goes_on) break;
    }
    return static_cast<std::uint32_t>(done);
  }

 private:
  guest_memory memory_;
  std::uint32_t address_;
  std::uint32_t count_;
};

}  // namespace dovetail::wasi
