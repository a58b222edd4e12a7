// The one-byte status that everything inside the library returns, with its stage and wording. Used
// by every floor.
#pragma once

#include <cstdint>
#include <string_view>

#include <dovetail/base/features.hpp>
#include <dovetail/base/platform.hpp>

namespace dovetail {

/// Where in the pipeline an error belongs: malformed (decode), invalid (validate), unlinkable
/// (link), and so on.
enum class stage : std::uint8_t { none, decode, validate, compile, link, instantiate, api };

/// Success, or the one error of `base/errors.def` that happened.
enum class [[nodiscard]] status : std::uint8_t{
    ok,
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) NAME,
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
};

namespace detail {
// Above the numbered errors: one status for each feature that may be refused.
inline constexpr std::uint8_t not_accepted_bits = 0x80, not_executable_bits = 0xc0;
constexpr std::uint8_t refusal_of(status s) { return static_cast<std::uint8_t>(s) & 0xc0; }
}  // namespace detail

/// What inner functions return of bytes that need a feature which the configuration does not
/// accept. An `error` has `feature_not_accepted` instead, and says which.
[[nodiscard]] constexpr status not_accepted(feature f) {
  return status{
      static_cast<std::uint8_t>(detail::not_accepted_bits | static_cast<std::uint8_t>(f))};
}
/// What inner functions return of operators that need a feature which the backend does not execute.
[[nodiscard]] constexpr status not_executable(feature f) {
  if (f == feature::simd) return status::simd_not_executable;
  return status{
      static_cast<std::uint8_t>(detail::not_executable_bits | static_cast<std::uint8_t>(f))};
}
[[nodiscard]] constexpr bool is_not_accepted(status s) {
  return detail::refusal_of(s) == detail::not_accepted_bits;
}
[[nodiscard]] constexpr bool is_not_executable(status s) {
  return detail::refusal_of(s) == detail::not_executable_bits;
}
/// Which feature such a status is about.
[[nodiscard]] constexpr feature feature_of(status s) {
  return feature{static_cast<std::uint8_t>(static_cast<std::uint8_t>(s) & 0x3f)};
}
/// The numbered error of such a status; others are themselves.
[[nodiscard]] constexpr status without_feature(status s) {
  if (is_not_accepted(s)) return status::feature_not_accepted;
  return is_not_executable(s) ? status::feature_not_executable : s;
}

/// The stage an error belongs to; `stage::none` for `status::ok`.
[[nodiscard]] constexpr stage stage_of(status s) {
  switch (without_feature(s)) {
    case status::ok: break;
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) \
  case status::NAME:                      \
    return stage::STAGE;
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
  }
  return stage::none;
}

/// The wording of an error: the specification's own phrase where it has one.
[[nodiscard]] constexpr std::string_view message(status s) {
  switch (without_feature(s)) {
    case status::ok: break;
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) \
  case status::NAME:                      \
    return TEXT;
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
  }
  return "ok";
}

/// The name of a stage, as it opens an error line.
[[nodiscard]] constexpr std::string_view name(stage s) {
  constexpr std::string_view names[] = {"ok",   "malformed",   "invalid", "not compilable",
                                        "link", "instantiate", "misuse"};
  return names[static_cast<unsigned>(s)];
}

}  // namespace dovetail

/// Hands a failed status on to the caller.
#define DOVETAIL_TRY(expression)                                                                  \
  do {                                                                                            \
    if (const ::dovetail::status try_status = (expression); try_status != ::dovetail::status::ok) \
        [[unlikely]] {                                                                            \
      return try_status;                                                                          \
    }                                                                                             \
  } while (false)
