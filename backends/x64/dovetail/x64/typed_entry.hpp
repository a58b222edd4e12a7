// Native entries: a C++ call of a typed handle arrives in machine code that knows its signature,
// and returns as its convention has it. For what does not fit registers here, and for compilers
// whose convention is another one, the frame of slots serves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <dovetail/base/result.hpp>
#include <dovetail/x64/stubs.hpp>

namespace dovetail::x64_jit {

/// How many arguments of a kind an entry takes: what System V has registers for, behind the
/// function itself (System V ABI 3.2.3).
inline constexpr std::size_t native_integers = 5, native_floats = 8;

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
    platform::returns_classes_in_registers&& is_native<R> && (is_native<A> && ...) &&
    ((std::is_floating_point_v<A> ? 0 : 1) + ... + 0) <= native_integers &&
    ((std::is_floating_point_v<A> ? 1 : 0) + ... + 0) <= native_floats;

[[nodiscard]] inline bool has_native_entry(const function_type& type) {
  std::size_t integers = 0, floats = 0;
  if (!type.results.empty() && type.results[0].is_vector()) return false;
  for (const value_type t : type.parameters) {
    if (t.is_vector()) return false;
    ++(is_float(kind_of(t)) ? floats : integers);
  }
  return type.results.size() <= 1 && integers <= native_integers && floats <= native_floats;
}

// What a native entry returns is result<R, trap> (result.hpp). System V: the value in its register,
// the trap in the next one that integers are returned in. Windows: two words in memory, at an
// address that comes before the other arguments and is returned; one word in rax.
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
  using base::a_, base::at, base::load_memory, base::save_host_registers,
      base::restore_host_registers;

 public:
  using base::base;

  /// The entry of a signature that has_native_entry; `below` is what an outermost call may use of
  /// the stack. The stack behind it, from the store's native_entry up: where a trap lands, the
  /// limit, the entry before, on Windows the address of the result, the host's registers; below it
  /// what write_entry says.
  [[nodiscard]] std::uint32_t write_native_entry(const function_type& type, std::uint32_t below) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const bool has_address = is_in_memory(type);
    const reg function = host_argument(Options.host, has_address ? 1 : 0);
    save_host_registers();
    a_.mov_rm(true, instance_register, at(function, offset::function_instance_owner));
    a_.mov_rm(true, scratch, at(function, offset::function_instance_home));
    a_.mov_rm(true, reg::rax, at(function, offset::function_instance_code));
    a_.mov_rm(true, limit, at(scratch, offset::store_native_entry));
    a_.alu_ri(alu::sub, true, reg::rsp, record);
    if (has_address) a_.mov_mr(true, at(reg::rsp, 24), reg::rcx);
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
    leave_entry();
    return_from_entry();
    a_.set_distance(landing, a_.here());
    a_.alu_ri(alu::sub, true, reg::rsp, 8);
    if (has_address) a_.mov_rm(true, reg::rcx, at(reg::rsp, 24));
    leave_entry();
    end_in(type, [](auto r) { return &end_trapped<typename decltype(r)::type>; });
    a_.set_distance(nested, a_.here());
    a_.mov_rm(true, limit, at(limit, 8));
    a_.alu_rr(alu::cmp, true, reg::rsp, limit);
    a_.jump_back(condition::ae, with_limit);
    a_.alu_ri(alu::add, true, reg::rsp, record);
    end_in(type, [](auto r) { return &end_refused<typename decltype(r)::type>; });
    return begin;
  }

 private:
  static constexpr reg limit = reg::r10;
  static constexpr bool is_windows = Options.host == abi::win64;
  // Bytes between the entry and the host's registers, an odd number of words.
  static constexpr std::int32_t record = is_windows ? 40 : 24;

  static bool is_in_memory(const function_type& type) {
    return is_windows && !type.results.empty();
  }
  // The record goes; rax, rcx and xmm0 stay.
  void leave_entry() {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    a_.mov_rm(true, limit, at(reg::rsp, 16));
    a_.mov_mr(true, at(scratch, offset::store_native_entry), limit);
    a_.alu_ri(alu::add, true, reg::rsp, record);
  }
  // Functions preserve most of what System V wants preserved, traps nothing.
  void return_from_entry() {
    if constexpr (is_windows) {
      restore_host_registers();
    } else {
      a_.pop_r(reg::r15);
      a_.pop_r(reg::r14);
      if (Options.is_checked) a_.pop_r(reg::r13);
      a_.alu_ri(alu::add, true, reg::rsp, Options.is_checked ? 24 : 32);
    }
    a_.return_();
  }

  // Moves of 32 bits clear what the host left above a number.
  void pass_arguments(const function_type& type) {
    native_places from = behind_function(type);
    places to = places::of_arguments();
    parallel_moves moves;
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const reg source = from.next(k), target = to.next(k).where;
      if (source != reg::none) moves.add(k, target, source);
    }
    moves.write_to(a_);
    if constexpr (is_windows) load_arguments(type);
  }
  // Those beyond the fourth position lie behind the return address and the callee's shadow space.
  void load_arguments(const function_type& type) {
    constexpr auto kept = static_cast<std::int32_t>(record + (Options.keeps_places ? 16 : 0) +
                                                    base::saved_bytes() + 8 + 32);
    native_places from = behind_function(type);
    places to = places::of_arguments();
    std::int32_t position = is_in_memory(type) ? 2 : 1;
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const reg target = to.next(k).where;
      if (from.next(k) == reg::none) a_.load(k, target, at(reg::rsp, kept + 8 * (position - 4)));
      ++position;
    }
  }
  static native_places behind_function(const function_type& type) {
    native_places p(Options.host);
    static_cast<void>(p.next(kind::i64));
    if (is_in_memory(type)) static_cast<void>(p.next(kind::i64));
    return p;
  }

  void put_no_trap(const function_type& type) {
    if (is_in_memory(type)) {
      const kind k = kind_of(type.results[0]);
      const bool has_float = is_float(k);
      a_.mov_rm(true, reg::rcx, at(reg::rsp, 24));
      a_.store_value(has_float ? k : kind::i64, at(reg::rcx, 0), has_float ? reg::xmm0 : reg::rax);
      a_.mov_mi(true, at(reg::rcx, 8), 0);
      return a_.mov_rr(true, reg::rax, reg::rcx);
    }
    const bool is_beside = !type.results.empty() && !is_float(kind_of(type.results[0]));
    const reg to = is_beside ? reg::rdx : reg::rax;
    a_.alu_rr(alu::xor_, false, to, to);
  }
  // Jumps to a function of the store that returns what the caller waits for.
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
    a_.mov_rm(true, host_argument(Options.host, is_in_memory(type) ? 1 : 0),
              at(instance_register, offset::instance_home));
    restore_host_registers();
    a_.mov_ri(reg::rax, to);
    a_.jump_r(reg::rax);
  }
};

}  // namespace dovetail::x64_jit
