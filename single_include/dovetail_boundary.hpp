// Dovetail 0.1.0, contracts, embedded modules, snapshots, paused calls, the host's globals and objects, in one file. Made by single_include/amalgamate.py from
// include/ and backends/; change those. Licence: MIT, see the file LICENSE.
#pragma once

#include "dovetail.hpp"

#include <array>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <iterator>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// ---- dovetail/pausing.hpp

// Calls that a host function can pause: the guest keeps its frames on a native stack of its own,
// and goes on when the host says so. Needs dovetail/implementation.hpp.

namespace dovetail {

/// Pauses the call that runs on this store, which has to be a `pausable_call`; returns when the
/// host goes on with it. A trap that comes back is for the host function to return at once: the
/// call was dropped (`interrupted`), or is not one that can be paused (`not_pausable`). Between the
/// call and the function that pauses it there may be guests of this store alone, and no exception
/// in flight.
[[nodiscard]] inline trap pause(caller& from) { return vm::pause_running(from.store()); }

namespace detail {

/// What all pausable calls are: a fiber in one of its states, and whom to tell of the end.
class paused_execution {
 public:
  template <config C>
  explicit paused_execution(basic_store<C>& home) : home_(&home.data()) {
    if constexpr (C::backend::control.stops != interrupt::none) begin_ = &vm::begin_call;
  }
  paused_execution(const paused_execution&) = delete;
  paused_execution& operator=(const paused_execution&) = delete;
  /// Drops a paused call; the store must not run another one then.
  ~paused_execution() {
    done_ = nullptr;
    if (!is_paused()) return;
    DOVETAIL_ASSERT(!vm::is_running(*home_));
    end();
  }

  /// Whether the call waits in a host function.
  [[nodiscard]] bool is_paused() const {
    return fiber_ != nullptr && fiber_->where == vm::fiber::place::paused;
  }

  /// Goes on with a paused call, until it ends or is paused again. Where no call is paused, or the
  /// store runs another one, that is `call_in_progress`, and nothing happens.
  result<void> resume() {
    if (!is_paused() || vm::is_running(*home_)) return error{status::call_in_progress};
    if (begin_ != nullptr) begin_(*home_);
    go_on();
    return {};
  }

  /// Ends a paused call: `pause` returns a trap in its host function, and in every one that the
  /// call comes to afterwards. Without one it does nothing. Where the store runs another call that
  /// is `call_in_progress`, and the call stays paused.
  result<void> drop() {
    if (!is_paused()) return {};
    if (vm::is_running(*home_)) return error{status::call_in_progress};
    end();
    return {};
  }

  /// Called once, when the call ends; on the stack of whoever went on with it, last of all. For
  /// coroutines.
  void tell_of_end(void (*done)(void* context), void* context) {
    done_ = done;
    done_context_ = context;
  }

 protected:
  /// Takes a stack for a call.
  [[nodiscard]] status prepare() {
    if (fiber_ != nullptr || vm::is_running(*home_)) return status::call_in_progress;
    fiber_ = vm::take_fiber(*home_);
    return fiber_ == nullptr ? status::store_out_of_memory : status::ok;
  }
  void begin(void (*work)(void*) noexcept) {
    fiber_->work = work;
    fiber_->context = this;
    go_on();
  }
  [[nodiscard]] vm::store& home() const { return *home_; }

 private:
  void end() {
    fiber_->is_dropped = true;
    if (begin_ != nullptr) begin_(*home_);
    go_on();
  }
  void go_on() {
    vm::switch_to(*fiber_);
    if (fiber_->where != vm::fiber::place::ended) return;
    vm::keep_fiber(*std::exchange(fiber_, nullptr));
    if (done_ != nullptr) std::exchange(done_, nullptr)(done_context_);
  }

  vm::store* home_;
  vm::fiber* fiber_ = nullptr;
  void (*begin_)(vm::store&) = nullptr;
  void (*done_)(void*) = nullptr;
  void* done_context_ = nullptr;
};

}  // namespace detail

/// A call of an exported function that host functions can pause (`pause`). One call after the
/// other, each with a native stack of its own, which the store keeps for the next; it is resumed on
/// the thread that began it, and ends before the store does. While it is paused the store takes
/// other calls, but no snapshots.
template <class Signature, trap_policy Traps = traps_returned>
class pausable_call;

template <class R, class... A, trap_policy Traps>
class pausable_call<R(A...), Traps> : public detail::paused_execution {
 public:
  template <config C>
  pausable_call(basic_store<C>& home, function<R(A...), Traps> f)
      : detail::paused_execution(home), function_(f.returning()) {}

  /// Calls the function, and returns when the call ends or is paused. Errors: `wrong_store`, if the
  /// function is of another one; `call_in_progress`, for this or another call of the store;
  /// `store_out_of_memory` for its stack.
  result<void> start(A... arguments) {
    if (function_.object().function()->home != &home()) return error{status::wrong_store};
    if (const status s = prepare(); s != status::ok) return error{s};
    outcome_.reset();
    exception_ = nullptr;
    arguments_.emplace(arguments...);
    begin(&work);
    return {};
  }

  /// Whether a call has ended since the last start.
  [[nodiscard]] bool is_done() const { return outcome_.has_value() || exception_ != nullptr; }

  /// What the call came to, as the trap policy has it; a C++ exception of a host function is thrown
  /// from here, each time. Where no call has ended since the last start, the trap `interrupted`.
  [[nodiscard]] typename Traps::template outcome<R> outcome() {
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    const result<R, trap> none = trap{trap_code::interrupted};
    return Traps::template deliver<R>(outcome_ ? *outcome_ : none, home());
  }

 private:
  static void work(void* context) noexcept {
    auto& self = static_cast<pausable_call&>(*static_cast<detail::paused_execution*>(context));
    DOVETAIL_TRY_HOST { self.outcome_.emplace(std::apply(self.function_, *self.arguments_)); }
    DOVETAIL_CATCH_HOST { self.exception_ = std::current_exception(); }
  }

  function<R(A...), traps_returned> function_;
  std::optional<std::tuple<A...>> arguments_;
  std::optional<result<R, trap>> outcome_;
  std::exception_ptr exception_;
};

template <config C, class R, class... A, trap_policy Traps>
pausable_call(basic_store<C>&, function<R(A...), Traps>) -> pausable_call<R(A...), Traps>;

}  // namespace dovetail

// ---- dovetail/awaiting.hpp

// Pausable calls and the coroutines of C++: a host function waits for what a coroutine can wait
// for, and a coroutine for a call. The host's event loop, whatever it is, decides when.

namespace dovetail {

namespace detail {

/// A coroutine that waits in the place of a host function, and goes on with its call at the end.
struct waiting {
  struct promise_type;
  using handle = std::coroutine_handle<promise_type>;

  struct at_end {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    // The call may end the coroutine: nothing of it is touched afterwards.
    void await_suspend(handle self) const noexcept;
    void await_resume() const noexcept {}
  };
  struct promise_type {
    paused_execution* call = nullptr;
    std::exception_ptr exception;

    waiting get_return_object() { return {handle::from_promise(*this)}; }
    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] at_end final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { exception = std::current_exception(); }
  };

  handle coroutine;
};
inline void waiting::at_end::await_suspend(handle self) const noexcept {
  paused_execution& call = *self.promise().call;
  if (call.is_paused()) static_cast<void>(call.resume());
}

template <class Awaitable>
waiting wait_for(Awaitable& what) {
  co_await std::forward<Awaitable>(what);
}
template <class Awaitable, class T>
waiting wait_for(Awaitable& what, std::optional<T>& out) {
  out.emplace(co_await std::forward<Awaitable>(what));
}

template <class Awaitable>
decltype(auto) awaiter_of(Awaitable&& what) {
  if constexpr (requires { std::forward<Awaitable>(what).operator co_await(); }) {
    return std::forward<Awaitable>(what).operator co_await();
  } else if constexpr (requires { operator co_await(std::forward<Awaitable>(what)); }) {
    return operator co_await(std::forward<Awaitable>(what));
  } else {
    return std::forward<Awaitable>(what);
  }
}

/// What `co_await` gives of an awaitable.
template <class Awaitable>
using awaited = std::remove_cvref_t<decltype(awaiter_of(std::declval<Awaitable>()).await_resume())>;

/// Ends a coroutine with the scope.
class kept_waiting {
 public:
  explicit kept_waiting(waiting w) : coroutine_(w.coroutine) {}
  kept_waiting(const kept_waiting&) = delete;
  kept_waiting& operator=(const kept_waiting&) = delete;
  ~kept_waiting() { coroutine_.destroy(); }

  /// Runs it until it has what it waits for; the call is paused as long as it has not.
  [[nodiscard]] trap run(caller& from) {
    vm::fiber* const f = vm::running_fiber(from.store());
    if (f == nullptr) return {trap_code::not_pausable, 0};
    coroutine_.promise().call = static_cast<paused_execution*>(f->context);
    coroutine_.resume();
    while (!coroutine_.done()) {
      if (const trap t = pause(from)) return t;
    }
    if (std::exception_ptr& e = coroutine_.promise().exception; e != nullptr)
      std::rethrow_exception(std::exchange(e, nullptr));
    return {};
  }

 private:
  waiting::handle coroutine_;
};

}  // namespace detail

/// Waits in a host function for what a coroutine would `co_await`: the call is paused until it is
/// there, and goes on where that is announced. Gives the value, which must be one that can be made
/// without arguments; an exception is thrown from here; a trap is for the host function to return,
/// as one of `pause`. If the store runs another call when the value comes, `resume` has to be
/// called afterwards. A call that is dropped destroys what was waited for.
template <class Awaitable>
[[nodiscard]] auto await(caller& from, Awaitable&& what)
    -> result<detail::awaited<Awaitable>, trap> {
  using T = detail::awaited<Awaitable>;
  if constexpr (std::is_void_v<T>) {
    detail::kept_waiting w(detail::wait_for<Awaitable>(what));
    return w.run(from);
  } else {
    std::optional<T> value;
    detail::kept_waiting w(detail::wait_for<Awaitable>(what, value));
    if (const trap t = w.run(from)) return t;
    return *std::move(value);
  }
}

namespace detail {

template <class Call>
struct end_of_call {
  Call& call;
  [[nodiscard]] bool await_ready() const { return call.is_done(); }
  void await_suspend(std::coroutine_handle<> self) const {
    call.tell_of_end([](void* context) { std::coroutine_handle<>::from_address(context).resume(); },
                     self.address());
  }
  decltype(auto) await_resume() const { return call.outcome(); }
};

}  // namespace detail

/// `co_await call` waits in a coroutine for the end of a call that was started, and gives its
/// outcome. One coroutine a call.
template <class Signature, trap_policy Traps>
auto operator co_await(pausable_call<Signature, Traps>& call) {
  return detail::end_of_call<pausable_call<Signature, Traps>>{call};
}

}  // namespace dovetail

// ---- dovetail/contract.hpp

// A module's contract as a type: what it must export and may import. A module is compared with it
// once, when it is loaded; after that exports are found by constants and nothing is checked again.

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

// ---- dovetail/embed.hpp

// A module whose bytes are a constant of the program: what it exports and imports is known to the
// C++ compiler, so that a wrong name or type does not compile and nothing is searched at run time.

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

// ---- dovetail/guest_types.hpp

// Structs, pointers and arrays of guests in the host's hands: their layout is checked at compile
// time, bounds and alignment when they are looked at, and byte order is the guest's on every host.

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

// ---- dovetail/host_global.hpp

// Globals that live in variables of the host: guests that import one read and write the variable
// itself, as fast as a global of their own.

namespace dovetail {

/// What a variable of the host can be of: a number or vector. References belong to one store each.
template <class T>
concept host_variable = native_value<T> && !value_type_of<T>().is_reference();

/// A variable of the program that any number of stores import as a global; `host_global<const T>`
/// is a constant one. It is used like a `T` and outlives the stores that it was given to. A change
/// shows at once on every side: stores that run in different threads at the same time must not
/// share one that somebody writes.
template <class T>
  requires host_variable<std::remove_const_t<T>>
class host_global {
  static constexpr bool is_mutable = !std::is_const_v<T>;

 public:
  using number = std::remove_const_t<T>;

  constexpr host_global(number initial = {})
      : cell_{0, 0, {value_type_of<number>(), is_mutable}, nullptr} {
    put(initial);
  }
  host_global(const host_global&) = delete;
  constexpr host_global& operator=(const host_global& other) requires is_mutable {
    return *this = other.get();
  }

  [[nodiscard]] constexpr number get() const {
    const slot halves[] = {cell_.low, cell_.high};
    return read_slots<number>(halves);
  }
  [[nodiscard]] constexpr operator number() const { return get(); }
  constexpr host_global& operator=(number value) requires is_mutable { return put(value), *this; }
#define DOVETAIL_ASSIGNMENT(OPERATOR)                                           \
  constexpr host_global& operator OPERATOR##=(number by) requires is_mutable && \
      requires(number v) {                                                      \
    v OPERATOR by;                                                              \
  }                                                                             \
  { return *this = static_cast<number>(get() OPERATOR by); }
  DOVETAIL_ASSIGNMENT(+)
  DOVETAIL_ASSIGNMENT(-)
  DOVETAIL_ASSIGNMENT(*)
  DOVETAIL_ASSIGNMENT(/)
#undef DOVETAIL_ASSIGNMENT

  /// For imports and linkers. A temporary has none: guests would keep its address.
  [[nodiscard]] vm::external_object object() & { return {external_kind::global, &cell_}; }

 private:
  constexpr void put(number value) {
    slot halves[2] = {};
    write_slots(halves, value);
    cell_.low = halves[0];
    if constexpr (value_type_of<number>().is_vector()) cell_.high = halves[1];
  }

  // As aligned as the cells of a store are.
  alignas(16) vm::global_instance cell_;
};

/// A variable of the host as an import: `bind("env", "gravity", gravity)`.
template <class T>
[[nodiscard]] import_item<> bind(std::string_view module, std::string_view name,
                                 host_global<T>& variable) {
  return import_item<>({module, name, variable.object(), {}});
}

}  // namespace dovetail

// ---- dovetail/host_objects.hpp

// Objects of the host in the hands of guests: references that name an object and its type, and go
// stale when it ends. What a guest hands back is looked up, never followed.

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

// ---- dovetail/snapshot.hpp

// Snapshots: the state of an instance, or of all of a store, to come back to between calls, or in
// the host function that took it. One include, for programs that save games, roll back or fork.

namespace dovetail {

/// What instances were when it was taken: memories, tables, mutable globals (imported and internal
/// ones too) and which segments were dropped; variables of the host are left out. It never changes,
/// may outlive the store, and shares with other snapshots what is the same. The engine must outlive
/// it.
class snapshot {
 public:
  snapshot(snapshot&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  snapshot& operator=(snapshot&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~snapshot() {
    if (state_ != nullptr) state_->memory->destroy(state_);
  }

  /// For other parts of the library: takes over.
  explicit snapshot(detail::saved_state& state) : state_(&state) {}
  [[nodiscard]] const detail::saved_state& state() const { return *state_; }

 private:
  detail::saved_state* state_;
};

namespace detail {

/// The instances of a store that are whole, oldest first.
[[nodiscard]] inline status list_instances(const vm::store& s, array<vm::instance*>& out) {
  for (vm::instance* i = s.instances; i != nullptr; i = i->next) {
    if (i->memory0 != nullptr) DOVETAIL_TRY(out.push(i));
  }
  for (std::size_t k = 0; k < out.size() / 2; ++k) std::swap(out[k], out[out.size() - 1 - k]);
  return status::ok;
}

template <memory_policy Memory>
[[nodiscard]] result<snapshot> take(vm::store& s, std::span<vm::instance* const> instances) {
  auto* state = s.memory->make<saved_state>(*s.memory);
  if (state == nullptr) return error{status::store_out_of_memory};
  snapshot made(*state);
  error e;
  e.code = state_capture<Memory>(instances, *state).run(s);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return made;
}

template <memory_policy Memory, class Map>
[[nodiscard]] result<void> load(vm::store& s, std::span<vm::instance* const> instances,
                                const snapshot& from, const Map& map) {
  error e;
  const vm::budget_watch watch(s);
  e.code = watch.reason(state_load<Memory, Map>(from.state(), instances, map).run(s));
  if (e.code != status::ok) return e;
  return {};
}

}  // namespace detail

/// Turns a reference of the host in a snapshot into one that means the same for other instances.
template <class Map>
concept reference_map = std::same_as<Map, detail::no_host_references> ||
    requires(const Map& map, externref there) {
  // An optional, empty if there is no such reference.
  {static_cast<bool>(map(there))};
  { *map(there) } -> std::convertible_to<externref>;
};

/// In a host function: calls `work`, which may take snapshots of the store, though the guest that
/// called has not returned, and restore them. The guest goes on with its locals and what else its
/// frames hold: that did not change meanwhile, since it waited. Such a snapshot is good in this
/// `with_snapshots` alone, and `call_in_progress` elsewhere: in calls within it, afterwards, for
/// `to_bytes`. So is taking or restoring while another call of the store is paused.
template <std::invocable Work>
decltype(auto) with_snapshots(caller& from, Work&& work) {
  const detail::call_scope scope(from.store());
  return std::forward<Work>(work)();
}

/// Takes a snapshot of an instance and of what it imports. Between calls, or in `with_snapshots`.
/// Errors: call_in_progress, store_out_of_memory.
template <config C>
[[nodiscard]] result<snapshot> take_snapshot(const basic_instance<C>& of) {
  if (!of.is_alive()) return error{status::instance_gone};
  vm::instance* const i = &of.data();
  return detail::take<typename C::memory>(*i->home, {&i, 1});
}
/// The same of all instances of a store; what several share is saved once.
template <config C>
[[nodiscard]] result<snapshot> take_snapshot(basic_store<C>& of) {
  array<vm::instance*> all(*of.data().memory);
  if (detail::list_instances(of.data(), all) != status::ok)
    return error{status::store_out_of_memory};
  return detail::take<typename C::memory>(of.data(), {all.data(), all.size()});
}

/// Gives an instance the state of a snapshot: of itself, or of another one of the same module.
/// Between calls, or where it was taken. Fuel is not given back, and no call is asked to stop or
/// to go on by it. Nothing has changed after an error, except that memories may have another size
/// if an allocator refuses to make one smaller. Views of what lies beyond the old size are void.
/// Errors: call_in_progress, snapshot_mismatch, reference_of_host (of another instance alone),
/// memory_refused, table_refused, store_out_of_memory.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<void> restore(const basic_instance<C>& to, const snapshot& from,
                                   const Map& map = {}) {
  if (!to.is_alive()) return error{status::instance_gone};
  vm::instance* const i = &to.data();
  return detail::load<typename C::memory>(*i->home, {&i, 1}, from, map);
}
/// The same for the instances of a store that the snapshot is of; those made since stay as they
/// are. A snapshot of another store is for as many instances of the same modules, in the order that
/// they were made.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<void> restore(basic_store<C>& to, const snapshot& from, const Map& map = {}) {
  vm::store& s = to.data();
  array<vm::instance*> all(*s.memory);
  status listed = status::ok;
  const detail::saved_state& state = from.state();
  if (state.origin != nullptr && state.origin->home == &s) {
    for (const detail::saved_instance& i : state.instances) {
      if (i.of->serial != i.serial) return error{status::instance_gone};
      if (listed == status::ok) listed = all.push(i.of);
    }
  } else {
    listed = detail::list_instances(s, all);
  }
  if (listed != status::ok) return error{status::store_out_of_memory};
  return detail::load<typename C::memory>(s, {all.data(), all.size()}, from, map);
}

namespace detail {

// One more instance in the state of a snapshot, linked with definitions by a linker policy.
template <class Linker, config C, class Map>
[[nodiscard]] result<basic_instance<C>> fork_with(vm::store& to, module_data& module,
                                                  std::span<const definition> all,
                                                  const snapshot& from, const Map& map) {
  if constexpr (C::backend::control.stops == interrupt::page) {
    if (vm::control_of(to).page == nullptr) return error{status::memory_refused};
  }
  vm::instance* made = nullptr;
  error e;
  const vm::budget_watch watch(to);
  instantiation<Linker, typename C::memory, C::backend::control.has_state()> work(to, module, all,
                                                                                  e);
  e.code = watch.reason(work.run_without_state(made));
  if (e.code != status::ok) return e;
  const auto loaded = load<typename C::memory>(to, {&made, 1}, from, map);
  if (!loaded) {
    vm::discard(*made);
    return loaded.error();
  }
  return basic_instance<C>(*made);
}

/// What an instance imports, for another one that is independent: functions, tags and constants are
/// the same, memories, tables and variables are new, and go with that one.
template <memory_policy Memory>
class import_copies {
 public:
  explicit import_copies(vm::instance& of) : i_(of), env_(of.module->env) {
    nobody_.home = of.home;
  }
  import_copies(const import_copies&) = delete;
  import_copies& operator=(const import_copies&) = delete;
  ~import_copies() { vm::discard(nobody_); }

  [[nodiscard]] status make(array<definition>& out) {
    for (std::uint32_t k = 0; k < env_.imports.size(); ++k) {
      definition d;
      d.existing = original(k);
      // One that is imported twice is copied once.
      std::uint32_t before = 0;
      while (before < k && original(before).object != d.existing.object) ++before;
      if (before < k) {
        d = out[before];
      } else {
        DOVETAIL_TRY(copy(env_.imports[k].index, d.existing));
      }
      DOVETAIL_TRY(out.push(d));
    }
    return status::ok;
  }
  void give_to(vm::instance& made) {
    const auto give = [&](auto* const* objects, std::size_t count) {
      for (std::size_t k = 0; k < count; ++k)
        if (objects[k]->owner == &nobody_) objects[k]->owner = &made;
    };
    give(made.memories, env_.memories.size());
    give(made.tables, env_.tables.size());
    give(made.globals, env_.globals.size());
  }

 private:
  [[nodiscard]] vm::external_object original(std::uint32_t k) const {
    const import_entry& entry = env_.imports[k];
    const std::uint32_t n = entry.index;
    switch (entry.kind) {
      case external_kind::function: return {entry.kind, i_.functions[n]};
      case external_kind::table: return {entry.kind, i_.tables[n]};
      case external_kind::memory: return {entry.kind, i_.memories[n]};
      case external_kind::global: return {entry.kind, i_.globals[n]};
      case external_kind::tag: return {entry.kind, i_.tags[n]};
    }
    return {};
  }
  status copy(std::uint32_t index, vm::external_object& object) {
    vm::store& s = *i_.home;
    if (object.kind == external_kind::memory) {
      vm::memory_instance* made = nullptr;
      memory_type type = object.memory()->type;
      type.limits.minimum = larger(type.limits.minimum, env_.memories[index].limits.minimum);
      DOVETAIL_TRY(vm::make_memory<Memory>(s, type, made, &nobody_));
      object.object = made;
    } else if (object.kind == external_kind::table) {
      vm::table_instance* made = nullptr;
      table_type type = object.table()->type;
      type.limits.minimum = larger(type.limits.minimum, env_.tables[index].limits.minimum);
      DOVETAIL_TRY(vm::make_table(s, type, 0, made, &nobody_));
      object.object = made;
    } else if (object.kind == external_kind::global && is_saved(*object.global())) {
      vm::global_instance* made = nullptr;
      const vm::global_instance& g = *object.global();
      DOVETAIL_TRY(vm::make_global(s, g.type, g.low, g.high, made, &nobody_));
      object.object = made;
    }
    return status::ok;
  }
  static std::uint64_t larger(std::uint64_t a, std::uint64_t b) { return a < b ? b : a; }

  vm::instance& i_;
  const module_env& env_;
  vm::instance nobody_;  // has the copies until there is somebody else
};

}  // namespace detail

/// Makes an instance of `module` in the state of a snapshot of one instance of it, without running
/// segments or a start function: it is no call, costs no fuel, and has its store's fuel and stop
/// button from then on. Imports come from `sources` as for `instantiate`; memories, tables
/// and variables among them get the state too. The store may be any of the engine. Errors: those of
/// `instantiate` and of `restore`.
template <config C, class... Sources>
  requires((!reference_map<std::remove_cvref_t<Sources>> && ...))
[[nodiscard]] result<basic_instance<C>> fork(basic_store<C>& to, const basic_module<C>& module,
                                             const snapshot& from, Sources&&... sources) {
  return fork(to, module, from, detail::no_host_references{}, sources...);
}
template <config C, reference_map Map, class... Sources>
[[nodiscard]] result<basic_instance<C>> fork(basic_store<C>& to, const basic_module<C>& module,
                                             const snapshot& from, const Map& map,
                                             Sources&&... sources) {
  if (!to.is_of_engine(module)) return error{status::wrong_engine};
  array<definition> all(*to.data().memory);
  if (basic_store<C>::gather(all, sources...) != status::ok)
    return error{status::store_out_of_memory};
  return detail::fork_with<typename C::linker, C>(to.data(), module.data(),
                                                  {all.data(), all.size()}, from, map);
}

/// Makes an independent instance in the same store with the same state. Functions that it imports
/// are the same, memories, tables and variables are copies, and references to its own functions are
/// to the copy's. Where snapshots can be taken.
template <config C, reference_map Map = detail::no_host_references>
[[nodiscard]] result<basic_instance<C>> fork(const basic_instance<C>& of, const Map& map = {}) {
  const auto taken = take_snapshot(of);
  if (!taken) return taken.error();
  vm::instance& i = of.data();
  array<definition> all(*i.home->memory);
  error e;
  const vm::budget_watch watch(*i.home);
  detail::import_copies<typename C::memory> copies(i);
  e.code = watch.reason(copies.make(all));
  if (e.code != status::ok) return e;
  auto made = detail::fork_with<link_by_position, C>(*i.home, *i.module, {all.data(), all.size()},
                                                     *taken, map);
  if (made) copies.give_to(made->data());
  return made;
}

/// A snapshot as bytes, to be read by another process, on any machine. `modules` are the bytes of
/// the modules that it is of, whose hash is kept. References of the host are kept as numbers, which
/// `restore` maps. Errors: reference_of_host, for functions of the host or of other instances that
/// no instance of the snapshot imports; call_in_progress, if it was taken in a call;
/// store_out_of_memory.
template <std::convertible_to<std::span<const std::byte>>... Modules>
  requires(sizeof...(Modules) > 0)
[[nodiscard]] result<array<std::byte>> to_bytes(const snapshot& from, const Modules&... modules) {
  std::uint64_t hash = 0;
  ((hash = detail::hash_bytes(modules, hash)), ...);
  array<std::byte> out(*from.state().memory);
  error e;
  if (from.state().scope != 0) return error{status::call_in_progress};
  e.code = detail::state_writer(out).write(from.state(), hash);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return out;
}

/// The snapshot that bytes hold, for instances that are made of the same modules, given in the same
/// order. The bytes may come from anywhere. Errors: malformed_snapshot, snapshot_mismatch,
/// store_out_of_memory.
template <config C, std::convertible_to<std::span<const std::byte>>... Modules>
  requires(sizeof...(Modules) > 0)
[[nodiscard]] result<snapshot> from_bytes(basic_engine<C>& engine, std::span<const std::byte> bytes,
                                          const Modules&... modules) {
  std::uint64_t hash = 0;
  ((hash = detail::hash_bytes(modules, hash)), ...);
  allocator& memory = engine.blocks();
  auto* state = memory.make<detail::saved_state>(memory);
  if (state == nullptr) return error{status::store_out_of_memory};
  snapshot made(*state);
  error e;
  e.code = detail::state_reader(bytes).read(*state, hash);
  if (e.code == status::out_of_memory) e.code = status::store_out_of_memory;
  if (e.code != status::ok) return e;
  return made;
}

}  // namespace dovetail
