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

namespace offset {
inline constexpr std::int32_t store_native_limit = offsetof(vm::store, native_limit);
inline constexpr std::int32_t store_backend = offsetof(vm::store, backend);
inline constexpr std::int32_t store_most = offsetof(vm::store, most);
inline constexpr std::int32_t function_instance_home = offsetof(vm::function_instance, home);
inline constexpr std::int32_t limits_native_stack = offsetof(limits, native_stack);
}  // namespace offset

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

// What a native entry returns is result<R, trap> (result.hpp): the value in its register, the trap
// in the next one that integers are returned in.
static_assert(sizeof(result<int, trap>) == 16 && sizeof(result<float, trap>) == 16 &&
              sizeof(result<void, trap>) == 8);

/// What a native entry ends with, by a jump from where its caller's registers are as they were, so
/// that an exception of the host finds the host's frames alone.
template <class R>
result<R, trap> end_trapped(vm::store& s) {
  return vm::surface(s.report.code, s);
}
/// The same, when a nested call begins beyond the stack's limit.
template <class R>
result<R, trap> end_refused(vm::store& s) {
  return trap{refuse(s, trap_code::stack_exhausted), 0};
}

template <code_options Options>
class native_entry_writer : public stub_writer<Options> {
  using base = stub_writer<Options>;
  using base::a_, base::load_memory, base::save_host_registers, base::restore_host_registers,
      base::call_native;

 public:
  using base::base;

  /// The entry of a signature that has_native_entry. The stack behind it, from the entry's address
  /// up: where a trap lands, the entry before, the store, the limit before, the host's registers.
  [[nodiscard]] std::uint32_t write_native_entry(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    save_host_registers();
    a_.mov_rm(true, instance_register, at(reg::rdi, offset::function_instance_owner));
    a_.mov_rm(true, reg::rbx, at(reg::rdi, offset::function_instance_home));
    a_.mov_rm(true, reg::rax, at(reg::rdi, offset::function_instance_code));
    a_.mov_rm(true, reg::rbp, at(reg::rbx, offset::store_backend));
    a_.mov_rm(true, reg::r12, at(reg::rbx, offset::store_native_limit));
    const std::uint32_t too_deep = set_limit();
    a_.push_r(reg::r12);
    a_.push_r(reg::rbx);
    a_.op_nm({0, 0, 0xff}, false, 6, at(reg::rbp, offset::execution_entry));
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, scratch);
    a_.push_r(scratch);
    a_.mov_mr(true, at(reg::rbp, offset::execution_entry), reg::rsp);
    load_memory();
    pass_arguments(type);
    a_.alu_ri(alu::sub, true, reg::rsp, 8);
    a_.call_r(reg::rax);
    a_.alu_ri(alu::add, true, reg::rsp, 16);
    put_no_trap(type);
    pop_entry();
    restore_host_registers();
    a_.return_();
    a_.set_distance(landing, a_.here());
    pop_entry();
    end_in(type, [](auto r) { return &end_trapped<typename decltype(r)::type>; });
    a_.set_distance(too_deep, a_.here());
    end_in(type, [](auto r) { return &end_refused<typename decltype(r)::type>; });
    return begin;
  }

 private:
  static address at(reg base_register, std::int32_t displacement) {
    return {base_register, reg::none, 0, displacement};
  }

  // As in run(): the outermost call measures the native stack, a nested one must be above the
  // limit. Answers the jump of those that are not.
  std::uint32_t set_limit() {
    a_.mov_rr(true, scratch, reg::r12);
    a_.alu_rr(alu::cmp, true, reg::rsp, reg::r12);
    const std::uint32_t too_deep = a_.jump_forward(condition::b);
    a_.test_rr(true, reg::r12, reg::r12);
    const std::uint32_t nested = a_.skip(condition::ne);
    a_.mov_rm(true, scratch, at(reg::rbx, offset::store_most));
    a_.mov_rm(false, scratch, at(scratch, offset::limits_native_stack));
    a_.neg_r(true, scratch);
    a_.alu_rr(alu::add, true, scratch, reg::rsp);
    a_.mov_mr(true, at(reg::rbx, offset::store_native_limit), scratch);
    a_.end_skip(nested);
    a_.mov_mr(true, at(instance_register, offset::instance_native_limit), scratch);
    return too_deep;
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

  void put_no_trap(const function_type& type) {
    const bool is_beside = !type.results.empty() && !is_float(kind_of(type.results[0]));
    const reg to = is_beside ? reg::rdx : reg::rax;
    a_.alu_rr(alu::xor_, false, to, to);
  }
  // What the entry pushed; leaves the store in rbx.
  void pop_entry() {
    a_.pop_r(scratch);
    a_.pop_r(reg::rbx);
    a_.pop_r(reg::r12);
    a_.mov_rm(true, reg::rbp, at(reg::rbx, offset::store_backend));
    a_.mov_mr(true, at(reg::rbp, offset::execution_entry), scratch);
    a_.mov_mr(true, at(reg::rbx, offset::store_native_limit), reg::r12);
  }
  // Jumps to a function of the store in rbx that returns what the caller waits for.
  template <class Choose>
  void end_in(const function_type& type, Choose function) {
    std::uintptr_t to = 0;
    if (type.results.empty()) {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<void>{}));
    } else if (is_float(kind_of(type.results[0]))) {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<double>{}));
    } else {
      to = reinterpret_cast<std::uintptr_t>(function(std::type_identity<std::int64_t>{}));
    }
    a_.mov_rr(true, reg::rdi, reg::rbx);
    restore_host_registers();
    a_.mov_ri(reg::rax, to);
    a_.jump_r(reg::rax);
  }
};

}  // namespace dovetail::x64_jit
