// The sieve of Eratosthenes: byte stores in loops, and counting.
#include "export.h"

enum { sieve_size = 32768 };
static unsigned char is_composite[sieve_size];

WORKLOAD_EXPORT(sieve) unsigned sieve(unsigned times) {
  unsigned primes = 0;
  for (unsigned t = 0; t < times; ++t) {
    for (int i = 0; i < sieve_size; ++i) is_composite[i] = 0;
    for (int i = 2; i < sieve_size; ++i) {
      if (is_composite[i]) continue;
      ++primes;
      for (int k = 2 * i; k < sieve_size; k += i) is_composite[k] = 1;
    }
  }
  return primes;
}
