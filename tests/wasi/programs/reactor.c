// A library for its host: constructed once by _initialize, then called.
#include <stdio.h>

static int sum;

__attribute__((constructor)) static void construct(void) {
  sum = 1000;
  puts("constructed");
  fflush(stdout);
}

__attribute__((export_name("add"))) int add(int number) { return sum += number; }
