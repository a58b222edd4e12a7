// The null backend: validates and compiles nothing. For tools that only look at modules, and the
// smallest example of a backend: see backends/README.md.
#pragma once

#include <dovetail/runtime/backend.hpp>
#include <dovetail/validate/null_emitter.hpp>

namespace dovetail {

/// Modules can be compiled, linked and looked at; calling a function of one traps with
/// `unreachable`.
struct null {
  static constexpr controls control{};

  template <memory_policy Memory, controls Control>
  class compiler {
   public:
    explicit compiler(module_data&) {}
    [[nodiscard]] null_emitter& emitter() { return emitter_; }
    [[nodiscard]] status finish() { return status::ok; }

   private:
    null_emitter emitter_;
  };

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance&, vm::function_instance& f) {
    f.invoke = [](vm::function_instance& self, slot*) {
      self.home->report = {trap_code::unreachable, 0, true, self.index, 0, self.owner->module};
      return trap_code::unreachable;
    };
    return true;
  }
};

}  // namespace dovetail
