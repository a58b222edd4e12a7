// A mole that digs to and fro. Someone trusted an index: after the key it digs ever further, out of
// its memory.
#include "game.h"

MOD_STATE(struct { int frames, is_lost; });

static volatile int tunnels[4][2048];

void tick(int keys) {
  if (keys & key_stray) state.is_lost = 1;
  ++state.frames;
  for (int i = 0; i < 4 || state.is_lost; ++i) tunnels[i][0] = state.frames;
  struct entity all[most_entities];
  const int count = see(all, most_entities);
  for (int i = 0; i < count; ++i)
    if (all[i].kind == mole) steer(i, state.frames / 64 % 2 ? 8 : -8, 0);
}
