// Makes host functions in a store, of the recipes that definitions have. Used by the store and by
// instantiation.
#pragma once

#include <dovetail/base/status.hpp>
#include <dovetail/link/definition.hpp>
#include <dovetail/runtime/caller.hpp>
#include <dovetail/runtime/vm.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail {

namespace vm {

/// The generic entry of host functions: a call by the host itself, through a handle.
inline trap_code invoke_host(function_instance& f, slot* frame) {
  caller from(*f.home, nullptr);
  const trap t = f.host.call(f.host.object, from, frame);
  if (t) [[unlikely]] {
    f.home->report = {t.code, t.detail, false, 0, 0, nullptr};
  }
  return t.code;
}

/// Makes a host function in a store, which goes with `owner`.
[[nodiscard]] inline status make_host_function(store& s, const host_recipe& recipe,
                                               function_instance*& out, instance* owner = nullptr) {
  arena& objects = objects_of(s, owner);
  const dovetail::signature* type = s.signatures->intern(recipe.type);
  auto* f = objects.make<function_instance>();
  if (type == nullptr || f == nullptr) return status::store_out_of_memory;
  f->signature = type;
  f->invoke = &invoke_host;
  f->home = &s;
  f->lives_with = owner;
  f->host = {recipe.call, recipe.object, recipe.native};
  if (recipe.size != 0) {
    auto* kept = objects.make<closure>();
    void* object = objects.allocate(recipe.size);
    if (kept == nullptr || object == nullptr) return status::store_out_of_memory;
    recipe.copy(object, recipe.object);
    closure*& first = owner == nullptr ? s.closures : owner->closures;
    *kept = {object, recipe.destroy, first};
    first = kept;
    f->host.object = object;
  }
  out = f;
  return status::ok;
}

}  // namespace vm

}  // namespace dovetail
