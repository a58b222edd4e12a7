// Controls: what a store has only if its backend was told, and what it can be told.
// 1: calls_can_be_stopped
// 2: guests_ask_for_fuel
// 3: throws_nothing
// 4: gives_an_unsigned_number
// 5: is_told_what_is_missing
// 6: is_told_what_is_missing
// 7: gives_an_unsigned_number
// 8: has_an_address_to_keep
// 9: deleted
// 9: refill_with(const Source&&
// 10: (*)(dovetail::op)
// 11: nodiscard
// 11: pause(
#include <cstdint>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>
#include <dovetail/pausing.hpp>

using namespace dovetail;

template <class Backend>
struct with : defaults {
  using backend = Backend;
};
using plain = runtime<with<fuel<null>>>::store;
using controlled = runtime<with<interruptible<refillable_fuel<null>>>>::store;

inline auto more = [](std::uint64_t missing) noexcept { return missing; };
inline const auto as_much = more;
inline stop_button fine(controlled& store) {
  store.refill_with(more);
  store.refill_with(as_much);
  return store.stop_button();
}
inline trap waiting(caller& from) { return pause(from); }

#if DOVETAIL_FAIL == 1
stop_button bad(plain& store) { return store.stop_button(); }
#elif DOVETAIL_FAIL == 2
void bad(plain& store) { store.refill_with(more); }
#elif DOVETAIL_FAIL == 3
// An exception would have to pass the guest.
inline auto throwing = [](std::uint64_t missing) { return missing; };
void bad(controlled& store) { store.refill_with(throwing); }
#elif DOVETAIL_FAIL == 4
inline auto nothing = [](std::uint64_t) noexcept {};
void bad(controlled& store) { store.refill_with(nothing); }
#elif DOVETAIL_FAIL == 5
inline auto without_parameter = []() noexcept { return std::uint64_t{7}; };
void bad(controlled& store) { store.refill_with(without_parameter); }
#elif DOVETAIL_FAIL == 6
// It would change, and is constant.
struct counting_source {
  std::uint64_t asked = 0;
  std::uint64_t operator()(std::uint64_t missing) noexcept { return ++asked, missing; }
};
inline const counting_source constant;
void bad(controlled& store) { store.refill_with(constant); }
#elif DOVETAIL_FAIL == 7
// -1 would be more than there is.
inline auto below_zero = [](std::uint64_t) noexcept { return -1; };
void bad(controlled& store) { store.refill_with(below_zero); }
#elif DOVETAIL_FAIL == 8
inline std::uint64_t more_of_it(std::uint64_t missing) noexcept { return missing; }
void bad(controlled& store) { store.refill_with(more_of_it); }
#elif DOVETAIL_FAIL == 9
// Guests would ask what is gone.
void bad(controlled& store) {
  store.refill_with([](std::uint64_t missing) noexcept { return missing; });
}
#elif DOVETAIL_FAIL == 10
struct priced_by_name {
  std::uint16_t operator()(const char*) const;
};
runtime<with<fuel<null, priced_by_name{}>>>::store* bad;
#elif DOVETAIL_FAIL == 11
// The trap says that the call was dropped.
void bad(caller& from) { pause(from); }
#endif
