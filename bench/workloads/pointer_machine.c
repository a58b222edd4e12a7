// A machine whose instructions are functions: call_indirect through a table.
#include "export.h"

typedef unsigned (*pointer_step)(unsigned);
__attribute__((noinline)) static unsigned step_add(unsigned v) { return v + 0x9e3779b9; }
__attribute__((noinline)) static unsigned step_mix(unsigned v) { return v ^ v >> 15; }
__attribute__((noinline)) static unsigned step_mul(unsigned v) { return v * 0x85ebca6b; }
__attribute__((noinline)) static unsigned step_rot(unsigned v) { return v << 13 | v >> 19; }

WORKLOAD_EXPORT(pointer_machine) unsigned pointer_machine(unsigned times) {
  static const pointer_step steps[] = {step_add, step_mix, step_mul, step_rot,
                                       step_mix, step_mul, step_add, step_mix};
  unsigned v = 1;
  for (unsigned i = 0; i < times; ++i) v = steps[(v >> 3 ^ i) % 8](v);
  return v;
}
