// Arguments, environment and the standard streams: echoes its input, numbered, and exits with the
// number of its lines.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int count, char** arguments) {
  for (int i = 0; i < count; ++i) printf("argument %d: '%s'\n", i, arguments[i]);
  const char* greeting = getenv("GREETING");
  printf("GREETING: %s\n", greeting != NULL ? greeting : "(none)");
  printf("ABSENT: %s\n", getenv("ABSENT") != NULL ? "there" : "(none)");
  char line[64];
  int lines = 0;
  while (fgets(line, sizeof line, stdin) != NULL) printf("%d: %s", ++lines, line);
  fprintf(stderr, "%d lines, terminal: %d\n", lines, isatty(1));
  return lines;
}
