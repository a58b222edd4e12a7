// Calls that a host function can pause: the guest keeps its frames on a native stack of its own,
// and goes on when the host says so. Needs dovetail/implementation.hpp.
#pragma once

#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <tuple>
#include <utility>

#include <dovetail/api/store.hpp>
#include <dovetail/api/traps.hpp>
#include <dovetail/api/typed_handles.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/fiber.hpp>

namespace dovetail {

/// Pauses the call that runs on this store, which has to be a `pausable_call`; returns when the
/// host goes on with it. A trap that comes back is for the host function to return at once: the
/// call was dropped (`interrupted`), or is not one that can be paused (`not_pausable`). Between the
/// call and the function that pauses it there may be guests of this store alone, and no exception
/// in flight.
[[nodiscard]] inline trap pause(caller& from) { return vm::pause_running(from.store()); }

namespace detail {

/// What all pausable calls are: a fiber in one of its states, and whom to tell of the end.
class paused_execution {
 public:
  template <config C>
  explicit paused_execution(basic_store<C>& home) : home_(&home.data()) {
    if constexpr (C::backend::control.stops != interrupt::none) begin_ = &vm::begin_call;
  }
  paused_execution(const paused_execution&) = delete;
  paused_execution& operator=(const paused_execution&) = delete;
  /// Drops a paused call; the store must not run another one then.
  ~paused_execution() {
    done_ = nullptr;
    if (!is_paused()) return;
    DOVETAIL_ASSERT(!vm::is_running(*home_));
    end();
  }

  /// Whether the call waits in a host function.
  [[nodiscard]] bool is_paused() const {
    return fiber_ != nullptr && fiber_->where == vm::fiber::place::paused;
  }

  /// Goes on with a paused call, until it ends or is paused again. Where no call is paused, or the
  /// store runs another one, that is `call_in_progress`, and nothing happens.
  result<void> resume() {
    if (!is_paused() || vm::is_running(*home_)) return error{status::call_in_progress};
    if (begin_ != nullptr) begin_(*home_);
    go_on();
    return {};
  }

  /// Ends a paused call: `pause` returns a trap in its host function, and in every one that the
  /// call comes to afterwards. Without one it does nothing. Where the store runs another call that
  /// is `call_in_progress`, and the call stays paused.
  result<void> drop() {
    if (!is_paused()) return {};
    if (vm::is_running(*home_)) return error{status::call_in_progress};
    end();
    return {};
  }

  /// Called once, when the call ends; on the stack of whoever went on with it, last of all. For
  /// coroutines.
  void tell_of_end(void (*done)(void* context), void* context) {
    done_ = done;
    done_context_ = context;
  }

 protected:
  /// Takes a stack for a call.
  [[nodiscard]] status prepare() {
    if (fiber_ != nullptr || vm::is_running(*home_)) return status::call_in_progress;
    fiber_ = vm::take_fiber(*home_);
    return fiber_ == nullptr ? status::store_out_of_memory : status::ok;
  }
  void begin(void (*work)(void*) noexcept) {
    fiber_->work = work;
    fiber_->context = this;
    go_on();
  }
  [[nodiscard]] vm::store& home() const { return *home_; }

 private:
  void end() {
    fiber_->is_dropped = true;
    if (begin_ != nullptr) begin_(*home_);
    go_on();
  }
  void go_on() {
    vm::switch_to(*fiber_);
    if (fiber_->where != vm::fiber::place::ended) return;
    vm::keep_fiber(*std::exchange(fiber_, nullptr));
    if (done_ != nullptr) std::exchange(done_, nullptr)(done_context_);
  }

  vm::store* home_;
  vm::fiber* fiber_ = nullptr;
  void (*begin_)(vm::store&) = nullptr;
  void (*done_)(void*) = nullptr;
  void* done_context_ = nullptr;
};

}  // namespace detail

/// A call of an exported function that host functions can pause (`pause`). One call after the
/// other, each with a native stack of its own, which the store keeps for the next; it is resumed on
/// the thread that began it, and ends before the store does. While it is paused the store takes
/// other calls, but no snapshots.
template <class Signature, trap_policy Traps = traps_returned>
class pausable_call;

template <class R, class... A, trap_policy Traps>
class pausable_call<R(A...), Traps> : public detail::paused_execution {
 public:
  template <config C>
  pausable_call(basic_store<C>& home, function<R(A...), Traps> f)
      : detail::paused_execution(home), function_(f.returning()) {}

  /// Calls the function, and returns when the call ends or is paused. Errors: `wrong_store`, if the
  /// function is of another one; `call_in_progress`, for this or another call of the store;
  /// `store_out_of_memory` for its stack.
  result<void> start(A... arguments) {
    if (function_.object().function()->home != &home()) return error{status::wrong_store};
    if (const status s = prepare(); s != status::ok) return error{s};
    outcome_.reset();
    exception_ = nullptr;
    arguments_.emplace(arguments...);
    begin(&work);
    return {};
  }

  /// Whether a call has ended since the last start.
  [[nodiscard]] bool is_done() const { return outcome_.has_value() || exception_ != nullptr; }

  /// What the call came to, as the trap policy has it; a C++ exception of a host function is thrown
  /// from here, each time. Where no call has ended since the last start, the trap `interrupted`.
  [[nodiscard]] typename Traps::template outcome<R> outcome() {
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    const result<R, trap> none = trap{trap_code::interrupted};
    return Traps::template deliver<R>(outcome_ ? *outcome_ : none, home());
  }

 private:
  static void work(void* context) noexcept {
    auto& self = static_cast<pausable_call&>(*static_cast<detail::paused_execution*>(context));
    DOVETAIL_TRY_HOST { self.outcome_.emplace(std::apply(self.function_, *self.arguments_)); }
    DOVETAIL_CATCH_HOST { self.exception_ = std::current_exception(); }
  }

  function<R(A...), traps_returned> function_;
  std::optional<std::tuple<A...>> arguments_;
  std::optional<result<R, trap>> outcome_;
  std::exception_ptr exception_;
};

template <config C, class R, class... A, trap_policy Traps>
pausable_call(basic_store<C>&, function<R(A...), Traps>) -> pausable_call<R(A...), Traps>;

}  // namespace dovetail
