// What world.hpp declares and takes long to compile.
#define TESTING_EXTERN
#include "world.hpp"
