// The store: owns every instance, function, memory, table and global it makes, until it ends or
// collects them. One thread at a time.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include <dovetail/api/config.hpp>
#include <dovetail/api/engine.hpp>
#include <dovetail/api/instance.hpp>
#include <dovetail/api/linker.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/link/host_function.hpp>
#include <dovetail/link/imports.hpp>
#include <dovetail/link/instantiate.hpp>
#include <dovetail/runtime/collection.hpp>
#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/memory_policy.hpp>

namespace dovetail {

/// Calls can be stopped: the backend is `interruptible`.
template <class C>
concept calls_can_be_stopped = C::backend::control.stops != interrupt::none;
/// Guests ask for fuel: the backend has `refillable_fuel`.
template <class C>
concept guests_ask_for_fuel = C::backend::control.asks_for_fuel;
/// A source of fuel is called with how much is missing; a constant one as a constant.
template <class Source>
concept is_told_what_is_missing = std::invocable<Source&, std::uint64_t>;
/// It throws nothing, since an exception would have to pass the guest.
template <class Source>
concept throws_nothing = std::is_nothrow_invocable_v<Source&, std::uint64_t>;
/// It gives an unsigned number: one below zero would be more than any, and `bool` is at most one.
template <class Source>
concept gives_an_unsigned_number =
    std::unsigned_integral<std::remove_cvref_t<std::invoke_result_t<Source&, std::uint64_t>>> &&
    !std::same_as<std::remove_cvref_t<std::invoke_result_t<Source&, std::uint64_t>>, bool>;
/// Its address is kept: it is an object, and no function, whose address is of another kind.
template <class Source>
concept has_an_address_to_keep = std::is_object_v<Source> && !std::is_volatile_v<Source>;
/// What gives fuel, told how much is missing.
template <class Source>
concept fuel_source =
    // What is kept of it.
    has_an_address_to_keep<Source> &&
    // How a guest asks.
    is_told_what_is_missing<Source> &&
    // What may not come back.
    throws_nothing<Source> &&
    // What comes back.
    gives_an_unsigned_number<Source>;

/// A store of one configuration. Handles of its objects are good as long as it lives; objects of
/// other stores are refused.
template <config C>
class basic_store {
  using memory = typename C::memory;
  using backend = typename C::backend;
  static constexpr controls control = backend::control;
  using state = std::conditional_t<control.has_state(), vm::controlled_store, vm::store>;

 public:
  explicit basic_store(basic_engine<C>& engine)
      : s_(engine.blocks(), C::limit, engine.signatures()), engine_memory_(&engine.memory()) {
    if constexpr (control.stops == interrupt::page) vm::reserve_page(s_.control);
    s_.memory_pool = &engine.memories();
    s_.make_function = [](vm::store& s, vm::instance& i, vm::function_instance& f) {
      return backend::template make_function<memory, detail::controls_of<C>>(s, i, f);
    };
    empty_.home = &s_;
    s_.empty_memory = &empty_;
  }
  basic_store(const basic_store&) = delete;
  basic_store& operator=(const basic_store&) = delete;
  ~basic_store() {
    vm::release_objects(s_);
    if constexpr (control.stops == interrupt::page) vm::release_page(s_.control);
  }

  /// Instantiates a module with imports from any number of sources: `imports` lists and linkers.
  /// Errors: a link error that names the import, refused memory, an exhausted budget or too many
  /// instances (nothing was changed), or a trap of a segment or of the start function: then the
  /// instance is released.
  template <class... Sources>
  [[nodiscard]] result<basic_instance<C>> instantiate(const basic_module<C>& module,
                                                      Sources&&... sources) {
    error e;
    if (!is_of_engine(module)) return error{status::wrong_engine};
    array<definition> all(*s_.memory);
    if (gather(all, sources...) != status::ok) return error{status::store_out_of_memory};
    return instantiate_with(module.data(), {all.data(), all.size()}, e);
  }

  /// Makes a host function that can be provided under several names and keeps its identity; the
  /// names of the item are not used.
  template <class State>
  [[nodiscard]] result<function_handle> make_function(import_item<State> item) {
    vm::function_instance* f = nullptr;
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_host_function(s_, item.define().host, f); s != status::ok)
      return error{watch.reason(s)};
    return function_handle(f);
  }
  [[nodiscard]] result<memory_handle> make_memory(const memory_type& type) {
    vm::memory_instance* m = nullptr;
    const std::uint64_t most_pages = type.is_64 ? std::uint64_t{1} << 48 : 65'536;
    if (!is_valid(type.limits, most_pages)) return error{status::limits_out_of_order};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_memory<memory>(s_, type, m); s != status::ok)
      return error{watch.reason(s)};
    return memory_handle(m);
  }
  /// `initial` must be of the element type; by default elements are null.
  [[nodiscard]] result<table_handle> make_table(const table_type& type) {
    return make_table(type, value::null(type.element));
  }
  [[nodiscard]] result<table_handle> make_table(const table_type& type, const value& initial) {
    vm::table_instance* t = nullptr;
    const std::uint64_t most_elements = type.is_64 ? ~std::uint64_t{0} : 0xffff'ffff;
    if (!is_valid(type.limits, most_elements)) return error{status::limits_out_of_order};
    if (!type.element.is_reference() || !detail::fits(initial, type.element, s_))
      return error{status::value_type_mismatch};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_table(s_, type, initial.bits(), t); s != status::ok)
      return error{watch.reason(s)};
    return table_handle(t);
  }
  [[nodiscard]] result<global_handle> make_global(const global_type& type, const value& initial) {
    vm::global_instance* g = nullptr;
    if (!detail::fits(initial, type.type, s_)) return error{status::value_type_mismatch};
    const vm::budget_watch watch(s_);
    if (const status s = vm::make_global(s_, type, initial.bits(), initial.high_bits(), g);
        s != status::ok) {
      return error{watch.reason(s)};
    }
    return global_handle(g);
  }
  /// A global whose type is that of a C++ value, as a typed reference.
  template <native_value T>
  [[nodiscard]] result<global<T>> make_global(T initial, bool is_mutable = true) {
    slot halves[2] = {};
    write_slots(halves, initial);
    auto made = make_global({value_type_of<T>(), is_mutable},
                            value::from_bits(value_type_of<T>(), halves[0], halves[1]));
    if (!made) return made.error();
    return global<T>(*made->object().global());
  }

  /// Bytes that memories, tables and everything else of instances may take together. Beyond that
  /// instantiation and what else makes objects ends with `budget_exhausted`, and `memory.grow` and
  /// `table.grow` give -1. Nothing is taken away of what there is.
  void set_budget(std::uint64_t bytes) { s_.budget.set_most(bytes); }
  [[nodiscard]] std::uint64_t budget() const { return s_.budget.most(); }
  /// What they take now, free room that tables and instances keep included.
  [[nodiscard]] std::uint64_t used_bytes() const { return s_.budget.used(); }
  /// How many instances there may be; one more is `too_many_instances`.
  void set_instance_limit(std::uint32_t count) { s_.most_instances = count; }
  [[nodiscard]] std::uint32_t instance_count() const { return s_.instance_count; }

  /// The host does not want an instance any more: from the next `collect` on it goes when nothing
  /// else needs it. Until then nothing changes. Errors: instance_gone, wrong_store.
  status release(const basic_instance<C>& instance) {
    if (!instance.is_alive()) return status::instance_gone;
    if (instance.data().home != &s_) return status::wrong_store;
    instance.data().is_released = true;
    return status::ok;
  }
  /// Frees the released instances that no instance which stays imports from, and whose functions no
  /// table and no global refers to, with everything they made: memories, tables, globals, host
  /// functions of their imports. Their code goes with the last handle of the module. Handles of
  /// them say `instance_gone`; a function, global, table or memory that was got of one must not be
  /// used any more (debug builds stop there). Objects that the host made stay until the store ends.
  /// Error: call_in_progress, when a guest is running.
  [[nodiscard]] result<collected> collect() {
    if (!vm::is_at_rest(s_)) return error{status::call_in_progress};
    return vm::collect(s_);
  }

  /// Where and why the last trap of this store happened.
  [[nodiscard]] const trap_report& last_trap() const { return s_.report; }

  /// Operators that guests may still execute, for metered backends; what they cost, if they have
  /// prices.
  [[nodiscard]] std::uint64_t fuel() const {
    const vm::store& s = s_;
    return s.fuel < 0 ? 0 : static_cast<std::uint64_t>(s.fuel);
  }
  void set_fuel(std::uint64_t operators) {
    s_.fuel = static_cast<std::int64_t>(operators < most_fuel ? operators : most_fuel);
  }
  void add_fuel(std::uint64_t operators) {
    const std::uint64_t left = fuel(), room = most_fuel - left;
    set_fuel(left + (operators < room ? operators : room));
  }
  /// With `refillable_fuel`: whom guests ask when there is not enough, in the middle of a call.
  /// `source(missing)` gives `missing` or more and the guest goes on, or less and it traps. It must
  /// outlive the store, not throw, and call no guest of it.
  template <fuel_source Source>
    requires guests_ask_for_fuel<C>
  void refill_with(Source& source) {
    // `Source` is constant where the object is: it comes back as what it was.
    s_.control.refill_context = const_cast<std::remove_const_t<Source>*>(&source);
    s_.control.refill = [](void* context, std::uint64_t missing) -> std::uint64_t {
      return (*static_cast<Source*>(context))(missing);
    };
  }
  /// A source that is gone at once gives nothing.
  template <fuel_source Source>
    requires guests_ask_for_fuel<C>
  void refill_with(const Source&& source) = delete;

  /// With `interruptible`: what stops calls of this store.
  [[nodiscard]] dovetail::stop_button stop_button() requires calls_can_be_stopped<C> {
    return dovetail::stop_button(s_);
  }

  /// For other parts of the library and tools.
  [[nodiscard]] vm::store& data() { return s_; }
  /// For other parts of the library: whether a module may be instantiated here, and what sources of
  /// imports define.
  [[nodiscard]] bool is_of_engine(const basic_module<C>& module) const {
    return module.data().env.memory == engine_memory_;
  }
  template <class... Sources>
  [[nodiscard]] static status gather(array<definition>& all, Sources&... sources) {
    auto lists = std::tuple{definitions_of(sources)...};
    status s = status::ok;
    const auto append = [&](const auto& list) {
      if (s == status::ok) s = all.append(std::span<const definition>(list));
    };
    std::apply([&](const auto&... list) { (append(list), ...); }, lists);
    return s;
  }

 private:
  template <class... States>
  static auto definitions_of(imports<States...>& list) {
    return list.definitions();
  }
  static std::span<const definition> definitions_of(const basic_linker<C>& l) {
    return l.definitions();
  }

  static bool is_valid(const limits_type& l, std::uint64_t most) {
    return l.minimum <= most && (!l.has_maximum() || (l.minimum <= l.maximum && l.maximum <= most));
  }

  result<basic_instance<C>> instantiate_with(module_data& m, std::span<const definition> all,
                                             error& e) {
    vm::instance* i = nullptr;
    const vm::budget_watch watch(s_);
    detail::instantiation<typename C::linker, memory, control.has_state()> work(s_, m, all, e);
    e.code = watch.reason(run(work, i));
    if (e.code == status::ok) return basic_instance<C>(*i);
    if (e.reason.code == trap_code::host_exception) vm::rethrow(s_);
    return e;
  }

  // An instantiation is a call, whether or not it has a start function.
  template <class Work>
  status run(Work& work, vm::instance*& i) {
    if constexpr (control.stops == interrupt::none) {
      return work.run(i);
    } else {
      if (control.stops == interrupt::page && s_.control.page == nullptr)
        return status::memory_refused;
      const call_ticket before = stop_button().ticket();
      const status s = work.run(i);
      if (stop_button().ticket() == before && !vm::is_running(s_)) vm::begin_call(s_);
      return s;
    }
  }

  static constexpr std::uint64_t most_fuel = ~std::uint64_t{0} >> 1;

  state s_;
  allocator* engine_memory_;  // also which engine
  vm::memory_instance empty_;
};

}  // namespace dovetail
