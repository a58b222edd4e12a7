// A bee that flies in circles. Someone forgot how a loop ends: after the key it never leaves the
// next tick.
#include "game.h"

MOD_STATE(struct { int dx, dy, is_stuck; });

void tick(int keys) {
  if (state.is_stuck) {
    for (;;) {}
  }
  if (keys & key_loop) state.is_stuck = 1;
  if (state.dx == 0 && state.dy == 0) state.dx = 24 * 64;
  state.dx += state.dy / 16;
  state.dy -= state.dx / 16;
  struct entity all[most_entities];
  const int count = see(all, most_entities);
  for (int i = 0; i < count; ++i)
    if (all[i].kind == bee) steer(i, state.dx / 64, state.dy / 64);
}
