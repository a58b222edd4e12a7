// The emitter's vectors: constants wait until they are needed, results lie in two slots, far slots
// go through scratch slots of their own.
#include <dovetail/interpreter/emitter_vector.hpp>

#include <span>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_emitter_vector {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

struct opened : vector_emitter {
  using vector_emitter::vector_emitter, vector_emitter::failure_, vector_emitter::frame_slots_,
      vector_emitter::lay_out, vector_emitter::move_to, vector_emitter::slot_of;
};

struct world {
  testing::watched_heap heap;
  module_data module{heap};
  module_code code{heap};
  opened emitter{code, switch_dispatch::table<checked_memory>(), module};
  std::vector<value_type> locals;
  explicit world(std::vector<value_type> of) : locals(std::move(of)) {
    function_body body;
    body.module = &module.env;
    body.type = {std::span<const value_type>(locals).first(1), {}};
    body.locals = locals;
    body.size = 100;
    emitter.lay_out(body);
  }
  [[nodiscard]] handler at(std::size_t cell) const {
    return static_cast<handler>(code.cells[cell].head);
  }
};

}  // namespace

TEST_CASE("emitter of vectors: locals behind a vector lie one slot further") {
  world w({value_type::i32, value_type::v128, value_type::i64});
  CHECK(w.emitter.slot_of({0}) == 0);
  CHECK(w.emitter.slot_of({1}) == 1);
  CHECK(w.emitter.slot_of({2}) == 3);
}

TEST_CASE("emitter of vectors: a constant takes no cell until it must lie in a slot") {
  world w({value_type::v128});
  const interpreting::name c =
      w.emitter.vector_constant(v128::of_halves(0x1'0000'0002, 0x3'0004'0005));
  CHECK(w.code.cells.empty());
  const interpreting::name sum =
      w.emitter.vector(op::i32x4_add, no_immediate{},
                       std::vector<interpreting::name>{slot_name(0, value_type::v128), c}, {});
  REQUIRE(w.code.cells.size() == 3);
  CHECK(w.at(0) == handler::vector_constant);
  CHECK(w.code.cells[0].d == 4);  // the second operand's place
  CHECK(w.code.cells[1].head == 0x1'0000'0002);
  CHECK(w.code.cells[1].d == 5);
  CHECK(w.code.cells[1].a == 4);
  CHECK(w.code.cells[1].k == 3);
  CHECK(w.at(2) == handler_of(op::i32x4_add, 0));
  CHECK(w.code.cells[2].b() == 4);
  CHECK(sum.is_vector);
  CHECK(sum.slot == 2);
  CHECK(w.emitter.frame_slots_ == 6);
}

TEST_CASE("emitter of vectors: far vectors go through scratch slots, by their halves") {
  world w(std::vector<value_type>(40'000, value_type::v128));
  const std::uint32_t distant = w.emitter.slot_of({39'999});
  CHECK(distant == 2 * 39'999 + 12);
  w.emitter.move_to(0, slot_name(distant, value_type::v128));
  REQUIRE(w.code.cells.size() == 5);
  CHECK(w.at(0) == handler::copy_wide);
  CHECK(w.code.cells[1].k == distant);
  CHECK(w.code.cells[3].k == distant + 1);
  CHECK(w.at(4) == handler::copy_vector);
  CHECK(w.code.cells[4].a == w.code.cells[0].k);
}

TEST_CASE("emitter of vectors: refused memory is reported") {
  world w({value_type::v128});
  w.heap.requests_left = 0;
  static_cast<void>(w.emitter.vector_constant(v128{}));
  CHECK(w.emitter.failure_ == status::out_of_memory);
}

}  // namespace unit_interpreter_emitter_vector
