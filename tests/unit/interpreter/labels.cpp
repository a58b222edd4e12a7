// Labels: forward branches wait in a chain, and lead to where they are bound.
#include <dovetail/interpreter/labels.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_interpreter_labels {

using namespace dovetail;
using namespace dovetail::interpreting;

namespace {

// Heads that are the handlers' numbers.
struct opened : label_writer {
  using label_writer::label_writer, label_writer::bind, label_writer::cell_count,
      label_writer::copy_slot, label_writer::failure_, label_writer::lay_out, label_writer::live,
      label_writer::move_operands, label_writer::move_to, label_writer::needs_moves,
      label_writer::put, label_writer::put_return, label_writer::send, label_writer::site_of,
      label_writer::temporary, label_writer::wait, label_writer::word;
};

struct world {
  testing::watched_heap heap;
  module_env env{heap};
  module_code code{heap};
  opened labels{code, switch_dispatch::table<checked_memory>(), heap};
  value_type locals[2] = {value_type::i32, value_type::i32};

  // Two parameters, so that the temporaries begin at slot 2.
  world() {
    function_body body;
    body.module = &env;
    body.type = {locals, {}};
    body.locals = locals;
    body.size = 100;
    labels.lay_out(body);
  }
  std::uint32_t put_branch() { return labels.put(handler::branch, 0, 0, 0); }
  [[nodiscard]] handler at(std::size_t cell) const {
    return static_cast<handler>(code.cells[cell].head);
  }
};

operand<interpreting::name> slot_operand(std::uint32_t slot) {
  return {value_type::i32, 1, slot_name(slot, value_type::i32)};
}
operand<interpreting::name> constant_operand(std::uint64_t bits) {
  return {value_type::i64, 1, constant_name(bits, value_type::i64)};
}

}  // namespace

TEST_CASE("labels: every branch that waits leads to the cell where the chain is bound") {
  world w;
  block_label to;
  for (int i = 0; i < 3; ++i) w.labels.send(opened::site_of(w.put_branch(), 3), to);
  CHECK(to.waiting != 0);
  w.labels.bind(to.waiting);
  CHECK(to.waiting == 0);
  for (std::uint32_t i = 0; i < 3; ++i)
    CHECK(w.code.cells[i].distance() == static_cast<std::int32_t>(3 - i));
}

TEST_CASE("labels: branches to a loop go back at once") {
  world w;
  w.put_branch();
  block_label loop;
  loop.is_loop = true;
  loop.head = 0;
  w.put_branch();
  w.labels.send(opened::site_of(w.put_branch(), 3), loop);
  CHECK(w.code.cells[2].distance() == -2);
  CHECK(loop.waiting == 0);
}

TEST_CASE("labels: the halves of a head are sites of their own") {
  world w;
  const std::uint32_t at = w.put_branch();
  w.code.cells[at].head = 0;
  block_label to;
  w.labels.send(opened::site_of(at, 0), to);
  w.labels.send(opened::site_of(at, 1), to);
  w.put_branch();
  w.labels.bind(to.waiting);
  CHECK(w.code.cells[at].head == (std::uint64_t{2} << 32 | 2));
  CHECK(w.labels.word(opened::site_of(at, 3)) == 0);
}

TEST_CASE("labels: operands move only if they are not where the label has them") {
  world w;
  block_label to;
  to.arity = 1;
  operand<interpreting::name> there[] = {slot_operand(2)}, elsewhere[] = {slot_operand(0)};
  operand<interpreting::name> constant[] = {constant_operand(5)};
  CHECK_FALSE(w.labels.needs_moves(to, there));
  CHECK(w.labels.needs_moves(to, elsewhere));
  CHECK(w.labels.needs_moves(to, constant));
  w.labels.move_operands(to, there);
  CHECK(w.labels.cell_count() == 0);
  w.labels.move_operands(to, elsewhere);
  REQUIRE(w.labels.cell_count() == 1);
  CHECK(w.at(0) == handler::copy);
  CHECK(w.code.cells[0].d == 2);
  CHECK(w.code.cells[0].a == 0);
}

TEST_CASE("labels: returns of nothing, of a constant, of a slot, and of several values") {
  world w;
  w.labels.put_return(0, {});
  CHECK(w.at(0) == handler::return_here);
  operand<interpreting::name> small[] = {constant_operand(0xffff'ffff)}, slot[] = {slot_operand(1)};
  w.labels.put_return(1, small);
  CHECK(w.at(1) == handler::return_k);
  CHECK(w.code.cells[1].k == 0xffff'ffff);
  w.labels.put_return(1, slot);
  CHECK(w.at(2) == handler::return_s);
  CHECK(w.code.cells[2].a == 1);
  operand<interpreting::name> large[] = {constant_operand(~std::uint64_t{0})};
  w.labels.put_return(1, large);
  CHECK(w.at(3) == handler::constant_64);
  CHECK(w.code.cells[4].head == ~std::uint64_t{0});
  CHECK(w.at(5) == handler::return_here);
}

}  // namespace unit_interpreter_labels
