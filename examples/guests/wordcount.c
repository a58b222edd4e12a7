/* A guest for tools/demo, compiled by clang for wasm32-wasi: counts the words of a file and writes
   the most frequent ones into another file, both in folders that the host opened for it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word {
  char text[32];
  int count;
};

static struct word words[4096];
static int distinct;

static void count(const char* text) {
  for (int i = 0; i < distinct; ++i) {
    if (strcmp(words[i].text, text) == 0) {
      ++words[i].count;
      return;
    }
  }
  if (distinct < (int)(sizeof words / sizeof *words)) {
    strcpy(words[distinct].text, text);
    words[distinct++].count = 1;
  }
}

static int by_count(const void* a, const void* b) {
  const struct word* left = a;
  const struct word* right = b;
  if (left->count != right->count) return right->count - left->count;
  return strcmp(left->text, right->text);
}

static int count_words(FILE* in) {
  char text[sizeof words->text];
  size_t size = 0;
  int total = 0;
  for (int c = 0; c != EOF;) {
    c = fgetc(in);
    if (c != EOF && isalpha(c)) {
      if (size + 1 < sizeof text) text[size++] = (char)tolower(c);
    } else if (size != 0) {
      text[size] = '\0';
      size = 0;
      count(text);
      ++total;
    }
  }
  return total;
}

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: wordcount IN OUT\n");
    return 2;
  }
  FILE* in = fopen(argv[1], "r");
  FILE* out = fopen(argv[2], "w");
  if (in == NULL || out == NULL) {
    perror(in == NULL ? argv[1] : argv[2]);
    return 1;
  }
  const int total = count_words(in);
  qsort(words, (size_t)distinct, sizeof *words, by_count);
  printf("%d words, %d of them different\n", total, distinct);
  for (int i = 0; i < distinct && i < 5; ++i) {
    fprintf(out, "%4d %s\n", words[i].count, words[i].text);
  }
  fclose(in);
  return fclose(out) == 0 ? 0 : 1;
}
