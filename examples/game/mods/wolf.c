// Wolves: each runs after the sheep that is nearest, and has respect for the dog. Change SPEED
// while the game runs.
#include "game.h"

#define SPEED 10

MOD_STATE(struct { int frames; });

static int toward(int from, int to) { return to > from ? SPEED : to < from ? -SPEED : 0; }

static int distance(const struct entity* a, const struct entity* b) {
  const int x = a->x - b->x, y = a->y - b->y;
  return x * x + y * y;
}

void tick(int keys) {
  struct entity all[most_entities];
  const int count = see(all, most_entities);
  for (int i = 0; i < count; ++i) {
    if (all[i].kind != wolf) continue;
    int nearest = -1, is_afraid = 0;
    for (int k = 0; k < count; ++k) {
      const int d = distance(&all[i], &all[k]);
      if (all[k].kind == dog && d < 50 * 50 * 16 * 16) {
        nearest = k;
        is_afraid = 1;
        break;
      }
      if (all[k].kind == sheep && (nearest < 0 || d < distance(&all[i], &all[nearest])))
        nearest = k;
    }
    if (nearest < 0) continue;
    const int dx = toward(all[i].x, all[nearest].x), dy = toward(all[i].y, all[nearest].y);
    steer(i, is_afraid ? -dx : dx, is_afraid ? -dy : dy);
  }
  ++state.frames;
  say(state.frames % 128 < 64 ? "awoo" : "");
}
