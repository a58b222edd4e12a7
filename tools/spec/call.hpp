// What a call of an export came to, whichever kind of handle it went through.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <dovetail/base/trap.hpp>
#include <dovetail/base/value_type.hpp>

namespace spec {

enum class call_end : std::uint8_t {
  returned,
  trapped,
  refused,  ///< no such export, or the arguments do not fit it
};

struct call_outcome {
  call_end end = call_end::returned;
  std::vector<dovetail::value> results;
  dovetail::trap trap;
  std::string reason;

  static call_outcome refused(std::string reason) {
    return {call_end::refused, {}, {}, std::move(reason)};
  }
  static call_outcome trapped(dovetail::trap t) { return {call_end::trapped, {}, t, {}}; }
};

}  // namespace spec
