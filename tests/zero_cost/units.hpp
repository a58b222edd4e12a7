// A runtime whose compiler and handlers one unit of the program makes for all.
#pragma once

#include <cstddef>
#include <span>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/x64.hpp>

namespace units {

struct native : dovetail::defaults {
  using backend = dovetail::x64;
};
struct portable : dovetail::defaults {
  using backend = dovetail::interpreter;
};

int sum_by_native(std::span<const std::byte> module, int a, int b);
int sum_by_portable(std::span<const std::byte> module, int a, int b);

}  // namespace units

#ifndef UNITS_EXTERN
#define UNITS_EXTERN extern
#endif
UNITS_EXTERN template class dovetail::basic_engine<units::native>;
UNITS_EXTERN template class dovetail::basic_engine<units::portable>;
UNITS_EXTERN template class dovetail::interpreting::activation<
    dovetail::checked_memory, dovetail::interpreting::default_dispatch>;
UNITS_EXTERN template dovetail::interpreting::heads
dovetail::interpreting::default_dispatch::table<dovetail::checked_memory>();
