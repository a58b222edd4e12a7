// Canonical function types: one object for each structure, engine-wide, so that a signature check
// is one comparison of addresses across modules and stores (core specification 3.2.8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

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
};

/// The canonical types of an engine. Any thread may intern; signatures live as long as the engine.
class signature_table {
 public:
  explicit signature_table(allocator& memory)
      : memory_(&memory),
        buckets_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}
  signature_table(const signature_table&) = delete;
  signature_table& operator=(const signature_table&) = delete;
  ~signature_table() {
    for (signature* bucket : buckets_) {
      while (bucket != nullptr) {
        signature* next = bucket->next;
        memory_->release(bucket, bucket->size);
        bucket = next;
      }
    }
  }

  /// The one signature with these parameters and results; null if memory is refused.
  [[nodiscard]] const signature* intern(const function_type& type) {
    const std::uint32_t hash = hash_of(type);
    const spin_lock::guard guard(lock_);
    if (count_ >= buckets_.size() && !grow()) return nullptr;
    signature*& bucket = buckets_[hash & (buckets_.size() - 1)];
    for (signature* s = bucket; s != nullptr; s = s->next) {
      if (s->hash == hash && s->type == type) return s;
    }
    signature* made = make(type, hash);
    if (made != nullptr) {
      made->next = bucket;
      bucket = made;
      ++count_;
    }
    return made;
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

  // Begun from where the table lies, like the hash of names: collisions cannot be prepared.
  [[nodiscard]] std::uint32_t hash_of(const function_type& type) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    for (const value_type t : type.parameters) hash = (hash ^ t.bits) * 16777619u;
    hash = (hash ^ 0xff) * 16777619u;
    for (const value_type t : type.results) hash = (hash ^ t.bits) * 16777619u;
    return hash ^ (hash >> 13);
  }

  signature* make(const function_type& type, std::uint32_t hash) {
    const std::size_t count = type.parameters.size() + type.results.size();
    const std::size_t size = sizeof(signature) + count * sizeof(value_type);
    void* block = memory_->allocate(size);
    if (block == nullptr) return nullptr;
    auto* values =
        reinterpret_cast<value_type*>(static_cast<std::byte*>(block) + sizeof(signature));
    value_type* at = values;
    for (const value_type t : type.parameters) ::new (at++) value_type(t);
    for (const value_type t : type.results) ::new (at++) value_type(t);
    const std::size_t parameters = type.parameters.size(), results = type.results.size();
    const std::uint32_t in = slots_of(type.parameters), out = slots_of(type.results);
    return ::new (block) signature{{{values, parameters}, {values + parameters, results}},
                                   hash,
                                   in,
                                   out,
                                   in > out ? in : out,
                                   size,
                                   nullptr};
  }

  allocator* memory_;
  spin_lock lock_;
  array<signature*> buckets_;
  std::size_t count_ = 0;
  std::uint32_t seed_;
};

}  // namespace dovetail
