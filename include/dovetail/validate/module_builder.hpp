// The sink of the section decoder that fills a module_env, and with it the rules for modules (core
// specification 3.4). Bodies are only noted: they are compiled when every section has been read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include <dovetail/base/features.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/decoder.hpp>
#include <dovetail/format/section_sink.hpp>
#include <dovetail/validate/constant.hpp>
#include <dovetail/validate/module_env.hpp>

namespace dovetail {

template <decoder_policy Decoder, features Accept>
class module_builder {
 public:
  static constexpr features accept = Accept;

  /// `most` bounds every list; both references must outlive the builder.
  module_builder(module_env& module, const limits& most)
      : m_(module), most_(most), types_(module), storage_(*module.memory) {}

  /// The section being read, and the offset of its entry: where an error is.
  [[nodiscard]] section_id section() const { return section_; }
  [[nodiscard]] std::size_t position() const { return position_; }

  void enter(section_id id) { section_ = id; }
  status section(section_id id, const byte_reader& r) {
    position_ = r.offset();
    return m_.sections.push({id, {}, r.offset(), r.remaining()});
  }
  void at(std::size_t offset) { position_ = offset; }

  status count(section_id id, std::uint32_t count) {
    if (count > limit_of(id)) return status::limit_exceeded;
    return status::ok;
  }

  status custom(std::string_view name, const byte_reader& content) {
    section_entry& entry = m_.sections.back();
    DOVETAIL_TRY(keep(name, entry.name));
    if (name == "name" && m_.names.empty()) return m_.names.append(content.rest());
    return status::ok;
  }

  status group(std::uint32_t count) { return types_.begin(count, most_.types); }
  status type(const subtype& place) { return types_.add(place); }
  status parameters(std::uint32_t count) {
    return count > most_.parameters ? status::limit_exceeded : status::ok;
  }
  status parameter(value_type type) { return types_.template parameter<Accept>(type); }
  status results(std::uint32_t count) {
    if (count > most_.results) return status::limit_exceeded;
    if (count > 1 && !Accept.has(feature::multi_value)) return not_accepted(feature::multi_value);
    if (count > m_.most_results) m_.most_results = count;
    return status::ok;
  }
  status result(value_type type) { return types_.template result<Accept>(type); }
  status type_end() { return status::ok; }
  status group_end() { return types_.finish(); }

  status import(std::string_view module, std::string_view name, const import_description& what) {
    import_entry entry;
    DOVETAIL_TRY(keep(module, entry.module));
    DOVETAIL_TRY(keep(name, entry.name));
    entry.kind = what.kind;
    switch (what.kind) {
      case external_kind::function:
        entry.index = m_.imported_functions++;
        DOVETAIL_TRY(add_function(what.function));
        break;
      case external_kind::table:
        entry.index = m_.imported_tables++;
        DOVETAIL_TRY(add_table(what.table, {}));
        break;
      case external_kind::memory:
        entry.index = m_.imported_memories++;
        DOVETAIL_TRY(memory(what.memory));
        break;
      case external_kind::global:
        entry.index = m_.imported_globals++;
        DOVETAIL_TRY(import_global(what.global));
        break;
      case external_kind::tag: return status::malformed_import_kind;
    }
    return m_.imports.push(entry);
  }

  status function(type_index type) { return add_function(type); }

  status table(const table_type& type) {
    return type.element.is_nullable() ? add_table(type, {}) : status::type_mismatch;
  }
  status table(const table_type& type, const byte_reader& initial) {
    constant_expression first;
    value_type element = type.element;
    DOVETAIL_TRY(m_.resolve(element));
    DOVETAIL_TRY(constant(initial, element, first));
    return add_table(type, first);
  }

  status memory(const memory_type& type) {
    if (!m_.memories.empty() && !Accept.has(feature::multi_memory))
      return status::multiple_memories;
    if (m_.memories.size() >= most_.memories) return status::limit_exceeded;
    if (type.is_64) {
      if (largest(type.limits) > std::uint64_t{1} << 48) return status::memory64_too_large;
    } else if (largest(type.limits) > 65'536) {
      return status::memory_too_large;
    }
    if (type.limits.has_maximum() && type.limits.maximum < type.limits.minimum)
      return status::limits_out_of_order;
    return m_.memories.push(type);
  }

  status global(const global_type& type, const byte_reader& initial) {
    global_entry entry{type, {}};
    DOVETAIL_TRY(m_.resolve(entry.type.type));
    DOVETAIL_TRY(constant(initial, entry.type.type, entry.initial));
    return add_global(entry);
  }

  status export_(std::string_view name, external_kind kind, std::uint32_t index) {
    DOVETAIL_TRY(exists(kind, index));
    if (m_.find_export(name) != name_table::none) return status::duplicate_export;
    if (kind == external_kind::function) m_.declared[index] = true;
    export_entry entry{{}, kind, index};
    DOVETAIL_TRY(keep(name, entry.name));
    const auto number = static_cast<std::uint32_t>(m_.exports.size());
    DOVETAIL_TRY(m_.exports.push(entry));
    return m_.export_index.insert(m_.export_index.hash(name), number);
  }

  status start(function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(function);
    if (!type.parameters.empty() || !type.results.empty()) return status::start_function_type;
    m_.start = function.value;
    return status::ok;
  }

  status element_segment(const element_segment_head& head) {
    if (head.mode != segment_mode::active || head.has_expressions)
      DOVETAIL_TRY(accept_feature(feature::bulk_memory));
    DOVETAIL_TRY(accept_element(head.type));
    if (head.count > most_.segment_elements) return status::limit_exceeded;
    dovetail::element_segment segment{head.mode, head.type, head.table, {}, 0, head.count};
    DOVETAIL_TRY(m_.resolve(segment.type));
    segment.first = static_cast<std::uint32_t>(m_.elements.size());
    if (head.mode == segment_mode::active) {
      if (head.table.value >= m_.tables.size()) return status::unknown_table;
      const table_type& table = m_.tables[head.table.value];
      if (!m_.canonical->matches(segment.type, table.element)) return status::type_mismatch;
      DOVETAIL_TRY(constant(head.offset, address_type(table.is_64), segment.offset));
    }
    return m_.element_segments.push(segment);
  }
  status element(function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    m_.declared[function.value] = true;
    return m_.elements.push(
        {constant_expression::kind::function, value_type::funcref, function.value, 0, 0});
  }
  status element(const byte_reader& expression) {
    constant_expression entry;
    DOVETAIL_TRY(constant(expression, m_.element_segments.back().type, entry));
    return m_.elements.push(entry);
  }

  status data_count(std::uint32_t count) {
    DOVETAIL_TRY(accept_feature(feature::bulk_memory));
    if (count > most_.data_segments) return status::limit_exceeded;
    m_.has_data_count = true;
    m_.data_count = count;
    return status::ok;
  }

  status code(const byte_reader& body) {
    if (body.remaining() > most_.body_bytes) return status::limit_exceeded;
    return m_.bodies.push({body.offset(), body.remaining()});
  }

  status data(const data_segment_head& head) {
    if (head.mode != segment_mode::active) DOVETAIL_TRY(accept_feature(feature::bulk_memory));
    dovetail::data_segment segment{
        head.mode, head.memory, {}, m_.data_bytes.size(), head.bytes.remaining()};
    if (head.mode == segment_mode::active) {
      if (head.memory.value >= m_.memories.size()) return status::unknown_memory;
      DOVETAIL_TRY(constant(head.offset, address_type(m_.memories[head.memory.value].is_64),
                            segment.offset));
    }
    DOVETAIL_TRY(m_.data_bytes.append(head.bytes.rest()));
    return m_.data_segments.push(segment);
  }

 private:
  [[nodiscard]] std::uint32_t limit_of(section_id id) const {
    switch (id) {
      case section_id::type: return most_.types;
      case section_id::import: return most_.imports;
      case section_id::function:
      case section_id::code: return most_.functions;
      case section_id::table: return most_.tables;
      case section_id::memory: return most_.memories;
      case section_id::global: return most_.globals;
      case section_id::export_: return most_.exports;
      case section_id::element: return most_.element_segments;
      case section_id::data: return most_.data_segments;
      default: return 0xffff'ffff;
    }
  }

  [[nodiscard]] static status accept_feature(feature wanted) {
    return Accept.has(wanted) ? status::ok : not_accepted(wanted);
  }
  // The type of addresses and indices.
  [[nodiscard]] static value_type address_type(bool is_64) {
    return is_64 ? value_type::i64 : value_type::i32;
  }
  // The element types of tables and segments.
  [[nodiscard]] static status accept_element(value_type type) {
    return type == value_type::externref ? accept_feature(feature::reference_types) : status::ok;
  }

  [[nodiscard]] status keep(std::string_view text, text_range& out) {
    out = {static_cast<std::uint32_t>(m_.text.size()), static_cast<std::uint32_t>(text.size())};
    return m_.text.append(text);
  }
  [[nodiscard]] static std::uint64_t largest(const limits_type& l) {
    return l.has_maximum() && l.maximum > l.minimum ? l.maximum : l.minimum;
  }
  [[nodiscard]] status add_table(table_type type, const constant_expression& initial) {
    if (m_.tables.size() >= most_.tables) return status::limit_exceeded;
    if (!m_.tables.empty()) DOVETAIL_TRY(accept_feature(feature::reference_types));
    DOVETAIL_TRY(accept_element(type.element));
    DOVETAIL_TRY(m_.resolve(type.element));
    if (!type.is_64 && largest(type.limits) > 0xffff'ffff) return status::table_too_large;
    if (type.limits.has_maximum() && type.limits.maximum < type.limits.minimum)
      return status::limits_out_of_order;
    DOVETAIL_TRY(m_.table_initials.push(initial));
    return m_.tables.push(type);
  }
  [[nodiscard]] status add_function(type_index type) {
    if (type.value >= m_.types.size()) return status::unknown_type;
    if (m_.functions.size() >= most_.functions) return status::limit_exceeded;
    DOVETAIL_TRY(m_.declared.push(false));
    return m_.functions.push(type);
  }
  [[nodiscard]] status import_global(global_type type) {
    DOVETAIL_TRY(m_.resolve(type.type));
    return add_global({type, {}});
  }
  [[nodiscard]] status add_global(const global_entry& entry) {
    if (m_.globals.size() >= most_.globals) return status::limit_exceeded;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(entry.type.type));
    return m_.globals.push(entry);
  }
  [[nodiscard]] status exists(external_kind kind, std::uint32_t index) const {
    switch (kind) {
      case external_kind::function:
        return index < m_.functions.size() ? status::ok : status::unknown_function;
      case external_kind::table:
        return index < m_.tables.size() ? status::ok : status::unknown_table;
      case external_kind::memory:
        return index < m_.memories.size() ? status::ok : status::unknown_memory;
      case external_kind::global:
        return index < m_.globals.size() ? status::ok : status::unknown_global;
      case external_kind::tag: break;
    }
    return status::malformed_export_kind;
  }
  [[nodiscard]] status constant(const byte_reader& r, value_type type, constant_expression& out) {
    return read_constant<Decoder, Accept>(r, m_, storage_, most_, type, out);
  }

  module_env& m_;
  const limits& most_;
  type_builder types_;
  pass_storage<constant_emitter> storage_;
  section_id section_ = section_id::none;
  std::size_t position_ = 0;
};

}  // namespace dovetail
