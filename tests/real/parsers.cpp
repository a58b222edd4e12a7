// llhttp (of undici) and source-map: modules whose answers are calls back into the host.
#include <array>
#include <sstream>

#include "real.hpp"

namespace {

using real::bytes;

// ---- llhttp

class http_parser {
 public:
  [[nodiscard]] bool load(const std::string& build) {
    const auto text = [this](const char* event) {
      return [this, event](dovetail::caller& c, std::uint32_t, std::uint32_t at,
                           std::uint32_t length) {
        log_ << event << " " << c.memory().string(at, length).value_or("?") << "; ";
        return 0;
      };
    };
    const auto plain = [this](const char* event) {
      return [this, event](std::uint32_t) {
        log_ << event << "; ";
        return 0;
      };
    };
    dovetail::imports callbacks = {
        dovetail::bind("env", "wasm_on_message_begin", plain("begin")),
        dovetail::bind("env", "wasm_on_message_complete", plain("end")),
        dovetail::bind("env", "wasm_on_url", text("url")),
        dovetail::bind("env", "wasm_on_status", text("status")),
        dovetail::bind("env", "wasm_on_header_field", text("field")),
        dovetail::bind("env", "wasm_on_header_value", text("value")),
        dovetail::bind("env", "wasm_on_body", text("body")),
        dovetail::bind("env", "wasm_on_headers_complete",
                       [this](std::uint32_t, std::uint32_t status, std::uint32_t upgrade,
                              std::uint32_t alive) {
                         log_ << "headers " << status << " " << upgrade << " " << alive << "; ";
                         return 0;
                       }),
    };
    if (!program_.load(build, callbacks)) return false;
    program_.call<void>("_initialize");
    return true;
  }

  static constexpr std::uint32_t request = 1, response = 2;

  /// Feeds the text in pieces; the events, then the name of the error if there is one and its
  /// place.
  std::string parse(std::uint32_t type, std::string_view text, std::size_t piece = 4096) {
    log_.str("");
    const auto parser = program_.call<std::uint32_t>("llhttp_alloc", type);
    const auto buffer = program_.call<std::uint32_t>("malloc", static_cast<std::uint32_t>(piece));
    for (std::size_t at = 0; at < text.size(); at += piece) {
      const std::string_view part = text.substr(at, piece);
      program_.write(buffer, real::ascii(part));
      const auto code = program_.call<std::uint32_t>("llhttp_execute", parser, buffer,
                                                     static_cast<std::uint32_t>(part.size()));
      if (code == 0) continue;
      const auto place = program_.call<std::uint32_t>("llhttp_get_error_pos", parser) - buffer;
      const auto reason = program_.call<std::uint32_t>("llhttp_get_error_reason", parser);
      log_ << program_.text(program_.call<std::uint32_t>("llhttp_errno_name", code)) << " at "
           << at + place << ": " << program_.text(reason);
      break;
    }
    method_ = program_.call<std::uint32_t>("llhttp_get_method", parser);
    program_.call<void>("free", buffer);
    program_.call<void>("llhttp_free", parser);
    return log_.str();
  }
  std::string method() {
    return program_.text(program_.call<std::uint32_t>("llhttp_method_name", method_));
  }

 private:
  real::program program_;
  std::ostringstream log_;
  std::uint32_t method_ = 0;
};

// ---- source-map

// What mapping_callback is told: generated line and column, whether the last column is known, the
// last column, whether there is a source, source, line and column in it, whether there is a name,
// name.
using mapping = std::array<std::uint32_t, 10>;

class source_map {
 public:
  [[nodiscard]] bool load() {
    const auto callback =
        [this](std::uint32_t line, std::uint32_t column, std::uint32_t has_last, std::uint32_t last,
               std::uint32_t has_original, std::uint32_t source, std::uint32_t original_line,
               std::uint32_t original_column, std::uint32_t has_name, std::uint32_t name) {
          found_.push_back({line, column, has_last, last, has_original, source, original_line,
                            original_column, has_name, name});
        };
    dovetail::imports callbacks = {dovetail::bind("env", "mapping_callback", callback)};
    return program_.load("source-map/mappings", callbacks);
  }

  /// False: the text is wrong, and error() says how.
  bool parse(std::string_view mappings) {
    const auto size = static_cast<std::uint32_t>(mappings.size());
    const auto text = program_.call<std::uint32_t>("allocate_mappings", size);
    program_.write(text, real::ascii(mappings));
    map_ = program_.call<std::uint32_t>("parse_mappings", text);
    return map_ != 0;
  }
  std::uint32_t error() { return program_.call<std::uint32_t>("get_last_error"); }

  template <class... A>
  std::vector<mapping> ask(std::string_view question, A... arguments) {
    found_.clear();
    program_.call<void>(question, map_, arguments...);
    return found_;
  }

 private:
  real::program program_;
  std::vector<mapping> found_;
  std::uint32_t map_ = 0;
};

// A number of the source map format: base64 digits of five bits, least first, the sign in the
// lowest.
std::string vlq(int number) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  auto rest = static_cast<unsigned>(number < 0 ? -number * 2 + 1 : number * 2);
  std::string out;
  do {
    const unsigned digit = rest & 31u;
    rest >>= 5;
    out += digits[digit | (rest != 0 ? 32u : 0u)];
  } while (rest != 0);
  return out;
}

}  // namespace

TEST_CASE("llhttp: a response", "[real]") {
  for (const std::string& build : real::builds("undici/llhttp", "undici/llhttp-simd")) {
    INFO(build);
    http_parser parser;
    if (!parser.load(build)) return;
    constexpr std::string_view text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello";
    CHECK(parser.parse(http_parser::response, text) ==
          "begin; status OK; field Content-Length; value 5; field X-A; value b; headers 200 0 1; "
          "body hello; end; ");
    CHECK(parser.parse(http_parser::response, text, 19) ==
          "begin; status OK; field Co; field ntent-Length; value 5; field X-; field A; value b; "
          "headers 200 0 1; "
          "body hello; end; ");
  }
}

TEST_CASE("llhttp: chunks, and two responses in a row", "[real]") {
  for (const std::string& build : real::builds("undici/llhttp", "undici/llhttp-simd")) {
    INFO(build);
    http_parser parser;
    if (!parser.load(build)) return;
    CHECK(
        parser.parse(http_parser::response,
                     "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "5\r\nhello\r\n6;x=1\r\n world\r\n0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n") ==
        "begin; status Not Found; field Transfer-Encoding; value chunked; headers 404 0 1; body "
        "hello; "
        "body  world; end; begin; status No Content; headers 204 0 1; end; ");
  }
}

TEST_CASE("llhttp: a request", "[real]") {
  for (const std::string& build : real::builds("undici/llhttp", "undici/llhttp-simd")) {
    INFO(build);
    http_parser parser;
    if (!parser.load(build)) return;
    CHECK(
        parser.parse(http_parser::request,
                     "POST /a?b=c HTTP/1.1\r\nHost: example.com\r\nContent-Length: 2\r\n\r\nhi") ==
        "begin; url /a?b=c; field Host; value example.com; field Content-Length; value 2; headers "
        "0 0 1; body hi; "
        "end; ");
    CHECK(parser.method() == "POST");
  }
}

TEST_CASE("llhttp: errors say where", "[real]") {
  for (const std::string& build : real::builds("undici/llhttp", "undici/llhttp-simd")) {
    INFO(build);
    http_parser parser;
    if (!parser.load(build)) return;
    CHECK(parser.parse(http_parser::response, "HTTP/1.1 abc\r\n\r\n") ==
          "begin; HPE_INVALID_STATUS at 9: Invalid status code");
    CHECK(parser.parse(http_parser::response, "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n") ==
          "begin; status OK; field Content-Length; value 5; HPE_INVALID_CONTENT_LENGTH at 34: "
          "Invalid character in "
          "Content-Length");
  }
}

TEST_CASE("llhttp: a thousand requests", "[real]") {
  for (const std::string& build : real::builds("undici/llhttp", "undici/llhttp-simd")) {
    INFO(build);
    http_parser parser;
    if (!parser.load(build)) return;
    std::string many, wanted;
    for (int i = 0; i < 1000; ++i) {
      const std::string path = "/" + std::to_string(i * i);
      many += "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
      wanted += "begin; url " + path + "; field Host; value h; headers 0 0 1; end; ";
    }
    CHECK(parser.parse(http_parser::request, many, many.size()) == wanted);
  }
}

TEST_CASE("source-map: three mappings, by hand", "[real]") {
  source_map map;
  if (!map.load()) return;
  REQUIRE(map.parse("AAAA,GAAG;AACA"));
  const mapping first = {0, 0, 0, 0, 1, 0, 0, 0, 0, 0}, second = {0, 3, 0, 0, 1, 0, 0, 3, 0, 0},
                third = {1, 0, 0, 0, 1, 0, 1, 3, 0, 0};
  CHECK(map.ask("by_generated_location") == std::vector{first, second, third});
  const mapping spanned = {0, 0, 1, 3, 1, 0, 0, 0, 0, 0};
  map.ask("compute_column_spans");
  CHECK(map.ask("by_generated_location") == std::vector{spanned, second, third});
  CHECK(map.ask("by_original_location") == std::vector{spanned, second, third});
  CHECK(map.ask("original_location_for", 0u, 4u, 1u) == std::vector{second});
  CHECK(map.ask("generated_location_for", 0u, 1u, 0u, 2u) == std::vector{third});
  CHECK(map.ask("all_generated_locations_for", 0u, 0u, 0u, 0u) == std::vector{spanned, second});
  map.ask("free_mappings");
}

TEST_CASE("source-map: a wrong digit", "[real]") {
  source_map map;
  if (!map.load()) return;
  CHECK_FALSE(map.parse("A!"));
  CHECK(map.error() == 4);
}

TEST_CASE("source-map: ten thousand mappings through a callback", "[real]") {
  source_map map;
  if (!map.load()) return;
  std::string text;
  std::vector<mapping> wanted;
  std::array<int, 4> before{};  // source, line, column, name: each is written relative to the last
  for (std::uint32_t line = 0; line < 500; ++line) {
    int last_column = 0;
    for (std::uint32_t i = 0; i < 20; ++i) {
      const std::uint32_t column = i * 37 + line % 11;
      const std::array<int, 4> now = {static_cast<int>(i % 3), static_cast<int>(i * 97 % 501),
                                      static_cast<int>((line * 31 + i) % 4000),
                                      static_cast<int>(line % 7)};
      if (i != 0) text += ',';
      text += vlq(static_cast<int>(column) - last_column);
      for (std::size_t k = 0; k < now.size(); ++k) text += vlq(now[k] - before[k]);
      before = now;
      last_column = static_cast<int>(column);
      wanted.push_back({line, column, 0, 0, 1, static_cast<std::uint32_t>(now[0]),
                        static_cast<std::uint32_t>(now[1]), static_cast<std::uint32_t>(now[2]), 1,
                        static_cast<std::uint32_t>(now[3])});
    }
    text += ';';
  }
  REQUIRE(map.parse(text));
  CHECK(map.ask("by_generated_location") == wanted);
  CHECK(map.ask("original_location_for", 250u, 250 % 11 + 5 * 37u, 1u) ==
        std::vector{wanted[250 * 20 + 5]});
}
