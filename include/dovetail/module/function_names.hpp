// What a module calls its functions: for tools, profilers and debuggers, which ask after a module
// is compiled. The name section is a custom one: whatever is wrong with it is passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <dovetail/base/array.hpp>
#include <dovetail/base/text.hpp>
#include <dovetail/format/byte_reader.hpp>
#include <dovetail/validate/module_env.hpp>

namespace dovetail {

/// The names of all functions of a module, imported ones included. Views live as long as the
/// module.
class function_names {
 public:
  explicit function_names(allocator& memory) : names_(memory) {}

  /// Reads them: from the name section (core specification 7.4.1), else a function's first export.
  [[nodiscard]] status read(const module_env& env) {
    names_.clear();
    DOVETAIL_TRY(names_.resize(env.functions.size()));
    for (std::size_t i = env.exports.size(); i-- > 0;) {
      const export_entry& e = env.exports[i];
      if (e.kind == external_kind::function) names_[e.index] = env.view(e.name);
    }
    static_cast<void>(read_section(byte_reader({env.names.data(), env.names.size()})));
    return status::ok;
  }

  /// The name of a function, or nothing if it has none.
  [[nodiscard]] std::string_view operator[](function_index f) const { return names_[f.value]; }

  /// Appends one word for a function: its name with control characters as `?`, or `wasm[INDEX]`.
  [[nodiscard]] status append_to(array<char>& text, function_index f) const {
    char number[32];
    text_writer made(number);
    std::string_view name = names_[f.value];
    if (name.empty()) {
      made << "wasm[" << f.value << "]";
      name = made.view();
    }
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c);
      DOVETAIL_TRY(text.push(byte < 0x20 || byte == 0x7f ? '?' : c));
    }
    return status::ok;
  }

 private:
  status read_section(byte_reader r) {
    constexpr std::uint8_t of_functions = 1;
    while (!r.at_end()) {
      std::uint8_t id = 0;
      std::uint32_t size = 0;
      byte_reader content;
      DOVETAIL_TRY(r.u8(id));
      DOVETAIL_TRY(r.u32(size));
      DOVETAIL_TRY(r.part(size, content));
      if (id == of_functions) return read_functions(content);
    }
    return status::ok;
  }
  status read_functions(byte_reader r) {
    std::uint32_t count = 0;
    DOVETAIL_TRY(r.u32(count));
    for (; count != 0; --count) {
      std::uint32_t index = 0, size = 0;
      byte_reader name;
      DOVETAIL_TRY(r.u32(index));
      DOVETAIL_TRY(r.u32(size));
      DOVETAIL_TRY(r.part(size, name));
      if (index < names_.size() && size != 0) names_[index] = as_text(name);
    }
    return status::ok;
  }

  array<std::string_view> names_;
};

}  // namespace dovetail
