// Catch2, version 2 or 3, for every test program: include this and nothing else of Catch2.
// Beside it: skip and absent, which the versions do not share; main.cpp counts them.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string_view>

namespace testing {

/// This test case cannot run here. It counts as skipped, by name; return after it.
void skip(std::string_view reason);

/// Test data is not there. It counts as skipped, or as failed if DOVETAIL_REQUIRE_DATA is set.
void absent(std::string_view what);

/// Whether this program runs under an emulator or the address sanitizer, where tests of many
/// numbers try fewer of them.
bool is_slow();

}  // namespace testing
