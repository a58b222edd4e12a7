// The one unit of libdovetail_implementation: everything that talks to the operating system.
#if __has_include(<dovetail/implementation.hpp>)
#include <dovetail/implementation.hpp>
#endif
