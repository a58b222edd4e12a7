// Dovetail 0.1.0, the core and the null backend, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// ---- dovetail/base/platform.hpp

// What the compiler and the processor offer: the only preprocessor conditions of the core.
// Every other header spells these facts as constants, attributes and two macros.

// Sanitizers take minutes over what is inlined without need, and unoptimised code gives every
// inlined variable a place of its own in the frame: neither is there for speed.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define DOVETAIL_IS_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DOVETAIL_IS_SANITIZED 1
#endif

#if defined(DOVETAIL_IS_SANITIZED) || (defined(__GNUC__) && !defined(__OPTIMIZE__))
#define DOVETAIL_ALWAYS_INLINE inline
#elif defined(__GNUC__) || defined(__clang__)
#define DOVETAIL_ALWAYS_INLINE [[gnu::always_inline]] inline
#else
#define DOVETAIL_ALWAYS_INLINE __forceinline
#endif
#undef DOVETAIL_IS_SANITIZED

#if defined(__GNUC__) || defined(__clang__)
#define DOVETAIL_NEVER_INLINE [[gnu::noinline]]
#define DOVETAIL_COLD [[gnu::cold]] [[gnu::noinline]]
#define DOVETAIL_OWN_CACHE_LINE [[gnu::aligned(64)]]
#define DOVETAIL_UNREACHABLE() __builtin_unreachable()
#else
#define DOVETAIL_NEVER_INLINE __declspec(noinline)
#define DOVETAIL_COLD __declspec(noinline)
#define DOVETAIL_OWN_CACHE_LINE
#define DOVETAIL_UNREACHABLE() __assume(false)
#endif

// The one assert hook: facts that validation or a documented contract guarantees. A program may
// define it before the first include; by default a broken promise stops debug builds on the spot
// and costs nothing in release builds.
#ifndef DOVETAIL_ASSERT
#if defined(NDEBUG)
#define DOVETAIL_ASSERT(condition) static_cast<void>(0)
#elif defined(__GNUC__) || defined(__clang__)
#define DOVETAIL_ASSERT(condition) ((condition) ? static_cast<void>(0) : __builtin_trap())
#else
#define DOVETAIL_ASSERT(condition) ((condition) ? static_cast<void>(0) : __debugbreak())
#endif
#endif

// A place in a function that a fault can return to: 0 when it is set, something else when it is
// returned to. Saves three words and no signal mask.
#if defined(__GNUC__) && (defined(__x86_64__) || !defined(__clang__))
#define DOVETAIL_LAND(words) __builtin_setjmp(words)
#define DOVETAIL_RETURN_TO(words) __builtin_longjmp(words, 1)
#define DOVETAIL_CAN_LAND true
#else
#define DOVETAIL_LAND(words) (static_cast<void>(words), 0)
#define DOVETAIL_RETURN_TO(words) DOVETAIL_UNREACHABLE()
#define DOVETAIL_CAN_LAND false
#endif

#if defined(__x86_64__) || defined(_M_X64)
#define DOVETAIL_HAS_X86_64 true
#else
#define DOVETAIL_HAS_X86_64 false
#endif

// Atomic arithmetic on plain words: the standard's header weighs as much as all of ours together.
#if !defined(__GNUC__) && !defined(__clang__)
extern "C" long _InterlockedExchangeAdd(long volatile*, long);
extern "C" long _InterlockedExchange(long volatile*, long);
extern "C" void _ReadWriteBarrier();
#pragma intrinsic(_InterlockedExchangeAdd, _InterlockedExchange, _ReadWriteBarrier)
#endif

namespace dovetail::platform {

/// Adds to a word that threads share, before and after everything else; returns what it was.
inline std::uint32_t atomic_add(std::uint32_t& word, std::uint32_t by) {
#if defined(__GNUC__) || defined(__clang__)
  return __atomic_fetch_add(&word, by, __ATOMIC_ACQ_REL);
#else
  return static_cast<std::uint32_t>(
      _InterlockedExchangeAdd(reinterpret_cast<volatile long*>(&word), static_cast<long>(by)));
#endif
}
/// Writes a word that threads share; returns what it was.
inline std::uint32_t atomic_exchange(std::uint32_t& word, std::uint32_t value) {
#if defined(__GNUC__) || defined(__clang__)
  return __atomic_exchange_n(&word, value, __ATOMIC_ACQ_REL);
#else
  return static_cast<std::uint32_t>(
      _InterlockedExchange(reinterpret_cast<volatile long*>(&word), static_cast<long>(value)));
#endif
}
/// Reads a word that threads share.
inline std::uint32_t atomic_load(std::uint32_t& word) {
#if defined(__GNUC__) || defined(__clang__)
  return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
#else
  return atomic_add(word, 0);
#endif
}
/// Ends the program on the spot, as a failed assertion does.
[[noreturn]] inline void end_program() {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_trap();
#else
  __fastfail(7);
#endif
}
/// Keeps the compiler from moving memory accesses across this place.
DOVETAIL_ALWAYS_INLINE void compiler_fence() {
#if defined(__GNUC__) || defined(__clang__)
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
#else
  _ReadWriteBarrier();
#endif
}

// The square root, correctly rounded. mingw-w64's own rounds twice, by way of 80 bits, and leaves
// signalling NaNs as they are.
#if defined(__MINGW32__) && defined(__x86_64__)
#define DOVETAIL_SQRT(x) ::dovetail::platform::square_root(x)
inline float square_root(float x) {
  asm("sqrtss %0, %0" : "+x"(x));
  return x;
}
inline double square_root(double x) {
  asm("sqrtsd %0, %0" : "+x"(x));
  return x;
}
#else
#define DOVETAIL_SQRT(x) std::sqrt(x)
#endif

// A try block around host code that may throw; without exceptions the handler is never entered.
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
inline constexpr bool has_exceptions = true;
#define DOVETAIL_TRY_HOST try
#define DOVETAIL_CATCH_HOST catch (...)
#define DOVETAIL_THROW(exception) throw exception
#else
inline constexpr bool has_exceptions = false;
#define DOVETAIL_TRY_HOST if constexpr (true)
#define DOVETAIL_CATCH_HOST else
#define DOVETAIL_THROW(exception) DOVETAIL_UNREACHABLE()
#endif

#if defined(_WIN32)
inline constexpr bool is_windows = true;
#else
inline constexpr bool is_windows = false;
#endif
/// Whether small classes with constructors are returned in registers (Itanium C++ ABI 3.1.4), and
/// not always in memory, as Microsoft's compilers do.
#if defined(_MSC_VER)
inline constexpr bool returns_classes_in_registers = false;
#else
inline constexpr bool returns_classes_in_registers = true;
#endif

// Guaranteed tail calls: clang's attribute on targets whose ABI allows it, GCC from version 15 on.
#if defined(__clang__) && (defined(__x86_64__) || defined(__aarch64__)) && !defined(_WIN32)
#define DOVETAIL_MUSTTAIL [[clang::musttail]]
inline constexpr bool has_tail_calls = true;
#elif defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 15
#define DOVETAIL_MUSTTAIL [[gnu::musttail]]
inline constexpr bool has_tail_calls = true;
#else
#define DOVETAIL_MUSTTAIL
inline constexpr bool has_tail_calls = false;
#endif

#if defined(__GNUC__) || defined(__clang__)
#define DOVETAIL_HAS_COMPUTED_GOTO 1
#else
#define DOVETAIL_HAS_COMPUTED_GOTO 0
#endif

/// Whether DOVETAIL_LAND works here.
inline constexpr bool can_land = DOVETAIL_CAN_LAND;
#undef DOVETAIL_CAN_LAND

inline constexpr bool is_64_bit = sizeof(void*) == 8;
inline constexpr bool is_little_endian = std::endian::native == std::endian::little;

}  // namespace dovetail::platform

// ---- dovetail/base/value_type.hpp

// Value types, slots and the typed values that tools pass around. Used by every floor.

namespace dovetail {

/// A value type (core specification 2.3.4): its binary code, and for a reference to a defined type
/// the type's index in the upper 24 bits. Two types of one module are equal exactly if their bits
/// are.
struct value_type {
  std::uint32_t bits = 0;

  static const value_type i32, i64, f32, f64, v128, funcref, externref;
  /// The bottom type of the validation algorithm: matches anything; never a type of a module.
  static const value_type unknown;

  [[nodiscard]] constexpr std::uint8_t code() const { return static_cast<std::uint8_t>(bits); }
  [[nodiscard]] constexpr bool is_vector() const { return code() == 0x7b; }
  [[nodiscard]] constexpr bool is_reference() const { return code() >= 0x60 && code() <= 0x73; }

  friend constexpr bool operator==(value_type, value_type) = default;
};

inline constexpr value_type value_type::unknown{0x00};
inline constexpr value_type value_type::i32{0x7f};
inline constexpr value_type value_type::i64{0x7e};
inline constexpr value_type value_type::f32{0x7d};
inline constexpr value_type value_type::f64{0x7c};
inline constexpr value_type value_type::v128{0x7b};
inline constexpr value_type value_type::funcref{0x70};
inline constexpr value_type value_type::externref{0x6f};

/// The name of a type in the text format ("i32", "funcref").
[[nodiscard]] constexpr std::string_view name(value_type type) {
  switch (type.code()) {
    case 0x7f: return "i32";
    case 0x7e: return "i64";
    case 0x7d: return "f32";
    case 0x7c: return "f64";
    case 0x7b: return "v128";
    case 0x70: return "funcref";
    case 0x6f: return "externref";
    default: return "unknown";
  }
}

/// One cell of the operand stack, a table or a global: the value's bits, zero-extended. Null
/// references are zero.
using slot = std::uint64_t;

namespace vm {
struct function_instance;
}

/// A reference to a host object that guests can hold and pass on but not look into. A null pointer
/// is `ref.null extern`.
struct externref {
  void* pointer = nullptr;
  friend constexpr bool operator==(externref, externref) = default;
};

/// A reference to a function of some store; equal exactly if it is the same function (core
/// specification 4.2.11).
struct funcref {
  vm::function_instance* pointer = nullptr;
  friend constexpr bool operator==(funcref, funcref) = default;
};

/// A 128-bit vector, lane 0 first, in little-endian byte order on every host.
struct v128 {
  std::array<std::uint8_t, 16> bytes{};
  friend constexpr bool operator==(const v128&, const v128&) = default;
};

/// A value with its type, for tools and tests that learn signatures at run time. Typed calls never
/// make one.
class value {
 public:
  constexpr value() = default;
  constexpr value(std::int32_t v) : value(value_type::i32, static_cast<std::uint32_t>(v)) {}
  constexpr value(std::uint32_t v) : value(value_type::i32, v) {}
  constexpr value(std::int64_t v) : value(value_type::i64, static_cast<std::uint64_t>(v)) {}
  constexpr value(std::uint64_t v) : value(value_type::i64, v) {}
  constexpr value(float v) : value(value_type::f32, std::bit_cast<std::uint32_t>(v)) {}
  constexpr value(double v) : value(value_type::f64, std::bit_cast<std::uint64_t>(v)) {}
  value(dovetail::externref v)
      : value(value_type::externref, reinterpret_cast<std::uintptr_t>(v.pointer)) {}
  value(dovetail::funcref v)
      : value(value_type::funcref, reinterpret_cast<std::uintptr_t>(v.pointer)) {}

  /// The value of `type` with these bits: floats as their IEEE 754 encoding, vectors as two
  /// little-endian halves.
  [[nodiscard]] static constexpr value from_bits(value_type type, slot low, slot high = 0) {
    return {type, low, high};
  }
  /// The null reference of `type`, or the zero of a number type.
  [[nodiscard]] static constexpr value null(value_type type) { return {type, 0}; }

  [[nodiscard]] constexpr value_type type() const { return type_; }
  [[nodiscard]] constexpr slot bits() const { return low_; }
  [[nodiscard]] constexpr slot high_bits() const { return high_; }

  /// The value as a C++ type of the same width and kind: `as<std::int32_t>()`, `as<double>()`,
  /// `as<externref>()`.
  template <class T>
  [[nodiscard]] constexpr T as() const;

  friend constexpr bool operator==(const value&, const value&) = default;

 private:
  constexpr value(value_type type, slot low, slot high = 0) : low_(low), high_(high), type_(type) {}

  slot low_ = 0;
  slot high_ = 0;
  value_type type_ = value_type::i32;
};

}  // namespace dovetail

// ---- dovetail/base/external_type.hpp

// The types of what modules import and export (core specification 2.3.11), as introspection and
// link errors show them.

namespace dovetail {

/// A function type: views into the engine's types or a module.
struct function_type {
  std::span<const value_type> parameters;
  std::span<const value_type> results;

  friend constexpr bool operator==(const function_type& a, const function_type& b) {
    return equal(a.parameters, b.parameters) && equal(a.results, b.results);
  }

 private:
  static constexpr bool equal(std::span<const value_type> a, std::span<const value_type> b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!(a[i] == b[i])) return false;
    }
    return true;
  }
};

/// The limits of a memory (in pages of 64 KiB) or a table (in elements).
struct limits_type {
  std::uint64_t minimum = 0;
  std::uint64_t maximum = no_maximum;
  static constexpr std::uint64_t no_maximum = ~std::uint64_t{0};

  [[nodiscard]] constexpr bool has_maximum() const { return maximum != no_maximum; }
  friend constexpr bool operator==(limits_type, limits_type) = default;
};

struct table_type {
  value_type element = value_type::funcref;
  limits_type limits;
  friend constexpr bool operator==(table_type, table_type) = default;
};

struct memory_type {
  limits_type limits;
  friend constexpr bool operator==(memory_type, memory_type) = default;
};

struct global_type {
  value_type type = value_type::i32;
  bool is_mutable = false;
  friend constexpr bool operator==(global_type, global_type) = default;
};

enum class external_kind : std::uint8_t { function, table, memory, global, tag };

[[nodiscard]] constexpr std::string_view name(external_kind kind) {
  constexpr std::string_view names[] = {"function", "table", "memory", "global", "tag"};
  return names[static_cast<unsigned>(kind)];
}

/// The type of an import or export: the member that `kind` names is meant.
struct external_type {
  external_kind kind = external_kind::function;
  function_type function;
  table_type table;
  memory_type memory;
  global_type global;
};

}  // namespace dovetail

// ---- dovetail/base/status.hpp

// The one-byte status that everything inside the library returns, with its stage and wording. Used
// by every floor.

namespace dovetail {

/// Where in the pipeline an error belongs: malformed (decode), invalid (validate), unlinkable
/// (link), and so on.
enum class stage : std::uint8_t { none, decode, validate, compile, link, instantiate, api };

/// Success, or the one error of `base/errors.def` that happened.
enum class [[nodiscard]] status : std::uint8_t{
    ok,
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) NAME,
// Every error, a row each: NAME, STAGE, TEXT. The texts of the first groups are the phrases of the
// specification's own tests. Included by base/status.hpp alone.
// clang-format off

// Decoding: the bytes are not a module (core specification, chapter 5).
DOVETAIL_ERROR(unexpected_end,                 decode,      "unexpected end")
DOVETAIL_ERROR(unexpected_end_of_section,      decode,      "unexpected end of section or function")
DOVETAIL_ERROR(length_out_of_bounds,           decode,      "length out of bounds")
DOVETAIL_ERROR(integer_too_long,               decode,      "integer representation too long")
DOVETAIL_ERROR(integer_too_large,              decode,      "integer too large")
DOVETAIL_ERROR(magic_not_detected,             decode,      "magic header not detected")
DOVETAIL_ERROR(unknown_version,                decode,      "unknown binary version")
DOVETAIL_ERROR(malformed_section_id,           decode,      "malformed section id")
DOVETAIL_ERROR(section_size_mismatch,          decode,      "section size mismatch")
DOVETAIL_ERROR(content_after_last_section,     decode,      "unexpected content after last section")
DOVETAIL_ERROR(inconsistent_code_lengths,      decode,      "function and code section have inconsistent lengths")
DOVETAIL_ERROR(inconsistent_data_lengths,      decode,      "data count and data section have inconsistent lengths")
DOVETAIL_ERROR(data_count_required,            decode,      "data count section required")
DOVETAIL_ERROR(malformed_utf8,                 decode,      "malformed UTF-8 encoding")
DOVETAIL_ERROR(malformed_import_kind,          decode,      "malformed import kind")
DOVETAIL_ERROR(malformed_export_kind,          decode,      "malformed export kind")
DOVETAIL_ERROR(malformed_mutability,           decode,      "malformed mutability")
DOVETAIL_ERROR(malformed_value_type,           decode,      "malformed value type")
DOVETAIL_ERROR(malformed_reference_type,       decode,      "malformed reference type")
DOVETAIL_ERROR(malformed_function_type,        decode,      "malformed function type")
DOVETAIL_ERROR(malformed_block_type,           decode,      "malformed block type")
DOVETAIL_ERROR(malformed_segment_flags,        decode,      "malformed segment flags")
DOVETAIL_ERROR(malformed_element_kind,         decode,      "malformed element kind")
DOVETAIL_ERROR(malformed_memop_flags,          decode,      "malformed memop flags")
DOVETAIL_ERROR(zero_byte_expected,             decode,      "zero byte expected")
DOVETAIL_ERROR(too_many_locals,                decode,      "too many locals")
DOVETAIL_ERROR(illegal_opcode,                 decode,      "illegal opcode")
DOVETAIL_ERROR(end_opcode_expected,            decode,      "END opcode expected")
DOVETAIL_ERROR(limit_exceeded,                 decode,      "implementation limit exceeded")
DOVETAIL_ERROR(feature_not_accepted,           decode,      "feature not accepted by the configuration")

// Validation (chapter 3).
DOVETAIL_ERROR(type_mismatch,                  validate,    "type mismatch")
DOVETAIL_ERROR(unknown_type,                   validate,    "unknown type")
DOVETAIL_ERROR(unknown_function,               validate,    "unknown function")
DOVETAIL_ERROR(unknown_table,                  validate,    "unknown table")
DOVETAIL_ERROR(unknown_memory,                 validate,    "unknown memory")
DOVETAIL_ERROR(unknown_global,                 validate,    "unknown global")
DOVETAIL_ERROR(unknown_local,                  validate,    "unknown local")
DOVETAIL_ERROR(unknown_label,                  validate,    "unknown label")
DOVETAIL_ERROR(unknown_element_segment,        validate,    "unknown elem segment")
DOVETAIL_ERROR(unknown_data_segment,           validate,    "unknown data segment")
DOVETAIL_ERROR(undeclared_function_reference,  validate,    "undeclared function reference")
DOVETAIL_ERROR(alignment_too_large,            validate,    "alignment must not be larger than natural")
DOVETAIL_ERROR(global_is_immutable,            validate,    "global is immutable")
DOVETAIL_ERROR(constant_expression_required,   validate,    "constant expression required")
DOVETAIL_ERROR(duplicate_export,               validate,    "duplicate export name")
DOVETAIL_ERROR(invalid_result_arity,           validate,    "invalid result arity")
DOVETAIL_ERROR(invalid_lane_index,             validate,    "invalid lane index")
DOVETAIL_ERROR(multiple_memories,              validate,    "multiple memories")
DOVETAIL_ERROR(memory_too_large,               validate,    "memory size must be at most 65536 pages (4GiB)")
DOVETAIL_ERROR(limits_out_of_order,            validate,    "size minimum must not be greater than maximum")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
// clang-format on
#undef DOVETAIL_ERROR
};

/// The stage an error belongs to; `stage::none` for `status::ok`.
[[nodiscard]] constexpr stage stage_of(status s) {
  switch (s) {
    case status::ok: break;
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) \
  case status::NAME:                      \
    return stage::STAGE;
// Every error, a row each: NAME, STAGE, TEXT. The texts of the first groups are the phrases of the
// specification's own tests. Included by base/status.hpp alone.
// clang-format off

// Decoding: the bytes are not a module (core specification, chapter 5).
DOVETAIL_ERROR(unexpected_end,                 decode,      "unexpected end")
DOVETAIL_ERROR(unexpected_end_of_section,      decode,      "unexpected end of section or function")
DOVETAIL_ERROR(length_out_of_bounds,           decode,      "length out of bounds")
DOVETAIL_ERROR(integer_too_long,               decode,      "integer representation too long")
DOVETAIL_ERROR(integer_too_large,              decode,      "integer too large")
DOVETAIL_ERROR(magic_not_detected,             decode,      "magic header not detected")
DOVETAIL_ERROR(unknown_version,                decode,      "unknown binary version")
DOVETAIL_ERROR(malformed_section_id,           decode,      "malformed section id")
DOVETAIL_ERROR(section_size_mismatch,          decode,      "section size mismatch")
DOVETAIL_ERROR(content_after_last_section,     decode,      "unexpected content after last section")
DOVETAIL_ERROR(inconsistent_code_lengths,      decode,      "function and code section have inconsistent lengths")
DOVETAIL_ERROR(inconsistent_data_lengths,      decode,      "data count and data section have inconsistent lengths")
DOVETAIL_ERROR(data_count_required,            decode,      "data count section required")
DOVETAIL_ERROR(malformed_utf8,                 decode,      "malformed UTF-8 encoding")
DOVETAIL_ERROR(malformed_import_kind,          decode,      "malformed import kind")
DOVETAIL_ERROR(malformed_export_kind,          decode,      "malformed export kind")
DOVETAIL_ERROR(malformed_mutability,           decode,      "malformed mutability")
DOVETAIL_ERROR(malformed_value_type,           decode,      "malformed value type")
DOVETAIL_ERROR(malformed_reference_type,       decode,      "malformed reference type")
DOVETAIL_ERROR(malformed_function_type,        decode,      "malformed function type")
DOVETAIL_ERROR(malformed_block_type,           decode,      "malformed block type")
DOVETAIL_ERROR(malformed_segment_flags,        decode,      "malformed segment flags")
DOVETAIL_ERROR(malformed_element_kind,         decode,      "malformed element kind")
DOVETAIL_ERROR(malformed_memop_flags,          decode,      "malformed memop flags")
DOVETAIL_ERROR(zero_byte_expected,             decode,      "zero byte expected")
DOVETAIL_ERROR(too_many_locals,                decode,      "too many locals")
DOVETAIL_ERROR(illegal_opcode,                 decode,      "illegal opcode")
DOVETAIL_ERROR(end_opcode_expected,            decode,      "END opcode expected")
DOVETAIL_ERROR(limit_exceeded,                 decode,      "implementation limit exceeded")
DOVETAIL_ERROR(feature_not_accepted,           decode,      "feature not accepted by the configuration")

// Validation (chapter 3).
DOVETAIL_ERROR(type_mismatch,                  validate,    "type mismatch")
DOVETAIL_ERROR(unknown_type,                   validate,    "unknown type")
DOVETAIL_ERROR(unknown_function,               validate,    "unknown function")
DOVETAIL_ERROR(unknown_table,                  validate,    "unknown table")
DOVETAIL_ERROR(unknown_memory,                 validate,    "unknown memory")
DOVETAIL_ERROR(unknown_global,                 validate,    "unknown global")
DOVETAIL_ERROR(unknown_local,                  validate,    "unknown local")
DOVETAIL_ERROR(unknown_label,                  validate,    "unknown label")
DOVETAIL_ERROR(unknown_element_segment,        validate,    "unknown elem segment")
DOVETAIL_ERROR(unknown_data_segment,           validate,    "unknown data segment")
DOVETAIL_ERROR(undeclared_function_reference,  validate,    "undeclared function reference")
DOVETAIL_ERROR(alignment_too_large,            validate,    "alignment must not be larger than natural")
DOVETAIL_ERROR(global_is_immutable,            validate,    "global is immutable")
DOVETAIL_ERROR(constant_expression_required,   validate,    "constant expression required")
DOVETAIL_ERROR(duplicate_export,               validate,    "duplicate export name")
DOVETAIL_ERROR(invalid_result_arity,           validate,    "invalid result arity")
DOVETAIL_ERROR(invalid_lane_index,             validate,    "invalid lane index")
DOVETAIL_ERROR(multiple_memories,              validate,    "multiple memories")
DOVETAIL_ERROR(memory_too_large,               validate,    "memory size must be at most 65536 pages (4GiB)")
DOVETAIL_ERROR(limits_out_of_order,            validate,    "size minimum must not be greater than maximum")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
// clang-format on
#undef DOVETAIL_ERROR
  }
  return stage::none;
}

/// The wording of an error: the specification's own phrase where it has one.
[[nodiscard]] constexpr std::string_view message(status s) {
  switch (s) {
    case status::ok: break;
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) \
  case status::NAME:                      \
    return TEXT;
// Every error, a row each: NAME, STAGE, TEXT. The texts of the first groups are the phrases of the
// specification's own tests. Included by base/status.hpp alone.
// clang-format off

// Decoding: the bytes are not a module (core specification, chapter 5).
DOVETAIL_ERROR(unexpected_end,                 decode,      "unexpected end")
DOVETAIL_ERROR(unexpected_end_of_section,      decode,      "unexpected end of section or function")
DOVETAIL_ERROR(length_out_of_bounds,           decode,      "length out of bounds")
DOVETAIL_ERROR(integer_too_long,               decode,      "integer representation too long")
DOVETAIL_ERROR(integer_too_large,              decode,      "integer too large")
DOVETAIL_ERROR(magic_not_detected,             decode,      "magic header not detected")
DOVETAIL_ERROR(unknown_version,                decode,      "unknown binary version")
DOVETAIL_ERROR(malformed_section_id,           decode,      "malformed section id")
DOVETAIL_ERROR(section_size_mismatch,          decode,      "section size mismatch")
DOVETAIL_ERROR(content_after_last_section,     decode,      "unexpected content after last section")
DOVETAIL_ERROR(inconsistent_code_lengths,      decode,      "function and code section have inconsistent lengths")
DOVETAIL_ERROR(inconsistent_data_lengths,      decode,      "data count and data section have inconsistent lengths")
DOVETAIL_ERROR(data_count_required,            decode,      "data count section required")
DOVETAIL_ERROR(malformed_utf8,                 decode,      "malformed UTF-8 encoding")
DOVETAIL_ERROR(malformed_import_kind,          decode,      "malformed import kind")
DOVETAIL_ERROR(malformed_export_kind,          decode,      "malformed export kind")
DOVETAIL_ERROR(malformed_mutability,           decode,      "malformed mutability")
DOVETAIL_ERROR(malformed_value_type,           decode,      "malformed value type")
DOVETAIL_ERROR(malformed_reference_type,       decode,      "malformed reference type")
DOVETAIL_ERROR(malformed_function_type,        decode,      "malformed function type")
DOVETAIL_ERROR(malformed_block_type,           decode,      "malformed block type")
DOVETAIL_ERROR(malformed_segment_flags,        decode,      "malformed segment flags")
DOVETAIL_ERROR(malformed_element_kind,         decode,      "malformed element kind")
DOVETAIL_ERROR(malformed_memop_flags,          decode,      "malformed memop flags")
DOVETAIL_ERROR(zero_byte_expected,             decode,      "zero byte expected")
DOVETAIL_ERROR(too_many_locals,                decode,      "too many locals")
DOVETAIL_ERROR(illegal_opcode,                 decode,      "illegal opcode")
DOVETAIL_ERROR(end_opcode_expected,            decode,      "END opcode expected")
DOVETAIL_ERROR(limit_exceeded,                 decode,      "implementation limit exceeded")
DOVETAIL_ERROR(feature_not_accepted,           decode,      "feature not accepted by the configuration")

// Validation (chapter 3).
DOVETAIL_ERROR(type_mismatch,                  validate,    "type mismatch")
DOVETAIL_ERROR(unknown_type,                   validate,    "unknown type")
DOVETAIL_ERROR(unknown_function,               validate,    "unknown function")
DOVETAIL_ERROR(unknown_table,                  validate,    "unknown table")
DOVETAIL_ERROR(unknown_memory,                 validate,    "unknown memory")
DOVETAIL_ERROR(unknown_global,                 validate,    "unknown global")
DOVETAIL_ERROR(unknown_local,                  validate,    "unknown local")
DOVETAIL_ERROR(unknown_label,                  validate,    "unknown label")
DOVETAIL_ERROR(unknown_element_segment,        validate,    "unknown elem segment")
DOVETAIL_ERROR(unknown_data_segment,           validate,    "unknown data segment")
DOVETAIL_ERROR(undeclared_function_reference,  validate,    "undeclared function reference")
DOVETAIL_ERROR(alignment_too_large,            validate,    "alignment must not be larger than natural")
DOVETAIL_ERROR(global_is_immutable,            validate,    "global is immutable")
DOVETAIL_ERROR(constant_expression_required,   validate,    "constant expression required")
DOVETAIL_ERROR(duplicate_export,               validate,    "duplicate export name")
DOVETAIL_ERROR(invalid_result_arity,           validate,    "invalid result arity")
DOVETAIL_ERROR(invalid_lane_index,             validate,    "invalid lane index")
DOVETAIL_ERROR(multiple_memories,              validate,    "multiple memories")
DOVETAIL_ERROR(memory_too_large,               validate,    "memory size must be at most 65536 pages (4GiB)")
DOVETAIL_ERROR(limits_out_of_order,            validate,    "size minimum must not be greater than maximum")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
// clang-format on
#undef DOVETAIL_ERROR
  }
  return "ok";
}

/// The name of a stage, as it opens an error line.
[[nodiscard]] constexpr std::string_view name(stage s) {
  constexpr std::string_view names[] = {"ok",   "malformed",   "invalid", "not compilable",
                                        "link", "instantiate", "misuse"};
  return names[static_cast<unsigned>(s)];
}

}  // namespace dovetail

/// Hands a failed status on to the caller.
#define DOVETAIL_TRY(expression)                                                                  \
  do {                                                                                            \
    if (const ::dovetail::status try_status = (expression); try_status != ::dovetail::status::ok) \
        [[unlikely]] {                                                                            \
      return try_status;                                                                          \
    }                                                                                             \
  } while (false)

// ---- dovetail/base/text.hpp

// A writer of short texts into a caller's buffer: error lines are made without allocating. Used by
// error.hpp and tools.

namespace dovetail {

/// Appends to a buffer and cuts what does not fit.
class text_writer {
 public:
  explicit text_writer(std::span<char> buffer) : buffer_(buffer) {}

  text_writer& operator<<(std::string_view text) {
    for (const char c : text) put(c);
    return *this;
  }
  text_writer& operator<<(std::uint64_t number) {
    char digits[20];
    std::size_t first = sizeof digits;
    do {
      digits[--first] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    return *this << std::string_view(digits + first, sizeof digits - first);
  }
  text_writer& operator<<(value_type type) { return *this << name(type); }
  text_writer& operator<<(std::span<const value_type> types) {
    *this << "[";
    for (std::size_t i = 0; i < types.size(); ++i) *this << (i == 0 ? "" : " ") << types[i];
    return *this << "]";
  }
  text_writer& operator<<(const function_type& type) {
    return *this << type.parameters << " -> " << type.results;
  }
  text_writer& operator<<(limits_type limits) {
    *this << limits.minimum;
    if (limits.has_maximum()) *this << ".." << limits.maximum;
    return *this;
  }
  text_writer& operator<<(const external_type& type) {
    *this << name(type.kind) << " ";
    switch (type.kind) {
      case external_kind::function: return *this << type.function;
      case external_kind::table: return *this << type.table.limits << " " << type.table.element;
      case external_kind::memory: return *this << type.memory.limits;
      case external_kind::global:
        return *this << (type.global.is_mutable ? "mut " : "") << type.global.type;
      case external_kind::tag: break;
    }
    return *this;
  }
  /// A name from a module, in quotes; control characters become `?` so that the line stays one
  /// line and a terminal is told nothing.
  text_writer& quote(std::string_view text) {
    put('"');
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
      if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {  // U+0080 to U+009F
        put('?');
        ++i;
      } else {
        put(byte < 0x20 || byte == 0x7f ? '?' : text[i]);
      }
    }
    put('"');
    return *this;
  }

  [[nodiscard]] std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  void put(char c) {
    if (size_ < buffer_.size()) buffer_[size_++] = c;
  }
  std::span<char> buffer_;
  std::size_t size_ = 0;
};

/// The text of an external type, as in `function [i32 i32] -> [i64]`.
inline std::string_view format(const external_type& type, std::span<char> buffer) {
  return (text_writer(buffer) << type).view();
}

}  // namespace dovetail

// ---- dovetail/base/trap.hpp

// Traps (core specification 4.2.2): the code, and the small value that a call or a host function
// returns.

namespace dovetail {

/// Why execution stopped; `none` if it did not.
enum class trap_code : std::uint8_t {
  none,
#define DOVETAIL_TRAP(NAME, TEXT) NAME,
// Every trap, a row each: NAME, TEXT, in the words of the specification's tests. Included by
// base/trap.hpp alone.
// clang-format off
DOVETAIL_TRAP(unreachable,                  "unreachable")
DOVETAIL_TRAP(memory_out_of_bounds,         "out of bounds memory access")
DOVETAIL_TRAP(table_out_of_bounds,          "out of bounds table access")
DOVETAIL_TRAP(undefined_element,            "undefined element")
DOVETAIL_TRAP(uninitialized_element,        "uninitialized element")
DOVETAIL_TRAP(indirect_call_type_mismatch,  "indirect call type mismatch")
DOVETAIL_TRAP(integer_divide_by_zero,       "integer divide by zero")
DOVETAIL_TRAP(integer_overflow,             "integer overflow")
DOVETAIL_TRAP(invalid_conversion,           "invalid conversion to integer")
DOVETAIL_TRAP(stack_exhausted,              "call stack exhausted")
DOVETAIL_TRAP(out_of_fuel,                  "out of fuel")
DOVETAIL_TRAP(out_of_memory,                "out of memory")
DOVETAIL_TRAP(unknown_import,               "unknown import called")
DOVETAIL_TRAP(bad_call,                     "arguments do not fit the function")
DOVETAIL_TRAP(host_trap,                    "trap of a host function")
DOVETAIL_TRAP(host_exception,               "exception of a host function")
DOVETAIL_TRAP(exit,                         "exit")
// clang-format on
#undef DOVETAIL_TRAP
};

/// The wording of a trap: the specification's own phrase where it has one.
[[nodiscard]] constexpr std::string_view message(trap_code code) {
  switch (code) {
    case trap_code::none: break;
#define DOVETAIL_TRAP(NAME, TEXT) \
  case trap_code::NAME:           \
    return TEXT;
// Every trap, a row each: NAME, TEXT, in the words of the specification's tests. Included by
// base/trap.hpp alone.
// clang-format off
DOVETAIL_TRAP(unreachable,                  "unreachable")
DOVETAIL_TRAP(memory_out_of_bounds,         "out of bounds memory access")
DOVETAIL_TRAP(table_out_of_bounds,          "out of bounds table access")
DOVETAIL_TRAP(undefined_element,            "undefined element")
DOVETAIL_TRAP(uninitialized_element,        "uninitialized element")
DOVETAIL_TRAP(indirect_call_type_mismatch,  "indirect call type mismatch")
DOVETAIL_TRAP(integer_divide_by_zero,       "integer divide by zero")
DOVETAIL_TRAP(integer_overflow,             "integer overflow")
DOVETAIL_TRAP(invalid_conversion,           "invalid conversion to integer")
DOVETAIL_TRAP(stack_exhausted,              "call stack exhausted")
DOVETAIL_TRAP(out_of_fuel,                  "out of fuel")
DOVETAIL_TRAP(out_of_memory,                "out of memory")
DOVETAIL_TRAP(unknown_import,               "unknown import called")
DOVETAIL_TRAP(bad_call,                     "arguments do not fit the function")
DOVETAIL_TRAP(host_trap,                    "trap of a host function")
DOVETAIL_TRAP(host_exception,               "exception of a host function")
DOVETAIL_TRAP(exit,                         "exit")
// clang-format on
#undef DOVETAIL_TRAP
  }
  return "no trap";
}

/// A trap as a value. A default-made one means "no trap", which is how a host function returning
/// `trap` succeeds.
struct [[nodiscard]] alignas(8) trap {
  trap_code code = trap_code::none;
  /// A number of the host's own: the exit code of `trap::exit`, the argument of `trap::host`.
  std::int32_t detail = 0;

  /// A trap raised by a host function.
  static constexpr trap host(std::int32_t detail = 0) { return {trap_code::host_trap, detail}; }
  /// The guest asked to end with this code.
  static constexpr trap exit(std::int32_t code) { return {trap_code::exit, code}; }

  [[nodiscard]] constexpr explicit operator bool() const { return code != trap_code::none; }
  [[nodiscard]] constexpr std::string_view message() const { return dovetail::message(code); }
  friend constexpr bool operator==(trap, trap) = default;
};

static_assert(sizeof(trap) == 8 && alignof(trap) == 8, "a trap travels in a register of its own");

}  // namespace dovetail

// ---- dovetail/base/error.hpp

// The structured error: what happened and where. Returned inside `result` by everything that reads,
// links or runs.

namespace dovetail {

/// The sections of a module by their binary ids (core specification 5.5.2).
enum class section_id : std::uint8_t {
  custom,
  type,
  import,
  function,
  table,
  memory,
  global,
  export_,
  start,
  element,
  code,
  data,
  data_count,
  none = 0xff
};

[[nodiscard]] constexpr std::string_view name(section_id id) {
  constexpr std::string_view names[] = {"custom", "type",   "import",    "function", "table",
                                        "memory", "global", "export",    "start",    "element",
                                        "code",   "data",   "data count"};
  return id == section_id::none ? "none" : names[static_cast<unsigned>(id)];
}

/// An error with its place. Which fields mean something depends on `stage()`: bytes have an offset
/// and a section, link errors name the import, a trap during instantiation says which. Views point
/// into the module and live as long as it.
struct error {
  status code = status::ok;
  section_id section = section_id::none;
  trap reason{};           ///< instantiate: the trap of a segment or of the start function
  std::size_t offset = 0;  ///< decode, validate, compile: bytes from the start of the module
  std::uint32_t import_ordinal = 0;  ///< link: the place of the import in the module's list, from 0
  bool has_provided = false;         ///< link: whether `provided` says what was offered instead
  std::string_view import_module{};
  std::string_view import_name{};
  external_type expected{};
  external_type provided{};

  [[nodiscard]] dovetail::stage stage() const { return stage_of(code); }
  /// The wording of the code alone, in the words of the specification's tests.
  [[nodiscard]] std::string_view message() const { return dovetail::message(code); }
  /// One readable line with everything known, cut to the buffer. 300 bytes hold all but very long
  /// names.
  std::string_view format(std::span<char> buffer) const;
};

inline std::string_view error::format(std::span<char> buffer) const {
  text_writer out(buffer);
  out << name(stage()) << ": " << message();
  switch (stage()) {
    case dovetail::stage::decode:
    case dovetail::stage::validate:
    case dovetail::stage::compile:
      if (section != section_id::none) out << ", " << name(section) << " section";
      out << ", offset " << std::uint64_t{offset};
      break;
    case dovetail::stage::link:
      if (code == status::wrong_import_count || code == status::wrong_engine) break;
      out << ", import " << std::uint64_t{import_ordinal} << " ";
      out.quote(import_module) << " ";
      out.quote(import_name) << ": expected " << expected;
      if (has_provided) out << ", provided " << provided;
      break;
    case dovetail::stage::instantiate:
      if (reason) out << ": " << reason.message();
      break;
    case dovetail::stage::none:
    case dovetail::stage::api: break;
  }
  return out.view();
}

}  // namespace dovetail

// ---- dovetail/base/native_value.hpp

// Which C++ types stand for which value types, and how they travel in slots. Used by host functions
// and typed handles.

namespace dovetail {

/// Integers and enumerations of at most 32 bits, and bool, are i32; 64-bit ones are i64.
template <class T>
concept native_integer = (std::is_integral_v<T> || std::is_enum_v<T>)&&sizeof(T) <= 8;

/// A C++ type that a value can be passed as, by value, across the boundary.
template <class T>
concept native_value = native_integer<T> || std::same_as<T, float> || std::same_as<T, double> ||
    std::same_as<T, externref> || std::same_as<T, funcref>;

/// The value type a C++ type stands for.
template <native_value T>
[[nodiscard]] constexpr value_type value_type_of() {
  if constexpr (std::same_as<T, float>) {
    return value_type::f32;
  } else if constexpr (std::same_as<T, double>) {
    return value_type::f64;
  } else if constexpr (std::same_as<T, externref>) {
    return value_type::externref;
  } else if constexpr (std::same_as<T, funcref>) {
    return value_type::funcref;
  } else {
    return sizeof(T) == 8 ? value_type::i64 : value_type::i32;
  }
}

/// The bits of `v` as a slot. Narrow integers are extended by their own signedness to 32 bits
/// first.
template <native_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr slot to_slot(T v) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<std::uint32_t>(v);
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<std::uint64_t>(v);
  } else if constexpr (std::same_as<T, externref> || std::same_as<T, funcref>) {
    return reinterpret_cast<std::uintptr_t>(v.pointer);
  } else if constexpr (sizeof(T) == 8) {
    return static_cast<std::uint64_t>(v);
  } else {
    return static_cast<std::uint32_t>(v);
  }
}

/// The value a slot holds. Integers narrower than 32 bits keep their low bits; bool is "not zero".
template <native_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr T from_slot(slot s) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(s));
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<double>(s);
  } else if constexpr (std::same_as<T, externref>) {
    return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (std::same_as<T, funcref>) {
    return {reinterpret_cast<vm::function_instance*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (std::same_as<T, bool>) {
    return static_cast<std::uint32_t>(s) != 0;
  } else {
    return static_cast<T>(s);
  }
}

/// How machine code passes a C++ type: without regard to its sign, and never less than 32 bits.
template <native_value T>
using machine_value = std::conditional_t<
    std::floating_point<T>, T,
    std::conditional_t<value_type_of<T>() == value_type::i32, std::uint32_t, std::uint64_t>>;

template <class T>
constexpr T value::as() const {
  DOVETAIL_ASSERT(value_type_of<T>() == type_);
  return from_slot<T>(low_);
}

}  // namespace dovetail

// ---- dovetail/base/result.hpp

// A value or an error, without exceptions. Returned by the API; inside the library functions return
// a `status`.

namespace dovetail {

/// Either a `T` or an `E` saying why there is none. Test it, then dereference it.
template <class T, class E = error>
class [[nodiscard]] result {
 public:
  result(T value) : has_value_(true) { put(value_, std::move(value)); }
  result(E reason) : has_value_(false) { put(error_, std::move(reason)); }
  result(result&& other) noexcept : has_value_(other.has_value_) {
    if (has_value_) {
      put(value_, std::move(other.value_));
    } else {
      put(error_, std::move(other.error_));
    }
  }
  result& operator=(result&& other) noexcept {
    if (this != &other) {
      this->~result();
      ::new (static_cast<void*>(this)) result(std::move(other));
    }
    return *this;
  }
  ~result() {
    if (has_value_) {
      value_.~T();
    } else {
      error_.~E();
    }
  }

  [[nodiscard]] bool has_value() const { return has_value_; }
  [[nodiscard]] explicit operator bool() const { return has_value_; }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }
  /// The value. Without one this is a broken contract, which debug builds stop at.
  [[nodiscard]] T& value() & {
    DOVETAIL_ASSERT(has_value_);
    return value_;
  }
  [[nodiscard]] const T& value() const& {
    DOVETAIL_ASSERT(has_value_);
    return value_;
  }
  [[nodiscard]] T&& value() && {
    DOVETAIL_ASSERT(has_value_);
    return std::move(value_);
  }
  [[nodiscard]] T value_or(T other) && { return has_value_ ? std::move(value_) : std::move(other); }
  [[nodiscard]] const E& error() const {
    DOVETAIL_ASSERT(!has_value_);
    return error_;
  }

 private:
  template <class Member>
  static void put(Member& place, Member&& from) {
    ::new (static_cast<void*>(&place)) Member(std::move(from));
  }

  union {
    T value_;
    E error_;
  };
  bool has_value_;
};

/// Success without a value, or an error.
template <class E>
class [[nodiscard]] result<void, E> {
 public:
  result() = default;
  result(E reason) : error_(std::move(reason)), has_value_(false) {}

  [[nodiscard]] bool has_value() const { return has_value_; }
  [[nodiscard]] explicit operator bool() const { return has_value_; }
  void value() const { DOVETAIL_ASSERT(has_value_); }
  [[nodiscard]] const E& error() const { return error_; }

 private:
  E error_{};
  bool has_value_ = true;
};

/// What a guest call returns: the value beside the trap, each in a register of its own on System V.
/// A value and a trap code that share one are taken apart through memory by GCC.
template <class T>
class [[nodiscard]] result<T, trap> {
 public:
  constexpr result(T value) : value_(std::move(value)) {}
  constexpr result(trap reason) : trap_(reason) {}

  [[nodiscard]] constexpr bool has_value() const { return trap_.code == trap_code::none; }
  [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }
  [[nodiscard]] constexpr const T& operator*() const { return value(); }
  [[nodiscard]] constexpr const T* operator->() const { return &value(); }
  [[nodiscard]] constexpr const T& value() const {
    DOVETAIL_ASSERT(has_value());
    return value_;
  }
  [[nodiscard]] constexpr T value_or(T other) const { return has_value() ? value_ : other; }
  [[nodiscard]] constexpr trap error() const { return trap_; }

 private:
  T value_{};
  trap trap_{};
};

template <>
class [[nodiscard]] result<void, trap> {
 public:
  constexpr result() = default;
  constexpr result(trap reason) : trap_(reason) {}

  [[nodiscard]] constexpr bool has_value() const { return trap_.code == trap_code::none; }
  [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }
  constexpr void value() const { DOVETAIL_ASSERT(has_value()); }
  [[nodiscard]] constexpr trap error() const { return trap_; }

 private:
  trap trap_{};
};

namespace detail {
template <class R>
struct results_in {
  static result<R, trap> get(const slot* frame) { return from_slot<R>(frame[0]); }
};
template <>
struct results_in<void> {
  static result<void, trap> get(const slot*) { return {}; }
};
template <class... R>
struct results_in<std::tuple<R...>> {
  static result<std::tuple<R...>, trap> get(const slot* frame) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple<R...>{from_slot<R>(frame[I])...};
    }
    (std::index_sequence_for<R...>{});
  }
};
}  // namespace detail

/// The results of a call that did not trap, from the frame they were left in: nothing, a value, or
/// a tuple.
template <class R>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE result<R, trap> from_frame(const slot* frame) {
  return detail::results_in<R>::get(frame);
}

static_assert(std::is_trivially_copyable_v<result<std::int64_t, trap>>);
static_assert(sizeof(result<std::int64_t, trap>) == 16 && sizeof(result<int, trap>) == 16,
              "two registers");

}  // namespace dovetail

// ---- dovetail/base/allocator.hpp

// The allocator policy and its erased form. Every allocation of the library goes through it and may
// fail.

namespace dovetail {

/// What a config's `allocator` provides: one function for all of an allocation's life.
template <class A>
concept allocator_policy = requires(A& a, void* block, std::size_t size) {
  // Returns a block of `new_size` bytes, aligned to 16, that begins with the bytes of `block`
  // (null: a new block); new_size 0 releases `block`. On failure returns null and leaves `block` as
  // it was. Never throws.
  { a.resize(block, size, size) }
  noexcept->std::same_as<void*>;
};

/// An allocator without its type, so that code and data do not depend on it. Allocation is rare:
/// one indirect call.
struct allocator {
  void* (*resize_function)(allocator& self, void* block, std::size_t old_size,
                           std::size_t new_size);

  [[nodiscard]] void* resize(void* block, std::size_t old_size, std::size_t new_size) {
    return resize_function(*this, block, old_size, new_size);
  }
  [[nodiscard]] void* allocate(std::size_t size) { return resize(nullptr, 0, size); }
  void release(void* block, std::size_t size) {
    if (block != nullptr) static_cast<void>(resize(block, size, 0));
  }

  /// Makes a `T` in memory of this allocator; null if there is none.
  template <class T, class... Arguments>
  [[nodiscard]] T* make(Arguments&&... arguments);
  /// Ends a `T` that `make` made.
  template <class T>
  void destroy(T* object);
};

/// A policy behind the erased form; lives in the engine.
template <allocator_policy A>
struct allocator_of : allocator {
  explicit allocator_of(A made = {}) : allocator{&call}, policy(static_cast<A&&>(made)) {}
  A policy;

 private:
  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    return static_cast<allocator_of&>(self).policy.resize(block, old_size, new_size);
  }
};

template <class T, class... Arguments>
T* allocator::make(Arguments&&... arguments) {
  static_assert(alignof(T) <= 16, "blocks are aligned to 16 bytes");
  void* block = allocate(sizeof(T));
  return block == nullptr ? nullptr : ::new (block) T{std::forward<Arguments>(arguments)...};
}

template <class T>
void allocator::destroy(T* object) {
  if (object == nullptr) return;
  object->~T();
  release(object, sizeof(T));
}

}  // namespace dovetail

// ---- dovetail/base/arena.hpp

// Memory that is given out in pieces and taken back all at once: the store's objects live in one.

namespace dovetail {

/// A bump allocator over blocks of the config's allocator. Pieces are aligned to 16 bytes and
/// zeroed.
class arena {
 public:
  explicit arena(allocator& memory, std::size_t block_size = 4096)
      : memory_(&memory), block_size_(block_size) {}
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  ~arena() {
    while (blocks_ != nullptr) {
      block* next = blocks_->next;
      memory_->release(blocks_, blocks_->size);
      blocks_ = next;
    }
  }

  [[nodiscard]] allocator& memory() const { return *memory_; }

  /// `size` zeroed bytes, or null.
  [[nodiscard]] void* allocate(std::size_t size) {
    if (size > ~std::size_t{0} - 64) return nullptr;
    size = (size + 15) & ~std::size_t{15};
    if ((size > left_ || at_ == nullptr) && !refill(size)) return nullptr;
    void* piece = at_;
    at_ += size;
    left_ -= size;
    return std::memset(piece, 0, size);
  }

  /// A `T` that is never destroyed: it must need no destructor.
  template <class T, class... Arguments>
  [[nodiscard]] T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    void* piece = allocate(sizeof(T));
    return piece == nullptr ? nullptr : ::new (piece) T{std::forward<Arguments>(arguments)...};
  }
  /// `count` zeroed elements, or null; `count` 0 gives a pointer that must not be read.
  template <class T>
  [[nodiscard]] T* make_array(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 16);
    if (count > (~std::size_t{0} - 64) / sizeof(T)) return nullptr;
    return static_cast<T*>(allocate(count * sizeof(T)));
  }

 private:
  struct alignas(16) block {
    block* next;
    std::size_t size;
  };

  bool refill(std::size_t size) {
    const std::size_t wanted = sizeof(block) + (size > block_size_ ? size : block_size_);
    void* memory = memory_->allocate(wanted);
    if (memory == nullptr) return false;
    blocks_ = ::new (memory) block{blocks_, wanted};
    at_ = static_cast<std::byte*>(memory) + sizeof(block);
    left_ = wanted - sizeof(block);
    return true;
  }

  allocator* memory_;
  block* blocks_ = nullptr;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_size_;
};

}  // namespace dovetail

// ---- dovetail/base/limits.hpp

// Every number that bounds untrusted input, in one policy struct. Read by the decoder, the store
// and the backends.

namespace dovetail {

/// Bounds on modules (the implementation limits of the JavaScript embedding) and on what a running
/// store may use. A config overrides some: `static constexpr limits limit{.memory_pages = 256};`
struct limits {
  std::uint32_t module_bytes = 1u << 30;
  std::uint32_t types = 1'000'000;
  std::uint32_t functions = 1'000'000;
  std::uint32_t imports = 1'000'000;
  std::uint32_t exports = 1'000'000;
  std::uint32_t globals = 1'000'000;
  std::uint32_t tables = 100'000;
  std::uint32_t memories = 100;
  std::uint32_t element_segments = 10'000'000;
  std::uint32_t data_segments = 100'000;
  std::uint32_t segment_elements = 10'000'000;
  std::uint32_t parameters = 1'000;
  std::uint32_t results = 1'000;
  std::uint32_t locals = 50'000;
  std::uint32_t body_bytes = 7'654'321;
  /// Entries of one `br_table`.
  std::uint32_t branch_targets = 65'520;

  /// Pages of 64 KiB that one memory may hold, whatever its type allows.
  std::uint32_t memory_pages = 65'536;
  /// Elements that one table may hold, whatever its type allows.
  std::uint32_t table_elements = 10'000'000;
  /// Nested guest calls.
  std::uint32_t call_depth = 50'000;
  /// Slots of the interpreter's value stack, 8 bytes each; touched only as far as used.
  std::uint32_t stack_slots = 512 * 1024;
  /// Bytes of native stack below the outermost call from the host.
  std::uint32_t native_stack = 512 * 1024;
  /// Bytes that an engine keeps of ended stores for later ones, of blocks and of guarded memories
  /// each; 0 keeps nothing.
  std::uint32_t pooled_bytes = 16 * 1024 * 1024;
};

}  // namespace dovetail

// ---- dovetail/base/array.hpp

// The one growable array: elements are trivially copyable, memory comes from the config's
// allocator, growth reports failure as a status. Used wherever the library stores a list.

namespace dovetail {

template <class T>
class array {
  static_assert(std::is_trivially_copyable_v<T>, "elements are moved as bytes");
  static_assert(alignof(T) <= 16, "blocks are aligned to 16 bytes");

 public:
  explicit array(allocator& memory) noexcept : memory_(&memory) {}
  array(array&& other) noexcept
      : memory_(other.memory_),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  array& operator=(array&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ~array() { memory_->release(data_, capacity_ * sizeof(T)); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T* data() { return data_; }
  [[nodiscard]] const T* data() const { return data_; }
  [[nodiscard]] T* begin() { return data_; }
  [[nodiscard]] T* end() { return data_ + size_; }
  [[nodiscard]] const T* begin() const { return data_; }
  [[nodiscard]] const T* end() const { return data_ + size_; }
  [[nodiscard]] T& operator[](std::size_t i) {
    DOVETAIL_ASSERT(i < size_);
    return data_[i];
  }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    DOVETAIL_ASSERT(i < size_);
    return data_[i];
  }
  [[nodiscard]] T& back() { return (*this)[size_ - 1]; }
  [[nodiscard]] const T& back() const { return (*this)[size_ - 1]; }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status push(const T& element) {
    if (size_ == capacity_) [[unlikely]] {
      const T copy = element;
      DOVETAIL_TRY(grow(size_ + 1));
      data_[size_++] = copy;
      return status::ok;
    }
    data_[size_++] = element;
    return status::ok;
  }

  [[nodiscard]] status append(std::span<const T> elements) {
    DOVETAIL_TRY(reserve(size_ + elements.size()));
    if (!elements.empty()) std::memcpy(data_ + size_, elements.data(), elements.size_bytes());
    size_ += elements.size();
    return status::ok;
  }

  /// Makes room for `count` elements in all.
  [[nodiscard]] status reserve(std::size_t count) {
    return count <= capacity_ ? status::ok : grow(count);
  }

  /// New elements are value-initialised.
  [[nodiscard]] status resize(std::size_t count) {
    DOVETAIL_TRY(reserve(count));
    for (std::size_t i = size_; i < count; ++i) data_[i] = T{};
    size_ = count;
    return status::ok;
  }

  /// Room for exactly the elements there are; keeps the block if the allocator refuses.
  void shrink_to_fit() {
    if (size_ == capacity_) return;
    if (size_ == 0) {
      memory_->release(data_, capacity_ * sizeof(T));
      data_ = nullptr;
      capacity_ = 0;
      return;
    }
    if (void* block = memory_->resize(data_, capacity_ * sizeof(T), size_ * sizeof(T))) {
      data_ = static_cast<T*>(block);
      capacity_ = size_;
    }
  }

  void pop() {
    DOVETAIL_ASSERT(size_ > 0);
    --size_;
  }
  void truncate(std::size_t count) {
    DOVETAIL_ASSERT(count <= size_);
    size_ = count;
  }
  void clear() { size_ = 0; }

 private:
  DOVETAIL_COLD status grow(std::size_t at_least) {
    constexpr std::size_t most = (~std::size_t{0} >> 1) / sizeof(T);
    if (at_least > most) return status::out_of_memory;
    const std::size_t doubled = capacity_ > most / 2 ? most : capacity_ * 2;
    std::size_t wanted = doubled > at_least ? doubled : at_least;
    if (wanted < 8) wanted = 8;
    void* block = memory_->resize(data_, capacity_ * sizeof(T), wanted * sizeof(T));
    if (block == nullptr) return status::out_of_memory;
    data_ = static_cast<T*>(block);
    capacity_ = wanted;
    return status::ok;
  }

  allocator* memory_;
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace dovetail

// ---- dovetail/base/spin_lock.hpp

// A lock for the rare places where threads share an engine. No operating system call, no
// allocation.

namespace dovetail {

/// Held for the few instructions of a look-up.
class spin_lock {
 public:
  void lock() {
    while (platform::atomic_exchange(taken_, 1) != 0) {
      while (platform::atomic_load(taken_) != 0) {}
    }
  }
  void unlock() { platform::atomic_exchange(taken_, 0); }

  /// Holds the lock for a scope.
  class guard {
   public:
    explicit guard(spin_lock& lock) : lock_(lock) { lock_.lock(); }
    ~guard() { lock_.unlock(); }
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;

   private:
    spin_lock& lock_;
  };

 private:
  std::uint32_t taken_ = 0;
};

}  // namespace dovetail

// ---- dovetail/module/signatures.hpp

// Canonical function types: one object for each structure, engine-wide, so that a signature check
// is one comparison of addresses across modules and stores (core specification 3.2.8).

namespace dovetail {

/// A canonical function type. Two function types are the same exactly if their addresses are.
struct signature {
  function_type type;
  std::uint32_t hash = 0;
  std::uint32_t frame_slots = 0;  ///< the larger of the numbers of parameters and results
  std::size_t size = 0;           ///< bytes of the allocation
  signature* next = nullptr;
};

/// The canonical types of an engine. Any thread may intern; signatures live as long as the engine.
class signature_table {
 public:
  explicit signature_table(allocator& memory)
      : memory_(&memory),
        buckets_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}
  signature_table(const signature_table&) = delete;
  signature_table& operator=(const signature_table&) = delete;
  ~signature_table() {
    for (signature* bucket : buckets_) {
      while (bucket != nullptr) {
        signature* next = bucket->next;
        memory_->release(bucket, bucket->size);
        bucket = next;
      }
    }
  }

  /// The one signature with these parameters and results; null if memory is refused.
  [[nodiscard]] const signature* intern(const function_type& type) {
    const std::uint32_t hash = hash_of(type);
    const spin_lock::guard guard(lock_);
    if (count_ >= buckets_.size() && !grow()) return nullptr;
    signature*& bucket = buckets_[hash & (buckets_.size() - 1)];
    for (signature* s = bucket; s != nullptr; s = s->next) {
      if (s->hash == hash && s->type == type) return s;
    }
    signature* made = make(type, hash);
    if (made != nullptr) {
      made->next = bucket;
      bucket = made;
      ++count_;
    }
    return made;
  }

 private:
  // Twice the buckets; the signatures stay where they are.
  bool grow() {
    array<signature*> wider(*memory_);
    if (wider.resize(buckets_.empty() ? 64 : buckets_.size() * 2) != status::ok) return false;
    for (signature* s : buckets_) {
      while (s != nullptr) {
        signature* next = s->next;
        signature*& bucket = wider[s->hash & (wider.size() - 1)];
        s->next = bucket;
        bucket = s;
        s = next;
      }
    }
    buckets_ = static_cast<array<signature*>&&>(wider);
    return true;
  }

  // Begun from where the table lies, like the hash of names: collisions cannot be prepared.
  [[nodiscard]] std::uint32_t hash_of(const function_type& type) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    for (const value_type t : type.parameters) hash = (hash ^ t.bits) * 16777619u;
    hash = (hash ^ 0xff) * 16777619u;
    for (const value_type t : type.results) hash = (hash ^ t.bits) * 16777619u;
    return hash ^ (hash >> 13);
  }

  signature* make(const function_type& type, std::uint32_t hash) {
    const std::size_t count = type.parameters.size() + type.results.size();
    const std::size_t size = sizeof(signature) + count * sizeof(value_type);
    void* block = memory_->allocate(size);
    if (block == nullptr) return nullptr;
    auto* values =
        reinterpret_cast<value_type*>(static_cast<std::byte*>(block) + sizeof(signature));
    value_type* at = values;
    for (const value_type t : type.parameters) ::new (at++) value_type(t);
    for (const value_type t : type.results) ::new (at++) value_type(t);
    const std::size_t parameters = type.parameters.size(), results = type.results.size();
    const auto frame = static_cast<std::uint32_t>(parameters > results ? parameters : results);
    return ::new (block) signature{
        {{values, parameters}, {values + parameters, results}}, hash, frame, size, nullptr};
  }

  allocator* memory_;
  spin_lock lock_;
  array<signature*> buckets_;
  std::size_t count_ = 0;
  std::uint32_t seed_;
};

}  // namespace dovetail

// ---- dovetail/base/index.hpp

// Strong index types: one for each index space of a module (core specification 2.5.1). Used by
// every floor.

namespace dovetail {

/// An index into the space that `Space` names. It converts to a number only when asked, by
/// `.value`.
template <class Space>
struct index {
  std::uint32_t value = 0;
  friend constexpr bool operator==(index, index) = default;
};

using type_index = index<struct type_space>;
using function_index = index<struct function_space>;
using table_index = index<struct table_space>;
using memory_index = index<struct memory_space>;
using global_index = index<struct global_space>;
using element_index = index<struct element_space>;
using data_index = index<struct data_space>;
using local_index = index<struct local_space>;
/// A relative depth: 0 is the innermost enclosing block.
using label_index = index<struct label_space>;

}  // namespace dovetail

// ---- dovetail/base/name_table.hpp

// A hash table from names to numbers: the export index of a module and the definitions of a linker.

namespace dovetail {

/// Numbers found by the hash of a name; the names themselves stay with the owner, who compares
/// them.
class name_table {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  explicit name_table(allocator& memory)
      : slots_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}

  /// FNV-1a with a final mix, begun from where the table was made: whoever writes the names cannot
  /// know which of them collide.
  [[nodiscard]] std::uint32_t hash(std::string_view name) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash ^ (hash >> 15);
  }

  /// The number under `hash` for which `is_it(number)` holds; `none` if there is none.
  template <class Equal>
  [[nodiscard]] std::uint32_t find(std::uint32_t hash, Equal&& is_it) const {
    if (slots_.empty()) return none;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      const entry& e = slots_[i];
      if (e.number_plus_one == 0) return none;
      if (e.hash == hash && is_it(e.number_plus_one - 1)) return e.number_plus_one - 1;
    }
  }

  /// Adds a number that is not there yet.
  [[nodiscard]] status insert(std::uint32_t hash, std::uint32_t number) {
    if ((count_ + 1) * 2 > slots_.size()) DOVETAIL_TRY(rehash());
    put({hash, number + 1});
    ++count_;
    return status::ok;
  }

 private:
  struct entry {
    std::uint32_t hash = 0;
    std::uint32_t number_plus_one = 0;
  };

  void put(entry e) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = e.hash & mask;
    while (slots_[i].number_plus_one != 0) i = (i + 1) & mask;
    slots_[i] = e;
  }

  status rehash() {
    array<entry> old(static_cast<array<entry>&&>(slots_));
    const std::size_t wanted = old.empty() ? 8 : old.size() * 2;
    if (const status s = slots_.resize(wanted); s != status::ok) {
      slots_ = static_cast<array<entry>&&>(old);
      return s;
    }
    for (const entry& e : old) {
      if (e.number_plus_one != 0) put(e);
    }
    return status::ok;
  }

  array<entry> slots_;
  std::size_t count_ = 0;
  std::uint32_t seed_;
};

}  // namespace dovetail

// ---- dovetail/format/byte_reader.hpp

// The one way untrusted bytes are read: every access checks the end first. constexpr throughout.
// Used by the decoder.

namespace dovetail {

namespace detail {

// Outside of the class and before it: clang must have seen a template's definition where a constant
// needs it.
template <unsigned LastBits, bool Signed>
constexpr bool last_byte_fits(std::uint8_t byte) {
  if constexpr (LastBits == 7) {
    return true;
  } else if constexpr (Signed) {
    constexpr std::uint8_t mask = static_cast<std::uint8_t>(0x7f & (0xff << (LastBits - 1)));
    return (byte & mask) == 0 || (byte & mask) == mask;
  } else {
    return (byte >> LastBits) == 0;
  }
}

// What a LEB128 was read as; `length` counts the bytes up to where reading ended. By value, so that
// a reader can live in registers.
struct leb {
  std::uint64_t value = 0;
  std::uint32_t length = 0;
  status error = status::ok;
};

// At most ceil(Bits / 7) bytes; the unused bits of the last one must repeat the sign, or be zero.
template <unsigned Bits, bool Signed>
DOVETAIL_NEVER_INLINE constexpr leb read_leb(const std::uint8_t* at, const std::uint8_t* end) {
  constexpr unsigned most = (Bits + 6) / 7;
  constexpr unsigned last_bits = Bits - 7 * (most - 1);
  // Two bytes are what most numbers take that one byte does not hold.
  if (end - at >= 2 && at[0] >= 0x80 && at[1] < 0x80) [[likely]] {
    const std::uint64_t both = (at[0] & 0x7fu) | std::uint64_t{at[1]} << 7;
    return {Signed ? (both ^ 0x2000) - 0x2000 : both, 2, status::ok};
  }
  std::uint64_t value = 0;
  for (unsigned i = 0; i < most; ++i) {
    if (at + i == end) return {0, i, status::unexpected_end};
    const std::uint8_t byte = at[i];
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (i + 1 == most) {
      if ((byte & 0x80) != 0) return {0, most, status::integer_too_long};
      if (!last_byte_fits<last_bits, Signed>(byte)) return {0, most, status::integer_too_large};
    }
    if ((byte & 0x80) != 0) continue;
    if (Signed && (byte & 0x40) != 0 && 7 * (i + 1) < 64)
      value |= ~std::uint64_t{0} << (7 * (i + 1));
    return {value, i + 1, status::ok};
  }
  return {0, most, status::integer_too_long};
}

// One byte is read here, more by the function above.
template <unsigned Bits>
DOVETAIL_ALWAYS_INLINE constexpr status read_signed(const std::uint8_t*& at,
                                                    const std::uint8_t* end, std::int64_t& out) {
  if (at != end && *at < 0x80) [[likely]] {
    out = static_cast<std::int64_t>(static_cast<std::uint64_t>(*at++) << 57) >> 57;
    return status::ok;
  }
  const leb wide = read_leb<Bits, true>(at, end);
  at += wide.length;
  out = static_cast<std::int64_t>(wide.value);
  return wide.error;
}

}  // namespace detail

/// A position in a range of bytes. Offsets count from the start of the module, also in a reader of
/// a part of it.
class byte_reader {
 public:
  constexpr byte_reader() = default;
  constexpr explicit byte_reader(std::span<const std::uint8_t> bytes)
      : start_(bytes.data()),
        at_(bytes.data()),
        end_(bytes.data() + bytes.size()),
        module_end_(end_) {}

  [[nodiscard]] constexpr std::size_t offset() const {
    return static_cast<std::size_t>(at_ - start_);
  }
  [[nodiscard]] constexpr std::size_t remaining() const {
    return static_cast<std::size_t>(end_ - at_);
  }
  [[nodiscard]] constexpr bool at_end() const { return at_ == end_; }
  [[nodiscard]] constexpr const std::uint8_t* position() const { return at_; }
  /// The bytes from here to the end.
  [[nodiscard]] constexpr std::span<const std::uint8_t> rest() const { return {at_, remaining()}; }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u8(std::uint8_t& out) {
    if (at_ == end_) [[unlikely]]
      return status::unexpected_end;
    out = *at_++;
    return status::ok;
  }
  /// The next byte; there must be one.
  constexpr std::uint8_t next() { return *at_++; }
  /// The next byte without passing it; 0 at the end.
  [[nodiscard]] constexpr std::uint8_t peek() const { return at_ == end_ ? std::uint8_t{0} : *at_; }

  /// An unsigned LEB128 of at most 32 bits (core specification 5.2.2).
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u32(std::uint32_t& out) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      out = *at_++;
      return status::ok;
    }
    const detail::leb wide = detail::read_leb<32, false>(at_, end_);
    at_ += wide.length;
    out = static_cast<std::uint32_t>(wide.value);
    return wide.error;
  }
  /// A signed LEB128 of at most 32 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s32(std::int32_t& out) {
    std::int64_t wide = 0;
    const status s = detail::read_signed<32>(at_, end_, wide);
    out = static_cast<std::int32_t>(wide);
    return s;
  }
  /// A signed LEB128 of 33 bits: a block type.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s33(std::int64_t& out) {
    return detail::read_signed<33>(at_, end_, out);
  }
  /// A signed LEB128 of at most 64 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status s64(std::int64_t& out) {
    return detail::read_signed<64>(at_, end_, out);
  }

  /// `width` bytes, little-endian.
  template <class Unsigned>
  [[nodiscard]] constexpr status fixed(Unsigned& out) {
    if (remaining() < sizeof(Unsigned)) return status::unexpected_end;
    out = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      out = static_cast<Unsigned>(out |
                                  static_cast<Unsigned>(static_cast<Unsigned>(at_[i]) << (8 * i)));
    }
    at_ += sizeof(Unsigned);
    return status::ok;
  }

  /// A reader of the next `size` bytes, which this one passes.
  [[nodiscard]] constexpr status part(std::size_t size, byte_reader& out) {
    if (size > remaining()) return status::length_out_of_bounds;
    out.start_ = start_;
    out.at_ = at_;
    out.end_ = at_ + size;
    out.module_end_ = module_end_;
    at_ += size;
    return status::ok;
  }
  /// A reader from here to the end of the module: tells what bytes beyond a part's end would have
  /// meant.
  [[nodiscard]] constexpr byte_reader beyond() const {
    byte_reader out = *this;
    out.end_ = module_end_;
    return out;
  }
  /// A reader of what lies between `from` (an earlier copy of this reader) and here.
  [[nodiscard]] constexpr byte_reader since(const byte_reader& from) const {
    byte_reader out = from;
    out.end_ = at_;
    return out;
  }

 private:
  const std::uint8_t* start_ = nullptr;
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
  const std::uint8_t* module_end_ = nullptr;
};

/// Reads the bytes of a name as text. The view points into the module.
[[nodiscard]] inline std::string_view as_text(const byte_reader& r) {
  return {reinterpret_cast<const char*>(r.position()), r.remaining()};
}

}  // namespace dovetail

// ---- dovetail/format/section_sink.hpp

// What a module's sections are handed to: the descriptions, and the sink that accepts everything.
// Used by the section decoder and by the module builder.

namespace dovetail {

/// What an import asks for: the member that `kind` names is meant.
struct import_description {
  external_kind kind = external_kind::function;
  type_index function{};
  table_type table;
  memory_type memory;
  global_type global;
};

enum class segment_mode : std::uint8_t { passive, active, declarative };

/// The head of an element segment (core specification 5.5.12): its entries follow one by one.
struct element_segment_head {
  segment_mode mode = segment_mode::passive;
  bool has_expressions = false;
  value_type type = value_type::funcref;
  table_index table{};
  byte_reader offset;  ///< active: the constant expression, `end` included
  std::uint32_t count = 0;
};

struct data_segment_head {
  segment_mode mode = segment_mode::passive;
  memory_index memory{};
  byte_reader offset;  ///< active: the constant expression, `end` included
  byte_reader bytes;
};

/// A sink for sections that accepts everything, and the documentation of what
/// `decoder_policy::sections` may call. Every function may refuse with a status; names are
/// well-formed UTF-8 and point into the module.
struct null_sections {
  /// A section's id was read; what goes wrong from here on is in it.
  constexpr void enter(section_id) {}
  /// The section is there: `r` is its content.
  constexpr status section(section_id, const byte_reader& r) {
    return static_cast<void>(r), status::ok;
  }
  /// The section has `count` entries.
  constexpr status count(section_id, std::uint32_t count) {
    return static_cast<void>(count), status::ok;
  }
  /// The offset of the entry that follows.
  constexpr void at(std::size_t offset) { static_cast<void>(offset); }

  constexpr status custom(std::string_view name, const byte_reader& content) {
    return static_cast<void>(name), static_cast<void>(content), status::ok;
  }
  /// The parameters of a function type, then its results, then its end.
  constexpr status parameters(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status parameter(value_type) { return status::ok; }
  constexpr status results(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status result(value_type) { return status::ok; }
  constexpr status type_end() { return status::ok; }

  constexpr status import(std::string_view module, std::string_view name,
                          const import_description&) {
    return static_cast<void>(module), static_cast<void>(name), status::ok;
  }
  constexpr status function(type_index) { return status::ok; }
  constexpr status table(const table_type&) { return status::ok; }
  constexpr status memory(const memory_type&) { return status::ok; }
  /// `initial` is the constant expression, `end` included.
  constexpr status global(const global_type&, const byte_reader& initial) {
    return static_cast<void>(initial), status::ok;
  }
  constexpr status export_(std::string_view name, external_kind, std::uint32_t index) {
    return static_cast<void>(name), static_cast<void>(index), status::ok;
  }
  constexpr status start(function_index) { return status::ok; }
  constexpr status element_segment(const element_segment_head&) { return status::ok; }
  constexpr status element(function_index) { return status::ok; }
  constexpr status element(const byte_reader& expression) {
    return static_cast<void>(expression), status::ok;
  }
  constexpr status data_count(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  /// A function body: local declarations and operators.
  constexpr status code(const byte_reader& body) { return static_cast<void>(body), status::ok; }
  constexpr status data(const data_segment_head&) { return status::ok; }
};

}  // namespace dovetail

// ---- dovetail/validate/module_env.hpp

// What is known of a module while and after it is validated: its types, index spaces, segments and
// names, in flat arrays. Filled by the module builder, read by the pass, the emitters, the linker
// and introspection.

namespace dovetail {

/// A piece of the module's text pool.
struct text_range {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// A constant expression, typed and reduced (core specification 3.3.10): one constant or one
/// reference.
struct constant_expression {
  enum class kind : std::uint8_t { value, global, function };
  kind what = kind::value;
  value_type type{};
  std::uint32_t index = 0;  ///< of the global or function
  slot low = 0, high = 0;   ///< the bits of a value; null references are zero
};

struct import_entry {
  text_range module, name;
  external_kind kind = external_kind::function;
  std::uint32_t index = 0;  ///< into the index space of its kind
};
struct export_entry {
  text_range name;
  external_kind kind = external_kind::function;
  std::uint32_t index = 0;
};
struct global_entry {
  global_type type;
  constant_expression initial;  ///< of defined globals
};
struct element_segment {
  segment_mode mode = segment_mode::passive;
  value_type type = value_type::funcref;
  table_index table{};
  constant_expression offset;
  std::uint32_t first = 0;  ///< into `elements`
  std::uint32_t count = 0;
};
struct data_segment {
  segment_mode mode = segment_mode::passive;
  memory_index memory{};
  constant_expression offset;
  std::size_t first = 0;  ///< into `data_bytes`
  std::size_t size = 0;
};
struct section_entry {
  section_id id = section_id::custom;
  text_range name;  ///< of custom sections
  std::size_t offset = 0;
  std::size_t size = 0;
};
/// Where a body lies in the bytes that are being compiled.
struct body_range {
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// The facts of one module. Index spaces hold imports first, as the specification numbers them
/// (2.5.1).
struct module_env {
  explicit module_env(allocator& a)
      : memory(&a),
        type_values(a),
        types(a),
        functions(a),
        tables(a),
        memories(a),
        globals(a),
        imports(a),
        exports(a),
        elements(a),
        element_segments(a),
        data_segments(a),
        data_bytes(a),
        sections(a),
        bodies(a),
        declared(a),
        text(a),
        names(a),
        export_index(a) {}

  struct type_entry {
    std::uint32_t first = 0;
    std::uint16_t parameters = 0;
    std::uint16_t results = 0;
  };

  allocator* memory;
  array<value_type> type_values;
  array<type_entry> types;
  array<type_index> functions;
  array<table_type> tables;
  array<memory_type> memories;
  array<global_entry> globals;
  array<import_entry> imports;
  array<export_entry> exports;
  array<constant_expression> elements;
  array<element_segment> element_segments;
  array<data_segment> data_segments;
  array<std::uint8_t> data_bytes;
  array<section_entry> sections;
  array<body_range> bodies;
  array<bool> declared;  ///< functions that `ref.func` may name (3.4.10, C.refs)
  array<char> text;
  array<std::uint8_t> names;  ///< the content of the name section, read on demand
  name_table export_index;

  std::uint32_t imported_functions = 0;
  std::uint32_t imported_tables = 0;
  std::uint32_t imported_memories = 0;
  std::uint32_t imported_globals = 0;
  std::uint32_t data_count = 0;  ///< as announced before the code section
  std::uint32_t most_results = 0;
  std::uint32_t start = no_start;
  bool has_data_count = false;
  bool has_vector_types = false;  ///< a function type of the module has a v128
  static constexpr std::uint32_t no_start = 0xffff'ffff;

  [[nodiscard]] dovetail::function_type type(type_index i) const {
    const type_entry& t = types[i.value];
    const value_type* first = type_values.data() + t.first;
    return {{first, t.parameters}, {first + t.parameters, t.results}};
  }
  [[nodiscard]] dovetail::function_type function(function_index i) const {
    return type(functions[i.value]);
  }
  [[nodiscard]] std::string_view view(text_range r) const {
    return {text.data() + r.offset, r.size};
  }

  /// The type of an import or export.
  [[nodiscard]] external_type external(external_kind kind, std::uint32_t index) const {
    external_type out;
    out.kind = kind;
    switch (kind) {
      case external_kind::function: out.function = function({index}); break;
      case external_kind::table: out.table = tables[index]; break;
      case external_kind::memory: out.memory = memories[index]; break;
      case external_kind::global: out.global = globals[index].type; break;
      case external_kind::tag: break;
    }
    return out;
  }

  /// The number of the export with this name, or `name_table::none`.
  [[nodiscard]] std::uint32_t find_export(std::string_view name) const {
    return export_index.find(export_index.hash(name),
                             [&](std::uint32_t i) { return view(exports[i].name) == name; });
  }
};

}  // namespace dovetail

// ---- dovetail/module/module_data.hpp

// A compiled module: what every backend's module has in common. Immutable once made, shared by
// reference count between threads and stores; nothing of any instance is kept in it.

namespace dovetail {

struct module_data {
  explicit module_data(allocator& memory) : env(memory), signatures(memory) {}

  module_env env;
  array<const signature*> signatures;  ///< of each type of the module
  const limits* most = nullptr;        ///< of the stores it may be instantiated in
  void* code = nullptr;                ///< the backend's
  void (*release_code)(module_data&) = nullptr;
  std::uint32_t references = 1;
  bool is_of_fallback = false;  ///< compiled by the backend behind the config's

  [[nodiscard]] const signature* signature_of(function_index f) const {
    return signatures[env.functions[f.value].value];
  }

  void retain() { platform::atomic_add(references, 1); }
  void release() {
    if (platform::atomic_add(references, ~std::uint32_t{0}) != 1) return;
    if (release_code != nullptr) release_code(*this);
    env.memory->destroy(this);
  }
};

}  // namespace dovetail

// ---- dovetail/runtime/vm.hpp

// The run-time structures (core specification 4.2): what code reads and writes. Plain layouts,
// owned by a store, at addresses that never change while the store lives.

namespace dovetail {

/// Where and why a trap happened. Kept by the store until the next trap.
struct trap_report {
  trap_code code = trap_code::none;
  std::int32_t detail = 0;
  /// Whether `function` and `offset` are known: not for traps of a host function that no guest
  /// called.
  bool has_place = false;
  std::uint32_t function = 0;           ///< index in its module
  std::uint32_t offset = 0;             ///< bytes from the start of the module
  const module_data* module = nullptr;  ///< the module of `function`
};

class caller;

namespace vm {

struct store;
struct instance;

inline constexpr std::uint64_t page_size = 65'536;

/// A memory. `base` and `size` are what an access needs; both may change when it grows.
struct memory_instance {
  std::byte* base = nullptr;
  std::uint64_t size = 0;  ///< bytes
  std::uint64_t most_pages = 0;
  std::uint64_t reserved = 0;  ///< bytes of address space, guarded memories only
  memory_type type;
  store* home = nullptr;
  /// Grows to `pages`, at most `most_pages`; leaves the memory as it was on failure.
  status (*grow)(memory_instance&, std::uint64_t pages) = nullptr;
  void (*release)(memory_instance&) = nullptr;
  memory_instance* next = nullptr;  ///< in the store's list

  [[nodiscard]] std::uint64_t pages() const { return size / page_size; }
};

/// A table: references as slots, null is zero.
struct table_instance {
  slot* elements = nullptr;
  std::uint32_t size = 0;
  std::uint32_t most = 0;
  std::uint32_t capacity = 0;
  table_type type;
  store* home = nullptr;
  table_instance* next = nullptr;
};

/// A global's cell. Vectors use both halves.
struct global_instance {
  slot low = 0;
  slot high = 0;
  global_type type;
  store* home = nullptr;
};

/// How machine code may call a host function without a frame of slots. Integers of 32 bits,
/// 64-bit ones and references, floats and doubles are passed as the host's own calling convention
/// has them.
enum class native_form : std::uint8_t {
  none,        ///< it may not
  plain,       ///< `R(A...)`, which cannot fail
  contextual,  ///< `R(instance& from, function_instance& f, A...)`; a failure is in
               ///< `store::host_trap`
};
/// A host function's address for such calls. A contextual one returns integers in 64 bits.
struct native_target {
  void (*address)() = nullptr;
  native_form form = native_form::none;
};

/// A host function: a callable without its type. Arguments are read from the frame, results are
/// written over them.
struct host_function {
  trap (*call)(void* object, caller& from, slot* frame) = nullptr;
  void* object = nullptr;
  native_target native;
};

/// A function (4.2.6). Its address is its identity.
struct function_instance {
  const dovetail::signature* signature = nullptr;
  /// The generic entry: arguments in `frame`, results over them; `frame` has room for the larger of
  /// the two.
  trap_code (*invoke)(function_instance&, slot* frame) = nullptr;
  const void* code = nullptr;   ///< what the owner's backend runs; null for host functions
  const void* entry = nullptr;  ///< how the backend enters it from the host, if that differs
  instance* owner = nullptr;    ///< null for host functions
  store* home = nullptr;
  host_function host;
  std::uint32_t index = 0;  ///< in the owner's module
};

/// A module instance (4.2.5). Index spaces are arrays of pointers, imports first.
struct instance {
  memory_instance* memory0 = nullptr;  ///< never null: instances without a memory have an empty one
  global_instance** globals = nullptr;
  table_instance** tables = nullptr;
  const void* code = nullptr;               ///< the backend's code table
  function_instance** functions = nullptr;  ///< own functions are made when first referred to
  memory_instance** memories = nullptr;
  bool* dropped_elements = nullptr;
  bool* dropped_data = nullptr;
  store* home = nullptr;
  module_data* module = nullptr;
  instance* next = nullptr;
  std::uintptr_t native_limit = 0;  ///< of the running call, where machine code reads it
};

/// A host function's callable that the store keeps and ends.
struct closure {
  void* object = nullptr;
  void (*destroy)(void* object) = nullptr;
  closure* next = nullptr;
};

/// What a backend keeps for a store: stacks, caches. Made at the first call.
struct backend_state {
  void (*release)(backend_state&) = nullptr;
};

/// Where machine code stands on the native stack.
struct native_place {
  instance* running = nullptr;  ///< null: nothing is known
  std::uintptr_t pc = 0;        ///< behind a call, or at an access that faulted
  std::uintptr_t stack = 0;     ///< the lowest address of the frame
  bool is_access = false;
};

/// The store (4.2.3): everything that instances share and own. Used by one thread at a time.
struct store {
  store(allocator& a, const limits& l, signature_table& s)
      : memory(&a), objects(a), most(&l), signatures(&s) {}

  allocator* memory;
  arena objects;
  const limits* most;
  signature_table* signatures;
  instance* instances = nullptr;
  memory_instance* memories = nullptr;
  table_instance* tables = nullptr;
  closure* closures = nullptr;
  backend_state* backend = nullptr;
  memory_instance* empty_memory = nullptr;
  void* memory_pool = nullptr;  ///< the engine's, if the memory policy has one

  std::int64_t fuel = 0;  ///< operators left, for metered backends
  std::uintptr_t native_limit =
      0;  ///< the lowest native stack address a call may use; 0 outside of calls
  const std::uintptr_t* native_entry =
      nullptr;     ///< machine code: the stack at the innermost entry from the host
  trap host_trap;  ///< machine code: of a host function, on its way to the report
  trap_report report;
  /// Told of a trap while the guest's frames are still there; machine code alone does. It must not
  /// call guests.
  void (*on_trap)(store&, void* context) noexcept = nullptr;
  void* trap_context = nullptr;
  native_place trapped;  ///< of the trap that `on_trap` is told of
  std::exception_ptr
      exception;  ///< of a host function, on its way to the nearest host-to-guest call
  bool (*make_function)(store&, instance&,
                        function_instance&) = nullptr;  ///< fills in `code` and `invoke`
};

/// The function `index` of an instance, made now if nobody referred to it yet; null if memory is
/// refused.
[[nodiscard]] inline function_instance* function_of(instance& i, std::uint32_t index) {
  function_instance*& entry = i.functions[index];
  if (entry != nullptr) [[likely]]
    return entry;
  auto* made = i.home->objects.make<function_instance>();
  if (made == nullptr) return nullptr;
  made->signature = i.module->signature_of({index});
  made->owner = &i;
  made->home = i.home;
  made->index = index;
  if (!i.home->make_function(*i.home, i, *made)) return nullptr;
  return entry = made;
}

/// Throws the C++ exception that a host function left on its way out, if there is one.
DOVETAIL_COLD inline void rethrow(store& s) {
  std::exception_ptr e = std::exchange(s.exception, nullptr);
  if (e != nullptr) std::rethrow_exception(std::move(e));
}
/// What a typed entry returns of a call that trapped: the trap with its number. A C++ exception of
/// a host function leaves the entry as the exception it was.
[[nodiscard]] DOVETAIL_COLD inline trap surface(trap_code t, store& s) {
  if (t == trap_code::host_exception) rethrow(s);
  return {t, s.report.detail};
}

static_assert(std::is_trivially_destructible_v<function_instance> &&
              std::is_trivially_destructible_v<instance>);
static_assert(offsetof(memory_instance, base) == 0 && offsetof(memory_instance, size) == 8,
              "generated code reads both");

}  // namespace vm

namespace vm {

/// Whether a value may come into a store: a reference to a function of another one may not, since
/// that function dies with its own store.
[[nodiscard]] inline bool may_enter(const store& s, value_type type, slot bits) {
  if (type != value_type::funcref || bits == 0) return true;
  return reinterpret_cast<const function_instance*>(static_cast<std::uintptr_t>(bits))->home == &s;
}

}  // namespace vm

/// The slot of a function reference.
[[nodiscard]] inline slot to_slot(const vm::function_instance* f) {
  return reinterpret_cast<std::uintptr_t>(f);
}
/// The function a slot refers to, or null.
[[nodiscard]] inline vm::function_instance* to_function(slot s) {
  return reinterpret_cast<vm::function_instance*>(static_cast<std::uintptr_t>(s));
}

}  // namespace dovetail

// ---- dovetail/runtime/caller.hpp

// Who called a host function. Made by the backend for every call from a guest; costs two pointers.

namespace dovetail {

class memory_view;
class external;

/// The calling instance, as a host function sees it: take `caller&` as the first parameter to get
/// one. Valid during the call only.
class caller {
 public:
  caller(vm::store& home, vm::instance* from) : store_(&home), instance_(from) {}

  /// Memory 0 of the calling instance; without one, or when no guest called, a view of size 0.
  [[nodiscard]] memory_view memory() const;
  /// An export of the calling instance.
  [[nodiscard]] std::optional<external> find(std::string_view name) const;

  /// The store of the call, for other parts of the library.
  [[nodiscard]] vm::store& store() const { return *store_; }
  /// The calling instance, or null when the host called the function itself.
  [[nodiscard]] vm::instance* instance() const { return instance_; }

 private:
  vm::store* store_;
  vm::instance* instance_;
};

}  // namespace dovetail

// ---- dovetail/runtime/os.hpp

// The few things the library asks of an operating system, declared here and defined once a program
// by implementation.hpp. Guarded memory, machine code and perf_map use them.

namespace dovetail::os {

/// Reserves address space without memory; null if refused.
[[nodiscard]] void* reserve(std::size_t bytes);
/// Makes a part of a reservation readable and writable, zeroed.
[[nodiscard]] bool commit(void* at, std::size_t bytes);
/// Brings committed memory in at once, where the system can: cheaper than a fault for every page.
void bring_in(void* at, std::size_t bytes);
/// Makes what is committed in a range executable, and no longer writable; false if refused.
[[nodiscard]] bool make_executable(void* at, std::size_t bytes);
/// Gives a reservation back.
void release(void* reservation, std::size_t bytes);
/// Whether this process may have executable memory now.
[[nodiscard]] inline bool may_execute() {
  constexpr std::size_t page = 65'536;
  void* at = reserve(page);
  if (at == nullptr) return false;
  const bool answer = commit(at, page) && make_executable(at, page);
  release(at, page);
  return answer;
}

/// Memory with a handle of its own, which can be mapped more than once. Linux and Windows.
inline constexpr std::intptr_t no_object = -1;
/// Reserves address space over a new object, for `commit` to make it writable; null if refused.
[[nodiscard]] void* reserve_object(std::size_t bytes, std::intptr_t& object);
/// Gives up what reserve_object reserved and the object's handle, and maps the first `bytes`, which
/// are committed, executable and not writable; null if refused.
[[nodiscard]] void* run_object(void* at, std::size_t reserved, std::intptr_t object,
                               std::size_t bytes);
/// Gives back what either of them returned; the handle is no_object after the second.
void release_object(void* at, std::size_t bytes, std::intptr_t object);

/// A guest call that faults can be sent back to. Lives on the native stack of the call.
struct guard_frame {
  void* landing[8] = {};  ///< filled by the call with __builtin_setjmp
  /// Whether an address lies in guarded memory of the guest that runs in this frame.
  bool (*owns)(const guard_frame&, std::uintptr_t address) = nullptr;
  void* context = nullptr;
  guard_frame* previous = nullptr;
  bool in_guest = false;  ///< false while a host function runs
};

/// The innermost guest call of this thread, or null.
[[nodiscard]] guard_frame*& current_guard();

/// Machine code that may fault in guarded memory. A fault in it that `owns` claims continues at
/// `landing`, with the place of the fault in the backend's scratch register. x86-64 alone.
struct code_range {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uintptr_t landing = 0;
  /// Whether an address lies in guarded memory of the instance that the code runs for.
  bool (*owns)(std::uintptr_t instance, std::uintptr_t address) = nullptr;
  code_range* next = nullptr;
};
/// Tells the fault handler of code, until it is told to forget. The range stays where it is.
void add_code(code_range& range);
void remove_code(code_range& range);
/// Where a thread that faulted at `pc` goes on, or 0 if the fault is not one of known code.
[[nodiscard]] std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance,
                                          std::uintptr_t address);

/// Installs the process's fault handler once: it acts only on faults in guarded memory while a
/// guest runs, and hands all others to the handler that was there before. Guarded stores call it; a
/// host that installs its own handler first is chained to. False if the system refuses.
bool install_fault_handler();

/// For hosts that keep their own handler: whether a fault at `address` belongs to a guest of this
/// thread. If so the host must continue at `resume_at_landing(frame)` on a usable stack.
[[nodiscard]] guard_frame* find_guard(std::uintptr_t address);
/// Leaves the faulting guest code and returns to the guest call that `frame` stands for.
[[noreturn]] void resume_at_landing(guard_frame* frame);

/// Appends lines to the file where perf looks for the names of this process's code; false where
/// there is no perf, or the file cannot be written.
bool append_to_perf_map(const char* text, std::size_t size);

}  // namespace dovetail::os

// ---- dovetail/runtime/reservation_pool.hpp

// Address space of guarded memories that ended, kept by the engine for the next ones: making room
// for a memory anew costs more than clearing a small one.

namespace dovetail {

/// Reservations with their first bytes committed and zeroed. Any thread may use it.
class reservation_pool {
 public:
  static constexpr std::size_t most_kept = 16;
  /// A memory that grew beyond this goes back to the system: clearing it would cost more.
  static constexpr std::uint64_t largest = std::uint64_t{1} << 20;

  struct reservation {
    std::byte* base = nullptr;
    std::uint64_t committed = 0;  ///< bytes from `base` that are readable, writable and zero
  };

  /// Keeps at most `most_bytes` of committed memory, and `reserved` bytes of addresses each.
  reservation_pool(std::uint64_t most_bytes, std::uint64_t reserved)
      : most_(most_bytes), reserved_(reserved) {}
  reservation_pool(const reservation_pool&) = delete;
  reservation_pool& operator=(const reservation_pool&) = delete;
  ~reservation_pool() {
    for (std::size_t i = 0; i < count_; ++i) release(kept_[i].base);
  }

  /// A kept reservation with at most `bytes` committed, as many as there is; else a new one; a null
  /// base if the system refuses.
  [[nodiscard]] reservation take(std::uint64_t bytes) {
    if (const reservation kept = take_kept(bytes); kept.base != nullptr) return kept;
    return {static_cast<std::byte*>(os::reserve(static_cast<std::size_t>(reserved_))), 0};
  }
  void give(std::byte* base, std::uint64_t committed) {
    if (committed > largest || committed > most_) return release(base);
    if (committed != 0) std::memset(base, 0, static_cast<std::size_t>(committed));
    if (!keep({base, committed})) release(base);
  }

 private:
  [[nodiscard]] reservation take_kept(std::uint64_t bytes) {
    const spin_lock::guard guard(lock_);
    std::size_t best = count_;
    for (std::size_t i = count_; i-- > 0;) {
      if (kept_[i].committed > bytes) continue;
      if (best == count_ || kept_[i].committed > kept_[best].committed) best = i;
      if (kept_[i].committed == bytes) break;
    }
    if (best == count_) return {};
    const reservation found = kept_[best];
    kept_[best] = kept_[--count_];
    kept_bytes_ -= found.committed;
    return found;
  }
  [[nodiscard]] bool keep(const reservation& r) {
    const spin_lock::guard guard(lock_);
    if (count_ == most_kept || kept_bytes_ + r.committed > most_) return false;
    kept_[count_++] = r;
    kept_bytes_ += r.committed;
    return true;
  }
  void release(std::byte* base) { os::release(base, static_cast<std::size_t>(reserved_)); }

  std::uint64_t most_;
  std::uint64_t reserved_;
  std::uint64_t kept_bytes_ = 0;
  std::size_t count_ = 0;
  reservation kept_[most_kept];
  spin_lock lock_;
};

}  // namespace dovetail

// ---- dovetail/runtime/memory_policy.hpp

// The memory policies: how a memory is allocated, grown and protected. A config names one; code and
// store agree on it by type.

namespace dovetail {

/// A memory policy.
template <class M>
concept memory_policy = requires(vm::memory_instance& memory, std::uint64_t pages) {
  // Whether code compares every address with the memory's size.
  { M::is_checked } -> std::convertible_to<bool>;
  // Whether an access out of bounds faults, and the fault becomes a trap.
  { M::is_guarded } -> std::convertible_to<bool>;
  // What a store does once before its first memory: false refuses the store's memories.
  { M::prepare() } -> std::same_as<bool>;
  // Gives an empty memory its first pages, and its `grow` and `release`.
  { M::create(memory, pages) } -> std::same_as<status>;
};

/// What an engine keeps of ended memories for the next ones: a policy's `pool`, made with the limit
/// of bytes, or nothing.
struct no_memory_pool {
  explicit no_memory_pool(std::uint64_t) {}
};

namespace detail {

template <class M>
struct memory_pool_of {
  using type = no_memory_pool;
};
template <class M>
  requires requires { typename M::pool; }
struct memory_pool_of<M> {
  using type = typename M::pool;
};

inline void release_heap(vm::memory_instance& m) {
  m.home->memory->release(m.base, static_cast<std::size_t>(m.size));
  m.base = nullptr;
  m.size = 0;
}

// Memory of the config's allocator; the block may move when it grows.
inline status grow_heap(vm::memory_instance& m, std::uint64_t pages) {
  const std::uint64_t bytes = pages * vm::page_size;
  if (bytes > ~std::size_t{0} || pages > m.most_pages) return status::memory_refused;
  if (bytes == m.size) return status::ok;
  void* block = m.home->memory->resize(m.base, static_cast<std::size_t>(m.size),
                                       static_cast<std::size_t>(bytes));
  if (block == nullptr) return status::memory_refused;
  m.base = static_cast<std::byte*>(block);
  std::memset(m.base + m.size, 0, static_cast<std::size_t>(bytes - m.size));
  m.size = bytes;
  return status::ok;
}

inline status create_heap(vm::memory_instance& m, std::uint64_t pages) {
  m.grow = &grow_heap;
  m.release = &release_heap;
  return grow_heap(m, pages);
}

}  // namespace detail

/// Every access is compared with the memory's size. Needs nothing of the operating system.
struct checked_memory {
  static constexpr bool is_checked = true;
  static constexpr bool is_guarded = false;
  static bool prepare() { return true; }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    return detail::create_heap(m, pages);
  }
};

/// No check at all: an access out of bounds is undefined behaviour. For code that is trusted, never
/// for mods.
struct unchecked_memory {
  static constexpr bool is_checked = false;
  static constexpr bool is_guarded = false;
  static bool prepare() { return true; }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    return detail::create_heap(m, pages);
  }
};

/// Address space for every 32-bit address plus 32-bit offset is reserved, and what is not memory
/// faults; the fault becomes a trap. The memory never moves. 64-bit hosts only; needs
/// dovetail/implementation.hpp in one unit.
struct guarded_memory {
  static constexpr bool is_checked = false;
  static constexpr bool is_guarded = true;
  /// 4 GiB of addresses, 4 GiB of offsets, and the widest access.
  static constexpr std::uint64_t reservation = (std::uint64_t{8} << 30) + vm::page_size;

  /// Address space is kept by the engine.
  struct pool : reservation_pool {
    explicit pool(std::uint64_t most_bytes)
        : reservation_pool(most_bytes, guarded_memory::reservation) {}
  };

  static bool prepare() { return os::install_fault_handler(); }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    m.grow = &grow;
    m.release = &release;
    if (pages > m.most_pages) return status::memory_refused;
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      const auto taken = kept->take(pages * vm::page_size);
      m.base = taken.base;
      m.size = taken.committed;
    } else {
      m.base = static_cast<std::byte*>(os::reserve(static_cast<std::size_t>(reservation)));
    }
    if (m.base == nullptr) return status::memory_refused;
    m.reserved = reservation;
    return grow(m, pages);
  }

 private:
  static status grow(vm::memory_instance& m, std::uint64_t pages) {
    const std::uint64_t bytes = pages * vm::page_size;
    if (pages > m.most_pages) return status::memory_refused;
    if (bytes == m.size) return status::ok;
    if (!os::commit(m.base + m.size, static_cast<std::size_t>(bytes - m.size)))
      return status::memory_refused;
    m.size = bytes;
    return status::ok;
  }
  static void release(vm::memory_instance& m) {
    if (m.base == nullptr) return;
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      kept->give(m.base, m.size);
    } else {
      os::release(m.base, static_cast<std::size_t>(m.reserved));
    }
    m.base = nullptr;
    m.size = 0;
  }
};

static_assert(memory_policy<checked_memory> && memory_policy<unchecked_memory> &&
              memory_policy<guarded_memory>);

}  // namespace dovetail

// ---- dovetail/runtime/objects.hpp

// Making, growing and freeing the objects of a store (core specification 4.5.3), and the bulk
// operators on them, which all backends and the host share.

namespace dovetail::vm {

/// Allocates a memory of `type` (4.5.3.5); `out` is in the store's list only on success.
template <memory_policy Memory>
[[nodiscard]] status make_memory(store& s, const memory_type& type, memory_instance*& out) {
  if (type.limits.minimum > s.most->memory_pages) return status::memory_refused;
  auto* m = s.objects.make<memory_instance>();
  if (m == nullptr) return status::store_out_of_memory;
  m->type = type;
  m->home = &s;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum : 65'536;
  m->most_pages = declared < s.most->memory_pages ? declared : s.most->memory_pages;
  if (!Memory::prepare()) return status::memory_refused;
  if (const status made = Memory::create(*m, type.limits.minimum); made != status::ok) {
    m->release(*m);
    return made;
  }
  m->next = s.memories;
  s.memories = m;
  out = m;
  return status::ok;
}

/// `memory.grow` (4.4.7): the old number of pages, or all ones if it cannot grow by `delta`.
[[nodiscard]] inline std::uint64_t grow_memory(memory_instance& m, std::uint64_t delta) {
  const std::uint64_t before = m.pages();
  if (delta > m.most_pages - before) return ~std::uint64_t{0};
  return m.grow(m, before + delta) == status::ok ? before : ~std::uint64_t{0};
}

/// `table.grow`: the old size, or all ones if it cannot grow by `delta`. New elements are
/// `initial`.
[[nodiscard]] inline std::uint32_t grow_table(table_instance& t, std::uint64_t delta,
                                              slot initial) {
  constexpr std::uint32_t refused = 0xffff'ffff;
  if (delta > t.most - t.size) return refused;
  const std::uint32_t before = t.size;
  const auto wanted = static_cast<std::uint32_t>(before + delta);
  if (wanted > t.capacity) {
    std::uint64_t room = t.capacity == 0 ? wanted : std::uint64_t{t.capacity} + t.capacity / 2;
    if (room < wanted) room = wanted;
    if (room > t.most) room = t.most;
    void* block = t.home->memory->resize(t.elements, t.capacity * sizeof(slot),
                                         static_cast<std::size_t>(room) * sizeof(slot));
    if (block == nullptr) return refused;
    t.elements = static_cast<slot*>(block);
    t.capacity = static_cast<std::uint32_t>(room);
  }
  for (std::uint32_t i = before; i < wanted; ++i) t.elements[i] = initial;
  t.size = wanted;
  return before;
}

/// Allocates a table of `type` filled with `initial` (4.5.3.4).
[[nodiscard]] inline status make_table(store& s, const table_type& type, slot initial,
                                       table_instance*& out) {
  if (type.limits.minimum > s.most->table_elements) return status::table_refused;
  auto* t = s.objects.make<table_instance>();
  if (t == nullptr) return status::store_out_of_memory;
  t->type = type;
  t->home = &s;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum : 0xffff'ffff;
  t->most = static_cast<std::uint32_t>(declared < s.most->table_elements ? declared
                                                                         : s.most->table_elements);
  if (grow_table(*t, type.limits.minimum, initial) == 0xffff'ffff) return status::table_refused;
  t->next = s.tables;
  s.tables = t;
  out = t;
  return status::ok;
}

[[nodiscard]] inline status make_global(store& s, const global_type& type, slot low, slot high,
                                        global_instance*& out) {
  out = s.objects.make<global_instance>(global_instance{low, high, type, &s});
  return out == nullptr ? status::store_out_of_memory : status::ok;
}

/// Frees everything of a store but the arena, which frees itself.
inline void release_objects(store& s) {
  if (s.backend != nullptr) s.backend->release(*s.backend);
  for (closure* c = s.closures; c != nullptr; c = c->next) c->destroy(c->object);
  for (memory_instance* m = s.memories; m != nullptr; m = m->next) m->release(*m);
  for (table_instance* t = s.tables; t != nullptr; t = t->next) {
    s.memory->release(t->elements, t->capacity * sizeof(slot));
  }
  for (instance* i = s.instances; i != nullptr; i = i->next) i->module->release();
}

/// Whether `count` units from `from` lie within `size`.
[[nodiscard]] constexpr bool fits(std::uint64_t from, std::uint64_t count, std::uint64_t size) {
  return from <= size && count <= size - from;
}

// The bulk operators (4.4.6 and 4.4.7): all or nothing.

[[nodiscard]] inline trap_code fill_memory(memory_instance& m, std::uint64_t to, std::uint8_t byte,
                                           std::uint64_t n) {
  if (!fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) std::memset(m.base + to, byte, static_cast<std::size_t>(n));
  return trap_code::none;
}
[[nodiscard]] inline trap_code copy_memory(memory_instance& d, std::uint64_t to,
                                           const memory_instance& s, std::uint64_t from,
                                           std::uint64_t n) {
  if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) std::memmove(d.base + to, s.base + from, static_cast<std::size_t>(n));
  return trap_code::none;
}
[[nodiscard]] inline trap_code init_memory(instance& i, memory_instance& m, std::uint32_t segment,
                                           std::uint64_t to, std::uint64_t from, std::uint64_t n) {
  const module_env& env = i.module->env;
  const data_segment& data = env.data_segments[segment];
  const std::size_t size = i.dropped_data[segment] ? 0 : data.size;
  if (!fits(from, n, size) || !fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
  if (n != 0) {
    std::memcpy(m.base + to, env.data_bytes.data() + data.first + static_cast<std::size_t>(from),
                static_cast<std::size_t>(n));
  }
  return trap_code::none;
}

[[nodiscard]] inline trap_code fill_table(table_instance& t, std::uint64_t to, slot value,
                                          std::uint64_t n) {
  if (!fits(to, n, t.size)) return trap_code::table_out_of_bounds;
  for (std::uint64_t k = 0; k < n; ++k) t.elements[to + k] = value;
  return trap_code::none;
}
[[nodiscard]] inline trap_code copy_table(table_instance& d, std::uint64_t to,
                                          const table_instance& s, std::uint64_t from,
                                          std::uint64_t n) {
  if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::table_out_of_bounds;
  if (n != 0)
    std::memmove(d.elements + to, s.elements + from, static_cast<std::size_t>(n) * sizeof(slot));
  return trap_code::none;
}

/// The value of a constant expression in an instance whose imports and earlier globals are there
/// (4.5.4). False if a function it refers to could not be made.
[[nodiscard]] inline bool evaluate(instance& i, const constant_expression& e, slot& low,
                                   slot& high) {
  high = 0;
  switch (e.what) {
    case constant_expression::kind::value:
      low = e.low;
      high = e.high;
      return true;
    case constant_expression::kind::global:
      low = i.globals[e.index]->low;
      high = i.globals[e.index]->high;
      return true;
    case constant_expression::kind::function: {
      function_instance* f = function_of(i, e.index);
      low = to_slot(f);
      return f != nullptr;
    }
  }
  return false;
}

/// `table.init`, also what active element segments do at instantiation.
[[nodiscard]] inline trap_code init_table(instance& i, table_instance& t, std::uint32_t segment,
                                          std::uint64_t to, std::uint64_t from, std::uint64_t n) {
  const module_env& env = i.module->env;
  const element_segment& elements = env.element_segments[segment];
  const std::uint32_t size = i.dropped_elements[segment] ? 0 : elements.count;
  if (!fits(from, n, size) || !fits(to, n, t.size)) return trap_code::table_out_of_bounds;
  // Every function is made first, so that a refusal of memory leaves the table as it was.
  slot low = 0, high = 0;
  for (std::uint64_t k = 0; k < n; ++k) {
    if (!evaluate(i, env.elements[elements.first + from + k], low, high))
      return trap_code::out_of_memory;
  }
  for (std::uint64_t k = 0; k < n; ++k) {
    static_cast<void>(evaluate(i, env.elements[elements.first + from + k], low, high));
    t.elements[to + k] = low;
  }
  return trap_code::none;
}

}  // namespace dovetail::vm

// ---- dovetail/link/definition.hpp

// What an import can resolve to: an object of the store, or a host function that the store is about
// to make. Used by imports, the linker and instantiation.

namespace dovetail {

namespace vm {

/// An object of a store, of any kind: `object` is the function, table, memory or global instance.
struct external_object {
  external_kind kind = external_kind::function;
  void* object = nullptr;

  [[nodiscard]] function_instance* function() const {
    return static_cast<function_instance*>(object);
  }
  [[nodiscard]] table_instance* table() const { return static_cast<table_instance*>(object); }
  [[nodiscard]] memory_instance* memory() const { return static_cast<memory_instance*>(object); }
  [[nodiscard]] global_instance* global() const { return static_cast<global_instance*>(object); }

  [[nodiscard]] const store* home() const {
    switch (kind) {
      case external_kind::function: return function()->home;
      case external_kind::table: return table()->home;
      case external_kind::memory: return memory()->home;
      case external_kind::global: return global()->home;
      case external_kind::tag: break;
    }
    return nullptr;
  }

  /// Its type now: tables and memories report their current size as the minimum (core
  /// specification 4.5.2).
  [[nodiscard]] external_type type() const {
    external_type out;
    out.kind = kind;
    switch (kind) {
      case external_kind::function: out.function = function()->signature->type; break;
      case external_kind::table:
        out.table = table()->type;
        out.table.limits.minimum = table()->size;
        break;
      case external_kind::memory:
        out.memory = memory()->type;
        out.memory.limits.minimum = memory()->pages();
        break;
      case external_kind::global: out.global = global()->type; break;
      case external_kind::tag: break;
    }
    return out;
  }
};

}  // namespace vm

/// A host function that does not belong to a store yet. A callable with state is copied into the
/// store that makes it.
struct host_recipe {
  function_type type;
  trap (*call)(void* object, caller& from, slot* frame) = nullptr;
  void* object = nullptr;
  std::size_t size = 0;  ///< of the callable to copy; 0 if `object` is used as it is
  void (*copy)(void* to, const void* from) = nullptr;
  void (*destroy)(void* object) = nullptr;
  vm::native_target native{};
};

/// A named definition: an object if it has one, else a recipe.
struct definition {
  std::string_view module;
  std::string_view name;
  vm::external_object existing;
  host_recipe host;

  [[nodiscard]] bool is_recipe() const { return host.call != nullptr; }
  /// Whether it defines nothing: it was made of a null handle.
  [[nodiscard]] bool is_empty() const { return !is_recipe() && existing.object == nullptr; }
  [[nodiscard]] external_kind kind() const {
    return is_recipe() ? external_kind::function : existing.kind;
  }
  [[nodiscard]] external_type type() const {
    external_type out;
    if (is_empty()) return out;
    if (!is_recipe()) return existing.type();
    out.function = host.type;
    return out;
  }
};

namespace vm {

/// The generic entry of host functions: a call by the host itself, through a handle.
inline trap_code invoke_host(function_instance& f, slot* frame) {
  caller from(*f.home, nullptr);
  const trap t = f.host.call(f.host.object, from, frame);
  if (t) [[unlikely]] {
    f.home->report = {t.code, t.detail, false, 0, 0, nullptr};
  }
  return t.code;
}

/// Makes a host function in a store.
[[nodiscard]] inline status make_host_function(store& s, const host_recipe& recipe,
                                               function_instance*& out) {
  const dovetail::signature* type = s.signatures->intern(recipe.type);
  auto* f = s.objects.make<function_instance>();
  if (type == nullptr || f == nullptr) return status::store_out_of_memory;
  f->signature = type;
  f->invoke = &invoke_host;
  f->home = &s;
  f->host = {recipe.call, recipe.object, recipe.native};
  if (recipe.size != 0) {
    auto* kept = s.objects.make<closure>();
    void* object = s.objects.allocate(recipe.size);
    if (kept == nullptr || object == nullptr) return status::store_out_of_memory;
    recipe.copy(object, recipe.object);
    *kept = {object, recipe.destroy, s.closures};
    s.closures = kept;
    f->host.object = object;
  }
  out = f;
  return status::ok;
}

}  // namespace vm

}  // namespace dovetail

// ---- dovetail/api/memory_view.hpp

// The host's view of a memory: every access is checked against the memory as it is now, so growth
// and moves are harmless. Part of handles.hpp.

namespace dovetail {

/// What can be read from and written to a memory: numbers, in little-endian byte order on every
/// host, and plain structs, as their bytes.
template <class T>
concept memory_value = std::is_trivially_copyable_v<T>;

namespace detail {

// The bytes of a number in the other byte order, on hosts that are not little-endian.
template <memory_value T>
T little_endian(T v) {
  if constexpr (!platform::is_little_endian &&
                (std::is_arithmetic_v<T> || std::is_enum_v<T>)&&sizeof(T) > 1) {
    std::byte bytes[sizeof(T)];
    std::memcpy(bytes, &v, sizeof(T));
    for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
    std::memcpy(&v, bytes, sizeof(T));
  }
  return v;
}

}  // namespace detail

/// An array of `T` in a memory. Bounds are checked when the view is made, which is enough: memories
/// never shrink.
template <memory_value T>
class typed_view {
 public:
  /// An empty view.
  typed_view() = default;
  typed_view(vm::memory_instance& m, std::uint64_t address, std::uint64_t size)
      : memory_(&m), address_(address), size_(size) {}
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] T operator[](std::uint64_t i) const {
    DOVETAIL_ASSERT(i < size_);
    T v;
    std::memcpy(&v, memory_->base + address_ + i * sizeof(T), sizeof(T));
    return detail::little_endian(v);
  }
  void set(std::uint64_t i, T v) const {
    DOVETAIL_ASSERT(i < size_);
    v = detail::little_endian(v);
    std::memcpy(memory_->base + address_ + i * sizeof(T), &v, sizeof(T));
  }

 private:
  vm::memory_instance* memory_ = nullptr;
  std::uint64_t address_ = 0;
  std::uint64_t size_ = 0;
};

/// A handle to a memory; copy it freely, it lives as long as the store. An empty one has size 0.
class memory_view {
 public:
  memory_view() = default;
  explicit memory_view(vm::memory_instance* m) : memory_(m) {}

  [[nodiscard]] explicit operator bool() const { return memory_ != nullptr; }
  /// Bytes now.
  [[nodiscard]] std::uint64_t size() const { return memory_ == nullptr ? 0 : memory_->size; }
  /// Pages of 64 KiB now.
  [[nodiscard]] std::uint64_t pages() const { return size() / vm::page_size; }
  /// The declared type, its minimum being the current size.
  [[nodiscard]] memory_type type() const { return object().type().memory; }
  /// All bytes. The span is good until the memory grows; take it again after every call into a
  /// guest.
  [[nodiscard]] std::span<std::byte> bytes() const {
    if (memory_ == nullptr) return {};
    return {memory_->base, static_cast<std::size_t>(memory_->size)};
  }

  /// `length` bytes from `address`, good until the memory grows.
  [[nodiscard]] result<std::span<std::byte>, trap> span(std::uint64_t address,
                                                        std::uint64_t length) const {
    if (!vm::fits(address, length, size())) return trap{trap_code::memory_out_of_bounds};
    if (length == 0) return std::span<std::byte>{};
    return std::span<std::byte>{memory_->base + address, static_cast<std::size_t>(length)};
  }
  /// `length` bytes as text, good until the memory grows.
  [[nodiscard]] result<std::string_view, trap> string(std::uint64_t address,
                                                      std::uint64_t length) const {
    const auto bytes = span(address, length);
    if (!bytes) return bytes.error();
    return std::string_view{reinterpret_cast<const char*>(bytes->data()), bytes->size()};
  }
  /// A number or struct at any address, aligned or not.
  template <memory_value T>
  [[nodiscard]] result<T, trap> read(std::uint64_t address) const {
    if (!vm::fits(address, sizeof(T), size())) return trap{trap_code::memory_out_of_bounds};
    T v;
    std::memcpy(&v, memory_->base + address, sizeof(T));
    return detail::little_endian(v);
  }
  /// Writes a number or struct; returns the trap if it does not fit.
  template <memory_value T>
  trap write(std::uint64_t address, T v) const {
    if (!vm::fits(address, sizeof(T), size())) return {trap_code::memory_out_of_bounds, 0};
    v = detail::little_endian(v);
    std::memcpy(memory_->base + address, &v, sizeof(T));
    return {};
  }
  /// An array of numbers, revalidated by construction: it stays good when the memory grows. The
  /// address must be aligned.
  template <memory_value T>
  [[nodiscard]] result<typed_view<T>, trap> view(std::uint64_t address, std::uint64_t count) const {
    if (address % alignof(T) != 0 || count > size() / sizeof(T) ||
        !vm::fits(address, count * sizeof(T), size())) {
      return trap{trap_code::memory_out_of_bounds};
    }
    if (count == 0) return typed_view<T>();  // there may be no memory
    return typed_view<T>(*memory_, address, count);
  }

  /// Grows by `pages`: the number of pages before, or why not.
  result<std::uint64_t> grow(std::uint64_t pages) const {
    const std::uint64_t before =
        memory_ == nullptr ? ~std::uint64_t{0} : vm::grow_memory(*memory_, pages);
    if (before == ~std::uint64_t{0}) return error{status::memory_refused};
    return before;
  }

  [[nodiscard]] vm::external_object object() const { return {external_kind::memory, memory_}; }

 private:
  vm::memory_instance* memory_ = nullptr;
};

}  // namespace dovetail

// ---- dovetail/api/untyped_handles.hpp

// Handles that learn their types at run time: functions, globals, tables, and externals of any
// kind. For tools; typed handles cost less. Part of handles.hpp.

namespace dovetail {

namespace detail {

// A call that may not happen is a trap of the store like any other.
DOVETAIL_COLD inline trap refuse_call(vm::store& s) {
  s.report = {trap_code::bad_call, 0, false, 0, 0, nullptr};
  return {trap_code::bad_call, 0};
}

// Whether a value may be written where `type` is wanted by this store.
[[nodiscard]] inline bool fits(const value& v, value_type type, const vm::store& s) {
  return v.type() == type && vm::may_enter(s, type, v.bits());
}

}  // namespace detail

/// A function of any type.
class function_handle {
 public:
  function_handle() = default;
  explicit function_handle(vm::function_instance* f) : function_(f) {}

  [[nodiscard]] explicit operator bool() const { return function_ != nullptr; }
  [[nodiscard]] const function_type& type() const { return function_->signature->type; }
  [[nodiscard]] funcref reference() const { return {function_}; }

  /// Calls with arguments of the function's parameter types; `results` has as many elements as it
  /// has results. Anything else is `trap_code::bad_call`. At most 1,000 of either.
  result<void, trap> call(std::span<const value> arguments, std::span<value> results) const {
    const function_type& type = this->type();
    if (arguments.size() != type.parameters.size() || results.size() != type.results.size()) {
      return detail::refuse_call(*function_->home);
    }
    constexpr std::size_t few = 16;
    if (function_->signature->frame_slots <= few) {
      std::array<slot, few> frame{};
      return call_in(frame.data(), arguments, results);
    }
    return call_in_large_frame(arguments, results);
  }

  [[nodiscard]] vm::external_object object() const { return {external_kind::function, function_}; }
  friend bool operator==(function_handle, function_handle) = default;

 private:
  // Apart, so that usual calls do not carry its frame on the native stack.
  DOVETAIL_COLD result<void, trap> call_in_large_frame(std::span<const value> arguments,
                                                       std::span<value> results) const {
    std::array<slot, 1024> frame;
    if (function_->signature->frame_slots > frame.size())
      return detail::refuse_call(*function_->home);
    return call_in(frame.data(), arguments, results);
  }
  result<void, trap> call_in(slot* frame, std::span<const value> arguments,
                             std::span<value> results) const {
    const function_type& type = this->type();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!detail::fits(arguments[i], type.parameters[i], *function_->home))
        return detail::refuse_call(*function_->home);
      frame[i] = arguments[i].bits();
    }
    const trap_code t = function_->invoke(*function_, frame);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *function_->home);
    for (std::size_t i = 0; i < results.size(); ++i)
      results[i] = value::from_bits(type.results[i], frame[i]);
    return {};
  }

  vm::function_instance* function_ = nullptr;
};

/// A global of any type.
class global_handle {
 public:
  global_handle() = default;
  explicit global_handle(vm::global_instance* g) : global_(g) {}

  [[nodiscard]] explicit operator bool() const { return global_ != nullptr; }
  [[nodiscard]] const global_type& type() const { return global_->type; }
  [[nodiscard]] value get() const {
    return value::from_bits(global_->type.type, global_->low, global_->high);
  }
  status set(const value& v) const {
    if (!global_->type.is_mutable) return status::immutable;
    if (!detail::fits(v, global_->type.type, *global_->home)) return status::value_type_mismatch;
    global_->low = v.bits();
    global_->high = v.high_bits();
    return status::ok;
  }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  vm::global_instance* global_ = nullptr;
};

/// A table.
class table_handle {
 public:
  table_handle() = default;
  explicit table_handle(vm::table_instance* t) : table_(t) {}

  [[nodiscard]] explicit operator bool() const { return table_ != nullptr; }
  /// The declared type, its minimum being the current size.
  [[nodiscard]] table_type type() const { return object().type().table; }
  [[nodiscard]] std::uint64_t size() const { return table_->size; }
  [[nodiscard]] result<value> get(std::uint64_t index) const {
    if (index >= table_->size) return error{status::out_of_bounds};
    return value::from_bits(table_->type.element, table_->elements[index]);
  }
  status set(std::uint64_t index, const value& v) const {
    if (index >= table_->size) return status::out_of_bounds;
    if (!detail::fits(v, table_->type.element, *table_->home)) return status::value_type_mismatch;
    table_->elements[index] = v.bits();
    return status::ok;
  }
  /// Grows by `delta` elements that are `initial`: the size before, or why not.
  result<std::uint64_t> grow(std::uint64_t delta, const value& initial) const {
    if (!detail::fits(initial, table_->type.element, *table_->home))
      return error{status::value_type_mismatch};
    const std::uint32_t before = vm::grow_table(*table_, delta, initial.bits());
    if (before == 0xffff'ffff) return error{status::table_refused};
    return std::uint64_t{before};
  }
  [[nodiscard]] vm::external_object object() const { return {external_kind::table, table_}; }

 private:
  vm::table_instance* table_ = nullptr;
};

using memory_handle = memory_view;

/// Something a module exports or imports, of any kind.
class external {
 public:
  explicit external(vm::external_object object) : object_(object) {}

  [[nodiscard]] external_kind kind() const { return object_.kind; }
  [[nodiscard]] external_type type() const { return object_.type(); }
  // Handles of one kind; empty if it is of another.
  [[nodiscard]] function_handle as_function() const {
    return function_handle(kind() == external_kind::function ? object_.function() : nullptr);
  }
  [[nodiscard]] table_handle as_table() const {
    return table_handle(kind() == external_kind::table ? object_.table() : nullptr);
  }
  [[nodiscard]] memory_handle as_memory() const {
    return memory_handle(kind() == external_kind::memory ? object_.memory() : nullptr);
  }
  [[nodiscard]] global_handle as_global() const {
    return global_handle(kind() == external_kind::global ? object_.global() : nullptr);
  }
  [[nodiscard]] vm::external_object object() const { return object_; }

 private:
  vm::external_object object_;
};

namespace detail {

/// The object an instance exports by number; a function is made now if it was not yet. Null if
/// memory is refused.
[[nodiscard]] inline vm::external_object export_of(vm::instance& i, std::uint32_t number) {
  const export_entry& entry = i.module->env.exports[number];
  switch (entry.kind) {
    case external_kind::function: return {entry.kind, vm::function_of(i, entry.index)};
    case external_kind::table: return {entry.kind, i.tables[entry.index]};
    case external_kind::memory: return {entry.kind, i.memories[entry.index]};
    case external_kind::global: return {entry.kind, i.globals[entry.index]};
    case external_kind::tag: break;
  }
  return {};
}
[[nodiscard]] inline std::optional<external> find_export(vm::instance& i, std::string_view name) {
  const std::uint32_t number = i.module->env.find_export(name);
  if (number == name_table::none) return std::nullopt;
  const vm::external_object object = export_of(i, number);
  return object.object == nullptr ? std::nullopt : std::optional(external(object));
}

}  // namespace detail

inline memory_view caller::memory() const {
  if (instance_ == nullptr || instance_->module->env.memories.empty()) return {};
  return memory_view(instance_->memory0);
}
inline std::optional<external> caller::find(std::string_view name) const {
  return instance_ == nullptr ? std::nullopt : detail::find_export(*instance_, name);
}

}  // namespace dovetail

// ---- dovetail/api/traps.hpp

// The trap policies: what a call gives its caller, and what becomes of a trap. Part of handles.hpp.

namespace dovetail {

/// A trap policy shapes the return type of calls. A C++ exception of a host function is not a trap:
/// it leaves the nearest enclosing host-to-guest call as the exception it was, under every policy,
/// and no policy sees it.
template <class T>
concept trap_policy = requires(const result<int, trap>& outcome, vm::store& s) {
  // What a call with result `int` returns.
  typename T::template outcome<int>;
  // Turns a value or trap into that.
  { T::template deliver<int>(outcome, s) } -> std::same_as<typename T::template outcome<int>>;
};

/// Calls return `result<R, trap>`: the value, or the trap.
struct traps_returned {
  template <class R>
  using outcome = result<R, trap>;
  template <class R>
  static outcome<R> deliver(result<R, trap> r, vm::store&) {
    return r;
  }
};

/// Calls return the plain value; a trap ends the program.
struct traps_fatal {
  template <class R>
  using outcome = R;
  template <class R>
  static R deliver(result<R, trap> r, vm::store&) {
    if (!r) [[unlikely]]
      platform::end_program();
    return r.value();
  }
};

/// What `traps_thrown` throws.
class trap_exception : public std::exception {
 public:
  explicit trap_exception(trap reason, const trap_report& report)
      : reason_(reason), report_(report) {}
  [[nodiscard]] trap reason() const noexcept { return reason_; }
  /// Where it happened.
  [[nodiscard]] const trap_report& report() const noexcept { return report_; }
  [[nodiscard]] const char* what() const noexcept override { return reason_.message().data(); }

 private:
  trap reason_;
  trap_report report_;
};

/// Calls return the plain value; a trap is thrown as `trap_exception`. Needs exceptions in the
/// host.
struct traps_thrown {
  template <class R>
  using outcome = R;
  template <class R>
  static R deliver(result<R, trap> r, vm::store& s) {
    if (!r) [[unlikely]]
      fail(r.error(), s);
    return r.value();
  }

 private:
  [[noreturn]] DOVETAIL_COLD static void fail([[maybe_unused]] trap t,
                                              [[maybe_unused]] vm::store& s) {
    DOVETAIL_THROW(trap_exception(t, s.report));
  }
};

}  // namespace dovetail

// ---- dovetail/base/features.hpp

// The proposals a configuration accepts, a bit each. The operator table names them; the decoder and
// validator ask.

namespace dovetail {

enum class feature : std::uint8_t {
  mvp,
  multi_value,
  sign_extension,
  saturating_conversion,
  bulk_memory,
  reference_types,
  simd,
  multi_memory,
};

/// A set of features.
struct features {
  std::uint32_t bits = 0;

  constexpr features() = default;
  constexpr explicit features(std::uint32_t set) : bits(set) {}
  constexpr features(feature one) : bits(1u << static_cast<unsigned>(one)) {}

  /// WebAssembly 1.0: the MVP of 2017.
  [[nodiscard]] static constexpr features wasm1() { return feature::mvp; }
  /// WebAssembly 2.0.
  [[nodiscard]] static constexpr features wasm2() {
    return wasm1() + feature::multi_value + feature::sign_extension +
           feature::saturating_conversion + feature::bulk_memory + feature::reference_types +
           feature::simd;
  }

  [[nodiscard]] constexpr bool has(feature one) const {
    return (bits >> static_cast<unsigned>(one) & 1) != 0;
  }
  friend constexpr features operator+(features a, features b) { return features(a.bits | b.bits); }
  friend constexpr features operator-(features a, features b) { return features(a.bits & ~b.bits); }
  friend constexpr bool operator==(features, features) = default;
};

}  // namespace dovetail

// ---- dovetail/base/system_allocator.hpp

// The allocator policy that `defaults` picks: the C library's heap.

namespace dovetail {

/// The allocator of `defaults`: the C library's.
struct system_allocator {
  void* resize(void* block, std::size_t, std::size_t new_size) noexcept {
    if (new_size == 0) {
      std::free(block);
      return nullptr;
    }
    return std::realloc(block, new_size);
  }
};
static_assert(allocator_policy<system_allocator>);

}  // namespace dovetail

// ---- dovetail/format/operators.hpp

// The operator table as types: the enumeration, the row of each operator, the shapes of signatures,
// and `switch_on`. Used by the decoder, the validator, every backend and the tools.

namespace dovetail {

/// Every operator of format/operators.def.
enum class op : std::uint16_t {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) NAME,
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
#undef DOVETAIL_OP
};

/// An operator as a type: how structured operators are told apart at compile time.
template <op Operator>
struct op_constant {
  static constexpr op value = Operator;
};
template <op Operator>
inline constexpr op_constant<Operator> op_c{};

/// What follows the opcode in the binary format.
enum class immediate_kind : std::uint8_t {
  none,
  block_type,
  label,
  label_table,
  function,
  call_indirect,
  value_types,
  local,
  global,
  table,
  table_table,
  element,
  element_table,
  memory,
  memory_memory,
  data,
  data_memory,
  memarg,
  memarg_lane,
  lane,
  shuffle,
  heap_type,
  i32,
  i64,
  f32,
  f64,
  v128
};

/// The type shape of an operator: operand types, then at most one result. `special` ones are typed
/// by the pass.
enum class shape : std::uint8_t {
  special,
  n_i,
  n_l,
  n_f,
  n_d,
  n_v,
  i_i,
  i_l,
  i_f,
  i_d,
  i_v,
  l_i,
  l_l,
  l_f,
  l_d,
  l_v,
  f_i,
  f_l,
  f_f,
  f_d,
  f_v,
  d_i,
  d_l,
  d_f,
  d_d,
  d_v,
  v_i,
  v_l,
  v_f,
  v_d,
  v_v,
  i_b,
  l_b,
  ii_b,
  ll_b,
  ff_b,
  dd_b,
  ii_i,
  ll_l,
  ff_f,
  dd_d,
  vv_v,
  vi_v,
  vl_v,
  vf_v,
  vd_v,
  iv_v,
  vvv_v,
  ii_n,
  il_n,
  if_n,
  id_n,
  iv_n
};

/// The types of a shape, spelled out.
struct shape_types {
  std::array<value_type, 3> operands{};
  std::uint8_t operand_count = 0;
  bool has_result = false;
  value_type result{};
};

/// One row of the table.
struct op_row {
  std::string_view text;
  std::uint8_t prefix;
  std::uint8_t code;
  immediate_kind immediate;
  dovetail::shape shape;
  std::uint8_t width;
  dovetail::feature feature;
};

namespace detail {

inline constexpr op_row op_rows[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  {TEXT, PREFIX, CODE, immediate_kind::IMMEDIATE, shape::SIGNATURE, WIDTH, feature::FEATURE},
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
#undef DOVETAIL_OP
};

constexpr value_type type_of_letter(char letter) {
  switch (letter) {
    case 'b':
    case 'i': return value_type::i32;
    case 'l': return value_type::i64;
    case 'f': return value_type::f32;
    case 'd': return value_type::f64;
    default: return value_type::v128;
  }
}

constexpr shape_types parse_shape(std::string_view text) {
  shape_types types;
  std::size_t i = 0;
  for (; text[i] != '_'; ++i) {
    if (text[i] != 'n') types.operands[types.operand_count++] = type_of_letter(text[i]);
  }
  types.has_result = text[i + 1] != 'n';
  if (types.has_result) types.result = type_of_letter(text[i + 1]);
  return types;
}

}  // namespace detail

inline constexpr std::size_t op_count = std::size(detail::op_rows);

/// The row of an operator.
[[nodiscard]] constexpr const op_row& row_of(op o) {
  return detail::op_rows[static_cast<std::size_t>(o)];
}
/// The name of an operator in the text format.
[[nodiscard]] constexpr std::string_view name(op o) { return row_of(o).text; }

/// The types of a shape; `special` has none.
template <shape S>
[[nodiscard]] constexpr shape_types types_of() {
  switch (S) {
// clang-format off
#define DOVETAIL_SHAPE(NAME) \
  case shape::NAME: return detail::parse_shape(#NAME);
    DOVETAIL_SHAPE(n_i) DOVETAIL_SHAPE(n_l) DOVETAIL_SHAPE(n_f) DOVETAIL_SHAPE(n_d) DOVETAIL_SHAPE(n_v)
    DOVETAIL_SHAPE(i_i) DOVETAIL_SHAPE(i_l) DOVETAIL_SHAPE(i_f) DOVETAIL_SHAPE(i_d) DOVETAIL_SHAPE(i_v)
    DOVETAIL_SHAPE(l_i) DOVETAIL_SHAPE(l_l) DOVETAIL_SHAPE(l_f) DOVETAIL_SHAPE(l_d) DOVETAIL_SHAPE(l_v)
    DOVETAIL_SHAPE(f_i) DOVETAIL_SHAPE(f_l) DOVETAIL_SHAPE(f_f) DOVETAIL_SHAPE(f_d) DOVETAIL_SHAPE(f_v)
    DOVETAIL_SHAPE(d_i) DOVETAIL_SHAPE(d_l) DOVETAIL_SHAPE(d_f) DOVETAIL_SHAPE(d_d) DOVETAIL_SHAPE(d_v)
    DOVETAIL_SHAPE(v_i) DOVETAIL_SHAPE(v_l) DOVETAIL_SHAPE(v_f) DOVETAIL_SHAPE(v_d) DOVETAIL_SHAPE(v_v)
    DOVETAIL_SHAPE(i_b) DOVETAIL_SHAPE(l_b) DOVETAIL_SHAPE(ii_b) DOVETAIL_SHAPE(ll_b) DOVETAIL_SHAPE(ff_b)
    DOVETAIL_SHAPE(dd_b) DOVETAIL_SHAPE(ii_i) DOVETAIL_SHAPE(ll_l) DOVETAIL_SHAPE(ff_f) DOVETAIL_SHAPE(dd_d)
    DOVETAIL_SHAPE(vv_v) DOVETAIL_SHAPE(vi_v) DOVETAIL_SHAPE(vl_v) DOVETAIL_SHAPE(vf_v) DOVETAIL_SHAPE(vd_v)
    DOVETAIL_SHAPE(iv_v) DOVETAIL_SHAPE(vvv_v) DOVETAIL_SHAPE(ii_n) DOVETAIL_SHAPE(il_n) DOVETAIL_SHAPE(if_n)
    DOVETAIL_SHAPE(id_n) DOVETAIL_SHAPE(iv_n)
#undef DOVETAIL_SHAPE
        // clang-format on
        case shape::special : break;
  }
  return {};
}

/// Whether an operator compares its operands or tests its operand: the result is an i32 truth
/// value.
[[nodiscard]] constexpr bool is_comparison(op o) {
  const shape s = row_of(o).shape;
  return s >= shape::i_b && s <= shape::dd_b;
}
/// Whether the operands of an integer or float operator may change places.
[[nodiscard]] constexpr bool is_commutative(op o) {
  switch (o) {
    case op::i32_add:
    case op::i32_mul:
    case op::i32_and:
    case op::i32_or:
    case op::i32_xor:
    case op::i64_add:
    case op::i64_mul:
    case op::i64_and:
    case op::i64_or:
    case op::i64_xor:
    case op::i32_eq:
    case op::i32_ne:
    case op::i64_eq:
    case op::i64_ne:
    case op::f32_eq:
    case op::f32_ne:
    case op::f64_eq:
    case op::f64_ne: return true;
    default: return false;
  }
}

/// Calls `f(op_c<o>)` for the operator `o` known at run time.
template <class F>
constexpr decltype(auto) switch_on(op o, F&& f) {
  switch (o) {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  case op::NAME:                                                                    \
    return std::forward<F>(f)(op_c<op::NAME>);
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
#undef DOVETAIL_OP
  }
  DOVETAIL_UNREACHABLE();
}

}  // namespace dovetail

// ---- dovetail/format/immediates.hpp

// The immediates of operators, one type a kind, and how each is read (core specification 5.4). Used
// by the body decoder and everything that receives operators from it.

namespace dovetail {

/// A block type: nothing, one result, or a function type by index.
struct block_type {
  bool is_index = false;
  bool has_result = false;
  value_type result{};
  type_index type{};
};

/// The targets of `br_table`: `count` labels, then the default, still encoded.
struct label_table {
  std::uint32_t count = 0;
  byte_reader entries;

  /// The next label; the decoder has already read all of them once.
  constexpr label_index next() {
    std::uint32_t depth = 0;
    static_cast<void>(entries.u32(depth));
    return {depth};
  }
};

struct indirect_call {
  type_index type{};
  table_index table{};
};
/// The type list of a typed `select`: its length and its first type.
struct type_list {
  std::uint32_t count = 0;
  value_type first{};
};
struct memory_argument {
  std::uint64_t offset = 0;
  memory_index memory{};
  std::uint32_t alignment = 0;  ///< log2 of bytes
};
static_assert(sizeof(memory_argument) == 16, "travels in registers");
struct memory_lane_argument {
  memory_argument access;
  std::uint8_t lane = 0;
};
struct lane_index {
  std::uint8_t lane = 0;
};
struct two_tables {
  table_index destination{}, source{};
};
struct element_and_table {
  element_index element{};
  table_index table{};
};
struct two_memories {
  memory_index destination{}, source{};
};
struct data_and_memory {
  data_index data{};
  memory_index memory{};
};
struct no_immediate {};

/// Reads a value type byte.
[[nodiscard]] constexpr status read_value_type(byte_reader& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  out = value_type{code};
  const bool known = (code >= 0x7b && code <= 0x7f) || code == 0x70 || code == 0x6f;
  return known ? status::ok : status::malformed_value_type;
}

[[nodiscard]] constexpr status read_reference_type(byte_reader& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  out = value_type{code};
  return code == 0x70 || code == 0x6f ? status::ok : status::malformed_reference_type;
}

namespace detail {

template <class Space>
constexpr status read(byte_reader& r, index<Space>& out) {
  return r.u32(out.value);
}

// A block type is one byte (0x40 or a value type) or a type index as a non-negative s33 (5.4.1).
constexpr status read(byte_reader& r, block_type& out) {
  std::int64_t code = 0;
  const std::size_t from = r.offset();
  DOVETAIL_TRY(r.s33(code));
  if (code >= 0) {
    out.is_index = true;
    out.type = {static_cast<std::uint32_t>(code)};
    return status::ok;
  }
  const auto byte = static_cast<std::uint8_t>(code & 0x7f);
  if (r.offset() != from + 1) return status::malformed_block_type;
  if (byte == 0x40) return status::ok;
  out.has_result = true;
  out.result = value_type{byte};
  const bool known = (byte >= 0x7b && byte <= 0x7f) || byte == 0x70 || byte == 0x6f;
  return known ? status::ok : status::malformed_block_type;
}

constexpr status read(byte_reader& r, label_table& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  out.entries = r;
  for (std::uint64_t i = 0; i <= out.count; ++i) {
    std::uint32_t depth = 0;
    DOVETAIL_TRY(r.u32(depth));
  }
  return status::ok;
}

constexpr status read(byte_reader& r, indirect_call& out) {
  DOVETAIL_TRY(r.u32(out.type.value));
  return r.u32(out.table.value);
}

constexpr status read(byte_reader& r, type_list& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  for (std::uint32_t i = 0; i < out.count; ++i) {
    value_type type{};
    DOVETAIL_TRY(read_value_type(r, type));
    if (i == 0) out.first = type;
  }
  return status::ok;
}

// Before multiple memories the flags hold the alignment alone; 2^32 and above is malformed.
constexpr status read(byte_reader& r, memory_argument& out) {
  DOVETAIL_TRY(r.u32(out.alignment));
  if (out.alignment >= 32) return status::malformed_memop_flags;
  std::uint32_t offset = 0;
  DOVETAIL_TRY(r.u32(offset));
  out.offset = offset;
  return status::ok;
}

constexpr status read(byte_reader& r, lane_index& out) { return r.u8(out.lane); }

constexpr status read(byte_reader& r, memory_lane_argument& out) {
  DOVETAIL_TRY(read(r, out.access));
  return r.u8(out.lane);
}

constexpr status read(byte_reader& r, v128& out) {
  if (r.remaining() < 16) return status::unexpected_end;
  for (std::uint8_t& byte : out.bytes) DOVETAIL_TRY(r.u8(byte));
  return status::ok;
}

constexpr status read(byte_reader& r, value_type& out) { return read_reference_type(r, out); }
constexpr status read(byte_reader&, no_immediate&) { return status::ok; }
constexpr status read(byte_reader& r, std::int32_t& out) { return r.s32(out); }
constexpr status read(byte_reader& r, std::int64_t& out) { return r.s64(out); }
constexpr status read(byte_reader& r, std::uint32_t& out) { return r.fixed(out); }
constexpr status read(byte_reader& r, std::uint64_t& out) { return r.fixed(out); }

constexpr status read_zero_byte(byte_reader& r) {
  std::uint8_t zero = 0;
  DOVETAIL_TRY(r.u8(zero));
  return zero == 0 ? status::ok : status::zero_byte_expected;
}

// `memory.size`, `grow` and `fill` name their memory with a zero byte, not an integer, before
// multiple memories.
constexpr status read(byte_reader& r, memory_index&) { return read_zero_byte(r); }
constexpr status read(byte_reader& r, two_memories&) {
  DOVETAIL_TRY(read_zero_byte(r));
  return read_zero_byte(r);
}
constexpr status read(byte_reader& r, data_and_memory& out) {
  DOVETAIL_TRY(r.u32(out.data.value));
  return read_zero_byte(r);
}
constexpr status read(byte_reader& r, two_tables& out) {
  DOVETAIL_TRY(r.u32(out.destination.value));
  return r.u32(out.source.value);
}
constexpr status read(byte_reader& r, element_and_table& out) {
  DOVETAIL_TRY(r.u32(out.element.value));
  return r.u32(out.table.value);
}

template <immediate_kind>
struct immediate;
#define DOVETAIL_IMMEDIATE(KIND, TYPE)     \
  template <>                              \
  struct immediate<immediate_kind::KIND> { \
    using type = TYPE;                     \
  };
DOVETAIL_IMMEDIATE(none, no_immediate)
DOVETAIL_IMMEDIATE(block_type, dovetail::block_type)
DOVETAIL_IMMEDIATE(label, label_index)
DOVETAIL_IMMEDIATE(label_table, dovetail::label_table)
DOVETAIL_IMMEDIATE(function, function_index)
DOVETAIL_IMMEDIATE(call_indirect, indirect_call)
DOVETAIL_IMMEDIATE(value_types, type_list)
DOVETAIL_IMMEDIATE(local, local_index)
DOVETAIL_IMMEDIATE(global, global_index)
DOVETAIL_IMMEDIATE(table, table_index)
DOVETAIL_IMMEDIATE(table_table, two_tables)
DOVETAIL_IMMEDIATE(element, element_index)
DOVETAIL_IMMEDIATE(element_table, element_and_table)
DOVETAIL_IMMEDIATE(memory, memory_index)
DOVETAIL_IMMEDIATE(memory_memory, two_memories)
DOVETAIL_IMMEDIATE(data, data_index)
DOVETAIL_IMMEDIATE(data_memory, data_and_memory)
DOVETAIL_IMMEDIATE(memarg, memory_argument)
DOVETAIL_IMMEDIATE(memarg_lane, memory_lane_argument)
DOVETAIL_IMMEDIATE(lane, lane_index)
DOVETAIL_IMMEDIATE(shuffle, dovetail::v128)
DOVETAIL_IMMEDIATE(heap_type, value_type)
DOVETAIL_IMMEDIATE(i32, std::int32_t)
DOVETAIL_IMMEDIATE(i64, std::int64_t)
DOVETAIL_IMMEDIATE(f32, std::uint32_t)
DOVETAIL_IMMEDIATE(f64, std::uint64_t)
DOVETAIL_IMMEDIATE(v128, dovetail::v128)
#undef DOVETAIL_IMMEDIATE

}  // namespace detail

/// The type of an operator's immediate.
template <op O>
using immediate_of = typename detail::immediate<row_of(O).immediate>::type;

}  // namespace dovetail

// ---- dovetail/format/body.hpp

// The body decoder: local declarations and operators of one function, or one constant expression,
// handed to a sink as they are read. The only reader of operators there is, for live and dead code
// alike.

namespace dovetail {

/// A sink that accepts everything and keeps only the nesting: finds where an expression ends. Also
/// the documentation of what `decoder_policy::body` may call.
class null_sink {
 public:
  /// Operators of other features are refused by the decoder.
  static constexpr features accept = features::wasm2();

  /// `count` more locals of a type.
  constexpr status locals(std::uint32_t count, value_type type) {
    static_cast<void>(count), static_cast<void>(type);
    return status::ok;
  }
  /// All locals are known: operators follow.
  constexpr status declared() { return status::ok; }
  /// The offset of the operator that follows.
  constexpr void at(std::size_t offset) { static_cast<void>(offset); }
  /// An operator that its table row types.
  template <shape S, class Immediate>
  constexpr status on(op, const Immediate&) {
    return status::ok;
  }
  /// An operator with typing rules of its own.
  template <op O>
  constexpr status on(op_constant<O>, const immediate_of<O>&) {
    if constexpr (O == op::block || O == op::loop || O == op::if_) {
      return ++depth_, status::ok;
    } else if constexpr (O == op::end) {
      return --depth_, status::ok;
    } else {
      return status::ok;
    }
  }
  /// Whether the last `end` closed the body.
  [[nodiscard]] constexpr bool finished() const { return depth_ == 0; }

 private:
  std::size_t depth_ = 1;
};

/// A null sink that also knows which block it is in: an `else` belongs to an `if` (core
/// specification 5.4.1). Blocks nested deeper than it remembers are taken for granted.
class nesting_sink : public null_sink {
 public:
  using null_sink::on;
  template <op O>
  constexpr status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::block || O == op::loop || O == op::if_) set(++depth_, O == op::if_);
    if constexpr (O == op::else_) {
      if (!is_if(depth_)) return status::end_opcode_expected;
      set(depth_, false);
    }
    if constexpr (O == op::end) {
      if (depth_ != 0) --depth_;
    }
    return null_sink::on(which, imm);
  }

 private:
  static constexpr std::size_t most = 32'768;
  constexpr bool is_if(std::size_t i) const {
    return i >= most || (bits_[i / 64] >> (i % 64) & 1) != 0;
  }
  constexpr void set(std::size_t i, bool value) {
    if (i >= most) return;
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    bits_[i / 64] = value ? bits_[i / 64] | bit : bits_[i / 64] & ~bit;
  }
  std::size_t depth_ = 0;
  std::uint64_t bits_[most / 64] = {};
};

namespace detail {

// Reads with a copy of the reader. What is not inlined then takes the address of the copy, and the
// reader of the loop below stays in registers.
template <class Read>
DOVETAIL_ALWAYS_INLINE constexpr status apart(byte_reader& r, const Read& read) {
  byte_reader there = r;
  const status s = read(there);
  r = there;
  return s;
}

// Ends the loop below like an error, but is none: only `end` asks whether it was the last.
inline constexpr status body_ended{0xff};

template <op O, class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_operator(byte_reader& r, Sink& sink) {
  constexpr op_row row = row_of(O);
  if constexpr (!Sink::accept.has(row.feature)) {
    return status::feature_not_accepted;
  } else {
    immediate_of<O> imm{};
    DOVETAIL_TRY(apart(r, [&](byte_reader& there) { return read(there, imm); }));
    if constexpr (requires { sink.upcoming(r); }) sink.upcoming(r);
    if constexpr (O == op::end) {
      const status s = sink.on(op_c<O>, imm);
      return s == status::ok && sink.finished() ? body_ended : s;
    } else if constexpr (row.shape == shape::special) {
      return sink.on(op_c<O>, imm);
    } else {
      return sink.template on<row.shape>(O, imm);
    }
  }
}

// One switch a prefix, each filled from the rows that carry it.
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_WITH_##PREFIX(NAME, CODE)
#define DOVETAIL_CASE(NAME, CODE) \
  case CODE:                      \
    return decode_operator<op::NAME>(r, sink);

#define DOVETAIL_WITH_0x00(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
#define DOVETAIL_WITH_0xfc(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fc(byte_reader& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0xfc
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0xfc(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fd(byte_reader& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0x00
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0x00(NAME, CODE) DOVETAIL_CASE(NAME, 0x100 | CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
template <class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_one(unsigned code, byte_reader& r, Sink& sink) {
  // A ninth bit, lest the switch become one of signed bytes, which clang 14 tests once more.
  switch (0x100 | code) {
// Every operator of WebAssembly 2.0, a row each: NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE,
// WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32 f64 v128,
// b: an i32 that is a truth value, n: none); the pass types "special" rows.

// clang-format off

// Control instructions (core specification 5.4.1).
DOVETAIL_OP(unreachable,   "unreachable",   0x00, 0x00, none,          special, 0, mvp)
DOVETAIL_OP(nop,           "nop",           0x00, 0x01, none,          special, 0, mvp)
DOVETAIL_OP(block,         "block",         0x00, 0x02, block_type,    special, 0, mvp)
DOVETAIL_OP(loop,          "loop",          0x00, 0x03, block_type,    special, 0, mvp)
DOVETAIL_OP(if_,           "if",            0x00, 0x04, block_type,    special, 0, mvp)
DOVETAIL_OP(else_,         "else",          0x00, 0x05, none,          special, 0, mvp)
DOVETAIL_OP(end,           "end",           0x00, 0x0b, none,          special, 0, mvp)
DOVETAIL_OP(br,            "br",            0x00, 0x0c, label,         special, 0, mvp)
DOVETAIL_OP(br_if,         "br_if",         0x00, 0x0d, label,         special, 0, mvp)
DOVETAIL_OP(br_table,      "br_table",      0x00, 0x0e, label_table,   special, 0, mvp)
DOVETAIL_OP(return_,       "return",        0x00, 0x0f, none,          special, 0, mvp)
DOVETAIL_OP(call,          "call",          0x00, 0x10, function,      special, 0, mvp)
DOVETAIL_OP(call_indirect, "call_indirect", 0x00, 0x11, call_indirect, special, 0, mvp)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)

// Parametric instructions (5.4.3).
DOVETAIL_OP(drop,         "drop",   0x00, 0x1a, none,        special, 0, mvp)
DOVETAIL_OP(select,       "select", 0x00, 0x1b, none,        special, 0, mvp)
DOVETAIL_OP(select_typed, "select", 0x00, 0x1c, value_types, special, 0, reference_types)

// Variable instructions (5.4.4).
DOVETAIL_OP(local_get,  "local.get",  0x00, 0x20, local,  special, 0, mvp)
DOVETAIL_OP(local_set,  "local.set",  0x00, 0x21, local,  special, 0, mvp)
DOVETAIL_OP(local_tee,  "local.tee",  0x00, 0x22, local,  special, 0, mvp)
DOVETAIL_OP(global_get, "global.get", 0x00, 0x23, global, special, 0, mvp)
DOVETAIL_OP(global_set, "global.set", 0x00, 0x24, global, special, 0, mvp)

// Table instructions (5.4.5).
DOVETAIL_OP(table_get,  "table.get",  0x00, 0x25, table,         special, 0, reference_types)
DOVETAIL_OP(table_set,  "table.set",  0x00, 0x26, table,         special, 0, reference_types)
DOVETAIL_OP(table_init, "table.init", 0xfc, 0x0c, element_table, special, 0, bulk_memory)
DOVETAIL_OP(elem_drop,  "elem.drop",  0xfc, 0x0d, element,       special, 0, bulk_memory)
DOVETAIL_OP(table_copy, "table.copy", 0xfc, 0x0e, table_table,   special, 0, bulk_memory)
DOVETAIL_OP(table_grow, "table.grow", 0xfc, 0x0f, table,         special, 0, reference_types)
DOVETAIL_OP(table_size, "table.size", 0xfc, 0x10, table,         special, 0, reference_types)
DOVETAIL_OP(table_fill, "table.fill", 0xfc, 0x11, table,         special, 0, reference_types)

// Memory instructions (5.4.6): an address and an offset, then the width of the access in bytes.
DOVETAIL_OP(i32_load,     "i32.load",     0x00, 0x28, memarg,        i_i,     4, mvp)
DOVETAIL_OP(i64_load,     "i64.load",     0x00, 0x29, memarg,        i_l,     8, mvp)
DOVETAIL_OP(f32_load,     "f32.load",     0x00, 0x2a, memarg,        i_f,     4, mvp)
DOVETAIL_OP(f64_load,     "f64.load",     0x00, 0x2b, memarg,        i_d,     8, mvp)
DOVETAIL_OP(i32_load8_s,  "i32.load8_s",  0x00, 0x2c, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load8_u,  "i32.load8_u",  0x00, 0x2d, memarg,        i_i,     1, mvp)
DOVETAIL_OP(i32_load16_s, "i32.load16_s", 0x00, 0x2e, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i32_load16_u, "i32.load16_u", 0x00, 0x2f, memarg,        i_i,     2, mvp)
DOVETAIL_OP(i64_load8_s,  "i64.load8_s",  0x00, 0x30, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load8_u,  "i64.load8_u",  0x00, 0x31, memarg,        i_l,     1, mvp)
DOVETAIL_OP(i64_load16_s, "i64.load16_s", 0x00, 0x32, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load16_u, "i64.load16_u", 0x00, 0x33, memarg,        i_l,     2, mvp)
DOVETAIL_OP(i64_load32_s, "i64.load32_s", 0x00, 0x34, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i64_load32_u, "i64.load32_u", 0x00, 0x35, memarg,        i_l,     4, mvp)
DOVETAIL_OP(i32_store,    "i32.store",    0x00, 0x36, memarg,        ii_n,    4, mvp)
DOVETAIL_OP(i64_store,    "i64.store",    0x00, 0x37, memarg,        il_n,    8, mvp)
DOVETAIL_OP(f32_store,    "f32.store",    0x00, 0x38, memarg,        if_n,    4, mvp)
DOVETAIL_OP(f64_store,    "f64.store",    0x00, 0x39, memarg,        id_n,    8, mvp)
DOVETAIL_OP(i32_store8,   "i32.store8",   0x00, 0x3a, memarg,        ii_n,    1, mvp)
DOVETAIL_OP(i32_store16,  "i32.store16",  0x00, 0x3b, memarg,        ii_n,    2, mvp)
DOVETAIL_OP(i64_store8,   "i64.store8",   0x00, 0x3c, memarg,        il_n,    1, mvp)
DOVETAIL_OP(i64_store16,  "i64.store16",  0x00, 0x3d, memarg,        il_n,    2, mvp)
DOVETAIL_OP(i64_store32,  "i64.store32",  0x00, 0x3e, memarg,        il_n,    4, mvp)
DOVETAIL_OP(memory_size,  "memory.size",  0x00, 0x3f, memory,        special, 0, mvp)
DOVETAIL_OP(memory_grow,  "memory.grow",  0x00, 0x40, memory,        special, 0, mvp)
DOVETAIL_OP(memory_init,  "memory.init",  0xfc, 0x08, data_memory,   special, 0, bulk_memory)
DOVETAIL_OP(data_drop,    "data.drop",    0xfc, 0x09, data,          special, 0, bulk_memory)
DOVETAIL_OP(memory_copy,  "memory.copy",  0xfc, 0x0a, memory_memory, special, 0, bulk_memory)
DOVETAIL_OP(memory_fill,  "memory.fill",  0xfc, 0x0b, memory,        special, 0, bulk_memory)

// Numeric instructions (5.4.7): constants.
DOVETAIL_OP(i32_const, "i32.const", 0x00, 0x41, i32, n_i, 0, mvp)
DOVETAIL_OP(i64_const, "i64.const", 0x00, 0x42, i64, n_l, 0, mvp)
DOVETAIL_OP(f32_const, "f32.const", 0x00, 0x43, f32, n_f, 0, mvp)
DOVETAIL_OP(f64_const, "f64.const", 0x00, 0x44, f64, n_d, 0, mvp)

// Integer comparisons.
DOVETAIL_OP(i32_eqz,  "i32.eqz",  0x00, 0x45, none, i_b,  0, mvp)
DOVETAIL_OP(i32_eq,   "i32.eq",   0x00, 0x46, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ne,   "i32.ne",   0x00, 0x47, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_s, "i32.lt_s", 0x00, 0x48, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_lt_u, "i32.lt_u", 0x00, 0x49, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_s, "i32.gt_s", 0x00, 0x4a, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_gt_u, "i32.gt_u", 0x00, 0x4b, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_s, "i32.le_s", 0x00, 0x4c, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_le_u, "i32.le_u", 0x00, 0x4d, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_s, "i32.ge_s", 0x00, 0x4e, none, ii_b, 0, mvp)
DOVETAIL_OP(i32_ge_u, "i32.ge_u", 0x00, 0x4f, none, ii_b, 0, mvp)
DOVETAIL_OP(i64_eqz,  "i64.eqz",  0x00, 0x50, none, l_b,  0, mvp)
DOVETAIL_OP(i64_eq,   "i64.eq",   0x00, 0x51, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ne,   "i64.ne",   0x00, 0x52, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_s, "i64.lt_s", 0x00, 0x53, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_lt_u, "i64.lt_u", 0x00, 0x54, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_s, "i64.gt_s", 0x00, 0x55, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_gt_u, "i64.gt_u", 0x00, 0x56, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_s, "i64.le_s", 0x00, 0x57, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_le_u, "i64.le_u", 0x00, 0x58, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_s, "i64.ge_s", 0x00, 0x59, none, ll_b, 0, mvp)
DOVETAIL_OP(i64_ge_u, "i64.ge_u", 0x00, 0x5a, none, ll_b, 0, mvp)

// Float comparisons.
DOVETAIL_OP(f32_eq, "f32.eq", 0x00, 0x5b, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ne, "f32.ne", 0x00, 0x5c, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_lt, "f32.lt", 0x00, 0x5d, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_gt, "f32.gt", 0x00, 0x5e, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_le, "f32.le", 0x00, 0x5f, none, ff_b, 0, mvp)
DOVETAIL_OP(f32_ge, "f32.ge", 0x00, 0x60, none, ff_b, 0, mvp)
DOVETAIL_OP(f64_eq, "f64.eq", 0x00, 0x61, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ne, "f64.ne", 0x00, 0x62, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_lt, "f64.lt", 0x00, 0x63, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_gt, "f64.gt", 0x00, 0x64, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_le, "f64.le", 0x00, 0x65, none, dd_b, 0, mvp)
DOVETAIL_OP(f64_ge, "f64.ge", 0x00, 0x66, none, dd_b, 0, mvp)

// Integer arithmetic.
DOVETAIL_OP(i32_clz,    "i32.clz",    0x00, 0x67, none, i_i,  0, mvp)
DOVETAIL_OP(i32_ctz,    "i32.ctz",    0x00, 0x68, none, i_i,  0, mvp)
DOVETAIL_OP(i32_popcnt, "i32.popcnt", 0x00, 0x69, none, i_i,  0, mvp)
DOVETAIL_OP(i32_add,    "i32.add",    0x00, 0x6a, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_sub,    "i32.sub",    0x00, 0x6b, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_mul,    "i32.mul",    0x00, 0x6c, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_s,  "i32.div_s",  0x00, 0x6d, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_div_u,  "i32.div_u",  0x00, 0x6e, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_s,  "i32.rem_s",  0x00, 0x6f, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rem_u,  "i32.rem_u",  0x00, 0x70, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_and,    "i32.and",    0x00, 0x71, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_or,     "i32.or",     0x00, 0x72, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_xor,    "i32.xor",    0x00, 0x73, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shl,    "i32.shl",    0x00, 0x74, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_s,  "i32.shr_s",  0x00, 0x75, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_shr_u,  "i32.shr_u",  0x00, 0x76, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotl,   "i32.rotl",   0x00, 0x77, none, ii_i, 0, mvp)
DOVETAIL_OP(i32_rotr,   "i32.rotr",   0x00, 0x78, none, ii_i, 0, mvp)
DOVETAIL_OP(i64_clz,    "i64.clz",    0x00, 0x79, none, l_l,  0, mvp)
DOVETAIL_OP(i64_ctz,    "i64.ctz",    0x00, 0x7a, none, l_l,  0, mvp)
DOVETAIL_OP(i64_popcnt, "i64.popcnt", 0x00, 0x7b, none, l_l,  0, mvp)
DOVETAIL_OP(i64_add,    "i64.add",    0x00, 0x7c, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_sub,    "i64.sub",    0x00, 0x7d, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_mul,    "i64.mul",    0x00, 0x7e, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_s,  "i64.div_s",  0x00, 0x7f, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_div_u,  "i64.div_u",  0x00, 0x80, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_s,  "i64.rem_s",  0x00, 0x81, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rem_u,  "i64.rem_u",  0x00, 0x82, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_and,    "i64.and",    0x00, 0x83, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_or,     "i64.or",     0x00, 0x84, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_xor,    "i64.xor",    0x00, 0x85, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shl,    "i64.shl",    0x00, 0x86, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_s,  "i64.shr_s",  0x00, 0x87, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_shr_u,  "i64.shr_u",  0x00, 0x88, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotl,   "i64.rotl",   0x00, 0x89, none, ll_l, 0, mvp)
DOVETAIL_OP(i64_rotr,   "i64.rotr",   0x00, 0x8a, none, ll_l, 0, mvp)

// Float arithmetic.
DOVETAIL_OP(f32_abs,      "f32.abs",      0x00, 0x8b, none, f_f,  0, mvp)
DOVETAIL_OP(f32_neg,      "f32.neg",      0x00, 0x8c, none, f_f,  0, mvp)
DOVETAIL_OP(f32_ceil,     "f32.ceil",     0x00, 0x8d, none, f_f,  0, mvp)
DOVETAIL_OP(f32_floor,    "f32.floor",    0x00, 0x8e, none, f_f,  0, mvp)
DOVETAIL_OP(f32_trunc,    "f32.trunc",    0x00, 0x8f, none, f_f,  0, mvp)
DOVETAIL_OP(f32_nearest,  "f32.nearest",  0x00, 0x90, none, f_f,  0, mvp)
DOVETAIL_OP(f32_sqrt,     "f32.sqrt",     0x00, 0x91, none, f_f,  0, mvp)
DOVETAIL_OP(f32_add,      "f32.add",      0x00, 0x92, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_sub,      "f32.sub",      0x00, 0x93, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_mul,      "f32.mul",      0x00, 0x94, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_div,      "f32.div",      0x00, 0x95, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_min,      "f32.min",      0x00, 0x96, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_max,      "f32.max",      0x00, 0x97, none, ff_f, 0, mvp)
DOVETAIL_OP(f32_copysign, "f32.copysign", 0x00, 0x98, none, ff_f, 0, mvp)
DOVETAIL_OP(f64_abs,      "f64.abs",      0x00, 0x99, none, d_d,  0, mvp)
DOVETAIL_OP(f64_neg,      "f64.neg",      0x00, 0x9a, none, d_d,  0, mvp)
DOVETAIL_OP(f64_ceil,     "f64.ceil",     0x00, 0x9b, none, d_d,  0, mvp)
DOVETAIL_OP(f64_floor,    "f64.floor",    0x00, 0x9c, none, d_d,  0, mvp)
DOVETAIL_OP(f64_trunc,    "f64.trunc",    0x00, 0x9d, none, d_d,  0, mvp)
DOVETAIL_OP(f64_nearest,  "f64.nearest",  0x00, 0x9e, none, d_d,  0, mvp)
DOVETAIL_OP(f64_sqrt,     "f64.sqrt",     0x00, 0x9f, none, d_d,  0, mvp)
DOVETAIL_OP(f64_add,      "f64.add",      0x00, 0xa0, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_sub,      "f64.sub",      0x00, 0xa1, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_mul,      "f64.mul",      0x00, 0xa2, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_div,      "f64.div",      0x00, 0xa3, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_min,      "f64.min",      0x00, 0xa4, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_max,      "f64.max",      0x00, 0xa5, none, dd_d, 0, mvp)
DOVETAIL_OP(f64_copysign, "f64.copysign", 0x00, 0xa6, none, dd_d, 0, mvp)

// Conversions.
DOVETAIL_OP(i32_wrap_i64,        "i32.wrap_i64",        0x00, 0xa7, none, l_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_s,     "i32.trunc_f32_s",     0x00, 0xa8, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f32_u,     "i32.trunc_f32_u",     0x00, 0xa9, none, f_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_s,     "i32.trunc_f64_s",     0x00, 0xaa, none, d_i, 0, mvp)
DOVETAIL_OP(i32_trunc_f64_u,     "i32.trunc_f64_u",     0x00, 0xab, none, d_i, 0, mvp)
DOVETAIL_OP(i64_extend_i32_s,    "i64.extend_i32_s",    0x00, 0xac, none, i_l, 0, mvp)
DOVETAIL_OP(i64_extend_i32_u,    "i64.extend_i32_u",    0x00, 0xad, none, i_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_s,     "i64.trunc_f32_s",     0x00, 0xae, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f32_u,     "i64.trunc_f32_u",     0x00, 0xaf, none, f_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_s,     "i64.trunc_f64_s",     0x00, 0xb0, none, d_l, 0, mvp)
DOVETAIL_OP(i64_trunc_f64_u,     "i64.trunc_f64_u",     0x00, 0xb1, none, d_l, 0, mvp)
DOVETAIL_OP(f32_convert_i32_s,   "f32.convert_i32_s",   0x00, 0xb2, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i32_u,   "f32.convert_i32_u",   0x00, 0xb3, none, i_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_s,   "f32.convert_i64_s",   0x00, 0xb4, none, l_f, 0, mvp)
DOVETAIL_OP(f32_convert_i64_u,   "f32.convert_i64_u",   0x00, 0xb5, none, l_f, 0, mvp)
DOVETAIL_OP(f32_demote_f64,      "f32.demote_f64",      0x00, 0xb6, none, d_f, 0, mvp)
DOVETAIL_OP(f64_convert_i32_s,   "f64.convert_i32_s",   0x00, 0xb7, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i32_u,   "f64.convert_i32_u",   0x00, 0xb8, none, i_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_s,   "f64.convert_i64_s",   0x00, 0xb9, none, l_d, 0, mvp)
DOVETAIL_OP(f64_convert_i64_u,   "f64.convert_i64_u",   0x00, 0xba, none, l_d, 0, mvp)
DOVETAIL_OP(f64_promote_f32,     "f64.promote_f32",     0x00, 0xbb, none, f_d, 0, mvp)
DOVETAIL_OP(i32_reinterpret_f32, "i32.reinterpret_f32", 0x00, 0xbc, none, f_i, 0, mvp)
DOVETAIL_OP(i64_reinterpret_f64, "i64.reinterpret_f64", 0x00, 0xbd, none, d_l, 0, mvp)
DOVETAIL_OP(f32_reinterpret_i32, "f32.reinterpret_i32", 0x00, 0xbe, none, i_f, 0, mvp)
DOVETAIL_OP(f64_reinterpret_i64, "f64.reinterpret_i64", 0x00, 0xbf, none, l_d, 0, mvp)
DOVETAIL_OP(i32_extend8_s,       "i32.extend8_s",       0x00, 0xc0, none, i_i, 0, sign_extension)
DOVETAIL_OP(i32_extend16_s,      "i32.extend16_s",      0x00, 0xc1, none, i_i, 0, sign_extension)
DOVETAIL_OP(i64_extend8_s,       "i64.extend8_s",       0x00, 0xc2, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend16_s,      "i64.extend16_s",      0x00, 0xc3, none, l_l, 0, sign_extension)
DOVETAIL_OP(i64_extend32_s,      "i64.extend32_s",      0x00, 0xc4, none, l_l, 0, sign_extension)
DOVETAIL_OP(i32_trunc_sat_f32_s, "i32.trunc_sat_f32_s", 0xfc, 0x00, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f32_u, "i32.trunc_sat_f32_u", 0xfc, 0x01, none, f_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_s, "i32.trunc_sat_f64_s", 0xfc, 0x02, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i32_trunc_sat_f64_u, "i32.trunc_sat_f64_u", 0xfc, 0x03, none, d_i, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_s, "i64.trunc_sat_f32_s", 0xfc, 0x04, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f32_u, "i64.trunc_sat_f32_u", 0xfc, 0x05, none, f_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_s, "i64.trunc_sat_f64_s", 0xfc, 0x06, none, d_l, 0, saturating_conversion)
DOVETAIL_OP(i64_trunc_sat_f64_u, "i64.trunc_sat_f64_u", 0xfc, 0x07, none, d_l, 0, saturating_conversion)

// Vector instructions (5.4.8): memory, constants, lanes. The width of a lane access is the lane.
DOVETAIL_OP(v128_load,            "v128.load",            0xfd, 0x00, memarg,      i_v,  16, simd)
DOVETAIL_OP(v128_load8x8_s,       "v128.load8x8_s",       0xfd, 0x01, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8x8_u,       "v128.load8x8_u",       0xfd, 0x02, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_s,      "v128.load16x4_s",      0xfd, 0x03, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load16x4_u,      "v128.load16x4_u",      0xfd, 0x04, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_s,      "v128.load32x2_s",      0xfd, 0x05, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32x2_u,      "v128.load32x2_u",      0xfd, 0x06, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load8_splat,     "v128.load8_splat",     0xfd, 0x07, memarg,      i_v,  1,  simd)
DOVETAIL_OP(v128_load16_splat,    "v128.load16_splat",    0xfd, 0x08, memarg,      i_v,  2,  simd)
DOVETAIL_OP(v128_load32_splat,    "v128.load32_splat",    0xfd, 0x09, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_splat,    "v128.load64_splat",    0xfd, 0x0a, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_load32_zero,     "v128.load32_zero",     0xfd, 0x5c, memarg,      i_v,  4,  simd)
DOVETAIL_OP(v128_load64_zero,     "v128.load64_zero",     0xfd, 0x5d, memarg,      i_v,  8,  simd)
DOVETAIL_OP(v128_store,           "v128.store",           0xfd, 0x0b, memarg,      iv_n, 16, simd)
DOVETAIL_OP(v128_load8_lane,      "v128.load8_lane",      0xfd, 0x54, memarg_lane, iv_v, 1,  simd)
DOVETAIL_OP(v128_load16_lane,     "v128.load16_lane",     0xfd, 0x55, memarg_lane, iv_v, 2,  simd)
DOVETAIL_OP(v128_load32_lane,     "v128.load32_lane",     0xfd, 0x56, memarg_lane, iv_v, 4,  simd)
DOVETAIL_OP(v128_load64_lane,     "v128.load64_lane",     0xfd, 0x57, memarg_lane, iv_v, 8,  simd)
DOVETAIL_OP(v128_store8_lane,     "v128.store8_lane",     0xfd, 0x58, memarg_lane, iv_n, 1,  simd)
DOVETAIL_OP(v128_store16_lane,    "v128.store16_lane",    0xfd, 0x59, memarg_lane, iv_n, 2,  simd)
DOVETAIL_OP(v128_store32_lane,    "v128.store32_lane",    0xfd, 0x5a, memarg_lane, iv_n, 4,  simd)
DOVETAIL_OP(v128_store64_lane,    "v128.store64_lane",    0xfd, 0x5b, memarg_lane, iv_n, 8,  simd)
DOVETAIL_OP(v128_const,           "v128.const",           0xfd, 0x0c, v128,        n_v,  0,  simd)
DOVETAIL_OP(i8x16_shuffle,        "i8x16.shuffle",        0xfd, 0x0d, shuffle,     vv_v, 1,  simd)
DOVETAIL_OP(i8x16_swizzle,        "i8x16.swizzle",        0xfd, 0x0e, none,        vv_v, 0,  simd)
DOVETAIL_OP(i8x16_splat,          "i8x16.splat",          0xfd, 0x0f, none,        i_v,  0,  simd)
DOVETAIL_OP(i16x8_splat,          "i16x8.splat",          0xfd, 0x10, none,        i_v,  0,  simd)
DOVETAIL_OP(i32x4_splat,          "i32x4.splat",          0xfd, 0x11, none,        i_v,  0,  simd)
DOVETAIL_OP(i64x2_splat,          "i64x2.splat",          0xfd, 0x12, none,        l_v,  0,  simd)
DOVETAIL_OP(f32x4_splat,          "f32x4.splat",          0xfd, 0x13, none,        f_v,  0,  simd)
DOVETAIL_OP(f64x2_splat,          "f64x2.splat",          0xfd, 0x14, none,        d_v,  0,  simd)
DOVETAIL_OP(i8x16_extract_lane_s, "i8x16.extract_lane_s", 0xfd, 0x15, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_extract_lane_u, "i8x16.extract_lane_u", 0xfd, 0x16, lane,        v_i,  1,  simd)
DOVETAIL_OP(i8x16_replace_lane,   "i8x16.replace_lane",   0xfd, 0x17, lane,        vi_v, 1,  simd)
DOVETAIL_OP(i16x8_extract_lane_s, "i16x8.extract_lane_s", 0xfd, 0x18, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_extract_lane_u, "i16x8.extract_lane_u", 0xfd, 0x19, lane,        v_i,  2,  simd)
DOVETAIL_OP(i16x8_replace_lane,   "i16x8.replace_lane",   0xfd, 0x1a, lane,        vi_v, 2,  simd)
DOVETAIL_OP(i32x4_extract_lane,   "i32x4.extract_lane",   0xfd, 0x1b, lane,        v_i,  4,  simd)
DOVETAIL_OP(i32x4_replace_lane,   "i32x4.replace_lane",   0xfd, 0x1c, lane,        vi_v, 4,  simd)
DOVETAIL_OP(i64x2_extract_lane,   "i64x2.extract_lane",   0xfd, 0x1d, lane,        v_l,  8,  simd)
DOVETAIL_OP(i64x2_replace_lane,   "i64x2.replace_lane",   0xfd, 0x1e, lane,        vl_v, 8,  simd)
DOVETAIL_OP(f32x4_extract_lane,   "f32x4.extract_lane",   0xfd, 0x1f, lane,        v_f,  4,  simd)
DOVETAIL_OP(f32x4_replace_lane,   "f32x4.replace_lane",   0xfd, 0x20, lane,        vf_v, 4,  simd)
DOVETAIL_OP(f64x2_extract_lane,   "f64x2.extract_lane",   0xfd, 0x21, lane,        v_d,  8,  simd)
DOVETAIL_OP(f64x2_replace_lane,   "f64x2.replace_lane",   0xfd, 0x22, lane,        vd_v, 8,  simd)

// Vector comparisons.
DOVETAIL_OP(i8x16_eq,   "i8x16.eq",   0xfd, 0x23, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ne,   "i8x16.ne",   0xfd, 0x24, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_s, "i8x16.lt_s", 0xfd, 0x25, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_lt_u, "i8x16.lt_u", 0xfd, 0x26, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_s, "i8x16.gt_s", 0xfd, 0x27, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_gt_u, "i8x16.gt_u", 0xfd, 0x28, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_s, "i8x16.le_s", 0xfd, 0x29, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_le_u, "i8x16.le_u", 0xfd, 0x2a, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_s, "i8x16.ge_s", 0xfd, 0x2b, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_ge_u, "i8x16.ge_u", 0xfd, 0x2c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_eq,   "i16x8.eq",   0xfd, 0x2d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ne,   "i16x8.ne",   0xfd, 0x2e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_s, "i16x8.lt_s", 0xfd, 0x2f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_lt_u, "i16x8.lt_u", 0xfd, 0x30, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_s, "i16x8.gt_s", 0xfd, 0x31, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_gt_u, "i16x8.gt_u", 0xfd, 0x32, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_s, "i16x8.le_s", 0xfd, 0x33, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_le_u, "i16x8.le_u", 0xfd, 0x34, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_s, "i16x8.ge_s", 0xfd, 0x35, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_ge_u, "i16x8.ge_u", 0xfd, 0x36, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_eq,   "i32x4.eq",   0xfd, 0x37, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ne,   "i32x4.ne",   0xfd, 0x38, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_s, "i32x4.lt_s", 0xfd, 0x39, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_lt_u, "i32x4.lt_u", 0xfd, 0x3a, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_s, "i32x4.gt_s", 0xfd, 0x3b, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_gt_u, "i32x4.gt_u", 0xfd, 0x3c, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_s, "i32x4.le_s", 0xfd, 0x3d, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_le_u, "i32x4.le_u", 0xfd, 0x3e, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_s, "i32x4.ge_s", 0xfd, 0x3f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_ge_u, "i32x4.ge_u", 0xfd, 0x40, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_eq,   "i64x2.eq",   0xfd, 0xd6, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ne,   "i64x2.ne",   0xfd, 0xd7, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_lt_s, "i64x2.lt_s", 0xfd, 0xd8, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_gt_s, "i64x2.gt_s", 0xfd, 0xd9, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_le_s, "i64x2.le_s", 0xfd, 0xda, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_ge_s, "i64x2.ge_s", 0xfd, 0xdb, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_eq,   "f32x4.eq",   0xfd, 0x41, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ne,   "f32x4.ne",   0xfd, 0x42, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_lt,   "f32x4.lt",   0xfd, 0x43, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_gt,   "f32x4.gt",   0xfd, 0x44, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_le,   "f32x4.le",   0xfd, 0x45, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_ge,   "f32x4.ge",   0xfd, 0x46, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_eq,   "f64x2.eq",   0xfd, 0x47, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ne,   "f64x2.ne",   0xfd, 0x48, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_lt,   "f64x2.lt",   0xfd, 0x49, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_gt,   "f64x2.gt",   0xfd, 0x4a, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_le,   "f64x2.le",   0xfd, 0x4b, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_ge,   "f64x2.ge",   0xfd, 0x4c, none, vv_v, 0, simd)

// Vector bitwise instructions.
DOVETAIL_OP(v128_not,       "v128.not",       0xfd, 0x4d, none, v_v,   0, simd)
DOVETAIL_OP(v128_and,       "v128.and",       0xfd, 0x4e, none, vv_v,  0, simd)
DOVETAIL_OP(v128_andnot,    "v128.andnot",    0xfd, 0x4f, none, vv_v,  0, simd)
DOVETAIL_OP(v128_or,        "v128.or",        0xfd, 0x50, none, vv_v,  0, simd)
DOVETAIL_OP(v128_xor,       "v128.xor",       0xfd, 0x51, none, vv_v,  0, simd)
DOVETAIL_OP(v128_bitselect, "v128.bitselect", 0xfd, 0x52, none, vvv_v, 0, simd)
DOVETAIL_OP(v128_any_true,  "v128.any_true",  0xfd, 0x53, none, v_i,   0, simd)

// Vector integer arithmetic.
DOVETAIL_OP(i8x16_abs,                     "i8x16.abs",                     0xfd, 0x60, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_neg,                     "i8x16.neg",                     0xfd, 0x61, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_popcnt,                  "i8x16.popcnt",                  0xfd, 0x62, none, v_v,  0, simd)
DOVETAIL_OP(i8x16_all_true,                "i8x16.all_true",                0xfd, 0x63, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_bitmask,                 "i8x16.bitmask",                 0xfd, 0x64, none, v_i,  0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_s,          "i8x16.narrow_i16x8_s",          0xfd, 0x65, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_narrow_i16x8_u,          "i8x16.narrow_i16x8_u",          0xfd, 0x66, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_shl,                     "i8x16.shl",                     0xfd, 0x6b, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_s,                   "i8x16.shr_s",                   0xfd, 0x6c, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_shr_u,                   "i8x16.shr_u",                   0xfd, 0x6d, none, vi_v, 0, simd)
DOVETAIL_OP(i8x16_add,                     "i8x16.add",                     0xfd, 0x6e, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_s,               "i8x16.add_sat_s",               0xfd, 0x6f, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_add_sat_u,               "i8x16.add_sat_u",               0xfd, 0x70, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub,                     "i8x16.sub",                     0xfd, 0x71, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_s,               "i8x16.sub_sat_s",               0xfd, 0x72, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_sub_sat_u,               "i8x16.sub_sat_u",               0xfd, 0x73, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_s,                   "i8x16.min_s",                   0xfd, 0x76, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_min_u,                   "i8x16.min_u",                   0xfd, 0x77, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_s,                   "i8x16.max_s",                   0xfd, 0x78, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_max_u,                   "i8x16.max_u",                   0xfd, 0x79, none, vv_v, 0, simd)
DOVETAIL_OP(i8x16_avgr_u,                  "i8x16.avgr_u",                  0xfd, 0x7b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_s, "i16x8.extadd_pairwise_i8x16_s", 0xfd, 0x7c, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extadd_pairwise_i8x16_u, "i16x8.extadd_pairwise_i8x16_u", 0xfd, 0x7d, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_s, "i32x4.extadd_pairwise_i16x8_s", 0xfd, 0x7e, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extadd_pairwise_i16x8_u, "i32x4.extadd_pairwise_i16x8_u", 0xfd, 0x7f, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_abs,                     "i16x8.abs",                     0xfd, 0x80, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_neg,                     "i16x8.neg",                     0xfd, 0x81, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_q15mulr_sat_s,           "i16x8.q15mulr_sat_s",           0xfd, 0x82, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_all_true,                "i16x8.all_true",                0xfd, 0x83, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_bitmask,                 "i16x8.bitmask",                 0xfd, 0x84, none, v_i,  0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_s,          "i16x8.narrow_i32x4_s",          0xfd, 0x85, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_narrow_i32x4_u,          "i16x8.narrow_i32x4_u",          0xfd, 0x86, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_s,      "i16x8.extend_low_i8x16_s",      0xfd, 0x87, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_s,     "i16x8.extend_high_i8x16_s",     0xfd, 0x88, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_low_i8x16_u,      "i16x8.extend_low_i8x16_u",      0xfd, 0x89, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_extend_high_i8x16_u,     "i16x8.extend_high_i8x16_u",     0xfd, 0x8a, none, v_v,  0, simd)
DOVETAIL_OP(i16x8_shl,                     "i16x8.shl",                     0xfd, 0x8b, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_s,                   "i16x8.shr_s",                   0xfd, 0x8c, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_shr_u,                   "i16x8.shr_u",                   0xfd, 0x8d, none, vi_v, 0, simd)
DOVETAIL_OP(i16x8_add,                     "i16x8.add",                     0xfd, 0x8e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_s,               "i16x8.add_sat_s",               0xfd, 0x8f, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_add_sat_u,               "i16x8.add_sat_u",               0xfd, 0x90, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub,                     "i16x8.sub",                     0xfd, 0x91, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_s,               "i16x8.sub_sat_s",               0xfd, 0x92, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_sub_sat_u,               "i16x8.sub_sat_u",               0xfd, 0x93, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_mul,                     "i16x8.mul",                     0xfd, 0x95, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_s,                   "i16x8.min_s",                   0xfd, 0x96, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_min_u,                   "i16x8.min_u",                   0xfd, 0x97, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_s,                   "i16x8.max_s",                   0xfd, 0x98, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_max_u,                   "i16x8.max_u",                   0xfd, 0x99, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_avgr_u,                  "i16x8.avgr_u",                  0xfd, 0x9b, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_s,      "i16x8.extmul_low_i8x16_s",      0xfd, 0x9c, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_s,     "i16x8.extmul_high_i8x16_s",     0xfd, 0x9d, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_low_i8x16_u,      "i16x8.extmul_low_i8x16_u",      0xfd, 0x9e, none, vv_v, 0, simd)
DOVETAIL_OP(i16x8_extmul_high_i8x16_u,     "i16x8.extmul_high_i8x16_u",     0xfd, 0x9f, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_abs,                     "i32x4.abs",                     0xfd, 0xa0, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_neg,                     "i32x4.neg",                     0xfd, 0xa1, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_all_true,                "i32x4.all_true",                0xfd, 0xa3, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_bitmask,                 "i32x4.bitmask",                 0xfd, 0xa4, none, v_i,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_s,      "i32x4.extend_low_i16x8_s",      0xfd, 0xa7, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_s,     "i32x4.extend_high_i16x8_s",     0xfd, 0xa8, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_low_i16x8_u,      "i32x4.extend_low_i16x8_u",      0xfd, 0xa9, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_extend_high_i16x8_u,     "i32x4.extend_high_i16x8_u",     0xfd, 0xaa, none, v_v,  0, simd)
DOVETAIL_OP(i32x4_shl,                     "i32x4.shl",                     0xfd, 0xab, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_s,                   "i32x4.shr_s",                   0xfd, 0xac, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_shr_u,                   "i32x4.shr_u",                   0xfd, 0xad, none, vi_v, 0, simd)
DOVETAIL_OP(i32x4_add,                     "i32x4.add",                     0xfd, 0xae, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_sub,                     "i32x4.sub",                     0xfd, 0xb1, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_mul,                     "i32x4.mul",                     0xfd, 0xb5, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_s,                   "i32x4.min_s",                   0xfd, 0xb6, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_min_u,                   "i32x4.min_u",                   0xfd, 0xb7, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_s,                   "i32x4.max_s",                   0xfd, 0xb8, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_max_u,                   "i32x4.max_u",                   0xfd, 0xb9, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_dot_i16x8_s,             "i32x4.dot_i16x8_s",             0xfd, 0xba, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_s,      "i32x4.extmul_low_i16x8_s",      0xfd, 0xbc, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_s,     "i32x4.extmul_high_i16x8_s",     0xfd, 0xbd, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_low_i16x8_u,      "i32x4.extmul_low_i16x8_u",      0xfd, 0xbe, none, vv_v, 0, simd)
DOVETAIL_OP(i32x4_extmul_high_i16x8_u,     "i32x4.extmul_high_i16x8_u",     0xfd, 0xbf, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_abs,                     "i64x2.abs",                     0xfd, 0xc0, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_neg,                     "i64x2.neg",                     0xfd, 0xc1, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_all_true,                "i64x2.all_true",                0xfd, 0xc3, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_bitmask,                 "i64x2.bitmask",                 0xfd, 0xc4, none, v_i,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_s,      "i64x2.extend_low_i32x4_s",      0xfd, 0xc7, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_s,     "i64x2.extend_high_i32x4_s",     0xfd, 0xc8, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_low_i32x4_u,      "i64x2.extend_low_i32x4_u",      0xfd, 0xc9, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_extend_high_i32x4_u,     "i64x2.extend_high_i32x4_u",     0xfd, 0xca, none, v_v,  0, simd)
DOVETAIL_OP(i64x2_shl,                     "i64x2.shl",                     0xfd, 0xcb, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_s,                   "i64x2.shr_s",                   0xfd, 0xcc, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_shr_u,                   "i64x2.shr_u",                   0xfd, 0xcd, none, vi_v, 0, simd)
DOVETAIL_OP(i64x2_add,                     "i64x2.add",                     0xfd, 0xce, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_sub,                     "i64x2.sub",                     0xfd, 0xd1, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_mul,                     "i64x2.mul",                     0xfd, 0xd5, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_s,      "i64x2.extmul_low_i32x4_s",      0xfd, 0xdc, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_s,     "i64x2.extmul_high_i32x4_s",     0xfd, 0xdd, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_low_i32x4_u,      "i64x2.extmul_low_i32x4_u",      0xfd, 0xde, none, vv_v, 0, simd)
DOVETAIL_OP(i64x2_extmul_high_i32x4_u,     "i64x2.extmul_high_i32x4_u",     0xfd, 0xdf, none, vv_v, 0, simd)

// Vector float arithmetic.
DOVETAIL_OP(f32x4_ceil,    "f32x4.ceil",    0xfd, 0x67, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_floor,   "f32x4.floor",   0xfd, 0x68, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_trunc,   "f32x4.trunc",   0xfd, 0x69, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_nearest, "f32x4.nearest", 0xfd, 0x6a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_ceil,    "f64x2.ceil",    0xfd, 0x74, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_floor,   "f64x2.floor",   0xfd, 0x75, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_trunc,   "f64x2.trunc",   0xfd, 0x7a, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_nearest, "f64x2.nearest", 0xfd, 0x94, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_abs,     "f32x4.abs",     0xfd, 0xe0, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_neg,     "f32x4.neg",     0xfd, 0xe1, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_sqrt,    "f32x4.sqrt",    0xfd, 0xe3, none, v_v,  0, simd)
DOVETAIL_OP(f32x4_add,     "f32x4.add",     0xfd, 0xe4, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_sub,     "f32x4.sub",     0xfd, 0xe5, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_mul,     "f32x4.mul",     0xfd, 0xe6, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_div,     "f32x4.div",     0xfd, 0xe7, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_min,     "f32x4.min",     0xfd, 0xe8, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_max,     "f32x4.max",     0xfd, 0xe9, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmin,    "f32x4.pmin",    0xfd, 0xea, none, vv_v, 0, simd)
DOVETAIL_OP(f32x4_pmax,    "f32x4.pmax",    0xfd, 0xeb, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_abs,     "f64x2.abs",     0xfd, 0xec, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_neg,     "f64x2.neg",     0xfd, 0xed, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_sqrt,    "f64x2.sqrt",    0xfd, 0xef, none, v_v,  0, simd)
DOVETAIL_OP(f64x2_add,     "f64x2.add",     0xfd, 0xf0, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_sub,     "f64x2.sub",     0xfd, 0xf1, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_mul,     "f64x2.mul",     0xfd, 0xf2, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_div,     "f64x2.div",     0xfd, 0xf3, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_min,     "f64x2.min",     0xfd, 0xf4, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_max,     "f64x2.max",     0xfd, 0xf5, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmin,    "f64x2.pmin",    0xfd, 0xf6, none, vv_v, 0, simd)
DOVETAIL_OP(f64x2_pmax,    "f64x2.pmax",    0xfd, 0xf7, none, vv_v, 0, simd)

// Vector conversions.
DOVETAIL_OP(i32x4_trunc_sat_f32x4_s,      "i32x4.trunc_sat_f32x4_s",      0xfd, 0xf8, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f32x4_u,      "i32x4.trunc_sat_f32x4_u",      0xfd, 0xf9, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_s,        "f32x4.convert_i32x4_s",        0xfd, 0xfa, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_convert_i32x4_u,        "f32x4.convert_i32x4_u",        0xfd, 0xfb, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_s_zero, "i32x4.trunc_sat_f64x2_s_zero", 0xfd, 0xfc, none, v_v, 0, simd)
DOVETAIL_OP(i32x4_trunc_sat_f64x2_u_zero, "i32x4.trunc_sat_f64x2_u_zero", 0xfd, 0xfd, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_s,    "f64x2.convert_low_i32x4_s",    0xfd, 0xfe, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_convert_low_i32x4_u,    "f64x2.convert_low_i32x4_u",    0xfd, 0xff, none, v_v, 0, simd)
DOVETAIL_OP(f32x4_demote_f64x2_zero,      "f32x4.demote_f64x2_zero",      0xfd, 0x5e, none, v_v, 0, simd)
DOVETAIL_OP(f64x2_promote_low_f32x4,      "f64x2.promote_low_f32x4",      0xfd, 0x5f, none, v_v, 0, simd)
// clang-format on
    case 0x1fc: return apart(r, [&](byte_reader& there) { return decode_prefix_fc(there, sink); });
    case 0x1fd: return apart(r, [&](byte_reader& there) { return decode_prefix_fd(there, sink); });
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0x00
#undef DOVETAIL_WITH_0xfc
#undef DOVETAIL_WITH_0xfd
#undef DOVETAIL_CASE
#undef DOVETAIL_OP

template <class Sink>
constexpr status decode_operators(byte_reader& r, Sink& sink) {
  sink.at(r.offset());
  DOVETAIL_TRY(sink.declared());
  byte_reader here = r;
  status s = status::unexpected_end;
  while (!here.at_end()) {
    s = decode_one(here.next(), here, sink);
    if (s != status::ok) break;
    s = status::unexpected_end;
    sink.at(here.offset());
  }
  r = here;
  return s == body_ended ? status::ok : s;
}

template <class Sink>
constexpr status decode_locals(byte_reader& r, Sink& sink) {
  std::uint32_t groups = 0;
  DOVETAIL_TRY(r.u32(groups));
  if (groups > r.remaining()) return status::length_out_of_bounds;
  const byte_reader first = r;
  std::uint64_t total = 0;
  for (std::uint32_t i = 0; i < groups; ++i) {
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(read_value_type(r, type));
    total += count;
  }
  // The sum must be known before the first group is told: a sink may refuse far smaller numbers
  // (5.5.13).
  if (total > 0xffff'ffff) return status::too_many_locals;
  r = first;
  for (std::uint32_t i = 0; i < groups; ++i) {
    sink.at(r.offset());
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(read_value_type(r, type));
    DOVETAIL_TRY(sink.locals(count, type));
  }
  return status::ok;
}

}  // namespace detail

}  // namespace dovetail

// ---- dovetail/format/utf8.hpp

// Whether bytes are well-formed UTF-8 (core specification 5.2.4, Unicode table 3-7). Used by the
// section decoder.

namespace dovetail {

namespace detail {

// The length of the well-formed sequence that starts at `i`; 0 if there is none.
constexpr std::size_t utf8_sequence(std::span<const std::uint8_t> bytes, std::size_t i) {
  const std::uint8_t lead = bytes[i];
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xc2   ? 0u
                             : lead < 0xe0 ? 2u
                             : lead < 0xf0 ? 3u
                             : lead < 0xf5 ? 4u
                                           : 0u;
  if (length == 0 || bytes.size() - i < length) return 0;
  // The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF.
  const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (bytes[i + 1] < low || bytes[i + 1] > high) return 0;
  for (std::size_t k = 2; k < length; ++k) {
    if ((bytes[i + k] & 0xc0) != 0x80) return 0;
  }
  return length;
}

}  // namespace detail

[[nodiscard]] constexpr bool is_utf8(std::span<const std::uint8_t> bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = detail::utf8_sequence(bytes, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace dovetail

// ---- dovetail/format/sections.hpp

// The section decoder: the module's frame, section order, and every section's entries (core
// specification 5.5). Hands each entry to a sink in the order of the bytes.

namespace dovetail::detail {

/// Decodes one module into `Sections`; on failure the reader stands where the bytes went wrong. A
/// `Diagnosing` decoder reads on beyond the size of a section or body, as the specification's
/// decoder does, and compares sizes only afterwards: it finds the specification's word for bytes
/// that are known to be malformed.
template <class Sections, bool Diagnosing = false>
class section_decoder {
 public:
  constexpr section_decoder(byte_reader& r, Sections& out) : module_(r), out_(out) {}

  constexpr status module() {
    DOVETAIL_TRY(header());
    while (!module_.at_end()) DOVETAIL_TRY(section());
    if (functions_ != bodies_) return status::inconsistent_code_lengths;
    if (has_data_count_ && data_count_ != data_segments_) return status::inconsistent_data_lengths;
    return status::ok;
  }

 private:
  constexpr status header() {
    std::uint32_t word = 0;
    DOVETAIL_TRY(module_.fixed(word));
    if (word != 0x6d73'6100) return status::magic_not_detected;  // "\0asm"
    DOVETAIL_TRY(module_.fixed(word));
    return word == 1 ? status::ok : status::unknown_version;
  }

  constexpr status section() {
    out_.at(module_.offset());
    std::uint8_t id = 0;
    DOVETAIL_TRY(module_.u8(id));
    if (id > static_cast<std::uint8_t>(section_id::data_count)) return status::malformed_section_id;
    const auto which = static_cast<section_id>(id);
    out_.enter(which);
    std::uint32_t size = 0;
    DOVETAIL_TRY(module_.u32(size));
    byte_reader r;
    DOVETAIL_TRY(module_.part(size, r));
    if (which != section_id::custom) {
      if (order_of(which) <= last_) return status::content_after_last_section;
      last_ = order_of(which);
    }
    DOVETAIL_TRY(out_.section(which, r));
    const std::size_t end = r.offset() + size;
    if constexpr (Diagnosing) {
      if (which != section_id::custom) r = r.beyond();
    }
    const status content = entries(which, r);
    if (content != status::ok) return module_ = r, content;
    if (r.offset() != end) return module_ = r, status::section_size_mismatch;
    return status::ok;
  }

  // The data count section stands between the element and code sections (5.5.16).
  static constexpr unsigned order_of(section_id id) {
    const unsigned number = static_cast<unsigned>(id);
    if (id == section_id::data_count) return 2 * static_cast<unsigned>(section_id::element) + 1;
    return 2 * number;
  }

  constexpr status entries(section_id id, byte_reader& r) {
    switch (id) {
      case section_id::custom: return custom(r);
      case section_id::start: return start(r);
      case section_id::data_count: return data_count(r);
      case section_id::none: return status::malformed_section_id;
      default: break;
    }
    std::uint32_t count = 0;
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.count(id, count));
    if (id == section_id::function) functions_ = count;
    if (id == section_id::code) bodies_ = count;
    if (id == section_id::data) data_segments_ = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      out_.at(r.offset());
      DOVETAIL_TRY(entry(id, r));
    }
    return status::ok;
  }

  constexpr status entry(section_id id, byte_reader& r) {
    switch (id) {
      case section_id::type: return type(r);
      case section_id::import: return import(r);
      case section_id::function: return function(r);
      case section_id::table: return table(r);
      case section_id::memory: return memory(r);
      case section_id::global: return global(r);
      case section_id::export_: return export_(r);
      case section_id::element: return element(r);
      case section_id::code: return code(r);
      case section_id::data: return data(r);
      default: return status::malformed_section_id;
    }
  }

  static constexpr status name(byte_reader& r, byte_reader& out) {
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, out));
    return is_utf8(out.rest()) ? status::ok : status::malformed_utf8;
  }

  static constexpr std::string_view text(const byte_reader& r) {
    if (std::is_constant_evaluated())
      return {};  // a view of bytes as char is not a constant expression
    return as_text(r);
  }

  constexpr status custom(byte_reader& r) {
    byte_reader called;
    DOVETAIL_TRY(name(r, called));
    DOVETAIL_TRY(out_.custom(text(called), r));
    byte_reader skipped;
    return r.part(r.remaining(), skipped);
  }

  constexpr status type(byte_reader& r) {
    std::uint8_t form = 0;
    DOVETAIL_TRY(r.u8(form));
    if ((form & 0x80) != 0)
      return status::integer_too_long;  // the form is a one-byte signed integer
    if (form != 0x60) return status::malformed_function_type;
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.parameters(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type(r, type));
      DOVETAIL_TRY(out_.parameter(type));
    }
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.results(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type(r, type));
      DOVETAIL_TRY(out_.result(type));
    }
    return out_.type_end();
  }

  static constexpr status limits(byte_reader& r, limits_type& out) {
    std::uint32_t flags = 0, number = 0;
    DOVETAIL_TRY(limits_flags(r, flags));
    DOVETAIL_TRY(r.u32(number));
    out.minimum = number;
    if (flags == 0) return status::ok;
    DOVETAIL_TRY(r.u32(number));
    out.maximum = number;
    return status::ok;
  }
  // The flags are one bit of a LEB128: 2 and above is too large for it, more bytes are too long.
  static constexpr status limits_flags(byte_reader& r, std::uint32_t& flags) {
    std::uint8_t byte = 0;
    DOVETAIL_TRY(r.u8(byte));
    flags = byte;
    if (byte < 2) return status::ok;
    return byte >= 0x80 && (byte & 0x7f) < 2 ? status::integer_too_long : status::integer_too_large;
  }

  static constexpr status table_of(byte_reader& r, table_type& out) {
    DOVETAIL_TRY(read_reference_type(r, out.element));
    return limits(r, out.limits);
  }

  static constexpr status global_of(byte_reader& r, global_type& out) {
    DOVETAIL_TRY(read_value_type(r, out.type));
    std::uint8_t mutability = 0;
    DOVETAIL_TRY(r.u8(mutability));
    if (mutability > 1) return status::malformed_mutability;
    out.is_mutable = mutability == 1;
    return status::ok;
  }

  constexpr status import(byte_reader& r) {
    byte_reader from, called;
    DOVETAIL_TRY(name(r, from));
    DOVETAIL_TRY(name(r, called));
    std::uint8_t kind = 0;
    DOVETAIL_TRY(r.u8(kind));
    import_description what;
    what.kind = static_cast<external_kind>(kind);
    switch (kind) {
      case 0: DOVETAIL_TRY(r.u32(what.function.value)); break;
      case 1: DOVETAIL_TRY(table_of(r, what.table)); break;
      case 2: DOVETAIL_TRY(limits(r, what.memory.limits)); break;
      case 3: DOVETAIL_TRY(global_of(r, what.global)); break;
      default: return status::malformed_import_kind;
    }
    return out_.import(text(from), text(called), what);
  }

  constexpr status function(byte_reader& r) {
    type_index type{};
    DOVETAIL_TRY(r.u32(type.value));
    return out_.function(type);
  }

  constexpr status table(byte_reader& r) {
    table_type type;
    DOVETAIL_TRY(table_of(r, type));
    return out_.table(type);
  }

  constexpr status memory(byte_reader& r) {
    memory_type type;
    DOVETAIL_TRY(limits(r, type.limits));
    return out_.memory(type);
  }

  // Finds the end of a constant expression; the sink types it later from the same bytes.
  static constexpr status expression(byte_reader& r, byte_reader& out) {
    const byte_reader from = r;
    null_sink ends;
    DOVETAIL_TRY(decode_operators(r, ends));
    out = r.since(from);
    return status::ok;
  }

  constexpr status global(byte_reader& r) {
    global_type type;
    byte_reader initial;
    DOVETAIL_TRY(global_of(r, type));
    DOVETAIL_TRY(expression(r, initial));
    return out_.global(type, initial);
  }

  constexpr status export_(byte_reader& r) {
    byte_reader called;
    DOVETAIL_TRY(name(r, called));
    std::uint8_t kind = 0;
    std::uint32_t index = 0;
    DOVETAIL_TRY(r.u8(kind));
    if (kind > 3) return status::malformed_export_kind;
    DOVETAIL_TRY(r.u32(index));
    return out_.export_(text(called), static_cast<external_kind>(kind), index);
  }

  constexpr status start(byte_reader& r) {
    function_index function{};
    DOVETAIL_TRY(r.u32(function.value));
    return out_.start(function);
  }

  constexpr status data_count(byte_reader& r) {
    has_data_count_ = true;
    DOVETAIL_TRY(r.u32(data_count_));
    return out_.data_count(data_count_);
  }

  // Bit 0: not active; bit 1: explicit table, or declarative; bit 2: expressions (5.5.12).
  constexpr status element(byte_reader& r) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(r.u32(flags));
    if (flags > 7) return status::malformed_segment_flags;
    element_segment_head head;
    head.has_expressions = (flags & 4) != 0;
    if ((flags & 1) == 0) {
      head.mode = segment_mode::active;
      if ((flags & 2) != 0) DOVETAIL_TRY(r.u32(head.table.value));
      DOVETAIL_TRY(expression(r, head.offset));
    } else if ((flags & 2) != 0) {
      head.mode = segment_mode::declarative;
    }
    if ((flags & 3) != 0) DOVETAIL_TRY(element_kind(r, head));
    DOVETAIL_TRY(r.u32(head.count));
    DOVETAIL_TRY(out_.element_segment(head));
    for (std::uint32_t i = 0; i < head.count; ++i)
      DOVETAIL_TRY(element_entry(r, head.has_expressions));
    return status::ok;
  }

  static constexpr status element_kind(byte_reader& r, element_segment_head& head) {
    if (head.has_expressions) return read_reference_type(r, head.type);
    std::uint8_t kind = 0;
    DOVETAIL_TRY(r.u8(kind));
    return kind == 0 ? status::ok : status::malformed_element_kind;
  }

  constexpr status element_entry(byte_reader& r, bool is_expression) {
    out_.at(r.offset());
    if (is_expression) {
      byte_reader entry;
      DOVETAIL_TRY(expression(r, entry));
      return out_.element(entry);
    }
    function_index function{};
    DOVETAIL_TRY(r.u32(function.value));
    return out_.element(function);
  }

  constexpr status code(byte_reader& r) {
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    byte_reader body;
    DOVETAIL_TRY(r.part(size, body));
    if constexpr (Diagnosing) return diagnose(r, body);
    return out_.code(body);
  }

  // Leaves the reader where the body went wrong.
  constexpr status diagnose(byte_reader& r, byte_reader body) {
    const std::size_t end = body.offset() + body.remaining();
    body = body.beyond();
    nesting_sink sink;
    status s = decode_locals(body, sink);
    if (s == status::ok) s = decode_operators(body, sink);
    if (s == status::ok && body.offset() != end) s = status::section_size_mismatch;
    if (s != status::ok) r = body;
    return s;
  }

  constexpr status data(byte_reader& r) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(r.u32(flags));
    if (flags > 2) return status::malformed_segment_flags;
    data_segment_head head;
    if (flags != 1) {
      head.mode = segment_mode::active;
      if (flags == 2) DOVETAIL_TRY(r.u32(head.memory.value));
      DOVETAIL_TRY(expression(r, head.offset));
    }
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u32(size));
    if (size > r.remaining()) return status::unexpected_end_of_section;
    DOVETAIL_TRY(r.part(size, head.bytes));
    return out_.data(head);
  }

  byte_reader& module_;
  Sections& out_;
  unsigned last_ = 0;
  std::uint32_t functions_ = 0;
  std::uint32_t bodies_ = 0;
  std::uint32_t data_count_ = 0;
  std::uint32_t data_segments_ = 0;
  bool has_data_count_ = false;
};

}  // namespace dovetail::detail

// ---- dovetail/format/decoder.hpp

// The decoder seam: its concept, and the decoder of the binary format that `defaults` picks.

namespace dovetail {

/// Turns bytes into calls of sinks. On failure the reader stands where the bytes went wrong.
template <class D>
concept decoder_policy = requires(byte_reader& r, null_sections& sections, null_sink& operators) {
  // The whole module: each section's entries in order (see null_sections for what a sink is told).
  { D::sections(r, sections) } -> std::same_as<status>;
  // One function body, local declarations first, up to and including its `end`, which must be the
  // last byte.
  { D::body(r, operators) } -> std::same_as<status>;
  // One constant expression, up to and including its `end`, which must be the last byte.
  { D::expression(r, operators) } -> std::same_as<status>;
};

/// A decoder may also offer `D::diagnose(reader)`: how a module that failed is malformed, all of
/// its bytes considered, or `ok`. Decoding comes before validation (core specification, chapter 5),
/// so what it finds is the module's error.
template <class D>
concept diagnosing_decoder = requires(byte_reader& r) {
  { D::diagnose(r) } -> std::same_as<status>;
};

/// The WebAssembly binary format (core specification, chapter 5).
struct binary_decoder {
  template <class Sections>
  [[nodiscard]] static constexpr status sections(byte_reader& r, Sections& out) {
    return detail::section_decoder<Sections>(r, out).module();
  }
  template <class Sink>
  [[nodiscard]] static constexpr status body(byte_reader& r, Sink& sink) {
    DOVETAIL_TRY(detail::decode_locals(r, sink));
    return expression(r, sink);
  }
  template <class Sink>
  [[nodiscard]] static constexpr status expression(byte_reader& r, Sink& sink) {
    DOVETAIL_TRY(detail::decode_operators(r, sink));
    return r.at_end() ? status::ok : status::section_size_mismatch;
  }
  /// Reads a module that failed once more, bodies and all in the order of the bytes: `ok` if it is
  /// not malformed.
  [[nodiscard]] static constexpr status diagnose(byte_reader& r) {
    null_sections sections;
    return detail::section_decoder<null_sections, true>(r, sections).module();
  }
};

static_assert(decoder_policy<binary_decoder>);

}  // namespace dovetail

// ---- dovetail/link/linker_policy.hpp

// The linker policies: how an import finds its definition. A config names one; mixins change what
// happens to names that are defined twice or not at all.

namespace dovetail {

/// An import looking for its definition.
struct import_request {
  std::string_view module;
  std::string_view name;
  external_kind kind = external_kind::function;
  std::uint32_t ordinal = 0;  ///< its place in the module's list
};

/// A linker policy.
template <class L>
concept linker_policy = requires(const import_request& wanted, std::span<const definition> there,
                                 std::size_t& found) {
  // Finds the definition for an import: its place in `there`, or `there.size()` if a trapping stub
  // shall stand for it.
  { L::resolve(wanted, there, found) } -> std::same_as<status>;
  // Whether a list of `definitions` can serve a module with `imports`; checked before anything is
  // resolved.
  { L::accepts(std::size_t{}, std::size_t{}) } -> std::same_as<status>;
  // Whether a name may be defined again; otherwise a linker refuses the second definition.
  { L::allows_shadowing } -> std::convertible_to<bool>;
};

/// Imports are found by their two names; a name defined twice is refused when a module asks for it.
struct link_by_name {
  static constexpr bool allows_shadowing = false;
  static status accepts(std::size_t, std::size_t) { return status::ok; }
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    found = there.size();
    for (std::size_t i = 0; i < there.size(); ++i) {
      if (there[i].name != wanted.name || there[i].module != wanted.module) continue;
      if (found != there.size()) return status::duplicate_definition;
      found = i;
    }
    return found == there.size() ? status::unknown_import : status::ok;
  }
};

/// Imports are served in order, names are not looked at: the form of the core specification
/// (4.5.4).
struct link_by_position {
  static constexpr bool allows_shadowing = true;
  static status accepts(std::size_t definitions, std::size_t imports) {
    return definitions == imports ? status::ok : status::wrong_import_count;
  }
  static status resolve(const import_request& wanted, std::span<const definition>,
                        std::size_t& found) {
    found = wanted.ordinal;
    return status::ok;
  }
};

/// A name may be defined again: the last definition counts.
struct allow_shadowing : link_by_name {
  static constexpr bool allows_shadowing = true;
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    for (found = there.size(); found-- > 0;) {
      if (there[found].name == wanted.name && there[found].module == wanted.module)
        return status::ok;
    }
    return status::unknown_import;
  }
};

/// Functions that `L` does not know become stubs that trap with `unknown_import` when they are
/// called.
template <linker_policy L>
struct trap_unknown_functions : L {
  static status resolve(const import_request& wanted, std::span<const definition> there,
                        std::size_t& found) {
    const status s = L::resolve(wanted, there, found);
    if (s != status::unknown_import || wanted.kind != external_kind::function) return s;
    found = there.size();
    return status::ok;
  }
};

static_assert(linker_policy<link_by_name> && linker_policy<link_by_position> &&
              linker_policy<allow_shadowing>);

}  // namespace dovetail

// ---- dovetail/validate/stacks.hpp

// The vocabulary between the pass and an emitter: operands, the live part of the stack, blocks.
// Used by floor 2 and by every backend.

namespace dovetail {

/// An entry of the one operand stack: its type, and the name the backend knows the value by.
template <class V>
struct operand {
  value_type type{};
  [[no_unique_address]] V value{};
};

/// The operands alive at an operator, bottom first. An emitter may rename values in it, never
/// change types or count. The position of an operand in it is the same for every path that leads to
/// a place.
template <class V>
using live = std::span<operand<V>>;

enum class block_kind : std::uint8_t { function, block, loop, if_, else_ };

/// A block as an emitter sees it when it is entered.
struct block_shape {
  block_kind kind = block_kind::block;
  std::size_t height = 0;  ///< operands below the block's parameters
  function_type type;

  /// The types a branch to this block's label carries (core specification 3.1.4).
  [[nodiscard]] std::span<const value_type> label_types() const {
    return kind == block_kind::loop ? type.parameters : type.results;
  }
};

/// What an emitter learns before a function's operators.
struct function_body {
  const module_env* module = nullptr;
  function_index index{};
  function_type type;
  std::span<const value_type> locals;  ///< parameters first
  std::size_t size = 0;                ///< bytes of the body
};

}  // namespace dovetail

// ---- dovetail/validate/null_emitter.hpp

// The emitter that emits nothing: each function says what an emitter is told, and when. The base of
// emitters that care for a few operators, such as constant expressions, counters and collectors.

namespace dovetail {

/// Every parameter called `below` or `stack` is the live part of the operand stack: `below` without
/// the operator's operands, `stack` with them. A result named now lies at position `below.size()`.
struct null_emitter {
  /// A name for a value: at most 16 bytes, trivially copyable.
  struct value {};
  /// What the emitter keeps of a block while it is open.
  struct label {};
  /// A place where the cost of a basic block will be filled in.
  struct meter {};

  /// Whether vector operators can be emitted; otherwise the pass answers `simd_not_executable`.
  static constexpr bool has_vectors = true;
  /// Whether the pass counts operators for this emitter (see `open_meter`).
  static constexpr bool is_metered = false;

  // A function: begin, everything else, finish. Failures inside (memory) are kept until `finish`
  // reports them; an emitter that cannot go on without what `begin` makes has a `status begun()`
  // too.
  void begin(const function_body&) {}
  status finish() { return status::ok; }
  /// The offset of the operator that the next calls belong to.
  void position(std::size_t) {}

  // Numbers.
  value constant(value_type, slot) { return {}; }
  value unary(op, value, live<value> /*below*/) { return {}; }
  value binary(op, value, value, live<value> /*below*/) { return {}; }
  value select(value_type, value, value, value /*condition*/, live<value> /*below*/) { return {}; }
  void drop(value) {}

  // Vectors: constants, operators with up to three operands and perhaps a lane or a pattern, loads
  // and stores of lanes.
  value vector_constant(const v128&) { return {}; }
  template <class Immediate>
  value vector(op, const Immediate&, std::span<const value>, live<value> /*below*/) {
    return {};
  }
  template <class Immediate>
  void vector_store(op, const Immediate&, value /*address*/, value, live<value> /*below*/) {}

  // Memories.
  value load(op, const memory_argument&, value /*address*/, live<value> /*below*/) { return {}; }
  void store(op, const memory_argument&, value /*address*/, value, live<value> /*below*/) {}
  value memory_size(memory_index, live<value> /*below*/) { return {}; }
  value memory_grow(memory_index, value, live<value> /*below*/) { return {}; }
  void memory_fill(memory_index, value, value, value, live<value> /*below*/) {}
  void memory_copy(two_memories, value, value, value, live<value> /*below*/) {}
  void memory_init(data_and_memory, value, value, value, live<value> /*below*/) {}
  void data_drop(data_index) {}

  // Variables. A local's earlier value may still be named in `below`: setting it must not change
  // those names' values.
  value local_get(local_index, value_type, live<value> /*below*/) { return {}; }
  void local_set(local_index, value_type, value, live<value> /*below*/) {}
  value local_tee(local_index, value_type, value, live<value> /*below*/) { return {}; }
  value global_get(global_index, value_type, live<value> /*below*/) { return {}; }
  void global_set(global_index, value_type, value, live<value> /*below*/) {}

  // Tables and references.
  value table_get(table_index, value, live<value> /*below*/) { return {}; }
  void table_set(table_index, value, value, live<value> /*below*/) {}
  value table_size(table_index, live<value> /*below*/) { return {}; }
  value table_grow(table_index, value /*initial*/, value /*delta*/, live<value> /*below*/) {
    return {};
  }
  void table_fill(table_index, value, value, value, live<value> /*below*/) {}
  void table_copy(two_tables, value, value, value, live<value> /*below*/) {}
  void table_init(element_and_table, value, value, value, live<value> /*below*/) {}
  void element_drop(element_index) {}
  value ref_func(function_index, live<value> /*below*/) { return {}; }
  value ref_is_null(value, live<value> /*below*/) { return {}; }

  // Control. A block's parameters are the top of `stack` when it is entered, its results when it is
  // left. At a label the operands it carries have the emitter's canonical name for their position,
  // whichever way control came.
  label enter(const block_shape&, live<value> /*stack*/) { return {}; }
  label enter_if(const block_shape&, value /*condition*/, live<value> /*stack*/) { return {}; }
  /// The first arm of an `if` ends, with its results on top of `stack` if its end can be reached.
  void else_(label&, bool /*reachable*/, live<value> /*stack*/) {}
  /// The second arm begins: name the parameters on top of `stack`.
  void enter_else(label&, live<value> /*stack*/) {}
  /// The block ends with its results on top of `stack`. If its end cannot be reached they have no
  /// names yet; afterwards they must have.
  void leave(label&, bool /*reachable*/, live<value> /*stack*/) {}
  void branch(label&, live<value> /*stack*/) {}
  void branch_if(label&, value /*condition*/, live<value> /*stack*/) {}
  /// The last target is the default.
  void branch_table(value /*index*/, std::span<label* const>, live<value> /*stack*/) {}
  void unreachable() {}

  // Calls: arguments on top of `stack`; then, when the pass has replaced them by the results,
  // `name_results`.
  void call(function_index, const function_type&, live<value> /*stack*/) {}
  void call_indirect(indirect_call, const function_type&, value /*index*/, live<value> /*stack*/) {}
  void name_results(std::size_t /*count*/, live<value> /*stack*/) {}

  // Metering: a meter is opened where a basic block begins and closed, with its number of
  // operators, where it ends.
  meter open_meter() { return {}; }
  void close_meter(meter, std::uint32_t) {}
};

}  // namespace dovetail

// ---- dovetail/validate/emitter.hpp

// The emitter concept: what a backend gives the pass so that one walk over a body validates and
// compiles it. The words for each clause stand in null_emitter.hpp, which is the smallest type that
// satisfies it.

namespace dovetail {

/// Names of values and labels are small and are copied as bytes: they live in the pass's reused
/// stacks.
template <class E>
concept emitter_names = requires {
  typename E::value;  // a constant, a local, a temporary, an SSA node: never a place
  typename E::label;  // what the emitter keeps of an open block
  typename E::meter;  // where a block's cost will be filled in
  { E::has_vectors } -> std::convertible_to<bool>;
  { E::is_metered } -> std::convertible_to<bool>;
}
&&sizeof(typename E::value) <= 16 &&
    std::is_trivially_copyable_v<typename E::value>&& std::is_trivially_copyable_v<
        typename E::label>&& std::default_initializable<typename E::value>;

/// A function begins, its operators have positions, it ends; failures are reported at the end.
template <class E>
concept emits_functions = requires(E& e, const function_body& f) {
  e.begin(f);
  { e.finish() } -> std::same_as<status>;
  e.position(std::size_t{});
};

/// Constants, operators with one and two operands (comparisons among them), select, drop.
template <class E, class V = typename E::value>
concept emits_numbers = requires(E& e, V v, live<V> s) {
  { e.constant(value_type{}, slot{}) } -> std::same_as<V>;
  { e.unary(op{}, v, s) } -> std::same_as<V>;
  { e.binary(op{}, v, v, s) } -> std::same_as<V>;
  { e.select(value_type{}, v, v, v, s) } -> std::same_as<V>;
  e.drop(v);
};

/// Vector operators; required only of emitters that claim them.
template <class E, class V = typename E::value>
concept emits_vectors =
    !E::has_vectors || requires(E & e, V v, live<V> s, std::span<const V> operands) {
  { e.vector_constant(v128{}) } -> std::same_as<V>;
  { e.vector(op{}, no_immediate{}, operands, s) } -> std::same_as<V>;
  { e.vector(op{}, lane_index{}, operands, s) } -> std::same_as<V>;
  { e.vector(op{}, memory_argument{}, operands, s) } -> std::same_as<V>;
  e.vector_store(op{}, memory_argument{}, v, v, s);
};

/// Loads, stores, size, growth and the bulk operators.
template <class E, class V = typename E::value>
concept emits_memories = requires(E& e, V v, live<V> s) {
  { e.load(op{}, memory_argument{}, v, s) } -> std::same_as<V>;
  e.store(op{}, memory_argument{}, v, v, s);
  { e.memory_size(memory_index{}, s) } -> std::same_as<V>;
  { e.memory_grow(memory_index{}, v, s) } -> std::same_as<V>;
  e.memory_fill(memory_index{}, v, v, v, s);
  e.memory_copy(two_memories{}, v, v, v, s);
  e.memory_init(data_and_memory{}, v, v, v, s);
  e.data_drop(data_index{});
};

/// Locals and globals.
template <class E, class V = typename E::value>
concept emits_variables = requires(E& e, V v, live<V> s) {
  { e.local_get(local_index{}, value_type{}, s) } -> std::same_as<V>;
  e.local_set(local_index{}, value_type{}, v, s);
  { e.local_tee(local_index{}, value_type{}, v, s) } -> std::same_as<V>;
  { e.global_get(global_index{}, value_type{}, s) } -> std::same_as<V>;
  e.global_set(global_index{}, value_type{}, v, s);
};

/// Tables and references.
template <class E, class V = typename E::value>
concept emits_tables = requires(E& e, V v, live<V> s) {
  { e.table_get(table_index{}, v, s) } -> std::same_as<V>;
  e.table_set(table_index{}, v, v, s);
  { e.table_size(table_index{}, s) } -> std::same_as<V>;
  { e.table_grow(table_index{}, v, v, s) } -> std::same_as<V>;
  e.table_fill(table_index{}, v, v, v, s);
  e.table_copy(two_tables{}, v, v, v, s);
  e.table_init(element_and_table{}, v, v, v, s);
  e.element_drop(element_index{});
  { e.ref_func(function_index{}, s) } -> std::same_as<V>;
  { e.ref_is_null(v, s) } -> std::same_as<V>;
};

/// Blocks, branches and calls.
template <class E, class V = typename E::value, class L = typename E::label>
concept emits_control = requires(E& e, V v, L& l, live<V> s, std::span<L* const> targets) {
  { e.enter(block_shape{}, s) } -> std::same_as<L>;
  { e.enter_if(block_shape{}, v, s) } -> std::same_as<L>;
  e.else_(l, true, s);
  e.enter_else(l, s);
  e.leave(l, true, s);
  e.branch(l, s);
  e.branch_if(l, v, s);
  e.branch_table(v, targets, s);
  e.unreachable();
  e.call(function_index{}, function_type{}, s);
  e.call_indirect(indirect_call{}, function_type{}, v, s);
  e.name_results(std::size_t{}, s);
};

/// The cost of basic blocks; required only of emitters that are metered.
template <class E>
concept emits_meters = !E::is_metered || requires(E & e, typename E::meter m) {
  { e.open_meter() } -> std::same_as<typename E::meter>;
  e.close_meter(m, std::uint32_t{});
};

/// A backend's side of the pass.
template <class E>
concept emitter = emitter_names<E> && emits_functions<E> && emits_numbers<E> && emits_vectors<E> &&
    emits_memories<E> && emits_variables<E> && emits_tables<E> && emits_control<E> &&
    emits_meters<E>;

static_assert(emitter<null_emitter>);

}  // namespace dovetail

// ---- dovetail/runtime/backend.hpp

// The backend seam: what a compiler backend gives a runtime besides its emitter.

namespace dovetail {

/// What code is asked to do besides its work. Mixins over backends set these; they are all off by
/// default.
struct controls {
  /// Count operators by basic block and trap when the store's fuel runs out.
  bool is_metered = false;
  /// Keep what is needed to visit the guests' frames from a host function (guest_frames.hpp).
  bool keeps_places = false;
  friend constexpr bool operator==(controls, controls) = default;
};

/// A backend: a compiler for modules, and how its functions are entered.
template <class B, class Memory = checked_memory>
concept backend_policy = memory_policy<Memory> && requires {
  // What its code is asked to do; a compiler and its functions are made for one value of it.
  { B::control } -> std::convertible_to<controls>;
  typename B::template compiler<Memory, B::control>;
} && requires(typename B::template compiler<Memory, B::control>& compiler, module_data& module,
              vm::store& s, vm::instance& i, vm::function_instance& f) {
  // A compiler is made for a module whose sections are known. Its emitter is told of one body after
  // the other, in order.
  requires std::constructible_from<typename B::template compiler<Memory, B::control>, module_data&>;
  {compiler.emitter()};
  requires emitter<std::remove_reference_t<decltype(compiler.emitter())>>;
  // All bodies are done: `module.code` and `release_code` are set.
  { compiler.finish() } -> std::same_as<status>;
  // Fills in `code` and `invoke` of a function of an instance; false if memory is refused.
  { B::template make_function<Memory, B::control>(s, i, f) } -> std::same_as<bool>;
};

/// A compiler may have a `status start()`, which may refuse before the first body, and a
/// `collector()`: a second emitter, which sees every body before `emitter()` does. Bodies go
/// through the two by batches: `collector().begin_batch()` tells that all of the one before were
/// emitted. It may also work in parts, side by side: `parallel_compiler` of api/compile.hpp.
///
/// A backend may also offer `B::entry<Memory, control, R, A...>(function_instance&)`: a typed entry
/// to one of its own functions that is quicker than the generic one. Asked for when a handle is
/// made. What it returns of a trap is `vm::surface` of it, so that callers need not look for
/// exceptions.
template <class B, class Memory, class R, class... A>
concept has_typed_entry = requires(vm::function_instance& f) {
  {
    B::template entry<Memory, B::control, R, A...>(f)
    } -> std::same_as<result<R, trap> (*)(vm::function_instance&, A...)>;
};

/// Meters any backend: `using backend = dovetail::fuel<dovetail::interpreter>`. Operators are
/// counted exactly, a basic block at its entry; bulk operators cost one more for every 64 bytes or
/// 8 elements. Totals do not depend on the backend.
template <class B>
struct fuel : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.is_metered = true;
    return c;
  }();
};

/// A backend that a machine may refuse altogether: `is_available` asks it once for each engine.
template <class B>
concept refusable_backend = requires {
  { B::is_available() } -> std::same_as<bool>;
};

/// The first backend where the machine lets it run, else the second: decided when an engine is
/// made, for all of its modules.
template <refusable_backend First, class Second>
struct first_available : First {
  using fallback = Second;

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store& s, vm::instance& i, vm::function_instance& f) {
    return i.module->is_of_fallback ? Second::template make_function<Memory, Control>(s, i, f)
                                    : First::template make_function<Memory, Control>(s, i, f);
  }
  template <memory_policy Memory, controls Control, class R, class... A>
    requires has_typed_entry<First, Memory, R, A...> && has_typed_entry<Second, Memory, R, A...>
  static auto entry(vm::function_instance& f) -> result<R, trap> (*)(vm::function_instance&, A...) {
    return f.owner->module->is_of_fallback ? Second::template entry<Memory, Control, R, A...>(f)
                                           : First::template entry<Memory, Control, R, A...>(f);
  }
};

/// A backend with another one behind it.
template <class B>
concept backend_with_fallback = refusable_backend<B> && requires {
  typename B::fallback;
};

/// What a bulk operator over `bytes` bytes costs besides itself.
[[nodiscard]] constexpr std::uint64_t fuel_for_bytes(std::uint64_t bytes) { return bytes / 64; }
/// What a bulk operator over `count` table elements costs besides itself.
[[nodiscard]] constexpr std::uint64_t fuel_for_elements(std::uint64_t count) { return count / 8; }

}  // namespace dovetail

// ---- dovetail/validate/pass_stacks.hpp

// The two stacks of the validation algorithm: operands as (type, backend value), and open blocks.
// The pass builds on them; nothing else does.

namespace dovetail {

namespace detail {
/// Whether there are values of a type: WebAssembly 1.0 has tables of functions, but neither
/// references nor vectors as values.
template <features Accept>
[[nodiscard]] constexpr status accepts_values_of(value_type type) {
  const bool is_accepted = type.is_vector()      ? Accept.has(feature::simd)
                           : type.is_reference() ? Accept.has(feature::reference_types)
                                                 : true;
  return is_accepted ? status::ok : status::feature_not_accepted;
}
}  // namespace detail

/// An open block.
template <class E>
struct control_frame {
  block_shape shape;
  typename E::label label{};
  bool is_polymorphic = false;  ///< after an unconditional branch: the stack below is of any type
  bool was_live = false;        ///< control could reach the block
  bool is_targeted = false;     ///< a live branch leads to its label
};

/// The stacks of a pass, kept between functions so that nothing is allocated per operator.
template <class E>
struct pass_storage {
  explicit pass_storage(allocator& a) : operands(a), frames(a), locals(a), targets(a) {}
  array<operand<typename E::value>> operands;
  array<control_frame<E>> frames;
  array<value_type> locals;
  array<typename E::label*> targets;
};

/// What the pass keeps between operators. With `Checked` false types are taken for granted, the
/// stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass_stacks {
 protected:
  using V = typename E::value;
  using frame = control_frame<E>;

  pass_stacks(const module_env& module, E& emitter, pass_storage<E>& storage)
      : m_(module), e_(emitter), s_(storage) {}

  status start() {
    s_.operands.clear();
    s_.frames.clear();
    metered_ = 0;
    // The frame exists from the start so that the decoder finds the body unfinished; the emitter
    // begins when all locals are known.
    frame f;
    f.shape = {block_kind::function, 0, {{}, body_.type.results}};
    f.was_live = true;
    DOVETAIL_TRY(s_.frames.push(f));
    floor_ = 0;
    live_ = true;
    return status::ok;
  }

  // Every local is declared.
  status begin_body() {
    body_.locals = s_.locals;
    e_.begin(body_);
    if constexpr (requires { e_.begun(); }) DOVETAIL_TRY(e_.begun());
    e_.position(position_);
    s_.frames[0].label = e_.enter(s_.frames[0].shape, live<V>{});
    return status::ok;
  }

  // Counts an operator into the open basic block.
  DOVETAIL_ALWAYS_INLINE void count_operator() {
    if constexpr (E::is_metered) {
      if (!live_) return;
      if (metered_ == 0) meter_ = e_.open_meter();
      ++metered_;
    }
  }
  // A basic block ends here.
  void end_basic_block() {
    if constexpr (E::is_metered) {
      if (metered_ != 0) e_.close_meter(meter_, metered_);
      metered_ = 0;
    }
  }

  static constexpr bool uses_vectors(const shape_types& types) {
    for (std::size_t i = 0; i < types.operand_count; ++i) {
      if (types.operands[i].is_vector()) return true;
    }
    return types.has_result && types.result.is_vector();
  }

  // The operand stack.
  [[nodiscard]] live<V> stack() { return {s_.operands.data(), s_.operands.size()}; }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status push(value_type type, V value) {
    return s_.operands.push({type, value});
  }

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status pop(value_type expected, V& out) {
    if (s_.operands.size() > floor_) [[likely]] {
      const operand<V>& top = s_.operands.back();
      if (!Checked || top.type == expected) [[likely]] {
        out = top.value;
        s_.operands.pop();
        return status::ok;
      }
    }
    return pop_dead(expected);
  }
  // Below an unconditional branch missing operands are of any type, and so are those that came of
  // them.
  DOVETAIL_COLD status pop_dead(value_type expected) {
    if (s_.operands.size() == floor_) {
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    if (s_.operands.back().type != value_type::unknown && expected != value_type::unknown) {
      return status::type_mismatch;
    }
    s_.operands.pop();
    return status::ok;
  }
  // Pops an operand of any type; `unknown` if there is none in dead code.
  [[nodiscard]] status pop_any(operand<V>& out) {
    if (s_.operands.size() == floor_) {
      out = {};
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    out = s_.operands.back();
    s_.operands.pop();
    return status::ok;
  }

  // The operands an operator finds on the stack, if all are there and have its types.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE const operand<V>* top(const shape_types& types) const {
    const std::size_t count = types.operand_count;
    if (s_.operands.size() - floor_ < count) [[unlikely]]
      return nullptr;
    const operand<V>* const from = s_.operands.end() - count;
    if constexpr (Checked) {
      for (std::size_t i = 0; i < count; ++i) {
        if (from[i].type != types.operands[i]) [[unlikely]]
          return nullptr;
      }
    }
    return from;
  }
  [[nodiscard]] status pop_all(std::span<const value_type> types) {
    V ignored{};
    for (std::size_t i = types.size(); i-- > 0;) DOVETAIL_TRY(pop(types[i], ignored));
    return status::ok;
  }
  // Pushes operands that have no name yet.
  [[nodiscard]] status push_all(std::span<const value_type> types) {
    for (const value_type type : types) DOVETAIL_TRY(push(type, V{}));
    return status::ok;
  }
  // Demands that the top of the stack has these types and leaves it there, names kept; in dead code
  // what is missing comes into being.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status require_top(std::span<const value_type> types) {
    return types.empty() ? status::ok : require_some(types);
  }
  [[nodiscard]] status require_some(std::span<const value_type> types) {
    if (s_.operands.size() - floor_ >= types.size()) [[likely]] {
      const operand<V>* top = s_.operands.end() - types.size();
      bool same = true;
      if constexpr (Checked) {
        for (std::size_t i = 0; i < types.size(); ++i) same &= top[i].type == types[i];
      }
      if (same) [[likely]]
        return status::ok;
    }
    DOVETAIL_TRY(pop_all(types));
    return push_all(types);
  }

  // Control.
  // Whether the emitter can execute code that passes such values along.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status executable(const function_type& type) const {
    if constexpr (!E::has_vectors) {
      if (m_.has_vector_types) [[unlikely]]
        return executable_list(type);
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD static status executable_list(const function_type& type) {
    for (const value_type t : type.parameters) DOVETAIL_TRY(executable(t));
    for (const value_type t : type.results) DOVETAIL_TRY(executable(t));
    return status::ok;
  }
  [[nodiscard]] static status executable(value_type type) {
    return !E::has_vectors && type.is_vector() ? status::simd_not_executable : status::ok;
  }

  [[nodiscard]] status block_type_of(const block_type& type, function_type& out) const {
    if (type.is_index) {
      if constexpr (!Accept.has(feature::multi_value)) return status::feature_not_accepted;
      if (type.type.value >= m_.types.size()) return status::unknown_type;
      out = m_.type(type.type);
      return executable(out);
    }
    if (!type.has_result) return out = {}, status::ok;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type.result));
    out = {{}, single(type.result)};
    return executable(type.result);
  }

  // A list of one type that outlives the block.
  static std::span<const value_type> single(value_type type) {
    static constexpr value_type all[] = {
        value_type::i32,  value_type::i64,     value_type::f32,      value_type::f64,
        value_type::v128, value_type::funcref, value_type::externref};
    for (const value_type& one : all) {
      if (one == type) return {&one, 1};
    }
    return {};
  }

  [[nodiscard]] status open(const block_shape& shape, const typename E::label& label,
                            bool was_live) {
    frame f;
    f.shape = shape;
    f.label = label;
    f.was_live = was_live;
    DOVETAIL_TRY(s_.frames.push(f));
    floor_ = shape.height;
    return status::ok;
  }

  [[nodiscard]] status target(label_index depth, frame*& out) {
    if (depth.value >= s_.frames.size()) return status::unknown_label;
    out = &s_.frames[s_.frames.size() - 1 - depth.value];
    if (live_) out->is_targeted = true;
    return status::ok;
  }

  // What follows cannot be reached.
  void become_unreachable() {
    end_basic_block();
    s_.operands.truncate(floor_);
    s_.frames.back().is_polymorphic = true;
    live_ = false;
  }

  const module_env& m_;
  E& e_;
  pass_storage<E>& s_;
  function_body body_;
  std::size_t floor_ = 0;     // operands below the innermost block
  std::size_t position_ = 0;  // offset of the operator
  typename E::meter meter_{};
  std::uint32_t metered_ = 0;
  bool live_ = true;  // control can reach this place
};

}  // namespace dovetail

// ---- dovetail/validate/pass_objects.hpp

// The part of the pass that types the instructions on a module's objects: variables, references,
// tables, memories. The pass adds control and numbers.

namespace dovetail {

template <emitter E, bool Checked, features Accept>
class pass_objects : protected pass_stacks<E, Checked, Accept> {
 protected:
  using stacks = pass_stacks<E, Checked, Accept>;
  using stacks::e_, stacks::executable, stacks::live_, stacks::m_, stacks::pop, stacks::pop_any,
      stacks::push, stacks::s_, stacks::stack;
  using typename stacks::V;

  using stacks::stacks;

  // Variable instructions (3.3.5).
  DOVETAIL_ALWAYS_INLINE status operate(op_constant<op::local_get>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    return push(type, live_ ? e_.local_get(local, type, stack()) : V{});
  }
  status operate(op_constant<op::local_set>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    if (live_) e_.local_set(local, type, value, stack());
    return status::ok;
  }
  status operate(op_constant<op::local_tee>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    return push(type, live_ ? e_.local_tee(local, type, value, stack()) : V{});
  }
  status operate(op_constant<op::global_get>, global_index global) {
    if (global.value >= m_.globals.size()) return status::unknown_global;
    const value_type type = m_.globals[global.value].type.type;
    DOVETAIL_TRY(executable(type));
    return push(type, live_ ? e_.global_get(global, type, stack()) : V{});
  }
  status operate(op_constant<op::global_set>, global_index global) {
    if (global.value >= m_.globals.size()) return status::unknown_global;
    const global_type& type = m_.globals[global.value].type;
    if (!type.is_mutable) return status::global_is_immutable;
    V value{};
    DOVETAIL_TRY(pop(type.type, value));
    if (live_) e_.global_set(global, type.type, value, stack());
    return status::ok;
  }

  // Reference instructions (3.3.3).
  status operate(op_constant<op::ref_null>, value_type type) {
    return push(type, live_ ? e_.constant(type, 0) : V{});
  }
  status operate(op_constant<op::ref_is_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_any(reference));
    if (reference.type != value_type::unknown && !reference.type.is_reference())
      return status::type_mismatch;
    return push(value_type::i32, live_ ? e_.ref_is_null(reference.value, stack()) : V{});
  }
  status operate(op_constant<op::ref_func>, function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    if (!m_.declared[function.value]) return status::undeclared_function_reference;
    return push(value_type::funcref, live_ ? e_.ref_func(function, stack()) : V{});
  }

  // Table instructions (3.3.6).
  status operate(op_constant<op::table_get>, table_index table) {
    V at{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, at));
    return push(m_.tables[table.value].element, live_ ? e_.table_get(table, at, stack()) : V{});
  }
  status operate(op_constant<op::table_set>, table_index table) {
    V at{}, reference{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(value_type::i32, at));
    if (live_) e_.table_set(table, at, reference, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_size>, table_index table) {
    DOVETAIL_TRY(demand(table));
    return push(value_type::i32, live_ ? e_.table_size(table, stack()) : V{});
  }
  status operate(op_constant<op::table_grow>, table_index table) {
    V delta{}, initial{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, delta));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, initial));
    return push(value_type::i32, live_ ? e_.table_grow(table, initial, delta, stack()) : V{});
  }
  status operate(op_constant<op::table_fill>, table_index table) {
    V at{}, reference{}, count{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(value_type::i32, count));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(value_type::i32, at));
    if (live_) e_.table_fill(table, at, reference, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_copy>, const two_tables& tables) {
    DOVETAIL_TRY(demand(tables.destination));
    DOVETAIL_TRY(demand(tables.source));
    if (m_.tables[tables.destination.value].element != m_.tables[tables.source.value].element) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.table_copy(tables, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::table_init>, const element_and_table& init) {
    DOVETAIL_TRY(demand(init.table));
    DOVETAIL_TRY(demand(init.element));
    if (m_.tables[init.table.value].element != m_.element_segments[init.element.value].type) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.table_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::elem_drop>, element_index element) {
    DOVETAIL_TRY(demand(element));
    if (live_) e_.element_drop(element);
    return status::ok;
  }

  // Memory instructions (3.3.7) other than loads and stores.
  status operate(op_constant<op::memory_size>, memory_index memory) {
    DOVETAIL_TRY(demand(memory));
    return push(value_type::i32, live_ ? e_.memory_size(memory, stack()) : V{});
  }
  status operate(op_constant<op::memory_grow>, memory_index memory) {
    V delta{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(value_type::i32, delta));
    return push(value_type::i32, live_ ? e_.memory_grow(memory, delta, stack()) : V{});
  }
  status operate(op_constant<op::memory_fill>, memory_index memory) {
    V v[3]{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_fill(memory, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_copy>, const two_memories& memories) {
    V v[3]{};
    DOVETAIL_TRY(demand(memories.destination));
    DOVETAIL_TRY(demand(memories.source));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_copy(memories, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_init>, const data_and_memory& init) {
    V v[3]{};
    DOVETAIL_TRY(demand(init.memory));
    DOVETAIL_TRY(demand(init.data));
    DOVETAIL_TRY(pop_range(v));
    if (live_) e_.memory_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::data_drop>, data_index data) {
    DOVETAIL_TRY(demand(data));
    if (live_) e_.data_drop(data);
    return status::ok;
  }

 private:
  [[nodiscard]] status demand(table_index i) const {
    return i.value < m_.tables.size() ? status::ok : status::unknown_table;
  }
  [[nodiscard]] status demand(memory_index i) const {
    return i.value < m_.memories.size() ? status::ok : status::unknown_memory;
  }
  [[nodiscard]] status demand(element_index i) const {
    return i.value < m_.element_segments.size() ? status::ok : status::unknown_element_segment;
  }
  // Bodies come before data segments: their number must have been announced (5.5.16).
  [[nodiscard]] status demand(data_index i) const {
    if (!m_.has_data_count) return status::data_count_required;
    return i.value < m_.data_count ? status::ok : status::unknown_data_segment;
  }
  // Destination, source (or value) and count of a bulk operator, all i32.
  [[nodiscard]] status pop_range(V (&v)[3]) {
    for (std::size_t i = 3; i-- > 0;) DOVETAIL_TRY(pop(value_type::i32, v[i]));
    return status::ok;
  }
};

}  // namespace dovetail

// ---- dovetail/validate/pass.hpp

// The pass: the validation algorithm of the specification's appendix as a sink of the body decoder,
// which tells an emitter of every live operator as it goes. The seam between decoder, validator
// policies and backends.

namespace dovetail {

/// A sink for `decoder_policy::body`. With `Checked` false types are taken for granted, for code
/// that is trusted or was validated before; the stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass : private pass_objects<E, Checked, Accept> {
  using stacks = pass_stacks<E, Checked, Accept>;
  using objects = pass_objects<E, Checked, Accept>;
  using objects::operate;
  using stacks::become_unreachable, stacks::block_type_of, stacks::body_, stacks::count_operator,
      stacks::e_, stacks::end_basic_block, stacks::executable, stacks::floor_, stacks::live_,
      stacks::m_, stacks::open, stacks::pop, stacks::pop_all, stacks::pop_any, stacks::position_,
      stacks::push, stacks::push_all, stacks::require_top, stacks::s_, stacks::stack, stacks::start,
      stacks::target, stacks::uses_vectors;
  using typename stacks::frame;
  using typename stacks::V;

 public:
  static constexpr features accept = Accept;

  /// `most` bounds locals (parameters not counted) and branch tables; it must outlive the pass.
  pass(const module_env& module, E& emitter, pass_storage<E>& storage, const limits& most)
      : objects(module, emitter, storage), most_(most) {}

  /// Begins the function `index`, whose body has `size` bytes.
  status begin(function_index index, std::size_t size) {
    const function_type type = m_.function(index);
    s_.locals.clear();
    DOVETAIL_TRY(s_.locals.append(type.parameters));
    body_ = {&m_, index, type, {}, size};
    DOVETAIL_TRY(executable(type));
    return start();
  }
  /// Begins a constant expression with one result; `result` must outlive it.
  status begin_expression(const value_type& result) {
    s_.locals.clear();
    body_ = {&m_, {}, {{}, {&result, 1}}, {}, 0};
    return start();
  }

  /// The offset of the operator being decoded: where an error is.
  [[nodiscard]] std::size_t position() const { return position_; }

  void at(std::size_t offset) {
    position_ = offset;
    e_.position(offset);
  }
  /// What follows the operator at hand, for emitters that look ahead.
  DOVETAIL_ALWAYS_INLINE void upcoming(const byte_reader& r) requires requires(E& e) {
    e.upcoming(r);
  }
  { e_.upcoming(r); }
  status locals(std::uint32_t count, value_type type) {
    const std::size_t most = body_.type.parameters.size() + most_.locals;
    if (count > most - s_.locals.size()) return status::limit_exceeded;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    DOVETAIL_TRY(executable(type));
    DOVETAIL_TRY(s_.locals.reserve(s_.locals.size() + count));
    for (std::uint32_t i = 0; i < count; ++i) DOVETAIL_TRY(s_.locals.push(type));
    return status::ok;
  }
  /// The locals are known, operators follow.
  status declared() { return stacks::begin_body(); }
  [[nodiscard]] bool finished() const { return s_.frames.empty(); }

  template <shape S, class Immediate>
  DOVETAIL_NEVER_INLINE status on(op o, Immediate imm) {
    constexpr shape_types types = types_of<S>();
    count_operator();
    DOVETAIL_TRY(demand(o, imm));
    constexpr std::size_t count = types.operand_count;
    const operand<V>* const operands = stacks::top(types);
    V result{};
    // What is not there may be missing in dead code.
    if (count != 0 && operands == nullptr) [[unlikely]] {
      DOVETAIL_TRY(pop_all({types.operands.data(), count}));
    } else {
      s_.operands.truncate(s_.operands.size() - count);
      if constexpr (E::has_vectors || !uses_vectors(types)) {
        if (live_) result = tell<count, types.has_result>(o, imm, operands, types.result);
      }
    }
    if constexpr (!E::has_vectors && uses_vectors(types)) return status::simd_not_executable;
    if constexpr (types.has_result) DOVETAIL_TRY(push(types.result, result));
    return status::ok;
  }

  template <op O>
  status on(op_constant<O> which, immediate_of<O> imm) {
    count_operator();
    return operate(which, imm);
  }

 private:
  // What a typed operator's immediate must satisfy.
  template <class Immediate>
  DOVETAIL_ALWAYS_INLINE status demand(op o, const Immediate& imm) const {
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      return check_access(o, imm);
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      DOVETAIL_TRY(check_access(o, imm.access));
      return check_lane(o, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, lane_index>) {
      return check_lane(o, imm.lane);
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      if (o != op::i8x16_shuffle) return status::ok;
      for (const std::uint8_t lane : imm.bytes) {
        if (lane >= 32) return status::invalid_lane_index;
      }
    }
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status check_access(op o, const memory_argument& access) const {
    if (access.memory.value >= m_.memories.size()) return status::unknown_memory;
    return (std::uint64_t{1} << access.alignment) > row_of(o).width ? status::alignment_too_large
                                                                    : status::ok;
  }
  static status check_lane(op o, std::uint8_t lane) {
    return lane >= 16 / row_of(o).width ? status::invalid_lane_index : status::ok;
  }

  template <std::size_t Count, bool HasResult, class Immediate>
  DOVETAIL_ALWAYS_INLINE V tell(op o, const Immediate& imm, const operand<V>* operands,
                                [[maybe_unused]] value_type result) {
    const bool is_vector = row_of(o).feature == feature::simd;
    if constexpr (Count == 0) {
      if constexpr (std::is_same_v<Immediate, v128>) {
        return e_.vector_constant(imm);
      } else {
        return e_.constant(result, constant_bits(imm));
      }
    } else if constexpr (!HasResult) {
      if constexpr (E::has_vectors) {
        if (is_vector)
          return e_.vector_store(o, imm, operands[0].value, operands[1].value, stack()), V{};
      }
      if constexpr (std::is_same_v<Immediate, memory_argument>) {
        e_.store(o, imm, operands[0].value, operands[1].value, stack());
      }
      return V{};
    } else {
      if constexpr (E::has_vectors) {
        if (is_vector) {
          V values[Count];
          for (std::size_t i = 0; i < Count; ++i) values[i] = operands[i].value;
          return e_.vector(o, imm, std::span<const V>{values}, stack());
        }
      }
      if constexpr (std::is_same_v<Immediate, memory_argument>) {
        return e_.load(o, imm, operands[0].value, stack());
      } else if constexpr (Count == 1) {
        return e_.unary(o, operands[0].value, stack());
      } else {
        return e_.binary(o, operands[0].value, operands[1].value, stack());
      }
    }
  }

  template <class Immediate>
  static constexpr slot constant_bits(const Immediate& imm) {
    if constexpr (std::is_same_v<Immediate, std::int32_t>) return static_cast<std::uint32_t>(imm);
    if constexpr (!std::is_same_v<Immediate, std::int32_t>) return static_cast<slot>(imm);
  }

  // Control instructions (3.3.8).
  status operate(op_constant<op::unreachable>, no_immediate) {
    if (live_) e_.unreachable();
    become_unreachable();
    return status::ok;
  }
  status operate(op_constant<op::nop>, no_immediate) { return status::ok; }
  status operate(op_constant<op::block>, const block_type& type) {
    return enter(block_kind::block, type);
  }
  status operate(op_constant<op::loop>, const block_type& type) {
    return enter(block_kind::loop, type);
  }

  status operate(op_constant<op::if_>, const block_type& type) {
    V condition{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    block_shape shape{block_kind::if_, 0, {}};
    DOVETAIL_TRY(begin_block(type, shape));
    end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter_if(shape, condition, stack());
    return open(shape, label, live_);
  }

  status enter(block_kind kind, const block_type& type) {
    block_shape shape{kind, 0, {}};
    DOVETAIL_TRY(begin_block(type, shape));
    if (kind == block_kind::loop) end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter(shape, stack());
    return open(shape, label, live_);
  }
  status begin_block(const block_type& type, block_shape& shape) {
    DOVETAIL_TRY(block_type_of(type, shape.type));
    DOVETAIL_TRY(require_top(shape.type.parameters));
    shape.height = s_.operands.size() - shape.type.parameters.size();
    return status::ok;
  }

  // The end of a block or of the first arm of an `if`: exactly the results are left.
  status close(const frame& f) {
    DOVETAIL_TRY(require_top(f.shape.type.results));
    return s_.operands.size() == f.shape.height + f.shape.type.results.size()
               ? status::ok
               : status::type_mismatch;
  }

  status operate(op_constant<op::else_>, no_immediate) {
    frame& f = s_.frames.back();
    if (f.shape.kind != block_kind::if_) return status::end_opcode_expected;
    DOVETAIL_TRY(close(f));
    end_basic_block();
    if (f.was_live) e_.else_(f.label, live_, stack());
    if (live_) f.is_targeted = true;
    f.shape.kind = block_kind::else_;
    f.is_polymorphic = false;
    live_ = f.was_live;
    s_.operands.truncate(f.shape.height);
    DOVETAIL_TRY(push_all(f.shape.type.parameters));
    if (live_) e_.enter_else(f.label, stack());
    return status::ok;
  }

  status operate(op_constant<op::end>, no_immediate) {
    frame& f = s_.frames.back();
    DOVETAIL_TRY(close(f));
    const bool is_lone_if = f.shape.kind == block_kind::if_;
    if (is_lone_if && !same(f.shape.type.parameters, f.shape.type.results))
      return status::type_mismatch;
    // A loop's label is its head: branches to it do not come out here.
    const bool is_merge = is_lone_if || (f.is_targeted && f.shape.kind != block_kind::loop);
    if (is_merge || s_.frames.size() == 1) end_basic_block();
    if (f.was_live) e_.leave(f.label, live_, stack());
    live_ = f.was_live && (live_ || is_merge);
    s_.frames.pop();
    if (s_.frames.empty()) return status::ok;
    floor_ = s_.frames.back().shape.height;
    return status::ok;
  }
  static bool same(std::span<const value_type> a, std::span<const value_type> b) {
    return function_type{a, {}} == function_type{b, {}};
  }

  status operate(op_constant<op::br>, label_index depth) {
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    return branch(*f);
  }
  status branch(frame& f) {
    DOVETAIL_TRY(require_top(f.shape.label_types()));
    if (live_) e_.branch(f.label, stack());
    become_unreachable();
    return status::ok;
  }
  status operate(op_constant<op::return_>, no_immediate) {
    if (live_) s_.frames[0].is_targeted = true;
    return branch(s_.frames[0]);
  }

  status operate(op_constant<op::br_if>, label_index depth) {
    V condition{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(require_top(f->shape.label_types()));
    end_basic_block();
    if (live_) e_.branch_if(f->label, condition, stack());
    return status::ok;
  }

  status operate(op_constant<op::br_table>, label_table table) {
    V index{};
    if (table.count > most_.branch_targets) return status::limit_exceeded;
    DOVETAIL_TRY(pop(value_type::i32, index));
    s_.targets.clear();
    std::size_t arity = 0;
    for (std::uint64_t i = 0; i <= table.count; ++i) {
      frame* f = nullptr;
      DOVETAIL_TRY(target(table.next(), f));
      const auto types = f->shape.label_types();
      if (i != 0 && types.size() != arity) return status::type_mismatch;
      arity = types.size();
      DOVETAIL_TRY(check_top(types));
      if (live_) DOVETAIL_TRY(s_.targets.push(&f->label));
    }
    if (live_) e_.branch_table(index, s_.targets, stack());
    become_unreachable();
    return status::ok;
  }
  // Like require_top, but operands that are missing in dead code stay missing: another target may
  // want other types.
  status check_top(std::span<const value_type> types) {
    const std::size_t there = s_.operands.size() - floor_;
    if (there < types.size() && !s_.frames.back().is_polymorphic) return status::type_mismatch;
    for (std::size_t i = 0; i < types.size() && i < there; ++i) {
      const value_type type = s_.operands[s_.operands.size() - 1 - i].type;
      if (type != types[types.size() - 1 - i] && type != value_type::unknown)
        return status::type_mismatch;
    }
    return status::ok;
  }

  // Calls (3.3.8.10 and 11).
  status operate(op_constant<op::call>, function_index callee) {
    if (callee.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(callee);
    DOVETAIL_TRY(require_top(type.parameters));
    if (live_) e_.call(callee, type, stack());
    return returned(type);
  }
  status operate(op_constant<op::call_indirect>, const indirect_call& call) {
    if (call.table.value >= m_.tables.size()) return status::unknown_table;
    if (m_.tables[call.table.value].element != value_type::funcref) return status::type_mismatch;
    if (call.type.value >= m_.types.size()) return status::unknown_type;
    V index{};
    DOVETAIL_TRY(pop(value_type::i32, index));
    const function_type type = m_.type(call.type);
    DOVETAIL_TRY(require_top(type.parameters));
    if (live_) e_.call_indirect(call, type, index, stack());
    return returned(type);
  }
  status returned(const function_type& type) {
    DOVETAIL_TRY(executable(type));
    s_.operands.truncate(s_.operands.size() - type.parameters.size());
    DOVETAIL_TRY(push_all(type.results));
    if (live_) e_.name_results(type.results.size(), stack());
    return status::ok;
  }

  // Parametric instructions (3.3.4).
  status operate(op_constant<op::drop>, no_immediate) {
    operand<V> top;
    DOVETAIL_TRY(pop_any(top));
    if (live_) e_.drop(top.value);
    return status::ok;
  }
  status operate(op_constant<op::select>, no_immediate) {
    V condition{};
    operand<V> a, b;
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(pop_any(b));
    DOVETAIL_TRY(pop_any(a));
    if (a.type.is_reference() || b.type.is_reference()) return status::type_mismatch;
    if (a.type != b.type && a.type != value_type::unknown && b.type != value_type::unknown) {
      return status::type_mismatch;
    }
    return selected(a.type == value_type::unknown ? b.type : a.type, a.value, b.value, condition);
  }
  status operate(op_constant<op::select_typed>, const type_list& types) {
    if (types.count != 1) return status::invalid_result_arity;
    V condition{}, a{}, b{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(pop(types.first, b));
    DOVETAIL_TRY(pop(types.first, a));
    return selected(types.first, a, b, condition);
  }
  status selected(value_type type, V a, V b, V condition) {
    if constexpr (!E::has_vectors) {
      if (type.is_vector()) return status::simd_not_executable;
    }
    V result{};
    if (live_) result = e_.select(type, a, b, condition, stack());
    return push(type, result);
  }

  const limits& most_;
};

/// The validator policies: what a config's `validator` is. `full_validation` is the algorithm of
/// the specification, dead code included.
struct full_validation {
  template <emitter E, features Accept>
  using pass = dovetail::pass<E, true, Accept>;
};
/// `trusted` compiles the type checks out: for bytes that were validated before, or that come from
/// the program's own build. Anything else is undefined behaviour.
struct trusted {
  template <emitter E, features Accept>
  using pass = dovetail::pass<E, false, Accept>;
};

}  // namespace dovetail

// ---- dovetail/api/config.hpp

// The configuration: one struct of types and numbers that names every policy, and the rules between
// them.

namespace dovetail {

/// What a config inherits and overrides by name. The backend is the one choice it cannot make: each
/// is an include of its own.
struct defaults {
  using decoder = binary_decoder;
  using validator = full_validation;
  using linker = link_by_name;
  using memory = checked_memory;
  using traps = traps_returned;
  using allocator = system_allocator;
  static constexpr features accept = features::wasm2();
  static constexpr limits limit{};
};

/// A validator policy names a pass: a sink of the body decoder that tells an emitter what it reads.
template <class V>
concept validator_policy = requires {
  typename V::template pass<null_emitter, features::wasm2()>;
};

// Rules between policies, named as the sentences they are.

template <class C>
concept guarded_memory_needs_64_bit_addresses = !C::memory::is_guarded || platform::is_64_bit;

template <class C>
concept guarded_memory_needs_a_way_back_from_faults = !C::memory::is_guarded || platform::can_land;

template <class C>
concept thrown_traps_need_exceptions =
    !std::same_as<typename C::traps, traps_thrown> || platform::has_exceptions;

template <class C>
concept limits_fit_the_format = C::limit.memory_pages <= 65'536 && C::limit.parameters <= 65'535 &&
                                C::limit.results <= 65'535 && C::limit.locals <= 1'000'000;

/// A configuration: every policy is there, satisfies its concept, and they go together.
template <class C>
concept config = requires {
  requires decoder_policy<typename C::decoder>;
  requires validator_policy<typename C::validator>;
  requires memory_policy<typename C::memory>;
  requires backend_policy<typename C::backend, typename C::memory>;
  requires linker_policy<typename C::linker>;
  requires trap_policy<typename C::traps>;
  requires allocator_policy<typename C::allocator>;
  requires std::same_as<const features, decltype(C::accept)>;
  requires std::same_as<const limits, decltype(C::limit)>;
}
&&guarded_memory_needs_64_bit_addresses<C>&& guarded_memory_needs_a_way_back_from_faults<C>&&
    thrown_traps_need_exceptions<C>&& limits_fit_the_format<C>;

}  // namespace dovetail

// ---- dovetail/validate/constant.hpp

// Constant expressions (core specification 3.3.10) as one more emitter: the pass types them, this
// keeps what they say.

namespace dovetail {

/// Keeps the one constant or reference that a constant expression of WebAssembly 2.0 consists of.
struct constant_emitter : null_emitter {
  constant_expression result;

  value constant(value_type type, slot bits) {
    result = {constant_expression::kind::value, type, 0, bits, 0};
    return {};
  }
  value vector_constant(const v128& v) {
    slot halves[2] = {};
    for (unsigned i = 0; i < 16; ++i) halves[i / 8] |= slot{v.bytes[i]} << (8 * (i % 8));
    result = {constant_expression::kind::value, value_type::v128, 0, halves[0], halves[1]};
    return {};
  }
  value global_get(global_index global, value_type type, live<value>) {
    result = {constant_expression::kind::global, type, global.value, 0, 0};
    return {};
  }
  value ref_func(function_index function, live<value>) {
    result = {constant_expression::kind::function, value_type::funcref, function.value, 0, 0};
    return {};
  }
};

/// Lets through to a pass only the operators that are constant.
template <features Accept>
class constant_sink {
 public:
  static constexpr features accept = Accept;

  constant_sink(module_env& module, pass<constant_emitter, true, Accept>& p)
      : m_(module), pass_(p) {}

  status locals(std::uint32_t, value_type) { return status::constant_expression_required; }
  status declared() { return pass_.declared(); }
  void at(std::size_t offset) { pass_.at(offset); }
  [[nodiscard]] bool finished() const { return pass_.finished(); }

  template <shape S, class Immediate>
  status on(op o, const Immediate& imm) {
    constexpr shape_types types = types_of<S>();
    if constexpr (types.operand_count == 0) {
      return pass_.template on<S>(o, imm);
    } else {
      return status::constant_expression_required;
    }
  }
  template <op O>
  status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::global_get) {
      // Before extended constant expressions only imported globals are in scope, and only constant
      // ones.
      if (imm.value >= m_.imported_globals) return status::unknown_global;
      if (m_.globals[imm.value].type.is_mutable) return status::constant_expression_required;
      return pass_.on(which, imm);
    } else if constexpr (O == op::ref_func) {
      if (imm.value >= m_.functions.size()) return status::unknown_function;
      m_.declared[imm.value] = true;
      return pass_.on(which, imm);
    } else if constexpr (O == op::ref_null || O == op::end) {
      return pass_.on(which, imm);
    } else if constexpr (O == op::else_) {
      return status::end_opcode_expected;
    } else {
      return status::constant_expression_required;
    }
  }

 private:
  module_env& m_;
  pass<constant_emitter, true, Accept>& pass_;
};

/// Types the expression at `r`, which must have the type `expected`, and reduces it to `out`.
template <decoder_policy Decoder, features Accept>
[[nodiscard]] status read_constant(byte_reader r, module_env& module,
                                   pass_storage<constant_emitter>& storage, const limits& most,
                                   value_type expected, constant_expression& out) {
  constant_emitter emitter;
  pass<constant_emitter, true, Accept> typed(module, emitter, storage, most);
  DOVETAIL_TRY(typed.begin_expression(expected));
  constant_sink<Accept> sink(module, typed);
  DOVETAIL_TRY(Decoder::expression(r, sink));
  out = emitter.result;
  return status::ok;
}

}  // namespace dovetail

// ---- dovetail/validate/module_builder.hpp

// The sink of the section decoder that fills a module_env, and with it the rules for modules (core
// specification 3.4). Bodies are only noted: they are compiled when every section has been read.

namespace dovetail {

template <decoder_policy Decoder, features Accept>
class module_builder {
 public:
  /// `most` bounds every list; both references must outlive the builder.
  module_builder(module_env& module, const limits& most)
      : m_(module), most_(most), storage_(*module.memory) {}

  /// The section being read, and the offset of its entry: where an error is.
  [[nodiscard]] section_id section() const { return section_; }
  [[nodiscard]] std::size_t position() const { return position_; }

  void enter(section_id id) { section_ = id; }
  status section(section_id id, const byte_reader& r) {
    position_ = r.offset();
    return m_.sections.push({id, {}, r.offset(), r.remaining()});
  }
  void at(std::size_t offset) { position_ = offset; }

  status count(section_id id, std::uint32_t count) {
    if (count > limit_of(id)) return status::limit_exceeded;
    return status::ok;
  }

  status custom(std::string_view name, const byte_reader& content) {
    section_entry& entry = m_.sections.back();
    DOVETAIL_TRY(keep(name, entry.name));
    if (name == "name" && m_.names.empty()) return m_.names.append(content.rest());
    return status::ok;
  }

  status parameters(std::uint32_t count) {
    if (count > most_.parameters) return status::limit_exceeded;
    open_type_ = {static_cast<std::uint32_t>(m_.type_values.size()),
                  static_cast<std::uint16_t>(count), 0};
    return status::ok;
  }
  status parameter(value_type type) { return add(type); }
  status results(std::uint32_t count) {
    if (count > most_.results) return status::limit_exceeded;
    if (count > 1 && !Accept.has(feature::multi_value)) return status::feature_not_accepted;
    open_type_.results = static_cast<std::uint16_t>(count);
    if (count > m_.most_results) m_.most_results = count;
    return status::ok;
  }
  status result(value_type type) { return add(type); }
  status type_end() { return m_.types.push(open_type_); }

  status import(std::string_view module, std::string_view name, const import_description& what) {
    import_entry entry;
    DOVETAIL_TRY(keep(module, entry.module));
    DOVETAIL_TRY(keep(name, entry.name));
    entry.kind = what.kind;
    switch (what.kind) {
      case external_kind::function:
        entry.index = m_.imported_functions++;
        DOVETAIL_TRY(add_function(what.function));
        break;
      case external_kind::table:
        entry.index = m_.imported_tables++;
        DOVETAIL_TRY(table(what.table));
        break;
      case external_kind::memory:
        entry.index = m_.imported_memories++;
        DOVETAIL_TRY(memory(what.memory));
        break;
      case external_kind::global:
        entry.index = m_.imported_globals++;
        DOVETAIL_TRY(add_global({what.global, {}}));
        break;
      case external_kind::tag: return status::malformed_import_kind;
    }
    return m_.imports.push(entry);
  }

  status function(type_index type) { return add_function(type); }

  status table(const table_type& type) {
    if (m_.tables.size() >= most_.tables) return status::limit_exceeded;
    if (!m_.tables.empty() && !Accept.has(feature::reference_types))
      return status::feature_not_accepted;
    DOVETAIL_TRY(accept_element(type.element));
    if (type.limits.has_maximum() && type.limits.maximum < type.limits.minimum)
      return status::limits_out_of_order;
    return m_.tables.push(type);
  }

  status memory(const memory_type& type) {
    constexpr std::uint64_t most_pages = 65'536;
    if (!m_.memories.empty()) return status::multiple_memories;
    if (type.limits.minimum > most_pages) return status::memory_too_large;
    if (type.limits.has_maximum()) {
      if (type.limits.maximum > most_pages) return status::memory_too_large;
      if (type.limits.maximum < type.limits.minimum) return status::limits_out_of_order;
    }
    return m_.memories.push(type);
  }

  status global(const global_type& type, const byte_reader& initial) {
    global_entry entry{type, {}};
    DOVETAIL_TRY(constant(initial, type.type, entry.initial));
    return add_global(entry);
  }

  status export_(std::string_view name, external_kind kind, std::uint32_t index) {
    DOVETAIL_TRY(exists(kind, index));
    if (m_.find_export(name) != name_table::none) return status::duplicate_export;
    if (kind == external_kind::function) m_.declared[index] = true;
    export_entry entry{{}, kind, index};
    DOVETAIL_TRY(keep(name, entry.name));
    const auto number = static_cast<std::uint32_t>(m_.exports.size());
    DOVETAIL_TRY(m_.exports.push(entry));
    return m_.export_index.insert(m_.export_index.hash(name), number);
  }

  status start(function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(function);
    if (!type.parameters.empty() || !type.results.empty()) return status::start_function_type;
    m_.start = function.value;
    return status::ok;
  }

  status element_segment(const element_segment_head& head) {
    if (head.mode != segment_mode::active || head.has_expressions)
      DOVETAIL_TRY(accept(feature::bulk_memory));
    DOVETAIL_TRY(accept_element(head.type));
    if (head.count > most_.segment_elements) return status::limit_exceeded;
    dovetail::element_segment segment{head.mode, head.type, head.table, {}, 0, head.count};
    segment.first = static_cast<std::uint32_t>(m_.elements.size());
    if (head.mode == segment_mode::active) {
      if (head.table.value >= m_.tables.size()) return status::unknown_table;
      if (m_.tables[head.table.value].element != head.type) return status::type_mismatch;
      DOVETAIL_TRY(constant(head.offset, value_type::i32, segment.offset));
    }
    return m_.element_segments.push(segment);
  }
  status element(function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    m_.declared[function.value] = true;
    return m_.elements.push(
        {constant_expression::kind::function, value_type::funcref, function.value, 0, 0});
  }
  status element(const byte_reader& expression) {
    constant_expression entry;
    DOVETAIL_TRY(constant(expression, m_.element_segments.back().type, entry));
    return m_.elements.push(entry);
  }

  status data_count(std::uint32_t count) {
    DOVETAIL_TRY(accept(feature::bulk_memory));
    if (count > most_.data_segments) return status::limit_exceeded;
    m_.has_data_count = true;
    m_.data_count = count;
    return status::ok;
  }

  status code(const byte_reader& body) {
    if (body.remaining() > most_.body_bytes) return status::limit_exceeded;
    return m_.bodies.push({body.offset(), body.remaining()});
  }

  status data(const data_segment_head& head) {
    if (head.mode != segment_mode::active) DOVETAIL_TRY(accept(feature::bulk_memory));
    dovetail::data_segment segment{
        head.mode, head.memory, {}, m_.data_bytes.size(), head.bytes.remaining()};
    if (head.mode == segment_mode::active) {
      if (head.memory.value >= m_.memories.size()) return status::unknown_memory;
      DOVETAIL_TRY(constant(head.offset, value_type::i32, segment.offset));
    }
    DOVETAIL_TRY(m_.data_bytes.append(head.bytes.rest()));
    return m_.data_segments.push(segment);
  }

 private:
  [[nodiscard]] std::uint32_t limit_of(section_id id) const {
    switch (id) {
      case section_id::type: return most_.types;
      case section_id::import: return most_.imports;
      case section_id::function:
      case section_id::code: return most_.functions;
      case section_id::table: return most_.tables;
      case section_id::memory: return most_.memories;
      case section_id::global: return most_.globals;
      case section_id::export_: return most_.exports;
      case section_id::element: return most_.element_segments;
      case section_id::data: return most_.data_segments;
      default: return 0xffff'ffff;
    }
  }

  [[nodiscard]] static status accept(feature wanted) {
    return Accept.has(wanted) ? status::ok : status::feature_not_accepted;
  }
  // The element types of tables and segments.
  [[nodiscard]] static status accept_element(value_type type) {
    return type == value_type::externref ? accept(feature::reference_types) : status::ok;
  }

  [[nodiscard]] status keep(std::string_view text, text_range& out) {
    out = {static_cast<std::uint32_t>(m_.text.size()), static_cast<std::uint32_t>(text.size())};
    return m_.text.append(text);
  }
  [[nodiscard]] status add(value_type type) {
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    m_.has_vector_types |= type.is_vector();
    return m_.type_values.push(type);
  }
  [[nodiscard]] status add_function(type_index type) {
    if (type.value >= m_.types.size()) return status::unknown_type;
    if (m_.functions.size() >= most_.functions) return status::limit_exceeded;
    DOVETAIL_TRY(m_.declared.push(false));
    return m_.functions.push(type);
  }
  [[nodiscard]] status add_global(const global_entry& entry) {
    if (m_.globals.size() >= most_.globals) return status::limit_exceeded;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(entry.type.type));
    return m_.globals.push(entry);
  }
  [[nodiscard]] status exists(external_kind kind, std::uint32_t index) const {
    switch (kind) {
      case external_kind::function:
        return index < m_.functions.size() ? status::ok : status::unknown_function;
      case external_kind::table:
        return index < m_.tables.size() ? status::ok : status::unknown_table;
      case external_kind::memory:
        return index < m_.memories.size() ? status::ok : status::unknown_memory;
      case external_kind::global:
        return index < m_.globals.size() ? status::ok : status::unknown_global;
      case external_kind::tag: break;
    }
    return status::malformed_export_kind;
  }
  [[nodiscard]] status constant(const byte_reader& r, value_type type, constant_expression& out) {
    return read_constant<Decoder, Accept>(r, m_, storage_, most_, type, out);
  }

  module_env& m_;
  const limits& most_;
  pass_storage<constant_emitter> storage_;
  module_env::type_entry open_type_;
  section_id section_ = section_id::none;
  std::size_t position_ = 0;
};

}  // namespace dovetail

// ---- dovetail/api/compile.hpp

// From bytes to a module: decode the sections, type them, then one walk over each body that
// validates and compiles it.

namespace dovetail::detail {

// The section that an offset lies in, as far as the sections' frames are whole.
inline section_id section_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
  byte_reader r(bytes), skipped;
  section_id at = section_id::none;
  if (r.part(bytes.size() < 8 ? bytes.size() : 8, skipped) != status::ok) return at;
  while (!r.at_end() && r.offset() <= offset) {
    std::uint8_t id = 0;
    std::uint32_t size = 0;
    if (r.u8(id) != status::ok || id > static_cast<std::uint8_t>(section_id::data_count)) break;
    at = static_cast<section_id>(id);
    if (r.u32(size) != status::ok || r.part(size, skipped) != status::ok) break;
  }
  return at;
}

// Malformed bytes are reported as such even when an earlier byte is merely invalid.
template <class Decoder>
DOVETAIL_COLD void prefer_malformed(std::span<const std::uint8_t> bytes, error& e) {
  if constexpr (diagnosing_decoder<Decoder>) {
    if (stage_of(e.code) != stage::validate && stage_of(e.code) != stage::decode) return;
    byte_reader r(bytes);
    const status s = Decoder::diagnose(r);
    if (s == status::ok) return;
    e.code = s;
    e.offset = r.offset();
    e.section = section_at(bytes, e.offset);
  }
}

/// A compiler that wants to know a body before it begins: a collector sees it first, in the
/// validating pass, and the emitter in a second one that trusts the first.
template <class Compiler>
concept two_pass_compiler = requires(Compiler& c) {
  c.collector();
  c.collector().begin_batch();
};

/// A compiler that can be several: `split` tells where the bodies of each part but the first begin,
/// and `part` gives the compiler of one, to be used beside the others; the first is the compiler
/// itself. `finish` joins what they made.
template <class Compiler>
concept parallel_compiler = requires(Compiler& c, std::span<const std::size_t> firsts) {
  { c.split(firsts) } -> std::same_as<status>;
  c.part(std::size_t{}).emitter();
};

/// How a module's bodies are compiled by default: all in one go.
struct one_part {
  std::size_t parts = 1;
  template <class Task>
  void run(std::size_t count, Task& task) const {
    for (std::size_t k = 0; k < count; ++k) task(k);
  }
};
/// By the caller's threads.
template <class Run>
struct many_parts {
  std::size_t parts;
  Run& caller;
  template <class Task>
  void run(std::size_t count, Task& task) const {
    caller(count, task);
  }
};

/// Compiles bodies of a module: one walk over each, or two.
template <class Decoder, class Validator, features Accept>
class body_compilation {
 public:
  body_compilation(std::span<const std::uint8_t> bytes, const limits& most, const module_env& env)
      : bytes_(bytes), most_(most), env_(env) {}

  /// Those from `begin` to `end`. An error tells where.
  template <class Compiler>
  status run(Compiler& compiler, std::size_t begin, std::size_t end, error& e) const {
    if constexpr (two_pass_compiler<Compiler>) {
      passes<Validator, decltype(compiler.collector())> first(env_, compiler.collector(), most_);
      passes<trusted, decltype(compiler.emitter())> second(env_, compiler.emitter(), most_);
      return by_batches(begin, end, first, second, e);
    } else {
      passes<Validator, decltype(compiler.emitter())> only(env_, compiler.emitter(), most_);
      for (std::size_t k = begin; k < end; ++k) DOVETAIL_TRY(body(k, only, e));
      return status::ok;
    }
  }

 private:
  // One pass over bodies: a validator policy's, telling an emitter.
  template <class Policy, class Emitter>
  struct passes {
    using told = std::remove_reference_t<Emitter>;
    passes(const module_env& env, told& e, const limits& most)
        : emitter(e), storage(*env.memory), pass(env, e, storage, most) {}
    told& emitter;
    pass_storage<told> storage;
    typename Policy::template pass<told, Accept> pass;
  };

  // The passes follow each other by batches, short enough that the bytes are still at hand, and
  // long enough that the processor does not fetch the code of both passes for each body.
  template <class First, class Second>
  status by_batches(std::size_t begin, std::size_t all, First& first, Second& second,
                    error& e) const {
    constexpr std::size_t batch_bytes = 64 * 1024;
    for (std::size_t end = begin; begin < all; begin = end) {
      first.emitter.begin_batch();
      for (std::size_t bytes = 0; end < all && bytes < batch_bytes; ++end) {
        DOVETAIL_TRY(body(end, first, e));
        bytes += env_.bodies[end].size;
      }
      for (std::size_t k = begin; k < end; ++k) DOVETAIL_TRY(body(k, second, e));
    }
    return status::ok;
  }

  template <class Passes>
  status body(std::size_t k, Passes& one, error& e) const {
    const body_range& range = env_.bodies[k];
    const auto index = static_cast<std::uint32_t>(env_.imported_functions + k);
    byte_reader whole(bytes_), r, skipped;
    DOVETAIL_TRY(whole.part(range.offset, skipped));
    DOVETAIL_TRY(whole.part(range.size, r));
    e.offset = range.offset;
    DOVETAIL_TRY(one.pass.begin({index}, range.size));
    const status s = Decoder::body(r, one.pass);
    e.offset = stage_of(s) == stage::decode ? r.offset() : one.pass.position();
    DOVETAIL_TRY(s);
    return one.emitter.finish();
  }

  std::span<const std::uint8_t> bytes_;
  const limits& most_;
  const module_env& env_;
};

/// Fills `m` from `bytes` with the policies of one configuration.
template <class Decoder, class Validator, features Accept, class Compiler>
class module_compilation {
 public:
  module_compilation(std::span<const std::uint8_t> bytes, const limits& most, module_data& m,
                     error& e)
      : bytes_(bytes), most_(most), m_(m), e_(e) {}

  template <class Parts = one_part>
  status run(signature_table& signatures, const Parts& parts = {}) {
    const status s = sections();
    if (s != status::ok) {
      prefer_malformed<Decoder>(bytes_, e_);
      return e_.code;
    }
    DOVETAIL_TRY(intern(signatures));
    const status b = bodies(parts);
    if (b != status::ok) {
      e_.code = b;
      prefer_malformed<Decoder>(bytes_, e_);
      return e_.code;
    }
    return status::ok;
  }

 private:
  status sections() {
    byte_reader r(bytes_);
    if (bytes_.size() > most_.module_bytes) return e_.code = status::limit_exceeded;
    module_builder<Decoder, Accept> builder(m_.env, most_);
    const status s = Decoder::sections(r, builder);
    if (s == status::ok) return s;
    e_.code = s;
    e_.section = builder.section();
    e_.offset = stage_of(s) == stage::decode ? r.offset() : builder.position();
    return s;
  }

  status intern(signature_table& signatures) {
    module_env& env = m_.env;
    DOVETAIL_TRY(m_.signatures.reserve(env.types.size()));
    for (std::uint32_t i = 0; i < env.types.size(); ++i) {
      const signature* s = signatures.intern(env.type({i}));
      if (s == nullptr) return e_.code = status::out_of_memory;
      DOVETAIL_TRY(m_.signatures.push(s));
    }
    return status::ok;
  }

  template <class Parts>
  status bodies(const Parts& parts) {
    Compiler compiler(m_);
    if constexpr (requires { compiler.start(); }) DOVETAIL_TRY(compiler.start());
    e_.section = section_id::code;
    const body_compilation<Decoder, Validator, Accept> work(bytes_, most_, m_.env);
    if constexpr (parallel_compiler<Compiler> && !std::is_same_v<Parts, one_part>) {
      DOVETAIL_TRY(by_parts(compiler, work, parts));
    } else {
      DOVETAIL_TRY(work.run(compiler, 0, m_.env.bodies.size(), e_));
    }
    e_.section = section_id::none;
    m_.env.bodies = array<body_range>(*m_.env.memory);
    return compiler.finish();
  }

  // Every part has its own error: the first part's that failed is the module's.
  template <class Work, class Parts>
  status by_parts(Compiler& compiler, const Work& work, const Parts& parts) {
    constexpr std::size_t most = 64;
    std::size_t firsts[most + 1] = {};
    const std::size_t count = divide(parts.parts < most ? parts.parts : most, firsts);
    DOVETAIL_TRY(compiler.split(std::span(firsts).subspan(1, count - 1)));
    error errors[most];
    status ends[most];
    for (std::size_t k = 0; k < count; ++k) {
      errors[k] = e_;
      ends[k] = status::part_not_compiled;
    }
    auto task = [&](std::size_t k) {
      if (k >= count) return;
      ends[k] = k == 0 ? work.run(compiler, 0, firsts[1], errors[0])
                       : work.run(compiler.part(k), firsts[k], firsts[k + 1], errors[k]);
    };
    parts.run(count, task);
    for (std::size_t k = 0; k < count; ++k) {
      if (ends[k] != status::ok) return e_ = errors[k], ends[k];
    }
    return status::ok;
  }
  // Where each part begins, and the end: about as many bytes for each, and enough to be worth it.
  std::size_t divide(std::size_t wanted, std::size_t* firsts) const {
    constexpr std::size_t least_bytes = 1024;
    const auto& bodies = m_.env.bodies;
    std::size_t all = 0, bytes = 0, count = 1;
    for (const body_range& b : bodies) all += b.size;
    if (wanted > all / least_bytes) wanted = all / least_bytes;
    for (std::size_t k = 0; k < bodies.size() && count < wanted; ++k) {
      if (k != 0 && bytes >= all / wanted * count) firsts[count++] = k;
      bytes += bodies[k].size;
    }
    firsts[count] = bodies.size();
    return count;
  }

  std::span<const std::uint8_t> bytes_;
  const limits& most_;
  module_data& m_;
  error& e_;
};

}  // namespace dovetail::detail

// ---- dovetail/api/module.hpp

// A compiled module in the host's hands: immutable, shared by reference count, the same from every
// thread.

namespace dovetail {

/// An import of a module. Views live as long as the module.
struct import_type {
  std::string_view module;
  std::string_view name;
  external_type type;
};
/// An export of a module or instance.
struct export_type {
  std::string_view name;
  external_type type;
};
/// A section of a module as it lay in the bytes; custom sections have a name.
struct section_type {
  section_id id;
  std::string_view name;
  std::size_t offset;
  std::size_t size;
};

namespace detail {

/// A range of entries that are made when they are looked at.
template <class Entry, Entry (*Make)(const module_env&, std::size_t)>
class entries {
 public:
  struct iterator {
    const module_env* env;
    std::size_t at;
    Entry operator*() const { return Make(*env, at); }
    iterator& operator++() { return ++at, *this; }
    bool operator==(const iterator&) const = default;
  };
  entries(const module_env& env, std::size_t count) : env_(&env), count_(count) {}
  [[nodiscard]] std::size_t size() const { return count_; }
  [[nodiscard]] Entry operator[](std::size_t i) const { return Make(*env_, i); }
  [[nodiscard]] iterator begin() const { return {env_, 0}; }
  [[nodiscard]] iterator end() const { return {env_, count_}; }

 private:
  const module_env* env_;
  std::size_t count_;
};

inline import_type make_import(const module_env& env, std::size_t i) {
  const import_entry& entry = env.imports[i];
  return {env.view(entry.module), env.view(entry.name), env.external(entry.kind, entry.index)};
}
inline export_type make_export(const module_env& env, std::size_t i) {
  const export_entry& entry = env.exports[i];
  return {env.view(entry.name), env.external(entry.kind, entry.index)};
}
inline section_type make_section(const module_env& env, std::size_t i) {
  const section_entry& entry = env.sections[i];
  return {entry.id, env.view(entry.name), entry.offset, entry.size};
}

using import_list = entries<import_type, make_import>;
using export_list = entries<export_type, make_export>;
using section_list = entries<section_type, make_section>;

}  // namespace detail

/// A module of one configuration. Copies share the same code; the engine that made it must outlive
/// it.
template <class C>
class basic_module {
 public:
  /// For engines: takes over one reference.
  explicit basic_module(module_data& data) : data_(&data) {}
  basic_module(const basic_module& other) : data_(other.data_) { data_->retain(); }
  basic_module(basic_module&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
  basic_module& operator=(basic_module other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~basic_module() {
    if (data_ != nullptr) data_->release();
  }

  /// What it imports and exports, with types, in the order of the module.
  [[nodiscard]] detail::import_list imports() const {
    return {data_->env, data_->env.imports.size()};
  }
  [[nodiscard]] detail::export_list exports() const {
    return {data_->env, data_->env.exports.size()};
  }
  /// Its sections, in the order of the bytes.
  [[nodiscard]] detail::section_list sections() const {
    return {data_->env, data_->env.sections.size()};
  }
  /// Functions, imported ones included.
  [[nodiscard]] std::size_t function_count() const { return data_->env.functions.size(); }

  /// For stores and tools.
  [[nodiscard]] module_data& data() const { return *data_; }

 private:
  module_data* data_;
};

}  // namespace dovetail

// ---- dovetail/base/block_pool.hpp

// Blocks that stores gave back, kept by the engine for the next stores: their arenas, stacks, heap
// memories and tables.

namespace dovetail {

/// An allocator over another one that keeps released blocks of a few sizes, at most so many bytes
/// in all. Any thread may use it; a kept block is given out again as it was left. Blocks of less
/// than `smallest` bytes are the other allocator's alone.
class block_pool : public allocator {
 public:
  static constexpr std::size_t smallest = 1024;

  block_pool(allocator& below, std::size_t most_bytes)
      : allocator{&call}, below_(&below), most_(most_bytes) {}
  block_pool(const block_pool&) = delete;
  block_pool& operator=(const block_pool&) = delete;
  ~block_pool() {
    for (shelf& s : shelves_) release_all(clear(s));
  }

  /// The bytes that wait for a taker.
  [[nodiscard]] std::size_t kept_bytes() const { return kept_; }

 private:
  struct kept_block {
    kept_block* next;
  };
  // Blocks of one size; a shelf without blocks has none.
  struct shelf {
    std::size_t size = 0;
    kept_block* first = nullptr;
  };
  static constexpr std::size_t shelf_count = 8;

  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    auto& pool = static_cast<block_pool&>(self);
    if (block == nullptr && new_size >= smallest) {
      if (void* kept = pool.take(new_size)) return kept;
    } else if (new_size == 0 && old_size >= smallest) {
      pool.give(block, old_size);
      return nullptr;
    }
    return pool.below_->resize(block, old_size, new_size);
  }

  void* take(std::size_t size) {
    const spin_lock::guard guard(lock_);
    for (shelf& s : shelves_) {
      if (s.size != size || s.first == nullptr) continue;
      kept_block* block = s.first;
      s.first = block->next;
      kept_ -= size;
      return block;
    }
    return nullptr;
  }

  // Makes room by emptying shelves in turn, so that sizes nobody wants any more do not stay.
  void give(void* block, std::size_t size) {
    if (size > most_) return below_->release(block, size);
    shelf emptied[shelf_count];
    {
      const spin_lock::guard guard(lock_);
      shelf* to = nullptr;
      std::size_t turns = 0;
      while ((kept_ + size > most_ || (to = shelf_for(size)) == nullptr) && turns < shelf_count) {
        emptied[turns++] = clear(shelves_[next_]);
        next_ = (next_ + 1) % shelf_count;
      }
      if (to == nullptr) to = shelf_for(size);
      to->size = size;
      to->first = ::new (block) kept_block{to->first};
      kept_ += size;
    }
    for (const shelf& s : emptied) release_all(s);
  }

  shelf* shelf_for(std::size_t size) {
    shelf* empty = nullptr;
    for (shelf& s : shelves_) {
      if (s.first == nullptr) {
        if (empty == nullptr) empty = &s;
      } else if (s.size == size) {
        return &s;
      }
    }
    return empty;
  }
  shelf clear(shelf& s) {
    const shelf was = s;
    for (kept_block* b = s.first; b != nullptr; b = b->next) kept_ -= s.size;
    s.first = nullptr;
    return was;
  }
  void release_all(const shelf& s) {
    for (kept_block* b = s.first; b != nullptr;) {
      kept_block* next = b->next;
      below_->release(b, s.size);
      b = next;
    }
  }

  allocator* below_;
  std::size_t most_;
  std::size_t kept_ = 0;
  std::size_t next_ = 0;  // the shelf that makes room first
  shelf shelves_[shelf_count];
  spin_lock lock_;
};

}  // namespace dovetail

// ---- dovetail/api/engine.hpp

// The engine: canonical types, the allocator and pools, shared by everything made with it. Any
// thread may compile.

namespace dovetail {

namespace detail {

/// A compiler that keeps nothing: validation alone.
struct null_compiler {
  explicit null_compiler(module_data&) {}
  null_emitter& emitter() { return emitter_; }
  status finish() { return status::ok; }
  null_emitter emitter_;
};

}  // namespace detail

/// An engine of one configuration. It must outlive its modules and stores. No state is hidden
/// elsewhere.
template <config C>
class basic_engine {
 public:
  explicit basic_engine(typename C::allocator memory = {})
      : memory_(std::move(memory)),
        signatures_(memory_),
        blocks_(memory_, C::limit.pooled_bytes),
        memories_(C::limit.pooled_bytes) {}
  basic_engine(const basic_engine&) = delete;
  basic_engine& operator=(const basic_engine&) = delete;

  /// Decodes, validates and compiles a module. The bytes are not needed afterwards. Errors: decode,
  /// validate, compile.
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes) {
    return compile_by(detail::one_part{}, bytes);
  }

  /// The same in up to `parts` parts at once, fewer for small modules. `run(count, task)` must call
  /// `task(k)` once for each `k` below `count`, on any threads, and return when all have returned.
  /// The error is the first part's that has one.
  template <std::invocable<std::size_t, void (&)(std::size_t)> Run>
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes, std::size_t parts,
                                                Run&& run) {
    return compile_by(detail::many_parts<Run>{parts, run}, bytes);
  }

  /// Decodes and validates a module without compiling it: also what the backend cannot execute.
  [[nodiscard]] result<void> validate(std::span<const std::byte> bytes) {
    error e;
    module_data* m = build<detail::null_compiler>(bytes, detail::one_part{}, e);
    if (m == nullptr) return e;
    m->release();
    return {};
  }

  /// Whether the machine refused the config's backend, and the one behind it compiles.
  [[nodiscard]] bool uses_fallback() const { return uses_fallback_; }

  /// The allocator policy, for its own state.
  [[nodiscard]] typename C::allocator& allocator() { return memory_.policy; }

  /// For stores.
  [[nodiscard]] dovetail::allocator& memory() { return memory_; }
  [[nodiscard]] signature_table& signatures() { return signatures_; }
  /// What ended stores left for the next ones.
  [[nodiscard]] block_pool& blocks() { return blocks_; }
  [[nodiscard]] auto& memories() { return memories_; }

 private:
  using backend = typename C::backend;
  template <class B>
  using compiler_of = typename B::template compiler<typename C::memory, backend::control>;

  static bool needs_fallback() {
    if constexpr (backend_with_fallback<backend>) return !backend::is_available();
    return false;
  }

  template <class Parts>
  result<basic_module<C>> compile_by(const Parts& parts, std::span<const std::byte> bytes) {
    error e;
    module_data* m = nullptr;
    if constexpr (backend_with_fallback<backend>) {
      if (uses_fallback_) {
        m = build<compiler_of<typename backend::fallback>>(bytes, parts, e);
        if (m == nullptr) return e;
        m->is_of_fallback = true;
        return basic_module<C>(*m);
      }
    }
    m = build<compiler_of<backend>>(bytes, parts, e);
    if (m == nullptr) return e;
    return basic_module<C>(*m);
  }

  template <class Compiler, class Parts>
  module_data* build(std::span<const std::byte> bytes, const Parts& parts, error& e) {
    auto* m = memory_.template make<module_data>(memory_);
    if (m == nullptr) return e.code = status::out_of_memory, nullptr;
    m->most = &C::limit;
    const std::span<const std::uint8_t> input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                              bytes.size());
    detail::module_compilation<typename C::decoder, typename C::validator, C::accept, Compiler>
        work(input, C::limit, *m, e);
    if (const status s = work.run(signatures_, parts); s != status::ok) {
      e.code = s;
      m->release();
      return nullptr;
    }
    return m;
  }

  allocator_of<typename C::allocator> memory_;
  signature_table signatures_;
  block_pool blocks_;
  typename detail::memory_pool_of<typename C::memory>::type memories_;
  const bool uses_fallback_ = needs_fallback();
};

}  // namespace dovetail

// ---- dovetail/link/host_signature.hpp

// The function type of a C++ callable, deduced at compile time, and the code that carries slots to
// it and results back. Used by bind.

namespace dovetail {

namespace detail {

/// Types as a list.
template <class... T>
struct types {
  static constexpr std::size_t count = sizeof...(T);
  static constexpr std::array<value_type, sizeof...(T)> values{value_type_of<T>()...};
  static constexpr std::span<const value_type> list{values};
};

template <class R>
struct result_types {
  using list = types<R>;
  static constexpr bool native = native_value<R>;
};
template <>
struct result_types<void> {
  using list = types<>;
  static constexpr bool native = true;
};
template <>
struct result_types<trap> : result_types<void> {};
template <class... R>
struct result_types<std::tuple<R...>> {
  using list = types<R...>;
  static constexpr bool native = (native_value<R> && ...);
};
template <class R>
struct result_types<result<R, trap>> : result_types<R> {};

// Writes the result of a host function over its arguments; a function of another store is refused.
template <class R>
DOVETAIL_ALWAYS_INLINE trap put_result(const R& value, slot* frame, const vm::store& s) {
  static_cast<void>(s);
  if constexpr (std::is_same_v<R, trap>) {
    return value;
  } else {
    frame[0] = to_slot(value);
    if constexpr (std::is_same_v<R, funcref>) {
      if (!vm::may_enter(s, value_type::funcref, frame[0])) return {trap_code::bad_call, 0};
    }
    return {};
  }
}
template <class... R>
DOVETAIL_ALWAYS_INLINE trap put_result(const std::tuple<R...>& values, slot* frame,
                                       const vm::store& s) {
  trap refused;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((refused = refused ? refused : put_result(std::get<I>(values), frame + I, s)), ...);
  }
  (std::index_sequence_for<R...>{});
  return refused;
}
template <class R>
DOVETAIL_ALWAYS_INLINE trap put_result(const result<R, trap>& value, slot* frame,
                                       const vm::store& s) {
  if (!value) return value.error();
  if constexpr (!std::is_void_v<R>) {
    return put_result(*value, frame, s);
  } else {
    return {};
  }
}

/// Whether the arguments of a typed call may come into a store. Nothing is asked of other types
/// than function references.
template <class... A>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE bool may_enter(const vm::store& s, const A&... arguments) {
  static_cast<void>(s);
  [[maybe_unused]] const auto fits = [&](const auto& one) {
    static_cast<void>(one);
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, funcref>) {
      return vm::may_enter(s, value_type::funcref, to_slot(one));
    } else {
      return true;
    }
  };
  return (fits(arguments) && ...);
}

// What a native call returns: integers in a whole register.
template <class Results>
struct machine_result_of {
  using type = void;
};
template <class R>
struct machine_result_of<types<R>> {
  using type = std::conditional_t<std::is_floating_point_v<R>, R, std::uint64_t>;
};
template <class Results>
using machine_result = typename machine_result_of<Results>::type;

// Keeps a C++ exception of a host function for the nearest host-to-guest call, which throws it
// again.
DOVETAIL_COLD inline trap keep_exception(caller& from) {
  from.store().exception = std::current_exception();
  return {trap_code::host_exception, 0};
}

template <class Parameters, class R, bool TakesCaller>
struct host_signature;

/// A callable of these parameters and this result.
template <class... A, class R, bool TakesCaller>
struct host_signature<types<A...>, R, TakesCaller> {
  using parameters = types<A...>;
  using results = typename result_types<R>::list;
  static constexpr function_type type{parameters::list, results::list};

  /// Calls `f` with the arguments in `frame`.
  template <class F>
  DOVETAIL_ALWAYS_INLINE static trap call(F& f, caller& from, slot* frame) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      const auto invoke = [&]() -> R {
        if constexpr (TakesCaller) {
          return f(from, from_slot<A>(frame[I])...);
        } else {
          return f(from_slot<A>(frame[I])...);
        }
      };
      if constexpr (std::is_void_v<R>) {
        invoke();
        return trap{};
      } else {
        return put_result(invoke(), frame, from.store());
      }
    }
    (std::index_sequence_for<A...>{});
  }

  /// Whether machine code can call it without a frame: its results fit a register.
  static constexpr bool has_native = results::count <= 1;
  /// A native_form::contextual call of what `Callable::get` finds.
  template <class Callable>
  static machine_result<results> call_native(vm::instance& i, vm::function_instance& f,
                                             machine_value<A>... arguments) {
    slot frame[sizeof...(A) + 1] = {to_slot(arguments)...};
    caller from(*i.home, &i);
    const auto attempt = [&]() -> trap {
      DOVETAIL_TRY_HOST {
        decltype(auto) target = Callable::get(f.host.object);
        return call(target, from, frame);
      }
      DOVETAIL_CATCH_HOST { return keep_exception(from); }
    };
    if (const trap t = attempt()) [[unlikely]]
      i.home->host_trap = t;
    if constexpr (results::count != 0) return from_slot<machine_result<results>>(frame[0]);
  }
};

template <class A>
concept host_parameter =
    native_value<std::remove_cvref_t<A>> && std::convertible_to<std::remove_cvref_t<A>, A>;
template <class R>
concept host_result = result_types<R>::native;

// What is no callable of values has no type.
template <class F>
struct signature_of_callable {};
template <class F>
  requires requires { &F::operator(); }
struct signature_of_callable<F> : signature_of_callable<decltype(&F::operator())> {};
template <host_result R, host_parameter... A>
struct signature_of_callable<R(A...)> : host_signature<types<std::remove_cvref_t<A>...>, R, false> {
};
template <host_result R, host_parameter... A>
struct signature_of_callable<R(caller&, A...)>
    : host_signature<types<std::remove_cvref_t<A>...>, R, true> {};
#define DOVETAIL_QUALIFIED(...)  \
  template <class R, class... A> \
  struct signature_of_callable<R (*)(A...) __VA_ARGS__> : signature_of_callable<R(A...)> {};
DOVETAIL_QUALIFIED()
DOVETAIL_QUALIFIED(noexcept)
#undef DOVETAIL_QUALIFIED
#define DOVETAIL_QUALIFIED(...)                                                                \
  template <class C, class R, class... A>                                                      \
  struct signature_of_callable<R (C::*)(A...) __VA_ARGS__> : signature_of_callable<R(A...)> {  \
    template <class Object>                                                                    \
    static constexpr bool of = std::is_invocable_v<R (C::*)(A...) __VA_ARGS__, Object&, A...>; \
  };
DOVETAIL_QUALIFIED()
DOVETAIL_QUALIFIED(const)
DOVETAIL_QUALIFIED(noexcept)
DOVETAIL_QUALIFIED(const noexcept)
#undef DOVETAIL_QUALIFIED

}  // namespace detail

/// A callable whose parameters and results all stand for value types; its first parameter may be
/// `caller&`.
template <class F>
concept host_callable = requires {
  detail::signature_of_callable<F>::type;
};

/// A member function that is a host_callable and can be called on an object of this type.
template <class Member, class Object>
concept host_callable_on = host_callable<Member> && std::is_member_function_pointer_v<Member> &&
    detail::signature_of_callable<Member>::template of<Object>;

}  // namespace dovetail

// ---- dovetail/api/typed_handles.hpp

// Typed handles: a function of a C++ signature, a global of a C++ type. What game code holds and
// uses every frame. Part of handles.hpp.

namespace dovetail {

namespace detail {

/// The entry of backends that have none of their own for a signature: through the generic one.
template <class R, class... A>
result<R, trap> call_generic(vm::function_instance& f, A... arguments) {
  constexpr std::size_t parameters = sizeof...(A), results = result_types<R>::list::count;
  slot frame[(parameters > results ? parameters : results) + 1];
  std::size_t i = 0;
  ((frame[i++] = to_slot(arguments)), ...);
  const trap_code t = f.invoke(f, frame);
  if (t != trap_code::none) [[unlikely]]
    return vm::surface(t, *f.home);
  return from_frame<R>(frame);
}

}  // namespace detail

template <class Signature, trap_policy Traps = traps_returned>
class function;

/// A function of a known C++ signature, checked when the handle was made. Calling it is one
/// indirect call, and what the trap policy looks at. Several results are a `std::tuple`.
template <class R, class... A, trap_policy Traps>
class function<R(A...), Traps> {
 public:
  using entry = result<R, trap> (*)(vm::function_instance&, A...);

  function() = default;
  /// For instances: `f` must have this signature.
  function(vm::function_instance& f, entry e) : entry_(e), function_(&f) {}

  /// The type the signature stands for.
  static constexpr function_type type{detail::types<A...>::list,
                                      detail::result_types<R>::list::list};

  typename Traps::template outcome<R> operator()(A... arguments) const {
    if (!detail::may_enter(*function_->home, arguments...)) [[unlikely]]
      return Traps::template deliver<R>(detail::refuse_call(*function_->home), *function_->home);
    // GCC makes a tail call of this, but not of the same through a function that copies.
    if constexpr (std::is_same_v<Traps, traps_returned>) {
      return entry_(*function_, arguments...);
    } else {
      return Traps::template deliver<R>(entry_(*function_, arguments...), *function_->home);
    }
  }

  [[nodiscard]] explicit operator bool() const { return function_ != nullptr; }
  [[nodiscard]] vm::external_object object() const { return {external_kind::function, function_}; }
  friend bool operator==(const function& a, const function& b) {
    return a.function_ == b.function_;
  }

 private:
  entry entry_ = nullptr;
  vm::function_instance* function_ = nullptr;
};

/// A global of a known C++ type, checked when the handle was made: reading is one load, writing one
/// store. Writing a constant global is a broken contract; `is_mutable` tells.
template <native_value T>
class global {
 public:
  global() = default;
  /// For instances: `g` must have this type.
  explicit global(vm::global_instance& g) : global_(&g) {}

  [[nodiscard]] T get() const { return from_slot<T>(global_->low); }
  [[nodiscard]] operator T() const { return get(); }
  void set(T v) const {
    DOVETAIL_ASSERT(is_mutable());
    global_->low = to_slot(v);
  }
  const global& operator=(T v) const {
    set(v);
    return *this;
  }
  [[nodiscard]] bool is_mutable() const { return global_->type.is_mutable; }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  vm::global_instance* global_ = nullptr;
};

}  // namespace dovetail

// ---- dovetail/api/instance.hpp

// An instance in the host's hands: exports by name, with the type checked once.

namespace dovetail {

namespace detail {

// What `get<T>` accepts, and how an export becomes it.
template <class T, class C>
struct export_as;

template <class R, class... A, class C>
struct export_as<R(A...), C> {
  using type = function<R(A...), typename C::traps>;
  static result<type> from(const external& e) {
    const function_handle f = e.as_function();
    if (!f || !(f.type() == type::type)) return error{status::export_type_mismatch};
    using backend = typename C::backend;
    vm::function_instance& target = *e.object().function();
    if constexpr (has_typed_entry<backend, typename C::memory, R, A...>) {
      if (target.owner != nullptr) {
        return type(target,
                    backend::template entry<typename C::memory, backend::control, R, A...>(target));
      }
    }
    return type(target, &call_generic<R, A...>);
  }
};
template <class T, class C>
struct export_as<global<T>, C> {
  using type = global<T>;
  static result<type> from(const external& e) {
    if (e.kind() != external_kind::global || e.as_global().type().type != value_type_of<T>()) {
      return error{status::export_type_mismatch};
    }
    return type(*e.object().global());
  }
};
template <class Handle, auto As>
struct export_as_handle {
  using type = Handle;
  static result<type> from(const external& e) {
    const Handle h = (e.*As)();
    if (!h) return error{status::export_type_mismatch};
    return h;
  }
};
template <class C>
struct export_as<memory_view, C> : export_as_handle<memory_view, &external::as_memory> {};
template <class C>
struct export_as<table_handle, C> : export_as_handle<table_handle, &external::as_table> {};
template <class C>
struct export_as<global_handle, C> : export_as_handle<global_handle, &external::as_global> {};
template <class C>
struct export_as<function_handle, C> : export_as_handle<function_handle, &external::as_function> {};

}  // namespace detail

/// An instance of one configuration: a handle, good as long as its store.
template <config C>
class basic_instance {
 public:
  /// For stores.
  explicit basic_instance(vm::instance& i) : instance_(&i) {}

  /// The export `name` as a typed handle: `get<int(float)>("tick")`,
  /// `get<dovetail::global<int>>("hp")`, `get<dovetail::memory_view>("memory")`. Errors:
  /// unknown_export, export_type_mismatch.
  template <class T>
  [[nodiscard]] result<typename detail::export_as<T, C>::type> get(std::string_view name) const {
    const std::optional<external> found = find(name);
    if (!found) return error{status::unknown_export};
    return detail::export_as<T, C>::from(*found);
  }

  /// The export `name`, of any kind.
  [[nodiscard]] std::optional<external> find(std::string_view name) const {
    return detail::find_export(*instance_, name);
  }
  /// Names and types of all exports, in the module's order.
  [[nodiscard]] detail::export_list exports() const {
    return {instance_->module->env, instance_->module->env.exports.size()};
  }
  /// The export with this place in `exports()`: a look-up without a name.
  [[nodiscard]] std::optional<external> export_at(std::uint32_t number) const {
    if (number >= instance_->module->env.exports.size()) return std::nullopt;
    const vm::external_object object = detail::export_of(*instance_, number);
    return object.object == nullptr ? std::nullopt : std::optional(external(object));
  }

  /// For linkers and tools.
  [[nodiscard]] vm::instance& data() const { return *instance_; }

 private:
  vm::instance* instance_;
};

}  // namespace dovetail

// ---- dovetail/link/imports.hpp

// What the host gives to modules, written down in one place: bind makes a host function of any
// callable, provide names an object that exists, imports lists them. No allocation.

namespace dovetail {

namespace detail {

// What a host function calls, found from the object that the store keeps for it.
template <auto Target>
struct constant_callable {
  using type = std::remove_cvref_t<decltype(Target)>;
  static type get(void*) { return Target; }
};
template <auto Member, class Object>
struct member_callable {
  using type = decltype(Member);
  static auto get(void* object) {
    return [object](auto&&... arguments) -> decltype(auto) {
      return (static_cast<Object*>(object)->*Member)(
          std::forward<decltype(arguments)>(arguments)...);
    };
  }
};
template <class F>
struct closure_callable {
  using type = F;
  static F& get(void* object) { return *static_cast<F*>(object); }
};

// The bodies of host functions, as the backends call them: by a frame of slots,
template <class Callable>
trap call_slots(void* object, caller& from, slot* frame) {
  DOVETAIL_TRY_HOST {
    decltype(auto) target = Callable::get(object);
    return signature_of_callable<typename Callable::type>::call(target, from, frame);
  }
  DOVETAIL_CATCH_HOST { return keep_exception(from); }
}
// by a native call.
template <class Callable>
[[nodiscard]] vm::native_target native_of() {
  using deduced = signature_of_callable<typename Callable::type>;
  if constexpr (deduced::has_native) {
    return {reinterpret_cast<void (*)()>(&deduced::template call_native<Callable>),
            vm::native_form::contextual};
  } else {
    return {};
  }
}
// A function that cannot throw, of values that machine code passes as they are, is called itself.
template <class T>
inline constexpr bool is_machine_value = std::is_floating_point_v<T>;
template <std::integral T>
inline constexpr bool is_machine_value<T> = sizeof(T) >= 4;
template <class F>
inline constexpr bool is_plain = false;
template <class R, class... A>
inline constexpr bool is_plain<R (*)(A...) noexcept> = (is_machine_value<A> && ...) &&
                                                       (std::is_void_v<R> || is_machine_value<R>);
template <class R, class... A>
inline constexpr bool is_plain<R (*)(A...)> =
    !platform::has_exceptions && is_plain<R (*)(A...) noexcept>;
template <auto Target>
[[nodiscard]] vm::native_target native_of_constant() {
  if constexpr (is_plain<std::remove_cvref_t<decltype(Target)>>) {
    return {reinterpret_cast<void (*)()>(Target), vm::native_form::plain};
  } else {
    return native_of<constant_callable<Target>>();
  }
}
// Untyped callables see values; more than `most` of either kind is refused by bind.
inline constexpr std::size_t most_untyped_values = 64;
template <class F>
trap call_untyped(void* object, caller& from, slot* frame);

template <class F>
host_recipe recipe_of_closure(F& callable, const function_type& type,
                              trap (*call)(void*, caller&, slot*), vm::native_target native) {
  static_assert(alignof(F) <= 16, "closures are kept in memory aligned to 16 bytes");
  return {type,
          call,
          &callable,
          sizeof(F),
          [](void* to, const void* from) { ::new (to) F(*static_cast<const F*>(from)); },
          [](void* at) { static_cast<F*>(at)->~F(); },
          native};
}

}  // namespace detail

/// An import that is ready to be listed: a definition, and the callable it needs if that has state.
template <class State = void>
class import_item {
 public:
  import_item(std::string_view module, std::string_view name, const function_type& type,
              trap (*call)(void*, caller&, slot*), vm::native_target native, State state)
      : module_(module),
        name_(name),
        type_(type),
        call_(call),
        native_(native),
        state_(std::move(state)) {}
  [[nodiscard]] definition define() {
    return {module_, name_, {}, detail::recipe_of_closure(state_, type_, call_, native_)};
  }

 private:
  std::string_view module_, name_;
  function_type type_;
  trap (*call_)(void*, caller&, slot*);
  vm::native_target native_;
  State state_;
};
template <>
class import_item<void> {
 public:
  explicit import_item(const definition& d) : definition_(d) {}
  [[nodiscard]] definition define() const { return definition_; }

 private:
  definition definition_;
};

/// A host function that is a constant: a free function, or a lambda without captures.
/// `bind<play_sound>("env", "play_sound")`. Names must outlive the list.
template <auto Target>
  requires host_callable<std::remove_cvref_t<decltype(Target)>> &&
      (!std::is_member_function_pointer_v<decltype(Target)>)
          [[nodiscard]] import_item<> bind(std::string_view module, std::string_view name) {
    using deduced = detail::signature_of_callable<std::remove_cvref_t<decltype(Target)>>;
    return import_item<>({module,
                          name,
                          {},
                          {.type = deduced::type,
                           .call = &detail::call_slots<detail::constant_callable<Target>>,
                           .native = detail::native_of_constant<Target>()}});
  }

  /// A member function of an object that outlives the stores it is given to.
  /// `bind<&entities::damage>("env", "damage", world)`.
  template <auto Member, class Object>
    requires host_callable_on<decltype(Member), Object>
  [[nodiscard]] import_item<> bind(std::string_view module, std::string_view name, Object& object) {
    using callable = detail::member_callable<Member, Object>;
    return import_item<>({module,
                          name,
                          {},
                          {.type = detail::signature_of_callable<decltype(Member)>::type,
                           .call = &detail::call_slots<callable>,
                           .object = const_cast<std::remove_const_t<Object>*>(&object),
                           .native = detail::native_of<callable>()}});
  }

  /// A callable with state, such as a lambda with captures: each store it is given to keeps a copy.
  template <class F>
    requires host_callable<std::remove_cvref_t<F>> &&
        std::copy_constructible<std::remove_cvref_t<F>>
  [[nodiscard]] auto bind(std::string_view module, std::string_view name, F&& callable) {
    using state = std::remove_cvref_t<F>;
    return import_item<state>(module, name, detail::signature_of_callable<state>::type,
                              &detail::call_slots<detail::closure_callable<state>>,
                              detail::native_of<detail::closure_callable<state>>(),
                              std::forward<F>(callable));
  }

  /// A callable of tools that learns its type at run time: `void` or `trap` of (caller&, span<const
  /// value> arguments, span<value> results), results preset to zero values of their types. `type`
  /// must outlive the list; at most 64 parameters and 64 results.
  template <class F>
    requires std::invocable<F&, caller&, std::span<const value>, std::span<value>>
  [[nodiscard]] auto bind(std::string_view module, std::string_view name, const function_type& type,
                          F&& callable);

  /// An object that exists already: a handle of a store, or anything else with an `object()`.
  template <class Handle>
    requires requires(const Handle& h) {
      { h.object() } -> std::same_as<vm::external_object>;
    }
  [[nodiscard]] import_item<> provide(std::string_view module, std::string_view name,
                                      const Handle& handle) {
    return import_item<>({module, name, handle.object(), {}});
  }

  /// A list of imports, in place: `dovetail::imports env = {bind<f>("env", "f"), provide("env",
  /// "memory", m)};`
  template <class... States>
  class imports {
   public:
    imports(import_item<States>... items) : items_(std::move(items)...) {}

    static constexpr std::size_t size = sizeof...(States);

    /// The definitions, in order. They point into this list.
    [[nodiscard]] std::array<definition, size> definitions() {
      return std::apply(
          [](auto&... item) { return std::array<definition, size>{item.define()...}; }, items_);
    }

   private:
    std::tuple<import_item<States>...> items_;
  };
  template <class... States>
  imports(import_item<States>...) -> imports<States...>;

  namespace detail {

  // The values of one call: only those there are, of room for all that there may be.
  class untyped_values {
   public:
    void push(const value& v) { ::new (room_ + sizeof(value) * count_++) value(v); }
    [[nodiscard]] std::span<value> all() {
      return {std::launder(reinterpret_cast<value*>(room_)), count_};
    }

   private:
    static_assert(std::is_trivially_destructible_v<value>);
    std::size_t count_ = 0;
    alignas(value) std::byte room_[most_untyped_values * sizeof(value)];
  };

  template <class F>
  struct untyped_state {
    F callable;
    function_type type;
  };

  template <class F>
  trap call_untyped(void* object, caller& from, slot* frame) {
    auto& state = *static_cast<untyped_state<F>*>(object);
    untyped_values in, out;
    const auto& [parameters, results] = state.type;
    for (std::size_t i = 0; i < parameters.size(); ++i)
      in.push(value::from_bits(parameters[i], frame[i]));
    for (const value_type t : results) out.push(value::null(t));
    const std::span<const value> arguments = in.all();
    const std::span<value> answers = out.all();
    DOVETAIL_TRY_HOST {
      if constexpr (std::is_same_v<
                        std::invoke_result_t<F&, caller&, std::span<const value>, std::span<value>>,
                        trap>) {
        if (const trap t = state.callable(from, arguments, answers)) return t;
      } else {
        state.callable(from, arguments, answers);
      }
    }
    DOVETAIL_CATCH_HOST { return keep_exception(from); }
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (answers[i].type() != results[i] ||
          !vm::may_enter(from.store(), results[i], answers[i].bits())) {
        return {trap_code::bad_call, 0};
      }
      frame[i] = answers[i].bits();
    }
    return {};
  }

  }  // namespace detail

  template <class F>
    requires std::invocable<F&, caller&, std::span<const value>, std::span<value>>
  auto bind(std::string_view module, std::string_view name, const function_type& type,
            F&& callable) {
    using state = detail::untyped_state<std::remove_cvref_t<F>>;
    DOVETAIL_ASSERT(type.parameters.size() <= detail::most_untyped_values);
    DOVETAIL_ASSERT(type.results.size() <= detail::most_untyped_values);
    return import_item<state>(module, name, type, &detail::call_untyped<std::remove_cvref_t<F>>, {},
                              state{std::forward<F>(callable), type});
  }

}  // namespace dovetail

// ---- dovetail/api/linker.hpp

// A linker: definitions collected at run time, whole instances among them, for hosts that cannot
// list their imports in one place.

namespace dovetail {

/// Definitions by two names. Objects must be of the store that will instantiate with them. Names
/// are copied.
template <config C>
class basic_linker {
 public:
  explicit basic_linker(basic_engine<C>& engine)
      : memory_(&engine.memory()), texts_(engine.memory(), 1024), definitions_(engine.memory()) {}

  /// Defines an object: a handle of the store.
  template <class Handle>
    requires requires(const Handle& h) { h.object(); }
  status define(std::string_view module, std::string_view name, const Handle& handle) {
    return add({module, name, handle.object(), {}});
  }
  /// Defines what `bind` or `provide` made. Callables with state must outlive the linker's use, so
  /// only constants, members and objects are taken; for a lambda with captures define a
  /// `store.make_function`.
  status define(const import_item<>& item) { return add(item.define()); }
  /// Defines every export of an instance under a module name.
  status define_instance(std::string_view module, const basic_instance<C>& instance) {
    const module_env& env = instance.data().module->env;
    for (std::uint32_t k = 0; k < env.exports.size(); ++k) {
      const vm::external_object object = detail::export_of(instance.data(), k);
      if (object.object == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(add({module, env.view(env.exports[k].name), object, {}}));
    }
    return status::ok;
  }

  /// The definitions so far. They point into the linker.
  [[nodiscard]] std::span<const definition> definitions() const {
    return {definitions_.data(), definitions_.size()};
  }

 private:
  status add(definition d) {
    if constexpr (!C::linker::allows_shadowing) {
      for (const definition& there : definitions_) {
        if (there.name == d.name && there.module == d.module) return status::duplicate_definition;
      }
    }
    DOVETAIL_TRY(keep(d.module));
    DOVETAIL_TRY(keep(d.name));
    return definitions_.push(d);
  }
  status keep(std::string_view& text) {
    char* copy = texts_.make_array<char>(text.size());
    if (copy == nullptr) return status::out_of_memory;
    text.copy(copy, text.size());
    text = {copy, text.size()};
    return status::ok;
  }

  allocator* memory_;
  arena texts_;
  array<definition> definitions_;
};

}  // namespace dovetail

// ---- dovetail/link/matching.hpp

// Whether what is provided may stand for what an import declares (core specification 3.3.1
// and 4.5.2).

namespace dovetail {

/// Limits match if the provided ones are at least as tight: the provided minimum is the current
/// size.
[[nodiscard]] constexpr bool matches(const limits_type& provided, const limits_type& declared) {
  if (provided.minimum < declared.minimum) return false;
  if (!declared.has_maximum()) return true;
  return provided.has_maximum() && provided.maximum <= declared.maximum;
}

[[nodiscard]] constexpr bool matches(const table_type& provided, const table_type& declared) {
  return provided.element == declared.element && matches(provided.limits, declared.limits);
}

[[nodiscard]] constexpr bool matches(const memory_type& provided, const memory_type& declared) {
  return matches(provided.limits, declared.limits);
}

/// Mutable globals are invariant; constant ones are covariant, which without subtypes is the same.
[[nodiscard]] constexpr bool matches(const global_type& provided, const global_type& declared) {
  return provided == declared;
}

[[nodiscard]] constexpr bool matches(const external_type& provided, const external_type& declared) {
  if (provided.kind != declared.kind) return false;
  switch (declared.kind) {
    case external_kind::function: return provided.function == declared.function;
    case external_kind::table: return matches(provided.table, declared.table);
    case external_kind::memory: return matches(provided.memory, declared.memory);
    case external_kind::global: return matches(provided.global, declared.global);
    case external_kind::tag: break;
  }
  return false;
}

}  // namespace dovetail

// ---- dovetail/link/instantiate.hpp

// Instantiation (core specification 4.5.4), stage by stage: resolve, match, allocate, initialise,
// start. Until every import has matched nothing is changed; what traps later leaves its effects,
// and the instance stays in the store.

namespace dovetail {

namespace detail {

// What a stub for an unknown function does.
inline trap call_unknown(void*, caller&, slot*) { return {trap_code::unknown_import, 0}; }

/// One instantiation. Errors are filled into `e` where they happen.
template <linker_policy Linker, memory_policy Memory>
class instantiation {
 public:
  instantiation(vm::store& s, module_data& m, std::span<const definition> given, error& e)
      : s_(s), m_(m), env_(m.env), given_(given), e_(e), found_(*s.memory), made_(*s.memory) {}

  status run(vm::instance*& out) {
    DOVETAIL_TRY(resolve());
    DOVETAIL_TRY(allocate());
    DOVETAIL_TRY(take_imports());
    DOVETAIL_TRY(make_globals());
    DOVETAIL_TRY(make_tables());
    DOVETAIL_TRY(make_memories());
    DOVETAIL_TRY(trapping(write_elements()));
    DOVETAIL_TRY(trapping(write_data()));
    DOVETAIL_TRY(trapping(start()));
    out = i_;
    return status::ok;
  }

 private:
  // Every import finds its definition and matches, in order; the first that does not is the error.
  status resolve() {
    DOVETAIL_TRY(noted(Linker::accepts(given_.size(), env_.imports.size())));
    DOVETAIL_TRY(found_.reserve(env_.imports.size()));
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      std::size_t at = 0;
      const status resolved = resolve(k, at);
      if (resolved != status::ok) return describe(k, resolved, at), resolved;
      DOVETAIL_TRY(found_.push(at));
    }
    return status::ok;
  }
  status resolve(std::uint32_t k, std::size_t& at) {
    const import_entry& wanted = env_.imports[k];
    at = given_.size();
    DOVETAIL_TRY(Linker::resolve({env_.view(wanted.module), env_.view(wanted.name), wanted.kind, k},
                                 given_, at));
    if (at == given_.size()) return status::ok;
    const definition& d = given_[at];
    if (d.is_empty()) return at = given_.size(), status::unknown_import;
    if (!d.is_recipe() && d.existing.home() != &s_) return status::wrong_store;
    const external_type declared = env_.external(wanted.kind, wanted.index);
    return matches(d.type(), declared) ? status::ok : status::incompatible_import;
  }
  DOVETAIL_COLD void describe(std::uint32_t k, status, std::size_t at) {
    const import_entry& wanted = env_.imports[k];
    e_.import_ordinal = k;
    e_.import_module = env_.view(wanted.module);
    e_.import_name = env_.view(wanted.name);
    e_.expected = env_.external(wanted.kind, wanted.index);
    if (at >= given_.size()) return;
    e_.has_provided = true;
    e_.provided = given_[at].type();
  }
  status noted(status s) {
    if (s != status::ok) e_.import_ordinal = static_cast<std::uint32_t>(env_.imports.size());
    return s;
  }

  // The instance and its index spaces, owned by the store from here on.
  status allocate() {
    arena& objects = s_.objects;
    i_ = objects.make<vm::instance>();
    if (i_ == nullptr) return status::store_out_of_memory;
    i_->functions = objects.make_array<vm::function_instance*>(env_.functions.size());
    i_->globals = objects.make_array<vm::global_instance*>(env_.globals.size());
    i_->tables = objects.make_array<vm::table_instance*>(env_.tables.size());
    i_->memories = objects.make_array<vm::memory_instance*>(env_.memories.size());
    i_->dropped_elements = objects.make_array<bool>(env_.element_segments.size());
    i_->dropped_data = objects.make_array<bool>(env_.data_segments.size());
    if (i_->functions == nullptr || i_->globals == nullptr || i_->tables == nullptr ||
        i_->memories == nullptr || i_->dropped_elements == nullptr || i_->dropped_data == nullptr) {
      return status::store_out_of_memory;
    }
    i_->code = m_.code;
    i_->home = &s_;
    i_->module = &m_;
    m_.retain();
    i_->next = s_.instances;
    s_.instances = i_;
    return status::ok;
  }

  status take_imports() {
    DOVETAIL_TRY(made_.resize(given_.size() + 1));
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      const import_entry& entry = env_.imports[k];
      vm::external_object object;
      DOVETAIL_TRY(object_of(found_[k], entry, object));
      switch (entry.kind) {
        case external_kind::function: i_->functions[entry.index] = object.function(); break;
        case external_kind::table: i_->tables[entry.index] = object.table(); break;
        case external_kind::memory: i_->memories[entry.index] = object.memory(); break;
        case external_kind::global: i_->globals[entry.index] = object.global(); break;
        case external_kind::tag: break;
      }
    }
    return status::ok;
  }
  // A definition that several imports name becomes one function. Stubs differ in type and are made
  // one by one.
  status object_of(std::size_t at, const import_entry& entry, vm::external_object& out) {
    vm::function_instance* f = nullptr;
    if (at == given_.size()) {
      const host_recipe stub{env_.function({entry.index}), &call_unknown};
      DOVETAIL_TRY(vm::make_host_function(s_, stub, f));
      out = {external_kind::function, f};
      return status::ok;
    }
    const definition& d = given_[at];
    if (!d.is_recipe()) return out = d.existing, status::ok;
    if (made_[at] == nullptr) DOVETAIL_TRY(vm::make_host_function(s_, d.host, made_[at]));
    out = {external_kind::function, made_[at]};
    return status::ok;
  }

  status make_globals() {
    for (std::size_t k = env_.imported_globals; k < env_.globals.size(); ++k) {
      slot low = 0, high = 0;
      const global_entry& entry = env_.globals[k];
      if (!vm::evaluate(*i_, entry.initial, low, high)) return status::store_out_of_memory;
      DOVETAIL_TRY(vm::make_global(s_, entry.type, low, high, i_->globals[k]));
    }
    return status::ok;
  }
  status make_tables() {
    for (std::size_t k = env_.imported_tables; k < env_.tables.size(); ++k) {
      DOVETAIL_TRY(vm::make_table(s_, env_.tables[k], 0, i_->tables[k]));
    }
    return status::ok;
  }
  status make_memories() {
    for (std::size_t k = env_.imported_memories; k < env_.memories.size(); ++k) {
      DOVETAIL_TRY(vm::make_memory<Memory>(s_, env_.memories[k], i_->memories[k]));
    }
    i_->memory0 = env_.memories.empty() ? s_.empty_memory : i_->memories[0];
    return status::ok;
  }

  // Active element segments in order, each whole or not at all; active and declarative ones are
  // dropped (4.5.4, 12-13).
  trap_code write_elements() {
    for (std::uint32_t k = 0; k < env_.element_segments.size(); ++k) {
      const element_segment& segment = env_.element_segments[k];
      if (segment.mode == segment_mode::passive) continue;
      if (segment.mode == segment_mode::active) {
        const std::uint64_t to = offset_of(segment.offset);
        const trap_code t =
            vm::init_table(*i_, *i_->tables[segment.table.value], k, to, 0, segment.count);
        if (t != trap_code::none) return t;
      }
      i_->dropped_elements[k] = true;
    }
    return trap_code::none;
  }
  trap_code write_data() {
    for (std::uint32_t k = 0; k < env_.data_segments.size(); ++k) {
      const data_segment& segment = env_.data_segments[k];
      if (segment.mode != segment_mode::active) continue;
      const std::uint64_t to = offset_of(segment.offset);
      const trap_code t =
          vm::init_memory(*i_, *i_->memories[segment.memory.value], k, to, 0, segment.size);
      if (t != trap_code::none) return t;
      i_->dropped_data[k] = true;
    }
    return trap_code::none;
  }
  // An offset is an i32 read as unsigned (bug B-15).
  std::uint64_t offset_of(const constant_expression& e) {
    slot low = 0, high = 0;
    static_cast<void>(vm::evaluate(*i_, e, low, high));
    return static_cast<std::uint32_t>(low);
  }

  trap_code start() {
    if (env_.start == module_env::no_start) return trap_code::none;
    vm::function_instance* f = vm::function_of(*i_, env_.start);
    if (f == nullptr) return trap_code::out_of_memory;
    const trap_code t = call_start(*f);
    if (t != trap_code::none) e_.reason = {t, s_.report.detail};
    return t;
  }

  // A host function that starts an instance is called by it: its caller is the instance that is
  // made.
  trap_code call_start(vm::function_instance& f) {
    slot none = 0;
    if (f.owner != nullptr) return f.invoke(f, &none);
    caller from(s_, i_);
    const trap t = f.host.call(f.host.object, from, &none);
    if (t) s_.report = {t.code, t.detail, false, 0, 0, nullptr};
    return t.code;
  }

  status trapping(trap_code t) {
    if (t == trap_code::none) return status::ok;
    if (e_.reason.code == trap_code::none) {
      e_.reason = {t, 0};
      s_.report = {t, 0, false, 0, 0, nullptr};
    }
    return status::trapped;
  }

  vm::store& s_;
  module_data& m_;
  const module_env& env_;
  std::span<const definition> given_;
  error& e_;
  array<std::size_t> found_;  // of each import: its place in given_, or the end for a stub
  array<vm::function_instance*> made_;  // of each recipe: the function made of it
  vm::instance* i_ = nullptr;
};

}  // namespace detail

}  // namespace dovetail

// ---- dovetail/api/store.hpp

// The store: owns every instance, function, memory, table and global it makes, until it ends. One
// thread at a time.

namespace dovetail {

/// A store of one configuration. Handles of its objects are good as long as it lives; objects of
/// other stores are refused.
template <config C>
class basic_store {
  using memory = typename C::memory;
  using backend = typename C::backend;

 public:
  explicit basic_store(basic_engine<C>& engine)
      : s_(engine.blocks(), C::limit, engine.signatures()), engine_memory_(&engine.memory()) {
    s_.memory_pool = &engine.memories();
    s_.make_function = [](vm::store& s, vm::instance& i, vm::function_instance& f) {
      return backend::template make_function<memory, backend::control>(s, i, f);
    };
    empty_.home = &s_;
    s_.empty_memory = &empty_;
  }
  basic_store(const basic_store&) = delete;
  basic_store& operator=(const basic_store&) = delete;
  ~basic_store() { vm::release_objects(s_); }

  /// Instantiates a module with imports from any number of sources: `imports` lists and linkers.
  /// Errors: a link error that names the import (nothing was changed), or a trap of a segment or of
  /// the start function, or refused memory.
  template <class... Sources>
  [[nodiscard]] result<basic_instance<C>> instantiate(const basic_module<C>& module,
                                                      Sources&&... sources) {
    error e;
    if (module.data().env.memory != engine_memory_) return error{status::wrong_engine};
    auto lists = std::tuple{definitions_of(sources)...};
    array<definition> all(*s_.memory);
    status s = status::ok;
    const auto append = [&](const auto& list) {
      if (s == status::ok) s = all.append(std::span<const definition>(list));
    };
    std::apply([&](const auto&... list) { (append(list), ...); }, lists);
    if (s != status::ok) return error{status::store_out_of_memory};
    return instantiate_with(module.data(), {all.data(), all.size()}, e);
  }

  /// Makes a host function that can be provided under several names and keeps its identity; the
  /// names of the item are not used.
  template <class State>
  [[nodiscard]] result<function_handle> make_function(import_item<State> item) {
    vm::function_instance* f = nullptr;
    if (const status s = vm::make_host_function(s_, item.define().host, f); s != status::ok)
      return error{s};
    return function_handle(f);
  }
  [[nodiscard]] result<memory_handle> make_memory(const memory_type& type) {
    vm::memory_instance* m = nullptr;
    if (!is_valid(type.limits, 65'536)) return error{status::limits_out_of_order};
    if (const status s = vm::make_memory<memory>(s_, type, m); s != status::ok) return error{s};
    return memory_handle(m);
  }
  /// `initial` must be of the element type; by default elements are null.
  [[nodiscard]] result<table_handle> make_table(const table_type& type) {
    return make_table(type, value::null(type.element));
  }
  [[nodiscard]] result<table_handle> make_table(const table_type& type, const value& initial) {
    vm::table_instance* t = nullptr;
    if (!is_valid(type.limits, 0xffff'ffff)) return error{status::limits_out_of_order};
    if (!type.element.is_reference() || !detail::fits(initial, type.element, s_))
      return error{status::value_type_mismatch};
    if (const status s = vm::make_table(s_, type, initial.bits(), t); s != status::ok)
      return error{s};
    return table_handle(t);
  }
  [[nodiscard]] result<global_handle> make_global(const global_type& type, const value& initial) {
    vm::global_instance* g = nullptr;
    if (!detail::fits(initial, type.type, s_)) return error{status::value_type_mismatch};
    if (const status s = vm::make_global(s_, type, initial.bits(), initial.high_bits(), g);
        s != status::ok) {
      return error{s};
    }
    return global_handle(g);
  }
  /// A global whose type is that of a C++ value, as a typed reference.
  template <native_value T>
  [[nodiscard]] result<global<T>> make_global(T initial, bool is_mutable = true) {
    auto made = make_global({value_type_of<T>(), is_mutable},
                            value::from_bits(value_type_of<T>(), to_slot(initial)));
    if (!made) return made.error();
    return global<T>(*made->object().global());
  }

  /// Where and why the last trap of this store happened.
  [[nodiscard]] const trap_report& last_trap() const { return s_.report; }

  /// Operators that guests may still execute, for metered backends.
  [[nodiscard]] std::uint64_t fuel() const {
    return s_.fuel < 0 ? 0 : static_cast<std::uint64_t>(s_.fuel);
  }
  void set_fuel(std::uint64_t operators) {
    constexpr std::uint64_t most = ~std::uint64_t{0} >> 1;
    s_.fuel = static_cast<std::int64_t>(operators < most ? operators : most);
  }

  /// For other parts of the library and tools.
  [[nodiscard]] vm::store& data() { return s_; }

 private:
  template <class... States>
  static auto definitions_of(imports<States...>& list) {
    return list.definitions();
  }
  static std::span<const definition> definitions_of(const basic_linker<C>& l) {
    return l.definitions();
  }

  static bool is_valid(const limits_type& l, std::uint64_t most) {
    return l.minimum <= most && (!l.has_maximum() || (l.minimum <= l.maximum && l.maximum <= most));
  }

  result<basic_instance<C>> instantiate_with(module_data& m, std::span<const definition> all,
                                             error& e) {
    vm::instance* i = nullptr;
    detail::instantiation<typename C::linker, memory> work(s_, m, all, e);
    e.code = work.run(i);
    if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
    if (e.code == status::ok) return basic_instance<C>(*i);
    if (e.reason.code == trap_code::host_exception) vm::rethrow(s_);
    return e;
  }

  vm::store s_;
  allocator* engine_memory_;  // also which engine
  vm::memory_instance empty_;
};

}  // namespace dovetail

// ---- dovetail/api/runtime.hpp

// The runtime: the five types of one configuration under short names.

namespace dovetail {

/// Everything of one configuration: `using rt = dovetail::runtime<my_config>;`. Runtimes of
/// different configurations live side by side in one program.
template <config C>
struct runtime {
  using engine = basic_engine<C>;
  using module = basic_module<C>;
  using store = basic_store<C>;
  using instance = basic_instance<C>;
  using linker = basic_linker<C>;
};

}  // namespace dovetail

// ---- dovetail/handles.hpp

// The handles alone: functions, globals, memory views, tables. What game code includes everywhere,
// while one unit pays for the engine.

// ---- dovetail/dovetail.hpp

// Dovetail: a WebAssembly runtime assembled at compile time. Everything but the backends, each of
// which is an include of its own.

// ---- dovetail/null.hpp

// The null backend: validates and compiles nothing. For tools that only look at modules, and the
// smallest example of a backend: see backends/README.md.

namespace dovetail {

/// Modules can be compiled, linked and looked at; calling a function of one traps with
/// `unreachable`.
struct null {
  static constexpr controls control{};

  template <memory_policy Memory, controls Control>
  class compiler {
   public:
    explicit compiler(module_data&) {}
    [[nodiscard]] null_emitter& emitter() { return emitter_; }
    [[nodiscard]] status finish() { return status::ok; }

   private:
    null_emitter emitter_;
  };

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance&, vm::function_instance& f) {
    f.invoke = [](vm::function_instance& self, slot*) {
      self.home->report = {trap_code::unreachable, 0, true, self.index, 0, self.owner->module};
      return trap_code::unreachable;
    };
    return true;
  }
};

}  // namespace dovetail

// ---- dovetail/format/meaning.hpp

// The meaning of every scalar numeric operator (core specification 4.3), said once: constant
// folding, the interpreter and the tests use these. Integers travel as unsigned words; an operator
// that can trap has a `trap_on` beside its `of`.

namespace dovetail {

/// `meaning<O>::of(operands...)` is the result of operator `O`. If
/// `meaning<O>::trap_on(operands...)` exists it says which trap the operands cause, and `of` may be
/// called only if it says none.
template <op O>
struct meaning;

/// Whether an operator has a meaning here: the scalar numeric ones without memory access.
template <op O>
concept has_meaning = requires {
  &meaning<O>::of;
};
/// Whether an operator can trap on some operands.
template <op O>
concept can_trap = requires {
  &meaning<O>::trap_on;
};

namespace detail {

template <class U>
constexpr auto to_signed(U value) {
  return static_cast<std::make_signed_t<U>>(value);
}
template <class Narrow, class U>
constexpr U extend(U value) {
  return static_cast<U>(static_cast<std::make_signed_t<U>>(static_cast<Narrow>(value)));
}
template <class U>
constexpr U shift_count(U count) {
  return count & (std::numeric_limits<U>::digits - 1);
}

template <class F>
using bits_of = std::conditional_t<sizeof(F) == 4, std::uint32_t, std::uint64_t>;
template <class F>
inline constexpr bits_of<F> sign_bit = bits_of<F>{1} << (8 * sizeof(F) - 1);

template <class F>
inline F from_bits(bits_of<F> bits) {
  return std::bit_cast<F>(bits);
}
template <class F>
inline bits_of<F> to_bits(F value) {
  return std::bit_cast<bits_of<F>>(value);
}

// NaN operands give a quiet NaN through an addition; zeros of both signs are told apart by their
// bits (4.3.3).
template <class F>
inline F minimum(F a, F b) {
  if (a != a || b != b) return a + b;
  if (a == b) return from_bits<F>(to_bits(a) | to_bits(b));
  return a < b ? a : b;
}
template <class F>
inline F maximum(F a, F b) {
  if (a != a || b != b) return a + b;
  if (a == b) return from_bits<F>(to_bits(a) & to_bits(b));
  return a > b ? a : b;
}
// Rounding must quiet a signalling NaN, which not every C library does.
template <class F, class Rounding>
inline F rounded(F value, Rounding&& rounding) {
  return value != value ? value + value : rounding(value);
}

// The open interval of floats whose truncation fits `I`. Bounds that `F` cannot tell apart from the
// next integer are widened to the float below, so that the comparison stays exact.
template <class I, class F>
inline bool truncation_fits(F value) {
  constexpr F above =
      static_cast<F>(std::uint64_t{1} << (std::numeric_limits<I>::digits - 1)) * F{2};
  if constexpr (std::is_unsigned_v<I>) {
    return value > F{-1} && value < above;
  } else if constexpr (std::numeric_limits<F>::digits > std::numeric_limits<I>::digits) {
    return value > -above - F{1} && value < above;
  } else {
    return value >= -above && value < above;
  }
}
template <class I, class F>
inline trap_code check_truncation(F value) {
  if (value != value) return trap_code::invalid_conversion;
  return truncation_fits<I>(value) ? trap_code::none : trap_code::integer_overflow;
}
template <class I, class F>
inline std::make_unsigned_t<I> truncate(F value) {
  return static_cast<std::make_unsigned_t<I>>(static_cast<I>(value));
}
template <class I, class F>
inline std::make_unsigned_t<I> truncate_saturated(F value) {
  using U = std::make_unsigned_t<I>;
  if (value != value) return 0;
  if (truncation_fits<I>(value)) return truncate<I>(value);
  constexpr U lowest = std::is_signed_v<I> ? sign_bit<U> : U{0};
  return value < F{0} ? lowest : static_cast<U>(~lowest);
}

template <class U>
constexpr trap_code check_divisor(U, U divisor) {
  return divisor == 0 ? trap_code::integer_divide_by_zero : trap_code::none;
}
template <class U>
constexpr trap_code check_signed_division(U dividend, U divisor) {
  if (divisor == 0) return trap_code::integer_divide_by_zero;
  const bool overflows = dividend == sign_bit<U> && divisor == ~U{0};
  return overflows ? trap_code::integer_overflow : trap_code::none;
}
// The remainder by -1 is 0 even where the quotient overflows (4.3.2, irem_s).
template <class U>
constexpr U signed_remainder(U dividend, U divisor) {
  return divisor == ~U{0} ? U{0} : static_cast<U>(to_signed(dividend) % to_signed(divisor));
}

}  // namespace detail

// Integers fold at compile time; floats are inline functions, since no compiler evaluates what may
// make a NaN.
// clang-format off
#define DOVETAIL_FOLDS constexpr
#define DOVETAIL_MEANING(NAME, RESULT, PARAMETERS, EXPRESSION)                                     \
  template <> struct meaning<op::NAME> {                                                           \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS RESULT of PARAMETERS { return EXPRESSION; }       \
  };
#define DOVETAIL_TRAPPING(NAME, RESULT, PARAMETERS, CHECK, EXPRESSION)                             \
  template <> struct meaning<op::NAME> {                                                           \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS trap_code trap_on PARAMETERS { return CHECK; }    \
    DOVETAIL_ALWAYS_INLINE static DOVETAIL_FOLDS RESULT of PARAMETERS { return EXPRESSION; }       \
  };

#define DOVETAIL_INTEGER(TYPE, U)                                                                  \
  DOVETAIL_MEANING(TYPE##_eqz,    std::uint32_t, (U a),      a == 0)                               \
  DOVETAIL_MEANING(TYPE##_eq,     std::uint32_t, (U a, U b), a == b)                               \
  DOVETAIL_MEANING(TYPE##_ne,     std::uint32_t, (U a, U b), a != b)                               \
  DOVETAIL_MEANING(TYPE##_lt_s,   std::uint32_t, (U a, U b), detail::to_signed(a) < detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_lt_u,   std::uint32_t, (U a, U b), a < b)                                \
  DOVETAIL_MEANING(TYPE##_gt_s,   std::uint32_t, (U a, U b), detail::to_signed(a) > detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_gt_u,   std::uint32_t, (U a, U b), a > b)                                \
  DOVETAIL_MEANING(TYPE##_le_s,   std::uint32_t, (U a, U b), detail::to_signed(a) <= detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_le_u,   std::uint32_t, (U a, U b), a <= b)                               \
  DOVETAIL_MEANING(TYPE##_ge_s,   std::uint32_t, (U a, U b), detail::to_signed(a) >= detail::to_signed(b)) \
  DOVETAIL_MEANING(TYPE##_ge_u,   std::uint32_t, (U a, U b), a >= b)                               \
  DOVETAIL_MEANING(TYPE##_clz,    U, (U a),      static_cast<U>(std::countl_zero(a)))              \
  DOVETAIL_MEANING(TYPE##_ctz,    U, (U a),      static_cast<U>(std::countr_zero(a)))              \
  DOVETAIL_MEANING(TYPE##_popcnt, U, (U a),      static_cast<U>(std::popcount(a)))                 \
  DOVETAIL_MEANING(TYPE##_add,    U, (U a, U b), a + b)                                            \
  DOVETAIL_MEANING(TYPE##_sub,    U, (U a, U b), a - b)                                            \
  DOVETAIL_MEANING(TYPE##_mul,    U, (U a, U b), a * b)                                            \
  DOVETAIL_MEANING(TYPE##_and,    U, (U a, U b), a & b)                                            \
  DOVETAIL_MEANING(TYPE##_or,     U, (U a, U b), a | b)                                            \
  DOVETAIL_MEANING(TYPE##_xor,    U, (U a, U b), a ^ b)                                            \
  DOVETAIL_MEANING(TYPE##_shl,    U, (U a, U b), a << detail::shift_count(b))                      \
  DOVETAIL_MEANING(TYPE##_shr_u,  U, (U a, U b), a >> detail::shift_count(b))                      \
  DOVETAIL_MEANING(TYPE##_shr_s,  U, (U a, U b),                                                   \
                   static_cast<U>(detail::to_signed(a) >> detail::shift_count(b)))                 \
  DOVETAIL_MEANING(TYPE##_rotl,   U, (U a, U b), std::rotl(a, static_cast<int>(detail::shift_count(b)))) \
  DOVETAIL_MEANING(TYPE##_rotr,   U, (U a, U b), std::rotr(a, static_cast<int>(detail::shift_count(b)))) \
  DOVETAIL_TRAPPING(TYPE##_div_s, U, (U a, U b), detail::check_signed_division(a, b),              \
                    static_cast<U>(detail::to_signed(a) / detail::to_signed(b)))                   \
  DOVETAIL_TRAPPING(TYPE##_div_u, U, (U a, U b), detail::check_divisor(a, b), a / b)               \
  DOVETAIL_TRAPPING(TYPE##_rem_s, U, (U a, U b), detail::check_divisor(a, b), detail::signed_remainder(a, b)) \
  DOVETAIL_TRAPPING(TYPE##_rem_u, U, (U a, U b), detail::check_divisor(a, b), a % b)
DOVETAIL_INTEGER(i32, std::uint32_t)
DOVETAIL_INTEGER(i64, std::uint64_t)
#undef DOVETAIL_INTEGER

#undef DOVETAIL_FOLDS
#define DOVETAIL_FOLDS
#define DOVETAIL_FLOAT(TYPE, F)                                                                    \
  DOVETAIL_MEANING(TYPE##_eq,       std::uint32_t, (F a, F b), a == b)                             \
  DOVETAIL_MEANING(TYPE##_ne,       std::uint32_t, (F a, F b), a != b)                             \
  DOVETAIL_MEANING(TYPE##_lt,       std::uint32_t, (F a, F b), a < b)                              \
  DOVETAIL_MEANING(TYPE##_gt,       std::uint32_t, (F a, F b), a > b)                              \
  DOVETAIL_MEANING(TYPE##_le,       std::uint32_t, (F a, F b), a <= b)                             \
  DOVETAIL_MEANING(TYPE##_ge,       std::uint32_t, (F a, F b), a >= b)                             \
  DOVETAIL_MEANING(TYPE##_abs,      F, (F a),      detail::from_bits<F>(detail::to_bits(a) & ~detail::sign_bit<F>)) \
  DOVETAIL_MEANING(TYPE##_neg,      F, (F a),      detail::from_bits<F>(detail::to_bits(a) ^ detail::sign_bit<F>)) \
  DOVETAIL_MEANING(TYPE##_ceil,     F, (F a),      detail::rounded(a, [](F x) { return std::ceil(x); })) \
  DOVETAIL_MEANING(TYPE##_floor,    F, (F a),      detail::rounded(a, [](F x) { return std::floor(x); })) \
  DOVETAIL_MEANING(TYPE##_trunc,    F, (F a),      detail::rounded(a, [](F x) { return std::trunc(x); })) \
  DOVETAIL_MEANING(TYPE##_nearest,  F, (F a),      detail::rounded(a, [](F x) { return std::nearbyint(x); })) \
  DOVETAIL_MEANING(TYPE##_sqrt,     F, (F a),      DOVETAIL_SQRT(a))                               \
  DOVETAIL_MEANING(TYPE##_add,      F, (F a, F b), a + b)                                          \
  DOVETAIL_MEANING(TYPE##_sub,      F, (F a, F b), a - b)                                          \
  DOVETAIL_MEANING(TYPE##_mul,      F, (F a, F b), a * b)                                          \
  DOVETAIL_MEANING(TYPE##_div,      F, (F a, F b), a / b)                                          \
  DOVETAIL_MEANING(TYPE##_min,      F, (F a, F b), detail::minimum(a, b))                          \
  DOVETAIL_MEANING(TYPE##_max,      F, (F a, F b), detail::maximum(a, b))                          \
  DOVETAIL_MEANING(TYPE##_copysign, F, (F a, F b), detail::from_bits<F>(                           \
      (detail::to_bits(a) & ~detail::sign_bit<F>) | (detail::to_bits(b) & detail::sign_bit<F>)))
DOVETAIL_FLOAT(f32, float)
DOVETAIL_FLOAT(f64, double)
#undef DOVETAIL_FLOAT

#define DOVETAIL_TRUNCATION(NAME, SATURATED, I, F)                                                 \
  DOVETAIL_TRAPPING(NAME, std::make_unsigned_t<I>, (F a), detail::check_truncation<I>(a), detail::truncate<I>(a)) \
  DOVETAIL_MEANING(SATURATED, std::make_unsigned_t<I>, (F a), detail::truncate_saturated<I>(a))
DOVETAIL_TRUNCATION(i32_trunc_f32_s, i32_trunc_sat_f32_s, std::int32_t,  float)
DOVETAIL_TRUNCATION(i32_trunc_f32_u, i32_trunc_sat_f32_u, std::uint32_t, float)
DOVETAIL_TRUNCATION(i32_trunc_f64_s, i32_trunc_sat_f64_s, std::int32_t,  double)
DOVETAIL_TRUNCATION(i32_trunc_f64_u, i32_trunc_sat_f64_u, std::uint32_t, double)
DOVETAIL_TRUNCATION(i64_trunc_f32_s, i64_trunc_sat_f32_s, std::int64_t,  float)
DOVETAIL_TRUNCATION(i64_trunc_f32_u, i64_trunc_sat_f32_u, std::uint64_t, float)
DOVETAIL_TRUNCATION(i64_trunc_f64_s, i64_trunc_sat_f64_s, std::int64_t,  double)
DOVETAIL_TRUNCATION(i64_trunc_f64_u, i64_trunc_sat_f64_u, std::uint64_t, double)
#undef DOVETAIL_TRUNCATION

DOVETAIL_MEANING(i32_wrap_i64,        std::uint32_t, (std::uint64_t a), static_cast<std::uint32_t>(a))
DOVETAIL_MEANING(i64_extend_i32_s,    std::uint64_t, (std::uint32_t a), detail::extend<std::int32_t>(std::uint64_t{a}))
DOVETAIL_MEANING(i64_extend_i32_u,    std::uint64_t, (std::uint32_t a), a)
DOVETAIL_MEANING(i32_extend8_s,       std::uint32_t, (std::uint32_t a), detail::extend<std::int8_t>(a))
DOVETAIL_MEANING(i32_extend16_s,      std::uint32_t, (std::uint32_t a), detail::extend<std::int16_t>(a))
DOVETAIL_MEANING(i64_extend8_s,       std::uint64_t, (std::uint64_t a), detail::extend<std::int8_t>(a))
DOVETAIL_MEANING(i64_extend16_s,      std::uint64_t, (std::uint64_t a), detail::extend<std::int16_t>(a))
DOVETAIL_MEANING(i64_extend32_s,      std::uint64_t, (std::uint64_t a), detail::extend<std::int32_t>(a))
DOVETAIL_MEANING(f32_convert_i32_s,   float,  (std::uint32_t a), static_cast<float>(detail::to_signed(a)))
DOVETAIL_MEANING(f32_convert_i32_u,   float,  (std::uint32_t a), static_cast<float>(a))
DOVETAIL_MEANING(f32_convert_i64_s,   float,  (std::uint64_t a), static_cast<float>(detail::to_signed(a)))
DOVETAIL_MEANING(f32_convert_i64_u,   float,  (std::uint64_t a), static_cast<float>(a))
DOVETAIL_MEANING(f32_demote_f64,      float,  (double a),        static_cast<float>(a))
DOVETAIL_MEANING(f64_convert_i32_s,   double, (std::uint32_t a), static_cast<double>(detail::to_signed(a)))
DOVETAIL_MEANING(f64_convert_i32_u,   double, (std::uint32_t a), static_cast<double>(a))
DOVETAIL_MEANING(f64_convert_i64_s,   double, (std::uint64_t a), static_cast<double>(detail::to_signed(a)))
DOVETAIL_MEANING(f64_convert_i64_u,   double, (std::uint64_t a), static_cast<double>(a))
DOVETAIL_MEANING(f64_promote_f32,     double, (float a),         static_cast<double>(a))
DOVETAIL_MEANING(i32_reinterpret_f32, std::uint32_t, (float a),  std::bit_cast<std::uint32_t>(a))
DOVETAIL_MEANING(i64_reinterpret_f64, std::uint64_t, (double a), std::bit_cast<std::uint64_t>(a))
DOVETAIL_MEANING(f32_reinterpret_i32, float,  (std::uint32_t a), std::bit_cast<float>(a))
DOVETAIL_MEANING(f64_reinterpret_i64, double, (std::uint64_t a), std::bit_cast<double>(a))
#undef DOVETAIL_MEANING
#undef DOVETAIL_FOLDS
#undef DOVETAIL_TRAPPING
// clang-format on

}  // namespace dovetail

// ---- dovetail/module/function_names.hpp

// What a module calls its functions: for tools, profilers and debuggers, which ask after a module
// is compiled. The name section is a custom one: whatever is wrong with it is passed over.

namespace dovetail {

/// The names of all functions of a module, imported ones included. Views live as long as the
/// module.
class function_names {
 public:
  explicit function_names(allocator& memory) : names_(memory) {}

  /// Reads them: from the name section (core specification 7.4.1), else a function's first export.
  [[nodiscard]] status read(const module_env& env) {
    names_.clear();
    DOVETAIL_TRY(names_.resize(env.functions.size()));
    for (std::size_t i = env.exports.size(); i-- > 0;) {
      const export_entry& e = env.exports[i];
      if (e.kind == external_kind::function) names_[e.index] = env.view(e.name);
    }
    static_cast<void>(read_section(byte_reader({env.names.data(), env.names.size()})));
    return status::ok;
  }

  /// The name of a function, or nothing if it has none.
  [[nodiscard]] std::string_view operator[](function_index f) const { return names_[f.value]; }

  /// Appends one word for a function: its name with control characters as `?`, or `wasm[INDEX]`.
  [[nodiscard]] status append_to(array<char>& text, function_index f) const {
    char number[32];
    text_writer made(number);
    std::string_view name = names_[f.value];
    if (name.empty()) {
      made << "wasm[" << f.value << "]";
      name = made.view();
    }
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      DOVETAIL_TRY(text.push(byte < 0x20 || byte == 0x7f ? '?' : c));
    }
    return status::ok;
  }

 private:
  status read_section(byte_reader r) {
    constexpr std::uint8_t of_functions = 1;
    while (!r.at_end()) {
      std::uint8_t id = 0;
      std::uint32_t size = 0;
      byte_reader content;
      DOVETAIL_TRY(r.u8(id));
      DOVETAIL_TRY(r.u32(size));
      DOVETAIL_TRY(r.part(size, content));
      if (id == of_functions) return read_functions(content);
    }
    return status::ok;
  }
  status read_functions(byte_reader r) {
    std::uint32_t count = 0;
    DOVETAIL_TRY(r.u32(count));
    for (; count != 0; --count) {
      std::uint32_t index = 0, size = 0;
      byte_reader name;
      DOVETAIL_TRY(r.u32(index));
      DOVETAIL_TRY(r.u32(size));
      DOVETAIL_TRY(r.part(size, name));
      if (index < names_.size() && size != 0) names_[index] = as_text(name);
    }
    return status::ok;
  }

  array<std::string_view> names_;
};

}  // namespace dovetail

// ---- dovetail/runtime/machine_code.hpp

// Backends that write machine code, and compilers that are watched: what perf_map, gdb_jit and the
// like are made of.

namespace dovetail {

/// A piece of a module's machine code: a function, or what all functions share.
struct code_piece {
  static constexpr std::uint32_t shared = 0xffff'ffff;

  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uint32_t function = shared;  ///< its index in the module
};

/// A backend whose modules are machine code in one region of memory.
template <class B>
concept makes_machine_code = requires(const module_data& m, std::size_t i) {
  // The pieces of a compiled module, without gaps that matter, by address.
  { B::count_pieces(m) } -> std::same_as<std::size_t>;
  { B::piece(m, i) } -> std::same_as<code_piece>;
  // The processor, as ELF numbers it.
  { B::elf_machine } -> std::convertible_to<std::uint16_t>;
};

/// A compiler that shows each module to `See` once it is compiled.
template <class Compiler, void (*See)(module_data&)>
class watched_compiler : public Compiler {
 public:
  explicit watched_compiler(module_data& module) : Compiler(module), seen_(module) {}

  [[nodiscard]] status finish() {
    DOVETAIL_TRY(Compiler::finish());
    See(seen_);
    return status::ok;
  }

 private:
  module_data& seen_;
};

}  // namespace dovetail

// ---- dovetail/runtime/elf_symbols.hpp

// An object file in memory that holds nothing but the names of a module's functions, in the form
// that debuggers read.

namespace dovetail {

namespace elf {

// ELF-64 object file format: headers, sections, symbols, byte for byte.
struct file_header {
  unsigned char magic[4] = {0x7f, 'E', 'L', 'F'};
  unsigned char is_64_bit = 2;
  unsigned char byte_order = platform::is_little_endian ? 1 : 2;
  unsigned char version = 1;
  unsigned char rest[9] = {};
  std::uint16_t type = 1;  // relocatable: symbols count from the start of their section
  std::uint16_t machine = 0;
  std::uint32_t format = 1;
  std::uint64_t entry = 0;
  std::uint64_t segments_at = 0;
  std::uint64_t sections_at = 0;
  std::uint32_t flags = 0;
  std::uint16_t header_size = 64;
  std::uint16_t segment_size = 0;
  std::uint16_t segment_count = 0;
  std::uint16_t section_size = 64;
  std::uint16_t section_count = 0;
  std::uint16_t names_in = 0;  // which section
};
struct section_header {
  std::uint32_t name = 0;
  std::uint32_t type = 0;
  std::uint64_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t at = 0;
  std::uint64_t size = 0;
  std::uint32_t link = 0;
  std::uint32_t info = 0;
  std::uint64_t alignment = 1;
  std::uint64_t entry_size = 0;
};
struct symbol {
  std::uint32_t name = 0;
  unsigned char what = 0;
  unsigned char visibility = 0;
  std::uint16_t section = 0;
  std::uint64_t value = 0;
  std::uint64_t size = 0;
};
static_assert(sizeof(file_header) == 64 && sizeof(section_header) == 64 && sizeof(symbol) == 24);

inline constexpr std::uint32_t symbol_table = 2, string_table = 3, no_bits = 8;  // section types
inline constexpr std::uint64_t allocated = 2, executable = 4;                    // section flags
// A local function: where a guest's `malloc` and the host's are in question, the host's is meant.
inline constexpr unsigned char local_function = 2;

/// The name of each section follows the one before, each behind a zero.
inline constexpr std::string_view section_names{"\0.text\0.symtab\0.strtab\0.shstrtab", 32};
static_assert(section_names.ends_with(".shstrtab"));

}  // namespace elf

/// Writes the object file of a compiled module: headers, then symbols, then names.
template <makes_machine_code B>
class elf_symbols {
 public:
  explicit elf_symbols(const module_data& module)
      : module_(module), symbols_(*module.env.memory), names_(*module.env.memory) {}

  [[nodiscard]] status write_to(array<char>& image) {
    DOVETAIL_TRY(collect());
    elf::section_header sections[5] = {};
    std::uint64_t at = sizeof(elf::file_header) + sizeof sections;
    const auto describe = [&](std::size_t i, std::uint32_t name, std::uint32_t type,
                              std::uint64_t size) {
      sections[i].name = name;
      sections[i].type = type;
      sections[i].at = at;
      sections[i].size = size;
      if (type != elf::no_bits) at += size;
    };
    describe(1, 1, elf::no_bits, end_ - begin_);
    sections[1].flags = elf::allocated | elf::executable;
    sections[1].address = begin_;
    sections[1].alignment = 16;
    describe(2, 7, elf::symbol_table, symbols_.size() * sizeof(elf::symbol));
    sections[2].link = 3;
    sections[2].info = static_cast<std::uint32_t>(symbols_.size());  // all of them are local
    sections[2].alignment = 8;
    sections[2].entry_size = sizeof(elf::symbol);
    describe(3, 15, elf::string_table, names_.size());
    describe(4, 23, elf::string_table, elf::section_names.size() + 1);

    elf::file_header header;
    header.machine = B::elf_machine;
    header.sections_at = sizeof header;
    header.section_count = std::size(sections);
    header.names_in = 4;
    DOVETAIL_TRY(append(image, &header, sizeof header));
    DOVETAIL_TRY(append(image, sections, sizeof sections));
    DOVETAIL_TRY(append(image, symbols_.data(), symbols_.size() * sizeof(elf::symbol)));
    DOVETAIL_TRY(append(image, names_.data(), names_.size()));
    return append(image, elf::section_names.data(), elf::section_names.size() + 1);
  }

 private:
  static status append(array<char>& image, const void* from, std::size_t size) {
    return image.append({static_cast<const char*>(from), size});
  }

  // Names and symbols begin with an empty one.
  status collect() {
    function_names known(*module_.env.memory);
    DOVETAIL_TRY(known.read(module_.env));
    DOVETAIL_TRY(names_.push('\0'));
    DOVETAIL_TRY(symbols_.push({}));
    const std::size_t count = B::count_pieces(module_);
    for (std::size_t i = 0; i < count; ++i) {
      const code_piece piece = B::piece(module_, i);
      if (i == 0) begin_ = piece.begin;
      end_ = piece.begin + piece.size;
      elf::symbol s;
      s.name = static_cast<std::uint32_t>(names_.size());
      s.what = elf::local_function;
      s.section = 1;
      s.value = piece.begin - begin_;
      s.size = piece.size;
      DOVETAIL_TRY(symbols_.push(s));
      if (piece.function == code_piece::shared) {
        DOVETAIL_TRY(names_.append(std::string_view("wasm[shared]")));
      } else {
        DOVETAIL_TRY(known.append_to(names_, {piece.function}));
      }
      DOVETAIL_TRY(names_.push('\0'));
    }
    return status::ok;
  }

  const module_data& module_;
  array<elf::symbol> symbols_;
  array<char> names_;
  std::uintptr_t begin_ = 0, end_ = 0;
};

}  // namespace dovetail

// ---- dovetail/runtime/guest_frames.hpp

// The guests' calls that have not returned, and backends that can tell them.

namespace dovetail {

/// A call of a guest's function that has not returned.
struct guest_frame {
  const vm::instance* instance = nullptr;
  function_index function;   ///< in the instance's module
  std::uint32_t offset = 0;  ///< of the operator at hand, in the module's bytes

  [[nodiscard]] const module_data& module() const { return *instance->module; }
};

/// How a visit of frames ended.
enum class visit_end : std::uint8_t {
  complete,  ///< all were visited
  stopped,   ///< the visitor did not want more
  unknown,   ///< there are more, of which nothing is known
};

/// What sees frames, the innermost first, and answers whether it wants more.
template <class V>
concept frame_visitor = requires(V& visit, const guest_frame& f) {
  { visit(f) } -> std::same_as<bool>;
};

/// What a backend that can be asked for frames is tried with.
struct null_frame_visitor {
  bool operator()(const guest_frame&) const { return false; }
};

/// A backend whose frames can be visited.
template <class B>
concept tells_frames = requires(const vm::store& s, null_frame_visitor visit) {
  // Whether it can also from a host function; during a trap it always can.
  { B::control.keeps_places } -> std::convertible_to<bool>;
  // The frames of a store, the innermost first; nothing is allocated.
  { B::visit_frames(s, visit) } -> std::same_as<visit_end>;
};

}  // namespace dovetail

#ifdef DOVETAIL_IMPLEMENTATION

// ---- dovetail/implementation.hpp

// The dozen functions that talk to the operating system. Exactly one unit of a program that uses
// guarded memory includes this, or links the library target that did.

#if defined(_WIN32)

// ---- dovetail/runtime/os_windows.hpp

// What os.hpp declares, for Windows. Included by implementation.hpp alone.

#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

// ---- dovetail/runtime/os_code.hpp

// The machine code that may fault in guarded memory, as every system's fault handler looks for it.
// Included by implementation.hpp's headers alone.

#include <atomic>
#include <cstdint>

// ---- dovetail/runtime/os_code.hpp

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes a range waits until no handler can
// still see it.
std::atomic<code_range*> first_code{nullptr};
std::atomic<int> readers{0};
std::atomic<bool> is_changing{false};

struct change {
  change() {
    while (is_changing.exchange(true, std::memory_order_acquire)) {}
  }
  ~change() { is_changing.store(false, std::memory_order_release); }
};

}  // namespace

void add_code(code_range& range) {
  const change now;
  range.next = first_code.load();
  first_code.store(&range);
}

void remove_code(code_range& range) {
  const change now;
  if (first_code.load() == &range) {
    first_code.store(range.next);
  } else {
    code_range* before = first_code.load();
    while (before->next != &range) before = before->next;
    std::atomic_ref<code_range*>(before->next).store(range.next);
  }
  while (readers.load() != 0) {}
}

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  readers.fetch_add(1);
  code_range* range = first_code.load();
  while (range != nullptr && pc - range->begin >= range->size)
    range = std::atomic_ref<code_range*>(range->next).load();
  const std::uintptr_t landing =
      range != nullptr && range->owns(instance, address) ? range->landing : 0;
  readers.fetch_sub(1);
  return landing;
}

}  // namespace dovetail::os

// ---- dovetail/runtime/os_windows.hpp

namespace dovetail::os {

void* reserve(std::size_t bytes) {
  return VirtualAlloc(nullptr, bytes, MEM_RESERVE, PAGE_NOACCESS);
}

bool commit(void* at, std::size_t bytes) {
  return VirtualAlloc(at, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

void bring_in(void*, std::size_t) {}

// Only what is committed can be protected, and there may be holes (VirtualProtect).
bool make_executable(void* at, std::size_t bytes) {
  auto* from = static_cast<char*>(at);
  char* const end = from + bytes;
  while (from < end) {
    MEMORY_BASIC_INFORMATION piece = {};
    if (VirtualQuery(from, &piece, sizeof piece) == 0) return false;
    char* const last = static_cast<char*>(piece.BaseAddress) + piece.RegionSize;
    const std::size_t size = static_cast<std::size_t>((last < end ? last : end) - from);
    DWORD before = 0;
    if (piece.State == MEM_COMMIT && VirtualProtect(from, size, PAGE_EXECUTE_READ, &before) == 0)
      return false;
    from += size;
  }
  return FlushInstructionCache(GetCurrentProcess(), at, bytes) != 0;
}

void release(void* reservation, std::size_t) { VirtualFree(reservation, 0, MEM_RELEASE); }

void* reserve_object(std::size_t bytes, std::intptr_t& object) {
  const std::uint64_t size = bytes;
  const HANDLE section = CreateFileMappingW(
      INVALID_HANDLE_VALUE, nullptr, PAGE_EXECUTE_READWRITE | SEC_RESERVE,
      static_cast<DWORD>(size >> 32), static_cast<DWORD>(size & 0xffff'ffff), nullptr);
  if (section == nullptr) return nullptr;
  void* at = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, bytes);
  if (at == nullptr) {
    CloseHandle(section);
    return nullptr;
  }
  object = reinterpret_cast<std::intptr_t>(section);
  return at;
}

void* run_object(void* at, std::size_t, std::intptr_t object, std::size_t bytes) {
  UnmapViewOfFile(at);
  const auto section = reinterpret_cast<HANDLE>(object);
  at = MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_EXECUTE, 0, 0, bytes);
  CloseHandle(section);
  if (at != nullptr) FlushInstructionCache(GetCurrentProcess(), at, bytes);
  return at;
}

void release_object(void* at, std::size_t, std::intptr_t object) {
  UnmapViewOfFile(at);
  if (object != no_object) CloseHandle(reinterpret_cast<HANDLE>(object));
}

guard_frame*& current_guard() {
  static thread_local guard_frame* innermost = nullptr;
  return innermost;
}

guard_frame* find_guard(std::uintptr_t address) {
  guard_frame* frame = current_guard();
  if (frame == nullptr || !frame->in_guest || !frame->owns(*frame, address)) return nullptr;
  return frame;
}

void resume_at_landing(guard_frame* frame) { DOVETAIL_RETURN_TO(frame->landing); }

namespace {

// The thread goes on in `resume_at_landing`, as if the faulting instruction had called it.
LONG CALLBACK on_fault(EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD& record = *pointers->ExceptionRecord;
  if (record.ExceptionCode != EXCEPTION_ACCESS_VIOLATION || record.NumberParameters < 2)
    return EXCEPTION_CONTINUE_SEARCH;
  const auto address = static_cast<std::uintptr_t>(record.ExceptionInformation[1]);
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& registers = *pointers->ContextRecord;
  if (const std::uintptr_t landing = find_landing(registers.Rip, registers.R15, address)) {
    registers.R11 = registers.Rip;
    registers.Rip = landing;
    return EXCEPTION_CONTINUE_EXECUTION;
  }
#endif
  guard_frame* frame = find_guard(address);
  if (frame == nullptr) return EXCEPTION_CONTINUE_SEARCH;
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& context = *pointers->ContextRecord;
  // 32 bytes of home space and a return address, aligned as after a call (x64 calling convention).
  context.Rsp = ((context.Rsp - 256) & ~DWORD64{15}) - 8;
  context.Rcx = reinterpret_cast<DWORD64>(frame);
  context.Rip = reinterpret_cast<DWORD64>(&resume_at_landing);
  return EXCEPTION_CONTINUE_EXECUTION;
#else
  return EXCEPTION_CONTINUE_SEARCH;
#endif
}

}  // namespace

bool install_fault_handler() {
  static std::atomic<int> state{0};  // 0: nobody did, 1: somebody does, 2: done, 3: refused
  int expected = 0;
  if (state.compare_exchange_strong(expected, 1)) {
    state.store(AddVectoredExceptionHandler(1, &on_fault) != nullptr ? 2 : 3);
  }
  while (state.load() == 1) {}
  return state.load() == 2;
}

bool append_to_perf_map(const char*, std::size_t) { return false; }

}  // namespace dovetail::os

// ---- dovetail/implementation.hpp

#else

// ---- dovetail/runtime/os_posix.hpp

// What os.hpp declares, for POSIX systems. Included by implementation.hpp alone.

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

// ---- dovetail/runtime/os_code.hpp

// The machine code that may fault in guarded memory, as every system's fault handler looks for it.
// Included by implementation.hpp's headers alone.

#include <atomic>
#include <cstdint>

// ---- dovetail/runtime/os_code.hpp

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes a range waits until no handler can
// still see it.
std::atomic<code_range*> first_code{nullptr};
std::atomic<int> readers{0};
std::atomic<bool> is_changing{false};

struct change {
  change() {
    while (is_changing.exchange(true, std::memory_order_acquire)) {}
  }
  ~change() { is_changing.store(false, std::memory_order_release); }
};

}  // namespace

void add_code(code_range& range) {
  const change now;
  range.next = first_code.load();
  first_code.store(&range);
}

void remove_code(code_range& range) {
  const change now;
  if (first_code.load() == &range) {
    first_code.store(range.next);
  } else {
    code_range* before = first_code.load();
    while (before->next != &range) before = before->next;
    std::atomic_ref<code_range*>(before->next).store(range.next);
  }
  while (readers.load() != 0) {}
}

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  readers.fetch_add(1);
  code_range* range = first_code.load();
  while (range != nullptr && pc - range->begin >= range->size)
    range = std::atomic_ref<code_range*>(range->next).load();
  const std::uintptr_t landing =
      range != nullptr && range->owns(instance, address) ? range->landing : 0;
  readers.fetch_sub(1);
  return landing;
}

}  // namespace dovetail::os

// ---- dovetail/runtime/os_posix.hpp

namespace dovetail::os {

void* reserve(std::size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
  flags |= MAP_NORESERVE;
#endif
  void* at = mmap(nullptr, bytes, PROT_NONE, flags, -1, 0);
  return at == MAP_FAILED ? nullptr : at;
}

bool commit(void* at, std::size_t bytes) {
  return mprotect(at, bytes, PROT_READ | PROT_WRITE) == 0;
}

void bring_in(void* at, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  static_cast<void>(madvise(at, bytes, MADV_POPULATE_WRITE));
#else
  static_cast<void>(at), static_cast<void>(bytes);
#endif
}

bool make_executable(void* at, std::size_t bytes) {
  return mprotect(at, bytes, PROT_READ | PROT_EXEC) == 0;
}

void release(void* reservation, std::size_t bytes) { munmap(reservation, bytes); }

#if defined(__linux__)
void* reserve_object(std::size_t bytes, std::intptr_t& object) {
  // A file beyond this limit would end the process (setrlimit(2), RLIMIT_FSIZE).
  rlimit most = {};
  if (getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur < bytes) return nullptr;
  const int file = memfd_create("dovetail", MFD_CLOEXEC);
  if (file < 0) return nullptr;
  void* at = MAP_FAILED;
  if (ftruncate(file, static_cast<off_t>(bytes)) == 0)
    at = mmap(nullptr, bytes, PROT_NONE, MAP_SHARED | MAP_NORESERVE, file, 0);
  if (at == MAP_FAILED) {
    close(file);
    return nullptr;
  }
  object = file;
  return at;
}

void* run_object(void* at, std::size_t reserved, std::intptr_t object, std::size_t bytes) {
  munmap(at, reserved);
  const int file = static_cast<int>(object);
  at = mmap(nullptr, bytes, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  close(file);
  return at == MAP_FAILED ? nullptr : at;
}

void release_object(void* at, std::size_t bytes, std::intptr_t object) {
  munmap(at, bytes);
  if (object != no_object) close(static_cast<int>(object));
}
#else
void* reserve_object(std::size_t, std::intptr_t&) { return nullptr; }
void* run_object(void*, std::size_t, std::intptr_t, std::size_t) { return nullptr; }
void release_object(void*, std::size_t, std::intptr_t) {}
#endif

guard_frame*& current_guard() {
  static thread_local guard_frame* innermost = nullptr;
  return innermost;
}

guard_frame* find_guard(std::uintptr_t address) {
  guard_frame* frame = current_guard();
  if (frame == nullptr || !frame->in_guest || !frame->owns(*frame, address)) return nullptr;
  return frame;
}

void resume_at_landing(guard_frame* frame) { DOVETAIL_RETURN_TO(frame->landing); }

namespace {

struct sigaction previous_segv, previous_bus;

// Whether somebody sent the signal. What is not sent happens again when its handler returns.
bool was_sent(const siginfo_t* info) {
#ifdef SI_TKILL
  if (info->si_code == SI_TKILL) return true;
#endif
  return info->si_code == SI_USER || info->si_code == SI_QUEUE;
}

// A signal that is not ours goes where it would have gone without us, in the same circumstances.
void chain(int number, siginfo_t* info, void* context) {
  struct sigaction& kept = number == SIGBUS ? previous_bus : previous_segv;
  const struct sigaction before = kept;
  const bool has_info = (before.sa_flags & SA_SIGINFO) != 0;
  if (!has_info && (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN)) {
    // Only what was sent can be ignored (POSIX, 2.4.3 Signal Actions).
    if (before.sa_handler == SIG_IGN && was_sent(info)) return;
    struct sigaction by_default = {};
    by_default.sa_handler = SIG_DFL;
    sigaction(number, &by_default, nullptr);
    if (was_sent(info)) raise(number);
    return;
  }
  if ((before.sa_flags & static_cast<int>(SA_RESETHAND)) != 0) {
    kept = {};
    kept.sa_handler = SIG_DFL;
  }
  // The system takes this back when we return.
  sigset_t blocked = before.sa_mask;
  if ((before.sa_flags & SA_NODEFER) == 0) sigaddset(&blocked, number);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  if (has_info) {
    before.sa_sigaction(number, info, context);
  } else {
    before.sa_handler(number);
  }
}

// Code that we wrote goes on at its landing; what it knows of its instance is in r15.
bool continue_in_code(void* context, std::uintptr_t address) {
#if defined(__x86_64__) && defined(__linux__)
  greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
  const auto pc = static_cast<std::uintptr_t>(registers[REG_RIP]);
  const std::uintptr_t landing =
      find_landing(pc, static_cast<std::uintptr_t>(registers[REG_R15]), address);
  if (landing == 0) return false;
  registers[REG_R11] = static_cast<greg_t>(pc);
  registers[REG_RIP] = static_cast<greg_t>(landing);
  return true;
#else
  static_cast<void>(context), static_cast<void>(address);
  return false;
#endif
}

// A handler that was installed later may have called this one with signals blocked: who leaves by a
// jump unblocks what was not blocked at the fault.
void on_fault(int number, siginfo_t* info, void* context) {
  if (!was_sent(info)) {
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    if (continue_in_code(context, address)) return;
    if (guard_frame* frame = find_guard(address)) {
      pthread_sigmask(SIG_SETMASK, &static_cast<ucontext_t*>(context)->uc_sigmask, nullptr);
      resume_at_landing(frame);
    }
  }
  chain(number, info, context);
}

bool install(int number, struct sigaction& previous) {
  struct sigaction ours = {};
  ours.sa_sigaction = &on_fault;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&ours.sa_mask);
  return sigaction(number, &ours, &previous) == 0;
}

}  // namespace

bool install_fault_handler() {
  static std::atomic<int> state{0};  // 0: nobody did, 1: somebody does, 2: done, 3: refused
  int expected = 0;
  if (state.compare_exchange_strong(expected, 1)) {
    const bool is_done = install(SIGSEGV, previous_segv) && install(SIGBUS, previous_bus);
    state.store(is_done ? 2 : 3);
  }
  while (state.load() == 1) {}
  return state.load() == 2;
}

// Anybody may have put a link of this name there: it is not followed.
bool append_to_perf_map(const char* text, std::size_t size) {
  char path[48] = "/tmp/perf-";
  std::size_t end = 10;
  char digits[20];
  std::size_t first = sizeof digits;
  for (auto id = static_cast<unsigned long>(getpid()); id != 0; id /= 10)
    digits[--first] = static_cast<char>('0' + id % 10);
  while (first < sizeof digits) path[end++] = digits[first++];
  std::memcpy(path + end, ".map", 5);
  const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (file < 0) return false;
  while (size != 0) {
    const ssize_t written = write(file, text, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    text += written;
    size -= static_cast<std::size_t>(written);
  }
  return close(file) == 0 && size == 0;
}

}  // namespace dovetail::os

// ---- dovetail/implementation.hpp

#endif

#endif  // DOVETAIL_IMPLEMENTATION
