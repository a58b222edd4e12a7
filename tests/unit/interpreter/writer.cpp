// The lower half of the emitter: moves, far slots, copies that become one cell, refused memory.
#include <dovetail/interpreter/writer.hpp>

#include <span>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_writer {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

struct opened : writer {
  using writer::writer, writer::barrier, writer::copy_slot, writer::failure_, writer::frame_slots_,
      writer::is_mirrored, writer::lay_out, writer::move_to, writer::overwritten, writer::put,
      writer::reach, writer::result, writer::slot_of, writer::temporary;
};

struct world {
  testing::watched_heap heap;
  module_env env{heap};
  module_code code{heap};
  opened cells{code, switch_dispatch::table<checked_memory>(), heap};
  std::vector<value_type> locals;
  explicit world(std::size_t local_count = 1) : locals(local_count, value_type::i32) {
    function_body body;
    body.module = &env;
    body.type = {std::span<const value_type>(locals).first(1), {}};
    body.locals = locals;
    body.size = 100;
    cells.lay_out(body);
  }
  [[nodiscard]] handler at(std::size_t cell) const {
    return static_cast<handler>(code.cells[cell].head);
  }
};

}  // namespace

TEST_CASE("writer: temporaries lie behind the locals, and the frame has room for them") {
  world w(3);
  CHECK(w.cells.temporary(0) == 3);
  CHECK(w.cells.temporary(4) == 7);
  CHECK(w.cells.frame_slots_ == 8);
  CHECK(w.cells.slot_of({2}) == 2);
  world wide(65'001);  // scratch slots stand behind the parameter
  CHECK(wide.cells.slot_of({0}) == 0);
  CHECK(wide.cells.slot_of({1}) == 13);
  CHECK(wide.cells.temporary(0) == 65'013);
}

TEST_CASE(
    "writer: two copies in a row are one cell, unless the second reads what the first wrote") {
  world w(8);
  w.cells.copy_slot(1, 2);
  w.cells.copy_slot(3, 4);
  REQUIRE(w.code.cells.size() == 1);
  CHECK(w.at(0) == handler::copy_two);
  CHECK(w.code.cells[0].d == 1);
  CHECK(w.code.cells[0].a == 2);
  CHECK(w.code.cells[0].b() == 3);
  CHECK(w.code.cells[0].c() == 4);
  w.cells.copy_slot(5, 6);
  w.cells.copy_slot(7, 5);
  CHECK(w.code.cells.size() == 3);
  w.cells.barrier();
  w.cells.copy_slot(1, 2);  // somebody may come to this place alone
  CHECK(w.code.cells.size() == 4);
}

TEST_CASE("writer: constants take one cell or two, what is in its place takes none") {
  world w;
  w.cells.move_to(0, constant_name(0xffff'ffff, value_type::i64));
  CHECK(w.at(0) == handler::constant_32);
  w.cells.move_to(0, constant_name(0x1'0000'0000, value_type::i64));
  CHECK(w.at(1) == handler::constant_64);
  CHECK(w.code.cells[2].head == 0x1'0000'0000);
  w.cells.move_to(5, slot_name(5, value_type::i32));
  CHECK(w.code.cells.size() == 3);
}

TEST_CASE("writer: slots beyond 16 bits go through scratch slots") {
  world w(65'001);
  CHECK(w.cells.reach(0xffff, 0) == 0xffff);
  CHECK(w.code.cells.size() == 0);
  CHECK(w.cells.reach(0x1'0000, 1) == 2);  // the second scratch slot
  REQUIRE(w.code.cells.size() == 2);
  CHECK(w.at(0) == handler::copy_wide);
  CHECK(w.code.cells[0].k == 2);
  CHECK(w.code.cells[1].k == 0x1'0000);
}

TEST_CASE("writer: an accumulator holds the last result until its slot is overwritten") {
  world w(8);
  const auto sum =
      w.cells.result(handler::i32_add_ss, op::i32_add, operands::ss, 3, 1, 2, value_type::i32);
  CHECK(w.cells.is_mirrored(sum));
  CHECK_FALSE(w.cells.is_mirrored(slot_name(3, value_type::f32)));  // another accumulator's
  CHECK_FALSE(w.cells.is_mirrored(slot_name(4, value_type::i32)));
  w.cells.copy_slot(3, 4);
  CHECK_FALSE(w.cells.is_mirrored(sum));
}

TEST_CASE("writer: refused memory is remembered, and nothing is written any more") {
  world w;
  w.heap.requests_left = 0;
  w.cells.put(handler::branch, 0, 0, 0);
  CHECK(w.cells.failure_ == status::out_of_memory);
  CHECK(w.code.cells.empty());
}

}  // namespace unit_interpreter_writer
