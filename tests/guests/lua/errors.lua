-- Errors, coroutines and to-be-closed variables: every one leaves functions by guest_throw.
print(pcall(error, "plain", 0))
print(select(2, pcall(error, {code = 1})).code)
print(pcall(function() local x = nil return x.y end))
print(pcall(function() return 1 + {} end))
print(pcall(function() return #5 end))
print(pcall(function() return 1 < "2" end))
print(pcall(string.rep, "x", 1 << 40))
print(pcall(string.gsub, "a", "a", function() error("nested", 0) end))
print(pcall(load, "x = = 1"))
print(xpcall(function() error("e", 0) end, function(m) return m .. "!" end))
print(pcall(setmetatable, 1, {}))
for i = 1, 10000 do
  local ok, value = pcall(error, i)
  assert(not ok and value == i)
end

local function deep(n) return 1 + deep(n + 1) end
local ok, message = pcall(deep, 1)
print(ok, message:match("stack overflow") ~= nil)
local function through_c(n)
  return (string.gsub("x", "x", function() return through_c(n + 1) end))
end
ok, message = pcall(through_c, 1)
print(ok, message:match("C stack overflow") ~= nil)

do
  local order = {}
  local function closing(name)
    return setmetatable({}, {__close = function(_, e)
      order[#order + 1] = name .. ":" .. tostring(e)
    end})
  end
  print(pcall(function()
    local a <close> = closing("a")
    local b <close> = closing("b")
    error("in", 0)
  end))
  print(table.concat(order, " "))
end

local multiply = coroutine.wrap(function(a)
  for _ = 1, 3 do a = coroutine.yield(a * 2) end
  return "done"
end)
print(multiply(10), multiply(20), multiply(30), multiply(0))
local late = coroutine.wrap(function()
  print(pcall(function()
    coroutine.yield("inside pcall")
    error("late", 0)
  end))
  return "after"
end)
print(late())
print(late())
local dead = coroutine.create(function() error({}) end)
print(coroutine.resume(dead) == false, coroutine.status(dead), (coroutine.close(dead)))
local function generate(n)
  return coroutine.wrap(function()
    for i = 1, n do
      for j in (i > 1 and generate(i - 1) or function() end) do coroutine.yield(j) end
      coroutine.yield(i)
    end
  end)
end
local sum, count = 0, 0
for v in generate(8) do sum, count = sum + v, count + 1 end
print(sum, count)
local sorted = {}
local sort = coroutine.wrap(function()
  table.sort({3, 1, 2}, function(a, b)
    sorted[#sorted + 1] = a
    return a < b
  end)
  coroutine.yield(#sorted > 0)
end)
print(sort())
print(pcall(table.sort, {3, 1, 2, 5, 4}, function() coroutine.yield() end))
error("nobody catches this")
