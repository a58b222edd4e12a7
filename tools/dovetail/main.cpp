// dovetail: runs, inspects, validates and disassembles WebAssembly modules from the command line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "configurations.hpp"
#include "diagnostics.hpp"
#include "disassemble.hpp"
#include "examine.hpp"
#include "options.hpp"

namespace {

using command::exit_code;

constexpr int usage = static_cast<int>(exit_code::usage);

// Microseconds: a thousand days.
constexpr std::uint64_t longest_timeout = 86'400'000'000'000;

int refuse(const std::string& what) {
  std::fprintf(stderr, "dovetail: %s (see --help)\n", what.c_str());
  return usage;
}

/// What the command line gives besides what the run needs.
struct arguments {
  command::run_options run;
  std::vector<std::string> folders;
  std::string inspected;
  std::vector<std::string> validated;
  command::disassemble_options disassembled;
};

CLI::App* add_run(CLI::App& app, arguments& given) {
  CLI::App* run = app.add_subcommand("run", "Runs a WASI program, or one of its functions");
  command::run_options& to = given.run;
  run->add_option("--backend", to.backend, command::backend_names())->capture_default_str();
  run->add_option("--memory", to.memory, "checked, guarded or unchecked")->capture_default_str();
  run->add_option("--invoke", to.invoke, "call this export with ARGS, print a result a line");
  run->add_option("--dir", given.folders, "let the guest see the folder HOST as GUEST, or as HOST")
      ->type_name("HOST[::GUEST]")
      ->allow_extra_args(false);
  run->add_option("--env", to.environment, "set a variable of the guest's environment")
      ->type_name("K=V")
      ->allow_extra_args(false);
  run->add_option("--fuel", to.fuel, "trap after this many operators");
  run->add_option("--timeout", to.timeout, "trap after this time, as in 200ms; us, ms, s and min")
      ->type_name("TIME")
      ->transform(CLI::AsNumberWithUnit(
          std::map<std::string, std::uint64_t>{
              {"us", 1}, {"ms", 1'000}, {"s", 1'000'000}, {"min", 60'000'000}},
          CLI::AsNumberWithUnit::Options::UNIT_REQUIRED))
      ->check(CLI::Range(std::uint64_t{0}, longest_timeout));
  run->add_flag("--time", to.time, "print load, instantiate and run times to standard error");
  run->add_option("FILE", to.file, "the module")->required();
  run->add_option("ARGS", to.arguments, "what the guest, or the function, is given");
  run->footer("Options come before FILE: everything after it belongs to the guest.\n\n" +
              command::exit_code_help());
  return run;
}

CLI::App* add_disassemble(CLI::App& app, arguments& given) {
  CLI::App* made = app.add_subcommand("disassemble", "Prints the x86-64 code of functions");
  command::disassemble_options& to = given.disassembled;
  made->add_option("FILE", to.file, "the module")->required();
  made->add_option("--function", to.function, "one alone, by its index or name")
      ->type_name("N|NAME");
  made->add_option("--memory", to.memory, "checked or guarded")
      ->check(CLI::IsMember({"checked", "guarded"}))
      ->capture_default_str();
  made->add_option("--abi", to.abi, "the host's: sysv or win64; this machine's if not given")
      ->check(CLI::IsMember({"sysv", "win64"}));
  made->add_flag("--shared", to.shared, "also what functions share: entries, host calls, traps");
  return made;
}

/// How many words of the command line are ours when the subcommand is `run`: up to FILE. The rest
/// goes to the guest as it is; the parser would take options and brackets in it for its own.
std::size_t count_own(const CLI::App& run, const std::vector<std::string>& words) {
  if (words.size() < 2 || words[1] != run.get_name()) return words.size();
  std::size_t at = 2;
  for (; at < words.size() && words[at].starts_with('-') && words[at] != "--"; ++at) {
    const std::size_t equals = words[at].find('=');
    const CLI::Option* option = run.get_option_no_throw(words[at].substr(0, equals));
    if (option == nullptr) return words.size();
    if (equals == std::string::npos && option->get_items_expected_max() > 0) ++at;
  }
  if (at < words.size() && words[at] == "--") ++at;
  return std::min(at + 1, words.size());
}

/// Splits "HOST::GUEST".
command::preopened_folder split_folder(const std::string& text) {
  const std::size_t middle = text.find("::");
  if (middle == std::string::npos) return {text, text};
  return {text.substr(0, middle), text.substr(middle + 2)};
}

int run(arguments& given) {
  command::run_options& options = given.run;
  for (const std::string& folder : given.folders) options.folders.push_back(split_folder(folder));
  for (const std::string& variable : options.environment) {
    if (variable.find('=') == std::string::npos || variable.starts_with('=')) {
      return refuse("run: --env needs NAME=VALUE, not " + variable);
    }
  }
  std::string problem;
  const command::run_function chosen = command::find_configuration(options, problem);
  return chosen == nullptr ? refuse("run: " + problem) : chosen(options);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  arguments given;
  CLI::App app("Runs, inspects, validates and disassembles WebAssembly modules.", "dovetail");
  app.allow_windows_style_options(false);  // a path may begin with a slash
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& e) {
    return std::string("dovetail: ") + e.what() + " (see --help)\n";
  });
  app.footer(command::exit_code_help());
  const CLI::App* running = add_run(app, given);
  CLI::App* inspecting = app.add_subcommand("inspect", "Prints sections, imports and exports");
  inspecting->add_option("FILE", given.inspected, "the module")->required();
  CLI::App* validating =
      app.add_subcommand("validate", "Says what is wrong with modules, if anything");
  validating->add_option("FILE", given.validated, "the modules")->required();
  CLI::App* disassembling = add_disassemble(app, given);
  const auto own = static_cast<std::ptrdiff_t>(count_own(*running, words));
  try {
    app.parse(std::vector<std::string>(std::make_reverse_iterator(words.begin() + own),
                                       std::make_reverse_iterator(words.begin() + 1)));
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : usage;
  }
  if (running->parsed()) {
    given.run.arguments.assign(words.begin() + own, words.end());
    return run(given);
  }
  if (disassembling->parsed()) return command::disassemble(given.disassembled);
  return inspecting->parsed() ? command::inspect(given.inspected)
                              : command::validate(given.validated);
}
