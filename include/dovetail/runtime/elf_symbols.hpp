// An object file in memory that holds nothing but the names of a module's functions, in the form
// that debuggers read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <dovetail/module/function_names.hpp>
#include <dovetail/runtime/machine_code.hpp>

namespace dovetail {

namespace elf {

// ELF-64 object file format: headers, sections, symbols, byte for byte.
struct file_header {
  unsigned char magic[4] = {0x7f, 'E', 'L', 'F'};
  unsigned char is_64_bit = 2;
  unsigned char byte_order = platform::is_little_endian ? 1 : 2;
  unsigned char version = 1;
  unsigned char rest[9] = {};
  std::uint16_t type = 1;  // relocatable: symbols count from the start of their section
  std::uint16_t machine = 0;
  std::uint32_t format = 1;
  std::uint64_t entry = 0;
  std::uint64_t segments_at = 0;
  std::uint64_t sections_at = 0;
  std::uint32_t flags = 0;
  std::uint16_t header_size = 64;
  std::uint16_t segment_size = 0;
  std::uint16_t segment_count = 0;
  std::uint16_t section_size = 64;
  std::uint16_t section_count = 0;
  std::uint16_t names_in = 0;  // which section
};
struct section_header {
  std::uint32_t name = 0;
  std::uint32_t type = 0;
  std::uint64_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t at = 0;
  std::uint64_t size = 0;
  std::uint32_t link = 0;
  std::uint32_t info = 0;
  std::uint64_t alignment = 1;
  std::uint64_t entry_size = 0;
};
struct symbol {
  std::uint32_t name = 0;
  unsigned char what = 0;
  unsigned char visibility = 0;
  std::uint16_t section = 0;
  std::uint64_t value = 0;
  std::uint64_t size = 0;
};
static_assert(sizeof(file_header) == 64 && sizeof(section_header) == 64 && sizeof(symbol) == 24);

inline constexpr std::uint32_t symbol_table = 2, string_table = 3, no_bits = 8;  // section types
inline constexpr std::uint64_t allocated = 2, executable = 4;                    // section flags
// A local function: where a guest's `malloc` and the host's are in question, the host's is meant.
inline constexpr unsigned char local_function = 2;

/// The name of each section follows the one before, each behind a zero.
inline constexpr std::string_view section_names{"\0.text\0.symtab\0.strtab\0.shstrtab", 32};
static_assert(section_names.ends_with(".shstrtab"));

}  // namespace elf

/// Writes the object file of a compiled module: headers, then symbols, then names.
template <makes_machine_code B>
class elf_symbols {
 public:
  explicit elf_symbols(const module_data& module)
      : module_(module), symbols_(*module.env.memory), names_(*module.env.memory) {}

  [[nodiscard]] status write_to(array<char>& image) {
    DOVETAIL_TRY(collect());
    elf::section_header sections[5] = {};
    std::uint64_t at = sizeof(elf::file_header) + sizeof sections;
    const auto describe = [&](std::size_t i, std::uint32_t name, std::uint32_t type,
                              std::uint64_t size) {
      sections[i].name = name;
      sections[i].type = type;
      sections[i].at = at;
      sections[i].size = size;
      if (type != elf::no_bits) at += size;
    };
    describe(1, 1, elf::no_bits, end_ - begin_);
    sections[1].flags = elf::allocated | elf::executable;
    sections[1].address = begin_;
    sections[1].alignment = 16;
    describe(2, 7, elf::symbol_table, symbols_.size() * sizeof(elf::symbol));
    sections[2].link = 3;
    sections[2].info = static_cast<std::uint32_t>(symbols_.size());  // all of them are local
    sections[2].alignment = 8;
    sections[2].entry_size = sizeof(elf::symbol);
    describe(3, 15, elf::string_table, names_.size());
    describe(4, 23, elf::string_table, elf::section_names.size() + 1);

    elf::file_header header;
    header.machine = B::elf_machine;
    header.sections_at = sizeof header;
    header.section_count = std::size(sections);
    header.names_in = 4;
    DOVETAIL_TRY(append(image, &header, sizeof header));
    DOVETAIL_TRY(append(image, sections, sizeof sections));
    DOVETAIL_TRY(append(image, symbols_.data(), symbols_.size() * sizeof(elf::symbol)));
    DOVETAIL_TRY(append(image, names_.data(), names_.size()));
    return append(image, elf::section_names.data(), elf::section_names.size() + 1);
  }

 private:
  static status append(array<char>& image, const void* from, std::size_t size) {
    return image.append({static_cast<const char*>(from), size});
  }

  // Names and symbols begin with an empty one.
  status collect() {
    function_names known(*module_.env.memory);
    DOVETAIL_TRY(known.read(module_.env));
    DOVETAIL_TRY(names_.push('\0'));
    DOVETAIL_TRY(symbols_.push({}));
    const std::size_t count = B::count_pieces(module_);
    for (std::size_t i = 0; i < count; ++i) {
      const code_piece piece = B::piece(module_, i);
      if (i == 0) begin_ = piece.begin;
      end_ = piece.begin + piece.size;
      elf::symbol s;
      s.name = static_cast<std::uint32_t>(names_.size());
      s.what = elf::local_function;
      s.section = 1;
      s.value = piece.begin - begin_;
      s.size = piece.size;
      DOVETAIL_TRY(symbols_.push(s));
      if (piece.function == code_piece::shared) {
        DOVETAIL_TRY(names_.append(std::string_view("wasm[shared]")));
      } else {
        DOVETAIL_TRY(known.append_to(names_, {piece.function}));
      }
      DOVETAIL_TRY(names_.push('\0'));
    }
    return status::ok;
  }

  const module_data& module_;
  array<elf::symbol> symbols_;
  array<char> names_;
  std::uintptr_t begin_ = 0, end_ = 0;
};

}  // namespace dovetail
