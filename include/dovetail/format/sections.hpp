// The section decoder: the module's frame, section order, and every section's entries (core
// specification 5.5). Hands each entry to a sink in the order of the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/base/error.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/body.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/format/immediates.hpp>
#include <dovetail/format/section_sink.hpp>
#include <dovetail/format/utf8.hpp>

namespace dovetail::detail {

/// Decodes one module into `Sections`; on failure the reader stands where the bytes went wrong. A
/// `Diagnosing` decoder reads on beyond the size of a section or body, as the specification's
/// decoder does, and compares sizes only afterwards: it finds the specification's word for bytes
/// that are known to be malformed.
template <class Sections, bool Diagnosing = false>
class section_decoder {
 public:
  constexpr section_decoder(byte_reader& r, Sections& out) : module_(r), out_(out) {}

  constexpr status module() {
    DOVETAIL_TRY(header());
    while (!module_.at_end()) DOVETAIL_TRY(section());
    if (functions_ != bodies_) return status::inconsistent_code_lengths;
    if (has_data_count_ && data_count_ != data_segments_) return status::inconsistent_data_lengths;
    return status::ok;
  }

 private:
  static constexpr features accept = Sections::accept;
  // With these came everything of the format's third version that has no feature of its own.
  static constexpr bool has_typed_references = accept.has(feature::function_references);

  constexpr status header() {
    std::uint32_t word = 0;
    DOVETAIL_TRY(module_.fixed(word));
    if (word != 0x6d73'6100) return status::magic_not_detected;  // "\0asm"
    DOVETAIL_TRY(module_.fixed(word));
    return word == 1 ? status::ok : status::unknown_version;
  }

  constexpr status section() {
    out_.at(module_.offset());
    std::uint8_t id = 0;
    DOVETAIL_TRY(module_.u8(id));
    if (id > static_cast<std::uint8_t>(section_id::data_count)) {
      constexpr std::uint8_t tag_section = 13;
      return has_typed_references && id == tag_section ? not_accepted(feature::exception_handling)
                                                       : status::malformed_section_id;
    }
    const auto which = static_cast<section_id>(id);
    out_.enter(which);
    std::uint32_t size = 0;
    DOVETAIL_TRY(module_.u32(size));
    byte_reader r;
    DOVETAIL_TRY(module_.part(size, r));
    if (which != section_id::custom) {
      if (order_of(which) <= last_) return status::content_after_last_section;
      last_ = order_of(which);
    }
    DOVETAIL_TRY(out_.section(which, r));
    const std::size_t end = r.offset() + size;
    if constexpr (Diagnosing) {
      if (which != section_id::custom) r = r.beyond();
    }
    const status content = entries(which, r);
    if (content != status::ok) return module_ = r, content;
    if (r.offset() != end) return module_ = r, status::section_size_mismatch;
    return status::ok;
  }

  // The data count section stands between the element and code sections (5.5.16).
  static constexpr unsigned order_of(section_id id) {
    const unsigned number = static_cast<unsigned>(id);
    if (id == section_id::data_count) return 2 * static_cast<unsigned>(section_id::element) + 1;
    return 2 * number;
  }

  constexpr status entries(section_id id, byte_reader& r) {
    switch (id) {
      case section_id::custom: return custom(r);
      case section_id::start: return start(r);
      case section_id::data_count: return data_count(r);
      case section_id::none: return status::malformed_section_id;
      default: break;
    }
    std::uint32_t count = 0;
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.count(id, count));
    if (id == section_id::function) functions_ = count;
    if (id == section_id::code) bodies_ = count;
    if (id == section_id::data) data_segments_ = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      out_.at(r.offset());
      DOVETAIL_TRY(entry(id, r));
    }
    return status::ok;
  }

  constexpr status entry(section_id id, byte_reader& r) {
    switch (id) {
      case section_id::type: return type(r);
      case section_id::import: return import(r);
      case section_id::function: return function(r);
      case section_id::table: return table(r);
      case section_id::memory: return memory(r);
      case section_id::global: return global(r);
      case section_id::export_: return export_(r);
      case section_id::element: return element(r);
      case section_id::code: return code(r);
      case section_id::data: return data(r);
      default: return status::malformed_section_id;
    }
  }

  static constexpr status name(byte_reader& r, byte_reader& out) {
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, out));
    return is_utf8(out.rest()) ? status::ok : status::malformed_utf8;
  }

  static constexpr std::string_view text(const byte_reader& r) {
    if (std::is_constant_evaluated())
      return {};  // a view of bytes as char is not a constant expression
    return as_text(r);
  }

  constexpr status custom(byte_reader& r) {
    byte_reader called;
    DOVETAIL_TRY(name(r, called));
    DOVETAIL_TRY(out_.custom(text(called), r));
    byte_reader skipped;
    return r.part(r.remaining(), skipped);
  }

  // A recursion group, or one type that is a group of its own (5.3.8).
  constexpr status type(byte_reader& r) {
    std::uint32_t count = 1;
    if constexpr (has_typed_references) {
      if (r.peek() == 0x4e) {
        r.next();
        DOVETAIL_TRY(r.u32(count));
        if (count > r.remaining()) return status::length_out_of_bounds;
      }
    }
    DOVETAIL_TRY(out_.group(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i != 0) out_.at(r.offset());
      DOVETAIL_TRY(member(r));
    }
    return out_.group_end();
  }

  constexpr status member(byte_reader& r) {
    std::uint8_t form = 0;
    subtype place;
    DOVETAIL_TRY(r.u8(form));
    if constexpr (has_typed_references) {
      if (form == 0x50 || form == 0x4f) {
        place.is_final = form == 0x4f;
        std::uint32_t count = 0;
        DOVETAIL_TRY(r.u32(count));
        if (count > 1) return status::malformed_function_type;
        place.has_supertype = count == 1;
        if (count == 1) DOVETAIL_TRY(r.u32(place.supertype.value));
        DOVETAIL_TRY(r.u8(form));
      }
      if (form == 0x5e || form == 0x5f) return not_accepted(feature::gc);
    }
    if ((form & 0x80) != 0)
      return status::integer_too_long;  // the form is a one-byte signed integer
    if (form != 0x60) return status::malformed_function_type;
    DOVETAIL_TRY(out_.type(place));
    return signature(r);
  }

  constexpr status signature(byte_reader& r) {
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.parameters(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type<accept>(r, type));
      DOVETAIL_TRY(out_.parameter(type));
    }
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.results(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type<accept>(r, type));
      DOVETAIL_TRY(out_.result(type));
    }
    return out_.type_end();
  }

  // Bit 0: a maximum follows; bit 2: addresses are i64 (5.3.11).
  static constexpr status limits(byte_reader& r, limits_type& out, bool& is_64) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(limits_flags(r, flags));
    is_64 = (flags & 4) != 0;
    DOVETAIL_TRY(limit(r, out.minimum));
    return (flags & 1) != 0 ? limit(r, out.maximum) : status::ok;
  }
  static constexpr status limit(byte_reader& r, std::uint64_t& out) {
    if constexpr (accept.has(feature::memory64)) {
      return r.u64(out);
    } else {
      std::uint32_t number = 0;
      DOVETAIL_TRY(r.u32(number));
      out = number;
      return status::ok;
    }
  }
  // Before 64-bit memories the flags are one bit of a LEB128: 2 and above is too large for it, more
  // bytes are too long.
  static constexpr status limits_flags(byte_reader& r, std::uint32_t& flags) {
    std::uint8_t byte = 0;
    DOVETAIL_TRY(r.u8(byte));
    flags = byte;
    if constexpr (accept.has(feature::memory64)) {
      return (byte & ~5u) == 0 ? status::ok : status::malformed_limits_flags;
    } else {
      if (byte < 2) return status::ok;
      return byte >= 0x80 && (byte & 0x7f) < 2 ? status::integer_too_long
                                               : status::integer_too_large;
    }
  }

  static constexpr status table_of(byte_reader& r, table_type& out) {
    DOVETAIL_TRY(read_reference_type<accept>(r, out.element));
    return limits(r, out.limits, out.is_64);
  }

  static constexpr status global_of(byte_reader& r, global_type& out) {
    DOVETAIL_TRY(read_value_type<accept>(r, out.type));
    std::uint8_t mutability = 0;
    DOVETAIL_TRY(r.u8(mutability));
    if (mutability > 1) return status::malformed_mutability;
    out.is_mutable = mutability == 1;
    return status::ok;
  }

  constexpr status import(byte_reader& r) {
    byte_reader from, called;
    DOVETAIL_TRY(name(r, from));
    DOVETAIL_TRY(name(r, called));
    std::uint8_t kind = 0;
    DOVETAIL_TRY(r.u8(kind));
    import_description what;
    what.kind = static_cast<external_kind>(kind);
    switch (kind) {
      case 0: DOVETAIL_TRY(r.u32(what.function.value)); break;
      case 1: DOVETAIL_TRY(table_of(r, what.table)); break;
      case 2: DOVETAIL_TRY(limits(r, what.memory.limits, what.memory.is_64)); break;
      case 3: DOVETAIL_TRY(global_of(r, what.global)); break;
      case 4:
        if constexpr (has_typed_references) return not_accepted(feature::exception_handling);
        [[fallthrough]];
      default: return status::malformed_import_kind;
    }
    return out_.import(text(from), text(called), what);
  }

  constexpr status function(byte_reader& r) {
    type_index type{};
    DOVETAIL_TRY(r.u32(type.value));
    return out_.function(type);
  }

  constexpr status table(byte_reader& r) {
    table_type type;
    if constexpr (has_typed_references) {
      // With an initialiser (5.5.7).
      if (r.peek() == 0x40) {
        std::uint8_t zero = 0;
        byte_reader initial;
        r.next();
        DOVETAIL_TRY(r.u8(zero));
        if (zero != 0) return status::malformed_reference_type;
        DOVETAIL_TRY(table_of(r, type));
        DOVETAIL_TRY(expression(r, initial));
        return out_.table(type, initial);
      }
    }
    DOVETAIL_TRY(table_of(r, type));
    return out_.table(type);
  }

  constexpr status memory(byte_reader& r) {
    memory_type type;
    DOVETAIL_TRY(limits(r, type.limits, type.is_64));
    return out_.memory(type);
  }

  // Finds the end of a constant expression; the sink types it later from the same bytes.
  static constexpr status expression(byte_reader& r, byte_reader& out) {
    const byte_reader from = r;
    scanning_sink<accept> ends;
    DOVETAIL_TRY(decode_operators(r, ends));
    out = r.since(from);
    return status::ok;
  }

  constexpr status global(byte_reader& r) {
    global_type type;
    byte_reader initial;
    DOVETAIL_TRY(global_of(r, type));
    DOVETAIL_TRY(expression(r, initial));
    return out_.global(type, initial);
  }

  constexpr status export_(byte_reader& r) {
    byte_reader called;
    DOVETAIL_TRY(name(r, called));
    std::uint8_t kind = 0;
    std::uint32_t index = 0;
    DOVETAIL_TRY(r.u8(kind));
    if (has_typed_references && kind == 4) return not_accepted(feature::exception_handling);
    if (kind > 3) return status::malformed_export_kind;
    DOVETAIL_TRY(r.u32(index));
    return out_.export_(text(called), static_cast<external_kind>(kind), index);
  }

  constexpr status start(byte_reader& r) {
    function_index function{};
    DOVETAIL_TRY(r.u32(function.value));
    return out_.start(function);
  }

  constexpr status data_count(byte_reader& r) {
    has_data_count_ = true;
    DOVETAIL_TRY(r.u32(data_count_));
    return out_.data_count(data_count_);
  }

  // Bit 0: not active; bit 1: explicit table, or declarative; bit 2: expressions (5.5.12).
  constexpr status element(byte_reader& r) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(r.u32(flags));
    if (flags > 7) return status::malformed_segment_flags;
    element_segment_head head;
    head.has_expressions = (flags & 4) != 0;
    if ((flags & 1) == 0) {
      head.mode = segment_mode::active;
      if ((flags & 2) != 0) DOVETAIL_TRY(r.u32(head.table.value));
      DOVETAIL_TRY(expression(r, head.offset));
    } else if ((flags & 2) != 0) {
      head.mode = segment_mode::declarative;
    }
    // Function indices are never null.
    if (has_typed_references && !head.has_expressions)
      head.type = value_type::funcref.as_non_null();
    if ((flags & 3) != 0) DOVETAIL_TRY(element_kind(r, head));
    DOVETAIL_TRY(r.u32(head.count));
    DOVETAIL_TRY(out_.element_segment(head));
    for (std::uint32_t i = 0; i < head.count; ++i)
      DOVETAIL_TRY(element_entry(r, head.has_expressions));
    return status::ok;
  }

  static constexpr status element_kind(byte_reader& r, element_segment_head& head) {
    if (head.has_expressions) return read_reference_type<accept>(r, head.type);
    std::uint8_t kind = 0;
    DOVETAIL_TRY(r.u8(kind));
    return kind == 0 ? status::ok : status::malformed_element_kind;
  }

  constexpr status element_entry(byte_reader& r, bool is_expression) {
    out_.at(r.offset());
    if (is_expression) {
      byte_reader entry;
      DOVETAIL_TRY(expression(r, entry));
      return out_.element(entry);
    }
    function_index function{};
    DOVETAIL_TRY(r.u32(function.value));
    return out_.element(function);
  }

  constexpr status code(byte_reader& r) {
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    byte_reader body;
    DOVETAIL_TRY(r.part(size, body));
    if constexpr (Diagnosing) return diagnose(r, body);
    return out_.code(body);
  }

  // Leaves the reader where the body went wrong.
  constexpr status diagnose(byte_reader& r, byte_reader body) {
    const std::size_t end = body.offset() + body.remaining();
    body = body.beyond();
    nesting_sink<accept> sink;
    status s = decode_locals(body, sink);
    if (s == status::ok) s = decode_operators(body, sink);
    if (s == status::ok && body.offset() != end) s = status::section_size_mismatch;
    if (s != status::ok) r = body;
    return s;
  }

  constexpr status data(byte_reader& r) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(r.u32(flags));
    if (flags > 2) return status::malformed_segment_flags;
    data_segment_head head;
    if (flags != 1) {
      head.mode = segment_mode::active;
      if (flags == 2) DOVETAIL_TRY(r.u32(head.memory.value));
      DOVETAIL_TRY(expression(r, head.offset));
    }
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    if (size > r.remaining()) return status::unexpected_end_of_section;
    DOVETAIL_TRY(r.part(size, head.bytes));
    return out_.data(head);
  }

  byte_reader& module_;
  Sections& out_;
  unsigned last_ = 0;
  std::uint32_t functions_ = 0;
  std::uint32_t bodies_ = 0;
  std::uint32_t data_count_ = 0;
  std::uint32_t data_segments_ = 0;
  bool has_data_count_ = false;
};

}  // namespace dovetail::detail
