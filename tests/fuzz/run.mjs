// What run.cpp does, in V8: the same lines for the same modules.
import {readFileSync} from 'node:fs';
import {basename} from 'node:path';

const words = new DataView(new ArrayBuffer(8));
const hex = bits => BigInt.asUintN(64, bits).toString(16);

// Numbers of 32 bits and doubles look alike here, so both are written as doubles; NaNs are one.
function text(value) {
  if (typeof value === 'bigint') return `long ${hex(value)}`;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'nan';
    words.setFloat64(0, value);
    return hex(words.getBigUint64(0));
  }
  return value === null ? 'null' : 'reference';
}
function texts(results) {
  if (results === undefined) return '';
  return (Array.isArray(results) ? results : [results]).map(text).join(' ');
}

// What V8 says, in the words of run.cpp.
const words_of_traps = [
  [/unreachable/, 'unreachable'],
  [/(divide|remainder) by zero/, 'division by zero'],
  [/unrepresentable/, 'out of range'],
  [/memory access out of bounds|data segment/, 'memory out of bounds'],
  [/table index is out of bounds|table access out of bounds|table or element|element segment/,
    'table out of bounds'],
  [/null function|function signature mismatch|dereferencing a null/, 'no such function'],
];
function trap(failure) {
  if (failure instanceof RangeError) return 'exhausted';
  const found = words_of_traps.find(([pattern]) => pattern.test(failure.message));
  if (failure instanceof WebAssembly.RuntimeError) return found ? found[1] : failure.message;
  return failure instanceof TypeError ? 'vector' : String(failure);
}

// Host functions write down their arguments and give zero.
function imports_of(module, lines) {
  const given = {};
  for (const {module: from, name, kind} of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') return null;
    given[from] ??= {};
    given[from][name] = (...values) => { lines.push(`  log ${texts(values)}`); };
  }
  return given;
}

function hash(memory) {
  let h = 0x811c9dc5;
  for (const word of new Uint32Array(memory.buffer)) h = Math.imul(h ^ word, 0x01000193);
  return (h >>> 0).toString(16);
}

function globals_and_memories(exports, lines) {
  for (const [name, external] of Object.entries(exports)) {
    if (external instanceof WebAssembly.Memory) {
      lines.push(`  memory ${name} ${external.buffer.byteLength} ${hash(external)}`);
    } else if (external instanceof WebAssembly.Global) {
      let value = 'vector';
      try {
        value = text(external.value);
      } catch (failure) {
        if (!(failure instanceof TypeError)) throw failure;
      }
      lines.push(`  global ${name} ${value}`);
    }
  }
}

function run(bytes, lines) {
  let module;
  try {
    module = new WebAssembly.Module(bytes);
  } catch (failure) {
    lines.push(`  invalid`);
    console.error(failure.message);
    return;
  }
  const imports = imports_of(module, lines);
  if (imports === null) return lines.push('  not run');
  let instance;
  try {
    instance = new WebAssembly.Instance(module, imports);
  } catch (failure) {
    return lines.push(`  not instantiated: ${trap(failure)}`);
  }
  for (const [name, external] of Object.entries(instance.exports)) {
    if (typeof external !== 'function' || external.length !== 0) continue;
    let answer;
    try { answer = texts(external()); } catch (failure) { answer = `trap: ${trap(failure)}`; }
    lines.push(`  ${name} ${answer}`);
    if (answer === 'trap: exhausted') return;
  }
  globals_and_memories(instance.exports, lines);
}

for (const file of readFileSync(process.argv[2], 'utf8').split('\n').filter(line => line !== '')) {
  const lines = [];
  console.log(`module ${basename(file)}`);
  run(readFileSync(file), lines);
  console.log([...lines, 'end'].join('\n'));
}
