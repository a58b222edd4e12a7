// A text packed as references to what came before, and unpacked again: byte copies, hashes of
// bytes.
#include "export.h"

enum { packing_size = 1 << 14, packing_table = 1 << 12 };
static unsigned char packing_text[packing_size], packing_out[2 * packing_size],
    packing_back[packing_size];
static int packing_last[packing_table];

static unsigned packing_hash(const unsigned char* p) {
  return ((unsigned)p[0] | (unsigned)p[1] << 8 | (unsigned)p[2] << 16) * 2654435761u >> 20;
}

// A length of 0 is a byte that follows; others a length and a distance.
static int packing_pack(void) {
  int to = 0;
  for (int i = 0; i < packing_table; ++i) packing_last[i] = -1;
  for (int at = 0; at < packing_size;) {
    int length = 0, from = -1;
    if (at + 3 < packing_size) {
      unsigned hash = packing_hash(packing_text + at);
      from = packing_last[hash];
      packing_last[hash] = at;
    }
    if (from >= 0) {
      while (length < 255 && at + length < packing_size &&
             packing_text[from + length] == packing_text[at + length])
        ++length;
    }
    if (length < 4) {
      packing_out[to++] = 0;
      packing_out[to++] = packing_text[at++];
    } else {
      packing_out[to++] = (unsigned char)length;
      packing_out[to++] = (unsigned char)(at - from);
      packing_out[to++] = (unsigned char)((at - from) >> 8);
      at += length;
    }
  }
  return to;
}

static int packing_unpack(int size) {
  int to = 0;
  for (int at = 0; at < size;) {
    int length = packing_out[at];
    if (length == 0) {
      packing_back[to++] = packing_out[at + 1];
      at += 2;
    } else {
      int distance = packing_out[at + 1] | packing_out[at + 2] << 8;
      for (int k = 0; k < length; ++k, ++to) packing_back[to] = packing_back[to - distance];
      at += 3;
    }
  }
  return to;
}

// Packs and unpacks `times` texts; the checksum is of both, and 0 if they differ.
WORKLOAD_EXPORT(compression) unsigned compression(unsigned times) {
  unsigned sum = 1;
  for (unsigned t = 0; t < times; ++t) {
    unsigned state = t + 1;
    for (int i = 0; i < packing_size; ++i) {
      state = state * 1103515245 + 12345;
      int is_new = i < 64 || (state >> 28) < 3;
      packing_text[i] =
          (unsigned char)(is_new ? 'a' + (state >> 16) % 26
                                 : packing_text[i - 1 - (int)((state >> 24) % 4 * 16)]);
    }
    int size = packing_pack();
    if (packing_unpack(size) != packing_size) return 0;
    for (int i = 0; i < packing_size; ++i) {
      if (packing_back[i] != packing_text[i]) return 0;
    }
    for (int i = 0; i < size; ++i) sum = sum * 31 + packing_out[i];
  }
  return sum;
}
