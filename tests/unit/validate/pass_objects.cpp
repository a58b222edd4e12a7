// Instructions on variables, references, tables and memories: their types and their objects.
#include <dovetail/validate/pass_objects.hpp>

#include <cstdint>
#include <vector>

#include "checking.hpp"
#include "support/catch.hpp"

namespace unit_validate_pass_objects {

using namespace dovetail;
using namespace testing;

namespace {

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32,
                     callable = value_type::funcref, foreign = value_type::externref;

// An operator on constants of these types, whose result is dropped if there is one.
code on(op o, std::initializer_list<std::uint64_t> immediates,
        std::initializer_list<value_type> operands, bool has_result = false) {
  code c;
  for (const value_type t : operands) c.constant(t, 0);
  c.put(o, immediates);
  if (has_result) c.put(op::drop);
  return c;
}
status check_on(op o, std::initializer_list<std::uint64_t> immediates,
                std::initializer_list<value_type> operands, bool has_result = false) {
  return check_body(on(o, immediates, operands, has_result));
}

}  // namespace

TEST_CASE("objects: locals, parameters first, have the types they were declared with") {
  const std::initializer_list<locals_group> locals = {{2, i64}, {0, f32}, {1, f32}};
  const auto get = [&](std::uint32_t local, value_type type) {
    code c;
    c.put(op::local_get, {local});
    return check_body(c, {i32}, {type}, locals);
  };
  CHECK(get(0, i32) == status::ok);
  CHECK(get(1, i64) == status::ok);
  CHECK(get(2, i64) == status::ok);
  CHECK(get(3, f32) == status::ok);
  CHECK(get(3, i64) == status::type_mismatch);
  CHECK(get(4, f32) == status::unknown_local);
  const auto set = [&](op o, value_type type, bool has_result) {
    return check_body(on(o, {1}, {type}, has_result), {i32}, {}, locals);
  };
  CHECK(set(op::local_set, i64, false) == status::ok);
  CHECK(set(op::local_set, i32, false) == status::type_mismatch);
  CHECK(set(op::local_tee, i64, true) == status::ok);
  CHECK(set(op::local_tee, i32, true) == status::type_mismatch);
  CHECK(check_on(op::local_set, {0}, {i32}) == status::unknown_local);
  CHECK(check_on(op::local_tee, {0}, {i32}, true) == status::unknown_local);
}

TEST_CASE("objects: globals") {
  const auto get = [](std::uint32_t global, value_type type) {
    code c;
    c.put(op::global_get, {global});
    return check_body(c, {}, {type});
  };
  CHECK(get(0, i32) == status::ok);
  CHECK(get(1, i64) == status::ok);
  CHECK(get(2, callable) == status::ok);
  CHECK(get(1, i32) == status::type_mismatch);
  CHECK(get(3, i32) == status::unknown_global);
  CHECK(check_on(op::global_set, {1}, {i64}) == status::ok);
  CHECK(check_on(op::global_set, {1}, {i32}) == status::type_mismatch);
  CHECK(check_on(op::global_set, {0}, {i32}) == status::global_is_immutable);
  CHECK(check_on(op::global_set, {3}, {i32}) == status::unknown_global);
}

TEST_CASE("objects: references") {
  code null;
  null.constant(foreign, 0);
  CHECK(check_body(null, {}, {foreign}) == status::ok);
  CHECK(check_body(null, {}, {callable}) == status::type_mismatch);
  for (const value_type t : {callable, foreign})
    CHECK(check_on(op::ref_is_null, {}, {t}, true) == status::ok);
  CHECK(check_on(op::ref_is_null, {}, {i32}, true) == status::type_mismatch);
  CHECK(check_on(op::ref_is_null, {}, {}, true) == status::type_mismatch);
  code dead;
  dead.put(op::unreachable).put(op::ref_is_null);
  CHECK(check_body(dead, {}, {i32}) == status::ok);
  CHECK(check_on(op::ref_func, {0}, {}, true) == status::ok);
  CHECK(check_on(op::ref_func, {1}, {}, true) == status::undeclared_function_reference);
  CHECK(check_on(op::ref_func, {2}, {}, true) == status::unknown_function);
}

TEST_CASE("objects: tables take and give references of their type") {
  const struct {
    op o;
    std::vector<value_type> funcs, externs;
    bool has_result;
  } rows[] = {{op::table_get, {i32}, {i32}, true},
              {op::table_set, {i32, callable}, {i32, foreign}, false},
              {op::table_size, {}, {}, true},
              {op::table_grow, {callable, i32}, {foreign, i32}, true},
              {op::table_fill, {i32, callable, i32}, {i32, foreign, i32}, false}};
  for (const auto& row : rows) {
    INFO(std::string(name(row.o)));
    const auto check_list = [&](std::uint32_t table, const std::vector<value_type>& types) {
      code c;
      for (const value_type t : types) c.constant(t, 0);
      c.put(row.o, {table});
      if (row.has_result) c.put(op::drop);
      return check_body(c);
    };
    CHECK(check_list(0, row.funcs) == status::ok);
    CHECK(check_list(1, row.externs) == status::ok);
    CHECK(check_list(2, row.funcs) == status::unknown_table);
    if (row.funcs != row.externs) CHECK(check_list(1, row.funcs) == status::type_mismatch);
    std::vector<value_type> wrong = row.funcs;
    if (wrong.empty()) continue;
    wrong.back() = f32;
    CHECK(check_list(0, wrong) == status::type_mismatch);
  }
  code get;
  get.i32(0).put(op::table_get, {1});
  CHECK(check_body(get, {}, {foreign}) == status::ok);
  CHECK(check_body(get, {}, {callable}) == status::type_mismatch);
}

TEST_CASE("objects: bulk operators on tables") {
  CHECK(check_on(op::table_copy, {0, 0}, {i32, i32, i32}) == status::ok);
  CHECK(check_on(op::table_copy, {0, 1}, {i32, i32, i32}) == status::type_mismatch);
  CHECK(check_on(op::table_copy, {0, 2}, {i32, i32, i32}) == status::unknown_table);
  CHECK(check_on(op::table_copy, {2, 0}, {i32, i32, i32}) == status::unknown_table);
  CHECK(check_on(op::table_copy, {0, 0}, {i32, i32}) == status::type_mismatch);
  CHECK(check_on(op::table_init, {0, 0}, {i32, i32, i32}) == status::ok);
  CHECK(check_on(op::table_init, {0, 1}, {i32, i32, i32}) == status::type_mismatch);
  CHECK(check_on(op::table_init, {1, 0}, {i32, i32, i32}) == status::unknown_element_segment);
  CHECK(check_on(op::table_init, {0, 2}, {i32, i32, i32}) == status::unknown_table);
  CHECK(check_on(op::table_init, {0, 0}, {i32, i64, i32}) == status::type_mismatch);
  CHECK(check_on(op::elem_drop, {0}, {}) == status::ok);
  CHECK(check_on(op::elem_drop, {1}, {}) == status::unknown_element_segment);
}

TEST_CASE("objects: memories") {
  CHECK(check_on(op::memory_size, {0}, {}, true) == status::ok);
  CHECK(check_on(op::memory_grow, {0}, {i32}, true) == status::ok);
  CHECK(check_on(op::memory_grow, {0}, {i64}, true) == status::type_mismatch);
  CHECK(check_on(op::memory_fill, {0}, {i32, i32, i32}) == status::ok);
  CHECK(check_on(op::memory_fill, {0}, {i32, i32, f32}) == status::type_mismatch);
  CHECK(check_on(op::memory_copy, {0, 0}, {i32, i32, i32}) == status::ok);
  CHECK(check_on(op::memory_copy, {0, 0}, {i64, i32, i32}) == status::type_mismatch);
  CHECK(check_on(op::memory_init, {0, 0}, {i32, i32, i32}) == status::ok);
  CHECK(check_on(op::memory_init, {1, 0}, {i32, i32, i32}) == status::unknown_data_segment);
  CHECK(check_on(op::data_drop, {0}, {}) == status::ok);
  CHECK(check_on(op::data_drop, {1}, {}) == status::unknown_data_segment);
}

TEST_CASE("objects: without a memory there is nothing to operate on; data must be announced") {
  const auto bare = [](const code& c) {
    module_writer m;
    m.function(m.type({}, {}), c);
    return check(m.bytes()).code;
  };
  CHECK(bare(on(op::memory_size, {0}, {}, true)) == status::unknown_memory);
  CHECK(bare(on(op::memory_grow, {0}, {i32}, true)) == status::unknown_memory);
  CHECK(bare(on(op::memory_fill, {0}, {i32, i32, i32})) == status::unknown_memory);
  CHECK(bare(on(op::memory_copy, {0, 0}, {i32, i32, i32})) == status::unknown_memory);
  CHECK(bare(on(op::memory_init, {0, 0}, {i32, i32, i32})) == status::unknown_memory);
  CHECK(bare(on(op::i32_load, {0, 0}, {i32}, true)) == status::unknown_memory);
  CHECK(bare(on(op::data_drop, {0}, {})) == status::data_count_required);
}

namespace {

using bytes = std::vector<std::uint8_t>;

// A body of 3.0 in a module with types 0 [] -> [], 1 [i32] -> [i32], 2 [(ref 1)] -> [i32], 3
// [(ref null 1)] -> [i32], 4 open [] -> []; memories 0 of 32 and 1 of 64 bits; tables 0 of funcref,
// 1 of funcref with 64 bits, 2 of (ref 0); element segment 0 of (ref func); function 0 of type 0.
// The body is that of function 1, locals and `end` included.
status third(std::uint8_t type, bytes body) {
  const bytes types = {5, 0x60, 0,    0, 0x60, 1, 0x7f, 1,    0x7f, 0x60, 1,    0x64, 1,
                       1, 0x7f, 0x60, 1, 0x63, 1, 1,    0x7f, 0x50, 0,    0x60, 0,    0};
  bytes code = {2, 2, 0, 0x0b, static_cast<std::uint8_t>(body.size())};
  code.insert(code.end(), body.begin(), body.end());
  return check_as_third_version(
             raw_module({{1, types},
                         {3, {2, 0, type}},
                         {4, {3, 0x70, 0, 1, 0x70, 4, 1, 0x40, 0, 0x64, 0, 0, 1, 0xd2, 0, 0x0b}},
                         {5, {2, 0, 1, 4, 1}},
                         {9, {1, 1, 0, 1, 0}},
                         {12, {1}},
                         {10, code},
                         {11, {1, 1, 0}}}))
      .code;
}
// Without locals; drops what is left if asked to.
status third_of(std::uint8_t type, bytes operators, bool is_dropped = false) {
  bytes body = {0};
  body.insert(body.end(), operators.begin(), operators.end());
  if (is_dropped) body.push_back(0x1a);
  body.push_back(0x0b);
  return third(type, body);
}

}  // namespace

TEST_CASE("objects: addresses and sizes of 64-bit memories are i64, of others i32") {
  const auto load = [](bytes address, bytes argument) {
    address.push_back(0x28);
    address.insert(address.end(), argument.begin(), argument.end());
    return third_of(0, address, true);
  };
  const bytes narrow = {0x41, 0}, wide = {0x42, 0};
  CHECK(load(narrow, {0, 0}) == status::ok);
  CHECK(load(wide, {0, 0}) == status::type_mismatch);
  CHECK(load(wide, {0x40, 1, 0}) == status::ok);
  CHECK(load(narrow, {0x40, 1, 0}) == status::type_mismatch);
  CHECK(load(narrow, {0x40, 2, 0}) == status::unknown_memory);
  const bytes high = {0x80, 0x80, 0x80, 0x80, 0x10};
  CHECK(load(narrow, {0, high[0], high[1], high[2], high[3], high[4]}) ==
        status::offset_out_of_range);
  CHECK(load(wide, {0x40, 1, high[0], high[1], high[2], high[3], high[4]}) == status::ok);
  // In dead code addresses come from nowhere, but the result has its type.
  CHECK(third_of(0, {0x00, 0x28, 0x40, 1, 0, 0x45}, true) == status::ok);
  CHECK(third_of(0, {0x00, 0x28, 0x40, 1, 0, 0x50}, true) == status::type_mismatch);
  CHECK(third_of(0, {0x3f, 1, 0x50}, true) == status::ok);  // memory.size, i64.eqz
  CHECK(third_of(0, {0x3f, 0, 0x50}, true) == status::type_mismatch);
  CHECK(third_of(0, {0x42, 1, 0x40, 1, 0x50}, true) == status::ok);  // memory.grow
  CHECK(third_of(0, {0x41, 1, 0x40, 1}, true) == status::type_mismatch);
}

TEST_CASE("objects: between memories of both kinds the count is i32") {
  const auto copy = [](bytes operands, std::uint8_t to, std::uint8_t from) {
    for (const std::uint8_t b : {std::uint8_t{0xfc}, std::uint8_t{0x0a}, to, from})
      operands.push_back(b);
    return third_of(0, operands);
  };
  const bytes wide = {0x42, 0, 0x42, 0, 0x42, 0}, narrow = {0x41, 0, 0x41, 0, 0x41, 0};
  const bytes to_wide = {0x42, 0, 0x41, 0, 0x41, 0}, from_wide = {0x41, 0, 0x42, 0, 0x41, 0};
  const bytes wide_count = {0x42, 0, 0x41, 0, 0x42, 0};
  CHECK(copy(wide, 1, 1) == status::ok);
  CHECK(copy(narrow, 0, 0) == status::ok);
  CHECK(copy(to_wide, 1, 0) == status::ok);
  CHECK(copy(from_wide, 0, 1) == status::ok);
  CHECK(copy(wide_count, 1, 0) == status::type_mismatch);
  CHECK(copy(narrow, 1, 1) == status::type_mismatch);
  CHECK(copy(wide, 0, 0) == status::type_mismatch);
}

TEST_CASE("objects: tables with 64-bit indices, and elements that are never null") {
  CHECK(third_of(0, {0x42, 0, 0x25, 1}, true) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0x25, 1}, true) == status::type_mismatch);
  CHECK(third_of(0, {0x41, 0, 0xd2, 0, 0x26, 2}) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0xd0, 0, 0x26, 2}) == status::type_mismatch);
  CHECK(third_of(0, {0x41, 0, 0xd0, 0x73, 0x26, 0}) == status::ok);  // nofunc
  // The element segment is of (ref func): it fits funcref, not (ref 0).
  CHECK(third_of(0, {0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0c, 0, 0}) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0c, 0, 2}) == status::type_mismatch);
  CHECK(third_of(0, {0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0e, 0, 2}) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0e, 2, 0}) == status::type_mismatch);
}

TEST_CASE("objects: a local without a default is read only where it was set") {
  const auto with_local = [](bytes operators) {
    bytes body = {1, 1, 0x64, 0};  // one (ref 0)
    body.insert(body.end(), operators.begin(), operators.end());
    body.push_back(0x0b);
    return third(0, body);
  };
  const bytes get = {0x20, 0, 0x1a}, set = {0xd2, 0, 0x21, 0};
  const auto both = [](bytes a, const bytes& b) {
    return a.insert(a.end(), b.begin(), b.end()), a;
  };
  CHECK(with_local(get) == status::uninitialized_local);
  CHECK(with_local(both(set, get)) == status::ok);
  CHECK(with_local({0xd2, 0, 0x22, 0, 0x1a, 0x20, 0, 0x1a}) == status::ok);
  // What a block sets is set up to its end; an else begins as its if did.
  const bytes block = both(both({0x02, 0x40}, set), {0x0b});
  CHECK(with_local(both(block, get)) == status::uninitialized_local);
  CHECK(with_local(both(both(set, block), get)) == status::ok);
  CHECK(with_local(both(both(both({0x41, 0, 0x04, 0x40}, set), {0x05}), both(get, {0x0b}))) ==
        status::uninitialized_local);
  CHECK(with_local(both(both({0x02, 0x40}, set), both(get, {0x0b}))) == status::ok);
  CHECK(with_local({0xd0, 0, 0x21, 0}) == status::type_mismatch);
}

TEST_CASE("objects: references to functions of a type are called, tested, and made non-null") {
  CHECK(third_of(2, {0x41, 5, 0x20, 0, 0x14, 1}) == status::ok);
  CHECK(third_of(3, {0x41, 5, 0x20, 0, 0x14, 1}) == status::ok);
  CHECK(third_of(3, {0x41, 5, 0x20, 0, 0x14, 0}) == status::type_mismatch);
  CHECK(third_of(3, {0x41, 5, 0x20, 0, 0x14, 9}) == status::unknown_type);
  CHECK(third_of(3, {0x41, 5, 0x20, 0, 0x15, 1}) == status::ok);
  CHECK(third_of(0, {0x41, 5, 0xd0, 1, 0x15, 1}) == status::type_mismatch);  // other results
  // (ref null 1) becomes (ref 1), which (func (param (ref 1))) does not need to do.
  CHECK(third_of(3, {0x20, 0, 0xd4, 0xd1}) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0xd4}, true) == status::type_mismatch);
  CHECK(third_of(0, {0x00, 0xd4, 0xd1}, true) == status::ok);
  CHECK(third_of(0, {0x00, 0xd4, 0x45}, true) == status::type_mismatch);
  // A branch on null carries what lies below; one on non-null carries the reference.
  CHECK(third_of(3, {0x41, 1, 0x20, 0, 0xd5, 0, 0x14, 1}) == status::ok);
  CHECK(third_of(3, {0x02, 0x64, 1, 0x20, 0, 0xd6, 0, 0x00, 0x0b, 0x1a, 0x41, 1}) == status::ok);
  CHECK(third_of(3, {0x20, 0, 0xd6, 0, 0x41, 1}) == status::type_mismatch);
  CHECK(third_of(3, {0x20, 0, 0xd5, 1, 0x1a, 0x41, 1}) == status::unknown_label);
}

TEST_CASE("objects: calls that take their caller's place have its results") {
  CHECK(third_of(0, {0x12, 0}) == status::ok);
  CHECK(third_of(1, {0x12, 0}) == status::type_mismatch);
  CHECK(third_of(1, {0x20, 0, 0x12, 1}) == status::ok);
  CHECK(third_of(1, {0x12, 1}) == status::type_mismatch);
  CHECK(third_of(0, {0x12, 2}) == status::unknown_function);
  CHECK(third_of(0, {0x41, 0, 0x13, 0, 0}) == status::ok);
  CHECK(third_of(0, {0x42, 0, 0x13, 0, 1}) == status::ok);
  CHECK(third_of(0, {0x41, 0, 0x13, 0, 1}) == status::type_mismatch);
  CHECK(third_of(1, {0x41, 0, 0x13, 0, 0}) == status::type_mismatch);
  CHECK(third_of(0, {0x12, 0, 0x6a, 0x1a}) == status::ok);  // what follows is dead
}

}  // namespace unit_validate_pass_objects
