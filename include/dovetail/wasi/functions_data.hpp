// The functions of preview 1 that move the bytes of an open file, and its offset. Used by context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/wasi/buffer_list.hpp>
#include <dovetail/wasi/descriptor.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

inline constexpr std::uint64_t largest_offset = ~std::uint64_t{0} >> 1;

/// A borrowed file keeps its own blocking mode, which it shares with the host; nonblocking reads of
/// the guest ask first.
[[nodiscard]] inline bool would_block(const descriptor& file, bool to_write) {
  if (!file.is_borrowed || (file.flags & fd_flag::nonblock) == 0) return false;
  os::poll_item item{file.file, to_write};
  os::poll_record record{};
  return os::wait({&item, 1}, {&record, 1}, 0) == error_number::success && !item.is_ready;
}

/// Reads from the configuration's input. The stream is a copy: reading may run the guest, which may
/// close it.
[[nodiscard]] inline outcome<std::uint32_t> read_stream(process& self, std::uint32_t fd,
                                                        input_stream stream,
                                                        const buffer_list& into) {
  std::uint64_t done = 0;
  for (std::uint32_t i = 0; i < into.count(); ++i) {
    const auto room = into.at(i);
    if (!room) return room.error();
    if (room->empty()) continue;
    const std::size_t wanted = room->size();
    const std::size_t count = stream.read(*room);
    done += count;
    if (count < wanted) break;
  }
  const auto after = self.descriptors.find(fd);
  if (after.has_value() && (*after)->kind == descriptor_kind::input) (*after)->input = stream;
  return static_cast<std::uint32_t>(done);
}

/// Writes to the configuration's output or error; a copy, as for reading.
[[nodiscard]] inline outcome<std::uint32_t> write_stream(output_stream stream,
                                                         const buffer_list& from) {
  std::uint64_t done = 0;
  for (std::uint32_t i = 0; i < from.count(); ++i) {
    const auto bytes = from.at(i);
    if (!bytes) return bytes.error();
    const std::size_t size = bytes->size();
    if (size == 0) continue;
    if (!stream.write(*bytes)) return error_number::io;
    done += size;
  }
  return static_cast<std::uint32_t>(done);
}

[[nodiscard]] inline outcome<std::uint32_t> read_any(process& self, std::uint32_t fd,
                                                     const descriptor& file,
                                                     const buffer_list& into) {
  if (file.kind == descriptor_kind::input) return read_stream(self, fd, file.input, into);
  if (would_block(file, false)) return error_number::again;
  return into.for_each_group(file.type == file_type::regular_file, [&](auto group, std::uint64_t) {
    into.touch(group);
    return os::read(file.file, group);
  });
}

inline error_number fd_read(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint32_t buffers, std::uint32_t buffer_count,
                            std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_read);
  if (!file) return file.error();
  const buffer_list into(memory, buffers, buffer_count);
  if (const auto number = into.check_all(); failed(number)) return number;
  const auto count = read_any(self, fd, **file, into);
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_write(process& self, guest_memory& memory, std::uint32_t fd,
                             std::uint32_t buffers, std::uint32_t buffer_count,
                             std::uint32_t size_at) {
  const auto found = self.descriptors.find_data(fd, right::fd_write);
  if (!found) return found.error();
  const descriptor file = **found;
  const buffer_list from(memory, buffers, buffer_count);
  if (const auto number = from.check_all(); failed(number)) return number;
  if (would_block(file, true)) return error_number::again;
  const auto count = file.kind == descriptor_kind::output
                         ? write_stream(file.output, from)
                         : from.for_each_group(true, [&](auto group, std::uint64_t) {
                             return os::write(file.file, group);
                           });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_pread(process& self, guest_memory& memory, std::uint32_t fd,
                             std::uint32_t buffers, std::uint32_t buffer_count,
                             std::uint64_t offset, std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_read | right::fd_seek);
  if (!file) return file.error();
  if (offset > largest_offset) return error_number::inval;
  const buffer_list into(memory, buffers, buffer_count);
  if (const auto number = into.check_all(); failed(number)) return number;
  const auto count = into.for_each_group(true, [&](auto group, std::uint64_t done) {
    into.touch(group);
    return os::read_at((*file)->file, group, offset + done);
  });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_pwrite(process& self, guest_memory& memory, std::uint32_t fd,
                              std::uint32_t buffers, std::uint32_t buffer_count,
                              std::uint64_t offset, std::uint32_t size_at) {
  const auto file = self.descriptors.find_data(fd, right::fd_write | right::fd_seek);
  if (!file) return file.error();
  if (offset > largest_offset) return error_number::inval;
  const buffer_list from(memory, buffers, buffer_count);
  if (const auto number = from.check_all(); failed(number)) return number;
  const auto count = from.for_each_group(true, [&](auto group, std::uint64_t done) {
    return os::write_at((*file)->file, group, offset + done);
  });
  if (!count) return count.error();
  return memory.write(size_at, *count);
}

inline error_number fd_seek(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint64_t offset, std::uint32_t from, std::uint32_t offset_at) {
  if (from >= whence_count) return error_number::inval;
  const auto origin = static_cast<whence>(from);
  // Asking for the offset is `fd_tell` in other words (witx: $rights, fd_tell).
  const bool only_asks = offset == 0 && origin == whence::current;
  const auto found = self.descriptors.find_data(fd, {});
  if (!found) return found.error();
  const descriptor& file = **found;
  if (!file.base.holds(right::fd_seek) && !(only_asks && file.base.holds(right::fd_tell))) {
    return error_number::notcapable;
  }
  const auto at = os::seek(file.file, static_cast<std::int64_t>(offset), origin);
  if (!at) return at.error();
  return memory.write(offset_at, *at);
}

inline error_number fd_tell(process& self, guest_memory& memory, std::uint32_t fd,
                            std::uint32_t offset_at) {
  const auto found = self.descriptors.find_data(fd, {});
  if (!found) return found.error();
  if (!(*found)->base.any(right::fd_tell | right::fd_seek)) return error_number::notcapable;
  const auto at = os::seek((*found)->file, 0, whence::current);
  if (!at) return at.error();
  return memory.write(offset_at, *at);
}

inline error_number fd_advise(process& self, guest_memory&, std::uint32_t fd, std::uint64_t offset,
                              std::uint64_t length, std::uint32_t given) {
  const auto file = self.descriptors.find_data(fd, right::fd_advise);
  if (!file) return file.error();
  if (given >= advice_count || offset > largest_offset || length > largest_offset)
    return error_number::inval;
  return os::advise((*file)->file, offset, length, static_cast<advice>(given));
}

inline error_number fd_allocate(process& self, guest_memory&, std::uint32_t fd,
                                std::uint64_t offset, std::uint64_t length) {
  const auto file = self.descriptors.find_data(fd, right::fd_allocate);
  if (!file) return file.error();
  if (length == 0 || offset > largest_offset) return error_number::inval;
  if (length > largest_offset - offset) return error_number::fbig;
  return os::allocate((*file)->file, offset, length);
}

inline error_number fd_sync(process& self, guest_memory&, std::uint32_t fd) {
  const auto file = self.descriptors.find(fd, right::fd_sync);
  if (!file) return file.error();
  return (*file)->is_host_file() ? os::sync((*file)->file) : error_number::success;
}

inline error_number fd_datasync(process& self, guest_memory&, std::uint32_t fd) {
  const auto file = self.descriptors.find(fd, right::fd_datasync);
  if (!file) return file.error();
  return (*file)->is_host_file() ? os::datasync((*file)->file) : error_number::success;
}

}  // namespace dovetail::wasi::preview1
