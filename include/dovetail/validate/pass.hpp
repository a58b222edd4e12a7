// The pass: the validation algorithm of the specification's appendix as a sink of the body decoder,
// which tells an emitter of every live operator as it goes. The seam between decoder, validator
// policies and backends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/limits.hpp>
#include <dovetail/validate/pass_objects.hpp>

namespace dovetail {

/// A sink for `decoder_policy::body`. With `Checked` false types are taken for granted, for code
/// that is trusted or was validated before; the stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass : private pass_objects<E, Checked, Accept> {
  using stacks = pass_stacks<E, Checked, Accept>;
  using objects = pass_objects<E, Checked, Accept>;
  using objects::operate, objects::address_type;
  using stacks::become_unreachable, stacks::block_type_of, stacks::body_, stacks::count_operator,
      stacks::e_, stacks::end_basic_block, stacks::executable, stacks::executes, stacks::floor_,
      stacks::live_, stacks::m_, stacks::open, stacks::pop, stacks::pop_all, stacks::pop_any,
      stacks::position_, stacks::push, stacks::push_all, stacks::require_top, stacks::s_,
      stacks::stack, stacks::stands_for, stacks::start, stacks::target, stacks::uses_vectors;
  using typename stacks::frame;
  using typename stacks::V;

 public:
  static constexpr features accept = Accept;

  /// `most` bounds locals (parameters not counted) and branch tables; it must outlive the pass.
  pass(const module_env& module, E& emitter, pass_storage<E>& storage, const limits& most)
      : objects(module, emitter, storage), most_(most) {}

  /// Begins the function `index`, whose body has `size` bytes.
  status begin(function_index index, std::size_t size) {
    const function_type type = m_.function(index);
    s_.locals.clear();
    DOVETAIL_TRY(s_.locals.append(type.parameters));
    body_ = {&m_, index, type, {}, size};
    DOVETAIL_TRY(executable(type));
    return start();
  }
  /// Begins a constant expression with one result; `result` must outlive it.
  status begin_expression(const value_type& result) {
    s_.locals.clear();
    body_ = {&m_, {}, {{}, {&result, 1}}, {}, 0};
    return start();
  }

  /// The offset of the operator being decoded: where an error is.
  [[nodiscard]] std::size_t position() const { return position_; }

  void at(std::size_t offset) {
    position_ = offset;
    e_.position(offset);
  }
  status locals(std::uint32_t count, value_type type) {
    const std::size_t most = body_.type.parameters.size() + most_.locals;
    if (count > most - s_.locals.size()) return status::limit_exceeded;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    DOVETAIL_TRY(executable(type));
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    DOVETAIL_TRY(s_.locals.reserve(s_.locals.size() + count));
    for (std::uint32_t i = 0; i < count; ++i) DOVETAIL_TRY(s_.locals.push(type));
    if constexpr (stacks::has_typed_references) {
      if (!type.is_defaultable()) return stacks::begin_unset(count);
    }
    return status::ok;
  }
  /// The locals are known, operators follow.
  status declared() { return stacks::begin_body(); }
  [[nodiscard]] bool finished() const { return s_.frames.empty(); }

  template <shape S, class Immediate>
  DOVETAIL_NEVER_INLINE status on(op o, Immediate imm) {
    constexpr shape_types types = types_of<S>();
    count_operator(o);
    DOVETAIL_TRY(demand(o, imm));
    if constexpr (Accept.has(feature::relaxed_simd) && uses_vectors(types)) {
      if (!executes(feature::relaxed_simd) && row_of(o).feature == feature::relaxed_simd)
        return not_executable(feature::relaxed_simd);
    }
    constexpr std::size_t count = types.operand_count;
    const operand<V>* operands = nullptr;
    if constexpr (objects::template has_address<Immediate>) {
      shape_types there = types;
      there.operands[0] = address_type(m_.memories[memory_of(imm).value].is_64);
      operands = stacks::top(there);
      if (operands == nullptr) [[unlikely]]
        return missing(there);
    } else {
      operands = stacks::top(types);
    }
    V result{};
    // What is not there may be missing in dead code.
    if (count != 0 && operands == nullptr) [[unlikely]] {
      DOVETAIL_TRY(pop_all({types.operands.data(), count}));
    } else {
      s_.operands.truncate(s_.operands.size() - count);
      if constexpr (E::has_vectors || !uses_vectors(types)) {
        constexpr bool is_vector = uses_vectors(types);
        if (live_)
          result = tell<is_vector, count, types.has_result>(o, imm, operands, types.result);
      }
    }
    if constexpr (!E::has_vectors && uses_vectors(types)) return status::simd_not_executable;
    if constexpr (types.has_result && count != 0) {
      if (operands != nullptr) [[likely]]
        return stacks::push_instead(types.result, result), status::ok;
    }
    if constexpr (types.has_result) return push(types.result, result);
    return status::ok;
  }

  template <op O>
  status on(op_constant<O> which, immediate_of<O> imm) {
    count_operator(O);
    if constexpr (!executes(row_of(O).feature)) {
      return not_executable(row_of(O).feature);
    } else {
      return operate(which, imm);
    }
  }

 private:
  // An access in dead code whose operands are not all there.
  DOVETAIL_COLD status missing(const shape_types& types) {
    DOVETAIL_TRY(pop_all({types.operands.data(), types.operand_count}));
    if constexpr (!E::has_vectors) {
      if (uses_vectors(types)) return status::simd_not_executable;
    }
    return types.has_result ? push(types.result, V{}) : status::ok;
  }

  // What a typed operator's immediate must satisfy.
  template <class Immediate>
  DOVETAIL_ALWAYS_INLINE status demand(op o, const Immediate& imm) const {
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      return check_access(o, imm);
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      DOVETAIL_TRY(check_access(o, imm.access));
      return check_lane(o, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, lane_index>) {
      return check_lane(o, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      if (o != op::i8x16_shuffle) return status::ok;
      for (const std::uint8_t lane : imm.bytes) {
        if (lane >= 32) return status::invalid_lane_index;
      }
    }
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status check_access(op o, const memory_argument& access) const {
    DOVETAIL_TRY(objects::demand(access.memory));
    if ((std::uint64_t{1} << access.alignment) > row_of(o).width)
      return status::alignment_too_large;
    if constexpr (stacks::has_64_bit_memories) {
      if (access.offset > 0xffff'ffff && !m_.memories[access.memory.value].is_64)
        return status::offset_out_of_range;
    }
    return status::ok;
  }
  static memory_index memory_of(const memory_argument& access) { return access.memory; }
  static memory_index memory_of(const memory_lane_argument& lane) { return lane.access.memory; }
  static status check_lane(op o, std::uint8_t lane) {
    return lane >= 16 / row_of(o).width ? status::invalid_lane_index : status::ok;
  }

  // Vector operators are those that have a vector among their types.
  template <bool IsVector, std::size_t Count, bool HasResult, class Immediate>
  DOVETAIL_ALWAYS_INLINE V tell(op o, const Immediate& imm, const operand<V>* operands,
                                [[maybe_unused]] value_type result) {
    if constexpr (Count == 0) {
      if constexpr (std::is_same_v<Immediate, v128>) {
        return e_.vector_constant(imm);
      } else {
        return e_.constant(result, constant_bits(imm));
      }
    } else if constexpr (!HasResult) {
      if constexpr (IsVector) {
        e_.vector_store(o, imm, operands[0].value, operands[1].value, stack());
      } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
        e_.store(o, imm, operands[0].value, operands[1].value, stack());
      }
      return V{};
    } else {
      if constexpr (IsVector) {
        V values[Count];
        for (std::size_t i = 0; i < Count; ++i) values[i] = operands[i].value;
        return e_.vector(o, imm, std::span<const V>{values}, stack());
      } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
        return e_.load(o, imm, operands[0].value, stack());
      } else if constexpr (Count == 1) {
        return e_.unary(o, operands[0].value, stack());
      } else {
        return e_.binary(o, operands[0].value, operands[1].value, stack());
      }
    }
  }

  template <class Immediate>
  static constexpr slot constant_bits(const Immediate& imm) {
    if constexpr (std::is_same_v<Immediate, std::int32_t>) return static_cast<std::uint32_t>(imm);
    if constexpr (!std::is_same_v<Immediate, std::int32_t>) return static_cast<slot>(imm);
  }

  // Control instructions (3.3.8).
  status operate(op_constant<op::unreachable>, no_immediate) {
    if (live_) e_.unreachable();
    become_unreachable();
    return status::ok;
  }
  status operate(op_constant<op::nop>, no_immediate) { return status::ok; }
  status operate(op_constant<op::block>, const block_type& type) {
    return enter(block_kind::block, type);
  }
  status operate(op_constant<op::loop>, const block_type& type) {
    return enter(block_kind::loop, type);
  }

  status operate(op_constant<op::if_>, const block_type& type) {
    V condition{};
    block_shape shape{block_kind::if_, 0, {}};
    DOVETAIL_TRY(block_type_of(type, shape.type));
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(begin_block(shape));
    end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter_if(shape, condition, stack());
    return open(shape, label, live_);
  }

  status enter(block_kind kind, const block_type& type) {
    block_shape shape{kind, 0, {}};
    DOVETAIL_TRY(block_type_of(type, shape.type));
    DOVETAIL_TRY(begin_block(shape));
    if (kind == block_kind::loop) end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter(shape, stack());
    return open(shape, label, live_);
  }
  status begin_block(block_shape& shape) {
    DOVETAIL_TRY(require_top(shape.type.parameters));
    shape.height = s_.operands.size() - shape.type.parameters.size();
    return status::ok;
  }

  // The end of a block or of the first arm of an `if`: exactly the results are left.
  status close(const frame& f) {
    DOVETAIL_TRY(require_top(f.shape.type.results));
    return s_.operands.size() == f.shape.height + f.shape.type.results.size()
               ? status::ok
               : status::type_mismatch;
  }

  status operate(op_constant<op::else_>, no_immediate) {
    frame& f = s_.frames.back();
    if (f.shape.kind != block_kind::if_) return status::end_opcode_expected;
    DOVETAIL_TRY(close(f));
    end_basic_block();
    if (f.was_live) e_.else_(f.label, live_, stack());
    if (live_) f.is_targeted = true;
    f.shape.kind = block_kind::else_;
    f.is_polymorphic = false;
    live_ = f.was_live;
    stacks::end_set(f);
    s_.operands.truncate(f.shape.height);
    DOVETAIL_TRY(push_all(f.shape.type.parameters));
    if (live_) e_.enter_else(f.label, stack());
    return status::ok;
  }

  status operate(op_constant<op::end>, no_immediate) {
    frame& f = s_.frames.back();
    DOVETAIL_TRY(close(f));
    const bool is_lone_if = f.shape.kind == block_kind::if_;
    if (is_lone_if && !match(f.shape.type.parameters, f.shape.type.results))
      return status::type_mismatch;
    // A loop's label is its head: branches to it do not come out here.
    const bool is_merge = is_lone_if || (f.is_targeted && f.shape.kind != block_kind::loop);
    if (is_merge || s_.frames.size() == 1) end_basic_block();
    if (f.was_live) e_.leave(f.label, live_, stack());
    live_ = f.was_live && (live_ || is_merge);
    stacks::end_set(f);
    s_.frames.pop();
    if (s_.frames.empty()) return status::ok;
    floor_ = s_.frames.back().shape.height;
    return status::ok;
  }
  // Whether values of the types `a` may be where those of `b` are expected.
  bool match(std::span<const value_type> a, std::span<const value_type> b) const {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!stands_for(a[i], b[i])) return false;
    }
    return true;
  }

  status operate(op_constant<op::br>, label_index depth) {
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    return branch(*f);
  }
  status branch(frame& f) {
    DOVETAIL_TRY(require_top(f.shape.label_types()));
    if (live_) e_.branch(f.label, stack());
    become_unreachable();
    return status::ok;
  }
  status operate(op_constant<op::return_>, no_immediate) {
    if (live_) s_.frames[0].is_targeted = true;
    return branch(s_.frames[0]);
  }

  status operate(op_constant<op::br_if>, label_index depth) {
    V condition{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(require_top(f->shape.label_types()));
    end_basic_block();
    if (live_) e_.branch_if(f->label, condition, stack());
    return status::ok;
  }

  status operate(op_constant<op::br_table>, label_table table) {
    V index{};
    if (table.count > most_.branch_targets) return status::limit_exceeded;
    DOVETAIL_TRY(pop(value_type::i32, index));
    s_.targets.clear();
    std::size_t arity = 0;
    for (std::uint64_t i = 0; i <= table.count; ++i) {
      frame* f = nullptr;
      DOVETAIL_TRY(target(table.next(), f));
      const auto types = f->shape.label_types();
      if (i != 0 && types.size() != arity) return status::type_mismatch;
      arity = types.size();
      DOVETAIL_TRY(check_top(types));
      if (live_) DOVETAIL_TRY(s_.targets.push(&f->label));
    }
    if (live_) e_.branch_table(index, s_.targets, stack());
    become_unreachable();
    return status::ok;
  }
  // Like require_top, but operands that are missing in dead code stay missing: another target may
  // want other types.
  status check_top(std::span<const value_type> types) {
    const std::size_t there = s_.operands.size() - floor_;
    if (there < types.size() && !s_.frames.back().is_polymorphic) return status::type_mismatch;
    for (std::size_t i = 0; i < types.size() && i < there; ++i) {
      const value_type type = s_.operands[s_.operands.size() - 1 - i].type;
      if (!stands_for(type, types[types.size() - 1 - i])) return status::type_mismatch;
    }
    return status::ok;
  }

  // Calls (3.3.8.10 and 11).
  status operate(op_constant<op::call>, function_index callee) {
    if (callee.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(callee);
    DOVETAIL_TRY(require_top(type.parameters));
    if (live_) e_.call(callee, type, stack());
    return returned(type);
  }
  status operate(op_constant<op::call_indirect>, const indirect_call& call) {
    V index{};
    function_type type;
    DOVETAIL_TRY(begin_indirect(call, index, type));
    if (live_) e_.call_indirect(call, type, index, stack());
    return returned(type);
  }
  status begin_indirect(const indirect_call& call, V& index, function_type& type) {
    DOVETAIL_TRY(objects::demand(call.table));
    const table_type& table = m_.tables[call.table.value];
    if (!stands_for(table.element, value_type::funcref)) return status::type_mismatch;
    if (call.type.value >= m_.types.size()) return status::unknown_type;
    if constexpr (stacks::has_typed_references && !executes(feature::function_references)) {
      if (!m_.types[call.type.value]->is_final) return not_executable(feature::function_references);
    }
    DOVETAIL_TRY(pop(address_type(table.is_64), index));
    type = m_.type(call.type);
    return require_top(type.parameters);
  }
  status operate(op_constant<op::call_ref>, type_index callee) {
    V reference{};
    function_type type;
    DOVETAIL_TRY(begin_reference(callee, reference, type));
    if (live_) e_.call_ref(callee, type, reference, stack());
    return returned(type);
  }
  status begin_reference(type_index callee, V& reference, function_type& type) {
    if (callee.value >= m_.types.size()) return status::unknown_type;
    DOVETAIL_TRY(pop(m_.reference(callee, true), reference));
    type = m_.type(callee);
    return require_top(type.parameters);
  }

  // Calls whose results are those of the function (3.3.8.13 to 15).
  status operate(op_constant<op::return_call>, function_index callee) {
    if (callee.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(callee);
    DOVETAIL_TRY(require_top(type.parameters));
    DOVETAIL_TRY(returnable(type));
    if (live_) e_.return_call(callee, type, stack());
    return become_unreachable(), status::ok;
  }
  status operate(op_constant<op::return_call_indirect>, const indirect_call& call) {
    V index{};
    function_type type;
    DOVETAIL_TRY(begin_indirect(call, index, type));
    DOVETAIL_TRY(returnable(type));
    if (live_) e_.return_call_indirect(call, type, index, stack());
    return become_unreachable(), status::ok;
  }
  status operate(op_constant<op::return_call_ref> which, type_index callee) {
    if constexpr (!executes(feature::tail_call)) {
      return static_cast<void>(which), not_executable(feature::tail_call);
    } else {
      V reference{};
      function_type type;
      DOVETAIL_TRY(begin_reference(callee, reference, type));
      DOVETAIL_TRY(returnable(type));
      if (live_) e_.return_call_ref(callee, type, reference, stack());
      return become_unreachable(), status::ok;
    }
  }
  status returnable(const function_type& callee) const {
    DOVETAIL_TRY(executable(callee));
    return match(callee.results, body_.type.results) ? status::ok : status::type_mismatch;
  }

  // Branches on references (3.3.8.6 and 7).
  status operate(op_constant<op::br_on_null>, label_index depth) {
    operand<V> reference;
    DOVETAIL_TRY(objects::pop_reference(reference));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(require_top(f->shape.label_types()));
    end_basic_block();
    V passed{};
    if (live_) passed = e_.branch_on_null(f->label, reference.value, stack());
    return push(reference.type.as_non_null(), passed);
  }
  status operate(op_constant<op::br_on_non_null>, label_index depth) {
    operand<V> reference;
    DOVETAIL_TRY(objects::pop_reference(reference));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(push(reference.type.as_non_null(), reference.value));
    const auto types = f->shape.label_types();
    if (types.empty() || !types.back().is_reference()) return status::type_mismatch;
    DOVETAIL_TRY(require_top(types));
    end_basic_block();
    if (live_) e_.branch_on_non_null(f->label, reference.value, stack());
    s_.operands.pop();
    return status::ok;
  }
  status returned(const function_type& type) {
    DOVETAIL_TRY(executable(type));
    s_.operands.truncate(s_.operands.size() - type.parameters.size());
    DOVETAIL_TRY(push_all(type.results));
    if (live_) e_.name_results(type.results.size(), stack());
    return status::ok;
  }

  // Parametric instructions (3.3.4).
  status operate(op_constant<op::drop>, no_immediate) {
    operand<V> top;
    DOVETAIL_TRY(pop_any(top));
    if (live_) e_.drop(top.value);
    return status::ok;
  }
  status operate(op_constant<op::select>, no_immediate) {
    V condition{};
    operand<V> a, b;
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(pop_any(b));
    DOVETAIL_TRY(pop_any(a));
    if (a.type.is_reference() || b.type.is_reference()) return status::type_mismatch;
    if (a.type != b.type && a.type != value_type::unknown && b.type != value_type::unknown) {
      return status::type_mismatch;
    }
    return selected(a.type == value_type::unknown ? b.type : a.type, a.value, b.value, condition);
  }
  status operate(op_constant<op::select_typed>, const type_list& types) {
    if (types.count != 1) return status::invalid_result_arity;
    value_type type = types.first;
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    V condition{}, a{}, b{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(pop(type, b));
    DOVETAIL_TRY(pop(type, a));
    return selected(type, a, b, condition);
  }
  status selected(value_type type, V a, V b, V condition) {
    if constexpr (!E::has_vectors) {
      if (type.is_vector()) return status::simd_not_executable;
    }
    V result{};
    if (live_) result = e_.select(type, a, b, condition, stack());
    return push(type, result);
  }

  const limits& most_;
};

/// The validator policies: what a config's `validator` is. `full_validation` is the algorithm of
/// the specification, dead code included.
struct full_validation {
  template <emitter E, features Accept>
  using pass = dovetail::pass<E, true, Accept>;
};
/// `trusted` compiles the type checks out: for bytes that were validated before, or that come from
/// the program's own build. Anything else is undefined behaviour.
struct trusted {
  template <emitter E, features Accept>
  using pass = dovetail::pass<E, false, Accept>;
};

}  // namespace dovetail
