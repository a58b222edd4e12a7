// The interpreter's internal code: cells, functions, and the module's code they belong to. Written
// by the emitter, read by the handlers.
#pragma once

#include <cstdint>
#include <type_traits>

#include <dovetail/base/array.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail::interpreting {

/// One instruction: what the dispatch jumps to, then operands.
///
///      0        8    10   12       16
///      | head   | d  | a  | k      |      d: destination slot   a: first operand slot
///                         | b | c  |      k: constant, offset or branch distance; or two more
///                         slots
struct cell {
  std::uint64_t head = 0;
  std::uint16_t d = 0;
  std::uint16_t a = 0;
  std::uint32_t k = 0;

  [[nodiscard]] std::uint16_t b() const { return static_cast<std::uint16_t>(k); }
  [[nodiscard]] std::uint16_t c() const { return static_cast<std::uint16_t>(k >> 16); }
  [[nodiscard]] std::int32_t distance() const { return static_cast<std::int32_t>(k); }
};
static_assert(sizeof(cell) == 16 && std::is_trivially_copyable_v<cell>);

/// Two slots in `k`.
[[nodiscard]] constexpr std::uint32_t two(std::uint32_t b, std::uint32_t c) { return b | c << 16; }

/// A compiled function. Its frame: parameters, other locals, temporaries; results are left in its
/// first slots.
struct function_code {
  const cell* entry = nullptr;
  std::uint32_t parameters = 0;
  std::uint32_t zeroed = 0;       ///< slots after the parameters that a call clears
  std::uint32_t frame_slots = 0;  ///< slots a call needs, callees' arguments included
  std::uint32_t first_cell = 0;   ///< of the module's cells
  std::uint32_t offset = 0;       ///< of its first operator, in the module's bytes
};

/// Where a cell that can trap comes from.
struct position {
  std::uint32_t cell = 0;    ///< of the module's cells
  std::uint32_t offset = 0;  ///< in the module's bytes
};

/// The code of a module.
struct module_code {
  explicit module_code(allocator& a) : cells(a), functions(a), positions(a) {}
  array<cell> cells;
  array<function_code> functions;  ///< defined ones
  array<position> positions;       ///< in the order of cells

  /// Adds the functions that follow these.
  [[nodiscard]] status append(const module_code& more) {
    const auto before = static_cast<std::uint32_t>(cells.size());
    DOVETAIL_TRY(cells.append({more.cells.data(), more.cells.size()}));
    for (function_code f : more.functions) {
      f.first_cell += before;
      DOVETAIL_TRY(functions.push(f));
    }
    for (position p : more.positions) {
      p.cell += before;
      DOVETAIL_TRY(positions.push(p));
    }
    return status::ok;
  }

  [[nodiscard]] bool holds(const cell* at) const { return at >= cells.begin() && at < cells.end(); }
  /// The function that a cell of this code is of, among those defined.
  [[nodiscard]] std::uint32_t function_of(const cell* at) const {
    const auto index = static_cast<std::uint32_t>(at - cells.begin());
    std::size_t low = 0, high = functions.size();
    while (high - low > 1) {
      const std::size_t middle = (low + high) / 2;
      (functions[middle].first_cell <= index ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(low);
  }
  /// The byte offset of a cell of this code that can trap.
  [[nodiscard]] std::uint32_t offset_of(const cell* at) const {
    const std::size_t p = position_from(static_cast<std::uint32_t>(at - cells.begin()));
    return p < positions.size() ? positions[p].offset : 0;
  }
  /// That of the call which returns to a cell.
  [[nodiscard]] std::uint32_t offset_of_call_before(const cell* at) const {
    const std::size_t p = position_from(static_cast<std::uint32_t>(at - cells.begin()));
    return p != 0 ? positions[p - 1].offset : 0;
  }

 private:
  // The first position of a cell that is not before this one.
  [[nodiscard]] std::size_t position_from(std::uint32_t index) const {
    std::size_t low = 0, high = positions.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (positions[middle].cell < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
};

}  // namespace dovetail::interpreting
