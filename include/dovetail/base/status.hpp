// The one-byte status that everything inside the library returns, with its stage and wording. Used
// by every floor.
#pragma once

#include <cstdint>
#include <string_view>

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

/// The stage an error belongs to; `stage::none` for `status::ok`.
[[nodiscard]] constexpr stage stage_of(status s) {
  switch (s) {
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
  switch (s) {
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
