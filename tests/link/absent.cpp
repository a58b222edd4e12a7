// Stands for the tests of linking where wat2wasm, which makes their modules, is not there.
#include "support/catch.hpp"

TEST_CASE("the tests of linking") { testing::absent("wat2wasm"); }
