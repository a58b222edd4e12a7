// A hash table with open addressing: 64-bit multiplications, loads nobody can predict.
#include "export.h"

enum { hash_bits = 14, hash_size = 1 << hash_bits };
typedef unsigned long long hash_key;
static struct {
  hash_key key;
  unsigned value, is_used;
} hash_slots[hash_size];

static unsigned hash_place(hash_key key) {
  unsigned at = (unsigned)((key * 0x9e3779b97f4a7c15u) >> (64 - hash_bits));
  while (hash_slots[at].is_used && hash_slots[at].key != key) at = (at + 1) % hash_size;
  return at;
}

// Counts `times` thousand keys, of which many come again; the checksum is of the table.
WORKLOAD_EXPORT(hash_table) unsigned hash_table(unsigned times) {
  for (unsigned i = 0; i < hash_size; ++i) hash_slots[i].is_used = 0;
  hash_key state = 1;
  for (unsigned i = 0; i < times * 1000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    hash_key key = (state >> 33) % 10000 * 0x100000001u;
    unsigned at = hash_place(key);
    hash_slots[at].key = key;
    hash_slots[at].value = hash_slots[at].is_used ? hash_slots[at].value + i : i;
    hash_slots[at].is_used = 1;
  }
  unsigned sum = 0;
  for (unsigned i = 0; i < hash_size; ++i)
    sum = sum * 31 + (hash_slots[i].is_used ? hash_slots[i].value : 7);
  return sum;
}
