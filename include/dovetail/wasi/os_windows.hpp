// The operating system on Windows: clocks, random bytes and the standard streams work; whatever
// needs a directory of the host answers `nosys`. Used through os.hpp.
#pragma once

#if !defined(WIN32_LEAN_AND_MEAN)
#define WIN32_LEAN_AND_MEAN
#define DOVETAIL_UNDEFINE_LEAN
#endif
#if !defined(NOMINMAX)
#define NOMINMAX
#define DOVETAIL_UNDEFINE_NOMINMAX
#endif
#include <windows.h>
// Needs windows.h first.
#include <ntsecapi.h>
#if defined(DOVETAIL_UNDEFINE_LEAN)
#undef WIN32_LEAN_AND_MEAN
#undef DOVETAIL_UNDEFINE_LEAN
#endif
#if defined(DOVETAIL_UNDEFINE_NOMINMAX)
#undef NOMINMAX
#undef DOVETAIL_UNDEFINE_NOMINMAX
#endif

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <io.h>
#include <sys/stat.h>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os_types.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::os {

/// The WASI number of what the C library's functions leave in `errno`.
[[nodiscard]] inline error_number last_error() {
  switch (errno) {
    case EBADF: return error_number::badf;
    case EAGAIN: return error_number::again;
    case EINVAL: return error_number::inval;
    case ENOSPC: return error_number::nospc;
    case EPIPE: return error_number::pipe;
    case ESPIPE: return error_number::spipe;
    default: return error_number::io;
  }
}

// --- clocks, random bytes -----------------------------------------------------------------------

/// Windows counts time in units of 100 nanoseconds.
[[nodiscard]] inline std::uint64_t nanoseconds(FILETIME time) {
  return ((std::uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime) * 100;
}

[[nodiscard]] inline std::uint64_t counter_frequency() {
  LARGE_INTEGER frequency;
  QueryPerformanceFrequency(&frequency);
  return static_cast<std::uint64_t>(frequency.QuadPart);
}

[[nodiscard]] inline outcome<std::uint64_t> clock_resolution(clock_id clock) {
  if (clock != clock_id::monotonic) return std::uint64_t{100};
  const std::uint64_t resolution = 1'000'000'000 / counter_frequency();
  return resolution == 0 ? std::uint64_t{1} : resolution;
}

[[nodiscard]] inline outcome<std::uint64_t> clock_time(clock_id clock) {
  if (clock == clock_id::realtime) {
    constexpr std::uint64_t from_1601_to_1970 = 11'644'473'600u * std::uint64_t{1'000'000'000};
    FILETIME time;
    GetSystemTimePreciseAsFileTime(&time);
    return nanoseconds(time) - from_1601_to_1970;
  }
  if (clock == clock_id::monotonic) {
    LARGE_INTEGER count;
    QueryPerformanceCounter(&count);
    const auto ticks = static_cast<std::uint64_t>(count.QuadPart);
    const std::uint64_t frequency = counter_frequency();
    return ticks / frequency * 1'000'000'000 + ticks % frequency * 1'000'000'000 / frequency;
  }
  FILETIME created, ended, kernel, user;
  const BOOL is_known = clock == clock_id::process_cputime
                            ? GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user)
                            : GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user);
  if (is_known == 0) return error_number::notsup;
  return nanoseconds(kernel) + nanoseconds(user);
}

[[nodiscard]] inline error_number random_bytes(std::span<std::byte> room) {
  constexpr std::size_t at_once = 1u << 30;
  while (!room.empty()) {
    const std::size_t count = room.size() < at_once ? room.size() : at_once;
    if (RtlGenRandom(room.data(), static_cast<ULONG>(count)) == 0) return error_number::io;
    room = room.subspan(count);
  }
  return error_number::success;
}

inline void yield() { SwitchToThread(); }

// --- the standard streams -----------------------------------------------------------------------

inline void close(native_file file) { ::_close(file); }

[[nodiscard]] inline native_file standard_stream(int number) { return number; }

[[nodiscard]] inline bool is_terminal(native_file file) { return _isatty(file) != 0; }

/// Moves the buffers one by one, until one is not moved completely.
template <class Move>
[[nodiscard]] outcome<std::size_t> for_each(std::span<const buffer> buffers, Move move) {
  std::size_t done = 0;
  for (const buffer& each : buffers) {
    if (each.size == 0) continue;
    constexpr std::size_t at_once = 1u << 30;
    const std::size_t wanted = each.size < at_once ? each.size : at_once;
    const int moved = move(each.data, static_cast<unsigned>(wanted));
    if (moved < 0 && done == 0) return last_error();
    if (moved > 0) done += static_cast<std::size_t>(moved);
    if (moved < 0 || static_cast<std::size_t>(moved) < each.size) break;
  }
  return done;
}

[[nodiscard]] inline outcome<std::size_t> read(native_file file, std::span<const buffer> buffers) {
  return for_each(buffers, [file](void* to, unsigned size) { return _read(file, to, size); });
}

[[nodiscard]] inline outcome<std::size_t> write(native_file file, std::span<const buffer> buffers) {
  return for_each(buffers, [file](void* from, unsigned size) { return _write(file, from, size); });
}

[[nodiscard]] inline outcome<std::uint64_t> seek(native_file file, std::int64_t offset,
                                                 whence from) {
  const std::int64_t at = _lseeki64(file, offset, static_cast<int>(from));
  if (at < 0) return last_error();
  return static_cast<std::uint64_t>(at);
}

[[nodiscard]] inline outcome<file_status> status_of(native_file file) {
  struct _stat64 host {};
  if (_fstat64(file, &host) != 0) return last_error();
  const unsigned kind = static_cast<unsigned>(host.st_mode) & unsigned{_S_IFMT};
  file_status status;
  status.type = kind == _S_IFREG   ? file_type::regular_file
                : kind == _S_IFCHR ? file_type::character_device
                                   : file_type::unknown;
  status.links = 1;
  status.size = static_cast<std::uint64_t>(host.st_size);
  return status;
}

struct open_mode {
  bool reads = true;
  bool writes = true;
};

[[nodiscard]] inline outcome<open_mode> mode_of(native_file) { return open_mode{}; }
[[nodiscard]] inline std::uint32_t flags_of(native_file) { return 0; }
[[nodiscard]] inline error_number datasync(native_file file) {
  return _commit(file) == 0 ? error_number::success : last_error();
}
[[nodiscard]] inline error_number sync(native_file file) { return datasync(file); }

// --- waiting ------------------------------------------------------------------------------------

struct poll_record {};

[[nodiscard]] inline std::uint64_t available(native_file) { return 0; }

/// Streams count as ready; for clocks, this sleeps.
[[nodiscard]] inline error_number wait(std::span<poll_item> items, std::span<poll_record>,
                                       std::uint64_t timeout) {
  for (poll_item& each : items) each.is_ready = true;
  if (!items.empty()) return error_number::success;
  constexpr std::uint64_t longest = 3'600'000;  // milliseconds; the caller looks again after it
  const std::uint64_t wanted = timeout / 1'000'000 + (timeout % 1'000'000 != 0 ? 1 : 0);
  Sleep(static_cast<DWORD>(wanted < longest ? wanted : longest));
  return error_number::success;
}

// --- what needs a directory of the host ---------------------------------------------------------

using path = std::string_view;

[[nodiscard]] inline outcome<std::size_t> read_at(native_file, std::span<const buffer>,
                                                  std::uint64_t) {
  return error_number::nosys;
}
[[nodiscard]] inline outcome<std::size_t> write_at(native_file, std::span<const buffer>,
                                                   std::uint64_t) {
  return error_number::nosys;
}
// clang-format off
inline constexpr error_number not_here = error_number::nosys;
inline error_number set_times(native_file, const file_times&) { return not_here; }
inline error_number set_size(native_file, std::uint64_t) { return not_here; }
inline error_number set_flags(native_file, std::uint32_t) { return not_here; }
inline error_number allocate(native_file, std::uint64_t, std::uint64_t) { return not_here; }
inline error_number advise(native_file, std::uint64_t, std::uint64_t, advice) { return not_here; }
inline outcome<native_file> open_granted(path) { return not_here; }
inline outcome<opened_file> open_below(native_file, path, const open_request&) { return not_here; }
inline error_number create_directory(native_file, path) { return not_here; }
inline outcome<file_status> status_below(native_file, path, bool) { return not_here; }
inline error_number set_times_below(native_file, path, bool, const file_times&) { return not_here; }
inline error_number link(native_file, path, bool, native_file, path) { return not_here; }
inline outcome<std::size_t> read_link(native_file, path, std::span<std::byte>) { return not_here; }
inline error_number remove_directory(native_file, path) { return not_here; }
inline error_number rename(native_file, path, native_file, path) { return not_here; }
inline error_number symlink(path, native_file, path) { return not_here; }
inline error_number unlink(native_file, path) { return not_here; }
// clang-format on

/// There are no lists of entries.
struct listing {};
inline void close(listing) {}
[[nodiscard]] inline error_number seek_listing(listing, native_file, std::uint64_t) {
  return not_here;
}
[[nodiscard]] inline outcome<bool> next_entry(listing, native_file, directory_entry&) {
  return not_here;
}

}  // namespace dovetail::wasi::os
