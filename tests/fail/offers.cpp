// Concepts behind the policies: what types may offer and what templates inside ask for. A refusal
// names the concept.
// 1: frame_visitor
// 2: refusable_backend
// 3: backend_with_fallback
// 4: maps_data
// 5: two_pass_compiler
// 6: parallel_compiler
// 7: slot_value
// 8: has_vector_meaning
// 9: has_vector_access
// 10: has_meaning
// 11: can_trap
// 12: contract_export
// 13: host_parameter
// 14: host_result
// 15: native_integer
// 16: native_wrapper
// 17: diagnosing_decoder
// 18: has_typed_entry
// 19: runnable
#include <cstdint>
#include <string>

#include <dovetail/backtraces.hpp>
#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/guest_types.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/wasi.hpp>
#include <dovetail/x64.hpp>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
runtime<with<first_available<x64, interpreter>>>::engine* fine = nullptr;
exports<exported<"run", void()>> demanded;
inline std::uint64_t fine_slot(float v) { return to_slot(v); }

// What asks for each, where the library itself only looks whether it is there.
template <backend_with_fallback B>
void fall_back() {}
template <maps_data M>
void map() {}
template <detail::two_pass_compiler C>
void compile_twice() {}
template <detail::parallel_compiler C>
void compile_in_parts() {}
template <op O>
  requires has_vector_meaning<O>
void mean_vectors() {}
template <op O>
  requires has_vector_access<O>
void access_vectors() {}
template <op O>
  requires has_meaning<O>
void mean() {}
template <op O>
  requires can_trap<O>
void trap_on() {}
template <detail::host_parameter A>
void take() {}
template <detail::host_result R>
void give() {}
template <native_integer T>
void count() {}
template <native_wrapper T>
void wrap() {}
template <diagnosing_decoder D>
void diagnose() {}
template <class B>
  requires has_typed_entry<B, checked_memory, int, float>
void enter() {}

inline void use(const caller& c) {
  mean<op::i32_add>();
  trap_on<op::i32_div_s>();
  mean_vectors<op::i8x16_add>();
  access_vectors<op::v128_load>();
  fall_back<first_available<x64, interpreter>>();
  map<guarded_memory>();
  using compiler = x64::compiler<checked_memory, controls{}>;
  compile_twice<compiler>();
  compile_in_parts<compiler>();
  take<const int&>();
  give<void>();
  count<bool>();
  wrap<guest_pointer<int>>();
  diagnose<binary_decoder>();
  enter<x64>();
#if DOVETAIL_FAIL == 1
  static_cast<void>(visit_frames<backtraces<x64>>(c, [](const guest_frame&) {}));
#elif DOVETAIL_FAIL == 2
  static_cast<first_available<null, interpreter>*>(nullptr);
#elif DOVETAIL_FAIL == 3
  fall_back<x64>();
#elif DOVETAIL_FAIL == 4
  map<checked_memory>();
#elif DOVETAIL_FAIL == 5
  compile_twice<interpreter::compiler<checked_memory, controls{}>>();
#elif DOVETAIL_FAIL == 6
  compile_in_parts<null::compiler<checked_memory, controls{}>>();
#elif DOVETAIL_FAIL == 7
  static_cast<void>(to_slot(v128{}));
#elif DOVETAIL_FAIL == 8
  mean_vectors<op::v128_load>();
#elif DOVETAIL_FAIL == 9
  access_vectors<op::i32_load>();
#elif DOVETAIL_FAIL == 10
  mean<op::local_get>();
#elif DOVETAIL_FAIL == 11
  trap_on<op::i32_mul>();
#elif DOVETAIL_FAIL == 12
  static_cast<void>(exports<int(int)>{});
#elif DOVETAIL_FAIL == 13
  take<int&>();
#elif DOVETAIL_FAIL == 14
  give<std::string>();
#elif DOVETAIL_FAIL == 15
  count<float>();
#elif DOVETAIL_FAIL == 16
  wrap<std::string>();
#elif DOVETAIL_FAIL == 17
  struct decoder_of_nothing {};
  diagnose<decoder_of_nothing>();
#elif DOVETAIL_FAIL == 18
  enter<null>();
#elif DOVETAIL_FAIL == 19
  int three = 3;
  static_cast<void>(wasi::run(three));
#endif
  static_cast<void>(c);
}
