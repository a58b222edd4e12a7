// `dovetail run`: one class template over the configuration, instantiated in one small unit each.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/wasi.hpp>
#include <dovetail/watchdog.hpp>

#include "backtrace.hpp"
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

/// What the guest is granted from the start, in the form that WASI takes it.
class grants {
 public:
  explicit grants(const run_options& options)
      : environment_(options.environment.begin(), options.environment.end()) {
    arguments_.emplace_back(options.file);
    arguments_.insert(arguments_.end(), options.arguments.begin(), options.arguments.end());
  }

  [[nodiscard]] dovetail::wasi::configuration setup() const {
    dovetail::wasi::configuration result;
    result.arguments = arguments_;
    result.environment = environment_;
    result.inherit_streams();
    return result;
  }

 private:
  std::vector<std::string_view> arguments_;
  std::vector<std::string_view> environment_;
};

/// Runs one program. Every step gives the exit code.
template <dovetail::config C>
class program {
  using runtime = dovetail::runtime<C>;
  using module = typename runtime::module;
  using instance = typename runtime::instance;

 public:
  explicit program(const run_options& options)
      : options_(options),
        watch_(options.time),
        wasi_(grants(options).setup()),
        store_(engine_),
        calls_(store_.data()) {}

  [[nodiscard]] int run() {
    std::string problem;
    auto code = read_file(options_.file, problem);
    if (!code) return complain(options_.file, problem, exit_code::unreadable);
    bytes_ = std::move(*code);
    const auto compiled = engine_.compile(bytes_);
    if (!compiled) return complain(options_.file, compiled.error());
    watch_.lap("load");
    return instantiate(*compiled);
  }

 private:
  int instantiate(const module& code) {
    for (const preopened_folder& folder : options_.folders) {
      if (const auto number = wasi_.preopen(folder.host, folder.guest); failed(number)) {
        return complain(folder.host, message(number), exit_code::unreadable);
      }
    }
    store_.set_fuel(options_.fuel.value_or(0));
    std::optional<dovetail::watchdog> dog;
    std::optional<dovetail::watchdog::watch> limit;
    if constexpr (C::backend::control.stops != dovetail::interrupt::none) {
      const std::chrono::microseconds time(static_cast<std::int64_t>(options_.timeout.value_or(0)));
      limit.emplace(dog.emplace(), store_.stop_button(), std::chrono::steady_clock::now() + time);
    }
    auto imports = wasi_.imports();
    auto made = store_.instantiate(code, imports);
    if (!made) return instantiation_failed(made.error());
    watch_.lap("instantiate");
    const int result = options_.invoke ? invoke(*made) : start(*made);
    watch_.lap("run");
    return result;
  }

  int instantiation_failed(const dovetail::error& e) {
    if (e.code == dovetail::status::trapped) return trapped(e.reason);
    return complain(options_.file, e);
  }

  /// The guest's exit code, or the line about the trap with its place, and those of its calls.
  int trapped(dovetail::trap t) {
    if (t.code == dovetail::trap_code::exit) return t.detail;
    std::string line = "trap: " + std::string(t.message());
    if (const dovetail::trap_report& report = store_.last_trap(); report.has_place) {
      line += ", function " + std::to_string(report.function);
      line += ", offset " + std::to_string(report.offset);
    }
    const int result = complain(options_.file, line, exit_code::trapped);
    calls_.print(bytes_);
    return result;
  }

  int start(instance& on) { return ended(dovetail::wasi::run(on), "_start"); }

  int ended(const dovetail::wasi::ending& end, std::string_view name) {
    switch (end.how) {
      case dovetail::wasi::ending::kind::exited: return static_cast<int>(end.exit_code);
      case dovetail::wasi::ending::kind::trapped: return trapped(end.cause);
      case dovetail::wasi::ending::kind::no_entry_point: break;
    }
    return no_function(name);
  }

  int no_function(std::string_view name) {
    return complain(options_.file, "no exported function \"" + printable(name) + '"',
                    exit_code::no_function);
  }

  int invoke(instance& on) {
    const std::string& name = *options_.invoke;
    if (const auto ready = dovetail::wasi::initialize(on); !ready) {
      return ended(ready, "_initialize");
    }
    const auto found = on.find(name);
    if (!found || found->kind() != dovetail::external_kind::function) {
      return no_function(name);
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
  dovetail::wasi::context wasi_;  // outlives the store, whose instances import from it
  typename runtime::engine engine_;
  typename runtime::store store_;
  backtrace<typename C::backend> calls_;
  bytes bytes_;
};

}  // namespace command
