// The one place that includes xbyak: it tells what the processor has, and tests compare every form
// of the encoder with its assembler's bytes. The assembler itself allocates beside the config's
// allocator, so nothing is compiled with it. Without exceptions in the program it has none either.
#pragma once

#include <dovetail/base/platform.hpp>

#if !defined(__cpp_exceptions) && !defined(_CPPUNWIND) && !defined(XBYAK_NO_EXCEPTION)
#define XBYAK_NO_EXCEPTION
#endif
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
#if defined(__x86_64__) || defined(_M_X64)
#include <xbyak/xbyak.h>
#include <xbyak/xbyak_util.h>
#else
#error "dovetail/x64.hpp is for x86-64: name dovetail::interpreter as the backend elsewhere"
#endif
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
