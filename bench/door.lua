-- Posts one reading per request, each with a code and an id of its own: wrk -s bench/door.lua ADDRESS -- CODES SKIP
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  math.randomseed(os.time() + id * 7919 + tonumber(args[2]))
  readings = {}
  for line in io.lines(args[1]) do readings[#readings + 1] = line end
  at = tonumber(args[2]) + id
  headers = {}
  for line in io.lines(args[1] .. ".headers") do
    local name, value = line:match("^([^:]+): (.*)$")
    headers[name] = value
  end
  token = headers["X-CSRFToken"]
end

local function hex(digits)
  local made = {}
  for place = 1, digits do made[place] = string.format("%x", math.random(0, 15)) end
  return table.concat(made)
end

function request()
  at = at + 2
  local reading = readings[(at - 1) % #readings + 1]
  local scan = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-a" .. hex(3) .. "-" .. hex(12)
  return wrk.format("POST", nil, headers, "q=" .. reading .. "&direction=in&scan_id=" .. scan)
end
