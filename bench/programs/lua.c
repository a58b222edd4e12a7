/* Lua as a workload: its core and the libraries of its script in one unit, from Debian's source.
   Nothing here depends on time, addresses or the system: the checksum is the same everywhere. */
#include "../workloads/export.h"

/* What varies from run to run or from system to system, done without. */
#define luai_makeseed(state) 0u
#define l_randomizePivot() 0u
#define l_signalT int
#define LUAI_THROW(state, caught) abort()
#define LUAI_TRY(state, caught, action) \
  { action }
#define luai_jmpbuf int

/* One unit: everything is static. */
#define LUA_CORE
#define LUA_LIB
#define ltable_c
#define lvm_c
#include <stdlib.h>

#include "luaconf.h"
#undef LUAI_FUNC
#undef LUAI_DDEC
#undef LUAI_DDEF
#undef LUA_API
#undef LUALIB_API
#undef LUAMOD_API
#define LUAI_FUNC static
#define LUAI_DDEC(declaration)
#define LUAI_DDEF static
#define LUA_API static
#define LUALIB_API static
#define LUAMOD_API static

/* In this order some macros of one file are not in the way of another. */
// clang-format off
#include "lzio.c"
#include "lctype.c"
#include "lopcodes.c"
#include "lmem.c"
#include "lundump.c"
#include "ldump.c"
#include "lstate.c"
#include "lgc.c"
#include "llex.c"
#include "lcode.c"
#include "lparser.c"
#include "ldebug.c"
#include "lfunc.c"
#include "lobject.c"
#include "ltm.c"
#include "lstring.c"
#include "ltable.c"
#include "ldo.c"
#include "lvm.c"
#include "lapi.c"
// clang-format on

#include "lauxlib.c"

#include "lbaselib.c"
#include "lmathlib.c"
#include "lstrlib.c"
#include "ltablib.c"

static const char script[] = {
#include "lua_script.h"
};

WORKLOAD_EXPORT(lua) unsigned lua(unsigned times) {
  lua_State* state = luaL_newstate();
  luaL_requiref(state, "_G", luaopen_base, 1);
  luaL_requiref(state, "math", luaopen_math, 1);
  luaL_requiref(state, "string", luaopen_string, 1);
  luaL_requiref(state, "table", luaopen_table, 1);
  lua_settop(state, 0);
  if (luaL_loadbuffer(state, script, sizeof script, "=script") != LUA_OK) abort();
  lua_pushinteger(state, (lua_Integer)times);
  lua_call(state, 1, 1);
  unsigned checksum = (unsigned)lua_tointeger(state, -1);
  lua_close(state);
  return checksum;
}
