// CPython 3.12: 26 MB of WebAssembly whose every import is WASI preview 1.
#include <dovetail/wasi.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "real.hpp"

namespace {

namespace wasi = dovetail::wasi;

bool append(void* to, std::span<const std::byte> data) {
  for (const std::byte byte : data)
    static_cast<std::string*>(to)->push_back(static_cast<char>(byte));
  return true;
}

struct outcome {
  wasi::ending end;
  std::string out, error;
};

// The module is compiled once; every run has a store and a world of its own.
class python {
 public:
  [[nodiscard]] bool load() {
    const auto module = real::file("python-wasi/python.wasm");
    if (!module) return false;
    auto compiled = real::compile(engine_, *module);
    if (!compiled) FAIL(real::explain(compiled.error()));
    module_.emplace(std::move(*compiled));
    return true;
  }

  outcome run(std::string_view script, std::string_view input = "",
              const std::string& directory = "") {
    outcome ended;
    const std::string_view arguments[] = {"python", "-c", script};
    const std::string_view environment[] = {"GREETING=hello", "PYTHONHASHSEED=0"};
    wasi::configuration setup;
    setup.arguments = arguments;
    setup.environment = environment;
    setup.input = wasi::input_stream::fed(std::as_bytes(std::span(input)));
    setup.output = wasi::output_stream::captured(append, &ended.out);
    setup.error = wasi::output_stream::captured(append, &ended.error);
    if constexpr (real::is_metered) {
      setup.clock.now = [](void*, wasi::clock_id) { return std::uint64_t{1'000'000'000}; };
      setup.random.fill = [](void*, std::span<std::byte> to) {
        std::ranges::fill(to, std::byte{1});
        return true;
      };
    }
    wasi::context context(setup);
    if (!directory.empty())
      REQUIRE(context.preopen(directory, "/data") == wasi::error_number::success);
    const auto world = real::make_store(engine_);
    auto imports = context.imports();
    auto instance = world->instantiate(*module_, imports);
    if (!instance) FAIL(real::explain(instance.error()));
    ended.end = wasi::run(*instance);
    real::say_used_fuel("python-wasi/python", *world);
    INFO(ended.error);
    CHECK(ended.end.how == wasi::ending::kind::exited);
    return ended;
  }

 private:
  real::rt::engine engine_;
  std::optional<real::rt::module> module_;
};

class folder {
 public:
  folder() {
    const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
    path_ = std::filesystem::temp_directory_path() / ("dovetail-cpython-" + std::to_string(ticks));
    std::filesystem::create_directories(path_ / "inside");
  }
  ~folder() { std::filesystem::remove_all(path_); }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  std::filesystem::path inside() const { return path_ / "inside"; }
  std::filesystem::path outside() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace

TEST_CASE("cpython", "[real]") {
  python interpreter;
  if (!interpreter.load()) return;

  SECTION("integers and a hash") {
    const outcome ended = interpreter.run(
        "print(2**200); print(sum(i*i for i in range(100000)))\n"
        "import hashlib; print(hashlib.sha256(b'abc').hexdigest())");
    CHECK(ended.out ==
          "1606938044258990275541962092341162602522202993782792835301376\n333328333350000\n"
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    CHECK(ended.error.empty());
    CHECK(ended.end.exit_code == 0);
  }

  SECTION("files of a directory that was granted, and nothing else") {
    const folder files;
    std::ofstream(files.inside() / "words.txt") << "delta alpha charlie bravo\nalpha";
    std::ofstream(files.outside() / "secret.txt") << "secret";
    const outcome ended = interpreter.run(R"(
import json, os
words = open('/data/words.txt').read().split()
os.mkdir('/data/out')
with open('/data/out/sorted.json', 'w') as f: json.dump(sorted(set(words)), f)
os.rename('/data/words.txt', '/data/out/old.txt')
print(sorted(os.listdir('/data')), sorted(os.listdir('/data/out')))
print(os.stat('/data/out/old.txt').st_size)
for path in '/data/../secret.txt', '/data/out/../../secret.txt', '/secret.txt':
    try: print(open(path).read())
    except OSError as e: print('refused')
)",
                                          "", files.inside().string());
    CHECK(ended.out == "['out'] ['old.txt', 'sorted.json']\n31\nrefused\nrefused\nrefused\n");
    CHECK(contents(files.inside() / "out" / "sorted.json") ==
          R"(["alpha", "bravo", "charlie", "delta"])");
    CHECK(contents(files.inside() / "out" / "old.txt") == "delta alpha charlie bravo\nalpha");
  }

  SECTION("input, environment, exit code") {
    const outcome ended = interpreter.run(
        "import sys, os\nprint(sum(map(int, sys.stdin)), os.environ['GREETING'], "
        "file=sys.stderr)\nsys.exit(7)",
        "1\n20\n300\n");
    CHECK(ended.out.empty());
    CHECK(ended.error == "321 hello\n");
    CHECK(ended.end.exit_code == 7);
  }

  SECTION("an exception that nobody catches") {
    const outcome ended = interpreter.run("def f(n): return 1/n if n == 0 else f(n-1)\nf(3)");
    CHECK(ended.end.exit_code == 1);
    CHECK(ended.error.ends_with("ZeroDivisionError: division by zero\n"));
  }

  SECTION("the standard library") {
    const outcome ended = interpreter.run(R"(
import re, zlib, struct, decimal, datetime, collections, functools, itertools, heapq
text = b'the quick brown fox ' * 1000
packed = zlib.compress(text)
print(len(packed) < 200, zlib.decompress(packed) == text, zlib.crc32(b'123456789') == 0xcbf43926)
decimal.getcontext().prec = 40
print(decimal.Decimal(2).sqrt())
print(datetime.date(2000, 2, 29) + datetime.timedelta(days=366))
print(re.sub(r'(\w)(\d+)', lambda m: m[1] * int(m[2]), 'a3b2'))
print(struct.pack('<id', 1, 0.5).hex())
print(functools.reduce(lambda a, b: a * b, range(1, 26)))
print(len(list(itertools.permutations(range(7)))))
class Node:
    def __init__(self): self.me = self
for _ in range(20000): Node()
print(heapq.nsmallest(3, (i * 7919 % 10007 for i in range(10000))))
print(collections.Counter('mississippi').most_common(1))
print(0.1 + 0.2, 1e308 * 10, float('nan'), -0.0, round(2.5), 7 // -2, divmod(-7, 3))
)");
    CHECK(ended.out ==
          "True True True\n1.414213562373095048801688724209698078570\n2001-03-01\n"
          "aaabb\n01000000000000000000e03f\n15511210043330985984000000\n5040\n"
          "[0, 1, 2]\n[('i', 4)]\n"
          "0.30000000000000004 inf nan -0.0 2 -4 (-3, 2)\n");
    CHECK(ended.end.exit_code == 0);
  }
}
