// The Mandelbrot set: float arithmetic in a loop that ends when the numbers say so.
#include "export.h"

// A picture of `size` by `size` points; the checksum is of all counts.
WORKLOAD_EXPORT(mandelbrot) unsigned mandelbrot(unsigned size) {
  unsigned sum = 0;
  for (unsigned y = 0; y < size; ++y) {
    for (unsigned x = 0; x < size; ++x) {
      double cr = 3.0 * x / size - 2.25, ci = 3.0 * y / size - 1.5, r = 0, i = 0;
      unsigned count = 0;
      while (count < 100 && r * r + i * i < 4) {
        double next = r * r - i * i + cr;
        i = 2 * r * i + ci;
        r = next;
        ++count;
      }
      sum = sum * 31 + count;
    }
  }
  return sum;
}
