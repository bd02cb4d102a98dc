-- A token by client credentials; the form comes from the environment.
wrk.method = "POST"
wrk.body = os.getenv("FORM")
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
done = function(summary)
  local errors = summary.errors
  io.write("FAILED ", errors.status + errors.connect + errors.read + errors.write + errors.timeout, "\n")
end
