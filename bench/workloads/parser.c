// Numbers in nested lists, read as text: a recursive parser, a switch over characters.
#include "export.h"

enum { parser_size = 1 << 14 };
static char parser_text[parser_size + 1];
static int parser_at;

static unsigned parser_value(unsigned depth) {
  unsigned sum = 0;
  for (;;) {
    char c = parser_text[parser_at];
    switch (c) {
      case '[': ++parser_at, sum += parser_value(depth + 1) * 3; break;
      case ']': ++parser_at; return sum + depth;
      case ',':
      case ' ': ++parser_at; break;
      case '-': ++parser_at, sum ^= 0x5555; break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9': {
        unsigned number = 0;
        for (; parser_text[parser_at] >= '0' && parser_text[parser_at] <= '9'; ++parser_at)
          number = number * 10 + (unsigned)(parser_text[parser_at] - '0');
        sum += number;
        break;
      }
      default: return sum;
    }
  }
}

// Reads the same text `times` times; the checksum depends on every character.
WORKLOAD_EXPORT(parser) unsigned parser(unsigned times) {
  unsigned state = 3;
  int depth = 0;
  for (int i = 0; i < parser_size; ++i) {
    state = state * 1103515245 + 12345;
    unsigned dice = state >> 16 & 31;
    char c = (char)('0' + dice % 10);
    if (dice >= 30 && depth < 50) c = '[', ++depth;
    if (dice >= 28 && dice < 30 && depth > 0) c = ']', --depth;
    if (dice >= 20 && dice < 28) c = "-, , , "[dice - 20 < 7 ? dice - 20 : 6];
    parser_text[i] = c;
  }
  unsigned sum = 0;
  for (unsigned t = 0; t < times; ++t) {
    parser_at = 0;
    while (parser_at < parser_size) sum = sum * 31 + parser_value(0);
  }
  return sum;
}
