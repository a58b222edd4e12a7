// Instructions on variables, references, tables and memories: their types and their objects.
#include <dovetail/validate/pass_objects.hpp>

#include "checking.hpp"
#include "support/catch.hpp"

using namespace dovetail;
using namespace testing;

namespace {

constexpr value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32,
                     function = value_type::funcref, foreign = value_type::externref;

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
  CHECK(get(2, function) == status::ok);
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
  CHECK(check_body(null, {}, {function}) == status::type_mismatch);
  for (const value_type t : {function, foreign})
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
              {op::table_set, {i32, function}, {i32, foreign}, false},
              {op::table_size, {}, {}, true},
              {op::table_grow, {function, i32}, {foreign, i32}, true},
              {op::table_fill, {i32, function, i32}, {i32, foreign, i32}, false}};
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
  CHECK(check_body(get, {}, {function}) == status::type_mismatch);
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
