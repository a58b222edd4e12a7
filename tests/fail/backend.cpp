// Backends: a compiler that takes a module, has an emitter and finishes; functions that can be
// entered; a memory policy that is one.
// 1: backend_policy
// 2: backend_policy
// 3: backend_policy
// 4: backend_policy
// 5: backend_policy
// 6: backend_policy
// 7: memory_policy
// 8: dispatch_policy
// 9: makes_machine_code
// 10: makes_machine_code
#include <dovetail/dovetail.hpp>
#include <dovetail/gdb_jit.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/perf_map.hpp>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
runtime<with<null>>::engine* fine = nullptr;
runtime<with<fuel<interpreter>>>::engine* metered = nullptr;

#if DOVETAIL_FAIL == 1
// `defaults` names no backend.
runtime<defaults>::engine* bad;
#elif DOVETAIL_FAIL == 2
struct without_control {
  template <memory_policy Memory, controls Control>
  using compiler = null::compiler<Memory, Control>;
};
runtime<with<without_control>>::engine* bad;
#elif DOVETAIL_FAIL == 3
struct without_functions {
  static constexpr controls control{};
  template <memory_policy Memory, controls Control>
  using compiler = null::compiler<Memory, Control>;
};
runtime<with<without_functions>>::engine* bad;
#elif DOVETAIL_FAIL == 4
// A compiler that is not made for a module.
struct without_module {
  static constexpr controls control{};
  template <memory_policy Memory, controls Control>
  struct compiler {
    null_emitter& emitter();
    status finish();
  };
  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance&, vm::function_instance&);
};
runtime<with<without_module>>::engine* bad;
#elif DOVETAIL_FAIL == 5
// A backend whose emitter is not one.
struct without_blocks : null {
  struct emitter_without_blocks : null_emitter {
    void enter(const block_shape&, live<value>) {}
  };
  template <memory_policy Memory, controls Control>
  struct compiler {
    explicit compiler(module_data&);
    emitter_without_blocks& emitter();
    status finish();
  };
};
runtime<with<without_blocks>>::engine* bad;
#elif DOVETAIL_FAIL == 6
// A mixin over what is no backend.
runtime<with<fuel<checked_memory>>>::engine* bad;
#elif DOVETAIL_FAIL == 7
struct memory_that_is_none : with<null> {
  using memory = int;
};
runtime<memory_that_is_none>::engine* bad;
#elif DOVETAIL_FAIL == 8
struct dispatch_that_is_none {};
runtime<with<basic_interpreter<dispatch_that_is_none>>>::engine* bad;
#elif DOVETAIL_FAIL == 9
// Cells of an interpreter are no machine code.
runtime<with<perf_map<interpreter>>>::engine* bad;
#elif DOVETAIL_FAIL == 10
runtime<with<gdb_jit<fuel<null>>>>::engine* bad;
#endif
