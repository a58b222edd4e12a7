// The handles alone: functions, globals, memory views, tables. What game code includes everywhere,
// while one unit pays for the engine.
#pragma once

#include <dovetail/api/memory_view.hpp>
#include <dovetail/api/traps.hpp>
#include <dovetail/api/typed_handles.hpp>
#include <dovetail/api/untyped_handles.hpp>
