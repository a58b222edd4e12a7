// The window, by SDL2: draws a game in plain rectangles, the same ones for the same game. No
// renderer, no fonts, no textures.
#pragma once

#define SDL_MAIN_HANDLED  // `main` stays ours
#include <SDL.h>

#include <cstdint>
#include <string_view>

#include "art.hpp"
#include "game.hpp"

namespace game {

/// Draws on a surface, in pixels that are squares of `scale` real ones.
class painter {
 public:
  static constexpr int width = 320, height = 200, scale = 3, meadow_height = 156;

  explicit painter(SDL_Surface& to) : to_(to) {}

  void draw(const game& g) {
    fill(0, 0, width, meadow_height, {84, 138, 62});
    for (int i = 0; i < 160; ++i)  // grass
      fill(i * 73 % width, i * 151 % meadow_height, 1, 2, {98, 156, 70});
    for (const entity& e : g.meadow().entities)
      draw_sprite(sprite(e.kind), e.x / world::unit - 4, e.y / world::unit - 3);
    fill(0, meadow_height, width, height - meadow_height, {28, 28, 36});
    int y = meadow_height + 4;
    for (const line& l : g.status()) {
      write(l.text, 4, y, l.is_bad ? colour_of('r') : colour_of('w'));
      fill(276, y, 40, l.used > 0 ? 5 : 0, {56, 56, 68});
      fill(276, y, static_cast<int>(l.used * 40), 5, l.used < 1 ? colour_of('y') : colour_of('r'));
      y += 7;
    }
  }

 private:
  void fill(int x, int y, int w, int h, colour c) {
    const SDL_Rect place{x * scale, y * scale, w * scale, h * scale};
    SDL_FillRect(&to_, &place, SDL_MapRGB(to_.format, c.red, c.green, c.blue));
  }
  void draw_sprite(std::string_view pixels, int x, int y) {
    for (int i = 0; i < static_cast<int>(pixels.size()); ++i) {
      const char name = pixels[static_cast<std::size_t>(i)];
      if (name != ' ') fill(x + i % 8, y + i / 8, 1, 1, colour_of(name));
    }
  }
  void write(std::string_view text, int x, int y, colour c) {
    for (const char letter : text) {
      for (int i = 0; i < 15; ++i)
        if ((glyph(letter) >> (14 - i) & 1) != 0) fill(x + i % 3, y + i / 3, 1, 1, c);
      x += 4;
    }
  }

  SDL_Surface& to_;
};

/// SDL's window, if there could be one.
class window {
 public:
  explicit window(const char* title) {
    SDL_SetMainReady();
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return;
    window_ =
        SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                         painter::width * painter::scale, painter::height * painter::scale, 0);
  }
  ~window() {
    if (window_ != nullptr) SDL_DestroyWindow(window_);
    SDL_Quit();
  }
  window(const window&) = delete;
  window& operator=(const window&) = delete;

  /// Shows a game; false if there is no window.
  bool show(const game& g) {
    SDL_Surface* const surface = pixels();
    if (surface == nullptr) return false;
    painter(*surface).draw(g);
    return SDL_UpdateWindowSurface(window_) == 0;
  }
  /// What it shows, or null.
  [[nodiscard]] SDL_Surface* pixels() const {
    return window_ == nullptr ? nullptr : SDL_GetWindowSurface(window_);
  }
  bool save(const char* file) const {
    SDL_Surface* const surface = pixels();
    return surface != nullptr && SDL_SaveBMP(surface, file) == 0;
  }

 private:
  SDL_Window* window_ = nullptr;
};

}  // namespace game
