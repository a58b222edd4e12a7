// What a host grants a WASI guest. Read once, by the constructor of context.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/allocator.hpp>
#include <dovetail/wasi/streams.hpp>

namespace dovetail::wasi {

/// What a guest starts with. By default that is nothing: no argument, no environment, no input, and
/// its output goes nowhere. Directories are granted afterwards, by `context::preopen`.
struct configuration {
  /// The first is the program's name. Copied by the context, as is the environment.
  std::span<const std::string_view> arguments;
  /// Each in the form `KEY=value`.
  std::span<const std::string_view> environment;
  input_stream input;
  output_stream output;
  output_stream error;
  clock_source clock;
  random_source random;
  /// How many descriptors the guest may have open; further ones are refused with `mfile`.
  std::uint32_t descriptor_limit = 1024;
  /// Where the context takes its memory; null: the C library. It must outlive the context.
  allocator* memory = nullptr;

  /// The host's own input, output and error.
  void inherit_streams() {
    input = input_stream::inherited();
    output = output_stream::inherited();
    error = output_stream::inherited();
  }
};

}  // namespace dovetail::wasi
