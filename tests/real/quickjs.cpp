// quickjs-wasi: a JavaScript engine of 637 kB, six functions of ours under it and six of WASI.
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <dovetail/snapshot.hpp>

#include "real.hpp"

namespace {

using real::bytes;

class quickjs {
 public:
  [[nodiscard]] bool load() {
    constexpr std::string_view wasi = "wasi_snapshot_preview1";
    constexpr int fault = 21, bad_descriptor = 8;
    const auto clock = [](dovetail::caller& c, std::uint32_t, std::uint64_t, std::uint32_t out) {
      return c.memory().write(out, nanoseconds) ? fault : 0;
    };
    const auto random = [](dovetail::caller& c, std::uint32_t out, std::uint32_t size) {
      const auto place = c.memory().span(out, size);
      if (!place) return fault;
      std::memset(place->data(), 42, place->size());
      return 0;
    };
    const auto call = [this](dovetail::caller& c, std::uint32_t name, std::uint32_t length,
                             std::uint32_t, std::uint32_t count, std::uint32_t values) {
      return host_call(c, name, length, count, values);
    };
    dovetail::imports host = {
        dovetail::bind("env", "host_get_timezone_offset", [](int, int) { return 0; }),
        dovetail::bind("env", "host_interrupt",
                       [this] { return ++interrupts_ > patience_ ? 1 : 0; }),
        dovetail::bind("env", "host_promise_rejection", [](int, int, int) {}),
        dovetail::bind("env", "host_module_normalize", [](int, int) { return 0; }),
        dovetail::bind("env", "host_module_load", [](int, int) { return 0; }),
        dovetail::bind("env", "host_call", call),
        dovetail::bind(wasi, "clock_time_get", clock),
        dovetail::bind(wasi, "random_get", random),
        dovetail::bind(wasi, "fd_close", [](int) { return bad_descriptor; }),
        dovetail::bind(wasi, "fd_fdstat_get", [](int, int) { return bad_descriptor; }),
        dovetail::bind(wasi, "fd_seek", [](int, std::int64_t, int, int) { return bad_descriptor; }),
        dovetail::bind(wasi, "fd_write", [](int, int, int, int) { return bad_descriptor; }),
    };
    if (!program_.load("quickjs-wasi/quickjs", host)) return false;
    program_.call<void>("_initialize");
    REQUIRE(program_.call<int>("qjs_init") == 0);
    return true;
  }

  /// The completion value as text, or "Error: ..." of what was thrown, or "trap: ...".
  std::string eval(std::string_view source) {
    const std::uint32_t text = put(source), name = put("test.js");
    const auto outcome = program_.attempt<std::uint32_t>(
        "qjs_eval", text, static_cast<std::uint32_t>(source.size()), name, 0u);
    if (!outcome) return "trap: " + std::string(outcome.error().message());
    program_.call<void>("free", text);
    program_.call<void>("free", name);
    std::uint32_t value = *outcome;
    if (program_.call<int>("qjs_is_exception", value) != 0) {
      program_.call<void>("qjs_free_value", value);
      value = program_.call<std::uint32_t>("qjs_get_exception");
    }
    const auto string = program_.call<std::uint32_t>("qjs_get_string", value);
    const std::string out = program_.text(string);
    number_ = program_.call<double>("qjs_get_float64", value);
    program_.call<void>("qjs_free_cstring", string);
    program_.call<void>("qjs_free_value", value);
    return out;
  }
  double number() const { return number_; }  // of the last completion value

  void run_jobs() {
    while (program_.call<int>("qjs_is_job_pending") != 0)
      program_.call<int>("qjs_execute_pending_job");
  }

  void define(std::string_view name) {
    const std::uint32_t text = put(name);
    const auto function = program_.call<std::uint32_t>("qjs_new_host_function", text,
                                                       static_cast<std::uint32_t>(name.size()), 0u);
    const auto global = program_.call<std::uint32_t>("qjs_get_global");
    program_.call<int>("qjs_set_prop_string", global, text, function);
    program_.call<void>("free", text);
  }

  /// The engine asks every few thousand steps whether to go on; after so many it may not.
  void set_patience(std::uint64_t questions) {
    patience_ = interrupts_ + questions;
    program_.call<void>("qjs_set_interrupt_handler", 1u);
  }
  const std::vector<double>& arguments() const { return arguments_; }
  real::program& program() { return program_; }

 private:
  static constexpr std::uint64_t nanoseconds = 1'700'000'000'000'000'000;

  std::uint32_t put(std::string_view source) {
    bytes data = real::ascii(source);
    data.push_back(0);
    const auto place =
        program_.call<std::uint32_t>("malloc", static_cast<std::uint32_t>(data.size()));
    program_.write(place, data);
    return place;
  }

  /// JavaScript calls the host, which calls back into the module for each argument and the result.
  std::uint32_t host_call(dovetail::caller& c, std::uint32_t name, std::uint32_t length,
                          std::uint32_t count, std::uint32_t values) {
    if (c.memory().string(name, length).value_or("?") != "sum") return 0;
    double sum = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto value = c.memory().read<std::uint32_t>(values + i * 4);
      arguments_.push_back(program_.call<double>("qjs_get_float64", value.value_or(0)));
      sum += arguments_.back();
    }
    return program_.call<std::uint32_t>("qjs_new_number", sum);
  }

  real::program program_;
  std::vector<double> arguments_;
  double number_ = 0;
  std::uint64_t interrupts_ = 0;
  std::uint64_t patience_ = ~std::uint64_t{0};
};

}  // namespace

TEST_CASE("quickjs: numbers", "[real]") {
  quickjs js;
  if (!js.load()) return;
  js.eval(
      "let s=0;for(let i=1;i<=1000;i++)s+=i*i;s+JSON.stringify([...'abc'].reverse()).length/1024");
  CHECK(js.number() == 333833500.0126953125);
  CHECK(js.eval("2n**200n+''") == "1606938044258990275541962092341162602522202993782792835301376");
  CHECK(js.eval("0.1+0.2") == "0.30000000000000004");
  CHECK(js.eval("Math.sin(1).toFixed(12)") == "0.841470984808");
  CHECK(js.eval("function fib(n){return n<2?n:fib(n-1)+fib(n-2)};fib(20)") == "6765");
  CHECK(js.eval("[5e-324, 1.7976931348623157e308, -0, 1/3].join()") ==
        "5e-324,1.7976931348623157e+308,0,0.3333333333333333");
}

TEST_CASE("quickjs: strings, sorting, dates", "[real]") {
  quickjs js;
  if (!js.load()) return;
  CHECK(js.eval(R"("x1y22z333".replace(/\d+/g, d => "<" + d.length + ">"))") == "x<1>y<2>z<3>");
  CHECK(js.eval("[3,1,2].sort().map(x=>x*x).join()") == "1,4,9");
  CHECK(js.eval(R"(JSON.stringify({a:[1,{b:null}],c:"\u00e9"}))") ==
        "{\"a\":[1,{\"b\":null}],\"c\":\"\u00e9\"}");
  CHECK(js.eval("encodeURIComponent('\u00e9\u6f22')") == "%C3%A9%E6%BC%A2");
  CHECK(js.eval("new Date(0).toISOString()") == "1970-01-01T00:00:00.000Z");
  CHECK(js.eval("Date.now()") == "1700000000000");
  CHECK(js.eval("let a=[];for(let "
                "i=0;i<20000;i++)a.push((i*7919)%20011);a.sort((x,y)=>x-y);a[100]+','+a[19999]") ==
        "100,20010");
}

TEST_CASE("quickjs: exceptions and promises", "[real]") {
  quickjs js;
  if (!js.load()) return;
  CHECK(js.eval("throw new RangeError('no')") == "RangeError: no");
  CHECK(js.eval("let p=0;Promise.resolve(41).then(v=>{p=v+1});p") == "0");
  js.run_jobs();
  CHECK(js.eval("p") == "42");
  CHECK(js.eval("x = = 1") == "SyntaxError: unexpected token in expression: '='");
}

TEST_CASE("quickjs: a function of the host, which calls back", "[real]") {
  quickjs js;
  if (!js.load()) return;
  js.define("sum");
  CHECK(js.eval("sum(1,2,3.5)*2") == "13");
  CHECK(js.arguments() == std::vector<double>{1, 2, 3.5});
  CHECK(js.eval("[4,5,6].map((x) => sum(x, x)).join()") == "8,10,12");
}

TEST_CASE("quickjs: collecting garbage, many objects", "[real]") {
  quickjs js;
  if (!js.load()) return;
  CHECK(js.eval("let m=new Map();for(let i=0;i<30000;i++){let "
                "o={i};o.self=o;m.set('k'+i%1000,o)};m.size+','"
                "+m.get('k999').i") == "1000,29999");
  js.program().call<void>("qjs_run_gc");
  CHECK(js.eval("m.get('k7').self.self.i") == "29007");
}

TEST_CASE("quickjs: the host ends a loop", "[real]") {
  quickjs js;
  if (!js.load()) return;
  js.set_patience(20);
  CHECK(js.eval("for(;;);") == "InternalError: interrupted");
  js.set_patience(1000);
  CHECK(js.eval("6*7") == "42");
}

TEST_CASE("quickjs: endless recursion is an error or a trap, and the host goes on", "[real]") {
  quickjs js, other;
  if (!js.load() || !other.load()) return;
  const std::string outcome = js.eval("(function f(n){return 1+f(n+1)})(0)");
  // Its stack lies at the bottom of its memory; V8, given a large stack of its own, says the same.
  const bool ended =
      outcome == "trap: out of bounds memory access" || outcome == "trap: call stack exhausted";
  INFO(outcome);
  CHECK(ended);
  CHECK(other.eval("6*7") == "42");
}

namespace {

// A game in the middle of its evaluation: what it says next depends on all that it said before.
void begin_game(quickjs& js) {
  js.eval(R"(
    let seen = new Map(), log = [], x = 12345;
    class Thing {
      constructor(n) { this.n = n; this.next = null; }
      get twice() { return this.n * 2; }
    }
    function* ids() { for (let i = 0;; ++i) yield i; }
    const id = ids();
    function step() {
      x = (x * 1103515245 + 12345) % 2147483648;
      const t = new Thing(x % 1000); t.next = seen.get(x % 50) ?? null; seen.set(x % 50, t);
      const before = t.next ? t.next.n : '-', chance = Math.random().toFixed(6);
      log.push(`${id.next().value}:${t.twice}:${before}:${chance}`);
      if (log.length > 300) log = log.slice(200);
      return log[log.length - 1];
    })");
  for (int k = 0; k < 5; ++k) js.eval("for (let k = 0; k < 100; ++k) step()");
}
std::string play_on(quickjs& js) {
  std::string out;
  for (int k = 0; k < 40; ++k) {
    out += js.eval("for (let k = 0; k < 20; ++k) step(); step()");
    out += '\n';
  }
  return out + js.eval("log.join() + seen.size");
}
std::span<const std::byte> quickjs_module(const bytes& file) {
  return std::as_bytes(std::span(file));
}

constexpr const char* saved_game = "DOVETAIL_SAVED_GAME";

}  // namespace

TEST_CASE("quickjs: rolled back, the game goes on as it did", "[real]") {
  quickjs js;
  if (!js.load()) return;
  begin_game(js);
  const auto taken = take_snapshot(js.program().instance());
  REQUIRE(taken.has_value());
  const std::string once = play_on(js);
  CHECK(once.size() > 1'000);
  CHECK(play_on(js) != once);
  for (int k = 0; k < 3; ++k) {
    REQUIRE(restore(js.program().instance(), *taken).has_value());
    CHECK(play_on(js) == once);
  }
  // Frame by frame, and back to any of them.
  REQUIRE(restore(js.program().instance(), *taken).has_value());
  std::vector<dovetail::snapshot> frames;
  std::vector<std::string> said;
  for (int k = 0; k < 60; ++k) {
    auto frame = take_snapshot(js.program().instance());
    REQUIRE(frame.has_value());
    frames.push_back(std::move(*frame));
    said.push_back(js.eval("step()"));
  }
  for (const std::size_t k : {59u, 3u, 30u, 31u, 0u, 58u}) {
    REQUIRE(restore(js.program().instance(), frames[k]).has_value());
    CHECK(js.eval("step()") == said[k]);
  }
}

// Started by the case below, in a process of its own.
TEST_CASE("quickjs: loads a game that another process saved", "[.][saved]") {
  const char* const path = std::getenv(saved_game);
  REQUIRE(path != nullptr);
  quickjs js;
  const auto module = real::file("quickjs-wasi/quickjs.wasm");
  REQUIRE((module && js.load()));
  std::ifstream in(path, std::ios::binary);
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  const auto read =
      from_bytes(js.program().engine(), std::as_bytes(std::span(file)), quickjs_module(*module));
  REQUIRE(read.has_value());
  REQUIRE(restore(js.program().instance(), *read).has_value());
  std::ofstream(std::string(path).append(".said"), std::ios::binary) << play_on(js);
}

TEST_CASE("quickjs: saved, and loaded by another process", "[real]") {
  std::error_code none;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", none);
  if (none) return testing::skip("cannot find its own program");
  quickjs js;
  if (!js.load()) return;
  const auto module = real::file("quickjs-wasi/quickjs.wasm");
  begin_game(js);
  const auto taken = take_snapshot(js.program().instance());
  REQUIRE(taken.has_value());
  const auto saved = to_bytes(*taken, quickjs_module(*module));
  REQUIRE(saved.has_value());
  const std::string once = play_on(js);

  const std::string path =
      (std::filesystem::temp_directory_path() / self.filename()).string() + ".game";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(saved->data()),
             static_cast<std::streamsize>(saved->size()));
  const std::string command =
      saved_game + ("='" + path + "' '" + self.string() + "' '[saved]' >/dev/null");
  CHECK(std::system(command.c_str()) == 0);
  std::ifstream in(path + ".said", std::ios::binary);
  CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == once);
  std::filesystem::remove(path);
  std::filesystem::remove(path + ".said");
}
