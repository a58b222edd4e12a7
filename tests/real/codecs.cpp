// lz4-wasm and brotli-dec-wasm: wasm-bindgen's two ways to return several values, through memory
// and as a multi-value result; and a table of references that host functions return.
#include <algorithm>
#include <tuple>

#include "real.hpp"

namespace {

using real::bytes;

// ---- lz4

class lz4 {
 public:
  [[nodiscard]] bool load() {
    const auto string_new = [this](dovetail::caller& c, std::uint32_t at, std::uint32_t length) {
      message_ = c.memory().string(at, length).value_or("?");
      return object_of_the_host;
    };
    dovetail::imports host = {
        dovetail::bind("./lz4_wasm_bg.js", "__wbindgen_string_new", string_new)};
    return program_.load("lz4-wasm/lz4", host);
  }

  /// Empty if the module refused; message() then says why.
  std::optional<bytes> operator()(std::string_view function, const bytes& input) {
    const auto size = static_cast<std::uint32_t>(input.size());
    const auto results = program_.call<std::uint32_t>("__wbindgen_add_to_stack_pointer", -16);
    const auto place = program_.call<std::uint32_t>("__wbindgen_malloc", size);
    program_.write(place, input);
    program_.call<void>(function, results, place, size);
    const std::uint32_t out = program_.word(results), length = program_.word(results + 4);
    const bool failed = function == "decompress" && program_.word(results + 12) != 0;
    if (failed) CHECK(program_.word(results + 8) == object_of_the_host);
    program_.call<std::uint32_t>("__wbindgen_add_to_stack_pointer", 16);
    if (failed) return std::nullopt;
    bytes data = program_.read(out, length);
    program_.call<void>("__wbindgen_free", out, length);
    return data;
  }
  const std::string& message() const { return message_; }

 private:
  static constexpr std::uint32_t object_of_the_host = 7;

  real::program program_;
  std::string message_;
};

// ---- brotli

class brotli {
 public:
  [[nodiscard]] bool load() {
    constexpr std::string_view from = "./brotli_dec_wasm_bg.js";
    const auto error = [this](dovetail::caller& c, std::uint32_t at, std::uint32_t length) {
      message_ = c.memory().string(at, length).value_or("?");
      return dovetail::externref{&message_};
    };
    const auto refuse = [this](dovetail::caller& c, std::uint32_t at, std::uint32_t length) {
      message_ = c.memory().string(at, length).value_or("?");
      return dovetail::trap::host(1);
    };
    const auto create = [this] { return dovetail::externref{this}; };
    const auto nothing = [](std::uint32_t, std::uint32_t) {};
    dovetail::imports host = {
        dovetail::bind(from, "__wbg_new_227d7c05414eb861", create),
        dovetail::bind(from, "__wbg_stack_3b0d974bbf31e44f",
                       [](std::uint32_t, dovetail::externref) {}),
        dovetail::bind(from, "__wbg_error_a6fa202b58aa1cd3", nothing),
        dovetail::bind(from, "__wbg_Error_83742b46f01ce22d", error),
        dovetail::bind(from, "__wbg___wbindgen_throw_6ddd609b62940d55", refuse),
        dovetail::bind(from, "__wbindgen_init_externref_table", [this] { ++tables_; }),
    };
    if (!program_.load("brotli-dec-wasm/brotli", host)) return false;
    program_.call<void>("__wbindgen_start");
    CHECK(tables_ == 1);
    return true;
  }

  std::uint32_t put(const bytes& data) {
    const auto size = static_cast<std::uint32_t>(data.size());
    const auto place = program_.call<std::uint32_t>("__wbindgen_malloc", size, 1u);
    program_.write(place, data);
    return place;
  }

  /// Nothing: refused; error() is then the object that the module's table holds.
  std::optional<bytes> decompress(const bytes& input) {
    using results = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;
    const auto size = static_cast<std::uint32_t>(input.size());
    const auto [at, length, error, failed] = program_.call<results>("decompress", put(input), size);
    if (failed != 0) {
      error_ = error;
      return std::nullopt;
    }
    bytes out = program_.read(at, length);
    program_.call<void>("__wbindgen_free", at, length, 1u);
    return out;
  }

  /// Decodes through a stream object with a bounded output each time.
  bytes stream(const bytes& input, std::uint32_t piece) {
    using pointer_or_error = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    using slice = std::tuple<std::uint32_t, std::uint32_t>;
    constexpr int needs_more_output = 3;
    const auto stream = program_.call<std::uint32_t>("brotlidecstream_new");
    bytes out, rest = input;
    for (int code = needs_more_output; code == needs_more_output;) {
      const auto size = static_cast<std::uint32_t>(rest.size());
      const auto [result, error, failed] =
          program_.call<pointer_or_error>("brotlidecstream_dec", stream, put(rest), size, piece);
      REQUIRE(failed == 0);
      code = program_.call<int>("__wbg_get_brotlistreamresult_code", result);
      const auto used =
          program_.call<std::uint32_t>("__wbg_get_brotlistreamresult_input_offset", result);
      const auto [at, length] = program_.call<slice>("__wbg_get_brotlistreamresult_buf", result);
      const bytes part = program_.read(at, length);
      out.insert(out.end(), part.begin(), part.end());
      rest.erase(rest.begin(), rest.begin() + used);
      program_.call<void>("__wbindgen_free", at, length, 1u);
      program_.call<void>("__wbg_brotlistreamresult_free", result, 0u);
    }
    CHECK(program_.call<std::uint32_t>("brotlidecstream_total_out", stream) == out.size());
    program_.call<void>("__wbg_brotlidecstream_free", stream, 0u);
    return out;
  }

  dovetail::table_handle table() {
    auto found = program_.instance().get<dovetail::table_handle>("__wbindgen_externrefs");
    REQUIRE(found.has_value());
    return *found;
  }
  std::uint32_t error() const { return error_; }
  const std::string& message() const { return message_; }

 private:
  real::program program_;
  std::string message_;
  std::uint32_t error_ = 0;
  int tables_ = 0;
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("lz4-wasm", "[real]") {
  lz4 codec;
  if (!codec.load()) return;
  const bytes text = real::ascii(repeated("abc", 10));
  const auto packed = codec("compress", text);
  REQUIRE(packed.has_value());
  CHECK(real::hex(*packed) == "1e0000003f61626303000260616263616263");
  CHECK(codec("decompress", *packed) == text);
  // A block of five literals, by the format's description.
  CHECK(codec("decompress", real::unhex("050000005068656c6c6f")) == real::ascii("hello"));
  // A match that reaches before the first byte.
  CHECK_FALSE(codec("decompress", real::unhex("050000001f61ffff0000")).has_value());
  CHECK(codec.message() == "the offset to copy is not contained in the decompressed buffer");
}

TEST_CASE("lz4-wasm: 200,000 bytes there and back", "[real]") {
  lz4 codec;
  if (!codec.load()) return;
  bytes text = real::message(200'000);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((i >> 6 & 1) == 0) text[i] = static_cast<std::uint8_t>('A' + i % 23);
  }
  const auto packed = codec("compress", text);
  REQUIRE(packed.has_value());
  CHECK(packed->size() < text.size());
  CHECK(codec("decompress", *packed) == text);
}

TEST_CASE("brotli-dec-wasm", "[real]") {
  brotli decoder;
  if (!decoder.load()) return;
  const bytes text = real::ascii(repeated("the quick brown fox jumps over the lazy dog. ", 20));
  const bytes packed = real::unhex(
      "1b8303888c946ee622d083a5ba905e13148d807c430b830d387048206f24be41a715ce66c7e34485a560239c88d5"
      "1f260506");
  CHECK(decoder.decompress(packed) == text);
  CHECK(decoder.stream(packed, 100) == text);
}

TEST_CASE("brotli-dec-wasm: an error is a reference in its table", "[real]") {
  brotli decoder;
  if (!decoder.load()) return;
  const auto before = decoder.table().size();
  CHECK_FALSE(decoder.decompress(real::unhex("ffffffff")).has_value());
  CHECK(decoder.message() == "Brotli decompress failed");
  REQUIRE(decoder.error() < decoder.table().size());
  CHECK(decoder.table().size() >= before);
  const auto error = decoder.table().get(decoder.error());
  REQUIRE(error.has_value());
  REQUIRE(error->type() == dovetail::value_type::externref);
  CHECK(error->as<dovetail::externref>().pointer == &decoder.message());
}

TEST_CASE("brotli-dec-wasm: what node's brotli made", "[real]") {
  brotli decoder;
  if (!decoder.load()) return;
  const auto packed = real::file("answers/sample.br"), text = real::file("answers/sample.bin");
  if (!packed || !text) return;
  CHECK(decoder.decompress(*packed) == *text);
  CHECK(decoder.stream(*packed, 10'000) == *text);
}
