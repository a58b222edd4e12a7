// The body decoder: local declarations and operators of one function, or one constant expression,
// handed to a sink as they are read. The only reader of operators there is, for live and dead code
// alike.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/features.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/format/immediates.hpp>
#include <dovetail/format/operators.hpp>

namespace dovetail {

/// A sink that accepts everything and keeps only the nesting: finds where an expression ends. Also
/// the documentation of what `decoder_policy::body` may call.
template <features Accept>
class scanning_sink {
 public:
  /// Operators of other features are refused by the decoder, and immediates are read as these have
  /// them.
  static constexpr features accept = Accept;

  /// `count` more locals of a type.
  constexpr status locals(std::uint32_t count, value_type type) {
    static_cast<void>(count), static_cast<void>(type);
    return status::ok;
  }
  /// All locals are known: operators follow.
  constexpr status declared() { return status::ok; }
  /// The offset of the operator that follows.
  constexpr void at(std::size_t offset) { static_cast<void>(offset); }
  /// An operator that its table row types.
  template <shape S, class Immediate>
  constexpr status on(op, const Immediate&) {
    return status::ok;
  }
  /// An operator with typing rules of its own.
  template <op O>
  constexpr status on(op_constant<O>, const immediate_of<O>&) {
    if constexpr (O == op::block || O == op::loop || O == op::if_) {
      return ++depth_, status::ok;
    } else if constexpr (O == op::end) {
      return --depth_, status::ok;
    } else {
      return status::ok;
    }
  }
  /// Whether the last `end` closed the body.
  [[nodiscard]] constexpr bool finished() const { return depth_ == 0; }

 private:
  std::size_t depth_ = 1;
};

using null_sink = scanning_sink<features::wasm3()>;

/// A scanning sink that also knows which block it is in: an `else` belongs to an `if` (core
/// specification 5.4.1). Blocks nested deeper than it remembers are taken for granted.
template <features Accept>
class nesting_sink : public scanning_sink<Accept> {
 public:
  using scanning_sink<Accept>::on;
  template <op O>
  constexpr status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::block || O == op::loop || O == op::if_) set(++depth_, O == op::if_);
    if constexpr (O == op::else_) {
      if (!is_if(depth_)) return status::end_opcode_expected;
      set(depth_, false);
    }
    if constexpr (O == op::end) {
      if (depth_ != 0) --depth_;
    }
    return scanning_sink<Accept>::on(which, imm);
  }

 private:
  static constexpr std::size_t most = 32'768;
  constexpr bool is_if(std::size_t i) const {
    return i >= most || (bits_[i / 64] >> (i % 64) & 1) != 0;
  }
  constexpr void set(std::size_t i, bool value) {
    if (i >= most) return;
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    bits_[i / 64] = value ? bits_[i / 64] | bit : bits_[i / 64] & ~bit;
  }
  std::size_t depth_ = 0;
  std::uint64_t bits_[most / 64] = {};
};

namespace detail {

// Reads with a copy of the reader. What is not inlined then takes the address of the copy, and the
// reader of the loop below stays in registers.
template <class Read>
DOVETAIL_ALWAYS_INLINE constexpr status apart(byte_cursor& r, const Read& read) {
  byte_cursor there = r;
  const status s = read(there);
  r = there;
  return s;
}

template <features Accept, class Immediate>
DOVETAIL_ALWAYS_INLINE constexpr status read_operator_immediate(byte_cursor& r, Immediate& out) {
  if constexpr (requires { read_short<Accept>(r, out); }) {
    if (read_short<Accept>(r, out)) [[likely]]
      return status::ok;
    Immediate wide{};
    const status s =
        apart(r, [&](byte_cursor& there) { return read_immediate<Accept>(there, wide); });
    out = wide;
    return s;
  } else {
    return apart(r, [&](byte_cursor& there) { return read_immediate<Accept>(there, out); });
  }
}

// Ends the loop below like an error, but is none: only `end` asks whether it was the last.
inline constexpr status body_ended{0xff};

// An operator that its row types: compiled once for all whose rows say the same.
template <shape S, class Immediate, feature F, class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_typed(op o, byte_cursor& r, Sink& sink) {
  if constexpr (!Sink::accept.has(F)) {
    return not_accepted(F);
  } else {
    Immediate imm{};
    DOVETAIL_TRY(read_operator_immediate<Sink::accept>(r, imm));
    return sink.template on<S>(o, imm);
  }
}

// An operator with typing rules of its own.
template <op O, class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_special(byte_cursor& r, Sink& sink) {
  if constexpr (!Sink::accept.has(row_of(O).feature)) {
    return not_accepted(row_of(O).feature);
  } else {
    immediate_of<O> imm{};
    DOVETAIL_TRY(read_operator_immediate<Sink::accept>(r, imm));
    const status s = sink.on(op_c<O>, imm);
    if constexpr (O == op::end) {
      return s == status::ok && sink.finished() ? body_ended : s;
    } else {
      return s;
    }
  }
}

// Codes that no row has: those of the features that are recognised to be refused by name.
template <features Accept>
DOVETAIL_COLD constexpr status refuse_opcode(unsigned code) {
  if constexpr (Accept.has(feature::function_references)) {
    if (code == 0xfb || code == 0xd3) return not_accepted(feature::gc);
    if (code == 0x08 || code == 0x0a || code == 0x1f)
      return not_accepted(feature::exception_handling);
  }
  return status::illegal_opcode;
}

// One switch a prefix, each filled from the rows that carry it.
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_WITH_##PREFIX(NAME, CODE)
#define DOVETAIL_CASE(NAME, CODE)                                                       \
  case CODE:                                                                            \
    if constexpr (constexpr op_row row = row_of(op::NAME); row.shape == shape::special) \
      return decode_special<op::NAME>(r, sink);                                         \
    else                                                                                \
      return decode_typed<row.shape, immediate_of<op::NAME>, row.feature>(op::NAME, r, sink);

#define DOVETAIL_WITH_0x00(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
#define DOVETAIL_WITH_0xfc(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fc(byte_cursor& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
#include <dovetail/format/operators.def>
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0xfc
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0xfc(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fd(byte_cursor& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
#include <dovetail/format/operators.def>
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0x00
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0x00(NAME, CODE) DOVETAIL_CASE(NAME, 0x100 | CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
template <class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_one(unsigned code, byte_cursor& r, Sink& sink) {
  // A ninth bit, lest the switch become one of signed bytes, which clang 14 tests once more.
  switch (0x100 | code) {
#include <dovetail/format/operators.def>
    case 0x1fc: return apart(r, [&](byte_cursor& there) { return decode_prefix_fc(there, sink); });
    case 0x1fd: return apart(r, [&](byte_cursor& there) { return decode_prefix_fd(there, sink); });
    default: return refuse_opcode<Sink::accept>(code);
  }
}
#undef DOVETAIL_WITH_0x00
#undef DOVETAIL_WITH_0xfc
#undef DOVETAIL_WITH_0xfd
#undef DOVETAIL_CASE
#undef DOVETAIL_OP

template <class Sink>
constexpr status decode_operators(byte_reader& r, Sink& sink) {
  sink.at(r.offset());
  DOVETAIL_TRY(sink.declared());
  const std::uint8_t* const start = r.position() - r.offset();
  byte_cursor here = r;
  status s = status::unexpected_end;
  while (!here.at_end()) {
    s = decode_one(here.next(), here, sink);
    if (s != status::ok) break;
    s = status::unexpected_end;
    sink.at(static_cast<std::size_t>(here.position() - start));
  }
  r.go_to(here);
  return s == body_ended ? status::ok : s;
}

template <class Sink>
constexpr status decode_locals(byte_reader& r, Sink& sink) {
  std::uint32_t groups = 0;
  DOVETAIL_TRY(r.u32(groups));
  if (groups > r.remaining()) return status::length_out_of_bounds;
  const byte_reader first = r;
  std::uint64_t total = 0;
  for (std::uint32_t i = 0; i < groups; ++i) {
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(read_value_type<Sink::accept>(r, type));
    total += count;
  }
  // The sum must be known before the first group is told: a sink may refuse far smaller numbers
  // (5.5.13).
  if (total > 0xffff'ffff) return status::too_many_locals;
  r = first;
  for (std::uint32_t i = 0; i < groups; ++i) {
    sink.at(r.offset());
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(read_value_type<Sink::accept>(r, type));
    DOVETAIL_TRY(sink.locals(count, type));
  }
  return status::ok;
}

}  // namespace detail

}  // namespace dovetail
