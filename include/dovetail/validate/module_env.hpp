// What is known of a module while and after it is validated: its types, index spaces, segments and
// names, in flat arrays. Filled by the module builder, read by the pass, the emitters, the linker
// and introspection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/array.hpp>
#include <dovetail/base/error.hpp>
#include <dovetail/base/external_type.hpp>
#include <dovetail/base/index.hpp>
#include <dovetail/base/name_table.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/format/section_sink.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

/// A piece of the module's text pool.
struct text_range {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// A constant expression, typed and reduced (core specification 3.3.10): one constant, one
/// reference, or a program of `constant_code`.
struct constant_expression {
  enum class kind : std::uint8_t { value, global, function, program };
  kind what = kind::value;
  value_type type{};
  std::uint32_t index = 0;  ///< of the global or function; the first step of a program
  slot low = 0, high = 0;   ///< the bits of a value; null references are zero; steps of a program
};

/// A step of a constant expression that is a program for a stack.
struct constant_step {
  enum class kind : std::uint8_t { value, global, function, add, subtract, multiply };
  kind what = kind::value;
  bool is_64 = false;       ///< of arithmetic: on i64
  std::uint32_t index = 0;  ///< of the global or function
  slot low = 0;
};

/// What an arithmetic step makes of two values.
[[nodiscard]] constexpr slot work_out(const constant_step& s, slot a, slot b) {
  using kind = constant_step::kind;
  const slot wide = s.what == kind::add ? a + b : s.what == kind::subtract ? a - b : a * b;
  return s.is_64 ? wide : static_cast<std::uint32_t>(wide);
}

struct import_entry {
  text_range module, name;
  external_kind kind = external_kind::function;
  std::uint32_t index = 0;  ///< into the index space of its kind
};
struct export_entry {
  text_range name;
  external_kind kind = external_kind::function;
  std::uint32_t index = 0;
};
struct global_entry {
  global_type type;
  constant_expression initial;  ///< of defined globals
};
struct element_segment {
  segment_mode mode = segment_mode::passive;
  value_type type = value_type::funcref;
  table_index table{};
  constant_expression offset;
  std::uint32_t first = 0;  ///< into `elements`
  std::uint32_t count = 0;
};
struct data_segment {
  segment_mode mode = segment_mode::passive;
  memory_index memory{};
  constant_expression offset;
  std::size_t first = 0;  ///< into `data_bytes`
  std::size_t size = 0;
};
struct section_entry {
  section_id id = section_id::custom;
  text_range name;  ///< of custom sections
  std::size_t offset = 0;
  std::size_t size = 0;
};
/// Where a body lies in the bytes that are being compiled.
struct body_range {
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// The facts of one module. Index spaces hold imports first, as the specification numbers them
/// (2.5.1).
struct module_env {
  explicit module_env(allocator& a)
      : memory(&a),
        types(a),
        functions(a),
        tables(a),
        table_initials(a),
        memories(a),
        globals(a),
        imports(a),
        exports(a),
        elements(a),
        constant_code(a),
        element_segments(a),
        data_segments(a),
        data_bytes(a),
        sections(a),
        bodies(a),
        declared(a),
        text(a),
        names(a),
        export_index(a) {}

  allocator* memory;
  /// Makes types canonical; set before the types are read. Every value type kept here refers to
  /// canonical ones.
  signature_table* canonical = nullptr;
  array<const signature*> types;
  array<type_index> functions;
  array<table_type> tables;
  array<constant_expression> table_initials;  ///< of each table: what its elements are at first
  array<memory_type> memories;
  array<global_entry> globals;
  array<import_entry> imports;
  array<export_entry> exports;
  array<constant_expression> elements;
  array<constant_step> constant_code;
  array<element_segment> element_segments;
  array<data_segment> data_segments;
  array<std::uint8_t> data_bytes;
  array<section_entry> sections;
  array<body_range> bodies;
  array<bool> declared;  ///< functions that `ref.func` may name (3.4.10, C.refs)
  array<char> text;
  array<std::uint8_t> names;  ///< the content of the name section, read on demand
  name_table export_index;

  std::uint32_t imported_functions = 0;
  std::uint32_t imported_tables = 0;
  std::uint32_t imported_memories = 0;
  std::uint32_t imported_globals = 0;
  std::uint32_t data_count = 0;  ///< as announced before the code section
  std::uint32_t most_results = 0;
  std::uint32_t start = no_start;
  bool has_data_count = false;
  bool has_vector_types = false;  ///< a function type of the module has a v128
  static constexpr std::uint32_t no_start = 0xffff'ffff;

  [[nodiscard]] dovetail::function_type type(type_index i) const { return types[i.value]->type; }
  /// Makes a type as it was decoded canonical: `unknown_type` if it refers to none.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status resolve(value_type& t) const {
    return t.is_defined() ? resolve_defined(t) : status::ok;
  }
  /// A reference to the type `i`.
  [[nodiscard]] value_type reference(type_index i, bool is_nullable) const {
    return value_type::reference(types[i.value]->id, is_nullable);
  }
  [[nodiscard]] dovetail::function_type function(function_index i) const {
    return type(functions[i.value]);
  }
  [[nodiscard]] std::string_view view(text_range r) const {
    return {text.data() + r.offset, r.size};
  }

  /// The type of an import or export.
  [[nodiscard]] external_type external(external_kind kind, std::uint32_t index) const {
    external_type out;
    out.kind = kind;
    switch (kind) {
      case external_kind::function: out.function = function({index}); break;
      case external_kind::table: out.table = tables[index]; break;
      case external_kind::memory: out.memory = memories[index]; break;
      case external_kind::global: out.global = globals[index].type; break;
      case external_kind::tag: break;
    }
    return out;
  }

  [[nodiscard]] status resolve_defined(value_type& t) const {
    if (t.defined() >= types.size()) return status::unknown_type;
    t = t.with_defined(types[t.defined()]->id);
    return status::ok;
  }

  /// The number of the export with this name, or `name_table::none`.
  [[nodiscard]] std::uint32_t find_export(std::string_view name) const {
    return export_index.find(export_index.hash(name),
                             [&](std::uint32_t i) { return view(exports[i].name) == name; });
  }
};

}  // namespace dovetail
