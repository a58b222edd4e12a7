// Which granules of a store's memories may differ from saved pages, since the first snapshot.
// Guarded memory is protected where the system allows it, and a fault tells of a write; other
// memory is compared.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/base/array.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/saved_pages.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail::detail {

/// Granules whose bit in `open` is clear are known to be as in `known`, and cannot be written
/// unnoticed.
struct tracked_group {
  page_group* known = nullptr;
  std::uint64_t open = ~std::uint64_t{0};
};

/// A memory that was part of a snapshot.
struct tracked_memory : os::write_watch {
  tracked_memory(vm::memory_instance& m, allocator& a, tracked_memory* after)
      : memory(&m), groups(a), following(after) {}

  vm::memory_instance* memory;
  array<tracked_group> groups;
  std::uint64_t size = 0;  ///< bytes that `groups` cover
  bool is_new = true;      ///< nothing is closed yet
  /// Makes memory writable or not; null: nothing is ever closed.
  bool (*protect)(std::byte* at, std::size_t bytes, bool is_writable) = nullptr;
  void (*unwatch)(tracked_memory&) = nullptr;
  tracked_memory* following;
};

struct call_scope;  // runtime/running_call.hpp

/// A store's memories, and the store's identity: while somebody refers to this, no other store has
/// the same.
struct store_tracking {
  allocator* memory;
  vm::store* home;  ///< null once the store has ended
  std::uint32_t references = 1;
  tracked_memory* first = nullptr;
  call_scope* scopes = nullptr;    ///< the newest first
  std::uint64_t newest_scope = 0;  ///< its number
};
inline void release(store_tracking* tracking) {
  if (tracking != nullptr && is_last(*tracking)) tracking->memory->destroy(tracking);
}

// A memory is left as if it had never been tracked.
inline void end_tracking(store_tracking& tracking, tracked_memory* m) {
  if (m->unwatch != nullptr) m->unwatch(*m);
  for (const tracked_group& g : m->groups) release(g.known);
  tracking.memory->destroy(m);
}
inline void forget_memory(vm::store& s, vm::memory_instance& memory) {
  auto& tracking = *static_cast<store_tracking*>(s.tracking);
  for (tracked_memory** at = &tracking.first; *at != nullptr; at = &(*at)->following) {
    tracked_memory* const m = *at;
    if (m->memory != &memory) continue;
    *at = m->following;
    return end_tracking(tracking, m);
  }
}
// The store ends.
inline void end_tracking(void* object) {
  auto* const tracking = static_cast<store_tracking*>(object);
  while (tracked_memory* m = tracking->first) {
    tracking->first = m->following;
    end_tracking(*tracking, m);
  }
  tracking->home = nullptr;
  release(tracking);
}

/// The store's, made when it is first asked for; null if memory is refused.
[[nodiscard]] inline store_tracking* tracking_of(vm::store& s) {
  if (s.tracking != nullptr) return static_cast<store_tracking*>(s.tracking);
  auto* kept = s.objects.make<vm::closure>();
  if (kept == nullptr) return nullptr;
  auto* made = s.memory->make<store_tracking>(s.memory, &s);
  if (made == nullptr) return nullptr;
  *kept = {made, &end_tracking, s.closures};
  s.closures = kept;
  s.tracking = made;
  s.forget_memory = &forget_memory;
  return made;
}

[[nodiscard]] inline std::byte* granule_at(const tracked_memory& m, std::size_t group,
                                           std::size_t page) {
  return m.memory->base + group * group_bytes + page * granule;
}
/// Which granules of a group lie in the memory.
[[nodiscard]] inline std::uint64_t granules_in(const tracked_memory& m, std::size_t group) {
  const std::uint64_t rest = (m.size - group * group_bytes) / granule;
  return rest >= group_pages ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
}

/// Makes a granule writable, and says so; if the system has too many pieces already, all of them.
/// It also runs in the fault handler.
[[nodiscard]] inline bool open_granule(tracked_memory& m, std::size_t group, std::size_t page) {
  if (m.protect(granule_at(m, group, page), granule, true)) {
    m.groups[group].open |= std::uint64_t{1} << page;
    return true;
  }
  if (!m.protect(m.memory->base, static_cast<std::size_t>(m.size), true)) return false;
  for (tracked_group& g : m.groups) g.open = ~std::uint64_t{0};
  return true;
}
// A fault that was no write to a closed granule is somebody else's.
inline bool note_write(os::write_watch& watch, std::uintptr_t address) {
  auto& m = static_cast<tracked_memory&>(watch);
  const std::uint64_t offset = address - watch.begin;
  if (offset >= m.size) return false;
  const std::size_t group = static_cast<std::size_t>(offset / group_bytes);
  const std::size_t page = static_cast<std::size_t>(offset % group_bytes / granule);
  if ((m.groups[group].open >> page & 1) != 0) return false;
  return open_granule(m, group, page);
}

/// Protects granules of a group that are as they were saved.
inline void close_granules(tracked_memory& m, std::size_t group, std::uint64_t which) {
  while (which != 0) {
    const int first = std::countr_zero(which);
    const int count = std::countr_one(which >> first);
    const std::uint64_t run = (count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1)
                              << first;
    which &= ~run;
    if (m.protect(granule_at(m, group, static_cast<std::size_t>(first)),
                  static_cast<std::size_t>(count) * granule, false)) {
      m.groups[group].open &= ~run;
    }
  }
}
inline void close_all(tracked_memory& m) {
  if (m.size == 0 || !m.protect(m.memory->base, static_cast<std::size_t>(m.size), false)) return;
  for (std::size_t k = 0; k < m.groups.size(); ++k) m.groups[k].open = ~granules_in(m, k);
}

/// What is known of a memory of the store, from now on; null if memory is refused.
template <memory_policy Memory>
[[nodiscard]] tracked_memory* track(store_tracking& tracking, vm::memory_instance& memory) {
  for (tracked_memory* m = tracking.first; m != nullptr; m = m->following) {
    if (m->memory == &memory) return m;
  }
  allocator& a = *tracking.memory;
  auto* made = a.make<tracked_memory>(memory, a, tracking.first);
  if (made == nullptr) return nullptr;
  if constexpr (Memory::is_guarded) {
    made->begin = reinterpret_cast<std::uintptr_t>(memory.base);
    made->size_watched = static_cast<std::size_t>(memory.reserved);
    made->on_write = &note_write;
    if (memory.reserved != 0 && os::add_watch(*made)) {
      made->protect = [](std::byte* at, std::size_t bytes, bool is_writable) {
        return is_writable ? os::commit(at, bytes) : os::make_read_only(at, bytes);
      };
      made->unwatch = [](tracked_memory& m) {
        os::remove_watch(m);
        // Who comes next writes there.
        if (m.size != 0 && !os::commit(m.memory->base, static_cast<std::size_t>(m.size)))
          platform::end_program();
      };
    }
  }
  tracking.first = made;
  return made;
}

/// Follows the memory's size; new memory may be anything.
[[nodiscard]] inline status cover(tracked_memory& m) {
  const std::uint64_t size = m.memory->size;
  const auto count = static_cast<std::size_t>((size + group_bytes - 1) / group_bytes);
  if (size > m.size) {
    const auto partial = static_cast<std::size_t>(m.size % group_bytes / granule);
    if (partial != 0) m.groups.back().open |= ~std::uint64_t{0} << partial;
    DOVETAIL_TRY(m.groups.resize(count));
  }
  while (m.groups.size() > count) {
    release(m.groups.back().known);
    m.groups.pop();
  }
  m.size = size;
  return status::ok;
}

inline status save_group(tracked_memory& m, std::size_t group) {
  tracked_group& g = m.groups[group];
  allocator& a = *m.memory->home->memory;
  page_group* fresh = nullptr;
  std::uint64_t unchanged = 0;
  for (std::uint64_t left = g.open & granules_in(m, group); left != 0; left &= left - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(left));
    const std::byte* const at = granule_at(m, group, k);
    const saved_page* known = page_of(g.known, k);
    if (std::memcmp(at, bytes_of(known), granule) == 0) {
      unchanged |= std::uint64_t{1} << k;
      continue;
    }
    if (fresh == nullptr) fresh = copy_group(a, g.known);
    if (fresh == nullptr) return status::store_out_of_memory;
    saved_page* made = nullptr;
    if ((known == nullptr || !is_zero(at)) && (made = save_page(a, at)) == nullptr) {
      release(fresh);
      return status::store_out_of_memory;
    }
    release(fresh->pages[k]);
    fresh->pages[k] = made;
  }
  if (fresh != nullptr) {
    release(g.known);
    g.known = fresh;
  }
  // What was written stays open: it will be again, and comparing costs less than a fault.
  if (m.protect != nullptr && !m.is_new) close_granules(m, group, unchanged);
  return status::ok;
}

/// Appends the groups of a memory as it is now, with a reference each.
[[nodiscard]] inline status save(tracked_memory& m, array<page_group*>& out) {
  DOVETAIL_TRY(cover(m));
  DOVETAIL_TRY(out.reserve(out.size() + m.groups.size()));
  for (std::size_t k = 0; k < m.groups.size(); ++k) DOVETAIL_TRY(save_group(m, k));
  if (m.protect != nullptr && m.is_new) close_all(m);
  m.is_new = false;
  for (const tracked_group& g : m.groups) DOVETAIL_TRY(out.push(retain(g.known)));
  return status::ok;
}

inline void load_group(tracked_memory& m, std::size_t group, page_group* wanted) {
  tracked_group& g = m.groups[group];
  if (g.known == wanted && g.open == 0) return;
  for (std::uint64_t left = granules_in(m, group); left != 0; left &= left - 1) {
    const auto k = static_cast<std::size_t>(std::countr_zero(left));
    const saved_page* const to = page_of(wanted, k);
    const bool is_open = (g.open >> k & 1) != 0;
    if (!is_open && page_of(g.known, k) == to) continue;
    std::byte* const at = granule_at(m, group, k);
    if (is_open && std::memcmp(at, bytes_of(to), granule) == 0) continue;
    // Half of a memory cannot be left behind.
    if (!is_open && !open_granule(m, group, k)) platform::end_program();
    std::memcpy(at, bytes_of(to), granule);
  }
  retain(wanted);
  release(g.known);
  g.known = wanted;
}

/// Makes a memory, which is covered and of the right size, what it was when it was saved.
inline void load(tracked_memory& m, page_group* const* wanted) {
  for (std::size_t k = 0; k < m.groups.size(); ++k) load_group(m, k, wanted[k]);
}

/// Makes a memory smaller. What is behind its new end is gone.
template <memory_policy Memory>
[[nodiscard]] status shrink_memory(vm::memory_instance& m, std::uint64_t bytes) {
  if (bytes >= m.size) return status::ok;
  if (m.release == &release_heap) {
    void* block = m.home->budget.resize(m.base, static_cast<std::size_t>(m.size),
                                        static_cast<std::size_t>(bytes));
    if (block == nullptr && bytes != 0) return status::memory_refused;
    m.base = static_cast<std::byte*>(block);
  } else if (m.reserved != 0) {
    if constexpr (Memory::is_guarded) {
      if (!os::decommit(m.base + bytes, static_cast<std::size_t>(m.size - bytes)))
        return status::memory_refused;
      m.home->budget.give_back(m.size - bytes);
    }
  } else {
    return status::memory_refused;
  }
  m.size = bytes;
  return status::ok;
}

}  // namespace dovetail::detail
