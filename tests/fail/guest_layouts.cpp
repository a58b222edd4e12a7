// Structs that do not look the same on both sides; the message says why.
// 1: has_no_padding
// 2: has_no_host_pointers
// 3: has_the_same_sizes_everywhere
// 4: is_trivial_data
// 5: has_at_most_20_members
// 6: void set(std::uint64_t i, const element& v) const requires(!std::is_const_v<T>)
// 7: trap write(guest_pointer<T> to
// 7: is_const_v<
// 8: guest_value
// 9: guest_pointer
#include <cstdint>
#include <string>

#include <dovetail/guest_types.hpp>

using namespace dovetail;

struct hole {
  std::uint8_t a;
  std::uint32_t b;
};
struct pointing {
  const char* name;
};
struct boolean {
  bool is;
};
struct text {
  std::string name;
};
struct more {
  std::uint8_t a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u;
};
struct entity {
  float x, y;
  guest_pointer<const char> name;
};

template <class T>
auto first(typed_memory memory) {
  return memory.read(guest_pointer<T>{8});
}

void use(typed_memory memory) {
  static_cast<void>(first<entity>(memory));
  [[maybe_unused]] const auto view = memory.view(guest_pointer<const entity>{8}, 3);
#if DOVETAIL_FAIL == 1
  guest_view<hole> bad;
#elif DOVETAIL_FAIL == 2
  guest_view<pointing> bad;
#elif DOVETAIL_FAIL == 3
  guest_view<boolean> bad;
#elif DOVETAIL_FAIL == 4
  guest_view<text> bad;
#elif DOVETAIL_FAIL == 5
  guest_view<more> bad;
#elif DOVETAIL_FAIL == 6
  view->set(0, entity{});
#elif DOVETAIL_FAIL == 7
  static_cast<void>(memory.write(guest_pointer<const entity>{8}, entity{}));
#elif DOVETAIL_FAIL == 8
  static_cast<void>(first<hole>(memory));
#elif DOVETAIL_FAIL == 9
  // A pointer to one type is none to another.
  const guest_pointer<float> bad = guest_pointer<entity>{8};
#endif
}
