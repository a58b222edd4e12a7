// The backends of the programs of this folder, compiled once.
#define DIFF_EXTERN
#include "backends.hpp"
