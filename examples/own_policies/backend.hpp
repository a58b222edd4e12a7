// A backend of one's own: a calculator. It compiles functions of i32 constants, parameters,
// operators and calls of other such functions to three-address code, and refuses everything else
// with an error at the function's end.
#pragma once

#include <optional>

#include <dovetail/dovetail.hpp>
#include <dovetail/format/meaning.hpp>

namespace own {

/// registers[to] = what of two registers, or a constant, or a call.
struct step {
  enum class kind : std::uint8_t { constant, unary, binary, call } what = kind::constant;
  dovetail::op operation{};
  std::uint32_t to = 0;
  std::uint32_t a = 0;  // a register, the constant's bits, or the called function
  std::uint32_t b = 0;  // a register
};
struct calculation {
  std::uint32_t first = 0, count = 0;
  std::uint32_t registers = 0;
  std::uint32_t result = 0;
};
struct calculator_code {
  explicit calculator_code(dovetail::allocator& a) : steps(a), functions(a) {}
  dovetail::array<step> steps;
  dovetail::array<calculation> functions;
};

/// Values are named by the register they are in: parameters first, then a new one for each result.
struct register_name {
  std::uint32_t number = 0;
};

/// Derived from the emitter that emits nothing, with another kind of name: what is not redefined
/// here is refused.
class calculator_emitter {
 public:
  using value = register_name;
  struct label {};
  struct meter {};
  static constexpr bool has_vectors = false;
  static constexpr bool places_operands = false;
  static constexpr bool is_metered = false;
  using live = dovetail::live<value>;

  explicit calculator_emitter(calculator_code& code) : code_(code) {}

  void begin(const dovetail::function_body& f) {
    current_ = {static_cast<std::uint32_t>(code_.steps.size()), 0,
                static_cast<std::uint32_t>(f.locals.size()), 0};
    failure_ = f.locals.size() == f.type.parameters.size() ? dovetail::status::ok : refused;
  }
  dovetail::status finish() {
    DOVETAIL_TRY(failure_);
    current_.count = static_cast<std::uint32_t>(code_.steps.size()) - current_.first;
    return code_.functions.push(current_);
  }
  void position(std::size_t) {}

  value constant(dovetail::value_type type, dovetail::slot bits) {
    if (type != dovetail::value_type::i32) refuse();
    return add({step::kind::constant, {}, 0, static_cast<std::uint32_t>(bits), 0});
  }
  value unary(dovetail::op o, value a, live) { return add({step::kind::unary, o, 0, a.number, 0}); }
  value binary(dovetail::op o, value a, value b, live) {
    return add({step::kind::binary, o, 0, a.number, b.number});
  }
  value local_get(dovetail::local_index local, dovetail::value_type, live) { return {local.value}; }
  void drop(value) {}
  void call(dovetail::function_index callee, const dovetail::function_type& type, live stack) {
    // Arguments are brought into a row by additions of zero; a real backend would know better.
    const value zero = add({step::kind::constant, {}, 0, 0, 0});
    const std::size_t first = stack.size() - type.parameters.size();
    const std::uint32_t row = current_.registers;
    for (std::size_t i = first; i < stack.size(); ++i) {
      add({step::kind::binary, dovetail::op::i32_add, 0, stack[i].value.number, zero.number});
    }
    returned_ = add({step::kind::call, {}, 0, callee.value, row});
  }
  void name_results(std::size_t count, live stack) {
    if (count == 1) stack.back().value = returned_;
    if (count > 1) refuse();
  }
  label enter(const dovetail::block_shape& shape, live) {
    if (shape.kind != dovetail::block_kind::function || shape.type.results.size() != 1) refuse();
    return {};
  }
  void leave(label&, bool is_reachable, live stack) {
    if (is_reachable && !stack.empty()) current_.result = stack.back().value.number;
  }

  // Everything else is refused.
  value select(dovetail::value_type, value, value, value, live) { return refuse(); }
  value load(dovetail::op, const dovetail::memory_argument&, value, live) { return refuse(); }
  void store(dovetail::op, const dovetail::memory_argument&, value, value, live) { refuse(); }
  value memory_size(dovetail::memory_index, live) { return refuse(); }
  value memory_grow(dovetail::memory_index, value, live) { return refuse(); }
  void memory_fill(dovetail::memory_index, value, value, value, live) { refuse(); }
  void memory_copy(dovetail::two_memories, value, value, value, live) { refuse(); }
  void memory_init(dovetail::data_and_memory, value, value, value, live) { refuse(); }
  void data_drop(dovetail::data_index) { refuse(); }
  void local_set(dovetail::local_index, dovetail::value_type, value, live) { refuse(); }
  value local_tee(dovetail::local_index, dovetail::value_type, value, live) { return refuse(); }
  value global_get(dovetail::global_index, dovetail::value_type, live) { return refuse(); }
  void global_set(dovetail::global_index, dovetail::value_type, value, live) { refuse(); }
  value table_get(dovetail::table_index, value, live) { return refuse(); }
  void table_set(dovetail::table_index, value, value, live) { refuse(); }
  value table_size(dovetail::table_index, live) { return refuse(); }
  value table_grow(dovetail::table_index, value, value, live) { return refuse(); }
  void table_fill(dovetail::table_index, value, value, value, live) { refuse(); }
  void table_copy(dovetail::two_tables, value, value, value, live) { refuse(); }
  void table_init(dovetail::element_and_table, value, value, value, live) { refuse(); }
  void element_drop(dovetail::element_index) { refuse(); }
  value ref_func(dovetail::function_index, live) { return refuse(); }
  value ref_is_null(value, live) { return refuse(); }
  label enter_if(const dovetail::block_shape&, value, live) { return refuse(), label{}; }
  void else_(label&, bool, live) { refuse(); }
  void enter_else(label&, live) { refuse(); }
  void branch(label&, live) { refuse(); }
  void branch_if(label&, value, live) { refuse(); }
  void branch_table(value, std::span<label* const>, live) { refuse(); }
  void unreachable() { refuse(); }
  void call_indirect(dovetail::indirect_call, const dovetail::function_type&, value, live) {
    refuse();
  }
  value vector_constant(const dovetail::v128&) { return refuse(); }

 private:
  static constexpr dovetail::status refused = dovetail::status::function_too_large;

  value refuse() {
    failure_ = refused;
    return {};
  }
  value add(step s) {
    s.to = current_.registers++;
    if (const dovetail::status pushed = code_.steps.push(s); pushed != dovetail::status::ok) {
      failure_ = pushed;
    }
    return {s.to};
  }

  calculator_code& code_;
  calculation current_;
  value returned_;
  dovetail::status failure_ = dovetail::status::ok;
};
static_assert(dovetail::emitter<calculator_emitter>);

struct calculator {
  static constexpr dovetail::controls control{};

  template <dovetail::memory_policy Memory, dovetail::controls Control>
  class compiler {
   public:
    explicit compiler(dovetail::module_data& module)
        : module_(module), code_(*module.env.memory), emitter_(code_) {}
    calculator_emitter& emitter() { return emitter_; }
    dovetail::status finish() {
      auto* kept = module_.env.memory->make<calculator_code>(std::move(code_));
      if (kept == nullptr) return dovetail::status::out_of_memory;
      module_.code = kept;
      module_.release_code = [](dovetail::module_data& m) {
        m.env.memory->destroy(static_cast<calculator_code*>(m.code));
      };
      return dovetail::status::ok;
    }

   private:
    dovetail::module_data& module_;
    calculator_code code_;
    calculator_emitter emitter_;
  };

  template <dovetail::memory_policy Memory, dovetail::controls Control>
  static bool make_function(dovetail::vm::store&, dovetail::vm::instance& i,
                            dovetail::vm::function_instance& f) {
    const auto& code = *static_cast<const calculator_code*>(i.code);
    f.code = &code.functions[f.index - i.module->env.imported_functions];
    f.invoke = &run;
    return true;
  }

 private:
  static dovetail::trap_code run(dovetail::vm::function_instance& f, dovetail::slot* frame) {
    constexpr std::uint32_t most = 256;
    const auto& code = *static_cast<const calculator_code*>(f.owner->code);
    const auto& work = *static_cast<const calculation*>(f.code);
    if (work.registers > most) return dovetail::trap_code::stack_exhausted;
    std::array<dovetail::slot, most> registers{};
    for (std::size_t i = 0; i < f.signature->type.parameters.size(); ++i) registers[i] = frame[i];
    for (std::uint32_t i = 0; i < work.count; ++i) {
      const dovetail::trap_code t = execute(*f.owner, code.steps[work.first + i], registers.data());
      if (t != dovetail::trap_code::none) return t;
    }
    frame[0] = registers[work.result];
    return dovetail::trap_code::none;
  }
  static dovetail::trap_code execute(dovetail::vm::instance& i, const step& s, dovetail::slot* r) {
    if (s.what == step::kind::constant) {
      r[s.to] = s.a;
      return dovetail::trap_code::none;
    }
    if (s.what == step::kind::call) {
      dovetail::vm::function_instance* callee = dovetail::vm::function_of(i, s.a);
      if (callee == nullptr) return dovetail::trap_code::out_of_memory;
      // The results come back over the arguments.
      const dovetail::trap_code t = callee->invoke(*callee, r + s.b);
      r[s.to] = r[s.b];
      return t;
    }
    return dovetail::switch_on(s.operation,
                               [&](auto which) { return apply<decltype(which)::value>(s, r); });
  }
  template <dovetail::op O>
  static dovetail::trap_code apply(const step& s, dovetail::slot* r) {
    constexpr dovetail::shape form = dovetail::row_of(O).shape;
    const auto a = static_cast<std::uint32_t>(r[s.a]), b = static_cast<std::uint32_t>(r[s.b]);
    if constexpr (dovetail::has_meaning<O> &&
                  (form == dovetail::shape::ii_i || form == dovetail::shape::ii_b)) {
      if constexpr (dovetail::can_trap<O>) {
        const dovetail::trap_code t = dovetail::meaning<O>::trap_on(a, b);
        if (t != dovetail::trap_code::none) return t;
      }
      r[s.to] = dovetail::meaning<O>::of(a, b);
      return dovetail::trap_code::none;
    } else if constexpr (form == dovetail::shape::i_i && dovetail::has_meaning<O>) {
      r[s.to] = dovetail::meaning<O>::of(a);
      return dovetail::trap_code::none;
    } else if constexpr (form == dovetail::shape::i_b) {
      r[s.to] = dovetail::meaning<O>::of(a);
      return dovetail::trap_code::none;
    } else {
      return dovetail::trap_code::unreachable;
    }
  }
};

}  // namespace own
