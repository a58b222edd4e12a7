// Visits of guest frames: what a trap or a host function is asked about. The stack of return
// records has them; calls of host functions are chained where somebody asks for frames.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/interpreter/execution.hpp>
#include <dovetail/runtime/guest_frames.hpp>

namespace dovetail::interpreting {

/// Where the guest trapped that an execution stopped in.
[[nodiscard]] inline guest_frame trapped_frame(const execution& x) {
  const auto& code = *static_cast<const module_code*>(x.instance->code);
  const std::uint32_t imported = x.instance->module->env.imported_functions;
  if (x.exhausted != nullptr) {
    const auto f = static_cast<std::uint32_t>(x.exhausted - code.functions.data());
    return {x.instance, {imported + f}, x.exhausted->offset};
  }
  if (!code.holds(x.trap_pc)) return {};
  return {x.instance, {imported + code.function_of(x.trap_pc)}, code.offset_of(x.trap_pc)};
}

/// The frames of a store, the innermost first. A record whose cell is `end` is where the host
/// called: the guest that called the host is known by `calls_of_host` alone.
template <frame_visitor Visit>
visit_end visit_frames(const vm::store& s, Visit& visit) {
  // A store whose guests are machine code has no calls here.
  if (s.native_outermost == 0)
    return s.native_entry == nullptr ? visit_end::complete : visit_end::unknown;
  const auto& x = *static_cast<const execution*>(s.backend);
  const host_call* host = x.calls_of_host;
  const auto place_of = [](const vm::instance& i, const cell* at, bool is_return) -> guest_frame {
    const auto& code = *static_cast<const module_code*>(i.code);
    return {&i,
            {i.module->env.imported_functions + code.function_of(is_return ? at - 1 : at)},
            is_return ? code.offset_of_call_before(at) : code.offset_of(at)};
  };
  guest_frame f;
  if (x.trap != trap_code::none) {
    f = trapped_frame(x);
    if (f.instance == nullptr) return visit_end::unknown;
  } else {
    if (host == nullptr) return visit_end::unknown;
    f = place_of(*host->instance, host->site, false);
    host = host->outer;
  }
  for (const return_record* to = x.top;;) {
    if (!visit(static_cast<const guest_frame&>(f))) return visit_end::stopped;
    --to;
    if (to->pc != &x.end) {
      f = place_of(*to->instance, to->pc, true);
      continue;
    }
    if (to == x.records) return visit_end::complete;
    if (host == nullptr) return visit_end::unknown;
    f = place_of(*host->instance, host->site, false);
    host = host->outer;
  }
}

}  // namespace dovetail::interpreting
