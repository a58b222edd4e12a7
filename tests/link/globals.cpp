// Rules 2.13, 2.14, 2.24, L30: globals of every type, private, exported, imported and handed on.
#include "guest.hpp"

namespace linking {

namespace {

// m: mutable, c: constant, both exported; p: mutable, k: constant, both private.
constexpr std::string_view owner_of_globals = R"wat((module
      (func $f (export "f"))
      (global $m_i (export "m i") (mut i32) (i32.const 1))
      (global $c_i (export "c i") i32 (i32.const 2))
      (global $p_i (mut i32) (i32.const 3))
      (global $k_i i32 (i32.const 4))
      (func (export "m i get") (result i32) (global.get $m_i))
      (func (export "c i get") (result i32) (global.get $c_i))
      (func (export "p i get") (result i32) (global.get $p_i))
      (func (export "k i get") (result i32) (global.get $k_i))
      (func (export "m i set") (param i32) (global.set $m_i (local.get 0)))
      (func (export "p i set") (param i32) (global.set $p_i (local.get 0)))
      (global $m_l (export "m l") (mut i64) (i64.const 1))
      (global $c_l (export "c l") i64 (i64.const 2))
      (global $p_l (mut i64) (i64.const 3))
      (global $k_l i64 (i64.const 4))
      (func (export "m l get") (result i64) (global.get $m_l))
      (func (export "c l get") (result i64) (global.get $c_l))
      (func (export "p l get") (result i64) (global.get $p_l))
      (func (export "k l get") (result i64) (global.get $k_l))
      (func (export "m l set") (param i64) (global.set $m_l (local.get 0)))
      (func (export "p l set") (param i64) (global.set $p_l (local.get 0)))
      (global $m_f (export "m f") (mut f32) (f32.const 1))
      (global $c_f (export "c f") f32 (f32.const 2))
      (global $p_f (mut f32) (f32.const 3))
      (global $k_f f32 (f32.const 4))
      (func (export "m f get") (result f32) (global.get $m_f))
      (func (export "c f get") (result f32) (global.get $c_f))
      (func (export "p f get") (result f32) (global.get $p_f))
      (func (export "k f get") (result f32) (global.get $k_f))
      (func (export "m f set") (param f32) (global.set $m_f (local.get 0)))
      (func (export "p f set") (param f32) (global.set $p_f (local.get 0)))
      (global $m_d (export "m d") (mut f64) (f64.const 1))
      (global $c_d (export "c d") f64 (f64.const 2))
      (global $p_d (mut f64) (f64.const 3))
      (global $k_d f64 (f64.const 4))
      (func (export "m d get") (result f64) (global.get $m_d))
      (func (export "c d get") (result f64) (global.get $c_d))
      (func (export "p d get") (result f64) (global.get $p_d))
      (func (export "k d get") (result f64) (global.get $k_d))
      (func (export "m d set") (param f64) (global.set $m_d (local.get 0)))
      (func (export "p d set") (param f64) (global.set $p_d (local.get 0)))
      (global $m_r (export "m r") (mut funcref) (ref.func $f))
      (global $c_r (export "c r") funcref (ref.null func))
      (global $p_r (mut funcref) (ref.func $f))
      (global $k_r funcref (ref.null func))
      (func (export "m r get") (result funcref) (global.get $m_r))
      (func (export "c r get") (result funcref) (global.get $c_r))
      (func (export "p r get") (result funcref) (global.get $p_r))
      (func (export "k r get") (result funcref) (global.get $k_r))
      (func (export "m r set") (param funcref) (global.set $m_r (local.get 0)))
      (func (export "p r set") (param funcref) (global.set $p_r (local.get 0)))
      (global $m_e (export "m e") (mut externref) (ref.null extern))
      (global $c_e (export "c e") externref (ref.null extern))
      (global $p_e (mut externref) (ref.null extern))
      (global $k_e externref (ref.null extern))
      (func (export "m e get") (result externref) (global.get $m_e))
      (func (export "c e get") (result externref) (global.get $c_e))
      (func (export "p e get") (result externref) (global.get $p_e))
      (func (export "k e get") (result externref) (global.get $k_e))
      (func (export "m e set") (param externref) (global.set $m_e (local.get 0)))
      (func (export "p e set") (param externref) (global.set $p_e (local.get 0)))
    ))wat";

// Imports them and hands them on; n: an own constant initialised by an imported one.
constexpr std::string_view user_of_globals = R"wat((module
      (import "a" "m i" (global $m_i (mut i32)))
      (import "a" "c i" (global $c_i i32))
      (import "a" "m l" (global $m_l (mut i64)))
      (import "a" "c l" (global $c_l i64))
      (import "a" "m f" (global $m_f (mut f32)))
      (import "a" "c f" (global $c_f f32))
      (import "a" "m d" (global $m_d (mut f64)))
      (import "a" "c d" (global $c_d f64))
      (import "a" "m r" (global $m_r (mut funcref)))
      (import "a" "c r" (global $c_r funcref))
      (import "a" "m e" (global $m_e (mut externref)))
      (import "a" "c e" (global $c_e externref))
      (global $n_i (export "n i") i32 (global.get $c_i))
      (export "m i" (global $m_i)) (export "c i" (global $c_i))
      (func (export "m i get") (result i32) (global.get $m_i))
      (func (export "c i get") (result i32) (global.get $c_i))
      (func (export "n i get") (result i32) (global.get $n_i))
      (func (export "m i set") (param i32) (global.set $m_i (local.get 0)))
      (global $n_l (export "n l") i64 (global.get $c_l))
      (export "m l" (global $m_l)) (export "c l" (global $c_l))
      (func (export "m l get") (result i64) (global.get $m_l))
      (func (export "c l get") (result i64) (global.get $c_l))
      (func (export "n l get") (result i64) (global.get $n_l))
      (func (export "m l set") (param i64) (global.set $m_l (local.get 0)))
      (global $n_f (export "n f") f32 (global.get $c_f))
      (export "m f" (global $m_f)) (export "c f" (global $c_f))
      (func (export "m f get") (result f32) (global.get $m_f))
      (func (export "c f get") (result f32) (global.get $c_f))
      (func (export "n f get") (result f32) (global.get $n_f))
      (func (export "m f set") (param f32) (global.set $m_f (local.get 0)))
      (global $n_d (export "n d") f64 (global.get $c_d))
      (export "m d" (global $m_d)) (export "c d" (global $c_d))
      (func (export "m d get") (result f64) (global.get $m_d))
      (func (export "c d get") (result f64) (global.get $c_d))
      (func (export "n d get") (result f64) (global.get $n_d))
      (func (export "m d set") (param f64) (global.set $m_d (local.get 0)))
      (global $n_r (export "n r") funcref (global.get $c_r))
      (export "m r" (global $m_r)) (export "c r" (global $c_r))
      (func (export "m r get") (result funcref) (global.get $m_r))
      (func (export "c r get") (result funcref) (global.get $c_r))
      (func (export "n r get") (result funcref) (global.get $n_r))
      (func (export "m r set") (param funcref) (global.set $m_r (local.get 0)))
      (global $n_e (export "n e") externref (global.get $c_e))
      (export "m e" (global $m_e)) (export "c e" (global $c_e))
      (func (export "m e get") (result externref) (global.get $m_e))
      (func (export "c e get") (result externref) (global.get $c_e))
      (func (export "n e get") (result externref) (global.get $n_e))
      (func (export "m e set") (param externref) (global.set $m_e (local.get 0)))
    ))wat";

// One type through all ways: the letter of its globals, their first values, and another one.
template <class T, class A, class B>
void check_type(const A& owner, const B& user, std::string letter, std::array<T, 4> first, T next) {
  INFO("type " << letter);
  const auto get = [&](const auto& of, const char* which) {
    return call<T()>(of, std::string(which) + " " + letter + " get");
  };
  const auto set = [&](const auto& of, const char* which, T v) {
    call<void(T)>(of, std::string(which) + " " + letter + " set", v);
  };
  const auto m = exported<global<T>>(owner, "m " + letter);
  const auto c = exported<global<T>>(owner, "c " + letter);
  CHECK((get(owner, "m") == first[0] && get(user, "m") == first[0] && m.get() == first[0]));
  CHECK((get(owner, "c") == first[1] && get(user, "c") == first[1] && c.get() == first[1]));
  CHECK(get(owner, "p") == first[2]);
  CHECK(get(owner, "k") == first[3]);
  CHECK(get(user, "n") == first[1]);
  CHECK((m.is_mutable() && !c.is_mutable()));

  CHECK(object_of(owner, "m " + letter).object == object_of(user, "m " + letter).object);
  CHECK(object_of(owner, "c " + letter).object == object_of(user, "c " + letter).object);
  CHECK(object_of(user, "n " + letter).object != object_of(user, "c " + letter).object);

  set(owner, "m", next);
  CHECK((get(owner, "m") == next && get(user, "m") == next && m.get() == next));
  set(user, "m", first[1]);
  CHECK((get(owner, "m") == first[1] && get(user, "m") == first[1] && m.get() == first[1]));
  m.set(next);
  CHECK((get(owner, "m") == next && get(user, "m") == next));
  set(owner, "p", next);
  CHECK(get(owner, "p") == next);
  CHECK((get(owner, "c") == first[1] && get(owner, "k") == first[3]));

  const global_handle untyped = exported<global_handle>(user, "c " + letter);
  CHECK(untyped.set(value(next)) == status::immutable);
  CHECK(untyped.get() == value(first[1]));
}

}  // namespace

TEMPLATE_TEST_CASE("rule 2.14, L27: every type, private, exported, imported, handed on", "",
                   checked, guarded) {
  world<TestType> w;
  const auto owner = w.instantiate(owner_of_globals);
  dovetail::basic_linker<TestType> l{w.engine};
  CHECK(l.define_instance("a", owner) == status::ok);
  const auto user = w.instantiate(user_of_globals, l);
  dovetail::basic_linker<TestType> again{w.engine};
  CHECK(again.define_instance("a", user) == status::ok);
  const auto third = w.instantiate(user_of_globals, again);
  const funcref f = reference_to(owner, "f"), null{};
  i32 object = 0;
  const externref o{&object}, nothing{};
  // Writes return to the first values, so that the chain of three can be checked in turn.
  check_type<i32>(owner, user, "i", {1, 2, 3, 4}, -5);
  check_type<i64>(owner, user, "l", {1, 2, 3, 4}, i64{1} << 40);
  check_type<float>(owner, user, "f", {1, 2, 3, 4}, 0.5F);
  check_type<double>(owner, user, "d", {1, 2, 3, 4}, 1e100);
  check_type<funcref>(owner, user, "r", {f, null, f, null}, f);
  check_type<externref>(owner, user, "e", {nothing, nothing, nothing, nothing}, o);
  CHECK(call<i64()>(third, "m l get") == i64{1} << 40);
  CHECK(call<double()>(third, "m d get") == 1e100);
  CHECK((call<funcref()>(third, "m r get") == f));
  CHECK((call<externref()>(third, "m e get") == o));
  call<void(i32)>(third, "m i set", 12);
  CHECK(call<i32()>(owner, "m i get") == 12);
}

TEMPLATE_TEST_CASE("rule 2.24, L30: globals see those before them", "", checked, guarded) {
  world<TestType> w;
  const auto seven = need(w.store.make_global(i32{7}, false));
  imports env = {provide("env", "g", seven)};
  const auto guest = w.instantiate(R"wat((module
      (import "env" "g" (global $g i32))
      (global (export "a") i32 (global.get $g))
      (global (export "b") (mut i32) (global.get $g))
      (global (export "c") funcref (ref.func $f))
      (global (export "d") externref (ref.null extern))
      (func $f (export "f"))))wat",
                                   env);
  CHECK(exported<global<i32>>(guest, "a") == 7);
  CHECK(exported<global<i32>>(guest, "b") == 7);
  CHECK((exported<global<funcref>>(guest, "c").get() == reference_to(guest, "f")));
  CHECK((exported<global<externref>>(guest, "d").get() == externref{}));
  exported<global<i32>>(guest, "b") = 8;
  CHECK(seven.get() == 7);
  CHECK(exported<global<i32>>(guest, "a") == 7);
  CHECK(w.reject(R"invalid((module
      (global i32 (global.get $a)) (global $a i32 (i32.const 1))))invalid")
            .message() == "unknown global");
  CHECK(w.reject(R"invalid((module
      (import "env" "m" (global $m (mut i32))) (global i32 (global.get $m))))invalid")
            .message() == "constant expression required");
}

}  // namespace linking
