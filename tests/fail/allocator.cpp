// Allocators, and what may lie in memory that moves.
// 1: allocator_policy
// 2: allocator_policy
// 3: allocator_policy
// 4: elements are moved as bytes
// 5: blocks are aligned to 16 bytes
// 6: blocks are aligned to 16 bytes
// 7: is_trivially_destructible_v
#include <cstddef>
#include <string>

#include <dovetail/base/arena.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/base/system_allocator.hpp>

using namespace dovetail;

allocator_of<system_allocator> heap;
array<int> numbers(heap);

struct alignas(64) cache_line {
  char bytes[64];
};

#if DOVETAIL_FAIL == 1
// The policy may throw.
struct throwing {
  void* resize(void* block, std::size_t old_size, std::size_t new_size);
};
allocator_of<throwing> bad;
#elif DOVETAIL_FAIL == 2
// malloc and free alone cannot resize.
struct two_functions {
  void* allocate(std::size_t size) noexcept;
  void release(void* block) noexcept;
};
allocator_of<two_functions> bad;
#elif DOVETAIL_FAIL == 3
struct typed {
  int* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept;
};
allocator_of<typed> bad;
#elif DOVETAIL_FAIL == 4
array<std::string> bad(heap);
#elif DOVETAIL_FAIL == 5
array<cache_line> bad(heap);
#elif DOVETAIL_FAIL == 6
cache_line* bad = heap.make<cache_line>();
#elif DOVETAIL_FAIL == 7
arena pieces(heap);
std::string* bad = pieces.make<std::string>();
#endif
