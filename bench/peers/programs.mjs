// What programs.hpp asks, of V8 with node's own WASI.
import {closeSync, openSync, readFileSync, rmSync, mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {WASI} from 'node:wasi';
import {anew, instance, measure} from './measure.mjs';

function start(bytes) {
  const world = new WASI({version: 'preview1'});
  const guest = instance(bytes, world.getImportObject());
  world.initialize(guest);
  return guest.exports;
}

export function program(file, name, argument, seconds) {
  const f = start(readFileSync(file))[name];
  const times = Number(argument);
  let answer = 0;
  const spent = measure(seconds, 1, () => { answer = f(times); });
  return [spent, String(answer >>> 0)];
}

export function first_result(file, name, seconds) {
  const fresh = anew(readFileSync(file));
  let answer = 0;
  const spent = measure(seconds, 1, () => {
    readFileSync(file);
    answer = start(fresh())[name](0);
  });
  return [spent, String(answer >>> 0)];
}

export function python(file, script, seconds) {
  const module = new WebAssembly.Module(readFileSync(file));
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-peer-'));
  const said = join(folder, 'output');
  try {
    const spent = measure(seconds, 1, () => {
      const output = openSync(said, 'w');
      const world = new WASI({version: 'preview1', args: ['python', '-c', script],
        env: {PYTHONHASHSEED: '0'}, stdout: output, returnOnExit: true});
      const guest = new WebAssembly.Instance(module, world.getImportObject());
      if (world.start(guest) !== 0) throw new Error('does not end well');
      closeSync(output);
    });
    return [spent, readFileSync(said, 'utf8').trimEnd()];
  } finally {
    rmSync(folder, {recursive: true});
  }
}
