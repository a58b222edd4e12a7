// Modules compiled in parts: the same code by any number of parts, whoever is done first, the same
// errors, and nothing lost when memory is refused.
#include <dovetail/coverage.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "robustness/watching.hpp"
#include "support/catch.hpp"
#include "support/chain.hpp"

#ifdef DOVETAIL_WITH_X64
#define PARTS_BACKENDS                                                         \
  dovetail::interpreter, dovetail::fuel<dovetail::interpreter>, dovetail::x64, \
      dovetail::fuel<dovetail::x64>, dovetail::covered<dovetail::interpreter>, \
      dovetail::covered<dovetail::x64>
#else
#define PARTS_BACKENDS                                          \
  dovetail::interpreter, dovetail::fuel<dovetail::interpreter>, \
      dovetail::covered<dovetail::interpreter>
#endif

namespace {

using dovetail::status;
using dovetail::trap_code;

template <class Backend>
struct config : dovetail::defaults {
  using backend = Backend;
  using allocator = testing::counted_allocator;
};

constexpr std::uint32_t functions = 400;
constexpr std::size_t several[] = {1, 2, 3, 7, 64, 1000}, few[] = {2, 5};

// The last part first.
constexpr auto backwards = [](std::size_t count, auto& task) {
  while (count-- > 0) task(count);
};

// Gives what was counted, if anything: function, offset, number.
using counts = std::vector<std::array<std::uint64_t, 3>>;
template <class Backend>
counts check_code(std::size_t parts) {
  using rt = dovetail::runtime<config<Backend>>;
  testing::counted_memory memory;
  typename rt::engine engine{testing::counted_allocator{&memory}};
  const std::vector<std::uint8_t> bytes = testing::chain_module(functions);
  std::size_t most = 0;
  const auto module =
      engine.compile(std::as_bytes(std::span(bytes)), parts, [&](std::size_t count, auto& task) {
        most = count;
        backwards(count, task);
      });
  REQUIRE(module.has_value());
  CHECK(most <= parts);
  CHECK(most >= (parts < 8 ? parts : 8));
  typename rt::store store{engine};
  store.set_fuel(1'000'000);
  dovetail::imports none;
  const auto instance = store.instantiate(*module, none);
  REQUIRE(instance.has_value());
  bool same = true;
  for (std::uint32_t i = 0; i < functions; ++i) {
    const auto f = instance->template get<std::int32_t(std::int32_t)>("f" + std::to_string(i));
    for (const std::int32_t x : {0, 1, 5, 20}) {
      const auto sum = (*f)(x);
      same &= sum.has_value() && *sum == testing::chain_answer(functions, i, x);
    }
    const auto below = (*f)(-1);
    same &= !below && below.error().code == trap_code::unreachable;
    same &= store.last_trap().function == i;
  }
  CHECK(same);
  counts all;
  if constexpr (Backend::control.counts != dovetail::counting::none) {
    dovetail::visit_counts(
        *module, [&all](dovetail::function_index f, std::uint32_t offset, std::uint64_t times) {
          all.push_back({f.value, offset, times});
        });
    std::sort(all.begin(), all.end());
    CHECK(all.size() > functions);
  }
  return all;
}

template <class Backend>
dovetail::error error_of(const std::vector<std::uint8_t>& bytes, std::size_t parts) {
  testing::counted_memory memory;
  dovetail::error e;
  {
    typename dovetail::runtime<config<Backend>>::engine engine{testing::counted_allocator{&memory}};
    const auto given = std::as_bytes(std::span(bytes));
    const auto made = parts == 1 ? engine.compile(given) : engine.compile(given, parts, backwards);
    REQUIRE(!made.has_value());
    e = made.error();
  }
  CHECK(memory.is_clean());
  return e;
}

}  // namespace

TEMPLATE_TEST_CASE("parts: functions call each other across them", "", PARTS_BACKENDS) {
  const counts whole = check_code<TestType>(1);
  for (const std::size_t parts : several) CHECK(check_code<TestType>(parts) == whole);
}

TEMPLATE_TEST_CASE("parts: the first error is the module's, and malformed bytes come first", "",
                   PARTS_BACKENDS) {
  for (const auto& bytes :
       {testing::chain_module(functions, 10), testing::chain_module(functions, functions - 1),
        testing::chain_module(functions, 10, functions - 2)}) {
    const dovetail::error one = error_of<TestType>(bytes, 1);
    for (const std::size_t parts : few) {
      const dovetail::error many = error_of<TestType>(bytes, parts);
      CHECK(many.code == one.code);
      CHECK(many.offset == one.offset);
      CHECK(many.section == one.section);
    }
  }
  auto both = testing::chain_module(functions, 10);
  CHECK(error_of<TestType>(both, 3).code == status::type_mismatch);
}

TEMPLATE_TEST_CASE("parts: one that is left out is an error", "", PARTS_BACKENDS) {
  testing::counted_memory memory;
  {
    typename dovetail::runtime<config<TestType>>::engine engine{
        testing::counted_allocator{&memory}};
    const std::vector<std::uint8_t> bytes = testing::chain_module(functions);
    const auto made = engine.compile(std::as_bytes(std::span(bytes)), 3,
                                     [](std::size_t, auto& task) { task(0), task(2); });
    REQUIRE(!made.has_value());
    CHECK(made.error().code == status::part_not_compiled);
  }
  CHECK(memory.is_clean());
}

TEMPLATE_TEST_CASE("parts: each request for memory is refused once", "", PARTS_BACKENDS) {
  const std::vector<std::uint8_t> bytes = testing::chain_module(functions);
  for (const bool for_good : {false, true}) {
    for (std::size_t n = 0;; ++n) {
      testing::counted_memory memory;
      {
        typename dovetail::runtime<config<TestType>>::engine engine{
            testing::counted_allocator{&memory}};
        memory.refuse_from = n;
        memory.refuse_to = for_good ? testing::counted_memory::never : n;
        const auto made = engine.compile(std::as_bytes(std::span(bytes)), 3, backwards);
        if (!memory.was_refused) {
          CHECK(n > 20);
          break;
        }
        // Giving room back may be refused.
        if (!made.has_value()) CHECK(made.error().code == status::out_of_memory);
      }
      REQUIRE(memory.is_clean());
    }
  }
}

TEST_CASE("parts: few bytes are one part, and a backend may have no parts") {
  struct nothing : dovetail::defaults {
    using backend = dovetail::null;
  };
  dovetail::basic_engine<nothing> null;
  const std::vector<std::uint8_t> bytes = testing::chain_module(functions);
  CHECK(null.compile(std::as_bytes(std::span(bytes)), 4, backwards).has_value());
  struct interpreted : dovetail::defaults {
    using backend = dovetail::interpreter;
  };
  dovetail::basic_engine<interpreted> engine;
  const std::vector<std::uint8_t> small = testing::chain_module(3);
  std::size_t most = 0;
  CHECK(engine
            .compile(std::as_bytes(std::span(small)), 8,
                     [&](std::size_t count, auto& task) {
                       most = count;
                       task(0);
                     })
            .has_value());
  CHECK(most == 1);
}
