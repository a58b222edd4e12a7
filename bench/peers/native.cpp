// One measurement of a workload as the C++ compiler makes it: native NAME SECONDS.
#include "measure.hpp"

namespace {

namespace native {
#include "../workloads/all.hpp"
}  // namespace native

}  // namespace

int main(int count, char** words) {
  if (count != 3) peers::give_up("native NAME SECONDS");
#define WORKLOAD(NAME, ARGUMENT)                                                             \
  if (std::string_view(words[1]) == #NAME) {                                                 \
    unsigned (*volatile compute)(unsigned) = native::NAME;                                   \
    unsigned answer = 0;                                                                     \
    const double seconds = peers::measure(words[2], 1, [&] { answer = compute(ARGUMENT); }); \
    peers::say(seconds, std::to_string(answer));                                             \
    return 0;                                                                                \
  }
#include "../workloads/workloads.def"
#undef WORKLOAD
  peers::give_up("no such workload");
}
