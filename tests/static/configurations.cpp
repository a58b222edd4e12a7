// Which structs are configurations: what may be left to `defaults`, what a config must say itself,
// and the rules between policies.
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>

using namespace dovetail;

// The backend is the one choice that `defaults` does not make.
static_assert(!config<defaults>);
struct smallest : defaults {
  using backend = null;
};
static_assert(config<smallest>);
static_assert(!config<int> && !config<null>);

// Every policy overridden at once.
struct everything : defaults {
  using decoder = binary_decoder;
  using validator = trusted;
  using backend = fuel<interpreter>;
  using linker = trap_unknown_functions<link_by_name>;
  using memory = unchecked_memory;
  using traps = traps_fatal;
  using allocator = system_allocator;
  static constexpr features accept = features::wasm1();
  static constexpr limits limit{.memory_pages = 16};
};
static_assert(config<everything>);

// One policy that is none spoils it.
struct with_a_bad_decoder : smallest {
  using decoder = int;
};
struct with_a_bad_validator : smallest {
  using validator = int;
};
struct with_a_bad_backend : defaults {
  using backend = checked_memory;
};
struct with_a_bad_linker : smallest {
  using linker = int;
};
struct with_a_bad_memory : smallest {
  using memory = int;
};
struct with_bad_traps : smallest {
  using traps = int;
};
struct with_a_bad_allocator : smallest {
  using allocator = int;
};
struct with_a_bad_limit : smallest {
  static constexpr int limit = 3;
};
struct with_bad_features : smallest {
  static constexpr bool accept = true;
};
static_assert(!config<with_a_bad_decoder> && !config<with_a_bad_validator>);
static_assert(!config<with_a_bad_backend> && !config<with_a_bad_linker>);
static_assert(!config<with_a_bad_memory> && !config<with_bad_traps>);
static_assert(!config<with_a_bad_allocator> && !config<with_a_bad_limit>);
static_assert(!config<with_bad_features>);

// Rules between policies.
struct guarded : smallest {
  using memory = guarded_memory;
};
static_assert(guarded_memory_needs_64_bit_addresses<smallest>);
static_assert(guarded_memory_needs_64_bit_addresses<guarded> == platform::is_64_bit);
static_assert(guarded_memory_needs_a_way_back_from_faults<smallest>);
static_assert(guarded_memory_needs_a_way_back_from_faults<guarded> == platform::can_land);
static_assert(config<guarded> == (platform::is_64_bit && platform::can_land));

struct thrown : smallest {
  using traps = traps_thrown;
};
static_assert(thrown_traps_need_exceptions<smallest>);
static_assert(thrown_traps_need_exceptions<thrown> == platform::has_exceptions);
static_assert(config<thrown> == platform::has_exceptions);

template <limits Limit>
struct limited : smallest {
  static constexpr limits limit = Limit;
};
static_assert(limits_fit_the_format<smallest>);
static_assert(limits_fit_the_format<limited<limits{.memory_pages = 65'536}>>);
static_assert(!limits_fit_the_format<limited<limits{.types = 1u << 22}>>);
static_assert(!limits_fit_the_format<limited<limits{.parameters = 65'536}>>);
static_assert(!limits_fit_the_format<limited<limits{.results = 65'536}>>);
static_assert(!limits_fit_the_format<limited<limits{.locals = 1'000'001}>>);
static_assert(!config<limited<limits{.locals = 1'000'001}>>);

// Two runtimes have nothing in common that could be mistaken: their types differ.
static_assert(!std::same_as<runtime<smallest>::store, runtime<everything>::store>);
static_assert(!std::constructible_from<runtime<smallest>::store, runtime<everything>::engine&>);
