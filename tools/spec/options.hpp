// What the command line asks of a run, as far as the runners care.
#pragma once

#include <cstdint>

namespace spec {

struct run_options {
  /// Rejections need the right category only, not the right wording.
  bool lenient_text = false;
  /// Calls go through untyped handles even where a typed one fits.
  bool untyped_calls = false;
  /// Fuel that each command starts with; 0: the configuration has no fuel.
  std::uint64_t fuel = 0;
  /// Print what each command used of it, those that exhaust the stack excepted.
  bool lists_fuel = false;
};

}  // namespace spec
