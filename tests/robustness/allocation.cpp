// Every allocation of compiling, instantiating and calling fails once, alone and with all that
// follow it: a clean error, nothing lost, nothing half made, and the engine and the store go on.
// All go through the config's allocator, none beside it, and calls make none at all.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif
#include <dovetail/null.hpp>

#include "support/catch.hpp"
#include "support/writer.hpp"
#include "watching.hpp"

namespace {
std::size_t news = 0;  // calls of operator new, whoever made them

void* counted_new(std::size_t size) noexcept {
  ++news;
  return std::malloc(size != 0 ? size : 1);
}
void* needed_new(std::size_t size) {
  void* made = counted_new(size);
  if (made == nullptr) std::abort();
  return made;
}
}  // namespace

// The others of the standard library come down to these.
void* operator new(std::size_t size) { return needed_new(size); }
void* operator new[](std::size_t size) { return needed_new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted_new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted_new(size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }

namespace {

using namespace testing;
using dovetail::op;
using dovetail::status;
using dovetail::value_type;

template <class Backend, class Memory = dovetail::checked_memory>
struct refusing : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
  using allocator = counted_allocator;
  static constexpr dovetail::limits limit{.call_depth = 100, .stack_slots = 1000};
};

// A module with one of everything. "run" adds what its objects hold: 1 + 2 + 7 + 40 = 50. The 7 is
// the work of the start function if there is one.
std::vector<std::uint8_t> module_with_everything(bool has_start) {
  module_writer m;
  const std::uint32_t no_i = m.type({}, {value_type::i32}),
                      i_i = m.type({value_type::i32}, {value_type::i32}), none = m.type({}, {}),
                      many = m.type({value_type::i64, value_type::f32},
                                    {value_type::f64, value_type::i64});
  const std::uint32_t host = m.import_function("env", "add_one", i_i);
  m.import_table("env", "table", 4);
  const std::uint32_t own = m.table(4, 20);
  m.memory(1, 4);
  const std::uint32_t start_ran = m.global(value_type::i32, true, code().i32(has_start ? 0 : 7));
  const std::uint32_t reference =
      m.global(value_type::funcref, true, code().put(op::ref_func, {3}));
  const std::uint32_t two = m.function(no_i, code().i32(2));
  const std::uint32_t start = m.function(none, code().i32(7).put(op::global_set, {start_ran}));
  const std::uint32_t forty =
      m.function(no_i, code().i32(32).i32(0).put(op::i32_load8_u, {0, 0}).put(op::i32_add));
  m.function(many, code().f64(0).put(op::local_get, {0}), {{200, value_type::i64}});
  code run;
  run.i32(0).put(op::call, {host}).put(op::call, {two}).put(op::i32_add);
  run.put(op::global_get, {start_ran}).put(op::i32_add);
  run.i32(1).put(op::call_indirect, {no_i, own}).put(op::i32_add);
  const std::uint32_t entry = m.function(no_i, run);
  // Grows everything that can grow; what cannot stays as it is.
  code grow;
  grow.i32(1).put(op::memory_grow, {0}).put(op::drop);
  grow.put(op::ref_func, {forty}).i32(5).put(op::table_grow, {own}).put(op::drop);
  grow.put(op::ref_func, {entry}).put(op::global_set, {reference});
  m.export_as("grow", 0, m.function(none, grow));
  m.export_as("run", 0, entry);
  m.export_as("memory", 2, 0);
  m.export_as("started", 3, start_ran);
  if (has_start) m.start(start);
  const std::array<std::uint32_t, 3> imported{two, forty, entry};
  m.elements(1, imported);
  // Segment 1 initialises the module's own table.
  m.elements_of(own, 0, imported);
  m.data(0, "\b and more");
  const std::array<std::uint8_t, 4> names{0, 2, 1, 'm'};
  m.custom("name", names);
  return m.bytes();
}

enum class reached { nothing, compiled, instantiated, called };

// What may go wrong at each stage when memory is refused.
bool is_refusal(const dovetail::error& e, reached before) {
  if (before == reached::nothing) return e.code == status::out_of_memory;
  if (e.code == status::trapped) return e.reason.code == dovetail::trap_code::out_of_memory;
  return e.code == status::store_out_of_memory || e.code == status::memory_refused ||
         e.code == status::table_refused;
}

template <class Backend, class Memory>
class pipeline {
  using rt = dovetail::runtime<refusing<Backend, Memory>>;

 public:
  explicit pipeline(counted_memory& memory) : engine_(counted_allocator{&memory}) {}

  // Everything from bytes to a call. Says how far it came; a refusal must be clean.
  reached run(const std::vector<std::uint8_t>& bytes) {
    const auto module = engine_.compile(as_bytes(bytes));
    if (!module) return refused(module.error(), reached::nothing);
    if (!store_) store_.emplace(engine_);
    store_->set_fuel(1'000'000);
    auto table = store_->make_table({value_type::funcref, {4, 10}});
    if (!table) return refused(table.error(), reached::compiled);
    dovetail::imports given = {
        dovetail::bind<[](std::int32_t x) { return x + 1; }>("env", "add_one"),
        dovetail::provide("env", "table", *table)};
    const auto instance = store_->instantiate(*module, given);
    if (!instance) {
      // Before initialisation nothing shared may have changed.
      if (instance.error().code != status::trapped) CHECK(table->get(1)->bits() == 0);
      return refused(instance.error(), reached::compiled);
    }
    return call(*instance);
  }

 private:
  reached refused(const dovetail::error& e, reached before) {
    std::array<char, 300> line;
    INFO(std::string(e.format(line)));
    CHECK(is_refusal(e, before));
    return before;
  }

  reached call(const typename rt::instance& instance) {
    if constexpr (std::is_same_v<Backend, dovetail::null>) {
      return reached::called;
    } else {
      for (const char* name : {"run", "grow", "run"}) {
        // Not found means that its object could not be made.
        const auto found = instance.find(name);
        if (!found) return reached::instantiated;
        std::array<dovetail::value, 1> results{};
        const auto f = found->as_function();
        const auto outcome = f.call({}, std::span(results).first(f.type().results.size()));
        if (!outcome) {
          CHECK(outcome.error().code == dovetail::trap_code::out_of_memory);
          return reached::instantiated;
        }
        if (!f.type().results.empty()) CHECK(results[0].template as<std::int32_t>() == 50);
      }
      return reached::called;
    }
  }

  typename rt::engine engine_;
  std::optional<typename rt::store> store_;
};

struct tally {
  std::size_t allocations = 0;
  std::size_t stopped[4] = {};
};

// Refuses request number `n`, and with `for_good` all after it.
template <class Backend, class Memory>
bool refuse(const std::vector<std::uint8_t>& bytes, std::size_t n, bool for_good, tally& sum) {
  counted_memory memory;
  {
    pipeline<Backend, Memory> all(memory);
    memory.refuse_from = n;
    memory.refuse_to = for_good ? counted_memory::never : n;
    const reached how_far = all.run(bytes);
    if (!memory.was_refused) return false;
    ++sum.stopped[static_cast<std::size_t>(how_far)];
    memory.refuse_from = counted_memory::never;
    INFO("request " << n << (for_good ? " and all after it" : ""));
    CHECK(all.run(bytes) == reached::called);
  }
  INFO("request " << n);
  CHECK(memory.is_clean());
  return true;
}

template <class Backend, class Memory = dovetail::checked_memory>
void refuse_each(const std::vector<std::uint8_t>& bytes, const char* what) {
  tally sum;
  for (const bool for_good : {false, true}) {
    sum.allocations = 0;
    while (refuse<Backend, Memory>(bytes, sum.allocations, for_good, sum)) ++sum.allocations;
  }
  std::printf(
      "%s: %zu requests for memory; stopped in compile %zu, instantiate %zu, call %zu, "
      "went on %zu\n",
      what, sum.allocations, sum.stopped[0], sum.stopped[1], sum.stopped[2], sum.stopped[3]);
  CHECK(sum.allocations > 30);
}

// What requests memory: of the config's allocator, and of operator new.
struct requests {
  std::size_t of_allocator, of_new;
  friend bool operator==(const requests&, const requests&) = default;
};
requests count(const counted_memory& memory) { return {memory.requests, news}; }

// From bytes to calls without one call of operator new, and calls without any request.
template <class Backend, class Memory>
void count_requests() {
  using rt = dovetail::runtime<refusing<Backend, Memory>>;
  const std::vector<std::uint8_t> bytes = module_with_everything(true);
  counted_memory memory;
  typename rt::engine engine{counted_allocator{&memory}};
  const requests before = count(memory);
  {
    auto module = engine.compile(as_bytes(bytes));
    const requests compiled = count(memory);
    REQUIRE(module);
    CHECK(compiled.of_new == before.of_new);
    CHECK(compiled.of_allocator > before.of_allocator);
    typename rt::store store(engine);
    auto table = store.make_table({value_type::funcref, {4, 10}});
    REQUIRE(table);
    std::uint32_t calls_of_host = 0;
    dovetail::imports given = {
        dovetail::bind("env", "add_one", [&](std::int32_t x) { return ++calls_of_host, x + 1; }),
        dovetail::provide("env", "table", *table)};
    store.set_fuel(100'000'000);
    const requests linked = count(memory);
    auto instance = store.instantiate(*module, given);
    const requests instantiated = count(memory);
    REQUIRE(instance);
    CHECK(instantiated.of_new == linked.of_new);
    CHECK(instantiated.of_allocator > linked.of_allocator);
    auto typed = instance->template get<std::int32_t()>("run");
    auto found = instance->find("run");
    REQUIRE(typed);
    REQUIRE(found);
    const auto untyped = found->as_function();

    const requests ready = count(memory);
    std::uint32_t right = 0;
    for (int k = 0; k < 1000; ++k) {
      if ((*typed)().value_or(0) == 50) ++right;
      std::array<dovetail::value, 1> results{};
      if (untyped.call({}, results) && results[0].template as<std::int32_t>() == 50) ++right;
    }
    const requests called = count(memory);
    CHECK(right == 2000);
    CHECK(calls_of_host == 2000);
    CHECK(called == ready);
  }
  CHECK(memory.in_use > 0);  // the engine's own
}

}  // namespace

TEST_CASE("allocation: each is refused once, from bytes to a call", "[robustness]") {
  const std::vector<std::uint8_t> started = module_with_everything(true);
  const std::vector<std::uint8_t> still = module_with_everything(false);
  refuse_each<dovetail::interpreter>(started, "interpreter, start function");
  refuse_each<dovetail::interpreter>(still, "interpreter");
  refuse_each<dovetail::fuel<dovetail::interpreter>>(still, "interpreter with fuel");
  refuse_each<dovetail::interpreter, dovetail::guarded_memory>(still, "interpreter, guarded");
#ifdef DOVETAIL_WITH_X64
  refuse_each<dovetail::x64>(started, "x64, start function");
  refuse_each<dovetail::x64>(still, "x64");
  refuse_each<dovetail::fuel<dovetail::x64>>(still, "x64 with fuel");
  refuse_each<dovetail::x64, dovetail::guarded_memory>(started, "x64, guarded, start function");
#endif
  refuse_each<dovetail::null>(still, "null");
}

TEST_CASE("allocation: nothing beside the config's allocator, and nothing for calls",
          "[robustness]") {
  // That they are counted.
  const std::size_t before = news;
  delete new int(7);
  operator delete(operator new(8));
  CHECK(news > before);
  count_requests<dovetail::interpreter, dovetail::checked_memory>();
  count_requests<dovetail::interpreter, dovetail::guarded_memory>();
  count_requests<dovetail::fuel<dovetail::interpreter>, dovetail::checked_memory>();
#ifdef DOVETAIL_WITH_X64
  count_requests<dovetail::x64, dovetail::checked_memory>();
  count_requests<dovetail::x64, dovetail::guarded_memory>();
  count_requests<dovetail::fuel<dovetail::x64>, dovetail::checked_memory>();
#endif
}
