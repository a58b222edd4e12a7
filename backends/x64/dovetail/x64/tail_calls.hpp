// Tail calls: a callee takes the place of the function that calls it.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/x64/calls.hpp>

namespace dovetail::x64_jit {

// A caller relies on two things when a function of its own instance returns: the registers of the
// instance are as they were, and the callee wrote no more words above its return address than its
// type has, since the caller keeps no more. A callee that cannot be trusted with both does not
// replace its caller's frame at first: it is called, from a frame that stays and restores what the
// next one relies on. What follows this call is a landmark, an instruction that does nothing and
// tells how many words lie there. Whoever finds it behind its own return address may be replaced by
// a function of any instance with so many words. So a chain of tail calls leaves one frame where it
// first leaves its instance, and one wherever it needs more words than ever before: its depth has a
// bound, however long it is. Functions without tail calls, and their calls, know nothing of this.
template <code_options Options>
class tail_call_emitter : public call_emitter<Options> {
  using base = call_emitter<Options>;

 protected:
  using base::a_, base::code_, base::plan_, base::module_, base::free_, base::offset_;
  using base::start, base::make_room, base::keep, base::field, base::word, base::wait, base::bind,
      base::annotate, base::pass_arguments, base::find_element, base::check_reference,
      base::words_of_callee, base::jump_own, base::call_own, base::call_anywhere,
      base::call_imported, base::put_landmark, base::restore_instance;

 public:
  tail_call_emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module)
      : base(a, code, cpu, module), tails_(*module.env.memory) {}

  void return_call(function_index callee, const function_type& type, live_names stack) {
    start(stack);
    const std::uint32_t imported = module_.env.imported_functions;
    const bool is_own = callee.value >= imported, fits = is_own && has_room(type);
    pass(type, stack, nullptr, fits);
    const type_index index = module_.env.functions[callee.value];
    if (fits) {
      leave_frame();
      jump_own(callee.value - imported);
    } else if (is_own) {
      outline(a_.jump_forward(), index, fits, callee.value - imported);
    } else {
      base::load_function(callee);
      a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
      outline(a_.jump_forward(condition::ne), index, fits);
      call_imported(index, type);
      return_results(type);
    }
  }
  void return_call_indirect(indirect_call c, const function_type& type, name index,
                            live_names stack) {
    start(stack, index);
    const bool fits = has_room(type);
    pass(type, stack, &index, fits);
    find_element(c);
    be_replaced(c.type, fits);
  }
  void return_call_ref(type_index t, const function_type& type, name reference, live_names stack) {
    start(stack, reference);
    const bool fits = has_room(type);
    pass(type, stack, &reference, fits);
    check_reference();
    be_replaced(t, fits);
  }

 protected:
  /// The function that comes next is of this type.
  void begin_tail_calls(const function_type& own) {
    own_type_ = own;
    tails_.clear();
  }
  void write_tail_calls() {
    for (const tail_call& t : tails_) write(t);
  }
  void leave_frame() {
    if (plan_.size != 0) a_.alu_ri(alu::add, true, reg::rsp, static_cast<std::int32_t>(plan_.size));
    for (std::size_t i = plan_.pushed; i-- > 0;) a_.pop_r(plan_.saved[i]);
  }

 private:
  static constexpr std::uint32_t none = 0xffff'ffff;
  // What is left to do behind the function when arguments are in their places: in memory those of
  // the caller's frame, or those of this one.
  struct tail_call {
    std::uint32_t place = 0;
    std::uint32_t offset = 0;
    type_index type{};
    std::uint32_t own = none;  // the number of the module's function; otherwise rax has it
    bool is_placed = false;
  };

  [[nodiscard]] bool has_room(const function_type& callee) const {
    return argument_words(callee) <= own_words(own_type_);
  }
  void pass(const function_type& type, live_names stack, name* index, bool replaces) {
    make_room(64 * (type.parameters.size() + 8));
    pass_arguments(type, stack, index, replaces);
    make_room(1024);
  }
  void outline(std::uint32_t place, type_index type, bool is_placed, std::uint32_t own = none) {
    keep(tails_.push({place, offset_, type, own, is_placed}));
  }
  // By the function in rax.
  void be_replaced(type_index type, bool fits) {
    if (!fits) return outline(a_.jump_forward(), type, fits);
    a_.alu_rm(alu::cmp, true, instance_register, field(reg::rax, offset::function_instance_owner));
    outline(a_.jump_forward(condition::ne), type, fits);
    leave_frame();
    a_.jump_m(field(reg::rax, offset::function_instance_code));
  }

  void write(const tail_call& t) {
    make_room(1024);
    offset_ = t.offset;
    annotate(code_note::kind::operation, t.offset);
    a_.set_distance(t.place, a_.here());
    const function_type type = module_.env.type(t.type);
    const std::uint32_t words = argument_words(type);
    chain by_call = 0;
    if (t.own == none) {
      a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
      wait(by_call, a_.jump_forward(condition::e));
    }
    address back = plan_.incoming(0);
    back.displacement -= 8;
    a_.mov_rm(true, scratch, back);
    a_.alu_mi(alu::cmp, false, field(scratch, 0), base::landmark);
    wait(by_call, a_.jump_forward(condition::ne));
    a_.alu_mi(alu::cmp, false, field(scratch, 4), static_cast<std::int32_t>(words + 1));
    wait(by_call, a_.jump_forward(condition::b));
    if (!t.is_placed) copy_words(words, true);
    leave_frame();
    if (t.own != none) {
      jump_own(t.own);
    } else {
      a_.call_to(code_.stubs.enter_instance);
      a_.jump_m(field(reg::rax, offset::function_instance_code));
    }
    bind(by_call);
    if (t.is_placed) copy_words(words, false);
    if (t.own != none) {
      call_own(t.own);
      put_landmark();
      restore_instance();
    } else {
      call_anywhere(t.type, true);
    }
    return_results(type);
  }
  // Results in registers are where they belong.
  void return_results(const function_type& type) {
    copy_words(result_words(type), true);
    leave_frame();
    a_.return_();
  }
  // Words between what this function's callees have and what its caller has.
  void copy_words(std::uint32_t count, bool up) {
    for (std::uint32_t i = 0; i < count; ++i) {
      make_room();
      a_.copy_words(kind::i64, words_of_callee(i, up), words_of_callee(i, !up));
    }
    make_room();
  }

  function_type own_type_;
  array<tail_call> tails_;
};

}  // namespace dovetail::x64_jit
