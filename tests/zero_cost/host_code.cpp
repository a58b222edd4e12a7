// What the host's side of the boundary costs: the line above a function says what its usual path
// may hold, as run.py counts it. Loads through the handle come first: a handle holds one pointer,
// or two.
#include <dovetail/contract.hpp>
#include <dovetail/guest_types.hpp>
#include <dovetail/handles.hpp>
#include <dovetail/host_global.hpp>
#include <dovetail/null.hpp>

using dovetail::function;
using dovetail::global;
using dovetail::memory_view;
using dovetail::result;
using dovetail::trap;
using dovetail::typed_view;

namespace zero_cost {

int otherwise();

struct plain : dovetail::defaults {
  using backend = dovetail::null;
};
using contract = dovetail::module_contract<dovetail::exports<
    dovetail::exported<"add", int(int, int)>, dovetail::exported<"hp", dovetail::read_only<int>>>>;
using contracted = dovetail::contracted_instance<contract, plain>;
struct point {
  float x, y;
};

// The pointer, then the value.
// costs: 2 loads, return
int read_int(global<int>& g) { return g; }
// costs: 2 loads, return
long long read_long(global<long long>& g) { return g; }
// costs: 2 loads, return
float read_float(global<float>& g) { return g; }
// costs: 2 loads, return
double read_double(global<double>& g) { return g; }
// A slot is written whole: a number of 32 bits is extended on the way.
// costs: 1 load, 1 store, 1 other, return
void write_int(global<int>& g, int v) { g = v; }
// costs: 1 load, 1 store, return
void write_long(global<long long>& g, long long v) { g = v; }
// costs: 1 load, 1 store, 1 other, return
void write_float(global<float>& g, float v) { g = v; }
// costs: 1 load, 1 store, return
void write_double(global<double>& g, double v) { g = v; }

// The entry and the function's instance; the arguments are where they belong already.
// costs: 2 loads, 1 other, jump
result<int, trap> call(function<int(int, int)>& f, int a, int b) { return f(a, b); }
// costs: 2 loads, 1 other, jump
result<double, trap> call_double(function<double(double)>& f, double x) { return f(x); }
// costs: 2 loads, 1 other, jump
result<void, trap> call_void(function<void()>& f) { return f(); }
// Whoever wants to know whether it trapped tests one register.
// costs: 2 loads, 1 call, 1 test, 1 branch, 2 frame, 1 other, return
int call_and_test(function<int(int, int)>& f, int a, int b) {
  const auto outcome = f(a, b);
  if (!outcome) [[unlikely]]
    return otherwise();
  return *outcome;
}
// costs: 2 loads, 1 call, 1 test, 1 branch, 2 frame, 1 other, return
int call_fatal(function<int(int, int), dovetail::traps_fatal>& f, int a, int b) { return f(a, b); }
// costs: 2 loads, 1 call, 1 test, 1 branch, 2 frame, 1 other, return
double call_fatal_double(function<double(double), dovetail::traps_fatal>& f, double x) {
  return f(x);
}
// The handle or the store is kept over the call: it knows where the trap's report is.
// costs: up to 3 loads, 1 call, 1 test, 1 branch, 2 frame, 1 other, return
int call_thrown(function<int(int, int), dovetail::traps_thrown>& f, int a, int b) {
  return f(a, b);
}

// The memory, its size and its bytes now, and the number; whether there is a memory, whether the
// address is in it, whether four bytes follow.
// costs: 4 loads, 3 tests, 3 branches, 5 others, return
result<int, trap> load(memory_view& m, unsigned address) { return m.read<int>(address); }
// Bounds were checked when the view was made: the memory, its bytes now, the start, the number.
// costs: 4 loads, 3 others, return
int load_view(typed_view<int>& v, unsigned index) { return v[index]; }

// Of a struct, each member; here the second.
// costs: 4 loads, 3 others, return
float load_member(dovetail::guest_view<point>& v, unsigned index) { return v[index].y; }

// An export of a contract is a handle like those above, at a constant place.
// costs: 2 loads, 1 other, jump
result<int, trap> call_contract(contracted& i, int a, int b) { return i.get<"add">()(a, b); }
// costs: 2 loads, return
int read_contract(contracted& i) { return i.get<"hp">(); }
// A variable of the host is the global: there is no handle before it.
// costs: 1 load, return
float read_host_global(dovetail::host_global<float>& g) { return g; }
// costs: 1 store, 1 other, return
void write_host_global(dovetail::host_global<int>& g, int v) { g = v; }

}  // namespace zero_cost
