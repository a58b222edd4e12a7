// The second unit: the same headers, a config of its own, objects from the first unit.
#include "shared.hpp"

namespace {

// The first unit has another type of this name.
struct own_config : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::guarded_memory;
  using traps = dovetail::traps_returned;
};

int host(int x) { return x + 2; }

}  // namespace

odr::facts odr::seen_by_two() { return {}; }

dovetail::result<odr::rt::module> odr::compile_in_two(rt::engine& engine,
                                                      std::span<const std::byte> bytes) {
  return engine.compile(bytes);
}

int odr::call_in_two(const rt::instance& instance, int argument) {
  auto function = instance.get<int(int)>("f");
  if (!function) return -1;
  return (*function)(argument).value_or(-2);
}

int odr::own_config_in_two(std::span<const std::byte> bytes, int argument) {
  using own = dovetail::runtime<own_config>;
  own::engine engine;
  const auto code = engine.compile(bytes);
  if (!code) return -1;
  own::store world{engine};
  dovetail::imports env = {dovetail::bind<host>("env", "host")};
  auto instance = world.instantiate(*code, env);
  if (!instance) return -2;
  auto function = instance->get<int(int)>("f");
  if (!function) return -3;
  return (*function)(argument).value_or(-4);
}
