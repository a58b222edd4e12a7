// Controls: what a store has only if its backend was told.
// 1: calls_can_be_stopped
// 2: guests_ask_for_fuel
// 3: fuel_source
// 4: fuel_source
#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
using plain = runtime<with<fuel<null>>>::store;
using controlled = runtime<with<interruptible<refillable_fuel<null>>>>::store;

inline auto more = [](std::uint64_t missing) noexcept { return missing; };
inline stop_button fine(controlled& store) {
  store.refill_with(more);
  return store.stop_button();
}

#if DOVETAIL_FAIL == 1
stop_button bad(plain& store) { return store.stop_button(); }
#elif DOVETAIL_FAIL == 2
void bad(plain& store) { store.refill_with(more); }
#elif DOVETAIL_FAIL == 3
// An exception would have to pass the guest.
inline auto throwing = [](std::uint64_t missing) { return missing; };
void bad(controlled& store) { store.refill_with(throwing); }
#elif DOVETAIL_FAIL == 4
inline auto nothing = []() noexcept {};
void bad(controlled& store) { store.refill_with(nothing); }
#endif
