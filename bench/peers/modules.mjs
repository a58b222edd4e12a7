// What modules.hpp asks, of V8: quickjs-wasi, hash-wasm and undici's llhttp.
import {readFileSync} from 'node:fs';
import {instance, measure} from './measure.mjs';

export function quickjs(file, script, seconds) {
  let js = null;
  const badDescriptor = () => 8;
  js = instance(readFileSync(file), {
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
  }).exports;
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
}

export function digest(file, init, final, bytes, seconds) {
  const hash = instance(readFileSync(file)).exports;
  const buffer = hash.Hash_GetBuffer();
  const piece = 16_384;
  const message = new Uint8Array(4 << 20);
  for (let i = 0; i < message.length; ++i) message[i] = i * 167 + (i >> 8) * 13 + 41;
  const zeros = new Uint8Array(16);
  const spent = measure(seconds, 1, () => {
    const room = new Uint8Array(hash.memory.buffer, buffer);
    room.set(zeros);
    hash.Hash_Init(Number(init));
    for (let at = 0; at < message.length; at += piece) {
      room.set(message.subarray(at, at + piece));
      hash.Hash_Update(piece);
    }
    hash.Hash_Final(Number(final));
  });
  const result = Buffer.from(hash.memory.buffer, buffer, Number(bytes));
  return [spent, 'x' + result.toString('hex')];
}

function requests() {
  let text = '';
  for (let i = 0; i < 10_000; ++i) {
    const body = i % 8 === 0 ? `name=value&count=${i}` : '';
    text += `${body ? 'POST' : 'GET'} /shelf/${i * 7919 % 10_007}?page=${i % 10} HTTP/1.1\r\n` +
      'Host: example.com\r\nUser-Agent: peer/1.0\r\nAccept: text/html, */*;q=0.8\r\n' +
      `Cookie: session=${i * 31}; theme=dark\r\n` +
      (body ? `Content-Length: ${body.length}\r\n` : '') + `\r\n${body}`;
  }
  return Buffer.from(text);
}

export function llhttp(file, seconds) {
  let events = 0, bytes = 0;
  const span = (parser, at, size) => {
    ++events;
    bytes += size;
    return 0;
  };
  const plain = () => {
    ++events;
    return 0;
  };
  const http = instance(readFileSync(file), {
    env: {
      wasm_on_message_begin: plain,
      wasm_on_message_complete: plain,
      wasm_on_url: span,
      wasm_on_status: span,
      wasm_on_header_field: span,
      wasm_on_header_value: span,
      wasm_on_body: span,
      wasm_on_headers_complete: plain,
    },
  }).exports;
  http._initialize();
  const piece = 16_384;
  const buffer = http.malloc(piece);
  const text = requests();
  const spent = measure(seconds, 1, () => {
    events = bytes = 0;
    const parser = http.llhttp_alloc(1);
    for (let at = 0; at < text.length; at += piece) {
      const part = text.subarray(at, at + piece);
      new Uint8Array(http.memory.buffer, buffer, part.length).set(part);
      if (http.llhttp_execute(parser, buffer, part.length) !== 0) throw new Error('llhttp');
    }
    http.llhttp_free(parser);
  });
  return [spent, `${events} ${bytes}`];
}
