// Functions around one load or store: every form of address, offset and value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "edge_values.hpp"
#include "operands.hpp"
#include "table/row_modules.hpp"

namespace testing {

/// What an address is made of. Parameter 0 is always the address, or what is left of it.
enum class address_form : std::uint8_t {
  local,
  constant,
  computed,
  loaded,
  called,
  sum,             ///< parameter 0 + parameter 2
  sum_constant,    ///< parameter 0 + a constant, modulo 2^32
  minus_constant,  ///< parameter 0 - a constant, modulo 2^32
  scaled,          ///< parameter 0 + parameter 2 * 8
};
inline constexpr std::string_view address_names[] = {"local",        "constant",       "computed",
                                                     "loaded",       "called",         "sum",
                                                     "sum_constant", "minus_constant", "scaled"};

/// What happens around the access.
enum class surroundings : std::uint8_t {
  none,
  to_local,      ///< what was loaded goes over the parameter that was the address
  twice,         ///< the same access once more: a compiler may know that it is in bounds
  after_growth,  ///< the function makes the memory a page larger before
};
inline constexpr std::string_view surroundings_names[] = {"", ", to_local", ", twice",
                                                          ", after_growth"};

/// One function: (address, value, addend) -> value, or nothing.
struct access_shape {
  address_form address = address_form::local;
  std::uint32_t offset = 0;
  origin value = origin::local;  ///< of a store
  surroundings around = surroundings::none;
  std::uint32_t address_constant = 0;
  dovetail::slot value_constant = 0;

  [[nodiscard]] std::string text() const {
    return "address " + std::string(address_names[static_cast<std::size_t>(address)]) +
           ", offset " + std::to_string(offset) + ", constant " + std::to_string(address_constant) +
           ", value " + std::string(name(value)) +
           std::string(surroundings_names[static_cast<std::size_t>(around)]);
  }
};

/// The module of one load or store. Its exports are the functions, in the order of `shapes`, and
/// the memory.
class access_module {
 public:
  static constexpr std::uint32_t pages = 2;
  static constexpr std::uint32_t bytes_of_memory = pages * 65'536;
  static constexpr std::uint32_t addend = 24;  ///< of sums with a constant

  access_module(dovetail::op o, bool with_growth)
      : operator_(o),
        width_(dovetail::row_of(o).width),
        is_store_(!types_of(o).has_result),
        value_(is_store_ ? types_of(o).operands[1] : types_of(o).result),
        module_(pages, with_growth ? 1000 : pages) {
    with_growth ? add_growth() : add_all();
    module_.export_as("memory", 2, 0);
  }

  [[nodiscard]] const std::vector<access_shape>& shapes() const { return shapes_; }
  [[nodiscard]] bool is_store() const { return is_store_; }
  [[nodiscard]] std::uint32_t width() const { return width_; }
  [[nodiscard]] dovetail::value_type value() const { return value_; }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const { return module_.bytes(); }

  /// The places an access is tried at: ends, page boundaries, one past, around 2^32.
  [[nodiscard]] std::vector<std::uint64_t> places(std::uint64_t size) const {
    return {0,
            1,
            8,
            2000,
            32'767,
            65'536 - width_,
            65'536 - width_ / 2,
            size - width_ - 1ull,
            size - std::uint64_t{width_},
            size - width_ + 1ull,
            size - 1ull,
            size,
            size + 1ull,
            size + 65'536ull,
            0x7fff'ffff,
            0x8000'0000,
            0xffff'fff8,
            0xffff'ffff,
            0x1'0000'0000,
            0x1'0000'0000u + size - width_,
            0x1'7fff'ffff,
            0x1'ffff'fff8};
  }

 private:
  using op = dovetail::op;
  using value_type = dovetail::value_type;

  [[nodiscard]] std::vector<std::uint32_t> offsets() const {
    return {0,
            1,
            8,
            300,
            4096,
            65'535,
            65'536,
            bytes_of_memory - width_,
            bytes_of_memory,
            0x7fff'ffff,
            0x8000'0000,
            0xffff'ffff};
  }

  void add_all() {
    for (const std::uint32_t offset : offsets()) {
      for (const address_form form :
           {address_form::local, address_form::computed, address_form::loaded, address_form::called,
            address_form::sum, address_form::sum_constant, address_form::minus_constant,
            address_form::scaled}) {
        access_shape s{form, offset, origin::local, surroundings::none, addend, 0};
        add(s);
        if (is_store_) {
          add_values(s);
        } else {
          s.around = surroundings::to_local;
          add(s);
        }
        if (form == address_form::local) s.around = surroundings::twice, add(s);
      }
      add_constant_addresses(offset);
    }
  }
  void add_values(access_shape s) {
    for (const origin from : {origin::computed, origin::loaded, origin::called, origin::global}) {
      s.value = from;
      add(s);
    }
    s.value = origin::constant;
    // All constants once, some everywhere.
    const slots& values = edge_values(value_);
    const bool is_plain = s.address == address_form::local && s.offset == 8;
    for (std::size_t i = is_plain ? 0 : s.offset % 7; i < values.size(); i += is_plain ? 1 : 13) {
      s.value_constant = values[i];
      add(s);
    }
  }
  // The address is a constant that with this offset leads to one of the places.
  void add_constant_addresses(std::uint32_t offset) {
    for (const std::uint64_t place : places(bytes_of_memory)) {
      if (place < offset || place - offset > 0xffff'ffff) continue;
      access_shape s{address_form::constant,
                     offset,
                     origin::local,
                     surroundings::none,
                     static_cast<std::uint32_t>(place - offset),
                     0};
      add(s);
      if (!is_store_) continue;
      s.value = origin::computed;
      add(s);
      s.value = origin::constant;
      s.value_constant = edge_values(value_)[place % edge_values(value_).size()];
      add(s);
    }
  }
  void add_growth() {
    for (const std::uint32_t offset : {0u, 300u, bytes_of_memory}) {
      for (const address_form form :
           {address_form::local, address_form::computed, address_form::sum_constant}) {
        add({form, offset, origin::local, surroundings::after_growth, addend, 0});
      }
    }
  }

  void push_address(code& c, const access_shape& s) const {
    const auto constant = static_cast<std::int32_t>(s.address_constant);
    const auto push = [&](origin from) {
      operand_module::push(c, 0, value_type::i32, from, s.address_constant);
    };
    switch (s.address) {
      case address_form::local: push(origin::local); break;
      case address_form::constant: push(origin::constant); break;
      case address_form::computed: push(origin::computed); break;
      case address_form::loaded: push(origin::loaded); break;
      case address_form::called: push(origin::called); break;
      case address_form::sum:
        c.put(op::local_get, {0}).put(op::local_get, {2}).put(op::i32_add);
        break;
      case address_form::sum_constant:
        c.put(op::local_get, {0}).i32(constant).put(op::i32_add);
        break;
      case address_form::minus_constant:
        c.put(op::local_get, {0}).i32(constant).put(op::i32_sub);
        break;
      case address_form::scaled:
        c.put(op::local_get, {0}).put(op::local_get, {2}).i32(3).put(op::i32_shl);
        c.put(op::i32_add);
        break;
    }
  }
  void write_access(code& c, const access_shape& s) const {
    push_address(c, s);
    if (is_store_) operand_module::push(c, 1, value_, s.value, s.value_constant);
    c.put(operator_, {0, s.offset});
  }

  void add(const access_shape& s) {
    code c;
    if (s.address == address_form::loaded)
      operand_module::prepare(c, 0, value_type::i32, origin::loaded);
    if (is_store_) operand_module::prepare(c, 1, value_, s.value);
    if (s.around == surroundings::after_growth) {
      c.put(op::local_get, {0}).put(op::drop);
      c.i32(1).put(op::memory_grow, {0}).put(op::drop);
    }
    write_access(c, s);
    if (s.around == surroundings::twice) {
      if (!is_store_) c.put(op::drop);
      write_access(c, s);
    } else if (s.around == surroundings::to_local) {
      const std::uint64_t local = value_ == value_type::i32 ? 0 : 1;
      c.put(op::local_set, {local}).put(op::local_get, {local});
    }
    const type_list results = is_store_ ? type_list{} : type_list{value_};
    const std::uint32_t type = module_.type({value_type::i32, value_, value_type::i32}, results);
    module_.export_as(std::to_string(shapes_.size()), 0, module_.function(type, c));
    shapes_.push_back(s);
  }

  dovetail::op operator_;
  std::uint32_t width_;
  bool is_store_;
  dovetail::value_type value_;
  operand_module module_;
  std::vector<access_shape> shapes_;
};

}  // namespace testing
