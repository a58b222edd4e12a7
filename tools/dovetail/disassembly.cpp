// The text of machine code, by Zydis.
#include "disassembly.hpp"

#include <Zycore/Format.h>
#include <Zydis/Zydis.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "diagnostics.hpp"

namespace command {
namespace {

using dovetail::x64_jit::code_note;
namespace library = dovetail::x64_jit::library;

template <class Function>
std::uint64_t address_of(Function* f) {
  return reinterpret_cast<std::uintptr_t>(f);
}

std::string hexadecimal(std::uint64_t n) {
  char made[24];
  std::snprintf(made, sizeof made, "0x%llx", static_cast<unsigned long long>(n));
  return made;
}

const std::string unused = "unused trap";

/// `left` with `right` in a column of its own.
std::string beside(std::string left, const std::string& right) {
  constexpr std::size_t column = 56;
  if (!right.empty()) left += std::string(left.size() < column ? column - left.size() : 1, ' ');
  return left + right + "\n";
}

}  // namespace

/// Zydis, told what addresses mean.
class disassembly::text {
 public:
  text(const disassembly& all, std::uint32_t begin, std::uint32_t end)
      : all_(all), begin_(begin), end_(end) {
    ZydisDecoderInit(&decoder_, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    ZydisFormatterInit(&formatter_, ZYDIS_FORMATTER_STYLE_INTEL);
    for (const auto one : {ZYDIS_FORMATTER_PROP_ADDR_PADDING_ABSOLUTE,
                           ZYDIS_FORMATTER_PROP_DISP_PADDING, ZYDIS_FORMATTER_PROP_IMM_PADDING})
      ZydisFormatterSetProperty(&formatter_, one, ZYDIS_PADDING_DISABLED);
    ZydisFormatterSetProperty(&formatter_, ZYDIS_FORMATTER_PROP_HEX_UPPERCASE, ZYAN_FALSE);
    hook(ZYDIS_FORMATTER_FUNC_PRINT_ADDRESS_ABS, &print_address, print_address_);
    hook(ZYDIS_FORMATTER_FUNC_PRINT_IMM, &print_immediate, print_immediate_);
  }

  /// The instruction at `position`, which moves behind it.
  std::string next(std::uint32_t& position) {
    ZydisDecodedInstruction instruction;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    char made[256] = "?";
    if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder_, all_.code_.at(position), end_ - position,
                                             &instruction, operands))) {
      ++position;
      return made;
    }
    ZydisFormatterFormatInstruction(&formatter_, &instruction, operands,
                                    instruction.operand_count_visible, made, sizeof made, position,
                                    this);
    position += instruction.length;
    return made;
  }

  /// What an address in the code is called.
  [[nodiscard]] std::string place(std::uint64_t position) const {
    if (position >= begin_ && position < end_) return hexadecimal(position - begin_);
    const auto at = static_cast<std::uint32_t>(position);
    if (const auto known = all_.pieces_.find(at); known != all_.pieces_.end()) return known->second;
    const std::size_t f = all_.code_.function_at(at);
    if (f < all_.code_.functions.size() && all_.code_.functions[f].entry == at)
      return "function " + std::to_string(all_.module_.env.imported_functions + f);
    auto piece = all_.pieces_.upper_bound(at);
    if (f < all_.code_.functions.size() || piece == all_.pieces_.begin())
      return "? " + hexadecimal(position);
    --piece;
    return piece->second + "+" + hexadecimal(at - piece->first);
  }

 private:
  void hook(ZydisFormatterFunction which, ZydisFormatterFunc ours, ZydisFormatterFunc& before) {
    const void* exchanged = reinterpret_cast<const void*>(ours);
    ZydisFormatterSetHook(&formatter_, which, &exchanged);
    before = reinterpret_cast<ZydisFormatterFunc>(const_cast<void*>(exchanged));
  }
  static ZyanStatus put(ZydisFormatterBuffer* buffer, const std::string& word) {
    ZyanString* string = nullptr;
    ZYAN_CHECK(ZydisFormatterBufferAppend(buffer, ZYDIS_TOKEN_SYMBOL));
    ZYAN_CHECK(ZydisFormatterBufferGetString(buffer, &string));
    return ZyanStringAppendFormat(string, "%s", word.c_str());
  }
  static ZyanStatus print_address(const ZydisFormatter*, ZydisFormatterBuffer* buffer,
                                  ZydisFormatterContext* context) {
    const auto& self = *static_cast<const text*>(context->user_data);
    ZyanU64 target = 0;
    ZYAN_CHECK(ZydisCalcAbsoluteAddress(context->instruction, context->operand,
                                        context->runtime_address, &target));
    return put(buffer, self.place(target));
  }
  static ZyanStatus print_immediate(const ZydisFormatter* formatter, ZydisFormatterBuffer* buffer,
                                    ZydisFormatterContext* context) {
    const auto& self = *static_cast<const text*>(context->user_data);
    const auto known = self.all_.host_.find(context->operand->imm.value.u);
    if (known == self.all_.host_.end() || context->operand->size < 64)
      return self.print_immediate_(formatter, buffer, context);
    return put(buffer, known->second);
  }

  const disassembly& all_;
  std::uint32_t begin_, end_;
  ZydisDecoder decoder_;
  ZydisFormatter formatter_;
  ZydisFormatterFunc print_address_ = nullptr, print_immediate_ = nullptr;
};

disassembly::disassembly(const dovetail::module_data& module, std::span<const std::byte> bytes)
    : module_(module),
      code_(*static_cast<const dovetail::x64_jit::module_code*>(module.code)),
      bytes_(bytes),
      names_(*module.env.memory) {
  static_cast<void>(names_.read(module.env));
  name_host();
  name_shared();
}

// What code calls or compares by address.
void disassembly::name_host() {
  using namespace dovetail;
  host_[address_of(&x64_jit::raise)] = "raise";
  host_[address_of(&x64_jit::raise_thrown)] = "raise_thrown";
  host_[address_of(&x64_jit::reconsider)] = "reconsider";
  host_[address_of(&x64_jit::call_host)] = "call_host";
  host_[address_of(&x64_jit::end_trapped<void>)] = "end_trapped";
  host_[address_of(&x64_jit::end_trapped<double>)] = "end_trapped";
  host_[address_of(&x64_jit::end_trapped<std::int64_t>)] = "end_trapped";
  host_[address_of(&x64_jit::end_refused<void>)] = "end_refused";
  host_[address_of(&x64_jit::end_refused<double>)] = "end_refused";
  host_[address_of(&x64_jit::end_refused<std::int64_t>)] = "end_refused";
  host_[address_of(&library::grow_memory)] = "grow_memory";
  host_[address_of(&library::function_reference)] = "function_reference";
  constexpr library::habits metered{.is_metered = true}, stopped{.stops = true};
#define DOVETAIL_NAMED(FUNCTION)                                        \
  host_[address_of(&library::FUNCTION<library::habits{}>)] = #FUNCTION; \
  host_[address_of(&library::FUNCTION<metered>)] = #FUNCTION;           \
  host_[address_of(&library::FUNCTION<stopped>)] = #FUNCTION
  DOVETAIL_NAMED(fill_memory);
  DOVETAIL_NAMED(copy_memory);
  DOVETAIL_NAMED(init_memory);
  DOVETAIL_NAMED(grow_table);
  DOVETAIL_NAMED(fill_table);
  DOVETAIL_NAMED(copy_table);
  DOVETAIL_NAMED(init_table);
#undef DOVETAIL_NAMED
  for (std::size_t i = module_.env.types.size(); i-- > 0;)
    host_[reinterpret_cast<std::uintptr_t>(module_.env.types[i])] = "type " + std::to_string(i);
}

void disassembly::name_shared() {
  using namespace dovetail;
  const x64_jit::shared_stubs& stubs = code_.stubs;
  for (std::size_t i = 1; i < std::size(stubs.traps); ++i) {
    const auto code = static_cast<trap_code>(i);
    const std::string what(message(code));
    pieces_[stubs.traps[i]] = what == message(trap_code::none) ? unused : "trap: " + what;
  }
  pieces_[stubs.traps[0]] = "trap of rax";
  pieces_[stubs.fault] = "fault";
  if (stubs.thrown != 0) pieces_[stubs.thrown] = "exception";
  pieces_[stubs.enter_instance] = "enter instance";
  pieces_[stubs.reload_memory] = "reload memory";
  for (std::uint32_t i = 0; i < std::size(x64_jit::shared_vectors); ++i) {
    const std::string what(x64_jit::text_of(static_cast<x64_jit::shared_vector>(i)));
    pieces_[stubs.vectors + 16 * i] = "vector " + what;
  }
  // Stubs of several types are called after the first.
  for (std::size_t i = 0; i < code_.by_type.size(); ++i) {
    const auto name = [&, type = " of type " + std::to_string(i)](std::uint32_t at,
                                                                  const char* what) {
      if (at != 0) pieces_.try_emplace(at, what + type);
    };
    name(code_.by_type[i].host_call, "host call");
    name(code_.by_type[i].entry, "entry");
    name(code_.by_type[i].native_entry, "native entry");
  }
}

std::string disassembly::name_of(std::uint32_t index) const { return std::string(names_[{index}]); }

std::string disassembly::operator_at(std::uint32_t offset) const {
  using dovetail::status;
  dovetail::byte_reader r({reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()});
  dovetail::byte_reader before;
  std::uint8_t first = 0;
  std::uint32_t code = 0;
  if (r.part(offset, before) != status::ok || r.u8(first) != status::ok) return "?";
  const bool is_prefixed = first == 0xfc || first == 0xfd;
  if (is_prefixed && r.u32(code) != status::ok) return "?";
  for (std::size_t i = 0; i < dovetail::op_count; ++i) {
    const dovetail::op_row& row = dovetail::row_of(static_cast<dovetail::op>(i));
    if (row.prefix == (is_prefixed ? first : 0) && row.code == (is_prefixed ? code : first))
      return std::string(row.text);
  }
  return "?";
}

// Pieces that share begin where others end.
std::uint32_t disassembly::end_of(std::uint32_t begin) const {
  const auto next = pieces_.upper_bound(begin);
  if (next != pieces_.end()) return next->first;
  return code_.functions.empty() ? static_cast<std::uint32_t>(code_.size)
                                 : code_.functions[0].entry;
}

void disassembly::list(extent piece, std::string& to) const {
  to += piece.name + ", " + std::to_string(piece.end - piece.begin) + " bytes\n";
  text words(*this, piece.begin, piece.end);
  const code_note* const last = code_.notes.end();
  const code_note* note = std::upper_bound(
      code_.notes.begin(), last, piece.begin,
      [](std::uint32_t position, const code_note& n) { return position < n.position; });
  if (note != code_.notes.begin()) --note;
  for (std::uint32_t at = piece.begin; at < piece.end;) {
    while (note != last && note + 1 != last && note[1].position <= at) ++note;
    const bool is_noted = note != last && note->position >= piece.begin && note->position <= at;
    const auto what = is_noted ? note->what : code_note::kind::prologue;
    char address[16];
    std::snprintf(address, sizeof address, "%6x  ", at - piece.begin);
    std::string line, origin;
    if (what == code_note::kind::distances) {
      std::uint32_t distance = 0;
      std::memcpy(&distance, code_.at(at), sizeof distance);
      at += 4;
      line = "to " + words.place(at + distance);
    } else if (what == code_note::kind::constants) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, code_.at(at), sizeof bits);
      at += 8;
      line = "constant " + hexadecimal(bits);
    } else {
      line = words.next(at);
    }
    if (is_noted && what != code_note::kind::prologue && what != code_note::kind::constants)
      origin = "@" + std::to_string(note->offset) + " " + operator_at(note->offset);
    to += beside(address + line, origin);
  }
}

std::string disassembly::function(std::uint32_t index) const {
  std::string made = "function " + std::to_string(index);
  if (const std::string name = name_of(index); !name.empty()) made += " \"" + printable(name) + '"';
  const auto& f = code_.functions[index - module_.env.imported_functions];
  std::string listed;
  list({f.entry, f.end, made}, listed);
  return listed;
}

std::string disassembly::entries(std::uint32_t type) const {
  std::string made;
  const dovetail::x64_jit::type_stubs& all = code_.by_type[type];
  for (const std::uint32_t begin : {all.entry, all.native_entry, all.host_call}) {
    if (begin == 0) continue;
    const std::string& name = pieces_.at(begin);
    if (name.ends_with("type " + std::to_string(type))) list({begin, end_of(begin), name}, made);
  }
  return made;
}

std::string disassembly::shared() const {
  std::string made;
  for (const auto& [begin, name] : pieces_) {
    if (begin >= code_.stubs.vectors) break;
    if (name.find(" of type ") == name.npos && name != unused)
      list({begin, end_of(begin), name}, made);
  }
  return made;
}

}  // namespace command
