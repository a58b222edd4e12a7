// The dozen functions that talk to the operating system. Exactly one unit of a program that uses
// guarded memory includes this, or links the library target that did.
#pragma once

#if defined(_WIN32)
#include <dovetail/runtime/os_windows.hpp>
#else
#include <dovetail/runtime/os_posix.hpp>
#endif
#include <dovetail/runtime/os_stacks.hpp>
