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

namespace dovetail {

namespace detail {
/// Whether there are values of a type: WebAssembly 1.0 has tables of functions, but neither
/// references nor vectors as values.
template <features Accept>
[[nodiscard]] constexpr status accepts_values_of(value_type type) {
  const bool is_accepted = type.is_vector()      ? Accept.has(feature::simd)
                           : type.is_reference() ? Accept.has(feature::reference_types)
                                                 : true;
  return is_accepted ? status::ok : status::feature_not_accepted;
}
}  // namespace detail

/// An open block.
template <class E>
struct control_frame {
  block_shape shape;
  typename E::label label{};
  bool is_polymorphic = false;  ///< after an unconditional branch: the stack below is of any type
  bool was_live = false;        ///< control could reach the block
  bool is_targeted = false;     ///< a live branch leads to its label
};

/// The stacks of a pass, kept between functions so that nothing is allocated per operator.
template <class E>
struct pass_storage {
  explicit pass_storage(allocator& a) : operands(a), frames(a), locals(a), targets(a) {}
  array<operand<typename E::value>> operands;
  array<control_frame<E>> frames;
  array<value_type> locals;
  array<typename E::label*> targets;
};

/// What the pass keeps between operators. With `Checked` false types are taken for granted, the
/// stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass_stacks {
 protected:
  using V = typename E::value;
  using frame = control_frame<E>;

  pass_stacks(const module_env& module, E& emitter, pass_storage<E>& storage)
      : m_(module), e_(emitter), s_(storage) {}

  status start() {
    s_.operands.clear();
    s_.frames.clear();
    metered_ = 0;
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

  // Counts an operator into the open basic block.
  DOVETAIL_ALWAYS_INLINE void count_operator() {
    if constexpr (E::is_metered) {
      if (!live_) return;
      if (metered_ == 0) meter_ = e_.open_meter();
      ++metered_;
    }
  }
  // A basic block ends here.
  void end_basic_block() {
    if constexpr (E::is_metered) {
      if (metered_ != 0) e_.close_meter(meter_, metered_);
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
    std::uint32_t end = 0;
    if constexpr (E::places_operands)
      end = height_of(stack()) + (Accept.has(feature::simd) ? slots_of(type) : 1);
    return s_.operands.push({type, end, value});
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
    return pop_dead(expected);
  }
  // Below an unconditional branch missing operands are of any type, and so are those that came of
  // them.
  DOVETAIL_COLD status pop_dead(value_type expected) {
    if (s_.operands.size() == floor_) {
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    if (s_.operands.back().type != value_type::unknown && expected != value_type::unknown) {
      return status::type_mismatch;
    }
    s_.operands.pop();
    return status::ok;
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
  [[nodiscard]] status require_some(std::span<const value_type> types) {
    if (s_.operands.size() - floor_ >= types.size()) [[likely]] {
      const operand<V>* top = s_.operands.end() - types.size();
      bool same = true;
      if constexpr (Checked) {
        for (std::size_t i = 0; i < types.size(); ++i) same &= top[i].type == types[i];
      }
      if (same) [[likely]]
        return status::ok;
    }
    DOVETAIL_TRY(pop_all(types));
    return push_all(types);
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

  [[nodiscard]] status block_type_of(const block_type& type, function_type& out) const {
    if (type.is_index) {
      if constexpr (!Accept.has(feature::multi_value)) return status::feature_not_accepted;
      if (type.type.value >= m_.types.size()) return status::unknown_type;
      out = m_.type(type.type);
      return executable(out);
    }
    if (!type.has_result) return out = {}, status::ok;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type.result));
    out = {{}, single(type.result)};
    return executable(type.result);
  }

  // A list of one type that outlives the block.
  static std::span<const value_type> single(value_type type) {
    static constexpr value_type all[] = {
        value_type::i32,  value_type::i64,     value_type::f32,      value_type::f64,
        value_type::v128, value_type::funcref, value_type::externref};
    for (const value_type& one : all) {
      if (one == type) return {&one, 1};
    }
    return {};
  }

  [[nodiscard]] status open(const block_shape& shape, const typename E::label& label,
                            bool was_live) {
    frame f;
    f.shape = shape;
    f.label = label;
    f.was_live = was_live;
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
