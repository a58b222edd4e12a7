// Questions to guests that are WASI programs: Lua and SQLite of programs/, and CPython.
#pragma once

#include <dovetail/wasi.hpp>

#include <array>

#include "host.hpp"

namespace peers {

namespace wasi = dovetail::wasi;

inline bool append(void* to, std::span<const std::byte> bytes) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return true;
}

template <class Config>
struct program {
  wasi::context world{wasi::configuration{}};
  host<Config> home;

  /// A reactor with a world of its own, ready to be called.
  auto start(std::span<const char> bytes, std::string_view name) {
    auto imports = world.imports();
    auto made = home.store.instantiate(home.compile(bytes), imports);
    if (!made) give_up("does not instantiate");
    if (!wasi::initialize(*made)) give_up("does not initialise");
    return home.template function<unsigned(unsigned)>(*made, name);
  }
};

// FILE EXPORT ARGUMENT SECONDS
template <class Config>
void ask_program(arguments a) {
  program<Config> guest;
  const auto f = guest.start(file(a[0]), a[1]);
  const auto argument = static_cast<unsigned>(number(a[2]));
  unsigned answer = 0;
  const double seconds = measure(a[3], 1, [&] { answer = value_of(f(argument)); });
  say(seconds, std::to_string(answer));
}

// FILE EXPORT SECONDS: from the file to the first answer, with everything made anew. Compiled on
// two threads it takes less time than they work.
template <class Config, bool OnTwo = false>
void ask_first_result(arguments a) {
  unsigned answer = 0;
  const auto work = [&] {
    program<Config> guest;
    guest.home.on_two = OnTwo;
    answer = value_of(guest.start(file(a[0]), a[1])(0));
  };
  const double seconds = measure(a[2], 1, work, OnTwo ? &elapsed : &now);
  say(seconds, std::to_string(answer));
}

// FILE SCRIPT SECONDS: CPython, compiled before; it starts, runs the script and ends.
template <class Config>
void ask_python(arguments a) {
  using rt = dovetail::runtime<Config>;
  host<Config> home;
  const auto module = home.compile(file(a[0]));
  const std::array<std::string_view, 3> words = {"python", "-c", a[1]};
  const std::array<std::string_view, 1> environment = {"PYTHONHASHSEED=0"};
  std::string said;
  const double seconds = measure(a[2], 1, [&] {
    said.clear();
    wasi::configuration setup;
    setup.arguments = words;
    setup.environment = environment;
    setup.output = wasi::output_stream::captured(append, &said);
    wasi::context world(setup);
    typename rt::store store(home.engine);
    auto imports = world.imports();
    auto guest = store.instantiate(module, imports);
    if (!guest) give_up("does not instantiate");
    if (!wasi::run(*guest)) give_up("does not end well");
  });
  while (!said.empty() && said.back() == '\n') said.pop_back();
  say(seconds, said);
}

}  // namespace peers
