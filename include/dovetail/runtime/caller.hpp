// Who called a host function. Made by the backend for every call from a guest; costs two pointers.
#pragma once

#include <optional>
#include <string_view>

#include <dovetail/runtime/vm.hpp>

namespace dovetail {

class memory_view;
class external;

/// The calling instance, as a host function sees it: take `caller&` as the first parameter to get
/// one. Valid during the call only.
class caller {
 public:
  caller(vm::store& home, vm::instance* from) : store_(&home), instance_(from) {}

  /// Memory 0 of the calling instance; without one, or when no guest called, a view of size 0.
  [[nodiscard]] memory_view memory() const;
  /// An export of the calling instance.
  [[nodiscard]] std::optional<external> find(std::string_view name) const;

  /// The store of the call, for other parts of the library.
  [[nodiscard]] vm::store& store() const { return *store_; }
  /// The calling instance, or null when the host called the function itself.
  [[nodiscard]] vm::instance* instance() const { return instance_; }

 private:
  vm::store* store_;
  vm::instance* instance_;
};

}  // namespace dovetail
