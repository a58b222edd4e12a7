// What the programs check with: a condition that does not hold is printed, and counts.
#pragma once

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int failures;

#define EXPECT(condition)                                                        \
  do {                                                                           \
    if (!(condition)) {                                                          \
      ++failures;                                                                \
      printf("%s:%d: %s, errno %d\n", __FILE__, __LINE__, #condition, errno);    \
    }                                                                            \
  } while (0)

// The call fails with this error number.
#define EXPECT_ERROR(call, number) \
  do {                             \
    errno = 0;                     \
    EXPECT((call) == -1);          \
    EXPECT(errno == (number));     \
  } while (0)

// The last line of a program, and its exit code.
static int finish(void) {
  if (failures == 0) puts("all as expected");
  return failures != 0;
}
