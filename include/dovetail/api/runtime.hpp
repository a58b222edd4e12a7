// The runtime: the five types of one configuration under short names.
#pragma once

#include <dovetail/api/config.hpp>
#include <dovetail/api/engine.hpp>
#include <dovetail/api/instance.hpp>
#include <dovetail/api/linker.hpp>
#include <dovetail/api/module.hpp>
#include <dovetail/api/store.hpp>

namespace dovetail {

/// Everything of one configuration: `using rt = dovetail::runtime<my_config>;`. Runtimes of
/// different configurations live side by side in one program.
template <config C>
struct runtime {
  using engine = basic_engine<C>;
  using module = basic_module<C>;
  using store = basic_store<C>;
  using instance = basic_instance<C>;
  using linker = basic_linker<C>;
};

}  // namespace dovetail
