// What most test programs include, read by the compiler once. Tests include what they use all the
// same: without precompiled headers they compile, too.
#include "support/catch.hpp"
#include "support/compiled_once.hpp"
#include "support/configurations.hpp"
#include "support/writer.hpp"
