// Five bodies under gravity: chains of float arithmetic, divisions and square roots.
#include "export.h"

enum { bodies = 5 };
struct body {
  double x, y, z, vx, vy, vz, mass;
};
static struct body sky[bodies];

WORKLOAD_EXPORT(nbody) unsigned nbody(unsigned steps) {
  for (int i = 0; i < bodies; ++i) {
    const struct body b = {i * 1.5,       i * 0.5 - 1, i * 0.25,     0.1 * i,
                           0.2 - 0.1 * i, 0.05,        1.0 / (i + 1)};
    sky[i] = b;
  }
  const double dt = 0.001;
  for (unsigned s = 0; s < steps; ++s) {
    for (int i = 0; i < bodies; ++i) {
      for (int k = i + 1; k < bodies; ++k) {
        const double dx = sky[i].x - sky[k].x, dy = sky[i].y - sky[k].y, dz = sky[i].z - sky[k].z;
        const double square = dx * dx + dy * dy + dz * dz + 0.01;
        const double pull = dt / (square * __builtin_sqrt(square));
        sky[i].vx -= dx * sky[k].mass * pull;
        sky[i].vy -= dy * sky[k].mass * pull;
        sky[i].vz -= dz * sky[k].mass * pull;
        sky[k].vx += dx * sky[i].mass * pull;
        sky[k].vy += dy * sky[i].mass * pull;
        sky[k].vz += dz * sky[i].mass * pull;
      }
    }
    for (int i = 0; i < bodies; ++i) {
      sky[i].x += dt * sky[i].vx;
      sky[i].y += dt * sky[i].vy;
      sky[i].z += dt * sky[i].vz;
    }
  }
  return (unsigned)(int)((sky[0].x + sky[1].y + sky[2].z) * 1e6);
}
