// The run-time structures (core specification 4.2): what code reads and writes. Plain layouts,
// owned by a store, at addresses that never change while the store lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>

#include <dovetail/base/arena.hpp>
#include <dovetail/base/byte_budget.hpp>
#include <dovetail/base/external_type.hpp>
#include <dovetail/base/limits.hpp>
#include <dovetail/base/status.hpp>
#include <dovetail/base/trap.hpp>
#include <dovetail/base/value_type.hpp>
#include <dovetail/module/module_data.hpp>

namespace dovetail {

/// Where and why a trap happened. Kept by the store until the next trap.
struct trap_report {
  trap_code code = trap_code::none;
  std::int32_t detail = 0;
  /// Whether `function` and `offset` are known: not for traps of a host function that no guest
  /// called.
  bool has_place = false;
  std::uint32_t function = 0;           ///< index in its module
  std::uint32_t offset = 0;             ///< bytes from the start of the module
  const module_data* module = nullptr;  ///< the module of `function`
};

class caller;
class signature_table;

namespace vm {

struct store;
struct instance;

inline constexpr std::uint64_t page_size = 65'536;

/// A memory. `base` and `size` are what an access needs; both may change when it grows.
struct memory_instance {
  std::byte* base = nullptr;
  std::uint64_t size = 0;  ///< bytes
  std::uint64_t most_pages = 0;
  std::uint64_t reserved = 0;  ///< bytes of address space, guarded memories only
  memory_type type;
  store* home = nullptr;
  /// Grows to `pages`, at most `most_pages`; leaves the memory as it was on failure.
  status (*grow)(memory_instance&, std::uint64_t pages) = nullptr;
  void (*release)(memory_instance&) = nullptr;
  memory_instance* next = nullptr;  ///< in the store's list
  instance* owner = nullptr;        ///< it goes with this one; null: with the store

  [[nodiscard]] std::uint64_t pages() const { return size / page_size; }
};

/// A table: references as slots, null is zero.
struct table_instance {
  slot* elements = nullptr;
  std::uint64_t size = 0;
  std::uint64_t most = 0;
  std::uint64_t capacity = 0;
  table_type type;
  store* home = nullptr;
  table_instance* next = nullptr;
  instance* owner = nullptr;  ///< as a memory's
};

/// A global's cell. Vectors use both halves.
struct global_instance {
  slot low = 0;
  slot high = 0;
  global_type type;
  store* home = nullptr;      ///< null: a variable of the host, a number
  instance* owner = nullptr;  ///< as a memory's
  /// In the store's list of those that the host made and that may refer to functions.
  global_instance* next = nullptr;
};

/// A tag (4.2.10). Its address is its identity.
struct tag_instance {
  const dovetail::signature* signature = nullptr;
  store* home = nullptr;
  instance* owner = nullptr;  ///< as a memory's
};

/// How machine code may call a host function without a frame of slots. Integers of 32 bits,
/// 64-bit ones and references, floats and doubles are passed as the host's own calling convention
/// has them.
enum class native_form : std::uint8_t {
  none,        ///< it may not
  plain,       ///< `R(A...)`, which does not trap, and throws only if platform::catches_by_tables
  contextual,  ///< `R(instance& from, function_instance& f, A...)`; a failure is in
               ///< `store::host_trap`
};
/// A host function's address for such calls. A contextual one returns integers in 64 bits.
struct native_target {
  void (*address)() = nullptr;
  native_form form = native_form::none;
};

/// A host function: a callable without its type. Arguments are read from the frame, results are
/// written over them.
struct host_function {
  trap (*call)(void* object, caller& from, slot* frame) = nullptr;
  void* object = nullptr;
  native_target native;
};

/// A function (4.2.6). Its address is its identity.
struct function_instance {
  const dovetail::signature* signature = nullptr;
  /// The generic entry: arguments in `frame`, results over them; `frame` has room for the larger of
  /// the two.
  trap_code (*invoke)(function_instance&, slot* frame) = nullptr;
  const void* code = nullptr;   ///< what the owner's backend runs; null for host functions
  const void* entry = nullptr;  ///< how the backend enters it from the host, if that differs
  instance* owner = nullptr;    ///< null for host functions
  store* home = nullptr;
  host_function host;
  const void* native_entry = nullptr;  ///< like `entry`, for callers that know the types
  std::uint32_t index = 0;             ///< in the owner's module
  instance* lives_with = nullptr;      ///< it goes with this one; null: with the store
};

struct closure;

/// A module instance (4.2.5). Index spaces are arrays of pointers, imports first. Once it is freed
/// its place waits for another one, so that who looks here afterwards finds another serial number.
struct instance {
  memory_instance* memory0 = nullptr;  ///< never null: instances without a memory have an empty one
  global_instance** globals = nullptr;
  table_instance** tables = nullptr;
  const void* code = nullptr;               ///< the backend's code table
  function_instance** functions = nullptr;  ///< own functions are made when first referred to
  memory_instance** memories = nullptr;
  bool* dropped_elements = nullptr;
  bool* dropped_data = nullptr;
  store* home = nullptr;
  module_data* module = nullptr;
  instance* next = nullptr;
  std::uintptr_t native_limit = 0;  ///< of the running call, where machine code reads it
  tag_instance** tags = nullptr;
  std::uint64_t serial = 0;     ///< no other one of its store has the same; 0: it is gone
  arena* objects = nullptr;     ///< what it made, apart from memories' and tables' elements
  closure* closures = nullptr;  ///< of host functions that it made
  bool is_released = false;     ///< the host does not want it any more
  bool is_reached = false;      ///< in a collection
  instance* pending = nullptr;  ///< in a collection: the next one to look at
};

/// A host function's callable that the store keeps and ends.
struct closure {
  void* object = nullptr;
  void (*destroy)(void* object) = nullptr;
  closure* next = nullptr;
};

/// What a backend keeps for a store: stacks, caches. Made at the first call.
struct backend_state {
  void (*release)(backend_state&) = nullptr;
  /// Between calls: instances may be gone. Null: it knows none then.
  void (*forget)(backend_state&) = nullptr;
  /// Names the innermost call from the host, while it lasts, where `store::native_entry` does not.
  std::uintptr_t (*innermost)(const backend_state&) = nullptr;
};

/// The native stacks of calls that can be paused. Made with the first such call.
struct fiber_state {
  void (*release)(fiber_state&) = nullptr;
  void (*forget)(fiber_state&) = nullptr;  ///< like backend_state::forget, while no call waits
  std::uint32_t paused = 0;                ///< calls that wait
};

/// Where machine code stands on the native stack.
struct native_place {
  instance* running = nullptr;  ///< null: nothing is known
  std::uintptr_t pc = 0;        ///< behind a call, or at an access that faulted
  std::uintptr_t stack = 0;     ///< the lowest address of the frame
  bool is_access = false;
};

/// The store (4.2.3): everything that instances share and own. Used by one thread at a time.
struct store {
  store(allocator& a, const limits& l, signature_table& s)
      : memory(&a),
        budget(a, l.store_bytes),
        most(&l),
        signatures(&s),
        objects(budget.erased(), 1024),
        most_instances(l.instances) {}

  allocator* memory;   ///< for what is not in the budget
  byte_budget budget;  ///< of memories, tables and objects
  const limits* most;
  signature_table* signatures;
  instance* instances = nullptr;
  memory_instance* memories = nullptr;
  table_instance* tables = nullptr;
  closure* closures = nullptr;
  backend_state* backend = nullptr;
  memory_instance* empty_memory = nullptr;
  void* memory_pool = nullptr;  ///< the engine's, if the memory policy has one

  std::int64_t fuel = 0;  ///< operators left, for metered backends
  std::uintptr_t native_outermost =
      0;  ///< interpreter: where the native stack was at the outermost call; 0 outside of calls
  const std::uintptr_t* native_entry =
      nullptr;     ///< machine code: the stack at the innermost entry from the host
  trap host_trap;  ///< machine code: of a host function, on its way to the report
  trap_report report;
  /// Told of a trap while the guest's frames are still there. It must not
  /// call guests.
  void (*on_trap)(store&, void* context) noexcept = nullptr;
  void* trap_context = nullptr;
  native_place trapped;  ///< of the trap that `on_trap` is told of
  std::exception_ptr
      exception;  ///< of a host function, on its way to the nearest host-to-guest call
  bool (*make_function)(store&, instance&,
                        function_instance&) = nullptr;  ///< fills in `code` and `invoke`
  void* tracking = nullptr;       ///< of its memories, for snapshots; see runtime/tracking.hpp
  fiber_state* fibers = nullptr;  ///< see runtime/fiber.hpp
  /// A memory that may be tracked is about to go; null: none is.
  void (*forget_memory)(store&, memory_instance&) = nullptr;
  arena objects;  ///< what the host made, and instances themselves
  /// The place of the first instance: most stores have one.
  alignas(16) std::byte first_place[sizeof(arena) + sizeof(instance) + 2 * sizeof(void*)];
  bool is_first_taken = false;
  std::uint32_t most_instances;
  std::uint32_t instance_count = 0;
  std::uint64_t newest_serial = 0;
  instance* spare_instances = nullptr;  ///< places of instances that are gone
  global_instance* globals = nullptr;   ///< those that `global_instance::next` tells of
};

/// Where what goes with an instance is made; null: with the store.
[[nodiscard]] inline arena& objects_of(store& s, const instance* i) {
  return i == nullptr || i->objects == nullptr ? s.objects : *i->objects;
}

/// Tells why something could not be made: whether the budget refused it.
class budget_watch {
 public:
  explicit budget_watch(const store& s) : budget_(&s.budget), before_(s.budget.refusals()) {}

  /// What is to be said instead of `s`.
  [[nodiscard]] status reason(status s) const {
    const bool is_of_memory = s == status::out_of_memory || s == status::store_out_of_memory ||
                              s == status::memory_refused || s == status::table_refused;
    if (is_of_memory && budget_->refusals() != before_) return status::budget_exhausted;
    return s == status::out_of_memory ? status::store_out_of_memory : s;
  }

 private:
  const byte_budget* budget_;
  std::uint32_t before_;
};

/// Whether guests of a store are running, or a host function that they called.
[[nodiscard]] inline bool is_running(const store& s) {
  return s.native_outermost != 0 || s.native_entry != nullptr;
}

/// Whether no guest of a store runs, or waits in the middle of a call.
[[nodiscard]] inline bool is_at_rest(const store& s) {
  return !is_running(s) && (s.fibers == nullptr || s.fibers->paused == 0);
}

/// The function `index` of an instance, made now if nobody referred to it yet; null if memory is
/// refused.
[[nodiscard]] inline function_instance* function_of(instance& i, std::uint32_t index) {
  function_instance*& entry = i.functions[index];
  if (entry != nullptr) [[likely]]
    return entry;
  auto* made = objects_of(*i.home, &i).make<function_instance>();
  if (made == nullptr) return nullptr;
  made->signature = i.module->signature_of({index});
  made->owner = &i;
  made->home = i.home;
  made->index = index;
  made->lives_with = &i;
  if (!i.home->make_function(*i.home, i, *made)) return nullptr;
  return entry = made;
}

/// Throws the C++ exception that a host function left on its way out, if there is one.
DOVETAIL_COLD inline void rethrow(store& s) {
  std::exception_ptr e = std::exchange(s.exception, nullptr);
  if (e != nullptr) std::rethrow_exception(std::move(e));
}
/// What a typed entry returns of a call that trapped: the trap with its number. A C++ exception of
/// a host function leaves the entry as the exception it was.
[[nodiscard]] DOVETAIL_COLD inline trap surface(trap_code t, store& s) {
  if (t == trap_code::host_exception) rethrow(s);
  return {t, s.report.detail};
}

static_assert(std::is_standard_layout_v<store>, "generated code knows offsets in it");
static_assert(std::is_trivially_destructible_v<function_instance> &&
              std::is_trivially_destructible_v<instance>);
static_assert(offsetof(memory_instance, base) == 0 && offsetof(memory_instance, size) == 8,
              "generated code reads both");

}  // namespace vm

namespace vm {

/// Whether a value may come into a store as one of `type`. A reference to a function of another
/// store may not, since that function dies with its own; null only where it is a value, and only
/// functions of the type that is referred to.
[[nodiscard]] inline bool may_enter(const store& s, value_type type, slot bits) {
  if (!type.is_reference()) return true;
  if (bits == 0) return type.is_nullable();
  if (!type.is_function_reference()) return type != value_type::nullexternref;
  const auto& f = *reinterpret_cast<const function_instance*>(static_cast<std::uintptr_t>(bits));
  if (f.home != &s || type == value_type::nullfuncref) return false;
  return !type.is_defined() || is_subtype(*f.signature, type.defined());
}

}  // namespace vm

/// The slot of a function reference.
[[nodiscard]] inline slot to_slot(const vm::function_instance* f) {
  return reinterpret_cast<std::uintptr_t>(f);
}
/// The function a slot refers to, or null.
[[nodiscard]] inline vm::function_instance* to_function(slot s) {
  return reinterpret_cast<vm::function_instance*>(static_cast<std::uintptr_t>(s));
}

}  // namespace dovetail
