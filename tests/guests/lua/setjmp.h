/* Lua includes it; wasi-libc of LLVM 14 has none. lua_for_wasi.h says what stands in its place. */
typedef int jmp_buf;
