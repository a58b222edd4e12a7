// Structs, pointers and arrays of guests in the host's hands: their layout is checked at compile
// time, bounds and alignment when they are looked at, and byte order is the guest's on every host.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/api/memory_view.hpp>
#include <dovetail/base/result.hpp>

namespace dovetail {

/// A pointer of a guest with 32-bit addresses, as a parameter, or as a member of a struct that both
/// sides know. It is a number until a memory reads through it.
template <class T>
struct guest_pointer {
  std::uint32_t address = 0;

  /// As a parameter or result it is an i32.
  using native_type = std::uint32_t;
  [[nodiscard]] constexpr native_type to_native() const { return address; }
  [[nodiscard]] static constexpr guest_pointer from_native(native_type a) { return {a}; }

  [[nodiscard]] constexpr explicit operator bool() const { return address != 0; }
  constexpr operator guest_pointer<const T>() const requires(!std::is_const_v<T>) {
    return {address};
  }
  friend constexpr bool operator==(guest_pointer, guest_pointer) = default;
};

/// A pointer and a number of elements, in this order: what guests keep of arrays and texts.
template <class T>
struct guest_span {
  guest_pointer<T> data;
  std::uint32_t size = 0;
};

namespace detail {

/// Why a type has not the same layout on both sides.
enum class layout_problem {
  none,
  no_data,       // not trivially copyable, or not an aggregate: something else than its members
  host_pointer,  // an address of the host means nothing to a guest, and the reverse
  host_size,     // bool has invalid bits, wchar_t and long double have other sizes elsewhere
  padding,       // unnamed bytes, which one side leaves undefined and another may not have
  too_many_members
};

struct guest_layout {
  std::size_t size = 0;
  std::size_t alignment = 1;
  layout_problem problem = layout_problem::none;
};

// Stands for a value of any type, to count what a struct can be made of.
struct any_member {
  template <class T>
  operator T() const;
};
template <std::size_t>
using one_more = any_member;

template <class T, std::size_t... I>
constexpr bool is_made_of(std::index_sequence<I...>) {
  // Braces around each keep one of them for every member, arrays and structs included.
  return requires { T{{one_more<I>{}}...}; };
}
inline constexpr std::size_t most_members = 20;
template <class T, std::size_t Count = 0>
constexpr std::size_t count_members() {
  if constexpr (Count <= most_members && is_made_of<T>(std::make_index_sequence<Count + 1>{})) {
    return count_members<T, Count + 1>();
  } else {
    return Count;
  }
}

/// Calls `visit` with a reference to each member of a struct, all at once.
template <class T, class Visit>
constexpr decltype(auto) with_members(T& object, Visit&& visit) {
  constexpr std::size_t count = count_members<std::remove_const_t<T>>();
#define DOVETAIL_MEMBERS(COUNT, ...) \
  if constexpr (count == COUNT) {    \
    auto& [__VA_ARGS__] = object;    \
    return visit(__VA_ARGS__);       \
  }
  // clang-format off
  DOVETAIL_MEMBERS(1, a)
  DOVETAIL_MEMBERS(2, a, b)
  DOVETAIL_MEMBERS(3, a, b, c)
  DOVETAIL_MEMBERS(4, a, b, c, d)
  DOVETAIL_MEMBERS(5, a, b, c, d, e)
  DOVETAIL_MEMBERS(6, a, b, c, d, e, f)
  DOVETAIL_MEMBERS(7, a, b, c, d, e, f, g)
  DOVETAIL_MEMBERS(8, a, b, c, d, e, f, g, h)
  DOVETAIL_MEMBERS(9, a, b, c, d, e, f, g, h, i)
  DOVETAIL_MEMBERS(10, a, b, c, d, e, f, g, h, i, j)
  DOVETAIL_MEMBERS(11, a, b, c, d, e, f, g, h, i, j, k)
  DOVETAIL_MEMBERS(12, a, b, c, d, e, f, g, h, i, j, k, l)
  DOVETAIL_MEMBERS(13, a, b, c, d, e, f, g, h, i, j, k, l, m)
  DOVETAIL_MEMBERS(14, a, b, c, d, e, f, g, h, i, j, k, l, m, n)
  DOVETAIL_MEMBERS(15, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)
  DOVETAIL_MEMBERS(16, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
  DOVETAIL_MEMBERS(17, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q)
  DOVETAIL_MEMBERS(18, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r)
  DOVETAIL_MEMBERS(19, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s)
  DOVETAIL_MEMBERS(20, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t)
  // clang-format on
#undef DOVETAIL_MEMBERS
}

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t Count>
inline constexpr bool is_std_array<std::array<T, Count>> = true;
template <class T>
inline constexpr bool is_guest_scalar = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <class T>
constexpr guest_layout layout_of();

// The members one after the other; each must stand where the C ABI of WebAssembly places it.
template <class... M>
constexpr guest_layout layout_of_members(std::size_t size) {
  guest_layout whole;
  const auto add = [&](const guest_layout& member) {
    if (whole.problem == layout_problem::none) whole.problem = member.problem;
    if (whole.size % member.alignment != 0) whole.problem = layout_problem::padding;
    if (member.alignment > whole.alignment) whole.alignment = member.alignment;
    whole.size += member.size;
  };
  (add(layout_of<M>()), ...);
  if (whole.problem == layout_problem::none &&
      (whole.size != size || whole.size % whole.alignment != 0)) {
    whole.problem = layout_problem::padding;
  }
  return whole;
}
template <class... M>
struct member_types {
  static constexpr guest_layout layout(std::size_t size) { return layout_of_members<M...>(size); }
};
struct collect_types {
  template <class... M>
  constexpr member_types<M...> operator()(M&...) const {
    return {};
  }
};

template <class T>
constexpr guest_layout layout_of_struct() {
  if constexpr (!std::is_trivially_copyable_v<T> || !std::is_aggregate_v<T> || std::is_empty_v<T> ||
                std::is_union_v<T>) {
    return {sizeof(T), 1, layout_problem::no_data};
  } else if constexpr (count_members<T>() > most_members) {
    return {sizeof(T), 1, layout_problem::too_many_members};
  } else if constexpr (count_members<T>() == 0) {
    return {sizeof(T), 1, layout_problem::no_data};
  } else {
    using members = decltype(with_members(std::declval<T&>(), collect_types{}));
    return members::layout(sizeof(T));
  }
}

template <class T>
constexpr guest_layout layout_of() {
  using U = std::remove_cv_t<T>;
  if constexpr (std::is_pointer_v<U> || std::is_reference_v<U> || std::is_member_pointer_v<U> ||
                std::is_null_pointer_v<U>) {
    return {sizeof(U), 1, layout_problem::host_pointer};
  } else if constexpr (std::is_same_v<U, bool> || std::is_same_v<U, wchar_t> ||
                       std::is_same_v<U, long double>) {
    return {sizeof(U), 1, layout_problem::host_size};
  } else if constexpr (is_guest_scalar<U>) {
    return {sizeof(U), sizeof(U), sizeof(U) > 8 ? layout_problem::host_size : layout_problem::none};
  } else if constexpr (std::is_array_v<U>) {
    const guest_layout one = layout_of<std::remove_extent_t<U>>();
    return {sizeof(U), one.alignment, one.problem};
  } else if constexpr (is_std_array<U>) {
    const guest_layout one = layout_of<typename U::value_type>();
    return {sizeof(U), one.alignment, one.problem};
  } else if constexpr (std::is_class_v<U> || std::is_union_v<U>) {
    return layout_of_struct<U>();
  } else {
    return {0, 1, layout_problem::no_data};
  }
}

// The bytes of every number in a value, the other way around.
template <class T>
void reverse_bytes(T& v) {
  if constexpr (is_guest_scalar<T>) {
    std::byte bytes[sizeof(T)];
    std::memcpy(bytes, &v, sizeof(T));
    for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
    std::memcpy(&v, bytes, sizeof(T));
  } else if constexpr (std::is_array_v<T> || is_std_array<T>) {
    for (auto& one : v) reverse_bytes(one);
  } else {
    with_members(v, [](auto&... member) { (reverse_bytes(member), ...); });
  }
}
// From the guest's byte order to the host's, and back.
template <class T>
T swapped(T v) {
  if constexpr (!platform::is_little_endian) reverse_bytes(v);
  return v;
}

}  // namespace detail

// What a guest value must be, a sentence each, so that the compiler says which does not hold.
template <class T>
concept is_trivial_data = detail::layout_of<T>()
.problem != detail::layout_problem::no_data;
template <class T>
concept has_no_host_pointers = detail::layout_of<T>()
.problem != detail::layout_problem::host_pointer;
template <class T>
concept has_the_same_sizes_everywhere = detail::layout_of<T>()
.problem != detail::layout_problem::host_size;
template <class T>
concept has_no_padding = detail::layout_of<T>()
.problem != detail::layout_problem::padding;
template <class T>
concept has_at_most_20_members = detail::layout_of<T>()
.problem != detail::layout_problem::too_many_members;

/// A type whose bytes mean the same to a guest with 32-bit addresses and to every host: integers,
/// enumerations, float, double, guest pointers, arrays of these, and aggregates of these without
/// padding. Where a host's `long` has 64 bits it counts as such; a guest's has 32: name sizes.
template <class T>
concept guest_value = std::is_object_v<T> && is_trivial_data<T> && has_no_host_pointers<T> &&
    has_the_same_sizes_everywhere<T> && has_no_padding<T> && has_at_most_20_members<T>;

/// An array of guest values in a memory, or of constant ones, which are only read. It stays good
/// when the memory grows.
template <class T>
  requires guest_value<std::remove_const_t<T>>
class guest_view {
 public:
  using element = std::remove_const_t<T>;

  /// An empty view.
  guest_view() = default;
  /// For memories: in bounds and aligned.
  guest_view(vm::memory_instance& m, std::uint64_t address, std::uint64_t size)
      : memory_(&m), address_(address), size_(size) {}

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] element operator[](std::uint64_t i) const {
    DOVETAIL_ASSERT(i < size_);
    element v;
    std::memcpy(&v, place(i), sizeof(T));
    return detail::swapped(v);
  }
  void set(std::uint64_t i, const element& v) const requires(!std::is_const_v<T>) {
    DOVETAIL_ASSERT(i < size_);
    const element bytes = detail::swapped(v);
    std::memcpy(place(i), &bytes, sizeof(T));
  }

  /// `count` elements from `first`.
  [[nodiscard]] result<guest_view, trap> part(std::uint64_t first, std::uint64_t count) const {
    if (!vm::fits(first, count, size_)) return trap{trap_code::memory_out_of_bounds};
    if (count == 0) return guest_view();
    return guest_view(*memory_, address_ + first * sizeof(T), count);
  }
  /// Reads all elements into `to`, which has room for as many or more.
  trap copy_to(std::span<element> to) const {
    if (to.size() < size_) return {trap_code::memory_out_of_bounds, 0};
    if (size_ != 0) std::memcpy(to.data(), place(0), static_cast<std::size_t>(size_) * sizeof(T));
    if constexpr (!platform::is_little_endian) {
      for (std::uint64_t i = 0; i < size_; ++i) detail::reverse_bytes(to[i]);
    }
    return {};
  }
  /// Writes the first elements; there are no more of them than here.
  trap copy_from(std::span<const element> from) const requires(!std::is_const_v<T>) {
    if (from.size() > size_) return {trap_code::memory_out_of_bounds, 0};
    if constexpr (platform::is_little_endian) {
      if (!from.empty()) std::memcpy(place(0), from.data(), from.size_bytes());
    } else {
      for (std::size_t i = 0; i < from.size(); ++i) set(i, from[i]);
    }
    return {};
  }

 private:
  // Found anew each time: the memory may have moved.
  [[nodiscard]] std::byte* place(std::uint64_t i) const {
    return memory_->base + address_ + i * sizeof(T);
  }

  vm::memory_instance* memory_ = nullptr;
  std::uint64_t address_ = 0;
  std::uint64_t size_ = 0;
};

/// A memory as its guest sees it, through typed pointers: `typed_memory memory = from.memory();`.
/// Whatever does not lie in the memory, is not aligned as C aligns it, or is null gives the trap
/// memory_out_of_bounds as a value.
class typed_memory : public memory_view {
 public:
  typed_memory() = default;
  typed_memory(const memory_view& m) : memory_view(m) {}

  using memory_view::read;
  using memory_view::string;
  using memory_view::view;
  using memory_view::write;

  /// The value that a pointer points to.
  template <class T>
    requires guest_value<std::remove_const_t<T>>
  [[nodiscard]] result<std::remove_const_t<T>, trap> read(guest_pointer<T> from) const {
    const auto one = view(from, 1);
    if (!one) return one.error();
    return (*one)[0];
  }
  /// Writes the value that a pointer points to; returns the trap if it cannot.
  template <guest_value T>
    requires(!std::is_const_v<T>)
  trap write(guest_pointer<T> to, const std::type_identity_t<T>& v)
  const {
    const auto one = view(to, 1);
    if (!one) return one.error();
    one->set(0, v);
    return {};
  }
  /// An array; one without elements may be anywhere.
  template <class T>
    requires guest_value<std::remove_const_t<T>>
  [[nodiscard]] result<guest_view<T>, trap> view(guest_pointer<T> from, std::uint64_t count) const {
    if (count == 0) return guest_view<T>();
    if (!from || from.address % detail::layout_of<T>().alignment != 0 ||
        count > size() / sizeof(T) || !vm::fits(from.address, count * sizeof(T), size())) {
      return trap{trap_code::memory_out_of_bounds};
    }
    return guest_view<T>(*object().memory(), from.address, count);
  }
  template <class T>
    requires guest_value<std::remove_const_t<T>>
  [[nodiscard]] result<guest_view<T>, trap> view(guest_span<T> all) const {
    return view(all.data, all.size);
  }
  /// A text, good until the memory grows; an empty one may be anywhere.
  [[nodiscard]] result<std::string_view, trap> string(guest_span<const char> text) const {
    if (text.size == 0) return std::string_view{};
    if (!text.data) return trap{trap_code::memory_out_of_bounds};
    return string(text.data.address, text.size);
  }
  /// A text up to the zero byte behind it, which comes within `most` bytes; good until the memory
  /// grows.
  [[nodiscard]] result<std::string_view, trap> c_string(guest_pointer<const char> text,
                                                        std::uint64_t most = 65'536) const {
    if (!text || text.address >= size()) return trap{trap_code::memory_out_of_bounds};
    const std::uint64_t left = size() - text.address;
    const std::string_view all = *string(text.address, left < most ? left : most);
    const std::size_t length = all.find('\0');
    if (length == all.npos) return trap{trap_code::memory_out_of_bounds};
    return all.substr(0, length);
  }
};

}  // namespace dovetail
