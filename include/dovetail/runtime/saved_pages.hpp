// Bytes of memories that never change any more, in pages that snapshots share. Used by tracking.hpp
// and by snapshots.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/platform.hpp>

namespace dovetail::detail {

/// What is saved, compared and watched as a whole: a page of most processors, not one of
/// WebAssembly, which is a multiple of it.
inline constexpr std::size_t granule = 4096;
/// A bit each fits a word.
inline constexpr std::size_t group_pages = 64;
inline constexpr std::size_t group_bytes = group_pages * granule;

struct saved_page {
  allocator* memory;
  std::uint32_t references = 1;
  alignas(16) std::byte bytes[granule];
};
/// Neighbouring pages; one that is zero is null. A group that is null is zero.
struct page_group {
  allocator* memory;
  std::uint32_t references = 1;
  saved_page* pages[group_pages] = {};
};

template <class T>
T* retain(T* object) {
  if (object != nullptr) platform::atomic_add(object->references, 1);
  return object;
}
/// Whether that was the last reference.
template <class T>
[[nodiscard]] bool is_last(T& object) {
  return platform::atomic_add(object.references, ~std::uint32_t{0}) == 1;
}
inline void release(saved_page* page) {
  if (page != nullptr && is_last(*page)) page->memory->destroy(page);
}
inline void release(page_group* group) {
  if (group == nullptr || !is_last(*group)) return;
  for (saved_page* page : group->pages) release(page);
  group->memory->destroy(group);
}

inline constexpr std::byte zero_granule[granule] = {};

[[nodiscard]] inline bool is_zero(const std::byte* at) {
  return std::memcmp(at, zero_granule, granule) == 0;
}
[[nodiscard]] inline saved_page* page_of(const page_group* group, std::size_t number) {
  return group == nullptr ? nullptr : group->pages[number];
}
[[nodiscard]] inline const std::byte* bytes_of(const saved_page* page) {
  return page == nullptr ? zero_granule : page->bytes;
}

/// A page with the bytes of a granule that is not zero; null if memory is refused.
[[nodiscard]] inline saved_page* save_page(allocator& memory, const std::byte* at) {
  void* block = memory.allocate(sizeof(saved_page));
  if (block == nullptr) return nullptr;
  auto* page = ::new (block) saved_page;
  page->memory = &memory;
  std::memcpy(page->bytes, at, granule);
  return page;
}
/// A group of its own with the same pages; null if memory is refused.
[[nodiscard]] inline page_group* copy_group(allocator& memory, const page_group* from) {
  auto* group = memory.make<page_group>(&memory);
  for (std::size_t k = 0; group != nullptr && k < group_pages; ++k)
    group->pages[k] = retain(page_of(from, k));
  return group;
}

}  // namespace dovetail::detail
