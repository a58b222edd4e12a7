// The runtimes of these tests, compiled once.
#define BOUNDARY_EXTERN
#include "backends.hpp"
