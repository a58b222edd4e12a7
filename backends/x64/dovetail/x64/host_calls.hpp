// How host functions are called: a stub a signature, with the arguments where the host's own
// convention has them if the function can be called so, else through a frame of slots.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/x64/calls.hpp>
#include <dovetail/x64/execution.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class host_call_writer {
 public:
  host_call_writer(encoder& a, module_code& code) : a_(a), code_(code) {}

  // Called with a function instance of the host in rax and its arguments where every function finds
  // them.
  [[nodiscard]] std::uint32_t write_host_call(const function_type& type) {
    a_.align(16);
    const std::uint32_t begin = a_.here();
    if constexpr (Options.keeps_places) keep_place();
    const bool is_plain = native_places::fit(type, Options.host, false),
               is_contextual = native_places::fit(type, Options.host, true);
    std::uint32_t plain = 0, by_frame = 0;
    if (is_plain) {
      compare_with_plain(a_);
      plain = a_.jump_forward(condition::e);
      if (is_contextual) by_frame = a_.jump_forward(condition::b);
    }
    if (is_contextual) {
      write_contextual_call(type);
      a_.set_distance(by_frame, a_.here());
    }
    write_frame_call(type);
    if (is_plain) {
      a_.set_distance(plain, a_.here());
      write_plain_call(type);
    }
    return begin;
  }

 protected:
  static_assert(static_cast<int>(vm::native_form::none) <
                    static_cast<int>(vm::native_form::plain) &&
                static_cast<int>(vm::native_form::contextual) >
                    static_cast<int>(vm::native_form::plain));

  static address at(reg base_register, std::int32_t displacement) {
    return {base_register, reg::none, 0, displacement};
  }
  void load_memory() { x64_jit::load_memory<Options>(a_); }
  // The stack at this call goes below the entry's record: see write_entry.
  void keep_place() {
    a_.mov_rm(true, scratch, at(instance_register, offset::instance_home));
    a_.mov_rm(true, scratch, at(scratch, offset::store_native_entry));
    a_.mov_mr(true, at(scratch, -8), reg::rsp);
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
      const auto place = where.next(k);
      const address word =
          at(memory.base, memory.displacement + static_cast<std::int32_t>(8 * place.word));
      if (place.where == reg::none && k == kind::v128) {
        a_.copy_words(k, to_frame ? frame : word, to_frame ? word : frame);
      } else if (place.where == reg::none) {
        a_.mov_rm(is_wide(k), scratch, to_frame ? word : frame);
        a_.mov_mr(true, to_frame ? frame : word, scratch);
      } else if (!to_frame) {
        a_.load(k, place.where, frame);
      } else if (k == kind::f32) {
        a_.from_float(false, scratch, place.where);
        a_.mov_mr(true, frame, scratch);
      } else {
        a_.store_value(is_float(k) ? k : kind::i64, frame, place.where);
      }
      frame.displacement += 8 * static_cast<std::int32_t>(words_of(k));
    }
  }

  encoder& a_;
  module_code& code_;
  std::uint32_t raise_ = 0;  // with the code in rax, and the stack as behind a function's call

 private:
  // The stack is aligned to 16 bytes where calls are, and 8 off behind them.
  static constexpr auto gap = static_cast<std::int32_t>(8 + shadow_space(Options.host));

  void move_arguments(const function_type& type, native_places& to, parallel_moves& moves) {
    to.add_moves(type, moves);
    moves.write_to(a_);
    a_.alu_ri(alu::sub, true, reg::rsp, gap);
  }
  void leave() {
    if constexpr (!Options.is_guarded) load_memory();
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.return_();
  }

  // The function itself.
  void write_plain_call(const function_type& type) {
    native_places to(Options.host);
    parallel_moves moves;
    move_arguments(type, to, moves);
    write_fuel<Options>(a_);
    a_.call_m(at(reg::rax, offset::function_instance_native));
    finish_plain_call<Options>(a_, type);
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.return_();
  }
  void write_contextual_call(const function_type& type) {
    native_places to(Options.host);
    parallel_moves moves;
    moves.add(kind::i64, to.next(kind::i64), instance_register);
    moves.add(kind::i64, to.next(kind::i64), reg::rax);
    move_arguments(type, to, moves);
    write_fuel<Options>(a_);
    a_.call_m(at(host_argument(Options.host, 1), offset::function_instance_native));
    compare_host_trap<Options>(a_);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    leave();
    a_.set_distance(trapped, a_.here());
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, at(scratch, offset::store_host_trap));
    a_.alu_ri(alu::add, true, reg::rsp, gap);
    a_.jump_back(raise_);
  }
  void write_frame_call(const function_type& type) {
    const std::uint32_t in = slots_of(type.parameters), out = slots_of(type.results);
    const auto frame = static_cast<std::int32_t>(shadow_space(Options.host));
    auto size =
        static_cast<std::int32_t>(frame) + 8 * static_cast<std::int32_t>((in > out ? in : out) + 1);
    if (size % 16 != 8) size += 8;
    a_.alu_ri(alu::sub, true, reg::rsp, size);
    copy_values(type.parameters, places::of_arguments(), at(reg::rsp, frame),
                at(reg::rsp, size + 8), true);
    a_.lea(true, host_argument(Options.host, 2), at(reg::rsp, frame));
    a_.mov_rr(true, host_argument(Options.host, 1), reg::rax);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    write_fuel<Options>(a_);
    call_native(reinterpret_cast<std::uintptr_t>(&call_host));
    read_fuel<Options>(a_);
    a_.test_rr(false, reg::rax, reg::rax);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    load_memory();
    copy_values(type.results, places::of_results(), at(reg::rsp, frame), at(reg::rsp, size + 8),
                false);
    a_.alu_ri(alu::add, true, reg::rsp, size);
    a_.return_();
    a_.set_distance(trapped, a_.here());
    a_.alu_ri(alu::add, true, reg::rsp, size);
    a_.jump_back(raise_);
  }
};

}  // namespace dovetail::x64_jit
