// Immediates: how each kind is read, and what is malformed about it.
#include <dovetail/format/immediates.hpp>

#include <cstdint>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace unit_format_immediates {

using namespace dovetail;

namespace {

using bytes = std::vector<std::uint8_t>;

template <class T>
struct outcome {
  status code;
  T value{};
  std::size_t offset = 0;
};
template <class T, features Accept = features::wasm2()>
outcome<T> read(const bytes& input) {
  outcome<T> out{status::ok};
  byte_reader r(input);
  out.code = detail::read_immediate<Accept>(r, out.value);
  out.offset = r.offset();
  return out;
}

bool is_number_or_vector(unsigned code) { return code >= 0x7b && code <= 0x7f; }
bool is_reference(unsigned code) { return code == 0x70 || code == 0x6f; }

}  // namespace

TEST_CASE("immediates: of all bytes seven are value types, two of them references") {
  for (unsigned code = 0; code < 256; ++code) {
    const bytes input = {static_cast<std::uint8_t>(code)};
    byte_reader r(input), again(input);
    value_type type;
    const bool is_value = is_number_or_vector(code) || is_reference(code);
    CHECK(read_value_type<features::wasm2()>(r, type) ==
          (is_value ? status::ok : status::malformed_value_type));
    if (is_value) CHECK(type.bits == code);
    CHECK(read_reference_type<features::wasm2()>(again, type) ==
          (is_reference(code) ? status::ok : status::malformed_reference_type));
    CHECK(read<value_type>(input).code ==
          (is_reference(code) ? status::ok : status::malformed_reference_type));
  }
  byte_reader none;
  value_type type;
  CHECK(read_value_type<features::wasm2()>(none, type) == status::unexpected_end);
  CHECK(read_reference_type<features::wasm2()>(none, type) == status::unexpected_end);
}

TEST_CASE("immediates: a block type is empty, one result, or an index of 33 signed bits") {
  for (unsigned code = 0x40; code < 0x80; ++code) {
    const auto out = read<block_type>({static_cast<std::uint8_t>(code)});
    const bool has_result = is_number_or_vector(code) || is_reference(code);
    CHECK(out.code == (code == 0x40 || has_result ? status::ok : status::malformed_block_type));
    if (out.code != status::ok) continue;
    CHECK_FALSE(out.value.is_index);
    CHECK(out.value.has_result == has_result);
    if (has_result) CHECK(out.value.result.bits == code);
  }
  const auto first = read<block_type>({0x00}),
             last = read<block_type>({0xff, 0xff, 0xff, 0xff, 0x0f});
  CHECK(first.code == status::ok);
  CHECK(first.value.is_index);
  CHECK(first.value.type == type_index{0});
  CHECK(last.value.type == type_index{0xffff'ffff});
  CHECK(last.offset == 5);
  CHECK(read<block_type>({0xbf, 0x7f}).code == status::malformed_block_type);  // -65
  // A type is one byte: the integer -1 in two of them is not i32.
  CHECK(read<block_type>({0xff, 0x7f}).code == status::malformed_block_type);
  CHECK(read<block_type>({0xc0, 0x7f}).code == status::malformed_block_type);
  CHECK(read<block_type>({0x80, 0x00}).code == status::ok);  // an index may be padded
  CHECK(read<block_type>({0x80, 0x80, 0x80, 0x80, 0x10}).code == status::integer_too_large);
  CHECK(read<block_type>({}).code == status::unexpected_end);
}

TEST_CASE("immediates: a branch table is read once, kept encoded, and counted before it is read") {
  const bytes kept = {0x02, 0x05, 0x80, 0x01, 0x00, 0x77};
  auto out = read<label_table>(kept);
  REQUIRE(out.code == status::ok);
  CHECK(out.offset == 5);
  CHECK(out.value.count == 2);
  CHECK(out.value.next() == label_index{5});
  CHECK(out.value.next() == label_index{128});
  CHECK(out.value.next() == label_index{0});
  CHECK(read<label_table>({0x00, 0x07}).value.count == 0);
  CHECK(read<label_table>({0x00}).code == status::unexpected_end);  // the default is missing
  CHECK(read<label_table>({0x02, 0x00, 0x00}).code == status::unexpected_end);
  CHECK(read<label_table>({0x03, 0x00, 0x00}).code == status::length_out_of_bounds);
  CHECK(read<label_table>({0xff, 0xff, 0xff, 0xff, 0x0f, 0x00}).code ==
        status::length_out_of_bounds);
}

TEST_CASE("immediates: an alignment is an exponent below 32, an offset has 32 bits") {
  const auto most = read<memory_argument>({0x1f, 0xff, 0xff, 0xff, 0xff, 0x0f});
  CHECK(most.code == status::ok);
  CHECK(most.value.alignment == 31);
  CHECK(most.value.offset == 0xffff'ffff);
  CHECK(read<memory_argument>({0x20, 0x00}).code == status::malformed_memop_flags);
  CHECK(read<memory_argument>({0x00, 0x80, 0x80, 0x80, 0x80, 0x10}).code ==
        status::integer_too_large);
  CHECK(read<memory_argument>({0x00}).code == status::unexpected_end);
  const auto lane = read<memory_lane_argument>({0x01, 0x02, 0x03});
  CHECK(lane.code == status::ok);
  CHECK(lane.value.access.alignment == 1);
  CHECK(lane.value.access.offset == 2);
  CHECK(lane.value.lane == 3);
  CHECK(read<memory_lane_argument>({0x01, 0x02}).code == status::unexpected_end);
}

TEST_CASE("immediates: the type list of a select") {
  const auto two = read<type_list>({0x02, 0x7e, 0x7f});
  CHECK(two.code == status::ok);
  CHECK(two.value.count == 2);
  CHECK(two.value.first == value_type::i64);
  CHECK(read<type_list>({0x00}).value.count == 0);
  CHECK(read<type_list>({0x02, 0x7f}).code == status::length_out_of_bounds);
  CHECK(read<type_list>({0x01, 0x40}).code == status::malformed_value_type);
}

TEST_CASE("immediates: constants are signed, floats and vectors are bits in little-endian order") {
  CHECK(read<std::int32_t>({0x80, 0x80, 0x80, 0x80, 0x78}).value == -2'147'483'647 - 1);
  CHECK(read<std::int64_t>({0x7f}).value == -1);
  CHECK(read<std::uint32_t>({0x78, 0x56, 0x34, 0x12}).value == 0x1234'5678);
  CHECK(read<std::uint64_t>({1, 0, 0, 0, 0, 0, 0, 0x80}).value == 0x8000'0000'0000'0001);
  CHECK(read<std::uint64_t>({1, 0, 0, 0, 0, 0, 0}).code == status::unexpected_end);
  bytes vector(16);
  for (std::uint8_t i = 0; i < 16; ++i) vector[i] = i;
  const auto out = read<v128>(vector);
  CHECK(out.code == status::ok);
  CHECK(out.value.bytes[0] == 0);
  CHECK(out.value.bytes[15] == 15);
  vector.pop_back();
  CHECK(read<v128>(vector).code == status::unexpected_end);
}

TEST_CASE("immediates: pairs in the order of the bytes") {
  CHECK(read<indirect_call>({0x05, 0x06}).value.type == type_index{5});
  CHECK(read<indirect_call>({0x05, 0x06}).value.table == table_index{6});
  CHECK(read<two_tables>({0x01, 0x02}).value.destination == table_index{1});
  CHECK(read<two_tables>({0x01, 0x02}).value.source == table_index{2});
  CHECK(read<element_and_table>({0x03, 0x04}).value.element == element_index{3});
  CHECK(read<element_and_table>({0x03, 0x04}).value.table == table_index{4});
  CHECK(read<data_and_memory>({0x07, 0x00}).value.data == data_index{7});
}

TEST_CASE("immediates: where a memory's index will be there must be a zero byte") {
  CHECK(read<memory_index>({0x00}).code == status::ok);
  CHECK(read<memory_index>({0x01}).code == status::zero_byte_expected);
  CHECK(read<memory_index>({0x80, 0x00}).code == status::zero_byte_expected);
  CHECK(read<memory_index>({}).code == status::unexpected_end);
  CHECK(read<two_memories>({0x00, 0x00}).code == status::ok);
  CHECK(read<two_memories>({0x00, 0x01}).code == status::zero_byte_expected);
  CHECK(read<two_memories>({0x01, 0x00}).code == status::zero_byte_expected);
  CHECK(read<data_and_memory>({0x07, 0x01}).code == status::zero_byte_expected);
}

namespace {

template <class T>
outcome<T> read_third(const bytes& input) {
  return read<T, features::wasm3()>(input);
}

}  // namespace

TEST_CASE("immediates: with several memories bit 6 of the flags says that an index follows") {
  const auto first = read_third<memory_argument>({0x02, 0x03});
  CHECK(first.code == status::ok);
  CHECK(first.value.memory == memory_index{0});
  const auto named = read_third<memory_argument>({0x42, 0x85, 0x01, 0x03});
  CHECK(named.code == status::ok);
  CHECK(named.value.alignment == 2);
  CHECK(named.value.memory == memory_index{133});
  CHECK(named.value.offset == 3);
  CHECK(read_third<memory_argument>({0x80, 0x01, 0x00}).code == status::malformed_memop_flags);
  const auto wide = read_third<memory_argument>(
      {0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01});
  CHECK(wide.value.offset == ~std::uint64_t{0});
  CHECK(read_third<memory_index>({0x80, 0x00}).code == status::ok);
  CHECK(read_third<two_memories>({0x02, 0x01}).value.source == memory_index{1});
  CHECK(read_third<data_and_memory>({0x07, 0x01}).value.memory == memory_index{1});
}

TEST_CASE("immediates: reference types are short, or a heap type behind 0x63 or 0x64") {
  const auto one = [](const bytes& input) {
    byte_reader r(input);
    value_type type;
    const status s = read_value_type<features::wasm3()>(r, type);
    return std::pair(s, type);
  };
  CHECK(one({0x70}) == std::pair(status::ok, value_type::funcref));
  CHECK(one({0x73}) == std::pair(status::ok, value_type::nullfuncref));
  CHECK(one({0x63, 0x70}) == std::pair(status::ok, value_type::funcref));
  CHECK(one({0x64, 0x6f}) == std::pair(status::ok, value_type::externref.as_non_null()));
  CHECK(one({0x63, 0x05}) == std::pair(status::ok, value_type::reference(5, true)));
  CHECK(one({0x64, 0x85, 0x01}) == std::pair(status::ok, value_type::reference(133, false)));
  // An index beyond what can be told apart is one that no module has.
  CHECK(one({0x64, 0xff, 0xff, 0xff, 0xff, 0x0f}).second ==
        value_type::reference(value_type::most_defined, false));
  CHECK(one({0x6e}).first == not_accepted(feature::gc));
  CHECK(one({0x64, 0x6a}).first == not_accepted(feature::gc));
  CHECK(one({0x69}).first == not_accepted(feature::exception_handling));
  CHECK(one({0x64, 0x7f}).first == status::malformed_reference_type);
  CHECK(one({0x64, 0xf0, 0x7f}).first == status::malformed_heap_type);
  CHECK(one({0x40}).first == status::malformed_value_type);
  const auto block = read_third<block_type>({0x64, 0x07});
  CHECK(block.value.has_result);
  CHECK(block.value.result == value_type::reference(7, false));
  CHECK(read_third<value_type>({0x07}).value == value_type::reference(7, true));
}

}  // namespace unit_format_immediates
