// Functions around one numeric operator: every origin of its operands, every use of its result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "edge_values.hpp"
#include "operands.hpp"
#include "table/row_modules.hpp"

namespace testing {

/// What a function does with the operator's result.
enum class use : std::uint8_t {
  // It returns it, perhaps by way of something.
  value,
  fresh_local,
  tee,
  over_first,
  over_second,
  memory,
  global,
  crowded,  ///< while many other values are live, which must be the same afterwards
  dropped,  ///< returns nothing of it; traps all the same
  // It returns whether the result is zero.
  eqz,
  // It returns `yes` if the result is not zero, `no` if it is.
  eqz_twice,
  br_if,
  br_if_value,
  br_if_eqz,
  br_if_loop,
  br_table,
  if_else,
  if_then,
  if_eqz,
  if_return,
  select_i32,
  select_i64,
  select_f32,
  select_f64,
};
inline constexpr std::string_view use_names[] = {
    "value",       "fresh_local", "tee",        "over_first", "over_second", "memory",
    "global",      "crowded",     "dropped",    "eqz",        "eqz_twice",   "br_if",
    "br_if_value", "br_if_eqz",   "br_if_loop", "br_table",   "if_else",     "if_then",
    "if_eqz",      "if_return",   "select_i32", "select_i64", "select_f32",  "select_f64"};

inline constexpr std::uint32_t yes = 11, no = 22;

/// One function around the operator.
struct shape_of_function {
  origin first = origin::local;
  origin second = origin::local;
  use to = use::value;
  // Constants, by their places among the edge values.
  std::size_t first_constant = 0;
  std::size_t second_constant = 0;

  [[nodiscard]] std::string text() const {
    return std::string(name(first)) + " " + std::string(name(second)) + ", " +
           std::string(use_names[static_cast<std::size_t>(to)]);
  }
};

/// The module of one operator. Its exports are the functions, in the order of `shapes`.
class numeric_module {
 public:
  explicit numeric_module(dovetail::op o)
      : operator_(o), operands_(operands_of(o)), result_(results_of(o)[0]) {
    module_.data(0, crowd_words());
    for (const origin from : {origin::local, origin::computed, origin::loaded, origin::called,
                              origin::global, origin::same}) {
      for (const origin with :
           {origin::local, origin::computed, origin::loaded, origin::called, origin::global}) {
        if (operands_.size() == 1 && (with != origin::local || from == origin::same)) continue;
        // Both are one local only if they have one type; a used one suffices.
        if (from == origin::same && (operands_[0] != operands_[1] || with != origin::local))
          continue;
        add_uses({from, with}, from == origin::local || with == origin::local);
      }
    }
    add_constants();
  }

  [[nodiscard]] const std::vector<shape_of_function>& shapes() const { return shapes_; }
  [[nodiscard]] const type_list& operands() const { return operands_; }
  [[nodiscard]] dovetail::value_type result() const { return result_; }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const { return module_.bytes(); }

  /// What a function returns beside the result when it is `use::crowded`.
  static std::uint64_t sum_of_crowd() {
    std::uint64_t sum = 0;
    for (std::uint64_t k = 0; k < crowd; ++k) {
      // Twice in the neighbours' sums, once by itself; integers and floats.
      sum += 2 * 3 * word(k);
    }
    return sum;
  }

 private:
  using op = dovetail::op;
  using value_type = dovetail::value_type;
  static constexpr std::uint32_t crowd = 9;  // locals of either kind
  static constexpr std::uint64_t word(std::uint64_t k) { return 1000 + 7 * k; }

  // Little-endian words, then the same as doubles, for locals that no compiler knows.
  static std::string crowd_words() {
    byte_writer w;
    for (std::uint64_t k = 0; k < crowd; ++k) w.fixed(word(k));
    for (std::uint64_t k = 0; k < crowd; ++k)
      w.fixed(std::bit_cast<std::uint64_t>(static_cast<double>(word(k))));
    return {w.bytes().begin(), w.bytes().end()};
  }

  void add_uses(shape_of_function s, bool with_conditions) {
    for (const use to : {use::value, use::fresh_local, use::tee, use::over_first, use::over_second,
                         use::memory, use::global, use::crowded, use::dropped}) {
      s.to = to;
      if (to == use::over_first && operands_[0] != result_) continue;
      if (to == use::over_second && (operands_.size() == 1 || operands_[1] != result_)) continue;
      add(s);
    }
    if (with_conditions) add_conditions(s, 0, 1);
  }
  // Those conditions whose number is `first` modulo `step`.
  void add_conditions(shape_of_function s, std::size_t first, std::size_t step) {
    const auto begin = static_cast<std::size_t>(use::eqz);
    const auto end = static_cast<std::size_t>(use::select_f64) + 1;
    if (result_ == value_type::f32 || result_ == value_type::f64) return;
    for (std::size_t k = begin + first; k < end; k += step) {
      s.to = static_cast<use>(k);
      // A condition is an i32; an i64 is compared with zero before.
      const bool is_of_eqz = s.to == use::eqz || s.to == use::eqz_twice || s.to == use::br_if_eqz ||
                             s.to == use::if_eqz;
      if (result_ == value_type::i32 || is_of_eqz) add(s);
    }
  }

  void add_constants() {
    const slots& a = edge_values(operands_[0]);
    const slots& b = edge_values(operands_.back());
    const bool is_unary = operands_.size() == 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (const origin with : {origin::local, origin::computed, origin::loaded}) {
        if (is_unary && with != origin::local) break;
        const shape_of_function s{origin::constant, with, use::value, i, 0};
        add(s);
        if (with == origin::local) add_conditions(s, i % 5, 5);
      }
    }
    if (is_unary) return;
    for (std::size_t i = 0; i < b.size(); ++i) {
      for (const origin with : {origin::local, origin::computed, origin::loaded}) {
        shape_of_function s{with, origin::constant, use::value, 0, i};
        add(s);
        if (with != origin::loaded) add_conditions(s, i % 5, 5);
        s.to = with == origin::local && operands_[0] == result_ ? use::over_first : use::crowded;
        add(s);
      }
      for (const std::size_t other : {i, (7 * i + 3) % a.size(), (11 * i + 5) % a.size()}) {
        add({origin::constant, origin::constant, use::value, other % a.size(), i});
      }
    }
  }

  // Pushes the operands and applies the operator.
  void apply(code& c, const shape_of_function& s) const {
    operand_module::push(c, 0, operands_[0], s.first, edge_values(operands_[0])[s.first_constant]);
    if (operands_.size() == 2) {
      operand_module::push(c, 1, operands_[1], s.second,
                           edge_values(operands_[1])[s.second_constant]);
    }
    c.put(operator_);
  }

  void add(const shape_of_function& s) {
    code c;
    operand_module::prepare(c, 0, operands_[0], s.first);
    if (operands_.size() == 2) operand_module::prepare(c, 1, operands_[1], s.second);
    type_list results = {s.to < use::dropped ? result_ : value_type::i32};
    if (s.to == use::crowded) {
      results = {value_type::i64, result_};
      write_crowded(c, s);
    } else if (s.to < use::eqz) {
      write_value(c, s);
    } else {
      write_condition(c, s);
    }
    const std::uint32_t type = module_.type(operands_, results);
    const std::uint32_t index = module_.function(
        type, c,
        {{1, result_}, {3, value_type::i32}, {crowd, value_type::i64}, {crowd, value_type::f64}});
    module_.export_as(std::to_string(shapes_.size()), 0, index);
    shapes_.push_back(s);
  }

  // The numbers of locals behind the parameters.
  [[nodiscard]] std::uint32_t result_local() const {
    return static_cast<std::uint32_t>(operands_.size());
  }
  [[nodiscard]] std::uint32_t counter() const { return result_local() + 1; }
  [[nodiscard]] std::uint32_t crowd_local(std::uint32_t k) const { return result_local() + 4 + k; }

  void write_value(code& c, const shape_of_function& s) const {
    const std::uint32_t local = s.to == use::over_first    ? 0
                                : s.to == use::over_second ? 1
                                                           : result_local();
    const auto place = operand_module::address_of(2);
    const auto global = operand_module::global_of(2, result_);
    if (s.to == use::memory) c.i32(place);
    apply(c, s);
    switch (s.to) {
      case use::fresh_local:
      case use::over_first:
      case use::over_second: c.put(op::local_set, {local}).put(op::local_get, {local}); break;
      case use::tee: c.put(op::local_tee, {local}).put(op::drop).put(op::local_get, {local}); break;
      case use::memory:
        c.put(store_of(result_), {0, 0}).i32(place).put(load_of(result_), {0, 0});
        break;
      case use::global: c.put(op::global_set, {global}).put(op::global_get, {global}); break;
      case use::dropped: c.put(op::drop).i32(0); break;
      default: break;
    }
  }

  void write_crowded(code& c, const shape_of_function& s) const {
    for (std::uint32_t k = 0; k < 2 * crowd; ++k) {
      c.i32(static_cast<std::int32_t>(8 * k)).put(k < crowd ? op::i64_load : op::f64_load, {0, 0});
      c.put(op::local_set, {crowd_local(k)});
    }
    for (std::uint32_t k = 0; k < 2 * crowd; ++k) {
      const std::uint32_t next = (k < crowd ? 0 : crowd) + (k + 1) % crowd;
      c.put(op::local_get, {crowd_local(k)}).put(op::local_get, {crowd_local(next)});
      c.put(k < crowd ? op::i64_add : op::f64_add);
    }
    apply(c, s);
    c.put(op::local_set, {result_local()});
    for (std::uint32_t k = 0; k < crowd; ++k)
      c.put(op::local_get, {crowd_local(crowd + k)}).put(op::f64_add);
    for (std::uint32_t k = 0; k + 1 < crowd; ++k) c.put(op::f64_add);
    c.put(op::i64_trunc_sat_f64_s).put(op::i64_add);
    for (std::uint32_t k = 0; k < crowd; ++k)
      c.put(op::local_get, {crowd_local(k)}).put(op::i64_add);
    for (std::uint32_t k = 0; k + 1 < crowd; ++k) c.put(op::i64_add);
    c.put(op::local_get, {result_local()});
  }

  void write_condition(code& c, const shape_of_function& s) const {
    const auto n = static_cast<std::int32_t>(no), y = static_cast<std::int32_t>(yes);
    const op eqz = result_ == value_type::i64 ? op::i64_eqz : op::i32_eqz;
    const unsigned i32 = value_type::i32.code();
    const std::uint64_t local = counter();
    switch (s.to) {
      case use::eqz: return apply(c, s), static_cast<void>(c.put(eqz));
      case use::eqz_twice:
        c.i32(n).i32(y);
        apply(c, s);
        c.put(eqz).put(op::i32_eqz).put(op::i32_eqz).put(op::select);
        break;
      case use::br_if:
      case use::br_if_eqz:
        c.open(op::block);
        apply(c, s);
        if (s.to == use::br_if_eqz) c.put(eqz);
        c.put(op::br_if, {0}).i32(s.to == use::br_if ? n : y).put(op::return_).end();
        c.i32(s.to == use::br_if ? y : n);
        break;
      case use::br_if_value:
        c.open(op::block, i32).i32(y);
        apply(c, s);
        c.put(op::br_if, {0}).put(op::drop).i32(n).end();
        break;
      case use::br_if_loop:
        c.open(op::block).open(op::loop).put(op::local_get, {local}).put(op::br_if, {1});
        c.i32(y).put(op::local_set, {local});
        apply(c, s);
        c.put(op::br_if, {0}).i32(n).put(op::local_set, {local});
        c.end().end().put(op::local_get, {local});
        break;
      case use::br_table:
        c.open(op::block).open(op::block);
        apply(c, s);
        c.put(op::br_table, {1, 0, 1}).end().i32(n).put(op::return_).end().i32(y);
        break;
      case use::if_else:
      case use::if_eqz:
        apply(c, s);
        if (s.to == use::if_eqz) c.put(eqz);
        c.open(op::if_, i32).i32(s.to == use::if_else ? y : n).put(op::else_);
        c.i32(s.to == use::if_else ? n : y).end();
        break;
      case use::if_then:
        c.i32(n).put(op::local_set, {local});
        apply(c, s);
        c.open(op::if_).i32(y).put(op::local_set, {local}).end().put(op::local_get, {local});
        break;
      case use::if_return:
        apply(c, s);
        c.open(op::if_).i32(y).put(op::return_).end().i32(n);
        break;
      case use::select_i32:
        c.i32(y).put(op::local_set, {local}).i32(n).put(op::local_set, {local + 1});
        c.put(op::local_get, {local}).put(op::local_get, {local + 1});
        apply(c, s);
        c.put(op::select);
        break;
      case use::select_i64:
        c.i64(y).i64(n);
        apply(c, s);
        c.put(op::select).put(op::i32_wrap_i64);
        break;
      case use::select_f32:
        c.f32(std::bit_cast<std::uint32_t>(static_cast<float>(yes)));
        c.f32(std::bit_cast<std::uint32_t>(static_cast<float>(no)));
        apply(c, s);
        c.put(op::select).put(op::i32_trunc_f32_s);
        break;
      default:
        c.f64(std::bit_cast<std::uint64_t>(double{yes}));
        c.f64(std::bit_cast<std::uint64_t>(double{no}));
        apply(c, s);
        c.put(op::select).put(op::i32_trunc_f64_s);
        break;
    }
  }

  dovetail::op operator_;
  type_list operands_;
  dovetail::value_type result_;
  operand_module module_;
  std::vector<shape_of_function> shapes_;
};

}  // namespace testing
