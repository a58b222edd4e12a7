// What runs: entering an instance, and stopping at a cell.
#include <dovetail/interpreter/execution.hpp>

#include "machine.hpp"

namespace unit_interpreter_execution {

using namespace dovetail;

TEST_CASE(
    "execution: an instance that is entered brings its functions and, when asked, its memory") {
  testing::machine m;
  CHECK(m.code.functions.push({}) == status::ok);
  vm::instance other = m.instance;
  std::byte bytes[4] = {};
  vm::memory_instance memory;
  memory.base = bytes;
  memory.size = 4;
  other.memory0 = &memory;
  m.x.enter(other);
  CHECK(m.x.instance == &other);
  CHECK(m.x.codes == m.code.functions.data());
  CHECK(m.r.memory == m.bytes);
  m.r.load_memory();
  CHECK(m.r.memory == bytes);
  CHECK(m.r.memory_size == 4);
}

TEST_CASE("execution: a stop keeps the trap and the cell") {
  testing::machine m;
  const interpreting::cell here;
  m.r.pc = &here;
  CHECK_FALSE(interpreting::stop(m.r, trap_code::unreachable));
  CHECK(m.x.trap == trap_code::unreachable);
  CHECK(m.x.trap_pc == &here);
}

}  // namespace unit_interpreter_execution
