// What a member of a host object is as a host function.
#include <cstdint>
#include <tuple>

#include <dovetail/host_objects.hpp>

using namespace dovetail;

struct entity {
  int damage(float amount);
  void heal() const noexcept;
  std::tuple<float, float> place() const;
  trap check(caller& from, std::int64_t x);
  result<double, trap> weight();
};
using objects = host_objects<entity>;

template <auto Member>
using method = decltype(detail::method_of<Member>(
    std::declval<objects&>(),
    static_cast<const detail::signature_of_callable<decltype(Member)>*>(nullptr)));
template <auto Member, class Signature>
constexpr bool is_bound_as = detail::signature_of_callable<method<Member>>::type ==
                             detail::signature_of_callable<Signature>::type;

static_assert(is_bound_as<&entity::damage, int(externref, float)>);
static_assert(is_bound_as<&entity::heal, void(externref)>);
static_assert(is_bound_as<&entity::place, std::tuple<float, float>(externref)>);
static_assert(is_bound_as<&entity::check, void(externref, std::int64_t)>);
static_assert(is_bound_as<&entity::weight, double(externref)>);
static_assert(sizeof(method<&entity::damage>) == sizeof(void*));
