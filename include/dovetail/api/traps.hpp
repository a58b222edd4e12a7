// The trap policies: what a call gives its caller, and what becomes of a trap. Part of handles.hpp.
#pragma once

#include <concepts>
#include <exception>
#include <utility>

#include <dovetail/api/untyped_handles.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/base/trap.hpp>

namespace dovetail {

/// A trap policy shapes the return type of calls. A C++ exception of a host function is not a trap:
/// it leaves the nearest enclosing host-to-guest call as the exception it was, under every policy,
/// and no policy sees it.
template <class T>
concept trap_policy = requires(const result<int, trap>& outcome, vm::store& s) {
  // What a call with result `int` returns.
  typename T::template outcome<int>;
  // Turns a value or trap into that.
  { T::template deliver<int>(outcome, s) } -> std::same_as<typename T::template outcome<int>>;
};

/// Calls return `result<R, trap>`: the value, or the trap.
struct traps_returned {
  template <class R>
  using outcome = result<R, trap>;
  template <class R>
  static outcome<R> deliver(result<R, trap> r, vm::store&) {
    return r;
  }
};

/// Calls return the plain value; a trap ends the program.
struct traps_fatal {
  template <class R>
  using outcome = R;
  template <class R>
  static R deliver(result<R, trap> r, vm::store&) {
    if (!r) [[unlikely]]
      platform::end_program();
    return r.value();
  }
};

/// What `traps_thrown` throws.
class trap_exception : public std::exception {
 public:
  explicit trap_exception(trap reason, const trap_report& report)
      : reason_(reason), report_(report) {}
  [[nodiscard]] trap reason() const noexcept { return reason_; }
  /// Where it happened.
  [[nodiscard]] const trap_report& report() const noexcept { return report_; }
  [[nodiscard]] const char* what() const noexcept override { return reason_.message().data(); }

 private:
  trap reason_;
  trap_report report_;
};

/// Calls return the plain value; a trap is thrown as `trap_exception`. Needs exceptions in the
/// host.
struct traps_thrown {
  template <class R>
  using outcome = R;
  template <class R>
  static R deliver(result<R, trap> r, vm::store& s) {
    if (!r) [[unlikely]]
      fail(r.error(), s);
    return r.value();
  }

 private:
  [[noreturn]] DOVETAIL_COLD static void fail([[maybe_unused]] trap t,
                                              [[maybe_unused]] vm::store& s) {
    DOVETAIL_THROW(trap_exception(t, s.report));
  }
};

}  // namespace dovetail
