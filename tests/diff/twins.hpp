// One module in two runtimes of different backends, under hosts that do the same: after every call,
// results, traps, memory, globals and tables must agree; if both are metered, also the remaining
// fuel and the places of traps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backends.hpp"
#include "nans.hpp"
#include "robustness/host.hpp"
#include "support/writer.hpp"

namespace testing {

inline constexpr std::uint64_t fuel_per_call = 20'000;

/// A backend that is given modules of the newest features.
template <class Backend>
struct newest : Backend {};
template <class Backend>
inline constexpr dovetail::features accepted_by = dovetail::features::wasm2();
template <class Backend>
inline constexpr dovetail::features accepted_by<newest<Backend>> = dovetail::features::wasm3();

template <class Backend>
struct twin_config : dovetail::defaults {
  using backend = Backend;
  static constexpr dovetail::features accept = accepted_by<Backend>;
  using linker = dovetail::link_by_position;
  static constexpr dovetail::limits limit{.functions = 20'000,
                                          .segment_elements = 100'000,
                                          .locals = 200'000,
                                          .memory_pages = 32,
                                          .table_elements = 10'000,
                                          .call_depth = 300,
                                          .stack_slots = 512 * 1024};
};

/// What a backend must be told besides; the reference is (see reference_twin.hpp).
template <class Backend>
struct preparation {
  static void compile(std::span<const std::byte>) {}
  static void refuel(std::uint64_t) {}
};

/// A module, its instance, and a host of its own.
template <class Backend>
struct twin {
  using rt = dovetail::runtime<twin_config<Backend>>;
  static constexpr bool is_metered = Backend::control.is_metered;

  typename rt::engine engine;
  std::optional<typename rt::store> store;
  std::optional<typename rt::instance> instance;
  unkind_host host;
  dovetail::error failure;
  bool was_compiled = false;

  /// False if there is no instance; `failure` says why.
  bool make(std::span<const std::byte> module) {
    instance.reset();
    store.reset();
    host = {};
    failure = {};
    preparation<Backend>::compile(module);
    const auto compiled = engine.compile(module);
    was_compiled = static_cast<bool>(compiled);
    if (!compiled) return failure = compiled.error(), false;
    store.emplace(engine);
    typename rt::linker linker(engine);
    if (!provide_imports<rt>(*store, *compiled, linker, host)) return false;
    refuel();
    auto made = store->instantiate(*compiled, linker);
    if (!made) return failure = made.error(), false;
    instance.emplace(*made);
    return true;
  }
  void refuel() {
    store->set_fuel(fuel_per_call);
    preparation<Backend>::refuel(fuel_per_call);
  }
};

/// What became of a comparison. `invalid` modules were refused by both, for the same reason.
enum class verdict { same, different, not_comparable, invalid };

/// Floats are the same if their bits are, or if both are NaN: which NaN is open (core specification
/// 4.3.3).
inline bool same_value(dovetail::value_type type, dovetail::slot a, dovetail::slot b) {
  if (a == b || (is_nan(type, a) && is_nan(type, b))) return true;
  // References are objects of two stores: null or not.
  return type.is_reference() && (a == 0) == (b == 0);
}

template <class Left, class Right>
class twins {
  static constexpr bool are_metered = twin<Left>::is_metered && twin<Right>::is_metered;

 public:
  /// Compares all there is to see of a module.
  verdict compare(std::span<const std::byte> module) {
    const bool left = left_.make(module), right = right_.make(module);
    if (left_.failure.code != right_.failure.code ||
        left_.failure.reason.code != right_.failure.reason.code) {
      // The reference does not know vectors.
      if (is_beyond(left_.failure.reason) || is_beyond(right_.failure.reason) ||
          left_.failure.code == dovetail::status::simd_not_executable ||
          right_.failure.code == dovetail::status::simd_not_executable) {
        return verdict::not_comparable;
      }
      return differ("instantiation: " + std::string(left_.failure.message()) + ", " +
                    std::string(right_.failure.message()));
    }
    if (!left_.was_compiled) return verdict::invalid;
    if (!left || !right) return verdict::not_comparable;
    for (std::uint32_t k = 0; k < left_.instance->exports().size() && k < 60; ++k) {
      const verdict v = compare_export(k);
      if (v != verdict::same) return v;
    }
    return verdict::same;
  }

  [[nodiscard]] const std::string& difference() const { return difference_; }
  [[nodiscard]] std::size_t calls() const { return calls_; }
  [[nodiscard]] std::size_t returned() const { return returned_; }

 private:
  struct outcome {
    dovetail::trap reason;
    std::vector<dovetail::value> results;
  };

  // Whether a trap says more about a backend than about the guest. Where fuel is counted exactly on
  // both sides, its end is the guest's.
  static bool is_beyond(dovetail::trap t) {
    return t.code == dovetail::trap_code::stack_exhausted || (!are_metered && is_exhaustion(t));
  }

  template <class Twin>
  outcome call(Twin& t, std::uint32_t k, std::uint64_t round) {
    const auto f = t.instance->export_at(k)->as_function();
    std::vector<dovetail::value> arguments;
    std::uint64_t bits = round;
    for (const dovetail::value_type type : f.type().parameters) {
      bits = bits * 0x9e37'79b9'7f4a'7c15 + round;
      const std::uint64_t some = round == 0 ? 0 : round % 2 == 1 ? bits >> 60 : bits;
      const bool is_reference = type.is_reference() || type.is_vector();
      const bool is_half = type == dovetail::value_type::i32 || type == dovetail::value_type::f32;
      arguments.push_back(dovetail::value::from_bits(type, is_reference ? 0
                                                           : is_half
                                                               ? static_cast<std::uint32_t>(some)
                                                               : some));
    }
    outcome out{{}, zeros(f.type().results)};
    t.refuel();
    out.reason = f.call(arguments, out.results).error();
    return out;
  }

  verdict compare_export(std::uint32_t k) {
    const auto found = left_.instance->export_at(k);
    if (!found || !found->as_function()) return verdict::same;
    for (std::uint64_t round = 0; round < 3; ++round) {
      const outcome a = call(left_, k, round), b = call(right_, k, round);
      const std::string where = "export " + std::to_string(k) + ", round " + std::to_string(round);
      if (is_beyond(a.reason) || is_beyond(b.reason) || left_.host.was_out_of_stack ||
          right_.host.was_out_of_stack ||
          (!are_metered && (left_.host.was_exhausted || right_.host.was_exhausted))) {
        return verdict::not_comparable;
      }
      ++calls_;
      returned_ += a.reason ? 0 : 1;
      if (!same_outcome(where, a, b) || !same_state(where)) return verdict::different;
    }
    return verdict::same;
  }

  bool same_outcome(const std::string& where, const outcome& a, const outcome& b) {
    if (!(a.reason == b.reason)) {
      return differ(where + ": " + std::string(a.reason.message()) + ", " +
                    std::string(b.reason.message())),
             false;
    }
    for (std::size_t i = 0; i < a.results.size(); ++i) {
      if (!a.reason && !same_value(a.results[i].type(), a.results[i].bits(), b.results[i].bits())) {
        return differ(where + ": result " + std::to_string(i) + " is " +
                      std::to_string(a.results[i].bits()) + ", not " +
                      std::to_string(b.results[i].bits())),
               false;
      }
    }
    if constexpr (are_metered) {
      const dovetail::trap_report &at = left_.store->last_trap(), &bt = right_.store->last_trap();
      if (a.reason && a.reason.code != dovetail::trap_code::out_of_fuel &&
          (at.has_place != bt.has_place || at.function != bt.function || at.offset != bt.offset)) {
        return differ(where + ": " + std::string(a.reason.message()) + " at function " +
                      std::to_string(at.function) + " offset " + std::to_string(at.offset) +
                      ", not " + std::to_string(bt.function) + " offset " +
                      std::to_string(bt.offset)),
               false;
      }
      if (left_.store->fuel() != right_.store->fuel()) {
        return differ(where + ": fuel " + std::to_string(left_.store->fuel()) + ", not " +
                      std::to_string(right_.store->fuel())),
               false;
      }
    }
    return true;
  }

  bool same_state(const std::string& where) {
    const dovetail::vm::instance &a = left_.instance->data(), &b = right_.instance->data();
    const dovetail::module_env& env = a.module->env;
    for (std::size_t i = 0; i < env.memories.size(); ++i) {
      if (a.memories[i]->size != b.memories[i]->size ||
          (a.memories[i]->size != 0 &&
           std::memcmp(a.memories[i]->base, b.memories[i]->base,
                       static_cast<std::size_t>(a.memories[i]->size)) != 0)) {
        return differ(where + ": memory"), false;
      }
    }
    for (std::size_t i = 0; i < env.globals.size(); ++i) {
      if (!same_value(env.globals[i].type.type, a.globals[i]->low, b.globals[i]->low))
        return differ(where + ": global " + std::to_string(i)), false;
    }
    for (std::size_t i = 0; i < env.tables.size(); ++i) {
      if (!same_table(*a.tables[i], *b.tables[i]))
        return differ(where + ": table " + std::to_string(i)), false;
    }
    return true;
  }
  static bool same_table(const dovetail::vm::table_instance& a,
                         const dovetail::vm::table_instance& b) {
    if (a.size != b.size) return false;
    for (std::uint32_t i = 0; i < a.size; ++i) {
      if ((a.elements[i] == 0) != (b.elements[i] == 0)) return false;
      if (a.elements[i] == 0 || a.type.element != dovetail::value_type::funcref) continue;
      if (dovetail::to_function(a.elements[i])->index !=
          dovetail::to_function(b.elements[i])->index)
        return false;
    }
    return true;
  }

  verdict differ(std::string how) {
    difference_ = std::move(how);
    return verdict::different;
  }

  twin<Left> left_;
  twin<Right> right_;
  std::string difference_;
  std::size_t calls_ = 0;
  std::size_t returned_ = 0;
};

}  // namespace testing
