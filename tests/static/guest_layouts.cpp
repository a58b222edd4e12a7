// Which C++ types have the layout that a guest's C gives them.
#include <array>
#include <cstdint>
#include <string>

#include <dovetail/guest_types.hpp>
#include <dovetail/link/host_signature.hpp>

using namespace dovetail;

struct vec3 {
  float x, y, z;
};
enum class mood : std::uint8_t { calm, angry };
struct entity {
  vec3 position;
  std::int32_t hit_points;
  std::uint64_t id;
  guest_pointer<const char> name;
  guest_pointer<entity> next;
  char tag[6];
  mood feels;
  std::uint8_t reserved;
  std::array<std::uint16_t, 4> counts;
};
static_assert(sizeof(entity) == 48 && detail::count_members<entity>() == 9);
static_assert(guest_value<vec3> && guest_value<entity> && guest_value<guest_span<entity>>);
static_assert(guest_value<int> && guest_value<double> && guest_value<mood> && guest_value<char>);
static_assert(guest_value<std::array<vec3, 3>> && guest_value<const entity>);
static_assert(detail::layout_of<entity>().alignment == 8);
static_assert(detail::layout_of<vec3>().alignment == 4 && detail::layout_of<vec3>().size == 12);
static_assert(detail::layout_of<std::array<mood, 3>>().alignment == 1);

template <class T>
constexpr detail::layout_problem problem = detail::layout_of<T>().problem;
using detail::layout_problem;

struct hole {
  std::uint8_t a;
  std::uint32_t b;
};
struct tail {
  std::uint32_t a;
  std::uint8_t b;
};
struct hole_within {
  std::uint32_t first;
  std::array<tail, 2> tails;
};
#pragma pack(push, 4)
struct packed {
  std::uint32_t a;
  double b;  // 4 bytes further in a guest
};
#pragma pack(pop)
static_assert(problem<hole> == layout_problem::padding);
static_assert(problem<tail> == layout_problem::padding);
static_assert(problem<hole_within> == layout_problem::padding);
static_assert(sizeof(packed) == 12 && problem<packed> == layout_problem::padding);

struct pointing {
  std::uint32_t a, b;
  const char* text;
};
struct boolean {
  bool is;
};
struct wide {
  long double number;
};
struct hidden {
  std::uint32_t a;

 private:
  [[maybe_unused]] std::uint32_t b;
};
struct nothing {};
union either {
  std::uint32_t a;
  float b;
};
struct self_made {
  self_made() {}
  std::uint32_t a;
};
static_assert(problem<pointing> == layout_problem::host_pointer);
static_assert(problem<int*> == layout_problem::host_pointer);
static_assert(problem<boolean> == layout_problem::host_size && !guest_value<bool>);
static_assert(problem<wide> == layout_problem::host_size && !guest_value<wchar_t>);
static_assert(problem<hidden> == layout_problem::no_data && !guest_value<std::string>);
static_assert(problem<nothing> == layout_problem::no_data && !guest_value<either>);
static_assert(problem<self_made> == layout_problem::no_data && !guest_value<void>);

struct twenty {
  std::uint8_t a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t;
};
struct more {
  std::uint8_t a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u;
};
static_assert(guest_value<twenty> && problem<more> == layout_problem::too_many_members);

// Pointers are numbers until a memory reads through them.
static_assert(sizeof(guest_pointer<entity>) == 4 && sizeof(guest_span<entity>) == 8);
static_assert(std::is_convertible_v<guest_pointer<int>, guest_pointer<const int>>);
static_assert(!std::is_convertible_v<guest_pointer<const int>, guest_pointer<int>>);
static_assert(!std::is_convertible_v<guest_pointer<int>, guest_pointer<float>>);

// They are parameters and results of functions as they are.
using detail::signature_of_callable;
static_assert(native_wrapper<guest_pointer<entity>> && !native_wrapper<guest_span<entity>>);
static_assert(native_value<guest_pointer<const entity>> && !native_value<guest_span<entity>>);
static_assert(value_type_of<guest_pointer<entity>>() == value_type::i32);
static_assert(to_slot(guest_pointer<entity>{0xffff'ffff}) == 0xffff'ffff);
static_assert(from_slot<guest_pointer<entity>>(64) == guest_pointer<entity>{64});
static_assert(signature_of_callable<guest_pointer<entity>(caller&, guest_pointer<char>)>::type ==
              signature_of_callable<std::uint32_t(std::uint32_t)>::type);
