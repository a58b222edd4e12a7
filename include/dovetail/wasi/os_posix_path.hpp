// What POSIX does with paths below a granted directory, and with the entries of a directory.
// Used by the functions through os.hpp.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os_posix.hpp>
#include <dovetail/wasi/os_posix_walk.hpp>

namespace dovetail::wasi::os {

/// Opens a directory of the host, named by the host, to be granted.
[[nodiscard]] inline outcome<native_file> open_granted(std::string_view path) {
  char name[PATH_MAX];
  if (path.size() >= sizeof name) return error_number::nametoolong;
  path.copy(name, path.size());
  name[path.size()] = '\0';
  const native_file file = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return last_error();
  return file;
}

[[nodiscard]] inline int to_open_flags(const open_request& request, bool wants_directory) {
  const int access = request.write ? (request.read ? O_RDWR : O_WRONLY) : O_RDONLY;
  // Nonblocking, so that a pipe in the file system cannot stop the host; no controlling terminal
  // for it either.
  return access | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | to_open_flags(request.flags) |
         (request.create ? O_CREAT : 0) | (request.exclusive ? O_EXCL : 0) |
         (request.truncate ? O_TRUNC : 0) | (wants_directory ? O_DIRECTORY : 0);
}

/// Finishes opening: only a file that can make one wait keeps to what the guest said about that.
[[nodiscard]] inline outcome<opened_file> finish_opening(native_file file, std::uint32_t flags) {
  struct stat status {};
  if (fstat(file, &status) != 0) {
    const error_number number = last_error();
    ::close(file);
    return number;
  }
  const bool can_wait = !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
  if (can_wait && (flags & fd_flag::nonblock) == 0) {
    fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
  }
  return opened_file{file, to_file_type(status.st_mode)};
}

[[nodiscard]] inline outcome<opened_file> open_below(native_file root, std::string_view path,
                                                     const open_request& request) {
  path_walk walk(root);
  for (error_number number = walk.start(path);; number = walk.follow_or_not_a_directory()) {
    if (failed(number)) return number;
    const bool slash = walk.wants_directory();
    if (slash && request.create) return error_number::isdir;
    const int flags = to_open_flags(request, slash || request.directory);
    const native_file file =
        uninterrupted([&] { return openat(walk.parent(), walk.name(), flags, 0666); });
    if (file >= 0) return finish_opening(file, request.flags);
    const bool may_be_link = errno == ELOOP || errno == ENOTDIR;
    if (!may_be_link || !(request.follow || slash)) return last_error();
  }
}

[[nodiscard]] inline error_number create_directory(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  return checked(mkdirat(walk.parent(), walk.name(), 0777));
}

[[nodiscard]] inline outcome<file_status> status_below(native_file root, std::string_view path,
                                                       bool follow) {
  path_walk walk(root);
  if (const error_number number = walk.start(path); failed(number)) return number;
  const auto status = walk.settle(follow);
  if (!status) return status.error();
  return to_file_status(*status);
}

[[nodiscard]] inline error_number set_times_below(native_file root, std::string_view path,
                                                  bool follow, const file_times& times) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (const auto status = walk.settle(follow); !status) return status.error();
  return checked(
      utimensat(walk.parent(), walk.name(), host_times(times).entries, AT_SYMLINK_NOFOLLOW));
}

[[nodiscard]] inline error_number link(native_file old_root, std::string_view old_path, bool follow,
                                       native_file new_root, std::string_view new_path) {
  path_walk from(old_root);
  if (const auto number = from.start(old_path); failed(number)) return number;
  if (const auto status = from.settle(follow); !status) return status.error();
  path_walk to(new_root);
  if (const auto number = to.start(new_path); failed(number)) return number;
  if (to.wants_directory()) {
    const auto status = to.settle(true);
    return status.has_value() ? error_number::exist : status.error();
  }
  return checked(linkat(from.parent(), from.name(), to.parent(), to.name(), 0));
}

/// Reads as much of a symbolic link's text as fits.
[[nodiscard]] inline outcome<std::size_t> read_link(native_file root, std::string_view path,
                                                    std::span<std::byte> room) {
  path_walk walk(root);
  if (const error_number number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    const auto status = walk.settle(true);
    return status.has_value() ? error_number::inval : status.error();
  }
  return transferred(
      readlinkat(walk.parent(), walk.name(), reinterpret_cast<char*>(room.data()), room.size()));
}

[[nodiscard]] inline error_number remove_directory(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  return checked(unlinkat(walk.parent(), walk.name(), AT_REMOVEDIR));
}

[[nodiscard]] inline error_number rename(native_file old_root, std::string_view old_path,
                                         native_file new_root, std::string_view new_path) {
  path_walk from(old_root);
  if (const auto number = from.start(old_path); failed(number)) return number;
  path_walk to(new_root);
  if (const auto number = to.start(new_path); failed(number)) return number;
  if (from.wants_directory() || to.wants_directory()) {
    struct stat status {};
    if (const auto number =
            checked(fstatat(from.parent(), from.name(), &status, AT_SYMLINK_NOFOLLOW));
        failed(number))
      return number;
    if (!S_ISDIR(status.st_mode)) return error_number::notdir;
  }
  return checked(renameat(from.parent(), from.name(), to.parent(), to.name()));
}

/// An absolute text is refused: the guest could not use the link, and a program of the host might.
[[nodiscard]] inline error_number symlink(std::string_view text, native_file root,
                                          std::string_view path) {
  if (!text.empty() && text.front() == '/') return error_number::notcapable;
  char link[PATH_MAX];
  if (text.size() >= sizeof link) return error_number::nametoolong;
  text.copy(link, text.size());
  link[text.size()] = '\0';
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    const auto status = walk.settle(true);
    return status.has_value() ? error_number::exist : status.error();
  }
  return checked(symlinkat(link, walk.parent(), walk.name()));
}

[[nodiscard]] inline error_number unlink(native_file root, std::string_view path) {
  path_walk walk(root);
  if (const auto number = walk.start(path); failed(number)) return number;
  if (walk.wants_directory()) {
    struct stat status {};
    if (const auto number =
            checked(fstatat(walk.parent(), walk.name(), &status, AT_SYMLINK_NOFOLLOW));
        failed(number))
      return number;
    return S_ISDIR(status.st_mode) ? error_number::isdir : error_number::notdir;
  }
  return checked(unlinkat(walk.parent(), walk.name(), 0));
}

// --- the entries of a directory -----------------------------------------------------------------

/// A place in the list of a directory's entries; null: not begun.
using listing = DIR*;

inline void close(listing list) {
  if (list != nullptr) closedir(list);
}

/// Goes to the entry that `cookie` names in the list of `directory`, beginning the list if it is
/// not.
[[nodiscard]] inline error_number seek_listing(listing& list, native_file directory,
                                               std::uint64_t cookie) {
  if (list == nullptr) {
    const native_file file = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return last_error();
    list = fdopendir(file);
    if (list == nullptr) {
      const error_number number = last_error();
      ::close(file);
      return number;
    }
  }
  if (cookie == 0) {
    rewinddir(list);
  } else if (cookie != static_cast<std::uint64_t>(telldir(list))) {
    seekdir(list, static_cast<long>(cookie));
  }
  return error_number::success;
}

[[nodiscard]] inline file_type to_file_type(const dirent& entry, native_file directory) {
  switch (entry.d_type) {
    case DT_BLK: return file_type::block_device;
    case DT_CHR: return file_type::character_device;
    case DT_DIR: return file_type::directory;
    case DT_REG: return file_type::regular_file;
    case DT_LNK: return file_type::symbolic_link;
    case DT_SOCK: return file_type::socket_stream;
    case DT_UNKNOWN: break;
    default: return file_type::unknown;
  }
  struct stat status {};
  const bool found = fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
  return found ? to_file_type(status.st_mode) : file_type::unknown;
}

/// Reads the next entry; false at the end of the list.
[[nodiscard]] inline outcome<bool> next_entry(listing list, native_file directory,
                                              directory_entry& entry) {
  errno = 0;
  const dirent* host = readdir(list);
  if (host == nullptr) {
    if (errno != 0) return last_error();
    return false;
  }
  entry.next = static_cast<std::uint64_t>(telldir(list));
  entry.inode = static_cast<std::uint64_t>(host->d_ino);
  entry.type = to_file_type(*host, directory);
  entry.name = host->d_name;
  return true;
}

}  // namespace dovetail::wasi::os
