// Counts are there only if the backend was told to count.
// 1: counts_what_runs
// 2: counts_what_runs
// 3: count_visitor
#include <dovetail/coverage.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

#include <cstdint>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
using plain = runtime<with<null>>::module;
using counting_one = runtime<with<covered<null>>>::module;

inline void fine(const counting_one& m) {
  visit_counts(m, [](function_index, std::uint32_t, std::uint64_t) {});
  reset_counts(m);
}

#if DOVETAIL_FAIL == 1
inline void bad(const plain& m) {
  visit_counts(m, [](function_index, std::uint32_t, std::uint64_t) {});
}
#elif DOVETAIL_FAIL == 2
inline void bad(const plain& m) { reset_counts(m); }
#elif DOVETAIL_FAIL == 3
inline void bad(const counting_one& m) {
  visit_counts(m, [](std::uint64_t) {});
}
#endif
