-- What wrk asks taskrouter-emulator: by turns a worker, and to create a task.
-- Its arguments: the path of the workspace, the worker's SID, the Authorization header.
local fetch, create
local count = 0

function init(args)
  local headers = { ["Authorization"] = args[3] }
  fetch = wrk.format("GET", args[1] .. "/Workers/" .. args[2], headers)
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  create = wrk.format("POST", args[1] .. "/Tasks", headers, "Attributes=%7B%22language%22%3A%22es%22%7D&Priority=5")
end

function request()
  count = count + 1
  return count % 2 == 0 and fetch or create
end
