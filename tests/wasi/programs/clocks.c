// Time, waiting and random bytes as wasi-libc gives them to programs.
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "expect.h"

static long long now(clockid_t clock) {
  struct timespec time;
  EXPECT(clock_gettime(clock, &time) == 0);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void) {
  struct timespec resolution;
  EXPECT(clock_getres(CLOCK_MONOTONIC, &resolution) == 0);
  EXPECT(resolution.tv_sec == 0 && resolution.tv_nsec > 0);
  EXPECT(now(CLOCK_REALTIME) > 1600000000LL * 1000000000);
  EXPECT(time(NULL) > 1600000000);

  long long begin = now(CLOCK_MONOTONIC);
  struct timespec wait = {0, 20000000};
  EXPECT(nanosleep(&wait, NULL) == 0);
  EXPECT(now(CLOCK_MONOTONIC) - begin >= 20000000);
  begin = now(CLOCK_MONOTONIC);
  EXPECT(usleep(10000) == 0);
  EXPECT(now(CLOCK_MONOTONIC) - begin >= 10000000);
  struct timespec until = {0, 0};
  EXPECT(clock_gettime(CLOCK_REALTIME, &until) == 0);
  EXPECT(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) == 0);

  struct pollfd files[] = {{.fd = 1, .events = POLLOUT}, {.fd = 0, .events = POLLIN}};
  EXPECT(poll(files, 2, 10000) == 2);
  EXPECT(files[0].revents & POLLOUT);
  EXPECT(files[1].revents & (POLLIN | POLLHUP));

  unsigned char random[300], more[300];
  for (int i = 0; i < 300; i += 100) {
    EXPECT(getentropy(random + i, 100) == 0);
    EXPECT(getentropy(more + i, 100) == 0);
  }
  EXPECT(memcmp(random, more, sizeof random) != 0);
  EXPECT(sched_yield() == 0);
  return finish();
}
