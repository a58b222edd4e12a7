// Sheep: they graze, wander, and run from whoever comes near.
#include "game.h"

enum { sight = 34 * 16, flight = 14 };

MOD_STATE(struct { unsigned seed; });

static int random_below(int n) {
  state.seed = state.seed * 1664525u + 1013904223u;
  return (int)((state.seed >> 16) % (unsigned)n);
}

// Where an entity wants to go who is frightened by another one.
static int away(int from, int to) { return to > from ? flight : -flight; }

void tick(int keys) {
  struct entity all[most_entities];
  const int count = see(all, most_entities);
  for (int i = 0; i < count; ++i) {
    if (all[i].kind != sheep) continue;
    int dx = all[i].dx, dy = all[i].dy;
    if (random_below(40) == 0) {
      dx = random_below(13) - 6;
      dy = random_below(13) - 6;
    }
    for (int k = 0; k < count; ++k) {
      if (all[k].kind != dog && all[k].kind != wolf) continue;
      const int x = all[i].x - all[k].x, y = all[i].y - all[k].y;
      if (x * x + y * y > sight * sight) continue;
      dx = away(all[k].x, all[i].x);
      dy = away(all[k].y, all[i].y);
    }
    steer(i, dx, dy);
  }
}
