// The registers of x86-64 and what this backend uses each for. Everything of the backend sees it.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/value_type.hpp>

namespace dovetail::x64_jit {

/// A register: 0 to 15 are the integer ones as the processor numbers them, 16 to 31 xmm0 to xmm15.
enum class reg : std::uint8_t {
  rax,
  rcx,
  rdx,
  rbx,
  rsp,
  rbp,
  rsi,
  rdi,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
  xmm0,
  xmm1,
  xmm2,
  xmm3,
  xmm4,
  xmm5,
  xmm6,
  xmm7,
  xmm8,
  xmm9,
  xmm10,
  xmm11,
  xmm12,
  xmm13,
  xmm14,
  xmm15,
  none = 0xff
};

/// The number an instruction knows a register by.
[[nodiscard]] constexpr unsigned number(reg r) { return static_cast<unsigned>(r) & 15; }
[[nodiscard]] constexpr bool is_float(reg r) { return static_cast<unsigned>(r) >= 16; }

/// A set of registers.
using reg_set = std::uint32_t;
[[nodiscard]] constexpr reg_set set_of(reg r) {
  return r == reg::none ? 0 : reg_set{1} << static_cast<unsigned>(r);
}
template <class... R>
[[nodiscard]] constexpr reg_set set_of(reg first, R... rest) {
  return set_of(first) | set_of(rest...);
}

// Registers that mean the same thing in all generated code.
inline constexpr reg instance_register = reg::r15;  ///< vm::instance* of the running code
inline constexpr reg memory_register = reg::r14;    ///< base of its memory 0
inline constexpr reg size_register = reg::r13;      ///< its size in bytes, checked memory only
inline constexpr reg scratch = reg::r11;            ///< free between any two instructions
inline constexpr reg float_scratch = reg::xmm15;    ///< likewise

/// Where functions find their arguments: integers and references, then floats; the rest lies in
/// the caller's frame, 8 bytes each. The first integer ones are homes of locals, so that a leaf
/// keeps them where they came.
inline constexpr reg integer_arguments[] = {reg::r8,  reg::r9,  reg::r10,
                                            reg::rdi, reg::rsi, reg::rdx};
inline constexpr reg float_arguments[] = {reg::xmm6,  reg::xmm7,  reg::xmm8,  reg::xmm9,
                                          reg::xmm10, reg::xmm11, reg::xmm12, reg::xmm13};
/// Where the first result of a kind is, and the second; others lie where arguments in memory do.
inline constexpr reg integer_results[] = {reg::rax, reg::rdx};
inline constexpr reg float_results[] = {reg::xmm0, reg::xmm1};

/// Registers that hold temporaries, dearest last.
inline constexpr reg_set integer_temporaries =
    set_of(reg::rax, reg::rcx, reg::rdx, reg::rsi, reg::rdi, reg::r8, reg::r9, reg::r10);
inline constexpr reg_set float_temporaries =
    set_of(reg::xmm0, reg::xmm1, reg::xmm2, reg::xmm3, reg::xmm4, reg::xmm5, reg::xmm6, reg::xmm7,
           reg::xmm8, reg::xmm9, reg::xmm10, reg::xmm11, reg::xmm12, reg::xmm13, reg::xmm14);

/// Homes of locals: these survive calls,
inline constexpr reg saved_homes[] = {reg::rbx, reg::rbp, reg::r12, reg::r13};
/// these do not.
inline constexpr reg unsaved_homes[] = {reg::r8, reg::r9, reg::r10, reg::rsi, reg::rdi};
inline constexpr reg float_homes[] = {reg::xmm6,  reg::xmm7,  reg::xmm8,  reg::xmm9, reg::xmm10,
                                      reg::xmm11, reg::xmm12, reg::xmm13, reg::xmm14};

/// The registers a callee preserves.
inline constexpr reg_set preserved = set_of(reg::rbx, reg::rbp, reg::r12, reg::r13);

/// The two calling conventions of hosts.
enum class abi : std::uint8_t { sysv, win64 };
inline constexpr abi native_abi = platform::is_windows ? abi::win64 : abi::sysv;

/// The host's integer argument registers (System V ABI 3.2.3; Windows x64 calling convention).
[[nodiscard]] constexpr reg host_argument(abi a, std::size_t i) {
  constexpr reg sysv[] = {reg::rdi, reg::rsi, reg::rdx, reg::rcx};
  constexpr reg win64[] = {reg::rcx, reg::rdx, reg::r8, reg::r9};
  return a == abi::sysv ? sysv[i] : win64[i];
}
/// Bytes a caller leaves for its callee below the stack arguments.
[[nodiscard]] constexpr std::uint32_t shadow_space(abi a) { return a == abi::win64 ? 32 : 0; }

/// A memory operand: [base + index * 2^scale + displacement].
struct address {
  reg base = reg::none;
  reg index = reg::none;
  std::uint8_t scale = 0;
  std::int32_t displacement = 0;
};

/// What generated code distinguishes between values.
enum class kind : std::uint8_t { i32, i64, f32, f64, v128 };
[[nodiscard]] constexpr kind kind_of(value_type t) {
  switch (t.code()) {
    case 0x7f: return kind::i32;
    case 0x7d: return kind::f32;
    case 0x7c: return kind::f64;
    case 0x7b: return kind::v128;
    default: return kind::i64;  // references too
  }
}
[[nodiscard]] constexpr bool is_float(kind k) { return k >= kind::f32; }
[[nodiscard]] constexpr bool is_wide(kind k) { return k == kind::i64 || k == kind::f64; }
/// How many words of memory a value takes.
[[nodiscard]] constexpr std::uint32_t words_of(kind k) { return k == kind::v128 ? 2 : 1; }

}  // namespace dovetail::x64_jit
