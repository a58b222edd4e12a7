// Constant expressions: what they may be, and what is kept of them.
#include <dovetail/validate/constant.hpp>

#include <dovetail/validate/signatures.hpp>

#include <cstdint>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace unit_validate_constant {

using namespace dovetail;
using testing::code;

namespace {

using kind = constant_expression::kind;

// Two functions; an imported constant i32, an imported mutable i32, an own i32.
struct world {
  testing::watched_heap heap;
  signature_table canonical{heap};
  module_env env{heap};
  pass_storage<constant_emitter> storage{heap};
  limits most;
  world() {
    env.canonical = &canonical;
    CHECK(env.types.push(canonical.intern({})) == status::ok);
    for (int i = 0; i < 2; ++i) {
      CHECK(env.functions.push({0}) == status::ok);
      CHECK(env.declared.push(false) == status::ok);
    }
    for (const bool is_mutable : {false, true, false})
      CHECK(env.globals.push({{value_type::i32, is_mutable}, {}}) == status::ok);
    env.imported_globals = 2;
  }
  status read(code c, value_type expected, constant_expression& out) {
    c.end();
    byte_reader r(c.bytes());
    return read_constant<binary_decoder, features::wasm2()>(r, env, storage, most, expected, out);
  }
  status read(const code& c, value_type expected = value_type::i32) {
    constant_expression ignored;
    return read(c, expected, ignored);
  }
};

code get_global(std::uint32_t index) {
  code c;
  c.put(op::global_get, {index});
  return c;
}

}  // namespace

TEST_CASE("constants: numbers of every type keep their bits") {
  world w;
  const struct {
    value_type type;
    std::uint64_t bits, high;
  } rows[] = {{value_type::i32, 0xffff'fffe, 0},
              {value_type::i64, 0x8000'0000'0000'0001, 0},
              {value_type::f32, 0x7fa0'0001, 0},
              {value_type::f64, 0xfff0'0000'0000'0001, 0},
              {value_type::v128, 0x0123'4567'89ab'cdef, 0xfedc'ba98'7654'3210},
              {value_type::funcref, 0, 0},
              {value_type::externref, 0, 0}};
  for (const auto& row : rows) {
    INFO(std::string(name(row.type)));
    constant_expression e;
    code c;
    c.constant(row.type, row.bits, row.high);
    CHECK(w.read(c, row.type, e) == status::ok);
    CHECK(e.what == kind::value);
    CHECK(e.type == row.type);
    CHECK(e.low == row.bits);
    CHECK(e.high == row.high);
    CHECK(w.read(c, row.type == value_type::i32 ? value_type::i64 : value_type::i32) ==
          status::type_mismatch);
  }
}

TEST_CASE("constants: an imported constant global, no other") {
  world w;
  constant_expression e;
  CHECK(w.read(get_global(0), value_type::i32, e) == status::ok);
  CHECK(e.what == kind::global);
  CHECK(e.index == 0);
  CHECK(w.read(get_global(0), value_type::i64) == status::type_mismatch);
  CHECK(w.read(get_global(1)) == status::constant_expression_required);
  CHECK(w.read(get_global(2)) == status::unknown_global);
  CHECK(w.read(get_global(3)) == status::unknown_global);
}

TEST_CASE("constants: a function that one refers to is declared by that") {
  world w;
  constant_expression e;
  code c;
  c.put(op::ref_func, {1});
  CHECK(w.read(c, value_type::funcref, e) == status::ok);
  CHECK(e.what == kind::function);
  CHECK(e.index == 1);
  CHECK(w.env.declared[1]);
  CHECK_FALSE(w.env.declared[0]);
  code unknown;
  unknown.put(op::ref_func, {2});
  CHECK(w.read(unknown, value_type::funcref) == status::unknown_function);
}

TEST_CASE("constants: exactly one value") {
  world w;
  CHECK(w.read(code()) == status::type_mismatch);
  code two;
  two.i32(1).i32(2);
  CHECK(w.read(two) == status::type_mismatch);
}

TEST_CASE("constants: operators that compute or branch are none") {
  world w;
  for (const op o : {op::i32_add, op::i32_eqz, op::nop, op::unreachable, op::drop, op::return_}) {
    INFO(std::string(name(o)));
    code c;
    c.i32(1).i32(1).put(o);
    CHECK(w.read(c) == status::constant_expression_required);
  }
  code call, block, stray;
  CHECK(w.read(static_cast<code&>(call.put(op::call, {0}))) ==
        status::constant_expression_required);
  CHECK(w.read(static_cast<code&>(block.open(op::block, 0x7f).i32(1).end())) ==
        status::constant_expression_required);
  CHECK(w.read(static_cast<code&>(stray.put(op::else_))) == status::end_opcode_expected);
}

TEST_CASE("constants: refused memory is a status") {
  world w;
  pass_storage<constant_emitter> storage{w.heap};
  w.heap.requests_left = 0;
  code c;
  c.i32(1).end();
  constant_expression e;
  CHECK(read_constant<binary_decoder, features::wasm2()>(byte_reader(c.bytes()), w.env, storage,
                                                         w.most, value_type::i32,
                                                         e) == status::out_of_memory);
}

namespace {

status read_third(world& w, code c, value_type expected, constant_expression& out) {
  c.end();
  byte_reader r(c.bytes());
  return read_constant<binary_decoder, features::wasm3()>(r, w.env, w.storage, w.most, expected,
                                                          out);
}

}  // namespace

TEST_CASE("constants: arithmetic is worked out where it can be, else kept as steps") {
  world w;
  constant_expression e;
  code known;
  known.i32(7).i32(-2).put(op::i32_mul).i32(1).put(op::i32_sub);
  CHECK(read_third(w, known, value_type::i32, e) == status::ok);
  CHECK(e.what == kind::value);
  CHECK(e.low == 0xffff'fff1);
  CHECK(w.env.constant_code.empty());
  CHECK(world().read(known) == status::constant_expression_required);
  code wide;
  wide.i64(-1).i64(2).put(op::i64_add);
  CHECK(read_third(w, wide, value_type::i64, e) == status::ok);
  CHECK(e.low == 1);
  CHECK(read_third(w, wide, value_type::i32, e) == status::type_mismatch);
  code of_global;
  of_global.put(op::global_get, {0}).i32(2).i32(3).put(op::i32_add).put(op::i32_mul);
  CHECK(read_third(w, of_global, value_type::i32, e) == status::ok);
  CHECK(e.what == kind::program);
  CHECK(e.low == 3);
  CHECK(w.env.constant_code[e.index].what == constant_step::kind::global);
  CHECK(w.env.constant_code[e.index + 1].low == 5);
  CHECK(w.env.constant_code[e.index + 2].what == constant_step::kind::multiply);
  code other;
  other.i32(1).i32(1).put(op::i32_and);
  CHECK(read_third(w, other, value_type::i32, e) == status::constant_expression_required);
}

TEST_CASE("constants: 3.0 sees every earlier global, if it is constant") {
  world w;
  constant_expression e;
  CHECK(read_third(w, get_global(2), value_type::i32, e) == status::ok);
  CHECK(read_third(w, get_global(1), value_type::i32, e) == status::constant_expression_required);
  CHECK(read_third(w, get_global(3), value_type::i32, e) == status::unknown_global);
}

}  // namespace unit_validate_constant
