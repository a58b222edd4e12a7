// The state behind the functions of WASI: what a process is to its kernel. Held by context, used by
// the functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <dovetail/base/system_allocator.hpp>
#include <dovetail/wasi/configuration.hpp>
#include <dovetail/wasi/descriptor.hpp>
#include <dovetail/wasi/errors.hpp>
#include <dovetail/wasi/os.hpp>
#include <dovetail/wasi/rights.hpp>
#include <dovetail/wasi/string_list.hpp>

namespace dovetail::wasi {

/// Everything that the functions of one guest share. Not synchronised: one thread at a time.
class process {
  allocator_of<system_allocator> system_;
  allocator* memory_;

 public:
  explicit process(const configuration& setup)
      : memory_(setup.memory != nullptr ? setup.memory : &system_),
        arguments(*memory_),
        environment(*memory_),
        descriptors(*memory_, setup.descriptor_limit),
        clock(setup.clock),
        random(setup.random),
        condition(prepare(setup)) {}
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  [[nodiscard]] allocator& memory() { return *memory_; }

  /// The time of a clock, from the configuration's source.
  [[nodiscard]] outcome<std::uint64_t> now(clock_id id) const {
    return clock.now != nullptr ? outcome<std::uint64_t>(clock.now(clock.user, id))
                                : os::clock_time(id);
  }

  /// Grants a directory of the host under a name of the guest.
  [[nodiscard]] error_number preopen(std::string_view host_path, std::string_view guest_name,
                                     access granted) {
    if (const auto number = condition; failed(number)) return number;
    const auto file = os::open_granted(host_path);
    if (!file) return file.error();
    descriptor directory;
    directory.kind = descriptor_kind::directory;
    directory.type = file_type::directory;
    directory.file = *file;
    directory.base = granted.base & right::of_directories;
    directory.inheriting = granted.inheriting;
    error_number number = descriptors.set_preopen_name(directory, guest_name);
    if (number == error_number::success) {
      const auto added = descriptors.add(directory);
      if (!added) number = added.error();
    }
    if (failed(number)) descriptors.release(directory);
    return number;
  }

  string_list arguments;
  string_list environment;
  descriptor_table descriptors;
  clock_source clock;
  random_source random;
  /// Whether the constructor found all the memory it needed.
  error_number condition;
  /// What the guest gave to `proc_exit`.
  std::optional<std::uint32_t> exit_code;

 private:
  [[nodiscard]] error_number prepare(const configuration& setup) {
    if (const auto number = arguments.assign(setup.arguments); failed(number)) return number;
    if (const auto number = environment.assign(setup.environment); failed(number)) return number;
    if (const auto number = add_stream(0, setup.input.is_inherited(), input_of(setup.input));
        failed(number))
      return number;
    if (const auto number = add_stream(1, setup.output.is_inherited(), output_of(setup.output));
        failed(number))
      return number;
    return add_stream(2, setup.error.is_inherited(), output_of(setup.error));
  }

  [[nodiscard]] static descriptor input_of(const input_stream& stream) {
    descriptor made;
    made.kind = descriptor_kind::input;
    made.input = stream;
    made.base = right::fd_read | right::fd_filestat_get | right::poll_fd_readwrite;
    return made;
  }

  [[nodiscard]] static descriptor output_of(const output_stream& stream) {
    descriptor made;
    made.kind = descriptor_kind::output;
    made.output = stream;
    made.type = stream.is_terminal() ? file_type::character_device : file_type::unknown;
    made.base = right::fd_write | right::fd_filestat_get | right::fd_sync | right::fd_datasync |
                right::poll_fd_readwrite;
    return made;
  }

  [[nodiscard]] error_number add_stream(int number, bool is_inherited, descriptor stream) {
    if (is_inherited) stream = inherited(number);
    const auto added = descriptors.add(stream);
    return added.has_value() ? error_number::success : added.error();
  }

  /// The host's own stream, with the rights that the host has on it, short of changing the file
  /// behind it; nowhere if the host has closed it.
  [[nodiscard]] static descriptor inherited(int number) {
    const os::native_file file = os::standard_stream(number);
    const auto mode = os::mode_of(file);
    const auto status = os::status_of(file);
    if (!mode || !status) return number == 0 ? input_of({}) : output_of({});
    descriptor made;
    made.kind = descriptor_kind::file;
    made.type = status->type;
    made.is_borrowed = true;
    made.file = file;
    made.flags = os::flags_of(file);
    made.base = os::is_terminal(file) ? right::of_streams : right::applicable_to(status->type);
    made.base = made.base.without(right::fd_allocate | right::fd_filestat_set_size |
                                  right::fd_filestat_set_times);
    if (!mode->reads || number != 0) made.base = made.base.without(right::fd_read);
    if (!mode->writes || number == 0) made.base = made.base.without(right::fd_write);
    return made;
  }
};

}  // namespace dovetail::wasi
