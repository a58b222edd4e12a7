// Reads the JSON of a script. The only unit of the tool that sees the JSON library.
#include "script.hpp"

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>

namespace spec {
namespace {

using nlohmann::json;

/// What is wrong with a script that is JSON but not of the schema.
[[noreturn]] void refuse(const std::string& what) { throw std::runtime_error(what); }

struct kind_row {
  std::string_view name;
  command_kind kind;
};

constexpr kind_row kinds[] = {
    {"module", command_kind::module},
    {"module_definition", command_kind::module_definition},
    {"module_instance", command_kind::module_instance},
    {"register", command_kind::register_instance},
    {"action", command_kind::action},
    {"assert_return", command_kind::assert_return},
    {"assert_trap", command_kind::assert_trap},
    {"assert_exhaustion", command_kind::assert_exhaustion},
    {"assert_exception", command_kind::assert_exception},
    {"assert_invalid", command_kind::assert_invalid},
    {"assert_malformed", command_kind::assert_malformed},
    {"assert_unlinkable", command_kind::assert_unlinkable},
    {"assert_uninstantiable", command_kind::assert_uninstantiable},
};

command_kind kind_of(std::string_view name) {
  for (const kind_row& row : kinds) {
    if (row.name == name) return row.kind;
  }
  refuse("unknown command type " + std::string(name));
}

struct lane_row {
  std::string_view name;
  unsigned bits;
  bool is_float;
};

constexpr lane_row lanes[] = {
    {"i8", 8, false},   {"i16", 16, false}, {"i32", 32, false},
    {"i64", 64, false}, {"f32", 32, true},  {"f64", 64, true},
};

const lane_row* find_lane(std::string_view name) {
  for (const lane_row& row : lanes) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::uint64_t parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) {
    refuse("not a number: " + std::string(text));
  }
  return number;
}

/// Writes lane `index` of `into` from its text.
void set_lane(constant& into, const lane_row& lane, unsigned index, const std::string& text) {
  if (lane.is_float && (text == "nan:canonical" || text == "nan:arithmetic")) {
    into.nan.at(index) = text == "nan:canonical" ? nan_class::canonical : nan_class::arithmetic;
    return;
  }
  const unsigned shift = index * lane.bits;
  const std::uint64_t bits = parse_number(text);
  if (lane.bits < 64 && (bits >> lane.bits) != 0) refuse("lane too wide: " + text);
  (shift < 64 ? into.low : into.high) |= bits << (shift % 64);
}

void read_vector(constant& into, const json& from) {
  const lane_row* lane = find_lane(from.at("lane_type").get_ref<const std::string&>());
  if (lane == nullptr) refuse("unknown lane type");
  const json& values = from.at("value");
  if (values.size() * lane->bits != 128) refuse("wrong number of lanes");
  into.lane_bits = lane->bits;
  for (unsigned index = 0; index < values.size(); ++index) {
    set_lane(into, *lane, index, values[index].get_ref<const std::string&>());
  }
}

constant read_constant(const json& from) {
  constant result;
  result.type = from.at("type").get<std::string>();
  if (result.type == "v128") {
    read_vector(result, from);
  } else if (const lane_row* lane = find_lane(result.type)) {
    result.lane_bits = lane->bits;
    set_lane(result, *lane, 0, from.at("value").get_ref<const std::string&>());
  } else if (result.type == "either") {
    result.kind = constant_kind::either;
    for (const json& one : from.at("values")) result.alternatives.push_back(read_constant(one));
  } else if (result.type == "refnull") {
    result.kind = constant_kind::any_null;
  } else if (!from.contains("value")) {
    result.kind = constant_kind::any_reference;
  } else if (const auto& text = from.at("value").get_ref<const std::string&>(); text == "null") {
    result.kind = constant_kind::null;
  } else {
    result.kind = constant_kind::host_reference;
    result.low = parse_number(text);
  }
  return result;
}

std::vector<constant> read_constants(const json& from) {
  std::vector<constant> result;
  result.reserve(from.size());
  for (const json& one : from) result.push_back(read_constant(one));
  return result;
}

std::optional<std::string> read_optional(const json& from, const char* key) {
  const auto found = from.find(key);
  if (found == from.end()) return std::nullopt;
  return found->get<std::string>();
}

action read_action(const json& from) {
  action result;
  const std::string type = from.at("type").get<std::string>();
  if (type != "invoke" && type != "get") refuse("unknown action " + type);
  result.is_get = type == "get";
  result.instance = read_optional(from, "module");
  result.field = from.at("field").get<std::string>();
  if (!result.is_get) result.arguments = read_constants(from.at("args"));
  return result;
}

command read_command(const json& from, const std::filesystem::path& folder) {
  command result;
  result.kind_name = from.at("type").get<std::string>();
  result.kind = kind_of(result.kind_name);
  result.line = from.at("line").get<unsigned>();
  result.name = read_optional(from, "name");
  if (result.kind == command_kind::module_instance) {
    result.name = read_optional(from, "instance");
    result.definition = read_optional(from, "module");
  }
  if (const auto file = read_optional(from, "filename")) result.file = folder / *file;
  result.as = read_optional(from, "as").value_or("");
  result.text = read_optional(from, "text").value_or("");
  if (const auto found = from.find("action"); found != from.end()) {
    result.action = read_action(*found);
  }
  if (const auto found = from.find("expected"); found != from.end()) {
    result.expected = read_constants(*found);
  }
  return result;
}

}  // namespace

std::string script_name(const std::filesystem::path& file) {
  const auto folder = file.parent_path();
  const auto name = folder.filename() == file.stem() ? folder : folder / file.stem();
  return name.generic_string();
}

std::optional<std::vector<command>> read_script(const std::filesystem::path& file,
                                                std::string& problem) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    problem = "cannot be read";
    return std::nullopt;
  }
  try {
    const json whole = json::parse(stream);
    const json& commands = whole.at("commands");
    std::vector<command> result;
    result.reserve(commands.size());
    for (const json& one : commands) {
      result.push_back(read_command(one, file.parent_path()));
    }
    return result;
  } catch (const std::exception& e) {
    problem = e.what();
    return std::nullopt;
  }
}

}  // namespace spec
