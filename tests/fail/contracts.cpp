// Contracts: what they do not have cannot be asked for, what they cannot have cannot be written.
// 1: has_an_export_of_this_name
// 2: contract_type
// 3: a contract demands two exports of one name
// 4: accept(basic_module<C>&& module) = delete
// 5: contract_imports
// 6: contract_exports
// 7: no member named
// 7: dovetail::read_only<float>
// 8: basic_store<two>
// 8: basic_store<one>
// 9: contract_type
#include <span>
#include <string>

#include <dovetail/contract.hpp>
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
using tick = exported<"tick", int(float)>;
using contract = module_contract<exports<tick, exported<"speed", read_only<float>>>,
                                 imports<imported<"env", "log", void(int)>>>;

void use(const runtime<one>::module& module, runtime<one>::store& store,
         [[maybe_unused]] runtime<two>::store& other, [[maybe_unused]] runtime<one>::engine& engine,
         [[maybe_unused]] std::span<const std::byte> bytes) {
  const auto accepted = contract::accept(module);
  const auto instance = accepted->instantiate(store);
  static_cast<void>(instance->get<"tick">()(0.5f));
#if DOVETAIL_FAIL == 1
  instance->get<"tock">();
#elif DOVETAIL_FAIL == 2
  exported<"name", std::string> bad;
#elif DOVETAIL_FAIL == 3
  static_cast<void>(module_contract<exports<tick, exported<"tick", void()>>>::accept(module));
#elif DOVETAIL_FAIL == 4
  // The error would look into a module that is gone.
  const auto bad = contract::accept(*engine.compile(bytes));
#elif DOVETAIL_FAIL == 5
  using bad = module_contract<exports<tick>, imports<tick>>;
#elif DOVETAIL_FAIL == 6
  using bad = module_contract<tick>;
#elif DOVETAIL_FAIL == 7
  instance->get<"speed">().set(2.0f);
#elif DOVETAIL_FAIL == 8
  const auto bad = accepted->instantiate(other);
#elif DOVETAIL_FAIL == 9
  // Handles of any type would have to be checked at every use.
  exported<"any", function_handle> bad;
#endif
}
