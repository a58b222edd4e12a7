// Every module of the cache through decoding and validation, and through
// compilation; and that a module cut short is refused.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "real.hpp"

namespace {

/// The names in the cache, without .wasm, in order.
std::vector<std::string> modules() {
  std::vector<std::string> out;
  const char* cache = std::getenv("DOVETAIL_REAL");
  std::error_code error;
  if (cache != nullptr) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(cache, error)) {
      if (entry.path().extension() != ".wasm") continue;
      out.push_back(std::filesystem::relative(entry.path(), cache, error)
                        .replace_extension()
                        .generic_string());
    }
  }
  std::ranges::sort(out);
  if (out.empty()) testing::absent("every module");
  return out;
}

/// Where a section ends: a module cut there may still be one.
std::vector<std::size_t> section_ends(const real::bytes& module) {
  std::vector<std::size_t> out;
  for (std::size_t at = 8; at < module.size();) {
    std::size_t size = 0;
    unsigned shift = 0;
    ++at;  // the section's id; its size in LEB128 follows
    while ((module[at] & 0x80) != 0) {
      size |= static_cast<std::size_t>(module[at++] & 0x7f) << shift;
      shift += 7;
    }
    size |= static_cast<std::size_t>(module[at++]) << shift;
    out.push_back(at += size);
  }
  return out;
}

}  // namespace

TEST_CASE("every module validates", "[real]") {
  real::rt::engine engine;
  for (const std::string& name : modules()) {
    const auto module = real::file(name + ".wasm");
    const auto verdict = engine.validate(std::as_bytes(std::span(*module)));
    INFO(name << ": " << (verdict ? std::string() : real::explain(verdict.error())));
    CHECK(verdict.has_value());
  }
}

TEST_CASE("every module compiles", "[real]") {
  for (const std::string& name : modules()) {
    real::rt::engine engine;
    const auto module = real::file(name + ".wasm");
    const auto compiled = real::compile(engine, *module);
    INFO(name << ": " << (compiled ? std::string() : real::explain(compiled.error())));
    CHECK(compiled.has_value());
  }
}

TEST_CASE("a module cut inside a section is malformed", "[real]") {
  real::rt::engine engine;
  for (const std::string& name : modules()) {
    const auto module = real::file(name + ".wasm");
    if (module->size() > 100'000) continue;
    const auto ends = section_ends(*module);
    for (std::size_t size = 9; size < module->size(); size += 1 + size / 16) {
      if (std::ranges::binary_search(ends, size)) continue;
      const real::bytes cut(module->begin(), module->begin() + static_cast<std::ptrdiff_t>(size));
      const auto verdict = engine.validate(std::as_bytes(std::span(cut)));
      INFO(name << " cut to " << size);
      REQUIRE_FALSE(verdict.has_value());
      CHECK(verdict.error().stage() == dovetail::stage::decode);
      CHECK(verdict.error().offset <= size);
    }
  }
}
