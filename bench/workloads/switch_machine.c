// A byte-code interpreter around a switch: br_table, which nobody predicts well.
#include "export.h"

enum switch_code {
  push_one,
  push_n,
  add_two,
  sub_two,
  mul_two,
  dup_top,
  swap_two,
  loop_if,
  stop_here
};
static const unsigned char switch_program[] = {
    push_n,                                                             // n
    push_one,                                                           // n sum
    swap_two, dup_top, push_one, add_two,  mul_two, push_one, sub_two,  // a little arithmetic
    swap_two, dup_top, add_two,  push_one, add_two, swap_two, push_n,
    add_two,  add_two, loop_if,  stop_here};

static unsigned run_program(unsigned n) {
  unsigned stack[16], top = 0, left = 40;
  for (unsigned at = 0;; ++at) {
    switch (switch_program[at]) {
      case push_one: stack[top++] = 1; break;
      case push_n: stack[top++] = n; break;
      case add_two:
        --top;
        stack[top - 1] += stack[top];
        break;
      case sub_two:
        --top;
        stack[top - 1] -= stack[top];
        break;
      case mul_two:
        --top;
        stack[top - 1] *= stack[top];
        break;
      case dup_top:
        stack[top] = stack[top - 1];
        ++top;
        break;
      case swap_two: {
        const unsigned other = stack[top - 1];
        stack[top - 1] = stack[top - 2];
        stack[top - 2] = other;
        break;
      }
      case loop_if:
        if (--left != 0) at = 0;
        break;
      default: return stack[top - 1];
    }
    if (top > 8) {
      stack[0] = stack[top - 1] ^ stack[1];
      top = 2;
    }
    if (top < 2) stack[top++] = n;
  }
}

WORKLOAD_EXPORT(switch_machine) unsigned switch_machine(unsigned times) {
  unsigned sum = 0;
  for (unsigned i = 0; i < times; ++i) sum = sum * 31 + run_program(i);
  return sum;
}
