// What the tests of perf_map and gdb_jit share: a small module with names, and runtimes of it.
#pragma once

#include <cstdint>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/x64.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace testing {

template <class Backend>
struct watched : dovetail::defaults {
  using backend = Backend;
  using allocator = watched_policy;
};
template <class Backend>
using watched_rt = dovetail::runtime<watched<Backend>>;

/// Imports a function; has one called "twice" by its name section, one exported as "thrice" and one
/// without a name.
inline std::vector<std::uint8_t> with_names() {
  using dovetail::op;
  module_writer m;
  const std::uint32_t type = m.type({dovetail::value_type::i32}, {dovetail::value_type::i32});
  m.import_function("env", "f", type);
  m.function(type, code().put(op::local_get, {0}).i32(2).put(op::i32_mul));
  const std::uint32_t thrice =
      m.function(type, code().put(op::local_get, {0}).i32(3).put(op::i32_mul));
  m.function(type, code().put(op::local_get, {0}));
  m.export_as("thrice", 0, thrice);
  byte_writer functions, content;
  functions.u32(1).u32(1).name("twice");
  content.byte(1).sized(functions.bytes());
  m.custom("name", content.bytes());
  return m.bytes();
}

/// The code of a module.
template <class Module>
const dovetail::x64_jit::module_code& code_of(const Module& m) {
  return *static_cast<const dovetail::x64_jit::module_code*>(m.data().code);
}

}  // namespace testing
