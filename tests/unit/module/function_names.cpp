// What functions are called: the name section, then exports, then their index.
#include <dovetail/module/function_names.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"
#include "support/writer.hpp"

namespace unit_module_function_names {

using namespace dovetail;
using testing::byte_writer;
using testing::watched_heap;

namespace {

/// Facts of a module of five functions, the second of which is exported twice.
struct named_module {
  watched_heap heap;
  module_env env{heap};

  explicit named_module(const byte_writer& section) {
    CHECK(env.functions.resize(5) == status::ok);
    CHECK(env.names.append(section.bytes()) == status::ok);
    add_export("first", external_kind::function, 1);
    add_export("second", external_kind::function, 1);
    add_export("memory", external_kind::memory, 0);
    add_export("both", external_kind::function, 2);
  }
  void add_export(std::string_view name, external_kind kind, std::uint32_t index) {
    const auto at = static_cast<std::uint32_t>(env.text.size());
    CHECK(env.text.append(name) == status::ok);
    CHECK(env.exports.push({{at, static_cast<std::uint32_t>(name.size())}, kind, index}) ==
          status::ok);
  }
  std::vector<std::string> read() {
    function_names names(heap);
    REQUIRE(names.read(env) == status::ok);
    std::vector<std::string> all;
    for (std::uint32_t i = 0; i < env.functions.size(); ++i) all.emplace_back(names[{i}]);
    return all;
  }
  std::string name(std::uint32_t index) {
    name_room room;
    return std::string(name_of(env, {index}, room));
  }
  std::string word(std::uint32_t index) {
    function_names names(heap);
    array<char> text(heap);
    REQUIRE(names.read(env) == status::ok);
    REQUIRE(names.append_to(text, {index}) == status::ok);
    return {text.data(), text.size()};
  }
};

using strings = std::vector<std::string>;

byte_writer section(unsigned id, const byte_writer& content) {
  byte_writer whole;
  whole.byte(id).sized(content.bytes());
  return whole;
}

}  // namespace

TEST_CASE("function names: exports serve where the name section says nothing") {
  CHECK(named_module({}).read() == strings{"", "first", "both", "", ""});
  byte_writer functions;
  functions.u32(4).u32(2).name("two").u32(0).name("zero").u32(3).name("").u32(77).name("nobody");
  byte_writer all = section(0, byte_writer().name("module"));
  all.append(section(1, functions).bytes()).append(section(2, byte_writer().u32(0)).bytes());
  CHECK(named_module(all).read() == strings{"zero", "first", "two", "", ""});
}

TEST_CASE(
    "function names: one function has the section's name, an export's, an import's, a number") {
  byte_writer functions;
  functions.u32(3).u32(2).name("two").u32(3).name("").u32(0).name("zero\n");
  named_module m(section(0, byte_writer().name("module")).append(section(1, functions).bytes()));
  CHECK(m.env.imports.push({{}, m.env.exports[2].name, external_kind::memory, 3}) == status::ok);
  CHECK(m.env.imports.push({{}, m.env.exports[3].name, external_kind::function, 1}) == status::ok);
  CHECK(m.env.imports.push({{}, m.env.exports[2].name, external_kind::function, 4}) == status::ok);
  m.heap.requests_left = 0;
  CHECK(m.name(0) == "zero\n");
  CHECK(m.name(1) == "first");
  CHECK(m.name(2) == "two");
  CHECK(m.name(3) == "func[3]");
  CHECK(m.name(4) == "memory");
  CHECK(m.name(4'000'000'000) == "func[4000000000]");
}

TEST_CASE("function names: a name section that ends early names what it names") {
  byte_writer functions;
  functions.u32(9).u32(0).name("zero").u32(4);
  CHECK(named_module(section(1, functions)).read() == strings{"zero", "first", "both", "", ""});
  byte_writer cut;
  cut.byte(1).u32(100).u32(1).u32(0).name("zero");
  CHECK(named_module(cut).read() == strings{"", "first", "both", "", ""});
  byte_writer long_name;
  long_name.u32(1).u32(0).u32(50).byte('x');
  CHECK(named_module(section(1, long_name)).read() == strings{"", "first", "both", "", ""});
}

TEST_CASE("function names: a word for each function stays in its line") {
  byte_writer functions;
  functions.u32(2).u32(0).name("a\n\x7f\0b").u32(4).name("f(int, \xc3\xa9)");
  named_module m(section(1, functions));
  CHECK(m.word(0) == "a??");
  CHECK(m.word(1) == "first");
  CHECK(m.word(3) == "wasm[3]");
  CHECK(m.word(4) == "f(int, \xc3\xa9)");
}

TEST_CASE("function names: memory that is refused is a status") {
  named_module m({});
  {
    function_names names(m.heap);
    m.heap.requests_left = 0;
    CHECK(names.read(m.env) == status::out_of_memory);
  }
}

}  // namespace unit_module_function_names
