// A runtime in which every stage is the program's own: decoder, validator, backend and linker,
// written against the public concepts, none of them known to the library.
#include <cstdio>
#include <cstring>
#include <span>

#include "backend.hpp"
#include "decoder.hpp"
#include "linker.hpp"
#include "validator.hpp"

struct own_config : dovetail::defaults {
  using decoder = own::envelope_decoder;
  using validator = own::loopless_validation;
  using backend = own::calculator;
  using linker = own::link_by_versioned_name;
};
using rt = dovetail::runtime<own_config>;

// (module (import "env@2" "twice" (func (param i32) (result i32)))
//   (func (export "area") (param i32 i32) (result i32)
//     local.get 0  local.get 1  i32.mul  call 0  i32.const 1  i32.add))
constexpr unsigned char area[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x02, 0x60, 0x01, 0x7f,
    0x01, 0x7f, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f, 0x02, 0x0f, 0x01, 0x05, 'e',  'n',
    'v',  '@',  '2',  0x05, 't',  'w',  'i',  'c',  'e',  0x00, 0x00, 0x03, 0x02, 0x01,
    0x01, 0x07, 0x08, 0x01, 0x04, 'a',  'r',  'e',  'a',  0x00, 0x01, 0x0a, 0x0e, 0x01,
    0x0c, 0x00, 0x20, 0x00, 0x20, 0x01, 0x6c, 0x10, 0x00, 0x41, 0x01, 0x6a, 0x0b};
// (module (func (result i32) (loop) i32.const 1))
constexpr unsigned char endless[] = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05,
                                     0x01, 0x60, 0x00, 0x01, 0x7f, 0x03, 0x02, 0x01, 0x00, 0x0a,
                                     0x09, 0x01, 0x07, 0x00, 0x03, 0x40, 0x0b, 0x41, 0x01, 0x0b};

// Puts a module into the envelope that the decoder opens.
template <std::size_t Size>
struct envelope {
  std::byte bytes[Size + 8];
  explicit envelope(const unsigned char (&module)[Size]) {
    const std::uint32_t sum = own::envelope_decoder::checksum(module);
    std::memcpy(bytes, "MOD1", 4);
    for (unsigned i = 0; i < 4; ++i) bytes[4 + i] = static_cast<std::byte>(sum >> (8 * i));
    std::memcpy(bytes + 8, module, Size);
  }
};

static int fail(const dovetail::error& e) {
  char line[300];
  const std::string_view text = e.format(line);
  std::printf("%.*s\n", static_cast<int>(text.size()), text.data());
  return 1;
}

int main() {
  rt::engine engine;
  auto code = engine.compile(envelope(area).bytes);
  if (!code) return fail(code.error());
  rt::store world{engine};
  dovetail::imports env = {dovetail::bind<[](int x) { return 2 * x; }>("env", "twice")};
  auto instance = world.instantiate(*code, env);
  if (!instance) return fail(instance.error());
  auto call = instance->get<int(int, int)>("area");
  if (!call) return fail(call.error());
  const auto result = (*call)(6, 7);
  std::printf("area gave %d\n", result.value_or(-1));

  auto refused = engine.compile(envelope(endless).bytes);
  if (refused) return 2;
  fail(refused.error());
  return result && *result == 85 ? 0 : 3;
}
