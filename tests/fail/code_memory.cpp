// Where machine code lives: memory that is written and then runs, and can be refused.
// 1: code_memory_policy
// 2: code_memory_policy
// 3: code_memory_policy
// 4: tells_frames
// 5: keeps_places
#include <dovetail/backtraces.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>
#include <dovetail/x64.hpp>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
runtime<with<basic_x64<dual_mapped_code>>>::engine* fine = nullptr;
runtime<with<backtraces<fuel<basic_x64<reprotected_code>>>>>::engine* mixed = nullptr;
inline visit_end visited(const caller& c) {
  return visit_frames<backtraces<x64>>(c, [](const guest_frame&) { return true; });
}

#if DOVETAIL_FAIL == 1
runtime<with<basic_x64<checked_memory>>>::engine* bad;
#elif DOVETAIL_FAIL == 2
struct memory_that_cannot_be_refused : reprotected_code {
  static void make_executable(code_region&, std::size_t);
};
runtime<with<basic_x64<memory_that_cannot_be_refused>>>::engine* bad;
#elif DOVETAIL_FAIL == 3
struct memory_that_nobody_gives_back {
  static bool is_available();
  static status reserve(code_region&, std::size_t);
  static bool make_executable(code_region&, std::size_t);
};
runtime<with<basic_x64<memory_that_nobody_gives_back>>>::engine* bad;
#elif DOVETAIL_FAIL == 4
// What never runs has no frames.
runtime<with<backtraces<null>>>::engine* bad;
#elif DOVETAIL_FAIL == 5
// From a host function with the mixin alone.
inline visit_end bad(const caller& c) {
  return visit_frames<x64>(c, [](const guest_frame&) { return true; });
}
#endif
