// The code of the reference backend: the operators of a body as a plain list, with the ends of
// blocks found. Read again from the bytes, so that nothing of a real backend is in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <type_traits>
#include <vector>

#include <dovetail/format/decoder.hpp>
#include <dovetail/validate/module_env.hpp>

namespace testing::reference {

/// One operator. What `a`, `b` and `bits` are depends on it: indices, an offset, a constant.
struct step {
  dovetail::op what{};
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint64_t bits = 0;
  std::uint32_t parameters = 0;  ///< of a block
  std::uint32_t results = 0;
  std::uint32_t otherwise = 0;  ///< of an if: the step behind its else, or its end
  std::uint32_t end = 0;        ///< of a block or else: the place of its end
  std::vector<std::uint32_t> labels;
};

struct function_code {
  std::uint32_t parameters = 0;
  std::uint32_t results = 0;
  std::uint32_t locals = 0;  ///< parameters not counted
  std::vector<step> steps;
};

/// A sink of the body decoder that keeps everything.
class recorder {
 public:
  static constexpr dovetail::features accept = dovetail::features::wasm2();

  recorder(const dovetail::module_env& env, function_code& out) : env_(env), out_(out) {}

  dovetail::status locals(std::uint32_t count, dovetail::value_type) {
    out_.locals += count;
    return dovetail::status::ok;
  }
  dovetail::status declared() { return dovetail::status::ok; }
  void at(std::size_t) {}
  [[nodiscard]] bool finished() const { return is_finished_; }

  template <dovetail::shape S, class Immediate>
  dovetail::status on(dovetail::op o, const Immediate& imm) {
    step s;
    s.what = o;
    if constexpr (std::is_same_v<Immediate, dovetail::memory_argument>) {
      s.bits = imm.offset;
    } else if constexpr (std::is_same_v<Immediate, std::int32_t>) {
      s.bits = static_cast<std::uint32_t>(imm);
    } else if constexpr (std::is_integral_v<Immediate>) {
      s.bits = static_cast<std::uint64_t>(imm);
    }
    return add(s);
  }

  template <dovetail::op O>
  dovetail::status on(dovetail::op_constant<O>, const dovetail::immediate_of<O>& imm) {
    step s;
    s.what = O;
    describe(s, imm);
    const auto here = static_cast<std::uint32_t>(out_.steps.size());
    static_cast<void>(add(s));
    using dovetail::op;
    if constexpr (O == op::block || O == op::loop || O == op::if_) {
      open_.push_back(here);
    } else if constexpr (O == op::else_) {
      out_.steps[open_.back()].otherwise = here + 1;
      open_.push_back(here);
    } else if constexpr (O == op::end) {
      close(here);
    }
    return dovetail::status::ok;
  }

 private:
  dovetail::status add(const step& s) { return out_.steps.push_back(s), dovetail::status::ok; }

  // An else lies above its if in `open_`: both end here.
  void close(std::uint32_t here) {
    if (open_.empty()) return static_cast<void>(is_finished_ = true);
    if (out_.steps[open_.back()].what == dovetail::op::else_) {
      out_.steps[open_.back()].end = here;
      open_.pop_back();
    }
    step& opening = out_.steps[open_.back()];
    opening.end = here;
    if (opening.otherwise == 0) opening.otherwise = here;
    open_.pop_back();
  }

  void describe(step& s, const dovetail::block_type& type) {
    if (type.is_index) {
      s.parameters = static_cast<std::uint32_t>(env_.type(type.type).parameters.size());
      s.results = static_cast<std::uint32_t>(env_.type(type.type).results.size());
    } else {
      s.results = type.has_result ? 1 : 0;
    }
  }
  void describe(step& s, dovetail::label_table table) {
    for (std::uint64_t i = 0; i <= table.count; ++i) s.labels.push_back(table.next().value);
  }
  template <class Space>
  void describe(step& s, dovetail::index<Space> i) {
    s.a = i.value;
  }
  void describe(step& s, const dovetail::indirect_call& i) {
    s.a = i.type.value, s.b = i.table.value;
  }
  void describe(step& s, const dovetail::two_tables& i) {
    s.a = i.destination.value, s.b = i.source.value;
  }
  void describe(step& s, const dovetail::element_and_table& i) {
    s.a = i.element.value, s.b = i.table.value;
  }
  void describe(step& s, const dovetail::data_and_memory& i) { s.a = i.data.value; }
  void describe(step&, const dovetail::type_list&) {}
  void describe(step&, const dovetail::two_memories&) {}
  void describe(step&, dovetail::value_type) {}
  void describe(step&, dovetail::no_immediate) {}

  const dovetail::module_env& env_;
  function_code& out_;
  std::vector<std::uint32_t> open_;
  bool is_finished_ = false;
};

/// Records one body.
inline dovetail::status record(const dovetail::module_env& env, dovetail::function_index index,
                               dovetail::byte_reader r, function_code& out) {
  out.parameters = static_cast<std::uint32_t>(env.function(index).parameters.size());
  out.results = static_cast<std::uint32_t>(env.function(index).results.size());
  recorder sink(env, out);
  return dovetail::binary_decoder::body(r, sink);
}

/// All bodies of a module. Functions refer to them, so they do not move.
struct module_code {
  std::deque<function_code> functions;
};

}  // namespace testing::reference
