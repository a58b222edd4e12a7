// A compiled module: what every backend's module has in common. Immutable once made, but for what
// saves work to later instances; shared by reference count between threads and stores. Nothing of
// any instance is kept in it.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/base/array.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/validate/module_env.hpp>

namespace dovetail {

class execution_counts;

struct module_data {
  explicit module_data(allocator& memory) : env(memory) {}

  module_env env;
  const limits* most = nullptr;  ///< of the stores it may be instantiated in
  void* code = nullptr;          ///< the backend's
  void (*release_code)(module_data&) = nullptr;
  void* image = nullptr;                          ///< see runtime/memory_image.hpp
  void (*release_image)(module_data&) = nullptr;  ///< this and the one before: once it is made
  execution_counts* counts = nullptr;             ///< where code counts; see execution_counts.hpp
  void (*release_counts)(module_data&) = nullptr;
  std::uint32_t image_asked_for = 0;
  std::uint32_t image_is_made = 0;
  std::uint32_t references = 1;
  bool is_of_fallback = false;  ///< compiled by the backend behind the config's

  [[nodiscard]] const signature* signature_of(function_index f) const {
    return env.types[env.functions[f.value].value];
  }

  void retain() { platform::atomic_add(references, 1); }
  void release() {
    if (platform::atomic_add(references, ~std::uint32_t{0}) != 1) return;
    if (release_code != nullptr) release_code(*this);
    if (release_image != nullptr) release_image(*this);
    if (release_counts != nullptr) release_counts(*this);
    env.memory->destroy(this);
  }
};

}  // namespace dovetail
