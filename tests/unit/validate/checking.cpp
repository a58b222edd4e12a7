// checking.hpp, compiled once.
#include "checking.hpp"

#include <dovetail/validate/module_builder.hpp>

#include <dovetail/validate/signatures.hpp>

#include "support/watched_heap.hpp"

using namespace dovetail;

namespace testing {

namespace {

template <features Accept>
verdict check_with(const std::vector<std::uint8_t>& module, const limits& most) {
  watched_heap heap;
  signature_table canonical(heap);
  module_env env(heap);
  env.canonical = &canonical;
  module_builder<binary_decoder, Accept> builder(env, most);
  byte_reader r(module);
  if (const status s = binary_decoder::sections(r, builder); s != status::ok)
    return {without_feature(s), builder.section(),
            stage_of(s) == stage::decode ? r.offset() : builder.position()};
  null_emitter emitter;
  pass_storage<null_emitter> storage(heap);
  full_validation::pass<null_emitter, Accept> pass(env, emitter, storage, most);
  for (std::uint32_t i = 0; i < env.bodies.size(); ++i) {
    byte_reader whole(module), body;
    static_cast<void>(whole.part(env.bodies[i].offset, body));
    static_cast<void>(whole.part(env.bodies[i].size, body));
    status s = pass.begin({env.imported_functions + i}, env.bodies[i].size);
    if (s == status::ok) s = binary_decoder::body(body, pass);
    if (s != status::ok) return {without_feature(s), section_id::code, pass.position()};
  }
  return {status::ok};
}

}  // namespace

verdict check(const std::vector<std::uint8_t>& module, const limits& most) {
  return check_with<features::wasm2()>(module, most);
}
verdict check_as_third_version(const std::vector<std::uint8_t>& module) {
  return check_with<features::wasm3()>(module, {});
}
verdict check_as_first_version(const std::vector<std::uint8_t>& module) {
  return check_with<features::wasm1()>(module, {});
}

std::vector<std::uint8_t> with_body(const code& body, const type_list& parameters,
                                    const type_list& results,
                                    std::initializer_list<locals_group> locals) {
  const value_type i32 = value_type::i32, i64 = value_type::i64, f32 = value_type::f32;
  module_writer m;
  const std::uint32_t own = m.type(parameters, results), first = m.type({i32}, {i64});
  m.type({i32, i64}, {i64, i32});
  m.type({}, {f32, f32});
  const std::uint32_t referred = m.function(first, code().i64(0));
  m.function(own, body, locals);
  m.global(i32, false, code().i32(1));
  m.global(i64, true, code().i64(1));
  m.global(value_type::funcref, true, code().constant(value_type::funcref, 0));
  m.table(1, 10);
  m.table(1, 10, value_type::externref);
  m.memory(1, 1);
  const std::uint32_t functions[] = {referred};
  m.passive_elements(functions);
  m.passive_data("data");
  return m.bytes();
}
status check_body(const code& body, const type_list& parameters, const type_list& results,
                  std::initializer_list<locals_group> locals) {
  return check(with_body(body, parameters, results, locals)).code;
}

}  // namespace testing
