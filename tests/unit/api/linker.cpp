// A linker: definitions collected at run time.
#include <dovetail/api/linker.hpp>

#include <string>

#include "world.hpp"

namespace unit_api_linker {

using namespace dovetail;
using namespace testing;

TEST_CASE("linker: keeps names of its own, and objects as they are") {
  api_world w;
  rt::linker linker{w.engine};
  const auto m = w.store.make_memory({{1}});
  {
    std::string module = "a temporary module name", name = "a temporary name";
    CHECK(linker.define(module, name, *m) == status::ok);
    CHECK(linker.define("", "", *m) == status::ok);
    module.assign(module.size(), '#');
    name.assign(name.size(), '#');
  }
  REQUIRE(linker.definitions().size() == 2);
  CHECK(linker.definitions()[0].module == "a temporary module name");
  CHECK(linker.definitions()[0].name == "a temporary name");
  CHECK(linker.definitions()[0].existing.object == m->object().object);
  CHECK(linker.definitions()[1].name.empty());
}

TEST_CASE("linker: a name is defined once") {
  api_world w;
  rt::linker linker{w.engine};
  CHECK(linker.define(bind<[] {}>("a", "f")) == status::ok);
  CHECK(linker.define(bind<[] {}>("a", "g")) == status::ok);
  CHECK(linker.define(bind<[] {}>("b", "f")) == status::ok);
  CHECK(linker.define(bind<[] {}>("a", "f")) == status::duplicate_definition);
  CHECK(linker.definitions().size() == 3);
}

TEST_CASE("linker: all exports of an instance, under a module name") {
  api_world w;
  const rt::instance i = w.instantiate(with_exports(), log_import());
  rt::linker linker{w.engine};
  CHECK(linker.define_instance("lib", i) == status::ok);
  REQUIRE(linker.definitions().size() == 5);
  for (const definition& d : linker.definitions()) {
    CHECK(d.module == "lib");
    CHECK(d.existing.object == i.find(d.name)->object().object);
  }
  CHECK(linker.define_instance("lib", i) == status::duplicate_definition);
}

TEST_CASE("linker: serves an instantiation") {
  api_world w;
  rt::linker linker{w.engine};
  int logged = 0;
  const auto log = w.store.make_function(bind("", "", [&logged](std::int32_t v) { logged = v; }));
  CHECK(linker.define("env", "log", *log) == status::ok);
  const rt::instance i = w.instantiate(with_exports(), linker);
  CHECK(i.data().functions[0] == log->reference().pointer);
}

TEST_CASE("linker: refused memory is a status, and what is defined stays") {
  watched_heap heap;
  {
    rt::engine engine{watched_policy{&heap}};
    rt::linker linker{engine};
    for (std::size_t granted = 0; granted < 2; ++granted) {
      heap.requests_left = granted;
      CHECK(linker.define(bind<[] {}>("a", "f")) == status::out_of_memory);
      CHECK(linker.definitions().empty());
    }
    heap.requests_left = watched_heap::unlimited;
    CHECK(linker.define(bind<[] {}>("a", "f")) == status::ok);
  }
  CHECK(heap.is_clean());
}

}  // namespace unit_api_linker
