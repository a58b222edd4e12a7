// Visits of guest frames by the tables of compiled code. What a trap or a host function is asked
// about; nothing is written for it on a path that runs often.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/runtime/guest_frames.hpp>
#include <dovetail/x64/code.hpp>

namespace dovetail::x64_jit {

//   The native stack while guests run, downwards:
//
//     entry from the host     what native_entry points to: landing, limit, entry before (stubs.hpp)
//     frames of functions     return address, then function_code::frame bytes
//     host function           called by a stub; the return address above the stub's frame is the
//                             guest's, and the word below the entry's record says where it is
//     entry from the host     ...
//
// Stubs between functions have no frames: they are left before the callee begins. A function knows
// its instance by its callee's, unless it calls what may belong to another one: then its frame
// holds it.
class frame_walk {
 public:
  explicit frame_walk(const vm::store& s) : store_(s), entry_(s.native_entry) {}

  template <frame_visitor Visit>
  visit_end visit(Visit& visit) {
    // A store whose guests are interpreted has no entries.
    if (entry_ == nullptr)
      return store_.native_outermost == 0 ? visit_end::complete : visit_end::unknown;
    bool is_known = store_.trapped.running != nullptr ? begin_at_trap() : begin_at_host_call();
    while (is_known) {
      const code_site* site = code_->site_of(place_);
      if (site == nullptr) return visit_end::unknown;
      const auto function =
          static_cast<std::uint32_t>(instance_->module->env.imported_functions + function_);
      if (!visit(guest_frame{instance_, {function}, site->offset})) return visit_end::stopped;
      const step next = leave_frame();
      if (next == step::nowhere) return visit_end::unknown;
      if (next == step::function) continue;
      entry_ = reinterpret_cast<const std::uintptr_t*>(entry_[2]);
      if (entry_ == nullptr) return visit_end::complete;
      is_known = begin_at_host_call();
    }
    return visit_end::unknown;
  }

 private:
  // What a return address leads to.
  enum class step : std::uint8_t { function, host, nowhere };

  static std::uintptr_t word_at(std::uintptr_t address) {
    return *reinterpret_cast<const std::uintptr_t*>(address);
  }
  static const module_code& code_of(const vm::instance& i) {
    return *static_cast<const module_code*>(i.code);
  }

  bool begin_at_trap() {
    const vm::native_place& p = store_.trapped;
    instance_ = p.running;
    code_ = &code_of(*instance_);
    stack_ = p.stack;
    stand_at(p.pc, p.is_access);
    return function_ < code_->functions.size();
  }
  // The innermost call of this entry is one of a host function, if somebody asks.
  bool begin_at_host_call() {
    if (store_.instances == nullptr || !code_of(*store_.instances).keeps_places) return false;
    const std::uintptr_t stack = entry_[-1];
    if (stack == 0) return false;
    instance_ = nullptr;
    code_ = nullptr;
    return return_to(stack) == step::function;
  }
  // To the caller of the frame at hand.
  step leave_frame() {
    return return_to(stack_ + (has_no_frame_yet() ? 0 : code_->functions[function_].frame));
  }
  // A function finds that the stack does not suffice before it takes any.
  [[nodiscard]] bool has_no_frame_yet() const {
    return !place_.is_access &&
           code_->is_call_of(
               place_.position,
               code_->stubs.traps[static_cast<std::size_t>(trap_code::stack_exhausted)]);
  }
  // To where the return address at `address` leads.
  step return_to(std::uintptr_t address) {
    const std::uintptr_t pc = word_at(address);
    stack_ = address + 8;
    if (code_ == nullptr || !code_->holds(pc)) {
      // Some instance of this module; its own frame says which.
      instance_ = store_.instances;
      while (instance_ != nullptr && !code_of(*instance_).holds(pc)) instance_ = instance_->next;
      if (instance_ == nullptr) return step::nowhere;
      code_ = &code_of(*instance_);
    }
    stand_at(pc, false);
    if (function_ == code_->functions.size()) return step::host;
    if (const std::uint32_t at = code_->functions[function_].instance;
        at != function_code::no_instance) {
      instance_ = reinterpret_cast<const vm::instance*>(word_at(stack_ + at));
    }
    return step::function;
  }
  void stand_at(std::uintptr_t pc, bool is_access) {
    const auto begin = reinterpret_cast<std::uintptr_t>(code_->base);
    place_ = {static_cast<std::uint32_t>(pc - begin), is_access};
    function_ = code_->function_of(place_);
  }

  const vm::store& store_;
  const std::uintptr_t* entry_;
  const vm::instance* instance_ = nullptr;
  const module_code* code_ = nullptr;
  std::uintptr_t stack_ = 0;
  code_place place_;
  std::size_t function_ = 0;
};

}  // namespace dovetail::x64_jit
