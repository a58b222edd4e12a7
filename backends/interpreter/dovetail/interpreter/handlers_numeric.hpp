// Handlers of numeric operators, comparisons that branch, loads and stores: templates over the
// operator and where its operands come from.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <dovetail/format/meaning.hpp>
#include <dovetail/interpreter/operands.hpp>

namespace dovetail::interpreting {

// d = op(a, b). A constant stands in k; otherwise b is a slot there.
template <op O, source A, source B>
struct binary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto a = read<A, typename types::first>(r, c.a, 0);
    const auto b = read<B, typename types::second>(r, c.b(), c.k);
    if constexpr (can_trap<O>) {
      if (const trap_code t = meaning<O>::trap_on(a, b); t != trap_code::none) [[unlikely]]
        return stop(r, t);
    }
    write(r, c.d, meaning<O>::of(a, b));
    ++r.pc;
    return true;
  }
};

// d = (a << shift) + b, as elements of arrays are found. A slot b is followed by the shift, in c; a
// constant stands above the shift's three bits of k.
template <source A, source B>
struct shifted_sum {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, std::uint32_t>(r, c.a, 0);
    if constexpr (B == source::constant) {
      write(r, c.d, (a << (c.k & 7)) + static_cast<std::uint32_t>(c.distance() >> 3));
    } else {
      write(r, c.d, (a << c.c()) + from_frame<std::uint32_t>(r, c.b()));
    }
    ++r.pc;
    return true;
  }
};

// d = op(k, a): a constant to subtract from, divide or shift.
template <op O>
struct binary_of_constant {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto b = from_frame<typename types::second>(r, c.a);
    write(r, c.d, meaning<O>::of(from_constant<typename types::first>(c.k), b));
    ++r.pc;
    return true;
  }
};

// d = op(a, the next cell's head): a constant of 64 bits.
template <op O, source A>
struct binary_wide {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    const auto a = read<A, typename types::first>(r, c.a, 0);
    write(r, c.d, meaning<O>::of(a, from_slot<typename types::second>(r.pc[1].head)));
    r.pc += 2;
    return true;
  }
};

// d = a >> shift & mask, a bit-field. The shift is the lower five bits of k, the mask the others.
template <source A>
struct bit_field {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    write(r, c.d, read<A, std::uint32_t>(r, c.a, 0) >> (c.k & 31) & c.k >> 5);
    ++r.pc;
    return true;
  }
};

// d += the 16-bit b, then a += the 16-bit c: the pointers and counters of a loop.
struct step_two {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto first = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.b()));
    const auto second = static_cast<std::uint32_t>(c.distance() >> 16);
    r.frame[c.d] = to_slot(from_frame<std::uint32_t>(r, c.d) + first);
    write(r, c.a, from_frame<std::uint32_t>(r, c.a) + second);
    ++r.pc;
    return true;
  }
};

// d = op(a)
template <op O, source A>
struct unary {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, typename types_of_meaning<O>::first>(r, c.a, 0);
    if constexpr (can_trap<O>) {
      if (const trap_code t = meaning<O>::trap_on(a); t != trap_code::none) [[unlikely]]
        return stop(r, t);
    }
    write(r, c.d, meaning<O>::of(a));
    ++r.pc;
    return true;
  }
};

// The constant that a branch compares with. After the accumulator it has the 32 bits of d and a;
// after a slot those of a, sign-extended or the upper half of a float.
template <source A, class T>
DOVETAIL_ALWAYS_INLINE T compared_constant(const cell& c) {
  if constexpr (A == source::accumulator) {
    return from_constant<T>(c.d | std::uint32_t{c.a} << 16);
  } else if constexpr (std::is_floating_point_v<T>) {
    return from_constant<T>(std::uint32_t{c.a} << 16);
  } else {
    return from_constant<T>(static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a)));
  }
}

// Branches by k if op(d, a) is Sense.
template <op O, source A, source B, bool Sense>
struct compare_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = types_of_meaning<O>;
    const cell& c = *r.pc;
    using second = typename types::second;
    const auto a = read<A, typename types::first>(r, c.d, 0);
    second b;
    if constexpr (B == source::constant) {
      b = compared_constant<A, second>(c);
    } else {
      b = read<B, second>(r, c.a, 0);
    }
    r.pc += (meaning<O>::of(a, b) != 0) == Sense ? c.distance() : 1;
    return true;
  }
};

// Branches by k if op(a) is Sense.
template <op O, source A, bool Sense>
struct test_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const auto a = read<A, typename types_of_meaning<O>::first>(r, c.a, 0);
    r.pc += (meaning<O>::of(a) != 0) == Sense ? c.distance() : 1;
    return true;
  }
};

// The end of a counting loop: local d += a, then branch by the 16-bit c if op(local, b).
template <op O, source B>
struct count_branch {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    const cell& c = *r.pc;
    const std::uint32_t counted = from_frame<std::uint32_t>(r, c.d) +
                                  static_cast<std::uint32_t>(static_cast<std::int16_t>(c.a));
    write(r, c.d, counted);
    const auto extended = static_cast<std::uint32_t>(static_cast<std::int16_t>(c.b()));
    const auto b = read<B, std::uint32_t>(r, c.b(), extended);
    r.pc += meaning<O>::of(counted, b) != 0 ? static_cast<std::int16_t>(c.c()) : 1;
    return true;
  }
};

// What a load or store moves: the type in memory and the type on the stack.
template <op O>
struct access;
#define DOVETAIL_ACCESS(NAME, MEMORY, STACK) \
  template <>                                \
  struct access<op::NAME> {                  \
    using memory = MEMORY;                   \
    using stack = STACK;                     \
  };
DOVETAIL_ACCESS(i32_load, std::uint32_t, std::uint32_t)
DOVETAIL_ACCESS(i64_load, std::uint64_t, std::uint64_t)
DOVETAIL_ACCESS(f32_load, std::uint32_t, float)
DOVETAIL_ACCESS(f64_load, std::uint64_t, double)
DOVETAIL_ACCESS(i32_load8_s, std::int8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load8_u, std::uint8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load16_s, std::int16_t, std::uint32_t)
DOVETAIL_ACCESS(i32_load16_u, std::uint16_t, std::uint32_t)
DOVETAIL_ACCESS(i64_load8_s, std::int8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load8_u, std::uint8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load16_s, std::int16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load16_u, std::uint16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load32_s, std::int32_t, std::uint64_t)
DOVETAIL_ACCESS(i64_load32_u, std::uint32_t, std::uint64_t)
DOVETAIL_ACCESS(i32_store, std::uint32_t, std::uint32_t)
DOVETAIL_ACCESS(i64_store, std::uint64_t, std::uint64_t)
DOVETAIL_ACCESS(f32_store, std::uint32_t, float)
DOVETAIL_ACCESS(f64_store, std::uint64_t, double)
DOVETAIL_ACCESS(i32_store8, std::uint8_t, std::uint32_t)
DOVETAIL_ACCESS(i32_store16, std::uint16_t, std::uint32_t)
DOVETAIL_ACCESS(i64_store8, std::uint8_t, std::uint64_t)
DOVETAIL_ACCESS(i64_store16, std::uint16_t, std::uint64_t)
DOVETAIL_ACCESS(i64_store32, std::uint32_t, std::uint64_t)
#undef DOVETAIL_ACCESS

template <class T>
DOVETAIL_ALWAYS_INLINE T swap_unless_little_endian(T v) {
  if constexpr (platform::is_little_endian || sizeof(T) == 1) {
    return v;
  } else {
    using U = std::make_unsigned_t<T>;
    U out = 0;
    for (unsigned i = 0; i < sizeof(T); ++i) {
      out = static_cast<U>(out << 8 | (static_cast<U>(v) >> (8 * i) & 0xff));
    }
    return static_cast<T>(out);
  }
}

// Finds where an access of `Width` bytes goes; false if it is out of bounds. With guard pages the
// fault needs to know where it happened.
template <class Memory, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool locate(registers& r, std::uint32_t address, std::uint32_t offset,
                                   std::byte*& out) {
  const std::uint64_t at = std::uint64_t{address} + offset;
  if constexpr (Memory::is_checked) {
    if (at + Width > r.memory_size) [[unlikely]]
      return false;
  } else if constexpr (Memory::is_guarded) {
    r.x->trap_pc = r.pc;
    platform::compiler_fence();
  }
  out = r.memory + at;
  return true;
}

// The same with 64 bits of address and offset, whose sum could wrap around. The emitter sees to it
// that `offset + Width` does not. No guard pages are behind such memories.
template <class Memory, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool locate(std::byte* base, std::uint64_t size, std::uint64_t address,
                                   std::uint64_t offset, std::byte*& out) {
  if constexpr (Memory::is_checked || Memory::is_guarded) {
    const std::uint64_t behind = offset + Width;
    if (behind > size || address > size - behind) [[unlikely]]
      return false;
  }
  out = base + (address + offset);
  return true;
}

/// Addresses: a slot, the accumulator, nothing but the offset, the sum of two slots, or the 32-bit
/// sum of a slot or the accumulator and k, without an offset; and a slot, for memory 0 if it is a
/// 64-bit one, or for any memory.
enum class address : std::uint8_t {
  slot,
  accumulator,
  none,
  sum,
  slot_plus,
  accumulator_plus,
  wide,
  elsewhere
};

[[nodiscard]] constexpr bool is_plus(address a) {
  return a == address::slot_plus || a == address::accumulator_plus;
}

template <address A>
DOVETAIL_ALWAYS_INLINE std::uint32_t address_of(const registers& r, const cell& c,
                                                std::uint32_t slot_at) {
  if constexpr (A == address::slot) {
    return from_frame<std::uint32_t>(r, slot_at);
  } else if constexpr (A == address::accumulator) {
    return static_cast<std::uint32_t>(r.integer);
  } else if constexpr (A == address::sum) {
    return from_frame<std::uint32_t>(r, slot_at) + from_frame<std::uint32_t>(r, c.b());
  } else if constexpr (A == address::slot_plus) {
    return from_frame<std::uint32_t>(r, slot_at) + c.k;
  } else if constexpr (A == address::accumulator_plus) {
    return static_cast<std::uint32_t>(r.integer) + c.k;
  } else {
    return 0;
  }
}

// Where the access at hand goes; false if it is out of bounds. One elsewhere has the memory in k
// and the offset in the next cell's head.
template <class Memory, address A, unsigned Width>
DOVETAIL_ALWAYS_INLINE bool find(registers& r, std::byte*& out) {
  const cell& c = *r.pc;
  if constexpr (A == address::wide) {
    return locate<Memory, Width>(r.memory, r.memory_size, r.frame[c.a], c.k, out);
  } else if constexpr (A == address::elsewhere) {
    const vm::memory_instance& m = *r.x->instance->memories[c.k];
    return locate<Memory, Width>(m.base, m.size, r.frame[c.a], r.pc[1].head, out);
  } else {
    const std::uint32_t offset = A == address::sum ? c.c() : is_plus(A) ? 0 : c.k;
    return locate<Memory, Width>(r, address_of<A>(r, c, c.a), offset, out);
  }
}
// The cells that an access takes.
[[nodiscard]] constexpr int length_of(address a) { return a == address::elsewhere ? 2 : 1; }

// d = memory[a + k]; with a sum the offset is the 16-bit c.
template <class Memory, op O, address A>
struct load {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = access<O>;
    const cell& c = *r.pc;
    typename types::memory v;
    std::byte* at;
    if (!find<Memory, A, sizeof v>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    std::memcpy(&v, at, sizeof v);
    v = swap_unless_little_endian(v);
    if constexpr (std::is_floating_point_v<typename types::stack>) {
      write(r, c.d, std::bit_cast<typename types::stack>(v));
    } else {
      write(r, c.d, static_cast<typename types::stack>(v));
    }
    r.pc += length_of(A);
    return true;
  }
};

// memory[a + k] = d; a constant value is the 16 bits of d, sign-extended.
template <class Memory, op O, address A, source V>
struct store {
  DOVETAIL_ALWAYS_INLINE static bool run(registers& r) {
    using types = access<O>;
    using stack = typename types::stack;
    const cell& c = *r.pc;
    typename types::memory v;
    if constexpr (V == source::constant) {
      v = static_cast<typename types::memory>(static_cast<std::int16_t>(c.d));
    } else if constexpr (std::is_floating_point_v<stack>) {
      v = std::bit_cast<typename types::memory>(read<V, stack>(r, c.d, 0));
    } else {
      v = static_cast<typename types::memory>(read<V, stack>(r, c.d, 0));
    }
    std::byte* at;
    if (!find<Memory, A, sizeof v>(r, at)) [[unlikely]]
      return stop(r, trap_code::memory_out_of_bounds);
    v = swap_unless_little_endian(v);
    std::memcpy(at, &v, sizeof v);
    r.pc += length_of(A);
    return true;
  }
};

}  // namespace dovetail::interpreting
