// xxhash-wasm, es-module-lexer and cjs-module-lexer: modules without imports.
#include <algorithm>
#include <ostream>

#include "real.hpp"

namespace {

using real::bytes;

bytes utf16(std::u16string_view text) {
  bytes out;
  for (const char16_t unit : text) {
    out.push_back(static_cast<std::uint8_t>(unit & 0xff));
    out.push_back(static_cast<std::uint8_t>(unit >> 8));
  }
  return out;
}

// es-module-lexer's answer for one import, in code units of the source.
struct import_statement {
  int start, end;  // the specifier
  int statement_start, statement_end;
  int type;     // 1 static, 2 dynamic, 3 import.meta
  int dynamic;  // the parenthesis, -1 static, -2 import.meta
  bool operator==(const import_statement&) const = default;
};

std::ostream& operator<<(std::ostream& out, const import_statement& i) {
  return out << i.start << "-" << i.end << " in " << i.statement_start << "-" << i.statement_end
             << " type " << i.type << " at " << i.dynamic;
}

class es_lexer {
 public:
  [[nodiscard]] bool load(const std::string& build) { return program_.load(build); }

  /// The host makes the room: 12 bytes a code unit, as the package's script counts.
  bool parse(std::u16string_view source) {
    const std::uint64_t needed =
        program_.global<std::uint32_t>("__heap_base") + 12 * source.size() + 28;
    auto memory = program_.memory();
    if (needed > memory.size()) {
      REQUIRE(memory.grow((needed - memory.size() + 65535) / 65536).has_value());
    }
    const auto place =
        program_.call<std::uint32_t>("sa", static_cast<std::uint32_t>(source.size()));
    program_.write(place, utf16(source));
    return program_.call<std::uint32_t>("parse") == 1;
  }
  std::vector<import_statement> imports() {
    std::vector<import_statement> out;
    while (get("ri") != 0) {
      out.push_back({get("is"), get("ie"), get("ss"), get("se"), get("it"), get("id")});
    }
    return out;
  }
  std::vector<std::u16string> exported(std::u16string_view source) {
    std::vector<std::u16string> out;
    while (get("re") != 0) {
      const auto start = static_cast<std::size_t>(get("es"));
      out.emplace_back(source.substr(start, static_cast<std::size_t>(get("ee")) - start));
    }
    return out;
  }
  int get(std::string_view name) { return program_.call<int>(name); }

 private:
  real::program program_;
};

// The build with SIMD is the package's other lexer: it tells re-exports from imports, looks at
// other places for what is wrong, and has no names of exports. V8 has the same answers from it.
bool is_minimal(const std::string& build) { return build == "es-module-lexer/minimal"; }

}  // namespace

TEST_CASE("xxhash-wasm", "[real]") {
  real::program program;
  program.memory_is_called("mem");
  if (!program.load("xxhash-wasm/xxhash")) return;
  program.write(0, real::ascii("abc"));
  CHECK(program.call<std::uint32_t>("xxh32", 0u, 3u, 0u) == 0x32d153ffu);
  CHECK(program.call<std::uint64_t>("xxh64", 0u, 3u, std::uint64_t{0}) == 0x44bc2cf5ad770999u);
  for (const auto& [length, digest] : real::answers("xxhash64")) {
    INFO(length << " bytes");
    program.write(0, real::message(length));
    CHECK(program.call<std::uint64_t>("xxh64", 0u, length, std::uint64_t{0}) ==
          std::stoull(digest, nullptr, 16));
  }
  for (const auto& [length, digest] : real::answers("xxhash32")) {
    INFO(length << " bytes");
    program.write(0, real::message(length));
    CHECK(program.call<std::uint32_t>("xxh32", 0u, length, 0u) == std::stoull(digest, nullptr, 16));
  }
}

TEST_CASE("xxhash-wasm: states as streams", "[real]") {
  real::program program;
  program.memory_is_called("mem");
  if (!program.load("xxhash-wasm/xxhash")) return;
  constexpr std::uint32_t state_32 = 0, state_64 = 256, data = 1024, seed = 0x9e3779b1;
  const bytes text = real::message(3000);
  program.write(data, text);
  program.call<void>("init32", state_32, seed);
  program.call<void>("init64", state_64, std::uint64_t{seed});
  for (std::uint32_t at = 0, step = 1; at < 3000; at += step, step = step * 2 + 1) {
    const std::uint32_t size = std::min(step, 3000 - at);
    program.call<void>("update32", state_32, data + at, size);
    program.call<void>("update64", state_64, data + at, size);
  }
  CHECK(program.call<std::uint32_t>("digest32", state_32) ==
        program.call<std::uint32_t>("xxh32", data, 3000u, seed));
  CHECK(program.call<std::uint64_t>("digest64", state_64) ==
        program.call<std::uint64_t>("xxh64", data, 3000u, std::uint64_t{seed}));
}

TEST_CASE("es-module-lexer", "[real]") {
  for (const std::string& build : real::builds("es-module-lexer/minimal", "es-module-lexer/simd")) {
    INFO(build);
    es_lexer lexer;
    if (!lexer.load(build)) return;
    constexpr std::u16string_view source =
        u"import {a as b} from \"x\"; export const q=1; import(\"y\"); import.meta.url; "
        u"export {b as c, q as default}; export * from \"z\";";
    REQUIRE(lexer.parse(source));
    CHECK(lexer.imports() ==
          std::vector<import_statement>{{22, 23, 0, 24, 1, -1},
                                        {51, 54, 44, 55, 2, 50},
                                        {57, 68, 57, 68, 3, -2},
                                        {120, 121, 105, 122, is_minimal(build) ? 1 : 8, -1}});
    if (is_minimal(build))
      CHECK(lexer.exported(source) == std::vector<std::u16string>{u"q", u"c", u"default"});
  }
}

TEST_CASE("es-module-lexer says where a source is wrong", "[real]") {
  for (const std::string& build : real::builds("es-module-lexer/minimal", "es-module-lexer/simd")) {
    INFO(build);
    es_lexer lexer;
    if (!lexer.load(build)) return;
    CHECK_FALSE(lexer.parse(u"import {a from \"x"));
    CHECK(lexer.get("e") == (is_minimal(build) ? 22 : 18));
  }
}

TEST_CASE("es-module-lexer: a large source, for which the host grows the memory", "[real]") {
  for (const std::string& build : real::builds("es-module-lexer/minimal", "es-module-lexer/simd")) {
    INFO(build);
    es_lexer lexer;
    if (!lexer.load(build)) return;
    std::u16string source;
    constexpr int statements = 50000;
    for (int i = 0; i < statements; ++i) {
      source +=
          i % 2 == 0 ? u"import * as n from 'm' // \"'`\n" : u"if (/a[/'\"]b/.test(`${x}`)) {} \n";
    }
    REQUIRE(lexer.parse(source));
    const auto imports = lexer.imports();
    REQUIRE(imports.size() == statements / 2);
    const std::size_t period = source.size() / (statements / 2);
    for (std::size_t i = 0; i < imports.size(); ++i) {
      const int start = static_cast<int>(i * period);
      REQUIRE(imports[i] == import_statement{start + 20, start + 21, start, start + 22, 1, -1});
    }
  }
}

TEST_CASE("cjs-module-lexer", "[real]") {
  real::program program;
  if (!program.load("cjs-module-lexer/lexer")) return;
  constexpr std::u16string_view source =
      u"exports.alpha = 1; module.exports.beta = 2; "
      u"Object.defineProperty(exports, \"gamma\", { enumerable: true, value: 3 }); "
      u"module.exports = require(\"./other\");";
  const auto size = static_cast<std::uint32_t>(source.size());
  const auto place = program.call<std::uint32_t>("sa", size + 1);
  program.write(place, utf16(source));
  CHECK(program.call<std::uint32_t>("parseCJS", place, size, 0u, 0u, 0u, 0u) == 0);
  const auto names = [&](std::string_view next, std::string_view start, std::string_view end) {
    std::vector<std::u16string> out;
    while (program.call<std::uint32_t>(next) != 0) {
      const auto from = program.call<std::uint32_t>(start);
      out.emplace_back(source.substr(from, program.call<std::uint32_t>(end) - from));
    }
    return out;
  };
  CHECK(names("rre", "res", "ree") == std::vector<std::u16string>{u"\"./other\""});
  CHECK(names("ru", "us", "ue").empty());
  CHECK(names("re", "es", "ee") == std::vector<std::u16string>{u"alpha", u"beta", u"\"gamma\""});
}
