// Fuel is what the host sees and sets, wherever guests of a backend keep it: host functions read
// it, set it, call guests in turn, trap and throw, and every trap leaves what it leaves in the
// interpreter. Each backend writes down what it sees of the same scripts.
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/pausing.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include "support/catch.hpp"
#include "support/configurations.hpp"

namespace {

using dovetail::bind, dovetail::caller, dovetail::trap, dovetail::trap_code;
using testing::config;
using i32 = std::int32_t;
using u64 = std::uint64_t;

// clang-format off
// (module
//   (memory 1)
//   (func $spend (export "spend") (param i32) (result i32)
//     (loop $again
//       (br_if $again (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
//     (local.get 0))
//   (func (export "stray") (param i32) (result i32)
//     (i32.load offset=65532 (i32.add (call $spend (local.get 0)) (i32.const 9))))
//   (func $begin (drop (call $spend (i32.const 10))))
//   (start $begin))
constexpr std::uint8_t other[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x02, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x60, 0x00, 0x00, 0x03, 0x04, 0x03, 0x00, 0x00, 0x01, 0x05, 0x03, 0x01, 0x00, 0x01,
    0x07, 0x11, 0x02, 0x05, 0x73, 0x70, 0x65, 0x6e, 0x64, 0x00, 0x00, 0x05, 0x73, 0x74, 0x72,
    0x61, 0x79, 0x00, 0x01, 0x08, 0x01, 0x02, 0x0a, 0x2c, 0x03, 0x13, 0x00, 0x03, 0x40, 0x20,
    0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x41, 0x00, 0x4a, 0x0d, 0x00, 0x0b, 0x20, 0x00, 0x0b,
    0x0e, 0x00, 0x20, 0x00, 0x10, 0x00, 0x41, 0x09, 0x6a, 0x28, 0x02, 0xfc, 0xff, 0x03, 0x0b,
    0x07, 0x00, 0x41, 0x0a, 0x10, 0x00, 0x1a, 0x0b,
};

// "walk" keeps its total and as many numbers as there are registers across every call there is.
// (module
//   (type $f (func (param i32) (result i32)))
//   (import "host" "plain" (func $plain (type $f)))
//   (import "host" "contextual" (func $contextual (type $f)))
//   (import "host" "by frame" (func $by_frame (param i32) (result i32 i32)))
//   (import "other" "spend" (func $spend_there (type $f)))
//   (import "other" "stray" (func $stray_there (type $f)))
//   (memory 1 3)
//   (table $t 8 funcref)
//   (elem (i32.const 0) $plain $contextual $spend_there $spend)
//   (func $spend (type $f)
//     (loop $again
//       (br_if $again (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
//     (local.get 0))
//   (func (export "walk") (type $f)
//     (local $n i32) (local $a i64) (local $b i64) (local $c i64) (local $d f64)
//     (local.set $n (local.get 0))
//     (loop $again
//       (local.set 0 (i32.add (local.get 0) (call $plain (local.get $n))))
//       (local.set $a (i64.add (local.get $a) (i64.extend_i32_s (local.get 0))))
//       (local.set 0 (i32.xor (local.get 0) (call $contextual (local.get $n))))
//       (local.set $b (i64.add (local.get $b) (local.get $a)))
//       (local.set 0 (i32.add (local.get 0) (i32.mul (call $by_frame (local.get $n)))))
//       (local.set $c (i64.xor (local.get $c) (local.get $b)))
//       (local.set 0 (i32.add (local.get 0) (call $spend_there (local.get $n))))
//       (local.set $d (f64.add (local.get $d) (f64.const 0.5)))
//       (local.set 0 (i32.add (local.get 0)
//         (call_indirect (type $f) (local.get $n) (i32.and (local.get $n) (i32.const 3)))))
//       (memory.fill (i32.const 0) (i32.const 1) (i32.const 1000))
//       (memory.copy (i32.const 64) (i32.const 0) (i32.const 640))
//       (local.set 0 (i32.add (local.get 0) (memory.grow (i32.const 1))))
//       (local.set 0 (i32.add (local.get 0) (table.grow $t (ref.null func) (i32.const 16))))
//       (table.set $t (i32.const 5) (ref.func $spend))
//       (br_if $again (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1)))
//         (i32.const 0))))
//     (i32.add (i32.add (local.get 0) (i32.wrap_i64 (local.get $c))) (i32.trunc_f64_s (local.get $d))))
//   (func (export "trap") (type $f)
//     (block $forever (block $index (block $null (block $fill (block $fault (block $divide
//       (block $link (block $stop
//         (br_table $stop $link $divide $fault $fill $null $index $forever (local.get 0)))
//       (drop (call $spend (i32.const 3))) (unreachable))
//       (return (i32.add (call $stray_there (i32.const 5)) (i32.const 1))))
//       (return (i32.div_u (i32.const 7) (call $spend (i32.const 4)))))
//       (return (i32.load offset=65532 (i32.add (call $spend (i32.const 4)) (i32.const 1)))))
//       (memory.fill (i32.const 65000) (i32.const 0) (i32.const 6400)) (return (i32.const 0)))
//       (return (call_indirect (type $f) (local.get 0) (i32.const 7))))
//       (return (call_indirect (type $f) (local.get 0) (i32.const 7777))))
//     (loop $again (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br $again))
//     (unreachable))
//   (func (export "tail") (type $f)
//     (block $own (block $stray (block $there (block $indirect (block $context (block $plain
//       (br_table $plain $context $indirect $there $stray $own (local.get 0)))
//       (return_call $plain (local.get 0)))
//       (return_call $contextual (local.get 0)))
//       (return_call_indirect (type $f) (local.get 0) (i32.and (local.get 0) (i32.const 3))))
//       (return_call $spend_there (local.get 0)))
//       (return_call $stray_there (local.get 0)))
//     (return_call $spend (local.get 0)))
//   (func $deep (export "deep") (type $f)
//     (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
//   (func (export "float") (param f64) (result f64)
//     (f64.convert_i32_s (call $contextual (i32.trunc_f64_s (local.get 0)))))
//   (func (export "nothing") (drop (call $plain (i32.const 1)))))
constexpr std::uint8_t guest[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x14, 0x04, 0x60, 0x01, 0x7f, 0x01,
    0x7f, 0x60, 0x01, 0x7f, 0x02, 0x7f, 0x7f, 0x60, 0x01, 0x7c, 0x01, 0x7c, 0x60, 0x00, 0x00,
    0x02, 0x4c, 0x05, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x05, 0x70, 0x6c, 0x61, 0x69, 0x6e, 0x00,
    0x00, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x0a, 0x63, 0x6f, 0x6e, 0x74, 0x65, 0x78, 0x74, 0x75,
    0x61, 0x6c, 0x00, 0x00, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x08, 0x62, 0x79, 0x20, 0x66, 0x72,
    0x61, 0x6d, 0x65, 0x00, 0x01, 0x05, 0x6f, 0x74, 0x68, 0x65, 0x72, 0x05, 0x73, 0x70, 0x65,
    0x6e, 0x64, 0x00, 0x00, 0x05, 0x6f, 0x74, 0x68, 0x65, 0x72, 0x05, 0x73, 0x74, 0x72, 0x61,
    0x79, 0x00, 0x00, 0x03, 0x08, 0x07, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x04, 0x04,
    0x01, 0x70, 0x00, 0x08, 0x05, 0x04, 0x01, 0x01, 0x01, 0x03, 0x07, 0x2f, 0x06, 0x04, 0x77,
    0x61, 0x6c, 0x6b, 0x00, 0x06, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x07, 0x04, 0x74, 0x61,
    0x69, 0x6c, 0x00, 0x08, 0x04, 0x64, 0x65, 0x65, 0x70, 0x00, 0x09, 0x05, 0x66, 0x6c, 0x6f,
    0x61, 0x74, 0x00, 0x0a, 0x07, 0x6e, 0x6f, 0x74, 0x68, 0x69, 0x6e, 0x67, 0x00, 0x0b, 0x09,
    0x0a, 0x01, 0x00, 0x41, 0x00, 0x0b, 0x04, 0x00, 0x01, 0x03, 0x05, 0x0a, 0x97, 0x03, 0x07,
    0x13, 0x00, 0x03, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x41, 0x00, 0x4a, 0x0d,
    0x00, 0x0b, 0x20, 0x00, 0x0b, 0xae, 0x01, 0x03, 0x01, 0x7f, 0x03, 0x7e, 0x01, 0x7c, 0x20,
    0x00, 0x21, 0x01, 0x03, 0x40, 0x20, 0x00, 0x20, 0x01, 0x10, 0x00, 0x6a, 0x21, 0x00, 0x20,
    0x02, 0x20, 0x00, 0xac, 0x7c, 0x21, 0x02, 0x20, 0x00, 0x20, 0x01, 0x10, 0x01, 0x73, 0x21,
    0x00, 0x20, 0x03, 0x20, 0x02, 0x7c, 0x21, 0x03, 0x20, 0x00, 0x20, 0x01, 0x10, 0x02, 0x6c,
    0x6a, 0x21, 0x00, 0x20, 0x04, 0x20, 0x03, 0x85, 0x21, 0x04, 0x20, 0x00, 0x20, 0x01, 0x10,
    0x03, 0x6a, 0x21, 0x00, 0x20, 0x05, 0x44, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xe0, 0x3f,
    0xa0, 0x21, 0x05, 0x20, 0x00, 0x20, 0x01, 0x20, 0x01, 0x41, 0x03, 0x71, 0x11, 0x00, 0x00,
    0x6a, 0x21, 0x00, 0x41, 0x00, 0x41, 0x01, 0x41, 0xe8, 0x07, 0xfc, 0x0b, 0x00, 0x41, 0xc0,
    0x00, 0x41, 0x00, 0x41, 0x80, 0x05, 0xfc, 0x0a, 0x00, 0x00, 0x20, 0x00, 0x41, 0x01, 0x40,
    0x00, 0x6a, 0x21, 0x00, 0x20, 0x00, 0xd0, 0x70, 0x41, 0x10, 0xfc, 0x0f, 0x00, 0x6a, 0x21,
    0x00, 0x41, 0x05, 0xd2, 0x05, 0x26, 0x00, 0x20, 0x01, 0x41, 0x01, 0x6b, 0x22, 0x01, 0x41,
    0x00, 0x4a, 0x0d, 0x00, 0x0b, 0x20, 0x00, 0x20, 0x04, 0xa7, 0x6a, 0x20, 0x05, 0xaa, 0x6a,
    0x0b, 0x76, 0x00, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40,
    0x02, 0x40, 0x02, 0x40, 0x20, 0x00, 0x0e, 0x07, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    0x07, 0x0b, 0x41, 0x03, 0x10, 0x05, 0x1a, 0x00, 0x0b, 0x41, 0x05, 0x10, 0x04, 0x41, 0x01,
    0x6a, 0x0f, 0x0b, 0x41, 0x07, 0x41, 0x04, 0x10, 0x05, 0x6e, 0x0f, 0x0b, 0x41, 0x04, 0x10,
    0x05, 0x41, 0x01, 0x6a, 0x28, 0x02, 0xfc, 0xff, 0x03, 0x0f, 0x0b, 0x41, 0xe8, 0xfb, 0x03,
    0x41, 0x00, 0x41, 0x80, 0x32, 0xfc, 0x0b, 0x00, 0x41, 0x00, 0x0f, 0x0b, 0x20, 0x00, 0x41,
    0x07, 0x11, 0x00, 0x00, 0x0f, 0x0b, 0x20, 0x00, 0x41, 0xe1, 0x3c, 0x11, 0x00, 0x00, 0x0f,
    0x0b, 0x03, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6a, 0x21, 0x00, 0x0c, 0x00, 0x0b, 0x00, 0x0b,
    0x3c, 0x00, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20,
    0x00, 0x0e, 0x05, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x20, 0x00, 0x12, 0x00, 0x0b,
    0x20, 0x00, 0x12, 0x01, 0x0b, 0x20, 0x00, 0x20, 0x00, 0x41, 0x03, 0x71, 0x13, 0x00, 0x00,
    0x0b, 0x20, 0x00, 0x12, 0x03, 0x0b, 0x20, 0x00, 0x12, 0x04, 0x0b, 0x20, 0x00, 0x12, 0x05,
    0x0b, 0x0c, 0x00, 0x20, 0x00, 0x41, 0x01, 0x6a, 0x10, 0x09, 0x41, 0x01, 0x6a, 0x0b, 0x08,
    0x00, 0x20, 0x00, 0xaa, 0x10, 0x01, 0xb7, 0x0b, 0x07, 0x00, 0x41, 0x01, 0x10, 0x00, 0x1a,
    0x0b,
};
// clang-format on

// What was seen: by a host function, or of a call that it or the test made.
struct sight {
  char what = 0;
  i32 value = 0;
  trap_code reason = trap_code::none;
  u64 fuel = 0;
  friend bool operator==(const sight&, const sight&) = default;
};

template <class Config>
struct latest : Config {
  static constexpr dovetail::features accept = dovetail::features::wasm3();
};

// A guest whose host does one thing after another by a list of numbers that are the same
// everywhere.
template <class C>
class script {
 public:
  explicit script(u64 seed) : random_(seed) {
    store_.set_fuel(1000);
    const auto there = store_.instantiate(compile(other)).value();
    log('s', 0);
    dovetail::imports host = {bind<&plain>("host", "plain"),
                              bind("host", "contextual", [this](caller&, i32 n) { return act(n); }),
                              bind("host", "by frame",
                                   [this](i32 n) -> dovetail::result<std::tuple<i32, i32>, trap> {
                                     const auto done = act(n);
                                     if (!done) return done.error();
                                     return std::tuple(*done, n);
                                   }),
                              dovetail::provide("other", "spend", *there.find("spend")),
                              dovetail::provide("other", "stray", *there.find("stray"))};
    guest_ = store_.instantiate(compile(guest), host).value();
  }

  // Every export in its own way, with little fuel and with much.
  std::vector<sight> run() {
    for (const u64 fuel : {10u, 300u, 5000u}) {
      for (const char* name : {"trap", "tail", "walk"}) {
        for (i32 n = 0; n < 8; ++n) {
          store_.set_fuel(fuel);
          call(name, n);
        }
      }
    }
    return std::move(seen_);
  }
  // The same without anything unforeseen.
  std::vector<sight> run_quietly() {
    is_quiet_ = true;
    return run();
  }
  // What there is when the stack is at its end.
  u64 left_at_the_end_of_the_stack(u64 given) {
    store_.set_fuel(given);
    const auto done = guest_->template get<i32(i32)>("deep").value()(0);
    CHECK((!done.has_value() && done.error().code == trap_code::stack_exhausted));
    return store_.fuel();
  }

 private:
  using rt = dovetail::runtime<C>;

  static i32 plain(i32 n) {
    const auto done = current->act(n);
    return done ? *done : n;
  }
  template <std::size_t N>
  auto compile(const std::uint8_t (&bytes)[N]) {
    return engine_.compile(std::as_bytes(std::span(bytes))).value();
  }
  void log(char what, i32 value, trap_code reason = trap_code::none) {
    seen_.push_back({what, value, reason, store_.fuel()});
  }
  std::uint32_t below(std::uint32_t n) {
    random_ = random_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(random_ >> 33) % n;
  }

  dovetail::result<i32, trap> act(i32 n) {
    log('h', n);
    if (is_quiet_) return n + 1;
    switch (below(16)) {
      case 0: store_.set_fuel(below(400)); break;
      case 1: store_.add_fuel(below(300)); break;
      case 2: store_.set_fuel(0); break;
      case 3: call("walk", static_cast<i32>(below(3))); break;
      case 4: call("trap", static_cast<i32>(below(8))); break;
      case 5: call("tail", static_cast<i32>(below(8))); break;
      case 6: store_.add_fuel(77); return trap::host(n);
      case 7: store_.set_fuel(below(500));
#ifdef __cpp_exceptions
        throw std::runtime_error("of the host");
#else
        break;
#endif
      case 8:
        if constexpr (C::backend::control.stops != dovetail::interrupt::none)
          store_.stop_button().press();
        break;
      default: break;
    }
    log('r', n);
    return n + 1;
  }
  // By a native entry, or by a frame of slots.
  void call(const char* name, i32 n) {
    if (depth_ == 3) return;
    ++depth_;
    const auto before = std::exchange(current, this);
    trap reason;
    i32 result = 0;
    const auto keep = [&](const auto& done) {
      if (!done) {
        reason = done.error();
      } else if constexpr (requires { static_cast<i32>(*done); }) {
        result = static_cast<i32>(*done);
      }
    };
    const auto enter = [&] {
      switch (below(5)) {
        case 0: {
          dovetail::value in[] = {dovetail::value(n)}, out[1];
          const auto done = guest_->find(name)->as_function().call(in, out);
          keep(done);
          if (done) result = out[0].template as<i32>();
          break;
        }
        case 1: keep(guest_->template get<double(double)>("float").value()(n)); break;
        case 2: keep(guest_->template get<void()>("nothing").value()()); break;
        default: keep(guest_->template get<i32(i32)>(name).value()(n));
      }
    };
#ifdef __cpp_exceptions
    try {
      enter();
    } catch (const std::runtime_error&) {
      reason = trap{trap_code::host_exception, 0};
    }
#else
    enter();
#endif
    current = before;
    --depth_;
    log(name[1], reason ? 0 : result, reason.code);
  }

  static inline script* current = nullptr;

  typename rt::engine engine_;
  typename rt::store store_{engine_};
  std::optional<typename rt::instance> guest_;
  std::vector<sight> seen_;
  u64 random_;
  int depth_ = 0;
  bool is_quiet_ = false;
};

template <class B>
using plain = dovetail::fuel<B>;
template <class B>
using refilled = dovetail::refillable_fuel<B>;
template <class B>
using stopped = dovetail::interruptible<dovetail::fuel<B>>;
template <class B>
using stopped_at_page = dovetail::interruptible<dovetail::fuel<B>, dovetail::interrupt::page>;

template <class Backend, class Memory = dovetail::checked_memory>
using script_of = script<latest<config<Backend, Memory>>>;

void compare(const std::vector<sight>& seen, const std::vector<sight>& expected) {
  CHECK(seen.size() == expected.size());
  for (std::size_t i = 0; i < seen.size() && i < expected.size(); ++i) {
    if (seen[i] == expected[i]) continue;
    FAIL(i << ": " << seen[i].what << " " << seen[i].value << " " << message(seen[i].reason) << ", "
           << seen[i].fuel << " left, not " << expected[i].what << " " << expected[i].value << " "
           << message(expected[i].reason) << ", " << expected[i].fuel << " left");
  }
}

#ifdef DOVETAIL_WITH_X64
using compared_backend = dovetail::x64;
#else
using compared_backend = dovetail::interpreter;
#endif

// Runs scripts under both memories; which traps there were.
template <template <class> class Fuel>
u64 compare_scripts(u64 count) {
  u64 traps = 0;
  for (u64 seed = 1; seed <= count; ++seed) {
    INFO("script " << seed);
    const auto expected = script_of<Fuel<dovetail::interpreter>>(seed).run();
    for (const sight& one : expected) traps |= u64{1} << static_cast<unsigned>(one.reason);
    compare(script_of<Fuel<compared_backend>>(seed).run(), expected);
    compare(script_of<Fuel<compared_backend>, dovetail::guarded_memory>(seed).run(), expected);
  }
  return traps;
}

// A guest that waits in "ask" while others of its store spend, and the host gives and takes.
template <class C>
std::vector<u64> pauses() {
  using rt = dovetail::runtime<C>;
  typename rt::engine engine;
  typename rt::store store{engine};
  store.set_fuel(1000);
  const auto spender =
      store.instantiate(engine.compile(std::as_bytes(std::span(other))).value()).value();
  std::vector<u64> seen;
  const auto stop = [&](caller& from, i32 n) -> dovetail::result<i32, trap> {
    seen.push_back(store.fuel());
    if (const trap t = dovetail::pause(from)) return t;
    seen.push_back(store.fuel());
    return n;
  };
  dovetail::imports host = {bind("host", "plain", stop), bind("host", "contextual", stop),
                            bind("host", "by frame", [](i32 n) { return std::tuple(n, n); }),
                            dovetail::provide("other", "spend", *spender.find("spend")),
                            dovetail::provide("other", "stray", *spender.find("stray"))};
  const auto made =
      store.instantiate(engine.compile(std::as_bytes(std::span(guest))).value(), host).value();
  const auto walk = made.template get<i32(i32)>("walk").value();
  const auto spend = spender.template get<i32(i32)>("spend").value();
  for (const u64 given : {70u, 500u, 10'000u}) {
    dovetail::pausable_call call(store, walk);
    store.set_fuel(given);
    REQUIRE(call.start(3).has_value());
    for (i32 n = 3; call.is_paused(); ++n) {
      static_cast<void>(spend(n));
      seen.push_back(store.fuel());
      if (n == 6) store.add_fuel(100);
      if (n == 7) store.set_fuel(60);
      REQUIRE(call.resume().has_value());
    }
    REQUIRE(call.is_done());
    const auto outcome = call.outcome();
    seen.push_back(outcome.has_value() ? 0 : static_cast<u64>(outcome.error().code));
    seen.push_back(store.fuel());
  }
  // One that never goes on.
  dovetail::pausable_call call(store, walk);
  store.set_fuel(1000);
  REQUIRE(call.start(1).has_value());
  static_cast<void>(spend(5));
  REQUIRE(call.drop().has_value());
  seen.push_back(store.fuel());
  return seen;
}

}  // namespace

TEST_CASE("fuel: guests spend what they should, and it is the same everywhere") {
  using dovetail::guarded_memory;
  const auto expected = script_of<plain<dovetail::interpreter>>(1).run_quietly();
  // Four for the start function and its call; the loop, ten times seven, and three behind it.
  CHECK(expected[0].fuel == 1000 - (4 + 1 + 10 * 7 + 3));
  compare(script_of<plain<compared_backend>>(1).run_quietly(), expected);
  compare(script_of<plain<compared_backend>, guarded_memory>(1).run_quietly(), expected);
  compare(script_of<refilled<compared_backend>>(1).run_quietly(), expected);
  compare(script_of<stopped<compared_backend>, guarded_memory>(1).run_quietly(), expected);
  compare(script_of<stopped_at_page<compared_backend>>(1).run_quietly(), expected);
}

TEST_CASE("fuel: hosts read and change it within any call, and every trap keeps it") {
  constexpr auto bit = [](trap_code t) { return u64{1} << static_cast<unsigned>(t); };
  constexpr u64 wanted = bit(trap_code::none) | bit(trap_code::unreachable) |
                         bit(trap_code::integer_divide_by_zero) |
                         bit(trap_code::memory_out_of_bounds) | bit(trap_code::undefined_element) |
                         bit(trap_code::uninitialized_element) | bit(trap_code::out_of_fuel) |
                         bit(trap_code::host_trap);
  CHECK((compare_scripts<plain>(60) & wanted) == wanted);
  CHECK((compare_scripts<refilled>(20) & wanted) == wanted);
#ifdef __cpp_exceptions
  CHECK((compare_scripts<plain>(10) & bit(trap_code::host_exception)) != 0);
#endif
  CHECK((compare_scripts<stopped>(20) & bit(trap_code::interrupted)) != 0);
  CHECK((compare_scripts<stopped_at_page>(20) & bit(trap_code::interrupted)) != 0);
}

TEST_CASE("fuel: at the end of the stack every frame has paid") {
  constexpr u64 given = 1'000'000'000;
  for (const u64 left :
       {script_of<plain<dovetail::interpreter>>(1).left_at_the_end_of_the_stack(given),
        script_of<plain<compared_backend>>(1).left_at_the_end_of_the_stack(given),
        script_of<plain<compared_backend>, dovetail::guarded_memory>(1)
            .left_at_the_end_of_the_stack(given)}) {
    CHECK(given - left > 7 * 100);
    CHECK((given - left) % 7 == 0);
  }
}

TEST_CASE("fuel: what happens while a call is paused counts when it goes on") {
  const auto expected = pauses<config<plain<dovetail::interpreter>>>();
  CHECK(expected.size() > 20);
  CHECK(pauses<config<plain<compared_backend>>>() == expected);
  CHECK(pauses<config<plain<compared_backend>, dovetail::guarded_memory>>() == expected);
  CHECK(pauses<config<refilled<compared_backend>>>() == expected);
}
