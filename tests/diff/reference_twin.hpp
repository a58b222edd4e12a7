// The reference as one of two twins, and as the judge of differences that NaNs may explain.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "reference.hpp"
#include "support/catch.hpp"
#include "twins.hpp"

namespace testing {

template <>
struct preparation<reference::backend> {
  static void compile(std::span<const std::byte> module) {
    reference::compiling = {reinterpret_cast<const std::uint8_t*>(module.data()), module.size()};
  }
  static void refuel(std::uint64_t operators) {
    reference::operators_left = operators;
    reference::gives_other_nans = false;
  }
};

/// The reference that gives other NaNs where it may.
struct other_reference : reference::backend {};
template <>
struct preparation<other_reference> : preparation<reference::backend> {
  static void refuel(std::uint64_t operators) {
    reference::operators_left = operators;
    reference::gives_other_nans = true;
  }
};

/// Whether what a module computes depends on which NaNs its operators give. If so the specification
/// allows several outcomes, and a comparison says nothing.
inline bool depends_on_nans(std::span<const std::byte> module) {
  return twins<reference::backend, other_reference>().compare(module) == verdict::different;
}
/// The same, where a backend is its own judge, which knows vectors: with canonical NaNs it computes
/// something else.
template <class Backend>
bool depends_on_its_nans(std::span<const std::byte> module) {
  return twins<Backend, exact<Backend>>().compare(module) == verdict::different;
}

/// Comparisons, counted.
template <class Left, class Right>
class tally {
 public:
  /// False if the backends differ; what they differ in goes to the message of the next assertion.
  bool add(const std::vector<std::uint8_t>& module, const std::string& name) {
    verdict v = twins_.compare(as_bytes(module));
    if (v == verdict::different && is_open(as_bytes(module))) {
      ++nans_;
      v = verdict::not_comparable;
    }
    ++counts_[static_cast<std::size_t>(v)];
    if (v != verdict::different) return true;
    UNSCOPED_INFO(name << ": " << twins_.difference());
    return false;
  }
  [[nodiscard]] std::size_t count(verdict v) const { return counts_[static_cast<std::size_t>(v)]; }
  /// How many modules were valid.
  [[nodiscard]] std::size_t valid() const {
    return count(verdict::same) + count(verdict::different) + count(verdict::not_comparable);
  }
  [[nodiscard]] std::size_t returned() const { return twins_.returned(); }
  [[nodiscard]] std::size_t blocks() const { return twins_.blocks(); }

  void print(const char* what) const {
    std::printf(
        "%s: %zu the same, %zu not comparable (%zu for NaNs), %zu invalid; %zu calls, %zu of them "
        "returned\n",
        what, count(verdict::same), count(verdict::not_comparable), nans_, count(verdict::invalid),
        twins_.calls(), twins_.returned());
  }

 private:
  // Nothing is open between two twins whose NaNs are canonical.
  static bool is_open(std::span<const std::byte> module) {
    if constexpr (setting<Left>::nans::are_canonical && setting<Right>::nans::are_canonical) {
      return false;
    } else if constexpr (!std::same_as<Right, reference::backend>) {
      return depends_on_nans(module) || depends_on_its_nans<Left>(module) ||
             depends_on_its_nans<Right>(module);
    } else {
      return depends_on_nans(module);
    }
  }

  twins<Left, Right> twins_;
  std::size_t counts_[4] = {};
  std::size_t nans_ = 0;
};

}  // namespace testing
