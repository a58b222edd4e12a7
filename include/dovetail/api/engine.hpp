// The engine: canonical types, the allocator and pools, shared by everything made with it. Any
// thread may compile.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <dovetail/api/compile.hpp>
#include <dovetail/api/config.hpp>
#include <dovetail/api/module.hpp>
#include <dovetail/base/block_pool.hpp>
#include <dovetail/base/result.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

namespace detail {

/// A compiler that keeps nothing: validation alone.
struct null_compiler {
  explicit null_compiler(module_data&) {}
  null_emitter& emitter() { return emitter_; }
  status finish() { return status::ok; }
  null_emitter emitter_;
};

}  // namespace detail

/// An engine of one configuration. It must outlive its modules and stores. No state is hidden
/// elsewhere.
template <config C>
class basic_engine {
 public:
  explicit basic_engine(typename C::allocator memory = {})
      : memory_(std::move(memory)),
        signatures_(memory_),
        blocks_(memory_, C::limit.pooled_bytes),
        memories_(C::limit.pooled_bytes) {}
  basic_engine(const basic_engine&) = delete;
  basic_engine& operator=(const basic_engine&) = delete;

  /// Decodes, validates and compiles a module. The bytes are not needed afterwards. Errors: decode,
  /// validate, compile.
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes);

  /// The same in up to `parts` parts at once, fewer for small modules. `run(count, task)` must call
  /// `task(k)` once for each `k` below `count`, on any threads, and return when all have returned.
  /// The error is the first part's that has one.
  template <std::invocable<std::size_t, void (&)(std::size_t)> Run>
  [[nodiscard]] result<basic_module<C>> compile(std::span<const std::byte> bytes, std::size_t parts,
                                                Run&& run) {
    return compile_by(detail::many_parts<Run>{parts, run}, bytes);
  }

  /// Decodes and validates a module without compiling it: also what the backend cannot execute.
  [[nodiscard]] result<void> validate(std::span<const std::byte> bytes);

  /// Whether the machine refused the config's backend, and the one behind it compiles.
  [[nodiscard]] bool uses_fallback() const { return uses_fallback_; }

  /// The allocator policy, for its own state.
  [[nodiscard]] typename C::allocator& allocator() { return memory_.policy; }

  /// For stores.
  [[nodiscard]] dovetail::allocator& memory() { return memory_; }
  [[nodiscard]] signature_table& signatures() { return signatures_; }
  /// What ended stores left for the next ones.
  [[nodiscard]] block_pool& blocks() { return blocks_; }
  [[nodiscard]] auto& memories() { return memories_; }

 private:
  using backend = typename C::backend;
  template <class B>
  using compiler_of = typename B::template compiler<typename C::memory, detail::controls_of<C>>;

  static bool needs_fallback() {
    if constexpr (backend_with_fallback<backend>) return !backend::is_available();
    return false;
  }

  template <class Parts>
  result<basic_module<C>> compile_by(const Parts& parts, std::span<const std::byte> bytes) {
    error e;
    module_data* m = nullptr;
    if constexpr (backend_with_fallback<backend>) {
      if (uses_fallback_) {
        m = build<compiler_of<typename backend::fallback>>(bytes, parts, e);
        if (m == nullptr) return e;
        m->is_of_fallback = true;
        return basic_module<C>(*m);
      }
    }
    m = build<compiler_of<backend>>(bytes, parts, e);
    if (m == nullptr) return e;
    return basic_module<C>(*m);
  }

  template <class Compiler, class Parts>
  module_data* build(std::span<const std::byte> bytes, const Parts& parts, error& e) {
    auto* m = memory_.template make<module_data>(memory_);
    if (m == nullptr) return e.code = status::out_of_memory, nullptr;
    m->most = &C::limit;
    const std::span<const std::uint8_t> input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                              bytes.size());
    detail::module_compilation<typename C::decoder, typename C::validator, C::accept, Compiler>
        work(input, C::limit, *m, e);
    if (const status s = work.run(signatures_, parts); s != status::ok) {
      e.code = s;
      m->release();
      return nullptr;
    }
    return m;
  }

  allocator_of<typename C::allocator> memory_;
  signature_table signatures_;
  block_pool blocks_;
  typename detail::memory_pool_of<typename C::memory>::type memories_;
  const bool uses_fallback_ = needs_fallback();
};

// Not inline: `extern template class basic_engine<C>` keeps the compiler out of a unit
// ([temp.explicit]/13).
template <config C>
result<basic_module<C>> basic_engine<C>::compile(std::span<const std::byte> bytes) {
  return compile_by(detail::one_part{}, bytes);
}
template <config C>
result<void> basic_engine<C>::validate(std::span<const std::byte> bytes) {
  error e;
  module_data* m = build<detail::null_compiler>(bytes, detail::one_part{}, e);
  if (m == nullptr) return e;
  m->release();
  return {};
}

}  // namespace dovetail
