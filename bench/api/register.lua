-- Registers agents, each of its own name. The token comes from the environment.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
local count = 0
request = function()
  count = count + 1
  local body = '{"name":"Agent ' .. count .. '","agentType":"custom","capabilities":["tasks:run"],"description":"One of many."}'
  return wrk.format(nil, nil, nil, body)
end
done = function(summary)
  local errors = summary.errors
  io.write("FAILED ", errors.status + errors.connect + errors.read + errors.write + errors.timeout, "\n")
end
