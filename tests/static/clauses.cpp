// Every other concept, clause by clause: a type that satisfies it, and for each clause one that
// lacks nothing else. The emitter's are in emitter_clauses.cpp, the rules between policies in
// configurations.cpp.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/wasi.hpp>

using namespace dovetail;

// A member function that hides the base's, taking nothing; one that takes anything and gives
// something else.
#define DOVETAIL_LACKS(CONCEPT, BASE, CLAUSE) \
  struct BASE##_without_##CLAUSE : BASE {     \
    static void CLAUSE();                     \
  };                                          \
  static_assert(!CONCEPT<BASE##_without_##CLAUSE>, #CLAUSE " is wanted");
#define DOVETAIL_GIVES_ANOTHER(CONCEPT, BASE, CLAUSE) \
  DOVETAIL_LACKS(CONCEPT, BASE, CLAUSE)               \
  struct BASE##_with_wrong_##CLAUSE : BASE {          \
    template <class... Arguments>                     \
    static std::string CLAUSE(Arguments&&...);        \
  };                                                  \
  static_assert(!CONCEPT<BASE##_with_wrong_##CLAUSE>, #CLAUSE "'s result is wanted");
// A constant that is none.
#define DOVETAIL_LACKS_CONSTANT(CONCEPT, BASE, CLAUSE) \
  struct BASE##_without_##CLAUSE : BASE {              \
    struct CLAUSE {};                                  \
  };                                                   \
  static_assert(!CONCEPT<BASE##_without_##CLAUSE>, #CLAUSE " is wanted");

// Decoders.
static_assert(decoder_policy<binary_decoder> && diagnosing_decoder<binary_decoder>);
DOVETAIL_GIVES_ANOTHER(decoder_policy, binary_decoder, sections)
DOVETAIL_GIVES_ANOTHER(decoder_policy, binary_decoder, body)
DOVETAIL_GIVES_ANOTHER(decoder_policy, binary_decoder, expression)
DOVETAIL_GIVES_ANOTHER(diagnosing_decoder, binary_decoder, diagnose)
static_assert(decoder_policy<binary_decoder_without_diagnose>, "diagnosing is an offer");

// Validators.
static_assert(validator_policy<full_validation> && validator_policy<trusted>);
struct validation_without_pass {};
struct validation_for_no_features {
  template <emitter E>
  class pass {};
};
static_assert(!validator_policy<validation_without_pass>);
static_assert(!validator_policy<validation_for_no_features>);

// Memories.
static_assert(memory_policy<checked_memory>);
DOVETAIL_LACKS_CONSTANT(memory_policy, checked_memory, is_checked)
DOVETAIL_LACKS_CONSTANT(memory_policy, checked_memory, is_guarded)
DOVETAIL_GIVES_ANOTHER(memory_policy, checked_memory, create)
struct memory_that_takes_time : checked_memory {
  static bool prepare(int);
};
struct memory_that_prepares_nothing : checked_memory {
  static void prepare();
};
static_assert(!memory_policy<memory_that_takes_time> &&
              !memory_policy<memory_that_prepares_nothing>);

// Allocators: `noexcept` is part of the promise.
struct plain_allocator {
  void* resize(void*, std::size_t, std::size_t) noexcept;
};
static_assert(allocator_policy<system_allocator> && allocator_policy<plain_allocator>);
DOVETAIL_GIVES_ANOTHER(allocator_policy, plain_allocator, resize)
struct allocator_that_throws {
  void* resize(void*, std::size_t, std::size_t);
};
static_assert(!allocator_policy<allocator_that_throws>);

// Linkers.
static_assert(linker_policy<link_by_name>);
DOVETAIL_GIVES_ANOTHER(linker_policy, link_by_name, resolve)
DOVETAIL_GIVES_ANOTHER(linker_policy, link_by_name, accepts)
DOVETAIL_LACKS_CONSTANT(linker_policy, link_by_name, allows_shadowing)

// Traps.
static_assert(trap_policy<traps_returned> && trap_policy<traps_fatal>);
struct traps_without_outcome {
  template <class R>
  static R deliver(const result<R, trap>&, vm::store&);
};
struct traps_that_deliver_something_else : traps_fatal {
  template <class R>
  static result<R, trap> deliver(const result<R, trap>&, vm::store&);
};
struct traps_that_ask_for_more : traps_fatal {
  template <class R>
  static R deliver(const result<R, trap>&, vm::store&, int);
};
static_assert(!trap_policy<traps_without_outcome>);
static_assert(!trap_policy<traps_that_deliver_something_else>);
static_assert(!trap_policy<traps_that_ask_for_more>);

// Backends. Compilers that lack one thing each, around the null backend's.
static_assert(backend_policy<null> && backend_policy<interpreter, guarded_memory>);
static_assert(!backend_policy<null, int>, "the memory is a policy");
DOVETAIL_LACKS_CONSTANT(backend_policy, null, control)
DOVETAIL_LACKS(backend_policy, null, make_function)
struct backend_that_cannot_refuse : null {
  template <memory_policy Memory, controls Control>
  static void make_function(vm::store&, vm::instance&, vm::function_instance&);
};
struct backend_without_compiler {
  static constexpr controls control{};
  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance&, vm::function_instance&);
};
static_assert(!backend_policy<backend_that_cannot_refuse>);
static_assert(!backend_policy<backend_without_compiler>);
template <class Compiler>
struct backend_of : null {
  template <memory_policy Memory, controls Control>
  using compiler = Compiler;
};
struct whole_compiler {
  explicit whole_compiler(module_data&);
  null_emitter& emitter();
  status finish();
};
struct compiler_of_nothing {
  null_emitter& emitter();
  status finish();
};
struct compiler_without_emitter {
  explicit compiler_without_emitter(module_data&);
  status finish();
};
struct compiler_with_another_emitter {
  explicit compiler_with_another_emitter(module_data&);
  std::string& emitter();
  status finish();
};
struct compiler_that_does_not_finish {
  explicit compiler_that_does_not_finish(module_data&);
  null_emitter& emitter();
  void finish();
};
static_assert(backend_policy<backend_of<whole_compiler>>);
static_assert(!backend_policy<backend_of<compiler_of_nothing>>);
static_assert(!backend_policy<backend_of<compiler_without_emitter>>);
static_assert(!backend_policy<backend_of<compiler_with_another_emitter>>);
static_assert(!backend_policy<backend_of<compiler_that_does_not_finish>>);

// The quick entry is an offer of some backends.
static_assert(has_typed_entry<interpreter, checked_memory, int, float>);
static_assert(has_typed_entry<fuel<interpreter>, guarded_memory, void>);
static_assert(!has_typed_entry<null, checked_memory, int, float>);

// Dispatches of the interpreter.
using interpreting::dispatch_policy;
using interpreting::switch_dispatch;
static_assert(dispatch_policy<switch_dispatch> && dispatch_policy<interpreting::default_dispatch>);
struct dispatch_without_table {
  template <class Memory>
  static void run(interpreting::execution&, const interpreting::cell*, slot*);
};
struct dispatch_of_another_table : dispatch_without_table {
  template <class Memory>
  static int table();
};
struct dispatch_without_run {
  template <class Memory>
  static interpreting::heads table();
};
static_assert(!dispatch_policy<dispatch_without_table>);
static_assert(!dispatch_policy<dispatch_of_another_table>);
static_assert(!dispatch_policy<dispatch_without_run>);

// Meanings.
static_assert(has_meaning<op::i32_add> && !has_meaning<op::local_get>);
static_assert(can_trap<op::i64_div_s> && !can_trap<op::i64_mul>);

// Values of C++.
enum class colour : std::uint8_t {};
static_assert(native_integer<bool> && native_integer<std::int64_t> && native_integer<colour>);
static_assert(!native_integer<float> && !native_integer<void*> && !native_integer<std::string>);
#ifdef __SIZEOF_INT128__
static_assert(!native_integer<__int128>, "at most 64 bits");
#endif
static_assert(native_value<float> && native_value<double> && native_value<externref>);
static_assert(native_value<funcref> && native_value<colour>);
static_assert(native_value<v128> && !native_value<void*> && !native_value<const int&>);

// What host memory can be seen as.
struct point {
  float x, y;
};
static_assert(memory_value<point> && memory_value<std::uint16_t>);
static_assert(!memory_value<std::string> && !memory_value<std::unique_ptr<int>>);
static_assert(!memory_value<bool> && !memory_value<const char*>);

// What can be called from guests.
static_assert(host_callable<int (*)(float)> && host_callable<void (*)(caller&)>);
static_assert(!host_callable<int> && !host_callable<void (*)(std::string)> &&
              !host_callable<std::string (*)()>);

// What WASI can run: an instance of any configuration.
struct smallest : defaults {
  using backend = null;
};
struct without_functions {
  std::optional<int> find(std::string_view);
};
static_assert(wasi::runnable<basic_instance<smallest>>);
static_assert(!wasi::runnable<int> && !wasi::runnable<without_functions>);

// The configuration itself.
static_assert(config<smallest> && !config<defaults>);

#undef DOVETAIL_LACKS_CONSTANT
#undef DOVETAIL_GIVES_ANOTHER
#undef DOVETAIL_LACKS
