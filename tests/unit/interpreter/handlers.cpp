// The closed set of handlers, in the order of the dispatch tables.
#include <dovetail/interpreter/handlers.hpp>

#include "support/catch.hpp"

namespace unit_interpreter_handlers {

using namespace dovetail;
using namespace dovetail::interpreting;

TEST_CASE("handlers: each operator's stand together, after those that belong to none") {
  CHECK(handler_of(op::i32_add, 0) == handler::i32_add_ss);
  CHECK(handler_of(op::f64_ge, 5) == handler::f64_ge_then_ss);
  std::size_t previous = static_cast<std::size_t>(handler_of(op{}, 0));
  CHECK(previous > 0);
  for (std::size_t i = 1; i < op_count; ++i) {
    const auto first = static_cast<std::size_t>(handler_of(static_cast<op>(i), 0));
    CHECK(first >= previous);
    CHECK(first <= handler_count);
    previous = first;
  }
  CHECK(static_cast<std::size_t>(handler::finish) < static_cast<std::size_t>(handler::i32_add_ss));
}

}  // namespace unit_interpreter_handlers
