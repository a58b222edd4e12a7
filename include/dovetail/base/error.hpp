// The structured error: what happened and where. Returned inside `result` by everything that reads,
// links or runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/external_type.hpp>
#include <dovetail/base/features.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/base/text.hpp>
#include <dovetail/base/trap.hpp>

namespace dovetail {

/// The sections of a module by their binary ids (core specification 5.5.2).
enum class section_id : std::uint8_t {
  custom,
  type,
  import,
  function,
  table,
  memory,
  global,
  export_,
  start,
  element,
  code,
  data,
  data_count,
  tag,
  none = 0xff
};

[[nodiscard]] constexpr std::string_view name(section_id id) {
  constexpr std::string_view names[] = {"custom", "type",   "import",     "function", "table",
                                        "memory", "global", "export",     "start",    "element",
                                        "code",   "data",   "data count", "tag"};
  return id == section_id::none ? "none" : names[static_cast<unsigned>(id)];
}

/// An error with its place. Which fields mean something depends on `stage()`: bytes have an offset
/// and a section, link errors name the import, a trap during instantiation says which. Views point
/// into the module and live as long as it.
struct error {
  status code = status::ok;
  section_id section = section_id::none;
  trap reason{};                  ///< instantiate: the trap of a segment or of the start function
  feature wanted = feature::mvp;  ///< which one is not accepted, or not executable
  std::size_t offset = 0;         ///< decode, validate, compile: bytes from the start of the module
  std::uint32_t import_ordinal = 0;  ///< link: the place of the import in the module's list, from 0
  bool has_provided = false;         ///< link: whether `provided` says what was offered instead
  std::string_view import_module{};
  std::string_view import_name{};
  std::string_view export_name{};  ///< link: the export that is missing or of another type; no
                                   ///< data if the error is not about one
  external_type expected{};
  external_type provided{};

  /// Sets `code`, and `wanted` if `s` is about a feature.
  void set(status s) {
    if (is_not_accepted(s) || is_not_executable(s)) wanted = feature_of(s);
    code = without_feature(s);
  }

  [[nodiscard]] dovetail::stage stage() const { return stage_of(code); }
  /// The wording of the code alone, in the words of the specification's tests.
  [[nodiscard]] std::string_view message() const { return dovetail::message(code); }
  /// One readable line with everything known, cut to the buffer. 300 bytes hold all but very long
  /// names.
  std::string_view format(std::span<char> buffer) const;
};

inline std::string_view error::format(std::span<char> buffer) const {
  text_writer out(buffer);
  out << name(stage()) << ": " << message();
  switch (stage()) {
    case dovetail::stage::decode:
    case dovetail::stage::validate:
    case dovetail::stage::compile:
      if (wanted != feature::mvp) out << ": " << name(wanted);
      if (section != section_id::none) out << ", " << name(section) << " section";
      out << ", offset " << std::uint64_t{offset};
      break;
    case dovetail::stage::link:
      if (code == status::wrong_import_count || code == status::wrong_engine) break;
      if (export_name.data() != nullptr) {
        out << ", export ";
        out.quote(export_name);
      } else {
        out << ", import " << std::uint64_t{import_ordinal} << " ";
        out.quote(import_module) << " ";
        out.quote(import_name);
      }
      out << ": expected " << expected;
      if (has_provided) out << ", provided " << provided;
      break;
    case dovetail::stage::instantiate:
      if (reason) out << ": " << reason.message();
      break;
    case dovetail::stage::none:
    case dovetail::stage::api: break;
  }
  return out.view();
}

}  // namespace dovetail
