// Where the three standard streams of a guest lead, where its time and its random bytes come from.
// Part of the configuration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi {

/// Where a guest's standard output or error goes. Made by one of the named functions; by default to
/// nowhere.
class output_stream {
 public:
  /// Takes bytes that the guest wrote; false makes the write fail with `io`. It may call into the
  /// guest; the bytes are valid until it does.
  using function = bool (*)(void* user, std::span<const std::byte> bytes);

  constexpr output_stream() = default;
  /// What is written is thrown away.
  static constexpr output_stream discarded() { return {}; }
  /// The host's own stream. Where that is a pipe that nobody reads any more, a write raises SIGPIPE
  /// in the host, as any other write of the host to it would.
  static constexpr output_stream inherited() { return {route::inherited, nullptr, nullptr, false}; }
  /// Every write calls `take(user, bytes)`. A guest whose stream is a terminal flushes it after
  /// every line.
  static constexpr output_stream captured(function take, void* user, bool terminal = false) {
    return {route::captured, take, user, terminal};
  }

  [[nodiscard]] constexpr bool is_inherited() const { return route_ == route::inherited; }
  [[nodiscard]] constexpr bool is_terminal() const { return is_terminal_; }
  /// Passes bytes to the host's function; true if there is none. Not for inherited streams.
  [[nodiscard]] bool write(std::span<const std::byte> bytes) const {
    return route_ != route::captured || take_(user_, bytes);
  }

 private:
  enum class route : std::uint8_t { discarded, inherited, captured };
  constexpr output_stream(route to, function take, void* user, bool terminal)
      : take_(take), user_(user), route_(to), is_terminal_(terminal) {}

  function take_ = nullptr;
  void* user_ = nullptr;
  route route_ = route::discarded;
  bool is_terminal_ = false;
};

/// Where a guest's standard input comes from. Made by one of the named functions; by default it is
/// empty.
class input_stream {
 public:
  /// Fills a part of `room` and returns how many bytes; 0 is the end of the input.
  using function = std::size_t (*)(void* user, std::span<std::byte> room);

  constexpr input_stream() = default;
  static constexpr input_stream empty() { return {}; }
  /// The host's own stream.
  static constexpr input_stream inherited() { return {route::inherited, {}, nullptr, nullptr}; }
  /// These bytes, then the end. They must outlive the context.
  static constexpr input_stream fed(std::span<const std::byte> bytes) {
    return {route::fed, bytes, nullptr, nullptr};
  }
  /// Every read calls `give(user, room)`.
  static constexpr input_stream called(function give, void* user) {
    return {route::called, {}, give, user};
  }

  [[nodiscard]] constexpr bool is_inherited() const { return route_ == route::inherited; }
  /// How many bytes a read can have without asking the host.
  [[nodiscard]] constexpr std::size_t available() const { return bytes_.size(); }
  /// Whether a read answers nothing but the end.
  [[nodiscard]] constexpr bool is_at_end() const {
    return route_ != route::called && bytes_.empty();
  }
  /// Reads as the host's `read` would. Not for inherited streams.
  [[nodiscard]] std::size_t read(std::span<std::byte> room) {
    if (route_ == route::called) {
      const std::size_t count = give_(user_, room);
      return count < room.size() ? count : room.size();
    }
    const std::size_t count = room.size() < bytes_.size() ? room.size() : bytes_.size();
    for (std::size_t i = 0; i < count; ++i) room[i] = bytes_[i];
    bytes_ = bytes_.subspan(count);
    return count;
  }

 private:
  enum class route : std::uint8_t { fed, inherited, called };
  constexpr input_stream(route from, std::span<const std::byte> bytes, function give, void* user)
      : bytes_(bytes), give_(give), user_(user), route_(from) {}

  std::span<const std::byte> bytes_;
  function give_ = nullptr;
  void* user_ = nullptr;
  route route_ = route::fed;
};

/// Where `clock_time_get` takes the time from: the system, or a function of the host, so that a run
/// can be repeated. Sleeping in `poll_oneoff` always takes real time.
struct clock_source {
  std::uint64_t (*now)(void* user, clock_id clock) = nullptr;  ///< nanoseconds; null: the system's
  void* user = nullptr;
};

/// Where `random_get` takes its bytes from: the system, or a function of the host, so that a run
/// can be repeated.
struct random_source {
  bool (*fill)(void* user, std::span<std::byte> room) = nullptr;  ///< null: the system's
  void* user = nullptr;
};

}  // namespace dovetail::wasi
