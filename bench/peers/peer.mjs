// One measurement of V8, for run.py: what peer.cpp does, line by line. The processor time is that
// of the thread; what V8 does on other threads is not counted.
import {readFileSync} from 'node:fs';

const [question, file, ...rest] = process.argv.slice(2);
const bytes = readFileSync(file);

function now() {
  const used = process.threadCpuUsage();
  return (used.user + used.system) / 1e6;
}

function measure(seconds, units, work) {
  const limit = Number(seconds);
  for (const begin = now(); now() - begin < limit / 3;) work();
  let spent = 0, done = 0;
  for (const begin = now(); spent < limit; spent = now() - begin, done += units) work();
  return spent / done;
}

function load(imports = {}) {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
}

const questions = {
  workload(name, argument, seconds) {
    const f = load()[name];
    const times = Number(argument);
    let answer = 0;
    const spent = measure(seconds, 1, () => { answer = f(times); });
    return [spent, String(answer >>> 0)];
  },
  call(name, seconds) {
    const add = load()[name];
    const calls = 100_000;
    let sum = 0;
    const spent = measure(seconds, calls, () => {
      sum = 0;
      for (let i = 0; i < calls; ++i) sum = add(sum, i & 7);
    });
    return [spent, String(sum)];
  },
  compile(seconds) {
    // V8 may know the same bytes again, flags or not: a custom section that counts makes them new.
    const fresh = new Uint8Array(bytes.length + 8);
    fresh.set(bytes);
    fresh.set([0, 6, 1, 0x6e], bytes.length);
    const counter = new DataView(fresh.buffer, bytes.length + 4);
    let count = 0;
    const spent = measure(seconds, 1, () => {
      counter.setUint32(0, ++count);
      new WebAssembly.Module(fresh);
    });
    return [spent, String(bytes.length)];
  },
  quickjs(script, seconds) {
    let js = null;
    const badDescriptor = () => 8;
    js = load({
      env: {
        host_get_timezone_offset: () => 0,
        host_interrupt: () => 0,
        host_promise_rejection: () => {},
        host_module_normalize: () => 0,
        host_module_load: () => 0,
        host_call: () => 0,
      },
      wasi_snapshot_preview1: {
        clock_time_get(id, precision, out) {
          new DataView(js.memory.buffer).setBigUint64(out, 1_700_000_000_000_000_000n, true);
          return 0;
        },
        random_get: () => 0,
        fd_close: badDescriptor,
        fd_fdstat_get: badDescriptor,
        fd_seek: badDescriptor,
        fd_write: badDescriptor,
      },
    });
    const put = (text) => {
      const at = js.malloc(text.length + 1);
      const target = new Uint8Array(js.memory.buffer, at, text.length + 1);
      target.set(text);
      target[text.length] = 0;
      return at;
    };
    js._initialize();
    if (js.qjs_init() !== 0) throw new Error('qjs_init');
    const source = readFileSync(script);
    const text = put(source), name = put(Buffer.from('peer.js'));
    let answer = 0;
    const spent = measure(seconds, 1, () => {
      const value = js.qjs_eval(text, source.length, name, 0);
      answer = js.qjs_get_float64(value);
      js.qjs_free_value(value);
    });
    return [spent, String(answer)];
  },
};

const [seconds, answer] = questions[question](...rest);
console.log(JSON.stringify({seconds, answer}));
