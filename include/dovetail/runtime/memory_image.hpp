// What data segments make of a new memory, as an object of the operating system that instances map
// instead of copying: pages cost nothing until they are touched. Used by guarded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <dovetail/module/module_data.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// The bytes of a module's first own memory after some of its data segments, on whole pages.
struct memory_image {
  /// Below so many bytes copying is as quick.
  static constexpr std::uint64_t least_bytes = 256 * 1024;

  std::intptr_t object = os::no_object;
  std::uint64_t begin = 0;  ///< in the memory
  std::uint64_t size = 0;
  std::uint32_t segments = 0;  ///< how many it holds, from the first on
};

namespace detail {

/// The image that a module's data segments allow: those that are the same in every instance, up to
/// the first that is not, or that traps. It has no object yet.
[[nodiscard]] inline memory_image plan_image(const module_env& env) {
  memory_image plan;
  const std::uint64_t room = env.memories[env.imported_memories].limits.minimum * vm::page_size;
  std::uint64_t first = room, end = 0, bytes = 0;
  for (const data_segment& s : env.data_segments) {
    if (s.mode == segment_mode::active) {
      const std::uint64_t to = s.offset.low;
      if (s.offset.what != constant_expression::kind::value ||
          s.memory.value != env.imported_memories || to > room || s.size > room - to) {
        break;
      }
      bytes += s.size;
      const std::uint64_t lowest = to < first ? to : first;
      const std::uint64_t highest = to + s.size > end ? to + s.size : end;
      // More holes than bytes are not worth an object.
      if (highest - lowest > 2 * bytes + vm::page_size) break;
      first = lowest;
      end = highest;
    }
    ++plan.segments;
  }
  if (first >= end) return {};
  plan.begin = first / vm::page_size * vm::page_size;
  plan.size = (end - plan.begin + vm::page_size - 1) / vm::page_size * vm::page_size;
  return plan;
}

struct image_content {
  const module_env& env;
  const memory_image& plan;

  static void write(const void* content, std::byte* to) {
    const auto& [env, plan] = *static_cast<const image_content*>(content);
    for (std::uint32_t k = 0; k < plan.segments; ++k) {
      const data_segment& s = env.data_segments[k];
      if (s.mode != segment_mode::active || s.size == 0) continue;
      std::memcpy(to + (s.offset.low - plan.begin), env.data_bytes.data() + s.first, s.size);
    }
  }
};

DOVETAIL_COLD inline memory_image* make_image(const module_env& env) {
  const memory_image plan = plan_image(env);
  if (plan.size < memory_image::least_bytes) return nullptr;
  auto* made = env.memory->make<memory_image>(plan);
  if (made == nullptr) return nullptr;
  const image_content content{env, plan};
  made->object =
      os::make_object(static_cast<std::size_t>(plan.size), &image_content::write, &content);
  if (made->object != os::no_object) return made;
  env.memory->destroy(made);
  return nullptr;
}

}  // namespace detail

/// The image for one more instance of a module with memories of its own; null if it is to copy. The
/// second instance makes it, so that modules that are instantiated once do not pay. Any thread.
[[nodiscard]] inline const memory_image* image_of(module_data& m) {
  if (m.env.data_bytes.size() < memory_image::least_bytes) return nullptr;
  if (platform::atomic_load(m.image_is_made) == 0) {
    if (platform::atomic_load(m.image_asked_for) > 1) return nullptr;
    if (platform::atomic_add(m.image_asked_for, 1) != 1) return nullptr;
    m.image = detail::make_image(m.env);
    m.release_image = [](module_data& of) {
      auto* image = static_cast<memory_image*>(of.image);
      if (image != nullptr) os::close_object(image->object);
      of.env.memory->destroy(image);
    };
    platform::atomic_exchange(m.image_is_made, 1);
  }
  return static_cast<const memory_image*>(m.image);
}

inline status guarded_memory::map_data(vm::instance& i, std::uint32_t& segments) {
  const module_env& env = i.module->env;
  if (env.memories.size() == env.imported_memories ||
      !guards<guarded_memory>(env.memories[env.imported_memories])) {
    return status::ok;
  }
  vm::memory_instance& m = *i.memories[env.imported_memories];
  const auto* kept = static_cast<const pool*>(m.home->memory_pool);
  if (kept != nullptr && kept->may_keep(m.size)) return status::ok;
  const memory_image* image = image_of(*i.module);
  if (image == nullptr) return status::ok;
  std::byte* const at = m.base + image->begin;
  const auto size = static_cast<std::size_t>(image->size);
  if (os::map_object(at, size, image->object)) {
    segments = image->segments;
  } else if (!os::commit(at, size)) {
    m.size = image->begin;
    return status::memory_refused;
  }
  return status::ok;
}

}  // namespace dovetail
