// Where arguments and results go, by our convention and by the host's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

#include <dovetail/validate/module_env.hpp>
#include <dovetail/x64/encoder.hpp>

namespace dovetail::x64_jit {

/// Moves between registers that happen at once: no source is overwritten before it was read.
class parallel_moves {
 public:
  void add(kind k, reg to, reg from) {
    if (to == from) return;
    moves_[count_++] = {k, to, from};
    written_ |= set_of(to);
    read_ |= set_of(from);
  }
  void write_to(encoder& a) {
    if ((written_ & read_) == 0) {
      for (std::size_t i = 0; i < count_; ++i) a.move(moves_[i].type, moves_[i].to, moves_[i].from);
      count_ = 0;
    }
    while (count_ != 0) {
      if (!emit_one(a)) break_cycle(a);
    }
  }

 private:
  struct move {
    kind type;
    reg to, from;
  };
  bool emit_one(encoder& a) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (is_read(moves_[i].to)) continue;
      a.move(moves_[i].type, moves_[i].to, moves_[i].from);
      moves_[i] = moves_[--count_];
      return true;
    }
    return false;
  }
  [[nodiscard]] bool is_read(reg r) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (moves_[i].from == r) return true;
    }
    return false;
  }
  // Every destination is a source: one source moves to a register that nobody has.
  void break_cycle(encoder& a) {
    const reg from = moves_[0].from;
    const reg to = is_float(from) ? float_scratch : scratch;
    a.move(is_float(from) ? kind::f64 : kind::i64, to, from);
    for (std::size_t i = 0; i < count_; ++i) {
      if (moves_[i].from == from) moves_[i].from = to;
    }
  }

  reg_set written_ = 0, read_ = 0;
  move moves_[std::size(integer_arguments) + std::size(float_arguments) + 2] = {};
  std::size_t count_ = 0;
};

/// Gives each parameter or result its place: a register, or a word in memory.
class places {
 public:
  struct place_of_value {
    reg where = reg::none;
    std::uint32_t word = 0;  ///< if there is no register
  };
  static places of_arguments() {
    return {integer_arguments, float_arguments, std::size(integer_arguments),
            std::size(float_arguments)};
  }
  static places of_results() {
    return {integer_results, float_results, std::size(integer_results), std::size(float_results)};
  }

  [[nodiscard]] place_of_value next(kind k) {
    const bool is_second = is_float(k);
    if (left_[is_second] == 0) return {reg::none, words_++};
    --left_[is_second];
    return {*next_[is_second]++, 0};
  }

 private:
  places(const reg* integers, const reg* floats, std::size_t integer_count, std::size_t float_count)
      : next_{integers, floats}, left_{integer_count, float_count} {}
  const reg* next_[2];  // for integers, and for floats
  std::size_t left_[2];
  std::uint32_t words_ = 0;
};

/// Gives each argument of a host's call its register (System V ABI 3.2.3; Windows x64 calling
/// convention, where the position chooses, whatever the kind).
class native_places {
 public:
  explicit native_places(abi host) : host_(host) {}

  /// Whether a function can be called with all its arguments in registers, after an instance and a
  /// function instance or without them.
  [[nodiscard]] static bool fit(const function_type& type, abi host, bool has_context) {
    if (type.results.size() > 1) return false;
    if (!type.results.empty() && type.results[0].is_vector()) return false;
    native_places to(host);
    if (has_context) static_cast<void>(to.next(kind::i64)), static_cast<void>(to.next(kind::i64));
    places from = places::of_arguments();
    for (const value_type t : type.parameters) {
      if (t.is_vector()) return false;
      if (from.next(kind_of(t)).where == reg::none || to.next(kind_of(t)) == reg::none)
        return false;
    }
    return true;
  }
  /// The moves from where functions find their arguments.
  void add_moves(const function_type& type, parallel_moves& moves) {
    places from = places::of_arguments();
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      moves.add(k, next(k), from.next(k).where);
    }
  }

  [[nodiscard]] reg next(kind k) {
    constexpr reg sysv[] = {reg::rdi, reg::rsi, reg::rdx, reg::rcx, reg::r8, reg::r9};
    std::size_t& at = is_float(k) ? floats_ : integers_;
    const std::size_t position = at++;
    if (host_ == abi::win64) {
      floats_ = integers_ = at;
      if (position >= 4) return reg::none;
      return is_float(k) ? float_register(position) : host_argument(host_, position);
    }
    if (is_float(k)) return position < 8 ? float_register(position) : reg::none;
    return position < std::size(sysv) ? sysv[position] : reg::none;
  }

 private:
  static reg float_register(std::size_t i) {
    return static_cast<reg>(static_cast<std::size_t>(reg::xmm0) + i);
  }

  abi host_;
  std::size_t integers_ = 0, floats_ = 0;
};

}  // namespace dovetail::x64_jit
