// The pieces of code that every function of a module shares, and those made once a signature: how
// the host enters, and how host functions are called.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/x64/calls.hpp>
#include <dovetail/x64/execution.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class stub_writer {
 public:
  stub_writer(encoder& a, module_code& code) : a_(a), code_(code) {}

  /// What does not depend on signatures. Nothing begins at position 0, which means "none".
  void write_shared() {
    a_.nop(16, true);
    write_raise();
    write_instance_changes();
  }

  // Called with a function instance of the host in rax and its arguments where every function finds
  // them.
  [[nodiscard]] std::uint32_t write_host_call(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const std::size_t words = most_slots(type);
    const auto frame = static_cast<std::int32_t>(shadow_space(Options.host));
    std::uint32_t size = static_cast<std::uint32_t>(frame) + 8 * static_cast<std::uint32_t>(words);
    if (size % 16 != 8) size += 8;
    a_.alu_ri(alu::sub, true, reg::rsp, static_cast<std::int32_t>(size));
    copy_values(type.parameters, places::of_arguments(), {reg::rsp, reg::none, 0, frame},
                {reg::rsp, reg::none, 0, static_cast<std::int32_t>(size + 8)}, true);
    a_.lea(true, host_argument(Options.host, 2), {reg::rsp, reg::none, 0, frame});
    a_.mov_rr(true, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    call_native(reinterpret_cast<std::uintptr_t>(&call_host));
    a_.test_rr(false, reg::rax, reg::rax);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    load_memory();
    copy_values(type.results, places::of_results(), {reg::rsp, reg::none, 0, frame},
                {reg::rsp, reg::none, 0, static_cast<std::int32_t>(size + 8)}, false);
    a_.alu_ri(alu::add, true, reg::rsp, static_cast<std::int32_t>(size));
    a_.return_();
    a_.set_distance(trapped, a_.here());
    a_.mov_rm(true, host_argument(Options.host, 2),
              {reg::rsp, reg::none, 0, static_cast<std::int32_t>(size)});
    a_.jump_back(raise_);
    return begin;
  }

  // An entry_function for one signature. The stack behind it, from the entry's address up: where a
  // trap lands, the entry before, the execution, the frame, the host's registers.
  [[nodiscard]] std::uint32_t write_entry(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    const reg code = host_argument(Options.host, 0), frame = host_argument(Options.host, 1),
              instance = host_argument(Options.host, 2), x = host_argument(Options.host, 3);
    const address entry{x, reg::none, 0, offset::execution_entry};
    save_host_registers();
    a_.push_r(frame);
    a_.push_r(x);
    a_.mov_rm(true, scratch, entry);
    a_.push_r(scratch);
    a_.mov_rr(true, instance_register, instance);
    load_memory();
    const std::uint32_t landing = a_.op_rc({0, 0, 0x8d}, true, scratch);
    a_.push_r(scratch);
    a_.mov_mr(true, entry, reg::rsp);
    a_.mov_rr(true, reg::rax, code);
    a_.mov_rr(true, reg::rcx, frame);
    std::uint32_t words = argument_words(type);
    if (result_words(type) > words) words = result_words(type);
    const std::int32_t area = static_cast<std::int32_t>(8 * (words | 1));
    a_.alu_ri(alu::sub, true, reg::rsp, area);
    copy_values(type.parameters, places::of_arguments(), {reg::rcx, reg::none, 0, 0},
                {reg::rsp, reg::none, 0, 0}, false);
    a_.call_r(reg::rax);
    a_.mov_rm(true, reg::rcx, {reg::rsp, reg::none, 0, area + 24});
    copy_values(type.results, places::of_results(), {reg::rcx, reg::none, 0, 0},
                {reg::rsp, reg::none, 0, 0}, true);
    a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    a_.alu_ri(alu::add, true, reg::rsp, area + 8);
    const std::uint32_t leave = a_.here();
    a_.pop_r(scratch);
    a_.pop_r(reg::rcx);
    a_.mov_mr(true, {reg::rcx, reg::none, 0, offset::execution_entry}, scratch);
    a_.pop_r(scratch);
    restore_host_registers();
    a_.return_();
    a_.set_distance(landing, a_.here());
    a_.mov_rm(true, reg::rcx, {reg::rsp, reg::none, 0, 8});
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, {reg::rcx, reg::none, 0, offset::execution_trap});
    a_.jump_back(leave);
    return begin;
  }

 protected:
  static_assert(sizeof(trap_code) == 1);
  static constexpr reg host_saved[] = {reg::rbx, reg::rbp, reg::r12, reg::r13, reg::r14, reg::r15};
  static constexpr std::int32_t float_area = 160;

  [[nodiscard]] static std::size_t most_slots(const function_type& type) {
    const std::size_t in = type.parameters.size(), out = type.results.size();
    return (in > out ? in : out) + 1;
  }

  // Where traps go. A trap stub is called, so that the return address tells the place.
  void write_raise() {
    const std::uint32_t common = a_.here();
    code_.stubs.traps[0] = common;
    a_.pop_r(host_argument(Options.host, 2));
    raise_ = a_.here();
    a_.mov_rr(false, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
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
    a_.mov_ri(reg::rax, static_cast<std::uint64_t>(trap_code::memory_out_of_bounds));
    a_.mov_rr(true, host_argument(Options.host, 2), scratch);
    a_.jump_back(raise_);
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
  void load_memory() {
    a_.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_memory0});
    a_.mov_rm(true, memory_register, {scratch, reg::none, 0, offset::memory_instance_base});
    if constexpr (Options.is_checked) {
      a_.mov_rm(true, size_register, {scratch, reg::none, 0, offset::memory_instance_size});
    }
  }
  void call_native(std::uintptr_t function) {
    a_.mov_ri(reg::rax, function);
    a_.call_r(reg::rax);
  }

  // Values between a frame of slots and where functions have them. Slots are zero above 32-bit
  // values. rax and rcx keep what they hold when values go to registers, unless they are results.
  void copy_values(std::span<const value_type> types, places where, address frame, address memory,
                   bool to_frame) {
    for (const value_type t : types) {
      const kind k = kind_of(t);
      const auto at = where.next(k);
      const address word{memory.base, reg::none, 0,
                         memory.displacement + static_cast<std::int32_t>(8 * at.word)};
      if (at.where == reg::none) {
        a_.mov_rm(is_wide(k), scratch, to_frame ? word : frame);
        a_.mov_mr(true, to_frame ? frame : word, scratch);
      } else if (!to_frame) {
        a_.load(k, at.where, frame);
      } else if (k == kind::f32) {
        a_.from_float(false, scratch, at.where);
        a_.mov_mr(true, frame, scratch);
      } else {
        a_.store_value(k == kind::f64 ? k : kind::i64, frame, at.where);
      }
      frame.displacement += 8;
    }
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

  encoder& a_;
  module_code& code_;
  std::uint32_t raise_ = 0;  // with the code in rax and the place in the third argument
};

}  // namespace dovetail::x64_jit
