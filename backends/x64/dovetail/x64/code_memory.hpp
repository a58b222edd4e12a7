// Where machine code is written and how it comes to run: policies of the x64 backend. Memory is
// writable or executable, never both, under all of them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include <dovetail/base/status.hpp>
#include <dovetail/runtime/os.hpp>

namespace dovetail {

/// A piece of address space that holds a module's code.
struct code_region {
  std::uint8_t* base = nullptr;          ///< where code is: written first, run later
  std::size_t reserved = 0;              ///< bytes of address space
  std::intptr_t object = os::no_object;  ///< the memory behind it, while that has a name
};

/// A region so long will hold about a megabyte of code: it is written in large pages.
inline constexpr std::size_t many_bytes = std::size_t{1} << 25;

/// How memory becomes code.
template <class M>
concept code_memory_policy = requires(code_region& r, std::size_t bytes) {
  // Whether this process may have such memory now.
  { M::is_available() } -> std::same_as<bool>;
  // Makes an empty region one of so many bytes, to be written as far as os::commit was told.
  { M::reserve(r, bytes) } -> std::same_as<status>;
  // What was written in the first bytes is done. It runs at `base`, maybe a new one, and nobody can
  // write it; false if refused.
  { M::make_executable(r, bytes) } -> std::same_as<bool>;
  // Gives a region back, whatever was done with it.
  { M::release(r) } -> std::same_as<void>;
};

/// Memory that is written and then made executable where it is.
struct reprotected_code {
  static bool is_available() { return os::may_execute(); }
  static status reserve(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(bytes < many_bytes ? os::reserve(bytes)
                                                           : os::reserve_in_large_pages(bytes));
    r.reserved = bytes;
    return r.base != nullptr ? status::ok : status::out_of_memory;
  }
  static bool make_executable(code_region& r, std::size_t bytes) {
    return os::make_executable(r.base, bytes);
  }
  static void release(code_region& r) {
    if (r.base != nullptr) os::release(r.base, r.reserved);
  }
};

/// A memory object that is mapped twice: to be written, and, when that mapping is gone, to run. For
/// systems that refuse to make executable what was writable. Linux and Windows.
struct dual_mapped_code {
  static bool is_available() {
    constexpr std::size_t page = 65'536;
    code_region r;
    const bool answer =
        reserve(r, page) == status::ok && os::commit(r.base, page) && make_executable(r, page);
    release(r);
    return answer;
  }
  static status reserve(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(os::reserve_object(bytes, r.object));
    r.reserved = bytes;
    return r.base != nullptr ? status::ok : status::executable_memory_refused;
  }
  static bool make_executable(code_region& r, std::size_t bytes) {
    r.base = static_cast<std::uint8_t*>(os::run_object(r.base, r.reserved, r.object, bytes));
    r.reserved = bytes;
    r.object = os::no_object;
    return r.base != nullptr;
  }
  static void release(code_region& r) {
    if (r.base != nullptr) os::release_object(r.base, r.reserved, r.object);
  }
};

}  // namespace dovetail
