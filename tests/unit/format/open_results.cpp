// Results that are left open: which operators they are, by their rows.
#include <dovetail/format/open_results.hpp>

#include <cstddef>
#include <string_view>

#include "support/catch.hpp"

namespace unit_format_open_results {

using namespace dovetail;

TEST_CASE("open results: relaxed operators settle on others with the same signature") {
  std::size_t count = 0;
  for (std::size_t i = 0; i < op_count; ++i) {
    const auto o = static_cast<op>(i);
    INFO(name(o));
    const op other = settled(o);
    CHECK(settled(other) == other);
    CHECK(row_of(other).shape == row_of(o).shape);
    if (other == o) continue;
    ++count;
    CHECK(row_of(o).feature == feature::relaxed_simd);
    CHECK(row_of(other).feature == feature::simd);
    CHECK(row_of(o).text.find("relaxed") != std::string_view::npos);
  }
  CHECK(count == 14);
}

TEST_CASE("open results: NaNs of arithmetic are open, of what moves bits they are not") {
  std::size_t scalars = 0, vectors = 0;
  for (std::size_t i = 0; i < op_count; ++i) {
    const auto o = static_cast<op>(i);
    if (leaves_nan_open(o)) ++(row_of(o).prefix == 0xfd ? vectors : scalars);
  }
  // Of each width add, sub, mul, div, min, max, sqrt and four roundings; demotion and promotion;
  // and of vectors madd, nmadd, relaxed min and max.
  CHECK(scalars == 2 * 11 + 2);
  CHECK(vectors == 2 * 11 + 2 + 2 * 4);
  for (const op o : {op::f32_add, op::f64_sqrt, op::f32_demote_f64, op::f64_promote_f32,
                     op::f32x4_min, op::f64x2_nearest, op::f32x4_demote_f64x2_zero,
                     op::f64x2_promote_low_f32x4, op::f32x4_relaxed_madd, op::f64x2_relaxed_max}) {
    INFO(name(o));
    CHECK(leaves_nan_open(o));
  }
  for (const op o :
       {op::f32_neg, op::f64_abs, op::f32_copysign, op::f32_load, op::f64_const, op::f32_eq,
        op::f32_reinterpret_i32, op::f32_convert_i32_s, op::i32_trunc_sat_f32_s, op::f32x4_pmin,
        op::f64x2_neg, op::f32x4_splat, op::f32x4_replace_lane, op::f32x4_extract_lane,
        op::f32x4_eq, op::f64x2_ge, op::f32x4_convert_i32x4_u, op::i32x4_relaxed_trunc_f32x4_s}) {
    INFO(name(o));
    CHECK_FALSE(leaves_nan_open(o));
  }
}

TEST_CASE("open results: the kind of float") {
  CHECK(float_of(op::f32_add) == value_type::f32);
  CHECK(float_of(op::f32_demote_f64) == value_type::f32);
  CHECK(float_of(op::f64x2_promote_low_f32x4) == value_type::f64);
}

}  // namespace unit_format_open_results
