// The x86-64 backend: machine code, in two quick passes over each body. Include it beside
// dovetail/dovetail.hpp and name `dovetail::x64` in a config. Needs xbyak, and
// dovetail/implementation.hpp in one unit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <dovetail/base/result.hpp>
#include <dovetail/runtime/backend.hpp>
#include <dovetail/runtime/machine_code.hpp>
#include <dovetail/x64/emitter.hpp>
#include <dovetail/x64/frames.hpp>
#include <dovetail/x64/typed_entry.hpp>

namespace dovetail {

namespace x64_jit {

/// Compiles some of a module's functions, beside others that compile the rest.
template <code_options Options>
class module_part {
 public:
  explicit module_part(module_data& module)
      : module_(module), collector_(*module.env.memory), code_(*module.env.memory) {}

  /// The first of its functions, and its range of the region that `shared` is all of.
  [[nodiscard]] status start(const module_code& shared, const processor& cpu, std::size_t first,
                             std::size_t begin, std::size_t end) {
    code_.base = shared.base;
    code_.stubs = shared.stubs;
    DOVETAIL_TRY(code_.by_type.append({shared.by_type.data(), shared.by_type.size()}));
    constexpr std::size_t at_once = 65'536;
    if (!os::commit(code_.base + begin, at_once)) return status::out_of_memory;
    assembler_.emplace(code_.base);
    assembler_->rewind(static_cast<std::uint32_t>(begin));
    emitter_.emplace(*assembler_, code_, cpu, module_, collector_);
    return emitter_->prepare(first, begin + at_once, begin + at_once, end);
  }
  [[nodiscard]] x64_jit::collector<Options.is_told_of_blocks(), Options.price>& collector() {
    return collector_;
  }
  [[nodiscard]] x64_jit::emitter<Options>& emitter() { return *emitter_; }

  /// Adds its functions to those of the parts before it.
  [[nodiscard]] status join(module_code& all) const {
    all.size = assembler_->here();
    DOVETAIL_TRY(all.functions.append({code_.functions.data(), code_.functions.size()}));
    DOVETAIL_TRY(all.notes.append({code_.notes.data(), code_.notes.size()}));
    return all.sites.append({code_.sites.data(), code_.sites.size()});
  }

 private:
  module_data& module_;
  x64_jit::collector<Options.is_told_of_blocks(), Options.price> collector_;
  module_code code_;
  std::optional<encoder> assembler_;
  std::optional<x64_jit::emitter<Options>> emitter_;
};

/// Compiles one module into a region of its own, which becomes executable, and nothing else, when
/// all is written.
template <code_options Options, code_memory_policy CodeMemory = reprotected_code>
class module_compiler {
  using part_type = module_part<Options>;

 public:
  explicit module_compiler(module_data& module)
      : module_(module),
        collector_(*module.env.memory),
        plan_(*module.env.memory),
        parts_(*module.env.memory) {}
  module_compiler(const module_compiler&) = delete;
  module_compiler& operator=(const module_compiler&) = delete;
  ~module_compiler() {
    for (part_type* p : parts_) module_.env.memory->destroy(p);
    module_.env.memory->destroy(code_);
  }

  /// Makes the region and what all functions share.
  [[nodiscard]] status start() {
    if constexpr (Options.counts != counting::none) DOVETAIL_TRY(begin_counting(module_));
    cpu_ = Options.target;
    if (!Options.target.is_supported || !Options.is_annotated) {
      // Code to be read may be for any processor.
      const processor here = processor::here();
      if (!here.runs_code_for(Options.target)) return status::processor_not_supported;
      if (!Options.target.is_supported) cpu_ = here;
    }
    code_ = module_.env.memory->make<module_code>(*module_.env.memory);
    if (code_ == nullptr) return status::out_of_memory;
    code_->keeps_places = Options.keeps_places;
    code_->release_region = &CodeMemory::release;
    DOVETAIL_TRY(plan_.make(module_.env));
    const std::size_t shared = whole_pages(plan_.room());
    if (shared > most_bytes - page) return status::module_too_large;
    DOVETAIL_TRY(CodeMemory::reserve(*code_, region_size(shared)));
    const std::size_t mapped = value_emitter::end_of_mapping(shared, 0, code_->reserved);
    if (!os::commit(code_->base, mapped)) return status::out_of_memory;
    assembler_.emplace(code_->base);
    emitter_.emplace(*assembler_, *code_, cpu_, module_, collector_);
    DOVETAIL_TRY(write_stubs());
    shared_ = whole_pages(assembler_->here());
    DOVETAIL_ASSERT(shared_ <= shared);
    return emitter_->prepare(0, shared_, mapped, code_->reserved);
  }
  /// The emitter of the first pass.
  [[nodiscard]] x64_jit::collector<Options.is_told_of_blocks(), Options.price>& collector() {
    return collector_;
  }
  [[nodiscard]] x64_jit::emitter<Options>& emitter() { return *emitter_; }

  /// Bodies from each of these on are another part's, with a range of the region as long as its
  /// share of the bytes.
  [[nodiscard]] status split(std::span<const std::size_t> firsts) {
    std::size_t all = 0;
    for (const body_range& b : module_.env.bodies) all += b.size;
    const std::size_t pages = (code_->reserved - shared_) / page;
    const auto begin_of = [&](std::size_t body) {
      std::size_t before = 0;
      for (std::size_t k = 0; k < body; ++k) before += module_.env.bodies[k].size;
      return shared_ + pages * before / all * page;
    };
    for (std::size_t i = 0; i < firsts.size(); ++i) {
      auto* p = module_.env.memory->make<part_type>(module_);
      if (p == nullptr) return status::out_of_memory;
      if (const status s = parts_.push(p); s != status::ok)
        return module_.env.memory->destroy(p), s;
      const std::size_t begin = begin_of(firsts[i]);
      if (i == 0) emitter_->end_at(begin);
      const std::size_t end = i + 1 < firsts.size() ? begin_of(firsts[i + 1]) : code_->reserved;
      DOVETAIL_TRY(p->start(*code_, cpu_, firsts[i], begin, end));
    }
    return status::ok;
  }
  [[nodiscard]] part_type& part(std::size_t k) { return *parts_[k - 1]; }

  [[nodiscard]] status finish() {
    code_->size = assembler_->here();
    for (const part_type* p : parts_) DOVETAIL_TRY(p->join(*code_));
    if (!parts_.empty()) {
      emitter_->link(code_->functions);
      for (part_type* p : parts_) p->emitter().link(code_->functions);
    }
    code_->sites.shrink_to_fit();
    if (!CodeMemory::make_executable(*code_, code_->size)) return status::executable_memory_refused;
    if constexpr (Options.is_guarded || Options.stops == interrupt::page) {
      code_->range = {reinterpret_cast<std::uintptr_t>(code_->base), code_->size,
                      reinterpret_cast<std::uintptr_t>(code_->at(code_->stubs.fault)),
                      &landing_of_fault<Options.stops == interrupt::page>};
      os::add_code(code_->range);
    }
    if constexpr (Options.catches()) {
      code_->catching.begin = reinterpret_cast<std::uintptr_t>(code_->base);
      code_->catching.size = code_->size;
      code_->catching.landing = reinterpret_cast<std::uintptr_t>(code_->at(code_->stubs.thrown));
      os::add_catching_code(code_->catching);
    }
    module_.code = code_;
    module_.release_code = [](module_data& m) {
      m.env.memory->destroy(static_cast<module_code*>(m.code));
    };
    code_ = nullptr;
    return status::ok;
  }

 private:
  static constexpr std::size_t page = 65'536;
  static constexpr std::size_t most_bytes = (std::size_t{1} << 31) - page;  // jumps reach so far
  [[nodiscard]] static std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page - 1) / page * page;
  }
  // More than any code takes, but for contrived modules, which are refused. Address space alone.
  [[nodiscard]] std::size_t region_size(std::size_t shared) const {
    std::size_t bodies = 0;
    for (const body_range& b : module_.env.bodies) bodies += b.size * 96 + 1024;
    const std::size_t all = shared + whole_pages(bodies) + 4 * page;
    return all < most_bytes ? all : most_bytes;
  }
  [[nodiscard]] status write_stubs() {
    native_entry_writer<Options> stubs(*assembler_, *code_);
    stubs.write_shared();
    const std::uint32_t below = stack_below(*module_.most);
    const std::size_t count = module_.env.types.size();
    DOVETAIL_TRY(code_->by_type.reserve(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      type_stubs made;
      if (const std::uint32_t first = plan_.first(i); first != i) {
        made = code_->by_type[first];
      } else {
        const function_type type = module_.env.type({i});
        if (plan_.has_host_call(i)) made.host_call = stubs.write_host_call(type);
        if (plan_.has_entry(i)) {
          made.entry = stubs.write_entry(type);
          if (has_native_entry(type)) made.native_entry = stubs.write_native_entry(type, below);
        }
      }
      DOVETAIL_TRY(code_->by_type.push(made));
    }
    stubs.write_vectors();
    return status::ok;
  }

  module_data& module_;
  processor cpu_{};
  x64_jit::collector<Options.is_told_of_blocks(), Options.price> collector_;
  stub_plan plan_;
  std::size_t shared_ = 0;  // bytes before what functions take
  module_code* code_ = nullptr;
  array<part_type*> parts_;
  std::optional<encoder> assembler_;
  std::optional<x64_jit::emitter<Options>> emitter_;
};

}  // namespace x64_jit

/// What processors code of the x64 backend is for.
namespace processors {
using x64_jit::processor;
/// The one that it runs on.
inline constexpr processor this_one{};
/// The least there must be.
inline constexpr processor sse4_1{.is_supported = true};
/// Those of about 2011,
inline constexpr processor avx{.is_supported = true, .has_popcnt = true, .has_avx = true};
/// and of about 2013 (x86-64-v3).
inline constexpr processor avx2{.is_supported = true,
                                .has_lzcnt = true,
                                .has_tzcnt = true,
                                .has_popcnt = true,
                                .has_shlx = true,
                                .has_avx = true,
                                .has_avx2 = true,
                                .has_fma = true};
}  // namespace processors

/// The x86-64 just-in-time compiler, with a policy of x64/code_memory.hpp. The same code comes of a
/// module on every processor if it is said which one it is for.
template <code_memory_policy CodeMemory, x64_jit::processor Target = processors::this_one>
struct basic_x64 {
  static constexpr controls control{};

  /// Whether this processor has the instructions, and this process may have executable memory.
  [[nodiscard]] static bool is_available() {
    return x64_jit::processor::here().runs_code_for(Target) && CodeMemory::is_available();
  }

  /// Compiles one module.
  template <memory_policy Memory, controls Control>
  using compiler =
      x64_jit::module_compiler<x64_jit::options_of<Memory>(Control, Target), CodeMemory>;

  template <memory_policy Memory, controls Control>
  static bool make_function(vm::store&, vm::instance& i, vm::function_instance& f) {
    const auto& code = *static_cast<const x64_jit::module_code*>(i.code);
    const module_env& env = i.module->env;
    f.code = code.at(code.functions[f.index - env.imported_functions].entry);
    const auto& stubs = code.by_type[env.functions[f.index].value];
    f.entry = code.at(stubs.entry);
    f.native_entry = stubs.native_entry != 0 ? code.at(stubs.native_entry) : nullptr;
    f.invoke = &x64_jit::run<Control.stops != interrupt::none>;
    return true;
  }

  /// Machine code that takes the arguments where the host puts them, if the signature fits.
  template <memory_policy Memory, controls Control, class R, class... A>
  static auto entry(vm::function_instance& f) -> result<R, trap> (*)(vm::function_instance&, A...) {
    using typed = result<R, trap> (*)(vm::function_instance&, A...);
    if constexpr (x64_jit::has_native_signature<R, A...>) {
      if (f.native_entry != nullptr) {
        if constexpr (x64_jit::is_several<R>) {
          return &x64_jit::call_of_several<R, A...>::call;
        } else {
          return reinterpret_cast<typed>(const_cast<void*>(f.native_entry));
        }
      }
    }
    return &call<Control.stops != interrupt::none, R, A...>;
  }

  /// The frames of a store's guests, the innermost first: see backtraces.hpp.
  template <frame_visitor Visit>
  static visit_end visit_frames(const vm::store& s, Visit& visit) {
    return x64_jit::frame_walk(s).visit(visit);
  }

  // For perf_map, gdb_jit and the like: what functions share, then the functions.
  static constexpr std::uint16_t elf_machine = 62;
  static std::size_t count_pieces(const module_data& m) {
    return static_cast<const x64_jit::module_code*>(m.code)->functions.size() + 1;
  }
  static code_piece piece(const module_data& m, std::size_t i) {
    const auto& code = *static_cast<const x64_jit::module_code*>(m.code);
    const auto begin = reinterpret_cast<std::uintptr_t>(code.base);
    if (i == 0) {
      const std::size_t size = code.functions.empty() ? code.size : code.functions[0].entry;
      return {begin, size, code_piece::shared};
    }
    const x64_jit::function_code& f = code.functions[i - 1];
    return {begin + f.entry, f.end - f.entry,
            m.env.imported_functions + static_cast<std::uint32_t>(i - 1)};
  }

 private:
  // Through a frame of slots; no list of types is looked at.
  template <bool Stops, class R, class... A>
  static result<R, trap> call(vm::function_instance& f, A... arguments) {
    constexpr std::size_t parameters = (slots_of(value_type_of<A>()) + ... + std::size_t{0});
    constexpr std::size_t results = x64_jit::result_slots_of<R>;
    slot frame[(parameters > results ? parameters : results) + 1];
    [[maybe_unused]] slot* to = frame;
    ((to = write_slots(to, arguments)), ...);
    const trap_code t = x64_jit::run<Stops>(f, frame);
    if (t != trap_code::none) [[unlikely]]
      return vm::surface(t, *f.home);
    return from_frame<R>(frame);
  }
};

/// The backend as most use it: code is written and made executable where it is.
using x64 = basic_x64<reprotected_code>;

}  // namespace dovetail
