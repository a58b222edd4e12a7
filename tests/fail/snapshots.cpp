// Snapshots: the bytes of the modules are part of a snapshot's, host references are mapped to such,
// and what they were taken of is looked at by nothing that was compiled otherwise.
// 1: no matching function for call to
// 1: requires(sizeof...(Modules) > 0)
// 2: restore
// 2: reference_map
// 3: deduced conflicting types for parameter
// 4: nodiscard
// 4: restore(
// 5: with_snapshots
// 5: invocable
#include <cstddef>
#include <span>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>
#include <dovetail/snapshot.hpp>

using namespace dovetail;

struct one : defaults {
  using backend = null;
};
struct two : defaults {
  using backend = null;
  using memory = unchecked_memory;
};

void use([[maybe_unused]] caller& from, const runtime<one>::module& module,
         runtime<one>::store& store, [[maybe_unused]] runtime<two>::store& other,
         const runtime<one>::instance& instance, const snapshot& saved,
         std::span<const std::byte> bytes) {
  static_cast<void>(to_bytes(saved, bytes));
  static_cast<void>(fork(store, module, saved));
#if DOVETAIL_FAIL == 1
  static_cast<void>(to_bytes(saved));
#elif DOVETAIL_FAIL == 2
  static_cast<void>(restore(instance, saved, [](externref) { return 3; }));
#elif DOVETAIL_FAIL == 3
  static_cast<void>(fork(other, module, saved));
#elif DOVETAIL_FAIL == 4
  restore(instance, saved);
#elif DOVETAIL_FAIL == 5
  with_snapshots(from, [](int) {});
#else
  static_cast<void>(restore(instance, saved));
#endif
}
