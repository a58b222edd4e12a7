-- What Lua runs: tables, strings, closures, objects, floats. Raises no errors and yields nowhere
-- (see lua.c), uses of the mathematical library only what rounds the same everywhere.
local times = ...
local checksum = 0

local function mix(value)
  checksum = (checksum * 31 + value) % 4294967296
end

-- Tables: a sieve in an array, a count by key, sorting by a function.
local function tables()
  local composite, primes = {}, {}
  for i = 2, 2000 do
    if not composite[i] then
      primes[#primes + 1] = i
      for k = i * i, 2000, i do composite[k] = true end
    end
  end
  mix(#primes)
  local count = {}
  for _, prime in ipairs(primes) do
    local key = "ends in " .. prime % 100
    count[key] = (count[key] or 0) + prime
  end
  local sum = 0
  for key, value in pairs(count) do sum = sum + #key * value end
  mix(sum)
  table.sort(primes, function(a, b)
    if a % 97 ~= b % 97 then return a % 97 < b % 97 end
    return a > b
  end)
  for i = 1, #primes, 50 do mix(primes[i]) end
end

-- Strings: building, patterns, formatting, bytes.
local function strings(seed)
  local words = {}
  for i = 1, 300 do
    local letters = {}
    for k = 1, 3 + i % 5 do letters[k] = string.char(97 + (i * 7 + k * k + seed) % 26) end
    words[i] = table.concat(letters)
  end
  local text = table.concat(words, " ")
  local vowels = 0
  local marked = text:gsub("[aeiou]+", function(found)
    vowels = vowels + #found
    return "<" .. found:upper() .. ">"
  end)
  mix(vowels)
  mix(#marked)
  for word, rest in marked:gmatch("(%u+)>(%l*)") do mix(#word + 7 * #rest) end
  local part = text:sub(10, 20):reverse()
  local line = string.format("%d %5.2f %s %x", #text, #text / 7, part, #marked)
  for i = 1, #line do mix(line:byte(i)) end
end

-- Closures: counters that share what they close over, functions of functions.
local function closures()
  local function counter(step)
    local value = 0
    return function() value = value + step return value end, function() return value end
  end
  local total = 0
  for step = 1, 100 do
    local add, read = counter(step)
    for _ = 1, 20 do add() end
    total = total + read()
  end
  mix(total)
  local function map(list, f)
    local made = {}
    for i = 1, #list do made[i] = f(list[i]) end
    return made
  end
  local function compose(f, g) return function(x) return f(g(x)) end end
  local list = {}
  for i = 1, 500 do list[i] = i end
  local f = compose(function(x) return x * x % 1009 end, function(x) return x + 3 end)
  for _ = 1, 4 do list = map(list, f) end
  for i = 1, #list, 25 do mix(list[i]) end
end

-- Objects: methods by metatables, one class that inherits from another.
local function objects()
  local point = {}
  point.__index = point
  function point.new(x, y) return setmetatable({x = x, y = y}, point) end
  point.__add = function(a, b) return point.new(a.x + b.x, a.y + b.y) end
  function point:length2() return self.x * self.x + self.y * self.y end
  local weighted = setmetatable({}, {__index = point})
  weighted.__index = weighted
  function weighted.new(x, y, weight)
    local made = setmetatable(point.new(x, y), weighted)
    made.weight = weight
    return made
  end
  local sum, weights = point.new(0, 0), 0
  for i = 1, 600 do
    local made = weighted.new(i % 17, i % 23, i)
    sum = sum + point.new(made.x, made.y)
    weights = weights + made.weight * made:length2()
  end
  mix(sum:length2())
  mix(weights)
end

-- Floats: a spectral norm, and a set of Mandelbrot.
local function floats()
  local function a(i, j) return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1) end
  local n, u, v = 20, {}, {}
  for i = 1, n do u[i] = 1.0 end
  local function multiply(from, to, transposed)
    for i = 1, n do
      local sum = 0.0
      for j = 1, n do
        sum = sum + (transposed and a(j - 1, i - 1) or a(i - 1, j - 1)) * from[j]
      end
      to[i] = sum
    end
  end
  local between = {}
  for _ = 1, 4 do
    multiply(u, between, false)
    multiply(between, v, true)
    u, v = v, u
  end
  local norm = 0.0
  for i = 1, n do norm = norm + u[i] * u[i] end
  mix(math.floor(math.sqrt(norm) * 1e6))
  local inside = 0
  for row = 0, 23 do
    for column = 0, 23 do
      local cr, ci, zr, zi, steps = column / 12 - 1.5, row / 12 - 1.0, 0.0, 0.0, 0
      while steps < 50 and zr * zr + zi * zi < 4.0 do
        zr, zi, steps = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci, steps + 1
      end
      inside = inside + steps
    end
  end
  mix(inside)
end

for round = 1, times do
  tables()
  strings(round)
  closures()
  objects()
  floats()
end
return checksum
