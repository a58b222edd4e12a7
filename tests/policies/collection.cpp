// Instances that come and go within one store: what keeps one, what goes with one, and a thousand
// hot reloads that leave nothing behind.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <dovetail/snapshot.hpp>

#include "configurations.hpp"
#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace {

using namespace controlled;
using dovetail::bind;
using dovetail::imports;
using dovetail::provide;
using dovetail::status;
using dovetail::value_type;
using i32 = std::int32_t;
using u64 = std::uint64_t;

constexpr u64 page = 65'536;

// What lives long: others put their functions into its table and its variable.
// (module
//   (type $none_i (func (result i32)))
//   (memory (export "memory") 1)
//   (table $t (export "table") 4 funcref)
//   (table (export "objects") 2 externref)
//   (global (export "count") (mut i32) (i32.const 0))
//   (global (export "chosen") (mut funcref) (ref.null func))
//   (func (export "call") (param i32) (result i32)
//     (call_indirect $t (type $none_i) (local.get 0)))
//   (func (export "keep") (param i32 externref)
//     (table.set 1 (local.get 0) (local.get 1)))
//   (func (export "seven") (result i32) (i32.const 7)))
constexpr unsigned char core_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0f, 0x03, 0x60, 0x00, 0x01, 0x7f, 0x60,
    0x01, 0x7f, 0x01, 0x7f, 0x60, 0x02, 0x7f, 0x6f, 0x00, 0x03, 0x04, 0x03, 0x01, 0x02, 0x00, 0x04,
    0x07, 0x02, 0x70, 0x00, 0x04, 0x6f, 0x00, 0x02, 0x05, 0x03, 0x01, 0x00, 0x01, 0x06, 0x0b, 0x02,
    0x7f, 0x01, 0x41, 0x00, 0x0b, 0x70, 0x01, 0xd0, 0x70, 0x0b, 0x07, 0x43, 0x08, 0x06, 0x6d, 0x65,
    0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x05, 0x74, 0x61, 0x62, 0x6c, 0x65, 0x01, 0x00, 0x07, 0x6f,
    0x62, 0x6a, 0x65, 0x63, 0x74, 0x73, 0x01, 0x01, 0x05, 0x63, 0x6f, 0x75, 0x6e, 0x74, 0x03, 0x00,
    0x06, 0x63, 0x68, 0x6f, 0x73, 0x65, 0x6e, 0x03, 0x01, 0x04, 0x63, 0x61, 0x6c, 0x6c, 0x00, 0x00,
    0x04, 0x6b, 0x65, 0x65, 0x70, 0x00, 0x01, 0x05, 0x73, 0x65, 0x76, 0x65, 0x6e, 0x00, 0x02, 0x0a,
    0x17, 0x03, 0x07, 0x00, 0x20, 0x00, 0x11, 0x00, 0x00, 0x0b, 0x08, 0x00, 0x20, 0x00, 0x20, 0x01,
    0x26, 0x01, 0x0b, 0x04, 0x00, 0x41, 0x07, 0x0b,
};

// What is loaded again and again. Its memory is the second of its kind.
// (module
//   (type $none_i (func (result i32)))
//   (import "core" "table" (table $core 4 funcref))
//   (import "core" "memory" (memory 1))
//   (import "core" "count" (global $count (mut i32)))
//   (import "core" "chosen" (global $chosen (mut funcref)))
//   (import "core" "seven" (func $seven (result i32)))
//   (import "host" "work" (func $work (result i32)))
//   (table $own 100 funcref)
//   (global $mine (mut funcref) (ref.func $run))
//   (elem declare func $run $seven)
//   (elem $some (table $own) (i32.const 0) func $run $work)
//   (func $run (export "run") (result i32)
//     (global.set $count (i32.add (global.get $count) (i32.const 1)))
//     (i32.store (i32.const 0) (global.get $count))
//     (i32.add (call $seven) (call $work)))
//   (func (export "install") (param i32) (table.set $core (local.get 0) (ref.func $run)))
//   (func (export "install host's") (param i32)
//     (table.set $core (local.get 0) (table.get $own (i32.const 1))))
//   (func (export "remove") (param i32) (table.set $core (local.get 0) (ref.null func)))
//   (func (export "choose") (global.set $chosen (ref.func $run))))
constexpr unsigned char mod_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x03, 0x60, 0x00, 0x01, 0x7f, 0x60,
    0x01, 0x7f, 0x00, 0x60, 0x00, 0x00, 0x02, 0x55, 0x06, 0x04, 0x63, 0x6f, 0x72, 0x65, 0x05, 0x74,
    0x61, 0x62, 0x6c, 0x65, 0x01, 0x70, 0x00, 0x04, 0x04, 0x63, 0x6f, 0x72, 0x65, 0x06, 0x6d, 0x65,
    0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x01, 0x04, 0x63, 0x6f, 0x72, 0x65, 0x05, 0x63, 0x6f, 0x75,
    0x6e, 0x74, 0x03, 0x7f, 0x01, 0x04, 0x63, 0x6f, 0x72, 0x65, 0x06, 0x63, 0x68, 0x6f, 0x73, 0x65,
    0x6e, 0x03, 0x70, 0x01, 0x04, 0x63, 0x6f, 0x72, 0x65, 0x05, 0x73, 0x65, 0x76, 0x65, 0x6e, 0x00,
    0x00, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x77, 0x6f, 0x72, 0x6b, 0x00, 0x00, 0x03, 0x06, 0x05,
    0x00, 0x01, 0x01, 0x01, 0x02, 0x04, 0x04, 0x01, 0x70, 0x00, 0x64, 0x06, 0x06, 0x01, 0x70, 0x01,
    0xd2, 0x02, 0x0b, 0x07, 0x34, 0x05, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x02, 0x07, 0x69, 0x6e, 0x73,
    0x74, 0x61, 0x6c, 0x6c, 0x00, 0x03, 0x0e, 0x69, 0x6e, 0x73, 0x74, 0x61, 0x6c, 0x6c, 0x20, 0x68,
    0x6f, 0x73, 0x74, 0x27, 0x73, 0x00, 0x04, 0x06, 0x72, 0x65, 0x6d, 0x6f, 0x76, 0x65, 0x00, 0x05,
    0x06, 0x63, 0x68, 0x6f, 0x6f, 0x73, 0x65, 0x00, 0x06, 0x09, 0x0f, 0x02, 0x03, 0x00, 0x02, 0x02,
    0x00, 0x02, 0x01, 0x41, 0x00, 0x0b, 0x00, 0x02, 0x02, 0x01, 0x0a, 0x3b, 0x05, 0x15, 0x00, 0x23,
    0x00, 0x41, 0x01, 0x6a, 0x24, 0x00, 0x41, 0x00, 0x23, 0x00, 0x36, 0x02, 0x00, 0x10, 0x00, 0x10,
    0x01, 0x6a, 0x0b, 0x08, 0x00, 0x20, 0x00, 0xd2, 0x02, 0x26, 0x00, 0x0b, 0x0a, 0x00, 0x20, 0x00,
    0x41, 0x01, 0x25, 0x01, 0x26, 0x00, 0x0b, 0x08, 0x00, 0x20, 0x00, 0xd0, 0x70, 0x26, 0x00, 0x0b,
    0x06, 0x00, 0xd2, 0x02, 0x24, 0x01, 0x0b,
};

// Has a memory of its own and everything that others may import.
// (module
//   (type $none_i (func (result i32)))
//   (memory (export "memory") 2)
//   (table (export "table") 4 funcref)
//   (global (export "count") (mut i32) (i32.const 0))
//   (global (export "chosen") (mut funcref) (ref.null func))
//   (func (export "seven") (result i32) (i32.load (i32.const 0)))
//   (data (i32.const 0) "\07"))
constexpr unsigned char library_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f, 0x03,
    0x02, 0x01, 0x00, 0x04, 0x04, 0x01, 0x70, 0x00, 0x04, 0x05, 0x03, 0x01, 0x00, 0x02, 0x06, 0x0b,
    0x02, 0x7f, 0x01, 0x41, 0x00, 0x0b, 0x70, 0x01, 0xd0, 0x70, 0x0b, 0x07, 0x2b, 0x05, 0x06, 0x6d,
    0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x05, 0x74, 0x61, 0x62, 0x6c, 0x65, 0x01, 0x00, 0x05,
    0x63, 0x6f, 0x75, 0x6e, 0x74, 0x03, 0x00, 0x06, 0x63, 0x68, 0x6f, 0x73, 0x65, 0x6e, 0x03, 0x01,
    0x05, 0x73, 0x65, 0x76, 0x65, 0x6e, 0x00, 0x00, 0x0a, 0x09, 0x01, 0x07, 0x00, 0x41, 0x00, 0x28,
    0x02, 0x00, 0x0b, 0x0b, 0x07, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x01, 0x07,
};

// (module (import "host" "hook" (func $hook (result i32)))
//   (func (export "run") (result i32) (call $hook)))
constexpr unsigned char hook_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00,
    0x01, 0x7f, 0x02, 0x0d, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x68, 0x6f,
    0x6f, 0x6b, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x07, 0x07, 0x01, 0x03, 0x72,
    0x75, 0x6e, 0x00, 0x01, 0x0a, 0x06, 0x01, 0x04, 0x00, 0x10, 0x00, 0x0b,
};

// (module (import "host" "hook" (func $hook)) (start $hook) (memory 1))
constexpr unsigned char start_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00,
    0x00, 0x02, 0x0d, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x04, 0x68, 0x6f, 0x6f,
    0x6b, 0x00, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x08, 0x01, 0x00,
};

template <class Config>
struct watched : Config {
  using allocator = testing::watched_policy;
  static constexpr dovetail::limits limit{.call_depth = 100, .stack_slots = 1000};
};

template <class Config>
struct world {
  using rt = dovetail::runtime<watched<Config>>;
  using instance = typename rt::instance;

  auto compile(std::span<const unsigned char> bytes) {
    return engine.compile(std::as_bytes(bytes)).value();
  }
  instance make(std::span<const unsigned char> bytes) {
    return store.instantiate(compile(bytes)).value();
  }
  // A mod on top of an instance that exports what it imports; its host function says what.
  instance load(const instance& on, const std::shared_ptr<i32>& gives) {
    imports env = {provide("core", "table", *on.template get<dovetail::table_handle>("table")),
                   provide("core", "memory", *on.template get<dovetail::memory_view>("memory")),
                   provide("core", "count", *on.template get<dovetail::global_handle>("count")),
                   provide("core", "chosen", *on.template get<dovetail::global_handle>("chosen")),
                   provide("core", "seven", *on.template get<dovetail::function_handle>("seven")),
                   bind("host", "work", [gives] { return *gives; })};
    return store.instantiate(compile(mod_bytes), env).value();
  }
  dovetail::collected collect() { return store.collect().value(); }

  testing::watched_heap heap;
  typename rt::engine engine{testing::watched_policy{&heap}};
  typename rt::store store{engine};
  instance core = make(core_bytes);
  std::shared_ptr<i32> number = std::make_shared<i32>(10);
};

template <class T, class Instance, class... A>
auto call(const Instance& i, const char* name, A... arguments) {
  return (*i.template get<T>(name))(arguments...).value();
}
template <class Instance, class... A>
void run(const Instance& i, const char* name, A... arguments) {
  REQUIRE((*i.template get<void(A...)>(name))(arguments...).has_value());
}

constexpr dovetail::collected nothing{};

}  // namespace

TEMPLATE_TEST_CASE("collection: what is not released stays", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto mod = w.load(w.core, w.number);
  const u64 used = w.store.used_bytes();
  CHECK(w.collect() == nothing);
  CHECK(w.store.used_bytes() == used);
  CHECK(call<i32()>(mod, "run") == 17);
  // What a released instance needs of others does not keep it, and it works until it goes.
  REQUIRE(w.store.release(mod) == status::ok);
  CHECK(call<i32()>(mod, "run") == 17);
  CHECK(w.number.use_count() == 2);
  const dovetail::collected freed = w.collect();
  CHECK(freed.instances == 1);
  CHECK(freed.bytes > 800);
  CHECK(freed.bytes == used - w.store.used_bytes());
  CHECK(w.number.use_count() == 1);
  CHECK(w.store.instance_count() == 1);
  CHECK(w.collect() == nothing);
  CHECK(call<i32()>(w.core, "seven") == 7);
}

TEMPLATE_TEST_CASE("collection: a handle of what is gone says so", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto mod = w.load(w.core, w.number);
  const auto copy = mod;
  const auto* const place = &mod.data();
  REQUIRE(w.store.release(mod) == status::ok);
  REQUIRE(w.store.release(mod) == status::ok);
  CHECK(mod.is_alive());
  CHECK(w.collect().instances == 1);
  CHECK_FALSE(mod.is_alive());
  CHECK(copy.template get<i32()>("run").error().code == status::instance_gone);
  CHECK_FALSE(copy.find("run").has_value());
  CHECK_FALSE(copy.export_at(0).has_value());
  CHECK(w.store.release(copy) == status::instance_gone);
  CHECK(take_snapshot(copy).error().code == status::instance_gone);
  CHECK(fork(copy).error().code == status::instance_gone);
  typename world<TestType>::rt::linker linker{w.engine};
  CHECK(linker.define_instance("mod", copy) == status::instance_gone);
  // Nor is the instance that took its place meant.
  const auto next = w.load(w.core, w.number);
  CHECK(&next.data() == place);
  CHECK_FALSE(copy.is_alive());
  CHECK(copy.template get<i32()>("run").error().code == status::instance_gone);
  CHECK(call<i32()>(next, "run") == 17);
  typename world<TestType>::rt::store other{w.engine};
  CHECK(other.release(next) == status::wrong_store);
}

TEMPLATE_TEST_CASE("collection: references in tables and globals keep an instance", "",
                   ALL_CONFIGS) {
  world<TestType> w;
  const auto mod = w.load(w.core, w.number);
  REQUIRE(w.store.release(mod) == status::ok);
  const auto expect_kept = [&](bool is_kept) {
    CHECK(w.collect().instances == (is_kept ? 0 : 1));
    CHECK(mod.is_alive() == is_kept);
    CHECK(w.number.use_count() == (is_kept ? 2 : 1));
  };
  SECTION("a table of another instance") {
    run(mod, "install", i32{2});
    expect_kept(true);
    CHECK(call<i32(i32)>(w.core, "call", 2) == 17);
    REQUIRE(w.core.template get<dovetail::table_handle>("table")->set(
                2, dovetail::value::null(value_type::funcref)) == status::ok);
    expect_kept(false);
  }
  SECTION("a host function that goes with it") {
    run(mod, "install host's", i32{1});
    expect_kept(true);
    CHECK(call<i32(i32)>(w.core, "call", 1) == 10);
    run(mod, "remove", i32{1});
    expect_kept(false);
  }
  SECTION("a global of another instance") {
    run(mod, "choose");
    expect_kept(true);
    const auto chosen = *w.core.template get<dovetail::global_handle>("chosen");
    REQUIRE(chosen.set(dovetail::value::null(value_type::funcref)) == status::ok);
    expect_kept(false);
  }
  SECTION("a table and a global of the host") {
    const auto f = mod.template get<dovetail::function_handle>("run")->reference();
    const auto table = *w.store.make_table({value_type::funcref, {1}}, dovetail::value(f));
    expect_kept(true);
    const auto global = *w.store.make_global(f);
    REQUIRE(table.set(0, dovetail::value::null(value_type::funcref)) == status::ok);
    expect_kept(true);
    global = dovetail::funcref{};
    expect_kept(false);
  }
  SECTION("an instance that imports of it") {
    const auto library = w.make(library_bytes);
    std::optional user = w.load(library, std::make_shared<i32>(4));
    REQUIRE(w.store.release(library) == status::ok);
    expect_kept(false);
    CHECK(library.is_alive());
    CHECK(call<i32()>(*user, "run") == 1 + 4);
    REQUIRE(w.store.release(*user) == status::ok);
    CHECK(w.collect().instances == 2);
    CHECK_FALSE(library.is_alive());
  }
}

TEMPLATE_TEST_CASE("collection: cycles go, and the memory with them", "", ALL_CONFIGS) {
  world<TestType> w;
  CHECK(w.collect() == nothing);
  u64 used = 0;
  for (int k = 0; k < 3; ++k) {
    const auto library = w.make(library_bytes);
    const auto user = w.load(library, w.number), other = w.load(library, w.number);
    // It imports of the library, whose table refers to it, as does that of the other one.
    run(user, "install", i32{0});
    run(other, "choose");
    CHECK(call<i32()>(user, "run") == 1 + 10);
    for (const auto& i : {library, user}) REQUIRE(w.store.release(i) == status::ok);
    CHECK(w.collect() == nothing);  // the other one stays
    REQUIRE(w.store.release(other) == status::ok);
    const auto freed = w.collect();
    CHECK(freed.instances == 3);
    CHECK(freed.bytes > 2 * page);
    CHECK(w.number.use_count() == 1);
    if (k == 0) used = w.store.used_bytes();
    CHECK(w.store.used_bytes() == used);
  }
}

TEMPLATE_TEST_CASE("collection: a thousand hot reloads leave nothing behind", "", ALL_CONFIGS) {
  world<TestType> w;
  u64 used = 0;
  std::size_t bytes = 0, blocks = 0;
  for (int k = 1; k <= 1000; ++k) {
    const auto library = w.make(library_bytes);
    const auto mod = w.load(k % 2 == 0 ? library : w.core, w.number);
    run(mod, "install", i32{3});
    CHECK((*mod.template get<i32()>("run"))().has_value());
    run(mod, "remove", i32{3});
    REQUIRE(w.store.release(mod) == status::ok);
    REQUIRE(w.store.release(library) == status::ok);
    REQUIRE(w.collect().instances == 2);
    if (k == 10) {
      used = w.store.used_bytes();
      bytes = w.heap.bytes;
      blocks = w.heap.blocks;
    }
    if (k >= 10) {
      REQUIRE(w.store.used_bytes() == used);
      REQUIRE(w.heap.bytes == bytes);
      REQUIRE(w.heap.blocks == blocks);
    }
  }
  CHECK(w.store.instance_count() == 1);
  CHECK(w.number.use_count() == 1);
  CHECK(*w.core.template get<dovetail::global<i32>>("count") == 500);
}

TEMPLATE_TEST_CASE("collection: not while a guest runs", "", ALL_CONFIGS) {
  world<TestType> w;
  std::optional<dovetail::status> said;
  auto hook = [&] {
    const auto freed = w.store.collect();
    said = freed ? status::ok : freed.error().code;
    return 5;
  };
  imports env = {bind("host", "hook", hook)};
  const auto guest = w.store.instantiate(w.compile(hook_bytes), env).value();
  REQUIRE(w.store.release(guest) == status::ok);
  CHECK(call<i32()>(guest, "run") == 5);
  CHECK(said == status::call_in_progress);
  CHECK(guest.is_alive());
  CHECK(w.collect().instances == 1);
  // A host function that starts an instance does not run in a guest, and the instance stays.
  said.reset();
  auto start = [&] { said = w.store.collect() ? status::ok : status::call_in_progress; };
  imports with = {bind("host", "hook", start)};
  const auto started = w.store.instantiate(w.compile(start_bytes), with).value();
  CHECK(said == status::ok);
  CHECK(started.is_alive());
}

TEMPLATE_TEST_CASE("collection: references of the host are not looked at", "", ALL_CONFIGS) {
  world<TestType> w;
  int object = 42;
  run(w.core, "keep", i32{0}, dovetail::externref{&object});
  // Nothing that could be followed.
  run(w.core, "keep", i32{1}, dovetail::externref{reinterpret_cast<void*>(std::uintptr_t{1})});
  const auto mod = w.load(w.core, w.number);
  REQUIRE(w.store.release(mod) == status::ok);
  CHECK(w.collect().instances == 1);
  CHECK(object == 42);
  const auto objects = *w.core.template get<dovetail::table_handle>("objects");
  CHECK(*objects.get(0) == dovetail::value(dovetail::externref{&object}));
}

TEMPLATE_TEST_CASE("collection: snapshots do not keep instances, and notice", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto mod = w.load(w.core, w.number);
  run(mod, "install", i32{0});
  const auto all = take_snapshot(w.store), of_core = take_snapshot(w.core);
  REQUIRE(all.has_value());
  REQUIRE(of_core.has_value());
  run(mod, "remove", i32{0});
  REQUIRE(restore(w.store, *all).has_value());
  CHECK(call<i32(i32)>(w.core, "call", 0) == 17);
  run(mod, "remove", i32{0});
  REQUIRE(w.store.release(mod) == status::ok);
  CHECK(w.collect().instances == 1);
  CHECK(restore(w.store, *all).error().code == status::instance_gone);
  // It refers to a function of the one that is gone; another one has its place.
  CHECK(restore(w.core, *of_core).error().code == status::instance_gone);
  const auto next = w.load(w.core, w.number);
  CHECK(restore(w.store, *all).error().code == status::instance_gone);
  CHECK(restore(w.core, *of_core).error().code == status::instance_gone);
  // A snapshot of what stays is good, also of memory that was tracked beside what went.
  const auto later = take_snapshot(w.core);
  REQUIRE(later.has_value());
  const auto library = w.make(library_bytes);
  REQUIRE(take_snapshot(library).has_value());
  REQUIRE(w.store.release(library) == status::ok);
  CHECK(w.collect().instances == 1);
  const auto memory = *w.core.template get<dovetail::memory_view>("memory");
  CHECK(memory.write(8, i32{1}).code == dovetail::trap_code::none);
  REQUIRE(restore(w.core, *later).has_value());
  CHECK(*memory.template read<i32>(8) == 0);
  CHECK(call<i32()>(next, "run") == 17);
}

TEMPLATE_TEST_CASE("collection: forks go with the memories they copied", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto library = w.make(library_bytes);
  const auto user = w.load(library, w.number);
  const u64 used = w.store.used_bytes();
  for (int k = 0; k < 5; ++k) {
    const auto made = fork(user);
    REQUIRE(made.has_value());
    CHECK(call<i32()>(*made, "run") == 17);
    CHECK(w.store.used_bytes() > used + 2 * page);
    REQUIRE(w.store.release(*made) == status::ok);
    CHECK(w.collect().instances == 1);
    // The objects themselves, apart from what they hold, are the store's.
    CHECK(w.store.used_bytes() < used + 8000);
  }
  CHECK(*library.template get<dovetail::global<i32>>("count") == 0);
}
