/* SHA-256 (FIPS 180-4) of a buffer: integer arithmetic, loads and stores. Guest and native row of
   the benchmarks; no headers, so that it is C for wasm32 and C++ in a benchmark. */
#include "export.h"

typedef unsigned int sha_word;

static const sha_word sha_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static unsigned char sha_message[65536];
static sha_word sha_state[8];

static sha_word sha_rotate(sha_word x, int n) { return x >> n | x << (32 - n); }

static void sha_block(const unsigned char *block) {
  sha_word w[64];
  for (int i = 0; i < 16; ++i) {
    w[i] = (sha_word)block[4 * i] << 24 | (sha_word)block[4 * i + 1] << 16 |
           (sha_word)block[4 * i + 2] << 8 | (sha_word)block[4 * i + 3];
  }
  for (int i = 16; i < 64; ++i) {
    const sha_word a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (sha_rotate(a, 7) ^ sha_rotate(a, 18) ^ a >> 3) +
           (sha_rotate(b, 17) ^ sha_rotate(b, 19) ^ b >> 10);
  }
  sha_word a = sha_state[0], b = sha_state[1], c = sha_state[2], d = sha_state[3];
  sha_word e = sha_state[4], f = sha_state[5], g = sha_state[6], h = sha_state[7];
  for (int i = 0; i < 64; ++i) {
    const sha_word t = h + (sha_rotate(e, 6) ^ sha_rotate(e, 11) ^ sha_rotate(e, 25)) +
                       ((e & f) ^ (~e & g)) + sha_constants[i] + w[i];
    const sha_word u = (sha_rotate(a, 2) ^ sha_rotate(a, 13) ^ sha_rotate(a, 22)) +
                       ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t;
    d = c;
    c = b;
    b = a;
    a = t + u;
  }
  sha_state[0] += a;
  sha_state[1] += b;
  sha_state[2] += c;
  sha_state[3] += d;
  sha_state[4] += e;
  sha_state[5] += f;
  sha_state[6] += g;
  sha_state[7] += h;
}

/* Hashes `size` zeros (at most 65,000) and returns the first word of the digest. */
WORKLOAD_EXPORT(sha256) unsigned sha256(unsigned size) {
  static const sha_word start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const unsigned padded = (size + 9 + 63) / 64 * 64;
  for (int i = 0; i < 8; ++i) sha_state[i] = start[i];
  for (unsigned i = 0; i < padded; ++i) sha_message[i] = 0;
  sha_message[size] = 0x80;
  for (unsigned i = 0; i < 4; ++i) {
    sha_message[padded - 1 - i] = (unsigned char)((unsigned long long)size * 8 >> (8 * i));
  }
  for (unsigned i = 0; i < padded; i += 64) sha_block(sha_message + i);
  return sha_state[0];
}
