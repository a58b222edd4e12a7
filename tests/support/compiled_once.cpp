// The definitions behind compiled_once.hpp, for every test program.
#define COMPILED_ONCE
#include "support/compiled_once.hpp"
