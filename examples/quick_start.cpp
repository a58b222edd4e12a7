// The README's ten lines with a program around them: runs `tick` of a mod a few times.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/implementation.hpp>  // in one unit of the program
#include <dovetail/x64_or_interpreter.hpp>

struct modding : dovetail::defaults {
  using backend = dovetail::x64_or_interpreter;
};
using rt = dovetail::runtime<modding>;

int run_mod(std::span<const std::byte> wasm, int& score) {
  rt::engine engine;
  auto code = engine.compile(wasm);  // immutable: share it between threads
  if (!code) return -1;
  rt::store world{engine};  // owns what the mod makes
  dovetail::imports env = {
      dovetail::bind("env", "score", [&score](int points) { score += points; })};
  auto mod = world.instantiate(*code, env);  // a link error, a trap, or an instance
  if (!mod) return -2;
  auto tick = mod->get<int(float)>("tick");         // name and type are checked here, once
  return tick ? (*tick)(0.016f).value_or(-4) : -3;  // a call: no look-up, no allocation
}

// (module (import "env" "score" (func (param i32)))
//   (func (export "tick") (param f32) (result i32)
//     i32.const 7  call 0  local.get 0  f32.const 1000  f32.mul  i32.trunc_f32_s))
constexpr unsigned char example_mod[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0a, 0x02, 0x60, 0x01, 0x7f,
    0x00, 0x60, 0x01, 0x7d, 0x01, 0x7f, 0x02, 0x0d, 0x01, 0x03, 'e',  'n',  'v',  0x05,
    's',  'c',  'o',  'r',  'e',  0x00, 0x00, 0x03, 0x02, 0x01, 0x01, 0x07, 0x08, 0x01,
    0x04, 't',  'i',  'c',  'k',  0x00, 0x01, 0x0a, 0x11, 0x01, 0x0f, 0x00, 0x41, 0x07,
    0x10, 0x00, 0x20, 0x00, 0x43, 0x00, 0x00, 0x7a, 0x44, 0x94, 0xa8, 0x0b};

int main(int argc, char** argv) {
  std::vector<char> file;
  if (argc > 1) {
    std::ifstream in(argv[1], std::ios::binary);
    file.assign(std::istreambuf_iterator<char>(in), {});
  }
  const std::span<const std::byte> bytes =
      argc > 1 ? std::as_bytes(std::span(file)) : std::as_bytes(std::span(example_mod));
  int score = 0;
  const int ticked = run_mod(bytes, score);
  std::printf("tick gave %d, score is %d\n", ticked, score);
  return ticked < 0 ? 1 : 0;
}
