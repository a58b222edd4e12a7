// A module from npm, loaded and called: for the tests of this folder. fetch.py fills the cache that
// DOVETAIL_REAL names; what is not there counts as absent, by name.
#pragma once

#include <dovetail/dovetail.hpp>
#ifdef DOVETAIL_REAL_X64
#include <dovetail/x64.hpp>
#else
#include <dovetail/interpreter.hpp>
#endif

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/compiled_once.hpp"

namespace real {

#ifndef DOVETAIL_REAL_MEMORY
#define DOVETAIL_REAL_MEMORY checked_memory
#endif
#ifndef DOVETAIL_REAL_BACKEND
#define DOVETAIL_REAL_BACKEND interpreter
#endif

struct config : dovetail::defaults {
#ifdef DOVETAIL_REAL_FUEL
  using backend = dovetail::fuel<dovetail::DOVETAIL_REAL_BACKEND>;
  // A guest's own stack ends first on every backend: how deep a native one goes differs.
  static constexpr dovetail::limits limit{.native_stack = 4 * 1024 * 1024};
#else
  using backend = dovetail::DOVETAIL_REAL_BACKEND;
#endif
  using memory = dovetail::DOVETAIL_REAL_MEMORY;
  using traps = dovetail::traps_returned;
};
/// The builds of a module: without SIMD, and with it.
inline std::vector<std::string> builds(std::string scalar, std::string vector) {
  return {std::move(scalar), std::move(vector)};
}

using rt = dovetail::runtime<config>;
using bytes = std::vector<std::uint8_t>;

/// A file of the cache. Without it the running case counts as absent: return.
std::optional<bytes> file(std::string_view name);

/// Both are defined in real.cpp, so that the interpreter is instantiated in one unit.
dovetail::result<rt::module> compile(rt::engine& engine, std::span<const std::uint8_t> module);
std::unique_ptr<rt::store> make_store(rt::engine& engine);

/// Fuel counts what ran, so that a program must not see the time or chance.
inline constexpr bool is_metered = config::backend::control.is_metered;
/// With fuel, says for fuel.py what a guest used of the store's.
void say_used_fuel(std::string_view module, const rt::store& world);

std::string hex(std::span<const std::uint8_t> data);
bytes unhex(std::string_view digits);
bytes ascii(std::string_view text);
std::string explain(const dovetail::error& error);

/// Numbers of 32 or 64 bits as WebAssembly stores them.
template <class T>
bytes little_endian(std::span<const T> values) {
  using word = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  bytes out;
  for (const T value : values) {
    auto bits = std::bit_cast<word>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, bits >>= 8) {
      out.push_back(static_cast<std::uint8_t>(bits & 0xff));
    }
  }
  return out;
}

/// One instance of one module with its engine and store. Every step that fails ends the test case.
class program {
 public:
  program() = default;
  program(const program&) = delete;
  program& operator=(const program&) = delete;
  /// With fuel, says what was used of it, for fuel.py.
  ~program();

  /// False: the module is absent, and the case has been told so.
  template <class... Sources>
  [[nodiscard]] bool load(std::string_view name, Sources&&... sources) {
    const auto module = file(std::string(name).append(".wasm"));
    if (!module) return false;
    name_ = name;
    auto compiled = compile(engine_, *module);
    if (!compiled) FAIL(std::string(name) << ": " << explain(compiled.error()));
    auto instance = world_->instantiate(*compiled, sources...);
    if (!instance) FAIL(std::string(name) << ": " << explain(instance.error()));
    instance_.emplace(std::move(*instance));
    return true;
  }

  /// Calls an export with values that carry their types; a trap or another type ends the test case.
  template <class R, class... A>
  R call(std::string_view name, A... arguments) {
    auto out = attempt<R>(name, arguments...);
    INFO("calling " << std::string(name));
    if (!out) FAIL("trap: " << std::string(out.error().message()));
    if constexpr (!std::is_void_v<R>) return *out;
  }

  /// The same, with the trap as a result.
  template <class R, class... A>
  dovetail::result<R, dovetail::trap> attempt(std::string_view name, A... arguments) {
    constexpr std::size_t count = result_count<R>;
    const std::array<dovetail::value, sizeof...(A)> in = {dovetail::value(arguments)...};
    std::array<dovetail::value, count> out;
    const auto ended = invoke(name, in, out);
    if (!ended) return ended.error();
    return [&]<std::size_t... I>(std::index_sequence<I...>)->dovetail::result<R, dovetail::trap> {
      if constexpr (std::is_void_v<R>) {
        return {};
      } else if constexpr (count == 1) {
        return out[0].template as<R>();
      } else {
        return R{out[I].template as<std::tuple_element_t<I, R>>()...};
      }
    }
    (std::make_index_sequence<count>());
  }

  /// A typed handle. It instantiates the interpreter in the unit that asks for it.
  template <class Signature>
  dovetail::function<Signature> function(std::string_view name) {
    auto found = instance_->get<Signature>(name);
    INFO("getting " << std::string(name));
    if (!found) FAIL(explain(found.error()));
    return *found;
  }

  /// Calls as JavaScript does: arguments beyond the type are dropped, missing ones are zero.
  void call_loosely(std::string_view name, std::initializer_list<std::uint32_t> arguments);

  template <class T>
  T global(std::string_view name) {
    auto found = instance_->get<dovetail::global<T>>(name);
    INFO("getting " << std::string(name));
    if (!found) FAIL(explain(found.error()));
    return found->get();
  }

  dovetail::memory_view memory();
  void write(std::uint32_t address, std::span<const std::uint8_t> data);
  bytes read(std::uint32_t address, std::uint32_t length);
  std::string text(std::uint32_t address, std::uint32_t length);
  std::string text(std::uint32_t address);  // up to a NUL
  std::uint32_t word(std::uint32_t address);

  rt::instance& instance() { return *instance_; }
  rt::engine& engine() { return engine_; }
  /// Before load, for modules that export their memory under another name.
  void memory_is_called(std::string name) { memory_name_ = std::move(name); }

 private:
  template <class R>
  static constexpr std::size_t result_count = 1;

  dovetail::result<void, dovetail::trap> invoke(std::string_view name,
                                                std::span<const dovetail::value> in,
                                                std::span<dovetail::value> out);

  rt::engine engine_;
  std::unique_ptr<rt::store> world_ = make_store(engine_);
  std::optional<rt::instance> instance_;
  std::string memory_name_ = "memory";
  std::string name_;  // of the module
};

template <>
inline constexpr std::size_t program::result_count<void> = 0;
template <class... R>
inline constexpr std::size_t program::result_count<std::tuple<R...>> = sizeof...(R);

/// A table of answers.mjs: length of the message, digest in hex. Empty: absent.
std::vector<std::pair<std::uint32_t, std::string>> answers(std::string_view algorithm);

/// The message that answers.mjs hashed.
bytes message(std::uint32_t length);

}  // namespace real
