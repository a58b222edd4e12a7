// Instantiation (core specification 4.5.4), stage by stage: resolve, match, allocate, initialise,
// start. Until everything is there nothing is changed; what traps later leaves its effects, and the
// instance stays in the store, released.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/base/error.hpp>
#include <dovetail/link/definition.hpp>
#include <dovetail/link/host_function.hpp>
#include <dovetail/link/linker_policy.hpp>
#include <dovetail/link/matching.hpp>
#include <dovetail/runtime/collection.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/memory_image.hpp>
#include <dovetail/runtime/memory_policy.hpp>
#include <dovetail/runtime/objects.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail {

namespace detail {

// What a stub for an unknown function does.
inline trap call_unknown(void*, caller&, slot*) { return {trap_code::unknown_import, 0}; }

/// One instantiation. Errors are filled into `e` where they happen. `IsControlled` stores keep more
/// of instances.
template <linker_policy Linker, memory_policy Memory, bool IsControlled = false>
class instantiation {
 public:
  instantiation(vm::store& s, module_data& m, std::span<const definition> given, error& e)
      : s_(s), m_(m), env_(m.env), given_(given), e_(e), found_(*s.memory), made_(*s.memory) {}

  status run(vm::instance*& out) {
    DOVETAIL_TRY(make_or_nothing());
    const status s = initialise();
    if (s != status::ok) {
      i_->is_released = true;
      return s;
    }
    out = i_;
    return status::ok;
  }
  /// An instance that is linked, and whose segments and start function are left out: it gets the
  /// state of another one.
  status run_without_state(vm::instance*& out) {
    DOVETAIL_TRY(make_or_nothing());
    out = i_;
    return status::ok;
  }

 private:
  // Nobody knows of an instance before its segments are written.
  status make_or_nothing() {
    const status s = make();
    if (s != status::ok && i_ != nullptr) vm::discard(*i_);
    return s;
  }
  status initialise() {
    DOVETAIL_TRY(trapping(write_elements()));
    if constexpr (maps_data<Memory>) DOVETAIL_TRY(Memory::map_data(*i_, mapped_));
    DOVETAIL_TRY(trapping(write_data()));
    return trapping(start());
  }
  status make() {
    DOVETAIL_TRY(resolve());
    DOVETAIL_TRY(allocate());
    DOVETAIL_TRY(take_imports());
    DOVETAIL_TRY(make_tags());
    DOVETAIL_TRY(make_globals());
    DOVETAIL_TRY(make_tables());
    return make_memories();
  }

  // Every import finds its definition and matches, in order; the first that does not is the error.
  status resolve() {
    DOVETAIL_TRY(noted(Linker::accepts(given_.size(), env_.imports.size())));
    DOVETAIL_TRY(found_.reserve(env_.imports.size()));
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      std::size_t at = 0;
      const status resolved = resolve(k, at);
      if (resolved != status::ok) return describe(k, resolved, at), resolved;
      DOVETAIL_TRY(found_.push(at));
    }
    return status::ok;
  }
  status resolve(std::uint32_t k, std::size_t& at) {
    const import_entry& wanted = env_.imports[k];
    at = given_.size();
    DOVETAIL_TRY(Linker::resolve({env_.view(wanted.module), env_.view(wanted.name), wanted.kind, k},
                                 given_, at));
    if (at == given_.size()) return status::ok;
    const definition& d = given_[at];
    if (d.is_empty()) return at = given_.size(), status::unknown_import;
    if (!d.is_recipe() && !d.existing.may_enter(s_)) return status::wrong_store;
    return stands_for(d, wanted) ? status::ok : status::incompatible_import;
  }
  bool stands_for(const definition& d, const import_entry& wanted) {
    const external_type provided = d.type(), declared = env_.external(wanted.kind, wanted.index);
    if (provided.kind != declared.kind) return false;
    // Tags have the same type: what is thrown by one is caught by the other.
    if (declared.kind == external_kind::tag)
      return d.existing.tag()->signature == env_.types[env_.tags[wanted.index].value];
    if (declared.kind != external_kind::function)
      return matches(provided, declared, *s_.signatures);
    const signature& expected = *m_.signature_of({wanted.index});
    if (!d.is_recipe()) return is_subtype(*d.existing.function()->signature, expected);
    // A host's function has the final type of its own that its signature makes.
    return provided.function == declared.function &&
           s_.signatures->intern(provided.function) == &expected;
  }
  DOVETAIL_COLD void describe(std::uint32_t k, status, std::size_t at) {
    const import_entry& wanted = env_.imports[k];
    e_.import_ordinal = k;
    e_.import_module = env_.view(wanted.module);
    e_.import_name = env_.view(wanted.name);
    e_.expected = env_.external(wanted.kind, wanted.index);
    if (at >= given_.size()) return;
    e_.has_provided = true;
    e_.provided = given_[at].type();
  }
  status noted(status s) {
    if (s != status::ok) e_.import_ordinal = static_cast<std::uint32_t>(env_.imports.size());
    return s;
  }

  // The instance and its index spaces, owned by the store from here on.
  status allocate() {
    if (s_.instance_count >= s_.most_instances) return status::too_many_instances;
    vm::instance* const made = make_instance();
    if (made == nullptr) return status::store_out_of_memory;
    i_ = made;
    vm::add_instance(s_, *i_, m_);
    arena& objects = *i_->objects;
    i_->functions = objects.make_array<vm::function_instance*>(env_.functions.size());
    i_->globals = objects.make_array<vm::global_instance*>(env_.globals.size());
    i_->tables = objects.make_array<vm::table_instance*>(env_.tables.size());
    i_->memories = objects.make_array<vm::memory_instance*>(env_.memories.size());
    i_->tags = objects.make_array<vm::tag_instance*>(env_.tags.size());
    i_->dropped_elements = objects.make_array<bool>(env_.element_segments.size());
    i_->dropped_data = objects.make_array<bool>(env_.data_segments.size());
    if (i_->functions == nullptr || i_->globals == nullptr || i_->tables == nullptr ||
        i_->memories == nullptr || i_->tags == nullptr || i_->dropped_elements == nullptr ||
        i_->dropped_data == nullptr) {
      return status::store_out_of_memory;
    }
    return status::ok;
  }

  vm::instance* make_instance() {
    if constexpr (IsControlled) {
      auto* made = vm::make_place<vm::controlled_instance>(s_);
      if (made == nullptr) return nullptr;
      made->control = &vm::control_of(s_);
      made->page = made->control->page;
      return &made->base;
    } else {
      return vm::make_place<vm::instance>(s_);
    }
  }

  status take_imports() {
    DOVETAIL_TRY(made_.resize(given_.size() + 1));
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      const import_entry& entry = env_.imports[k];
      vm::external_object object;
      DOVETAIL_TRY(object_of(found_[k], entry, object));
      switch (entry.kind) {
        case external_kind::function: i_->functions[entry.index] = object.function(); break;
        case external_kind::table: i_->tables[entry.index] = object.table(); break;
        case external_kind::memory: i_->memories[entry.index] = object.memory(); break;
        case external_kind::global: i_->globals[entry.index] = object.global(); break;
        case external_kind::tag: i_->tags[entry.index] = object.tag(); break;
      }
    }
    return status::ok;
  }
  // A definition that several imports name becomes one function. Stubs differ in type and are made
  // one by one.
  status object_of(std::size_t at, const import_entry& entry, vm::external_object& out) {
    vm::function_instance* f = nullptr;
    if (at == given_.size()) {
      const host_recipe stub{env_.function({entry.index}), &call_unknown};
      DOVETAIL_TRY(vm::make_host_function(s_, stub, f, i_));
      out = {external_kind::function, f};
      return status::ok;
    }
    const definition& d = given_[at];
    if (!d.is_recipe()) return out = d.existing, status::ok;
    if (made_[at] == nullptr) DOVETAIL_TRY(vm::make_host_function(s_, d.host, made_[at], i_));
    out = {external_kind::function, made_[at]};
    return status::ok;
  }

  status make_tags() {
    for (std::size_t k = env_.imported_tags; k < env_.tags.size(); ++k) {
      i_->tags[k] = i_->objects->make<vm::tag_instance>(
          vm::tag_instance{env_.types[env_.tags[k].value], &s_, i_});
      if (i_->tags[k] == nullptr) return status::store_out_of_memory;
    }
    return status::ok;
  }
  status make_globals() {
    for (std::size_t k = env_.imported_globals; k < env_.globals.size(); ++k) {
      slot low = 0, high = 0;
      const global_entry& entry = env_.globals[k];
      if (!vm::evaluate(*i_, entry.initial, low, high)) return status::store_out_of_memory;
      DOVETAIL_TRY(vm::make_global(s_, entry.type, low, high, i_->globals[k], i_));
    }
    return status::ok;
  }
  status make_tables() {
    for (std::size_t k = env_.imported_tables; k < env_.tables.size(); ++k) {
      slot initial = 0, unused = 0;
      if (!vm::evaluate(*i_, env_.table_initials[k], initial, unused))
        return status::store_out_of_memory;
      DOVETAIL_TRY(vm::make_table(s_, env_.tables[k], initial, i_->tables[k], i_));
    }
    return status::ok;
  }
  status make_memories() {
    for (std::size_t k = env_.imported_memories; k < env_.memories.size(); ++k) {
      DOVETAIL_TRY(vm::make_memory<Memory>(s_, env_.memories[k], i_->memories[k], i_));
    }
    i_->memory0 = env_.memories.empty() ? s_.empty_memory : i_->memories[0];
    return status::ok;
  }

  // Active element segments in order, each whole or not at all; active and declarative ones are
  // dropped (4.5.4, 12-13).
  trap_code write_elements() {
    for (std::uint32_t k = 0; k < env_.element_segments.size(); ++k) {
      const element_segment& segment = env_.element_segments[k];
      if (segment.mode == segment_mode::passive) continue;
      if (segment.mode == segment_mode::active) {
        std::uint64_t to = 0;
        if (!offset_of(segment.offset, to)) return trap_code::out_of_memory;
        const trap_code t =
            vm::init_table(*i_, *i_->tables[segment.table.value], k, to, 0, segment.count);
        if (t != trap_code::none) return t;
      }
      i_->dropped_elements[k] = true;
    }
    return trap_code::none;
  }
  trap_code write_data() {
    for (std::uint32_t k = 0; k < env_.data_segments.size(); ++k) {
      const data_segment& segment = env_.data_segments[k];
      if (segment.mode != segment_mode::active) continue;
      if (k >= mapped_) {
        std::uint64_t to = 0;
        if (!offset_of(segment.offset, to)) return trap_code::out_of_memory;
        const trap_code t =
            vm::init_memory(*i_, *i_->memories[segment.memory.value], k, to, 0, segment.size);
        if (t != trap_code::none) return t;
      }
      i_->dropped_data[k] = true;
    }
    return trap_code::none;
  }
  // An offset is unsigned (bug B-15); slots hold i32 values zero-extended. False if memory for
  // working it out is refused.
  [[nodiscard]] bool offset_of(const constant_expression& e, std::uint64_t& out) {
    slot unused = 0;
    return vm::evaluate(*i_, e, out, unused);
  }

  trap_code start() {
    if (env_.start == module_env::no_start) return trap_code::none;
    vm::function_instance* f = vm::function_of(*i_, env_.start);
    if (f == nullptr) return trap_code::out_of_memory;
    const trap_code t = call_start(*f);
    if (t != trap_code::none) e_.reason = {t, s_.report.detail};
    return t;
  }

  // A host function that starts an instance is called by it: its caller is the instance that is
  // made.
  trap_code call_start(vm::function_instance& f) {
    slot none = 0;
    if (f.owner != nullptr) return f.invoke(f, &none);
    caller from(s_, i_);
    const trap t = f.host.call(f.host.object, from, &none);
    if (t) s_.report = {t.code, t.detail, false, 0, 0, nullptr};
    return t.code;
  }

  status trapping(trap_code t) {
    if (t == trap_code::none) return status::ok;
    if (e_.reason.code == trap_code::none) {
      e_.reason = {t, 0};
      s_.report = {t, 0, false, 0, 0, nullptr};
    }
    return status::trapped;
  }

  vm::store& s_;
  module_data& m_;
  const module_env& env_;
  std::span<const definition> given_;
  error& e_;
  array<std::size_t> found_;  // of each import: its place in given_, or the end for a stub
  array<vm::function_instance*> made_;  // of each recipe: the function made of it
  vm::instance* i_ = nullptr;
  std::uint32_t mapped_ = 0;  // how many data segments the memory policy put in place
};

}  // namespace detail

}  // namespace dovetail
