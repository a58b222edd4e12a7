// The enumerations and flags of WASI preview 1, with the numbers that guests use.
// Used by every header of wasi.
#pragma once

#include <cstdint>

namespace dovetail::wasi {

/// witx: $clockid.
enum class clock_id : std::uint32_t { realtime, monotonic, process_cputime, thread_cputime };
inline constexpr std::uint32_t clock_count = 4;

/// witx: $filetype.
enum class file_type : std::uint8_t {
  unknown,
  block_device,
  character_device,
  directory,
  regular_file,
  socket_dgram,
  socket_stream,
  symbolic_link
};

/// witx: $whence.
enum class whence : std::uint8_t { set, current, end };
inline constexpr std::uint32_t whence_count = 3;

/// witx: $advice.
enum class advice : std::uint8_t { normal, sequential, random, will_need, do_not_need, no_reuse };
inline constexpr std::uint32_t advice_count = 6;

/// witx: $eventtype.
enum class event_type : std::uint8_t { clock, fd_read, fd_write };

/// witx: $preopentype has one case, a directory.
inline constexpr std::uint8_t preopen_directory = 0;

/// witx: $lookupflags.
namespace lookup_flag {
inline constexpr std::uint32_t symlink_follow = 1;
inline constexpr std::uint32_t all = 1;
}  // namespace lookup_flag

/// witx: $oflags.
namespace open_flag {
inline constexpr std::uint32_t create = 1;
inline constexpr std::uint32_t directory = 2;
inline constexpr std::uint32_t exclusive = 4;
inline constexpr std::uint32_t truncate = 8;
inline constexpr std::uint32_t all = 15;
}  // namespace open_flag

/// witx: $fdflags.
namespace fd_flag {
inline constexpr std::uint32_t append = 1;
inline constexpr std::uint32_t dsync = 2;
inline constexpr std::uint32_t nonblock = 4;
inline constexpr std::uint32_t rsync = 8;
inline constexpr std::uint32_t sync = 16;
inline constexpr std::uint32_t all = 31;
}  // namespace fd_flag

/// witx: $fstflags.
namespace time_flag {
inline constexpr std::uint32_t accessed = 1;
inline constexpr std::uint32_t accessed_now = 2;
inline constexpr std::uint32_t modified = 4;
inline constexpr std::uint32_t modified_now = 8;
inline constexpr std::uint32_t all = 15;
}  // namespace time_flag

/// witx: $subclockflags.
namespace clock_flag {
inline constexpr std::uint32_t absolute = 1;
}

/// witx: $eventrwflags.
namespace event_flag {
inline constexpr std::uint16_t hangup = 1;
}

/// witx: $signal goes from none (0) to sys (30).
inline constexpr std::uint32_t signal_count = 31;

/// The attributes of a file (witx: $filestat). Times are nanoseconds since 1970.
struct file_status {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  file_type type = file_type::unknown;
  std::uint64_t links = 0;
  std::uint64_t size = 0;
  std::uint64_t accessed = 0;
  std::uint64_t modified = 0;
  std::uint64_t changed = 0;
};

/// Which times of a file to set, and to what; `flags` are `time_flag`s.
struct file_times {
  std::uint64_t accessed = 0;
  std::uint64_t modified = 0;
  std::uint32_t flags = 0;
};

}  // namespace dovetail::wasi
