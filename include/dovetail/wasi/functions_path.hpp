// The functions of preview 1 that take a path below an open directory. Used by context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/format/utf8.hpp>
#include <dovetail/wasi/descriptor.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/functions_descriptor.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/layout.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

/// A path of the guest: in memory, without a zero that would end it early for the host, and a
/// string of witx, which is Unicode.
[[nodiscard]] inline outcome<std::string_view> read_path(const guest_memory& memory,
                                                         std::uint32_t address,
                                                         std::uint32_t size) {
  const auto path = memory.text(address, size);
  if (!path) return path.error();
  if (path->find('\0') != path->npos) return error_number::inval;
  if (!is_utf8({reinterpret_cast<const std::uint8_t*>(path->data()), path->size()}))
    return error_number::ilseq;
  return *path;
}

/// An open directory with the rights a function needs, and a path below it.
struct place {
  descriptor* directory = nullptr;
  std::string_view path;
};

[[nodiscard]] inline outcome<place> find_place(process& self, const guest_memory& memory,
                                               std::uint32_t fd, rights needed, std::uint32_t path,
                                               std::uint32_t path_size) {
  const auto directory = self.descriptors.find_directory(fd, needed);
  if (!directory) return directory.error();
  const auto text = read_path(memory, path, path_size);
  if (!text) return text.error();
  return place{*directory, *text};
}

[[nodiscard]] inline bool follows(std::uint32_t lookup_flags) {
  return (lookup_flags & lookup_flag::symlink_follow) != 0;
}

inline error_number path_create_directory(process& self, guest_memory& memory, std::uint32_t fd,
                                          std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_create_directory, path, path_size);
  if (!at) return at.error();
  return os::create_directory(at->directory->file, at->path);
}

inline error_number path_filestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                      std::uint32_t lookup_flags, std::uint32_t path,
                                      std::uint32_t path_size, std::uint32_t stat_at) {
  const auto at = find_place(self, memory, fd, right::path_filestat_get, path, path_size);
  if (!at) return at.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  const auto status = os::status_below(at->directory->file, at->path, follows(lookup_flags));
  if (!status) return status.error();
  return memory.copy(stat_at, to_filestat(*status).bytes);
}

inline error_number path_filestat_set_times(process& self, guest_memory& memory, std::uint32_t fd,
                                            std::uint32_t lookup_flags, std::uint32_t path,
                                            std::uint32_t path_size, std::uint64_t accessed,
                                            std::uint64_t modified, std::uint32_t flags) {
  const auto at = find_place(self, memory, fd, right::path_filestat_set_times, path, path_size);
  if (!at) return at.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  if (const auto number = check_time_flags(flags); failed(number)) return number;
  return os::set_times_below(at->directory->file, at->path, follows(lookup_flags),
                             {accessed, modified, flags});
}

inline error_number path_link(process& self, guest_memory& memory, std::uint32_t old_fd,
                              std::uint32_t lookup_flags, std::uint32_t old_path,
                              std::uint32_t old_path_size, std::uint32_t new_fd,
                              std::uint32_t new_path, std::uint32_t new_path_size) {
  const auto from =
      find_place(self, memory, old_fd, right::path_link_source, old_path, old_path_size);
  if (!from) return from.error();
  const auto to =
      find_place(self, memory, new_fd, right::path_link_target, new_path, new_path_size);
  if (!to) return to.error();
  if ((lookup_flags & ~lookup_flag::all) != 0) return error_number::inval;
  return os::link(from->directory->file, from->path, follows(lookup_flags), to->directory->file,
                  to->path);
}

inline error_number path_readlink(process& self, guest_memory& memory, std::uint32_t fd,
                                  std::uint32_t path, std::uint32_t path_size,
                                  std::uint32_t text_at, std::uint32_t text_size,
                                  std::uint32_t used_at) {
  const auto at = find_place(self, memory, fd, right::path_readlink, path, path_size);
  if (!at) return at.error();
  const auto room = memory.room(text_at, text_size);
  if (!room) return room.error();
  const auto used = os::read_link(at->directory->file, at->path, *room);
  if (!used) return used.error();
  return memory.write(used_at, static_cast<std::uint32_t>(*used));
}

inline error_number path_remove_directory(process& self, guest_memory& memory, std::uint32_t fd,
                                          std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_remove_directory, path, path_size);
  if (!at) return at.error();
  return os::remove_directory(at->directory->file, at->path);
}

inline error_number path_rename(process& self, guest_memory& memory, std::uint32_t old_fd,
                                std::uint32_t old_path, std::uint32_t old_path_size,
                                std::uint32_t new_fd, std::uint32_t new_path,
                                std::uint32_t new_path_size) {
  const auto from =
      find_place(self, memory, old_fd, right::path_rename_source, old_path, old_path_size);
  if (!from) return from.error();
  const auto to =
      find_place(self, memory, new_fd, right::path_rename_target, new_path, new_path_size);
  if (!to) return to.error();
  return os::rename(from->directory->file, from->path, to->directory->file, to->path);
}

inline error_number path_symlink(process& self, guest_memory& memory, std::uint32_t text,
                                 std::uint32_t text_size, std::uint32_t fd, std::uint32_t path,
                                 std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_symlink, path, path_size);
  if (!at) return at.error();
  const auto contents = read_path(memory, text, text_size);
  if (!contents) return contents.error();
  return os::symlink(*contents, at->directory->file, at->path);
}

inline error_number path_unlink_file(process& self, guest_memory& memory, std::uint32_t fd,
                                     std::uint32_t path, std::uint32_t path_size) {
  const auto at = find_place(self, memory, fd, right::path_unlink_file, path, path_size);
  if (!at) return at.error();
  return os::unlink(at->directory->file, at->path);
}

// --- opening ------------------------------------------------------------------------------------

/// What `path_open` asks for, and what it needs to be allowed to.
struct opening {
  std::uint32_t lookup_flags;
  std::uint32_t open_flags;
  std::uint32_t fd_flags;
  rights base;
  rights inheriting;

  [[nodiscard]] bool has(std::uint32_t flag) const { return (open_flags & flag) != 0; }

  [[nodiscard]] error_number check_flags() const {
    const bool known = (lookup_flags & ~lookup_flag::all) == 0 &&
                       (open_flags & ~open_flag::all) == 0 && (fd_flags & ~fd_flag::all) == 0;
    if (!known || (has(open_flag::create) && has(open_flag::directory))) return error_number::inval;
    return error_number::success;
  }

  /// What the directory itself must be good for.
  [[nodiscard]] rights needed_base() const {
    rights needed = right::path_open;
    if (has(open_flag::create)) needed = needed | right::path_create_file;
    if (has(open_flag::truncate)) needed = needed | right::path_filestat_set_size;
    return needed;
  }

  /// What files opened through the directory must be good for, because of flags that imply a right.
  [[nodiscard]] rights needed_inheriting() const {
    rights needed{};
    if ((fd_flags & fd_flag::dsync) != 0) needed = needed | right::fd_datasync;
    if ((fd_flags & (fd_flag::rsync | fd_flag::sync)) != 0) needed = needed | right::fd_sync;
    return needed;
  }

  /// The rights asked for, without those that mean nothing for a file of this type: these may be
  /// left away silently, all others not (witx: path_open).
  [[nodiscard]] error_number check_rights(const descriptor& directory, file_type type) const {
    const bool is_granted =
        directory.inheriting.holds(base & right::applicable_to(type)) &&
        (type != file_type::directory || directory.inheriting.holds(inheriting)) &&
        directory.inheriting.holds(needed_inheriting());
    return is_granted ? error_number::success : error_number::notcapable;
  }

  [[nodiscard]] os::open_request request() const {
    constexpr rights that_read = right::fd_read | right::fd_readdir;
    constexpr rights that_write =
        right::fd_write | right::fd_allocate | right::fd_filestat_set_size;
    os::open_request made;
    made.follow = follows(lookup_flags);
    made.create = has(open_flag::create);
    made.exclusive = has(open_flag::exclusive);
    made.truncate = has(open_flag::truncate);
    made.directory = has(open_flag::directory);
    made.write = !made.directory && (base.any(that_write) || made.truncate);
    made.read = base.any(that_read) || !made.write;
    made.flags = fd_flags;
    return made;
  }

  [[nodiscard]] descriptor describe(os::opened_file opened) const {
    descriptor made;
    made.type = opened.type;
    made.file = opened.file;
    made.flags = fd_flags;
    const bool is_directory = opened.type == file_type::directory;
    made.kind = is_directory ? descriptor_kind::directory : descriptor_kind::file;
    made.base = base & (os::is_terminal(opened.file) ? right::of_streams
                                                     : right::applicable_to(opened.type));
    if (is_directory) made.inheriting = inheriting;
    return made;
  }
};

/// Opens the file, and gives its descriptor a number. Where opening changes something, the file is
/// a regular one if it succeeds, and the rights are checked before; otherwise after, when the type
/// is known.
[[nodiscard]] inline outcome<std::uint32_t> open_descriptor(process& self, const place& at,
                                                            const opening& wanted) {
  const bool changes = wanted.has(open_flag::create) || wanted.has(open_flag::truncate);
  error_number number = error_number::success;
  if (changes) number = wanted.check_rights(*at.directory, file_type::regular_file);
  if (failed(number)) return number;
  const auto opened = os::open_below(at.directory->file, at.path, wanted.request());
  if (!opened) return opened.error();
  number = wanted.check_rights(*at.directory, opened->type);
  if (number == error_number::success) {
    const auto added = self.descriptors.add(wanted.describe(*opened));
    if (added.has_value()) return *added;
    number = added.error();
  }
  os::close(opened->file);
  return number;
}

inline error_number path_open(process& self, guest_memory& memory, std::uint32_t fd,
                              std::uint32_t lookup_flags, std::uint32_t path,
                              std::uint32_t path_size, std::uint32_t open_flags, std::uint64_t base,
                              std::uint64_t inheriting, std::uint32_t fd_flags,
                              std::uint32_t opened_at) {
  const opening wanted{lookup_flags, open_flags, fd_flags, {base}, {inheriting}};
  const auto at = find_place(self, memory, fd, wanted.needed_base(), path, path_size);
  if (!at) return at.error();
  if (const auto number = wanted.check_flags(); failed(number)) return number;
  if (const auto room = memory.bytes(opened_at, 4); !room) return room.error();
  const auto opened = open_descriptor(self, *at, wanted);
  if (!opened) return opened.error();
  return memory.write(opened_at, *opened);
}

}  // namespace dovetail::wasi::preview1
