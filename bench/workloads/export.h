/* What makes a function of a workload an export of its module; nothing in a native build. */
#ifdef __wasm__
#define WORKLOAD_EXPORT(name) __attribute__((export_name(#name)))
#else
#define WORKLOAD_EXPORT(name)
#endif
