// Names every function that wasi-libc declares, so that the linker of the host has to match each
// signature; and calls those that its C interface hides.
#include <stdint.h>
#include <wasi/api.h>

#include "expect.h"

__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise")))
int32_t proc_raise(int32_t);

typedef void (*any_function)(void);

static volatile any_function functions[] = {
    (any_function)__wasi_args_get,
    (any_function)__wasi_args_sizes_get,
    (any_function)__wasi_environ_get,
    (any_function)__wasi_environ_sizes_get,
    (any_function)__wasi_clock_res_get,
    (any_function)__wasi_clock_time_get,
    (any_function)__wasi_fd_advise,
    (any_function)__wasi_fd_allocate,
    (any_function)__wasi_fd_close,
    (any_function)__wasi_fd_datasync,
    (any_function)__wasi_fd_fdstat_get,
    (any_function)__wasi_fd_fdstat_set_flags,
    (any_function)__wasi_fd_fdstat_set_rights,
    (any_function)__wasi_fd_filestat_get,
    (any_function)__wasi_fd_filestat_set_size,
    (any_function)__wasi_fd_filestat_set_times,
    (any_function)__wasi_fd_pread,
    (any_function)__wasi_fd_prestat_get,
    (any_function)__wasi_fd_prestat_dir_name,
    (any_function)__wasi_fd_pwrite,
    (any_function)__wasi_fd_read,
    (any_function)__wasi_fd_readdir,
    (any_function)__wasi_fd_renumber,
    (any_function)__wasi_fd_seek,
    (any_function)__wasi_fd_sync,
    (any_function)__wasi_fd_tell,
    (any_function)__wasi_fd_write,
    (any_function)__wasi_path_create_directory,
    (any_function)__wasi_path_filestat_get,
    (any_function)__wasi_path_filestat_set_times,
    (any_function)__wasi_path_link,
    (any_function)__wasi_path_open,
    (any_function)__wasi_path_readlink,
    (any_function)__wasi_path_remove_directory,
    (any_function)__wasi_path_rename,
    (any_function)__wasi_path_symlink,
    (any_function)__wasi_path_unlink_file,
    (any_function)__wasi_poll_oneoff,
    (any_function)__wasi_proc_exit,
    (any_function)__wasi_sched_yield,
    (any_function)__wasi_random_get,
    (any_function)__wasi_sock_accept,
    (any_function)__wasi_sock_recv,
    (any_function)__wasi_sock_send,
    (any_function)__wasi_sock_shutdown,
    (any_function)proc_raise,
};

// The structures, as C lays them out.
static void structures(void) {
  __wasi_fdstat_t stat;
  EXPECT(__wasi_fd_fdstat_get(3, &stat) == 0);
  EXPECT(stat.fs_filetype == __WASI_FILETYPE_DIRECTORY && stat.fs_flags == 0);
  EXPECT((stat.fs_rights_base & __WASI_RIGHTS_PATH_OPEN) != 0);
  EXPECT((stat.fs_rights_base & __WASI_RIGHTS_FD_SEEK) == 0);
  EXPECT((stat.fs_rights_inheriting & __WASI_RIGHTS_FD_SEEK) != 0);
  __wasi_prestat_t prestat;
  EXPECT(__wasi_fd_prestat_get(3, &prestat) == 0);
  EXPECT(prestat.tag == __WASI_PREOPENTYPE_DIR && prestat.u.dir.pr_name_len == 8);
  char name[9] = {0};
  EXPECT(__wasi_fd_prestat_dir_name(3, (uint8_t*)name, 8) == 0 && strcmp(name, "/granted") == 0);
  EXPECT(__wasi_fd_prestat_get(4, &prestat) == __WASI_ERRNO_BADF);

  __wasi_fd_t fd;
  EXPECT(__wasi_path_open(3, 0, "every", __WASI_OFLAGS_CREAT,
                          __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_FILESTAT_GET, 0,
                          __WASI_FDFLAGS_APPEND, &fd) == 0);
  EXPECT(__wasi_fd_fdstat_get(fd, &stat) == 0);
  EXPECT(stat.fs_filetype == __WASI_FILETYPE_REGULAR_FILE);
  EXPECT(stat.fs_flags == __WASI_FDFLAGS_APPEND);
  EXPECT(stat.fs_rights_base == (__WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_FILESTAT_GET));
  __wasi_ciovec_t bytes = {(const uint8_t*)"hello", 5};
  __wasi_size_t count;
  EXPECT(__wasi_fd_write(fd, &bytes, 1, &count) == 0 && count == 5);
  __wasi_filestat_t file;
  EXPECT(__wasi_fd_filestat_get(fd, &file) == 0);
  EXPECT(file.filetype == __WASI_FILETYPE_REGULAR_FILE && file.size == 5 && file.nlink == 1);
  EXPECT(file.mtim > UINT64_C(1600000000000000000));
  EXPECT(__wasi_fd_filestat_set_size(fd, 1) == __WASI_ERRNO_NOTCAPABLE);
  EXPECT(__wasi_fd_renumber(fd, 3) == 0);
  EXPECT(__wasi_fd_close(fd) == __WASI_ERRNO_BADF);
  EXPECT(__wasi_fd_prestat_get(3, &prestat) == __WASI_ERRNO_BADF);
}

static void waiting(void) {
  __wasi_subscription_t wanted[2] = {
      {.userdata = 11,
       .u = {.tag = __WASI_EVENTTYPE_CLOCK,
             .u.clock = {.id = __WASI_CLOCKID_MONOTONIC, .timeout = 60000000000}}},
      {.userdata = 12,
       .u = {.tag = __WASI_EVENTTYPE_FD_WRITE, .u.fd_write = {.file_descriptor = 1}}}};
  __wasi_event_t events[2];
  __wasi_size_t count;
  EXPECT(__wasi_poll_oneoff(wanted, events, 2, &count) == 0 && count == 1);
  EXPECT(events[0].userdata == 12 && events[0].error == 0);
  EXPECT(events[0].type == __WASI_EVENTTYPE_FD_WRITE);
}

int main(void) {
  int named = 0;
  for (unsigned i = 0; i < sizeof functions / sizeof *functions; ++i) named += functions[i] != 0;
  EXPECT(named == 46);
  structures();
  waiting();
  EXPECT(proc_raise(0) == __WASI_ERRNO_SUCCESS);
  EXPECT(proc_raise(9) == __WASI_ERRNO_NOTSUP);
  __wasi_fd_t accepted;
  EXPECT(__wasi_sock_accept(0, 0, &accepted) == __WASI_ERRNO_NOTSOCK);
  EXPECT(__wasi_sock_shutdown(40, __WASI_SDFLAGS_RD) == __WASI_ERRNO_BADF);
  __wasi_proc_exit((__wasi_exitcode_t)(42 + finish()));
}
