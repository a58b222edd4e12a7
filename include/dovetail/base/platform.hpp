// What the compiler and the processor offer: the only preprocessor conditions of the core.
// Every other header spells these facts as constants, attributes and two macros.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

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
