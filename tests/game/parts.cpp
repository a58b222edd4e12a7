// The parts of examples/game: budget, misbehaviour, reload and rollback, on mods of the example and
// on some that are written here.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "screen.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace {

namespace files = std::filesystem;

// A folder of mods to change, and the game they are in.
class table {
 public:
  explicit table(const game::budget& b = {}) : game(b) {
    std::error_code failed;
    files::remove_all(root, failed);
    files::create_directories(root / "made", failed);
    REQUIRE_FALSE(failed);
    add_file("game.h");
  }
  table(const table&) = delete;
  table& operator=(const table&) = delete;

  /// The example's own mods.
  table& with_all() {
    for (const char* name : {"bee.c", "mole.c", "sheep.c", "wolf.c"}) add_file(name);
    return reload(), *this;
  }
  /// A mod by its text, new or changed.
  void write(const std::string& name, std::string_view text) {
    const files::path file = root / (name + ".c");
    std::error_code absent;
    const auto before = files::last_write_time(file, absent);
    std::ofstream(file) << "#include \"game.h\"\n" << text;
    // Clocks of file systems are coarse.
    if (!absent && files::last_write_time(file) == before)
      files::last_write_time(file, before + std::chrono::seconds(1));
    reload();
  }
  void add_file(const char* name) {
    std::ofstream(root / name) << read(files::path(GAME_MODS) / name);
  }
  static std::string read(const files::path& file) {
    std::ifstream in(file);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void reload() {
    for (const game::workshop::product& p : workshop.look()) game.load(p.name, p.bytes());
  }
  void play(int frames, std::int32_t keys = 0) {
    for (int i = 0; i < frames; ++i) REQUIRE(game.frame(keys).has_value());
  }
  const game::mod& mod(std::string_view name) const {
    for (const game::mod& m : game.mods())
      if (m.name() == name) return m;
    FAIL("no mod " << name);
    return game.mods()[0];
  }
  /// Whether a line of the screen is this one.
  bool says(std::string_view text) const {
    for (const game::line& l : game.status())
      if (l.text == text) return true;
    for (const game::line& l : game.status()) UNSCOPED_INFO(l.text);
    return false;
  }

  static inline int tables = 0;
  const files::path root = files::path(GAME_SCRATCH) / std::to_string(tables++);
  game::game game;
  game::workshop workshop{root, root / "made", GAME_COMPILE};
};

// All that can be seen of a game: the meadow, and of each mod what is told and its memory.
struct everything {
  game::world meadow;
  std::vector<game::mod::record> told;
  std::vector<std::vector<std::byte>> memories;

  explicit everything(const game::game& g) : meadow(g.meadow()) {
    for (const game::mod& m : g.mods()) {
      told.push_back(m.told());
      told.back().said = m.running()->said();
      const auto bytes = m.running()->memory();
      memories.emplace_back(bytes.begin(), bytes.end());
    }
  }
  bool operator==(const everything&) const = default;
};

// Steers the dog's shadow by how often it was called.
constexpr std::string_view counter = R"(
MOD_STATE(struct { int frames; });
void tick(int keys) { steer(1, ++state.frames, keys); })";
constexpr std::string_view counter_of_two = R"(
MOD_STATE(struct { int frames, more; });
void tick(int keys) { steer(1, ++state.frames, keys); })";

}  // namespace

TEST_CASE("game: time goes back, and the same keys lead to the same again") {
  table t;
  t.with_all();
  t.play(20, game::right);
  const everything before(t.game);
  const auto go_on = [&t] {
    t.play(10, game::up);
    t.play(1, game::loop | game::left);
    t.play(9);
    t.play(1, game::stray);
    t.play(19, game::down);
  };
  go_on();
  const everything after(t.game);
  CHECK(t.mod("bee").told().is_stopped);
  CHECK(t.mod("mole").told().is_stopped);
  CHECK_FALSE(after == before);
  CHECK_FALSE(after.memories == before.memories);

  REQUIRE(t.game.back(40).has_value());
  CHECK(everything(t.game) == before);
  CHECK_FALSE(t.mod("bee").told().is_stopped);
  go_on();
  CHECK(everything(t.game) == after);
  // Not beyond what is remembered.
  REQUIRE(t.game.back(1000).has_value());
  CHECK(t.game.meadow() == game::world());
}

TEST_CASE("game: a mod without end is late, then stopped by name; nothing else notices") {
  table t;
  t.with_all();
  table calm;
  calm.with_all();
  t.play(5);
  calm.play(5);
  t.play(1, game::loop);
  calm.play(1);
  const auto bee_of = [](const table& of) { return of.game.meadow().entities[3]; };
  REQUIRE(bee_of(t).kind == game::bee);
  const std::int32_t dx = bee_of(t).dx;
  for (int i = 1; i <= game::mod::patience; ++i) {
    t.play(1);
    calm.play(1);
    CHECK(t.mod("bee").told().late == i);
    CHECK(t.mod("bee").told().is_stopped == (i == game::mod::patience));
    CHECK(t.says(i < game::mod::patience ? "bee late: out of fuel" : "bee STOPPED: out of fuel"));
    CHECK(t.mod("bee").used() == t.game.share());
  }
  CHECK(bee_of(t).dx == dx);  // as it flew when it was last heard of
  t.play(1);
  calm.play(1);
  CHECK(t.mod("bee").used() == 0);
  CHECK(bee_of(calm).dx != dx);
  // Sheep and wolves neither knew nor waited.
  for (std::size_t i = 5; i < t.game.meadow().entities.size(); ++i)
    CHECK(t.game.meadow().entities[i] == calm.game.meadow().entities[i]);
}

TEST_CASE("game: a mod that leaves its memory is stopped at once, and its tick has not been") {
  table t;
  t.write("thief", R"(
MOD_STATE(struct { int frames; });
void tick(int keys) {
  ++state.frames;
  steer(1, state.frames, 0);
  if (keys & key_stray) *(volatile int *)0x7ffffff0 = 1;
})");
  t.play(2);
  const everything before(t.game);
  t.play(1, game::stray);
  CHECK(t.says("thief STOPPED: out of bounds memory access"));
  CHECK(everything(t.game).memories == before.memories);
  CHECK(t.game.meadow().entities[1].dx == 2);
  // What it says of addresses is not believed either.
  t.write("liar",
          "MOD_STATE(struct { int none; });\n"
          "void tick(int keys) { see((struct entity *)(0x20000 - keys), 15); }\n");
  t.play(1, 0);
  CHECK(t.says("liar STOPPED: out of bounds memory access"));
  t.write(
      "crier",
      "MOD_STATE(struct { int none; });\n"
      "void tick(int keys) { say(keys ? \"short\" : \"01234567890123456789012345678901\"); }\n");
  t.play(1, game::left);
  CHECK(t.says("crier: \"short\""));
  t.play(1);
  CHECK(t.says("crier STOPPED: out of bounds memory access"));
}

TEST_CASE("game: a mod gets its share of a frame's operators, to the last one") {
  game::budget b;
  b.operators = 40'000;
  table t(b);
  t.write("burner", R"(
MOD_STATE(struct { int none; });
void tick(int keys) { for (int i = 0; i != keys; ++i) steer(2, i, i); })");
  t.write("counter", counter);
  REQUIRE(t.game.share() == 20'000);
  const auto cost = [&t](std::int32_t turns) {
    t.play(1, turns * 64);  // no key that the game knows
    return static_cast<std::int64_t>(t.mod("burner").used());
  };
  const std::int64_t first = cost(1), turn = (cost(2) - first) / 64;
  REQUIRE(turn > 4);
  CHECK(cost(11) == first + 640 * turn);
  const std::int64_t most = (20'000 - (first - 64 * turn)) / turn;
  t.play(1, static_cast<std::int32_t>(most) & ~63);
  CHECK(t.mod("burner").told().trouble.empty());
  // Keys are bits, and the last few turns may be keys of the dog, which the game takes as such.
  t.play(1, static_cast<std::int32_t>(most));
  CHECK(t.mod("burner").told().trouble.empty());
  CHECK(t.mod("burner").used() <= 20'000);
  CHECK(t.mod("burner").used() + static_cast<std::uint64_t>(turn) > 20'000);
  t.play(1, static_cast<std::int32_t>(most) + 1);
  CHECK(t.mod("burner").told().trouble == "out of fuel");
  CHECK(t.mod("burner").told().late == 1);
  t.play(1, 64);
  CHECK(t.mod("burner").told().late == 0);  // it is forgiven
}

TEST_CASE("game: every frame keeps its budget while a mod burns all that it gets") {
  game::budget b;
  b.operators = 30'000;
  table t(b);
  t.with_all();
  const std::string endless =
      "MOD_STATE(struct { int none; });\n"
      "void tick(int keys) { for (;;) steer(0, keys, 1); }\n";
  t.write("burner", endless);
  std::uint64_t others = 0;
  for (int frame = 0; frame < 24; ++frame) {
    if (t.mod("burner").told().is_stopped) t.write("burner", endless);  // and it comes back
    t.play(1);
    std::uint64_t all = 0;
    for (const game::mod& m : t.game.mods()) all += m.used();
    CHECK(all <= b.operators);
    CHECK(t.mod("burner").used() == t.game.share());
    CHECK(t.mod("sheep").told().trouble.empty());
    others += t.mod("sheep").used();
  }
  CHECK(others > 24 * 100);
  CHECK(t.game.meadow().frame == 24);
}

TEST_CASE("game: a mod gets no more memory than it may have") {
  table t;
  t.write("hoarder", R"(
MOD_STATE(struct { int none; });
void tick(int keys) {
  while (__builtin_wasm_memory_grow(0, 1) != -1UL) {}
  steer(1, (int)__builtin_wasm_memory_size(0), 0);
})");
  t.play(2);
  CHECK(t.game.meadow().entities[1].dx == 16);
  CHECK(t.mod("hoarder").running()->memory().size() == 16 * 65'536);
  REQUIRE(t.game.back(2).has_value());
  CHECK(t.mod("hoarder").running()->memory().size() == 65'536);
  t.write("giant", "MOD_STATE(struct { char all[17 * 65536]; });\nvoid tick(int keys) {}\n");
  CHECK(t.game.mods().size() == 1);
  CHECK(t.game.status()[0].text.find("giant: instantiate: memory refused") != std::string::npos);
}

TEST_CASE("game: what fuel would let run is stopped by the watch") {
  game::budget b;
  b.operators = ~std::uint64_t{0} >> 2;
  b.time = std::chrono::milliseconds(2);
  table t(b);
  t.write("sleeper",
          "MOD_STATE(struct { int none; });\n"
          "void tick(int keys) { while (keys & key_loop) {} }\n");
  for (int i = 0; i < game::mod::patience; ++i) t.play(1, game::loop);
  CHECK(t.says("sleeper STOPPED: interrupted"));
}

TEST_CASE("game: a changed mod takes over the state, if it is of the same size") {
  table t;
  t.write("counter", counter);
  t.play(7);
  CHECK(t.game.meadow().entities[1].dx == 7);
  std::string faster(counter);
  faster.replace(faster.find("++state.frames"), 14, "2 * ++state.frames");
  t.write("counter", faster);
  CHECK(t.says("counter (reloaded, state kept)"));
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 16);
  t.write("counter", counter_of_two);
  CHECK(t.says("counter (reloaded, state reset)"));
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 1);
  // What cannot be had changes nothing.
  t.write("counter", "not C");
  CHECK(t.says("counter (does not compile)"));
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 2);
  t.write("counter", "int MOD(tock)(void) { return 1; }");
  CHECK(t.mod("counter").news().find("\"tick\"") != std::string::npos);
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 3);
}

TEST_CASE("game: going back before a reload keeps the new code, with the state of then") {
  table t;
  t.write("counter", counter);
  t.play(4);
  std::string faster(counter);
  faster.replace(faster.find("++state.frames"), 14, "3 * ++state.frames");
  t.write("counter", faster);
  t.play(3);
  CHECK(t.game.meadow().entities[1].dx == 21);
  REQUIRE(t.game.back(5).has_value());
  CHECK(t.says("counter (new version, older state)"));
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 9);  // the third frame
  // A stopped mod that was mended goes on.
  t.write("counter", "MOD_STATE(struct { int frames; });\nvoid tick(int keys) { for (;;) {} }\n");
  t.play(game::mod::patience);
  CHECK(t.says("counter STOPPED: out of fuel (reloaded, state kept)"));
  t.write("counter", counter);
  t.play(1);
  CHECK(t.game.meadow().entities[1].dx == 4);
}

TEST_CASE("game: the same game is the same picture") {
  table t;
  t.with_all();
  constexpr int width = game::painter::width * game::painter::scale,
                height = game::painter::height * game::painter::scale;
  SDL_Surface* const surface =
      SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_RGB888);
  REQUIRE(surface != nullptr);
  const auto picture = [&] {
    game::painter(*surface).draw(t.game);
    const auto* const at = static_cast<const std::uint32_t*>(surface->pixels);
    return std::vector<std::uint32_t>(at, at + surface->pitch / 4 * height);
  };
  t.play(10);
  const auto ten = picture();
  CHECK(std::set<std::uint32_t>(ten.begin(), ten.end()).size() > 8);
  t.play(1, game::stray);
  t.play(9);
  const auto twenty = picture();
  CHECK(ten != twenty);
  // The line of a stopped mod is red.
  const game::colour red = game::colour_of('r');
  const std::uint32_t letters = SDL_MapRGB(surface->format, red.red, red.green, red.blue);
  const auto panel = width * game::painter::meadow_height * game::painter::scale;
  const auto count = [&](const std::vector<std::uint32_t>& all) {
    return std::count(all.begin() + panel, all.end(), letters);
  };
  CHECK(t.says("mole STOPPED: out of bounds memory access"));
  CHECK(count(ten) == 0);
  CHECK(count(twenty) > 1000);
  REQUIRE(t.game.back(10).has_value());
  const auto back = picture();
  const auto above = [&](const std::vector<std::uint32_t>& all) {
    return std::vector<std::uint32_t>(all.begin(), all.begin() + panel);
  };
  CHECK(above(back) == above(ten));
  SDL_FreeSurface(surface);
}
