// What a mod sees of the game, and what the game asks of a mod. Included by every mod once.
#pragma once

// These three are as world.hpp has them. Places and speeds are in units of 1/16 pixel.
enum { nothing, dog, sheep, wolf, bee, mole };
enum { key_left = 1, key_right = 2, key_up = 4, key_down = 8, key_loop = 16, key_stray = 32 };
struct entity {
  int kind, x, y, dx, dy;
};
enum { most_entities = 32 };

#define GAME(NAME) __attribute__((import_module("game"), import_name(#NAME))) NAME
#define MOD(NAME) __attribute__((export_name(#NAME))) NAME

// Writes the entities, the first `most` of them, and returns how many those are.
int GAME(see)(struct entity* to, int most);
// Says where an entity wants to go.
void GAME(steer)(int who, int dx, int dy);
// Shows a text beside the mod's name.
void GAME(say)(const char* text);

// Called once a frame.
void MOD(tick)(int keys);

// A mod's only variable, which a new version of the mod takes over if it has the same size:
// MOD_STATE(struct { int hunger; });
#define MOD_STATE(...)                                    \
  static __VA_ARGS__ state;                               \
  void* MOD(state_address)(void) { return &state; }       \
  unsigned MOD(state_size)(void) { return sizeof state; } \
  _Static_assert(sizeof state > 0, "a state has members")
