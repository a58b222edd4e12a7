// An instance: its exports by name, by number and by type.
#include <dovetail/api/instance.hpp>

#include "world.hpp"

namespace unit_api_instance {

using namespace dovetail;
using namespace testing;

namespace {

template <class T>
status status_of(const rt::instance& i, std::string_view name) {
  const auto found = i.get<T>(name);
  return found.has_value() ? status::ok : found.error().code;
}

}  // namespace

TEST_CASE("instance: exports as handles of the type that was asked for") {
  api_world w;
  const rt::instance i = w.instantiate(with_exports(), log_import());
  CHECK(i.get<global<float>>("c")->get() == 0.5f);
  CHECK(i.get<global<std::int64_t>>("v")->get() == -1);
  CHECK(i.get<memory_view>("m")->pages() == 1);
  CHECK(i.get<table_handle>("t")->size() == 2);
  CHECK(i.get<global_handle>("c")->get() == value(0.5f));
  CHECK(i.get<function_handle>("f")->type().results[0] == value_type::i64);
  const auto f = i.get<std::int64_t(std::int32_t)>("f");
  REQUIRE(f.has_value());
  CHECK((*f)(1).error().code == trap_code::unreachable);  // of the null backend
}

TEST_CASE("instance: a wrong name and a wrong type are different errors") {
  api_world w;
  const rt::instance i = w.instantiate(with_exports(), log_import());
  CHECK(status_of<std::int64_t(std::int32_t)>(i, "f") == status::ok);
  CHECK(status_of<std::uint64_t(bool)>(i, "f") == status::ok);  // the same value types
  CHECK(status_of<std::int32_t(std::int32_t)>(i, "f") == status::export_type_mismatch);
  CHECK(status_of<std::int64_t()>(i, "f") == status::export_type_mismatch);
  CHECK(status_of<std::int64_t(std::int32_t)>(i, "m") == status::export_type_mismatch);
  CHECK(status_of<std::int64_t(std::int32_t)>(i, "g") == status::unknown_export);
  CHECK(status_of<global<double>>(i, "c") == status::export_type_mismatch);
  CHECK(status_of<global<float>>(i, "f") == status::export_type_mismatch);
  CHECK(status_of<memory_view>(i, "t") == status::export_type_mismatch);
  CHECK(status_of<table_handle>(i, "m") == status::export_type_mismatch);
  CHECK(status_of<function_handle>(i, "c") == status::export_type_mismatch);
  CHECK(status_of<global_handle>(i, "") == status::unknown_export);
}

TEST_CASE("instance: exports of any kind, by name or number, always the same object") {
  api_world w;
  const rt::instance i = w.instantiate(with_exports(), log_import());
  REQUIRE(i.exports().size() == 5);
  for (std::uint32_t k = 0; k < 5; ++k) {
    const auto by_number = i.export_at(k), by_name = i.find(i.exports()[k].name);
    REQUIRE(by_number.has_value());
    REQUIRE(by_name.has_value());
    CHECK(by_number->object().object == by_name->object().object);
    CHECK(by_number->kind() == i.exports()[k].type.kind);
  }
  CHECK_FALSE(i.export_at(5).has_value());
  CHECK_FALSE(i.export_at(0xffff'ffff).has_value());
  CHECK_FALSE(i.find("ff").has_value());
}

TEST_CASE("instance: a function that no memory is left for is not there") {
  api_world w;
  const rt::instance i = w.instantiate(with_exports(), log_import());
  w.heap.requests_left = 0;
  while (i.data().objects->allocate(16) != nullptr) {}
  CHECK_FALSE(i.find("f").has_value());
  CHECK_FALSE(i.export_at(0).has_value());
  w.heap.requests_left = watched_heap::unlimited;
  CHECK(i.find("f").has_value());
}

}  // namespace unit_api_instance
