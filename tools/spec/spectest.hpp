// The host module "spectest" that the scripts import from.
#pragma once

#include <cstdint>

#include <dovetail/dovetail.hpp>

namespace spec {

/// Defines the items of "spectest" in `linker`, its memory, table and globals made in `world`.
template <class Linker, class Store>
[[nodiscard]] dovetail::status define_spectest(Linker& linker, Store& world) {
  using dovetail::bind;
  using dovetail::provide;
  using dovetail::value;
  using dovetail::value_type;
  constexpr const char* spectest = "spectest";
  const auto memory = world.make_memory(dovetail::memory_type{{1, 2}});
  const auto table = world.make_table(dovetail::table_type{value_type::funcref, {10, 20}});
  const auto table64 = world.make_table(dovetail::table_type{value_type::funcref, {10, 20}, true});
  const auto constant = [&](value v) { return world.make_global({v.type(), false}, v); };
  const auto global_i32 = constant(std::int32_t{666});
  const auto global_i64 = constant(std::int64_t{666});
  const auto global_f32 = constant(666.6F);
  const auto global_f64 = constant(666.6);
  if (!memory || !table || !table64 || !global_i32 || !global_i64 || !global_f32 || !global_f64) {
    return dovetail::status::store_out_of_memory;
  }
  DOVETAIL_TRY(linker.define(provide(spectest, "memory", *memory)));
  DOVETAIL_TRY(linker.define(provide(spectest, "table", *table)));
  DOVETAIL_TRY(linker.define(provide(spectest, "table64", *table64)));
  DOVETAIL_TRY(linker.define(provide(spectest, "global_i32", *global_i32)));
  DOVETAIL_TRY(linker.define(provide(spectest, "global_i64", *global_i64)));
  DOVETAIL_TRY(linker.define(provide(spectest, "global_f32", *global_f32)));
  DOVETAIL_TRY(linker.define(provide(spectest, "global_f64", *global_f64)));
  DOVETAIL_TRY(linker.define(bind<[] {}>(spectest, "print")));
  DOVETAIL_TRY(linker.define(bind<[](std::int32_t) {}>(spectest, "print_i32")));
  DOVETAIL_TRY(linker.define(bind<[](std::int64_t) {}>(spectest, "print_i64")));
  DOVETAIL_TRY(linker.define(bind<[](float) {}>(spectest, "print_f32")));
  DOVETAIL_TRY(linker.define(bind<[](double) {}>(spectest, "print_f64")));
  DOVETAIL_TRY(linker.define(bind<[](std::int32_t, float) {}>(spectest, "print_i32_f32")));
  DOVETAIL_TRY(linker.define(bind<[](double, double) {}>(spectest, "print_f64_f64")));
  return dovetail::status::ok;
}

}  // namespace spec
