// Contracts: what a module must export and may import, compared once, and used without a look-up.
#include <dovetail/contract.hpp>
#include <dovetail/interpreter.hpp>

#include <array>
#include <string>
#include <vector>

#include "world.hpp"

namespace unit_api_contract {

using namespace dovetail;
using namespace testing;

namespace {

using log_alone = imports<imported<"env", "log", void(std::int32_t)>>;
using whole = module_contract<
    exports<exported<"f", std::int64_t(std::int32_t)>, exported<"c", read_only<float>>,
            exported<"v", global<std::int64_t>>, exported<"m", memory_of<limits_type{1, 3}>>,
            exported<"t", table_of<value_type::funcref, limits_type{2}>>>,
    log_alone>;

std::string line_of(const error& e) {
  std::array<char, 300> buffer;
  return std::string(e.format(buffer));
}

// The differences between `with_exports()` and a contract, a line each.
template <class Contract>
std::vector<std::string> differences() {
  api_world w;
  const rt::module m = w.compile(with_exports());
  std::vector<std::string> lines;
  Contract::visit_differences(m, [&](const error& e) { lines.push_back(line_of(e)); });
  const auto accepted = Contract::accept(m);
  CHECK(accepted.has_value() == lines.empty());
  if (!accepted && !lines.empty()) CHECK(line_of(accepted.error()) == lines[0]);
  return lines;
}
using lines = std::vector<std::string>;
template <class... E>
using exporting = module_contract<exports<E...>>;
template <class... I>
using importing = module_contract<exports<>, imports<I...>>;

}  // namespace

TEST_CASE("contract: a module that keeps it gives its exports by name, without looking") {
  api_world w;
  const rt::module m = w.compile(with_exports());
  const auto accepted = whole::accept(m);
  REQUIRE(accepted.has_value());
  auto log = log_import();
  const auto i = accepted->instantiate(w.store, log);
  REQUIRE(i.has_value());
  CHECK(i->get<"c">() == 0.5f);
  CHECK(i->get<"v">().get() == -1);
  i->get<"v">() = 7;
  CHECK(i->instance().get<global<std::int64_t>>("v")->get() == 7);
  CHECK(i->get<"m">().pages() == 1);
  CHECK(i->get<"t">().size() == 2);
  CHECK(i->get<"f">()(1).error().code == trap_code::unreachable);  // of the null backend
  CHECK(i->get<"f">().object().object == i->instance().find("f")->object().object);
}

TEST_CASE("contract: its functions run") {
  struct running : defaults {
    using backend = interpreter;
  };
  using run = runtime<running>;
  run::engine engine;
  const std::vector<std::uint8_t> bytes = with_exports();
  const auto code = engine.compile(as_bytes(bytes));
  REQUIRE(code.has_value());
  const auto accepted = whole::accept(*code);
  REQUIRE(accepted.has_value());
  for (int round = 0; round < 2; ++round) {
    run::store store(engine);
    auto log = log_import();
    const auto i = accepted->instantiate(store, log);
    REQUIRE(i.has_value());
    CHECK(i->get<"f">()(3).value_or(0) == 1);
  }
}

TEST_CASE("contract: what is missing or of another type is told by name, all of it") {
  CHECK(differences<whole>() == lines{});
  CHECK(differences<exporting<>>() == lines{});
  CHECK(differences<exporting<exported<"g", void()>>>() ==
        lines{"link: missing export, export \"g\": expected function [] -> []"});
  CHECK(differences<exporting<exported<"f", std::int32_t(std::int32_t)>, exported<"v", memory_view>,
                              exported<"m", memory_view>, exported<"", global<float>>>>() ==
        lines{"link: incompatible export type, export \"f\": expected function [i32] -> [i32], "
              "provided function [i32] -> [i64]",
              "link: incompatible export type, export \"v\": expected memory 0, provided global "
              "mut i64",
              "link: missing export, export \"\": expected global mut f32"});
}

TEST_CASE("contract: a variable, a global that is only read") {
  CHECK(differences<exporting<exported<"c", global<float>>>>() ==
        lines{"link: incompatible export type, export \"c\": expected global mut f32, provided "
              "global f32"});
  CHECK(differences<exporting<exported<"v", read_only<std::int64_t>>>>() == lines{});
  CHECK(differences<exporting<exported<"v", read_only<std::int32_t>>>>() ==
        lines{"link: incompatible export type, export \"v\": expected global i32, provided "
              "global mut i64"});
  CHECK(differences<exporting<exported<"f", read_only<std::int32_t>>>>().size() == 1);
}

TEST_CASE("contract: limits of memories and tables") {
  CHECK(differences<exporting<exported<"m", memory_of<limits_type{1, 4}>>>>() == lines{});
  CHECK(differences<exporting<exported<"m", memory_of<limits_type{2}>>>>() ==
        lines{"link: incompatible export type, export \"m\": expected memory 2, provided memory "
              "1..3"});
  CHECK(differences<exporting<exported<"m", memory_of<limits_type{0, 2}>>>>().size() == 1);
  CHECK(differences<exporting<exported<"t", table_of<value_type::funcref>>>>() == lines{});
  CHECK(differences<exporting<exported<"t", table_of<value_type::externref>>>>() ==
        lines{"link: incompatible export type, export \"t\": expected table 0 externref, provided "
              "table 2..5 funcref"});
}

TEST_CASE("contract: imports that nobody gives, or gives as something else") {
  CHECK(differences<importing<imported<"env", "log", void(std::uint32_t)>,
                              imported<"env", "unused", memory_view>>>() == lines{});
  CHECK(differences<importing<>>() ==
        lines{"link: unknown import, import 0 \"env\" \"log\": expected function [i32] -> []"});
  CHECK(differences<importing<imported<"log", "env", void(std::int32_t)>>>().size() == 1);
  CHECK(
      differences<importing<imported<"env", "log", int(float, double)>>>() ==
      lines{"link: incompatible import type, import 0 \"env\" \"log\": expected function [i32] -> "
            "[], provided function [f32 f64] -> [i32]"});
}

TEST_CASE("contract: imported globals, memories and tables") {
  api_world w;
  module_writer m;
  m.import_global("env", "gravity", value_type::f32, true);
  m.import_global("env", "level", value_type::i32, false);
  m.import_memory("env", "memory", 2);
  m.import_table("env", "table", 3);
  const rt::module code = w.compile(m.bytes());
  using gravity = imported<"env", "gravity", global<float>>;
  using level = imported<"env", "level", read_only<int>>;
  using table = imported<"env", "table", table_of<value_type::funcref, limits_type{4, 8}>>;
  const auto count = [&]<class... I>(imports<I...>*) {
    std::size_t found = 0;
    importing<I...>::visit_differences(code, [&](const error&) { ++found; });
    return found;
  };
  using memory = imported<"env", "memory", memory_view>;
  CHECK(count(static_cast<imports<gravity, level, memory, table>*>(nullptr)) == 0);
  CHECK(count(static_cast<imports<level, gravity>*>(nullptr)) == 2);
  using small = imported<"env", "memory", memory_of<limits_type{1, 1}>>;
  using constant = imported<"env", "gravity", read_only<float>>;
  using variable = imported<"env", "level", global<int>>;
  CHECK(count(static_cast<imports<constant, variable, small, table>*>(nullptr)) == 3);
}

TEST_CASE("contract: errors of instantiation are passed on, refused memory is one") {
  api_world w;
  const rt::module m = w.compile(with_exports());
  const auto accepted = whole::accept(m);
  REQUIRE(accepted.has_value());
  const auto unlinked = accepted->instantiate(w.store);
  REQUIRE_FALSE(unlinked.has_value());
  CHECK(unlinked.error().code == status::unknown_import);
  auto log = log_import();
  bool was_refused = false, was_made = false;
  for (std::size_t granted = 0; !was_made && granted < 100; ++granted) {
    rt::store store(w.engine);
    w.heap.requests_left = granted;
    const auto made = accepted->instantiate(store, log);
    was_made = made.has_value();
    was_refused = was_refused || !was_made;
    w.heap.requests_left = watched_heap::unlimited;
  }
  CHECK(was_refused);
  CHECK(was_made);
}

}  // namespace unit_api_contract
