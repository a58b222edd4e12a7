// What real_modules compares with: node's own crypto and zlib where they know the function, and the
// npm packages under V8 where they do not. fetch.py runs it: node answers.mjs PACKAGES TARGET
import {createHash, scryptSync} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';
import zlib from 'node:zlib';

const [packages, target] = process.argv.slice(2).map((path) => resolve(path));
const load = createRequire(import.meta.url);
const hashWasm = load(join(packages, 'hash-wasm.cjs'));
const xxhash = await load(join(packages, 'xxhash-wasm.cjs'))();

// The same message as message() in hash_wasm.cpp.
function message(length) {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; ++i) bytes[i] = (i * 167 + (i >> 8) * 13 + 41) & 255;
  return bytes;
}

// About every boundary of a block (64, 128, 136, 200 bytes), of the padding in it, of blake3's
// chunk (1024), of xxh3's size classes (16, 128, 240) and of the packages' buffer (16384).
const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 55, 56, 57, 63, 64, 65, 71, 72,
  103, 104, 105, 111, 112, 113, 119, 120, 127, 128, 129, 135, 136, 137, 143, 144, 199, 200, 239,
  240, 241, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2048, 2049, 4096, 5000,
  16383, 16384, 16385, 50001];

const word = (number) => (number >>> 0).toString(16).padStart(8, '0');
const crypto = (name) => async (data) => createHash(name).update(data).digest('hex');

// adler32 is the last word of a zlib stream (RFC 1950, section 2.2).
const node = {
  adler32: async (data) => zlib.deflateSync(data).subarray(-4).toString('hex'),
  blake2b: crypto('blake2b512'),
  blake2s: crypto('blake2s256'),
  md5: crypto('md5'),
  ripemd160: crypto('ripemd160'),
  sha1: crypto('sha1'),
  sha224: crypto('sha224'),
  sha256: crypto('sha256'),
  sha384: crypto('sha384'),
  sha512: crypto('sha512'),
  'sha3-224': crypto('sha3-224'),
  'sha3-256': crypto('sha3-256'),
  'sha3-384': crypto('sha3-384'),
  'sha3-512': crypto('sha3-512'),
  sm3: crypto('sm3'),
};
if (zlib.crc32) node.crc32 = async (data) => word(zlib.crc32(data));

const underV8 = {
  crc32: (data) => hashWasm.crc32(data),
  crc64: (data) => hashWasm.crc64(data),
  blake3: (data) => hashWasm.blake3(data),
  'keccak-256': (data) => hashWasm.keccak(data, 256),
  md4: (data) => hashWasm.md4(data),
  whirlpool: (data) => hashWasm.whirlpool(data),
  xxhash32: async (data) => word(xxhash.h32Raw(data)),
  xxhash64: async (data) => xxhash.h64Raw(data).toString(16).padStart(16, '0'),
  xxhash3: (data) => hashWasm.xxhash3(data),
  xxhash128: (data) => hashWasm.xxhash128(data),
};

const table = [];
for (const [name, digest] of Object.entries({...underV8, ...node})) {
  for (const length of lengths) {
    try {
      table.push(`${name} ${length} ${await digest(message(length))}`);
    } catch (error) {
      console.error(`no ${name}: ${error.message}`);  // a build of openssl without it
      break;
    }
  }
}

// scrypt N r p: node's own. argon2 kind memory passes lanes, bcrypt cost: the package under V8.
for (const [cost, block, lanes] of [[16, 1, 1], [256, 4, 2], [1024, 8, 1]]) {
  const key = scryptSync('password', 'NaCl', 64, {N: cost, r: block, p: lanes});
  table.push(`scrypt/${cost}/${block}/${lanes} 0 ${key.toString('hex')}`);
}
for (const kind of ['argon2d', 'argon2i', 'argon2id']) {
  for (const [memorySize, iterations, parallelism] of [[8, 1, 1], [256, 2, 1], [256, 3, 4]]) {
    const digest = await hashWasm[kind]({password: 'password', salt: 'somesalt', iterations,
      memorySize, parallelism, hashLength: 32, outputType: 'hex'});
    table.push(`${kind}/${memorySize}/${iterations}/${parallelism} 0 ${digest}`);
  }
}
writeFileSync(join(target, 'hashes.txt'), table.join('\n') + '\n');

// Text that repeats itself at many distances, then noise.
let state = 12345;
const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16;
const words = Array.from({length: 400}, () => random().toString(36));
const text = [];
for (let i = 0; i < 30000; ++i) text.push(words[random() % words.length]);
const sample = Buffer.concat([Buffer.from(text.join(' ')),
  Buffer.from(Array.from({length: 5000}, () => random() & 255))]);
writeFileSync(join(target, 'sample.bin'), sample);
writeFileSync(join(target, 'sample.br'), zlib.brotliCompressSync(sample));
