// Every permutation of a few numbers, and how often its head must be reversed until it is 0: short
// loops over small arrays.
#include "export.h"

enum { fannkuch_most = 12 };

// Of `size` numbers; the checksum is alternating, beside the largest count.
WORKLOAD_EXPORT(fannkuch) unsigned fannkuch(unsigned size) {
  int permutation[fannkuch_most], working[fannkuch_most], count[fannkuch_most];
  int n = size < fannkuch_most ? (int)size : fannkuch_most;
  int most = 0, sum = 0, left = n;
  for (int i = 0; i < n; ++i) permutation[i] = i;
  for (int round = 0;; ++round) {
    for (; left > 1; --left) count[left - 1] = left;
    for (int i = 0; i < n; ++i) working[i] = permutation[i];
    int flips = 0;
    for (int first = working[0]; first != 0; first = working[0]) {
      for (int low = 0, high = first; low < high; ++low, --high) {
        int kept = working[low];
        working[low] = working[high];
        working[high] = kept;
      }
      ++flips;
    }
    if (flips > most) most = flips;
    sum += round % 2 == 0 ? flips : -flips;
    for (;; ++left) {
      if (left == n) return (unsigned)(sum * 64 + most);
      int first = permutation[0];
      for (int i = 0; i < left; ++i) permutation[i] = permutation[i + 1];
      permutation[left] = first;
      if (--count[left] > 0) break;
    }
  }
}
