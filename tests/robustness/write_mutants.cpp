// Writes modules and mutants into a folder, and what the library says of each: a line "FILE valid"
// or "FILE invalid: WHY" on the standard output. verdicts.py asks another validator about them.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

#include "mutation.hpp"
#include "support/writer.hpp"

namespace {

using namespace testing;

constexpr std::uint64_t seed = 7;
constexpr std::size_t most_bytes_of_real = 16 * 1024;

struct validating : dovetail::defaults {
  using backend = dovetail::null;
  static constexpr dovetail::features accept = dovetail::features::wasm2();  // as wasm-validate
};
using rt = dovetail::runtime<validating>;

class writing {
 public:
  explicit writing(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void write(const std::string& name, const bytes& module) {
    std::ofstream file(folder_ / name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(module.data()),
               static_cast<std::streamsize>(module.size()));
    const dovetail::result<void> answer = engine_.validate(as_bytes(module));
    const std::string said(answer ? "" : answer.error().message());
    std::printf("%s %s%s\n", name.c_str(), answer ? "valid" : "invalid: ", said.c_str());
  }

  // Mutants of modules drawn at random. Their names say which they are for as long as the modules
  // and the mutations stay the same.
  void write_mutants(const std::string& set, const std::vector<specimen>& from, std::size_t count) {
    random_numbers random(seed);
    for (std::size_t k = 0; k < count && !from.empty(); ++k) {
      const mutant m = mutate(from[random.below(from.size())], random);
      write(set + "-mutant-" + std::to_string(k), m.data);
    }
  }

 private:
  std::filesystem::path folder_;
  rt::engine engine_;
};

// The official suite's name for a module, as a file name.
std::string flat(std::string name) {
  for (char& c : name) c = c == '/' ? '+' : c;
  return name;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::vector<specimen> suite = suite_specimens();
  std::vector<specimen> real = real_specimens();
  std::erase_if(real, [](const specimen& s) { return s.data.size() > most_bytes_of_real; });
  writing out(arguments[1]);
  for (const specimen& module : suite) out.write(flat(module.name), module.data);
  out.write_mutants("suite", suite, 5000);
  out.write_mutants("real", real, 1500);
  return 0;
}
