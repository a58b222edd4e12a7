// Functions over operands that come from everywhere: a compiler selects other instructions for each
// origin. Parameter k of a function is its operand k.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/base/value_type.hpp>

#include "support/writer.hpp"

namespace testing {

/// Where an operand comes from.
enum class origin : std::uint8_t {
  local,     ///< the parameter itself
  same,      ///< the other operand's parameter: both are one local
  constant,  ///< of this function
  computed,  ///< a result that equals the parameter
  loaded,    ///< from memory
  called,    ///< the result of a call, during which the operand before it is live
  global,
};
inline constexpr std::string_view origin_names[] = {"local",  "same",   "constant", "computed",
                                                    "loaded", "called", "global"};
inline constexpr std::string_view name(origin o) {
  return origin_names[static_cast<std::size_t>(o)];
}

inline constexpr dovetail::value_type number_types[] = {
    dovetail::value_type::i32, dovetail::value_type::i64, dovetail::value_type::f32,
    dovetail::value_type::f64};
inline std::size_t number_of(dovetail::value_type type) {
  return static_cast<std::size_t>(0x7f - type.code());
}
inline dovetail::op load_of(dovetail::value_type type) {
  using dovetail::op;
  constexpr op loads[] = {op::i32_load, op::i64_load, op::f32_load, op::f64_load};
  return loads[number_of(type)];
}
inline dovetail::op store_of(dovetail::value_type type) {
  using dovetail::op;
  constexpr op stores[] = {op::i32_store, op::i64_store, op::f32_store, op::f64_store};
  return stores[number_of(type)];
}

/// A module in which operands can come from everywhere.
class operand_module : public module_writer {
 public:
  /// Bytes that functions may write from here on: 8 for each operand, 8 for a result.
  static constexpr std::uint32_t scratch = 1024;
  static constexpr std::uint32_t scratch_bytes = 32;

  explicit operand_module(std::uint32_t pages = 1, std::uint32_t most_pages = 1) {
    memory(pages, most_pages);
    for (const dovetail::value_type type : number_types) {
      // Function k gives back a number of type k.
      function(this->type({type}, {type}), code().put(dovetail::op::local_get, {0}));
      for (int operand = 0; operand < 3; ++operand) global(type, true, code().constant(type, 0));
    }
  }

  /// What is done with operand k before the first one is pushed.
  static void prepare(code& c, std::uint32_t k, dovetail::value_type type, origin from) {
    using dovetail::op;
    if (from == origin::loaded) {
      c.i32(address_of(k)).put(op::local_get, {k}).put(store_of(type), {0, 0});
    } else if (from == origin::global) {
      c.put(op::local_get, {k}).put(op::global_set, {global_of(k, type)});
    }
  }
  /// Pushes operand k.
  static void push(code& c, std::uint32_t k, dovetail::value_type type, origin from,
                   dovetail::slot constant) {
    using dovetail::op;
    switch (from) {
      case origin::local: c.put(op::local_get, {k}); break;
      case origin::same: c.put(op::local_get, {1 - k}); break;
      case origin::constant: c.constant(type, constant); break;
      case origin::computed: {
        // x and x; the sign of x on x: bits stay, those of NaNs too.
        constexpr op same[] = {op::i32_and, op::i64_and, op::f32_copysign, op::f64_copysign};
        c.put(op::local_get, {k}).put(op::local_get, {k}).put(same[number_of(type)]);
        break;
      }
      case origin::loaded: c.i32(address_of(k)).put(load_of(type), {0, 0}); break;
      case origin::called: c.put(op::local_get, {k}).put(op::call, {number_of(type)}); break;
      case origin::global: c.put(op::global_get, {global_of(k, type)}); break;
    }
  }

  static std::int32_t address_of(std::uint32_t k) {
    return static_cast<std::int32_t>(scratch + 8 * k);
  }
  static std::uint32_t global_of(std::uint32_t k, dovetail::value_type type) {
    return static_cast<std::uint32_t>(3 * number_of(type) + k);
  }
};

}  // namespace testing
