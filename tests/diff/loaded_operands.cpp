// What is loaded may be an operand in memory of the operator that follows: it is the same as one in
// a local, and traps where the load stands. Each operator takes both in one function.
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "backends.hpp"
#include "support/catch.hpp"
#include "support/writer.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::shape;
using dovetail::trap_code;
using dovetail::value_type;

constexpr std::uint32_t size = 65'536;

struct kind_of_number {
  value_type type;
  op load, store;
  std::uint32_t width;
};
kind_of_number kind_of(value_type type) {
  switch (type.code()) {
    case 0x7f: return {type, op::i32_load, op::i32_store, 4};
    case 0x7e: return {type, op::i64_load, op::i64_store, 8};
    case 0x7d: return {type, op::f32_load, op::f32_store, 4};
    default: return {type, op::f64_load, op::f64_store, 8};
  }
}

// How the other operand, or the use, stands beside what is loaded.
enum class form { right, right_of_temporary, left_of_local, left_of_constant, condition, end };

constexpr std::uint64_t offset = 40;
constexpr std::int32_t constant = 7;

// Operands that are equal, ordered both ways, and not numbers.
std::vector<std::uint64_t> values_of(value_type type) {
  if (type == value_type::f32)
    return {0, 0x8000'0000, 0x3f80'0000, 0xc010'0000, 0x7f80'0000, 0x7fc0'0000};
  if (type == value_type::f64)
    return {0,
            0x8000'0000'0000'0000,
            0x3ff0'0000'0000'0000,
            0xc010'0000'0000'0000,
            0x7ff0'0000'0000'0000,
            0x7ff8'0000'0000'0000};
  return {0, 1, 7, 0x7fff'ffff, 0x8000'0000, 0xffff'ffff, 0x1'0000'0007, ~std::uint64_t{0}};
}

// `other` and `at` are parameters 0 and 1; with `is_apart` the loaded value goes through local 2.
code body_of(op o, form f, const kind_of_number& k, bool is_apart) {
  code c;
  const auto loaded = [&] { c.put(op::local_get, {1}).put(k.load, {0, offset}); };
  const auto value = [&] {
    if (is_apart) {
      c.put(op::local_get, {2});
    } else {
      loaded();
    }
  };
  if (is_apart) loaded(), c.put(op::local_set, {2});
  switch (f) {
    case form::right: c.put(op::local_get, {0}), value(), c.put(o, {}); break;
    case form::right_of_temporary:
      c.put(op::local_get, {0}).put(op::local_tee, {0}), value(), c.put(o, {});
      break;
    case form::left_of_local: value(), c.put(op::local_get, {0}).put(o, {}); break;
    case form::left_of_constant: value(), c.constant(k.type, constant).put(o, {}); break;
    case form::condition: value(), c.open(op::if_, 0x7f).i32(3).put(op::else_).i32(4).end(); break;
    case form::end: break;
  }
  return c;
}

struct row {
  op operation;
  value_type operand, result;
};
std::vector<row> operators() {
  std::vector<row> all;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const auto o = static_cast<op>(i);
    const auto types = types_of(dovetail::row_of(o).shape);
    if (types.operand_count == 2 && types.has_result && !types.operands[0].is_vector() &&
        !types.operands[1].is_vector())
      all.push_back({o, types.operands[0], types.result});
  }
  return all;
}

template <class Config>
class examination {
  using rt = dovetail::runtime<Config>;

 public:
  void run() {
    module_writer m;
    m.memory(1, 1);
    m.export_as("memory", 2, 0);
    for (const row& r : operators()) {
      const kind_of_number k = kind_of(r.operand);
      const std::uint32_t own = m.type({k.type, value_type::i32}, {r.result});
      for (int f = 0; f < static_cast<int>(form::condition); ++f) add(m, own, r.operation, f, k);
      if (r.operation == op::i32_add)
        add(m, own, r.operation, static_cast<int>(form::condition), k);
    }
    typename rt::engine engine;
    const auto bytes = m.bytes();
    const auto module = engine.compile(as_bytes(bytes));
    REQUIRE(module.has_value());
    typename rt::store store{engine};
    auto instance = store.instantiate(*module);
    REQUIRE(instance.has_value());
    auto* const memory = instance->data().memory0->base;
    for (const auto& c : cases_) {
      for (const std::uint64_t other : values_of(c.kind.type)) {
        for (const std::uint64_t loaded : values_of(c.kind.type)) {
          std::memcpy(memory + 100 + offset, &loaded, 8);
          compare(*instance, c, other, 100);
        }
        // The last place inside, and the first outside.
        compare(*instance, c, other, static_cast<std::uint32_t>(size - offset - c.kind.width));
        compare(*instance, c, other, static_cast<std::uint32_t>(size - offset - c.kind.width + 1));
      }
    }
    CHECK(wrong_ == 0);
    CHECK(traps_ > cases_.size());
    CHECK(compared_ > 100 * cases_.size() / 4);
  }

 private:
  struct one_case {
    std::string name;
    kind_of_number kind;
    value_type result;
  };

  void add(module_writer& m, std::uint32_t type, op o, int f, const kind_of_number& k) {
    const std::string name = std::string(dovetail::name(o)) + " " + std::to_string(f);
    for (const bool is_apart : {false, true}) {
      const std::uint32_t i =
          m.function(type, body_of(o, static_cast<form>(f), k, is_apart), {{1, k.type}});
      m.export_as(name + (is_apart ? " apart" : ""), 0, i);
    }
    cases_.push_back({name, k, types_of(dovetail::row_of(o).shape).result});
  }

  template <class Instance>
  void compare(Instance& instance, const one_case& c, std::uint64_t other, std::uint32_t at) {
    const outcome together = call(instance, c, c.name, other, at);
    const outcome apart = call(instance, c, c.name + " apart", other, at);
    ++compared_;
    if (apart.trap == trap_code::memory_out_of_bounds) ++traps_;
    if (together.trap == apart.trap && together.bits == apart.bits) return;
    if (++wrong_ > 10) return;
    INFO(c.name << ": " << other << " at " << at);
    CHECK(together.trap == apart.trap);
    CHECK(together.bits == apart.bits);
  }

  struct outcome {
    trap_code trap = trap_code::none;
    std::uint64_t bits = 0;
  };
  template <class Instance>
  outcome call(Instance& instance, const one_case& c, const std::string& name, std::uint64_t other,
               std::uint32_t at) {
    switch (c.kind.type.code()) {
      case 0x7f: return call_with(instance, c, name, static_cast<std::uint32_t>(other), at);
      case 0x7e: return call_with(instance, c, name, other, at);
      case 0x7d:
        return call_with(instance, c, name, std::bit_cast<float>(static_cast<std::uint32_t>(other)),
                         at);
      default: return call_with(instance, c, name, std::bit_cast<double>(other), at);
    }
  }
  template <class Instance, class T>
  outcome call_with(Instance& instance, const one_case& c, const std::string& name, T other,
                    std::uint32_t at) {
    if (c.result == value_type::i32) return answer<std::uint32_t>(instance, name, other, at);
    return answer<T>(instance, name, other, at);
  }
  template <class R, class Instance, class T>
  outcome answer(Instance& instance, const std::string& name, T other, std::uint32_t at) {
    const auto f = instance.template get<R(T, std::uint32_t)>(name).value();
    const auto got = f(other, at);
    outcome o;
    if (!got.has_value()) return o.trap = got.error().code, o;
    std::memcpy(&o.bits, &*got, sizeof(R));
    return o;
  }

  std::vector<one_case> cases_;
  std::size_t wrong_ = 0, traps_ = 0, compared_ = 0;
};

template <class... Configs>
void examine(std::tuple<Configs...>*) {
  (examination<Configs>().run(), ...);
}
template <class... Backends>
void examine_backends(std::tuple<Backends...>*) {
  (examine(static_cast<typename detail::memories_of<Backends>::type*>(nullptr)), ...);
}

}  // namespace

TEST_CASE("diff: what is loaded is an operand like any other", "[diff]") {
  examine_backends(static_cast<backends*>(nullptr));
}
