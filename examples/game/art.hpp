// What things look like: sprites and letters, as bitmaps. Used by screen.hpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "world.hpp"

namespace game {

// clang-format off
/// A letter of 3 x 5 pixels: an octal digit a row, from the top. Small ones are big ones.
[[nodiscard]] constexpr std::uint32_t glyph(char c) {
  constexpr std::uint32_t letters[] = {
      025755, 065656, 034443, 065556, 074647, 074644, 034553,   // A B C D E F G
      055755, 072227, 011152, 055655, 044447, 057755, 065555,   // H I J K L M N
      025552, 065644, 025573, 065655, 034216, 072222, 055557,   // O P Q R S T U
      055552, 055775, 055255, 055222, 071247};                  // V W X Y Z
  constexpr std::uint32_t digits[] = {
      075557, 026227, 061247, 061216, 055711, 074616, 034757, 071122, 075757, 075716};
  if (c >= 'a' && c <= 'z') return letters[c - 'a'];
  if (c >= 'A' && c <= 'Z') return letters[c - 'A'];
  if (c >= '0' && c <= '9') return digits[c - '0'];
  switch (c) {
    case ' ': return 0;
    case '.': return 000002;
    case ',': return 000024;
    case ':': return 002020;
    case '-': return 000700;
    case '"': return 055000;
    case '(': return 012221;
    case ')': return 042224;
    case '!': return 022202;
    default: return 061202;
  }
}

struct colour {
  std::uint8_t red, green, blue;
};

/// The colours that sprites name by letters; a blank is none.
[[nodiscard]] constexpr colour colour_of(char name) {
  switch (name) {
    case 'w': return {240, 240, 230};
    case 'k': return {40, 36, 40};
    case 'b': return {150, 90, 40};
    case 'g': return {120, 124, 136};
    case 'r': return {214, 60, 50};
    case 'y': return {246, 204, 60};
    case 'm': return {92, 66, 60};
    default: return {255, 0, 255};
  }
}

/// A sprite of 8 x 6 pixels.
[[nodiscard]] constexpr std::string_view sprite(std::int32_t kind) {
  switch (kind) {
    case dog: return
        "b    bb "
        "b    bkb"
        "bbbbbbbb"
        "wbbbbb  "
        "wb  wb  "
        "w   w   ";
    case sheep: return
        " wwwww  "
        "wwwwwkk "
        "wwwwwkwk"
        "wwwwwkk "
        " k   k  "
        " k   k  ";
    case wolf: return
        "     g g"
        "g    ggg"
        "ggggggrg"
        " gggggww"
        " g g g  "
        " g g g  ";
    case bee: return
        "  ww    "
        "  www   "
        " yykyyk "
        "kyykyykk"
        " yykyyk "
        "        ";
    case mole: return
        "        "
        "  mmmm  "
        " mmmmmm "
        "mmmmmmkr"
        "bbmmmbbb"
        "bbbbbbbb";
    default: return "";
  }
}
// clang-format on

}  // namespace game
