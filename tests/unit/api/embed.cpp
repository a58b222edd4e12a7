// Embedded modules at run time: compiled, validated and called as any other, exports by constants.
#include <dovetail/embed.hpp>
#include <dovetail/interpreter.hpp>

#include <cstdint>

#include "support/embedded.hpp"
#include "world.hpp"

namespace unit_api_embed {

using namespace dovetail;
using namespace testing;

namespace {

using embedded_contract = module_contract<
    exports<exported<"twice", int(int)>, exported<"level", read_only<std::int64_t>>,
            exported<"gravity", global<float>>, exported<"memory", memory_view>,
            exported<"table", table_of<value_type::funcref>>>,
    imports<imported<"env", "log", void(int)>, imported<"env", "gravity", global<float>>>>;
using mod = embed<embedded, embedded_contract>;

// A module whose outline is in order and whose one body is not.
// clang-format off
constexpr std::uint8_t invalid[] = {0, 'a', 's', 'm', 1, 0, 0, 0,
    1, 5, 1, 0x60, 0, 1, 0x7f,  3, 2, 1, 0,  7, 5, 1, 1, 'f', 0, 0,  10, 4, 1, 2, 0, 0x0b};
// clang-format on
using broken = embed<invalid, module_contract<exports<exported<"f", int()>>>>;

}  // namespace

TEST_CASE("embedded module: compiles and runs, its exports found by the compiler") {
  struct running : defaults {
    using backend = interpreter;
  };
  using run = runtime<running>;
  run::engine engine;
  const auto code = mod::compile(engine);
  REQUIRE(code.has_value());
  run::store store(engine);
  int logged = 0;
  imports env = {bind("env", "log", [&logged](int value) { logged = value; }),
                 provide("env", "gravity", store.make_global(9.5f).value())};
  const auto i = code->instantiate(store, env);
  REQUIRE(i.has_value());
  CHECK(i->get<"twice">()(21).value_or(0) == 42);
  CHECK(logged == 21);
  CHECK(i->get<"level">() == 5);
  i->get<"gravity">() = 2.0f;
  CHECK(i->instance().get<global<float>>("gravity")->get() == 2.0f);
  CHECK(i->get<"memory">().pages() == 1);
  CHECK(i->get<"table">().size() == 3);
  CHECK(i->instance().export_at(mod::number_of<"twice">)->object().object ==
        i->get<"twice">().object().object);
}

TEST_CASE("embedded module: the compiler's outline is the engine's") {
  api_world w;
  const auto code = mod::compile(w.engine);
  REQUIRE(code.has_value());
  const auto exports = code->module().exports();
  REQUIRE(exports.size() == mod::outline.export_count);
  for (std::size_t k = 0; k < exports.size(); ++k) {
    CHECK(exports[k].name == mod::outline.export_name(k));
    CHECK(exports[k].type.kind == mod::outline.export_type(k).kind);
    CHECK(exports[k].type.function == mod::outline.export_type(k).function);
  }
  const auto imports = code->module().imports();
  REQUIRE(imports.size() == mod::outline.import_count);
  for (std::size_t k = 0; k < imports.size(); ++k)
    CHECK(imports[k].name == mod::outline.import_name(k));
}

TEST_CASE("embedded module: bodies are validated when it is compiled") {
  api_world w;
  const auto code = broken::compile(w.engine);
  REQUIRE_FALSE(code.has_value());
  CHECK(code.error().code == status::type_mismatch);
  CHECK(broken::bytes().size() == sizeof invalid);
}

}  // namespace unit_api_embed
