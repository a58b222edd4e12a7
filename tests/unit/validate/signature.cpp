// Signatures: supertypes and subtypes by their displays.
#include <dovetail/validate/signature.hpp>

#include "support/catch.hpp"

namespace unit_validate_signature {

using namespace dovetail;

namespace {

// A chain of three types, and one of its own that has the depth of the last.
struct family {
  signature top, middle, bottom, other;
  const signature* displays[3] = {&top, &middle, &bottom};
  const signature* others[3] = {&other, &other, &other};
  family() {
    for (signature* s : {&top, &middle, &bottom}) s->display = displays;
    other.display = others;
    middle.depth = 1;
    bottom.depth = other.depth = 2;
  }
};

}  // namespace

TEST_CASE("signature: the supertype is the one before in the display, and the outermost has none") {
  const family f;
  CHECK(f.bottom.supertype() == &f.middle);
  CHECK(f.middle.supertype() == &f.top);
  CHECK(f.top.supertype() == nullptr);
}

TEST_CASE("signature: a subtype has the other type in its display") {
  const family f;
  CHECK(is_subtype(f.bottom, f.bottom));
  CHECK(is_subtype(f.bottom, f.middle));
  CHECK(is_subtype(f.bottom, f.top));
  CHECK_FALSE(is_subtype(f.top, f.bottom));
  CHECK_FALSE(is_subtype(f.middle, f.bottom));
  CHECK_FALSE(is_subtype(f.other, f.top));
  CHECK_FALSE(is_subtype(f.other, f.bottom));
  CHECK_FALSE(is_subtype(f.bottom, f.other));
}

}  // namespace unit_validate_signature
