// One measurement of one of our engines, for run.py: what peer.mjs does, line by line. Prints a
// line of JSON: seconds of the thread's processor time a unit, and an answer to compare.
//
//   peer ENGINE workload FILE EXPORT ARGUMENT SECONDS
//   peer ENGINE program FILE EXPORT ARGUMENT SECONDS
//   peer ENGINE first_result FILE EXPORT SECONDS
//   peer ENGINE first_result_on_two FILE EXPORT SECONDS
//   peer ENGINE call FILE EXPORT SECONDS
//   peer ENGINE compile FILE SECONDS
//   peer ENGINE digest FILE INIT FINAL BYTES SECONDS
//   peer ENGINE llhttp FILE SECONDS
//   peer ENGINE quickjs FILE SCRIPT SECONDS
//   peer ENGINE python FILE SCRIPT SECONDS
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

#include <string>
#include <string_view>
#include <vector>

#include "host.hpp"
#include "modules.hpp"
#include "programs.hpp"

namespace {

using namespace peers;

template <class Config>
void ask_workload(arguments a) {
  host<Config> home;
  const auto f = home.template function<unsigned(unsigned)>(home.load(a[0]), a[1]);
  const auto argument = static_cast<unsigned>(number(a[2]));
  unsigned answer = 0;
  const double seconds = measure(a[3], 1, [&] { answer = value_of(f(argument)); });
  say(seconds, std::to_string(answer));
}

template <class Config>
void ask_call(arguments a) {
  host<Config> home;
  const auto add = home.template function<int(int, int)>(home.load(a[0]), a[1]);
  constexpr int calls = 100'000;
  int sum = 0;
  const double seconds = measure(a[2], calls, [&] {
    sum = 0;
    for (int i = 0; i < calls; ++i) sum = value_of(add(sum, i & 7));
  });
  say(seconds, std::to_string(sum));
}

template <class Config>
void ask_compile(arguments a) {
  const auto bytes = file(a[0]);
  const double seconds = measure(a[1], 1, [&] {
    typename dovetail::runtime<Config>::engine fresh;
    if (!fresh.compile(std::as_bytes(std::span(bytes)))) give_up("does not compile");
  });
  say(seconds, std::to_string(bytes.size()));
}

template <class Backend, class Memory>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
};

template <class Backend, class Memory>
void run(std::string_view question, arguments a) {
  using policies = config<Backend, Memory>;
  constexpr struct {
    std::string_view name;
    std::size_t words;
    void (*ask)(arguments);
  } questions[] = {
      {"workload", 4, ask_workload<policies>},
      {"program", 4, ask_program<policies>},
      {"call", 3, ask_call<policies>},
      {"first_result", 3, ask_first_result<policies>},
      {"first_result_on_two", 3, ask_first_result<policies, true>},
      {"compile", 2, ask_compile<policies>},
      {"digest", 5, ask_digest<policies>},
      {"llhttp", 2, ask_llhttp<policies>},
      {"quickjs", 3, ask_quickjs<policies>},
      {"python", 3, ask_python<policies>},
  };
  for (const auto& known : questions) {
    if (known.name == question && known.words == a.size()) return known.ask(a);
  }
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
