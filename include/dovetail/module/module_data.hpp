// A compiled module: what every backend's module has in common. Immutable once made, shared by
// reference count between threads and stores; nothing of any instance is kept in it.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/validate/module_env.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

struct module_data {
  explicit module_data(allocator& memory) : env(memory) {}

  module_env env;
  const limits* most = nullptr;  ///< of the stores it may be instantiated in
  void* code = nullptr;          ///< the backend's
  void (*release_code)(module_data&) = nullptr;
  std::uint32_t references = 1;
  bool is_of_fallback = false;  ///< compiled by the backend behind the config's

  [[nodiscard]] const signature* signature_of(function_index f) const {
    return env.types[env.functions[f.value].value];
  }

  void retain() { platform::atomic_add(references, 1); }
  void release() {
    if (platform::atomic_add(references, ~std::uint32_t{0}) != 1) return;
    if (release_code != nullptr) release_code(*this);
    env.memory->destroy(this);
  }
};

}  // namespace dovetail
