// What the pass told one emitter, kept to be told to another: nothing is decoded, typed or named
// twice. For backends that want to know a body before they compile it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/format/immediates.hpp>
#include <dovetail/format/operators.hpp>
#include <dovetail/validate/emitter.hpp>
#include <dovetail/validate/stacks.hpp>

namespace dovetail {

/// What an emitter was told.
enum class told : std::uint8_t {
  values,  ///< nothing but the values pushed before it
  meter,
  unary,
  binary,
  select,
  drop,
  vector_constant,
  vector,
  vector_store,
  load,
  store,
  local_set,
  local_tee,
  global_get,
  global_set,
  data_drop,
  element_drop,
  ref_is_null,
  ref_as_non_null,
  enter,
  enter_if,
  else_,
  leave,
  branch,
  branch_if,
  branch_table,
  unreachable,
  call,
  call_indirect,
  call_ref,
  return_call,
  return_call_indirect,
  return_call_ref,
  branch_on_null,
  branch_on_non_null,
  end,
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT) NAME,
#include <dovetail/validate/recorded.def>
#undef DOVETAIL_CALL
};

/// One call. Locals and constants that were pushed since the one before it are part of it.
struct recorded_call {
  told what = told::end;
  std::uint8_t pushed = 0;  ///< how many
  op operation{};           ///< of numbers, loads and stores
  std::uint32_t offset = 0;
  std::uint64_t immediate = 0;  ///< or the number of one that is longer

  template <class T>
  [[nodiscard]] T get() const {
    static_assert(sizeof(T) <= sizeof(immediate) && std::is_trivially_copyable_v<T>);
    T out;
    std::memcpy(static_cast<void*>(&out), &immediate, sizeof(T));
    return out;
  }
  /// Puts it where `get` finds it, whatever the order of bytes.
  template <class T>
  DOVETAIL_ALWAYS_INLINE void put(const T& in) {
    static_assert(sizeof(T) <= sizeof(immediate) && std::is_trivially_copyable_v<T>);
    std::memcpy(&immediate, &in, sizeof(T));
  }
};
static_assert(sizeof(recorded_call) == 16, "a hundred thousand a megabyte");

namespace detail {
// A list that only grows, until it is cleared. Who writes has made room before.
template <class T>
class tape {
 public:
  explicit tape(allocator& a) : all_(a) {}
  [[nodiscard]] const T* data() const { return all_.data(); }
  [[nodiscard]] T* data() { return all_.data(); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - all_.data()); }
  void clear() { at_ = all_.data(); }
  // Room for `count` more.
  [[nodiscard]] status make_room(std::size_t count) {
    const std::size_t used = size();
    DOVETAIL_TRY(all_.reserve(used + count));
    at_ = all_.data() + used;
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE T& next() { return *at_++; }

 private:
  array<T> all_;
  T* at_ = nullptr;
};

// Immediates of eight bytes are kept as they are, and so are most memory arguments; the others are
// in a list.
struct wide_immediate {
  std::uint64_t words[2] = {};
};
inline constexpr std::uint64_t is_wide_access = std::uint64_t{1} << 63;
// A value that stands for itself: a constant.
struct recorded_constant {
  value_type type{};
  slot bits = 0;
};
// Where the parts of a body lie in the lists of all.
struct recorded_body {
  function_body body;
  std::size_t first_local = 0, local_count = 0;
  std::size_t first_constant = 0, constant_count = 0;
  std::size_t first_push = 0;
  std::size_t first_call = 0;
  std::uint32_t offset = 0;  // of the first operator
};
inline constexpr auto operator_results = [] {
  std::array<value_type, op_count> types{};
  for (std::size_t i = 0; i < op_count; ++i) types[i] = types_of(op_rows[i].shape).result;
  return types;
}();
}  // namespace detail

/// An emitter that records what it is told, some bodies at a time. `Executes`, `Vectors` and
/// `Metered` are those of the emitter that will be told.
template <features Executes, bool Vectors, bool Metered>
class recorder {
 public:
  struct value {};
  struct label {
    std::uint32_t index = 0;  ///< open blocks around it
    bool is_loop = false;
    std::uint32_t branches = 0;  ///< that lead to it
  };
  using meter = std::size_t;
  using values = live<value>;
  static constexpr features executes = Executes;
  static constexpr bool has_vectors = Vectors;
  static constexpr bool places_operands = true;
  static constexpr bool is_metered = Metered;

  explicit recorder(allocator& a)
      : memory_(&a),
        calls_(a),
        pushes_(a),
        constants_(a),
        shapes_(a),
        locals_(a),
        targets_(a),
        wide_(a),
        bodies_(a) {}

  [[nodiscard]] allocator& memory() const { return *memory_; }

  /// Forgets all bodies.
  void begin_batch() {
    calls_.clear();
    pushes_.clear();
    constants_.clear();
    locals_.clear();
    shapes_.clear();
    targets_.clear();
    wide_.clear();
    bodies_.clear();
    failure_ = make_room();
  }

  void begin(const function_body& body) {
    depth_ = pending_ = 0;
    keep(bodies_.push({body, locals_.size(), body.locals.size(), constants_.size(), 0,
                       pushes_.size(), calls_.size(), offset_}));
    keep(locals_.append(body.locals));
    constants_begin_ = constants_.size();
    local_count_ = static_cast<std::uint32_t>(body.locals.size());
    most_operands_ = 0;
  }
  [[nodiscard]] status begun() const { return failure_; }
  /// An unfinished body is not recorded.
  status finish() {
    record(told::end);
    // Who pushes two at a time reads beyond the last.
    pushes_.next() = pushes_.next() = 0;
    if (failure_ != status::ok) return failure_;
    bodies_.back().constant_count = constants_.size() - constants_begin_;
    return status::ok;
  }
  void position(std::size_t offset) {
    offset_ = static_cast<std::uint32_t>(offset);
    if (--left_ == 0) [[unlikely]]
      refill();
  }

  DOVETAIL_ALWAYS_INLINE value constant(value_type type, slot bits) {
    const std::size_t index = local_count_ + constants_.size() - constants_begin_;
    constants_.next() = {type, bits};
    return push(static_cast<std::uint32_t>(index));
  }
  value unary(op o, value, values below) { return operation(told::unary, o, below); }
  value binary(op o, value, value, values below) { return operation(told::binary, o, below); }
  value select(value_type type, value, value, value, values below) {
    return made(told::select, type, below);
  }
  void drop(value) { record(told::drop); }

  value vector_constant(const v128& bits) {
    return record(told::vector_constant, widen(bits)), value{};
  }
  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value>, values below) {
    // Three operands of two slots that may have to be put down, and the result.
    return reach(height_of(below) + 8), record_vector(told::vector, o, imm), value{};
  }
  template <class Immediate>
  void vector_store(op o, const Immediate& imm, value, value, values) {
    record_vector(told::vector_store, o, imm);
  }

  value load(op o, const memory_argument& m, value, values below) {
    return reach(height_of(below) + 3), record(told::load, packed(m), o), value{};
  }
  void store(op o, const memory_argument& m, value, value, values) {
    record(told::store, packed(m), o);
  }

  DOVETAIL_ALWAYS_INLINE value local_get(local_index i, value_type, values) {
    return push(i.value);
  }
  void local_set(local_index i, value_type, value, values below) {
    reach(height_of(below));
    record(told::local_set, i);
  }
  value local_tee(local_index i, value_type type, value, values below) {
    return reach(height_of(below) + slots_of(type)), record(told::local_tee, i), value{};
  }
  value global_get(global_index i, value_type type, values below) {
    return made(told::global_get, typed_global{i, type}, below);
  }
  void global_set(global_index i, value_type type, value, values) {
    record(told::global_set, typed_global{i, type});
  }

  void data_drop(data_index i) { record(told::data_drop, i); }
  void element_drop(element_index i) { record(told::element_drop, i); }
  value ref_is_null(value, values below) { return made(told::ref_is_null, no_immediate{}, below); }
  value ref_as_non_null(value, values below) {
    return made(told::ref_as_non_null, no_immediate{}, below);
  }
  // The operands, and the live ones below them, say nothing that the count of the row does not.
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT)   \
  template <class... Operands>                             \
  value NAME(IMMEDIATE imm, const Operands&... operands) { \
    reach(height_of(last(operands...)) + OPERANDS + 1);    \
    return record(told::NAME, imm), value{};               \
  }
#include <dovetail/validate/recorded.def>
#undef DOVETAIL_CALL

  label enter(const block_shape& shape, values stack) {
    return reach(height_of(stack)), open(told::enter, shape);
  }
  label enter_if(const block_shape& shape, value, values stack) {
    return reach(height_of(stack) + 1), open(told::enter_if, shape);
  }
  void else_(label&, bool reachable, values) { record(told::else_, reachable); }
  void enter_else(label&, values) {}
  void leave(label&, bool reachable, values stack) {
    reach(height_of(stack));
    record(told::leave, reachable);
    --depth_;
  }
  void branch(label& l, values) { record(told::branch, to(l)); }
  void branch_if(label& l, value, values) { record(told::branch_if, to(l)); }
  void branch_table(value, std::span<label* const> targets, values) {
    record(told::branch_table, list{static_cast<std::uint32_t>(targets_.size()),
                                    static_cast<std::uint32_t>(targets.size())});
    for (label* l : targets) keep(targets_.push(to(*l)));
  }
  void unreachable() { record(told::unreachable); }

  void call(function_index callee, const function_type&, values) { record(told::call, callee); }
  void call_indirect(indirect_call c, const function_type&, value, values) {
    record(told::call_indirect, c);
  }
  void call_ref(type_index callee, const function_type&, value, values) {
    record(told::call_ref, callee);
  }
  void return_call(function_index callee, const function_type&, values) {
    record(told::return_call, callee);
  }
  void return_call_indirect(indirect_call c, const function_type&, value, values) {
    record(told::return_call_indirect, c);
  }
  void return_call_ref(type_index callee, const function_type&, value, values) {
    record(told::return_call_ref, callee);
  }
  void name_results(std::size_t, values stack) { reach(height_of(stack)); }
  value branch_on_null(label& l, value, values below) {
    return made(told::branch_on_null, to(l), below);
  }
  void branch_on_non_null(label& l, value, values) { record(told::branch_on_non_null, to(l)); }

  meter open_meter() {
    record(told::meter);
    return calls_.size() - 1;
  }
  void close_meter(meter at, std::uint32_t operators) {
    if (failure_ == status::ok) calls_.data()[at].put(operators);
  }

  struct typed_global {
    global_index global;
    value_type type;
  };
  struct list {
    std::uint32_t first, count;
  };

 protected:
  [[nodiscard]] std::uint32_t most_operands() const { return most_operands_; }
  void reach(std::uint32_t height) {
    if (height > most_operands_) most_operands_ = height;
  }
  void keep(status s) {
    if (s != status::ok) [[unlikely]]
      failure_ = s;
  }
  template <class First, class... Rest>
  static values last(const First& first, const Rest&... rest) {
    if constexpr (sizeof...(Rest) == 0) {
      return first;
    } else {
      return last(rest...);
    }
  }

  // What was recorded so far, of the body at hand and those before it.
  [[nodiscard]] std::size_t call_count() const { return calls_.size(); }
  [[nodiscard]] std::size_t push_count() const { return pushes_.size(); }
  [[nodiscard]] std::uint32_t pending() const { return pending_; }  // of them, of no call yet
  [[nodiscard]] std::uint32_t depth() const { return depth_; }      // open blocks
  [[nodiscard]] const recorded_call& call_at(std::size_t i) const { return calls_.data()[i]; }
  [[nodiscard]] std::uint32_t pushed_at(std::size_t i) const { return pushes_.data()[i]; }
  // The bits of what was pushed, if that is a constant.
  [[nodiscard]] bool is_constant(std::uint32_t pushed, slot& bits) const {
    if (pushed < local_count_) return false;
    bits = constants_.data()[constants_begin_ + pushed - local_count_].bits;
    return true;
  }

 private:
  template <emitter E>
  friend class replay;

  static std::uint32_t to(label& l) { return ++l.branches, l.index; }
  DOVETAIL_ALWAYS_INLINE value push(std::uint32_t index) {
    pushes_.next() = index;
    ++pending_;
    return {};
  }
  template <class Immediate = no_immediate>
  DOVETAIL_ALWAYS_INLINE void record(told what, const Immediate& imm = {}, op o = {}) {
    if (pending_ > 0xff) [[unlikely]]
      record_values();
    recorded_call& c = calls_.next();
    c.what = what;
    c.pushed = static_cast<std::uint8_t>(pending_);
    c.operation = o;
    c.offset = offset_;
    if constexpr (!std::is_same_v<Immediate, no_immediate>) c.put(imm);
    pending_ = 0;
  }
  // More values than one call can have.
  DOVETAIL_COLD void record_values() {
    for (; pending_ > 0xff; pending_ -= 0xff) calls_.next() = {told::values, 0xff, {}, offset_, 0};
  }

  // Room for operators to come: each makes two calls at most, a meter among them, and pushes one
  // value; one call in 255 has values alone. Three values and two calls end a body.
  static constexpr std::uint32_t step = 256;
  [[nodiscard]] status make_room() {
    DOVETAIL_TRY(calls_.make_room(2 * step + 4));
    DOVETAIL_TRY(pushes_.make_room(step + 4));
    DOVETAIL_TRY(constants_.make_room(step));
    DOVETAIL_TRY(shapes_.make_room(step));
    left_ = step;
    return status::ok;
  }
  // When there is no more memory, what was recorded is written over: nobody reads it then.
  DOVETAIL_COLD void refill() {
    left_ = step;
    if (failure_ == status::ok) failure_ = make_room();
    if (failure_ == status::ok) return;
    calls_.clear();
    pushes_.clear();
    constants_.clear();
    shapes_.clear();
    pending_ = 0;
  }

  // A memory argument, and perhaps a lane, in eight bytes if they fit.
  [[nodiscard]] std::uint64_t packed(const memory_argument& m, std::uint8_t lane = 0) {
    if (m.offset <= 0xffff'ffff && m.memory.value <= 0xffff) [[likely]]
      return m.offset | std::uint64_t{m.alignment} << 32 | std::uint64_t{m.memory.value} << 40 |
             std::uint64_t{lane} << 56;
    return widen(m) | std::uint64_t{lane} << 56 | detail::is_wide_access;
  }
  template <class Immediate>
  [[nodiscard]] std::uint64_t widen(const Immediate& imm) {
    static_assert(sizeof(Immediate) <= sizeof(detail::wide_immediate));
    detail::wide_immediate w;
    std::memcpy(static_cast<void*>(&w), &imm, sizeof(imm));
    keep(wide_.push(w));
    return wide_.size() - 1;
  }
  // An operator that pushes a result. One more for an operand that may have to be put down
  // meanwhile.
  template <class Immediate>
  DOVETAIL_ALWAYS_INLINE value made(told what, const Immediate& imm, values below) {
    reach(height_of(below) + 5);
    record(what, imm);
    return {};
  }
  DOVETAIL_ALWAYS_INLINE value operation(told what, op o, values below) {
    reach(height_of(below) + 3);
    record(what, no_immediate{}, o);
    return {};
  }
  template <class Immediate>
  void record_vector(told what, op o, const Immediate& imm) {
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      record(what, packed(imm), o);
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      record(what, packed(imm.access, imm.lane), o);
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      record(what, widen(imm), o);
    } else {
      record(what, imm, o);
    }
  }
  label open(told what, const block_shape& shape) {
    record(what, shapes_.size());
    shapes_.next() = shape;
    return {depth_++, shape.kind == block_kind::loop, 0};
  }

  allocator* memory_;
  detail::tape<recorded_call> calls_;
  detail::tape<std::uint32_t> pushes_;  // locals, then constants, by number
  detail::tape<detail::recorded_constant> constants_;
  detail::tape<block_shape> shapes_;
  array<value_type> locals_;
  array<std::uint32_t> targets_;
  array<detail::wide_immediate> wide_;
  array<detail::recorded_body> bodies_;
  std::size_t constants_begin_ = 0;
  std::uint32_t local_count_ = 0;
  std::uint32_t pending_ = 0;  // values pushed since the last call
  std::uint32_t depth_ = 0;
  std::uint32_t offset_ = 0;
  std::uint32_t left_ = 1;  // operators there is room for
  std::uint32_t most_operands_ = 0;
  status failure_ = status::ok;
};

}  // namespace dovetail
