// The pieces of code that every function of a module shares, and how the host enters: a stub a
// signature.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/x64/host_calls.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class stub_writer : public host_call_writer<Options> {
  using base = host_call_writer<Options>;

 protected:
  using base::a_, base::code_, base::raise_;
  using base::at, base::load_memory, base::call_native, base::copy_values;

 public:
  using base::base;

  /// What does not depend on signatures. Nothing begins at position 0, which means "none".
  void write_shared() {
    // nop dword ptr [rax + rax + 0], of eight bytes
    for (int half = 0; half < 2; ++half) a_.store(0x0000'0000'0084'1f0f, 8);
    write_raise();
    write_instance_changes();
  }

  /// What vector operators read.
  void write_vectors() {
    a_.align(16);
    code_.stubs.vectors = a_.here();
    for (const auto& halves : shared_vectors) {
      a_.store(halves[0], 8);
      a_.store(halves[1], 8);
    }
  }

  // An entry_function for one signature. The stack behind it, from the store's native_entry up:
  // where a trap lands, the limit, the entry before, the frame, the host's registers. If places
  // are kept, the word below it is where the stack was at the last call of a host function.
  [[nodiscard]] std::uint32_t write_entry(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const reg code = host_argument(Options.host, 0), frame = host_argument(Options.host, 1),
              instance = host_argument(Options.host, 2), limit = host_argument(Options.host, 3);
    save_host_registers();
    a_.push_r(frame);
    a_.mov_rr(true, instance_register, instance);
    a_.mov_rm(true, reg::rax, at(instance_register, offset::instance_home));
    a_.op_nm({0, 0, 0xff}, false, 6, at(reg::rax, offset::store_native_entry));
    a_.push_r(limit);
    load_memory();
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, scratch);
    a_.push_r(scratch);
    a_.mov_mr(true, at(reg::rax, offset::store_native_entry), reg::rsp);
    if constexpr (Options.is_metered)
      a_.mov_rm(true, Options.fuel_register(), at(reg::rax, offset::store_fuel));
    if constexpr (Options.stops == interrupt::page)
      a_.mov_rm(true, Options.page_register(), at(instance_register, offset::instance_page));
    a_.mov_rr(true, reg::rax, code);
    a_.mov_rr(true, reg::rcx, frame);
    std::uint32_t words = argument_words(type);
    if (result_words(type) > words) words = result_words(type);
    if constexpr (Options.keeps_places) ++words;
    const std::int32_t area = static_cast<std::int32_t>(8 * (words | 1));
    a_.alu_ri(alu::sub, true, reg::rsp, area);
    if constexpr (Options.keeps_places) a_.mov_mi(true, at(reg::rsp, area - 8), 0);
    copy_values(type.parameters, places::of_arguments(), at(reg::rcx, 0), at(reg::rsp, 0), false);
    a_.call_r(reg::rax);
    a_.mov_rm(true, reg::rcx, at(reg::rsp, area + 24));
    copy_values(type.results, places::of_results(), at(reg::rcx, 0), at(reg::rsp, 0), true);
    write_fuel<Options>(a_);
    a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    a_.alu_ri(alu::add, true, reg::rsp, area + 8);
    const std::uint32_t leave = a_.here();
    a_.mov_rm(true, reg::rcx, at(instance_register, offset::instance_home));
    a_.pop_r(scratch);
    a_.pop_r(scratch);
    a_.mov_mr(true, at(reg::rcx, offset::store_native_entry), scratch);
    a_.pop_r(scratch);
    restore_host_registers();
    a_.return_();
    a_.set_distance(landing, a_.here());
    a_.mov_rm(true, reg::rcx, at(instance_register, offset::instance_home));
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, at(reg::rcx, offset::store_report));
    a_.jump_back(leave);
    return begin;
  }

 protected:
  static_assert(sizeof(trap_code) == 1);
  static constexpr reg host_saved[] = {reg::rbx, reg::rbp, reg::r12, reg::r13, reg::r14, reg::r15};
  static constexpr std::int32_t float_area = 160;

  // Where traps go. A trap stub is called, so that the return address tells the place.
  void write_raise() {
    const std::uint32_t common = a_.here();
    raise_ = code_.stubs.traps[0] = common;
    a_.pop_r(host_argument(Options.host, 2));
    const std::uint32_t with_place = a_.here();
    a_.mov_rr(true, host_argument(Options.host, 3), reg::rsp);
    a_.mov_rr(false, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    a_.alu_ri(alu::and_, true, reg::rsp, -16);
    if (shadow_space(Options.host) != 0)
      a_.alu_ri(alu::sub, true, reg::rsp, static_cast<std::int32_t>(shadow_space(Options.host)));
    call_native(reinterpret_cast<std::uintptr_t>(&raise));
    a_.mov_rr(true, reg::rsp, reg::rax);
    a_.pop_r(scratch);
    a_.jump_r(scratch);
    for (std::uint32_t t = 1; t < std::size(code_.stubs.traps); ++t) {
      code_.stubs.traps[t] = a_.here();
      a_.mov_ri(reg::rax, t);
      a_.jump_back(common);
    }
    // The fault handler sends a thread here with the fault's address in the scratch register.
    code_.stubs.fault = a_.here();
    a_.mov_ri(reg::rax, fault_code);
    a_.mov_rr(true, host_argument(Options.host, 2), scratch);
    a_.jump_back(with_place);
    if constexpr (Options.catches()) write_landing();
    if constexpr (Options.resumes()) write_reconsider();
  }
  // See os::catching_code; the call's return address is where the third argument is. The store has
  // the fuel since that call.
  void write_landing() {
    code_.stubs.thrown = a_.here();
    a_.mov_rr(true, host_argument(Options.host, 3), reg::rsp);
    a_.mov_rr(true, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    a_.alu_ri(alu::and_, true, reg::rsp, -16);
    call_native(reinterpret_cast<std::uintptr_t>(&raise_thrown));
    a_.mov_rr(true, reg::rsp, reg::rax);
    a_.pop_r(scratch);
    a_.jump_r(scratch);
  }

  // Called in place of a trap's stub where the guest may go on: all registers but the scratch one
  // stay then. Code that has such places keeps nothing below its stack pointer.
  void write_reconsider() {
    using enum reg;
    static constexpr reg kept[] = {rax, rcx, rdx, rsi, rdi, r8, r9, r10};
    static constexpr std::int32_t floats = 15;  // xmm15 is free
    constexpr auto shadow = static_cast<std::int32_t>(shadow_space(Options.host));
    const auto float_at = [](std::int32_t i) { return at(rsp, shadow + 16 * i); };
    const std::uint32_t common = a_.here();
    for (const reg r : kept) a_.push_r(r);
    a_.mov_rr(true, rax, rsp);
    a_.alu_ri(alu::sub, true, rsp, shadow + 16 * floats + 32);
    a_.alu_ri(alu::and_, true, rsp, -16);
    const address stack = at(rsp, shadow + 16 * floats), code = at(rsp, shadow + 16 * floats + 8);
    a_.mov_mr(true, stack, rax);
    a_.mov_mr(true, code, scratch);
    for (std::int32_t i = 0; i < floats; ++i)
      a_.op_nm({0, 0x0f, 0x11}, false, static_cast<unsigned>(i), float_at(i));
    a_.mov_rr(true, host_argument(Options.host, 1), scratch);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    call_native(reinterpret_cast<std::uintptr_t>(&reconsider));
    read_fuel<Options>(a_);
    a_.test_rr(false, rax, rax);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    for (std::int32_t i = 0; i < floats; ++i)
      a_.op_nm({0, 0x0f, 0x10}, false, static_cast<unsigned>(i), float_at(i));
    a_.mov_rm(true, rsp, stack);
    for (std::size_t i = std::size(kept); i-- > 0;) a_.pop_r(kept[i]);
    a_.return_();
    a_.set_distance(trapped, a_.here());
    a_.mov_rm(true, rax, code);
    a_.mov_rm(true, rsp, stack);
    a_.alu_ri(alu::add, true, rsp, 8 * static_cast<std::int32_t>(std::size(kept)));
    a_.jump_back(raise_);
    const auto write = [&](trap_code t) {
      code_.stubs.traps[static_cast<std::size_t>(t)] = a_.here();
      a_.mov_ri(scratch, static_cast<std::uint64_t>(t));
      a_.jump_back(common);
    };
    if constexpr (Options.stops == interrupt::polled) write(trap_code::interrupted);
    if constexpr (Options.asks_for_fuel) write(trap_code::out_of_fuel);
    if constexpr (Options.stops == interrupt::page) {
      code_.stubs.traps[shared_stubs::at_page] = a_.here();
      a_.push_r(scratch);
      a_.mov_ri(scratch, fault_code_of(trap_code::interrupted));
      a_.jump_back(common);
    }
  }

  void write_instance_changes() {
    const address limit{instance_register, reg::none, 0, offset::instance_native_limit};
    code_.stubs.enter_instance = a_.here();
    a_.mov_rm(true, scratch, limit);
    a_.mov_rm(true, instance_register, {reg::rax, reg::none, 0, offset::function_instance_owner});
    a_.mov_mr(true, limit, scratch);
    code_.stubs.reload_memory = a_.here();
    load_memory();
    a_.return_();
  }
  void save_host_registers() {
    for (const reg r : host_saved) a_.push_r(r);
    if constexpr (Options.host == abi::win64) {
      a_.push_r(reg::rdi);
      a_.push_r(reg::rsi);
      a_.alu_ri(alu::sub, true, reg::rsp, float_area);
      for (unsigned i = 0; i < 10; ++i) a_.op_nm({0, 0x0f, 0x11}, false, 6 + i, saved_float(i));
    }
  }
  static constexpr std::int32_t saved_bytes() {
    return 8 * static_cast<std::int32_t>(std::size(host_saved)) +
           (Options.host == abi::win64 ? 16 + float_area : 0);
  }
  void restore_host_registers() {
    if constexpr (Options.host == abi::win64) {
      for (unsigned i = 0; i < 10; ++i) a_.op_nm({0, 0x0f, 0x10}, false, 6 + i, saved_float(i));
      a_.alu_ri(alu::add, true, reg::rsp, float_area);
      a_.pop_r(reg::rsi);
      a_.pop_r(reg::rdi);
    }
    for (std::size_t i = std::size(host_saved); i-- > 0;) a_.pop_r(host_saved[i]);
  }
  static address saved_float(unsigned i) {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(16 * i)};
  }
};

}  // namespace dovetail::x64_jit
