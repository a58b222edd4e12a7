// Words in a text: byte loads, a table of skips (Horspool), comparisons that mostly fail early.
#include "export.h"

enum { search_size = 1 << 15, search_word = 6 };
static unsigned char search_text[search_size];

// Searches `times` words that occur, and as many that do not; the checksum is of their places.
WORKLOAD_EXPORT(string_search) unsigned string_search(unsigned times) {
  unsigned state = 7, sum = 0;
  for (int i = 0; i < search_size; ++i) {
    state = state * 1103515245 + 12345;
    search_text[i] = (unsigned char)('a' + (state >> 16) % 13);
  }
  for (unsigned t = 0; t < 2 * times; ++t) {
    unsigned char word[search_word];
    unsigned char skips[256];
    unsigned from = (t * 7919) % (search_size - search_word);
    for (int i = 0; i < search_word; ++i) word[i] = search_text[from + (unsigned)i];
    if (t % 2 == 1) word[0] = 'z';
    for (int i = 0; i < 256; ++i) skips[i] = search_word;
    for (int i = 0; i < search_word - 1; ++i) skips[word[i]] = (unsigned char)(search_word - 1 - i);
    unsigned at = 0, found = 0;
    while (at + search_word <= search_size) {
      int k = search_word - 1;
      while (k >= 0 && search_text[at + (unsigned)k] == word[k]) --k;
      if (k < 0) found = found * 31 + at;
      at += skips[search_text[at + search_word - 1]];
    }
    sum = sum * 17 + found;
  }
  return sum;
}
