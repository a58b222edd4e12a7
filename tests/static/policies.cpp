// Which types are which policy, and which nearly are.
#include <cstddef>
#include <span>
#include <string>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

// Allocators.
static_assert(allocator_policy<system_allocator>);
struct allocator_that_may_throw {
  void* resize(void*, std::size_t, std::size_t);
};
struct allocator_of_bytes {
  std::byte* resize(void*, std::size_t, std::size_t) noexcept;
};
struct allocator_of_two_functions {
  void* allocate(std::size_t) noexcept;
  void release(void*) noexcept;
};
struct allocator_with_state {
  int* counter;
  void* resize(void*, std::size_t, std::size_t) noexcept;
};
static_assert(allocator_policy<allocator_with_state>);
static_assert(!allocator_policy<allocator_that_may_throw>);
static_assert(!allocator_policy<allocator_of_bytes>);
static_assert(!allocator_policy<allocator_of_two_functions>);
static_assert(!allocator_policy<int>);

// Decoders.
static_assert(decoder_policy<binary_decoder> && diagnosing_decoder<binary_decoder>);
struct terse_decoder {
  template <class Sections>
  static status sections(byte_reader&, Sections&);
  template <class Sink>
  static status body(byte_reader&, Sink&);
  template <class Sink>
  static status expression(byte_reader&, Sink&);
};
struct decoder_without_expressions {
  template <class Sections>
  static status sections(byte_reader&, Sections&);
  template <class Sink>
  static status body(byte_reader&, Sink&);
};
struct decoder_of_truth {
  template <class Sections>
  static bool sections(byte_reader&, Sections&);
  template <class Sink>
  static bool body(byte_reader&, Sink&);
  template <class Sink>
  static bool expression(byte_reader&, Sink&);
};
static_assert(decoder_policy<terse_decoder> && !diagnosing_decoder<terse_decoder>);
static_assert(!decoder_policy<decoder_without_expressions>);
static_assert(!decoder_policy<decoder_of_truth>);

// Validators.
static_assert(validator_policy<full_validation> && validator_policy<trusted>);
struct validator_of_one_emitter {
  template <emitter E>
  using pass = dovetail::pass<E, true, features::wasm2()>;
};
static_assert(!validator_policy<validator_of_one_emitter> && !validator_policy<int>);

// Memories.
static_assert(memory_policy<checked_memory> && memory_policy<unchecked_memory> &&
              memory_policy<guarded_memory>);
static_assert(checked_memory::is_checked && !checked_memory::is_guarded);
static_assert(!unchecked_memory::is_checked && !unchecked_memory::is_guarded);
static_assert(!guarded_memory::is_checked && guarded_memory::is_guarded);
struct memory_that_cannot_be_made {
  static constexpr bool is_checked = true;
  static constexpr bool is_guarded = false;
  static bool prepare();
};
static_assert(!memory_policy<memory_that_cannot_be_made>);

// Backends.
constexpr std::uint16_t some_price(op) { return 2; }
static_assert(backend_policy<null> && backend_policy<interpreter>);
static_assert(backend_policy<interpreter, guarded_memory> &&
              backend_policy<interpreter, unchecked_memory>);
static_assert(backend_policy<fuel<null>> && backend_policy<fuel<interpreter>>);
static_assert(backend_policy<basic_interpreter<interpreting::switch_dispatch>>);
static_assert(fuel<interpreter>::control.is_metered && !interpreter::control.is_metered);
static_assert(fuel<fuel<interpreter>>::control == fuel<interpreter>::control);
static_assert(fuel<fuel<null, &some_price>>::control.price->of == &some_price);
static_assert(refillable_fuel<null>::control.asks_for_fuel &&
              refillable_fuel<null>::control.is_metered && !fuel<null>::control.asks_for_fuel);
static_assert(refillable_fuel<fuel<null, &some_price>>::control.price->of == &some_price);
static_assert(interruptible<null>::control.stops == interrupt::polled &&
              interruptible<null, interrupt::page>::control.stops == interrupt::page);
static_assert(interruptible<fuel<null>>::control == fuel<interruptible<null>>::control);
static_assert(!controls{}.has_state() && !fuel<null>::control.has_state() &&
              refillable_fuel<null>::control.has_state() &&
              interruptible<null>::control.has_state());
static_assert(!backend_policy<interpreter, int>, "the memory must be one");
static_assert(!backend_policy<int>);
struct backend_without_functions {
  static constexpr controls control{};
  template <memory_policy Memory, controls Control>
  using compiler = null::compiler<Memory, Control>;
};
static_assert(!backend_policy<backend_without_functions>);

// Emitters.
static_assert(emitter<null_emitter>);
static_assert(emitter<interpreting::emitter<controls{}>> &&
              emitter<interpreting::emitter<controls{.is_metered = true}>>);
static_assert(interpreting::emitter<controls{.is_metered = true}>::is_metered &&
              !interpreting::emitter<controls{}>::is_metered);
struct emitter_of_long_names : null_emitter {
  struct value {
    char bytes[17];
  };
};
static_assert(!emitter_names<emitter_of_long_names> && !emitter<emitter_of_long_names>);
struct emitter_of_strings : null_emitter {
  using label = std::string;
};
static_assert(!emitter_names<emitter_of_strings>);
struct emitter_with_meters : null_emitter {
  static constexpr bool is_metered = true;
};
static_assert(emits_meters<emitter_with_meters>);
struct emitter_that_forgot_meters {
  using meter = int;
  static constexpr bool is_metered = true;
};
static_assert(!emits_meters<emitter_that_forgot_meters>);
static_assert(!emitter<int>);

// Linkers.
static_assert(linker_policy<link_by_name> && linker_policy<link_by_position>);
static_assert(linker_policy<allow_shadowing> &&
              linker_policy<trap_unknown_functions<allow_shadowing>>);
struct linker_without_counts {
  static status resolve(const import_request&, std::span<const definition>, std::size_t&);
};
static_assert(!linker_policy<linker_without_counts>);

// Results that the specification leaves open.
static_assert(nan_policy<open_nans> && nan_policy<canonical_nans> && !nan_policy<native_relaxed>);
static_assert(relaxed_policy<deterministic_relaxed> && relaxed_policy<native_relaxed> &&
              !relaxed_policy<canonical_nans>);
static_assert(std::same_as<defaults::nans, open_nans>, "costs nothing unless asked for");
static_assert(std::same_as<defaults::relaxed_simd, deterministic_relaxed>);

// Traps.
static_assert(trap_policy<traps_returned> && trap_policy<traps_fatal> && trap_policy<traps_thrown>);
static_assert(std::same_as<traps_returned::outcome<int>, result<int, trap>>);
static_assert(std::same_as<traps_returned::outcome<void>, result<void, trap>>);
static_assert(std::same_as<traps_fatal::outcome<int>, int>);
static_assert(std::same_as<traps_thrown::outcome<void>, void>);
struct traps_without_delivery {
  template <class R>
  using outcome = R;
};
static_assert(!trap_policy<traps_without_delivery>);
