// hash-wasm: argon2, bcrypt and scrypt, whose modules are only the expensive middle. What the
// package's script does around it is done here, from the specifications.
#include <algorithm>
#include <bit>

#include "real.hpp"

namespace {

using real::bytes;

void append(bytes& out, std::span<const std::uint8_t> data) {
  out.insert(out.end(), data.begin(), data.end());
}

bytes word(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
          static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 24)};
}

/// The buffer begins where the memory ended at the first Hash_GetBuffer and has half a megabyte; it
/// grows in place. Less than it has is refused with -1, and is enough.
std::uint32_t grown_buffer(real::program& program, std::uint32_t size) {
  const auto buffer = program.call<std::uint32_t>("Hash_GetBuffer");
  CHECK(program.call<int>("Hash_SetMemorySize", size) == (size < 512 * 1024 ? -1 : 0));
  return buffer;
}

// blake2b and sha256 of the same package.
class password_hasher {
 public:
  [[nodiscard]] bool load(std::string_view module) {
    if (!program_.load("hash-wasm/" + std::string(module))) return false;
    buffer_ = program_.call<std::uint32_t>("Hash_GetBuffer");
    return true;
  }
  bytes operator()(const bytes& data, std::uint32_t size) {
    program_.call<void>("Hash_Init", size * 8);
    for (std::size_t at = 0; at < data.size(); at += 16384) {
      const auto part = std::span(data).subspan(at, std::min<std::size_t>(16384, data.size() - at));
      program_.write(buffer_, part);
      program_.call<void>("Hash_Update", static_cast<std::uint32_t>(part.size()));
    }
    program_.call<void>("Hash_Final");
    return program_.read(buffer_, size);
  }

 private:
  real::program program_;
  std::uint32_t buffer_ = 0;
};

struct argon2_parameters {
  std::string_view kind;
  std::uint32_t kibibytes;
  std::uint32_t passes;
  std::uint32_t lanes;
};

class argon2 {
 public:
  [[nodiscard]] bool load() { return blake2b_.load("blake2b"); }

  /// RFC 9106, section 3.2; the module does steps 5 to 7. A fresh instance each: its memory grows.
  std::string operator()(const argon2_parameters& how, std::string_view password,
                         std::string_view salt) {
    constexpr std::uint32_t tag_size = 32, version = 0x13;
    real::program program;
    if (!program.load("hash-wasm/argon2")) return "absent";
    const std::uint32_t kind = how.kind == "argon2d" ? 0 : how.kind == "argon2i" ? 1 : 2;
    bytes parameters;
    for (const std::uint32_t value :
         {how.lanes, tag_size, how.kibibytes, how.passes, version, kind}) {
      append(parameters, word(value));
    }
    bytes seed = parameters;
    for (const std::string_view part : {password, salt, std::string_view(), std::string_view()}) {
      append(seed, word(static_cast<std::uint32_t>(part.size())));
      append(seed, real::ascii(part));
    }
    const bytes h0 = blake2b_(seed, 64);

    const auto memory = grown_buffer(program, how.kibibytes * 1024 + 1024);
    program.write(memory + how.kibibytes * 1024, parameters);
    const std::uint32_t blocks_in_lane = how.kibibytes / (how.lanes * 4) * 4;
    for (std::uint32_t lane = 0; lane < how.lanes; ++lane) {
      for (std::uint32_t block = 0; block < 2; ++block) {
        bytes input = h0;
        append(input, word(block));
        append(input, word(lane));
        program.write(memory + (lane * blocks_in_lane + block) * 1024,
                      variable_length(input, 1024));
      }
    }
    program.call_loosely("Hash_Calculate", {0, how.kibibytes});
    return real::hex(variable_length(program.read(memory, 1024), tag_size));
  }

 private:
  /// H' of RFC 9106, section 3.3.
  bytes variable_length(const bytes& input, std::uint32_t size) {
    bytes first = word(size);
    append(first, input);
    if (size <= 64) return blake2b_(first, size);
    const std::uint32_t halves = (size + 31) / 32 - 2;
    bytes v = blake2b_(first, 64);
    bytes out(v.begin(), v.begin() + 32);
    for (std::uint32_t i = 1; i < halves; ++i) {
      v = blake2b_(v, 64);
      append(out, std::span(v).first(32));
    }
    append(out, blake2b_(v, size - 32 * halves));
    return out;
  }

  password_hasher blake2b_;
};

class scrypt {
 public:
  [[nodiscard]] bool load() { return sha256_.load("sha256"); }

  /// RFC 7914, section 6; the module does the mixing.
  std::string operator()(std::string_view password, std::string_view salt, std::uint32_t cost,
                         std::uint32_t block, std::uint32_t lanes) {
    real::program program;
    if (!program.load("hash-wasm/scrypt")) return "absent";
    const std::uint32_t size = 128 * block * lanes;
    const auto memory = grown_buffer(program, size + 128 * block * cost + 256 * block);
    program.write(memory, pbkdf2(real::ascii(password), real::ascii(salt), size));
    program.call<void>("scrypt", block, cost, lanes);
    return real::hex(pbkdf2(real::ascii(password), program.read(memory, size), 64));
  }

 private:
  /// RFC 2104.
  bytes hmac(bytes key, const bytes& data) {
    if (key.size() > 64) key = sha256_(key, 32);
    key.resize(64);
    bytes inner = key, outer = key;
    for (auto& byte : inner) byte ^= 0x36;
    for (auto& byte : outer) byte ^= 0x5c;
    append(inner, data);
    append(outer, sha256_(inner, 32));
    return sha256_(outer, 32);
  }

  /// RFC 8018, section 5.2, with one iteration.
  bytes pbkdf2(const bytes& password, const bytes& salt, std::uint32_t size) {
    bytes out;
    for (std::uint32_t i = 1; out.size() < size; ++i) {
      bytes block = salt;
      const bytes index = word(i);
      block.insert(block.end(), index.rbegin(), index.rend());
      append(out, hmac(password, block));
    }
    out.resize(size);
    return out;
  }

  password_hasher sha256_;
};

// "kind/1/2/3" of the table of answers.
std::string path(std::string_view kind, std::initializer_list<std::uint32_t> numbers) {
  std::string out(kind);
  for (const std::uint32_t number : numbers) out += "/" + std::to_string(number);
  return out;
}

}  // namespace

TEST_CASE("hash-wasm argon2", "[real]") {
  argon2 hash;
  if (!hash.load() || !real::file("hash-wasm/argon2.wasm")) return;
  // The tests of the reference implementation.
  CHECK(hash({"argon2i", 256, 2, 1}, "password", "somesalt") ==
        "89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f");
  CHECK(hash({"argon2id", 256, 2, 1}, "password", "somesalt") ==
        "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
  for (const std::string_view kind : {"argon2d", "argon2i", "argon2id"}) {
    for (const argon2_parameters how :
         {argon2_parameters{kind, 8, 1, 1}, {kind, 256, 2, 1}, {kind, 256, 3, 4}}) {
      const std::string name = path(kind, {how.kibibytes, how.passes, how.lanes});
      INFO(name);
      for (const auto& [ignored, digest] : real::answers(name)) {
        CHECK(hash(how, "password", "somesalt") == digest);
      }
    }
  }
}

TEST_CASE("hash-wasm argon2 in 64 MiB", "[real]") {
  argon2 hash;
  if (!hash.load() || !real::file("hash-wasm/argon2.wasm")) return;
  CHECK(hash({"argon2i", 65536, 2, 1}, "password", "somesalt") ==
        "c1628832147d9720c5bd1cfd61367078729f6dfb6f8fea9ff98158e0d7816ed0");
}

TEST_CASE("hash-wasm scrypt", "[real]") {  // RFC 7914, section 12
  scrypt hash;
  if (!hash.load() || !real::file("hash-wasm/scrypt.wasm")) return;
  CHECK(hash("", "", 16, 1, 1) ==
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
  CHECK(hash("password", "NaCl", 1024, 8, 16) ==
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  struct parameters {
    std::uint32_t cost, block, lanes;
  };
  for (const auto [cost, block, lanes] : {parameters{16, 1, 1}, {256, 4, 2}, {1024, 8, 1}}) {
    for (const auto& [ignored, key] : real::answers(path("scrypt", {cost, block, lanes}))) {
      CHECK(hash("password", "NaCl", cost, block, lanes) == key);
    }
  }
}

TEST_CASE("hash-wasm bcrypt", "[real]") {  // vectors of jBCrypt and of crypt_blowfish
  struct vector {
    std::string_view password, salt;  // the salt in hex: the first 22 characters, decoded
    std::uint32_t cost;
    std::string_view hash;
  };
  constexpr vector vectors[] = {
      {"abc", "2a1f1dc70a3d147956a46febe3016017", 6,
       "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"},
      {"a", "a3612d8c9a37dac2f99d94da03bd4521", 6,
       "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"},
      {"U*U", "10410410410410410410410410410410", 5,
       "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
  };
  for (const auto& [password, salt, cost, hash] : vectors) {
    real::program make, verify, refuse;  // the module relies on a buffer of zeros
    if (!make.load("hash-wasm/bcrypt") || !verify.load("hash-wasm/bcrypt") ||
        !refuse.load("hash-wasm/bcrypt")) {
      return;
    }
    const auto size = static_cast<std::uint32_t>(password.size());
    const auto buffer = make.call<std::uint32_t>("Hash_GetBuffer");
    make.write(buffer, real::unhex(salt));
    make.write(buffer + 16, real::ascii(password));
    make.call<void>("bcrypt", size, cost, 1u);
    CHECK(make.text(buffer, 60) == hash);
    for (real::program* program : {&verify, &refuse}) {
      const auto at = program->call<std::uint32_t>("Hash_GetBuffer");
      program->write(at, real::ascii(hash));
      program->write(at + 60, real::ascii(program == &verify ? password : "not it"));
      const auto claimed = program == &verify ? size : 6u;
      CHECK(program->call<std::uint32_t>("bcrypt_verify", claimed) ==
            (program == &verify ? 1u : 0u));
    }
  }
}
