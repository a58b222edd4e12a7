// The operating system, as far as WASI needs it: this header chooses one of the two that provide
// it. Used by the descriptor table and the functions.
#pragma once

#include <dovetail/base/platform.hpp>

#if defined(_WIN32)
#include <dovetail/wasi/os_windows.hpp>
#else
#include <dovetail/wasi/os_posix_path.hpp>
#endif
