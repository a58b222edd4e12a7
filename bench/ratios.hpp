// The main program of every benchmark: after the rows it prints each row over the native row of the
// same run. A row is named QUESTION/native or QUESTION/ANYTHING. Included by the question's one
// unit.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

class ratio_reporter : public benchmark::ConsoleReporter {
 public:
  ratio_reporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
      const std::string name = run.run_name.function_name;
      // "manual_time" and "real_time": what is not a thread's processor time.
      const double seconds =
          (!run.run_name.time_type.empty() ? run.real_accumulated_time : run.cpu_accumulated_time) /
          static_cast<double>(run.iterations);
      const auto [row, is_new] = fastest_.try_emplace(name, seconds);
      if (is_new) {
        order_.push_back(name);
      } else if (seconds < row->second) {
        row->second = seconds;
      }
    }
  }

  void Finalize() override {
    ConsoleReporter::Finalize();
    std::printf("\nover native, fastest repetition of each:\n");
    for (const std::string& name : order_) {
      const auto native = fastest_.find(name.substr(0, name.find('/')) + "/native");
      if (native == fastest_.end() || native->first == name) continue;
      std::printf("  %-48s %9.2f\n", name.c_str(), fastest_[name] / native->second);
    }
  }

 private:
  std::map<std::string, double> fastest_;
  std::vector<std::string> order_;
};

/// A file of the folder that an environment variable names; empty if it is not there.
inline std::vector<char> file(const char* variable, const std::string& name) {
  const char* folder = std::getenv(variable);
  if (folder == nullptr) return {};
  std::ifstream in(std::string(folder) + "/" + name, std::ios::binary);
  return std::vector<char>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace bench

int main(int argument_count, char** arguments) {
  benchmark::Initialize(&argument_count, arguments);
  if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return 1;
  bench::ratio_reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
