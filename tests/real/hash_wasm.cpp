// hash-wasm: the 19 modules that share one call shape. "abc" and other published vectors first,
// then the table that node's crypto, node's zlib or V8 made, about every boundary of a block.
#include <algorithm>

#include "real.hpp"

namespace {

using real::bytes;

struct recipe {
  std::string_view module;
  std::string_view algorithm;  // its name in the table of answers
  std::uint32_t digest_size;   // bytes
  std::uint32_t init = 0;      // Hash_Init's argument, where it has one
  std::uint32_t final = 0;     // Hash_Final's, where it has one
  std::string_view seed = "";  // hex; some modules read it from the buffer at Hash_Init
};

class hasher {
 public:
  explicit hasher(const recipe& how) : how_(how) {}

  [[nodiscard]] bool load() {
    if (!program_.load("hash-wasm/" + std::string(how_.module))) return false;
    buffer_ = *program_.function<std::uint32_t()>("Hash_GetBuffer")();
    update_ = program_.function<void(std::uint32_t)>("Hash_Update");
    return true;
  }

  void begin() {
    if (!how_.seed.empty()) program_.write(buffer_, real::unhex(how_.seed));
    program_.call_loosely("Hash_Init", {how_.init});
  }

  void update(std::span<const std::uint8_t> data) {
    program_.write(buffer_, data);
    CHECK(update_(static_cast<std::uint32_t>(data.size())).has_value());
  }

  std::string end() {
    program_.call_loosely("Hash_Final", {how_.final});
    return real::hex(program_.read(buffer_, how_.digest_size));
  }

  std::string operator()(const bytes& data, std::size_t chunk = 16384) {
    begin();
    for (std::size_t at = 0; at < data.size(); at += chunk) {
      update(std::span(data).subspan(at, std::min(chunk, data.size() - at)));
    }
    return end();
  }

  std::string in_one_call(const bytes& data) {
    program_.write(buffer_, data);
    const auto size = static_cast<std::uint32_t>(data.size());
    program_.call_loosely("Hash_Calculate", {size, how_.init, how_.final});
    return real::hex(program_.read(buffer_, how_.digest_size));
  }

  real::program& program() { return program_; }

 private:
  const recipe how_;
  real::program program_;
  dovetail::function<void(std::uint32_t)> update_;
  std::uint32_t buffer_ = 0;
};

void check(const recipe& how, std::string_view digest_of_abc) {
  INFO(std::string(how.algorithm));
  hasher hash(how);
  if (!hash.load()) return;
  CHECK(hash(real::ascii("abc")) == digest_of_abc);
  for (const auto& [length, digest] : real::answers(how.algorithm)) {
    INFO(length << " bytes");
    const bytes data = real::message(length);
    CHECK(hash(data) == digest);
    CHECK(hash(data, 997) == digest);
    // The one-call form writes the message over the seed.
    if (length <= 16384 && how.seed.empty()) CHECK(hash.in_one_call(data) == digest);
  }
}

constexpr std::string_view no_seed = "0000000000000000";

}  // namespace

TEST_CASE("hash-wasm adler32", "[real]") { check({"adler32", "adler32", 4}, "024d0127"); }

TEST_CASE("hash-wasm crc32", "[real]") {
  check({"crc32", "crc32", 4, 0xedb88320}, "352441c2");
  hasher castagnoli({"crc32", "crc32c", 4, 0x82f63b78});  // RFC 3720, B.4
  if (!castagnoli.load()) return;
  CHECK(castagnoli(bytes(32, 0)) == "8a9136aa");
  CHECK(castagnoli(bytes(32, 0xff)) == "62a8ab43");
}

TEST_CASE("hash-wasm crc64", "[real]") {
  const recipe how{"crc64", "crc64", 8, 0, 0, "420f87d795576cc9"};  // ECMA-182, reflected, as xz
  check(how, "2cd8094a1a277627");
  hasher hash(how);
  if (hash.load()) CHECK(hash(real::ascii("123456789")) == "995dc9bbdf1939fa");
}

TEST_CASE("hash-wasm md4", "[real]") {  // RFC 1320, A.5
  check({"md4", "md4", 16}, "a448017aaf21d8525fc10ae87aa6729d");
}

TEST_CASE("hash-wasm md5", "[real]") {  // RFC 1321, A.5
  check({"md5", "md5", 16}, "900150983cd24fb0d6963f7d28e17f72");
}

TEST_CASE("hash-wasm ripemd160", "[real]") {
  check({"ripemd160", "ripemd160", 20}, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
}

TEST_CASE("hash-wasm sha1", "[real]") {  // FIPS 180
  check({"sha1", "sha1", 20}, "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("hash-wasm sha256", "[real]") {  // FIPS 180: SHA-224 and SHA-256
  check({"sha256", "sha256", 32, 256},
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  check({"sha256", "sha224", 28, 224}, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
  hasher million({"sha256", "sha256", 32, 256});
  if (!million.load()) return;
  CHECK(million(bytes(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("hash-wasm sha512", "[real]") {  // FIPS 180: SHA-384 and SHA-512
  check({"sha512", "sha512", 64, 512},
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  check({"sha512", "sha384", 48, 384},
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        "8086072ba1e7cc2358baeca134c825a7");
}

TEST_CASE("hash-wasm sha3", "[real]") {  // FIPS 202; 6 and 1 are the paddings of SHA-3 and Keccak
  check({"sha3", "sha3-224", 28, 224, 6},
        "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf");
  check({"sha3", "sha3-256", 32, 256, 6},
        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
  check({"sha3", "sha3-384", 48, 384, 6},
        "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
        "98d88cea927ac7f539f1edf228376d25");
  check({"sha3", "sha3-512", 64, 512, 6},
        "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
        "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0");
  check({"sha3", "keccak-256", 32, 256, 1},
        "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST_CASE("hash-wasm blake2b", "[real]") {  // RFC 7693, appendix A
  check({"blake2b", "blake2b", 64, 512},
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  // The first vector of the authors' keyed table: 64 bytes of key, no message.
  bytes key(64);
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
  const std::string seed = real::hex(key);
  hasher keyed({"blake2b", "blake2b", 64, 512 | 64 << 16, 0, seed});
  if (!keyed.load()) return;
  CHECK(keyed({}) ==
        "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
        "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568");
}

TEST_CASE("hash-wasm blake2s", "[real]") {  // RFC 7693, appendix B
  check({"blake2s", "blake2s", 32, 256},
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
}

TEST_CASE("hash-wasm blake3", "[real]") {
  const recipe how{"blake3", "blake3", 32, 0, 32};
  check(how, "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
  hasher hash(how);
  if (!hash.load()) return;
  bytes data(1025);  // the authors' vectors count modulo 251; 1025 bytes are a chunk and a byte
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i % 251);
  CHECK(hash({}) == "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  CHECK(hash(data) == "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444");
}

TEST_CASE("hash-wasm sm3", "[real]") {  // GB/T 32905, appendix A
  check({"sm3", "sm3", 32}, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST_CASE("hash-wasm whirlpool", "[real]") {  // ISO/IEC 10118-3
  check({"whirlpool", "whirlpool", 64},
        "4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c"
        "7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5");
}

TEST_CASE("hash-wasm xxhash32", "[real]") { check({"xxhash32", "xxhash32", 4}, "32d153ff"); }

TEST_CASE("hash-wasm xxhash64", "[real]") {
  check({"xxhash64", "xxhash64", 8, 0, 0, no_seed}, "44bc2cf5ad770999");
}

TEST_CASE("hash-wasm xxhash3", "[real]") {
  check({"xxhash3", "xxhash3", 8, 0, 0, no_seed}, "78af5f94892f3950");
}

TEST_CASE("hash-wasm xxhash128", "[real]") {
  check({"xxhash128", "xxhash128", 16, 0, 0, no_seed}, "06b05ab6733a618578af5f94892f3950");
}

TEST_CASE("hash-wasm: the state of one instance goes on in another", "[real]") {
  const recipe how{"sha256", "sha256", 32, 256};
  hasher first(how), second(how), whole(how);
  if (!first.load() || !second.load() || !whole.load()) return;
  const bytes data = real::message(5000);
  first.begin();
  first.update(std::span(data).first(1777));
  // STATE_SIZE is the address of the size, as the linker exports the symbol.
  const auto size = first.program().word(first.program().global<std::uint32_t>("STATE_SIZE"));
  const auto from = first.program().call<std::uint32_t>("Hash_GetState");
  const auto to = second.program().call<std::uint32_t>("Hash_GetState");
  second.program().write(to, first.program().read(from, size));
  second.update(std::span(data).subspan(1777));
  CHECK(second.end() == whole(data));
}
