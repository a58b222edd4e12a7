// How a guest's path becomes an open parent and one last name, without ever leaving the granted
// directory. Used by os_posix_path.hpp.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os_posix.hpp>

namespace dovetail::wasi::os {

/// Resolves a path below a directory, one component at a time. The kernel is never given more than
/// one name, and every name is opened with O_NOFOLLOW below a directory that is open already:
/// whatever other threads, guests or programs rename or replace in the meantime, what is opened was
/// found beneath the root by its name.
///
/// - A symbolic link is read, and its text takes its place in the path; an absolute one is refused.
/// - `..` walks again from the root to the parent. Asking the kernel for `..` instead would escape
/// if the directory
///   had been moved up meanwhile.
/// - A trailing slash is kept back from the kernel, which would follow a symbolic link for it.
class path_walk {
 public:
  explicit path_walk(native_file root) : root_(root), parent_(root) {}
  path_walk(const path_walk&) = delete;
  path_walk& operator=(const path_walk&) = delete;
  ~path_walk() { leave(); }

  /// Walks to the last component of `path`, which is not touched.
  [[nodiscard]] error_number start(std::string_view path) {
    if (path.empty()) return error_number::noent;
    if (path.front() == '/') return error_number::notcapable;
    if (path.size() >= path_limit) return error_number::nametoolong;
    rest_ = path_limit - path.size();
    path.copy(text_ + rest_, path.size());
    return to_last();
  }

  /// The last component is a symbolic link: walks to the last component of what it says. `inval` if
  /// it is none.
  [[nodiscard]] error_number follow() {
    if (const auto number = expand(); failed(number)) return number;
    return to_last();
  }

  /// Like `follow`, where a thing that is no link is no directory either.
  [[nodiscard]] error_number follow_or_not_a_directory() {
    const error_number number = follow();
    return number == error_number::inval ? error_number::notdir : number;
  }

  /// Follows while the last component is a symbolic link, and returns the attributes of what is
  /// there then. A trailing slash asks for a directory, links to directories included.
  [[nodiscard]] outcome<struct stat> settle(bool follows) {
    for (;;) {
      struct stat status {};
      if (fstatat(parent_, name_, &status, AT_SYMLINK_NOFOLLOW) != 0) return last_error();
      if (!S_ISLNK(status.st_mode) || !(follows || wants_directory_)) {
        if (wants_directory_ && !S_ISDIR(status.st_mode)) return error_number::notdir;
        return status;
      }
      if (const error_number number = follow(); failed(number)) return number;
    }
  }

  [[nodiscard]] native_file parent() const { return parent_; }
  /// The last component, never empty and without a slash; `.` for the parent itself.
  [[nodiscard]] const char* name() const { return name_; }
  /// Whether the path ended in a slash.
  [[nodiscard]] bool wants_directory() const { return wants_directory_; }

 private:
  static constexpr std::size_t path_limit = PATH_MAX;
  static constexpr std::size_t name_limit = NAME_MAX;
  static constexpr int link_limit = 40;  // as Linux (path_resolution(7))
#if defined(O_PATH)
  static constexpr int open_to_search = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#else
  static constexpr int open_to_search = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
#endif

  /// Walks until one component is left, which becomes the name.
  [[nodiscard]] error_number to_last() {
    for (;;) {
      if (const auto number = take_component(); failed(number)) return number;
      const bool is_last = rest_ == path_limit;
      const std::string_view name = name_;
      if (name == "..") {
        if (const auto number = ascend(); failed(number)) return number;
        std::strcpy(name_, ".");
      } else if (!is_last && name != ".") {
        if (const auto number = descend(); failed(number)) return number;
      }
      if (is_last) return error_number::success;
    }
  }

  /// Moves the first component of the rest, and the slashes after it, into the name.
  [[nodiscard]] error_number take_component() {
    const std::string_view rest(text_ + rest_, path_limit - rest_);
    const std::size_t slash = rest.find('/');
    const std::size_t length = slash == rest.npos ? rest.size() : slash;
    if (length > name_limit) return error_number::nametoolong;
    std::memcpy(name_, rest.data(), length);
    name_[length] = '\0';
    const std::size_t next = rest.find_first_not_of('/', length);
    wants_directory_ = slash != rest.npos;
    rest_ = next == rest.npos ? path_limit : rest_ + next;
    return error_number::success;
  }

  [[nodiscard]] error_number descend() {
    const native_file next = openat(parent_, name_, open_to_search);
    if (next >= 0) {
      enter(next);
      return remember();
    }
    // Without O_DIRECTORY a symbolic link would be ELOOP; with it, Linux says ENOTDIR.
    if (errno != ENOTDIR && errno != ELOOP) return last_error();
    const error_number number = expand();
    return number == error_number::inval ? error_number::notdir : number;
  }

  /// Goes to the parent of the directory that was reached, by its names from the root.
  [[nodiscard]] error_number ascend() {
    if (trail_size_ == 0) return error_number::notcapable;
    --trail_size_;
    while (trail_size_ > 0 && trail_[trail_size_ - 1] != '\0') --trail_size_;
    leave();
    for (std::size_t i = 0; i < trail_size_; i += std::strlen(trail_ + i) + 1) {
      const native_file next = openat(parent_, trail_ + i, open_to_search);
      if (next < 0) return last_error();
      enter(next);
    }
    return error_number::success;
  }

  /// Puts the text of the symbolic link `name` before the rest of the path.
  [[nodiscard]] error_number expand() {
    if (wants_directory_) {
      if (rest_ == 0) return error_number::nametoolong;
      text_[--rest_] = '/';
    }
    const ssize_t read = readlinkat(parent_, name_, text_, rest_);
    if (read < 0) return last_error();
    if (++links_ > link_limit) return error_number::loop;
    const auto size = static_cast<std::size_t>(read);
    if (size == 0) return error_number::noent;
    if (size == rest_) return error_number::nametoolong;
    if (text_[0] == '/') return error_number::notcapable;
    rest_ -= size;
    std::memmove(text_ + rest_, text_, size);
    return error_number::success;
  }

  /// Adds the name to the trail of directories from the root.
  [[nodiscard]] error_number remember() {
    const std::size_t size = std::strlen(name_) + 1;
    if (size > path_limit - trail_size_) return error_number::nametoolong;
    std::memcpy(trail_ + trail_size_, name_, size);
    trail_size_ += size;
    return error_number::success;
  }

  void enter(native_file next) {
    leave();
    parent_ = next;
  }

  void leave() {
    if (parent_ != root_) ::close(parent_);
    parent_ = root_;
  }

  native_file root_;
  native_file parent_;
  int links_ = 0;
  bool wants_directory_ = false;
  std::size_t rest_ = path_limit;  // the rest of the path is text_[rest_ .. path_limit)
  std::size_t trail_size_ = 0;     // names from the root to the parent, each ended by a zero
  char name_[name_limit + 1];
  char text_[path_limit];
  char trail_[path_limit];
};

}  // namespace dovetail::wasi::os
