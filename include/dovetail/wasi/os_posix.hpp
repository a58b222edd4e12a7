// The operating system on POSIX (written for Linux): clocks, random bytes, waiting, and open files.
// Paths are next door. Used through os.hpp.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os_types.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::os {

/// The WASI number of a host's `errno`; `io` if it has none.
[[nodiscard]] inline error_number from_host(int number) {
  // Not a switch: some numbers have two names, and not the same ones on every system.
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  if (HOST != 0 && number == (HOST)) return error_number::NAME;
#include <dovetail/wasi/errors.def>
#undef DOVETAIL_WASI_ERROR
  return error_number::io;
}

[[nodiscard]] inline error_number last_error() { return from_host(errno); }

/// Success, or the error that a call which returned -1 left behind.
[[nodiscard]] inline error_number checked(int returned) {
  return returned < 0 ? last_error() : error_number::success;
}

[[nodiscard]] inline std::uint64_t nanoseconds(const timespec& time) {
  if (time.tv_sec < 0) return 0;
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u +
         static_cast<std::uint64_t>(time.tv_nsec);
}

[[nodiscard]] inline timespec to_timespec(std::uint64_t nanoseconds) {
  timespec time{};
  time.tv_sec = static_cast<time_t>(nanoseconds / 1'000'000'000u);
  time.tv_nsec = static_cast<long>(nanoseconds % 1'000'000'000u);
  return time;
}

[[nodiscard]] inline clockid_t to_host(clock_id clock) {
  constexpr clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                  CLOCK_THREAD_CPUTIME_ID};
  return clocks[static_cast<unsigned>(clock)];
}

[[nodiscard]] inline outcome<std::uint64_t> clock_resolution(clock_id clock) {
  timespec time{};
  if (clock_getres(to_host(clock), &time) != 0) return last_error();
  const std::uint64_t resolution = nanoseconds(time);
  return resolution == 0 ? 1 : resolution;  // the specification demands a value other than 0
}

[[nodiscard]] inline outcome<std::uint64_t> clock_time(clock_id clock) {
  timespec time{};
  if (clock_gettime(to_host(clock), &time) != 0) return last_error();
  return nanoseconds(time);
}

[[nodiscard]] inline error_number random_bytes(std::span<std::byte> room) {
  while (!room.empty()) {
    const ssize_t count = getrandom(room.data(), room.size(), 0);
    if (count < 0) {
      if (errno == EINTR) continue;
      return last_error();
    }
    room = room.subspan(static_cast<std::size_t>(count));
  }
  return error_number::success;
}

inline void yield() { sched_yield(); }

inline void close(native_file file) { ::close(file); }

/// The host's standard input, output or error (0, 1, 2), to be used and not closed.
[[nodiscard]] inline native_file standard_stream(int number) { return number; }

[[nodiscard]] inline bool is_terminal(native_file file) { return isatty(file) == 1; }

// --- reading and writing ------------------------------------------------------------------------

struct io_vectors {
  iovec entries[buffer_limit];
  int count = 0;

  explicit io_vectors(std::span<const buffer> buffers) {
    for (const buffer& each : buffers) entries[count++] = {each.data, each.size};
  }
};

[[nodiscard]] inline outcome<std::size_t> transferred(ssize_t count) {
  if (count < 0) return last_error();
  return static_cast<std::size_t>(count);
}

/// Repeats a call that a signal of the host interrupted: guests have no signals.
template <class Call>
[[nodiscard]] auto uninterrupted(Call call) {
  auto returned = call();
  while (returned < 0 && errno == EINTR) returned = call();
  return returned;
}

[[nodiscard]] inline outcome<std::size_t> read(native_file file, std::span<const buffer> buffers) {
  const io_vectors into(buffers);
  return transferred(uninterrupted([&] { return readv(file, into.entries, into.count); }));
}

[[nodiscard]] inline outcome<std::size_t> write(native_file file, std::span<const buffer> buffers) {
  const io_vectors from(buffers);
  return transferred(uninterrupted([&] { return writev(file, from.entries, from.count); }));
}

[[nodiscard]] inline outcome<std::size_t> read_at(native_file file, std::span<const buffer> buffers,
                                                  std::uint64_t offset) {
  const io_vectors into(buffers);
  const auto at = static_cast<off_t>(offset);
  return transferred(uninterrupted([&] { return preadv(file, into.entries, into.count, at); }));
}

[[nodiscard]] inline outcome<std::size_t> write_at(native_file file,
                                                   std::span<const buffer> buffers,
                                                   std::uint64_t offset) {
  const io_vectors from(buffers);
  const auto at = static_cast<off_t>(offset);
  // Linux appends in pwrite if the file was opened to append (pwrite(2), BUGS); WASI, like POSIX,
  // does not.
  const int flags = fcntl(file, F_GETFL);
  const bool appends = flags >= 0 && (flags & O_APPEND) != 0;
  if (appends) fcntl(file, F_SETFL, flags & ~O_APPEND);
  const auto count =
      transferred(uninterrupted([&] { return pwritev(file, from.entries, from.count, at); }));
  if (appends) fcntl(file, F_SETFL, flags);
  return count.has_value() ? outcome<std::size_t>(*count) : outcome<std::size_t>(count.error());
}

[[nodiscard]] inline outcome<std::uint64_t> seek(native_file file, std::int64_t offset,
                                                 whence from) {
  constexpr int origins[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  const off_t at = lseek(file, static_cast<off_t>(offset), origins[static_cast<unsigned>(from)]);
  if (at < 0) return last_error();
  return static_cast<std::uint64_t>(at);
}

// --- attributes ---------------------------------------------------------------------------------

[[nodiscard]] inline file_type to_file_type(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFBLK: return file_type::block_device;
    case S_IFCHR: return file_type::character_device;
    case S_IFDIR: return file_type::directory;
    case S_IFREG: return file_type::regular_file;
    case S_IFLNK: return file_type::symbolic_link;
    case S_IFSOCK: return file_type::socket_stream;
    default: return file_type::unknown;  // preview 1 has no number for a pipe
  }
}

[[nodiscard]] inline file_status to_file_status(const struct stat& host) {
  file_status status;
  status.device = static_cast<std::uint64_t>(host.st_dev);
  status.inode = static_cast<std::uint64_t>(host.st_ino);
  status.type = to_file_type(host.st_mode);
  status.links = static_cast<std::uint64_t>(host.st_nlink);
  status.size = static_cast<std::uint64_t>(host.st_size);
  status.accessed = nanoseconds(host.st_atim);
  status.modified = nanoseconds(host.st_mtim);
  status.changed = nanoseconds(host.st_ctim);
  return status;
}

[[nodiscard]] inline outcome<file_status> status_of(native_file file) {
  struct stat host {};
  if (fstat(file, &host) != 0) return last_error();
  return to_file_status(host);
}

struct host_times {
  timespec entries[2];

  explicit host_times(const file_times& times)
      : entries{choose(times.flags, time_flag::accessed, time_flag::accessed_now, times.accessed),
                choose(times.flags, time_flag::modified, time_flag::modified_now, times.modified)} {
  }

 private:
  static timespec choose(std::uint32_t flags, std::uint32_t given, std::uint32_t now,
                         std::uint64_t time) {
    timespec chosen = to_timespec(time);
    if ((flags & now) != 0) {
      chosen.tv_nsec = UTIME_NOW;
    } else if ((flags & given) == 0) {
      chosen.tv_nsec = UTIME_OMIT;
    }
    return chosen;
  }
};

[[nodiscard]] inline error_number set_times(native_file file, const file_times& times) {
  return checked(futimens(file, host_times(times).entries));
}

[[nodiscard]] inline error_number set_size(native_file file, std::uint64_t size) {
  return checked(uninterrupted([&] { return ftruncate(file, static_cast<off_t>(size)); }));
}

[[nodiscard]] inline error_number allocate(native_file file, std::uint64_t offset,
                                           std::uint64_t length) {
  int failure = EINTR;
  while (failure == EINTR) {
    failure = posix_fallocate(file, static_cast<off_t>(offset), static_cast<off_t>(length));
  }
  return failure == 0 ? error_number::success : from_host(failure);
}

[[nodiscard]] inline error_number advise(native_file file, std::uint64_t offset,
                                         std::uint64_t length, advice given) {
  constexpr int advices[] = {POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                             POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
  const int failure = posix_fadvise(file, static_cast<off_t>(offset), static_cast<off_t>(length),
                                    advices[static_cast<unsigned>(given)]);
  return failure == 0 ? error_number::success : from_host(failure);
}

[[nodiscard]] inline error_number sync(native_file file) { return checked(fsync(file)); }
[[nodiscard]] inline error_number datasync(native_file file) { return checked(fdatasync(file)); }

/// The host's open flags for `fd_flag`s.
[[nodiscard]] inline int to_open_flags(std::uint32_t flags) {
  return ((flags & fd_flag::append) != 0 ? O_APPEND : 0) |
         ((flags & fd_flag::dsync) != 0 ? O_DSYNC : 0) |
         ((flags & fd_flag::nonblock) != 0 ? O_NONBLOCK : 0) |
         ((flags & fd_flag::rsync) != 0 ? O_RSYNC : 0) |
         ((flags & fd_flag::sync) != 0 ? O_SYNC : 0);
}

/// The `fd_flag`s of an open file of the host.
[[nodiscard]] inline std::uint32_t flags_of(native_file file) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return 0;
  return ((host & O_APPEND) != 0 ? fd_flag::append : 0) |
         ((host & O_NONBLOCK) != 0 ? fd_flag::nonblock : 0);
}

/// Whether the host's file is open for reading, and for writing, as rights.
struct open_mode {
  bool reads = false;
  bool writes = false;
};

[[nodiscard]] inline outcome<open_mode> mode_of(native_file file) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return last_error();
  const int mode = host & O_ACCMODE;
  return open_mode{mode != O_WRONLY, mode != O_RDONLY};
}

/// Sets or clears append and nonblock, the two that can change while a file is open.
[[nodiscard]] inline error_number set_flags(native_file file, std::uint32_t flags) {
  const int host = fcntl(file, F_GETFL);
  if (host < 0) return last_error();
  constexpr std::uint32_t can_change = fd_flag::append | fd_flag::nonblock;
  return checked(
      fcntl(file, F_SETFL, (host & ~(O_APPEND | O_NONBLOCK)) | to_open_flags(flags & can_change)));
}

// --- waiting ------------------------------------------------------------------------------------

/// How many bytes can be read at once; 0 if the host does not say.
[[nodiscard]] inline std::uint64_t available(native_file file) {
  int count = 0;
  return ioctl(file, FIONREAD, &count) == 0 && count > 0 ? static_cast<std::uint64_t>(count) : 0;
}

/// Waits until a file is ready or `timeout` nanoseconds have passed; `polls` is room for as many
/// items as there are.
[[nodiscard]] inline error_number wait(std::span<poll_item> items, std::span<pollfd> polls,
                                       std::uint64_t timeout) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    polls[i] = {items[i].file, static_cast<short>(items[i].to_write ? POLLOUT : POLLIN), 0};
  }
  const timespec limit = to_timespec(timeout);
  const int ready = ppoll(polls.data(), static_cast<nfds_t>(items.size()),
                          timeout == no_deadline ? nullptr : &limit, nullptr);
  if (ready < 0) return errno == EINTR ? error_number::success : last_error();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const int happened = polls[i].revents;
    items[i].is_ready = happened != 0;
    items[i].is_hung_up = (happened & (POLLHUP | POLLERR)) != 0;
    items[i].is_bad = (happened & POLLNVAL) != 0;
  }
  return error_number::success;
}

using poll_record = pollfd;

}  // namespace dovetail::wasi::os
