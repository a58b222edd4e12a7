// A test script in the schema of the suite's JSON, as plain data: what read_script gives and the
// runners work through.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace spec {

/// What an expected float may be besides one bit pattern.
enum class nan_class : std::uint8_t { none, canonical, arithmetic };

/// Which values a constant of a script stands for.
enum class constant_kind : std::uint8_t {
  bits,            ///< a number or vector: `low`, `high`, and per lane `nan`
  null,            ///< the null of `type`
  host_reference,  ///< the host's reference number `low`
  any_reference,   ///< expected only: any reference of `type` but null
  any_null,        ///< expected only: a null of whatever type
  either,          ///< expected only: one of `alternatives`
};

/// An argument or an expected result, as written.
struct constant {
  constant_kind kind = constant_kind::bits;
  std::string type;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  /// Width of the lanes of `low` and `high`, lane 0 in the lowest bits; a scalar is one lane.
  unsigned lane_bits = 64;
  /// By lane; only the lanes of floats can be other than `none`.
  std::array<nan_class, 4> nan{};
  std::vector<constant> alternatives;
};

/// A call of an export, or the reading of a global.
struct action {
  bool is_get = false;
  std::optional<std::string> instance;
  std::string field;
  std::vector<constant> arguments;
};

enum class command_kind : std::uint8_t {
  module,
  module_definition,
  module_instance,
  register_instance,
  action,
  assert_return,
  assert_trap,
  assert_exhaustion,
  assert_exception,
  assert_invalid,
  assert_malformed,
  assert_unlinkable,
  assert_uninstantiable,
};

/// One command: one case. Which members count depends on `kind`.
struct command {
  command_kind kind = command_kind::module;
  /// The kind as the script writes it.
  std::string kind_name;
  unsigned line = 0;
  std::filesystem::path file;
  /// The name a module or definition gets, or the instance that is registered.
  std::optional<std::string> name;
  /// module_instance: the definition that is instantiated.
  std::optional<std::string> definition;
  /// register: the module name that imports will use.
  std::string as;
  std::string text;
  spec::action action;
  std::vector<constant> expected;
};

struct script {
  /// For people: "2.0/simd/simd_load" is "simd/simd_load/simd_load.json" in the given folder "2.0".
  std::string name;
  /// The same from the root of the file system on.
  std::string full_name;
  std::vector<command> commands;
};

/// The path of a script without its ending, and without its folder of the same name.
[[nodiscard]] std::string script_name(const std::filesystem::path& file);

/// Reads the commands of one script. On failure `problem` says why and nothing is returned.
[[nodiscard]] std::optional<std::vector<command>> read_script(const std::filesystem::path& file,
                                                              std::string& problem);

}  // namespace spec
