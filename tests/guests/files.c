/* A guest in C: does with files what POSIX says, through wasi-libc, and says what came of it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char path[256];

static const char *in(const char *folder, const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void say(const char *what, long value) {
  if (value < 0) {
    printf("%s: %s\n", what, strerror(errno));
  } else {
    printf("%s: %ld\n", what, value);
  }
}

static int compare(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *folder) {
  char *names[64];
  int count = 0;
  DIR *directory = opendir(folder);
  if (directory == NULL) {
    say("opendir", -1);
    return;
  }
  for (struct dirent *entry; (entry = readdir(directory)) != NULL && count < 64;) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
      char line[300];
      snprintf(line, sizeof line, "%s%s", entry->d_name, entry->d_type == DT_DIR ? "/" : "");
      names[count++] = strdup(line);
    }
  }
  closedir(directory);
  qsort(names, (size_t)count, sizeof *names, compare);
  for (int i = 0; i < count; ++i) {
    printf("%s ", names[i]);
    free(names[i]);
  }
  printf("(%d)\n", count);
}

int main(int argc, char **argv) {
  const char *folder = argc > 1 ? argv[1] : "/data";
  char buffer[64] = {0};
  struct stat status;

  int file = open(in(folder, "numbers.txt"), O_CREAT | O_RDWR | O_EXCL, 0644);
  say("open", file >= 0 ? 0 : -1);
  say("open again", open(in(folder, "numbers.txt"), O_CREAT | O_RDWR | O_EXCL, 0644));
  say("write", write(file, "0123456789", 10));
  say("pwrite", pwrite(file, "AB", 2, 4));
  say("lseek", lseek(file, -3, SEEK_END));
  say("read", read(file, buffer, sizeof buffer));
  printf("%s\n", buffer);
  say("pread", pread(file, buffer, 4, 3));
  printf("%.4s\n", buffer);
  say("ftruncate", ftruncate(file, 16));
  say("fstat", fstat(file, &status) == 0 ? (long)status.st_size : -1);
  say("fsync", fsync(file));
  say("close", close(file));
  say("close again", close(file));

  file = open(in(folder, "numbers.txt"), O_WRONLY | O_APPEND);
  say("append", write(file, "end", 3));
  say("read what is written only", read(file, buffer, 1));
  close(file);
  say("stat", stat(in(folder, "numbers.txt"), &status) == 0 ? (long)status.st_size : -1);

  say("mkdir", mkdir(in(folder, "sub"), 0755));
  say("mkdir again", mkdir(in(folder, "sub"), 0755));
  char from[256];
  snprintf(from, sizeof from, "%s/numbers.txt", folder);
  say("rename", rename(from, in(folder, "sub/moved.txt")));
  say("symlink", symlink("sub/moved.txt", in(folder, "link.txt")));
  memset(buffer, 0, sizeof buffer);
  say("readlink", readlink(in(folder, "link.txt"), buffer, sizeof buffer));
  printf("%s\n", buffer);
  say("stat through it", stat(in(folder, "link.txt"), &status) == 0 ? (long)status.st_size : -1);
  list(folder);
  list(in(folder, "sub"));
  say("rmdir of what is not empty", rmdir(in(folder, "sub")));
  say("open a folder to write", open(in(folder, "sub"), O_WRONLY));
  say("unlink", unlink(in(folder, "link.txt")));
  say("unlink again", unlink(in(folder, "link.txt")));

  /* The host put outside.txt above the folder, and into it a link that leads there. */
  say("open above", open(in(folder, "../outside.txt"), O_RDONLY));
  say("open above and back", open(in(folder, "sub/../../outside.txt"), O_RDONLY));
  say("open through the link", open(in(folder, "out"), O_RDONLY));
  say("unlink the link", unlink(in(folder, "out")));

  char line[128];
  int lines = 0;
  size_t bytes = 0;
  while (fgets(line, sizeof line, stdin) != NULL) {
    ++lines;
    bytes += strlen(line);
  }
  printf("standard input: %d lines, %zu bytes\n", lines, bytes);
  printf("environment: %s\n", getenv("GUEST_VARIABLE") != NULL ? getenv("GUEST_VARIABLE") : "none");
  struct timespec first, second;
  clock_gettime(CLOCK_MONOTONIC, &first);
  const struct timespec pause = {0, 20000000};
  nanosleep(&pause, NULL);
  clock_gettime(CLOCK_MONOTONIC, &second);
  const long long passed =
      (second.tv_sec - first.tv_sec) * 1000000000LL + (second.tv_nsec - first.tv_nsec);
  printf("slept: %s\n", passed >= 19000000 ? "yes" : "no");
  printf("since 2020: %s\n", time(NULL) > 1577836800 ? "yes" : "no");
  unsigned char random[16] = {0};
  int different = 0;
  if (getentropy(random, sizeof random) == 0) {
    for (size_t i = 1; i < sizeof random; ++i) different += random[i] != random[0];
  }
  printf("random: %s\n", different > 0 ? "yes" : "no");
  for (int i = 2; i < argc; ++i) printf("argument: [%s]\n", argv[i]);
  fflush(stdout);
  fprintf(stderr, "on standard error\n");
  return 3;
}
