// The host's view of a memory: every access is checked against the memory as it is now, so growth
// and moves are harmless. Part of handles.hpp.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include <dovetail/base/result.hpp>
#include <dovetail/link/definition.hpp>
#include <dovetail/runtime/objects.hpp>

namespace dovetail {

/// What can be read from and written to a memory: numbers, in little-endian byte order on every
/// host, and plain structs, as their bytes; dovetail/guest_types.hpp checks what is in them. A bool
/// has bytes that are none, and an address of the host is nothing to a guest.
template <class T>
concept memory_value =
    std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool> && !std::is_pointer_v<T>;

namespace detail {

// The bytes of a number in the other byte order, on hosts that are not little-endian.
template <memory_value T>
T little_endian(T v) {
  if constexpr (!platform::is_little_endian &&
                (std::is_arithmetic_v<T> || std::is_enum_v<T>)&&sizeof(T) > 1) {
    std::byte bytes[sizeof(T)];
    std::memcpy(bytes, &v, sizeof(T));
    for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
    std::memcpy(&v, bytes, sizeof(T));
  }
  return v;
}

}  // namespace detail

/// An array of `T` in a memory. Bounds are checked when the view is made, which is enough: memories
/// never shrink.
template <memory_value T>
class typed_view {
 public:
  /// An empty view.
  typed_view() = default;
  typed_view(vm::memory_instance& m, std::uint64_t address, std::uint64_t size)
      : memory_(&m), address_(address), size_(size) {}
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] T operator[](std::uint64_t i) const {
    DOVETAIL_ASSERT(i < size_);
    T v;
    std::memcpy(&v, memory_->base + address_ + i * sizeof(T), sizeof(T));
    return detail::little_endian(v);
  }
  void set(std::uint64_t i, T v) const {
    DOVETAIL_ASSERT(i < size_);
    v = detail::little_endian(v);
    std::memcpy(memory_->base + address_ + i * sizeof(T), &v, sizeof(T));
  }

 private:
  vm::memory_instance* memory_ = nullptr;
  std::uint64_t address_ = 0;
  std::uint64_t size_ = 0;
};

/// A handle to a memory; copy it freely, it lives as long as the store. An empty one has size 0.
class memory_view {
 public:
  memory_view() = default;
  explicit memory_view(vm::memory_instance* m) : memory_(m) {}

  [[nodiscard]] explicit operator bool() const { return memory_ != nullptr; }
  /// Bytes now.
  [[nodiscard]] std::uint64_t size() const { return memory_ == nullptr ? 0 : memory_->size; }
  /// Pages of 64 KiB now.
  [[nodiscard]] std::uint64_t pages() const { return size() / vm::page_size; }
  /// The declared type, its minimum being the current size.
  [[nodiscard]] memory_type type() const { return object().type().memory; }
  /// All bytes. The span is good until the memory grows; take it again after every call into a
  /// guest.
  [[nodiscard]] std::span<std::byte> bytes() const {
    if (memory_ == nullptr) return {};
    return {memory_->base, static_cast<std::size_t>(memory_->size)};
  }

  /// `length` bytes from `address`, good until the memory grows.
  [[nodiscard]] result<std::span<std::byte>, trap> span(std::uint64_t address,
                                                        std::uint64_t length) const {
    if (!vm::fits(address, length, size())) return trap{trap_code::memory_out_of_bounds};
    if (length == 0) return std::span<std::byte>{};
    return std::span<std::byte>{memory_->base + address, static_cast<std::size_t>(length)};
  }
  /// `length` bytes as text, good until the memory grows.
  [[nodiscard]] result<std::string_view, trap> string(std::uint64_t address,
                                                      std::uint64_t length) const {
    const auto bytes = span(address, length);
    if (!bytes) return bytes.error();
    return std::string_view{reinterpret_cast<const char*>(bytes->data()), bytes->size()};
  }
  /// A number or struct at any address, aligned or not.
  template <memory_value T>
  [[nodiscard]] result<T, trap> read(std::uint64_t address) const {
    if (!vm::fits(address, sizeof(T), size())) return trap{trap_code::memory_out_of_bounds};
    T v;
    std::memcpy(&v, memory_->base + address, sizeof(T));
    return detail::little_endian(v);
  }
  /// Writes a number or struct; returns the trap if it does not fit.
  template <memory_value T>
  trap write(std::uint64_t address, T v) const {
    if (!vm::fits(address, sizeof(T), size())) return {trap_code::memory_out_of_bounds, 0};
    v = detail::little_endian(v);
    std::memcpy(memory_->base + address, &v, sizeof(T));
    return {};
  }
  /// An array of numbers, revalidated by construction: it stays good when the memory grows. The
  /// address must be aligned.
  template <memory_value T>
  [[nodiscard]] result<typed_view<T>, trap> view(std::uint64_t address, std::uint64_t count) const {
    if (address % alignof(T) != 0 || count > size() / sizeof(T) ||
        !vm::fits(address, count * sizeof(T), size())) {
      return trap{trap_code::memory_out_of_bounds};
    }
    if (count == 0) return typed_view<T>();  // there may be no memory
    return typed_view<T>(*memory_, address, count);
  }

  /// To be called before the operating system itself writes to bytes of this memory, as read(2)
  /// does: it cannot where they are watched for the next snapshot. Costs nothing else.
  void touch(std::span<std::byte> bytes) const {
    if (memory_ == nullptr || memory_->reserved == 0 || memory_->home->tracking == nullptr) return;
    constexpr std::size_t step = 4096;
    for (std::size_t k = 0; k < bytes.size(); k += step) rewrite(bytes[k]);
    if (!bytes.empty()) rewrite(bytes.back());
  }

  /// Grows by `pages`: the number of pages before, or why not.
  result<std::uint64_t> grow(std::uint64_t pages) const {
    const std::uint64_t before =
        memory_ == nullptr ? ~std::uint64_t{0} : vm::grow_memory(*memory_, pages);
    if (before == ~std::uint64_t{0}) return error{status::memory_refused};
    return before;
  }

  [[nodiscard]] vm::external_object object() const { return {external_kind::memory, memory_}; }

 private:
  static void rewrite(volatile std::byte& byte) { byte = static_cast<std::byte>(byte); }

  vm::memory_instance* memory_ = nullptr;
};

}  // namespace dovetail
