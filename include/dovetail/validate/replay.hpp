// Tells an emitter what a recorder was told: the second pass of a backend that has two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/validate/recording.hpp>

namespace dovetail {

/// Tells the bodies of a recorder's batch, one after the other. The operand stack is the emitter's:
/// types of operands are those that were recorded. What `local_get` and `constant` return must not
/// depend on where they are told: each is told once a body, before its first operator.
template <emitter E>
class replay {
  using V = typename E::value;
  using recorder_type = recorder<E::executes, E::has_vectors, E::is_metered>;

 public:
  replay(const recorder_type& recorded, E& e)
      : r_(recorded),
        e_(e),
        stack_(recorded.memory()),
        values_(recorded.memory()),
        labels_(recorded.memory()),
        targets_(recorded.memory()) {}

  /// The first body of a batch comes next.
  void begin_batch() { next_ = 0; }

  /// Tells the next body, all but `finish`.
  status body() {
    const detail::recorded_body& b = r_.bodies_[next_++];
    function_body f = b.body;
    f.locals = {r_.locals_.data() + b.first_local, b.local_count};
    module_ = f.module;
    DOVETAIL_TRY(make_room(64));
    DOVETAIL_TRY(values_.reserve(b.local_count + b.constant_count + 1));
    DOVETAIL_TRY(labels_.reserve(64));
    labels_.clear();
    e_.position(b.offset);
    e_.begin(f);
    if constexpr (requires { e_.begun(); }) DOVETAIL_TRY(e_.begun());
    name_values(b);
    return calls(r_.calls_.data() + b.first_call, r_.pushes_.data() + b.first_push);
  }

 private:
  struct open_block {
    typename E::label label{};
    const block_shape* shape = nullptr;
  };

  void name_values(const detail::recorded_body& b) {
    operand<V>* to = values_.data();
    const auto name = [&](value_type type, V v) {
      to->type = type;
      to->end = slots_of(type);
      to->value = v;
      ++to;
    };
    const value_type* const types = r_.locals_.data() + b.first_local;
    for (std::uint32_t i = 0; i < b.local_count; ++i)
      name(types[i], e_.local_get({i}, types[i], live<V>{}));
    const detail::recorded_constant* const constants = r_.constants_.data() + b.first_constant;
    for (std::size_t i = 0; i < b.constant_count; ++i)
      name(constants[i].type, e_.constant(constants[i].type, constants[i].bits));
  }

  status calls(const recorded_call* c, const std::uint32_t* pushes) {
    const operand<V>* const values = values_.data();
    operand<V>* t = bottom_;
    for (;; ++c) {
      const std::size_t pushed = c->pushed;
      if (t + pushed > limit_) [[unlikely]]
        if (t = grow(pushed, t); t == nullptr) return status::out_of_memory;
      // How many there are cannot be foreseen, so two are written in any case.
      place(values[pushes[0]], t);
      place(values[pushes[1]], t + 1);
      if (pushed > 2) [[unlikely]] {
        for (std::size_t i = 2; i < pushed; ++i) place(values[pushes[i]], t + i);
      }
      t += pushed;
      pushes += pushed;
      e_.position(c->offset);
      if constexpr (requires { e_.upcoming(c[1]); }) e_.upcoming(c[1]);
      if (c->what == told::end) return status::ok;
      DOVETAIL_TRY(call(*c, t));
    }
  }

  DOVETAIL_ALWAYS_INLINE status call(const recorded_call& c, operand<V>*& t) {
    const op o = c.operation;
    switch (c.what) {
      case told::values:
      case told::end: break;
      case told::meter: e_.close_meter(e_.open_meter(), c.get<std::uint32_t>()); break;
      case told::unary: {
        const V a = pop(t);
        push(result_type(o), e_.unary(o, a, stack(t)), t);
        break;
      }
      case told::binary: {
        const V b = pop(t), a = pop(t);
        push(result_type(o), e_.binary(o, a, b, stack(t)), t);
        break;
      }
      case told::select: {
        const V condition = pop(t), b = pop(t), a = pop(t);
        const auto type = c.get<value_type>();
        push(type, e_.select(type, a, b, condition, stack(t)), t);
        break;
      }
      case told::drop: e_.drop(pop(t)); break;
      case told::load: {
        const V at = pop(t);
        push(result_type(o), e_.load(o, access(c), at, stack(t)), t);
        break;
      }
      case told::store: {
        const V v = pop(t), at = pop(t);
        e_.store(o, access(c), at, v, stack(t));
        break;
      }
      case told::local_set: {
        const auto i = c.get<local_index>();
        const V v = pop(t);
        e_.local_set(i, values_.data()[i.value].type, v, stack(t));
        break;
      }
      case told::local_tee: {
        const auto i = c.get<local_index>();
        const value_type type = values_.data()[i.value].type;
        const V v = pop(t);
        push(type, e_.local_tee(i, type, v, stack(t)), t);
        break;
      }
      case told::global_get: {
        const auto g = c.get<typename recorder_type::typed_global>();
        push(g.type, e_.global_get(g.global, g.type, stack(t)), t);
        break;
      }
      case told::global_set: {
        const auto g = c.get<typename recorder_type::typed_global>();
        const V v = pop(t);
        e_.global_set(g.global, g.type, v, stack(t));
        break;
      }
      case told::data_drop: e_.data_drop(c.get<data_index>()); break;
      case told::element_drop: e_.element_drop(c.get<element_index>()); break;
      case told::ref_as_non_null:
      case told::branch_on_null:
      case told::branch_on_non_null:
      case told::call_ref:
        if constexpr (E::executes.has(feature::function_references)) {
          t = reference(c, t);
          if (t == nullptr) [[unlikely]]
            return status::out_of_memory;
        }
        break;
      case told::return_call:
      case told::return_call_indirect:
      case told::return_call_ref:
        if constexpr (E::executes.has(feature::tail_call)) return_call(c, t);
        break;
      case told::ref_is_null: {
        const V v = pop(t);
        push(value_type::i32, e_.ref_is_null(v, stack(t)), t);
        break;
      }
      case told::vector_constant:
      case told::vector:
      case told::vector_store:
        if constexpr (E::has_vectors) t = vector(c, t);
        break;
      case told::enter: return enter(*shape(c), t);
      case told::enter_if: return enter_if(*shape(c), t);
      case told::else_: return else_(c.get<bool>(), t);
      case told::leave: return leave(c.get<bool>(), t);
      case told::branch: e_.branch(labels_[c.get<std::uint32_t>()].label, stack(t)); break;
      case told::branch_if: {
        const V condition = pop(t);
        e_.branch_if(labels_[c.get<std::uint32_t>()].label, condition, stack(t));
        break;
      }
      case told::branch_table: return branch_table(c.get<typename recorder_type::list>(), t);
      case told::unreachable: e_.unreachable(); break;
      case told::call: {
        const auto callee = c.get<function_index>();
        const function_type type = module_->function(callee);
        e_.call(callee, type, stack(t));
        return returned(type, t);
      }
      case told::call_indirect: {
        const auto how = c.get<indirect_call>();
        const function_type type = module_->type(how.type);
        const V index = pop(t);
        e_.call_indirect(how, type, index, stack(t));
        return returned(type, t);
      }
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT)                           \
  case told::NAME:                                                                 \
    tell<OPERANDS, #RESULT[0] != 'n'>(type_##RESULT(c), t, [&](auto... operands) { \
      return e_.NAME(c.get<IMMEDIATE>(), operands..., stack(t));                   \
    });                                                                            \
    break;
#include <dovetail/validate/recorded.def>
#undef DOVETAIL_CALL
    }
    return status::ok;
  }

  // The operand stack.
  [[nodiscard]] live<V> stack(operand<V>* t) {
    return {bottom_, static_cast<std::size_t>(t - bottom_)};
  }
  // Below the lowest operand lies one more, which ends at slot 0.
  static void push(value_type type, V v, operand<V>*& t) {
    t->type = type;
    t->value = v;
    t->end = t[-1].end + slots_of(type);
    ++t;
  }
  // A value whose `end` is its width. The sum does not wait for the copy.
  DOVETAIL_ALWAYS_INLINE static void place(const operand<V>& v, operand<V>* t) {
    const std::uint32_t end = t[-1].end + v.end;
    *t = v;
    t->end = end;
  }
  static V pop(operand<V>*& t) { return (--t)->value; }
  DOVETAIL_ALWAYS_INLINE status push_all(std::span<const value_type> types, operand<V>*& t) {
    if (t + types.size() > limit_) [[unlikely]]
      if (t = grow(types.size(), t); t == nullptr) return status::out_of_memory;
    for (const value_type type : types) push(type, V{}, t);
    return status::ok;
  }
  // Room for so many, a result, two that do not count, and the one below them.
  [[nodiscard]] status make_room(std::size_t count) {
    constexpr std::size_t more = 4;
    DOVETAIL_TRY(stack_.reserve(count + more));
    stack_.data()->end = 0;
    bottom_ = stack_.data() + 1;
    limit_ = bottom_ + count;
    return status::ok;
  }
  DOVETAIL_COLD operand<V>* grow(std::size_t count, const operand<V>* t) {
    const auto height = static_cast<std::size_t>(t - bottom_);
    if (make_room(2 * (height + count)) != status::ok) return nullptr;
    return bottom_ + height;
  }
  static value_type result_type(op o) {
    return detail::operator_results[static_cast<std::size_t>(o)];
  }

  static value_type type_funcref(const recorded_call&) { return value_type::funcref; }
  static value_type type_none(const recorded_call&) { return value_type::unknown; }
  static value_type type_of_index(bool is_64) { return is_64 ? value_type::i64 : value_type::i32; }
  value_type type_address(const recorded_call& c) const {
    return type_of_index(module_->memories[c.get<memory_index>().value].is_64);
  }
  value_type type_index(const recorded_call& c) const {
    return type_of_index(module_->tables[c.get<table_index>().value].is_64);
  }
  value_type type_element(const recorded_call& c) const {
    return module_->tables[c.get<table_index>().value].element;
  }
  // Operands are popped, `f` told, and its result pushed if it has one.
  template <std::size_t Operands, bool HasResult, class F>
  DOVETAIL_ALWAYS_INLINE void tell(value_type type, operand<V>*& t, const F& f) {
    V v[Operands + 1];
    for (std::size_t i = Operands; i-- > 0;) v[i] = pop(t);
    const auto told_with = [&](auto... operands) {
      if constexpr (HasResult) {
        push(type, f(operands...), t);
      } else {
        f(operands...);
      }
    };
    if constexpr (Operands == 0) told_with();
    if constexpr (Operands == 1) told_with(v[0]);
    if constexpr (Operands == 2) told_with(v[0], v[1]);
    if constexpr (Operands == 3) told_with(v[0], v[1], v[2]);
  }

  // Blocks.
  [[nodiscard]] const block_shape* shape(const recorded_call& c) const {
    return r_.shapes_.data() + c.get<std::size_t>();
  }
  DOVETAIL_ALWAYS_INLINE status enter(const block_shape& shape, operand<V>*& t) {
    return labels_.push({e_.enter(shape, stack(t)), &shape});
  }
  DOVETAIL_ALWAYS_INLINE status enter_if(const block_shape& shape, operand<V>*& t) {
    const V condition = pop(t);
    return labels_.push({e_.enter_if(shape, condition, stack(t)), &shape});
  }
  DOVETAIL_ALWAYS_INLINE status else_(bool reachable, operand<V>*& t) {
    open_block& b = labels_.back();
    DOVETAIL_TRY(end_arm(b, reachable, t));
    e_.else_(b.label, reachable, stack(t));
    t = bottom_ + b.shape->height;
    DOVETAIL_TRY(push_all(b.shape->type.parameters, t));
    e_.enter_else(b.label, stack(t));
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status leave(bool reachable, operand<V>*& t) {
    open_block& b = labels_.back();
    DOVETAIL_TRY(end_arm(b, reachable, t));
    e_.leave(b.label, reachable, stack(t));
    labels_.pop();
    return status::ok;
  }
  // Where the end cannot be reached the results have types alone.
  DOVETAIL_ALWAYS_INLINE status end_arm(const open_block& b, bool reachable, operand<V>*& t) {
    if (reachable) return status::ok;
    t = bottom_ + b.shape->height;
    return push_all(b.shape->type.results, t);
  }
  DOVETAIL_ALWAYS_INLINE status branch_table(typename recorder_type::list l, operand<V>*& t) {
    const V index = pop(t);
    targets_.clear();
    for (std::size_t i = 0; i < l.count; ++i)
      DOVETAIL_TRY(targets_.push(&labels_[r_.targets_[l.first + i]].label));
    e_.branch_table(index, targets_, stack(t));
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status returned(const function_type& type, operand<V>*& t) {
    t -= type.parameters.size();
    DOVETAIL_TRY(push_all(type.results, t));
    e_.name_results(type.results.size(), stack(t));
    return status::ok;
  }

  // What 3.0 adds, out of line: the stack's end is passed by value, so that it stays in a register
  // of the loop over calls. References are of one kind, whatever they refer to. Null if there is no
  // memory.
  operand<V>* reference(const recorded_call& c, operand<V>* t) {
    const V v = pop(t);
    if (c.what == told::call_ref) {
      const auto callee = c.get<dovetail::type_index>();
      const function_type type = module_->type(callee);
      e_.call_ref(callee, type, v, stack(t));
      return returned(type, t) == status::ok ? t : nullptr;
    }
    if (c.what == told::ref_as_non_null)
      return push(value_type::funcref, e_.ref_as_non_null(v, stack(t)), t), t;
    auto& label = labels_[c.get<std::uint32_t>()].label;
    if (c.what == told::branch_on_null)
      return push(value_type::funcref, e_.branch_on_null(label, v, stack(t)), t), t;
    // The label takes it along; who falls through does not.
    push(value_type::funcref, v, t);
    e_.branch_on_non_null(label, v, stack(t));
    return t - 1;
  }
  void return_call(const recorded_call& c, operand<V>* t) {
    if (c.what == told::return_call) {
      const auto callee = c.get<function_index>();
      return e_.return_call(callee, module_->function(callee), stack(t));
    }
    const V v = pop(t);
    if (c.what == told::return_call_indirect) {
      const auto how = c.get<indirect_call>();
      return e_.return_call_indirect(how, module_->type(how.type), v, stack(t));
    }
    if constexpr (E::executes.has(feature::function_references)) {
      const auto callee = c.get<dovetail::type_index>();
      e_.return_call_ref(callee, module_->type(callee), v, stack(t));
    }
  }

  [[nodiscard]] memory_argument access(const recorded_call& c) const {
    const std::uint64_t bits = c.immediate;
    if ((bits & detail::is_wide_access) == 0) [[likely]]
      return {bits & 0xffff'ffff,
              {static_cast<std::uint32_t>(bits >> 40 & 0xffff)},
              static_cast<std::uint32_t>(bits >> 32 & 0xff)};
    return wide<memory_argument>(bits & 0xffff'ffff);
  }
  template <class T>
  [[nodiscard]] T wide(std::uint64_t number) const {
    T out;
    std::memcpy(static_cast<void*>(&out), &r_.wide_[number], sizeof(T));
    return out;
  }

  // Vectors: constants, and operators with the immediate that their row has.
  operand<V>* vector(const recorded_call& c, operand<V>* t) {
    const op o = c.operation;
    if (c.what == told::vector_constant)
      return push(value_type::v128, e_.vector_constant(wide<v128>(c.immediate)), t), t;
    switch (row_of(o).immediate) {
      case immediate_kind::memarg: return vector(c, access(c), t);
      case immediate_kind::lane: return vector(c, c.get<lane_index>(), t);
      case immediate_kind::shuffle: return vector(c, wide<v128>(c.immediate), t);
      case immediate_kind::memarg_lane:
        return vector(
            c, memory_lane_argument{access(c), static_cast<std::uint8_t>(c.immediate >> 56 & 0x7f)},
            t);
      default: return vector(c, no_immediate{}, t);
    }
  }
  template <class Immediate>
  operand<V>* vector(const recorded_call& c, const Immediate& imm, operand<V>* t) {
    const op o = c.operation;
    if constexpr (std::is_same_v<Immediate, memory_argument> ||
                  std::is_same_v<Immediate, memory_lane_argument>) {
      if (c.what == told::vector_store) {
        const V v = pop(t), at = pop(t);
        return e_.vector_store(o, imm, at, v, stack(t)), t;
      }
    }
    const std::size_t count = types_of(row_of(o).shape).operand_count;
    V operands[3];
    for (std::size_t i = count; i-- > 0;) operands[i] = pop(t);
    push(result_type(o), e_.vector(o, imm, std::span<const V>{operands, count}, stack(t)), t);
    return t;
  }

  const recorder_type& r_;
  E& e_;
  array<operand<V>> stack_;
  array<operand<V>> values_;  // the body's locals, then its constants
  array<open_block> labels_;
  array<typename E::label*> targets_;
  const module_env* module_ = nullptr;
  operand<V>* bottom_ = nullptr;  // of the stack
  operand<V>* limit_ = nullptr;   // of the stack, for calls to begin
  std::size_t next_ = 0;
};
template <class Recorder, class E>
replay(const Recorder&, E&) -> replay<E>;

}  // namespace dovetail
