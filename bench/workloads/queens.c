// Queens that do not threaten each other: recursion with several arguments, bits.
#include "export.h"

static unsigned queens_place(unsigned all, unsigned columns, unsigned left, unsigned right) {
  if (columns == all) return 1;
  unsigned found = 0;
  for (unsigned free = all & ~(columns | left | right); free != 0;) {
    unsigned one = free & -free;
    free ^= one;
    found += queens_place(all, columns | one, (left | one) << 1, (right | one) >> 1);
  }
  return found;
}

// On a board of `size` by `size`: how many ways there are.
WORKLOAD_EXPORT(queens) unsigned queens(unsigned size) {
  return queens_place((1u << size) - 1, 0, 0, 0);
}
