// What imports resolve to.
#include <dovetail/link/definition.hpp>

#include <dovetail/validate/signatures.hpp>

#include <cstdint>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_definition {

using namespace dovetail;
using testing::watched_heap;

namespace {

struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  ~world() { vm::release_objects(store); }
};

trap nothing(void*, caller&, slot*) { return {}; }

constexpr value_type one[] = {value_type::i32};

}  // namespace

TEST_CASE("definition: objects tell their store and their type as they are now") {
  world w;
  const signature of_f{{one, {}}};
  vm::function_instance f;
  f.signature = &of_f;
  f.home = &w.store;
  vm::table_instance t;
  t.type = {value_type::externref, {1, 9}};
  t.size = 4;
  t.home = &w.store;
  vm::memory_instance m;
  m.type = {{0, 7}};
  m.size = 3 * vm::page_size;
  m.home = &w.store;
  vm::global_instance g{0, 0, {value_type::f32, true}, &w.store};
  vm::tag_instance tag{&of_f, &w.store};
  const vm::external_object objects[] = {{external_kind::function, &f},
                                         {external_kind::table, &t},
                                         {external_kind::memory, &m},
                                         {external_kind::global, &g},
                                         {external_kind::tag, &tag}};
  for (const vm::external_object& o : objects) {
    CHECK(o.home() == &w.store);
    CHECK(o.type().kind == o.kind);
  }
  CHECK(objects[0].type().function == function_type{one, {}});
  CHECK(objects[1].type().table == table_type{value_type::externref, {4, 9}});
  CHECK(objects[2].type().memory == memory_type{{3, 7}});
  CHECK(objects[3].type().global == global_type{value_type::f32, true});
  CHECK(objects[4].type().function == function_type{one, {}});
}

TEST_CASE("definition: a recipe is a function, what has neither recipe nor object is empty") {
  const definition recipe{"m", "n", {}, {{one, {}}, &nothing}};
  CHECK(recipe.is_recipe());
  CHECK_FALSE(recipe.is_empty());
  CHECK(recipe.kind() == external_kind::function);
  CHECK(recipe.type().function == function_type{one, {}});
  vm::global_instance g{0, 0, {value_type::i64, false}, nullptr};
  const definition object{"m", "n", {external_kind::global, &g}, {}};
  CHECK_FALSE(object.is_recipe());
  CHECK_FALSE(object.is_empty());
  CHECK(object.kind() == external_kind::global);
  CHECK(object.type().global == g.type);
  const definition empty{"m", "n", {external_kind::memory, nullptr}, {}};
  CHECK(empty.is_empty());
  CHECK_FALSE(empty.is_recipe());
}

}  // namespace unit_link_definition
