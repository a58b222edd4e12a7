// Files and folders as wasi-libc gives them to programs, in the granted folder /granted.
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "expect.h"

static void streams(void) {
  FILE* file = fopen("/granted/stream", "w+");
  EXPECT(file != NULL);
  for (int i = 0; i < 10000; ++i) fprintf(file, "line %d\n", i);
  EXPECT(fseek(file, 0, SEEK_SET) == 0);
  char line[32];
  int lines = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    int number = -1;
    EXPECT(sscanf(line, "line %d", &number) == 1 && number == lines);
    ++lines;
  }
  EXPECT(lines == 10000);
  EXPECT(feof(file) && !ferror(file));
  EXPECT(ftell(file) == 98890);
  EXPECT(fclose(file) == 0);
  file = fopen("/granted/stream", "a");
  EXPECT(fputs("end\n", file) >= 0);
  EXPECT(fclose(file) == 0);
  struct stat status;
  EXPECT(stat("/granted/stream", &status) == 0);
  EXPECT(status.st_size == 98894);
  EXPECT(S_ISREG(status.st_mode));
  EXPECT(fopen("/granted/absent", "r") == NULL && errno == ENOENT);
}

static void descriptors(void) {
  int file = open("/granted/file", O_RDWR | O_CREAT | O_EXCL, 0644);
  EXPECT(file >= 3);
  EXPECT_ERROR(open("/granted/file", O_RDWR | O_CREAT | O_EXCL, 0644), EEXIST);
  EXPECT(write(file, "0123456789", 10) == 10);
  EXPECT(lseek(file, 4, SEEK_SET) == 4);
  EXPECT(lseek(file, 0, SEEK_CUR) == 4);
  char bytes[16] = {0};
  EXPECT(read(file, bytes, 3) == 3 && memcmp(bytes, "456", 3) == 0);
  EXPECT(pread(file, bytes, 4, 6) == 4 && memcmp(bytes, "6789", 4) == 0);
  EXPECT(pwrite(file, "xy", 2, 0) == 2);
  EXPECT(lseek(file, 0, SEEK_CUR) == 7);
  struct iovec out[] = {{"ab", 2}, {"", 0}, {"cde", 3}};
  EXPECT(writev(file, out, 3) == 5);
  EXPECT(lseek(file, 0, SEEK_SET) == 0);
  char one[4] = {0}, two[12] = {0};
  struct iovec in[] = {{one, 3}, {two, 11}};
  EXPECT(readv(file, in, 2) == 12);
  EXPECT(strcmp(one, "xy2") == 0 && strcmp(two, "3456abcde") == 0);
  EXPECT(ftruncate(file, 3) == 0);
  struct stat status;
  EXPECT(fstat(file, &status) == 0 && status.st_size == 3);
  EXPECT(posix_fallocate(file, 0, 100) == 0);
  EXPECT(fstat(file, &status) == 0 && status.st_size == 100);
  EXPECT(posix_fadvise(file, 0, 100, POSIX_FADV_SEQUENTIAL) == 0);
  EXPECT(fsync(file) == 0 && fdatasync(file) == 0);
  EXPECT(fcntl(file, F_SETFL, O_APPEND) == 0);
  EXPECT(fcntl(file, F_GETFL) == (O_RDWR | O_APPEND));
  EXPECT(write(file, "!", 1) == 1);
  EXPECT(lseek(file, 0, SEEK_END) == 101);
  struct timespec times[] = {{1000000000, 5}, {1000000001, 6}};
  EXPECT(futimens(file, times) == 0);
  EXPECT(fstat(file, &status) == 0);
  EXPECT(status.st_atim.tv_sec == 1000000000 && status.st_atim.tv_nsec == 5);
  EXPECT(status.st_mtim.tv_sec == 1000000001 && status.st_mtim.tv_nsec == 6);
  EXPECT(close(file) == 0);
  EXPECT_ERROR(close(file), EBADF);
  file = open("/granted/file", O_RDONLY);
  EXPECT_ERROR(write(file, "x", 1), EBADF);
  EXPECT(close(file) == 0);
  file = open("/granted/file", O_WRONLY | O_TRUNC);
  EXPECT(fstat(file, &status) == 0 && status.st_size == 0);
  EXPECT_ERROR(read(file, bytes, 1), EBADF);
  EXPECT(close(file) == 0);
}

static void folders(void) {
  EXPECT(mkdir("/granted/folder", 0777) == 0);
  EXPECT_ERROR(mkdir("/granted/folder", 0777), EEXIST);
  char name[64];
  for (int i = 0; i < 200; ++i) {
    snprintf(name, sizeof name, "/granted/folder/a file with a long name %d", i);
    int file = open(name, O_CREAT | O_WRONLY, 0644);
    EXPECT(file >= 0);
    close(file);
  }
  DIR* folder = opendir("/granted/folder");
  EXPECT(folder != NULL);
  int seen = 0, dots = 0;
  char found[200] = {0};
  for (struct dirent* entry; (entry = readdir(folder)) != NULL;) {
    int number;
    if (entry->d_name[0] == '.') ++dots;
    if (sscanf(entry->d_name, "a file with a long name %d", &number) != 1) continue;
    EXPECT(entry->d_type == DT_REG && !found[number]);
    found[number] = 1;
    ++seen;
  }
  EXPECT(seen == 200 && dots == 2);
  rewinddir(folder);
  EXPECT(readdir(folder) != NULL);
  EXPECT(closedir(folder) == 0);
  EXPECT_ERROR(rmdir("/granted/folder"), ENOTEMPTY);
  for (int i = 0; i < 200; ++i) {
    snprintf(name, sizeof name, "/granted/folder/a file with a long name %d", i);
    EXPECT(unlink(name) == 0);
  }
  EXPECT(rmdir("/granted/folder") == 0);
  EXPECT(opendir("/granted/folder") == NULL && errno == ENOENT);
  EXPECT_ERROR(rmdir("/granted/file"), ENOTDIR);
}

static void links(void) {
  struct stat one, two;
  EXPECT(link("/granted/file", "/granted/hard") == 0);
  EXPECT(stat("/granted/file", &one) == 0 && stat("/granted/hard", &two) == 0);
  EXPECT(one.st_ino == two.st_ino && one.st_dev == two.st_dev && one.st_nlink == 2);
  EXPECT(symlink("hard", "/granted/soft") == 0);
  char text[16] = {0};
  EXPECT(readlink("/granted/soft", text, sizeof text) == 4 && strcmp(text, "hard") == 0);
  EXPECT(lstat("/granted/soft", &one) == 0 && S_ISLNK(one.st_mode));
  EXPECT(stat("/granted/soft", &one) == 0 && S_ISREG(one.st_mode));
  EXPECT(rename("/granted/hard", "/granted/renamed") == 0);
  EXPECT_ERROR(stat("/granted/soft", &one), ENOENT);
  EXPECT(unlink("/granted/soft") == 0);
  EXPECT(access("/granted/renamed", R_OK | W_OK) == 0);
  EXPECT_ERROR(access("/granted/hard", F_OK), ENOENT);
  struct timespec times[] = {{0, UTIME_OMIT}, {12345, 0}};
  EXPECT(utimensat(AT_FDCWD, "/granted/renamed", times, 0) == 0);
  EXPECT(stat("/granted/renamed", &one) == 0 && one.st_mtim.tv_sec == 12345);
  EXPECT(remove("/granted/renamed") == 0);
}

// The working folder of wasi-libc is its own affair, but it ends up in paths.
static void working_folder(void) {
  EXPECT(mkdir("/granted/here", 0777) == 0);
  EXPECT(chdir("/granted/here") == 0);
  char text[64];
  EXPECT(getcwd(text, sizeof text) != NULL && strcmp(text, "/granted/here") == 0);
  int file = open("local", O_CREAT | O_WRONLY, 0644);
  EXPECT(file >= 0 && close(file) == 0);
  EXPECT(access("/granted/here/local", F_OK) == 0);
  EXPECT(access("../here/./local", F_OK) == 0);
  EXPECT(unlink("local") == 0);
  EXPECT(chdir("/granted") == 0);
  EXPECT(rmdir("here") == 0);
}

static void ways_out(void) {
  struct stat status;
  EXPECT(stat("/granted/../secret", &status) == -1);
  EXPECT(stat("/granted/folder/../../secret", &status) == -1);
  EXPECT(stat("/secret", &status) == -1);
  EXPECT(stat("/etc/passwd", &status) == -1);
  EXPECT(open("/granted/../made", O_CREAT | O_WRONLY, 0644) == -1);
  EXPECT(symlink("../secret", "/granted/leak") == 0);
  EXPECT(stat("/granted/leak", &status) == -1);
  EXPECT(open("/granted/leak", O_RDONLY) == -1);
  EXPECT(open("/granted/leak", O_WRONLY | O_TRUNC) == -1);
  EXPECT(unlink("/granted/leak") == 0);
  EXPECT(rename("/granted/file", "/granted/../made") == -1);
}

int main(void) {
  streams();
  descriptors();
  folders();
  links();
  working_folder();
  ways_out();
  return finish();
}
