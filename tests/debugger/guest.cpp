// The program that gdb runs: a guest whose functions have names, called by a host that then lets
// the module go.
#include <cstdint>
#include <cstdio>
#include <optional>

#include <dovetail/dovetail.hpp>
#include <dovetail/gdb_jit.hpp>
#include <dovetail/x64.hpp>

#include "support/writer.hpp"

namespace {

struct debugged : dovetail::defaults {
  using backend = dovetail::gdb_jit<dovetail::x64>;
};
using rt = dovetail::runtime<debugged>;
using dovetail::op;

}  // namespace

/// Where gdb stops when no module is left.
extern "C" DOVETAIL_NEVER_INLINE void after_the_module() { std::puts("gone"); }

int main() {
  testing::module_writer m;
  const std::uint32_t type = m.type({dovetail::value_type::i32}, {dovetail::value_type::i32});
  const std::uint32_t inner =
      m.function(type, testing::code().put(op::local_get, {0}).i32(2).put(op::i32_mul));
  const std::uint32_t outer = m.function(
      type, testing::code().put(op::local_get, {0}).put(op::call, {inner}).i32(1).put(op::i32_add));
  m.export_as("guest_outer", 0, outer);
  testing::byte_writer functions, content;
  functions.u32(1).u32(inner).name("guest_inner");
  content.byte(1).sized(functions.bytes());
  m.custom("name", content.bytes());
  const auto bytes = m.bytes();

  rt::engine engine;
  {
    auto module = engine.compile(testing::as_bytes(bytes));
    rt::store store{engine};
    auto guest = store.instantiate(*module);
    auto call = guest->get<int(int)>("guest_outer");
    std::printf("%d\n", (*call)(20).value());
  }
  after_the_module();
  return 0;
}
