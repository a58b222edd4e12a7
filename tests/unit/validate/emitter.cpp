// The emitter concept: each group of clauses misses what is taken away.
#include <dovetail/validate/emitter.hpp>

#include "support/catch.hpp"

namespace unit_validate_emitter {

using namespace dovetail;

namespace {

struct base : null_emitter {
  using value = null_emitter::value;
};
struct without_finish : null_emitter {
  void finish() {}
};
struct without_binary : null_emitter {
  void binary(op, value, value, live<value>) = delete;
};
struct without_vectors : null_emitter {
  static constexpr bool has_vectors = false;
  static constexpr features executes = features::wasm2();
  void vector_constant(const v128&) = delete;
};
struct with_broken_vectors : null_emitter {
  void vector_constant(const v128&) = delete;
};
struct without_grow : null_emitter {
  void memory_grow(memory_index, value, live<value>) = delete;
};
struct without_tee : null_emitter {
  void local_tee(local_index, value_type, value, live<value>) = delete;
};
struct without_ref_func : null_emitter {
  void ref_func(function_index, live<value>) = delete;
};
struct without_leave : null_emitter {
  void leave(label&, bool, live<value>) = delete;
};
struct metered : null_emitter {
  static constexpr bool is_metered = true;
};
struct metered_without_close : metered {
  void close_meter(meter, std::uint32_t) = delete;
};
struct with_large_values : null_emitter {
  struct value {
    char bytes[17];
  };
};
struct with_largest_values : null_emitter {
  struct value {
    char bytes[16];
  };
};

}  // namespace

TEST_CASE("emitter: the null emitter is one, and so is what derives from it") {
  CHECK(emitter<null_emitter>);
  CHECK(emitter<base>);
  CHECK(emitter<metered>);
  CHECK(emitter<without_vectors>);  // claims none, needs none
}

TEST_CASE("emitter: one function less, and its group fails, and with it the whole") {
  CHECK((!emits_functions<without_finish> && !emitter<without_finish>));
  CHECK((!emits_numbers<without_binary> && !emitter<without_binary>));
  CHECK((!emits_vectors<with_broken_vectors> && !emitter<with_broken_vectors>));
  CHECK((!emits_memories<without_grow> && !emitter<without_grow>));
  CHECK((!emits_variables<without_tee> && !emitter<without_tee>));
  CHECK((!emits_tables<without_ref_func> && !emitter<without_ref_func>));
  CHECK((!emits_control<without_leave> && !emitter<without_leave>));
  CHECK((!emits_meters<metered_without_close> && !emitter<metered_without_close>));
}

TEST_CASE("emitter: names have at most 16 bytes") {
  CHECK(emitter_names<with_largest_values>);
  CHECK_FALSE(emitter_names<with_large_values>);
}

}  // namespace unit_validate_emitter
