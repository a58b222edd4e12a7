// The rows of the operator table test themselves: codes and names are unique, every row decodes
// from its own encoding, needs its feature, and is typed as it says.
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/dovetail.hpp>
#include <dovetail/null.hpp>

#include "row_modules.hpp"
#include "support/catch.hpp"

namespace {

using namespace testing;
using dovetail::op;
using dovetail::status;
using dovetail::value_type;

struct validating : dovetail::defaults {
  using backend = dovetail::null;
};
using rt = dovetail::runtime<validating>;
struct validating_second : validating {
  static constexpr dovetail::features accept = dovetail::features::wasm2();
};
using rt_second = dovetail::runtime<validating_second>;

template <class Engine>
status verdict(Engine& engine, const std::vector<std::uint8_t>& module) {
  const auto answer = engine.validate(as_bytes(module));
  return answer ? status::ok : answer.error().code;
}

// Keeps the first operator it is told of.
template <dovetail::features Accept>
struct first_operator : dovetail::null_sink {
  static constexpr dovetail::features accept = Accept;
  std::size_t told = 0;
  op first{};

  template <dovetail::shape S, class Immediate>
  status on(op o, const Immediate& imm) {
    if (told++ == 0) first = o;
    return dovetail::null_sink::on<S>(o, imm);
  }
  template <op O>
  status on(dovetail::op_constant<O> which, const dovetail::immediate_of<O>& imm) {
    if (told++ == 0) first = O;
    return dovetail::null_sink::on(which, imm);
  }
};

// Decodes a body that begins with the operator.
template <dovetail::features Accept>
status decode(op o, first_operator<Accept>& sink) {
  code body;
  body.u32(0).append(encoded(o).bytes());
  if (o != op::end) body.end();
  const bool opens = o == op::block || o == op::loop || o == op::if_;
  if (opens) body.end();
  dovetail::byte_reader r(body.bytes());
  return dovetail::binary_decoder::body(r, sink);
}

template <dovetail::feature Feature>
bool needs(op o) {
  first_operator<dovetail::features::wasm3() - Feature> sink;
  const bool is_refused = is_not_accepted(decode(o, sink));
  return is_refused == (dovetail::row_of(o).feature == Feature);
}

}  // namespace

TEST_CASE("table: codes are unique", "[table]") {
  std::set<std::pair<int, int>> codes;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const dovetail::op_row& row = dovetail::row_of(op_at(i));
    INFO(row.text);
    CHECK(codes.insert({row.prefix, row.code}).second);
  }
}

TEST_CASE("table: names are the specification's, and unique but for select", "[table]") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const std::string_view text = name(op_at(i));
    INFO(text);
    CHECK((names.insert(text).second || text == "select"));
    CHECK(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == text.npos);
    // The type before the point is the result's; conversions, loads and constants included.
    const std::string_view type = text.substr(0, text.find('.'));
    const dovetail::shape_types types = types_of(op_at(i));
    const bool is_number = type == "i32" || type == "i64" || type == "f32" || type == "f64";
    if (!is_number) continue;
    const bool gives_truth = dovetail::is_comparison(op_at(i));
    if (types.has_result && !gives_truth) CHECK(name(types.result) == type);
    if (gives_truth) {
      CHECK(types.result == value_type::i32);
      CHECK(name(types.operands[0]) == type);
    }
    if (!types.has_result) CHECK(name(types.operands[1]) == type);  // a store
  }
  CHECK(names.size() == dovetail::op_count - 1);
}

TEST_CASE("table: every row decodes from its own encoding", "[table]") {
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    INFO(name(op_at(i)));
    first_operator<dovetail::features::wasm3()> sink;
    CHECK(decode(op_at(i), sink) == status::ok);
    CHECK(sink.told > 0);
    CHECK(sink.first == op_at(i));
  }
}

TEST_CASE("table: codes that no row has are refused", "[table]") {
  for (unsigned prefix : {0u, 0xfcu, 0xfdu}) {
    std::set<unsigned> known;
    for (std::size_t i = 0; i < dovetail::op_count; ++i) {
      const dovetail::op_row& row = dovetail::row_of(op_at(i));
      if (row.prefix == prefix) known.insert(row.code);
    }
    if (prefix == 0) known.insert({0xfc, 0xfd});
    for (unsigned number = 0; number < (prefix == 0 ? 256u : 500u); ++number) {
      if (known.contains(number)) continue;
      code body;
      body.u32(0);
      if (prefix == 0) {
        body.byte(number);
      } else {
        body.byte(prefix).u32(number);
      }
      for (int i = 0; i < 20; ++i) body.byte(0x0b);
      dovetail::scanning_sink<dovetail::features::wasm2()> sink;
      dovetail::byte_reader r(body.bytes());
      INFO("prefix " << prefix << " code " << number);
      CHECK(dovetail::binary_decoder::body(r, sink) == status::illegal_opcode);
    }
  }
}

TEST_CASE("table: every row needs its feature and no other", "[table]") {
  using dovetail::feature;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    INFO(name(op_at(i)));
    CHECK(needs<feature::sign_extension>(op_at(i)));
    CHECK(needs<feature::saturating_conversion>(op_at(i)));
    CHECK(needs<feature::bulk_memory>(op_at(i)));
    CHECK(needs<feature::reference_types>(op_at(i)));
    CHECK(needs<feature::simd>(op_at(i)));
    CHECK(needs<feature::tail_call>(op_at(i)));
    CHECK(needs<feature::function_references>(op_at(i)));
    CHECK(needs<feature::relaxed_simd>(op_at(i)));
  }
}

TEST_CASE("table: every row is typed as it says", "[table]") {
  rt::engine engine;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    if (is_special(o)) continue;
    const type_list operands = operands_of(o), results = results_of(o);
    INFO(name(o));
    CHECK(verdict(engine, module_of(operands, results, encoded(o))) == status::ok);
    for (std::size_t k = 0; k < operands.size(); ++k) {
      type_list wrong = operands;
      wrong[k] = other_than(wrong[k]);
      CHECK(verdict(engine, module_of(wrong, results, encoded(o))) == status::type_mismatch);
    }
    if (!operands.empty()) {
      const type_list fewer(operands.begin() + 1, operands.end());
      CHECK(verdict(engine, module_of(fewer, results, encoded(o))) == status::type_mismatch);
    }
    const type_list wrong =
        results.empty() ? type_list{value_type::i32} : type_list{other_than(results[0])};
    CHECK(verdict(engine, module_of(operands, wrong, encoded(o))) == status::type_mismatch);
    // In dead code operands come from nowhere, but the result has its type.
    code dead;
    dead.put(op::unreachable).append(encoded(o).bytes());
    CHECK(verdict(engine, module_of({}, results, dead)) == status::ok);
    if (!results.empty())
      CHECK(verdict(engine, module_of({}, wrong, dead)) == status::type_mismatch);
  }
}

// From 64 on the number says that a memory follows; before 3.0 it is malformed from 32 on.
TEST_CASE("table: alignments up to the width of the access", "[table]") {
  rt::engine engine;
  rt_second::engine second;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    if (!is_access(o)) continue;
    const unsigned natural = log_of(dovetail::row_of(o).width);
    for (unsigned alignment = 0; alignment < 130; ++alignment) {
      code c;
      c.put(o).u32(alignment).u32(0);
      if (dovetail::row_of(o).immediate == dovetail::immediate_kind::memarg_lane) c.byte(0);
      INFO(name(o) << ", alignment " << alignment);
      const auto module = module_of(operands_of(o), results_of(o), c);
      const status small = alignment <= natural ? status::ok : status::alignment_too_large;
      CHECK(verdict(second, module) == (alignment < 32 ? small : status::malformed_memop_flags));
      if (alignment >= 64 && alignment < 128) continue;
      CHECK(verdict(engine, module) == (alignment < 64 ? small : status::malformed_memop_flags));
    }
  }
}

TEST_CASE("table: lanes up to their number", "[table]") {
  rt::engine engine;
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const op o = op_at(i);
    const dovetail::op_row& row = dovetail::row_of(o);
    const bool is_lane = row.immediate == dovetail::immediate_kind::lane;
    if (!is_lane && row.immediate != dovetail::immediate_kind::memarg_lane) continue;
    for (unsigned lane = 0; lane < 256; ++lane) {
      code c;
      c.put(o);
      if (!is_lane) c.u32(0).u32(0);
      c.byte(lane);
      INFO(name(o) << ", lane " << lane);
      CHECK(verdict(engine, module_of(operands_of(o), results_of(o), c)) ==
            (lane < 16u / row.width ? status::ok : status::invalid_lane_index));
    }
  }
  // Each of the shuffle's sixteen lanes is one of thirty-two.
  for (unsigned place = 0; place < 16; ++place) {
    for (const unsigned lane : {0u, 31u, 32u, 255u}) {
      code c;
      c.put(op::i8x16_shuffle);
      for (unsigned k = 0; k < 16; ++k) c.byte(k == place ? lane : 0);
      CHECK(verdict(engine, module_of(operands_of(op::i8x16_shuffle), results_of(op::i8x16_shuffle),
                                      c)) == (lane < 32 ? status::ok : status::invalid_lane_index));
    }
  }
}
