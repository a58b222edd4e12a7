// A module's contract as a type: what it must export and may import. A module is compared with it
// once, when it is loaded; after that exports are found by constants and nothing is checked again.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/api/instance.hpp>
#include <dovetail/api/store.hpp>
#include <dovetail/base/fixed_string.hpp>
#include <dovetail/link/imports.hpp>
#include <dovetail/link/matching.hpp>

namespace dovetail {

/// A global that its holder only reads. As an export: the host reads it, whether or not the guest
/// may change it. As an import: the guest reads it, and declares it constant.
template <native_value T>
class read_only {
 public:
  read_only() = default;
  /// For instances: `g` must have this type.
  explicit read_only(vm::global_instance& g) : global_(g) {}

  [[nodiscard]] T get() const { return global_.get(); }
  [[nodiscard]] operator T() const { return get(); }
  [[nodiscard]] vm::external_object object() const { return global_.object(); }

 private:
  global<T> global_;
};

/// A memory with limits: as an export at least as tight, as an import at most. Of 64-bit addresses,
/// if it says so.
template <limits_type Limits = limits_type{}, bool Is64 = false>
struct memory_of {};
/// A table of `Element`, a reference type, with limits. Of 64-bit indices, if it says so.
template <value_type Element, limits_type Limits = limits_type{}, bool Is64 = false>
struct table_of {};

namespace detail {

template <class T, class C>
struct export_as<read_only<T>, C> {
  using type = read_only<T>;
  static result<type> from(const external& e) {
    const auto found = export_as<global<T>, C>::from(e);
    if (!found) return found.error();
    return type(*found->object().global());
  }
};
template <limits_type Limits, bool Is64, class C>
struct export_as<memory_of<Limits, Is64>, C> : export_as<memory_view, C> {};
template <value_type Element, limits_type Limits, bool Is64, class C>
struct export_as<table_of<Element, Limits, Is64>, C> : export_as<table_handle, C> {};

template <class Type>
constexpr external_type external_of(external_kind kind, Type external_type::*member,
                                    const Type& type) {
  external_type out;
  out.kind = kind;
  out.*member = type;
  return out;
}
constexpr external_type external_global(value_type type, bool is_mutable) {
  return external_of(external_kind::global, &external_type::global, {type, is_mutable});
}
/// What a contract says of one thing: its type, as messages show it.
template <class T>
struct contract_term;

template <class R, class... A>
  requires(native_value<A>&&...)
&&host_result<R> struct contract_term<R(A...)> {
  static constexpr external_type type =
      external_of(external_kind::function, &external_type::function, function<R(A...)>::type);
};
template <class T>
struct contract_term<global<T>> {
  static constexpr external_type type = external_global(value_type_of<T>(), true);
};
template <class T>
struct contract_term<read_only<T>> {
  static constexpr external_type type = external_global(value_type_of<T>(), false);
  static constexpr bool ignores_mutability = true;
};
template <>
struct contract_term<memory_view> {
  static constexpr external_type type =
      external_of(external_kind::memory, &external_type::memory, {});
  static constexpr bool is_any_of_its_kind = true;
};
template <limits_type Limits, bool Is64>
struct contract_term<memory_of<Limits, Is64>> {
  static constexpr external_type type =
      external_of(external_kind::memory, &external_type::memory, {Limits, Is64});
};
template <value_type Element, limits_type Limits, bool Is64>
  requires(Element.is_reference())
struct contract_term<table_of<Element, Limits, Is64>> {
  static constexpr external_type type =
      external_of(external_kind::table, &external_type::table, {Element, Limits, Is64});
};

// Whether one type of a contract, or of a module beside it, may stand for the other. Those that C++
// has words for are the same or do not match: no table of types is asked.
[[nodiscard]] constexpr bool stands_for(const external_type& provided,
                                        const external_type& declared) {
  if (provided.kind != declared.kind) return false;
  switch (declared.kind) {
    case external_kind::function: return provided.function == declared.function;
    case external_kind::table: return matches(provided.table, declared.table);
    case external_kind::memory: return matches(provided.memory, declared.memory);
    case external_kind::global: return provided.global == declared.global;
    case external_kind::tag: break;
  }
  return false;
}

}  // namespace detail

/// What a contract can demand: a function of a C++ signature, `global<T>` (a variable), a
/// `read_only<T>`, a `memory_view` of any size, `memory_of<limits>`, `table_of<element, limits>`.
template <class T>
concept contract_type = requires {
  { detail::contract_term<T>::type } -> std::convertible_to<external_type>;
};

/// An export that a module must have.
template <fixed_string Name, contract_type T>
struct exported {
  using type = T;
  static constexpr std::string_view name = Name.view();
  static constexpr external_type expected = detail::contract_term<T>::type;

  /// Whether an export of this type is what is demanded.
  static constexpr bool accepts(const external_type& declared) {
    if constexpr (requires { detail::contract_term<T>::is_any_of_its_kind; })
      return declared.kind == expected.kind;
    external_type provided = declared;
    if constexpr (requires { detail::contract_term<T>::ignores_mutability; })
      provided.global.is_mutable = expected.global.is_mutable;
    return detail::stands_for(provided, expected);
  }
};

/// An import that a module may have, since the host gives it.
template <fixed_string Module, fixed_string Name, contract_type T>
struct imported {
  using type = T;
  static constexpr std::string_view module = Module.view();
  static constexpr std::string_view name = Name.view();
  static constexpr external_type provided = detail::contract_term<T>::type;

  /// Whether it may stand for an import that is declared like this.
  static constexpr bool serves(const external_type& declared) {
    if constexpr (requires { detail::contract_term<T>::is_any_of_its_kind; })
      return declared.kind == provided.kind;
    return detail::stands_for(provided, declared);
  }
};

namespace detail {

template <class T>
inline constexpr bool is_exported = false;
template <fixed_string Name, class T>
inline constexpr bool is_exported<exported<Name, T>> = true;
template <class T>
inline constexpr bool is_imported = false;
template <fixed_string Module, fixed_string Name, class T>
inline constexpr bool is_imported<imported<Module, Name, T>> = true;

// The place of a name in a list of `exported`, or the list's end.
template <class... E>
[[nodiscard]] constexpr std::size_t place_of(std::string_view name) {
  std::size_t at = 0;
  static_cast<void>(((E::name == name || (++at, false)) || ...));
  return at;
}
template <class... E>
[[nodiscard]] constexpr bool names_are_unique() {
  std::size_t at = 0;
  return ((place_of<E...>(E::name) == at++) && ...);
}

}  // namespace detail

/// One `exported` of a contract.
template <class E>
concept contract_export = detail::is_exported<E>;
/// The exports that a module must have; it may have others.
template <contract_export... E>
struct exports {
  static_assert(detail::names_are_unique<E...>(), "a contract demands two exports of one name");
};
/// Nothing is said of a module's imports: instantiation looks at them as ever.
struct any_imports {};

namespace detail {

template <class List>
struct export_terms;
template <class... E>
struct export_terms<exports<E...>> : exports<E...> {
  static constexpr std::size_t count = sizeof...(E);
  using numbers = std::array<std::uint32_t, count>;
  template <class C>
  using handles = std::tuple<typename export_as<typename E::type, C>::type...>;

  static constexpr std::size_t place(std::string_view name) { return place_of<E...>(name); }

  /// Finds every export in a module; what is not there, or not of its type, is reported.
  template <class Report>
  static void compare(const module_env& env, numbers& found, Report& report) {
    std::size_t at = 0;
    (compare_one<E>(env, found[at++], report), ...);
  }
  template <class C>
  static status resolve(vm::instance& i, const numbers& found, handles<C>& out) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      bool is_whole = true;
      ((is_whole = is_whole && resolve_one<E, C>(i, found[I], std::get<I>(out))), ...);
      return is_whole ? status::ok : status::store_out_of_memory;
    }
    (std::index_sequence_for<E...>{});
  }

 private:
  template <class One, class Report>
  static void compare_one(const module_env& env, std::uint32_t& found, Report& report) {
    error e;
    e.export_name = One::name;
    e.expected = One::expected;
    found = env.find_export(One::name);
    if (found == name_table::none) {
      e.code = status::missing_export;
      return report(e);
    }
    const export_entry& entry = env.exports[found];
    e.provided = env.external(entry.kind, entry.index);
    if (One::accepts(e.provided)) return;
    e.code = status::incompatible_export;
    e.has_provided = true;
    report(e);
  }
  // The types are the contract's: what can fail is making a function.
  template <class One, class C, class Handle>
  static bool resolve_one(vm::instance& i, std::uint32_t number, Handle& out) {
    const vm::external_object object = export_of(i, number);
    if (object.object == nullptr) return false;
    auto made = export_as<typename One::type, C>::from(external(object));
    DOVETAIL_ASSERT(made.has_value());
    out = *std::move(made);
    return true;
  }
};

template <class List>
struct import_terms;
template <>
struct import_terms<any_imports> {
  template <class Report>
  static void compare(const module_env&, Report&) {}
};
// The name `imports` says it in a contract as it does where imports are bound.
template <class... I>
  requires(is_imported<I>&&...)
struct import_terms<imports<I...>> {
  template <class Report>
  static void compare(const module_env& env, Report& report) {
    for (std::uint32_t k = 0; k < env.imports.size(); ++k) {
      const import_entry& entry = env.imports[k];
      error e;
      e.code = status::unknown_import;
      e.import_ordinal = k;
      e.import_module = env.view(entry.module);
      e.import_name = env.view(entry.name);
      e.expected = env.external(entry.kind, entry.index);
      static_cast<void>((compare_one<I>(e) || ...));
      if (e.code != status::ok) report(e);
    }
  }

 private:
  // Whether this is the import; if it does not serve, the error says so.
  template <class One>
  static bool compare_one(error& e) {
    if (One::name != e.import_name || One::module != e.import_module) return false;
    if (One::serves(e.expected)) return e.code = status::ok, true;
    e.code = status::incompatible_import;
    e.has_provided = true;
    e.provided = One::provided;
    return true;
  }
};

}  // namespace detail

/// The exports of a contract: `exports<exported<...>...>`.
template <class T>
concept contract_exports = requires {
  detail::export_terms<T>::count;
};
/// The imports of a contract: `imports<imported<...>...>`, `imports<>` for none, or `any_imports`.
template <class T>
concept contract_imports = requires {
  sizeof(detail::import_terms<T>);
};
/// Whether a contract demands an export of this name.
template <class Contract, auto Name>
concept has_an_export_of_this_name = Contract::template has_export<Name>;

template <class Contract, config C>
class contracted_module;
template <class Contract, config C>
class contracted_instance;

/// What a module must export and may import, as a type: `accept` compares a module with it.
template <contract_exports Exports, contract_imports Imports = any_imports>
class module_contract {
 public:
  using export_list = Exports;
  using import_list = Imports;
  using export_terms = detail::export_terms<Exports>;
  using import_terms = detail::import_terms<Imports>;

  template <fixed_string Name>
  static constexpr bool has_export = export_terms::place(Name.view()) != export_terms::count;

  /// The module as one that keeps the contract, or the first difference: missing_export or
  /// incompatible_export with its name, unknown_import or incompatible_import with its place.
  /// `expected` is what the importing side declares. Views live as long as `module`.
  template <config C>
  [[nodiscard]] static result<contracted_module<module_contract, C>> accept(
      const basic_module<C>& module) {
    typename export_terms::numbers found{};
    error first;
    const auto keep = [&](const error& e) {
      if (first.code == status::ok) first = e;
    };
    compare(module, found, keep);
    if (first.code != status::ok) return first;
    return contracted_module<module_contract, C>(module, found);
  }
  // The error would look into a module that is gone.
  template <config C>
  static void accept(basic_module<C>&& module) = delete;

  /// Calls `visit(const error&)` for every difference, exports first.
  template <config C, std::invocable<const error&> Visit>
  static void visit_differences(const basic_module<C>& module, Visit&& visit) {
    typename export_terms::numbers found{};
    compare(module, found, visit);
  }

 private:
  template <class C, class Report>
  static void compare(const basic_module<C>& module, typename export_terms::numbers& found,
                      Report& report) {
    export_terms::compare(module.data().env, found, report);
    import_terms::compare(module.data().env, report);
  }
};

/// A module that keeps a contract: copies share the code.
template <class Contract, config C>
class contracted_module {
 public:
  using numbers = typename Contract::export_terms::numbers;

  /// For contracts: of each export its place in the module's list.
  contracted_module(const basic_module<C>& module, const numbers& found)
      : module_(module), numbers_(found) {}

  /// Instantiates it, as `store.instantiate` does, and resolves the exports of the contract.
  template <class... Sources>
  [[nodiscard]] result<contracted_instance<Contract, C>> instantiate(basic_store<C>& store,
                                                                     Sources&&... sources) const {
    const auto made = store.instantiate(module_, sources...);
    if (!made) return made.error();
    typename Contract::export_terms::template handles<C> handles;
    if (const status s =
            Contract::export_terms::template resolve<C>(made->data(), numbers_, handles);
        s != status::ok) {
      static_cast<void>(store.release(*made));
      return error{s};
    }
    return contracted_instance<Contract, C>(*made, handles);
  }

  [[nodiscard]] const basic_module<C>& module() const { return module_; }

 private:
  basic_module<C> module_;
  numbers numbers_;
};

/// An instance of a module that keeps a contract: its exports, found. Copy it freely, it is
/// handles.
template <class Contract, config C>
class contracted_instance {
 public:
  using handles = typename Contract::export_terms::template handles<C>;

  /// For contracted modules.
  contracted_instance(const basic_instance<C>& instance, const handles& found)
      : instance_(instance), handles_(found) {}

  /// The export of this name: a function, global, memory or table handle. Nothing is looked up or
  /// checked; a name that the contract does not have does not compile.
  template <fixed_string Name>
    requires has_an_export_of_this_name<Contract, Name>
  [[nodiscard]] const auto& get() const {
    DOVETAIL_ASSERT(instance_.is_alive());
    return std::get<Contract::export_terms::place(Name.view())>(handles_);
  }

  [[nodiscard]] const basic_instance<C>& instance() const { return instance_; }

 private:
  basic_instance<C> instance_;
  handles handles_;
};

}  // namespace dovetail
