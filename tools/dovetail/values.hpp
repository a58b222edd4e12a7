// Values of the command line: arguments of --invoke read, results printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <dovetail/base/value_type.hpp>

namespace command {

/// The value of `type` that `text` is: integers signed or unsigned, decimal or 0x..., floats as C
/// writes them, vectors as 0x and 32 digits, references as "null". Nothing if it is none or out of
/// range.
[[nodiscard]] std::optional<dovetail::value> parse_value(dovetail::value_type type,
                                                         const std::string& text);

/// The value as parse_value reads it; floats with as many digits as are needed. References that are
/// not null are shown by their type.
[[nodiscard]] std::string to_text(const dovetail::value& v);

}  // namespace command
