// 200,000 mutants through decoder and validator: nothing may be read that is not there, nothing may
// leak, every refusal has a code and a place within the bytes. Run under sanitizers.
#include <array>
#include <bitset>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>

#include <dovetail/null.hpp>

#include "mutation.hpp"
#include "support/catch.hpp"
#include "watching.hpp"

namespace {

using namespace testing;

constexpr std::size_t mutants_wanted = 200'000;
constexpr std::size_t mutants_of_real = 40'000;  // they are larger
constexpr std::uint64_t seed = 2;

struct watched : dovetail::defaults {
  using decoder = watching_decoder;
  using backend = dovetail::null;
  using allocator = counted_allocator;
  static constexpr dovetail::limits limit{.functions = 20'000, .segment_elements = 100'000};
};
using rt = dovetail::runtime<watched>;

constexpr std::size_t status_count = 256;

struct totals {
  std::size_t mutants = 0;
  std::size_t reached = 0;
  std::size_t accepted = 0;
  std::size_t bytes = 0;
  std::bitset<status_count> codes;
  std::bitset<dovetail::op_count> decoded;
  std::bitset<dovetail::op_count> accepted_operators;
};

// The codes that bytes can cause: of decoding and validation.
bool is_of_bytes(dovetail::status s) {
  const dovetail::stage stage = dovetail::stage_of(s);
  return stage == dovetail::stage::decode || stage == dovetail::stage::validate;
}

// A refusal as a host sees it: a code of a fitting stage, a place in the bytes, a line of text.
bool is_good(const dovetail::error& e, std::size_t size) {
  std::array<char, 300> line;
  return is_of_bytes(e.code) && e.offset <= size && !e.format(line).empty();
}

bool validate_one(rt::engine& engine, const mutant& m, totals& sum) {
  // A block of exactly this size, so that a read beyond it is found.
  const std::unique_ptr<std::byte[]> block(new std::byte[m.data.size()]);
  if (!m.data.empty()) std::memcpy(block.get(), m.data.data(), m.data.size());
  seen = {};
  seen.changed = m.changed;
  const dovetail::result<void> answer = engine.validate({block.get(), m.data.size()});
  ++sum.mutants;
  sum.bytes += m.data.size();
  sum.reached += seen.reached ? 1 : 0;
  sum.decoded |= seen.operators;
  if (answer) {
    ++sum.accepted;
    sum.accepted_operators |= seen.operators;
    return true;
  }
  sum.codes.set(static_cast<std::size_t>(answer.error().code));
  return is_good(answer.error(), m.data.size());
}

void mutate_all(const std::vector<specimen>& from, std::size_t wanted, totals& sum) {
  random_numbers random(seed);
  for (std::size_t i = 0; i < from.size(); ++i) {
    // The first modules get one more, so that the sum comes out exactly.
    const std::size_t share = wanted / from.size() + (i < wanted % from.size() ? 1 : 0);
    counted_memory memory;
    std::size_t bad = 0;
    {
      rt::engine engine(counted_allocator{&memory});
      for (std::size_t k = 0; k < share; ++k) {
        if (!validate_one(engine, mutate(from[i], random), sum)) ++bad;
      }
    }
    INFO(from[i].name);
    CHECK(bad == 0);
    CHECK(memory.is_clean());
  }
}

std::size_t codes_of_bytes() {
  std::size_t count = 0;
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) count += is_of_bytes(dovetail::status::NAME) ? 1 : 0;
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
  return count;
}

void print_unseen(const totals& sum) {
  std::printf("codes not seen:");
#define DOVETAIL_ERROR(NAME, STAGE, TEXT)                                  \
  if (is_of_bytes(dovetail::status::NAME) &&                               \
      !sum.codes.test(static_cast<std::size_t>(dovetail::status::NAME))) { \
    std::printf(" %s", #NAME);                                             \
  }
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
  std::printf("\n");
}

// The operators of the suite's modules, which are those of 2.0.
std::bitset<dovetail::op_count> operators_of_suite() {
  std::bitset<dovetail::op_count> all;
  for (std::size_t i = 0; i < dovetail::op_count; ++i)
    all.set(i, dovetail::features::wasm2().has(dovetail::detail::op_rows[i].feature));
  return all;
}

}  // namespace

TEST_CASE("mutants: decoder and validator survive them", "[robustness]") {
  const std::vector<specimen> suite = suite_specimens(), real = real_specimens();
  if (suite.empty()) return absent("the official suite");
  totals sum;
  mutate_all(real, real.empty() ? 0 : mutants_of_real, sum);
  mutate_all(suite, mutants_wanted - sum.mutants, sum);

  const std::size_t codes = codes_of_bytes();
  std::printf("%zu mutants of %zu modules (%zu MB): %zu reached a changed body, %zu are valid\n",
              sum.mutants, suite.size() + real.size(), sum.bytes >> 20, sum.reached, sum.accepted);
  std::printf("coverage: %zu of %zu operators decoded, %zu in valid mutants, %zu of %zu codes\n",
              sum.decoded.count(), dovetail::op_count, sum.accepted_operators.count(),
              sum.codes.count(), codes);
  print_unseen(sum);
  CHECK(sum.mutants == mutants_wanted);
  CHECK(sum.reached * 2 >= sum.mutants);
  CHECK((sum.decoded & operators_of_suite()) == operators_of_suite());
  if (real.empty()) absent("real modules");
}
