// Snapshots: the state of an instance, or of all of a store, to come back to between calls, or in
// the host function that took it. One include, for programs that save games, roll back or fork.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include <dovetail/api/config.hpp>
#include <dovetail/api/instance.hpp>
#include <dovetail/api/store.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/link/instantiate.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/running_call.hpp>
#include <dovetail/runtime/saved_state.hpp>
#include <dovetail/runtime/state_bytes.hpp>

namespace dovetail {

/// What instances were when it was taken: memories, tables, mutable globals (imported and internal
/// ones too) and which segments were dropped; variables of the host are left out. It never changes,
/// may outlive the store, and shares with other snapshots what is the same. The engine must outlive
/// it.
class snapshot {
 public:
  snapshot(snapshot&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  snapshot& operator=(snapshot&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~snapshot() {
    if (state_ != nullptr) state_->memory->destroy(state_);
  }

  /// For other parts of the library: takes over.
  explicit snapshot(detail::saved_state& state) : state_(&state) {}
  [[nodiscard]] const detail::saved_state& state() const { return *state_; }

 private:
  detail::saved_state* state_;
};

namespace detail {

/// The instances of a store that are whole, oldest first.
[[nodiscard]] inline status list_instances(const vm::store& s, array<vm::instance*>& out) {
  for (vm::instance* i = s.instances; i != nullptr; i = i->next) {
    if (i->memory0 != nullptr) DOVETAIL_TRY(out.push(i));
  }
  for (std::size_t k = 0; k < out.size() / 2; ++k) std::swap(out[k], out[out.size() - 1 - k]);
  return status::ok;
}

template <memory_policy Memory>
[[nodiscard]] result<snapshot> take(vm::store& s, std::span<vm::instance* const> instances) {
  auto* state = s.memory->make<saved_state>(*s.memory);
  if (state == nullptr) return error{status::store_out_of_memory};
  snapshot made(*state);
  error e;
  e.code = state_capture<Memory>(instances, *state).run(s);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return made;
}

template <memory_policy Memory, class Map>
[[nodiscard]] result<void> load(vm::store& s, std::span<vm::instance* const> instances,
                                const snapshot& from, const Map& map) {
  error e;
  const vm::budget_watch watch(s);
  e.code = watch.reason(state_load<Memory, Map>(from.state(), instances, map).run(s));
  if (e.code != status::ok) return e;
  return {};
}

}  // namespace detail

/// Turns a reference of the host in a snapshot into one that means the same for other instances.
template <class Map>
concept reference_map = std::same_as<Map, detail::no_host_references> ||
    requires(const Map& map, externref there) {
  // An optional, empty if there is no such reference.
  {static_cast<bool>(map(there))};
  { *map(there) } -> std::convertible_to<externref>;
};

/// In a host function: calls `work`, which may take snapshots of the store, though the guest that
/// called has not returned, and restore them. The guest goes on with its locals and what else its
/// frames hold: that did not change meanwhile, since it waited. Such a snapshot is good in this
/// `with_snapshots` alone, and `call_in_progress` elsewhere: in calls within it, afterwards, for
/// `to_bytes`. So is taking or restoring while another call of the store is paused.
template <std::invocable Work>
decltype(auto) with_snapshots(caller& from, Work&& work) {
  const detail::call_scope scope(from.store());
  return std::forward<Work>(work)();
}

/// Takes a snapshot of an instance and of what it imports. Between calls, or in `with_snapshots`.
/// Errors: call_in_progress, store_out_of_memory.
template <config C>
[[nodiscard]] result<snapshot> take_snapshot(const basic_instance<C>& of) {
  if (!of.is_alive()) return error{status::instance_gone};
  vm::instance* const i = &of.data();
  return detail::take<typename C::memory>(*i->home, {&i, 1});
}
/// The same of all instances of a store; what several share is saved once.
template <config C>
[[nodiscard]] result<snapshot> take_snapshot(basic_store<C>& of) {
  array<vm::instance*> all(*of.data().memory);
  if (detail::list_instances(of.data(), all) != status::ok)
    return error{status::store_out_of_memory};
  return detail::take<typename C::memory>(of.data(), {all.data(), all.size()});
}

/// Gives an instance the state of a snapshot: of itself, or of another one of the same module.
/// Between calls, or where it was taken. Fuel is not given back, and no call is asked to stop or
/// to go on by it. Nothing has changed after an error, except that memories may have another size
/// if an allocator refuses to make one smaller. Views of what lies beyond the old size are void.
/// Errors: call_in_progress, snapshot_mismatch, reference_of_host (of another instance alone),
/// memory_refused, table_refused, store_out_of_memory.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<void> restore(const basic_instance<C>& to, const snapshot& from,
                                   const Map& map = {}) {
  if (!to.is_alive()) return error{status::instance_gone};
  vm::instance* const i = &to.data();
  return detail::load<typename C::memory>(*i->home, {&i, 1}, from, map);
}
/// The same for the instances of a store that the snapshot is of; those made since stay as they
/// are. A snapshot of another store is for as many instances of the same modules, in the order that
/// they were made.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<void> restore(basic_store<C>& to, const snapshot& from, const Map& map = {}) {
  vm::store& s = to.data();
  array<vm::instance*> all(*s.memory);
  status listed = status::ok;
  const detail::saved_state& state = from.state();
  if (state.origin != nullptr && state.origin->home == &s) {
    for (const detail::saved_instance& i : state.instances) {
      if (i.of->serial != i.serial) return error{status::instance_gone};
      if (listed == status::ok) listed = all.push(i.of);
    }
  } else {
    listed = detail::list_instances(s, all);
  }
  if (listed != status::ok) return error{status::store_out_of_memory};
  return detail::load<typename C::memory>(s, {all.data(), all.size()}, from, map);
}

namespace detail {

// One more instance in the state of a snapshot, linked with definitions by a linker policy.
template <class Linker, config C, class Map>
[[nodiscard]] result<basic_instance<C>> fork_with(vm::store& to, module_data& module,
                                                  std::span<const definition> all,
                                                  const snapshot& from, const Map& map) {
  if constexpr (C::backend::control.stops == interrupt::page) {
    if (vm::control_of(to).page == nullptr) return error{status::memory_refused};
  }
  vm::instance* made = nullptr;
  error e;
  const vm::budget_watch watch(to);
  instantiation<Linker, typename C::memory, C::backend::control.has_state()> work(to, module, all,
                                                                                  e);
  e.code = watch.reason(work.run_without_state(made));
  if (e.code != status::ok) return e;
  const auto loaded = load<typename C::memory>(to, {&made, 1}, from, map);
  if (!loaded) {
    vm::discard(*made);
    return loaded.error();
  }
  return basic_instance<C>(*made);
}

/// What an instance imports, for another one that is independent: functions, tags and constants are
/// the same, memories, tables and variables are new, and go with that one.
template <memory_policy Memory>
class import_copies {
 public:
  explicit import_copies(vm::instance& of) : i_(of), env_(of.module->env) {
    nobody_.home = of.home;
  }
  import_copies(const import_copies&) = delete;
  import_copies& operator=(const import_copies&) = delete;
  ~import_copies() { vm::discard(nobody_); }

  [[nodiscard]] status make(array<definition>& out) {
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      definition d;
      d.existing = original(k);
      // One that is imported twice is copied once.
      std::uint32_t before = 0;
      while (before < k && original(before).object != d.existing.object) ++before;
      if (before < k) {
        d = out[before];
      } else {
        DOVETAIL_TRY(copy(env_.imports[k].index, d.existing));
      }
      DOVETAIL_TRY(out.push(d));
    }
    return status::ok;
  }
  void give_to(vm::instance& made) {
    const auto give = [&](auto* const* objects, std::size_t count) {
      for (std::size_t k = 0; k < count; ++k)
        if (objects[k]->owner == &nobody_) objects[k]->owner = &made;
    };
    give(made.memories, env_.memories.size());
    give(made.tables, env_.tables.size());
    give(made.globals, env_.globals.size());
  }

 private:
  [[nodiscard]] vm::external_object original(std::uint32_t k) const {
    const import_entry& entry = env_.imports[k];
    const std::uint32_t n = entry.index;
    switch (entry.kind) {
      case external_kind::function: return {entry.kind, i_.functions[n]};
      case external_kind::table: return {entry.kind, i_.tables[n]};
      case external_kind::memory: return {entry.kind, i_.memories[n]};
      case external_kind::global: return {entry.kind, i_.globals[n]};
      case external_kind::tag: return {entry.kind, i_.tags[n]};
    }
    return {};
  }
  status copy(std::uint32_t index, vm::external_object& object) {
    vm::store& s = *i_.home;
    if (object.kind == external_kind::memory) {
      vm::memory_instance* made = nullptr;
      memory_type type = object.memory()->type;
      type.limits.minimum = larger(type.limits.minimum, env_.memories[index].limits.minimum);
      DOVETAIL_TRY(vm::make_memory<Memory>(s, type, made, &nobody_));
      object.object = made;
    } else if (object.kind == external_kind::table) {
      vm::table_instance* made = nullptr;
      table_type type = object.table()->type;
      type.limits.minimum = larger(type.limits.minimum, env_.tables[index].limits.minimum);
      DOVETAIL_TRY(vm::make_table(s, type, 0, made, &nobody_));
      object.object = made;
    } else if (object.kind == external_kind::global && is_saved(*object.global())) {
      vm::global_instance* made = nullptr;
      const vm::global_instance& g = *object.global();
      DOVETAIL_TRY(vm::make_global(s, g.type, g.low, g.high, made, &nobody_));
      object.object = made;
    }
    return status::ok;
  }
  static std::uint64_t larger(std::uint64_t a, std::uint64_t b) { return a < b ? b : a; }

  vm::instance& i_;
  const module_env& env_;
  vm::instance nobody_;  // has the copies until there is somebody else
};

}  // namespace detail

/// Makes an instance of `module` in the state of a snapshot of one instance of it, without running
/// segments or a start function: it is no call, costs no fuel, and has its store's fuel and stop
/// button from then on. Imports come from `sources` as for `instantiate`; memories, tables
/// and variables among them get the state too. The store may be any of the engine. Errors: those of
/// `instantiate` and of `restore`.
template <config C, class... Sources>
  requires((!reference_map<std::remove_cvref_t<Sources>> && ...))
[[nodiscard]] result<basic_instance<C>> fork(basic_store<C>& to, const basic_module<C>& module,
                                             const snapshot& from, Sources&&... sources) {
  return fork(to, module, from, detail::no_host_references{}, sources...);
}
template <config C, reference_map Map, class... Sources>
[[nodiscard]] result<basic_instance<C>> fork(basic_store<C>& to, const basic_module<C>& module,
                                             const snapshot& from, const Map& map,
                                             Sources&&... sources) {
  if (!to.is_of_engine(module)) return error{status::wrong_engine};
  array<definition> all(*to.data().memory);
  if (basic_store<C>::gather(all, sources...) != status::ok)
    return error{status::store_out_of_memory};
  return detail::fork_with<typename C::linker, C>(to.data(), module.data(),
                                                  {all.data(), all.size()}, from, map);
}

/// Makes an independent instance in the same store with the same state. Functions that it imports
/// are the same, memories, tables and variables are copies, and references to its own functions are
/// to the copy's. Where snapshots can be taken.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<basic_instance<C>> fork(const basic_instance<C>& of, const Map& map = {}) {
  const auto taken = take_snapshot(of);
  if (!taken) return taken.error();
  vm::instance& i = of.data();
  array<definition> all(*i.home->memory);
  error e;
  const vm::budget_watch watch(*i.home);
  detail::import_copies<typename C::memory> copies(i);
  e.code = watch.reason(copies.make(all));
  if (e.code != status::ok) return e;
  auto made = detail::fork_with<link_by_position, C>(*i.home, *i.module, {all.data(), all.size()},
                                                     *taken, map);
  if (made) copies.give_to(made->data());
  return made;
}

/// A snapshot as bytes, to be read by another process, on any machine. `modules` are the bytes of
/// the modules that it is of, whose hash is kept. References of the host are kept as numbers, which
/// `restore` maps. Errors: reference_of_host, for functions of the host or of other instances that
/// no instance of the snapshot imports; call_in_progress, if it was taken in a call;
/// store_out_of_memory.
template <std::convertible_to<std::span<const std::byte>>... Modules>
  requires(sizeof...(Modules) > 0)
[[nodiscard]] result<array<std::byte>> to_bytes(const snapshot& from, const Modules&... modules) {
  std::uint64_t hash = 0;
  ((hash = detail::hash_bytes(modules, hash)), ...);
  array<std::byte> out(*from.state().memory);
  error e;
  if (from.state().scope != 0) return error{status::call_in_progress};
  e.code = detail::state_writer(out).write(from.state(), hash);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return out;
}

/// The snapshot that bytes hold, for instances that are made of the same modules, given in the same
/// order. The bytes may come from anywhere. Errors: malformed_snapshot, snapshot_mismatch,
/// store_out_of_memory.
template <config C, std::convertible_to<std::span<const std::byte>>... Modules>
  requires(sizeof...(Modules) > 0)
[[nodiscard]] result<snapshot> from_bytes(basic_engine<C>& engine, std::span<const std::byte> bytes,
                                          const Modules&... modules) {
  std::uint64_t hash = 0;
  ((hash = detail::hash_bytes(modules, hash)), ...);
  allocator& memory = engine.blocks();
  auto* state = memory.make<detail::saved_state>(memory);
  if (state == nullptr) return error{status::store_out_of_memory};
  snapshot made(*state);
  error e;
  e.code = detail::state_reader(bytes).read(*state, hash);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return made;
}

}  // namespace dovetail
