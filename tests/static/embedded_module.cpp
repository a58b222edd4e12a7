// A module embedded in the program is decoded by the compiler: what it exports, how many operators
// its bodies have, that mutilated copies of it are refused, and where.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/format/decoder.hpp>

using namespace dovetail;

// clang-format off
// (module
//   (import "env" "log" (func (param i32)))
//   (memory 1 2)
//   (global (mut i64) (i64.const -5))
//   (table 3 funcref)
//   (elem (i32.const 0) 1 0)
//   (data (i32.const 8) "text")
//   (func (export "twice") (param i32) (result i32)
//     (local i64 f32)
//     (if (result i32) (i32.eqz (local.get 0))
//       (then (i32.const 1000000))
//       (else (i32.mul (local.get 0) (i32.const 2)))))
//   (func (export "vector") (result v128)
//     (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
//       (v128.const i64x2 1 2) (v128.load offset=8 (i32.const 16)))))
constexpr std::uint8_t embedded[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0e, 0x03, 0x60, 0x01, 0x7f, 0x00,
    0x60, 0x01, 0x7f, 0x01, 0x7f, 0x60, 0x00, 0x01, 0x7b, 0x02, 0x0b, 0x01, 0x03, 0x65, 0x6e,
    0x76, 0x03, 0x6c, 0x6f, 0x67, 0x00, 0x00, 0x03, 0x03, 0x02, 0x01, 0x02, 0x04, 0x04, 0x01,
    0x70, 0x00, 0x03, 0x05, 0x04, 0x01, 0x01, 0x01, 0x02, 0x06, 0x06, 0x01, 0x7e, 0x01, 0x42,
    0x7b, 0x0b, 0x07, 0x12, 0x02, 0x05, 0x74, 0x77, 0x69, 0x63, 0x65, 0x00, 0x01, 0x06, 0x76,
    0x65, 0x63, 0x74, 0x6f, 0x72, 0x00, 0x02, 0x09, 0x08, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x02,
    0x01, 0x00, 0x0a, 0x45, 0x02, 0x16, 0x02, 0x01, 0x7e, 0x01, 0x7d, 0x20, 0x00, 0x45, 0x04,
    0x7f, 0x41, 0xc0, 0x84, 0x3d, 0x05, 0x20, 0x00, 0x41, 0x02, 0x6c, 0x0b, 0x0b, 0x2c, 0x00,
    0xfd, 0x0c, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x41, 0x10, 0xfd, 0x00, 0x04, 0x08, 0xfd, 0x0d, 0x00, 0x01, 0x02, 0x03,
    0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x0b, 0x0b, 0x0a,
    0x01, 0x00, 0x41, 0x08, 0x0b, 0x04, 0x74, 0x65, 0x78, 0x74,
};
// clang-format on

// A sink for sections that counts.
struct counting_sections : null_sections {
  std::uint32_t sections = 0, types = 0, imports = 0, functions = 0, exports = 0, elements = 0;
  std::uint32_t bodies = 0, operators = 0;
  std::size_t data_bytes = 0;
  table_type last_table;
  memory_type last_memory;
  global_type last_global;

  constexpr status section(section_id, const byte_reader&) { return ++sections, status::ok; }
  constexpr status type_end() { return ++types, status::ok; }
  constexpr status import(std::string_view, std::string_view, const import_description& what) {
    return what.kind == external_kind::function ? (++imports, status::ok) : status::unknown_import;
  }
  constexpr status function(type_index) { return ++functions, status::ok; }
  using null_sections::table;
  constexpr status table(const table_type& type) { return last_table = type, status::ok; }
  constexpr status memory(const memory_type& type) { return last_memory = type, status::ok; }
  constexpr status global(const global_type& type, const byte_reader&) {
    return last_global = type, status::ok;
  }
  constexpr status export_(std::string_view, external_kind, std::uint32_t) {
    return ++exports, status::ok;
  }
  constexpr status element(function_index) { return ++elements, status::ok; }
  constexpr status element(const byte_reader&) { return ++elements, status::ok; }
  constexpr status data(const data_segment_head& head) {
    return data_bytes += head.bytes.remaining(), status::ok;
  }
  constexpr status code(const byte_reader& body);
};

// A sink for operators that counts them.
struct counting_operators : null_sink {
  std::uint32_t operators = 0, local_count = 0;
  constexpr status locals(std::uint32_t count, value_type) {
    return local_count += count, status::ok;
  }
  template <shape S, class Immediate>
  constexpr status on(op o, const Immediate& imm) {
    ++operators;
    return null_sink::on<S>(o, imm);
  }
  template <op O>
  constexpr status on(op_constant<O> which, const immediate_of<O>& imm) {
    ++operators;
    return null_sink::on(which, imm);
  }
};

constexpr status counting_sections::code(const byte_reader& body) {
  byte_reader r = body;
  counting_operators sink;
  const status s = binary_decoder::body(r, sink);
  operators += sink.operators;
  ++bodies;
  return s;
}

constexpr counting_sections decoded = [] {
  counting_sections counts;
  byte_reader r(embedded);
  // A refusal makes this no constant expression.
  return binary_decoder::sections(r, counts) == status::ok ? counts : throw "refused";
}();

static_assert(decoded.sections == 10 && decoded.types == 3 && decoded.imports == 1);
static_assert(decoded.functions == 2 && decoded.exports == 2 && decoded.bodies == 2);
static_assert(decoded.operators == 10 + 5);
static_assert(decoded.elements == 2 && decoded.data_bytes == 4);
static_assert(decoded.last_table == table_type{value_type::funcref, {3}});
static_assert(decoded.last_memory == memory_type{{1, 2}});
static_assert(decoded.last_global == global_type{value_type::i64, true});

// A copy, changed in one byte or cut.
struct outcome {
  status code;
  std::size_t offset;
};
constexpr outcome decode_changed(std::size_t at, std::uint8_t byte,
                                 std::size_t size = sizeof embedded) {
  std::array<std::uint8_t, sizeof embedded> copy{};
  for (std::size_t i = 0; i < sizeof embedded; ++i) copy[i] = i == at ? byte : embedded[i];
  counting_sections counts;
  byte_reader r(std::span<const std::uint8_t>(copy).first(size));
  const status s = binary_decoder::sections(r, counts);
  return {s, r.offset()};
}
static_assert(decode_changed(0, 0).code == status::ok);
static_assert(decode_changed(0, 1).code == status::magic_not_detected);
static_assert(decode_changed(4, 2).code == status::unknown_version);
static_assert(decode_changed(8, 14).code == status::malformed_section_id);
static_assert(decode_changed(0, 0, 7).code == status::unexpected_end);
static_assert(decode_changed(0, 0, sizeof embedded - 1).code != status::ok);

// Every proper prefix is refused or is a module that ends with a section, and none is read beyond.
constexpr std::size_t whole_prefixes = [] {
  std::size_t whole = 0;
  for (std::size_t size = 0; size < sizeof embedded; ++size) {
    const outcome o = decode_changed(0, 0, size);
    if (o.offset > size) throw "read beyond the end";
    whole += o.code == status::ok ? 1 : 0;
  }
  return whole;
}();
static_assert(whole_prefixes == 4, "no section, the types, and the import, and all but the data");

// The same diagnosis as at run time.
constexpr status diagnosed = [] {
  byte_reader r(std::span<const std::uint8_t>(embedded).first(sizeof embedded - 1));
  return binary_decoder::diagnose<features::wasm2()>(r);
}();
static_assert(stage_of(diagnosed) == stage::decode);
