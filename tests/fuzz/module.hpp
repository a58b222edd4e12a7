// The binary format of WebAssembly 3.0 as far as generators need it. It knows nothing of the
// library, whose own table of operators is under test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/writer.hpp"

namespace testing {

/// Operators by their opcodes.
class instructions : public byte_writer {
 public:
  instructions& op(unsigned code) { return byte(code), *this; }
  instructions& byte(unsigned value) { return byte_writer::byte(value), *this; }
  instructions& u32(std::uint64_t value) { return byte_writer::u32(value), *this; }
  instructions& append(std::span<const std::uint8_t> bytes) {
    return byte_writer::append(bytes), *this;
  }
  template <class Unsigned>
  instructions& fixed(Unsigned bits) {
    return byte_writer::fixed(bits), *this;
  }
  instructions& i32_const(std::int64_t value) { return byte(0x41), s64(value), *this; }
  instructions& i64_const(std::int64_t value) { return byte(0x42), s64(value), *this; }
  instructions& end() { return byte(0x0b); }
};

/// Sections in order, filled in any order. Types are their bytes.
class module_of_sections {
 public:
  using list = std::vector<std::uint8_t>;

  std::size_t type(const list& parameters, const list& results) {
    add(types).byte(0x60).sized(parameters).sized(results);
    return count_[types] - 1;
  }
  void memory(bool is_64, std::uint64_t minimum, std::uint64_t maximum) {
    add(memories).byte(is_64 ? 5 : 1).u32(minimum).u32(maximum);
    export_as("memory" + std::to_string(count_[memories] - 1), 2, count_[memories] - 1);
  }
  void table(std::uint8_t element, bool is_64, std::uint64_t minimum, std::uint64_t maximum) {
    table(list{element}, is_64, minimum, maximum);
  }
  void table(const list& element, bool is_64, std::uint64_t minimum, std::uint64_t maximum) {
    add(tables).append(element).byte(is_64 ? 5 : 1).u32(minimum).u32(maximum);
  }
  void global(std::uint8_t type, bool is_mutable, const instructions& initial) {
    add(globals).byte(type).byte(is_mutable ? 1 : 0).append(initial.bytes()).byte(0x0b);
    export_as("global" + std::to_string(count_[globals] - 1), 3, count_[globals] - 1);
  }
  /// A function whose code, locals and `end` included, is `body`; exported.
  void function(std::size_t type, const instructions& body, std::string_view name) {
    add(functions).u32(type);
    add(bodies).sized(body.bytes());
    export_as(name, 0, count_[functions] - 1);
  }
  /// An active segment of expressions.
  void elements(std::size_t table, const list& type, bool is_64, std::int64_t at,
                std::span<const std::uint32_t> entries) {
    byte_writer& out = add(element_segments);
    out.u32(6).u32(table).append(offset(is_64, at)).append(type).u32(entries.size());
    for (const std::uint32_t f : entries) out.byte(0xd2).u32(f).byte(0x0b);
  }
  void data(std::size_t memory, bool is_64, std::uint64_t at, std::string_view content) {
    add(data_segments).u32(2).u32(memory).append(offset(is_64, static_cast<std::int64_t>(at)));
    content_[data_segments].name(content);
  }

  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    byte_writer out;
    for (const unsigned b : {0x00u, 0x61u, 0x73u, 0x6du, 0x01u, 0x00u, 0x00u, 0x00u}) out.byte(b);
    for (std::size_t i = 0; i < section_count; ++i) {
      if (count_[i] == 0) continue;
      byte_writer content;
      content.u32(count_[i]).append(content_[i].bytes());
      static constexpr unsigned ids[] = {1, 3, 4, 5, 6, 7, 9, 10, 11};
      out.byte(ids[i]).sized(content.bytes());
    }
    return out.bytes();
  }

 private:
  enum section : std::size_t {
    types,
    functions,
    tables,
    memories,
    globals,
    exports,
    element_segments,
    bodies,
    data_segments,
    section_count
  };
  byte_writer& add(section s) { return ++count_[s], content_[s]; }
  void export_as(std::string_view name, unsigned kind, std::size_t index) {
    add(exports).name(name).byte(kind).u32(index);
  }
  // An extended constant expression: a sum.
  static std::vector<std::uint8_t> offset(bool is_64, std::int64_t at) {
    instructions sum;
    if (is_64) {
      sum.i64_const(at + 1).i64_const(-1).op(0x7c);
    } else {
      sum.i32_const(at + 1).i32_const(-1).op(0x6a);
    }
    return sum.end().bytes();
  }

  byte_writer content_[section_count];
  std::size_t count_[section_count] = {};
};

}  // namespace testing
