// Trap policies, and what handles make of them.
// 1: trap_policy
// 2: trap_policy
// 3: trap_policy
// 4: dovetail::trap>
// 5: nodiscard
// 6: thrown_traps_need_exceptions
#if DOVETAIL_FAIL == 6
// As in a build without exceptions.
#undef __cpp_exceptions
#endif
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

template <class Traps>
struct with : defaults {
  using backend = null;
  using traps = Traps;
};
runtime<with<traps_fatal>>::store* fine = nullptr;

struct without_delivery {
  template <class R>
  using outcome = R;
};
struct with_another_outcome {
  template <class R>
  using outcome = R;
  template <class R>
  static result<R, trap> deliver(const result<R, trap>& r, vm::store&);
};

void guest_calls([[maybe_unused]] function<int(int)> returned,
                 [[maybe_unused]] function<int(int), traps_fatal> fatal) {
  [[maybe_unused]] const int value = fatal(1) + returned(1).value();
#if DOVETAIL_FAIL == 4
  // A result is no value: a trap could be overlooked.
  int overlooked = 0;
  overlooked = returned(1);
#elif DOVETAIL_FAIL == 5
  returned(1);
#endif
}

#if DOVETAIL_FAIL == 1
runtime<with<without_delivery>>::store* bad;
#elif DOVETAIL_FAIL == 2
runtime<with<with_another_outcome>>::store* bad;
#elif DOVETAIL_FAIL == 3
function<int(int), int> bad;
#elif DOVETAIL_FAIL == 6
runtime<with<traps_thrown>>::store* bad;
#endif
