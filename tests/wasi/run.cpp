// Running commands and reactors, and how their runs end.
#include "guest.hpp"

namespace wasi_run {

using namespace testing;

namespace {

// (module
//   (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
//   (memory (export "memory") 1)
//   (global (export "ready") (mut i32) (i32.const 0))
//   (func (export "_start"))
//   (func (export "_initialize") (global.set 0 (i32.const 1)))
//   (func (export "exit") (call $exit (i32.const 300)) (global.set 0 (i32.const 2)))
//   (func (export "trap") unreachable)
//   (func (export "parameter") (param i32)))
constexpr std::uint8_t program[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x60, 0x01, 0x7f, 0x00,
    0x60, 0x00, 0x00, 0x02, 0x24, 0x01, 0x16, 0x77, 0x61, 0x73, 0x69, 0x5f, 0x73, 0x6e, 0x61,
    0x70, 0x73, 0x68, 0x6f, 0x74, 0x5f, 0x70, 0x72, 0x65, 0x76, 0x69, 0x65, 0x77, 0x31, 0x09,
    0x70, 0x72, 0x6f, 0x63, 0x5f, 0x65, 0x78, 0x69, 0x74, 0x00, 0x00, 0x03, 0x06, 0x05, 0x01,
    0x01, 0x01, 0x01, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01, 0x06, 0x06, 0x01, 0x7f, 0x01, 0x41,
    0x00, 0x0b, 0x07, 0x43, 0x07, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x05,
    0x72, 0x65, 0x61, 0x64, 0x79, 0x03, 0x00, 0x06, 0x5f, 0x73, 0x74, 0x61, 0x72, 0x74, 0x00,
    0x01, 0x0b, 0x5f, 0x69, 0x6e, 0x69, 0x74, 0x69, 0x61, 0x6c, 0x69, 0x7a, 0x65, 0x00, 0x02,
    0x04, 0x65, 0x78, 0x69, 0x74, 0x00, 0x03, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x04, 0x09,
    0x70, 0x61, 0x72, 0x61, 0x6d, 0x65, 0x74, 0x65, 0x72, 0x00, 0x05, 0x0a, 0x1e, 0x05, 0x02,
    0x00, 0x0b, 0x06, 0x00, 0x41, 0x01, 0x24, 0x00, 0x0b, 0x0b, 0x00, 0x41, 0xac, 0x02, 0x10,
    0x00, 0x41, 0x02, 0x24, 0x00, 0x0b, 0x03, 0x00, 0x00, 0x0b, 0x02, 0x00, 0x0b,
};

// (module)
constexpr std::uint8_t empty[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
};

struct program_instance {
  explicit program_instance(std::span<const std::uint8_t> bytes)
      : context(wasi::configuration{}), self(std::as_bytes(bytes), context) {}

  [[nodiscard]] u32 ready() const { return self.find("ready")->as_global().get().as<u32>(); }

  wasi::context context;
  loaded self;
};

using kind = wasi::ending::kind;

}  // namespace

TEST_CASE("wasi: a command that returns has exited with 0", "[wasi]") {
  program_instance here(program);
  const wasi::ending ended = wasi::run(here.self);
  CHECK(ended.how == kind::exited);
  CHECK(ended.exit_code == 0);
  CHECK(static_cast<bool>(ended));
  CHECK_FALSE(here.context.exit_code().has_value());
}

TEST_CASE("wasi: a command that exits ends with its code", "[wasi]") {
  program_instance here(program);
  const wasi::ending ended = wasi::run_function(here.self, "exit");
  CHECK(ended.how == kind::exited);
  CHECK(ended.exit_code == 300);
  CHECK_FALSE(static_cast<bool>(ended));
  CHECK(here.context.exit_code() == 300u);
  CHECK(here.ready() == 0);
}

TEST_CASE("wasi: a command that traps says why", "[wasi]") {
  program_instance here(program);
  const wasi::ending ended = wasi::run_function(here.self, "trap");
  CHECK(ended.how == kind::trapped);
  CHECK(ended.cause.code == dovetail::trap_code::unreachable);
  CHECK_FALSE(static_cast<bool>(ended));
}

TEST_CASE("wasi: what has no such function is not run", "[wasi]") {
  program_instance here(program);
  CHECK(wasi::run_function(here.self, "absent").how == kind::no_entry_point);
  CHECK(wasi::run_function(here.self, "memory").how == kind::no_entry_point);
  CHECK(wasi::run_function(here.self, "parameter").how == kind::no_entry_point);
  program_instance nothing(empty);
  CHECK(wasi::run(nothing.self).how == kind::no_entry_point);
}

TEST_CASE("wasi: a reactor is initialised once, if it wants to be", "[wasi]") {
  program_instance here(program);
  CHECK(static_cast<bool>(wasi::initialize(here.self)));
  CHECK(here.ready() == 1);
  program_instance nothing(empty);
  CHECK(static_cast<bool>(wasi::initialize(nothing.self)));
}

}  // namespace wasi_run
