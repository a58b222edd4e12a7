// Emitters: each group of the concept, missed by one clause. The message names the group.
// 1: emitter_names
// 2: emitter_names
// 3: emits_functions
// 4: emits_numbers
// 5: emits_vectors
// 6: emits_memories
// 7: emits_variables
// 8: emits_tables
// 9: emits_control
// 10: emits_meters
// 11: emits_tail_calls
// 12: emits_function_references
// 13: emits_tail_calls_of_references
// 14: emitter_names
#include <cstddef>
#include <string>

#include <dovetail/validate/emitter.hpp>
#include <dovetail/validate/pass.hpp>

using namespace dovetail;

template <class E>
using validator_for = full_validation::pass<E, features::wasm2()>;
validator_for<null_emitter>* fine = nullptr;

#if DOVETAIL_FAIL == 1
struct bad : null_emitter {
  struct value {
    std::size_t three_words[3];
  };
};
#elif DOVETAIL_FAIL == 2
struct bad : null_emitter {
  struct label {
    std::string name;
  };
};
#elif DOVETAIL_FAIL == 3
struct bad : null_emitter {
  void finish() {}
};
#elif DOVETAIL_FAIL == 4
struct bad : null_emitter {
  value binary(op, value, value) { return {}; }
};
#elif DOVETAIL_FAIL == 5
struct bad : null_emitter {
  void vector_constant(const v128&) {}
};
#elif DOVETAIL_FAIL == 6
struct bad : null_emitter {
  void load(op, const memory_argument&, value, live<value>) {}
};
#elif DOVETAIL_FAIL == 7
struct bad : null_emitter {
  value local_get(std::string, value_type, live<value>) { return {}; }
};
#elif DOVETAIL_FAIL == 8
struct bad : null_emitter {
  void ref_func(function_index, live<value>) {}
};
#elif DOVETAIL_FAIL == 9
struct bad : null_emitter {
  void enter(const block_shape&, live<value>) {}
};
#elif DOVETAIL_FAIL == 10
struct bad : null_emitter {
  static constexpr bool is_metered = true;
  void open_meter() {}
};
#elif DOVETAIL_FAIL == 11
struct bad : null_emitter {
  void return_call(function_index, live<value>) {}
};
#elif DOVETAIL_FAIL == 12
struct bad : null_emitter {
  void ref_as_non_null(value, live<value>) {}
};
#elif DOVETAIL_FAIL == 13
struct bad : null_emitter {
  void return_call_ref(type_index, value, live<value>) {}
};
#elif DOVETAIL_FAIL == 14
struct bad : null_emitter {
  static constexpr bool executes = true;
};
#endif
#if DOVETAIL_FAIL != 0
validator_for<bad>* wrong = nullptr;
#endif
