// The byte budget and the instance limit of a store: what counts, what happens at the edge, and
// that what goes is given back.
#include <cstdint>
#include <span>

#include <dovetail/snapshot.hpp>

#include "configurations.hpp"
#include "support/catch.hpp"

namespace {

using dovetail::status;
using dovetail::value_type;
using i32 = std::int32_t;
using u64 = std::uint64_t;

constexpr u64 page = 65'536;

// (module
//   (memory (export "memory") 2 100)
//   (table $t (export "table") 10 1000 funcref)
//   (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
//   (func (export "grow table") (param i32) (result i32)
//     (table.grow $t (ref.null func) (local.get 0))))
constexpr unsigned char guest_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x03, 0x03, 0x02, 0x00, 0x00, 0x04, 0x06, 0x01, 0x70, 0x01, 0x0a, 0xe8, 0x07, 0x05, 0x04, 0x01,
    0x01, 0x02, 0x64, 0x07, 0x26, 0x04, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x05,
    0x74, 0x61, 0x62, 0x6c, 0x65, 0x01, 0x00, 0x04, 0x67, 0x72, 0x6f, 0x77, 0x00, 0x00, 0x0a, 0x67,
    0x72, 0x6f, 0x77, 0x20, 0x74, 0x61, 0x62, 0x6c, 0x65, 0x00, 0x01, 0x0a, 0x12, 0x02, 0x06, 0x00,
    0x20, 0x00, 0x40, 0x00, 0x0b, 0x09, 0x00, 0xd0, 0x70, 0x20, 0x00, 0xfc, 0x0f, 0x00, 0x0b,
};

// The memory does not fit, after the table did.
// (module (table 1000 funcref) (memory 3) (func $f) (elem declare func $f)
//   (global funcref (ref.func $f)))
constexpr unsigned char big_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00,
    0x00, 0x03, 0x02, 0x01, 0x00, 0x04, 0x05, 0x01, 0x70, 0x00, 0xe8, 0x07, 0x05,
    0x03, 0x01, 0x00, 0x03, 0x06, 0x06, 0x01, 0x70, 0x00, 0xd2, 0x00, 0x0b, 0x09,
    0x05, 0x01, 0x03, 0x00, 0x01, 0x00, 0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b,
};

// (module (memory 1) (table 10 funcref) (func $f) (elem (i32.const 0) $f)
//   (data (i32.const 65536) "x"))
constexpr unsigned char trapping_bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00,
    0x03, 0x02, 0x01, 0x00, 0x04, 0x04, 0x01, 0x70, 0x00, 0x0a, 0x05, 0x03, 0x01, 0x00,
    0x01, 0x09, 0x07, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x01, 0x00, 0x0a, 0x04, 0x01, 0x02,
    0x00, 0x0b, 0x0b, 0x09, 0x01, 0x00, 0x41, 0x80, 0x80, 0x04, 0x0b, 0x01, 0x78,
};

std::span<const std::byte> bytes_of(std::span<const unsigned char> bytes) {
  return std::as_bytes(bytes);
}

using namespace controlled;

template <class Config>
struct world {
  using rt = dovetail::runtime<Config>;
  typename rt::engine engine;
  typename rt::store store{engine};

  auto compile(std::span<const unsigned char> bytes) { return engine.compile(bytes_of(bytes)); }
};

}  // namespace

TEMPLATE_TEST_CASE("budgets: memories and tables count to the byte", "", ALL_CONFIGS) {
  world<TestType> w;
  CHECK(w.store.used_bytes() == 0);
  CHECK(w.store.budget() == ~u64{0});
  REQUIRE(w.store.make_memory({{0}}).has_value());
  const u64 before = w.store.used_bytes();
  CHECK(before > 0);  // the memory itself
  CHECK(before < 2000);
  const auto memory = w.store.make_memory({{3, 10}});
  REQUIRE(memory.has_value());
  CHECK(w.store.used_bytes() == before + 3 * page);
  CHECK(memory->grow(2).has_value());
  CHECK(w.store.used_bytes() == before + 5 * page);
  CHECK_FALSE(memory->grow(6).has_value());
  CHECK(w.store.used_bytes() == before + 5 * page);
  const auto table = w.store.make_table({value_type::funcref, {100}});
  REQUIRE(table.has_value());
  CHECK(w.store.used_bytes() == before + 5 * page + 800);
}

TEMPLATE_TEST_CASE("budgets: what does not fit is refused at the edge, and named", "",
                   ALL_CONFIGS) {
  world<TestType> w;
  REQUIRE(w.store.make_memory({{0}}).has_value());
  const u64 used = w.store.used_bytes();
  w.store.set_budget(used + 2 * page - 1);
  auto refused = w.store.make_memory({{2}});
  CHECK(refused.error().code == status::budget_exhausted);
  CHECK(w.store.used_bytes() == used);
  w.store.set_budget(used + 2 * page);
  REQUIRE(w.store.make_memory({{2}}).has_value());
  CHECK(w.store.used_bytes() == w.store.budget());
  CHECK(w.store.make_table({value_type::funcref, {1}}).error().code == status::budget_exhausted);
  CHECK(w.store.make_memory({{1}}).error().code == status::budget_exhausted);
  CHECK(w.store.used_bytes() == w.store.budget());
  // A limit of the store is another error.
  CHECK(w.store.make_table({value_type::funcref, {100'000'000}}).error().code ==
        status::table_refused);
  w.store.set_budget(0);  // takes nothing away
  CHECK(w.store.used_bytes() == used + 2 * page);
}

TEMPLATE_TEST_CASE("budgets: memory.grow and table.grow give -1 at the edge", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto module = w.compile(guest_bytes);
  REQUIRE(module.has_value());
  const auto guest = w.store.instantiate(*module);
  REQUIRE(guest.has_value());
  const auto grow = *guest->template get<i32(i32)>("grow");
  const auto grow_table = *guest->template get<i32(i32)>("grow table");
  const auto memory = *guest->template get<dovetail::memory_view>("memory");
  REQUIRE(*grow(0) == 2);  // what a first call makes is there
  const u64 used = w.store.used_bytes();
  w.store.set_budget(used + page + 80);
  CHECK(*grow(2) == -1);
  CHECK(w.store.used_bytes() == used);
  CHECK(*grow(1) == 2);
  CHECK(*grow(1) == -1);
  CHECK_FALSE(memory.grow(1).has_value());
  CHECK(memory.pages() == 3);
  CHECK(w.store.used_bytes() == used + page);
  // A table keeps room for more when it grows, unless there is none.
  CHECK(*grow_table(11) == -1);
  CHECK(*grow_table(10) == 10);
  CHECK(*grow_table(1) == -1);
  CHECK(w.store.used_bytes() == w.store.budget());
  w.store.set_budget(~u64{0});
  CHECK(*grow_table(1) == 20);
  CHECK(*grow(97) == 3);
  CHECK(*grow(1) == -1);  // the type's maximum
}

TEMPLATE_TEST_CASE("budgets: a failed instantiation gives back what it took", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto small = w.compile(guest_bytes), big = w.compile(big_bytes);
  REQUIRE(small.has_value());
  REQUIRE(big.has_value());
  REQUIRE(w.store.instantiate(*small).has_value());
  w.store.set_budget(w.store.used_bytes() + 2 * page + 20'000);
  // The first one leaves the place of an instance behind.
  CHECK(w.store.instantiate(*big).error().code == status::budget_exhausted);
  const u64 used = w.store.used_bytes();
  for (int k = 0; k < 100; ++k) {
    const auto made = w.store.instantiate(*big);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().code == status::budget_exhausted);
    CHECK(made.error().stage() == dovetail::stage::instantiate);
    REQUIRE(w.store.used_bytes() == used);
    CHECK(w.store.instance_count() == 1);
  }
  w.store.set_budget(used + 3 * page + 20'000);
  CHECK(w.store.instantiate(*big).has_value());
}

TEMPLATE_TEST_CASE("budgets: every smaller budget refuses an instance, and loses nothing", "",
                   ALL_CONFIGS) {
  world<TestType> w;
  const auto module = w.compile(big_bytes);
  REQUIRE(module.has_value());
  int refusals = 0;
  for (u64 budget = 0;; budget += 64) {
    w.store.set_budget(budget);
    const auto made = w.store.instantiate(*module);
    if (made) break;
    CHECK(made.error().code == status::budget_exhausted);
    REQUIRE(w.store.used_bytes() == 0);
    if (budget == 20'000 / 64 * 64) budget += 2 * page;
    ++refusals;
  }
  CHECK(refusals > 300);
  CHECK(w.store.used_bytes() >= 3 * page + 8000);
  CHECK(w.store.used_bytes() <= w.store.budget());
}

TEMPLATE_TEST_CASE("budgets: as many instances as the limit says", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto module = w.compile(guest_bytes);
  REQUIRE(module.has_value());
  w.store.set_instance_limit(2);
  const auto first = w.store.instantiate(*module);
  REQUIRE(first.has_value());
  REQUIRE(w.store.instantiate(*module).has_value());
  const u64 used = w.store.used_bytes();
  CHECK(w.store.instantiate(*module).error().code == status::too_many_instances);
  CHECK(w.store.used_bytes() == used);
  CHECK(fork(*first).error().code == status::too_many_instances);
  CHECK(w.store.instance_count() == 2);
  REQUIRE(w.store.release(*first) == status::ok);
  CHECK(w.store.instantiate(*module).error().code == status::too_many_instances);
  REQUIRE(w.store.collect().has_value());
  CHECK(w.store.instance_count() == 1);
  CHECK(w.store.instantiate(*module).has_value());
}

namespace {

struct bounded : checked_interpreter {
  static constexpr dovetail::limits limit{.store_bytes = 4 * page, .instances = 1};
};

}  // namespace

TEST_CASE("budgets: the limits of a config are those that stores begin with") {
  world<bounded> w;
  const auto module = w.compile(guest_bytes);
  REQUIRE(module.has_value());
  CHECK(w.store.budget() == 4 * page);
  const auto guest = w.store.instantiate(*module);
  REQUIRE(guest.has_value());
  CHECK(*(*guest->get<i32(i32)>("grow"))(2) == -1);
  CHECK(*(*guest->get<i32(i32)>("grow"))(1) == 2);
  CHECK(w.store.instantiate(*module).error().code == status::too_many_instances);
}

TEMPLATE_TEST_CASE("budgets: an instance that trapped in the making is collected", "",
                   ALL_CONFIGS) {
  world<TestType> w;
  const auto module = w.compile(trapping_bytes);
  REQUIRE(module.has_value());
  u64 after_first = 1;
  for (int k = 0; k < 10; ++k) {
    CHECK(w.store.instantiate(*module).error().code == status::trapped);
    CHECK(w.store.instance_count() == 1);
    CHECK(w.store.used_bytes() > page);
    const auto freed = w.store.collect();
    REQUIRE(freed.has_value());
    CHECK(freed->instances == 1);
    CHECK(freed->bytes > page);
    CHECK(w.store.instance_count() == 0);
    if (k == 0) after_first = w.store.used_bytes();
    CHECK(w.store.used_bytes() == after_first);
  }
  CHECK(after_first == 0);
}

TEMPLATE_TEST_CASE("budgets: a restore that must grow a memory honours it", "", ALL_CONFIGS) {
  world<TestType> w;
  const auto module = w.compile(guest_bytes);
  REQUIRE(module.has_value());
  const auto guest = w.store.instantiate(*module);
  REQUIRE(guest.has_value());
  const auto grow = *guest->template get<i32(i32)>("grow");
  const auto grow_table = *guest->template get<i32(i32)>("grow table");
  const auto memory = *guest->template get<dovetail::memory_view>("memory");
  const auto small = take_snapshot(*guest);
  REQUIRE(small.has_value());
  const u64 used = w.store.used_bytes();
  CHECK(*grow(4) == 2);
  CHECK(memory.write(5 * page, i32{42}).code == dovetail::trap_code::none);
  const auto large = take_snapshot(*guest);
  REQUIRE(large.has_value());
  REQUIRE(restore(*guest, *small).has_value());
  CHECK(w.store.used_bytes() == used);
  w.store.set_budget(used + 4 * page - 1);
  CHECK(restore(*guest, *large).error().code == status::budget_exhausted);
  CHECK(memory.pages() == 2);
  CHECK(w.store.used_bytes() == used);
  w.store.set_budget(used + 4 * page);
  REQUIRE(restore(*guest, *large).has_value());
  CHECK(memory.pages() == 6);
  CHECK(*memory.template read<i32>(5 * page) == 42);
  CHECK(w.store.used_bytes() == used + 4 * page);
  CHECK(*grow(1) == -1);
  CHECK(*grow_table(1) == -1);
  // A fork does not fit, and takes nothing.
  CHECK(fork(*guest).error().code == status::budget_exhausted);
  CHECK(w.store.used_bytes() == used + 4 * page);
  CHECK(w.store.instance_count() == 1);
}
