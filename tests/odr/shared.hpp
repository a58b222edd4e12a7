// What the two units of the one-definition test have in common: everything included, one config,
// and functions that pass objects of the library from one unit to the other.
#pragma once

#include <cstddef>
#include <span>

#include <dovetail/dovetail.hpp>
#include <dovetail/gdb_jit.hpp>
#include <dovetail/handles.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/perf_map.hpp>
#include <dovetail/wasi.hpp>

namespace odr {

struct config : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::checked_memory;
  using traps = dovetail::traps_returned;
};
using rt = dovetail::runtime<config>;

// What every unit must see alike.
struct facts {
  std::size_t size_of_engine = sizeof(rt::engine);
  std::size_t size_of_store = sizeof(rt::store);
  std::size_t size_of_module = sizeof(rt::module);
  std::size_t size_of_instance = sizeof(rt::instance);
  const void* message = reinterpret_cast<const void*>(
      static_cast<std::string_view (*)(dovetail::status)>(&dovetail::message));
  bool operator==(const facts&) const = default;
};

facts seen_by_two();
dovetail::result<rt::module> compile_in_two(rt::engine& engine, std::span<const std::byte> bytes);
int call_in_two(const rt::instance& instance, int argument);
int own_config_in_two(std::span<const std::byte> bytes, int argument);

}  // namespace odr
