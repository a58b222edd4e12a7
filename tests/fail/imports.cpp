// Host functions: whatever cannot be a value of a guest is refused where it is bound, and the
// message says why.
// 1: host_callable
// 2: host_callable
// 3: host_callable
// 4: host_callable
// 5: host_callable
// 6: native_value
// 7: native_value
// 8: memory_value
// 9: copy_constructible
// 10: int (entities::*)(int, float)
// 10: const entities
// 11: host_callable
// 12: host_callable
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <tuple>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

struct entities {
  int damage(std::int32_t entity, float amount);
  void rename(std::int32_t entity, std::string name);
} world;
[[maybe_unused]] const entities still;

struct fine : defaults {
  using backend = null;
};
imports given = {
    bind<[](caller&, std::uint32_t text, std::uint32_t size) { return text + size; }>("env", "a"),
    bind<&entities::damage>("env", "b", world),
    bind("env", "c", [step = 3](std::int64_t x) { return x + step; })};

#if DOVETAIL_FAIL == 1
auto bad = bind<[](std::string) {}>("env", "f");
#elif DOVETAIL_FAIL == 2
auto bad = bind("env", "f", [](int) { return std::string(); });
#elif DOVETAIL_FAIL == 3
auto bad = bind<&entities::rename>("env", "f", world);
#elif DOVETAIL_FAIL == 4
auto bad = bind("env", "f", 42);
#elif DOVETAIL_FAIL == 5
auto bad = bind("env", "f", [](auto x) { return x; });
#elif DOVETAIL_FAIL == 6
global<std::string> bad;
#elif DOVETAIL_FAIL == 7
auto bad = value_type_of<void*>();
#elif DOVETAIL_FAIL == 8
auto bad = memory_view().read<std::string>(0);
#elif DOVETAIL_FAIL == 9
auto bad = bind("env", "f", [owned = std::make_unique<int>(3)](int x) { return x + *owned; });
#elif DOVETAIL_FAIL == 10
// A member that changes its object, of an object that cannot change.
auto bad = bind<&entities::damage>("env", "f", still);
#elif DOVETAIL_FAIL == 11
auto bad = bind("env", "f", [](int& out) { out = 3; });
#elif DOVETAIL_FAIL == 12
auto bad = bind("env", "f", [](int x) { return std::tuple(x, std::string()); });
#endif
