// The one unit of real_modules that instantiates the interpreter, and what every case needs.
#include "real.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace real {

namespace {

constexpr std::uint64_t all_fuel = std::uint64_t{1} << 62;

std::string cache() {
  const char* folder = std::getenv("DOVETAIL_REAL");
  return folder == nullptr ? std::string() : folder;
}

std::optional<bytes> slurp(std::string_view name) {
  const std::string folder = cache();
  if (folder.empty()) return std::nullopt;
  std::ifstream in(folder + "/" + std::string(name), std::ios::binary);
  if (!in) return std::nullopt;
  return bytes(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace

std::optional<bytes> file(std::string_view name) {
  auto found = slurp(name);
  if (!found) testing::absent(name);
  return found;
}

dovetail::result<rt::module> compile(rt::engine& engine, std::span<const std::uint8_t> module) {
  return engine.compile(std::as_bytes(module));
}

std::unique_ptr<rt::store> make_store(rt::engine& engine) {
  auto made = std::make_unique<rt::store>(engine);
  if constexpr (is_metered) made->set_fuel(all_fuel);
  return made;
}

void say_used_fuel(std::string_view module, const rt::store& world) {
  if constexpr (is_metered) {
    const std::string test = Catch::getResultCapture().getCurrentTestName();
    std::printf("fuel %s: %.*s: %llu\n", test.c_str(), static_cast<int>(module.size()),
                module.data(), static_cast<unsigned long long>(all_fuel - world.fuel()));
  }
}

program::~program() {
  if (!name_.empty()) say_used_fuel(name_, *world_);
}

std::string hex(std::span<const std::uint8_t> data) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : data) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

bytes unhex(std::string_view digits) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  bytes out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(value(digits[i]) * 16 + value(digits[i + 1])));
  }
  return out;
}

bytes ascii(std::string_view text) { return bytes(text.begin(), text.end()); }

std::string explain(const dovetail::error& error) {
  std::array<char, 300> line{};
  return std::string(error.format(line));
}

void program::call_loosely(std::string_view name, std::initializer_list<std::uint32_t> arguments) {
  const auto found = instance_->find(name);
  INFO("calling " << std::string(name));
  REQUIRE(found.has_value());
  const auto function = found->as_function();
  REQUIRE(function);
  const auto wanted = function.type().parameters.size();
  std::vector<dovetail::value> values;
  for (const std::uint32_t argument : arguments) {
    if (values.size() < wanted) values.emplace_back(argument);
  }
  while (values.size() < wanted) values.emplace_back(std::uint32_t{0});
  std::vector<dovetail::value> results(function.type().results.size(), dovetail::value(0));
  const auto outcome = function.call(values, results);
  if (!outcome) FAIL("trap: " << std::string(outcome.error().message()));
}

dovetail::result<void, dovetail::trap> program::invoke(std::string_view name,
                                                       std::span<const dovetail::value> in,
                                                       std::span<dovetail::value> out) {
  const auto found = instance_->find(name);
  INFO("calling " << std::string(name));
  REQUIRE(found.has_value());
  const auto function = found->as_function();
  REQUIRE(function);
  REQUIRE(function.type().parameters.size() == in.size());
  REQUIRE(function.type().results.size() == out.size());
  return function.call(in, out);
}

dovetail::memory_view program::memory() {
  auto found = instance_->get<dovetail::memory_view>(memory_name_);
  if (!found) FAIL(explain(found.error()));
  return *found;
}

void program::write(std::uint32_t address, std::span<const std::uint8_t> data) {
  const auto place = memory().span(address, data.size());
  REQUIRE(place.has_value());
  std::ranges::copy(std::as_bytes(data), place->begin());
}

bytes program::read(std::uint32_t address, std::uint32_t length) {
  const auto place = memory().span(address, length);
  REQUIRE(place.has_value());
  bytes out(length);
  std::ranges::transform(*place, out.begin(),
                         [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
  return out;
}

std::string program::text(std::uint32_t address, std::uint32_t length) {
  const bytes data = read(address, length);
  return std::string(data.begin(), data.end());
}

std::string program::text(std::uint32_t address) {
  const auto all = memory().bytes();
  REQUIRE(address < all.size());
  const auto end = std::find(all.begin() + address, all.end(), std::byte{0});
  return text(address, static_cast<std::uint32_t>(end - all.begin()) - address);
}

std::uint32_t program::word(std::uint32_t address) {
  const auto value = memory().read<std::uint32_t>(address);
  REQUIRE(value.has_value());
  return *value;
}

std::vector<std::pair<std::uint32_t, std::string>> answers(std::string_view algorithm) {
  static const auto table = [] {
    std::vector<std::pair<std::string, std::pair<std::uint32_t, std::string>>> rows;
    const auto text = slurp("answers/hashes.txt");
    if (!text) return rows;
    std::istringstream lines(std::string(text->begin(), text->end()));
    std::string name, digest;
    std::uint32_t length = 0;
    while (lines >> name >> length >> digest) rows.push_back({name, {length, digest}});
    return rows;
  }();
  std::vector<std::pair<std::uint32_t, std::string>> out;
  for (const auto& [name, row] : table) {
    if (name == algorithm) out.push_back(row);
  }
  if (out.empty()) testing::absent("answers for " + std::string(algorithm));
  return out;
}

bytes message(std::uint32_t length) {
  bytes out(length);
  for (std::uint32_t i = 0; i < length; ++i) {
    out[i] = static_cast<std::uint8_t>((i * 167 + (i >> 8) * 13 + 41) & 255);
  }
  return out;
}

}  // namespace real
