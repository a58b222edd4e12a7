// What a host makes for a WASI guest: its descriptors, and the imports that lead to them. Part of
// wasi.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <dovetail/link/imports.hpp>
#include <dovetail/wasi/configuration.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/functions_data.hpp>
#include <dovetail/wasi/functions_descriptor.hpp>
#include <dovetail/wasi/functions_path.hpp>
#include <dovetail/wasi/functions_poll.hpp>
#include <dovetail/wasi/functions_process.hpp>
#include <dovetail/wasi/functions_socket.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/rights.hpp>

namespace dovetail::wasi {

/// The name that guests import preview 1 by.
inline constexpr std::string_view preview1_module = "wasi_snapshot_preview1";

/// A WASI process: everything that one guest (or several that share descriptors) can reach. It must
/// outlive the stores of the instances that import from it, and is used by one thread at a time.
class context {
 public:
  explicit context(const configuration& setup) : process_(setup) {}

  /// `success`, or why the context could not take over the configuration; such a context grants
  /// nothing more.
  [[nodiscard]] error_number condition() const { return process_.condition; }

  /// Grants the directory `host_path` to the guest, which finds it as `guest_name`. Paths of the
  /// guest that lead out of it, through `..`, through symbolic links or from the root, are refused
  /// with `notcapable`.
  [[nodiscard]] error_number preopen(std::string_view host_path, std::string_view guest_name,
                                     access granted = read_write) {
    return process_.preopen(host_path, guest_name, granted);
  }

  /// All functions of preview 1, to be given to `instantiate`. They refer to this context.
  [[nodiscard]] auto imports();

  /// What the guest gave to `proc_exit`, if it did.
  [[nodiscard]] std::optional<std::uint32_t> exit_code() const { return process_.exit_code; }

  /// A function of preview 1, called by a guest: the caller's memory is the one its addresses mean.
  template <auto Function, class Result, class... A>
  Result call(caller& from, A... arguments) {
    guest_memory memory(from.memory());
    return Function(process_, memory, arguments...);
  }

 private:
  process process_;
};

namespace detail {

/// The member of `context` to bind for a function of preview 1.
template <auto Function, class Result, class... A>
[[nodiscard]] constexpr auto member_of(Result (*)(process&, guest_memory&, A...)) {
  return &context::call<Function, Result, A...>;
}

}  // namespace detail

inline auto context::imports() {
  using namespace preview1;
  return dovetail::imports{
#define DOVETAIL_WASI_FUNCTION(NAME) \
  dovetail::bind<detail::member_of<&NAME>(&NAME)>(preview1_module, #NAME, *this),
#include <dovetail/wasi/functions.def>
#undef DOVETAIL_WASI_FUNCTION
  };
}

}  // namespace dovetail::wasi
