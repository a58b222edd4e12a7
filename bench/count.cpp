// Work to be counted in instructions, by bench/count.
#include <dovetail/interpreter.hpp>

#include "counting.hpp"

namespace {

using namespace counting;

template <class Backend, class Memory>
void add_rows(std::vector<row>& rows, const std::string& engine) {
  using w = work<plain<Backend>, Memory>;
  rows.insert(rows.end(), {{"compile/" + engine, w::compile},
                           {"fib/" + engine, w::fib},
                           {"sha256/" + engine, w::sha256},
                           {"quicksort/" + engine, w::quicksort},
                           {"switch_machine/" + engine, w::switch_machine},
                           {"thousand_calls_in/" + engine, w::calls_in},
                           {"thousand_calls_out/" + engine, w::calls_out},
                           {"hundred_stores/" + engine, w::stores}});
}

std::vector<row> all_rows() {
  using dovetail::interpreter, dovetail::checked_memory, dovetail::guarded_memory;
  std::vector<row> rows = {{"validate", work<plain<interpreter>, checked_memory>::validate}};
  add_rows<interpreter, checked_memory>(rows, "interpreter_checked");
#ifdef DOVETAIL_WITH_X64
  add_rows<oldest_x64, checked_memory>(rows, "x64_checked");
  add_rows<oldest_x64, guarded_memory>(rows, "x64_guarded");
#endif
  return rows;
}

}  // namespace

int main(int argument_count, char** arguments) {
  return main_of(all_rows(), argument_count, arguments);
}
