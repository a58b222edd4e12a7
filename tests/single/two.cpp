// The second unit: runs a WASI program in guarded memory.
#include "program.hpp"

namespace {

template <class Backend>
std::string run_program(std::span<const std::byte> bytes) {
  using rt = dovetail::runtime<guarded<Backend>>;
  std::string printed;
  dovetail::wasi::configuration setup;
  setup.output = dovetail::wasi::output_stream::captured(
      [](void* user, std::span<const std::byte> text) {
        static_cast<std::string*>(user)->append(reinterpret_cast<const char*>(text.data()),
                                                text.size());
        return true;
      },
      &printed);
  dovetail::wasi::context context(setup);

  typename rt::engine engine;
  const auto code = engine.compile(bytes);
  if (!code) return "does not compile";
  typename rt::store world{engine};
  auto instance = world.instantiate(*code, context.imports());
  if (!instance) return "does not instantiate";
  const auto ended = dovetail::wasi::run(*instance);
  using kind = dovetail::wasi::ending::kind;
  if (ended.how == kind::exited) return printed + "exit " + std::to_string(ended.exit_code);
  return printed + "trap: " + std::string(ended.cause.message());
}

}  // namespace

std::string run_by_interpreter(std::span<const std::byte> bytes) {
  return run_program<dovetail::interpreter>(bytes);
}
#ifdef SINGLE_HAS_X64
std::string run_by_x64(std::span<const std::byte> bytes) {
  return run_program<dovetail::x64>(bytes);
}
#endif
