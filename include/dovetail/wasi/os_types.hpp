// The words in which the functions of WASI talk to the operating system; the sentences are in
// os_posix.hpp and os_windows.hpp. Used by the descriptor table, the functions and both of those.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::os {

/// An open file of the host.
using native_file = int;
inline constexpr native_file no_file = -1;

/// A piece of guest memory to read into or write from.
struct buffer {
  std::byte* data = nullptr;
  std::size_t size = 0;
};

/// How many buffers one call takes.
inline constexpr std::size_t buffer_limit = 64;

/// How to open a file: the meaning of `path_open`'s flags and rights for the host.
struct open_request {
  bool follow = false;
  bool create = false;
  bool exclusive = false;
  bool truncate = false;
  bool directory = false;
  bool read = false;
  bool write = false;
  std::uint32_t flags = 0;  ///< fd_flag
};

struct opened_file {
  native_file file = no_file;
  file_type type = file_type::unknown;
};

struct directory_entry {
  std::uint64_t next = 0;  ///< the cookie of the entry after this one
  std::uint64_t inode = 0;
  file_type type = file_type::unknown;
  std::string_view name;  ///< valid until the next entry is read
};

/// A file to wait for, and what came of it.
struct poll_item {
  native_file file = no_file;
  bool to_write = false;
  bool is_ready = false;
  bool is_hung_up = false;
  bool is_bad = false;
};

/// No deadline: wait until something is ready.
inline constexpr std::uint64_t no_deadline = ~std::uint64_t{0};

}  // namespace dovetail::wasi::os
