// Accesses to memories of every kind and place, around every bound that an address has.
#include <dovetail/x64/memories.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "watched.hpp"

namespace unit_x64_memories {

namespace {

using dovetail::op;
using dovetail::trap_code;
using dovetail::value_type;
using testing::code;
using i64 = std::int64_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

template <class Memory>
struct config : dovetail::defaults {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
  using backend = dovetail::x64;
  using memory = Memory;
};
using checked = config<dovetail::checked_memory>;
using guarded = config<dovetail::guarded_memory>;

constexpr u64 size = 65'536;
constexpr u64 all = ~u64{0};
const std::vector<u64> addresses = {
    0,          1,           size - 9,           size - 8,          size - 7,
    size,       0x7fff'ffff, 0x8000'0000,        0xffff'ffff,       0x1'0000'0000,
    all - size, all - 8,     all - 0x7fff'ffff,  all - 0x8000'0000, all,
    size / 2,   size / 4,    0x7fff'ffff'ffff'0, 0x8000'0000'0000'0};
const std::vector<u64> offsets = {
    0,           1,   size / 2,    size - 8,      size - 7, 0x7fff'fff6, 0x7fff'fff7,
    0x7fff'fff8, all, 0xffff'ffff, 0x1'0000'0001, all - 7,  all - 8};

// Three memories of one page each: the first may be 64-bit, the second is not, the third is.
struct one_access {
  u32 memory;
  u64 offset;
  u64 address = 0;
  bool is_constant = false;
};
std::vector<std::uint8_t> module_of(bool is_first_64, const std::vector<one_access>& accesses) {
  testing::module_writer m;
  is_first_64 ? m.memory64(1, 1) : m.memory(1, 1);
  m.memory(1, 1);
  m.memory64(1, 1);
  const u32 load = m.type({value_type::i64}, {value_type::i64}),
            store = m.type({value_type::i64, value_type::i64}, {});
  const auto is_64 = [=](u32 memory) { return memory == 0 ? is_first_64 : memory == 2; };
  const auto put_address = [&](code& c, const one_access& a) {
    if (a.is_constant) {
      is_64(a.memory) ? c.i64(static_cast<i64>(a.address))
                      : c.i32(static_cast<std::int32_t>(static_cast<u32>(a.address)));
    } else {
      c.put(op::local_get, {0});
      if (!is_64(a.memory)) c.put(op::i32_wrap_i64);
    }
  };
  u32 k = 0;
  for (const one_access& a : accesses) {
    code c;
    put_address(c, a);
    c.put(op::i64_load, {64, a.memory, a.offset});
    m.export_as("load " + std::to_string(k), 0, m.function(load, c));
    c = {};
    put_address(c, a);
    c.put(op::local_get, {1}).put(op::i64_store, {64, a.memory, a.offset});
    m.export_as("store " + std::to_string(k++), 0, m.function(store, c));
  }
  for (u32 i = 0; i < 3; ++i) m.export_as("memory " + std::to_string(i), 2, i);
  return m.bytes();
}

bool is_inside(u64 address, u64 offset) {
  return offset <= size && address <= size && address + offset + 8 <= size;
}

template <class C>
void check(bool is_first_64, const std::vector<one_access>& accesses) {
  using rt = dovetail::runtime<C>;
  typename rt::engine engine;
  typename rt::store store(engine);
  const auto bytes = module_of(is_first_64, accesses);
  auto module = engine.compile(testing::as_bytes(bytes));
  REQUIRE(module.has_value());
  auto guest = store.instantiate(*module).value();
  u32 k = 0, inside = 0, outside = 0;
  for (const one_access& a : accesses) {
    INFO("memory " << a.memory << " offset " << a.offset << " constant " << a.is_constant);
    const auto load = guest.template get<i64(i64)>("load " + std::to_string(k)).value();
    const auto store_to = guest.template get<void(i64, i64)>("store " + std::to_string(k)).value();
    const auto memory =
        guest.template get<dovetail::memory_view>("memory " + std::to_string(a.memory)).value();
    ++k;
    const bool is_64 = a.memory == 0 ? is_first_64 : a.memory == 2;
    for (const u64 given : a.is_constant ? std::vector<u64>{a.address} : addresses) {
      INFO("address " << given);
      const u64 address = is_64 ? given : static_cast<u32>(given);
      const auto bits = static_cast<i64>(0x0102'0304'0506'0700 + k);
      const auto stored = store_to(static_cast<i64>(given), bits);
      const auto loaded = load(static_cast<i64>(given));
      REQUIRE(stored.has_value() == is_inside(address, a.offset));
      REQUIRE(loaded.has_value() == stored.has_value());
      if (!loaded.has_value()) {
        CHECK(loaded.error().code == trap_code::memory_out_of_bounds);
        CHECK(stored.error().code == trap_code::memory_out_of_bounds);
        ++outside;
        continue;
      }
      ++inside;
      CHECK(*loaded == bits);
      CHECK(memory.template read<i64>(address + a.offset).value() == bits);
    }
  }
  CHECK(inside > 20);
  CHECK(outside > 20);
}

bool fits_memory(bool is_64, u64 number) { return is_64 || number <= 0xffff'ffff; }

}  // namespace

TEMPLATE_TEST_CASE("memories: addresses in registers, around every bound", "", checked, guarded) {
  for (const bool is_first_64 : {false, true}) {
    std::vector<one_access> accesses;
    for (const u32 memory : {0u, 1u, 2u}) {
      const bool is_64 = memory == 0 ? is_first_64 : memory == 2;
      for (const u64 offset : offsets) {
        if (fits_memory(is_64, offset)) accesses.push_back({memory, offset});
      }
    }
    check<TestType>(is_first_64, accesses);
  }
}

TEMPLATE_TEST_CASE("memories: constant addresses, around every bound", "", checked, guarded) {
  for (const bool is_first_64 : {false, true}) {
    std::vector<one_access> accesses;
    for (const u32 memory : {0u, 1u, 2u}) {
      const bool is_64 = memory == 0 ? is_first_64 : memory == 2;
      for (const u64 offset : offsets) {
        for (const u64 address : addresses) {
          if (fits_memory(is_64, offset) && fits_memory(is_64, address))
            accesses.push_back({memory, offset, address, true});
        }
      }
    }
    check<TestType>(is_first_64, accesses);
  }
}

}  // namespace unit_x64_memories
