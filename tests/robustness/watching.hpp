// A decoder policy that decodes as the library's own and notes what was reached: which bodies,
// which operators. And an allocator policy that counts and can refuse.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include <dovetail/dovetail.hpp>

namespace testing {

/// What decoding has come to since it was last cleared. Tests are single-threaded.
struct sightings {
  std::size_t changed = 0;  ///< where the mutant differs from its module
  bool reached = false;     ///< a body with that place, or behind it, began
  std::size_t bodies = 0;
  std::bitset<dovetail::op_count> operators;
};
inline sightings seen;

/// Hands on to `Sink` what it is told.
template <class Sink>
class watching_sink {
 public:
  static constexpr dovetail::features accept = Sink::accept;
  explicit watching_sink(Sink& sink) : sink_(sink) {}

  dovetail::status locals(std::uint32_t count, dovetail::value_type type) {
    return sink_.locals(count, type);
  }
  dovetail::status declared() { return sink_.declared(); }
  void at(std::size_t offset) { sink_.at(offset); }
  [[nodiscard]] bool finished() const { return sink_.finished(); }

  template <dovetail::shape S, class Immediate>
  dovetail::status on(dovetail::op o, const Immediate& imm) {
    seen.operators.set(static_cast<std::size_t>(o));
    return sink_.template on<S>(o, imm);
  }
  template <dovetail::op O>
  dovetail::status on(dovetail::op_constant<O> which, const dovetail::immediate_of<O>& imm) {
    seen.operators.set(static_cast<std::size_t>(O));
    return sink_.on(which, imm);
  }

 private:
  Sink& sink_;
};

struct watching_decoder : dovetail::binary_decoder {
  template <class Sink>
  static dovetail::status body(dovetail::byte_reader& r, Sink& sink) {
    ++seen.bodies;
    if (r.offset() + r.remaining() >= seen.changed) seen.reached = true;
    watching_sink<Sink> watching(sink);
    return dovetail::binary_decoder::body(r, watching);
  }
};
static_assert(dovetail::decoder_policy<watching_decoder>);

/// Memory that is counted, and refused on demand. Outlives the engines that use it.
class counted_memory {
 public:
  static constexpr std::size_t never = ~std::size_t{0};

  std::size_t in_use = 0;  ///< bytes
  std::size_t blocks = 0;
  std::size_t requests = 0;  ///< for new blocks and for blocks of another size
  std::size_t refuse_from = never;
  std::size_t refuse_to = never;
  bool was_refused = false;
  bool is_wrong = false;  ///< a block came back with another size than it had

  void* resize(void* block, std::size_t old_size, std::size_t new_size) {
    if (block != nullptr && header_of(block)->size != old_size) is_wrong = true;
    if (block == nullptr && old_size != 0) is_wrong = true;
    if (new_size == 0) return release(block);
    const std::size_t number = requests++;
    if (number >= refuse_from && number <= refuse_to) return was_refused = true, nullptr;
    // Never in place, so that whoever kept a pointer into the old block is found out.
    void* memory = std::malloc(sizeof(header) + new_size);
    if (memory == nullptr) return nullptr;
    auto* fresh = ::new (memory) header{new_size, 0};
    in_use += new_size;
    ++blocks;
    if (block != nullptr) {
      std::memcpy(fresh + 1, block, old_size < new_size ? old_size : new_size);
      release(block);
    }
    return fresh + 1;
  }
  /// Whether everything came back as it was given.
  [[nodiscard]] bool is_clean() const { return in_use == 0 && blocks == 0 && !is_wrong; }

 private:
  struct alignas(16) header {
    std::size_t size;
    std::size_t padding;
  };
  static header* header_of(void* block) { return static_cast<header*>(block) - 1; }
  void* release(void* block) {
    if (block == nullptr) return nullptr;
    in_use -= header_of(block)->size;
    --blocks;
    std::free(header_of(block));
    return nullptr;
  }
};

/// The allocator policy of an engine that uses counted memory.
struct counted_allocator {
  counted_memory* memory;
  void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    return memory->resize(block, old_size, new_size);
  }
};
static_assert(dovetail::allocator_policy<counted_allocator>);

}  // namespace testing
