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

namespace detail {

// Tells every name of a function that is in the name section (core specification 7.4.1), up to
// whatever is wrong with it.
template <class Told>
status read_function_names(byte_reader r, const Told& told) {
  constexpr std::uint8_t of_functions = 1;
  std::uint8_t id = 0;
  byte_reader content;
  while (id != of_functions) {
    if (r.at_end()) return status::ok;
    std::uint32_t size = 0;
    DOVETAIL_TRY(r.u8(id));
    DOVETAIL_TRY(r.u32(size));
    DOVETAIL_TRY(r.part(size, content));
  }
  std::uint32_t count = 0;
  DOVETAIL_TRY(content.u32(count));
  for (; count != 0; --count) {
    std::uint32_t index = 0, size = 0;
    byte_reader name;
    DOVETAIL_TRY(content.u32(index));
    DOVETAIL_TRY(content.u32(size));
    DOVETAIL_TRY(content.part(size, name));
    if (size != 0) told(index, as_text(name));
  }
  return status::ok;
}
template <class Told>
void for_function_names(const module_env& env, const Told& told) {
  static_cast<void>(read_function_names(byte_reader({env.names.data(), env.names.size()}), told));
}

}  // namespace detail

/// Room for what a function is called that has no name.
using name_room = char[24];

/// What a module calls a function: by its name section, else by its first export, else by its
/// import, else `func[INDEX]`. The view is of the module, or of `room`. Allocates nothing and reads
/// the section anew each time: for what happens rarely, such as traps. Names are as they are in the
/// module, control characters too.
[[nodiscard]] DOVETAIL_COLD inline std::string_view name_of(const module_env& env, function_index f,
                                                            name_room& room) {
  std::string_view name;
  detail::for_function_names(env, [&](std::uint32_t index, std::string_view found) {
    if (index == f.value) name = found;
  });
  if (!name.empty()) return name;
  for (const export_entry& e : env.exports) {
    if (e.kind == external_kind::function && e.index == f.value && e.name.size != 0)
      return env.view(e.name);
  }
  for (const import_entry& e : env.imports) {
    if (e.kind == external_kind::function && e.index == f.value && e.name.size != 0)
      return env.view(e.name);
  }
  text_writer made(room);
  made << "func[" << f.value << "]";
  return made.view();
}

/// The names of all functions of a module, imported ones included. Views live as long as the
/// module.
class function_names {
 public:
  explicit function_names(allocator& memory) : names_(memory) {}

  /// Reads them: from the name section, else a function's first export.
  [[nodiscard]] status read(const module_env& env) {
    names_.clear();
    DOVETAIL_TRY(names_.resize(env.functions.size()));
    for (std::size_t i = env.exports.size(); i-- > 0;) {
      const export_entry& e = env.exports[i];
      if (e.kind == external_kind::function) names_[e.index] = env.view(e.name);
    }
    detail::for_function_names(env, [this](std::uint32_t f, std::string_view name) {
      if (f < names_.size()) names_[f] = name;
    });
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
  array<std::string_view> names_;
};

}  // namespace dovetail
