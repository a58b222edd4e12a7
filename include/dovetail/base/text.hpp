// A writer of short texts into a caller's buffer: error lines are made without allocating. Used by
// error.hpp and tools.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/external_type.hpp>

namespace dovetail {

/// Appends to a buffer and cuts what does not fit.
class text_writer {
 public:
  explicit text_writer(std::span<char> buffer) : buffer_(buffer) {}

  text_writer& operator<<(std::string_view text) {
    for (const char c : text) put(c);
    return *this;
  }
  text_writer& operator<<(std::uint64_t number) {
    char digits[20];
    std::size_t first = sizeof digits;
    do {
      digits[--first] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    return *this << std::string_view(digits + first, sizeof digits - first);
  }
  text_writer& operator<<(value_type type) { return *this << name(type); }
  text_writer& operator<<(std::span<const value_type> types) {
    *this << "[";
    for (std::size_t i = 0; i < types.size(); ++i) *this << (i == 0 ? "" : " ") << types[i];
    return *this << "]";
  }
  text_writer& operator<<(const function_type& type) {
    return *this << type.parameters << " -> " << type.results;
  }
  text_writer& operator<<(limits_type limits) {
    *this << limits.minimum;
    if (limits.has_maximum()) *this << ".." << limits.maximum;
    return *this;
  }
  text_writer& operator<<(const external_type& type) {
    *this << name(type.kind) << " ";
    switch (type.kind) {
      case external_kind::function: return *this << type.function;
      case external_kind::table:
        return *this << (type.table.is_64 ? "i64 " : "") << type.table.limits << " "
                     << type.table.element;
      case external_kind::memory:
        return *this << (type.memory.is_64 ? "i64 " : "") << type.memory.limits;
      case external_kind::global:
        return *this << (type.global.is_mutable ? "mut " : "") << type.global.type;
      case external_kind::tag: break;
    }
    return *this;
  }
  /// A name from a module, in quotes; control characters become `?` so that the line stays one
  /// line and a terminal is told nothing.
  text_writer& quote(std::string_view text) {
    put('"');
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
      if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {  // U+0080 to U+009F
        put('?');
        ++i;
      } else {
        put(byte < 0x20 || byte == 0x7f ? '?' : text[i]);
      }
    }
    put('"');
    return *this;
  }

  [[nodiscard]] std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  void put(char c) {
    if (size_ < buffer_.size()) buffer_[size_++] = c;
  }
  std::span<char> buffer_;
  std::size_t size_ = 0;
};

/// The text of an external type, as in `function [i32 i32] -> [i64]`.
inline std::string_view format(const external_type& type, std::span<char> buffer) {
  return (text_writer(buffer) << type).view();
}

}  // namespace dovetail
