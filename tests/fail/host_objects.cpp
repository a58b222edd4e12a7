// Host objects: types that a table was not made for, temporaries, members of something else.
// 1: one_of_the_host_objects
// 2: one_of_the_host_objects
// 3: add(const T&& object) = delete
// 4: lend(const T&& object) = delete
// 5: (door::*)()
// 5: host_objects<entity, const sound>
// 6: host_objects(const host_objects&) = delete
// 7: host_callable
// 8: host_callable_on
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/host_objects.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

struct entity {
  int damage(float amount) noexcept;
  void rename(std::string name);
};
struct sound {
  void play() const;
  void stop();
};
struct door {
  void open();
};
using objects = host_objects<entity, const sound>;

void use(objects& o, entity& e, [[maybe_unused]] door& d, externref r) {
  static_cast<void>(o.add(e));
  static_cast<void>(o.find<const sound>(r));
  [[maybe_unused]] imports given = {bind<&entity::damage>("env", "damage", o),
                                    bind<&sound::play>("env", "play", o)};
#if DOVETAIL_FAIL == 1
  static_cast<void>(o.add(d));
#elif DOVETAIL_FAIL == 2
  static_cast<void>(o.find<sound>(r));
#elif DOVETAIL_FAIL == 3
  static_cast<void>(o.add(entity()));
#elif DOVETAIL_FAIL == 4
  static_cast<void>(o.lend(entity()));
#elif DOVETAIL_FAIL == 5
  auto bad = bind<&door::open>("env", "open", o);
#elif DOVETAIL_FAIL == 6
  // A table has an identity.
  objects bad = std::move(o);
#elif DOVETAIL_FAIL == 7
  auto bad = bind<&entity::rename>("env", "rename", o);
#elif DOVETAIL_FAIL == 8
  // The sounds of the table are constants.
  auto bad = bind<&sound::stop>("env", "stop", o);
#endif
}
