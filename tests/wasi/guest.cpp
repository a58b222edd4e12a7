// The one unit of the WASI tests that compiles the engine.
#include "guest.hpp"

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>

namespace testing {

namespace {

struct guest_setup : dovetail::defaults {
  using backend = dovetail::interpreter;
  using memory = dovetail::checked_memory;
  using traps = dovetail::traps_returned;
};
using rt = dovetail::runtime<guest_setup>;

}  // namespace

struct loaded::state {
  rt::engine engine;
  rt::store world{engine};
  std::optional<rt::instance> instance;
};

loaded::loaded(std::span<const std::byte> bytes, wasi::context& context)
    : state_(std::make_unique<state>()) {
  const auto code = state_->engine.compile(bytes);
  REQUIRE(code.has_value());
  auto made = state_->world.instantiate(*code, context.imports());
  REQUIRE(made.has_value());
  state_->instance = *made;
}

loaded::~loaded() = default;

std::optional<dovetail::external> loaded::find(std::string_view name) const {
  return state_->instance->find(name);
}

}  // namespace testing
