// What there is in the game: a meadow with a dog, sheep and those who frighten them. Plain numbers:
// a copy is a save, and the same keys give the same frames on every machine. Knows no mods.
#pragma once

#include <array>
#include <cstdint>

namespace game {

// These three are as mods/game.h has them.
enum kind : std::int32_t { nothing, dog, sheep, wolf, bee, mole };
enum key : std::int32_t { left = 1, right = 2, up = 4, down = 8, loop = 16, stray = 32 };
/// Places and speeds are in units of 1/16 pixel.
struct entity {
  std::int32_t kind, x, y, dx, dy;
  friend bool operator==(const entity&, const entity&) = default;
};

/// All that C++ knows of the game's state.
struct world {
  static constexpr std::int32_t unit = 16, width = 320 * unit, height = 156 * unit;
  static constexpr std::int32_t dog_speed = 20, top_speed = 32, reach = 6 * unit;

  std::uint32_t frame = 0, lost = 0;
  std::array<entity, 15> entities = first_entities();

  friend bool operator==(const world&, const world&) = default;

  /// What a mod asks for; whom there is not cannot be steered, and nothing is faster than allowed.
  void steer(std::int32_t who, std::int32_t dx, std::int32_t dy) {
    if (who < 0 || who >= static_cast<std::int32_t>(entities.size())) return;
    entity& e = entities[static_cast<std::size_t>(who)];
    e.dx = clamp(dx, -top_speed, top_speed);
    e.dy = clamp(dy, -top_speed, top_speed);
  }

  /// One frame, after all have said where they want to go.
  void step(std::int32_t keys) {
    steer(0, dog_speed * (((keys & right) != 0) - ((keys & left) != 0)),
          dog_speed * (((keys & down) != 0) - ((keys & up) != 0)));
    for (entity& e : entities) {
      move(e.x, e.dx, width);
      move(e.y, e.dy, height);
    }
    for (const entity& hunter : entities) {
      if (hunter.kind != wolf) continue;
      for (entity& e : entities) {
        if (e.kind != sheep || !is_near(hunter, e)) continue;
        ++lost;
        e.x = e.y = 2 * reach;  // another one comes from the fold
      }
    }
    ++frame;
  }

 private:
  static constexpr std::array<entity, 15> first_entities() {
    std::array<entity, 15> all{};
    all[0] = {dog, 160 * unit, 120 * unit, 0, 0};
    all[1] = {wolf, 290 * unit, 20 * unit, 0, 0};
    all[2] = {wolf, 300 * unit, 130 * unit, 0, 0};
    all[3] = {bee, 240 * unit, 60 * unit, 16, 0};
    all[4] = {mole, 60 * unit, 130 * unit, 0, 0};
    for (std::int32_t i = 5; i < 15; ++i) {
      all[static_cast<std::size_t>(i)] = {sheep, (20 + i * 12) * unit, (30 + i * 37 % 80) * unit,
                                          i % 3 - 1, i % 5 - 2};
    }
    return all;
  }
  static constexpr std::int32_t clamp(std::int32_t x, std::int32_t least, std::int32_t most) {
    return x < least ? least : x > most ? most : x;
  }
  // The meadow has a fence.
  static void move(std::int32_t& at, std::int32_t& by, std::int32_t size) {
    const std::int32_t wanted = at + by;
    at = clamp(wanted, reach, size - reach);
    if (at != wanted) by = -by;
  }
  static bool is_near(const entity& a, const entity& b) {
    const std::int32_t x = a.x - b.x, y = a.y - b.y;
    return x * x + y * y < reach * reach;
  }
};

}  // namespace game
