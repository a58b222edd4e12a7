// How an import finds its definition.
#include <dovetail/link/linker_policy.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace unit_link_linker_policy {

using namespace dovetail;

namespace {

// Definitions "a.x", "a.y", "b.x", "a.x" again.
const std::vector<definition> there = {
    {"a", "x", {}, {}}, {"a", "y", {}, {}}, {"b", "x", {}, {}}, {"a", "x", {}, {}}};
constexpr std::size_t nowhere = 99;

struct found {
  status code;
  std::size_t at = nowhere;
};
template <class Linker>
found resolve(std::string_view module, std::string_view name,
              external_kind kind = external_kind::function, std::uint32_t ordinal = 0) {
  found out{status::ok};
  out.code = Linker::resolve({module, name, kind, ordinal}, there, out.at);
  return out;
}

}  // namespace

TEST_CASE("linker: by name, both names count, and each is there once") {
  CHECK(resolve<link_by_name>("a", "y").code == status::ok);
  CHECK(resolve<link_by_name>("a", "y").at == 1);
  CHECK(resolve<link_by_name>("b", "x").at == 2);
  CHECK(resolve<link_by_name>("a", "x").code == status::duplicate_definition);
  CHECK(resolve<link_by_name>("b", "y").code == status::unknown_import);
  CHECK(resolve<link_by_name>("", "").code == status::unknown_import);
  CHECK(resolve<link_by_name>("ax", "").code == status::unknown_import);
  CHECK(link_by_name::accepts(3, 7) == status::ok);
  CHECK_FALSE(link_by_name::allows_shadowing);
}

TEST_CASE("linker: by position, names do not count but the number does") {
  const found f = resolve<link_by_position>("?", "?", external_kind::function, 2);
  CHECK(f.code == status::ok);
  CHECK(f.at == 2);
  CHECK(link_by_position::accepts(4, 4) == status::ok);
  CHECK(link_by_position::accepts(0, 0) == status::ok);
  CHECK(link_by_position::accepts(3, 4) == status::wrong_import_count);
  CHECK(link_by_position::accepts(5, 4) == status::wrong_import_count);
}

TEST_CASE("linker: with shadowing the last definition counts") {
  CHECK(resolve<allow_shadowing>("a", "x").code == status::ok);
  CHECK(resolve<allow_shadowing>("a", "x").at == 3);
  CHECK(resolve<allow_shadowing>("a", "y").at == 1);
  CHECK(resolve<allow_shadowing>("b", "y").code == status::unknown_import);
  CHECK(allow_shadowing::allows_shadowing);
}

TEST_CASE("linker: stubs stand for unknown functions alone") {
  using stubs = trap_unknown_functions<link_by_name>;
  CHECK(linker_policy<stubs>);
  const found f = resolve<stubs>("b", "y");
  CHECK(f.code == status::ok);
  CHECK(f.at == there.size());
  CHECK(resolve<stubs>("a", "y").at == 1);
  CHECK(resolve<stubs>("a", "x").code == status::duplicate_definition);
  for (const external_kind kind :
       {external_kind::table, external_kind::memory, external_kind::global})
    CHECK(resolve<stubs>("b", "y", kind).code == status::unknown_import);
  using both = trap_unknown_functions<allow_shadowing>;
  CHECK(resolve<both>("a", "x").at == 3);
  CHECK(both::allows_shadowing);
}

}  // namespace unit_link_linker_policy
