// One version of a mod, in a store of its own: what it must export and may import, how it is
// loaded, called, saved and brought back. All of Dovetail is here.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <dovetail/contract.hpp>
#include <dovetail/dovetail.hpp>
#include <dovetail/guest_types.hpp>
#include <dovetail/snapshot.hpp>
#include <dovetail/watchdog.hpp>
#include <dovetail/x64_or_interpreter.hpp>

#include "world.hpp"

namespace game {

// Fuel is a frame's budget: it counts operators, so that the same frame ends at the same place on
// every machine. The stop button is for what a count cannot see, the time.
struct modding : dovetail::defaults {
  using backend = dovetail::interruptible<dovetail::fuel<dovetail::x64_or_interpreter>>;
  static constexpr dovetail::limits limit{.memories = 1, .memory_pages = 16, .table_elements = 256};
};
using rt = dovetail::runtime<modding>;

// mods/game.h in C++: compared once with each module, checked never again.
using mod_contract = dovetail::module_contract<
    dovetail::exports<dovetail::exported<"memory", dovetail::memory_view>,
                      dovetail::exported<"tick", void(std::int32_t)>,
                      dovetail::exported<"state_address", dovetail::guest_pointer<std::uint8_t>()>,
                      dovetail::exported<"state_size", std::uint32_t()>>,
    dovetail::imports<
        dovetail::imported<"game", "see",
                           std::int32_t(dovetail::guest_pointer<entity>, std::int32_t)>,
        dovetail::imported<"game", "steer", void(std::int32_t, std::int32_t, std::int32_t)>,
        dovetail::imported<"game", "say", void(dovetail::guest_pointer<const char>)>>>;

/// A loaded mod. When a newer version takes its place, all that it had goes with the store.
class version {
 public:
  explicit version(rt::engine& engine) : store_(engine) {}

  /// Loads a mod that sees and steers `meadow`, with `fuel` to start. Null if it is none, and why.
  static std::shared_ptr<version> load(rt::engine& engine, std::span<const std::byte> wasm,
                                       world& meadow, std::uint64_t fuel, std::string& why) {
    const auto refuse = [&why](const dovetail::error& e) {
      char line[300];
      why = e.format(line);
      return nullptr;
    };
    const auto code = engine.compile(wasm);
    if (!code) return refuse(code.error());
    const auto mod = mod_contract::accept(*code);
    if (!mod) return refuse(mod.error());
    auto made = std::make_shared<version>(engine);
    made->store_.set_fuel(fuel);
    const auto started = made->start(*mod, meadow);
    if (!started) return refuse(started.error());
    return made;
  }

  /// One frame of the mod with what it may use up; tells what it did.
  dovetail::trap tick(std::int32_t keys, std::uint64_t fuel, std::chrono::milliseconds time,
                      dovetail::watchdog& dog, std::uint64_t& used) {
    store_.set_fuel(fuel);
    const auto watch = dog.watch_for(store_.stop_button(), time);
    const auto done = instance_->get<"tick">()(keys);
    used = fuel - store_.fuel();
    return done.error();
  }

  /// Memory, variables and tables, and the stack pointer that C keeps in one of them.
  [[nodiscard]] dovetail::result<dovetail::snapshot> save() const {
    return dovetail::take_snapshot(instance_->instance());
  }
  dovetail::result<void> restore(const dovetail::snapshot& saved) {
    return dovetail::restore(instance_->instance(), saved);
  }

  /// Begins anew, but with the state of another version, if it has the same size: whether it has.
  dovetail::result<bool> take_over(const version& other) {
    if (const auto begun = restore(*beginning_); !begun) return begun.error();
    if (other.state_.size() != state_.size()) return false;
    for (std::uint64_t i = 0; i < state_.size(); ++i) state_.set(i, other.state_[i]);
    return true;
  }

  [[nodiscard]] const std::string& said() const { return said_; }
  void set_said(const std::string& text) { said_ = text; }
  [[nodiscard]] std::span<const std::byte> memory() const {
    return instance_->get<"memory">().bytes();
  }

 private:
  dovetail::result<void> start(const dovetail::contracted_module<mod_contract, modding>& mod,
                               world& meadow) {
    using namespace dovetail;
    // A bad pointer comes back as a trap, which is the mod's.
    const auto see = [&meadow](caller& from, guest_pointer<entity> to,
                               std::int32_t most) -> result<std::int32_t, trap> {
      const std::size_t room = most < 0 ? 0 : static_cast<std::size_t>(most);
      const std::span all = std::span<const entity>(meadow.entities);
      const std::span seen = all.first(std::min(room, all.size()));
      const auto view = typed_memory(from.memory()).view(to, seen.size());
      if (!view) return view.error();
      if (const trap t = view->copy_from(seen)) return t;
      return static_cast<std::int32_t>(seen.size());
    };
    const auto say = [this](caller& from, guest_pointer<const char> text) {
      const auto read = typed_memory(from.memory()).c_string(text, longest_text);
      if (read) said_ = *read;
      return read.error();
    };
    imports env = {bind("game", "see", see), bind<&world::steer>("game", "steer", meadow),
                   bind("game", "say", say)};
    const auto made = mod.instantiate(store_, env);
    if (!made) return made.error();
    instance_.emplace(*made);
    if (const trap t = find_state()) {
      error e;
      e.code = status::trapped;
      e.reason = t;
      return e;
    }
    auto begun = save();
    if (!begun) return begun.error();
    beginning_.emplace(std::move(*begun));
    return {};
  }
  dovetail::trap find_state() {
    const auto address = instance_->get<"state_address">()();
    if (!address) return address.error();
    const auto size = instance_->get<"state_size">()();
    if (!size) return size.error();
    const auto found = dovetail::typed_memory(instance_->get<"memory">()).view(*address, *size);
    if (found) state_ = *found;
    return found.error();
  }

  static constexpr std::uint64_t longest_text = 32;

  rt::store store_;
  std::optional<dovetail::contracted_instance<mod_contract, modding>> instance_;
  std::optional<dovetail::snapshot> beginning_;
  dovetail::guest_view<std::uint8_t> state_;
  std::string said_;
};

}  // namespace game
