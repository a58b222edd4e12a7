// A validator of one's own: everything the specification demands, and no loops, so that every mod
// ends.
#pragma once

#include <dovetail/dovetail.hpp>

namespace own {

struct loopless_validation {
  template <dovetail::emitter E, dovetail::features Accept>
  class pass : public dovetail::pass<E, true, Accept> {
    using base = dovetail::pass<E, true, Accept>;

   public:
    using base::base;
    using base::on;

    template <dovetail::op O>
    dovetail::status on(dovetail::op_constant<O> which, dovetail::immediate_of<O> imm) {
      if constexpr (O == dovetail::op::loop) {
        return dovetail::status::feature_not_accepted;
      } else {
        return base::on(which, imm);
      }
    }
  };
};
static_assert(dovetail::validator_policy<loopless_validation>);

}  // namespace own
