// Canonical function types: one object for each structure, engine-wide, so that a signature check
// is one comparison of addresses across modules and stores (core specification 3.2.8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/external_type.hpp>
#include <dovetail/base/name_table.hpp>
#include <dovetail/base/spin_lock.hpp>
#include <dovetail/base/value_type.hpp>

namespace dovetail {

/// A canonical function type. Two function types are the same exactly if their addresses are.
struct signature {
  function_type type;
  std::uint32_t hash = 0;
  std::uint32_t frame_slots = 0;  ///< the larger of the numbers of parameters and results
  std::size_t size = 0;           ///< bytes of the allocation
  signature* next = nullptr;
};

/// The canonical types of an engine. Any thread may intern; signatures live as long as the engine.
class signature_table {
 public:
  explicit signature_table(allocator& memory) : memory_(&memory) {}
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
    signature*& bucket = buckets_[hash % bucket_count];
    for (signature* s = bucket; s != nullptr; s = s->next) {
      if (s->hash == hash && s->type == type) return s;
    }
    signature* made = make(type, hash);
    if (made != nullptr) {
      made->next = bucket;
      bucket = made;
    }
    return made;
  }

 private:
  static constexpr std::size_t bucket_count = 256;

  static std::uint32_t hash_of(const function_type& type) {
    std::uint32_t hash = 2166136261u;
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
    const auto slots = static_cast<std::uint32_t>(parameters > results ? parameters : results);
    return ::new (block) signature{
        {{values, parameters}, {values + parameters, results}}, hash, slots, size, nullptr};
  }

  allocator* memory_;
  spin_lock lock_;
  signature* buckets_[bucket_count] = {};
};

}  // namespace dovetail
