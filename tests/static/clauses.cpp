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
#include <tuple>
#include <vector>

#include <dovetail/backtraces.hpp>
#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/snapshot.hpp>
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

// Mapping data segments is an offer.
struct memory_that_maps : checked_memory {
  static status map_data(vm::instance&, std::uint32_t&);
};
struct memory_that_maps_without_a_word : checked_memory {
  static void map_data(vm::instance&, std::uint32_t&);
};
struct memory_that_does_not_say_how_many : checked_memory {
  static status map_data(vm::instance&);
};
static_assert(maps_data<memory_that_maps> && !maps_data<checked_memory>);
static_assert(!maps_data<memory_that_maps_without_a_word> &&
              !maps_data<memory_that_does_not_say_how_many>);

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

// What else compilers may be: of two passes, or several side by side.
using detail::parallel_compiler;
using detail::two_pass_compiler;
struct compiler_of_two_passes : whole_compiler {
  recorder<null_emitter::executes, null_emitter::has_vectors, null_emitter::is_metered>&
  collector();
};
struct compiler_of_one_pass_that_collects : whole_compiler {
  std::string& collector();
};
struct compiler_of_parts : whole_compiler {
  status split(std::span<const std::size_t>);
  whole_compiler& part(std::size_t);
};
struct compiler_whose_split_cannot_fail : compiler_of_parts {
  void split(std::span<const std::size_t>);
};
struct compiler_without_parts : whole_compiler {
  status split(std::span<const std::size_t>);
};
struct compiler_of_parts_that_emit_nothing : compiler_of_parts {
  int part(std::size_t);
};
static_assert(!two_pass_compiler<whole_compiler> && !parallel_compiler<whole_compiler>);
static_assert(two_pass_compiler<compiler_of_two_passes>);
static_assert(!two_pass_compiler<compiler_of_one_pass_that_collects>, "recordings are replayed");
static_assert(parallel_compiler<compiler_of_parts>);
static_assert(!parallel_compiler<compiler_whose_split_cannot_fail>);
static_assert(!parallel_compiler<compiler_without_parts>);
static_assert(!parallel_compiler<compiler_of_parts_that_emit_nothing>);

// A backend that the machine may refuse, and one with another behind it.
struct backend_that_may_be_refused : null {
  static bool is_available();
};
struct backend_whose_refusal_is_unclear : null {
  static void is_available();
};
static_assert(refusable_backend<backend_that_may_be_refused> && !refusable_backend<null> &&
              !refusable_backend<backend_whose_refusal_is_unclear>);
static_assert(backend_with_fallback<first_available<backend_that_may_be_refused, null>>);
static_assert(!backend_with_fallback<backend_that_may_be_refused>);
struct backend_with_a_fallback_for_nothing : null {
  using fallback = interpreter;
};
static_assert(!backend_with_fallback<backend_with_a_fallback_for_nothing>);

// Visitors of frames.
struct visitor_without_answer {
  void operator()(const guest_frame&);
};
struct visitor_of_frames_it_may_change {
  bool operator()(guest_frame&);
};
static_assert(frame_visitor<null_frame_visitor> && !frame_visitor<visitor_without_answer> &&
              !frame_visitor<visitor_of_frames_it_may_change> && !frame_visitor<int>);

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
static_assert(has_vector_meaning<op::i8x16_add> && has_vector_meaning<op::f64x2_splat>);
static_assert(!has_vector_meaning<op::v128_load> && !has_vector_meaning<op::i32_add>);
static_assert(has_vector_access<op::v128_load8_splat> && has_vector_access<op::v128_store16_lane>);
static_assert(!has_vector_access<op::i8x16_add> && !has_vector_access<op::i32_load>);

// Values of C++.
enum class colour : std::uint8_t {};
static_assert(native_integer<bool> && native_integer<std::int64_t> && native_integer<colour>);
static_assert(!native_integer<float> && !native_integer<void*> && !native_integer<std::string>);
#ifdef __SIZEOF_INT128__
static_assert(!native_integer<__int128>, "at most 64 bits");
#endif
struct wrapped {
  using native_type = std::uint32_t;
  [[nodiscard]] std::uint32_t to_native() const;
  static wrapped from_native(std::uint32_t);
};
struct wrapped_text : wrapped {
  using native_type = std::string;
};
struct wrapped_that_cannot_be_read : wrapped {
  void to_native() const;
  static wrapped_that_cannot_be_read from_native(std::uint32_t);
};
struct wrapped_that_comes_back_as_another : wrapped {};
static_assert(native_wrapper<wrapped> && !native_wrapper<std::uint32_t>);
static_assert(!native_wrapper<wrapped_text> && !native_wrapper<wrapped_that_cannot_be_read> &&
              !native_wrapper<wrapped_that_comes_back_as_another>);
static_assert(slot_value<bool> && slot_value<colour> && slot_value<double> && slot_value<funcref> &&
              slot_value<wrapped>);
static_assert(!slot_value<v128>, "a vector takes two");
static_assert(!slot_value<long double> && !slot_value<void*> && !slot_value<std::string>);
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

using detail::host_parameter;
using detail::host_result;
static_assert(host_parameter<int> && host_parameter<const float&> && host_parameter<v128>);
static_assert(!host_parameter<int&>, "a guest's value has no place to be written to");
static_assert(!host_parameter<std::string> && !host_parameter<void>);
static_assert(host_result<void> && host_result<int> && host_result<std::tuple<int, double>> &&
              host_result<trap> && host_result<result<float, trap>>);
static_assert(!host_result<std::string> && !host_result<std::tuple<int, std::string>>);

// What a contract demands.
static_assert(contract_export<exported<"run", int(int)>> && !contract_export<int(int)> &&
              !contract_export<exports<>>);

// What stands for a snapshot's references of the host.
struct map_of_references {
  std::optional<externref> operator()(externref) const;
};
struct map_that_always_finds {
  externref operator()(externref) const;
};
struct map_to_numbers {
  std::optional<int> operator()(externref) const;
};
struct map_that_changes {
  std::optional<externref> operator()(externref);
};
static_assert(reference_map<map_of_references> && !reference_map<map_that_changes>);
static_assert(!reference_map<map_that_always_finds> && !reference_map<map_to_numbers> &&
              !reference_map<int>);

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
