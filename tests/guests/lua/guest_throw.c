/* How Lua leaves a failing function. With GUEST_UNWINDS the module is rewritten by wasm-opt
   --asyncify: from guest_throw on every function returns at once, up to guest_try, which ends the
   unwinding and puts the shadow stack back. Nothing is ever rewound. Without it an error is said
   and ends the program, so that only scripts without errors and coroutines run. */
#include <stdio.h>
#include <stdlib.h>

#include "lua.h"

#ifdef GUEST_UNWINDS

#define GUEST_ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(name)))
GUEST_ASYNCIFY("start_unwind") void start_unwind(void *stack);
GUEST_ASYNCIFY("stop_unwind") void stop_unwind(void);

__asm__(".globaltype __stack_pointer, i32");

/* Where asyncify saves the frames it leaves; nobody reads them again. */
static char frames[1 << 20];
static struct { char *at, *end; } stack;
static int unwinding;

void guest_throw(struct lua_State *lua) {
  (void)lua;
  stack.at = frames;
  stack.end = frames + sizeof frames;
  unwinding = 1;
  start_unwind(&stack);
}

/* wasm-opt leaves the function that stops the unwinding as it is, so this one stands alone. */
void guest_try(void (*function)(struct lua_State *, void *), struct lua_State *lua, void *user) {
  void *pointer;
  __asm__ volatile("global.get __stack_pointer\n\tlocal.set %0" : "=r"(pointer));
  function(lua, user);
  if (unwinding) {
    unwinding = 0;
    stop_unwind();
    __asm__ volatile("local.get %0\n\tglobal.set __stack_pointer" : : "r"(pointer));
  }
}

#else

void guest_throw(struct lua_State *lua) {
  const char *message = lua_tostring(lua, -1);
  fprintf(stderr, "lua: %s\n", message != NULL ? message : "error");
  exit(1);
}

void guest_try(void (*function)(struct lua_State *, void *), struct lua_State *lua, void *user) {
  function(lua, user);
}

#endif

/* Declared by wasi-libc, not defined. */
int system(const char *command) {
  (void)command;
  return 0;
}

FILE *tmpfile(void) { return NULL; }
