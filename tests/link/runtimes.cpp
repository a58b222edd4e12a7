// The runtimes of the linking tests, compiled once.
#define LINKING_EXTERN
#include "runtimes.hpp"

#include <cstdlib>

namespace linking {

void* budget_allocator::resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
  if (new_size == 0) {
    if (block != nullptr) {
      --state->blocks;
      state->bytes -= old_size;
    }
    std::free(block);
    return nullptr;
  }
  if (state->requests_left == 0) return nullptr;
  --state->requests_left;
  void* made = std::realloc(block, new_size);
  if (made == nullptr) return nullptr;
  if (block == nullptr) ++state->blocks;
  state->bytes += new_size - old_size;
  return made;
}

}  // namespace linking
