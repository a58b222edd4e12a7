// Line tables: DWARF 5, section 6.2; versions 2 to 4 differ in their headers. Addresses are counted
// from the code section's content (WebAssembly tool conventions, DWARF).
#include "source_lines.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace command {
namespace {

// Reads what nobody vouches for: beyond the end everything is zero, and `failed()`.
class cursor {
 public:
  explicit cursor(std::string_view bytes) : left_(bytes) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return failed_ || left_.empty(); }

  std::string_view part(std::uint64_t size) {
    if (size > left_.size()) return fail();
    const std::string_view result = left_.substr(0, static_cast<std::size_t>(size));
    left_.remove_prefix(result.size());
    return result;
  }
  std::uint64_t fixed(unsigned size) {
    std::uint64_t result = 0;
    unsigned shift = 0;
    for (const char c : part(size)) {
      if (shift < 64) result |= std::uint64_t{static_cast<unsigned char>(c)} << shift;
      shift += 8;
    }
    return result;
  }
  std::uint64_t uleb() { return leb(false); }
  std::int64_t sleb() { return static_cast<std::int64_t>(leb(true)); }
  std::string_view string() {
    const std::size_t end = left_.find('\0');
    if (end == std::string_view::npos) return fail();
    const std::string_view result = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    return result;
  }

 private:
  std::string_view fail() {
    failed_ = true;
    return left_ = {};
  }
  std::uint64_t leb(bool is_signed) {
    std::uint64_t result = 0;
    for (unsigned shift = 0; !at_end(); shift += 7) {
      const std::uint64_t byte = fixed(1);
      if (shift < 64) result |= (byte & 0x7f) << shift;
      if ((byte & 0x80) != 0) continue;
      if (is_signed && (byte & 0x40) != 0 && shift + 7 < 64)
        result |= ~std::uint64_t{0} << (shift + 7);
      return result;
    }
    fail();
    return 0;
  }

  std::string_view left_;
  bool failed_ = false;
};

struct named_file {
  std::string_view name;
  std::uint64_t folder = 0;
};

// One unit's table.
class line_table {
 public:
  line_table(std::string_view unit, bool is_wide, const debug_sections& debug)
      : in_(unit), offset_size_(is_wide ? 8 : 4), debug_(debug) {}

  std::optional<source_line> find(std::uint64_t address) {
    if (!read_header()) return std::nullopt;
    wanted_ = address;
    while (!in_.at_end() && !found_) step();
    if (!found_) return std::nullopt;
    return source_line{file_name(found_->file), found_->line};
  }

 private:
  struct row {
    std::uint64_t address = 0, file = 1, line = 1;
  };

  bool read_header() {
    const std::uint64_t version = in_.fixed(2);
    if (version < 2 || version > 5) return false;
    is_newest_ = version == 5;
    if (is_newest_) in_.part(2);  // sizes of addresses and segments
    cursor header(in_.part(in_.fixed(offset_size_)));
    step_ = header.fixed(1);
    if (version >= 4) header.fixed(1);  // operations an instruction
    header.fixed(1);                    // whether rows are statements at first
    line_base_ = static_cast<std::int8_t>(header.fixed(1));
    line_range_ = header.fixed(1);
    first_special_ = header.fixed(1);
    if (line_range_ == 0 || first_special_ == 0) return false;
    lengths_ = header.part(first_special_ - 1);
    if (is_newest_) {
      for (const named_file& f : read_entries(header)) folders_.push_back(f.name);
      files_ = read_entries(header);
    } else {
      folders_.emplace_back();  // that of the compilation: names are relative to it
      while (!header.failed()) {
        const std::string_view folder = header.string();
        if (folder.empty()) break;
        folders_.push_back(folder);
      }
      files_.emplace_back();
      while (!header.failed()) {
        named_file f{header.string(), 0};
        if (f.name.empty()) break;
        f.folder = header.uleb();
        header.uleb();  // time
        header.uleb();  // size
        files_.push_back(f);
      }
    }
    return !header.failed() && !in_.failed();
  }
  // Entries of DWARF 5: content and form of each of their fields, then the entries.
  std::vector<named_file> read_entries(cursor& header) {
    constexpr std::uint64_t path = 1, folder_index = 2;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> fields(
        static_cast<std::size_t>(header.fixed(1)));
    for (auto& [content, form] : fields) {
      content = header.uleb();
      form = header.uleb();
    }
    std::vector<named_file> entries;
    for (std::uint64_t n = header.uleb(); n != 0 && !header.at_end() && !fields.empty(); --n) {
      named_file f;
      for (const auto& [content, form] : fields) {
        std::string_view text;
        const std::uint64_t number = read_form(header, form, text);
        if (content == path) f.name = text;
        if (content == folder_index) f.folder = number;
      }
      entries.push_back(f);
    }
    return entries;
  }
  std::uint64_t read_form(cursor& header, std::uint64_t form, std::string_view& text) const {
    switch (form) {
      case 0x08: text = header.string(); return 0;                                   // string
      case 0x0e: text = text_at(debug_.text, header.fixed(offset_size_)); return 0;  // strp
      case 0x1f: text = text_at(debug_.line_text, header.fixed(offset_size_)); return 0;
      case 0x0b: return header.fixed(1);                  // data1
      case 0x05: return header.fixed(2);                  // data2
      case 0x06: return header.fixed(4);                  // data4
      case 0x07: return header.fixed(8);                  // data8
      case 0x0f: return header.uleb();                    // udata
      case 0x1e: header.part(16); return 0;               // data16
      case 0x09: header.part(header.uleb()); return 0;    // block
      default: header.part(~std::uint64_t{0}); return 0;  // fails
    }
  }
  static std::string_view text_at(std::string_view section, std::uint64_t at) {
    return at < section.size() ? cursor(section.substr(static_cast<std::size_t>(at))).string()
                               : std::string_view();
  }

  void step() {
    const std::uint64_t code = in_.fixed(1);
    if (code >= first_special_) {
      const std::uint64_t both = code - first_special_;
      now_.address += both / line_range_ * step_;
      now_.line +=
          static_cast<std::uint64_t>(line_base_ + static_cast<std::int64_t>(both % line_range_));
      return add_row();
    }
    switch (code) {
      case 0: return extended();
      case 1: return add_row();                                             // copy
      case 2: now_.address += in_.uleb() * step_; return;                   // advance_pc
      case 3: now_.line += static_cast<std::uint64_t>(in_.sleb()); return;  // advance_line
      case 4: now_.file = in_.uleb(); return;                               // set_file
      case 8: now_.address += (255 - first_special_) / line_range_ * step_; return;
      case 9: now_.address += in_.fixed(2); return;  // fixed_advance_pc
      default:
        for (int n = lengths_[static_cast<std::size_t>(code - 1)]; n > 0; --n) in_.uleb();
    }
  }
  void extended() {
    cursor operation(in_.part(in_.uleb()));
    const std::uint64_t code = operation.fixed(1);
    if (code == 1) {  // end_sequence
      add_row();
      has_row_ = false;
      now_ = {};
      return;
    }
    if (code == 2) {  // set_address
      std::uint64_t address = 0;
      for (unsigned shift = 0; !operation.at_end() && shift < 64; shift += 8)
        address |= operation.fixed(1) << shift;
      now_.address = address;
      // No function is at the beginning of the section: the linker has dropped this one.
      is_dropped_ = address == 0;
    }
  }
  // A row holds up to the address of the next.
  void add_row() {
    if (has_row_ && !is_dropped_ && last_.address <= wanted_ && wanted_ < now_.address)
      found_ = last_;
    last_ = now_;
    has_row_ = true;
  }

  [[nodiscard]] std::string file_name(std::uint64_t index) const {
    if (index >= files_.size()) return "?";
    const named_file& f = files_[static_cast<std::size_t>(index)];
    std::string_view folder;
    if (f.folder < folders_.size()) folder = folders_[static_cast<std::size_t>(f.folder)];
    if (folder.empty() || f.name.starts_with('/')) return std::string(f.name);
    return std::string(folder) + '/' + std::string(f.name);
  }

  cursor in_;
  unsigned offset_size_;
  const debug_sections& debug_;
  bool is_newest_ = false;
  std::uint64_t step_ = 1, line_range_ = 1, first_special_ = 1;
  std::int64_t line_base_ = 0;
  std::string_view lengths_;
  std::vector<std::string_view> folders_;
  std::vector<named_file> files_;
  std::uint64_t wanted_ = 0;
  row now_, last_;
  bool has_row_ = false, is_dropped_ = false;
  std::optional<row> found_;
};

}  // namespace

debug_sections find_debug_sections(const bytes& module) {
  debug_sections result;
  const std::string_view whole(reinterpret_cast<const char*>(module.data()), module.size());
  cursor in(whole);
  in.part(8);
  while (!in.at_end()) {
    const std::uint64_t id = in.fixed(1);
    const std::string_view content = in.part(in.uleb());
    if (id == 10) result.code_offset = static_cast<std::uint64_t>(content.data() - whole.data());
    if (id != 0) continue;
    cursor custom(content);
    const std::uint64_t size = custom.uleb();
    const std::string_view name = custom.part(size);
    if (custom.failed()) continue;
    const std::string_view rest =
        content.substr(static_cast<std::size_t>(name.data() + name.size() - content.data()));
    if (name == ".debug_line") result.lines = rest;
    if (name == ".debug_str") result.text = rest;
    if (name == ".debug_line_str") result.line_text = rest;
  }
  return result;
}

std::optional<source_line> find_line(const debug_sections& debug, std::uint64_t offset) {
  if (offset < debug.code_offset) return std::nullopt;
  cursor in(debug.lines);
  while (!in.at_end()) {
    std::uint64_t size = in.fixed(4);
    const bool is_wide = size == 0xffff'ffff;  // the 64-bit format
    if (is_wide) size = in.fixed(8);
    const std::string_view unit = in.part(size);
    if (auto found = line_table(unit, is_wide, debug).find(offset - debug.code_offset))
      return found;
  }
  return std::nullopt;
}

}  // namespace command
