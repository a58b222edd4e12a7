// The interpreter backend: portable, needs no executable memory. Bodies become register-slot code
// in one pass while they are validated. Include it beside dovetail/dovetail.hpp and name
// `dovetail::interpreter` in a config.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <dovetail/base/result.hpp>
#include <dovetail/interpreter/emitter_control.hpp>
#include <dovetail/interpreter/frames.hpp>
#include <dovetail/interpreter/run.hpp>
#include <dovetail/runtime/backend.hpp>

namespace dovetail {

/// The interpreter with a dispatch policy of `dovetail/interpreter/dispatch.hpp`.
template <interpreting::dispatch_policy Dispatch>
struct basic_interpreter {
  static constexpr controls control{};

  /// Compiles one module.
  template <memory_policy Memory, controls Control>
  class compiler {
   public:
    explicit compiler(module_data& module)
        : module_(module),
          code_(module.env.memory->make<interpreting::module_code>(*module.env.memory)),
          emitter_(code_ == nullptr ? nothing(module) : *code_,
                   Dispatch::template table<Memory, interpreting::handler_controls_of(Control)>(),
                   module),
          parts_(*module.env.memory) {}
    compiler(const compiler&) = delete;
    compiler& operator=(const compiler&) = delete;
    ~compiler() {
      for (compiler* p : parts_) module_.env.memory->destroy(p);
      module_.env.memory->destroy(code_);
    }

    [[nodiscard]] status start() {
      if constexpr (Control.counts != counting::none) return begin_counting(module_);
      return status::ok;
    }
    [[nodiscard]] auto& emitter() { return emitter_; }
    /// Some of the bodies are to be compiled beside the others.
    [[nodiscard]] status split(std::span<const std::size_t> firsts) {
      for (std::size_t i = 0; i < firsts.size(); ++i) {
        auto* p = module_.env.memory->template make<compiler>(module_);
        if (p == nullptr) return status::out_of_memory;
        if (const status s = parts_.push(p); s != status::ok)
          return module_.env.memory->destroy(p), s;
      }
      return status::ok;
    }
    [[nodiscard]] compiler& part(std::size_t k) { return *parts_[k - 1]; }
    [[nodiscard]] status finish() {
      if (code_ == nullptr) return status::out_of_memory;
      for (const compiler* p : parts_) {
        if (p->code_ == nullptr) return status::out_of_memory;
        DOVETAIL_TRY(code_->append(*p->code_));
      }
      code_->cells.shrink_to_fit();
      code_->positions.shrink_to_fit();
      code_->functions.shrink_to_fit();
      for (interpreting::function_code& f : code_->functions)
        f.entry = code_->cells.data() + f.first_cell;
      module_.code = code_;
      module_.release_code = [](module_data& m) {
        m.env.memory->destroy(static_cast<interpreting::module_code*>(m.code));
      };
      code_ = nullptr;
      return status::ok;
    }

   private:
    interpreting::module_code& nothing(module_data& module) {
      return spare_.emplace(*module.env.memory);
    }

    module_data& module_;
    interpreting::module_code* code_;
    std::optional<interpreting::module_code> spare_;
    interpreting::emitter<Control> emitter_;
    array<compiler*> parts_;
  };

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance& i, vm::function_instance& f) {
    const auto& code = *static_cast<const interpreting::module_code*>(i.code);
    f.code = &code.functions[f.index - i.module->env.imported_functions];
    f.invoke = &invoke<Memory, interpreting::handler_controls_of(Control)>;
    return true;
  }

  /// The typed entry: arguments go straight to the stack, results come straight from it.
  template <memory_policy Memory, controls Control, class R, class... A>
  static auto entry(vm::function_instance&) -> result<R, trap> (*)(vm::function_instance&, A...) {
    return &call<Memory, interpreting::handler_controls_of(Control), R, A...>;
  }

  /// Visits the guests' calls (runtime/guest_frames.hpp): at a trap up to the first host function;
  /// with `controls::keeps_places` beyond it, and from host functions.
  template <frame_visitor Visit>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    return interpreting::visit_frames(s, visit);
  }

 private:
  // Nothing is kept over the call but the function: whatever else is, is saved and restored.
  template <memory_policy Memory, interpreting::handler_controls Control, class R, class... A>
  static result<R, trap> call(vm::function_instance& f, A... arguments) {
    if (f.home->backend == nullptr) [[unlikely]]
      return call_first<Memory, Control, R, A...>(f, arguments...);
    interpreting::execution& x = interpreting::execution_of(*f.home);
    constexpr std::size_t parameters = (slots_of(value_type_of<A>()) + ... + std::size_t{0});
    if (parameters <= interpreting::stack_padding ||
        static_cast<std::size_t>(x.stack_end - x.free) >= parameters) {
      [[maybe_unused]] slot* to = x.free;
      ((to = write_slots(to, arguments)), ...);
    }
    const trap_code t = interpreting::activation<Memory, Dispatch, Control>::run(x, f);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *f.home);
    return from_frame<R>(interpreting::execution_of(*f.home).free);
  }
  template <memory_policy Memory, interpreting::handler_controls Control, class R, class... A>
  DOVETAIL_COLD static result<R, trap> call_first(vm::function_instance& f, A... arguments) {
    if (!interpreting::is_ready<Memory, Dispatch, Control>(*f.home)) return trap{refuse(f)};
    return call<Memory, Control, R, A...>(f, arguments...);
  }

  DOVETAIL_COLD static trap_code refuse(vm::function_instance& f) {
    f.home->report = {trap_code::out_of_memory, 0, false, 0, 0, nullptr};
    return trap_code::out_of_memory;
  }

  // The generic entry: arguments and results are copied between the caller's frame and the stack.
  template <class Memory, interpreting::handler_controls Control>
  static trap_code invoke(vm::function_instance& f, slot* frame) {
    if (!interpreting::is_ready<Memory, Dispatch, Control>(*f.home)) [[unlikely]]
      return refuse(f);
    interpreting::execution& x = interpreting::execution_of(*f.home);
    const signature& type = *f.signature;
    slot* at = x.free;
    if (static_cast<std::size_t>(x.stack_end - at) >= type.parameter_slots) {
      for (std::size_t i = 0; i < type.parameter_slots; ++i) at[i] = frame[i];
    }
    const trap_code t = interpreting::activation<Memory, Dispatch, Control>::run(x, f);
    if (t == trap_code::none) {
      for (std::size_t i = 0; i < type.result_slots; ++i) frame[i] = at[i];
    }
    return t;
  }
};

/// The interpreter with the quickest dispatch that the compiler guarantees.
using interpreter = basic_interpreter<interpreting::default_dispatch>;

}  // namespace dovetail
