// Every load and store, whatever its address, offset and value are made of, reads and writes what
// the specification says, up to the last byte and not one further.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access_functions.hpp"
#include "backends.hpp"
#include "reference_numbers.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::slot;
using dovetail::trap_code;
using dovetail::value_type;

std::vector<op> access_operators() {
  std::vector<op> found;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    if (is_access(o) && dovetail::row_of(o).feature != dovetail::feature::simd) found.push_back(o);
  }
  return found;
}

/// The functions of one access in one runtime, beside a model of the memory.
template <class Config>
class examination {
  using rt = dovetail::runtime<Config>;

 public:
  examination(typename rt::engine& engine, op o, bool with_growth)
      : operator_(o),
        with_growth_(with_growth),
        module_(o, with_growth),
        engine_(engine),
        store_(engine) {}

  void run() {
    const std::vector<std::uint8_t> bytes = module_.bytes();
    auto compiled = engine_.compile(as_bytes(bytes));
    if (!compiled) return complain("compile: " + std::string(compiled.error().message()));
    if (!instantiate(*compiled)) return;
    for (std::size_t k = 0; k < module_.shapes().size() && problems_.size() < most_problems; ++k) {
      // A function with a constant address knows its place.
      const bool is_constant = module_.shapes()[k].address == address_form::constant;
      const std::size_t count = is_constant ? 1 : module_.places(0).size();
      const std::size_t step = with_growth_ || testing::is_slow() ? 3 : 1;
      for (std::size_t i = is_constant ? 0 : k % step; i < count; i += step)
        run_place(k, module_.places(size_at_access(module_.shapes()[k]))[i]);
    }
    if (!is_same_memory(0, model_.size())) complain("the memory is not what it should be");
  }

  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }
  [[nodiscard]] std::size_t calls() const { return calls_; }

 private:
  static constexpr std::size_t most_problems = 5;

  void complain(std::string what) {
    if (problems_.size() < most_problems) problems_.push_back(std::move(what));
  }

  bool instantiate(const typename rt::module& compiled) {
    auto made = store_.instantiate(compiled);
    if (!made) return complain("instantiate: " + std::string(made.error().message())), false;
    instance_.emplace(*made);
    memory_ = instance_->data().memory0;
    model_.resize(static_cast<std::size_t>(memory_->size));
    random_numbers random(9);
    for (std::byte& b : model_) b = static_cast<std::byte>(random.next());
    std::memcpy(memory_->base, model_.data(), model_.size());
    return true;
  }

  // What the memory's size will be when the access happens.
  [[nodiscard]] std::uint64_t size_at_access(const access_shape& s) const {
    return memory_->size + (s.around == surroundings::after_growth ? 65'536 : 0);
  }

  // Addresses that with the shape's offset and addends lead to the place.
  void run_place(std::size_t k, std::uint64_t place) {
    const access_shape& s = module_.shapes()[k];
    const auto found = instance_->export_at(static_cast<std::uint32_t>(k));
    if (!found) return complain("no export");
    const dovetail::function_handle f = found->as_function();
    if (s.address == address_form::constant) return run_at(f, s, 0, 0);
    if (place < s.offset || place - s.offset > 0xffff'ffff) return;
    const auto base = static_cast<std::uint32_t>(place - s.offset);
    switch (s.address) {
      case address_form::sum:
        for (const std::uint32_t part : {16u, base, 0xffff'fff0u}) run_at(f, s, base - part, part);
        break;
      case address_form::scaled:
        for (const std::uint32_t part : {1u, 1000u, 0x1fff'ffffu})
          run_at(f, s, base - 8 * part, part);
        break;
      case address_form::sum_constant: run_at(f, s, base - s.address_constant, 0); break;
      case address_form::minus_constant: run_at(f, s, base + s.address_constant, 0); break;
      default: run_at(f, s, base, 0); break;
    }
  }

  // What the address comes to.
  static std::uint32_t address_of(const access_shape& s, std::uint32_t first, std::uint32_t third) {
    switch (s.address) {
      case address_form::constant: return s.address_constant;
      case address_form::sum: return first + third;
      case address_form::sum_constant: return first + s.address_constant;
      case address_form::minus_constant: return first - s.address_constant;
      case address_form::scaled: return first + 8 * third;
      default: return first;
    }
  }

  void run_at(const dovetail::function_handle& f, const access_shape& s, std::uint32_t first,
              std::uint32_t third) {
    const slots& values = edge_values(module_.value());
    const slot given = values[calls_ % values.size()];
    const slot value = s.value == origin::constant ? s.value_constant : given;
    const std::uint32_t address = address_of(s, first, third);

    reference::stack stack = {address};
    if (module_.is_store()) stack.push_back(value);
    model_.resize(static_cast<std::size_t>(size_at_access(s)));
    dovetail::vm::memory_instance model;
    model.base = model_.data();
    model.size = model_.size();
    const trap_code want = reference::access(operator_, s.offset, model, stack);

    const std::array<dovetail::value, 3> arguments = {
        dovetail::value::from_bits(value_type::i32, first),
        dovetail::value::from_bits(module_.value(), given),
        dovetail::value::from_bits(value_type::i32, third)};
    std::array<dovetail::value, 1> result;
    const auto outcome = f.call(arguments, std::span(result).first(module_.is_store() ? 0u : 1u));
    ++calls_;
    const trap_code got = outcome ? trap_code::none : outcome.error().code;
    if (got != want) {
      return complain(where(s, address) + std::string(message(got)) + ", not " +
                      std::string(message(want)));
    }
    keep_scratch(s);
    if (want == trap_code::none && !module_.is_store() && result[0].bits() != stack.back()) {
      return complain(where(s, address) + "loaded " + std::to_string(result[0].bits()) + ", not " +
                      std::to_string(stack.back()));
    }
    check_neighbours(s, address);
  }

  // Functions whose operands go through memory have written there.
  void keep_scratch(const access_shape& s) {
    if (s.address != address_form::loaded && s.value != origin::loaded) return;
    std::memcpy(model_.data() + operand_module::scratch, memory_->base + operand_module::scratch,
                operand_module::scratch_bytes);
  }
  // What is at the place and around it, and the end of the memory, is as in the model.
  void check_neighbours(const access_shape& s, std::uint32_t address) {
    const std::uint64_t place = std::uint64_t{address} + s.offset, size = model_.size();
    const std::uint64_t begin = place < 16 ? 0 : place - 16;
    if ((begin < size && !is_same_memory(begin, place + 32 < size ? place + 32 : size)) ||
        !is_same_memory(size - 16, size)) {
      complain(where(s, address) + "the memory is not what it should be");
      std::memcpy(memory_->base, model_.data(), model_.size());
    }
  }
  [[nodiscard]] bool is_same_memory(std::uint64_t begin, std::uint64_t end) const {
    return memory_->size == model_.size() &&
           std::memcmp(memory_->base + begin, model_.data() + begin,
                       static_cast<std::size_t>(end - begin)) == 0;
  }

  static std::string where(const access_shape& s, std::uint32_t address) {
    return s.text() + ": at " + std::to_string(address) + ": ";
  }

  op operator_;
  bool with_growth_;
  access_module module_;
  typename rt::engine& engine_;
  typename rt::store store_;
  std::optional<typename rt::instance> instance_;
  dovetail::vm::memory_instance* memory_ = nullptr;
  std::vector<std::byte> model_;
  std::vector<std::string> problems_;
  std::size_t calls_ = 0;
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("accesses: every load and store, in every shape", "[diff]",
                        testing::configurations) {
  const std::vector<op> all = access_operators();
  CHECK(all.size() == 23);
  std::size_t calls = 0;
  typename dovetail::runtime<TestType>::engine engine;  // it keeps reservations for the next one
  for (const op o : all) {
    for (const bool with_growth : {false, true}) {
      INFO(name(o) << (with_growth ? ", the memory grows" : ""));
      examination<TestType> e(engine, o, with_growth);
      e.run();
      for (const std::string& problem : e.problems()) UNSCOPED_INFO(problem);
      CHECK(e.problems().empty());
      CHECK(e.calls() > 0);
      calls += e.calls();
    }
  }
  std::printf("accesses: %zu calls\n", calls);
}
