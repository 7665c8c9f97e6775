-- Reads, or changes, rows by ids chosen at random.
local path, rows = os.getenv("BENCH_PATH"), tonumber(os.getenv("BENCH_ROWS"))
local method, body = os.getenv("BENCH_METHOD") or "GET", os.getenv("BENCH_BODY")
local id = os.getenv("BENCH_ID") or "r%06d"
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(os.time() * 10 + number)
  if body then wrk.headers["Content-Type"] = "application/json" end
end

function request()
  local at = path .. "/" .. string.format(id, math.random(0, rows - 1))
  local sent = body and body:gsub("RANDOM", math.random(0, 999))
  return wrk.format(method, at, nil, sent)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT requests=%d us=%d errors=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
