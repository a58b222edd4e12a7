// A backend that executes the bytes of a body as the specification reads, one operator after the
// other on one stack: slow, plain, and with nothing in common with real backends but the meaning of
// numbers. What real ones compute must be what this computes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/objects.hpp>

#include "reference_code.hpp"
#include "reference_numbers.hpp"

namespace testing::reference {

/// The bytes being compiled: a compiler is not given them. Set before `engine.compile`.
inline std::span<const std::uint8_t> compiling;
/// Operators that may still be executed, for all stores.
inline std::uint64_t operators_left = 0;
/// Calls within calls.
inline std::uint32_t depth = 0;
inline constexpr std::uint32_t most_depth = 200;
/// The number of the last trap of a host function.
inline std::int32_t host_detail = 0;

/// One call of a defined function.
class activation {
 public:
  activation(dovetail::vm::function_instance& f, slot* frame)
      : i_(*f.owner),
        code_(*static_cast<const function_code*>(f.code)),
        frame_(frame),
        locals_(frame, frame + code_.parameters) {
    locals_.resize(code_.parameters + code_.locals);
    labels_.push_back({0, code_.results, static_cast<std::uint32_t>(code_.steps.size() - 1)});
  }

  trap_code run() {
    while (at_ < code_.steps.size()) {
      if (operators_left == 0) return trap_code::out_of_fuel;
      --operators_left;
      const step& s = code_.steps[at_++];
      if (const trap_code t = execute(s); t != trap_code::none) return t;
    }
    for (std::uint32_t i = 0; i < code_.results; ++i) {
      frame_[i] = stack_[stack_.size() - code_.results + i];
    }
    return trap_code::none;
  }

 private:
  // An open block: the stack's height below what its label carries, how much that is, where a
  // branch goes on.
  struct label {
    std::size_t height;
    std::uint32_t arity;
    std::uint32_t target;
  };

  trap_code execute(const step& s) {
    const dovetail::op_row& row = dovetail::row_of(s.what);
    if (row.immediate == dovetail::immediate_kind::memarg) {
      return access(s.what, s.bits, *i_.memories[0], stack_);
    }
    if (row.shape == dovetail::shape::special) return structured(s);
    if (row.shape <= dovetail::shape::n_d) return stack_.push_back(s.bits), trap_code::none;
    return apply(s.what, stack_);
  }

  trap_code structured(const step& s) {
    switch (s.what) {
      case op::unreachable: return trap_code::unreachable;
      case op::nop: break;
      case op::block:
      case op::loop: enter(s); break;
      case op::if_: {
        const bool taken = pop_32(stack_) != 0;
        enter(s);
        if (!taken) at_ = s.otherwise;
        break;
      }
      case op::else_: at_ = s.end; break;  // the first arm is done
      case op::end: labels_.pop_back(); break;
      case op::br: branch(s.a); break;
      case op::br_if:
        if (pop_32(stack_) != 0) branch(s.a);
        break;
      case op::br_table: {
        const std::uint32_t index = pop_32(stack_);
        branch(index < s.labels.size() - 1 ? s.labels[index] : s.labels.back());
        break;
      }
      case op::return_: branch(static_cast<std::uint32_t>(labels_.size() - 1)); break;
      case op::call: return call(dovetail::vm::function_of(i_, s.a));
      case op::call_indirect: return call_indirect(s);
      default: return objects(s);
    }
    return trap_code::none;
  }

  void enter(const step& s) {
    const auto here = static_cast<std::uint32_t>(&s - code_.steps.data());
    const bool is_loop = s.what == op::loop;
    labels_.push_back(
        {stack_.size() - s.parameters, is_loop ? s.parameters : s.results, is_loop ? here : s.end});
  }
  // A label is left by its `end`, which the branch goes to; a loop's by entering it anew.
  void branch(std::uint32_t up) {
    labels_.resize(labels_.size() - up);
    const label to = labels_.back();
    stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(to.height),
                 stack_.end() - static_cast<std::ptrdiff_t>(to.arity));
    at_ = to.target;
    if (code_.steps[to.target].what == op::loop) labels_.pop_back();
  }

  trap_code call_indirect(const step& s) {
    const dovetail::vm::table_instance& table = *i_.tables[s.b];
    const std::uint32_t index = pop_32(stack_);
    if (index >= table.size) return trap_code::undefined_element;
    dovetail::vm::function_instance* f = dovetail::to_function(table.elements[index]);
    if (f == nullptr) return trap_code::uninitialized_element;
    if (!(f->signature->type == i_.module->env.type({s.a})))
      return trap_code::indirect_call_type_mismatch;
    return call(f);
  }
  trap_code call(dovetail::vm::function_instance* f) {
    const std::size_t parameters = f->signature->type.parameters.size();
    const std::size_t results = f->signature->type.results.size();
    std::vector<slot> frame(stack_.end() - static_cast<std::ptrdiff_t>(parameters), stack_.end());
    frame.resize(parameters + results + 1);
    stack_.resize(stack_.size() - parameters);
    trap_code t = trap_code::none;
    if (f->owner == nullptr) {
      dovetail::caller from(*i_.home, &i_);
      const dovetail::trap of_host = f->host.call(f->host.object, from, frame.data());
      t = of_host.code;
      host_detail = of_host.detail;
    } else {
      t = f->invoke(*f, frame.data());
    }
    stack_.insert(stack_.end(), frame.begin(),
                  frame.begin() + static_cast<std::ptrdiff_t>(results));
    return t;
  }

  trap_code objects(const step& s) {
    namespace vm = dovetail::vm;
    switch (s.what) {
      case op::drop: pop(stack_); break;
      case op::select:
      case op::select_typed: {
        const bool first = pop_32(stack_) != 0;
        const slot b = pop(stack_);
        if (!first) stack_.back() = b;
        break;
      }
      case op::local_get: stack_.push_back(locals_[s.a]); break;
      case op::local_set: locals_[s.a] = pop(stack_); break;
      case op::local_tee: locals_[s.a] = stack_.back(); break;
      case op::global_get: stack_.push_back(i_.globals[s.a]->low); break;
      case op::global_set: i_.globals[s.a]->low = pop(stack_); break;
      case op::ref_null: stack_.push_back(0); break;
      case op::ref_is_null: stack_.back() = stack_.back() == 0 ? 1 : 0; break;
      case op::ref_func: stack_.push_back(dovetail::to_slot(vm::function_of(i_, s.a))); break;
      case op::memory_size: stack_.push_back(i_.memories[0]->pages()); break;
      case op::memory_grow:
        stack_.back() = static_cast<std::uint32_t>(
            vm::grow_memory(*i_.memories[0], static_cast<std::uint32_t>(stack_.back())));
        break;
      case op::data_drop: i_.dropped_data[s.a] = true; break;
      case op::elem_drop: i_.dropped_elements[s.a] = true; break;
      case op::table_size: stack_.push_back(i_.tables[s.a]->size); break;
      case op::table_grow: {
        const std::uint32_t delta = pop_32(stack_);
        stack_.back() =
            static_cast<std::uint32_t>(vm::grow_table(*i_.tables[s.a], delta, stack_.back()));
        break;
      }
      case op::table_get: {
        const vm::table_instance& t = *i_.tables[s.a];
        const std::uint32_t at = pop_32(stack_);
        if (at >= t.size) return trap_code::table_out_of_bounds;
        stack_.push_back(t.elements[at]);
        break;
      }
      case op::table_set: {
        vm::table_instance& t = *i_.tables[s.a];
        const slot value = pop(stack_);
        const std::uint32_t at = pop_32(stack_);
        if (at >= t.size) return trap_code::table_out_of_bounds;
        t.elements[at] = value;
        break;
      }
      default: return bulk(s);
    }
    return trap_code::none;
  }

  trap_code bulk(const step& s) {
    namespace vm = dovetail::vm;
    const std::uint32_t count = pop_32(stack_);
    const slot from = pop(stack_);
    const std::uint32_t to = pop_32(stack_), begin = static_cast<std::uint32_t>(from);
    switch (s.what) {
      case op::memory_fill:
        return vm::fill_memory(*i_.memories[0], to, static_cast<std::uint8_t>(from), count);
      case op::memory_copy:
        return vm::copy_memory(*i_.memories[0], to, *i_.memories[0], begin, count);
      case op::memory_init: return vm::init_memory(i_, *i_.memories[0], s.a, to, begin, count);
      case op::table_fill: return vm::fill_table(*i_.tables[s.a], to, from, count);
      case op::table_copy:
        return vm::copy_table(*i_.tables[s.a], to, *i_.tables[s.b], begin, count);
      case op::table_init: return vm::init_table(i_, *i_.tables[s.b], s.a, to, begin, count);
      default: return trap_code::bad_call;
    }
  }

  dovetail::vm::instance& i_;
  const function_code& code_;
  slot* frame_;
  stack locals_;
  stack stack_;
  std::vector<label> labels_;
  std::size_t at_ = 0;
};

/// The backend.
struct backend {
  static constexpr dovetail::controls control{};

  // Vectors have no reference: refused like in a backend without them.
  struct emitter : dovetail::null_emitter {
    static constexpr bool has_vectors = false;
    static constexpr dovetail::features executes = dovetail::features::wasm2();
  };

  template <dovetail::memory_policy Memory, dovetail::controls Control>
  class compiler {
   public:
    explicit compiler(dovetail::module_data& module) : module_(module) {
      // The places of the bodies are known only now; afterwards the module forgets them.
      for (const dovetail::body_range& body : module.env.bodies) bodies_.push_back(body);
    }
    [[nodiscard]] backend::emitter& emitter() { return emitter_; }
    [[nodiscard]] dovetail::status finish() {
      auto* code = new module_code;
      for (std::size_t k = 0; k < bodies_.size(); ++k) {
        const dovetail::byte_reader r(compiling.subspan(bodies_[k].offset, bodies_[k].size));
        const auto index = static_cast<std::uint32_t>(module_.env.imported_functions + k);
        static_cast<void>(record(module_.env, {index}, r, code->functions.emplace_back()));
      }
      module_.code = code;
      module_.release_code = [](dovetail::module_data& m) {
        delete static_cast<module_code*>(m.code);
      };
      return dovetail::status::ok;
    }

   private:
    dovetail::module_data& module_;
    std::vector<dovetail::body_range> bodies_;
    backend::emitter emitter_;
  };

  template <dovetail::memory_policy Memory, dovetail::controls Control>
  static bool make_function(dovetail::vm::store&, dovetail::vm::instance& i,
                            dovetail::vm::function_instance& f) {
    const auto& code = *static_cast<const module_code*>(i.code);
    f.code = &code.functions[f.index - i.module->env.imported_functions];
    f.invoke = [](dovetail::vm::function_instance& self, slot* frame) {
      if (depth >= most_depth) return trap_code::stack_exhausted;
      ++depth;
      const trap_code t = activation(self, frame).run();
      --depth;
      const bool is_of_host = t == trap_code::host_trap || t == trap_code::exit;
      self.home->report = {t, is_of_host ? host_detail : 0, false, 0, 0, nullptr};
      return t;
    };
    return true;
  }
};

}  // namespace testing::reference
