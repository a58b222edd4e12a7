// One measurement of a program as the C compiler makes it: native ARGUMENT SECONDS. PROGRAM is its
// function.
#include "../peers/measure.hpp"

extern "C" unsigned PROGRAM(unsigned);

int main(int count, char** words) {
  if (count != 3) peers::give_up("native ARGUMENT SECONDS");
  const auto argument = static_cast<unsigned>(peers::number(words[1]));
  unsigned answer = 0;
  const double seconds = peers::measure(words[2], 1, [&] { answer = PROGRAM(argument); });
  peers::say(seconds, std::to_string(answer));
  return 0;
}
