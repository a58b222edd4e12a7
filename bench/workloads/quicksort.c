// Sorts numbers by a recursive quicksort: unpredictable branches, loads and stores.
#include "export.h"

enum { numbers = 4096 };
static unsigned sorted[numbers];

static void sort_range(int low, int high) {
  while (low < high) {
    const unsigned pivot = sorted[(low + high) / 2];
    int i = low, k = high;
    while (i <= k) {
      while (sorted[i] < pivot) ++i;
      while (sorted[k] > pivot) --k;
      if (i <= k) {
        const unsigned other = sorted[i];
        sorted[i++] = sorted[k];
        sorted[k--] = other;
      }
    }
    if (k - low < high - i) {
      sort_range(low, k);
      low = i;
    } else {
      sort_range(i, high);
      high = k;
    }
  }
}

WORKLOAD_EXPORT(quicksort) unsigned quicksort(unsigned times) {
  unsigned seed = 1, sum = 0;
  for (unsigned t = 0; t < times; ++t) {
    for (int i = 0; i < numbers; ++i) sorted[i] = seed = seed * 1664525 + 1013904223;
    sort_range(0, numbers - 1);
    sum += sorted[numbers / 3];
  }
  return sum;
}
