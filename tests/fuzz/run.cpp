// fuzz-run CONFIGURATION NANS LIST: runs the modules that a file lists, a path a line, and writes
// what they do: what every export without parameters gives, what host functions are told, and the
// memories and globals that are left. NaNs are open or canonical. run.mjs writes the same of V8.
#include <bit>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <dovetail/dovetail.hpp>
#include <dovetail/interpreter.hpp>
#ifdef DOVETAIL_WITH_X64
#include <dovetail/x64.hpp>
#endif

namespace {

using dovetail::trap_code;
using dovetail::value_type;

std::string hex(std::uint64_t bits) {
  char text[17];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(bits));
  return text;
}
std::string text_of(double v) { return v != v ? "nan" : hex(std::bit_cast<std::uint64_t>(v)); }
std::string text_of(const dovetail::value& v) {
  switch (v.type().code()) {
    case 0x7f: return text_of(double{static_cast<float>(0)} + v.as<std::int32_t>());
    case 0x7e: return "long " + hex(v.bits());
    case 0x7d: return text_of(static_cast<double>(v.as<float>()));
    case 0x7c: return text_of(v.as<double>());
    case 0x7b: return "vector";
    default: return v.bits() == 0 ? "null" : "reference";
  }
}
std::string texts_of(std::span<const dovetail::value> values) {
  std::string text;
  for (const dovetail::value& v : values) text += (text.empty() ? "" : " ") + text_of(v);
  return text;
}

// Engines do not agree on finer words.
std::string_view text_of(trap_code t) {
  switch (t) {
    case trap_code::integer_divide_by_zero: return "division by zero";
    case trap_code::integer_overflow:
    case trap_code::invalid_conversion: return "out of range";
    case trap_code::memory_out_of_bounds: return "memory out of bounds";
    case trap_code::table_out_of_bounds:
    case trap_code::undefined_element: return "table out of bounds";
    case trap_code::uninitialized_element:
    case trap_code::null_function_reference:
    case trap_code::null_reference:
    case trap_code::indirect_call_type_mismatch: return "no such function";
    case trap_code::stack_exhausted:
    case trap_code::out_of_memory: return "exhausted";
    case trap_code::host_trap: return "vector";
    default: return message(t);
  }
}

bool has_vector(std::span<const value_type> types) {
  for (const value_type t : types) {
    if (t.is_vector()) return true;
  }
  return false;
}

template <class Runtime>
class runner {
 public:
  void run(std::span<const std::byte> bytes) {
    const auto module = engine_.compile(bytes);
    if (!module) {
      std::fprintf(stderr, "%s\n", std::string(module.error().message()).c_str());
      return say("invalid");
    }
    typename Runtime::store store(engine_);
    typename Runtime::linker linker(engine_);
    for (const dovetail::import_type& wanted : module->imports()) {
      if (wanted.type.kind != dovetail::external_kind::function) return say("not run");
      const auto made = store.make_function(
          dovetail::bind("", "", wanted.type.function,
                         [](dovetail::caller&, std::span<const dovetail::value> values,
                            std::span<dovetail::value> results) -> dovetail::trap {
                           // JavaScript has no vectors: V8 throws.
                           if (has_vector(values) || has_vector(results))
                             return dovetail::trap::host(1);
                           say("log " + texts_of(values));
                           return {};
                         }));
      if (!made || linker.define(wanted.module, wanted.name, *made) != dovetail::status::ok)
        return say("not run");
    }
    const auto instance = store.instantiate(*module, linker);
    if (!instance) {
      return say("not instantiated: " + std::string(text_of(instance.error().reason.code)));
    }
    if (call_all(*instance)) show_state(*instance);
  }

 private:
  static void say(std::string_view line) {
    std::printf("  %.*s\n", static_cast<int>(line.size()), line.data());
  }
  static bool has_vector(std::span<const dovetail::value> values) {
    for (const dovetail::value& v : values) {
      if (v.type().is_vector()) return true;
    }
    return false;
  }

  // False if a call ran out of what engines have differently much of.
  static bool call_all(const typename Runtime::instance& instance) {
    for (const auto& exported : instance.exports()) {
      if (exported.type.kind != dovetail::external_kind::function ||
          !exported.type.function.parameters.empty()) {
        continue;
      }
      const std::string name(exported.name);
      if (::has_vector(exported.type.function.results)) {
        say(name + " trap: vector");
        continue;
      }
      std::vector<dovetail::value> results;
      for (const value_type t : exported.type.function.results)
        results.push_back(dovetail::value::null(t));
      const auto called = instance.find(exported.name)->as_function().call({}, results);
      if (called) {
        say(name + " " + texts_of(results));
      } else {
        const std::string_view why = text_of(called.error().code);
        say(name + " trap: " + std::string(why));
        if (why == "exhausted") return false;
      }
    }
    return true;
  }

  static void show_state(const typename Runtime::instance& instance) {
    const dovetail::vm::instance& data = instance.data();
    const dovetail::module_env& env = data.module->env;
    for (const dovetail::export_entry& exported : env.exports) {
      const std::string name(env.view(exported.name));
      if (exported.kind == dovetail::external_kind::memory) {
        const dovetail::vm::memory_instance& m = *data.memories[exported.index];
        say("memory " + name + " " + std::to_string(m.size) + " " + hex(hash(m)));
      } else if (exported.kind == dovetail::external_kind::global) {
        const dovetail::vm::global_instance& g = *data.globals[exported.index];
        say("global " + name + " " +
            text_of(dovetail::value::from_bits(g.type.type, g.low, g.high)));
      }
    }
  }
  static std::uint32_t hash(const dovetail::vm::memory_instance& m) {
    std::uint32_t h = 0x811c'9dc5;
    for (std::uint64_t i = 0; i < m.size; i += 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, m.base + i, sizeof word);
      h = (h ^ word) * 0x0100'0193;
    }
    return h;
  }

  typename Runtime::engine engine_;
};

template <class Backend, class Memory, class Nans>
struct config : dovetail::defaults {
  using backend = Backend;
  using memory = Memory;
  using nans = Nans;
  static constexpr dovetail::features accept = dovetail::features::wasm3();
  static constexpr dovetail::limits limit{.memory_pages = 1000};
};

template <class Backend, class Memory, class Nans>
void run_all(const std::vector<std::string>& files) {
  runner<dovetail::runtime<config<Backend, Memory, Nans>>> one;
  for (const std::string& file : files) {
    std::printf("module %s\n", std::filesystem::path(file).filename().c_str());
    std::fflush(stdout);
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in),
                                  std::istreambuf_iterator<char>()};
    one.run(std::as_bytes(std::span(bytes)));
    std::puts("end");
  }
}

struct configuration {
  std::string_view name;
  void (*run)(const std::vector<std::string>& files);
  void (*run_canonical)(const std::vector<std::string>& files);
};
template <class Backend, class Memory>
constexpr configuration named(std::string_view name) {
  return {name, &run_all<Backend, Memory, dovetail::open_nans>,
          &run_all<Backend, Memory, dovetail::canonical_nans>};
}
constexpr configuration configurations[] = {
    named<dovetail::interpreter, dovetail::checked_memory>("interpreter-checked"),
    named<dovetail::interpreter, dovetail::guarded_memory>("interpreter-guarded"),
#ifdef DOVETAIL_WITH_X64
    named<dovetail::x64, dovetail::checked_memory>("x64-checked"),
    named<dovetail::x64, dovetail::guarded_memory>("x64-guarded"),
#endif
};

}  // namespace

int main(int count, char** words) {
  if (count == 2 && std::string_view(words[1]) == "--list") {
    for (const configuration& c : configurations) std::printf("%s\n", c.name.data());
    return 0;
  }
  const std::string_view nans = count == 4 ? words[2] : "";
  if (nans != "open" && nans != "canonical") {
    std::fputs("fuzz-run CONFIGURATION open|canonical LIST, or fuzz-run --list\n", stderr);
    return 2;
  }
  std::vector<std::string> files;
  std::ifstream list(words[3]);
  for (std::string line; std::getline(list, line);) files.push_back(line);
  for (const configuration& c : configurations) {
    if (c.name != words[1]) continue;
    (nans == "open" ? c.run : c.run_canonical)(files);
    return 0;
  }
  return std::fprintf(stderr, "no configuration %s\n", words[1]), 2;
}
