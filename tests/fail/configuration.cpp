// The rules of a configuration, sentence by sentence, and types that are not what their member
// says.
// 1: limits_fit_the_format
// 2: limits_fit_the_format
// 3: limits_fit_the_format
// 4: limits_fit_the_format
// 5: validator_policy
// 6: const dovetail::limits
// 7: const dovetail::features
// 8: C = int
// 8: decoder_policy<typename C::decoder>
// 9: C = bad
// 9: decoder_policy<typename C::decoder>
// 10: C = bad
// 10: decoder_policy<typename C::decoder>
// 11: nan_policy
// 12: relaxed_policy
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

struct fine : defaults {
  using backend = null;
  static constexpr limits limit{.memory_pages = 256};
};
runtime<fine>::engine* engine = nullptr;

#if DOVETAIL_FAIL == 1
struct bad : fine {
  static constexpr limits limit{.types = 5'000'000};
};
#elif DOVETAIL_FAIL == 2
struct bad : fine {
  static constexpr limits limit{.parameters = 65'536};
};
#elif DOVETAIL_FAIL == 3
struct bad : fine {
  static constexpr limits limit{.results = 65'536};
};
#elif DOVETAIL_FAIL == 4
struct bad : fine {
  static constexpr limits limit{.locals = 1'000'001};
};
#elif DOVETAIL_FAIL == 5
struct bad : fine {
  using validator = checked_memory;
};
#elif DOVETAIL_FAIL == 6
struct bad : fine {
  static constexpr unsigned limit = 256;
};
#elif DOVETAIL_FAIL == 7
struct bad : fine {
  static constexpr unsigned accept = 7;
};
#elif DOVETAIL_FAIL == 8
using bad = int;
#elif DOVETAIL_FAIL == 9
// Policies beside each other are no config.
struct bad {
  using backend = null;
  using memory = checked_memory;
};
#elif DOVETAIL_FAIL == 10
// A config must be complete where a runtime is made of it.
struct bad;
#elif DOVETAIL_FAIL == 11
struct bad : fine {
  using nans = native_relaxed;
};
#elif DOVETAIL_FAIL == 12
struct bad : fine {
  using relaxed_simd = canonical_nans;
};
#endif
#if DOVETAIL_FAIL != 0
runtime<bad>::engine* wrong;
#endif
