// One measurement of V8, for run.py: what peer.cpp does, line by line.
import {readFileSync} from 'node:fs';
import {anew, instance, measure} from './measure.mjs';
import * as modules from './modules.mjs';
import * as programs from './programs.mjs';

const questions = {
  ...modules,
  ...programs,
  workload(file, name, argument, seconds) {
    const f = instance(readFileSync(file)).exports[name];
    const times = Number(argument);
    let answer = 0;
    const spent = measure(seconds, 1, () => { answer = f(times); });
    return [spent, String(answer >>> 0)];
  },
  call(file, name, seconds) {
    const add = instance(readFileSync(file)).exports[name];
    const calls = 100_000;
    let sum = 0;
    const spent = measure(seconds, calls, () => {
      sum = 0;
      for (let i = 0; i < calls; ++i) sum = add(sum, i & 7);
    });
    return [spent, String(sum)];
  },
  compile(file, seconds) {
    const bytes = readFileSync(file);
    const fresh = anew(bytes);
    const spent = measure(seconds, 1, () => new WebAssembly.Module(fresh()));
    return [spent, String(bytes.length)];
  },
};

const [question, ...words] = process.argv.slice(2);
const [seconds, answer] = questions[question](...words);
console.log(JSON.stringify({seconds, answer}));
