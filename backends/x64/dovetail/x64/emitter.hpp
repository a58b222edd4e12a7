// The emitter of the x64 backend: numbers by operator, control, and the function around them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/x64/tail_calls.hpp>

namespace dovetail::x64_jit {

template <code_options Options>
class emitter : public tail_call_emitter<Options> {
  using base = tail_call_emitter<Options>;
  using base::a_, base::below_, base::code_, base::plan_, base::floor_, base::floors_, base::free_,
      base::failure_, base::offset_, base::temporaries_, base::flags_pending_, base::next_,
      base::result_end_, base::traps_, base::constants_, base::waiting_, base::module_;
  using base::annotate, base::start, base::put_down, base::release, base::use, base::move_to,
      base::store_to, base::register_of, base::trap_if, base::add_site, base::make_room, base::keep,
      base::wanted, base::fresh, base::test, base::wait, base::bind, base::own, base::allocate,
      base::take, base::clear, base::settle, base::is_in_memory, base::memory_of, base::field,
      base::is_free_temporary, base::reads;

 public:
  using value = name;
  using label = block_label;
  using meter = std::uint32_t;
  static constexpr bool has_vectors = true;
  static constexpr bool places_operands = true;
  static constexpr features executes = executed;
  static constexpr bool is_metered = Options.is_told_of_blocks();

  emitter(encoder& a, module_code& code, const processor& cpu, const module_data& module,
          collector<Options.is_told_of_blocks(), Options.price>& collected)
      : base(a, code, cpu, module), collector_(collected) {}

  /// Functions from the module's own number `first` on come next, written from here on, up to `end`
  /// at most. There is memory up to `committed`, and up to `mapped` it need only be brought in.
  [[nodiscard]] status prepare(std::size_t first, std::size_t committed, std::size_t mapped,
                               std::size_t end) {
    const std::size_t defined = module_.env.functions.size() - module_.env.imported_functions;
    base::first_defined_ = static_cast<std::uint32_t>(first);
    base::begin_ = a_.here();
    base::committed_ = committed;
    base::mapped_ = mapped;
    base::notes_accesses_ = Options.is_guarded;
    base::end_of_room_ = end;
    DOVETAIL_TRY(code_.functions.reserve(defined - first));
    return waiting_.resize(defined);
  }
  void end_at(std::size_t end) { base::end_of_room_ = end; }
  /// Calls of functions that other emitters wrote, now that all have been.
  void link(const array<function_code>& all) {
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      for (chain c = waiting_[i]; c != 0;) {
        const std::uint32_t where = c;
        c = a_.word(where);
        a_.set_distance(where, all[i].entry);
      }
    }
  }

  void begin(const function_body& body) {
    body_ = body;
    facts_ = collector_.next();
    base::begin_tail_calls(body.type);
    keep(plan_.make(body, facts_, Options.host, Options.pinned_homes(),
                    Options.resumes() || !base::cpu_.has_popcnt));
    temporaries_ = (integer_temporaries | float_temporaries) & ~plan_.homes;
    free_ = temporaries_;
    floor_ = 0;
    floors_.clear();
    traps_.clear();
    constants_.clear();
    base::vectors_.clear();
    below_ = {};
    flags_pending_ = false;
    base::begin_locals(facts_);
    result_end_ = 0;
    make_room(4096);
    if (failure_ != status::ok) return;
    a_.align(16);
    keep(code_.functions.push(
        {a_.here(), 0, plan_.size + 8 * plan_.pushed,
         facts_.leaves_instance ? plan_.instance : function_code::no_instance}));
    if (failure_ != status::ok) return;
    bind(waiting_[base::first_defined_ + code_.functions.size() - 1]);
    annotate(code_note::kind::prologue, 0);
    prologue();
  }

  /// Nothing is emitted without a plan.
  status begun() const { return failure_; }
  status finish() {
    base::write_tail_calls();
    base::write_outlined();
    base::write_traps();
    write_vectors();
    write_constants();
    if (failure_ == status::ok) code_.functions.back().end = a_.here();
    return failure_;
  }

  void position(std::size_t offset) {
    offset_ = static_cast<std::uint32_t>(offset);
    annotate(code_note::kind::operation, offset_);
  }
  /// What follows the operator at hand.
  void upcoming(const recorded_call& next) { next_ = &next; }

  // Control.
  label enter(const block_shape& shape, live_names stack) {
    label l = label_of(shape, stack);
    if (l.is_function) {
      if constexpr (Options.counts == counting::functions) base::put_count(body_.index);
      return base::put_checkpoint(), keep(floors_.push(0)), l;
    }
    start(stack);
    save(stack, shape.kind == block_kind::loop ? stack.size() : shape.height);
    if (l.is_loop) {
      base::begin_loop();
      for (std::size_t i = shape.height; i < stack.size(); ++i) into_slot(stack[i]);
      a_.align(16);
      l.head = a_.here();
      base::put_checkpoint();
      result_end_ = 0;
    }
    open(shape.height);
    return l;
  }
  label enter_if(const block_shape& shape, name c, live_names stack) {
    start_condition(stack, c);
    label l = label_of(shape, stack);
    save(stack, shape.height);
    for (std::size_t i = shape.height; i < stack.size(); ++i) into_slot(stack[i]);
    jump_unless(c, l.alternative);
    open(shape.height);
    return l;
  }
  void else_(label& l, bool reachable, live_names stack) {
    if (!reachable) return;
    start(stack);
    carry(l, stack);
    wait(l.waiting, a_.jump_forward());
  }
  void enter_else(label& l, live_names stack) {
    make_room();
    flags_pending_ = false;
    bind(l.alternative);
    base::forget_locals();
    free_ = temporaries_;
    for (std::size_t i = l.height; i < stack.size(); ++i)
      stack[i].value = spilled_name(kind_of(stack[i].type), stack[i].slot());
  }
  void leave(label& l, bool reachable, live_names stack) {
    if (l.is_function) return leave_function(l, reachable, stack);
    make_room();
    if (reachable) {
      start(stack);
    } else {
      flags_pending_ = false;
    }
    close();
    const bool is_merge = l.waiting != 0 || l.alternative != 0;
    if (reachable && !is_merge) return;
    base::forget_locals();
    if (reachable) carry(l, stack);
    if (l.alternative != 0) bind_alternative(l, reachable);
    bind(l.waiting);
    name_carried(l, stack);
  }

  void branch(label& l, live_names stack) {
    start(stack);
    if (l.is_function) return return_with(l, stack);
    carry(l, stack);
    jump(l);
  }
  void branch_if(label& l, name c, live_names stack) {
    start_condition(stack, c);
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      chain around = 0;
      jump_unless(c, around);
      branch_with_moves(l, stack);
      bind(around);
      return;
    }
    const condition is_taken = test(c);
    if (l.arity == 1) top_into_result(l.type, stack);
    jump_if(is_taken, l);
  }
  void branch_table(name index, std::span<label* const> targets, live_names stack) {
    start(stack, index);
    make_room(1024 + 8 * targets.size());
    const label& any = *targets.back();
    const reg result = is_float(any.type) ? float_results[0] : integer_results[0];
    reg at = own(index, reg::none);
    if (any.arity == 1) {
      if (at == result) {
        at = allocate(false, set_of(result));
        a_.mov_rr(false, at, result);
        release(result);
      }
      top_into_result(any.type, stack);
    }
    const auto last = static_cast<std::uint32_t>(targets.size() - 1);
    a_.alu_ri(alu::cmp, false, at, static_cast<std::int32_t>(last));
    const std::uint32_t beyond = a_.jump_forward(condition::ae);
    const std::uint32_t table = a_.op_rc({0, 0, 0x8d}, true, scratch);
    // An entry is the distance from its own end to its target.
    a_.lea(true, scratch, {scratch, at, 2, 4});
    a_.op_rm({0, 0, 0x63}, true, at, {scratch, reg::none, 0, -4});
    a_.alu_rr(alu::add, true, scratch, at);
    a_.jump_r(scratch);
    a_.set_distance(table, a_.here());
    const std::uint32_t first = a_.here();
    annotate(code_note::kind::distances, offset_);
    for (std::uint32_t i = 0; i < last; ++i) a_.store(0, 4);
    annotate(code_note::kind::operation, offset_);
    release(at);
    for (std::uint32_t i = 0; i <= last; ++i)
      send(i == last ? beyond : first + 4 * i, *targets[i], stack);
  }
  // A branch that is taken if a reference is null, and on without it otherwise.
  name branch_on_null(label& l, name v, live_names stack) {
    start(stack, v);
    reg r = use(v);
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      a_.test_rr(true, r, r);
      chain around = a_.jump_forward(condition::ne);
      branch_with_moves(l, stack);
      bind(around);
      return v;
    }
    if (l.arity == 1) {
      if (r == result_of(l.type)) {
        const reg other = allocate(false, set_of(r));
        a_.mov_rr(true, other, r);
        release(r);
        v = temporary_name(kind::i64, r = other);
      }
      top_into_result(l.type, stack);
    }
    a_.test_rr(true, r, r);
    jump_if(condition::e, l);
    return v;
  }
  // The reference is the topmost operand of the label.
  void branch_on_non_null(label& l, name, live_names stack) {
    start(stack);
    name& v = stack.back().value;
    if (l.arity > 1 || l.is_loop) {
      const reg r = use(v);
      a_.test_rr(true, r, r);
      chain around = a_.jump_forward(condition::e);
      branch_with_moves(l, stack);
      bind(around);
    } else {
      const reg r = result_of(l.type);
      top_into_result(l.type, stack);
      a_.test_rr(true, r, r);
      jump_if(condition::ne, l);
    }
    release(v);
  }
  void unreachable() {
    make_room();
    flags_pending_ = false;
    a_.call_to(code_.stubs.traps[static_cast<std::size_t>(trap_code::unreachable)]);
    add_site(a_.here());
  }

  // Fuel: subtract at the head of the block, stop if there was not enough.
  meter open_meter() {
    if constexpr (Options.counts == counting::blocks) base::put_count(body_.index);
    if constexpr (!Options.is_metered) return 0;
    make_room();
    a_.op_nr({0, 0, 0x81}, true, static_cast<unsigned>(alu::sub), Options.fuel_register());
    a_.store(0, 4);
    const std::uint32_t at = a_.here() - 4;
    return trap_if(condition::l, trap_code::out_of_fuel), at;
  }
  void close_meter(meter at, std::uint32_t operators) {
    if (Options.is_metered && failure_ == status::ok) a_.set_word(at, operators);
  }

 private:
  [[nodiscard]] static label label_of(const block_shape& shape, live_names stack) {
    label l;
    const auto types = shape.label_types();
    l.height = static_cast<std::uint32_t>(shape.height);
    l.first_slot = height_of(stack.first(shape.height));
    l.arity = static_cast<std::uint32_t>(types.size());
    if (!types.empty()) l.type = kind_of(types[0]);
    l.is_loop = shape.kind == block_kind::loop;
    l.is_function = shape.kind == block_kind::function;
    return l;
  }
  void open(std::size_t height) {
    keep(floors_.push(static_cast<std::uint32_t>(height)));
    floor_ = height;
  }
  void close() {
    if (failure_ != status::ok) return;
    floors_.pop();
    floor_ = floors_.back();
  }
  // Like start, for an operator whose condition may be in the flags.
  void start_condition(live_names stack, const name& c) {
    below_ = stack;
    make_room(512 + 16 * (stack.size() - floor_));
    if (flags_pending_ && c.what != place::flags) settle();
  }

  // Before the ways part: operands up to `height` to their slots, constants excepted.
  void save(live_names stack, std::size_t height) {
    make_room(512 + 16 * (stack.size() - floor_));
    for (std::size_t i = floor_; i < height; ++i) {
      if (!stack[i].value.is_constant()) into_slot(stack[i]);
    }
  }
  void into_slot(operand<name>& o) {
    if (o.value.what == place::spilled && o.value.index == o.slot()) return;
    put_down(o);
  }

  // Jumps on conditions; equality of floats takes two.
  template <class Jump>
  void jumps_if(condition c, Jump jump) {
    if (c == condition::float_e) {
      const std::uint32_t unordered = a_.skip(condition::p);
      jump(condition::e);
      a_.end_skip(unordered);
    } else if (c == condition::float_ne) {
      jump(condition::p);
      jump(condition::ne);
    } else {
      jump(c);
    }
  }
  void jump_if(condition c, label& l) {
    jumps_if(c, [&](condition one) {
      if (l.is_loop) {
        a_.jump_back(one, l.head);
      } else {
        wait(l.waiting, a_.jump_forward(one));
      }
    });
  }
  void jump_unless(name& c, chain& to) {
    jumps_if(opposite(test(c)), [&](condition one) { wait(to, a_.jump_forward(one)); });
  }
  void jump(label& l) {
    if (l.is_loop) {
      a_.jump_back(l.head);
    } else {
      wait(l.waiting, a_.jump_forward());
    }
  }

  // A single operand of a label that lies ahead travels in the register of its kind's results,
  // others in their slots.
  [[nodiscard]] static bool is_in_register(const label& l) { return l.arity == 1 && !l.is_loop; }
  [[nodiscard]] static reg result_of(kind k) {
    return is_float(k) ? float_results[0] : integer_results[0];
  }
  // Moves what a label carries there, without renaming anything.
  void carry(const label& l, live_names stack) {
    if (is_in_register(l)) return move_to(result_of(l.type), stack.back().value);
    std::uint32_t to = l.first_slot;
    for (const operand<name>& o : stack.last(l.arity)) {
      make_room();
      // Each goes to its own place or a lower one: going up overwrites nothing still to come.
      if (o.value.what != place::spilled || o.value.index != to)
        store_to(plan_.slot_of(to), o.value);
      to += slots_of(o.type);
    }
  }
  void name_carried(const label& l, live_names stack) {
    free_ = temporaries_;
    if (is_in_register(l)) {
      take_result(result_of(l.type), stack);
    } else {
      for (std::size_t i = l.height; i < stack.size(); ++i)
        stack[i].value = spilled_name(kind_of(stack[i].type), stack[i].slot());
    }
  }
  void take_result(reg r, live_names stack) {
    free_ &= ~set_of(r);
    stack.back().value = temporary_name(kind_of(stack.back().type), r);
  }
  // The top operand into the result register, whether or not it stays there. Leaves the flags
  // alone.
  void top_into_result(kind k, live_names stack) {
    const reg r = result_of(k);
    name& n = stack.back().value;
    if (n.what == place::temporary && n.where == r) return;
    clear(r);
    move_to(r, n);
    if (n.what != place::temporary) return;
    release(n);
    take_result(r, stack);
  }
  void bind_alternative(label& l, bool reachable) {
    const bool has_value = is_in_register(l);
    const std::uint32_t around = has_value && reachable ? a_.jump_forward() : 0;
    bind(l.alternative);
    if (has_value) a_.load(l.type, result_of(l.type), plan_.slot_of(l.first_slot));
    if (around != 0) a_.set_distance(around, a_.here());
  }
  void branch_with_moves(label& l, live_names stack) {
    if (l.is_function) return return_with(l, stack);
    carry(l, stack);
    jump(l);
  }
  void send(std::uint32_t where, label& l, live_names stack) {
    if (l.arity > 1 || (l.is_loop && l.arity != 0)) {
      a_.set_distance(where, a_.here());
      branch_with_moves(l, stack);
    } else if (l.is_loop) {
      a_.set_distance(where, l.head);
    } else {
      wait(l.waiting, where);
    }
  }

  // The function around its operators.
  void prologue() {
    const std::uint32_t bytes = plan_.size + 8 * plan_.pushed;
    const address limit = field(instance_register, offset::instance_native_limit);
    if (bytes > 1024) {
      a_.lea(true, scratch, field(reg::rsp, -static_cast<std::int32_t>(bytes)));
      a_.alu_rm(alu::cmp, true, scratch, limit);
      trap_if(condition::b, trap_code::stack_exhausted);
    } else if (!plan_.is_leaf) {
      a_.alu_rm(alu::cmp, true, reg::rsp, limit);
      trap_if(condition::b, trap_code::stack_exhausted);
    }
    for (std::size_t i = 0; i < plan_.pushed; ++i) a_.push_r(plan_.saved[i]);
    if (plan_.size != 0) a_.alu_ri(alu::sub, true, reg::rsp, static_cast<std::int32_t>(plan_.size));
    if (facts_.leaves_instance) {
      a_.mov_mr(true, field(reg::rsp, static_cast<std::int32_t>(plan_.instance)),
                instance_register);
    }
    receive_parameters();
    clear_locals();
  }
  void epilogue() {
    base::leave_frame();
    a_.return_();
  }

  [[nodiscard]] address slot_of_local(const local_place& l) const {
    return field(reg::rsp, l.slot);
  }
  void receive_parameters() {
    places from = places::of_arguments();
    parallel_moves moves;
    const std::size_t count = body_.type.parameters.size();
    for (std::size_t i = 0; i < count; ++i) {
      const local_place& l = plan_.locals[i];
      const auto at = from.next(l.type);
      make_room();
      if (at.where == reg::none) {
        if (l.home != reg::none || !l.has_slot()) continue;
        a_.copy_words(l.type, slot_of_local(l), plan_.incoming(at.word));
      } else if (l.home != reg::none) {
        moves.add(l.type, l.home, at.where);
      } else if (l.has_slot()) {
        a_.store_value(l.type, slot_of_local(l), at.where);
      }
    }
    moves.write_to(a_);
    places again = places::of_arguments();
    for (std::size_t i = 0; i < count; ++i) {
      const local_place& l = plan_.locals[i];
      const auto at = again.next(l.type);
      if (at.where == reg::none && l.home != reg::none)
        a_.load(l.type, l.home, plan_.incoming(at.word));
    }
  }
  // Other locals begin as zero.
  void clear_locals() {
    std::int32_t first = local_place::no_slot, last = first;
    for (std::size_t i = body_.type.parameters.size(); i < plan_.locals.size(); ++i) {
      const local_place& l = plan_.locals[i];
      if (l.home != reg::none) {
        is_float(l.type) ? a_.bits_rr(0x57, l.home, l.home)
                         : a_.alu_rr(alu::xor_, false, l.home, l.home);
      } else if (l.has_slot()) {
        if (first == local_place::no_slot) first = l.slot;
        last = l.slot + 8 * static_cast<std::int32_t>(words_of(l.type) - 1);
      }
    }
    make_room();
    if (first == local_place::no_slot) return;
    if (last - first < 8 * 8) {
      for (std::int32_t at = first; at <= last; at += 8) a_.mov_mi(true, field(reg::rsp, at), 0);
      return;
    }
    a_.alu_rr(alu::xor_, false, reg::rax, reg::rax);
    a_.mov_ri(reg::rcx, static_cast<std::uint64_t>((last - first) / 8 + 1));
    const std::uint32_t again = a_.here();
    a_.mov_mr(true, {reg::rsp, reg::rcx, 3, first - 8}, reg::rax);
    a_.alu_ri(alu::sub, false, reg::rcx, 1);
    a_.jump_back(condition::ne, again);
  }

  // Results to where the caller looks for them.
  void put_results(live_names stack) {
    const std::size_t count = body_.type.results.size(), first = stack.size() - count;
    places in_memory = places::of_results();
    parallel_moves moves;
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto to = in_memory.next(n.type);
      make_room();
      if (to.where == reg::none) {
        store_to(plan_.incoming(to.word), n);
      } else if (const reg from = register_of(n); from != reg::none) {
        moves.add(n.type, to.where, from);
      }
    }
    moves.write_to(a_);
    places rest = places::of_results();
    for (std::size_t i = 0; i < count; ++i) {
      const name& n = stack[first + i].value;
      const auto to = rest.next(n.type);
      if (to.where != reg::none && register_of(n) == reg::none) move_to(to.where, n);
    }
  }
  void return_with(label& l, live_names stack) {
    put_results(stack);
    if (plan_.pushed <= 2) {
      epilogue();
    } else {
      wait(l.waiting, a_.jump_forward());
    }
  }
  void leave_function(label& l, bool reachable, live_names stack) {
    make_room();
    if (reachable) {
      start(stack);
      put_results(stack);
    }
    if (!reachable && l.waiting == 0) return;
    bind(l.waiting);
    epilogue();
  }

  // Vectors that instructions read from behind the function. Without AVX they must be aligned.
  void write_vectors() {
    bool is_first = true;
    for (auto& one : base::vectors_) {
      if (one.uses == 0) continue;
      make_room();
      if (is_first) {
        a_.align(16);
        annotate(code_note::kind::constants, 0);
        is_first = false;
      }
      while (one.uses != 0 && failure_ == status::ok) {
        const std::uint32_t where = one.uses & 0x7fff'ffff, trailing = one.uses >> 31;
        one.uses = a_.word(where);
        a_.set_distance(where, a_.here() - trailing);
      }
      a_.store(one.value.low(), 8);
      a_.store(one.value.high(), 8);
    }
  }
  // Constants behind the function; one that was just written serves again.
  void write_constants() {
    constexpr std::size_t remembered = 32;
    std::uint64_t bits[remembered];
    std::uint32_t positions[remembered];
    std::size_t count = 0;
    annotate(code_note::kind::constants, 0);
    for (const auto& one : constants_) {
      make_room();
      std::size_t i = 0;
      const std::size_t known = count < remembered ? count : remembered;
      while (i < known && bits[i] != one.bits) ++i;
      if (i == known) {
        i = count++ % remembered;
        bits[i] = one.bits;
        positions[i] = a_.here();
        a_.store(one.bits, 8);
      }
      if (failure_ == status::ok) a_.set_distance(one.place, positions[i]);
    }
  }

  collector<Options.is_told_of_blocks(), Options.price>& collector_;
  body_facts facts_;
  function_body body_;
};

}  // namespace dovetail::x64_jit
