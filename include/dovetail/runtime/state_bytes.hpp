// A saved state as bytes, and back. What is read is not trusted: it can be of no use, but not do
// harm.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <dovetail/base/array.hpp>
#include <dovetail/runtime/saved_state.hpp>

namespace dovetail::detail {

// Little-endian words of 64 bits, pages, and a hash of everything before it:
//
//     magic, hash of the modules, flags, counts of the lists
//     of each instance its numbers of objects, sizes of memories, tables, globals, places
//     elements of tables, dropped segments, of each group which pages are not zero, and they; hash

inline constexpr std::uint64_t snapshot_magic = 0x3130'7061'6e73'7664;  // "dvsnap01"

[[nodiscard]] inline std::uint64_t read_word(const std::byte* at) {
  std::uint64_t word = 0;
  for (unsigned k = 0; k < 8; ++k) word |= std::to_integer<std::uint64_t>(at[k]) << 8 * k;
  return word;
}

/// A hash that tells different bytes apart, unless somebody wants it not to.
[[nodiscard]] inline std::uint64_t hash_bytes(std::span<const std::byte> bytes,
                                              std::uint64_t hash = 0) {
  const auto mix = [&hash](std::uint64_t word) {
    hash = (std::rotl(hash, 29) ^ word) * 0x9e37'79b9'7f4a'7c15;
    hash ^= hash >> 32;
  };
  mix(bytes.size());
  std::size_t k = 0;
  for (; bytes.size() - k >= 8; k += 8) mix(read_word(bytes.data() + k));
  std::byte rest[8] = {};
  for (std::size_t n = 0; k < bytes.size(); ++k, ++n) rest[n] = bytes[k];
  mix(read_word(rest));
  return hash;
}

class state_writer {
 public:
  explicit state_writer(array<std::byte>& out) : out_(out) {}

  [[nodiscard]] status write(const saved_state& s, std::uint64_t modules) {
    if (!s.foreign.empty()) return status::reference_of_host;
    for (const std::uint64_t word :
         {snapshot_magic, modules, std::uint64_t{s.has_host_references}, count(s.instances),
          count(s.memories), count(s.tables), count(s.globals), count(s.places), count(s.elements),
          count(s.dropped)}) {
      DOVETAIL_TRY(put(word));
    }
    for (const saved_instance& i : s.instances)
      for (const std::uint32_t n : {i.memories, i.tables, i.globals, i.elements, i.data})
        DOVETAIL_TRY(put(n));
    for (const saved_memory& m : s.memories) DOVETAIL_TRY(put(m.size));
    for (const saved_table& t : s.tables) {
      DOVETAIL_TRY(put(t.size));
      DOVETAIL_TRY(put(static_cast<std::uint64_t>(t.kind)));
    }
    for (const saved_global& g : s.globals) {
      DOVETAIL_TRY(put(g.low));
      DOVETAIL_TRY(put(g.high));
      DOVETAIL_TRY(put(static_cast<std::uint64_t>(g.kind) | (g.is_vector ? 4u : 0u)));
    }
    for (const std::uint32_t n : s.places) DOVETAIL_TRY(put(n));
    for (const slot n : s.elements) DOVETAIL_TRY(put(n));
    for (const std::uint8_t n : s.dropped) DOVETAIL_TRY(put(n));
    for (const page_group* group : s.groups) DOVETAIL_TRY(put_group(group));
    return put(hash_bytes({out_.data(), out_.size()}));
  }

 private:
  template <class T>
  static std::uint64_t count(const array<T>& list) {
    return list.size();
  }
  status put(std::uint64_t word) {
    std::byte bytes[8];
    for (unsigned k = 0; k < 8; ++k) bytes[k] = static_cast<std::byte>(word >> 8 * k & 0xff);
    return out_.append(bytes);
  }
  status put_group(const page_group* group) {
    std::uint64_t there = 0;
    for (std::size_t k = 0; k < group_pages; ++k)
      there |= std::uint64_t{page_of(group, k) != nullptr} << k;
    DOVETAIL_TRY(put(there));
    for (; there != 0; there &= there - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(there));
      DOVETAIL_TRY(out_.append({group->pages[k]->bytes, granule}));
    }
    return status::ok;
  }

  array<std::byte>& out_;
};

class state_reader {
 public:
  explicit state_reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  [[nodiscard]] status read(saved_state& s, std::uint64_t modules) {
    if (bytes_.size() < 16 || get() != snapshot_magic) return status::malformed_snapshot;
    if (get() != modules) return status::snapshot_mismatch;
    if (bytes_.size() < 8 ||
        read_word(&bytes_[bytes_.size() - 8]) != hash_bytes(bytes_.first(bytes_.size() - 8))) {
      return status::malformed_snapshot;
    }
    bytes_ = bytes_.first(bytes_.size() - 8);
    s.has_host_references = get() != 0;
    DOVETAIL_TRY(room_for(s.instances, 5));
    DOVETAIL_TRY(room_for(s.memories, 1));
    DOVETAIL_TRY(room_for(s.tables, 2));
    DOVETAIL_TRY(room_for(s.globals, 3));
    DOVETAIL_TRY(room_for(s.places, 1));
    DOVETAIL_TRY(room_for(s.elements, 1));
    DOVETAIL_TRY(room_for(s.dropped, 1));
    if (needed_ > (bytes_.size() - at_) / 8) return status::malformed_snapshot;
    DOVETAIL_TRY(read_lists(s));
    for (const saved_memory& m : s.memories) {
      for (std::size_t k = 0; k < m.groups(); ++k) DOVETAIL_TRY(read_group(s));
    }
    return at_ == bytes_.size() && is_whole_ ? status::ok : status::malformed_snapshot;
  }

 private:
  std::uint64_t get() {
    if (bytes_.size() - at_ < 8) return is_whole_ = false, 0;
    at_ += 8;
    return read_word(bytes_.data() + at_ - 8);
  }
  std::uint32_t get_number() {
    const std::uint64_t word = get();
    if (word > 0xffff'ffff) is_whole_ = false;
    return static_cast<std::uint32_t>(word);
  }
  reference_kind get_kind(std::uint64_t word) {
    if (word > static_cast<std::uint64_t>(reference_kind::host)) is_whole_ = false;
    return static_cast<reference_kind>(word & 3);
  }

  // A list's length, believed only as far as there are bytes for it.
  template <class T>
  status room_for(array<T>& list, std::uint64_t words) {
    const std::uint64_t count = get();
    if (count > bytes_.size() / 8) return status::malformed_snapshot;
    needed_ += count * words;
    return list.resize(static_cast<std::size_t>(count));
  }

  status read_lists(saved_state& s) {
    std::uint64_t places = 0, dropped = 0, elements = 0;
    for (saved_instance& i : s.instances) {
      i.memories = get_number();
      i.tables = get_number();
      i.globals = get_number();
      i.elements = get_number();
      i.data = get_number();
      places += std::uint64_t{i.memories} + i.tables + i.globals;
      dropped += std::uint64_t{i.elements} + i.data;
    }
    std::size_t groups = 0;
    for (saved_memory& m : s.memories) {
      m = {get(), groups};
      // A group takes a word at least.
      if (m.size % vm::page_size != 0 || m.size / group_bytes > bytes_.size() / 8)
        return status::malformed_snapshot;
      groups += m.groups();
    }
    for (saved_table& t : s.tables) {
      t.size = get();
      t.first_slot = static_cast<std::size_t>(elements);
      t.kind = get_kind(get());
      if (t.size > s.elements.size() - elements) return status::malformed_snapshot;
      elements += t.size;
    }
    for (saved_global& g : s.globals) {
      g.low = get();
      g.high = get();
      const std::uint64_t what = get();
      g.is_vector = (what & 4) != 0;
      g.kind = get_kind(what & ~std::uint64_t{4});
    }
    if (places != s.places.size() || dropped != s.dropped.size() || elements != s.elements.size())
      return status::malformed_snapshot;
    DOVETAIL_TRY(read_places(s));
    for (slot& n : s.elements) n = get();
    for (std::uint8_t& n : s.dropped) n = static_cast<std::uint8_t>(get() & 1);
    return status::ok;
  }
  status read_places(saved_state& s) {
    std::size_t next = 0;
    const auto read = [&](std::uint32_t count, std::size_t objects, bool may_be_nothing) {
      for (std::uint32_t k = 0; k < count; ++k) {
        const std::uint32_t number = get_number();
        if (number >= objects && !(may_be_nothing && number == saved_state::nothing))
          is_whole_ = false;
        s.places[next++] = number;
      }
    };
    for (const saved_instance& i : s.instances) {
      read(i.memories, s.memories.size(), false);
      read(i.tables, s.tables.size(), false);
      read(i.globals, s.globals.size(), true);
    }
    return is_whole_ ? status::ok : status::malformed_snapshot;
  }

  status read_group(saved_state& s) {
    std::uint64_t there = get();
    if (there > 0 &&
        (bytes_.size() - at_) / granule < static_cast<std::size_t>(std::popcount(there))) {
      return status::malformed_snapshot;
    }
    page_group* group = there == 0 ? nullptr : copy_group(*s.memory, nullptr);
    if (there != 0 && group == nullptr) return status::store_out_of_memory;
    for (; there != 0; there &= there - 1) {
      saved_page* page = save_page(*s.memory, bytes_.data() + at_);
      if (page == nullptr) return release(group), status::store_out_of_memory;
      group->pages[std::countr_zero(there)] = page;
      at_ += granule;
    }
    if (const status pushed = s.groups.push(group); pushed != status::ok)
      return release(group), pushed;
    return status::ok;
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::uint64_t needed_ = 0;  // words of the lists
  bool is_whole_ = true;
};

}  // namespace dovetail::detail
