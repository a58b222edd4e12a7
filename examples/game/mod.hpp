// A mod by its name, through all its versions: what happens when it misbehaves, when a newer
// version comes, and when time goes back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "version.hpp"

namespace game {

class mod {
 public:
  /// Frames in a row in which a mod may use up all that it has.
  static constexpr std::int32_t patience = 3;

  /// What is told of a mod besides its memory.
  struct record {
    std::string trouble;  ///< why it was stopped, or cut short in the last frame
    std::string said;
    std::int32_t late = 0;  ///< frames in a row that were too long
    bool is_stopped = false;
    friend bool operator==(const record&, const record&) = default;
  };
  /// All of a mod at one time. It keeps the version that ran then.
  struct saved {
    std::shared_ptr<version> running;
    dovetail::snapshot state;
    record told;
  };

  explicit mod(std::string name) : name_(std::move(name)) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& news() const { return news_; }
  [[nodiscard]] const record& told() const { return told_; }
  [[nodiscard]] std::uint64_t used() const { return used_; }
  [[nodiscard]] const version* running() const { return running_.get(); }

  /// Takes over the state and goes on, or keeps what runs if this is no mod.
  void load(rt::engine& engine, std::span<const std::byte> wasm, world& meadow,
            std::uint64_t fuel) {
    std::string why;
    auto next = wasm.empty() ? nullptr : version::load(engine, wasm, meadow, fuel, why);
    if (next == nullptr) {
      news_ = wasm.empty() ? "does not compile" : why;
      return;
    }
    if (running_ != nullptr) {
      const auto kept = next->take_over(*running_);
      news_ = kept && *kept ? "reloaded, state kept" : "reloaded, state reset";
    }
    running_ = std::move(next);
    told_ = {};
  }

  [[nodiscard]] dovetail::result<saved> save() const {
    auto state = running_->save();
    if (!state) return state.error();
    record told = told_;
    told.said = running_->said();
    return saved{running_, std::move(*state), std::move(told)};
  }
  /// Goes back. What runs now stays: if a newer version came since, it takes over the state.
  dovetail::result<void> restore(const saved& then) {
    const auto back = then.running->restore(then.state);
    if (!back) return back;
    if (running_ != then.running) {
      const auto kept = running_->take_over(*then.running);
      if (!kept) return kept.error();
      news_ = *kept ? "new version, older state" : "new version, state reset";
    }
    running_->set_said(then.told.said);
    told_ = then.told;
    return {};
  }

  /// One frame. A tick that does not come to its end has not happened: mod and meadow are as they
  /// were before it.
  dovetail::result<void> tick(std::int32_t keys, std::uint64_t fuel, std::chrono::milliseconds time,
                              dovetail::watchdog& dog, world& meadow, const saved& before) {
    used_ = 0;
    if (told_.is_stopped) return {};
    const world untouched = meadow;
    const dovetail::trap t = running_->tick(keys, fuel, time, dog, used_);
    if (!t) {
      told_.trouble.clear();
      told_.late = 0;
      return {};
    }
    meadow = untouched;
    const auto undone = restore(before);
    if (!undone) return undone;
    const bool is_late =
        t.code == dovetail::trap_code::out_of_fuel || t.code == dovetail::trap_code::interrupted;
    told_.trouble = t.message();
    told_.late += is_late;
    told_.is_stopped = !is_late || told_.late == patience;
    return {};
  }

 private:
  std::string name_, news_;
  std::shared_ptr<version> running_;
  record told_;
  std::uint64_t used_ = 0;
};

}  // namespace game
