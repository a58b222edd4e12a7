// A linker of one's own: a module may ask for "env@2" and is served by "env" if there is nothing
// closer.
#pragma once

#include <dovetail/dovetail.hpp>

namespace own {

struct link_by_versioned_name : dovetail::link_by_name {
  static dovetail::status resolve(const dovetail::import_request& wanted,
                                  std::span<const dovetail::definition> there, std::size_t& found) {
    const dovetail::status s = link_by_name::resolve(wanted, there, found);
    const std::size_t at = wanted.module.find('@');
    if (s != dovetail::status::unknown_import || at == std::string_view::npos) return s;
    dovetail::import_request unversioned = wanted;
    unversioned.module = wanted.module.substr(0, at);
    return link_by_name::resolve(unversioned, there, found);
  }
};
static_assert(dovetail::linker_policy<link_by_versioned_name>);

}  // namespace own
