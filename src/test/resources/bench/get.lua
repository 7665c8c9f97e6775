-- Reads rows by ids chosen at random.
local path, rows = os.getenv("BENCH_PATH"), tonumber(os.getenv("BENCH_ROWS"))
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(os.time() * 10 + number)
end

function request()
  return wrk.format("GET", string.format("%s/r%06d", path, math.random(0, rows - 1)))
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT requests=%d us=%d errors=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
