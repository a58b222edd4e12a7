// What somebody else's program does: one module, one host function, guarded memory. It is built
// against an installed Dovetail or a subproject; run.py says how.
#include <array>
#include <cstddef>
#include <cstdio>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef CONSUMER_INCLUDES_IMPLEMENTATION
#include <dovetail/implementation.hpp>
#endif

namespace {

// (module
//   (import "env" "twice" (func $twice (param i32) (result i32)))
//   (memory 1)
//   (func (export "answer") (param i32) (result i32)
//     i32.const 0  local.get 0  call $twice  i32.store
//     i32.const 0  i32.load)
//   (func (export "peek") (param i32) (result i32)
//     local.get 0  i32.load))
constexpr unsigned char bytes[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x06, 0x01, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x02, 0x0d, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x74, 0x77, 0x69, 0x63, 0x65, 0x00,
    0x00, 0x03, 0x03, 0x02, 0x00, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x11, 0x02, 0x06,
    0x61, 0x6e, 0x73, 0x77, 0x65, 0x72, 0x00, 0x01, 0x04, 0x70, 0x65, 0x65, 0x6b, 0x00, 0x02,
    0x0a, 0x1a, 0x02, 0x10, 0x00, 0x41, 0x00, 0x20, 0x00, 0x10, 0x00, 0x36, 0x02, 0x00, 0x41,
    0x00, 0x28, 0x02, 0x00, 0x0b, 0x07, 0x00, 0x20, 0x00, 0x28, 0x02, 0x00, 0x0b,
};

struct config : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::guarded_memory;
  using traps = dovetail::traps_returned;
};
using rt = dovetail::runtime<config>;

int twice(int x) { return 2 * x; }

}  // namespace

int main() {
  rt::engine engine;
  const auto code = engine.compile(std::as_bytes(std::span(bytes)));
  if (!code) return 1;
  rt::store world{engine};
  dovetail::imports env = {dovetail::bind<twice>("env", "twice")};
  auto instance = world.instantiate(*code, env);
  if (!instance) return 2;
  auto answer = instance->get<int(int)>("answer");
  auto peek = instance->get<int(int)>("peek");
  if (!answer || !peek) return 3;
  const auto good = (*answer)(21);
  if (!good || *good != 42) return 4;
  const auto bad = (*peek)(1 << 20);
  if (bad || bad.error().code != dovetail::trap_code::memory_out_of_bounds) return 5;
  std::puts("consumer: 42, and a trap where there is no memory");
  return 0;
}
