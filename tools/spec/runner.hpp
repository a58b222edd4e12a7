// Runs a script in a store of its own: one class template over the configuration, instantiated in
// one small unit each.
#pragma once

#include <concepts>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "checks.hpp"
#include "options.hpp"
#include "report.hpp"
#include "script.hpp"
#include "spectest.hpp"
#include "typed_calls.hpp"
#include "values.hpp"

namespace spec {

template <dovetail::config C>
class runner {
  using runtime = dovetail::runtime<C>;
  using module = typename runtime::module;
  using instance = typename runtime::instance;

  /// What an instance name of the script stands for: an instance, or the reason why there is none.
  struct subject {
    std::optional<runner::instance> instance;
    outcome absent;
  };
  using subject_pointer = std::shared_ptr<subject>;

  /// A module that compiled, or what to say instead.
  struct loaded {
    std::optional<module> code;
    outcome judged;
    /// What commands that need it come to.
    outcome absent;
  };

 public:
  runner(typename runtime::engine& engine, const run_options& options)
      : options_(options), engine_(engine), store_(engine), linker_(engine) {}

  void run(const script& s, report& r) {
    const dovetail::status defined = define_spectest(linker_, store_);
    for (const command& c : s.commands) {
      if (options_.fuel != 0) store_.set_fuel(options_.fuel);
      r.record(c, defined == dovetail::status::ok
                      ? run(c)
                      : outcome::failed("no spectest: " + std::string(message(defined))));
      if (options_.lists_fuel && c.kind != command_kind::assert_exhaustion) {
        std::printf("fuel %s:%llu %llu\n", s.name.c_str(), static_cast<unsigned long long>(c.line),
                    static_cast<unsigned long long>(options_.fuel - store_.fuel()));
      }
    }
  }

 private:
  static constexpr bool memory_traps =
      !std::same_as<typename C::memory, dovetail::unchecked_memory>;
  static constexpr bool traps_survive = !std::same_as<typename C::traps, dovetail::traps_fatal>;

  outcome run(const command& c) {
    switch (c.kind) {
      case command_kind::module: return run_module(c);
      case command_kind::module_definition: return run_definition(c);
      case command_kind::module_instance: return run_instance(c);
      case command_kind::register_instance: return run_register(c);
      case command_kind::action: return run_return(c);
      case command_kind::assert_return: return run_return(c);
      case command_kind::assert_trap: return run_trap(c);
      case command_kind::assert_exhaustion: return run_trap(c);
      case command_kind::assert_exception: return run_exception(c);
      case command_kind::assert_invalid: return check_rejection(engine_, c, options_);
      case command_kind::assert_malformed: return check_rejection(engine_, c, options_);
      case command_kind::assert_unlinkable: return run_unlinkable(c);
      case command_kind::assert_uninstantiable: return run_uninstantiable(c);
    }
    return outcome::failed("unknown command");
  }

  // Modules and instances.

  loaded load(const command& c) {
    const auto code = read_bytes(c.file);
    if (!code) return refused(outcome::failed("the module cannot be read"));
    if (outcome valid = check_valid(engine_, *code); valid.verdict != verdict::passed) {
      return refused(std::move(valid));
    }
    auto compiled = engine_.compile(*code);
    if (compiled) return {std::move(*compiled), {}, {}};
    return refused(outcome::failed("valid, but not compiled: " + describe(compiled.error())));
  }

  static loaded refused(outcome why) {
    outcome absent = outcome::failed("there is no instance: its module was " + why.reason);
    return {std::nullopt, std::move(why), std::move(absent)};
  }

  void set_current(const command& c, subject s) {
    current_ = std::make_shared<subject>(std::move(s));
    if (c.name) instances_.insert_or_assign(*c.name, current_);
  }

  outcome instantiate(const command& c, const loaded& from) {
    if (!from.code) {
      set_current(c, {std::nullopt, from.absent});
      return from.judged;
    }
    auto made = store_.instantiate(*from.code, linker_);
    if (made) {
      set_current(c, {std::move(*made), {}});
      return outcome::passed();
    }
    outcome judged = outcome::failed("not instantiated: " + describe(made.error()));
    set_current(c, {std::nullopt, judged});
    return judged;
  }

  outcome run_module(const command& c) { return instantiate(c, load(c)); }

  outcome run_definition(const command& c) {
    loaded definition = load(c);
    outcome judged = definition.judged;
    last_definition_ = std::make_shared<loaded>(std::move(definition));
    if (c.name) definitions_.insert_or_assign(*c.name, last_definition_);
    return judged;
  }

  outcome run_instance(const command& c) {
    auto definition = last_definition_;
    if (c.definition) {
      const auto found = definitions_.find(*c.definition);
      definition = found == definitions_.end() ? nullptr : found->second;
    }
    if (!definition) return outcome::failed("no such definition");
    return instantiate(c, *definition);
  }

  subject_pointer find(const std::optional<std::string>& name) const {
    if (!name) return current_;
    const auto found = instances_.find(*name);
    return found == instances_.end() ? nullptr : found->second;
  }

  outcome run_register(const command& c) {
    const subject_pointer s = find(c.name);
    if (!s) return outcome::failed("no such instance");
    if (!s->instance) return s->absent;
    const dovetail::status defined = linker_.define_instance(c.as, *s->instance);
    if (defined == dovetail::status::ok) return outcome::passed();
    return outcome::failed(std::string(message(defined)));
  }

  /// Instantiates what must not be instantiated, and hands the error to `judge`.
  template <class Judge>
  outcome run_refusal(const command& c, Judge judge) {
    const loaded from = load(c);
    if (!from.code) return from.judged;
    const auto made = store_.instantiate(*from.code, linker_);
    if (made) return outcome::failed("expected \"" + c.text + "\", but it was instantiated");
    return judge(made.error());
  }

  outcome run_unlinkable(const command& c) {
    return run_refusal(c, [&](const dovetail::error& e) {
      return judge_rejection(c, dovetail::stage::link, e, options_);
    });
  }

  outcome run_uninstantiable(const command& c) {
    return run_refusal(c, [&](const dovetail::error& e) {
      if (e.code == dovetail::status::trapped && same_wording(c.text, e.reason.message())) {
        return outcome::passed();
      }
      return outcome::failed("expected trap \"" + c.text + "\", got " + describe(e));
    });
  }

  // Actions.

  call_outcome invoke(instance& on, const action& a, bool may_trap) {
    std::vector<dovetail::value> arguments;
    arguments.reserve(a.arguments.size());
    for (const constant& one : a.arguments) {
      const auto argument = to_value(one);
      if (!argument) return call_outcome::refused("no such value: " + describe(one));
      arguments.push_back(*argument);
    }
    const auto found = on.find(a.field);
    if (!found || found->kind() != dovetail::external_kind::function) {
      return call_outcome::refused("no such exported function");
    }
    const auto function = found->as_function();
    const dovetail::function_type type = function.type();
    if (!options_.untyped_calls && (traps_survive || !may_trap) &&
        type.parameters.size() == arguments.size()) {
      auto typed = call_typed<instance, typename C::traps>(on, a.field, type, arguments,
                                                           common_signatures{});
      if (typed) return std::move(*typed);
    }
    call_outcome result;
    result.results.resize(type.results.size());
    const auto called = function.call(arguments, result.results);
    return called ? result : call_outcome::trapped(called.error());
  }

  call_outcome get(instance& on, const action& a) {
    const auto found = on.find(a.field);
    if (!found || found->kind() != dovetail::external_kind::global) {
      return call_outcome::refused("no such exported global");
    }
    call_outcome result;
    result.results.push_back(found->as_global().get());
    return result;
  }

  /// Runs the action and hands its end to `judge`, unless its instance is absent.
  template <class Judge>
  outcome run_action(const command& c, bool may_trap, Judge judge) {
    const subject_pointer s = find(c.action.instance);
    if (!s) return outcome::failed("no such instance");
    if (!s->instance) return s->absent;
    const call_outcome end =
        c.action.is_get ? get(*s->instance, c.action) : invoke(*s->instance, c.action, may_trap);
    return end.end == call_end::refused ? outcome::failed(end.reason) : judge(end);
  }

  outcome run_return(const command& c) {
    return run_action(c, false, [&](const call_outcome& end) {
      if (end.end == call_end::trapped) {
        return outcome::failed("trap: " + std::string(end.trap.message()));
      }
      if (c.kind == command_kind::action || matches(c.expected, end.results)) {
        return outcome::passed();
      }
      return outcome::failed("expected " + describe_all(c.expected) + ", got " +
                             describe_all(end.results));
    });
  }

  outcome run_trap(const command& c) {
    if (!memory_traps && c.text.starts_with("out of bounds memory access")) {
      return outcome::skipped("memory is unchecked");
    }
    return run_action(c, true, [&](const call_outcome& end) {
      if (end.end == call_end::returned) {
        return outcome::failed("expected trap \"" + c.text + "\", got " +
                               describe_all(end.results));
      }
      if (same_wording(c.text, end.trap.message())) return outcome::passed();
      return outcome::failed("expected trap \"" + c.text + "\", got \"" +
                             std::string(end.trap.message()) + "\"");
    });
  }

  outcome run_exception(const command& c) {
    return run_action(c, true, [&](const call_outcome& end) {
      return outcome::failed("expected an exception, got " + (end.end == call_end::trapped
                                                                  ? std::string(end.trap.message())
                                                                  : describe_all(end.results)));
    });
  }

  const run_options& options_;
  typename runtime::engine& engine_;
  typename runtime::store store_;
  typename runtime::linker linker_;
  subject_pointer current_;
  std::map<std::string, subject_pointer> instances_;
  std::shared_ptr<loaded> last_definition_;
  std::map<std::string, std::shared_ptr<loaded>> definitions_;
};

}  // namespace spec
