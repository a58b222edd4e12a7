// The functions of preview 1 about descriptors themselves: closing, renumbering, attributes,
// rights, preopened directories and the entries of a directory. Used by context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <dovetail/wasi/descriptor.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/functions_data.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/layout.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

inline error_number fd_close(process& self, guest_memory&, std::uint32_t fd) {
  return self.descriptors.close(fd);
}

inline error_number fd_renumber(process& self, guest_memory&, std::uint32_t from,
                                std::uint32_t to) {
  return self.descriptors.renumber(from, to);
}

inline error_number fd_fdstat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                  std::uint32_t stat_at) {
  const auto found = self.descriptors.find(fd);
  if (!found) return found.error();
  const descriptor& file = **found;
  return memory.copy(stat_at, to_fdstat(file.type, file.flags, file.base, file.inheriting).bytes);
}

inline error_number fd_fdstat_set_flags(process& self, guest_memory&, std::uint32_t fd,
                                        std::uint32_t flags) {
  const auto found = self.descriptors.find(fd, right::fd_fdstat_set_flags);
  if (!found) return found.error();
  if ((flags & ~fd_flag::all) != 0) return error_number::inval;
  descriptor& file = **found;
  // Synchronous writing is decided when a file is opened; Linux would ignore a change silently
  // (fcntl(2), F_SETFL).
  constexpr std::uint32_t fixed = fd_flag::dsync | fd_flag::rsync | fd_flag::sync;
  if (((flags ^ file.flags) & fixed) != 0) return error_number::notsup;
  if (file.is_host_file() && !file.is_borrowed) {
    if (const auto number = os::set_flags(file.file, flags); failed(number)) return number;
  }
  file.flags = flags;
  return error_number::success;
}

/// Rights can only be given up.
inline error_number fd_fdstat_set_rights(process& self, guest_memory&, std::uint32_t fd,
                                         std::uint64_t base, std::uint64_t inheriting) {
  const auto found = self.descriptors.find(fd);
  if (!found) return found.error();
  descriptor& file = **found;
  if (!file.base.holds({base}) || !file.inheriting.holds({inheriting}))
    return error_number::notcapable;
  file.base = {base};
  file.inheriting = {inheriting};
  return error_number::success;
}

inline error_number fd_filestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                    std::uint32_t stat_at) {
  const auto found = self.descriptors.find(fd, right::fd_filestat_get);
  if (!found) return found.error();
  const descriptor& file = **found;
  file_status stream;
  stream.type = file.type;
  const auto status = file.is_host_file() ? os::status_of(file.file) : outcome<file_status>(stream);
  if (!status) return status.error();
  return memory.copy(stat_at, to_filestat(*status).bytes);
}

inline error_number fd_filestat_set_size(process& self, guest_memory&, std::uint32_t fd,
                                         std::uint64_t size) {
  const auto file = self.descriptors.find_data(fd, right::fd_filestat_set_size);
  if (!file) return file.error();
  if (size > largest_offset) return error_number::inval;
  return os::set_size((*file)->file, size);
}

/// A time can be set to a value or to now, not to both.
[[nodiscard]] inline error_number check_time_flags(std::uint32_t flags) {
  constexpr std::uint32_t both_accessed = time_flag::accessed | time_flag::accessed_now;
  constexpr std::uint32_t both_modified = time_flag::modified | time_flag::modified_now;
  const bool is_fine = (flags & ~time_flag::all) == 0 && (flags & both_accessed) != both_accessed &&
                       (flags & both_modified) != both_modified;
  return is_fine ? error_number::success : error_number::inval;
}

inline error_number fd_filestat_set_times(process& self, guest_memory&, std::uint32_t fd,
                                          std::uint64_t accessed, std::uint64_t modified,
                                          std::uint32_t flags) {
  const auto file = self.descriptors.find(fd, right::fd_filestat_set_times);
  if (!file) return file.error();
  if (const auto number = check_time_flags(flags); failed(number)) return number;
  return os::set_times((*file)->file, {accessed, modified, flags});
}

/// `badf` for everything else: wasi-libc asks from 3 upwards and stops there.
[[nodiscard]] inline outcome<const descriptor*> find_preopened(process& self, std::uint32_t fd) {
  const auto found = self.descriptors.find(fd);
  if (!found || (*found)->preopen_name == nullptr) return error_number::badf;
  return static_cast<const descriptor*>(*found);
}

inline error_number fd_prestat_get(process& self, guest_memory& memory, std::uint32_t fd,
                                   std::uint32_t prestat_at) {
  const auto directory = find_preopened(self, fd);
  if (!directory) return directory.error();
  return memory.copy(prestat_at, to_prestat((*directory)->preopen_name_size).bytes);
}

inline error_number fd_prestat_dir_name(process& self, guest_memory& memory, std::uint32_t fd,
                                        std::uint32_t name_at, std::uint32_t size) {
  const auto directory = find_preopened(self, fd);
  if (!directory) return directory.error();
  const std::span<const char> name((*directory)->preopen_name, (*directory)->preopen_name_size);
  if (size < name.size()) return error_number::nametoolong;
  return memory.copy(name_at, std::as_bytes(name));
}

/// Fills a buffer from the front and cuts what does not fit.
class filling {
 public:
  explicit filling(std::span<std::byte> room) : room_(room) {}
  void append(std::span<const std::byte> bytes) {
    const std::size_t left = room_.size() - used_;
    const std::size_t count = bytes.size() < left ? bytes.size() : left;
    if (count != 0) std::memcpy(room_.data() + used_, bytes.data(), count);
    used_ += count;
  }
  [[nodiscard]] bool is_full() const { return used_ == room_.size(); }
  [[nodiscard]] std::uint32_t used() const { return static_cast<std::uint32_t>(used_); }

 private:
  std::span<std::byte> room_;
  std::size_t used_ = 0;
};

/// Fills the buffer, cutting the last entry if need be; less than a full buffer says that the
/// directory has ended.
inline error_number fd_readdir(process& self, guest_memory& memory, std::uint32_t fd,
                               std::uint32_t entries_at, std::uint32_t size, std::uint64_t cookie,
                               std::uint32_t used_at) {
  const auto found = self.descriptors.find_directory(fd, right::fd_readdir);
  if (!found) return found.error();
  descriptor& directory = **found;
  const auto room = memory.bytes(entries_at, size);
  if (!room) return room.error();
  if (const auto number = os::seek_listing(directory.listing, directory.file, cookie);
      failed(number))
    return number;
  filling entries(*room);
  while (!entries.is_full()) {
    os::directory_entry entry;
    const auto more = os::next_entry(directory.listing, directory.file, entry);
    if (!more) return more.error();
    if (!*more) break;
    const auto name_size = static_cast<std::uint32_t>(entry.name.size());
    entries.append(to_dirent(entry.next, entry.inode, name_size, entry.type).bytes);
    entries.append(std::as_bytes(std::span<const char>(entry.name)));
  }
  return memory.write(used_at, entries.used());
}

}  // namespace dovetail::wasi::preview1
