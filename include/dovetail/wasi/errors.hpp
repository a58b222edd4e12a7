// The error numbers of WASI preview 1, their names and wording, and how functions hand them on.
// Used by every header of wasi.
#pragma once

#include <cstdint>
#include <string_view>

#include <dovetail/base/result.hpp>

namespace dovetail::wasi {

/// What every function of preview 1 but `proc_exit` returns (witx: $errno), by the names of the
/// specification.
enum class [[nodiscard]] error_number : std::uint16_t{
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) NAME = NUMBER,
#include <dovetail/wasi/errors.def>
#undef DOVETAIL_WASI_ERROR
};

/// The specification's name of an error, as in `noent`.
[[nodiscard]] constexpr std::string_view name(error_number number) {
  switch (number) {
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  case error_number::NAME:                            \
    return #NAME;
#include <dovetail/wasi/errors.def>
#undef DOVETAIL_WASI_ERROR
  }
  return "unknown";
}

/// The wording of an error, as in `no such file or directory`.
[[nodiscard]] constexpr std::string_view message(error_number number) {
  switch (number) {
#define DOVETAIL_WASI_ERROR(NAME, NUMBER, HOST, TEXT) \
  case error_number::NAME:                            \
    return TEXT;
#include <dovetail/wasi/errors.def>
#undef DOVETAIL_WASI_ERROR
  }
  return "unknown error";
}

/// Whether a function has failed; as in `if (const auto number = f(); failed(number)) return
/// number;`.
[[nodiscard]] constexpr bool failed(error_number number) { return number != error_number::success; }

/// A value or an error number.
template <class T>
using outcome = result<T, error_number>;

}  // namespace dovetail::wasi
