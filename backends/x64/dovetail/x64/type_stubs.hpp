// Which stubs the types of a module get: one set a canonical signature, and of each set only what
// something can reach.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/validate/module_env.hpp>

namespace dovetail::x64_jit {

/// The stubs of a type, by position in the code region; 0: there is none.
struct type_stubs {
  std::uint32_t entry = 0;         ///< how the host enters
  std::uint32_t native_entry = 0;  ///< for typed handles
  std::uint32_t host_call = 0;     ///< how host functions are called
};

/// What is written, worked out before the first byte is.
class stub_plan {
 public:
  /// For one stub at most, whatever it is for: what a stub without values takes, and each value.
  static constexpr std::size_t fixed_bytes = 1024, value_bytes = 40;
  /// For what is shared and belongs to no type, at most.
  static constexpr std::size_t shared_bytes = 8192;

  explicit stub_plan(allocator& a) : rows_(a) {}

  [[nodiscard]] status make(const module_env& env) {
    DOVETAIL_TRY(rows_.resize(env.types.size()));
    // Whom the host can name: exports, elements, globals, what `ref.func` may name; and the start.
    for (std::uint32_t f = env.imported_functions; f < env.functions.size(); ++f)
      if (env.declared[f] || f == env.start) rows_[env.functions[f].value].has_entry = true;
    for (std::uint32_t f = 0; f < env.imported_functions; ++f)
      rows_[env.functions[f].value].has_host_call = true;
    DOVETAIL_TRY(find_firsts(env));
    const bool has_all = may_receive_functions(env);
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      row& first = rows_[rows_[i].first];
      first.has_entry |= rows_[i].has_entry;
      first.has_host_call |= has_all | rows_[i].has_host_call;
    }
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      const row& r = rows_[i];
      if (r.first == i) room_ += (r.has_entry * 2u + r.has_host_call) * bytes_of(env.type({i}));
    }
    return status::ok;
  }

  /// The first type that is the same as this one.
  [[nodiscard]] std::uint32_t first(std::uint32_t type) const { return rows_[type].first; }
  /// Of a first one: whether the host can hold functions of the type that are the module's own.
  [[nodiscard]] bool has_entry(std::uint32_t type) const { return rows_[type].has_entry; }
  /// Of a first one: whether the module can call functions of the type that are the host's.
  [[nodiscard]] bool has_host_call(std::uint32_t type) const { return rows_[type].has_host_call; }
  /// No fewer bytes than all that functions share takes.
  [[nodiscard]] std::size_t room() const { return room_; }

  [[nodiscard]] static std::size_t bytes_of(const function_type& type) {
    return fixed_bytes + value_bytes * (type.parameters.size() + type.results.size());
  }

 private:
  struct row {
    std::uint32_t first = 0;
    bool has_entry = false;
    bool has_host_call = false;
  };

  [[nodiscard]] status find_firsts(const module_env& env) {
    constexpr std::size_t few = 8;
    const std::size_t count = rows_.size();
    if (count > few) return find_among_many(env);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint32_t k = 0;
      while (env.types[k] != env.types[i]) ++k;
      rows_[i].first = k;
    }
    return status::ok;
  }
  [[nodiscard]] status find_among_many(const module_env& env) {
    array<std::uint32_t> table(*env.memory);  // a type, plus one
    const std::size_t size = std::bit_ceil(2 * rows_.size());
    DOVETAIL_TRY(table.resize(size));
    const auto shift = static_cast<unsigned>(64 - std::countr_zero(size));
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      std::size_t at = env.types[i]->id * std::uint64_t{0x9e37'79b9'7f4a'7c15} >> shift;
      while (table[at] != 0 && env.types[table[at] - 1] != env.types[i]) at = (at + 1) & (size - 1);
      if (table[at] == 0) table[at] = i + 1;
      rows_[i].first = table[at] - 1;
    }
    return status::ok;
  }
  // Whether calls by reference can meet a function of the host's: its type may then be any, as a
  // subtype of what the call names.
  [[nodiscard]] static bool may_receive_functions(const module_env& env) {
    if (!env.tables.empty()) return true;
    for (std::uint32_t f = 0; f < env.imported_functions; ++f)
      if (env.declared[f]) return true;
    for (const global_entry& g : env.globals)
      if (g.type.type.is_function_reference()) return true;
    for (const signature* s : env.types) {
      for (const auto& list : {s->type.parameters, s->type.results})
        for (const value_type t : list)
          if (t.is_function_reference()) return true;
    }
    return false;
  }

  array<row> rows_;
  std::size_t room_ = shared_bytes;
};

}  // namespace dovetail::x64_jit
