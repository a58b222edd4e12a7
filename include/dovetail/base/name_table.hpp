// A hash table from names to numbers: the export index of a module and the definitions of a linker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <dovetail/base/array.hpp>
#include <dovetail/base/status.hpp>

namespace dovetail {

/// Numbers found by the hash of a name; the names themselves stay with the owner, who compares
/// them.
class name_table {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  explicit name_table(allocator& memory)
      : slots_(memory),
        seed_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(this) >> 4)) {}

  /// FNV-1a with a final mix, begun from where the table was made: whoever writes the names cannot
  /// know which of them collide.
  [[nodiscard]] std::uint32_t hash(std::string_view name) const {
    std::uint32_t hash = 2166136261u ^ seed_;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash ^ (hash >> 15);
  }

  /// The number under `hash` for which `is_it(number)` holds; `none` if there is none.
  template <class Equal>
  [[nodiscard]] std::uint32_t find(std::uint32_t hash, Equal&& is_it) const {
    if (slots_.empty()) return none;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      const entry& e = slots_[i];
      if (e.number_plus_one == 0) return none;
      if (e.hash == hash && is_it(e.number_plus_one - 1)) return e.number_plus_one - 1;
    }
  }

  /// Adds a number that is not there yet.
  [[nodiscard]] status insert(std::uint32_t hash, std::uint32_t number) {
    if ((count_ + 1) * 2 > slots_.size()) DOVETAIL_TRY(rehash());
    put({hash, number + 1});
    ++count_;
    return status::ok;
  }

 private:
  struct entry {
    std::uint32_t hash = 0;
    std::uint32_t number_plus_one = 0;
  };

  void put(entry e) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = e.hash & mask;
    while (slots_[i].number_plus_one != 0) i = (i + 1) & mask;
    slots_[i] = e;
  }

  status rehash() {
    array<entry> old(static_cast<array<entry>&&>(slots_));
    const std::size_t wanted = old.empty() ? 8 : old.size() * 2;
    if (const status s = slots_.resize(wanted); s != status::ok) {
      slots_ = static_cast<array<entry>&&>(old);
      return s;
    }
    for (const entry& e : old) {
      if (e.number_plus_one != 0) put(e);
    }
    return status::ok;
  }

  array<entry> slots_;
  std::size_t count_ = 0;
  std::uint32_t seed_;
};

}  // namespace dovetail
