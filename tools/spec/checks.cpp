// The part of the checks that does not depend on the configuration.
#include "checks.hpp"

#include <fstream>

namespace spec {

std::optional<bytes> read_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  if (!stream) return std::nullopt;
  bytes result(static_cast<std::size_t>(stream.tellg()));
  stream.seekg(0);
  stream.read(reinterpret_cast<char*>(result.data()), static_cast<std::streamsize>(result.size()));
  if (!stream) return std::nullopt;
  return result;
}

std::string describe(const dovetail::error& e) {
  char line[512];
  return std::string(e.format(line));
}

bool is_not_executable(const dovetail::error& e) {
  return e.code == dovetail::status::simd_not_executable ||
         e.code == dovetail::status::feature_not_executable;
}

bool same_wording(std::string_view wanted, std::string_view actual) {
  if (wanted == "immutable global") wanted = "global is immutable";  // 3.0 changed the words
  return !actual.empty() && (wanted.starts_with(actual) || actual.starts_with(wanted));
}

outcome judge_rejection(const command& c, dovetail::stage wanted, const dovetail::error& actual,
                        const run_options& options) {
  const bool right_stage = stage_of(actual.code) == wanted;
  const bool right_text = options.lenient_text || same_wording(c.text, actual.message());
  if (right_stage && right_text) return outcome::passed();
  return outcome::failed("expected " + std::string(name(wanted)) + " \"" + c.text + "\", got " +
                         describe(actual));
}

}  // namespace spec
