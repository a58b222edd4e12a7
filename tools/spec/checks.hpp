// What a module's bytes must do in the decoder and the validator, whatever runs them afterwards.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/dovetail.hpp>

#include "options.hpp"
#include "report.hpp"
#include "script.hpp"

namespace spec {

using bytes = std::vector<std::byte>;

[[nodiscard]] std::optional<bytes> read_bytes(const std::filesystem::path& file);

/// One line about an error, with stage and place.
[[nodiscard]] std::string describe(const dovetail::error& e);

/// True if one of the two wordings begins the other: the suite shortens some and details others.
[[nodiscard]] bool same_wording(std::string_view wanted, std::string_view actual);

/// Judges a rejection: the stage must be `wanted`, and the wording the script's.
[[nodiscard]] outcome judge_rejection(const command& c, dovetail::stage wanted,
                                      const dovetail::error& actual, const run_options& options);

/// Whether a module is refused because the backend does not execute something that is accepted.
[[nodiscard]] bool is_not_executable(const dovetail::error& e);

/// assert_malformed and assert_invalid: the validator must refuse, and the compiler must not
/// accept. A compiler that cannot execute a feature may refuse for that reason first.
template <class Engine>
[[nodiscard]] outcome check_rejection(Engine& engine, const command& c,
                                      const run_options& options) {
  const auto code = read_bytes(c.file);
  if (!code) return outcome::failed("the module cannot be read");
  const auto wanted = c.kind == command_kind::assert_malformed ? dovetail::stage::decode
                                                               : dovetail::stage::validate;
  const auto valid = engine.validate(*code);
  if (valid) return outcome::failed("expected \"" + c.text + "\", but the module is valid");
  outcome judged = judge_rejection(c, wanted, valid.error(), options);
  if (judged.verdict != verdict::passed) return judged;
  const auto compiled = engine.compile(*code);
  if (compiled) return outcome::failed("refused by validate, accepted by compile");
  if (is_not_executable(compiled.error())) return judged;
  if (compiled.error().code != valid.error().code) {
    return outcome::failed("validate says " + describe(valid.error()) + ", compile says " +
                           describe(compiled.error()));
  }
  return judged;
}

/// A module that decodes and validates; what else it must do is up to the caller.
template <class Engine>
[[nodiscard]] outcome check_valid(Engine& engine, std::span<const std::byte> code) {
  const auto valid = engine.validate(code);
  return valid ? outcome::passed() : outcome::failed("refused: " + describe(valid.error()));
}

}  // namespace spec
