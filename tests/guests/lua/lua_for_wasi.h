/* Included before every file of Lua (-include): what wasi-libc 14 lacks.
   Lua leaves a failing function by longjmp. A WebAssembly 2.0 guest has no such way out by itself;
   guest_throw.c has two that need nothing of the host. */
#ifndef GUEST_LUA_FOR_WASI_H
#define GUEST_LUA_FOR_WASI_H

struct lua_State;

void guest_try(void (*function)(struct lua_State *, void *), struct lua_State *lua, void *user);
void guest_throw(struct lua_State *lua);

/* luaD_rawrunprotected has these three in scope where it expands the macro. */
#define LUAI_TRY(L, c, a) guest_try(f, L, ud);
#define LUAI_THROW(L, c) guest_throw(L);
#define luai_jmpbuf int

#define LUA_TMPNAMBUFSIZE 32
#define lua_tmpnam(buffer, failed) ((failed) = 1, (void)(buffer))

#endif
