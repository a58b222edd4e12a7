// Dovetail: a WebAssembly runtime assembled at compile time. Everything but the backends, each of
// which is an include of its own.
#pragma once

#include <dovetail/api/runtime.hpp>
#include <dovetail/handles.hpp>
