// Calls: of the module's functions, of imported ones, through tables, into the library.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/module/execution_counts.hpp>
#include <dovetail/x64/open_results.hpp>
#include <dovetail/x64/places.hpp>

namespace dovetail::x64_jit {

/// Loads what code keeps of memory 0 in registers. Overwrites the scratch register.
template <code_options Options>
void load_memory(encoder& a) {
  const address memory{instance_register, reg::none, 0, offset::instance_memory0};
  a.mov_rm(true, scratch, memory);
  a.mov_rm(true, memory_register, {scratch, reg::none, 0, offset::memory_instance_base});
  if constexpr (Options.is_checked)
    a.mov_rm(true, size_register, {scratch, reg::none, 0, offset::memory_instance_size});
}
/// Metered code has its fuel in a register, and other code in the store: before a call of C++ it is
/// written there, and read behind. Both leave the store in the scratch register, and flags alone.
template <code_options Options>
void write_fuel(encoder& a) {
  if constexpr (Options.is_metered) {
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
    a.mov_mr(true, {scratch, reg::none, 0, offset::store_fuel}, Options.fuel_register());
  }
}
template <code_options Options>
void read_fuel(encoder& a) {
  if constexpr (Options.is_metered) {
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
    a.mov_rm(true, Options.fuel_register(), {scratch, reg::none, 0, offset::store_fuel});
  }
}
/// After a call of a host's function itself. What is above a number of 32 bits is the callee's
/// affair, so it is cleared; the host may have let a memory grow, and a guarded one stays where it
/// is.
template <code_options Options>
void finish_plain_call(encoder& a, const function_type& type) {
  if (!type.results.empty() && kind_of(type.results[0]) == kind::i32)
    a.mov_rr(false, reg::rax, reg::rax);
  read_fuel<Options>(a);
  if constexpr (!Options.is_guarded) load_memory<Options>(a);
}
/// Whether the function instance in rax is to be called by itself.
inline void compare_with_plain(encoder& a) {
  a.op_nm({0, 0, 0x80}, false, static_cast<unsigned>(alu::cmp),
          {reg::rax, reg::none, 0, offset::function_instance_native_form});
  a.store(static_cast<std::uint64_t>(vm::native_form::plain), 1);
}

/// Whether a host function that just returned wants a trap instead; the scratch register is then
/// the store.
template <code_options Options>
void compare_host_trap(encoder& a) {
  read_fuel<Options>(a);
  if constexpr (!Options.is_metered)
    a.mov_rm(true, scratch, {instance_register, reg::none, 0, offset::instance_home});
  a.op_nm({0, 0, 0x80}, false, static_cast<unsigned>(alu::cmp),
          {scratch, reg::none, 0, offset::store_host_trap});
  a.store(0, 1);
}

/// Whether the stub of a trap returns if the trap need not be.
template <code_options Options>
[[nodiscard]] constexpr bool resumes(trap_code t) {
  return (Options.stops == interrupt::polled && t == trap_code::interrupted) ||
         (Options.asks_for_fuel && t == trap_code::out_of_fuel);
}

template <code_options Options>
class call_emitter : public open_result_emitter<Options> {
  using base = open_result_emitter<Options>;

 protected:
  using base::a_, base::below_, base::code_, base::plan_, base::floor_, base::free_, base::failure_,
      base::offset_, base::temporaries_, base::flags_pending_;
  using base::start, base::put_down, base::release, base::use, base::move_to, base::store_to,
      base::register_of, base::trap_if, base::add_site, base::make_room, base::keep, base::wanted,
      base::fresh, base::load_table, base::settle, base::module_, base::is_64,
      base::kind_of_address;

 public:
  call_emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module)
      : base(a, code, cpu, module), waiting_(*module.env.memory), outlined_(*module.env.memory) {}

  void call(function_index callee, const function_type& type, live_names stack) {
    start(stack);
    const std::uint32_t imported = module_.env.imported_functions;
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, nullptr);
    if (callee.value >= imported) {
      call_own(callee.value - imported);
    } else {
      load_function(callee);
      call_imported(module_.env.functions[callee.value], type);
    }
    after_call();
  }

  // A table's element is a function: what it is must be known before it is called (4.4.8.11).
  void call_indirect(indirect_call c, const function_type& type, name index, live_names stack) {
    start(stack, index);
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, &index);
    find_element(c);
    call_found(c.type);
  }
  void call_ref(type_index t, const function_type& type, name reference, live_names stack) {
    start(stack, reference);
    before_call(stack, type.parameters.size());
    pass_arguments(type, stack, &reference);
    check_reference();
    call_found(t);
  }

  void name_results(std::size_t count, live_names stack) {
    below_ = stack;
    places to = places::of_results();
    for (std::size_t i = stack.size() - count; i < stack.size(); ++i) {
      const kind k = kind_of(stack[i].type);
      const auto at = to.next(k);
      if (at.where != reg::none) {
        free_ &= ~set_of(at.where);
        stack[i].value = temporary_name(k, at.where);
      } else {
        a_.copy_words(k, plan_.slot_of(stack[i].slot()), word(at.word));
        stack[i].value = spilled_name(k, stack[i].slot());
      }
      make_room();
    }
  }

  // Bulk operators and their like.
  static constexpr library::habits how{Options.is_metered, Options.asks_for_fuel,
                                       Options.stops != interrupt::none};
  name memory_grow(memory_index m, name delta, live_names below) {
    call_library(&library::grow_memory, {m.value, 0}, {&delta, 1}, below);
    if constexpr (!Options.is_guarded) reload_memory();
    return answer(kind_of_address(is_64(m)));
  }
  void memory_fill(memory_index m, name to, name byte, name count, live_names below) {
    bulk(&library::fill_memory<how>, {m.value, 0}, to, byte, count, below);
  }
  void memory_copy(two_memories m, name to, name from, name count, live_names below) {
    bulk(&library::copy_memory<how>, {m.destination.value, m.source.value}, to, from, count, below);
  }
  void memory_init(data_and_memory m, name to, name from, name count, live_names below) {
    bulk(&library::init_memory<how>, {m.memory.value, m.data.value}, to, from, count, below);
  }
  void data_drop(data_index d) { mark_dropped(offset::instance_dropped_data, d.value); }
  name table_grow(table_index t, name initial, name delta, live_names below) {
    name operands[] = {initial, delta};
    call_library(&library::grow_table<how>, {t.value, 0}, operands, below);
    if constexpr (Options.is_metered) {
      a_.alu_ri(alu::cmp, true, reg::rax, -1);
      trap_if(condition::l, trap_code::none);
    }
    return answer(kind_of_address(is_64(t)));
  }
  void table_fill(table_index t, name to, name v, name count, live_names below) {
    bulk(&library::fill_table<how>, {t.value, 0}, to, v, count, below);
  }
  void table_copy(two_tables t, name to, name from, name count, live_names below) {
    bulk(&library::copy_table<how>, {t.destination.value, t.source.value}, to, from, count, below);
  }
  void table_init(element_and_table t, name to, name from, name count, live_names below) {
    bulk(&library::init_table<how>, {t.table.value, t.element.value}, to, from, count, below);
  }
  void element_drop(element_index e) { mark_dropped(offset::instance_dropped_elements, e.value); }
  name ref_func(function_index f, live_names below) {
    call_library(&library::function_reference, {f.value, 0}, {}, below);
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::out_of_memory);
    return answer(kind::i64);
  }

 protected:
  struct immediates {
    std::uint64_t first, second;
  };
  static address field(reg base_register, std::int32_t offset) {
    return {base_register, reg::none, 0, offset};
  }
  // A callee's argument or result in memory, from its caller's side.
  static address word(std::uint32_t i) {
    return {reg::rsp, reg::none, 0, static_cast<std::int32_t>(8 * i)};
  }

  // The same, or if the callee `replaces` the function, from its caller's side.
  [[nodiscard]] address words_of_callee(std::uint32_t i, bool replaces) const {
    return replaces ? plan_.incoming(i) : word(i);
  }

  // Nothing but homes that callees preserve outlives a call: the operands below the arguments go to
  // their slots, and other homes to theirs.
  void before_call(live_names stack, std::size_t arguments) {
    make_room(64 * (arguments + 8) + 16 * stack.size());
    const std::size_t first = stack.size() - arguments;
    for (std::size_t i = floor_; i < first; ++i) {
      if (stack[i].value.what == place::temporary) put_down(stack[i]);
    }
    move_homes(true);
  }
  void after_call() {
    free_ = temporaries_;
    move_homes(false);
  }
  void annotate(code_note::kind what, std::uint32_t offset) {
    if constexpr (Options.is_annotated) keep(code_.notes.push({a_.here(), offset, what}));
  }
  // Homes to their slots, or back.
  void move_homes(bool to_slots) {
    for (std::size_t i = 0; i < plan_.unsaved_count; ++i) {
      const local_place& l = plan_.locals[plan_.unsaved[i]];
      const address slot{reg::rsp, reg::none, 0, l.slot};
      if (to_slots) {
        a_.store_value(l.type, slot, l.home);
      } else {
        a_.load(l.type, l.home, slot);
      }
    }
  }

  // An imported function to rax.
  void load_function(function_index callee) {
    a_.mov_rm(true, reg::rax, field(instance_register, offset::instance_functions));
    a_.mov_rm(true, reg::rax, field(reg::rax, static_cast<std::int32_t>(8 * callee.value)));
  }
  // From an index in rax to a function in rax. Overwrites rcx, which has no argument.
  void find_element(indirect_call c) {
    load_table(c.table);
    base::compare_index(c.table, reg::rax, reg::rcx);
    trap_if(condition::ae, trap_code::undefined_element);
    a_.mov_rm(true, scratch, field(scratch, offset::table_instance_elements));
    a_.mov_rm(true, reg::rax, {scratch, reg::rax, 3, 0});
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::uninitialized_element);
    const signature& expected = *module_.env.types[c.type.value];
    a_.mov_ri(scratch, reinterpret_cast<std::uintptr_t>(&expected));
    if (!expected.is_final) return check_subtype(expected);
    a_.alu_rm(alu::cmp, true, scratch, field(reg::rax, offset::function_instance_signature));
    trap_if(condition::ne, trap_code::indirect_call_type_mismatch);
  }
  // See `is_subtype`. A type is at its own depth of its display, too.
  void check_subtype(const signature& expected) {
    a_.mov_rm(true, reg::rcx, field(reg::rax, offset::function_instance_signature));
    a_.alu_mi(alu::cmp, false, field(reg::rcx, offset::signature_depth),
              static_cast<std::int32_t>(expected.depth));
    trap_if(condition::b, trap_code::indirect_call_type_mismatch);
    a_.mov_rm(true, reg::rcx, field(reg::rcx, offset::signature_display));
    a_.alu_rm(alu::cmp, true, scratch,
              field(reg::rcx, static_cast<std::int32_t>(8 * expected.depth)));
    trap_if(condition::ne, trap_code::indirect_call_type_mismatch);
  }
  void check_reference() {
    a_.test_rr(true, reg::rax, reg::rax);
    trap_if(condition::e, trap_code::null_function_reference);
  }
  // Calls the function in rax, which is mostly one of this instance.
  void call_found(type_index type) {
    a_.alu_rm(alu::cmp, true, instance_register, field(reg::rax, offset::function_instance_owner));
    const std::uint32_t foreign = a_.jump_forward(condition::ne);
    a_.call_m(field(reg::rax, offset::function_instance_code));
    add_site(a_.here());
    outline(foreign, type);
    after_call();
  }

  // The arguments on top of the stack to where callees look for them, and what chooses the callee
  // to rax. A callee that `replaces` the function will look above its frame.
  void pass_arguments(const function_type& type, live_names stack, name* index,
                      bool replaces = false) {
    const std::size_t count = type.parameters.size(), first = stack.size() - count;
    // What is in no register comes last, when it overwrites none that is still to be read.
    struct late_argument {
      reg to;
      const name* from;
    };
    late_argument late[std::size(integer_arguments) + std::size(float_arguments)];
    std::size_t late_count = 0;
    parallel_moves moves;
    places to = places::of_arguments();
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto at = to.next(n.type);
      if (at.where == reg::none) {
        store_to(words_of_callee(at.word, replaces), n);
        make_room();
      } else if (const reg from = register_of(n); from != reg::none) {
        moves.add(n.type, at.where, from);
      } else {
        late[late_count++] = {at.where, &n};
      }
    }
    if (index != nullptr && register_of(*index) != reg::none)
      moves.add(index->type, reg::rax, register_of(*index));
    moves.write_to(a_);
    for (std::size_t i = 0; i < late_count; ++i) move_to(late[i].to, *late[i].from);
    if (index != nullptr && register_of(*index) == reg::none) move_to(reg::rax, *index);
    free_ = temporaries_;
  }

  void call_own(std::uint32_t defined) {
    reach_own(a_.call_forward(), defined);
    add_site(a_.here());
  }
  void jump_own(std::uint32_t defined) { reach_own(a_.jump_forward(), defined); }
  void reach_own(std::uint32_t where, std::uint32_t defined) {
    const std::uint32_t own = defined - first_defined_;
    if (own < code_.functions.size()) {
      a_.set_distance(where, code_.functions[own].entry);
    } else {
      a_.set_word(where, waiting_[defined]);
      waiting_[defined] = where;
    }
  }

  // Calls the function in rax, which is mostly one of the host's.
  void call_imported(type_index index, const function_type& type) {
    if (Options.keeps_places || !native_places::fit(type, Options.host, false))
      return call_anywhere(index);
    compare_with_plain(a_);
    const std::uint32_t other = a_.jump_forward(condition::ne);
    native_places to(Options.host);
    parallel_moves moves;
    to.add_moves(type, moves);
    moves.write_to(a_);
    write_fuel<Options>(a_);
    a_.call_m(field(reg::rax, offset::function_instance_native));
    add_site(a_.here());
    finish_plain_call<Options>(a_, type);
    put_checkpoint();
    outline(other, index, true);
  }
  // The jump at `place` leads to a call of whatever is in rax, and from there back to here.
  void outline(std::uint32_t place, type_index type, bool is_compared = false) {
    keep(outlined_.push({place, a_.here(), base::offset_, type, is_compared}));
  }
  void write_outlined() {
    for (const auto& call : outlined_) {
      make_room();
      base::offset_ = call.offset;
      annotate(code_note::kind::operation, call.offset);
      a_.set_distance(call.place, a_.here());
      const function_type type = module_.env.type(call.type);
      if (call.is_compared && native_places::fit(type, Options.host, true))
        call_contextual(type, call.back);
      call_anywhere(call.type);
      a_.jump_back(call.back);
    }
    outlined_.clear();
  }
  // Behind a comparison with plain functions: calls one that wants to know its caller, may throw or
  // trap, and goes on at `back`.
  void call_contextual(const function_type& type, std::uint32_t back) {
    const std::uint32_t other = a_.jump_forward(condition::b);
    native_places to(Options.host);
    parallel_moves moves;
    moves.add(kind::i64, to.next(kind::i64), instance_register);
    moves.add(kind::i64, to.next(kind::i64), reg::rax);
    to.add_moves(type, moves);
    moves.write_to(a_);
    write_fuel<Options>(a_);
    a_.call_m(field(host_argument(Options.host, 1), offset::function_instance_native));
    add_site(a_.here());
    compare_host_trap<Options>(a_);
    const std::uint32_t trapped = a_.jump_forward(condition::ne);
    if constexpr (!Options.is_guarded) load_memory<Options>(a_);
    put_checkpoint();
    a_.jump_back(back);
    a_.set_distance(trapped, a_.here());
    a_.op_rm({0, 0x0f, 0xb6}, false, reg::rax, field(scratch, offset::store_host_trap));
    a_.call_to(code_.stubs.traps[0]);
    add_site(a_.here());
    a_.set_distance(other, a_.here());
  }
  // Calls the function in rax, of the host or of any instance. The last call of a function has a
  // landmark (tail_calls.hpp).
  void call_anywhere(type_index type, bool is_last = false) {
    a_.alu_mi(alu::cmp, true, field(reg::rax, offset::function_instance_owner), 0);
    const std::uint32_t of_instance = a_.jump_forward(condition::ne);
    a_.call_to(code_.by_type[type.value].host_call);
    add_site(a_.here());
    put_checkpoint();
    const std::uint32_t done = a_.jump_forward();
    a_.set_distance(of_instance, a_.here());
    a_.call_to(code_.stubs.enter_instance);
    a_.call_m(field(reg::rax, offset::function_instance_code));
    add_site(a_.here());
    if (is_last) put_landmark();
    restore_instance();
    a_.set_distance(done, a_.here());
  }
  // nop dword [rax + rax + disp32]: alignment has no other displacement than 0.
  static constexpr std::int32_t landmark = 0x0084'1f0f;
  void put_landmark() { a_.store(landmark | std::uint64_t{plan_.words + 1} << 32, 8); }
  void restore_instance() {
    a_.mov_rm(true, instance_register, field(reg::rsp, static_cast<std::int32_t>(plan_.instance)));
    reload_memory();
  }
  void reload_memory() { a_.call_to(code_.stubs.reload_memory); }

  void write_traps() {
    for (const auto& t : base::traps_) {
      make_room();
      annotate(code_note::kind::trap, t.offset);
      a_.set_distance(t.place, a_.here());
      a_.call_to(code_.stubs.traps[static_cast<std::size_t>(t.code)]);
      add_site(a_.here(), t.offset);
      if (resumes<Options>(t.code)) a_.jump_back(t.place + 4);  // behind the jump
    }
  }

  // Where a guest may be stopped. Overwrites the flags and the scratch register alone. At a page
  // it is one load: all instances that code can reach without an entry are of the store.
  void put_checkpoint() {
    if constexpr (Options.stops == interrupt::polled) {
      make_room();
      a_.mov_rm(true, scratch, field(instance_register, offset::instance_control));
      a_.alu_mi(alu::cmp, true, field(scratch, offset::control_stop), 0);
      trap_if(condition::ne, trap_code::interrupted);
    } else if constexpr (Options.stops == interrupt::page) {
      make_room();
      add_site(a_.here());
      a_.op_rm({0, 0, 0x85}, false, reg::rax, field(Options.page_register(), 0));  // test
    }
  }

  // Adds one to the count of this place. Overwrites the same.
  void put_count(function_index f) {
    counted_place* const place = module_.counts->add(f, base::offset_);
    if (place == nullptr) return keep(status::out_of_memory);
    make_room();
    a_.mov_ri(scratch, reinterpret_cast<std::uintptr_t>(&place->times));
    a_.alu_mi(alu::add, true, field(scratch, 0), 1);
  }

  // Operands go to consecutive slots from the first free one on.
  void call_library(library_function f, immediates values, std::span<name> operands,
                    live_names below) {
    below_ = below;
    make_room(1024 + 16 * below.size());
    if (flags_pending_) settle_for_library(operands);
    for (std::size_t i = floor_; i < below.size(); ++i) {
      if (below[i].value.what == place::temporary) put_down(below[i]);
    }
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
      store_to(plan_.slot_of(height_of(below) + i), operands[i]);
      release(operands[i]);
    }
    move_homes(true);
    a_.lea(true, host_argument(Options.host, 1), plan_.slot_of(height_of(below)));
    a_.mov_ri(host_argument(Options.host, 2), values.first);
    a_.mov_ri(host_argument(Options.host, 3), values.second);
    a_.mov_rr(true, host_argument(Options.host, 0), instance_register);
    a_.mov_ri(reg::rax, reinterpret_cast<std::uintptr_t>(f));
    write_fuel<Options>(a_);
    a_.call_r(reg::rax);
    add_site(a_.here());
    read_fuel<Options>(a_);
    free_ = temporaries_;
    move_homes(false);
  }
  void settle_for_library(std::span<name> operands) {
    for (name& n : operands) {
      if (base::settle_operand(n)) return;
    }
    settle();
  }
  void bulk(library_function f, immediates values, name to, name from, name count,
            live_names below) {
    name operands[] = {to, from, count};
    call_library(f, values, operands, below);
    a_.test_rr(false, reg::rax, reg::rax);
    trap_if(condition::ne, trap_code::none);
  }
  name answer(kind k) {
    free_ &= ~set_of(reg::rax);
    return temporary_name(k, reg::rax);
  }
  // Sets a segment's flag. Leaves the processor's alone.
  void mark_dropped(std::int32_t list, std::uint32_t segment) {
    make_room();
    a_.mov_rm(true, scratch, field(instance_register, list));
    a_.op_nm({0, 0, 0xc6}, false, 0, field(scratch, static_cast<std::int32_t>(segment)));
    a_.store(1, 1);
  }

  // A call that is rarely made, to be written behind the function.
  struct outlined_call {
    std::uint32_t place = 0;
    std::uint32_t back = 0;
    std::uint32_t offset = 0;
    type_index type{};
    bool is_compared = false;  // with plain functions
  };

  array<chain> waiting_;             // calls of functions that come later, or of other parts
  std::uint32_t first_defined_ = 0;  // the first of this emitter's functions
  array<outlined_call> outlined_;
};

}  // namespace dovetail::x64_jit
