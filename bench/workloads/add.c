// The smallest function with arguments: for the cost of calls.
#include "export.h"

WORKLOAD_EXPORT(add) int add(int a, int b) { return a + b; }
