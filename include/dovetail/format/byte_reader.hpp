// The one way untrusted bytes are read: every access checks the end first. constexpr throughout.
// Used by the decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/platform.hpp>
#include <dovetail/base/status.hpp>

namespace dovetail {

namespace detail {

// Outside of the class and before it: clang must have seen a template's definition where a constant
// needs it.
template <unsigned LastBits, bool Signed>
constexpr bool last_byte_fits(std::uint8_t byte) {
  if constexpr (LastBits == 7) {
    return true;
  } else if constexpr (Signed) {
    constexpr std::uint8_t mask = static_cast<std::uint8_t>(0x7f & (0xff << (LastBits - 1)));
    return (byte & mask) == 0 || (byte & mask) == mask;
  } else {
    return (byte >> LastBits) == 0;
  }
}

// What a LEB128 was read as; `length` counts the bytes up to where reading ended. By value, so that
// a reader can live in registers.
struct leb {
  std::uint64_t value = 0;
  std::uint32_t length = 0;
  status error = status::ok;
};

// At most ceil(Bits / 7) bytes; the unused bits of the last one must repeat the sign, or be zero.
template <unsigned Bits, bool Signed>
DOVETAIL_NEVER_INLINE constexpr leb read_leb(const std::uint8_t* at, const std::uint8_t* end) {
  constexpr unsigned most = (Bits + 6) / 7;
  constexpr unsigned last_bits = Bits - 7 * (most - 1);
  // Two bytes are what most numbers take that one byte does not hold.
  if (end - at >= 2 && at[0] >= 0x80 && at[1] < 0x80) [[likely]] {
    const std::uint64_t both = (at[0] & 0x7fu) | std::uint64_t{at[1]} << 7;
    return {Signed ? (both ^ 0x2000) - 0x2000 : both, 2, status::ok};
  }
  std::uint64_t value = 0;
  for (unsigned i = 0; i < most; ++i) {
    if (at + i == end) return {0, i, status::unexpected_end};
    const std::uint8_t byte = at[i];
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (i + 1 == most) {
      if ((byte & 0x80) != 0) return {0, most, status::integer_too_long};
      if (!last_byte_fits<last_bits, Signed>(byte)) return {0, most, status::integer_too_large};
    }
    if ((byte & 0x80) != 0) continue;
    if (Signed && (byte & 0x40) != 0 && 7 * (i + 1) < 64)
      value |= ~std::uint64_t{0} << (7 * (i + 1));
    return {value, i + 1, status::ok};
  }
  return {0, most, status::integer_too_long};
}

// One byte is read here, more by the function above.
template <unsigned Bits>
DOVETAIL_ALWAYS_INLINE constexpr status read_signed(const std::uint8_t*& at,
                                                    const std::uint8_t* end, std::int64_t& out) {
  if (at != end && *at < 0x80) [[likely]] {
    out = static_cast<std::int64_t>(static_cast<std::uint64_t>(*at++) << 57) >> 57;
    return status::ok;
  }
  const leb wide = read_leb<Bits, true>(at, end);
  at += wide.length;
  out = static_cast<std::int64_t>(wide.value);
  return wide.error;
}

}  // namespace detail

/// A position in a range of bytes, and all that reading needs: two words, which a loop keeps in
/// registers.
class byte_cursor {
 public:
  constexpr byte_cursor() = default;
  constexpr byte_cursor(const std::uint8_t* at, const std::uint8_t* end) : at_(at), end_(end) {}

  [[nodiscard]] constexpr std::size_t remaining() const {
    return static_cast<std::size_t>(end_ - at_);
  }
  [[nodiscard]] constexpr bool at_end() const { return at_ == end_; }
  [[nodiscard]] constexpr const std::uint8_t* position() const { return at_; }
  /// The bytes from here to the end.
  [[nodiscard]] constexpr std::span<const std::uint8_t> rest() const { return {at_, remaining()}; }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u8(std::uint8_t& out) {
    if (at_ == end_) [[unlikely]]
      return status::unexpected_end;
    out = *at_++;
    return status::ok;
  }
  /// The next byte; there must be one.
  constexpr std::uint8_t next() { return *at_++; }
  /// Passes bytes; there must be so many.
  constexpr void skip(std::size_t count) { at_ += count; }
  /// The next byte without passing it; 0 at the end.
  [[nodiscard]] constexpr std::uint8_t peek() const { return at_ == end_ ? std::uint8_t{0} : *at_; }

  /// An unsigned LEB128 of at most 32 bits (core specification 5.2.2).
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u32(std::uint32_t& out) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      out = *at_++;
      return status::ok;
    }
    const detail::leb wide = detail::read_leb<32, false>(at_, end_);
    at_ += wide.length;
    out = static_cast<std::uint32_t>(wide.value);
    return wide.error;
  }
  /// An unsigned LEB128 of at most 64 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u64(std::uint64_t& out) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      out = *at_++;
      return status::ok;
    }
    const detail::leb wide = detail::read_leb<64, false>(at_, end_);
    at_ += wide.length;
    out = wide.value;
    return wide.error;
  }
  /// A signed LEB128 of at most 32 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s32(std::int32_t& out) {
    std::int64_t wide = 0;
    const status s = detail::read_signed<32>(at_, end_, wide);
    out = static_cast<std::int32_t>(wide);
    return s;
  }
  /// A signed LEB128 of 33 bits: a block type.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s33(std::int64_t& out) {
    return detail::read_signed<33>(at_, end_, out);
  }
  /// A signed LEB128 of at most 64 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s64(std::int64_t& out) {
    return detail::read_signed<64>(at_, end_, out);
  }

  /// `width` bytes, little-endian.
  template <class Unsigned>
  [[nodiscard]] constexpr status fixed(Unsigned& out) {
    if (remaining() < sizeof(Unsigned)) return status::unexpected_end;
    out = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      out = static_cast<Unsigned>(out |
                                  static_cast<Unsigned>(static_cast<Unsigned>(at_[i]) << (8 * i)));
    }
    at_ += sizeof(Unsigned);
    return status::ok;
  }

 protected:
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
};

/// A cursor that knows the module: offsets count from its start, also in a reader of a part of it.
class byte_reader : public byte_cursor {
 public:
  constexpr byte_reader() = default;
  constexpr explicit byte_reader(std::span<const std::uint8_t> bytes)
      : byte_cursor(bytes.data(), bytes.data() + bytes.size()),
        start_(bytes.data()),
        module_end_(end_) {}

  [[nodiscard]] constexpr std::size_t offset() const {
    return static_cast<std::size_t>(at_ - start_);
  }
  /// Goes on where a cursor of the same bytes is.
  constexpr void go_to(const byte_cursor& there) { at_ = there.position(); }

  /// A reader of the next `size` bytes, which this one passes.
  [[nodiscard]] constexpr status part(std::size_t size, byte_reader& out) {
    if (size > remaining()) return status::length_out_of_bounds;
    out.start_ = start_;
    out.at_ = at_;
    out.end_ = at_ + size;
    out.module_end_ = module_end_;
    at_ += size;
    return status::ok;
  }
  /// A reader from here to the end of the module: tells what bytes beyond a part's end would have
  /// meant.
  [[nodiscard]] constexpr byte_reader beyond() const {
    byte_reader out = *this;
    out.end_ = module_end_;
    return out;
  }
  /// A reader of what lies between `from` (an earlier copy of this reader) and here.
  [[nodiscard]] constexpr byte_reader since(const byte_reader& from) const {
    byte_reader out = from;
    out.end_ = at_;
    return out;
  }

 private:
  const std::uint8_t* start_ = nullptr;
  const std::uint8_t* module_end_ = nullptr;
};

/// Reads the bytes of a name as text. The view points into the module.
[[nodiscard]] inline std::string_view as_text(const byte_reader& r) {
  return {reinterpret_cast<const char*>(r.position()), r.remaining()};
}

}  // namespace dovetail
