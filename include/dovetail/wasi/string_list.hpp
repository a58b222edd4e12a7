// A list of strings as `main` wants them: the bytes of all, each ended by a zero. Holds arguments
// and environment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>

namespace dovetail::wasi {

class string_list {
 public:
  explicit string_list(allocator& memory) : bytes_(memory) {}

  /// Copies `strings`. Without memory it is `nomem`; `inval` if one has a zero in it, `toobig`
  /// beyond 4 GiB.
  [[nodiscard]] error_number assign(std::span<const std::string_view> strings) {
    std::uint64_t size = 0;
    for (const std::string_view each : strings) {
      if (each.find('\0') != each.npos) return error_number::inval;
      size += std::uint64_t{each.size()} + 1;
    }
    if (size > ~std::uint32_t{0}) return error_number::toobig;
    if (bytes_.reserve(static_cast<std::size_t>(size)) != status::ok) return error_number::nomem;
    for (const std::string_view each : strings) {
      if (bytes_.append({each.data(), each.size()}) != status::ok ||
          bytes_.push('\0') != status::ok) {
        return error_number::nomem;
      }
    }
    count_ = static_cast<std::uint32_t>(strings.size());
    return error_number::success;
  }

  /// Writes how many strings there are and how many bytes they have (witx: args_sizes_get,
  /// environ_sizes_get).
  [[nodiscard]] error_number write_sizes(guest_memory& memory, std::uint32_t count_at,
                                         std::uint32_t size_at) const {
    if (const auto number = memory.write(count_at, count_); failed(number)) return number;
    return memory.write(size_at, static_cast<std::uint32_t>(bytes_.size()));
  }

  /// Writes the bytes to `bytes_at`, and the address of each string to `pointers_at` (witx:
  /// args_get, environ_get).
  [[nodiscard]] error_number write(guest_memory& memory, std::uint32_t pointers_at,
                                   std::uint32_t bytes_at) const {
    const std::uint64_t pointers_size = std::uint64_t{count_} * 4;
    if (const auto room = memory.bytes(pointers_at, pointers_size); !room) return room.error();
    if (const auto number = memory.copy(bytes_at, std::as_bytes(std::span<const char>(bytes_)));
        failed(number))
      return number;
    std::size_t begin = 0;
    for (std::uint64_t i = 0; i < count_; ++i) {
      // Within the memory, so the sum fits in 32 bits.
      if (const auto number =
              memory.write(pointers_at + i * 4, bytes_at + static_cast<std::uint32_t>(begin));
          failed(number))
        return number;
      while (bytes_[begin++] != '\0') {}
    }
    return error_number::success;
  }

 private:
  array<char> bytes_;
  std::uint32_t count_ = 0;
};

}  // namespace dovetail::wasi
