// Objects of the host in the hands of guests: references that name an object and its type, and go
// stale when it ends. What a guest hands back is looked up, never followed.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/base/allocator.hpp>
#include <dovetail/base/array.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/link/imports.hpp>

namespace dovetail {

namespace detail {

/// The place of a type in a list, or the list's end.
template <class T, class... List>
[[nodiscard]] constexpr std::uint32_t place_of_type() {
  std::uint32_t at = 0;
  static_cast<void>(((std::is_same_v<T, List> || (++at, false)) || ...));
  return at;
}

/// A table of addresses behind numbers that are given out once: what `host_objects` is without its
/// types. A handle is a place plus one, so that none is null, and above it how often the place was
/// used before.
template <unsigned IndexBits, unsigned GenerationBits>
class handle_table {
  static_assert(IndexBits <= 32 && IndexBits + GenerationBits <= 8 * sizeof(void*));

 public:
  explicit handle_table(allocator& memory) : slots_(memory) {}

  [[nodiscard]] status add(void* object, std::uint32_t type, externref& out) {
    if (free_ == none) {
      if (slots_.size() >= most_slots) return status::out_of_memory;
      DOVETAIL_TRY(slots_.push({}));
      free_ = static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t index = free_;
    slot_entry& s = slots_[index];
    free_ = s.next;
    s.object = object;
    s.type = type;
    ++size_;
    out = encode(index, s.generation);
    return status::ok;
  }
  /// The object of a handle that is good and of this type.
  [[nodiscard]] result<void*, trap> find(externref handle, std::uint32_t type) const {
    const std::uint32_t index = index_of(handle);
    if (index == none) return trap{trap_code::stale_reference};
    const slot_entry& s = slots_[index];
    if (s.type != type) return trap{trap_code::reference_type_mismatch};
    return s.object;
  }
  bool remove(externref handle) {
    const std::uint32_t index = index_of(handle);
    if (index == none) return false;
    slot_entry& s = slots_[index];
    s.object = nullptr;
    --size_;
    // Numbers are never given out twice: a place that has used up its own stays empty.
    if (++s.generation == most_generations) return true;
    s.next = free_;
    free_ = index;
    return true;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t most_slots = (std::uint64_t{1} << IndexBits) - 2;
  static constexpr std::uint64_t most_generations = std::uint64_t{1} << GenerationBits;
  static constexpr std::uint32_t none = 0xffff'ffff;

  struct slot_entry {
    void* object = nullptr;  // null: nothing is here
    std::uint64_t generation = 0;
    std::uint32_t type = 0;
    std::uint32_t next = none;  // the next free place
  };

  static externref encode(std::uint32_t index, std::uint64_t generation) {
    const std::uint64_t bits = (generation << IndexBits) | (std::uint64_t{index} + 1);
    return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(bits))};
  }
  // Any bits may come back: the place of a handle that is good, or none.
  [[nodiscard]] std::uint32_t index_of(externref handle) const {
    const std::uint64_t bits = reinterpret_cast<std::uintptr_t>(handle.pointer);
    const std::uint64_t index = (bits & ((std::uint64_t{1} << IndexBits) - 1)) - 1;
    if (index >= slots_.size()) return none;
    const slot_entry& s = slots_[static_cast<std::size_t>(index)];
    if (s.object == nullptr || s.generation != bits >> IndexBits) return none;
    return static_cast<std::uint32_t>(index);
  }

  array<slot_entry> slots_;
  std::uint32_t free_ = none;
  std::size_t size_ = 0;
};

}  // namespace detail

/// A type that a table of host objects was made for.
template <class T, class... Types>
concept one_of_the_host_objects = (std::same_as<T, Types> || ...);

/// References for guests to objects of these types, which the host owns:
/// `host_objects<entity, sound> objects(engine.memory());`. A guest can keep, pass on and hand back
/// a reference as an externref; handed back, it is the object again, or a trap as a value if the
/// object is gone or is of another type. A reference is never given out twice. One table serves any
/// number of stores, used by one thread at a time; a table cannot tell the references of another
/// one from its own, so what one store sees should come from one table.
template <class... Types>
class host_objects {
  static_assert((std::is_object_v<Types> && ...) && sizeof...(Types) > 0);

 public:
  explicit host_objects(allocator& memory) : table_(memory) {}
  host_objects(const host_objects&) = delete;
  host_objects& operator=(const host_objects&) = delete;

  /// A new reference to an object, good until it is removed. Error: out_of_memory.
  template <one_of_the_host_objects<Types...> T>
  [[nodiscard]] result<externref> add(T& object) {
    externref made;
    if (const status s = table_.add(const_cast<std::remove_cv_t<T>*>(&object),
                                    detail::place_of_type<T, Types...>(), made);
        s != status::ok) {
      return error{s};
    }
    return made;
  }
  /// A temporary would be gone before the guest sees it.
  template <one_of_the_host_objects<Types...> T>
  result<externref> add(const T&& object) = delete;

  /// The object that a reference names. Traps: stale_reference, also for null and for what never
  /// was one; reference_type_mismatch.
  template <one_of_the_host_objects<Types...> T>
  [[nodiscard]] result<T*, trap> find(externref reference) const {
    const auto found = table_.find(reference, detail::place_of_type<T, Types...>());
    if (!found) return found.error();
    return static_cast<T*>(*found);
  }
  /// Ends a reference, before or when its object ends; false if it was not good any more.
  bool remove(externref reference) { return table_.remove(reference); }
  /// References that are good.
  [[nodiscard]] std::size_t size() const { return table_.size(); }

  /// A reference that ends with this, such as a member of the object that it names.
  class lease {
   public:
    lease() = default;
    lease(host_objects& objects, externref reference) : objects_(&objects), reference_(reference) {}
    lease(lease&& other) noexcept
        : objects_(std::exchange(other.objects_, nullptr)),
          reference_(std::exchange(other.reference_, {})) {}
    lease& operator=(lease&& other) noexcept {
      std::swap(objects_, other.objects_);
      std::swap(reference_, other.reference_);
      return *this;
    }
    ~lease() {
      if (objects_ != nullptr) objects_->remove(reference_);
    }
    /// For guests; null if there is none.
    [[nodiscard]] externref reference() const { return reference_; }

   private:
    host_objects* objects_ = nullptr;
    externref reference_;
  };
  /// `add`, for as long as the lease lives, which the table must outlive.
  template <one_of_the_host_objects<Types...> T>
  [[nodiscard]] result<lease> lend(T& object) {
    const auto made = add(object);
    if (!made) return made.error();
    return lease(*this, *made);
  }
  template <one_of_the_host_objects<Types...> T>
  result<lease> lend(const T&& object) = delete;

 private:
  detail::handle_table<platform::is_64_bit ? 32 : 20, platform::is_64_bit ? 32 : 12> table_;
};

namespace detail {

template <class F, class T>
T class_of(F T::*);
// The type in a table that a member is called on: the member's class, or that class as a constant.
template <auto Member, class... Types>
using object_of =
    std::conditional_t<place_of_type<decltype(class_of(Member)), Types...>() < sizeof...(Types),
                       decltype(class_of(Member)), const decltype(class_of(Member))>;

template <class R>
struct host_outcome {
  using type = result<R, trap>;
};
template <class R>
struct host_outcome<result<R, trap>> : host_outcome<R> {};
template <>
struct host_outcome<trap> {
  using type = trap;
};

// A callable that finds the object of its first argument and calls a member of it.
template <auto Member, class Object, class Objects, class R>
struct object_call {
  Objects* objects;
  using outcome = typename host_outcome<R>::type;

  template <class... Passed>
  outcome call(externref self, Passed&&... passed) const {
    const auto object = objects->template find<Object>(self);
    if (!object) return object.error();
    if constexpr (std::is_void_v<R>) {
      ((*object)->*Member)(passed...);
      return {};
    } else {
      return ((*object)->*Member)(passed...);
    }
  }
};
template <class Call, class Signature>
struct object_method;
template <class Call, class... A, class R>
struct object_method<Call, host_signature<types<A...>, R, false>> : Call {
  typename Call::outcome operator()(externref self, A... arguments) const {
    return this->call(self, arguments...);
  }
};
template <class Call, class... A, class R>
struct object_method<Call, host_signature<types<A...>, R, true>> : Call {
  typename Call::outcome operator()(caller& from, externref self, A... arguments) const {
    return this->call(self, from, arguments...);
  }
};

template <auto Member, class... Types, class Parameters, class R, bool TakesCaller>
auto method_of(host_objects<Types...>& objects, const host_signature<Parameters, R, TakesCaller>*) {
  using call = object_call<Member, object_of<Member, Types...>, host_objects<Types...>, R>;
  return object_method<call, host_signature<Parameters, R, TakesCaller>>{{&objects}};
}

}  // namespace detail

/// A member function of whichever object the guest names by the first argument, an externref:
/// `bind<&entity::damage>("env", "damage", objects)`. A reference that is not one to such an object
/// traps in the guest. The table outlives the stores it is given to.
template <auto Member, class... Types>
  requires one_of_the_host_objects<detail::object_of<Member, Types...>, Types...> &&
      host_callable_on<decltype(Member), detail::object_of<Member, Types...>>
[[nodiscard]] auto bind(std::string_view module, std::string_view name,
                        host_objects<Types...>& objects) {
  const detail::signature_of_callable<decltype(Member)>* signature = nullptr;
  return bind(module, name, detail::method_of<Member>(objects, signature));
}

}  // namespace dovetail
