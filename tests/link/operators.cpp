// B-20 and B-21: every operator in code that is never reached, and every operator on a memory or
// table that is not there. The modules are made of bytes, from the operator table.
#include <dovetail/format/operators.hpp>

#include "guest.hpp"

namespace linking {

namespace {

using dovetail::feature;
using dovetail::features;
using dovetail::immediate_kind;
using bytes = std::vector<std::uint8_t>;

struct row {
  std::string_view text;
  std::uint8_t prefix;
  std::uint16_t code;
  immediate_kind immediate;
  std::string_view signature;  // operand letters, _, result letter; or "special"
  bool is_simd;
  bool is_accepted;
};

constexpr row rows[] = {
#define DOVETAIL_OP(NAME, TEXT, PREFIX, CODE, IMMEDIATE, SIGNATURE, WIDTH, FEATURE) \
  {TEXT,                                                                            \
   PREFIX,                                                                          \
   CODE,                                                                            \
   immediate_kind::IMMEDIATE,                                                       \
   #SIGNATURE,                                                                      \
   feature::FEATURE == feature::simd,                                               \
   dovetail::features::wasm2().has(feature::FEATURE)},
#include <dovetail/format/operators.def>
#undef DOVETAIL_OP
};

void append(bytes& to, const bytes& more) { to.insert(to.end(), more.begin(), more.end()); }

// The immediates of the index 0, and whatever else makes the operator valid in dead code.
bytes immediates(immediate_kind kind) {
  switch (kind) {
    case immediate_kind::none: return {};
    case immediate_kind::block_type: return {0x40, 0x0b};  // without result, and its end
    case immediate_kind::label_table: return {0x01, 0x00, 0x00};
    case immediate_kind::value_types: return {0x01, 0x7f};
    case immediate_kind::heap_type: return {0x70};
    case immediate_kind::call_indirect:
    case immediate_kind::table_table:
    case immediate_kind::element_table:
    case immediate_kind::memory_memory:
    case immediate_kind::data_memory:
    case immediate_kind::memarg: return {0x00, 0x00};
    case immediate_kind::memarg_lane: return {0x00, 0x00, 0x00};
    case immediate_kind::f32: return bytes(4);
    case immediate_kind::f64: return bytes(8);
    case immediate_kind::v128:
    case immediate_kind::shuffle: return bytes(16);
    default: return {0x00};
  }
}

bytes encoded(const row& r) {
  bytes out;
  if (r.prefix != 0) out.push_back(r.prefix);
  std::uint32_t rest = r.code;
  for (; r.prefix != 0 && rest >= 0x80; rest >>= 7)
    out.push_back(static_cast<std::uint8_t>(rest | 0x80));
  out.push_back(static_cast<std::uint8_t>(rest));
  append(out, immediates(r.immediate));
  return out;
}

struct parts {
  bool memory = true;
  bool table = true;
};

void section(bytes& module, std::uint8_t id, const bytes& content) {
  module.push_back(id);
  module.push_back(static_cast<std::uint8_t>(content.size() | 0x80));
  module.push_back(static_cast<std::uint8_t>(content.size() >> 7));
  append(module, content);
}

// A function [] -> [] with one local, exported as "f", in a module with one of everything.
bytes module_with(const bytes& body, parts has = {}) {
  bytes code = {0x01, 0x01, 0x7f};
  append(code, body);
  code.push_back(0x0b);
  bytes code_section = {0x01, static_cast<std::uint8_t>(code.size())};
  append(code_section, code);
  bytes m = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00};
  section(m, 1, {0x01, 0x60, 0x00, 0x00});
  section(m, 3, {0x01, 0x00});
  if (has.table) section(m, 4, {0x01, 0x70, 0x00, 0x01});
  if (has.memory) section(m, 5, {0x01, 0x00, 0x01});
  section(m, 6, {0x01, 0x7f, 0x01, 0x41, 0x00, 0x0b});
  section(m, 7, {0x01, 0x01, 'f', 0x00, 0x00});
  section(m, 9, {0x01, 0x01, 0x00, 0x01, 0x00});  // passive, function 0
  section(m, 12, {0x01});
  section(m, 10, code_section);
  section(m, 11, {0x01, 0x01, 0x01, 'x'});  // passive
  return m;
}

// What stands in code only with others comes in other rows' immediates.
bool stands_alone(const row& r) { return r.is_accepted && r.text != "else" && r.text != "end"; }

}  // namespace

TEMPLATE_TEST_CASE("B-20: every operator after unreachable", "", checked, guarded) {
  world<TestType> w;
  for (const row& r : rows) {
    if (!stands_alone(r)) continue;
    INFO(std::string(r.text));
    bytes body = {0x00};
    append(body, encoded(r));
    body.push_back(0x00);  // drops whatever it left
    const bytes module = module_with(body);
    const auto valid = w.engine.validate(std::as_bytes(std::span(module)));
    if (!valid) FAIL_CHECK(line_of(valid.error()));
    if (!valid || r.is_simd) continue;
    const auto compiled = need(w.engine.compile(std::as_bytes(std::span(module))));
    // A store each: some systems have no address space for all these guarded memories at once.
    typename world<TestType>::rt::store store{w.engine};
    CHECK(trap_of<void()>(need(store.instantiate(compiled)), "f") == trap_code::unreachable);
  }
}

TEMPLATE_TEST_CASE("B-20: operands of another type after unreachable are a type mismatch", "",
                   checked) {
  world<TestType> w;
  for (const row& r : rows) {
    const std::size_t operands = r.signature.find('_');
    if (!r.is_accepted || r.signature == "special" || r.signature[0] == 'n') continue;
    INFO(std::string(r.text));
    // Every operand in turn is an f32 where it must not be one, or an i32.
    for (std::size_t wrong = 0; wrong < operands; ++wrong) {
      bytes body = {0x00};
      for (std::size_t k = wrong; k < operands; ++k) {
        const char letter = r.signature[k];
        const bool as_f32 = (letter == 'f') != (k == wrong);
        switch (as_f32 ? 'f' : letter == 'f' ? 'i' : k == wrong ? 'i' : letter) {
          case 'f': append(body, {0x43, 0, 0, 0, 0}); break;
          case 'l': append(body, {0x42, 0}); break;
          case 'd': append(body, {0x44, 0, 0, 0, 0, 0, 0, 0, 0}); break;
          case 'v':
            append(body, {0xfd, 0x0c});
            append(body, bytes(16));
            break;
          default: append(body, {0x41, 0}); break;
        }
      }
      append(body, encoded(r));
      body.push_back(0x00);
      const bytes module = module_with(body);
      const auto valid = w.engine.validate(std::as_bytes(std::span(module)));
      REQUIRE_FALSE(valid.has_value());
      CHECK(valid.error().code == status::type_mismatch);
    }
  }
}

TEMPLATE_TEST_CASE("B-20: unreached code is checked like any other", "", checked, guarded) {
  world<TestType> w;
  const auto says = [&](std::string_view text, std::string_view message) {
    INFO(std::string(text));
    CHECK(w.reject(text).message() == message);
  };
  says(R"invalid((module (func unreachable (local.get 0) drop)))invalid", "unknown local");
  says(R"invalid((module (func unreachable (global.get 0) drop)))invalid", "unknown global");
  says(R"invalid((module (func unreachable (call 1))))invalid", "unknown function");
  says(R"invalid((module (func unreachable (br 1))))invalid", "unknown label");
  says(R"invalid((module (func unreachable (table.get 0) drop)))invalid", "unknown table");
  says(R"invalid((module (func unreachable (ref.func 0) drop)))invalid",
       "undeclared function reference");
  says(R"invalid((module (memory 1) (func unreachable (i32.load align=8) drop)))invalid",
       "alignment must not be larger than natural");
  says(R"invalid((module (func (result i32) unreachable (i64.const 0))))invalid", "type mismatch");
  says(R"invalid((module (func (block (result i32) (br 0 (i64.const 1))) drop)))invalid",
       "type mismatch");
  says(R"invalid((module (func (result i32) (return (i32.const 0)) (f32.const 0))))invalid",
       "type mismatch");
  says(R"invalid((module (func unreachable (select (i32.const 0) (i64.const 0) (i32.const 0))
      drop)))invalid",
       "type mismatch");
  says(R"invalid((module (func (loop (br 0) (i32.const 1)))))invalid", "type mismatch");
}

TEMPLATE_TEST_CASE("B-21: operators on a memory or table that is not there", "", checked) {
  world<TestType> w;
  std::size_t of_memory = 0, of_table = 0;
  for (const row& r : rows) {
    bool needs_memory = false, needs_table = false;
    if (!r.is_accepted) continue;
    switch (r.immediate) {
      case immediate_kind::memory:
      case immediate_kind::memory_memory:
      case immediate_kind::data_memory:
      case immediate_kind::memarg:
      case immediate_kind::memarg_lane: needs_memory = true; break;
      case immediate_kind::table:
      case immediate_kind::table_table:
      case immediate_kind::element_table:
      case immediate_kind::call_indirect: needs_table = true; break;
      default: continue;
    }
    INFO(std::string(r.text));
    bytes body = {0x00};
    append(body, encoded(r));
    body.push_back(0x00);
    const bytes module = module_with(body, {!needs_memory, !needs_table});
    const auto without = w.engine.validate(std::as_bytes(std::span(module)));
    REQUIRE_FALSE(without.has_value());
    CHECK(without.error().message() == (needs_memory ? "unknown memory" : "unknown table"));
    of_memory += needs_memory ? 1 : 0;
    of_table += needs_table ? 1 : 0;
  }
  CHECK(of_memory > 40);
  CHECK(of_table == 8);
}

}  // namespace linking
