// What os.hpp declares of C++ exceptions that arrive in machine code, for the unwinders of libgcc
// and of LLVM. Included by implementation.hpp's headers alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>

#include <dovetail/runtime/os.hpp>

#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__)

#include <unwind.h>

#include <cstring>

extern "C" {
void __register_frame(void* table);
void __deregister_frame(void* table);
// LLVM's unwinder has this function, and takes a description where libgcc's takes a table.
[[gnu::weak]] void __unw_add_dynamic_fde(std::uintptr_t);
// Itanium C++ ABI: Exception Handling, 2.5.3.
void* __cxa_begin_catch(void*) noexcept;
void __cxa_end_catch();
}

namespace dovetail::os {

namespace {

// The personality routine of such code (Itanium C++ ABI: Exception Handling, 1.6): every call in it
// is as in a try block. What ends a thread by unwinding is nobody's to catch.
_Unwind_Reason_Code catch_in_code(int, _Unwind_Action actions, _Unwind_Exception_Class,
                                  _Unwind_Exception* exception, _Unwind_Context* context) {
  if ((actions & _UA_FORCE_UNWIND) != 0) return _URC_CONTINUE_UNWIND;
  if ((actions & _UA_SEARCH_PHASE) != 0) return _URC_HANDLER_FOUND;
  if ((actions & _UA_HANDLER_FRAME) == 0) return _URC_CONTINUE_UNWIND;
  const auto& code = *static_cast<const catching_code*>(_Unwind_GetLanguageSpecificData(context));
  const _Unwind_Word pc = _Unwind_GetIP(context);
  _Unwind_SetGR(context, 0, reinterpret_cast<std::uintptr_t>(exception));
  _Unwind_SetGR(context, 1, pc);
  _Unwind_SetIP(context, code.landing);
  return _URC_INSTALL_CONTEXT;
}

// A table of one description, as in .eh_frame (DWARF 5, 6.4.1; Linux Standard Base Core 5.0, 10.6).
// What is behind a frame is never looked for: the return address is undefined, so that debuggers
// and whoever else walks the stack end there.
class table_writer {
 public:
  explicit table_writer(std::uint8_t* at) : at_(at) {}
  template <class T>
  void put(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  template <class... B>
  void bytes(B... values) {
    (put(static_cast<std::uint8_t>(values)), ...);
  }

 private:
  std::uint8_t* at_;
};

constexpr std::size_t common_size = 36, description_size = 40;
static_assert(common_size + description_size + 4 <= sizeof(catching_code::table));

void write_table(catching_code& code) {
  table_writer to(code.table);
  to.put(std::uint32_t{common_size - 4});
  to.put(std::uint32_t{0});
  to.bytes(1, 'z', 'P', 'L', 0);
  to.bytes(1, 0x78, 16);  // units of 1 and -8 bytes; column of the return address
  to.bytes(10, 0);        // a personality routine follows, as an address
  to.put(&catch_in_code);
  to.bytes(0);                                 // and so is its data
  to.bytes(0x0c, 7, 8, 0x07, 16, 0, 0, 0, 0);  // def_cfa rsp + 8, undefined return address, nop
  to.put(std::uint32_t{description_size - 4});
  to.put(std::uint32_t{common_size + 4});
  to.put(code.begin);
  to.put(code.size);
  to.bytes(8);
  to.put(&code);
  to.bytes(0, 0, 0, 0, 0, 0, 0);
  to.put(std::uint32_t{0});
}

void* known_as(catching_code& code) {
  return code.table + (&__unw_add_dynamic_fde != nullptr ? common_size : 0);
}

}  // namespace

void add_catching_code(catching_code& code) {
  write_table(code);
  __register_frame(known_as(code));
}
void remove_catching_code(catching_code& code) { __deregister_frame(known_as(code)); }

std::exception_ptr catch_thrown(void* exception) noexcept {
  static_cast<void>(__cxa_begin_catch(exception));
  std::exception_ptr kept = std::current_exception();
  __cxa_end_catch();
  return kept;
}

}  // namespace dovetail::os

#else

namespace dovetail::os {

void add_catching_code(catching_code&) {}
void remove_catching_code(catching_code&) {}
std::exception_ptr catch_thrown(void*) noexcept { return nullptr; }

}  // namespace dovetail::os

#endif
