// How the scripts of this folder measure: processor time of the thread, after a warm-up, as
// measure.hpp does. What V8 does on other threads is not counted.
export function now() {
  const used = process.threadCpuUsage();
  return (used.user + used.system) / 1e6;
}

export function measure(seconds, units, work) {
  const limit = Number(seconds);
  for (const begin = now(); now() - begin < limit / 3;) work();
  let spent = 0, done = 0;
  for (const begin = now(); spent < limit; spent = now() - begin, done += units) work();
  return spent / done;
}

// V8 may know the same bytes again, flags or not: a custom section that counts makes them new.
export function anew(bytes) {
  const fresh = new Uint8Array(bytes.length + 8);
  fresh.set(bytes);
  fresh.set([0, 6, 1, 0x6e], bytes.length);
  const counter = new DataView(fresh.buffer, bytes.length + 4);
  let count = 0;
  return () => {
    counter.setUint32(0, ++count);
    return fresh;
  };
}

export function instance(bytes, imports = {}) {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
}
