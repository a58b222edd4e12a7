// Native entries: a C++ call of a typed handle arrives in machine code that knows its signature,
// and returns in registers. System V alone; elsewhere, and for what does not fit registers, the
// frame of slots serves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/result.hpp>
#include <dovetail/x64/stubs.hpp>

namespace dovetail::x64_jit {

/// The host's argument registers behind the function itself (System V ABI 3.2.3).
inline constexpr reg native_integers[] = {reg::rsi, reg::rdx, reg::rcx, reg::r8, reg::r9};
inline constexpr std::size_t native_floats = 8;  // from xmm0 on

/// Whether a C++ type travels as its value type does, whole registers included.
template <class T>
inline constexpr bool is_native = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                                  std::is_same_v<T, externref> || std::is_same_v<T, funcref> ||
                                  (native_integer<T> && sizeof(T) >= 4);
template <>
inline constexpr bool is_native<void> = true;

/// Whether a native entry can serve a C++ signature. Must agree with `has_native_entry`.
template <class R, class... A>
inline constexpr bool has_native_signature =
    native_abi == abi::sysv&& is_native<R> && (is_native<A> && ...) &&
    ((std::is_floating_point_v<A> ? 0 : 1) + ... + 0) <= std::size(native_integers) &&
    ((std::is_floating_point_v<A> ? 1 : 0) + ... + 0) <= native_floats;

[[nodiscard]] inline bool has_native_entry(const function_type& type) {
  std::size_t integers = 0, floats = 0;
  for (const value_type t : type.parameters) {
    if (t.is_vector()) return false;
    ++(is_float(kind_of(t)) ? floats : integers);
  }
  return type.results.size() <= 1 && integers <= std::size(native_integers) &&
         floats <= native_floats;
}

// What a native entry returns is result<R, trap> (result.hpp), in two registers.
static_assert(sizeof(trap) == 8 && offsetof(trap, code) == 0 && offsetof(trap, detail) == 4 &&
              offsetof(trap_report, code) == 0 && offsetof(trap_report, detail) == 4);
static_assert(sizeof(result<int, trap>) == 12 && sizeof(result<double, trap>) == 16 &&
              sizeof(result<void, trap>) == 8);

/// Called when a nested call begins beyond the stack's limit.
inline void refuse_entry(vm::store& s) { static_cast<void>(refuse(s, trap_code::stack_exhausted)); }

template <code_options Options>
class native_entry_writer : public stub_writer<Options> {
  using base = stub_writer<Options>;
  using base::a_, base::at, base::load_memory, base::save_host_registers,
      base::restore_host_registers, base::call_native;

 public:
  using base::base;

  /// The entry of a signature that has_native_entry; `below` is what an outermost call may use of
  /// the stack. The stack behind it, from the store's native_entry up: where a trap lands, the
  /// limit, the entry before, the host's registers; below it what write_entry says.
  [[nodiscard]] std::uint32_t write_native_entry(const function_type& type, std::uint32_t below) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    save_host_registers();
    a_.mov_rm(true, instance_register, at(reg::rdi, offset::function_instance_owner));
    a_.mov_rm(true, scratch, at(reg::rdi, offset::function_instance_home));
    a_.mov_rm(true, reg::rax, at(reg::rdi, offset::function_instance_code));
    a_.mov_rm(true, limit, at(scratch, offset::store_native_entry));
    a_.alu_ri(alu::sub, true, reg::rsp, 24);
    a_.mov_mr(true, at(reg::rsp, 16), limit);
    a_.test_rr(true, limit, limit);
    const std::uint32_t nested = a_.jump_forward(condition::ne);
    a_.lea(true, limit, at(reg::rsp, -static_cast<std::int32_t>(below)));
    const std::uint32_t with_limit = a_.here();
    a_.mov_mr(true, at(instance_register, offset::instance_native_limit), limit);
    a_.mov_mr(true, at(reg::rsp, 8), limit);
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, limit);
    a_.mov_mr(true, at(reg::rsp, 0), limit);
    a_.mov_mr(true, at(scratch, offset::store_native_entry), reg::rsp);
    if constexpr (Options.keeps_places) {
      a_.alu_ri(alu::sub, true, reg::rsp, 16);
      a_.mov_mi(true, at(reg::rsp, 8), 0);
    }
    load_memory();
    pass_arguments(type);
    a_.call_r(reg::rax);
    if constexpr (Options.keeps_places) a_.alu_ri(alu::add, true, reg::rsp, 16);
    put_no_trap(type);
    leave(true);
    a_.set_distance(landing, a_.here());
    a_.alu_ri(alu::sub, true, reg::rsp, 8);
    const std::uint32_t with_trap = a_.here();
    a_.mov_rm(true, reg::rcx, at(instance_register, offset::instance_home));
    put_trap(type);
    leave(false);
    a_.set_distance(nested, a_.here());
    a_.mov_rm(true, limit, at(limit, 8));
    a_.alu_rr(alu::cmp, true, reg::rsp, limit);
    a_.jump_back(condition::ae, with_limit);
    a_.mov_rr(true, reg::rdi, scratch);
    call_native(reinterpret_cast<std::uintptr_t>(&refuse_entry));
    a_.jump_back(with_trap);
    return begin;
  }

 private:
  static constexpr reg limit = reg::r10;

  // Back to the host. Functions preserve most of what the host wants preserved, traps nothing.
  void leave(bool is_preserved) {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    a_.mov_rm(true, limit, at(reg::rsp, 16));
    a_.mov_mr(true, at(scratch, offset::store_native_entry), limit);
    a_.alu_ri(alu::add, true, reg::rsp, 24);
    if (!is_preserved) {
      restore_host_registers();
      return a_.return_();
    }
    a_.pop_r(reg::r15);
    a_.pop_r(reg::r14);
    if (Options.is_checked) a_.pop_r(reg::r13);
    a_.alu_ri(alu::add, true, reg::rsp, Options.is_checked ? 24 : 32);
    a_.return_();
  }

  // Moves of 32 bits clear what the host left above a number.
  void pass_arguments(const function_type& type) {
    places to = places::of_arguments();
    parallel_moves moves;
    std::size_t integers = 0, floats = 0;
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const reg from = is_float(k)
                           ? static_cast<reg>(static_cast<std::size_t>(reg::xmm0) + floats++)
                           : native_integers[integers++];
      moves.add(k, to.next(k).where, from);
    }
    moves.write_to(a_);
  }

  // Numbers of 32 bits share their register with the code, others leave it the next one.
  void put_no_trap(const function_type& type) {
    if (type.results.empty()) {
      a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
      return;
    }
    switch (kind_of(type.results[0])) {
      case kind::i32: return;
      case kind::i64: return a_.alu_rr(alu::xor_, false, reg::rdx, reg::rdx);
      case kind::f32: return a_.from_float(false, reg::rax, reg::xmm0);
      case kind::f64: return a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    }
  }
  // The trap is in the report of the store in rcx.
  void put_trap(const function_type& type) {
    const address report = at(reg::rcx, offset::store_report);
    if (type.results.empty()) return a_.mov_rm(true, reg::rax, report);
    switch (kind_of(type.results[0])) {
      case kind::i64: return a_.mov_rm(true, reg::rdx, report);
      case kind::f64: return a_.mov_rm(true, reg::rax, report);
      default: break;
    }
    a_.mov_rm(true, reg::rax, report);
    a_.mov_rr(true, reg::rdx, reg::rax);
    a_.shift_ri(shift::shr, true, reg::rdx, 32);
    a_.shift_ri(shift::shl, true, reg::rax, 32);
  }
};

}  // namespace dovetail::x64_jit
