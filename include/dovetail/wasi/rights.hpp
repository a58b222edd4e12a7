// The rights of WASI preview 1: what each descriptor may be used for, and which rights a kind of
// file can have at all. Used by the descriptor table and by every function that takes a descriptor.
#pragma once

#include <cstdint>

#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi {

/// A set of rights (witx: $rights).
struct rights {
  std::uint64_t bits = 0;

  [[nodiscard]] constexpr bool holds(rights wanted) const { return (wanted.bits & ~bits) == 0; }
  [[nodiscard]] constexpr bool any(rights wanted) const { return (wanted.bits & bits) != 0; }
  [[nodiscard]] constexpr rights without(rights other) const { return {bits & ~other.bits}; }

  friend constexpr rights operator|(rights a, rights b) { return {a.bits | b.bits}; }
  friend constexpr rights operator&(rights a, rights b) { return {a.bits & b.bits}; }
  friend constexpr bool operator==(rights, rights) = default;
};

/// The single rights, in the order of the specification.
namespace right {
// clang-format off
inline constexpr rights fd_datasync             {1u << 0};
inline constexpr rights fd_read                 {1u << 1};
inline constexpr rights fd_seek                 {1u << 2};
inline constexpr rights fd_fdstat_set_flags     {1u << 3};
inline constexpr rights fd_sync                 {1u << 4};
inline constexpr rights fd_tell                 {1u << 5};
inline constexpr rights fd_write                {1u << 6};
inline constexpr rights fd_advise               {1u << 7};
inline constexpr rights fd_allocate             {1u << 8};
inline constexpr rights path_create_directory   {1u << 9};
inline constexpr rights path_create_file        {1u << 10};
inline constexpr rights path_link_source        {1u << 11};
inline constexpr rights path_link_target        {1u << 12};
inline constexpr rights path_open               {1u << 13};
inline constexpr rights fd_readdir              {1u << 14};
inline constexpr rights path_readlink           {1u << 15};
inline constexpr rights path_rename_source      {1u << 16};
inline constexpr rights path_rename_target      {1u << 17};
inline constexpr rights path_filestat_get       {1u << 18};
inline constexpr rights path_filestat_set_size  {1u << 19};
inline constexpr rights path_filestat_set_times {1u << 20};
inline constexpr rights fd_filestat_get         {1u << 21};
inline constexpr rights fd_filestat_set_size    {1u << 22};
inline constexpr rights fd_filestat_set_times   {1u << 23};
inline constexpr rights path_symlink            {1u << 24};
inline constexpr rights path_remove_directory   {1u << 25};
inline constexpr rights path_unlink_file        {1u << 26};
inline constexpr rights poll_fd_readwrite       {1u << 27};
inline constexpr rights sock_shutdown           {1u << 28};
inline constexpr rights sock_accept             {1u << 29};
// clang-format on

/// What can be done with a regular file.
inline constexpr rights of_files = fd_datasync | fd_read | fd_seek | fd_fdstat_set_flags | fd_sync |
                                   fd_tell | fd_write | fd_advise | fd_allocate | fd_filestat_get |
                                   fd_filestat_set_size | fd_filestat_set_times | poll_fd_readwrite;

/// What can be done with a terminal, a pipe or a stream of the host. Without seek and tell:
/// wasi-libc takes a character device that has neither for a terminal.
inline constexpr rights of_streams = fd_datasync | fd_read | fd_fdstat_set_flags | fd_sync |
                                     fd_write | fd_filestat_get | fd_filestat_set_times |
                                     poll_fd_readwrite;

/// What can be done with a directory, or with paths below it.
inline constexpr rights of_directories =
    fd_datasync | fd_fdstat_set_flags | fd_sync | path_create_directory | path_create_file |
    path_link_source | path_link_target | path_open | fd_readdir | path_readlink |
    path_rename_source | path_rename_target | path_filestat_get | path_filestat_set_size |
    path_filestat_set_times | fd_filestat_get | fd_filestat_set_times | path_symlink |
    path_remove_directory | path_unlink_file;

/// What changes something in a file system.
inline constexpr rights that_write =
    fd_write | fd_allocate | path_create_directory | path_create_file | path_link_source |
    path_link_target | path_rename_source | path_rename_target | path_filestat_set_size |
    path_filestat_set_times | fd_filestat_set_size | fd_filestat_set_times | path_symlink |
    path_remove_directory | path_unlink_file;

/// The rights that make sense for a file of this type.
[[nodiscard]] constexpr rights applicable_to(file_type type) {
  switch (type) {
    case file_type::directory: return of_directories;
    case file_type::regular_file:
    case file_type::block_device: return of_files;
    case file_type::character_device: return of_streams | fd_seek | fd_tell;
    case file_type::socket_dgram:
    case file_type::socket_stream: return of_streams | sock_shutdown | sock_accept;
    case file_type::unknown:
    case file_type::symbolic_link: break;
  }
  return of_streams;
}

}  // namespace right

/// What a preopened directory grants: on itself, and to what is opened through it.
struct access {
  rights base;
  rights inheriting;
};

/// Everything below the directory can be read and changed.
inline constexpr access read_write{right::of_directories, right::of_directories | right::of_files};

/// Everything below the directory can be read, nothing changed.
inline constexpr access read_only{read_write.base.without(right::that_write),
                                  read_write.inheriting.without(right::that_write)};

}  // namespace dovetail::wasi
