// Where machine code finds what it reads and writes: members of the run-time structures, as
// displacements.
#pragma once

#include <cstddef>
#include <cstdint>

#include <dovetail/runtime/interruption.hpp>
#include <dovetail/runtime/vm.hpp>

namespace dovetail::x64_jit::offset {

inline constexpr std::int32_t control_call = offsetof(vm::control_block, call);
inline constexpr std::int32_t control_stop = offsetof(vm::control_block, stop);
inline constexpr std::int32_t function_instance_code = offsetof(vm::function_instance, code);
inline constexpr std::int32_t function_instance_native = offsetof(vm::function_instance, host) +
                                                         offsetof(vm::host_function, native) +
                                                         offsetof(vm::native_target, address);
inline constexpr std::int32_t function_instance_native_form =
    offsetof(vm::function_instance, host) + offsetof(vm::host_function, native) +
    offsetof(vm::native_target, form);
inline constexpr std::int32_t function_instance_home = offsetof(vm::function_instance, home);
inline constexpr std::int32_t function_instance_owner = offsetof(vm::function_instance, owner);
inline constexpr std::int32_t function_instance_signature =
    offsetof(vm::function_instance, signature);
inline constexpr std::int32_t global_instance_low = offsetof(vm::global_instance, low);
inline constexpr std::int32_t instance_control = offsetof(vm::controlled_instance, control);
inline constexpr std::int32_t instance_dropped_data = offsetof(vm::instance, dropped_data);
inline constexpr std::int32_t instance_dropped_elements = offsetof(vm::instance, dropped_elements);
inline constexpr std::int32_t instance_functions = offsetof(vm::instance, functions);
inline constexpr std::int32_t instance_globals = offsetof(vm::instance, globals);
inline constexpr std::int32_t instance_home = offsetof(vm::instance, home);
inline constexpr std::int32_t instance_memories = offsetof(vm::instance, memories);
inline constexpr std::int32_t instance_memory0 = offsetof(vm::instance, memory0);
inline constexpr std::int32_t instance_native_limit = offsetof(vm::instance, native_limit);
inline constexpr std::int32_t instance_page = offsetof(vm::controlled_instance, page);
inline constexpr std::int32_t instance_tables = offsetof(vm::instance, tables);
inline constexpr std::int32_t memory_instance_base = offsetof(vm::memory_instance, base);
inline constexpr std::int32_t memory_instance_size = offsetof(vm::memory_instance, size);
inline constexpr std::int32_t signature_depth = offsetof(signature, depth);
inline constexpr std::int32_t signature_display = offsetof(signature, display);
inline constexpr std::int32_t store_fuel = offsetof(vm::store, fuel);
inline constexpr std::int32_t store_host_trap =
    offsetof(vm::store, host_trap) + offsetof(trap, code);
inline constexpr std::int32_t store_native_entry = offsetof(vm::store, native_entry);
inline constexpr std::int32_t store_report = offsetof(vm::store, report);
inline constexpr std::int32_t table_instance_elements = offsetof(vm::table_instance, elements);
inline constexpr std::int32_t table_instance_size = offsetof(vm::table_instance, size);

}  // namespace dovetail::x64_jit::offset
