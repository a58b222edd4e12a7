// list_code: prints the names of the backends it can list. list_code BACKEND FILE: the code that
// the backend makes of a module.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "listing.hpp"

namespace {

struct row {
  std::string_view backend;
  std::string (*list)(std::span<const std::byte>);
};
constexpr row rows[] = {
    {"interpreter", &golden::list_interpreter},
    {"interpreter-with-fuel", &golden::list_interpreter_with_fuel},
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    for (const row& each : rows) std::printf("%s\n", std::string(each.backend).c_str());
    return count == 1 ? 0 : 2;
  }
  std::ifstream file(arguments[2], std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  for (const row& each : rows) {
    if (each.backend != arguments[1]) continue;
    std::fputs(each.list(std::as_bytes(std::span(bytes))).c_str(), stdout);
    return 0;
  }
  return 2;
}
