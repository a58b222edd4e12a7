// The reader of untrusted bytes: LEB128 at its boundaries, ends, parts.
#include <dovetail/format/byte_reader.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

#include "support/catch.hpp"

namespace unit_format_byte_reader {

using dovetail::byte_cursor;
using dovetail::byte_reader;
using dovetail::status;

namespace {

using bytes = std::vector<std::uint8_t>;

// `count` times the first byte, then the others.
bytes after(std::size_t count, std::uint8_t first, std::initializer_list<std::uint8_t> rest) {
  bytes all(count, first);
  all.insert(all.end(), rest);
  return all;
}

// Reads an integer; what follows it must stay unread.
template <class T>
status read(bytes input, status (byte_cursor::*with)(T&), T& out, bool with_a_tail = true) {
  const std::size_t size = input.size();
  if (with_a_tail) input.insert(input.end(), {0x55, 0x55});
  byte_reader r(input);
  const status s = (r.*with)(out);
  if (s == status::ok) CHECK(r.offset() == size);
  CHECK(r.offset() <= size);
  return s;
}
template <class T>
void gives(const bytes& input, status (byte_cursor::*with)(T&), T expected) {
  T out{};
  CHECK(read(input, with, out) == status::ok);
  CHECK(out == expected);
  // Every proper prefix ends too early.
  for (std::size_t size = 0; size < input.size(); ++size) {
    const bytes prefix(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(read(prefix, with, out, false) == status::unexpected_end);
  }
}
template <class T>
void fails(const bytes& input, status (byte_cursor::*with)(T&), status expected) {
  T out{};
  CHECK(read(input, with, out) == expected);
}

constexpr auto u32 = &byte_reader::u32;
constexpr auto s32 = &byte_reader::s32;
constexpr auto s33 = &byte_reader::s33;
constexpr auto s64 = &byte_reader::s64;
constexpr std::int64_t two_to_32 = std::int64_t{1} << 32;

constexpr std::uint32_t at_compile_time() {
  constexpr std::uint8_t input[] = {0xe5, 0x8e, 0x26};
  byte_reader r(input);
  std::uint32_t out = 0;
  return r.u32(out) == status::ok && r.at_end() ? out : 0;
}
static_assert(at_compile_time() == 624'485);

}  // namespace

TEST_CASE("u32: values at the edges of each length, and padded ones") {
  gives<std::uint32_t>({0x00}, u32, 0);
  gives<std::uint32_t>({0x7f}, u32, 127);
  gives<std::uint32_t>({0x80, 0x01}, u32, 128);
  gives<std::uint32_t>({0xff, 0xff, 0xff, 0x7f}, u32, (1u << 28) - 1);
  gives<std::uint32_t>({0x80, 0x80, 0x80, 0x80, 0x01}, u32, 1u << 28);
  gives<std::uint32_t>({0xff, 0xff, 0xff, 0xff, 0x0f}, u32, 0xffff'ffff);
  gives<std::uint32_t>({0x80, 0x00}, u32, 0);
  gives<std::uint32_t>({0x83, 0x80, 0x80, 0x80, 0x00}, u32, 3);
}

TEST_CASE("u32: bits beyond 32 are too large, a sixth byte is too long") {
  fails(after(4, 0xff, {0x1f}), u32, status::integer_too_large);
  fails(after(4, 0x80, {0x10}), u32, status::integer_too_large);
  fails(after(4, 0x80, {0x40}), u32, status::integer_too_large);
  fails(after(4, 0x80, {0x80, 0x00}), u32, status::integer_too_long);
  fails(after(4, 0xff, {0xff, 0x01}), u32, status::integer_too_long);
}

TEST_CASE("s32: the sign is the last bit used, and the unused ones repeat it") {
  constexpr auto least = std::numeric_limits<std::int32_t>::min();
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  gives<std::int32_t>({0x00}, s32, 0);
  gives<std::int32_t>({0x3f}, s32, 63);
  gives<std::int32_t>({0x40}, s32, -64);
  gives<std::int32_t>({0x7f}, s32, -1);
  gives<std::int32_t>({0xff, 0x00}, s32, 127);
  gives<std::int32_t>({0x80, 0x7f}, s32, -128);
  gives<std::int32_t>(after(4, 0xff, {0x07}), s32, most);
  gives<std::int32_t>(after(4, 0x80, {0x78}), s32, least);
  gives<std::int32_t>(after(4, 0xff, {0x7f}), s32, -1);
  gives<std::int32_t>(after(4, 0x80, {0x00}), s32, 0);
  for (const std::uint8_t last : bytes{0x08, 0x0f, 0x10, 0x17, 0x38, 0x40, 0x70, 0x77})
    fails(after(4, 0xff, {last}), s32, status::integer_too_large);
  fails(after(4, 0xff, {0xff, 0x7f}), s32, status::integer_too_long);
}

TEST_CASE("s33: one bit more than 32") {
  gives<std::int64_t>({0x40}, s33, -64);
  gives<std::int64_t>(after(4, 0xff, {0x0f}), s33, two_to_32 - 1);
  gives<std::int64_t>(after(4, 0x80, {0x70}), s33, -two_to_32);
  gives<std::int64_t>(after(4, 0x80, {0x08}), s33, std::int64_t{1} << 31);
  for (const std::uint8_t last : bytes{0x10, 0x1f, 0x20, 0x2f, 0x40, 0x60, 0x6f})
    fails(after(4, 0x80, {last}), s33, status::integer_too_large);
  fails(after(4, 0x80, {0x80, 0x00}), s33, status::integer_too_long);
}

TEST_CASE("s64: ten bytes, of which the last has one bit") {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  gives<std::int64_t>({0x7f}, s64, -1);
  gives<std::int64_t>({0xc0, 0xbb, 0x78}, s64, -123'456);
  gives<std::int64_t>(after(8, 0xff, {0x3f}), s64, (std::int64_t{1} << 62) - 1);
  gives<std::int64_t>(after(8, 0x80, {0x40}), s64, -(std::int64_t{1} << 62));
  gives<std::int64_t>(after(9, 0xff, {0x00}), s64, most);
  gives<std::int64_t>(after(9, 0x80, {0x7f}), s64, least);
  gives<std::int64_t>(after(9, 0xff, {0x7f}), s64, -1);
  for (const std::uint8_t last : bytes{0x01, 0x02, 0x3f, 0x40, 0x7e})
    fails(after(9, 0xff, {last}), s64, status::integer_too_large);
  fails(after(9, 0x80, {0x80, 0x00}), s64, status::integer_too_long);
}

TEST_CASE("bytes and words are little-endian and are not passed if they are cut") {
  const bytes input = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0xf8, 0x99};
  byte_reader r(input);
  std::uint64_t eight = 0;
  CHECK(r.fixed(eight) == status::ok);
  CHECK(eight == 0xf807'0605'0403'0201);
  std::uint32_t four = 0;
  CHECK(r.fixed(four) == status::unexpected_end);
  CHECK(r.offset() == 8);
  CHECK(r.peek() == 0x99);
  std::uint8_t one = 0;
  CHECK(r.u8(one) == status::ok);
  CHECK(one == 0x99);
  CHECK(r.at_end());
  CHECK(r.peek() == 0);
  CHECK(r.u8(one) == status::unexpected_end);
  byte_reader again(input);
  CHECK(again.fixed(four) == status::ok);
  CHECK(four == 0x0403'0201);
}

TEST_CASE("an empty reader is at its end") {
  byte_reader none, empty{std::span<const std::uint8_t>{}};
  for (byte_reader* r : {&none, &empty}) {
    std::uint32_t out = 0;
    CHECK(r->at_end());
    CHECK(r->offset() == 0);
    CHECK(r->remaining() == 0);
    CHECK(r->rest().empty());
    CHECK(r->u32(out) == status::unexpected_end);
  }
}

TEST_CASE("a part counts offsets from the start of the module and ends where it was told") {
  const bytes input = {0, 1, 2, 3, 4, 5};
  byte_reader r(input), part, inner, nothing;
  std::uint8_t byte = 0;
  REQUIRE(r.u8(byte) == status::ok);
  REQUIRE(r.part(3, part) == status::ok);
  CHECK(r.offset() == 4);
  CHECK(part.offset() == 1);
  CHECK(part.remaining() == 3);
  CHECK(part.rest()[2] == 3);
  CHECK(part.part(4, inner) == status::length_out_of_bounds);
  CHECK(part.offset() == 1);
  REQUIRE(part.part(2, inner) == status::ok);
  CHECK(inner.offset() == 1);
  REQUIRE(part.part(1, inner) == status::ok);
  CHECK(inner.offset() == 3);
  CHECK(part.part(0, nothing) == status::ok);
  CHECK(nothing.at_end());
  CHECK(part.u8(byte) == status::unexpected_end);
  CHECK(r.part(std::numeric_limits<std::size_t>::max(), inner) == status::length_out_of_bounds);
  CHECK(r.remaining() == 2);
}

TEST_CASE(
    "beyond a part's end lies the rest of the module; since an earlier place, what was read") {
  const bytes input = {0, 1, 2, 3, 4, 5};
  byte_reader r(input), part;
  std::uint8_t byte = 0;
  REQUIRE(r.u8(byte) == status::ok);
  const byte_reader before = r;
  REQUIRE(r.part(2, part) == status::ok);
  CHECK(part.beyond().offset() == 1);
  CHECK(part.beyond().remaining() == 5);
  CHECK(r.since(before).offset() == 1);
  CHECK(r.since(before).remaining() == 2);
  CHECK(r.since(before).rest()[1] == 2);
  CHECK(r.since(r).at_end());
  // Also of a part of a part.
  byte_reader inner;
  REQUIRE(part.part(1, inner) == status::ok);
  CHECK(inner.beyond().remaining() == 5);
}

TEST_CASE("a name's bytes as text") {
  const bytes input = {'x', 'a', 0, 'b'};
  byte_reader r(input);
  std::uint8_t byte = 0;
  REQUIRE(r.u8(byte) == status::ok);
  CHECK(as_text(r) == std::string_view("a\0b", 3));
}

TEST_CASE("byte_reader: goes on where a cursor of its bytes has come") {
  const bytes input = {0x01, 0x02, 0x83, 0x00, 0x05};
  byte_reader r(input), skipped;
  REQUIRE(r.part(1, skipped) == status::ok);
  byte_cursor there = r;
  std::uint32_t number = 0;
  there.skip(1);
  REQUIRE(there.u32(number) == status::ok);
  CHECK(number == 3);
  CHECK(there.remaining() == 1);
  CHECK(r.offset() == 1);
  r.go_to(there);
  CHECK(r.offset() == 4);
  CHECK(r.peek() == 5);
}

}  // namespace unit_format_byte_reader
