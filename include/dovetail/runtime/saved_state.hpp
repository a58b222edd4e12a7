// The state of instances apart from the instances: memories, tables, mutable globals, dropped
// segments. References are numbers, so that they mean the same in instances made elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include <dovetail/base/array.hpp>
#include <dovetail/base/native_value.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/runtime/running_call.hpp>
#include <dovetail/runtime/tracking.hpp>

namespace dovetail::detail {

/// What a slot is besides a number.
enum class reference_kind : std::uint8_t { none, function, host };
[[nodiscard]] constexpr reference_kind kind_of(value_type type) {
  if (!type.is_reference()) return reference_kind::none;
  return type.is_function_reference() ? reference_kind::function : reference_kind::host;
}

/// Which instance a state is of, and how many objects it has, imports included.
struct saved_instance {
  vm::instance* of = nullptr;     ///< null: made in another process
  std::uint64_t serial = 0;       ///< of that instance, whose place may have another one by now
  module_data* module = nullptr;  ///< of a state that was not read from bytes, with a reference
  std::uint32_t memories = 0, tables = 0, globals = 0, elements = 0, data = 0;
};
struct saved_memory {
  std::uint64_t size = 0;
  std::size_t first_group = 0;
  [[nodiscard]] std::size_t groups() const {
    return static_cast<std::size_t>((size + group_bytes - 1) / group_bytes);
  }
};
struct saved_table {
  std::uint64_t size = 0;
  std::size_t first_slot = 0;
  reference_kind kind = reference_kind::none;
};
struct saved_global {
  slot low = 0, high = 0;
  reference_kind kind = reference_kind::none;
  bool is_vector = false;
};

/// A function as a slot: null is zero, else the number of an instance and an index of its module,
/// or a function that no instance knows.
struct saved_function {
  static constexpr slot known = slot{1} << 62, foreign = slot{2} << 62;
  static constexpr std::uint32_t most_instances = 1u << 30;

  [[nodiscard]] static slot of(std::size_t instance, std::uint32_t index) {
    return known | slot{instance} << 32 | index;
  }
  [[nodiscard]] static std::uint32_t instance(slot s) {
    return static_cast<std::uint32_t>(s >> 32) & (most_instances - 1);
  }
  [[nodiscard]] static std::uint32_t index(slot s) { return static_cast<std::uint32_t>(s); }
  [[nodiscard]] static bool is_foreign(slot s) { return (s & foreign) != 0; }
};

/// A function that no instance of a state knows, and the instance that it goes with.
struct saved_foreign {
  vm::function_instance* function = nullptr;
  const vm::instance* with = nullptr;  ///< null: the store
  std::uint64_t serial = 0;
};

/// The objects of instances, once each however many share them, and which one every index means.
struct saved_state {
  static constexpr std::uint32_t nothing = 0xffff'ffff;

  explicit saved_state(allocator& a)
      : memory(&a),
        instances(a),
        memories(a),
        tables(a),
        globals(a),
        places(a),
        groups(a),
        elements(a),
        dropped(a),
        foreign(a) {}
  saved_state(const saved_state&) = delete;
  saved_state& operator=(const saved_state&) = delete;
  ~saved_state() {
    for (page_group* group : groups) release(group);
    for (const saved_instance& i : instances) {
      if (i.module != nullptr) i.module->release();
    }
    release(origin);
  }

  allocator* memory;
  store_tracking* origin = nullptr;  ///< null: made in another process
  std::uint64_t scope = 0;           ///< of the running call that it was taken in; 0: of none
  bool has_host_references = false;
  array<saved_instance> instances;
  array<saved_memory> memories;
  array<saved_table> tables;
  array<saved_global> globals;
  array<std::uint32_t> places;  ///< of each instance: numbers of memories, tables, globals
  array<page_group*> groups;    ///< with a reference each
  array<slot> elements;         ///< of tables
  array<std::uint8_t> dropped;  ///< of each instance: element segments, data segments
  array<saved_foreign> foreign;
};

/// Objects of instances in the order that a state has them.
struct saved_objects {
  explicit saved_objects(allocator& a) : memories(a), tables(a), globals(a) {}
  array<vm::memory_instance*> memories;
  array<vm::table_instance*> tables;
  array<vm::global_instance*> globals;
};

/// What a snapshot keeps of a global: variables of the host are the host's.
[[nodiscard]] inline bool is_saved(const vm::global_instance& g) {
  return g.type.is_mutable && g.home != nullptr;
}

/// Makes the state of instances of one store.
template <memory_policy Memory>
class state_capture {
 public:
  state_capture(std::span<vm::instance* const> from, saved_state& out)
      : from_(from), out_(out), objects_(*out.memory) {}

  [[nodiscard]] status run(vm::store& home) {
    if (!can_save(home, out_.scope)) return status::call_in_progress;
    store_tracking* const tracking = tracking_of(home);
    if (tracking == nullptr) return status::store_out_of_memory;
    out_.origin = retain(tracking);
    DOVETAIL_TRY(take_instances());
    for (vm::memory_instance* m : objects_.memories) {
      tracked_memory* const tracked = track<Memory>(*tracking, *m);
      if (tracked == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(out_.memories.push({m->size, out_.groups.size()}));
      DOVETAIL_TRY(save(*tracked, out_.groups));
    }
    for (const vm::table_instance* t : objects_.tables) DOVETAIL_TRY(take_table(*t));
    for (const vm::global_instance* g : objects_.globals) {
      saved_global saved{g->low, g->high, kind_of(g->type.type), g->type.type.is_vector()};
      DOVETAIL_TRY(encode(saved.kind, saved.low));
      DOVETAIL_TRY(out_.globals.push(saved));
    }
    return status::ok;
  }

 private:
  status take_instances() {
    for (vm::instance* i : from_) {
      const module_env& env = i->module->env;
      i->module->retain();
      const saved_instance entry{i,
                                 i->serial,
                                 i->module,
                                 static_cast<std::uint32_t>(env.memories.size()),
                                 static_cast<std::uint32_t>(env.tables.size()),
                                 static_cast<std::uint32_t>(env.globals.size()),
                                 static_cast<std::uint32_t>(env.element_segments.size()),
                                 static_cast<std::uint32_t>(env.data_segments.size())};
      if (const status s = out_.instances.push(entry); s != status::ok) {
        i->module->release();
        return s;
      }
      DOVETAIL_TRY(take(objects_.memories, i->memories, entry.memories));
      DOVETAIL_TRY(take(objects_.tables, i->tables, entry.tables));
      for (std::uint32_t k = 0; k < entry.globals; ++k) {
        if (is_saved(*i->globals[k])) {
          DOVETAIL_TRY(take(objects_.globals, i->globals + k, 1));
        } else {
          DOVETAIL_TRY(out_.places.push(saved_state::nothing));
        }
      }
      DOVETAIL_TRY(take_dropped(i->dropped_elements, entry.elements));
      DOVETAIL_TRY(take_dropped(i->dropped_data, entry.data));
    }
    return status::ok;
  }
  // Objects that several instances or indices share have one number. Where only one instance is
  // saved, its own objects are new.
  template <class T>
  status take(array<T*>& all, T* const* objects, std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) {
      std::uint32_t number = 0;
      while (number < all.size() && all[number] != objects[k]) ++number;
      if (number == all.size()) DOVETAIL_TRY(all.push(objects[k]));
      DOVETAIL_TRY(out_.places.push(number));
    }
    return status::ok;
  }
  status take_dropped(const bool* dropped, std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) DOVETAIL_TRY(out_.dropped.push(dropped[k]));
    return status::ok;
  }
  status take_table(const vm::table_instance& t) {
    const saved_table saved{t.size, out_.elements.size(), kind_of(t.type.element)};
    DOVETAIL_TRY(out_.tables.push(saved));
    DOVETAIL_TRY(out_.elements.append({t.elements, static_cast<std::size_t>(t.size)}));
    for (std::size_t k = saved.first_slot; k < out_.elements.size(); ++k)
      DOVETAIL_TRY(encode(saved.kind, out_.elements[k]));
    return status::ok;
  }

  status encode(reference_kind kind, slot& s) {
    if (kind == reference_kind::none || s == 0) return status::ok;
    if (kind == reference_kind::host) return out_.has_host_references = true, status::ok;
    vm::function_instance* const f = to_function(s);
    if (f->owner != nullptr) {
      if (last_ < from_.size() && from_[last_] == f->owner)
        return s = saved_function::of(last_, f->index), status::ok;
      for (last_ = 0; last_ < from_.size(); ++last_) {
        if (from_[last_] == f->owner) return s = saved_function::of(last_, f->index), status::ok;
      }
    }
    // What an instance imports has a number there.
    for (std::size_t k = 0; k < from_.size(); ++k) {
      for (std::uint32_t n = 0; n < from_[k]->module->env.imported_functions; ++n) {
        if (from_[k]->functions[n] == f) return s = saved_function::of(k, n), status::ok;
      }
    }
    s = saved_function::foreign | out_.foreign.size();
    const vm::instance* const with = f->lives_with;
    return out_.foreign.push({f, with, with == nullptr ? 0 : with->serial});
  }

  std::span<vm::instance* const> from_;
  saved_state& out_;
  saved_objects objects_;
  std::size_t last_ = 0;  // the instance whose function was seen last
};

/// Stands for no way to map references of the host.
struct no_host_references {};

/// Gives instances the state of others of the same modules, or of themselves. Until everything that
/// may fail was done nothing is changed, but for the size of memories of a heap that refuses to
/// make them smaller.
template <memory_policy Memory, class Map>
class state_load {
 public:
  state_load(const saved_state& from, std::span<vm::instance* const> to, const Map& map)
      : from_(from),
        to_(to),
        map_(map),
        objects_(*from.memory),
        slots_(*from.memory),
        cells_(*from.memory),
        sizes_(*from.memory),
        tracked_(*from.memory) {}

  [[nodiscard]] status run(vm::store& home) {
    std::uint64_t scope = 0;
    if (!can_save(home, scope) || scope != from_.scope) return status::call_in_progress;
    tracking_ = tracking_of(home);
    if (tracking_ == nullptr) return status::store_out_of_memory;
    if (scope != 0 && from_.origin != tracking_) return status::call_in_progress;
    home_ = &home;
    DOVETAIL_TRY(match());
    DOVETAIL_TRY(check_sizes());
    DOVETAIL_TRY(decode());
    if (const status s = make_room(); s != status::ok) {
      take_room_back();
      return s;
    }
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      vm::memory_instance& m = *tracked_[k]->memory;
      DOVETAIL_TRY(shrink_memory<Memory>(m, from_.memories[k].size));
      DOVETAIL_TRY(cover(*tracked_[k]));
    }
    write();
    return status::ok;
  }

 private:
  // Finds the object for every one of the state.
  status match() {
    if (to_.size() != from_.instances.size()) return status::snapshot_mismatch;
    is_same_ = from_.origin == tracking_;
    DOVETAIL_TRY(objects_.memories.resize(from_.memories.size()));
    DOVETAIL_TRY(objects_.tables.resize(from_.tables.size()));
    DOVETAIL_TRY(objects_.globals.resize(from_.globals.size()));
    std::size_t place = 0;
    for (std::size_t k = 0; k < to_.size(); ++k) {
      const saved_instance& saved = from_.instances[k];
      const vm::instance& i = *to_[k];
      const module_env& env = i.module->env;
      if ((saved.module != nullptr && saved.module != i.module) ||
          saved.memories != env.memories.size() || saved.tables != env.tables.size() ||
          saved.globals != env.globals.size() || saved.elements != env.element_segments.size() ||
          saved.data != env.data_segments.size()) {
        return status::snapshot_mismatch;
      }
      is_same_ = is_same_ && saved.of == to_[k] && saved.serial == i.serial;
      DOVETAIL_TRY(match(objects_.memories, i.memories, saved.memories, place));
      DOVETAIL_TRY(match(objects_.tables, i.tables, saved.tables, place));
      DOVETAIL_TRY(match(objects_.globals, i.globals, saved.globals, place));
    }
    return status::ok;
  }
  template <class T>
  status match(array<T*>& all, T* const* objects, std::uint32_t count, std::size_t& place) {
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t number = from_.places[place++];
      if (number == saved_state::nothing) continue;
      if (all[number] != nullptr && all[number] != objects[k]) return status::snapshot_mismatch;
      all[number] = objects[k];
    }
    return status::ok;
  }

  status check_sizes() {
    for (std::size_t k = 0; k < objects_.memories.size(); ++k) {
      const vm::memory_instance* const m = objects_.memories[k];
      const std::uint64_t pages = from_.memories[k].size / vm::page_size;
      if (m == nullptr || pages < m->type.limits.minimum || pages > m->most_pages)
        return status::snapshot_mismatch;
    }
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      const vm::table_instance* const t = objects_.tables[k];
      const saved_table& saved = from_.tables[k];
      if (t == nullptr || saved.size < t->type.limits.minimum || saved.size > t->most ||
          saved.kind != kind_of(t->type.element)) {
        return status::snapshot_mismatch;
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      const vm::global_instance* const g = objects_.globals[k];
      const saved_global& saved = from_.globals[k];
      if (g == nullptr || saved.kind != kind_of(g->type.type) ||
          saved.is_vector != g->type.type.is_vector()) {
        return status::snapshot_mismatch;
      }
    }
    return status::ok;
  }

  status decode() {
    DOVETAIL_TRY(slots_.append({from_.elements.data(), from_.elements.size()}));
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      const saved_table& saved = from_.tables[k];
      for (std::size_t n = 0; n < saved.size; ++n) {
        DOVETAIL_TRY(
            decode(objects_.tables[k]->type.element, saved.kind, slots_[saved.first_slot + n]));
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      slot low = from_.globals[k].low;
      DOVETAIL_TRY(decode(objects_.globals[k]->type.type, from_.globals[k].kind, low));
      DOVETAIL_TRY(cells_.push(low));
    }
    return status::ok;
  }
  status decode(value_type type, reference_kind kind, slot& s) {
    if (kind == reference_kind::none) return status::ok;
    if (s != 0) {
      DOVETAIL_TRY(kind == reference_kind::function ? find_function(s) : find_host_object(s));
    }
    return vm::may_enter(*home_, type, s) ? status::ok : status::snapshot_mismatch;
  }
  status find_function(slot& s) {
    if (saved_function::is_foreign(s)) {
      // It lives as long as its store, which is the same, or an instance there.
      if (from_.origin != tracking_) return status::reference_of_host;
      const saved_foreign& known = from_.foreign[saved_function::index(s)];
      if (known.with != nullptr && known.with->serial != known.serial) return status::instance_gone;
      s = to_slot(known.function);
      return status::ok;
    }
    const std::uint32_t number = saved_function::instance(s), index = saved_function::index(s);
    if (number >= to_.size() || index >= to_[number]->module->env.functions.size())
      return status::snapshot_mismatch;
    const vm::function_instance* const f = vm::function_of(*to_[number], index);
    s = to_slot(f);
    return f == nullptr ? status::store_out_of_memory : status::ok;
  }
  status find_host_object(slot& s) {
    if constexpr (!std::is_same_v<Map, no_host_references>) {
      if (!is_same_) {
        const auto mapped = map_(from_slot<externref>(s));
        if (!mapped) return status::reference_of_host;
        s = to_slot(static_cast<externref>(*mapped));
        return status::ok;
      }
    }
    return is_same_ ? status::ok : status::reference_of_host;
  }

  // Memories grow last: an allocator that refuses something may refuse to make one smaller again.
  status make_room() {
    for (std::size_t k = 0; k < objects_.memories.size(); ++k) {
      vm::memory_instance& m = *objects_.memories[k];
      tracked_memory* const tracked = track<Memory>(*tracking_, m);
      if (tracked == nullptr) return status::store_out_of_memory;
      DOVETAIL_TRY(cover(*tracked));
      DOVETAIL_TRY(tracked->groups.reserve(from_.memories[k].groups()));
      DOVETAIL_TRY(sizes_.push(m.size));
      DOVETAIL_TRY(tracked_.push(tracked));
    }
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      vm::table_instance& t = *objects_.tables[k];
      const std::uint64_t before = t.size, wanted = from_.tables[k].size;
      if (wanted <= t.capacity) continue;
      const std::uint64_t grown = vm::grow_table(t, wanted - before, 0);
      t.size = before;
      if (grown != before) return status::table_refused;
    }
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      vm::memory_instance& m = *objects_.memories[k];
      if (from_.memories[k].size > m.size)
        DOVETAIL_TRY(m.grow(m, from_.memories[k].size / vm::page_size));
      DOVETAIL_TRY(cover(*tracked_[k]));
    }
    return status::ok;
  }
  DOVETAIL_COLD void take_room_back() {
    for (std::size_t k = 0; k < tracked_.size(); ++k) {
      static_cast<void>(shrink_memory<Memory>(*objects_.memories[k], sizes_[k]));
      static_cast<void>(cover(*tracked_[k]));
    }
  }

  void write() {
    for (std::size_t k = 0; k < tracked_.size(); ++k)
      load(*tracked_[k], from_.groups.data() + from_.memories[k].first_group);
    for (std::size_t k = 0; k < objects_.tables.size(); ++k) {
      vm::table_instance& t = *objects_.tables[k];
      const saved_table& saved = from_.tables[k];
      t.size = saved.size;
      if (t.size != 0) {
        std::memcpy(t.elements, slots_.data() + saved.first_slot,
                    static_cast<std::size_t>(t.size) * sizeof(slot));
      }
    }
    for (std::size_t k = 0; k < objects_.globals.size(); ++k) {
      vm::global_instance& g = *objects_.globals[k];
      if (!is_saved(g)) continue;
      g.low = cells_[k];
      g.high = from_.globals[k].high;
    }
    std::size_t next = 0;
    for (vm::instance* i : to_) {
      const module_env& env = i->module->env;
      for (std::size_t k = 0; k < env.element_segments.size(); ++k)
        i->dropped_elements[k] = from_.dropped[next++] != 0;
      for (std::size_t k = 0; k < env.data_segments.size(); ++k)
        i->dropped_data[k] = from_.dropped[next++] != 0;
    }
  }

  const saved_state& from_;
  std::span<vm::instance* const> to_;
  const Map& map_;
  saved_objects objects_;
  array<slot> slots_;           // of tables, as the store has them
  array<slot> cells_;           // of globals
  array<std::uint64_t> sizes_;  // of memories before
  array<tracked_memory*> tracked_;
  store_tracking* tracking_ = nullptr;
  vm::store* home_ = nullptr;
  bool is_same_ = false;  // the instances that the state is of
};

}  // namespace dovetail::detail
