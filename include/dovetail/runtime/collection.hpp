// The life of instances within a store: where they are, how they go, and which ones nothing reaches
// any more. Used by instantiation and by stores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include <dovetail/runtime/objects.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

/// What `store.collect()` freed.
struct collected {
  std::uint32_t instances = 0;
  std::uint64_t bytes = 0;  ///< of the store's budget

  friend constexpr bool operator==(collected, collected) = default;
};

namespace vm {

/// A place for an instance of a store, which begins with a `vm::instance`: that of one that is
/// gone, or a new one. Null if memory is refused. All instances of a store are of one type.
template <class Instance>
[[nodiscard]] Instance* make_place(store& s) {
  static_assert(std::is_standard_layout_v<Instance>, "its address is its first member's");
  if (instance* const spare = s.spare_instances; spare != nullptr) {
    s.spare_instances = spare->next;
    arena* const objects = spare->objects;
    auto* made = ::new (static_cast<void*>(spare)) Instance{};
    reinterpret_cast<instance*>(made)->objects = objects;
    return made;
  }
  struct place {
    alignas(arena) std::byte objects[sizeof(arena)];
    Instance made;
  };
  static_assert(sizeof(place) <= sizeof(s.first_place) && alignof(place) <= 16);
  void* const room = s.is_first_taken ? s.objects.allocate(sizeof(place)) : s.first_place;
  if (room == nullptr) return nullptr;
  s.is_first_taken = true;
  auto* const found = ::new (room) place{};
  reinterpret_cast<instance&>(found->made).objects =
      ::new (static_cast<void*>(found->objects)) arena(s.budget.erased(), 1024, 16'384);
  return &found->made;
}

/// Puts an instance of a module into its store, which owns it from here on.
inline void add_instance(store& s, instance& i, module_data& m) {
  i.code = m.code;
  i.home = &s;
  i.module = &m;
  m.retain();
  i.serial = ++s.newest_serial;
  i.next = s.instances;
  s.instances = &i;
  ++s.instance_count;
}

namespace collecting {

// Takes what is of freed instances out of a list, telling of each.
template <class T, class Gone, class Free>
void filter(T*& first, Gone is_gone, Free free) {
  for (T** at = &first; *at != nullptr;) {
    T* const object = *at;
    if (is_gone(*object)) {
      *at = object->next;
      free(*object);
    } else {
      at = &object->next;
    }
  }
}

// What an instance had goes, and its place waits for another one.
inline void free_instance(store& s, instance& i) {
  if (s.report.module == i.module) s.report.module = nullptr;
  i.module->release();
  // Who still holds a handle finds null instead of what was there.
  i.objects->wipe();
  i.objects->clear();
  i.serial = 0;
  i.module = nullptr;
  i.next = s.spare_instances;
  s.spare_instances = &i;
  --s.instance_count;
}

/// Frees the instances for which `is_gone`, and what goes with them.
template <class Gone>
collected free_instances(store& s, Gone is_gone) {
  const std::uint64_t before = s.budget.used();
  collected freed;
  const auto goes = [&](const auto& object) {
    return object.owner != nullptr && is_gone(*object.owner);
  };
  // Callables of the host end first, while everything is there.
  for (instance* i = s.instances; i != nullptr; i = i->next) {
    if (is_gone(*i)) end_all(i->closures);
  }
  filter(s.memories, goes, [&](memory_instance& m) {
    if (s.forget_memory != nullptr) s.forget_memory(s, m);
    m.release(m);
  });
  filter(s.tables, goes, [](table_instance& t) { release(t); });
  filter(s.instances, is_gone, [&](instance& i) {
    free_instance(s, i);
    ++freed.instances;
  });
  freed.bytes = before - s.budget.used();
  return freed;
}

/// Finds what is reached, without memory of its own.
class marking {
 public:
  void run(store& s) {
    for (instance* i = s.instances; i != nullptr; i = i->next) i->is_reached = false;
    for (instance* i = s.instances; i != nullptr; i = i->next) {
      if (!i->is_released) reach(i);
    }
    for (const table_instance* t = s.tables; t != nullptr; t = t->next) {
      if (t->owner == nullptr) look_at(*t);
    }
    for (const global_instance* g = s.globals; g != nullptr; g = g->next) look_at(*g);
    while (instance* i = pending_) {
      pending_ = i->pending;
      look_at(*i);
    }
  }

 private:
  void reach(instance* i) {
    if (i == nullptr || i->is_reached) return;
    i->is_reached = true;
    i->pending = pending_;
    pending_ = i;
  }
  void reach_function(slot s) {
    if (s != 0) reach(to_function(s)->lives_with);
  }
  void look_at(const table_instance& t) {
    if (!t.type.element.is_function_reference()) return;
    for (std::uint64_t k = 0; k < t.size; ++k) reach_function(t.elements[k]);
  }
  void look_at(const global_instance& g) {
    if (g.type.type.is_function_reference()) reach_function(g.low);
  }
  // What its segments refer to are its own functions and those that it imports.
  void look_at(const instance& i) {
    const module_env& env = i.module->env;
    for (std::size_t k = 0; k < env.functions.size(); ++k) {
      if (i.functions[k] != nullptr) reach(i.functions[k]->lives_with);
    }
    look_at_all(i, i.tables, env.tables.size());
    look_at_all(i, i.globals, env.globals.size());
    for (std::size_t k = 0; k < env.memories.size(); ++k) reach(i.memories[k]->owner);
    for (std::size_t k = 0; k < env.tags.size(); ++k) reach(i.tags[k]->owner);
  }
  // Others' objects are looked at with their owners.
  template <class T>
  void look_at_all(const instance& i, T* const* objects, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
      if (objects[k]->owner == &i) {
        look_at(*objects[k]);
      } else {
        reach(objects[k]->owner);
      }
    }
  }

  instance* pending_ = nullptr;
};

}  // namespace collecting

/// Frees an instance that nobody knows of and that never ran, though it may not be whole.
inline void discard(instance& i) {
  collecting::free_instances(*i.home, [&](const instance& there) { return &there == &i; });
}

/// Frees the released instances that no other one, table or global reaches. No guest runs.
inline collected collect(store& s) {
  collecting::marking().run(s);
  const collected freed =
      collecting::free_instances(s, [](const instance& i) { return !i.is_reached; });
  if (freed.instances != 0 && s.backend != nullptr && s.backend->forget != nullptr)
    s.backend->forget(*s.backend);
  if (freed.instances != 0 && s.fibers != nullptr) s.fibers->forget(*s.fibers);
  return freed;
}

}  // namespace vm

}  // namespace dovetail
