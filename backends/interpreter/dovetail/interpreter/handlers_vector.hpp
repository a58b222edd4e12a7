// Handlers of vector operators. A vector lies in two slots, named by the first; there is no
// accumulator for vectors, and one form of each operator.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <dovetail/format/canonical_nan.hpp>
#include <dovetail/format/meaning_vector.hpp>
#include <dovetail/interpreter/handlers_control.hpp>
#include <dovetail/interpreter/handlers_numeric.hpp>
#include <dovetail/interpreter/operands.hpp>

namespace dovetail::interpreting {

// Where slots are little-endian words they are the vector's bytes.
DOVETAIL_ALWAYS_INLINE v128 vector_at(const slot* at) {
  if constexpr (platform::is_little_endian) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return v128(bytes);
  } else {
    return read_slots<v128>(at);
  }
}
DOVETAIL_ALWAYS_INLINE v128 vector_in_frame(const registers& r, std::uint32_t at) {
  return vector_at(r.frame + at);
}
DOVETAIL_ALWAYS_INLINE void write_vector(registers& r, std::uint32_t at, const v128& v) {
  if constexpr (platform::is_little_endian) {
    std::memcpy(r.frame + at, &v.bytes, sizeof v.bytes);
  } else {
    write_slots(r.frame + at, v);
  }
}
// A whole cell that is a constant.
DOVETAIL_ALWAYS_INLINE v128 vector_in_cell(const cell& c) {
  return v128::of_halves(c.head, c.d | std::uint64_t{c.a} << 16 | std::uint64_t{c.k} << 32);
}

// Moves.
struct copy_vector {  // d = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_in_frame(r, r.pc->a));
    ++r.pc;
    return true;
  }
};
struct vector_constant {  // d = the next cell
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_in_cell(r.pc[1]));
    r.pc += 2;
    return true;
  }
};
struct select_vector {  // d = c ? a : b
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const bool first = from_frame<std::uint32_t>(r, c.c()) != 0;
    write_vector(r, c.d, vector_in_frame(r, first ? c.a : c.b()));
    ++r.pc;
    return true;
  }
};
struct global_get_vector {  // d = global k
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const vm::global_instance& g = *r.x->instance->globals[r.pc->k];
    r.frame[r.pc->d] = g.low;
    r.frame[r.pc->d + 1] = g.high;
    ++r.pc;
    return true;
  }
};
struct global_set_vector {  // global k = a
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    vm::global_instance& g = *r.x->instance->globals[r.pc->k];
    g.low = r.frame[r.pc->a];
    g.high = r.frame[r.pc->a + 1];
    ++r.pc;
    return true;
  }
};

template <op O>
using types_of_vector_meaning = meaning_types<decltype(&vector_meaning<O>::of)>;

// d = op(a)
template <op O>
struct vector_unary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, vector_meaning<O>::of(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = op(a, b)
template <op O>
struct vector_binary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b));
    ++r.pc;
    return true;
  }
};
// d = op(a, b, c)
template <op O>
struct vector_ternary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b, vector_in_frame(r, c.c())));
    ++r.pc;
    return true;
  }
};
// d = op(a, b, the next cell)
template <op O>
struct vector_shuffle {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const v128 a = vector_in_frame(r, c.a), b = vector_in_frame(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(a, b, vector_in_cell(r.pc[1])));
    r.pc += 2;
    return true;
  }
};
// d = op(a, count b)
template <op O>
struct vector_shift {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto count = from_frame<std::uint32_t>(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), count));
    ++r.pc;
    return true;
  }
};
// d = op(a), a number of a vector
template <op O>
struct vector_test {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, vector_meaning<O>::of(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = op(a), a vector of a number
template <op O>
struct vector_splat {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using number = typename types_of_vector_meaning<O>::first;
    write_vector(r, r.pc->d, vector_meaning<O>::of(from_frame<number>(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};
// d = lane k of a
template <op O>
struct vector_extract {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    write(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), c.k));
    ++r.pc;
    return true;
  }
};
// d = a with b in lane c
template <op O>
struct vector_replace {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using number = typename types_of_vector_meaning<O>::second;
    const cell& c = *r.pc;
    const auto by = from_frame<number>(r, c.b());
    write_vector(r, c.d, vector_meaning<O>::of(vector_in_frame(r, c.a), by, c.c()));
    ++r.pc;
    return true;
  }
};

// What lies in memory, as a number of the host or as bytes.
template <class T>
DOVETAIL_ALWAYS_INLINE T from_memory(const std::byte* at) {
  if constexpr (std::is_same_v<T, v128>) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return v128(bytes);
  } else {
    T v;
    std::memcpy(&v, at, sizeof v);
    return swap_unless_little_endian(v);
  }
}
// Whether the compiler is sure to make one instruction of the store of a `T`, which writes all of
// it or nothing.
template <class T>
inline constexpr bool is_stored_whole = sizeof(T) == 1 ||
                                        (DOVETAIL_HAS_X86_64 && sizeof(T) <= sizeof(std::uint64_t));
// clang-format off
DOVETAIL_IF_SSE2(
  template <>
  inline constexpr bool is_stored_whole<v128> = true;)
// clang-format on
DOVETAIL_ALWAYS_INLINE void put_whole(std::byte* at, const v128& v) {
  // clang-format off
  DOVETAIL_IF_SSE2(
    struct __attribute__((packed, may_alias)) unaligned { v128::native value; };
    reinterpret_cast<unaligned*>(at)->value = v;
    return;)
  // clang-format on
  std::memcpy(at, &v.bytes, sizeof v.bytes);
}
// A store that traps writes nothing (core specification 4.6.10). Where a guarded memory may end
// inside one that is made in parts, its last byte is read before: what faults then has not begun.
template <class Memory, class T>
DOVETAIL_ALWAYS_INLINE void to_memory(std::byte* at, T v) {
  if constexpr (Memory::is_guarded && !is_stored_whole<T>) {
    static_cast<void>(*const_cast<const volatile std::byte*>(at + sizeof(T) - 1));
    platform::compiler_fence();
  }
  if constexpr (std::is_same_v<T, v128>) {
    put_whole(at, v);
  } else {
    v = swap_unless_little_endian(v);
    std::memcpy(at, &v, sizeof v);
  }
}

// d = memory[a + k], extended or in every lane.
template <class Memory, op O, address A>
struct vector_load {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    write_vector(r, c.d, vector_access<O>::of(from_memory<moved>(at)));
    r.pc += length_of(A);
    return true;
  }
};
// memory[a + k] = d
template <class Memory, op O, address A>
struct vector_store {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    to_memory<Memory, moved>(at, vector_access<O>::of(vector_in_frame(r, c.d)));
    r.pc += length_of(A);
    return true;
  }
};
// d = the vector in slot a of the next cell, with memory[a + k] in the lane that is the next k.
template <class Memory, op O, address A>
struct vector_load_lane {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    const v128 into = vector_in_frame(r, r.pc[1].a);
    write_vector(r, c.d, vector_access<O>::of(from_memory<moved>(at), into, r.pc[1].k));
    r.pc += 2;
    return true;
  }
};
// memory[a + k] = the lane of d that is the next cell's k.
template <class Memory, op O, address A>
struct vector_store_lane {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using moved = typename vector_access<O>::memory;
    const cell& c = *r.pc;
    std::byte* at;
    if (!find<Memory, A, sizeof(moved)>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    to_memory<Memory, moved>(at, vector_access<O>::of(vector_in_frame(r, c.d), r.pc[1].k));
    r.pc += 2;
    return true;
  }
};

// What an operator has just made, with the canonical NaN for any other: the accumulator of a kind
// of float, or the lanes of a.
template <class F>
struct canonical_scalar {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write(r, r.pc->d, canonical(read<source::accumulator, F>(r, 0, 0)));
    ++r.pc;
    return true;
  }
};
template <class F>
struct canonical_vector {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, r.pc->d, canonical_lanes<F>(vector_in_frame(r, r.pc->a)));
    ++r.pc;
    return true;
  }
};

// The result is the vector at a, which goes to the first slots.
struct return_vector {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    write_vector(r, 0, vector_in_frame(r, r.pc->a));
    r.integer = 0;
    return go_back(r);
  }
};

}  // namespace dovetail::interpreting
