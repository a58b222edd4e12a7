// The two stacks of the validation algorithm: operands as (type, backend value), and open blocks.
// The pass builds on them; nothing else does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/base/features.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/format/immediates.hpp>
#include <dovetail/format/operators.hpp>
#include <dovetail/validate/emitter.hpp>
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/stacks.hpp>
#include <dovetail/validate/type_builder.hpp>

namespace dovetail {

/// An open block.
template <class E>
struct control_frame {
  block_shape shape;
  typename E::label label{};
  bool is_polymorphic = false;   ///< after an unconditional branch: the stack below is of any type
  bool was_live = false;         ///< control could reach the block
  bool is_targeted = false;      ///< a live branch leads to its label
  std::uint32_t set_before = 0;  ///< locals that had got their value when it began
};

/// The stacks of a pass, kept between functions so that nothing is allocated per operator.
template <class E>
struct pass_storage {
  explicit pass_storage(allocator& a)
      : operands(a), frames(a), locals(a), targets(a), unset(a), newly_set(a) {}
  array<operand<typename E::value>> operands;
  array<control_frame<E>> frames;
  array<value_type> locals;
  array<typename E::label*> targets;
  // Locals without a default (3.2.3), in functions that have any: whether each has no value yet,
  // and which got theirs, in order.
  array<bool> unset;
  array<std::uint32_t> newly_set;
};

/// What the pass keeps between operators. With `Checked` false types are taken for granted, the
/// stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass_stacks {
 protected:
  using V = typename E::value;
  using frame = control_frame<E>;
  static constexpr bool has_typed_references = Accept.has(feature::function_references);
  static constexpr bool has_64_bit_memories = Accept.has(feature::memory64);

  pass_stacks(const module_env& module, E& emitter, pass_storage<E>& storage)
      : m_(module), e_(emitter), s_(storage) {}

  status start() {
    s_.operands.clear();
    s_.frames.clear();
    metered_ = 0;
    if constexpr (has_typed_references) {
      s_.unset.clear();
      s_.newly_set.clear();
    }
    // The frame exists from the start so that the decoder finds the body unfinished; the emitter
    // begins when all locals are known.
    frame f;
    f.shape = {block_kind::function, 0, {{}, body_.type.results}};
    f.was_live = true;
    DOVETAIL_TRY(s_.frames.push(f));
    floor_ = 0;
    live_ = true;
    return status::ok;
  }

  // Every local is declared.
  status begin_body() {
    body_.locals = s_.locals;
    e_.begin(body_);
    if constexpr (requires { e_.begun(); }) DOVETAIL_TRY(e_.begun());
    e_.position(position_);
    s_.frames[0].label = e_.enter(s_.frames[0].shape, live<V>{});
    return status::ok;
  }

  // Whether the emitter can execute operators of an accepted feature.
  static constexpr bool executes(feature f) {
    return f == feature::simd ? E::has_vectors : E::executes.has(f);
  }

  // Counts an operator into the open basic block.
  DOVETAIL_ALWAYS_INLINE void count_operator([[maybe_unused]] op o) {
    if constexpr (has_prices<E>) {
      if (live_) pay(E::price->of(o));
    } else if constexpr (E::is_metered) {
      if (!live_) return;
      if (metered_ == 0) meter_ = e_.open_meter();
      ++metered_;
    }
  }
  // An open meter is told by one more than what it counted: operators may be free.
  void pay(std::uint32_t price) {
    constexpr std::uint32_t most = 0x7fff'0000;  // a meter is a positive number of 32 bits
    if (metered_ > most) end_basic_block();
    if (metered_ == 0) {
      meter_ = e_.open_meter();
      metered_ = 1;
    }
    metered_ += price;
  }
  // A basic block ends here.
  void end_basic_block() {
    if constexpr (E::is_metered) {
      if (metered_ != 0) e_.close_meter(meter_, metered_ - (has_prices<E> ? 1 : 0));
      metered_ = 0;
    }
  }

  static constexpr bool uses_vectors(const shape_types& types) {
    for (std::size_t i = 0; i < types.operand_count; ++i) {
      if (types.operands[i].is_vector()) return true;
    }
    return types.has_result && types.result.is_vector();
  }

  // The operand stack.
  [[nodiscard]] live<V> stack() { return {s_.operands.data(), s_.operands.size()}; }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status push(value_type type, V value) {
    return s_.operands.push(placed(type, value));
  }
  // In the place of an operand that was taken.
  DOVETAIL_ALWAYS_INLINE void push_instead(value_type type, V value) {
    s_.operands.push_reserved(placed(type, value));
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE operand<V> placed(value_type type, V value) {
    std::uint32_t end = 0;
    if constexpr (E::places_operands)
      end = height_of(stack()) + (Accept.has(feature::simd) ? slots_of(type) : 1);
    return {type, end, value};
  }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status pop(value_type expected, V& out) {
    if (s_.operands.size() > floor_) [[likely]] {
      const operand<V>& top = s_.operands.back();
      if (!Checked || top.type == expected) [[likely]] {
        out = top.value;
        s_.operands.pop();
        return status::ok;
      }
    }
    return pop_other(expected, out);
  }
  // Below an unconditional branch missing operands are of any type, and so are those that came of
  // them; and an operand may be of a subtype.
  DOVETAIL_COLD status pop_other(value_type expected, V& out) {
    if (s_.operands.size() == floor_) {
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    const operand<V>& top = s_.operands.back();
    if (expected != value_type::unknown && !stands_for(top.type, expected))
      return status::type_mismatch;
    out = top.value;
    s_.operands.pop();
    return status::ok;
  }
  // Whether an operand of the type `a` may be where one of `b` is expected.
  [[nodiscard]] bool stands_for(value_type a, value_type b) const {
    if (a == b || a == value_type::unknown) return true;
    if constexpr (has_typed_references) return m_.canonical->matches(a, b);
    return false;
  }
  // Pops an operand of any type; `unknown` if there is none in dead code.
  [[nodiscard]] status pop_any(operand<V>& out) {
    if (s_.operands.size() == floor_) {
      out = {};
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    out = s_.operands.back();
    s_.operands.pop();
    return status::ok;
  }

  // The operands an operator finds on the stack, if all are there and have its types.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE const operand<V>* top(const shape_types& types) const {
    const std::size_t count = types.operand_count;
    if (s_.operands.size() - floor_ < count) [[unlikely]]
      return nullptr;
    const operand<V>* const from = s_.operands.end() - count;
    if constexpr (Checked) {
      for (std::size_t i = 0; i < count; ++i) {
        if (from[i].type != types.operands[i]) [[unlikely]]
          return nullptr;
      }
    }
    return from;
  }
  [[nodiscard]] status pop_all(std::span<const value_type> types) {
    V ignored{};
    for (std::size_t i = types.size(); i-- > 0;) DOVETAIL_TRY(pop(types[i], ignored));
    return status::ok;
  }
  // Pushes operands that have no name yet.
  [[nodiscard]] status push_all(std::span<const value_type> types) {
    for (const value_type type : types) DOVETAIL_TRY(push(type, V{}));
    return status::ok;
  }
  // Demands that the top of the stack has these types and leaves it there, names kept; in dead code
  // what is missing comes into being.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status require_top(std::span<const value_type> types) {
    return types.empty() ? status::ok : require_some(types);
  }
  // Lists are short: a loop that ends early is quicker than one of vectors.
  [[nodiscard]] status require_some(std::span<const value_type> types) {
    if (s_.operands.size() - floor_ < types.size()) [[unlikely]]
      return require_others(types);
    if constexpr (Checked) {
      const operand<V>* top = s_.operands.end() - types.size();
      for (const value_type& type : types) {
        if (top++->type != type) [[unlikely]]
          return require_others(types);
      }
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD status require_others(std::span<const value_type> types) {
    if constexpr (has_typed_references) {
      if (s_.operands.size() - floor_ >= types.size()) return take_as(types);
    }
    DOVETAIL_TRY(pop_all(types));
    return push_all(types);
  }

  // Operands of subtypes are from here on of the types required; they keep their names.
  [[nodiscard]] status take_as(std::span<const value_type> types) {
    operand<V>* top = s_.operands.end() - types.size();
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (!stands_for(top[i].type, types[i])) return status::type_mismatch;
      top[i].type = types[i];
    }
    return status::ok;
  }

  // Control.
  // Whether the emitter can execute code that passes such values along.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status executable(const function_type& type) const {
    if constexpr (!E::has_vectors) {
      if (m_.has_vector_types) [[unlikely]]
        return executable_list(type);
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD static status executable_list(const function_type& type) {
    for (const value_type t : type.parameters) DOVETAIL_TRY(executable(t));
    for (const value_type t : type.results) DOVETAIL_TRY(executable(t));
    return status::ok;
  }
  [[nodiscard]] static status executable(value_type type) {
    return !E::has_vectors && type.is_vector() ? status::simd_not_executable : status::ok;
  }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status block_type_of(const block_type& type,
                                                            function_type& out) const {
    // Most blocks have neither.
    return type.is_index || type.has_result ? other_block_type(type, out) : status::ok;
  }
  [[nodiscard]] DOVETAIL_NEVER_INLINE status other_block_type(const block_type& type,
                                                              function_type& out) const {
    if (type.is_index) {
      if constexpr (!Accept.has(feature::multi_value)) return not_accepted(feature::multi_value);
      if (type.type.value >= m_.types.size()) return status::unknown_type;
      out = m_.type(type.type);
      return executable(out);
    }
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type.result));
    out = {{}, single(type.result)};
    if constexpr (has_typed_references) {
      if (out.results.empty()) DOVETAIL_TRY(defined_single(type.result, out));
    }
    return executable(type.result);
  }

  // A list of one type that outlives the block.
  static std::span<const value_type> single(value_type type) {
    static constexpr value_type all[] = {
        value_type::i32,  value_type::i64,     value_type::f32,      value_type::f64,
        value_type::v128, value_type::funcref, value_type::externref};
    static_assert(value_type::i32.bits == 0x7f && value_type::v128.bits == 0x7b);
    if (type.bits <= 0x7f && type.bits >= 0x7b) return {all + (0x7f - type.bits), 1};
    for (const value_type& one : all) {
      if (one == type) return {&one, 1};
    }
    return {};
  }
  // Other lists of one type are those of canonical types.
  [[nodiscard]] DOVETAIL_COLD status defined_single(value_type type, function_type& out) const {
    DOVETAIL_TRY(m_.resolve(type));
    const signature* const s = m_.canonical->intern({{}, {&type, 1}});
    if (s == nullptr) return status::out_of_memory;
    out = s->type;
    return status::ok;
  }

  [[nodiscard]] status open(const block_shape& shape, const typename E::label& label,
                            bool was_live) {
    frame f;
    f.shape = shape;
    f.label = label;
    f.was_live = was_live;
    if constexpr (has_typed_references)
      f.set_before = static_cast<std::uint32_t>(s_.newly_set.size());
    DOVETAIL_TRY(s_.frames.push(f));
    floor_ = shape.height;
    return status::ok;
  }

  [[nodiscard]] status target(label_index depth, frame*& out) {
    if (depth.value >= s_.frames.size()) return status::unknown_label;
    out = &s_.frames[s_.frames.size() - 1 - depth.value];
    if (live_) out->is_targeted = true;
    return status::ok;
  }

  // Locals without a default.
  [[nodiscard]] DOVETAIL_COLD status begin_unset(std::uint32_t count) {
    DOVETAIL_TRY(s_.unset.resize(s_.locals.size()));
    for (std::size_t i = s_.locals.size() - count; i < s_.locals.size(); ++i) s_.unset[i] = true;
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE bool is_unset(local_index local, value_type type) const {
    if constexpr (Checked && has_typed_references) {
      if (!type.is_defaultable()) [[unlikely]]
        return local.value < s_.unset.size() && s_.unset[local.value];
    }
    return false;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status note_set(local_index local, value_type type) {
    return is_unset(local, type) ? note_first_set(local) : status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD status note_first_set(local_index local) {
    s_.unset[local.value] = false;
    return s_.newly_set.push(local.value);
  }
  // What was set since a block began is unset behind it.
  void end_set(const frame& f) {
    if constexpr (has_typed_references) {
      while (s_.newly_set.size() > f.set_before) {
        s_.unset[s_.newly_set.back()] = true;
        s_.newly_set.pop();
      }
    }
  }

  // What follows cannot be reached.
  void become_unreachable() {
    end_basic_block();
    s_.operands.truncate(floor_);
    s_.frames.back().is_polymorphic = true;
    live_ = false;
  }

  const module_env& m_;
  E& e_;
  pass_storage<E>& s_;
  function_body body_;
  std::size_t floor_ = 0;     // operands below the innermost block
  std::size_t position_ = 0;  // offset of the operator
  typename E::meter meter_{};
  std::uint32_t metered_ = 0;
  bool live_ = true;  // control can reach this place
};

}  // namespace dovetail
