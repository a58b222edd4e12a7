// What vector operators are for: products of 4 x 4 matrices, an update of particles, a filter over
// an image. Written so that compilers make vectors of it (-msimd128 -O3); no answer depends on
// whether they do.
#include "export.h"

enum { vectors_matrices = 256, vectors_particles = 4096, vectors_side = 256 };

static float vectors_left[vectors_matrices][4][4], vectors_right[vectors_matrices][4][4],
    vectors_product[vectors_matrices][4][4];

static unsigned vectors_mix(unsigned sum, unsigned bits) {
  return (sum ^ bits) * 16777619u;
}
static unsigned vectors_bits(float f) {
  union {
    float f;
    unsigned u;
  } same = {f};
  return same.u;
}

// Column by column: each is a sum of the left one's columns.
WORKLOAD_EXPORT(vectors_of_matrices) unsigned vectors_of_matrices(unsigned times) {
  for (int m = 0; m < vectors_matrices; ++m) {
    for (int i = 0; i < 16; ++i) {
      vectors_left[m][i / 4][i % 4] = (float)((m * 7 + i * 3) % 23) / 16;
      vectors_right[m][i / 4][i % 4] = (float)((m + i * 5) % 19 - 9) / 8;
    }
  }
  for (unsigned t = 0; t < times; ++t) {
    for (int m = 0; m < vectors_matrices; ++m) {
      for (int column = 0; column < 4; ++column) {
        for (int row = 0; row < 4; ++row) {
          const float* b = vectors_right[m][column];
          vectors_product[m][column][row] =
              vectors_left[m][0][row] * b[0] + vectors_left[m][1][row] * b[1] +
              vectors_left[m][2][row] * b[2] + vectors_left[m][3][row] * b[3];
        }
      }
    }
    vectors_left[t % vectors_matrices][0][0] += 1;
  }
  unsigned sum = 2166136261u;
  for (int m = 0; m < vectors_matrices; ++m) {
    for (int i = 0; i < 16; ++i)
      sum = vectors_mix(sum, vectors_bits(vectors_product[m][i / 4][i % 4]));
  }
  return sum;
}

static float vectors_x[vectors_particles], vectors_y[vectors_particles],
    vectors_vx[vectors_particles], vectors_vy[vectors_particles];

// Moves under gravity in a box: at a wall a velocity turns around.
WORKLOAD_EXPORT(vectors_of_particles) unsigned vectors_of_particles(unsigned steps) {
  for (int i = 0; i < vectors_particles; ++i) {
    vectors_x[i] = (float)(i % 64);
    vectors_y[i] = (float)(i / 64);
    vectors_vx[i] = (float)(i % 13 - 6);
    vectors_vy[i] = (float)(i % 7 - 3);
  }
  const float step = 0.015625f;
  for (unsigned t = 0; t < steps; ++t) {
    for (int i = 0; i < vectors_particles; ++i) {
      const float vx = vectors_vx[i], vy = vectors_vy[i] - 9.5f * step;
      const float x = vectors_x[i] + vx * step, y = vectors_y[i] + vy * step;
      vectors_vx[i] = x < 0 || x > 64 ? -vx : vx;
      vectors_vy[i] = y < 0 || y > 64 ? -vy : vy;
      vectors_x[i] = x < 0 ? 0 : x > 64 ? 64 : x;
      vectors_y[i] = y < 0 ? 0 : y > 64 ? 64 : y;
    }
  }
  unsigned sum = 2166136261u;
  for (int i = 0; i < vectors_particles; ++i) {
    sum = vectors_mix(sum, vectors_bits(vectors_x[i]));
    sum = vectors_mix(sum, vectors_bits(vectors_vy[i]));
  }
  return sum;
}

static unsigned char vectors_image[vectors_side][vectors_side],
    vectors_filtered[vectors_side][vectors_side];

// A blur of three by three, weighted 1 2 1, and a threshold with saturation; bytes and 16-bit sums.
WORKLOAD_EXPORT(vectors_of_pixels) unsigned vectors_of_pixels(unsigned times) {
  for (int y = 0; y < vectors_side; ++y) {
    for (int x = 0; x < vectors_side; ++x)
      vectors_image[y][x] = (unsigned char)(x * 3 + y * 5 + (x * y >> 5));
  }
  for (unsigned t = 0; t < times; ++t) {
    for (int y = 1; y < vectors_side - 1; ++y) {
      const unsigned char *above = vectors_image[y - 1], *here = vectors_image[y],
                          *below = vectors_image[y + 1];
      for (int x = 1; x < vectors_side - 1; ++x) {
        const unsigned short sum = (unsigned short)(
            above[x - 1] + 2 * above[x] + above[x + 1] + 2 * here[x - 1] + 4 * here[x] +
            2 * here[x + 1] + below[x - 1] + 2 * below[x] + below[x + 1]);
        const unsigned short mean = (unsigned short)((sum + 8) >> 4);
        const unsigned short bright = (unsigned short)(mean + (mean >> 1));
        vectors_filtered[y][x] = (unsigned char)(bright > 255 ? 255 : bright);
      }
    }
    for (int y = 1; y < vectors_side - 1; ++y) {
      for (int x = 1; x < vectors_side - 1; ++x)
        vectors_image[y][x] = (unsigned char)(vectors_filtered[y][x] - 20);
    }
  }
  unsigned sum = 2166136261u;
  for (int y = 0; y < vectors_side; ++y) {
    for (int x = 0; x < vectors_side; ++x) sum = vectors_mix(sum, vectors_image[y][x]);
  }
  return sum;
}
