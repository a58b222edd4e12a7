// A unit that loads a module and calls it, and leaves the compiler and the handlers to another.
#include "units.hpp"

namespace {

template <class Config>
int sum(std::span<const std::byte> bytes, int a, int b) {
  using rt = dovetail::runtime<Config>;
  typename rt::engine engine;
  typename rt::store world{engine};
  const auto module = engine.compile(bytes);
  if (!module) return 0;
  auto instance = world.instantiate(*module);
  if (!instance) return 0;
  const auto function = instance->template get<int(int, int)>("sum");
  if (!function) return 0;
  return (*function)(a, b).value_or(0);
}

}  // namespace

int units::sum_by_native(std::span<const std::byte> module, int a, int b) {
  return sum<native>(module, a, b);
}
int units::sum_by_portable(std::span<const std::byte> module, int a, int b) {
  return sum<portable>(module, a, b);
}
