// Random modules of WebAssembly 3.0: tail calls, typed function references, several memories and
// tables, 64-bit ones among them, extended constants. The same seed gives the same module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bodies.hpp"

namespace testing {

class modern_generator : private body_generator {
 public:
  explicit modern_generator(std::uint64_t seed) : body_generator(seed) {}

  std::vector<std::uint8_t> module() {
    for (std::size_t i = 0; i < 7; ++i)
      out_.type(signatures()[i].parameters, signatures()[i].results);
    for (std::size_t i = 0; i < memory_count; ++i)
      out_.memory(is_wide_memory(i), 1 + random_.below(2), 4);
    out_.table(funcref, false, table_size, 20);
    out_.table(reference_to(chain), false, table_size, 20);
    out_.table(funcref, true, table_size, 20);
    define_globals();
    const std::size_t count = 5 + random_.below(5);
    // Every signature that is called by reference has a function, the first ones.
    for (std::size_t i = 0; i < count; ++i) functions_.push_back(i < 2 ? i : random_.below(7));
    fill_tables();
    for (std::size_t i = 0; i < memory_count; ++i) {
      out_.data(i, is_wide_memory(i), random_.below(5000),
                "bytes that memory " + std::to_string(i) + " begins with");
    }
    for (std::size_t i = 0; i < count; ++i) define(i);
    for (std::size_t i = 0; i < count; ++i) define_entry(i);
    return out_.bytes();
  }

 private:
  // Globals: what burns, then two of each number type.
  void define_globals() {
    out_.global(i32, true, instructions().i32_const(burns));
    for (const std::uint8_t type : number_types) {
      for (int k = 0; k < 2; ++k) {
        instructions value;
        if (type == i32) {
          value.i32_const(number(i32)).i32_const(number(i32)).op(0x6a + unsigned(random_.below(3)));
        } else if (type == i64) {
          value.i64_const(number(i64)).i64_const(number(i64)).op(0x7c + unsigned(random_.below(3)));
        } else {
          value = constant(type);
        }
        out_.global(type, true, value);
      }
    }
  }
  void fill_tables() {
    for (std::size_t t = 0; t < 3; ++t) {
      std::vector<std::uint32_t> entries;
      for (std::size_t i = 0; i < 5; ++i) {
        std::size_t f = random_.below(one_in(4) ? functions_.size() : 4);
        if (t == 1) f = of_signature(chain);
        entries_[t][i + 1] = f;
        entries.push_back(static_cast<std::uint32_t>(f));
      }
      out_.elements(t, t == 1 ? reference_to(chain) : list{funcref}, is_wide_table(t), 1, entries);
    }
  }
  void define(std::size_t index) {
    const signature& s = signatures()[functions_[index]];
    body_ = {};
    locals_ = s.parameters;
    const std::size_t own = 3 + random_.below(4);
    instructions declared;
    declared.u32(own + 2);
    for (std::size_t i = 0; i < own; ++i) {
      locals_.push_back(number_types[random_.below(4)]);
      declared.u32(1).byte(locals_.back());
    }
    reference_ = locals_.size();  // two locals of references
    for (const std::size_t type : {chain, many}) declared.u32(1).append(reference_to(type));
    current_ = index;
    left_ = 60;
    burn();
    for (std::size_t i = random_.below(5); i > 0; --i) statement(3);
    finish(s);
    instructions whole = declared;
    whole.append(body_.bytes()).end();
    out_.function(functions_[index], whole, "f" + std::to_string(index));
  }
  // Calls a function with constants, with a new global to burn.
  void define_entry(std::size_t index) {
    const signature& s = signatures()[functions_[index]];
    instructions whole;
    whole.u32(0).i32_const(burns).op(0x24).u32(burnt);
    for (const std::uint8_t type : s.parameters) whole.append(constant(type).bytes());
    whole.op(0x10).u32(index).end();
    out_.function(out_.type({}, s.results), whole, "call" + std::to_string(index));
  }

  module_of_sections out_;
};

}  // namespace testing
