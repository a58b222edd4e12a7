// One measurement of one of our engines, for run.py: what peer.mjs does, line by line. Prints a
// line of JSON: seconds of the thread's processor time a unit, and an answer to compare.
//
//   peer ENGINE workload FILE EXPORT ARGUMENT SECONDS
//   peer ENGINE call FILE EXPORT SECONDS
//   peer ENGINE compile FILE SECONDS
//   peer ENGINE quickjs FILE SCRIPT SECONDS
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measure.hpp"

namespace {

using peers::give_up, peers::measure, peers::number, peers::say;

using arguments = std::span<const std::string_view>;

std::vector<char> file(std::string_view name) {
  std::ifstream in(std::string(name), std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (bytes.empty()) give_up("cannot read " + std::string(name));
  return bytes;
}

template <class T>
T value_of(dovetail::result<T, dovetail::trap> outcome) {
  if (!outcome) give_up(outcome.error().message());
  return *outcome;
}

template <class Config>
struct peer {
  using rt = dovetail::runtime<Config>;
  typename rt::engine engine;
  typename rt::store store{engine};

  template <class... Host>
  typename rt::instance load(std::string_view name, Host&... host) {
    const auto bytes = file(name);
    const auto module = engine.compile(std::as_bytes(std::span(bytes)));
    if (!module) give_up("does not compile");
    auto made = store.instantiate(*module, host...);
    if (!made) give_up("does not instantiate");
    return *made;
  }
  template <class Signature>
  static auto function(const typename rt::instance& of, std::string_view name) {
    auto found = of.template get<Signature>(name);
    if (!found) give_up("no function " + std::string(name));
    return *found;
  }

  static dovetail::memory_view memory_of(const typename rt::instance& of) {
    auto found = of.template get<dovetail::memory_view>("memory");
    if (!found) give_up("no memory");
    return *found;
  }

  void workload(arguments a) {
    const auto f = function<unsigned(unsigned)>(load(a[0]), a[1]);
    const auto argument = static_cast<unsigned>(number(a[2]));
    unsigned answer = 0;
    const double seconds = measure(a[3], 1, [&] { answer = value_of(f(argument)); });
    say(seconds, std::to_string(answer));
  }

  void call(arguments a) {
    const auto add = function<int(int, int)>(load(a[0]), a[1]);
    constexpr int calls = 100'000;
    int sum = 0;
    const double seconds = measure(a[2], calls, [&] {
      sum = 0;
      for (int i = 0; i < calls; ++i) sum = value_of(add(sum, i & 7));
    });
    say(seconds, std::to_string(sum));
  }

  void compile(arguments a) {
    const auto bytes = file(a[0]);
    const double seconds = measure(a[1], 1, [&] {
      typename rt::engine fresh;
      if (!fresh.compile(std::as_bytes(std::span(bytes)))) give_up("does not compile");
    });
    say(seconds, std::to_string(bytes.size()));
  }

  // quickjs-wasi: a JavaScript engine as a guest, which runs a script.
  void quickjs(arguments a) {
    using dovetail::bind;
    using u32 = std::uint32_t;
    constexpr std::string_view wasi = "wasi_snapshot_preview1";
    const auto bad_descriptor = [] { return 8; };
    dovetail::imports host = {
        bind("env", "host_get_timezone_offset", [](int, int) { return 0; }),
        bind("env", "host_interrupt", [] { return 0; }),
        bind("env", "host_promise_rejection", [](int, int, int) {}),
        bind("env", "host_module_normalize", [](int, int) { return 0; }),
        bind("env", "host_module_load", [](int, int) { return 0; }),
        bind("env", "host_call", [](int, int, int, int, int) { return 0; }),
        bind(wasi, "clock_time_get",
             [](dovetail::caller& c, u32, std::uint64_t, u32 out) {
               return c.memory().write(out, std::uint64_t{1'700'000'000'000'000'000}) ? 21 : 0;
             }),
        bind(wasi, "random_get", [](u32, u32) { return 0; }),
        bind(wasi, "fd_close", [=](int) { return bad_descriptor(); }),
        bind(wasi, "fd_fdstat_get", [=](int, int) { return bad_descriptor(); }),
        bind(wasi, "fd_seek", [=](int, std::int64_t, int, int) { return bad_descriptor(); }),
        bind(wasi, "fd_write", [=](int, int, int, int) { return bad_descriptor(); }),
    };
    const typename rt::instance guest = load(a[0], host);
    const dovetail::memory_view memory = memory_of(guest);
    const auto put = [&](std::span<const char> text) {
      const auto size = static_cast<u32>(text.size());
      const u32 at = value_of(function<u32(u32)>(guest, "malloc")(size + 1));
      for (u32 i = 0; i < size; ++i) static_cast<void>(memory.write(at + i, text[i]));
      static_cast<void>(memory.write(at + size, '\0'));
      return at;
    };
    static_cast<void>(function<void()>(guest, "_initialize")());
    if (value_of(function<int()>(guest, "qjs_init")()) != 0) give_up("qjs_init");
    const auto script = file(a[1]);
    const u32 text = put(script), name = put(std::string_view("peer.js"));
    const auto eval = function<u32(u32, u32, u32, u32)>(guest, "qjs_eval");
    const auto number_in = function<double(u32)>(guest, "qjs_get_float64");
    const auto release = function<void(u32)>(guest, "qjs_free_value");
    double answer = 0;
    const double seconds = measure(a[2], 1, [&] {
      const u32 value = value_of(eval(text, static_cast<u32>(script.size()), name, 0));
      answer = value_of(number_in(value));
      static_cast<void>(release(value));
    });
    say(seconds, std::to_string(answer));
  }
};

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

template <class Backend, class Memory>
void run(std::string_view question, arguments a) {
  peer<config<Backend, Memory>> p;
  if (question == "workload" && a.size() == 4) return p.workload(a);
  if (question == "call" && a.size() == 3) return p.call(a);
  if (question == "compile" && a.size() == 2) return p.compile(a);
  if (question == "quickjs" && a.size() == 3) return p.quickjs(a);
  give_up("no such question");
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string_view> all(words + 1, words + count);
  if (all.size() < 3) give_up("peer ENGINE QUESTION FILE ...");
  const arguments rest = std::span(all).subspan(2);
  if (all[0] == "interpreter-guarded") {
    run<dovetail::interpreter, dovetail::guarded_memory>(all[1], rest);
  } else if (all[0] == "interpreter-checked") {
    run<dovetail::interpreter, dovetail::checked_memory>(all[1], rest);
#ifdef DOVETAIL_WITH_X64
  } else if (all[0] == "x64-guarded") {
    run<dovetail::x64, dovetail::guarded_memory>(all[1], rest);
  } else if (all[0] == "x64-checked") {
    run<dovetail::x64, dovetail::checked_memory>(all[1], rest);
  } else if (all[0] == "x64-unchecked") {
    run<dovetail::x64, dovetail::unchecked_memory>(all[1], rest);
#endif
  } else {
    give_up("no such engine");
  }
  return 0;
}
