// Programs in C, compiled by clang with wasi-libc, run as guests: programs/ holds them. Where they
// are is the DOVETAIL_WASI_PROGRAMS of the environment; without it they count as absent.
#include "folder.hpp"

#include <cstdlib>
#include <optional>

using namespace testing;
using kind = wasi::ending::kind;

namespace {

struct spoken {
  std::string output;
  std::string error;
};

template <std::string spoken::*Text>
bool hear(void* user, std::span<const std::byte> bytes) {
  auto& text = static_cast<spoken*>(user)->*Text;
  text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return true;
}

std::optional<std::string> read_program(std::string_view name) {
  const char* place = std::getenv("DOVETAIL_WASI_PROGRAMS");
  if (place == nullptr || *place == '\0') return std::nullopt;
  std::ifstream file(files::path(place) / (std::string(name) + ".wasm"), std::ios::binary);
  REQUIRE(file.good());
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// A program with its streams captured, and its instance.
struct program {
  explicit program(std::string_view bytes, wasi::configuration setup = {})
      : context(heard(setup)), instance(std::as_bytes(std::span(bytes)), context) {}

  wasi::ending run() { return wasi::run(instance); }

  wasi::configuration heard(wasi::configuration setup) {
    setup.output = wasi::output_stream::captured(&hear<&spoken::output>, &said);
    setup.error = wasi::output_stream::captured(&hear<&spoken::error>, &said);
    return setup;
  }

  spoken said;
  wasi::context context;
  loaded instance;
};

constexpr std::string_view no_programs = "clang with wasi-libc, to compile the programs";

}  // namespace

TEST_CASE("wasi program: arguments, environment and streams", "[wasi]") {
  const auto bytes = read_program("streams");
  if (!bytes) return absent(no_programs);
  constexpr std::string_view arguments[] = {"streams", "one", "", "th ree"};
  constexpr std::string_view environment[] = {"GREETING=hello there"};
  wasi::configuration setup;
  setup.arguments = arguments;
  setup.environment = environment;
  setup.input = wasi::input_stream::fed(std::as_bytes(std::span("a\nsecond\nlast", 13)));
  program self(*bytes, setup);
  const wasi::ending ended = self.run();
  CHECK(ended.how == kind::exited);
  CHECK(ended.exit_code == 3);
  CHECK(self.context.exit_code() == 3u);
  CHECK(self.said.output ==
        "argument 0: 'streams'\nargument 1: 'one'\nargument 2: ''\nargument 3: 'th ree'\n"
        "GREETING: hello there\nABSENT: (none)\n1: a\n2: second\n3: last");
  CHECK(self.said.error == "3 lines, terminal: 0\n");
}

TEST_CASE("wasi program: files and folders", "[wasi]") {
  const auto bytes = read_program("files");
  if (!bytes) return absent(no_programs);
  if (!has_files) return skip("no files on this host");
  folder outside;
  outside.make_folder("work");
  outside.write("secret", "not for guests");
  program self(*bytes);
  REQUIRE(self.context.preopen((outside / "work").string(), "/granted") == error_number::success);
  const wasi::ending ended = self.run();
  CHECK(ended.how == kind::exited);
  CHECK(ended.exit_code == 0);
  CHECK(self.said.output == "all as expected\n");
  CHECK(self.said.error.empty());
  CHECK(outside.read("secret") == "not for guests");
  CHECK_FALSE(outside.has("made"));
  CHECK(outside.read("work/stream").size() == 98894);
}

TEST_CASE("wasi program: clocks, waiting and random bytes", "[wasi]") {
  const auto bytes = read_program("clocks");
  if (!bytes) return absent(no_programs);
  program self(*bytes);
  CHECK(static_cast<bool>(self.run()));
  CHECK(self.said.output == "all as expected\n");
}

TEST_CASE("wasi program: every function has the signature and structures of wasi-libc", "[wasi]") {
  const auto bytes = read_program("every_function");
  if (!bytes) return absent(no_programs);
  if (!has_files) return skip("no files on this host");
  folder work;
  program self(*bytes);
  REQUIRE(self.context.preopen(work.name(), "/granted") == error_number::success);
  const wasi::ending ended = self.run();
  CHECK(ended.exit_code == 42);
  CHECK(self.said.output == "all as expected\n");
  CHECK(work.read("every") == "hello");
}

TEST_CASE("wasi program: a reactor is initialised and called", "[wasi]") {
  const auto bytes = read_program("reactor");
  if (!bytes) return absent(no_programs);
  program self(*bytes);
  CHECK(self.run().how == kind::no_entry_point);
  CHECK(static_cast<bool>(wasi::initialize(self.instance)));
  CHECK(self.said.output == "constructed\n");
  CHECK(self.instance.call("add", u32{5}).value_or(0) == 1005);
  CHECK(self.instance.call("add", u32{6}).value_or(0) == 1011);
}

TEST_CASE("wasi program: a trap ends it, and what it said before stays", "[wasi]") {
  const auto bytes = read_program("traps");
  if (!bytes) return absent(no_programs);
  program self(*bytes);
  const wasi::ending ended = self.run();
  CHECK(ended.how == kind::trapped);
  CHECK(ended.cause.code == dovetail::trap_code::unreachable);
  CHECK(self.said.output == "before\n");
}

TEST_CASE("wasi program: two guests side by side keep to themselves", "[wasi]") {
  const auto bytes = read_program("streams");
  if (!bytes) return absent(no_programs);
  constexpr std::string_view first_arguments[] = {"first"};
  constexpr std::string_view second_arguments[] = {"second"};
  wasi::configuration setup;
  setup.arguments = first_arguments;
  program first(*bytes, setup);
  setup.arguments = second_arguments;
  program second(*bytes, setup);
  CHECK(static_cast<bool>(second.run()));
  CHECK(static_cast<bool>(first.run()));
  CHECK(first.said.output.find("argument 0: 'first'") == 0);
  CHECK(second.said.output.find("argument 0: 'second'") == 0);
}
