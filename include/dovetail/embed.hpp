// A module whose bytes are a constant of the program: what it exports and imports is known to the
// C++ compiler, so that a wrong name or type does not compile and nothing is searched at run time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/api/engine.hpp>
#include <dovetail/base/fixed_string.hpp>
#include <dovetail/contract.hpp>
#include <dovetail/format/outline.hpp>

namespace dovetail {

namespace detail {
template <class T>
using element_of = std::remove_cvref_t<decltype(std::declval<const T&>()[0])>;
}

/// A constant that holds bytes: an array or `std::array` of `std::uint8_t`, `std::byte` or `char`.
template <class T>
concept embedded_bytes = requires(const T& bytes) {
  std::span(bytes);
}
&&sizeof(detail::element_of<T>) == 1 &&
    (std::is_integral_v<detail::element_of<T>> || std::is_same_v<detail::element_of<T>, std::byte>);

namespace detail {

// Bytes of other types than the decoder's are copied: none names another's at compile time.
template <class Bytes>
constexpr auto decoder_bytes(const Bytes& bytes) {
  if constexpr (std::is_same_v<element_of<Bytes>, std::uint8_t>) {
    return std::span<const std::uint8_t>(bytes);
  } else {
    std::array<std::uint8_t, sizeof(Bytes)> copy{};
    for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = static_cast<std::uint8_t>(bytes[i]);
    return copy;
  }
}

struct measured_outline {
  status code = status::ok;
  outline_size size;
};
template <class Bytes>
constexpr measured_outline measure(const Bytes& bytes) {
  measured_outline out;
  const auto input = decoder_bytes(bytes);
  out.code = measure_outline(input, out.size);
  return out;
}
template <outline_size Size>
struct made_outline {
  status code = status::ok;
  module_outline<Size> outline;
};
template <outline_size Size, class Bytes>
constexpr made_outline<Size> make_outline(const Bytes& bytes) {
  made_outline<Size> out;
  const auto input = decoder_bytes(bytes);
  out.code = out.outline.read(input);
  return out;
}

template <const auto& Bytes>
struct embedded_outline {
  static constexpr measured_outline measured = measure(Bytes);
  static_assert(measured.code == status::ok, "the embedded bytes are no WebAssembly module");
  static constexpr auto made = make_outline<measured.size>(Bytes);
  static_assert(measured.code != status::ok || made.code == status::ok,
                "the embedded module names a thing that it does not have");
  static constexpr const auto& outline = made.outline;
};

// Instantiated for every demand, so that the compiler names the one that does not hold.
template <class Export, bool IsThere, bool HasType>
struct embedded_export {
  static_assert(IsThere, "the embedded module has no export of this name");
  static_assert(!IsThere || HasType, "the export of the embedded module has another type");
  static constexpr bool is_kept = IsThere && HasType;
};
template <fixed_string Module, fixed_string Name, bool IsGiven, bool HasType>
struct embedded_import {
  static_assert(IsGiven, "the embedded module imports what the contract does not give");
  static_assert(!IsGiven || HasType, "the embedded module imports with another type");
  static constexpr bool is_kept = IsGiven && HasType;
};

template <std::size_t Size>
consteval fixed_string<Size + 1> fixed(std::string_view text) {
  fixed_string<Size + 1> out;
  for (std::size_t i = 0; i < Size; ++i) out.text[i] = text[i];
  return out;
}

template <class Embedded, class List>
struct embedded_exports;
template <class Embedded, class... E>
struct embedded_exports<Embedded, exports<E...>> {
  template <class One>
  static constexpr std::size_t place = Embedded::outline.find_export(One::name);
  template <class One>
  static constexpr bool has_type() {
    if constexpr (place<One> == Embedded::outline.export_count) {
      return false;
    } else {
      return One::accepts(Embedded::outline.export_type(place<One>));
    }
  }
  static constexpr bool are_kept =
      (embedded_export<E, place<E> != Embedded::outline.export_count, has_type<E>()>::is_kept &&
       ...);
  static constexpr std::array<std::uint32_t, sizeof...(E)> numbers{
      static_cast<std::uint32_t>(place<E>)...};
};

template <class Embedded, class List>
struct embedded_imports;
template <class Embedded>
struct embedded_imports<Embedded, any_imports> {
  static constexpr bool are_kept = true;
};
template <class Embedded, class... I>
struct embedded_imports<Embedded, imports<I...>> {
  template <class One>
  static constexpr bool is(std::size_t k) {
    return One::name == Embedded::outline.import_name(k) &&
           One::module == Embedded::outline.import_module(k);
  }
  template <std::size_t K>
  static constexpr bool is_kept = embedded_import<
      fixed<Embedded::outline.import_module(K).size()>(Embedded::outline.import_module(K)),
      fixed<Embedded::outline.import_name(K).size()>(Embedded::outline.import_name(K)),
      (is<I>(K) || ...),
      ((is<I>(K) && I::serves(Embedded::outline.import_type(K))) || ...)>::is_kept;
  static constexpr bool are_kept = []<std::size_t... K>(std::index_sequence<K...>) {
    return (is_kept<K> && ...);
  }
  (std::make_index_sequence<Embedded::outline.import_count>{});
};

}  // namespace detail

/// The module in the constant array `Bytes`, with a contract that it keeps: anything else does not
/// compile. `using mod = embed<wasm, module_contract<...>>; auto code = mod::compile(engine);`
template <const auto& Bytes, class Contract>
  requires embedded_bytes<std::remove_cvref_t<decltype(Bytes)>>
class embed {
  using embedded = detail::embedded_outline<Bytes>;
  using kept_exports = detail::embedded_exports<embedded, typename Contract::export_list>;
  using kept_imports = detail::embedded_imports<embedded, typename Contract::import_list>;
  static_assert(kept_exports::are_kept && kept_imports::are_kept, "the contract is not kept");

 public:
  using contract = Contract;
  /// Its imports and exports, known at compile time.
  static constexpr const auto& outline = embedded::outline;
  /// The place of an export in the module's list, as `instance.export_at` takes it.
  template <fixed_string Name>
    requires(embedded::outline.find_export(Name.view()) != embedded::outline.export_count)
  static constexpr auto number_of =
      static_cast<std::uint32_t>(embedded::outline.find_export(Name.view()));

  /// The module as bytes.
  [[nodiscard]] static std::span<const std::byte> bytes() {
    return std::as_bytes(std::span(Bytes));
  }
  /// Compiles it; it is validated as any other. Errors are those of `engine.compile`.
  template <config C>
  [[nodiscard]] static result<contracted_module<Contract, C>> compile(basic_engine<C>& engine) {
    const auto made = engine.compile(bytes());
    if (!made) return made.error();
    return contracted_module<Contract, C>(*made, kept_exports::numbers);
  }
};

}  // namespace dovetail
