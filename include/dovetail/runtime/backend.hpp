// The backend seam: what a compiler backend gives a runtime besides its emitter.
#pragma once

#include <concepts>

#include <dovetail/base/result.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/module/module_data.hpp>
#include <dovetail/runtime/guest_frames.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/validate/emitter.hpp>

namespace dovetail {

/// What code counts as it runs (coverage.hpp).
enum class counting : std::uint8_t { none, functions, blocks };

/// What code is asked to do besides its work. Mixins over backends set these; they are all off by
/// default.
struct controls {
  /// Count operators by basic block and trap when the store's fuel runs out.
  bool is_metered = false;
  /// Keep what is needed to visit the guests' frames from a host function (guest_frames.hpp).
  bool keeps_places = false;
  /// Give the canonical NaN where the specification leaves open which (float_policy.hpp).
  bool has_canonical_nans = false;
  /// Relaxed vector operators may be what the processor does best (float_policy.hpp).
  bool has_native_relaxed = false;
  /// How code notices that it is to stop.
  interrupt stops = interrupt::none;
  /// Ask the host for more before it traps for want of fuel.
  bool asks_for_fuel = false;
  /// The price of each operator; null: one.
  const price_list* price = nullptr;
  counting counts = counting::none;

  /// Whether stores and instances have what controls keep.
  [[nodiscard]] constexpr bool has_state() const {
    return stops != interrupt::none || asks_for_fuel;
  }
  friend constexpr bool operator==(controls, controls) = default;
};

/// A backend: a compiler for modules, and how its functions are entered.
template <class B, class Memory = checked_memory>
concept backend_policy = memory_policy<Memory> && requires {
  // What its code is asked to do; a compiler and its functions are made for one value of it.
  { B::control } -> std::convertible_to<controls>;
  typename B::template compiler<Memory, B::control>;
} && requires(typename B::template compiler<Memory, B::control>& compiler, module_data& module,
              vm::store& s, vm::instance& i, vm::function_instance& f) {
  // A compiler is made for a module whose sections are known. Its emitter is told of one body after
  // the other, in order.
  requires std::constructible_from<typename B::template compiler<Memory, B::control>, module_data&>;
  {compiler.emitter()};
  requires emitter<std::remove_reference_t<decltype(compiler.emitter())>>;
  // All bodies are done: `module.code` and `release_code` are set.
  { compiler.finish() } -> std::same_as<status>;
  // Fills in `code` and `invoke` of a function of an instance; false if memory is refused.
  { B::template make_function<Memory, B::control>(s, i, f) } -> std::same_as<bool>;
};

/// A compiler may have a `status start()`, which may refuse before the first body, and a
/// `collector()`: a `recorder`, or a class made of one, which sees every body before `emitter()`
/// does; what it recorded is then told to the emitter, by batches. It may also work in parts, side
/// by side: `parallel_compiler` of api/compile.hpp.
///
/// A backend may also offer `B::entry<Memory, control, R, A...>(function_instance&)`: a typed entry
/// to one of its own functions that is quicker than the generic one. Asked for when a handle is
/// made. What it returns of a trap is `vm::surface` of it, so that callers need not look for
/// exceptions.
template <class B, class Memory, class R, class... A>
concept has_typed_entry = requires(vm::function_instance& f) {
  {
    B::template entry<Memory, B::control, R, A...>(f)
    } -> std::same_as<result<R, trap> (*)(vm::function_instance&, A...)>;
};

/// Meters any backend: `using backend = dovetail::fuel<dovetail::interpreter>`. Operators are
/// counted exactly, a basic block at its entry; bulk operators cost one more for every 64 bytes or
/// 8 elements. Totals do not depend on the backend. `Price` may say otherwise than one for each.
template <class B, price_function Price = nullptr>
struct fuel : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.is_metered = true;
    if constexpr (Price != nullptr) c.price = &prices_by<Price>;
    return c;
  }();
};

/// Fuel that the host is asked for when there is none left: `store.refill_with`.
template <class B, price_function Price = nullptr>
struct refillable_fuel : B {
  static constexpr controls control = [] {
    controls c = fuel<B, Price>::control;
    c.asks_for_fuel = true;
    return c;
  }();
};

/// Lets calls be stopped: `store.stop_button`.
template <class B, interrupt How = interrupt::polled>
struct interruptible : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.stops = How;
    return c;
  }();
};

/// A backend that a machine may refuse altogether: `is_available` asks it once for each engine.
template <class B>
concept refusable_backend = requires {
  { B::is_available() } -> std::same_as<bool>;
};

/// The first backend where the machine lets it run, else the second: decided when an engine is
/// made, for all of its modules.
template <refusable_backend First, class Second>
struct first_available : First {
  using fallback = Second;

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store& s, vm::instance& i, vm::function_instance& f) {
    return i.module->is_of_fallback ? Second::template make_function<Memory, Control>(s, i, f)
                                    : First::template make_function<Memory, Control>(s, i, f);
  }
  template <memory_policy Memory, controls Control, class R, class... A>
    requires has_typed_entry<First, Memory, R, A...> && has_typed_entry<Second, Memory, R, A...>
  static auto entry(vm::function_instance& f) -> result<R, trap> (*)(vm::function_instance&, A...) {
    return f.owner->module->is_of_fallback ? Second::template entry<Memory, Control, R, A...>(f)
                                           : First::template entry<Memory, Control, R, A...>(f);
  }
  template <frame_visitor Visit>
    requires tells_frames<First>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    if constexpr (tells_frames<Second>) {
      // All modules of a store are of one of the two.
      if (s.instances != nullptr && s.instances->module->is_of_fallback)
        return Second::visit_frames(s, visit);
    }
    return First::visit_frames(s, visit);
  }
};

/// A backend with another one behind it.
template <class B>
concept backend_with_fallback = refusable_backend<B> && requires {
  typename B::fallback;
};

/// What a bulk operator over `bytes` bytes costs besides itself.
[[nodiscard]] constexpr std::uint64_t fuel_for_bytes(std::uint64_t bytes) { return bytes / 64; }
/// What a bulk operator over `count` table elements costs besides itself.
[[nodiscard]] constexpr std::uint64_t fuel_for_elements(std::uint64_t count) { return count / 8; }

}  // namespace dovetail
