// Modules written in memory: a small encoder of the binary format for tests that make many. It
// knows the rows of the operator table and nothing else of the library's decoder.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <dovetail/format/operators.hpp>

namespace testing {

using type_list = std::vector<dovetail::value_type>;

/// Bytes, and the integers of the format.
class byte_writer {
 public:
  byte_writer& byte(unsigned value) {
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
  }
  byte_writer& u32(std::uint64_t value) {
    while (value > 0x7f) {
      byte(static_cast<unsigned>(value & 0x7f) | 0x80);
      value >>= 7;
    }
    return byte(static_cast<unsigned>(value));
  }
  byte_writer& s64(std::int64_t value) {
    while (value < -0x40 || value > 0x3f) {
      byte(static_cast<unsigned>(value & 0x7f) | 0x80);
      value >>= 7;
    }
    return byte(static_cast<unsigned>(value & 0x7f));
  }
  template <class Unsigned>
  byte_writer& fixed(Unsigned value) {
    for (unsigned i = 0; i < sizeof(Unsigned); ++i) {
      byte(static_cast<unsigned>(value >> (8 * i)) & 0xff);
    }
    return *this;
  }
  byte_writer& name(std::string_view text) {
    u32(text.size());
    for (const char c : text) byte(static_cast<unsigned char>(c));
    return *this;
  }
  byte_writer& append(std::span<const std::uint8_t> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  /// A size, then the bytes.
  byte_writer& sized(std::span<const std::uint8_t> bytes) {
    return u32(bytes.size()), append(bytes);
  }
  /// A value type; a reference to a defined type is by the type's index.
  byte_writer& type(dovetail::value_type t) {
    if (t.is_defined()) return byte(t.is_nullable() ? 0x63 : 0x64).s64(t.defined());
    if (t.is_nullable()) return byte(t.code());
    return byte(0x64).byte(t.code());
  }
  byte_writer& types(std::span<const dovetail::value_type> list) {
    u32(list.size());
    for (const dovetail::value_type t : list) type(t);
    return *this;
  }

  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// The operators of a body or expression, one call each.
class code : public byte_writer {
 public:
  code& put(dovetail::op o) {
    const dovetail::op_row& row = dovetail::row_of(o);
    if (row.prefix == 0) return byte(row.code), *this;
    return byte(row.prefix), u32(row.code), *this;
  }
  /// An operator with integer immediates: indices, depths, an alignment and an offset.
  code& put(dovetail::op o, std::initializer_list<std::uint64_t> immediates) {
    put(o);
    for (const std::uint64_t immediate : immediates) u32(immediate);
    return *this;
  }
  code& i32(std::int32_t value) { return put(dovetail::op::i32_const), s64(value), *this; }
  code& i64(std::int64_t value) { return put(dovetail::op::i64_const), s64(value), *this; }
  code& f32(std::uint32_t bits) { return put(dovetail::op::f32_const), fixed(bits), *this; }
  code& f64(std::uint64_t bits) { return put(dovetail::op::f64_const), fixed(bits), *this; }
  code& v128(std::uint64_t low, std::uint64_t high) {
    return put(dovetail::op::v128_const), fixed(low), fixed(high), *this;
  }
  /// A constant of any type by its bits; null for references.
  code& constant(dovetail::value_type type, std::uint64_t bits, std::uint64_t high = 0) {
    switch (type.code()) {
      case 0x7f: return i32(static_cast<std::int32_t>(static_cast<std::uint32_t>(bits)));
      case 0x7e: return i64(static_cast<std::int64_t>(bits));
      case 0x7d: return f32(static_cast<std::uint32_t>(bits));
      case 0x7c: return f64(bits);
      case 0x7b: return v128(bits, high);
      default: return put(dovetail::op::ref_null), byte(type.code()), *this;
    }
  }
  /// A block, loop or if without parameters; `0x40` has no result.
  code& open(dovetail::op o, unsigned block_type = 0x40) { return put(o), byte(block_type), *this; }
  /// One whose type is a function type.
  code& open_typed(dovetail::op o, std::uint32_t type) { return put(o), s64(type), *this; }
  code& end() { return put(dovetail::op::end); }
};

struct locals_group {
  std::uint32_t count;
  dovetail::value_type type;
};

/// Sections in order, filled in any order.
class module_writer {
 public:
  std::uint32_t type(const type_list& parameters, const type_list& results) {
    types_.entries.byte(0x60).types(parameters).types(results);
    return types_.count++;
  }
  std::uint32_t import_function(std::string_view module, std::string_view name,
                                std::uint32_t type) {
    import(module, name, 0).u32(type);
    return functions_++;
  }
  std::uint32_t import_global(std::string_view module, std::string_view name,
                              dovetail::value_type type, bool is_mutable) {
    import(module, name, 3).byte(type.code()).byte(is_mutable ? 1 : 0);
    return globals_++;
  }
  void import_memory(std::string_view module, std::string_view name, std::uint32_t minimum) {
    import(module, name, 2).byte(0).u32(minimum);
  }
  std::uint32_t import_table(std::string_view module, std::string_view name, std::uint32_t minimum,
                             dovetail::value_type element = dovetail::value_type::funcref) {
    import(module, name, 1).byte(element.code()).byte(0).u32(minimum);
    return tables_++;
  }
  /// A function with a body; `end` is appended to it.
  std::uint32_t function(std::uint32_t type, const code& body,
                         std::initializer_list<locals_group> locals = {}) {
    byte_writer whole;
    whole.u32(locals.size());
    for (const locals_group& group : locals) whole.u32(group.count).byte(group.type.code());
    whole.append(body.bytes()).byte(0x0b);
    return raw_function(type, whole.bytes());
  }
  /// A function whose body, locals and `end` included, is these bytes.
  std::uint32_t raw_function(std::uint32_t type, std::span<const std::uint8_t> body) {
    declared_.entries.u32(type);
    ++declared_.count;
    bodies_.entries.sized(body);
    ++bodies_.count;
    return functions_++;
  }
  std::uint32_t table(std::uint32_t minimum, std::uint32_t maximum,
                      dovetail::value_type element = dovetail::value_type::funcref) {
    own_tables_.entries.byte(element.code()).byte(1).u32(minimum).u32(maximum);
    ++own_tables_.count;
    return tables_++;
  }
  void memory(std::uint32_t minimum, std::uint32_t maximum, bool is_64 = false) {
    memories_.entries.byte(is_64 ? 5 : 1).u32(minimum).u32(maximum);
    ++memories_.count;
  }
  /// One with 64-bit addresses.
  void memory64(std::uint32_t minimum, std::uint32_t maximum) {
    memories_.entries.byte(5).u32(minimum).u32(maximum);
    ++memories_.count;
  }
  std::uint32_t global(dovetail::value_type type, bool is_mutable, const code& initial) {
    own_globals_.entries.byte(type.code()).byte(is_mutable ? 1 : 0).append(initial.bytes());
    own_globals_.entries.byte(0x0b);
    ++own_globals_.count;
    return globals_++;
  }
  /// Kinds: 0 function, 1 table, 2 memory, 3 global.
  void export_as(std::string_view name, unsigned kind, std::uint32_t index) {
    exports_.entries.name(name).byte(kind).u32(index);
    ++exports_.count;
  }
  void start(std::uint32_t function) { start_.u32(function); }
  /// An active segment of table 0.
  void elements(std::int32_t at, std::span<const std::uint32_t> functions) {
    elements_.entries.u32(0).append(code().i32(at).end().bytes()).u32(functions.size());
    for (const std::uint32_t f : functions) elements_.entries.u32(f);
    ++elements_.count;
  }
  /// An active segment of any table.
  void elements_of(std::uint32_t table, std::int32_t at, std::span<const std::uint32_t> functions) {
    elements_.entries.u32(2).u32(table).append(code().i32(at).end().bytes()).byte(0);
    elements_.entries.u32(functions.size());
    for (const std::uint32_t f : functions) elements_.entries.u32(f);
    ++elements_.count;
  }
  void passive_elements(std::span<const std::uint32_t> functions) {
    elements_.entries.u32(1).byte(0).u32(functions.size());
    for (const std::uint32_t f : functions) elements_.entries.u32(f);
    ++elements_.count;
  }
  void data(std::int32_t at, std::string_view content) {
    data_.entries.u32(0).append(code().i32(at).end().bytes()).name(content);
    ++data_.count;
  }
  void passive_data(std::string_view content) {
    data_.entries.u32(1).name(content);
    ++data_.count;
  }
  /// A custom section, placed first.
  void custom(std::string_view name, std::span<const std::uint8_t> content) {
    byte_writer whole;
    whole.name(name).append(content);
    custom_.byte(0).sized(whole.bytes());
  }

  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    byte_writer out;
    for (const unsigned b : {0x00u, 0x61u, 0x73u, 0x6du, 0x01u, 0x00u, 0x00u, 0x00u}) out.byte(b);
    out.append(custom_.bytes());
    write(out, 1, types_);
    write(out, 2, imports_);
    write(out, 3, declared_);
    write(out, 4, own_tables_);
    write(out, 5, memories_);
    write(out, 6, own_globals_);
    write(out, 7, exports_);
    if (!start_.bytes().empty()) out.byte(8).sized(start_.bytes());
    write(out, 9, elements_);
    if (data_.count != 0) out.byte(12).sized(byte_writer().u32(data_.count).bytes());
    write(out, 10, bodies_);
    write(out, 11, data_);
    return out.bytes();
  }

 private:
  struct section {
    byte_writer entries;
    std::uint32_t count = 0;
  };

  byte_writer& import(std::string_view module, std::string_view name, unsigned kind) {
    ++imports_.count;
    return imports_.entries.name(module).name(name).byte(kind);
  }
  static void write(byte_writer& out, unsigned id, const section& s) {
    if (s.count == 0) return;
    byte_writer content;
    content.u32(s.count).append(s.entries.bytes());
    out.byte(id).sized(content.bytes());
  }

  section types_, imports_, declared_, own_tables_, memories_, own_globals_, exports_, elements_,
      bodies_, data_;
  byte_writer start_, custom_;
  std::uint32_t functions_ = 0, tables_ = 0, globals_ = 0;
};

/// A section as it comes, and a module of such.
struct raw_section {
  unsigned id;
  std::vector<std::uint8_t> content;
};
inline std::vector<std::uint8_t> raw_module(std::initializer_list<raw_section> sections) {
  byte_writer out;
  for (const unsigned b : {0x00u, 0x61u, 0x73u, 0x6du, 0x01u, 0x00u, 0x00u, 0x00u}) out.byte(b);
  for (const raw_section& s : sections) out.byte(s.id).sized(s.content);
  return out.bytes();
}

/// A module as the library takes it.
inline std::span<const std::byte> as_bytes(const std::vector<std::uint8_t>& module) {
  return {reinterpret_cast<const std::byte*>(module.data()), module.size()};
}

}  // namespace testing
