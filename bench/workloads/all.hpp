// Every workload, for a native build: to be included in a namespace. Each is a file of its own.
#pragma once

#include "compression.c"
#include "fannkuch.c"
#include "fib.c"
#include "hash_table.c"
#include "mandelbrot.c"
#include "matrix.c"
#include "nbody.c"
#include "parser.c"
#include "particles.c"
#include "pointer_machine.c"
#include "queens.c"
#include "quicksort.c"
#include "sha256.c"
#include "sieve.c"
#include "string_search.c"
#include "switch_machine.c"
