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

// What only compilers have that know __m128i.
#if defined(__SSE2__)
#define DOVETAIL_IF_SSE2(...) __VA_ARGS__
#else
#define DOVETAIL_IF_SSE2(...)
#endif

// Atomic arithmetic on plain words: the standard's header weighs as much as all of ours together.
#if !defined(__GNUC__) && !defined(__clang__)
extern "C" long _InterlockedExchangeAdd(long volatile*, long);
extern "C" long _InterlockedExchange(long volatile*, long);
extern "C" void _ReadWriteBarrier();
#pragma intrinsic(_InterlockedExchangeAdd, _InterlockedExchange, _ReadWriteBarrier)
#endif

namespace dovetail::platform {

// Vectors of sixteen bytes that the operators of the language apply to lane by lane. They are types
// of their own of the compiler's, which templates can only name as members.
#if defined(__GNUC__) || defined(__clang__)
inline constexpr bool has_vectors = true;
template <class T>
struct vector_of {
  using type __attribute__((vector_size(16))) = T;
};
#else
inline constexpr bool has_vectors = false;
template <class T>
struct vector_of {
  using type = void;
};
#endif

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
/// Counts in a number that threads may read. Of those that count at once, one may be lost.
inline void count_one(std::uint64_t& number) {
#if defined(__GNUC__) && (UINTPTR_MAX > 0xffff'ffff)
  __atomic_store_n(&number, __atomic_load_n(&number, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
#else
  volatile std::uint64_t& shared = number;
  shared = shared + 1;
#endif
}
/// Reads or writes such a number.
inline std::uint64_t read_count(const std::uint64_t& number) {
#if defined(__GNUC__) && (UINTPTR_MAX > 0xffff'ffff)
  return __atomic_load_n(&number, __ATOMIC_RELAXED);
#else
  return const_cast<const volatile std::uint64_t&>(number);
#endif
}
inline void write_count(std::uint64_t& number, std::uint64_t value) {
#if defined(__GNUC__) && (UINTPTR_MAX > 0xffff'ffff)
  __atomic_store_n(&number, value, __ATOMIC_RELAXED);
#else
  const_cast<volatile std::uint64_t&>(number) = value;
#endif
}
/// A 64-bit number that threads and signal handlers share, in one order for all. What the standard
/// library has brings the operating system along.
class shared_number {
 public:
  constexpr explicit shared_number(std::uint64_t value) : value_(value) {}
  shared_number(const shared_number&) = delete;
  shared_number& operator=(const shared_number&) = delete;

#if defined(__GNUC__) || defined(__clang__)
  [[nodiscard]] std::uint64_t load() const { return __atomic_load_n(&value_, __ATOMIC_SEQ_CST); }
  void store(std::uint64_t value) { __atomic_store_n(&value_, value, __ATOMIC_RELEASE); }
  /// Writes `value` if the number is `expected`, else reads it into that.
  bool compare_exchange(std::uint64_t& expected, std::uint64_t value) {
    return __atomic_compare_exchange_n(&value_, &expected, value, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
  }
#else
  [[nodiscard]] std::uint64_t load() const {
    return static_cast<std::uint64_t>(
        _InterlockedCompareExchange64(reinterpret_cast<volatile long long*>(&value_), 0, 0));
  }
  void store(std::uint64_t value) {
    _InterlockedExchange64(reinterpret_cast<volatile long long*>(&value_),
                           static_cast<long long>(value));
  }
  bool compare_exchange(std::uint64_t& expected, std::uint64_t value) {
    const std::uint64_t wanted = expected;
    expected = static_cast<std::uint64_t>(_InterlockedCompareExchange64(
        reinterpret_cast<volatile long long*>(&value_), static_cast<long long>(value),
        static_cast<long long>(wanted)));
    return expected == wanted;
  }
#endif

 private:
  mutable std::uint64_t value_;
};
static_assert(sizeof(shared_number) == 8, "generated code reads it");

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

/// Keeps the compiler from joining the operation that made a value with one that reads it: GCC
/// makes one rounding of a product and a sum where the processor can.
template <class T>
DOVETAIL_ALWAYS_INLINE void keep_apart([[maybe_unused]] T& value) {
#if defined(__GNUC__) || defined(__clang__)
  asm("" : "+m"(value));
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

/// Whether machine code that is made at run time can be given tables by which what its callees
/// throw comes back to it (os.hpp, catching_code).
#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__)
inline constexpr bool catches_by_tables = true;
#else
inline constexpr bool catches_by_tables = false;
#endif

/// Whether a thread can be moved to another native stack here (os.hpp, stack_context).
#if defined(_WIN32) && !(defined(__x86_64__) && defined(__GNUC__))
inline constexpr bool can_switch_stacks = false;
#else
inline constexpr bool can_switch_stacks = true;
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

/// A value type (core specification 2.3). Of a number or vector type it is the binary code. Of a
/// reference type:
///
///     bits 0-7    the code of the abstract heap type, or 0x63 for a defined type
///     bit  8      the reference is not nullable
///     bits 9-30   which defined type: in a module that is being decoded its index there,
///     everywhere
///                 else the number of the canonical type (signature::id)
///     bit  31     the number counts from the start of the recursion group at hand
///
/// Canonical types are equal exactly if their bits are.
struct value_type {
  std::uint32_t bits = 0;

  static const value_type i32, i64, f32, f64, v128, funcref, externref, nullfuncref, nullexternref;
  /// The bottom type of the validation algorithm: matches anything; never a type of a module.
  static const value_type unknown;
  /// The bottom of all references, which dead code has too.
  static const value_type unknown_reference;

  /// More types than these cannot be told apart.
  static constexpr std::uint32_t most_defined = (1u << 22) - 1;

  /// A reference to a defined type.
  [[nodiscard]] static constexpr value_type reference(std::uint32_t defined, bool is_nullable) {
    return {0x63 | (is_nullable ? 0 : non_null) | defined << 9};
  }

  [[nodiscard]] constexpr std::uint8_t code() const { return static_cast<std::uint8_t>(bits); }
  [[nodiscard]] constexpr bool is_vector() const { return code() == 0x7b; }
  [[nodiscard]] constexpr bool is_reference() const { return code() >= 0x60 && code() <= 0x74; }
  /// Whether null is a value of this reference type.
  [[nodiscard]] constexpr bool is_nullable() const { return (bits & non_null) == 0; }
  /// Whether locals of this type begin with a value (3.2.3).
  [[nodiscard]] constexpr bool is_defaultable() const { return is_nullable(); }
  [[nodiscard]] constexpr value_type as_nullable() const { return {bits & ~non_null}; }
  [[nodiscard]] constexpr value_type as_non_null() const { return {bits | non_null}; }
  /// Whether it refers to a type that a module defines, and which.
  [[nodiscard]] constexpr bool is_defined() const { return code() == 0x63; }
  [[nodiscard]] constexpr std::uint32_t defined() const { return bits >> 9 & most_defined; }
  [[nodiscard]] constexpr bool is_relative() const { return (bits & relative_bit) != 0; }
  /// The same reference to another defined type.
  [[nodiscard]] constexpr value_type with_defined(std::uint32_t other) const {
    return {(bits & 0x1ff) | other << 9};
  }
  /// The same reference to member `member` of the recursion group at hand.
  [[nodiscard]] constexpr value_type with_relative(std::uint32_t member) const {
    return {(bits & 0x1ff) | member << 9 | relative_bit};
  }
  /// Whether its references are null or functions: every defined type is one of functions.
  [[nodiscard]] constexpr bool is_function_reference() const {
    return code() == 0x70 || code() == 0x73 || code() == 0x63;
  }

  friend constexpr bool operator==(value_type, value_type) = default;

  static constexpr std::uint32_t non_null = 0x100;
  static constexpr std::uint32_t relative_bit = 1u << 31;
};

inline constexpr value_type value_type::unknown{0x00};
inline constexpr value_type value_type::i32{0x7f};
inline constexpr value_type value_type::i64{0x7e};
inline constexpr value_type value_type::f32{0x7d};
inline constexpr value_type value_type::f64{0x7c};
inline constexpr value_type value_type::v128{0x7b};
inline constexpr value_type value_type::funcref{0x70};
inline constexpr value_type value_type::externref{0x6f};
inline constexpr value_type value_type::nullfuncref{0x73};
inline constexpr value_type value_type::nullexternref{0x72};
inline constexpr value_type value_type::unknown_reference{0x60 | value_type::non_null};

/// The name of a type in the text format ("i32", "funcref"); defined types are called `$t`.
[[nodiscard]] constexpr std::string_view name(value_type type) {
  if (!type.is_nullable()) {
    switch (type.code()) {
      case 0x73: return "(ref nofunc)";
      case 0x72: return "(ref noextern)";
      case 0x70: return "(ref func)";
      case 0x6f: return "(ref extern)";
      case 0x63: return "(ref $t)";
      default: return "unknown";
    }
  }
  switch (type.code()) {
    case 0x7f: return "i32";
    case 0x7e: return "i64";
    case 0x7d: return "f32";
    case 0x7c: return "f64";
    case 0x7b: return "v128";
    case 0x70: return "funcref";
    case 0x6f: return "externref";
    case 0x73: return "nullfuncref";
    case 0x72: return "nullexternref";
    case 0x63: return "(ref null $t)";
    default: return "unknown";
  }
}

/// One cell of the operand stack, a table or a global: the value's bits, zero-extended. Null
/// references are zero. A vector takes two: its lower half, then its upper, as integers of the
/// host.
using slot = std::uint64_t;

/// How many slots a value takes.
[[nodiscard]] constexpr std::uint32_t slots_of(value_type type) { return type.is_vector() ? 2 : 1; }
[[nodiscard]] constexpr std::uint32_t slots_of(std::span<const value_type> types) {
  std::uint32_t count = 0;
  for (const value_type t : types) count += slots_of(t);
  return count;
}

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

  constexpr v128() = default;
  constexpr v128(const std::array<std::uint8_t, 16>& b) : bytes(b) {}
  /// The vector whose halves are these integers.
  [[nodiscard]] static constexpr v128 of_halves(slot low, slot high) {
    v128 v;
    for (unsigned i = 0; i < 8; ++i) {
      v.bytes[i] = static_cast<std::uint8_t>(low >> 8 * i);
      v.bytes[8 + i] = static_cast<std::uint8_t>(high >> 8 * i);
    }
    return v;
  }
  [[nodiscard]] constexpr slot low() const { return half(0); }
  [[nodiscard]] constexpr slot high() const { return half(8); }

  /// Made of an `__m128i` and turned into one, where the compiler has it: `native` is what that is
  /// an alias of.
  // clang-format off
  DOVETAIL_IF_SSE2(
    using native = long long __attribute__((vector_size(16)));
    v128(native v) : bytes(std::bit_cast<std::array<std::uint8_t, 16>>(v)) {}
    operator native() const { return std::bit_cast<native>(bytes); })
  // clang-format on

  friend constexpr bool operator==(const v128&, const v128&) = default;

 private:
  [[nodiscard]] constexpr slot half(unsigned from) const {
    slot s = 0;
    for (unsigned i = 0; i < 8; ++i) s |= slot{bytes[from + i]} << 8 * i;
    return s;
  }
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
  constexpr value(const v128& v) : value(value_type::v128, v.low(), v.high()) {}
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
  bool is_64 = false;  ///< indices are i64
  friend constexpr bool operator==(table_type, table_type) = default;
};

struct memory_type {
  limits_type limits;
  bool is_64 = false;  ///< addresses are i64
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

/// The type of an import or export: the member that `kind` names is meant. A tag has the type of
/// the function that its exceptions' values would be parameters of.
struct external_type {
  external_kind kind = external_kind::function;
  function_type function;
  table_type table;
  memory_type memory;
  global_type global;
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
  tail_call,
  extended_const,
  memory64,  ///< 64-bit tables too
  function_references,
  relaxed_simd,
  tags,                ///< of exceptions: defined, imported and exported
  gc,                  ///< recognised and refused
  exception_handling,  ///< recognised and refused
};

/// The name that the proposal goes by.
[[nodiscard]] constexpr std::string_view name(feature f) {
  constexpr std::string_view names[] = {"mvp",
                                        "multi-value",
                                        "sign extension",
                                        "saturating conversion",
                                        "bulk memory",
                                        "reference types",
                                        "simd",
                                        "multi-memory",
                                        "tail calls",
                                        "extended constant expressions",
                                        "memory64",
                                        "typed function references",
                                        "relaxed simd",
                                        "tags",
                                        "garbage collection",
                                        "exception handling"};
  return names[static_cast<unsigned>(f)];
}

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
  /// WebAssembly 3.0 without garbage collection and the operators of exception handling, which
  /// nothing implements.
  [[nodiscard]] static constexpr features wasm3() {
    return wasm2() + feature::multi_memory + feature::tail_call + feature::extended_const +
           feature::memory64 + feature::function_references + feature::relaxed_simd + feature::tags;
  }

  [[nodiscard]] constexpr bool has(feature one) const {
    return (bits >> static_cast<unsigned>(one) & 1) != 0;
  }
  friend constexpr features operator+(features a, features b) { return features(a.bits | b.bits); }
  friend constexpr features operator-(features a, features b) { return features(a.bits & ~b.bits); }
  friend constexpr bool operator==(features, features) = default;
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
DOVETAIL_ERROR(malformed_tag_attribute,        decode,      "malformed tag attribute")
DOVETAIL_ERROR(malformed_limits_flags,         decode,      "malformed limits flags")
DOVETAIL_ERROR(malformed_heap_type,            decode,      "malformed heap type")
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
DOVETAIL_ERROR(unknown_tag,                    validate,    "unknown tag")
DOVETAIL_ERROR(tag_with_results,               validate,    "non-empty tag result type")
DOVETAIL_ERROR(uninitialized_local,            validate,    "uninitialized local")
DOVETAIL_ERROR(offset_out_of_range,            validate,    "offset out of range")
DOVETAIL_ERROR(memory64_too_large,             validate,    "memory size must be at most 2^48 pages")
DOVETAIL_ERROR(table_too_large,                validate,    "table size must be at most 2^32-1")
DOVETAIL_ERROR(not_a_subtype,                  validate,    "sub type")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(feature_not_executable,         compile,     "feature not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(module_too_large,               compile,     "module too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")
DOVETAIL_ERROR(missing_export,                 link,        "missing export")
DOVETAIL_ERROR(incompatible_export,            link,        "incompatible export type")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")
DOVETAIL_ERROR(budget_exhausted,               instantiate, "the byte budget of the store is exhausted")
DOVETAIL_ERROR(too_many_instances,             instantiate, "as many instances in the store as there may be")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
DOVETAIL_ERROR(call_in_progress,               api,         "a call of a guest is in progress")
DOVETAIL_ERROR(instance_gone,                  api,         "the instance was released and collected")
DOVETAIL_ERROR(snapshot_mismatch,              api,         "snapshot of another module or store")
DOVETAIL_ERROR(malformed_snapshot,             api,         "bytes are not a snapshot")
DOVETAIL_ERROR(reference_of_host,              api,         "snapshot has a reference of the host that is not mapped")
// clang-format on
#undef DOVETAIL_ERROR
};

namespace detail {
// Above the numbered errors: one status for each feature that may be refused.
inline constexpr std::uint8_t not_accepted_bits = 0x80, not_executable_bits = 0xc0;
constexpr std::uint8_t refusal_of(status s) { return static_cast<std::uint8_t>(s) & 0xc0; }
}  // namespace detail

/// What inner functions return of bytes that need a feature which the configuration does not
/// accept. An `error` has `feature_not_accepted` instead, and says which.
[[nodiscard]] constexpr status not_accepted(feature f) {
  return status{
      static_cast<std::uint8_t>(detail::not_accepted_bits | static_cast<std::uint8_t>(f))};
}
/// What inner functions return of operators that need a feature which the backend does not execute.
[[nodiscard]] constexpr status not_executable(feature f) {
  if (f == feature::simd) return status::simd_not_executable;
  return status{
      static_cast<std::uint8_t>(detail::not_executable_bits | static_cast<std::uint8_t>(f))};
}
[[nodiscard]] constexpr bool is_not_accepted(status s) {
  return detail::refusal_of(s) == detail::not_accepted_bits;
}
[[nodiscard]] constexpr bool is_not_executable(status s) {
  return detail::refusal_of(s) == detail::not_executable_bits;
}
/// Which feature such a status is about.
[[nodiscard]] constexpr feature feature_of(status s) {
  return feature{static_cast<std::uint8_t>(static_cast<std::uint8_t>(s) & 0x3f)};
}
/// The numbered error of such a status; others are themselves.
[[nodiscard]] constexpr status without_feature(status s) {
  if (is_not_accepted(s)) return status::feature_not_accepted;
  return is_not_executable(s) ? status::feature_not_executable : s;
}

/// The stage an error belongs to; `stage::none` for `status::ok`.
[[nodiscard]] constexpr stage stage_of(status s) {
  switch (without_feature(s)) {
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
DOVETAIL_ERROR(malformed_tag_attribute,        decode,      "malformed tag attribute")
DOVETAIL_ERROR(malformed_limits_flags,         decode,      "malformed limits flags")
DOVETAIL_ERROR(malformed_heap_type,            decode,      "malformed heap type")
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
DOVETAIL_ERROR(unknown_tag,                    validate,    "unknown tag")
DOVETAIL_ERROR(tag_with_results,               validate,    "non-empty tag result type")
DOVETAIL_ERROR(uninitialized_local,            validate,    "uninitialized local")
DOVETAIL_ERROR(offset_out_of_range,            validate,    "offset out of range")
DOVETAIL_ERROR(memory64_too_large,             validate,    "memory size must be at most 2^48 pages")
DOVETAIL_ERROR(table_too_large,                validate,    "table size must be at most 2^32-1")
DOVETAIL_ERROR(not_a_subtype,                  validate,    "sub type")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(feature_not_executable,         compile,     "feature not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(module_too_large,               compile,     "module too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")
DOVETAIL_ERROR(missing_export,                 link,        "missing export")
DOVETAIL_ERROR(incompatible_export,            link,        "incompatible export type")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")
DOVETAIL_ERROR(budget_exhausted,               instantiate, "the byte budget of the store is exhausted")
DOVETAIL_ERROR(too_many_instances,             instantiate, "as many instances in the store as there may be")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
DOVETAIL_ERROR(call_in_progress,               api,         "a call of a guest is in progress")
DOVETAIL_ERROR(instance_gone,                  api,         "the instance was released and collected")
DOVETAIL_ERROR(snapshot_mismatch,              api,         "snapshot of another module or store")
DOVETAIL_ERROR(malformed_snapshot,             api,         "bytes are not a snapshot")
DOVETAIL_ERROR(reference_of_host,              api,         "snapshot has a reference of the host that is not mapped")
// clang-format on
#undef DOVETAIL_ERROR
  }
  return stage::none;
}

/// The wording of an error: the specification's own phrase where it has one.
[[nodiscard]] constexpr std::string_view message(status s) {
  switch (without_feature(s)) {
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
DOVETAIL_ERROR(malformed_tag_attribute,        decode,      "malformed tag attribute")
DOVETAIL_ERROR(malformed_limits_flags,         decode,      "malformed limits flags")
DOVETAIL_ERROR(malformed_heap_type,            decode,      "malformed heap type")
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
DOVETAIL_ERROR(unknown_tag,                    validate,    "unknown tag")
DOVETAIL_ERROR(tag_with_results,               validate,    "non-empty tag result type")
DOVETAIL_ERROR(uninitialized_local,            validate,    "uninitialized local")
DOVETAIL_ERROR(offset_out_of_range,            validate,    "offset out of range")
DOVETAIL_ERROR(memory64_too_large,             validate,    "memory size must be at most 2^48 pages")
DOVETAIL_ERROR(table_too_large,                validate,    "table size must be at most 2^32-1")
DOVETAIL_ERROR(not_a_subtype,                  validate,    "sub type")
DOVETAIL_ERROR(start_function_type,            validate,    "start function")

// Compilation: what the chosen backend and allocator can do.
DOVETAIL_ERROR(out_of_memory,                  compile,     "out of memory")
DOVETAIL_ERROR(simd_not_executable,            compile,     "vector operators are not executable by this backend")
DOVETAIL_ERROR(feature_not_executable,         compile,     "feature not executable by this backend")
DOVETAIL_ERROR(executable_memory_refused,      compile,     "the system refuses executable memory")
DOVETAIL_ERROR(processor_not_supported,        compile,     "the processor lacks what this backend needs")
DOVETAIL_ERROR(function_too_large,             compile,     "function too large for this backend")
DOVETAIL_ERROR(module_too_large,               compile,     "module too large for this backend")
DOVETAIL_ERROR(part_not_compiled,              compile,     "the caller's threads left a part of the module")

// Linking (4.5.4, and the policies of the linker).
DOVETAIL_ERROR(unknown_import,                 link,        "unknown import")
DOVETAIL_ERROR(incompatible_import,            link,        "incompatible import type")
DOVETAIL_ERROR(wrong_store,                    link,        "object belongs to another store")
DOVETAIL_ERROR(wrong_engine,                   link,        "module belongs to another engine")
DOVETAIL_ERROR(duplicate_definition,           link,        "duplicate definition")
DOVETAIL_ERROR(wrong_import_count,             link,        "wrong number of positional imports")
DOVETAIL_ERROR(missing_export,                 link,        "missing export")
DOVETAIL_ERROR(incompatible_export,            link,        "incompatible export type")

// Instantiation (4.5.4): what remains after every import matched.
DOVETAIL_ERROR(trapped,                        instantiate, "trap")
DOVETAIL_ERROR(memory_refused,                 instantiate, "memory refused")
DOVETAIL_ERROR(table_refused,                  instantiate, "table refused")
DOVETAIL_ERROR(store_out_of_memory,            instantiate, "out of memory in the store")
DOVETAIL_ERROR(budget_exhausted,               instantiate, "the byte budget of the store is exhausted")
DOVETAIL_ERROR(too_many_instances,             instantiate, "as many instances in the store as there may be")

// Use of the API.
DOVETAIL_ERROR(unknown_export,                 api,         "unknown export")
DOVETAIL_ERROR(export_type_mismatch,           api,         "export has another type")
DOVETAIL_ERROR(immutable,                      api,         "global is constant")
DOVETAIL_ERROR(out_of_bounds,                  api,         "index or address out of bounds")
DOVETAIL_ERROR(value_type_mismatch,            api,         "value has another type")
DOVETAIL_ERROR(call_in_progress,               api,         "a call of a guest is in progress")
DOVETAIL_ERROR(instance_gone,                  api,         "the instance was released and collected")
DOVETAIL_ERROR(snapshot_mismatch,              api,         "snapshot of another module or store")
DOVETAIL_ERROR(malformed_snapshot,             api,         "bytes are not a snapshot")
DOVETAIL_ERROR(reference_of_host,              api,         "snapshot has a reference of the host that is not mapped")
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
      case external_kind::function:
      case external_kind::tag: return *this << type.function;
      case external_kind::table:
        return *this << (type.table.is_64 ? "i64 " : "") << type.table.limits << " "
                     << type.table.element;
      case external_kind::memory:
        return *this << (type.memory.is_64 ? "i64 " : "") << type.memory.limits;
      case external_kind::global:
        return *this << (type.global.is_mutable ? "mut " : "") << type.global.type;
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
DOVETAIL_TRAP(null_reference,               "null reference")
DOVETAIL_TRAP(null_function_reference,      "null function reference")
DOVETAIL_TRAP(stale_reference,              "reference to a host object that is gone")
DOVETAIL_TRAP(reference_type_mismatch,      "reference to a host object of another type")
DOVETAIL_TRAP(interrupted,                  "interrupted")
DOVETAIL_TRAP(not_pausable,                 "call cannot be paused")
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
DOVETAIL_TRAP(null_reference,               "null reference")
DOVETAIL_TRAP(null_function_reference,      "null function reference")
DOVETAIL_TRAP(stale_reference,              "reference to a host object that is gone")
DOVETAIL_TRAP(reference_type_mismatch,      "reference to a host object of another type")
DOVETAIL_TRAP(interrupted,                  "interrupted")
DOVETAIL_TRAP(not_pausable,                 "call cannot be paused")
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
  tag,
  none = 0xff
};

[[nodiscard]] constexpr std::string_view name(section_id id) {
  constexpr std::string_view names[] = {"custom", "type",   "import",     "function", "table",
                                        "memory", "global", "export",     "start",    "element",
                                        "code",   "data",   "data count", "tag"};
  return id == section_id::none ? "none" : names[static_cast<unsigned>(id)];
}

/// An error with its place. Which fields mean something depends on `stage()`: bytes have an offset
/// and a section, link errors name the import, a trap during instantiation says which. Views point
/// into the module and live as long as it.
struct error {
  status code = status::ok;
  section_id section = section_id::none;
  trap reason{};                  ///< instantiate: the trap of a segment or of the start function
  feature wanted = feature::mvp;  ///< which one is not accepted, or not executable
  std::size_t offset = 0;         ///< decode, validate, compile: bytes from the start of the module
  std::uint32_t import_ordinal = 0;  ///< link: the place of the import in the module's list, from 0
  bool has_provided = false;         ///< link: whether `provided` says what was offered instead
  std::string_view import_module{};
  std::string_view import_name{};
  std::string_view export_name{};  ///< link: the export that is missing or of another type; no
                                   ///< data if the error is not about one
  external_type expected{};
  external_type provided{};

  /// Sets `code`, and `wanted` if `s` is about a feature.
  void set(status s) {
    if (is_not_accepted(s) || is_not_executable(s)) wanted = feature_of(s);
    code = without_feature(s);
  }

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
      if (wanted != feature::mvp) out << ": " << name(wanted);
      if (section != section_id::none) out << ", " << name(section) << " section";
      out << ", offset " << std::uint64_t{offset};
      break;
    case dovetail::stage::link:
      if (code == status::wrong_import_count || code == status::wrong_engine) break;
      if (export_name.data() != nullptr) {
        out << ", export ";
        out.quote(export_name);
      } else {
        out << ", import " << std::uint64_t{import_ordinal} << " ";
        out.quote(import_module) << " ";
        out.quote(import_name);
      }
      out << ": expected " << expected;
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

namespace detail {
// Not a chain of concepts, so that the compiler's refusal of a type stays short.
template <class T, class... Types>
inline constexpr bool is_one_of = (std::is_same_v<T, Types> || ...);
}  // namespace detail

/// A C++ type that travels as one of its integers, such as guest_pointer.
template <class T>
concept native_wrapper = requires(const T& v) {
  requires native_integer<typename T::native_type>;
  { v.to_native() } -> std::same_as<typename T::native_type>;
  { T::from_native(v.to_native()) } -> std::same_as<T>;
};

/// A C++ type whose values take one slot.
template <class T>
concept slot_value = native_integer<T> || detail::is_one_of<T, float, double, externref, funcref> ||
    native_wrapper<T>;

/// A C++ type that a value can be passed as, by value, across the boundary.
template <class T>
concept native_value = slot_value<T> || std::same_as<T, v128>;

/// The value type a C++ type stands for.
template <native_value T>
[[nodiscard]] constexpr value_type value_type_of() {
  if constexpr (std::same_as<T, v128>) {
    return value_type::v128;
  } else if constexpr (std::same_as<T, float>) {
    return value_type::f32;
  } else if constexpr (std::same_as<T, double>) {
    return value_type::f64;
  } else if constexpr (std::same_as<T, externref>) {
    return value_type::externref;
  } else if constexpr (std::same_as<T, funcref>) {
    return value_type::funcref;
  } else if constexpr (native_wrapper<T>) {
    return value_type_of<typename T::native_type>();
  } else {
    return sizeof(T) == 8 ? value_type::i64 : value_type::i32;
  }
}

/// The bits of `v` as a slot. Narrow integers are extended by their own signedness to 32 bits
/// first.
template <slot_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr slot to_slot(T v) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<std::uint32_t>(v);
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<std::uint64_t>(v);
  } else if constexpr (std::same_as<T, externref> || std::same_as<T, funcref>) {
    return reinterpret_cast<std::uintptr_t>(v.pointer);
  } else if constexpr (native_wrapper<T>) {
    return to_slot(v.to_native());
  } else if constexpr (sizeof(T) == 8) {
    return static_cast<std::uint64_t>(v);
  } else {
    return static_cast<std::uint32_t>(v);
  }
}

/// The value a slot holds. Integers narrower than 32 bits keep their low bits; bool is "not zero".
template <slot_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr T from_slot(slot s) {
  if constexpr (std::same_as<T, float>) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(s));
  } else if constexpr (std::same_as<T, double>) {
    return std::bit_cast<double>(s);
  } else if constexpr (std::same_as<T, externref>) {
    return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (std::same_as<T, funcref>) {
    return {reinterpret_cast<vm::function_instance*>(static_cast<std::uintptr_t>(s))};
  } else if constexpr (native_wrapper<T>) {
    return T::from_native(from_slot<typename T::native_type>(s));
  } else if constexpr (std::same_as<T, bool>) {
    return static_cast<std::uint32_t>(s) != 0;
  } else {
    return static_cast<T>(s);
  }
}

/// Writes the slots of a value of any type; what follows them.
template <native_value T>
DOVETAIL_ALWAYS_INLINE constexpr slot* write_slots(slot* to, const T& v) {
  if constexpr (std::same_as<T, v128>) {
    *to++ = v.low();
    *to++ = v.high();
  } else {
    *to++ = to_slot(v);
  }
  return to;
}
/// The value whose first slot is at `from`.
template <native_value T>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr T read_slots(const slot* from) {
  if constexpr (std::same_as<T, v128>) {
    return v128::of_halves(from[0], from[1]);
  } else {
    return from_slot<T>(*from);
  }
}

/// How machine code passes a C++ type: without regard to its sign, and never less than 32 bits.
template <native_value T>
using machine_value = std::conditional_t<
    std::floating_point<T> || std::same_as<T, v128>, T,
    std::conditional_t<value_type_of<T>() == value_type::i32, std::uint32_t, std::uint64_t>>;

template <class T>
constexpr T value::as() const {
  DOVETAIL_ASSERT(value_type_of<T>() == type_);
  const slot halves[] = {low_, high_};
  return read_slots<T>(halves);
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
  static result<R, trap> get(const slot* frame) { return read_slots<R>(frame); }
};
template <>
struct results_in<void> {
  static result<void, trap> get(const slot*) { return {}; }
};
template <class... R>
struct results_in<std::tuple<R...>> {
  static result<std::tuple<R...>, trap> get(const slot* frame) {
    const auto next = [&frame](std::uint32_t count) {
      const slot* const at = frame;
      frame += count;
      return at;
    };
    static_cast<void>(next);
    // In braces, operands are evaluated from left to right.
    return std::tuple<R...>{read_slots<R>(next(slots_of(value_type_of<R>())))...};
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
      : arena(memory, block_size, block_size) {}
  /// Blocks double in size until they are of the most.
  explicit arena(allocator& memory, std::size_t first_size, std::size_t most_size)
      : memory_(&memory), block_size_(first_size), first_size_(first_size), most_size_(most_size) {}
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  ~arena() { clear(); }

  /// Gives everything back.
  void clear() {
    while (blocks_ != nullptr) {
      block* next = blocks_->next;
      memory_->release(blocks_, blocks_->size);
      blocks_ = next;
    }
    at_ = nullptr;
    left_ = 0;
    block_size_ = first_size_;
  }

  /// Makes zeros of all pieces, so that who still has one finds nothing.
  void wipe() {
    for (block* b = blocks_; b != nullptr; b = b->next) {
      std::memset(reinterpret_cast<std::byte*>(b) + sizeof(block), 0, b->size - sizeof(block));
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
    if (block_size_ < most_size_) block_size_ *= 2;
    return true;
  }

  allocator* memory_;
  block* blocks_ = nullptr;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_size_;
  std::size_t first_size_;
  std::size_t most_size_;
};

}  // namespace dovetail

// ---- dovetail/base/byte_budget.hpp

// A bound on the bytes of one owner: a store's memories, tables and objects are allocated through
// one.

namespace dovetail {

/// An allocator over another one that knows how many bytes are out, and gives no more than so many.
/// What is allocated elsewhere is charged by hand. By one thread at a time.
class byte_budget {
 public:
  explicit byte_budget(allocator& below, std::uint64_t most)
      : erased_{&call}, below_(&below), most_(most) {}
  byte_budget(const byte_budget&) = delete;
  byte_budget& operator=(const byte_budget&) = delete;

  [[nodiscard]] std::uint64_t used() const { return used_; }
  [[nodiscard]] std::uint64_t most() const { return most_; }
  /// Takes nothing away of what is out.
  void set_most(std::uint64_t bytes) { most_ = bytes; }
  /// How often it refused, which tells its refusals from those of the allocator below.
  [[nodiscard]] std::uint32_t refusals() const { return refusals_; }

  /// Counts bytes from elsewhere; false if they are too many.
  [[nodiscard]] bool charge(std::uint64_t bytes) {
    if (bytes > most_ || used_ > most_ - bytes) [[unlikely]]
      return ++refusals_, false;
    used_ += bytes;
    return true;
  }
  void give_back(std::uint64_t bytes) { used_ -= bytes; }

  /// As an allocator has them.
  [[nodiscard]] void* resize(void* block, std::size_t old_size, std::size_t new_size) {
    if (new_size > old_size && !charge(new_size - old_size)) return nullptr;
    void* made = below_->resize(block, old_size, new_size);
    if (new_size > old_size) {
      if (made == nullptr) give_back(new_size - old_size);
    } else if (made != nullptr || new_size == 0) {
      give_back(old_size - new_size);
    }
    return made;
  }
  void release(void* block, std::size_t size) {
    if (block != nullptr) static_cast<void>(resize(block, size, 0));
  }
  [[nodiscard]] allocator& erased() { return erased_; }

 private:
  static void* call(allocator& self, void* block, std::size_t old_size, std::size_t new_size) {
    return reinterpret_cast<byte_budget&>(self).resize(block, old_size, new_size);
  }

  allocator erased_;  // the first member: its address is the budget's
  allocator* below_;
  std::uint64_t most_;
  std::uint64_t used_ = 0;
  std::uint32_t refusals_ = 0;
};
static_assert(std::is_standard_layout_v<byte_budget>, "code knows offsets in what it is a part of");

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
  std::uint32_t tags = 1'000'000;
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

  /// Pages of 64 KiB that one memory may hold, whatever its type allows: 65,536 at most unless its
  /// addresses are i64.
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
  /// Bytes of a store's memories, tables and instances together, unless `store.set_budget` says
  /// otherwise.
  std::uint64_t store_bytes = ~std::uint64_t{0};
  /// Instances of a store, unless `store.set_instance_limit` says otherwise.
  std::uint32_t instances = ~std::uint32_t{0};
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
    if (size_ == capacity_) [[unlikely]]
      return push_grown(element);
    data_[size_++] = element;
    return status::ok;
  }
  /// Where there surely is room: something was taken off before.
  DOVETAIL_ALWAYS_INLINE void push_reserved(const T& element) {
    DOVETAIL_ASSERT(size_ < capacity_);
    data_[size_++] = element;
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
  // By value: the element may be one of the array's own, and the caller keeps nothing for later.
  DOVETAIL_COLD status push_grown(T element) {
    DOVETAIL_TRY(grow(size_ + 1));
    data_[size_++] = element;
    return status::ok;
  }
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

// ---- dovetail/format/segment_mode.hpp

// How a segment is used (core specification 2.5.10 and 2.5.11). Shared by the section decoder and
// by what is known of a module.

namespace dovetail {

/// Passive segments wait for `table.init` or `memory.init`, active ones are copied when the module
/// is instantiated, declarative ones only name functions that code may refer to.
enum class segment_mode : std::uint8_t { passive, active, declarative };

}  // namespace dovetail

// ---- dovetail/validate/signature.hpp

// A canonical function type: one object for each member of each recursion group, engine-wide, so
// that a signature check is one comparison of addresses across modules and stores (core
// specification 3.2 and 3.3). Used by validation, the linker and every backend.

namespace dovetail {

/// A canonical function type. Two function types are the same exactly if their addresses are.
struct signature {
  function_type type;
  std::uint32_t hash = 0;
  std::uint32_t parameter_slots = 0;
  std::uint32_t result_slots = 0;
  std::uint32_t frame_slots = 0;  ///< the larger of the two
  std::size_t size = 0;           ///< bytes of the allocation
  signature* next = nullptr;
  /// The supertypes from the outermost one, then the type itself: `depth + 1` of them.
  const signature* const* display = nullptr;
  std::uint32_t depth = 0;
  std::uint32_t id = 0;          ///< what references to it call it (value_type::defined)
  std::uint32_t group_size = 1;  ///< of its recursion group, whose members' ids follow each other
  bool is_final = true;          ///< no type can have it as its supertype

  [[nodiscard]] const signature* supertype() const {
    return depth == 0 ? nullptr : display[depth - 1];
  }
};

/// Whether values of the type `s` are of the type that references call `id` too.
[[nodiscard]] inline bool is_subtype(const signature& s, std::uint32_t id) {
  for (std::uint32_t k = 0; k <= s.depth; ++k) {
    if (s.display[k]->id == id) return true;
  }
  return false;
}

/// Whether values of the type `s` are of the type `of` too (3.3.4). If `of` is final this is one
/// comparison of addresses.
[[nodiscard]] inline bool is_subtype(const signature& s, const signature& of) {
  return &s == &of || (s.depth > of.depth && s.display[of.depth] == &of);
}

}  // namespace dovetail

// ---- dovetail/validate/module_env.hpp

// What is known of a module while and after it is validated: its types, index spaces, segments and
// names, in flat arrays. Filled by the module builder, read by the pass, the emitters, the linker
// and introspection.

namespace dovetail {

class signature_table;

/// A piece of the module's text pool.
struct text_range {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// A constant expression, typed and reduced (core specification 3.3.10): one constant, one
/// reference, or a program of `constant_code`.
struct constant_expression {
  enum class kind : std::uint8_t { value, global, function, program };
  kind what = kind::value;
  value_type type{};
  std::uint32_t index = 0;  ///< of the global or function; the first step of a program
  slot low = 0, high = 0;   ///< the bits of a value; null references are zero; steps of a program
};

/// A step of a constant expression that is a program for a stack.
struct constant_step {
  enum class kind : std::uint8_t { value, global, function, add, subtract, multiply };
  kind what = kind::value;
  bool is_64 = false;       ///< of arithmetic: on i64
  std::uint32_t index = 0;  ///< of the global or function
  slot low = 0;
};

/// What an arithmetic step makes of two values.
[[nodiscard]] constexpr slot work_out(const constant_step& s, slot a, slot b) {
  using kind = constant_step::kind;
  const slot wide = s.what == kind::add ? a + b : s.what == kind::subtract ? a - b : a * b;
  return s.is_64 ? wide : static_cast<std::uint32_t>(wide);
}

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
        types(a),
        functions(a),
        tables(a),
        table_initials(a),
        memories(a),
        tags(a),
        globals(a),
        imports(a),
        exports(a),
        elements(a),
        constant_code(a),
        element_segments(a),
        data_segments(a),
        data_bytes(a),
        sections(a),
        bodies(a),
        declared(a),
        text(a),
        names(a),
        export_index(a) {}

  allocator* memory;
  /// Makes types canonical; set before the types are read. Every value type kept here refers to
  /// canonical ones.
  signature_table* canonical = nullptr;
  array<const signature*> types;
  array<type_index> functions;
  array<table_type> tables;
  array<constant_expression> table_initials;  ///< of each table: what its elements are at first
  array<memory_type> memories;
  array<type_index> tags;
  array<global_entry> globals;
  array<import_entry> imports;
  array<export_entry> exports;
  array<constant_expression> elements;
  array<constant_step> constant_code;
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
  std::uint32_t imported_tags = 0;
  std::uint32_t imported_globals = 0;
  std::uint32_t data_count = 0;  ///< as announced before the code section
  std::uint32_t most_results = 0;
  std::uint32_t start = no_start;
  bool has_data_count = false;
  bool has_vector_types = false;  ///< a function type of the module has a v128
  static constexpr std::uint32_t no_start = 0xffff'ffff;

  [[nodiscard]] dovetail::function_type type(type_index i) const { return types[i.value]->type; }
  /// Makes a type as it was decoded canonical: `unknown_type` if it refers to none.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status resolve(value_type& t) const {
    return t.is_defined() ? resolve_defined(t) : status::ok;
  }
  /// A reference to the type `i`.
  [[nodiscard]] value_type reference(type_index i, bool is_nullable) const {
    return value_type::reference(types[i.value]->id, is_nullable);
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
      case external_kind::tag: out.function = type(tags[index]); break;
    }
    return out;
  }

  [[nodiscard]] status resolve_defined(value_type& t) const {
    if (t.defined() >= types.size()) return status::unknown_type;
    t = t.with_defined(types[t.defined()]->id);
    return status::ok;
  }

  /// The number of the export with this name, or `name_table::none`.
  [[nodiscard]] std::uint32_t find_export(std::string_view name) const {
    return export_index.find(export_index.hash(name),
                             [&](std::uint32_t i) { return view(exports[i].name) == name; });
  }
};

}  // namespace dovetail

// ---- dovetail/module/module_data.hpp

// A compiled module: what every backend's module has in common. Immutable once made, but for what
// saves work to later instances; shared by reference count between threads and stores. Nothing of
// any instance is kept in it.

namespace dovetail {

class execution_counts;

struct module_data {
  explicit module_data(allocator& memory) : env(memory) {}

  module_env env;
  const limits* most = nullptr;  ///< of the stores it may be instantiated in
  void* code = nullptr;          ///< the backend's
  void (*release_code)(module_data&) = nullptr;
  void* image = nullptr;                          ///< see runtime/memory_image.hpp
  void (*release_image)(module_data&) = nullptr;  ///< this and the one before: once it is made
  execution_counts* counts = nullptr;             ///< where code counts; see execution_counts.hpp
  void (*release_counts)(module_data&) = nullptr;
  std::uint32_t image_asked_for = 0;
  std::uint32_t image_is_made = 0;
  std::uint32_t references = 1;
  bool is_of_fallback = false;  ///< compiled by the backend behind the config's

  [[nodiscard]] const signature* signature_of(function_index f) const {
    return env.types[env.functions[f.value].value];
  }

  void retain() { platform::atomic_add(references, 1); }
  void release() {
    if (platform::atomic_add(references, ~std::uint32_t{0}) != 1) return;
    if (release_code != nullptr) release_code(*this);
    if (release_image != nullptr) release_image(*this);
    if (release_counts != nullptr) release_counts(*this);
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
class signature_table;

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
  instance* owner = nullptr;        ///< it goes with this one; null: with the store

  [[nodiscard]] std::uint64_t pages() const { return size / page_size; }
};

/// A table: references as slots, null is zero.
struct table_instance {
  slot* elements = nullptr;
  std::uint64_t size = 0;
  std::uint64_t most = 0;
  std::uint64_t capacity = 0;
  table_type type;
  store* home = nullptr;
  table_instance* next = nullptr;
  instance* owner = nullptr;  ///< as a memory's
};

/// A global's cell. Vectors use both halves.
struct global_instance {
  slot low = 0;
  slot high = 0;
  global_type type;
  store* home = nullptr;      ///< null: a variable of the host, a number
  instance* owner = nullptr;  ///< as a memory's
  /// In the store's list of those that the host made and that may refer to functions.
  global_instance* next = nullptr;
};

/// A tag (4.2.10). Its address is its identity.
struct tag_instance {
  const dovetail::signature* signature = nullptr;
  store* home = nullptr;
  instance* owner = nullptr;  ///< as a memory's
};

/// How machine code may call a host function without a frame of slots. Integers of 32 bits,
/// 64-bit ones and references, floats and doubles are passed as the host's own calling convention
/// has them.
enum class native_form : std::uint8_t {
  none,        ///< it may not
  plain,       ///< `R(A...)`, which does not trap, and throws only if platform::catches_by_tables
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
  const void* native_entry = nullptr;  ///< like `entry`, for callers that know the types
  std::uint32_t index = 0;             ///< in the owner's module
  instance* lives_with = nullptr;      ///< it goes with this one; null: with the store
};

struct closure;

/// A module instance (4.2.5). Index spaces are arrays of pointers, imports first. Once it is freed
/// its place waits for another one, so that who looks here afterwards finds another serial number.
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
  tag_instance** tags = nullptr;
  std::uint64_t serial = 0;     ///< no other one of its store has the same; 0: it is gone
  arena* objects = nullptr;     ///< what it made, apart from memories' and tables' elements
  closure* closures = nullptr;  ///< of host functions that it made
  bool is_released = false;     ///< the host does not want it any more
  bool is_reached = false;      ///< in a collection
  instance* pending = nullptr;  ///< in a collection: the next one to look at
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
  /// Between calls: instances may be gone. Null: it knows none then.
  void (*forget)(backend_state&) = nullptr;
  /// Names the innermost call from the host, while it lasts, where `store::native_entry` does not.
  std::uintptr_t (*innermost)(const backend_state&) = nullptr;
};

/// The native stacks of calls that can be paused. Made with the first such call.
struct fiber_state {
  void (*release)(fiber_state&) = nullptr;
  void (*forget)(fiber_state&) = nullptr;  ///< like backend_state::forget, while no call waits
  std::uint32_t paused = 0;                ///< calls that wait
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
      : memory(&a),
        budget(a, l.store_bytes),
        most(&l),
        signatures(&s),
        objects(budget.erased(), 1024),
        most_instances(l.instances) {}

  allocator* memory;   ///< for what is not in the budget
  byte_budget budget;  ///< of memories, tables and objects
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
  std::uintptr_t native_outermost =
      0;  ///< interpreter: where the native stack was at the outermost call; 0 outside of calls
  const std::uintptr_t* native_entry =
      nullptr;     ///< machine code: the stack at the innermost entry from the host
  trap host_trap;  ///< machine code: of a host function, on its way to the report
  trap_report report;
  /// Told of a trap while the guest's frames are still there. It must not
  /// call guests.
  void (*on_trap)(store&, void* context) noexcept = nullptr;
  void* trap_context = nullptr;
  native_place trapped;  ///< of the trap that `on_trap` is told of
  std::exception_ptr
      exception;  ///< of a host function, on its way to the nearest host-to-guest call
  bool (*make_function)(store&, instance&,
                        function_instance&) = nullptr;  ///< fills in `code` and `invoke`
  void* tracking = nullptr;       ///< of its memories, for snapshots; see runtime/tracking.hpp
  fiber_state* fibers = nullptr;  ///< see runtime/fiber.hpp
  /// A memory that may be tracked is about to go; null: none is.
  void (*forget_memory)(store&, memory_instance&) = nullptr;
  arena objects;  ///< what the host made, and instances themselves
  /// The place of the first instance: most stores have one.
  alignas(16) std::byte first_place[sizeof(arena) + sizeof(instance) + 2 * sizeof(void*)];
  bool is_first_taken = false;
  std::uint32_t most_instances;
  std::uint32_t instance_count = 0;
  std::uint64_t newest_serial = 0;
  instance* spare_instances = nullptr;  ///< places of instances that are gone
  global_instance* globals = nullptr;   ///< those that `global_instance::next` tells of
};

/// Where what goes with an instance is made; null: with the store.
[[nodiscard]] inline arena& objects_of(store& s, const instance* i) {
  return i == nullptr || i->objects == nullptr ? s.objects : *i->objects;
}

/// Tells why something could not be made: whether the budget refused it.
class budget_watch {
 public:
  explicit budget_watch(const store& s) : budget_(&s.budget), before_(s.budget.refusals()) {}

  /// What is to be said instead of `s`.
  [[nodiscard]] status reason(status s) const {
    const bool is_of_memory = s == status::out_of_memory || s == status::store_out_of_memory ||
                              s == status::memory_refused || s == status::table_refused;
    if (is_of_memory && budget_->refusals() != before_) return status::budget_exhausted;
    return s == status::out_of_memory ? status::store_out_of_memory : s;
  }

 private:
  const byte_budget* budget_;
  std::uint32_t before_;
};

/// Whether guests of a store are running, or a host function that they called.
[[nodiscard]] inline bool is_running(const store& s) {
  return s.native_outermost != 0 || s.native_entry != nullptr;
}

/// Whether no guest of a store runs, or waits in the middle of a call.
[[nodiscard]] inline bool is_at_rest(const store& s) {
  return !is_running(s) && (s.fibers == nullptr || s.fibers->paused == 0);
}

/// The function `index` of an instance, made now if nobody referred to it yet; null if memory is
/// refused.
[[nodiscard]] inline function_instance* function_of(instance& i, std::uint32_t index) {
  function_instance*& entry = i.functions[index];
  if (entry != nullptr) [[likely]]
    return entry;
  auto* made = objects_of(*i.home, &i).make<function_instance>();
  if (made == nullptr) return nullptr;
  made->signature = i.module->signature_of({index});
  made->owner = &i;
  made->home = i.home;
  made->index = index;
  made->lives_with = &i;
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

static_assert(std::is_standard_layout_v<store>, "generated code knows offsets in it");
static_assert(std::is_trivially_destructible_v<function_instance> &&
              std::is_trivially_destructible_v<instance>);
static_assert(offsetof(memory_instance, base) == 0 && offsetof(memory_instance, size) == 8,
              "generated code reads both");

}  // namespace vm

namespace vm {

/// Whether a value may come into a store as one of `type`. A reference to a function of another
/// store may not, since that function dies with its own; null only where it is a value, and only
/// functions of the type that is referred to.
[[nodiscard]] inline bool may_enter(const store& s, value_type type, slot bits) {
  if (!type.is_reference()) return true;
  if (bits == 0) return type.is_nullable();
  if (!type.is_function_reference()) return type != value_type::nullexternref;
  const auto& f = *reinterpret_cast<const function_instance*>(static_cast<std::uintptr_t>(bits));
  if (f.home != &s || type == value_type::nullfuncref) return false;
  return !type.is_defined() || is_subtype(*f.signature, type.defined());
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

// ---- dovetail/runtime/objects.hpp

// Making, growing and freeing the objects of a store (core specification 4.5.3), and the bulk
// operators on them, which all backends and the host share.

namespace dovetail::vm {

/// `memory.grow` (4.4.7): the old number of pages, or all ones if it cannot grow by `delta`.
[[nodiscard]] inline std::uint64_t grow_memory(memory_instance& m, std::uint64_t delta) {
  const std::uint64_t before = m.pages();
  if (delta > m.most_pages - before) return ~std::uint64_t{0};
  return m.grow(m, before + delta) == status::ok ? before : ~std::uint64_t{0};
}

/// Room for so many elements in all, if there is memory for them.
[[nodiscard]] inline bool reserve(table_instance& t, std::uint64_t count) {
  void* block =
      t.home->budget.resize(t.elements, static_cast<std::size_t>(t.capacity) * sizeof(slot),
                            static_cast<std::size_t>(count) * sizeof(slot));
  if (block == nullptr) return false;
  t.elements = static_cast<slot*>(block);
  t.capacity = count;
  return true;
}
inline void release(table_instance& t) {
  t.home->budget.release(t.elements, static_cast<std::size_t>(t.capacity) * sizeof(slot));
  t.elements = nullptr;
  t.size = t.capacity = 0;
}

/// `table.grow`: the old size, or all ones if it cannot grow by `delta`. New elements are
/// `initial`.
[[nodiscard]] inline std::uint64_t grow_table(table_instance& t, std::uint64_t delta,
                                              slot initial) {
  constexpr std::uint64_t refused = ~std::uint64_t{0};
  if (delta > t.most - t.size) return refused;
  const std::uint64_t before = t.size;
  const std::uint64_t wanted = before + delta;
  if (wanted > t.capacity) {
    std::uint64_t room = t.capacity == 0 ? wanted : t.capacity + t.capacity / 2;
    if (room < wanted) room = wanted;
    if (room > t.most) room = t.most;
    // The budget may have room for what is wanted, though not for what may be wanted later.
    if (!reserve(t, room) && (room == wanted || !reserve(t, wanted))) return refused;
  }
  for (std::uint64_t i = before; i < wanted; ++i) t.elements[i] = initial;
  t.size = wanted;
  return before;
}

/// Allocates a table of `type` filled with `initial` (4.5.3.4), which goes with `owner`.
[[nodiscard]] inline status make_table(store& s, const table_type& type, slot initial,
                                       table_instance*& out, instance* owner = nullptr) {
  if (type.limits.minimum > s.most->table_elements) return status::table_refused;
  auto* t = objects_of(s, owner).make<table_instance>();
  if (t == nullptr) return status::store_out_of_memory;
  t->type = type;
  t->home = &s;
  t->owner = owner;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum : 0xffff'ffff;
  t->most = declared < s.most->table_elements ? declared : s.most->table_elements;
  if (grow_table(*t, type.limits.minimum, initial) == ~std::uint64_t{0})
    return status::table_refused;
  t->next = s.tables;
  s.tables = t;
  out = t;
  return status::ok;
}

[[nodiscard]] inline status make_global(store& s, const global_type& type, slot low, slot high,
                                        global_instance*& out, instance* owner = nullptr) {
  out = objects_of(s, owner).make<global_instance>(
      global_instance{low, high, type, &s, owner, nullptr});
  if (out == nullptr) return status::store_out_of_memory;
  if (owner == nullptr && type.type.is_function_reference()) {
    out->next = s.globals;
    s.globals = out;
  }
  return status::ok;
}

inline void end_all(const closure* first) {
  for (const closure* c = first; c != nullptr; c = c->next) c->destroy(c->object);
}
/// Frees everything of a store but the arena, which frees itself.
inline void release_objects(store& s) {
  if (s.fibers != nullptr) s.fibers->release(*s.fibers);
  if (s.backend != nullptr) s.backend->release(*s.backend);
  end_all(s.closures);
  for (const instance* i = s.instances; i != nullptr; i = i->next) end_all(i->closures);
  for (memory_instance* m = s.memories; m != nullptr; m = m->next) m->release(*m);
  for (table_instance* t = s.tables; t != nullptr; t = t->next) release(*t);
  for (instance* i = s.instances; i != nullptr; i = i->next) {
    i->module->release();
    if (i->objects != nullptr) i->objects->clear();
  }
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
[[nodiscard]] DOVETAIL_COLD inline bool run_program(instance& i, const constant_expression& e,
                                                    slot& result) {
  array<slot> values(*i.home->memory);
  for (slot k = 0; k < e.low; ++k) {
    const constant_step& s = i.module->env.constant_code[e.index + static_cast<std::size_t>(k)];
    slot v = s.low;
    switch (s.what) {
      case constant_step::kind::value: break;
      case constant_step::kind::global: v = i.globals[s.index]->low; break;
      case constant_step::kind::function: v = to_slot(function_of(i, s.index)); break;
      default:
        v = work_out(s, values[values.size() - 2], values.back());
        values.truncate(values.size() - 2);
        break;
    }
    if (values.push(v) != status::ok) return false;
  }
  result = values.back();
  return true;
}
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
    case constant_expression::kind::program: return run_program(i, e, low);
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

/// An object of a store, of any kind: `object` is the function, table, memory, global or tag
/// instance.
struct external_object {
  external_kind kind = external_kind::function;
  void* object = nullptr;

  [[nodiscard]] function_instance* function() const {
    return static_cast<function_instance*>(object);
  }
  [[nodiscard]] table_instance* table() const { return static_cast<table_instance*>(object); }
  [[nodiscard]] memory_instance* memory() const { return static_cast<memory_instance*>(object); }
  [[nodiscard]] global_instance* global() const { return static_cast<global_instance*>(object); }

  [[nodiscard]] tag_instance* tag() const { return static_cast<tag_instance*>(object); }

  [[nodiscard]] const store* home() const {
    switch (kind) {
      case external_kind::function: return function()->home;
      case external_kind::table: return table()->home;
      case external_kind::memory: return memory()->home;
      case external_kind::global: return global()->home;
      case external_kind::tag: return tag()->home;
    }
    return nullptr;
  }

  /// Whether a store may use it: its own, or a variable of the host, which holds no reference.
  [[nodiscard]] bool may_enter(const store& s) const {
    if (home() != nullptr) return home() == &s;
    return kind == external_kind::global && !global()->type.type.is_reference();
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
      case external_kind::tag: out.function = tag()->signature->type; break;
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

}  // namespace dovetail

// ---- dovetail/api/memory_view.hpp

// The host's view of a memory: every access is checked against the memory as it is now, so growth
// and moves are harmless. Part of handles.hpp.

namespace dovetail {

/// What can be read from and written to a memory: numbers, in little-endian byte order on every
/// host, and plain structs, as their bytes; dovetail/guest_types.hpp checks what is in them. A bool
/// has bytes that are none, and an address of the host is nothing to a guest.
template <class T>
concept memory_value =
    std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool> && !std::is_pointer_v<T>;

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

  /// To be called before the operating system itself writes to bytes of this memory, as read(2)
  /// does: it cannot where they are watched for the next snapshot. Costs nothing else.
  void touch(std::span<std::byte> bytes) const {
    if (memory_ == nullptr || memory_->reserved == 0 || memory_->home->tracking == nullptr) return;
    constexpr std::size_t step = 4096;
    for (std::size_t k = 0; k < bytes.size(); k += step) rewrite(bytes[k]);
    if (!bytes.empty()) rewrite(bytes.back());
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
  static void rewrite(volatile std::byte& byte) { byte = static_cast<std::byte>(byte); }

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
  const value_type own = v.type();
  const bool is_of_kind =
      own == type || (own.is_reference() && type.is_reference() &&
                      own.is_function_reference() == type.is_function_reference());
  return is_of_kind && vm::may_enter(s, type, v.bits());
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
  /// has results. Anything else is `trap_code::bad_call`. At most 1,024 slots of either.
  result<void, trap> call(std::span<const value> arguments, std::span<value> results) const {
    DOVETAIL_ASSERT(function_->home != nullptr);  // its instance was not collected
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
    slot* at = frame;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!detail::fits(arguments[i], type.parameters[i], *function_->home))
        return detail::refuse_call(*function_->home);
      *at++ = arguments[i].bits();
      if (type.parameters[i].is_vector()) *at++ = arguments[i].high_bits();
    }
    const trap_code t = function_->invoke(*function_, frame);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *function_->home);
    at = frame;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const slot low = *at++;
      results[i] = value::from_bits(type.results[i], low, type.results[i].is_vector() ? *at++ : 0);
    }
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
    if (!may_hold(v)) return status::value_type_mismatch;
    global_->low = v.bits();
    global_->high = v.high_bits();
    return status::ok;
  }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  // A variable of the host has no store, and holds no references.
  [[nodiscard]] bool may_hold(const value& v) const {
    return global_->home == nullptr ? v.type() == global_->type.type
                                    : detail::fits(v, global_->type.type, *global_->home);
  }

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
    const std::uint64_t before = vm::grow_table(*table_, delta, initial.bits());
    if (before == ~std::uint64_t{0}) return error{status::table_refused};
    return before;
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
    case external_kind::tag: return {entry.kind, i.tags[entry.index]};
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

// ---- dovetail/base/callback_allocator.hpp

// An allocator policy that asks a function of the host.

namespace dovetail {

/// Calls `function(context, block, old_size, new_size)`, which does what the policy's `resize`
/// must: a new block for null, none for a new size of 0, null if there is no memory; aligned to 16
/// bytes. It must not throw, and must bear calls by every thread that uses the engine or its
/// stores.
class callback_allocator {
 public:
  using function = void* (*)(void* context, void* block, std::size_t old_size,
                             std::size_t new_size);

  explicit callback_allocator(function f, void* context = nullptr)
      : function_(f), context_(context) {}

  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    return function_(context_, block, old_size, new_size);
  }

 private:
  function function_;
  void* context_;
};
static_assert(allocator_policy<callback_allocator>);

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

// ---- dovetail/base/monotonic_arena.hpp

// An allocator policy over memory of the caller: for hosts that set aside what a runtime may have.

namespace dovetail {

/// Gives out a span of bytes from its beginning to its end, and refuses what is more. Blocks that
/// are freed are not given out again, but the newest one grows and shrinks where it is. The engine
/// keeps blocks of ended stores for later ones as ever. The bytes must outlive the engine; any
/// thread may use it.
class monotonic_arena {
 public:
  explicit monotonic_arena(std::span<std::byte> bytes) : begin_(bytes.data()), all_(bytes.size()) {
    const std::size_t off = reinterpret_cast<std::uintptr_t>(begin_) % alignment;
    if (off != 0) used_ = all_ < alignment - off ? all_ : alignment - off;
  }
  /// For engines, before anything is allocated there.
  monotonic_arena(monotonic_arena&& other) noexcept
      : begin_(other.begin_), all_(other.all_), used_(other.used_), newest_(other.newest_) {
    other.all_ = other.used_ = 0;
  }
  monotonic_arena& operator=(monotonic_arena&&) = delete;

  /// Bytes that were given out, or lost between blocks.
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t left() const { return all_ - used_; }

  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    const spin_lock::guard guard(lock_);
    const bool is_newest = block != nullptr && block == newest_;
    if (new_size == 0 && !is_newest) return nullptr;
    if (is_newest) used_ = static_cast<std::size_t>(newest_ - begin_);
    if (new_size == 0) return newest_ = nullptr;
    // What is smaller stays where it is.
    if (!is_newest && block != nullptr && new_size <= old_size) return block;
    if (new_size > all_ - used_) {
      if (is_newest) used_ += rounded(old_size);
      return nullptr;
    }
    std::byte* const at = begin_ + used_;
    used_ += rounded(new_size);
    newest_ = at;
    if (block != nullptr && !is_newest) std::memcpy(at, block, old_size);
    return at;
  }

 private:
  static constexpr std::size_t alignment = 16;

  // The last block of all may end where the bytes do.
  [[nodiscard]] std::size_t rounded(std::size_t size) const {
    const std::size_t room = all_ - used_, up = (alignment - size % alignment) % alignment;
    return up < room - size ? size + up : room;
  }

  std::byte* begin_;
  std::size_t all_;
  std::size_t used_ = 0;
  std::byte* newest_ = nullptr;
  spin_lock lock_;
};
static_assert(allocator_policy<monotonic_arena>);

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

/// A position in a range of bytes, and all that reading needs: two words, which a loop keeps in
/// registers.
class byte_cursor {
 public:
  constexpr byte_cursor() = default;
  constexpr byte_cursor(const std::uint8_t* at, const std::uint8_t* end) : at_(at), end_(end) {}

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
  /// Passes bytes; there must be so many.
  constexpr void skip(std::size_t count) { at_ += count; }
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
  /// An unsigned LEB128 of at most 64 bits.
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE constexpr status u64(std::uint64_t& out) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      out = *at_++;
      return status::ok;
    }
    const detail::leb wide = detail::read_leb<64, false>(at_, end_);
    at_ += wide.length;
    out = wide.value;
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

 protected:
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
};

/// A cursor that knows the module: offsets count from its start, also in a reader of a part of it.
class byte_reader : public byte_cursor {
 public:
  constexpr byte_reader() = default;
  constexpr explicit byte_reader(std::span<const std::uint8_t> bytes)
      : byte_cursor(bytes.data(), bytes.data() + bytes.size()),
        start_(bytes.data()),
        module_end_(end_) {}

  [[nodiscard]] constexpr std::size_t offset() const {
    return static_cast<std::size_t>(at_ - start_);
  }
  /// Goes on where a cursor of the same bytes is.
  constexpr void go_to(const byte_cursor& there) { at_ = there.position(); }

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
  const std::uint8_t* module_end_ = nullptr;
};

/// Reads the bytes of a name as text. The view points into the module.
[[nodiscard]] inline std::string_view as_text(const byte_reader& r) {
  return {reinterpret_cast<const char*>(r.position()), r.remaining()};
}

}  // namespace dovetail

// ---- dovetail/format/operators.hpp

// The operator table as types: the enumeration, the row of each operator, the shapes of signatures,
// and `switch_on`. Used by the decoder, the validator, every backend and the tools.

namespace dovetail {

/// Every operator of format/operators.def.
enum class op : std::uint16_t {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) NAME,
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
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
  type,
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
  std::uint16_t code;
  immediate_kind immediate;
  dovetail::shape shape;
  std::uint8_t width;
  dovetail::feature feature;
};

namespace detail {

inline constexpr op_row op_rows[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  {TEXT, PREFIX, CODE, immediate_kind::IMMEDIATE, shape::SIGNATURE, WIDTH, feature::FEATURE},
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
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
[[nodiscard]] constexpr shape_types types_of(shape s) {
  switch (s) {
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
template <shape S>
[[nodiscard]] constexpr shape_types types_of() {
  return types_of(S);
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
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
#undef DOVETAIL_OP
  }
  DOVETAIL_UNREACHABLE();
}

/// The same for operators of the shapes that are `Wanted`, a function of a shape; `otherwise` for
/// all others, for which `f` is not compiled.
template <auto Wanted, class T, class F>
constexpr T switch_among(op o, T otherwise, const F& f) {
  switch (o) {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  case op::NAME:                                                                    \
    if constexpr (Wanted(row_of(op::NAME).shape))                                   \
      return f(op_c<op::NAME>);                                                     \
    else                                                                            \
      return otherwise;
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
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
  byte_cursor entries;

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

namespace detail {

// Heap types of the features that are recognised to be refused by name.
constexpr status refuse_heap_type(std::uint8_t code) {
  if (code == 0x69 || code == 0x74) return not_accepted(feature::exception_handling);
  return (code >= 0x6a && code <= 0x6e) || code == 0x71 ? not_accepted(feature::gc)
                                                        : status::malformed_reference_type;
}
constexpr bool is_heap_type(std::uint8_t code) {
  return code == 0x70 || code == 0x6f || code == 0x73 || code == 0x72;
}

// A heap type: a type index, or the code of an abstract one as a negative s33 of one byte (5.3.3).
constexpr status read_heap_type(byte_cursor& r, bool is_nullable, value_type& out) {
  std::int64_t code = 0;
  const std::uint8_t* const from = r.position();
  DOVETAIL_TRY(r.s33(code));
  if (code >= 0) {
    const bool can_exist = code <= value_type::most_defined;
    out = value_type::reference(
        can_exist ? static_cast<std::uint32_t>(code) : value_type::most_defined, is_nullable);
    return status::ok;
  }
  const auto byte = static_cast<std::uint8_t>(code & 0x7f);
  if (r.position() != from + 1) return status::malformed_heap_type;
  if (!is_heap_type(byte)) return refuse_heap_type(byte);
  out = value_type{byte};
  if (!is_nullable) out = out.as_non_null();
  return status::ok;
}

// What follows the first byte of a reference type.
template <features Accept>
constexpr status read_reference_type(byte_cursor& r, std::uint8_t code, value_type& out,
                                     status otherwise) {
  out = value_type{code};
  if (code == 0x70 || code == 0x6f) return status::ok;
  if constexpr (Accept.has(feature::function_references)) {
    if (code == 0x63 || code == 0x64) return read_heap_type(r, code == 0x63, out);
    if (is_heap_type(code)) return status::ok;
    if (const status s = refuse_heap_type(code); is_not_accepted(s)) return s;
  }
  return otherwise;
}

}  // namespace detail

/// Reads a value type. References to defined types hold the index of the type.
template <features Accept>
[[nodiscard]] constexpr status read_value_type(byte_cursor& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  if (code >= 0x7b && code <= 0x7f) return out = value_type{code}, status::ok;
  return detail::read_reference_type<Accept>(r, code, out, status::malformed_value_type);
}

template <features Accept>
[[nodiscard]] constexpr status read_reference_type(byte_cursor& r, value_type& out) {
  std::uint8_t code = 0;
  DOVETAIL_TRY(r.u8(code));
  return detail::read_reference_type<Accept>(r, code, out, status::malformed_reference_type);
}

namespace detail {

template <class Space>
constexpr status read(byte_cursor& r, index<Space>& out) {
  return r.u32(out.value);
}

// A block type is one byte (0x40 or a value type), a reference type, or a type index as a
// non-negative s33 (5.4.1).
template <features Accept>
constexpr status read(byte_cursor& r, block_type& out) {
  std::int64_t code = 0;
  const std::uint8_t* const from = r.position();
  DOVETAIL_TRY(r.s33(code));
  if (code >= 0) {
    out.is_index = true;
    out.type = {static_cast<std::uint32_t>(code)};
    return status::ok;
  }
  const auto byte = static_cast<std::uint8_t>(code & 0x7f);
  if (r.position() != from + 1) return status::malformed_block_type;
  if (byte == 0x40) return status::ok;
  out.has_result = true;
  out.result = value_type{byte};
  if (byte >= 0x7b) return status::ok;
  return read_reference_type<Accept>(r, byte, out.result, status::malformed_block_type);
}

constexpr status read(byte_cursor& r, label_table& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  out.entries = r;
  for (std::uint64_t i = 0; i <= out.count; ++i) {
    std::uint32_t depth = 0;
    DOVETAIL_TRY(r.u32(depth));
  }
  return status::ok;
}

constexpr status read(byte_cursor& r, indirect_call& out) {
  DOVETAIL_TRY(r.u32(out.type.value));
  return r.u32(out.table.value);
}

template <features Accept>
constexpr status read(byte_cursor& r, type_list& out) {
  DOVETAIL_TRY(r.u32(out.count));
  if (out.count > r.remaining()) return status::length_out_of_bounds;
  for (std::uint32_t i = 0; i < out.count; ++i) {
    value_type type{};
    DOVETAIL_TRY(read_value_type<Accept>(r, type));
    if (i == 0) out.first = type;
  }
  return status::ok;
}

// The flags hold the alignment, and in bit 6 whether a memory index follows (5.4.6). Before
// multiple memories there is the alignment alone; 2^32 and above is malformed.
template <features Accept>
constexpr status read(byte_cursor& r, memory_argument& out) {
  DOVETAIL_TRY(r.u32(out.alignment));
  if constexpr (Accept.has(feature::multi_memory)) {
    if (out.alignment >= 128) return status::malformed_memop_flags;
    if ((out.alignment & 64) != 0) {
      out.alignment &= 63;
      DOVETAIL_TRY(r.u32(out.memory.value));
    }
  } else {
    if (out.alignment >= 32) return status::malformed_memop_flags;
  }
  if constexpr (Accept.has(feature::memory64)) {
    return r.u64(out.offset);
  } else {
    std::uint32_t offset = 0;
    DOVETAIL_TRY(r.u32(offset));
    out.offset = offset;
    return status::ok;
  }
}

constexpr status read(byte_cursor& r, lane_index& out) { return r.u8(out.lane); }

template <features Accept>
constexpr status read(byte_cursor& r, memory_lane_argument& out) {
  DOVETAIL_TRY(read<Accept>(r, out.access));
  return r.u8(out.lane);
}

constexpr status read(byte_cursor& r, v128& out) {
  if (r.remaining() < 16) return status::unexpected_end;
  for (std::uint8_t& byte : out.bytes) DOVETAIL_TRY(r.u8(byte));
  return status::ok;
}

// The heap type of a null reference.
template <features Accept>
constexpr status read(byte_cursor& r, value_type& out) {
  if constexpr (Accept.has(feature::function_references)) {
    return read_heap_type(r, true, out);
  } else {
    return dovetail::read_reference_type<Accept>(r, out);
  }
}
constexpr status read(byte_cursor&, no_immediate&) { return status::ok; }
constexpr status read(byte_cursor& r, std::int32_t& out) { return r.s32(out); }
constexpr status read(byte_cursor& r, std::int64_t& out) { return r.s64(out); }
constexpr status read(byte_cursor& r, std::uint32_t& out) { return r.fixed(out); }
constexpr status read(byte_cursor& r, std::uint64_t& out) { return r.fixed(out); }

// Before multiple memories an operator names its memory with a zero byte, not an integer.
template <features Accept>
constexpr status read(byte_cursor& r, memory_index& out) {
  if constexpr (Accept.has(feature::multi_memory)) {
    return r.u32(out.value);
  } else {
    std::uint8_t zero = 0;
    DOVETAIL_TRY(r.u8(zero));
    return zero == 0 ? status::ok : status::zero_byte_expected;
  }
}
template <features Accept>
constexpr status read(byte_cursor& r, two_memories& out) {
  DOVETAIL_TRY(read<Accept>(r, out.destination));
  return read<Accept>(r, out.source);
}
template <features Accept>
constexpr status read(byte_cursor& r, data_and_memory& out) {
  DOVETAIL_TRY(r.u32(out.data.value));
  return read<Accept>(r, out.memory);
}
constexpr status read(byte_cursor& r, two_tables& out) {
  DOVETAIL_TRY(r.u32(out.destination.value));
  return r.u32(out.source.value);
}
constexpr status read(byte_cursor& r, element_and_table& out) {
  DOVETAIL_TRY(r.u32(out.element.value));
  return r.u32(out.table.value);
}

// Most immediates of more than an integer, where they are short: nothing but the cursor's two words
// is touched. What these leave is read by the functions above.
template <features Accept>
DOVETAIL_ALWAYS_INLINE constexpr bool read_short(byte_cursor& r, memory_argument& out) {
  if (r.remaining() < 2) return false;
  const unsigned both = r.position()[0] | static_cast<unsigned>(r.position()[1]) << 8;
  // An alignment that `read` accepts without a look at features, and one byte of offset.
  if ((both & 0x80e0) != 0) return false;
  out.alignment = both & 0x1f;
  out.offset = both >> 8;
  r.skip(2);
  return true;
}
template <features Accept>
DOVETAIL_ALWAYS_INLINE constexpr bool read_short(byte_cursor& r, block_type& out) {
  const std::uint8_t byte = r.peek();
  const bool is_number = byte >= 0x7b && byte <= 0x7f;
  if (!is_number && byte != 0x40) return false;
  out.has_result = is_number;
  out.result = value_type{byte};
  r.skip(1);
  return true;
}

/// Reads an immediate as the accepted features have it.
template <features Accept, class Immediate>
constexpr status read_immediate(byte_cursor& r, Immediate& out) {
  if constexpr (requires { read<Accept>(r, out); }) {
    return read<Accept>(r, out);
  } else {
    return read(r, out);
  }
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
DOVETAIL_IMMEDIATE(type, type_index)
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
template <features Accept>
class scanning_sink {
 public:
  /// Operators of other features are refused by the decoder, and immediates are read as these have
  /// them.
  static constexpr features accept = Accept;

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

using null_sink = scanning_sink<features::wasm3()>;

/// A scanning sink that also knows which block it is in: an `else` belongs to an `if` (core
/// specification 5.4.1). Blocks nested deeper than it remembers are taken for granted.
template <features Accept>
class nesting_sink : public scanning_sink<Accept> {
 public:
  using scanning_sink<Accept>::on;
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
    return scanning_sink<Accept>::on(which, imm);
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
DOVETAIL_ALWAYS_INLINE constexpr status apart(byte_cursor& r, const Read& read) {
  byte_cursor there = r;
  const status s = read(there);
  r = there;
  return s;
}

template <features Accept, class Immediate>
DOVETAIL_ALWAYS_INLINE constexpr status read_operator_immediate(byte_cursor& r, Immediate& out) {
  if constexpr (requires { read_short<Accept>(r, out); }) {
    if (read_short<Accept>(r, out)) [[likely]]
      return status::ok;
    Immediate wide{};
    const status s =
        apart(r, [&](byte_cursor& there) { return read_immediate<Accept>(there, wide); });
    out = wide;
    return s;
  } else {
    return apart(r, [&](byte_cursor& there) { return read_immediate<Accept>(there, out); });
  }
}

// Ends the loop below like an error, but is none: only `end` asks whether it was the last.
inline constexpr status body_ended{0xff};

// An operator that its row types: compiled once for all whose rows say the same.
template <shape S, class Immediate, feature F, class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_typed(op o, byte_cursor& r, Sink& sink) {
  if constexpr (!Sink::accept.has(F)) {
    return not_accepted(F);
  } else {
    Immediate imm{};
    DOVETAIL_TRY(read_operator_immediate<Sink::accept>(r, imm));
    return sink.template on<S>(o, imm);
  }
}

// An operator with typing rules of its own.
template <op O, class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_special(byte_cursor& r, Sink& sink) {
  if constexpr (!Sink::accept.has(row_of(O).feature)) {
    return not_accepted(row_of(O).feature);
  } else {
    immediate_of<O> imm{};
    DOVETAIL_TRY(read_operator_immediate<Sink::accept>(r, imm));
    const status s = sink.on(op_c<O>, imm);
    if constexpr (O == op::end) {
      return s == status::ok && sink.finished() ? body_ended : s;
    } else {
      return s;
    }
  }
}

// Codes that no row has: those of the features that are recognised to be refused by name.
template <features Accept>
DOVETAIL_COLD constexpr status refuse_opcode(unsigned code) {
  if constexpr (Accept.has(feature::function_references)) {
    if (code == 0xfb || code == 0xd3) return not_accepted(feature::gc);
    if (code == 0x08 || code == 0x0a || code == 0x1f)
      return not_accepted(feature::exception_handling);
  }
  return status::illegal_opcode;
}

// One switch a prefix, each filled from the rows that carry it.
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  DOVETAIL_WITH_##PREFIX(NAME, CODE)
#define DOVETAIL_CASE(NAME, CODE)                                                       \
  case CODE:                                                                            \
    if constexpr (constexpr op_row row = row_of(op::NAME); row.shape == shape::special) \
      return decode_special<op::NAME>(r, sink);                                         \
    else                                                                                \
      return decode_typed<row.shape, immediate_of<op::NAME>, row.feature>(op::NAME, r, sink);

#define DOVETAIL_WITH_0x00(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
#define DOVETAIL_WITH_0xfc(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fc(byte_cursor& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0xfc
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0xfc(NAME, CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE) DOVETAIL_CASE(NAME, CODE)
template <class Sink>
constexpr status decode_prefix_fd(byte_cursor& r, Sink& sink) {
  std::uint32_t code = 0;
  DOVETAIL_TRY(r.u32(code));
  switch (code) {
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
    default: return status::illegal_opcode;
  }
}
#undef DOVETAIL_WITH_0x00
#undef DOVETAIL_WITH_0xfd
#define DOVETAIL_WITH_0x00(NAME, CODE) DOVETAIL_CASE(NAME, 0x100 | CODE)
#define DOVETAIL_WITH_0xfd(NAME, CODE)
template <class Sink>
DOVETAIL_ALWAYS_INLINE constexpr status decode_one(unsigned code, byte_cursor& r, Sink& sink) {
  // A ninth bit, lest the switch become one of signed bytes, which clang 14 tests once more.
  switch (0x100 | code) {
// Every operator of 3.0 but garbage collection and exceptions: NAME, TEXT, PREFIX, CODE, IMMEDIATE,
// SIGNATURE, WIDTH, FEATURE. A signature lists operand, then result types (i l f d v: i32 i64 f32
// f64 v128, b: an i32 that is a truth value, n: none); the pass types "special" rows.

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

DOVETAIL_OP(return_call,          "return_call",          0x00, 0x12, function,      special, 0, tail_call)
DOVETAIL_OP(return_call_indirect, "return_call_indirect", 0x00, 0x13, call_indirect, special, 0, tail_call)
DOVETAIL_OP(call_ref,             "call_ref",             0x00, 0x14, type,          special, 0, function_references)
DOVETAIL_OP(return_call_ref,      "return_call_ref",      0x00, 0x15, type,          special, 0, function_references)
DOVETAIL_OP(br_on_null,           "br_on_null",           0x00, 0xd5, label,         special, 0, function_references)
DOVETAIL_OP(br_on_non_null,       "br_on_non_null",       0x00, 0xd6, label,         special, 0, function_references)

// Reference instructions (5.4.2).
DOVETAIL_OP(ref_null,    "ref.null",    0x00, 0xd0, heap_type, special, 0, reference_types)
DOVETAIL_OP(ref_is_null, "ref.is_null", 0x00, 0xd1, none,      special, 0, reference_types)
DOVETAIL_OP(ref_func,    "ref.func",    0x00, 0xd2, function,  special, 0, reference_types)
DOVETAIL_OP(ref_as_non_null, "ref.as_non_null", 0x00, 0xd4, none, special, 0, function_references)

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

// Relaxed vector instructions: results that processors differ in.
DOVETAIL_OP(i8x16_relaxed_swizzle,               "i8x16.relaxed_swizzle",               0xfd, 0x100, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_s,         "i32x4.relaxed_trunc_f32x4_s",         0xfd, 0x101, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f32x4_u,         "i32x4.relaxed_trunc_f32x4_u",         0xfd, 0x102, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_s_zero,    "i32x4.relaxed_trunc_f64x2_s_zero",    0xfd, 0x103, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_trunc_f64x2_u_zero,    "i32x4.relaxed_trunc_f64x2_u_zero",    0xfd, 0x104, none, v_v,   0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_madd,                  "f32x4.relaxed_madd",                  0xfd, 0x105, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_nmadd,                 "f32x4.relaxed_nmadd",                 0xfd, 0x106, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_madd,                  "f64x2.relaxed_madd",                  0xfd, 0x107, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_nmadd,                 "f64x2.relaxed_nmadd",                 0xfd, 0x108, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i8x16_relaxed_laneselect,            "i8x16.relaxed_laneselect",            0xfd, 0x109, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_laneselect,            "i16x8.relaxed_laneselect",            0xfd, 0x10a, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_laneselect,            "i32x4.relaxed_laneselect",            0xfd, 0x10b, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(i64x2_relaxed_laneselect,            "i64x2.relaxed_laneselect",            0xfd, 0x10c, none, vvv_v, 0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_min,                   "f32x4.relaxed_min",                   0xfd, 0x10d, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f32x4_relaxed_max,                   "f32x4.relaxed_max",                   0xfd, 0x10e, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_min,                   "f64x2.relaxed_min",                   0xfd, 0x10f, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(f64x2_relaxed_max,                   "f64x2.relaxed_max",                   0xfd, 0x110, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_q15mulr_s,             "i16x8.relaxed_q15mulr_s",             0xfd, 0x111, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i16x8_relaxed_dot_i8x16_i7x16_s,     "i16x8.relaxed_dot_i8x16_i7x16_s",     0xfd, 0x112, none, vv_v,  0, relaxed_simd)
DOVETAIL_OP(i32x4_relaxed_dot_i8x16_i7x16_add_s, "i32x4.relaxed_dot_i8x16_i7x16_add_s", 0xfd, 0x113, none, vvv_v, 0, relaxed_simd)
// clang-format on
    case 0x1fc: return apart(r, [&](byte_cursor& there) { return decode_prefix_fc(there, sink); });
    case 0x1fd: return apart(r, [&](byte_cursor& there) { return decode_prefix_fd(there, sink); });
    default: return refuse_opcode<Sink::accept>(code);
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
  const std::uint8_t* const start = r.position() - r.offset();
  byte_cursor here = r;
  status s = status::unexpected_end;
  while (!here.at_end()) {
    s = decode_one(here.next(), here, sink);
    if (s != status::ok) break;
    s = status::unexpected_end;
    sink.at(static_cast<std::size_t>(here.position() - start));
  }
  r.go_to(here);
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
    DOVETAIL_TRY(read_value_type<Sink::accept>(r, type));
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
    DOVETAIL_TRY(read_value_type<Sink::accept>(r, type));
    DOVETAIL_TRY(sink.locals(count, type));
  }
  return status::ok;
}

}  // namespace detail

}  // namespace dovetail

// ---- dovetail/format/section_sink.hpp

// What a module's sections are handed to: the descriptions, and the sink that accepts everything.
// Used by the section decoder and by the module builder.

namespace dovetail {

/// How a type stands to others (core specification 2.3.12).
struct subtype {
  bool is_final = true;
  bool has_supertype = false;
  type_index supertype{};
};

/// What an import asks for: the member that `kind` names is meant.
struct import_description {
  external_kind kind = external_kind::function;
  type_index function{};  ///< a tag's type too
  table_type table;
  memory_type memory;
  global_type global;
};

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
template <features Accept>
struct scanning_sections {
  /// What other features change of the format is not read.
  static constexpr features accept = Accept;

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
  /// A recursion group of `count` types begins: its members, then its end. A type outside of any is
  /// a group of its own.
  constexpr status group(std::uint32_t count) { return static_cast<void>(count), status::ok; }
  constexpr status group_end() { return status::ok; }
  /// A type: its place among others, the parameters of the function type, then its results, then
  /// its end.
  constexpr status type(const subtype&) { return status::ok; }
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
  constexpr status tag(type_index) { return status::ok; }
  constexpr status table(const table_type&) { return status::ok; }
  /// A table with an initialiser: `initial` is the constant expression, `end` included.
  constexpr status table(const table_type&, const byte_reader& initial) {
    return static_cast<void>(initial), status::ok;
  }
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
using null_sections = scanning_sections<features::wasm3()>;

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
  static constexpr features accept = Sections::accept;
  // With these came everything of the format's third version that has no feature of its own.
  static constexpr bool has_typed_references = accept.has(feature::function_references);

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
    constexpr section_id last =
        accept.has(feature::tags) ? section_id::tag : section_id::data_count;
    if (id > static_cast<std::uint8_t>(last)) return status::malformed_section_id;
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

  // The data count section stands between the element and code sections (5.5.16), tags between
  // memories and globals.
  static constexpr unsigned order_of(section_id id) {
    const unsigned number = static_cast<unsigned>(id);
    if (id == section_id::data_count) return 2 * static_cast<unsigned>(section_id::element) + 1;
    if (id == section_id::tag) return 2 * static_cast<unsigned>(section_id::memory) + 1;
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
      case section_id::tag: return tag(r);
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

  // A recursion group, or one type that is a group of its own (5.3.8).
  constexpr status type(byte_reader& r) {
    std::uint32_t count = 1;
    if constexpr (has_typed_references) {
      if (r.peek() == 0x4e) {
        r.next();
        DOVETAIL_TRY(r.u32(count));
        if (count > r.remaining()) return status::length_out_of_bounds;
      }
    }
    DOVETAIL_TRY(out_.group(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i != 0) out_.at(r.offset());
      DOVETAIL_TRY(member(r));
    }
    return out_.group_end();
  }

  constexpr status member(byte_reader& r) {
    std::uint8_t form = 0;
    subtype place;
    DOVETAIL_TRY(r.u8(form));
    if constexpr (has_typed_references) {
      if (form == 0x50 || form == 0x4f) {
        place.is_final = form == 0x4f;
        std::uint32_t count = 0;
        DOVETAIL_TRY(r.u32(count));
        if (count > 1) return status::malformed_function_type;
        place.has_supertype = count == 1;
        if (count == 1) DOVETAIL_TRY(r.u32(place.supertype.value));
        DOVETAIL_TRY(r.u8(form));
      }
      if (form == 0x5e || form == 0x5f) return not_accepted(feature::gc);
    }
    if ((form & 0x80) != 0)
      return status::integer_too_long;  // the form is a one-byte signed integer
    if (form != 0x60) return status::malformed_function_type;
    DOVETAIL_TRY(out_.type(place));
    return signature(r);
  }

  constexpr status signature(byte_reader& r) {
    std::uint32_t count = 0;
    value_type type{};
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.parameters(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type<accept>(r, type));
      DOVETAIL_TRY(out_.parameter(type));
    }
    DOVETAIL_TRY(r.u32(count));
    DOVETAIL_TRY(out_.results(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      DOVETAIL_TRY(read_value_type<accept>(r, type));
      DOVETAIL_TRY(out_.result(type));
    }
    return out_.type_end();
  }

  // Bit 0: a maximum follows; bit 2: addresses are i64 (5.3.11).
  static constexpr status limits(byte_reader& r, limits_type& out, bool& is_64) {
    std::uint32_t flags = 0;
    DOVETAIL_TRY(limits_flags(r, flags));
    is_64 = (flags & 4) != 0;
    DOVETAIL_TRY(limit(r, out.minimum));
    return (flags & 1) != 0 ? limit(r, out.maximum) : status::ok;
  }
  static constexpr status limit(byte_reader& r, std::uint64_t& out) {
    if constexpr (accept.has(feature::memory64)) {
      return r.u64(out);
    } else {
      std::uint32_t number = 0;
      DOVETAIL_TRY(r.u32(number));
      out = number;
      return status::ok;
    }
  }
  // Before 64-bit memories the flags are one bit of a LEB128: 2 and above is too large for it, more
  // bytes are too long.
  static constexpr status limits_flags(byte_reader& r, std::uint32_t& flags) {
    std::uint8_t byte = 0;
    DOVETAIL_TRY(r.u8(byte));
    flags = byte;
    if constexpr (accept.has(feature::memory64)) {
      return (byte & ~5u) == 0 ? status::ok : status::malformed_limits_flags;
    } else {
      if (byte < 2) return status::ok;
      return byte >= 0x80 && (byte & 0x7f) < 2 ? status::integer_too_long
                                               : status::integer_too_large;
    }
  }

  static constexpr status table_of(byte_reader& r, table_type& out) {
    DOVETAIL_TRY(read_reference_type<accept>(r, out.element));
    return limits(r, out.limits, out.is_64);
  }

  static constexpr status global_of(byte_reader& r, global_type& out) {
    DOVETAIL_TRY(read_value_type<accept>(r, out.type));
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
      case 2: DOVETAIL_TRY(limits(r, what.memory.limits, what.memory.is_64)); break;
      case 3: DOVETAIL_TRY(global_of(r, what.global)); break;
      case 4:
        if (!accept.has(feature::tags)) return status::malformed_import_kind;
        DOVETAIL_TRY(tag_of(r, what.function));
        break;
      default: return status::malformed_import_kind;
    }
    return out_.import(text(from), text(called), what);
  }

  // The attribute of a tag is zero: exceptions (5.5.9).
  static constexpr status tag_of(byte_reader& r, type_index& out) {
    std::uint8_t attribute = 0;
    DOVETAIL_TRY(r.u8(attribute));
    if (attribute != 0) return status::malformed_tag_attribute;
    return r.u32(out.value);
  }
  constexpr status tag(byte_reader& r) {
    type_index type{};
    DOVETAIL_TRY(tag_of(r, type));
    return out_.tag(type);
  }

  constexpr status function(byte_reader& r) {
    type_index type{};
    DOVETAIL_TRY(r.u32(type.value));
    return out_.function(type);
  }

  constexpr status table(byte_reader& r) {
    table_type type;
    if constexpr (has_typed_references) {
      // With an initialiser (5.5.7).
      if (r.peek() == 0x40) {
        std::uint8_t zero = 0;
        byte_reader initial;
        r.next();
        DOVETAIL_TRY(r.u8(zero));
        if (zero != 0) return status::malformed_reference_type;
        DOVETAIL_TRY(table_of(r, type));
        DOVETAIL_TRY(expression(r, initial));
        return out_.table(type, initial);
      }
    }
    DOVETAIL_TRY(table_of(r, type));
    return out_.table(type);
  }

  constexpr status memory(byte_reader& r) {
    memory_type type;
    DOVETAIL_TRY(limits(r, type.limits, type.is_64));
    return out_.memory(type);
  }

  // Finds the end of a constant expression; the sink types it later from the same bytes.
  static constexpr status expression(byte_reader& r, byte_reader& out) {
    const byte_reader from = r;
    scanning_sink<accept> ends;
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
    if (kind > (accept.has(feature::tags) ? 4 : 3)) return status::malformed_export_kind;
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
    // Function indices are never null.
    if (has_typed_references && !head.has_expressions)
      head.type = value_type::funcref.as_non_null();
    if ((flags & 3) != 0) DOVETAIL_TRY(element_kind(r, head));
    DOVETAIL_TRY(r.u32(head.count));
    DOVETAIL_TRY(out_.element_segment(head));
    for (std::uint32_t i = 0; i < head.count; ++i)
      DOVETAIL_TRY(element_entry(r, head.has_expressions));
    return status::ok;
  }

  static constexpr status element_kind(byte_reader& r, element_segment_head& head) {
    if (head.has_expressions) return read_reference_type<accept>(r, head.type);
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
    nesting_sink<accept> sink;
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

/// A decoder may also offer `D::diagnose<accept>(reader)`: how a module that failed is malformed,
/// all of its bytes considered, or `ok`. Decoding comes before validation (core specification,
/// chapter 5), so what it finds is the module's error.
template <class D>
concept diagnosing_decoder = requires(byte_reader& r) {
  { D::template diagnose<features::wasm2()>(r) } -> std::same_as<status>;
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
  template <features Accept>
  [[nodiscard]] static constexpr status diagnose(byte_reader& r) {
    using sink = scanning_sections<Accept>;
    sink sections;
    return detail::section_decoder<sink, true>(r, sections).module();
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

// ---- dovetail/module/function_names.hpp

// What a module calls its functions: for tools, profilers and debuggers, which ask after a module
// is compiled. The name section is a custom one: whatever is wrong with it is passed over.

namespace dovetail {

namespace detail {

// Tells every name of a function that is in the name section (core specification 7.4.1), up to
// whatever is wrong with it.
template <class Told>
status read_function_names(byte_reader r, const Told& told) {
  constexpr std::uint8_t of_functions = 1;
  std::uint8_t id = 0;
  byte_reader content;
  while (id != of_functions) {
    if (r.at_end()) return status::ok;
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u8(id));
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, content));
  }
  std::uint32_t count = 0;
  DOVETAIL_TRY(content.u32(count));
  for (; count != 0; --count) {
    std::uint32_t index = 0, size = 0;
    byte_reader name;
    DOVETAIL_TRY(content.u32(index));
    DOVETAIL_TRY(content.u32(size));
    DOVETAIL_TRY(content.part(size, name));
    if (size != 0) told(index, as_text(name));
  }
  return status::ok;
}
template <class Told>
void for_function_names(const module_env& env, const Told& told) {
  static_cast<void>(read_function_names(byte_reader({env.names.data(), env.names.size()}), told));
}

}  // namespace detail

/// Room for what a function is called that has no name.
using name_room = char[24];

/// What a module calls a function: by its name section, else by its first export, else by its
/// import, else `func[INDEX]`. The view is of the module, or of `room`. Allocates nothing and reads
/// the section anew each time: for what happens rarely, such as traps. Names are as they are in the
/// module, control characters too.
[[nodiscard]] DOVETAIL_COLD inline std::string_view name_of(const module_env& env, function_index f,
                                                            name_room& room) {
  std::string_view name;
  detail::for_function_names(env, [&](std::uint32_t index, std::string_view found) {
    if (index == f.value) name = found;
  });
  if (!name.empty()) return name;
  for (const export_entry& e : env.exports) {
    if (e.kind == external_kind::function && e.index == f.value && e.name.size != 0)
      return env.view(e.name);
  }
  for (const import_entry& e : env.imports) {
    if (e.kind == external_kind::function && e.index == f.value && e.name.size != 0)
      return env.view(e.name);
  }
  text_writer made(room);
  made << "func[" << f.value << "]";
  return made.view();
}

/// The names of all functions of a module, imported ones included. Views live as long as the
/// module.
class function_names {
 public:
  explicit function_names(allocator& memory) : names_(memory) {}

  /// Reads them: from the name section, else a function's first export.
  [[nodiscard]] status read(const module_env& env) {
    names_.clear();
    DOVETAIL_TRY(names_.resize(env.functions.size()));
    for (std::size_t i = env.exports.size(); i-- > 0;) {
      const export_entry& e = env.exports[i];
      if (e.kind == external_kind::function) names_[e.index] = env.view(e.name);
    }
    detail::for_function_names(env, [this](std::uint32_t f, std::string_view name) {
      if (f < names_.size()) names_[f] = name;
    });
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
  array<std::string_view> names_;
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

/// What a frame's function is called; see module/function_names.hpp.
[[nodiscard]] inline std::string_view name_of(const guest_frame& f, name_room& room) {
  return name_of(f.module().env, f.function, room);
}
/// What the function is called that a trap happened in; nothing if that is not known.
[[nodiscard]] inline std::string_view name_of(const trap_report& report, name_room& room) {
  if (!report.has_place) return {};
  return name_of(report.module->env, {report.function}, room);
}

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

// ---- dovetail/runtime/os.hpp

// The few things the library asks of an operating system, declared here and defined once a program
// by implementation.hpp. Guarded memory, machine code and perf_map use them.

namespace dovetail::os {

/// Reserves address space without memory; null if refused.
[[nodiscard]] void* reserve(std::size_t bytes);
/// What `reserve_in_large_pages` is about, where there are such pages.
inline constexpr std::size_t large_page = std::size_t{1} << 21;
/// Like `reserve`, for memory that will be written from its beginning on: it begins where a large
/// page may, and the system may use large pages for what is committed of it.
[[nodiscard]] void* reserve_in_large_pages(std::size_t bytes);
/// Makes a part of a reservation readable and writable, zeroed.
[[nodiscard]] bool commit(void* at, std::size_t bytes);
/// Makes a part of a reservation reserved again: what was there is gone. False if refused.
[[nodiscard]] bool decommit(void* at, std::size_t bytes);
/// Makes committed memory readable alone, until it is committed once more; false if refused.
[[nodiscard]] bool make_read_only(void* at, std::size_t bytes);
/// Brings committed memory in at once, where the system can: cheaper than a fault for every page.
void bring_in(void* at, std::size_t bytes);
/// Makes what is committed in a range executable, and no longer writable; false if refused.
[[nodiscard]] bool make_executable(void* at, std::size_t bytes);
/// Whether committed memory may be read, and written, or neither: what is in it stays. For signal
/// handlers too.
bool make_readable(void* at, std::size_t bytes);
bool make_inaccessible(void* at, std::size_t bytes);
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

/// An object of so many bytes, zero but for what `write(context, at)` puts there, which nobody can
/// change any more; no_object where that is refused, or unknown. Linux.
[[nodiscard]] std::intptr_t make_object(std::size_t bytes,
                                        void (*write)(const void* context, std::byte* at),
                                        const void* context);
/// Replaces committed memory by the content of an object; what is written there stays there. If it
/// is refused the range is reserved, no longer committed.
[[nodiscard]] bool map_object(void* at, std::size_t bytes, std::intptr_t object);
/// Gives up an object's handle. What was mapped stays.
void close_object(std::intptr_t object);

/// A guest call that faults can be sent back to. Lives on the native stack of the call.
struct guard_frame {
  void* landing[8];  ///< filled by the call with __builtin_setjmp
  /// Whether an address lies in guarded memory of the guest that runs in this frame.
  bool (*owns)(const guard_frame&, std::uintptr_t address) = nullptr;
  void* context = nullptr;
  guard_frame* previous = nullptr;
  bool in_guest = false;  ///< false while a host function runs
};

/// The innermost guest call of this thread, or null.
[[nodiscard]] guard_frame*& current_guard();

/// Machine code that may fault in guarded memory, or where it looks whether to stop. The place of
/// the fault is in the backend's scratch register where it continues. x86-64 alone.
struct code_range {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uintptr_t landing = 0;
  /// Where a fault at an address continues when the code runs for an instance: mostly `landing`; 0
  /// if the fault is none of the code's own.
  std::uintptr_t (*landing_of)(const code_range&, std::uintptr_t instance,
                               std::uintptr_t address) = nullptr;
  code_range* next = nullptr;
};
/// Tells the fault handler of code, until it is told to forget. The range stays where it is.
void add_code(code_range& range);
void remove_code(code_range& range);
/// Where a thread that faulted at `pc` goes on, or 0 if the fault is not one of known code.
[[nodiscard]] std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance,
                                          std::uintptr_t address);

/// Machine code that calls what may throw C++ exceptions, where platform::catches_by_tables. One
/// that a callee throws continues at `landing`, and goes no further: the exception is in rax, the
/// call's return address in rdx; the stack and the registers that callees preserve are as they were
/// at the call. x86-64, System V.
struct catching_code {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  std::uintptr_t landing = 0;
  alignas(8) std::uint8_t table[88] = {};
};
/// Tells the unwinder of code, until it is told to forget. The description stays where it is.
void add_catching_code(catching_code& code);
void remove_catching_code(catching_code& code);
/// Ends the flight of what arrived at a landing.
[[nodiscard]] std::exception_ptr catch_thrown(void* exception) noexcept;

/// Memory that somebody may have made read-only to learn of writes. The fault handler asks
/// `on_write`, which answers whether it made the address writable; then the write happens again.
struct write_watch {
  std::uintptr_t begin = 0;
  std::size_t size_watched = 0;
  bool (*on_write)(write_watch& watch, std::uintptr_t address) = nullptr;
  write_watch* next = nullptr;
};
/// Tells the fault handler, until it is told to forget; false where it does not ask. Linux.
[[nodiscard]] bool add_watch(write_watch& watch);
void remove_watch(write_watch& watch);
/// Whether a fault was a write that somebody watches for, and can happen now.
[[nodiscard]] bool allow_write(std::uintptr_t address);

/// Installs the process's fault handler once: it acts only on faults in guarded memory while a
/// guest runs, and hands all others to the handler that was there before. Guarded stores call it; a
/// host that installs its own handler first is chained to. False if the system refuses.
bool install_fault_handler();

/// What that handler does, for a host that keeps its own (`guarded_memory_without_handler`). It is
/// given what the host's was: on POSIX a `siginfo_t*` and a `ucontext_t*` (the handler has
/// SA_SIGINFO and SA_NODEFER), on Windows an `EXCEPTION_POINTERS*` and null. False: the fault is
/// not a guest's. True: the host's handler returns, and the thread goes on where it should. It may
/// not return at all, but leave a faulting guest by a jump.
[[nodiscard]] bool handle_fault(void* information, void* context);

/// Whether a fault at `address` belongs to an interpreted guest of this thread: the call to return
/// to, or null.
[[nodiscard]] guard_frame* find_guard(std::uintptr_t address);
/// Leaves the faulting guest code and returns to the guest call that `frame` stands for.
[[noreturn]] void resume_at_landing(guard_frame* frame);

/// A line of execution that does not run: on which native stack, and where it goes on there.
struct stack_context {
  void* place = nullptr;  ///< the lowest address of what it goes on with
  void* low = nullptr;    ///< its stack, where that is known
  std::size_t size = 0;
  void (*begin)(void* argument) = nullptr;  ///< what a new one does, without an end
  void* argument = nullptr;
  stack_context* left = nullptr;  ///< where a new one comes from
  void* caught =
      nullptr;  ///< the exceptions that it handles (Itanium C++ ABI for exceptions, 2.2.2)
  unsigned uncaught = 0;
  void* watcher = nullptr;  ///< what a sanitizer keeps of it
};
/// Prepares one that calls `begin(argument)`, which never returns, on a stack of its own.
void prepare_context(stack_context& context, void* low, std::size_t size, void (*begin)(void*),
                     void* argument);
/// Leaves the running line of execution, and goes on with another one of this thread.
void switch_context(stack_context& from, stack_context& to);
/// A prepared context that is not run any more.
void forget_context(stack_context& context);

/// Appends lines to the file where perf looks for the names of this process's code; false where
/// there is no perf, or the file cannot be written.
bool append_to_perf_map(const char* text, std::size_t size);

}  // namespace dovetail::os

// ---- dovetail/runtime/interruption.hpp

// How a running call is stopped from outside, and what a store keeps for its controls. Stores and
// instances without such controls have none of it.

namespace dovetail {

/// How code notices at its checkpoints that it is to stop: loop heads, function entries, returns of
/// host functions, and every 64 KiB of a bulk operator.
enum class interrupt : std::uint8_t {
  none,    ///< it has no checkpoints
  polled,  ///< it compares a word
  /// Machine code reads a page, which a request makes unreadable; whatever else there is polls.
  /// Needs the fault handler of dovetail/implementation.hpp.
  page,
};

/// Names one call from the host into a store, nested calls included, or one instantiation.
struct call_ticket {
  std::uint64_t number = 0;
  friend constexpr bool operator==(call_ticket, call_ticket) = default;
};

namespace vm {

/// What controls keep of a store. Its own cache line: other threads write here.
struct alignas(64) control_block {
  static constexpr std::uint64_t every_call = ~std::uint64_t{0};

  platform::shared_number stop{0};  ///< the call that is to stop, or every one; 0: none
  platform::shared_number call{0};  ///< how many began: the number of the newest
  void* page = nullptr;             ///< what code under `interrupt::page` reads
  /// Makes the page readable, or unreadable.
  void (*protect)(void* page, bool is_readable) = nullptr;
  /// Gives more fuel, at least so much that `missing` is no more; or anything less, and the guest
  /// traps.
  std::uint64_t (*refill)(void* context, std::uint64_t missing) = nullptr;
  void* refill_context = nullptr;
};
static_assert(offsetof(control_block, stop) == 0 && offsetof(control_block, call) == 8,
              "generated code reads both");

/// A store with controls.
struct controlled_store : store {
  using store::store;
  control_block control;
};
[[nodiscard]] inline control_block& control_of(store& s) {
  return static_cast<controlled_store&>(s).control;
}

/// An instance of such a store.
struct controlled_instance {
  instance base;
  control_block* control = nullptr;
  const void* page = nullptr;
};

static_assert(std::is_standard_layout_v<controlled_instance>, "its address is its first member's");

/// The page of `interrupt::page`; none, if the system refuses.
inline void reserve_page(control_block& c) {
  if (!os::install_fault_handler()) return;
  void* page = os::reserve(page_size);
  if (page == nullptr) return;
  c.protect = [](void* at, bool is_readable) {
    static_cast<void>(is_readable ? os::make_readable(at, page_size)
                                  : os::make_inaccessible(at, page_size));
  };
  if (os::commit(page, page_size)) {
    c.page = page;
  } else {
    os::release(page, page_size);
  }
}
inline void release_page(control_block& c) {
  if (c.page != nullptr) os::release(c.page, page_size);
}

/// A call from the host begins that is not nested in another one. The store's thread alone writes.
inline void begin_call(store& s) {
  platform::shared_number& call = control_of(s).call;
  call.store(call.load() + 1);
}

/// Asks a call to stop, by any thread and in signal handlers. The newest call that was asked for
/// counts: those before it have ended.
inline void request_stop(control_block& c, std::uint64_t call) {
  std::uint64_t asked = c.stop.load();
  while (asked < call && !c.stop.compare_exchange(asked, call)) {}
  if (c.page != nullptr) c.protect(c.page, false);
}

/// Whether the running call is to stop. Whoever asks for a call that has ended is forgotten.
[[nodiscard]] inline bool must_stop(control_block& c) {
  std::uint64_t asked = c.stop.load();
  while (asked != 0) {
    const std::uint64_t now = c.call.load();
    if (asked == now || asked == control_block::every_call) return true;
    if (asked > now || c.stop.compare_exchange(asked, 0)) return false;
  }
  return false;
}
/// The same at a page that could not be read. It becomes readable unless the call is to stop:
/// then the calls around a nested one are to find it as it is. Whoever asks between the two looks
/// does so before making the page unreadable, and is seen, or makes it so after this.
[[nodiscard]] DOVETAIL_COLD inline bool must_stop_at_page(control_block& c) {
  if (must_stop(c)) return true;
  c.protect(c.page, true);
  if (!must_stop(c)) return false;
  c.protect(c.page, false);
  return true;
}
/// A checkpoint in C++.
[[nodiscard]] inline bool is_interrupted(store& s) {
  control_block& c = control_of(s);
  return c.stop.load() != 0 && must_stop(c);
}

/// A bulk operator of a guest, which checkpoints divide if `IsInterruptible`: what was done before
/// a stop stays done.
template <bool IsInterruptible>
struct bulk {
  [[nodiscard]] static trap_code fill_memory(memory_instance& m, std::uint64_t to,
                                             std::uint8_t byte, std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::fill_memory(m, to, byte, n);
    if (!fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
    return divide(*m.home, n, bytes, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::fill_memory(m, to + at, byte, count);
    });
  }
  [[nodiscard]] static trap_code copy_memory(memory_instance& d, std::uint64_t to,
                                             const memory_instance& s, std::uint64_t from,
                                             std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::copy_memory(d, to, s, from, n);
    if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::memory_out_of_bounds;
    return divide(*d.home, n, bytes, to <= from, [&](std::uint64_t at, std::uint64_t count) {
      return vm::copy_memory(d, to + at, s, from + at, count);
    });
  }
  [[nodiscard]] static trap_code init_memory(instance& i, memory_instance& m, std::uint32_t segment,
                                             std::uint64_t to, std::uint64_t from,
                                             std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::init_memory(i, m, segment, to, from, n);
    const std::uint64_t size =
        i.dropped_data[segment] ? 0 : i.module->env.data_segments[segment].size;
    if (!fits(from, n, size) || !fits(to, n, m.size)) return trap_code::memory_out_of_bounds;
    return divide(*i.home, n, bytes, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::init_memory(i, m, segment, to + at, from + at, count);
    });
  }
  [[nodiscard]] static trap_code fill_table(table_instance& t, std::uint64_t to, slot value,
                                            std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::fill_table(t, to, value, n);
    if (!fits(to, n, t.size)) return trap_code::table_out_of_bounds;
    return divide(*t.home, n, elements, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::fill_table(t, to + at, value, count);
    });
  }
  [[nodiscard]] static trap_code copy_table(table_instance& d, std::uint64_t to,
                                            const table_instance& s, std::uint64_t from,
                                            std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::copy_table(d, to, s, from, n);
    if (!fits(from, n, s.size) || !fits(to, n, d.size)) return trap_code::table_out_of_bounds;
    return divide(*d.home, n, elements, to <= from, [&](std::uint64_t at, std::uint64_t count) {
      return vm::copy_table(d, to + at, s, from + at, count);
    });
  }
  [[nodiscard]] static trap_code init_table(instance& i, table_instance& t, std::uint32_t segment,
                                            std::uint64_t to, std::uint64_t from, std::uint64_t n) {
    if constexpr (!IsInterruptible) return vm::init_table(i, t, segment, to, from, n);
    const element_segment& all = i.module->env.element_segments[segment];
    const std::uint64_t size = i.dropped_elements[segment] ? 0 : all.count;
    if (!fits(from, n, size) || !fits(to, n, t.size)) return trap_code::table_out_of_bounds;
    return divide(*i.home, n, elements, true, [&](std::uint64_t at, std::uint64_t count) {
      return vm::init_table(i, t, segment, to + at, from + at, count);
    });
  }

 private:
  static constexpr std::uint64_t bytes = 65'536, elements = bytes / sizeof(slot);

  // Up, or down where a copy would overwrite what it has yet to read.
  template <class Part>
  static trap_code divide(store& s, std::uint64_t n, std::uint64_t most, bool goes_up, Part part) {
    for (std::uint64_t done = 0; done < n;) {
      if (is_interrupted(s)) return trap_code::interrupted;
      const std::uint64_t count = n - done < most ? n - done : most;
      const trap_code t = part(goes_up ? done : n - done - count, count);
      if (t != trap_code::none) return t;
      done += count;
    }
    return trap_code::none;
  }
};

/// After more was paid than there was: asks the host for what is missing. False, and no fuel left,
/// if it gives less.
[[nodiscard]] DOVETAIL_COLD inline bool refill(store& s) {
  const control_block& c = control_of(s);
  const std::uint64_t missing = std::uint64_t{0} - static_cast<std::uint64_t>(s.fuel);
  s.fuel = 0;
  const std::uint64_t given = c.refill == nullptr ? 0 : c.refill(c.refill_context, missing);
  if (given < missing) return false;
  constexpr std::uint64_t most = INT64_MAX;
  s.fuel = static_cast<std::int64_t>(given - missing < most ? given - missing : most);
  return true;
}

}  // namespace vm

/// The stop button of a store, to be copied to whoever may press it: other threads, signal
/// handlers, timers. Good as long as the store.
class stop_button {
 public:
  /// For stores.
  explicit stop_button(vm::store& s) : store_(&s), control_(&vm::control_of(s)) {}

  /// The call that runs now, or else the next one, which an instantiation may be. On the store's
  /// own thread alone.
  [[nodiscard]] call_ticket ticket() const {
    const std::uint64_t newest = control_->call.load();
    return {vm::is_running(*store_) ? newest : newest + 1};
  }

  /// Ends a call with `trap_code::interrupted` at its next checkpoint, its first one if it has yet
  /// to begin. If the call has ended nothing happens, to no call.
  void press(call_ticket call) const noexcept { vm::request_stop(*control_, call.number); }
  /// Ends the call that runs now, if one does.
  void press() const noexcept { vm::request_stop(*control_, control_->call.load()); }

  /// Ends every call from now on, until `release`.
  void hold() const noexcept { vm::request_stop(*control_, vm::control_block::every_call); }
  void release() const noexcept {
    std::uint64_t held = vm::control_block::every_call;
    control_->stop.compare_exchange(held, 0);
  }

 private:
  const vm::store* store_;
  vm::control_block* control_;
};

}  // namespace dovetail

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
  /// Whether it would keep a memory of so many bytes, were there room.
  [[nodiscard]] bool may_keep(std::uint64_t bytes) const {
    return bytes <= largest && bytes <= most_;
  }
  void give(std::byte* base, std::uint64_t committed) {
    if (!may_keep(committed)) return release(base);
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

/// Whether code compares every address of a memory of this type with the memory's size. What a
/// policy cannot guard is checked: no reservation is as big as all 64-bit addresses.
template <memory_policy M>
[[nodiscard]] constexpr bool checks(const memory_type& type) {
  return M::is_checked || (M::is_guarded && type.is_64);
}
/// Whether an access out of bounds of such a memory faults. One that is guarded never moves.
template <memory_policy M>
[[nodiscard]] constexpr bool guards(const memory_type& type) {
  return M::is_guarded && !type.is_64;
}

/// A memory policy that may put data segments into the memory of a new instance otherwise than byte
/// by byte.
template <class M>
concept maps_data = requires(vm::instance& i, std::uint32_t& segments) {
  // How many of its data segments, from the first on, are in place now. A failure leaves less
  // memory than there was.
  { M::map_data(i, segments) } -> std::same_as<status>;
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
  m.home->budget.release(m.base, static_cast<std::size_t>(m.size));
  m.base = nullptr;
  m.size = 0;
}

// Memory of the config's allocator; the block may move when it grows.
inline status grow_heap(vm::memory_instance& m, std::uint64_t pages) {
  const std::uint64_t bytes = pages * vm::page_size;
  if (bytes > ~std::size_t{0} || pages > m.most_pages) return status::memory_refused;
  if (bytes == m.size) return status::ok;
  void* block = m.home->budget.resize(m.base, static_cast<std::size_t>(m.size),
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

/// No access happens that was not compared with the memory's size, itself or by one that reached as
/// far. Needs nothing of the operating system.
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
/// faults; the fault becomes a trap. The memory never moves. 64-bit memories are checked ones.
/// 64-bit hosts only; needs dovetail/implementation.hpp in one unit.
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
    if (m.type.is_64) return detail::create_heap(m, pages);
    m.grow = &grow;
    m.release = &release;
    const std::uint64_t bytes = pages * vm::page_size;
    if (pages > m.most_pages || !m.home->budget.charge(bytes)) return status::memory_refused;
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      const auto taken = kept->take(bytes);
      m.base = taken.base;
      m.size = taken.committed;
    } else {
      m.base = static_cast<std::byte*>(os::reserve(static_cast<std::size_t>(reservation)));
    }
    // What is in `size` is charged.
    m.home->budget.give_back(bytes - m.size);
    if (m.base == nullptr) return status::memory_refused;
    m.reserved = reservation;
    return grow(m, pages);
  }
  /// Maps an image instead of copying, unless a pool keeps such memories: filling pages that are
  /// there is quicker than having them brought in one by one. See memory_image.hpp.
  static status map_data(vm::instance& i, std::uint32_t& segments);

 private:
  static status grow(vm::memory_instance& m, std::uint64_t pages) {
    const std::uint64_t bytes = pages * vm::page_size;
    if (pages > m.most_pages) return status::memory_refused;
    if (bytes == m.size) return status::ok;
    byte_budget& budget = m.home->budget;
    if (!budget.charge(bytes - m.size)) return status::memory_refused;
    if (!os::commit(m.base + m.size, static_cast<std::size_t>(bytes - m.size))) {
      budget.give_back(bytes - m.size);
      return status::memory_refused;
    }
    m.size = bytes;
    return status::ok;
  }
  static void release(vm::memory_instance& m) {
    if (m.base == nullptr) return;
    m.home->budget.give_back(m.size);
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      kept->give(m.base, m.size);
    } else {
      os::release(m.base, static_cast<std::size_t>(m.reserved));
    }
    m.base = nullptr;
    m.size = 0;
  }
};

/// Guarded memory of a host that keeps its own fault handler, which asks `os::handle_fault` first.
struct guarded_memory_without_handler : guarded_memory {
  static bool prepare() { return true; }
};

static_assert(memory_policy<checked_memory> && memory_policy<unchecked_memory> &&
              memory_policy<guarded_memory> && maps_data<guarded_memory> &&
              memory_policy<guarded_memory_without_handler>);

namespace vm {

/// Allocates a memory of `type` (4.5.3.5), which goes with `owner`; `out` is in the store's list
/// only on success.
template <memory_policy Memory>
[[nodiscard]] status make_memory(store& s, const memory_type& type, memory_instance*& out,
                                 instance* owner = nullptr) {
  if (type.limits.minimum > s.most->memory_pages) return status::memory_refused;
  auto* m = objects_of(s, owner).make<memory_instance>();
  if (m == nullptr) return status::store_out_of_memory;
  m->type = type;
  m->home = &s;
  m->owner = owner;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum
                                 : type.is_64              ? std::uint64_t{1} << 48
                                                           : 65'536;
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

}  // namespace vm

}  // namespace dovetail

// ---- dovetail/validate/stacks.hpp

// The vocabulary between the pass and an emitter: operands, the live part of the stack, blocks.
// Used by floor 2 and by every backend.

namespace dovetail {

/// An entry of the one operand stack: its type, and the name the backend knows the value by.
/// Operands lie in slots, one or two each: the pass tells which to emitters that ask, by
/// `places_operands`.
template <class V>
struct operand {
  value_type type{};
  std::uint32_t end = 0;  ///< the slot behind it
  [[no_unique_address]] V value{};

  /// The operand's first slot.
  [[nodiscard]] constexpr std::uint32_t slot() const { return end - slots_of(type); }
};

/// The operands alive at an operator, bottom first. An emitter may rename values in it, never
/// change types or count. The position of an operand in it is the same for every path that leads to
/// a place.
template <class V>
using live = std::span<operand<V>>;

/// How many slots the operands take: the first slot of what is pushed on them.
template <class V, std::size_t Extent>
[[nodiscard]] constexpr std::uint32_t height_of(std::span<operand<V>, Extent> stack) {
  return stack.empty() ? 0 : stack.back().end;
}

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
/// the operator's operands, `stack` with them. A result named now lies at position `below.size()`,
/// from slot `height_of(below)` on.
struct null_emitter {
  /// A name for a value: at most 16 bytes, trivially copyable.
  struct value {};
  /// What the emitter keeps of a block while it is open.
  struct label {};
  /// A place where the cost of a basic block will be filled in.
  struct meter {};

  /// Whether vector operators can be emitted; otherwise the pass answers `simd_not_executable`.
  static constexpr bool has_vectors = true;
  /// Whether the pass keeps the slots of operands for this emitter (see `operand`).
  static constexpr bool places_operands = false;
  /// The other features whose operators can be emitted. What a configuration accepts beyond them is
  /// validated, and refused where it is used (`feature_not_executable`, with the feature's name).
  /// An emitter needs the members of the features that it claims, and no others.
  static constexpr features executes = features::wasm3();
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

  // Memories. An address is of the type that the memory says (`module_env::memories[i].is_64`): i32
  // or i64. So are sizes, and what bulk operators count; between two memories (or tables) the count
  // is i64 only if both are 64-bit. Segments are always indexed by i32. Only emitters that execute
  // `multi_memory` see other memories than the first, and only those that execute `memory64` see
  // 64-bit memories and tables.
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

  // Tables and references. Indices and sizes are i64 in tables that are `is_64`.
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
  /// `function_references`: traps if the reference is null; the result is the same reference.
  value ref_as_non_null(value, live<value> /*below*/) { return {}; }

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
  /// `function_references`: branches if the reference is null, without it; `stack` is what the
  /// label carries. Where control goes on the reference is on top of it: its name is the result.
  value branch_on_null(label&, value, live<value> /*stack*/) { return {}; }
  /// `function_references`: branches if the reference is not null, which is then the topmost
  /// operand that the label carries and is on top of `stack`. Where control goes on it is gone.
  void branch_on_non_null(label&, value, live<value> /*stack*/) {}
  void unreachable() {}

  // Calls: arguments on top of `stack`; then, when the pass has replaced them by the results,
  // `name_results`. An indirect call compares the function's signature with the expected one; if
  // that is not final (only emitters that execute `function_references` see such), subtypes are
  // accepted too (`is_subtype` in signatures.hpp).
  void call(function_index, const function_type&, live<value> /*stack*/) {}
  void call_indirect(indirect_call, const function_type&, value /*index*/, live<value> /*stack*/) {}
  /// `function_references`: calls the function that the reference is, which traps if it is null.
  /// Its type is known: there is nothing else to check.
  void call_ref(type_index, const function_type&, value /*reference*/, live<value> /*stack*/) {}
  /// `tail_call`: the call takes the place of the function that makes it, whose results its results
  /// are. Nothing is named afterwards, the code behind is not reached. With `function_references`
  /// there is one through a reference.
  void return_call(function_index, const function_type&, live<value> /*stack*/) {}
  void return_call_indirect(indirect_call, const function_type&, value /*index*/,
                            live<value> /*stack*/) {}
  void return_call_ref(type_index, const function_type&, value /*reference*/,
                       live<value> /*stack*/) {}
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
  { E::places_operands } -> std::convertible_to<bool>;
  { E::executes } -> std::convertible_to<features>;
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

/// Calls that take their caller's place; required only of emitters that claim them.
template <class E, class V = typename E::value>
concept emits_tail_calls = !E::executes.has(feature::tail_call) || requires(E & e, V v, live<V> s) {
  e.return_call(function_index{}, function_type{}, s);
  e.return_call_indirect(indirect_call{}, function_type{}, v, s);
};

/// References to functions of a known type; required only of emitters that claim them.
template <class E, class V = typename E::value, class L = typename E::label>
concept emits_function_references =
    !E::executes.has(feature::function_references) || requires(E & e, V v, L& l, live<V> s) {
  e.call_ref(type_index{}, function_type{}, v, s);
  { e.ref_as_non_null(v, s) } -> std::same_as<V>;
  { e.branch_on_null(l, v, s) } -> std::same_as<V>;
  e.branch_on_non_null(l, v, s);
};

/// And both together.
template <class E, class V = typename E::value>
concept emits_tail_calls_of_references =
    !E::executes.has(feature::tail_call) || !E::executes.has(feature::function_references) ||
    requires(E & e, V v, live<V> s) {
  e.return_call_ref(type_index{}, function_type{}, v, s);
};

/// The cost of basic blocks; required only of emitters that are metered.
template <class E>
concept emits_meters = !E::is_metered || requires(E & e, typename E::meter m) {
  { e.open_meter() } -> std::same_as<typename E::meter>;
  e.close_meter(m, std::uint32_t{});
};

/// What an operator costs; bulk ones pay for their length besides.
using price_function = std::uint16_t (*)(op);
/// Where one is found. GCC 12 takes the address of a variable in an argument of a template that is
/// a class, not that of a function.
struct price_list {
  price_function of = nullptr;
};
template <price_function Price>
inline constexpr price_list prices_by{Price};
/// A metered emitter whose `price` is a list of them: operators cost one each without.
template <class E>
concept has_prices = E::is_metered && requires {
  requires E::price != nullptr;
};

/// A backend's side of the pass.
template <class E>
concept emitter = emitter_names<E> && emits_functions<E> && emits_numbers<E> && emits_vectors<E> &&
    emits_memories<E> && emits_variables<E> && emits_tables<E> && emits_control<E> &&
    emits_tail_calls<E> && emits_function_references<E> && emits_tail_calls_of_references<E> &&
    emits_meters<E>;

static_assert(emitter<null_emitter>);

}  // namespace dovetail

// ---- dovetail/runtime/backend.hpp

// The backend seam: what a compiler backend gives a runtime besides its emitter.

namespace dovetail {

/// What code counts as it runs (coverage.hpp).
enum class counting : std::uint8_t { none, functions, blocks };

/// What code is asked to do besides its work. Mixins over backends set these; they are all off by
/// default.
struct controls {
  /// Count operators by basic block and trap when the store's fuel runs out.
  bool is_metered = false;
  /// Keep what is needed to visit the guests' frames from a host function (guest_frames.hpp).
  bool keeps_places = false;
  /// Give the canonical NaN where the specification leaves open which (float_policy.hpp).
  bool has_canonical_nans = false;
  /// Relaxed vector operators may be what the processor does best (float_policy.hpp).
  bool has_native_relaxed = false;
  /// How code notices that it is to stop.
  interrupt stops = interrupt::none;
  /// Ask the host for more before it traps for want of fuel.
  bool asks_for_fuel = false;
  /// The price of each operator; null: one.
  const price_list* price = nullptr;
  counting counts = counting::none;

  /// Whether stores and instances have what controls keep.
  [[nodiscard]] constexpr bool has_state() const {
    return stops != interrupt::none || asks_for_fuel;
  }
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
/// `collector()`: a `recorder`, or a class made of one, which sees every body before `emitter()`
/// does; what it recorded is then told to the emitter, by batches. It may also work in parts, side
/// by side: `parallel_compiler` of api/compile.hpp.
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
/// 8 elements. Totals do not depend on the backend. `Price` may say otherwise than one for each.
template <class B, price_function Price = nullptr>
struct fuel : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.is_metered = true;
    if constexpr (Price != nullptr) c.price = &prices_by<Price>;
    return c;
  }();
};

/// Fuel that the host is asked for when there is none left: `store.refill_with`.
template <class B, price_function Price = nullptr>
struct refillable_fuel : B {
  static constexpr controls control = [] {
    controls c = fuel<B, Price>::control;
    c.asks_for_fuel = true;
    return c;
  }();
};

/// Lets calls be stopped: `store.stop_button`.
template <class B, interrupt How = interrupt::polled>
struct interruptible : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.stops = How;
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
  template <frame_visitor Visit>
    requires tells_frames<First>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    if constexpr (tells_frames<Second>) {
      // All modules of a store are of one of the two.
      if (s.instances != nullptr && s.instances->module->is_of_fallback)
        return Second::visit_frames(s, visit);
    }
    return First::visit_frames(s, visit);
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

// ---- dovetail/runtime/float_policy.hpp

// What a configuration may fix of float and vector results that the specification leaves open.

namespace dovetail {

/// NaNs are those that the processor makes. Costs nothing.
struct open_nans {
  static constexpr bool are_canonical = false;
};
/// Every operator whose NaN the specification leaves open gives the canonical, positive one, on
/// every backend and machine. What moves bits keeps them: loads, constants, reinterpretation, neg,
/// abs, copysign, pmin and pmax.
struct canonical_nans {
  static constexpr bool are_canonical = true;
};
/// A policy of NaNs.
template <class N>
concept nan_policy = requires {
  { N::are_canonical } -> std::convertible_to<bool>;
};

/// Relaxed vector operators give what the deterministic profile prescribes, on every backend and
/// machine: no fused multiplication, saturation, zeros for indices out of range.
struct deterministic_relaxed {
  static constexpr bool is_native = false;
};
/// Relaxed vector operators give what takes the processor least, among what the specification
/// allows. A backend without shorter code for one gives the deterministic result.
struct native_relaxed {
  static constexpr bool is_native = true;
};
/// A policy of relaxed vector operators.
template <class R>
concept relaxed_policy = requires {
  { R::is_native } -> std::convertible_to<bool>;
};

/// What the code of a backend is asked to do under these policies, besides what its mixins ask.
template <class B, nan_policy Nans, relaxed_policy Relaxed>
inline constexpr controls controls_under = [] {
  controls c = B::control;
  c.has_canonical_nans |= bool{Nans::are_canonical};
  c.has_native_relaxed |= bool{Relaxed::is_native};
  return c;
}();

}  // namespace dovetail

// ---- dovetail/validate/signatures.hpp

// The table that makes function types canonical, and the rules for when one type may stand for
// another.

namespace dovetail {

/// A type of a recursion group that is to become canonical. References to the group's own members
/// are relative.
struct type_definition {
  function_type type;
  bool is_final = true;
  bool has_supertype = false;
  /// A reference to it; only its number is read.
  value_type supertype{};
};

/// The canonical types of an engine. Any thread may intern; signatures live as long as the engine.
class signature_table {
 public:
  explicit signature_table(allocator& memory)
      : memory_(&memory),
        buckets_(memory),
        all_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}
  signature_table(const signature_table&) = delete;
  signature_table& operator=(const signature_table&) = delete;
  ~signature_table() {
    for (signature* s : all_) memory_->release(s, s->size);
  }

  /// The one signature with these parameters and results that is final and has no supertype; null
  /// if memory is refused.
  [[nodiscard]] const signature* intern(const function_type& type) {
    const type_definition one{type};
    const signature* out = nullptr;
    return intern({&one, 1}, {&out, 1}) ? out : nullptr;
  }

  /// The signatures of a recursion group: equal groups have the same (iso-recursive equality).
  /// Supertypes come before their subtypes. False if memory is refused.
  [[nodiscard]] bool intern(std::span<const type_definition> group,
                            std::span<const signature*> out) {
    if (group.empty()) return true;
    const std::uint32_t hash = hash_of(group);
    const spin_lock::guard guard(lock_);
    if (count_ >= buckets_.size() && !grow()) return false;
    signature*& bucket = buckets_[hash & (buckets_.size() - 1)];
    for (signature* s = bucket; s != nullptr; s = s->next) {
      if (s->hash == hash && is_group(*s, group)) return give(s->id, out);
    }
    const std::size_t first = all_.size();
    if (!make(group, hash)) {
      for (std::size_t k = all_.size(); k-- > first;) memory_->release(all_[k], all_[k]->size);
      all_.truncate(first);
      return false;
    }
    all_[first]->next = bucket;
    bucket = all_[first];
    ++count_;
    return give(static_cast<std::uint32_t>(first), out);
  }

  /// The signature that a reference to a defined type calls `id`.
  [[nodiscard]] const signature& at(std::uint32_t id) {
    const spin_lock::guard guard(lock_);
    return *all_[id];
  }

  /// Whether a value of the canonical type `a` is one of `b` too (3.3.1 to 3.3.3).
  [[nodiscard]] bool matches(value_type a, value_type b) {
    if (a == b) return true;
    if (!a.is_reference() || !b.is_reference()) return false;
    if (a.is_nullable() && !b.is_nullable()) return false;
    if (a == value_type::unknown_reference || a.as_nullable() == b.as_nullable()) return true;
    constexpr std::uint8_t func = 0x70, extern_ = 0x6f, no_func = 0x73, no_extern = 0x72;
    switch (b.code()) {
      case func: return a.is_function_reference();
      case extern_: return a.code() == no_extern;
      default: break;
    }
    if (!b.is_defined()) return false;
    return a.code() == no_func || (a.is_defined() && is_subtype(at(a.defined()), at(b.defined())));
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

  [[nodiscard]] bool give(std::uint32_t first, std::span<const signature*> out) const {
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = all_[first + k];
    return true;
  }

  // Begun from where the table lies, like the hash of names: collisions cannot be prepared.
  [[nodiscard]] std::uint32_t hash_of(std::span<const type_definition> group) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    const auto add = [&hash](std::uint32_t bits) { hash = (hash ^ bits) * 16777619u; };
    for (const type_definition& d : group) {
      if (!d.is_final) add(0xfe);
      if (d.has_supertype) add(d.supertype.bits);
      for (const value_type t : d.type.parameters) add(t.bits);
      add(0xff);
      for (const value_type t : d.type.results) add(t.bits);
    }
    return hash ^ (hash >> 13);
  }

  // Whether the group that begins with `head` is `group`.
  [[nodiscard]] bool is_group(const signature& head, std::span<const type_definition> group) const {
    if (head.group_size != group.size()) return false;
    for (std::size_t k = 0; k < group.size(); ++k) {
      const signature& s = *all_[head.id + k];
      const type_definition& d = group[k];
      if (s.is_final != d.is_final || (s.depth != 0) != d.has_supertype) return false;
      if (d.has_supertype &&
          relative(value_type::reference(s.supertype()->id, true), head) != d.supertype) {
        return false;
      }
      if (!equal(s.type.parameters, d.type.parameters, head) ||
          !equal(s.type.results, d.type.results, head)) {
        return false;
      }
    }
    return true;
  }
  static bool equal(std::span<const value_type> a, std::span<const value_type> b,
                    const signature& head) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (relative(a[i], head) != b[i]) return false;
    }
    return true;
  }
  // A type as the definitions of the group of `head` have it.
  static value_type relative(value_type t, const signature& head) {
    if (!t.is_defined() || t.defined() - head.id >= head.group_size) return t;
    return t.with_relative(t.defined() - head.id);
  }
  // And as everyone else has it.
  static value_type absolute(value_type t, std::size_t first) {
    return t.is_relative() ? t.with_defined(static_cast<std::uint32_t>(first + t.defined())) : t;
  }

  [[nodiscard]] bool make(std::span<const type_definition> group, std::uint32_t hash) {
    const std::size_t first = all_.size();
    if (first + group.size() > value_type::most_defined) return false;
    if (all_.reserve(first + group.size()) != status::ok) return false;
    for (const type_definition& d : group) {
      signature* made = make(d, first);
      if (made == nullptr) return false;
      made->hash = hash;
      made->id = static_cast<std::uint32_t>(all_.size());
      made->group_size = static_cast<std::uint32_t>(group.size());
      if (all_.push(made) != status::ok) return memory_->release(made, made->size), false;
    }
    return true;
  }

  signature* make(const type_definition& d, std::size_t first) {
    const signature* super =
        d.has_supertype ? all_[absolute(d.supertype, first).defined()] : nullptr;
    const std::uint32_t depth = super == nullptr ? 0 : super->depth + 1;
    const std::size_t parameters = d.type.parameters.size(), results = d.type.results.size();
    const std::size_t size = sizeof(signature) + (depth + 1) * sizeof(signature*) +
                             (parameters + results) * sizeof(value_type);
    void* block = memory_->allocate(size);
    if (block == nullptr) return nullptr;
    std::byte* const behind = static_cast<std::byte*>(block) + sizeof(signature);
    auto** const display = reinterpret_cast<const signature**>(behind);
    auto* const values = reinterpret_cast<value_type*>(behind + (depth + 1) * sizeof(signature*));
    value_type* at = values;
    for (const value_type t : d.type.parameters) ::new (at++) value_type(absolute(t, first));
    for (const value_type t : d.type.results) ::new (at++) value_type(absolute(t, first));
    auto* const made = ::new (block) signature;
    for (std::uint32_t k = 0; k < depth; ++k)
      ::new (display + k) const signature*(super->display[k]);
    ::new (display + depth) const signature*(made);
    made->type = {{values, parameters}, {values + parameters, results}};
    const std::uint32_t in = slots_of(d.type.parameters), out = slots_of(d.type.results);
    made->parameter_slots = in;
    made->result_slots = out;
    made->frame_slots = in > out ? in : out;
    made->size = size;
    made->display = display;
    made->depth = depth;
    made->is_final = d.is_final;
    return made;
  }

  allocator* memory_;
  spin_lock lock_;
  array<signature*> buckets_;  // of the first members of groups
  array<signature*> all_;      // by id
  std::size_t count_ = 0;      // of groups
  std::uint32_t seed_;
};

}  // namespace dovetail

// ---- dovetail/validate/type_builder.hpp

// Makes the types of a module canonical, one recursion group after the other (core specification
// 3.2 and 3.4.2). Used by the module builder.

namespace dovetail {

namespace detail {
/// Whether there are values of a type: WebAssembly 1.0 has tables of functions, but neither
/// references nor vectors as values.
template <features Accept>
[[nodiscard]] constexpr status accepts_values_of(value_type type) {
  if (type.is_vector() && !Accept.has(feature::simd)) return not_accepted(feature::simd);
  if (type.is_reference() && !Accept.has(feature::reference_types))
    return not_accepted(feature::reference_types);
  return status::ok;
}
}  // namespace detail

class type_builder {
 public:
  explicit type_builder(module_env& module)
      : m_(module),
        values_(*module.memory),
        members_(*module.memory),
        definitions_(*module.memory),
        made_(*module.memory) {}

  /// A group of `count` types begins; a module may have `most` types.
  [[nodiscard]] status begin(std::uint32_t count, std::uint32_t most) {
    values_.clear();
    members_.clear();
    count_ = count;
    return count > most - m_.types.size() ? status::limit_exceeded : status::ok;
  }
  /// A member begins: its parameters, then its results follow.
  [[nodiscard]] status add(const subtype& place) {
    const std::size_t index = m_.types.size() + members_.size();
    if (place.has_supertype && place.supertype.value >= index) return status::unknown_type;
    return members_.push({place, values_.size(), 0, 0});
  }
  template <features Accept>
  [[nodiscard]] status parameter(value_type type) {
    ++members_.back().parameters;
    return value<Accept>(type);
  }
  template <features Accept>
  [[nodiscard]] status result(value_type type) {
    ++members_.back().results;
    return value<Accept>(type);
  }
  /// The group is complete.
  [[nodiscard]] status finish() {
    definitions_.clear();
    for (const member& m : members_) {
      const value_type* const first = values_.data() + m.first;
      value_type super = value_type::reference(m.place.supertype.value, true);
      if (m.place.has_supertype) DOVETAIL_TRY(relate(super));
      DOVETAIL_TRY(definitions_.push({{{first, m.parameters}, {first + m.parameters, m.results}},
                                      m.place.is_final,
                                      m.place.has_supertype,
                                      super}));
    }
    DOVETAIL_TRY(made_.resize(members_.size()));
    if (!m_.canonical->intern(definitions_, made_)) return status::out_of_memory;
    for (const signature* s : made_) {
      DOVETAIL_TRY(check_supertype(*s));
      DOVETAIL_TRY(m_.types.push(s));
    }
    return status::ok;
  }

 private:
  struct member {
    subtype place;
    std::size_t first = 0;  // into values_
    std::uint32_t parameters = 0, results = 0;
  };

  template <features Accept>
  [[nodiscard]] status value(value_type type) {
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    m_.has_vector_types |= type.is_vector();
    if (type.is_defined()) DOVETAIL_TRY(relate(type));
    return values_.push(type);
  }
  // A reference to an earlier type becomes one to its canonical type, one into the group relative.
  [[nodiscard]] status relate(value_type& type) const {
    const std::size_t earlier = m_.types.size();
    if (type.defined() < earlier) return m_.resolve(type);
    if (type.defined() - earlier >= count_) return status::unknown_type;
    type = type.with_relative(static_cast<std::uint32_t>(type.defined() - earlier));
    return status::ok;
  }

  // A supertype is open, and its functions may stand where those of the supertype are expected
  // (3.4.2.2).
  [[nodiscard]] status check_supertype(const signature& s) const {
    constexpr std::uint32_t most_depth = 63;
    const signature* const super = s.supertype();
    if (super == nullptr) return status::ok;
    if (s.depth > most_depth) return status::limit_exceeded;
    return !super->is_final && match(super->type.parameters, s.type.parameters) &&
                   match(s.type.results, super->type.results)
               ? status::ok
               : status::not_a_subtype;
  }
  [[nodiscard]] bool match(std::span<const value_type> a, std::span<const value_type> b) const {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!m_.canonical->matches(a[i], b[i])) return false;
    }
    return true;
  }

  module_env& m_;
  array<value_type> values_;
  array<member> members_;
  array<type_definition> definitions_;
  array<const signature*> made_;
  std::uint32_t count_ = 0;
};

}  // namespace dovetail

// ---- dovetail/validate/pass_stacks.hpp

// The two stacks of the validation algorithm: operands as (type, backend value), and open blocks.
// The pass builds on them; nothing else does.

namespace dovetail {

/// An open block.
template <class E>
struct control_frame {
  block_shape shape;
  typename E::label label{};
  bool is_polymorphic = false;   ///< after an unconditional branch: the stack below is of any type
  bool was_live = false;         ///< control could reach the block
  bool is_targeted = false;      ///< a live branch leads to its label
  std::uint32_t set_before = 0;  ///< locals that had got their value when it began
};

/// The stacks of a pass, kept between functions so that nothing is allocated per operator.
template <class E>
struct pass_storage {
  explicit pass_storage(allocator& a)
      : operands(a), frames(a), locals(a), targets(a), unset(a), newly_set(a) {}
  array<operand<typename E::value>> operands;
  array<control_frame<E>> frames;
  array<value_type> locals;
  array<typename E::label*> targets;
  // Locals without a default (3.2.3), in functions that have any: whether each has no value yet,
  // and which got theirs, in order.
  array<bool> unset;
  array<std::uint32_t> newly_set;
};

/// What the pass keeps between operators. With `Checked` false types are taken for granted, the
/// stacks are the same.
template <emitter E, bool Checked, features Accept>
class pass_stacks {
 protected:
  using V = typename E::value;
  using frame = control_frame<E>;
  static constexpr bool has_typed_references = Accept.has(feature::function_references);
  static constexpr bool has_64_bit_memories = Accept.has(feature::memory64);

  pass_stacks(const module_env& module, E& emitter, pass_storage<E>& storage)
      : m_(module), e_(emitter), s_(storage) {}

  status start() {
    s_.operands.clear();
    s_.frames.clear();
    metered_ = 0;
    if constexpr (has_typed_references) {
      s_.unset.clear();
      s_.newly_set.clear();
    }
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

  // Whether the emitter can execute operators of an accepted feature.
  static constexpr bool executes(feature f) {
    return f == feature::simd ? E::has_vectors : E::executes.has(f);
  }

  // Counts an operator into the open basic block.
  DOVETAIL_ALWAYS_INLINE void count_operator([[maybe_unused]] op o) {
    if constexpr (has_prices<E>) {
      if (live_) pay(E::price->of(o));
    } else if constexpr (E::is_metered) {
      if (!live_) return;
      if (metered_ == 0) meter_ = e_.open_meter();
      ++metered_;
    }
  }
  // An open meter is told by one more than what it counted: operators may be free.
  void pay(std::uint32_t price) {
    constexpr std::uint32_t most = 0x7fff'0000;  // a meter is a positive number of 32 bits
    if (metered_ > most) end_basic_block();
    if (metered_ == 0) {
      meter_ = e_.open_meter();
      metered_ = 1;
    }
    metered_ += price;
  }
  // A basic block ends here.
  void end_basic_block() {
    if constexpr (E::is_metered) {
      if (metered_ != 0) e_.close_meter(meter_, metered_ - (has_prices<E> ? 1 : 0));
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
    return s_.operands.push(placed(type, value));
  }
  // In the place of an operand that was taken.
  DOVETAIL_ALWAYS_INLINE void push_instead(value_type type, V value) {
    s_.operands.push_reserved(placed(type, value));
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE operand<V> placed(value_type type, V value) {
    std::uint32_t end = 0;
    if constexpr (E::places_operands)
      end = height_of(stack()) + (Accept.has(feature::simd) ? slots_of(type) : 1);
    return {type, end, value};
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
    return pop_other(expected, out);
  }
  // Below an unconditional branch missing operands are of any type, and so are those that came of
  // them; and an operand may be of a subtype.
  DOVETAIL_COLD status pop_other(value_type expected, V& out) {
    if (s_.operands.size() == floor_) {
      return s_.frames.back().is_polymorphic ? status::ok : status::type_mismatch;
    }
    const operand<V>& top = s_.operands.back();
    if (expected != value_type::unknown && !stands_for(top.type, expected))
      return status::type_mismatch;
    out = top.value;
    s_.operands.pop();
    return status::ok;
  }
  // Whether an operand of the type `a` may be where one of `b` is expected.
  [[nodiscard]] bool stands_for(value_type a, value_type b) const {
    if (a == b || a == value_type::unknown) return true;
    if constexpr (has_typed_references) return m_.canonical->matches(a, b);
    return false;
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
  // Lists are short: a loop that ends early is quicker than one of vectors.
  [[nodiscard]] status require_some(std::span<const value_type> types) {
    if (s_.operands.size() - floor_ < types.size()) [[unlikely]]
      return require_others(types);
    if constexpr (Checked) {
      const operand<V>* top = s_.operands.end() - types.size();
      for (const value_type& type : types) {
        if (top++->type != type) [[unlikely]]
          return require_others(types);
      }
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD status require_others(std::span<const value_type> types) {
    if constexpr (has_typed_references) {
      if (s_.operands.size() - floor_ >= types.size()) return take_as(types);
    }
    DOVETAIL_TRY(pop_all(types));
    return push_all(types);
  }

  // Operands of subtypes are from here on of the types required; they keep their names.
  [[nodiscard]] status take_as(std::span<const value_type> types) {
    operand<V>* top = s_.operands.end() - types.size();
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (!stands_for(top[i].type, types[i])) return status::type_mismatch;
      top[i].type = types[i];
    }
    return status::ok;
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

  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status block_type_of(const block_type& type,
                                                            function_type& out) const {
    // Most blocks have neither.
    return type.is_index || type.has_result ? other_block_type(type, out) : status::ok;
  }
  [[nodiscard]] DOVETAIL_NEVER_INLINE status other_block_type(const block_type& type,
                                                              function_type& out) const {
    if (type.is_index) {
      if constexpr (!Accept.has(feature::multi_value)) return not_accepted(feature::multi_value);
      if (type.type.value >= m_.types.size()) return status::unknown_type;
      out = m_.type(type.type);
      return executable(out);
    }
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type.result));
    out = {{}, single(type.result)};
    if constexpr (has_typed_references) {
      if (out.results.empty()) DOVETAIL_TRY(defined_single(type.result, out));
    }
    return executable(type.result);
  }

  // A list of one type that outlives the block.
  static std::span<const value_type> single(value_type type) {
    static constexpr value_type all[] = {
        value_type::i32,  value_type::i64,     value_type::f32,      value_type::f64,
        value_type::v128, value_type::funcref, value_type::externref};
    static_assert(value_type::i32.bits == 0x7f && value_type::v128.bits == 0x7b);
    if (type.bits <= 0x7f && type.bits >= 0x7b) return {all + (0x7f - type.bits), 1};
    for (const value_type& one : all) {
      if (one == type) return {&one, 1};
    }
    return {};
  }
  // Other lists of one type are those of canonical types.
  [[nodiscard]] DOVETAIL_COLD status defined_single(value_type type, function_type& out) const {
    DOVETAIL_TRY(m_.resolve(type));
    const signature* const s = m_.canonical->intern({{}, {&type, 1}});
    if (s == nullptr) return status::out_of_memory;
    out = s->type;
    return status::ok;
  }

  [[nodiscard]] status open(const block_shape& shape, const typename E::label& label,
                            bool was_live) {
    frame f;
    f.shape = shape;
    f.label = label;
    f.was_live = was_live;
    if constexpr (has_typed_references)
      f.set_before = static_cast<std::uint32_t>(s_.newly_set.size());
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

  // Locals without a default.
  [[nodiscard]] DOVETAIL_COLD status begin_unset(std::uint32_t count) {
    DOVETAIL_TRY(s_.unset.resize(s_.locals.size()));
    for (std::size_t i = s_.locals.size() - count; i < s_.locals.size(); ++i) s_.unset[i] = true;
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE bool is_unset(local_index local, value_type type) const {
    if constexpr (Checked && has_typed_references) {
      if (!type.is_defaultable()) [[unlikely]]
        return local.value < s_.unset.size() && s_.unset[local.value];
    }
    return false;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status note_set(local_index local, value_type type) {
    return is_unset(local, type) ? note_first_set(local) : status::ok;
  }
  [[nodiscard]] DOVETAIL_COLD status note_first_set(local_index local) {
    s_.unset[local.value] = false;
    return s_.newly_set.push(local.value);
  }
  // What was set since a block began is unset behind it.
  void end_set(const frame& f) {
    if constexpr (has_typed_references) {
      while (s_.newly_set.size() > f.set_before) {
        s_.unset[s_.newly_set.back()] = true;
        s_.newly_set.pop();
      }
    }
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
  using stacks::e_, stacks::executable, stacks::executes, stacks::live_, stacks::m_, stacks::pop,
      stacks::pop_any, stacks::push, stacks::s_, stacks::stack, stacks::stands_for;
  using typename stacks::V;

  using stacks::stacks;

  // Variable instructions (3.3.5).
  DOVETAIL_ALWAYS_INLINE status operate(op_constant<op::local_get>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    if (stacks::is_unset(local, type)) [[unlikely]]
      return status::uninitialized_local;
    return push(type, live_ ? e_.local_get(local, type, stack()) : V{});
  }
  status operate(op_constant<op::local_set>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    DOVETAIL_TRY(stacks::note_set(local, type));
    if (live_) e_.local_set(local, type, value, stack());
    return status::ok;
  }
  status operate(op_constant<op::local_tee>, local_index local) {
    if (local.value >= s_.locals.size()) return status::unknown_local;
    const value_type type = s_.locals[local.value];
    V value{};
    DOVETAIL_TRY(pop(type, value));
    DOVETAIL_TRY(stacks::note_set(local, type));
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
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    return push(type, live_ ? e_.constant(type, 0) : V{});
  }
  status operate(op_constant<op::ref_is_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_reference(reference));
    return push(value_type::i32, live_ ? e_.ref_is_null(reference.value, stack()) : V{});
  }
  status operate(op_constant<op::ref_as_non_null>, no_immediate) {
    operand<V> reference;
    DOVETAIL_TRY(pop_reference(reference));
    V same{};
    if (live_) same = e_.ref_as_non_null(reference.value, stack());
    return push(reference.type.as_non_null(), same);
  }
  status operate(op_constant<op::ref_func>, function_index function) {
    if (function.value >= m_.functions.size()) return status::unknown_function;
    if (!m_.declared[function.value]) return status::undeclared_function_reference;
    value_type type = value_type::funcref;
    if constexpr (stacks::has_typed_references)
      type = m_.reference(m_.functions[function.value], false);
    return push(type, live_ ? e_.ref_func(function, stack()) : V{});
  }
  // Pops a reference of any type.
  status pop_reference(operand<V>& out) {
    DOVETAIL_TRY(pop_any(out));
    if (out.type == value_type::unknown) out.type = value_type::unknown_reference;
    return out.type.is_reference() ? status::ok : status::type_mismatch;
  }

  // Table instructions (3.3.6).
  status operate(op_constant<op::table_get>, table_index table) {
    V at{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), at));
    return push(m_.tables[table.value].element, live_ ? e_.table_get(table, at, stack()) : V{});
  }
  status operate(op_constant<op::table_set>, table_index table) {
    V at{}, reference{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(index_of(table), at));
    if (live_) e_.table_set(table, at, reference, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_size>, table_index table) {
    DOVETAIL_TRY(demand(table));
    return push(index_of(table), live_ ? e_.table_size(table, stack()) : V{});
  }
  status operate(op_constant<op::table_grow>, table_index table) {
    V reference{}, delta{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), delta));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    return push(index_of(table), live_ ? e_.table_grow(table, reference, delta, stack()) : V{});
  }
  status operate(op_constant<op::table_fill>, table_index table) {
    V at{}, reference{}, count{};
    DOVETAIL_TRY(demand(table));
    DOVETAIL_TRY(pop(index_of(table), count));
    DOVETAIL_TRY(pop(m_.tables[table.value].element, reference));
    DOVETAIL_TRY(pop(index_of(table), at));
    if (live_) e_.table_fill(table, at, reference, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::table_copy>, const two_tables& tables) {
    DOVETAIL_TRY(demand(tables.destination));
    DOVETAIL_TRY(demand(tables.source));
    if (!stands_for(m_.tables[tables.source.value].element,
                    m_.tables[tables.destination.value].element)) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v, index_of(tables.destination), index_of(tables.source)));
    if (live_) e_.table_copy(tables, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::table_init>, const element_and_table& init) {
    DOVETAIL_TRY(demand(init.table));
    DOVETAIL_TRY(demand(init.element));
    if (!stands_for(m_.element_segments[init.element.value].type,
                    m_.tables[init.table.value].element)) {
      return status::type_mismatch;
    }
    V v[3]{};
    DOVETAIL_TRY(pop_range(v, index_of(init.table), value_type::i32));
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
    return push(address_of(memory), live_ ? e_.memory_size(memory, stack()) : V{});
  }
  status operate(op_constant<op::memory_grow>, memory_index memory) {
    V delta{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(address_of(memory), delta));
    return push(address_of(memory), live_ ? e_.memory_grow(memory, delta, stack()) : V{});
  }
  status operate(op_constant<op::memory_fill>, memory_index memory) {
    V at{}, byte{}, count{};
    DOVETAIL_TRY(demand(memory));
    DOVETAIL_TRY(pop(address_of(memory), count));
    DOVETAIL_TRY(pop(value_type::i32, byte));
    DOVETAIL_TRY(pop(address_of(memory), at));
    if (live_) e_.memory_fill(memory, at, byte, count, stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_copy>, const two_memories& memories) {
    V v[3]{};
    DOVETAIL_TRY(demand(memories.destination));
    DOVETAIL_TRY(demand(memories.source));
    DOVETAIL_TRY(pop_range(v, address_of(memories.destination), address_of(memories.source)));
    if (live_) e_.memory_copy(memories, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::memory_init>, const data_and_memory& init) {
    V v[3]{};
    DOVETAIL_TRY(demand(init.memory));
    DOVETAIL_TRY(demand(init.data));
    DOVETAIL_TRY(pop_range(v, address_of(init.memory), value_type::i32));
    if (live_) e_.memory_init(init, v[0], v[1], v[2], stack());
    return status::ok;
  }
  status operate(op_constant<op::data_drop>, data_index data) {
    DOVETAIL_TRY(demand(data));
    if (live_) e_.data_drop(data);
    return status::ok;
  }

  // Whether an operator with this immediate has an address that may be an i64.
  template <class Immediate>
  static constexpr bool has_address = stacks::has_64_bit_memories &&
                                      (std::is_same_v<Immediate, memory_argument> ||
                                       std::is_same_v<Immediate, memory_lane_argument>);

  // The type of addresses and indices (2.3.9).
  [[nodiscard]] static constexpr value_type address_type(bool is_64) {
    return stacks::has_64_bit_memories && is_64 ? value_type::i64 : value_type::i32;
  }
  [[nodiscard]] value_type address_of(memory_index i) const {
    return address_type(m_.memories[i.value].is_64);
  }
  [[nodiscard]] value_type index_of(table_index i) const {
    return address_type(m_.tables[i.value].is_64);
  }

  // Objects that an operator uses must exist, and be of a kind that the emitter can use.
  [[nodiscard]] status demand(table_index i) const {
    if (i.value >= m_.tables.size()) return status::unknown_table;
    if constexpr (stacks::has_64_bit_memories && !executes(feature::memory64)) {
      if (m_.tables[i.value].is_64) return not_executable(feature::memory64);
    }
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE status demand(memory_index i) const {
    if (i.value >= m_.memories.size()) return status::unknown_memory;
    if constexpr (Accept.has(feature::multi_memory) && !executes(feature::multi_memory)) {
      if (i.value != 0) return not_executable(feature::multi_memory);
    }
    if constexpr (stacks::has_64_bit_memories && !executes(feature::memory64)) {
      if (m_.memories[i.value].is_64) return not_executable(feature::memory64);
    }
    return status::ok;
  }

 private:
  [[nodiscard]] status demand(element_index i) const {
    return i.value < m_.element_segments.size() ? status::ok : status::unknown_element_segment;
  }
  // Bodies come before data segments: their number must have been announced (5.5.16).
  [[nodiscard]] status demand(data_index i) const {
    if (!m_.has_data_count) return status::data_count_required;
    return i.value < m_.data_count ? status::ok : status::unknown_data_segment;
  }
  // Destination, source and count of a bulk operator between two objects: the count has the smaller
  // type.
  [[nodiscard]] status pop_range(V (&v)[3], value_type destination, value_type source) {
    const bool is_64 = destination == value_type::i64 && source == value_type::i64;
    DOVETAIL_TRY(pop(address_type(is_64), v[2]));
    DOVETAIL_TRY(pop(source, v[1]));
    return pop(destination, v[0]);
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
  using objects::operate, objects::address_type;
  using stacks::become_unreachable, stacks::block_type_of, stacks::body_, stacks::count_operator,
      stacks::e_, stacks::end_basic_block, stacks::executable, stacks::executes, stacks::floor_,
      stacks::live_, stacks::m_, stacks::open, stacks::pop, stacks::pop_all, stacks::pop_any,
      stacks::position_, stacks::push, stacks::push_all, stacks::require_top, stacks::s_,
      stacks::stack, stacks::stands_for, stacks::start, stacks::target, stacks::uses_vectors;
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
  status locals(std::uint32_t count, value_type type) {
    const std::size_t most = body_.type.parameters.size() + most_.locals;
    if (count > most - s_.locals.size()) return status::limit_exceeded;
    DOVETAIL_TRY(detail::accepts_values_of<Accept>(type));
    DOVETAIL_TRY(executable(type));
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    DOVETAIL_TRY(s_.locals.reserve(s_.locals.size() + count));
    for (std::uint32_t i = 0; i < count; ++i) DOVETAIL_TRY(s_.locals.push(type));
    if constexpr (stacks::has_typed_references) {
      if (!type.is_defaultable()) return stacks::begin_unset(count);
    }
    return status::ok;
  }
  /// The locals are known, operators follow.
  status declared() { return stacks::begin_body(); }
  [[nodiscard]] bool finished() const { return s_.frames.empty(); }

  template <shape S, class Immediate>
  DOVETAIL_NEVER_INLINE status on(op o, Immediate imm) {
    constexpr shape_types types = types_of<S>();
    count_operator(o);
    DOVETAIL_TRY(demand(o, imm));
    if constexpr (Accept.has(feature::relaxed_simd) && uses_vectors(types)) {
      if (!executes(feature::relaxed_simd) && row_of(o).feature == feature::relaxed_simd)
        return not_executable(feature::relaxed_simd);
    }
    constexpr std::size_t count = types.operand_count;
    const operand<V>* operands = nullptr;
    if constexpr (objects::template has_address<Immediate>) {
      shape_types there = types;
      there.operands[0] = address_type(m_.memories[memory_of(imm).value].is_64);
      operands = stacks::top(there);
      if (operands == nullptr) [[unlikely]]
        return missing(there);
    } else {
      operands = stacks::top(types);
    }
    V result{};
    // What is not there may be missing in dead code.
    if (count != 0 && operands == nullptr) [[unlikely]] {
      DOVETAIL_TRY(pop_all({types.operands.data(), count}));
    } else {
      s_.operands.truncate(s_.operands.size() - count);
      if constexpr (E::has_vectors || !uses_vectors(types)) {
        constexpr bool is_vector = uses_vectors(types);
        if (live_)
          result = tell<is_vector, count, types.has_result>(o, imm, operands, types.result);
      }
    }
    if constexpr (!E::has_vectors && uses_vectors(types)) return status::simd_not_executable;
    if constexpr (types.has_result && count != 0) {
      if (operands != nullptr) [[likely]]
        return stacks::push_instead(types.result, result), status::ok;
    }
    if constexpr (types.has_result) return push(types.result, result);
    return status::ok;
  }

  template <op O>
  status on(op_constant<O> which, immediate_of<O> imm) {
    count_operator(O);
    if constexpr (!executes(row_of(O).feature)) {
      return not_executable(row_of(O).feature);
    } else {
      return operate(which, imm);
    }
  }

 private:
  // An access in dead code whose operands are not all there.
  DOVETAIL_COLD status missing(const shape_types& types) {
    DOVETAIL_TRY(pop_all({types.operands.data(), types.operand_count}));
    if constexpr (!E::has_vectors) {
      if (uses_vectors(types)) return status::simd_not_executable;
    }
    return types.has_result ? push(types.result, V{}) : status::ok;
  }

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
    DOVETAIL_TRY(objects::demand(access.memory));
    if ((std::uint64_t{1} << access.alignment) > row_of(o).width)
      return status::alignment_too_large;
    if constexpr (stacks::has_64_bit_memories) {
      if (access.offset > 0xffff'ffff && !m_.memories[access.memory.value].is_64)
        return status::offset_out_of_range;
    }
    return status::ok;
  }
  static memory_index memory_of(const memory_argument& access) { return access.memory; }
  static memory_index memory_of(const memory_lane_argument& lane) { return lane.access.memory; }
  static status check_lane(op o, std::uint8_t lane) {
    return lane >= 16 / row_of(o).width ? status::invalid_lane_index : status::ok;
  }

  // Vector operators are those that have a vector among their types.
  template <bool IsVector, std::size_t Count, bool HasResult, class Immediate>
  DOVETAIL_ALWAYS_INLINE V tell(op o, const Immediate& imm, const operand<V>* operands,
                                [[maybe_unused]] value_type result) {
    if constexpr (Count == 0) {
      if constexpr (std::is_same_v<Immediate, v128>) {
        return e_.vector_constant(imm);
      } else {
        return e_.constant(result, constant_bits(imm));
      }
    } else if constexpr (!HasResult) {
      if constexpr (IsVector) {
        e_.vector_store(o, imm, operands[0].value, operands[1].value, stack());
      } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
        e_.store(o, imm, operands[0].value, operands[1].value, stack());
      }
      return V{};
    } else {
      if constexpr (IsVector) {
        V values[Count];
        for (std::size_t i = 0; i < Count; ++i) values[i] = operands[i].value;
        return e_.vector(o, imm, std::span<const V>{values}, stack());
      } else if constexpr (std::is_same_v<Immediate, memory_argument>) {
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
    block_shape shape{block_kind::if_, 0, {}};
    DOVETAIL_TRY(block_type_of(type, shape.type));
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(begin_block(shape));
    end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter_if(shape, condition, stack());
    return open(shape, label, live_);
  }

  status enter(block_kind kind, const block_type& type) {
    block_shape shape{kind, 0, {}};
    DOVETAIL_TRY(block_type_of(type, shape.type));
    DOVETAIL_TRY(begin_block(shape));
    if (kind == block_kind::loop) end_basic_block();
    typename E::label label{};
    if (live_) label = e_.enter(shape, stack());
    return open(shape, label, live_);
  }
  status begin_block(block_shape& shape) {
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
    stacks::end_set(f);
    s_.operands.truncate(f.shape.height);
    DOVETAIL_TRY(push_all(f.shape.type.parameters));
    if (live_) e_.enter_else(f.label, stack());
    return status::ok;
  }

  status operate(op_constant<op::end>, no_immediate) {
    frame& f = s_.frames.back();
    DOVETAIL_TRY(close(f));
    const bool is_lone_if = f.shape.kind == block_kind::if_;
    if (is_lone_if && !match(f.shape.type.parameters, f.shape.type.results))
      return status::type_mismatch;
    // A loop's label is its head: branches to it do not come out here.
    const bool is_merge = is_lone_if || (f.is_targeted && f.shape.kind != block_kind::loop);
    if (is_merge || s_.frames.size() == 1) end_basic_block();
    if (f.was_live) e_.leave(f.label, live_, stack());
    live_ = f.was_live && (live_ || is_merge);
    stacks::end_set(f);
    s_.frames.pop();
    if (s_.frames.empty()) return status::ok;
    floor_ = s_.frames.back().shape.height;
    return status::ok;
  }
  // Whether values of the types `a` may be where those of `b` are expected.
  bool match(std::span<const value_type> a, std::span<const value_type> b) const {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!stands_for(a[i], b[i])) return false;
    }
    return true;
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
      if (!stands_for(type, types[types.size() - 1 - i])) return status::type_mismatch;
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
    V index{};
    function_type type;
    DOVETAIL_TRY(begin_indirect(call, index, type));
    if (live_) e_.call_indirect(call, type, index, stack());
    return returned(type);
  }
  status begin_indirect(const indirect_call& call, V& index, function_type& type) {
    DOVETAIL_TRY(objects::demand(call.table));
    const table_type& table = m_.tables[call.table.value];
    if (!stands_for(table.element, value_type::funcref)) return status::type_mismatch;
    if (call.type.value >= m_.types.size()) return status::unknown_type;
    if constexpr (stacks::has_typed_references && !executes(feature::function_references)) {
      if (!m_.types[call.type.value]->is_final) return not_executable(feature::function_references);
    }
    DOVETAIL_TRY(pop(address_type(table.is_64), index));
    type = m_.type(call.type);
    return require_top(type.parameters);
  }
  status operate(op_constant<op::call_ref>, type_index callee) {
    V reference{};
    function_type type;
    DOVETAIL_TRY(begin_reference(callee, reference, type));
    if (live_) e_.call_ref(callee, type, reference, stack());
    return returned(type);
  }
  status begin_reference(type_index callee, V& reference, function_type& type) {
    if (callee.value >= m_.types.size()) return status::unknown_type;
    DOVETAIL_TRY(pop(m_.reference(callee, true), reference));
    type = m_.type(callee);
    return require_top(type.parameters);
  }

  // Calls whose results are those of the function (3.3.8.13 to 15).
  status operate(op_constant<op::return_call>, function_index callee) {
    if (callee.value >= m_.functions.size()) return status::unknown_function;
    const function_type type = m_.function(callee);
    DOVETAIL_TRY(require_top(type.parameters));
    DOVETAIL_TRY(returnable(type));
    if (live_) e_.return_call(callee, type, stack());
    return become_unreachable(), status::ok;
  }
  status operate(op_constant<op::return_call_indirect>, const indirect_call& call) {
    V index{};
    function_type type;
    DOVETAIL_TRY(begin_indirect(call, index, type));
    DOVETAIL_TRY(returnable(type));
    if (live_) e_.return_call_indirect(call, type, index, stack());
    return become_unreachable(), status::ok;
  }
  status operate(op_constant<op::return_call_ref> which, type_index callee) {
    if constexpr (!executes(feature::tail_call)) {
      return static_cast<void>(which), not_executable(feature::tail_call);
    } else {
      V reference{};
      function_type type;
      DOVETAIL_TRY(begin_reference(callee, reference, type));
      DOVETAIL_TRY(returnable(type));
      if (live_) e_.return_call_ref(callee, type, reference, stack());
      return become_unreachable(), status::ok;
    }
  }
  status returnable(const function_type& callee) const {
    DOVETAIL_TRY(executable(callee));
    return match(callee.results, body_.type.results) ? status::ok : status::type_mismatch;
  }

  // Branches on references (3.3.8.6 and 7).
  status operate(op_constant<op::br_on_null>, label_index depth) {
    operand<V> reference;
    DOVETAIL_TRY(objects::pop_reference(reference));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(require_top(f->shape.label_types()));
    end_basic_block();
    V passed{};
    if (live_) passed = e_.branch_on_null(f->label, reference.value, stack());
    return push(reference.type.as_non_null(), passed);
  }
  status operate(op_constant<op::br_on_non_null>, label_index depth) {
    operand<V> reference;
    DOVETAIL_TRY(objects::pop_reference(reference));
    frame* f = nullptr;
    DOVETAIL_TRY(target(depth, f));
    DOVETAIL_TRY(push(reference.type.as_non_null(), reference.value));
    const auto types = f->shape.label_types();
    if (types.empty() || !types.back().is_reference()) return status::type_mismatch;
    DOVETAIL_TRY(require_top(types));
    end_basic_block();
    if (live_) e_.branch_on_non_null(f->label, reference.value, stack());
    s_.operands.pop();
    return status::ok;
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
    value_type type = types.first;
    if constexpr (stacks::has_typed_references) DOVETAIL_TRY(m_.resolve(type));
    V condition{}, a{}, b{};
    DOVETAIL_TRY(pop(value_type::i32, condition));
    DOVETAIL_TRY(pop(type, b));
    DOVETAIL_TRY(pop(type, a));
    return selected(type, a, b, condition);
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
  using nans = open_nans;
  using relaxed_simd = deterministic_relaxed;
  static constexpr features accept = features::wasm3();
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
concept limits_fit_the_format =
    C::limit.types <= value_type::most_defined&& C::limit.parameters <= 65'535 &&
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
  requires nan_policy<typename C::nans>;
  requires relaxed_policy<typename C::relaxed_simd>;
  requires std::same_as<const features, decltype(C::accept)>;
  requires std::same_as<const limits, decltype(C::limit)>;
}
&&guarded_memory_needs_64_bit_addresses<C>&& guarded_memory_needs_a_way_back_from_faults<C>&&
    thrown_traps_need_exceptions<C>&& limits_fit_the_format<C>;

namespace detail {

/// What a configuration's backend is asked to do.
template <class C>
inline constexpr controls controls_of =
    controls_under<typename C::backend, typename C::nans, typename C::relaxed_simd>;

}  // namespace detail

}  // namespace dovetail

// ---- dovetail/validate/constant.hpp

// Constant expressions (core specification 3.3.10) as one more emitter: the pass types them, this
// keeps what they say.

namespace dovetail {

/// Keeps what a constant expression consists of: a single operator in `result`, several of them as
/// steps of the module's `constant_code`, with what can be known of their values worked out.
class constant_emitter : public null_emitter {
 public:
  explicit constant_emitter(array<constant_step>& code) : code_(code), first_(code.size()) {}

  value constant(value_type type, slot bits) {
    result_ = {constant_expression::kind::value, type, 0, bits, 0};
    return step({constant_step::kind::value, false, 0, bits});
  }
  value vector_constant(const v128& v) {
    slot halves[2] = {};
    for (unsigned i = 0; i < 16; ++i) halves[i / 8] |= slot{v.bytes[i]} << (8 * (i % 8));
    result_ = {constant_expression::kind::value, value_type::v128, 0, halves[0], halves[1]};
    return step({});
  }
  value global_get(global_index global, value_type type, live<value>) {
    result_ = {constant_expression::kind::global, type, global.value, 0, 0};
    return step({constant_step::kind::global, false, global.value, 0});
  }
  value ref_func(function_index function, live<value>) {
    result_ = {constant_expression::kind::function, value_type::funcref, function.value, 0, 0};
    return step({constant_step::kind::function, false, function.value, 0});
  }
  value binary(op o, value, value, live<value>) {
    const constant_step arithmetic = step_of(o);
    const std::size_t size = code_.size();
    if (failure_ == status::ok && code_[size - 1].what == constant_step::kind::value &&
        code_[size - 2].what == constant_step::kind::value) {
      const slot folded = work_out(arithmetic, code_[size - 2].low, code_[size - 1].low);
      code_.truncate(size - 2);
      return constant(arithmetic.is_64 ? value_type::i64 : value_type::i32, folded);
    }
    return step(arithmetic);
  }
  status finish() {
    const std::size_t steps = code_.size() - first_;
    if (failure_ != status::ok || steps == 1) {
      code_.truncate(first_);
      return failure_;
    }
    const value_type type = code_.back().is_64 ? value_type::i64 : value_type::i32;
    result_ = {constant_expression::kind::program, type, static_cast<std::uint32_t>(first_), steps,
               0};
    return status::ok;
  }
  [[nodiscard]] const constant_expression& result() const { return result_; }

 private:
  static constant_step step_of(op o) {
    using kind = constant_step::kind;
    const kind what = o == op::i32_add || o == op::i64_add   ? kind::add
                      : o == op::i32_sub || o == op::i64_sub ? kind::subtract
                                                             : kind::multiply;
    return {what, row_of(o).shape == shape::ll_l, 0, 0};
  }
  value step(const constant_step& s) {
    if (failure_ == status::ok) failure_ = code_.push(s);
    return {};
  }

  array<constant_step>& code_;
  std::size_t first_;
  constant_expression result_;
  status failure_ = status::ok;
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
    } else if constexpr (Accept.has(feature::extended_const) &&
                         (S == shape::ii_i || S == shape::ll_l)) {
      return is_constant(o) ? pass_.template on<S>(o, imm) : status::constant_expression_required;
    } else {
      return status::constant_expression_required;
    }
  }
  template <op O>
  status on(op_constant<O> which, const immediate_of<O>& imm) {
    if constexpr (O == op::global_get) {
      // Before extended constant expressions only imported globals are in scope, and only constant
      // ones.
      const std::size_t in_scope =
          Accept.has(feature::extended_const) ? m_.globals.size() : m_.imported_globals;
      if (imm.value >= in_scope) return status::unknown_global;
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
  static bool is_constant(op o) {
    switch (o) {
      case op::i32_add:
      case op::i32_sub:
      case op::i32_mul:
      case op::i64_add:
      case op::i64_sub:
      case op::i64_mul: return true;
      default: return false;
    }
  }

  module_env& m_;
  pass<constant_emitter, true, Accept>& pass_;
};

/// Types the expression at `r`, which must have the type `expected`, and reduces it to `out`.
template <decoder_policy Decoder, features Accept>
[[nodiscard]] status read_constant(byte_reader r, module_env& module,
                                   pass_storage<constant_emitter>& storage, const limits& most,
                                   value_type expected, constant_expression& out) {
  constant_emitter emitter(module.constant_code);
  pass<constant_emitter, true, Accept> typed(module, emitter, storage, most);
  DOVETAIL_TRY(typed.begin_expression(expected));
  constant_sink<Accept> sink(module, typed);
  DOVETAIL_TRY(Decoder::expression(r, sink));
  DOVETAIL_TRY(emitter.finish());
  out = emitter.result();
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
  static constexpr features accept = Accept;

  /// `most` bounds every list; both references must outlive the builder.
  module_builder(module_env& module, const limits& most)
      : m_(module), most_(most), types_(module), storage_(*module.memory) {}

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

  status group(std::uint32_t count) { return types_.begin(count, most_.types); }
  status type(const subtype& place) { return types_.add(place); }
  status parameters(std::uint32_t count) {
    return count > most_.parameters ? status::limit_exceeded : status::ok;
  }
  status parameter(value_type type) { return types_.template parameter<Accept>(type); }
  status results(std::uint32_t count) {
    if (count > most_.results) return status::limit_exceeded;
    if (count > 1 && !Accept.has(feature::multi_value)) return not_accepted(feature::multi_value);
    if (count > m_.most_results) m_.most_results = count;
    return status::ok;
  }
  status result(value_type type) { return types_.template result<Accept>(type); }
  status type_end() { return status::ok; }
  status group_end() { return types_.finish(); }

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
        DOVETAIL_TRY(add_table(what.table, {}));
        break;
      case external_kind::memory:
        entry.index = m_.imported_memories++;
        DOVETAIL_TRY(memory(what.memory));
        break;
      case external_kind::global:
        entry.index = m_.imported_globals++;
        DOVETAIL_TRY(import_global(what.global));
        break;
      case external_kind::tag:
        entry.index = m_.imported_tags++;
        DOVETAIL_TRY(tag(what.function));
        break;
    }
    return m_.imports.push(entry);
  }

  status function(type_index type) { return add_function(type); }

  status table(const table_type& type) {
    return type.element.is_nullable() ? add_table(type, {}) : status::type_mismatch;
  }
  status table(const table_type& type, const byte_reader& initial) {
    constant_expression first;
    value_type element = type.element;
    DOVETAIL_TRY(m_.resolve(element));
    DOVETAIL_TRY(constant(initial, element, first));
    return add_table(type, first);
  }

  status memory(const memory_type& type) {
    if (!m_.memories.empty() && !Accept.has(feature::multi_memory))
      return status::multiple_memories;
    if (m_.memories.size() >= most_.memories) return status::limit_exceeded;
    if (type.is_64) {
      if (largest(type.limits) > std::uint64_t{1} << 48) return status::memory64_too_large;
    } else if (largest(type.limits) > 65'536) {
      return status::memory_too_large;
    }
    if (type.limits.has_maximum() && type.limits.maximum < type.limits.minimum)
      return status::limits_out_of_order;
    return m_.memories.push(type);
  }

  status tag(type_index type) {
    if (type.value >= m_.types.size()) return status::unknown_type;
    if (!m_.type(type).results.empty()) return status::tag_with_results;
    if (m_.tags.size() >= most_.tags) return status::limit_exceeded;
    return m_.tags.push(type);
  }

  status global(const global_type& type, const byte_reader& initial) {
    global_entry entry{type, {}};
    DOVETAIL_TRY(m_.resolve(entry.type.type));
    DOVETAIL_TRY(constant(initial, entry.type.type, entry.initial));
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
      DOVETAIL_TRY(accept_feature(feature::bulk_memory));
    DOVETAIL_TRY(accept_element(head.type));
    if (head.count > most_.segment_elements) return status::limit_exceeded;
    dovetail::element_segment segment{head.mode, head.type, head.table, {}, 0, head.count};
    DOVETAIL_TRY(m_.resolve(segment.type));
    segment.first = static_cast<std::uint32_t>(m_.elements.size());
    if (head.mode == segment_mode::active) {
      if (head.table.value >= m_.tables.size()) return status::unknown_table;
      const table_type& table = m_.tables[head.table.value];
      if (!m_.canonical->matches(segment.type, table.element)) return status::type_mismatch;
      DOVETAIL_TRY(constant(head.offset, address_type(table.is_64), segment.offset));
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
    DOVETAIL_TRY(accept_feature(feature::bulk_memory));
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
    if (head.mode != segment_mode::active) DOVETAIL_TRY(accept_feature(feature::bulk_memory));
    dovetail::data_segment segment{
        head.mode, head.memory, {}, m_.data_bytes.size(), head.bytes.remaining()};
    if (head.mode == segment_mode::active) {
      if (head.memory.value >= m_.memories.size()) return status::unknown_memory;
      DOVETAIL_TRY(constant(head.offset, address_type(m_.memories[head.memory.value].is_64),
                            segment.offset));
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
      case section_id::tag: return most_.tags;
      case section_id::global: return most_.globals;
      case section_id::export_: return most_.exports;
      case section_id::element: return most_.element_segments;
      case section_id::data: return most_.data_segments;
      default: return 0xffff'ffff;
    }
  }

  [[nodiscard]] static status accept_feature(feature wanted) {
    return Accept.has(wanted) ? status::ok : not_accepted(wanted);
  }
  // The type of addresses and indices.
  [[nodiscard]] static value_type address_type(bool is_64) {
    return is_64 ? value_type::i64 : value_type::i32;
  }
  // The element types of tables and segments.
  [[nodiscard]] static status accept_element(value_type type) {
    return type == value_type::externref ? accept_feature(feature::reference_types) : status::ok;
  }

  [[nodiscard]] status keep(std::string_view text, text_range& out) {
    out = {static_cast<std::uint32_t>(m_.text.size()), static_cast<std::uint32_t>(text.size())};
    return m_.text.append(text);
  }
  [[nodiscard]] static std::uint64_t largest(const limits_type& l) {
    return l.has_maximum() && l.maximum > l.minimum ? l.maximum : l.minimum;
  }
  [[nodiscard]] status add_table(table_type type, const constant_expression& initial) {
    if (m_.tables.size() >= most_.tables) return status::limit_exceeded;
    if (!m_.tables.empty()) DOVETAIL_TRY(accept_feature(feature::reference_types));
    DOVETAIL_TRY(accept_element(type.element));
    DOVETAIL_TRY(m_.resolve(type.element));
    if (!type.is_64 && largest(type.limits) > 0xffff'ffff) return status::table_too_large;
    if (type.limits.has_maximum() && type.limits.maximum < type.limits.minimum)
      return status::limits_out_of_order;
    DOVETAIL_TRY(m_.table_initials.push(initial));
    return m_.tables.push(type);
  }
  [[nodiscard]] status add_function(type_index type) {
    if (type.value >= m_.types.size()) return status::unknown_type;
    if (m_.functions.size() >= most_.functions) return status::limit_exceeded;
    DOVETAIL_TRY(m_.declared.push(false));
    return m_.functions.push(type);
  }
  [[nodiscard]] status import_global(global_type type) {
    DOVETAIL_TRY(m_.resolve(type.type));
    return add_global({type, {}});
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
      case external_kind::tag: return index < m_.tags.size() ? status::ok : status::unknown_tag;
    }
    return status::malformed_export_kind;
  }
  [[nodiscard]] status constant(const byte_reader& r, value_type type, constant_expression& out) {
    return read_constant<Decoder, Accept>(r, m_, storage_, most_, type, out);
  }

  module_env& m_;
  const limits& most_;
  type_builder types_;
  pass_storage<constant_emitter> storage_;
  section_id section_ = section_id::none;
  std::size_t position_ = 0;
};

}  // namespace dovetail

// ---- dovetail/validate/recording.hpp

// What the pass told one emitter, kept to be told to another: nothing is decoded, typed or named
// twice. For backends that want to know a body before they compile it.

namespace dovetail {

/// What an emitter was told.
enum class told : std::uint8_t {
  values,  ///< nothing but the values pushed before it
  meter,
  unary,
  binary,
  select,
  drop,
  vector_constant,
  vector,
  vector_store,
  load,
  store,
  local_set,
  local_tee,
  global_get,
  global_set,
  data_drop,
  element_drop,
  ref_is_null,
  ref_as_non_null,
  enter,
  enter_if,
  else_,
  leave,
  branch,
  branch_if,
  branch_table,
  unreachable,
  call,
  call_indirect,
  call_ref,
  return_call,
  return_call_indirect,
  return_call_ref,
  branch_on_null,
  branch_on_non_null,
  end,
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT) NAME,
// Calls of emitters that are one operator each: DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT).
// A result is of a type, of the elements, as wide as what addresses or counts there, or none.

// clang-format off
DOVETAIL_CALL(memory_size, memory_index,      0, address)
DOVETAIL_CALL(memory_grow, memory_index,      1, address)
DOVETAIL_CALL(memory_fill, memory_index,      3, none)
DOVETAIL_CALL(memory_copy, two_memories,      3, none)
DOVETAIL_CALL(memory_init, data_and_memory,   3, none)
DOVETAIL_CALL(table_get,   table_index,       1, element)
DOVETAIL_CALL(table_set,   table_index,       2, none)
DOVETAIL_CALL(table_size,  table_index,       0, index)
DOVETAIL_CALL(table_grow,  table_index,       2, index)
DOVETAIL_CALL(table_fill,  table_index,       3, none)
DOVETAIL_CALL(table_copy,  two_tables,        3, none)
DOVETAIL_CALL(table_init,  element_and_table, 3, none)
DOVETAIL_CALL(ref_func,    function_index,    0, funcref)
// clang-format on
#undef DOVETAIL_CALL
};

/// One call. Locals and constants that were pushed since the one before it are part of it.
struct recorded_call {
  told what = told::end;
  std::uint8_t pushed = 0;  ///< how many
  op operation{};           ///< of numbers, loads and stores
  std::uint32_t offset = 0;
  std::uint64_t immediate = 0;  ///< or the number of one that is longer

  template <class T>
  [[nodiscard]] T get() const {
    static_assert(sizeof(T) <= sizeof(immediate) && std::is_trivially_copyable_v<T>);
    T out;
    std::memcpy(static_cast<void*>(&out), &immediate, sizeof(T));
    return out;
  }
  /// Puts it where `get` finds it, whatever the order of bytes.
  template <class T>
  DOVETAIL_ALWAYS_INLINE void put(const T& in) {
    static_assert(sizeof(T) <= sizeof(immediate) && std::is_trivially_copyable_v<T>);
    std::memcpy(&immediate, &in, sizeof(T));
  }
};
static_assert(sizeof(recorded_call) == 16, "a hundred thousand a megabyte");

namespace detail {
// A list that only grows, until it is cleared. Who writes has made room before.
template <class T>
class tape {
 public:
  explicit tape(allocator& a) : all_(a) {}
  [[nodiscard]] const T* data() const { return all_.data(); }
  [[nodiscard]] T* data() { return all_.data(); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - all_.data()); }
  void clear() { at_ = all_.data(); }
  // Room for `count` more.
  [[nodiscard]] status make_room(std::size_t count) {
    const std::size_t used = size();
    DOVETAIL_TRY(all_.reserve(used + count));
    at_ = all_.data() + used;
    return status::ok;
  }
  [[nodiscard]] DOVETAIL_ALWAYS_INLINE T& next() { return *at_++; }

 private:
  array<T> all_;
  T* at_ = nullptr;
};

// Immediates of eight bytes are kept as they are, and so are most memory arguments; the others are
// in a list.
struct wide_immediate {
  std::uint64_t words[2] = {};
};
inline constexpr std::uint64_t is_wide_access = std::uint64_t{1} << 63;
// A value that stands for itself: a constant.
struct recorded_constant {
  value_type type{};
  slot bits = 0;
};
// Where the parts of a body lie in the lists of all.
struct recorded_body {
  function_body body;
  std::size_t first_local = 0, local_count = 0;
  std::size_t first_constant = 0, constant_count = 0;
  std::size_t first_push = 0;
  std::size_t first_call = 0;
  std::uint32_t offset = 0;  // of the first operator
};
inline constexpr auto operator_results = [] {
  std::array<value_type, op_count> types{};
  for (std::size_t i = 0; i < op_count; ++i) types[i] = types_of(op_rows[i].shape).result;
  return types;
}();
}  // namespace detail

/// An emitter that records what it is told, some bodies at a time. `Executes`, `Vectors` and
/// `Metered` are those of the emitter that will be told.
template <features Executes, bool Vectors, bool Metered>
class recorder {
 public:
  struct value {};
  struct label {
    std::uint32_t index = 0;  ///< open blocks around it
    bool is_loop = false;
    std::uint32_t branches = 0;  ///< that lead to it
  };
  using meter = std::size_t;
  using values = live<value>;
  static constexpr features executes = Executes;
  static constexpr bool has_vectors = Vectors;
  static constexpr bool places_operands = true;
  static constexpr bool is_metered = Metered;

  explicit recorder(allocator& a)
      : memory_(&a),
        calls_(a),
        pushes_(a),
        constants_(a),
        shapes_(a),
        locals_(a),
        targets_(a),
        wide_(a),
        bodies_(a) {}

  [[nodiscard]] allocator& memory() const { return *memory_; }

  /// Forgets all bodies.
  void begin_batch() {
    calls_.clear();
    pushes_.clear();
    constants_.clear();
    locals_.clear();
    shapes_.clear();
    targets_.clear();
    wide_.clear();
    bodies_.clear();
    failure_ = make_room();
  }

  void begin(const function_body& body) {
    depth_ = pending_ = 0;
    keep(bodies_.push({body, locals_.size(), body.locals.size(), constants_.size(), 0,
                       pushes_.size(), calls_.size(), offset_}));
    keep(locals_.append(body.locals));
    constants_begin_ = constants_.size();
    local_count_ = static_cast<std::uint32_t>(body.locals.size());
    most_operands_ = 0;
  }
  [[nodiscard]] status begun() const { return failure_; }
  /// An unfinished body is not recorded.
  status finish() {
    record(told::end);
    // Who pushes two at a time reads beyond the last.
    pushes_.next() = pushes_.next() = 0;
    if (failure_ != status::ok) return failure_;
    bodies_.back().constant_count = constants_.size() - constants_begin_;
    return status::ok;
  }
  void position(std::size_t offset) {
    offset_ = static_cast<std::uint32_t>(offset);
    if (--left_ == 0) [[unlikely]]
      refill();
  }

  DOVETAIL_ALWAYS_INLINE value constant(value_type type, slot bits) {
    const std::size_t index = local_count_ + constants_.size() - constants_begin_;
    constants_.next() = {type, bits};
    return push(static_cast<std::uint32_t>(index));
  }
  value unary(op o, value, values below) { return operation(told::unary, o, below); }
  value binary(op o, value, value, values below) { return operation(told::binary, o, below); }
  value select(value_type type, value, value, value, values below) {
    return made(told::select, type, below);
  }
  void drop(value) { record(told::drop); }

  value vector_constant(const v128& bits) {
    return record(told::vector_constant, widen(bits)), value{};
  }
  template <class Immediate>
  value vector(op o, const Immediate& imm, std::span<const value>, values below) {
    // Three operands of two slots that may have to be put down, and the result.
    return reach(height_of(below) + 8), record_vector(told::vector, o, imm), value{};
  }
  template <class Immediate>
  void vector_store(op o, const Immediate& imm, value, value, values) {
    record_vector(told::vector_store, o, imm);
  }

  value load(op o, const memory_argument& m, value, values below) {
    return reach(height_of(below) + 3), record(told::load, packed(m), o), value{};
  }
  void store(op o, const memory_argument& m, value, value, values) {
    record(told::store, packed(m), o);
  }

  DOVETAIL_ALWAYS_INLINE value local_get(local_index i, value_type, values) {
    return push(i.value);
  }
  void local_set(local_index i, value_type, value, values below) {
    reach(height_of(below));
    record(told::local_set, i);
  }
  value local_tee(local_index i, value_type type, value, values below) {
    return reach(height_of(below) + slots_of(type)), record(told::local_tee, i), value{};
  }
  value global_get(global_index i, value_type type, values below) {
    return made(told::global_get, typed_global{i, type}, below);
  }
  void global_set(global_index i, value_type type, value, values) {
    record(told::global_set, typed_global{i, type});
  }

  void data_drop(data_index i) { record(told::data_drop, i); }
  void element_drop(element_index i) { record(told::element_drop, i); }
  value ref_is_null(value, values below) { return made(told::ref_is_null, no_immediate{}, below); }
  value ref_as_non_null(value, values below) {
    return made(told::ref_as_non_null, no_immediate{}, below);
  }
  // The operands, and the live ones below them, say nothing that the count of the row does not.
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT)   \
  template <class... Operands>                             \
  value NAME(IMMEDIATE imm, const Operands&... operands) { \
    reach(height_of(last(operands...)) + OPERANDS + 1);    \
    return record(told::NAME, imm), value{};               \
  }
// Calls of emitters that are one operator each: DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT).
// A result is of a type, of the elements, as wide as what addresses or counts there, or none.

// clang-format off
DOVETAIL_CALL(memory_size, memory_index,      0, address)
DOVETAIL_CALL(memory_grow, memory_index,      1, address)
DOVETAIL_CALL(memory_fill, memory_index,      3, none)
DOVETAIL_CALL(memory_copy, two_memories,      3, none)
DOVETAIL_CALL(memory_init, data_and_memory,   3, none)
DOVETAIL_CALL(table_get,   table_index,       1, element)
DOVETAIL_CALL(table_set,   table_index,       2, none)
DOVETAIL_CALL(table_size,  table_index,       0, index)
DOVETAIL_CALL(table_grow,  table_index,       2, index)
DOVETAIL_CALL(table_fill,  table_index,       3, none)
DOVETAIL_CALL(table_copy,  two_tables,        3, none)
DOVETAIL_CALL(table_init,  element_and_table, 3, none)
DOVETAIL_CALL(ref_func,    function_index,    0, funcref)
// clang-format on
#undef DOVETAIL_CALL

  label enter(const block_shape& shape, values stack) {
    return reach(height_of(stack)), open(told::enter, shape);
  }
  label enter_if(const block_shape& shape, value, values stack) {
    return reach(height_of(stack) + 1), open(told::enter_if, shape);
  }
  void else_(label&, bool reachable, values) { record(told::else_, reachable); }
  void enter_else(label&, values) {}
  void leave(label&, bool reachable, values stack) {
    reach(height_of(stack));
    record(told::leave, reachable);
    --depth_;
  }
  void branch(label& l, values) { record(told::branch, to(l)); }
  void branch_if(label& l, value, values) { record(told::branch_if, to(l)); }
  void branch_table(value, std::span<label* const> targets, values) {
    record(told::branch_table, list{static_cast<std::uint32_t>(targets_.size()),
                                    static_cast<std::uint32_t>(targets.size())});
    for (label* l : targets) keep(targets_.push(to(*l)));
  }
  void unreachable() { record(told::unreachable); }

  void call(function_index callee, const function_type&, values) { record(told::call, callee); }
  void call_indirect(indirect_call c, const function_type&, value, values) {
    record(told::call_indirect, c);
  }
  void call_ref(type_index callee, const function_type&, value, values) {
    record(told::call_ref, callee);
  }
  void return_call(function_index callee, const function_type&, values) {
    record(told::return_call, callee);
  }
  void return_call_indirect(indirect_call c, const function_type&, value, values) {
    record(told::return_call_indirect, c);
  }
  void return_call_ref(type_index callee, const function_type&, value, values) {
    record(told::return_call_ref, callee);
  }
  void name_results(std::size_t, values stack) { reach(height_of(stack)); }
  value branch_on_null(label& l, value, values below) {
    return made(told::branch_on_null, to(l), below);
  }
  void branch_on_non_null(label& l, value, values) { record(told::branch_on_non_null, to(l)); }

  meter open_meter() {
    record(told::meter);
    return calls_.size() - 1;
  }
  void close_meter(meter at, std::uint32_t operators) {
    if (failure_ == status::ok) calls_.data()[at].put(operators);
  }

  struct typed_global {
    global_index global;
    value_type type;
  };
  struct list {
    std::uint32_t first, count;
  };

 protected:
  [[nodiscard]] std::uint32_t most_operands() const { return most_operands_; }
  void reach(std::uint32_t height) {
    if (height > most_operands_) most_operands_ = height;
  }
  void keep(status s) {
    if (s != status::ok) [[unlikely]]
      failure_ = s;
  }
  template <class First, class... Rest>
  static values last(const First& first, const Rest&... rest) {
    if constexpr (sizeof...(Rest) == 0) {
      return first;
    } else {
      return last(rest...);
    }
  }

  // What was recorded so far, of the body at hand and those before it.
  [[nodiscard]] std::size_t call_count() const { return calls_.size(); }
  [[nodiscard]] std::size_t push_count() const { return pushes_.size(); }
  [[nodiscard]] std::uint32_t pending() const { return pending_; }  // of them, of no call yet
  [[nodiscard]] std::uint32_t depth() const { return depth_; }      // open blocks
  [[nodiscard]] const recorded_call& call_at(std::size_t i) const { return calls_.data()[i]; }
  [[nodiscard]] std::uint32_t pushed_at(std::size_t i) const { return pushes_.data()[i]; }
  // The bits of what was pushed, if that is a constant.
  [[nodiscard]] bool is_constant(std::uint32_t pushed, slot& bits) const {
    if (pushed < local_count_) return false;
    bits = constants_.data()[constants_begin_ + pushed - local_count_].bits;
    return true;
  }

 private:
  template <emitter E>
  friend class replay;

  static std::uint32_t to(label& l) { return ++l.branches, l.index; }
  DOVETAIL_ALWAYS_INLINE value push(std::uint32_t index) {
    pushes_.next() = index;
    ++pending_;
    return {};
  }
  template <class Immediate = no_immediate>
  DOVETAIL_ALWAYS_INLINE void record(told what, const Immediate& imm = {}, op o = {}) {
    if (pending_ > 0xff) [[unlikely]]
      record_values();
    recorded_call& c = calls_.next();
    c.what = what;
    c.pushed = static_cast<std::uint8_t>(pending_);
    c.operation = o;
    c.offset = offset_;
    if constexpr (!std::is_same_v<Immediate, no_immediate>) c.put(imm);
    pending_ = 0;
  }
  // More values than one call can have.
  DOVETAIL_COLD void record_values() {
    for (; pending_ > 0xff; pending_ -= 0xff) calls_.next() = {told::values, 0xff, {}, offset_, 0};
  }

  // Room for operators to come: each makes two calls at most, a meter among them, and pushes one
  // value; one call in 255 has values alone. Three values and two calls end a body.
  static constexpr std::uint32_t step = 256;
  [[nodiscard]] status make_room() {
    DOVETAIL_TRY(calls_.make_room(2 * step + 4));
    DOVETAIL_TRY(pushes_.make_room(step + 4));
    DOVETAIL_TRY(constants_.make_room(step));
    DOVETAIL_TRY(shapes_.make_room(step));
    left_ = step;
    return status::ok;
  }
  // When there is no more memory, what was recorded is written over: nobody reads it then.
  DOVETAIL_COLD void refill() {
    left_ = step;
    if (failure_ == status::ok) failure_ = make_room();
    if (failure_ == status::ok) return;
    calls_.clear();
    pushes_.clear();
    constants_.clear();
    shapes_.clear();
    pending_ = 0;
  }

  // A memory argument, and perhaps a lane, in eight bytes if they fit.
  [[nodiscard]] std::uint64_t packed(const memory_argument& m, std::uint8_t lane = 0) {
    if (m.offset <= 0xffff'ffff && m.memory.value <= 0xffff) [[likely]]
      return m.offset | std::uint64_t{m.alignment} << 32 | std::uint64_t{m.memory.value} << 40 |
             std::uint64_t{lane} << 56;
    return widen(m) | std::uint64_t{lane} << 56 | detail::is_wide_access;
  }
  template <class Immediate>
  [[nodiscard]] std::uint64_t widen(const Immediate& imm) {
    static_assert(sizeof(Immediate) <= sizeof(detail::wide_immediate));
    detail::wide_immediate w;
    std::memcpy(static_cast<void*>(&w), &imm, sizeof(imm));
    keep(wide_.push(w));
    return wide_.size() - 1;
  }
  // An operator that pushes a result. One more for an operand that may have to be put down
  // meanwhile.
  template <class Immediate>
  DOVETAIL_ALWAYS_INLINE value made(told what, const Immediate& imm, values below) {
    reach(height_of(below) + 5);
    record(what, imm);
    return {};
  }
  DOVETAIL_ALWAYS_INLINE value operation(told what, op o, values below) {
    reach(height_of(below) + 3);
    record(what, no_immediate{}, o);
    return {};
  }
  template <class Immediate>
  void record_vector(told what, op o, const Immediate& imm) {
    if constexpr (std::is_same_v<Immediate, memory_argument>) {
      record(what, packed(imm), o);
    } else if constexpr (std::is_same_v<Immediate, memory_lane_argument>) {
      record(what, packed(imm.access, imm.lane), o);
    } else if constexpr (std::is_same_v<Immediate, v128>) {
      record(what, widen(imm), o);
    } else {
      record(what, imm, o);
    }
  }
  label open(told what, const block_shape& shape) {
    record(what, shapes_.size());
    shapes_.next() = shape;
    return {depth_++, shape.kind == block_kind::loop, 0};
  }

  allocator* memory_;
  detail::tape<recorded_call> calls_;
  detail::tape<std::uint32_t> pushes_;  // locals, then constants, by number
  detail::tape<detail::recorded_constant> constants_;
  detail::tape<block_shape> shapes_;
  array<value_type> locals_;
  array<std::uint32_t> targets_;
  array<detail::wide_immediate> wide_;
  array<detail::recorded_body> bodies_;
  std::size_t constants_begin_ = 0;
  std::uint32_t local_count_ = 0;
  std::uint32_t pending_ = 0;  // values pushed since the last call
  std::uint32_t depth_ = 0;
  std::uint32_t offset_ = 0;
  std::uint32_t left_ = 1;  // operators there is room for
  std::uint32_t most_operands_ = 0;
  status failure_ = status::ok;
};

}  // namespace dovetail

// ---- dovetail/validate/replay.hpp

// Tells an emitter what a recorder was told: the second pass of a backend that has two.

namespace dovetail {

/// Tells the bodies of a recorder's batch, one after the other. The operand stack is the emitter's:
/// types of operands are those that were recorded. What `local_get` and `constant` return must not
/// depend on where they are told: each is told once a body, before its first operator.
template <emitter E>
class replay {
  using V = typename E::value;
  using recorder_type = recorder<E::executes, E::has_vectors, E::is_metered>;

 public:
  replay(const recorder_type& recorded, E& e)
      : r_(recorded),
        e_(e),
        stack_(recorded.memory()),
        values_(recorded.memory()),
        labels_(recorded.memory()),
        targets_(recorded.memory()) {}

  /// The first body of a batch comes next.
  void begin_batch() { next_ = 0; }

  /// Tells the next body, all but `finish`.
  status body() {
    const detail::recorded_body& b = r_.bodies_[next_++];
    function_body f = b.body;
    f.locals = {r_.locals_.data() + b.first_local, b.local_count};
    module_ = f.module;
    DOVETAIL_TRY(make_room(64));
    DOVETAIL_TRY(values_.reserve(b.local_count + b.constant_count + 1));
    DOVETAIL_TRY(labels_.reserve(64));
    labels_.clear();
    e_.position(b.offset);
    e_.begin(f);
    if constexpr (requires { e_.begun(); }) DOVETAIL_TRY(e_.begun());
    name_values(b);
    return calls(r_.calls_.data() + b.first_call, r_.pushes_.data() + b.first_push);
  }

 private:
  struct open_block {
    typename E::label label{};
    const block_shape* shape = nullptr;
  };

  void name_values(const detail::recorded_body& b) {
    operand<V>* to = values_.data();
    const auto name = [&](value_type type, V v) {
      to->type = type;
      to->end = slots_of(type);
      to->value = v;
      ++to;
    };
    const value_type* const types = r_.locals_.data() + b.first_local;
    for (std::uint32_t i = 0; i < b.local_count; ++i)
      name(types[i], e_.local_get({i}, types[i], live<V>{}));
    const detail::recorded_constant* const constants = r_.constants_.data() + b.first_constant;
    for (std::size_t i = 0; i < b.constant_count; ++i)
      name(constants[i].type, e_.constant(constants[i].type, constants[i].bits));
  }

  status calls(const recorded_call* c, const std::uint32_t* pushes) {
    const operand<V>* const values = values_.data();
    operand<V>* t = bottom_;
    for (;; ++c) {
      const std::size_t pushed = c->pushed;
      if (t + pushed > limit_) [[unlikely]]
        if (t = grow(pushed, t); t == nullptr) return status::out_of_memory;
      // How many there are cannot be foreseen, so two are written in any case.
      place(values[pushes[0]], t);
      place(values[pushes[1]], t + 1);
      if (pushed > 2) [[unlikely]] {
        for (std::size_t i = 2; i < pushed; ++i) place(values[pushes[i]], t + i);
      }
      t += pushed;
      pushes += pushed;
      e_.position(c->offset);
      if constexpr (requires { e_.upcoming(c[1]); }) e_.upcoming(c[1]);
      if (c->what == told::end) return status::ok;
      DOVETAIL_TRY(call(*c, t));
    }
  }

  DOVETAIL_ALWAYS_INLINE status call(const recorded_call& c, operand<V>*& t) {
    const op o = c.operation;
    switch (c.what) {
      case told::values:
      case told::end: break;
      case told::meter: e_.close_meter(e_.open_meter(), c.get<std::uint32_t>()); break;
      case told::unary: {
        const V a = pop(t);
        push(result_type(o), e_.unary(o, a, stack(t)), t);
        break;
      }
      case told::binary: {
        const V b = pop(t), a = pop(t);
        push(result_type(o), e_.binary(o, a, b, stack(t)), t);
        break;
      }
      case told::select: {
        const V condition = pop(t), b = pop(t), a = pop(t);
        const auto type = c.get<value_type>();
        push(type, e_.select(type, a, b, condition, stack(t)), t);
        break;
      }
      case told::drop: e_.drop(pop(t)); break;
      case told::load: {
        const V at = pop(t);
        push(result_type(o), e_.load(o, access(c), at, stack(t)), t);
        break;
      }
      case told::store: {
        const V v = pop(t), at = pop(t);
        e_.store(o, access(c), at, v, stack(t));
        break;
      }
      case told::local_set: {
        const auto i = c.get<local_index>();
        const V v = pop(t);
        e_.local_set(i, values_.data()[i.value].type, v, stack(t));
        break;
      }
      case told::local_tee: {
        const auto i = c.get<local_index>();
        const value_type type = values_.data()[i.value].type;
        const V v = pop(t);
        push(type, e_.local_tee(i, type, v, stack(t)), t);
        break;
      }
      case told::global_get: {
        const auto g = c.get<typename recorder_type::typed_global>();
        push(g.type, e_.global_get(g.global, g.type, stack(t)), t);
        break;
      }
      case told::global_set: {
        const auto g = c.get<typename recorder_type::typed_global>();
        const V v = pop(t);
        e_.global_set(g.global, g.type, v, stack(t));
        break;
      }
      case told::data_drop: e_.data_drop(c.get<data_index>()); break;
      case told::element_drop: e_.element_drop(c.get<element_index>()); break;
      case told::ref_as_non_null:
      case told::branch_on_null:
      case told::branch_on_non_null:
      case told::call_ref:
        if constexpr (E::executes.has(feature::function_references)) {
          t = reference(c, t);
          if (t == nullptr) [[unlikely]]
            return status::out_of_memory;
        }
        break;
      case told::return_call:
      case told::return_call_indirect:
      case told::return_call_ref:
        if constexpr (E::executes.has(feature::tail_call)) return_call(c, t);
        break;
      case told::ref_is_null: {
        const V v = pop(t);
        push(value_type::i32, e_.ref_is_null(v, stack(t)), t);
        break;
      }
      case told::vector_constant:
      case told::vector:
      case told::vector_store:
        if constexpr (E::has_vectors) t = vector(c, t);
        break;
      case told::enter: return enter(*shape(c), t);
      case told::enter_if: return enter_if(*shape(c), t);
      case told::else_: return else_(c.get<bool>(), t);
      case told::leave: return leave(c.get<bool>(), t);
      case told::branch: e_.branch(labels_[c.get<std::uint32_t>()].label, stack(t)); break;
      case told::branch_if: {
        const V condition = pop(t);
        e_.branch_if(labels_[c.get<std::uint32_t>()].label, condition, stack(t));
        break;
      }
      case told::branch_table: return branch_table(c.get<typename recorder_type::list>(), t);
      case told::unreachable: e_.unreachable(); break;
      case told::call: {
        const auto callee = c.get<function_index>();
        const function_type type = module_->function(callee);
        e_.call(callee, type, stack(t));
        return returned(type, t);
      }
      case told::call_indirect: {
        const auto how = c.get<indirect_call>();
        const function_type type = module_->type(how.type);
        const V index = pop(t);
        e_.call_indirect(how, type, index, stack(t));
        return returned(type, t);
      }
#define DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT)                           \
  case told::NAME:                                                                 \
    tell<OPERANDS, #RESULT[0] != 'n'>(type_##RESULT(c), t, [&](auto... operands) { \
      return e_.NAME(c.get<IMMEDIATE>(), operands..., stack(t));                   \
    });                                                                            \
    break;
// Calls of emitters that are one operator each: DOVETAIL_CALL(NAME, IMMEDIATE, OPERANDS, RESULT).
// A result is of a type, of the elements, as wide as what addresses or counts there, or none.

// clang-format off
DOVETAIL_CALL(memory_size, memory_index,      0, address)
DOVETAIL_CALL(memory_grow, memory_index,      1, address)
DOVETAIL_CALL(memory_fill, memory_index,      3, none)
DOVETAIL_CALL(memory_copy, two_memories,      3, none)
DOVETAIL_CALL(memory_init, data_and_memory,   3, none)
DOVETAIL_CALL(table_get,   table_index,       1, element)
DOVETAIL_CALL(table_set,   table_index,       2, none)
DOVETAIL_CALL(table_size,  table_index,       0, index)
DOVETAIL_CALL(table_grow,  table_index,       2, index)
DOVETAIL_CALL(table_fill,  table_index,       3, none)
DOVETAIL_CALL(table_copy,  two_tables,        3, none)
DOVETAIL_CALL(table_init,  element_and_table, 3, none)
DOVETAIL_CALL(ref_func,    function_index,    0, funcref)
// clang-format on
#undef DOVETAIL_CALL
    }
    return status::ok;
  }

  // The operand stack.
  [[nodiscard]] live<V> stack(operand<V>* t) {
    return {bottom_, static_cast<std::size_t>(t - bottom_)};
  }
  // Below the lowest operand lies one more, which ends at slot 0.
  static void push(value_type type, V v, operand<V>*& t) {
    t->type = type;
    t->value = v;
    t->end = t[-1].end + slots_of(type);
    ++t;
  }
  // A value whose `end` is its width. The sum does not wait for the copy.
  DOVETAIL_ALWAYS_INLINE static void place(const operand<V>& v, operand<V>* t) {
    const std::uint32_t end = t[-1].end + v.end;
    *t = v;
    t->end = end;
  }
  static V pop(operand<V>*& t) { return (--t)->value; }
  DOVETAIL_ALWAYS_INLINE status push_all(std::span<const value_type> types, operand<V>*& t) {
    if (t + types.size() > limit_) [[unlikely]]
      if (t = grow(types.size(), t); t == nullptr) return status::out_of_memory;
    for (const value_type type : types) push(type, V{}, t);
    return status::ok;
  }
  // Room for so many, a result, two that do not count, and the one below them.
  [[nodiscard]] status make_room(std::size_t count) {
    constexpr std::size_t more = 4;
    DOVETAIL_TRY(stack_.reserve(count + more));
    stack_.data()->end = 0;
    bottom_ = stack_.data() + 1;
    limit_ = bottom_ + count;
    return status::ok;
  }
  DOVETAIL_COLD operand<V>* grow(std::size_t count, const operand<V>* t) {
    const auto height = static_cast<std::size_t>(t - bottom_);
    if (make_room(2 * (height + count)) != status::ok) return nullptr;
    return bottom_ + height;
  }
  static value_type result_type(op o) {
    return detail::operator_results[static_cast<std::size_t>(o)];
  }

  static value_type type_funcref(const recorded_call&) { return value_type::funcref; }
  static value_type type_none(const recorded_call&) { return value_type::unknown; }
  static value_type type_of_index(bool is_64) { return is_64 ? value_type::i64 : value_type::i32; }
  value_type type_address(const recorded_call& c) const {
    return type_of_index(module_->memories[c.get<memory_index>().value].is_64);
  }
  value_type type_index(const recorded_call& c) const {
    return type_of_index(module_->tables[c.get<table_index>().value].is_64);
  }
  value_type type_element(const recorded_call& c) const {
    return module_->tables[c.get<table_index>().value].element;
  }
  // Operands are popped, `f` told, and its result pushed if it has one.
  template <std::size_t Operands, bool HasResult, class F>
  DOVETAIL_ALWAYS_INLINE void tell(value_type type, operand<V>*& t, const F& f) {
    V v[Operands + 1];
    for (std::size_t i = Operands; i-- > 0;) v[i] = pop(t);
    const auto told_with = [&](auto... operands) {
      if constexpr (HasResult) {
        push(type, f(operands...), t);
      } else {
        f(operands...);
      }
    };
    if constexpr (Operands == 0) told_with();
    if constexpr (Operands == 1) told_with(v[0]);
    if constexpr (Operands == 2) told_with(v[0], v[1]);
    if constexpr (Operands == 3) told_with(v[0], v[1], v[2]);
  }

  // Blocks.
  [[nodiscard]] const block_shape* shape(const recorded_call& c) const {
    return r_.shapes_.data() + c.get<std::size_t>();
  }
  DOVETAIL_ALWAYS_INLINE status enter(const block_shape& shape, operand<V>*& t) {
    return labels_.push({e_.enter(shape, stack(t)), &shape});
  }
  DOVETAIL_ALWAYS_INLINE status enter_if(const block_shape& shape, operand<V>*& t) {
    const V condition = pop(t);
    return labels_.push({e_.enter_if(shape, condition, stack(t)), &shape});
  }
  DOVETAIL_ALWAYS_INLINE status else_(bool reachable, operand<V>*& t) {
    open_block& b = labels_.back();
    DOVETAIL_TRY(end_arm(b, reachable, t));
    e_.else_(b.label, reachable, stack(t));
    t = bottom_ + b.shape->height;
    DOVETAIL_TRY(push_all(b.shape->type.parameters, t));
    e_.enter_else(b.label, stack(t));
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status leave(bool reachable, operand<V>*& t) {
    open_block& b = labels_.back();
    DOVETAIL_TRY(end_arm(b, reachable, t));
    e_.leave(b.label, reachable, stack(t));
    labels_.pop();
    return status::ok;
  }
  // Where the end cannot be reached the results have types alone.
  DOVETAIL_ALWAYS_INLINE status end_arm(const open_block& b, bool reachable, operand<V>*& t) {
    if (reachable) return status::ok;
    t = bottom_ + b.shape->height;
    return push_all(b.shape->type.results, t);
  }
  DOVETAIL_ALWAYS_INLINE status branch_table(typename recorder_type::list l, operand<V>*& t) {
    const V index = pop(t);
    targets_.clear();
    for (std::size_t i = 0; i < l.count; ++i)
      DOVETAIL_TRY(targets_.push(&labels_[r_.targets_[l.first + i]].label));
    e_.branch_table(index, targets_, stack(t));
    return status::ok;
  }
  DOVETAIL_ALWAYS_INLINE status returned(const function_type& type, operand<V>*& t) {
    t -= type.parameters.size();
    DOVETAIL_TRY(push_all(type.results, t));
    e_.name_results(type.results.size(), stack(t));
    return status::ok;
  }

  // What 3.0 adds, out of line: the stack's end is passed by value, so that it stays in a register
  // of the loop over calls. References are of one kind, whatever they refer to. Null if there is no
  // memory.
  operand<V>* reference(const recorded_call& c, operand<V>* t) {
    const V v = pop(t);
    if (c.what == told::call_ref) {
      const auto callee = c.get<dovetail::type_index>();
      const function_type type = module_->type(callee);
      e_.call_ref(callee, type, v, stack(t));
      return returned(type, t) == status::ok ? t : nullptr;
    }
    if (c.what == told::ref_as_non_null)
      return push(value_type::funcref, e_.ref_as_non_null(v, stack(t)), t), t;
    auto& label = labels_[c.get<std::uint32_t>()].label;
    if (c.what == told::branch_on_null)
      return push(value_type::funcref, e_.branch_on_null(label, v, stack(t)), t), t;
    // The label takes it along; who falls through does not.
    push(value_type::funcref, v, t);
    e_.branch_on_non_null(label, v, stack(t));
    return t - 1;
  }
  void return_call(const recorded_call& c, operand<V>* t) {
    if (c.what == told::return_call) {
      const auto callee = c.get<function_index>();
      return e_.return_call(callee, module_->function(callee), stack(t));
    }
    const V v = pop(t);
    if (c.what == told::return_call_indirect) {
      const auto how = c.get<indirect_call>();
      return e_.return_call_indirect(how, module_->type(how.type), v, stack(t));
    }
    if constexpr (E::executes.has(feature::function_references)) {
      const auto callee = c.get<dovetail::type_index>();
      e_.return_call_ref(callee, module_->type(callee), v, stack(t));
    }
  }

  [[nodiscard]] memory_argument access(const recorded_call& c) const {
    const std::uint64_t bits = c.immediate;
    if ((bits & detail::is_wide_access) == 0) [[likely]]
      return {bits & 0xffff'ffff,
              {static_cast<std::uint32_t>(bits >> 40 & 0xffff)},
              static_cast<std::uint32_t>(bits >> 32 & 0xff)};
    return wide<memory_argument>(bits & 0xffff'ffff);
  }
  template <class T>
  [[nodiscard]] T wide(std::uint64_t number) const {
    T out;
    std::memcpy(static_cast<void*>(&out), &r_.wide_[number], sizeof(T));
    return out;
  }

  // Vectors: constants, and operators with the immediate that their row has.
  operand<V>* vector(const recorded_call& c, operand<V>* t) {
    const op o = c.operation;
    if (c.what == told::vector_constant)
      return push(value_type::v128, e_.vector_constant(wide<v128>(c.immediate)), t), t;
    switch (row_of(o).immediate) {
      case immediate_kind::memarg: return vector(c, access(c), t);
      case immediate_kind::lane: return vector(c, c.get<lane_index>(), t);
      case immediate_kind::shuffle: return vector(c, wide<v128>(c.immediate), t);
      case immediate_kind::memarg_lane:
        return vector(
            c, memory_lane_argument{access(c), static_cast<std::uint8_t>(c.immediate >> 56 & 0x7f)},
            t);
      default: return vector(c, no_immediate{}, t);
    }
  }
  template <class Immediate>
  operand<V>* vector(const recorded_call& c, const Immediate& imm, operand<V>* t) {
    const op o = c.operation;
    if constexpr (std::is_same_v<Immediate, memory_argument> ||
                  std::is_same_v<Immediate, memory_lane_argument>) {
      if (c.what == told::vector_store) {
        const V v = pop(t), at = pop(t);
        return e_.vector_store(o, imm, at, v, stack(t)), t;
      }
    }
    const std::size_t count = types_of(row_of(o).shape).operand_count;
    V operands[3];
    for (std::size_t i = count; i-- > 0;) operands[i] = pop(t);
    push(result_type(o), e_.vector(o, imm, std::span<const V>{operands, count}, stack(t)), t);
    return t;
  }

  const recorder_type& r_;
  E& e_;
  array<operand<V>> stack_;
  array<operand<V>> values_;  // the body's locals, then its constants
  array<open_block> labels_;
  array<typename E::label*> targets_;
  const module_env* module_ = nullptr;
  operand<V>* bottom_ = nullptr;  // of the stack
  operand<V>* limit_ = nullptr;   // of the stack, for calls to begin
  std::size_t next_ = 0;
};
template <class Recorder, class E>
replay(const Recorder&, E&) -> replay<E>;

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
    if (r.u8(id) != status::ok || id > static_cast<std::uint8_t>(section_id::tag)) break;
    at = static_cast<section_id>(id);
    if (r.u32(size) != status::ok || r.part(size, skipped) != status::ok) break;
  }
  return at;
}

// Malformed bytes are reported as such even when an earlier byte is merely invalid.
template <class Decoder, features Accept>
DOVETAIL_COLD void prefer_malformed(std::span<const std::uint8_t> bytes, error& e) {
  if constexpr (diagnosing_decoder<Decoder>) {
    if (stage_of(e.code) != stage::validate && stage_of(e.code) != stage::decode) return;
    byte_reader r(bytes);
    // What a feature adds is read if it is accepted; an operator that is not accepted is no reason
    // to stop.
    const status s = Decoder::template diagnose<Accept + features::wasm2()>(r);
    if (s == status::ok || is_not_accepted(s)) return;
    e.code = s;
    e.offset = r.offset();
    e.section = section_at(bytes, e.offset);
  }
}

/// A compiler that wants to know a body before it begins: its collector, a recorder, is the emitter
/// of the validating pass, and what it recorded is told to the emitter afterwards.
template <class Compiler>
concept two_pass_compiler = requires(Compiler& c) {
  c.collector();
  replay(c.collector(), c.emitter());
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
      replay second(compiler.collector(), compiler.emitter());
      return by_batches(begin, end, first, second, compiler.emitter(), e);
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

  // The passes follow each other by batches, short enough that what was recorded is still at hand,
  // and long enough that the processor does not fetch the code of both passes for each body.
  template <class First, class Second, class Emitter>
  status by_batches(std::size_t begin, std::size_t all, First& first, Second& second,
                    Emitter& emitter, error& e) const {
    constexpr std::size_t batch_bytes = 16 * 1024;
    for (std::size_t end = begin; begin < all; begin = end) {
      first.emitter.begin_batch();
      for (std::size_t bytes = 0; end < all && bytes < batch_bytes; ++end) {
        DOVETAIL_TRY(body(end, first, e));
        bytes += env_.bodies[end].size;
      }
      second.begin_batch();
      for (std::size_t k = begin; k < end; ++k) {
        e.offset = env_.bodies[k].offset;
        DOVETAIL_TRY(second.body());
        DOVETAIL_TRY(emitter.finish());
      }
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

  /// In one go. Not inline, so that `extern template` keeps the compiler out of a unit
  /// ([temp.explicit]/13).
  status run(signature_table& signatures, const one_part& parts = {});
  template <class Parts>
  status run(signature_table& signatures, const Parts& parts) {
    return all(signatures, parts);
  }

 private:
  template <class Parts>
  status all(signature_table& signatures, const Parts& parts) {
    m_.env.canonical = &signatures;
    const status s = sections();
    if (s != status::ok) {
      prefer_malformed<Decoder, Accept>(bytes_, e_);
      return e_.code;
    }
    const status b = bodies(parts);
    if (b != status::ok) {
      e_.set(b);
      prefer_malformed<Decoder, Accept>(bytes_, e_);
      return e_.code;
    }
    return status::ok;
  }

  status sections() {
    byte_reader r(bytes_);
    if (bytes_.size() > most_.module_bytes) return e_.code = status::limit_exceeded;
    module_builder<Decoder, Accept> builder(m_.env, most_);
    const status s = Decoder::sections(r, builder);
    if (s == status::ok) return s;
    e_.set(s);
    e_.section = builder.section();
    e_.offset = stage_of(s) == stage::decode ? r.offset() : builder.position();
    return s;
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

template <class Decoder, class Validator, features Accept, class Compiler>
status module_compilation<Decoder, Validator, Accept, Compiler>::run(signature_table& signatures,
                                                                     const one_part& parts) {
  return all(signatures, parts);
}

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
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes);

  /// The same in up to `parts` parts at once, fewer for small modules. `run(count, task)` must call
  /// `task(k)` once for each `k` below `count`, on any threads, and return when all have returned.
  /// The error is the first part's that has one.
  template <std::invocable<std::size_t, void (&)(std::size_t)> Run>
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes, std::size_t parts,
                                                Run&& run) {
    return compile_by(detail::many_parts<Run>{parts, run}, bytes);
  }

  /// Decodes and validates a module without compiling it: also what the backend cannot execute.
  [[nodiscard]] result<void> validate(std::span<const std::byte> bytes);

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
  using compiler_of = typename B::template compiler<typename C::memory, detail::controls_of<C>>;

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

// Not inline: `extern template class basic_engine<C>` keeps the compiler out of a unit
// ([temp.explicit]/13).
template <config C>
result<basic_module<C>> basic_engine<C>::compile(std::span<const std::byte> bytes) {
  return compile_by(detail::one_part{}, bytes);
}
template <config C>
result<void> basic_engine<C>::validate(std::span<const std::byte> bytes) {
  error e;
  module_data* m = build<detail::null_compiler>(bytes, detail::one_part{}, e);
  if (m == nullptr) return e;
  m->release();
  return {};
}

}  // namespace dovetail

// ---- dovetail/link/host_signature.hpp

// The function type of a C++ callable, deduced at compile time, and the code that carries
// slots to it and results back. Used by bind.

namespace dovetail {

namespace detail {

/// Types as a list.
template <class... T>
struct types {
  static constexpr std::size_t count = sizeof...(T);
  static constexpr std::array<value_type, sizeof...(T)> values{value_type_of<T>()...};
  static constexpr std::span<const value_type> list{values};
  static constexpr std::size_t slot_count = slots_of(list);
  static constexpr bool has_vectors = slot_count != count;
  /// The first slot of each.
  static constexpr std::array<std::size_t, sizeof...(T)> first_slots = [] {
    std::array<std::size_t, sizeof...(T)> first{};
    for (std::size_t i = 1; i < count; ++i) first[i] = first[i - 1] + slots_of(values[i - 1]);
    return first;
  }();
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
    write_slots(frame, value);
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
    ((refused = refused ? refused
                        : put_result(std::get<I>(values), frame + types<R...>::first_slots[I], s)),
     ...);
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
          return f(from, read_slots<A>(frame + parameters::first_slots[I])...);
        } else {
          return f(read_slots<A>(frame + parameters::first_slots[I])...);
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

  /// Whether machine code can call it without a frame: its results fit a register, and it has no
  /// vectors.
  static constexpr bool has_native =
      results::count <= 1 && !parameters::has_vectors && !results::has_vectors;
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
  constexpr std::size_t parameters = types<A...>::slot_count,
                        results = result_types<R>::list::slot_count;
  slot frame[(parameters > results ? parameters : results) + 1];
  [[maybe_unused]] slot* to = frame;
  ((to = write_slots(to, arguments)), ...);
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
    DOVETAIL_ASSERT(function_->home != nullptr);  // its instance was not collected
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
  /// The same function, whose calls return traps.
  [[nodiscard]] function<R(A...), traps_returned> returning() const { return {*function_, entry_}; }
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

  [[nodiscard]] T get() const {
    DOVETAIL_ASSERT(is_there());
    if constexpr (std::same_as<T, v128>) {
      return v128::of_halves(global_->low, global_->high);
    } else {
      return from_slot<T>(global_->low);
    }
  }
  [[nodiscard]] operator T() const { return get(); }
  void set(T v) const {
    DOVETAIL_ASSERT(is_there() && is_mutable());
    if constexpr (std::same_as<T, v128>) {
      global_->low = v.low();
      global_->high = v.high();
    } else {
      global_->low = to_slot(v);
    }
  }
  const global& operator=(T v) const {
    set(v);
    return *this;
  }
  [[nodiscard]] bool is_mutable() const { return global_->type.is_mutable; }
  [[nodiscard]] vm::external_object object() const { return {external_kind::global, global_}; }

 private:
  // Its instance was not collected.
  [[nodiscard]] bool is_there() const { return global_->type.type == value_type_of<T>(); }

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
                    backend::template entry<typename C::memory, controls_of<C>, R, A...>(target));
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

/// An instance of one configuration: a handle, good as long as its store. It notices if the
/// instance was released and collected.
template <config C>
class basic_instance {
 public:
  /// For stores.
  explicit basic_instance(vm::instance& i) : instance_(&i), serial_(i.serial) {}

  /// Whether the instance is still there; if not, nothing is found in it.
  [[nodiscard]] bool is_alive() const { return instance_->serial == serial_; }

  /// The export `name` as a typed handle: `get<int(float)>("tick")`,
  /// `get<dovetail::global<int>>("hp")`, `get<dovetail::memory_view>("memory")`. Errors:
  /// unknown_export, export_type_mismatch, instance_gone.
  template <class T>
  [[nodiscard]] result<typename detail::export_as<T, C>::type> get(std::string_view name) const {
    if (!is_alive()) [[unlikely]]
      return error{status::instance_gone};
    const std::optional<external> found = find(name);
    if (!found) return error{status::unknown_export};
    return detail::export_as<T, C>::from(*found);
  }

  /// The export `name`, of any kind.
  [[nodiscard]] std::optional<external> find(std::string_view name) const {
    return is_alive() ? detail::find_export(*instance_, name) : std::nullopt;
  }
  /// Names and types of all exports, in the module's order.
  [[nodiscard]] detail::export_list exports() const {
    DOVETAIL_ASSERT(is_alive());
    return {instance_->module->env, instance_->module->env.exports.size()};
  }
  /// The export with this place in `exports()`: a look-up without a name.
  [[nodiscard]] std::optional<external> export_at(std::uint32_t number) const {
    if (!is_alive() || number >= instance_->module->env.exports.size()) return std::nullopt;
    const vm::external_object object = detail::export_of(*instance_, number);
    return object.object == nullptr ? std::nullopt : std::optional(external(object));
  }

  /// For linkers and tools.
  [[nodiscard]] vm::instance& data() const {
    DOVETAIL_ASSERT(is_alive());
    return *instance_;
  }

 private:
  vm::instance* instance_;
  std::uint64_t serial_;
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
// A function of values that machine code passes as they are is called itself, if it cannot throw or
// machine code can catch.
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
    (platform::catches_by_tables || !platform::has_exceptions) && is_plain<R (*)(A...) noexcept>;
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
    const slot* at = frame;
    for (const value_type t : parameters) {
      const slot low = *at++;
      in.push(value::from_bits(t, low, t.is_vector() ? *at++ : 0));
    }
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
      *frame++ = answers[i].bits();
      if (results[i].is_vector()) *frame++ = answers[i].high_bits();
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
    if (!instance.is_alive()) return status::instance_gone;
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

// ---- dovetail/link/host_function.hpp

// Makes host functions in a store, of the recipes that definitions have. Used by the store and by
// instantiation.

namespace dovetail {

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

/// Makes a host function in a store, which goes with `owner`.
[[nodiscard]] inline status make_host_function(store& s, const host_recipe& recipe,
                                               function_instance*& out, instance* owner = nullptr) {
  arena& objects = objects_of(s, owner);
  const dovetail::signature* type = s.signatures->intern(recipe.type);
  auto* f = objects.make<function_instance>();
  if (type == nullptr || f == nullptr) return status::store_out_of_memory;
  f->signature = type;
  f->invoke = &invoke_host;
  f->home = &s;
  f->lives_with = owner;
  f->host = {recipe.call, recipe.object, recipe.native};
  if (recipe.size != 0) {
    auto* kept = objects.make<closure>();
    void* object = objects.allocate(recipe.size);
    if (kept == nullptr || object == nullptr) return status::store_out_of_memory;
    recipe.copy(object, recipe.object);
    closure*& first = owner == nullptr ? s.closures : owner->closures;
    *kept = {object, recipe.destroy, first};
    first = kept;
    f->host.object = object;
  }
  out = f;
  return status::ok;
}

}  // namespace vm

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

/// Tables hold elements of the same type: they are written through both.
[[nodiscard]] constexpr bool matches(const table_type& provided, const table_type& declared) {
  return provided.is_64 == declared.is_64 && provided.element == declared.element &&
         matches(provided.limits, declared.limits);
}

[[nodiscard]] constexpr bool matches(const memory_type& provided, const memory_type& declared) {
  return provided.is_64 == declared.is_64 && matches(provided.limits, declared.limits);
}

/// Mutable globals are invariant, constant ones covariant.
[[nodiscard]] inline bool matches(const global_type& provided, const global_type& declared,
                                  signature_table& types) {
  if (provided == declared) return true;
  return !provided.is_mutable && !declared.is_mutable &&
         types.matches(provided.type, declared.type);
}

/// Whether an object may stand for another of its kind. Functions are compared by their signatures
/// (`is_subtype`), not by what is known here.
[[nodiscard]] inline bool matches(const external_type& provided, const external_type& declared,
                                  signature_table& types) {
  if (provided.kind != declared.kind) return false;
  switch (declared.kind) {
    case external_kind::table: return matches(provided.table, declared.table);
    case external_kind::memory: return matches(provided.memory, declared.memory);
    case external_kind::global: return matches(provided.global, declared.global, types);
    case external_kind::function:
    case external_kind::tag: break;
  }
  return false;
}

}  // namespace dovetail

// ---- dovetail/runtime/collection.hpp

// The life of instances within a store: where they are, how they go, and which ones nothing reaches
// any more. Used by instantiation and by stores.

namespace dovetail {

/// What `store.collect()` freed.
struct collected {
  std::uint32_t instances = 0;
  std::uint64_t bytes = 0;  ///< of the store's budget

  friend constexpr bool operator==(collected, collected) = default;
};

namespace vm {

/// A place for an instance of a store, which begins with a `vm::instance`: that of one that is
/// gone, or a new one. Null if memory is refused. All instances of a store are of one type.
template <class Instance>
[[nodiscard]] Instance* make_place(store& s) {
  static_assert(std::is_standard_layout_v<Instance>, "its address is its first member's");
  if (instance* const spare = s.spare_instances; spare != nullptr) {
    s.spare_instances = spare->next;
    arena* const objects = spare->objects;
    auto* made = ::new (static_cast<void*>(spare)) Instance{};
    reinterpret_cast<instance*>(made)->objects = objects;
    return made;
  }
  struct place {
    alignas(arena) std::byte objects[sizeof(arena)];
    Instance made;
  };
  static_assert(sizeof(place) <= sizeof(s.first_place) && alignof(place) <= 16);
  void* const room = s.is_first_taken ? s.objects.allocate(sizeof(place)) : s.first_place;
  if (room == nullptr) return nullptr;
  s.is_first_taken = true;
  auto* const found = ::new (room) place{};
  reinterpret_cast<instance&>(found->made).objects =
      ::new (static_cast<void*>(found->objects)) arena(s.budget.erased(), 1024, 16'384);
  return &found->made;
}

/// Puts an instance of a module into its store, which owns it from here on.
inline void add_instance(store& s, instance& i, module_data& m) {
  i.code = m.code;
  i.home = &s;
  i.module = &m;
  m.retain();
  i.serial = ++s.newest_serial;
  i.next = s.instances;
  s.instances = &i;
  ++s.instance_count;
}

namespace collecting {

// Takes what is of freed instances out of a list, telling of each.
template <class T, class Gone, class Free>
void filter(T*& first, Gone is_gone, Free free) {
  for (T** at = &first; *at != nullptr;) {
    T* const object = *at;
    if (is_gone(*object)) {
      *at = object->next;
      free(*object);
    } else {
      at = &object->next;
    }
  }
}

// What an instance had goes, and its place waits for another one.
inline void free_instance(store& s, instance& i) {
  if (s.report.module == i.module) s.report.module = nullptr;
  i.module->release();
  // Who still holds a handle finds null instead of what was there.
  i.objects->wipe();
  i.objects->clear();
  i.serial = 0;
  i.module = nullptr;
  i.next = s.spare_instances;
  s.spare_instances = &i;
  --s.instance_count;
}

/// Frees the instances for which `is_gone`, and what goes with them.
template <class Gone>
collected free_instances(store& s, Gone is_gone) {
  const std::uint64_t before = s.budget.used();
  collected freed;
  const auto goes = [&](const auto& object) {
    return object.owner != nullptr && is_gone(*object.owner);
  };
  // Callables of the host end first, while everything is there.
  for (instance* i = s.instances; i != nullptr; i = i->next) {
    if (is_gone(*i)) end_all(i->closures);
  }
  filter(s.memories, goes, [&](memory_instance& m) {
    if (s.forget_memory != nullptr) s.forget_memory(s, m);
    m.release(m);
  });
  filter(s.tables, goes, [](table_instance& t) { release(t); });
  filter(s.instances, is_gone, [&](instance& i) {
    free_instance(s, i);
    ++freed.instances;
  });
  freed.bytes = before - s.budget.used();
  return freed;
}

/// Finds what is reached, without memory of its own.
class marking {
 public:
  void run(store& s) {
    for (instance* i = s.instances; i != nullptr; i = i->next) i->is_reached = false;
    for (instance* i = s.instances; i != nullptr; i = i->next) {
      if (!i->is_released) reach(i);
    }
    for (const table_instance* t = s.tables; t != nullptr; t = t->next) {
      if (t->owner == nullptr) look_at(*t);
    }
    for (const global_instance* g = s.globals; g != nullptr; g = g->next) look_at(*g);
    while (instance* i = pending_) {
      pending_ = i->pending;
      look_at(*i);
    }
  }

 private:
  void reach(instance* i) {
    if (i == nullptr || i->is_reached) return;
    i->is_reached = true;
    i->pending = pending_;
    pending_ = i;
  }
  void reach_function(slot s) {
    if (s != 0) reach(to_function(s)->lives_with);
  }
  void look_at(const table_instance& t) {
    if (!t.type.element.is_function_reference()) return;
    for (std::uint64_t k = 0; k < t.size; ++k) reach_function(t.elements[k]);
  }
  void look_at(const global_instance& g) {
    if (g.type.type.is_function_reference()) reach_function(g.low);
  }
  // What its segments refer to are its own functions and those that it imports.
  void look_at(const instance& i) {
    const module_env& env = i.module->env;
    for (std::size_t k = 0; k < env.functions.size(); ++k) {
      if (i.functions[k] != nullptr) reach(i.functions[k]->lives_with);
    }
    look_at_all(i, i.tables, env.tables.size());
    look_at_all(i, i.globals, env.globals.size());
    for (std::size_t k = 0; k < env.memories.size(); ++k) reach(i.memories[k]->owner);
    for (std::size_t k = 0; k < env.tags.size(); ++k) reach(i.tags[k]->owner);
  }
  // Others' objects are looked at with their owners.
  template <class T>
  void look_at_all(const instance& i, T* const* objects, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
      if (objects[k]->owner == &i) {
        look_at(*objects[k]);
      } else {
        reach(objects[k]->owner);
      }
    }
  }

  instance* pending_ = nullptr;
};

}  // namespace collecting

/// Frees an instance that nobody knows of and that never ran, though it may not be whole.
inline void discard(instance& i) {
  collecting::free_instances(*i.home, [&](const instance& there) { return &there == &i; });
}

/// Frees the released instances that no other one, table or global reaches. No guest runs.
inline collected collect(store& s) {
  collecting::marking().run(s);
  const collected freed =
      collecting::free_instances(s, [](const instance& i) { return !i.is_reached; });
  if (freed.instances != 0 && s.backend != nullptr && s.backend->forget != nullptr)
    s.backend->forget(*s.backend);
  if (freed.instances != 0 && s.fibers != nullptr) s.fibers->forget(*s.fibers);
  return freed;
}

}  // namespace vm

}  // namespace dovetail

// ---- dovetail/runtime/memory_image.hpp

// What data segments make of a new memory, as an object of the operating system that instances map
// instead of copying: pages cost nothing until they are touched. Used by guarded memory.

namespace dovetail {

/// The bytes of a module's first own memory after some of its data segments, on whole pages.
struct memory_image {
  /// Below so many bytes copying is as quick.
  static constexpr std::uint64_t least_bytes = 256 * 1024;

  std::intptr_t object = os::no_object;
  std::uint64_t begin = 0;  ///< in the memory
  std::uint64_t size = 0;
  std::uint32_t segments = 0;  ///< how many it holds, from the first on
};

namespace detail {

/// The image that a module's data segments allow: those that are the same in every instance, up to
/// the first that is not, or that traps. It has no object yet.
[[nodiscard]] inline memory_image plan_image(const module_env& env) {
  memory_image plan;
  const std::uint64_t room = env.memories[env.imported_memories].limits.minimum * vm::page_size;
  std::uint64_t first = room, end = 0, bytes = 0;
  for (const data_segment& s : env.data_segments) {
    if (s.mode == segment_mode::active) {
      const std::uint64_t to = s.offset.low;
      if (s.offset.what != constant_expression::kind::value ||
          s.memory.value != env.imported_memories || to > room || s.size > room - to) {
        break;
      }
      bytes += s.size;
      const std::uint64_t lowest = to < first ? to : first;
      const std::uint64_t highest = to + s.size > end ? to + s.size : end;
      // More holes than bytes are not worth an object.
      if (highest - lowest > 2 * bytes + vm::page_size) break;
      first = lowest;
      end = highest;
    }
    ++plan.segments;
  }
  if (first >= end) return {};
  plan.begin = first / vm::page_size * vm::page_size;
  plan.size = (end - plan.begin + vm::page_size - 1) / vm::page_size * vm::page_size;
  return plan;
}

struct image_content {
  const module_env& env;
  const memory_image& plan;

  static void write(const void* content, std::byte* to) {
    const auto& [env, plan] = *static_cast<const image_content*>(content);
    for (std::uint32_t k = 0; k < plan.segments; ++k) {
      const data_segment& s = env.data_segments[k];
      if (s.mode != segment_mode::active || s.size == 0) continue;
      std::memcpy(to + (s.offset.low - plan.begin), env.data_bytes.data() + s.first, s.size);
    }
  }
};

DOVETAIL_COLD inline memory_image* make_image(const module_env& env) {
  const memory_image plan = plan_image(env);
  if (plan.size < memory_image::least_bytes) return nullptr;
  auto* made = env.memory->make<memory_image>(plan);
  if (made == nullptr) return nullptr;
  const image_content content{env, plan};
  made->object =
      os::make_object(static_cast<std::size_t>(plan.size), &image_content::write, &content);
  if (made->object != os::no_object) return made;
  env.memory->destroy(made);
  return nullptr;
}

}  // namespace detail

/// The image for one more instance of a module with memories of its own; null if it is to copy. The
/// second instance makes it, so that modules that are instantiated once do not pay. Any thread.
[[nodiscard]] inline const memory_image* image_of(module_data& m) {
  if (m.env.data_bytes.size() < memory_image::least_bytes) return nullptr;
  if (platform::atomic_load(m.image_is_made) == 0) {
    if (platform::atomic_load(m.image_asked_for) > 1) return nullptr;
    if (platform::atomic_add(m.image_asked_for, 1) != 1) return nullptr;
    m.image = detail::make_image(m.env);
    m.release_image = [](module_data& of) {
      auto* image = static_cast<memory_image*>(of.image);
      if (image != nullptr) os::close_object(image->object);
      of.env.memory->destroy(image);
    };
    platform::atomic_exchange(m.image_is_made, 1);
  }
  return static_cast<const memory_image*>(m.image);
}

inline status guarded_memory::map_data(vm::instance& i, std::uint32_t& segments) {
  const module_env& env = i.module->env;
  if (env.memories.size() == env.imported_memories ||
      !guards<guarded_memory>(env.memories[env.imported_memories])) {
    return status::ok;
  }
  vm::memory_instance& m = *i.memories[env.imported_memories];
  const auto* kept = static_cast<const pool*>(m.home->memory_pool);
  if (kept != nullptr && kept->may_keep(m.size)) return status::ok;
  const memory_image* image = image_of(*i.module);
  if (image == nullptr) return status::ok;
  std::byte* const at = m.base + image->begin;
  const auto size = static_cast<std::size_t>(image->size);
  if (os::map_object(at, size, image->object)) {
    segments = image->segments;
  } else if (!os::commit(at, size)) {
    m.size = image->begin;
    return status::memory_refused;
  }
  return status::ok;
}

}  // namespace dovetail

// ---- dovetail/link/instantiate.hpp

// Instantiation (core specification 4.5.4), stage by stage: resolve, match, allocate, initialise,
// start. Until everything is there nothing is changed; what traps later leaves its effects, and the
// instance stays in the store, released.

namespace dovetail {

namespace detail {

// What a stub for an unknown function does.
inline trap call_unknown(void*, caller&, slot*) { return {trap_code::unknown_import, 0}; }

/// One instantiation. Errors are filled into `e` where they happen. `IsControlled` stores keep more
/// of instances.
template <linker_policy Linker, memory_policy Memory, bool IsControlled = false>
class instantiation {
 public:
  instantiation(vm::store& s, module_data& m, std::span<const definition> given, error& e)
      : s_(s), m_(m), env_(m.env), given_(given), e_(e), found_(*s.memory), made_(*s.memory) {}

  status run(vm::instance*& out) {
    DOVETAIL_TRY(make_or_nothing());
    const status s = initialise();
    if (s != status::ok) {
      i_->is_released = true;
      return s;
    }
    out = i_;
    return status::ok;
  }
  /// An instance that is linked, and whose segments and start function are left out: it gets the
  /// state of another one.
  status run_without_state(vm::instance*& out) {
    DOVETAIL_TRY(make_or_nothing());
    out = i_;
    return status::ok;
  }

 private:
  // Nobody knows of an instance before its segments are written.
  status make_or_nothing() {
    const status s = make();
    if (s != status::ok && i_ != nullptr) vm::discard(*i_);
    return s;
  }
  status initialise() {
    DOVETAIL_TRY(trapping(write_elements()));
    if constexpr (maps_data<Memory>) DOVETAIL_TRY(Memory::map_data(*i_, mapped_));
    DOVETAIL_TRY(trapping(write_data()));
    return trapping(start());
  }
  status make() {
    DOVETAIL_TRY(resolve());
    DOVETAIL_TRY(allocate());
    DOVETAIL_TRY(take_imports());
    DOVETAIL_TRY(make_tags());
    DOVETAIL_TRY(make_globals());
    DOVETAIL_TRY(make_tables());
    return make_memories();
  }

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
    if (!d.is_recipe() && !d.existing.may_enter(s_)) return status::wrong_store;
    return stands_for(d, wanted) ? status::ok : status::incompatible_import;
  }
  bool stands_for(const definition& d, const import_entry& wanted) {
    const external_type provided = d.type(), declared = env_.external(wanted.kind, wanted.index);
    if (provided.kind != declared.kind) return false;
    // Tags have the same type: what is thrown by one is caught by the other.
    if (declared.kind == external_kind::tag)
      return d.existing.tag()->signature == env_.types[env_.tags[wanted.index].value];
    if (declared.kind != external_kind::function)
      return matches(provided, declared, *s_.signatures);
    const signature& expected = *m_.signature_of({wanted.index});
    if (!d.is_recipe()) return is_subtype(*d.existing.function()->signature, expected);
    // A host's function has the final type of its own that its signature makes.
    return provided.function == declared.function &&
           s_.signatures->intern(provided.function) == &expected;
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
    if (s_.instance_count >= s_.most_instances) return status::too_many_instances;
    vm::instance* const made = make_instance();
    if (made == nullptr) return status::store_out_of_memory;
    i_ = made;
    vm::add_instance(s_, *i_, m_);
    arena& objects = *i_->objects;
    i_->functions = objects.make_array<vm::function_instance*>(env_.functions.size());
    i_->globals = objects.make_array<vm::global_instance*>(env_.globals.size());
    i_->tables = objects.make_array<vm::table_instance*>(env_.tables.size());
    i_->memories = objects.make_array<vm::memory_instance*>(env_.memories.size());
    i_->tags = objects.make_array<vm::tag_instance*>(env_.tags.size());
    i_->dropped_elements = objects.make_array<bool>(env_.element_segments.size());
    i_->dropped_data = objects.make_array<bool>(env_.data_segments.size());
    if (i_->functions == nullptr || i_->globals == nullptr || i_->tables == nullptr ||
        i_->memories == nullptr || i_->tags == nullptr || i_->dropped_elements == nullptr ||
        i_->dropped_data == nullptr) {
      return status::store_out_of_memory;
    }
    return status::ok;
  }

  vm::instance* make_instance() {
    if constexpr (IsControlled) {
      auto* made = vm::make_place<vm::controlled_instance>(s_);
      if (made == nullptr) return nullptr;
      made->control = &vm::control_of(s_);
      made->page = made->control->page;
      return &made->base;
    } else {
      return vm::make_place<vm::instance>(s_);
    }
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
        case external_kind::tag: i_->tags[entry.index] = object.tag(); break;
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
      DOVETAIL_TRY(vm::make_host_function(s_, stub, f, i_));
      out = {external_kind::function, f};
      return status::ok;
    }
    const definition& d = given_[at];
    if (!d.is_recipe()) return out = d.existing, status::ok;
    if (made_[at] == nullptr) DOVETAIL_TRY(vm::make_host_function(s_, d.host, made_[at], i_));
    out = {external_kind::function, made_[at]};
    return status::ok;
  }

  status make_tags() {
    for (std::size_t k = env_.imported_tags; k < env_.tags.size(); ++k) {
      i_->tags[k] = i_->objects->make<vm::tag_instance>(
          vm::tag_instance{env_.types[env_.tags[k].value], &s_, i_});
      if (i_->tags[k] == nullptr) return status::store_out_of_memory;
    }
    return status::ok;
  }
  status make_globals() {
    for (std::size_t k = env_.imported_globals; k < env_.globals.size(); ++k) {
      slot low = 0, high = 0;
      const global_entry& entry = env_.globals[k];
      if (!vm::evaluate(*i_, entry.initial, low, high)) return status::store_out_of_memory;
      DOVETAIL_TRY(vm::make_global(s_, entry.type, low, high, i_->globals[k], i_));
    }
    return status::ok;
  }
  status make_tables() {
    for (std::size_t k = env_.imported_tables; k < env_.tables.size(); ++k) {
      slot initial = 0, unused = 0;
      if (!vm::evaluate(*i_, env_.table_initials[k], initial, unused))
        return status::store_out_of_memory;
      DOVETAIL_TRY(vm::make_table(s_, env_.tables[k], initial, i_->tables[k], i_));
    }
    return status::ok;
  }
  status make_memories() {
    for (std::size_t k = env_.imported_memories; k < env_.memories.size(); ++k) {
      DOVETAIL_TRY(vm::make_memory<Memory>(s_, env_.memories[k], i_->memories[k], i_));
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
        std::uint64_t to = 0;
        if (!offset_of(segment.offset, to)) return trap_code::out_of_memory;
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
      if (k >= mapped_) {
        std::uint64_t to = 0;
        if (!offset_of(segment.offset, to)) return trap_code::out_of_memory;
        const trap_code t =
            vm::init_memory(*i_, *i_->memories[segment.memory.value], k, to, 0, segment.size);
        if (t != trap_code::none) return t;
      }
      i_->dropped_data[k] = true;
    }
    return trap_code::none;
  }
  // An offset is unsigned (bug B-15); slots hold i32 values zero-extended. False if memory for
  // working it out is refused.
  [[nodiscard]] bool offset_of(const constant_expression& e, std::uint64_t& out) {
    slot unused = 0;
    return vm::evaluate(*i_, e, out, unused);
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
  std::uint32_t mapped_ = 0;  // how many data segments the memory policy put in place
};

}  // namespace detail

}  // namespace dovetail

// ---- dovetail/api/store.hpp

// The store: owns every instance, function, memory, table and global it makes, until it ends or
// collects them. One thread at a time.

namespace dovetail {

/// Calls can be stopped: the backend is `interruptible`.
template <class C>
concept calls_can_be_stopped = C::backend::control.stops != interrupt::none;
/// Guests ask for fuel: the backend has `refillable_fuel`.
template <class C>
concept guests_ask_for_fuel = C::backend::control.asks_for_fuel;
/// A source of fuel is called with how much is missing; a constant one as a constant.
template <class Source>
concept is_told_what_is_missing = std::invocable<Source&, std::uint64_t>;
/// It throws nothing, since an exception would have to pass the guest.
template <class Source>
concept throws_nothing = std::is_nothrow_invocable_v<Source&, std::uint64_t>;
/// It gives an unsigned number: one below zero would be more than any, and `bool` is at most one.
template <class Source>
concept gives_an_unsigned_number =
    std::unsigned_integral<std::remove_cvref_t<std::invoke_result_t<Source&, std::uint64_t>>> &&
    !std::same_as<std::remove_cvref_t<std::invoke_result_t<Source&, std::uint64_t>>, bool>;
/// Its address is kept: it is an object, and no function, whose address is of another kind.
template <class Source>
concept has_an_address_to_keep = std::is_object_v<Source> && !std::is_volatile_v<Source>;
/// What gives fuel, told how much is missing.
template <class Source>
concept fuel_source =
    // What is kept of it.
    has_an_address_to_keep<Source> &&
    // How a guest asks.
    is_told_what_is_missing<Source> &&
    // What may not come back.
    throws_nothing<Source> &&
    // What comes back.
    gives_an_unsigned_number<Source>;

/// A store of one configuration. Handles of its objects are good as long as it lives; objects of
/// other stores are refused.
template <config C>
class basic_store {
  using memory = typename C::memory;
  using backend = typename C::backend;
  static constexpr controls control = backend::control;
  using state = std::conditional_t<control.has_state(), vm::controlled_store, vm::store>;

 public:
  explicit basic_store(basic_engine<C>& engine)
      : s_(engine.blocks(), C::limit, engine.signatures()), engine_memory_(&engine.memory()) {
    if constexpr (control.stops == interrupt::page) vm::reserve_page(s_.control);
    s_.memory_pool = &engine.memories();
    s_.make_function = [](vm::store& s, vm::instance& i, vm::function_instance& f) {
      return backend::template make_function<memory, detail::controls_of<C>>(s, i, f);
    };
    empty_.home = &s_;
    s_.empty_memory = &empty_;
  }
  basic_store(const basic_store&) = delete;
  basic_store& operator=(const basic_store&) = delete;
  ~basic_store() {
    vm::release_objects(s_);
    if constexpr (control.stops == interrupt::page) vm::release_page(s_.control);
  }

  /// Instantiates a module with imports from any number of sources: `imports` lists and linkers.
  /// Errors: a link error that names the import, refused memory, an exhausted budget or too many
  /// instances (nothing was changed), or a trap of a segment or of the start function: then the
  /// instance is released.
  template <class... Sources>
  [[nodiscard]] result<basic_instance<C>> instantiate(const basic_module<C>& module,
                                                      Sources&&... sources) {
    error e;
    if (!is_of_engine(module)) return error{status::wrong_engine};
    array<definition> all(*s_.memory);
    if (gather(all, sources...) != status::ok) return error{status::store_out_of_memory};
    return instantiate_with(module.data(), {all.data(), all.size()}, e);
  }

  /// Makes a host function that can be provided under several names and keeps its identity; the
  /// names of the item are not used.
  template <class State>
  [[nodiscard]] result<function_handle> make_function(import_item<State> item) {
    vm::function_instance* f = nullptr;
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_host_function(s_, item.define().host, f); s != status::ok)
      return error{watch.reason(s)};
    return function_handle(f);
  }
  [[nodiscard]] result<memory_handle> make_memory(const memory_type& type) {
    vm::memory_instance* m = nullptr;
    const std::uint64_t most_pages = type.is_64 ? std::uint64_t{1} << 48 : 65'536;
    if (!is_valid(type.limits, most_pages)) return error{status::limits_out_of_order};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_memory<memory>(s_, type, m); s != status::ok)
      return error{watch.reason(s)};
    return memory_handle(m);
  }
  /// `initial` must be of the element type; by default elements are null.
  [[nodiscard]] result<table_handle> make_table(const table_type& type) {
    return make_table(type, value::null(type.element));
  }
  [[nodiscard]] result<table_handle> make_table(const table_type& type, const value& initial) {
    vm::table_instance* t = nullptr;
    const std::uint64_t most_elements = type.is_64 ? ~std::uint64_t{0} : 0xffff'ffff;
    if (!is_valid(type.limits, most_elements)) return error{status::limits_out_of_order};
    if (!type.element.is_reference() || !detail::fits(initial, type.element, s_))
      return error{status::value_type_mismatch};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_table(s_, type, initial.bits(), t); s != status::ok)
      return error{watch.reason(s)};
    return table_handle(t);
  }
  [[nodiscard]] result<global_handle> make_global(const global_type& type, const value& initial) {
    vm::global_instance* g = nullptr;
    if (!detail::fits(initial, type.type, s_)) return error{status::value_type_mismatch};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_global(s_, type, initial.bits(), initial.high_bits(), g);
        s != status::ok) {
      return error{watch.reason(s)};
    }
    return global_handle(g);
  }
  /// A global whose type is that of a C++ value, as a typed reference.
  template <native_value T>
  [[nodiscard]] result<global<T>> make_global(T initial, bool is_mutable = true) {
    slot halves[2] = {};
    write_slots(halves, initial);
    auto made = make_global({value_type_of<T>(), is_mutable},
                            value::from_bits(value_type_of<T>(), halves[0], halves[1]));
    if (!made) return made.error();
    return global<T>(*made->object().global());
  }

  /// Bytes that memories, tables and everything else of instances may take together. Beyond that
  /// instantiation and what else makes objects ends with `budget_exhausted`, and `memory.grow` and
  /// `table.grow` give -1. Nothing is taken away of what there is.
  void set_budget(std::uint64_t bytes) { s_.budget.set_most(bytes); }
  [[nodiscard]] std::uint64_t budget() const { return s_.budget.most(); }
  /// What they take now, free room that tables and instances keep included.
  [[nodiscard]] std::uint64_t used_bytes() const { return s_.budget.used(); }
  /// How many instances there may be; one more is `too_many_instances`.
  void set_instance_limit(std::uint32_t count) { s_.most_instances = count; }
  [[nodiscard]] std::uint32_t instance_count() const { return s_.instance_count; }

  /// The host does not want an instance any more: from the next `collect` on it goes when nothing
  /// else needs it. Until then nothing changes. Errors: instance_gone, wrong_store.
  status release(const basic_instance<C>& instance) {
    if (!instance.is_alive()) return status::instance_gone;
    if (instance.data().home != &s_) return status::wrong_store;
    instance.data().is_released = true;
    return status::ok;
  }
  /// Frees the released instances that no instance which stays imports from, and whose functions no
  /// table and no global refers to, with everything they made: memories, tables, globals, host
  /// functions of their imports. Their code goes with the last handle of the module. Handles of
  /// them say `instance_gone`; a function, global, table or memory that was got of one must not be
  /// used any more (debug builds stop there). Objects that the host made stay until the store ends.
  /// Error: call_in_progress, when a guest is running.
  [[nodiscard]] result<collected> collect() {
    if (!vm::is_at_rest(s_)) return error{status::call_in_progress};
    return vm::collect(s_);
  }

  /// Where and why the last trap of this store happened.
  [[nodiscard]] const trap_report& last_trap() const { return s_.report; }

  /// Operators that guests may still execute, for metered backends; what they cost, if they have
  /// prices.
  [[nodiscard]] std::uint64_t fuel() const {
    const vm::store& s = s_;
    return s.fuel < 0 ? 0 : static_cast<std::uint64_t>(s.fuel);
  }
  void set_fuel(std::uint64_t operators) {
    s_.fuel = static_cast<std::int64_t>(operators < most_fuel ? operators : most_fuel);
  }
  void add_fuel(std::uint64_t operators) {
    const std::uint64_t left = fuel(), room = most_fuel - left;
    set_fuel(left + (operators < room ? operators : room));
  }
  /// With `refillable_fuel`: whom guests ask when there is not enough, in the middle of a call.
  /// `source(missing)` gives `missing` or more and the guest goes on, or less and it traps. It must
  /// outlive the store, not throw, and call no guest of it.
  template <fuel_source Source>
    requires guests_ask_for_fuel<C>
  void refill_with(Source& source) {
    // `Source` is constant where the object is: it comes back as what it was.
    s_.control.refill_context = const_cast<std::remove_const_t<Source>*>(&source);
    s_.control.refill = [](void* context, std::uint64_t missing) -> std::uint64_t {
      return (*static_cast<Source*>(context))(missing);
    };
  }
  /// A source that is gone at once gives nothing.
  template <fuel_source Source>
    requires guests_ask_for_fuel<C>
  void refill_with(const Source&& source) = delete;

  /// With `interruptible`: what stops calls of this store.
  [[nodiscard]] dovetail::stop_button stop_button() requires calls_can_be_stopped<C> {
    return dovetail::stop_button(s_);
  }

  /// For other parts of the library and tools.
  [[nodiscard]] vm::store& data() { return s_; }
  /// For other parts of the library: whether a module may be instantiated here, and what sources of
  /// imports define.
  [[nodiscard]] bool is_of_engine(const basic_module<C>& module) const {
    return module.data().env.memory == engine_memory_;
  }
  template <class... Sources>
  [[nodiscard]] static status gather(array<definition>& all, Sources&... sources) {
    auto lists = std::tuple{definitions_of(sources)...};
    status s = status::ok;
    const auto append = [&](const auto& list) {
      if (s == status::ok) s = all.append(std::span<const definition>(list));
    };
    std::apply([&](const auto&... list) { (append(list), ...); }, lists);
    return s;
  }

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
    const vm::budget_watch watch(s_);
    detail::instantiation<typename C::linker, memory, control.has_state()> work(s_, m, all, e);
    e.code = watch.reason(run(work, i));
    if (e.code == status::ok) return basic_instance<C>(*i);
    if (e.reason.code == trap_code::host_exception) vm::rethrow(s_);
    return e;
  }

  // An instantiation is a call, whether or not it has a start function.
  template <class Work>
  status run(Work& work, vm::instance*& i) {
    if constexpr (control.stops == interrupt::none) {
      return work.run(i);
    } else {
      if (control.stops == interrupt::page && s_.control.page == nullptr)
        return status::memory_refused;
      const call_ticket before = stop_button().ticket();
      const status s = work.run(i);
      if (stop_button().ticket() == before && !vm::is_running(s_)) vm::begin_call(s_);
      return s;
    }
  }

  static constexpr std::uint64_t most_fuel = ~std::uint64_t{0} >> 1;

  state s_;
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

// ---- dovetail/backtraces.hpp

// Backtraces of guests: visits of the calls that have not returned, from a host function or while a
// trap is on its way out. Over a backend that can tell them.

namespace dovetail {

/// Lets host functions visit the frames of the guests that called them:
/// `using backend = dovetail::backtraces<dovetail::x64>`. A call of a host function takes a few
/// instructions more. Visits during traps reach beyond host functions with it alone.
template <tells_frames B>
struct backtraces : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.keeps_places = true;
    return c;
  }();
};

/// Visits the guests' calls below a host function, the innermost first, across instances and other
/// host functions. `visit` takes a guest_frame and answers whether it wants more. Nothing is
/// allocated.
template <class B, frame_visitor Visit>
  requires(tells_frames<B>&& B::control.keeps_places)
visit_end visit_frames(const caller& from, Visit&& visit) {
  return B::visit_frames(from.store(), visit);
}

/// Has a store call `told` for every trap of a guest while its frames are still there, and before
/// any host code sees the trap. A trap that host functions hand on is told once for each call from
/// the host into a guest that it ends, the innermost first. `told` must not call guests.
inline void watch_traps(vm::store& s, void (*told)(vm::store&, void* context) noexcept,
                        void* context = nullptr) {
  s.on_trap = told;
  s.trap_context = context;
}
/// The frames at the trap that a watcher is told of: see above. Without the mixin `backtraces` it
/// ends as `unknown` at the first host function.
template <tells_frames B, frame_visitor Visit>
visit_end visit_frames(const vm::store& s, Visit&& visit) {
  return B::visit_frames(s, visit);
}

}  // namespace dovetail

// ---- dovetail/module/execution_counts.hpp

// How often places of a module have run: numbers that code adds to, where a backend is asked to
// count. They lie where they were made until the module goes, since code knows their addresses.

namespace dovetail {

/// A place that is counted, and how often it has run.
struct counted_place {
  std::uint64_t times = 0;  ///< read and written by threads, see platform::count_one
  function_index function;
  std::uint32_t offset = 0;  ///< of its first operator, in the module's bytes
};

/// The counted places of a module.
class execution_counts {
 public:
  explicit execution_counts(allocator& memory) : memory_(&memory) {}
  execution_counts(const execution_counts&) = delete;
  execution_counts& operator=(const execution_counts&) = delete;
  ~execution_counts() {
    while (last_ != nullptr) {
      chunk* const before = last_->before;
      memory_->destroy(last_);
      last_ = before;
    }
  }

  /// One more place, or null if memory is refused. Parts of a module are compiled side by side.
  [[nodiscard]] counted_place* add(function_index f, std::uint32_t offset) {
    const spin_lock::guard held(lock_);
    if (last_ == nullptr || last_->used == chunk::room) {
      auto* made = memory_->make<chunk>();
      if (made == nullptr) return nullptr;
      made->before = last_;
      last_ = made;
    }
    counted_place& place = last_->places[last_->used++];
    place = {0, f, offset};
    return &place;
  }

  /// Visits all places, once their module is compiled.
  template <class Visit>
  void visit(const Visit& visit) {
    for (chunk* c = last_; c != nullptr; c = c->before) {
      for (std::size_t i = 0; i < c->used; ++i) visit(c->places[i]);
    }
  }

 private:
  struct chunk {
    static constexpr std::size_t room = 255;
    chunk* before = nullptr;
    std::size_t used = 0;
    counted_place places[room];
  };

  allocator* memory_;
  chunk* last_ = nullptr;
  spin_lock lock_;
};

/// Makes what the code of a module counts in, before any is compiled.
[[nodiscard]] inline status begin_counting(module_data& m) {
  if (m.counts != nullptr) return status::ok;
  m.counts = m.env.memory->make<execution_counts>(*m.env.memory);
  m.release_counts = [](module_data& of) { of.env.memory->destroy(of.counts); };
  return m.counts == nullptr ? status::out_of_memory : status::ok;
}

}  // namespace dovetail

// ---- dovetail/coverage.hpp

// Coverage and profiles of guests: mixins over any backend whose code counts what runs, and how the
// host reads it.

namespace dovetail {

/// Counts how often each basic block of a module begins: `using backend = covered<x64>`. Blocks are
/// those of fuel, and so are the same on every backend; the first of a function tells its calls.
template <class B>
struct covered : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.counts = counting::blocks;
    return c;
  }();
};

/// Counts how often each function of a module is entered. Over `covered` it adds nothing.
template <class B>
struct profiled : B {
  static constexpr controls control = [] {
    controls c = B::control;
    if (c.counts == counting::none) c.counts = counting::functions;
    return c;
  }();
};

/// A configuration whose code counts.
template <class C>
concept counts_what_runs = C::backend::control.counts != counting::none;

/// What is shown a place and how often it has run.
template <class V>
concept count_visitor = requires(V& visit, function_index f, std::uint32_t offset,
                                 std::uint64_t times) {
  visit(f, offset, times);
};

/// Shows every counted place of a module, in no order: its function, the byte offset of its first
/// operator, and how often it has run in all instances. Places that never ran are shown too, code
/// that cannot be reached has none. Also while guests run; what two threads count at once may count
/// once.
template <class C, count_visitor Visit>
  requires counts_what_runs<C>
void visit_counts(const basic_module<C>& module, Visit&& visit) {
  execution_counts* const counts = module.data().counts;
  if (counts == nullptr) return;
  counts->visit([&visit](const counted_place& p) {
    visit(p.function, p.offset, platform::read_count(p.times));
  });
}

/// Has everything count from nothing again.
template <class C>
  requires counts_what_runs<C>
void reset_counts(const basic_module<C>& module) {
  execution_counts* const counts = module.data().counts;
  if (counts == nullptr) return;
  counts->visit([](counted_place& p) { platform::write_count(p.times, 0); });
}

}  // namespace dovetail

// ---- dovetail/base/fixed_string.hpp

// A text that a template can be named by. Used by contracts and embedded modules.

namespace dovetail {

/// A string literal as a template argument: `get<"tick">()`. A zero byte within it is a part of it.
template <std::size_t Size>
struct fixed_string {
  char text[Size]{};

  constexpr fixed_string() = default;
  consteval fixed_string(const char (&literal)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {text, Size - 1}; }
};

template <std::size_t A, std::size_t B>
[[nodiscard]] constexpr bool operator==(const fixed_string<A>& a, const fixed_string<B>& b) {
  return a.view() == b.view();
}

}  // namespace dovetail

// ---- dovetail/format/lanes.hpp

// Vectors as lanes that the operators of C++ apply to: the compiler's own vectors, or a plain class
// where it has none. Used by the meanings of the vector operators.

namespace dovetail {

/// Sixteen bytes of `T`, with the operators that the compiler's vectors have: lane by lane, and a
/// comparison gives all ones or all zeros.
template <class T>
struct plain_lanes {
  static constexpr std::size_t count = 16 / sizeof(T);
  T lane[count]{};

  using truth = std::conditional_t<
      sizeof(T) == 1, std::int8_t,
      std::conditional_t<sizeof(T) == 2, std::int16_t,
                         std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>>>;

  // What lanes wrap around in. Narrow ones would be promoted to int, which overflows: so does the
  // product of two std::uint16_t.
  using wrapping =
      std::conditional_t<std::is_floating_point_v<T>, T,
                         std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>>;

  constexpr T& operator[](std::size_t i) { return lane[i]; }
  constexpr const T& operator[](std::size_t i) const { return lane[i]; }

#define DOVETAIL_LANES(OPERATOR)                                                               \
  friend constexpr plain_lanes operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes r;                                                                             \
    for (std::size_t i = 0; i < count; ++i)                                                    \
      r.lane[i] = static_cast<T>(a.lane[i] OPERATOR b.lane[i]);                                \
    return r;                                                                                  \
  }
  DOVETAIL_LANES(/)
  DOVETAIL_LANES(&)
  DOVETAIL_LANES(|)
  DOVETAIL_LANES(^)
  DOVETAIL_LANES(>>)
#undef DOVETAIL_LANES
#define DOVETAIL_LANES(OPERATOR)                                                               \
  friend constexpr plain_lanes operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes r;                                                                             \
    for (std::size_t i = 0; i < count; ++i)                                                    \
      r.lane[i] = static_cast<T>(static_cast<wrapping>(a.lane[i])                              \
                                     OPERATOR static_cast<wrapping>(b.lane[i]));               \
    return r;                                                                                  \
  }
  DOVETAIL_LANES(+)
  DOVETAIL_LANES(-)
  DOVETAIL_LANES(*)
  DOVETAIL_LANES(<<)
#undef DOVETAIL_LANES
#define DOVETAIL_LANES(OPERATOR)                                                        \
  friend constexpr auto operator OPERATOR(const plain_lanes& a, const plain_lanes& b) { \
    plain_lanes<truth> r;                                                               \
    for (std::size_t i = 0; i < count; ++i)                                             \
      r.lane[i] = static_cast<truth>(a.lane[i] OPERATOR b.lane[i] ? -1 : 0);            \
    return r;                                                                           \
  }
  DOVETAIL_LANES(==)
  DOVETAIL_LANES(!=)
  DOVETAIL_LANES(<)
  DOVETAIL_LANES(>)
  DOVETAIL_LANES(<=)
  DOVETAIL_LANES(>=)
#undef DOVETAIL_LANES
};

/// The lanes that operators are computed with.
template <class T>
using lanes = typename std::conditional_t<platform::has_vectors, platform::vector_of<T>,
                                          std::type_identity<plain_lanes<T>>>::type;
template <class T>
inline constexpr unsigned lane_count = 16 / sizeof(T);

namespace detail {
// The bytes of lanes in the order of the other kind of host.
template <std::size_t Width>
constexpr std::array<std::uint8_t, 16> swapped_lanes(const std::array<std::uint8_t, 16>& from) {
  std::array<std::uint8_t, 16> to{};
  for (std::size_t i = 0; i < 16; ++i) to[i] = from[i / Width * Width + (Width - 1 - i % Width)];
  return to;
}
}  // namespace detail

/// A vector's lanes of type `T`.
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> split(const v128& v) {
  if constexpr (platform::is_little_endian || sizeof(T) == 1) {
    return std::bit_cast<lanes<T>>(v.bytes);
  } else {
    return std::bit_cast<lanes<T>>(detail::swapped_lanes<sizeof(T)>(v.bytes));
  }
}
/// The vector of these lanes.
template <class Lanes>
DOVETAIL_ALWAYS_INLINE v128 join(const Lanes& all) {
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 16>>(all);
  if constexpr (platform::is_little_endian || sizeof(all[0]) == 1) {
    return v128(bytes);
  } else {
    return v128(detail::swapped_lanes<sizeof(all[0])>(bytes));
  }
}
/// The same value in every lane.
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> all_lanes(T v) {
  lanes<T> all{};
  for (unsigned i = 0; i < lane_count<T>; ++i) all[i] = v;
  return all;
}
/// Lanes of another type with the same bits.
template <class T, class Lanes>
DOVETAIL_ALWAYS_INLINE lanes<T> as_lanes(const Lanes& from) {
  return std::bit_cast<lanes<T>>(from);
}

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

// ---- dovetail/format/open_results.hpp

// Where the specification leaves an operator's result open: which operators are relaxed ones' in
// the deterministic profile, and which give a NaN of the implementation's choice.

namespace dovetail {

/// The operator that a relaxed one is in the deterministic profile (core specification 4.3, Relaxed
/// Operations). Itself, if it is not relaxed or there is no other that does the same.
[[nodiscard]] constexpr op settled(op o) {
  // clang-format off
  switch (o) {
    case op::i8x16_relaxed_swizzle:            return op::i8x16_swizzle;
    case op::i32x4_relaxed_trunc_f32x4_s:      return op::i32x4_trunc_sat_f32x4_s;
    case op::i32x4_relaxed_trunc_f32x4_u:      return op::i32x4_trunc_sat_f32x4_u;
    case op::i32x4_relaxed_trunc_f64x2_s_zero: return op::i32x4_trunc_sat_f64x2_s_zero;
    case op::i32x4_relaxed_trunc_f64x2_u_zero: return op::i32x4_trunc_sat_f64x2_u_zero;
    case op::i8x16_relaxed_laneselect:
    case op::i16x8_relaxed_laneselect:
    case op::i32x4_relaxed_laneselect:
    case op::i64x2_relaxed_laneselect:         return op::v128_bitselect;
    case op::f32x4_relaxed_min:                return op::f32x4_min;
    case op::f32x4_relaxed_max:                return op::f32x4_max;
    case op::f64x2_relaxed_min:                return op::f64x2_min;
    case op::f64x2_relaxed_max:                return op::f64x2_max;
    case op::i16x8_relaxed_q15mulr_s:          return op::i16x8_q15mulr_sat_s;
    default:                                   return o;
  }
  // clang-format on
}

namespace detail {

// Float operators that are not arithmetic: they move or change bits, whatever those stand for
// (4.3.3: fabs, fneg, fcopysign, fpmin, fpmax).
constexpr bool moves_bits(op o) {
  switch (o) {
    case op::f32_abs:
    case op::f32_neg:
    case op::f32_copysign:
    case op::f64_abs:
    case op::f64_neg:
    case op::f64_copysign:
    case op::f32x4_abs:
    case op::f32x4_neg:
    case op::f32x4_pmin:
    case op::f32x4_pmax:
    case op::f64x2_abs:
    case op::f64x2_neg:
    case op::f64x2_pmin:
    case op::f64x2_pmax: return true;
    default: return false;
  }
}

}  // namespace detail

/// Whether it is the implementation that chooses the NaN an operator gives (4.3.3, NaN
/// Propagation): arithmetic, rounding, and conversions between floats, of scalars and of lanes.
[[nodiscard]] constexpr bool leaves_nan_open(op o) {
  const op_row& row = row_of(o);
  if (row.immediate != immediate_kind::none || detail::moves_bits(o)) return false;
  switch (row.shape) {
    case shape::f_f:
    case shape::d_d:
    case shape::f_d:
    case shape::d_f:
    case shape::ff_f:
    case shape::dd_d: return true;
    case shape::v_v:
    case shape::vv_v:
    case shape::vvv_v: break;
    default: return false;
  }
  // Vectors are floats by name alone, and what integers are converted to is a number.
  return row.text[0] == 'f' && !(o >= op::f32x4_eq && o <= op::f64x2_ge) &&
         o != op::f32x4_convert_i32x4_s && o != op::f32x4_convert_i32x4_u &&
         o != op::f64x2_convert_low_i32x4_s && o != op::f64x2_convert_low_i32x4_u;
}

/// The type of the floats that an operator gives whose NaN is open: the scalar, or the lanes.
[[nodiscard]] constexpr value_type float_of(op o) {
  return row_of(o).text[1] == '3' ? value_type::f32 : value_type::f64;
}

}  // namespace dovetail

// ---- dovetail/format/meaning_vector.hpp

// The meaning of every vector operator (core specification 4.3.4 and 4.4.3), said once: backends
// and the tests use these. What moves lanes to and from memory is in vector_access.

namespace dovetail {

/// `vector_meaning<O>::of(operands...)` is the result of operator `O`; what has a lane takes it
/// last, a shuffle its pattern. Numbers travel as they do in `meaning`.
template <op O>
struct vector_meaning;
/// What a load or store of `O` moves: `memory`, an integer or the whole vector, and how a vector is
/// made of it (`of(memory)`, or `of(memory, vector, lane)`), or it of a vector (`of(vector)`,
/// `of(vector, lane)`).
template <op O>
struct vector_access;

/// Whether an operator has a meaning here: those on vectors without memory access.
template <op O>
concept has_vector_meaning = requires {
  &vector_meaning<O>::of;
};
/// Whether an operator moves a vector or a lane to or from memory.
template <op O>
concept has_vector_access = requires {
  &vector_access<O>::of;
};

namespace detail {

template <class T>
using signed_of = std::make_signed_t<T>;
template <class T>
inline constexpr unsigned bits_in = 8 * sizeof(T);
// The ends of a type of at most 16 bits.
template <class T>
inline constexpr T lowest_of = std::is_signed_v<T>
                                   ? static_cast<T>(std::int32_t{-1} << (bits_in<T> - 1))
                                   : T{0};
template <class T>
inline constexpr T highest_of = static_cast<T>(~lowest_of<T>);

// Lanes of `a` where the mask is ones, else of `b`.
template <class Lanes>
DOVETAIL_ALWAYS_INLINE Lanes chosen(const Lanes& mask, const Lanes& a, const Lanes& b) {
  return (a & mask) | (b & ~mask);
}
template <class T>
DOVETAIL_ALWAYS_INLINE plain_lanes<T> operator~(const plain_lanes<T>& a) {
  plain_lanes<T> r;
  for (std::size_t i = 0; i < a.count; ++i) r.lane[i] = static_cast<T>(~a.lane[i]);
  return r;
}

// Integers. `U` is the lanes' unsigned type.
template <class U>
DOVETAIL_ALWAYS_INLINE v128 absolute(const v128& v) {
  const lanes<U> a = split<U>(v);
  const lanes<U> sign = as_lanes<U>(split<signed_of<U>>(v) < lanes<signed_of<U>>{});
  return join((a ^ sign) - sign);
}
template <class T, bool Least>
DOVETAIL_ALWAYS_INLINE v128 extreme(const v128& v, const v128& w) {
  using U = std::make_unsigned_t<T>;
  const lanes<T> a = split<T>(v), b = split<T>(w);
  return join(chosen(as_lanes<U>(Least ? a < b : a > b), as_lanes<U>(a), as_lanes<U>(b)));
}
// What overflows has the sign that neither operand has (of a difference: not the first one's).
template <class U, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 saturated_signed(const v128& v, const v128& w) {
  using S = signed_of<U>;
  const lanes<U> a = split<U>(v), b = split<U>(w);
  const lanes<U> r = Subtracts ? a - b : a + b;
  const lanes<U> overflow = (a ^ r) & (Subtracts ? a ^ b : b ^ r);
  const lanes<U> mask = as_lanes<U>(as_lanes<S>(overflow) < lanes<S>{});
  const lanes<U> sign = as_lanes<U>(as_lanes<S>(a) < lanes<S>{});
  return join(chosen(mask, sign ^ all_lanes(static_cast<U>(highest_of<S>)), r));
}
template <class U, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 saturated_unsigned(const v128& v, const v128& w) {
  const lanes<U> a = split<U>(v), b = split<U>(w);
  if constexpr (Subtracts) return join((a - b) & as_lanes<U>(a > b));
  const lanes<U> r = a + b;
  return join(r | as_lanes<U>(r < a));
}
// Shifts of bytes, which processors do not have: of pairs of bytes, without what comes over from
// the other one.
using bytes_of_vector = lanes<std::uint8_t>;
DOVETAIL_ALWAYS_INLINE bytes_of_vector shifted_right(const bytes_of_vector& a, unsigned by) {
  const auto pairs = as_lanes<std::uint16_t>(a) >> all_lanes(static_cast<std::uint16_t>(by));
  return as_lanes<std::uint8_t>(pairs) & all_lanes(static_cast<std::uint8_t>(0xff >> by));
}
inline v128 shifted_bytes_left(const v128& v, std::uint32_t count) {
  const unsigned by = count & 7;
  const auto pairs = split<std::uint16_t>(v) << all_lanes(static_cast<std::uint16_t>(by));
  return join(split<std::uint8_t>(join(pairs)) & all_lanes(static_cast<std::uint8_t>(0xff << by)));
}
inline v128 shifted_bytes_right(const v128& v, std::uint32_t count) {
  return join(shifted_right(split<std::uint8_t>(v), count & 7));
}
inline v128 shifted_signed_bytes(const v128& v, std::uint32_t count) {
  const unsigned by = count & 7;
  const bytes_of_vector sign = all_lanes(static_cast<std::uint8_t>(0x80 >> by));
  return join((shifted_right(split<std::uint8_t>(v), by) ^ sign) - sign);
}

template <class U>
DOVETAIL_ALWAYS_INLINE v128 average(const v128& v, const v128& w) {
  const lanes<U> a = split<U>(v), b = split<U>(w);
  if constexpr (sizeof(U) == 1) return join((a | b) - shifted_right(a ^ b, 1));
  return join((a | b) - ((a ^ b) >> all_lanes<U>(1)));
}
inline v128 count_ones(const v128& v) {
  using U = std::uint8_t;
  const lanes<U> a = split<U>(v), third = all_lanes<U>(0x33);
  const lanes<U> pairs = a - (shifted_right(a, 1) & all_lanes<U>(0x55));
  const lanes<U> fours = (pairs & third) + (shifted_right(pairs, 2) & third);
  return join((fours + shifted_right(fours, 4)) & all_lanes<U>(0x0f));
}
template <class T>
DOVETAIL_ALWAYS_INLINE lanes<T> shift_lanes(std::uint32_t count) {
  return all_lanes<T>(static_cast<T>(count & (bits_in<T> - 1)));
}
template <class U>
DOVETAIL_ALWAYS_INLINE std::uint32_t all_true(const v128& v) {
  const lanes<U> a = split<U>(v);
  bool all = true;
  for (unsigned i = 0; i < lane_count<U>; ++i) all &= a[i] != 0;
  return all;
}
template <class U>
DOVETAIL_ALWAYS_INLINE std::uint32_t sign_mask(const v128& v) {
  const lanes<U> a = split<U>(v);
  std::uint32_t mask = 0;
  for (unsigned i = 0; i < lane_count<U>; ++i)
    mask |= static_cast<std::uint32_t>(a[i] >> (bits_in<U> - 1)) << i;
  return mask;
}

// Between widths. `To` has lanes of twice the width of `From`, or of half of it.
template <class To, class From, bool High>
DOVETAIL_ALWAYS_INLINE lanes<To> extended(const v128& v) {
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<To>; ++i)
    r[i] = static_cast<To>(a[High ? lane_count<To> + i : i]);
  return r;
}
template <class To, class From, bool High>
DOVETAIL_ALWAYS_INLINE v128 extended_product(const v128& v, const v128& w) {
  using U = std::make_unsigned_t<To>;
  return join(as_lanes<U>(extended<To, From, High>(v)) * as_lanes<U>(extended<To, From, High>(w)));
}
template <class To, class From>
DOVETAIL_ALWAYS_INLINE v128 pairwise_sum(const v128& v) {
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<To>; ++i)
    r[i] = static_cast<To>(To{a[2 * i]} + To{a[2 * i + 1]});
  return join(r);
}
template <class To, class From>
constexpr To saturated(From v) {
  if (v < From{lowest_of<To>}) return lowest_of<To>;
  if (v > From{highest_of<To>}) return highest_of<To>;
  return static_cast<To>(v);
}
template <class To, class From>
DOVETAIL_ALWAYS_INLINE v128 narrowed(const v128& v, const v128& w) {
  const lanes<From> a = split<From>(v), b = split<From>(w);
  lanes<To> r{};
  for (unsigned i = 0; i < lane_count<From>; ++i) {
    r[i] = saturated<To>(a[i]);
    r[lane_count<From> + i] = saturated<To>(b[i]);
  }
  return join(r);
}
inline v128 rounded_q15_product(const v128& v, const v128& w) {
  const lanes<std::int16_t> a = split<std::int16_t>(v), b = split<std::int16_t>(w);
  lanes<std::int16_t> r{};
  for (unsigned i = 0; i < 8; ++i)
    r[i] = saturated<std::int16_t>((std::int32_t{a[i]} * std::int32_t{b[i]} + 0x4000) >> 15);
  return join(r);
}
// The sum of two products of -32768 by itself wraps around (4.3.4, idot).
inline v128 dot_product(const v128& v, const v128& w) {
  const lanes<std::int16_t> a = split<std::int16_t>(v), b = split<std::int16_t>(w);
  lanes<std::uint32_t> r{};
  for (unsigned i = 0; i < 4; ++i) {
    r[i] = static_cast<std::uint32_t>(std::int32_t{a[2 * i]} * std::int32_t{b[2 * i]}) +
           static_cast<std::uint32_t>(std::int32_t{a[2 * i + 1]} * std::int32_t{b[2 * i + 1]});
  }
  return join(r);
}

// Relaxed operators are what the deterministic profile makes of them. Sums of two products of bytes
// are saturated (4.3.4, ivdotsat),
inline v128 relaxed_dot_product(const v128& v, const v128& w) {
  const lanes<std::int8_t> a = split<std::int8_t>(v), b = split<std::int8_t>(w);
  lanes<std::int16_t> r{};
  for (unsigned i = 0; i < 8; ++i)
    r[i] = saturated<std::int16_t>(std::int32_t{a[2 * i]} * std::int32_t{b[2 * i]} +
                                   std::int32_t{a[2 * i + 1]} * std::int32_t{b[2 * i + 1]});
  return join(r);
}
inline v128 relaxed_dot_sum(const v128& v, const v128& w, const v128& c) {
  using U = std::uint32_t;
  const v128 pairs = pairwise_sum<std::int32_t, std::int16_t>(relaxed_dot_product(v, w));
  return join(split<U>(pairs) + split<U>(c));
}
// and products are rounded before they are added.
template <class F, bool Subtracts>
DOVETAIL_ALWAYS_INLINE v128 unfused(const v128& v, const v128& w, const v128& c) {
  lanes<F> product = split<F>(v) * split<F>(w);
  platform::keep_apart(product);
  return Subtracts ? join(split<F>(c) - product) : join(product + split<F>(c));
}

// Lanes by number.
inline v128 shuffled(const v128& a, const v128& b, const v128& pattern) {
  std::uint8_t both[32];
  for (unsigned i = 0; i < 16; ++i) {
    both[i] = a.bytes[i];
    both[16 + i] = b.bytes[i];
  }
  v128 r;
  for (unsigned i = 0; i < 16; ++i) r.bytes[i] = both[pattern.bytes[i] & 31];
  return r;
}
inline v128 swizzled(const v128& a, const v128& at) {
  v128 r;
  for (unsigned i = 0; i < 16; ++i) {
    const std::uint8_t from = at.bytes[i];
    r.bytes[i] = from < 16 ? a.bytes[from] : std::uint8_t{0};
  }
  return r;
}
template <class T>
DOVETAIL_ALWAYS_INLINE T lane_of(const v128& v, unsigned lane) {
  return split<T>(v)[lane & (lane_count<T> - 1)];
}
template <class T>
DOVETAIL_ALWAYS_INLINE v128 replaced(const v128& v, T by, unsigned lane) {
  lanes<T> a = split<T>(v);
  a[lane & (lane_count<T> - 1)] = by;
  return join(a);
}

// Floats. A lane's result is that of the scalar operator where it does not matter which NaN it is.
template <class F, op Scalar>
DOVETAIL_ALWAYS_INLINE v128 each_float(const v128& v) {
  const lanes<F> a = split<F>(v);
  lanes<F> r{};
  for (unsigned i = 0; i < lane_count<F>; ++i) r[i] = meaning<Scalar>::of(a[i]);
  return join(r);
}
// As `minimum` and `maximum`, lane by lane.
template <class F, bool Least>
DOVETAIL_ALWAYS_INLINE v128 extreme_float(const v128& v, const v128& w) {
  using U = bits_of<F>;
  const lanes<F> a = split<F>(v), b = split<F>(w);
  const lanes<U> x = as_lanes<U>(a), y = as_lanes<U>(b);
  const lanes<U> nearer = as_lanes<U>(Least ? a < b : a > b);
  const lanes<U> equal = as_lanes<U>(a == b);
  const lanes<U> unordered = as_lanes<U>(a != a) | as_lanes<U>(b != b);
  const lanes<U> ordered = chosen(equal, Least ? x | y : x & y, chosen(nearer, x, y));
  return join(chosen(unordered, as_lanes<U>(a + b), ordered));
}
// The second operand if it is nearer, else the first, whatever NaNs there are (4.3.3, fpmin).
template <class F, bool Least>
DOVETAIL_ALWAYS_INLINE v128 pseudo_extreme(const v128& v, const v128& w) {
  using U = bits_of<F>;
  const lanes<F> a = split<F>(v), b = split<F>(w);
  return join(chosen(as_lanes<U>(Least ? b < a : a < b), as_lanes<U>(b), as_lanes<U>(a)));
}
// Conversions of the first lanes: those of the result that have none are zero.
template <class To, class From, op Scalar>
DOVETAIL_ALWAYS_INLINE v128 converted(const v128& v) {
  constexpr unsigned count = lane_count<To> < lane_count<From> ? lane_count<To> : lane_count<From>;
  const lanes<From> a = split<From>(v);
  lanes<To> r{};
  for (unsigned i = 0; i < count; ++i) r[i] = meaning<Scalar>::of(a[i]);
  return join(r);
}

}  // namespace detail

// clang-format off
#define DOVETAIL_MEANING(NAME, RESULT, PARAMETERS, EXPRESSION)                                     \
  template <> struct vector_meaning<op::NAME> {                                                    \
    DOVETAIL_ALWAYS_INLINE static RESULT of PARAMETERS { return EXPRESSION; }                      \
  };
#define DOVETAIL_ONE(NAME, EXPRESSION) DOVETAIL_MEANING(NAME, v128, (const v128& a), EXPRESSION)
#define DOVETAIL_TWO(NAME, EXPRESSION)                                                             \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, const v128& b), EXPRESSION)
#define DOVETAIL_SHIFT(NAME, T, OPERATOR)                                                          \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, std::uint32_t count),                               \
                   join(split<T>(a) OPERATOR detail::shift_lanes<T>(count)))
#define DOVETAIL_LANEWISE(NAME, T, OPERATOR)                                                       \
  DOVETAIL_TWO(NAME, join(split<T>(a) OPERATOR split<T>(b)))

DOVETAIL_ONE(v128_not,    join(split<std::uint64_t>(a) ^ all_lanes(~std::uint64_t{0})))
DOVETAIL_LANEWISE(v128_and, std::uint64_t, &)
DOVETAIL_LANEWISE(v128_or,  std::uint64_t, |)
DOVETAIL_LANEWISE(v128_xor, std::uint64_t, ^)
DOVETAIL_TWO(v128_andnot, join(split<std::uint64_t>(a) & ~split<std::uint64_t>(b)))
DOVETAIL_MEANING(v128_bitselect, v128, (const v128& a, const v128& b, const v128& mask),
                 join(detail::chosen(split<std::uint64_t>(mask), split<std::uint64_t>(a), split<std::uint64_t>(b))))
DOVETAIL_MEANING(v128_any_true, std::uint32_t, (const v128& a), (a.low() | a.high()) != 0)

#define DOVETAIL_INTEGER(TYPE, U, S)                                                               \
  DOVETAIL_LANEWISE(TYPE##_eq,   U, ==)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ne,   U, !=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_lt_s, S, <)                                                             \
  DOVETAIL_LANEWISE(TYPE##_gt_s, S, >)                                                             \
  DOVETAIL_LANEWISE(TYPE##_le_s, S, <=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ge_s, S, >=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_add,  U, +)                                                             \
  DOVETAIL_LANEWISE(TYPE##_sub,  U, -)                                                             \
  DOVETAIL_ONE(TYPE##_abs, detail::absolute<U>(a))                                                 \
  DOVETAIL_ONE(TYPE##_neg, join(lanes<U>{} - split<U>(a)))                                         \
  DOVETAIL_MEANING(TYPE##_all_true, std::uint32_t, (const v128& a), detail::all_true<U>(a))        \
  DOVETAIL_MEANING(TYPE##_bitmask,  std::uint32_t, (const v128& a), detail::sign_mask<U>(a))
DOVETAIL_INTEGER(i8x16, std::uint8_t,  std::int8_t)
DOVETAIL_INTEGER(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_INTEGER(i32x4, std::uint32_t, std::int32_t)
DOVETAIL_INTEGER(i64x2, std::uint64_t, std::int64_t)
#undef DOVETAIL_INTEGER

#define DOVETAIL_SHIFTS(TYPE, U, S)                                                                \
  DOVETAIL_SHIFT(TYPE##_shl,   U, <<)                                                              \
  DOVETAIL_SHIFT(TYPE##_shr_s, S, >>)                                                              \
  DOVETAIL_SHIFT(TYPE##_shr_u, U, >>)
DOVETAIL_SHIFTS(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_SHIFTS(i32x4, std::uint32_t, std::int32_t)
DOVETAIL_SHIFTS(i64x2, std::uint64_t, std::int64_t)
#undef DOVETAIL_SHIFTS
DOVETAIL_MEANING(i8x16_shl,   v128, (const v128& a, std::uint32_t count), detail::shifted_bytes_left(a, count))
DOVETAIL_MEANING(i8x16_shr_s, v128, (const v128& a, std::uint32_t count), detail::shifted_signed_bytes(a, count))
DOVETAIL_MEANING(i8x16_shr_u, v128, (const v128& a, std::uint32_t count), detail::shifted_bytes_right(a, count))

#define DOVETAIL_ORDERED(TYPE, U, S)                                                               \
  DOVETAIL_LANEWISE(TYPE##_lt_u, U, <)                                                             \
  DOVETAIL_LANEWISE(TYPE##_gt_u, U, >)                                                             \
  DOVETAIL_LANEWISE(TYPE##_le_u, U, <=)                                                            \
  DOVETAIL_LANEWISE(TYPE##_ge_u, U, >=)                                                            \
  DOVETAIL_TWO(TYPE##_min_s, (detail::extreme<S, true>(a, b)))                                     \
  DOVETAIL_TWO(TYPE##_min_u, (detail::extreme<U, true>(a, b)))                                     \
  DOVETAIL_TWO(TYPE##_max_s, (detail::extreme<S, false>(a, b)))                                    \
  DOVETAIL_TWO(TYPE##_max_u, (detail::extreme<U, false>(a, b)))
DOVETAIL_ORDERED(i8x16, std::uint8_t,  std::int8_t)
DOVETAIL_ORDERED(i16x8, std::uint16_t, std::int16_t)
DOVETAIL_ORDERED(i32x4, std::uint32_t, std::int32_t)
#undef DOVETAIL_ORDERED

#define DOVETAIL_SATURATING(TYPE, U)                                                               \
  DOVETAIL_TWO(TYPE##_add_sat_s, (detail::saturated_signed<U, false>(a, b)))                       \
  DOVETAIL_TWO(TYPE##_add_sat_u, (detail::saturated_unsigned<U, false>(a, b)))                     \
  DOVETAIL_TWO(TYPE##_sub_sat_s, (detail::saturated_signed<U, true>(a, b)))                        \
  DOVETAIL_TWO(TYPE##_sub_sat_u, (detail::saturated_unsigned<U, true>(a, b)))                      \
  DOVETAIL_TWO(TYPE##_avgr_u, detail::average<U>(a, b))
DOVETAIL_SATURATING(i8x16, std::uint8_t)
DOVETAIL_SATURATING(i16x8, std::uint16_t)
#undef DOVETAIL_SATURATING

DOVETAIL_LANEWISE(i16x8_mul, std::uint16_t, *)
DOVETAIL_LANEWISE(i32x4_mul, std::uint32_t, *)
DOVETAIL_LANEWISE(i64x2_mul, std::uint64_t, *)
DOVETAIL_ONE(i8x16_popcnt, detail::count_ones(a))
DOVETAIL_TWO(i16x8_q15mulr_sat_s, detail::rounded_q15_product(a, b))
DOVETAIL_TWO(i32x4_dot_i16x8_s,   detail::dot_product(a, b))

#define DOVETAIL_WIDENING(TO, FROM, T, F, SIGN)                                                    \
  DOVETAIL_ONE(TO##_extend_low_##FROM##_##SIGN,  join(detail::extended<T, F, false>(a)))           \
  DOVETAIL_ONE(TO##_extend_high_##FROM##_##SIGN, join(detail::extended<T, F, true>(a)))            \
  DOVETAIL_TWO(TO##_extmul_low_##FROM##_##SIGN,  (detail::extended_product<T, F, false>(a, b)))    \
  DOVETAIL_TWO(TO##_extmul_high_##FROM##_##SIGN, (detail::extended_product<T, F, true>(a, b)))
DOVETAIL_WIDENING(i16x8, i8x16, std::int16_t,  std::int8_t,   s)
DOVETAIL_WIDENING(i16x8, i8x16, std::uint16_t, std::uint8_t,  u)
DOVETAIL_WIDENING(i32x4, i16x8, std::int32_t,  std::int16_t,  s)
DOVETAIL_WIDENING(i32x4, i16x8, std::uint32_t, std::uint16_t, u)
DOVETAIL_WIDENING(i64x2, i32x4, std::int64_t,  std::int32_t,  s)
DOVETAIL_WIDENING(i64x2, i32x4, std::uint64_t, std::uint32_t, u)
#undef DOVETAIL_WIDENING

DOVETAIL_ONE(i16x8_extadd_pairwise_i8x16_s, (detail::pairwise_sum<std::int16_t, std::int8_t>(a)))
DOVETAIL_ONE(i16x8_extadd_pairwise_i8x16_u, (detail::pairwise_sum<std::uint16_t, std::uint8_t>(a)))
DOVETAIL_ONE(i32x4_extadd_pairwise_i16x8_s, (detail::pairwise_sum<std::int32_t, std::int16_t>(a)))
DOVETAIL_ONE(i32x4_extadd_pairwise_i16x8_u, (detail::pairwise_sum<std::uint32_t, std::uint16_t>(a)))
DOVETAIL_TWO(i8x16_narrow_i16x8_s, (detail::narrowed<std::int8_t, std::int16_t>(a, b)))
DOVETAIL_TWO(i8x16_narrow_i16x8_u, (detail::narrowed<std::uint8_t, std::int16_t>(a, b)))
DOVETAIL_TWO(i16x8_narrow_i32x4_s, (detail::narrowed<std::int16_t, std::int32_t>(a, b)))
DOVETAIL_TWO(i16x8_narrow_i32x4_u, (detail::narrowed<std::uint16_t, std::int32_t>(a, b)))

#define DOVETAIL_FLOAT(TYPE, F, SCALAR)                                                            \
  DOVETAIL_LANEWISE(TYPE##_eq,  F, ==)                                                             \
  DOVETAIL_LANEWISE(TYPE##_ne,  F, !=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_lt,  F, <)                                                              \
  DOVETAIL_LANEWISE(TYPE##_gt,  F, >)                                                              \
  DOVETAIL_LANEWISE(TYPE##_le,  F, <=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_ge,  F, >=)                                                             \
  DOVETAIL_LANEWISE(TYPE##_add, F, +)                                                              \
  DOVETAIL_LANEWISE(TYPE##_sub, F, -)                                                              \
  DOVETAIL_LANEWISE(TYPE##_mul, F, *)                                                              \
  DOVETAIL_LANEWISE(TYPE##_div, F, /)                                                              \
  DOVETAIL_ONE(TYPE##_abs, join(split<detail::bits_of<F>>(a) & all_lanes(static_cast<detail::bits_of<F>>(~detail::sign_bit<F>)))) \
  DOVETAIL_ONE(TYPE##_neg, join(split<detail::bits_of<F>>(a) ^ all_lanes(detail::sign_bit<F>)))    \
  DOVETAIL_ONE(TYPE##_sqrt,    (detail::each_float<F, op::SCALAR##_sqrt>(a)))                      \
  DOVETAIL_ONE(TYPE##_ceil,    (detail::each_float<F, op::SCALAR##_ceil>(a)))                      \
  DOVETAIL_ONE(TYPE##_floor,   (detail::each_float<F, op::SCALAR##_floor>(a)))                     \
  DOVETAIL_ONE(TYPE##_trunc,   (detail::each_float<F, op::SCALAR##_trunc>(a)))                     \
  DOVETAIL_ONE(TYPE##_nearest, (detail::each_float<F, op::SCALAR##_nearest>(a)))                   \
  DOVETAIL_TWO(TYPE##_min,  (detail::extreme_float<F, true>(a, b)))                                \
  DOVETAIL_TWO(TYPE##_max,  (detail::extreme_float<F, false>(a, b)))                               \
  DOVETAIL_TWO(TYPE##_pmin, (detail::pseudo_extreme<F, true>(a, b)))                               \
  DOVETAIL_TWO(TYPE##_pmax, (detail::pseudo_extreme<F, false>(a, b)))
DOVETAIL_FLOAT(f32x4, float,  f32)
DOVETAIL_FLOAT(f64x2, double, f64)
#undef DOVETAIL_FLOAT

#define DOVETAIL_CONVERSION(NAME, TO, FROM, SCALAR)                                                \
  DOVETAIL_ONE(NAME, (detail::converted<TO, FROM, op::SCALAR>(a)))
DOVETAIL_CONVERSION(i32x4_trunc_sat_f32x4_s,      std::uint32_t, float,         i32_trunc_sat_f32_s)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f32x4_u,      std::uint32_t, float,         i32_trunc_sat_f32_u)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f64x2_s_zero, std::uint32_t, double,        i32_trunc_sat_f64_s)
DOVETAIL_CONVERSION(i32x4_trunc_sat_f64x2_u_zero, std::uint32_t, double,        i32_trunc_sat_f64_u)
DOVETAIL_CONVERSION(f32x4_convert_i32x4_s,        float,         std::uint32_t, f32_convert_i32_s)
DOVETAIL_CONVERSION(f32x4_convert_i32x4_u,        float,         std::uint32_t, f32_convert_i32_u)
DOVETAIL_CONVERSION(f64x2_convert_low_i32x4_s,    double,        std::uint32_t, f64_convert_i32_s)
DOVETAIL_CONVERSION(f64x2_convert_low_i32x4_u,    double,        std::uint32_t, f64_convert_i32_u)
DOVETAIL_CONVERSION(f32x4_demote_f64x2_zero,      float,         double,        f32_demote_f64)
DOVETAIL_CONVERSION(f64x2_promote_low_f32x4,      double,        float,         f64_promote_f32)
#undef DOVETAIL_CONVERSION

// Lanes by number.
DOVETAIL_MEANING(i8x16_shuffle, v128, (const v128& a, const v128& b, const v128& pattern), detail::shuffled(a, b, pattern))
DOVETAIL_TWO(i8x16_swizzle, detail::swizzled(a, b))
#define DOVETAIL_LANE(TYPE, EXTRACT, T, STACK)                                                     \
  DOVETAIL_MEANING(TYPE##_splat, v128, (STACK a), join(all_lanes(static_cast<T>(a))))              \
  DOVETAIL_MEANING(TYPE##_replace_lane, v128, (const v128& a, STACK by, unsigned lane),            \
                   detail::replaced(a, static_cast<T>(by), lane))                                  \
  DOVETAIL_MEANING(EXTRACT, STACK, (const v128& a, unsigned lane),                                 \
                   static_cast<STACK>(detail::lane_of<T>(a, lane)))
DOVETAIL_LANE(i8x16, i8x16_extract_lane_u, std::uint8_t,  std::uint32_t)
DOVETAIL_LANE(i16x8, i16x8_extract_lane_u, std::uint16_t, std::uint32_t)
DOVETAIL_LANE(i32x4, i32x4_extract_lane,   std::uint32_t, std::uint32_t)
DOVETAIL_LANE(i64x2, i64x2_extract_lane,   std::uint64_t, std::uint64_t)
DOVETAIL_LANE(f32x4, f32x4_extract_lane,   float,         float)
DOVETAIL_LANE(f64x2, f64x2_extract_lane,   double,        double)
#undef DOVETAIL_LANE
DOVETAIL_MEANING(i8x16_extract_lane_s, std::uint32_t, (const v128& a, unsigned lane), static_cast<std::uint32_t>(detail::lane_of<std::int8_t>(a, lane)))
DOVETAIL_MEANING(i16x8_extract_lane_s, std::uint32_t, (const v128& a, unsigned lane), static_cast<std::uint32_t>(detail::lane_of<std::int16_t>(a, lane)))

#define DOVETAIL_THREE(NAME, EXPRESSION)                                                           \
  DOVETAIL_MEANING(NAME, v128, (const v128& a, const v128& b, const v128& c), EXPRESSION)
DOVETAIL_THREE(f32x4_relaxed_madd,  (detail::unfused<float, false>(a, b, c)))
DOVETAIL_THREE(f32x4_relaxed_nmadd, (detail::unfused<float, true>(a, b, c)))
DOVETAIL_THREE(f64x2_relaxed_madd,  (detail::unfused<double, false>(a, b, c)))
DOVETAIL_THREE(f64x2_relaxed_nmadd, (detail::unfused<double, true>(a, b, c)))
DOVETAIL_TWO(i16x8_relaxed_dot_i8x16_i7x16_s, detail::relaxed_dot_product(a, b))
DOVETAIL_THREE(i32x4_relaxed_dot_i8x16_i7x16_add_s, detail::relaxed_dot_sum(a, b, c))
template <op O>
  requires(settled(O) != O)
struct vector_meaning<O> : vector_meaning<settled(O)> {};
#undef DOVETAIL_THREE
#undef DOVETAIL_MEANING
#undef DOVETAIL_ONE
#undef DOVETAIL_TWO
#undef DOVETAIL_SHIFT
#undef DOVETAIL_LANEWISE

// Memory.
#define DOVETAIL_ACCESS(NAME, MEMORY, RESULT, PARAMETERS, EXPRESSION)                              \
  template <> struct vector_access<op::NAME> {                                                     \
    using memory = MEMORY;                                                                         \
    DOVETAIL_ALWAYS_INLINE static RESULT of PARAMETERS { return EXPRESSION; }                      \
  };
#define DOVETAIL_LOAD(NAME, MEMORY, EXPRESSION) DOVETAIL_ACCESS(NAME, MEMORY, v128, (const MEMORY& m), EXPRESSION)
DOVETAIL_LOAD(v128_load, v128, m)
DOVETAIL_ACCESS(v128_store, v128, v128, (const v128& v), v)
#define DOVETAIL_EXTENDING(NAME, OPERATOR)                                                         \
  DOVETAIL_LOAD(NAME, std::uint64_t, vector_meaning<op::OPERATOR>::of(v128::of_halves(m, 0)))
DOVETAIL_EXTENDING(v128_load8x8_s,  i16x8_extend_low_i8x16_s)
DOVETAIL_EXTENDING(v128_load8x8_u,  i16x8_extend_low_i8x16_u)
DOVETAIL_EXTENDING(v128_load16x4_s, i32x4_extend_low_i16x8_s)
DOVETAIL_EXTENDING(v128_load16x4_u, i32x4_extend_low_i16x8_u)
DOVETAIL_EXTENDING(v128_load32x2_s, i64x2_extend_low_i32x4_s)
DOVETAIL_EXTENDING(v128_load32x2_u, i64x2_extend_low_i32x4_u)
#undef DOVETAIL_EXTENDING
DOVETAIL_LOAD(v128_load32_zero, std::uint32_t, v128::of_halves(m, 0))
DOVETAIL_LOAD(v128_load64_zero, std::uint64_t, v128::of_halves(m, 0))
#define DOVETAIL_OF_WIDTH(WIDTH, U)                                                                \
  DOVETAIL_LOAD(v128_load##WIDTH##_splat, U, join(all_lanes(m)))                                   \
  DOVETAIL_ACCESS(v128_load##WIDTH##_lane, U, v128, (const U& m, const v128& v, unsigned lane),    \
                  detail::replaced(v, m, lane))                                                    \
  DOVETAIL_ACCESS(v128_store##WIDTH##_lane, U, U, (const v128& v, unsigned lane), detail::lane_of<U>(v, lane))
DOVETAIL_OF_WIDTH(8,  std::uint8_t)
DOVETAIL_OF_WIDTH(16, std::uint16_t)
DOVETAIL_OF_WIDTH(32, std::uint32_t)
DOVETAIL_OF_WIDTH(64, std::uint64_t)
#undef DOVETAIL_OF_WIDTH
#undef DOVETAIL_LOAD
#undef DOVETAIL_ACCESS
// clang-format on

}  // namespace dovetail

// ---- dovetail/format/canonical_nan.hpp

// The canonical NaN, and floats with it in place of any other. Used where a configuration asks for
// it and by the tests that say what it then gets.

namespace dovetail {

/// The positive NaN whose payload is the quiet bit alone (core specification 2.2.3; the
/// deterministic profile's choice, appendix A.5).
template <class F>
inline constexpr detail::bits_of<F> canonical_nan = sizeof(F) == 4 ? 0x7fc0'0000u
                                                                   : 0x7ff8'0000'0000'0000u;

/// A number as it is; of NaNs the canonical one.
template <class F>
DOVETAIL_ALWAYS_INLINE F canonical(F v) {
  return v == v ? v : detail::from_bits<F>(canonical_nan<F>);
}
/// The same for each lane of a vector of `F`.
template <class F>
DOVETAIL_ALWAYS_INLINE v128 canonical_lanes(const v128& v) {
  using U = detail::bits_of<F>;
  const lanes<F> a = split<F>(v);
  return join(detail::chosen(as_lanes<U>(a == a), as_lanes<U>(a), all_lanes<U>(canonical_nan<F>)));
}

}  // namespace dovetail

// ---- dovetail/format/outline.hpp

// The outline of a module, decoded at compile time: what it imports and exports, with types. Used
// for modules that are constants of the program.

namespace dovetail {

/// How much an outline holds.
struct outline_size {
  std::size_t types = 0;
  std::size_t values = 0;  ///< of all types, parameters and results
  std::size_t functions = 0;
  std::size_t tables = 0;
  std::size_t memories = 0;
  std::size_t globals = 0;
  std::size_t imports = 0;
  std::size_t exports = 0;
  std::size_t text = 0;  ///< bytes of all names

  friend constexpr bool operator==(const outline_size&, const outline_size&) = default;
};

namespace detail {

// What both sinks of an outline do: they find names again in their entries, since bytes cannot be
// read as text at compile time, and they end the decoder behind the exports, since compilers count
// the steps of a constant.
class outline_sink : public null_sections {
 public:
  constexpr explicit outline_sink(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  constexpr void at(std::size_t offset) { entry_ = offset; }
  constexpr status section(section_id id, const byte_reader&) {
    is_complete_ = id >= section_id::start && id <= section_id::data_count;
    return is_complete_ ? status::limit_exceeded : status::ok;
  }
  [[nodiscard]] constexpr bool is_complete() const { return is_complete_; }

 protected:
  constexpr std::span<const std::uint8_t> next_name() {
    byte_reader from(bytes_.subspan(entry_));
    std::uint32_t size = 0;
    byte_reader name;
    static_cast<void>(from.u32(size));
    static_cast<void>(from.part(size, name));
    entry_ += from.offset();
    return name.rest();
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t entry_ = 0;
  bool is_complete_ = false;
};

template <class Sink>
constexpr status read_outline(std::span<const std::uint8_t> bytes, Sink& sink) {
  byte_reader r(bytes);
  const status s = binary_decoder::sections(r, sink);
  if (!sink.is_complete()) return s;
  // The sections that follow are there, whatever is in them.
  while (!r.at_end()) {
    std::uint8_t id = 0;
    std::uint32_t size = 0;
    byte_reader content;
    DOVETAIL_TRY(r.u8(id));
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, content));
  }
  return status::ok;
}

class outline_measure : public outline_sink {
 public:
  using outline_sink::outline_sink;
  outline_size size;

  constexpr status parameter(value_type) { return ++size.values, status::ok; }
  constexpr status result(value_type) { return ++size.values, status::ok; }
  constexpr status type_end() { return ++size.types, status::ok; }
  constexpr status import(std::string_view, std::string_view, const import_description& what) {
    ++size.imports;
    size.text += next_name().size();
    size.text += next_name().size();
    switch (what.kind) {
      case external_kind::function: ++size.functions; break;
      case external_kind::table: ++size.tables; break;
      case external_kind::memory: ++size.memories; break;
      case external_kind::global: ++size.globals; break;
      default: break;
    }
    return status::ok;
  }
  constexpr status function(type_index) { return ++size.functions, status::ok; }
  constexpr status table(const table_type&) { return ++size.tables, status::ok; }
  constexpr status table(const table_type& type, const byte_reader&) { return table(type); }
  constexpr status memory(const memory_type&) { return ++size.memories, status::ok; }
  constexpr status global(const global_type&, const byte_reader&) {
    return ++size.globals, status::ok;
  }
  constexpr status export_(std::string_view, external_kind, std::uint32_t) {
    return ++size.exports, size.text += next_name().size(), status::ok;
  }
};

}  // namespace detail

/// How much the outline of these bytes holds, or how they are no module: sections behind the
/// exports are not looked into.
[[nodiscard]] constexpr status measure_outline(std::span<const std::uint8_t> bytes,
                                               outline_size& out) {
  detail::outline_measure sink(bytes);
  DOVETAIL_TRY(detail::read_outline(bytes, sink));
  out = sink.size;
  return status::ok;
}

namespace detail {
template <outline_size Size>
class outline_writer;
}

/// A module's imports and exports, as arrays of exactly their sizes.
template <outline_size Size>
class module_outline {
 public:
  /// Reads a module of this size, up to its exports; what is exported or used as a type must be
  /// there.
  [[nodiscard]] constexpr status read(std::span<const std::uint8_t> bytes) {
    detail::outline_writer<Size> sink(bytes, *this);
    return detail::read_outline(bytes, sink);
  }

  static constexpr std::size_t import_count = Size.imports;
  static constexpr std::size_t export_count = Size.exports;

  [[nodiscard]] constexpr std::string_view import_module(std::size_t i) const {
    return view(imports_[i].module);
  }
  [[nodiscard]] constexpr std::string_view import_name(std::size_t i) const {
    return view(imports_[i].name);
  }
  [[nodiscard]] constexpr external_type import_type(std::size_t i) const {
    return external(imports_[i]);
  }
  [[nodiscard]] constexpr std::string_view export_name(std::size_t i) const {
    return view(exports_[i].name);
  }
  [[nodiscard]] constexpr external_type export_type(std::size_t i) const {
    return external(exports_[i]);
  }
  /// The place of an export in the module's list; `export_count` if there is none of this name.
  [[nodiscard]] constexpr std::size_t find_export(std::string_view name) const {
    std::size_t i = 0;
    while (i < export_count && export_name(i) != name) ++i;
    return i;
  }

 private:
  friend class detail::outline_writer<Size>;

  struct range {
    std::size_t first = 0;
    std::size_t size = 0;
  };
  struct type_entry {
    range parameters, results;
  };
  struct entry {
    range module, name;
    external_kind kind = external_kind::function;
    std::uint32_t index = 0;
  };

  [[nodiscard]] constexpr std::string_view view(range r) const {
    return {text_.data() + r.first, r.size};
  }
  [[nodiscard]] constexpr std::span<const value_type> types(range r) const {
    return {values_.data() + r.first, r.size};
  }
  [[nodiscard]] constexpr external_type external(const entry& e) const {
    external_type out;
    out.kind = e.kind;
    switch (e.kind) {
      case external_kind::function: {
        const type_entry& t = types_[functions_[e.index].value];
        out.function = {types(t.parameters), types(t.results)};
        break;
      }
      case external_kind::table: out.table = tables_[e.index]; break;
      case external_kind::memory: out.memory = memories_[e.index]; break;
      case external_kind::global: out.global = globals_[e.index]; break;
      default: break;
    }
    return out;
  }

  std::array<value_type, Size.values> values_{};
  std::array<type_entry, Size.types> types_{};
  std::array<type_index, Size.functions> functions_{};
  std::array<table_type, Size.tables> tables_{};
  std::array<memory_type, Size.memories> memories_{};
  std::array<global_type, Size.globals> globals_{};
  std::array<entry, Size.imports> imports_{};
  std::array<entry, Size.exports> exports_{};
  std::array<char, Size.text> text_{};
};

namespace detail {

template <outline_size Size>
class outline_writer : public outline_sink {
 public:
  constexpr outline_writer(std::span<const std::uint8_t> bytes, module_outline<Size>& out)
      : outline_sink(bytes), out_(out) {}

  constexpr status parameters(std::uint32_t count) {
    out_.types_[used_.types].parameters = {used_.values, count};
    return status::ok;
  }
  constexpr status parameter(value_type type) { return value(type); }
  constexpr status results(std::uint32_t count) {
    out_.types_[used_.types].results = {used_.values, count};
    return status::ok;
  }
  constexpr status result(value_type type) { return value(type); }
  constexpr status type_end() { return ++used_.types, status::ok; }

  constexpr status import(std::string_view, std::string_view, const import_description& what) {
    auto& made = out_.imports_[used_.imports++];
    made.kind = what.kind;
    made.module = keep(next_name());
    made.name = keep(next_name());
    made.index = static_cast<std::uint32_t>(count_of(what.kind));
    switch (what.kind) {
      case external_kind::function: return function(what.function);
      case external_kind::table: return table(what.table);
      case external_kind::memory: return memory(what.memory);
      case external_kind::global: return global(what.global, {});
      default: return status::ok;
    }
  }
  constexpr status function(type_index type) {
    if (type.value >= used_.types) return status::unknown_type;
    return out_.functions_[used_.functions++] = type, status::ok;
  }
  constexpr status table(const table_type& type) {
    return out_.tables_[used_.tables++] = type, status::ok;
  }
  constexpr status table(const table_type& type, const byte_reader&) { return table(type); }
  constexpr status memory(const memory_type& type) {
    return out_.memories_[used_.memories++] = type, status::ok;
  }
  constexpr status global(const global_type& type, const byte_reader&) {
    return out_.globals_[used_.globals++] = type, status::ok;
  }
  constexpr status export_(std::string_view, external_kind kind, std::uint32_t index) {
    auto& made = out_.exports_[used_.exports++];
    made.kind = kind;
    made.name = keep(next_name());
    made.index = index;
    return index < count_of(kind) ? status::ok : unknown(kind);
  }

 private:
  constexpr status value(value_type type) {
    return out_.values_[used_.values++] = type, status::ok;
  }
  [[nodiscard]] constexpr std::size_t count_of(external_kind kind) const {
    switch (kind) {
      case external_kind::function: return used_.functions;
      case external_kind::table: return used_.tables;
      case external_kind::memory: return used_.memories;
      case external_kind::global: return used_.globals;
      default: return 0;
    }
  }
  static constexpr status unknown(external_kind kind) {
    switch (kind) {
      case external_kind::table: return status::unknown_table;
      case external_kind::memory: return status::unknown_memory;
      case external_kind::global: return status::unknown_global;
      default: return status::unknown_function;
    }
  }
  constexpr typename module_outline<Size>::range keep(std::span<const std::uint8_t> name) {
    const std::size_t first = used_.text;
    for (const std::uint8_t byte : name) out_.text_[used_.text++] = static_cast<char>(byte);
    return {first, name.size()};
  }

  module_outline<Size>& out_;
  outline_size used_;
};

}  // namespace detail

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

// ---- dovetail/runtime/fiber.hpp

// Calls on native stacks of their own, which a host function can leave in the middle and come back
// to: what a store keeps of them, and how the store itself changes with the running one.

namespace dovetail::vm {

/// A native stack, and the call on it. Kept by its store for later calls.
struct fiber {
  enum class place : std::uint8_t { ended, running, paused };

  store* home = nullptr;
  fiber* next = nullptr;  ///< in the list of those without a call
  place where = place::ended;
  bool is_dropped = false;  ///< the call is to end without more ado
  void (*work)(void* context) noexcept = nullptr;
  void* context = nullptr;
  os::stack_context inside, outside;
  void* reserved = nullptr;
  // What the store has of a running call, while this one does not run.
  const std::uintptr_t* native_entry = nullptr;
  std::uintptr_t native_outermost = 0;
  backend_state* backend = nullptr;
  os::guard_frame* guard = nullptr;
};

struct fiber_pool : fiber_state {
  fiber* running = nullptr;
  fiber* idle = nullptr;
};
[[nodiscard]] inline fiber_pool& fibers_of(store& s) { return static_cast<fiber_pool&>(*s.fibers); }

/// The fiber whose call runs, or null: none does, or one that cannot be paused.
[[nodiscard]] inline fiber* running_fiber(store& s) {
  return s.fibers == nullptr ? nullptr : fibers_of(s).running;
}

/// Host functions may use so much of a stack beyond what guests may.
inline constexpr std::size_t host_stack = 256 * 1024;
/// Below a stack, where nothing may be written.
inline constexpr std::size_t stack_guard = page_size;
[[nodiscard]] inline std::size_t fiber_stack(const store& s) {
  return (s.most->native_stack + host_stack + page_size - 1) / page_size * page_size;
}

namespace detail {

inline void run_fiber(void* raw) {
  auto& f = *static_cast<fiber*>(raw);
  for (;;) {
    f.work(f.context);
    f.where = fiber::place::ended;
    os::switch_context(f.inside, f.outside);
  }
}

inline void release_fibers(fiber_state& state) {
  auto& all = static_cast<fiber_pool&>(state);
  DOVETAIL_ASSERT(all.paused == 0 && all.running == nullptr);
  for (fiber* f = all.idle; f != nullptr; f = f->next) {
    if (f->backend != nullptr) f->backend->release(*f->backend);
    os::forget_context(f->inside);
    os::release(f->reserved, stack_guard + fiber_stack(*f->home));
  }
}

inline void forget_instances(fiber_state& state) {
  for (fiber* f = static_cast<fiber_pool&>(state).idle; f != nullptr; f = f->next) {
    if (f->backend != nullptr && f->backend->forget != nullptr) f->backend->forget(*f->backend);
  }
}

// The running call's parts of the store, exchanged for those of the fiber.
inline void exchange(store& s, fiber& f) {
  std::swap(s.native_entry, f.native_entry);
  std::swap(s.native_outermost, f.native_outermost);
  std::swap(s.backend, f.backend);
  std::swap(os::current_guard(), f.guard);
}

}  // namespace detail

/// A fiber without a call, kept or new; null if memory is refused, or there is no second
/// stack on this machine.
[[nodiscard]] inline fiber* take_fiber(store& s) {
  if constexpr (!platform::can_switch_stacks) return nullptr;
  if (s.fibers == nullptr) {
    auto* made = s.objects.make<fiber_pool>();
    if (made == nullptr) return nullptr;
    made->release = &detail::release_fibers;
    made->forget = &detail::forget_instances;
    s.fibers = made;
  }
  fiber_pool& all = fibers_of(s);
  if (all.idle != nullptr) return std::exchange(all.idle, all.idle->next);
  auto* f = s.objects.make<fiber>();
  if (f == nullptr) return nullptr;
  const std::size_t size = fiber_stack(s);
  auto* at = static_cast<std::byte*>(os::reserve(stack_guard + size));
  if (at == nullptr) return nullptr;
  if (!os::commit(at + stack_guard, size)) {
    os::release(at, stack_guard + size);
    return nullptr;
  }
  f->home = &s;
  f->reserved = at;
  os::prepare_context(f->inside, at + stack_guard, size, &detail::run_fiber, f);
  return f;
}
/// Gives back a fiber whose call has ended.
inline void keep_fiber(fiber& f) {
  fiber_pool& all = fibers_of(*f.home);
  f.is_dropped = false;
  f.next = std::exchange(all.idle, &f);
}

/// Begins or goes on with a fiber's call, in a store that runs none, until it ends or is paused.
inline void switch_to(fiber& f) {
  store& s = *f.home;
  fiber_pool& all = fibers_of(s);
  if (f.where == fiber::place::paused) --all.paused;
  f.where = fiber::place::running;
  all.running = &f;
  detail::exchange(s, f);
  // Other calls may have been in the same instances.
  if (s.native_entry != nullptr) {
    for (instance* i = s.instances; i != nullptr; i = i->next) i->native_limit = s.native_entry[1];
  }
  os::switch_context(f.outside, f.inside);
  detail::exchange(s, f);
  all.running = nullptr;
  if (f.where == fiber::place::paused) ++all.paused;
}

/// Leaves the running call, a host function's, until somebody goes on with it. The trap is what
/// the host function has to return: the call was dropped, or is none that can be paused.
[[nodiscard]] inline trap pause_running(store& s) {
  fiber* const f = running_fiber(s);
  if (f == nullptr) return {trap_code::not_pausable, 0};
  if (!f->is_dropped) {
    f->where = fiber::place::paused;
    os::switch_context(f->inside, f->outside);
  }
  return f->is_dropped ? trap{trap_code::interrupted, 0} : trap{};
}

}  // namespace dovetail::vm

// ---- dovetail/runtime/saved_pages.hpp

// Bytes of memories that never change any more, in pages that snapshots share. Used by tracking.hpp
// and by snapshots.

namespace dovetail::detail {

/// What is saved, compared and watched as a whole: a page of most processors, not one of
/// WebAssembly, which is a multiple of it.
inline constexpr std::size_t granule = 4096;
/// A bit each fits a word.
inline constexpr std::size_t group_pages = 64;
inline constexpr std::size_t group_bytes = group_pages * granule;

struct saved_page {
  allocator* memory;
  std::uint32_t references = 1;
  alignas(16) std::byte bytes[granule];
};
/// Neighbouring pages; one that is zero is null. A group that is null is zero.
struct page_group {
  allocator* memory;
  std::uint32_t references = 1;
  saved_page* pages[group_pages] = {};
};

template <class T>
T* retain(T* object) {
  if (object != nullptr) platform::atomic_add(object->references, 1);
  return object;
}
/// Whether that was the last reference.
template <class T>
[[nodiscard]] bool is_last(T& object) {
  return platform::atomic_add(object.references, ~std::uint32_t{0}) == 1;
}
inline void release(saved_page* page) {
  if (page != nullptr && is_last(*page)) page->memory->destroy(page);
}
inline void release(page_group* group) {
  if (group == nullptr || !is_last(*group)) return;
  for (saved_page* page : group->pages) release(page);
  group->memory->destroy(group);
}

inline constexpr std::byte zero_granule[granule] = {};

[[nodiscard]] inline bool is_zero(const std::byte* at) {
  return std::memcmp(at, zero_granule, granule) == 0;
}
[[nodiscard]] inline saved_page* page_of(const page_group* group, std::size_t number) {
  return group == nullptr ? nullptr : group->pages[number];
}
[[nodiscard]] inline const std::byte* bytes_of(const saved_page* page) {
  return page == nullptr ? zero_granule : page->bytes;
}

/// A page with the bytes of a granule that is not zero; null if memory is refused.
[[nodiscard]] inline saved_page* save_page(allocator& memory, const std::byte* at) {
  void* block = memory.allocate(sizeof(saved_page));
  if (block == nullptr) return nullptr;
  auto* page = ::new (block) saved_page;
  page->memory = &memory;
  std::memcpy(page->bytes, at, granule);
  return page;
}
/// A group of its own with the same pages; null if memory is refused.
[[nodiscard]] inline page_group* copy_group(allocator& memory, const page_group* from) {
  auto* group = memory.make<page_group>(&memory);
  for (std::size_t k = 0; group != nullptr && k < group_pages; ++k)
    group->pages[k] = retain(page_of(from, k));
  return group;
}

}  // namespace dovetail::detail

// ---- dovetail/runtime/tracking.hpp

// Which granules of a store's memories may differ from saved pages, since the first snapshot.
// Guarded memory is protected where the system allows it, and a fault tells of a write; other
// memory is compared.

namespace dovetail::detail {

/// Granules whose bit in `open` is clear are known to be as in `known`, and cannot be written
/// unnoticed.
struct tracked_group {
  page_group* known = nullptr;
  std::uint64_t open = ~std::uint64_t{0};
};

/// A memory that was part of a snapshot.
struct tracked_memory : os::write_watch {
  tracked_memory(vm::memory_instance& m, allocator& a, tracked_memory* after)
      : memory(&m), groups(a), following(after) {}

  vm::memory_instance* memory;
  array<tracked_group> groups;
  std::uint64_t size = 0;  ///< bytes that `groups` cover
  bool is_new = true;      ///< nothing is closed yet
  /// Makes memory writable or not; null: nothing is ever closed.
  bool (*protect)(std::byte* at, std::size_t bytes, bool is_writable) = nullptr;
  void (*unwatch)(tracked_memory&) = nullptr;
  tracked_memory* following;
};

struct call_scope;  // runtime/running_call.hpp

/// A store's memories, and the store's identity: while somebody refers to this, no other store has
/// the same.
struct store_tracking {
  allocator* memory;
  vm::store* home;  ///< null once the store has ended
  std::uint32_t references = 1;
  tracked_memory* first = nullptr;
  call_scope* scopes = nullptr;    ///< the newest first
  std::uint64_t newest_scope = 0;  ///< its number
};
inline void release(store_tracking* tracking) {
  if (tracking != nullptr && is_last(*tracking)) tracking->memory->destroy(tracking);
}

// A memory is left as if it had never been tracked.
inline void end_tracking(store_tracking& tracking, tracked_memory* m) {
  if (m->unwatch != nullptr) m->unwatch(*m);
  for (const tracked_group& g : m->groups) release(g.known);
  tracking.memory->destroy(m);
}
inline void forget_memory(vm::store& s, vm::memory_instance& memory) {
  auto& tracking = *static_cast<store_tracking*>(s.tracking);
  for (tracked_memory** at = &tracking.first; *at != nullptr; at = &(*at)->following) {
    tracked_memory* const m = *at;
    if (m->memory != &memory) continue;
    *at = m->following;
    return end_tracking(tracking, m);
  }
}
// The store ends.
inline void end_tracking(void* object) {
  auto* const tracking = static_cast<store_tracking*>(object);
  while (tracked_memory* m = tracking->first) {
    tracking->first = m->following;
    end_tracking(*tracking, m);
  }
  tracking->home = nullptr;
  release(tracking);
}

/// The store's, made when it is first asked for; null if memory is refused.
[[nodiscard]] inline store_tracking* tracking_of(vm::store& s) {
  if (s.tracking != nullptr) return static_cast<store_tracking*>(s.tracking);
  auto* kept = s.objects.make<vm::closure>();
  if (kept == nullptr) return nullptr;
  auto* made = s.memory->make<store_tracking>(s.memory, &s);
  if (made == nullptr) return nullptr;
  *kept = {made, &end_tracking, s.closures};
  s.closures = kept;
  s.tracking = made;
  s.forget_memory = &forget_memory;
  return made;
}

[[nodiscard]] inline std::byte* granule_at(const tracked_memory& m, std::size_t group,
                                           std::size_t page) {
  return m.memory->base + group * group_bytes + page * granule;
}
/// Which granules of a group lie in the memory.
[[nodiscard]] inline std::uint64_t granules_in(const tracked_memory& m, std::size_t group) {
  const std::uint64_t rest = (m.size - group * group_bytes) / granule;
  return rest >= group_pages ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
}

/// Makes a granule writable, and says so; if the system has too many pieces already, all of them.
/// It also runs in the fault handler.
[[nodiscard]] inline bool open_granule(tracked_memory& m, std::size_t group, std::size_t page) {
  if (m.protect(granule_at(m, group, page), granule, true)) {
    m.groups[group].open |= std::uint64_t{1} << page;
    return true;
  }
  if (!m.protect(m.memory->base, static_cast<std::size_t>(m.size), true)) return false;
  for (tracked_group& g : m.groups) g.open = ~std::uint64_t{0};
  return true;
}
// A fault that was no write to a closed granule is somebody else's.
inline bool note_write(os::write_watch& watch, std::uintptr_t address) {
  auto& m = static_cast<tracked_memory&>(watch);
  const std::uint64_t offset = address - watch.begin;
  if (offset >= m.size) return false;
  const std::size_t group = static_cast<std::size_t>(offset / group_bytes);
  const std::size_t page = static_cast<std::size_t>(offset % group_bytes / granule);
  if ((m.groups[group].open >> page & 1) != 0) return false;
  return open_granule(m, group, page);
}

/// Protects granules of a group that are as they were saved.
inline void close_granules(tracked_memory& m, std::size_t group, std::uint64_t which) {
  while (which != 0) {
    const int first = std::countr_zero(which);
    const int count = std::countr_one(which >> first);
    const std::uint64_t run = (count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1)
                              << first;
    which &= ~run;
    if (m.protect(granule_at(m, group, static_cast<std::size_t>(first)),
                  static_cast<std::size_t>(count) * granule, false)) {
      m.groups[group].open &= ~run;
    }
  }
}
inline void close_all(tracked_memory& m) {
  if (m.size == 0 || !m.protect(m.memory->base, static_cast<std::size_t>(m.size), false)) return;
  for (std::size_t k = 0; k < m.groups.size(); ++k) m.groups[k].open = ~granules_in(m, k);
}

/// What is known of a memory of the store, from now on; null if memory is refused.
template <memory_policy Memory>
[[nodiscard]] tracked_memory* track(store_tracking& tracking, vm::memory_instance& memory) {
  for (tracked_memory* m = tracking.first; m != nullptr; m = m->following) {
    if (m->memory == &memory) return m;
  }
  allocator& a = *tracking.memory;
  auto* made = a.make<tracked_memory>(memory, a, tracking.first);
  if (made == nullptr) return nullptr;
  if constexpr (Memory::is_guarded) {
    made->begin = reinterpret_cast<std::uintptr_t>(memory.base);
    made->size_watched = static_cast<std::size_t>(memory.reserved);
    made->on_write = &note_write;
    if (memory.reserved != 0 && os::add_watch(*made)) {
      made->protect = [](std::byte* at, std::size_t bytes, bool is_writable) {
        return is_writable ? os::commit(at, bytes) : os::make_read_only(at, bytes);
      };
      made->unwatch = [](tracked_memory& m) {
        os::remove_watch(m);
        // Who comes next writes there.
        if (m.size != 0 && !os::commit(m.memory->base, static_cast<std::size_t>(m.size)))
          platform::end_program();
      };
    }
  }
  tracking.first = made;
  return made;
}

/// Follows the memory's size; new memory may be anything.
[[nodiscard]] inline status cover(tracked_memory& m) {
  const std::uint64_t size = m.memory->size;
  const auto count = static_cast<std::size_t>((size + group_bytes - 1) / group_bytes);
  if (size > m.size) {
    const auto partial = static_cast<std::size_t>(m.size % group_bytes / granule);
    if (partial != 0) m.groups.back().open |= ~std::uint64_t{0} << partial;
    DOVETAIL_TRY(m.groups.resize(count));
  }
  while (m.groups.size() > count) {
    release(m.groups.back().known);
    m.groups.pop();
  }
  m.size = size;
  return status::ok;
}

inline status save_group(tracked_memory& m, std::size_t group) {
  tracked_group& g = m.groups[group];
  allocator& a = *m.memory->home->memory;
  page_group* fresh = nullptr;
  std::uint64_t unchanged = 0;
  for (std::uint64_t left = g.open & granules_in(m, group); left != 0; left &= left - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(left));
    const std::byte* const at = granule_at(m, group, k);
    const saved_page* known = page_of(g.known, k);
    if (std::memcmp(at, bytes_of(known), granule) == 0) {
      unchanged |= std::uint64_t{1} << k;
      continue;
    }
    if (fresh == nullptr) fresh = copy_group(a, g.known);
    if (fresh == nullptr) return status::store_out_of_memory;
    saved_page* made = nullptr;
    if ((known == nullptr || !is_zero(at)) && (made = save_page(a, at)) == nullptr) {
      release(fresh);
      return status::store_out_of_memory;
    }
    release(fresh->pages[k]);
    fresh->pages[k] = made;
  }
  if (fresh != nullptr) {
    release(g.known);
    g.known = fresh;
  }
  // What was written stays open: it will be again, and comparing costs less than a fault.
  if (m.protect != nullptr && !m.is_new) close_granules(m, group, unchanged);
  return status::ok;
}

/// Appends the groups of a memory as it is now, with a reference each.
[[nodiscard]] inline status save(tracked_memory& m, array<page_group*>& out) {
  DOVETAIL_TRY(cover(m));
  DOVETAIL_TRY(out.reserve(out.size() + m.groups.size()));
  for (std::size_t k = 0; k < m.groups.size(); ++k) DOVETAIL_TRY(save_group(m, k));
  if (m.protect != nullptr && m.is_new) close_all(m);
  m.is_new = false;
  for (const tracked_group& g : m.groups) DOVETAIL_TRY(out.push(retain(g.known)));
  return status::ok;
}

inline void load_group(tracked_memory& m, std::size_t group, page_group* wanted) {
  tracked_group& g = m.groups[group];
  if (g.known == wanted && g.open == 0) return;
  for (std::uint64_t left = granules_in(m, group); left != 0; left &= left - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(left));
    const saved_page* const to = page_of(wanted, k);
    const bool is_open = (g.open >> k & 1) != 0;
    if (!is_open && page_of(g.known, k) == to) continue;
    std::byte* const at = granule_at(m, group, k);
    if (is_open && std::memcmp(at, bytes_of(to), granule) == 0) continue;
    // Half of a memory cannot be left behind.
    if (!is_open && !open_granule(m, group, k)) platform::end_program();
    std::memcpy(at, bytes_of(to), granule);
  }
  retain(wanted);
  release(g.known);
  g.known = wanted;
}

/// Makes a memory, which is covered and of the right size, what it was when it was saved.
inline void load(tracked_memory& m, page_group* const* wanted) {
  for (std::size_t k = 0; k < m.groups.size(); ++k) load_group(m, k, wanted[k]);
}

/// Makes a memory smaller. What is behind its new end is gone.
template <memory_policy Memory>
[[nodiscard]] status shrink_memory(vm::memory_instance& m, std::uint64_t bytes) {
  if (bytes >= m.size) return status::ok;
  if (m.release == &release_heap) {
    void* block = m.home->budget.resize(m.base, static_cast<std::size_t>(m.size),
                                        static_cast<std::size_t>(bytes));
    if (block == nullptr && bytes != 0) return status::memory_refused;
    m.base = static_cast<std::byte*>(block);
  } else if (m.reserved != 0) {
    if constexpr (Memory::is_guarded) {
      if (!os::decommit(m.base + bytes, static_cast<std::size_t>(m.size - bytes)))
        return status::memory_refused;
      m.home->budget.give_back(m.size - bytes);
    }
  } else {
    return status::memory_refused;
  }
  m.size = bytes;
  return status::ok;
}

}  // namespace dovetail::detail

// ---- dovetail/runtime/running_call.hpp

// Which call of a store runs, and whether its host function lets snapshots be taken in it. For
// snapshots alone: calls themselves keep no account.

namespace dovetail::detail {

/// Names the innermost call from the host into a store, while it lasts; 0: none runs, or the
/// backend does not say.
[[nodiscard]] inline std::uintptr_t innermost_call(const vm::store& s) {
  if (s.native_entry != nullptr) return reinterpret_cast<std::uintptr_t>(s.native_entry);
  if (s.native_outermost == 0 || s.backend == nullptr || s.backend->innermost == nullptr) return 0;
  return s.backend->innermost(*s.backend);
}

/// A part of a host function in which snapshots can be taken of the guests that wait for it. It
/// lives on the native stack, so that it ends before the host function returns. What waits may have
/// compared addresses with a size: what is restored here was taken here, and no memory or table is
/// smaller in it than it was when the host function was called.
struct call_scope {
  explicit call_scope(vm::store& s) : call(innermost_call(s)), tracking(tracking_of(s)) {
    if (tracking == nullptr) return;
    number = ++tracking->newest_scope;
    outer = tracking->scopes;
    tracking->scopes = this;
  }
  call_scope(const call_scope&) = delete;
  call_scope& operator=(const call_scope&) = delete;
  // Those of calls that were paused in between end in any order.
  ~call_scope() {
    if (tracking == nullptr) return;
    call_scope** at = &tracking->scopes;
    while (*at != this) at = &(*at)->outer;
    *at = outer;
  }

  std::uintptr_t call;
  store_tracking* tracking;
  std::uint64_t number = 0;  ///< no other one of its store has the same
  call_scope* outer = nullptr;
};

/// Between calls, or in a scope of the call that runs: then `scope` is its number, else 0. While a
/// call is paused, neither: its frames rely on what a snapshot would change.
[[nodiscard]] inline bool can_save(const vm::store& s, std::uint64_t& scope) {
  scope = 0;
  if (vm::is_at_rest(s)) return true;
  const bool is_any_paused = s.fibers != nullptr && s.fibers->paused != 0;
  const std::uintptr_t call = innermost_call(s);
  if (is_any_paused || call == 0 || s.tracking == nullptr) return false;
  for (const call_scope* c = static_cast<store_tracking*>(s.tracking)->scopes; c != nullptr;
       c = c->outer) {
    if (c->call == call) return scope = c->number, true;
  }
  return false;
}

}  // namespace dovetail::detail

// ---- dovetail/runtime/saved_state.hpp

// The state of instances apart from the instances: memories, tables, mutable globals, dropped
// segments. References are numbers, so that they mean the same in instances made elsewhere.

namespace dovetail::detail {

/// What a slot is besides a number.
enum class reference_kind : std::uint8_t { none, function, host };
[[nodiscard]] constexpr reference_kind kind_of(value_type type) {
  if (!type.is_reference()) return reference_kind::none;
  return type.is_function_reference() ? reference_kind::function : reference_kind::host;
}

/// Which instance a state is of, and how many objects it has, imports included.
struct saved_instance {
  vm::instance* of = nullptr;     ///< null: made in another process
  std::uint64_t serial = 0;       ///< of that instance, whose place may have another one by now
  module_data* module = nullptr;  ///< of a state that was not read from bytes, with a reference
  std::uint32_t memories = 0, tables = 0, globals = 0, elements = 0, data = 0;
};
struct saved_memory {
  std::uint64_t size = 0;
  std::size_t first_group = 0;
  [[nodiscard]] std::size_t groups() const {
    return static_cast<std::size_t>((size + group_bytes - 1) / group_bytes);
  }
};
struct saved_table {
  std::uint64_t size = 0;
  std::size_t first_slot = 0;
  reference_kind kind = reference_kind::none;
};
struct saved_global {
  slot low = 0, high = 0;
  reference_kind kind = reference_kind::none;
  bool is_vector = false;
};

/// A function as a slot: null is zero, else the number of an instance and an index of its module,
/// or a function that no instance knows.
struct saved_function {
  static constexpr slot known = slot{1} << 62, foreign = slot{2} << 62;
  static constexpr std::uint32_t most_instances = 1u << 30;

  [[nodiscard]] static slot of(std::size_t instance, std::uint32_t index) {
    return known | slot{instance} << 32 | index;
  }
  [[nodiscard]] static std::uint32_t instance(slot s) {
    return static_cast<std::uint32_t>(s >> 32) & (most_instances - 1);
  }
  [[nodiscard]] static std::uint32_t index(slot s) { return static_cast<std::uint32_t>(s); }
  [[nodiscard]] static bool is_foreign(slot s) { return (s & foreign) != 0; }
};

/// A function that no instance of a state knows, and the instance that it goes with.
struct saved_foreign {
  vm::function_instance* function = nullptr;
  const vm::instance* with = nullptr;  ///< null: the store
  std::uint64_t serial = 0;
};

/// The objects of instances, once each however many share them, and which one every index means.
struct saved_state {
  static constexpr std::uint32_t nothing = 0xffff'ffff;

  explicit saved_state(allocator& a)
      : memory(&a),
        instances(a),
        memories(a),
        tables(a),
        globals(a),
        places(a),
        groups(a),
        elements(a),
        dropped(a),
        foreign(a) {}
  saved_state(const saved_state&) = delete;
  saved_state& operator=(const saved_state&) = delete;
  ~saved_state() {
    for (page_group* group : groups) release(group);
    for (const saved_instance& i : instances) {
      if (i.module != nullptr) i.module->release();
    }
    release(origin);
  }

  allocator* memory;
  store_tracking* origin = nullptr;  ///< null: made in another process
  std::uint64_t scope = 0;           ///< of the running call that it was taken in; 0: of none
  bool has_host_references = false;
  array<saved_instance> instances;
  array<saved_memory> memories;
  array<saved_table> tables;
  array<saved_global> globals;
  array<std::uint32_t> places;  ///< of each instance: numbers of memories, tables, globals
  array<page_group*> groups;    ///< with a reference each
  array<slot> elements;         ///< of tables
  array<std::uint8_t> dropped;  ///< of each instance: element segments, data segments
  array<saved_foreign> foreign;
};

/// Objects of instances in the order that a state has them.
struct saved_objects {
  explicit saved_objects(allocator& a) : memories(a), tables(a), globals(a) {}
  array<vm::memory_instance*> memories;
  array<vm::table_instance*> tables;
  array<vm::global_instance*> globals;
};

/// What a snapshot keeps of a global: variables of the host are the host's.
[[nodiscard]] inline bool is_saved(const vm::global_instance& g) {
  return g.type.is_mutable && g.home != nullptr;
}

/// Makes the state of instances of one store.
template <memory_policy Memory>
class state_capture {
 public:
  state_capture(std::span<vm::instance* const> from, saved_state& out)
      : from_(from), out_(out), objects_(*out.memory) {}

  [[nodiscard]] status run(vm::store& home) {
    if (!can_save(home, out_.scope)) return status::call_in_progress;
    store_tracking* const tracking = tracking_of(home);
    if (tracking == nullptr) return status::store_out_of_memory;
    out_.origin = retain(tracking);
    DOVETAIL_TRY(take_instances());
    for (vm::memory_instance* m : objects_.memories) {
      tracked_memory* const tracked = track<Memory>(*tracking, *m);
      if (tracked == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(out_.memories.push({m->size, out_.groups.size()}));
      DOVETAIL_TRY(save(*tracked, out_.groups));
    }
    for (const vm::table_instance* t : objects_.tables) DOVETAIL_TRY(take_table(*t));
    for (const vm::global_instance* g : objects_.globals) {
      saved_global saved{g->low, g->high, kind_of(g->type.type), g->type.type.is_vector()};
      DOVETAIL_TRY(encode(saved.kind, saved.low));
      DOVETAIL_TRY(out_.globals.push(saved));
    }
    return status::ok;
  }

 private:
  status take_instances() {
    for (vm::instance* i : from_) {
      const module_env& env = i->module->env;
      i->module->retain();
      const saved_instance entry{i,
                                 i->serial,
                                 i->module,
                                 static_cast<std::uint32_t>(env.memories.size()),
                                 static_cast<std::uint32_t>(env.tables.size()),
                                 static_cast<std::uint32_t>(env.globals.size()),
                                 static_cast<std::uint32_t>(env.element_segments.size()),
                                 static_cast<std::uint32_t>(env.data_segments.size())};
      if (const status s = out_.instances.push(entry); s != status::ok) {
        i->module->release();
        return s;
      }
      DOVETAIL_TRY(take(objects_.memories, i->memories, entry.memories));
      DOVETAIL_TRY(take(objects_.tables, i->tables, entry.tables));
      for (std::uint32_t k = 0; k < entry.globals; ++k) {
        if (is_saved(*i->globals[k])) {
          DOVETAIL_TRY(take(objects_.globals, i->globals + k, 1));
        } else {
          DOVETAIL_TRY(out_.places.push(saved_state::nothing));
        }
      }
      DOVETAIL_TRY(take_dropped(i->dropped_elements, entry.elements));
      DOVETAIL_TRY(take_dropped(i->dropped_data, entry.data));
    }
    return status::ok;
  }
  // Objects that several instances or indices share have one number. Where only one instance is
  // saved, its own objects are new.
  template <class T>
  status take(array<T*>& all, T* const* objects, std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) {
      std::uint32_t number = 0;
      while (number < all.size() && all[number] != objects[k]) ++number;
      if (number == all.size()) DOVETAIL_TRY(all.push(objects[k]));
      DOVETAIL_TRY(out_.places.push(number));
    }
    return status::ok;
  }
  status take_dropped(const bool* dropped, std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) DOVETAIL_TRY(out_.dropped.push(dropped[k]));
    return status::ok;
  }
  status take_table(const vm::table_instance& t) {
    const saved_table saved{t.size, out_.elements.size(), kind_of(t.type.element)};
    DOVETAIL_TRY(out_.tables.push(saved));
    DOVETAIL_TRY(out_.elements.append({t.elements, static_cast<std::size_t>(t.size)}));
    for (std::size_t k = saved.first_slot; k < out_.elements.size(); ++k)
      DOVETAIL_TRY(encode(saved.kind, out_.elements[k]));
    return status::ok;
  }

  status encode(reference_kind kind, slot& s) {
    if (kind == reference_kind::none || s == 0) return status::ok;
    if (kind == reference_kind::host) return out_.has_host_references = true, status::ok;
    vm::function_instance* const f = to_function(s);
    if (f->owner != nullptr) {
      if (last_ < from_.size() && from_[last_] == f->owner)
        return s = saved_function::of(last_, f->index), status::ok;
      for (last_ = 0; last_ < from_.size(); ++last_) {
        if (from_[last_] == f->owner) return s = saved_function::of(last_, f->index), status::ok;
      }
    }
    // What an instance imports has a number there.
    for (std::size_t k = 0; k < from_.size(); ++k) {
      for (std::uint32_t n = 0; n < from_[k]->module->env.imported_functions; ++n) {
        if (from_[k]->functions[n] == f) return s = saved_function::of(k, n), status::ok;
      }
    }
    s = saved_function::foreign | out_.foreign.size();
    const vm::instance* const with = f->lives_with;
    return out_.foreign.push({f, with, with == nullptr ? 0 : with->serial});
  }

  std::span<vm::instance* const> from_;
  saved_state& out_;
  saved_objects objects_;
  std::size_t last_ = 0;  // the instance whose function was seen last
};

/// Stands for no way to map references of the host.
struct no_host_references {};

/// Gives instances the state of others of the same modules, or of themselves. Until everything that
/// may fail was done nothing is changed, but for the size of memories of a heap that refuses to
/// make them smaller.
template <memory_policy Memory, class Map>
class state_load {
 public:
  state_load(const saved_state& from, std::span<vm::instance* const> to, const Map& map)
      : from_(from),
        to_(to),
        map_(map),
        objects_(*from.memory),
        slots_(*from.memory),
        cells_(*from.memory),
        sizes_(*from.memory),
        tracked_(*from.memory) {}

  [[nodiscard]] status run(vm::store& home) {
    std::uint64_t scope = 0;
    if (!can_save(home, scope) || scope != from_.scope) return status::call_in_progress;
    tracking_ = tracking_of(home);
    if (tracking_ == nullptr) return status::store_out_of_memory;
    if (scope != 0 && from_.origin != tracking_) return status::call_in_progress;
    home_ = &home;
    DOVETAIL_TRY(match());
    DOVETAIL_TRY(check_sizes());
    DOVETAIL_TRY(decode());
    if (const status s = make_room(); s != status::ok) {
      take_room_back();
      return s;
    }
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      vm::memory_instance& m = *tracked_[k]->memory;
      DOVETAIL_TRY(shrink_memory<Memory>(m, from_.memories[k].size));
      DOVETAIL_TRY(cover(*tracked_[k]));
    }
    write();
    return status::ok;
  }

 private:
  // Finds the object for every one of the state.
  status match() {
    if (to_.size() != from_.instances.size()) return status::snapshot_mismatch;
    is_same_ = from_.origin == tracking_;
    DOVETAIL_TRY(objects_.memories.resize(from_.memories.size()));
    DOVETAIL_TRY(objects_.tables.resize(from_.tables.size()));
    DOVETAIL_TRY(objects_.globals.resize(from_.globals.size()));
    std::size_t place = 0;
    for (std::size_t k = 0; k < to_.size(); ++k) {
      const saved_instance& saved = from_.instances[k];
      const vm::instance& i = *to_[k];
      const module_env& env = i.module->env;
      if ((saved.module != nullptr && saved.module != i.module) ||
          saved.memories != env.memories.size() || saved.tables != env.tables.size() ||
          saved.globals != env.globals.size() || saved.elements != env.element_segments.size() ||
          saved.data != env.data_segments.size()) {
        return status::snapshot_mismatch;
      }
      is_same_ = is_same_ && saved.of == to_[k] && saved.serial == i.serial;
      DOVETAIL_TRY(match(objects_.memories, i.memories, saved.memories, place));
      DOVETAIL_TRY(match(objects_.tables, i.tables, saved.tables, place));
      DOVETAIL_TRY(match(objects_.globals, i.globals, saved.globals, place));
    }
    return status::ok;
  }
  template <class T>
  status match(array<T*>& all, T* const* objects, std::uint32_t count, std::size_t& place) {
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t number = from_.places[place++];
      if (number == saved_state::nothing) continue;
      if (all[number] != nullptr && all[number] != objects[k]) return status::snapshot_mismatch;
      all[number] = objects[k];
    }
    return status::ok;
  }

  status check_sizes() {
    for (std::size_t k = 0; k < objects_.memories.size(); ++k) {
      const vm::memory_instance* const m = objects_.memories[k];
      const std::uint64_t pages = from_.memories[k].size / vm::page_size;
      if (m == nullptr || pages < m->type.limits.minimum || pages > m->most_pages)
        return status::snapshot_mismatch;
    }
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      const vm::table_instance* const t = objects_.tables[k];
      const saved_table& saved = from_.tables[k];
      if (t == nullptr || saved.size < t->type.limits.minimum || saved.size > t->most ||
          saved.kind != kind_of(t->type.element)) {
        return status::snapshot_mismatch;
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      const vm::global_instance* const g = objects_.globals[k];
      const saved_global& saved = from_.globals[k];
      if (g == nullptr || saved.kind != kind_of(g->type.type) ||
          saved.is_vector != g->type.type.is_vector()) {
        return status::snapshot_mismatch;
      }
    }
    return status::ok;
  }

  status decode() {
    DOVETAIL_TRY(slots_.append({from_.elements.data(), from_.elements.size()}));
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      const saved_table& saved = from_.tables[k];
      for (std::size_t n = 0; n < saved.size; ++n) {
        DOVETAIL_TRY(
            decode(objects_.tables[k]->type.element, saved.kind, slots_[saved.first_slot + n]));
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      slot low = from_.globals[k].low;
      DOVETAIL_TRY(decode(objects_.globals[k]->type.type, from_.globals[k].kind, low));
      DOVETAIL_TRY(cells_.push(low));
    }
    return status::ok;
  }
  status decode(value_type type, reference_kind kind, slot& s) {
    if (kind == reference_kind::none) return status::ok;
    if (s != 0) {
      DOVETAIL_TRY(kind == reference_kind::function ? find_function(s) : find_host_object(s));
    }
    return vm::may_enter(*home_, type, s) ? status::ok : status::snapshot_mismatch;
  }
  status find_function(slot& s) {
    if (saved_function::is_foreign(s)) {
      // It lives as long as its store, which is the same, or an instance there.
      if (from_.origin != tracking_) return status::reference_of_host;
      const saved_foreign& known = from_.foreign[saved_function::index(s)];
      if (known.with != nullptr && known.with->serial != known.serial) return status::instance_gone;
      s = to_slot(known.function);
      return status::ok;
    }
    const std::uint32_t number = saved_function::instance(s), index = saved_function::index(s);
    if (number >= to_.size() || index >= to_[number]->module->env.functions.size())
      return status::snapshot_mismatch;
    const vm::function_instance* const f = vm::function_of(*to_[number], index);
    s = to_slot(f);
    return f == nullptr ? status::store_out_of_memory : status::ok;
  }
  status find_host_object(slot& s) {
    if constexpr (!std::is_same_v<Map, no_host_references>) {
      if (!is_same_) {
        const auto mapped = map_(from_slot<externref>(s));
        if (!mapped) return status::reference_of_host;
        s = to_slot(static_cast<externref>(*mapped));
        return status::ok;
      }
    }
    return is_same_ ? status::ok : status::reference_of_host;
  }

  // Memories grow last: an allocator that refuses something may refuse to make one smaller again.
  status make_room() {
    for (std::size_t k = 0; k < objects_.memories.size(); ++k) {
      vm::memory_instance& m = *objects_.memories[k];
      tracked_memory* const tracked = track<Memory>(*tracking_, m);
      if (tracked == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(cover(*tracked));
      DOVETAIL_TRY(tracked->groups.reserve(from_.memories[k].groups()));
      DOVETAIL_TRY(sizes_.push(m.size));
      DOVETAIL_TRY(tracked_.push(tracked));
    }
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      vm::table_instance& t = *objects_.tables[k];
      const std::uint64_t before = t.size, wanted = from_.tables[k].size;
      if (wanted <= t.capacity) continue;
      const std::uint64_t grown = vm::grow_table(t, wanted - before, 0);
      t.size = before;
      if (grown != before) return status::table_refused;
    }
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      vm::memory_instance& m = *objects_.memories[k];
      if (from_.memories[k].size > m.size)
        DOVETAIL_TRY(m.grow(m, from_.memories[k].size / vm::page_size));
      DOVETAIL_TRY(cover(*tracked_[k]));
    }
    return status::ok;
  }
  DOVETAIL_COLD void take_room_back() {
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      static_cast<void>(shrink_memory<Memory>(*objects_.memories[k], sizes_[k]));
      static_cast<void>(cover(*tracked_[k]));
    }
  }

  void write() {
    for (std::size_t k = 0; k < tracked_.size(); ++k)
      load(*tracked_[k], from_.groups.data() + from_.memories[k].first_group);
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      vm::table_instance& t = *objects_.tables[k];
      const saved_table& saved = from_.tables[k];
      t.size = saved.size;
      if (t.size != 0) {
        std::memcpy(t.elements, slots_.data() + saved.first_slot,
                    static_cast<std::size_t>(t.size) * sizeof(slot));
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      vm::global_instance& g = *objects_.globals[k];
      if (!is_saved(g)) continue;
      g.low = cells_[k];
      g.high = from_.globals[k].high;
    }
    std::size_t next = 0;
    for (vm::instance* i : to_) {
      const module_env& env = i->module->env;
      for (std::size_t k = 0; k < env.element_segments.size(); ++k)
        i->dropped_elements[k] = from_.dropped[next++] != 0;
      for (std::size_t k = 0; k < env.data_segments.size(); ++k)
        i->dropped_data[k] = from_.dropped[next++] != 0;
    }
  }

  const saved_state& from_;
  std::span<vm::instance* const> to_;
  const Map& map_;
  saved_objects objects_;
  array<slot> slots_;           // of tables, as the store has them
  array<slot> cells_;           // of globals
  array<std::uint64_t> sizes_;  // of memories before
  array<tracked_memory*> tracked_;
  store_tracking* tracking_ = nullptr;
  vm::store* home_ = nullptr;
  bool is_same_ = false;  // the instances that the state is of
};

}  // namespace dovetail::detail

// ---- dovetail/runtime/state_bytes.hpp

// A saved state as bytes, and back. What is read is not trusted: it can be of no use, but not do
// harm.

namespace dovetail::detail {

// Little-endian words of 64 bits, pages, and a hash of everything before it:
//
//     magic, hash of the modules, flags, counts of the lists
//     of each instance its numbers of objects, sizes of memories, tables, globals, places
//     elements of tables, dropped segments, of each group which pages are not zero, and they; hash

inline constexpr std::uint64_t snapshot_magic = 0x3130'7061'6e73'7664;  // "dvsnap01"

[[nodiscard]] inline std::uint64_t read_word(const std::byte* at) {
  std::uint64_t word = 0;
  for (unsigned k = 0; k < 8; ++k) word |= std::to_integer<std::uint64_t>(at[k]) << 8 * k;
  return word;
}

/// A hash that tells different bytes apart, unless somebody wants it not to.
[[nodiscard]] inline std::uint64_t hash_bytes(std::span<const std::byte> bytes,
                                              std::uint64_t hash = 0) {
  const auto mix = [&hash](std::uint64_t word) {
    hash = (std::rotl(hash, 29) ^ word) * 0x9e37'79b9'7f4a'7c15;
    hash ^= hash >> 32;
  };
  mix(bytes.size());
  std::size_t k = 0;
  for (; bytes.size() - k >= 8; k += 8) mix(read_word(bytes.data() + k));
  std::byte rest[8] = {};
  for (std::size_t n = 0; k < bytes.size(); ++k, ++n) rest[n] = bytes[k];
  mix(read_word(rest));
  return hash;
}

class state_writer {
 public:
  explicit state_writer(array<std::byte>& out) : out_(out) {}

  [[nodiscard]] status write(const saved_state& s, std::uint64_t modules) {
    if (!s.foreign.empty()) return status::reference_of_host;
    for (const std::uint64_t word :
         {snapshot_magic, modules, std::uint64_t{s.has_host_references}, count(s.instances),
          count(s.memories), count(s.tables), count(s.globals), count(s.places), count(s.elements),
          count(s.dropped)}) {
      DOVETAIL_TRY(put(word));
    }
    for (const saved_instance& i : s.instances)
      for (const std::uint32_t n : {i.memories, i.tables, i.globals, i.elements, i.data})
        DOVETAIL_TRY(put(n));
    for (const saved_memory& m : s.memories) DOVETAIL_TRY(put(m.size));
    for (const saved_table& t : s.tables) {
      DOVETAIL_TRY(put(t.size));
      DOVETAIL_TRY(put(static_cast<std::uint64_t>(t.kind)));
    }
    for (const saved_global& g : s.globals) {
      DOVETAIL_TRY(put(g.low));
      DOVETAIL_TRY(put(g.high));
      DOVETAIL_TRY(put(static_cast<std::uint64_t>(g.kind) | (g.is_vector ? 4u : 0u)));
    }
    for (const std::uint32_t n : s.places) DOVETAIL_TRY(put(n));
    for (const slot n : s.elements) DOVETAIL_TRY(put(n));
    for (const std::uint8_t n : s.dropped) DOVETAIL_TRY(put(n));
    for (const page_group* group : s.groups) DOVETAIL_TRY(put_group(group));
    return put(hash_bytes({out_.data(), out_.size()}));
  }

 private:
  template <class T>
  static std::uint64_t count(const array<T>& list) {
    return list.size();
  }
  status put(std::uint64_t word) {
    std::byte bytes[8];
    for (unsigned k = 0; k < 8; ++k) bytes[k] = static_cast<std::byte>(word >> 8 * k & 0xff);
    return out_.append(bytes);
  }
  status put_group(const page_group* group) {
    std::uint64_t there = 0;
    for (std::size_t k = 0; k < group_pages; ++k)
      there |= std::uint64_t{page_of(group, k) != nullptr} << k;
    DOVETAIL_TRY(put(there));
    for (; there != 0; there &= there - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(there));
      DOVETAIL_TRY(out_.append({group->pages[k]->bytes, granule}));
    }
    return status::ok;
  }

  array<std::byte>& out_;
};

class state_reader {
 public:
  explicit state_reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  [[nodiscard]] status read(saved_state& s, std::uint64_t modules) {
    if (bytes_.size() < 16 || get() != snapshot_magic) return status::malformed_snapshot;
    if (get() != modules) return status::snapshot_mismatch;
    if (bytes_.size() < 8 ||
        read_word(&bytes_[bytes_.size() - 8]) != hash_bytes(bytes_.first(bytes_.size() - 8))) {
      return status::malformed_snapshot;
    }
    bytes_ = bytes_.first(bytes_.size() - 8);
    s.has_host_references = get() != 0;
    DOVETAIL_TRY(room_for(s.instances, 5));
    DOVETAIL_TRY(room_for(s.memories, 1));
    DOVETAIL_TRY(room_for(s.tables, 2));
    DOVETAIL_TRY(room_for(s.globals, 3));
    DOVETAIL_TRY(room_for(s.places, 1));
    DOVETAIL_TRY(room_for(s.elements, 1));
    DOVETAIL_TRY(room_for(s.dropped, 1));
    if (needed_ > (bytes_.size() - at_) / 8) return status::malformed_snapshot;
    DOVETAIL_TRY(read_lists(s));
    for (const saved_memory& m : s.memories) {
      for (std::size_t k = 0; k < m.groups(); ++k) DOVETAIL_TRY(read_group(s));
    }
    return at_ == bytes_.size() && is_whole_ ? status::ok : status::malformed_snapshot;
  }

 private:
  std::uint64_t get() {
    if (bytes_.size() - at_ < 8) return is_whole_ = false, 0;
    at_ += 8;
    return read_word(bytes_.data() + at_ - 8);
  }
  std::uint32_t get_number() {
    const std::uint64_t word = get();
    if (word > 0xffff'ffff) is_whole_ = false;
    return static_cast<std::uint32_t>(word);
  }
  reference_kind get_kind(std::uint64_t word) {
    if (word > static_cast<std::uint64_t>(reference_kind::host)) is_whole_ = false;
    return static_cast<reference_kind>(word & 3);
  }

  // A list's length, believed only as far as there are bytes for it.
  template <class T>
  status room_for(array<T>& list, std::uint64_t words) {
    const std::uint64_t count = get();
    if (count > bytes_.size() / 8) return status::malformed_snapshot;
    needed_ += count * words;
    return list.resize(static_cast<std::size_t>(count));
  }

  status read_lists(saved_state& s) {
    std::uint64_t places = 0, dropped = 0, elements = 0;
    for (saved_instance& i : s.instances) {
      i.memories = get_number();
      i.tables = get_number();
      i.globals = get_number();
      i.elements = get_number();
      i.data = get_number();
      places += std::uint64_t{i.memories} + i.tables + i.globals;
      dropped += std::uint64_t{i.elements} + i.data;
    }
    std::size_t groups = 0;
    for (saved_memory& m : s.memories) {
      m = {get(), groups};
      // A group takes a word at least.
      if (m.size % vm::page_size != 0 || m.size / group_bytes > bytes_.size() / 8)
        return status::malformed_snapshot;
      groups += m.groups();
    }
    for (saved_table& t : s.tables) {
      t.size = get();
      t.first_slot = static_cast<std::size_t>(elements);
      t.kind = get_kind(get());
      if (t.size > s.elements.size() - elements) return status::malformed_snapshot;
      elements += t.size;
    }
    for (saved_global& g : s.globals) {
      g.low = get();
      g.high = get();
      const std::uint64_t what = get();
      g.is_vector = (what & 4) != 0;
      g.kind = get_kind(what & ~std::uint64_t{4});
    }
    if (places != s.places.size() || dropped != s.dropped.size() || elements != s.elements.size())
      return status::malformed_snapshot;
    DOVETAIL_TRY(read_places(s));
    for (slot& n : s.elements) n = get();
    for (std::uint8_t& n : s.dropped) n = static_cast<std::uint8_t>(get() & 1);
    return status::ok;
  }
  status read_places(saved_state& s) {
    std::size_t next = 0;
    const auto read = [&](std::uint32_t count, std::size_t objects, bool may_be_nothing) {
      for (std::uint32_t k = 0; k < count; ++k) {
        const std::uint32_t number = get_number();
        if (number >= objects && !(may_be_nothing && number == saved_state::nothing))
          is_whole_ = false;
        s.places[next++] = number;
      }
    };
    for (const saved_instance& i : s.instances) {
      read(i.memories, s.memories.size(), false);
      read(i.tables, s.tables.size(), false);
      read(i.globals, s.globals.size(), true);
    }
    return is_whole_ ? status::ok : status::malformed_snapshot;
  }

  status read_group(saved_state& s) {
    std::uint64_t there = get();
    if (there > 0 &&
        (bytes_.size() - at_) / granule < static_cast<std::size_t>(std::popcount(there))) {
      return status::malformed_snapshot;
    }
    page_group* group = there == 0 ? nullptr : copy_group(*s.memory, nullptr);
    if (there != 0 && group == nullptr) return status::store_out_of_memory;
    for (; there != 0; there &= there - 1) {
      saved_page* page = save_page(*s.memory, bytes_.data() + at_);
      if (page == nullptr) return release(group), status::store_out_of_memory;
      group->pages[std::countr_zero(there)] = page;
      at_ += granule;
    }
    if (const status pushed = s.groups.push(group); pushed != status::ok)
      return release(group), pushed;
    return status::ok;
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::uint64_t needed_ = 0;  // words of the lists
  bool is_whole_ = true;
};

}  // namespace dovetail::detail

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

// What may fault in guarded memory, as every system's fault handler looks for it: machine code, and
// writes to memory that is watched. Included by implementation.hpp's headers alone.

#include <atomic>
#include <cstdint>

// ---- dovetail/runtime/os_code.hpp

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes an entry waits until no handler can
// still see it. Entries have a `next`.
template <class Entry>
class handler_list {
 public:
  void add(Entry& entry) {
    const change now(*this);
    entry.next = first_.load();
    first_.store(&entry);
  }
  void remove(Entry& entry) {
    const change now(*this);
    if (first_.load() == &entry) {
      first_.store(entry.next);
    } else {
      Entry* before = first_.load();
      while (before->next != &entry) before = before->next;
      std::atomic_ref<Entry*>(before->next).store(entry.next);
    }
    while (readers_.load() != 0) {}
  }
  // What `use` makes of the first entry that `is_meant`, or of null.
  template <class Meant, class Use>
  auto find(Meant is_meant, Use use) {
    readers_.fetch_add(1);
    Entry* entry = first_.load();
    while (entry != nullptr && !is_meant(*entry))
      entry = std::atomic_ref<Entry*>(entry->next).load();
    const auto answer = use(entry);
    readers_.fetch_sub(1);
    return answer;
  }

 private:
  struct change {
    explicit change(handler_list& list) : of(list) {
      while (of.is_changing_.exchange(true, std::memory_order_acquire)) {}
    }
    ~change() { of.is_changing_.store(false, std::memory_order_release); }
    handler_list& of;
  };

  std::atomic<Entry*> first_{nullptr};
  std::atomic<int> readers_{0};
  std::atomic<bool> is_changing_{false};
};

constinit handler_list<code_range> codes;
constinit handler_list<write_watch> watches;

}  // namespace

void add_code(code_range& range) { codes.add(range); }
void remove_code(code_range& range) { codes.remove(range); }

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  return codes.find([&](const code_range& range) { return pc - range.begin < range.size; },
                    [&](const code_range* range) {
                      return range != nullptr ? range->landing_of(*range, instance, address) : 0;
                    });
}

bool allow_write(std::uintptr_t address) {
  return watches.find(
      [&](const write_watch& watch) { return address - watch.begin < watch.size_watched; },
      [&](write_watch* watch) { return watch != nullptr && watch->on_write(*watch, address); });
}

}  // namespace dovetail::os

// ---- dovetail/runtime/os_unwind.hpp

// What os.hpp declares of C++ exceptions that arrive in machine code, for the unwinders of libgcc
// and of LLVM. Included by implementation.hpp's headers alone.

#include <cstddef>
#include <cstdint>
#include <exception>

// ---- dovetail/runtime/os_unwind.hpp

#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__)

#include <unwind.h>

#include <cstring>

extern "C" {
void __register_frame(void* table);
void __deregister_frame(void* table);
// LLVM's unwinder has this function, and takes a description where libgcc's takes a table.
[[gnu::weak]] void __unw_add_dynamic_fde(std::uintptr_t);
// Itanium C++ ABI: Exception Handling, 2.5.3.
void* __cxa_begin_catch(void*) noexcept;
void __cxa_end_catch();
}

namespace dovetail::os {

namespace {

// The personality routine of such code (Itanium C++ ABI: Exception Handling, 1.6): every call in it
// is as in a try block. What ends a thread by unwinding is nobody's to catch.
_Unwind_Reason_Code catch_in_code(int, _Unwind_Action actions, _Unwind_Exception_Class,
                                  _Unwind_Exception* exception, _Unwind_Context* context) {
  if ((actions & _UA_FORCE_UNWIND) != 0) return _URC_CONTINUE_UNWIND;
  if ((actions & _UA_SEARCH_PHASE) != 0) return _URC_HANDLER_FOUND;
  if ((actions & _UA_HANDLER_FRAME) == 0) return _URC_CONTINUE_UNWIND;
  const auto& code = *static_cast<const catching_code*>(_Unwind_GetLanguageSpecificData(context));
  const _Unwind_Word pc = _Unwind_GetIP(context);
  _Unwind_SetGR(context, 0, reinterpret_cast<std::uintptr_t>(exception));
  _Unwind_SetGR(context, 1, pc);
  _Unwind_SetIP(context, code.landing);
  return _URC_INSTALL_CONTEXT;
}

// A table of one description, as in .eh_frame (DWARF 5, 6.4.1; Linux Standard Base Core 5.0, 10.6).
// What is behind a frame is never looked for: the return address is undefined, so that debuggers
// and whoever else walks the stack end there.
class table_writer {
 public:
  explicit table_writer(std::uint8_t* at) : at_(at) {}
  template <class T>
  void put(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  template <class... B>
  void bytes(B... values) {
    (put(static_cast<std::uint8_t>(values)), ...);
  }

 private:
  std::uint8_t* at_;
};

constexpr std::size_t common_size = 36, description_size = 40;
static_assert(common_size + description_size + 4 <= sizeof(catching_code::table));

void write_table(catching_code& code) {
  table_writer to(code.table);
  to.put(std::uint32_t{common_size - 4});
  to.put(std::uint32_t{0});
  to.bytes(1, 'z', 'P', 'L', 0);
  to.bytes(1, 0x78, 16);  // units of 1 and -8 bytes; column of the return address
  to.bytes(10, 0);        // a personality routine follows, as an address
  to.put(&catch_in_code);
  to.bytes(0);                                 // and so is its data
  to.bytes(0x0c, 7, 8, 0x07, 16, 0, 0, 0, 0);  // def_cfa rsp + 8, undefined return address, nop
  to.put(std::uint32_t{description_size - 4});
  to.put(std::uint32_t{common_size + 4});
  to.put(code.begin);
  to.put(code.size);
  to.bytes(8);
  to.put(&code);
  to.bytes(0, 0, 0, 0, 0, 0, 0);
  to.put(std::uint32_t{0});
}

void* known_as(catching_code& code) {
  return code.table + (&__unw_add_dynamic_fde != nullptr ? common_size : 0);
}

}  // namespace

void add_catching_code(catching_code& code) {
  write_table(code);
  __register_frame(known_as(code));
}
void remove_catching_code(catching_code& code) { __deregister_frame(known_as(code)); }

std::exception_ptr catch_thrown(void* exception) noexcept {
  static_cast<void>(__cxa_begin_catch(exception));
  std::exception_ptr kept = std::current_exception();
  __cxa_end_catch();
  return kept;
}

}  // namespace dovetail::os

#else

namespace dovetail::os {

void add_catching_code(catching_code&) {}
void remove_catching_code(catching_code&) {}
std::exception_ptr catch_thrown(void*) noexcept { return nullptr; }

}  // namespace dovetail::os

#endif

// ---- dovetail/runtime/os_windows.hpp

namespace dovetail::os {

void* reserve(std::size_t bytes) {
  return VirtualAlloc(nullptr, bytes, MEM_RESERVE, PAGE_NOACCESS);
}

// Large pages want a privilege there, and all of their memory at once.
void* reserve_in_large_pages(std::size_t bytes) { return reserve(bytes); }

bool commit(void* at, std::size_t bytes) {
  return VirtualAlloc(at, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

bool decommit(void* at, std::size_t bytes) { return VirtualFree(at, bytes, MEM_DECOMMIT) != 0; }

bool make_read_only(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_READONLY, &before) != 0;
}

bool add_watch(write_watch&) { return false; }
void remove_watch(write_watch&) {}

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

bool make_readable(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_READWRITE, &before) != 0;
}

bool make_inaccessible(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_NOACCESS, &before) != 0;
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

// A view cannot take the place of committed memory before Windows 10 (MapViewOfFile3).
std::intptr_t make_object(std::size_t, void (*)(const void*, std::byte*), const void*) {
  return no_object;
}
bool map_object(void*, std::size_t, std::intptr_t) { return false; }
void close_object(std::intptr_t) {}

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

// An interpreted guest's thread goes on in `resume_at_landing`, as if the faulting instruction had
// called it.
bool handle_fault(void* information, void*) {
  const auto* pointers = static_cast<const EXCEPTION_POINTERS*>(information);
  const EXCEPTION_RECORD& record = *pointers->ExceptionRecord;
  if (record.ExceptionCode != EXCEPTION_ACCESS_VIOLATION || record.NumberParameters < 2)
    return false;
  const auto address = static_cast<std::uintptr_t>(record.ExceptionInformation[1]);
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& registers = *pointers->ContextRecord;
  if (const std::uintptr_t landing = find_landing(registers.Rip, registers.R15, address)) {
    registers.R11 = registers.Rip;
    registers.Rip = landing;
    return true;
  }
#endif
  guard_frame* frame = find_guard(address);
  if (frame == nullptr) return false;
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& context = *pointers->ContextRecord;
  // 32 bytes of home space and a return address, aligned as after a call (x64 calling convention).
  context.Rsp = ((context.Rsp - 256) & ~DWORD64{15}) - 8;
  context.Rcx = reinterpret_cast<DWORD64>(frame);
  context.Rip = reinterpret_cast<DWORD64>(&resume_at_landing);
  return true;
#else
  return false;
#endif
}

namespace {

LONG CALLBACK on_fault(EXCEPTION_POINTERS* pointers) {
  return handle_fault(pointers, nullptr) ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
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

// What may fault in guarded memory, as every system's fault handler looks for it: machine code, and
// writes to memory that is watched. Included by implementation.hpp's headers alone.

#include <atomic>
#include <cstdint>

// ---- dovetail/runtime/os_code.hpp

namespace dovetail::os {

namespace {

// A list that handlers read without a lock: whoever removes an entry waits until no handler can
// still see it. Entries have a `next`.
template <class Entry>
class handler_list {
 public:
  void add(Entry& entry) {
    const change now(*this);
    entry.next = first_.load();
    first_.store(&entry);
  }
  void remove(Entry& entry) {
    const change now(*this);
    if (first_.load() == &entry) {
      first_.store(entry.next);
    } else {
      Entry* before = first_.load();
      while (before->next != &entry) before = before->next;
      std::atomic_ref<Entry*>(before->next).store(entry.next);
    }
    while (readers_.load() != 0) {}
  }
  // What `use` makes of the first entry that `is_meant`, or of null.
  template <class Meant, class Use>
  auto find(Meant is_meant, Use use) {
    readers_.fetch_add(1);
    Entry* entry = first_.load();
    while (entry != nullptr && !is_meant(*entry))
      entry = std::atomic_ref<Entry*>(entry->next).load();
    const auto answer = use(entry);
    readers_.fetch_sub(1);
    return answer;
  }

 private:
  struct change {
    explicit change(handler_list& list) : of(list) {
      while (of.is_changing_.exchange(true, std::memory_order_acquire)) {}
    }
    ~change() { of.is_changing_.store(false, std::memory_order_release); }
    handler_list& of;
  };

  std::atomic<Entry*> first_{nullptr};
  std::atomic<int> readers_{0};
  std::atomic<bool> is_changing_{false};
};

constinit handler_list<code_range> codes;
constinit handler_list<write_watch> watches;

}  // namespace

void add_code(code_range& range) { codes.add(range); }
void remove_code(code_range& range) { codes.remove(range); }

std::uintptr_t find_landing(std::uintptr_t pc, std::uintptr_t instance, std::uintptr_t address) {
  return codes.find([&](const code_range& range) { return pc - range.begin < range.size; },
                    [&](const code_range* range) {
                      return range != nullptr ? range->landing_of(*range, instance, address) : 0;
                    });
}

bool allow_write(std::uintptr_t address) {
  return watches.find(
      [&](const write_watch& watch) { return address - watch.begin < watch.size_watched; },
      [&](write_watch* watch) { return watch != nullptr && watch->on_write(*watch, address); });
}

}  // namespace dovetail::os

// ---- dovetail/runtime/os_unwind.hpp

// What os.hpp declares of C++ exceptions that arrive in machine code, for the unwinders of libgcc
// and of LLVM. Included by implementation.hpp's headers alone.

#include <cstddef>
#include <cstdint>
#include <exception>

// ---- dovetail/runtime/os_unwind.hpp

#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__)

#include <unwind.h>

#include <cstring>

extern "C" {
void __register_frame(void* table);
void __deregister_frame(void* table);
// LLVM's unwinder has this function, and takes a description where libgcc's takes a table.
[[gnu::weak]] void __unw_add_dynamic_fde(std::uintptr_t);
// Itanium C++ ABI: Exception Handling, 2.5.3.
void* __cxa_begin_catch(void*) noexcept;
void __cxa_end_catch();
}

namespace dovetail::os {

namespace {

// The personality routine of such code (Itanium C++ ABI: Exception Handling, 1.6): every call in it
// is as in a try block. What ends a thread by unwinding is nobody's to catch.
_Unwind_Reason_Code catch_in_code(int, _Unwind_Action actions, _Unwind_Exception_Class,
                                  _Unwind_Exception* exception, _Unwind_Context* context) {
  if ((actions & _UA_FORCE_UNWIND) != 0) return _URC_CONTINUE_UNWIND;
  if ((actions & _UA_SEARCH_PHASE) != 0) return _URC_HANDLER_FOUND;
  if ((actions & _UA_HANDLER_FRAME) == 0) return _URC_CONTINUE_UNWIND;
  const auto& code = *static_cast<const catching_code*>(_Unwind_GetLanguageSpecificData(context));
  const _Unwind_Word pc = _Unwind_GetIP(context);
  _Unwind_SetGR(context, 0, reinterpret_cast<std::uintptr_t>(exception));
  _Unwind_SetGR(context, 1, pc);
  _Unwind_SetIP(context, code.landing);
  return _URC_INSTALL_CONTEXT;
}

// A table of one description, as in .eh_frame (DWARF 5, 6.4.1; Linux Standard Base Core 5.0, 10.6).
// What is behind a frame is never looked for: the return address is undefined, so that debuggers
// and whoever else walks the stack end there.
class table_writer {
 public:
  explicit table_writer(std::uint8_t* at) : at_(at) {}
  template <class T>
  void put(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  template <class... B>
  void bytes(B... values) {
    (put(static_cast<std::uint8_t>(values)), ...);
  }

 private:
  std::uint8_t* at_;
};

constexpr std::size_t common_size = 36, description_size = 40;
static_assert(common_size + description_size + 4 <= sizeof(catching_code::table));

void write_table(catching_code& code) {
  table_writer to(code.table);
  to.put(std::uint32_t{common_size - 4});
  to.put(std::uint32_t{0});
  to.bytes(1, 'z', 'P', 'L', 0);
  to.bytes(1, 0x78, 16);  // units of 1 and -8 bytes; column of the return address
  to.bytes(10, 0);        // a personality routine follows, as an address
  to.put(&catch_in_code);
  to.bytes(0);                                 // and so is its data
  to.bytes(0x0c, 7, 8, 0x07, 16, 0, 0, 0, 0);  // def_cfa rsp + 8, undefined return address, nop
  to.put(std::uint32_t{description_size - 4});
  to.put(std::uint32_t{common_size + 4});
  to.put(code.begin);
  to.put(code.size);
  to.bytes(8);
  to.put(&code);
  to.bytes(0, 0, 0, 0, 0, 0, 0);
  to.put(std::uint32_t{0});
}

void* known_as(catching_code& code) {
  return code.table + (&__unw_add_dynamic_fde != nullptr ? common_size : 0);
}

}  // namespace

void add_catching_code(catching_code& code) {
  write_table(code);
  __register_frame(known_as(code));
}
void remove_catching_code(catching_code& code) { __deregister_frame(known_as(code)); }

std::exception_ptr catch_thrown(void* exception) noexcept {
  static_cast<void>(__cxa_begin_catch(exception));
  std::exception_ptr kept = std::current_exception();
  __cxa_end_catch();
  return kept;
}

}  // namespace dovetail::os

#else

namespace dovetail::os {

void add_catching_code(catching_code&) {}
void remove_catching_code(catching_code&) {}
std::exception_ptr catch_thrown(void*) noexcept { return nullptr; }

}  // namespace dovetail::os

#endif

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

void* reserve_in_large_pages(std::size_t bytes) {
  constexpr std::size_t page = 65'536;
  if (bytes % page != 0 || bytes > ~std::size_t{0} - large_page) return reserve(bytes);
  auto* const at = static_cast<std::uint8_t*>(reserve(bytes + large_page));
  if (at == nullptr) return nullptr;
  const std::size_t before = -reinterpret_cast<std::uintptr_t>(at) % large_page;
  if (before != 0) munmap(at, before);
  munmap(at + before + bytes, large_page - before);
#ifdef MADV_HUGEPAGE
  static_cast<void>(madvise(at + before, bytes, MADV_HUGEPAGE));
#endif
  return at + before;
}

bool commit(void* at, std::size_t bytes) {
  return mprotect(at, bytes, PROT_READ | PROT_WRITE) == 0;
}

bool decommit(void* at, std::size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
#ifdef MAP_NORESERVE
  flags |= MAP_NORESERVE;
#endif
  return mmap(at, bytes, PROT_NONE, flags, -1, 0) != MAP_FAILED;
}

bool make_read_only(void* at, std::size_t bytes) { return mprotect(at, bytes, PROT_READ) == 0; }

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

bool make_readable(void* at, std::size_t bytes) { return commit(at, bytes); }

bool make_inaccessible(void* at, std::size_t bytes) { return mprotect(at, bytes, PROT_NONE) == 0; }

void release(void* reservation, std::size_t bytes) { munmap(reservation, bytes); }

#if defined(__linux__)
void* reserve_object(std::size_t bytes, std::intptr_t& object) {
  // A file beyond this limit would end the process (setrlimit(2), RLIMIT_FSIZE).
  rlimit most = {};
  if (getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur < bytes) return nullptr;
  const int file = memfd_create("dovetail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
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

std::intptr_t make_object(std::size_t bytes, void (*write)(const void*, std::byte*),
                          const void* context) {
  std::intptr_t object = no_object;
  void* at = reserve_object(bytes, object);
  if (at == nullptr) return no_object;
  const bool is_writable = commit(at, bytes);
  if (is_writable) {
    bring_in(at, bytes);
    write(context, static_cast<std::byte*>(at));
  }
  munmap(at, bytes);
  constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (is_writable && fcntl(static_cast<int>(object), F_ADD_SEALS, seals) == 0) return object;
  close_object(object);
  return no_object;
}

bool map_object(void* at, std::size_t bytes, std::intptr_t object) {
  constexpr int flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE;
  const int file = static_cast<int>(object);
  if (mmap(at, bytes, PROT_READ | PROT_WRITE, flags, file, 0) != MAP_FAILED) return true;
  // What was there may be gone by now, and nobody else may get its addresses, which guests reach.
  if (mmap(at, bytes, PROT_NONE, flags | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
    platform::end_program();
  return false;
}

void close_object(std::intptr_t object) { close(static_cast<int>(object)); }
#else
void* reserve_object(std::size_t, std::intptr_t&) { return nullptr; }
void* run_object(void*, std::size_t, std::intptr_t, std::size_t) { return nullptr; }
void release_object(void*, std::size_t, std::intptr_t) {}
std::intptr_t make_object(std::size_t, void (*)(const void*, std::byte*), const void*) {
  return no_object;
}
bool map_object(void*, std::size_t, std::intptr_t) { return false; }
void close_object(std::intptr_t) {}
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

void on_fault(int number, siginfo_t* info, void* context) {
  if (!handle_fault(info, context)) chain(number, info, context);
}

bool install(int number, struct sigaction& previous) {
  struct sigaction ours = {};
  ours.sa_sigaction = &on_fault;
  ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&ours.sa_mask);
  return sigaction(number, &ours, &previous) == 0;
}

}  // namespace

// A handler that was installed later may have called ours with signals blocked: who leaves by a
// jump unblocks what was not blocked at the fault.
bool handle_fault(void* information, void* context) {
  const auto* info = static_cast<const siginfo_t*>(information);
  if (was_sent(info)) return false;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  if (allow_write(address) || continue_in_code(context, address)) return true;
  guard_frame* frame = find_guard(address);
  if (frame == nullptr) return false;
  pthread_sigmask(SIG_SETMASK, &static_cast<ucontext_t*>(context)->uc_sigmask, nullptr);
  resume_at_landing(frame);
}

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

#if defined(__linux__)
bool add_watch(write_watch& watch) { return watches.add(watch), true; }
void remove_watch(write_watch& watch) { watches.remove(watch); }
#else
bool add_watch(write_watch&) { return false; }
void remove_watch(write_watch&) {}
#endif

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

// ---- dovetail/runtime/os_stacks.hpp

// Several native stacks for one thread: a switch of a few instructions on x86-64, the system's own
// on other POSIX machines. Included by implementation.hpp alone.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <new>

#if !defined(_MSC_VER)
#include <cxxabi.h>
#endif
#if !defined(_WIN32) && !defined(__x86_64__)
#include <ucontext.h>
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOVETAIL_HAS_ADDRESS_SANITIZER 1
#endif
#if __has_feature(thread_sanitizer)
#define DOVETAIL_HAS_THREAD_SANITIZER 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define DOVETAIL_HAS_ADDRESS_SANITIZER 1
#elif defined(__SANITIZE_THREAD__)
#define DOVETAIL_HAS_THREAD_SANITIZER 1
#endif
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
#endif

// ---- dovetail/runtime/os_stacks.hpp

namespace dovetail::os {

namespace detail {

#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
inline void finish_switch(stack_context& now, void* kept) {
  const void* low = nullptr;
  __sanitizer_finish_switch_fiber(kept, &low, &now.left->size);
  now.left->low = const_cast<void*>(low);
}
#endif

/// What a new line of execution runs, when it is first switched to.
[[noreturn]] inline void begin_context(void* raw) {
  auto& self = *static_cast<stack_context*>(raw);
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  finish_switch(self, nullptr);
#endif
  self.begin(self.argument);
  platform::end_program();
}

#if defined(__x86_64__) && !defined(_WIN32)

// The registers that System V lets callees preserve (ABI, figure 3.4) are pushed, and the stack
// pointer is exchanged.
[[gnu::naked, gnu::noinline]] inline void switch_stack(void** /*from*/, void* /*to*/) {
  asm("push %rbp\n push %rbx\n push %r12\n push %r13\n push %r14\n push %r15\n"
      "sub $8, %rsp\n stmxcsr (%rsp)\n fnstcw 4(%rsp)\n"
      "mov %rsp, (%rdi)\n mov %rsi, %rsp\n"
      "ldmxcsr (%rsp)\n fldcw 4(%rsp)\n add $8, %rsp\n"
      "pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbx\n pop %rbp\n ret");
}
[[gnu::naked, gnu::noinline]] inline void enter_stack() {
  asm(".cfi_undefined rip\n mov %r12, %rdi\n xor %ebp, %ebp\n call *%r13\n ud2");
}
struct first_frame {
  std::uint32_t vector_control = 0x1f80;
  std::uint32_t float_control = 0x037f;
  void* r15 = nullptr;
  void* r14 = nullptr;
  void (*r13)(void*) = &begin_context;
  void* r12 = nullptr;  // the context
  void* rbx = nullptr;
  void* rbp = nullptr;
  void (*entry)() = &enter_stack;
};

#elif defined(__x86_64__)

// Windows preserves more, and what its thread block says of the stack has to be true where faults
// and exceptions are dispatched: list of handlers, base, limit, allocation. Wine has frames in that
// list, and takes those of a lower stack for inner ones.
[[gnu::naked, gnu::noinline]] inline void switch_stack(void** /*from*/, void* /*to*/) {
  asm("push %rbp\n push %rbx\n push %rdi\n push %rsi\n"
      "push %r12\n push %r13\n push %r14\n push %r15\n"
      "mov %gs:0x30, %rax\n push (%rax)\n push 0x8(%rax)\n"
      "push 0x10(%rax)\n push 0x1478(%rax)\n"
      "sub $168, %rsp\n"
      "movups %xmm6, (%rsp)\n movups %xmm7, 16(%rsp)\n movups %xmm8, 32(%rsp)\n"
      "movups %xmm9, 48(%rsp)\n movups %xmm10, 64(%rsp)\n movups %xmm11, 80(%rsp)\n"
      "movups %xmm12, 96(%rsp)\n movups %xmm13, 112(%rsp)\n movups %xmm14, 128(%rsp)\n"
      "movups %xmm15, 144(%rsp)\n stmxcsr 160(%rsp)\n fnstcw 164(%rsp)\n"
      "mov %rsp, (%rcx)\n mov %rdx, %rsp\n"
      "movups (%rsp), %xmm6\n movups 16(%rsp), %xmm7\n movups 32(%rsp), %xmm8\n"
      "movups 48(%rsp), %xmm9\n movups 64(%rsp), %xmm10\n movups 80(%rsp), %xmm11\n"
      "movups 96(%rsp), %xmm12\n movups 112(%rsp), %xmm13\n movups 128(%rsp), %xmm14\n"
      "movups 144(%rsp), %xmm15\n ldmxcsr 160(%rsp)\n fldcw 164(%rsp)\n"
      "add $168, %rsp\n pop 0x1478(%rax)\n pop 0x10(%rax)\n"
      "pop 0x8(%rax)\n pop (%rax)\n"
      "pop %r15\n pop %r14\n pop %r13\n pop %r12\n"
      "pop %rsi\n pop %rdi\n pop %rbx\n pop %rbp\n ret");
}
[[gnu::naked, gnu::noinline]] inline void enter_stack() {
  asm("mov %r12, %rcx\n xor %ebp, %ebp\n sub $32, %rsp\n call *%r13\n ud2");
}
struct first_frame {
  std::uint64_t floats[20] = {};
  std::uint32_t vector_control = 0x1f80;
  std::uint32_t float_control = 0x037f;
  void* allocation = nullptr;
  void* limit = nullptr;
  void* base = nullptr;
  std::uintptr_t handlers = ~std::uintptr_t{0};  // none
  void* r15 = nullptr;
  void* r14 = nullptr;
  void (*r13)(void*) = &begin_context;
  void* r12 = nullptr;  // the context
  void* rsi = nullptr;
  void* rdi = nullptr;
  void* rbx = nullptr;
  void* rbp = nullptr;
  void (*entry)() = &enter_stack;
};

#endif

#if defined(__x86_64__)

inline void prepare_stack(stack_context& c) {
  auto* const top = static_cast<std::uint8_t*>(c.low) + c.size;
  // Where the stack is when the entry's first instruction runs: 16 bytes below a multiple of 16.
  auto* frame = ::new (static_cast<void*>(top - 16 - sizeof(first_frame))) first_frame;
  frame->r12 = &c;
#if defined(_WIN32)
  frame->allocation = c.low;
  frame->limit = c.low;
  frame->base = top;
#endif
  c.place = frame;
}
inline void exchange(stack_context& from, stack_context& to) {
  switch_stack(&from.place, to.place);
}

#elif !defined(_WIN32)

// makecontext(3) hands on ints.
inline void enter_stack(unsigned low, unsigned high) {
  const std::uint64_t address = low | std::uint64_t{high} << 32;
  begin_context(reinterpret_cast<void*>(static_cast<std::uintptr_t>(address)));
}
inline void prepare_stack(stack_context& c) {
  constexpr std::size_t room = (sizeof(ucontext_t) + 63) / 64 * 64;
  auto* const at = static_cast<std::uint8_t*>(c.low) + c.size - room;
  auto* made = ::new (static_cast<void*>(at)) ucontext_t;
  getcontext(made);
  made->uc_stack.ss_sp = c.low;
  made->uc_stack.ss_size = c.size - room;
  made->uc_link = nullptr;
  const auto address = std::uint64_t{reinterpret_cast<std::uintptr_t>(&c)};
  makecontext(made, reinterpret_cast<void (*)()>(&enter_stack), 2, static_cast<unsigned>(address),
              static_cast<unsigned>(address >> 32));
  c.place = made;
}
inline void exchange(stack_context& from, stack_context& to) {
  ucontext_t here;
  from.place = &here;
  swapcontext(&here, static_cast<ucontext_t*>(to.place));
}

#else

// Nobody comes here: platform::can_switch_stacks.
inline void prepare_stack(stack_context&) { platform::end_program(); }
inline void exchange(stack_context&, stack_context&) { platform::end_program(); }

#endif

// The runtime of C++ keeps for a thread which exceptions are being handled.
#if defined(_MSC_VER)
inline void exchange_exceptions(stack_context&, stack_context&) {}
#else
struct handled_exceptions {
  void* caught;
  unsigned uncaught;
};
inline void exchange_exceptions(stack_context& from, stack_context& to) {
  auto& all = *reinterpret_cast<handled_exceptions*>(abi::__cxa_get_globals());
  from.caught = all.caught;
  from.uncaught = all.uncaught;
  all = {to.caught, to.uncaught};
}
#endif

}  // namespace detail

void prepare_context(stack_context& context, void* low, std::size_t size, void (*begin)(void*),
                     void* argument) {
  context.low = low;
  context.size = size;
  context.begin = begin;
  context.argument = argument;
  detail::prepare_stack(context);
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  context.watcher = __tsan_create_fiber(0);
#endif
}

void switch_context(stack_context& from, stack_context& to) {
  to.left = &from;
  detail::exchange_exceptions(from, to);
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  if (from.watcher == nullptr) from.watcher = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(to.watcher, 0);
#endif
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  __sanitizer_start_switch_fiber(&from.watcher, to.low, to.size);
#endif
  detail::exchange(from, to);
#if defined(DOVETAIL_HAS_ADDRESS_SANITIZER)
  detail::finish_switch(from, from.watcher);
#endif
}

void forget_context([[maybe_unused]] stack_context& context) {
#if defined(DOVETAIL_HAS_THREAD_SANITIZER)
  __tsan_destroy_fiber(context.watcher);
#endif
}

}  // namespace dovetail::os
#undef DOVETAIL_HAS_ADDRESS_SANITIZER
#undef DOVETAIL_HAS_THREAD_SANITIZER

#endif  // DOVETAIL_IMPLEMENTATION
