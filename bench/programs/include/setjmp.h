/* wasi-libc has no setjmp. Lua's core includes it, and lua.c tells it to do without: its script
   raises no errors. The native build includes this file as well, so that both are the same. */
