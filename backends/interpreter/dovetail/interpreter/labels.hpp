// Labels of the interpreter's emitter: forward branches wait in a chain through the words they will
// be written to.
#pragma once

#include <cstdint>

#include <dovetail/interpreter/writer.hpp>

namespace dovetail::interpreting {

/// An open block.
struct block_label {
  std::uint32_t height = 0;       ///< operands below those the label carries
  std::uint32_t first_slot = 0;   ///< of those, on the operand stack
  std::uint32_t arity = 0;        ///< operands the label carries
  std::uint32_t head = 0;         ///< of a loop: its first cell
  std::uint32_t waiting = 0;      ///< chain of branches to the end, 0 if none
  std::uint32_t alternative = 0;  ///< of an if: the branch to its second arm
  std::uint32_t stub_of = 0;      ///< the branch table that last used `stub`, plus one
  std::uint32_t stub = 0;         ///< the cell where that table's entries for this label go
  bool is_loop = false;
  bool is_function = false;
};

/// Chains and distances. A site is a word of a cell: 0 and 1 are the halves of the head, 3 is k.
class label_writer : public writer {
 public:
  using writer::writer;

 protected:
  [[nodiscard]] static std::uint32_t site_of(std::uint32_t at, std::uint32_t word) {
    return at * 4 + word;
  }

  [[nodiscard]] std::uint32_t word(std::uint32_t site) const {
    const cell& c = code_.cells[site / 4];
    return site % 4 == 3 ? c.k : static_cast<std::uint32_t>(c.head >> (site % 4 * 32));
  }
  void set_word(std::uint32_t site, std::uint32_t v) {
    cell& c = code_.cells[site / 4];
    if (site % 4 == 3) {
      c.k = v;
    } else {
      const unsigned shift = site % 4 * 32;
      c.head = (c.head & ~(std::uint64_t{0xffff'ffff} << shift)) | std::uint64_t{v} << shift;
    }
  }
  void set_target(std::uint32_t site, std::uint32_t target) {
    if (failure_ == status::ok) set_word(site, target - site / 4);
  }

  /// Adds a site to a chain of forward branches.
  void wait(std::uint32_t& chain, std::uint32_t site) {
    if (failure_ != status::ok) return;
    set_word(site, chain);
    chain = site + 1;
  }
  /// All branches of a chain lead here.
  void bind(std::uint32_t& chain) {
    while (chain != 0 && failure_ == status::ok) {
      const std::uint32_t site = chain - 1;
      chain = word(site);
      set_target(site, cell_count());
    }
    chain = 0;
    barrier();
  }
  /// Sends a site to a label.
  void send(std::uint32_t site, block_label& to) {
    if (to.is_loop) {
      set_target(site, to.head);
    } else {
      wait(to.waiting, site);
    }
  }

  // Whether the operands a label carries would have to move on the way to it.
  [[nodiscard]] bool needs_moves(const block_label& to, live stack) {
    std::uint32_t at = to.first_slot;
    for (const operand<name>& o : stack.last(to.arity)) {
      if (o.value.is_constant || o.value.slot != temporary(at)) return true;
      at += slots_of(o.type);
    }
    return false;
  }
  // Moves them. Each goes to its own place or a lower one, so that going up overwrites nothing that
  // is still to come.
  void move_operands(const block_label& to, live stack) {
    std::uint32_t at = to.first_slot;
    for (const operand<name>& o : stack.last(to.arity)) {
      move_to(temporary(at), o.value);
      at += slots_of(o.type);
    }
  }

  // Returns with the operands on top of `stack`.
  void put_return(std::size_t arity, live stack) {
    if (arity == 0) {
      put(handler::return_here, 0, 0, 0);
    } else if (arity == 1) {
      return_one(stack[stack.size() - 1].value);
    } else {
      // The first slots may hold locals that are results too: all go to their temporaries first.
      const live results = stack.last(arity);
      for (const operand<name>& o : results) move_to(temporary(o.slot()), o.value);
      const std::uint32_t first = results[0].slot(), count = results.back().end - first;
      for (std::uint32_t i = 0; i < count; ++i) {
        use(i + 1);
        copy_slot(i, temporary(first + i));
      }
      put(handler::return_here, 0, 0, 0);
    }
  }
  void return_one(const name& n) {
    use(1);
    if (n.is_constant && n.bits <= 0xffff'ffff) {
      put(handler::return_k, 0, 0, static_cast<std::uint32_t>(n.bits));
    } else if (n.is_constant) {
      move_to(0, n);
      put(handler::return_here, 0, 0, 0);
    } else if (n.home == bank::integer && is_mirrored(n)) {
      put(handler::return_a, 0, 0, 0);
    } else {
      put(handler::return_s, 0, reach(n.slot, 0), 0);
    }
  }
};

}  // namespace dovetail::interpreting
