-- Sends what requests.js wrote, line by line.   usage: wrk … -s requests.lua URL -- start|lookup|add_event FILE
local lines, head, at = {}, nil, 0

function init(args)
  local twilio = args[1] == "start"
  head = "POST /" .. args[1] .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
    .. (twilio and "application/x-www-form-urlencoded" or "application/json") .. "\r\n"
    .. (twilio and "X-Twilio-Signature: " or "X-Retell-Signature: ")
  for line in io.lines(args[2]) do lines[#lines + 1] = line end
end

function request()
  at = at % #lines + 1
  local line = lines[at]
  local tab = line:find("\t", 1, true)
  local body = line:sub(tab + 1)
  return head .. line:sub(1, tab - 1) .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
