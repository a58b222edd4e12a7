// The open descriptors of a guest: what each leads to and what it may be used for.
// Used by every function that takes a descriptor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/streams.hpp>

namespace dovetail::wasi {

/// What a descriptor leads to.
enum class descriptor_kind : std::uint8_t {
  free,       ///< nothing: the number is not in use
  file,       ///< an open file of the host that is no directory
  directory,  ///< an open directory of the host
  input,      ///< the configuration's input
  output      ///< the configuration's output or error
};

/// One open descriptor. Copied freely: the table owns what it leads to.
struct descriptor {
  descriptor_kind kind = descriptor_kind::free;
  file_type type = file_type::unknown;
  bool is_borrowed = false;  ///< the host's own: neither closed nor changed
  std::uint32_t flags = 0;   ///< fd_flag
  rights base;
  rights inheriting;
  os::native_file file = os::no_file;
  os::listing listing{};
  input_stream input;
  output_stream output;
  char* preopen_name = nullptr;  ///< null: not preopened
  std::uint32_t preopen_name_size = 0;

  [[nodiscard]] bool is_host_file() const {
    return kind == descriptor_kind::file || kind == descriptor_kind::directory;
  }
};

/// The descriptors by number. Numbers are the guest's and may be anything.
class descriptor_table {
 public:
  descriptor_table(allocator& memory, std::uint32_t limit)
      : entries_(memory), memory_(&memory), limit_(limit < number_limit ? limit : number_limit) {}
  descriptor_table(const descriptor_table&) = delete;
  descriptor_table& operator=(const descriptor_table&) = delete;
  ~descriptor_table() {
    for (descriptor& each : entries_) release(each);
  }

  /// The open descriptor of this number, or `badf`. Valid until the next `add`.
  [[nodiscard]] outcome<descriptor*> find(std::uint32_t number) {
    if (number >= entries_.size()) return error_number::badf;
    descriptor& found = entries_[number];
    if (found.kind == descriptor_kind::free) return error_number::badf;
    return &found;
  }

  /// The same, for something that these rights are needed for: `notcapable` without them.
  [[nodiscard]] outcome<descriptor*> find(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (found.has_value() && !(*found)->base.holds(needed)) return error_number::notcapable;
    return found.has_value() ? outcome<descriptor*>(*found) : outcome<descriptor*>(found.error());
  }

  /// A directory with these rights; what is open but no directory is `notdir`.
  [[nodiscard]] outcome<descriptor*> find_directory(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (!found) return found.error();
    if ((*found)->kind != descriptor_kind::directory) return error_number::notdir;
    return find(number, needed);
  }

  /// Something to read, write or seek in, with these rights; a directory is `isdir`.
  [[nodiscard]] outcome<descriptor*> find_data(std::uint32_t number, rights needed) {
    const auto found = find(number);
    if (!found) return found.error();
    if ((*found)->kind == descriptor_kind::directory) return error_number::isdir;
    return find(number, needed);
  }

  /// Gives the lowest free number to a descriptor, and owns what it leads to from then on; on
  /// failure it does not.
  [[nodiscard]] outcome<std::uint32_t> add(const descriptor& added) {
    std::uint32_t number = 0;
    while (number < entries_.size() && entries_[number].kind != descriptor_kind::free) ++number;
    if (number >= limit_) return error_number::mfile;
    if (number < entries_.size()) {
      entries_[number] = added;
    } else if (entries_.push(added) != status::ok) {
      return error_number::nomem;
    }
    return number;
  }

  [[nodiscard]] error_number close(std::uint32_t number) {
    const auto found = find(number);
    if (!found) return found.error();
    release(**found);
    return error_number::success;
  }

  /// Moves a descriptor to the number of another, which is closed (witx: fd_renumber).
  [[nodiscard]] error_number renumber(std::uint32_t from, std::uint32_t to) {
    const auto source = find(from);
    const auto target = find(to);
    if (!source || !target) return error_number::badf;
    if (from == to) return error_number::success;
    release(**target);
    **target = **source;
    **source = descriptor{};
    return error_number::success;
  }

  /// Keeps a copy of a preopened directory's name with its descriptor.
  [[nodiscard]] error_number set_preopen_name(descriptor& directory, std::string_view name) {
    if (name.size() >= number_limit) return error_number::nametoolong;
    // One byte more, so that the empty name has an address too.
    auto* copy = static_cast<char*>(memory_->allocate(name.size() + 1));
    if (copy == nullptr) return error_number::nomem;
    name.copy(copy, name.size());
    directory.preopen_name = copy;
    directory.preopen_name_size = static_cast<std::uint32_t>(name.size());
    return error_number::success;
  }

  /// Closes what a descriptor leads to, and makes it free.
  void release(descriptor& ended) {
    os::close(ended.listing);
    if (ended.is_host_file() && !ended.is_borrowed) os::close(ended.file);
    if (ended.preopen_name != nullptr) {
      memory_->release(ended.preopen_name, std::size_t{ended.preopen_name_size} + 1);
    }
    ended = descriptor{};
  }

 private:
  static constexpr std::uint32_t number_limit = std::uint32_t{1} << 31;  // witx: path_open

  array<descriptor> entries_;
  allocator* memory_;
  std::uint32_t limit_;
};

}  // namespace dovetail::wasi
