// One module in two runtimes of different backends, under hosts that do the same: after every call,
// results, traps, memory, globals and tables must agree; if both are metered, also the remaining
// fuel and the places of traps, and if both are covered, how often each block has run.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <dovetail/coverage.hpp>

#include "backends.hpp"
#include "nans.hpp"
#include "robustness/host.hpp"
#include "support/writer.hpp"

namespace testing {

inline constexpr std::uint64_t fuel_per_call = 20'000;

/// A backend that is given modules of the newest features.
template <class Backend>
struct newest : Backend {};
/// A backend whose NaNs are canonical. Two of them must agree in every bit.
template <class Backend>
struct exact : Backend {};
/// A backend under guarded memory.
template <class Backend>
struct guarded : Backend {};

/// What a twin's configuration makes of the wrappers around its backend.
template <class Backend>
struct setting {
  static constexpr dovetail::features accept = dovetail::features::wasm2();
  using nans = dovetail::open_nans;
  using memory = dovetail::checked_memory;
};
template <class Backend>
struct setting<newest<Backend>> : setting<Backend> {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
};
template <class Backend>
struct setting<exact<Backend>> : setting<Backend> {
  using nans = dovetail::canonical_nans;
};
template <class Backend>
struct setting<guarded<Backend>> : setting<Backend> {
  using memory = dovetail::guarded_memory;
};

template <class Backend>
struct twin_config : dovetail::defaults {
  using backend = Backend;
  using memory = typename setting<Backend>::memory;
  using nans = typename setting<Backend>::nans;
  static constexpr dovetail::features accept = setting<Backend>::accept;
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
  static constexpr bool is_counted = Backend::control.counts != dovetail::counting::none;
  using counts = std::vector<std::array<std::uint64_t, 3>>;

  typename rt::engine engine;
  std::optional<typename rt::module> made_from;
  std::optional<typename rt::store> store;
  std::optional<typename rt::instance> instance;
  unkind_host host;
  dovetail::error failure;
  bool was_compiled = false;

  /// False if there is no instance; `failure` says why.
  bool make(std::span<const std::byte> module) {
    instance.reset();
    store.reset();
    made_from.reset();
    host = {};
    failure = {};
    preparation<Backend>::compile(module);
    const auto compiled = engine.compile(module);
    was_compiled = static_cast<bool>(compiled);
    if (!compiled) return failure = compiled.error(), false;
    made_from.emplace(*compiled);
    store.emplace(engine);
    typename rt::linker linker(engine);
    if (!provide_imports<rt>(*store, *compiled, linker, host)) return false;
    refuel();
    auto made = store->instantiate(*compiled, linker);
    if (!made) return failure = made.error(), false;
    instance.emplace(*made);
    return true;
  }
  // Function, offset and number, in that order.
  [[nodiscard]] counts counted() const requires is_counted {
    counts all;
    dovetail::visit_counts(
        *made_from, [&all](dovetail::function_index f, std::uint32_t offset, std::uint64_t times) {
          all.push_back({f.value, offset, times});
        });
    std::sort(all.begin(), all.end());
    return all;
  }
  void refuel() {
    store->set_fuel(fuel_per_call);
    preparation<Backend>::refuel(fuel_per_call);
  }
};

/// What became of a comparison. `invalid` modules were refused by both, for the same reason.
enum class verdict { same, different, not_comparable, invalid };

/// Whether halves of two vectors are the same but for NaNs, of lanes of f32 or of f64.
inline bool same_but_for_nans(dovetail::slot a, dovetail::slot b) {
  if (a == b || (is_nan(dovetail::value_type::f64, a) && is_nan(dovetail::value_type::f64, b)))
    return true;
  const auto same_lane = [](dovetail::slot x, dovetail::slot y) {
    return x == y || (is_nan(dovetail::value_type::f32, x) && is_nan(dovetail::value_type::f32, y));
  };
  return same_lane(a & 0xffff'ffff, b & 0xffff'ffff) && same_lane(a >> 32, b >> 32);
}

/// Floats are the same if their bits are, or if both are NaN, unless NaNs are exact: which NaN is
/// open (core specification 4.3.3). The lanes of a vector are of either float type.
inline bool same_value(const dovetail::value& a, const dovetail::value& b, bool are_nans_exact) {
  const dovetail::value_type type = a.type();
  // References are objects of two stores: null or not.
  if (type.is_reference()) return (a.bits() == 0) == (b.bits() == 0);
  if (a == b) return true;
  if (are_nans_exact) return false;
  if (type.is_vector())
    return same_but_for_nans(a.bits(), b.bits()) && same_but_for_nans(a.high_bits(), b.high_bits());
  return is_nan(type, a.bits()) && is_nan(type, b.bits());
}

template <class Left, class Right>
class twins {
  static constexpr bool are_metered = twin<Left>::is_metered && twin<Right>::is_metered;
  static constexpr bool are_counted = twin<Left>::is_counted && twin<Right>::is_counted;
  static constexpr bool are_nans_exact =
      setting<Left>::nans::are_canonical && setting<Right>::nans::are_canonical;

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
  /// Blocks that had run, and how often that was compared.
  [[nodiscard]] std::size_t blocks() const { return blocks_; }

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
      const bool is_half = type == dovetail::value_type::i32 || type == dovetail::value_type::f32;
      arguments.push_back(
          dovetail::value::from_bits(type,
                                     type.is_reference() ? 0
                                     : is_half           ? static_cast<std::uint32_t>(some)
                                                         : some,
                                     type.is_vector() ? some * 0x9e37'79b9'7f4a'7c15 : 0));
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
      if (!a.reason && !same_value(a.results[i], b.results[i], are_nans_exact)) {
        return differ(where + ": result " + std::to_string(i) + " is " + text_of(a.results[i]) +
                      ", not " + text_of(b.results[i])),
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
      const dovetail::value_type type = env.globals[i].type.type;
      if (!same_value(dovetail::value::from_bits(type, a.globals[i]->low, a.globals[i]->high),
                      dovetail::value::from_bits(type, b.globals[i]->low, b.globals[i]->high),
                      are_nans_exact))
        return differ(where + ": global " + std::to_string(i)), false;
    }
    for (std::size_t i = 0; i < env.tables.size(); ++i) {
      if (!same_table(*a.tables[i], *b.tables[i]))
        return differ(where + ": table " + std::to_string(i)), false;
    }
    if constexpr (are_counted) {
      const auto counted = left_.counted();
      for (const auto& each : counted) blocks_ += each[2] != 0;
      if (counted != right_.counted()) return differ(where + ": counts"), false;
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

  static std::string text_of(const dovetail::value& v) {
    char text[40];
    std::snprintf(text, sizeof text, " 0x%016llx%016llx",
                  static_cast<unsigned long long>(v.high_bits()),
                  static_cast<unsigned long long>(v.bits()));
    return std::string(name(v.type())) + text;
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
  std::size_t blocks_ = 0;
};

}  // namespace testing
