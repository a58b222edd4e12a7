// The outline of a module, decoded at compile time: what it imports and exports, with types. Used
// for modules that are constants of the program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/external_type.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/format/decoder.hpp>
#include <dovetail/format/section_sink.hpp>

namespace dovetail {

/// How much an outline holds.
struct outline_size {
  std::size_t types = 0;
  std::size_t values = 0;  ///< of all types, parameters and results
  std::size_t functions = 0;
  std::size_t tables = 0;
  std::size_t memories = 0;
  std::size_t globals = 0;
  std::size_t imports = 0;
  std::size_t exports = 0;
  std::size_t text = 0;  ///< bytes of all names

  friend constexpr bool operator==(const outline_size&, const outline_size&) = default;
};

namespace detail {

// What both sinks of an outline do: they find names again in their entries, since bytes cannot be
// read as text at compile time, and they end the decoder behind the exports, since compilers count
// the steps of a constant.
class outline_sink : public null_sections {
 public:
  constexpr explicit outline_sink(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  constexpr void at(std::size_t offset) { entry_ = offset; }
  constexpr status section(section_id id, const byte_reader&) {
    is_complete_ = id >= section_id::start && id <= section_id::data_count;
    return is_complete_ ? status::limit_exceeded : status::ok;
  }
  [[nodiscard]] constexpr bool is_complete() const { return is_complete_; }

 protected:
  constexpr std::span<const std::uint8_t> next_name() {
    byte_reader from(bytes_.subspan(entry_));
    std::uint32_t size = 0;
    byte_reader name;
    static_cast<void>(from.u32(size));
    static_cast<void>(from.part(size, name));
    entry_ += from.offset();
    return name.rest();
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t entry_ = 0;
  bool is_complete_ = false;
};

template <class Sink>
constexpr status read_outline(std::span<const std::uint8_t> bytes, Sink& sink) {
  byte_reader r(bytes);
  const status s = binary_decoder::sections(r, sink);
  if (!sink.is_complete()) return s;
  // The sections that follow are there, whatever is in them.
  while (!r.at_end()) {
    std::uint8_t id = 0;
    std::uint32_t size = 0;
    byte_reader content;
    DOVETAIL_TRY(r.u8(id));
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, content));
  }
  return status::ok;
}

class outline_measure : public outline_sink {
 public:
  using outline_sink::outline_sink;
  outline_size size;

  constexpr status parameter(value_type) { return ++size.values, status::ok; }
  constexpr status result(value_type) { return ++size.values, status::ok; }
  constexpr status type_end() { return ++size.types, status::ok; }
  constexpr status import(std::string_view, std::string_view, const import_description& what) {
    ++size.imports;
    size.text += next_name().size();
    size.text += next_name().size();
    switch (what.kind) {
      case external_kind::function: ++size.functions; break;
      case external_kind::table: ++size.tables; break;
      case external_kind::memory: ++size.memories; break;
      case external_kind::global: ++size.globals; break;
      default: break;
    }
    return status::ok;
  }
  constexpr status function(type_index) { return ++size.functions, status::ok; }
  constexpr status table(const table_type&) { return ++size.tables, status::ok; }
  constexpr status table(const table_type& type, const byte_reader&) { return table(type); }
  constexpr status memory(const memory_type&) { return ++size.memories, status::ok; }
  constexpr status global(const global_type&, const byte_reader&) {
    return ++size.globals, status::ok;
  }
  constexpr status export_(std::string_view, external_kind, std::uint32_t) {
    return ++size.exports, size.text += next_name().size(), status::ok;
  }
};

}  // namespace detail

/// How much the outline of these bytes holds, or how they are no module: sections behind the
/// exports are not looked into.
[[nodiscard]] constexpr status measure_outline(std::span<const std::uint8_t> bytes,
                                               outline_size& out) {
  detail::outline_measure sink(bytes);
  DOVETAIL_TRY(detail::read_outline(bytes, sink));
  out = sink.size;
  return status::ok;
}

namespace detail {
template <outline_size Size>
class outline_writer;
}

/// A module's imports and exports, as arrays of exactly their sizes.
template <outline_size Size>
class module_outline {
 public:
  /// Reads a module of this size, up to its exports; what is exported or used as a type must be
  /// there.
  [[nodiscard]] constexpr status read(std::span<const std::uint8_t> bytes) {
    detail::outline_writer<Size> sink(bytes, *this);
    return detail::read_outline(bytes, sink);
  }

  static constexpr std::size_t import_count = Size.imports;
  static constexpr std::size_t export_count = Size.exports;

  [[nodiscard]] constexpr std::string_view import_module(std::size_t i) const {
    return view(imports_[i].module);
  }
  [[nodiscard]] constexpr std::string_view import_name(std::size_t i) const {
    return view(imports_[i].name);
  }
  [[nodiscard]] constexpr external_type import_type(std::size_t i) const {
    return external(imports_[i]);
  }
  [[nodiscard]] constexpr std::string_view export_name(std::size_t i) const {
    return view(exports_[i].name);
  }
  [[nodiscard]] constexpr external_type export_type(std::size_t i) const {
    return external(exports_[i]);
  }
  /// The place of an export in the module's list; `export_count` if there is none of this name.
  [[nodiscard]] constexpr std::size_t find_export(std::string_view name) const {
    std::size_t i = 0;
    while (i < export_count && export_name(i) != name) ++i;
    return i;
  }

 private:
  friend class detail::outline_writer<Size>;

  struct range {
    std::size_t first = 0;
    std::size_t size = 0;
  };
  struct type_entry {
    range parameters, results;
  };
  struct entry {
    range module, name;
    external_kind kind = external_kind::function;
    std::uint32_t index = 0;
  };

  [[nodiscard]] constexpr std::string_view view(range r) const {
    return {text_.data() + r.first, r.size};
  }
  [[nodiscard]] constexpr std::span<const value_type> types(range r) const {
    return {values_.data() + r.first, r.size};
  }
  [[nodiscard]] constexpr external_type external(const entry& e) const {
    external_type out;
    out.kind = e.kind;
    switch (e.kind) {
      case external_kind::function: {
        const type_entry& t = types_[functions_[e.index].value];
        out.function = {types(t.parameters), types(t.results)};
        break;
      }
      case external_kind::table: out.table = tables_[e.index]; break;
      case external_kind::memory: out.memory = memories_[e.index]; break;
      case external_kind::global: out.global = globals_[e.index]; break;
      default: break;
    }
    return out;
  }

  std::array<value_type, Size.values> values_{};
  std::array<type_entry, Size.types> types_{};
  std::array<type_index, Size.functions> functions_{};
  std::array<table_type, Size.tables> tables_{};
  std::array<memory_type, Size.memories> memories_{};
  std::array<global_type, Size.globals> globals_{};
  std::array<entry, Size.imports> imports_{};
  std::array<entry, Size.exports> exports_{};
  std::array<char, Size.text> text_{};
};

namespace detail {

template <outline_size Size>
class outline_writer : public outline_sink {
 public:
  constexpr outline_writer(std::span<const std::uint8_t> bytes, module_outline<Size>& out)
      : outline_sink(bytes), out_(out) {}

  constexpr status parameters(std::uint32_t count) {
    out_.types_[used_.types].parameters = {used_.values, count};
    return status::ok;
  }
  constexpr status parameter(value_type type) { return value(type); }
  constexpr status results(std::uint32_t count) {
    out_.types_[used_.types].results = {used_.values, count};
    return status::ok;
  }
  constexpr status result(value_type type) { return value(type); }
  constexpr status type_end() { return ++used_.types, status::ok; }

  constexpr status import(std::string_view, std::string_view, const import_description& what) {
    auto& made = out_.imports_[used_.imports++];
    made.kind = what.kind;
    made.module = keep(next_name());
    made.name = keep(next_name());
    made.index = static_cast<std::uint32_t>(count_of(what.kind));
    switch (what.kind) {
      case external_kind::function: return function(what.function);
      case external_kind::table: return table(what.table);
      case external_kind::memory: return memory(what.memory);
      case external_kind::global: return global(what.global, {});
      default: return status::ok;
    }
  }
  constexpr status function(type_index type) {
    if (type.value >= used_.types) return status::unknown_type;
    return out_.functions_[used_.functions++] = type, status::ok;
  }
  constexpr status table(const table_type& type) {
    return out_.tables_[used_.tables++] = type, status::ok;
  }
  constexpr status table(const table_type& type, const byte_reader&) { return table(type); }
  constexpr status memory(const memory_type& type) {
    return out_.memories_[used_.memories++] = type, status::ok;
  }
  constexpr status global(const global_type& type, const byte_reader&) {
    return out_.globals_[used_.globals++] = type, status::ok;
  }
  constexpr status export_(std::string_view, external_kind kind, std::uint32_t index) {
    auto& made = out_.exports_[used_.exports++];
    made.kind = kind;
    made.name = keep(next_name());
    made.index = index;
    return index < count_of(kind) ? status::ok : unknown(kind);
  }

 private:
  constexpr status value(value_type type) {
    return out_.values_[used_.values++] = type, status::ok;
  }
  [[nodiscard]] constexpr std::size_t count_of(external_kind kind) const {
    switch (kind) {
      case external_kind::function: return used_.functions;
      case external_kind::table: return used_.tables;
      case external_kind::memory: return used_.memories;
      case external_kind::global: return used_.globals;
      default: return 0;
    }
  }
  static constexpr status unknown(external_kind kind) {
    switch (kind) {
      case external_kind::table: return status::unknown_table;
      case external_kind::memory: return status::unknown_memory;
      case external_kind::global: return status::unknown_global;
      default: return status::unknown_function;
    }
  }
  constexpr typename module_outline<Size>::range keep(std::span<const std::uint8_t> name) {
    const std::size_t first = used_.text;
    for (const std::uint8_t byte : name) out_.text_[used_.text++] = static_cast<char>(byte);
    return {first, name.size()};
  }

  module_outline<Size>& out_;
  outline_size used_;
};

}  // namespace detail

}  // namespace dovetail
