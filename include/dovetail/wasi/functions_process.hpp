// The functions of preview 1 about the process itself: arguments, environment, clocks, random
// bytes, ending. Used by context.
#pragma once

#include <cstdint>

#include <dovetail/base/trap.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/guest_memory.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/process.hpp>
#include <dovetail/wasi/types.hpp>

namespace dovetail::wasi::preview1 {

inline error_number args_sizes_get(process& self, guest_memory& memory, std::uint32_t count_at,
                                   std::uint32_t size_at) {
  return self.arguments.write_sizes(memory, count_at, size_at);
}

inline error_number args_get(process& self, guest_memory& memory, std::uint32_t pointers_at,
                             std::uint32_t bytes_at) {
  return self.arguments.write(memory, pointers_at, bytes_at);
}

inline error_number environ_sizes_get(process& self, guest_memory& memory, std::uint32_t count_at,
                                      std::uint32_t size_at) {
  return self.environment.write_sizes(memory, count_at, size_at);
}

inline error_number environ_get(process& self, guest_memory& memory, std::uint32_t pointers_at,
                                std::uint32_t bytes_at) {
  return self.environment.write(memory, pointers_at, bytes_at);
}

inline error_number clock_res_get(process&, guest_memory& memory, std::uint32_t id,
                                  std::uint32_t resolution_at) {
  if (id >= clock_count) return error_number::inval;
  const auto resolution = os::clock_resolution(static_cast<clock_id>(id));
  if (!resolution) return resolution.error();
  return memory.write(resolution_at, *resolution);
}

/// The precision is how much the time may lag; it never does.
inline error_number clock_time_get(process& self, guest_memory& memory, std::uint32_t id,
                                   std::uint64_t /*precision*/, std::uint32_t time_at) {
  if (id >= clock_count) return error_number::inval;
  const auto time = self.now(static_cast<clock_id>(id));
  if (!time) return time.error();
  return memory.write(time_at, *time);
}

inline error_number random_get(process& self, guest_memory& memory, std::uint32_t address,
                               std::uint32_t size) {
  const auto room = memory.room(address, size);
  if (!room) return room.error();
  if (self.random.fill == nullptr) return os::random_bytes(*room);
  return self.random.fill(self.random.user, *room) ? error_number::success : error_number::io;
}

inline error_number sched_yield(process&, guest_memory&) {
  os::yield();
  return error_number::success;
}

/// Ends the guest's run: the trap unwinds it, and the host reads the code from it or from the
/// context.
inline trap proc_exit(process& self, guest_memory&, std::uint32_t code) {
  self.exit_code = code;
  return trap::exit(static_cast<std::int32_t>(code));
}

/// A guest has no signals, and those of the host are not its to raise; the one that does nothing it
/// may.
inline error_number proc_raise(process&, guest_memory&, std::uint32_t signal) {
  if (signal >= signal_count) return error_number::inval;
  return signal == 0 ? error_number::success : error_number::notsup;
}

}  // namespace dovetail::wasi::preview1
