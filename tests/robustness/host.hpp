// A host that gives any module what it imports, and that is not kind: functions of any type that
// trap, grow the caller's memory, or call back into the guest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <dovetail/dovetail.hpp>

#include "mutation.hpp"

namespace testing {

/// What the host functions of one store do, call by call.
struct unkind_host {
  std::uint64_t calls = 0;
  std::uint32_t depth = 0;
  bool was_exhausted = false;     ///< a guest it called back ran out of fuel or stack
  bool was_out_of_stack = false;  ///< of stack
};

/// Whether a trap says more about the machine than about the guest.
inline bool is_exhaustion(dovetail::trap t) {
  return t.code == dovetail::trap_code::out_of_fuel ||
         t.code == dovetail::trap_code::stack_exhausted;
}

/// The zero or null value of each type, as arguments.
inline std::vector<dovetail::value> zeros(std::span<const dovetail::value_type> types) {
  std::vector<dovetail::value> values;
  for (const dovetail::value_type type : types) values.push_back(dovetail::value::null(type));
  return values;
}

/// Calls with zeros; the outcome is the guest's affair.
inline dovetail::trap call_with_zeros(const dovetail::function_handle& f) {
  const std::vector<dovetail::value> arguments = zeros(f.type().parameters);
  std::vector<dovetail::value> results = zeros(f.type().results);
  return f.call(arguments, results).error();
}

/// The body of every host function.
inline dovetail::trap be_unkind(unkind_host& host, dovetail::caller& from) {
  switch (host.calls++ % 5) {
    case 1: static_cast<void>(from.memory().grow(1)); break;
    case 2: {
      if (host.depth >= 3 || from.instance() == nullptr) break;
      const dovetail::module_env& env = from.instance()->module->env;
      if (env.exports.empty()) break;
      const auto found = from.find(env.view(env.exports[host.calls % env.exports.size()].name));
      if (!found || !found->as_function()) break;
      ++host.depth;
      const dovetail::trap t = call_with_zeros(found->as_function());
      if (is_exhaustion(t)) host.was_exhausted = true;
      if (t.code == dovetail::trap_code::stack_exhausted) host.was_out_of_stack = true;
      --host.depth;
      break;
    }
    case 3: return host.calls % 4 == 0 ? dovetail::trap::host(7) : dovetail::trap{};
    default: break;
  }
  return {};
}

/// Makes an object for each import of a module; a runtime whose linker goes by position takes them.
/// False if the store refuses one.
template <class Runtime>
bool provide_imports(typename Runtime::store& store, const typename Runtime::module& module,
                     typename Runtime::linker& linker, unkind_host& host) {
  using dovetail::external_kind;
  for (const dovetail::import_type& wanted : module.imports()) {
    const auto define = [&](const auto& made) {
      return made && linker.define(wanted.module, wanted.name, *made) == dovetail::status::ok;
    };
    bool is_done = false;
    switch (wanted.type.kind) {
      case external_kind::function:
        if (wanted.type.function.parameters.size() > 64 || wanted.type.function.results.size() > 64)
          return false;
        is_done = define(store.make_function(
            dovetail::bind("", "", wanted.type.function,
                           [&host](dovetail::caller& from, std::span<const dovetail::value>,
                                   std::span<dovetail::value>) { return be_unkind(host, from); })));
        break;
      case external_kind::table: is_done = define(store.make_table(wanted.type.table)); break;
      case external_kind::memory: is_done = define(store.make_memory(wanted.type.memory)); break;
      case external_kind::global:
        is_done = define(
            store.make_global(wanted.type.global, dovetail::value::null(wanted.type.global.type)));
        break;
      case external_kind::tag: break;
    }
    if (!is_done) return false;
  }
  return true;
}

}  // namespace testing
