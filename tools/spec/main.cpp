// dovetail-spec: runs scripts of the WebAssembly specification's test suite, in the schema that its
// JSON has.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "configurations.hpp"
#include "known_failures.hpp"
#include "report.hpp"
#include "script.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int exit_unexpected = 1;
constexpr int exit_usage = 2;

struct arguments {
  std::string backend = "interpreter";
  std::string memory = "checked";
  std::string traps = "returned";
  std::string features = "wasm2";
  std::string known_failures;
  std::string filter;
  bool validate_only = false;
  bool verbose = false;
  bool markdown = false;
  spec::run_options run;
  std::vector<std::string> paths;
};

int refuse(const std::string& what) {
  std::fprintf(stderr, "dovetail-spec: %s\n", what.c_str());
  return exit_usage;
}

/// A script that was found: where it is, and what it is called.
struct found_script {
  fs::path file;
  std::string name;
  std::string full_name;
};

/// Adds the script `file`, whose name starts with the folder before `root`.
void add(std::vector<found_script>& found, const fs::path& file, const fs::path& root) {
  const std::string name = spec::script_name(file.lexically_relative(root.parent_path()));
  found.push_back({file, name, spec::script_name(file)});
}

/// Adds the scripts in or below one folder, in the order of their names. False if there are none.
bool add_folder(std::vector<found_script>& found, const fs::path& folder, std::string& problem) {
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::recursive_directory_iterator each(folder, code), end; !code && each != end;
       each.increment(code)) {
    if (each->path().extension() == ".json") files.push_back(each->path());
  }
  problem = folder.string() + ": " + (code ? code.message() : "no scripts");
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) add(found, file, folder);
  return !code && !files.empty();
}

bool find_scripts(const std::vector<std::string>& paths, std::vector<found_script>& found,
                  std::string& problem) {
  for (const std::string& path : paths) {
    std::error_code code;
    fs::path whole = fs::absolute(path, code).lexically_normal();
    if (!whole.has_filename()) whole = whole.parent_path();
    if (fs::is_regular_file(whole, code)) {
      add(found, whole, whole.parent_path());
    } else if (!add_folder(found, whole, problem)) {
      return false;
    }
  }
  return true;
}

/// `*` stands for anything; a pattern without one may be any part of the name.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.find('*') == std::string_view::npos) {
    return name.find(pattern) != std::string_view::npos;
  }
  std::size_t at = 0;
  bool anchored = true;
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    if (star == std::string_view::npos) {
      return name.substr(at).ends_with(part) && name.size() - at >= part.size();
    }
    const std::size_t found = name.find(part, at);
    if (found == std::string_view::npos || (anchored && found != 0)) return false;
    at = found + part.size();
    anchored = false;
    pattern.remove_prefix(star + 1);
  }
}

void define_options(CLI::App& app, arguments& given) {
  app.add_option("--backend", given.backend, "null (validate only) or interpreter")
      ->capture_default_str();
  app.add_option("--memory", given.memory, "checked, guarded or unchecked")->capture_default_str();
  app.add_option("--traps", given.traps, "returned, thrown or fatal")->capture_default_str();
  app.add_option("--features", given.features, "language version: wasm2 or wasm3")
      ->capture_default_str();
  app.add_option("--known-failures", given.known_failures,
                 "file of cases expected to fail, SCRIPT:LINE,LINE... each");
  app.add_option("--fuel", given.run.fuel, "count fuel, and give each command this much");
  app.add_flag("--fuel-used", given.run.lists_fuel, "print what each command used of it");
  app.add_option("--filter", given.filter,
                 "only scripts whose name has this part, or matches this pattern with *");
  app.add_flag("--validate-only", given.validate_only, "decode and validate, execute nothing");
  app.add_flag("--lenient-text", given.run.lenient_text,
               "compare the category of rejections, not their wording");
  app.add_flag("--untyped", given.run.untyped_calls, "call through untyped handles only");
  app.add_flag("--markdown", given.markdown, "close with a table of counts, a row a folder");
  app.add_flag("--verbose", given.verbose, "print every failure, and a line for each script");
  app.add_option("paths", given.paths, "scripts (*.json), or folders with scripts")->required();
  app.failure_message([](const CLI::App*, const CLI::Error& e) {
    return std::string("dovetail-spec: ") + e.what() + " (see --help)\n";
  });
  app.footer(
      "Closes with the line \"N passed, N failed, N skipped\"; every command of a script is a "
      "case.\n"
      "Known failures count as skipped.\n"
      "Exit code: 0 all as expected, 1 an unexpected failure or an unexpected pass of a known\n"
      "failure, 2 wrong usage or nothing to run.");
}

/// The configuration that is asked for, or null and why not.
const spec::configuration* choose(const arguments& given, std::string& problem) {
  if (!spec::is_known(&spec::configuration::backend, given.backend)) {
    problem = "unknown backend " + given.backend;
  } else if (!spec::is_known(&spec::configuration::memory, given.memory)) {
    problem = "unknown memory policy " + given.memory;
  } else if (!spec::is_known(&spec::configuration::traps, given.traps)) {
    problem = "unknown trap policy " + given.traps;
  } else if (!spec::is_known(&spec::configuration::features, given.features)) {
    problem = "unknown features " + given.features;
  } else if (given.validate_only) {
    return spec::find_configuration(given.features, "null", given.memory, given.traps, false);
  } else if (const auto* found = spec::find_configuration(
                 given.features, given.backend, given.memory, given.traps, given.run.fuel != 0)) {
    return found;
  } else {
    problem = "this combination is not built in: " + given.backend + ", " + given.memory +
              " memory, traps " + given.traps + (given.run.fuel != 0 ? ", fuel" : "");
  }
  return nullptr;
}

int run(const arguments& given, const spec::configuration& chosen) {
  std::string problem;
  spec::known_failures known;
  if (!given.known_failures.empty() && !known.read(given.known_failures, problem)) {
    return refuse(given.known_failures + ": " + problem);
  }
  std::vector<found_script> found;
  if (!find_scripts(given.paths, found, problem)) return refuse(problem);
  spec::report report(known, given.verbose);
  for (const found_script& one : found) {
    if (!given.filter.empty() && !matches(given.filter, one.name)) continue;
    auto commands = spec::read_script(one.file, problem);
    if (!commands) {
      report.unreadable(one.name, problem);
      continue;
    }
    const spec::script script{one.name, one.full_name, std::move(*commands)};
    report.begin(script);
    chosen.run(script, given.run, report);
    report.end();
  }
  if (given.markdown) report.print_table();
  report.close();
  return report.as_expected() ? 0 : exit_unexpected;
}

}  // namespace

int main(int argc, char** argv) {
  arguments given;
  CLI::App app("Runs scripts of the WebAssembly specification's tests.", "dovetail-spec");
  app.allow_windows_style_options(false);  // a path may begin with a slash
  define_options(app, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : exit_usage;
  }
  std::string problem;
  const spec::configuration* chosen = choose(given, problem);
  return chosen == nullptr ? refuse(problem) : run(given, *chosen);
}
