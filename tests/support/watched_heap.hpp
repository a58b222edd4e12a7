// The C library's heap, watched: what is out, whether sizes were told truly, and how many requests
// are still granted. As the erased allocator of the lower floors, and as the policy of a config.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <dovetail/base/allocator.hpp>

namespace testing {

/// Every block lies behind its size, so that a wrong `old_size` shows.
class watched_heap : public dovetail::allocator {
 public:
  watched_heap() : allocator{&call} {}
  watched_heap(const watched_heap&) = delete;
  watched_heap& operator=(const watched_heap&) = delete;

  static constexpr std::size_t unlimited = ~std::size_t{0};
  std::size_t requests_left = unlimited;  ///< beyond these every request is refused
  std::size_t requests = 0;               ///< blocks asked for, refused ones included
  std::size_t blocks = 0;                 ///< out now
  std::size_t bytes = 0;                  ///< out now
  bool was_lied_to = false;               ///< somebody gave a size that was not the block's

  /// Whether everything came back, and as what it was.
  [[nodiscard]] bool is_clean() const { return blocks == 0 && bytes == 0 && !was_lied_to; }

  void* change(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    std::byte* const whole = block == nullptr ? nullptr : static_cast<std::byte*>(block) - ahead;
    std::size_t known = 0;
    if (whole != nullptr) std::memcpy(&known, whole, sizeof known);
    if (known != old_size) was_lied_to = true;
    if (new_size == 0) {
      if (whole != nullptr) --blocks;
      bytes -= known;
      std::free(whole);
      return nullptr;
    }
    ++requests;
    if (requests_left == 0 || new_size > most) return nullptr;
    if (requests_left != unlimited) --requests_left;
    void* made = std::realloc(whole, ahead + new_size);
    if (made == nullptr) return nullptr;
    if (whole == nullptr) ++blocks;
    bytes += new_size - known;
    std::memcpy(made, &new_size, sizeof new_size);
    std::byte* const given = static_cast<std::byte*>(made) + ahead;
    // New bytes hold garbage: whoever counts on zeros must write them.
    if (new_size > known) std::memset(given + known, 0xcd, new_size - known);
    return given;
  }

 private:
  static constexpr std::size_t ahead = 16;
  static constexpr std::size_t most = std::size_t{1} << 30;

  static void* call(dovetail::allocator& self, void* block, std::size_t old_size,
                    std::size_t new_size) {
    return static_cast<watched_heap&>(self).change(block, old_size, new_size);
  }
};

/// A config's allocator over a watched heap that the test keeps.
struct watched_policy {
  watched_heap* heap;
  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    return heap->change(block, old_size, new_size);
  }
};
static_assert(dovetail::allocator_policy<watched_policy>);

}  // namespace testing
