// Frames are the same on every backend: functions, offsets and order, from host functions and at
// traps of every kind. Each backend writes down what it sees of one script, and the lists are
// equal.
#include <cstdint>
#include <vector>

#include <dovetail/backtraces.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/x64.hpp>

#include "support/catch.hpp"

namespace {

using dovetail::guest_frame;
using dovetail::trap_code;
using dovetail::visit_end;
using i32 = std::int32_t;

// (module
//   (type $f (func (param i32) (result i32)))
//   (import "env" "look" (func $look (type $f)))
//   (import "env" "other" (func $other (type $f)))
//   (memory 1)
//   (table 8 8 funcref)
//   (elem (i32.const 0) $trap $look $nested $kind)
//   (func $kind)
//   (func $trap (export "trap") (type $f)
//     (local $x i64)
//     (block $host (block $link (block $memory (block $divide (block $index (block $null
//       (block $type (block $stop
//         (br_table $stop $memory $divide $index $null $type $link $host (local.get 0)))
//       (unreachable))
//       (return (i32.add (i32.const 1)
//         (call_indirect (type $f) (local.get 0) (i32.const 3)))))
//       (return (i32.add (i32.const 1)
//         (call_indirect (type $f) (local.get 0) (i32.const 7)))))
//       (return (i32.add (i32.const 1)
//         (call_indirect (type $f) (local.get 0) (i32.const 77)))))
//       (return (i32.div_u (i32.const 7) (i32.sub (local.get 0) (i32.const 2)))))
//       (return (i32.load offset=65532 (local.get 0))))
//       (return (i32.add (call $other (local.get 0)) (i32.const 1))))
//     (i32.add (call $look (i32.const -1)) (i32.const 1)))
//   (func $nested (export "nested") (type $f)
//     (i32.add (i32.const 1) (call_indirect (type $f) (local.get 0) (i32.const 0))))
//   (func $tail (export "tail") (type $f)
//     (if (i32.eq (local.get 0) (i32.const 100)) (then (return_call $look (local.get 0))))
//     (if (i32.gt_s (local.get 0) (i32.const 100))
//       (then (return_call $tail (i32.sub (local.get 0) (i32.const 1)))))
//     (return_call_indirect (type $f) (local.get 0) (i32.const 2)))
//   (func $through (export "through") (type $f)
//     (i32.add (call $tail (local.get 0)) (i32.const 1)))
//   (func $both (export "both") (type $f)
//     (i32.add (call_indirect (type $f) (local.get 0) (i32.const 1))
//       (i32.add (call $other (local.get 0)) (call $look (local.get 0)))))
//   (func $deep (export "deep") (type $f)
//     (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
//   (func $forever (export "forever") (type $f)
//     (loop $again (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br $again))
//     (unreachable))
//   (func $loop (export "loop") (type $f) (i32.add (call $forever (local.get 0)) (i32.const 1))))
constexpr std::uint8_t guest[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x02, 0x60, 0x01, 0x7f, 0x01, 0x7f,
    0x60, 0x00, 0x00, 0x02, 0x18, 0x02, 0x03, 0x65, 0x6e, 0x76, 0x04, 0x6c, 0x6f, 0x6f, 0x6b, 0x00,
    0x00, 0x03, 0x65, 0x6e, 0x76, 0x05, 0x6f, 0x74, 0x68, 0x65, 0x72, 0x00, 0x00, 0x03, 0x0a, 0x09,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x05, 0x01, 0x70, 0x01, 0x08, 0x08,
    0x05, 0x03, 0x01, 0x00, 0x01, 0x07, 0x41, 0x08, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x03, 0x06,
    0x6e, 0x65, 0x73, 0x74, 0x65, 0x64, 0x00, 0x04, 0x04, 0x74, 0x61, 0x69, 0x6c, 0x00, 0x05, 0x07,
    0x74, 0x68, 0x72, 0x6f, 0x75, 0x67, 0x68, 0x00, 0x06, 0x04, 0x62, 0x6f, 0x74, 0x68, 0x00, 0x07,
    0x04, 0x64, 0x65, 0x65, 0x70, 0x00, 0x08, 0x07, 0x66, 0x6f, 0x72, 0x65, 0x76, 0x65, 0x72, 0x00,
    0x09, 0x04, 0x6c, 0x6f, 0x6f, 0x70, 0x00, 0x0a, 0x09, 0x0a, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x04,
    0x03, 0x00, 0x04, 0x02, 0x0a, 0xe9, 0x01, 0x09, 0x02, 0x00, 0x0b, 0x6b, 0x01, 0x01, 0x7e, 0x02,
    0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20,
    0x00, 0x0e, 0x07, 0x00, 0x05, 0x04, 0x03, 0x02, 0x01, 0x06, 0x07, 0x0b, 0x00, 0x0b, 0x41, 0x01,
    0x20, 0x00, 0x41, 0x03, 0x11, 0x00, 0x00, 0x6a, 0x0f, 0x0b, 0x41, 0x01, 0x20, 0x00, 0x41, 0x07,
    0x11, 0x00, 0x00, 0x6a, 0x0f, 0x0b, 0x41, 0x01, 0x20, 0x00, 0x41, 0xcd, 0x00, 0x11, 0x00, 0x00,
    0x6a, 0x0f, 0x0b, 0x41, 0x07, 0x20, 0x00, 0x41, 0x02, 0x6b, 0x6e, 0x0f, 0x0b, 0x20, 0x00, 0x28,
    0x02, 0xfc, 0xff, 0x03, 0x0f, 0x0b, 0x20, 0x00, 0x10, 0x01, 0x41, 0x01, 0x6a, 0x0f, 0x0b, 0x41,
    0x7f, 0x10, 0x00, 0x41, 0x01, 0x6a, 0x0b, 0x0c, 0x00, 0x41, 0x01, 0x20, 0x00, 0x41, 0x00, 0x11,
    0x00, 0x00, 0x6a, 0x0b, 0x26, 0x00, 0x20, 0x00, 0x41, 0xe4, 0x00, 0x46, 0x04, 0x40, 0x20, 0x00,
    0x12, 0x00, 0x0b, 0x20, 0x00, 0x41, 0xe4, 0x00, 0x4a, 0x04, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6b,
    0x12, 0x05, 0x0b, 0x20, 0x00, 0x41, 0x02, 0x13, 0x00, 0x00, 0x0b, 0x09, 0x00, 0x20, 0x00, 0x10,
    0x05, 0x41, 0x01, 0x6a, 0x0b, 0x13, 0x00, 0x20, 0x00, 0x41, 0x01, 0x11, 0x00, 0x00, 0x20, 0x00,
    0x10, 0x01, 0x20, 0x00, 0x10, 0x00, 0x6a, 0x6a, 0x0b, 0x0c, 0x00, 0x20, 0x00, 0x41, 0x01, 0x6a,
    0x10, 0x08, 0x41, 0x01, 0x6a, 0x0b, 0x0f, 0x00, 0x03, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6a, 0x21,
    0x00, 0x0c, 0x00, 0x0b, 0x00, 0x0b, 0x09, 0x00, 0x20, 0x00, 0x10, 0x09, 0x41, 0x01, 0x6a, 0x0b,
};

struct seen {
  int instance = -1;
  std::uint32_t function = 0, offset = 0;
  friend bool operator==(const seen&, const seen&) = default;
};
struct trace {
  const char* step = nullptr;
  i32 argument = 0;
  trap_code trap = trap_code::none;
  visit_end end = visit_end::stopped;
  std::vector<seen> frames;
  friend bool operator==(const trace&, const trace&) = default;
};

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

// Two instances of a module, each of which has a function of the other for "other", by the host
// in between or directly.
template <class Backend, class Memory>
class script {
  using rt = dovetail::runtime<config<Backend, Memory>>;

 public:
  std::vector<trace> run() {
    dovetail::watch_traps(
        store_.data(),
        [](dovetail::vm::store& s, void* self) noexcept {
          auto& me = *static_cast<script*>(self);
          me.look(s, s.report.code);
        },
        this);
    const auto module = engine_.compile(std::as_bytes(std::span(guest))).value();
    store_.set_fuel(1'000'000'000);
    dovetail::imports first = {
        dovetail::bind("env", "look", [this](i32 n) { return ask(n); }),
        dovetail::bind("env", "other", [this](i32 n) -> dovetail::result<i32, dovetail::trap> {
          return made_[1].template get<i32(i32)>("nested").value()(n == 6 ? 0 : n);
        })};
    made_.push_back(store_.instantiate(module, first).value());
    for (const char* other : {"both", "through"}) {
      dovetail::imports next = {dovetail::bind("env", "look", [this](i32 n) { return ask(n); }),
                                dovetail::provide("env", "other", *made_.back().find(other))};
      made_.push_back(store_.instantiate(module, next).value());
    }
    for (const char* name : {"trap", "nested", "tail", "through", "both"}) {
      for (i32 n = 0; n < 8; ++n) call(name, n);
    }
    call("tail", 1000);
    call("through", 1000);
    for (const char* name : {"deep", "loop"}) {
      store_.set_fuel(name[0] == 'd' ? 1'000'000'000 : 1000);
      call(name, 0);
    }
    // Stopped wherever it looks first, and as the host returns.
    store_.set_fuel(1'000'000'000);
    const auto button = store_.stop_button();
    button.hold();
    call("loop", 0);
    button.release();
    presses_ = true;
    call("through", 100);
    return std::move(traces_);
  }

 private:
  void call(const char* name, i32 n) {
    for (auto& i : made_) {
      step_ = name;
      argument_ = n;
      if (calls_++ > 10'000) return;
      static_cast<void>(i.template get<i32(i32)>(name).value()(n));
    }
  }
  dovetail::result<i32, dovetail::trap> ask(i32 n) {
    look(store_.data(), trap_code::none);
    if (n < 0) return dovetail::trap::host(n);
    if (presses_) store_.stop_button().press();
    return n;
  }
  void look(const dovetail::vm::store& s, trap_code t) {
    trace& seen_now = traces_.emplace_back();
    seen_now.step = step_;
    seen_now.argument = argument_;
    seen_now.trap = t;
    seen_now.end = dovetail::visit_frames<Backend>(s, [&](const guest_frame& f) {
      int number = 0;
      while (&made_[static_cast<std::size_t>(number)].data() != f.instance) ++number;
      const seen one{number, f.function.value, f.offset};
      // How deep a stack is, is the backend's.
      auto& all = seen_now.frames;
      if (t == trap_code::stack_exhausted && all.size() > 2 && all.back() == one) return true;
      all.push_back(one);
      return true;
    });
  }

  typename rt::engine engine_;
  typename rt::store store_{engine_};
  std::vector<typename rt::instance> made_;
  std::vector<trace> traces_;
  const char* step_ = nullptr;
  i32 argument_ = 0;
  int calls_ = 0;
  bool presses_ = false;
};

template <class Backend>
using watched = dovetail::backtraces<dovetail::interruptible<dovetail::fuel<Backend>>>;

template <class Memory>
void compare() {
  const auto expected = script<watched<dovetail::interpreter>, Memory>().run();
  const auto seen = script<watched<dovetail::x64>, Memory>().run();
  CHECK(expected.size() == seen.size());
  std::size_t traps = 0;
  std::uint64_t kinds = 0;
  for (std::size_t i = 0; i < expected.size() && i < seen.size(); ++i) {
    INFO(i << " " << expected[i].step << " " << expected[i].argument << " "
           << message(expected[i].trap));
    CHECK(expected[i].end == visit_end::complete);
    CHECK(expected[i] == seen[i]);
    traps += expected[i].trap != trap_code::none;
    kinds |= std::uint64_t{1} << static_cast<unsigned>(expected[i].trap);
  }
  CHECK(traps > 50);
  for (const trap_code t :
       {trap_code::unreachable, trap_code::integer_divide_by_zero, trap_code::memory_out_of_bounds,
        trap_code::undefined_element, trap_code::uninitialized_element,
        trap_code::indirect_call_type_mismatch, trap_code::stack_exhausted, trap_code::out_of_fuel,
        trap_code::interrupted, trap_code::host_trap}) {
    INFO(message(t));
    CHECK((kinds >> static_cast<unsigned>(t) & 1) == 1);
  }
}

}  // namespace

TEST_CASE("frames: one script, seen alike by the interpreter and by machine code") {
  compare<dovetail::checked_memory>();
  compare<dovetail::guarded_memory>();
}
