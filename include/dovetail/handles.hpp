// The handles alone: functions, globals, memory views, tables. What game code includes everywhere,
// while one unit pays for the engine.
#pragma once

#include <dovetail/api/handles.hpp>
#include <dovetail/api/handles_untyped.hpp>
#include <dovetail/api/memory_view.hpp>
#include <dovetail/api/traps.hpp>
