// Coverage and profiles of guests: mixins over any backend whose code counts what runs, and how the
// host reads it.
#pragma once

#include <concepts>
#include <cstdint>

#include <dovetail/api/module.hpp>
#include <dovetail/module/execution_counts.hpp>
#include <dovetail/runtime/backend.hpp>

namespace dovetail {

/// Counts how often each basic block of a module begins: `using backend = covered<x64>`. Blocks are
/// those of fuel, and so are the same on every backend; the first of a function tells its calls.
template <class B>
struct covered : B {
  static constexpr controls control = [] {
    controls c = B::control;
    c.counts = counting::blocks;
    return c;
  }();
};

/// Counts how often each function of a module is entered. Over `covered` it adds nothing.
template <class B>
struct profiled : B {
  static constexpr controls control = [] {
    controls c = B::control;
    if (c.counts == counting::none) c.counts = counting::functions;
    return c;
  }();
};

/// A configuration whose code counts.
template <class C>
concept counts_what_runs = C::backend::control.counts != counting::none;

/// What is shown a place and how often it has run.
template <class V>
concept count_visitor = requires(V& visit, function_index f, std::uint32_t offset,
                                 std::uint64_t times) {
  visit(f, offset, times);
};

/// Shows every counted place of a module, in no order: its function, the byte offset of its first
/// operator, and how often it has run in all instances. Places that never ran are shown too, code
/// that cannot be reached has none. Also while guests run; what two threads count at once may count
/// once.
template <class C, count_visitor Visit>
  requires counts_what_runs<C>
void visit_counts(const basic_module<C>& module, Visit&& visit) {
  execution_counts* const counts = module.data().counts;
  if (counts == nullptr) return;
  counts->visit([&visit](const counted_place& p) {
    visit(p.function, p.offset, platform::read_count(p.times));
  });
}

/// Has everything count from nothing again.
template <class C>
  requires counts_what_runs<C>
void reset_counts(const basic_module<C>& module) {
  execution_counts* const counts = module.data().counts;
  if (counts == nullptr) return;
  counts->visit([](counted_place& p) { platform::write_count(p.times, 0); });
}

}  // namespace dovetail
