// What os.hpp declares, for Windows. Included by implementation.hpp alone.
#pragma once

#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include <dovetail/runtime/os.hpp>
#include <dovetail/runtime/os_code.hpp>
#include <dovetail/runtime/os_unwind.hpp>

namespace dovetail::os {

void* reserve(std::size_t bytes) {
  return VirtualAlloc(nullptr, bytes, MEM_RESERVE, PAGE_NOACCESS);
}

// Large pages want a privilege there, and all of their memory at once.
void* reserve_in_large_pages(std::size_t bytes) { return reserve(bytes); }

bool commit(void* at, std::size_t bytes) {
  return VirtualAlloc(at, bytes, MEM_COMMIT, PAGE_READWRITE) != nullptr;
}

bool decommit(void* at, std::size_t bytes) { return VirtualFree(at, bytes, MEM_DECOMMIT) != 0; }

bool make_read_only(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_READONLY, &before) != 0;
}

bool add_watch(write_watch&) { return false; }
void remove_watch(write_watch&) {}

void bring_in(void*, std::size_t) {}

// Only what is committed can be protected, and there may be holes (VirtualProtect).
bool make_executable(void* at, std::size_t bytes) {
  auto* from = static_cast<char*>(at);
  char* const end = from + bytes;
  while (from < end) {
    MEMORY_BASIC_INFORMATION piece = {};
    if (VirtualQuery(from, &piece, sizeof piece) == 0) return false;
    char* const last = static_cast<char*>(piece.BaseAddress) + piece.RegionSize;
    const std::size_t size = static_cast<std::size_t>((last < end ? last : end) - from);
    DWORD before = 0;
    if (piece.State == MEM_COMMIT && VirtualProtect(from, size, PAGE_EXECUTE_READ, &before) == 0)
      return false;
    from += size;
  }
  return FlushInstructionCache(GetCurrentProcess(), at, bytes) != 0;
}

bool make_readable(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_READWRITE, &before) != 0;
}

bool make_inaccessible(void* at, std::size_t bytes) {
  DWORD before = 0;
  return VirtualProtect(at, bytes, PAGE_NOACCESS, &before) != 0;
}

void release(void* reservation, std::size_t) { VirtualFree(reservation, 0, MEM_RELEASE); }

void* reserve_object(std::size_t bytes, std::intptr_t& object) {
  const std::uint64_t size = bytes;
  const HANDLE section = CreateFileMappingW(
      INVALID_HANDLE_VALUE, nullptr, PAGE_EXECUTE_READWRITE | SEC_RESERVE,
      static_cast<DWORD>(size >> 32), static_cast<DWORD>(size & 0xffff'ffff), nullptr);
  if (section == nullptr) return nullptr;
  void* at = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, bytes);
  if (at == nullptr) {
    CloseHandle(section);
    return nullptr;
  }
  object = reinterpret_cast<std::intptr_t>(section);
  return at;
}

void* run_object(void* at, std::size_t, std::intptr_t object, std::size_t bytes) {
  UnmapViewOfFile(at);
  const auto section = reinterpret_cast<HANDLE>(object);
  at = MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_EXECUTE, 0, 0, bytes);
  CloseHandle(section);
  if (at != nullptr) FlushInstructionCache(GetCurrentProcess(), at, bytes);
  return at;
}

void release_object(void* at, std::size_t, std::intptr_t object) {
  UnmapViewOfFile(at);
  if (object != no_object) CloseHandle(reinterpret_cast<HANDLE>(object));
}

// A view cannot take the place of committed memory before Windows 10 (MapViewOfFile3).
std::intptr_t make_object(std::size_t, void (*)(const void*, std::byte*), const void*) {
  return no_object;
}
bool map_object(void*, std::size_t, std::intptr_t) { return false; }
void close_object(std::intptr_t) {}

guard_frame*& current_guard() {
  static thread_local guard_frame* innermost = nullptr;
  return innermost;
}

guard_frame* find_guard(std::uintptr_t address) {
  guard_frame* frame = current_guard();
  if (frame == nullptr || !frame->in_guest || !frame->owns(*frame, address)) return nullptr;
  return frame;
}

void resume_at_landing(guard_frame* frame) { DOVETAIL_RETURN_TO(frame->landing); }

// An interpreted guest's thread goes on in `resume_at_landing`, as if the faulting instruction had
// called it.
bool handle_fault(void* information, void*) {
  const auto* pointers = static_cast<const EXCEPTION_POINTERS*>(information);
  const EXCEPTION_RECORD& record = *pointers->ExceptionRecord;
  if (record.ExceptionCode != EXCEPTION_ACCESS_VIOLATION || record.NumberParameters < 2)
    return false;
  const auto address = static_cast<std::uintptr_t>(record.ExceptionInformation[1]);
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& registers = *pointers->ContextRecord;
  if (const std::uintptr_t landing = find_landing(registers.Rip, registers.R15, address)) {
    registers.R11 = registers.Rip;
    registers.Rip = landing;
    return true;
  }
#endif
  guard_frame* frame = find_guard(address);
  if (frame == nullptr) return false;
#if defined(_M_X64) || defined(__x86_64__)
  CONTEXT& context = *pointers->ContextRecord;
  // 32 bytes of home space and a return address, aligned as after a call (x64 calling convention).
  context.Rsp = ((context.Rsp - 256) & ~DWORD64{15}) - 8;
  context.Rcx = reinterpret_cast<DWORD64>(frame);
  context.Rip = reinterpret_cast<DWORD64>(&resume_at_landing);
  return true;
#else
  return false;
#endif
}

namespace {

LONG CALLBACK on_fault(EXCEPTION_POINTERS* pointers) {
  return handle_fault(pointers, nullptr) ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}

}  // namespace

bool install_fault_handler() {
  static std::atomic<int> state{0};  // 0: nobody did, 1: somebody does, 2: done, 3: refused
  int expected = 0;
  if (state.compare_exchange_strong(expected, 1)) {
    state.store(AddVectoredExceptionHandler(1, &on_fault) != nullptr ? 2 : 3);
  }
  while (state.load() == 1) {}
  return state.load() == 2;
}

bool append_to_perf_map(const char*, std::size_t) { return false; }

}  // namespace dovetail::os
