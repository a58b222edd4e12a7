// The x86-64 compiler with each memory policy, plain, metered, with a timeout, and with both.
#include <dovetail/x64.hpp>

#include "configurations.hpp"
#include "run.hpp"

namespace command {
namespace {

using dovetail::checked_memory, dovetail::fuel, dovetail::guarded_memory, dovetail::interruptible,
    dovetail::x64;

}  // namespace

int run_x64_checked(const run_options& options) {
  return program<configured<x64, checked_memory>>(options).run();
}
int run_x64_guarded(const run_options& options) {
  return program<configured<x64, guarded_memory>>(options).run();
}
int run_x64_unchecked(const run_options& options) {
  return program<configured<x64, dovetail::unchecked_memory>>(options).run();
}
int run_x64_checked_fuel(const run_options& options) {
  return program<configured<fuel<x64>, checked_memory>>(options).run();
}
int run_x64_guarded_fuel(const run_options& options) {
  return program<configured<fuel<x64>, guarded_memory>>(options).run();
}
int run_x64_checked_timeout(const run_options& options) {
  return program<configured<interruptible<x64>, checked_memory>>(options).run();
}
int run_x64_guarded_timeout(const run_options& options) {
  return program<configured<interruptible<x64>, guarded_memory>>(options).run();
}
int run_x64_checked_fuel_timeout(const run_options& options) {
  return program<configured<interruptible<fuel<x64>>, checked_memory>>(options).run();
}
int run_x64_guarded_fuel_timeout(const run_options& options) {
  return program<configured<interruptible<fuel<x64>>, guarded_memory>>(options).run();
}

}  // namespace command
