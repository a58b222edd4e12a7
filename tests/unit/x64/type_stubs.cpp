// Stubs of types: one set a canonical signature, only those that something can reach, within the
// room that was worked out; and modules whose stubs would not fit are refused before any is
// written.
#include <dovetail/x64/type_stubs.hpp>

#include <cstdint>
#include <vector>

#include <dovetail/backtraces.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/x64.hpp>

#include "support/catch.hpp"
#include "support/configurations.hpp"
#include "support/writer.hpp"

namespace unit_x64_type_stubs {

namespace {

using dovetail::op;
using dovetail::status;
using dovetail::value_type;
using dovetail::x64_jit::abi;
using dovetail::x64_jit::code_options;
using dovetail::x64_jit::module_code;
using dovetail::x64_jit::stub_plan;
using testing::code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

using testing::config;
using checked = dovetail::runtime<config<dovetail::x64, dovetail::checked_memory>>;
using guarded = dovetail::runtime<config<dovetail::x64, dovetail::guarded_memory>>;
using with_places =
    dovetail::runtime<config<dovetail::backtraces<dovetail::x64>, dovetail::checked_memory>>;

const auto i = value_type::i32;

template <class Runtime>
auto compile(typename Runtime::engine& engine, const testing::module_writer& m) {
  auto module = engine.compile(testing::as_bytes(m.bytes()));
  REQUIRE(module);
  return *module;
}
template <class Module>
const module_code& code_behind(const Module& m) {
  return *static_cast<const module_code*>(m.data().code);
}

template <code_options Options>
void measure_stubs() {
  dovetail::allocator_of<dovetail::system_allocator> memory;
  std::vector<std::uint8_t> buffer(1 << 20);
  for (const value_type t : {value_type::i32, value_type::i64, value_type::f32, value_type::f64,
                             value_type::v128, value_type::externref}) {
    module_code c(memory);
    dovetail::x64_jit::encoder a(buffer.data());
    dovetail::x64_jit::native_entry_writer<Options> stubs(a, c);
    stubs.write_shared();
    stubs.write_vectors();
    CHECK(a.here() <= stub_plan::shared_bytes);
    for (const std::size_t count : {0u, 1u, 7u, 9u, 60u, 1000u}) {
      const std::vector<value_type> many(count, t);
      for (const dovetail::function_type& type :
           {dovetail::function_type{many, {}}, dovetail::function_type{{}, many},
            dovetail::function_type{many, many}}) {
        INFO(count << " of type " << static_cast<int>(t.code()));
        const auto most = stub_plan::bytes_of(type);
        u32 before = a.here();
        CHECK(stubs.write_host_call(type) - before < 16);
        CHECK(a.here() - before <= most);
        before = a.here();
        CHECK(stubs.write_entry(type) - before < 16);
        CHECK(a.here() - before <= most);
        if (!dovetail::x64_jit::has_native_entry(type)) continue;
        before = a.here();
        CHECK(stubs.write_native_entry(type, 1 << 20) - before < 16);
        CHECK(a.here() - before <= most);
      }
    }
  }
}

}  // namespace

TEMPLATE_TEST_CASE("type stubs: equal types share theirs, whatever reaches them", "", checked,
                   guarded, with_places) {
  typename TestType::engine engine;
  const auto size_with = [&](u32 copies) {
    testing::module_writer m;
    u32 last = 0;
    for (u32 k = 0; k < copies; ++k) last = m.type({i, value_type::f64}, {i});
    const u32 other = m.type({i}, {i});
    m.import_function("host", "f", last);
    m.table(1, 1);
    m.export_as("own", 0, m.function(0, code().put(op::local_get, {0})));
    m.export_as("other", 0, m.function(other, code().put(op::local_get, {0})));
    const auto module = compile<TestType>(engine, m);
    const module_code& c = code_behind(module);
    REQUIRE(c.by_type.size() == copies + 1);
    for (u32 k = 1; k < copies; ++k) {
      CHECK(c.by_type[k].entry == c.by_type[0].entry);
      CHECK(c.by_type[k].native_entry == c.by_type[0].native_entry);
      CHECK(c.by_type[k].host_call == c.by_type[0].host_call);
    }
    CHECK(c.by_type[0].entry != 0);
    CHECK(c.by_type[0].native_entry != 0);
    CHECK(c.by_type[0].host_call != 0);
    CHECK(c.by_type[copies].entry != c.by_type[0].entry);
    CHECK(c.by_type[copies].host_call != c.by_type[0].host_call);
    return c.size;
  };
  // Few types are compared one by one, many are looked up.
  const std::size_t one = size_with(1);
  CHECK(size_with(5) == one);
  CHECK(size_with(3000) == one);
}

TEMPLATE_TEST_CASE("type stubs: what nothing can reach is not written", "", checked, guarded) {
  typename TestType::engine engine;
  testing::module_writer m;
  const u32 none = m.type({}, {}), hidden = m.type({i}, {}), started = m.type({}, {}),
            imported = m.type({i, i}, {}), unused = m.type({i, i, i}, {});
  m.import_function("host", "f", imported);
  m.export_as("exported", 0, m.function(none, code()));
  m.function(hidden, code());
  m.start(m.function(started, code()));
  auto module = compile<TestType>(engine, m);
  const module_code& c = code_behind(module);
  CHECK(c.by_type[none].entry != 0);
  CHECK(c.by_type[started].entry == c.by_type[none].entry);
  CHECK(c.by_type[none].host_call == 0);
  CHECK((c.by_type[hidden].entry | c.by_type[hidden].native_entry) == 0);
  CHECK(c.by_type[imported].host_call != 0);
  CHECK(c.by_type[imported].entry == 0);
  CHECK((c.by_type[unused].entry | c.by_type[unused].host_call) == 0);
}

TEMPLATE_TEST_CASE("type stubs: a start function alone, and functions of elements, are entered", "",
                   checked, guarded) {
  typename TestType::engine engine;
  testing::module_writer m;
  const u32 none = m.type({}, {}), number = m.type({}, {i}), by_table = m.type({i}, {i});
  const u32 ran = m.global(i, true, code().i32(0));
  m.table(2, 2);
  m.start(m.function(none, code().i32(7).put(op::global_set, {ran})));
  const u32 listed = m.function(number, code().i32(5));
  const std::vector<u32> elements{listed};
  m.elements(1, elements);
  m.export_as("table", 1, 0);
  m.export_as("ran", 3, ran);
  code c;
  c.put(op::local_get, {0}).put(op::call_indirect, {number, 0});
  m.export_as("by_table", 0, m.function(by_table, c));
  const auto module = compile<TestType>(engine, m);
  typename TestType::store store(engine);
  const auto instance = store.instantiate(module);
  REQUIRE(instance);
  const auto global = instance->template get<dovetail::global<i32>>("ran");
  REQUIRE(global);
  CHECK(global->get() == 7);
  const auto f = instance->template get<i32(i32)>("by_table");
  REQUIRE(f);
  CHECK((*f)(1).value_or(0) == 5);
  CHECK_FALSE((*f)(0));
}

TEMPLATE_TEST_CASE("type stubs: functions of the host are called by types that are not imported",
                   "", checked, guarded) {
  // One module's function, or the host's, in a table that another module calls through.
  typename TestType::engine engine;
  testing::module_writer m;
  const u32 unary = m.type({i}, {i});
  m.import_table("env", "table", 2);
  code c;
  c.i32(20).put(op::local_get, {0}).put(op::call_indirect, {unary, 0});
  m.export_as("call", 0, m.function(unary, c));
  const auto caller = compile<TestType>(engine, m);

  testing::module_writer p;
  const u32 same = p.type({i}, {i});
  p.import_table("env", "table", 2);
  const u32 host = p.import_function("env", "add_one", same);
  const u32 own = p.function(same, code().put(op::local_get, {0}).i32(2).put(op::i32_mul));
  const std::vector<u32> both{host, own};
  p.elements(0, both);
  const auto filler = compile<TestType>(engine, p);

  typename TestType::store store(engine);
  auto table = store.make_table({value_type::funcref, {2, 2}});
  REQUIRE(table);
  dovetail::imports given = {dovetail::bind<[](i32 x) { return x + 1; }>("env", "add_one"),
                             dovetail::provide("env", "table", *table)};
  REQUIRE(store.instantiate(filler, given));
  const auto instance = store.instantiate(caller, given);
  REQUIRE(instance);
  const auto call = instance->template get<i32(i32)>("call");
  REQUIRE(call);
  CHECK((*call)(0).value_or(0) == 21);
  CHECK((*call)(1).value_or(0) == 40);
}

TEST_CASE("type stubs: none is longer than its share of the room") {
  measure_stubs<code_options{.is_checked = true, .host = abi::sysv, .keeps_places = true}>();
  measure_stubs<code_options{.is_checked = true, .host = abi::win64, .keeps_places = true}>();
  measure_stubs<code_options{.is_guarded = true}>();
}

}  // namespace unit_x64_type_stubs
