// What every test of linking uses: a world that compiles and instantiates modules given as text,
// and short ways to call exports. A failure to get so far fails the test.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules.hpp"
#include "runtimes.hpp"
#include "support/catch.hpp"

namespace linking {

using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;
using u64 = std::uint64_t;
using dovetail::bind;
using dovetail::caller;
using dovetail::error;
using dovetail::external_kind;
using dovetail::externref;
using dovetail::funcref;
using dovetail::function_handle;
using dovetail::global;
using dovetail::global_handle;
using dovetail::imports;
using dovetail::memory_view;
using dovetail::message;
using dovetail::provide;
using dovetail::result;
using dovetail::stage;
using dovetail::status;
using dovetail::table_handle;
using dovetail::trap;
using dovetail::trap_code;
using dovetail::value;
using dovetail::value_type;

/// How deep host and guest call each other. Frames of the host are several times as large with the
/// address sanitizer.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr i32 levels = 500;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr i32 levels = 500;
#else
inline constexpr i32 levels = 1000;
#endif
#else
inline constexpr i32 levels = 1000;
#endif

/// The line that a user would see.
inline std::string line_of(const error& e) {
  std::array<char, 400> buffer;
  return std::string(e.format(buffer));
}

/// The value of a result that must have one.
template <class T>
T need(result<T> r) {
  if (!r.has_value()) FAIL(line_of(r.error()));
  return *std::move(r);
}

/// What a call gave that must not trap.
template <class R>
R need(result<R, trap> r) {
  if (!r.has_value()) FAIL("trap: " << std::string(r.error().message()));
  if constexpr (!std::is_void_v<R>) return *r;
}

/// An engine, a store, and every module that went into it: what errors say stays readable.
template <class C>
class world {
 public:
  using rt = dovetail::runtime<C>;
  using module = typename rt::module;
  using instance = typename rt::instance;

  typename rt::engine engine;
  typename rt::store store{engine};

  module compile(std::string_view text) { return compile(binary(text)); }
  module compile(std::span<const std::byte> bytes) {
    modules_.push_back(need(engine.compile(bytes)));
    return modules_.back();
  }
  /// The module that was compiled as number `k`.
  const module& compiled(std::size_t k) const { return modules_[k]; }
  /// Why a module does not compile.
  error reject(std::string_view text) {
    auto made = engine.compile(binary(text));
    if (made.has_value()) FAIL("compiled:\n" << std::string(text));
    return made.error();
  }
  template <class... Sources>
  instance instantiate(std::string_view text, Sources&&... sources) {
    return need(store.instantiate(compile(text), sources...));
  }
  /// Why a module does not instantiate.
  template <class... Sources>
  error refuse(std::string_view text, Sources&&... sources) {
    auto made = store.instantiate(compile(text), sources...);
    if (made.has_value()) FAIL("instantiated:\n" << std::string(text));
    return made.error();
  }

 private:
  std::vector<module> modules_;
};

/// The export of a name: `exported<i32(i32)>(guest, "f")`, `exported<memory_view>(guest, "m")`.
template <class T, class Instance>
auto exported(const Instance& from, std::string_view name) {
  auto found = from.template get<T>(name);
  if (!found.has_value()) FAIL(std::string(name) << ": " << line_of(found.error()));
  return *found;
}

/// What `get<T>` says of an export.
template <class T, class Instance>
status get_status(const Instance& from, std::string_view name) {
  const auto found = from.template get<T>(name);
  return found.has_value() ? status::ok : found.error().code;
}

/// Calls an export that must not trap.
template <class Signature, class Instance, class... A>
auto call(const Instance& of, std::string_view name, A... arguments) {
  INFO("call of " << std::string(name));
  return need(exported<Signature>(of, name)(arguments...));
}
/// Calls an export that must trap.
template <class Signature, class Instance, class... A>
trap_code trap_of(const Instance& of, std::string_view name, A... arguments) {
  INFO("call of " << std::string(name));
  const auto outcome = exported<Signature>(of, name)(arguments...);
  if (outcome.has_value()) FAIL("no trap");
  return outcome.error().code;
}

/// A handle of any kind by name.
template <class Instance>
dovetail::vm::external_object object_of(const Instance& from, std::string_view name) {
  const auto found = from.find(name);
  if (!found) FAIL("no export " << std::string(name));
  return found->object();
}
/// The function in a place of a table.
inline funcref function_at(const table_handle& table, u64 index) {
  return need(table.get(index)).as<funcref>();
}
/// A number in a memory.
template <class T>
T read(const memory_view& memory, u64 address) {
  return need(memory.read<T>(address));
}
/// The address that a function has everywhere.
template <class Instance>
funcref reference_to(const Instance& from, std::string_view name) {
  return exported<function_handle>(from, name).reference();
}

}  // namespace linking

namespace Catch {
template <>
struct StringMaker<dovetail::status> {
  static std::string convert(dovetail::status s) { return std::string(dovetail::message(s)); }
};
template <>
struct StringMaker<dovetail::trap_code> {
  static std::string convert(dovetail::trap_code t) { return std::string(dovetail::message(t)); }
};
}  // namespace Catch
