// A game whose animals are mods: WebAssembly, compiled from C in mods/, reloaded when a file
// changes, held to a budget, stopped when they misbehave, and rolled back with everything else.
// With --frames it plays by itself, for tests and pictures; --help says how.
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "screen.hpp"
#include "workshop.hpp"

namespace {

constexpr char help[] =
    "arrows: the dog runs   l: the bee never ends a tick   s: the mole leaves its memory\n"
    "backspace: a second back   escape: the end   edit mods/*.c: reloaded as you save\n"
    "\n"
    "--frames N         play N frames without a user, then end\n"
    "--at FRAME ACTION  left, right, up, down, halt, loop, stray, back or reload, in that frame\n"
    "--picture FILE     write the last frame as a BMP\n"
    "--fuel N           operators that all mods together may execute a frame\n";

constexpr std::size_t second = 60;  // frames

struct action {
  std::string_view name;
  std::int32_t key;
};
constexpr action keyed[] = {{"left", game::left}, {"right", game::right}, {"up", game::up},
                            {"down", game::down}, {"loop", game::loop},   {"stray", game::stray},
                            {"halt", 0}};

struct options {
  unsigned long frames = 0;  // 0: until the user ends it
  const char* picture = nullptr;
  game::budget budget;
  struct planned {
    unsigned long frame;
    std::string_view what;
  };
  std::vector<planned> plan;
};

bool parse(int count, char** arguments, options& o) {
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const auto next = [&] { return ++i < count ? arguments[i] : nullptr; };
    const auto number = [&](const char* text) {
      return text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
    };
    if (name == "--frames") {
      o.frames = number(next());
    } else if (name == "--fuel") {
      o.budget.operators = number(next());
    } else if (name == "--picture") {
      o.picture = next();
    } else if (name == "--at") {
      const unsigned long frame = number(next());
      const char* const what = next();
      if (what == nullptr) return false;
      o.plan.push_back({frame, what});
    } else {
      return false;
    }
  }
  return true;
}

/// The game at work: what keys and plans ask for, frame by frame.
class session {
 public:
  session(const options& o)
      : options_(o), game_(o.budget), workshop_(GAME_MODS, GAME_RESULTS, GAME_COMPILE) {}

  int run() {
    reload();
    for (unsigned long n = 0; !is_over_ && (options_.frames == 0 || n < options_.frames); ++n) {
      const std::uint32_t began = SDL_GetTicks();
      options_.frames == 0 ? listen(n) : follow(n);
      if (!check(game_.frame(keys_)) || !window_.show(game_)) return fail();
      keys_ &= ~(game::loop | game::stray);  // these are for one frame
      const std::uint32_t took = SDL_GetTicks() - began;
      if (options_.frames == 0 && took < 16) SDL_Delay(16 - took);
    }
    if (options_.picture != nullptr && !window_.save(options_.picture)) return fail();
    if (options_.frames != 0)
      for (const game::line& l : game_.status()) std::puts(l.text.c_str());
    return 0;
  }

 private:
  void listen(unsigned long frame) {
    for (SDL_Event e; SDL_PollEvent(&e) != 0;) {
      if (e.type == SDL_QUIT) is_over_ = true;
      if (e.type == SDL_KEYDOWN) press(e.key.keysym.sym);
      if (e.type == SDL_KEYUP) keys_ &= ~arrow(e.key.keysym.sym);
    }
    if (frame % 15 == 0) reload();
  }
  void follow(unsigned long frame) {
    for (const auto& [when, what] : options_.plan) {
      if (when != frame) continue;
      if (what == "back") check(game_.back(second));
      if (what == "reload") reload();
      for (const action& a : keyed)
        if (what == a.name) keys_ = a.key;
    }
  }
  void press(SDL_Keycode key) {
    keys_ |= arrow(key);
    switch (key) {
      case SDLK_l: keys_ |= game::loop; break;
      case SDLK_s: keys_ |= game::stray; break;
      case SDLK_BACKSPACE: check(game_.back(second)); break;
      case SDLK_ESCAPE: is_over_ = true; break;
      default: break;
    }
  }
  static std::int32_t arrow(SDL_Keycode key) {
    switch (key) {
      case SDLK_LEFT: return game::left;
      case SDLK_RIGHT: return game::right;
      case SDLK_UP: return game::up;
      case SDLK_DOWN: return game::down;
      default: return 0;
    }
  }
  void reload() {
    for (const game::workshop::product& p : workshop_.look()) game_.load(p.name, p.bytes());
  }
  bool check(const dovetail::result<void>& done) {
    if (done) return true;
    char text[300];
    const std::string_view line = done.error().format(text);
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    is_over_ = true;
    return false;
  }
  int fail() {
    std::fprintf(stderr, "%s\n", SDL_GetError());
    return 1;
  }

  const options& options_;
  game::game game_;
  game::workshop workshop_;
  game::window window_{"Dovetail: a game of mods"};
  std::int32_t keys_ = 0;
  bool is_over_ = false;
};

}  // namespace

int main(int count, char** arguments) {
  options o;
  if (!parse(count, arguments, o)) {
    std::fputs(help, stderr);
    return 2;
  }
  return session(o).run();
}
