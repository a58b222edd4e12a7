// The vocabulary between the pass and an emitter: operands, the live part of the stack, blocks.
// Used by floor 2 and by every backend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/index.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/validate/module_env.hpp>

namespace dovetail {

/// An entry of the one operand stack: its type, and the name the backend knows the value by.
/// Operands lie in slots, one or two each: the pass tells which to emitters that ask, by
/// `places_operands`.
template <class V>
struct operand {
  value_type type{};
  std::uint32_t end = 0;  ///< the slot behind it
  [[no_unique_address]] V value{};

  /// The operand's first slot.
  [[nodiscard]] constexpr std::uint32_t slot() const { return end - slots_of(type); }
};

/// The operands alive at an operator, bottom first. An emitter may rename values in it, never
/// change types or count. The position of an operand in it is the same for every path that leads to
/// a place.
template <class V>
using live = std::span<operand<V>>;

/// How many slots the operands take: the first slot of what is pushed on them.
template <class V, std::size_t Extent>
[[nodiscard]] constexpr std::uint32_t height_of(std::span<operand<V>, Extent> stack) {
  return stack.empty() ? 0 : stack.back().end;
}

enum class block_kind : std::uint8_t { function, block, loop, if_, else_ };

/// A block as an emitter sees it when it is entered.
struct block_shape {
  block_kind kind = block_kind::block;
  std::size_t height = 0;  ///< operands below the block's parameters
  function_type type;

  /// The types a branch to this block's label carries (core specification 3.1.4).
  [[nodiscard]] std::span<const value_type> label_types() const {
    return kind == block_kind::loop ? type.parameters : type.results;
  }
};

/// What an emitter learns before a function's operators.
struct function_body {
  const module_env* module = nullptr;
  function_index index{};
  function_type type;
  std::span<const value_type> locals;  ///< parameters first
  std::size_t size = 0;                ///< bytes of the body
};

}  // namespace dovetail
