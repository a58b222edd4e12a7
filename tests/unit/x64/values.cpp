// Processors: which code runs on which, and code that is for one of them.
#include <dovetail/x64/values.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/x64.hpp>

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_x64_values {

namespace {

using namespace dovetail;
using x64_jit::processor;

template <processor Target>
struct made_for : defaults {
  using backend = basic_x64<reprotected_code, Target>;
};

static_assert(processors::avx2.runs_code_for(processors::sse4_1));
static_assert(processors::avx2.runs_code_for(processors::avx));
static_assert(processors::avx2.runs_code_for(processors::this_one));
static_assert(!processors::avx.runs_code_for(processors::avx2));
static_assert(!processors::avx.runs_code_for({.is_supported = true, .has_fma = true}));
static_assert(!processors::sse4_1.runs_code_for(processors::avx));
static_assert(!processor{}.runs_code_for(processors::sse4_1));

// i32x4.add of three locals: two three-operand instructions, or four of two.
std::vector<std::uint8_t> sum_of_vectors() {
  testing::module_writer m;
  testing::code c;
  c.put(op::local_get, {0}).put(op::local_get, {1}).put(op::i32x4_add);
  c.put(op::local_get, {2}).put(op::i32x4_add);
  constexpr value_type v = value_type::v128;
  m.export_as("f", 0, m.function(m.type({v, v, v}, {v}), c));
  return m.bytes();
}

// The code of the first function of the module, as bytes.
template <processor Target>
std::vector<std::uint8_t> code_for() {
  typename runtime<made_for<Target>>::engine engine;
  const auto bytes = sum_of_vectors();
  auto module = engine.compile(testing::as_bytes(bytes));
  REQUIRE(module);
  const auto& code = *static_cast<const x64_jit::module_code*>(module->data().code);
  const x64_jit::function_code& f = code.functions[0];
  return {code.at(f.entry), code.at(f.end)};
}

bool holds(const std::vector<std::uint8_t>& code, const std::vector<std::uint8_t>& part) {
  return std::search(code.begin(), code.end(), part.begin(), part.end()) != code.end();
}

}  // namespace

TEST_CASE("processors: this one runs the least there is") {
  const processor here = processor::here();
  CHECK(here.is_supported);
  CHECK(here.runs_code_for(processors::sse4_1));
  CHECK(here.has_avx >= here.has_avx2);
  CHECK(here.has_avx >= here.has_fma);
  CHECK(basic_x64<reprotected_code, processors::sse4_1>::is_available());
  CHECK(basic_x64<reprotected_code, processors::avx2>::is_available() ==
        here.runs_code_for(processors::avx2));
}

TEST_CASE("processors: code is for the one that a config names") {
  // movaps xmm0, xmm6; paddd xmm0, xmm7; paddd xmm0, xmm8
  const std::vector<std::uint8_t> oldest = {0x0f, 0x28, 0xc6, 0x66, 0x0f, 0xfe,
                                            0xc7, 0x66, 0x41, 0x0f, 0xfe, 0xc0};
  CHECK(holds(code_for<processors::sse4_1>(), oldest));
  if (!processor::here().has_avx) return;
  // vpaddd xmm0, xmm6, xmm7; vpaddd xmm0, xmm0, xmm8
  const std::vector<std::uint8_t> newer = {0xc5, 0xc9, 0xfe, 0xc7, 0xc4, 0xc1, 0x79, 0xfe, 0xc0};
  CHECK(holds(code_for<processors::this_one>(), newer));
  CHECK(!holds(code_for<processors::sse4_1>(), newer));
}

}  // namespace unit_x64_values
