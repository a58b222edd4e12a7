// The cells of the interpreter as text. Slots are named by what they hold: p parameters, l other
// locals, t temporaries; "acc" is the accumulator, a number a constant in the cell, "->" the cell
// that control goes to, "@" the byte offset that a trap there reports.
#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

#include "listing.hpp"

namespace golden {

namespace {

using dovetail::op;
using dovetail::shape;
using dovetail::interpreting::cell;
using dovetail::interpreting::function_code;
using dovetail::interpreting::handler;
using dovetail::interpreting::module_code;

constexpr std::string_view handler_names[] = {
#define DOVETAIL_H(NAME, ...) #NAME,
#include <dovetail/interpreter/handlers.def>
};

/// The operator that a handler belongs to, and its place among that operator's handlers.
struct origin {
  bool is_operator = false;
  op o{};
  unsigned place = 0;
};
origin origin_of(handler h) {
  const auto number = static_cast<std::uint16_t>(h);
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const auto& places = dovetail::interpreting::detail::handler_places;
    if (number >= places[i] && number < places[i + 1])
      return {true, static_cast<op>(i), static_cast<unsigned>(number - places[i])};
  }
  return {};
}

class function_listing {
 public:
  function_listing(const module_code& code, const function_code& f, std::uint32_t end)
      : code_(code), f_(f), end_(end) {}

  std::string text() {
    for (std::uint32_t at = f_.first_cell; at < end_; at += length(at)) line(at);
    return out_;
  }

 private:
  // How many cells an instruction takes.
  [[nodiscard]] std::uint32_t length(std::uint32_t at) const {
    const cell& c = code_.cells[at];
    const auto h = static_cast<handler>(c.head);
    if (const origin from = origin_of(h); from.is_operator && is_access(from.o))
      return is_far(from) ? 2 : 1;
    switch (h) {
#define DOVETAIL_OF_CONSTANT(NAME)
#define DOVETAIL_WIDE(NAME) \
  case handler::NAME##_sw:  \
  case handler::NAME##_aw:
#include <dovetail/interpreter/constant_handlers.def>
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
#define GOLDEN_LANE(NAME)              \
  case handler::v128_##NAME##_lane_ss: \
  case handler::v128_##NAME##_lane_f:
      GOLDEN_LANE(load8)
      GOLDEN_LANE(load16)
      GOLDEN_LANE(load32)
      GOLDEN_LANE(load64)
      GOLDEN_LANE(store8)
      GOLDEN_LANE(store16)
      GOLDEN_LANE(store32)
      GOLDEN_LANE(store64)
#undef GOLDEN_LANE
      case handler::i8x16_shuffle_ss:
      case handler::vector_constant:
      case handler::copy_wide:
      case handler::constant_64:
      case handler::call_far:
      case handler::call_imported_far:
      case handler::call_indirect:
      case handler::call_indirect_far:
      case handler::call_ref:
      case handler::return_call:
      case handler::return_call_imported:
      case handler::return_call_indirect:
      case handler::return_call_ref:
      case handler::memory_fill:
      case handler::memory_copy:
      case handler::memory_init:
      case handler::table_fill:
      case handler::table_copy:
      case handler::table_init: return 2;
      case handler::branch_table_s:
      case handler::branch_table_a: return 1 + c.k + 1;
      default: return 1;
    }
  }

  void line(std::uint32_t at) {
    const cell& c = code_.cells[at];
    const auto h = static_cast<handler>(c.head);
    char head[64];
    const std::string name(handler_names[static_cast<std::size_t>(h)]);
    std::snprintf(head, sizeof head, "%4u  %-22s ", at - f_.first_cell, name.c_str());
    std::string rest = origin_of(h).is_operator ? of_operator(at, origin_of(h)) : other(at, h);
    for (const dovetail::interpreting::position& p : code_.positions) {
      if (p.cell == at) rest += "  @" + std::to_string(p.offset);
    }
    out_ += head + rest;
    while (out_.back() == ' ') out_.pop_back();
    out_ += '\n';
  }

  // Parts of a line.
  [[nodiscard]] std::string slot(std::uint32_t s) const {
    if (s < f_.parameters) return "p" + std::to_string(s);
    const std::uint32_t temporaries = f_.parameters + f_.zeroed;
    return s < temporaries ? "l" + std::to_string(s) : "t" + std::to_string(s - temporaries);
  }
  [[nodiscard]] std::string slots(std::uint32_t first, std::uint32_t count) const {
    std::string text;
    for (std::uint32_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + slot(first + i);
    return text;
  }
  [[nodiscard]] std::string to(std::uint32_t at, std::int32_t distance) const {
    const auto target = static_cast<std::int64_t>(at) + distance - f_.first_cell;
    return " -> " + std::to_string(target);
  }
  static std::string number(std::uint32_t k) {
    return std::to_string(static_cast<std::int32_t>(k));
  }
  static std::string half(std::uint32_t k) {
    return std::to_string(static_cast<std::int16_t>(k & 0xffff));
  }
  static std::string wide(std::uint64_t bits) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(bits));
    return text;
  }
  static std::string constant(op o, std::uint32_t k) {
    const shape s = dovetail::row_of(o).shape;
    if (s != shape::ff_f && s != shape::ff_b && s != shape::dd_d && s != shape::dd_b)
      return number(k);
    char text[32];
    std::snprintf(text, sizeof text, "%g", static_cast<double>(std::bit_cast<float>(k)));
    return text;
  }

  [[nodiscard]] std::string of_operator(std::uint32_t at, origin from) const {
    const cell& c = code_.cells[at];
    if (dovetail::row_of(from.o).feature == dovetail::feature::simd) return of_vectors(at, from);
    if (is_access(from.o)) return access(at, from);
    const dovetail::shape_types types = dovetail::switch_on(from.o, [](auto which) {
      return dovetail::types_of<dovetail::row_of(which.value).shape>();
    });
    return types.operand_count == 1 ? of_one(at, c, from) : of_two(at, c, from);
  }
  // Vectors by their first slots; a lane in brackets.
  [[nodiscard]] std::string of_vectors(std::uint32_t at, origin from) const {
    using dovetail::immediate_kind;
    const dovetail::op_row& row = dovetail::row_of(from.o);
    const cell& c = code_.cells[at];
    const cell& next = code_.cells[at + 1 < end_ ? at + 1 : at];
    const std::string d = slot(c.d), a = slot(c.a);
    const std::string place =
        from.place == 0 ? "[" + a + " + " + std::to_string(c.k) + "]" : far(c, next);
    if (row.immediate == immediate_kind::memarg)
      return row.shape == shape::iv_n ? place + " = " + d : d + " = " + place;
    if (row.immediate == immediate_kind::memarg_lane) {
      const std::string lane = "(" + std::to_string(next.k) + ")";
      if (row.shape == shape::iv_n) return place + " = " + d + lane;
      return d + " = " + slot(next.a) + lane + " = " + place;
    }
    if (row.immediate == immediate_kind::lane) {
      const bool is_replaced = row.shape >= shape::vv_v;
      if (!is_replaced) return d + " = " + a + "(" + std::to_string(c.k) + ")";
      return d + " = " + a + "(" + std::to_string(c.c()) + ") = " + slot(c.b());
    }
    if (row.immediate == immediate_kind::shuffle)
      return d + " = " + a + ", " + slot(c.b()) + " by " + vector(next);
    if (row.shape < shape::vv_v) return d + " = " + a;
    const std::string two = d + " = " + a + ", " + slot(c.b());
    return row.shape == shape::vvv_v ? two + ", " + slot(c.c()) : two;
  }
  static std::string vector(const cell& c) {
    char text[40];
    const auto high = c.d | std::uint64_t{c.a} << 16 | std::uint64_t{c.k} << 32;
    std::snprintf(text, sizeof text, "0x%016llx%016llx", static_cast<unsigned long long>(high),
                  static_cast<unsigned long long>(c.head));
    return text;
  }
  [[nodiscard]] std::string of_one(std::uint32_t at, const cell& c, origin from) const {
    const std::string operand = from.place % 2 == 0 ? slot(c.a) : "acc";
    return from.place < 2 ? slot(c.d) + " = " + operand : operand + to(at, c.distance());
  }
  [[nodiscard]] std::string of_two(std::uint32_t at, const cell& c, origin from) const {
    using namespace dovetail::interpreting;
    if (from.place >= count_handlers) {
      const std::string bound = from.place == count_handlers ? slot(c.b()) : half(c.b());
      return slot(c.d) + " += " + half(c.a) + ", " + bound +
             to(at, static_cast<std::int16_t>(c.c()));
    }
    const auto form = static_cast<operands>(from.place % then_handlers);
    const bool is_branch = from.place >= then_handlers;
    const std::uint32_t first = is_branch ? c.d : c.a, second = is_branch ? c.a : c.b();
    std::string text = form == operands::as || form == operands::ak ? "acc" : slot(first);
    text += ", ";
    if (form == operands::sk || form == operands::ak) {
      text += is_branch ? compared(from.o, form, first, second) : constant(from.o, c.k);
    } else {
      text += form == operands::sa ? "acc" : slot(second);
    }
    return is_branch ? text + to(at, c.distance()) : slot(c.d) + " = " + text;
  }
  // What a branch compares with: see compared_constant.
  static std::string compared(op o, dovetail::interpreting::operands form, std::uint32_t first,
                              std::uint32_t second) {
    const shape s = dovetail::row_of(o).shape;
    if (form == dovetail::interpreting::operands::ak) return constant(o, first | second << 16);
    return s == shape::ff_b || s == shape::dd_b ? constant(o, second << 16) : half(second);
  }
  // Accesses: where the address comes from, in the order of handlers.def.
  static bool is_access(op o) {
    return dovetail::row_of(o).immediate == dovetail::immediate_kind::memarg;
  }
  static bool is_far(origin from) {
    const bool is_vector = dovetail::row_of(from.o).feature == dovetail::feature::simd;
    return is_vector ? from.place == 1 : form_of(from) == 'f';
  }
  [[nodiscard]] std::string far(const cell& c, const cell& next) const {
    return "memory " + std::to_string(c.k) + " [" + slot(c.a) + " + " + std::to_string(next.head) +
           "]";
  }
  static bool is_store(op o) { return dovetail::row_of(o).shape >= shape::ii_n; }
  static char form_of(origin from) {
    constexpr std::string_view loads = "sanxpqwf", stores = "sssaannppqqwf";
    return (is_store(from.o) ? stores : loads)[from.place];
  }
  [[nodiscard]] std::string access(std::uint32_t at, origin from) const {
    const cell& c = code_.cells[at];
    const char form = form_of(from);
    if (form == 'f') {
      const std::string there = far(c, code_.cells[at + 1]);
      return is_store(from.o) ? there + " = " + slot(c.d) : slot(c.d) + " = " + there;
    }
    if (!is_store(from.o)) {
      if (form == 'x')
        return slot(c.d) + " = [" + slot(c.a) + " + " + slot(c.b()) + " + " +
               std::to_string(c.c()) + "]";
      return slot(c.d) + " = " + place(c, form);
    }
    constexpr std::string_view values = "saksksasksks";
    const char value = values[from.place];
    return place(c, form) + " = " +
           (value == 'a'   ? std::string("acc")
            : value == 'k' ? half(c.d)
                           : slot(c.d));
  }
  [[nodiscard]] std::string place(const cell& c, char form) const {
    const std::string offset = std::to_string(c.k);
    if (form == 'n') return "[" + offset + "]";
    if (form == 'p' || form == 'q')
      return "[(" + (form == 'p' ? slot(c.a) : std::string("acc")) + " + " + number(c.k) + ")]";
    return "[" + (form == 'a' ? std::string("acc") : slot(c.a)) + " + " + offset + "]";
  }

  [[nodiscard]] std::string other(std::uint32_t at, handler h) const {
    const cell& c = code_.cells[at];
    // The second cell; its head is a number or an address.
    const cell& next = code_.cells[at + 1 < end_ ? at + 1 : at];
    const std::string k = std::to_string(c.k);
    if (h >= handler::i32_and_then_ss && h <= handler::i32_and_else_sa) {
      const auto place = static_cast<unsigned>(h) - static_cast<unsigned>(handler::i32_and_then_ss);
      return of_two(at, c, {true, op::i32_and, dovetail::interpreting::then_handlers + place});
    }
    switch (h) {
      case handler::copy: return slot(c.d) + " = " + slot(c.a);
      case handler::copy_two:
        return slot(c.d) + " = " + slot(c.a) + ", " + slot(c.b()) + " = " + slot(c.c());
      case handler::copy_wide: return slot(c.k) + " = " + slot(next.k);
      case handler::copy_vector: return slot(c.d) + " = " + slot(c.a);
      case handler::vector_constant: return slot(c.d) + " = " + vector(next);
      case handler::select_vector:
        return slot(c.d) + " = " + slot(c.c()) + " ? " + slot(c.a) + " : " + slot(c.b());
      case handler::global_get_vector: return slot(c.d) + " = global " + k;
      case handler::global_set_vector: return "global " + k + " = " + slot(c.a);
      case handler::return_vector: return slot(c.a);
      case handler::constant_32: return slot(c.d) + " = " + k;
      case handler::constant_64: return slot(c.d) + " = " + wide(next.head);
      case handler::select_i_s:
      case handler::select_f_s:
      case handler::select_d_s:
        return slot(c.d) + " = " + slot(c.c()) + " ? " + slot(c.a) + " : " + slot(c.b());
      case handler::select_i_a:
      case handler::select_f_a:
      case handler::select_d_a: return slot(c.d) + " = acc ? " + slot(c.a) + " : " + slot(c.b());
      case handler::branch: return to(at, c.distance()).substr(1);
      case handler::branch_table_s:
      case handler::branch_table_a: return table(at, h == handler::branch_table_s);
      case handler::return_s: return slot(c.a);
      case handler::return_a: return "acc";
      case handler::return_k: return k;
      case handler::call:
      case handler::call_imported: return "function " + k + " at " + slot(c.a);
      case handler::call_indirect:
        return "table " + k + " element " + slot(c.d) + " at " + slot(c.a);
      case handler::call_ref: return slot(c.d) + " at " + slot(next.k);
      case handler::return_call:
      case handler::return_call_imported: return "function " + k + arguments(next);
      case handler::return_call_indirect:
        return "table " + k + " element " + slot(c.d) + arguments(next);
      case handler::return_call_ref: return slot(c.d) + arguments(next);
      case handler::ref_as_non_null: return slot(c.a);
      case handler::charge: return k;
      case handler::charge_bytes:
      case handler::charge_elements: return slot(c.a);
      case handler::global_get: return slot(c.d) + " = global " + k;
      case handler::global_set: return "global " + k + " = " + slot(c.a);
      case handler::global_plus: return slot(c.d) + " = global " + k + " + " + half(c.a);
      case handler::global_move: return slot(c.d) + " = global " + k + " += " + half(c.a);
      case handler::global_set_plus: return "global " + k + " = " + slot(c.a) + " + " + half(c.d);
#define DOVETAIL_OF_CONSTANT(NAME) \
  case handler::NAME##_ks:         \
    return slot(c.d) + " = " + constant(op::NAME, c.k) + ", " + slot(c.a);
#define DOVETAIL_WIDE(NAME)                                                               \
  case handler::NAME##_sw: return slot(c.d) + " = " + slot(c.a) + ", " + wide(next.head); \
  case handler::NAME##_aw:                                                                \
    return slot(c.d) + " = acc, " + wide(next.head);
#include <dovetail/interpreter/constant_handlers.def>
#undef DOVETAIL_OF_CONSTANT
#undef DOVETAIL_WIDE
      case handler::i32_bit_field_s:
      case handler::i32_bit_field_a:
        return slot(c.d) + " = " + (h == handler::i32_bit_field_s ? slot(c.a) : "acc") + " >> " +
               std::to_string(c.k & 31) + " & " + std::to_string(c.k >> 5);
      case handler::i32_step_two:
        return slot(c.d) + " += " + half(c.b()) + ", " + slot(c.a) + " += " + half(c.c());
      case handler::i32_index_ss:
      case handler::i32_index_as:
        return slot(c.d) + " = " + (h == handler::i32_index_ss ? slot(c.a) : "acc") + " << " +
               std::to_string(c.c()) + " + " + slot(c.b());
      case handler::i32_index_sk:
      case handler::i32_index_ak:
        return slot(c.d) + " = " + (h == handler::i32_index_sk ? slot(c.a) : "acc") + " << " +
               std::to_string(c.k & 7) + " + " + std::to_string(c.distance() >> 3);
      case handler::ref_func: return slot(c.d) + " = function " + k;
      case handler::memory_size: return slot(c.d) + " = memory " + k;
      case handler::memory_grow: return slot(c.d) + " = memory " + k + " by " + slot(c.a);
      case handler::table_size: return slot(c.d) + " = table " + k;
      case handler::table_get: return slot(c.d) + " = table " + k + " at " + slot(c.a);
      case handler::table_set: return "table " + k + " at " + slot(c.a) + " = " + slot(c.d);
      case handler::table_grow: return slot(c.d) + " = table " + k + " by " + slots(c.a, 2);
      case handler::memory_fill:
      case handler::table_fill: return k + ": " + slots(c.a, 3);
      case handler::memory_copy:
      case handler::memory_init:
      case handler::table_copy:
      case handler::table_init: return k + " from " + std::to_string(next.k) + ": " + slots(c.a, 3);
      case handler::data_drop:
      case handler::element_drop: return k;
      default: return "";
    }
  }
  // What a tail call takes along.
  [[nodiscard]] std::string arguments(const cell& c) const {
    const std::uint32_t count = c.d | std::uint32_t{c.a} << 16;
    return count == 0 ? "" : " with " + slots(c.k, count);
  }
  [[nodiscard]] std::string table(std::uint32_t at, bool is_slot) const {
    const cell& c = code_.cells[at];
    std::string text = is_slot ? slot(c.a) : "acc";
    if (c.d != 0) text += " + " + half(c.d);
    for (std::uint32_t i = 0; i <= c.k; ++i) {
      text += to(at + 1 + i, code_.cells[at + 1 + i].distance());
    }
    return text;
  }

  const module_code& code_;
  const function_code& f_;
  std::uint32_t end_;
  std::string out_;
};

// The dispatch under which cells hold the numbers of their handlers.
using numbered = dovetail::basic_interpreter<dovetail::interpreting::switch_dispatch>;
template <class Backend>
struct listed : dovetail::defaults {
  using backend = Backend;
  static constexpr dovetail::features accept = dovetail::features::wasm3();
};

template <class Backend>
std::string list(std::span<const std::byte> bytes) {
  typename dovetail::runtime<listed<Backend>>::engine engine;
  auto module = engine.compile(bytes);
  if (!module) return refusal(std::string(module.error().message()));
  const auto& code = *static_cast<const module_code*>(module->data().code);
  std::string text;
  for (std::size_t i = 0; i < code.functions.size(); ++i) {
    const function_code& f = code.functions[i];
    const bool is_last = i + 1 == code.functions.size();
    const auto end =
        is_last ? static_cast<std::uint32_t>(code.cells.size()) : code.functions[i + 1].first_cell;
    text += "function " + std::to_string(i) + ": " + std::to_string(f.parameters) +
            " parameters, " + std::to_string(f.zeroed) + " locals, " +
            std::to_string(f.frame_slots) + " slots\n";
    text += function_listing(code, f, end).text();
  }
  return text;
}

}  // namespace

std::string list_interpreter(std::span<const std::byte> module) { return list<numbered>(module); }
std::string list_interpreter_with_fuel(std::span<const std::byte> module) {
  return list<dovetail::fuel<numbered>>(module);
}

}  // namespace golden
