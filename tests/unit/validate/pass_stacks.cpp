// The two stacks of the validation algorithm, by themselves: live and dead.
#include <dovetail/validate/pass_stacks.hpp>

#include <array>
#include <cstdint>

#include "numbering.hpp"
#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_pass_stacks {

using namespace dovetail;
using testing::numbering;

namespace {

struct opened : pass_stacks<numbering, true, features::wasm2()> {
  using base = pass_stacks<numbering, true, features::wasm2()>;
  opened(const module_env& m, numbering& e, pass_storage<numbering>& s) : base(m, e, s) {}
  using base::become_unreachable, base::block_type_of, base::body_, base::live_, base::open,
      base::pop, base::pop_all, base::pop_any, base::push, base::push_all, base::require_top,
      base::s_, base::single, base::stack, base::start, base::target;
};

struct world {
  testing::watched_heap heap;
  module_env env{heap};
  numbering emitter;
  pass_storage<numbering> storage{heap};
  opened stacks{env, emitter, storage};
  world() { CHECK(stacks.start() == status::ok); }

  void push(std::initializer_list<value_type> types) {
    for (const value_type t : types)
      CHECK(stacks.push(t, static_cast<std::uint32_t>(storage.operands.size())) == status::ok);
  }
  void enter(block_kind kind, function_type type = {}) {
    CHECK(stacks.open({kind, storage.operands.size(), type}, {}, stacks.live_) == status::ok);
  }
};

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32;

}  // namespace

TEST_CASE("stacks: operands come back with their names, last first, if the type is right") {
  world w;
  w.push({i32, i64});
  std::uint32_t out = 99;
  CHECK(w.stacks.pop(i32, out) == status::type_mismatch);
  CHECK(w.stacks.pop(i64, out) == status::ok);
  CHECK(out == 1);
  CHECK(w.stacks.pop(i32, out) == status::ok);
  CHECK(out == 0);
  CHECK(w.stacks.pop(i32, out) == status::type_mismatch);
}

TEST_CASE("stacks: a block does not see the operands below it") {
  world w;
  w.push({i32});
  w.enter(block_kind::block);
  std::uint32_t out = 0;
  operand<std::uint32_t> any;
  CHECK(w.stacks.pop(i32, out) == status::type_mismatch);
  CHECK(w.stacks.pop_any(any) == status::type_mismatch);
  CHECK(w.stacks.require_top(std::array{i32}) == status::type_mismatch);
  w.push({f32});
  CHECK(w.stacks.require_top(std::array{f32}) == status::ok);
  CHECK(w.stacks.require_top(std::array{i32, f32}) == status::type_mismatch);
}

TEST_CASE("stacks: what is required on top stays there, names kept") {
  world w;
  w.push({i32, i64, f32});
  CHECK(w.stacks.require_top(std::array{i64, f32}) == status::ok);
  REQUIRE(w.stacks.stack().size() == 3);
  for (std::uint32_t i = 0; i < 3; ++i) CHECK(w.stacks.stack()[i].value == i);
  CHECK(w.stacks.require_top(std::array{i32, f32}) == status::type_mismatch);
}

TEST_CASE("stacks: in dead code missing operands are of any type, those that are there are not") {
  world w;
  w.push({i32});
  w.stacks.become_unreachable();
  CHECK_FALSE(w.stacks.live_);
  CHECK(w.stacks.stack().empty());
  std::uint32_t out = 0;
  operand<std::uint32_t> any;
  CHECK(w.stacks.pop(f32, out) == status::ok);
  CHECK(w.stacks.pop_any(any) == status::ok);
  CHECK(any.type == value_type::unknown);
  w.push({i64});
  CHECK(w.stacks.pop(f32, out) == status::type_mismatch);
  CHECK(w.stacks.pop(i64, out) == status::ok);
  // One that came of nothing is of any type too, and stands for one operand alone.
  CHECK(w.stacks.push(value_type::unknown, 0) == status::ok);
  CHECK(w.stacks.pop(f32, out) == status::ok);
  CHECK(w.stacks.stack().empty());
}

TEST_CASE("stacks: in dead code what is required comes into being") {
  world w;
  w.stacks.become_unreachable();
  w.push({f32});
  CHECK(w.stacks.require_top(std::array{i32, i64, f32}) == status::ok);
  REQUIRE(w.stacks.stack().size() == 3);
  CHECK(w.stacks.stack()[0].type == i32);
  CHECK(w.stacks.stack()[2].type == f32);
  CHECK(w.stacks.require_top(std::array{i32, i32, f32}) == status::type_mismatch);
}

TEST_CASE("stacks: labels count from the innermost block; a live branch marks its target") {
  world w;
  w.enter(block_kind::block);
  w.enter(block_kind::loop);
  control_frame<numbering>* f = nullptr;
  CHECK(w.stacks.target({0}, f) == status::ok);
  CHECK(f->shape.kind == block_kind::loop);
  CHECK(f->is_targeted);
  w.stacks.become_unreachable();
  CHECK(w.stacks.target({1}, f) == status::ok);
  CHECK(f->shape.kind == block_kind::block);
  CHECK_FALSE(f->is_targeted);
  CHECK(w.stacks.target({2}, f) == status::ok);
  CHECK(f->shape.kind == block_kind::function);
  CHECK(w.stacks.target({3}, f) == status::unknown_label);
  CHECK(w.stacks.target({0xffff'ffff}, f) == status::unknown_label);
}

TEST_CASE("stacks: block types") {
  world w;
  const std::array one{i64};
  const signature takes_one{{one, {}}};
  CHECK(w.env.types.push(&takes_one) == status::ok);
  function_type out;
  CHECK(w.stacks.block_type_of({}, out) == status::ok);
  CHECK(out == function_type{});
  for (const value_type t :
       {i32, i64, f32, value_type::f64, value_type::funcref, value_type::externref}) {
    CHECK(w.stacks.block_type_of({.has_result = true, .result = t}, out) == status::ok);
    CHECK(out == function_type{{}, std::array{t}});
  }
  CHECK(w.stacks.block_type_of({.has_result = true, .result = value_type::v128}, out) ==
        status::simd_not_executable);  // this emitter has no vectors
  CHECK(w.stacks.block_type_of({.is_index = true, .type = {0}}, out) == status::ok);
  CHECK(out == function_type{std::array{i64}, {}});
  CHECK(w.stacks.block_type_of({.is_index = true, .type = {1}}, out) == status::unknown_type);
}

TEST_CASE("stacks: lists are pushed and popped as wholes; refused memory is a status") {
  world w;
  const std::array types{i32, i64, f32};
  CHECK(w.stacks.push_all(types) == status::ok);
  CHECK(w.stacks.pop_all(std::array{i64, i64, f32}) == status::type_mismatch);
  CHECK(w.stacks.start() == status::ok);
  CHECK(w.stacks.push_all(types) == status::ok);
  CHECK(w.stacks.pop_all(types) == status::ok);
  w.heap.requests_left = 0;
  status s = status::ok;
  for (int i = 0; i < 100 && s == status::ok; ++i) s = w.stacks.push(i32, 0);
  CHECK(s == status::out_of_memory);
}

}  // namespace unit_validate_pass_stacks
