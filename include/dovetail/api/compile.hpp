// From bytes to a module: decode the sections, type them, then one walk over each body that
// validates and compiles it.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include <dovetail/base/error.hpp>
#include <dovetail/format/decoder.hpp>
#include <dovetail/module/module_data.hpp>
#include <dovetail/validate/module_builder.hpp>
#include <dovetail/validate/pass.hpp>
#include <dovetail/validate/replay.hpp>
#include <dovetail/validate/signatures.hpp>

namespace dovetail::detail {

// The section that an offset lies in, as far as the sections' frames are whole.
inline section_id section_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
  byte_reader r(bytes), skipped;
  section_id at = section_id::none;
  if (r.part(bytes.size() < 8 ? bytes.size() : 8, skipped) != status::ok) return at;
  while (!r.at_end() && r.offset() <= offset) {
    std::uint8_t id = 0;
    std::uint32_t size = 0;
    if (r.u8(id) != status::ok || id > static_cast<std::uint8_t>(section_id::tag)) break;
    at = static_cast<section_id>(id);
    if (r.u32(size) != status::ok || r.part(size, skipped) != status::ok) break;
  }
  return at;
}

// Malformed bytes are reported as such even when an earlier byte is merely invalid.
template <class Decoder, features Accept>
DOVETAIL_COLD void prefer_malformed(std::span<const std::uint8_t> bytes, error& e) {
  if constexpr (diagnosing_decoder<Decoder>) {
    if (stage_of(e.code) != stage::validate && stage_of(e.code) != stage::decode) return;
    byte_reader r(bytes);
    // What a feature adds is read if it is accepted; an operator that is not accepted is no reason
    // to stop.
    const status s = Decoder::template diagnose<Accept + features::wasm2()>(r);
    if (s == status::ok || is_not_accepted(s)) return;
    e.code = s;
    e.offset = r.offset();
    e.section = section_at(bytes, e.offset);
  }
}

/// A compiler that wants to know a body before it begins: its collector, a recorder, is the emitter
/// of the validating pass, and what it recorded is told to the emitter afterwards.
template <class Compiler>
concept two_pass_compiler = requires(Compiler& c) {
  c.collector();
  replay(c.collector(), c.emitter());
};

/// A compiler that can be several: `split` tells where the bodies of each part but the first begin,
/// and `part` gives the compiler of one, to be used beside the others; the first is the compiler
/// itself. `finish` joins what they made.
template <class Compiler>
concept parallel_compiler = requires(Compiler& c, std::span<const std::size_t> firsts) {
  { c.split(firsts) } -> std::same_as<status>;
  c.part(std::size_t{}).emitter();
};

/// How a module's bodies are compiled by default: all in one go.
struct one_part {
  std::size_t parts = 1;
  template <class Task>
  void run(std::size_t count, Task& task) const {
    for (std::size_t k = 0; k < count; ++k) task(k);
  }
};
/// By the caller's threads.
template <class Run>
struct many_parts {
  std::size_t parts;
  Run& caller;
  template <class Task>
  void run(std::size_t count, Task& task) const {
    caller(count, task);
  }
};

/// Compiles bodies of a module: one walk over each, or two.
template <class Decoder, class Validator, features Accept>
class body_compilation {
 public:
  body_compilation(std::span<const std::uint8_t> bytes, const limits& most, const module_env& env)
      : bytes_(bytes), most_(most), env_(env) {}

  /// Those from `begin` to `end`. An error tells where.
  template <class Compiler>
  status run(Compiler& compiler, std::size_t begin, std::size_t end, error& e) const {
    if constexpr (two_pass_compiler<Compiler>) {
      passes<Validator, decltype(compiler.collector())> first(env_, compiler.collector(), most_);
      replay second(compiler.collector(), compiler.emitter());
      return by_batches(begin, end, first, second, compiler.emitter(), e);
    } else {
      passes<Validator, decltype(compiler.emitter())> only(env_, compiler.emitter(), most_);
      for (std::size_t k = begin; k < end; ++k) DOVETAIL_TRY(body(k, only, e));
      return status::ok;
    }
  }

 private:
  // One pass over bodies: a validator policy's, telling an emitter.
  template <class Policy, class Emitter>
  struct passes {
    using told = std::remove_reference_t<Emitter>;
    passes(const module_env& env, told& e, const limits& most)
        : emitter(e), storage(*env.memory), pass(env, e, storage, most) {}
    told& emitter;
    pass_storage<told> storage;
    typename Policy::template pass<told, Accept> pass;
  };

  // The passes follow each other by batches, short enough that what was recorded is still at hand,
  // and long enough that the processor does not fetch the code of both passes for each body.
  template <class First, class Second, class Emitter>
  status by_batches(std::size_t begin, std::size_t all, First& first, Second& second,
                    Emitter& emitter, error& e) const {
    constexpr std::size_t batch_bytes = 16 * 1024;
    for (std::size_t end = begin; begin < all; begin = end) {
      first.emitter.begin_batch();
      for (std::size_t bytes = 0; end < all && bytes < batch_bytes; ++end) {
        DOVETAIL_TRY(body(end, first, e));
        bytes += env_.bodies[end].size;
      }
      second.begin_batch();
      for (std::size_t k = begin; k < end; ++k) {
        e.offset = env_.bodies[k].offset;
        DOVETAIL_TRY(second.body());
        DOVETAIL_TRY(emitter.finish());
      }
    }
    return status::ok;
  }

  template <class Passes>
  status body(std::size_t k, Passes& one, error& e) const {
    const body_range& range = env_.bodies[k];
    const auto index = static_cast<std::uint32_t>(env_.imported_functions + k);
    byte_reader whole(bytes_), r, skipped;
    DOVETAIL_TRY(whole.part(range.offset, skipped));
    DOVETAIL_TRY(whole.part(range.size, r));
    e.offset = range.offset;
    DOVETAIL_TRY(one.pass.begin({index}, range.size));
    const status s = Decoder::body(r, one.pass);
    e.offset = stage_of(s) == stage::decode ? r.offset() : one.pass.position();
    DOVETAIL_TRY(s);
    return one.emitter.finish();
  }

  std::span<const std::uint8_t> bytes_;
  const limits& most_;
  const module_env& env_;
};

/// Fills `m` from `bytes` with the policies of one configuration.
template <class Decoder, class Validator, features Accept, class Compiler>
class module_compilation {
 public:
  module_compilation(std::span<const std::uint8_t> bytes, const limits& most, module_data& m,
                     error& e)
      : bytes_(bytes), most_(most), m_(m), e_(e) {}

  /// In one go. Not inline, so that `extern template` keeps the compiler out of a unit
  /// ([temp.explicit]/13).
  status run(signature_table& signatures, const one_part& parts = {});
  template <class Parts>
  status run(signature_table& signatures, const Parts& parts) {
    return all(signatures, parts);
  }

 private:
  template <class Parts>
  status all(signature_table& signatures, const Parts& parts) {
    m_.env.canonical = &signatures;
    const status s = sections();
    if (s != status::ok) {
      prefer_malformed<Decoder, Accept>(bytes_, e_);
      return e_.code;
    }
    const status b = bodies(parts);
    if (b != status::ok) {
      e_.set(b);
      prefer_malformed<Decoder, Accept>(bytes_, e_);
      return e_.code;
    }
    return status::ok;
  }

  status sections() {
    byte_reader r(bytes_);
    if (bytes_.size() > most_.module_bytes) return e_.code = status::limit_exceeded;
    module_builder<Decoder, Accept> builder(m_.env, most_);
    const status s = Decoder::sections(r, builder);
    if (s == status::ok) return s;
    e_.set(s);
    e_.section = builder.section();
    e_.offset = stage_of(s) == stage::decode ? r.offset() : builder.position();
    return s;
  }

  template <class Parts>
  status bodies(const Parts& parts) {
    Compiler compiler(m_);
    if constexpr (requires { compiler.start(); }) DOVETAIL_TRY(compiler.start());
    e_.section = section_id::code;
    const body_compilation<Decoder, Validator, Accept> work(bytes_, most_, m_.env);
    if constexpr (parallel_compiler<Compiler> && !std::is_same_v<Parts, one_part>) {
      DOVETAIL_TRY(by_parts(compiler, work, parts));
    } else {
      DOVETAIL_TRY(work.run(compiler, 0, m_.env.bodies.size(), e_));
    }
    e_.section = section_id::none;
    m_.env.bodies = array<body_range>(*m_.env.memory);
    return compiler.finish();
  }

  // Every part has its own error: the first part's that failed is the module's.
  template <class Work, class Parts>
  status by_parts(Compiler& compiler, const Work& work, const Parts& parts) {
    constexpr std::size_t most = 64;
    std::size_t firsts[most + 1] = {};
    const std::size_t count = divide(parts.parts < most ? parts.parts : most, firsts);
    DOVETAIL_TRY(compiler.split(std::span(firsts).subspan(1, count - 1)));
    error errors[most];
    status ends[most];
    for (std::size_t k = 0; k < count; ++k) {
      errors[k] = e_;
      ends[k] = status::part_not_compiled;
    }
    auto task = [&](std::size_t k) {
      if (k >= count) return;
      ends[k] = k == 0 ? work.run(compiler, 0, firsts[1], errors[0])
                       : work.run(compiler.part(k), firsts[k], firsts[k + 1], errors[k]);
    };
    parts.run(count, task);
    for (std::size_t k = 0; k < count; ++k) {
      if (ends[k] != status::ok) return e_ = errors[k], ends[k];
    }
    return status::ok;
  }
  // Where each part begins, and the end: about as many bytes for each, and enough to be worth it.
  std::size_t divide(std::size_t wanted, std::size_t* firsts) const {
    constexpr std::size_t least_bytes = 1024;
    const auto& bodies = m_.env.bodies;
    std::size_t all = 0, bytes = 0, count = 1;
    for (const body_range& b : bodies) all += b.size;
    if (wanted > all / least_bytes) wanted = all / least_bytes;
    for (std::size_t k = 0; k < bodies.size() && count < wanted; ++k) {
      if (k != 0 && bytes >= all / wanted * count) firsts[count++] = k;
      bytes += bodies[k].size;
    }
    firsts[count] = bodies.size();
    return count;
  }

  std::span<const std::uint8_t> bytes_;
  const limits& most_;
  module_data& m_;
  error& e_;
};

template <class Decoder, class Validator, features Accept, class Compiler>
status module_compilation<Decoder, Validator, Accept, Compiler>::run(signature_table& signatures,
                                                                     const one_part& parts) {
  return all(signatures, parts);
}

}  // namespace dovetail::detail
