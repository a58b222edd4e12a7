// Linker policies, and the mixin over them.
// 1: linker_policy
// 2: linker_policy
// 3: linker_policy
// 4: linker_policy
#include <cstddef>
#include <span>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

template <class Linker>
struct with : defaults {
  using backend = null;
  using linker = Linker;
};
runtime<with<trap_unknown_functions<allow_shadowing>>>::store* fine = nullptr;

struct without_counts {
  static status resolve(const import_request&, std::span<const definition>, std::size_t&);
};
struct of_strings {
  static status accepts(std::size_t, std::size_t);
  static status resolve(const char* module, const char* name);
};

#if DOVETAIL_FAIL == 1
runtime<with<without_counts>>::store* bad;
#elif DOVETAIL_FAIL == 2
runtime<with<of_strings>>::store* bad;
#elif DOVETAIL_FAIL == 3
runtime<with<int>>::store* bad;
#elif DOVETAIL_FAIL == 4
trap_unknown_functions<without_counts> bad;
#endif
