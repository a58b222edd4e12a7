// Every clause of the emitter concept: an emitter that lacks it, and where a result is wanted one
// that gives another, is refused, by the clause's own group and no other.
#include <cstddef>
#include <string>

#include <dovetail/interpreter.hpp>
#include <dovetail/null.hpp>
#include <dovetail/validate/emitter.hpp>

using namespace dovetail;

// The groups of the concept, as bits of what an emitter lacks.
enum : unsigned {
  names = 1,
  functions = 2,
  numbers = 4,
  vectors = 8,
  memories = 16,
  variables = 32,
  tables = 64,
  control = 128,
  meters = 256,
  tail_calls = 512,
  references = 1024,
  tail_calls_of_references = 2048
};
template <class E>
constexpr unsigned lacking() {
  return (emitter_names<E> ? 0u : names) | (emits_functions<E> ? 0u : functions) |
         (emits_numbers<E> ? 0u : numbers) | (emits_vectors<E> ? 0u : vectors) |
         (emits_memories<E> ? 0u : memories) | (emits_variables<E> ? 0u : variables) |
         (emits_tables<E> ? 0u : tables) | (emits_control<E> ? 0u : control) |
         (emits_meters<E> ? 0u : meters) | (emits_tail_calls<E> ? 0u : tail_calls) |
         (emits_function_references<E> ? 0u : references) |
         (emits_tail_calls_of_references<E> ? 0u : tail_calls_of_references);
}
static_assert(lacking<null_emitter>() == 0 && emitter<null_emitter>);
static_assert(lacking<interpreting::emitter<controls{}>>() == 0);
static_assert(lacking<interpreting::emitter<controls{.is_metered = true}>>() == 0);

struct metered_emitter : null_emitter {
  static constexpr bool is_metered = true;
};
static_assert(emitter<metered_emitter>);

// A member function of this name that takes nothing hides the base's.
#define DOVETAIL_LACKS(BASE, GROUP, CLAUSE)                                    \
  struct without_##CLAUSE : BASE {                                             \
    void CLAUSE();                                                             \
  };                                                                           \
  static_assert(lacking<without_##CLAUSE>() == (GROUP), #CLAUSE " is wanted"); \
  static_assert(!emitter<without_##CLAUSE>);
// One that takes anything and gives something else.
#define DOVETAIL_GIVES_ANOTHER(BASE, GROUP, CLAUSE)                                   \
  DOVETAIL_LACKS(BASE, GROUP, CLAUSE)                                                 \
  struct wrong_##CLAUSE : BASE {                                                      \
    template <class... Arguments>                                                     \
    std::string CLAUSE(Arguments&&...);                                               \
  };                                                                                  \
  static_assert(lacking<wrong_##CLAUSE>() == (GROUP), #CLAUSE "'s result is wanted"); \
  static_assert(!emitter<wrong_##CLAUSE>);

DOVETAIL_LACKS(null_emitter, functions, begin)
DOVETAIL_GIVES_ANOTHER(null_emitter, functions, finish)
DOVETAIL_LACKS(null_emitter, functions, position)

DOVETAIL_GIVES_ANOTHER(null_emitter, numbers, constant)
DOVETAIL_GIVES_ANOTHER(null_emitter, numbers, unary)
DOVETAIL_GIVES_ANOTHER(null_emitter, numbers, binary)
DOVETAIL_GIVES_ANOTHER(null_emitter, numbers, select)
DOVETAIL_LACKS(null_emitter, numbers, drop)

DOVETAIL_GIVES_ANOTHER(null_emitter, vectors, vector_constant)
DOVETAIL_GIVES_ANOTHER(null_emitter, vectors, vector)
DOVETAIL_LACKS(null_emitter, vectors, vector_store)

DOVETAIL_GIVES_ANOTHER(null_emitter, memories, load)
DOVETAIL_LACKS(null_emitter, memories, store)
DOVETAIL_GIVES_ANOTHER(null_emitter, memories, memory_size)
DOVETAIL_GIVES_ANOTHER(null_emitter, memories, memory_grow)
DOVETAIL_LACKS(null_emitter, memories, memory_fill)
DOVETAIL_LACKS(null_emitter, memories, memory_copy)
DOVETAIL_LACKS(null_emitter, memories, memory_init)
DOVETAIL_LACKS(null_emitter, memories, data_drop)

DOVETAIL_GIVES_ANOTHER(null_emitter, variables, local_get)
DOVETAIL_LACKS(null_emitter, variables, local_set)
DOVETAIL_GIVES_ANOTHER(null_emitter, variables, local_tee)
DOVETAIL_GIVES_ANOTHER(null_emitter, variables, global_get)
DOVETAIL_LACKS(null_emitter, variables, global_set)

DOVETAIL_GIVES_ANOTHER(null_emitter, tables, table_get)
DOVETAIL_LACKS(null_emitter, tables, table_set)
DOVETAIL_GIVES_ANOTHER(null_emitter, tables, table_size)
DOVETAIL_GIVES_ANOTHER(null_emitter, tables, table_grow)
DOVETAIL_LACKS(null_emitter, tables, table_fill)
DOVETAIL_LACKS(null_emitter, tables, table_copy)
DOVETAIL_LACKS(null_emitter, tables, table_init)
DOVETAIL_LACKS(null_emitter, tables, element_drop)
DOVETAIL_GIVES_ANOTHER(null_emitter, tables, ref_func)
DOVETAIL_GIVES_ANOTHER(null_emitter, tables, ref_is_null)

DOVETAIL_GIVES_ANOTHER(null_emitter, control, enter)
DOVETAIL_GIVES_ANOTHER(null_emitter, control, enter_if)
DOVETAIL_LACKS(null_emitter, control, else_)
DOVETAIL_LACKS(null_emitter, control, enter_else)
DOVETAIL_LACKS(null_emitter, control, leave)
DOVETAIL_LACKS(null_emitter, control, branch)
DOVETAIL_LACKS(null_emitter, control, branch_if)
DOVETAIL_LACKS(null_emitter, control, branch_table)
DOVETAIL_LACKS(null_emitter, control, call)
DOVETAIL_LACKS(null_emitter, control, call_indirect)
DOVETAIL_LACKS(null_emitter, control, name_results)

DOVETAIL_LACKS(null_emitter, tail_calls, return_call)
DOVETAIL_LACKS(null_emitter, tail_calls, return_call_indirect)
DOVETAIL_LACKS(null_emitter, references, call_ref)
DOVETAIL_GIVES_ANOTHER(null_emitter, references, ref_as_non_null)
DOVETAIL_GIVES_ANOTHER(null_emitter, references, branch_on_null)
DOVETAIL_LACKS(null_emitter, references, branch_on_non_null)
DOVETAIL_LACKS(null_emitter, tail_calls_of_references, return_call_ref)

DOVETAIL_GIVES_ANOTHER(metered_emitter, meters, open_meter)
DOVETAIL_LACKS(metered_emitter, meters, close_meter)

// What takes nothing is hidden by what takes something.
struct without_unreachable : null_emitter {
  void unreachable(int);
};
static_assert(lacking<without_unreachable>() == control && !emitter<without_unreachable>);

// Names: each type and each constant must be there; values are small, plain and can be made.
struct without_value : null_emitter {
 private:
  using value = int;
};
struct without_label : null_emitter {
 private:
  using label = int;
};
struct without_meter : null_emitter {
 private:
  using meter = int;
};
static_assert(!emitter_names<without_value> && !emitter<without_value>);
static_assert(!emitter_names<without_label> && !emitter<without_label>);
static_assert(!emitter_names<without_meter> && !emitter<without_meter>);
struct without_word_on_vectors : null_emitter {
  struct has_vectors {};
};
struct without_word_on_places : null_emitter {
  struct places_operands {};
};
struct without_word_on_features : null_emitter {
  struct executes {};
};
struct without_word_on_meters : null_emitter {
  struct is_metered {};
};
static_assert(!emitter_names<without_word_on_vectors> && !emitter_names<without_word_on_places> &&
              !emitter_names<without_word_on_features> && !emitter_names<without_word_on_meters>);
template <class Value>
struct emitter_of_values : null_emitter {
  using value = Value;
};
struct sixteen_bytes {
  char bytes[16];
};
struct seventeen_bytes {
  char bytes[17];
};
struct copied_by_code {
  copied_by_code() = default;
  copied_by_code(const copied_by_code&);
};
struct not_from_nothing {
  explicit not_from_nothing(int);
};
static_assert(emitter_names<emitter_of_values<sixteen_bytes>>);
static_assert(!emitter_names<emitter_of_values<seventeen_bytes>>);
static_assert(!emitter_names<emitter_of_values<copied_by_code>>);
static_assert(!emitter_names<emitter_of_values<not_from_nothing>>);
struct emitter_of_strings_for_labels : null_emitter {
  using label = std::string;
};
static_assert(!emitter_names<emitter_of_strings_for_labels>);
// Names of another type go through every other clause: the base's functions take its own.
static_assert(!emitter<emitter_of_values<sixteen_bytes>>);

// What an emitter does not claim is not wanted of it.
struct without_vectors : null_emitter {
  static constexpr bool has_vectors = false;
  static constexpr features executes = features::wasm2();
  void vector();
  void vector_constant();
  void vector_store();
};
struct without_third_version : null_emitter {
  static constexpr features executes = features::wasm2();
  void return_call();
  void return_call_indirect();
  void return_call_ref();
  void call_ref();
  void ref_as_non_null();
  void branch_on_null();
  void branch_on_non_null();
};
struct without_references : null_emitter {
  static constexpr features executes = features::wasm3() - feature::function_references;
  void return_call_ref();
};
static_assert(emitter<without_third_version> && emitter<without_references>);
struct without_meters : null_emitter {
  void open_meter();
  void close_meter();
};
static_assert(emitter<without_vectors> && emitter<without_meters>);

// Prices are an offer of emitters that are metered.
std::uint16_t a_price(op);
struct metered : null_emitter {
  static constexpr bool is_metered = true;
};
struct metered_by_prices : metered {
  static constexpr price_function price = &a_price;
};
struct metered_by_no_list : metered {
  static constexpr price_function price = nullptr;
};
struct with_prices_for_nothing : metered_by_prices {
  static constexpr bool is_metered = false;
};
static_assert(has_prices<metered_by_prices> && !has_prices<metered>);
static_assert(!has_prices<metered_by_no_list> && !has_prices<with_prices_for_nothing>);

#undef DOVETAIL_GIVES_ANOTHER
#undef DOVETAIL_LACKS
