// The guest's memory as the functions of WASI see it: every access is checked and answers `fault`,
// never a trap. Used by every function with a pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <dovetail/handles.hpp>
#include <dovetail/wasi/errors.hpp>

namespace dovetail::wasi {

/// A view of the memory of the calling instance. Addresses come from the guest and may be anything:
/// they are widened before they are added to, so that no sum wraps around. Spans are valid until
/// the guest runs again.
class guest_memory {
 public:
  explicit guest_memory(memory_view view) : view_(view) {}

  [[nodiscard]] outcome<std::span<std::byte>> bytes(std::uint64_t address,
                                                    std::uint64_t length) const {
    const auto found = view_.span(address, length);
    if (!found) return error_number::fault;
    return *found;
  }

  /// The same for the operating system to fill.
  [[nodiscard]] outcome<std::span<std::byte>> room(std::uint64_t address,
                                                   std::uint64_t length) const {
    auto found = bytes(address, length);
    if (found) touch(*found);
    return found;
  }
  void touch(std::span<std::byte> bytes) const { view_.touch(bytes); }

  [[nodiscard]] outcome<std::string_view> text(std::uint64_t address, std::uint64_t length) const {
    const auto found = bytes(address, length);
    if (!found) return found.error();
    return std::string_view(reinterpret_cast<const char*>(found->data()), found->size());
  }

  template <class T>
  [[nodiscard]] outcome<T> read(std::uint64_t address) const {
    const auto found = view_.template read<T>(address);
    if (!found) return error_number::fault;
    return *found;
  }

  template <class T>
  [[nodiscard]] error_number write(std::uint64_t address, T value) {
    const trap outside = view_.write(address, value);
    return outside ? error_number::fault : error_number::success;
  }

  /// Writes all of `source`, or nothing.
  [[nodiscard]] error_number copy(std::uint64_t address, std::span<const std::byte> source) {
    const auto room = bytes(address, source.size());
    if (!room) return room.error();
    if (!source.empty()) std::memcpy(room->data(), source.data(), source.size());
    return error_number::success;
  }

 private:
  memory_view view_;
};

}  // namespace dovetail::wasi
