// A contract with a module in a constant is kept or broken at compile time.
#include <array>
#include <cstddef>

#include <dovetail/dovetail.hpp>
#include <dovetail/embed.hpp>
#include <dovetail/null.hpp>

#include "support/embedded.hpp"

using namespace dovetail;
using testing::embedded;

using demands = exports<exported<"twice", int(int)>, exported<"gravity", global<float>>,
                        exported<"level", read_only<std::int64_t>>,
                        exported<"memory", memory_of<limits_type{1, 2}>>>;
using gives =
    imports<imported<"env", "gravity", global<float>>, imported<"env", "log", void(unsigned)>>;
using mod = embed<embedded, module_contract<demands, gives>>;
static_assert(mod::outline.export_count == 6 && mod::outline.import_count == 2);
static_assert(mod::number_of<"twice"> == 4 && mod::number_of<"memory"> == 0);
// Imports of which nothing is said; a contract that asks for nothing.
static_assert(embed<embedded, module_contract<exports<>>>::number_of<"level"> == 2);

// Bytes of any byte type.
template <class Byte>
constexpr auto copy = [] {
  std::array<Byte, sizeof embedded> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Byte>(embedded[i]);
  return out;
}();
constexpr auto bytes = copy<std::byte>;
constexpr auto chars = copy<char>;
static_assert(embed<bytes, module_contract<demands, gives>>::number_of<"twice"> == 4);
static_assert(embed<chars, module_contract<demands, gives>>::number_of<"twice"> == 4);
static_assert(embedded_bytes<std::uint8_t[3]> && embedded_bytes<std::array<std::byte, 2>>);
static_assert(!embedded_bytes<int[3]> && !embedded_bytes<bool> && !embedded_bytes<bool*>);
