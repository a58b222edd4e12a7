// Every numeric operator, wherever its operands come from and whatever its result is used for, is
// what format/meaning.hpp says, on edge values.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backends.hpp"
#include "nans.hpp"
#include "numeric_functions.hpp"
#include "reference_numbers.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::slot;
using dovetail::trap_code;
using dovetail::value_type;

/// What an operator must give: these bits, or with `is_nan` any NaN that is allowed.
struct expectation {
  trap_code reason = trap_code::none;
  slot bits = 0;
  bool is_nan = false;
};

/// The meaning of an operator applied to these bits.
expectation meaning_of(op o, value_type result, const slots& operands) {
  reference::stack s = operands;
  expectation e;
  e.reason = reference::apply(o, s);
  if (e.reason != trap_code::none) return e;
  e.bits = s.back();
  e.is_nan = is_nan(result, e.bits) && !keeps_nans(o);
  return e;
}

/// The operators that have a meaning, found by their rows: numbers in, a number out, no memory.
std::vector<op> numeric_operators() {
  std::vector<op> found;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    const dovetail::op_row& row = dovetail::row_of(o);
    const bool is_scalar = row.prefix != 0xfd && !is_special(o);
    if (is_scalar && !is_access(o) && types_of(o).operand_count != 0) found.push_back(o);
  }
  return found;
}

/// The functions of one operator in one runtime.
template <class Config>
class examination {
  using rt = dovetail::runtime<Config>;

 public:
  examination(typename rt::engine& engine, op o)
      : operator_(o), module_(o), engine_(engine), store_(engine) {
    for (const slot a : first()) {
      for (const slot b : second()) {
        expected_.push_back(
            meaning_of(operator_, module_.result(), is_binary() ? slots{a, b} : slots{a}));
      }
    }
  }

  bool make() {
    const std::vector<std::uint8_t> bytes = module_.bytes();
    const auto compiled = engine_.compile(as_bytes(bytes));
    if (!compiled) return complain("compile: " + std::string(compiled.error().message()));
    auto made = store_.instantiate(*compiled);
    if (!made) return complain("instantiate: " + std::string(made.error().message()));
    instance_.emplace(*made);
    return true;
  }

  void run() {
    for (std::size_t k = 0; k < module_.shapes().size() && problems_.size() < most_problems; ++k) {
      const auto found = instance_->export_at(static_cast<std::uint32_t>(k));
      if (!found) return static_cast<void>(complain("no export " + std::to_string(k)));
      run_function(found->as_function(), module_.shapes()[k], k);
    }
  }

  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }
  [[nodiscard]] std::size_t calls() const { return calls_; }
  [[nodiscard]] std::size_t functions() const { return module_.shapes().size(); }

 private:
  static constexpr std::size_t most_problems = 5;

  bool complain(std::string what) {
    if (problems_.size() < most_problems) problems_.push_back(std::move(what));
    return false;
  }

  [[nodiscard]] bool is_binary() const { return module_.operands().size() == 2; }
  [[nodiscard]] const slots& first() const { return edge_values(module_.operands()[0]); }
  [[nodiscard]] const slots& second() const {
    static const slots one = {0};
    return is_binary() ? edge_values(module_.operands()[1]) : one;
  }

  // All pairs of values for the plainest shape, or all values beside a constant; for other shapes
  // every value in some pairs.
  void run_function(const dovetail::function_handle& f, const shape_of_function& s, std::size_t k) {
    const bool is_plain = k == 0 || (s.to == use::value && s.second == origin::constant);
    const std::size_t rows = s.first == origin::constant ? 1 : first().size();
    const std::size_t columns = s.second == origin::constant ? 1 : second().size();
    const std::size_t step = (is_plain || !is_binary()    ? 1
                              : rows == 1 || columns == 1 ? 3
                                                          : 11) *
                             (testing::is_slow() ? 4 : 1);
    for (std::size_t i = 0; i < rows; ++i) {
      if (columns == 1 && i % step != k % step) continue;
      for (std::size_t j = columns == 1 ? 0 : (i + k) % step; j < columns; j += step)
        run_pair(f, s, i, j);
    }
  }

  // Calls with values i and j; constants are others.
  void run_pair(const dovetail::function_handle& f, const shape_of_function& s, std::size_t i,
                std::size_t j) {
    const type_list& types = module_.operands();
    const dovetail::value arguments[2] = {
        dovetail::value::from_bits(types[0], first()[i]),
        dovetail::value::from_bits(types.back(), is_binary() ? second()[j] : 0)};
    const std::size_t a = s.first == origin::constant ? s.first_constant
                          : s.first == origin::same   ? j
                                                      : i;
    const std::size_t b = s.second == origin::constant ? s.second_constant : j;
    const expectation& want = expected_[a * second().size() + b];
    dovetail::value results[2];
    const std::size_t last = s.to == use::crowded ? 1 : 0;
    const auto outcome =
        f.call(std::span(arguments).first(types.size()), std::span(results).first(last + 1));
    ++calls_;
    const trap_code reason = outcome ? trap_code::none : outcome.error().code;
    if (reason == want.reason && (reason != trap_code::none ||
                                  is_right(s, want, results[last].bits(), results[0].bits(), a, b)))
      return;
    complain(
        s.text() + ": " + shown(first()[a]) + " " + shown(second()[b]) + " gave " +
        (outcome ? shown(results[last].bits()) : std::string(message(reason))) +
        ", the operator's result is " +
        (want.reason == trap_code::none ? shown(want.bits) : std::string(message(want.reason))));
  }

  bool is_right(const shape_of_function& s, const expectation& want, slot got, slot sum,
                std::size_t a, std::size_t b) const {
    const bool is_true = want.bits != 0;
    if (s.to == use::dropped) return got == 0;
    if (s.to == use::eqz) return got == (is_true ? 0u : 1u);
    if (s.to > use::eqz) return got == (is_true ? yes : no);
    if (s.to == use::crowded && sum != numeric_module::sum_of_crowd()) return false;
    if (!want.is_nan) return got == want.bits;
    if constexpr (Config::nans::are_canonical) {
      const nan_layout nan = nan_of(module_.result());
      return got == (nan.exponent | nan.quiet);
    }
    const slot operands[] = {first()[a], second()[b]};
    return is_allowed_nan(module_.result(), got, module_.operands(),
                          std::span(operands).first(module_.operands().size()));
  }

  static std::string shown(slot bits) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(bits));
    return text;
  }

  op operator_;
  numeric_module module_;
  typename rt::engine& engine_;
  typename rt::store store_;
  std::optional<typename rt::instance> instance_;
  std::vector<expectation> expected_;  // of every pair of values
  std::vector<std::string> problems_;
  std::size_t calls_ = 0;
};

}  // namespace

TEST_CASE("numeric: the rows that have operands and no memory have a meaning", "[diff]") {
  const std::vector<op> all = numeric_operators();
  CHECK(all.size() == 136);
  for (const op o : all) {
    INFO(name(o));
    CHECK(dovetail::switch_on(o, [](auto which) { return dovetail::has_meaning<which.value>; }));
  }
}

using numeric_configurations =
    decltype(std::tuple_cat(std::declval<testing::configurations>(),
                            std::declval<each_under<with_canonical_nans, policy_backends>>()));

TEMPLATE_LIST_TEST_CASE("numeric: every operator is its meaning, in every shape", "[diff]",
                        numeric_configurations) {
  std::size_t calls = 0, functions = 0;
  typename dovetail::runtime<TestType>::engine engine;  // it keeps reservations for the next one
  for (const op o : numeric_operators()) {
    INFO(name(o));
    examination<TestType> e(engine, o);
    if (e.make()) e.run();
    for (const std::string& problem : e.problems()) UNSCOPED_INFO(problem);
    CHECK(e.problems().empty());
    CHECK(e.calls() > 0);
    calls += e.calls();
    functions += e.functions();
  }
  std::printf("numeric: %zu functions, %zu calls\n", functions, calls);
}
