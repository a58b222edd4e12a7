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
#ifdef GOLDEN_WITH_X64
    {"x64", &golden::list_x64},
    {"x64-guarded", &golden::list_x64_guarded},
    {"x64-oldest", &golden::list_x64_oldest},
    {"x64-avx2", &golden::list_x64_avx2},
    {"x64-native-relaxed", &golden::list_x64_native},
    {"x64-canonical-nans", &golden::list_x64_canonical},
    {"x64-oldest-canonical-nans", &golden::list_x64_oldest_canonical},
    {"x64-with-fuel", &golden::list_x64_with_fuel},
    {"x64-polled", &golden::list_x64_polled},
    {"x64-page", &golden::list_x64_page},
    {"x64-with-fuel-guarded", &golden::list_x64_with_fuel_guarded},
    {"x64-win64", &golden::list_x64_win64},
    {"x64-win64-with-fuel", &golden::list_x64_win64_with_fuel},
    {"x64-stubs", &golden::list_x64_stubs},
    {"x64-backtraces-stubs", &golden::list_x64_backtraces_stubs},
    {"x64-refillable-stubs", &golden::list_x64_refillable_stubs},
    {"x64-win64-stubs", &golden::list_x64_win64_stubs},
    {"x64-win64-refillable-stubs", &golden::list_x64_win64_refillable_stubs},
#endif
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
