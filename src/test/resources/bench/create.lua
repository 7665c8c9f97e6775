-- Sends the same body to the same path again and again: a row to store, say.
local path, body = os.getenv("BENCH_PATH"), os.getenv("BENCH_BODY")
local method = os.getenv("BENCH_METHOD") or "POST"
local most, sent = tonumber(os.getenv("BENCH_REQUESTS")), 0
wrk.headers["Content-Type"] = "application/json"

function request()
  sent = sent + 1
  -- Each of the two threads sends half.
  if most and sent > most / 2 then wrk.thread:stop() end
  return wrk.format(method, path, nil, body)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT requests=%d us=%d errors=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
