// C++ types as value types, and their way through slots.
#include <dovetail/base/native_value.hpp>

#include <cstdint>
#include <limits>

#include "support/catch.hpp"

namespace unit_base_native_value {

using namespace dovetail;

namespace {

enum class small : std::int8_t { least = -128, most = 127 };
enum class large : std::uint64_t { most = ~std::uint64_t{0} };
enum plain { one = 1 };

template <class T>
bool survives(T v) {
  return from_slot<T>(to_slot(v)) == v;
}
template <class T>
bool survives_at_its_ends() {
  return survives(std::numeric_limits<T>::min()) && survives(std::numeric_limits<T>::max()) &&
         survives(T{0}) && survives(static_cast<T>(1));
}

}  // namespace

TEST_CASE("native values: every type stands for the value type of its kind and width") {
  CHECK(value_type_of<bool>() == value_type::i32);
  CHECK(value_type_of<char>() == value_type::i32);
  CHECK(value_type_of<std::int8_t>() == value_type::i32);
  CHECK(value_type_of<std::uint32_t>() == value_type::i32);
  CHECK(value_type_of<small>() == value_type::i32);
  CHECK(value_type_of<plain>() == value_type::i32);
  CHECK(value_type_of<std::int64_t>() == value_type::i64);
  CHECK(value_type_of<large>() == value_type::i64);
  CHECK(value_type_of<float>() == value_type::f32);
  CHECK(value_type_of<double>() == value_type::f64);
  CHECK(value_type_of<externref>() == value_type::externref);
  CHECK(value_type_of<funcref>() == value_type::funcref);
}

TEST_CASE("native values: what goes through a slot comes back") {
  CHECK(survives_at_its_ends<bool>());
  CHECK(survives_at_its_ends<std::int8_t>());
  CHECK(survives_at_its_ends<std::uint8_t>());
  CHECK(survives_at_its_ends<std::int16_t>());
  CHECK(survives_at_its_ends<std::uint16_t>());
  CHECK(survives_at_its_ends<std::int32_t>());
  CHECK(survives_at_its_ends<std::uint32_t>());
  CHECK(survives_at_its_ends<std::int64_t>());
  CHECK(survives_at_its_ends<std::uint64_t>());
  CHECK(survives_at_its_ends<float>());
  CHECK(survives_at_its_ends<double>());
  CHECK(survives(small::least));
  CHECK(survives(small::most));
  CHECK(survives(large::most));
  CHECK(survives(one));
  int place = 0;
  CHECK(survives(externref{&place}));
  CHECK(survives(externref{}));
  CHECK(survives(funcref{}));
}

TEST_CASE("native values: narrow integers extend by their sign to 32 bits, zeros above") {
  CHECK(to_slot(std::int8_t{-1}) == 0xffff'ffff);
  CHECK(to_slot(std::uint8_t{255}) == 255);
  CHECK(to_slot(std::int16_t{-32'768}) == 0xffff'8000);
  CHECK(to_slot(small::least) == 0xffff'ff80);
  CHECK(to_slot(std::int32_t{-1}) == 0xffff'ffff);
  CHECK(to_slot(std::int64_t{-1}) == 0xffff'ffff'ffff'ffff);
  CHECK(to_slot(true) == 1);
  CHECK(to_slot(externref{}) == 0);
}

TEST_CASE("native values: narrow integers keep their low bits, bool is not zero") {
  CHECK(from_slot<std::uint8_t>(0x1234'56ff) == 0xff);
  CHECK(from_slot<std::int8_t>(0x80) == -128);
  CHECK(from_slot<std::int16_t>(0x1'8000) == -32'768);
  CHECK(from_slot<std::int32_t>(0xffff'ffff) == -1);
  CHECK(from_slot<bool>(0x100) == true);
  CHECK(from_slot<bool>(0x8000'0000) == true);
  CHECK(from_slot<bool>(0) == false);
}

TEST_CASE("native values: floats travel as their bits, NaN payloads and signs of zero too") {
  CHECK(to_slot(1.0f) == 0x3f80'0000);
  CHECK(to_slot(-0.0f) == 0x8000'0000);
  CHECK(to_slot(1.0) == 0x3ff0'0000'0000'0000);
  CHECK(to_slot(-0.0) == 0x8000'0000'0000'0000);
  CHECK(to_slot(from_slot<float>(0x7fc0'1234)) == 0x7fc0'1234);
  CHECK(to_slot(from_slot<double>(0xfff8'0000'dead'beef)) == 0xfff8'0000'dead'beef);
}

TEST_CASE("native values: a value turns into any type of its kind and width") {
  CHECK(value(std::int32_t{-1}).as<std::uint32_t>() == 0xffff'ffff);
  CHECK(value(std::uint32_t{200}).as<std::int8_t>() == -56);
  CHECK(value(std::int64_t{-2}).as<std::uint64_t>() == 0xffff'ffff'ffff'fffe);
  CHECK(value(2.5f).as<float>() == 2.5f);
  CHECK(value(-2.5).as<double>() == -2.5);
  int place = 0;
  CHECK(value(externref{&place}).as<externref>() == externref{&place});
  CHECK(value::null(value_type::funcref).as<funcref>() == funcref{});
}

TEST_CASE("native values: a vector takes two slots, its halves as integers of the host") {
  v128 v;
  for (std::uint8_t i = 0; i < 16; ++i) v.bytes[i] = i;
  CHECK(value_type_of<v128>() == value_type::v128);
  CHECK(slots_of(value_type::v128) == 2);
  slot to[4] = {};
  slot* const behind = write_slots(write_slots(to, 7), v);
  CHECK(behind == to + 3);
  CHECK(to[0] == 7);
  CHECK(to[1] == 0x0706'0504'0302'0100);
  CHECK(to[2] == 0x0f0e'0d0c'0b0a'0908);
  CHECK(read_slots<int>(to) == 7);
  CHECK(read_slots<v128>(to + 1) == v);
  CHECK(value(v).bits() == to[1]);
  CHECK(value(v).high_bits() == to[2]);
  CHECK(value(v).as<v128>() == v);
}

}  // namespace unit_base_native_value
