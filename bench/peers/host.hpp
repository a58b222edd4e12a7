// A module in an engine and a store, for the questions of this folder: whatever is not there or
// goes wrong ends the measurement.
#pragma once

#include <dovetail/dovetail.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "measure.hpp"

namespace peers {

using arguments = std::span<const std::string_view>;
using u32 = std::uint32_t;

inline std::vector<char> file(std::string_view name) {
  std::ifstream in(std::string(name), std::ios::binary | std::ios::ate);
  std::vector<char> bytes(in ? static_cast<std::size_t>(in.tellg()) : 0);
  in.seekg(0).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (bytes.empty()) give_up("cannot read " + std::string(name));
  return bytes;
}

template <class T>
T value_of(dovetail::result<T, dovetail::trap> outcome) {
  if (!outcome) give_up(outcome.error().message());
  return *outcome;
}

inline void done(const dovetail::result<void, dovetail::trap>& outcome) {
  if (!outcome) give_up(outcome.error().message());
}

template <class Config>
struct host {
  using rt = dovetail::runtime<Config>;
  using instance = typename rt::instance;
  typename rt::engine engine;
  typename rt::store store{engine};

  bool on_two = false;  ///< compiles in two parts, with a thread made for the second

  typename rt::module compile(std::span<const char> bytes) {
    auto module = on_two ? engine.compile(std::as_bytes(bytes), 2, two_threads)
                         : engine.compile(std::as_bytes(bytes));
    if (!module) give_up("does not compile");
    return std::move(*module);
  }
  static constexpr auto two_threads = [](std::size_t count, auto& task) {
    if (count == 1) return task(0);
    std::thread second([&task] { task(1); });
    task(0);
    second.join();
  };
  template <class... Imports>
  instance load(std::string_view name, Imports&... imports) {
    auto made = store.instantiate(compile(file(name)), imports...);
    if (!made) give_up("does not instantiate");
    return *made;
  }

  template <class Signature>
  static auto function(const instance& of, std::string_view name) {
    auto found = of.template get<Signature>(name);
    if (!found) give_up("no function " + std::string(name));
    return *found;
  }
  static dovetail::memory_view memory(const instance& of) {
    auto found = of.template get<dovetail::memory_view>("memory");
    if (!found) give_up("no memory");
    return *found;
  }
};

/// Copies bytes to an address of the guest.
inline void write(const dovetail::memory_view& memory, u32 at, std::span<const char> bytes) {
  const std::span<std::byte> all = memory.bytes();
  if (at > all.size() || bytes.size() > all.size() - at) give_up("no room in the memory");
  std::memcpy(all.data() + at, bytes.data(), bytes.size());
}

}  // namespace peers
