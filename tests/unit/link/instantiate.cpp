// Instantiation, stage by stage, of modules written down by hand. The rules are tested with whole
// modules in tests/link.
#include <dovetail/link/instantiate.hpp>

#include <dovetail/validate/signatures.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_link_instantiate {

using namespace dovetail;
using testing::watched_heap;

namespace {

using kind = constant_expression::kind;

// A function "m" "f" imported, and called at the start; a memory with "ab" in it, a global, a
// table, a declarative element segment.
struct world {
  watched_heap heap;
  limits most;
  signature_table signatures{heap};
  vm::store store{heap, most, signatures};
  vm::memory_instance empty;
  module_data* module = heap.make<module_data>(heap);
  int starts = 0;
  bool is_released = false;

  explicit world(std::uint32_t data_at = 0) {
    REQUIRE(module != nullptr);
    store.empty_memory = &empty;
    module_env& env = module->env;
    env.canonical = &signatures;
    bool good = env.types.push(signatures.intern({})) == status::ok;
    good &= env.functions.push({0}) == status::ok;
    for (const char c : {'m', 'f'}) good &= env.text.push(c) == status::ok;
    good &= env.imports.push({{0, 1}, {1, 1}, external_kind::function, 0}) == status::ok;
    env.imported_functions = 1;
    env.start = 0;
    good &= env.memories.push({{1}}) == status::ok;
    good &= env.globals.push({{}, {kind::value, value_type::i32, 0, 7, 0}}) == status::ok;
    good &= env.tables.push({value_type::externref, {2}}) == status::ok;
    good &= env.table_initials.push({}) == status::ok;
    for (const std::uint8_t c : {std::uint8_t{'a'}, std::uint8_t{'b'}})
      good &= env.data_bytes.push(c) == status::ok;
    const constant_expression at{kind::value, value_type::i32, 0, data_at, 0};
    good &= env.data_segments.push({segment_mode::active, {}, at, 0, 2}) == status::ok;
    good &= env.element_segments.push({segment_mode::declarative, {}, {}, {}, 0, 0}) == status::ok;
    CHECK(good);
  }
  ~world() { release(); }
  void release() {
    if (std::exchange(is_released, true)) return;
    vm::release_objects(store);
    module->release();
  }

  [[nodiscard]] definition start() {
    return {"m",
            "f",
            {},
            {{},
             [](void* self, caller& from, slot*) {
               auto& w = *static_cast<world*>(self);
               ++w.starts;
               return from.instance() == w.store.instances ? trap{} : trap::host(1);
             },
             this}};
  }
  template <class Linker = link_by_name>
  status run(std::vector<definition> given, vm::instance*& out, error& e) {
    return detail::instantiation<Linker, checked_memory>(store, *module, given, e).run(out);
  }
};

}  // namespace

TEST_CASE("instantiate: everything is made and initialised, then start is called once") {
  world w(65'534);
  vm::instance* i = nullptr;
  error e;
  CHECK(w.run({w.start()}, i, e) == status::ok);
  REQUIRE(i != nullptr);
  CHECK(w.starts == 1);
  CHECK(i->memory0 == i->memories[0]);
  CHECK(i->memory0->base[65'535] == std::byte{'b'});
  CHECK(i->globals[0]->low == 7);
  CHECK(i->tables[0]->size == 2);
  CHECK(i->functions[0]->owner == nullptr);
  CHECK(i->dropped_data[0]);
  CHECK(i->dropped_elements[0]);
  CHECK(w.store.instances == i);
}

TEST_CASE("instantiate: a link error says which import and changes nothing") {
  world w;
  vm::instance* i = nullptr;
  error e;
  CHECK(w.run({}, i, e) == status::unknown_import);
  CHECK(e.import_ordinal == 0);
  CHECK(e.import_module == "m");
  CHECK(e.import_name == "f");
  CHECK(e.expected.kind == external_kind::function);
  CHECK_FALSE(e.has_provided);
  vm::global_instance g{0, 0, {}, &w.store};
  CHECK(w.run({{"m", "f", {external_kind::global, &g}, {}}}, i, e) == status::incompatible_import);
  CHECK(e.has_provided);
  CHECK(e.provided.kind == external_kind::global);
  world other;
  vm::global_instance foreign{0, 0, {}, &other.store};
  CHECK(w.run({{"m", "f", {external_kind::global, &foreign}, {}}}, i, e) == status::wrong_store);
  CHECK(w.run({{"m", "f", {external_kind::function, nullptr}, {}}}, i, e) ==
        status::unknown_import);
  CHECK(w.run({w.start(), w.start()}, i, e) == status::duplicate_definition);
  CHECK(w.run<link_by_position>({}, i, e) == status::wrong_import_count);
  CHECK(i == nullptr);
  CHECK(w.store.instances == nullptr);
  CHECK(w.store.memories == nullptr);
  CHECK(w.starts == 0);
}

TEST_CASE("instantiate: a segment that does not fit traps before start; the instance stays") {
  world w(65'535);
  vm::instance* i = nullptr;
  error e;
  CHECK(w.run({w.start()}, i, e) == status::trapped);
  CHECK(e.reason.code == trap_code::memory_out_of_bounds);
  CHECK(w.store.report.code == trap_code::memory_out_of_bounds);
  CHECK(i == nullptr);
  CHECK(w.starts == 0);
  REQUIRE(w.store.instances != nullptr);
  CHECK(w.store.memories->base[65'535] == std::byte{0});
}

TEST_CASE("instantiate: an offset is unsigned") {
  world w(0xffff'fffe);
  vm::instance* i = nullptr;
  error e;
  CHECK(w.run({w.start()}, i, e) == status::trapped);
}

TEST_CASE("instantiate: a stub stands for a function that is not there, and traps when called") {
  world w;
  vm::instance* i = nullptr;
  error e;
  CHECK(w.run<trap_unknown_functions<link_by_name>>({}, i, e) == status::trapped);
  CHECK(e.reason.code == trap_code::unknown_import);
}

TEST_CASE("instantiate: memory refused at any request is a status, and nothing is started") {
  std::size_t refusals = 0;
  for (std::size_t granted = 0;; ++granted) {
    world w;
    vm::instance* i = nullptr;
    error e;
    w.heap.requests_left = granted;
    const status s = w.run({w.start()}, i, e);
    w.heap.requests_left = watched_heap::unlimited;
    CHECK((i != nullptr) == (s == status::ok));
    CHECK(w.starts == (s == status::ok ? 1 : 0));
    w.release();
    if (s == status::ok) break;
    ++refusals;
    CHECK((s == status::out_of_memory || s == status::store_out_of_memory ||
           s == status::memory_refused || s == status::table_refused));
  }
  CHECK(refusals > 4);
}

}  // namespace unit_link_instantiate
