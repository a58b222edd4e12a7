// How a segment is used (core specification 2.5.10 and 2.5.11). Shared by the section decoder and
// by what is known of a module.
#pragma once

#include <cstdint>

namespace dovetail {

/// Passive segments wait for `table.init` or `memory.init`, active ones are copied when the module
/// is instantiated, declarative ones only name functions that code may refer to.
enum class segment_mode : std::uint8_t { passive, active, declarative };

}  // namespace dovetail
