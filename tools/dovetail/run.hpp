// `dovetail run`: one class template over the configuration, instantiated in one small unit each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/wasi.hpp>

#include "diagnostics.hpp"
#include "file.hpp"
#include "options.hpp"
#include "stopwatch.hpp"
#include "values.hpp"

namespace command {

/// A configuration of the command: three policies by name.
template <class Backend, class Memory>
struct configured : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
  using traps = dovetail::traps_returned;
};

/// Runs one program. Every step gives an exit code, or nothing if the program goes on.
template <class C>
class program {
  using runtime = dovetail::runtime<C>;
  using module = typename runtime::module;
  using instance = typename runtime::instance;

 public:
  explicit program(const run_options& options)
      : options_(options), watch_(options.time), store_(engine_) {}

  [[nodiscard]] int run() {
    std::string problem;
    const auto code = read_file(options_.file, problem);
    if (!code) return complain(options_.file, problem, exit_code::unreadable);
    const auto compiled = engine_.compile(*code);
    if (!compiled) return complain(options_.file, compiled.error());
    watch_.lap("load");
    return instantiate(*compiled);
  }

 private:
  int instantiate(const module& code) {
    dovetail::wasi::context wasi{setup()};
    for (const preopened_folder& folder : options_.folders) {
      if (!wasi.preopen(folder.host, folder.guest)) {
        return complain(folder.host, "cannot be opened as a folder", exit_code::unreadable);
      }
    }
    if constexpr (requires { store_.set_fuel(0); }) store_.set_fuel(options_.fuel.value_or(0));
    auto made = store_.instantiate(code, wasi.imports());
    if (!made) return instantiation_failed(made.error());
    watch_.lap("instantiate");
    const int result = options_.invoke ? invoke(*made) : start(*made);
    watch_.lap("run");
    return result;
  }

  dovetail::wasi::setup setup() const;

  int instantiation_failed(const dovetail::error& e) {
    if (e.code == dovetail::status::trapped) return trapped(e.reason);
    return complain(options_.file, e);
  }

  /// The guest's exit code, or the line about the trap with its place.
  int trapped(dovetail::trap t) {
    if (t.code == dovetail::trap_code::exit) return t.detail;
    const auto& report = store_.last_trap();
    return complain(options_.file,
                    "trap: " + std::string(t.message()) + ", function " +
                        std::to_string(report.function) + ", offset " +
                        std::to_string(report.offset),
                    exit_code::trapped);
  }

  int start(instance& on) {
    const auto ended = dovetail::wasi::run(on);
    if (!ended) return trapped(ended.error());
    return *ended;
  }

  int invoke(instance& on) {
    const std::string& name = *options_.invoke;
    if (auto initialize = on.template get<void()>("_initialize"); initialize) {
      if (const auto called = (*initialize)(); !called) return trapped(called.error());
    }
    const auto found = on.find(name);
    if (!found || found->kind() != dovetail::external_kind::function) {
      return complain(options_.file, "no exported function " + printable(name),
                      exit_code::no_function);
    }
    const auto function = found->as_function();
    const dovetail::function_type type = function.type();
    std::vector<dovetail::value> arguments;
    if (!read_arguments(type, arguments)) return static_cast<int>(exit_code::no_function);
    std::vector<dovetail::value> results(type.results.size());
    if (const auto called = function.call(arguments, results); !called) {
      return trapped(called.error());
    }
    for (const dovetail::value& one : results) std::printf("%s\n", to_text(one).c_str());
    return 0;
  }

  bool read_arguments(const dovetail::function_type& type, std::vector<dovetail::value>& into) {
    if (type.parameters.size() != options_.arguments.size()) {
      complain(options_.file,
               printable(*options_.invoke) + " takes " + std::to_string(type.parameters.size()) +
                   " arguments, not " + std::to_string(options_.arguments.size()),
               exit_code::no_function);
      return false;
    }
    for (std::size_t i = 0; i < type.parameters.size(); ++i) {
      const auto argument = parse_value(type.parameters[i], options_.arguments[i]);
      if (!argument) {
        complain(options_.file,
                 "not a value of type " + std::string(name(type.parameters[i])) + ": " +
                     printable(options_.arguments[i]),
                 exit_code::no_function);
        return false;
      }
      into.push_back(*argument);
    }
    return true;
  }

  const run_options& options_;
  stopwatch watch_;
  typename runtime::engine engine_;
  typename runtime::store store_;
};

}  // namespace command
