// What the tests of the API share: a runtime of the null backend over a watched heap.
#pragma once

#include <cstdint>
#include <vector>

#include <dovetail/api/runtime.hpp>
#include <dovetail/null.hpp>

#include "support/catch.hpp"
#include "support/compiled_once.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace testing {

struct watched : dovetail::defaults {
  using backend = dovetail::null;
  using allocator = watched_policy;
  static constexpr dovetail::limits limit{
      .types = 20, .memory_pages = 4, .table_elements = 100, .call_depth = 10};
};
using rt = dovetail::runtime<watched>;

/// An engine and a store.
struct api_world {
  watched_heap heap;
  rt::engine engine{watched_policy{&heap}};
  rt::store store{engine};

  rt::module compile(const std::vector<std::uint8_t>& bytes) {
    auto made = engine.compile(as_bytes(bytes));
    REQUIRE(made.has_value());
    return *std::move(made);
  }
  template <class... Sources>
  rt::instance instantiate(const std::vector<std::uint8_t>& bytes, Sources&&... sources) {
    const rt::module module = compile(bytes);
    auto made = store.instantiate(module, sources...);
    REQUIRE(made.has_value());
    return *made;
  }
};

/// Imports the function `env.log` of `[i32] -> []`; exports a function `f` of `[i32] -> [i64]`, a
/// table `t` of 2 to 5 functions, a memory `m` of 1 to 3 pages, a constant f32 `c` that is 0.5 and
/// a variable i64 `v` that is -1. A custom section `note` comes first.
inline std::vector<std::uint8_t> with_exports() {
  using dovetail::value_type;
  module_writer m;
  const std::uint8_t note[] = {1, 2, 3};
  m.custom("note", note);
  m.import_function("env", "log", m.type({value_type::i32}, {}));
  const std::uint32_t f = m.function(m.type({value_type::i32}, {value_type::i64}), code().i64(1));
  m.export_as("f", 0, f);
  m.export_as("t", 1, m.table(2, 5));
  m.memory(1, 3);
  m.export_as("m", 2, 0);
  m.export_as("c", 3, m.global(value_type::f32, false, code().f32(0x3f00'0000)));
  m.export_as("v", 3, m.global(value_type::i64, true, code().i64(-1)));
  return m.bytes();
}
inline auto log_import() {
  return dovetail::imports{dovetail::bind<[](std::int32_t) {}>("env", "log")};
}

}  // namespace testing
