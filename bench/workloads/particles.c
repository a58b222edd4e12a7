// Particles that fall, bounce and are pulled to the middle: an array of structs of floats, updated
// field by field, with branches.
#include "export.h"

enum { particle_count = 1000 };
static struct {
  float x, y, vx, vy;
  int bounces;
} particles_of[particle_count];

// `times` steps; the checksum is of places and bounces.
WORKLOAD_EXPORT(particles) unsigned particles(unsigned times) {
  for (int i = 0; i < particle_count; ++i) {
    particles_of[i].x = (float)(i % 37) / 37;
    particles_of[i].y = (float)(i % 23) / 23;
    particles_of[i].vx = (float)(i % 11 - 5) / 64;
    particles_of[i].vy = (float)(i % 7 - 3) / 64;
    particles_of[i].bounces = 0;
  }
  for (unsigned t = 0; t < times; ++t) {
    for (int i = 0; i < particle_count; ++i) {
      float x = particles_of[i].x, y = particles_of[i].y;
      float vx = particles_of[i].vx + (0.5F - x) / 256, vy = particles_of[i].vy - 1.0F / 512;
      x += vx;
      y += vy;
      if (x < 0 || x > 1) {
        vx = -vx;
        x = x < 0 ? -x : 2 - x;
        ++particles_of[i].bounces;
      }
      if (y < 0) {
        vy = -vy * 0.875F;
        y = -y;
        ++particles_of[i].bounces;
      }
      particles_of[i].x = x;
      particles_of[i].y = y;
      particles_of[i].vx = vx;
      particles_of[i].vy = vy;
    }
  }
  unsigned sum = 0;
  for (int i = 0; i < particle_count; ++i) {
    sum = sum * 31 + (unsigned)(int)(particles_of[i].x * 4096) +
          (unsigned)(int)(particles_of[i].y * 4096) + (unsigned)particles_of[i].bounces;
  }
  return sum;
}
