// The guests' calls that have not returned, and backends that can tell them.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>

#include <dovetail/base/index.hpp>
#include <dovetail/module/function_names.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// A call of a guest's function that has not returned.
struct guest_frame {
  const vm::instance* instance = nullptr;
  function_index function;   ///< in the instance's module
  std::uint32_t offset = 0;  ///< of the operator at hand, in the module's bytes

  [[nodiscard]] const module_data& module() const { return *instance->module; }
};

/// What a frame's function is called; see module/function_names.hpp.
[[nodiscard]] inline std::string_view name_of(const guest_frame& f, name_room& room) {
  return name_of(f.module().env, f.function, room);
}
/// What the function is called that a trap happened in; nothing if that is not known.
[[nodiscard]] inline std::string_view name_of(const trap_report& report, name_room& room) {
  if (!report.has_place) return {};
  return name_of(report.module->env, {report.function}, room);
}

/// How a visit of frames ended.
enum class visit_end : std::uint8_t {
  complete,  ///< all were visited
  stopped,   ///< the visitor did not want more
  unknown,   ///< there are more, of which nothing is known
};

/// What sees frames, the innermost first, and answers whether it wants more.
template <class V>
concept frame_visitor = requires(V& visit, const guest_frame& f) {
  { visit(f) } -> std::same_as<bool>;
};

/// What a backend that can be asked for frames is tried with.
struct null_frame_visitor {
  bool operator()(const guest_frame&) const { return false; }
};

/// A backend whose frames can be visited.
template <class B>
concept tells_frames = requires(const vm::store& s, null_frame_visitor visit) {
  // Whether it can also from a host function; during a trap it always can.
  { B::control.keeps_places } -> std::convertible_to<bool>;
  // The frames of a store, the innermost first; nothing is allocated.
  { B::visit_frames(s, visit) } -> std::same_as<visit_end>;
};

}  // namespace dovetail
