// Mistakes of everyday use that the compiler finds: results overlooked, runtimes and stores mixed
// up, indices mixed up.
// 1: nodiscard
// 1: validate(
// 2: nodiscard
// 2: instantiate(
// 3: nodiscard
// 3: global_handle
// 4: basic_store(const basic_store&) = delete
// 5: basic_module<two>
// 6: basic_engine<two>
// 6: basic_engine<
// 7: function_space>
// 7: table_space>
// 8: deleted
// 8: basic_module<one>
// 9: basic_instance<one>
// 9: basic_instance<two>
// 10: nodiscard
// 10: collect()
#include <cstdint>
#include <span>
#include <utility>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

struct one : defaults {
  using backend = null;
};
struct two : defaults {
  using backend = null;
  using memory = unchecked_memory;
};

void use(runtime<one>::engine& engine, [[maybe_unused]] runtime<two>::engine& other,
         std::span<const std::byte> bytes) {
  runtime<one>::store store(engine);
  auto module = engine.compile(bytes);
  if (!module) return;
  auto instance = store.instantiate(*module);
  if (!instance) return;
  auto left = instance->get<global<int>>("left");
#if DOVETAIL_FAIL == 1
  engine.validate(bytes);
#elif DOVETAIL_FAIL == 2
  store.instantiate(*module);
#elif DOVETAIL_FAIL == 3
  left->object().table()->type.limits;
  global_handle().set(value(3));
#elif DOVETAIL_FAIL == 4
  // A store has an identity.
  runtime<one>::store twin = store;
#elif DOVETAIL_FAIL == 5
  // A module of another configuration was compiled for other code.
  auto foreign = other.compile(bytes);
  auto bad = store.instantiate(*foreign);
#elif DOVETAIL_FAIL == 6
  runtime<one>::store bad(other);
#elif DOVETAIL_FAIL == 7
  const function_index function{3};
  const table_index bad = function;
#elif DOVETAIL_FAIL == 8
  auto twin = module;
#elif DOVETAIL_FAIL == 9
  // An instance of another configuration is none of this store's.
  runtime<two>::store others(other);
  auto foreign = others.instantiate(*other.compile(bytes));
  static_cast<void>(store.release(*foreign));
#elif DOVETAIL_FAIL == 10
  store.collect();
#endif
}
