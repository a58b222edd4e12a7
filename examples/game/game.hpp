// The game: a meadow, its mods, and the last seconds of both to go back to. What main.cpp drives
// frame by frame and screen.hpp shows.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mod.hpp"

namespace game {

/// What mods may take.
struct budget {
  std::uint64_t operators = 60'000;  ///< of all mods in a frame, in equal parts
  std::chrono::milliseconds time{1000};
};

/// A line of text below the meadow.
struct line {
  std::string text;
  bool is_bad = false;
  double used = 0;  ///< how much of its share a mod took, up to 1
};

class game {
 public:
  static constexpr std::size_t most_history = 180;

  explicit game(const budget& b = {}) : budget_(b) {}

  /// A new mod, or a new version of one; no bytes: one that cannot be had.
  void load(std::string_view name, std::span<const std::byte> wasm) {
    for (mod& m : mods_)
      if (m.name() == name) return m.load(engine_, wasm, meadow_, share());
    mod m{std::string(name)};
    m.load(engine_, wasm, meadow_, budget_.operators);
    if (m.running() != nullptr) return mods_.push_back(std::move(m));
    event_ = std::string(name) + ": " + m.news();
  }

  /// One frame. Errors: there is no memory to remember it.
  dovetail::result<void> frame(std::int32_t keys) {
    auto now = save();
    if (!now) return now.error();
    for (std::size_t i = 0; i < now->mods.size(); ++i) {
      const auto done = mods_[i].tick(keys, share(), budget_.time, dog_, meadow_, now->mods[i]);
      if (!done) return done;
    }
    meadow_.step(keys);
    history_.push_back(std::move(*now));
    if (history_.size() > most_history) history_.pop_front();
    return {};
  }

  /// Goes back by this many frames, or as far as is remembered. Mods that came since stay.
  dovetail::result<void> back(std::size_t frames) {
    const std::size_t count = frames < history_.size() ? frames : history_.size();
    if (count == 0) return {};
    const moment& then = history_[history_.size() - count];
    meadow_ = then.meadow;
    for (std::size_t i = 0; i < then.mods.size(); ++i) {
      const auto done = mods_[i].restore(then.mods[i]);
      if (!done) return done;
    }
    history_.erase(history_.end() - static_cast<std::ptrdiff_t>(count), history_.end());
    event_ = "back by " + std::to_string(count) + " frames";
    return {};
  }

  [[nodiscard]] const world& meadow() const { return meadow_; }
  [[nodiscard]] std::span<const mod> mods() const { return mods_; }
  /// What a mod may take of a frame.
  [[nodiscard]] std::uint64_t share() const {
    return mods_.empty() ? budget_.operators : budget_.operators / mods_.size();
  }

  /// The text on the screen.
  [[nodiscard]] std::vector<line> status() const {
    std::vector<line> lines;
    lines.push_back({"frame " + std::to_string(meadow_.frame) + ", " +
                     std::to_string(meadow_.lost) + " sheep lost" +
                     (event_.empty() ? "" : ", " + event_)});
    for (const mod& m : mods_) {
      const mod::record& told = m.told();
      std::string text = m.name();
      if (told.is_stopped) {
        text += " STOPPED: " + told.trouble;
      } else if (!told.trouble.empty()) {
        text += " late: " + told.trouble;
      } else if (!m.running()->said().empty()) {
        text += ": \"" + m.running()->said() + "\"";
      }
      if (!m.news().empty()) text += " (" + m.news() + ")";
      lines.push_back({text, !told.trouble.empty(),
                       static_cast<double>(m.used()) / static_cast<double>(share())});
    }
    return lines;
  }

 private:
  struct moment {
    world meadow;
    std::vector<mod::saved> mods;
  };

  dovetail::result<moment> save() const {
    moment now{meadow_, {}};
    for (const mod& m : mods_) {
      auto saved = m.save();
      if (!saved) return saved.error();
      now.mods.push_back(std::move(*saved));
    }
    return now;
  }

  budget budget_;
  rt::engine engine_;
  world meadow_;
  dovetail::watchdog dog_;
  std::vector<mod> mods_;
  std::deque<moment> history_;  // one a frame, of the time before it
  std::string event_;
};

}  // namespace game
