// The memory policies: how a memory is allocated, grown and protected. A config names one; code and
// store agree on it by type.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/reservation_pool.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// A memory policy.
template <class M>
concept memory_policy = requires(vm::memory_instance& memory, std::uint64_t pages) {
  // Whether code compares every address with the memory's size.
  { M::is_checked } -> std::convertible_to<bool>;
  // Whether an access out of bounds faults, and the fault becomes a trap.
  { M::is_guarded } -> std::convertible_to<bool>;
  // What a store does once before its first memory: false refuses the store's memories.
  { M::prepare() } -> std::same_as<bool>;
  // Gives an empty memory its first pages, and its `grow` and `release`.
  { M::create(memory, pages) } -> std::same_as<status>;
};

/// Whether code compares every address of a memory of this type with the memory's size. What a
/// policy cannot guard is checked: no reservation is as big as all 64-bit addresses.
template <memory_policy M>
[[nodiscard]] constexpr bool checks(const memory_type& type) {
  return M::is_checked || (M::is_guarded && type.is_64);
}
/// Whether an access out of bounds of such a memory faults. One that is guarded never moves.
template <memory_policy M>
[[nodiscard]] constexpr bool guards(const memory_type& type) {
  return M::is_guarded && !type.is_64;
}

/// A memory policy that may put data segments into the memory of a new instance otherwise than byte
/// by byte.
template <class M>
concept maps_data = requires(vm::instance& i, std::uint32_t& segments) {
  // How many of its data segments, from the first on, are in place now. A failure leaves less
  // memory than there was.
  { M::map_data(i, segments) } -> std::same_as<status>;
};

/// What an engine keeps of ended memories for the next ones: a policy's `pool`, made with the limit
/// of bytes, or nothing.
struct no_memory_pool {
  explicit no_memory_pool(std::uint64_t) {}
};

namespace detail {

template <class M>
struct memory_pool_of {
  using type = no_memory_pool;
};
template <class M>
  requires requires { typename M::pool; }
struct memory_pool_of<M> {
  using type = typename M::pool;
};

inline void release_heap(vm::memory_instance& m) {
  m.home->budget.release(m.base, static_cast<std::size_t>(m.size));
  m.base = nullptr;
  m.size = 0;
}

// Memory of the config's allocator; the block may move when it grows.
inline status grow_heap(vm::memory_instance& m, std::uint64_t pages) {
  const std::uint64_t bytes = pages * vm::page_size;
  if (bytes > ~std::size_t{0} || pages > m.most_pages) return status::memory_refused;
  if (bytes == m.size) return status::ok;
  void* block = m.home->budget.resize(m.base, static_cast<std::size_t>(m.size),
                                      static_cast<std::size_t>(bytes));
  if (block == nullptr) return status::memory_refused;
  m.base = static_cast<std::byte*>(block);
  std::memset(m.base + m.size, 0, static_cast<std::size_t>(bytes - m.size));
  m.size = bytes;
  return status::ok;
}

inline status create_heap(vm::memory_instance& m, std::uint64_t pages) {
  m.grow = &grow_heap;
  m.release = &release_heap;
  return grow_heap(m, pages);
}

}  // namespace detail

/// No access happens that was not compared with the memory's size, itself or by one that reached as
/// far. Needs nothing of the operating system.
struct checked_memory {
  static constexpr bool is_checked = true;
  static constexpr bool is_guarded = false;
  static bool prepare() { return true; }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    return detail::create_heap(m, pages);
  }
};

/// No check at all: an access out of bounds is undefined behaviour. For code that is trusted, never
/// for mods.
struct unchecked_memory {
  static constexpr bool is_checked = false;
  static constexpr bool is_guarded = false;
  static bool prepare() { return true; }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    return detail::create_heap(m, pages);
  }
};

/// Address space for every 32-bit address plus 32-bit offset is reserved, and what is not memory
/// faults; the fault becomes a trap. The memory never moves. 64-bit memories are checked ones.
/// 64-bit hosts only; needs dovetail/implementation.hpp in one unit.
struct guarded_memory {
  static constexpr bool is_checked = false;
  static constexpr bool is_guarded = true;
  /// 4 GiB of addresses, 4 GiB of offsets, and the widest access.
  static constexpr std::uint64_t reservation = (std::uint64_t{8} << 30) + vm::page_size;

  /// Address space is kept by the engine.
  struct pool : reservation_pool {
    explicit pool(std::uint64_t most_bytes)
        : reservation_pool(most_bytes, guarded_memory::reservation) {}
  };

  static bool prepare() { return os::install_fault_handler(); }
  static status create(vm::memory_instance& m, std::uint64_t pages) {
    if (m.type.is_64) return detail::create_heap(m, pages);
    m.grow = &grow;
    m.release = &release;
    const std::uint64_t bytes = pages * vm::page_size;
    if (pages > m.most_pages || !m.home->budget.charge(bytes)) return status::memory_refused;
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      const auto taken = kept->take(bytes);
      m.base = taken.base;
      m.size = taken.committed;
    } else {
      m.base = static_cast<std::byte*>(os::reserve(static_cast<std::size_t>(reservation)));
    }
    // What is in `size` is charged.
    m.home->budget.give_back(bytes - m.size);
    if (m.base == nullptr) return status::memory_refused;
    m.reserved = reservation;
    return grow(m, pages);
  }
  /// Maps an image instead of copying, unless a pool keeps such memories: filling pages that are
  /// there is quicker than having them brought in one by one. See memory_image.hpp.
  static status map_data(vm::instance& i, std::uint32_t& segments);

 private:
  static status grow(vm::memory_instance& m, std::uint64_t pages) {
    const std::uint64_t bytes = pages * vm::page_size;
    if (pages > m.most_pages) return status::memory_refused;
    if (bytes == m.size) return status::ok;
    byte_budget& budget = m.home->budget;
    if (!budget.charge(bytes - m.size)) return status::memory_refused;
    if (!os::commit(m.base + m.size, static_cast<std::size_t>(bytes - m.size))) {
      budget.give_back(bytes - m.size);
      return status::memory_refused;
    }
    m.size = bytes;
    return status::ok;
  }
  static void release(vm::memory_instance& m) {
    if (m.base == nullptr) return;
    m.home->budget.give_back(m.size);
    if (auto* kept = static_cast<pool*>(m.home->memory_pool)) {
      kept->give(m.base, m.size);
    } else {
      os::release(m.base, static_cast<std::size_t>(m.reserved));
    }
    m.base = nullptr;
    m.size = 0;
  }
};

/// Guarded memory of a host that keeps its own fault handler, which asks `os::handle_fault` first.
struct guarded_memory_without_handler : guarded_memory {
  static bool prepare() { return true; }
};

static_assert(memory_policy<checked_memory> && memory_policy<unchecked_memory> &&
              memory_policy<guarded_memory> && maps_data<guarded_memory> &&
              memory_policy<guarded_memory_without_handler>);

namespace vm {

/// Allocates a memory of `type` (4.5.3.5), which goes with `owner`; `out` is in the store's list
/// only on success.
template <memory_policy Memory>
[[nodiscard]] status make_memory(store& s, const memory_type& type, memory_instance*& out,
                                 instance* owner = nullptr) {
  if (type.limits.minimum > s.most->memory_pages) return status::memory_refused;
  auto* m = objects_of(s, owner).make<memory_instance>();
  if (m == nullptr) return status::store_out_of_memory;
  m->type = type;
  m->home = &s;
  m->owner = owner;
  const std::uint64_t declared = type.limits.has_maximum() ? type.limits.maximum
                                 : type.is_64              ? std::uint64_t{1} << 48
                                                           : 65'536;
  m->most_pages = declared < s.most->memory_pages ? declared : s.most->memory_pages;
  if (!Memory::prepare()) return status::memory_refused;
  if (const status made = Memory::create(*m, type.limits.minimum); made != status::ok) {
    m->release(*m);
    return made;
  }
  m->next = s.memories;
  s.memories = m;
  out = m;
  return status::ok;
}

}  // namespace vm

}  // namespace dovetail
