// Random bodies for modules of WebAssembly 3.0: values and statements, nested. Every function and
// loop burns a global, so that all of them end; nothing tells one NaN from another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "module.hpp"
#include "robustness/mutation.hpp"

namespace testing {

class body_generator {
 protected:
  explicit body_generator(std::uint64_t seed) : random_(seed) {}

  using list = std::vector<std::uint8_t>;
  struct signature {
    list parameters, results;
  };
  enum : std::uint8_t { i32 = 0x7f, i64 = 0x7e, f32 = 0x7d, f64 = 0x7c, funcref = 0x70 };
  static constexpr std::uint8_t number_types[] = {i32, i64, f32, f64};
  static constexpr std::size_t memory_count = 3, table_size = 8;
  // The types that references are made to: one that is called often, and one of many arguments.
  static constexpr std::size_t chain = 0, many = 1;
  static constexpr std::uint32_t burnt = 0;  // the global that runs out
  static constexpr std::int32_t burns = 4000;

  static const std::vector<signature>& signatures() {
    static const std::vector<signature> all = {
        {{i32, i64}, {i32}},
        {{i32, i64, f64, i32, i32, i64, i64, i32, i32, i64, f32, i32,
          i64, i32, f64, f64, f64, f64, f64, f64, f64, i32, i32},
         {i32}},
        {{}, {i32}},
        {{i64, i32}, {i64}},
        {{f64, i32, f32}, {f64}},
        {{i32}, {i32, i64}},
        {{i64, i64, i32, i32, i32, i32, i32, i32, i32}, {i32, i64, f64}}};
    return all;
  }
  static bool is_wide_memory(std::size_t i) { return i == 2; }
  static bool is_wide_table(std::size_t i) { return i == 2; }
  bool one_in(std::size_t n) { return random_.below(n) == 0; }

  static list reference_to(std::size_t type) { return {0x63, static_cast<std::uint8_t>(type)}; }
  std::size_t of_signature(std::size_t wanted) {
    if (!one_in(10)) return wanted;  // functions 0 and 1 have the types that references are made to
    const std::size_t from = random_.below(functions_.size());
    for (std::size_t i = 0; i < functions_.size(); ++i) {
      const std::size_t f = (from + i) % functions_.size();
      if (functions_[f] == wanted) return f;
    }
    return 0;
  }

  // Ends the call when the global has burnt down.
  void burn() {
    body_.op(0x23).u32(burnt).op(0x45).op(0x04).byte(0x40).op(0x00).end();
    body_.op(0x23).u32(burnt).i32_const(1).op(0x6b).op(0x24).u32(burnt);
  }
  // The results: computed, or those of a tail call.
  void finish(const signature& s) {
    if (current_ > 1 && !one_in(3)) {
      for (std::size_t tries = 0; tries < 12; ++tries) {
        const std::size_t f = random_.below(functions_.size());
        if (signatures()[functions_[f]].results != s.results || (f >= current_ && !one_in(8)))
          continue;
        return tail_call(f);
      }
    }
    for (const std::uint8_t type : s.results) value(type, 3);
  }
  void tail_call(std::size_t f) {
    const std::size_t type = functions_[f];
    arguments(type);
    if (type <= many && one_in(2)) {
      reference(type, 2);
      body_.op(0x15).u32(type);
    } else if (const std::size_t t = one_in(2) ? 2 : 0; has_entry(t, type) && one_in(2)) {
      table_index(t, type);
      body_.op(0x13).u32(type).u32(t);
    } else {
      body_.op(0x12).u32(f);
    }
  }
  void arguments(std::size_t type) {
    for (const std::uint8_t p : signatures()[type].parameters) value(p, p == i32 ? 2 : 1);
  }
  // An index into table `t`; mostly of an entry that has the type wanted.
  void table_index(std::size_t t, std::size_t wanted = chain) {
    std::size_t at = random_.below(7);
    for (std::size_t i = 0; i < 5 && t != 1 && !one_in(20); ++i) {
      if (functions_[entries_[t][at = 1 + i]] == wanted) break;
    }
    if (one_in(40)) {
      value(is_wide_table(t) ? i64 : i32, 1);
    } else if (is_wide_table(t)) {
      body_.i64_const(static_cast<std::int64_t>(at));
    } else {
      body_.i32_const(static_cast<std::int32_t>(at));
    }
  }
  // Whether table `t` begins with a function of this type.
  bool has_entry(std::size_t t, std::size_t wanted) const {
    for (std::size_t i = 1; i < 6; ++i) {
      if (functions_[entries_[t][i]] == wanted) return true;
    }
    return false;
  }

  // Leaves a reference that may be null.
  void reference(std::size_t type, std::size_t depth) {
    switch (depth == 0 ? random_.below(3) : random_.below(6)) {
      case 0: body_.op(0xd2).u32(of_signature(type)); break;
      case 1:
        if (one_in(2)) {
          body_.op(0x20).u32(reference_ + type);
        } else {
          body_.op(0xd2).u32(of_signature(type));
        }
        break;
      case 2:
        if (one_in(6)) {
          body_.op(0xd0).u32(type);
        } else {
          body_.op(0xd2).u32(of_signature(type));
        }
        break;
      case 3:
        if (type == chain) {
          table_index(1);
          body_.op(0x25).u32(1);
        } else {
          reference(type, depth - 1);
        }
        break;
      case 4:
        reference(type, depth - 1);
        if (one_in(8)) body_.op(0xd4);
        break;
      default:
        reference(type, depth - 1);
        reference(type, depth - 1);
        value(i32, 1);
        body_.op(0x1c).u32(1).append(reference_to(type));
        break;
    }
  }

  std::int64_t number(std::uint8_t type) {
    static constexpr std::int64_t edges[] = {0,
                                             1,
                                             -1,
                                             2,
                                             7,
                                             8,
                                             31,
                                             32,
                                             63,
                                             64,
                                             127,
                                             128,
                                             255,
                                             256,
                                             32767,
                                             32768,
                                             65535,
                                             65536,
                                             0x7fffffff,
                                             -0x7fffffff - 1,
                                             0xffffffff,
                                             0x100000000,
                                             0x7fffffffffffffff,
                                             -0x7fffffffffffffff - 1};
    const std::int64_t v = one_in(4) ? static_cast<std::int64_t>(random_.next())
                                     : edges[random_.below(std::size(edges))];
    return type == i32 ? static_cast<std::int32_t>(v) : v;
  }
  instructions constant(std::uint8_t type) {
    static constexpr std::uint32_t singles[] = {
        0, 0x80000000, 0x3f800000, 0xbf800000, 0x4f000000, 0xcf000000, 0x7f800000, 1, 0x7f7fffff};
    static constexpr std::uint64_t doubles[] = {0,
                                                0x8000000000000000,
                                                0x3ff0000000000000,
                                                0xbff0000000000000,
                                                0x41e0000000000000,
                                                0x43e0000000000000,
                                                0x7ff0000000000000,
                                                1,
                                                0x7fefffffffffffff};
    switch (type) {
      case i32: return instructions().i32_const(static_cast<std::int32_t>(number(i32)));
      case i64: return instructions().i64_const(number(i64));
      case f32: return instructions().op(0x43).fixed(singles[random_.below(std::size(singles))]);
      default: return instructions().op(0x44).fixed(doubles[random_.below(std::size(doubles))]);
    }
  }
  std::size_t local_of(std::uint8_t type) {
    const std::size_t from = random_.below(locals_.size());
    for (std::size_t i = 0; i < locals_.size(); ++i) {
      const std::size_t at = (from + i) % locals_.size();
      if (locals_[at] == type) return at;
    }
    return locals_.size();
  }
  void leaf(std::uint8_t type) {
    const std::size_t local = local_of(type);
    if (local != locals_.size() && !one_in(3)) {
      body_.op(0x20).u32(local);
    } else if (one_in(4)) {
      body_.op(0x23).u32(global_of(type));
    } else {
      body_.append(constant(type).bytes());
    }
  }
  std::size_t global_of(std::uint8_t type) { return 1 + 2 * (0x7fu - type) + random_.below(2); }

  // Leaves a value of `type`.
  void value(std::uint8_t type, std::size_t depth) {
    if (depth == 0 || left_ == 0) return leaf(type);
    --left_;
    switch (random_.below(12)) {
      case 0: return leaf(type);
      case 1: return block_value(type, depth);
      case 2: return reference_value(type, depth);
      case 3: return call_value(type, depth);
      case 4:
      case 5: return load(type, depth);
      case 6:
        value(type, depth - 1);
        value(type, depth - 1);
        value(i32, depth - 1);
        body_.op(0x1b);
        return;
      case 7:
        if (type == i32 || type == i64) return object_value(type, depth);
        [[fallthrough]];
      default: return operator_value(type, depth);
    }
  }
  void operator_value(std::uint8_t type, std::size_t depth) {
    // Opcodes by shape: two operands of the type, one of it, comparisons of another, conversions.
    switch (type) {
      case i32: {
        const std::size_t kind = random_.below(10);
        if (kind < 6) return binary(i32, 0x6a, 0x78, depth);
        if (kind == 6)
          return unary(i32, one_in(2) ? 0x45 : 0x67 + unsigned(random_.below(3)), depth);
        if (kind == 7) return binary(i64, 0x51, 0x5a, depth);
        if (kind == 8) return binary(one_in(2) ? f64 : f32, 0, 0, depth);
        return unary(i64, one_in(2) ? 0xa7 : 0x50, depth);
      }
      case i64: {
        const std::size_t kind = random_.below(8);
        if (kind < 5) return binary(i64, 0x7c, 0x8a, depth);
        if (kind == 5) return unary(i64, 0x79 + unsigned(random_.below(3)), depth);
        return unary(i32, 0xac + unsigned(random_.below(2)), depth);
      }
      case f32: {
        const std::size_t kind = random_.below(6);
        if (kind < 4) return binary(f32, 0x92, 0x97, depth);
        return kind == 4 ? unary(i32, 0xb2 + unsigned(random_.below(2)), depth)
                         : unary(f64, 0xb6, depth);
      }
      default: {
        const std::size_t kind = random_.below(6);
        if (kind < 4) return binary(f64, 0xa0, 0xa5, depth);
        return kind == 4 ? unary(i64, 0xb9 + unsigned(random_.below(2)), depth)
                         : unary(f32, 0xbb, depth);
      }
    }
  }
  // An operator of the opcodes from `first` to `last`; 0 stands for the comparisons of the type.
  void binary(std::uint8_t type, unsigned first, unsigned last, std::size_t depth) {
    if (first == 0) first = type == f32 ? 0x5b : 0x61, last = first + 5;
    unsigned code = first + unsigned(random_.below(last - first + 1));
    // Divisions trap too often to be as frequent as the rest.
    const bool is_division = (code >= 0x6d && code <= 0x70) || (code >= 0x7f && code <= 0x82);
    if (is_division && !one_in(10)) code = first;
    value(type, depth - 1);
    value(type, depth - 1);
    body_.op(code);
  }
  void unary(std::uint8_t type, unsigned code, std::size_t depth) {
    value(type, depth - 1);
    body_.op(code);
  }

  void address(std::size_t memory, std::size_t depth) {
    const bool is_wide = is_wide_memory(memory);
    value(is_wide ? i64 : i32, depth);
    if (one_in(60)) return;
    if (is_wide) {
      body_.i64_const(0x3fff).op(0x83);
    } else {
      body_.i32_const(0x3fff).op(0x71);
    }
  }
  void access(unsigned code, unsigned width, std::size_t memory) {
    const unsigned alignment = unsigned(random_.below(width + 1));
    body_.op(code);
    if (memory == 0 && one_in(2)) {
      body_.u32(alignment);
    } else {
      body_.u32(alignment | 0x40).u32(memory);
    }
    std::uint64_t offset = one_in(3) ? 0 : random_.below(3000);
    if (one_in(100))
      offset = is_wide_memory(memory) ? random_.next() : random_.next() & 0xffff'ffff;
    body_.u32(offset);
  }
  void load(std::uint8_t type, std::size_t depth) {
    struct row {
      std::uint8_t code, width;
    };
    static constexpr row integers[] = {{0x28, 2}, {0x2c, 0}, {0x2d, 0}, {0x2e, 1}, {0x2f, 1}};
    static constexpr row longs[] = {{0x29, 3}, {0x30, 0}, {0x31, 0}, {0x32, 1},
                                    {0x33, 1}, {0x34, 2}, {0x35, 2}};
    const std::size_t memory = random_.below(memory_count);
    address(memory, depth - 1);
    const row r = type == i32   ? integers[random_.below(std::size(integers))]
                  : type == i64 ? longs[random_.below(std::size(longs))]
                  : type == f32 ? row{0x2a, 2}
                                : row{0x2b, 3};
    access(r.code, r.width, memory);
  }
  void store(std::size_t depth) {
    struct row {
      std::uint8_t code, width, type;
    };
    static constexpr row all[] = {{0x36, 2, i32}, {0x37, 3, i64}, {0x3a, 0, i32}, {0x3b, 1, i32},
                                  {0x3c, 0, i64}, {0x3d, 1, i64}, {0x3e, 2, i64}};
    const row r = all[random_.below(std::size(all))];
    const std::size_t memory = random_.below(memory_count);
    address(memory, depth);
    value(r.type, depth);
    access(r.code, r.width, memory);
  }

  void block_value(std::uint8_t type, std::size_t depth) {
    body_.op(0x02).byte(type);
    for (std::size_t i = random_.below(2); i > 0; --i) statement(depth - 1);
    value(type, depth - 1);
    if (one_in(2)) {
      value(i32, depth - 1);
      body_.op(0x0d).u32(0);
    }
    body_.end();
  }
  // A value that depends on whether a reference is null, by each of the branches there are.
  void reference_value(std::uint8_t type, std::size_t depth) {
    const std::size_t to = one_in(4) ? many : chain;
    if (one_in(2)) {
      body_.op(0x02).byte(type).op(0x02).byte(0x40);
      reference(to, depth - 1);
      body_.op(0xd5).u32(0);
      use(to);
      value(type, depth - 1);
      body_.op(0x0c).u32(1).end();
      value(type, depth - 1);
      body_.end();
    } else {
      body_.op(0x02).byte(type).op(0x02).byte(0x64).u32(to);
      reference(to, depth - 1);
      body_.op(0xd6).u32(0);
      value(type, depth - 1);
      body_.op(0x0c).u32(1).end();
      use(to);
      value(type, depth - 1);
      body_.end();
    }
  }
  // Takes a reference from the stack.
  void use(std::size_t type) {
    switch (random_.below(current_ > 1 ? 3 : 2)) {
      case 0: body_.op(0x21).u32(reference_ + type); break;
      case 1: body_.op(0xd1).op(0x24).u32(global_of(i32)); break;
      default:
        body_.op(0x21).u32(reference_ + type);
        arguments(type);
        body_.op(0x20).u32(reference_ + type).op(0x14).u32(type);
        keep(signatures()[type].results);
        break;
    }
  }
  void keep(const list& results) {
    for (std::size_t i = results.size(); i-- > 0;) {
      if (one_in(2)) {
        body_.op(0x24).u32(global_of(results[i]));
      } else {
        body_.op(0x1a);
      }
    }
  }

  void call(std::size_t type, std::size_t f) {
    arguments(type);
    switch (random_.below(3)) {
      case 0: body_.op(0x10).u32(f); break;
      case 1: {
        const std::size_t t = one_in(2) ? 2 : 0;
        if (!has_entry(t, type) && !one_in(20)) return void(body_.op(0x10).u32(f));
        table_index(t, type);
        body_.op(0x11).u32(type).u32(t);
        break;
      }
      default:
        if (type <= many) {
          reference(type, 1);
          body_.op(0x14).u32(type);
        } else {
          body_.op(0x10).u32(f);
        }
        break;
    }
  }
  // Mostly an earlier function, so that calls end.
  std::size_t callee() {
    return random_.below(one_in(20) || current_ == 0 ? functions_.size() : current_);
  }
  void call_value(std::uint8_t type, std::size_t depth) {
    const std::size_t f = callee();
    const std::size_t s = functions_[f];
    if (signatures()[s].results != list{type} || depth < 2 || current_ < 2) return leaf(type);
    call(s, f);
  }
  // Sizes and growth of memories and tables, as a value of the type.
  void object_value(std::uint8_t type, std::size_t depth) {
    const bool is_wide = type == i64;
    switch (random_.below(5)) {
      case 0: body_.op(0x3f).u32(is_wide ? 2 : random_.below(2)); break;
      case 1:
        if (is_wide) {
          body_.i64_const(static_cast<std::int64_t>(random_.below(3)));
        } else {
          body_.i32_const(static_cast<std::int32_t>(random_.below(3)));
        }
        body_.op(0x40).u32(is_wide ? 2 : random_.below(2));
        break;
      case 2: body_.op(0xfc).u32(16).u32(is_wide ? 2 : random_.below(2)); break;
      case 3: {
        const std::size_t t = is_wide ? 2 : random_.below(2);
        if (t == 1) {
          reference(chain, depth - 1);
        } else {
          body_.op(0xd2).u32(random_.below(functions_.size()));
        }
        if (is_wide) {
          body_.i64_const(static_cast<std::int64_t>(random_.below(3)));
        } else {
          body_.i32_const(static_cast<std::int32_t>(random_.below(3)));
        }
        body_.op(0xfc).u32(15).u32(t);
        break;
      }
      default: value(type, depth - 1); break;
    }
  }

  // A small number of the type of indices of an object.
  void amount(bool is_wide, std::size_t below) {
    const auto n = static_cast<std::int64_t>(one_in(80) ? random_.next() : random_.below(below));
    if (is_wide) {
      body_.i64_const(n);
    } else {
      body_.i32_const(static_cast<std::int32_t>(n));
    }
  }
  void bulk(std::size_t depth) {
    const std::size_t m = random_.below(memory_count), from = random_.below(memory_count);
    const std::size_t t = random_.below(3);
    switch (random_.below(6)) {
      case 0:
        amount(is_wide_memory(m), 60'000);
        value(i32, depth);
        amount(is_wide_memory(m), 3000);
        body_.op(0xfc).u32(11).u32(m);
        break;
      case 1:
        amount(is_wide_memory(m), 60'000);
        amount(is_wide_memory(from), 60'000);
        amount(is_wide_memory(m) && is_wide_memory(from), 3000);
        body_.op(0xfc).u32(10).u32(m).u32(from);
        break;
      case 2:
        amount(is_wide_table(t), table_size);
        if (t == 1) {
          reference(chain, depth);
        } else {
          body_.op(0xd2).u32(random_.below(functions_.size()));
        }
        amount(is_wide_table(t), 3);
        body_.op(0xfc).u32(17).u32(t);
        break;
      case 3: {
        // Of tables 0 and 2, whose elements are of one type.
        const std::size_t to = one_in(2) ? 2 : 0, with = one_in(2) ? 2 : 0;
        amount(is_wide_table(to), table_size);
        amount(is_wide_table(with), table_size);
        amount(is_wide_table(to) && is_wide_table(with), 4);
        body_.op(0xfc).u32(14).u32(to).u32(with);
        break;
      }
      case 4:
        table_index(1);
        reference(chain, depth);
        body_.op(0x26).u32(1);
        break;
      default:
        reference(one_in(3) ? many : chain, depth);
        body_.op(0x1a);
        break;
    }
  }

  void statement(std::size_t depth) {
    if (left_ == 0) return;
    --left_;
    const std::uint8_t type = number_types[random_.below(4)];
    // The first functions are those that all others call.
    const bool is_calling = current_ > 1 || one_in(10);
    switch (depth == 0 ? random_.below(5) : random_.below(is_calling ? 10 : 8)) {
      case 0:
      case 1: {
        const std::size_t local = local_of(type);
        value(type, depth == 0 ? 1 : depth - 1);
        if (local != locals_.size()) {
          body_.op(0x21).u32(local);
        } else {
          body_.op(0x24).u32(global_of(type));
        }
        break;
      }
      case 2: store(depth == 0 ? 0 : depth - 1); break;
      case 3: bulk(depth == 0 ? 0 : depth - 1); break;
      case 4: {
        const std::size_t to = random_.below(2);
        reference(to, depth == 0 ? 0 : depth - 1);
        body_.op(0x21).u32(reference_ + to);
        break;
      }
      case 5:
      case 6: {
        value(i32, depth - 1);
        body_.op(0x04).byte(0x40);
        statement(depth - 1);
        if (one_in(6)) {
          const std::size_t own = functions_[current_];
          finish(signatures()[own]);
          body_.op(0x0f);
        }
        if (one_in(2)) {
          body_.op(0x05);
          statement(depth - 1);
        }
        body_.end();
        break;
      }
      case 7: {
        body_.op(0x03).byte(0x40);
        burn();
        statement(depth - 1);
        // At most seven turns more.
        value(i32, depth - 1);
        body_.i32_const(0).op(0x47).op(0x23).u32(burnt).i32_const(7).op(0x71).op(0x6c);
        body_.op(0x0d).u32(0).end();
        break;
      }
      default: {
        const std::size_t f = callee();
        call(functions_[f], f);
        keep(signatures()[functions_[f]].results);
        break;
      }
    }
  }

  random_numbers random_;
  std::vector<std::size_t> functions_;  // the signature of each
  instructions body_;
  list locals_;
  std::size_t reference_ = 0;
  std::size_t current_ = 0;
  std::size_t left_ = 0;
  std::size_t entries_[3][6] = {};  // the functions that tables begin with, from 1 on
};

}  // namespace testing
