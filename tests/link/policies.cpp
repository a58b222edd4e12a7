// Rules 3.8 and 3.9: the policies of the linker, and linkers filled at run time.
#include "guest.hpp"

namespace linking {

namespace {

constexpr std::string_view two_functions = R"wat((module
    (import "env" "f" (func $f (result i32)))
    (import "env" "g" (func $g (param i32) (result i32)))
    (func (export "f") (result i32) call $f)
    (func (export "g") (param i32) (result i32) (call $g (local.get 0)))
    (table (export "t") funcref (elem $g))))wat";

}  // namespace

TEST_CASE("rule 3.8, L05: positional imports are served in order, names do not matter") {
  world<by_position> w;
  imports right = {bind<[] { return 1; }>("", ""), bind<[](i32 n) { return -n; }>("env", "f")};
  const auto guest = w.instantiate(two_functions, right);
  CHECK(call<i32()>(guest, "f") == 1);
  CHECK(call<i32(i32)>(guest, "g", 5) == -5);
  SECTION("from several sources, one after the other") {
    imports first = {bind<[] { return 2; }>("", "")};
    imports second = {bind<[](i32 n) { return n; }>("", "")};
    CHECK(call<i32()>(w.instantiate(two_functions, first, second), "f") == 2);
    const error swapped = w.refuse(two_functions, second, first);
    CHECK(swapped.code == status::incompatible_import);
    CHECK(swapped.import_ordinal == 0);
    CHECK(swapped.import_name == "f");
  }
  SECTION("too few or too many are refused before anything is matched") {
    imports one = {bind<[] { return 2; }>("", "")};
    const error few = w.refuse(two_functions, one);
    CHECK(few.code == status::wrong_import_count);
    CHECK(few.stage() == stage::link);
    const error many = w.refuse(two_functions, right, one);
    CHECK(many.code == status::wrong_import_count);
    CHECK(w.refuse(two_functions).code == status::wrong_import_count);
    // No import is to blame, so none is named.
    CHECK(line_of(few) == "link: wrong number of positional imports");
  }
  SECTION("a module without imports") {
    w.instantiate(R"wat((module))wat");
    CHECK(w.refuse(R"wat((module))wat", right).code == status::wrong_import_count);
  }
}

TEST_CASE("rule 3.8, L09: shadowing allowed: the last definition counts") {
  world<shadowing> w;
  imports old = {bind<[] { return 1; }>("env", "f"), bind<[](i32 n) { return n; }>("env", "g")};
  imports young = {bind<[] { return 2; }>("env", "f")};
  CHECK(call<i32()>(w.instantiate(two_functions, old, young), "f") == 2);
  CHECK(call<i32()>(w.instantiate(two_functions, young, old), "f") == 1);
  dovetail::basic_linker<shadowing> l{w.engine};
  CHECK(l.define(bind<[] { return 3; }>("env", "f")) == status::ok);
  CHECK(l.define(bind<[] { return 4; }>("env", "f")) == status::ok);
  CHECK(call<i32()>(w.instantiate(two_functions, old, l), "f") == 4);
  // The one that counts must match: an older one does not step in.
  imports wrong = {bind<[](i32) { return 2; }>("env", "f")};
  CHECK(w.refuse(two_functions, old, wrong).code == status::incompatible_import);
  CHECK(w.refuse(two_functions, young).code == status::unknown_import);
}

TEMPLATE_TEST_CASE("rule 3.8, L09: shadowing refused: the second definition is an error", "",
                   checked, guarded) {
  world<TestType> w;
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define(bind<[] { return 1; }>("env", "f")) == status::ok);
  CHECK(l.define(bind<[] { return 2; }>("env", "f")) == status::duplicate_definition);
  CHECK(l.define(bind<[](i32 n) { return n; }>("env", "g")) == status::ok);
  CHECK(l.define("env", "g", need(w.store.make_global(i32{1}))) == status::duplicate_definition);
  CHECK(call<i32()>(w.instantiate(two_functions, l), "f") == 1);
  const auto library = w.instantiate(R"wat((module
      (func (export "h")) (func (export "f")) (func (export "k"))))wat");
  CHECK(l.define_instance("env", library) == status::duplicate_definition);
  CHECK(l.define_instance("library", library) == status::ok);
  CHECK(l.define_instance("library", library) == status::duplicate_definition);
}

TEMPLATE_TEST_CASE("rule 3.8, L06-L08: a linker keeps names, empty ones too", "", checked,
                   guarded) {
  world<TestType> w;
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define(bind<[] { return 1; }>("", "")) == status::ok);
  {
    std::string module = "a module whose name goes away", name = "f";
    CHECK(l.define(bind<[] { return 2; }>(module, name)) == status::ok);
    module.assign(module.size(), '?');
    name = "?";
  }
  const function_handle closure =
      need(w.store.make_function(bind("", "", [added = 10](i32 n) { return n + added; })));
  CHECK(l.define("env", "closure", closure) == status::ok);
  const auto guest = w.instantiate(R"wat((module
      (import "" "" (func $empty (result i32)))
      (import "a module whose name goes away" "f" (func $f (result i32)))
      (import "env" "closure" (func $add (param i32) (result i32)))
      (func (export "f") (result i32)
        (i32.mul (call $empty) (i32.mul (call $f) (call $add (i32.const 5)))))))wat",
                                   l);
  CHECK(call<i32()>(guest, "f") == 30);
}

TEMPLATE_TEST_CASE("rule 3.8, L08: a whole instance under a name, and functions that never return",
                   "", checked, guarded) {
  world<TestType> w;
  dovetail::basic_linker<TestType> l{w.engine};
  {
    const auto library = w.instantiate(R"wat((module
        (func (export "") (result i32) i32.const 1)
        (func (export "f") (result i32) i32.const 2)
        (global (export "g") i64 (i64.const 3))
        (table (export "t") 1 externref)
        (memory (export "m") 1 1)))wat");
    CHECK(l.define_instance("library", library) == status::ok);
  }
  CHECK(l.definitions().size() == 5);
  w.instantiate(R"wat((module
      (import "library" "m" (memory 1 1))
      (import "library" "" (func (result i32)))
      (import "library" "g" (global i64))
      (import "library" "t" (table 1 externref))
      (import "library" "f" (func (result i32)))))wat",
                l);
}

TEST_CASE("rule 3.8, L10: unknown functions become stubs that trap when they are called") {
  world<stubbing> w;
  imports env = {bind<[] { return 1; }>("env", "f")};
  const auto guest = w.instantiate(two_functions, env);
  CHECK(call<i32()>(guest, "f") == 1);
  CHECK(trap_of<i32(i32)>(guest, "g", 1) == trap_code::unknown_import);
  CHECK(call<i32()>(guest, "f") == 1);
  SECTION("a stub has the type that the module wants, and an identity") {
    const table_handle t = exported<table_handle>(guest, "t");
    CHECK_FALSE(function_at(t, 0) == funcref{});
    imports in = {provide("in", "f", exported<function_handle>(guest, "g"))};
    const auto user = w.instantiate(R"wat((module
        (import "in" "f" (func $f (param i32) (result i32)))
        (func (export "f") (param i32) (result i32) (call $f (local.get 0)))))wat",
                                    in);
    CHECK(trap_of<i32(i32)>(user, "f", 1) == trap_code::unknown_import);
  }
  SECTION("the place of the call is known") {
    CHECK(trap_of<i32(i32)>(guest, "g", 1) == trap_code::unknown_import);
    CHECK(w.store.last_trap().code == trap_code::unknown_import);
    CHECK(w.store.last_trap().has_place);
    CHECK(w.store.last_trap().function == 3);
  }
  SECTION("one name in two types gives two stubs") {
    const auto twice = w.instantiate(R"wat((module
        (import "env" "x" (func $a))
        (import "env" "x" (func $b (param i64) (result f32)))
        (func (export "a") call $a)
        (func (export "b") (result f32) (call $b (i64.const 1)))))wat");
    CHECK(trap_of<void()>(twice, "a") == trap_code::unknown_import);
    CHECK(trap_of<float()>(twice, "b") == trap_code::unknown_import);
  }
  SECTION("other kinds stay unknown, and what is known must match") {
    const error memory = w.refuse(R"wat((module
        (import "env" "x" (func)) (import "env" "m" (memory 1))))wat");
    CHECK(memory.code == status::unknown_import);
    CHECK(memory.import_ordinal == 1);
    CHECK(w.refuse(R"wat((module (import "env" "g" (global i32))))wat").code ==
          status::unknown_import);
    CHECK(w.refuse(R"wat((module (import "env" "t" (table 0 funcref))))wat").code ==
          status::unknown_import);
    imports wrong = {bind<[](i64) {}>("env", "f")};
    CHECK(w.refuse(two_functions, wrong).code == status::incompatible_import);
  }
  SECTION("a stub as the start function") {
    const error e = w.refuse(R"wat((module (import "env" "s" (func $s)) (start $s)))wat");
    CHECK(e.stage() == stage::instantiate);
    CHECK(e.reason.code == trap_code::unknown_import);
  }
}

TEST_CASE("rule 3.8: policies that are combined keep their promises") {
  world<stubbing_and_shadowing> w;
  imports old = {bind<[] { return 1; }>("env", "f")};
  imports young = {bind<[] { return 2; }>("env", "f")};
  const auto guest = w.instantiate(two_functions, old, young);
  CHECK(call<i32()>(guest, "f") == 2);
  CHECK(trap_of<i32(i32)>(guest, "g", 1) == trap_code::unknown_import);
  dovetail::basic_linker<stubbing_and_shadowing> l{w.engine};
  CHECK(l.define(bind<[] { return 3; }>("env", "f")) == status::ok);
  CHECK(l.define(bind<[] { return 4; }>("env", "f")) == status::ok);
  CHECK(call<i32()>(w.instantiate(two_functions, l), "f") == 4);
}

namespace {

// A host module that is known when the program is compiled.
i32 twice(i32 n) { return 2 * n; }
struct counter {
  i32 count = 0;
  i32 next() { return ++count; }
  i32 now() const noexcept { return count; }
};

}  // namespace

TEMPLATE_TEST_CASE("rule 2.21, 3.9, L11: constants, members and closures as host functions", "",
                   checked, guarded) {
  world<TestType> w;
  counter c;
  const counter& constant = c;
  imports env = {bind<twice>("host", "twice"), bind<&counter::next>("host", "next", c),
                 bind<&counter::now>("host", "now", constant),
                 bind<[](i32 n) noexcept { return n + 1; }>("host", "more"),
                 bind("host", "sum", [sum = 0](i32 n) mutable { return sum += n; })};
  const auto guest = w.instantiate(R"wat((module
      (import "host" "twice" (func $twice (param i32) (result i32)))
      (import "host" "next" (func $next (result i32)))
      (import "host" "now" (func $now (result i32)))
      (import "host" "more" (func $more (param i32) (result i32)))
      (import "host" "sum" (func $sum (param i32) (result i32)))
      (func (export "f") (result i32 i32 i32)
        (drop (call $next))
        (drop (call $sum (i32.const 5)))
        (call $more (call $twice (call $next)))
        (call $now)
        (call $sum (i32.const 7)))))wat",
                                   env);
  using three = std::tuple<i32, i32, i32>;
  CHECK((call<three()>(guest, "f") == three{5, 2, 12}));
  CHECK((call<three()>(guest, "f") == three{9, 4, 24}));
  CHECK(c.count == 4);
}

}  // namespace linking
