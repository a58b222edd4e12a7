// Native entries: a C++ call of a typed handle arrives in machine code that knows its signature,
// and returns as its convention has it. For vectors, and for compilers whose convention is another
// one, the frame of slots serves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/base/result.hpp>
#include <dovetail/x64/stubs.hpp>

namespace dovetail::x64_jit {

/// Whether a C++ type travels as its value type does, whole registers included.
template <class T>
inline constexpr bool is_native = std::is_same_v<T, float> || std::is_same_v<T, double> ||
                                  std::is_same_v<T, externref> || std::is_same_v<T, funcref> ||
                                  (native_integer<T> && sizeof(T) >= 4);
template <>
inline constexpr bool is_native<void> = true;

/// Whether a C++ result stands for more than one.
template <class R>
inline constexpr bool is_several = false;
template <class First, class Second, class... Rest>
inline constexpr bool is_several<std::tuple<First, Second, Rest...>> = true;
/// Whether results travel as their value types do.
template <class R>
inline constexpr bool are_native = is_native<R>;
template <class First, class Second, class... Rest>
inline constexpr bool are_native<std::tuple<First, Second, Rest...>> =
    is_native<First>&& is_native<Second> && (is_native<Rest> && ...);

/// Whether a native entry can serve a C++ signature. Must agree with `has_native_entry`.
template <class R, class... A>
inline constexpr bool has_native_signature =
    platform::returns_classes_in_registers&& are_native<R> && (is_native<A> && ...);

[[nodiscard]] inline bool has_native_entry(const function_type& type) {
  const auto has_vectors = [](std::span<const value_type> types) {
    for (const value_type t : types) {
      if (t.is_vector()) return true;
    }
    return false;
  };
  return !has_vectors(type.parameters) && !has_vectors(type.results);
}

/// Calls the native entry of a function with several results, and makes a tuple of them: how one
/// travels, and where its members lie, is the C++ library's affair.
template <class R, class... A>
struct call_of_several;
template <class First, class... Rest, class... A>
struct call_of_several<std::tuple<First, Rest...>, A...> {
  using raw_entry = result<First, trap> (*)(vm::function_instance&, slot* others, A...);
  static result<std::tuple<First, Rest...>, trap> call(vm::function_instance& f, A... arguments) {
    slot others[sizeof...(Rest)];
    const auto enter = reinterpret_cast<raw_entry>(const_cast<void*>(f.native_entry));
    const result<First, trap> first = enter(f, others, arguments...);
    if (!first) [[unlikely]]
      return first.error();
    return with_others(*first, others, std::index_sequence_for<Rest...>{});
  }

 private:
  template <std::size_t... I>
  static std::tuple<First, Rest...> with_others(First first, const slot* others,
                                                std::index_sequence<I...>) {
    return {first, from_slot<Rest>(others[I])...};
  }
};

// What a native entry returns is result<R, trap> (result.hpp). System V: the value in its register,
// the trap in the next one that integers are returned in. Windows: two words in memory, at an
// address that comes before the other arguments and is returned; one word in rax. Of several
// results that is the first; an argument behind the function says where the slots of the others
// are.
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
  using base::a_, base::at, base::load_memory, base::copy_values, base::save_host_registers,
      base::restore_host_registers;

 public:
  using base::base;

  /// The entry of a signature that has_native_entry; `below` is what an outermost call may use of
  /// the stack. The stack behind it, from the store's native_entry up: where a trap lands, the
  /// limit, the entry before, on Windows the address of the result, or nothing, and where other
  /// results go, if either is there, the host's registers; below it what write_entry says.
  /// Outermost calls and nested ones are written apart: an outermost one knows what to put back,
  /// and does not wait for what it read.
  [[nodiscard]] std::uint32_t write_native_entry(const function_type& type, std::uint32_t below) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const reg function = function_register(type);
    save_host_registers();
    a_.mov_rm(true, instance_register, at(function, offset::function_instance_owner));
    a_.mov_rm(true, scratch, at(function, offset::function_instance_home));
    a_.alu_mi(alu::cmp, true, at(scratch, offset::store_native_entry), 0);
    const std::uint32_t nested = a_.jump_forward(condition::ne);
    a_.lea(true, limit, at(reg::rsp, -static_cast<std::int32_t>(below)));
    if constexpr (Options.stops != interrupt::none) {
      a_.mov_rm(true, reg::rax, at(instance_register, offset::instance_control));
      a_.alu_mi(alu::add, true, at(reg::rax, offset::control_call), 1);
    }
    const std::uint32_t first_landing = write_call(type, true);

    a_.set_distance(nested, a_.here());
    a_.mov_rm(true, reg::rax, at(scratch, offset::store_native_entry));
    a_.mov_rm(true, limit, at(reg::rax, 8));
    a_.alu_rr(alu::cmp, true, reg::rsp, limit);
    const std::uint32_t refused = a_.jump_forward(condition::b);
    const std::uint32_t second_landing = write_call(type, false);

    a_.set_distance(first_landing, a_.here());
    a_.set_distance(second_landing, a_.here());
    a_.alu_ri(alu::sub, true, reg::rsp, 8);
    if (is_in_memory(type)) a_.mov_rm(true, reg::rcx, at(reg::rsp, 24));
    leave_entry(false);
    a_.alu_ri(alu::add, true, reg::rsp, record(type));
    end_in(type, [](auto r) { return &end_trapped<typename decltype(r)::type>; });
    a_.set_distance(refused, a_.here());
    end_in(type, [](auto r) { return &end_refused<typename decltype(r)::type>; });
    return begin;
  }

 private:
  static constexpr reg limit = reg::r10;
  static constexpr bool is_windows = Options.host == abi::win64;
  static bool has_others(const function_type& type) { return type.results.size() > 1; }
  // Bytes between the entry and the host's registers, an odd number of words.
  static std::int32_t record(const function_type& type) {
    return is_windows || has_others(type) ? 40 : 24;
  }

  static bool is_in_memory(const function_type& type) {
    return is_windows && !type.results.empty();
  }
  static reg function_register(const function_type& type) {
    return host_argument(Options.host, is_in_memory(type) ? 1 : 0);
  }

  // From where the limit is known to the return; `scratch` is the store, and rax the entry before,
  // unless there is none. Answers the place of the distance to where a trap lands.
  [[nodiscard]] std::uint32_t write_call(const function_type& type, bool is_outermost) {
    if (record(type) == 40) {
      a_.alu_ri(alu::sub, true, reg::rsp, 16);
      if (is_in_memory(type)) a_.mov_mr(true, at(reg::rsp, 0), reg::rcx);
      if (has_others(type))
        a_.mov_mr(true, at(reg::rsp, 8), host_argument(Options.host, is_windows ? 2 : 1));
    }
    is_outermost ? a_.push_i(0) : a_.push_r(reg::rax);
    a_.push_r(limit);
    a_.mov_mr(true, at(instance_register, offset::instance_native_limit), limit);
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, limit);
    a_.push_r(limit);
    a_.mov_mr(true, at(scratch, offset::store_native_entry), reg::rsp);
    const std::int32_t below = below_record(type);
    if (below != 0) a_.alu_ri(alu::sub, true, reg::rsp, below);
    if constexpr (Options.keeps_places) a_.mov_mi(true, at(reg::rsp, below - 8), 0);
    if constexpr (Options.is_metered)
      a_.mov_rm(true, Options.fuel_register(), at(scratch, offset::store_fuel));
    if constexpr (Options.stops == interrupt::page)
      a_.mov_rm(true, Options.page_register(), at(instance_register, offset::instance_page));
    load_memory();
    call_function(type);
    if (has_others(type)) copy_others(type);
    if (below != 0) a_.alu_ri(alu::add, true, reg::rsp, below);
    put_no_trap(type);
    leave_entry(is_outermost);
    if constexpr (Options.is_metered)
      a_.mov_mr(true, at(scratch, offset::store_fuel), Options.fuel_register());
    return_from_entry(type);
    return landing;
  }
  void call_function(const function_type& type) {
    const address code = at(function_register(type), offset::function_instance_code);
    bool is_overwritten = false;
    places to = places::of_arguments();
    for (const value_type t : type.parameters)
      is_overwritten |= to.next(kind_of(t)).where == code.base;
    if (is_overwritten) a_.mov_rm(true, reg::rax, code);
    pass_arguments(type);
    is_overwritten ? a_.call_r(reg::rax) : a_.call_m(code);
  }
  // The entry before is the innermost again; rax, rcx, rdx and xmm0 stay.
  void leave_entry(bool is_outermost) {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    const address innermost = at(scratch, offset::store_native_entry);
    if (is_outermost) return a_.mov_mi(true, innermost, 0);
    a_.mov_rm(true, limit, at(reg::rsp, 16));
    a_.mov_mr(true, innermost, limit);
  }
  // Functions preserve most of what System V wants preserved, traps nothing.
  void return_from_entry(const function_type& type) {
    const std::int32_t above = record(type);
    if constexpr (is_windows) {
      a_.alu_ri(alu::add, true, reg::rsp, above);
      restore_host_registers();
    } else {
      a_.mov_rm(true, reg::r15, at(reg::rsp, above));
      a_.mov_rm(true, reg::r14, at(reg::rsp, above + 8));
      std::int32_t saved = above + 16;
      for (std::size_t i = 0; i < Options.pinned_homes(); ++i, saved += 8)
        a_.mov_rm(true, saved_homes[std::size(saved_homes) - 1 - i], at(reg::rsp, saved));
      a_.alu_ri(alu::add, true, reg::rsp, above + base::saved_bytes());
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
    copy_arguments(type);
  }
  // Those that the host's convention has no registers for lie behind the return address, on Windows
  // behind the callee's shadow space too; some have none in ours either.
  void copy_arguments(const function_type& type) {
    std::int32_t from = below_record(type) + record(type) + base::saved_bytes() + 8 +
                        static_cast<std::int32_t>(shadow_space(Options.host));
    native_places registers = behind_function(type);
    places to = places::of_arguments();
    for (const value_type t : type.parameters) {
      const kind k = kind_of(t);
      const auto target = to.next(k);
      if (registers.next(k) != reg::none) continue;
      if (target.where != reg::none) {
        a_.load(k, target.where, at(reg::rsp, from));
      } else {
        a_.mov_rm(is_wide(k), scratch, at(reg::rsp, from));
        a_.mov_mr(true, at(reg::rsp, 8 * static_cast<std::int32_t>(target.word)), scratch);
      }
      from += 8;
    }
  }
  // A multiple of 16 bytes: what write_entry says, arguments and results that have no registers.
  static std::int32_t below_record(const function_type& type) {
    const std::uint32_t in = argument_words(type), out = result_words(type);
    const std::uint32_t words = ((in > out ? in : out) + 1) & ~1u;
    return static_cast<std::int32_t>(8 * words) + (Options.keeps_places ? 16 : 0);
  }
  static native_places behind_function(const function_type& type) {
    native_places p(Options.host);
    static_cast<void>(p.next(kind::i64));
    if (is_in_memory(type)) static_cast<void>(p.next(kind::i64));
    if (has_others(type)) static_cast<void>(p.next(kind::i64));
    return p;
  }
  // All results but the first, to slots. What the first one is in stays.
  void copy_others(const function_type& type) {
    a_.mov_rm(true, reg::rcx, at(reg::rsp, below_record(type) + 32));
    places from = places::of_results();
    static_cast<void>(from.next(kind_of(type.results[0])));
    copy_values(type.results.subspan(1), from, at(reg::rcx, 0), at(reg::rsp, 0), true);
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
    a_.mov_rm(true, function_register(type), at(instance_register, offset::instance_home));
    restore_host_registers();
    a_.mov_ri(reg::rax, to);
    a_.jump_r(reg::rax);
  }
};

}  // namespace dovetail::x64_jit
