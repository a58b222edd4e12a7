// The dispatch policies run the same cells to the same end. Whole programs are compared in diff/.
#include <dovetail/interpreter/dispatch.hpp>

#include "machine.hpp"

namespace unit_interpreter_dispatch {

using namespace dovetail;
using namespace dovetail::interpreting;

static_assert(dispatch_policy<switch_dispatch> && dispatch_policy<default_dispatch>);
static_assert(!dispatch_policy<int>);

TEMPLATE_TEST_CASE("dispatch: runs from cell to cell until one stops", "", switch_dispatch,
                   default_dispatch) {
  testing::machine m;
  const heads table = TestType::template table<checked_memory>();
  const auto head = [&](handler h) { return table[static_cast<std::size_t>(h)]; };
  // slot 1 = 40; slot 2 = slot 1 + 2; a branch over a trap; the end.
  const cell program[] = {{head(handler::constant_32), 1, 0, 40},
                          {head(handler::i32_add_sk), 2, 1, 2},
                          {head(handler::branch), 0, 0, 2},
                          {head(handler::unreachable), 0, 0, 0},
                          {head(handler::finish), 0, 0, 0}};
  TestType::template run<checked_memory>(m.x, program, m.stack);
  CHECK(m.x.trap == trap_code::none);
  CHECK(m.stack[2] == 42);
  TestType::template run<checked_memory>(m.x, program + 3, m.stack);
  CHECK(m.x.trap == trap_code::unreachable);
  CHECK(m.x.trap_pc == program + 3);
}

}  // namespace unit_interpreter_dispatch
