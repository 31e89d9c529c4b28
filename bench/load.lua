-- Sends the requests of a file in turn, again and again, and reports what came back as one line of JSON.
-- The file holds, for each request, its length in decimal, a newline, and the bytes to send.

local requests, at = {}, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local data = file:read("*a")
  file:close()
  local from = 1
  while from <= #data do
    local newline = assert(data:find("\n", from, true), "a length is not followed by a newline")
    local length = tonumber(data:sub(from, newline - 1))
    requests[#requests + 1] = data:sub(newline + 1, newline + length)
    from = newline + length + 1
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"duration_us":%d,"bytes":%d,"p50_us":%d,"p99_us":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
