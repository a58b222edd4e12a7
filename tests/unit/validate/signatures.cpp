// Canonical function types: one object for each structure.
#include <dovetail/validate/signatures.hpp>

#include <set>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_validate_signatures {

using namespace dovetail;
using testing::watched_heap;

namespace {

using types = std::vector<value_type>;

// The `number`-th of many different types: its digits in base 7 are parameters and results.
struct numbered {
  types parameters, results;
  explicit numbered(unsigned number) {
    constexpr value_type all[] = {value_type::i32,      value_type::i64,  value_type::f32,
                                  value_type::f64,      value_type::v128, value_type::funcref,
                                  value_type::externref};
    bool is_result = false;
    for (; number != 0; number /= 7, is_result = !is_result)
      (is_result ? results : parameters).push_back(all[number % 7]);
  }
  [[nodiscard]] function_type type() const { return {parameters, results}; }
};

}  // namespace

TEST_CASE("signatures: equal types are one object, others are others") {
  watched_heap heap;
  signature_table table(heap);
  const types one{value_type::i32}, same{value_type::i32}, other{value_type::i64};
  const signature* s = table.intern({one, {}});
  REQUIRE(s != nullptr);
  CHECK(table.intern({same, {}}) == s);
  CHECK(table.intern({other, {}}) != s);
  CHECK(table.intern({{}, one}) != s);
  CHECK(table.intern({one, one}) != s);
  CHECK(table.intern({}) != s);
  CHECK(table.intern({}) == table.intern({}));
  CHECK(table.intern({{}, one}) != table.intern({one, {}}));
}

TEST_CASE("signatures: they keep their types when the one who asked is gone") {
  watched_heap heap;
  signature_table table(heap);
  const signature* s = nullptr;
  {
    const types in{value_type::f32, value_type::externref, value_type::i32}, out{value_type::f64};
    s = table.intern({in, out});
  }
  REQUIRE(s != nullptr);
  const types in{value_type::f32, value_type::externref, value_type::i32}, out{value_type::f64};
  CHECK(s->type == function_type{in, out});
  CHECK(s->frame_slots == 3);
  CHECK(table.intern({out, in})->frame_slots == 3);
  CHECK(table.intern({})->frame_slots == 0);
  const types vectors{value_type::v128, value_type::i32, value_type::v128};
  CHECK(table.intern({in, vectors})->parameter_slots == 3);
  CHECK(table.intern({in, vectors})->result_slots == 5);
  CHECK(table.intern({in, vectors})->frame_slots == 5);
}

TEST_CASE("signatures: a thousand of them stay apart while the table grows, and all are released") {
  watched_heap heap;
  {
    signature_table table(heap);
    std::vector<const signature*> made;
    for (unsigned i = 0; i < 1000; ++i) made.push_back(table.intern(numbered(i).type()));
    CHECK(std::set(made.begin(), made.end()).size() == 1000);
    for (unsigned i = 0; i < 1000; ++i) {
      REQUIRE(made[i] != nullptr);
      CHECK(table.intern(numbered(i).type()) == made[i]);
      CHECK(made[i]->type == numbered(i).type());
    }
  }
  CHECK(heap.is_clean());
}

TEST_CASE("signatures: refused memory is null, what is known is still found, nothing leaks") {
  watched_heap heap;
  {
    signature_table table(heap);
    heap.requests_left = 0;
    CHECK(table.intern(numbered(1).type()) == nullptr);
    heap.requests_left = 1;  // for the table, not for its list
    CHECK(table.intern(numbered(1).type()) == nullptr);
    heap.requests_left = 1;  // for the list, not for the signature
    CHECK(table.intern(numbered(1).type()) == nullptr);
    heap.requests_left = 1;
    const signature* s = table.intern(numbered(1).type());
    REQUIRE(s != nullptr);
    CHECK(table.intern(numbered(2).type()) == nullptr);
    CHECK(table.intern(numbered(1).type()) == s);
    // Where the table must grow.
    heap.requests_left = watched_heap::unlimited;
    for (unsigned i = 0; i < 64; ++i) REQUIRE(table.intern(numbered(i).type()) != nullptr);
    heap.requests_left = 0;
    CHECK(table.intern(numbered(64).type()) == nullptr);
    heap.requests_left = watched_heap::unlimited;
    for (unsigned i = 0; i < 65; ++i)
      CHECK(table.intern(numbered(i).type())->type == numbered(i).type());
  }
  CHECK(heap.is_clean());
}

TEST_CASE("signatures: threads that intern the same types get the same objects") {
  watched_heap heap;
  signature_table table(heap);
  std::vector<const signature*> made[3];
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&table, &mine] {
      for (unsigned i = 0; i < 200; ++i) mine.push_back(table.intern(numbered(i).type()));
    });
  }
  for (std::thread& t : threads) t.join();
  CHECK(made[0] == made[1]);
  CHECK(made[0] == made[2]);
  CHECK(std::set(made[0].begin(), made[0].end()).size() == 200);
}

}  // namespace unit_validate_signatures
