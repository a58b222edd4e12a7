// Pausable calls and the coroutines of C++: a host function waits for what a coroutine can wait
// for, and a coroutine for a call. The host's event loop, whatever it is, decides when.
#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include <dovetail/pausing.hpp>

namespace dovetail {

namespace detail {

/// A coroutine that waits in the place of a host function, and goes on with its call at the end.
struct waiting {
  struct promise_type;
  using handle = std::coroutine_handle<promise_type>;

  struct at_end {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    // The call may end the coroutine: nothing of it is touched afterwards.
    void await_suspend(handle self) const noexcept;
    void await_resume() const noexcept {}
  };
  struct promise_type {
    paused_execution* call = nullptr;
    std::exception_ptr exception;

    waiting get_return_object() { return {handle::from_promise(*this)}; }
    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] at_end final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { exception = std::current_exception(); }
  };

  handle coroutine;
};
inline void waiting::at_end::await_suspend(handle self) const noexcept {
  paused_execution& call = *self.promise().call;
  if (call.is_paused()) static_cast<void>(call.resume());
}

template <class Awaitable>
waiting wait_for(Awaitable& what) {
  co_await std::forward<Awaitable>(what);
}
template <class Awaitable, class T>
waiting wait_for(Awaitable& what, std::optional<T>& out) {
  out.emplace(co_await std::forward<Awaitable>(what));
}

template <class Awaitable>
decltype(auto) awaiter_of(Awaitable&& what) {
  if constexpr (requires { std::forward<Awaitable>(what).operator co_await(); }) {
    return std::forward<Awaitable>(what).operator co_await();
  } else if constexpr (requires { operator co_await(std::forward<Awaitable>(what)); }) {
    return operator co_await(std::forward<Awaitable>(what));
  } else {
    return std::forward<Awaitable>(what);
  }
}

/// What `co_await` gives of an awaitable.
template <class Awaitable>
using awaited = std::remove_cvref_t<decltype(awaiter_of(std::declval<Awaitable>()).await_resume())>;

/// Ends a coroutine with the scope.
class kept_waiting {
 public:
  explicit kept_waiting(waiting w) : coroutine_(w.coroutine) {}
  kept_waiting(const kept_waiting&) = delete;
  kept_waiting& operator=(const kept_waiting&) = delete;
  ~kept_waiting() { coroutine_.destroy(); }

  /// Runs it until it has what it waits for; the call is paused as long as it has not.
  [[nodiscard]] trap run(caller& from) {
    vm::fiber* const f = vm::running_fiber(from.store());
    if (f == nullptr) return {trap_code::not_pausable, 0};
    coroutine_.promise().call = static_cast<paused_execution*>(f->context);
    coroutine_.resume();
    while (!coroutine_.done()) {
      if (const trap t = pause(from)) return t;
    }
    if (std::exception_ptr& e = coroutine_.promise().exception; e != nullptr)
      std::rethrow_exception(std::exchange(e, nullptr));
    return {};
  }

 private:
  waiting::handle coroutine_;
};

}  // namespace detail

/// Waits in a host function for what a coroutine would `co_await`: the call is paused until it is
/// there, and goes on where that is announced. Gives the value, which must be one that can be made
/// without arguments; an exception is thrown from here; a trap is for the host function to return,
/// as one of `pause`. If the store runs another call when the value comes, `resume` has to be
/// called afterwards. A call that is dropped destroys what was waited for.
template <class Awaitable>
[[nodiscard]] auto await(caller& from, Awaitable&& what)
    -> result<detail::awaited<Awaitable>, trap> {
  using T = detail::awaited<Awaitable>;
  if constexpr (std::is_void_v<T>) {
    detail::kept_waiting w(detail::wait_for<Awaitable>(what));
    return w.run(from);
  } else {
    std::optional<T> value;
    detail::kept_waiting w(detail::wait_for<Awaitable>(what, value));
    if (const trap t = w.run(from)) return t;
    return *std::move(value);
  }
}

namespace detail {

template <class Call>
struct end_of_call {
  Call& call;
  [[nodiscard]] bool await_ready() const { return call.is_done(); }
  void await_suspend(std::coroutine_handle<> self) const {
    call.tell_of_end([](void* context) { std::coroutine_handle<>::from_address(context).resume(); },
                     self.address());
  }
  decltype(auto) await_resume() const { return call.outcome(); }
};

}  // namespace detail

/// `co_await call` waits in a coroutine for the end of a call that was started, and gives its
/// outcome. One coroutine a call.
template <class Signature, trap_policy Traps>
auto operator co_await(pausable_call<Signature, Traps>& call) {
  return detail::end_of_call<pausable_call<Signature, Traps>>{call};
}

}  // namespace dovetail
