// The structures of preview 1 in guest memory, drawn with their offsets (witx: typenames;
// little-endian, C alignment). Used by the functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi {

/// A structure as its bytes, zero where nothing was put: padding tells the guest nothing.
template <std::size_t Size>
struct record {
  std::array<std::byte, Size> bytes{};

  /// Puts `value` at `offset`, lowest byte first.
  template <class T>
  constexpr record& put(std::size_t offset, T value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8) {
      bytes[offset + i] = static_cast<std::byte>(rest & 0xff);
    }
    return *this;
  }
};

// $filestat   0 dev u64 | 8 ino u64 | 16 filetype u8, 7 padding | 24 nlink u64 | 32 size u64
//             40 atim u64 | 48 mtim u64 | 56 ctim u64 | 64
[[nodiscard]] constexpr record<64> to_filestat(const file_status& status) {
  return record<64>{}
      .put(0, status.device)
      .put(8, status.inode)
      .put(16, status.type)
      .put(24, status.links)
      .put(32, status.size)
      .put(40, status.accessed)
      .put(48, status.modified)
      .put(56, status.changed);
}

// $fdstat     0 filetype u8, 1 padding | 2 flags u16, 4 padding | 8 rights u64 | 16 rights u64 | 24
[[nodiscard]] constexpr record<24> to_fdstat(file_type type, std::uint32_t flags, rights base,
                                             rights inheriting) {
  return record<24>{}
      .put(0, type)
      .put(2, static_cast<std::uint16_t>(flags))
      .put(8, base.bits)
      .put(16, inheriting.bits);
}

// $prestat    0 tag u8, 3 padding | 4 name length u32 | 8
[[nodiscard]] constexpr record<8> to_prestat(std::uint32_t name_size) {
  return record<8>{}.put(0, preopen_directory).put(4, name_size);
}

// $dirent     0 next u64 | 8 ino u64 | 16 name length u32 | 20 filetype u8, 3 padding | 24, then
// the name
[[nodiscard]] constexpr record<24> to_dirent(std::uint64_t next, std::uint64_t inode,
                                             std::uint32_t name_size, file_type type) {
  return record<24>{}.put(0, next).put(8, inode).put(16, name_size).put(20, type);
}

// $event      0 userdata u64 | 8 error u16 | 10 type u8, 5 padding | 16 nbytes u64 | 24 flags u16,
// 6 padding | 32
struct event {
  static constexpr std::uint64_t size = 32;
  std::uint64_t user_data = 0;
  error_number error = error_number::success;
  event_type type = event_type::clock;
  std::uint64_t available = 0;
  std::uint16_t flags = 0;
};

[[nodiscard]] constexpr record<event::size> to_event(const event& happened) {
  return record<event::size>{}
      .put(0, happened.user_data)
      .put(8, happened.error)
      .put(10, happened.type)
      .put(16, happened.available)
      .put(24, happened.flags);
}

// $subscription   0 userdata u64 | 8 tag u8, 7 padding | then by tag
//   clock:        16 id u32, 4 padding | 24 timeout u64 | 32 precision u64 | 40 flags u16, 6
//   padding | 48 fd_read, fd_write:  16 fd u32 | 20
struct subscription {
  static constexpr std::uint64_t size = 48;
  std::uint64_t user_data = 0;
  std::uint8_t tag = 0;
  std::uint32_t clock_or_descriptor = 0;
  std::uint64_t timeout = 0;
  std::uint32_t flags = 0;
};

[[nodiscard]] inline outcome<subscription> read_subscription(const guest_memory& memory,
                                                             std::uint64_t address) {
  if (const auto all = memory.bytes(address, subscription::size); !all) return all.error();
  return subscription{*memory.read<std::uint64_t>(address), *memory.read<std::uint8_t>(address + 8),
                      *memory.read<std::uint32_t>(address + 16),
                      *memory.read<std::uint64_t>(address + 24),
                      *memory.read<std::uint16_t>(address + 40)};
}

}  // namespace dovetail::wasi
