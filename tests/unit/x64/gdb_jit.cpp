// What a debugger reads: a list of object files in memory, each with the functions of a module.
#include <dovetail/gdb_jit.hpp>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "watched.hpp"

namespace unit_x64_gdb_jit {

namespace {

namespace elf = dovetail::elf;
namespace gdb = dovetail::gdb;
using rt = testing::watched_rt<dovetail::gdb_jit<dovetail::x64>>;

static_assert(dovetail::backend_policy<dovetail::gdb_jit<dovetail::x64>>);
static_assert(dovetail::makes_machine_code<dovetail::gdb_jit<dovetail::x64>>);

// The debugger's layouts.
static_assert(sizeof(gdb::descriptor) == 24 && sizeof(gdb::code_entry) == 32);
static_assert(offsetof(gdb::descriptor, which) == 8 && offsetof(gdb::code_entry, file) == 16);

std::vector<const gdb::code_entry*> list() {
  std::vector<const gdb::code_entry*> all;
  const gdb::code_entry* before = nullptr;
  for (const gdb::code_entry* e = gdb::__jit_debug_descriptor.first; e != nullptr; e = e->next) {
    CHECK(e->previous == before);
    all.push_back(before = e);
  }
  return all;
}

template <class T>
T read(const gdb::code_entry& e, std::uint64_t at) {
  T made;
  REQUIRE(at + sizeof made <= e.size);
  std::memcpy(&made, e.file + at, sizeof made);
  return made;
}

rt::module compile(rt::engine& engine) {
  const auto bytes = testing::with_names();
  auto made = engine.compile(testing::as_bytes(bytes));
  REQUIRE(made.has_value());
  return *std::move(made);
}

}  // namespace

TEST_CASE("gdb: the object file has a section of code and a symbol for each function") {
  testing::watched_heap heap;
  rt::engine engine{testing::watched_policy{&heap}};
  const rt::module module = compile(engine);
  const auto& code = testing::code_of(module);
  REQUIRE(list().size() == 1);
  const gdb::code_entry& entry = *list()[0];

  const auto header = read<elf::file_header>(entry, 0);
  CHECK(std::memcmp(header.magic,
                    "\x7f"
                    "ELF",
                    4) == 0);
  CHECK(header.machine == 62);
  REQUIRE(header.section_count == 5);
  const auto section = [&](std::size_t i) {
    return read<elf::section_header>(entry, header.sections_at + i * sizeof(elf::section_header));
  };
  const auto name_in = [&](const elf::section_header& strings, std::uint32_t at) {
    REQUIRE(at < strings.size);
    REQUIRE(entry.file[strings.at + strings.size - 1] == 0);
    return std::string(entry.file + strings.at + at);
  };
  const std::string names[] = {"", ".text", ".symtab", ".strtab", ".shstrtab"};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(name_in(section(header.names_in), section(i).name) == names[i]);
    if (section(i).type != elf::no_bits) CHECK(section(i).at + section(i).size <= entry.size);
  }
  const auto text = section(1);
  CHECK(text.type == elf::no_bits);
  CHECK(text.address == reinterpret_cast<std::uintptr_t>(code.base));
  CHECK(text.size <= code.size);
  CHECK(text.size >= code.functions[2].end);

  const auto symbols = section(2);
  REQUIRE(symbols.size == 5 * sizeof(elf::symbol));
  const std::string functions[] = {"", "wasm[shared]", "twice", "thrice", "wasm[3]"};
  for (std::size_t i = 0; i < 5; ++i) {
    const auto s = read<elf::symbol>(entry, symbols.at + i * sizeof(elf::symbol));
    CHECK(name_in(section(symbols.link), s.name) == functions[i]);
    if (i == 0) continue;
    CHECK(s.section == 1);
    CHECK(s.value + s.size <= text.size);
    if (i >= 2) CHECK(s.value == code.functions[i - 2].entry);
  }
}

TEST_CASE("gdb: modules are listed from when they are compiled until they go") {
  testing::watched_heap heap;
  {
    rt::engine engine{testing::watched_policy{&heap}};
    std::optional<rt::module> first = compile(engine), second = compile(engine),
                              third = compile(engine);
    const auto three = list();
    REQUIRE(three.size() == 3);
    const rt::module copy = *second;
    second.reset();
    CHECK(list() == three);  // the copy holds it
    first.reset();
    CHECK(list() == std::vector{three[0], three[1]});
    CHECK(gdb::__jit_debug_descriptor.which == nullptr);
    CHECK(gdb::__jit_debug_descriptor.what == gdb::action::none);
    third.reset();
    CHECK(list() == std::vector{three[1]});
    const rt::module fourth = compile(engine);
    CHECK(list().size() == 2);
  }
  CHECK(list().empty());
  CHECK(heap.is_clean());
}

TEST_CASE("gdb: without memory for the names a module compiles, and is not listed") {
  testing::watched_heap heap;
  {
    rt::engine engine{testing::watched_policy{&heap}};
    static_cast<void>(compile(engine));  // types are interned
    const std::size_t before = heap.requests;
    static_cast<void>(compile(engine));
    const std::size_t enough = heap.requests - before;
    const auto bytes = testing::with_names();
    std::size_t listed = 0, silent = 0;
    for (std::size_t i = 0; i <= enough; ++i) {
      heap.requests_left = i;
      auto made = engine.compile(testing::as_bytes(bytes));
      heap.requests_left = heap.unlimited;
      if (made) ++(list().empty() ? silent : listed);
    }
    CHECK(silent >= 3);
    CHECK(listed >= 1);
  }
  CHECK(list().empty());
  CHECK(heap.is_clean());
}

}  // namespace unit_x64_gdb_jit
