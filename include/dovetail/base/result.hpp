// A value or an error, without exceptions. Returned by the API; inside the library functions return
// a `status`.
#pragma once

#include <cstddef>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/base/error.hpp>
#include <dovetail/base/native_value.hpp>
#include <dovetail/base/platform.hpp>

namespace dovetail {

/// Either a `T` or an `E` saying why there is none. Test it, then dereference it.
template <class T, class E = error>
class [[nodiscard]] result {
 public:
  result(T value) : has_value_(true) { put(value_, std::move(value)); }
  result(E reason) : has_value_(false) { put(error_, std::move(reason)); }
  result(result&& other) noexcept : has_value_(other.has_value_) {
    if (has_value_) {
      put(value_, std::move(other.value_));
    } else {
      put(error_, std::move(other.error_));
    }
  }
  result& operator=(result&& other) noexcept {
    if (this != &other) {
      this->~result();
      ::new (static_cast<void*>(this)) result(std::move(other));
    }
    return *this;
  }
  ~result() {
    if (has_value_) {
      value_.~T();
    } else {
      error_.~E();
    }
  }

  [[nodiscard]] bool has_value() const { return has_value_; }
  [[nodiscard]] explicit operator bool() const { return has_value_; }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }
  /// The value. Without one this is a broken contract, which debug builds stop at.
  [[nodiscard]] T& value() & {
    DOVETAIL_ASSERT(has_value_);
    return value_;
  }
  [[nodiscard]] const T& value() const& {
    DOVETAIL_ASSERT(has_value_);
    return value_;
  }
  [[nodiscard]] T&& value() && {
    DOVETAIL_ASSERT(has_value_);
    return std::move(value_);
  }
  [[nodiscard]] T value_or(T other) && { return has_value_ ? std::move(value_) : std::move(other); }
  [[nodiscard]] const E& error() const {
    DOVETAIL_ASSERT(!has_value_);
    return error_;
  }

 private:
  template <class Member>
  static void put(Member& place, Member&& from) {
    ::new (static_cast<void*>(&place)) Member(std::move(from));
  }

  union {
    T value_;
    E error_;
  };
  bool has_value_;
};

/// Success without a value, or an error.
template <class E>
class [[nodiscard]] result<void, E> {
 public:
  result() = default;
  result(E reason) : error_(std::move(reason)), has_value_(false) {}

  [[nodiscard]] bool has_value() const { return has_value_; }
  [[nodiscard]] explicit operator bool() const { return has_value_; }
  void value() const { DOVETAIL_ASSERT(has_value_); }
  [[nodiscard]] const E& error() const { return error_; }

 private:
  E error_{};
  bool has_value_ = true;
};

/// What a guest call returns: the value beside the trap, each in a register of its own on System V.
/// A value and a trap code that share one are taken apart through memory by GCC.
template <class T>
class [[nodiscard]] result<T, trap> {
 public:
  constexpr result(T value) : value_(std::move(value)) {}
  constexpr result(trap reason) : trap_(reason) {}

  [[nodiscard]] constexpr bool has_value() const { return trap_.code == trap_code::none; }
  [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }
  [[nodiscard]] constexpr const T& operator*() const { return value(); }
  [[nodiscard]] constexpr const T* operator->() const { return &value(); }
  [[nodiscard]] constexpr const T& value() const {
    DOVETAIL_ASSERT(has_value());
    return value_;
  }
  [[nodiscard]] constexpr T value_or(T other) const { return has_value() ? value_ : other; }
  [[nodiscard]] constexpr trap error() const { return trap_; }

 private:
  T value_{};
  trap trap_{};
};

template <>
class [[nodiscard]] result<void, trap> {
 public:
  constexpr result() = default;
  constexpr result(trap reason) : trap_(reason) {}

  [[nodiscard]] constexpr bool has_value() const { return trap_.code == trap_code::none; }
  [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }
  constexpr void value() const { DOVETAIL_ASSERT(has_value()); }
  [[nodiscard]] constexpr trap error() const { return trap_; }

 private:
  trap trap_{};
};

namespace detail {
template <class R>
struct results_in {
  static result<R, trap> get(const slot* frame) { return read_slots<R>(frame); }
};
template <>
struct results_in<void> {
  static result<void, trap> get(const slot*) { return {}; }
};
template <class... R>
struct results_in<std::tuple<R...>> {
  static result<std::tuple<R...>, trap> get(const slot* frame) {
    const auto next = [&frame](std::uint32_t count) {
      const slot* const at = frame;
      frame += count;
      return at;
    };
    static_cast<void>(next);
    // In braces, operands are evaluated from left to right.
    return std::tuple<R...>{read_slots<R>(next(slots_of(value_type_of<R>())))...};
  }
};
}  // namespace detail

/// The results of a call that did not trap, from the frame they were left in: nothing, a value, or
/// a tuple.
template <class R>
[[nodiscard]] DOVETAIL_ALWAYS_INLINE result<R, trap> from_frame(const slot* frame) {
  return detail::results_in<R>::get(frame);
}

static_assert(std::is_trivially_copyable_v<result<std::int64_t, trap>>);
static_assert(sizeof(result<std::int64_t, trap>) == 16 && sizeof(result<int, trap>) == 16,
              "two registers");

}  // namespace dovetail
