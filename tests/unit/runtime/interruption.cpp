// Stopping calls by number, and what checkpoints and divided operators do.
#include <dovetail/runtime/interruption.hpp>

#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include <dovetail/base/limits.hpp>
#include <dovetail/base/system_allocator.hpp>
#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"

namespace unit_runtime_interruption {

using namespace dovetail;

namespace {

constexpr limits most{};

struct world {
  allocator_of<system_allocator> heap{system_allocator{}};
  signature_table signatures{heap};
  vm::controlled_store store{heap, most, signatures};
  stop_button button{store};
};

int protections = 0;
bool is_readable = true;
void note(void*, bool readable) {
  ++protections;
  is_readable = readable;
}

// A memory over bytes of the test, without a policy.
struct memory {
  explicit memory(vm::store& home, std::size_t size) : bytes(size) {
    instance.base = bytes.data();
    instance.size = size;
    instance.home = &home;
  }
  std::vector<std::byte> bytes;
  vm::memory_instance instance;
};

}  // namespace

TEST_CASE("interruption: a request stops the call it names, and no other") {
  world w;
  vm::control_block& c = w.store.control;
  CHECK(w.button.ticket() == call_ticket{1});
  vm::begin_call(w.store);
  CHECK_FALSE(vm::is_interrupted(w.store));
  w.button.press(call_ticket{1});
  CHECK(vm::is_interrupted(w.store));
  CHECK(vm::is_interrupted(w.store));  // until the call ends
  vm::begin_call(w.store);
  CHECK_FALSE(vm::is_interrupted(w.store));
  CHECK(c.stop.load() == 0);
  w.button.press(call_ticket{1});
  CHECK_FALSE(vm::is_interrupted(w.store));
  w.button.press(call_ticket{3});
  CHECK_FALSE(vm::is_interrupted(w.store));
  CHECK(c.stop.load() == 3);
  // Whoever is late takes nothing from whoever is right.
  w.button.press(call_ticket{1});
  CHECK(c.stop.load() == 3);
  vm::begin_call(w.store);
  CHECK(vm::is_interrupted(w.store));
}

TEST_CASE("interruption: a ticket names the call that runs, or the next") {
  world w;
  vm::begin_call(w.store);
  CHECK(w.button.ticket() == call_ticket{2});
  w.store.native_outermost = 1;
  CHECK(w.button.ticket() == call_ticket{1});
  w.button.press();
  CHECK(vm::is_interrupted(w.store));
}

TEST_CASE("interruption: a held button stops every call") {
  world w;
  w.button.hold();
  for (int i = 0; i < 3; ++i) {
    vm::begin_call(w.store);
    CHECK(vm::is_interrupted(w.store));
  }
  w.button.press(call_ticket{3});
  w.button.release();
  CHECK_FALSE(vm::is_interrupted(w.store));
  w.button.press(call_ticket{3});
  w.button.release();  // not held: what was asked for counts
  CHECK(vm::is_interrupted(w.store));
}

TEST_CASE("interruption: a page is readable again where nobody was meant") {
  world w;
  int page = 0;
  w.store.control.page = &page;
  w.store.control.protect = &note;
  protections = 0;
  vm::begin_call(w.store);
  w.button.press();
  CHECK((protections == 1 && !is_readable));
  CHECK(vm::must_stop_at_page(w.store.control));
  CHECK((protections == 1 && !is_readable));  // for the calls around a nested one
  vm::begin_call(w.store);
  CHECK_FALSE(vm::must_stop_at_page(w.store.control));
  CHECK((protections == 2 && is_readable));
  w.store.control.page = nullptr;
}

TEST_CASE("interruption: divided operators do what whole ones do, whichever way they overlap") {
  world w;
  constexpr std::size_t size = 300'000;
  for (const auto& [to, from] :
       {std::pair<std::uint64_t, std::uint64_t>{0, 70'000}, {70'000, 0}, {1, 0}, {0, 1}, {5, 5}}) {
    memory whole(w.store, size), divided(w.store, size);
    for (std::size_t i = 0; i < size; ++i)
      whole.bytes[i] = divided.bytes[i] = static_cast<std::byte>(i * 7 + i / 256);
    constexpr std::uint64_t n = 200'000;
    CHECK(vm::copy_memory(whole.instance, to, whole.instance, from, n) == trap_code::none);
    CHECK(vm::bulk<true>::copy_memory(divided.instance, to, divided.instance, from, n) ==
          trap_code::none);
    CHECK(whole.bytes == divided.bytes);
  }
  memory m(w.store, size);
  CHECK(vm::bulk<true>::fill_memory(m.instance, 1, 9, size - 2) == trap_code::none);
  CHECK((m.bytes[0] == std::byte{0} && m.bytes[1] == std::byte{9}));
  CHECK((m.bytes[size - 2] == std::byte{9} && m.bytes[size - 1] == std::byte{0}));
  CHECK(vm::bulk<true>::fill_memory(m.instance, 1, 3, size) == trap_code::memory_out_of_bounds);
  CHECK(m.bytes[1] == std::byte{9});
}

TEST_CASE("interruption: a stop comes between two parts") {
  world w;
  vm::begin_call(w.store);
  w.button.press();
  memory m(w.store, 200'000);
  CHECK(vm::bulk<true>::fill_memory(m.instance, 0, 9, 200'000) == trap_code::interrupted);
  CHECK(m.bytes[0] == std::byte{0});
  CHECK(vm::bulk<true>::fill_memory(m.instance, 0, 9, 200'001) == trap_code::memory_out_of_bounds);
  CHECK(vm::bulk<false>::fill_memory(m.instance, 0, 9, 200'000) == trap_code::none);
}

TEST_CASE("interruption: tables are divided like memories") {
  world w;
  std::vector<slot> elements(50'000);
  std::iota(elements.begin(), elements.end(), slot{0});
  vm::table_instance t;
  t.elements = elements.data();
  t.size = elements.size();
  t.home = &w.store;
  CHECK(vm::bulk<true>::copy_table(t, 1, t, 0, 49'999) == trap_code::none);
  CHECK((elements[1] == 0 && elements[30'000] == 29'999 && elements[49'999] == 49'998));
  CHECK(vm::bulk<true>::fill_table(t, 2, 7, 49'998) == trap_code::none);
  CHECK((elements[1] == 0 && elements[2] == 7 && elements[49'999] == 7));
  CHECK(vm::bulk<true>::fill_table(t, 3, 7, 49'998) == trap_code::table_out_of_bounds);
}

TEST_CASE("interruption: fuel is refilled if the host gives what is missing") {
  world w;
  w.store.fuel = -5;
  CHECK_FALSE(vm::refill(w.store));
  CHECK(w.store.fuel == 0);
  std::array<std::uint64_t, 2> asked = {0, 4};  // what was missing, what is given
  w.store.control.refill_context = &asked;
  w.store.control.refill = [](void* context, std::uint64_t missing) {
    auto& both = *static_cast<std::array<std::uint64_t, 2>*>(context);
    both[0] = missing;
    return both[1];
  };
  w.store.fuel = -5;
  CHECK_FALSE(vm::refill(w.store));
  CHECK((asked[0] == 5 && w.store.fuel == 0));
  asked[1] = 12;
  w.store.fuel = -5;
  CHECK(vm::refill(w.store));
  CHECK(w.store.fuel == 7);
  asked[1] = ~std::uint64_t{0};
  w.store.fuel = -5;
  CHECK(vm::refill(w.store));
  CHECK(w.store.fuel == INT64_MAX);
}

}  // namespace unit_runtime_interruption
