-- Reads the one row of a table chosen at random: {n} is the table, {d} its database.
local path, tables = os.getenv("BENCH_PATH"), tonumber(os.getenv("BENCH_TABLES"))
local each = tonumber(os.getenv("BENCH_EACH"))
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(os.time() * 10 + number)
end

function request()
  local n = math.random(0, tables - 1)
  local at = path:gsub("{n}", n):gsub("{d}", math.floor(n / each))
  return wrk.format("GET", at)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT requests=%d us=%d errors=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
