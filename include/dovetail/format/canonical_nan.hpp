// The canonical NaN, and floats with it in place of any other. Used where a configuration asks for
// it and by the tests that say what it then gets.
#pragma once

#include <dovetail/base/value_type.hpp>
#include <dovetail/format/lanes.hpp>
#include <dovetail/format/meaning.hpp>
#include <dovetail/format/meaning_vector.hpp>

namespace dovetail {

/// The positive NaN whose payload is the quiet bit alone (core specification 2.2.3; the
/// deterministic profile's choice, appendix A.5).
template <class F>
inline constexpr detail::bits_of<F> canonical_nan = sizeof(F) == 4 ? 0x7fc0'0000u
                                                                   : 0x7ff8'0000'0000'0000u;

/// A number as it is; of NaNs the canonical one.
template <class F>
DOVETAIL_ALWAYS_INLINE F canonical(F v) {
  return v == v ? v : detail::from_bits<F>(canonical_nan<F>);
}
/// The same for each lane of a vector of `F`.
template <class F>
DOVETAIL_ALWAYS_INLINE v128 canonical_lanes(const v128& v) {
  using U = detail::bits_of<F>;
  const lanes<F> a = split<F>(v);
  return join(detail::chosen(as_lanes<U>(a == a), as_lanes<U>(a), all_lanes<U>(canonical_nan<F>)));
}

}  // namespace dovetail
