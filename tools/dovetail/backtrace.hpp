// What `dovetail run` tells of a trap: the guest's calls, with names and places in the source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/backtraces.hpp>

#include "file.hpp"

namespace command {

struct frame_text {
  std::string name;
  std::uint32_t offset = 0;
};
/// Prints a line a frame, the innermost first, with what DWARF in the module knows of each.
void print_frames(const std::vector<frame_text>& frames, std::size_t more, const bytes& module);

/// Keeps the frames of a store's newest trap.
template <class Backend>
class backtrace {
 public:
  explicit backtrace(dovetail::vm::store& watched) { dovetail::watch_traps(watched, &told, this); }
  backtrace(const backtrace&) = delete;
  backtrace& operator=(const backtrace&) = delete;

  void print(const bytes& module) const { print_frames(frames_, more_, module); }

 private:
  static constexpr std::size_t most = 30;

  static void told(dovetail::vm::store& s, void* self) noexcept {
    if (s.report.code != dovetail::trap_code::exit) static_cast<backtrace*>(self)->keep(s);
  }
  void keep(const dovetail::vm::store& s) {
    frames_.clear();
    more_ = 0;
    dovetail::visit_frames<Backend>(s, [this](const dovetail::guest_frame& f) {
      if (frames_.size() == most) return ++more_, true;
      dovetail::name_room room;
      frames_.push_back({std::string(name_of(f, room)), f.offset});
      return true;
    });
  }

  std::vector<frame_text> frames_;
  std::size_t more_ = 0;
};

}  // namespace command
