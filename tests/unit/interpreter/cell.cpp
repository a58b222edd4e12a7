// Cells, and how a cell is traced back to its function and offset.
#include <dovetail/interpreter/cell.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_cell {

using namespace dovetail;
using namespace dovetail::interpreting;

TEST_CASE("cell: k is a number, a signed distance, or two slots") {
  const cell c{0, 1, 2, two(0xfffe, 0x8001)};
  CHECK(c.b() == 0xfffe);
  CHECK(c.c() == 0x8001);
  CHECK(c.k == 0x8001'fffe);
  CHECK(cell{0, 0, 0, 0xffff'ffff}.distance() == -1);
  CHECK(cell{0, 0, 0, 7}.distance() == 7);
}

TEST_CASE("cell: of each cell of a module the function and the offset are found, of others not") {
  testing::watched_heap heap;
  module_code code(heap);
  CHECK(code.cells.resize(10) == status::ok);
  for (const std::uint32_t first : {0u, 4u, 5u}) {
    function_code f;
    f.first_cell = first;
    CHECK(code.functions.push(f) == status::ok);
  }
  for (const position p : {position{1, 100}, position{4, 200}, position{9, 300}})
    CHECK(code.positions.push(p) == status::ok);
  const struct {
    std::uint32_t cell, function, offset;
  } rows[] = {{1, 0, 100}, {4, 1, 200}, {9, 2, 300}};
  for (const auto& row : rows) {
    const cell* const at = code.cells.begin() + row.cell;
    CHECK(code.holds(at));
    CHECK(code.function_of(at) == row.function);
    CHECK(code.offset_of(at) == row.offset);
    // A call returns one or two cells behind its own.
    CHECK(code.offset_of_call_before(at + 1) == row.offset);
    if (row.cell != 9) CHECK(code.offset_of_call_before(at + 2) == row.offset);
  }
  CHECK(code.function_of(code.cells.begin() + 5) == 2);
  const cell elsewhere;
  CHECK_FALSE(code.holds(&elsewhere));
  CHECK_FALSE(code.holds(code.cells.end()));
}

}  // namespace unit_interpreter_cell
