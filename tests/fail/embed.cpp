// Embedded modules: a wrong name or type is an error of the compiler that says so.
// 1: the embedded module has no export of this name
// 2: the export of the embedded module has another type
// 3: the embedded module imports what the contract does not give
// 4: the embedded module imports with another type
// 5: the embedded bytes are no WebAssembly module
// 6: requires(embedded::outline.find_export(Name.view())
// 7: embedded_bytes
// 8: the export of the embedded module has another type
// 9: the embedded module names a thing that it does not have
#include <dovetail/dovetail.hpp>
#include <dovetail/embed.hpp>
#include <dovetail/null.hpp>

#include "support/embedded.hpp"

using namespace dovetail;
using testing::embedded;

struct plain : defaults {
  using backend = null;
};
using twice = exported<"twice", int(int)>;
using log_function = imported<"env", "log", void(int)>;
using gravity = imported<"env", "gravity", global<float>>;
using contract = module_contract<exports<twice>, imports<log_function, gravity>>;

template <const auto& Bytes, class Contract>
auto compiled(runtime<plain>::engine& engine) {
  return embed<Bytes, Contract>::compile(engine);
}
template auto compiled<embedded, contract>(runtime<plain>::engine&);

[[maybe_unused]] constexpr int numbers[] = {0, 97, 115, 109};
[[maybe_unused]] constexpr std::uint8_t text[] = "(module)";
[[maybe_unused]] constexpr std::uint8_t astray[] = {0, 'a', 's', 'm', 1,   0, 0, 0,
                                                    7, 5,   1,   1,   'f', 0, 0};

#if DOVETAIL_FAIL == 1
template auto compiled<embedded, module_contract<exports<twice, exported<"thrice", int(int)>>>>(
    runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 2
template auto compiled<embedded, module_contract<exports<exported<"twice", float(int)>>>>(
    runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 3
template auto compiled<embedded, module_contract<exports<twice>, imports<gravity>>>(
    runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 4
template auto compiled<
    embedded, module_contract<exports<twice>,
                              imports<log_function, imported<"env", "gravity", read_only<float>>>>>(
    runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 5
template auto compiled<text, module_contract<exports<>>>(runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 6
auto bad = embed<embedded, contract>::number_of<"thrice">;
#elif DOVETAIL_FAIL == 7
template auto compiled<numbers, module_contract<exports<>>>(runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 8
template auto
compiled<embedded, module_contract<exports<exported<"memory", memory_of<limits_type{2}>>>>>(
    runtime<plain>::engine&);
#elif DOVETAIL_FAIL == 9
template auto compiled<astray, module_contract<exports<>>>(runtime<plain>::engine&);
#endif
