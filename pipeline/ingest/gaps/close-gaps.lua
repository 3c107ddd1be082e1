-- Moves gaps to those that are closed, in one step: a gap is never in neither place.
--
-- KEYS  the stream of gaps, the stream of closed gaps
-- ARGV  most closed gaps to keep
--       the name of the field of a closing, its value
--       the IDs of the gaps
--
-- Returns how many were moved. A gap that is not there was closed before.

local gaps, closed = KEYS[1], KEYS[2]
local moved = 0
for at = 4, #ARGV do
  local entry = redis.call('XRANGE', gaps, ARGV[at], ARGV[at])[1]
  if entry then
    local command = { 'XADD', closed, 'MAXLEN', '~', ARGV[1], '*' }
    for part = 1, #entry[2] do
      command[#command + 1] = entry[2][part]
    end
    command[#command + 1] = ARGV[2]
    command[#command + 1] = ARGV[3]
    redis.call(unpack(command))
    redis.call('XDEL', gaps, ARGV[at])
    moved = moved + 1
  end
end
return moved
