// A guest for the tests of WASI: it calls each function of preview 1 through a module that imports
// it, with pointers into its memory. Used by every test of this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/handles.hpp>
#include <dovetail/wasi.hpp>

#include "functions_module.hpp"
#include "support/catch.hpp"

namespace testing {

namespace wasi = dovetail::wasi;
using wasi::error_number;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

/// A module in an engine and a store of its own, with a context for its imports. guest.cpp has it,
/// so that the other tests need not compile the engine.
class loaded {
 public:
  loaded(std::span<const std::byte> bytes, wasi::context& context);
  ~loaded();

  [[nodiscard]] std::optional<dovetail::external> find(std::string_view name) const;

  /// Calls an exported function; its type must be that of the arguments, and one u32 or nothing.
  template <class... A>
  dovetail::result<u32, dovetail::trap> call(std::string_view name, A... arguments) const {
    INFO("call of " << std::string(name));
    const auto found = find(name);
    REQUIRE(found.has_value());
    const dovetail::function_handle function = found->as_function();
    REQUIRE(static_cast<bool>(function));
    const std::array<dovetail::value, sizeof...(A)> values{dovetail::value(arguments)...};
    dovetail::value result;
    const auto done = function.call(values, {&result, function.type().results.size()});
    if (!done) return done.error();
    return result.as<u32>();
  }

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// All rights that a preopened directory gives to what is opened through it.
inline constexpr wasi::rights all_rights = wasi::read_write.inheriting;

/// An address that lies in no memory of the tests.
inline constexpr u32 nowhere = 0xffff'fff0;

/// One instance with its context. The first kilobyte of its memory is for results, what the tests
/// put into it follows.
class guest {
 public:
  explicit guest(const wasi::configuration& setup = {})
      : context(setup), instance(std::as_bytes(std::span(functions_module)), context) {
    memory_ = instance.find("memory")->as_memory();
  }

  dovetail::memory_view memory() const { return memory_; }

  /// Calls a function of preview 1 that returns an error number.
  template <class... A>
  error_number call(std::string_view name, A... arguments) {
    const auto returned = instance.call(name, arguments...);
    REQUIRE(returned.has_value());
    return static_cast<error_number>(*returned);
  }

  /// Puts bytes into free memory; returns their address, which is a multiple of 8. When all memory
  /// has been given out, it begins anew.
  u32 put(std::string_view bytes) {
    if (free_ + bytes.size() > memory().size()) free_ = 1024;
    const u32 address = free_;
    auto room = memory().span(address, bytes.size());
    REQUIRE(room.has_value());
    if (!bytes.empty()) std::memcpy(room->data(), bytes.data(), bytes.size());
    free_ += (static_cast<u32>(bytes.size()) + 15) / 8 * 8;
    return address;
  }
  /// Room for `size` bytes, filled with 0xee.
  u32 room(std::size_t size) { return put(std::string(size, '\xee')); }

  template <class T>
  void set(u64 address, T value) {
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      bytes.push_back(static_cast<char>(static_cast<u64>(value) >> (8 * i) & 0xff));
    }
    auto place = memory().span(address, sizeof(T));
    REQUIRE(place.has_value());
    std::memcpy(place->data(), bytes.data(), bytes.size());
  }
  template <class T>
  T get(u64 address) {
    const auto bytes = memory().span(address, sizeof(T));
    REQUIRE(bytes.has_value());
    u64 value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= u64((*bytes)[i]) << (8 * i);
    return static_cast<T>(value);
  }
  std::string text(u64 address, u64 size) {
    const auto bytes = memory().span(address, size);
    REQUIRE(bytes.has_value());
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
  }

  struct buffer {
    u32 address;
    u32 size;
  };
  /// A scatter or gather list; returns its address.
  u32 put_list(const std::vector<buffer>& buffers) {
    const u32 address = room(buffers.size() * 8);
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      set(address + i * 8, buffers[i].address);
      set(address + i * 8 + 4, buffers[i].size);
    }
    return address;
  }

  // --- functions with their results taken out of memory ---

  struct opened {
    error_number error;
    u32 fd;
  };
  opened open(u32 directory, std::string_view path, u32 open_flags = 0,
              wasi::rights base = all_rights, u32 lookup = 0, u32 fd_flags = 0,
              wasi::rights inheriting = all_rights) {
    set(0, ~u32{0});
    const auto error = call("path_open", directory, lookup, put(path), u32(path.size()), open_flags,
                            base.bits, inheriting.bits, fd_flags, u32{0});
    return {error, get<u32>(0)};
  }

  /// Calls a function that takes a descriptor and a path.
  error_number call_path(std::string_view name, u32 directory, std::string_view path) {
    return call(name, directory, put(path), u32(path.size()));
  }
  error_number rename(u32 directory, std::string_view from, std::string_view to) {
    return call("path_rename", directory, put(from), u32(from.size()), directory, put(to),
                u32(to.size()));
  }
  error_number link(u32 directory, std::string_view from, std::string_view to, u32 lookup = 0) {
    return call("path_link", directory, lookup, put(from), u32(from.size()), directory, put(to),
                u32(to.size()));
  }
  error_number symlink(std::string_view text, u32 directory, std::string_view path) {
    return call("path_symlink", put(text), u32(text.size()), directory, put(path),
                u32(path.size()));
  }
  struct read_result {
    error_number error;
    std::string text;
  };
  read_result readlink(u32 directory, std::string_view path, u32 size = 256) {
    const u32 at = room(size);
    const auto error =
        call("path_readlink", directory, put(path), u32(path.size()), at, size, u32{0});
    return {error, error == error_number::success ? text(at, get<u32>(0)) : ""};
  }
  read_result read(u32 fd, u32 size = 256) {
    const u32 at = room(size);
    const auto error = call("fd_read", fd, put_list({{at, size}}), u32{1}, u32{0});
    return {error, error == error_number::success ? text(at, get<u32>(0)) : ""};
  }
  struct count_result {
    error_number error;
    u32 count;
  };
  count_result write(u32 fd, std::string_view bytes) {
    const u32 list = put_list({{put(bytes), u32(bytes.size())}});
    const auto error = call("fd_write", fd, list, u32{1}, u32{0});
    return {error, error == error_number::success ? get<u32>(0) : 0};
  }

  struct status {
    error_number error;
    wasi::file_status file;
  };
  status stat(u32 fd) { return taken_status(call("fd_filestat_get", fd, u32{64})); }
  status stat(u32 directory, std::string_view path, u32 lookup = 0) {
    return taken_status(
        call("path_filestat_get", directory, lookup, put(path), u32(path.size()), u32{64}));
  }

  struct attributes {
    error_number error;
    wasi::file_type type;
    u32 flags;
    wasi::rights base;
    wasi::rights inheriting;
  };
  attributes fdstat(u32 fd) {
    const auto error = call("fd_fdstat_get", fd, u32{64});
    return {error,
            static_cast<wasi::file_type>(get<std::uint8_t>(64)),
            get<std::uint16_t>(66),
            {get<u64>(72)},
            {get<u64>(80)}};
  }

  wasi::context context;
  loaded instance;

 private:
  status taken_status(error_number error) {
    return {error,
            {get<u64>(64), get<u64>(72), static_cast<wasi::file_type>(get<std::uint8_t>(80)),
             get<u64>(88), get<u64>(96), get<u64>(104), get<u64>(112), get<u64>(120)}};
  }

  dovetail::memory_view memory_;
  u32 free_ = 1024;
};

}  // namespace testing
