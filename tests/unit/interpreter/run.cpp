// Entering the interpreter: stacks, their refusal, exhaustion, and the report of a trap.
#include <dovetail/interpreter/run.hpp>

#include "machine.hpp"

namespace unit_interpreter_run {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

using activation_of = activation<checked_memory, switch_dispatch>;

// An instance with one function in a store that has made its stacks.
struct world : testing::machine {
  vm::function_instance f;
  execution* made = nullptr;
  explicit world(cell only) {
    most.stack_slots = 8;
    most.call_depth = 2;
    CHECK(code.cells.push(only) == status::ok);
    CHECK(code.positions.push({0, 77}) == status::ok);
    function_code compiled;
    compiled.entry = code.cells.data();
    compiled.frame_slots = 8;
    compiled.zeroed = 2;
    CHECK(code.functions.push(compiled) == status::ok);
    f.owner = &instance;
    f.home = &store;
    f.code = code.functions.data();
    if (is_ready<checked_memory, switch_dispatch>(store)) made = &execution_of(store);
  }
  ~world() {
    if (store.backend != nullptr) store.backend->release(*store.backend);
  }
};
cell of(handler h) { return {static_cast<std::uint64_t>(h), 0, 0, 0}; }

}  // namespace

TEST_CASE("run: a store's stacks are made once, and given back") {
  world w(of(handler::return_here));
  REQUIRE(w.made != nullptr);
  CHECK((is_ready<checked_memory, switch_dispatch>(w.store)));
  CHECK(&execution_of(w.store) == w.made);
  const std::size_t blocks = w.heap.blocks;
  w.store.backend->release(*w.store.backend);
  w.store.backend = nullptr;
  CHECK(w.heap.blocks == blocks - 2);
  CHECK_FALSE(w.heap.was_lied_to);
}

TEST_CASE("run: stacks that are refused leave nothing behind") {
  testing::machine m;
  for (std::size_t granted = 0; granted < 3; ++granted) {
    vm::store store(m.heap, m.most, m.signatures);
    const std::size_t blocks = m.heap.blocks;
    m.heap.requests_left = granted;
    CHECK_FALSE((is_ready<checked_memory, switch_dispatch>(store)));
    m.heap.requests_left = testing::watched_heap::unlimited;
    CHECK(store.backend == nullptr);
    CHECK(m.heap.blocks <= blocks + 1);  // the arena's
  }
}

TEST_CASE("run: a call clears the locals, comes back and leaves the stack as it was") {
  world w(of(handler::return_here));
  slot* const frame = w.made->free;
  for (int i = 0; i < 8; ++i) frame[i] = 9;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::none);
  CHECK(frame[0] == 0);
  CHECK(frame[1] == 0);
  CHECK(frame[4] == 9);  // cleared by fours
  CHECK(w.made->free == frame);
  CHECK(w.made->top == w.made->records);
  CHECK(w.made->instance == &w.instance);
  CHECK(w.made->records->instance == &w.instance);
  CHECK(w.store.native_outermost == 0);
}

TEST_CASE("run: a trap is reported with function and offset, and the next call works") {
  world w(of(handler::unreachable));
  CHECK(activation_of::run(*w.made, w.f) == trap_code::unreachable);
  CHECK(w.store.report.code == trap_code::unreachable);
  CHECK(w.store.report.has_place);
  CHECK(w.store.report.function == 0);
  CHECK(w.store.report.offset == 77);
  CHECK(w.made->top == w.made->records);
  CHECK(activation_of::run(*w.made, w.f) == trap_code::unreachable);
}

TEST_CASE("run: exhausted stacks, of either kind, are a trap without a place") {
  world w(of(handler::return_here));
  w.store.report = {trap_code::unreachable, 0, true, 1, 1, nullptr};
  ++w.code.functions[0].frame_slots;  // one more than there are
  CHECK(activation_of::run(*w.made, w.f) == trap_code::stack_exhausted);
  CHECK(w.store.report.code == trap_code::stack_exhausted);
  CHECK_FALSE(w.store.report.has_place);
  --w.code.functions[0].frame_slots;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::none);
  // Within another call: a slot less than the frame needs, the stack's end above us, no record.
  w.store.native_outermost = reinterpret_cast<std::uintptr_t>(&w);
  ++w.made->free;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::stack_exhausted);
  --w.made->free;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::none);
  w.store.native_outermost = ~std::uintptr_t{0};
  CHECK(activation_of::run(*w.made, w.f) == trap_code::stack_exhausted);
  w.store.native_outermost = reinterpret_cast<std::uintptr_t>(&w);
  w.made->top = w.made->records_end;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::stack_exhausted);
  w.made->top = w.made->records;
  w.store.native_outermost = 0;
  CHECK(activation_of::run(*w.made, w.f) == trap_code::none);
}

}  // namespace unit_interpreter_run
