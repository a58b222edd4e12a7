// What a module's sections are handed to: the descriptions, and the sink that accepts everything.
// Used by the section decoder and by the module builder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/error.hpp>
#include <dovetail/base/external_type.hpp>
#include <dovetail/base/features.hpp>
#include <dovetail/base/index.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/byte_reader.hpp>

namespace dovetail {

/// How a type stands to others (core specification 2.3.12).
struct subtype {
  bool is_final = true;
  bool has_supertype = false;
  type_index supertype{};
};

/// What an import asks for: the member that `kind` names is meant.
struct import_description {
  external_kind kind = external_kind::function;
  type_index function{};
  table_type table;
  memory_type memory;
  global_type global;
};

enum class segment_mode : std::uint8_t { passive, active, declarative };

/// The head of an element segment (core specification 5.5.12): its entries follow one by one.
struct element_segment_head {
  segment_mode mode = segment_mode::passive;
  bool has_expressions = false;
  value_type type = value_type::funcref;
  table_index table{};
  byte_reader offset;  ///< active: the constant expression, `end` included
  std::uint32_t count = 0;
};

struct data_segment_head {
  segment_mode mode = segment_mode::passive;
  memory_index memory{};
  byte_reader offset;  ///< active: the constant expression, `end` included
  byte_reader bytes;
};

/// A sink for sections that accepts everything, and the documentation of what
/// `decoder_policy::sections` may call. Every function may refuse with a status; names are
/// well-formed UTF-8 and point into the module.
template <features Accept>
struct scanning_sections {
  /// What other features change of the format is not read.
  static constexpr features accept = Accept;

  /// A section's id was read; what goes wrong from here on is in it.
  constexpr void enter(section_id) {}
  /// The section is there: `r` is its content.
  constexpr status section(section_id, const byte_reader& r) {
    return static_cast<void>(r), status::ok;
  }
  /// The section has `count` entries.
  constexpr status count(section_id, std::uint32_t count) {
    return static_cast<void>(count), status::ok;
  }
  /// The offset of the entry that follows.
  constexpr void at(std::size_t offset) { static_cast<void>(offset); }

  constexpr status custom(std::string_view name, const byte_reader& content) {
    return static_cast<void>(name), static_cast<void>(content), status::ok;
  }
  /// A recursion group of `count` types begins: its members, then its end. A type outside of any is
  /// a group of its own.
  constexpr status group(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status group_end() { return status::ok; }
  /// A type: its place among others, the parameters of the function type, then its results, then
  /// its end.
  constexpr status type(const subtype&) { return status::ok; }
  constexpr status parameters(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status parameter(value_type) { return status::ok; }
  constexpr status results(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status result(value_type) { return status::ok; }
  constexpr status type_end() { return status::ok; }

  constexpr status import(std::string_view module, std::string_view name,
                          const import_description&) {
    return static_cast<void>(module), static_cast<void>(name), status::ok;
  }
  constexpr status function(type_index) { return status::ok; }
  constexpr status table(const table_type&) { return status::ok; }
  /// A table with an initialiser: `initial` is the constant expression, `end` included.
  constexpr status table(const table_type&, const byte_reader& initial) {
    return static_cast<void>(initial), status::ok;
  }
  constexpr status memory(const memory_type&) { return status::ok; }
  /// `initial` is the constant expression, `end` included.
  constexpr status global(const global_type&, const byte_reader& initial) {
    return static_cast<void>(initial), status::ok;
  }
  constexpr status export_(std::string_view name, external_kind, std::uint32_t index) {
    return static_cast<void>(name), static_cast<void>(index), status::ok;
  }
  constexpr status start(function_index) { return status::ok; }
  constexpr status element_segment(const element_segment_head&) { return status::ok; }
  constexpr status element(function_index) { return status::ok; }
  constexpr status element(const byte_reader& expression) {
    return static_cast<void>(expression), status::ok;
  }
  constexpr status data_count(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  /// A function body: local declarations and operators.
  constexpr status code(const byte_reader& body) { return static_cast<void>(body), status::ok; }
  constexpr status data(const data_segment_head&) { return status::ok; }
};
using null_sections = scanning_sections<features::wasm3()>;

}  // namespace dovetail
