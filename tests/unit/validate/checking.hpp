// What the tests of validation share: a module goes through the builder and the pass, a body is put
// into a module that has one of everything.
#pragma once

#include <cstdint>
#include <vector>

#include <dovetail/base/error.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/base/status.hpp>

#include "support/writer.hpp"

namespace testing {

struct verdict {
  dovetail::status code;
  dovetail::section_id section = dovetail::section_id::none;
  std::size_t offset = 0;
};

/// Validates as WebAssembly 2.0.
verdict check(const std::vector<std::uint8_t>& module, const dovetail::limits& most = {});
/// Validates as WebAssembly 3.0.
verdict check_as_third_version(const std::vector<std::uint8_t>& module);
/// Validates as WebAssembly 1.0.
verdict check_as_first_version(const std::vector<std::uint8_t>& module);

/// A module for bodies: type 0 is of the function, type 1 `[i32] -> [i64]` of function 0, type 2
/// `[i32 i64] -> [i64 i32]`, type 3 `[] -> [f32 f32]`; globals 0 i32, 1 mut i64, 2 mut funcref;
/// tables 0 funcref, 1 externref; a memory; element segments 0 funcref, passive; data segment 0.
/// Function 0 may be referred to. The body is that of function 1.
std::vector<std::uint8_t> with_body(const code& body, const type_list& parameters = {},
                                    const type_list& results = {},
                                    std::initializer_list<locals_group> locals = {});
dovetail::status check_body(const code& body, const type_list& parameters = {},
                            const type_list& results = {},
                            std::initializer_list<locals_group> locals = {});

}  // namespace testing
