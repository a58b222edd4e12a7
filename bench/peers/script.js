// What quickjs runs: calls, objects, strings, sorting, a hash. Its value is a number to compare.
(function () {
  function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
  let sum = fib(18);
  const seen = new Map();
  for (let i = 0; i < 4000; ++i) seen.set('k' + (i * 7919) % 1009, {i, next: seen.get('k' + i)});
  for (const [key, value] of seen) sum += key.length * (value.i % 13);
  const numbers = [];
  for (let i = 0; i < 4000; ++i) numbers.push((i * 7919) % 4001);
  numbers.sort((a, b) => a - b);
  sum += numbers[1234];
  let text = '';
  for (let i = 0; i < 2000; ++i) text += String.fromCharCode(97 + (i * i) % 26);
  sum += text.replace(/[aeiou]+/g, (vowels) => '<' + vowels.length + '>').length;
  let hash = 0;
  for (let i = 0; i < text.length; ++i) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return sum + hash / 1024;
})()
