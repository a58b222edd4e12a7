// Who called a host function.
#include <dovetail/runtime/caller.hpp>

#include <dovetail/handles.hpp>
#include <dovetail/validate/signatures.hpp>

#include "support/catch.hpp"
#include "support/watched_heap.hpp"

namespace unit_runtime_caller {

using namespace dovetail;

TEST_CASE("caller: without a guest there is a store, and nothing to find in it") {
  testing::watched_heap heap;
  const limits most;
  signature_table signatures(heap);
  vm::store store(heap, most, signatures);
  const caller host(store, nullptr);
  CHECK(&host.store() == &store);
  CHECK(host.instance() == nullptr);
  CHECK_FALSE(host.memory());
  CHECK(host.memory().size() == 0);
  CHECK_FALSE(host.find("anything").has_value());
}

TEST_CASE("caller: a guest's memory and exports; one that has no memory has a view of size 0") {
  testing::watched_heap heap;
  const limits most;
  signature_table signatures(heap);
  vm::store store(heap, most, signatures);
  module_data module(heap);
  vm::memory_instance memory, empty;
  vm::memory_instance* memories[] = {&memory};
  std::byte bytes[4] = {};
  memory.base = bytes;
  memory.size = sizeof bytes;
  vm::instance guest;
  guest.module = &module;
  guest.home = &store;
  guest.memory0 = &empty;
  guest.memories = memories;
  const caller from(store, &guest);
  CHECK(from.instance() == &guest);
  CHECK_FALSE(from.memory());
  CHECK(module.env.memories.push({}) == status::ok);
  CHECK(module.env.exports.push({{}, external_kind::memory, 0}) == status::ok);
  CHECK(module.env.export_index.insert(module.env.export_index.hash(""), 0) == status::ok);
  guest.memory0 = &memory;
  CHECK(from.memory().bytes().data() == bytes);
  REQUIRE(from.find("").has_value());
  CHECK(from.find("")->object().memory() == &memory);
  CHECK_FALSE(from.find("x").has_value());
}

}  // namespace unit_runtime_caller
