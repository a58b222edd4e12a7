-- Reads and writes files of /data, or of the folder named by the first argument; no errors and no
-- coroutines, so that it runs without either way of leaving a function.
local folder = arg[1] or "/data"
package.path = folder .. "/?.lua"

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

-- A module of the program's own making.
write("shapes.lua", [[
local shape = {}
shape.__index = shape
function shape.new(w, h) return setmetatable({w = w, h = h}, shape) end
function shape:area() return self.w * self.h end
shape.__add = function(a, b) return shape.new(a.w + b.w, a.h + b.h) end
shape.__eq = function(a, b) return a.w == b.w and a.h == b.h end
shape.__tostring = function(s) return s.w .. "x" .. s.h end
return shape
]])
local shape = require "shapes"
local sum = shape.new(2, 3) + shape.new(4, 5)
print(tostring(sum), sum:area(), sum == shape.new(6, 8), rawequal(sum, sum))

-- Words of a file, counted and sorted.
local counts, total = {}, 0
for line in io.lines(folder .. "/input.txt") do
  for word in line:gmatch("%a+") do
    word = word:lower()
    counts[word] = (counts[word] or 0) + 1
    total = total + 1
  end
end
local words = {}
for word in pairs(counts) do words[#words + 1] = word end
table.sort(words, function(a, b)
  if counts[a] ~= counts[b] then return counts[a] > counts[b] end
  return a < b
end)
local report = {}
for i, word in ipairs(words) do
  report[i] = string.format("%-8s %3d %5.1f%%", word, counts[word], 100 * counts[word] / total)
end
write("report.txt", table.concat(report, "\n") .. "\n")
print(#words, total)

-- Reading in pieces, seeking, appending, renaming, removing.
local file = assert(io.open(folder .. "/report.txt", "r+"))
print(file:read("n"), file:read("l"), file:read(4), file:seek("cur"), file:seek("end"))
file:write("the end\n")
file:seek("set", 0)
local lines = 0
for _ in file:lines() do lines = lines + 1 end
print(lines, file:seek("set", 3), file:read(5))
file:close()
print(os.rename(folder .. "/report.txt", folder .. "/renamed.txt"))
print(io.open(folder .. "/report.txt"))
write("gone.txt", "")
print(os.remove(folder .. "/gone.txt"), (io.open(folder .. "/gone.txt")))
print((io.open(folder .. "/../outside.txt")), (io.open("/etc/passwd")))

-- Numbers.
print(7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, 2 ^ 53, 1 / 3, 1e15, 1e100,
  10 // 0.0, -10 % math.huge)
print(math.maxinteger + 1 == math.mininteger, math.mininteger // -1, 5 // 0.0,
  math.tointeger(3.0), 3 | 0x10, ~0)
print(string.format("%5.2f|%g|%d|%x|%q|%a|%s",
  3.14159, 1e20, -42, 255, 1 / 3, 0.5, {} ~= nil))
print(tostring(2 ^ 63), math.ult(1, -1), 0x7fffffffffffffff, "10" + 5, 0xA.8p0)
print(string.pack("<i4 d s1", -2, 0.25, "abc"):byte(1, -1))
print(string.unpack("<i4 d s1", string.pack("<i4 d s1", -2, 0.25, "abc")))

-- Strings and patterns.
print(("hello world"):gsub("(%w+) (%w+)", "%2 %1"))
print(("x=1, y=22"):gsub("(%w)=(%d+)", function(k, v) return k .. v * 2 end))
print(("  trim "):match("^%s*(.-)%s*$") .. "|", ("key = value"):find("=", 1, true),
  ("%d"):rep(3, ","))
print(utf8.char(233, 28450, 128512), utf8.len("\u{e9}\u{6f22}\u{1f600}"), #"\u{1f600}")
for position, code in utf8.codes("a\u{e9}\u{6f22}") do io.write(position, ":", code, " ") end
print(load("return ...", "chunk")(1, nil, 3))

-- Closures, goto, variable arguments, integer and float loops.
local function counter()
  local n = 0
  return function(step) n = n + (step or 1) return n end
end
local a, b = counter(), counter()
print(a(), a(10), b(), select("#", table.unpack({1, nil, 3}, 1, 3)), select(-1, 1, 2, 3))
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto continue end
    io.write(i, j, " ")
    ::continue::
  end
end
for x = 1, 0, -0.25 do io.write(x, " ") end
print()

-- Work: eight queens, a sieve, garbage.
local function queens(n, row, columns, up, down)
  if row > n then return 1 end
  local found = 0
  for c = 1, n do
    if not (columns[c] or up[row + c] or down[row - c]) then
      columns[c], up[row + c], down[row - c] = true, true, true
      found = found + queens(n, row + 1, columns, up, down)
      columns[c], up[row + c], down[row - c] = nil, nil, nil
    end
  end
  return found
end
print(queens(8, 1, {}, {}, {}))
local sieve, primes = {}, 0
for i = 2, 50000 do
  if not sieve[i] then
    primes = primes + 1
    for j = i * i, 50000, i do sieve[j] = true end
  end
end
print(primes)
local weak = setmetatable({}, {__mode = "k"})
for i = 1, 20000 do weak[{}] = {string.rep("x", i % 50)} end
collectgarbage()
print(next(weak), collectgarbage("count") < 20000)
local hash = 0xcbf29ce484222325
for i = 1, 100000 do hash = (hash ~ (i & 0xff)) * 1099511628211 end
print(string.format("%016x", hash))
