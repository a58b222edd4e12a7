// Decoder policies: what a config names must read sections, bodies and expressions.
// 1: decoder_policy
// 2: decoder_policy
// 3: decoder_policy
#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

template <class Decoder>
struct with : defaults {
  using backend = null;
  using decoder = Decoder;
};
using fine = runtime<with<binary_decoder>>;
fine::engine* engine = nullptr;

struct half_a_decoder {
  template <class Sections>
  static status sections(byte_reader& r, Sections& out);
  template <class Sink>
  static status body(byte_reader& r, Sink& sink);
};
struct decoder_of_pointers {
  static status sections(const unsigned char* from, const unsigned char* to);
};
struct decoder_of_nothing {};

#if DOVETAIL_FAIL == 1
runtime<with<decoder_of_nothing>>::engine* bad;
#elif DOVETAIL_FAIL == 2
runtime<with<half_a_decoder>>::engine* bad;
#elif DOVETAIL_FAIL == 3
runtime<with<decoder_of_pointers>>::engine* bad;
#endif
