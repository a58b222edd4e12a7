// Canonical function types: one object for each member of each recursion group, engine-wide, so
// that a signature check is one comparison of addresses across modules and stores (core
// specification 3.2 and 3.3). Used by validation, the linker and every backend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/base/external_type.hpp>
#include <dovetail/base/spin_lock.hpp>
#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// A canonical function type. Two function types are the same exactly if their addresses are.
struct signature {
  function_type type;
  std::uint32_t hash = 0;
  std::uint32_t parameter_slots = 0;
  std::uint32_t result_slots = 0;
  std::uint32_t frame_slots = 0;  ///< the larger of the two
  std::size_t size = 0;           ///< bytes of the allocation
  signature* next = nullptr;
  /// The supertypes from the outermost one, then the type itself: `depth + 1` of them.
  const signature* const* display = nullptr;
  std::uint32_t depth = 0;
  std::uint32_t id = 0;          ///< what references to it call it (value_type::defined)
  std::uint32_t group_size = 1;  ///< of its recursion group, whose members' ids follow each other
  bool is_final = true;          ///< no type can have it as its supertype

  [[nodiscard]] const signature* supertype() const {
    return depth == 0 ? nullptr : display[depth - 1];
  }
};

/// Whether values of the type `s` are of the type `of` too (3.3.4). If `of` is final this is one
/// comparison of addresses.
[[nodiscard]] inline bool is_subtype(const signature& s, const signature& of) {
  return &s == &of || (s.depth > of.depth && s.display[of.depth] == &of);
}

/// A type of a recursion group that is to become canonical. References to the group's own members
/// are relative.
struct type_definition {
  function_type type;
  bool is_final = true;
  bool has_supertype = false;
  /// A reference to it; only its number is read.
  value_type supertype{};
};

/// The canonical types of an engine. Any thread may intern; signatures live as long as the engine.
class signature_table {
 public:
  explicit signature_table(allocator& memory)
      : memory_(&memory),
        buckets_(memory),
        all_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}
  signature_table(const signature_table&) = delete;
  signature_table& operator=(const signature_table&) = delete;
  ~signature_table() {
    for (signature* s : all_) memory_->release(s, s->size);
  }

  /// The one signature with these parameters and results that is final and has no supertype; null
  /// if memory is refused.
  [[nodiscard]] const signature* intern(const function_type& type) {
    const type_definition one{type};
    const signature* out = nullptr;
    return intern({&one, 1}, {&out, 1}) ? out : nullptr;
  }

  /// The signatures of a recursion group: equal groups have the same (iso-recursive equality).
  /// Supertypes come before their subtypes. False if memory is refused.
  [[nodiscard]] bool intern(std::span<const type_definition> group,
                            std::span<const signature*> out) {
    if (group.empty()) return true;
    const std::uint32_t hash = hash_of(group);
    const spin_lock::guard guard(lock_);
    if (count_ >= buckets_.size() && !grow()) return false;
    signature*& bucket = buckets_[hash & (buckets_.size() - 1)];
    for (signature* s = bucket; s != nullptr; s = s->next) {
      if (s->hash == hash && is_group(*s, group)) return give(s->id, out);
    }
    const std::size_t first = all_.size();
    if (!make(group, hash)) {
      for (std::size_t k = all_.size(); k-- > first;) memory_->release(all_[k], all_[k]->size);
      all_.truncate(first);
      return false;
    }
    all_[first]->next = bucket;
    bucket = all_[first];
    ++count_;
    return give(static_cast<std::uint32_t>(first), out);
  }

  /// The signature that a reference to a defined type calls `id`.
  [[nodiscard]] const signature& at(std::uint32_t id) {
    const spin_lock::guard guard(lock_);
    return *all_[id];
  }

  /// Whether a value of the canonical type `a` is one of `b` too (3.3.1 to 3.3.3).
  [[nodiscard]] bool matches(value_type a, value_type b) {
    if (a == b) return true;
    if (!a.is_reference() || !b.is_reference()) return false;
    if (a.is_nullable() && !b.is_nullable()) return false;
    if (a == value_type::unknown_reference || a.as_nullable() == b.as_nullable()) return true;
    constexpr std::uint8_t func = 0x70, extern_ = 0x6f, no_func = 0x73, no_extern = 0x72;
    switch (b.code()) {
      case func: return a.is_function_reference();
      case extern_: return a.code() == no_extern;
      default: break;
    }
    if (!b.is_defined()) return false;
    return a.code() == no_func || (a.is_defined() && is_subtype(at(a.defined()), at(b.defined())));
  }

 private:
  // Twice the buckets; the signatures stay where they are.
  bool grow() {
    array<signature*> wider(*memory_);
    if (wider.resize(buckets_.empty() ? 64 : buckets_.size() * 2) != status::ok) return false;
    for (signature* s : buckets_) {
      while (s != nullptr) {
        signature* next = s->next;
        signature*& bucket = wider[s->hash & (wider.size() - 1)];
        s->next = bucket;
        bucket = s;
        s = next;
      }
    }
    buckets_ = static_cast<array<signature*>&&>(wider);
    return true;
  }

  [[nodiscard]] bool give(std::uint32_t first, std::span<const signature*> out) const {
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = all_[first + k];
    return true;
  }

  // Begun from where the table lies, like the hash of names: collisions cannot be prepared.
  [[nodiscard]] std::uint32_t hash_of(std::span<const type_definition> group) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    const auto add = [&hash](std::uint32_t bits) { hash = (hash ^ bits) * 16777619u; };
    for (const type_definition& d : group) {
      if (!d.is_final) add(0xfe);
      if (d.has_supertype) add(d.supertype.bits);
      for (const value_type t : d.type.parameters) add(t.bits);
      add(0xff);
      for (const value_type t : d.type.results) add(t.bits);
    }
    return hash ^ (hash >> 13);
  }

  // Whether the group that begins with `head` is `group`.
  [[nodiscard]] bool is_group(const signature& head, std::span<const type_definition> group) const {
    if (head.group_size != group.size()) return false;
    for (std::size_t k = 0; k < group.size(); ++k) {
      const signature& s = *all_[head.id + k];
      const type_definition& d = group[k];
      if (s.is_final != d.is_final || (s.depth != 0) != d.has_supertype) return false;
      if (d.has_supertype &&
          relative(value_type::reference(s.supertype()->id, true), head) != d.supertype) {
        return false;
      }
      if (!equal(s.type.parameters, d.type.parameters, head) ||
          !equal(s.type.results, d.type.results, head)) {
        return false;
      }
    }
    return true;
  }
  static bool equal(std::span<const value_type> a, std::span<const value_type> b,
                    const signature& head) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (relative(a[i], head) != b[i]) return false;
    }
    return true;
  }
  // A type as the definitions of the group of `head` have it.
  static value_type relative(value_type t, const signature& head) {
    if (!t.is_defined() || t.defined() - head.id >= head.group_size) return t;
    return t.with_relative(t.defined() - head.id);
  }
  // And as everyone else has it.
  static value_type absolute(value_type t, std::size_t first) {
    return t.is_relative() ? t.with_defined(static_cast<std::uint32_t>(first + t.defined())) : t;
  }

  [[nodiscard]] bool make(std::span<const type_definition> group, std::uint32_t hash) {
    const std::size_t first = all_.size();
    if (first + group.size() > value_type::most_defined) return false;
    if (all_.reserve(first + group.size()) != status::ok) return false;
    for (const type_definition& d : group) {
      signature* made = make(d, first);
      if (made == nullptr) return false;
      made->hash = hash;
      made->id = static_cast<std::uint32_t>(all_.size());
      made->group_size = static_cast<std::uint32_t>(group.size());
      if (all_.push(made) != status::ok) return memory_->release(made, made->size), false;
    }
    return true;
  }

  signature* make(const type_definition& d, std::size_t first) {
    const signature* super =
        d.has_supertype ? all_[absolute(d.supertype, first).defined()] : nullptr;
    const std::uint32_t depth = super == nullptr ? 0 : super->depth + 1;
    const std::size_t parameters = d.type.parameters.size(), results = d.type.results.size();
    const std::size_t size = sizeof(signature) + (depth + 1) * sizeof(signature*) +
                             (parameters + results) * sizeof(value_type);
    void* block = memory_->allocate(size);
    if (block == nullptr) return nullptr;
    std::byte* const behind = static_cast<std::byte*>(block) + sizeof(signature);
    auto** const display = reinterpret_cast<const signature**>(behind);
    auto* const values = reinterpret_cast<value_type*>(behind + (depth + 1) * sizeof(signature*));
    value_type* at = values;
    for (const value_type t : d.type.parameters) ::new (at++) value_type(absolute(t, first));
    for (const value_type t : d.type.results) ::new (at++) value_type(absolute(t, first));
    auto* const made = ::new (block) signature;
    for (std::uint32_t k = 0; k < depth; ++k)
      ::new (display + k) const signature*(super->display[k]);
    ::new (display + depth) const signature*(made);
    made->type = {{values, parameters}, {values + parameters, results}};
    made->parameter_slots = slots_of(d.type.parameters);
    made->result_slots = slots_of(d.type.results);
    made->frame_slots =
        made->parameter_slots > made->result_slots ? made->parameter_slots : made->result_slots;
    made->size = size;
    made->display = display;
    made->depth = depth;
    made->is_final = d.is_final;
    return made;
  }

  allocator* memory_;
  spin_lock lock_;
  array<signature*> buckets_;  // of the first members of groups
  array<signature*> all_;      // by id
  std::size_t count_ = 0;      // of groups
  std::uint32_t seed_;
};

}  // namespace dovetail
