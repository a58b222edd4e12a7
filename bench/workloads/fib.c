/* Recursion: calls and returns, little else. Guest and native row of the benchmarks; no headers, so
   that it is C for wasm32 and C++ in a benchmark. fib(n) makes 2 fib(n + 1) - 1 calls. */
#include "export.h"

WORKLOAD_EXPORT(fib) unsigned fib(unsigned n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
