// Visits of guest frames: which functions, whose, and where exactly; from host functions of every
// form, at traps, across instances, modules and nested entries.
#include <dovetail/backtraces.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64_or_interpreter.hpp>
#endif

#include "support/catch.hpp"
#include "support/writer.hpp"

namespace unit_api_backtraces {

namespace {

using dovetail::backtraces;
using dovetail::bind;
using dovetail::caller;
using dovetail::fuel;
using dovetail::guest_frame;
using dovetail::interpreter;
using dovetail::op;
using dovetail::provide;
using dovetail::trap_code;
using dovetail::visit_end;
using testing::code;
using i32 = std::int32_t;
using u32 = std::uint32_t;

template <class B>
concept visits_from_host = requires(const caller& c, dovetail::null_frame_visitor v) {
  dovetail::visit_frames<B>(c, v);
};
template <class B>
constexpr bool is_sound =
    dovetail::tells_frames<B>&& dovetail::tells_frames<fuel<B>>&& backtraces<B>::control
        .keeps_places &&
    !B::control.keeps_places && backtraces<fuel<B>>::control == fuel<backtraces<B>>::control &&
    dovetail::backend_policy<backtraces<B>> && visits_from_host<backtraces<B>> &&
    !visits_from_host<B>;
static_assert(is_sound<interpreter>);
static_assert(!dovetail::tells_frames<dovetail::null>);

template <class Backend, class Memory = dovetail::checked_memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};
// Backends that keep places, and as they are; under each memory policy that there is.
template <class... Lists>
using joined = decltype(std::tuple_cat(std::declval<Lists>()...));
template <class B>
using kept = std::conditional_t<
    dovetail::platform::is_64_bit && dovetail::platform::can_land,
    std::tuple<config<backtraces<B>>, config<backtraces<B>, dovetail::guarded_memory>,
               config<fuel<backtraces<B>>>>,
    std::tuple<config<backtraces<B>>, config<fuel<backtraces<B>>>>>;
template <class B>
using plain = std::conditional_t<dovetail::platform::is_64_bit && dovetail::platform::can_land,
                                 std::tuple<config<B>, config<B, dovetail::guarded_memory>>,
                                 std::tuple<config<B>>>;
using slow = dovetail::basic_interpreter<dovetail::interpreting::switch_dispatch>;
#ifdef DOVETAIL_WITH_X64
using dovetail::x64;
static_assert(is_sound<x64> && is_sound<dovetail::x64_or_interpreter>);
using checked = std::tuple<config<backtraces<interpreter>>, config<backtraces<x64>>>;
using all_plain = joined<plain<interpreter>, plain<x64>>;
using all_kept = joined<kept<interpreter>, std::tuple<config<backtraces<slow>>>, kept<x64>>;
#else
using checked = std::tuple<config<backtraces<interpreter>>>;
using all_plain = plain<interpreter>;
using all_kept = joined<kept<interpreter>, std::tuple<config<backtraces<slow>>>>;
#endif
using all = joined<all_plain, all_kept>;

// Marks the operator that follows: a constant that is dropped, which no code is made for.
constexpr i32 first_mark = 0x0100'0000;
code& mark(code& c, i32 n) { return c.i32(first_mark + n).put(op::drop); }
u32 offset_of(const std::vector<std::uint8_t>& module, i32 n) {
  const auto bytes = code().i32(first_mark + n).put(op::drop).bytes();
  const auto at = std::search(module.begin(), module.end(), bytes.begin(), bytes.end());
  REQUIRE(at != module.end());
  return static_cast<u32>(at - module.begin()) + static_cast<u32>(bytes.size());
}

// Indices of its functions; each (i32) -> (i32).
enum function : u32 { next, ask, pair, recurse, indirect, divide, deep, pass, load, forever, both };
// Marks of their calls and traps.
enum place : i32 {
  in_recurse,
  at_ask,
  in_indirect,
  at_divide,
  in_deep,
  deep_divide,
  in_pass,
  at_load,
  in_forever,
  at_pair,
  at_next
};

std::vector<std::uint8_t> guest() {
  using dovetail::value_type;
  testing::module_writer m;
  const auto i = value_type::i32;
  const u32 type = m.type({i}, {i}), two = m.type({i}, {i, i});
  m.import_function("env", "next", type);
  m.import_function("env", "ask", type);
  m.import_function("env", "pair", two);
  m.memory(1, 1);
  m.table(4, 4);
  const auto get = [](u32 n) { return code().put(op::local_get, {n}); };
  // n == 0 ? ask(n) : recurse(n - 1) + 1
  code c = get(0);
  c.open(op::if_, 0x7f).put(op::local_get, {0}).i32(1).put(op::i32_sub);
  mark(c, in_recurse).put(op::call, {recurse}).i32(1).put(op::i32_add).put(op::else_);
  c.put(op::local_get, {0});
  mark(c, at_ask).put(op::call, {ask}).end();
  m.export_as("recurse", 0, m.function(type, c));
  // table[n >> 8](n & 255) + 1
  c = get(0);
  c.i32(255).put(op::i32_and).put(op::local_get, {0}).i32(8).put(op::i32_shr_u);
  mark(c, in_indirect).put(op::call_indirect, {type, 0}).put(op::local_get, {0}).put(op::i32_add);
  m.export_as("indirect", 0, m.function(type, c, {{20, value_type::i64}}));
  c = code().i32(100).put(op::local_get, {0});
  mark(c, at_divide).put(op::i32_div_s);
  m.export_as("divide", 0, m.function(type, c));
  // Much of a frame, and registers that are saved.
  c = get(0);
  c.open(op::if_, 0x7f).put(op::local_get, {0}).i32(1).put(op::i32_sub);
  mark(c, in_deep).put(op::call, {deep}).put(op::else_).put(op::local_get, {0});
  mark(c, deep_divide).put(op::call, {divide}).end();
  for (u32 k = 1; k <= 200; ++k) {
    c.put(op::local_get, {k}).put(op::i64_eqz).put(op::i32_add);
    c.i32(1).put(op::i32_sub);
  }
  m.export_as("deep", 0, m.function(type, c, {{200, value_type::i64}}));
  c = get(0);
  mark(c, in_pass).put(op::call, {next}).i32(1).put(op::i32_add);
  m.export_as("pass", 0, m.function(type, c));
  c = get(0);
  mark(c, at_load).put(op::i32_load, {2, 0});
  m.export_as("load", 0, m.function(type, c));
  c = get(0);
  mark(c, in_forever).put(op::call, {forever});
  m.export_as("forever", 0, m.function(type, c));
  // Both results added to what comes next.
  c = get(0);
  mark(c, at_pair).put(op::call, {pair}).put(op::i32_add);
  mark(c, at_next).put(op::call, {next});
  m.export_as("both", 0, m.function(type, c));
  const u32 elements[] = {recurse, pass, ask, divide};
  m.elements(0, elements);
  return m.bytes();
}

struct seen_frame {
  const dovetail::vm::instance* instance;
  u32 function;
  i32 mark;  // -1: none of them
  friend bool operator==(const seen_frame&, const seen_frame&) = default;
};

template <class C>
struct world {
  using rt = dovetail::runtime<C>;
  using backend = typename C::backend;
  using instance = typename rt::instance;

  std::vector<std::uint8_t> bytes = guest();
  typename rt::engine engine;
  typename rt::store store{engine};
  typename rt::module module = engine.compile(testing::as_bytes(bytes)).value();
  std::vector<std::vector<seen_frame>> traces;
  visit_end end = visit_end::stopped;
  std::size_t most = 10'000;

  u32 offsets[at_next + 1];  // of what the marks are before

  world() {
    for (i32 at = 0; at <= at_next; ++at) offsets[at] = offset_of(bytes, at);
    dovetail::watch_traps(store.data(), &told, this);
  }

  std::vector<seen_frame>& last() { return traces.back(); }
  void look(const dovetail::vm::store& s) {
    auto& seen = traces.emplace_back();
    end = dovetail::visit_frames<backend>(s, [&](const guest_frame& f) {
      i32 at = 0;
      while (at <= at_next && offsets[at] != f.offset) ++at;
      seen.push_back({f.instance, f.function.value, at <= at_next ? at : -1});
      return seen.size() < most;
    });
  }
  static void told(dovetail::vm::store& s, void* self) noexcept {
    static_cast<world*>(self)->look(s);
  }
  template <class... Imports>
  instance instantiate(Imports&&... imports) {
    auto made = store.instantiate(module, imports...);
    REQUIRE(made.has_value());
    return *made;
  }
  // One whose functions of the host look, and give back what they are given.
  instance make() {
    dovetail::imports env = {
        bind("env", "next", [this](i32 n) { return look(store.data()), n; }),
        bind("env", "ask", [this](caller& c, i32 n) { return look(c.store()), n; }),
        bind("env", "pair", [this](caller& c, i32 n) {
          return look(c.store()), std::tuple{n, n + 1};
        })};
    return instantiate(env);
  }
};
template <class Instance>
dovetail::result<i32, dovetail::trap> call(const Instance& i, const char* name, i32 n) {
  return i.template get<i32(i32)>(name).value()(n);
}
template <class Instance>
seen_frame frame(const Instance& i, u32 function, i32 at) {
  return {&i.data(), function, at};
}
using frames = std::vector<seen_frame>;

// Native functions have no state.
void* plain_world = nullptr;
template <class C>
i32 look_from_plain(i32 n) noexcept {
  auto& w = *static_cast<world<C>*>(plain_world);
  w.look(w.store.data());
  return n;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("frames: a host function sees its callers, however deep and indirect", "",
                        all_kept) {
  world<TestType> w;
  w.store.set_fuel(100'000);
  const auto a = w.make();
  for (const i32 depth : {0, 1, 2, 7, 255}) {
    CHECK(call(a, "recurse", depth).value() == depth);
    frames expected(static_cast<std::size_t>(depth) + 1, frame(a, recurse, in_recurse));
    expected[0].mark = at_ask;
    CHECK(w.last() == expected);
    CHECK(w.end == visit_end::complete);
    // Entered through slots.
    dovetail::value in[] = {dovetail::value(depth)}, out[1];
    REQUIRE(a.find("indirect")->as_function().call(in, out).has_value());
    expected.push_back(frame(a, indirect, in_indirect));
    CHECK(w.last() == expected);
  }
  CHECK(call(a, "indirect", 2 << 8 | 5).value() == (2 << 8 | 5) + 5);
  CHECK(w.last() == frames{frame(a, indirect, in_indirect)});
  CHECK(call(a, "both", 3).value() == 7);
  CHECK(w.last() == frames{frame(a, both, at_next)});
  CHECK(w.traces[w.traces.size() - 2] == frames{frame(a, both, at_pair)});
  CHECK(w.end == visit_end::complete);
}

TEMPLATE_LIST_TEST_CASE("frames: as many as the visitor wants", "", checked) {
  world<TestType> w;
  const auto a = w.make();
  w.most = 3;
  CHECK(call(a, "recurse", 3).value() == 3);
  CHECK(w.last().size() == 3);
  CHECK(w.end == visit_end::stopped);
  CHECK(call(a, "recurse", 2).value() == 2);
  CHECK(w.end == visit_end::stopped);
  CHECK(call(a, "recurse", 1).value() == 1);
  CHECK(w.end == visit_end::complete);
  w.look(w.store.data());  // nobody is there
  CHECK(w.last().empty());
  CHECK(w.end == visit_end::complete);
}

TEMPLATE_LIST_TEST_CASE("frames: instances of one module and of others call each other", "",
                        all_kept) {
  world<TestType> w;
  w.store.set_fuel(100'000);
  plain_world = &w;
  const auto a = w.make();
  dovetail::imports to_a = {provide("env", "next", *a.find("indirect")),
                            provide("env", "ask", *a.find("pass")), bind("env", "pair", [](i32 n) {
                              return std::tuple{n, n};
                            })};
  const auto b = w.instantiate(to_a);
  // The same bytes compiled again.
  const auto other = w.engine.compile(testing::as_bytes(w.bytes)).value();
  dovetail::imports to_b = {provide("env", "next", *b.find("pass")),
                            bind<&look_from_plain<TestType>>("env", "ask"),
                            bind("env", "pair", [](i32 n) {
                              return std::tuple{n, n};
                            })};
  auto c = w.store.instantiate(other, to_b).value();
  // c.pass -> b.pass -> a.indirect -> a.recurse(2) -> host
  CHECK(call(c, "pass", 2).value() == 2 + 2 + 1 + 1);
  CHECK(w.last() == frames{frame(a, recurse, at_ask), frame(a, recurse, in_recurse),
                           frame(a, recurse, in_recurse), frame(a, indirect, in_indirect),
                           frame(b, pass, in_pass), frame(c, pass, in_pass)});
  CHECK(w.end == visit_end::complete);
  // b.recurse -> a.pass -> host, a call of an import behind calls within an instance
  CHECK(call(b, "recurse", 1).value() == 0 + 1 + 1);
  CHECK(w.last() ==
        frames{frame(a, pass, in_pass), frame(b, recurse, at_ask), frame(b, recurse, in_recurse)});
  // c.indirect -> c's table[0], recurse -> the host, without a context
  CHECK(call(c, "indirect", 1).value() == 1 + 1);
  CHECK(w.last() == frames{frame(c, recurse, at_ask), frame(c, recurse, in_recurse),
                           frame(c, indirect, in_indirect)});
  CHECK(w.end == visit_end::complete);
}

TEMPLATE_LIST_TEST_CASE("frames: entries inside host functions are crossed, typed and untyped", "",
                        all_kept) {
  world<TestType> w;
  w.store.set_fuel(100'000);
  const auto inner = w.make();
  dovetail::imports env = {
      bind("env", "next", [&](i32 n) { return call(inner, "recurse", n).value(); }),
      bind("env", "ask",
           [&](caller&, i32 n) {
             dovetail::value in[] = {dovetail::value(n)}, out[1];
             REQUIRE(inner.find("pass")->as_function().call(in, out).has_value());
             return out[0].as<i32>();
           }),
      bind("env", "pair", [&](i32 n) {
        return std::tuple{n, call(inner, "both", n).value()};
      })};
  const auto outer = w.instantiate(env);
  CHECK(call(outer, "pass", 2).value() == 3);
  CHECK(w.last() == frames{frame(inner, recurse, at_ask), frame(inner, recurse, in_recurse),
                           frame(inner, recurse, in_recurse), frame(outer, pass, in_pass)});
  CHECK(call(outer, "recurse", 1).value() == 2);
  CHECK(w.last() == frames{frame(inner, pass, in_pass), frame(outer, recurse, at_ask),
                           frame(outer, recurse, in_recurse)});
  w.traces.clear();
  CHECK(call(outer, "both", 2).value() == 2 + 5);
  REQUIRE(w.traces.size() == 3);
  CHECK(w.traces[0] == frames{frame(inner, both, at_pair), frame(outer, both, at_pair)});
  CHECK(w.traces[1] == frames{frame(inner, both, at_next), frame(outer, both, at_pair)});
  CHECK(w.traces[2].size() == 8 + 1);
  CHECK(w.traces[2].back() == frame(outer, both, at_next));
  CHECK(w.end == visit_end::complete);
  // Another store's guests are not this one's.
  world<TestType> second;
  second.store.set_fuel(100);
  dovetail::imports away = {
      bind("env", "next", [&](i32 n) { return call(outer, "pass", n).value(); }),
      bind("env", "ask", [](i32 n) { return n; }), bind("env", "pair", [](i32 n) {
        return std::tuple{n, n};
      })};
  const auto distant = second.instantiate(away);
  CHECK(call(distant, "pass", 0).value() == 2);
  CHECK(w.last() == frames{frame(inner, recurse, at_ask), frame(outer, pass, in_pass)});
}

TEMPLATE_LIST_TEST_CASE("frames: a trap is told with the frames that it ends", "", all) {
  world<TestType> w;
  w.store.set_fuel(1'000'000);
  const auto a = w.make();
  CHECK(call(a, "divide", 0).error().code == trap_code::integer_divide_by_zero);
  CHECK(w.last() == frames{frame(a, divide, at_divide)});
  CHECK(w.end == visit_end::complete);
  CHECK(call(a, "deep", 20).error().code == trap_code::integer_divide_by_zero);
  frames expected(22, frame(a, deep, in_deep));
  expected[0] = frame(a, divide, at_divide);
  expected[1].mark = deep_divide;
  CHECK(w.last() == expected);
  CHECK(w.end == visit_end::complete);
  CHECK(call(a, "indirect", 3 << 8).error().code == trap_code::integer_divide_by_zero);
  CHECK(w.last() == frames{frame(a, divide, at_divide), frame(a, indirect, in_indirect)});
  CHECK(call(a, "indirect", 9 << 8).error().code == trap_code::undefined_element);
  CHECK(w.last() == frames{frame(a, indirect, in_indirect)});
  CHECK(call(a, "load", -8).error().code == trap_code::memory_out_of_bounds);
  CHECK(w.last() == frames{frame(a, load, at_load)});
  CHECK(w.store.data().trapped.running == nullptr);
}

TEMPLATE_LIST_TEST_CASE("frames: exhaustion, before a function has its frame", "", all) {
  world<TestType> w;
  w.store.set_fuel(100'000'000);
  w.most = 10'000'000;
  const auto a = w.make();
  CHECK(call(a, "indirect", 0x0400 - 256).has_value() == false);
  for (const char* name : {"forever", "deep"}) {
    w.traces.clear();
    CHECK(call(a, name, 1'000'000).error().code == trap_code::stack_exhausted);
    REQUIRE(w.traces.size() == 1);
    REQUIRE(w.last().size() > 100);
    CHECK(w.end == visit_end::complete);
    const bool is_deep = name[0] == 'd';
    CHECK(w.last()[0] == frame(a, is_deep ? deep : forever, -1));
    w.last().erase(w.last().begin());
    const seen_frame one = is_deep ? frame(a, deep, in_deep) : frame(a, forever, in_forever);
    CHECK(w.last() == frames(w.last().size(), one));
  }
}

TEMPLATE_LIST_TEST_CASE("frames: traps of host functions, of every form, and on their way out", "",
                        all) {
  using outcome = dovetail::result<i32, dovetail::trap>;
  using two = dovetail::result<std::tuple<i32, i32>, dovetail::trap>;
  world<TestType> w;
  w.store.set_fuel(100'000);
  constexpr bool knows_all = TestType::backend::control.keeps_places;
  dovetail::imports failing = {
      bind("env", "next", [](i32 n) -> outcome { return dovetail::trap::host(n); }),
      bind("env", "ask", [](caller&, i32 n) -> outcome { return dovetail::trap::host(n); }),
      bind("env", "pair", [](i32 n) -> two { return dovetail::trap::host(n); })};
  const auto inner = w.instantiate(failing);
  CHECK(call(inner, "pass", 4).error() == dovetail::trap::host(4));
  CHECK(w.last() == frames{frame(inner, pass, in_pass)});
  CHECK(call(inner, "recurse", 1).error() == dovetail::trap::host(0));
  CHECK(w.last() == frames{frame(inner, recurse, at_ask), frame(inner, recurse, in_recurse)});
  CHECK(call(inner, "both", 5).error() == dovetail::trap::host(5));
  CHECK(w.last() == frames{frame(inner, both, at_pair)});
  dovetail::imports env = {
      bind("env", "next", [&](i32 n) { return call(inner, "deep", n); }),
      bind("env", "ask", [&](i32 n) { return call(inner, "divide", n).has_value() ? n : -1; }),
      bind("env", "pair", [](i32 n) {
        return std::tuple{n, n};
      })};
  const auto outer = w.instantiate(env);
  w.traces.clear();
  CHECK(call(outer, "pass", 0).error().code == trap_code::integer_divide_by_zero);
  REQUIRE(w.traces.size() == 2);
  CHECK(w.traces[1] == frames{frame(outer, pass, in_pass)});
  CHECK(w.end == visit_end::complete);
  frames both_entries = {frame(inner, divide, at_divide), frame(inner, deep, deep_divide)};
  if (knows_all) both_entries.push_back(frame(outer, pass, in_pass));
  CHECK(w.traces[0] == both_entries);
  // A trap that the host keeps to itself.
  CHECK(call(outer, "recurse", 0).value() == -1);
  CHECK(w.last()[0] == frame(inner, divide, at_divide));
  CHECK(w.end == (knows_all ? visit_end::complete : visit_end::unknown));
}

TEMPLATE_LIST_TEST_CASE("frames: without the mixin a host function learns that there are some", "",
                        all_plain) {
  world<TestType> w;
  const auto a = w.make();
  CHECK(call(a, "recurse", 3).value() == 3);
  CHECK(w.last().empty());
  CHECK(w.end == visit_end::unknown);
}

}  // namespace unit_api_backtraces
