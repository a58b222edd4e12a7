// How modules are changed: bytes flipped or replaced, most of them in bodies, and cuts. The same
// seed gives the same mutants on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

#include "corpus.hpp"

namespace testing {

/// SplitMix64: the same numbers everywhere, unlike the distributions of the standard library.
class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e37'79b9'7f4a'7c15);
    z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
    z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
    return z ^ (z >> 31);
  }
  /// A number below `bound`, which is not zero.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

/// A changed module and the earliest byte that differs.
struct mutant {
  bytes data;
  std::size_t changed = 0;
};

inline void write_number(bytes& out, std::size_t value) {
  do {
    const auto low = static_cast<std::uint8_t>(value & 0x7f);
    value >>= 7;
    out.push_back(static_cast<std::uint8_t>(value != 0 ? low | 0x80 : low));
  } while (value != 0);
}

/// One byte changes: a bit, to anything, by one, or to an opcode-like neighbour.
inline std::uint8_t changed_byte(std::uint8_t byte, random_numbers& random) {
  static constexpr std::uint8_t interesting[] = {
      0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x1a,
      0x1b, 0x1c, 0x20, 0x21, 0x22, 0x40, 0x41, 0x7f, 0x80, 0xd0, 0xd2, 0xfc, 0xfd, 0xff};
  switch (random.below(4)) {
    case 0: return static_cast<std::uint8_t>(byte ^ (1u << random.below(8)));
    case 1: return static_cast<std::uint8_t>(byte + 1 + random.below(255));
    case 2: return static_cast<std::uint8_t>(random.below(2) == 0 ? byte + 1 : byte - 1);
    default: return interesting[random.below(sizeof interesting)];
  }
}

inline mutant flip(const specimen& from, extent where, random_numbers& random) {
  mutant m{from.data, from.data.size()};
  for (std::size_t left = 1 + random.below(3); left > 0; --left) {
    const std::size_t at = where.begin + random.below(where.end - where.begin);
    m.data[at] = changed_byte(m.data[at], random);
    if (at < m.changed) m.changed = at;
  }
  return m;
}

inline mutant truncate(const specimen& from, random_numbers& random) {
  mutant m{from.data, 0};
  m.data.resize(random.below(from.data.size()));
  m.changed = m.data.size();
  return m;
}

/// A body loses its end and the sizes around it say so: only the decoder of bodies can notice.
inline mutant cut_body(const specimen& from, random_numbers& random) {
  const std::size_t which = random.below(from.bodies.size());
  bytes content;
  write_number(content, from.bodies.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < from.bodies.size(); ++i) {
    const extent body = from.bodies[i];
    std::size_t size = body.end - body.begin;
    if (i == which && size != 0) size = random.below(size);
    write_number(content, size);
    if (i == which) changed = content.size();
    const std::uint8_t* first = from.data.data() + body.begin;
    content.insert(content.end(), first, first + size);
  }
  mutant m;
  const auto code = from.data.begin() + static_cast<std::ptrdiff_t>(from.code.begin);
  m.data.assign(from.data.begin(), code + 1);
  write_number(m.data, content.size());
  m.changed = m.data.size() + changed;
  m.data.insert(m.data.end(), content.begin(), content.end());
  m.data.insert(m.data.end(), code + static_cast<std::ptrdiff_t>(from.code.end - from.code.begin),
                from.data.end());
  return m;
}

/// A mutant: four of six flips hit a body where there is one, one of six anything, one of six is a
/// cut.
inline mutant mutate(const specimen& from, random_numbers& random) {
  if (from.data.empty()) return {};
  const std::size_t kind = random.below(12);
  if (kind == 0) return truncate(from, random);
  if (!from.bodies.empty()) {
    if (kind == 1) return cut_body(from, random);
    const extent body = from.bodies[random.below(from.bodies.size())];
    if (kind < 10 && body.begin < body.end) return flip(from, body, random);
  }
  return flip(from, {0, from.data.size()}, random);
}

}  // namespace testing
